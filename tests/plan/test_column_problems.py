"""One question about a whole column is one problem, and holds every customer with a row of it."""

from __future__ import annotations

from datetime import date

from collector.model import Cell, Policy
from collector.plan.holds import blocked
from collector.rules import assess
from tests.book import book

DAY, DUE = date(2026, 11, 20), date(2026, 10, 1)
HEADINGS: list[Cell] = ["Customer", "Email", "Invoice No", "Due Date", "Amount", "Currency"]
YUAN = Policy("book", currency="CNY")


def held(*rows: tuple[str, Cell, str]) -> tuple[list[str], list[str]]:
    """Return who is held and the problems, of rows of customer, amount and currency."""
    whole: list[list[Cell]] = [HEADINGS]
    for at, (who, amount, currency) in enumerate(rows):
        whole.append([who, f"{who}@x.com", f"A{at}", DUE, amount, currency or None])
    read = book(whole, terms=YUAN)
    assessment = assess(read, YUAN, DAY)
    return sorted(blocked(read, assessment, YUAN)), [
        f"{each.where} {each.code} {each.rows}" for each in assessment.problems
    ]


def test_a_column_of_dollars_is_one_problem_that_holds_all_its_customers():
    rows = [("ann", "$1.00", ""), ("bob", "$2.00", ""), ("cy", "$3.00", ""), ("ann", "$4.00", "")]
    assert held(*rows, ("dee", "5.00", "USD")) == (
        ["ann", "bob", "cy"], ["Invoices!E problem_dollars (2, 3, 4, 5)"],
    )  # fmt: skip


def test_a_few_such_rows_are_a_problem_each():
    rows = [("ann", "$1.00", ""), ("bob", "$2.00", ""), ("cy", "$3.00", "")]
    names, problems = held(*rows, ("dee", "5.00", "USD"))
    assert names == ["ann", "bob", "cy"]
    assert problems == [f"Invoices!E{row} problem_dollars ()" for row in (2, 3, 4)]


def test_what_is_said_of_a_column_names_its_first_rows():
    read = book(
        [HEADINGS, *[["ann", "ann@x.com", f"A{at}", DUE, f"${at}.00", None] for at in range(1, 6)]],
        terms=YUAN,
    )
    (problem,) = assess(read, YUAN, DAY).problems
    assert problem.say().endswith("(5 rows: E2, E3, E4 …)")
    assert problem.say("zh").endswith("（共 5 行：E2, E3, E4 …）")
    assert "rows:" not in problem.say_of_row()
