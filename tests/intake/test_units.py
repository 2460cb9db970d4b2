"""The unit and currency of a whole table, wherever the sheet says them."""

from __future__ import annotations

import pytest

from collector.intake.book import Book, read_book
from collector.intake.headings.folding import unit_in_title, unit_of
from collector.model import Grid, Policy

HEAD = ["Customer", "Invoice No", "Due Date", "Amount"]
ROWS = [["Acme", "1", "2026-02-01", 12.5], ["Beta", "2", "2026-02-01", 8]]


def read(*above: str, below: str = "", head: list[str] = HEAD) -> Book:
    rows = [*([line] for line in above), head, *ROWS, [], [below or None]]
    width = max(map(len, rows))
    whole = [[*row, *[None] * (width - len(row))] for row in rows]
    return read_book([Grid("S", whole, "")], Policy("book"))


def said(book: Book) -> list[str]:
    return [f"{each.where} {each.code} {each.holds}" for each in book.problems]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Note: all amounts in thousands of EUR", (1_000, "EUR")),
        ("in EUR '000", (1_000, "EUR")),
        ("* amounts shown in thousands", (1_000, "")),
        ("All figures in USD thousands", (1_000, "USD")),
        ("Amount in Rs. Lakhs", (100_000, "")),
        ("Figures are in $000s", (1_000, "")),
        ("Werte in Mio. EUR", (1_000_000, "EUR")),
        ("Angaben in TEUR", (1_000, "EUR")),
        ("Beträge in T€", (1_000, "EUR")),
        ("montants en milliers d'euros", (1_000, "EUR")),
        ("importes en miles de euros", (1_000, "EUR")),
        ("Unit: CNY 10k", (10_000, "CNY")),
        ("Unit: 10,000 CNY", (10_000, "CNY")),
        ("单位：万元", (10_000, "")),
        ("注：以上金额单位均为万元", (10_000, "")),
        ("以上金额均以万元计", (10_000, "")),
        ("金额以万元为单位", (10_000, "")),
        ("单位:万元 币种:人民币", (10_000, "CNY")),
        ("以上数据单位：万元（人民币）", (10_000, "")),
        ("金额单位：元", (1, "")),
        ("Alle Beträge in EUR", (1, "EUR")),
        ("Beträge in EUR", (1, "EUR")),
        ("Montants en euros", (1, "EUR")),
        ("（金额：万元）", (10_000, "")),
        ("单位：美元/万", (10_000, "USD")),
    ],
)
def test_a_line_says_the_unit_of_the_table_it_is_beside(line, unit):
    assert unit_in_title(line) == unit


@pytest.mark.parametrize(
    "line",
    ["EUR 1,000", "10000", "100k", "Miles", "K", "万", "USD 5 million", "Amount due in 30 days",
     "Total amount in 2026: 1,000,000", "Amount paid: 10,000 EUR", "购货单位：万科",
     "注册资本：1000万元", "Please pay in USD", "Invoices in EUR are sent monthly",
     "Amounts rounded to the nearest thousand"],
)  # fmt: skip
def test_a_line_that_is_about_something_else_says_no_unit(line):
    assert unit_in_title(line) is None


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Amount (TEUR)", (1_000, "EUR")),
        ("Amount k€", (1_000, "EUR")),
        ("Amount, $m", (1_000_000, "")),
        ("Amount (CNY 10,000)", (10_000, "CNY")),
        ("Amount(RMB 10K)", (10_000, "CNY")),
        ("Betrag in Tsd. €", (1_000, "EUR")),
        ("Montant (milliers €)", (1_000, "EUR")),
        ("Amount USD thousands", (1_000, "USD")),
        ("Account (1000)", (1, "")),
    ],
)
def test_a_heading_says_the_unit_of_its_column(heading, unit):
    assert unit_of(heading) == unit


def test_a_note_below_the_table_is_heeded_like_a_title():
    book = read(below="Note: all amounts in thousands of EUR")
    assert book.invoices["amount"].tolist() == [1_250_000, 800_000]
    assert book.invoices["currency"].tolist() == ["EUR", "EUR"]
    assert book.tables["invoices"].units["amount"] == 1_000
    assert read(below="单位：万元").invoices["amount"].tolist() == [12_500_000, 8_000_000]


def test_a_note_that_says_what_is_said_above_changes_nothing():
    book = read("单位：万元", below="注：金额单位：万元")
    assert (book.invoices["amount"].tolist(), said(book)) == ([12_500_000, 8_000_000], [])


