"""How each customer pays: late how often, by how much, on which day; and whom to call first."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from collector.fields import buckets
from collector.model import Policy
from collector.rules.forecast import HALF_LIFE, Strengths, foresee, learn
from collector.rules.hindsight import choose_strengths
from collector.rules.history import day_numbers
from collector.rules.kpis import provision

_LAST: Final = 6
_DAYS_OF: Final = 7
# A weekday is worth naming when most payments fall on it.
_PAYDAY_SHARE: Final = 0.6
_PAYDAY_LEAST: Final = 4
_YEAR: Final = 365
# How much of what a customer normally owes at its peak we would lend, by rating.
_LENT: Final = {"A": 1.5, "B": 1.25, "C": 1.0, "D": 0.5, "E": 0.0}


def habits(history: pd.DataFrame, as_of: date, strengths: Strengths) -> pd.DataFrame:
    """Return by customer how it paid up to a day; only customers who ever paid are there.

    Columns: ``late_rate`` float, drawn to the book's own with so many payments' weight;
    ``last`` and ``last_late`` int64 (of the latest payments, how many were late); ``typical`` int64
    (median days late of those); ``payday`` int64, Monday 0, -1 for none.
    """
    past = history[history["paid_date"] <= pd.Timestamp(as_of)]
    age = day_numbers(pd.Series([pd.Timestamp(as_of)]))[0] - day_numbers(past["paid_date"])
    weight = pd.Series(0.5 ** (age / HALF_LIFE), index=past.index)
    late = past["days_late"] > 0
    sums = pd.DataFrame({"all": weight, "late": weight.where(late, 0.0)})
    sums = sums.groupby(past["customer"]).sum()
    own = sums["late"].sum() / sums["all"].sum() if len(past) else 0.0
    rate = (sums["late"] + own * strengths.customer) / (sums["all"] + strengths.customer)
    recent = past.assign(late=late).sort_values(["paid_date", "due"]).groupby("customer")
    last = recent.tail(_LAST).groupby("customer")
    return pd.DataFrame(
        {
            "late_rate": rate,
            "last": last.size(),
            "last_late": last["late"].sum(),
            "typical": last["days_late"].median().round(),
            "payday": _paydays(past),
        }
    ).astype(dict.fromkeys(("last", "last_late", "typical", "payday"), "int64"))


def _paydays(past: pd.DataFrame) -> pd.Series[int]:
    """Return by customer the weekday most payments are made on, -1 where there is none."""
    weekday = (day_numbers(past["paid_date"]) + 3) % _DAYS_OF
    counts = past.groupby(["customer", weekday]).size().unstack(fill_value=0)
    total, most = counts.sum(axis=1), counts.max(axis=1)
    told = (most >= _PAYDAY_SHARE * total) & (total >= _PAYDAY_LEAST)
    found: pd.Series[int] = counts.idxmax(axis=1).where(told, -1) if len(counts) else most
    return found


def loss_rates(
    invoices: pd.DataFrame, policy: Policy
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return the rate of loss of each invoice's bucket."""
    names = buckets(policy.edges)[:-1]
    rates = [float(policy.provision[min(i, len(policy.provision) - 1)]) for i in range(len(names))]
    found = (
        invoices["bucket"]
        .replace("", "not_due")
        .map(dict(zip(names, rates, strict=True)))
        .fillna(0.0)
    )
    return np.asarray(found, dtype=np.float64)


def provisions(invoices: pd.DataFrame, policy: Policy) -> dict[str, int]:
    """Return by currency what to provide for, in minor units."""
    names = buckets(policy.edges)[:-1]
    bucket = invoices["bucket"].replace("", "not_due")  # of a row that has no due date
    sums = invoices["balance"].groupby([invoices["currency"], bucket]).sum()
    return {
        str(currency): provision(
            [int(sums.get((currency, name), 0)) for name in names], policy.provision
        )
        for currency in sorted(invoices["currency"].unique())
    }


