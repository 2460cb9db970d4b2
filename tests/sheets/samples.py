"""Workbooks as teams have them, and parts put into them by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

TAB = "Receivables"
HEADINGS = ["Customer", "Invoice", "Due Date", "Amount", "Paid"]
ROWS = [
    ["Acme", "00123", date(2026, 10, 1), 120.5, 0],
    ["Bolt", "INV-2", date(2026, 10, 9), 80, 20],
    ["Cargo", "INV-3", date(2026, 12, 1), 1000.25, None],
]


def rich_book(path: Path) -> Path:
    """Write a book as teams have them: chart, comment, validation, formulas, a second tab."""
    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet(TAB), book.add_worksheet("Rates & more")
    bold = book.add_format({"bold": True, "bg_color": "#1F4E78", "font_color": "white"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "border": 1})
    cell = book.add_format({"border": 1})
    sheet.write("A1", "Receivables of the harbour office", bold)
    sheet.write_row("A3", HEADINGS, bold)
    for at, (customer, invoice, due, amount, paid) in enumerate(ROWS, 3):
        sheet.write_row(at, 0, [customer, invoice], cell)
        sheet.write_datetime(at, 2, due, day)
        sheet.write_row(at, 3, [amount, paid], cell)
    sheet.write_formula("D8", "=SUM(D4:D6)", None, 1200.75)
    sheet.write_comment("B4", "Called them on Monday")
    sheet.data_validation("B4:B6", {"validate": "length", "criteria": "<", "value": 20})
    sheet.conditional_format("D4:D6", {"type": "data_bar"})
    sheet.merge_range("A10:B11", "signed off")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={TAB}!$D$4:$D$6"})
    sheet.insert_chart("J2", chart)
    other.write_row(0, 0, ["EUR", 1.08])
    book.define_name("Rate", "='Rates & more'!$B$1")
    book.close()
    return path


def entries(path: Path) -> dict[str, bytes]:
    """Return each entry's packed bytes."""
    data, found = path.read_bytes(), {}
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            at = entry.header_offset
            at += 30 + sum(int.from_bytes(data[at + i : at + i + 2], "little") for i in (26, 28))
            found[entry.filename] = data[at : at + entry.compress_size]
    return found


def shown(path: Path, tab: str = TAB) -> list[list[object]]:
    sheet = CalamineWorkbook.from_path(path).get_sheet_by_name(tab)
    return [list(row) for row in sheet.to_python(skip_empty_area=False)]


def with_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Put parts into a workbook, in place of those of the same name."""
    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(set(parts) - set(old.namelist()))]:
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return path


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


SHEET = "xl/worksheets/sheet1.xml"


def book_of(path: Path, rows: bytes) -> Path:
    """Write a workbook whose only tab, ``Sheet``, holds these rows of XML."""
    openpyxl.Workbook().save(path)
    xml = re.sub(rb"<sheetData\s*/>|<sheetData>.*</sheetData>",
                 lambda _: b"<sheetData>" + rows + b"</sheetData>", part(path, SHEET))  # fmt: skip
    return with_parts(path, {SHEET: xml})


def rows_of(path: Path) -> bytes:
    """Return what lies between ``<sheetData>`` and its end."""
    found = re.search(rb"<(?:\w+:)?sheetData>(.*)</(?:\w+:)?sheetData>", part(path, SHEET), re.S)
    assert found
    return found[1]
