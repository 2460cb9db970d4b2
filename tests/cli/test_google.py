"""The whole job on a shared Google sheet: everything the Excel book gets, the Google book gets."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from collector.model import Cell
from collector.sheets import open_workbook
from tests.google_office import GoogleOffice
from tests.mail_server import MailServer
from tests.office import HEAD, Office, Row, due
from tests.sheets.google_grid import EPOCH, Held
from tests.sheets.google_server import (
    ACCOUNT,
    ADDRESS,
    API_OFF,
    KEY,
    NOT_SHARED,
    OFFICE_FILE,
    REFRESH_TOKEN,
    SPREADSHEETS,
    TOKEN,
    GoogleServer,
)

OURS = [
    "Status",
    "Days overdue",
    "Bucket",
    "Credit flag",
    "Last reminder",
    "Next action",
    "Problem",
]
BOOK: list[Row] = [
    due(20),
    due(5, "Beta Ltd", amount=1234.5),
    due(70, "Gamma Ltd"),
    due(-3, "Delta Ltd"),
    due(40, "Acme Ltd", amount="12x"),
    due(9, "Epsilon Ltd", amount=-50),
    due(12, "Zeta Ltd", paid=100),
]


def offices(tmp_path: Path, google: GoogleServer, server: str) -> tuple[Office, GoogleOffice]:
    """Return two offices with the same rows and config, one with a file and one at Google."""
    there = tmp_path / "google"
    here = tmp_path / "excel"
    here.mkdir()
    there.mkdir()
    return Office(here, server), GoogleOffice(there, google, server)


def test_the_same_book_gives_the_same_report_and_the_same_cells(
    tmp_path: Path, google: GoogleServer
) -> None:
    reports: list[Any] = []
    cells: list[list[dict[str, Any]]] = []
    with MailServer() as first, MailServer() as second:
        excel, sheet = offices(tmp_path, google, "")
        for office, server in ((excel, first), (sheet, second)):
            office._server = server.server
            office.configure(book="ar", statements={"day": None})
            office.fill(*BOOK, Notes=[["Remember", "the milk"]])
            ran = office.run()
            assert ran.out, ran.err
            reports.append(ran.json)
            cells.append(office.rows())
        sent = [[each.parsed["Subject"] for each in server.received] for server in (first, second)]
        assert sent[0] == sent[1] != []
    for report in reports:
        del report["seconds"], report["calls"], report["workbook"]
    assert reports[0] == reports[1]
    assert [plain(row) for row in cells[0]] == [plain(row) for row in cells[1]]


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row's cells alike, wherever they come from: days as their numbers, '' as None."""
    return {heading: _plain(cell) for heading, cell in row.items()}


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, date | datetime):
        return (datetime(cell.year, cell.month, cell.day) - EPOCH).days
    return None if cell == "" else cell


