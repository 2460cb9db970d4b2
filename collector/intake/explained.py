"""Balances that a column of deductions explains: amount less paid less it, on every row."""

from __future__ import annotations

import numpy as np
import pandas as pd

from collector.intake.cells.column import Bools
from collector.intake.headings.deductions import may_take_off
from collector.intake.headings.folding import unit_of
from collector.intake.headings.lessening import may_lessen
from collector.intake.headings.shares import Floats, as_numbers
from collector.intake.region import Region

_TOLERANCE = 0.015


def explained_balances(region: Region, frame: pd.DataFrame) -> Bools:
    """Return the rows whose balance is their amount less what was paid and what was taken off.

    Taken off is what a column of deductions says, or all of them together; only where that fits
    every row of the table does it explain any. ``frame`` has the invoices as read.
    """
    none: Bools = np.zeros(len(frame), np.bool_)
    if not {"amount", "balance"} <= region.columns.keys():
        return none
    scale = 10.0 ** frame["exponent"].to_numpy()
    told: Bools = (frame["has_amount"] & frame["has_balance"] & ~frame["bad_money"]).to_numpy()
    gap: Floats = ((frame["amount"] - frame["paid"] - frame["balance"]) / scale).to_numpy()
    wide = told & (np.abs(gap) > _TOLERANCE)
    if not wide.any():
        return none
    parts = [
        each for at in region.table.others if (each := _taken_off(region, frame, at)) is not None
    ]
    for part in (*parts, *([np.sum(parts, axis=0)] if len(parts) > 1 else [])):
        if (np.abs(gap - part)[told] < _TOLERANCE).all():
            return wide
    return none


def _taken_off(region: Region, frame: pd.DataFrame, place: int) -> Floats | None:
    """Return what a column says was taken off each row; None where it is no such column."""
    heading = region.table.others[place]
    if may_lessen(heading) not in ("payment", "other") and may_take_off(heading) != "less":
        return None
    rows = [region.rows[at] for at in (frame["row"] - region.table.first_row).tolist()]
    numbers = as_numbers([row[place] if place < len(row) else None for row in rows])
    if numbers is None:
        return None
    times = unit_of(heading)[0]
    times = times if times != 1 else region.table.units.get("amount", 1)
    return np.abs(np.nan_to_num(numbers)) * times
