"""Worksheets in any shape that XML allows, drawn by hypothesis, and what people do to them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import xlsxwriter
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from collector.model import (
    AddColumn,
    Cell,
    Change,
    ColumnEdit,
    Edit,
    Highlight,
    HighlightRule,
    Kind,
    column_letters,
)
from tests.sheets.samples import SHEET, part, with_parts

TAB, ROWS, COLUMNS = "Sheet", 8, 6
# Cells out of order are rare and take many examples to matter; they have a test of their own.
SHUFFLED = bool(os.environ.get("COLLECTOR_FULL"))
KINDS: tuple[Kind, ...] = ("text", "integer", "money", "date")
_NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

# ── values ───────────────────────────────────────────────────────────────────────────────────

_TEXTS = (
    "=1+1", "'=", "+1", "-", "@x", "_x0041_", "_x005F_x", "]]>", "<!-- -->", "  ", "\r\n", "\t",
    "TRUE", "#N/A", "00123", "1e5", "2026-01-01", "a" * 40_000, "\U0001f600" * 20_000,
)  # fmt: skip
# Control characters and lone halves of pairs included.
texts = st.one_of(st.text(max_size=12), st.sampled_from(_TEXTS))
numerals = st.one_of(
    st.integers(), st.integers(-(10**20), 10**20), st.floats(),
    st.decimals(allow_nan=False, places=2),
)  # fmt: skip


def days(first: date) -> st.SearchStrategy[Cell]:
    start = datetime(first.year, first.month, first.day, 1)
    return st.one_of(
        st.dates(first), st.datetimes(start), st.times(),
        st.timedeltas(timedelta(days=-999), timedelta(days=9999)),
    )  # fmt: skip


def values(first: date) -> st.SearchStrategy[Cell]:
    return st.one_of(st.none(), st.booleans(), texts, numerals, days(first))  # type: ignore[arg-type]


# ── a sheet ──────────────────────────────────────────────────────────────────────────────────

_CELLS = (
    b"<{p}v>12.5</{p}v>",
    b"<{p}v>0</{p}v>| t='s'",
    b"<{p}v>1</{p}v>| t=\"b\"",
    b'<{p}v>46000</{p}v>| s="1"',
    b'| s="2"',
    b"",
    b"<{p}is><{p}t>inline</{p}t></{p}is>| t=\"inlineStr\"",
    b"<{p}is><{p}r><{p}t>rich</{p}t></{p}r><{p}r><{p}rPr><{p}b/></{p}rPr>"
    b"<{p}t xml:space=\"preserve\"> text </{p}t></{p}r></{p}is>| t=\"inlineStr\"",
    b"<{p}v>#N/A</{p}v>| t=\"e\"",
    b"<{p}f>1+1</{p}f><{p}v>2</{p}v>",
    b"<{p}f>\"a\"&amp;\"b\"</{p}f><{p}v>ab</{p}v>| t=\"str\"",
    b"<{p}f>NOW()</{p}f>",
)  # fmt: skip
# Readers fail on a shared formula without an address; an uncalculated one has a test of its own.
_NEEDS_ADDRESS = re.compile(rb"shared|NOW")
_GAPS = (b"", b"\r\n    ", b"<!-- a note -->")


@dataclass(frozen=True)
class Odd:
    """A worksheet's rows as XML, and what surrounds them."""

    rows: bytes
    prefix: bytes
    from_1904: bool
    merged: bool

    @property
    def first_day(self) -> date:
        return date(1904, 1, 2) if self.from_1904 else date(1900, 1, 1)


@st.composite
def odd_sheets(draw: st.DrawFn) -> Odd:
    prefix, gap = draw(st.sampled_from((b"", b"", b"x:"))), draw(st.sampled_from(_GAPS))
    shared = draw(st.booleans())
    rows, last = [b""], 0
    for number in sorted(draw(st.sets(st.integers(1, ROWS), max_size=ROWS))):
        said = b"" if number == last + 1 and draw(st.booleans()) else b' r="%d"' % number
        said += draw(st.sampled_from((b"", b' spans="1:6"', b' ht="20" customHeight="1"')))
        cells = draw(_cells(number, prefix, shared))
        empty = draw(st.sampled_from((b"<%brow%b/>", b"<%brow%b></%brow>")))
        if cells:
            row = b"<%brow%b>%b</%brow>" % (prefix, said, gap.join([b"", *cells, b""]), prefix)
        else:
            row = empty % ((prefix, said, prefix) if empty.endswith(b"brow>") else (prefix, said))
        rows.append(row)
        last = number
    return Odd(gap.join(rows), prefix, draw(st.booleans()), draw(st.booleans()))


