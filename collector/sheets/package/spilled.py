"""Cells that a formula elsewhere fills: array formulas, spilled arrays and what-if tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from collector.model import column_letters
from collector.sheets.package.markup import attribute
from collector.sheets.package.rows import New
from collector.sheets.package.wanted import Wanted
from collector.sheets.package.worksheet import parse_area

Area = tuple[int, int, int, int]


def areas(rows: bytes, prefix: str) -> list[Area]:
    """Return the ranges, one-based rows and zero-based columns, that one formula each fills."""
    tag = re.compile(rb"<%bf\s[^>]*\bt\s*=\s*[\"'](?:array|dataTable)[\"'][^>]*>" % prefix.encode())
    found = (parse_area(attribute(tag, "ref") or "") for tag in tag.findall(rows))
    return [area for area in found if area and area[:2] != area[2:]]


def spared(wanted: Wanted, filled: Sequence[Area]) -> tuple[Wanted, list[str]]:
    """Return what is wanted outside these ranges, and the addresses of what was inside.

    A value there would be lost at the next calculation, or keep the formula from its range.
    """
    if not filled:
        return wanted, []
    rows, kept = dict(wanted.rows), []
    for first, left, last, right in filled:
        for row in [row for row in rows if first <= row <= last]:
            cells: list[New | None] = list(rows[row])
            for at, column in enumerate(wanted.columns):
                if left <= column <= right and cells[at] is not None:
                    cells[at] = None
                    kept.append(f"{column_letters(column)}{row}")
            rows[row] = tuple(cells)
    return Wanted(wanted.columns, {row: cells for row, cells in rows.items() if any(cells)}), kept
