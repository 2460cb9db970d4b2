"""Whatever is done to a clean sheet: what is read and what is reported is all there was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.intake.book import Book, read_book
from collector.intake.cells.texts import fold_name
from collector.model import Cell, Grid, Policy
from collector.sheets import open_workbook

POLICY: Final = Policy("book", currency="CNY")
_EPOCH: Final = date(1899, 12, 30)
_WIDE: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@dataclass(frozen=True)
class Invoice:
    """One clean row."""

    customer: str
    number: str
    issued: date
    due: date
    cents: int
    paid: int


@dataclass
class Sheet:
    """A messy sheet and, by its row (one-based), the clean row that each receivable was."""

    headings: list[Cell]
    cells: list[list[Cell]] = field(default_factory=list)
    clean: dict[int, Invoice] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


# ── how people write an amount and a day ─────────────────────────────────────────────────────

_SWAP = str.maketrans(",.", ".,")


def _indian(cents: int) -> str:
    whole, rest = divmod(abs(cents), 100)
    head, tail = str(whole)[:-3], str(whole)[-3:]
    pairs: list[str] = []
    while head:
        pairs.insert(0, head[-2:])
        head = head[:-2]
    return f"{'-' if cents < 0 else ''}{','.join([*pairs, tail])}.{rest:02}"


AMOUNTS: Final[dict[str, Callable[[int], Cell]]] = {
    "number": lambda cents: cents / 100,
    "noise": lambda cents: cents / 100 + (cents / 100) * 2**-52 * 3,
    "text": lambda cents: f"{cents / 100:.2f}",
    "spaces": lambda cents: f"  {cents / 100:.2f} \u00a0",
    "english": lambda cents: f"{cents / 100:,.2f}",
    "english, no cents": lambda cents: f"{cents / 100:,.2f}".removesuffix(".00"),
    "german": lambda cents: f"{cents / 100:,.2f}".translate(_SWAP),
    "german, no cents": lambda cents: f"{cents / 100:,.2f}".removesuffix(".00").translate(_SWAP),
    "french": lambda cents: f"{cents / 100:,.2f}".translate(str.maketrans(",.", "\u202f,")),
    "spaced": lambda cents: f"{cents / 100:,.2f}".removesuffix(".00").replace(",", " "),
    "swiss": lambda cents: f"{cents / 100:,.2f}".replace(",", "’"),
    "indian": _indian,
    "brackets": lambda cents: f"({-cents / 100:,.2f})" if cents < 0 else f"{cents / 100:,.2f}",
    "minus behind": lambda cents: f"{abs(cents) / 100:.2f}{'-' if cents < 0 else ''}",
    "credit": lambda cents: f"{abs(cents) / 100:.2f} {'CR' if cents < 0 else 'DR'}",
    "yuan sign": lambda cents: f"{'-' if cents < 0 else ''}¥{abs(cents) / 100:,.2f}",
    "yuan": lambda cents: f"{cents / 100:,.2f}元",
    "code": lambda cents: f"CNY {cents / 100:.2f}",
    "ten thousand": lambda cents: f"{cents / 1_000_000:.6f}万",
    "wide": lambda cents: f"{cents / 100:,.2f}".translate(_WIDE),
    "broken": lambda cents: f"{cents / 100:.2f} ???",
    "formula": lambda cents: f"={cents / 100:.2f}+0",
    "error": lambda _: "#N/A",
    "uncalculated": lambda _: "#UNCALCULATED",
    "footnote": lambda cents: f"{cents / 100:.2f}¹",
    "two": lambda cents: f"{cents / 100:.0f}\n100",
}
DAYS: Final[dict[str, Callable[[date], Cell]]] = {
    "real": lambda day: day,
    "with time": lambda day: datetime(day.year, day.month, day.day, 9, 30),
    "serial": lambda day: (day - _EPOCH).days,
    "serial text": lambda day: str((day - _EPOCH).days),
    "iso": lambda day: f"{day} ",
    "iso with time": lambda day: f"{day} 00:00:00",
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "named": lambda day: day.strftime("%d-%b-%Y"),
    "named short": lambda day: day.strftime("%d-%b-%y").upper(),
    "american name": lambda day: day.strftime("%A, %B %d, %Y"),
    "dots": lambda day: day.strftime("%d.%m.%Y"),
    "day first": lambda day: day.strftime("%d/%m/%Y"),
    "month first": lambda day: f"{day.month}/{day.day}/{day.year}",
    "month first, short": lambda day: f"{day.month}/{day.day}/{day:%y}",
    "short": lambda day: day.strftime("%d/%m/%y"),
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "chinese wide": lambda day: f"{day.year}年{day.month:02}月{day.day:02}日".translate(_WIDE),
    "republic": lambda day: f"民国{day.year - 1911}年{day.month}月{day.day}日",
    "digits": lambda day: int(day.strftime("%Y%m%d")),
    "month only": lambda day: day.strftime("%Y-%m"),
    "broken": lambda day: f"about {day}",
}
NAMES: Final[dict[str, Callable[[str], str]]] = {
    "plain": str,
    "upper": str.upper,
    "spaces": lambda name: f" {name.replace(' ', '  ')} \u00a0",
    "wide": lambda name: name.translate(_WIDE),
}
# One order of day and month a column, as one team has one; two would be anybody's guess.
_ORDERS: Final = ("day first", "month first", "month first, short", "short")
_HEADINGS: Final[dict[str, list[Cell]]] = {
    "en": ["Customer", "Invoice No.", "Invoice Date", "Due Date", "Amount", "Paid", "Remarks"],
    "zh": ["客户名称", "发票号码", "开票日期", "到期日", "应收金额", "已收金额", "备注"],
}
_TOTALS: Final = {"en": ("Subtotal", "Grand Total"), "zh": ("小计", "合计")}
_NOTES: Final = ("checked by Wei", "* see the contract", "以上已核对")

# ── a messy sheet ────────────────────────────────────────────────────────────────────────────

CUSTOMERS: Final = ("Acme Trading", "Beta GmbH", "甲公司", "Delta (HK) Ltd", "乙（上海）公司")


@st.composite
def invoices(draw: st.DrawFn) -> list[Invoice]:
    """Draw clean rows, sorted by customer."""
    count = draw(st.integers(1, 12))
    found = []
    for number in range(count):
        issued = date(2025, 1, 1) + timedelta(draw(st.integers(0, 700)))
        found.append(
            Invoice(
                draw(st.sampled_from(CUSTOMERS)), f"INV-{number:04}", issued,
                issued + timedelta(draw(st.integers(0, 90))),
                draw(st.integers(-(10**7), 10**9) | st.integers(-20, 10**5).map(lambda n: n * 100)),
                draw(st.just(0) | st.integers(0, 10**6)),
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: each.customer)


def palettes(names: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """Draw the few ways in which one column is written."""
    return st.lists(st.sampled_from(list(names)), min_size=1, max_size=4)


@st.composite
def days_of(draw: st.DrawFn) -> list[str]:
    """Draw the ways in which a column of dates is written, with at most one order."""
    ways = draw(palettes([name for name in DAYS if name not in _ORDERS]))
    return [*ways, draw(st.sampled_from(_ORDERS))] if draw(st.booleans()) else ways


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Draw clean rows and do to them what people do to sheets."""
    language = draw(st.sampled_from(["en", "zh"]))
    sheet = Sheet(_HEADINGS[language])
    amounts, paids = draw(palettes(list(AMOUNTS))), draw(palettes(["number", "text", "yuan"]))
    issued, due = draw(days_of()), draw(days_of())
    names = draw(palettes(list(NAMES)))
    between = draw(palettes(["nothing", "nothing", "blank", "note", "headings", "subtotal"]))
    group: list[Invoice] = []
    since: list[Invoice] = []
    rows = draw(invoices())
    if draw(st.booleans()):
        rows = [*rows, draw(st.sampled_from(rows))]  # somebody pasted one row twice
    grouped = draw(st.booleans())
    merging = grouped and draw(st.booleans()) and not set(between) - {"nothing"}
    for clean in rows:
        written: list[Cell] = [
            NAMES[draw(st.sampled_from(names))](clean.customer), clean.number,
            DAYS[draw(st.sampled_from(issued))](clean.issued),
            DAYS[draw(st.sampled_from(due))](clean.due),
            AMOUNTS[draw(st.sampled_from(amounts))](clean.cents),
            AMOUNTS[draw(st.sampled_from(paids))](clean.paid) if clean.paid else None, None,
        ]  # fmt: skip
        if grouped and group and group[-1].customer == clean.customer:
            written[0] = None
        sheet.cells.append(written)
        sheet.clean[len(sheet.cells) + 1] = clean
        group.append(clean)
        since.append(clean)
        _put_between(draw, sheet, draw(st.sampled_from(between)), since, _TOTALS[language][0])
    if merging:
        sheet.merged = _merge(sheet)
    if draw(st.booleans()):
        sheet.cells.append(_total(_TOTALS[language][1], group))
    return sheet


