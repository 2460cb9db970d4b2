"""Rows that carry a sum over or take something off: no receivables, or not for certain."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np

from collector.intake.cells.column import Bools, Complaint, complain_about, shown
from collector.intake.complaints import Complaints
from collector.intake.region import Region

_CARRIED: Final = re.compile(
    r"^\W*(?:(?:opening|previous|prior|old|last|initial)\s+bal(?:ance)?\b|balance forward"
    r"|(?:(?:balance|bal|amount|total|sum)\b[.\s]*)?(?:[bc]\s?/\s?[fd]\b|[bc]fwd\b"
    r"|(?:brought|carried)\s+(?:forward|down|over)|carry\s?-?(?:forward|over)))"
    r"|^\W*(?:承前页|承上页|承前|过次页|转下页|结转|(?:上年|上期|上月|年初|期初|前期)(?:结转|余额|数|欠款))",
    re.IGNORECASE,
)
_TAKEN_OFF: Final = re.compile(
    r"^\W*(?:less|deduct|minus)\s*(?:[:：\-–]|(?:the\s+)?(?:advances?|payments?|credits?|deposits?"
    r"|discounts?|received|paid|tds|tax|retention|receipts?)\b)|^\W*(?:减|扣除?|减去)\s*[:：]"
    r"|^\W*减?(?:预收账?款|预收)$|^\W*(?:减|扣除?)\s*预收",
    re.IGNORECASE,
)
# One look at all texts of a column together tells that none of them is any of these.
_HINTS: Final = ("/f", "/d", "/ f", "/ d", "fwd", "forward", "over", "down", "opening",
                 "prior", "previous", "old ", "last ", "initial", "less", "deduct", "minus", "承",
                 "过次", "转", "期初", "年初", "上年", "上期", "上月", "前期", "减", "扣",
                 "预收")  # fmt: skip
_PARTIES: Final = ("customer", "customer_id")
_REMARKS: Final = ("invoice", "note", "project")


def carried_rows(region: Region, complaints: Complaints, wanted: Bools) -> Bools:
    """Return the rows that stand where customers do but only carry a sum over or take one off.

    They are complained of. What is taken off may be of whoever stands above, who is held.
    """
    found = np.zeros(len(region), np.bool_)
    for field in _PARTIES:
        for at, text, taken_off in _labelled(region, field):
            if not wanted[at] or found[at]:
                continue
            found[at] = True
            said = Complaint("problem_carried", {"text": shown(text)})
            complaints.add(field, {at: said}, "customer" if taken_off else "nothing")
    return found


def customers_above(keys: list[str], carried: Bools, wanted: Bools) -> None:
    """Give each carried row the key of the customer above it, ``""`` where there is none."""
    for at in np.flatnonzero(carried).tolist():
        above = np.flatnonzero(wanted[:at])
        keys[at] = keys[int(above[-1])] if above.size else ""


def complain_of_carried(region: Region, complaints: Complaints, wanted: Bools) -> Bools:
    """Return a customer's rows whose number or note says that a sum is carried over: asked."""
    found = np.zeros(len(region), np.bool_)
    for field in _REMARKS:
        at = [at for at, _, _ in _labelled(region, field) if wanted[at] and not found[at]]
        found[at] = True
        cells = region.columns.get(field)
        if at and cells is not None:
            places = np.array(at, dtype=np.int64)
            complaints.add(field, complain_about(cells, places, "problem_carried"), "customer")
    return found


def _labelled(region: Region, field: str) -> list[tuple[int, str, bool]]:
    """Return the cells of a column that are such labels: where, what, whether it takes off."""
    cells: Any = region.columns.get(field)
    if cells is None or not cells.texts:
        return []
    together = "\n".join(cells.texts).casefold()
    if not any(hint in together for hint in _HINTS):
        return []
    marks = [
        2 if _TAKEN_OFF.search(text) else 1 if _CARRIED.search(text) else 0 for text in cells.texts
    ]
    if not any(marks):
        return []
    hits = np.array(marks)[cells.codes] > 0
    pairs = zip(cells.at[hits].tolist(), cells.codes[hits].tolist(), strict=True)
    return [(at, cells.texts[code], marks[code] == 2) for at, code in pairs]
