"""Columns that nobody reads and whose figures may leave less to be asked for: each is a problem.

These are payments by means (cash, bank …), deductions (discount, returns …) and what is left to
pay after them. ``unread`` has those whose heading speaks
of payment in so many words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, islice
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import narrow, shown
from collector.intake.cells.flags import paid_word
from collector.intake.cells.texts import text_of
from collector.intake.headings.deductions import Taking, may_take_off
from collector.intake.headings.evidence import Figures, figures
from collector.intake.headings.lessening import may_lessen
from collector.intake.headings.words import is_tax_amount
from collector.intake.region import Region
from collector.intake.terms import parse_terms
from collector.intake.unread import are_open
from collector.model import Cell, Problem, Where, column_letters

_ZERO: Final = Decimal(0)
_TOLERANCE: Final = Decimal("0.015")
_DAY: Final = re.compile(
    r"\d{1,4}\s?[-/.年]\s?\d{1,2}|\d{1,2}月|\b\d{1,2}\.?\s?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct"
    r"|nov|dec)|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w* \d{1,2}\b"
)
# A number so large under "Bank" is an account, unless it is no more than the amount.
_ACCOUNT: Final = 1_000_000
# How many rows and columns tell whether the amounts are after a deduction already.
_SAMPLE: Final = 50
_PARTS: Final = 8
_LARGEST_RATE: Final = 30
_GLANCE: Final = 200
_HUGE: Final = 1e12
_FEWEST: Final = 2


def unread_figures(region: Region, frame: pd.DataFrame) -> list[Problem]:
    """Return a problem for each row of ``frame`` on which such a column says that less is owed.

    Only rows with something open count. Deductions that the amounts or the balances show already
    are none, and neither are payments that the paid column adds up or the balance has taken off.
    ``frame`` has the invoices as read, by sheet ``row``.
    """
    found = {at: kind for at, text in region.table.others.items() if (kind := may_take_off(text))}
    told = [(place, at) for place, text in region.table.others.items()
            if place not in found and not (may_lessen(text) or is_tax_amount(text))
            for at in paid_as(region, frame, place)]  # fmt: skip
    if not (found or told):
        return []
    desk = _Desk(region, frame)
    told += [(place, at) for place, kind in found.items() for at in desk.says(place, kind)]
    return [desk.problem(place, at) for place, at in sorted(told)]


def paid_as(region: Region, frame: pd.DataFrame, place: int) -> list[int]:
    """Return the open rows whose payment is just an unread column's figure, less than the amount.

    Such a figure is what the customer was to pay. A column with a figure above the amount, or one
    that only repeats payments or what they leave, tells nothing new.
    """
    if "balance" in region.columns or not {"amount", "paid"} <= region.columns.keys():
        return []
    rows = region.rows
    if not any(type(row[place]) in (int, float) for row in rows[:_GLANCE] if place < len(row)):
        return []
    cells = [rows[at][place] if place < len(rows[at]) else None
             for at in (frame["row"] - region.table.first_row).tolist()]  # fmt: skip
    numbers = np.array([each if type(each) in (int, float) else 0 for each in cells], np.float64)
    times = 10.0 ** frame["exponent"].to_numpy() * region.table.units.get("amount", 1)
    figure = np.rint(np.where(np.abs(numbers) < _HUGE, numbers, 0) * times).astype(np.int64)
    amount, paid = frame["amount"].to_numpy(), frame["paid"].to_numpy()
    told = (figure != 0) & (amount != 0)
    plain = (figure[told] > 0) & (figure[told] <= amount[told])
    same, rest = figure == paid, figure == amount - paid
    if told.sum() < _FEWEST or not plain.all() or same[told].all() or rest[told].all():
        return []
    told &= same & ~rest & (figure < amount) & are_open(frame)
    hits: list[int] = np.flatnonzero(told).tolist()
    return hits


class _Desk:
    """The rows of a table laid out: what is known of each, and any other column as figures."""

    def __init__(self, region: Region, frame: pd.DataFrame) -> None:
        self.table = region.table
        self.sheet_rows, self.customers = frame["row"].tolist(), frame["customer"].tolist()
        self.rows = [region.rows[row - self.table.first_row] for row in self.sheet_rows]
        self.open: list[int] = np.flatnonzero(are_open(frame)).tolist()
        self.known = {
            name: figures(self.cells(self.table.columns[name]))
            for name in ("amount", "paid", "balance")
            if name in self.table.columns
        }
        self.seen: dict[int, Figures] = {}

    def cells(self, place: int) -> list[Cell]:
        return [row[place] if place < len(row) else None for row in self.rows]

    def figures(self, place: int) -> Figures:
        if place not in self.seen:
            self.seen[place] = figures(self.cells(place))
        return self.seen[place]

    def of(self, name: str, at: int) -> Decimal | None:
        return self.known[name][at] if name in self.known else None

    def problem(self, place: int, at: int) -> Problem:
        column, heading = column_letters(place), " ".join(self.table.others[place].split())
        text = shown(text_of(self.rows[at][place]))
        return Problem(
            Where(self.table.tab, self.sheet_rows[at], column), "problem_unread_figure",
            {"column": column, "heading": heading, "text": text},
            self.customers[at], "customer",
        )  # fmt: skip

    # ── what a column says, row by row ──

    def says(self, place: int, kind: Taking) -> list[int]:
        """Return the open rows on which a column of a kind says that less is owed."""
        cells = self.cells(place)
        if kind == "means":
            if self._adds_up(place):
                return []
            return [at for at in self.open if self._came_in(place, at, cells[at])]
        if kind == "net":
            return [at for at in self.open if self._is_less(place, at)]
        if self._is_rate(place) or self._is_taken_off(place):
            return []
        return [at for at in self.open if self._takes_off(place, at, cells[at])]

    def _came_in(self, place: int, at: int, cell: Cell) -> bool:
        number = None if _is_name(cell) else self.figures(place)[at]
        told = bool(self.known.keys() & {"paid", "balance"})
        if number is not None:
            amount = self.of("amount", at) or self.of("balance", at) or _ZERO
            account = (
                "bank" in self.table.others[place].casefold()
                or "银行" in (self.table.others[place])
            )
            if account and abs(number) >= _ACCOUNT and abs(number) > abs(amount):
                return False
            return number != 0 and not self._shows(at, number)
        if isinstance(cell, date):
            return not told
        if type(cell) in (int, float):
            return not self._is_bank(place)
        if not isinstance(cell, str) or told:
            return False
        line = narrow(cell).casefold()
        return bool(_DAY.search(line)) or paid_word(line) in ("paid", "part", "void")

    def _is_bank(self, place: int) -> bool:
        heading = self.table.others[place].casefold()
        return "bank" in heading or "银行" in heading

    def _shows(self, at: int, number: Decimal) -> bool:
        """Tell whether a row's balance is less than its amount by a payment already."""
        amount, balance = self.of("amount", at), self.of("balance", at)
        if amount is None or balance is None:
            return False
        paid = self.of("paid", at) or _ZERO
        return abs(amount) - abs(paid) - abs(balance) > abs(number) - _TOLERANCE or (
            abs(paid - number) < _TOLERANCE
        )

    def _adds_up(self, place: int) -> bool:
        """Tell whether the paid column is the sum of all such columns, or the same as this one."""
        if "paid" not in self.known:
            return False
        means = [at for at, text in self.table.others.items() if may_take_off(text) == "means"]
        paid = [each or _ZERO for each in self.known["paid"]]
        for some in (means, [place]):
            parts = [self.figures(at) for at in some]
            sums = [sum((abs(x or _ZERO) for x in row), _ZERO) for row in zip(*parts, strict=True)]
            if all(abs(a - b) < _TOLERANCE for a, b in zip(sums, paid, strict=True)):
                return True
        return False

    def _is_less(self, place: int, at: int) -> bool:
        """Tell whether a row says that less is left to pay than its amount, and no balance does."""
        net, amount = self.figures(place)[at], self.of("amount", at)
        if net is None or amount is None or self.of("balance", at) is not None:
            return False
        return abs(net) < abs(amount) - _TOLERANCE and not self._is_rest(place)

    def _is_rest(self, place: int) -> bool:
        """Tell whether a column is what is left after payments on every row: it says no more."""
        if "paid" not in self.known:
            return False
        rows = zip(self.known["amount"], self.known["paid"], self.figures(place), strict=True)
        return all(
            abs(whole - (part or _ZERO) - rest) < _TOLERANCE
            for whole, part, rest in rows
            if whole is not None and rest is not None
        )

    def _takes_off(self, place: int, at: int, cell: Cell) -> bool:
        number = self.figures(place)[at]
        if number is None or (isinstance(cell, str) and "%" in narrow(cell)):
            return isinstance(cell, str) and _may_be_sum(cell)
        balance = self.of("balance", at)
        if balance is not None:
            return number != 0 and abs(abs(balance) - abs(number)) < _TOLERANCE
        return number != 0

    def _is_rate(self, place: int) -> bool:
        """Tell whether a column holds shares or rates: all below 1, or a few small ones."""
        told = [abs(each) for each in self.figures(place) if each]
        usual = len(told) >= 5 and len(told) * 5 >= len(self.rows) * 4
        few = len(set(told)) <= 3 and max(told, default=_ZERO) <= _LARGEST_RATE
        return bool(told) and (all(each < 1 for each in told) or (usual and few))

    def _is_taken_off(self, place: int) -> bool:
        """Tell whether amounts are after a deduction already: both make up other columns."""
        off, whole = self.figures(place), self.known.get("amount")
        if whole is None:
            return False
        some = [at for at, each in enumerate(off) if each and whole[at] is not None][:_SAMPLE]
        wanted = [(whole[at] or _ZERO) + abs(off[at] or _ZERO) for at in some]
        parts = [
            [self.figures(other)[at] or _ZERO for at in some]
            for other in islice(self._sums(place), _PARTS)
        ]
        products = [[a * b for a, b in zip(*pair, strict=True)] for pair in combinations(parts, 2)]
        return bool(some) and any(
            _equal(wanted, [sum(row, _ZERO) for row in zip(*chosen, strict=True)])
            for base in (*parts, *products)
            for count in range(3)
            for rest in combinations([each for each in parts if each is not base], count)
            for chosen in [(base, *rest)]
        )

    def _sums(self, place: int) -> list[int]:
        """Return the other unread columns of figures, those of payments and deductions left out."""
        return [
            other
            for other, text in self.table.others.items()
            if other != place
            and may_take_off(text) not in ("means", "net")
            and any(each is not None for each in self.figures(other)[:_SAMPLE])
        ]


def _is_name(cell: Cell) -> bool:
    """Tell whether a cell names a bank or the like, whatever figures it has: ``ICBC 1234``."""
    return isinstance(cell, str) and ("行" in cell or sum(map(str.isalpha, cell)) > 3)


def _may_be_sum(text: str) -> bool:
    """Tell whether a text that is no figure may still name one: no share, no terms of payment."""
    line = narrow(text)
    return any(map(str.isdigit, line)) and "%" not in line and parse_terms(line) is None


def _equal(some: Sequence[Decimal], others: Sequence[Decimal]) -> bool:
    return all(abs(a - b) < _TOLERANCE for a, b in zip(some, others, strict=True))
