"""What columns of money prove of each other beside the team's own word for what is paid."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from collector.intake.cells.column import narrow
from collector.intake.cells.flags import paid_word
from collector.intake.headings.evidence import Figures
from collector.model import Cell

_TOLERANCE: Final = Decimal("0.015")
_ZERO: Final = Decimal(0)
_FEWEST: Final = 3


def words_for_paid(cells: Sequence[Cell]) -> list[str]:
    """Return what each cell of a status says: paid, part, unpaid, void, unknown, or nothing."""
    return [paid_word(narrow(cell).casefold()) if isinstance(cell, str) else "" for cell in cells]


def shown_by_status(part: Figures, amount: Figures, words: Sequence[str]) -> str:
    """Return ``balance`` or ``paid`` where a status proves that a column is that, else ``""``.

    What is left is nothing just where the status says paid, what is paid is the whole just there.
    """
    rows = [
        (abs(whole), each or _ZERO, word)
        for whole, each, word in zip(amount, part, words, strict=True)
        if whole and word in ("paid", "part", "unpaid")
    ]
    if len(rows) < _FEWEST or not all(-_TOLERANCE < each < a + _TOLERANCE for a, each, _ in rows):
        return ""
    if len({word == "paid" for _, _, word in rows}) < 2:
        return ""
    if all((each < _TOLERANCE) == (word == "paid") for _, each, word in rows):
        return "balance"
    return (
        "paid" if all((a - each < _TOLERANCE) == (word == "paid") for a, each, word in rows) else ""
    )


def is_nothing_just_where_paid(left: Figures, words: Sequence[str]) -> bool:
    """Tell whether a column is 0 where a status says paid, and nowhere else it says anything."""
    rows = [(each, word) for each, word in zip(left, words, strict=True)
            if each is not None and word in ("paid", "part", "unpaid")]  # fmt: skip
    return len({word for _, word in rows} - {"paid"}) > 0 and (
        any(word == "paid" for _, word in rows)
        and all((abs(each) < _TOLERANCE) == (word == "paid") for each, word in rows)
    )


def is_whole_of(whole: Figures, left: Figures, words: Sequence[str]) -> bool:
    """Tell whether a column is the amount of which another is what is left, by the status."""
    rows = [(a, b, word) for a, b, word in zip(whole, left, words, strict=True) if b is not None]
    return bool(rows) and all(
        a is not None
        and a > b - _TOLERANCE
        and (word != "unpaid" or abs(a - b) < _TOLERANCE)
        and (word not in ("paid", "part") or a > b + _TOLERANCE)
        for a, b, word in rows
    )


def is_with_rate(total: Figures, net: Figures, rate: Figures) -> bool:
    """Tell whether a total is a net amount and the tax on it by a column of rates, row by row."""
    rows = [(a, b, r) for a, b, r in zip(total, net, rate, strict=True)
            if a is not None and b is not None and r is not None]  # fmt: skip
    return (
        len(rows) > 1
        and any(r for _, _, r in rows)
        and any(
            all(abs(b * (1 + r / times) - a) < _TOLERANCE for a, b, r in rows) for times in (1, 100)
        )
    )


def says_all_that_is_left(part: Figures, left: Figures) -> bool:
    """Tell whether a column has a figure wherever something is left: ages and the like do not."""
    return all(each is not None or abs(rest or _ZERO) < _TOLERANCE
               for each, rest in zip(part, left, strict=True))  # fmt: skip
