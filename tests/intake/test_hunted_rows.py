"""Rows and cells that were once read wrongly in silence: read right now, or asked about."""

from __future__ import annotations

from datetime import date

import pytest

from collector.intake.book import Book
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
