"""Who is a credit risk: exposure, payment index, rating, and the flag that follows."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from collector.model import Policy

# Days late → points; the published payment-index scale (80 is prompt, 50 is a month late).
_DAYS = (-30, -20, 0, 15, 22, 30, 60, 90, 120)
_POINTS = (100, 90, 80, 70, 60, 50, 40, 30, 20)
_BEYOND = 19
_HISTORY = pd.DateOffset(months=24)
_ENOUGH = 3
_RATINGS = ((80, "A"), (70, "B"), (60, "C"), (50, "D"))
_BROKEN_PROMISE_DAYS = 90
_WATCH_DAYS = 30


def payment_points(days_late: pd.Series[int]) -> pd.Series[float]:
    """Return 0–100 for days late (negative is early), linear between the scale's marks."""
    points = np.interp(days_late, _DAYS, _POINTS)
    return pd.Series(np.where(days_late > _DAYS[-1], _BEYOND, points), index=days_late.index)


def late_rate(late: float, settled: float, *, a: float, b: float) -> float:
    """Return the chance that an invoice is paid late: Beta(a, b) prior, late of settled seen."""
    return (a + late) / (a + b + settled)


def rating(index: float) -> str:
    """Return A to E for a payment index, '' where there is none."""
    if np.isnan(index):
        return ""
    return next((letter for least, letter in _RATINGS if index >= least), "E")


def payment_indices(invoices: pd.DataFrame, as_of: date) -> pd.Series[float]:
    """Return the payment index by customer, for those with enough settled and dated history.

    It is the amount-weighted mean of payment points, over invoices paid in the 24 months to
    ``as_of``. A customer who pays in several currencies is judged by the one with most invoices,
    since amounts of two cannot be added.
    """
    today = pd.Timestamp(as_of)
    paid_date = invoices["paid_date"]
    seen = invoices["settled"] & invoices["due"].notna() & (invoices["amount"] > 0)
    seen &= (invoices["paid_status"] != "void") & (paid_date <= today)
    seen &= paid_date > today - _HISTORY
    rows = invoices.loc[seen, ["customer", "currency", "amount"]]
    points = payment_points((paid_date - invoices["due"])[seen].dt.days)
    rows = rows.assign(weighted=points * rows["amount"])
    sums = rows.groupby(["customer", "currency"]).agg(
        weighted=("weighted", "sum"), amount=("amount", "sum"), count=("amount", "size")
    )
    sums = sums[sums["count"] >= _ENOUGH].sort_values("count", ascending=False).reset_index()
    best = sums.drop_duplicates("customer").set_index("customer")
    return best["weighted"] / best["amount"]


def assess_customers(
    invoices: pd.DataFrame,
    customers: pd.DataFrame,
    unapplied: pd.Series[int],
    policy: Policy,
    as_of: date,
) -> pd.DataFrame:
    """Return the customers with their credit figures.

    Added: ``exposure`` and ``overdue`` int64 minor units of the policy's currency (the currency
    of the limits; currencies are never added), ``foreign`` str (the other currencies that something
    is owed in, "EUR, USD"), ``has_exposure`` bool (something counts, or nothing is owed in others),
    ``oldest_overdue`` int64 days over all currencies,
    ``utilisation`` float (NaN without a limit), ``payment_index`` float (NaN without history),
    ``rating`` and ``credit_flag`` str, and ``flag_reason`` (``oldest hold rating used promise``,
    '' for ok), ``rating_set`` bool (the team's own column says the rating).
    """
    live = invoices[invoices["open"] & invoices["known"]]
    late = live[(live["days_overdue"] > 0) & (live["balance"] > 0) & live["due"].notna()]
    home = live["currency"] == policy.currency
    index = customers.index
    owed = _by_customer(live[home], "balance", index)
    exposure = owed + customers["orders"] - _spare(unapplied, policy.currency, index)
    foreign = _foreign(live[~home & (live["balance"] != 0)], index)
    counts = (foreign == "") | (exposure != 0)
    limit = customers["credit_limit"].where(
        customers["has_credit_limit"] & (customers["credit_limit"] > 0)
    )
    indices = payment_indices(invoices, as_of).reindex(index)
    graded = pd.Series([rating(each) for each in indices.tolist()], index=index, dtype="str")
    overridden = customers["rating_override"].str.strip().str.upper()
    figures = customers.assign(
        exposure=exposure,
        foreign=foreign,
        has_exposure=counts,
        overdue=_by_customer(late[late["currency"] == policy.currency], "balance", index),
        oldest_overdue=late.groupby("customer")["days_overdue"]
        .max()
        .reindex(index)
        .fillna(0)
        .astype("int64"),
        utilisation=(exposure / limit).where(counts),
        payment_index=indices,
        rating_set=overridden != "",
        rating=overridden.where(overridden != "", graded),
    )
    return figures.assign(**_flags(figures, invoices, policy, as_of))


