"""Which heading one that is gone was most likely renamed to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from collector.intake.headings.folding import fold

_LIKE_ENOUGH: Final = 60


def nearest(gone: str, headings: Sequence[str]) -> str:
    """Return the heading most like one that is gone, ``""`` where none is like it at all."""
    from rapidfuzz import fuzz, process

    folded = [fold(heading) for heading in headings]
    best = process.extractOne(fold(gone), folded, scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return headings[best[2]] if best else ""
