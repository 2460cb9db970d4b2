"""What the book itself carries for us, hidden; and how a list of ours looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from collector.model import AddColumn, AddTab, AppendRows, BookNote, Change, ColumnEdit, Edit
from collector.sheets import open_workbook
from tests.sheets.samples import TAB, entries, rich_book
from tests.sheets.test_tabs import prefixed, strict

NOTE = BookNote("claim", 'mine; "quoted" & <odd>')
LOG: list[Change] = [
    AddTab("Log", "log"),
    AddColumn("Log", 0, 1, "date", "Date", "date"),
    AddColumn("Log", 1, 1, "what", "What", "text"),
    AddColumn("Log", 2, 1, "total", "Total", "money"),
]
LONG = "a letter that is much longer than its column is wide, and so takes several lines " * 2


def row(*values: object) -> AppendRows:
    return AppendRows("Log", (0, 1, 2), ("date", "text", "money"), [values])  # type: ignore[list-item]


@pytest.mark.parametrize("make", [rich_book, strict, prefixed])
def test_a_note_is_read_back_and_nobody_sees_it(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    assert dict(book.notes()) == {}
    before = entries(path)
    written = book.write([NOTE], expect={TAB: book.read(TAB).fingerprint})
    assert (written.cells, written.replaced, written.backup) == (0, True, "")
    assert written.fingerprint == book.fingerprint()
    assert dict(book.notes()) == {"claim": NOTE.text}
    after = entries(path)
    assert {name for name in after if after[name] != before.get(name)} == {"xl/workbook.xml"}
    assert openpyxl.load_workbook(path).defined_names["_collector_note.claim"].hidden


def test_the_same_note_again_changes_nothing_and_another_takes_its_place(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write([NOTE, Edit(TAB, "K1", "x")], expect={})
    assert book.write([NOTE], expect={}).replaced is False
    assert book.write([BookNote("claim", "theirs"), BookNote("other", "")], expect={}).replaced
    assert dict(book.notes()) == {"claim": "theirs", "other": ""}


def test_a_note_beside_cells_keeps_a_copy_of_what_was_before(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    written = open_workbook(str(path)).write([NOTE, Edit(TAB, "K1", "x")], expect={})
    assert Path(written.backup).exists()


def test_a_list_of_ours_wraps_its_texts_and_is_as_tall_as_they_are(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write([*LOG, row(date(2026, 11, 20), LONG, 12.5)], expect={})
    book.write([row(date(2026, 11, 23), "short", "EUR 5.00; USD 3.00")], expect={})
    book.write([row(date(2026, 11, 24), LONG, 1200)], expect={})
    sheet = openpyxl.load_workbook(path)["Log"]
    assert [sheet.cell(n, 2).alignment.wrap_text for n in (2, 3, 4)] == [True] * 3
    assert {cell.alignment.vertical for line in sheet["A2:C4"] for cell in line} == {"top"}
    assert sheet["C4"].number_format == "#,##0.00"
    assert sheet["A4"].number_format == "yyyy-mm-dd"
    tall = [sheet.row_dimensions[n].height for n in (2, 3, 4)]
    assert tall == [64.5, 31.5, 64.5]


def test_a_height_that_people_set_is_theirs(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write([*LOG, row(date(2026, 11, 20), LONG, 12.5)], expect={})
    edited = openpyxl.load_workbook(path)
    edited["Log"].row_dimensions[2].height = 40
    edited.save(path)
    book.write([ColumnEdit("Log", 1, "text", (2,), ("short",))], expect={})
    assert openpyxl.load_workbook(path)["Log"].row_dimensions[2].height == 40


def test_rows_of_the_teams_own_tabs_get_no_height(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write([Edit(TAB, "K5", LONG)], expect={})
    assert openpyxl.load_workbook(path)[TAB].row_dimensions[5].height is None
