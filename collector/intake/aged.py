"""Balances that stand in columns of ages: nothing where paid, the rest of an invoice in one."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from collector.intake.cells.column import Bools, Complaint, column
from collector.intake.cells.money import Currencies, read_amounts, read_money
from collector.intake.complaints import Complaints
from collector.intake.headings.folding import unit_of
from collector.intake.region import Region

_FIELD: Final = "age_{}"


def aged_balances(
    region: Region, complaints: Complaints, read: dict[str, Any], currencies: Currencies
) -> dict[str, Any]:
    """Return ``balance`` and ``has_balance`` as the columns of ages tell them, and ``bad_ages``.

    Nothing where the table has none that do. Rows without an amount have no balance from them.
    """
    if not region.table.ages:
        return {}
    total = np.zeros(len(region), np.int64)
    bad = np.zeros(len(region), np.bool_)
    for place, heading in region.table.ages.items():
        times = unit_of(heading)[0]
        times = times if times != 1 else region.table.units.get("amount", 1)
        cells = column([row[place] if place < len(row) else None for row in region.rows])
        money = read_money(read_amounts(cells), currencies, times)
        name = _FIELD.format(place)
        complaints.places[name] = place
        complaints.add(name, money.complaints, "customer")
        bad[list(money.complaints)] = True
        total += money.values
    whole, has = read["amount"], read["has_amount"]
    beyond: Bools = has & ((total * np.sign(whole) < 0) | (np.abs(total) > np.abs(whole)))
    said = Complaint("problem_ages_beyond")
    complaints.add("amount", dict.fromkeys(np.flatnonzero(beyond).tolist(), said), "customer")
    bad |= beyond
    return {"balance": total, "has_balance": has & ~bad, "bad_ages": bad}
