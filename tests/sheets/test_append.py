"""Rows appended below the last one of a tab that holds anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.table import Table

from collector.errors import WorkbookFormatError
from collector.model import AddColumn, AppendRows, Cell, ColumnEdit, Edit
from collector.sheets import open_workbook
from tests.sheets.samples import SHEET, TAB, book_of, entries, part, rich_book, rows_of, with_parts

TABLE = "xl/tables/table1.xml"


def row(*values: Cell, tab: str = "Sheet") -> AppendRows:
    return AppendRows(tab, tuple(range(len(values))), ("text",) * len(values), [values])


def book_with_table(path: Path, rows: Sequence[Sequence[Cell]], area: str, **about: object) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("Sheet").add_table(area, {"data": rows, **about})
    return path


def extent(path: Path) -> tuple[str, str]:
    table: Table = openpyxl.load_workbook(path)["Sheet"].tables["Table1"]
    return table.ref, table.autoFilter.ref if table.autoFilter else ""


def test_rows_follow_the_last_that_holds_anything(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    changes = AppendRows(
        TAB, (0, 2, 3), ("text", "date", "money"),
        [("Dora", date(2026, 12, 24), 7.5), ("Emil", None, 1000)],
    )  # fmt: skip
    assert open_workbook(str(path)).write([changes], expect={}).cells == 5
    rows = open_workbook(str(path)).read(TAB).rows
    assert [value[:4] for value in rows[9:]] == [
        ["signed off", None, None, None],
        [None, None, None, None],  # merged with the row above
        ["Dora", None, date(2026, 12, 24), 7.5],
        ["Emil", None, None, 1000],
    ]


def test_formatted_blank_rows_below_are_used_and_keep_their_height(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2" ht="30" customHeight="1">'
        b'<c r="A2" s="0"/><c r="B2"/></row><row r="3"/>'
    )
    path = book_of(tmp_path / "book.xlsx", rows)
    open_workbook(str(path)).write([row("x", "y")], expect={})
    assert open_workbook(str(path)).read("Sheet").rows == [[1, None], ["x", "y"]]
    assert b'<row r="2" ht="30" customHeight="1"><c r="A2" s="0" t="inlineStr">' in rows_of(path)


def test_a_formula_that_shows_nothing_holds_its_row(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="5"><c r="B5" t="str"><f>IF(A5="","",A5)</f><v></v></c></row>'
    )
    path = book_of(tmp_path / "book.xlsx", rows)
    open_workbook(str(path)).write([row("x")], expect={})
    assert open_workbook(str(path)).read("Sheet").rows[5][0] == "x"


def test_rows_without_numbers_are_counted(tmp_path: Path) -> None:
    rows = b"<row><c><v>1</v></c></row><row/><row><c><v>3</v></c></row><row></row>"
    path = book_of(tmp_path / "book.xlsx", rows)
    open_workbook(str(path)).write([row("x")], expect={})
    assert [cells[0] for cells in open_workbook(str(path)).read("Sheet").rows] == [1, None, 3, "x"]


def test_new_rows_look_like_the_row_above_with_the_formats_of_their_kinds(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("Sheet")
        boxed = made.add_format({"border": 1, "bg_color": "#EEEEEE"})
        sheet.write_row("A1", ["Who", "When", "Much", "Count"], made.add_format({"bold": True}))
        sheet.write_row("A2", ["Acme", "x", 1, 2], boxed)
    change = AppendRows(
        "Sheet", (0, 1, 2, 3), ("text", "date", "money", "integer"),
        [("Bolt", date(2026, 1, 2), 3, None)],
    )  # fmt: skip
    open_workbook(str(path)).write([change], expect={})
    cells = openpyxl.load_workbook(path)["Sheet"][3]
    assert [cell.number_format for cell in cells] == ["General", "yyyy-mm-dd", "#,##0.00", "0"]
    assert {cell.border.left.style for cell in cells} == {"thin"}
    assert {cell.fill.fgColor.rgb for cell in cells} == {"FFEEEEEE"}


def test_rows_below_headings_do_not_look_like_them(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        bold = made.add_format({"bold": True, "bg_color": "#1F4E78"})
        made.add_worksheet("Sheet").write_row("A1", ["Who", "When"], bold)
    open_workbook(str(path)).write([row("Acme", "today")], expect={})
    cell = openpyxl.load_workbook(path)["Sheet"]["A2"]
    assert (cell.value, cell.font.b, cell.fill.fill_type) == ("Acme", False, None)


def test_rows_go_below_what_the_same_write_sets(tmp_path: Path) -> None:
    path = book_of(tmp_path / "book.xlsx", b'<row r="1"><c r="A1"><v>1</v></c></row>')
    changes = [
        row("first"),
        row("second"),
        Edit("Sheet", "B3", 5),
        ColumnEdit("Sheet", 3, "text", (1, 9), ("a", None)),
        AddColumn("Sheet", 2, 1, "status", "Status", "text"),
    ]
    assert open_workbook(str(path)).write(changes, expect={}).cells == 5
    assert open_workbook(str(path)).read("Sheet").rows == [
        [1, None, "Status", "a"],
        [None, None, None, None],
        [None, 5, None, None],
        ["first", None, None, None],
        ["second", None, None, None],
    ]


def test_no_rows_change_nothing(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    data = path.read_bytes()
    empty = AppendRows(TAB, (0, 1), ("text", "text"), [])
    assert open_workbook(str(path)).write([empty], expect={}).replaced is False
    assert path.read_bytes() == data


def test_merged_cells_below_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("Sheet")
        sheet.write("A1", 1)
        sheet.merge_range("A2:C4", "")
    open_workbook(str(path)).write([row("x")], expect={})
    assert open_workbook(str(path)).read("Sheet").rows[4][0] == "x"


def test_hidden_and_filtered_rows_count_as_any(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("Sheet")
        sheet.write_column("A1", ["Who", "Acme", "Bolt"])
        sheet.autofilter("A1:A3")
        sheet.filter_column(0, "x == Acme")
        sheet.set_row(2, None, None, {"hidden": True})
    open_workbook(str(path)).write([row("Cargo")], expect={})
    again = openpyxl.load_workbook(path)["Sheet"]
    assert again["A4"].value == "Cargo"
    assert again.row_dimensions[3].hidden
    assert again.auto_filter.ref == "A1:A3"


def test_a_full_tab_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = book_of(tmp_path / "book.xlsx", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    with pytest.raises(WorkbookFormatError, match="Sheet has no room for further rows"):
        open_workbook(str(path)).write([row("x")], expect={})


# ── table objects ────────────────────────────────────────────────────────────────────────────


def test_a_table_that_ends_there_grows_with_its_filter(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx", [["a", "b"], ["c", "d"]], "A1:B3")
    open_workbook(str(path)).write([row("e", "f"), row("g", "h")], expect={})
    assert extent(path) == ("A1:B5", "A1:B5")


def test_a_table_with_room_takes_rows_and_grows_only_beyond_it(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx", [["a", "b"]], "A1:B4")
    table = entries(path)[TABLE]
    open_workbook(str(path)).write([row("c", "d")], expect={})
    assert entries(path)[TABLE] == table
    change = AppendRows("Sheet", (0,), ("text",), [("e",), ("f",), ("g",)])
    open_workbook(str(path)).write([change], expect={})
    assert extent(path) == ("A1:B6", "A1:B6")


def test_a_totals_row_stays_and_rows_go_below_it(tmp_path: Path) -> None:
    columns = [{"total_string": "Total"}, {"total_function": "count"}]
    path = book_with_table(tmp_path / "book.xlsx", [["a", "b"]], "A1:B3", total_row=True,
                           columns=columns)  # fmt: skip
    before = entries(path)[TABLE]
    open_workbook(str(path)).write([row("x", "y")], expect={})
    assert entries(path)[TABLE] == before
    assert open_workbook(str(path)).read("Sheet").rows[3] == ["x", "y"]


def test_a_blank_totals_row_is_not_written_into(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx", [["a", "b"]], "A1:B3", total_row=True)
    open_workbook(str(path)).write([row("x", "y")], expect={})
    assert extent(path)[0] == "A1:B3"
    assert open_workbook(str(path)).read("Sheet").rows[3] == ["x", "y"]


@pytest.mark.parametrize("about", [b'tableType="queryTable"', b'tableType="xml"'])
def test_a_table_tied_to_a_query_or_a_map_does_not_grow(tmp_path: Path, about: bytes) -> None:
    path = book_with_table(tmp_path / "book.xlsx", [["a", "b"]], "A1:B2")
    xml = part(path, TABLE).replace(b'ref="A1:B2"', b'ref="A1:B2" ' + about, 1)
    with_parts(path, {TABLE: xml})
    open_workbook(str(path)).write([row("x", "y")], expect={})
    assert part(path, TABLE) == xml


def test_a_table_that_does_not_hold_all_columns_does_not_grow(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx", [["a", "b"]], "A1:B2")
    before = entries(path)[TABLE]
    open_workbook(str(path)).write([row("x", "y", "z")], expect={})
    assert entries(path)[TABLE] == before


def test_a_table_that_waits_for_its_first_row_has_one(tmp_path: Path) -> None:
    path = book_with_table(tmp_path / "book.xlsx", [], "A1:B2")
    xml = part(path, TABLE).replace(b'ref="A1:B2"', b'ref="A1:B2" insertRow="1"', 1)
    with_parts(path, {TABLE: xml})
    open_workbook(str(path)).write([row("x", "y")], expect={})
    assert b"insertRow" not in part(path, TABLE)
    assert extent(path)[0] == "A1:B2"


def test_dates_read_back_in_every_calendar(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "mac.xlsx"), {"date_1904": True}) as made:
        made.add_worksheet("Sheet").write("A1", "When")
    path = tmp_path / "mac.xlsx"
    change = AppendRows("Sheet", (0,), ("date",), [(date(2026, 1, 2),)])
    open_workbook(str(path)).write([change], expect={})
    assert openpyxl.load_workbook(path)["Sheet"]["A2"].value == datetime(2026, 1, 2)


def test_the_sheet_says_how_far_it_reaches_now(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write([row("x", tab=TAB)], expect={})
    assert b'<dimension ref="A1:E12"/>' in part(path, SHEET)
