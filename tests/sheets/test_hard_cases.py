"""What teams and other programs do to workbooks, and what a write makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula

from collector.errors import WorkbookFormatError, WorkbookSaveError
from collector.model import AddColumn, AddTab, ColumnEdit, Edit, Highlight, HighlightRule
from collector.sheets import open_workbook
from tests.sheets.samples import (
    ROWS,
    SHEET,
    TAB,
    book_of,
    entries,
    part,
    rich_book,
    rows_of,
    shown,
    with_parts,
)
from tests.sheets.test_excel import OURS
from tests.sheets.test_tabs import prefixed, strict

WORKBOOK = "xl/workbook.xml"


@pytest.mark.parametrize("make", [strict, prefixed])
def test_our_columns_stand_in_books_of_other_dialects(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path / "book.xlsx")
    before = entries(path)
    book = open_workbook(str(path))
    assert book.write(OURS, expect={TAB: book.read(TAB).fingerprint}).cells == 10
    grid = book.read(TAB)
    assert grid.owned == {"status": 5, "last_reminder": 6, "open_balance": 7}
    assert grid.rows[3][5:8] == ["Overdue", date(2026, 10, 4), 120.5]
    assert grid.rows[3][:4] == ["Acme", "00123", date(2026, 10, 1), 120.5]
    after = entries(path)
    assert {name for name in before if before[name] != after[name]} <= {
        SHEET, "xl/styles.xml", WORKBOOK,
    }  # fmt: skip
    assert book.write(OURS, expect={}).replaced is False


# ── the team at work between two runs ────────────────────────────────────────────────────────


def marks_moved(path: Path, **cells: str) -> None:
    """Let the names of our columns point elsewhere, as Excel does when cells are moved."""
    xml = part(path, WORKBOOK)
    for key, cell in cells.items():
        name = rb'(name="_collector\.%b"[^>]*>\'Receivables\'!)[^<]*' % key.encode()
        xml = re.sub(name, rb"\g<1>" + cell.encode(), xml)
    with_parts(path, {WORKBOOK: xml})


def test_a_column_of_ours_that_was_moved_is_written_where_it_is(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write(OURS, expect={})
    # Two columns were inserted left of ours.
    xml = part(path, SHEET)
    for old, new in (("H", "J"), ("G", "I"), ("F", "H")):
        xml = re.sub(rb' r="%b(\d+)"' % old.encode(), rb' r="%b\1"' % new.encode(), xml)
    with_parts(path, {SHEET: xml})
    marks_moved(path, status="$H$3", last_reminder="$I$3", open_balance="$J$3")
    grid = book.read(TAB)
    assert grid.owned == {"status": 7, "last_reminder": 8, "open_balance": 9}
    assert grid.rows[3][7] == "Overdue"
    again = [
        AddColumn(TAB, grid.owned["status"], 3, "status", "Status", "text"),
        ColumnEdit(TAB, grid.owned["status"], "text", (4, 5, 6), ("Settled", "Overdue", "Open")),
    ]
    assert book.write(again, expect={TAB: grid.fingerprint}).cells == 1
    assert shown(path)[3][7] == "Settled"
    assert part(path, WORKBOOK).count(b"_collector.status") == 1


def test_a_heading_of_ours_that_was_renamed_is_still_ours(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write(OURS, expect={})
    book.write([Edit(TAB, "F3", "Where we stand")], expect={})
    assert book.read(TAB).owned["status"] == 5
    assert book.read(TAB).rows[2][5] == "Where we stand"


def test_a_column_of_ours_that_was_deleted_is_ours_no_more(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write(OURS, expect={})
    marks_moved(path, status="#REF!")
    assert book.read(TAB).owned == {"last_reminder": 6, "open_balance": 7}


def test_rows_that_were_sorted_inserted_or_deleted_take_their_new_values(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write(OURS, expect={})
    team = openpyxl.load_workbook(path)
    sheet = team[TAB]
    rows = [[cell.value for cell in row] for row in sheet["A4:H6"]]
    for at, row in enumerate([rows[2], ["New", "INV-9", date(2026, 12, 9), 5], rows[0]], 4):
        for column in range(8):
            sheet.cell(at, column + 1).value = row[column] if column < len(row) else None
    team.save(path)
    grid = book.read(TAB)
    assert [row[0] for row in grid.rows[3:6]] == ["Cargo", "New", "Acme"]
    assert [row[5] for row in grid.rows[3:6]] == ["Open", None, "Overdue"]
    again = [
        ColumnEdit(TAB, 5, "text", (4, 5, 6), ("Open", "Open", "Overdue")),
        Highlight(TAB, 4, 6, 0, 7, (HighlightRule(5, "Overdue", "overdue"),)),
    ]
    assert book.write(again, expect={TAB: grid.fingerprint}).cells == 1
    assert part(path, SHEET).count(b"N(&quot;collector&quot;)") + part(path, SHEET).count(
        b'N("collector")'
    ) == 1  # fmt: skip


# ── formulas ─────────────────────────────────────────────────────────────────────────────────


def test_cells_that_an_array_formula_fills_are_left_alone(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Sheet"
    made.active["A1"] = ArrayFormula("A1:B2", "=TRANSPOSE(D1:E2)")
    for place in ("B1", "A2", "B2"):
        made.active[place] = 7
    made.save(tmp_path / "book.xlsx")
    book = open_workbook(str(tmp_path / "book.xlsx"))
    edits = [Edit("Sheet", "B2", 1), Edit("Sheet", "A1", 2), Edit("Sheet", "C2", 3)]
    written = book.write(edits, expect={})
    assert written.cells == 1
    assert set(written.kept) == {"Sheet!A1", "Sheet!B2"}
    assert book.read("Sheet").rows[1][:3] == [7, 7, 3]


def test_a_what_if_table_is_left_alone(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1"><f t="dataTable" ref="A1:A2" dt2D="0" dtr="0" r1="D1"/><v>1</v></c>'
        b'</row><row r="2"><c r="A2"><v>2</v></c></row>'
    )
    path = book_of(tmp_path / "book.xlsx", rows)
    written = open_workbook(str(path)).write([Edit("Sheet", "A2", 9)], expect={})
    assert (written.replaced, written.kept) == (False, ("Sheet!A2",))


def test_the_calculation_chain_stays_true(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    chain = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<c r="D8" i="1"/></calcChain>'
    )
    with_parts(path, {"xl/calcChain.xml": chain})
    open_workbook(str(path)).write([Edit(TAB, "D8", 1), Edit(TAB, "D9", 2)], expect={})
    assert part(path, "xl/calcChain.xml") == chain
    assert openpyxl.load_workbook(path)[TAB]["D8"].value == "=SUM(D4:D6)"
    assert b'fullCalcOnLoad="1"' in part(path, WORKBOOK)


# ── what stands around the cells ─────────────────────────────────────────────────────────────


def test_a_protected_sheet_is_written_and_stays_protected(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet(TAB)
        sheet.write_row("A3", ["Customer", "Amount"])
        sheet.protect("secret")
    protection = re.search(rb"<sheetProtection[^>]*>", part(path, SHEET))
    change = [Edit(TAB, "C4", "x"), Highlight(TAB, 4, 4, 0, 1, (HighlightRule(0, "x", "overdue"),))]
    open_workbook(str(path)).write(change, expect={})
    assert shown(path)[3][2] == "x"
    assert protection
    assert protection[0] in part(path, SHEET)


def test_merged_cells_a_filter_and_hidden_rows_stay(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet(TAB)
        sheet.merge_range("A1:H1", "Receivables")
        sheet.write_row("A3", ["Customer", "Invoice", "Due Date", "Amount", "Paid"])
        for at, values in enumerate(ROWS, 3):
            sheet.write_row(at, 0, [str(value) for value in values])
        sheet.autofilter("A3:E6")
        sheet.filter_column("A", "x == Acme")
        sheet.set_row(4, None, None, {"hidden": True})
    book = open_workbook(str(path))
    book.write(OURS, expect={})
    again = openpyxl.load_workbook(path)[TAB]
    assert [str(area) for area in again.merged_cells.ranges] == ["A1:H1"]
    assert (again.auto_filter.ref, again.row_dimensions[5].hidden) == ("A3:E6", True)
    assert again["F5"].value == "Overdue"


# ── forms that programs write ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("usual", "other"),
    [(rb'(\w)="([^"<>]*)"', rb"\1='\2'"), (rb' (\w+)="', rb' \1 = "'), (rb"<(\w+) ", rb"<\1\n\t")],
    ids=["single quotes", "spaces around =", "line ends in tags"],
)
def test_attributes_in_other_forms_are_understood(
    tmp_path: Path, usual: bytes, other: bytes
) -> None:
    rows = (
        b'<row r="1" spans="1:3"><c r="A1" s="0"><v>1</v></c><c r="B1"><f>A1*2</f><v>2</v></c>'
        b'<c r="C1"><v>3</v></c></row><row r="3"><c r="A3"><v>9</v></c></row>'
    )
    path = book_of(tmp_path / "book.xlsx", re.sub(usual, other, rows))
    edits = [Edit("Sheet", "B1", 7), Edit("Sheet", "C1", 8), Edit("Sheet", "D3", "new")]
    written = open_workbook(str(path)).write(edits, expect={})
    assert (written.cells, written.kept) == (2, ("Sheet!B1",))
    assert open_workbook(str(path)).read("Sheet").rows == [
        [1, 2, 8, None], [None] * 4, [9, None, None, "new"],
    ]  # fmt: skip


def test_of_two_cells_with_one_address_the_one_that_shows_is_set(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    path = book_of(tmp_path / "book.xlsx", rows)
    open_workbook(str(path)).write([Edit("Sheet", "A1", 5)], expect={})
    assert open_workbook(str(path)).read("Sheet").rows == [[5]]


def test_an_error_that_the_first_reader_does_not_know_is_read_all_the_same(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"><v>2.5</v></c>'
        b'<c r="D1" t="inlineStr"><is><t>x</t></is></c></row>'
        b'<row r="3"><c r="A3"><v>3</v></c></row>'
    )
    path = book_of(tmp_path / "book.xlsx", rows)
    book = open_workbook(str(path))
    assert book.read("Sheet").rows == [["#SPILL!", 2.5, None, "x"], [None] * 4, [3, *[None] * 3]]
    assert book.write([Edit("Sheet", "B3", date(2026, 1, 2))], expect={}).cells == 1
    assert book.read("Sheet").rows[2][1] == date(2026, 1, 2)
    assert book.write([Edit("Sheet", "B3", date(2026, 1, 2))], expect={}).replaced is False


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le"])
def test_parts_in_utf_16_are_read_and_written(tmp_path: Path, encoding: str) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    before = open_workbook(str(path)).read(TAB).rows
    wide = {
        name: ("\ufeff" + part(path, name).decode().replace("UTF-8", "UTF-16")).encode(encoding)
        for name in entries(path)
        if name.endswith((".xml", ".rels"))
    }
    with_parts(path, wide)
    book = open_workbook(str(path))
    grid = book.read(TAB)
    assert grid.rows == before
    assert book.write(OURS, expect={TAB: grid.fingerprint}).cells == 10
    assert book.read(TAB).owned == {"status": 5, "last_reminder": 6, "open_balance": 7}
    touched = {name for name in wide if part(path, name) != wide[name]}
    assert touched <= {SHEET, "xl/styles.xml", WORKBOOK}
    assert openpyxl.load_workbook(path)[TAB]["F4"].value == "Overdue"
    assert book.write(OURS, expect={}).replaced is False


def test_cells_a_world_apart_do_not_keep_a_tab_from_being_written(tmp_path: Path) -> None:
    rows = (
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    )
    path = book_of(tmp_path / "book.xlsx", rows)
    book = open_workbook(str(path))
    edits = [Edit("Sheet", "B1", "x"), Edit("Sheet", "XFD1048576", 3)]
    assert book.write(edits, expect={}).cells == 2
    assert book.write(edits, expect={}).replaced is False
    with pytest.raises(WorkbookFormatError, match="too far apart"):
        book.read("Sheet")
    assert b'<c r="XFD1048576"><v>3</v></c>' in rows_of(path)


def test_styles_that_hold_nothing_are_added_to(tmp_path: Path) -> None:
    path = book_of(tmp_path / "book.xlsx", b'<row r="1"><c r="A1"><v>46000</v></c></row>')
    empty = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    with_parts(path, {"xl/styles.xml": empty})
    open_workbook(str(path)).write([Edit("Sheet", "B1", date(2026, 1, 2))], expect={})
    assert open_workbook(str(path)).read("Sheet").rows == [[46000, date(2026, 1, 2)]]


def test_formats_of_ours_name_no_font_or_fill_that_the_book_lacks(tmp_path: Path) -> None:
    path = book_of(tmp_path / "book.xlsx", b'<row r="1"><c r="A1"><v>1</v></c></row>')
    bare = b"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<cellXfs><xf/></cellXfs></styleSheet>"""
    with_parts(path, {"xl/styles.xml": bare})
    tab = AddTab("Outbox", "outbox")
    open_workbook(str(path)).write([tab, Edit("Outbox", "A2", date(2026, 1, 2))], expect={})
    styles = part(path, "xl/styles.xml")
    assert b"wrapText" in styles or b"horizontal" in styles
    assert not re.search(rb"fontId|fillId|borderId|xfId", styles)


def test_a_file_that_would_not_read_back_does_not_replace_the_old_one(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    links = part(path, "xl/_rels/workbook.xml.rels")
    # Without its link readers disagree on whether these formats count.
    unlinked = re.sub(rb"<Relationship [^>]*styles[^>]*/>", b"", links)
    data = with_parts(path, {"xl/_rels/workbook.xml.rels": unlinked}).read_bytes()
    with pytest.raises(WorkbookSaveError, match="did not read back as written"):
        open_workbook(str(path)).write(OURS, expect={})
    assert path.read_bytes() == data
    assert [found.name for found in tmp_path.iterdir()] == ["book.xlsx"]


def test_a_very_large_entry_is_written_with_wide_fields(tmp_path: Path) -> None:
    import zipfile

    source, path = rich_book(tmp_path / "a.xlsx"), tmp_path / "book.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            with new.open(name, "w", force_zip64=True) as out:
                out.write(old.read(name))
    open_workbook(str(path)).write([Edit(TAB, "K1", "x")], expect={})
    assert shown(path)[0][10] == "x"
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
