"""Sheets that say in a way of their own that less, or nothing, is owed."""

from __future__ import annotations

from datetime import date

import pytest

from collector.errors import HeadingTwiceError
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
    "heading",
    ["Cash", "Bank", "Check", "Wire", "ACH", "现金", "转账", "承兑", "PayPal"],
)
def test_an_amount_under_a_means_of_payment_is_asked_about(heading):
    assert asked([heading], ["Acme", 100, 100], ["Beta", 200, None]) == [
        "S!E2 problem_unread_figure"
    ]


def test_the_name_of_a_bank_is_no_payment_but_one_with_a_day_is():
    assert asked(["Bank"], ["Acme", 100, "HSBC"], ["Beta", 200, "Bank of China"]) == []
    assert asked(["Bank"], ["Acme", 100, "HSBC 12/11/2026"]) == ["S!E2 problem_unread_figure"]


@pytest.mark.parametrize(
    "heading", ["Discount", "Retention 5%", "Returns", "Adj.", "Skonto", "折扣"]
)
def test_what_may_be_taken_off_the_amount_is_asked_about(heading):
    found = asked([heading, "Paid"], ["Acme", 100, 10, 90], ["Beta", 200, 0, 150])
    assert [each.split()[0] for each in found] == ["S!E2"]


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
    assert found == ["S!E2 problem_note_settled"]


@pytest.mark.parametrize(
    "remark",
    ["not paid yet", "will be paid in May", "to be settled", "未付清", "预计下周已付",
     "unpaid", "call Ann", "见邮件"],
)  # fmt: skip
def test_other_remarks_are_not(remark):
    assert asked(["Remarks"], ["Acme", 100, remark], ["Beta", 200, None]) == []


def test_a_remark_about_a_payment_that_is_in_the_figures_is_not_asked_about():
    assert asked(["Paid", "Remarks"], ["Acme", 100, 40, "paid 40 on 3/11"]) == []


def test_a_customers_total_on_each_row_is_asked_about():
    found = asked(["Balance"], ["Acme", 100, 300], ["Acme", 200, 300], ["Beta", 50, 50])
    assert found == ["S!E2 problem_balance_of_customer", "S!E3 problem_balance_of_customer"]


def test_a_templates_example_is_asked_about():
    rows = [KEYS, ["Example Ltd", "e.g. INV-1", DUE, 1000], ["Acme", "A1", DUE, 500]]
    book = read_book([Grid("S", rows, "")], Policy("book"))
    assert [f"{p.where} {p.code} {p.customer}" for p in book.problems] == [
        "S!B2 problem_sample_row "
    ]
    rows[1] = ["Example Trading", "INV-1", DUE, 1000]
    assert read_book([Grid("S", rows, "")], Policy("book")).problems == ()


def test_a_blank_among_foreign_currencies_is_asked_about():
    found = asked(["Currency"], ["Acme", 100, "USD"], ["Acme", 50, None], ["Beta", 390, "EUR"])
    assert found == ["S!E3 problem_currency_blank"]
    few = [["Acme", 100 + at, None] for at in range(30)]
    assert asked(["Currency"], ["Beta", 100, "USD"], *few) == []
    assert asked(["Currency"], ["Beta", 100, "CNY"], ["Acme", 50, None]) == []


@pytest.mark.parametrize("heading", ["Due", "Total due"])
def test_an_unanswered_question_about_what_is_left_holds_where_it_differs(heading):
    found = asked([heading], ["Acme", 100, 40], ["Beta", 50, 50])
    assert found == ["S!E2 problem_unused_column"]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Extended to", date(2026, 12, 15)), ("展期至", date(2026, 12, 15)),
     ("New Due Date", "1/12/26"),
     ("With lawyers", "Y"), ("是否诉讼", "是"), ("Insolvent", "yes"), ("Chase?", "No"),
     ("是否催款", "否"), ("发票状态", "已作废"), ("State", "Cancelled")],
)  # fmt: skip
def test_what_forbids_or_puts_off_a_reminder_is_asked_about(heading, cell):
    found = asked([heading], ["Acme", 100, cell], ["Beta", 50, None])
    assert [each.split()[0] for each in found] == ["S!E2"]


