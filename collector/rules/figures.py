"""The figures of a report: totals, KPIs, trends, whom to call, and what cash to expect."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from collector.fields import FLAGS, buckets, exponent
from collector.intake.book import Book
from collector.model import FlagChange, Policy
from collector.rules.changes import flag_changes
from collector.rules.conduct import add_conduct, call_list
from collector.rules.forecast import foresee, learn, weekly_cash
from collector.rules.hindsight import choose_strengths
from collector.rules.history import settled_history
from collector.rules.interest import accrued
from collector.rules.kpis import provision
from collector.rules.past import Past, read_past
from collector.rules.recall import Recalled
from collector.rules.shares import CHANGE, Group, Kpi, Month, Shares
from collector.rules.warnings import Warned, early_warnings

if TYPE_CHECKING:
    from collector.rules import Assessment

_WEEKS: Final = 8


@dataclass(frozen=True, slots=True)
class Week:
    """Cash expected in the seven days after ``after``, with its 10–90 % range; minor units."""

    after: date
    low: int
    expected: int
    high: int


@dataclass(frozen=True, slots=True)
class Provided:
    """A line of the provision matrix: a bucket, the share of it that is lost, and what that is."""

    bucket: str
    amount: int
    rate: Decimal
    loss: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report has its past from.

    Of ``settled`` rows ``dated`` say when they were paid, by paid dates or receipts; of ``kept``
    the snapshots ``first`` to ``last`` tell, nothing does of ``undated``. ``lost`` rows, of the
    snapshots, are no longer in the sheet.
    """

    settled: int
    dated: int
    kept: int
    undated: int
    lost: int = 0
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class CurrencyFigures:
    """All there is to say of one currency; money in minor units, currencies are never added.

    ``ratings`` are the classes, ``debtors`` every customer, ``interest`` what has accrued on
    what is overdue.
    """

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
    matrix: tuple[Provided, ...] = ()
    interest: int = 0
    debtors: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """A report's figures as of a day.

    ``customers`` is a frame a customer and currency: ``customer_name currency owner`` str,
    ``receivables``, the buckets and ``overdue`` int64 minor units, and the customer's credit
    figures. ``calls`` is whom to call first, ``invoices`` the open rows with their expected day,
    ``changes`` whose flag or rating is another than at the last run or a month ago, ``warnings``
    what else changed that somebody should know of.
    """

    as_of: date
    currencies: tuple[CurrencyFigures, ...]
    customers: pd.DataFrame
    calls: pd.DataFrame
    invoices: pd.DataFrame
    flags: Mapping[str, int]
    changes: tuple[FlagChange, ...]
    warnings: tuple[Warned, ...]
    source: Source
    tab: str
    home_exponent: int = 2

    @property
    def currencies_open(self) -> list[str]:
        """The currencies that open rows are in."""
        return [str(currency) for currency in self.invoices["currency"].unique()]


def make_figures(
    book: Book,
    assessment: Assessment,
    policy: Policy,
    recalled: Recalled | None = None,
    moved: Sequence[FlagChange] = (),
) -> Figures:
    """Return the figures of an assessed book.

    ``recalled`` is the book with what snapshots know of its past, ``moved`` whose flag or rating
    changed since the last run.
    """
    as_of, rows = assessment.as_of, assessment.invoices
    recalled = recalled or Recalled(book)
    history = settled_history(book, assessment, until=as_of)
    customers = add_conduct(assessment.customers, rows, history, policy, as_of)
    owners = _owners(rows, customers)
    past = read_past(book, assessment, owners, recalled.payments)
    live = _live(rows, owners, policy)
    owed = live[live["due"].notna() & (live["balance"] > 0)]
    conduct = learn(history, as_of, choose_strengths(history))
    live = live.assign(expected=foresee(owed, conduct, as_of)["expected"])
    cash = weekly_cash(owed, conduct, as_of, _WEEKS) if len(owed) else None
    before = as_of - timedelta(days=CHANGE)
    was = assess_on(recalled, policy, before)
    spare: dict[Hashable, Any] = {}
    if len(assessment.unapplied):
        spare = assessment.unapplied.groupby(level=-1).sum().to_dict()
    shares = Shares(past, customers["customer_name"].to_dict(), policy)
    return Figures(
        as_of=as_of,
        currencies=tuple(
            _of_currency(
                currency,
                live[live["currency"] == currency],
                shares,
                cash,
                policy,
                as_of,
                int(spare.get(currency, 0)),
            )
            for currency in _currencies(live, spare, policy)
        ),
        customers=_by_customer(live, customers, policy),
        calls=_calls(live, customers, policy),
        invoices=live.sort_values(["currency", "due", "row"], na_position="last"),
        flags={flag: int((customers["credit_flag"] == flag).sum()) for flag in FLAGS},
        changes=_changes(customers, was, before, moved),
        warnings=early_warnings(customers, was, rows, policy, as_of),
        source=_source(past, recalled, rows),
        tab=book.tables["invoices"].tab,
        home_exponent=exponent(policy.currency),
    )


