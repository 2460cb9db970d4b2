"""Rows and cells that were once read wrongly in silence: read right now, or asked about."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from collector.intake.book import Book
from collector.intake.cells.column import column
from collector.intake.cells.dates import read_dates
from collector.intake.cells.money import Currencies, read_amounts, read_money
from collector.model import Cell
from tests.book import book, policy

DUE = date(2026, 2, 1)
HEAD = ["Customer", "Invoice", "Due Date", "Amount"]


def row(customer: Cell, invoice: Cell, *rest: Cell) -> list[Cell]:
    return [customer, invoice, DUE, *rest]


def asked(read: Book) -> list[tuple[str, str, str]]:
    """Return the problems as (address, code, customer held), "" where none is."""
    return [
        (str(each.where).removeprefix("Invoices!"), each.code,
         each.customer if each.holds == "customer" else "")
        for each in read.problems
    ]  # fmt: skip


def balances(read: Book) -> list[int | None]:
    """Return what each row says is owed in minor units, None where that cannot be known."""
    rows = read.invoices
    owed = rows["balance"].where(rows["has_balance"], rows["amount"] - rows["paid"])
    return owed.astype(object).where(~rows["bad_money"], None).tolist()


# ── what is paid ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("nil", ["-", "—", "/", "nil", "无"])
def test_a_dash_in_the_balance_column_says_that_nothing_is_owed(nil: str):
    read = book([[*HEAD, "Balance"], row("Acme", "1", 100, nil), row("Beta", "2", 200, 200)])
    assert (balances(read), asked(read)) == ([0, 20000], [])


@pytest.mark.parametrize("blank", [None, "n/a", "null"])
def test_a_blank_balance_beside_others_is_asked_about(blank: Cell):
    read = book([[*HEAD, "Balance"], row("Acme", "1", 100, blank), row("Beta", "2", 200, 200)])
    assert balances(read) == [None, 20000]
    assert asked(read) == [("E2", "problem_balance_blank", "acme")]


def test_a_blank_balance_is_not_asked_about_where_the_amount_paid_is_written():
    rows = [[*HEAD, "Paid", "Balance"], row("Acme", "1", 100, 100, None),
            row("Beta", "2", 200, 50, None), row("Cee", "3", 300, 0, 300)]  # fmt: skip
    read = book(rows)
    assert (balances(read), asked(read)) == ([0, 15000, 30000], [])


def test_a_balance_column_that_nobody_fills_in_asks_nothing():
    read = book([[*HEAD, "Balance"], row("Acme", "1", 100, None), row("Beta", "2", 200, None)])
    assert (balances(read), asked(read)) == ([10000, 20000], [])


def test_paid_figures_up_to_one_beside_large_amounts_may_be_shares_and_are_asked_about():
    rows = [[*HEAD, "Paid"], row("Acme", "1", 100, 1), row("Beta", "2", 200, 0.5),
            row("Cee", "3", 300, 0)]  # fmt: skip
    read = book(rows)
    assert balances(read) == [None, None, 30000]
    assert [code for _, code, _ in asked(read)] == ["problem_paid_share"] * 2


def test_one_coin_paid_is_money_where_another_row_or_the_balance_proves_it():
    rows = [[*HEAD, "Paid"], row("Acme", "1", 100, 1), row("Beta", "2", 200, 50)]
    assert asked(book(rows)) == []
    rows = [[*HEAD, "Paid", "Balance"], row("Acme", "1", 100, 1, 99)]
    assert asked(book(rows)) == []


# ── who owes it ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mark", ["〃", "同上", '"', "Ditto", "″"])
def test_a_ditto_mark_is_the_customer_of_the_row_above_and_said_once(mark: str):
    rows = [HEAD, row("Acme", "1", 100), row(mark, "2", 200), row(mark, "3", 400),
            row("Beta", "4", 1), row(mark, "5", 2)]  # fmt: skip
    read = book(rows)
    assert read.invoices["customer"].tolist() == ["acme", "acme", "acme", "beta", "beta"]
    assert asked(read) == [("A3", "problem_ditto_filled", "")]


@pytest.mark.parametrize("mark", ["-", "do.", "—"])
def test_what_may_be_a_ditto_mark_is_nobody_until_somebody_says(mark: str):
    read = book([HEAD, row("Acme", "1", 100), row(mark, "2", 200)])
    assert read.invoices["customer"].tolist() == ["acme", ""]
    assert asked(read) == [("A3", "problem_ditto", "")]


def test_a_ditto_mark_under_a_blank_row_names_nobody():
    read = book([HEAD, row("Acme", "1", 100), [None] * 4, row("〃", "2", 200)])
    assert read.invoices["customer"].tolist() == ["acme", ""]
    assert asked(read) == [("A4", "problem_ditto", "")]


def test_characters_that_print_nothing_make_no_second_customer():
    rows = [
        HEAD,
        row("Acme", "1", 100),
        row("\u200bAcme", "2", 200),
        row("Ac\u00adme\u200b", "3", 4),
    ]
    read = book(rows)
    assert read.invoices["customer"].tolist() == ["acme"] * 3
    assert read.invoices["customer_name"].tolist()[1] == "Acme"


def test_a_dash_for_a_code_is_no_code_and_no_question_where_a_name_stands_beside_it():
    rows = [["Customer Code", *HEAD], ["-", *row("Acme", "1", 100)], ["-", *row("Beta", "2", 2)]]
    read = book(rows)
    assert read.invoices["customer"].tolist() == ["acme", "beta"]
    assert asked(read) == []


# ── rows that are no debts ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("heading", "invoice", "other", "code"),
    [
        ("Type", "Invoice", "Credit Note", "problem_credit_positive"),
        ("Doc Type", "INV", "CN", "problem_credit_positive"),
        ("单据类型", "发票", "红字发票", "problem_credit_positive"),
        ("单据类型", "发票", "收款单", "problem_payment_positive"),
        ("Transaction Type", "Invoice", "Payment", "problem_payment_positive"),
        ("What", "Invoice", "Receipt", "problem_payment_positive"),
        ("Document Type", "Invoice", "Quote", "problem_not_an_invoice"),
        ("Document Type", "Invoice", "Pro-forma", "problem_not_an_invoice"),
        ("Debit/Credit Ind.", "S", "H", "problem_credit_positive"),
        ("Dr/Cr", "Dr", "Cr", "problem_credit_positive"),
        ("D/C", "D", "C", "problem_credit_positive"),
        ("方向", "借", "贷", "problem_credit_positive"),
        ("借贷", "借", "贷", "problem_credit_positive"),
    ],
)
def test_a_row_whose_type_is_no_invoice_is_asked_about_where_its_amount_adds(
    heading: str, invoice: str, other: str, code: str
):
    rows = [["Customer", "Invoice", heading, "Due Date", "Amount"],
            ["Acme", "1", invoice, DUE, 100], ["Beta", "2", other, DUE, 200]]  # fmt: skip
    read = book(rows)
    assert balances(read) == [10000, None]
    assert asked(read) == [("C3", code, "beta")]


@pytest.mark.parametrize("other", ["Credit Note", "Payment", "红字发票", "收款单"])
def test_a_credit_or_payment_with_a_negative_amount_asks_nothing(other: str):
    rows = [["Customer", "Invoice", "Type", "Due Date", "Amount"],
            ["Acme", "1", "Invoice", DUE, 100], ["Acme", "2", other, DUE, -30]]  # fmt: skip
    read = book(rows)
    assert (balances(read), asked(read)) == ([10000, -3000], [])


@pytest.mark.parametrize("word", ["PAID", "Paid invoices", "CLOSED", "Settled items:", "已付",
                                  "已核销发票", "PAID - March 2026", "Credit notes"])  # fmt: skip
def test_rows_under_a_line_that_says_paid_are_asked_about(word: str):
    rows = [HEAD, row("Acme", "1", 100), [None] * 4, [word, None, None, None],
            row("Beta", "2", 200), row("Cee", "3", 400)]  # fmt: skip
    read = book(rows)
    assert balances(read) == [10000, None, None]
    assert asked(read) == [("D5", "problem_under_heading", "beta"),
                           ("D6", "problem_under_heading", "cee")]  # fmt: skip


@pytest.mark.parametrize("word", ["OPEN", "Unpaid invoices", "未付", "Outstanding"])
def test_a_line_that_says_open_ends_what_another_said_of_the_rows_above(word: str):
    rows = [HEAD, ["Paid", None, None, None], row("Acme", "1", 100), [word, None, None, None],
            row("Beta", "2", 200)]  # fmt: skip
    assert balances(book(rows)) == [None, 20000]


def test_a_customer_whose_name_begins_like_such_a_line_is_a_customer():
    rows = [HEAD, ["Closed Loop Partners", None, None, None], [None, "1", DUE, 100],
            ["Paid Media GmbH", None, None, None], [None, "2", DUE, 200]]  # fmt: skip
    read = book(rows)
    assert read.invoices["customer"].tolist() == ["closed loop partners", "paid media gmbh"]
    assert balances(read) == [10000, 20000]


@pytest.mark.parametrize("word", ["EUR", "EUR customers", "Currency: EUR", "欧元客户"])
def test_rows_under_a_line_that_names_another_currency_are_asked_about(word: str):
    rows = [HEAD, ["USD", None, None, None], row("Acme", "1", 100), [word, None, None, None],
            row("Beta", "2", 200)]  # fmt: skip
    read = book(rows)
    assert balances(read) == [10000, None]
    assert asked(read) == [("D5", "problem_under_currency", "beta")]


def test_a_line_that_names_a_currency_asks_nothing_where_each_row_names_its_own():
    rows = [[*HEAD, "Currency"], ["EUR", None, None, None, None], row("Acme", "1", 100, "EUR")]
    read = book(rows)
    assert (balances(read), asked(read)) == ([10000], [])


@pytest.mark.parametrize("label", ["Balance b/f", "Brought forward", "c/f", "承前页", "过次页",
                                   "上年结转", "期初余额", "Opening balance"])  # fmt: skip
def test_a_sum_carried_over_is_nobodys_debt_and_said(label: str):
    rows = [HEAD, [label, None, None, 5000], row("Acme", "1", 100)]
    read = book(rows)
    assert read.invoices["customer"].tolist() == ["acme"]
    assert asked(read) == [("A2", "problem_carried", "")]


@pytest.mark.parametrize("label", ["Less: advance received", "Less advance", "减：预收"])
def test_what_is_taken_off_under_a_customer_holds_that_customer(label: str):
    rows = [HEAD, row("Acme", "1", 1000), [label, None, None, -300], row("Beta", "2", 100)]
    read = book(rows)
    assert read.invoices["customer"].tolist() == ["acme", "beta"]
    assert asked(read) == [("A3", "problem_carried", "acme")]


def test_a_customers_row_that_carries_a_sum_over_is_asked_about():
    rows = [HEAD, row("Acme", "Opening balance", 1000), row("Beta", "2", 100)]
    read = book(rows)
    assert balances(read) == [None, 10000]
    assert asked(read) == [("B2", "problem_carried", "acme")]


# ── dates ────────────────────────────────────────────────────────────────────────────────────


def days(*cells: Cell) -> list[str]:
    read = read_dates(column(list(cells)), None, "Asia/Shanghai")
    return [
        "ask" if at in read.complaints else str(read.values[at])[:10] for at in range(len(cells))
    ]


def test_a_real_date_beside_texts_that_were_no_dates_may_have_day_and_month_swapped():
    assert days("27/03/2026", date(2026, 1, 12), "28/03/2026") == [
        "2026-03-27", "ask", "2026-03-28"]  # fmt: skip


def test_a_real_date_after_the_12th_proves_that_none_was_swapped():
    assert days("27/03/2026", date(2026, 1, 12), date(2026, 1, 15)) == [
        "2026-03-27", "2026-01-12", "2026-01-15"]  # fmt: skip


def test_two_short_years_that_agree_decide_where_years_stand():
    assert days("25/02/26", "13/03/26") == ["2026-02-25", "2026-03-13"]
    assert days("25/12/25", "13/01/26") == ["2025-12-25", "2026-01-13"]
    assert days("25/02/26", "24/03/26") == ["ask", "ask"]


# ── currencies and decimals ──────────────────────────────────────────────────────────────────


def currencies(*amounts: Cell, home: str = "CNY") -> tuple[list[str], list[tuple[str, str, str]]]:
    rows = [row(f"C{at}", str(at), amount) for at, amount in enumerate(amounts)]
    read = book([HEAD, *rows], terms=policy(currency=home))
    return read.invoices["currency"].tolist(), asked(read)


def test_amounts_that_name_no_currency_beside_one_that_does_are_asked_about():
    _, found = currencies("1,25,000.00", "₹ 2,10,500", home="CNY")
    assert found == [("D2", "problem_currency_partly", "c0")]
    _, found = currencies(1000, 2000, "€ 500.00", home="USD")
    assert [code for _, code, _ in found] == ["problem_currency_partly"] * 2


def test_one_foreign_amount_among_many_is_an_exception():
    assert currencies(*range(100, 150), "€ 500.00", home="USD")[1] == []


def test_a_pound_sign_is_the_usual_one_and_a_dollar_sign_in_a_book_of_none_is_asked_about():
    iso, found = currencies("£ 500.00", "$ 300.00", "$ 20.00", "€ 100.00", "CHF 40.00")
    assert iso == ["GBP", "USD", "USD", "EUR", "CHF"]
    assert found == [("D3", "problem_dollars", "c1"), ("D4", "problem_dollars", "c2")]


def test_a_dollar_sign_is_the_books_own_dollar():
    assert currencies("$ 300.00", 20, home="SGD") == (["SGD", "SGD"], [])


def test_a_text_with_more_decimals_than_its_currency_is_rounded_and_said():
    read = book([HEAD, row("Acme", "1", "1.2345"), row("Beta", "2", "1.2000")],
                terms=policy(currency="KWD"))  # fmt: skip
    assert balances(read) == [1235, 1200]
    assert asked(read) == [("D2", "problem_money_rounded", "")]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1,200.00", "600.50"], [120000, 60050]),
        (["1.200,00", "600,50"], [120000, 60050]),
        (["200.00-", "300.00"], [-20000, 30000]),
        (["1,18,000.00 Dr", "2,000.00 Dr"], [11800000, 200000]),
    ],
)
def test_texts_with_decimals_are_money(texts: list[str], expected: list[int]):
    cells = read_amounts(column(list(texts)))
    money = read_money(cells, Currencies(("USD",), np.zeros(len(texts), np.int64)))
    assert (money.values.tolist(), money.complaints) == (expected, {})
