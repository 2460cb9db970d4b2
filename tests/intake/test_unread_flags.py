"""Columns under any heading whose flags, words or days may settle their rows are asked about."""

from __future__ import annotations

from datetime import date

import pytest

from collector.intake.book import read_book
from collector.model import Cell, Grid, Policy, Problem, TabHint

DUE = date(2026, 2, 1)
LATER = date(2026, 3, 20)
EARLIER = date(2026, 1, 20)
KEYS = ["Customer", "Invoice No", "Invoice Date", "Due Date", "Amount"]


def problems(
    headings: list[str], *rows: list[Cell], policy: Policy = Policy("book")  # noqa: B008
) -> list[Problem]:  # fmt: skip
    """Return the problems that hold a customer; each row has what its further columns say."""
    grid: list[list[Cell]] = [[*KEYS, *headings]]
    grid += [[f"Customer {at}", f"A{at}", date(2026, 1, 2), DUE, 100 + at, *row]
             for at, row in enumerate(rows, 1)]  # fmt: skip
    read = read_book([Grid("S", grid, "")], policy).problems
    return [each for each in read if each.holds == "customer"]


def asked(
    headings: list[str], *rows: list[Cell], policy: Policy = Policy("book")  # noqa: B008
) -> list[str]:  # fmt: skip
    return [f"{each.where} {each.code}" for each in problems(headings, *rows, policy=policy)]


def flags(heading: str, *cells: Cell) -> list[str]:
    return asked([heading], *([cell] for cell in cells))


# ── flags ──


@pytest.mark.parametrize(
    "heading",
    [
        "Closed",
        "Done",
        "Erledigt",
        "Cerrada",
        "作廢",
        "赤伝",
        "Matched",
        "已对账",
        "Foo",
        "Is Deleted",
    ],
)
@pytest.mark.parametrize(
    ("yes", "no"),
    [("Y", "N"), ("yes", None), ("是", "否"), ("√", None), ("x", None), (True, False), (1, 0),
     ("ja", "nein"), ("Oui", "Non"), ("sì", "no")],
)  # fmt: skip
def test_a_yes_under_a_heading_that_nobody_reads_is_asked_about(heading, yes, no):
    assert flags(heading, no, yes, no) == ["S!F3 problem_unread_flag"]


@pytest.mark.parametrize(
    "heading",
    ["Printed", "VIP", "Taxable", "Posted", "Exported", "Recurring", "Shipped", "Is company",
     "Gender", "是否打印", "已发货", "Overdue?", "Reminder sent", "Qty", "Gedruckt", "Mahnstufe"],
)  # fmt: skip
def test_a_yes_under_a_plainly_harmless_heading_is_not(heading):
    assert flags(heading, "N", "Y", "N") == []
    assert flags(heading, 0, 1, 0) == []


@pytest.mark.parametrize("heading", ["Active", "Valid", "有效", "是否有效", "Live"])
def test_a_no_says_so_where_yes_means_that_the_invoice_stands(heading):
    assert flags(heading, "Y", "N", "Y") == ["S!F3 problem_unused_column"]


def test_where_yes_is_the_rule_the_rows_that_say_no_are_asked_about_too():
    assert len(flags("Foo", "Y", "N", "Y")) == 3


def test_what_every_row_says_alike_tells_nothing():
    assert flags("Foo", "Y", "Y", "Y", "Y") == []
    assert flags("Foo", "N", "N", "N", "N") == []


def test_many_rows_that_ask_the_same_are_one_question():
    found = problems(["Foo"], *([["Y"]] * 5), *([["N"]] * 9))
    assert [(str(each.where), each.rows) for each in found] == [("S!F", (2, 3, 4, 5, 6))]


def test_a_heading_listed_as_unused_asks_nothing():
    policy = Policy("book", tabs={"invoices": TabHint(unused=("Foo",))})
    assert asked(["Foo"], ["N"], ["Y"], ["N"], policy=policy) == []


def test_rows_with_nothing_open_and_credits_ask_nothing():
    assert asked(["Paid", "Foo"], [101, "Y"], [0, "N"], [0, "N"]) == []


# ── words ──


