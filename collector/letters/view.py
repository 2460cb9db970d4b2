"""What templates see of a draft or statement: plain dicts, lists and strings, already formatted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from collector.fields import BUCKET_WORDS
from collector.letters import formats
from collector.letters.colour import on_dark, on_white
from collector.letters.mime import content_id
from collector.letters.payment import Code, asked, bank_rows, early, reference, safe_link
from collector.letters.plain import clean
from collector.letters.wording import labels, tell
from collector.letters.words import in_words
from collector.model import (
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

View = dict[str, Any]

# Gmail cuts a mail at 102 KB; a row takes about 600 bytes once its styles are inlined.
HTML_LINES: Final = 60

_ASKED: Final = ("total_now", "total_later")
_LISTS: Final = ("overdue", "due_soon", "credits", "received")


def letter_view(
    draft: Draft, sender: Sender, attached: Sequence[str], codes: Sequence[Code] = ()
) -> View:
    """Return what the templates of a draft are given; ``attached`` are the names of its files."""
    language = formats.letter_language(draft.language)
    ask, asked_of = _ask(draft, sender), draft.confirmation
    totals = [_total(language, total, early(draft, total)) for total in draft.totals]
    lines = {name: getattr(draft, name) for name in _LISTS}
    return {
        "language": language,
        "label": labels(language),
        "step": draft.step,
        "customer": clean(draft.customer_name),
        "contact": clean(draft.contact),
        "greeting": _greeting(language, clean(draft.contact), clean(draft.customer_name)),
        "as_of": formats.long_day(language, draft.as_of),
        "sender": _sender(sender),
        "ask": ask,
        "questions": tell(language, "questions", **ask),
        "banner": _banner(language, draft, sender),
        "follow_up": bool(draft.thread),
        **{name: [_row(language, line) for line in lines[name]] for name in lines},
        "more": {name: _more(language, lines[name], attached) for name in lines},
        "totals": totals,
        "to_pay": _to_pay(language, draft.totals, totals),
        "attached": list(attached),
        "statement": statement_view(draft.statement, language) if draft.statement else None,
        "confirmation": confirmation_view(asked_of, sender) if asked_of else None,
        "html_lines": HTML_LINES,
        "logo": f"cid:{content_id(sender.logo)}" if sender.logo else "",
        "pay": pay_view(language, sender.bank, reference(draft), codes) if sender.bank else None,
    }


@lru_cache(maxsize=16)
def _sender(sender: Sender) -> View:
    plain = {name: clean(getattr(sender, name)) for name in ("name", "address", "company")}
    colours = {"accent": on_white(sender.accent), "accent_dark": on_dark(sender.accent)}
    return {**plain, **colours}


def pay_view(language: str, bank: Bank, text: str, codes: Sequence[Code]) -> View:
    """Return how to pay: the account's rows, what to write on the payment, codes to scan."""
    rows = [*bank_rows(language, bank), (tell(language, "pay_reference"), text)]
    return {
        "rows": [{"label": label, "value": value} for label, value in rows],
        "codes": [{"source": code.source, "caption": code.caption} for code in codes],
    }


def _greeting(language: str, contact: str, customer: str) -> str:
    if contact:
        return tell(language, "dear", name=contact)
    if customer:
        return tell(language, "dear_customer", name=customer)
    return tell(language, "dear_nobody")


def _ask(draft: Draft, sender: Sender) -> dict[str, str]:
    """Whom the customer may ask: the owner where the sheet says how to reach them."""
    if draft.owner_email:
        return {"name": clean(draft.owner or sender.name), "address": clean(draft.owner_email)}
    return {"name": clean(sender.name), "address": clean(sender.reply_to or sender.address)}


def _banner(language: str, draft: Draft, sender: Sender) -> str:
    if not sender.redirect_to:
        return ""
    return tell(language, "redirected", addresses=", ".join(draft.to + draft.cc))


# ── lines ────────────────────────────────────────────────────────────────────────────────────


def _row(language: str, line: Line) -> View:
    invoice_date = formats.short_day(language, line.invoice_date) if line.invoice_date else ""
    return {
        "invoice": line_name(language, line),
        "invoice_date": invoice_date,
        "due_date": formats.short_day(language, line.due_date),
        "days": str(late_days(line) or ""),
        "when": _when(language, line),
        "amount": formats.number(language, line.amount, line.currency),
        "paid": formats.number(language, line.paid, line.currency),
        "balance": formats.money(language, line.balance, line.currency),
        "open": formats.number(language, line.balance, line.currency),
        "currency": line.currency,
        "notes": line_notes(language, line),
        "detail": _detail(language, line, invoice_date),
        "disputed": line.disputed,
        "link": safe_link(line.payment_link) if line.payment_link else "",
    }


