"""How strong the layers of a forecast should be: what past forecasts would have come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from collector.rules.calibration import masses, needed
from collector.rules.forecast import HALF_LIFE, RECENT, Strengths, due_weekday, recent_drift
from collector.rules.history import day_numbers
from collector.rules.lateness import (
    BINS,
    EARLIEST,
    TINY,
    Floats,
    Ints,
    binned,
    drawn,
    median,
    shrunk,
    uninformed,
)

# How many payments a parent's own distribution weighs in that of a child.
_STRENGTHS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
# The weekday layer must earn its place: this much of the log-loss, on past forecasts.
_GAIN: Final = 0.005
_JUDGED: Final = 3000
# A lone payment or two make a median jump about; over so many days each way it is drawn out.
_BLURS: Final = (0, 2, 4, 8)
_CALMER: Final = 0.005


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
        days = np.arange(BINS) if at is None else at
        bins = np.clip(days - moved, 0, BINS - 1)
        book, own, week = self._at(self.book, bins), self.by_customer, self.by_weekday
        found = drawn(self._at(own, bins), own[:, -1:], book, strengths.customer)
        if strengths.weekday is not None:
            found = drawn(self._at(week, bins), week[:, -1:], found, strengths.weekday)
        return np.where(days - moved < 0, 0.0, np.where(days == BINS - 1, 1.0, found))

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
    weeks = codes * 7 + due_weekday(history)
    bins = binned(history["days_late"].to_numpy("int64"))
    issued, paid = day_numbers(history["invoice_date"]), day_numbers(history["paid_date"])
    order = np.argsort(paid, kind="stable")
    sorted_paid = paid[order]
    # Of each customer the weight and the weighted sum; of each weekday of theirs, every day late.
    means, counts = np.zeros((len(names), 2)), np.zeros((7 * len(names), BINS))
    start = int(min(issued.min(), paid.min())) if len(history) else 0
    # Weights that grow from day to day keep their ratios, so what is older need not be decayed.
    grown = 2.0 ** ((paid - start) / HALF_LIFE)
    everybody = np.zeros(BINS)
    book, own, week = (np.empty((len(asked), BINS)) for _ in range(3))
    drift = np.zeros(len(asked), dtype=np.int64)
    seen = 0
    for day in np.unique(issued[asked]):
        until, lately = np.searchsorted(sorted_paid, [day, day - RECENT])
        new, recent = order[seen:until], order[lately:until]
        seen = until
        np.add.at(counts, (weeks[new], bins[new]), grown[new])
        np.add.at(means, codes[new], np.stack([grown[new], grown[new] * bins[new]], axis=1))
        everybody += np.bincount(bins[new], grown[new], minlength=BINS)
        now = issued[asked] == day
        scale = 2.0 ** ((day - start) / HALF_LIFE)
        book[now] = shrunk(everybody / scale, uninformed(), 1.0)
        mine = asked[now]
        own[now] = counts.reshape(len(names), 7, BINS)[codes[mine]].sum(1).cumsum(1) / scale
        week[now] = counts[weeks[mine]].cumsum(1) / scale
        usual = means[codes[recent]]
        drift[now] = recent_drift(bins[recent], usual[:, 1] / np.maximum(usual[:, 0], TINY))
    return Hindsight(book, own, week, drift)


def choose_strengths(history: pd.DataFrame) -> Strengths:
    """Return the strengths under which the latest of a book's past was foreseen best.

    The history is judged in the order of time: each invoice by what was known when it was issued.
    The first half only teaches.
    """
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
    return replace(chosen, mass=round(float(mass), 2))


def judged(count: int) -> Ints:
    """Return the places, in the order of issue, of past invoices that forecasts are judged by."""
    return np.arange(max(count // 2, count - _JUDGED), count)


def best_strengths(known: Hindsight, late: Ints) -> Strengths:
    """Return the strengths that would have foreseen best how late some invoices were paid."""
    judge = _Judge(known, binned(late))
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
