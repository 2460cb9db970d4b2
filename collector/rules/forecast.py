"""When an open invoice will be paid: shrunken statistics of days late, which explain themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from collector.rules.history import day_numbers

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Ints: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]

HALF_LIFE: Final = 180
# Days late that are told apart; anything earlier or later counts as the first or the last.
EARLIEST: Final = -60
LATEST: Final = 180
_BINS: Final = LATEST - EARLIEST + 1
# How many payments a parent's own distribution weighs in that of a child.
_STRENGTHS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
# The weekday layer must earn its place: this much of the log-loss, on past forecasts.
_GAIN: Final = 0.005
_JUDGED: Final = 3000
# Drift is told from payments of so many days, each counting for no more than so many days.
_RECENT: Final = 90
_OUTLIER: Final = 30
# Of what is not expected any more, this share is paid in any one week.
_STRAGGLERS: Final = 0.1
# A lone payment or two make a median jump about; over so many days each way it is drawn out.
_BLURS: Final = (0, 2, 4, 8)
_CALMER: Final = 0.005
# Of the drift that recent payments show, as many of them as this say nothing.
_DOUBT: Final = 20
_Z90: Final = 1.2816
_TINY: Final = 1e-9


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
    bins = _bins(past["days_late"].to_numpy("int64"))
    by_customer = _counts(codes, bins, weights, len(names))
    book = _shrunk(by_customer.sum(0), _uninformed(), 1.0)
    customers = _shrunk(by_customer, book, strengths.customer)
    weekdays = None
    if strengths.weekday is not None:
        counts = _counts(codes * 7 + _weekday(past), bins, weights, 7 * len(names))
        weekdays = _shrunk(counts, np.repeat(customers, 7, axis=0), strengths.weekday)
    moved = 0
    if strengths.drift and len(past):
        usual = by_customer @ np.arange(_BINS) / np.maximum(by_customer.sum(1), _TINY)
        recent = np.asarray(age <= _RECENT)
        moved = _drift(bins[recent], usual[codes[recent]])
    book, customers = _moved(book, moved), _moved(customers, moved)
    weekdays = None if weekdays is None else _moved(weekdays, moved)
    return Conduct(pd.Index(names, dtype="str"), book, customers, weekdays, strengths)


def _weekday(invoices: pd.DataFrame) -> Ints:
    """Return the weekday of each due date, Monday 0."""
    return (day_numbers(invoices["due"]) + 3) % 7


def _drift(bins: Ints, usual: Floats) -> int:
    """Return by how many days recent payments came later than their customers' usual."""
    if not len(bins):
        return 0
    later = np.clip(bins - usual, -_OUTLIER, _OUTLIER)
    return int(np.rint(later.sum() / (len(bins) + _DOUBT)))


def _moved(distributions: Floats, days: Ints | int) -> Floats:
    """Return distributions so many days later; ``days`` may differ from row to row."""
    if not np.any(days):
        return distributions
    wanted = np.arange(_BINS) - np.asarray(days)[..., None]
    wanted = np.broadcast_to(wanted, distributions.shape)
    found: Floats = np.take_along_axis(distributions, np.clip(wanted, 0, _BINS - 1), axis=-1)
    found = np.where(wanted < 0, 0.0, found)
    found[..., -1] = 1.0
    return found


def _bins(days_late: Ints) -> Ints:
    return np.clip(days_late, EARLIEST, LATEST) - EARLIEST


def _counts(keys: Ints, bins: Ints, weights: Floats, groups: int) -> Floats:
    flat = np.bincount(keys * _BINS + bins, weights, minlength=groups * _BINS)
    return np.asarray(flat, dtype=np.float64).reshape(groups, _BINS)


def _uninformed() -> Floats:
    """Return what is thought before anything is known: paid about when due, nobody knows."""
    days = np.arange(EARLIEST, LATEST + 1)
    return np.clip((days + 30) / 90.0, 0.0, 1.0)


def _shrunk(counts: Floats, parent: Floats, strength: float) -> Floats:
    """Return cumulative shares of counts, with a parent's distribution as so many more of them."""
    return _drawn(counts.cumsum(-1), counts.sum(-1, keepdims=True), parent, strength)


def _drawn(upto: Floats, total: Floats, parent: Floats, strength: float) -> Floats:
    return (upto + strength * parent) / (total + strength)


