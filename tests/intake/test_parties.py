"""Who owes, and which tabs say that less is owed: by what stands in them, whatever it is called."""

from __future__ import annotations

from datetime import date

import pytest

from collector.errors import HeadingMissingError
from collector.intake.book import read_book
from collector.intake.cells.addresses import address_list
from collector.intake.headings.proposing import Proposal, propose
from collector.model import Cell, Grid
from tests.book import policy

DUE = date(2026, 9, 1)
PAID = date(2026, 9, 20)
HEAD: list[Cell] = ["Invoice #", "Customer", "Email", "Due Date", "Amount"]
OURS: list[list[Cell]] = [
    [1, "Acme", "a@acme.com", DUE, 100],
    [2, "Bolt", "b@bolt.com", DUE, 200],
    [3, "Cog", "c@cog.com", DUE, 300],
]


def grids(tab: str, *rows: list[Cell]) -> list[Grid]:
    return [Grid("Invoices", [HEAD, *OURS], "a"), Grid(tab, list(rows), "b")]


def held(tab: str, *rows: list[Cell]) -> set[str]:
    """Return the customers whom another tab holds."""
    book = read_book(grids(tab, *rows), policy())
    return {each.customer for each in book.problems if each.code == "problem_credit_tab"}


def proposed(*rows: list[Cell]) -> Proposal:
    return propose([Grid("Sheet1", list(rows), "a")], policy()).tables["invoices"]


# ── payments ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tab", "day", "amount"),
    [
        ("Payment History", "Date", "Amount Paid"), ("Payment Tracker", "Paid On", "Paid Amount"),
        ("Collections", "Collection Date", "Amount Collected"), ("Sheet2", "Date", "Amount Paid"),
        ("Payment ledger", "Txn Date", "Amt"), ("Zahlungen", "Datum", "Betrag"),
        ("Paiements", "Date", "Montant"), ("Cobros", "Fecha", "Importe"),
    ],
)  # fmt: skip
def test_a_tab_of_payments_is_read_whatever_it_is_called(tab: str, day: str, amount: str):
    rows: list[list[Cell]] = [["Invoice Number", day, amount], [2, PAID, 200], [3, PAID, 50]]
    receipts = read_book(grids(tab, *rows), policy()).receipts
    assert list(zip(receipts["invoice"], receipts["amount"], strict=True)) == [
        ("2", 20000), ("3", 5000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tab", "headings"),
    [
        ("Transactions", ["Invoice No", "Date", "Type", "Amount"]),
        ("Written off", ["Invoice #", "Reason", "Agreed", "Amount"]),
        ("作废发票", ["发票号", "作废日期", "原因", "金额"]),
        ("坏账核销", ["单号", "核销日期", "原因", "金额"]),
        ("Sheet2", ["Invoice #", "When", "What", "Sum"]),
    ],
)
def test_any_other_tab_that_lists_our_invoices_beside_money_holds_whom_it_names(
    tab: str, headings: list[Cell]
):
    assert held(tab, headings, [2, PAID, "x", 200]) == {"bolt"}


@pytest.mark.parametrize(
    ("tab", "rows"),
    [
        (
            "Lines",
            [["Invoice #", "Item", "Qty", "Total"], [2, "Bolts", 5, 120], [2, "Nuts", 1, 80]],
        ),
        ("Register", [["Invoice #", "Date", "Sum"], [1, DUE, 100], [2, DUE, 200], [3, DUE, 300]]),
        ("Orders", [["Date", "Customer", "Value"], [DUE, "Bolt", 900]]),
        ("Ageing", [["Customer", "Invoice #", "Amount", "Days overdue"], ["Bolt", 2, 200, 12]]),
        ("Calls", [["Date", "Customer", "Result"], [DUE, "Bolt", "rings back"]]),
        ("Others", [["Invoice #", "Date", "Sum"], [77, DUE, 900]]),
    ],
)
def test_lines_orders_reports_and_copies_hold_nobody(tab: str, rows: list[list[Cell]]):
    assert held(tab, *rows) == set()


def test_a_customer_named_in_a_bank_line_is_asked_about():
    rows: list[list[Cell]] = [["Date", "Text", "Sum"], [PAID, "transfer Bolt GmbH thanks", 200]]
    assert held("Bank", *rows) == {"bolt"}


# ── the ledger's account, and our own company ────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("account", "values"),
    [("Account", ["121000 Account Receivable"] * 3), ("Account", ["Debtors - W"] * 3),
     ("Company", ["Our Co Ltd"] * 3), ("AccountCode", [200, 200, 260])],
)  # fmt: skip
def test_a_partner_beside_an_account_is_the_customer(account: str, values: list[Cell]):
    names = ["Azure", "Deco", "Azure"]
    rows = [[value, name, "", DUE, 100] for value, name in zip(values, names, strict=True)]
    found = proposed([account, "Partner", "Email", "Due Date", "Amount"], *rows)
    assert found.columns["customer"].said == "Partner"
    assert "customer_id" not in found.columns


