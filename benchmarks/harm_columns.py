"""Columns of ours beside a table of the workbook, where a run would put them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from harm_xml import LAST_COLUMN, Area, Node, Place, area_of, cells_of, child, rows_of, tables_of

from collector.errors import CollectorError
from collector.intake.headings import Table
from collector.model import AddColumn, Cell, Change, ColumnEdit, Grid, Kind, Policy
from collector.plan.sheet import Place as Column
from collector.plan.sheet import places

# What stands in them, again and again; a run leaves some of the cells blank.
_VALUES: Final[Mapping[str, tuple[Kind, tuple[Cell, ...]]]] = {
    "status": ("text", ("Overdue & <late>", None, "已付")),
    "open_balance": ("money", (1234.5, 80.0, None)),
    "last_reminder": ("date", (date(2026, 11, 20), None)),
}
_MOST_ROWS: Final = 500


@dataclass(frozen=True, slots=True)
class Beside:
    """Columns of ours at a table's right; ``table`` is its part where it is a table object."""

    tab: str
    area: Area
    table: str
    columns: tuple[Column, ...]

    def changes(self) -> list[Change]:
        """Return what adds the columns and fills them, as a run does."""
        added = [
            AddColumn(self.tab, c.column, self.area[0], c.key, c.heading, c.kind)
            for c in self.columns
            if c.new
        ]
        filled = [
            ColumnEdit(self.tab, c.column, c.kind, self._rows(), self._values(c.key))
            for c in self.columns
        ]
        return [*added, *(edit for edit in filled if edit.rows)]

    def cells(self) -> dict[Place, Cell]:
        """Return every cell of the columns with its value, the headings too."""
        found: dict[Place, Cell] = {
            (self.area[0], c.column): c.heading for c in self.columns if c.new
        }
        for column in self.columns:
            for row, value in zip(self._rows(), self._values(column.key), strict=True):
                found[row, column.column] = "" if value is None else value
        return found

    def _rows(self) -> range:
        return range(self.area[0] + 1, min(self.area[2], self.area[0] + _MOST_ROWS) + 1)

    def _values(self, key: str) -> list[Cell]:
        _, values = _VALUES[key]
        return [values[at % len(values)] for at in range(len(self._rows()))]


def beside(path: Path, part: str, sheet: Node, grid: Grid) -> Beside | None:
    """Say where columns of ours go on a tab: at its first table, None where there is no room."""
    found = next(_tables(path, part, sheet), None)
    if found is None:
        return None
    name, area = found
    try:
        columns = tuple(places(_as_read(grid, area), grid, [*_VALUES], Policy(book=path.name)))
    except CollectorError:  # it says that there is no room
        return None
    if max(column.column for column in columns) > LAST_COLUMN:
        return None
    return Beside(grid.tab, area, name, columns)


def _as_read(grid: Grid, area: Area) -> Table:
    """Return a table as the intake finds one, whatever its headings may mean."""
    first, left, last, right = area
    columns = {str(column): column for column in range(left, right + 1)}
    return Table("invoices", grid.tab, first, first + 1, last, left, right, columns, {}, grid.owned)


def _tables(path: Path, part: str, sheet: Node) -> Iterator[tuple[str, Area]]:
    """Yield the table objects that have headings, without their totals, then the first list."""
    for name, table in tables_of(path, part).items():
        area = area_of(table.get("ref"))
        if area and table.get("headerRowCount", "1") != "0":
            totals = int(table.get("totalsRowCount", "0"))
            yield name, (area[0], area[1], area[2] - totals, area[3])
    yield from (("", area) for area in _lists(sheet))


def _lists(sheet: Node) -> Iterator[Area]:
    """Yield the rows from the first with cells side by side on, failing that from the first."""
    held = {row: _held(node) for row, node in rows_of(sheet).items()}
    filled = [row for row, columns in held.items() if columns]
    wide = (row for row in filled if min(held[row]) + 1 in held[row])
    for row in filled and [next(wide, filled[0])]:
        left = right = min(held[row])
        while right + 1 in held[row]:
            right += 1
        last = row
        while held.get(last + 1):
            last += 1
        yield row, left, last, right


def _held(row: Node) -> set[int]:
    cells = cells_of(row).items()
    return {column for column, cell in cells if child(cell, "v") is not None
            or child(cell, "is") is not None or child(cell, "f") is not None}  # fmt: skip
