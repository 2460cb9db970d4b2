"""The figures of a report: totals, KPIs, trends, whom to call, and what cash to expect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import pandas as pd

from collector.fields import FLAGS, buckets, exponent
from collector.intake.book import Book
from collector.model import Policy
from collector.rules.conduct import add_conduct, call_list, provisions
from collector.rules.forecast import choose_strengths, foresee, learn, weekly_cash
from collector.rules.history import settled_history
from collector.rules.kpis import (
    average_days_delinquent,
    best_possible_dso,
    collection_effectiveness,
    countback_dso,
    dso,
    overdue_ratio,
    turnover,
)
from collector.rules.past import Past, month_ends, read_past
from collector.rules.statements import as_of_book
from collector.rules.warnings import Warned, early_warnings

if TYPE_CHECKING:
    from collector.rules import Assessment

# The period that DSO and its kin look back on, and how far back the change is counted from.
PERIOD: Final = 90
_CHANGE: Final = 30
_MONTHS: Final = 13
_WEEKS: Final = 8
_YEAR_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure now and a month ago; None where nobody can tell. ``at_least``: it may be more."""

    name: str
    now: float | None
    before: float | None
    target: float | None = None
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """How things stood at a month's end, and what moved in it; minor units."""

    end: date
    receivables: int
    overdue: int
    sales: int
    collected: int


@dataclass(frozen=True, slots=True)
class Week:
    """Cash expected in the seven days after ``after``, with its 10–90 % range; minor units."""

    after: date
    low: int
    expected: int
    high: int


@dataclass(frozen=True, slots=True)
class Group:
    """An owner's or a rating's share of a currency.

    ``plan`` is what was overdue or fell due in the last 30 days, ``collected`` what came in of it.
    """

    name: str
    customers: int
    receivables: int
    overdue: int
    plan: int
    collected: int
    dso: float | None


@dataclass(frozen=True, slots=True)
class CurrencyFigures:
    """All there is to say of one currency; money in minor units, currencies are never added."""

    currency: str
    exponent: int
    receivables: int
    overdue: int
    unapplied: int
    buckets: Mapping[str, int]
    provision: int
    kpis: tuple[Kpi, ...]
    months: tuple[Month, ...]
    weeks: tuple[Week, ...]
    owners: tuple[Group, ...]
    ratings: tuple[Group, ...]
    concentration: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """A report's figures as of a day.

    ``customers`` is a frame a customer and currency: ``customer_name currency owner`` str,
    ``receivables``, the buckets and ``overdue`` int64 minor units, and the customer's credit
    figures. ``calls`` is whom to call first, ``invoices`` the open rows with their expected day,
    ``changes`` whose flag or rating is another than a month ago (``flag_before rating_before``),
    ``warnings`` what else changed that somebody should know of.
    ``undated`` of ``settled`` paid rows carry no payment date.
    """

    as_of: date
    currencies: tuple[CurrencyFigures, ...]
    customers: pd.DataFrame
    calls: pd.DataFrame
    invoices: pd.DataFrame
    flags: Mapping[str, int]
    changes: pd.DataFrame
    warnings: tuple[Warned, ...]
    undated: int
    settled: int
    tab: str

    @property
    def currencies_open(self) -> list[str]:
        """The currencies that open rows are in."""
        return [str(currency) for currency in self.invoices["currency"].unique()]