# ── how strong the layers are ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Hindsight:
    """For some past invoices, what was known when they were issued; a row for each.

    ``by_customer`` and ``by_weekday`` are decayed counts of payments up to each day late, ``book``
    everybody's distribution, ``drift`` by how many days payments had lately come later than usual.
    """

    book: Floats
    by_customer: Floats
    by_weekday: Floats
    drift: Ints

    def distributions(self, strengths: Strengths, at: Ints | None = None) -> Floats:
        """Return what would have been forecast for each invoice: all of it, or at some bins."""
        moved = self.drift[:, None] if strengths.drift else 0
        days = np.arange(_BINS) if at is None else at
        bins = np.clip(days - moved, 0, _BINS - 1)
        book, own, week = self._at(self.book, bins), self.by_customer, self.by_weekday
        found = _drawn(self._at(own, bins), own[:, -1:], book, strengths.customer)
        if strengths.weekday is not None:
            found = _drawn(self._at(week, bins), week[:, -1:], found, strengths.weekday)
        return np.where(days - moved < 0, 0.0, np.where(days == _BINS - 1, 1.0, found))

    @staticmethod
    def _at(shares: Floats, bins: Ints) -> Floats:
        if bins.ndim == 1:
            return shares[:, bins]
        return np.take_along_axis(shares, bins, axis=1)


def look_back(history: pd.DataFrame, asked: Ints) -> Hindsight:
    """Return what was known when each of some invoices was issued, in the order asked.

    ``asked`` are positions in the history, which must be sorted by invoice date. A payment is
    known from the day after it was made.
    """
    codes, names = pd.factorize(history["customer"])
    weeks = codes * 7 + _weekday(history)
    bins = _bins(history["days_late"].to_numpy("int64"))
    issued, paid = day_numbers(history["invoice_date"]), day_numbers(history["paid_date"])
    order = np.argsort(paid, kind="stable")
    sorted_paid = paid[order]
    # Of each customer the weight and the weighted sum; of each weekday of theirs, every day late.
    means, counts = np.zeros((len(names), 2)), np.zeros((7 * len(names), _BINS))
    start = int(min(issued.min(), paid.min())) if len(history) else 0
    # Weights that grow from day to day keep their ratios, so what is older need not be decayed.
    grown = 2.0 ** ((paid - start) / HALF_LIFE)
    everybody = np.zeros(_BINS)
    book, own, week = (np.empty((len(asked), _BINS)) for _ in range(3))
    drift = np.zeros(len(asked), dtype=np.int64)
    seen = 0
    for day in np.unique(issued[asked]):
        until, lately = np.searchsorted(sorted_paid, [day, day - _RECENT])
        new, recent = order[seen:until], order[lately:until]
        seen = until
        np.add.at(counts, (weeks[new], bins[new]), grown[new])
        np.add.at(means, codes[new], np.stack([grown[new], grown[new] * bins[new]], axis=1))
        everybody += np.bincount(bins[new], grown[new], minlength=_BINS)
        now = issued[asked] == day
        scale = 2.0 ** ((day - start) / HALF_LIFE)
        book[now] = _shrunk(everybody / scale, _uninformed(), 1.0)
        mine = asked[now]
        own[now] = counts.reshape(len(names), 7, _BINS)[codes[mine]].sum(1).cumsum(1) / scale
        week[now] = counts[weeks[mine]].cumsum(1) / scale
        usual = means[codes[recent]]
        drift[now] = _drift(bins[recent], usual[:, 1] / np.maximum(usual[:, 0], _TINY))
    return Hindsight(book, own, week, drift)


def choose_strengths(history: pd.DataFrame) -> Strengths:
    """Return the strengths under which the latest of a book's past was foreseen best.

    The history is judged in the order of time: each invoice by what was known when it was issued.
    The first half only teaches.
    """
    from collector.rules.calibration import masses, needed

    past = history.sort_values("invoice_date", kind="stable")
    asked = judged(len(past))
    if len(asked) < 30:
        return Strengths()
    late = past["days_late"].to_numpy("int64")[asked]
    known = look_back(past, asked)
    chosen = best_strengths(known, late)
    paid = day_numbers(past["paid_date"])[asked]
    shares = known.distributions(chosen)
    (mass,) = masses(needed(shares, late), paid, paid.max(keepdims=True) + 1)
    return replace(chosen, mass=float(mass))


