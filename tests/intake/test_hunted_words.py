"""Headings of other languages and of several meanings: sure where the rows leave one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from collector.errors import CollectorError
from collector.intake.headings.proposing import propose
from collector.model import Cell, Grid, Policy

NAMES = ["Alder Ltd", "Birch GmbH", "Cedar SA", "Dogwood Inc", "Elm BV"]
ROWS = range(12)
START = [date(2026, 6, 1) + timedelta(days=11 * row) for row in ROWS]
AMOUNTS = [1000 + 137.5 * row for row in ROWS]
PAID = [[0, 200, 0, AMOUNTS[row], 0, 350][row % 6] for row in ROWS]
BOOK: dict[str, Sequence[Cell]] = {
    "Invoice No": [f"INV-{2001 + row}" for row in ROWS],
    "Customer": [NAMES[row % 5] for row in ROWS],
    "Email": [f"ap@{NAMES[row % 5].split()[0].lower()}.test" for row in ROWS],
    "Invoice Date": START,
    "Due Date": [day + timedelta(days=30) for day in START],
    "Amount": AMOUNTS,
    "Paid": PAID,
}
FIELDS = {"Invoice No": "invoice", "Customer": "customer", "Invoice Date": "invoice_date",
          "Due Date": "due_date", "Amount": "amount"}  # fmt: skip
SURE = {
    "Due Date": "Vencimento|Dt. Venc.|Nettofälligkeit am|Zahlbar bis zum|Fäll.Datum"
    "|A régler avant le|Scad.|Te betalen voor|期日|应收日|应付日期|付款期限|收款期限|到期日（账期）"
    "|Mat. Date|Payment Date Due|Zahlungsziel|만기일|Jatuh Tempo",
    "Invoice Date": "Invoice Dte|Belegdat.|Data doc.|Dt. Emissão|発行日|売上日",
    "Invoice No": "請求番号|請求書番号|伝票番号|NF|N. fattura",
    "Amount": "Rg.-Betrag|应收|本期应收|借方金额|結算金額|销售额|应收本币金额"
    "|Debit Amount|Charge|Umsatz",
    "Customer": "公司名称|單位名稱|付款单位|会社名|請求先|Sold to party|Payer Name|Partner|取引先",
}  # fmt: skip


def proposed(place: str, heading: str, cells: Sequence[Cell] | None = None) -> str:
    """Return the field that a heading is surely of, ``""`` where it is asked about or refused."""
    columns = {heading if name == place else name: column for name, column in BOOK.items()}
    columns[heading] = cells or BOOK[place]
    rows = [list(columns), *(list(row) for row in zip(*columns.values(), strict=True))]
    try:
        found = propose([Grid("AR", rows, "")], Policy("book")).tables["invoices"]
    except CollectorError:
        return ""
    at = list(columns).index(heading)
    return next((name for name, choice in found.columns.items() if choice.column == at), "")


@pytest.mark.parametrize(
    ("place", "heading"),
    [(place, heading) for place, words in SURE.items() for heading in words.split("|")],
)
def test_a_heading_is_read_without_a_question(place: str, heading: str) -> None:
    assert proposed(place, heading) == FIELDS[place]


@pytest.mark.parametrize("heading", ["公司名称", "单位名称", "Partner", "Payer", "付款单位"])
def test_a_company_that_is_not_whose_address_stands_beside_it_is_asked_about(heading: str) -> None:
    assert proposed("Customer", heading, ["Our North", "Our South"] * 6) == ""


@pytest.mark.parametrize("heading", ["应收", "借方金额", "Debit Amount", "Forderung", "销售额"])
def test_what_may_be_left_or_without_tax_is_asked_about(heading: str) -> None:
    left = [amount - paid for amount, paid in zip(AMOUNTS, PAID, strict=True)]
    assert proposed("Amount", heading, left) == ""
    assert proposed("Amount", heading, [round(amount / 1.19, 2) for amount in AMOUNTS]) == ""


@pytest.mark.parametrize("heading", ["合同总额", "Contract Value", "订单金额"])
def test_the_sum_of_a_contract_stays_a_question_though_some_is_paid_in_full(heading: str) -> None:
    assert proposed("Amount", heading) == ""


@pytest.mark.parametrize("heading", ["付款期限", "收款期限", "Payable On"])
def test_days_before_the_invoice_are_no_due_dates(heading: str) -> None:
    assert proposed("Due Date", heading, [day - timedelta(days=3) for day in START]) == ""
