"""A second reader, slower and more forgiving, for worksheets that the first one cannot read."""

from __future__ import annotations

import io
import warnings
from datetime import datetime, time
from typing import Final

from collector.model import Cell

Merged = tuple[tuple[int, int, int, int], ...]

# What openpyxl raises over parts it does not understand; it has no error of its own.
REFUSALS: Final = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError,
    OSError, SyntaxError, TypeError, ValueError,
)  # fmt: skip


def read_cells(data: bytes, tab: str) -> tuple[list[list[Cell]], Merged]:
    """Return a worksheet's rows from A1 on, each as long as its last cell, and its merged ranges.

    Raises one of ``REFUSALS`` when it cannot be read either.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = load_workbook(io.BytesIO(data), data_only=True)[tab]
    rows: list[list[Cell]] = []
    for (number, column), cell in sorted(sheet._cells.items()):
        value = _as_first(cell.value)
        if value is not None:
            rows.extend([] for _ in range(number - len(rows)))
            rows[-1].extend([None] * (column - len(rows[-1])))
            rows[-1][-1] = value
    merged = sorted(
        (area.min_row - 1, area.min_col - 1, area.max_row - 1, area.max_col - 1)
        for area in sheet.merged_cells.ranges
    )
    return rows, tuple(merged)


def _as_first(value: object) -> Cell:
    """Return a value as the first reader gives it."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        return value or None
    return value  # type: ignore[return-value]
