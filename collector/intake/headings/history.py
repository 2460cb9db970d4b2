"""Whether every invoice of a tab is settled, so that it is a past year's and nothing to ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from collector.intake.cells.column import narrow
from collector.intake.cells.flags import paid_word
from collector.intake.cells.texts import text_of
from collector.model import Cell

# What stands in a row's columns of amount, paid, balance and status; None where there is none.
Said = tuple[Cell, Cell, Cell, Cell]


def is_history(rows: Sequence[Sequence[Cell]], columns: Mapping[str, int]) -> bool:
    """Tell whether rows below some headings leave nothing open, as plain figures or words say.

    A row with an amount that is no number leaves it open, as does one that says nothing.
    """
    places = [columns.get(name, -1) for name in ("amount", "paid", "balance", "paid_status")]
    told = False
    for row in rows:
        cells = [row[at] if 0 <= at < len(row) else None for at in places]
        amount, paid, balance, word = cells
        if amount in (None, "") and balance in (None, ""):
            continue
        if not _is_settled((amount, paid, balance, word), places):
            return False
        told = True
    return told


def _is_settled(said: Said, places: Sequence[int]) -> bool:
    amount, paid, balance, word = said
    if places[2] >= 0 and balance not in (None, ""):
        return _is_number(balance) and balance == 0
    if places[1] >= 0:
        return _is_number(amount) and _is_number(paid) and amount == paid
    return places[3] >= 0 and paid_word(narrow(text_of(word)).casefold()) in ("paid", "void")


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
