"""Interest, fees and discounts, against the oracles of the rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from collector.model import Line, Step, Total
from collector.rules.interest import discount, interest, with_charges, with_interest
from tests.book import policy

DUE = date(2026, 1, 10)


def line(balance: str, days: int, currency: str = "USD", *, disputed: bool = False) -> Line:
    amount = Decimal(balance)
    return Line("INV-1", "", DUE, DUE, days, amount, Decimal(0), amount, currency,
                disputed=disputed)  # fmt: skip


@pytest.mark.parametrize(
    ("balance", "currency", "days", "grace", "due"),
    [
        ("10000.00", "USD", 45, 0, "147.95"),
        ("10000.00", "USD", 45, 45, "0"),
        ("10000.00", "USD", 45, 5, "131.51"),
        ("10000.00", "USD", 0, 0, "0"),
        ("-50.00", "USD", 45, 0, "0"),
        ("100000", "JPY", 45, 0, "1479"),
        ("36.50", "USD", 5, 0, "0.06"),
    ],
)
def test_interest_is_simple_and_rounded_half_up(
    balance: str, currency: str, days: int, grace: int, due: str
) -> None:
    terms = policy(interest_rate=Decimal(12), interest_grace=grace)
    assert interest(Decimal(balance), currency, days, terms) == Decimal(due)


def test_half_a_cent_is_rounded_up() -> None:
    # 36.50 × 5 % / 365 × 1 = 0.005
    assert interest(Decimal("36.50"), "USD", 1, policy(interest_rate=Decimal(5))) == Decimal("0.01")


def test_without_a_rate_nothing_bears_interest() -> None:
    lines = (line("100.00", 30),)
    assert with_interest(lines, policy()) == lines


def test_what_is_disputed_bears_none() -> None:
    (late,) = with_interest([line("100.00", 30, disputed=True)], policy(interest_rate=Decimal(12)))
    assert late.interest == 0


def test_totals_bring_the_interest_of_their_currency_and_a_fee_in_the_books() -> None:
    terms = policy(interest_rate=Decimal(12))
    overdue = with_interest([line("10000.00", 45), line("100.00", 45, "EUR")], terms)
    totals = [Total("EUR", Decimal(100), Decimal(0), Decimal(0)),
              Total("USD", Decimal(10000), Decimal(0), Decimal(0))]  # fmt: skip
    euro, dollar = with_charges(totals, overdue, Step("second", 14, fee=Decimal(5)), terms)
    assert (euro.interest, euro.fee) == (Decimal("1.48"), 0)
    assert (dollar.interest, dollar.fee) == (Decimal("147.95"), 5)


def test_a_discount_lasts_to_its_last_day() -> None:
    found = discount("2/10 net 30", DUE, date(2026, 1, 20), Decimal("1000.00"), "USD")
    assert found is not None
    assert (found.pay, found.saved, found.until) == (
        Decimal("980.00"), Decimal("20.00"), date(2026, 1, 20),
    )  # fmt: skip
    assert discount("2/10 net 30", DUE, date(2026, 1, 21), Decimal("1000.00"), "USD") is None
    assert discount("Net 30", DUE, DUE, Decimal("1000.00"), "USD") is None
    assert discount("2/10 net 30", None, DUE, Decimal("1000.00"), "USD") is None
