"""A book read whole: which rows are receivables, what they say, and every problem's address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.intake.book import Book, contacts, read_book
from collector.model import Cell, Grid, Policy

Rows = list[list[Cell]]
DAY = date(2026, 1, 31)
NEXT = date(2026, 2, 28)
HEADINGS: list[Cell] = [
    "Customer",
    "Email",
    "Invoice No.",
    "Invoice Date",
    "Due Date",
    "Amount",
    "Paid",
]


def read(
    *rows: Sequence[Cell],
    headings: Sequence[Cell] = HEADINGS,
    merged: Sequence[tuple[int, int, int, int]] = (),
    customers: Rows | None = None,
    receipts: Rows | None = None,
    **policy: Any,
) -> Book:
    grids = [Grid("Invoices", [list(headings), *map(list, rows)], "", merged=tuple(merged))]
    grids += [Grid("Customers", customers, "")] if customers else []
    grids += [Grid("Receipts", receipts, "")] if receipts else []
    return read_book(grids, Policy("book", **policy))


def row(invoice: Cell = "1", amount: Cell = 100, **cells: Cell) -> list[Cell]:
    values: dict[str, Cell] = {"customer": "Acme", "email": "ap@acme.test", "due": DAY, "paid": 0}
    values |= {"date": date(2026, 1, 1)} | cells
    return [values["customer"], values["email"], invoice, values["date"], values["due"], amount,
            values["paid"]]  # fmt: skip


def rows_of(book: Book) -> list[int]:
    return [int(number) for number in book.invoices["row"]]


def said(book: Book) -> list[tuple[str, str, str]]:
    """Return the problems as (address, short code, what is held)."""
    return [(str(p.where), p.code.removeprefix("problem_"), p.holds) for p in book.problems]


# ── a plain row ──────────────────────────────────────────────────────────────────────────────


def test_a_row_is_read_with_its_types() -> None:
    book = read(row("001", 120.5, paid=20))
    found = book.invoices.iloc[0]
    assert (found["row"], found["customer"], found["customer_name"]) == (2, "acme", "Acme")
    assert (found["invoice"], found["email"]) == ("001", "ap@acme.test")
    assert (found["amount"], found["paid"], found["currency"], found["exponent"]) == (
        12050, 2000, "CNY", 2,
    )  # fmt: skip
    assert found["due_date"] == pd.Timestamp(DAY)
    assert (book.problems, book.has >= {"amount", "paid", "due_date"}) == ((), True)


def test_the_frame_has_the_columns_and_types_that_the_rules_rely_on() -> None:
    frame = read(row()).invoices
    kinds = {str(kind) for kind in frame.dtypes}
    assert kinds == {"int64", "str", "bool", "datetime64[ns]"}
    for name in ("invoice_date", "due_date", "paid_date", "promise_date", "pause_until"):
        assert str(frame[name].dtype) == "datetime64[ns]"
    for name in ("row", "exponent", "amount", "paid", "balance", "promise_amount"):
        assert str(frame[name].dtype) == "int64"
    assert not frame.isna().drop(columns=frame.select_dtypes("datetime").columns).any().any()


def test_a_table_without_rows_is_an_empty_book() -> None:
    book = read()
    assert (len(book.invoices), len(book.customers), book.problems) == (0, 0, ())
    assert {str(kind) for kind in book.invoices.dtypes} == {
        "int64",
        "str",
        "bool",
        "datetime64[ns]",
    }
    assert book.tables["invoices"].last_row == 1


def test_a_chinese_sheet_is_read() -> None:
    book = read(
        ["甲公司", "ap@jia.test", "20190307", "2025年12月1日", "2025/12/31", "1.2万", 0, "未核销",
         "否"],
        ["甲公司", "ap@jia.test", 20190308.0, 46000, 46030, "¥1,234.50", "234.5", "部分核销",
         "数量不符"],
        ["合计", None, None, None, None, 13234.5, 234.5, None, None],
        headings=["客户名称", "邮箱", "发票号码", "开票日期", "到期日", "金额(元)", "已收金额",
                  "核销状态", "争议"],
    )  # fmt: skip
    assert list(book.invoices["invoice"]) == ["20190307", "20190308"]
    assert list(book.invoices["amount"]) == [1_200_000, 123_450]
    assert list(book.invoices["paid_status"]) == ["unpaid", "part"]
    assert list(book.invoices["dispute_reason"]) == ["", "数量不符"]
    assert (book.problems, book.tables["invoices"].last_row) == ((), 4)


# ── which rows are receivables ───────────────────────────────────────────────────────────────


def test_blank_rows_are_skipped_and_the_others_keep_their_numbers() -> None:
    assert rows_of(read(row("1"), [None] * 7, ["", " ", None], row("2"))) == [2, 5]


@pytest.mark.parametrize(
    "word",
    [
        "Total",
        "TOTAL:",
        "Grand Total",
        "Subtotal",
        "Sub-total",
        "合计",
        "小计",
        "总计",
        "合 计",
        "Totals",
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_total_is_no_invoice_wherever_its_word_stands(word: str, place: int) -> None:
    total: list[Cell] = [None, None, None, None, None, 12345, None]
    total[place] = word
    book = read(row("1"), total)
    assert (rows_of(book), book.problems) == ([2], ())
    assert book.tables["invoices"].last_row == 3


def test_a_total_in_a_column_that_means_nothing_is_a_total() -> None:
    book = read([1, *row("1")], ["Total", *[None] * 5, 100, 0], headings=["Sr", *HEADINGS])
    assert rows_of(book) == [2]


def test_subtotals_of_customers_are_totals_when_they_add_up() -> None:
    book = read(
        row("1", 100), row("2", 50), ["Acme Total", None, None, None, None, 150, None],
        row("3", 7, customer="Beta"), ["Beta Total", None, None, None, None, 7, None],
        [None, None, None, None, None, 157, None],
    )  # fmt: skip
    assert (rows_of(book), book.problems) == ([2, 3, 5], ())


def test_a_company_called_total_is_a_customer() -> None:
    book = read(row("1", customer="Total"), row("2", 30, customer="Total Energies", due="x"))
    assert list(book.invoices["customer_name"]) == ["Total", "Total Energies"]


def test_a_bare_amount_that_is_no_total_is_a_row_without_customer() -> None:
    book = read(row("1", 100), [None, None, None, None, None, 99, None])
    assert rows_of(book) == [2, 3]
    assert said(book) == [("Invoices!A3", "no_customer", "row")]


def test_a_tax_row_is_never_dropped_in_silence() -> None:
    book = read(row("1", 100), [None, None, "CGST 9%", None, None, 9, None])
    assert said(book) == [("Invoices!A3", "no_customer", "row")]


def test_notes_below_and_between_are_no_invoices_and_end_the_table() -> None:
    book = read(
        row("1"),
        ["Northern region"],
        row("2"),
        [],
        ["Prepared by Wei"],
        [None, None, "* disputed items are shown in red"],
        [None, None, None, None, None, "amounts in CNY"],
    )
    assert (rows_of(book), book.problems, book.tables["invoices"].last_row) == ([2, 4], (), 4)


def test_headings_repeated_on_every_page_are_no_invoices() -> None:
    book = read(row("1"), HEADINGS, row("2"))
    assert (rows_of(book), book.problems) == ([2, 4], ())


def test_a_second_table_below_is_not_read_and_said() -> None:
    other: list[Cell] = ["Invoice No.", "Customer", "Amount", "Due Date", "Note"]
    book = read(row("1"), [], other, ["9", "Beta", 5, DAY, "x"])
    assert rows_of(book) == [2]
    assert said(book) == [("Invoices!4", "second_table", "nothing")]


def test_rows_shorter_than_the_table_are_read_as_if_blank() -> None:
    headings = [*HEADINGS, "Note"]
    assert rows_of(read(row("1"), row("2")[:6], headings=headings)) == [2, 3]


def test_a_customer_only_on_the_first_row_of_a_merged_group_is_every_rows() -> None:
    book = read(row("1"), row("2", customer=None), row("3", customer=None),
                merged=[(1, 0, 3, 0)])  # fmt: skip
    assert (list(book.invoices["customer"]), book.problems) == (["acme"] * 3, ())


def test_a_blank_customer_below_another_is_not_guessed() -> None:
    book = read(row("1"), row("2", customer=None))
    assert said(book) == [("Invoices!A3", "no_customer", "row")]


def test_a_merged_amount_counts_once() -> None:
    book = read(row("1", 100), row("2", None), merged=[(1, 5, 2, 5)])
    assert said(book) == [("Invoices!F3", "amount_missing", "customer")]


# ── problems and what they hold ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"amount": "abc"}, ("Invoices!F2", "money_unreadable", "customer")),
        ({"amount": "1,234"}, ("Invoices!F2", "money_two_ways", "customer")),
        ({"amount": "#UNCALCULATED"}, ("Invoices!F2", "uncalculated", "customer")),
        ({"amount": "C$5"}, ("Invoices!F2", "money_currency", "customer")),
        ({"amount": None}, ("Invoices!F2", "amount_missing", "customer")),
        ({"paid": "50%"}, ("Invoices!G2", "money_percent", "customer")),
    ],
)
def test_a_row_whose_money_is_unclear_holds_its_customer(
    cells: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    book = read(row(**cells))
    assert said(book) == [expected]
    assert book.invoices["bad_money"].tolist() == [True]
    assert book.problems[0].customer == "acme"


def test_an_unclear_due_date_holds_its_customer() -> None:
    book = read(row(due="03/04/2026"))
    assert said(book) == [("Invoices!E2", "date_two_ways", "customer")]
    assert book.invoices["bad_due"].tolist() == [True]


def test_an_unclear_invoice_date_holds_only_where_the_due_date_hangs_on_it() -> None:
    headings = [*HEADINGS, "Terms"]
    book = read([*row("1", date="x"), ""], [*row("2", date="x", due=None), "30"], headings=headings)
    assert said(book) == [
        ("Invoices!D2", "date_unreadable", "nothing"),
        ("Invoices!D3", "date_unreadable", "customer"),
    ]


def test_an_unclear_promise_holds_its_invoice() -> None:
    headings = [*HEADINGS, "Promised on", "Promise amount", "Hold until", "Dispute"]
    book = read([*row(), "soon", "some", "later", "#REF!"], headings=headings)
    assert [(code, holds) for _, code, holds in said(book)] == [
        ("date_unreadable", "invoice"), ("money_unreadable", "invoice"),
        ("date_unreadable", "invoice"), ("error_value", "invoice"),
    ]  # fmt: skip
    assert book.invoices["bad_money"].tolist() == [False]


def test_an_unclear_flag_counts_as_yes_and_holds_its_customer() -> None:
    book = read([*row(), "perhaps"], headings=[*HEADINGS, "Do not chase"])
    assert book.invoices["do_not_chase"].tolist() == [True]
    assert said(book) == [("Invoices!H2", "flag", "customer")]


def test_terms_written_where_the_due_date_belongs_are_terms() -> None:
    book = read(row(due="月结30天"), row("2", due="TBD"))
    assert list(book.invoices["terms"]) == ["月结30天", ""]
    assert said(book) == [("Invoices!E3", "date_unreadable", "customer")]


def test_paid_left_blank_is_nothing_paid() -> None:
    book = read(row(paid=None))
    assert (book.invoices["paid"].tolist(), book.invoices["has_paid"].tolist()) == ([0], [False])
    assert book.problems == ()


def test_a_missing_amount_beside_a_balance_is_no_problem() -> None:
    book = read([*row(amount=None), 40], headings=[*HEADINGS, "Balance"])
    assert (book.problems, book.invoices["balance"].tolist()) == ((), [4000])


def test_an_unknown_status_is_a_problem_only_where_nothing_else_tells() -> None:
    headings = ["Customer", "Due Date", "Amount", "Status"]
    book = read(["Acme", DAY, 5, "ask Wei"], headings=headings)
    assert said(book) == [("Invoices!D2", "status_unknown", "customer")]
    assert read(["Acme", DAY, 5, "ask Wei", 5], headings=[*headings, "Balance"]).problems == ()


def test_problems_come_in_the_order_of_the_sheet() -> None:
    book = read(row("1", "x", due="x"), row("2", email="bad@"), row("3", "y"))
    assert [str(problem.where) for problem in book.problems] == [
        "Invoices!E2", "Invoices!F2", "Invoices!B3", "Invoices!F4",
    ]  # fmt: skip


def test_every_problem_can_be_said_in_english_and_chinese() -> None:
    book = read(row("1", "x", due="03/04/2026"), row("1", email="bad@", due="31/02/2026"))
    assert all(problem.say("en") and problem.say("zh") for problem in book.problems)


# ── duplicates ───────────────────────────────────────────────────────────────────────────────


def test_the_same_number_with_the_same_due_date_holds_the_customer() -> None:
    book = read(row("7"), row("8"), row("7", 50))
    assert said(book) == [
        ("Invoices!C2", "duplicate_invoice", "customer"),
        ("Invoices!C4", "duplicate_invoice", "customer"),
    ]
    assert book.problems[0].facts == {"invoice": "7", "rows": "2, 4"}


def test_a_number_as_text_and_as_a_number_is_the_same_number() -> None:
    assert len(read(row("7"), row(7.0)).problems) == 2


def test_instalments_may_repeat_the_number() -> None:
    assert read(row("7"), row("7", due=NEXT)).problems == ()
    headings = [*HEADINGS, "Instalment"]
    assert read([*row("7"), "1/2"], [*row("7"), "2/2"], headings=headings).problems == ()


def test_a_void_row_duplicates_nothing() -> None:
    headings = [*HEADINGS, "Status"]
    assert read([*row("7"), "Void"], [*row("7"), "Open"], headings=headings).problems == ()


def test_the_same_number_at_two_customers_is_shown_and_holds_nothing() -> None:
    book = read(row("7"), row("7", customer="Beta", email="b@beta.test"))
    assert [(code, holds) for _, code, holds in said(book)] == [
        ("invoice_elsewhere", "nothing")
    ] * 2


def test_without_numbers_rows_alike_in_everything_hold_the_customer() -> None:
    headings = ["Customer", "Due Date", "Amount"]
    book = read(["Acme", DAY, 5], ["Acme", DAY, 5], ["Acme", NEXT, 5], headings=headings)
    assert [code for _, code, _ in said(book)] == ["rows_alike"] * 2


# ── currencies ───────────────────────────────────────────────────────────────────────────────


def test_each_row_is_in_its_own_currency() -> None:
    headings = [*HEADINGS, "Currency"]
    book = read(
        [*row("1", 5), "USD"], [*row("2", 5), "人民币"], [*row("3", 5), "JPY"],
        [*row("4", 5), None], [*row("5", 1.2345), "kwd"], headings=headings, currency="EUR",
    )  # fmt: skip
    assert list(book.invoices["currency"]) == ["USD", "CNY", "JPY", "EUR", "KWD"]
    assert list(book.invoices["amount"]) == [500, 500, 5, 500, 1235]
    assert list(book.invoices["exponent"]) == [2, 2, 0, 2, 3]


@pytest.mark.parametrize("cell", ["XYZ", "$", "dollars", 5, "#N/A"])
def test_a_currency_that_is_not_certain_holds_the_customer(cell: Cell) -> None:
    book = read([*row(), cell], headings=[*HEADINGS, "Currency"])
    assert said(book) == [("Invoices!H2", "currency", "customer")]
    assert book.invoices["bad_money"].tolist() == [True]


def test_a_shared_sign_means_the_books_own_currency_where_it_can() -> None:
    book = read([*row(), "$"], headings=[*HEADINGS, "Currency"], currency="HKD")
    assert list(book.invoices["currency"]) == ["HKD"]


def test_an_amount_that_names_its_currency_beyond_doubt_is_in_it() -> None:
    book = read(row("1", "1.234,50 €"), row("2", "US$ 5"), row("3", 5))
    assert list(book.invoices["currency"]) == ["EUR", "USD", "CNY"]
    assert book.problems == ()


def test_the_heading_names_the_currency_and_a_cell_may_not_contradict_it() -> None:
    headings = ["Customer", "Due Date", "Amount (USD)"]
    book = read(["A", DAY, 5], ["B", DAY, "€5"], headings=headings)
    assert list(book.invoices["currency"]) == ["USD", "USD"]
    assert said(book) == [("Invoices!C3", "money_currency", "customer")]


def test_amounts_in_ten_thousands_are_multiplied() -> None:
    book = read(
        ["甲", DAY, 1.23456, "0.5"], headings=["客户", "到期日", "应收金额（万元）", "已收金额(元)"]
    )
    assert (book.invoices["amount"][0], book.invoices["paid"][0]) == (1_234_560, 50)


def test_a_currency_named_beside_what_was_paid_need_not_be_the_invoices() -> None:
    book = read(row("1", 100, paid="USD 50"))
    assert list(book.invoices["currency"]) == ["CNY"]
    assert said(book) == [("Invoices!G2", "money_currency", "customer")]


def test_a_bare_amount_among_euros_is_asked_about() -> None:
    book = read(row("1", "€5.00"), row("2", "€7.50"), row("3", 5))
    assert said(book) == [("Invoices!F4", "currency_unsaid", "customer")]
    assert book.invoices["bad_money"].tolist() == [False, False, True]


def test_serials_count_from_1904_where_the_book_does() -> None:
    rows = [HEADINGS, row(due=44591)]
    for from_1904, due in ((False, "2022-01-30"), (True, "2026-01-31")):
        book = read_book([Grid("Invoices", rows, "", from_1904=from_1904)], Policy("book"))
        assert str(book.invoices["due_date"][0])[:10] == due


# ── numbers, and papers that are no invoices ─────────────────────────────────────────────────


def test_a_number_whose_last_digits_excel_lost_is_asked_about() -> None:
    book = read(row(25112000000012345678), row("2.5112E+19", due=NEXT), row("25112000000012345678"))
    assert said(book) == [
        ("Invoices!C2", "id_cut", "customer"),
        ("Invoices!C3", "id_cut", "customer"),
    ]
    assert list(book.invoices["invoice"]) == ["", "", "25112000000012345678"]


def test_codes_that_overflowed_join_nobody() -> None:
    headings = ["Customer Code", "Customer", "Due Date", "Amount"]
    book = read([-2147483648, "Acme", DAY, 1], [-2147483648, "Beta", DAY, 2], headings=headings)
    assert list(book.invoices["customer"]) == ["acme", "beta"]
    assert [code for _, code, _ in said(book)] == ["id_overflow"] * 2


def test_a_pro_forma_and_a_credit_note_that_adds_are_asked_about() -> None:
    book = read(row("Proforma 12"), row("Credit note 7", 50), row("Credit note 8", -50, due=NEXT))
    assert said(book) == [
        ("Invoices!C2", "not_an_invoice", "customer"),
        ("Invoices!C3", "credit_positive", "customer"),
    ]


# ── customers ────────────────────────────────────────────────────────────────────────────────


def test_a_customer_on_the_first_row_of_his_group_only_is_every_rows_and_said_once() -> None:
    book = read(
        row("1"), row("2", customer=None), row("3", customer=None), [],
        row("4", customer="Beta"), row("5", customer=None),
    )  # fmt: skip
    assert list(book.invoices["customer"]) == ["acme", "acme", "acme", "beta", "beta"]
    assert said(book) == [("Invoices!A3", "customer_from_above", "nothing")]
    assert book.problems[0].facts == {"rows": "3"}


def test_a_group_ends_where_a_gap_or_a_row_of_another_kind_does() -> None:
    book = read(
        row("1"), row("2", customer=None), row("3", customer=None), row("4", customer=None), [],
        row("5", customer=None), row("CGST 9%", customer=None, date=None, due=None),
    )  # fmt: skip
    assert list(book.invoices["customer"]) == ["acme"] * 4 + ["", ""]


def test_a_sheet_that_repeats_its_customers_is_not_written_in_groups() -> None:
    blank = [row(str(number), customer=None) for number in range(3, 9)]
    book = read(row("1"), row("2"), *blank)
    assert list(book.invoices["customer"]) == ["acme"] * 2 + [""] * 6


def test_spellings_that_may_be_one_customer_are_offered_and_not_joined() -> None:
    book = read(
        row("1", customer="Acme Trading Ltd."), row("2", customer="ACME TRADING LIMITED"),
        row("3", customer="甲科技有限公司"), row("4", customer="甲科技"),
        row("5", customer="Acme Trade"),
    )  # fmt: skip
    assert book.invoices["customer"].nunique() == 5
    assert said(book) == [
        ("Invoices!A3", "same_customer", "nothing"), ("Invoices!A5", "same_customer", "nothing"),
    ]  # fmt: skip


def test_codes_that_differ_by_zeros_in_front_may_be_one_customer() -> None:
    headings = ["Customer Code", "Customer", "Due Date", "Amount"]
    book = read(["0042", "Acme", DAY, 1], [42, "Acme", DAY, 2], ["43", "Acme", DAY, 3],
                headings=headings)  # fmt: skip
    assert said(book) == [("Invoices!B3", "same_customer", "nothing")]


def test_one_customer_under_three_spellings_and_one_code_is_one() -> None:
    headings = ["Customer Code", "Customer", "Due Date", "Amount"]
    book = read(["C1", "Acme Ltd", DAY, 1], ["c1", "ACME", DAY, 2], ["C1", "Akme", DAY, 3],
                [None, "Acme", DAY, 4], headings=headings)  # fmt: skip
    assert list(book.invoices["customer"]) == ["C1"] * 4
    assert list(book.customers["customer_name"]) == ["Acme Ltd"]


def test_a_name_with_two_codes_is_a_customer_of_its_own() -> None:
    headings = ["Customer Code", "Customer", "Due Date", "Amount"]
    book = read(["C1", "Acme", DAY, 1], ["C2", "Acme", DAY, 2], [None, "Acme", DAY, 3],
                headings=headings)  # fmt: skip
    assert list(book.invoices["customer"]) == ["C1", "C2", "acme"]


def test_numeric_codes_are_text() -> None:
    headings = ["Customer Code", "Due Date", "Amount"]
    book = read([1001.0, DAY, 1], ["0042", DAY, 2], headings=headings)
    assert list(book.customers.index) == ["1001", "0042"]


def test_the_customers_tab_adds_what_the_rows_leave_out() -> None:
    book = read(
        ["Acme", "1", DAY, None, 100],
        headings=["Customer", "Invoice No.", "Invoice Date", "Due Date", "Amount"],
        customers=[
            ["Name", "Code", "Email", "Terms", "Credit limit", "On hold", "Language", "Rating"],
            ["ACME", "C1", "a@acme.test", "Net 30", "5,000.00", "是", "中文", "B"],
            ["Idle", "C2", "", "", None, None, "", ""],
        ],
    )
    acme = book.customers.loc["C1"]
    assert list(book.customers.index) == ["C1", "C2"]
    assert (acme["email"], acme["credit_limit"], acme["has_credit_limit"]) == (
        "a@acme.test", 500_000, True,
    )  # fmt: skip
    assert (acme["credit_hold"], acme["language"], acme["rating_override"]) == (True, "zh", "B")
    assert (acme["row"], book.invoices["terms"][0], book.problems) == (2, "Net 30", ())


def test_one_flat_tab_may_repeat_the_customer_on_every_row() -> None:
    headings = [*HEADINGS, "Language", "Credit limit", "Unbilled orders", "Phone", "Contact"]
    book = read(
        [*row("1"), None, None, None, None, "Li Wei"],
        [*row("2"), "Chinese", 5000, "12.5", 123, None],
        headings=headings,
    )
    acme = book.customers.loc["acme"]
    assert (acme["language"], acme["phone"], acme["contact"]) == ("zh", "123", "Li Wei")
    assert (acme["credit_limit"], acme["has_credit_limit"], acme["orders"]) == (500_000, True, 1250)


def test_another_tab_that_looks_like_receivables_is_said() -> None:
    grids = [Grid(name, [HEADINGS, row()], "") for name in ("Invoices", "Old")]
    book = read_book(grids, Policy("book"))
    assert said(book) == [("Old", "second_tab", "nothing")]


def test_a_sheet_that_writes_codes_for_names_finds_the_names() -> None:
    book = read(
        row(customer="C1"),
        customers=[["Customer Code", "Customer", "Email"], ["C1", "Acme", "a@b.test"]],
    )
    assert list(book.invoices["customer"]) == ["C1"]
    assert list(book.customers["customer_name"]) == ["Acme"]


def test_what_is_wrong_on_the_customers_tab_is_said_there() -> None:
    book = read(row(), customers=[
        ["Name", "Email", "Credit limit", "On hold", "Hold until"],
        ["Acme", "bad@", "lots", "perhaps", "31/02/2026"],
    ])  # fmt: skip
    assert said(book) == [
        ("Customers!B2", "address_malformed", "customer"),
        ("Customers!C2", "money_unreadable", "nothing"),
        ("Customers!D2", "flag", "customer"),
        ("Customers!E2", "date_impossible", "customer"),
    ]
    assert {problem.customer for problem in book.problems} == {"acme"}
    assert bool(book.customers.loc["acme", "credit_hold"])


# ── where to write ───────────────────────────────────────────────────────────────────────────


def settle(book: Book, *open_rows: bool) -> tuple[dict[str, str], dict[str, str], list[str]]:
    is_open = pd.Series(open_rows or [True] * len(book.invoices), dtype=bool)
    customers, problems = contacts(book.invoices, book.customers, is_open)
    keys = customers.index.tolist()
    return (
        dict(zip(keys, customers["email"].tolist(), strict=True)),
        dict(zip(keys, customers["email_problem"].tolist(), strict=True)),
        [f"{problem.where} {problem.code.removeprefix('problem_')}" for problem in problems],
    )


def test_a_blank_address_inherits_that_of_the_customers_other_rows() -> None:
    book = read(row("1", email=None), row("2"))
    assert settle(book) == ({"acme": "ap@acme.test"}, {"acme": ""}, [])


def test_differing_addresses_are_a_problem_at_the_first_row_that_differs() -> None:
    book = read(row("1"), row("2"), row("3", email="other@acme.test"))
    assert settle(book) == (
        {"acme": ""}, {"acme": "addresses_differ"}, ["Invoices!B4 addresses_differ"],
    )  # fmt: skip


def test_case_and_order_do_not_make_addresses_differ() -> None:
    book = read(row("1", email="a@x.com; b@x.com"), row("2", email="B@X.com, A@x.com"))
    assert settle(book)[1] == {"acme": ""}


def test_a_settled_rows_old_address_does_not_count() -> None:
    book = read(row("1", email="old@acme.test"), row("2"))
    assert settle(book, False, True) == ({"acme": "ap@acme.test"}, {"acme": ""}, [])


def test_where_open_rows_give_no_address_a_settled_row_may() -> None:
    book = read(row("1"), row("2", email=None))
    assert settle(book, False, True)[0] == {"acme": "ap@acme.test"}


def test_the_customers_tab_settles_addresses_that_differ_and_ones_that_are_malformed() -> None:
    tab: Rows = [["Name", "Email"], ["Acme", "right@acme.test"]]
    book = read(row("1"), row("2", email="other@acme.test"), row("3", email="bad@"), customers=tab)
    assert settle(book) == ({"acme": "right@acme.test"}, {"acme": ""}, [])
    assert said(book) == [("Invoices!B4", "address_malformed", "nothing")]


def test_no_address_at_all_is_said_once_at_the_first_open_row() -> None:
    book = read(row("1", email=None), row("2", email="-"), row("3", email=None))
    assert settle(book, False, True, True) == (
        {"acme": ""}, {"acme": "no_address"}, ["Invoices!B3 no_address"],
    )  # fmt: skip


def test_a_malformed_address_is_used_by_nobody() -> None:
    book = read(row("1"), row("2", email="ap@acme.test; bad"))
    assert settle(book) == ({"acme": ""}, {"acme": "bad_address"}, [])
    assert said(book) == [("Invoices!B3", "address_malformed", "customer")]


def test_a_customer_without_open_rows_has_no_problem() -> None:
    assert settle(read(row("1", email=None)), False) == ({"acme": ""}, {"acme": ""}, [])


def test_two_addresses_for_one_customer_on_the_tab_are_not_chosen_between() -> None:
    tab: Rows = [["Name", "Email"], ["Acme", "a@acme.test"], ["acme", "b@acme.test"]]
    assert settle(read(row("1"), customers=tab))[1] == {"acme": "addresses_differ"}


# ── receipts ─────────────────────────────────────────────────────────────────────────────────


def test_receipts_are_read_and_joined_to_customers_by_code_or_name() -> None:
    book = read(
        ["C1", "Acme", DAY, 100], headings=["Customer Code", "Customer", "Due Date", "Amount"],
        receipts=[
            ["Date", "Customer", "Invoice", "Amount", "Currency", "Method", "Reference"],
            [DAY, "acme", 7.0, "30.50", None, "wire", "R1"],
            [datetime(2026, 2, 1, 9), "Acme", None, 5, "USD", None, None],
            ["Total", None, None, 35.5],
        ],
    )  # fmt: skip
    assert list(book.receipts["customer"]) == ["C1", "C1"]
    assert list(book.receipts["invoice"]) == ["7", ""]
    assert list(book.receipts["amount"]) == [3050, 500]
    assert list(book.receipts["currency"]) == ["CNY", "USD"]
    assert book.problems == ()


def test_a_receipt_that_cannot_be_read_holds_its_customer() -> None:
    book = read(row(), receipts=[["Date", "Customer", "Amount"], [DAY, "Acme", "abc"]])
    assert said(book) == [("Receipts!C2", "money_unreadable", "customer")]
    assert book.receipts["has_amount"].tolist() == [False]


def test_without_a_receipts_tab_the_receipts_are_empty_but_typed() -> None:
    frame = read(row()).receipts
    assert len(frame) == 0
    assert {"customer", "invoice", "date", "amount", "has_amount", "currency", "row"} <= set(
        frame.columns
    )


# ── whatever the mess ────────────────────────────────────────────────────────────────────────

CELLS = (
    st.none()
    | st.sampled_from(["Total", "合计", "Acme", "Beta", "-", "1,234", "#N/A", "3/4/26"])
    | st.integers(-50, 50000) | st.floats(-1e6, 1e6) | st.dates(date(2020, 1, 1), date(2030, 1, 1))
    | st.booleans() | st.text(max_size=5)
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=8))
def test_no_mess_makes_reading_fail(rows: Rows) -> None:
    book = read(*rows)
    known = set(book.customers.index)
    assert set(book.invoices["customer"]) - {""} <= known
    assert all(problem.say("zh") for problem in book.problems)


AMOUNTS = st.integers(-(10**9), 10**9)
MESSES = st.sampled_from(
    ["number", "text", "english", "yuan", "bracketed", "broken", "blank_row", "total"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(AMOUNTS, MESSES), max_size=12))
def test_what_was_read_and_what_was_reported_is_all_there_was(mess: list[tuple[int, str]]) -> None:
    rows: list[list[Cell]] = []
    clean, reported = 0, 0
    for number, (cents, kind) in enumerate(mess):
        amount = f"{cents / 100:.2f}"
        written: dict[str, Cell] = {
            "number": cents / 100, "text": amount, "english": f"{cents / 100:,.2f}",
            "yuan": f"{amount}元", "broken": f"{amount} ???",
            "bracketed": f"({abs(cents) / 100:.2f})" if cents < 0 else amount,
        }  # fmt: skip
        if kind in written:
            rows.append(row(f"I{number}", written[kind]))
            clean += cents
            reported += cents if kind == "broken" else 0
        elif kind == "blank_row":
            rows.append([])
        else:
            rows.append(["合计", None, None, None, None, cents / 100, None])
    book = read(*rows)
    assert int(book.invoices["amount"].sum()) + reported == clean
    assert sum(kind == "broken" for _, kind in mess) == int(book.invoices["bad_money"].sum())
