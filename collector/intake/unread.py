"""Columns that no field has and that may say less is owed: a filled cell there is a problem."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import narrow
from collector.intake.cells.flags import paid_word, says_no
from collector.intake.headings.evidence import Figures, figures
from collector.intake.headings.guessing import may_mean
from collector.intake.headings.lessening import Lessening, may_lessen
from collector.intake.headings.table import Table
from collector.intake.region import Region
from collector.intake.shares_left import not_whole
from collector.model import Cell, Problem, Where, column_letters

_TOLD: Final = frozenset({"paid", "balance", "paid_status"})
_DATED: Final = re.compile(r"\d{1,2}[-/.月]\d{1,2}|\d[.,]\d\d\b")
_NOT_INVOICED: Final = re.compile(
    r"^(?:not (?:yet )?(?:invoiced|billed|issued|sent)|un(?:invoiced|billed)|pending"
    r"|to be (?:invoiced|billed))$|[未待]开"
)
_TOLERANCE: Final = Decimal("0.015")


def unread_payments(region: Region, frame: pd.DataFrame) -> list[Problem]:
    """Return a problem for each row of ``frame`` with something in a column nobody reads.

    Only columns whose heading speaks of payment, deposits, write-offs, cancellation and the like
    count, and only rows with something open; what the paid or the balance column shows already is
    none. ``frame`` has the invoices as read, by sheet ``row``.
    """
    table = region.table
    suspects = _may_be_left(table) | _suspects(table)
    if not suspects:
        return []
    rows = [region.rows[at] for at in (frame["row"] - table.first_row).tolist()]
    columns = {at: [row[at] if at < len(row) else None for row in rows] for at in suspects}
    known = {
        name: figures([row[table.columns[name]] for row in rows])
        for name in ("amount", "paid", "balance")
        if name in table.columns
    }
    seen = _seen_in_paid(suspects, columns, known)
    told = bool(_TOLD & table.columns.keys())
    positions = np.flatnonzero(are_open(frame)).tolist()
    open_rows = set(positions)
    found = [
        (place, at)
        for place, kind in suspects.items()
        if place not in seen
        for at in positions
        if (
            _is_other(columns[place][at], at, known)
            if kind == "left"
            else _says(columns[place][at], kind, told=told)
        )
        and not _taken_off(columns[place][at], at, known)
    ]
    invoices = [_number(text) for text in frame["invoice"].tolist()]
    listed = set(invoices) - {""}
    found += [
        (place, at)
        for place, kind in suspects.items()
        if kind == "moved"
        for at in positions
        if (number := _number(columns[place][at])) in listed and number != invoices[at]
    ]
    found += [
        (place, at)
        for place, kind in suspects.items()
        if kind == "share"
        for at in not_whole(columns[place], known.get("amount"))
        if at in open_rows
    ]
    sheet_rows, customers = frame["row"].tolist(), frame["customer"].tolist()
    return [
        Problem(
            Where(table.tab, sheet_rows[at], column_letters(place)), "problem_unused_column",
            {"column": column_letters(place), "heading": " ".join(table.others[place].split())},
            customers[at], "customer",
        )
        for place, at in found
    ]  # fmt: skip


def _number(cell: Cell) -> str:
    """Return an invoice's number as it may be written elsewhere."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return narrow(str(cell)).casefold().strip() if isinstance(cell, str | int) else ""


def _may_be_left(table: Table) -> dict[int, Lessening]:
    """Return the columns that may say what is left, where none is known to."""
    if "balance" in table.columns:
        return {}
    return {
        place: "left"
        for place, heading in table.others.items()
        if any(name == "balance" for name, _ in may_mean("invoices", heading))
    }


def _is_other(cell: Cell, at: int, known: Mapping[str, Figures]) -> bool:
    """Tell whether a figure is another than what amount and paid leave of the row."""
    number, amount = figures([cell])[0], known["amount"][at] if "amount" in known else None
    if number is None or amount is None:
        return False
    paid = known["paid"][at] if "paid" in known else None
    return abs(amount - (paid or Decimal(0)) - number) > _TOLERANCE


