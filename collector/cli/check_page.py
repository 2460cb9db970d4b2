"""The page that ``check --html`` writes: what was matched, the totals, every problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from collector.cli.totals import sum_words
from collector.errors import UsageError
from collector.phrases import say

if TYPE_CHECKING:
    from collector.intake.headings import Table
    from collector.intake.sums import SheetSum
    from collector.model import Problem
    from collector.worker import Look

_STYLE = """
body{font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans CJK SC","Microsoft YaHei",
sans-serif;margin:0;background:#f3f4f6;color:#1f2937}
main{max-width:900px;margin:0 auto;padding:24px 12px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}
section{background:#fff;border:1px solid #d9dde3;border-radius:8px;padding:12px 16px;
margin:0 0 12px}
table{border-collapse:collapse;width:100%;background:#fff}
th,td{border:1px solid #d9dde3;padding:4px 8px;text-align:left;overflow-wrap:anywhere}
td.n{text-align:right;font-variant-numeric:tabular-nums}
ul{margin:4px 0 0;padding-left:20px;columns:3}summary{cursor:pointer}p{margin:0 0 4px}
"""


def write_check_page(path: Path, seen: Look, workbook: str, words: str) -> None:
    """Write a self-contained page; what comes from the sheet is escaped."""
    heading = escape(say(words, "check_rows", workbook=workbook, rows=len(seen.book.invoices)))
    parts = [
        f'<!doctype html><html lang="{words}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{heading}</title><style>{_STYLE}</style><main><h1>{heading}</h1>",
        *_problems(seen.assessment.problems, words),
        *_sums(seen.book.sums, words),
        *(_columns(table, words) for table in seen.book.tables.values()),
        "</main></html>",
    ]
    try:
        path.write_text("".join(parts), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _problems(problems: Sequence[Problem], words: str) -> Iterator[str]:
    """Yield problems by kind: what, how many, what to do, and every address."""
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.code, []).append(problem)
    yield f"<h2>{escape(say(words, 'out_problems'))}</h2>" if problems else _fine(words)
    for group in kinds.values():
        items = "".join(
            f"<li title='{escape(each.say(words), quote=True)}'>{escape(str(each.where))}</li>"
            for each in group
        )
        count = escape(say(words, "check_page_count", count=len(group)))
        yield (
            f"<section><p>{escape(group[0].say(words))}</p>"
            f"<details open><summary>{count}</summary><ul>{items}</ul></details></section>"
        )


def _fine(words: str) -> str:
    return f"<p>{escape(say(words, 'check_fine'))}</p>"


def _sums(sums: Sequence[SheetSum], words: str) -> Iterator[str]:
    if sums:
        lines = "".join(f"<li>{escape(_sentence(each, words))}</li>" for each in sums)
        yield f"<h2>{escape(say(words, 'check_page_sums'))}</h2>"
        yield f"<section><ul style='columns:1'>{lines}</ul></section>"


def _sentence(found: SheetSum, words: str) -> str:
    return say(words, "check_sum", where=found.where, field=found.field, **sum_words(found))


def _columns(table: Table, words: str) -> str:
    rows = "".join(
        f"<tr><td>{escape(' '.join(text.split()))}</td><td>{escape(name)}</td></tr>"
        for name, text in table.headings.items()
    )
    titles = "".join(
        f"<th>{escape(say(words, key))}</th>" for key in ("check_page_heading", "check_page_field")
    )
    where = escape(f"{table.tab}!{table.header_row}")
    title = escape(say(words, "check_page_columns"))
    return f"<h2>{title} · {where}</h2><table><tr>{titles}</tr>{rows}</table>"
