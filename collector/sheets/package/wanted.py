"""What cells are to become: changes gathered by column, compared with what is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Final, TypeVar

from collector.errors import UsageError
from collector.model import AddColumn, Cell, ColumnEdit, Edit, TabChange
from collector.phrases import Phrase
from collector.sheets.package.contents import column_number
from collector.sheets.package.rows import BLANK, New
from collector.sheets.package.values import Writer, same, settled

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_LAST_COLUMN, _LAST_ROW = 16384, 1048576
_DIGITS: Final = "0123456789"

T = TypeVar("T")
Shown = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Cells:
    """Cells of one zero-based column to be set; ``kind`` says how new ones show their values."""

    column: int
    kind: str
    rows: Sequence[int]
    values: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What cells become, per one-based row one entry a column, None where nothing changes."""

    columns: Sequence[int]
    rows: Mapping[int, Sequence[New | None]]


def place(cell: str) -> tuple[int, int]:
    """Return the one-based row and zero-based column of ``K7``."""
    found = _CELL.fullmatch(cell)
    row, column = (int(found[2]), column_number(found[1].upper())) if found else (0, 0)
    if not 1 <= row <= _LAST_ROW or column >= _LAST_COLUMN:
        raise UsageError(Phrase("format_cell", cell=cell))
    return row, column


def gathered(changes: Iterable[TabChange]) -> list[Cells]:
    """Return the cells that the changes of one tab set, each once: the last change of it wins."""
    found: list[Cells] = []
    single: dict[int, dict[int, Cell]] = {}
    columns: dict[str, int] = {}
    for change in changes:
        if isinstance(change, Edit):
            row, column = _place(change.cell, columns)
            single.setdefault(column, {})[row] = change.value
        elif isinstance(change, ColumnEdit):
            new = Cells(change.column, change.kind, change.rows, change.values)
            found = _set_over(found, single, new)
        elif isinstance(change, AddColumn):
            heading = Cells(change.column, "heading", (change.header_row,), (change.heading,))
            found = _set_over(found, single, heading)
    for column, cells in single.items():
        last = Cells(column, "plain", tuple(cells), tuple(cells.values()))
        found = _set_over(found, {}, last)
    return [cells for cells in found if cells.rows]


def _place(cell: str, columns: dict[str, int]) -> tuple[int, int]:
    """Do what ``place`` does, at a third of its price; ``columns`` are those met before."""
    letters = cell.rstrip(_DIGITS)
    number = cell[len(letters) :]
    if letters not in columns or number[:1] == "0" or not 1 <= int(number or 0) <= _LAST_ROW:
        row, columns[letters] = place(cell)
        return row, columns[letters]
    return int(number), columns[letters]


def _set_over(
    found: Sequence[Cells], single: Mapping[int, dict[int, Cell]], new: Cells
) -> list[Cells]:
    """Return the cells with new ones, which take the place of earlier ones at the same address."""
    for row in new.rows if single.get(new.column) else ():
        single[new.column].pop(row, None)
    return [*(_without(cells, new) for cells in found), new]


def _without(cells: Cells, new: Cells) -> Cells:
    if cells.column != new.column or not cells.rows or not new.rows:
        return cells
    if len(cells.rows) == 1 and cells.rows[0] not in new.rows:
        return cells
    taken = set(new.rows)
    left = [(r, v) for r, v in zip(cells.rows, cells.values, strict=True) if r not in taken]
    rows, values = zip(*left, strict=True) if left else ((), ())
    return replace(cells, rows=rows, values=values)


def wanted(setting: Sequence[Cells], shown: Shown, writer: Writer, fresh: Container[int]) -> Wanted:
    """Return what cells become, leaving out those that show it already.

    In a ``fresh`` column also blank cells are wanted, so that its rows look like their table.
    """
    columns = sorted({cells.column for cells in setting})
    width = max(map(len, shown), default=0)
    alike: list[tuple[Sequence[int], dict[int, Iterable[New | None]]]] = []
    for cells in setting:
        here = shown if cells.column < width else ()
        new = _becoming(cells, here, writer, cells.column in fresh)
        by = next((by for rows, by in alike if rows == cells.rows), None)
        if by is None or cells.column in by:
            alike.append((cells.rows, by := {}))
        by[cells.column] = new
    rows: dict[int, Sequence[New | None]] = {}
    for numbers, by in alike:
        across = zip(*(by.get(column) or repeat(None) for column in columns), strict=False)
        for row, becoming in zip(numbers, across, strict=False):
            earlier = rows.get(row)
            rows[row] = becoming if earlier is None else _together(earlier, becoming)
    return Wanted(columns, {row: becoming for row, becoming in rows.items() if any(becoming)})


def _together(one: Sequence[New | None], other: Sequence[New | None]) -> Sequence[New | None]:
    return tuple(a if b is None else b for a, b in zip(one, other, strict=True))


def _becoming(cells: Cells, shown: Shown, writer: Writer, fresh: bool) -> Iterable[New | None]:
    """Return what each cell becomes, None where it shows that already."""
    blank = (BLANK, cells.kind) if fresh else None

    def news(value: Cell) -> tuple[Cell, New]:
        plain = settled(value)
        return plain, writer.new(plain, cells.kind)

    def first(value: Cell) -> New | None:
        _, new = news(value)
        return blank if new[0] == BLANK else new

    if not shown:
        return _mapped(first, cells.values)
    was = _column(shown, cells.column, cells.rows)
    return [
        new if not same(old, value) else blank if new[0] == BLANK else None
        for old, (value, new) in zip(was, _mapped(news, cells.values), strict=True)
    ]


def _mapped(function: Callable[[Cell], T], values: Sequence[Cell]) -> Iterable[T]:
    """Return what a function makes of each value; equal ones are asked once."""
    if len(set(map(type, values)) - {type(None)}) > 1:  # True is 1 to a dictionary
        return map(function, values)
    known = {value: function(value) for value in set(values)}
    return map(known.__getitem__, values)


def _column(shown: Shown, column: int, rows: Sequence[int]) -> list[Cell]:
    height = len(shown)
    lines = (shown[row - 1] if row <= height else () for row in rows)
    return [line[column] if column < len(line) else None for line in lines]
