"""Room for our columns: to the right of the table, over nobody's cells, tables or merged ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from collector.errors import NoRoomError
from collector.intake.headings import Table
from collector.model import Grid

# XFD, the last column that a worksheet has.
LAST_COLUMN: Final = 16383


def free_columns(table: Table, grid: Grid, count: int) -> int:
    """Return the first column at the table's right where ``count`` columns are blank throughout.

    Clear of merged ranges, of what a formula fills and of other table objects; after one of those
    a column stays blank, as it is not theirs to take. Raises NoRoomError where the sheet ends.
    """
    first = max((table.right, *table.owned.values(), *_own_edge(table, grid))) + 1
    taken = {*_filled(grid, first), *_lying(table, grid)}
    start = first
    for column in sorted(taken):
        if start <= column < start + count:
            start = column + 1
    if start + count - 1 > LAST_COLUMN:
        raise NoRoomError(table.tab, count)
    return start


def other_tables(table: Table, grid: Grid) -> list[tuple[int, int, int, int]]:
    """Return where the table objects lie that are not the one under our headings."""
    return [area for area in grid.tables if not _is_own(area, table)]


def _is_own(area: tuple[int, int, int, int], table: Table) -> bool:
    top, left, bottom, right = area
    over = top < table.last_row and bottom >= table.header_row - 1
    return over and any(left <= column <= right for column in table.columns.values())


def _own_edge(table: Table, grid: Grid) -> list[int]:
    return [area[3] for area in grid.tables if _is_own(area, table)]


def _filled(grid: Grid, first: int) -> set[int]:
    """Return the columns from the first on that anything stands in."""
    found: set[int] = set()
    if max(map(len, grid.rows), default=0) <= first:
        return found
    for row in grid.rows:
        beyond = enumerate(row[first:], start=first)
        found.update(column for column, cell in beyond if cell not in (None, ""))
    return found


def _lying(table: Table, grid: Grid) -> Iterator[int]:
    """Yield the columns that something of others lies over, from our heading row on down."""
    for _, left, bottom, right in (*grid.merged, *grid.filled):
        if bottom >= table.header_row - 1 and right > table.right:
            yield from range(left, right + 1)
    for _, left, _, right in other_tables(table, grid):
        yield from range(left, right + 2)
