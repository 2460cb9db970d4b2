"""Trying out the user's own templates before a customer's letter needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from typing import Final

from collector.errors import TemplateError
from collector.fields import LANGUAGES, LETTER_LANGUAGES
from collector.letters.digest import compose_digest
from collector.letters.render import compose
from collector.letters.templating import BY_THEMSELVES, VARIANTS, our_templates
from collector.model import (
    Call,
    Confirmation,
    Digest,
    Draft,
    Line,
    Section,
    Sender,
    Statement,
    Total,
)
from collector.phrases import Phrase

_ENDS: Final = (".j2", ".html.j2", ".txt.j2")


def prove_templates(
    templates: Mapping[str, str], steps: Sequence[str], sender: Sender, as_of: date
) -> None:
    """Write every letter once from a sample; raises TemplateError for the first that fails.

    A template that no letter uses under its name is one too: most likely it is misspelt.
    """
    # Ours alone are known to be good in every language; it is the user's that are on trial.
    for language in LETTER_LANGUAGES if templates else LANGUAGES:
        for step in (*steps, *VARIANTS, *BY_THEMSELVES):
            compose(
                _sample(language, step, as_of),
                sender,
                book="proof",
                message_id="<proof@localhost>",
                date=datetime.combine(as_of, time(), tzinfo=UTC),
                digest="",
                templates=templates,
            )
    if templates:
        _prove_digest(templates, sender, as_of)
    _refuse_unused(templates, steps)


def _prove_digest(templates: Mapping[str, str], sender: Sender, as_of: date) -> None:
    """Write a digest once; raises TemplateError."""
    call = Call("Sample Ltd", "Ann", "+1 555 0100", "USD", Decimal(100), 20)
    for language in LANGUAGES:
        compose_digest(
            Digest("ann", "Ann", ("ann@localhost",), language, as_of, (), calls=(call,)),
            sender,
            book="proof",
            workbook="proof.xlsx",
            message_id="<proof@localhost>",
            date=datetime.combine(as_of, time(), tzinfo=UTC),
            content="",
            templates=templates,
        )


def _refuse_unused(templates: Mapping[str, str], steps: Sequence[str]) -> None:
    reminders = (f"reminder_{step}" for step in (*steps, *VARIANTS))
    words = ("reminder", *BY_THEMSELVES, *reminders)
    folders = ("", *(f"{language}/" for language in LETTER_LANGUAGES))
    stems = [f"{folder}{word}" for folder in folders for word in words]
    known = {*our_templates(), *(f"{stem}{end}" for stem in stems for end in _ENDS)}
    for name in templates:
        if name not in known and not any(name in text for text in templates.values()):
            near = get_close_matches(name, known, n=1)
            raise TemplateError(
                name, Phrase("letter_template_unused", near=near[0] if near else "-")
            )


def _sample(language: str, step: str, as_of: date) -> Draft:
    """Return a draft with something in every part of a letter."""
    line = Line("INV-1", "", as_of, as_of, 10, Decimal(100), Decimal(40), Decimal(60), "USD")
    section = Section("USD", None, (), Decimal(0), Decimal(0), Decimal(0), Decimal(60), (line,),
                      Decimal(0), {"1-30": Decimal(60)})  # fmt: skip
    statement = Statement("sample", "Sample", language, as_of, "", (section,))
    lines = () if step in ("statement", "confirmation") else (line,)
    asked = Confirmation("sample", "Sample", language, as_of, as_of, (("USD", Decimal(60)),))
    received = (line,) if step == "thanks" else ()
    return Draft(
        customer="sample", customer_name="Sample", contact="Sample", language=language,
        to=("sample@example.com",), cc=(), step=step, occasions=("proof",), as_of=as_of,
        overdue=lines, due_soon=lines, credits=lines, received=received, statement=statement,
        totals=(Total("USD", Decimal(60), Decimal(60), Decimal(10)),) if lines else (),
        owner="Sample", owner_email="sample@example.com",
        confirmation=asked if step == "confirmation" else None,
    )  # fmt: skip
