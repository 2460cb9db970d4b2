"""Statements: opening + invoiced - credited - received = closing, or open items only."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from collector.model import Policy, Statement
from collector.plan.statements import month_statements
from collector.rules import assess
from collector.rules.statements import adds_up, closed_month
from tests.book import POLICY, Rows, adding, book, policy

DAY = date(2026, 11, 3)
MAIL = "ap@acme.example"
HEAD = ["Invoice", "Customer", "Email", "Invoice Date", "Due Date", "Amount", "Paid", "Paid Date"]


def october(invoices: Rows, *, receipts: Rows = (), terms: Policy = POLICY) -> Statement | None:
    read = book(invoices, receipts=receipts, terms=terms)
    now = assess(read, terms, DAY)
    return month_statements(read, now, terms, "2026-10", ["acme"]).get("acme")


@pytest.mark.parametrize(
    ("as_of", "month"),
    [
        (date(2026, 11, 1), "2026-10"), (date(2026, 11, 7), "2026-10"), (date(2026, 11, 8), ""),
        (date(2026, 10, 31), ""), (date(2027, 1, 1), "2026-12"),
    ],
)  # fmt: skip
def test_a_monthly_statement_is_due_for_seven_days(as_of: date, month: str) -> None:
    assert closed_month(POLICY, as_of) == month


def test_the_window_of_a_late_day_reaches_into_the_next_month() -> None:
    late = policy(statement_day=28)
    assert closed_month(late, date(2026, 11, 28)) == "2026-10"
    assert closed_month(late, date(2026, 12, 4)) == "2026-10"
    assert closed_month(late, date(2026, 12, 5)) == ""
    assert closed_month(policy(statement_day=None), date(2026, 11, 1)) == ""


def test_a_period_statement_carries_the_balance_through_every_movement() -> None:
    found = october(
        [
            HEAD,
            ["A", "Acme", MAIL, date(2026, 8, 1), date(2026, 9, 1), 100, 100, date(2026, 10, 5)],
            ["B", "Acme", MAIL, date(2026, 10, 2), date(2026, 11, 2), 250.5, 0, None],
            ["CN", "Acme", MAIL, date(2026, 10, 9), None, -30, 0, None],
            ["C", "Acme", MAIL, date(2026, 11, 1), date(2026, 12, 1), 70, 0, None],
        ]
    )
    assert found is not None
    (section,) = found.sections
    assert found.period == "2026-10"
    assert (section.opening, section.closing) == (Decimal("100.00"), Decimal("220.50"))
    assert (section.invoiced, section.credited, section.received) == (
        Decimal("250.50"), Decimal("30.00"), Decimal("100.00"),
    )  # fmt: skip
    assert [(m.kind, m.balance) for m in section.movements] == [
        ("invoice", Decimal("350.50")),
        ("receipt", Decimal("250.50")),
        ("credit_note", Decimal("220.50")),
    ]
    assert [line.invoice for line in section.lines] == ["B", "CN"]
    assert sum(section.aging.values()) == section.closing


def test_receipts_are_movements_on_their_own_day_and_later_ones_are_not_in_the_month() -> None:
    rows = [
        ["Invoice", "Customer", "Email", "Invoice Date", "Due Date", "Amount"],
        ["A", "Acme", MAIL, date(2026, 10, 1), date(2026, 11, 1), 100],
    ]
    took = [
        ["Date", "Customer", "Invoice", "Amount"],
        [date(2026, 10, 20), "Acme", "A", 30],
        [date(2026, 11, 2), "Acme", "A", 50],
    ]
    found = october(rows, receipts=took, terms=adding())
    assert found is not None
    (section,) = found.sections
    assert (section.received, section.closing) == (Decimal("30.00"), Decimal("70.00"))
    assert adds_up(section)


def test_undated_payments_give_the_open_items_instead_of_a_guess() -> None:
    found = october(
        [
            HEAD[:-1],
            ["A", "Acme", MAIL, date(2026, 8, 1), date(2026, 9, 1), 100, 40],
            ["B", "Acme", MAIL, date(2026, 10, 1), date(2026, 11, 9), 10, 10],
        ]
    )
    assert found is not None
    (section,) = found.sections
    assert (found.period, section.opening) == ("", None)
    assert section.closing == Decimal("60.00")


def test_currencies_have_sections_of_their_own() -> None:
    found = october(
        [
            [*HEAD, "Currency"],
            ["A", "Acme", MAIL, date(2026, 10, 1), date(2026, 11, 1), 100, 0, None, "USD"],
            ["B", "Acme", MAIL, date(2026, 10, 1), date(2026, 11, 1), 5000, 0, None, "JPY"],
        ]
    )
    assert found is not None
    assert [(s.currency, str(s.closing)) for s in found.sections] == [
        ("JPY", "5000"),
        ("USD", "100.00"),
    ]


def test_an_open_item_without_a_due_date_is_not_due_yet_on_a_statement() -> None:
    found = october([HEAD, ["A", "Acme", MAIL, date(2026, 8, 1), None, 100, 0, None]])
    assert found is not None
    (section,) = found.sections
    assert section.aging["not_due"] == section.closing == Decimal("100.00")


def test_a_customer_with_nothing_to_say_gets_no_statement() -> None:
    found = october(
        [
            HEAD,
            ["A", "Acme", MAIL, date(2026, 8, 1), date(2026, 9, 1), 100, 100, date(2026, 9, 5)],
        ]
    )
    assert found is None
