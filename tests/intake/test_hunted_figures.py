"""Figures, units, states and papers that sheets show in a way of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from collector.intake.book import Book, read_book
from collector.model import Cell, Grid, Policy

DUE = date(2026, 2, 1)
Rows = Sequence[Sequence[Cell]]


def read(rows: Rows, **more: object) -> Book:
    """Return a tab of rows as read; short rows are blank at their ends."""
    width = max(map(len, rows))
    whole = [[*row, *[None] * (width - len(row))] for row in rows]
    return read_book([Grid("S", whole, "", **more)], Policy("book"))  # type: ignore[arg-type]


def held(book: Book) -> list[str]:
    """Return the problems that hold a customer's mail, by address and code."""
    return [f"{each.where} {each.code}" for each in book.problems if each.holds == "customer"]


def owed(book: Book) -> dict[str, int]:
    """Return the amounts of all rows in minor units, by currency."""
    sums: dict[str, int] = book.invoices.groupby("currency")["amount"].sum().to_dict()
    return sums


KEYS = ["Invoice", "Customer", "Due Date", "Amount"]

# ── figures without end ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "long",
    ["9" * 27, "9" * 32, "1" + "0" * 40 + ".55", "CNY " + "8" * 30, 1e26, -1e30, 1e300, 10**15],
)
@pytest.mark.parametrize("field", ["Amount", "Paid", "Balance", "Cash"])
def test_a_figure_too_long_for_money_is_a_problem_at_its_cell(long: Cell, field: str) -> None:
    headings = [*KEYS[:3], "Amount", *([field] if field != "Amount" else [])]
    first: list[Cell] = ["1", "Acme", DUE, 100, 0]
    first[headings.index(field)] = long
    book = read([headings, first[: len(headings)], ["2", "Beta", DUE, 50, 0][: len(headings)]])
    place = f"S!{'ABCDE'[headings.index(field)]}2"
    assert place in {each.partition(" ")[0] for each in held(book)}
    assert not [each for each in held(book) if each.startswith("S!") and "3 " in each]
    assert owed(book)["CNY"] < 10_000_000