def _suspects(table: Table) -> dict[int, Lessening]:
    told = _TOLD & table.columns.keys()
    kinds = {place: may_lessen(heading) for place, heading in table.others.items()}
    # What is paid being told, the day or the paper of a payment says nothing more.
    idle = {
        "",
        *(("trace", "share") if told else ()),
        *(("month",) if told - {"paid_status"} else ()),
    }
    return {place: kind for place, kind in kinds.items() if kind not in idle}


def are_open(frame: pd.DataFrame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which invoices have something open, for all one can read."""
    owed = np.where(frame["has_balance"], frame["balance"], frame["amount"] - frame["paid"])
    settled = frame["paid_status"].isin(["paid", "void"]).to_numpy(dtype=np.bool_)
    unknown = frame["bad_money"].to_numpy(dtype=np.bool_)
    still: np.ndarray[tuple[int], np.dtype[np.bool_]] = ((owed != 0) | unknown) & ~settled
    return still


def _says(cell: Cell, kind: Lessening, *, told: bool) -> bool:
    """Tell whether a cell says something: no blank, no zero, no "no"; no remark if what is paid
    is told elsewhere. Where a column says what is still owed, it is the "no" that says something.
    """
    if kind in _PLAIN_WAYS:
        return _PLAIN_WAYS[kind](cell)
    if kind == "later":
        return isinstance(cell, date) or (isinstance(cell, str) and bool(_DATED.search(cell)))
    if kind == "still":
        return cell is False or (isinstance(cell, str | int) and _is_no(cell))
    if cell is None or cell is False:
        return False
    number = figures([cell])[0]
    if number is not None:
        return number != 0
    if kind == "month":
        return False
    if isinstance(cell, date):
        return kind == "other" or not told
    if not isinstance(cell, str):
        return True
    word = paid_word(narrow(cell).casefold())
    if word in ("", "unpaid"):
        return False
    return kind == "other" or not told or word != "unknown"


# What replaces a row, and what the whole of a share is, needs the other rows to tell.
_PLAIN_WAYS: Final[Mapping[str, Callable[[Cell], bool]]] = {
    "moved": lambda _: False,
    "share": lambda _: False,
    "days": lambda cell: bool(figures([cell])[0]) or isinstance(cell, date),
}


def _is_no(cell: str | int) -> bool:
    return says_no(cell) or bool(_NOT_INVOICED.search(narrow(str(cell)).casefold()))


def _seen_in_paid(
    suspects: Mapping[int, Lessening], columns: Mapping[int, Sequence[Cell]],
    known: Mapping[str, Figures],
) -> set[int]:  # fmt: skip
    """Return the columns of payments whose sum, or each for itself, is the paid column's figure."""
    if "paid" not in known:
        return set()
    paid = [each or Decimal(0) for each in known["paid"]]
    parts = {
        at: [abs(each or Decimal(0)) for each in figures(columns[at])]
        for at, kind in suspects.items()
        if kind == "payment"
    }
    sums = [sum(cells, Decimal(0)) for cells in zip(*parts.values(), strict=True)]
    if parts and _same(sums, paid):
        return set(parts)
    return {at for at, cells in parts.items() if _same(cells, paid)}


def _same(some: Sequence[Decimal], others: Sequence[Decimal]) -> bool:
    return all(abs(a - b) < _TOLERANCE for a, b in zip(some, others, strict=True))


def _taken_off(cell: Cell, at: int, known: Mapping[str, Figures]) -> bool:
    """Tell whether a row's balance is less than its amount by what a cell says, or by more."""
    number = figures([cell])[0]
    if number is None or not {"amount", "balance"} <= known.keys():
        return False
    amount, balance = known["amount"][at], known["balance"][at]
    if amount is None or balance is None:
        return False
    paid = known["paid"][at] if "paid" in known else None
    return abs(amount) - abs(paid or Decimal(0)) - abs(balance) > abs(number) - _TOLERANCE
