"""The page that ``--html`` writes: every message as its reader will see it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from collector.errors import UsageError
from collector.letters.mime import shown_html
from collector.model import Message, Policy, RunReport
from collector.phrases import say

_STYLE = """
body{font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans CJK SC","Microsoft YaHei",
sans-serif;margin:0;background:#f3f4f6;color:#1f2937}
main{max-width:760px;margin:0 auto;padding:24px 12px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}
p,ul{margin:0 0 8px}ul{padding-left:20px}
section{background:#fff;border:1px solid #d9dde3;border-radius:8px;margin:0 0 20px;overflow:hidden}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:0;padding:12px 16px;
border-bottom:1px solid #e5e7eb}dt{color:#6b7280}dd{margin:0;overflow-wrap:anywhere}
iframe{width:100%;height:620px;border:0;display:block;background:#fff}
"""


def write_page(path: Path, report: RunReport, messages: Sequence[Message], policy: Policy) -> None:
    """Write a self-contained page; what comes from the sheet is escaped, mails are in sandboxes."""
    words = policy.language
    held = "".join(
        f"<li><b>{escape(h.customer_name)}</b>: {escape(h.say(words))}</li>" for h in report.held
    )
    problems = "".join(
        f"<li><b>{escape(str(p.where))}</b>: {escape(p.say(words))}</li>" for p in report.problems
    )
    lists = "".join(
        f"<h2>{escape(say(words, title))}</h2><ul>{items}</ul>"
        for title, items in (("out_held", held), ("out_problems", problems))
        if items
    )
    heading = escape(f"{report.workbook} · {report.as_of}")
    count = say(words, "page_count", count=len(messages))
    _write(path, heading, count, _sections(messages, words) + lists, words)


def write_waiting_page(path: Path, title: str, messages: Sequence[Message], words: str) -> None:
    """Write a page of messages that wait for approval, as their readers will see them."""
    count = say(words, "page_waiting", count=len(messages))
    _write(path, escape(title), count, _sections(messages, words), words)


def _sections(messages: Sequence[Message], words: str) -> str:
    return "".join(_section(message, words) for message in messages)


def _write(path: Path, heading: str, count: str, content: str, words: str) -> None:
    text = (
        f'<!doctype html><html lang="{words}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{heading}</title><style>{_STYLE}</style><main><h1>{heading}</h1>"
        f"<p>{escape(count)}</p>"
        f"{content}</main></html>"
    )
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _section(message: Message, words: str) -> str:
    """Show one message: to whom, its subject, and its HTML in a frame that can run nothing."""
    facts = [("page_to", ", ".join(message.to)), ("page_cc", ", ".join(message.cc))]
    facts.append(("page_subject", message.subject))
    if message.approval:
        facts.append(("page_why", say(words, message.approval)))
    rows = "".join(
        f"<dt>{escape(say(words, name))}</dt><dd>{escape(value)}</dd>"
        for name, value in facts
        if value
    )
    frame = f'<iframe sandbox="" srcdoc="{escape(shown_html(message), quote=True)}"></iframe>'
    return f"<section><dl>{rows}</dl>{frame}</section>"
