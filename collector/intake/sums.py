"""The sheet's own totals beside ours, so that nobody wonders about a lost row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from collector.fields import exponent
from collector.intake.cells.column import Bools
from collector.intake.cells.money import Money, minor_units
from collector.intake.outline import is_total_label
from collector.intake.region import Region
from collector.model import Grid, Where, column_letters

# A share under a column of money is no sum of it.
_SHARES = ("percent", "%", "占比", "比例")
_FIGURES = ("amount", "paid", "balance")


@dataclass(frozen=True, slots=True)
class SheetSum:
    """A total that the sheet states, and what we make of the rows it is of; minor units."""

    where: Where
    field: str
    stated: int
    ours: int
    currency: str

    @property
    def difference(self) -> int:
        return self.stated - self.ours


def sheet_sums(
    grid: Grid, region: Region, money: Mapping[str, Money], currencies: set[str], wanted: Bools
) -> tuple[SheetSum, ...]:
    """Return the totals under, between and above the rows, in the order of the sheet.

    Nothing where the rows are in several currencies: then a total of theirs means nothing.
    """
    if len(currencies) != 1:
        return ()
    currency = next(iter(currencies))
    figures = {name: money[name] for name in _FIGURES if name in money}
    above = [
        SheetSum(
            _where(region, name, row),
            name,
            value,
            int(figures[name].values[wanted].sum()),
            currency,
        )
        for name in figures
        for row, value in _above(grid, region, name, currency)
    ]
    below = [
        each for name in figures for each in _below(region, name, figures[name], wanted, currency)
    ]
    return tuple(sorted([*above, *below], key=lambda each: each.where.row or 0))


def _where(region: Region, name: str, row: int) -> Where:
    table = region.table
    return Where(table.tab, row, column_letters(table.columns[name]))


def _below(region: Region, name: str, money: Money, wanted: Bools, currency: str) -> list[SheetSum]:
    """Compare each total with the rows above it, all or since the last total, as fits better."""
    values = np.where(wanted, money.values, 0)
    so_far = np.concatenate([[0], np.cumsum(values)])
    found, start = [], 0
    first = region.table.first_row
    for position in np.flatnonzero(money.present & ~wanted).tolist():
        if not _is_said(region, position):
            continue
        stated = int(money.values[position])
        every, since = int(so_far[position]), int(so_far[position] - so_far[start])
        ours = min((every, since), key=lambda each: abs(stated - each))
        found.append(SheetSum(_where(region, name, first + position), name, stated, ours, currency))
        start = position
    return found


def _is_said(region: Region, position: int) -> bool:
    row = region.rows[position][: region.table.right + 1]
    if any(isinstance(cell, str) and cell.strip().casefold().startswith(_SHARES) for cell in row):
        return False
    return any(isinstance(cell, str) and is_total_label(cell) for cell in row) or not any(
        isinstance(cell, str) and cell.strip() for cell in row
    )


def _above(grid: Grid, region: Region, name: str, currency: str) -> list[tuple[int, int]]:
    """Return the figures over the heading of a column in rows that say total, with their rows."""
    place, times = region.table.columns[name], region.table.units.get(name, 1)
    found = []
    for number, row in enumerate(grid.rows[: region.table.header_row - 1], start=1):
        cell = row[place] if place < len(row) else None
        said = any(isinstance(each, str) and is_total_label(each) for each in row[: place + 1])
        if said and isinstance(cell, int | float) and not isinstance(cell, bool):
            found.append((number, minor_units(Decimal(str(cell)) * times, exponent(currency))))
    return found
