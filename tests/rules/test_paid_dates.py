"""A paid date where nothing else says what is paid: payment in full, or a question."""

from __future__ import annotations

from datetime import date

import pytest

from collector.model import Cell
from tests.book import assessed, codes, column

DAY = date(2026, 3, 31)
DUE, PAID, LATER = date(2026, 2, 1), date(2026, 2, 3), date(2026, 4, 30)
HEADINGS = ["Customer", "Email", "Invoice", "Due Date", "Amount", "Date Paid"]


def row(customer: str, invoice: str, *rest: Cell) -> list[Cell]:
    return [customer, f"ap@{customer.lower()}.com", invoice, DUE, 100, *rest]


def test_a_row_with_a_paid_date_is_settled_where_no_column_says_how_much_was_paid():
    rows = [HEADINGS, row("Acme", "1", PAID), row("Acme", "2", None), row("Beta", "3", PAID)]
    found = assessed(rows, DAY)
    assert column(found, "status") == {"1": "settled", "2": "overdue", "3": "settled"}
    assert column(found, "balance") == {"1": 0, "2": 10000, "3": 0}
    assert codes(found) == [("Invoices!F2", "problem_paid_by_date")]


def test_a_paid_date_still_to_come_is_a_question_that_holds_the_customer():
    found = assessed([HEADINGS, row("Acme", "1", LATER)], DAY)
    assert codes(found) == [("Invoices!F2", "problem_paid_date_ahead")]
    assert found.problems[0].holds == "customer"


def test_a_paid_date_that_cannot_be_read_holds_the_customer_where_only_it_tells():
    found = assessed([HEADINGS, row("Acme", "1", PAID), row("Beta", "2", "half in May")], DAY)
    (problem,) = [each for each in found.problems if str(each.where) == "Invoices!F3"]
    assert (problem.customer, problem.holds) == ("beta", "customer")


@pytest.mark.parametrize(
    ("heading", "cell"), [("Paid", None), ("Status", None), ("Status", "Unpaid")]
)
def test_a_paid_date_beside_a_blank_or_another_word_is_a_question(heading: str, cell: Cell):
    rows = [[*HEADINGS, heading], row("Acme", "1", PAID, cell),
            row("Beta", "2", None, 40 if heading == "Paid" else "Unpaid")]  # fmt: skip
    found = assessed(rows, DAY)
    assert codes(found) == [("Invoices!F2", "problem_paid_date_alone")]
    assert found.problems[0].holds == "customer"


def test_a_paid_date_beside_the_amount_paid_says_nothing_more():
    rows = [[*HEADINGS, "Paid"], row("Acme", "1", PAID, 40), row("Beta", "2", None, 0)]
    found = assessed(rows, DAY)
    assert column(found, "balance") == {"1": 6000, "2": 10000}
    assert codes(found) == []


@pytest.mark.parametrize(("heading", "cell", "part"), [("Paid", 0, 40), ("Balance", 100, 60)])
def test_a_paid_date_that_the_figures_deny_is_a_question(heading: str, cell: Cell, part: Cell):
    rows = [[*HEADINGS, heading], row("Acme", "1", PAID, cell), row("Beta", "2", PAID, part),
            row("Cato", "3", None, cell), row("Dido", "4", LATER, cell)]  # fmt: skip
    found = assessed(rows, DAY)
    assert codes(found) == [("Invoices!F2", "problem_paid_date_denied")]
    assert (found.problems[0].customer, found.problems[0].holds) == ("acme", "customer")
    assert column(found, "balance")["1"] == 10000


def test_the_day_of_a_customers_last_payment_settles_nothing_and_denies_nothing():
    headings = [*HEADINGS[:-1], "Last Payment Date"]
    assert codes(assessed([[*headings, "Paid"], row("Acme", "1", PAID, 0)], DAY)) == []
    found = assessed([headings, row("Acme", "1", PAID), row("Beta", "2", None)], DAY)
    assert codes(found) == [("Invoices!F2", "problem_paid_date_alone")]
    issued = [[*headings, "Invoice Date"], row("Acme", "1", PAID, date(2026, 2, 20))]
    assert codes(assessed(issued, DAY)) == []
