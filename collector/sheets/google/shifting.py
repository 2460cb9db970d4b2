"""A column put in or taken out in the very moment of a write: what it did, and how to undo ours."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from collector.sheets.google.building import shown
from collector.sheets.google.reading import Raw, Rows

# So many rows are compared before all of them are.
_GLANCE = 50


def shifted_cells(
    before: Rows, back: Rows, cells: Mapping[tuple[int, int], Raw]
) -> dict[tuple[int, int], Raw] | None:
    """Return what should stand where we wrote and where our columns are now.

    None where it was not one column that came or went between ``before`` and ``back``.
    """
    width = max(map(len, before), default=0)
    for at in range(width + 1):
        for step in (1, -1):
            if _fits(before, back, cells, at, step, _GLANCE) and _fits(
                before, back, cells, at, step, len(back)
            ):
                there = {
                    (row, column): _shown(before, row, column, at, step) for row, column in cells
                }
                ours = {
                    (row, column + step if column >= at else column): raw
                    for (row, column), raw in cells.items()
                }
                return there | ours
    return None


def _shown(before: Rows, row: int, column: int, at: int, step: int) -> Raw:
    """Return what a cell showed after the column at ``at`` came or went."""
    if step == 1:
        return None if column == at else shown(before, row, column - (column > at))
    return shown(before, row, column + (column >= at))


def _fits(
    before: Rows, back: Rows, cells: Mapping[tuple[int, int], Raw], at: int, step: int, rows: int
) -> bool:
    tall = min(rows, max(len(before), len(back)))
    for row, (old, new) in enumerate(zip_longest(before[:tall], back[:tall], fillvalue=())):
        for column in range(max(len(old), len(new)) + 1):
            where = (row, column)
            meant = cells[where] if where in cells else _shown(before, row, column, at, step)
            if meant != shown(back, row, column):
                return False
    return True
