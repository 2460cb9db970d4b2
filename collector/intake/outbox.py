"""The Outbox tab as people left it: which message each row is of, and whether it is ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from collector.intake.cells.column import narrow
from collector.intake.cells.texts import text_of
from collector.intake.headings.ours import our_table
from collector.model import Cell, Grid

Tick: TypeAlias = Literal["", "yes", "no", "unclear"]

_YES: Final = frozenset(
    {"y", "yes", "true", "1", "x", "ok", "approve", "approved", "√", "✓", "✔", "☑", "✅", "是",
     "对", "同意", "批准", "已批准"}
)  # fmt: skip
_NO: Final = frozenset(
    {"n", "no", "false", "0", "-", "×", "✗", "✘", "☐", "❌", "否", "不", "不同意", "不批准"}
)
_EMOJI: Final = "\ufe0f"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A row of the tab: its one-based number, our cells by column, the key, and the tick."""

    row: int
    cells: Mapping[str, Cell]
    key: str
    tick: Tick


@dataclass(frozen=True, slots=True)
class Outbox:
    """The tab as read: our columns by key (zero-based), and the rows that hold anything of ours.

    ``blank`` are rows among them in which nobody has anything, ``width`` is the first column right
    of everything.
    """

    tab: str
    header_row: int
    columns: Mapping[str, int]
    rows: tuple[OutboxRow, ...]
    blank: tuple[int, ...]
    width: int


def read_outbox(grid: Grid) -> Outbox:
    """Read the tab that we made as Outbox, whatever people did to it."""
    table = our_table(grid)
    rows, blank = [], []
    for number, cells in enumerate(grid.rows[table.header_row :], table.header_row + 1):
        ours = {key: _cell(cells, column) for key, column in table.columns.items()}
        if any(cell is not None for cell in ours.values()):
            named = text_of(ours.get("key")).strip()
            rows.append(OutboxRow(number, ours, named, tick_of(ours.get("approve"))))
        elif all(cell in (None, "") for cell in cells):
            blank.append(number)
    width = table.right + 1
    return Outbox(grid.tab, table.header_row, table.columns, tuple(rows), tuple(blank), width)


def _cell(cells: Sequence[Cell], column: int) -> Cell:
    cell = cells[column] if column < len(cells) else None
    return None if isinstance(cell, str) and not cell.strip() else cell


def tick_of(cell: Cell) -> Tick:
    """Return what a cell of the column Approve? says; only a clear yes is one."""
    if cell is None or cell is False:  # an empty checkbox is no answer yet
        return ""
    word = narrow(text_of(cell)).replace(_EMOJI, "").strip().rstrip(".!。").casefold()
    if word in _YES:
        return "yes"
    return "no" if word in _NO else "unclear"