def judged(count: int) -> Ints:
    """Return the places, in the order of issue, of past invoices that forecasts are judged by."""
    return np.arange(max(count // 2, count - _JUDGED), count)


def best_strengths(known: Hindsight, late: Ints) -> Strengths:
    """Return the strengths that would have foreseen best how late some invoices were paid."""
    judge = _Judge(known, _bins(late))
    # How the book has lately moved goes on, unless that has been a mistake.
    chosen = judge.best([Strengths(each, drift=True) for each in _STRENGTHS])
    for finer in (
        judge.best([replace(chosen, weekday=each) for each in _STRENGTHS]),
        replace(chosen, drift=False),
    ):
        both = replace(
            chosen, weekday=finer.weekday or chosen.weekday, drift=finer.drift and chosen.drift
        )
        chosen = both if judge.loss(both) < judge.loss(chosen) * (1 - _GAIN) else chosen
    return judge.calmed(chosen)


class _Judge:
    """Says how badly forecasts with given strengths would have fared."""

    def __init__(self, known: Hindsight, happened: Ints) -> None:
        self._known, self._happened, self._marks = known, happened, _marks(happened)
        self._came = happened[:, None] <= self._marks[None, :]

    def loss(self, strengths: Strengths) -> float:
        """Return the mean log-loss of "paid by then", over the marks."""
        foreseen = self._known.distributions(strengths, self._marks).clip(0.001, 0.999)
        return float(-np.log(np.where(self._came, foreseen, 1 - foreseen)).mean())

    def best(self, candidates: Sequence[Strengths]) -> Strengths:
        """Return the candidate that would have fared best."""
        return min(candidates, key=self.loss)

    def calmed(self, strengths: Strengths) -> Strengths:
        """Return the strengths with the blur under which medians were nearest to what happened."""
        shares, came = self._known.distributions(strengths), self._happened + EARLIEST
        missed = {each: float(np.abs(median(shares, each) - came).mean()) for each in _BLURS}
        best = min(_BLURS, key=missed.__getitem__)
        gained = missed[best] < missed[0] * (1 - _CALMER)
        return replace(strengths, blur=best if gained else 0)


def _marks(happened: Ints) -> Ints:
    """Return where forecasts are judged: at the due day, and at the deciles of what happened."""
    deciles = np.quantile(happened, np.arange(0.1, 0.95, 0.1)).astype("int64")
    return np.unique(np.append(deciles, -EARLIEST))


# ── what is foreseen ─────────────────────────────────────────────────────────────────────────


def quantile(distributions: Floats, share: Floats | float) -> Ints:
    """Return by row the days late at which a share of the distribution is reached."""
    wanted = np.broadcast_to(np.asarray(share, dtype=float), len(distributions)) - _TINY
    low = np.zeros(len(distributions), dtype=np.int64)
    high = np.full(len(distributions), _BINS - 1, dtype=np.int64)
    rows = np.arange(len(distributions))
    while np.any(low < high):
        middle = (low + high) // 2
        reached = distributions[rows, middle] >= wanted
        high, low = np.where(reached, middle, high), np.where(reached, low, middle + 1)
    return np.asarray(low + EARLIEST, dtype=np.int64)


def median(distributions: Floats, blur: int, done: Floats | float = 0.0) -> Ints:
    """Return by row the median of the days late that are not ``done``, drawn out over days."""
    return quantile(_blurred(distributions, blur), done + 0.5 * (1.0 - np.asarray(done)))


def _blurred(distributions: Floats, days: int) -> Floats:
    """Return each distribution as if every payment had spread evenly over days before and after."""
    if not days:
        return distributions
    before = np.zeros((len(distributions), days + 1))
    after = np.ones((len(distributions), days))
    sums = np.concatenate([before, distributions, after], axis=1).cumsum(1)
    found: Floats = (sums[:, 2 * days + 1 :] - sums[:, : -2 * days - 1]) / (2 * days + 1)
    return found


def likely_range(
    distributions: Floats, mass: Floats | float, done: Floats | float = 0.0
) -> tuple[Ints, Ints]:
    """Return by row the days late that hold a share ``mass`` of what is not ``done``.

    From the lower mark on, as short as can be: many pay on one and the same day, and a range up to
    the upper mark would then hold more than it says.
    """
    done = np.broadcast_to(np.asarray(done, dtype=float), len(distributions))
    low = quantile(distributions, done + (1.0 - mass) / 2 * (1.0 - done))
    before = low - 1 - EARLIEST
    below = np.where(before < 0, 0.0, distributions[np.arange(len(low)), np.maximum(before, 0)])
    reached = np.maximum(below, done) + mass * (1.0 - done)
    return low, quantile(distributions, np.minimum(reached, 1.0))


def paid_by(distributions: Floats, age: Ints, days: int) -> Floats:
    """Return the chance that invoices not yet paid at an age are paid within so many days.

    ``age`` is days since the due date, negative before it. What is older than all that was ever
    seen is paid at a slow, steady pace.
    """
    rows = np.arange(len(distributions))
    now = distributions[rows, np.clip(age, EARLIEST, LATEST) - EARLIEST]
    then = distributions[rows, np.clip(age + days, EARLIEST, LATEST) - EARLIEST]
    now = np.where(age < EARLIEST, 0.0, now)
    then = np.where(age + days < EARLIEST, 0.0, then)
    left = 1.0 - now
    slow = 1.0 - (1.0 - _STRAGGLERS) ** (days / 7.0)
    chance = np.where(left > 0.01, (then - now) / np.maximum(left, 0.01), slow)
    return np.where(age >= LATEST, slow, chance)


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
    chance = np.where(age >= 0, 1.0, (1.0 - on_time) / np.maximum(1.0 - done, _TINY))
    earliest, latest = likely_range(shares, conduct.strengths.mass, done)
    middle = median(shares, conduct.strengths.blur, done)
    found = (("earliest", 0.1, earliest), ("expected", 0.5, middle), ("latest", 0.9, latest))
    days = {}
    for name, share, late in found:
        slow = int(np.ceil(7 * np.log(1 - share) / np.log(1 - _STRAGGLERS)))
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
