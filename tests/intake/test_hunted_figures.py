"""Figures, units, states and papers that sheets show in a way of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from collector.errors import CollectorError, PayablesError
from collector.intake.book import Book, read_book
from collector.intake.headings.guessing import may_mean
from collector.model import Cell, Grid, Policy

DUE = date(2026, 2, 1)
Rows = Sequence[Sequence[Cell]]


def read(rows: Rows, **more: object) -> Book:
    """Return a tab of rows as read; short rows are blank at their ends."""
    width = max(map(len, rows))
    whole = [[*row, *[None] * (width - len(row))] for row in rows]
    return read_book([Grid("S", whole, "", **more)], Policy("book"))  # type: ignore[arg-type]


def held(book: Book) -> list[str]:
    """Return the problems that hold a customer's mail, by address and code."""
    return [f"{each.where} {each.code}" for each in book.problems if each.holds == "customer"]


def owed(book: Book) -> dict[str, int]:
    """Return the amounts of all rows in minor units, by currency."""
    sums: dict[str, int] = book.invoices.groupby("currency")["amount"].sum().to_dict()
    return sums


KEYS = ["Invoice", "Customer", "Due Date", "Amount"]

# ── figures without end ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "long",
    ["9" * 27, "9" * 32, "1" + "0" * 40 + ".55", "CNY " + "8" * 30, 1e26, -1e30, 1e300, 10**15],
)
@pytest.mark.parametrize("field", ["Amount", "Paid", "Balance", "Cash"])
def test_a_figure_too_long_for_money_is_a_problem_at_its_cell(long: Cell, field: str) -> None:
    headings = [*KEYS[:3], "Amount", *([field] if field != "Amount" else [])]
    first: list[Cell] = ["1", "Acme", DUE, 100, 0]
    first[headings.index(field)] = long
    book = read([headings, first[: len(headings)], ["2", "Beta", DUE, 50, 0][: len(headings)]])
    place = f"S!{'ABCDE'[headings.index(field)]}2"
    assert place in {each.partition(" ")[0] for each in held(book)}
    assert not [each for each in held(book) if each.startswith("S!") and "3 " in each]
    assert owed(book)["CNY"] < 10_000_000


# ── units over groups ────────────────────────────────────────────────────────────────────────

CHINESE = ["发票号", "客户", "邮箱", "到期日"]
GROUPED = [["A1", "甲公司", "a@a.com", DUE, 1.5, 0.5, 1], ["A2", "乙公司", "b@b.com", DUE, 2, 0, 2]]


@pytest.mark.parametrize("tall", [True, False])
@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize(
    ("title", "expected"),
    [("金额（万元）", {"CNY": 3_500_000}), ("万元", {"CNY": 3_500_000}),
     ("单位：万元", {"CNY": 3_500_000}), ("应收账款（万元）", {"CNY": 3_500_000}),
     ("Amount (USD)", {"USD": 350}), ("Amounts in USD", {"USD": 350}),
     ("Amount (EUR '000)", {"EUR": 350_000})],
)  # fmt: skip
@pytest.mark.parametrize(
    "below",
    [["应收", "已收", "未收"], ["应收金额", "已收金额", "未收金额"],
     ["Total", "Received", "Outstanding"], ["Invoiced", "Paid", "Balance"]],
)  # fmt: skip
def test_a_unit_over_a_group_of_amounts_is_that_of_each(
    title: str, expected: dict[str, int], below: list[str], merged: bool, tall: bool
) -> None:
    ranges = [(0, 4, 0, 6)] if merged else []
    ranges += [(0, at, 1, at) for at in range(4)] if tall else []
    if not merged and below[0] == "应收":
        return  # nothing says then that it is no date
    book = read([[*CHINESE, title], [None] * 4 + below, *GROUPED], merged=ranges)
    assert set(book.tables["invoices"].columns) >= {"amount", "paid", "balance"}
    assert owed(book) == expected
    times = next(iter(expected.values())) // 350
    assert book.invoices["paid"].tolist() == [50 * times, 0]
    assert book.invoices["balance"].tolist() == [100 * times, 200 * times]
    assert held(book) == []


def test_amounts_under_a_merged_budget_are_none() -> None:
    rows = [[*CHINESE, "Budget (USD)"], [None] * 4 + ["应收", "已收", "未收"], *GROUPED]
    with pytest.raises(CollectorError):
        read(rows, merged=[(0, 4, 0, 6)])


# ── numbers that are of no invoice ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "code"),
    [("CN-2", "problem_credit_positive"), ("CRN 0002", "problem_credit_positive"),
     ("PF-2", "problem_not_an_invoice"), ("QUO-17", "problem_not_an_invoice"),
     ("VOID", "problem_note_settled"), ("cancelled", "problem_note_settled"),
     ("INV-7 (void)", "problem_note_settled"), ("to be invoiced", "problem_not_an_invoice"),
     ("TBC", "problem_not_an_invoice"), ("未开票", "problem_not_an_invoice"),
     ("未开", "problem_not_an_invoice"), ("作废", "problem_note_settled"),
     ("DRAFT-3", "problem_not_an_invoice")],
)  # fmt: skip
def test_a_number_that_says_it_is_no_invoice_is_asked_about(number: str, code: str) -> None:
    rows = [KEYS, ["INV-1", "Acme", DUE, 100], [number, "Beta", DUE, 50],
            ["INV-3", "Cato", DUE, 70]]  # fmt: skip
    book = read(rows)
    assert (held(book), owed(book)) == ([f"S!A3 {code}"], {"CNY": 22_000})


