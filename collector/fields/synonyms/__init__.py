"""More headings that mean a field exactly: accounting exports and other languages.

An accent folds to its letter and a traditional character to its simplified one, so each heading
stands in one spelling, after those of the field before it, divided by ``|``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from collector.fields.synonyms.chinese import CHINESE
from collector.fields.synonyms.english import ENGLISH
from collector.fields.synonyms.french import FRENCH
from collector.fields.synonyms.german import GERMAN
from collector.fields.synonyms.likely import MAY_MEAN
from collector.fields.synonyms.more import MORE
from collector.fields.synonyms.others import OTHERS
from collector.fields.synonyms.spanish import SPANISH
from collector.fields.synonyms.standing import STANDING


def _lists(*blocks: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return every field's headings, one after the other from each language."""
    merged: dict[str, list[str]] = {}
    for block in blocks:
        for name, headings in block.items():
            merged.setdefault(name, []).extend(part.strip() for part in headings.split("|"))
    return {name: tuple(headings) for name, headings in merged.items()}


SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = _lists(
    ENGLISH, CHINESE, GERMAN, FRENCH, SPANISH, OTHERS, MORE, STANDING
)

# Headings that may mean a field, where nothing else does: never used without being asked about.
LIKELY: Final[Mapping[str, tuple[str, ...]]] = _lists(MAY_MEAN)
