"""The receipts tab: what came in, from whom, and for which invoice."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from collector.intake.cells.column import NO_DAY
from collector.intake.cells.dates import read_dates
from collector.intake.cells.money import read_amounts, read_money
from collector.intake.cells.texts import read_text
from collector.intake.complaints import Complaints
from collector.intake.customers import Names
from collector.intake.headings.table import Table
from collector.intake.region import read_region, receivables
from collector.intake.row_currencies import currencies_of, row_currencies
from collector.model import Grid, Policy, Problem

_TEXTS = ("invoice", "method", "reference")


def no_receipts() -> pd.DataFrame:
    """Return receipts of a book that has no such tab: the columns, and no row."""
    return _frame({}, 0)


def read_receipts(
    grid: Grid, table: Table, names: Names, policy: Policy
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the receipts tab: one row a receipt, ``amount`` int64 minor units, and its problems."""
    region, _ = read_region(grid, table)
    complaints = Complaints(table)
    read: dict[str, Any] = {name: _blank(len(region)) for name in ("code", "name")}
    for name, field in {
        "code": "customer_id",
        "name": "customer",
        **{t: t for t in _TEXTS},
    }.items():
        if field in region.columns:
            read[name], found = read_text(region.columns[field])
            complaints.add(field, found, "nothing")
    dates = read_dates(
        region.columns["date"], policy.date_order, policy.timezone, from_1904=grid.from_1904
    )
    complaints.add("date", dates.complaints, "nothing")
    read["date"] = dates.values
    amounts = read_amounts(region.columns["amount"])
    iso, _ = row_currencies(region, {"amount": amounts}, complaints, policy)
    money = read_money(amounts, currencies_of(iso), table.units.get("amount", 1))
    # Whoever paid an amount that nobody can read may have paid what we would chase.
    complaints.add("amount", money.complaints, "customer")
    read |= {"amount": money.values, "has_amount": money.present}
    read["currency"] = pd.Series(iso, dtype="str")
    read["row"] = np.arange(table.first_row, table.first_row + len(region), dtype=np.int64)
    frame = _frame(read, len(region))
    keys = names.keys(frame.pop("code"), frame.pop("name"))
    frame["customer"] = keys
    wanted, _ = receivables(region, {"amount": money})
    return frame[wanted].reset_index(drop=True), complaints.problems(keys.tolist(), wanted)


def _blank(count: int) -> pd.Series[Any]:
    return pd.Series(np.full(count, "", dtype=object), dtype="str")


def _frame(read: dict[str, Any], count: int) -> pd.DataFrame:
    blank = _blank(count)
    columns: dict[str, Any] = {
        "row": np.zeros(count, np.int64), "customer": blank, "invoice": blank,
        "date": np.full(count, NO_DAY), "amount": np.zeros(count, np.int64),
        "has_amount": np.zeros(count, np.bool_), "currency": blank, "method": blank,
        "reference": blank,
    }  # fmt: skip
    return pd.DataFrame(columns | read)
