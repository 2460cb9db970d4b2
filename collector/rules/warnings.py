"""Early warnings: what changed with a customer in a month that somebody should know of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pandas as pd

from collector.model import Policy
from collector.phrases import say

_FALL: Final = 10
_ON_TIME: Final = 5
_CONCENTRATED: Final = 0.25
_RECENT: Final = 30
_LEAST_CUSTOMERS: Final = 5


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning about a customer; ``code`` names a phrase, ``facts`` fill it."""

    customer: str
    customer_name: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

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
    The payment index fell ten points; use of the limit passed the watch level or the limit; the
    first late payment after five on time; a promise broken; a quarter of all is owed by one.
    """
    names = customers["customer_name"].to_dict()
    found = [
        *_limits(customers, was, policy),
        *_broken(invoices, as_of),
        *_fallen(customers, was),
        *_first_late(customers),
        *_concentrated(invoices),
    ]
    return tuple(
        Warned(customer, str(names.get(customer, customer)), code, facts)
        for customer, code, facts in found
        if customer
    )


def _limits(
    customers: pd.DataFrame, was: pd.DataFrame, policy: Policy
) -> Iterator[tuple[str, str, dict[str, object]]]:
    now = customers["utilisation"]
    before = was["utilisation"].reindex(customers.index).fillna(0.0)
    for mark in (1.0, float(policy.watch_utilisation)):
        over = now > mark if mark == 1.0 else (now >= mark) & (now <= 1.0)
        passed = now[over & (before < mark)]
        for customer, used in passed.sort_values(ascending=False).items():
            yield str(customer), "warn_limit", {"percent": round(used * 100)}


def _broken(invoices: pd.DataFrame, as_of: date) -> Iterator[tuple[str, str, dict[str, object]]]:
    recent = invoices["promise_date"] >= pd.Timestamp(as_of) - pd.Timedelta(days=_RECENT)
    rows = invoices[invoices["broken_promise"] & recent]
    for customer, count in rows.groupby("customer").size().items():
        yield str(customer), "warn_promise", {"count": count}


def _fallen(
    customers: pd.DataFrame, was: pd.DataFrame
) -> Iterator[tuple[str, str, dict[str, object]]]:
    now, before = customers["payment_index"], was["payment_index"].reindex(customers.index)
    fallen = now[before - now >= _FALL]
    for customer, index, old in zip(
        fallen.index.tolist(), fallen.tolist(), before[fallen.index].tolist(), strict=True
    ):
        yield str(customer), "warn_index", {"before": round(old), "now": round(index)}


def _first_late(customers: pd.DataFrame) -> Iterator[tuple[str, str, dict[str, object]]]:
    prompt = (customers["last"] >= _ON_TIME) & (customers["last_late"] == 0)
    late = customers["oldest_overdue"][prompt & (customers["oldest_overdue"] > 0)]
    for customer, days in late.items():
        yield str(customer), "warn_first_late", {"days": days}


def _concentrated(invoices: pd.DataFrame) -> Iterator[tuple[str, str, dict[str, object]]]:
    live = invoices[invoices["open"] & invoices["known"] & (invoices["customer"] != "")]
    owed = live.groupby(["currency", "customer"])["balance"].sum()
    owed = owed[owed > 0]
    within = owed.groupby(level=0)
    shares = owed / within.transform("sum")
    many = within.transform("size") >= _LEAST_CUSTOMERS
    found = shares[many & (shares > _CONCENTRATED)]
    for (currency, customer), share in zip(found.index.tolist(), found.tolist(), strict=True):
        facts = {"percent": round(share * 100), "currency": currency}
        yield str(customer), "warn_concentration", facts
