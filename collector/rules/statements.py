"""A customer's account: open items, and the movements of a month where every payment is dated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from collector.fields import buckets, exponent
from collector.intake.book import Book
from collector.model import Line, Movement, Policy, Section, Statement
from collector.rules.balances import major

if TYPE_CHECKING:
    from collector.rules import Assessment

_WINDOW_DAYS = 7


def closed_month(policy: Policy, as_of: date) -> str:
    """Return the month (``yyyy-mm``) whose statement is due on a day, '' when none is.

    A statement is due from ``statement_day`` for seven days; it is of the month before.
    """
    if policy.statement_day is None:
        return ""
    for first in (as_of.replace(day=1), (as_of.replace(day=1) - timedelta(days=1)).replace(day=1)):
        start = _day_of_month(first, policy.statement_day)
        if 0 <= (as_of - start).days < _WINDOW_DAYS:
            return (first - timedelta(days=1)).strftime("%Y-%m")
    return ""


def _day_of_month(first: date, day: int) -> date:
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day, last.day))


_LINE = [
    "invoice", "instalment", "invoice_date", "due", "days_overdue", "amount", "has_amount",
    "balance", "exponent", "currency", "project", "contract", "po", "dispute",
]  # fmt: skip


def oldest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return an assessment's invoices in the order of a letter: oldest due first."""
    return rows.sort_values(["due", "invoice_date", "row"], na_position="last")


def lines(rows: pd.DataFrame) -> tuple[Line, ...]:
    """Return an assessment's invoices as letters show them, in the order of the frame.

    It costs a moment per frame, not per row: many customers are better asked about at once.
    """
    return tuple(map(_line, rows[_LINE].itertuples(index=False)))


def _line(row: Any) -> Line:
    balance = major(row.balance, row.exponent)
    amount = major(row.amount, row.exponent) if row.has_amount else balance
    issued = _day(row.invoice_date)
    return Line(
        invoice=row.invoice,
        instalment=row.instalment,
        invoice_date=issued,
        due_date=_day(row.due) or issued or date.min,
        days_overdue=row.days_overdue,
        amount=amount,
        paid=amount - balance,
        balance=balance,
        currency=row.currency,
        project=row.project,
        contract=row.contract,
        po=row.po,
        disputed=row.dispute,
    )


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, pd.Timestamp) else None


@dataclass(frozen=True, slots=True)
class Account:
    """What statements are made from: rows by customer, and what no invoice took."""

    assessment: Assessment
    policy: Policy
    moves: dict[tuple[str, str], pd.DataFrame]
    rows: dict[tuple[str, str], pd.DataFrame]
    currencies: dict[str, list[str]]

    def outstanding(self, customer: str, language: str) -> Statement:
        """Return the open items of a customer as of the assessment's day."""
        sections = tuple(self._section(customer, c) for c in self._currencies(customer))
        return self._statement(customer, language, "", sections)

    def _statement(
        self, customer: str, language: str, period: str, sections: Iterable[Section]
    ) -> Statement:
        name = str(self.assessment.customers["customer_name"].get(customer, customer))
        day = self.assessment.as_of
        return Statement(
            customer, name, language, day, period, tuple(filter(_says_something, sections))
        )

    def _currencies(self, customer: str) -> list[str]:
        return self.currencies.get(customer, [])

    def _section(self, customer: str, currency: str) -> Section:
        live = self.rows.get((customer, currency), self.assessment.invoices.iloc[:0])
        places = exponent(currency)
        spare = int(self.assessment.unapplied.get((customer, currency), 0))
        aging = dict.fromkeys(buckets(self.policy.edges), Decimal(0))
        for name, amount in live.groupby("bucket")["balance"].sum().items():
            aging[str(name) or "not_due"] += major(int(amount), places)
        aging["credit"] -= major(spare, places)
        return Section(
            currency=currency,
            opening=None,
            movements=(),
            invoiced=Decimal(0),
            credited=Decimal(0),
            received=Decimal(0),
            closing=major(int(live["balance"].sum()) - spare, places),
            lines=lines(oldest_first(live)),
            unapplied=major(spare, places),
            aging=aging,
        )

    def period(self, customer: str, language: str, month: str) -> Statement | None:
        """Return a month's statement; the assessment must be as of the month's last day.

        None where the movements do not lead to the balance: such a statement would only raise
        questions.
        """
        first = date.fromisoformat(f"{month}-01")
        sections = [
            self._with_movements(self._section(customer, c), customer, first)
            for c in self._currencies(customer)
        ]
        if not all(adds_up(section) for section in sections):
            return None
        return self._statement(customer, language, month, sections)

    def _with_movements(self, section: Section, customer: str, first: date) -> Section:
        mine = self.moves.get((customer, section.currency))
        if mine is None:
            return section
        before = mine["day"] < pd.Timestamp(first)
        places = exponent(section.currency)
        opening = int(mine.loc[before, "amount"].sum())
        now = mine[~before].sort_values(["day", "kind", "reference"])
        return replace(
            section,
            opening=major(opening, places),
            movements=_movements(now, opening, places),
            invoiced=_sum(now, "invoice", places),
            credited=_sum(now, "credit_note", places),
            received=_sum(now, "receipt", places),
        )


