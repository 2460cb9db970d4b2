"""Tabs of our own: where each of their columns is now, wherever people moved it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from collector.fields.our_tabs import OUR_TABS
from collector.intake.headings.folding import fold, fold_all, heading_text
from collector.intake.headings.table import Table
from collector.model import Cell, Grid

_DEEPEST: Final = 50
_FEWEST: Final = 3


def our_table(grid: Grid) -> Table:
    """Return the table in a tab of ours; ``columns`` has those of our columns that are there.

    A column is where the book marks it, also under a heading that the team has changed; a mark
    that points to another of our headings, or to none, has been left behind, and the heading says
    where the column is.
    """
    ours = {key: fold_all(*words.values()) for key, words in OUR_TABS.get(grid.ours, {}).items()}
    row = _header_row(grid.rows, ours)
    texts = [heading_text(cell) for cell in grid.rows[row]] if row < len(grid.rows) else []
    folded = [fold(text) for text in texts]
    columns = {
        key: column
        for key in ours
        if (column := _column(key, ours, folded, grid.owned)) is not None
    }
    return Table(
        kind=grid.ours,
        tab=grid.tab,
        header_row=row + 1,
        first_row=row + 2,
        last_row=len(grid.rows),
        left=0,
        right=max((len(cells) for cells in grid.rows), default=0) - 1,
        columns=columns,
        headings={key: texts[column] for key, column in columns.items()},
    )


def _header_row(rows: Sequence[Sequence[Cell]], ours: Mapping[str, frozenset[str]]) -> int:
    """Return the zero-based row with most of our headings; the first where there is none."""
    every = frozenset[str]().union(*ours.values())
    counts = [
        sum(fold(heading_text(cell)) in every for cell in row if isinstance(cell, str))
        for row in rows[:_DEEPEST]
    ]
    most = max(counts, default=0)
    return counts.index(most) if most >= _FEWEST else 0


def _column(
    key: str,
    ours: Mapping[str, frozenset[str]],
    folded: Sequence[str],
    marked: Mapping[str, int],
) -> int | None:
    mark = marked.get(key)
    there = folded[mark] if mark is not None and mark < len(folded) else ""
    if there in ours[key]:
        return mark
    if there and not any(there in words for words in ours.values()):
        return mark
    return next((at for at, text in enumerate(folded) if text in ours[key]), None)
