"""Distributions of days late: cumulative shares, drawn to a parent's, and what is read off them."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Ints: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]

# Days late that are told apart; anything earlier or later counts as the first or the last.
EARLIEST: Final = -60
LATEST: Final = 180
BINS: Final = LATEST - EARLIEST + 1
# Of what is not expected any more, this share is paid in any one week.
STRAGGLERS: Final = 0.1
TINY: Final = 1e-9


def shifted(distributions: Floats, days: Ints | int) -> Floats:
    """Return distributions so many days later; ``days`` may differ from row to row."""
    if not np.any(days):
        return distributions
    wanted = np.arange(BINS) - np.asarray(days)[..., None]
    wanted = np.broadcast_to(wanted, distributions.shape)
    found: Floats = np.take_along_axis(distributions, np.clip(wanted, 0, BINS - 1), axis=-1)
    found = np.where(wanted < 0, 0.0, found)
    found[..., -1] = 1.0
    return found


def binned(days_late: Ints) -> Ints:
    """Return the place of each of some days late in a distribution."""
    return np.clip(days_late, EARLIEST, LATEST) - EARLIEST


def counted(keys: Ints, bins: Ints, weights: Floats, groups: int) -> Floats:
    """Return by group, a row each, what weighs at which place."""
    flat = np.bincount(keys * BINS + bins, weights, minlength=groups * BINS)
    return np.asarray(flat, dtype=np.float64).reshape(groups, BINS)


def uninformed() -> Floats:
    """Return what is thought before anything is known: paid about when due, nobody knows."""
    days = np.arange(EARLIEST, LATEST + 1)
    return np.clip((days + 30) / 90.0, 0.0, 1.0)


def shrunk(counts: Floats, parent: Floats, strength: float) -> Floats:
    """Return cumulative shares of counts, with a parent's distribution as so many more of them."""
    return drawn(counts.cumsum(-1), counts.sum(-1, keepdims=True), parent, strength)


def drawn(upto: Floats, total: Floats, parent: Floats, strength: float) -> Floats:
    """Return cumulative shares of what came up to each place, drawn to a parent's."""
    return (upto + strength * parent) / (total + strength)


def quantile(distributions: Floats, share: Floats | float) -> Ints:
    """Return by row the days late at which a share of the distribution is reached."""
    wanted = np.broadcast_to(np.asarray(share, dtype=float), len(distributions)) - TINY
    low = np.zeros(len(distributions), dtype=np.int64)
    high = np.full(len(distributions), BINS - 1, dtype=np.int64)
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
    slow = 1.0 - (1.0 - STRAGGLERS) ** (days / 7.0)
    chance = np.where(left > 0.01, (then - now) / np.maximum(left, 0.01), slow)
    return np.where(age >= LATEST, slow, chance)
