"""When an open invoice will be paid: shrunken statistics of days late, which explain themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from collector.rules.history import day_numbers
from collector.rules.lateness import (
    BINS,
    EARLIEST,
    LATEST,
    STRAGGLERS,
    TINY,
    Floats,
    Ints,
    binned,
    counted,
    likely_range,
    median,
    paid_by,
    shifted,
    shrunk,
    uninformed,
)

HALF_LIFE: Final = 180
# Drift is told from payments of so many days, each counting for no more than so many days.
RECENT: Final = 90
_OUTLIER: Final = 30
# Of the drift that recent payments show, as many of them as this say nothing.
_DOUBT: Final = 20
_Z90: Final = 1.2816


@dataclass(frozen=True, slots=True)
class Strengths:
    """How strongly a customer is drawn to the book, and a weekday to the customer.

    ``weekday`` is None where telling the due date's weekdays apart foretells nothing. ``drift``:
    the whole book has lately been paying earlier or later than it used to, and that goes on.
    ``mass`` is the share of a distribution that lately held eight payments of ten: more than .8
    where customers are known from few payments. ``blur`` is over how many days each way the median
    is sought.
    """

    customer: float = 2.0
    weekday: float | None = None
    drift: bool = False
    mass: float = 0.8
    blur: int = 0


@dataclass(frozen=True, slots=True)
class Conduct:
    """How customers pay, as known on a day: cumulative distributions of days late.

    ``book`` is everybody's, ``customers`` one row a customer in the order of ``names``, and
    ``weekdays`` one row a customer and weekday of the due date (Monday first), None without
    that layer.
    """

    names: pd.Index[str]
    book: Floats
    customers: Floats
    weekdays: Floats | None
    strengths: Strengths

    def of(self, customer: pd.Series[str], due: pd.Series[pd.Timestamp]) -> Floats:
        """Return the distribution for each of some invoices, one row each."""
        who = self.names.get_indexer(pd.Index(customer))
        if not len(self.names):
            return np.tile(self.book, (len(customer), 1))
        if self.weekdays is None:
            found = self.customers[who]
        else:
            found = self.weekdays[who * 7 + (day_numbers(due) + 3) % 7]
        found[who < 0] = self.book
        return found


def learn(history: pd.DataFrame, as_of: date, strengths: Strengths) -> Conduct:
    """Return how customers pay, from payments made up to a day; older ones weigh less."""
    past = history[history["paid_date"] <= pd.Timestamp(as_of)]
    codes, names = pd.factorize(past["customer"])
    age = day_numbers(pd.Series([pd.Timestamp(as_of)]))[0] - day_numbers(past["paid_date"])
    weights = 0.5 ** (age / HALF_LIFE)
    bins = binned(past["days_late"].to_numpy("int64"))
    by_customer = counted(codes, bins, weights, len(names))
    book = shrunk(by_customer.sum(0), uninformed(), 1.0)
    customers = shrunk(by_customer, book, strengths.customer)
    weekdays = None
    if strengths.weekday is not None:
        counts = counted(codes * 7 + due_weekday(past), bins, weights, 7 * len(names))
        weekdays = shrunk(counts, np.repeat(customers, 7, axis=0), strengths.weekday)
    moved = 0
    if strengths.drift and len(past):
        usual = by_customer @ np.arange(BINS) / np.maximum(by_customer.sum(1), TINY)
        recent = np.asarray(age <= RECENT)
        moved = recent_drift(bins[recent], usual[codes[recent]])
    book, customers = shifted(book, moved), shifted(customers, moved)
    weekdays = None if weekdays is None else shifted(weekdays, moved)
    return Conduct(pd.Index(names, dtype="str"), book, customers, weekdays, strengths)


def due_weekday(invoices: pd.DataFrame) -> Ints:
    """Return the weekday of each due date, Monday 0."""
    return (day_numbers(invoices["due"]) + 3) % 7


def recent_drift(bins: Ints, usual: Floats) -> int:
    """Return by how many days recent payments came later than their customers' usual."""
    if not len(bins):
        return 0
    later = np.clip(bins - usual, -_OUTLIER, _OUTLIER)
    return int(np.rint(later.sum() / (len(bins) + _DOUBT)))


