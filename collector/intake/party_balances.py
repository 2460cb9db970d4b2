"""A balance column that repeats the customer's total on each of its rows: no row's own balance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from collector.intake.cells.column import Bools, complain_about
from collector.intake.cells.texts import text_of
from collector.intake.complaints import Complaints
from collector.intake.region import Region


def complain_of_party_balances(
    region: Region, complaints: Complaints, read: dict[str, Any], wanted: Bools
) -> Bools:
    """Return the rows whose balance is their customer's total rather than what is left of them.

    It is one where a customer's rows all have the same, and that is more than the amount of some.
    Amounts that are all alike prove it only if the balance is their sum: it may be with tax. Once
    one customer proves it, every customer with the same balance on all of several rows is asked
    about. Beside a paid column, amounts less payments are what balances are compared with.
    """
    none = np.zeros(len(region), np.bool_)
    if {"balance", "amount", "paid"} & region.columns.keys() != {"balance", "amount"}:
        return none
    told: Bools = wanted & read["has_balance"] & read["has_amount"]
    told &= (read["balance"] > 0) & (read["customer"] != "").to_numpy(dtype=np.bool_)
    if not (told & (read["balance"] > read["amount"])).any():
        return none
    rows = np.flatnonzero(told)
    groups = _groups(read, rows)
    alike = (groups["rows"] > 1) & (groups["least"] == groups["most"])
    more = groups["most"] > groups["smallest"]
    differ = groups["smallest"] < groups["largest"]
    proven = alike & more & (differ | (groups["most"] == groups["sum"]))
    if not proven.any():
        return none
    none[rows[alike.to_numpy()]] = True
    places = np.flatnonzero(none)
    cells = region.columns["balance"]
    found = complain_about(cells, places, "problem_balance_of_customer", text_of)
    complaints.add("balance", found, "customer")
    return none


def _groups(read: dict[str, Any], rows: Any) -> pd.DataFrame:
    """Return for each row what its customer's rows in that currency come to."""
    some = pd.DataFrame(
        {
            "customer": read["customer"].to_numpy(dtype=object)[rows],
            "currency": read["currency"].to_numpy(dtype=object)[rows],
            "amount": read["amount"][rows],
            "balance": read["balance"][rows],
        }
    )
    by = some.groupby(["customer", "currency"], sort=False)
    return pd.DataFrame(
        {
            "rows": by["balance"].transform("size"),
            "least": by["balance"].transform("min"),
            "most": by["balance"].transform("max"),
            "smallest": by["amount"].transform("min"),
            "largest": by["amount"].transform("max"),
            "sum": by["amount"].transform("sum"),
        }
    )
