"""Which column of a header means which field: exact synonyms, and what to do when two could."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from collector.errors import HeadingMissingError, HeadingTwiceError
from collector.fields import OWNED_HEADINGS, OWNED_PREFIX, TAB_FIELDS
from collector.intake.headings.folding import fold, fold_all, halves, spellings
from collector.model import Cell, TabHint, column_letters
from collector.phrases import say

# Where two columns differ, a generic word does not give way: either could be the figure meant.
_FIGURES: Final = frozenset({"amount", "paid", "balance", "due_date"})

# These mean something else beside a plainer heading: a contract's sum, an amount before payments.
_YIELDING: Final = fold_all(
    "合同金额", "总金额", "应收款", "Original Amount", "Amount Due", "Due", "Payment Due",
    "应收日期", "预计回收日期", "Collection", "Credited Amount", "本期收款", "Pending Amount",
)  # fmt: skip

# Generic words: one of these gives way to a heading that says more. Each loses only within its
# own field, and two of equal weight are never chosen between.
WEAK: Final[Mapping[str, frozenset[str]]] = {
    "invoice": fold_all(
        "Invoice", "Voucher", "Voucher No", "Document_Ref", "Document No", "Document Number",
        "Doc No", "Bill No", "Bill Number", "Invoice Reference", "Invoice Ref", "DOCNUMBR",
        "单据编号", "单据号", "单号", "账单编号", "账单号"),
    "customer": fold_all("Account", "Account Name", "Company", "Company Name", "Name", "Bill To",
                         "名称", "往来单位", "店铺名称", "门店名称", "Debtor"),
    "customer_id": fold_all("Account Code", "Account No", "Account Number", "Code", "ID", "编码",
                            "代码"),
    "invoice_date": fold_all("Date", "日期", "Effective Date", "Posting Date", "Transaction Date",
                             "Document Date", "Doc Date", "业务日期", "单据日期", "Issued"),
    "date": fold_all("Date", "日期"),
    "due_date": fold_all("Due", "Payment Due", "Maturity", "Pay By", "应收日期", "预计回收日期"),
    "amount": fold_all("Amount", "Total", "金额", "Gross", "总金额", "合同金额", "Original Amount",
                       "Amount Due", "应收款", "Bill Amount", "Invoice Value"),
    "paid": fold_all("Payments", "Collection", "Collected", "Credited Amount", "Payments Made",
                     "收款金额", "本期收款"),
    "balance": fold_all("Unpaid", "Remaining", "余额", "Pending Amount", "欠款"),
    "paid_status": fold_all("Status", "状态", "Collection Status"),
    "paid_date": fold_all("Settled Date", "Clear Date", "Cleared On", "结算日期", "付款日期"),
    "email": fold_all("Mail", "邮件", "Contact Email"),
    "terms": fold_all("Terms", "Credit Days", "Credit Period"),
    "currency": fold_all("Curr"),
    "owner": fold_all("Sales", "Collector", "Responsible", "Owner", "负责人", "销售", "跟进人"),
    "credit_limit": fold_all("Limit"),
    "promise_date": fold_all("Promised"),
}  # fmt: skip

# These say outright that tax is in the amount; they win also beside a tax column.
GROSS: Final = fold_all(
    "Gross Amount",
    "Amount Incl VAT",
    "Amount Including VAT",
    "Invoice Total",
    "含税金额",
    "价税合计",
)
_TAX: Final = re.compile(r"\b(?:vat|gst|tax|cgst|sgst|igst)\b|税额|税金|增值税", re.IGNORECASE)

# Two columns for one of these: the first is used, because only a letter's wording hangs on it.
HARMLESS: Final = frozenset(
    {"note", "project", "contract", "po", "contact", "phone", "owner", "attachment", "payment_link",
     "method", "reference", "channel", "what", "result", "by"}
)  # fmt: skip
_LETTERS: Final = re.compile(r"[A-Za-z]{1,3}")


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: its text per column; ``row`` and ``top`` are zero-based, ``row`` the lower."""

    row: int
    top: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The columns that a header gives to fields, and for a field with several, all of them."""

    columns: Mapping[str, int]
    rivals: Mapping[str, Sequence[int]] = field(default_factory=dict)


@cache
def _synonyms(kind: str) -> Mapping[str, str]:
    table: dict[str, str] = {}
    for name, headings in TAB_FIELDS[kind].items():
        for heading in headings:
            table.setdefault(fold(heading), name)
    return table


@lru_cache(maxsize=8192)
def field_of(kind: str, heading: str) -> tuple[str, str] | None:
    """Return the field that a heading means in a kind of tab, and the form that it matched by."""
    if not heading or len(heading) > 80:
        return None
    table = _synonyms(kind)
    for form in spellings(heading):
        if form in table:
            return table[form], form
    both = halves(heading)
    if both and both[0] in table and table.get(both[1]) == table[both[0]]:
        return table[both[0]], both[0]
    return None


def fields_named(kind: str, header: Header, hint: TabHint, without: frozenset[int]) -> set[str]:
    """Return the fields that a header has a column for."""
    found = {
        match[0]
        for column, text in enumerate(header.texts)
        if column not in without and (match := field_of(kind, text))
    }
    return found | {name for name, said in hint.columns.items() if _said(header, said)}


def _said(header: Header, said: str) -> list[int]:
    """Return the columns that a heading, or column letters, of the configuration point to."""
    wanted = fold(said)
    found = [column for column, text in enumerate(header.texts) if text and fold(text) == wanted]
    if found or not _LETTERS.fullmatch(said):
        return found
    column = _column_number(said)
    return [column] if column < len(header.texts) else []


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def match_columns(
    kind: str,
    tab: str,
    header: Header,
    hint: TabHint,
    *,
    without: frozenset[int],
    cells_of: Callable[[int], Sequence[Cell]],
    language: str,
) -> dict[str, int]:
    """Return the column of every field that the header has one for.

    ``without`` are columns that are never input (our own). Raises HeadingMissingError when the
    configuration names a heading that is not there, HeadingTwiceError when two columns could be
    one field and nothing decides.
    """
    columns = _hinted(kind, tab, header, hint, language)
    taken = set(columns.values()) | without
    rivals: dict[str, list[tuple[int, str]]] = {}
    for column, text in enumerate(header.texts):
        match = field_of(kind, text) if column not in taken else None
        if match and match[0] not in columns:
            rivals.setdefault(match[0], []).append((column, match[1]))
    taxed = any(_TAX.search(text) for text in header.texts)
    _amount_due_is_balance(kind, rivals)
    for name, found in rivals.items():
        best = _strongest(name, found, taxed)
        columns[name] = _one_of(kind, name, best, tab, header, cells_of)
    return columns


def _hinted(kind: str, tab: str, header: Header, hint: TabHint, language: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for name, said in hint.columns.items():
        if name not in TAB_FIELDS[kind]:
            continue
        found = _said(header, said)
        if not found:
            where = f"{tab}!{header.row + 1}"
            seen = ", ".join(f"“{text}”" for text in header.texts if text)
            raise HeadingMissingError(
                where, name, say(language, "hint_heading_gone", heading=said, seen=seen)
            )
        if len(found) > 1:
            raise _twice(kind, name, found[0], found[1], tab, header)
        columns[name] = found[0]
    return columns


def _amount_due_is_balance(kind: str, rivals: dict[str, list[tuple[int, str]]]) -> None:
    """Beside another amount, "Amount Due" is what is left of it."""
    amounts = rivals.get("amount", [])
    due = [each for each in amounts if each[1] == "amountdue"]
    if kind == "invoices" and due and len(amounts) > len(due):
        rivals["amount"] = [each for each in amounts if each not in due]
        if "balance" not in rivals:
            rivals["balance"] = due


def _strongest(name: str, found: list[tuple[int, str]], taxed: bool) -> list[int]:
    def weight(form: str) -> int:
        if name == "amount" and form in GROSS:
            return 3
        if form in _YIELDING:
            return 0
        return 1 if form in WEAK.get(name, ()) else 2

    weights = [weight(form) for _, form in found]
    # Beside a tax column, "Amount" and "Total" may be with and without it: only 价税合计 is sure.
    floor = max(weights)
    if floor < 3 and name == "amount" and taxed:
        floor = min(weights)
    elif floor < 3 and name in _FIGURES:
        floor = min((each for each in weights if each), default=0)
    return [column for (column, _), each in zip(found, weights, strict=True) if each >= floor]


def _one_of(
    kind: str,
    name: str,
    found: list[int],
    tab: str,
    header: Header,
    cells_of: Callable[[int], Sequence[Cell]],
) -> int:
    """Return the only column, the only filled one, or the first of columns that are all alike."""
    if len(found) == 1 or name in HARMLESS:
        return found[0]
    contents = {column: cells_of(column) for column in found}
    filled = [
        column for column in found if any(cell not in (None, "") for cell in contents[column])
    ]
    if len(filled) <= 1:
        return (filled or found)[0]
    first = filled[0]
    for other in filled[1:]:
        if contents[other] != contents[first]:
            raise _twice(kind, name, first, other, tab, header)
    return first


def _twice(
    kind: str, name: str, first: int, second: int, tab: str, header: Header
) -> HeadingTwiceError:
    places = _address(first, tab, header), _address(second, tab, header)
    return HeadingTwiceError(name, *places, kind)


def _address(column: int, tab: str, header: Header) -> str:
    text = " ".join(header.texts[column].split())
    return f"{text} ({tab}!{column_letters(column)}{header.row + 1})"


def owned_columns(
    header: Header, marked: Mapping[str, int], renamed: Mapping[str, str]
) -> dict[str, int]:
    """Return where our own columns are now: where they are marked, else wherever their heading is.

    ``marked`` are the columns that the book itself marks as ours; a heading that is not marked is
    the team's own.
    """
    found: dict[str, int] = {}
    for key, column in marked.items():
        ours = _our_headings(key, renamed)
        texts = [fold(text) for text in header.texts]
        if column < len(texts) and texts[column] in ours:
            found[key] = column
            continue
        moved = [place for place, text in enumerate(texts) if text in ours]
        if moved:
            found[key] = moved[-1]
    return found


def _our_headings(key: str, renamed: Mapping[str, str]) -> frozenset[str]:
    words = list(OWNED_HEADINGS.get(key, {"en": key.replace("_", " ")}).values())
    words += [renamed[key]] if key in renamed else []
    prefixed = [prefix + word for prefix in OWNED_PREFIX.values() for word in words]
    return fold_all(*words, *prefixed)