@st.composite
def _cells(draw: st.DrawFn, row: int, prefix: bytes, shared: bool) -> list[bytes]:
    cells, last, named = [], -1, True
    for column in sorted(draw(st.sets(st.integers(0, COLUMNS - 1), max_size=COLUMNS))):
        content, _, said = draw(st.sampled_from(_CELLS)).replace(b"{p}", prefix).partition(b"|")
        if shared and column == 1:  # one formula for the whole of column B
            master = b' ref="B1:B%d"' % ROWS if row == 1 else b""
            content = b'<%bf t="shared" si="0"%b>%b</%bf><%bv>7</%bv>' % (
                prefix, master, b"A1*2" if master else b"", prefix, prefix, prefix,
            )  # fmt: skip
            content, said = (
                (content, b"") if master else (content.replace(b"></%bf>" % prefix, b"/>", 1), b"")
            )
        address = b' r="%b%d"' % (column_letters(column).encode(), row)
        if column == last + 1 and not _NEEDS_ADDRESS.search(content) and draw(st.booleans()):
            address, named = b"", False
        tag = b"<%bc%b%b" % (prefix, address, said)
        cells.append(tag + (b">%b</%bc>" % (content, prefix) if content else b"/>"))
        last = column
    return draw(st.permutations(cells)) if SHUFFLED and named and draw(st.booleans()) else cells


def make_book(path: Path, odd: Odd) -> Path:
    """Write a workbook whose only tab is an odd sheet; there is a table's worth of styles."""
    book = xlsxwriter.Workbook(str(path), {"date_1904": odd.from_1904})
    sheet = book.add_worksheet(TAB)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write("A1", "shared")
    sheet.write_number("A2", 1, day)
    sheet.write("A3", 1, book.add_format({"bold": True, "num_format": "hh:mm"}))
    if odd.merged:
        sheet.merge_range("K3:L4", "")
    book.close()
    data = b"<sheetData>%b</sheetData>" % odd.rows.replace(b"<" + odd.prefix, b"<").replace(
        b"</" + odd.prefix, b"</"
    )
    xml = re.sub(rb"<sheetData>.*</sheetData>", lambda _: data, part(path, SHEET), flags=re.DOTALL)
    if odd.prefix:
        xml = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1" + odd.prefix, xml)
        xml = xml.replace(b'xmlns="' + _NAMESPACE, b'xmlns:x="' + _NAMESPACE)
    return with_parts(path, {SHEET: xml})


# ── what we write ────────────────────────────────────────────────────────────────────────────


@st.composite
def writes(draw: st.DrawFn, first_day: date) -> list[Change]:
    """Draw changes of all sorts; now and then two of them set the same cell."""
    changes: list[Change] = []
    value = values(first_day)
    columns = draw(st.permutations(range(COLUMNS + 6)))
    for column in columns[: draw(st.integers(0, 3))]:
        rows = sorted(draw(st.sets(st.integers(1, ROWS + 4), min_size=1)))
        kind = draw(st.sampled_from(KINDS))
        new = draw(st.lists(value, min_size=len(rows), max_size=len(rows)))
        changes.append(ColumnEdit(TAB, column, kind, rows, new))
    singles = st.tuples(st.sampled_from(columns[2:]), st.integers(1, ROWS + 4))
    for (column, row), new in draw(st.dictionaries(singles, value, max_size=6)).items():
        changes.append(Edit(TAB, f"{column_letters(column)}{row}", new))
    for at in range(draw(st.integers(0, 2))):
        column = COLUMNS + 6 + at + draw(st.integers(0, 1)) * 2
        kind = draw(st.sampled_from(KINDS))
        changes.append(AddColumn(TAB, column, 1, f"key{column}", f"Ours {column}", kind))
    if draw(st.booleans()):
        looks = draw(st.lists(st.sampled_from(("overdue", "stop", "settled")), unique=True))
        rules = tuple(HighlightRule(3, f'says "{look}" & <more>', look) for look in looks)
        changes.append(Highlight(TAB, 2, ROWS, 0, COLUMNS, rules))
    return draw(st.permutations(changes))


# ── what people do in between ────────────────────────────────────────────────────────────────


def sort_rows(sheet: Worksheet) -> None:
    rows = [
        [(cell.value, cell.number_format) for cell in row] for row in sheet.iter_rows(min_row=2)
    ]
    for at, row in enumerate(sorted(rows, key=str), 2):
        for column, (value, form) in enumerate(row, 1):
            if not isinstance(sheet.cell(at, column), openpyxl.cell.cell.MergedCell):
                sheet.cell(at, column).value = value
                sheet.cell(at, column).number_format = form


def move_last_column(sheet: Worksheet) -> None:
    last = column_letters(sheet.max_column - 1)
    sheet.move_range(f"{last}1:{last}{sheet.max_row}", cols=2)


def rename_heading(sheet: Worksheet) -> None:
    sheet.cell(1, sheet.max_column).value = "Theirs now"


ACTIONS: tuple[Callable[[Worksheet], None], ...] = (
    sort_rows, move_last_column, rename_heading,
    lambda sheet: sheet.insert_rows(3),
    lambda sheet: sheet.delete_rows(2),
    lambda sheet: sheet.delete_cols(2),
)  # fmt: skip


def edited_by_someone(path: Path, action: Callable[[Worksheet], None]) -> None:
    book = openpyxl.load_workbook(path)
    action(book[TAB])
    book.save(path)
