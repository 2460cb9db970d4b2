"""How people mark a row beside its values: a line through it, a comment on one of its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from collector.intake.cells.column import Bools, Complaint, shown
from collector.intake.complaints import Complaints
from collector.intake.region import Region
from collector.intake.remarks import HOLDS, SETTLING, Standing, Told, standing_of, told_by
from collector.model import Cell, Grid, Problem, Where, column_letters

_CODES: Final[Mapping[Told, str]] = {
    **dict.fromkeys(SETTLING, "problem_comment_settled"), "dispute": "problem_comment_disputed",
    "quiet": "problem_comment_quiet", "address": "problem_comment_address",
}  # fmt: skip
# What tells people how to fill the sheet in tells nothing of the row.
_HELP: Final = re.compile(
    r"^\W*(?:please\s)?(?:enter|type|select|choose|fill)\b|填写|输入|请选", re.IGNORECASE
)
_FIGURES: Final = ("amount", "balance")
# A line through one of these is through the row.
_TELLING: Final = (*_FIGURES, "invoice", "customer", "customer_id")
# So many rows make a column that is struck through, rather than rows that are.
_A_COLUMN: Final = 3


def complain_of_marks(
    grid: Grid, region: Region, complaints: Complaints, read: Mapping[str, Any], wanted: Bools
) -> Bools:
    """Return the rows with something open that a line or a comment makes doubtful.

    What a comment asks for besides is complained of too.
    """
    bad = np.zeros(len(region), np.bool_)
    if not (grid.struck or grid.comments):
        return bad
    standing = standing_of(read)
    for at, place in _struck_rows(grid, region, wanted, standing):
        _complain(complaints, at, place, Complaint("problem_struck_row"), "")
        bad[at] = True
    for at, place, complaint, told in _heard(grid, region, wanted, standing):
        _complain(complaints, at, place, complaint, told)
        bad[at] |= told in SETTLING
    return bad


def _complain(
    complaints: Complaints, at: int, place: int, complaint: Complaint, told: Told
) -> None:
    name = f"mark {place}"
    complaints.places[name] = place
    complaints.add(name, {at: complaint}, HOLDS.get(told, "customer"))


def _meant(region: Region, wanted: Bools, at: int) -> list[int]:
    """Return the rows that something on one is said of: all of a group, where it only names it."""
    if wanted[at]:
        return [at]
    return np.flatnonzero((region.source == at) & wanted).tolist()


# ── comments ─────────────────────────────────────────────────────────────────────────────────


def _heard(
    grid: Grid, region: Region, wanted: Bools, standing: Standing
) -> Iterator[tuple[int, int, Complaint, Told]]:
    """Yield what comments on the rows say that their cells do not; the first news of each cell.

    What a thread asked for that is marked as resolved is over; a payment in it is none the less
    one that no figure shows.
    """
    seen: set[tuple[int, int]] = set()
    for comment in grid.comments:
        at, place = comment.row + 1 - region.table.first_row, comment.column
        if not (0 <= at < len(region) and region.table.left <= place <= region.table.right):
            continue
        for line in comment.text.splitlines():
            told = told_by(line) if not _HELP.search(line) else ""
            if not told or (comment.closed and told not in SETTLING):
                continue
            for row in _meant(region, wanted, at):
                if (row, place) not in seen and standing.is_news(told, row):
                    seen.add((row, place))
                    yield row, place, Complaint(_CODES[told], {"text": shown(line)}), told


# ── lines through cells ──────────────────────────────────────────────────────────────────────


def _struck_rows(
    grid: Grid, region: Region, wanted: Bools, standing: Standing
) -> Iterator[tuple[int, int]]:
    """Yield the rows with something open and a line through what identifies them, or most of them.

    With each comes the column that shows it.
    """
    struck = _struck(grid, region)
    for place in _struck_columns(grid, region, wanted, struck):
        del struck[place]
    if not struck:
        return
    places = region.table.columns
    telling = list(dict.fromkeys(places[name] for name in _TELLING if name in places))
    names = {places[name] for name in ("customer", "customer_id") if name in places}
    lines = np.logical_or.reduce(list(struck.values()))
    for at in np.flatnonzero(lines & ((standing.rest != 0) | ~wanted)).tolist():
        here = [place for place, each in struck.items() if each[at]]
        first = next((place for place in telling if place in here), None)
        if first is None and 2 * len(here) > len(_filled(region, at)):
            first = here[0]
        if first is not None and (wanted[at] or names & set(here)):
            yield from ((row, first) for row in _meant(region, wanted, at) if standing.rest[row])


def _struck(grid: Grid, region: Region) -> dict[int, Bools]:
    """Return by column of the team's in the table which of its rows are struck through."""
    table, found = region.table, dict[int, Bools]()
    for place in _teams(region):
        rows = np.asarray(grid.struck.get(place, ()), np.int64) - (table.first_row - 1)
        rows = rows[(rows >= 0) & (rows < len(region))]
        if rows.size:
            found[place] = np.zeros(len(region), np.bool_)
            found[place][rows] = True
    return found


def _struck_columns(
    grid: Grid, region: Region, wanted: Bools, struck: Mapping[int, Bools]
) -> list[int]:
    """Return the columns that are struck through as a whole: of no use any more, not their rows."""
    heading = region.table.header_row - 1
    whole = [
        place
        for place, lines in struck.items()
        if (int((lines & wanted).sum()) >= _A_COLUMN or heading in grid.struck.get(place, ()))
        and not (_cells(region, place) & wanted & ~lines).any()
    ]
    if whole:
        used = [place for place in _teams(region) if (_cells(region, place) & wanted).any()]
        if 2 * len(whole) > len(used):
            return []
    return whole


def struck_columns(grid: Grid, region: Region, wanted: Bools) -> list[Problem]:
    """Return a problem for each column of figures that is read though it is struck through."""
    if not grid.struck:
        return []
    table, figures = region.table, {region.table.columns.get(name) for name in _FIGURES}
    return [
        Problem(
            Where(table.tab, table.header_row, column_letters(place)), "problem_struck_column",
            {"column": column_letters(place)},
        )
        for place in _struck_columns(grid, region, wanted, _struck(grid, region))
        if place in figures
    ]  # fmt: skip


def _teams(region: Region) -> list[int]:
    ours = set(region.table.owned.values())
    return [at for at in range(region.table.left, region.table.right + 1) if at not in ours]


def _filled(region: Region, at: int) -> list[int]:
    row = region.rows[at]
    return [place for place in _teams(region) if place < len(row) and _has(row[place])]


def _cells(region: Region, place: int) -> Bools:
    rows = region.rows
    return np.array([place < len(row) and _has(row[place]) for row in rows], np.bool_)


def _has(cell: Cell) -> bool:
    return cell not in (None, "")
