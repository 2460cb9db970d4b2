"""Sheets that say in a way of their own that less, or nothing, is owed."""

from __future__ import annotations

from datetime import date

import pytest

from collector.intake.book import read_book
from collector.intake.headings.lessening import may_lessen
from collector.model import Cell, Grid, Policy

DUE = date(2026, 2, 1)
KEYS = ["Customer", "Invoice No", "Due Date", "Amount"]


def asked(headings: list[str | None], *rows: list[Cell]) -> list[str]:
    """Return the problems of rows that begin with customer and amount; further cells follow."""
    whole = [
        [who, f"INV-{at}", DUE, amount, *more] for at, (who, amount, *more) in enumerate(rows, 1)
    ]
    width = max(map(len, [[*KEYS, *headings], *whole]))
    grid = [[*row, *[None] * (width - len(row))] for row in [[*KEYS, *headings], *whole]]
    book = read_book([Grid("S", grid, "")], Policy("book"))
    return [f"{each.where} {each.code}" for each in book.problems if each.holds == "customer"]


@pytest.mark.parametrize(
    ("heading", "no", "yes"),
    [("Unpaid?", "No", "Yes"), ("Open?", "N", "Y"), ("Outstanding?", False, True),
     ("是否未回款", "否", "是"), ("未付", "×", "√")],
)  # fmt: skip
def test_a_no_to_whether_it_is_still_owed_is_asked_about(heading, no, yes):
    found = asked([heading], ["Acme", 100, yes], ["Beta", 200, no], ["Cato", 50, yes])
    assert found == ["S!E3 problem_unused_column"]


@pytest.mark.parametrize(
    "heading",
    ["Cash", "Bank", "Check", "Wire", "ACH", "现金", "转账", "承兑", "银行到款", "PayPal"],
)
def test_an_amount_under_a_means_of_payment_is_asked_about(heading):
    assert asked([heading], ["Acme", 100, 100], ["Beta", 200, None]) == [
        "S!E2 problem_unused_column"
    ]


def test_the_name_of_a_bank_is_no_payment_but_one_with_a_day_is():
    assert asked(["Bank"], ["Acme", 100, "HSBC"], ["Beta", 200, "Bank of China"]) == []
    assert asked(["Bank"], ["Acme", 100, "HSBC 12/11/2026"]) == ["S!E2 problem_unused_column"]


@pytest.mark.parametrize(
    "heading", ["Discount", "Retention 5%", "Returns", "Adj.", "Skonto", "折扣"]
)
def test_what_may_be_taken_off_the_amount_is_asked_about(heading):
    found = asked([heading, "Paid"], ["Acme", 100, 10, 90], ["Beta", 200, 0, 150])
    assert found == ["S!E2 problem_unused_column"]


def test_a_discount_that_the_amount_is_after_is_not_asked_about():
    rows: list[list[Cell]] = [["Acme", 90, 100, 10], ["Beta", 150, 200, 50], ["Cato", 45, 50, 5]]
    assert asked(["List price", "Discount"], *rows) == []


@pytest.mark.parametrize("heading", ["Discount %", "Discount terms", "Bank account", "Retention %"])
def test_rates_and_terms_take_nothing_off(heading):
    assert may_lessen(heading) == ""


@pytest.mark.parametrize(
    "remark",
    ["PAID 12/11 by bank", "settled", "cancelled, reissued as INV-9", "Payment received 3 Nov",
     "已付清", "11月5日已到账", "此票作废", "bezahlt am 3.11.", "annulé"],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Remarks", None])
def test_a_remark_that_says_it_is_settled_is_asked_about(heading, remark):
    found = asked([heading], ["Acme", 100, remark], ["Beta", 200, None])
    assert found == ["S!E2 problem_remark_settled"]


@pytest.mark.parametrize(
    "remark",
    ["not paid yet", "will be paid in May", "to be settled", "half paid", "未付清", "预计下周已付",
     "unpaid", "call Ann", "见邮件", "Paid?", "partially settled"],
)  # fmt: skip
def test_other_remarks_are_not(remark):
    assert asked(["Remarks"], ["Acme", 100, remark], ["Beta", 200, None]) == []


def test_a_remark_about_a_payment_that_is_in_the_figures_is_not_asked_about():
    assert asked(["Paid", "Remarks"], ["Acme", 100, 40, "paid 40 on 3/11"]) == []


def test_a_customers_total_on_each_row_is_asked_about():
    found = asked(["Balance"], ["Acme", 100, 300], ["Acme", 200, 300], ["Beta", 50, 50])
    assert found == ["S!E2 problem_balance_over", "S!E3 problem_balance_over"]


def test_a_blank_beside_ticks_in_the_balance_is_asked_about():
    found = asked(["欠款"], ["Acme", 100, "√"], ["Beta", 200, None])
    assert found == ["S!E2 problem_money_unreadable", "S!E3 problem_balance_blank"]


def test_a_templates_example_is_asked_about():
    rows = [KEYS, ["Example Ltd", "e.g. INV-1", DUE, 1000], ["Acme", "A1", DUE, 500]]
    book = read_book([Grid("S", rows, "")], Policy("book"))
    assert [f"{p.where} {p.code} {p.customer}" for p in book.problems] == [
        "S!A2 problem_example_row example ltd"
    ]
    rows[1] = ["Example Trading", "INV-1", DUE, 1000]
    assert read_book([Grid("S", rows, "")], Policy("book")).problems == ()


def test_a_blank_among_foreign_currencies_is_asked_about():
    found = asked(["Currency"], ["Acme", 100, "USD"], ["Acme", 50, None], ["Beta", 390, "EUR"])
    assert found == ["S!E3 problem_currency_blank"]
    few = [["Acme", 100 + at, None] for at in range(30)]
    assert asked(["Currency"], ["Beta", 100, "USD"], *few) == []
    assert asked(["Currency"], ["Beta", 100, "CNY"], ["Acme", 50, None]) == []