@pytest.mark.parametrize("above", ["单位：千元", "金额单位：元"])
def test_a_note_against_what_is_said_above_holds_everyone(above):
    found = said(read(above, below="单位：万元"))
    assert found == ["S!D3 problem_unit_below customer", "S!D4 problem_unit_below customer"]


def test_a_note_against_the_heading_holds_everyone():
    head = [*HEAD[:3], "Amount (USD)"]
    found = said(read(below="All amounts in EUR", head=head))
    assert found == ["S!D2 problem_unit_below customer", "S!D3 problem_unit_below customer"]


def test_a_unit_among_the_rows_holds_everyone():
    rows = [HEAD, ROWS[0], ["单位：万元", None, None, None], ROWS[1]]
    book = read_book([Grid("S", rows, "")], Policy("book"))
    assert {each.code for each in book.problems} == {"problem_unit_below"}
    assert book.invoices["bad_money"].all()


def test_two_lines_above_say_the_unit_and_the_currency():
    book = read("Amounts in thousands", "Currency: USD")
    assert book.invoices["amount"].tolist() == [1_250_000, 800_000]
    assert book.invoices["currency"].tolist() == ["USD", "USD"]


def test_a_unit_at_the_right_of_the_headings_or_of_the_first_row_is_heeded():
    beside = [[*HEAD, None, None, "单位：万元"], *([*row, None, None, None] for row in ROWS)]
    book = read_book([Grid("S", beside, "")], Policy("book"))
    assert book.invoices["amount"].tolist() == [12_500_000, 8_000_000]
    beside = [[*HEAD, *[None] * 3], [*ROWS[0], None, None, "单位：万元"], [*ROWS[1], *[None] * 3]]
    book = read_book([Grid("S", beside, "")], Policy("book"))
    assert book.invoices["amount"].tolist() == [12_500_000, 8_000_000]


@pytest.mark.parametrize(
    ("above", "tab", "code"),
    [
        ("Receivables - GBP", "S", "GBP"),
        ("Open items | EUR", "S", "EUR"),
        ("Customers - ALL", "S", "CNY"),
        ("Bank - USD", "S", "CNY"),
        ("", "AR USD", "USD"),
        ("", "应收-美元", "USD"),
        ("", "TRY", "CNY"),
        ("", "USD EUR", "CNY"),
        ("Amounts in GBP", "AR USD", "GBP"),
    ],
)
def test_a_title_or_the_tabs_name_may_end_with_the_currency(above: str, tab: str, code: str):
    rows = [[above or None, None, None, None], HEAD, *ROWS]
    book = read_book([Grid(tab, rows, "")], Policy("book"))
    assert book.invoices["currency"].tolist() == [code, code]
    assert said(book) == []


@pytest.mark.parametrize(
    ("label", "cell", "code", "times"),
    [("Currency:", "USD", "USD", 1), ("Currency", "EUR", "EUR", 1), ("单位", "万元", "CNY", 10_000),
     ("单位", "万科", "CNY", 1), ("币种：", "美元", "USD", 1)],
)  # fmt: skip
def test_a_label_above_and_the_cell_beside_it_say_the_unit(label, cell, code, times):
    rows = [[label, cell, None, None], [None] * 4, HEAD, *ROWS]
    book = read_book([Grid("S", rows, "")], Policy("book"))
    assert book.invoices["currency"].tolist() == [code, code]
    assert book.invoices["amount"].tolist() == [1_250 * times, 800 * times]
    assert said(book) == []


def test_the_label_of_the_total_names_the_currency():
    def totals(*labels: str) -> Book:
        rows = [HEAD, *ROWS, *([label, None, None, 20.5] for label in labels)]
        return read_book([Grid("S", rows, "")], Policy("book"))

    assert totals("Total USD").invoices["currency"].tolist() == ["USD", "USD"]
    assert totals("Total").invoices["currency"].tolist() == ["CNY", "CNY"]
    assert totals("合计（万元）").invoices["amount"].tolist() == [12_500_000, 8_000_000]
    found = said(totals("Total USD", "Total EUR"))
    assert found == ["S!D2 problem_unit_below customer", "S!D3 problem_unit_below customer"]


@pytest.mark.parametrize("title", ["$ millions", "Rs. in lakhs"])
def test_a_sign_above_that_several_currencies_share_holds_where_it_is_not_the_books(title: str):
    found = said(read(title))
    assert found == ["S!D3 problem_currency_sign customer", "S!D4 problem_currency_sign customer"]
    rows = [[title, None, None, None], HEAD, *ROWS]
    book = read_book(
        [Grid("S", rows, "")], Policy("book", currency="INR" if "R" in title else "USD")
    )
    assert said(book) == []