def _put_between(draw: st.DrawFn, sheet: Sheet, what: str, since: list[Invoice], word: str) -> None:
    if what == "blank":
        sheet.cells.append([None] * 7)
    elif what == "note":
        sheet.cells.append([draw(st.sampled_from(_NOTES)), *[None] * 6])
    elif what == "headings":
        sheet.cells.append(list(sheet.headings))
    elif what == "subtotal":
        sheet.cells.append(_total(word, since))
        since.clear()


def _total(word: str, rows: Sequence[Invoice]) -> list[Cell]:
    total, paid = sum(each.cents for each in rows), sum(each.paid for each in rows)
    return [word, None, None, None, total / 100, paid / 100, None]


def _merge(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """Merge a customer's cells over the rows below that leave them blank."""
    starts = [at for at, row in enumerate(sheet.cells, 1) if row[0]] + [len(sheet.cells) + 1]
    pairs = pairwise(starts)
    return [(first, 0, after - 1, 0) for first, after in pairs if after - first > 1]


# ── what must hold ───────────────────────────────────────────────────────────────────────────


def check(sheet: Sheet, book: Book) -> None:
    """Assert that every clean row is read as it was, or reported, and that nothing is added."""
    rows = {int(row["row"]): row for row in book.invoices.to_dict("records")}
    reported = {problem.where.row for problem in book.problems}
    assert set(rows) == set(sheet.clean)
    read = unreadable = 0
    for number, clean in sheet.clean.items():
        row = rows[number]
        assert row["customer"] == fold_name(clean.customer) or number in reported
        assert row["invoice"] == clean.number
        assert _due_is_right(row, clean) or number in reported
        if row["bad_money"]:
            assert number in reported
            unreadable += clean.cents
        else:
            read += row["amount"]
            assert (row["amount"], row["paid"]) == (clean.cents, clean.paid)
    assert read + unreadable == sum(each.cents for each in sheet.clean.values())


def _due_is_right(row: dict[str, Any], clean: Invoice) -> bool:
    return bool(row["bad_due"]) is False and row["due_date"].date() == clean.due


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets())
def test_what_is_read_and_what_is_reported_is_all_there_was(sheet: Sheet) -> None:
    rows = [list(sheet.headings), *map(list, sheet.cells)]
    book = read_book([Grid("Invoices", rows, "", merged=tuple(sheet.merged))], POLICY)
    check(sheet, book)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets())
def test_so_it_is_through_a_real_workbook(
    tmp_path_factory: pytest.TempPathFactory, sheet: Sheet
) -> None:
    path = tmp_path_factory.mktemp("mess") / "book.xlsx"
    write(sheet, path)
    check(sheet, read_book([open_workbook(str(path)).read("Invoices")], POLICY))


def write(sheet: Sheet, path: Path) -> None:
    """Write a messy sheet as Excel would hold it."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        tab = book.add_worksheet("Invoices")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate([sheet.headings, *sheet.cells]):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    tab.write_datetime(at, place, cell, day)
                elif cell == "#N/A":
                    tab.write_formula(at, place, "=NA()", None, "#N/A")
                elif isinstance(cell, str):
                    tab.write_string(at, place, cell)
                elif cell is not None:
                    tab.write_number(at, place, float(cell))  # type: ignore[arg-type]
        for top, left, bottom, right in sheet.merged:
            tab.merge_range(top, left, bottom, right, sheet.cells[top - 1][0])
