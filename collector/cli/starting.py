"""The first config.yaml of a book: what is sure as keys, what is not as commented questions."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from collector.model import column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collector.intake.book import Book
    from collector.intake.headings import Table
    from collector.model import Grid

_CJK = re.compile(r"[\u4e00-\u9fff]")


def draft_config(
    workbook: Path, config: Path, book: Book, grids: Sequence[Grid]
) -> tuple[str, dict[str, Any]]:
    """Return the text of a config.yaml for a book as read, and what was found, for JSON."""
    from collector.rules.balances import propose_paid_column

    table = book.tables["invoices"]
    chinese = bool(_CJK.search("".join(table.headings.values())))
    currency = _currency(book)
    path = _path_from(config.resolve().parent, workbook.resolve())
    tabs: dict[str, dict[str, Any]] = {
        kind: {
            "name": found.tab,
            "header_row": found.header_row,
            "columns": dict(found.headings),
        }
        for kind, found in book.tables.items()
    }
    if "receipts" in tabs and "paid" in book.has:
        tabs["receipts"]["paid_column"] = propose_paid_column(book)
    facts: dict[str, Any] = {
        "workbook": path,
        "language": "zh" if chinese else "en",
        "currency": currency,
        "tabs": tabs,
        "rows": len(book.invoices),
        "unused": unused_headings(table, next(g for g in grids if g.tab == table.tab)),
    }
    sure = {key: facts[key] for key in ("workbook", "language")}
    lines = [
        "# Written by `collector init`. Check it with `collector check`, then `collector preview`.",
        _dump(sure),
        _dump({"currency": currency})
        if currency
        else "# Which currency are amounts in that name none? Default: CNY.\n# currency: CNY\n",
        "# Whose midnight decides what is overdue?\ntimezone: Asia/Shanghai\n"
        if chinese
        else "# Whose midnight decides what is overdue? The default is Asia/Shanghai.\n"
        "# timezone: Europe/London\n",
        "# What was found in the workbook; correct a heading here if it is the wrong one.",
        _dump({"tabs": facts["tabs"]}),
        *_asked(facts["unused"]),
        _MAIL,
    ]
    return "\n".join(lines), facts


def unused_headings(table: Table, grid: Grid) -> list[str]:
    """Return the headings of a table that no field was matched with, with their columns."""
    taken = {*table.columns.values(), *table.owned.values()}
    header = grid.rows[table.header_row - 1]
    return [
        f"{' '.join(str(header[column]).split())} ({column_letters(column)})"
        for column in range(table.left, min(table.right + 1, len(header)))
        if column not in taken and header[column] not in (None, "")
    ]


def _path_from(folder: Path, workbook: Path) -> str:
    """Return a workbook's path as seen from a folder; whole where they are on different drives."""
    try:
        return os.path.relpath(workbook, folder)
    except ValueError:
        return str(workbook)


def _currency(book: Book) -> str:
    """Return the currency the sheet itself names most, '' when it names none."""
    table = book.tables["invoices"]
    if "currency" in book.has:
        return str(book.invoices["currency"].mode().iat[0]) if len(book.invoices) else ""
    return table.currency


def _dump(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, default_flow_style=False)


def _asked(unused: list[str]) -> list[str]:
    if not unused:
        return []
    names = "\n".join(f"#   {heading}" for heading in unused)
    return [
        "# No field was matched with these headings. If one of them says what is paid, owed or\n"
        f"# due, name it above, under tabs: invoices: columns.\n{names}\n"
    ]


_MAIL = """\
mail:
  mode: rehearse                # rehearse mails nobody; then approve, then send
  # server: smtp.example.com:465
  # security: tls               # tls | starttls
  # user: ar@example.com
  # password: env:COLLECTOR_MAIL_PASSWORD
  # from: "Accounts <ar@example.com>"
"""
