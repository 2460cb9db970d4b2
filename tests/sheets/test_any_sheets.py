"""Any writes on any sheet, with people at it in between: what was to change did, nothing else."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.datetime import MAC_EPOCH

from collector.errors import WorkbookFormatError, WorkbookSaveError
from collector.model import AddColumn, Cell, Change, ColumnEdit, Edit, column_letters
from collector.sheets import open_workbook
from collector.sheets.package.values import same, settled
from tests.sheets.odd_sheets import ACTIONS, TAB, edited_by_someone, make_book, odd_sheets, writes
from tests.sheets.samples import SHEET, book_of, entries, part

EXAMPLES = 1500 if os.environ.get("COLLECTOR_FULL") else 60
MAY_CHANGE = {"xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"}

Cells = dict[tuple[int, int], Cell]


def cells_in(path: Path) -> Cells:
    rows = open_workbook(str(path)).read(TAB).rows
    return {
        (row, column): value
        for row, cells in enumerate(rows, 1)
        for column, value in enumerate(cells)
        if value is not None
    }


def formulas_in(path: Path) -> dict[str, str]:
    sheet = openpyxl.load_workbook(path)[TAB]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return {cell.coordinate: str(cell.value) for cell in found}


def wanted_of(changes: Sequence[Change]) -> Cells:
    """Return what cells are to show; where a cell is set twice, the last change of it wins."""
    wanted: Cells = {}
    for change in changes:
        if isinstance(change, Edit):
            row, column = coordinate_to_tuple(change.cell)
            wanted[row, column - 1] = change.value
        if isinstance(change, ColumnEdit):
            wanted |= {
                (row, change.column): value
                for row, value in zip(change.rows, change.values, strict=True)
            }
        if isinstance(change, AddColumn):
            wanted[change.header_row, change.column] = change.heading
    return {place: settled(value) for place, value in wanted.items()}


def check_write(path: Path, changes: Sequence[Change]) -> None:
    """Write, and compare everything with what it was before."""
    before, formulas, parts = cells_in(path), formulas_in(path), entries(path)
    written = open_workbook(str(path), backups=0).write(changes, expect={})
    kept = {cell.partition("!")[2] for cell in written.kept}
    assert kept <= set(formulas)
    wanted = {
        (row, column): value
        for (row, column), value in wanted_of(changes).items()
        if f"{column_letters(column)}{row}" not in kept
    }
    after = cells_in(path)
    for place in set(before) | set(after) | set(wanted):
        expected = wanted[place] if place in wanted else before.get(place)
        assert same(after.get(place), expected), (place, after.get(place), expected)
    assert formulas_in(path) == formulas
    now = entries(path)
    assert {name for name in now if now[name] != parts.get(name)} <= MAY_CHANGE
    assert set(parts) <= set(now)
    again = path.read_bytes()
    assert not open_workbook(str(path), backups=0).write(changes, expect={}).replaced
    assert path.read_bytes() == again


@given(st.data())
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_writes_on_any_sheet_change_what_they_should_and_nothing_else(
    data: st.DataObject,
) -> None:
    odd = data.draw(odd_sheets())
    with tempfile.TemporaryDirectory() as folder:
        path = make_book(Path(folder) / "book.xlsx", odd)
        for _ in range(data.draw(st.integers(1, 3))):
            check_write(path, data.draw(writes(odd.first_day)))
        for action in data.draw(st.lists(st.sampled_from(ACTIONS), max_size=2)):
            edited_by_someone(path, action)
            check_write(path, data.draw(writes(odd.first_day)))


def test_a_formula_without_address_or_value_leaves_the_cell_before_it_as_it_is(
    tmp_path: Path,
) -> None:
    row = b'<row r="1"><c r="A1"><v>5</v></c><c><f>NOW()</f></c><c r="C1"><v>6</v></c></row>'
    rows = open_workbook(str(book_of(tmp_path / "book.xlsx", row))).read(TAB).rows
    assert (rows[0][0], rows[0][2]) == (5, 6)


@pytest.mark.parametrize("value", [None, "new"])
def test_a_cell_that_stands_before_one_further_left_is_set_and_not_written_twice(
    tmp_path: Path, value: Cell
) -> None:
    row = b'<row r="1"><c r="E1"><v>5</v></c><c r="B1"><v>6</v></c></row>'
    path = book_of(tmp_path / "book.xlsx", row)
    changes = [ColumnEdit(TAB, 2, "text", [2], ["x"]), ColumnEdit(TAB, 4, "text", [1], [value])]
    open_workbook(str(path), backups=0).write(changes, expect={})
    assert part(path, SHEET).count(b'r="E1"') == 1
    assert cells_in(path).get((1, 4)) == value


@pytest.mark.parametrize("number", [1e12, -2e11, 1e133, 1e308])
def test_a_number_that_no_clock_shows_is_no_reason_to_stumble(
    tmp_path: Path, number: float
) -> None:
    path = tmp_path / "book.xlsx"
    book = openpyxl.Workbook()
    book.active.title = TAB
    book.active["A1"] = number
    book.active["A1"].number_format = "[h]:mm:ss"
    book.active["B1"] = "other"
    book.save(path)
    with suppress(WorkbookFormatError):
        assert open_workbook(str(path)).read(TAB).rows[0][1] == "other"


def test_days_before_the_book_counts_are_refused_and_earlier_ones_become_text(
    tmp_path: Path,
) -> None:
    """A book that counts from 1904 has no number for a day before its second one."""
    book = openpyxl.Workbook()
    book.epoch = MAC_EPOCH
    book.save(tmp_path / "book.xlsx")
    old = (tmp_path / "book.xlsx").read_bytes()
    workbook = open_workbook(str(tmp_path / "book.xlsx"), backups=0)
    with pytest.raises(WorkbookSaveError, match="did not read back"):
        workbook.write([Edit(TAB, "A1", date(1903, 12, 31))], expect={})
    assert (tmp_path / "book.xlsx").read_bytes() == old
    workbook.write([Edit(TAB, "A1", date(1899, 12, 31))], expect={})
    assert workbook.read(TAB).rows == [["1899-12-31"]]


@pytest.mark.parametrize(
    ("value", "number", "form"),
    [
        (date(1900, 1, 1), "1", "yyyy-mm-dd"),
        (date(1900, 2, 28), "59", "yyyy-mm-dd"),
        (date(1900, 3, 1), "61", "yyyy-mm-dd"),
        (datetime(1900, 1, 1, 6), "1.25", "yyyy-mm-dd hh:mm"),
        (timedelta(hours=30), "1.25", "[h]:mm:ss"),
        (time(6), "0.25", "h:mm:ss"),
    ],
)
def test_days_and_times_are_the_numbers_that_excel_has_for_them(
    tmp_path: Path, value: Cell, number: str, form: str
) -> None:
    path = book_of(tmp_path / "book.xlsx", b"")
    for turned in (date(2026, 1, 1), timedelta(hours=1), time(1), timedelta(hours=1), value):
        # Whatever the cell was formatted to show before.
        open_workbook(str(path), backups=0).write([Edit(TAB, "A1", turned)], expect={})
    assert b"<v>" + number.encode() + b"</v>" in part(path, SHEET)
    cell = openpyxl.load_workbook(path)[TAB]["A1"]
    assert cell.number_format == form
    assert open_workbook(str(path)).read(TAB).rows == [[value]]
