"""The same answer in other legal forms: defaults told or left out, blank ends, other orders."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from collector.sheets.google.reading import form_of, grid_of, rows_of
from tests.google_office import GoogleOffice
from tests.office import due
from tests.sheets.google_server import GoogleServer
from tests.sheets.test_google_faults import workbook

_DEFAULTS: dict[str, Any] = {
    "sheetId": 0, "index": 0, "hidden": False, "startRow": 0, "startColumn": 0,
    "startRowIndex": 0, "startColumnIndex": 0, "sheetType": "GRID", "warningOnly": False,
    "requestingUserCanEdit": False, "red": 0, "green": 0, "blue": 0, "bold": False,
}  # fmt: skip
_PLACES = {"startRowIndex": "endRowIndex", "startColumnIndex": "endColumnIndex"}


def sparing(answer: Any) -> Any:
    """Leave out whatever is a default, and empty lists and objects but those of a list."""
    if isinstance(answer, list):
        return [sparing(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    told = {name: each if name == "values" else sparing(each) for name, each in answer.items()}
    if isinstance(told.get("values"), list) and "range" not in told:
        told["values"] = sparing(told["values"])
    return {
        name: each
        for name, each in told.items()
        if each not in ({}, []) and not (name in _DEFAULTS and each == _DEFAULTS[name])
    }


def telling(answer: Any) -> Any:
    """Tell defaults that are mostly left out, keys backwards, and blank cells and rows at ends."""
    if isinstance(answer, list):
        return [telling(each) for each in answer]
    if not isinstance(answer, dict) or "replies" in answer:
        return answer
    told = {name: telling(each) for name, each in reversed(answer.items())}
    if "title" in told and "gridProperties" in told:
        told |= {"hidden": told.get("hidden", False), "sheetId": told.get("sheetId", 0)}
    if "properties" in told and "sheets" not in told:
        for name in ("merges", "conditionalFormats", "protectedRanges", "developerMetadata"):
            told.setdefault(name, [])
    if "majorDimension" in told:
        rows = [[*row, "", ""] for row in told.get("values", [])]
        told["values"] = [*([_floating(cell) for cell in row] for row in rows), [], [""]]
    for part in told.get("data", []) if isinstance(told.get("data"), list) else []:
        part |= {"startRow": 0, "startColumn": 0}
        part["rowData"] = [*part.get("rowData", []), {"values": [{}, {}]}, {}]
    return told


def _floating(cell: Any) -> Any:
    return float(cell) if type(cell) is int else cell


def gathering(answer: Any) -> Any:
    """Put marks of columns and tabs among those of the whole spreadsheet, each with its place."""
    if not isinstance(answer, dict) or "sheets" not in answer:
        return answer
    told = copy.deepcopy(answer)
    marks = told.setdefault("developerMetadata", [])
    for tab in told["sheets"]:
        marks += tab.pop("developerMetadata", [])
        for part in tab.get("data", []):
            for column in part.pop("columnMetadata", []):
                marks += column.get("developerMetadata", [])
    return told


FORMS = pytest.mark.parametrize("retell", [sparing, telling, gathering])


@FORMS
def test_a_pass_does_the_same_however_google_puts_it(
    tmp_path: Path, google: GoogleServer, retell: Callable[[Any], Any]
) -> None:
    office = GoogleOffice(tmp_path, google)
    rows = [due(20), due(-3, "Beta Ltd", amount=1234.5), due(70, "Gamma Ltd", amount="12x")]
    found = []
    for told in (lambda answer: answer, retell):
        google.retell = told
        office.ledger.unlink(missing_ok=True)
        office.configure(mail={"mode": "approve"}, statements={"day": None})
        office.fill(*rows, Notes=[["x"], [], ["y", True, 0.1]])
        first, again = office.run(), office.again()
        assert again.json["edits"] == 0, again.err
        shown = [
            [row[: 10 if "Outbox" in sheet.title else None] for row in sheet.shown()]
            for sheet in office.sheet.sheets
        ]
        rules = [sheet.rules for sheet in office.sheet.sheets]
        # Keys of messages are made anew each time; they stand at the right of the Outbox.
        assert [sheet.title for sheet in office.sheet.sheets] == ["Invoices", "Notes", "Outbox"]
        found.append((_still(first.json), _still(again.json), shown, rules))
    assert found[0] == found[1]


def _still(report: Any) -> Any:
    return {name: each for name, each in report.items() if name not in ("seconds", "calls")}


@FORMS
def test_a_grid_is_the_same_however_google_puts_it(
    google: GoogleServer, retell: Callable[[Any], Any]
) -> None:
    sheet = google.book.fill("Book", [["Invoice", "Amount"], ["00123", 7], [], ["x", 0.5, True]])
    sheet.merges = [{"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1,
                     "startColumnIndex": 0, "endColumnIndex": 2}]  # fmt: skip
    google.book.fill("Empty", [])
    plain = [workbook(google).read(tab) for tab in ("Book", "Empty")]
    google.retell = retell
    again = [workbook(google).read(tab) for tab in ("Book", "Empty")]
    assert [(g.rows, g.merged) for g in again] == [(g.rows, g.merged) for g in plain]


def test_a_tab_of_charts_and_one_without_a_size_are_no_stumbling_block() -> None:
    answer = {
        "sheets": [
            {"properties": {"sheetId": 5, "title": "Chart", "sheetType": "OBJECT"}},
            {"properties": {"title": "Plain"}},
        ]
    }
    form = form_of(answer)
    assert (list(form.sheets), form.titles) == (["Plain"], ("Chart", "Plain"))
    rows = rows_of(form.sheets["Plain"], [{"range": "Plain!A1:Z1000"}])
    assert grid_of(form.sheets["Plain"], rows, "").rows == []


def test_a_large_tab_is_read_in_parts_whose_blank_ends_are_left_out(google: GoogleServer) -> None:
    rows = [[f"r{number}", number] for number in range(9000)]
    rows[3800:4200] = [[] for _ in range(400)]
    sheet = google.book.fill("Large", rows)
    sheet.height = 9100
    asked: list[str] = []
    answer = google.answer

    def listening(method: str, target: str, body: bytes) -> Any:
        asked.extend(part for part in target.split("&") if "ranges=" in part)
        return answer(method, target, body)

    google.answer = listening  # type: ignore[method-assign]
    grid = workbook(google).read("Large")
    assert [[cell for cell in row if cell is not None] for row in grid.rows] == rows
    assert (len(asked), google.reads) == (3, 2)


def test_rows_that_went_between_the_two_looks_are_looked_for_again(google: GoogleServer) -> None:
    sheet = google.book.fill("Large", [[f"r{number}"] for number in range(9000)])
    google.before = lambda number: (
        google.book.delete("Large", "ROWS", 10, 5000) if number == 1 else None
    )
    assert len(workbook(google).read("Large").rows) == 4000 == sheet.height


def test_a_ticked_box_without_a_word_of_its_own_is_told_as_true_or_false(
    tmp_path: Path, google: GoogleServer
) -> None:
    """Blank boxes that read as False, down to the end of the grid, are no rows of anybody's."""
    office = GoogleOffice(tmp_path, google)
    office.configure(mail={"mode": "approve"}, statements={"day": None})
    office.fill(due(20))
    office.run()
    column = office.sheet.sheet("Outbox").shown()[0].index("Approve?")

    def boxed(answer: Any) -> Any:
        told = copy.deepcopy(answer)
        for part in told.get("valueRanges", []):
            if part["range"].startswith("Outbox"):
                rows = part["values"]
                rows.extend([] for _ in range(100 - len(rows)))
                for row in rows[1:]:
                    row.extend([""] * (column + 1 - len(row)))
                    row[column] = row[column] or False
        return told

    google.retell = boxed
    again = office.again()
    assert (again.json["messages"]["waiting"], again.json["problems"]) == (1, [])
    assert len(office.rows("Outbox")) == 1