def test_an_account_for_several_contacts_is_asked_about_and_never_taken():
    rows: list[list[Cell]] = [
        ["Account", "Contact", "Email", "Due Date", "Amount"],
        ["1200 Debtors", "Azure", "a@azure.com", DUE, 100],
        ["1200 Debtors", "Deco", None, DUE, 200],
    ]
    found = proposed(*rows)
    assert [(q.field, q.why, q.needed) for q in found.questions] == [("customer", "account", True)]
    with pytest.raises(HeadingMissingError):
        read_book([Grid("Sheet1", rows, "a")], policy())


def test_contacts_of_one_company_with_one_address_are_no_customers():
    found = proposed(
        ["Company", "Contact", "Email", "Due Date", "Amount"],
        ["Acme Ltd", "Ann", "ap@acme.com", DUE, 100], ["Acme Ltd", "Bob", "ap@acme.com", DUE, 200],
    )  # fmt: skip
    assert found.columns["customer"].said == "Company"


def test_the_only_column_of_companies_is_the_customer_though_it_is_headed_contact():
    found = proposed(
        ["Contact", "Email", "Invoice Number", "Due Date", "Total"],
        ["Alder Ltd", "a@alder.com", "I1", DUE, 100], ["Birch GmbH", "b@birch.de", "I2", DUE, 200],
    )  # fmt: skip
    assert (found.columns["customer"].said, found.questions) == ("Contact", [])


# ── what is offered ──────────────────────────────────────────────────────────────────────────


def test_what_is_no_date_is_not_offered_as_the_due_date():
    found = proposed(
        ["客户名称", "房号", "合同额", "结算方式", "应收金额"],
        ["甲公司", 101, 50000, "月结30天", 100], ["乙公司", 102, 100000, "月结30天", 200],
    )  # fmt: skip
    assert [(q.field, q.choices[0].said) for q in found.questions] == [("terms", "结算方式")]


@pytest.mark.parametrize(
    "headings",
    [["租户名称", "应缴日期", "应收租金", "实收租金", "欠缴"],
     ["业主姓名", "缴费截止日", "应收金额", "实收金额", "欠费"]],
)  # fmt: skip
def test_rent_and_service_charges_are_read(headings: list[Cell]):
    found = proposed(headings, ["甲", DUE, 100, 40, 60], ["乙", DUE, 200, 0, 200])
    assert list(found.columns) == ["customer", "due_date", "amount", "paid", "balance"]


def test_a_chinese_sentence_names_a_field_in_chinese():
    error = HeadingMissingError("Sheet1!1", "customer", "")
    assert "客户名称" in error.say("zh")


# ── totals, addresses ────────────────────────────────────────────────────────────────────────


def test_totals_that_repeat_the_customer_are_no_invoices():
    rows: list[list[Cell]] = [
        ["Customer ID", "Customer", "Invoice", "Due Date", "Amount"],
        ["A", "Acme", "1", DUE, 100], ["A", None, "2", DUE, 50], ["A", "Acme", None, None, 150],
        ["B", "Bolt", "3", DUE, 70], ["B", "Bolt", None, None, 70], [None, None, None, None, 220],
    ]  # fmt: skip
    assert read_book([Grid("AR", rows, "a")], policy()).invoices["invoice"].tolist() == [
        "1", "2", "3",
    ]  # fmt: skip


def test_a_row_like_the_one_above_is_no_total_by_itself():
    rows: list[list[Cell]] = [
        ["Customer", "Invoice", "Due Date", "Amount"],
        ["Acme", "1", DUE, 100], ["Acme", None, None, 100], ["Bolt", "3", DUE, 70],
    ]  # fmt: skip
    assert len(read_book([Grid("AR", rows, "a")], policy()).invoices) == 3


@pytest.mark.parametrize("address", ["ap@аcme.com", "ap@xn--cme-5cd.com", "аp@acme.com"])
def test_an_address_of_two_alphabets_is_none(address: str):
    assert address_list(address) == ()


@pytest.mark.parametrize("address", ["ap@bücher.de", "ap@中国abc.com", "ap@почта.рус"])
def test_an_address_of_one_alphabet_beside_chinese_is_one(address: str):
    assert len(address_list(address)) == 1


def test_last_payments_on_unpaid_rows_are_not_their_paid_dates():
    found = proposed(
        ["Customer", "Invoice", "Due Date", "Amount", "Paid", "Last Payment Date"],
        ["Acme", "1", DUE, 100, 0, PAID], ["Bolt", "2", DUE, 200, 0, PAID],
    )  # fmt: skip
    assert "paid_date" not in found.columns
