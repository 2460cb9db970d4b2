"""A gallery: every letter in every language and form, from a fixed book, to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from html import escape
from typing import Final, NamedTuple

from collector.fields import LETTER_LANGUAGES
from collector.letters.confirmation import confirmation_file
from collector.letters.mime import shown_html
from collector.letters.render import compose
from collector.letters.statement import statement_files
from collector.letters.templating import BY_THEMSELVES, STEPS, VARIANTS
from collector.model import (
    Attachment,
    Bank,
    Confirmation,
    Discount,
    Draft,
    Line,
    Movement,
    Section,
    Sender,
    Statement,
    Total,
)

AS_OF: Final = date(2026, 11, 20)
WIDTHS: Final = (380, 700)
LETTERS: Final = (*STEPS, *VARIANTS, "thanks", "statement", "confirmation")

_NAMES: Final = {
    "en": ("Acme Building Ltd", "Maria Chen"),
    "zh": ("上海云杉建筑工程（集团）有限公司", "王芳喆"),
    "zh-hant": ("台北玥堃營造股份有限公司", "陳美玲"),
    "de": ("Müller & Söhne Bau GmbH", "Jürgen Weiß"),
    "fr": ("Bâtiments Lefèvre SARL", "Hélène Dubois"),
    "es": ("Construcciones Ibáñez, S. A.", "Íñigo Peña"),
}
_CURRENCIES: Final = {"zh": "CNY", "zh-hant": "USD"}
_BANK: Final = Bank("Northwind Trading Ltd", "DE89370400440532013000", bic="COBADEFFXXX",
                    bank="Commerzbank")  # fmt: skip


class Shown(NamedTuple):
    """One letter of the gallery: its page, its text, and the files that go with it."""

    language: str
    letter: str
    html: str
    text: str
    files: tuple[Attachment, ...]


def gallery(
    sender: Sender, templates: Mapping[str, str], languages: Sequence[str] = LETTER_LANGUAGES
) -> Iterator[Shown]:
    """Yield every letter in every language; raises TemplateError."""
    payee = replace(sender, bank=sender.bank or _BANK, redirect_to="")
    for language in languages:
        for letter in LETTERS:
            yield _shown(language, letter, payee, templates)


def _shown(language: str, letter: str, sender: Sender, templates: Mapping[str, str]) -> Shown:
    draft = _draft(language, letter)
    files = statement_files(draft.statement, sender, ("pdf", "xlsx")) if draft.statement else ()
    if draft.confirmation:
        files = (confirmation_file(draft.confirmation, sender),)
    message = compose(
        draft, sender, book="gallery", message_id="<gallery@localhost>",
        date=datetime.combine(AS_OF, time(9), tzinfo=UTC), digest="", templates=templates,
        attachments=files,
    )  # fmt: skip
    return Shown(language, letter, shown_html(message), message.text, files)


def index(shown: Sequence[Shown], pictures: Mapping[str, str]) -> str:
    """Return a page that shows the whole gallery, phone beside desktop, with its files.

    ``pictures`` are the files of screenshots by ``language/letter``, where there are any.
    """
    parts = []
    for each in shown:
        stem = f"{each.language}/{each.letter}"
        links = [f"{stem}.html", f"{stem}.txt"] if each.html else []
        links += [f"{each.language}/{file.name}" for file in each.files]
        links += [pictures[stem]] if stem in pictures else []
        listed = " · ".join(f'<a href="{escape(link)}">{escape(link)}</a>' for link in links)
        frames = "".join(
            f'<iframe loading="lazy" sandbox="" style="width:{width}px" src="{stem}.html"></iframe>'
            for width in WIDTHS
            if each.html
        )
        parts.append(f"<section><h2>{stem}</h2><p>{listed}</p>{frames}</section>")
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Letters</title><style>'
        "body{font:14px system-ui,sans-serif;margin:24px;background:#ddd}h2{margin:24px 0 4px}"
        "iframe{height:1700px;border:0;background:#fff;margin:0 12px 12px 0}</style>"
        f"{''.join(parts)}</html>\n"
    )


# ── the fixed book ───────────────────────────────────────────────────────────────────────────


def _line(
    language: str, invoice: str, amount: str, days: int, paid: str = "0", **more: str
) -> Line:
    due = AS_OF - timedelta(days=days)
    gross, part = Decimal(amount), Decimal(paid)
    currency = _CURRENCIES.get(language, "EUR")
    return Line(invoice, more.pop("instalment", ""), due - timedelta(days=30), due, days, gross,
                part, gross - part, currency, **more)  # type: ignore[arg-type]  # fmt: skip


def _draft(language: str, letter: str) -> Draft:
    name, contact = _NAMES[language]
    late, soon, credits = _lists(language, letter)
    currency = _CURRENCIES.get(language, "EUR")
    sums = [sum((line.balance for line in each), Decimal(0)) for each in (late, soon, credits)]
    received = (_line(language, "INV-1038", "2480.00", 0),) if letter == "thanks" else ()
    variant = letter if letter in VARIANTS else ""
    step = {"promise_broken": "second", "instalment_due": "courtesy"}.get(letter, letter)
    later = step in ("second", "third", "final")
    with_statement = step in ("third", "statement")
    return Draft(
        customer="C001", customer_name=name, contact=contact, language=language,
        to=("ap@customer.example",), cc=(), step=step, variant=variant, as_of=AS_OF,
        occasions=("gallery/C001/letter",), overdue=late, due_soon=soon, credits=credits,
        received=received,
        totals=(Total(currency, sums[0], sums[1], -sums[2]),) if late or soon else (),
        statement=_statement(language) if with_statement else None,
        thread=("<earlier@localhost>",) if later else (),
        confirmation=_confirmation(language) if letter == "confirmation" else None,
    )  # fmt: skip


def _lists(
    language: str, letter: str
) -> tuple[tuple[Line, ...], tuple[Line, ...], tuple[Line, ...]]:
    if letter in BY_THEMSELVES:
        return (), (), ()
    if letter == "instalment_due":
        plan = _line(language, "INV-1031", "5000.00", -3, instalment="2", contract="K-2026-7")
        return (), (plan,), ()
    upcoming = replace(
        _line(language, "INV-1052", "1000.00", -4, payment_link="https://pay.example/INV-1052"),
        discount=Discount(Decimal(2), AS_OF + timedelta(days=2), Decimal(980), Decimal(20)),
    )
    if letter == "courtesy":
        return (), (upcoming,), ()
    late = (_line(language, "INV-1042", "12045.50", 34, "2000", project="Harbour Tower"),
            _line(language, "INV-1047", "830.00", 9, po="PO-99120"))  # fmt: skip
    credit = (_line(language, "CN-17", "-145.50", 0),)
    return late, (upcoming,) if letter == "first" else (), credit


def _statement(language: str) -> Statement:
    currency = _CURRENCIES.get(language, "EUR")
    lines = (_line(language, "INV-1042", "12045.50", 34, "2000", project="Harbour Tower"),
             replace(_line(language, "INV-1047", "830.00", 9, po="PO-99120"), disputed=True),
             _line(language, "INV-1052", "1000.00", -4))  # fmt: skip
    day = date(2026, 11, 1)
    moves = (
        ("invoice", 1, "INV-1047", "830.00"),
        ("receipt", 6, "BANK-2207", "-2000.00"),
        ("credit_note", 12, "CN-17", "-145.50"),
        ("invoice", 17, "INV-1052", "1000.00"),
    )
    opening = balance = Decimal("12045.50")
    movements = []
    for kind, after, reference, amount in moves:
        balance += Decimal(amount)
        on = day + timedelta(days=after)
        movements.append(Movement(on, kind, reference, Decimal(amount), balance))  # type: ignore[arg-type]
    section = Section(
        currency, opening, tuple(movements), Decimal("1830.00"), Decimal("145.50"),
        Decimal("2000.00"), balance, lines, Decimal("145.50"),
        {"not_due": Decimal(1000), "1-30": Decimal(830), "31-60": Decimal("10045.50"),
         "61-90": Decimal(0), "90+": Decimal(0), "credit": Decimal("-145.50")},
    )  # fmt: skip
    name, _ = _NAMES[language]
    return Statement("C001", name, language, AS_OF, "2026-11", (section,))


def _confirmation(language: str) -> Confirmation:
    name, _ = _NAMES[language]
    balances = ((_CURRENCIES.get(language, "EUR"), Decimal("11730.00")),)
    return Confirmation("C001", name, language, AS_OF, AS_OF + timedelta(days=14), balances)