def _foreign(rows: pd.DataFrame, index: pd.Index[str]) -> pd.Series[str]:
    """Return by customer the currencies of some rows, ``EUR, USD``; '' where there are none."""
    if rows.empty:
        return pd.Series("", index, dtype="str")
    pairs = rows[["customer", "currency"]].drop_duplicates().sort_values("currency")
    return pairs.groupby("customer")["currency"].agg(", ".join).reindex(index).fillna("")


def _spare(unapplied: pd.Series[int], currency: str, index: pd.Index[str]) -> pd.Series[int]:
    """Return by customer what no invoice took of their receipts in a currency."""
    if not len(unapplied):
        return pd.Series(0, index, dtype="int64")
    of_currency = unapplied[unapplied.index.get_level_values(-1) == currency]
    spare = pd.Series(of_currency.to_numpy(), of_currency.index.get_level_values(0))
    return spare.reindex(index).fillna(0).astype("int64")


def _by_customer(rows: pd.DataFrame, column: str, index: pd.Index[str]) -> pd.Series[int]:
    return rows.groupby("customer")[column].sum().reindex(index).fillna(0).astype("int64")


def _flags(
    customers: pd.DataFrame, invoices: pd.DataFrame, policy: Policy, as_of: date
) -> dict[str, pd.Series[str]]:
    """Name each customer's credit flag, the first that holds, and what made it."""
    late = customers["oldest_overdue"] > 0
    grade, used = customers["rating"], customers["utilisation"]
    held: pd.Series[bool] = customers["credit_hold"] | customers.index.isin(
        invoices.loc[invoices["credit_hold"] & invoices["open"], "customer"]
    )
    recent = invoices["promise_date"] >= pd.Timestamp(as_of) - pd.Timedelta(
        days=_BROKEN_PROMISE_DAYS
    )
    broken = customers.index.isin(invoices.loc[invoices["broken_promise"] & recent, "customer"])
    old, grades = customers["oldest_overdue"], grade.isin(["D", "E"])
    clauses: list[tuple[str, str, pd.Series[bool]]] = [
        ("stop", "oldest", old > policy.stop_days),
        ("stop", "hold", held),
        ("stop", "rating", (grade == "E") & late),
        ("over_limit", "used", used > 1),
        ("prepay", "rating", grades),
        ("watch", "used", used >= float(policy.watch_utilisation)),
        ("watch", "oldest", old > _WATCH_DAYS),
        ("watch", "promise", pd.Series(broken, index=customers.index)),
    ]
    place = np.select(
        [holds.to_numpy(bool) for _, _, holds in clauses],
        [np.array(i) for i in range(len(clauses))],
        len(clauses),
    )
    flags = np.array([*(flag for flag, _, _ in clauses), "ok"])[place]
    reasons = np.array([*(reason for _, reason, _ in clauses), ""])[place]
    return {
        "credit_flag": pd.Series(flags, index=customers.index, dtype="str"),
        "flag_reason": pd.Series(reasons, index=customers.index, dtype="str"),
    }
