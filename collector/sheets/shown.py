"""The cells of a worksheet as people see them: blank is None, whole numbers are ints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from collector.model import Cell

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# So few rows at a time that they are still at hand when their columns become rows again.
_AT_ONCE = 256
_MANY = 20_000


def shown_rows(sheet: CalamineSheet) -> list[list[Cell]]:
    """Return the cells from A1 on; texts that a column repeats are one object."""
    if sheet.start is None:
        return []
    first_row, first_column = sheet.start
    left: list[Cell] = [None] * first_column
    columns = [_Column() for _ in range(sheet.width)]
    rows: list[list[Cell]] = []
    lines = iter(sheet.iter_rows())
    while some := list(islice(lines, _AT_ONCE)):
        stretches = zip(columns, zip(*some, strict=True), strict=True)
        across = [column.shown(cells) for column, cells in stretches]
        stretch = map(list, zip(*across, strict=True))
        rows += map(left.__add__, stretch) if left else stretch
    if len(rows) == sheet.height:  # then it began with the first row that holds anything
        rows[:0] = [[None] * len(rows[0]) for _ in range(first_row)]
    return rows


class _Column:
    """One column, stretch by stretch; it remembers its texts until they are too many to repeat."""

    def __init__(self) -> None:
        self._known: dict[str, Cell] = {"": None}

    def shown(self, cells: Sequence[Cell]) -> Iterable[Cell]:
        kinds = set(map(type, cells))
        if kinds == {str}:
            return self._texts(cells)  # type: ignore[arg-type]
        if float in kinds:
            return [
                (int(cell) if cell.is_integer() else cell)
                if type(cell) is float
                else None if cell == "" else cell
                for cell in cells
            ]  # fmt: skip
        return [None if cell == "" else cell for cell in cells] if str in kinds else cells

    def _texts(self, texts: Sequence[str]) -> Iterable[Cell]:
        if len(self._known) > _MANY:
            return [text or None for text in texts]
        return map(self._known.setdefault, texts, texts)
