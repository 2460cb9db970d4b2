"""Tabs beside the receivables that may say less is owed, and that nobody reads."""

from __future__ import annotations

from datetime import date

import pytest

from collector.intake.book import read_book
from collector.model import Cell, Grid, Policy, TabHint

DUE = date(2026, 2, 1)
INVOICES: list[list[Cell]] = [
    ["Customer", "Invoice No", "Due Date", "Amount"],
    ["Acme", "INV-1", DUE, 1000],
    ["Beta", "INV-2", DUE, 500],
    ["北京华远", "INV-3", DUE, 700],
]
CREDITS: list[list[Cell]] = [["CN No", "Date", "Customer", "Invoice No", "Amount"]]


def held(tab: str, *rows: list[Cell], head: list[list[Cell]] = CREDITS, **hints: TabHint):
    grids = [Grid("Invoices", INVOICES, ""), Grid(tab, [*head, *rows], "")]
    book = read_book(grids, Policy("book", tabs=hints))
    return [f"{each.where} {each.code} {each.customer}" for each in book.problems]


@pytest.mark.parametrize(
    "tab", ["Credit Notes", "CN", "Credit memos 2026", "Refunds", "红字发票", "贷项", "Write-offs"]
)
def test_a_tab_of_credits_holds_the_customers_it_names(tab):
    assert held(tab, ["CN1", DUE, "ACME ", None, 200]) == [f"{tab}!2 problem_credit_tab acme"]
    assert held(tab, ["CN1", DUE, None, "INV-2", 200]) == [f"{tab}!2 problem_credit_tab beta"]


def test_a_tab_with_a_heading_of_credit_notes_is_one_whatever_its_name():
    head: list[list[Cell]] = [["红字发票号码", "购方", "金额"]]
    found = held("Sheet2", ["0012", "北京华远", -70], head=head)
    assert found == ["Sheet2!2 problem_credit_tab 北京华远"]


def test_payments_that_cannot_be_read_as_receipts_hold_whom_they_name():
    head: list[list[Cell]] = [["Who", "How much"]]
    assert held("Payments", ["Beta", 500], head=head) == ["Payments!2 problem_credit_tab beta"]


def test_a_tab_of_credits_that_names_nobody_is_said_and_holds_nobody():
    assert held("Credit Notes", ["CN1", DUE, "Other", None, 200]) == [
        "Credit Notes problem_credit_tab "
    ]


def test_a_tab_that_the_configuration_waives_is_not_mentioned():
    hint = TabHint(unused=("Credit Notes",))
    assert held("Credit Notes", ["CN1", DUE, "Acme", None, 200], invoices=hint) == []


@pytest.mark.parametrize("tab", ["Credit limits", "Payment terms", "收款账户", "Notes", "Contacts"])
def test_other_tabs_are_not_mentioned(tab):
    assert held(tab, ["Acme", 30, None, None, None], head=[["Customer", "Days"]]) == []


def test_a_tab_of_credit_notes_is_never_taken_for_the_receivables():
    credits = [[*INVOICES[0], "Invoice Date"], ["Acme", "CN-1", DUE, 100, DUE]]
    grids = [Grid("Credit Notes", credits, ""), Grid("Sheet1", INVOICES, "")]
    book = read_book(grids, Policy("book"))
    assert book.tables["invoices"].tab == "Sheet1"
    assert [str(each.where) for each in book.problems] == ["Credit Notes!2"]


def test_tabs_that_look_like_the_one_named_are_mentioned():
    grids = [Grid(tab, INVOICES, "") for tab in ("Mar", "Feb", "Jan")] + [Grid("Empty", [], "")]
    named = Policy("book", tabs={"invoices": TabHint("Mar")})
    book = read_book(grids, named)
    assert (book.aside, book.problems) == (("Feb", "Jan"), ())


@pytest.mark.parametrize(
    ("tab", "row"),
    [("Bank", [DUE, "ACME INV-1", 1000]), ("流水", [DUE, "Acme", 1000]),
     ("Settled", ["INV-1", DUE]), ("Disputes", ["INV-1", "Acme", "damaged"])],
)  # fmt: skip
def test_tabs_of_the_bank_of_settled_and_of_disputed_invoices_hold_whom_they_name(tab, row):
    grids = [Grid("Invoices", INVOICES, ""), Grid(tab, [["A", "B", "C"], row], "")]
    book = read_book(grids, Policy("book"))
    assert [f"{p.where} {p.customer}" for p in book.problems] == [f"{tab}!2 acme"]


def test_a_list_of_settled_invoices_holds_nobody_whose_invoice_it_does_not_name():
    grids = [Grid("Invoices", INVOICES, ""), Grid("Paid", [["A", "B"], ["Acme", "INV-9"]], "")]
    assert read_book(grids, Policy("book")).problems == ()
