"""A column of the share of each amount that is still owed: less than all of it says it was paid."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from collector.intake.cells.column import narrow
from collector.intake.cells.flags import paid_word
from collector.intake.headings.evidence import Figures, figures
from collector.model import Cell

_ALL: Final = Decimal(100)
_FEWEST: Final = 3


def not_whole(cells: Sequence[Cell], amounts: Figures | None) -> list[int]:
    """Return the positions at which a share says that not all is owed, or leaves it open.

    A blank among shares leaves it open: it may say that nothing is. Shares of one whole, each as
    large as its amount is among them, say nothing of payment.
    """
    shares = figures(cells)
    told = [each for each in shares if each is not None]
    percent = any(isinstance(cell, str) and "%" in narrow(cell) for cell in cells)
    whole = _ALL if percent or any(abs(each) > 1 for each in told) else Decimal(1)
    if not told or (amounts is not None and _are_parts(shares, amounts, whole)):
        return []
    return [
        at
        for at, (cell, share) in enumerate(zip(cells, shares, strict=True))
        if (share != whole if share is not None else _leaves_open(cell))
    ]


def _leaves_open(cell: Cell) -> bool:
    return not (isinstance(cell, str) and paid_word(narrow(cell).casefold()) == "unpaid")


def _are_parts(shares: Figures, amounts: Figures, whole: Decimal) -> bool:
    pairs = [(a, b) for a, b in zip(shares, amounts, strict=True) if a is not None and b]
    total = sum((amount for _, amount in pairs), Decimal(0))
    return len(pairs) >= _FEWEST and all(
        abs(share * total - amount * whole) <= abs(amount * whole) / 50 for share, amount in pairs
    )
