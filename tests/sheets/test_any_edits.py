"""Any edits on any sheet: they read back, all else is as it was, and twice is once."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from collector.model import Cell, Edit, column_letters
from collector.sheets import open_workbook
from collector.sheets.package.values import settled

days = st.dates(date(1901, 1, 1), date(2200, 1, 1))
moments = st.datetimes(datetime(1901, 1, 1), datetime(2200, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0)
)
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
)
values: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**12), 10**12), texts, days, moments,
    st.floats(-1e12, 1e12).map(lambda number: round(number, 4)),
)  # fmt: skip
places = st.tuples(st.integers(1, 12), st.integers(0, 30))
sheets = st.dictionaries(places, values, max_size=20)


def shown(path: Path) -> dict[tuple[int, int], Cell]:
    rows = open_workbook(str(path)).read("Sheet").rows
    return {
        (row, column): value
        for row, cells in enumerate(rows, 1)
        for column, value in enumerate(cells)
        if value is not None
    }


@given(before=sheets, edits=sheets)
@settings(max_examples=120, deadline=None)
def test_edits_read_back_and_all_else_stays(
    before: dict[tuple[int, int], Cell], edits: dict[tuple[int, int], Cell]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        openpyxl.Workbook().save(path)
        changes = [as_edits(before), as_edits(edits)]
        for change in changes:
            open_workbook(str(path), backups=0).write(change, expect={})
        wanted = {place: settled(value) for place, value in (before | edits).items()}
        assert shown(path) == {at: value for at, value in wanted.items() if value is not None}
        data = path.read_bytes()
        assert open_workbook(str(path), backups=0).write(changes[1], expect={}).cells == 0
        assert path.read_bytes() == data
        openpyxl.load_workbook(path)


def as_edits(cells: dict[tuple[int, int], Cell]) -> list[Edit]:
    return [
        Edit("Sheet", f"{column_letters(column)}{row}", value)
        for (row, column), value in cells.items()
    ]