def test_a_due_date_long_before_the_invoice_is_asked_about():
    found = asked(["Invoice Date"], ["Acme", 100, date(2026, 11, 1)], ["Beta", 50, DUE])
    assert found == ["S!C2 problem_due_early"]


@pytest.mark.parametrize("name", ["Zeta Holdings", "丙公司"])
def test_one_code_for_two_strangers_holds_both(name):
    rows: list[list[Cell]] = [
        ["Customer ID", *KEYS],
        ["C1", "Acme Trading", "1", DUE, 100],
        ["C1", name, "2", DUE, 77],
        ["C2", "Beta", "3", DUE, 50],
        ["C2", "BETA Ltd.", "4", DUE, 50],
    ]
    book = read_book([Grid("S", rows, "")], Policy("book"))
    assert [f"{p.where} {p.code}" for p in book.problems if p.holds == "customer"] == [
        "S!A2 problem_code_shared",
        "S!A3 problem_code_shared",
    ]


def test_addresses_that_go_with_the_salesperson_are_asked_about():
    rows = [["Acme", 1, "Ann", "ann@us.com"], ["Beta", 2, "Ann", "ann@us.com"],
            ["Cato", 3, "Bob", "bob@us.com"]]  # fmt: skip
    found = asked(["Account Manager", "E-mail"], *rows)
    assert found == [f"S!F{at} problem_owner_address" for at in (2, 3, 4)]
    rows[0][3] = "ap@acme.com"
    assert asked(["Account Manager", "E-mail"], *rows) == []


def test_a_row_with_a_payment_alone_holds_the_customer_above():
    rows = [[*KEYS, "Paid"], ["Acme", "1", DUE, 100, 20], [None, None, None, None, 30],
            ["Beta", "2", DUE, 50, 0]]  # fmt: skip
    book = read_book([Grid("S", rows, "")], Policy("book"))
    found = [f"{p.where} {p.customer}" for p in book.problems if p.code == "problem_receipt_below"]
    assert found == ["S!E3 acme"]


@pytest.mark.parametrize("line", ["Settled in 2026", "二、已收款", "三、坏账"])
def test_rows_under_a_line_that_says_they_are_settled_are_asked_about(line):
    rows: list[list[Cell]] = [KEYS, ["Acme", "1", DUE, 100], [line, None, None, None],
                              ["Beta", "2", DUE, 50]]  # fmt: skip
    book = read_book([Grid("S", rows, "")], Policy("book"))
    assert [f"{p.where} {p.code}" for p in book.problems] == ["S!D4 problem_under_heading"]


def test_a_currency_in_a_column_without_a_heading_is_read():
    rows: list[list[Cell]] = [[*KEYS[:3], None, "Amount"], ["Acme", "1", DUE, "USD", 100],
                              ["Beta", "2", DUE, "EUR", 390]]  # fmt: skip
    book = read_book([Grid("S", rows, "")], Policy("book"))
    assert book.invoices["currency"].tolist() == ["USD", "EUR"]


def test_currencies_under_a_merged_heading_are_headings_of_their_own():
    rows: list[list[Cell]] = [[*KEYS, None], [None, None, None, "USD", "EUR"],
                              ["Acme", "1", DUE, 100, None],
                              ["Beta", "2", DUE, None, 30]]  # fmt: skip
    merged = (*((0, at, 1, at) for at in range(3)), (0, 3, 0, 4))
    with pytest.raises(HeadingTwiceError, match="Amount USD"):
        read_book([Grid("S", rows, "", merged=merged)], Policy("book"))


def test_a_row_of_units_below_the_headings_is_heeded():
    rows: list[list[Cell]] = [KEYS, [None, None, "(年月日)", "(万元)"], ["Acme", "1", DUE, 1.5]]
    book = read_book([Grid("S", rows, "")], Policy("book"))
    assert (book.invoices["amount"].tolist(), book.problems) == ([1_500_000], ())
