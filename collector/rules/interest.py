"""Interest on what is overdue, fees of a step, and the discount for paying early."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

import pandas as pd

from collector.fields import exponent
from collector.intake.terms import parse_terms
from collector.model import Discount, Line, Policy, Step, Total

_YEAR: Final = 365


def interest(balance: Decimal, currency: str, days_overdue: int, policy: Policy) -> Decimal:
    """Return simple interest to the day, from the day after due and the grace, rounded half up."""
    days = days_overdue - policy.interest_grace
    if policy.interest_rate is None or days <= 0 or balance <= 0:
        return Decimal(0)
    return _rounded(balance * policy.interest_rate * days / (100 * _YEAR), currency)


def accrued(invoices: pd.DataFrame, policy: Policy) -> pd.Series[int]:
    """Return the interest to the day of an assessment's invoices, int64 minor units.

    As ``interest`` reckons it row by row, a disputed one bearing none.
    """
    none = pd.Series(0, index=invoices.index, dtype="int64")
    days = invoices["days_overdue"] - policy.interest_grace
    late = (days > 0) & (invoices["balance"] > 0) & invoices["due"].notna() & ~invoices["dispute"]
    if policy.interest_rate is None or not late.any():
        return none
    # Exact: the rate is a whole number over a power of ten, so all of it is whole numbers.
    rate, year = policy.interest_rate.as_integer_ratio()
    whole = 100 * _YEAR * year
    exact = [
        (2 * balance * rate * passed + whole) // (2 * whole)
        for balance, passed in zip(
            invoices.loc[late, "balance"].tolist(), days[late].tolist(), strict=True
        )
    ]
    return none.where(~late, pd.Series(exact, index=invoices.index[late])).astype("int64")


def with_interest(lines: Sequence[Line], policy: Policy) -> tuple[Line, ...]:
    """Return the lines with their interest to the day; a disputed one bears none."""
    if policy.interest_rate is None:
        return tuple(lines)
    return tuple(
        line
        if line.disputed
        else replace(
            line, interest=interest(line.balance, line.currency, line.days_overdue, policy)
        )
        for line in lines
    )


def with_charges(
    totals: Sequence[Total], overdue: Sequence[Line], step: Step, policy: Policy
) -> tuple[Total, ...]:
    """Return the totals with the interest of the overdue lines, and the step's fee.

    The fee is in the book's currency and asked for where something in it is overdue.
    """
    if policy.interest_rate is None and not step.fee:
        return tuple(totals)
    return tuple(
        replace(
            total,
            interest=sum(
                (line.interest for line in overdue if line.currency == total.currency), Decimal(0)
            ),
            interest_rate=policy.interest_rate or Decimal(0),
            fee=step.fee if total.overdue and total.currency == policy.currency else Decimal(0),
        )
        for total in totals
    )


def discount(
    terms: str, issued: date | None, as_of: date, balance: Decimal, currency: str
) -> Discount | None:
    """Return what paying early is worth on a day, None when the terms offer nothing any more."""
    offered = _offered(terms)
    if offered is None or issued is None or balance <= 0:
        return None
    percent, days = offered
    until = issued + timedelta(days=days)
    if as_of > until:
        return None
    saved = _rounded(balance * percent / 100, currency)
    return Discount(percent, until, balance - saved, saved)


# A book repeats a handful of terms in every row.
@lru_cache(1 << 12)
def _offered(terms: str) -> tuple[Decimal, int] | None:
    read = parse_terms(terms) if terms else None
    if read is None or read.discount_percent is None or read.discount_days is None:
        return None
    return read.discount_percent, read.discount_days


def _rounded(amount: Decimal, currency: str) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-exponent(currency)), ROUND_HALF_UP)