def call_list(invoices: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    """Return whom to call first: customers by currency, expected loss × age in falling order.

    ``invoices`` are the open ones of an assessment. Columns: ``customer currency`` str, ``overdue``
    int64 minor units, ``oldest`` int64 days, ``expected_loss`` int64, ``weight`` float.
    """
    late = invoices[(invoices["days_overdue"] > 0) & (invoices["balance"] > 0)]
    loss = late["balance"] * loss_rates(late, policy)
    found = late.assign(loss=loss, weight=loss * late["days_overdue"]).groupby(
        ["customer", "currency"], as_index=False
    )
    listed = found.agg(
        overdue=("balance", "sum"),
        oldest=("days_overdue", "max"),
        expected_loss=("loss", "sum"),
        weight=("weight", "sum"),
    )
    listed = listed.assign(expected_loss=listed["expected_loss"].round().astype("int64"))
    order = ["weight", "overdue", "customer"]
    return listed.sort_values(order, ascending=[False, False, True]).reset_index(drop=True)


def add_conduct(
    customers: pd.DataFrame,
    invoices: pd.DataFrame,
    history: pd.DataFrame,
    policy: Policy,
    as_of: date,
) -> pd.DataFrame:
    """Return an assessment's customers with their habits, expected date and suggested limit.

    Added, besides the columns of ``habits`` (0 and NaN where nothing is known): ``expected``
    datetime64, when the oldest open invoice should be paid; ``suggested_limit`` int64 minor units
    of the policy's currency, 0 where there is nothing to go by.
    """
    strengths = choose_strengths(history)
    index = customers.index
    known = habits(history, as_of, strengths).reindex(index)
    counts = {name: known[name].fillna(0).astype("int64") for name in ("last", "last_late",
                                                                       "typical")}  # fmt: skip
    owed = invoices[invoices["open"] & invoices["known"] & (invoices["balance"] > 0)]
    owed = owed[owed["due"].notna() & (owed["customer"] != "")]
    oldest = owed.sort_values(["due", "row"]).drop_duplicates("customer")
    dates = foresee(oldest, learn(history, as_of, strengths), as_of)
    expected = pd.Series(dates["expected"].to_numpy(), index=oldest["customer"].to_numpy())
    return customers.assign(
        late_rate=known["late_rate"],
        **counts,
        payday=known["payday"].fillna(-1).astype("int64"),
        expected=expected.reindex(index),
        suggested_limit=_suggested(customers, invoices, history, policy, as_of),
    )


def _suggested(
    customers: pd.DataFrame,
    invoices: pd.DataFrame,
    history: pd.DataFrame,
    policy: Policy,
    as_of: date,
) -> pd.Series[int]:
    """Return a credit limit by customer: what is normally owed between invoice and payment.

    A year's sales a day, times the days from invoice to payment, times what the rating allows;
    rounded to two figures. Customers without rating are lent as C is.
    """
    today = pd.Timestamp(as_of)
    home = (invoices["currency"] == policy.currency) & (invoices["amount"] > 0)
    year = home & (invoices["invoice_date"] <= today)
    year &= invoices["invoice_date"] > today - pd.Timedelta(days=_YEAR)
    sales = invoices[year].groupby("customer")["amount"].sum()
    first = invoices[year].groupby("customer")["invoice_date"].min()
    days = ((today - first).dt.days + 1).clip(lower=90)
    taken = (history["paid_date"] - history["invoice_date"]).dt.days
    settle = taken.groupby(history["customer"]).median().clip(lower=1)
    lent = customers["rating"].map(_LENT).fillna(1.0)
    index = customers.index
    limit = (sales / days).reindex(index) * settle.reindex(index) * lent
    rounded: pd.Series[int] = limit.fillna(0.0).map(_two_figures).astype("int64")
    return rounded


def _two_figures(amount: float) -> int:
    scale: int = 10 ** max(len(str(int(amount))) - 2, 0)
    return round(amount / scale) * scale
