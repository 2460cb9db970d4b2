"""How wide a range must be that holds eight payments of ten: told by the ranges of the past."""

from __future__ import annotations

from typing import Final

import numpy as np

from collector.rules.lateness import EARLIEST, LATEST, Floats, Ints, likely_range

# A little more than eight of ten, since what comes is a little stranger than what came.
HELD: Final = 0.815
_MASSES: Final = np.arange(0.5, 0.995, 0.02)
# What lately happened counts most: half as much for every so many days that have passed since.
_HALF_LIFE: Final = 60
# How many payments it takes to doubt what a distribution says of itself.
_PRIOR: Final = 20.0


def needed(shares: Floats, days_late: Ints) -> Ints:
    """Return by row which of the masses' ranges is the first to hold what happened.

    ``shares`` are the distributions as they were foretold. What no range holds is beyond the last.
    """
    came = np.clip(days_late, EARLIEST, LATEST)
    found = np.full(len(came), len(_MASSES), dtype=np.int64)
    for place in range(len(_MASSES) - 1, -1, -1):
        low, high = likely_range(shares, float(_MASSES[place]))
        found[(came >= low) & (came <= high)] = place
    return found


def masses(needs: Ints, known_on: Ints, days: Ints) -> Floats:
    """Return for each of some days the mass whose range held eight of ten up to the day before.

    ``needs`` are of past payments (see ``needed``), ``known_on`` the days they were made, all as
    day numbers. Later payments tell nothing of a day.
    """
    order = np.argsort(known_on, kind="stable")
    made, needs = known_on[order], needs[order]
    asked, back = np.unique(days, return_inverse=True)
    start = int(made[0]) if len(made) else 0
    grown = 2.0 ** ((made - start) / _HALF_LIFE)
    counts = np.zeros(len(_MASSES) + 1)
    found = np.empty(len(asked))
    seen = 0
    for place, day in enumerate(asked.tolist()):
        until = int(np.searchsorted(made, day))
        counts += np.bincount(needs[seen:until], grown[seen:until], minlength=len(counts))
        seen = until
        now = counts / 2.0 ** ((day - start) / _HALF_LIFE)
        held = (now.cumsum()[:-1] + _PRIOR * _MASSES) / (now.sum() + _PRIOR)
        enough = np.flatnonzero(held >= HELD)
        found[place] = _MASSES[enough[0] if len(enough) else -1]
    return found[back]