def test_series_that_begin_like_credit_notes_are_invoices() -> None:
    whole = [KEYS, *([f"CN-{at}", "Acme", DUE, at] for at in range(1, 5))]
    countries = [KEYS, ["US-1", "Acme", DUE, 1], ["US-2", "Beta", DUE, 2], ["CN-1", "Cato", DUE, 3]]
    words = [KEYS, ["PROJ-1", "Acme", DUE, 1], ["Bill 2", "Beta", DUE, 2], ["CMS-3", "C", DUE, 3]]
    negative = [KEYS, ["INV-1", "Acme", DUE, 9], ["CN-2", "Acme", DUE, -3]]
    assert [held(read(rows)) for rows in (whole, countries, words, negative)] == [[], [], [], []]


# ── signs and states ─────────────────────────────────────────────────────────────────────────


def test_a_table_without_one_positive_figure_is_asked_about() -> None:
    rows = [KEYS, ["1", "Acme", DUE, -100], ["2", "Beta", DUE, -200], ["3", "Cato", DUE, 0]]
    book = read(rows)
    assert (held(book), owed(book)) == (
        ["S!D2 problem_all_negative", "S!D3 problem_all_negative"], {"CNY": -30_000},
    )  # fmt: skip
    balances = [[*KEYS[:3], "Balance"], *rows[1:]]
    assert held(read(balances)) == ["S!D2 problem_all_negative", "S!D3 problem_all_negative"]


def test_credits_among_debts_and_a_credit_alone_are_credits() -> None:
    mixed = [KEYS, ["1", "Acme", DUE, -100], ["2", "Beta", DUE, -200], ["3", "Cato", DUE, 5]]
    assert held(read(mixed)) == []
    assert held(read([KEYS, ["1", "Acme", DUE, -100]])) == []


@pytest.mark.parametrize(
    ("progress", "done"), [("Delivered", "Completed"), ("Shipped", "Closed"), ("已发货", "已完成")]
)
def test_an_order_that_is_done_is_not_paid(progress: str, done: str) -> None:
    rows = [[*KEYS, "Status"], ["1", "Acme", DUE, 100, progress], ["2", "Beta", DUE, 60, done]]
    assert held(read(rows)) == ["S!E2 problem_status_unknown", "S!E3 problem_status_unknown"]
    paid = [[*KEYS, "Status"], ["1", "Acme", DUE, 100, "Open"], ["2", "Beta", DUE, 60, done]]
    if done != "已完成":
        assert read(paid).invoices["paid_status"].tolist() == ["unpaid", "paid"]


@pytest.mark.parametrize(
    ("heading", "no", "yes"),
    [("Invoiced?", "No", "Yes"), ("开票状态", "未开票", "已开票"), ("是否已开票", "否", "是"),
     ("Billed?", "Not billed", "Billed")],
)  # fmt: skip
def test_what_is_not_invoiced_yet_is_asked_about(heading: str, no: str, yes: str) -> None:
    rows = [[*KEYS, heading], ["1", "Acme", DUE, 100, yes], ["2", "Beta", DUE, 60, no]]
    assert held(read(rows)) == ["S!E3 problem_unused_column"]
    assert may_mean("invoices", heading) == ()


def test_what_we_paid_are_no_receivables() -> None:
    with pytest.raises(PayablesError):
        read([["Name", "Bill No", "Due Date", "Amount", "Paid by us"], ["V", "1", DUE, 100, 0]])


@pytest.mark.parametrize(("one", "other"), [("INV 3", "INV-3"), ("INV3", "inv_003"), ("1", "01")])
def test_numbers_that_differ_in_spelling_alone_are_asked_about(one: str, other: str) -> None:
    rows = [KEYS, [one, "Beta", DUE, 50], [other, "Beta", DUE, 50], ["INV-9", "Beta", DUE, 50]]
    book = read(rows)
    assert held(book) == ["S!A2 problem_number_alike", "S!A3 problem_number_alike"]
    assert (book.problems[0].facts["rows"], owed(book)) == ("2, 3", {"CNY": 15_000})


def test_numbers_spelt_alike_of_other_customers_days_or_amounts_are_others() -> None:
    rows = [KEYS, ["INV 3", "Beta", DUE, 50], ["INV-3", "Cato", DUE, 50], ["INV3", "Beta", DUE, 51],
            ["INV.3", "Beta", date(2026, 3, 1), 50], ["INV-30", "Beta", DUE, 50],
            ["INV-300", "Beta", DUE, 50]]  # fmt: skip
    assert held(read(rows)) == []
