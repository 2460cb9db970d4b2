"""Headings that may mean several things, where the rows themselves leave only one of them."""

from __future__ import annotations

from typing import Final

from collector.intake.headings import evidence
from collector.intake.headings.desk import Desk
from collector.intake.headings.folding import fold, fold_all

# What is billed, before or after payments. A contract's or an order's sum is none: nobody owes it.
_BILLED: Final = fold_all(
    "应收", "本期应收", "本月应收", "本期应收金额", "本次应收金额", "应收本币金额", "借方",
    "借方金额", "本期借方", "结算金额", "结算额", "销售金额", "销售额", "应缴金额",
    "应交金额", "売上金額",
    "Debit", "Debit Amount", "Charge", "Charges", "Receivable", "Receivable Amount",
    "Amount Receivable", "Sales Amount", "Face Value", "Soll", "Forderung", "Umsatz", "Débit",
    "Debe", "Cargo", "Valor", "Dare", "Debet",
)  # fmt: skip
# Whoever the row is of: the customer, where each has an address of his own, and else perhaps us.
_WHO: Final = fold_all(
    "公司名称", "公司", "单位名称", "单位", "单位全称", "付款单位", "付款方", "付款人", "对方单位",
    "对方单位名称", "对方名称", "对账单位", "企业名称", "抬头", "发票抬头", "会社名", "請求先",
    "御社名", "Payer", "Payer Name", "Payor", "Party", "Partner", "Partner Name",
    "Business Partner", "Business Partner Name", "BP Name", "Trading Partner", "Sold To",
    "Sold-to", "Sold To Party", "Organization", "Organisation", "Organization Name",
    "Organisation Name", "Business Name", "Entity Name", "Geschäftspartner",
    "Name Geschäftspartner", "Empfänger", "Denominazione", "Relatie", "Relatienaam", "Sacado",
    "Tomador", "Nominativo", "Tercero", "회사명", "업체명",
    "取引先", "取引先名", "거래처", "거래처명", "Kontrahent", "Nazwa kontrahenta",
)  # fmt: skip
# A day by which to pay, or in how many days.
_BY_WHEN: Final = fold_all(
    "付款期限", "收款期限", "回款期限", "还款期限", "缴款期限", "应结日期", "应付款时间",
    "应收时间", "应付时间", "支払期限日", "Payable On", "Payable By", "Zahlungsziel",
    "Zahlungsfrist",
    "Payment Deadline", "Délai de paiement", "Plazo de pago", "Prazo de pagamento",
    "Betalingstermijn", "Termin zapłaty",
)  # fmt: skip
# So many rows that are paid in full tell that a column is of what was billed, not of what is left.
_IN_FULL: Final = 2


def weigh_likely(desk: Desk) -> None:
    """Take what rows prove: what is billed, whose it is, by when it is to be paid."""
    _take_amount(desk)
    _take_customer(desk)
    _take_due_date(desk)


def _only(desk: Desk, words: frozenset[str], name: str) -> int | None:
    """Return the one free column under some words that can be of a field, None of several."""
    found = [
        at
        for at in desk.free()
        if fold(desk.header.texts[at]) in words and evidence.surely_suits(name, desk.cells[at])
    ]
    return found[0] if len(found) == 1 else None


def _is_open(desk: Desk, *names: str) -> bool:
    """Tell whether neither a column nor a question is of any of some fields."""
    return not any(name in desk.columns or desk.candidates(name) for name in names)


def _take_amount(desk: Desk) -> None:
    place = _only(desk, _BILLED, "amount")
    if place is None or "paid" not in desk.columns or not _is_open(desk, "amount", "balance"):
        return
    paid, billed = desk.figures_of("paid"), desk.figures(place)
    pairs = [(part, whole) for part, whole in zip(paid, billed, strict=True) if part]
    within = all(whole is not None and 0 < part <= whole for part, whole in pairs)
    if within and sum(part == whole for part, whole in pairs) >= _IN_FULL:
        desk.settle("amount", place)


def _take_customer(desk: Desk) -> None:
    place, address = _only(desk, _WHO, "customer"), desk.columns.get("email")
    if place is None or address is None or not _is_open(desk, "customer", "customer_id"):
        return
    if evidence.are_of_customers(desk.cells[address], desk.cells[place]):
        desk.settle("customer", place)


def _take_due_date(desk: Desk) -> None:
    place, start = _only(desk, _BY_WHEN, "due_date"), desk.columns.get("invoice_date")
    if place is None or start is None or not _is_open(desk, "due_date"):
        return
    days, begun = desk.cells[place], desk.cells[start]
    if evidence.are_dates(days) and evidence.come_after(days, begun):
        desk.settle("due_date", place)
