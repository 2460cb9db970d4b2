"""Columns of money under headings nobody knows: read where figures prove it, else asked about."""

from __future__ import annotations

from datetime import date

import pytest

from collector.intake.book import Book
from collector.intake.headings.finding import find_tables
from collector.intake.headings.other_figures import is_harmless
from collector.intake.headings.proposing import propose
from collector.model import Cell, Grid, TabHint
from tests.book import assessed, book, policy

HEAD: list[Cell] = ["Customer", "Invoice", "Invoice Date", "Due Date", "Amount"]
NAMES = ("Acme", "Beta", "Cee", "Dido", "Echo", "Fox")
AMOUNTS = (1000.25, 1137.5, 1275, 1412.75, 1550, 1687.5)
PAID = (0, 200, 0, 1412.75, 0, 350)


def rows(headings: list[str], *columns: list[Cell]) -> list[list[Cell]]:
    found: list[list[Cell]] = [[*HEAD, *headings]]
    for at, name in enumerate(NAMES):
        day = date(2026, 1, 1 + at)
        due = date(2026, 2, 1 + at)
        found.append([name, f"I-{at}", day, due, AMOUNTS[at], *(each[at] for each in columns)])
    return found


def read(headings: list[str], *columns: list[Cell], unused: tuple[str, ...] = ()) -> Book:
    tabs = {"invoices": TabHint(unused=unused)}
    return book(rows(headings, *columns), terms=policy(tabs=tabs))


def held(found: Book) -> list[str]:
    return sorted({each.customer for each in found.problems if each.holds == "customer"})


def grid(tab: str, cells: list[list[Cell]]) -> Grid:
    return Grid(tab, cells, "")


LEFT: list[Cell] = [a - b for a, b in zip(AMOUNTS, PAID, strict=True)]
RECEIVED: list[Cell] = list(PAID)
SOME: list[Cell] = [1000.25, None, None, None, None, None]


@pytest.mark.parametrize("column", [LEFT, RECEIVED])
def test_what_may_be_paid_or_left_under_an_unknown_heading_holds_every_open_row(column: list[Cell]):
    everybody = sorted(name.casefold() for name in NAMES)
    assert held(read(["Foo"], column)) == everybody
    assert held(read(["Foo"], column, unused=("Foo",))) == []


@pytest.mark.parametrize("heading", ["Applied", "Haben", "贷方"])
def test_an_open_question_of_what_is_paid_holds_the_rows_it_says_something_of(heading: str):
    assert held(read([heading], RECEIVED)) == ["beta", "dido", "fox"]


def test_beside_what_is_paid_a_whole_open_sum_on_some_rows_holds_those():
    assert held(read(["Paid", "Foo"], RECEIVED, SOME)) == ["acme"]
    assert held(read(["Balance", "Foo"], LEFT, SOME)) == ["acme"]


@pytest.mark.parametrize(
    ("heading", "column"),
    [("Foo", [a * 0.19 for a in AMOUNTS]), ("Foo", [a / 1.2 for a in AMOUNTS]),
     ("Foo", [1, 2, 3, 4, 5, 6]), ("Foo", [30, 60, 30, 60, 30, 12]), ("Foo", list(AMOUNTS)),
     ("Foo", [7.12, 7.13, 7.1, 7.2, 7.15, 7.1]), ("Cost", [900.5, 800, 700, 600, 1550, 3]),
     ("运费", [90.5, 80, 70, 60, 50, 3]), ("Foo", ["a", "b", 3, "c", "d", "e"]),
     ("Foo", [2000, 2137.5, 2275, 2412.75, 2550, 2687.5])],
)  # fmt: skip
def test_taxes_rates_counts_copies_and_harmless_words_hold_nobody(heading: str, column: list[Cell]):
    assert held(read([heading], column)) == []
    assert held(read([heading, "Paid"], column, RECEIVED)) == []


def test_a_column_that_repeats_what_is_paid_or_left_holds_nobody():
    assert held(read(["Paid", "Foo"], RECEIVED, LEFT)) == []
    assert held(read(["Paid", "Balance", "Foo"], RECEIVED, LEFT, RECEIVED)) == []
    words: list[Cell] = ["Paid" if b == a else "Unpaid" for a, b in zip(AMOUNTS, PAID, strict=True)]
    open_sums: list[Cell] = [0 if w == "Paid" else a for a, w in zip(AMOUNTS, words, strict=True)]
    assert held(read(["Status", "Foo"], words, open_sums)) == []


def test_contracts_are_harmless_and_what_is_left_of_them_is_not():
    assert is_harmless("Contract amount")
    assert not is_harmless("Contract balance")


# ── what a status proves ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("column", "field"), [(LEFT, "balance"), (RECEIVED, "paid")])
def test_a_status_proves_what_a_column_is(column: list[Cell], field: str):
    words: list[Cell] = ["Paid" if b == a else "Unpaid" for a, b in zip(AMOUNTS, PAID, strict=True)]
    found = propose([grid("Invoices", rows(["Status", "Foo"], words, column))], policy())
    assert found.tables["invoices"].columns[field].said == "Foo"


