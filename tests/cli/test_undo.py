"""An undo gives back what a run took, wherever it is by now, and nobody loses what they typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office import FRIDAY, HEAD, Office, Ran, due

LATER = date(2026, 11, 24)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.configure(mail={"mode": "rehearse"})
    office.fill(due(20), due(40, "Bolt Ltd"), due(75, "Cargo Ltd"), due(-5, "Dray Ltd"))
    return office


@pytest.fixture
def marked(office: Office) -> Office:
    """Return an office after two runs, of which the second one changed things in every row."""
    office.run()
    office.run(LATER)
    return office


SECOND = "2026-11-24-1"


def undo(office: Office, run: str = SECOND) -> Ran:
    return office.collector("undo", "--json", run)


def days(office: Office) -> dict[str, Any]:
    return office.column("Days overdue")


def save_anew(office: Office, edit: Callable[[list[list[Any]]], None]) -> None:
    """Change the rows below the headings as a person would, who leaves no gaps."""
    with office.editing() as sheet:
        rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
        edit(rows)
        sheet.delete_rows(2, sheet.max_row)
        for at, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                sheet.cell(at, column, value)


BEFORE = {"ACME-1031": 20, "BOLT-1011": 40, "CARGO-0906": 75, "DRAY-1125": None}
AFTER = {"ACME-1031": 24, "BOLT-1011": 44, "CARGO-0906": 79, "DRAY-1125": None}


def test_rows_sorted_since_get_their_own_values_back(marked: Office) -> None:
    assert days(marked) == AFTER
    save_anew(marked, lambda rows: rows.reverse())
    undone = undo(marked)
    assert (undone.status, undone.json["left"], undone.json["gone"]) == (0, [], [])
    assert days(marked) == BEFORE


def test_rows_inserted_since_are_not_touched(marked: Office) -> None:
    new = [*due(3, "Ever Ltd"), "Mine", 99, None, None, None, None, None]
    save_anew(marked, lambda rows: rows.insert(1, new))
    undone = undo(marked)
    assert (undone.status, undone.json["left"]) == (0, [])
    assert days(marked) == BEFORE | {"EVER-1117": 99}


def test_rows_deleted_since_are_named_and_the_others_restored(marked: Office) -> None:
    save_anew(marked, lambda rows: rows.__delitem__(1))
    undone = undo(marked)
    assert undone.status == 1
    assert undone.json["gone"] == ["bolt ltd/BOLT-1011"]
    assert undone.json["left"] == []
    assert days(marked) == {key: value for key, value in BEFORE.items() if "BOLT" not in key}


def test_a_row_whose_number_was_retyped_is_named_and_keeps_what_it_shows(marked: Office) -> None:
    with marked.editing() as sheet:
        sheet["C3"] = "BOLT-77"
    undone = undo(marked)
    assert (undone.status, undone.json["gone"]) == (1, ["bolt ltd/BOLT-1011"])
    assert days(marked)["BOLT-77"] == 44


def test_a_column_of_ours_that_was_moved_is_found(marked: Office) -> None:
    with marked.editing() as sheet:
        places = {cell.value: cell.column for cell in sheet[1]}
        at, free = places["Days overdue"], sheet.max_column + 2
        for row in range(1, sheet.max_row + 1):
            sheet.cell(row, free, sheet.cell(row, at).value)
            sheet.cell(row, at, f"theirs {row}")
        sheet.cell(1, at, "Notes of ours")
    undone = undo(marked)
    assert (undone.status, undone.json["gone"]) == (0, [])
    assert days(marked) == BEFORE
    assert list(marked.column("Notes of ours").values()) == [f"theirs {row}" for row in range(2, 6)]


def test_a_column_of_ours_is_found_under_a_heading_that_the_team_gave_it(marked: Office) -> None:
    with marked.editing() as sheet:
        next(cell for cell in sheet[1] if cell.value == "Days overdue").value = "Late by"
    undone = undo(marked)
    assert (undone.status, undone.json["gone"]) == (0, [])
    assert marked.column("Late by") == BEFORE


def test_where_our_column_was_deleted_nothing_is_written_into_what_stands_there_now(
    marked: Office,
) -> None:
    with marked.editing() as sheet:
        places = {cell.value: cell.column for cell in sheet[1]}
        at = places["Days overdue"]
        del sheet.defined_names["_collector.days_overdue"]
        sheet.cell(1, at, "Their own")
        # By chance they type what the run had written.
        values = [sheet.cell(row, at).value for row in range(2, 6)]
    undone = undo(marked)
    assert undone.status == 1
    assert "days_overdue" in undone.json["gone"]
    assert list(marked.column("Their own").values()) == values


def test_a_cell_that_a_person_retyped_is_left_and_named(marked: Office) -> None:
    with marked.editing() as sheet:
        column = next(cell.column_letter for cell in sheet[1] if cell.value == "Days overdue")
        sheet[f"{column}3"] = "ask Bob"
        sheet[f"{column}4"] = None
    undone = undo(marked)
    assert (undone.status, undone.json["left"]) == (
        1, [f"Invoices!{column}3", f"Invoices!{column}4"],
    )  # fmt: skip
    assert days(marked) == BEFORE | {"BOLT-1011": "ask Bob", "CARGO-0906": None}


def test_a_formula_of_the_teams_in_a_cell_of_ours_is_left_and_named(marked: Office) -> None:
    with marked.editing() as sheet:
        column = next(cell.column_letter for cell in sheet[1] if cell.value == "Days overdue")
        sheet[f"{column}3"] = "=20+24"
    undone = undo(marked)
    assert (undone.status, undone.json["left"]) == (1, [f"Invoices!{column}3"])
    assert days(marked)["BOLT-1011"] == "=20+24"
    assert days(marked)["ACME-1031"] == 20


def test_what_a_later_run_wrote_stays(marked: Office) -> None:
    shown = marked.rows()
    undone = undo(marked, "2026-11-20-1")
    assert undone.status == 1
    assert any(where.startswith("Invoices!") for where in undone.json["left"])
    assert days(marked) == {**AFTER}
    # What the later run did not change is given back.
    assert [row["Status"] for row in marked.rows()] != [row["Status"] for row in shown]


def test_a_book_that_is_open_is_left_alone_and_the_undo_leaves_no_trace(marked: Office) -> None:
    lock = marked.folder / "~$receivables.xlsx"
    lock.write_bytes(b"\x03Ann")
    written = marked.book.read_bytes()
    refused = undo(marked)
    assert refused.status == 3
    assert "Ann has it open in Excel" in refused.err
    assert marked.book.read_bytes() == written
    lock.unlink()
    assert len(marked.collector("log", "--json").json["runs"]) == 2
    assert undo(marked).status == 0
    assert days(marked) == BEFORE


def test_undone_twice_is_undone_once(marked: Office) -> None:
    assert undo(marked).json["restored"] > 0
    written = marked.book.read_bytes()
    again = undo(marked)
    assert (again.status, again.json["restored"], again.json["left"]) == (0, 0, [])
    assert marked.book.read_bytes() == written


def test_an_undo_can_be_undone_also_where_the_rows_were_sorted_meanwhile(marked: Office) -> None:
    undo(marked)
    (last, *_) = marked.collector("log", "--json").json["runs"]
    save_anew(marked, lambda rows: rows.reverse())
    assert undo(marked, last["run"]).status == 0
    assert days(marked) == AFTER


def test_a_run_that_wrote_nothing_has_nothing_to_undo(marked: Office) -> None:
    nothing = marked.run(LATER).json
    assert nothing["edits"] == 0
    undone = undo(marked, nothing["run"])
    assert (undone.status, undone.json["restored"], undone.err) == (0, 0, "")


def test_undo_of_the_first_run_empties_our_columns_and_says_that_they_stay(office: Office) -> None:
    office.run()
    said = office.collector("undo", "2026-11-20-1")
    assert said.status == 0
    assert "Our columns Status, Days overdue" in said.out
    assert "hold nothing any more and stay where they are" in said.out
    book = openpyxl.load_workbook(office.book)
    assert list(book["Invoices"].conditional_formatting) == []
    assert [row["Status"] for row in office.rows()] == [None] * 4
    assert office.run().json["edits"] > 0
    assert [row["Status"] for row in office.rows()][:3] == ["Overdue"] * 3


def test_rows_without_invoice_numbers_and_rows_alike_are_restored_too(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.configure(mail={"mode": "rehearse"})
    head = [name for name in HEAD if name != "Invoice"]
    rows = [[cell for at, cell in enumerate(due(day)) if at != 2] for day in (20, 40, 75)]
    office.fill(*rows, head=head)
    office.run()
    first = [row["Days overdue"] for row in office.rows()]
    assert first == [20, 40, 75]
    office.run(LATER)
    undone = undo(office)
    assert (undone.status, undone.json["left"], undone.json["gone"]) == (0, [], [])
    assert [row["Days overdue"] for row in office.rows()] == first


def test_instalments_that_repeat_a_number_are_told_apart_by_their_order(tmp_path: Path) -> None:
    office = Office(tmp_path)
    office.configure(mail={"mode": "rehearse"})
    rows = [due(20), due(20)]
    rows[1][4] = FRIDAY - timedelta(days=10)
    office.fill(*rows)
    office.run()
    office.run(LATER)
    assert [row["Days overdue"] for row in office.rows()] == [24, 14]
    undone = undo(office)
    assert (undone.status, undone.json["left"], undone.json["gone"]) == (0, [], [])
    assert [row["Days overdue"] for row in office.rows()] == [20, 10]
