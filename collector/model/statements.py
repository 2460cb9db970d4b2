"""What a customer owes, line by line: statements and balance confirmations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Discount:
    """What paying early is worth: ``pay`` by ``until`` settles the line, ``saved`` is let go."""

    percent: Decimal
    until: date
    pay: Decimal
    saved: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One receivable as a letter shows it; money in the currency's own units."""

    invoice: str
    instalment: str
    invoice_date: date | None
    due_date: date
    days_overdue: int
    amount: Decimal
    paid: Decimal
    balance: Decimal
    currency: str
    project: str = ""
    contract: str = ""
    po: str = ""
    disputed: bool = False
    payment_link: str = ""
    attachment: str = ""
    discount: Discount | None = None
    interest: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a period statement; ``amount`` adds to the balance or, negative, reduces it."""

    day: date
    kind: Literal["invoice", "credit_note", "receipt"]
    reference: str
    amount: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Section:
    """A statement in one currency; ``aging`` maps ``not_due``, ``1-30`` …, ``credit`` to sums.

    A period statement has ``opening`` and ``movements``; an outstanding one has neither and
    ``opening`` is None. ``closing`` is the sum of ``lines`` less ``unapplied``.
    """

    currency: str
    opening: Decimal | None
    movements: tuple[Movement, ...]
    invoiced: Decimal
    credited: Decimal
    received: Decimal
    closing: Decimal
    lines: tuple[Line, ...]
    unapplied: Decimal
    aging: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of account of one customer, as at ``as_of``; ``period`` is ``yyyy-mm`` or ''."""

    customer: str
    customer_name: str
    language: str
    as_of: date
    period: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A letter that asks a customer to confirm a balance, per currency, by a day."""

    customer: str
    customer_name: str
    language: str
    as_of: date
    reply_by: date
    balances: tuple[tuple[str, Decimal], ...]
