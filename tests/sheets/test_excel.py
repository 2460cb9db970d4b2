"""What people keep in a workbook, and what is left of it when our columns are in."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path
from xml.parsers import expat

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from collector.errors import TabMissingError, UsageError, WorkbookChangedError
from collector.model import AddColumn, Change, ColumnEdit, Edit, Highlight, HighlightRule
from collector.sheets import open_workbook
from tests.sheets.samples import HEADINGS, ROWS, TAB, entries, rich_book, shown

OURS: list[Change] = [
    AddColumn(TAB, 5, 3, "status", "Status", "text"),
    AddColumn(TAB, 6, 3, "last_reminder", "Last reminder", "date"),
    AddColumn(TAB, 7, 3, "open_balance", "Open balance", "money"),
    ColumnEdit(TAB, 5, "text", (4, 5, 6), ("Overdue", "Overdue", "Open")),
    ColumnEdit(TAB, 6, "date", (4, 5, 6), (date(2026, 10, 4), None, None)),
    ColumnEdit(TAB, 7, "money", (4, 5, 6), (120.5, 60, 1000.25)),
    Highlight(TAB, 4, 6, 0, 7, (HighlightRule(5, "Overdue", "overdue"),)),
]


def test_cells_are_read_as_they_are_shown(tmp_path: Path) -> None:
    grid = open_workbook(str(rich_book(tmp_path / "book.xlsx"))).read(TAB)
    assert grid.rows[2][:5] == HEADINGS
    assert grid.rows[3][:5] == ["Acme", "00123", date(2026, 10, 1), 120.5, 0]
    assert grid.rows[5][4] is None
    assert isinstance(grid.rows[4][3], int)
    assert grid.merged == ((9, 0, 10, 1),)
    assert grid.owned == {}


def test_tabs_are_listed_in_order_hidden_ones_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Secret").sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    tabs = open_workbook(str(tmp_path / "book.xlsx")).tabs()
    assert [(tab.name, tab.visible) for tab in tabs] == [("Sheet", True), ("Secret", False)]


def test_errors_and_uncalculated_formulas_are_seen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["#N/A", "=1+1", "plain"])
    book.active["A1"].data_type = "e"
    book.save(tmp_path / "book.xlsx")
    grid = open_workbook(str(tmp_path / "book.xlsx")).read("Sheet")
    assert grid.rows == [["#N/A", "#UNCALCULATED", "plain"]]


def test_our_columns_stand_beside_the_teams_and_nothing_else_changes(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    before, grid = entries(path), open_workbook(str(path)).read(TAB)
    written = open_workbook(str(path)).write(OURS, expect={TAB: grid.fingerprint})
    assert (written.cells, written.replaced) == (10, True)
    after = entries(path)
    assert list(after) == list(before)
    touched = {name for name in before if before[name] != after[name]}
    assert touched <= {"xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"}
    rows = shown(path)
    assert rows[2][5:8] == ["Status", "Last reminder", "Open balance"]
    assert rows[3][5:8] == ["Overdue", date(2026, 10, 4), 120.5]
    assert rows[4][5:8] == ["Overdue", "", 60.0]
    assert [row[:5] for row in rows[:6]] == [
        [value if value is not None else "" for value in row[:5]] for row in grid.rows[:6]
    ]


def test_openpyxl_reads_the_book_with_the_formats_of_each_kind(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write(OURS, expect={})
    book = openpyxl.load_workbook(path)
    sheet = book[TAB]
    assert sheet["F3"].font.b
    assert sheet["F3"].fill.fgColor.rgb == "FF1F4E78"
    assert (sheet["G4"].value, sheet["G4"].number_format) == (datetime(2026, 10, 4), "yyyy-mm-dd")
    assert sheet["H4"].number_format == "#,##0.00"
    assert sheet["F4"].border.left.style == "thin"
    assert sheet["G5"].border.left.style == "thin"  # a blank cell carries on the row
    assert sheet["D8"].value == "=SUM(D4:D6)"
    assert sheet["B4"].comment.text == "Called them on Monday"
    assert sheet.column_dimensions["F"].width == 12
    assert sheet.dimensions == "A1:H11"
    assert book.defined_names["Rate"].attr_text == "'Rates & more'!$B$1"


def test_our_columns_are_known_again_and_writing_the_same_changes_nothing(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write(OURS, expect={})
    data = path.read_bytes()
    book = open_workbook(str(path))
    assert book.read(TAB).owned == {"status": 5, "last_reminder": 6, "open_balance": 7}
    written = book.write(OURS, expect={TAB: book.read(TAB).fingerprint})
    assert (written.cells, written.replaced) == (0, False)
    assert path.read_bytes() == data


def test_only_cells_that_differ_are_written(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write(OURS, expect={})
    styles = entries(path)["xl/styles.xml"]
    edit = ColumnEdit(TAB, 5, "text", (4, 5, 6), ("Overdue", "Settled", "Open"))
    assert open_workbook(str(path)).write([edit], expect={}).cells == 1
    assert shown(path)[4][5] == "Settled"
    assert entries(path)["xl/styles.xml"] == styles


def test_none_clears_a_cell_and_keeps_its_look(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write([Edit(TAB, "C4", None)], expect={})
    cell = openpyxl.load_workbook(path)[TAB]["C4"]
    assert cell.value is None
    assert cell.number_format == "dd/mm/yyyy"


@pytest.mark.parametrize(
    "value",
    [
        "=1+1",
        " two  spaces ",
        "a\nb",
        "<b> & \"c\" 'd'",
        "_x0041_",
        "催收 👍",
        "-",
        "0012",
        "'quoted",
    ],
)
def test_a_text_comes_back_as_it_was_given_and_is_never_a_formula(
    tmp_path: Path, value: str
) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    assert book.write([Edit(TAB, "K20", value)], expect={}).cells == 1
    assert book.read(TAB).rows[19][10] == value
    assert book.write([Edit(TAB, "K20", value)], expect={}).replaced is False
    assert openpyxl.load_workbook(path)[TAB]["K20"].data_type != "f"


def test_characters_no_xml_may_hold_are_left_out(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    change = [Edit(TAB, "K2", "a\0b\x1b\ud800c\r\nd")]
    book.write(change, expect={})
    assert book.read(TAB).rows[1][10] == "abc\nd"
    assert book.write(change, expect={}).replaced is False


def test_true_is_not_one_and_a_text_is_not_its_number(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write([Edit(TAB, "K2", 1), Edit(TAB, "L2", 5)], expect={})
    assert book.write([Edit(TAB, "K2", True), Edit(TAB, "L2", "5")], expect={}).cells == 2
    assert book.read(TAB).rows[1][10:12] == [True, "5"]


def test_a_date_in_a_cell_of_numbers_is_shown_as_a_date_and_the_reverse(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write([Edit(TAB, "D4", date(2026, 1, 2)), Edit(TAB, "C4", 5)], expect={})
    assert book.read(TAB).rows[3][2:4] == [5, date(2026, 1, 2)]
    assert openpyxl.load_workbook(path)[TAB]["C4"].border.left.style == "thin"


def test_dates_follow_the_books_own_calendar(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "mac.xlsx"), {"date_1904": True}) as made:
        made.add_worksheet(TAB).write("A1", "Invoice")
    book = open_workbook(str(tmp_path / "mac.xlsx"))
    moment = datetime(2026, 1, 2, 15, 30)
    book.write([Edit(TAB, "B2", date(2026, 1, 2)), Edit(TAB, "B3", moment)], expect={})
    assert [row[1] for row in book.read(TAB).rows[1:]] == [date(2026, 1, 2), moment]
    sheet = openpyxl.load_workbook(tmp_path / "mac.xlsx")[TAB]
    assert (sheet["B2"].value, sheet["B3"].value) == (datetime(2026, 1, 2), moment)


def test_a_formula_of_the_team_in_our_column_stays(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    change = ColumnEdit(TAB, 3, "money", (7, 8), (1, 2))
    written = open_workbook(str(path)).write([change], expect={})
    assert (written.cells, written.kept) == (1, (f"{TAB}!D8",))
    assert openpyxl.load_workbook(path)[TAB]["D8"].value == "=SUM(D4:D6)"


def test_formulas_that_may_read_our_cells_are_calculated_on_load(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write(OURS, expect={})
    assert openpyxl.load_workbook(path).calculation.fullCalcOnLoad


def test_a_book_that_changed_since_it_was_read_is_left_alone(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    grid = book.read(TAB)
    open_workbook(str(path)).write([Edit(TAB, "A4", "Someone else")], expect={})
    data = path.read_bytes()
    with pytest.raises(WorkbookChangedError):
        book.write(OURS, expect={TAB: grid.fingerprint})
    assert path.read_bytes() == data


def test_an_unknown_tab_names_those_there_are(tmp_path: Path) -> None:
    book = open_workbook(str(rich_book(tmp_path / "book.xlsx")))
    with pytest.raises(TabMissingError, match="Receivables, Rates & more"):
        book.read("Invoices")
    with pytest.raises(TabMissingError):
        book.write([Edit("Invoices", "A1", 1)], expect={})


@pytest.mark.parametrize("cell", ["", "7", "K", "K0", "XFE1", "A1048577", "A1:B2"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, cell: str) -> None:
    book = open_workbook(str(rich_book(tmp_path / "book.xlsx")))
    with pytest.raises(UsageError, match="not the address of a cell"):
        book.write([Edit(TAB, cell, 1)], expect={})


def test_several_tabs_are_written_at_once(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    changes = [Edit(TAB, "A20", "x"), Edit("Rates & more", "C1", 2)]
    assert open_workbook(str(path)).write(changes, expect={}).cells == 2
    assert shown(path, "Rates & more") == [["EUR", 1.08, 2.0]]


def test_a_book_written_by_openpyxl_keeps_its_comments_and_validation(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = TAB
    sheet["A1"] = "Title"
    for row in ([], HEADINGS, *ROWS):
        sheet.append(row)
    sheet["A4"].comment = Comment("note", "Ann")
    rule = DataValidation(type="list", formula1='"yes,no"')
    rule.add("E4:E6")
    sheet.add_data_validation(rule)
    sheet.auto_filter.ref = "A3:E6"
    sheet.freeze_panes = "A4"
    made.save(tmp_path / "book.xlsx")
    open_workbook(str(tmp_path / "book.xlsx")).write(OURS, expect={})
    again = openpyxl.load_workbook(tmp_path / "book.xlsx")[TAB]
    assert again["A4"].comment.text == "note"
    assert again.data_validations.dataValidation[0].formula1 == '"yes,no"'
    assert (again.auto_filter.ref, again.freeze_panes) == ("A3:E6", "A4")
    assert again["F4"].value == "Overdue"


def test_a_table_that_begins_further_down_and_right_keeps_its_place(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["C3"], book.active["E5"] = "x", 1
    book.save(tmp_path / "book.xlsx")
    blank = [None] * 5
    assert open_workbook(str(tmp_path / "book.xlsx")).read("Sheet").rows == [
        blank, blank, [None, None, "x", None, None], blank, [None, None, None, None, 1],
    ]  # fmt: skip


def test_an_empty_sheet_has_no_rows(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    assert open_workbook(str(tmp_path / "book.xlsx")).read("Sheet").rows == []


def test_a_very_large_sheet_that_only_grows_reads_back_as_written(tmp_path: Path) -> None:
    """Above 16 MB a sheet is proved by its size, its checksum and a sample of what it grew by."""
    path, count = tmp_path / "large.xlsx", 60_000
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Invoices")
        for row in range(count):
            sheet.write_row(row, 0, (f"INV-{row:07d}", "A customer with rather a long name" * 4))
    numbers, words = list(range(count)), [f"Owed <{row % 50}> & late" for row in range(count)]
    changes = [
        AddColumn("Invoices", 2, 1, "days_overdue", "Days", "integer"),
        ColumnEdit("Invoices", 2, "integer", range(2, count + 1), numbers[1:]),
        ColumnEdit("Invoices", 3, "text", range(1, count + 1), words),
    ]
    written = open_workbook(str(path)).write(changes, expect={})
    assert written.cells == 2 * count
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        xml = package.read("xl/worksheets/sheet1.xml")
    assert len(xml) > 16 * 1024**2
    expat.ParserCreate().Parse(xml, True)
    rows = open_workbook(str(path)).read("Invoices").rows
    assert [row[2] for row in rows[1:]] == numbers[1:]
    assert [row[3] for row in rows] == words
    assert [row[0] for row in rows] == [f"INV-{row:07d}" for row in range(count)]
