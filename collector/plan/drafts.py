"""Drafts: one message a customer, what it lists, what it serves, and what makes it the same."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, TypeAlias

import pandas as pd

from collector.fields import LETTER_LANGUAGES, exponent
from collector.model import OWNER, Draft, Line, Policy, Sender, Statement, Step, Total
from collector.rules import Assessment
from collector.rules.aging import dates
from collector.rules.balances import major
from collector.rules.interest import with_charges, with_interest
from collector.rules.statements import lines, oldest_first

_NO_STEP = -1
# Receipts that no invoice took: minor units by customer and currency.
Unapplied: TypeAlias = Mapping[Hashable, int]


@dataclass(frozen=True, slots=True)
class Item:
    """A receivable that a letter may list.

    ``row`` is its sheet row, ``place`` its place in a letter, oldest due first. ``step`` is the
    index of the ladder's step that is due for it, None when none is; ``occasion`` then names it.
    ``broken`` says that its promise was not kept.
    """

    row: int
    place: int
    status: str
    line: Line
    promise: date | None = None
    step: int | None = None
    occasion: str = ""
    broken: bool = False


def items_by_customer(rows: pd.DataFrame, due: pd.DataFrame) -> dict[str, list[Item]]:
    """Return invoice rows by customer, in the order of the sheet.

    ``due`` are the rows of the ladder whose step is due, on the index of ``rows``.
    """
    ordered = oldest_first(rows)
    steps = due["step"].reindex(ordered.index, fill_value=_NO_STEP).tolist()
    occasions = due["occasion"].reindex(ordered.index, fill_value="").tolist()
    items = map(
        Item,
        ordered["row"].tolist(),
        count(),
        ordered["status"].tolist(),
        lines(ordered),
        dates(ordered["promise_date"]),
        (None if step == _NO_STEP else step for step in steps),
        occasions,
        ordered["broken_promise"].tolist(),
    )
    found: dict[str, list[Item]] = {}
    for customer, item in sorted(
        zip(ordered["customer"].tolist(), items, strict=True), key=lambda pair: pair[1].row
    ):
        found.setdefault(customer, []).append(item)
    return found


def reminder(
    draft: Draft,
    due: list[Item],
    listed: list[Item],
    unapplied: Unapplied,
    policy: Policy,
    *,
    thread: tuple[str, ...],
    approval: str,
) -> Draft:
    """Return an empty draft as the reminder that serves ``due`` and lists ``listed``.

    ``listed`` are not held: overdue, about to fall due, or in the customer's favour. Its wording
    is that of the highest step.
    """
    top = max(item.step for item in due if item.step is not None)
    overdue = _lines(listed, "overdue")
    soon = _lines(listed, "due_soon", "open")
    credits = _lines(listed, "credit")
    rung = policy.steps[min(top, len(policy.steps) - 1)]
    overdue = with_interest(overdue, policy)
    asked = totals(overdue, soon, credits, draft.customer, unapplied)
    return replace(
        draft,
        step=rung.name,
        cc=_copies(draft, rung),
        sender=rung.sender,
        occasions=tuple(item.occasion for item in due),
        overdue=overdue,
        due_soon=soon,
        credits=credits,
        totals=with_charges(asked, overdue, rung, policy),
        thread=thread,
        approval=approval,
    )


def _copies(draft: Draft, rung: Step) -> tuple[str, ...]:
    """Return who gets a copy: those of the row, and those of the step, each once."""
    named = (
        address
        for copy in rung.cc
        for address in (addresses(draft.owner_email) if copy == OWNER else (copy,))
    )
    known = {address.casefold() for address in draft.to}
    copies: dict[str, str] = {}
    for address in (*draft.cc, *named):
        if address.casefold() not in known:
            copies.setdefault(address.casefold(), address)
    return tuple(copies.values())


def covered_currencies(listed: list[Item], customer: str, unapplied: Unapplied) -> set[str]:
    """Return the currencies in which the customer's credit covers all that would be asked for."""
    owed: dict[str, Decimal] = {}
    for item in listed:
        line = item.line
        owed[line.currency] = owed.get(line.currency, Decimal(0)) + line.balance
    spare = {c: major(int(unapplied.get((customer, c), 0)), exponent(c)) for c in owed}
    return {currency for currency, balance in owed.items() if balance <= spare[currency]}