def test_a_pass_takes_four_reads_and_one_write_and_says_so(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(*BOOK)
    calls = office.run().json["calls"]
    assert calls == {"reads": google.reads, "writes": google.writes} == {"reads": 4, "writes": 1}
    again = office.again()
    assert again.json["edits"] == 0
    assert (google.reads, google.writes) == (3, 0)


def test_a_report_calls_the_sheet_by_its_title(tmp_path: Path, google: GoogleServer) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(*BOOK)
    assert [office.run().json["workbook"] for _ in range(2)] == ["Receivables"] * 2


def test_only_the_scope_for_spreadsheets_is_asked_for(tmp_path: Path, google: GoogleServer) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(*BOOK)
    office.collector("check")
    assert google.scopes == {SPREADSHEETS}


def test_an_authorised_user_opens_the_sheet_too(tmp_path: Path, google: GoogleServer) -> None:
    office = GoogleOffice(tmp_path, google)
    (tmp_path / "account.json").write_text(json.dumps(google.authorised_user()))
    office.fill(due(5))
    assert office.collector("check", "--json").json["rows"] == 1


def test_our_columns_follow_where_they_are_moved_and_stay_ours_for_a_new_ledger(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(*BOOK[:4])
    office.run()
    office.sheet.insert("Invoices", "COLUMNS", 2)
    office.ledger.unlink()
    assert office.again().json["edits"] == 0
    head = office.sheet.sheet("Invoices").shown()[0]
    assert [name for name in head if name in OURS] == OURS


def test_highlights_are_never_added_twice_and_the_teams_own_stay(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(*BOOK)
    theirs = {"ranges": [{"sheetId": 0, "startRowIndex": 0, "endRowIndex": 9}]}
    office.sheet.sheets[0].rules.append(theirs)
    office.run()
    first = list(office.sheet.sheets[0].rules)
    assert len(first) > 1
    office.again()
    assert office.sheet.sheets[0].rules == first
    office.configure(write={"highlight": False})
    office.again()
    assert office.sheet.sheets[0].rules == [theirs]


def test_init_takes_an_address_and_writes_a_config_that_runs(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(*BOOK)
    config = tmp_path / "config.yaml"
    config.unlink()
    ran = office.collector("init", ADDRESS, "--yes", "--credentials", "file:account.json")
    assert (ran.status, ADDRESS in config.read_text()) == (0, True), ran.err
    assert "timezone: Europe/London" in config.read_text()
    assert office.run().json["rows"] == len(BOOK)


# ── what fails is said ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (NOT_SHARED, [f"not shared with {ACCOUNT}", "Editor"]),
        (API_OFF, ["not enabled", "https://console.developers.google.com/apis/api/", "project=42"]),
        (OFFICE_FILE, ["Office file", "Save as Google Sheets"]),
    ],
)
def test_check_tells_refusals_apart(
    tmp_path: Path, google: GoogleServer, refusal: Any, words: list[str]
) -> None:
    office = GoogleOffice(tmp_path, google)
    google.refusal = refusal
    ran = office.collector("check")
    assert ran.status == 3
    assert all(word in ran.err for word in words), ran.err


@pytest.mark.parametrize("key", ["no json", "[]", '{"type": "service_account"}', '{"type": "x"}'])
def test_a_malformed_key_is_said_and_not_shown(
    tmp_path: Path, google: GoogleServer, key: str
) -> None:
    office = GoogleOffice(tmp_path, google)
    (tmp_path / "account.json").write_text(key)
    ran = office.collector("check")
    assert ran.status == 3
    assert "google.credentials" in ran.err
    assert "Traceback" not in ran.err


def test_a_key_that_was_withdrawn_is_said(tmp_path: Path, google: GoogleServer) -> None:
    office = GoogleOffice(tmp_path, google)
    google.login_refusal = {
        "error": "invalid_grant",
        "error_description": "Invalid JWT Signature.",
    }
    ran = office.collector("check")
    assert ran.status == 3
    assert "Invalid JWT Signature" in ran.err


def test_an_address_of_something_else_is_wrong_usage(tmp_path: Path, google: GoogleServer) -> None:
    office = GoogleOffice(tmp_path, google)
    office.configure(workbook="https://example.com/book")
    ran = office.collector("check")
    assert ran.status == 2
    assert "docs.google.com/spreadsheets/d/" in ran.err


def test_a_sheet_that_is_not_there_is_said(tmp_path: Path, google: GoogleServer) -> None:
    office = GoogleOffice(tmp_path, google)
    google.books.clear()
    ran = office.collector("check")
    assert (ran.status, KEY in ran.err) == (3, True)


def test_a_protected_range_is_named_and_nothing_is_written(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(*BOOK)
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 9, "startColumnIndex": 7}
    kept = {"protectedRangeId": 1, "range": area, "description": "Audit", "warningOnly": False}
    office.sheet.sheets[0].protected.append(kept)
    before = office.sheet.sheets[0].shown()
    ran = office.run()
    assert ran.status == 3
    assert "Invoices!H1" in ran.err
    assert "Audit" in ran.err
    assert ACCOUNT in ran.err
    assert office.sheet.sheets[0].shown() == before


def test_no_secret_is_in_what_is_printed_or_kept(tmp_path: Path, google: GoogleServer) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(*BOOK)
    secrets = [TOKEN, REFRESH_TOKEN, "a-client-secret-nobody-may-see"]
    secrets += google.service_account()["private_key"].split("\n")[1:3]
    accounts = [google.service_account(), google.authorised_user()]
    said = ""
    for account in accounts:
        (tmp_path / "account.json").write_text(json.dumps(account))
        for refusal in (None, NOT_SHARED, API_OFF):
            google.refusal = refusal
            said += "".join(map(str, vars(office.run()).values()))
        google.refusal = None
        google.login_refusal = {"error": "invalid_grant", "error_description": "expired"}
        said += "".join(map(str, vars(office.collector("check")).values()))
        google.login_refusal = None
    broken = google.service_account() | {"private_key": "-----BEGIN " + TOKEN}
    (tmp_path / "account.json").write_text(json.dumps(broken))
    said += office.collector("check").err
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("collector.db*")).decode("latin-1")
    assert not [secret for secret in secrets if secret in said + kept]


def test_hidden_and_filtered_rows_and_ids_are_read_as_they_are(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    row = due(20)
    row[2] = "00123"
    office.fill(row, due(5, "Beta Ltd"), head=HEAD)
    sheet = office.sheet.sheets[0]
    sheet.filtered = {"range": {"sheetId": 0}}
    sheet.put(2, 2, Held(4711))
    office.run()
    assert set(office.shows("Status")) == {"00123", 4711}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_starter_books_give_the_same_with_all_their_tabs(
    tmp_path: Path, google: GoogleServer, language: str
) -> None:
    excel, sheet = offices(tmp_path, google, "")
    starter = Path(__file__).parents[2] / "sheets_templates" / f"receivables_{language}.xlsx"
    shutil.copy(starter, excel.book)
    sheet.sheet.sheets.clear()
    book = open_workbook(str(starter))
    for tab in book.tabs():
        sheet.sheet.fill(tab.name, book.read(tab.name).rows, hidden=not tab.visible)
    reports: list[Any] = []
    grids: list[list[list[Cell]]] = []
    for office in (excel, sheet):
        office.configure(book="ar", language=language, mail={"mode": "rehearse"})
        reports.append(office.run().json)
    for report in reports:
        del report["seconds"], report["calls"], report["workbook"]
    assert reports[0] == reports[1]
    key = json.dumps(google.service_account())
    for read in (
        open_workbook(str(excel.book)),
        open_workbook(ADDRESS, credentials=lambda: key),
    ):
        first = next(tab.name for tab in read.tabs() if tab.visible)
        rows = read.read(first).rows
        grids.append([[_plain(cell) for cell in row] for row in rows])
    assert grids[0] == grids[1]


# ── tabs of ours ─────────────────────────────────────────────────────────────────────────────


def waiting(tmp_path: Path, google: GoogleServer, server: str) -> GoogleOffice:
    """Return an office whose two messages wait in the Outbox of its sheet."""
    office = GoogleOffice(tmp_path, google, server)
    office.configure(mail={"mode": "approve"}, statements={"day": None})
    office.fill(due(20), due(5, "Beta Ltd"))
    ran = office.run()
    assert ran.json["messages"]["waiting"] == 2, ran.err
    return office


def test_a_tick_in_the_outbox_releases_a_message_once_and_the_log_says_so_once(
    tmp_path: Path, google: GoogleServer, mail_server: MailServer
) -> None:
    office = waiting(tmp_path, google, mail_server.server)
    outbox = office.sheet.sheet("Outbox")
    head, first, second = outbox.shown()
    column = head.index("Approve?")
    assert outbox.cell(1, column).offer == "BOOLEAN"
    google.before = lambda number: (
        office.sheet.sort("Outbox", head.index("Key"), backwards=True) if number == 3 else None
    )
    outbox.put(1, column, Held("yes", "", "BOOLEAN"))
    for _ in range(3):
        google.calls.clear()
        assert office.run().status in (0, 1)
    assert [m.parsed["To"] for m in mail_server.received] == [first[head.index("To")]]
    log = office.rows("Contact log")
    assert [row["Customer"] for row in log] == [first[head.index("Customer")]]
    left = [row["To"] for row in office.rows("Outbox") if row.get("To")]
    assert left == [second[head.index("To")]]


def test_a_pass_that_also_writes_our_tabs_takes_no_more_calls(
    tmp_path: Path, google: GoogleServer, mail_server: MailServer
) -> None:
    office = GoogleOffice(tmp_path, google, mail_server.server)
    office.configure(statements={"day": None})
    office.fill(*[due(20 + number, f"C{number} Ltd") for number in range(5)])
    ran = office.run()
    assert ran.json["messages"]["sent"] == 5
    assert len(office.rows("Contact log")) == 5
    # The second write is the claim that a new book is given before anything is said.
    assert (google.reads, google.writes) == (4, 2)


def test_another_ledger_may_not_write_to_the_customers_of_a_claimed_sheet(
    tmp_path: Path, google: GoogleServer, mail_server: MailServer
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    first = GoogleOffice(one, google, mail_server.server)
    first.fill(due(20))
    first.run()
    second = GoogleOffice(two, google, mail_server.server)
    ran = second.run()
    assert ran.status not in (0, 1)
    assert len(mail_server.received) == 1


def test_the_day_is_that_of_the_sheets_own_time_zone_unless_the_configuration_says_one(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(due(20))
    days = set()
    for own in ("Pacific/Kiritimati", "Etc/GMT+12", "Mars/Olympus"):
        office.sheet.timezone = own
        google.calls.clear()
        days.add(office.collector("run", "--json").json["as_of"])
        assert google.reads <= 4
    zones = ("Pacific/Kiritimati", "Etc/GMT+12", "Asia/Shanghai")
    assert days == {datetime.now(ZoneInfo(zone)).date().isoformat() for zone in zones}
    office.sheet.timezone = "Etc/GMT+12"
    office.configure(timezone="Pacific/Kiritimati")
    day = office.collector("run", "--json").json["as_of"]
    assert day == datetime.now(ZoneInfo("Pacific/Kiritimati")).date().isoformat()


def test_a_grid_with_no_room_left_grows_by_what_is_needed(
    tmp_path: Path, google: GoogleServer, mail_server: MailServer
) -> None:
    office = GoogleOffice(tmp_path, google, mail_server.server)
    office.configure(statements={"day": None}, write={"customers": True})
    office.fill(due(20), due(5, "Beta Ltd"))
    sheet = office.sheet.sheets[0]
    sheet.height, sheet.width = 3, len(HEAD)
    for day in (date(2026, 11, 20), date(2026, 12, 8)):
        assert office.run(day).json["messages"]["sent"] == 2
        log = office.sheet.sheet("Contact log")
        log.height = log.last()
    assert (sheet.height, sheet.width) == (3, len(sheet.shown()[0]))
    channels = [row["Channel"] for row in office.rows("Contact log")]
    assert channels == ["Email"] * 4 + ["Credit"]  # and whose flag changed between the two


@pytest.mark.parametrize("locale", ["de_DE", "zh_CN", "en_US"])
def test_numbers_and_days_are_read_alike_whatever_the_locale(
    tmp_path: Path, google: GoogleServer, locale: str
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(due(20, amount=1234.5))
    office.sheet.locale, office.sheet.timezone = locale, "America/New_York"
    sheet = office.sheet.sheets[0]
    sheet.filtered = {"range": {"sheetId": 0}, "filterSpecs": [{"columnIndex": 0}]}
    ran = office.run()
    assert ran.json["open"] == {"USD": "1234.50"}
    assert office.shows("Days overdue") == {"ACME-1031": 20}
    formulas = [
        rule["booleanRule"]["condition"]["values"][0]["userEnteredValue"] for rule in sheet.rules
    ]
    # What separates arguments, and decimals, differs from locale to locale: there is none.
    assert not [formula for formula in formulas if set(formula) & set(",;.")]
