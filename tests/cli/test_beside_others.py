"""A sheet that the team shares with other things: our columns stand beside them and harm none."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from collector.sheets import open_workbook
from tests.office import FRIDAY, HEAD, Office, due

NAMES = ("Acme Ltd", "Bolt Ltd", "Cargo Ltd", "Dray Ltd", "Ede Ltd", "Fox Ltd")
ROWS = [
    due(10 * at + 5, name, amount=100 * at + 100, paid=100 if at == 3 else 0)
    for at, name in enumerate(NAMES)
]
OPEN = {"USD": "2000.00"}
OURS = ["Status", "Days overdue", "Bucket", "Open balance", "Credit flag", "Last reminder",
        "Next action", "Problem"]  # fmt: skip
MONEY, PAID, MAIL = HEAD.index("Amount"), HEAD.index("Paid"), HEAD.index("Email")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.configure(mail={"mode": "rehearse"})
    return office


@contextmanager
def drawn(office: Office, left: int = 0, top: int = 0) -> Iterator[Any]:
    """Make the workbook with the invoices at a place, and whatever else is drawn on the sheet."""
    book = xlsxwriter.Workbook(office.book, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("Invoices")
    for at, row in enumerate([HEAD, *ROWS]):
        sheet.write_row(top + at, left, row)
    yield sheet
    book.close()


def table(sheet: Any, area: str, name: str, headings: list[str], **more: Any) -> None:
    columns = [{"header": each} for each in headings]
    sheet.add_table(area, {"name": name, "columns": columns, **more})


def tables(office: Office) -> dict[str, str]:
    book = openpyxl.load_workbook(office.book)
    return {each.name: each.ref for each in book["Invoices"].tables.values()}


def beside_its_table(office: Office) -> None:
    with drawn(office) as sheet:
        table(sheet, "A1:G7", "Inv", HEAD)
        table(sheet, "I1:J4", "Near", ["Class", "Weight"])


def beside_a_table_that_touches_it(office: Office) -> None:
    with drawn(office) as sheet:
        table(sheet, "A1:G7", "Inv", HEAD)
        table(sheet, "H1:I4", "Near", ["Class", "Weight"])


def beside_a_plain_list(office: Office) -> None:
    with drawn(office) as sheet:
        table(sheet, "I1:J3", "Near", ["Class", "Status"])


def above_another_table(office: Office) -> None:
    with drawn(office) as sheet:
        table(sheet, "A1:G7", "Inv", HEAD)
        table(sheet, "A10:L12", "Under", [f"Column{at}" for at in range(1, 13)])
        for row in (10, 11):
            sheet.write_row(row, 0, [1] * 12)


def with_a_totals_row(office: Office) -> None:
    with drawn(office) as sheet:
        columns: list[dict[str, Any]] = [{"header": each} for each in HEAD]
        columns[0]["total_string"] = "Alles"
        columns[2]["total_function"] = "count"
        columns[4]["total_function"] = "max"
        columns[MONEY] |= {"total_function": "sum", "total_value": 2100}
        columns[PAID] |= {"total_function": "sum", "total_value": 100}
        sheet.add_table("A1:G8", {"name": "Inv", "columns": columns, "total_row": True})


def beside_a_merged_box(office: Office) -> None:
    with drawn(office) as sheet:
        sheet.merge_range("K1:N3", "Approved by the CFO")
        sheet.merge_range("I5:J6", "")


def beside_an_array_formula(office: Office) -> None:
    with drawn(office) as sheet:
        sheet.write_array_formula("I1:J4", "{=TRANSPOSE(A1:D2)}", None, "")


def with_a_column_of_the_teams_far_right(office: Office) -> None:
    with drawn(office) as sheet:
        sheet.write_column(0, 16, ["Mine", 1, 2, 3, 4, 5, 6])


def with_markup_in_a_cell(office: Office) -> None:
    with drawn(office) as sheet:
        sheet.write(9, 0, "HERE")
        sheet.write(10, 0, "as it is")
    text = "<![CDATA[</c></row></sheetData><conditionalFormatting/>]]>"

    def put(name: str, xml: bytes) -> bytes:
        return xml.replace(b"<t>HERE</t>", b"<t>" + text.encode() + b"</t>")

    rewrite(office, put)


def rewrite(office: Office, change: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(office.book) as old:
        parts = {name: change(name, old.read(name)) for name in old.namelist()}
    with zipfile.ZipFile(office.book, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)


BOOKS: list[Callable[[Office], None]] = [
    beside_its_table, beside_a_table_that_touches_it, beside_a_plain_list, above_another_table,
    with_a_totals_row, beside_a_merged_box, beside_an_array_formula,
    with_a_column_of_the_teams_far_right, with_markup_in_a_cell,
]  # fmt: skip


def teams(office: Office) -> dict[str, Any]:
    """Return every cell of the sheet that is not in a column of ours, formulas as they are."""
    book = openpyxl.load_workbook(office.book)
    sheet = book["Invoices"]
    ours = open_workbook(str(office.book)).read("Invoices").owned.values()
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return {
        cell.coordinate: getattr(cell.value, "text", cell.value)
        for cell in cells
        if cell.column - 1 not in ours
    }


def marked(office: Office) -> dict[str, str]:
    """Return by invoice what our status column says, found by its hidden mark."""
    grid = open_workbook(str(office.book)).read("Invoices")
    at = grid.owned["status"]
    rows = [[*row, *[None] * (at + 1 - len(row))] for row in grid.rows]
    return {str(row[2]): str(row[at]) for row in rows if row[at] not in (None, "")}


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_three_runs_mark_every_row_once_and_leave_all_else(
    office: Office, make: Callable[[Office], None]
) -> None:
    make(office)
    before, areas = teams(office), tables(office)
    first = office.run()
    assert (first.json["rows"], first.json["open"]) == (6, OPEN)
    assert first.json["problems"] == []
    written = office.book.read_bytes()
    again = office.run()
    assert (again.status, again.json["edits"], office.book.read_bytes()) == (0, 0, written)
    places = open_workbook(str(office.book)).read("Invoices").owned
    assert office.run(FRIDAY + timedelta(days=3)).json["edits"] > 0
    assert open_workbook(str(office.book)).read("Invoices").owned == places
    assert len(places) == len(OURS)
    assert teams(office) == before
    assert {**tables(office), "Inv": ""} == {**areas, "Inv": ""}
    assert set(marked(office).values()) == {"Status", "Overdue"} or make is beside_a_plain_list
    assert len(marked(office)) == len(ROWS) + 1


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_an_undo_empties_our_cells_and_the_rest_stays(
    office: Office, make: Callable[[Office], None]
) -> None:
    make(office)
    before = teams(office)
    run = office.run().json["run"]
    assert office.collector("undo", run).status == 0
    assert len(marked(office)) == 1
    assert teams(office) == before


@pytest.mark.skipif(
    not shutil.which("soffice") and "CI" not in os.environ, reason="LibreOffice is not installed"
)
def test_libreoffice_shows_our_columns_beside_the_others(office: Office) -> None:
    made = office.folder / "made"
    made.mkdir()
    for make in BOOKS:
        make(office)
        office.run()
        shutil.copy(office.book, made / f"{make.__name__}.xlsx")
    profile = (office.folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "csv",
         "--outdir", str(made), *map(str, sorted(made.glob("*.xlsx")))],
        check=True, capture_output=True, timeout=240, env={**os.environ, "HOME": str(made)},
    )  # fmt: skip
    for make in BOOKS:
        with (made / f"{make.__name__}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert sum("Overdue" in row for row in rows) == len(ROWS), make.__name__
        assert {"Days overdue", "Next action", "Problem"} <= set(rows[0]), make.__name__


# ── where each book has our columns ──────────────────────────────────────────────────────────


def places(office: Office) -> dict[str, int]:
    office.run()
    return dict(open_workbook(str(office.book)).read("Invoices").owned)


@pytest.mark.parametrize(
    ("make", "first"),
    [
        (beside_its_table, "L"), (beside_a_table_that_touches_it, "K"), (beside_a_plain_list, "L"),
        (beside_a_merged_box, "O"), (beside_an_array_formula, "K"), (with_a_totals_row, "H"),
    ],
    ids=lambda each: getattr(each, "__name__", each),
)  # fmt: skip
def test_our_columns_stand_clear_of_what_is_there(
    office: Office, make: Callable[[Office], None], first: str
) -> None:
    make(office)
    assert min(places(office).values()) == openpyxl.utils.column_index_from_string(first) - 1


def test_the_colours_pass_over_a_table_between_ours_and_us(office: Office) -> None:
    beside_its_table(office)
    office.run()
    sheet = openpyxl.load_workbook(office.book)["Invoices"]
    areas = {str(each.sqref) for each in sheet.conditional_formatting}
    assert "A2:G7 L2:S7" in areas


def test_a_table_with_room_beside_it_grows_by_our_columns_and_its_neighbour_does_not(
    office: Office,
) -> None:
    with drawn(office) as sheet:
        table(sheet, "A1:G7", "Inv", HEAD)
        table(sheet, "Q1:R4", "Near", ["Class", "Weight"])
    office.run()
    assert tables(office) == {"Inv": "A1:O7", "Near": "Q1:R4"}


def test_invoices_in_a_table_below_are_named_as_not_read(office: Office) -> None:
    with drawn(office) as sheet:
        table(sheet, "A1:G7", "Inv", HEAD)
        table(sheet, "A10:G11", "Old", HEAD)
        sheet.write_row(10, 0, due(9, "Gale Ltd"))
    report = office.run().json
    assert report["rows"] == len(ROWS)
    assert [each["where"] for each in report["problems"]] == ["Invoices!10"]


def test_rows_typed_below_a_table_object_are_still_read(office: Office) -> None:
    with drawn(office) as sheet:
        table(sheet, "A1:G4", "Inv", HEAD)
    assert office.run().json["rows"] == len(ROWS)


@pytest.mark.parametrize("label", ["Total", "Ergebnis", "汇总"])
def test_a_plain_total_row_whose_sums_are_lost_is_no_invoice(office: Office, label: str) -> None:
    lost = "#NAME?"  # what LibreOffice makes of a table's own sums
    office.fill(*ROWS, [label, None, lost, None, None, lost, lost])
    report = office.run().json
    assert (report["rows"], report["problems"], report["held"]) == (6, [], [])


# ── the edge of the sheet ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("left", [16384 - 7, 16384 - 7 - 7])
def test_a_table_at_the_sheets_last_columns_is_refused_before_anything_happens(
    office: Office, left: int
) -> None:
    with drawn(office, left):
        pass
    before = office.book.read_bytes()
    ran = office.run()
    assert ran.status == 3
    assert "XFD" in ran.err
    assert "Traceback" not in ran.err
    assert office.book.read_bytes() == before


def test_our_columns_may_reach_the_very_last_one(office: Office) -> None:
    with drawn(office, 16384 - 15):
        pass
    assert max(places(office).values()) == 16383
    assert office.run().json["edits"] == 0


# ── our columns under other names, or without their marks ────────────────────────────────────


def retitle(office: Office, **named: str) -> None:
    with office.editing() as sheet:
        for cell in sheet[1]:
            cell.value = named.get(str(cell.value).replace(" ", "_"), cell.value)


@pytest.mark.parametrize("name", ["Remaining", "Outstanding", "Balance due", "Saldo"])
def test_our_balance_is_ours_whatever_the_team_calls_it(office: Office, name: str) -> None:
    office.fill(*ROWS)
    office.run()
    retitle(office, Open_balance=name)
    with office.editing() as sheet:
        sheet.cell(2, PAID + 1).value = 100  # all of Acme's
    report = office.run().json
    assert report["problems"] == []
    assert report["open"] == {"USD": "1900.00"}
    assert [*office.rows()[0]] == [*HEAD, *[name if n == "Open balance" else n for n in OURS]]
    assert [row[name] for row in office.rows()][:2] == [None, 200]
    before = office.book.read_bytes()
    assert office.run().json["edits"] == 0
    assert office.book.read_bytes() == before


def test_every_column_of_ours_may_be_renamed(office: Office) -> None:
    office.fill(*ROWS)
    office.run()
    retitle(office, **{name.replace(" ", "_"): f"{name}, says the robot" for name in OURS})
    report = office.run(FRIDAY + timedelta(days=1)).json
    assert report["problems"] == []
    assert [*office.rows()[0]] == [*HEAD, *[f"{name}, says the robot" for name in OURS]]
    days = [row["Days overdue, says the robot"] for row in office.rows()]
    assert days == [6, 16, 26, 36, 46, 56]


def test_ours_renamed_is_not_sought_in_the_teams_column_of_that_word(office: Office) -> None:
    rows = [[*row, "Sent"] for row in ROWS]
    office.fill(*rows, head=[*HEAD, "Status"])
    office.run()
    retitle(office, Collector_status="Light")
    office.run(FRIDAY + timedelta(days=60))
    assert {row["Status"] for row in office.rows()} == {"Sent"}
    assert {row["Light"] for row in office.rows()} == {"Overdue"}


def forget_names(office: Office) -> None:
    book = openpyxl.load_workbook(office.book)
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [*names]:
            del names[name]
    book.save(office.book)


@pytest.mark.parametrize("make", [beside_a_plain_list, beside_its_table, with_a_totals_row])
def test_columns_whose_hidden_names_are_lost_are_found_by_their_headings(
    office: Office, make: Callable[[Office], None]
) -> None:
    make(office)
    before = places(office)
    forget_names(office)
    report = office.run().json
    assert (report["problems"], report["open"], report["edits"]) == ([], OPEN, 0)
    assert open_workbook(str(office.book)).read("Invoices").owned == before
    written = office.book.read_bytes()
    assert office.run().json["edits"] == 0
    assert office.book.read_bytes() == written


def test_our_list_of_customers_is_filled_on_though_its_marks_are_lost(office: Office) -> None:
    office.configure(mail={"mode": "rehearse"}, write={"customers": True})
    office.fill(*ROWS)
    office.run()
    forget_names(office)
    office.run(FRIDAY + timedelta(days=3))
    assert openpyxl.load_workbook(office.book).sheetnames == ["Invoices", "Customers"]
    assert [row["Oldest overdue"] for row in office.rows("Customers")] == [8, 18, 28, 38, 48, 58]
    written = office.book.read_bytes()
    office.run(FRIDAY + timedelta(days=3))
    assert office.book.read_bytes() == written


def test_a_few_columns_of_the_teams_with_our_words_stay_theirs(office: Office) -> None:
    rows = [[*row, "Overdue", 5, "1-30"] for row in ROWS]
    office.fill(*rows, head=[*HEAD, "Status", "Days overdue", "Bucket"])
    office.run()
    assert {row["Days overdue"] for row in office.rows()} == {5}
    assert "Collector status" in office.rows()[0]


# ── a receipts tab that nobody has filled yet ────────────────────────────────────────────────


RECEIPTS = ["Date", "Customer", "Invoice No", "Amount"]


def test_a_receipts_tab_with_headings_alone_stops_nothing(office: Office) -> None:
    office.fill(*ROWS, Receipts=[RECEIPTS])
    made = office.collector("init", str(office.book), "--yes")
    assert (made.status, made.err) == (0, "") or "KeyError" not in made.err + made.out
    office.configure(mail={"mode": "rehearse"})
    report = office.run().json
    assert report["open"] == OPEN
    written = office.book.read_bytes()
    assert office.run().json["edits"] == 0
    assert office.book.read_bytes() == written


def test_receipts_that_a_new_year_has_cleared_stop_nothing(office: Office) -> None:
    paid = [date(2026, 11, 2), "Acme Ltd", ROWS[0][2], 40]
    office.fill(*ROWS, Receipts=[RECEIPTS, paid])
    assert office.run().status in (0, 1)
    with office.editing("Receipts") as sheet:
        sheet.delete_rows(2)
    report = office.run().json
    assert (report["rows"], report["problems"]) == (len(ROWS), [])


def test_the_sheets_rules_stand_behind_its_rows_though_a_cell_says_otherwise(
    office: Office,
) -> None:
    with_markup_in_a_cell(office)
    office.run()
    with zipfile.ZipFile(office.book) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    plain = re.sub(r"<!\[CDATA\[.*?\]\]>", "", xml, flags=re.DOTALL)
    assert plain.index("</sheetData>") < plain.index("<conditionalFormatting ")
