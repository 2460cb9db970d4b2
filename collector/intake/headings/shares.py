"""Unread columns of money that lie within the amounts: what is paid, left or taken off, perhaps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from collector.intake.cells.column import is_nothing
from collector.intake.headings.evidence import figures
from collector.model import Cell

Floats: TypeAlias = npt.NDArray[np.float64]
Bools: TypeAlias = npt.NDArray[np.bool_]

_TOLERANCE: Final = 0.015
_GLANCE: Final = 200
# Rates of tax in percent; what is such a part of every amount is tax, or what is without it.
_RATES: Final = np.array([*range(1, 31), *(each + 0.5 for each in range(1, 26)), 7.7, 8.1, 19.6])
_FEWEST: Final = 3
_MOST: Final = 0.8
_WORDS: Final = 0.2
# Whole numbers up to here may count days, steps or weeks.
_COUNTED: Final = 366
_FEW: Final = 3


def as_numbers(cells: Sequence[Cell]) -> Floats | None:
    """Return a column of figures, NaN where blank; None for one that holds words or days too."""
    if not _may_be_figures(cells[:_GLANCE]):
        return None
    found = np.full(len(cells), np.nan)
    words = told = 0
    for at, cell in enumerate(cells):
        if cell is None or cell == "" or (isinstance(cell, str) and is_nothing(cell.strip())):
            continue
        told += 1
        number = float(cell) if type(cell) in (int, float) else _read(cell)  # type: ignore[arg-type]
        if number is None:
            words += 1
        else:
            found[at] = number
    return found if told and words <= _WORDS * told else None


def _read(cell: Cell) -> float | None:
    if isinstance(cell, str) and (
        "%" in cell or (cell.isdigit() and cell[:1] == "0" and cell != "0")
    ):
        return None
    number = figures([cell])[0]
    return None if number is None else float(number)


def _may_be_figures(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell not in (None, "")]
    plain = sum(type(cell) in (int, float) or _read(cell) is not None for cell in filled)
    return not filled or plain >= (1 - _WORDS) * len(filled) - 1


def lies_within(part: Floats, amount: Floats) -> bool:
    """Tell whether every figure is some or all of its row's amount, and any is more than none."""
    told = ~np.isnan(part) & (amount != 0)
    inside = part * np.sign(amount)
    fits = (inside >= -_TOLERANCE) & (inside <= np.abs(amount) + _TOLERANCE)
    return bool(told.any() and fits[told].all() and (np.abs(part[told]) > _TOLERANCE).any())


def same(some: Floats, others: Floats) -> Bools:
    return np.abs(some - others) < _TOLERANCE


def may_tell(part: Floats, amount: Floats) -> str:
    """Return ``balance`` or ``paid``, the likelier, where figures may be either; else ``""``.

    Some are then the whole amount, and others are not.
    """
    if not lies_within(part, amount) or is_share(part, amount):
        return ""
    plain, rows = np.nan_to_num(part), amount != 0
    whole = same(plain, amount) & rows
    if not whole.any() or whole[rows].all():
        return ""
    return "balance" if (plain[rows] != 0).sum() * 2 > rows.sum() else "paid"


def is_without_tax(part: Floats, amount: Floats, taxes: Iterable[Floats]) -> bool:
    """Tell whether figures are the amounts without the tax that another column has."""
    told = np.nan_to_num(part) != 0
    return any(bool(told.any() and same(part + np.nan_to_num(tax), amount)[told].all()
                    and (np.nan_to_num(tax) != 0).any()) for tax in taxes)  # fmt: skip


def is_share(part: Floats, amount: Floats) -> bool:
    """Tell whether figures are one share of every amount, or tax or a net amount by any rate."""
    told = (np.nan_to_num(part) != 0) & (amount != 0)
    rows = int((amount != 0).sum())
    if told.sum() < max(_FEWEST, _MOST * rows):
        return False
    a, b = amount[told], part[told]
    ratio = float(np.median(b / a))
    if (np.abs(b - ratio * a) < 2 * _TOLERANCE).all():
        return True
    rates = _RATES / 100
    kinds = (1 / (1 + rates), rates, rates / (1 + rates))
    for shares in kinds:
        fits = (np.abs(a[:, None] * shares[None, :] - b[:, None]) < _TOLERANCE).any(axis=1)
        whole = same(a, b) if shares is kinds[0] else np.zeros(len(a), np.bool_)
        if (fits | whole).all() and fits.any():
            return True
    return False


def is_made_up(part: Floats, amount: Floats, others: Iterable[Floats]) -> bool:
    """Tell whether figures make up every amount with another column, by sum or by product.

    So do goods and freight, a price and a quantity; what is paid and what is left do not, as one
    of them is nothing on some row.
    """
    told = (np.nan_to_num(part) != 0) & (amount != 0)
    rows = int((amount != 0).sum())
    if told.sum() < max(_FEWEST, rows):
        return False
    a, b = amount[told], part[told]
    for other in others:
        c = np.nan_to_num(other[told])
        if same(b * c, a).all() or (same(b + c, a).all() and (c != 0).all()):
            return True
    return False


def looks_like_money(part: Floats, amount: Floats) -> bool:
    """Tell whether figures are sums rather than days, steps, codes or rates."""
    told = part[~np.isnan(part) & (np.abs(part) > _TOLERANCE)]
    kinds = len(np.unique(told))
    if kinds < 2 and len(told) > 1:
        return False
    if (np.abs(told) < 1).all():
        return False
    whole = (told == np.rint(told)).all()
    everywhere = len(told) >= _MOST * int((amount != 0).sum())
    if not whole:
        # Rates of exchange keep close to each other.
        return not (everywhere and np.abs(told).max() < 1.5 * np.abs(told).min() < 300)
    if np.abs(told).max() <= _COUNTED:
        return False
    codes = kinds <= _FEW < len(told) or _counts_up(told) or _is_days(told)
    return not (everywhere and codes)


def _counts_up(told: Floats) -> bool:
    steps = np.diff(told)
    return len(steps) > 1 and bool((steps > 0).all() and steps.max() <= 10)


def _is_days(told: Floats) -> bool:
    return bool(((told >= 20_000) & (told <= 80_000)).all())
