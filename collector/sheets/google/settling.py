"""What a read-back shows: whether our cells stand with their rows, and what puts them right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from collector.model import Where, column_letters
from collector.phrases import Phrase
from collector.sheets.google.building import alike, cell_requests, shown
from collector.sheets.google.keys import moved
from collector.sheets.google.reading import Raw, Rows, Sheet, teams
from collector.sheets.google.shifting import shifted_cells

Cells: TypeAlias = Mapping[tuple[int, int], Raw]

# Fewer rows than this part found again: not rows were moved but columns.
_FOUND_AGAIN: Final = 0.5
_SIMILAR: Final = 0.5
# The column of the Outbox whose ticks release messages.
_TICK: Final = "approve"


@dataclass(frozen=True, slots=True)
class Settled:
    """One tab after a write: what is still to be set, and what a person has to know.

    ``cells`` are all that should now stand in the columns written; ``left`` says that some do not.
    """

    tab: str
    cells: Cells
    requests: tuple[dict[str, Any], ...]
    said: tuple[Phrase, ...]
    left: Phrase


def settle(
    sheet: Sheet,
    before: Rows,
    back: Rows,
    cells: Cells,
    *,
    appended: int = 0,
    fresh: bool = False,
) -> Settled:
    """Compare a tab as read back with what it was and what was written into it.

    ``appended`` is how many rows were put below the others; they are not looked at.
    ``fresh``: columns became ours with this write, and their formats with them.
    """
    meant = _overlaid(before, cells)
    back = back[: len(back) - appended]
    if sheet.ours:
        return _settled_ours(sheet, meant, back)
    aside = sheet.owned
    if teams(meant, aside) == teams(back, aside):
        return _settled(sheet, back, {**_stray(meant, back, aside, cells), **cells}, ())
    places = moved(meant, back, aside)
    filled = [row for row in range(len(meant)) if any(c not in (None, "") for c in meant[row])]
    if sum(row in places for row in filled) < _FOUND_AGAIN * len(filled):
        letters = ", ".join(column_letters(c) for c in sorted({column for _, column in cells}))
        said = Phrase("google_columns_moved", tab=sheet.title, columns=letters)
        shifted = None if fresh else shifted_cells(before, back, cells)
        if shifted is None:
            return Settled(sheet.title, {}, (), (said,), said)
        return _settled(sheet, back, shifted, (said,))
    columns = sorted({column for _, column in cells} & {*aside.values()})
    wanted, strangers = _wanted(columns, meant, back, places, cells)
    said = Phrase("google_write_moved", count=str(strangers), tab=sheet.title)
    wanted = {**_stray(meant, back, aside, cells), **wanted}
    return _settled(sheet, back, wanted, (said,) if strangers else ())


def _settled_ours(sheet: Sheet, meant: Rows, back: Rows) -> Settled:
    """Bring a tab of ours to what was meant, row by row as it stood; its rows are ours to order.

    A row that somebody moved may bear the tick of another: such a row loses its tick.
    """
    width = max(map(len, (*meant, *back)), default=0)
    tick = sheet.owned.get(_TICK)
    wanted: dict[tuple[int, int], Raw] = {}
    for row in range(max(len(meant), len(back))):
        cells = {column: shown(meant, row, column) for column in range(width)}
        if any(not alike(shown(back, row, column), raw) for column, raw in cells.items()):
            wanted |= {(row, column): raw for column, raw in cells.items()}
            if tick is not None and row and cells[tick] is not None:
                wanted[row, tick] = None
    count = len({row for row, _ in wanted})
    said = Phrase("google_write_moved", count=str(count), tab=sheet.title)
    return _settled(sheet, back, wanted, (said,) if wanted else ())


def _stray(
    meant: Rows, back: Rows, aside: Mapping[str, int], cells: Cells
) -> dict[tuple[int, int], Raw]:
    """Return as blank what we wrote and what now stands below every row of the team's.

    Rows put in below the last one carry it there. What people wrote there is theirs.
    """
    columns = {column for _, column in cells} & {*aside.values()}
    written = {
        column: {raw for (_, at), raw in cells.items() if at == column} for column in columns
    }
    return {
        (row, column): None
        for row in range(len(teams(back, aside)), len(back))
        for column in columns
        if (raw := shown(back, row, column)) is not None
        and raw in written[column]
        and not alike(shown(meant, row, column), raw)
    }


def _settled(sheet: Sheet, back: Rows, wanted: Cells, said: tuple[Phrase, ...]) -> Settled:
    """Return what is to be set so that the cells show what is wanted of them."""
    off = {at: raw for at, raw in wanted.items() if not alike(shown(back, *at), raw)}
    requests: list[dict[str, Any]] = []
    for column in sorted({column for _, column in off}):
        differ = sorted((row, raw, raw) for (row, at), raw in off.items() if at == column)
        requests += cell_requests(sheet.number, column, differ)
    first = min(off, default=(0, 0))
    cell = Where(sheet.title, first[0] + 1, column_letters(first[1]))
    left = Phrase("google_write_differs", tab=sheet.title, count=str(len(off)), cell=str(cell))
    return Settled(sheet.title, wanted, tuple(requests), said, left)


def _wanted(
    columns: Sequence[int], meant: Rows, back: Rows, places: Mapping[int, int], cells: Cells
) -> tuple[Cells, int]:
    """Return what should stand in our columns by the rows as they are now, and how many are new.

    A row that nobody had when we wrote shows nothing of ours until the next run.
    """
    source = {now: was for was, now in places.items()}
    wanted: dict[tuple[int, int], Raw] = {}
    strangers = 0
    for row in range(max(len(back), 1 + max(row for row, _ in cells))):
        was = source.get(row)
        if was is None:
            filled = row < len(back) and any(cell not in (None, "") for cell in back[row])
            edited = row not in places and _similar(meant, back, row, columns)
            strangers += filled and not _blank_but(back[row], columns)
            was = row if edited else None
        for column in columns:
            wanted[row, column] = None if was is None else shown(meant, was, column)
    return wanted, strangers


def _similar(meant: Rows, back: Rows, row: int, ours: Sequence[int]) -> bool:
    """Tell whether a row was only edited where it stands: most of its cells are as they were."""
    if row >= len(meant) or row >= len(back):
        return False
    width = max(len(meant[row]), len(back[row]))
    pairs = [(shown(meant, row, c), shown(back, row, c)) for c in range(width) if c not in ours]
    filled = [pair for pair in pairs if pair != (None, None)]
    return sum(a == b for a, b in filled) > _SIMILAR * len(filled)


def _blank_but(row: Sequence[Raw], ours: Sequence[int]) -> bool:
    return not any(cell not in (None, "") for c, cell in enumerate(row) if c not in ours)


def _overlaid(rows: Rows, cells: Cells) -> list[list[Raw]]:
    """Return rows with cells set."""
    over = [list(row) for row in rows]
    for (row, column), raw in cells.items():
        over.extend([] for _ in range(row + 1 - len(over)))
        over[row].extend([None] * (column + 1 - len(over[row])))
        over[row][column] = raw
    return over
