"""Rows in every form that programs write them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from collector.errors import WorkbookFormatError
from collector.model import ColumnEdit, Edit
from collector.sheets import open_workbook
from tests.sheets.samples import SHEET, book_of, part, rows_of, with_parts


def test_a_cell_is_replaced_where_it_stands_and_its_neighbours_stay(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    path = book_of(tmp_path / "book.xlsx", rows)
    open_workbook(str(path)).write([Edit("Sheet", "B1", 5)], expect={})
    assert rows_of(path) == rows.replace(b"<v>2<", b"<v>5<")


def test_rows_that_are_missing_are_put_in_order(tmp_path: Path) -> None:
    path = book_of(tmp_path / "book.xlsx", b'<row r="3"><c r="A3"><v>3</v></c></row>')
    change = ColumnEdit("Sheet", 0, "integer", (1, 3, 5), (1, 3, 5))
    open_workbook(str(path)).write([change], expect={})
    assert [row[0] for row in open_workbook(str(path)).read("Sheet").rows] == [1, None, 3, None, 5]
    assert rows_of(path).index(b'r="1"') < rows_of(path).index(b'r="3"')


def test_empty_rows_that_close_themselves_are_opened_only_where_needed(tmp_path: Path) -> None:
    rows = (
        b'<row r="1" ht="20"/><row r="2" ht="21"/><row r="4"><c r="A4"><v>4</v></c></row>'
        b'<row r="6"/>'
    )
    path = book_of(tmp_path / "book.xlsx", rows)
    change = ColumnEdit("Sheet", 1, "text", (2, 3, 6, 7), ("b", "c", "f", "g"))
    open_workbook(str(path)).write([change], expect={})
    assert rows_of(path).startswith(b'<row r="1" ht="20"/><row r="2" ht="21"><c r="B2"')
    grid = open_workbook(str(path)).read("Sheet").rows
    assert [row[1] for row in grid] == [None, "b", "c", None, None, "f", "g"]


def test_a_sheet_without_rows_gets_some(tmp_path: Path) -> None:
    path = book_of(tmp_path / "book.xlsx", b"")
    xml = part(path, SHEET).replace(b"<sheetData></sheetData>", b"<sheetData/>")
    with_parts(path, {SHEET: xml})
    open_workbook(str(path)).write([Edit("Sheet", "B2", "x")], expect={})
    assert open_workbook(str(path)).read("Sheet").rows == [[None, None], [None, "x"]]


def test_cells_and_rows_without_addresses_are_counted(tmp_path: Path) -> None:
    rows = b"<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row>"
    path = book_of(tmp_path / "book.xlsx", rows)
    open_workbook(str(path)).write([Edit("Sheet", "B2", 9), Edit("Sheet", "D1", 8)], expect={})
    assert open_workbook(str(path)).read("Sheet").rows == [[1, 2, None, 8], [3, 9, None, None]]


def test_cells_out_of_order_are_found(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>'
    path = book_of(tmp_path / "book.xlsx", rows)
    open_workbook(str(path)).write([Edit("Sheet", "C1", 30)], expect={})
    assert open_workbook(str(path)).read("Sheet").rows == [[1, None, 30]]


def test_rows_out_of_order_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    rows = b'<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    path = book_of(tmp_path / "book.xlsx", rows)
    data = path.read_bytes()
    with pytest.raises(WorkbookFormatError, match="rows of Sheet are not in order"):
        open_workbook(str(path)).write([Edit("Sheet", "A9", 1)], expect={})
    assert path.read_bytes() == data


def test_prefixed_elements_are_written_with_their_prefix(tmp_path: Path) -> None:
    path = book_of(tmp_path / "book.xlsx", b"")
    xml = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<x:dimension ref="A1"/><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
        b"</x:sheetData></x:worksheet>"
    )
    with_parts(path, {SHEET: xml})
    open_workbook(str(path)).write([Edit("Sheet", "B1", "two"), Edit("Sheet", "A2", 3)], expect={})
    assert b'<x:c r="B1" t="inlineStr"><x:is><x:t>two</x:t></x:is></x:c>' in part(path, SHEET)
    assert open_workbook(str(path)).read("Sheet").rows == [[1, "two"], [3, None]]


def test_comments_and_cdata_among_the_rows_do_no_harm(tmp_path: Path) -> None:
    rows = (
        b'<!-- <row r="1"/> --><row r="1"><c r="A1" t="inlineStr"><is>'
        b"<t><![CDATA[a </row> & b]]></t></is></c></row>"
    )
    path = book_of(tmp_path / "book.xlsx", rows)
    open_workbook(str(path)).write([Edit("Sheet", "B1", 2)], expect={})
    assert openpyxl.load_workbook(path).active["A1"].value == "a </row> & b"
    assert openpyxl.load_workbook(path).active["B1"].value == 2


def test_white_space_within_end_tags_does_no_harm(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v ></c ></row\n>\n<row r="2"><c r="A2"><v>2</v></c></row>'
    path = book_of(tmp_path / "book.xlsx", rows)
    change = ColumnEdit("Sheet", 1, "integer", (1, 2, 3), (10, 20, 30))
    assert open_workbook(str(path)).write([change], expect={}).cells == 3
    assert open_workbook(str(path)).read("Sheet").rows == [[1, 10], [2, 20], [None, 30]]
    sheet = openpyxl.load_workbook(path).active
    assert list(sheet.iter_rows(values_only=True)) == [(1, 10), (2, 20), (None, 30)]


def test_white_space_between_rows_and_cells_does_no_harm(tmp_path: Path) -> None:
    rows = (
        b'\n <row r="1">\n  <c r="A1">\n   <v>1</v>\n  </c>\n </row>\n <row r="2"/>\n'
        b' <row r="3">\n  <c r="A3"><v>3</v></c>\n </row>\n'
    )
    path = book_of(tmp_path / "book.xlsx", rows)
    change = ColumnEdit("Sheet", 1, "integer", (1, 2, 3, 4), (10, 20, 30, 40))
    open_workbook(str(path)).write([change], expect={})
    sheet = openpyxl.load_workbook(path).active
    assert list(sheet.iter_rows(values_only=True)) == [
        (1, 10), (None, 20), (3, 30), (None, 40),
    ]  # fmt: skip


def test_what_a_row_says_of_itself_stays_and_its_span_grows(tmp_path: Path) -> None:
    start = b'<row r="1" spans="1:2" ht="33" customHeight="1" hidden="1">'
    rows = start + b'<c r="B1" s="0"><v>1</v></c></row>'
    path = book_of(tmp_path / "book.xlsx", rows)
    open_workbook(str(path)).write([Edit("Sheet", "D1", 4)], expect={})
    assert rows_of(path).startswith(start.replace(b"1:2", b"1:4") + b'<c r="B1" s="0">')


@pytest.mark.parametrize(
    "formula",
    [
        b"<f>A1*2</f>",
        b'<f t="shared" si="0"/>',
        b'<f t="shared" ref="B1:B9" si="0">A1*2</f>',
        b'<f t="array" ref="B1">SUM(A1:A2)</f>',
    ],
)
def test_formulas_of_every_kind_stay(tmp_path: Path, formula: bytes) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="B1">' + formula + b"<v>2</v></c></row>"
    path = book_of(tmp_path / "book.xlsx", rows)
    data = path.read_bytes()
    written = open_workbook(str(path)).write([Edit("Sheet", "B1", 7)], expect={})
    assert (written.replaced, written.kept) == (False, ("Sheet!B1",))
    assert path.read_bytes() == data


def test_errors_and_formulas_never_calculated_show_as_such(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" s="0" t="e"><f>1/0</f>'
        b'<v>#DIV/0!</v></c><c r="C1"><f>A2</f></c><c r="D1"><f t="shared" si="0"/><v/></c>'
        b'<c r="E1" t="str"><f>""</f><v></v></c><c r="F1"><f>1</f><v>1</v></c></row>'
    )
    grid = open_workbook(str(book_of(tmp_path / "book.xlsx", rows))).read("Sheet")
    assert grid.rows == [["#N/A", "#DIV/0!", "#UNCALCULATED", "#UNCALCULATED", None, 1]]


def test_a_column_between_the_teams_own_is_written_too(tmp_path: Path) -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="C%d"><v>3</v></c></row>' % (n, n, n)
        for n in range(1, 4)
    )
    path = book_of(tmp_path / "book.xlsx", rows)
    change = ColumnEdit("Sheet", 1, "text", (1, 3), ("one", "three"))
    open_workbook(str(path)).write([change], expect={})
    assert open_workbook(str(path)).read("Sheet").rows == [
        [1, "one", 3],
        [1, None, 3],
        [1, "three", 3],
    ]


def test_a_sheet_larger_than_a_block_keeps_every_row(tmp_path: Path) -> None:
    numbers = range(1, 40001)
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n) for n in numbers)
    path = book_of(tmp_path / "book.xlsx", rows)
    change = ColumnEdit("Sheet", 1, "integer", numbers, [n * 2 for n in numbers])
    assert open_workbook(str(path)).write([change], expect={}).cells == 40000
    assert open_workbook(str(path)).read("Sheet").rows == [[n, n * 2] for n in numbers]
