"""Tabs nobody reads that list our own invoices or customers beside money, whatever their name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pandas as pd

from collector.fields import exponent
from collector.intake.cells.texts import fold_name, text_of
from collector.intake.headings import evidence
from collector.intake.headings.folding import heading_text, shown_heading
from collector.intake.headings.lessening import may_lessen
from collector.intake.headings.matching import Header, field_of
from collector.intake.headings.payables import is_payables
from collector.intake.headings.words import is_tax_amount
from collector.intake.unread import are_open
from collector.model import Cell, Grid

_DEEPEST: Final = 50
_MOST: Final = 0.6
_BILLS: Final = re.compile(r"\binv|\bbills?\b|rechnung|factur|发票|单号", re.IGNORECASE)
_LABEL: Final = re.compile(r"\D{0,3}")
_SEVERAL: Final = re.compile(r"[\s,;、，；/|]+")
# What these list is what was sold, ordered, delivered or said, never what came in.
_OTHER_PAPERS: Final = re.compile(
    r"\b(?:orders?|quot\w+|estimates?|deliver\w+|shipments?|dispatch\w*|packing|contracts?|budgets?"
    r"|forecasts?|plans?|targets?|purchas\w+|expenses?|costs?|prices?|stock|inventory|items?|lines?"
    r"|products?|sku|qty|quantity|units?|hours|commissions?|channel|called|outcome|next step"
    r"|limits?|ratings?|insur\w+|scores?|levels?|pivot|summary|dashboard|overview|statistics"
    r"|sum of|top \d+|schedules?|promises?|expected|menge|artikel|position|quantité|cantidad"
    r"|reminders?)\b"
    r"|订单|发货|送货|出库|合同|报价|采购|库存|产品|商品|品名|数量|单价|费用|预算|计划|预计|提成|佣金"
    r"|turnover|revenue|umsatz|seit|since|mahn|stufe|relance|recordatorio|kreditlimit"
    r"|额度|评级|透视|汇总|统计|跟进|沟通|催收|承诺|费率|运单|明细行",
    re.IGNORECASE,
)
_AGES: Final = re.compile(
    r"\bdays? (?:over|past|late)|\boverdue\b|past due|age(?:ing)?\b|\d+\s*(?:-|–|~|至)\s*\d+"
    r"|逾期|账龄|未到期",
    re.IGNORECASE,
)
_TELLING: Final = frozenset({"payment", "trace", "other", "moved"})


@dataclass(frozen=True, slots=True)
class Ours:
    """What is known of our invoices: the customer by number, what each comes to, those open."""

    keys: Mapping[str, str]
    amounts: Mapping[str, Decimal]
    still: frozenset[str]


def ours_of(invoices: pd.DataFrame) -> Ours:
    """Return the numbers of the invoices as read, folded, with what hangs on each."""
    still = are_open(invoices)
    keys: dict[str, str] = {}
    amounts: dict[str, Decimal] = {}
    owed: set[str] = set()
    for number, key, amount, currency, is_open in zip(
        invoices["invoice"].tolist(), invoices["customer"].tolist(), invoices["amount"].tolist(),
        invoices["currency"].tolist(), still.tolist(), strict=True,
    ):  # fmt: skip
        if not number:
            continue
        word = fold_name(number)
        # Of two rows of one number the one that is open tells whom a payment concerns.
        if is_open or word not in keys:
            keys[word] = key
        sum_ = Decimal(amount).scaleb(-exponent(currency))
        amounts[word] = amounts.get(word, Decimal(0)) + sum_
        if is_open:
            owed.add(word)
    return Ours(keys, amounts, frozenset(owed))


def rows_named(grid: Grid, ours: Ours, names: Mapping[str, str]) -> list[tuple[int, str]]:
    """Return the rows (one-based) that name one of our invoices, and its customer's key.

    Only a column that is headed as one of invoices, or mostly holds our numbers, counts; where no
    column does, a column of customers beside dates.
    """
    header = _header(grid)
    place = _invoice_column(grid, header, ours)
    if place >= 0:
        return list(_by(grid, header, place, ours.keys))
    for at in _party_columns(grid, header, names):
        if any(evidence.are_dates(_cells(grid, header, other)) for other in _others(header, at)):
            return list(_by(grid, header, at, names))
    return []


def lists_of_ours(
    grids: Sequence[Grid], without: Collection[str], ours: Ours, names: Mapping[str, str]
) -> list[Grid]:
    """Return the tabs not ``without`` that may say of our invoices that less is owed.

    They name our invoices, or our customers and days, beside money. Item lines, orders, ageing
    reports and lists that repeat every invoice's own amount say nothing of the kind, unless a
    heading speaks of payment, write-offs and the like.
    """
    return [
        grid
        for grid in grids
        if not grid.ours and grid.tab not in without and _may_lessen(grid, ours, names)
    ]


def _may_lessen(grid: Grid, ours: Ours, names: Mapping[str, str]) -> bool:
    header = _header(grid)
    if not header.texts or is_payables(header, grid) or not rows_named(grid, ours, names):
        return False
    if _is_receivables(header):
        return False
    money = _money(grid, header)
    telling = may_lessen(grid.tab) in _TELLING or any(
        may_lessen(text) in _TELLING for text in header.texts
    )
    if telling:
        return bool(money) or _invoice_column(grid, header, ours) >= 0
    words = " ".join((grid.tab, *map(shown_heading, header.texts)))
    if not money or _OTHER_PAPERS.search(words) or any(map(is_tax_amount, header.texts)):
        return False
    return not _repeats(grid, header, ours)


def _is_receivables(header: Header) -> bool:
    """Tell whether a tab is a list of receivables itself, or a report of their ages."""
    fields = {_field(text, "invoices") for text in header.texts}
    owed = bool({"amount", "balance"} & fields)
    aged = sum(bool(_AGES.search(text)) for text in header.texts)
    return owed and ("due_date" in fields or "terms" in fields or aged > 0)


def _repeats(grid: Grid, header: Header, ours: Ours) -> bool:
    """Tell whether a tab has every open invoice with the amount that it has in the table."""
    place = _invoice_column(grid, header, ours)
    if place < 0:
        return False
    numbers = [fold_name(text_of(cell)) for cell in _cells(grid, header, place)]
    for at in _money(grid, header):
        sums: dict[str, Decimal] = {}
        for number, figure in zip(numbers, evidence.figures(_cells(grid, header, at)), strict=True):
            if number in ours.amounts:
                sums[number] = sums.get(number, Decimal(0)) + (figure or Decimal(0))
        same = all(abs(sums[n] - ours.amounts[n]) < Decimal("0.015") for n in sums)
        if same and ours.still <= sums.keys():
            return True
    return False


def _money(grid: Grid, header: Header) -> list[int]:
    """Return the columns of figures that may be money."""
    places = []
    for at, text in enumerate(header.texts):
        if not text or _field(text) in ("invoice", "customer_id", "customer"):
            continue
        if evidence.surely_suits("amount", _cells(grid, header, at)):
            places.append(at)
    return places


def _header(grid: Grid) -> Header:
    """Return the row of headings: the first with one of an invoice or a customer, else of texts."""
    rows = [tuple(map(heading_text, row)) for row in grid.rows[:_DEEPEST]]
    wide = [at for at, texts in enumerate(rows) if sum(map(bool, texts)) >= 2]
    known = [at for at in wide if any(_field(t) in _PARTIES for t in rows[at])]
    at = next(iter(known or wide), -1)
    return Header(at, at, rows[at] if at >= 0 else ())


_PARTIES: Final = ("invoice", "customer", "customer_id")


def _field(heading: str, kind: str = "receipts") -> str:
    match = field_of(kind, heading)
    return match[0] if match else ""


def _others(header: Header, place: int) -> Iterator[int]:
    return (at for at, text in enumerate(header.texts) if text and at != place)


def _cells(grid: Grid, header: Header, place: int) -> list[Cell]:
    rows = grid.rows[header.row + 1 :]
    return [row[place] if place < len(row) else None for row in rows]


def _invoice_column(grid: Grid, header: Header, ours: Ours) -> int:
    """Return the column that names our invoices, -1 where none does."""
    headed = sorted(range(len(header.texts)), key=lambda at: _field(header.texts[at]) != "invoice")
    for at in headed:
        if not header.texts[at]:
            continue
        words = [fold_name(text_of(c)) for c in _cells(grid, header, at) if c not in (None, "")]
        if _field(header.texts[at]) == "invoice":
            if any(_known(word, ours.keys) for word in words):
                return at
            continue
        # Numbers of one or two digits may count anything but what is headed as a bill.
        bills = bool(_BILLS.search(header.texts[at]))
        hits = sum(bool(_known(word, ours.keys)) and (bills or len(word) > 2) for word in words)
        if hits and hits >= _MOST * len(words) and (bills or not all(map(_LABEL.fullmatch, words))):
            return at
    return -1


def _party_columns(grid: Grid, header: Header, names: Mapping[str, str]) -> list[int]:
    """Return the columns that are headed as customers, or mostly hold the names of ours."""
    found = []
    for at, text in enumerate(header.texts):
        if not text:
            continue
        words = [fold_name(text_of(c)) for c in _cells(grid, header, at) if c not in (None, "")]
        hits = sum(word in names and len(word) > 2 for word in words)
        if _field(text) in ("customer", "customer_id") or (hits and hits >= _MOST * len(words)):
            found.append(at)
    return found


def _known(word: str, keys: Mapping[str, str]) -> str:
    if word in keys:
        return keys[word]
    return next((keys[part] for part in _SEVERAL.split(word) if part in keys), "")


def _by(
    grid: Grid, header: Header, place: int, keys: Mapping[str, str]
) -> Iterator[tuple[int, str]]:
    for number, cell in enumerate(_cells(grid, header, place), start=header.row + 2):
        word = fold_name(text_of(cell)) if cell not in (None, "") else ""
        for part in (word,) if word in keys else _SEVERAL.split(word):
            if part and keys.get(part):
                yield number, keys[part]
