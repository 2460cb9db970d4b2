"""Flags whose yes means owed, left blank: whether such a row is paid nobody can tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from collector.intake.cells.column import Bools, Cells, Complaint, shown
from collector.intake.cells.flags import read_owing, read_statuses
from collector.intake.complaints import Complaints
from collector.intake.headings.inverse import says_owed
from collector.intake.headings.matching import field_of
from collector.intake.region import Region


def statuses_of(region: Region, cells: Cells) -> tuple[pd.Series[str], Bools]:
    """Return what the status column says of payment, and which rows it calls disputed."""
    statuses, disputed = read_statuses(cells)
    return (read_owing(cells) if _is_owing(region) else statuses), disputed


def complain_of_blank_flags(
    region: Region, complaints: Complaints, read: Mapping[str, Any], wanted: Bools
) -> Bools:
    """Return the rows without a flag where others have one and no figure says what was paid."""
    none = np.zeros(len(region), np.bool_)
    if "paid_status" not in region.columns or not _is_owing(region):
        return none
    told = (read["paid_status"] != "").to_numpy(dtype=np.bool_)
    if not (wanted & told).any() or {"paid", "balance"} & region.columns.keys():
        return none
    blank: Bools = wanted & ~told
    heading = " ".join(region.table.headings["paid_status"].split())
    said = Complaint("problem_flag_blank", {"text": shown(heading)})
    complaints.add("paid_status", dict.fromkeys(np.flatnonzero(blank).tolist(), said), "customer")
    return blank


def _is_owing(region: Region) -> bool:
    heading = region.table.headings["paid_status"]
    known = field_of("invoices", heading)
    return says_owed(heading) or (known is not None and known[0] == "balance")
