"""Rows under an invoice that hold only a further receipt: no receivables, and never guessed at."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from collector.intake.cells.column import Bools, complain_about
from collector.intake.cells.money import Money
from collector.intake.cells.texts import text_of
from collector.intake.complaints import Complaints
from collector.intake.region import Region

_OF_AN_INVOICE: Final = (
    "customer", "customer_id", "invoice", "amount", "balance", "invoice_date", "due_date",
)  # fmt: skip


def receipts_below(
    region: Region, complaints: Complaints, wanted: Bools, money: dict[str, Money]
) -> tuple[Bools, Bools]:
    """Return the rows that hold only a receipt, and the invoices above whose rest is so unknown.

    Receipts are complained of; they hold the customer above. One that is the sum of the payments
    above it may be a total, and is left to whoever looks at those.
    """
    found, above = np.zeros(len(region), np.bool_), np.zeros(len(region), np.bool_)
    paid = money.get("paid")
    if paid is None:
        return found, above
    alone = wanted & region.filled("paid") & ~region.filled(*_OF_AN_INVOICE)
    if not alone.any():
        return found, above
    sums = np.cumsum(np.where(wanted & ~alone, paid.values, 0))
    leader = -1
    for at in range(int(np.argmax(alone)) - 1, len(region)):
        if at < 0 or not alone[at]:
            leader = at if at >= 0 and wanted[at] and _is_named(region, at) else -1
        elif leader >= 0 and paid.values[at] != sums[at]:
            found[at] = above[leader] = True
    places = np.flatnonzero(found)
    said = complain_about(region.columns["paid"], places, "problem_receipt_below", text_of)
    complaints.add("paid", said, "customer")
    return found, above


def _is_named(region: Region, at: int) -> bool:
    cells: list[Any] = [region.columns.get(name) for name in ("customer", "customer_id", "invoice")]
    return any(each is not None and bool(each.filled[at]) for each in cells)
