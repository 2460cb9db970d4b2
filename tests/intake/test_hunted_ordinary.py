"""Ordinary columns that were held for nothing, or that said something nobody heeded."""

from __future__ import annotations

from datetime import date

import pytest

from collector.errors import HeadingMissingError, HeadingTwiceError
from collector.intake.book import Book, read_book
from collector.model import Cell, Grid, Policy

DUE = date(2026, 2, 1)
KEYS = ["Customer", "Invoice No", "Email", "Due Date", "Amount"]


def read(headings: list[str], *rows: list[Cell], keys: list[str] = KEYS) -> Book:
    """Return the book of rows that begin with customer and amount; further cells follow."""
    grid: list[list[Cell]] = [[*keys, *headings]]
    grid += [
        [who, f"INV-{at}", f"ap@{str(who).casefold()}.com", DUE, amount, *more]
        for at, (who, amount, *more) in enumerate(rows, 1)
    ]
    return read_book([Grid("S", grid, "")], Policy("book"))


def held(headings: list[str], *rows: list[Cell]) -> list[int | None]:
    """Return the sheet rows with a problem that holds their customer."""
    found = read(headings, *rows).problems
    return [each.where.row for each in found if each.holds == "customer"]


def test_a_reference_that_differs_on_each_row_of_a_customer_is_no_code():
    book = read(["Customer ref"], ["Acme", 1, "R1"], ["Acme", 2, "R2"], ["Acme", 3, "R3"])
    assert book.invoices["customer"].nunique() == 1


def test_a_code_that_comes_back_is_the_customers():
    book = read(["Customer ref"], ["Acme", 1, "R1"], ["Acme", 2, "R1"], ["Beta", 3, "R2"])
    assert book.invoices["customer"].tolist() == ["R1", "R1", "R2"]


@pytest.mark.parametrize(
    "heading", ["Sale type", "Cash/Credit sale", "Cash / Credit", "Sales Type"]
)
def test_a_sale_on_credit_is_no_credit_note(heading):
    assert held([heading], ["Acme", 1, "Credit"], ["Beta", 2, "Credit"]) == []
    assert held([heading], ["Acme", 1, "Cash"], ["Beta", 2, "Credit"]) == []


def test_a_credit_among_invoices_is_still_asked_about():
    assert held(["Type"], ["Acme", 1, "Credit"], ["Beta", 2, "Invoice"]) == [2]
    assert held(["Sales type"], ["Acme", 1, "Credit note"], ["Beta", 2, "Credit"])[:1] == [2]


def test_china_as_an_origin_is_no_credit_note():
    assert held(["Origin"], ["Acme", 1, "CN"], ["Beta", 2, "CN"]) == []
    assert held(["Made"], ["Acme", 1, "CN"], ["Beta", 2, "DE"], ["Cato", 3, "CN"]) == []
    assert held(["Type"], ["Acme", 1, "CN"], ["Beta", 2, "INV"]) == [2]


@pytest.mark.parametrize(
    "remark",
    ["paid late last time", "Paid late before", "usually pays late", "Paid late in the past"],
)
def test_a_remark_about_earlier_payments_is_no_payment(remark):
    assert held(["Note"], ["Acme", 1, remark]) == []


@pytest.mark.parametrize("word", ["Partiellement payée", "部分结算", "Teilweise bezahlt"])
def test_a_word_of_part_payment_is_known(word):
    heading = "结算状态" if word.startswith("部") else "Status"
    book = read(["Paid", "Balance", heading], ["Acme", 10, 4, 6, word], ["Beta", 5, 0, 5, None])
    assert book.problems == ()
    assert book.invoices["paid_status"].tolist() == ["part", ""]


def test_a_commission_that_was_paid_is_no_payment_of_the_invoice():
    assert held(["Commission paid"], ["Acme", 1, "Yes"], ["Beta", 2, "No"]) == []


def test_an_unclear_list_of_contacts_never_refuses_a_whole_book_of_invoices():
    invoices = Grid("Invoices", [KEYS, ["Acme", "INV-1", "a@acme.com", DUE, 10]], "")
    people = Grid("Contacts", [["Name", "Company", "Email", "Phone"],
                               ["Jo Fox", "Acme", "jo@acme.com", "123"]], "")  # fmt: skip
    book = read_book([invoices, people], Policy("book"))
    assert book.customers["customer_name"].tolist() == ["Acme"]


