"""Our own columns among the team's: by the book's hidden marks, and by headings where they fail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from collector.fields import (
    CUSTOMER_HEADINGS,
    FLAG_WORDS,
    OWNED_HEADINGS,
    OWNED_PREFIX,
    STATUS_WORDS,
)
from collector.intake.headings.folding import fold, fold_all, heading_text
from collector.intake.headings.matching import Header
from collector.model import Cell, Grid

_SAMPLE: Final = 200
# Of the cells in a column, how many must be such as we write: people add a total, or a word.
_MOST: Final = 0.8
# So many of our headings at once, some of them ours alone, are those of columns whose marks
# are lost; fewer may be the team's own.
_ENOUGH: Final = 5
_OURS_ALONE: Final = frozenset(
    {"credit_flag", "last_reminder", "next_action",
     "used_of_limit", "payment_index", "credit_reason", "late_rate"}
)  # fmt: skip
_FAMILIES: Final = {"invoices": OWNED_HEADINGS, "customers": CUSTOMER_HEADINGS}
_NAMES: Final = ("customer", "customer_id")
_WORDS: Final = {
    key: fold_all(*(text for words in table.values() for text in words.values()))
    for key, table in (("status", STATUS_WORDS), ("credit_flag", FLAG_WORDS))
}
_FIGURES: Final = frozenset(
    {"days_overdue", "open_balance", "exposure", "overdue", "oldest_overdue", "used_of_limit",
     "payment_index", "late_rate", "suggested_limit"}
)  # fmt: skip
_DATES: Final = frozenset({"last_reminder", "expected_payment"})


def owned_columns(
    kind: str, header: Header, grid: Grid, renamed: Mapping[str, str]
) -> dict[str, int]:
    """Return where our own columns are now, by key.

    A column that the book marks is ours whatever its heading says by now. Cells may have been
    moved from under their marks: then the heading says where they are. Where the marks are lost,
    as some programs drop them, several of our headings together are still ours; a single one
    without a mark is the team's own.
    """
    texts = [fold(text) for text in header.texts]
    if not any(texts):
        return {}
    known = {key: _our_headings(key, renamed.get(key, "")) for key in grid.owned}
    look = _Look(texts, known, grid, header.row)
    found = {key: at for key in grid.owned if (at := look.place(key)) is not None}
    return found | _lost(kind, look, renamed, found)


@dataclass(frozen=True, slots=True)
class _Names:
    """What a column of ours is called, and what where the team has that word itself."""

    plain: frozenset[str]
    in_our_name: frozenset[str]

    def __contains__(self, text: str) -> bool:
        return text in self.plain or text in self.in_our_name


@cache
def _our_headings(key: str, renamed: str) -> _Names:
    known = OWNED_HEADINGS.get(key) or CUSTOMER_HEADINGS.get(key)
    words = list((known or {"en": key.replace("_", " ")}).values())
    words += [renamed] if renamed else []
    prefixed = [prefix + word for prefix in OWNED_PREFIX.values() for word in words]
    return _Names(fold_all(*words), fold_all(*prefixed))


@dataclass(frozen=True, slots=True)
class _Look:
    """A row of headings, folded, the names of the columns that are marked, and what is below."""

    texts: Sequence[str]
    known: Mapping[str, _Names]
    grid: Grid
    row: int

    def place(self, key: str) -> int | None:
        """Return where a marked column is, None where it is nowhere."""
        mark, names = self.grid.owned[key], self.known[key]
        ours = [at for at, text in enumerate(self.texts) if text in names.in_our_name]
        moved = ours or [at for at, text in enumerate(self.texts) if text in names.plain]
        here = self.text(mark)
        if here in names.in_our_name or (here in names.plain and not ours):
            return mark
        if self._is_renamed(key, mark, here) and not (moved and self._has_moved(key, moved[-1])):
            return mark
        return moved[-1] if moved else None

    def text(self, column: int) -> str:
        return self.texts[column] if column < len(self.texts) else ""

    def _is_renamed(self, key: str, mark: int, here: str) -> bool:
        """Tell whether what stands under a mark may be our column with a heading of the team's."""
        if any(here in names for names in self.known.values()):
            return False
        cells = self.below(mark)
        return is_like_ours(key, cells) and (bool(here) or (key in _WORDS and any(cells)))

    def _has_moved(self, key: str, place: int) -> bool:
        """Tell whether the heading elsewhere is that of our column rather than one of the team's.

        What other programs insert moves columns to the right, and others from their marks too.
        """
        if self.texts[place] in self.known[key].in_our_name:
            return True
        if not is_like_ours(key, self.below(place)):
            return False
        mark, others = self.grid.owned[key], self.grid.owned.keys() - {key}
        return place > mark or not all(
            self.text(self.grid.owned[other]) in self.known[other] for other in others
        )

    def below(self, column: int) -> list[Cell]:
        rows = self.grid.rows[self.row + 1 : self.row + 1 + _SAMPLE]
        return [row[column] for row in rows if column < len(row) and row[column] not in (None, "")]


def is_like_ours(key: str, cells: Sequence[Cell]) -> bool:
    """Tell whether filled cells are, nearly all, such as our column of that key has; none are."""
    return sum(_is_like(key, cell) for cell in cells) >= _MOST * len(cells)


def _is_like(key: str, cell: Cell) -> bool:
    if key in _FIGURES:
        return isinstance(cell, int | float) and not isinstance(cell, bool)
    if key in _DATES:
        return isinstance(cell, date)
    return isinstance(cell, str) and (key not in _WORDS or fold(cell) in _WORDS[key])


def _lost(
    kind: str, look: _Look, renamed: Mapping[str, str], marked: Mapping[str, int]
) -> dict[str, int]:
    """Return our columns that have no mark any more, told by their headings and their cells."""
    if marked or kind not in _FAMILIES:
        return {}
    found: dict[str, int] = {}
    for key in _FAMILIES[kind].keys() - {*look.grid.owned, *_NAMES}:
        names = _our_headings(key, renamed.get(key, ""))
        ours = [at for at, text in enumerate(look.texts) if text in names.in_our_name]
        places = ours or [at for at, text in enumerate(look.texts) if text in names.plain]
        if len(places) == 1:
            found[key] = places[0]
    if len(found) < _ENOUGH:
        return {}
    found = {key: at for key, at in found.items() if is_like_ours(key, look.below(at))}
    return found if len(found) >= _ENOUGH and len(_OURS_ALONE & found.keys()) > 1 else {}


def is_our_list(grid: Grid) -> bool:
    """Tell whether a tab is our list of customers though the book no longer says so."""
    return not grid.ours and bool(_NAMES[0] in grid.owned or listed_columns(grid))


def listed_columns(grid: Grid) -> dict[str, int]:
    """Return the columns of our list of customers by their headings; none where it is not ours.

    Nothing but headings of ours stands in its first row.
    """
    texts = [fold(heading_text(cell)) for cell in grid.rows[0]] if grid.rows else []
    names = {key: _our_headings(key, "").plain for key in CUSTOMER_HEADINGS}
    found = {key: texts.index(text) for key in names for text in texts if text in names[key]}
    whole = {*_NAMES} <= found.keys() and len(found) == len(texts) >= len(_NAMES) + _ENOUGH
    return found if whole else {}
