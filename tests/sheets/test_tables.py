"""Excel's own tables, and the columns around them."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from collector.model import AddColumn, ColumnEdit, Edit
from collector.sheets import open_workbook
from tests.sheets.samples import HEADINGS, SHEET, TAB, entries, part, with_parts

STATUS = AddColumn(TAB, 5, 3, "status", "Status", "text")
BUCKET = AddColumn(TAB, 6, 3, "bucket", "Bucket", "text")
TABLE = "xl/tables/table1.xml"


def book_with_table(path: Path, *, total_row: bool = False) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet(TAB)
        columns = [{"header": heading} for heading in HEADINGS]
        if total_row:
            columns[3]["total_function"] = "sum"
        data = [["Acme", "1", "x", 10, 0], ["Bolt", "2", "y", 20, 0]]
        last = 6 if total_row else 5
        sheet.add_table(f"A3:E{last}", {"columns": columns, "data": data, "total_row": total_row})
    return path


def test_a_table_grows_by_our_columns_at_its_edge(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx")
    fill = ColumnEdit(TAB, 5, "text", (4, 5), ("Open", "Overdue"))
    open_workbook(str(path)).write([BUCKET, STATUS, fill], expect={})
    table = openpyxl.load_workbook(path)[TAB].tables["Table1"]
    assert (table.ref, table.autoFilter.ref) == ("A3:G5", "A3:G5")
    assert table.column_names == [*HEADINGS, "Status", "Bucket"]
    assert [column.id for column in table.tableColumns] == [1, 2, 3, 4, 5, 6, 7]
    data = path.read_bytes()
    assert open_workbook(str(path)).write([BUCKET, STATUS, fill], expect={}).replaced is False
    assert path.read_bytes() == data


def test_a_totals_row_stays_the_last(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx", total_row=True)
    open_workbook(str(path)).write([STATUS], expect={})
    table = openpyxl.load_workbook(path)[TAB].tables["Table1"]
    assert (table.ref, table.autoFilter.ref, table.totalsRowCount) == ("A3:F6", "A3:F5", 1)


@pytest.mark.parametrize(
    "change",
    [
        AddColumn(TAB, 8, 3, "status", "Status", "text"),  # a gap between
        AddColumn(TAB, 5, 2, "status", "Status", "text"),  # another row
        AddColumn(TAB, 5, 3, "status", "Paid", "text"),  # a name it has already
        Edit(TAB, "F3", "a note beside it"),
    ],
)
def test_a_table_that_is_not_meant_stays_as_it_is(tmp_path: Path, change: AddColumn) -> None:
    path = book_with_table(tmp_path / "book.xlsx")
    before = entries(path)[TABLE]
    open_workbook(str(path)).write([change], expect={})
    assert entries(path)[TABLE] == before


def test_a_table_tied_to_a_query_is_not_widened(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx")
    xml = part(path, TABLE).replace(b'ref="A3:E5"', b'ref="A3:E5" tableType="queryTable"', 1)
    with_parts(path, {TABLE: xml})
    open_workbook(str(path)).write([STATUS], expect={})
    assert part(path, TABLE) == xml


def test_a_heading_inside_a_table_is_renamed_in_both_places(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx")
    open_workbook(str(path)).write([Edit(TAB, "B3", 'No. "&"')], expect={})
    sheet = openpyxl.load_workbook(path)[TAB]
    assert sheet["B3"].value == sheet.tables["Table1"].column_names[1] == 'No. "&"'


def test_a_name_moves_when_our_column_does_and_a_broken_one_is_ignored(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx")
    open_workbook(str(path)).write([STATUS], expect={})
    moved = AddColumn(TAB, 9, 3, "status", "Status", "text")
    open_workbook(str(path)).write([moved], expect={})
    book = open_workbook(str(path))
    assert book.read(TAB).owned == {"status": 9}
    workbook = part(path, "xl/workbook.xml")
    assert workbook.count(b"_collector.status") == 1
    with_parts(path, {"xl/workbook.xml": workbook.replace(b"$J$3", b"#REF!")})
    assert book.read(TAB).owned == {}


def test_names_are_told_apart_by_tab_and_quoted_tabs_are_understood(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Ann's & Bob's"
    made.create_sheet("应收 2026")
    made.save(tmp_path / "book.xlsx")
    book = open_workbook(str(tmp_path / "book.xlsx"))
    book.write([AddColumn("应收 2026", 2, 1, "status", "状态", "text")], expect={})
    book.write([AddColumn("Ann's & Bob's", 4, 1, "status", "Status", "text")], expect={})
    assert book.read("Ann's & Bob's").owned == {"status": 4}
    assert book.read("应收 2026").owned == {"status": 2}


def test_widths_are_given_to_new_columns_only(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet(TAB)
        sheet.write_row(2, 0, HEADINGS)
        sheet.set_column(0, 4, 20)
        sheet.set_column(5, 5, 33)
        sheet.set_column(6, 16383, 8, None, {"hidden": True})
    action = AddColumn(TAB, 7, 3, "next_action", "Next action", "text")
    open_workbook(str(path)).write([STATUS, BUCKET, action], expect={})
    spans = re.search(rb"<cols>(.*)</cols>", part(path, SHEET))
    assert spans
    found = [
        (int(first), int(last), float(width), b"hidden" in rest)
        for first, last, width, rest in re.findall(
            rb'<col min="(\d+)" max="(\d+)" width="([\d.]+)"([^>]*)/>', spans[1]
        )
    ]
    assert [(first, last, hidden) for first, last, _, hidden in found] == [
        (1, 5, False), (6, 6, False), (7, 7, False), (8, 8, False), (9, 16384, True),
    ]  # fmt: skip
    assert [round(width) for _, _, width, _ in found[1:4]] == [34, 10, 44]
