"""Headings and tabs that were once passed over in silence: read now, or asked about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from collector.errors import HeadingMissingError, HeadingTwiceError, TabsAlikeError
from collector.intake.book import Book, read_book
from collector.intake.headings.lessening import may_lessen
from collector.intake.headings.proposing import propose
from collector.model import Cell, Grid, Policy, TabHint

DUE = date(2026, 2, 1)
KEYS = ("Customer", "Invoice", "Due Date")


def grid(headings: Sequence[Cell], *rows: Sequence[Cell], tab: str = "Sheet1") -> Grid:
    """Return a tab whose rows are of customers c1, c2 … with the cells given."""
    whole = [[f"C{number}", str(number), DUE, *row] for number, row in enumerate(rows, start=1)]
    return Grid(tab, [[*KEYS, *headings], *whole], "")


def read(headings: Sequence[Cell], *rows: Sequence[Cell], **hint: object) -> Book:
    tabs = {"invoices": TabHint(**hint)} if hint else {}  # type: ignore[arg-type]
    return read_book([grid(headings, *rows)], Policy("book", tabs=tabs))


def held(book: Book) -> list[tuple[str, str, str]]:
    """Return the problems that hold a customer: address, code, customer."""
    return [
        (str(p.where).removeprefix("Sheet1!"), p.code.removeprefix("problem_"), p.customer)
        for p in book.problems
        if p.holds == "customer"
    ]


def proposed(headings: Sequence[Cell], *rows: Sequence[Cell]) -> tuple[set[str], dict[str, str]]:
    """Return the fields with a sure column, and why each other field is asked about."""
    found = propose([grid(headings, *rows)], Policy("book")).tables["invoices"]
    return set(found.columns) - {"customer", "invoice", "due_date"}, {
        question.field: question.why for question in found.questions
    }


# ── a key field whose values look odd ────────────────────────────────────────────────────────


@pytest.mark.parametrize("heading", ["Paid", "Balance", "已收金额", "未收金额"])
@pytest.mark.parametrize(
    "cells",
    [["5000.00", "100.00", "75.50"], ["#REF!", "#REF!", "#REF!"], ["in full", "paid 3/2", None]],
)
def test_init_keeps_a_column_of_payments_or_balances_whatever_stands_in_it(
    heading: str, cells: list[Cell]
) -> None:
    sure, _ = proposed(["Amount", heading], *([5000, cell] for cell in cells))
    assert sure == {"amount", "balance" if heading in ("Balance", "未收金额") else "paid"}


def test_a_paid_cell_that_is_a_day_or_a_word_holds_its_customer() -> None:
    book = read(["Amount", "Paid"], [100, "Yes"], [200, DUE], [300, None])
    assert held(book) == [
        ("E2", "money_unreadable", "c1"),
        ("E3", "money_unreadable", "c2"),
    ]


def test_figures_written_as_text_with_two_decimals_are_no_dates() -> None:
    book = read(["Amount", "Paid"], [5000, "5000.00"], [5000, "100.00"])
    assert (book.invoices["paid"].tolist(), held(book)) == ([500_000, 10_000], [])


# ── columns of payments that nobody reads ────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "heading",
    """Payment 1|Payment?|Payments rec'd|Pmt Amt 2|Written Off|Write-off|Bad Debt|TDS|WHT|Withheld
    |Credits Applied|Credit Note|Discount Taken|Deposit|Advance|Prepaid|Retention|Void|Cancelled
    |Reversed|Cleared|Settled|Clearing Document|Receipt No|% Paid|Collected %|Cheque No
    |回款率|回款金额1|定金|已付尾款|坏账核销|折让|作废|是否作废|红冲|已结清|预收款|质保金|抵扣金额|退款
    |Anzahlung|Zahlungseingang|Gutschrift|Storno|Skontoabzug|Einbehalt|Ausgeglichen am
    |Acompte|Réglé le|Encaissement|Avoir|Annulé|Lettrage
    |Anticipo|Abono|Retención|Cobrado el|Anulado|Nota de crédito""".replace("\n", "").split("|"),
)
def test_a_heading_that_speaks_of_payment_may_lessen(heading: str) -> None:
    assert may_lessen(heading.strip())


@pytest.mark.parametrize(
    "heading",
    """Payment Terms|Payment Method|Received by|Payment link|Payment Type|Collection Agency
    |Credit Limit|Credit Terms|Credit Rating|Credit Manager|Collector|Payment Reference
    |Expected payment date|Next Payment|Payment Plan|Days to pay|Payment Due|Receipt of goods
    |Payment Notes|PO Received|Bank Account|Project|Region|Deposit required by|Debit/Credit Ind.
    |付款方式|付款条件|收款人|收款账户|应收款|未收款|预计回款日期|信用额度|付款单位|付款备注|到货日期
    |Zahlungsziel|Zahlungsbedingungen|Mode de paiement|Forma de pago|Ort|Notes|Units|Quantity
    """.replace("\n", "").split("|"),
)
def test_a_heading_of_how_or_by_whom_is_paid_lessens_nothing(heading: str) -> None:
    assert may_lessen(heading.strip()) in ("", "still")


def test_each_filled_cell_of_an_unread_column_of_payments_holds_its_customer() -> None:
    book = read(["Amount", "Written Off"], [100, 100], [100, 0], [100, None], [100, "-"])
    assert held(book) == [("E2", "unused_column", "c1")]
    assert "Column E “Written Off”" in book.problems[0].say()


@pytest.mark.parametrize(("said", "holds"), [("Y", 1), ("是", 1), ("x", 1), ("N", 0), ("否", 0)])
def test_a_flag_of_an_unread_column_holds_where_it_says_yes(said: str, holds: int) -> None:
    assert len(held(read(["Amount", "Void"], [100, said]))) == holds


def test_a_column_said_to_be_of_no_concern_holds_nobody() -> None:
    headings, row = ["Amount", "Deposit"], [100, 30]
    assert held(read(headings, row)) == [("E2", "unused_column", "c1")]
    assert held(read(headings, row, unused=("deposit",))) == []


def test_payments_that_the_paid_column_adds_up_hold_nobody() -> None:
    headings = ["Amount", "Payment 1", "Payment 2", "Paid"]
    assert held(read(headings, [100, 60, 20, 80], [100, 10, None, 10])) == []
    assert held(read(headings, [100, 60, 20, 70], [100, 10, None, 10])) == [
        ("E2", "unused_column", "c1"),
        ("F2", "unused_column", "c1"),
        ("E3", "unused_column", "c2"),
    ]


def test_what_the_balance_has_taken_off_already_holds_nobody() -> None:
    headings = ["Amount", "Deposit", "Balance"]
    assert held(read(headings, [100, 30, 70])) == []
    assert held(read(headings, [100, 30, 100])) == [("E2", "unused_column", "c1")]


def test_a_settled_row_and_the_day_of_a_payment_told_elsewhere_hold_nobody() -> None:
    headings = ["Amount", "Paid", "Clearing Document", "Written Off"]
    assert held(read(headings, [100, 100, "1400", 5], [100, 40, "1401", None])) == []


def test_columns_of_months_hold_where_nothing_else_tells_what_is_paid() -> None:
    assert held(read(["Amount", "Jan-26", date(2026, 2, 1)], [100, 60, 40])) == [
        ("E2", "unused_column", "c1"),
        ("F2", "unused_column", "c1"),
    ]
    assert held(read(["Amount", "Paid", "Jan-26"], [100, 60, 60])) == []


# ── balances that go on from row to row ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("customers", "rows"),
    [
        ("AAA", [(100, 100), (50, 150), (30, 180)]),
        ("AA", [(100, 100), (50, 150)]),
        ("AABBC", [(100, 100), (50, 150), (70, 70), (20, 90), (20, 20)]),
    ],
)
def test_a_running_balance_is_never_what_is_left(
    customers: str, rows: list[tuple[int, int]]
) -> None:
    cells = [[name, "1", DUE, *row] for name, row in zip(customers, rows, strict=True)]
    with pytest.raises(HeadingMissingError, match="running balance"):
        read_book([Grid("S", [[*KEYS, "Amount", "Balance"], *cells], "")], Policy("book"))


def test_debit_and_credit_show_that_a_balance_is_running() -> None:
    rows = [[100, None, 100], [50, None, 150], [None, 30, 120]]
    with pytest.raises(HeadingMissingError):
        read(["Debit", "Credit", "Balance"], *rows)


def test_balances_partly_paid_are_no_running_balance() -> None:
    assert held(read(["Amount", "Balance"], [100, 60], [50, 50], [70, 70])) == []


# ── currencies ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("heading", ["Trx Ccy", "结算货币", "Money", "Ccy of invoice"])
def test_a_column_of_currencies_is_read_whatever_it_is_called(heading: str) -> None:
    book = read(["Amount", heading], [1000, "EUR"], [300, "USD"])
    assert book.invoices["currency"].tolist() == ["EUR", "USD"]


def test_two_columns_of_different_currencies_are_asked_about() -> None:
    with pytest.raises(HeadingTwiceError):
        read(["Amount", "Money", "Pays in"], [1000, "EUR", "USD"], [300, "USD", "USD"])


def test_a_currency_beside_local_amounts_is_asked_about() -> None:
    headings, row = ["Amount in LC", "Curr."], [1000, "EUR"]
    with pytest.raises(HeadingMissingError, match="local currency"):
        read(headings, row)
    book = read(headings, row, columns={"currency": "Curr."})
    assert book.invoices["currency"].tolist() == ["EUR"]
    book = read(headings, row, columns={"currency": "-"})
    assert book.invoices["currency"].tolist() == ["CNY"]


def test_a_row_in_another_currency_than_the_heading_says_holds_its_customer() -> None:
    headings, rows = ["Amount (USD)", "Currency"], ([100, "USD"], [200, "EUR"])
    assert held(read(headings, *rows)) == [("E3", "currency_heading", "c2")]
    assert held(read(["应收金额（元）", "币种"], *rows)) == []


def test_a_sign_in_the_heading_that_is_not_the_currency_of_the_book_holds() -> None:
    assert held(read(["Amount ($)"], [100])) == [("D2", "currency_sign", "c1")]
    dollars = read_book([grid(["Amount ($)"], [100])], Policy("book", currency="USD"))
    assert held(dollars) == []


# ── tabs ─────────────────────────────────────────────────────────────────────────────────────


def test_tabs_of_months_stop_a_run_until_one_is_named() -> None:
    grids = [grid(["Amount", "Paid"], [100, 0], tab=tab) for tab in ("Jan", "Feb", "Mar")]
    with pytest.raises(TabsAlikeError, match=r"Jan looks like receivables.*Feb, Mar"):
        read_book(grids, Policy("book"))
    named = Policy("book", tabs={"invoices": TabHint("Feb")})
    assert read_book(grids, named).tables["invoices"].tab == "Feb"
    assert propose(grids, Policy("book")).alike == ("Feb", "Mar")


def test_a_tab_called_receivables_is_the_one_and_others_are_said() -> None:
    grids = [grid(["Amount"], [100], tab=tab) for tab in ("2024 closed", "应收账款")]
    book = read_book(grids, Policy("book"))
    assert book.tables["invoices"].tab == "应收账款"
    assert [(str(p.where), p.code) for p in book.problems[-1:]] == [
        ("2024 closed", "problem_second_tab")
    ]


# ── headings that need no question ───────────────────────────────────────────────────────────


def test_our_own_address_on_every_row_is_not_that_of_customers() -> None:
    rows = [["ar@us.test", f"ap@{name}.test", 100] for name in ("a", "b", "c")]
    book = read(["Email", "Customer E-mail Address", "Amount"], *rows)
    assert book.invoices["email"].tolist() == ["ap@a.test", "ap@b.test", "ap@c.test"]


def test_lakhs_in_a_heading_multiply() -> None:
    book = read(["Amount (INR in Lakhs)"], [1.5])
    assert (book.invoices["amount"].tolist(), book.invoices["currency"].tolist()) == (
        [15_000_000],
        ["INR"],
    )


@pytest.mark.parametrize("unit", ["EUR m", "€m", "EUR mln", "Mio EUR"])
def test_millions_in_a_heading_multiply(unit: str) -> None:
    book = read([f"Amount ({unit})"], [1.25])
    assert (book.invoices["amount"].tolist(), book.invoices["currency"].tolist()) == (
        [125_000_000],
        ["EUR"],
    )


def test_a_rent_roll_is_asked_about() -> None:
    rows: list[list[Cell]] = [["Tenant", "Arrears", "Due Date"]]
    rows += [[f"T{number}", 100 * number, DUE] for number in (1, 2, 3)]
    found = propose([Grid("Rent", rows, "")], Policy("book")).tables["invoices"]
    assert {question.field for question in found.questions} >= {"customer", "balance"}