def make_figures(book: Book, assessment: Assessment, policy: Policy) -> Figures:
    """Return the figures of an assessed book."""
    as_of, rows = assessment.as_of, assessment.invoices
    history = settled_history(book, assessment, until=as_of)
    customers = add_conduct(assessment.customers, rows, history, policy, as_of)
    owners = _owners(rows, customers)
    past = read_past(book, assessment, owners)
    live = rows[rows["open"] & rows["known"]]
    live = live.assign(owner=owners.reindex(live.index))
    live = live.assign(bucket=live["bucket"].where(live["bucket"] != "", "not_due"))
    owed = live[live["due"].notna() & (live["balance"] > 0)]
    strengths = choose_strengths(history)
    conduct = learn(history, as_of, strengths)
    live = live.assign(expected=foresee(owed, conduct, as_of)["expected"])
    cash = weekly_cash(owed, conduct, as_of, _WEEKS) if len(owed) else None
    provided = provisions(live, policy)
    was = _a_month_ago(book, policy, as_of)
    spare = assessment.unapplied.groupby(level=-1).sum().to_dict() if len(
        assessment.unapplied) else {}  # fmt: skip
    counts = live["currency"].value_counts()
    currencies = sorted(
        {*counts.index, *spare} or {policy.currency},
        key=lambda each: (each != policy.currency, -int(counts.get(each, 0)), each),
    )
    return Figures(
        as_of=as_of,
        currencies=tuple(
            _of_currency(
                currency,
                live[live["currency"] == currency],
                past.of(past.rows["currency"] == currency),
                cash,
                policy,
                as_of,
                int(spare.get(currency, 0)),
                provided.get(currency, 0),
            )
            for currency in currencies
        ),
        customers=_by_customer(live, customers, policy),
        calls=_calls(live, customers, policy),
        invoices=live.sort_values(["currency", "due", "row"], na_position="last"),
        flags={flag: int((customers["credit_flag"] == flag).sum()) for flag in FLAGS},
        changes=_changes(customers, was),
        warnings=early_warnings(customers, was, rows, policy, as_of),
        undated=past.undated,
        settled=past.settled,
        tab=book.tables["invoices"].tab,
    )


def _owners(rows: pd.DataFrame, customers: pd.DataFrame) -> pd.Series[str]:
    theirs = rows["customer"].map(customers["owner"]).fillna("")
    return rows["owner"].where(rows["owner"] != "", theirs)


def _of_currency(
    currency: str,
    live: pd.DataFrame,
    past: Past,
    cash: pd.DataFrame | None,
    policy: Policy,
    as_of: date,
    unapplied: int,
    provided: int,
) -> CurrencyFigures:
    ages = live.groupby("bucket")["balance"].sum()
    spans = {name: int(ages.get(name, 0)) for name in buckets(policy.edges)}
    overdue = sum(spans[name] for name in buckets(policy.edges)[1:-1])
    owed = live.groupby("customer")["balance"].sum().clip(lower=0)
    return CurrencyFigures(
        currency=currency,
        exponent=exponent(currency),
        receivables=sum(spans.values()),
        overdue=overdue,
        unapplied=unapplied,
        buckets=spans,
        provision=provided,
        kpis=_kpis(past, policy),
        months=_months(past, as_of),
        weeks=_weeks(cash, currency, as_of),
        owners=_groups(past, "owner"),
        ratings=_groups(past, "rating"),
        concentration=float(owed.max() / owed.sum()) if (owed > 0).sum() > 1 else None,
    )


def _kpis(past: Past, policy: Policy) -> tuple[Kpi, ...]:
    now, before = (_kpis_on(past, past.today - back) for back in (0, _CHANGE))
    return tuple(
        Kpi(
            name,
            now[name][0],
            before[name][0],
            _target(policy, name),
            now[name][1],
        )
        for name in now
    )


def _target(policy: Policy, name: str) -> float | None:
    found = policy.targets.get(name)
    return None if found is None else float(found)


