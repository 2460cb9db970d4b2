"""A draft becomes a message: subject, text, HTML and the frozen bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from collector.letters import mime
from collector.letters.formats import letter_language
from collector.letters.payment import payment_codes
from collector.letters.templating import BY_THEMSELVES, Rendered, render
from collector.letters.view import letter_view
from collector.letters.wording import tell
from collector.model import Attachment, Draft, Message, Sender

_OURS_ONLY: Final[Mapping[str, str]] = MappingProxyType({})


def compose(
    draft: Draft,
    sender: Sender,
    *,
    book: str,
    message_id: str,
    date: datetime,
    digest: str,
    templates: Mapping[str, str] = _OURS_ONLY,
    attachments: Sequence[Attachment] = (),
    late: Callable[[], bool] | None = None,
) -> Message:
    """Return the message of a draft; the same arguments give the same bytes.

    ``date`` is aware. ``templates`` are the user's own by name (``en/reminder_first.html.j2``);
    a name that is not there is ours. ``attachments`` are the files of ``draft.statement``.
    ``late`` says that the user's templates take too long. Where a step has a sender of its own,
    the letter is theirs; the envelope stays the team's, whose account sends it and hears what
    bounces. Raises TemplateError.
    """
    account, sender = sender.address, _writer(draft, sender)
    files = [attachment.name for attachment in attachments]
    codes = payment_codes(draft, sender) if sender.bank else ()
    view = letter_view(draft, sender, files, codes)
    letter = render(view, draft.variant or draft.step, templates, late)
    subject = _subject(draft, sender, letter)
    to, cc = ((sender.redirect_to,), ()) if sender.redirect_to else (draft.to, draft.cc)
    content = mime.build(
        sender=(sender.name, sender.address),
        to=to,
        cc=cc,
        reply_to=sender.reply_to or sender.address,
        subject=subject,
        date=date,
        message_id=message_id,
        thread=draft.thread,
        occasions=draft.occasions,
        text=letter.text,
        html=letter.html,
        attachments=attachments,
        images=[*([sender.logo] if sender.logo else []), *(code.image for code in codes)],
    )
    return Message(
        message_id=message_id,
        book=book,
        customer=draft.customer,
        customer_name=draft.customer_name,
        step=draft.step,
        to=draft.to,
        cc=draft.cc,
        recipients=recipients(draft, sender),
        sender=account,
        subject=subject,
        occasions=draft.occasions,
        digest=digest,
        content=content,
        as_of=draft.as_of,
        approval=draft.approval,
        redirected=bool(sender.redirect_to),
        text=letter.text,
        html=letter.html,
        invoices=draft.invoices,
        totals=tuple(f"{currency} {amount:,}" for currency, amount in draft.asked),
    )


def _writer(draft: Draft, sender: Sender) -> Sender:
    name, address = draft.sender
    return replace(sender, name=name or sender.name, address=address) if address else sender


def _subject(draft: Draft, sender: Sender, letter: Rendered) -> str:
    """Follow-ups keep their subject behind one ``Re:``, or mail programs break the thread."""
    reply = "Re: " if draft.thread and draft.step not in BY_THEMSELVES else ""
    if not sender.redirect_to:
        return f"{reply}{letter.subject}"
    language = letter_language(draft.language)
    prefix = tell(language, "redirected_subject", addresses=", ".join(draft.to))
    return f"{prefix} {reply}{letter.subject}"


def recipients(draft: Draft, sender: Sender) -> tuple[str, ...]:
    """Return the envelope of a draft: to, cc and the archive, or only who it is redirected to."""
    if sender.redirect_to:
        return (sender.redirect_to,)
    return _unique((*draft.to, *draft.cc, *([sender.archive] if sender.archive else [])))


def _unique(addresses: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for one in addresses:
        seen.setdefault(one.casefold(), one)
    return tuple(seen.values())
