"""Plain notes to the team itself: an alert, a test of the mail server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from typing import Final

from collector.letters import mime
from collector.model import Message, Sender

LISTED: Final = 50

Part = tuple[str, Sequence[str]]


def notice(
    sender: Sender,
    to: Sequence[str],
    *,
    book: str,
    step: str,
    occasion: str,
    subject: str,
    parts: Sequence[Part],
    as_of: date,
    when: datetime,
    message_id: str,
    more: str = "… {count}",
) -> Message:
    """Return a note of titled lists as a message to the team; ``when`` is aware.

    A list is cut where it would bury the rest; ``more`` says how much is left out.
    """
    recipients = (sender.redirect_to,) if sender.redirect_to else tuple(to)
    shown = [(title, _cut(lines, more)) for title, lines in parts]
    text = "\n\n".join(
        "\n".join([title, *(f"- {line}" for line in lines)]) for title, lines in shown
    )
    html = "".join(
        f"<p><b>{escape(title)}</b></p>"
        + (f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else "")
        for title, lines in shown
    )
    content = mime.build(
        sender=(sender.name, sender.address),
        to=recipients,
        cc=(),
        reply_to=sender.reply_to or sender.address,
        subject=subject,
        date=when,
        message_id=message_id,
        thread=(),
        occasions=(occasion,),
        text=text + "\n",
        html=f"<!DOCTYPE html><html><body>{html}</body></html>\n",
        attachments=(),
    )
    return Message(
        message_id=message_id,
        book=book,
        customer="",
        customer_name="",
        step=step,
        to=recipients,
        cc=(),
        recipients=recipients,
        sender=sender.address,
        subject=subject,
        occasions=(occasion,),
        digest=message_id,
        content=content,
        as_of=as_of,
        redirected=bool(sender.redirect_to),
        text=text,
        html=html,
    )


def _cut(lines: Sequence[str], more: str) -> list[str]:
    left = len(lines) - LISTED
    return [*lines[:LISTED], more.format(count=left)] if left > 0 else list(lines)