def _kpis_on(past: Past, day: int) -> dict[str, tuple[float | None, bool]]:
    """Return every KPI as of a day: its value, and whether it is only a lower bound."""
    receivables, overdue = past.standing(day)
    opening, _ = past.standing(day - PERIOD)
    current, sales = receivables - overdue, past.sales(day - PERIOD + 1, day)
    back = countback_dso(receivables, [
        (past.sales(day - 30 * n - 29, day - 30 * n), 30) for n in range(_YEAR_MONTHS)
    ]) if receivables > 0 else None  # fmt: skip
    effectiveness = collection_effectiveness(
        opening=opening, sales=sales, closing=receivables, closing_current=current
    )
    return {
        "dso": (dso(receivables, sales, PERIOD), False),
        "countback": (back.days if back else None, bool(back and back.at_least)),
        "best_dso": (best_possible_dso(current, sales, PERIOD), False),
        "add": (average_days_delinquent(receivables, current, sales, PERIOD), False),
        "cei": (effectiveness, False),
        "overdue_ratio": (overdue_ratio(overdue, receivables), False),
        "turnover": (turnover(sales * 365 // PERIOD, receivables), False),
    }


def _months(past: Past, as_of: date) -> tuple[Month, ...]:
    ends = month_ends(as_of, _MONTHS)
    found = []
    for before, end in pairwise(ends):
        first, last = ((d - date(1970, 1, 1)).days for d in (before, end))
        receivables, overdue = past.standing(last)
        found.append(
            Month(end, receivables, overdue, past.sales(first + 1, last),
                  past.collected(first + 1, last))
        )  # fmt: skip
    return tuple(found)


def _weeks(cash: pd.DataFrame | None, currency: str, as_of: date) -> tuple[Week, ...]:
    if cash is None:
        return ()
    rows = cash[cash["currency"] == currency].sort_values("week")
    columns: Sequence[list[int]] = [rows[n].tolist() for n in ("week", "low", "expected", "high")]
    return tuple(
        Week(as_of + timedelta(weeks=week - 1), low, expected, high)
        for week, low, expected, high in zip(*columns, strict=True)
    )


def _groups(past: Past, by: str) -> tuple[Group, ...]:
    """Return what each owner or rating stands for, the largest first."""
    first, last = past.today - _CHANGE + 1, past.today
    found = []
    for name in sorted(past.rows[by].unique()):
        own = past.of(past.rows[by] == name)
        receivables, overdue = own.standing(last)
        group = Group(
            name=str(name),
            customers=int(own.rows.loc[own.rows["left"] != 0, "customer"].nunique()),
            receivables=receivables,
            overdue=overdue,
            plan=own.collectable(first, last),
            collected=own.collected(first, last, due_by=last),
            dso=dso(receivables, own.sales(last - PERIOD + 1, last), PERIOD),
        )
        if group.receivables or group.collected:
            found.append(group)
    return tuple(sorted(found, key=lambda group: -group.receivables))


def _a_month_ago(book: Book, policy: Policy, as_of: date) -> pd.DataFrame:
    """Return the customers as they stood a month before a day, from the dates of the rows."""
    from collector.rules import assess

    day = as_of - timedelta(days=_CHANGE)
    return assess(as_of_book(book, day), policy, day).customers


def _changes(customers: pd.DataFrame, was: pd.DataFrame) -> pd.DataFrame:
    """Return the customers whose flag or rating is another than a month ago."""
    both = customers.assign(
        flag_before=was["credit_flag"].reindex(customers.index).fillna(""),
        rating_before=was["rating"].reindex(customers.index).fillna(""),
    )
    moved = (both["credit_flag"] != both["flag_before"]) | (both["rating"] != both["rating_before"])
    worst = both["credit_flag"].map({flag: place for place, flag in enumerate(FLAGS)})
    found = both.assign(worst=worst)[moved & (both["flag_before"] != "")]
    return found.sort_values(["worst", "customer_name"], ascending=[False, True])


_CREDIT: Final = (
    "customer_name", "exposure", "utilisation", "oldest_overdue", "payment_index", "rating",
    "rating_set", "credit_flag", "flag_reason", "late_rate", "last", "last_late", "typical",
    "payday", "expected", "suggested_limit",
)  # fmt: skip


def _by_customer(live: pd.DataFrame, customers: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    names = list(buckets(policy.edges))
    keys = [live["customer"], live["currency"]]
    ages = live.groupby([*keys, live["bucket"]])["balance"].sum().unstack(fill_value=0)
    ages = ages.reindex(columns=names, fill_value=0).astype("int64")
    owners = live.groupby(["customer", "currency"])["owner"].first()
    found = ages.assign(
        receivables=ages.sum(axis=1), overdue=ages[names[1:-1]].sum(axis=1), owner=owners
    ).reset_index()
    found = found.merge(customers[list(_CREDIT)], left_on="customer", right_index=True, how="left")
    found["customer_name"] = found["customer_name"].fillna("")
    order = ["currency", "receivables", "customer"]
    return found.sort_values(order, ascending=[True, False, True]).reset_index(drop=True)


def _calls(live: pd.DataFrame, customers: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    found = call_list(live[live["customer"] != ""], policy)
    facts = customers[[*_CREDIT, "contact", "phone", "owner"]]
    return found.merge(facts, left_on="customer", right_index=True, how="left")


def shown(amount: int, places: int) -> Decimal:
    """Return minor units as people read them."""
    return Decimal(amount).scaleb(-places)
