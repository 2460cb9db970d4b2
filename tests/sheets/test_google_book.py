"""A Google spreadsheet from Python: what is read and written, and what the stand-in refuses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from collector.errors import TabMissingError, TabTakenError, WorkbookChangedError
from collector.model import AddTab, BookNote, ColumnEdit, Edit, Tab
from tests.sheets.google_grid import Held, RefusedError, typed
from tests.sheets.google_schema import faults, mask_faults
from tests.sheets.google_server import GoogleServer
from tests.sheets.test_google_faults import Hours, workbook

DAY = date(2026, 11, 20)


def test_days_and_times_are_read_as_what_they_show(google: GoogleServer) -> None:
    sheet = google.book.fill("Book", [["h", DAY, datetime(2026, 11, 20, 13, 30), 12, 12.5, True]])
    for column, cell in enumerate(
        [Held(0.5, "TIME"), Held(1.5, "TIME"), Held(46346.25, "DATE"), Held(1e9, "DATE"), Held("x")]
    ):
        sheet.put(1, column, cell)
    rows = workbook(google).read("Book").rows
    assert rows[0] == ["h", DAY, datetime(2026, 11, 20, 13, 30), 12, 12.5, True]
    days = [time(12), timedelta(days=1.5), datetime(2026, 11, 20, 6), 10**9, "x", None]
    assert rows[1] == days


def test_the_first_days_of_all_are_googles_which_knows_no_29_february_1900(
    google: GoogleServer,
) -> None:
    sheet = google.book.fill("Book", [["h"]])
    for column, number in enumerate((-1, 0, 1, 59, 60, 61, 2958465)):
        sheet.put(1, column, Held(number, "DATE"))
    days = [(1899, 12, 29), (1899, 12, 30), (1899, 12, 31), (1900, 2, 27), (1900, 2, 28)]
    days += [(1900, 3, 1), (9999, 12, 31)]
    assert workbook(google).read("Book").rows[1] == [date(*day) for day in days]


def test_tabs_are_listed_with_hidden_ones_and_odd_names(google: GoogleServer) -> None:
    google.book.fill("Bob's tab", [["a"]])
    google.book.fill("应收", [["b"]], hidden=True)
    book = workbook(google)
    assert book.tabs() == (Tab("Bob's tab"), Tab("应收", visible=False))
    assert [book.read(tab.name).rows for tab in book.tabs()] == [[["a"]], [["b"]]]
    assert (book.name, book.timezone, book.locale) == ("Receivables", "Europe/London", "en_GB")
    with pytest.raises(TabMissingError, match="Bob's tab"):
        book.read("Nowhere")


def test_every_kind_of_value_is_written_and_read_back(google: GoogleServer) -> None:
    values = ["x", 1, 2.5, True, DAY, datetime(2026, 11, 20, 6), None, "=A1", "00123"]
    google.book.fill("Book", [["a"], *[["old"] for _ in values]])
    book = workbook(google)
    edits = [Edit("Book", f"A{row}", value) for row, value in enumerate(values, 2)]
    written = book.write(edits, expect={"Book": book.read("Book").fingerprint})
    assert (written.cells, written.differs) == (len(values), ())
    assert [row[0] for row in book.read("Book").rows[1:]] == values


def test_a_book_that_was_edited_since_it_was_read_is_not_written(google: GoogleServer) -> None:
    google.book.fill("Book", [["a", "b"], ["1", "2"]])
    book = workbook(google)
    mark = book.read("Book").fingerprint
    google.book.sheets[0].put(1, 1, typed("edited"))
    with pytest.raises(WorkbookChangedError):
        book.write([Edit("Book", "C2", "ours")], expect={"Book": mark})
    assert google.writes == 0


def test_rows_that_were_only_sorted_are_found_again(google: GoogleServer) -> None:
    google.book.fill("Book", [["name"], ["b"], ["a"], ["c"]])
    book = workbook(google)
    mark = book.read("Book").fingerprint
    google.book.sort("Book", 0)
    edit = ColumnEdit("Book", 1, "text", [2, 3, 4], ["of b", "of a", "of c"])
    book.write([edit], expect={"Book": mark})
    assert google.book.sheet("Book").shown()[1:] == [["a", "of a"], ["b", "of b"], ["c", "of c"]]


def test_rows_alike_in_everything_that_changed_places_are_refused(google: GoogleServer) -> None:
    google.book.fill("Book", [["name"], ["b"], ["b"], ["a"]])
    book = workbook(google)
    mark = book.read("Book").fingerprint
    google.book.sort("Book", 0)
    edit = ColumnEdit("Book", 1, "text", [2, 3], ["first", "second"])
    with pytest.raises(WorkbookChangedError):
        book.write([edit], expect={"Book": mark})


def test_a_tab_of_ours_does_not_take_the_name_of_one_of_the_teams(google: GoogleServer) -> None:
    google.book.fill("Outbox", [["a"]])
    book = workbook(google)
    with pytest.raises(TabTakenError):
        book.write([AddTab("Outbox", "outbox")], expect={})


def test_of_two_who_keep_the_same_note_the_second_is_told(google: GoogleServer) -> None:
    google.book.fill("Book", [["a"]])
    one, two = workbook(google), workbook(google)
    marks = [{"Book": book.read("Book").fingerprint} for book in (one, two)]
    one.write([BookNote("claim", "one")], expect=marks[0])
    with pytest.raises(WorkbookChangedError):
        two.write([BookNote("claim", "two")], expect=marks[1])
    assert workbook(google).notes() == {"claim": "one"}
    one.write([BookNote("claim", "one more")], expect=marks[0])
    assert workbook(google).notes() == {"claim": "one more"}


def test_what_was_just_read_counts_as_there_for_a_while(google: GoogleServer) -> None:
    google.book.fill("Book", [["a"]])
    hours = Hours()
    book = workbook(google, hours)
    before = book.fingerprint()
    google.book.sheets[0].put(0, 0, typed("b"))
    assert (book.fingerprint(), google.reads) == (before, 2)
    hours.sleep(16)
    assert book.fingerprint() != before


# ── the stand-in itself ──────────────────────────────────────────────────────────────────────


def test_a_batch_is_carried_out_whole_or_not_at_all(google: GoogleServer) -> None:
    google.book.fill("Book", [["a"]])
    cell = {"userEnteredValue": {"stringValue": "new"}}
    here = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    good = {"repeatCell": {"range": here, "cell": cell, "fields": "userEnteredValue"}}
    bad = {"appendDimension": {"sheetId": 99, "dimension": "ROWS", "length": 1}}
    with pytest.raises(RefusedError, match="No grid with id: 99"):
        google.book.apply([good, bad])
    assert google.book.sheet("Book").shown() == [["a"]]


@pytest.mark.parametrize(
    ("schema", "value", "said"),
    [
        ("ValueRange", {"ranges": []}, "ValueRange has no ranges"),
        ("ValueRange", {"values": "a"}, "ValueRange.values is no list"),
        ("ValueRange", {"majorDimension": "SIDEWAYS"}, "none of its values"),
        ("GridRange", {"sheetId": True}, "GridRange.sheetId is no integer"),
    ],
)
def test_what_the_api_does_not_know_is_noticed(schema: str, value: Any, said: str) -> None:
    assert any(said in fault for fault in faults(schema, value))


def test_fields_that_the_api_does_not_have_are_noticed() -> None:
    assert mask_faults("Spreadsheet", {"sheets": {"propertys": {}}})
    assert not mask_faults("Spreadsheet", {"sheets": {"properties": {"title": {}}}})