def test_amount_due_is_what_is_left_where_a_status_proves_it():
    table: list[list[Cell]] = [
        [
            "Number",
            "Customer",
            "Invoice Date",
            "Due Date",
            "Total in Currency",
            "Amount Due",
            "Status",
        ],
        ["1", "Acme", date(2026, 1, 1), date(2026, 2, 1), 1150, 1150, "Not Paid"],
        ["2", "Beta", date(2026, 1, 2), date(2026, 2, 2), 500, 100, "Partially Paid"],
        ["3", "Cee", date(2026, 1, 3), date(2026, 2, 3), 700, 0, "Paid"],
    ]
    columns = propose([grid("Invoices", table)], policy()).tables["invoices"].columns
    assert columns["amount"].said == "Total in Currency"
    assert columns["balance"].said == "Amount Due"


def test_two_rows_prove_a_sum_where_a_heading_says_tax():
    table: list[list[Cell]] = [
        ["Invoice", "Customer", "Due Date", "Amount", "Tax", "Total"],
        ["1", "Acme", date(2026, 2, 1), 1000, 100, 1100],
        ["2", "Beta", date(2026, 2, 2), 2000, 200, 2200],
    ]
    columns = propose([grid("Invoices", table)], policy()).tables["invoices"].columns
    assert columns["amount"].said == "Total"
    table[0][3:] = ["Subtotal", "Tax %", "Grand Total"]
    for row in table[1:]:
        row[4] = 10
    columns = propose([grid("Invoices", table)], policy()).tables["invoices"].columns
    assert columns["amount"].said == "Grand Total"


def test_ticks_under_payment_received_are_no_amounts_beside_a_status_of_other_things():
    ticks: list[Cell] = ["N", "Y", "N", "Y", "N", "N"]
    found = read(["Invoice Status", "Payment Received"], ["Approved"] * 6, ticks)
    assert found.invoices["paid_status"].tolist() == [
        "unpaid", "paid", "unpaid", "paid", "unpaid", "unpaid"
    ]  # fmt: skip


# ── ages ─────────────────────────────────────────────────────────────────────────────────────


def aged(left: list[Cell], ages: int) -> list[list[Cell]]:
    """Return columns of ages, each row's figure in one of them."""
    return [[each if each and at % ages == age else None for at, each in enumerate(left)]
            for age in range(ages)]  # fmt: skip


@pytest.mark.parametrize(
    "headings",
    [["Current", "1 - 30", "31 - 60", "> 60"], ["未到期", "1-30天", "31-60天", "60天以上"],
     ["Future", "Current", "Period 1", "Older"]],
)  # fmt: skip
def test_ages_beside_an_amount_are_what_is_open(headings: list[str]):
    found = read(headings, *aged(LEFT, 4))
    assert found.invoices["has_balance"].all()
    assert found.invoices["balance"].tolist() == [round(float(str(each)) * 100) for each in LEFT]
    assert held(found) == []


def test_ages_are_not_read_where_they_do_not_fit_or_leave_no_room_for_what_is_not_due():
    ages = ["Current", "1-30", "31-60"]
    twice: list[Cell] = [1000.25, *[None] * 5]
    assert not read(ages, twice, *aged(LEFT, 2)).invoices["has_balance"].any()
    late: list[Cell] = [None, *LEFT[1:4], None, None]
    found = read(["1-30", "31-60"], *aged(late, 2))
    assert not found.invoices["has_balance"].any()
    assert "acme" in held(found)
    assert not read([*ages, "Paid"], *aged(LEFT, 3), RECEIVED).invoices["has_balance"].any()


def test_one_age_is_no_balance_however_well_its_figures_fit():
    table = rows(["Paid", "0-30"], RECEIVED, [LEFT[0], None, None, None, LEFT[4], None])
    assert "balance" not in propose([grid("Invoices", table)], policy()).tables["invoices"].columns


def test_columns_of_ages_are_known_by_their_headings():
    table = find_tables([grid("Invoices", rows(["Current", "1-30"], *aged(LEFT, 2)))], policy())[0]
    assert list(table["invoices"].ages.values()) == ["Current", "1-30"]


# ── balances that a third column explains ────────────────────────────────────────────────────


@pytest.mark.parametrize("heading", ["Credit Note", "TDS", "质保金"])
def test_a_deduction_that_closes_the_gap_on_every_row_is_no_contradiction(heading: str):
    less: list[Cell] = [100, None, 50, None, None, 20]
    left: list[Cell] = [a - (b or 0) for a, b in zip(LEFT, less, strict=True)]  # type: ignore[operator]
    result = assessed(rows(["Paid", heading, "Balance"], RECEIVED, less, left), date(2026, 3, 2))
    assert not [each for each in result.problems if each.code == "problem_balance_differs"]
    left[1] = 5
    result = assessed(rows(["Paid", heading, "Balance"], RECEIVED, less, left), date(2026, 3, 2))
    assert len([each for each in result.problems if each.code == "problem_balance_differs"]) == 4


def test_cr_beside_lakhs_may_be_crore():
    found = read(["Paid"], ["5 lakh", "12 lakh", "1.2 Cr", None, None, None])
    assert "cee" in held(found)
