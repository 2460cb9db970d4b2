"""Sheets that write the customer only on the first row of his group."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from collector.intake.cells.column import Bools, Complaint
from collector.intake.complaints import Complaints
from collector.intake.region import Region

# So many rows must be without a customer, and at least as many as with one.
_FEWEST: Final = 3

Texts = npt.NDArray[np.object_]


def fill_groups(
    region: Region,
    complaints: Complaints,
    wanted: Bools,
    code: pd.Series[str],
    name: pd.Series[str],
) -> tuple[pd.Series[str], pd.Series[str]]:
    """Return codes and names with those of the row above where the sheet is written in groups.

    It is where most rows name no customer and no two rows in a row name the same one. Filled are
    rows that follow their group without a gap and look like its first row: a date, and a number
    where that has one. Others stay blank, to be asked about. The first filled row is complained of,
    so that everyone knows.
    """
    named = ((code != "") | (name != "")).to_numpy(dtype=np.bool_)
    blank = wanted & ~named
    if blank.sum() < max(_FEWEST, int((wanted & named).sum())):
        return code, name
    codes, names = code.to_numpy(dtype=object), name.to_numpy(dtype=object)
    if _repeats(np.flatnonzero(wanted), named, codes, names):
        return code, name
    source = _sources(wanted, named, _alike(region))
    filled = np.flatnonzero(source >= 0)
    if not filled.size:
        return code, name
    codes, names = codes.copy(), names.copy()
    codes[filled], names[filled] = codes[source[filled]], names[source[filled]]
    field = "customer" if "customer" in region.columns else "customer_id"
    said = Complaint("problem_customer_from_above", {"rows": f"{len(filled):,}"})
    complaints.add(field, {int(filled[0]): said}, "nothing")
    return pd.Series(codes, dtype="str"), pd.Series(names, dtype="str")


def said_from_above(region: Region) -> dict[int, Complaint]:
    """Return one complaint where customers stand on rows of their own, so that everyone knows."""
    filled = np.flatnonzero(region.source >= 0)
    if not filled.size:
        return {}
    said = Complaint("problem_customer_from_above", {"rows": f"{len(filled):,}"})
    return {int(filled[0]): said}


def _repeats(rows: npt.NDArray[np.int64], named: Bools, codes: Texts, names: Texts) -> bool:
    """Tell whether two rows in a row name the same customer, as no sheet in groups does."""
    first, second = rows[:-1], rows[1:]
    both = named[first] & named[second]
    same = (codes[first] == codes[second]) & (names[first] == names[second])
    return bool((both & same).any())


def _alike(region: Region) -> Bools:
    """Return the rows that have what receivables have: a date, and a number where there are any."""
    dated = region.filled("invoice_date", "due_date")
    return dated & region.filled("invoice") if "invoice" in region.columns else dated


def _sources(wanted: Bools, named: Bools, alike: Bools) -> npt.NDArray[np.int64]:
    """Return for each row without a customer the row that names it, -1 where none does."""
    source = np.full(len(wanted), -1, np.int64)
    leader = -1
    for at in range(len(wanted)):
        if not wanted[at]:
            leader = -1
        elif named[at]:
            leader = at if alike[at] else -1
        elif alike[at]:
            source[at] = leader
    return source