def line_name(language: str, line: Line) -> str:
    """Return what a line is called: its invoice number, with the instalment where it has one."""
    if not line.invoice and line.balance < 0:
        return tell(language, "on_account")
    name = clean(line.invoice) or tell(language, "no_number")
    return f"{name} / {clean(line.instalment)}" if line.instalment else name


def _detail(language: str, line: Line, day: str) -> str:
    """All else about a line on one line: when issued, for how much, what was paid, what for."""
    amount = formats.number(language, line.amount, line.currency)
    paid = formats.number(language, line.paid, line.currency)
    issued = "issued_for" if day else "amount_of"
    parts = [
        tell(language, issued, day=day, amount=amount),
        *([tell(language, "paid_of", amount=paid)] if line.paid else []),
        *line_notes(language, line),
    ]
    return " · ".join(parts)


def late_days(line: Line) -> int:
    """Return the days a line is overdue, 0 when it is not: a credit note never is."""
    return max(line.days_overdue, 0) if line.balance > 0 else 0


def _when(language: str, line: Line) -> str:
    days_overdue = line.days_overdue
    if line.balance <= 0:
        return tell(language, "credit")
    if days_overdue > 1:
        return tell(language, "overdue_days", days=days_overdue)
    named = {1: "overdue_day", 0: "due_today", -1: "due_tomorrow"}
    if days_overdue in named:
        return tell(language, named[days_overdue])
    return tell(language, "due_in", days=-days_overdue)


def line_notes(language: str, line: Line) -> list[str]:
    """Return what else is to be said of a line: project, contract, order, discount, interest."""
    facts = ((field, clean(getattr(line, field))) for field in ("project", "contract", "po"))
    notes = [
        tell(language, "fact", name=tell(language, field), value=value)
        for field, value in facts
        if value
    ]
    if line.discount:
        notes.append(_discount_note(language, line.discount, line.currency))
    if line.interest:
        shown = formats.money(language, line.interest, line.currency)
        notes.append(tell(language, "interest_of", amount=shown))
    return notes


def _discount_note(language: str, discount: Discount, currency: str) -> str:
    return tell(
        language,
        "discount",
        percent=formats.plain_number(language, discount.percent),
        saved=formats.money(language, discount.saved, currency),
        pay=formats.money(language, discount.pay, currency),
        day=formats.short_day(language, discount.until),
    )


def _more(language: str, lines: Sequence[Line], attached: Sequence[str]) -> str:
    """Say what the HTML leaves out of a long table, so that its rows still add up to its total."""
    left = lines[HTML_LINES:]
    if not left:
        return ""
    phrase = tell(language, "more", count=len(left), sums=_sums(language, left))
    where = tell(language, "more_attached" if attached else "more_asked")
    return f"{phrase}{'。' if language.startswith('zh') else '. '}{where}"


def _sums(language: str, lines: Iterable[Line]) -> str:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.currency] += line.balance
    return " + ".join(formats.money(language, sums[currency], currency) for currency in sums)


# ── totals ───────────────────────────────────────────────────────────────────────────────────


def _total(language: str, total: Total, offer: tuple[Decimal, date] | None) -> View:
    """The sums of one currency as a letter lists them; ``pay`` is the figure it asks for."""
    pay = asked(total)
    overdue, due_soon = ("total_overdue", total.overdue), ("total_due_soon", total.due_soon)
    credit = ("total_credit", -total.credit)
    if total.overdue:
        charges = [("total_interest", total.interest), ("total_fee", total.fee)]
        listed = [overdue, credit, *charges, ("total_now", pay), due_soon]
    else:
        listed = [*([due_soon, credit] if total.credit else []), ("total_later", pay)]
    shown = [(name, sum_, name in _ASKED) for name, sum_ in listed if sum_ or name in _ASKED]
    rate = formats.plain_number(language, total.interest_rate) if total.interest else ""
    return {
        "currency": total.currency,
        "rows": [*_named(language, total.currency, shown, rate), *_offered(language, total, offer)],
        "pay": formats.money(language, pay, total.currency),
        "overdue": formats.money(language, total.overdue, total.currency),
        "due_soon": formats.money(language, total.due_soon, total.currency),
        "credit": formats.money(language, total.credit, total.currency),
    }


