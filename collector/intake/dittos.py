"""Ditto marks among the customers: the row above is meant, or it is asked."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import Bools, Cells, Complaint, complain_about
from collector.intake.complaints import Complaints
from collector.intake.region import Region

# What can only mean the row above.
_SAME: Final = frozenset(
    {"〃", "〃〃", "\"", "''", "”", "“", "″", "〞", "ditto", "-do-", "same as above", "as above",
     "同上", "同上行", "同前"}
)  # fmt: skip
# What may, but may also mean that nothing is known.
_UNCLEAR: Final = frozenset(
    {"do", "do.", "same", "-", "--", "---", "–", "—", "——", "－", "^", "/", "..", "...", "…", ",,",
     "'", "|", "\\", "?", "？", "同", "n/a", "na", "nil", "none", "null", "无", "tbc", "tbd"}
)  # fmt: skip


def fill_dittos(
    region: Region,
    complaints: Complaints,
    wanted: Bools,
    code: pd.Series[str],
    name: pd.Series[str],
) -> tuple[pd.Series[str], pd.Series[str]]:
    """Return codes and names with each ditto mark replaced by what stands directly above it.

    What may be a mark, or stands under a row that names nobody, is blank; where neither code nor
    name is left it is complained of. The first mark that was replaced is said, so that everyone
    knows.
    """
    read = {"customer_id": code, "customer": name}
    asked: dict[str, list[int]] = {}
    for field in read.keys() & region.columns.keys():
        read[field], asked[field] = _filled(region.columns[field], field, complaints, wanted,
                                            read[field])  # fmt: skip
    if not any(asked.values()):
        return read["customer_id"], read["customer"]
    nobody = ((read["customer_id"] == "") & (read["customer"] == "")).to_numpy(dtype=np.bool_)
    for field, places in asked.items():
        at = np.array([place for place in places if nobody[place]], dtype=np.int64)
        found = complain_about(region.columns[field], at, "problem_ditto")
        complaints.add(field, found, "row")
    return read["customer_id"], read["customer"]


def _filled(
    cells: Cells, field: str, complaints: Complaints, wanted: Bools, values: pd.Series[str]
) -> tuple[pd.Series[str], list[int]]:
    """Return a column with its marks replaced, and where they were only taken out."""
    folded = [text.casefold() for text in cells.texts]
    marks = [text in _SAME or text in _UNCLEAR for text in folded]
    if not any(marks):
        return values, []
    hits = np.array(marks)[cells.codes]
    texts: Any = values.to_numpy(dtype=object).copy()
    taken: list[int] = []
    asked: list[int] = []
    for at, number in zip(cells.at[hits].tolist(), cells.codes[hits].tolist(), strict=True):
        above = texts[at - 1] if at and wanted[at - 1] and folded[number] in _SAME else ""
        texts[at] = above
        (taken if above else asked).append(at)
    if taken:
        said = Complaint("problem_ditto_filled", {"rows": f"{len(taken):,}"})
        complaints.add(field, {taken[0]: said}, "nothing")
    return pd.Series(texts, dtype="str"), asked
