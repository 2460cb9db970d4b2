"""A customer's account: open items, and the movements of a month where every payment is dated."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

import pandas as pd

from collector.fields import buckets, exponent
from collector.intake.book import Book
from collector.model import Discount, Line, Movement, Policy, Section, Statement
from collector.rules.aging import dates
from collector.rules.balances import major
from collector.rules.interest import discount, with_interest

if TYPE_CHECKING:
    from collector.rules import Assessment

_WINDOW_DAYS = 7

Kind: TypeAlias = Literal["invoice", "credit_note", "receipt"]


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
    _, last = monthrange(first.year, first.month)
    return first.replace(day=min(day, last))


_LINE = (
    "amount", "has_amount", "balance", "exponent", "days_overdue", "invoice", "instalment",
    "currency", "project", "contract", "po", "dispute", "payment_link", "attachment", "terms",
)  # fmt: skip


def oldest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Return an assessment's invoices in the order of a letter: oldest due first."""
    return rows.sort_values(["due", "invoice_date", "row"], na_position="last")


def lines(rows: pd.DataFrame) -> tuple[Line, ...]:
    """Return an assessment's invoices as letters show them, in the order of the frame.

    It costs a moment per frame, not per row: many customers are better asked about at once.
    """
    issued, due = dates(rows["invoice_date"]), dates(rows["due"])
    others = [rows[name].tolist() for name in _LINE]
    return tuple(map(_line, issued, due, *others))


def _line(
    issued: date | None,
    due: date | None,
    minor_amount: int,
    has_amount: bool,
    minor_balance: int,
    places: int,
    days_overdue: int,
    invoice: str,
    instalment: str,
    currency: str,
    project: str,
    contract: str,
    po: str,
    disputed: bool,
    payment_link: str,
    attachment: str,
    terms: str,
) -> Line:
    balance = major(minor_balance, places)
    amount = major(minor_amount, places) if has_amount else balance
    return Line(
        invoice=invoice,
        instalment=instalment,
        invoice_date=issued,
        due_date=due or issued or date.min,
        days_overdue=days_overdue,
        amount=amount,
        paid=amount - balance,
        balance=balance,
        currency=currency,
        project=project,
        contract=contract,
        po=po,
        disputed=disputed,
        payment_link=payment_link,
        attachment=attachment,
        discount=_discount(terms, issued, due, days_overdue, balance, currency) if terms else None,
    )


def _discount(
    terms: str,
    issued: date | None,
    due: date | None,
    days_overdue: int,
    balance: Decimal,
    code: str,
) -> Discount | None:
    if due is None:
        return None
    return discount(terms, issued, due + timedelta(days=days_overdue), balance, code)


Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Turnover:
    """What moved in a month, by customer and currency, in int64 minor units.

    ``opening`` is what was owed when it began, of whoever moved by its end; ``moves`` are (day,
    kind, reference, amount) in the order of a statement.
    """

    month: str
    opening: Mapping[Hashable, int]
    moves: Mapping[Key, Sequence[tuple[date, Kind, str, int]]]


def turnover(moves: pd.DataFrame, month: str) -> Turnover:
    """Return the movements of a month (``yyyy-mm``), given all of them."""
    first, last = (pd.Timestamp(day) for day in (f"{month}-01", month_end(month)))
    moves = moves[moves["day"] <= last]
    before = moves["day"] < first
    keys = [moves["customer"], moves["currency"]]
    opening = moves["amount"].where(before, 0).groupby(keys).sum()
    now = moves[~before].sort_values(["day", "kind", "reference"])
    found: dict[Key, list[tuple[date, Kind, str, int]]] = {}
    for customer, currency, day, kind, reference, amount in zip(
        now["customer"], now["currency"], now["day"], now["kind"], now["reference"], now["amount"],
        strict=True,
    ):  # fmt: skip
        move = (day.date(), kind, reference, amount)
        found.setdefault((customer, currency), []).append(move)
    return Turnover(month, opening.to_dict(), found)


