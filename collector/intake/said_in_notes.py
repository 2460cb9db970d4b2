"""Remarks in cells that say a row is paid, cancelled, disputed …, though no column says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from collector.intake.asking_words import may_ask
from collector.intake.cells.column import Bools, Cells, Complaint, Ints, column, shown
from collector.intake.complaints import Complaints
from collector.intake.headings.matching import field_of
from collector.intake.region import Region
from collector.intake.remarks import HOLDS, SETTLING, Told, standing_of, told_by
from collector.intake.settled_words import joined, may_say
from collector.model import Grid, Policy, TabHint, column_letters

_FIRST_ROWS: Final = 1000
_FREE_TEXT: Final = re.compile(
    r"\bnotes?\b|remark|comment|\bmemo|follow.?up|\bupdates?\b|feedback|\baction|progress|bemerkung"
    r"|kommentar|remarque|notiz|observa|descri|\bdetails\b|particulars|\bstat(?:e|us|ut)\b|estado"
    r"|\bstage\b|备注|说明|跟进|进度|进展|反馈|沟通|情况|记录|摘要|内容|状态",
    re.IGNORECASE,
)
# What these are the state of may be closed or cancelled while its invoice is owed.
_ELSEWHERE: Final = re.compile(
    r"deliver|ship|order|project|contract|approv|credit|item|product|goods|物流|发货|合同|项目|审批"
    r"|商品|货物",
    re.IGNORECASE,
)
_CODES: Final[Mapping[Told, str]] = {
    **dict.fromkeys(SETTLING, "problem_note_settled"), "dispute": "problem_note_disputed",
    "quiet": "problem_note_quiet", "address": "problem_note_address",
}  # fmt: skip


def complain_of_notes(
    grid: Grid,
    region: Region,
    complaints: Complaints,
    read: Mapping[str, Any],
    wanted: Bools,
    policy: Policy,
) -> Bools:
    """Return the rows with something open that a remark calls paid, settled or cancelled.

    Those it calls disputed, not to be chased or sent astray are complained of too. Remarks stand
    in the note column, in others like it and in cells that no heading is over.
    """
    bad = np.zeros(len(region), np.bool_)
    for place, cells in _remarks(grid, region, policy):
        together = joined(cells.texts)
        if not (may_say(together) or may_ask(together)):
            continue
        standing = standing_of(read)
        said = [told_by(text) for text in cells.texts]
        for at, code in _told(cells, np.array([bool(each) for each in said])):
            told = said[code]
            if not (wanted[at] and standing.is_news(told, at)) or _is_label(region, place, at):
                continue
            name = f"note {place}"
            complaints.places[name] = place
            complaint = Complaint(_CODES[told], {"text": shown(cells.texts[code])})
            complaints.add(name, {at: complaint}, HOLDS.get(told, "customer"))
            bad[at] |= told in SETTLING
    return bad


def _told(cells: Cells, hits: Bools) -> Iterator[tuple[int, int]]:
    found: Ints = np.flatnonzero(hits[cells.codes])
    yield from zip(cells.at[found].tolist(), cells.codes[found].tolist(), strict=True)


def _remarks(grid: Grid, region: Region, policy: Policy) -> Iterator[tuple[int, Cells]]:
    """Yield the columns that may hold remarks, by place: of notes, and those without a heading."""
    table = region.table
    if "note" in region.columns:
        yield table.columns["note"], region.columns["note"]
    # Whoever reads a workbook makes its rows equally long.
    width = max(map(len, region.rows[:_FIRST_ROWS]), default=0)
    waived = policy.tabs.get("invoices", TabHint()).unused
    taken = {*table.columns.values(), *table.owned.values()}
    for place in range(width):
        if place in taken or column_letters(place) in waived:
            continue
        if (
            _is_note(table.others[place])
            if place in table.others
            else _is_bare(grid, region, place)
        ):
            yield place, column([row[place] if place < len(row) else None for row in region.rows])


def _is_note(heading: str) -> bool:
    known = field_of("invoices", heading)
    if _ELSEWHERE.search(heading):
        return False
    return bool(_FREE_TEXT.search(heading)) or (known is not None and known[0] == "note")


def _is_bare(grid: Grid, region: Region, place: int) -> bool:
    """Tell whether a column has no heading at all; one of no concern has one."""
    header = grid.rows[region.table.header_row - 1]
    return place >= len(header) or header[place] in (None, "")


def _is_label(region: Region, place: int, at: int) -> bool:
    """Tell whether a cell beside the table labels a figure to its right: ``Paid  3,000``."""
    row = region.rows[at]
    beside = row[place + 1] if place > region.table.right and place + 1 < len(row) else None
    return isinstance(beside, int | float) and not isinstance(beside, bool)
