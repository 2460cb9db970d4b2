"""Early warnings: what changed with a customer in a month that somebody should know of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

import pandas as pd

from collector.model import Policy
from collector.phrases import say

_RECENT: Final = 30
# With three customers, one of them always owes more than a quarter.
_LEAST_CUSTOMERS: Final = 4
# As many of the latest payments as a customer's habits look at.
_HABIT: Final = 6


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning about a customer; ``code`` names a phrase, ``facts`` fill it.

    ``mark`` tells warnings of one kind about one customer apart: which share of the limit, which
    currency, which promise.
    """

    customer: str
    customer_name: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)
    mark: str = ""

    def say(self, language: str = "en") -> str:
        return say(language, self.code, **self.facts)


def early_warnings(
    customers: pd.DataFrame,
    was: pd.DataFrame,
    invoices: pd.DataFrame,
    policy: Policy,
    as_of: date,
) -> tuple[Warned, ...]:
    """Return the warnings about an assessment's customers, the gravest kind first.

    ``customers`` have the columns of ``add_conduct``, ``was`` are the same customers a month ago.
    The payment index fell; use of the limit passed a mark; the first late payment after several on
    time; a promise broken; too large a share of all is owed by one.
    """
    before = was["utilisation"].reindex(customers.index).fillna(0.0)
    found = [
        *(each for each in passed_limits(customers, policy) if before[each[0]] < float(each[3])),
        *broken_promises(invoices, policy, as_of),
        *fallen(customers["payment_index"], was["payment_index"], policy),
        *_first_late(customers, policy),
        *concentrated(invoices, policy),
    ]
    return named(found, customers)


Found: TypeAlias = tuple[str, str, dict[str, object], str]


def named(found: Iterable[Found], customers: pd.DataFrame) -> tuple[Warned, ...]:
    """Return warnings with the names of their customers."""
    names = customers["customer_name"].to_dict()
    return tuple(
        Warned(customer, str(names.get(customer, customer)) or customer, code, facts, mark)
        for customer, code, facts, mark in found
        if customer
    )


def passed_limits(
    customers: pd.DataFrame, policy: Policy, *, every: bool = False
) -> Iterator[Found]:
    """Yield the highest mark that each customer's use of the limit is beyond, or every one."""
    now = customers["utilisation"]
    above = pd.Series(False, index=customers.index)
    for mark in sorted(policy.warn_utilisation, reverse=True):
        over = (now > float(mark) if mark >= 1 else now >= float(mark)) & ~above
        above = above if every else above | over
        for customer, used in now[over].sort_values(ascending=False).items():
            yield str(customer), "warn_limit", {"percent": round(used * 100)}, str(mark)


def broken_promises(invoices: pd.DataFrame, policy: Policy, as_of: date) -> Iterator[Found]:
    """Yield who broke promises in the last 30 days; the latest of them is the mark."""
    if not policy.warn_promises:
        return
    recent = invoices["promise_date"] >= pd.Timestamp(as_of) - pd.Timedelta(days=_RECENT)
    rows = invoices[invoices["broken_promise"] & recent]
    told = rows.groupby("customer")["promise_date"].agg(["size", "max"])
    for customer, count, last in told.itertuples(name=None):
        yield str(customer), "warn_promise", {"count": count}, str(last.date())


def fallen(index: pd.Series[float], was: pd.Series[float], policy: Policy) -> Iterator[Found]:
    """Yield whose payment index is so much lower than it ``was``."""
    if policy.warn_index_fall is None:
        return
    before = was.reindex(index.index)
    fallen = index[before - index >= policy.warn_index_fall]
    for customer, now, old in zip(
        fallen.index.tolist(), fallen.tolist(), before[fallen.index].tolist(), strict=True
    ):
        yield str(customer), "warn_index", {"before": round(old), "now": round(now)}, ""


def _first_late(customers: pd.DataFrame, policy: Policy) -> Iterator[Found]:
    if policy.warn_on_time is None:
        return
    enough = customers["last"] >= min(policy.warn_on_time, _HABIT)
    prompt = enough & (customers["last_late"] == 0)
    late = customers["oldest_overdue"][prompt & (customers["oldest_overdue"] > 0)]
    for customer, days in late.items():
        yield str(customer), "warn_first_late", {"days": days}, ""


def concentrated(invoices: pd.DataFrame, policy: Policy) -> Iterator[Found]:
    """Yield who owes too large a share of all that is open in a currency."""
    if policy.warn_concentration is None:
        return
    live = invoices[invoices["open"] & invoices["known"] & (invoices["customer"] != "")]
    owed = live.groupby(["currency", "customer"])["balance"].sum()
    owed = owed[owed > 0]
    within = owed.groupby(level=0)
    shares = owed / within.transform("sum")
    many = within.transform("size") >= _LEAST_CUSTOMERS
    found = shares[many & (shares > float(policy.warn_concentration))]
    for (currency, customer), share in zip(found.index.tolist(), found.tolist(), strict=True):
        facts = {"percent": round(share * 100), "currency": currency}
        yield str(customer), "warn_concentration", facts, str(currency)
