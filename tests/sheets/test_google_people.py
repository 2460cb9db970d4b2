"""People at work in the sheet: they sort, insert, delete, edit and filter between any two calls."""

from __future__ import annotations

import copy
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from collector.errors import CollectorError, WorkbookChangedError
from collector.model import RunReport
from tests.google_office import GoogleOffice
from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, due
from tests.sheets.google_grid import EPOCH, Spreadsheet, typed
from tests.sheets.google_server import GoogleServer
from tests.sheets.test_google_faults import passed

OURS = {
    "Status", "Days overdue", "Bucket", "Open balance", "Credit flag", "Last reminder",
    "Next action", "Problem",
}  # fmt: skip
TODAY = (FRIDAY - EPOCH.date()).days
NAMES = ["Acme", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"]

Act = tuple[Any, ...]

acts = st.one_of(
    st.tuples(st.just("sort"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("insert"), st.integers(1, 7)),
    st.tuples(st.just("new"), st.integers(1, 7), st.integers(-9, 80)),
    st.tuples(st.just("delete"), st.integers(1, 6)),
    st.tuples(st.just("pay"), st.integers(1, 6)),
    st.tuples(st.just("extend"), st.integers(1, 6)),
    st.tuples(st.just("column"), st.integers(0, 7)),
    st.tuples(st.just("filter")),
)


def done(book: Spreadsheet, act: Act, at: dict[str, int]) -> None:
    """Let a person do something; ``at`` says where the headings are."""
    sheet = book.sheet("Invoices")
    last = len(teams(book))  # as people see it: what is ours alone is no row of theirs
    match act:
        case ("sort", column, backwards):
            book.sort("Invoices", at[HEAD[column]], backwards=backwards)
        case ("insert", row):
            book.insert("Invoices", "ROWS", min(row, last))
        case ("new", row, days):
            row = min(row, last)
            book.insert("Invoices", "ROWS", row)
            for heading, value in zip(HEAD, due(days, f"New{days} Ltd"), strict=True):
                sheet.put(row, at[heading], typed(value))
        case ("delete", row) if row < last and last > 3:
            book.delete("Invoices", "ROWS", row)
        case ("pay", row) if sheet.cell(row, at["Amount"]).value is not None:
            sheet.put(row, at["Paid"], sheet.cell(row, at["Amount"]))
        case ("extend", row) if sheet.cell(row, at["Due Date"]).value is not None:
            sheet.put(row, at["Due Date"], typed(FRIDAY + timedelta(days=60)))
        case ("column", column):
            book.insert("Invoices", "COLUMNS", column)


def headings(book: Spreadsheet) -> dict[str, int]:
    """Return where the team's headings are."""
    return {str(cell): at for at, cell in enumerate(book.sheet("Invoices").shown()[0]) if cell}


def teams(book: Spreadsheet) -> list[list[Any]]:
    """Return what is not ours in a tab, without blank columns and rows at the ends."""
    rows = book.sheet("Invoices").shown()
    ours = {at for at, cell in enumerate(rows[0]) if cell in OURS}
    found = []
    for row in rows:
        cells = [cell for at, cell in enumerate(row) if at not in ours]
        while cells and cells[-1] == "":
            cells.pop()
        found.append(cells)
    while found and not found[-1]:
        found.pop()
    return found


def reckoned(book: Spreadsheet) -> list[tuple[Any, str, str]]:
    """Return of every invoice what it shows and what it should, by a reckoning of our own."""
    head, *rows = book.sheet("Invoices").shown()
    found = []
    for row in rows:
        cells = dict(zip(head, row + [""] * (len(head) - len(row)), strict=True))
        if cells["Invoice"] != "":
            found.append((cells["Invoice"], cells.get("Status", ""), _status(cells)))
        else:
            found.append(("", cells.get("Status", ""), ""))
    return found


def _status(cells: dict[str, Any]) -> str:
    if cells["Amount"] == cells["Paid"]:
        return "Settled"
    if cells["Due Date"] < TODAY:
        return "Overdue"
    return "Due soon" if cells["Due Date"] <= TODAY + 7 else "Open"


def disturbed(
    office: GoogleOffice, plans: Sequence[tuple[int, Act]], shadow: Spreadsheet
) -> tuple[RunReport | None, CollectorError | None]:
    """Make a pass while people do what is planned before its calls; the shadow sees only them."""
    google = office.google
    google.calls.clear()

    def before(number: int) -> None:
        for call, act in plans:
            if call == number:
                at = headings(google.book)
                for book in (google.book, shadow):
                    done(book, act, at if book is google.book else headings(shadow))

    google.before = before
    try:
        return passed(office, fresh=0)
    except WorkbookChangedError as error:
        return None, error
    finally:
        google.before = lambda number: None


def unseen(google: GoogleServer, plans: Sequence[tuple[int, Act]]) -> bool:
    """Tell whether somebody did something after the last time that the pass looked.

    A write of looks alone is not read back, so that what is done just before it is as good as
    done after the pass: only the next one can show it.
    """
    last = max(at for at, call in enumerate(google.calls) if call.method == "GET")
    return any(last < number < len(google.calls) for number, _ in plans)


@pytest.mark.parametrize("already", [False, True])
@given(st.lists(st.tuples(st.integers(0, 14), acts), max_size=3))
@example([(3, ("sort", 0, True)), (5, ("sort", 4, False))])
@example([(10, ("delete", 1)), (11, ("insert", 1)), (12, ("insert", 7))])
@example([(10, ("delete", 1)), (11, ("new", 1, 0)), (12, ("insert", 7))])
@example([(10, ("delete", 4)), (11, ("sort", 3, True)), (12, ("insert", 7))])
@example([(0, ("insert", 7)), (4, ("pay", 1))])
@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_people_do_meanwhile_every_row_shows_its_own_status(
    google: GoogleServer, already: bool, plans: list[tuple[int, Act]]
) -> None:
    with tempfile.TemporaryDirectory() as folder, MailServer() as mail:
        office = GoogleOffice(Path(folder), google, mail.server)
        office.configure(reminders={"send_between": "00:00-23:59"}, statements={"day": None})
        days = [20, -3, 45, 5, -30, 12]
        rows = [due(d, f"{n} Ltd") for d, n in zip(days, NAMES, strict=True)]
        office.fill(*rows)
        if already:
            passed(office)
        shadow = copy.deepcopy(google.book)
        report, trouble = disturbed(office, plans, shadow)
        said = [] if report is None else [p for p in report.problems if p.code == "write_differs"]
        columns = [p for p in said if "moved columns" in p.say()]
        if not columns:
            assert teams(google.book) == teams(shadow)
        late = unseen(google, plans)
        if report is not None and trouble is None and not said and not late:
            assert [(n, shown) for n, shown, _ in reckoned(google.book)] == [
                (n, meant) for n, _, meant in reckoned(google.book)
            ]
        for _ in range(2):
            report, trouble = passed(office)
        assert trouble is None
        assert report is not None
        if not columns:
            assert teams(google.book) == teams(shadow)
            for number, shown, meant in reckoned(google.book):
                assert (number, shown) == (number, meant)
        told = Counter((m.recipients[0], m.parsed["Subject"]) for m in mail.received)
        assert all(count == 1 for count in told.values())
    assert google.unsound == []


def test_a_sort_within_the_last_round_trip_is_put_right(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(due(20), due(-30, "Beta Ltd"), due(12, "Gamma Ltd", paid=100))
    google.before = lambda number: (
        google.book.sort("Invoices", 0, backwards=True) if number == 3 else None
    )
    report, _ = passed(office)
    assert [p.code for p in report.problems] == []
    assert [(shown, meant) for _, shown, meant in reckoned(google.book)] == [
        ("Settled", "Settled"),
        ("Open", "Open"),
        ("Overdue", "Overdue"),
    ]
    assert (google.reads, google.writes) == (5, 2)


def act_on(google: GoogleServer, call: int, act: Callable[[], None]) -> None:
    google.before = lambda number: act() if number == call else None


def test_a_column_put_in_within_the_last_round_trip_is_said_and_put_right(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(due(20), due(-30, "Beta Ltd"))
    passed(office)
    google.calls.clear()
    google.book.sheets[0].put(1, 6, typed(100))
    foreign = teams(google.book)
    act_on(google, 3, lambda: google.book.insert("Invoices", "COLUMNS", 2))
    report, _ = passed(office)
    assert ["moved columns" in p.say() for p in report.problems] == [True]
    foreign = [[*row[:2], "", *row[2:]] for row in foreign]
    assert teams(google.book) == foreign
    assert [shown for _, shown, _ in reckoned(google.book)] == ["Settled", "Open"]


def test_a_column_taken_out_within_the_last_round_trip_is_said_and_put_right(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill([*due(20), "x"], [*due(-30, "Beta Ltd"), "y"], head=[*HEAD, "Note"])
    passed(office)
    google.calls.clear()
    google.book.sheets[0].put(1, 6, typed(100))
    foreign = [[*row[:1], *row[2:]] for row in teams(google.book)]
    act_on(google, 3, lambda: google.book.delete("Invoices", "COLUMNS", 1))
    report, _ = passed(office)
    assert "moved columns" in report.problems[0].say()
    assert teams(google.book) == foreign
    assert [shown for _, shown, _ in reckoned(google.book)] == ["Settled", "Open"]


def test_the_day_a_person_wrote_is_a_day_here_too() -> None:
    assert typed(date(1899, 12, 31)).value == 1
