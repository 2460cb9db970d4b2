"""How tall the rows of a list of ours are: Excel fits a row without a height, others do not."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Final

from collector.model import Cell
from collector.sheets.package.wanted import Cells, Shown
from collector.sheets.package.worksheet import column_widths

_LINE: Final = 15.0
_FURTHER_LINE: Final = 16.5
_TALLEST: Final = 409.0
_USUAL_WIDTH: Final = 9.0


def heights(
    head: bytes, shown: Shown, setting: Iterable[Cells], rows: Iterable[int]
) -> dict[int, float]:
    """Return the heights in points that show the whole text of each row, by its number.

    ``head`` is what stands before the rows, with the widths of columns; ``setting`` takes the
    place of what is ``shown``.
    """
    widths = column_widths(head)
    new: dict[int, dict[int, Cell]] = {}
    for cells in setting:
        for row, value in zip(cells.rows, cells.values, strict=True):
            new.setdefault(row, {})[cells.column] = value
    return {row: _height(widths, _row(shown, row), new.get(row, {})) for row in rows}


def _row(shown: Shown, row: int) -> Sequence[Cell]:
    return shown[row - 1] if row <= len(shown) else ()


def _height(widths: Mapping[int, float], shown: Sequence[Cell], new: Mapping[int, Cell]) -> float:
    cells = {**dict(enumerate(shown)), **new}
    lines = max(
        (_lines(cell, widths.get(column, _USUAL_WIDTH)) for column, cell in cells.items()),
        default=1,
    )
    return min(_LINE + (lines - 1) * _FURTHER_LINE, _TALLEST)


def _lines(cell: Cell, width: float) -> int:
    if not isinstance(cell, str):
        return 1
    return sum(max(ceil(_places(line) / max(width, 1)), 1) for line in cell.split("\n"))


def _places(text: str) -> int:
    """Return how many digits wide a text is: Chinese characters count for two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
