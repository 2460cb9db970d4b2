"""Columns of days that nobody reads: a day after the due date may be a promise or a payment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import Bools, Days, column
from collector.intake.cells.dates import read_dates
from collector.intake.headings.evidence import are_dates
from collector.intake.headings.harmless import days_say_nothing
from collector.intake.region import Region
from collector.intake.terms import parse_terms
from collector.intake.unread import are_open, unread_places
from collector.model import Cell, Policy, Problem, Where, column_letters

_GLANCE: Final = 300
_MONTH: Final = 31
# Where nothing else says what is paid, a day on some of the rows alone may be that of the payment.
_TOLD: Final = frozenset({"paid", "balance", "paid_status"})


def unread_days(
    region: Region, frame: pd.DataFrame, policy: Policy, *, from_1904: bool, has_receipts: bool
) -> list[Problem]:
    """Return a problem for each open row of ``frame`` with such a day, if no step of ours alone.

    ``frame`` has the invoices as read, by sheet ``row``.
    """
    table, numbers = region.table, (frame["row"] - region.table.first_row).tolist()
    live, told = are_open(frame), has_receipts or bool(_TOLD & region.columns.keys())
    sheet_rows, customers = frame["row"].tolist(), frame["customer"].tolist()
    due: Days | None = None
    found: list[Problem] = []
    for place, heading in unread_places(table).items():
        if days_say_nothing(heading):
            continue
        cells = _cells(region, numbers, place)
        if cells is None:
            continue
        due = _due(frame) if due is None else due
        read = read_dates(column(cells), policy.date_order, policy.timezone, from_1904=from_1904)
        later = _later(read.values, set(read.complaints), due)
        if not (later & live).any():
            continue
        if not told:
            later |= _on_some_rows(read.values, frame)
        letters = column_letters(place)
        found += [
            Problem(
                Where(table.tab, sheet_rows[at], letters), "problem_unread_day",
                {"column": letters, "heading": " ".join(heading.split())},
                customers[at], "customer",
            )
            for at in np.flatnonzero(later & live).tolist()
        ]  # fmt: skip
    return found


def _cells(region: Region, numbers: Sequence[int], place: int) -> list[Cell] | None:
    """Return a column's cells, None where they are no days."""
    rows = region.rows
    first = [row[place] for row in rows[:_GLANCE] if place < len(row)]
    if any(cell not in (None, "") for cell in first) and not are_dates(first):
        return None
    cells = [rows[at][place] if place < len(rows[at]) else None for at in numbers]
    return cells if are_dates(cells) else None


def _later(days: Days, unclear: set[int], due: Days) -> Bools:
    """Return the rows with a day after the due date, or one that cannot be read for certain."""
    later: Bools = ~np.isnat(days) & (np.isnat(due) | (days > due))
    later[list(unclear)] = True
    return later


def _on_some_rows(days: Days, frame: pd.DataFrame) -> Bools:
    """Return the rows with a day where others have none: such are days of payment."""
    none = np.isnat(days)
    invoiced = frame["invoice_date"].to_numpy()
    return ~none & none.any() & ~(days < invoiced)


def _due(frame: pd.DataFrame) -> Days:
    """Return when each row is due, at the latest, as far as terms are plain to reckon with."""
    due: Days = frame["due_date"].to_numpy().astype("datetime64[ns]").copy()
    start = frame["invoice_date"].to_numpy().astype("datetime64[ns]")
    for text in set(frame["terms"].tolist()) - {""}:
        terms = parse_terms(text)
        if terms is None:
            continue
        months = terms.month_end or terms.day_of_next_month is not None
        days = terms.days + (_MONTH if months else 0) + (terms.day_of_next_month or 0)
        rows = (frame["terms"] == text).to_numpy() & np.isnat(due)
        due[rows] = start[rows] + np.timedelta64(days, "D")
    blank = np.isnat(due)
    due[blank] = start[blank]
    return due