def _offered(language: str, total: Total, offer: tuple[Decimal, date] | None) -> list[View]:
    """Return what is to pay while the discount lasts: the sum that the code is for."""
    if offer is None:
        return []
    label = tell(language, "total_discounted", day=formats.short_day(language, offer[1]))
    amount = formats.money(language, offer[0], total.currency)
    return [{"label": label, "main": False, "amount": amount}]


def _to_pay(language: str, totals: Sequence[Total], shown: Sequence[View]) -> str:
    """The sums asked for now, as words of a sentence; without anything overdue, those due soon."""
    sums = [view["pay"] for total, view in zip(totals, shown, strict=True) if total.overdue]
    return tell(language, "and").join(sums or [view["pay"] for view in shown])


def _shower(language: str, currency: str) -> Callable[[Decimal], str]:
    return lambda amount: formats.money(language, amount, currency)


def confirmation_view(confirmation: Confirmation, sender: Sender) -> View:
    """Return what templates are given of a balance that is to be confirmed."""
    language = formats.letter_language(confirmation.language)
    return {
        "as_of": formats.long_day(language, confirmation.as_of),
        "reply_by": formats.long_day(language, confirmation.reply_by),
        "address": clean(sender.reply_to or sender.address),
        "balances": [_balance(language, *each) for each in confirmation.balances],
    }


def _balance(language: str, currency: str, amount: Decimal) -> View:
    """Say who owes whom, so that nobody has to read a sign."""
    return {
        "label": tell(language, "owed_to_us" if amount >= 0 else "owed_to_you"),
        "currency": currency,
        "amount": formats.money(language, abs(amount), currency),
        "words": in_words(language, abs(amount), currency),
        "main": True,
    }


# ── statements ───────────────────────────────────────────────────────────────────────────────


def statement_view(statement: Statement, language: str = "") -> View:
    """Return what the templates of a statement are given."""
    language = language or formats.letter_language(statement.language)
    return {
        "language": language,
        "customer": clean(statement.customer_name),
        "as_of": formats.long_day(language, statement.as_of),
        "period": formats.month(language, statement.period) if statement.period else "",
        "sections": [_section(language, section) for section in statement.sections],
    }


def _section(language: str, section: Section) -> View:
    show = _shower(language, section.currency)
    return {
        "currency": section.currency,
        "is_period": section.opening is not None,
        "summary": _named(language, section.currency, _summary(section)),
        "movements": [_movement(language, section, movement) for movement in section.movements],
        "opening": show(section.opening) if section.opening is not None else "",
        "closing": show(section.closing),
        "rows": [_row(language, line) for line in section.lines],
        "more": _more(language, section.lines, ["statement"]),
        "foot": _named(language, section.currency, _foot(section)),
        "aging": [
            {
                "label": age_label(language, bucket),
                "amount": show(amount),
                "number": formats.number(language, amount, section.currency),
                "main": False,
            }
            for bucket, amount in section.aging.items()
        ],
    }


Sum = tuple[str, Decimal, bool]  # the phrase that names it, the amount, whether it stands out


def _summary(section: Section) -> list[Sum]:
    if section.opening is None:
        return [("outstanding", section.closing, True)]
    return [
        ("opening", section.opening, False),
        ("invoiced", section.invoiced, False),
        ("credited", -section.credited, False),
        ("received", -section.received, False),
        ("closing", section.closing, True),
    ]


def _foot(section: Section) -> list[Sum]:
    """What stands under the open items, so that they lead to the closing balance."""
    total = sum((line.balance for line in section.lines), Decimal(0))
    if not section.unapplied:
        return [("open_total", total, True)]
    return [
        ("open_total", total, False),
        ("unapplied", -section.unapplied, False),
        ("outstanding", section.closing, True),
    ]


def _named(language: str, currency: str, sums: Iterable[Sum], rate: str = "") -> list[View]:
    return [
        {"label": tell(language, name, rate=rate), "main": main,
         "amount": formats.money(language, amount, currency)}
        for name, amount, main in sums
    ]  # fmt: skip


def _movement(language: str, section: Section, movement: Movement) -> dict[str, str]:
    return {
        "day": formats.short_day(language, movement.day),
        "kind": tell(language, f"kind_{movement.kind}"),
        "reference": clean(movement.reference),
        "amount": formats.number(language, movement.amount, section.currency),
        "balance": formats.number(language, movement.balance, section.currency),
    }


def age_label(language: str, bucket: str) -> str:
    """Return an aging bucket in words: ``Not due``, ``1–30 days``."""
    if bucket in BUCKET_WORDS["en"]:
        return tell(language, f"age_{bucket}")
    return tell(language, "age_days", span=bucket.replace("-", "–"))
