"""A balance confirmation (对账函) as PDF, with a slip to agree or differ and room for the seal."""

from __future__ import annotations

from typing import Any

from collector.letters import formats
from collector.letters.pdf import printed, sender_data
from collector.letters.plain import clean
from collector.letters.statement import named_file
from collector.letters.view import confirmation_view
from collector.letters.wording import labels, tell
from collector.model import Attachment, Confirmation, Sender

_TEMPLATE = "confirmation.typ"


def confirmation_file(confirmation: Confirmation, sender: Sender) -> Attachment:
    """Return the letter as a PDF; the same confirmation gives the same bytes.

    Raises TemplateError when no font can show it.
    """
    language = formats.letter_language(confirmation.language)
    content = printed(_TEMPLATE, _data(confirmation, sender, language), confirmation.as_of)
    name = named_file(
        tell(language, "confirmation_file"), confirmation.customer_name, confirmation.as_of, "pdf"
    )
    return Attachment(name, "application/pdf", content)


def _data(confirmation: Confirmation, sender: Sender, language: str) -> dict[str, Any]:
    company = clean(sender.company or sender.name)
    view = confirmation_view(confirmation, sender)
    day, reply_by = view["as_of"], view["reply_by"]
    return {
        **sender_data(sender),
        **view,
        "language": language,
        "label": dict(labels(language)),
        "customer": clean(confirmation.customer_name),
        "intro": tell(language, "confirm_intro", day=day),
        "ask": tell(language, "confirm_ask", address=view["address"], day=reply_by),
        "note": tell(language, "confirm_note", day=day),
        "reply_of": tell(language, "reply_of", company=company, day=day),
    }