@pytest.mark.parametrize(
    "word",
    ["Paid", "Cancelled", "Draft", "Disputed", "Closed", "Written off", "Storniert", "Entwurf",
     "Ausgebucht", "Brouillon", "Abandonnée", "Anulada", "Bozza", "Annullata", "Rascunho",
     "Geannuleerd", "作废", "已作廢", "应付", "草稿", "争议", "キャンセル", "入金済",
     "Paid 12/11/2026"],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Foo", "Sonstiges", "款项类型"])
def test_a_word_of_an_end_is_asked_about_under_any_heading(heading, word):
    assert flags(heading, "Alpha", word, "Beta") == ["S!F3 problem_unread_flag"]


@pytest.mark.parametrize("heading", ["Order Status", "Shipping Status", "订单状态"])
@pytest.mark.parametrize("word", ["Cancelled", "Refunded", "已取消"])
def test_a_cancelled_order_is_asked_about(heading, word):
    assert len(flags(heading, "Open", word, "Open")) == 1


@pytest.mark.parametrize(
    ("heading", "word"),
    [("Order Status", "Completed"), ("Delivery Status", "Closed"), ("Project Status", "Done"),
     ("Payment Method", "Paid by card"), ("Freight", "Prepaid"), ("Payment Terms", "Paid"),
     ("Segment", "Retail"), ("Priority", "High")],
)  # fmt: skip
def test_a_word_that_says_nothing_of_the_invoice_is_not(heading, word):
    assert flags(heading, "Other", word, "Other") == []


def test_of_two_codes_that_a_heading_names_the_open_one_says_nothing():
    assert flags("P/U", "U", "P", "PP") == ["S!F3 problem_unread_flag", "S!F4 problem_unread_flag"]


def test_a_part_that_the_figures_show_is_no_news():
    assert asked(["Paid", "Foo"], [50, "Partial"], [0, "Alpha"]) == []
    assert flags("Foo", "Partial", "Alpha") == ["S!F2 problem_unread_flag"]


def test_a_credit_note_that_is_negative_already_is_not_asked_about():
    rows = [[*KEYS, "Document Type"],
            ["Acme", "1", DUE, DUE, 100, "Invoice"],
            ["Beta", "2", DUE, DUE, -5, "Credit Memo"]]  # fmt: skip
    read = read_book([Grid("S", rows, "")], Policy("book")).problems
    assert "problem_unread_flag" not in {each.code for each in read}


# ── days ──


@pytest.mark.parametrize(
    "heading",
    ["Foo", "Due Date (revised)", "調整後到期日", "Rescheduled", "票据到期日", "Next follow-up"],
)
def test_a_day_after_the_due_date_is_asked_about(heading):
    assert asked(["Paid", heading], [0, None], [0, LATER], [0, EARLIER]) == [
        "S!G3 problem_unread_day"
    ]


@pytest.mark.parametrize(
    "heading",
    ["Ship Date", "Delivery Date", "Created On", "Last Modified", "Last Contact", "发货日期",
     "Letzte Mahnung", "Date de livraison", "催收日期", "Print Date", "As of", "更新日",
     "Expected Delivery Date", "Next Invoice Date", "预计发货日期", "First notice"],
)  # fmt: skip
def test_days_of_our_own_steps_are_not(heading):
    assert flags(heading, None, LATER, None) == []


def test_days_before_the_due_date_are_not():
    assert flags("Foo", EARLIER, None, DUE) == []


def test_where_nothing_else_tells_of_payments_every_day_of_some_rows_may_be_one():
    assert flags("Foo", None, LATER, EARLIER) == [
        "S!F3 problem_unread_day", "S!F4 problem_unread_day"
    ]  # fmt: skip


def test_without_a_due_date_the_terms_tell_what_is_late():
    rows = [["Customer", "Invoice No", "Invoice Date", "Terms", "Amount", "Paid", "Foo"],
            ["Acme", "1", EARLIER, "Net 90", 100, 0, LATER],
            ["Beta", "2", EARLIER, "Net 30", 100, 0, LATER]]  # fmt: skip
    read = read_book([Grid("S", rows, "")], Policy("book")).problems
    found = [str(each.where) for each in read if each.code == "problem_unread_day"]
    assert found == ["S!G3"]


# ── headings that are read at once ──


@pytest.mark.parametrize(
    ("heading", "cell", "field", "value"),
    [("Stato", "Pagata", "paid_status", "paid"), ("Pagata", "Sì", "paid_status", "paid"),
     ("ステータス", "入金済", "paid_status", "paid"), ("付清", "是", "paid_status", "paid"),
     ("Under dispute", "Yes", "dispute", True), ("On query", "Y", "dispute", True),
     ("有异议", "是", "dispute", True), ("質疑", "是", "dispute", True),
     ("Contestata", "sì", "dispute", True), ("拒付原因", "质量", "dispute", True),
     ("Stop Reminders", "Y", "do_not_chase", True), ("已起诉", "是", "do_not_chase", True)],
)  # fmt: skip
def test_how_an_invoice_stands_is_read_in_many_languages(heading, cell, field, value):
    rows = [
        [*KEYS, heading],
        ["Acme", "1", DUE, DUE, 100, cell],
        ["Beta", "2", DUE, DUE, 100, None],
    ]
    read = read_book([Grid("S", rows, "")], Policy("book")).invoices
    assert read[field].tolist()[0] == value


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Zusage", "promise_date"), ("Commit Date", "promise_date"), ("答应付款日", "promise_date"),
     ("Expected Payment Date", "promise_date"), ("暂不催收至", "pause_until"),
     ("Stundung bis", "pause_until"), ("Rcpt Date", "paid_date"), ("Cash Date", "paid_date"),
     ("決済日", "paid_date"), ("沖帳日期", "paid_date")],
)  # fmt: skip
def test_days_of_promises_pauses_and_payments_are_read_in_many_languages(heading, field):
    rows = [[*KEYS, heading], ["Acme", "1", DUE, DUE, 100, LATER], ["Beta", "2", DUE, DUE, 9, None]]
    read = read_book([Grid("S", rows, "")], Policy("book")).invoices
    assert str(read[field].iloc[0])[:10] == "2026-03-20"


def test_letters_of_regions_are_no_flags():
    assert flags("Foo", "N", "S", "E", "W", "S") == []


def test_a_word_among_figures_is_asked_about_and_figures_are_no_flags():
    assert flags("Foo", 3, "Cancelled", 4) == ["S!F3 problem_unread_flag"]
    assert flags("Foo", 0, 1, 2, 3) == []


def test_a_flag_is_asked_about_where_a_figure_would_be_taken_off():
    assert flags("Is Return", "N", "Y", "N") == ["S!F3 problem_unread_flag"]


def test_what_a_system_numbers_as_draft_or_cancelled_is_asked_about():
    assert flags("Docstatus", 0, 1, 2) == ["S!F2 problem_unread_flag", "S!F4 problem_unread_flag"]