def make_account(assessment: Assessment, policy: Policy, moves: pd.DataFrame) -> Account:
    """Return what the statements of an assessed book are made from, parted by customer once."""
    rows = assessment.invoices
    live = rows[rows["open"] & rows["known"] & (rows["balance"] != 0)]
    keys = ["customer", "currency"]
    pairs = {*zip(rows["customer"], rows["currency"], strict=True), *assessment.unapplied.index}
    currencies: dict[str, list[str]] = {}
    for customer, currency in sorted(pairs):
        currencies.setdefault(customer, []).append(currency)
    return Account(
        assessment,
        policy,
        {(str(k[0]), str(k[1])): v for k, v in moves.groupby(keys)},
        {(str(k[0]), str(k[1])): v for k, v in live.groupby(keys)},
        currencies,
    )


def _sum(moves: pd.DataFrame, kind: str, places: int) -> Decimal:
    """Return the size of one kind of movement; credits and receipts are positive here."""
    return abs(major(int(moves.loc[moves["kind"] == kind, "amount"].sum()), places))


def _movements(moves: pd.DataFrame, opening: int, places: int) -> tuple[Movement, ...]:
    balances = opening + moves["amount"].cumsum()
    return tuple(
        Movement(day.date(), kind, reference, major(amount, places), major(balance, places))
        for day, kind, reference, amount, balance in zip(
            moves["day"], moves["kind"], moves["reference"],
            moves["amount"].tolist(), balances.tolist(), strict=True,
        )
    )  # fmt: skip


def adds_up(section: Section) -> bool:
    """Tell whether opening + invoiced - credited - received is the closing balance."""
    opening = section.opening or Decimal(0)
    moved = section.invoiced - section.credited - section.received
    return opening + moved == section.closing


def _says_something(section: Section) -> bool:
    return bool(section.movements or section.lines or section.closing)


def movements(book: Book, assessment: Assessment, policy: Policy) -> pd.DataFrame:
    """Return every dated movement: ``customer currency day kind reference amount`` (int64).

    Invoices and credit notes on their date; receipts on theirs, or, where the sheet keeps only a
    paid column, what is paid on the paid date. Settled by word means paid in full. Rows whose
    balance is unknown, and void ones, do not move.
    """
    rows = assessment.invoices
    rows = rows[rows["known"] & (rows["paid_status"] != "void") & rows["has_amount"]]
    issued = pd.DataFrame(
        {
            "customer": rows["customer"],
            "currency": rows["currency"],
            "day": rows["invoice_date"],
            "kind": (rows["amount"] >= 0).map({True: "invoice", False: "credit_note"}),
            "reference": rows["invoice"],
            "amount": rows["amount"],
        }
    )
    left = rows["balance"].where(rows["paid_status"] != "paid", 0)
    paid = rows["amount"] - left
    if "receipts" in book.tables:
        took = book.receipts[book.receipts["has_amount"]]
        received = pd.DataFrame(
            {
                "customer": took["customer"],
                "currency": took["currency"],
                "day": took["date"],
                "kind": "receipt",
                "reference": took["reference"].where(took["reference"] != "", took["invoice"]),
                "amount": -took["amount"],
            }
        )
    else:
        received = issued.assign(kind="receipt", day=rows["paid_date"], amount=-paid)[paid != 0]
    return pd.concat([issued, received], ignore_index=True)


def fully_dated(moves: pd.DataFrame, assessment: Assessment) -> set[str]:
    """Return the customers whose movements are all dated and add up to their balances.

    Only for them can a month's statement be drawn up; the others get their open items.
    """
    undated = set(moves.loc[moves["day"].isna(), "customer"])
    moved = moves.groupby(["customer", "currency"])["amount"].sum()
    rows = assessment.invoices
    stands = rows[rows["known"]].groupby(["customer", "currency"])["balance"].sum()
    stands = stands.sub(assessment.unapplied, fill_value=0) if len(assessment.unapplied) else stands
    gap = moved.sub(stands, fill_value=0)
    unknown = set(rows.loc[~rows["known"], "customer"])
    off = {customer for customer, _ in gap[gap != 0].index}
    return set(rows["customer"]) - undated - off - unknown - {""}


def as_of_book(book: Book, day: date) -> Book:
    """Return the book as it stood at the end of a day, for customers who are fully dated.

    Later invoices and payments are left out. With a receipts tab the receipts alone tell what was
    paid, since a paid column already holds the later ones.
    """
    end = pd.Timestamp(day)
    rows = book.invoices[~(book.invoices["invoice_date"] > end)]
    later = rows["paid_date"] > end
    has = book.has
    if "receipts" in book.tables:
        later, has = rows["paid_status"] != "void", book.has - {"paid", "balance"}
    rows = rows.assign(
        paid=rows["paid"].where(~later, 0),
        has_balance=rows["has_balance"] & ~later,
        paid_status=rows["paid_status"].where(~later, ""),
    )
    receipts = book.receipts[~(book.receipts["date"] > end)]
    return replace(book, invoices=rows, receipts=receipts, has=has)


def month_end(month: str) -> date:
    """Return the last day of ``yyyy-mm``."""
    first = date.fromisoformat(f"{month}-01")
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