def _lines(items: list[Item], *statuses: str) -> tuple[Line, ...]:
    wanted = [item for item in items if item.status in statuses]
    return tuple(item.line for item in sorted(wanted, key=lambda item: item.place))


def statement_draft(draft: Draft, statement: Statement, occasion: str) -> Draft:
    """Return an empty draft as the message that brings a statement and nothing else."""
    return replace(draft, step="statement", occasions=(occasion,), statement=statement)


_WHO = ["customer_name", "contact", "language", "email", "cc", "owner", "owner_email"]


def empty_drafts(assessment: Assessment, policy: Policy) -> dict[str, Draft]:
    """Return by customer a draft that says nothing yet: to whom, and who looks after them."""
    return {
        customer: Draft(
            customer=customer,
            customer_name=name,
            contact=contact,
            language=letter_language(language, policy),
            to=addresses(email),
            cc=addresses(cc),
            step="",
            occasions=(),
            as_of=assessment.as_of,
            owner=owner,
            owner_email=owner_email,
        )
        for customer, name, contact, language, email, cc, owner, owner_email in (
            zip(
                assessment.customers.index.tolist(),
                *(assessment.customers[name].tolist() for name in _WHO),
                strict=True,
            )
        )
    }


def letter_language(code: str, policy: Policy) -> str:
    """Return the language of a customer's letters: theirs where we have it, else the book's."""
    return code if code in LETTER_LANGUAGES else policy.language


def by_label(column: pd.Series[Any]) -> dict[str, Any]:
    """Return a column by its labels; ``to_dict`` would look at one cell after the other."""
    return dict(zip(column.index.tolist(), column.tolist(), strict=True))


def addresses(text: str) -> tuple[str, ...]:
    """Split the canonical address list of a frame."""
    return tuple(part for part in text.split(", ") if part)


def totals(
    overdue: Iterable[Line],
    soon: Iterable[Line],
    credits: Iterable[Line],
    customer: str,
    unapplied: Unapplied,
) -> tuple[Total, ...]:
    """Return per currency what is overdue, what falls due, and the credit to deduct."""
    sums: dict[str, list[Decimal]] = {}
    for position, group in enumerate((overdue, soon, credits)):
        for line in group:
            sums.setdefault(line.currency, [Decimal(0)] * 3)[position] += line.balance
    for currency, each in sums.items():
        each[2] -= major(unapplied.get((customer, currency), 0), exponent(currency))
    return tuple(
        Total(currency, late, falling_due, -credit)
        for currency, (late, falling_due, credit) in sorted(sums.items())
    )


def digest(draft: Draft, sender: Sender) -> str:
    """Identify what a draft says, and from whom and to whom it really goes, whichever the day.

    Two drafts alike in it are one message.
    """
    owed: Sequence[object] = [
        (
            line.invoice,
            line.instalment,
            line.due_date,
            line.balance,
            line.currency,
            *([line.attachment] if line.attachment else []),
        )
        for line in draft.overdue + draft.due_soon + draft.credits
    ]
    account = draft.statement and [
        (section.currency, section.closing, len(section.lines))
        for section in draft.statement.sections
    ]
    envelope = (sender.address, sender.archive, sender.redirect_to, *filter(None, draft.sender))
    # A message that names another bank account than ours is not to go.
    bank = (sender.bank,) if sender.bank else ()
    facts = (
        (*envelope, *bank),
        draft.to,
        draft.cc,
        draft.language,
        draft.variant or draft.step,
        sorted(draft.occasions),
        owed,
        account,
        *([draft.confirmation] if draft.confirmation else []),
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()
