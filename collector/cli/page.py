"""The page that ``--html`` writes: every message as its reader will see it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

from collector.errors import UsageError
from collector.letters.mime import file_names, shown_html
from collector.model import Message, Policy, RunReport
from collector.phrases import say

# Who looks may choose among the four views; without a script, so that the page runs nothing.
_STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.5 system-ui,-apple-system,"Segoe UI","Noto Sans CJK SC","Microsoft YaHei",
sans-serif;margin:0;background:#f3f4f6;color:#1f2937}
main{max-width:1180px;margin:0 auto;padding:12px 16px 40px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}
p,ul{margin:0 0 8px}ul{padding-left:20px}
input.pick{position:absolute;opacity:0}
.bar{position:sticky;top:0;z-index:1;background:#f3f4f6;padding:10px 0;margin:0 0 12px;
border-bottom:1px solid #d9dde3;display:flex;flex-wrap:wrap;gap:6px 20px}
.bar span{display:inline-flex;border:1px solid #cbd2da;border-radius:6px;overflow:hidden}
.bar label{padding:4px 12px;cursor:pointer;background:#fff;color:#374151;font-size:13px}
.bar label+label{border-left:1px solid #cbd2da}
section{background:#fff;border:1px solid #d9dde3;border-radius:8px;margin:0 0 20px;overflow:hidden}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 12px;margin:0;padding:12px 16px;
border-bottom:1px solid #e5e7eb}dt{color:#6b7280}dd{margin:0;overflow-wrap:anywhere}
.views{display:flex;flex-wrap:wrap;gap:16px;padding:16px;background:#e9ecef;overflow-x:auto}
figure{margin:0}figcaption{font-size:12px;color:#6b7280;margin:0 0 4px}
.view{height:860px;border:1px solid #cbd2da;border-radius:6px;overflow:hidden;resize:vertical;
background:#fff}.desktop .view{width:700px}.phone .view{width:380px}
iframe{width:100%;height:100%;border:0;display:block}
details{padding:8px 16px;border-top:1px solid #e5e7eb}summary{cursor:pointer;color:#6b7280}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:13px;margin:8px 0}
input.pick:focus-visible~.bar{outline:2px solid #2563eb}
#desktop:checked~main .phone,#phone:checked~main .desktop,#light:checked~main .dark,
#dark:checked~main .light{display:none}
#width:checked~main label[for=width],#desktop:checked~main label[for=desktop],
#phone:checked~main label[for=phone],#scheme:checked~main label[for=scheme],
#light:checked~main label[for=light],#dark:checked~main label[for=dark]
{background:#1f2937;color:#fff}
@media (prefers-color-scheme:dark){body,.bar{background:#14181c;color:#e6ebef}
section,.bar label{background:#1e252b;color:#e6ebef}.views{background:#181d22}
section,.bar,.bar span,dl,details,.bar label+label,.view{border-color:#37424b}
dt,figcaption,summary{color:#a9b5be}}
@media print{.bar{display:none}.view{height:auto;min-height:860px}}
"""

# So many mails are there from the start, the others when they are scrolled to.
_AT_ONCE: Final = 10

# One button of each row is pressed; the first shows both sorts.
_WIDTHS: Final = ("width", "desktop", "phone")
_SCHEMES: Final = ("scheme", "light", "dark")

_ASKS_SCHEME: Final = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)", re.I)
_KNOWS_BOTH: Final = re.compile(r'(<meta name="color-scheme" content=)"[^"]*"', re.I)


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
    return "".join(
        _section(message, words, lazy=place >= _AT_ONCE) for place, message in enumerate(messages)
    )


def _write(path: Path, heading: str, count: str, content: str, words: str) -> None:
    text = (
        f'<!doctype html><html lang="{words}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{heading}</title><style>{_STYLE}</style>{_buttons()}<main><h1>{heading}</h1>"
        f"<p>{escape(count)}</p>{_bar(words)}"
        f"{content}</main></html>"
    )
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _buttons() -> str:
    """Return the radio buttons that the style sheet asks; they stand before what they change."""
    return "".join(
        f'<input class="pick" type="radio" name="{names[0]}s" id="{name}"{" checked" * (not at)}>'
        for names in (_WIDTHS, _SCHEMES)
        for at, name in enumerate(names)
    )


def _bar(words: str) -> str:
    rows = (
        "".join(f'<label for="{name}">{escape(say(words, f"page_{name}"))}</label>' for name in row)
        for row in (_WIDTHS, _SCHEMES)
    )
    return f'<div class="bar">{"".join(f"<span>{row}</span>" for row in rows)}</div>'


def _section(message: Message, words: str, *, lazy: bool) -> str:
    """Show one message: to whom, its subject, and its HTML in frames that can run nothing."""
    facts = [("page_to", ", ".join(message.to)), ("page_cc", ", ".join(message.cc))]
    facts.append(("page_subject", message.subject))
    facts.append(("page_files", ", ".join(file_names(message))))
    if message.approval:
        facts.append(("page_why", say(words, message.approval)))
    rows = "".join(
        f"<dt>{escape(say(words, name))}</dt><dd>{escape(value)}</dd>"
        for name, value in facts
        if value
    )
    html = shown_html(message)
    views = "".join(_view(html, words, width, dark=dark, lazy=lazy)
                    for dark in (False, True) for width in _WIDTHS[1:])  # fmt: skip
    text = f"<summary>{escape(say(words, 'page_text'))}</summary><pre>{escape(message.text)}</pre>"
    return (
        f'<section><dl>{rows}</dl><div class="views">{views}</div>'
        f"<details>{text}</details></section>"
    )


def _view(html: str, words: str, width: str, *, dark: bool, lazy: bool) -> str:
    """Show a mail at one width, on a light or a dark screen, whatever this screen is."""
    scheme = _SCHEMES[1 + dark]
    caption = " · ".join(say(words, f"page_{name}") for name in (width, scheme))
    shown = escape(_on_screen(html, scheme), quote=True)
    loading = ' loading="lazy"' if lazy else ""
    return (
        f'<figure class="{width} {scheme}"><figcaption>{escape(caption)}</figcaption>'
        f'<div class="view"><iframe sandbox=""{loading} title="{escape(caption)}"'
        f' style="color-scheme:{scheme}" srcdoc="{shown}"></iframe></div></figure>'
    )


def _on_screen(html: str, scheme: str) -> str:
    """Settle what a mail's style asks of the screen: no browser lets a page set it in a frame."""
    asked = {scheme: "(min-width:0)"}
    settled = _ASKS_SCHEME.sub(lambda m: asked.get(m[1].lower(), "(min-width:99999px)"), html)
    return _KNOWS_BOTH.sub(rf'\1"{scheme}"', settled)
