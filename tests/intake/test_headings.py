"""Finding the table and its columns, in the shapes that real workbooks have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from collector.errors import (
    HeadingMissingError,
    HeadingTwiceError,
    NoTableError,
    PayablesError,
    TabMissingError,
)
from collector.intake.headings import Table, find_tables
from collector.model import Cell, Grid, Policy, TabHint

Rows = list[list[Cell]]
DAY = date(2026, 1, 31)
HEADINGS: list[Cell] = ["Customer", "Invoice No.", "Due Date", "Amount", "Paid"]
OWN = {"customer": "Customer", "invoice": "Invoice No.", "due_date": "Due Date", "amount": "Amount"}
ROW: list[Cell] = ["Acme", "INV-1", DAY, 100, 0]


def tables(
    sheets: dict[str, Rows],
    *,
    owned: dict[str, int] | None = None,
    merged: Sequence[tuple[int, int, int, int]] = (),
    **policy: object,
) -> dict[str, Table]:
    grids = [Grid(name, rows, "", owned or {}, tuple(merged)) for name, rows in sheets.items()]
    return find_tables(grids, Policy("book", **policy))[0]  # type: ignore[arg-type]


def invoices(rows: Rows, **more: object) -> Table:
    return tables({"Invoices": rows}, **more)["invoices"]  # type: ignore[arg-type]


def columns(*headings: Cell) -> dict[str, int]:
    return dict(invoices([list(headings), [None] * len(headings)]).columns)


# ── where the table is ───────────────────────────────────────────────────────────────────────


def test_a_header_in_the_first_row_is_found() -> None:
    table = invoices([HEADINGS, ROW])
    assert (table.header_row, table.first_row, table.left, table.right) == (1, 2, 0, 4)
    assert table.columns == {"customer": 0, "invoice": 1, "due_date": 2, "amount": 3, "paid": 4}
    assert table.headings["due_date"] == "Due Date"


def test_a_header_under_a_title_a_date_and_a_legend_is_found() -> None:
    above: Rows = [["Receivables"], ["As of", DAY], ["Red = overdue", "Due Date = pay by"], [], []]
    assert invoices([*above, HEADINGS, ROW]).header_row == 6


def test_a_header_in_row_fifty_is_found() -> None:
    assert invoices([*[[] for _ in range(49)], HEADINGS, ROW]).header_row == 50


def test_a_parameter_table_above_the_data_is_not_the_table() -> None:
    above: Rows = [["Customer", "Amount", "Total"], ["all", 5, 6], []]
    assert invoices([*above, HEADINGS, ROW]).header_row == 4


def test_group_titles_over_headings_are_read_together() -> None:
    rows: Rows = [
        ["Customer", "Invoice", None, None, "Amount"],
        [None, "No.", "Date", "Due Date", None],
        ["Acme", "1", DAY, DAY, 5],
    ]
    table = invoices(rows, merged=[(0, 1, 0, 3), (0, 0, 1, 0), (0, 4, 1, 4)])
    assert table.header_row == 2
    assert table.columns == {
        "customer": 0, "invoice": 1, "invoice_date": 2, "due_date": 3, "amount": 4,
    }  # fmt: skip


def test_chinese_group_titles_are_read_together() -> None:
    rows: Rows = [
        ["客户", None, "发票", None, "应收金额"],
        ["名称", "编码", "号码", "日期", None],
    ]
    found = invoices([*rows, [None]], merged=[(0, 0, 0, 1), (0, 2, 0, 3)], tabs={
        "invoices": TabHint(columns={"due_date": "E"})})  # fmt: skip
    assert {"customer": 0, "customer_id": 1, "invoice": 2, "invoice_date": 3}.items() <= dict(
        found.columns
    ).items()


def test_a_budget_group_never_gives_its_amount() -> None:
    rows: Rows = [
        [None, None, None, "Budget"],
        ["Customer", "Due Date", "Outstanding", "Amount"],
        ["Acme", DAY, 5, 7],
    ]
    assert "amount" not in invoices(rows).columns


def test_two_tables_side_by_side_are_two_tables() -> None:
    header = [*HEADINGS, None, None, "Customer", "Amount"]
    table = invoices([header, [*ROW, None, None, "x", 1]])
    assert (table.left, table.right) == (0, 4)


def test_a_single_blank_column_lies_inside_a_table_and_notes_further_right_do_not() -> None:
    table = invoices([[*HEADINGS, None, "Comment", None, None, "Legend"], ROW])
    assert (table.left, table.right) == (0, 6)


def test_the_tab_with_due_dates_is_chosen_over_one_that_merely_sums_up() -> None:
    summary: Rows = [["Customer", "Total", "Paid", "Balance", "Owner", "Phone"], ["Acme", 1, 2, 3]]
    found = tables({"Summary": summary, "Data": [HEADINGS, ROW]})
    assert found["invoices"].tab == "Data"


def test_a_second_tab_of_receivables_is_named() -> None:
    grids = [Grid("2025", [HEADINGS, ROW], ""), Grid("Invoices", [HEADINGS, ROW], "")]
    found, others = find_tables(grids, Policy("book"))
    tabs = [each.grid.tab for each in others]
    assert (found["invoices"].tab, tabs) == ("Invoices", ["2025"])


def test_our_log_and_outbox_are_never_receivables() -> None:
    outbox: Rows = [
        ["Customer", "To", "Cc", "Subject", "Step", "Total", "Invoices", "Why now", "Approve?",
         "State", "Key"],
        ["Acme", "a@b.test", "", "Hello", "first", 5, "1", "", "", "waiting", "k"],
    ]  # fmt: skip
    log: Rows = [
        ["Date", "Customer", "Channel", "What", "Invoices", "Amount", "Result", "By", "Key"]
    ]
    found = tables({"Outbox": outbox, "Contact log": log, "Data": [HEADINGS, ROW]})
    assert {kind: table.tab for kind, table in found.items()} == {
        "invoices": "Data", "log": "Contact log",
    }  # fmt: skip


def test_customers_and_receipts_are_found_by_their_headings() -> None:
    found = tables({
        "Cash in": [["Date", "Customer", "Invoice", "Amount"], [DAY, "Acme", "1", 5]],
        "Who": [["Name", "Email", "Credit limit"], ["Acme", "a@b.test", 5]],
        "Invoices": [HEADINGS, ROW],
    })  # fmt: skip
    assert {kind: table.tab for kind, table in found.items()} == {
        "invoices": "Invoices", "receipts": "Cash in", "customers": "Who",
    }  # fmt: skip


def test_any_list_of_dated_amounts_is_not_taken_for_receipts() -> None:
    orders: Rows = [["Date", "Customer", "Amount"], [DAY, "Acme", 5]]
    assert "receipts" not in tables({"Orders": orders, "Invoices": [HEADINGS, ROW]})


# ── what is refused ──────────────────────────────────────────────────────────────────────────


def test_a_workbook_without_receivables_is_refused() -> None:
    with pytest.raises(NoTableError, match="Sheet1"):
        tables({"Sheet1": [["a", "b"], [1, 2]]})


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(NoTableError):
        tables({"Sheet1": []})


@pytest.mark.parametrize("vendor", ["Vendor", "Supplier Name", "供应商"])
def test_payables_are_refused(vendor: str) -> None:
    with pytest.raises(PayablesError, match=vendor):
        invoices([[vendor, "Invoice No.", "Due Date", "Amount", "Name"], ["x", 1, DAY, 5, "y"]])


def test_our_vendor_number_at_a_customer_is_no_payable() -> None:
    assert invoices([[*HEADINGS, "Vendor"], ROW]).columns["customer"] == 0


def test_a_table_without_a_customer_says_so_and_shows_its_headings() -> None:
    with pytest.raises(HeadingMissingError, match=r"Invoices!1 has no column for customer.*Konto"):
        invoices([["Konto", "Invoice No.", "Due Date", "Amount"], ["x", 1, DAY, 5]])


def test_neither_due_date_nor_terms_is_refused() -> None:
    with pytest.raises(HeadingMissingError, match="due_date"):
        invoices([["Customer", "Invoice No.", "Invoice Date", "Amount"], ["x", 1, DAY, 5]])


def test_terms_need_an_invoice_date() -> None:
    with pytest.raises(HeadingMissingError, match="invoice_date"):
        invoices([["Customer", "Invoice No.", "Terms", "Amount"], ["x", 1, "Net 30", 5]])


def test_terms_on_the_customers_tab_are_enough() -> None:
    found = tables({
        "Customers": [["Customer", "Payment terms"], ["Acme", "Net 30"]],
        "Invoices": [["Customer", "Invoice No.", "Invoice Date", "Amount"], ["Acme", 1, DAY, 5]],
    })  # fmt: skip
    assert set(found) == {"customers", "invoices"}


# ── two columns for one field ────────────────────────────────────────────────────────────────


def test_two_columns_for_one_field_are_named_with_their_addresses() -> None:
    rows: Rows = [["Customer", "Due Date", "Invoice Amount", "Total Amount"], ["Acme", DAY, 5, 6]]
    with pytest.raises(
        HeadingTwiceError,
        match=r"Invoice Amount \(Invoices!C1\) and Total Amount \(Invoices!D1\).*amount",
    ):
        invoices(rows)


def test_the_configuration_decides_between_two_columns() -> None:
    rows: Rows = [["Customer", "Due Date", "Invoice Amount", "Total Amount"], ["Acme", DAY, 5, 6]]
    hint = TabHint(columns={"amount": "total amount"})
    assert invoices(rows, tabs={"invoices": hint}).columns["amount"] == 3


def test_of_the_same_heading_twice_the_filled_column_wins() -> None:
    rows: Rows = [["Customer", "Due Date", "Amount", "Amount"], ["Acme", DAY, None, 6]]
    assert invoices(rows).columns["amount"] == 3


def test_two_columns_that_say_the_same_are_one() -> None:
    rows: Rows = [["Customer", "Due Date", "Amount", "Total"], ["Acme", DAY, 6, 6]]
    assert invoices(rows).columns["amount"] == 2


@pytest.mark.parametrize(
    ("generic", "specific", "field"),
    [
        ("Date", "Invoice Date", "invoice_date"),
        ("日期", "开票日期", "invoice_date"),
        ("合同金额", "应收金额", "amount"),
        ("Account", "Customer", "customer"),
        ("Company", "Client", "customer"),
        ("Document No", "Invoice No.", "invoice"),
        ("Due", "Payment Due Date", "due_date"),
        ("Status", "Payment Status", "paid_status"),
    ],
)
def test_a_generic_heading_gives_way_to_one_that_says_more(
    generic: str, specific: str, field: str
) -> None:
    others = [place for place, heading in enumerate(HEADINGS) if OWN.get(field) != heading]
    rows: Rows = [
        [generic, specific, *(HEADINGS[place] for place in others)],
        ["a", "b", *(ROW[place] for place in others)],
    ]
    assert invoices(rows).columns[field] == 1


def test_amount_and_total_beside_a_tax_column_are_asked_about() -> None:
    rows: Rows = [["Customer", "Due Date", "Invoice Amount", "VAT", "Total"], ["A", DAY, 5, 1, 6]]
    with pytest.raises(HeadingTwiceError):
        invoices(rows)


def test_an_amount_that_says_it_includes_tax_is_the_amount() -> None:
    rows: Rows = [["客户", "到期日", "金额", "税额", "价税合计"], ["甲", DAY, 5, 1, 6]]
    assert invoices(rows).columns["amount"] == 4


def test_beside_another_amount_the_amount_due_is_the_balance() -> None:
    found = columns("Customer", "Due Date", "Invoice Amount", "Amount Due")
    assert (found["amount"], found["balance"]) == (2, 3)


def test_two_columns_of_notes_are_no_reason_to_stop() -> None:
    rows: Rows = [[*HEADINGS, "Notes", "Remarks"], [*ROW, "x", "y"]]
    assert invoices(rows).columns["note"] == 5


def test_amounts_in_two_currencies_are_asked_about() -> None:
    rows: Rows = [["Customer", "Due Date", "Amount (USD)", "Paid (EUR)"], ["A", DAY, 5, 1]]
    with pytest.raises(HeadingTwiceError, match="currency"):
        invoices(rows)


# ── what a column's values say ───────────────────────────────────────────────────────────────


def test_paid_over_yes_and_no_is_a_status() -> None:
    rows: Rows = [
        ["Customer", "Due Date", "Amount", "Paid"],
        ["A", DAY, 5, "Yes"],
        ["B", DAY, 5, None],
    ]
    assert "paid" not in invoices(rows).columns
    assert invoices(rows).columns["paid_status"] == 3


def test_due_over_bare_numbers_may_be_a_sum_and_is_asked_about() -> None:
    with pytest.raises(HeadingMissingError, match="due_date"):
        invoices([["Customer", "Due", "Amount"], ["A", 45000, 50000]])


# ── the configuration ────────────────────────────────────────────────────────────────────────


def test_the_configuration_names_tab_row_and_columns() -> None:
    rows: Rows = [HEADINGS, ["Kunde", "Rechnung", "Pay by when", "Summe"], ["Acme", "1", DAY, 5]]
    hint = TabHint("Data", 2, {"customer": "Kunde", "invoice": "B", "due_date": "pay by WHEN",
                               "amount": "Summe"})  # fmt: skip
    found = tables({"Other": [HEADINGS, ROW], "Data": rows}, tabs={"invoices": hint})["invoices"]
    assert (found.tab, found.header_row) == ("Data", 2)
    assert found.columns == {"customer": 0, "invoice": 1, "due_date": 2, "amount": 3}


def test_a_heading_of_the_configuration_that_is_gone_is_said() -> None:
    hint = TabHint(columns={"due_date": "Pay by"})
    with pytest.raises(HeadingMissingError, match=r"due_date.*“Pay by”.*“Due Date”"):
        invoices([HEADINGS, ROW], tabs={"invoices": hint})


def test_a_heading_of_the_configuration_that_stands_twice_is_asked_about() -> None:
    hint = TabHint(columns={"amount": "Value", "key": "no field of this tab"})
    with pytest.raises(HeadingTwiceError, match=r"Value \(Invoices!F1\) and Value \(Invoices!G1\)"):
        invoices([[*HEADINGS, "Value", "Value"], ROW], tabs={"invoices": hint})


def test_a_tab_of_the_configuration_that_is_gone_is_said() -> None:
    with pytest.raises(TabMissingError, match=r"Receivables.*Invoices"):
        invoices([HEADINGS, ROW], tabs={"invoices": TabHint("Receivables")})


def test_what_is_missing_is_said_in_the_language_of_the_book() -> None:
    with pytest.raises(HeadingMissingError) as caught:
        invoices([["客户", "金额", "发票号码"], ["甲", 5, "1"]], language="zh")
    assert "请增加到期日列" in caught.value.say("zh")


# ── our own columns ──────────────────────────────────────────────────────────────────────────


def test_our_marked_status_is_not_input() -> None:
    table = invoices([[*HEADINGS, "Status"], [*ROW, "Settled"]], owned={"status": 5})
    assert "paid_status" not in table.columns
    assert table.owned == {"status": 5}


def test_an_unmarked_status_is_the_teams_own() -> None:
    table = invoices([[*HEADINGS, "Status", "Collector status"], ROW], owned={"status": 6})
    assert (table.columns["paid_status"], table.owned) == (5, {"status": 6})


def test_our_column_is_found_again_where_it_was_moved() -> None:
    table = invoices([["问题", *HEADINGS], [None, *ROW]], owned={"problem": 5})
    assert table.owned == {"problem": 0}


def test_our_column_is_known_by_the_heading_the_team_gave_it() -> None:
    table = invoices(
        [[*HEADINGS, "Ageing"], ROW], owned={"bucket": 5}, headings={"bucket": "Ageing"}
    )
    assert table.owned == {"bucket": 5}


def test_our_open_balance_is_never_read_as_theirs() -> None:
    table = invoices([[*HEADINGS, "Open balance"], ROW], owned={"open_balance": 5})
    assert "balance" not in table.columns


def test_a_mark_on_a_column_that_is_not_ours_any_more_is_dropped() -> None:
    assert invoices([HEADINGS, ROW], owned={"status": 3}).owned == {}


# ── units and currencies ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("heading", "multiplier", "currency"),
    [
        ("金额(元)", 1, ""), ("金额（万元）", 10_000, ""), ("应收金额/万元", 10_000, ""),
        ("Amount (USD)", 1, "USD"), ("Amount USD", 1, "USD"), ("USD Amount", 1, "USD"),
        ("Amount (ILS)", 1, "ILS"), ("Amount ₹", 1, "INR"), ("Amount (USD '000)", 1_000, "USD"),
        ("金额（万美元）", 10_000, "USD"), ("Amount in EUR", 1, "EUR"), ("Amount", 1, ""),
        ("Amount (incl. VAT)", 1, ""), ("应收金额（人民币）", 1, "CNY"), ("Amount (RMB)", 1, "CNY"),
    ],
)  # fmt: skip
def test_a_heading_names_unit_and_currency(heading: str, multiplier: int, currency: str) -> None:
    table = invoices([["Customer", "Due Date", heading], ["Acme", DAY, 5]])
    assert (table.units.get("amount", 1), table.currency) == (multiplier, currency)


@pytest.mark.parametrize(
    ("title", "multiplier", "currency"),
    [
        ("单位：万元", 10_000, ""), ("单位：元", 1, ""), ("单位：美元", 1, "USD"),
        ("金额单位：人民币万元", 10_000, "CNY"), ("(in thousands)", 1_000, ""),
        ("All amounts in EUR", 1, "EUR"), ("Currency: USD", 1, "USD"), ("Acme AR 2026", 1, ""),
        ("单位：万元  截止日期：2026-01-31", 10_000, ""), ("（单位：人民币千元）", 1_000, "CNY"),
        ("All amounts in USD unless stated otherwise", 1, "USD"), ("(USD)", 1, "USD"),
        ("Figures in thousands of EUR", 1_000, "EUR"), ("购货单位：张万", 1, ""),
        ("Community Centre USD", 1, ""), ("(ALL REGIONS)", 1, ""), ("单位：美元科技公司", 1, ""),
        ("Business unit: North", 1, ""), ("Amounts in thousand USD", 1_000, "USD"),
    ],
)  # fmt: skip
def test_a_title_names_unit_and_currency(title: str, multiplier: int, currency: str) -> None:
    table = invoices([[title], ["Customer", "Due Date", "Amount"], ["Acme", DAY, 5]])
    assert (table.units.get("amount", 1), table.currency) == (multiplier, currency)


# ── headings in the wild ─────────────────────────────────────────────────────────────────────

WILD = {
    "customer": "Customer|Customer_Name|CustomerName|CUSTOMER |Client|Buyer Name|name_customer|"
                "Контрагент|客户名称|客户|合作方|店铺名称|门店名称|Customer\nName|ｃｕｓｔｏｍｅｒ|"
                "客户名称 Customer|Customer / 客户|客户名称：",
    "customer_id": "Customer_Number|CUSTNMBR|GlobalCustomer|Customer #|客户编码|客户代码|"
                   "客户(编码)",
    "invoice": "Invoice No.|Invoice Number|Invoice #|Invoice_ID|INVOICE REFERENCE|Document_Ref|"
               "DOCNUMBR|Numero documento|Voucher|发票号|发票号码|单据编号|单号|Invoice No",
    "invoice_date": "Invoice Date|Issue Date|Transaction Date|Document_Date|Date|DOCDATE|"
                    "Data documento|Effective Date|posting_date|开票日期|业务日期|单据日期|"
                    "开单日期|账单日期|Invoice Date (yyyy-mm-dd)|InvoiceDate",
    "due_date": "Due Date|Due_Date|Due dates|Payment Due|DUEDATE|due_in_date|Scadenza al netto|"
                "Maturity Date|到期日|到期日期|应收日期|预计回收日期|Due\nDate|DUE DATE:",
    "amount": "Amount|Invoice_Amount|Bill Amount|Original_Amount|TOTAL|应收金额|金额(元)|含税金额|"
              "Amount (incl. VAT)|Total Amount (USD)|金额（元）",
    "balance": "Outstanding|Outstanding value|Pending Amount|Amount Remaining|Balance|"
               "OUTSTANDING CCY|期末余额|待收金额|未回款|期末余额(元)|Balance (₹)",
    "paid": "Amount_Received|Payments Made|Credited Amount|Payment received|PAID AMOUNT CCY|"
            "Collection|已收金额|本期收款|收款金额",
    "paid_date": "PaidDate|Payment_Date|SettledDate|clear_date|Data pagamento|入账日期|结算日期|"
                 "收款日期",
    "terms": "Payment terms|Credit_Terms_Days|cust_payment_terms|账期|付款条件|信用期|账期(天)",
    "credit_limit": "Credit_Limit|信用额度|授信额度",
    "paid_status": "Status|Collection_Status|核销状态|回款状态|Paid?|PAID？",
    "dispute": "Dispute_Flag|Disputed|争议",
    "email": "Email|E-mail|E-Mail Address|邮箱|电子邮箱",
    "currency": "Currency|CCY|币种",
}  # fmt: skip
NEITHER = (
    "Vendor|Segment|Current|Not due yet|1-30|31-60|61-90 Days|Above 120 Days|未到期|0-30天|"
    "90天以上|"
    "AvailableCreditLimit|Credit used %|Is Overdue|Goods_Amount|VAT_Amount|Amount (excl. VAT)|"
    "不含税金额|金额（不含税）|期初余额|税额|Net Amount|Amount %|Credit|付款日期 (计划)"
)


@pytest.mark.parametrize(
    ("heading", "field"), [(h, field) for field, some in WILD.items() for h in some.split("|")]
)
def test_a_heading_seen_in_the_wild_means_its_field(heading: str, field: str) -> None:
    needed = {"customer": "Client", "due_date": "Pay by", "amount": "Invoice Value",
              "invoice_date": "Issued"}  # fmt: skip
    others: list[Cell] = [text for name, text in needed.items() if name != field]
    assert columns(heading, *others)[field] == 0


@pytest.mark.parametrize("heading", NEITHER.split("|"))
def test_a_look_alike_means_nothing(heading: str) -> None:
    assert 3 not in columns("Customer", "Due Date", "Invoice Amount", heading).values()


@pytest.mark.parametrize("pair", [("Amount", "Invoice Amount"), ("Due Date", "Maturity")])
def test_two_figures_that_differ_are_asked_about_however_generic_one_is(
    pair: tuple[str, str],
) -> None:
    plain = {"Amount": 5, "Invoice Amount": 6, "Due Date": DAY, "Maturity": date(2027, 1, 1)}
    others = [name for name in ("Due Date", "Amount") if name not in pair]
    heads = ["Customer", *others, *pair]
    row: list[Cell] = ["Acme", *(plain[name] for name in heads[1:])]
    with pytest.raises(HeadingTwiceError, match="could both be"):
        invoices([heads, row])