@pytest.mark.parametrize(
    "heading",
    ["Factored?", "是否保理", "Collected by agency", "With agency", "In administration",
     "Insolvent", "Sold to factor", "Set against"],
)  # fmt: skip
def test_what_others_see_to_is_asked_about(heading):
    yes, no = ("是", "否") if heading.startswith("是") else ("Yes", "No")
    assert held([heading], ["Acme", 1, yes], ["Beta", 2, no]) == [2]


@pytest.mark.parametrize("state", ["In administration", "Insolvent", "With agency", "破产清算"])
def test_a_customer_in_such_a_state_is_asked_about(state):
    assert held(["Customer status"], ["Acme", 1, state], ["Beta", 2, "Active"]) == [2]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [("Extra days", 60), ("延期天数", 60), ("Chase from", date(2026, 12, 15)),
     ("Start chasing on", date(2026, 12, 15))],
)  # fmt: skip
def test_what_may_wait_longer_is_asked_about(heading, cell):
    assert held([heading], ["Acme", 1, cell], ["Beta", 2, None]) == [2]


@pytest.mark.parametrize("heading", ["Paid by guarantor", "收到承兑汇票", "Paid by insurer"])
def test_what_somebody_else_paid_is_asked_about(heading):
    assert held([heading], ["Acme", 100, 100], ["Beta", 50, None]) == [2]


@pytest.mark.parametrize("heading", ["Replaced by", "Moved to", "Consolidated into"])
def test_a_row_that_another_row_stands_for_is_asked_about(heading):
    assert held([heading], ["Acme", 100, "INV-2"], ["Acme", 100, None]) == [2]
    assert held([heading], ["Acme", 100, "Leeds"], ["Beta", 100, None]) == []


def test_an_amount_beside_tax_at_a_stated_rate_may_be_without_it():
    with pytest.raises(HeadingMissingError):
        read(["VAT 20%"], ["Acme", 100, 20], ["Beta", 50, 10])


def test_another_payer_or_another_address_of_his_is_asked_about():
    rows: list[list[Cell]] = [["Acme", 100, "Zeta Holding"], ["Beta", 50, "Beta Ltd"]]
    assert held(["Bill to"], *rows) == [2]
    assert held(["Payer"], ["Acme", 100, "Gov Agency"], ["Beta", 50, None]) == [2]
    assert held(["Bill to"], ["Acme", 1, "12 High Street"], ["Beta", 2, "3 Low Road"]) == []
    mails: list[list[Cell]] = [["Acme", 100, "ap@zeta.com"], ["Beta", 50, "AP@beta.com"]]
    assert held(["Bill to email"], *mails) == [2]


def converted(*paid: float) -> Book:
    keys = [*KEYS[:4], "Currency", "Amount", "Paid", "Exchange rate", "Amount in CNY"]
    rows: list[list[Cell]] = [
        ["Acme", at, "a@acme.com", DUE, "USD", whole, part, 7.1, round(whole * 7.1, 2)]
        for at, (whole, part) in enumerate(zip((100, 50.5), paid, strict=True))
    ]
    return read_book([Grid("S", [[*keys], *rows], "")], Policy("book"))


def test_an_amount_that_is_only_converted_at_the_rate_beside_it_is_left_out():
    book = converted(100, 0)
    assert book.invoices["amount"].tolist() == [10000, 5050]
    assert book.invoices["currency"].tolist() == ["USD", "USD"]
    with pytest.raises(HeadingTwiceError):
        converted(710, 0)


def test_a_term_of_payment_over_days_is_the_due_date():
    keys: list[Cell] = ["Kunde", "Rechnungsnr.", "Rechnungsdatum", "Zahlungsziel", "Betrag"]
    rows: list[list[Cell]] = [["Acme", "1", date(2026, 1, 2), DUE, 10]]
    book = read_book([Grid("S", [keys, *rows], "")], Policy("book"))
    assert str(book.invoices["due_date"][0])[:10] == "2026-02-01"