def _live(rows: pd.DataFrame, owners: pd.Series[str], policy: Policy) -> pd.DataFrame:
    """Return the open rows with their owner, their bucket and the interest they bear."""
    live = rows[rows["open"] & rows["known"]]
    live = live.assign(owner=owners.reindex(live.index))
    live = live.assign(bucket=live["bucket"].where(live["bucket"] != "", "not_due"))
    return live.assign(interest=accrued(live, policy))


def _currencies(live: pd.DataFrame, spare: Iterable[Hashable], policy: Policy) -> list[str]:
    """Return the currencies to tell of: the book's first, then by how many rows are open."""
    counts = live["currency"].value_counts()
    return sorted(
        {*counts.index, *map(str, spare)} or {policy.currency},
        key=lambda each: (each != policy.currency, -int(counts.get(each, 0)), each),
    )


def assess_on(recalled: Recalled, policy: Policy, day: date) -> pd.DataFrame:
    """Return the customers as they stood on an earlier day."""
    from collector.rules import assess

    return assess(recalled.on(day), policy, day).customers


def _source(past: Past, recalled: Recalled, rows: pd.DataFrame) -> Source:
    days = recalled.days or (None,)
    told = rows["settled"] & rows["known"] & (rows["paid_status"] != "void")
    kept = int((told & rows["paid_by"].notna()).sum()) if "paid_by" in rows else 0
    dated = past.settled - past.undated - kept
    assumed = int(rows["assumed"].sum()) if "assumed" in rows else 0
    settled, undated = past.settled + assumed, past.undated + assumed
    return Source(settled, dated, kept, undated, recalled.lost, days[0], days[-1])


def _owners(rows: pd.DataFrame, customers: pd.DataFrame) -> pd.Series[str]:
    theirs = rows["customer"].map(customers["owner"]).fillna("")
    return rows["owner"].where(rows["owner"] != "", theirs)


def _of_currency(
    currency: str,
    live: pd.DataFrame,
    shares: Shares,
    cash: pd.DataFrame | None,
    policy: Policy,
    as_of: date,
    unapplied: int,
) -> CurrencyFigures:
    ages = live.groupby("bucket")["balance"].sum()
    spans = {name: int(ages.get(name, 0)) for name in buckets(policy.edges)}
    overdue = sum(spans[name] for name in buckets(policy.edges)[1:-1])
    owed = live.groupby("customer")["balance"].sum().clip(lower=0)
    matrix = _matrix(spans, policy)
    return CurrencyFigures(
        currency=currency,
        exponent=exponent(currency),
        receivables=sum(spans.values()),
        overdue=overdue,
        unapplied=unapplied,
        buckets=spans,
        provision=provision([line.amount for line in matrix], [line.rate for line in matrix]),
        kpis=shares.kpis(currency),
        months=shares.months(currency, as_of),
        weeks=_weeks(cash, currency, as_of),
        owners=shares.of(currency, "owner"),
        ratings=shares.of(currency, "rating"),
        concentration=float(owed.max() / owed.sum()) if (owed > 0).sum() > 1 else None,
        matrix=matrix,
        interest=int(live["interest"].sum()),
        debtors=shares.of(currency, "customer"),
    )


def _matrix(spans: Mapping[str, int], policy: Policy) -> tuple[Provided, ...]:
    """Return each bucket with its rate of loss and what it comes to, credits left out."""
    lines = []
    for place, name in enumerate(buckets(policy.edges)[:-1]):
        rate = policy.provision[min(place, len(policy.provision) - 1)]
        lines.append(Provided(name, spans[name], rate, provision([spans[name]], [rate])))
    return tuple(lines)


def _weeks(cash: pd.DataFrame | None, currency: str, as_of: date) -> tuple[Week, ...]:
    if cash is None:
        return ()
    rows = cash[cash["currency"] == currency].sort_values("week")
    columns: Sequence[list[int]] = [rows[n].tolist() for n in ("week", "low", "expected", "high")]
    return tuple(
        Week(as_of + timedelta(weeks=week - 1), low, expected, high)
        for week, low, expected, high in zip(*columns, strict=True)
    )


def _changes(
    customers: pd.DataFrame, was: pd.DataFrame, before: date, moved: Sequence[FlagChange]
) -> tuple[FlagChange, ...]:
    """Return what changed since the last run, and then what else did in a month."""
    known = {(each.customer, each.what()) for each in moved}
    older = flag_changes(was, customers, before)
    return (*moved, *(each for each in older if (each.customer, each.what()) not in known))


_CREDIT: Final = (
    "customer_name", "exposure", "utilisation", "oldest_overdue", "payment_index", "rating",
    "rating_set", "foreign", "credit_flag", "flag_reason", "late_rate", "last", "last_late",
    "typical", "payday", "expected", "suggested_limit",
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