# ── how strong the layers are ────────────────────────────────────────────────────────────────


# ── what is foreseen ─────────────────────────────────────────────────────────────────────────


def foresee(invoices: pd.DataFrame, conduct: Conduct, as_of: date) -> pd.DataFrame:
    """Return for open invoices (``customer due balance``) when they will be paid.

    By the invoices' index: ``expected earliest latest`` datetime64 – the median and the 10–90 %
    range given that nothing is paid today – and ``late_chance`` float, that it is paid after its
    due date (1 once it is overdue).
    """
    today = pd.Timestamp(as_of)
    shares = conduct.of(invoices["customer"], invoices["due"])
    age = day_numbers(pd.Series([today]))[0] - day_numbers(invoices["due"])
    rows = np.arange(len(invoices))
    done = np.where(age < EARLIEST, 0.0, shares[rows, np.clip(age, EARLIEST, LATEST) - EARLIEST])
    on_time = shares[:, -EARLIEST]
    chance = np.where(age >= 0, 1.0, (1.0 - on_time) / np.maximum(1.0 - done, TINY))
    earliest, latest = likely_range(shares, conduct.strengths.mass, done)
    middle = median(shares, conduct.strengths.blur, done)
    found = (("earliest", 0.1, earliest), ("expected", 0.5, middle), ("latest", 0.9, latest))
    days = {}
    for name, share, late in found:
        slow = int(np.ceil(7 * np.log(1 - share) / np.log(1 - STRAGGLERS)))
        gone = (done > 0.99) | (age >= LATEST)
        days[name] = np.where(gone, age + slow, np.maximum(late, age + 1))
    due = invoices["due"]
    frame = {name: due + pd.to_timedelta(late, unit="D") for name, late in days.items()}
    return pd.DataFrame(frame | {"late_chance": np.clip(chance, 0.0, 1.0)}, index=invoices.index)


def weekly_cash(invoices: pd.DataFrame, conduct: Conduct, as_of: date, weeks: int) -> pd.DataFrame:
    """Return expected cash from open invoices (``customer due balance currency``) by week.

    One row per currency and week (1 is the seven days after ``as_of``): ``currency`` str, ``week``
    int64, ``low expected high`` int64 minor units; the range is 10–90 %, as if
    customers paid independently of one another. Rounded once, at the end: these are estimates.
    """
    shares = conduct.of(invoices["customer"], invoices["due"])
    age = day_numbers(pd.Series([pd.Timestamp(as_of)]))[0] - day_numbers(invoices["due"])
    balance = invoices["balance"].to_numpy("float64")
    before = np.zeros(len(invoices))
    found: list[pd.DataFrame] = []
    for week in range(1, weeks + 1):
        now = paid_by(shares, age, 7 * week)
        chance = np.maximum(now - before, 0.0)
        before = np.maximum(now, before)
        parts = pd.DataFrame(
            {
                "currency": invoices["currency"].to_numpy(),
                "expected": balance * chance,
                "spread": balance**2 * chance * (1.0 - chance),
            }
        )
        found.append(parts.groupby("currency", as_index=False).sum().assign(week=week))
    cash = pd.concat(found, ignore_index=True)
    total = invoices.groupby("currency")["balance"].sum()
    half = _Z90 * np.sqrt(cash["spread"])
    rounded = {
        "expected": cash["expected"],
        "low": (cash["expected"] - half).clip(lower=0),
        "high": np.minimum(cash["expected"] + half, cash["currency"].map(total)),
    }
    money = {name: amounts.round().astype("int64") for name, amounts in rounded.items()}
    columns: Sequence[str] = ("currency", "week", "low", "expected", "high")
    return cash[["currency", "week"]].assign(**money)[list(columns)]