@dataclass(frozen=True, slots=True)
class Account:
    """What statements are made from, parted by customer and currency once.

    ``lines`` are the open items, oldest due first; ``ages`` their balances by bucket, and
    ``unapplied`` what no invoice took, both in minor units.
    """

    as_of: date
    policy: Policy
    names: Mapping[Hashable, str]
    currencies: Mapping[str, Sequence[str]]
    lines: Mapping[Key, Sequence[Line]]
    ages: Mapping[Key, Mapping[str, int]]
    unapplied: Mapping[Hashable, int]

    def outstanding(self, customer: str, language: str) -> Statement:
        """Return the open items of a customer as of the assessment's day."""
        sections = [self._section(customer, c) for c in self.currencies.get(customer, ())]
        return self._statement(customer, language, "", sections)

    def period(self, customer: str, language: str, turned: Turnover) -> Statement | None:
        """Return a month's statement; the assessment must be as of the month's last day.

        None where the movements do not lead to the balance: such a statement would only raise
        questions.
        """
        sections = [
            _moved(self._section(customer, currency), (customer, currency), turned)
            for currency in self.currencies.get(customer, ())
        ]
        if not all(adds_up(section) for section in sections):
            return None
        return self._statement(customer, language, turned.month, sections)

    def _statement(
        self, customer: str, language: str, period: str, sections: Iterable[Section]
    ) -> Statement:
        name = self.names.get(customer, customer)
        said = tuple(filter(_says_something, sections))
        return Statement(customer, name, language, self.as_of, period, said)

    def _section(self, customer: str, currency: str) -> Section:
        key, places = (customer, currency), exponent(currency)
        spare, ages = self.unapplied.get(key, 0), self.ages.get(key, {})
        aging = dict.fromkeys(buckets(self.policy.edges), Decimal(0))
        for name, amount in ages.items():
            aging[name] += major(amount, places)
        aging["credit"] -= major(spare, places)
        return Section(
            currency=currency,
            opening=None,
            movements=(),
            invoiced=Decimal(0),
            credited=Decimal(0),
            received=Decimal(0),
            closing=major(sum(ages.values()) - spare, places),
            lines=with_interest(self.lines.get(key, ()), self.policy),
            unapplied=major(spare, places),
            aging=aging,
        )


def make_account(assessment: Assessment, policy: Policy) -> Account:
    """Return what the statements of an assessed book are made from."""
    rows = assessment.invoices
    live = oldest_first(rows[rows["open"] & rows["known"] & (rows["balance"] != 0)])
    pairs = {*zip(rows["customer"], rows["currency"], strict=True), *assessment.unapplied.index}
    currencies: dict[str, list[str]] = {}
    for customer, currency in sorted(pairs):
        currencies.setdefault(customer, []).append(currency)
    items: dict[Key, list[Line]] = {}
    ages: dict[Key, dict[str, int]] = {}
    # A row without a due date is not due yet.
    for customer, bucket, balance, line in zip(
        live["customer"].tolist(), live["bucket"].replace("", "not_due").tolist(),
        live["balance"].tolist(), lines(live), strict=True,
    ):  # fmt: skip
        items.setdefault((customer, line.currency), []).append(line)
        sums = ages.setdefault((customer, line.currency), {})
        sums[bucket] = sums.get(bucket, 0) + balance
    names = assessment.customers["customer_name"].to_dict()
    spare = assessment.unapplied.to_dict()
    return Account(assessment.as_of, policy, names, currencies, items, ages, spare)


def _moved(section: Section, key: Key, turned: Turnover) -> Section:
    """Return a section with the month's movements, or as it is when nothing ever moved."""
    if key not in turned.opening:
        return section
    places, balance = exponent(section.currency), turned.opening[key]
    sums: dict[Kind, int] = {"invoice": 0, "credit_note": 0, "receipt": 0}
    movements = []
    for day, kind, reference, amount in turned.moves.get(key, ()):
        balance += amount
        sums[kind] += amount
        now = major(balance, places)
        movements.append(Movement(day, kind, reference, major(amount, places), now))
    # Credits and receipts are positive here.
    invoiced, credited, received = (abs(major(amount, places)) for amount in sums.values())
    return replace(
        section,
        opening=major(turned.opening[key], places),
        movements=tuple(movements),
        invoiced=invoiced,
        credited=credited,
        received=received,
    )


def adds_up(section: Section) -> bool:
    """Tell whether opening + invoiced - credited - received is the closing balance."""
    opening = section.opening or Decimal(0)
    moved = section.invoiced - section.credited - section.received
    return opening + moved == section.closing


def _says_something(section: Section) -> bool:
    return bool(section.movements or section.lines or section.closing)


def movements(book: Book, assessment: Assessment) -> pd.DataFrame:
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
    return _day_of_month(date.fromisoformat(f"{month}-01"), 31)
