"""Google at its worst: every kind of fault at every call, and what a pass leaves behind."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.config import load_config
from collector.errors import CollectorError, GoogleError, GoogleServerError
from collector.model import AddColumn, AddTab, AppendRows, Change, Edit, RunReport
from collector.sheets.google.book import GoogleWorkbook
from collector.sheets.google.client import Limits
from collector.wiring import open_job
from collector.worker import run_pass
from tests.google_office import GoogleOffice
from tests.office import FRIDAY, due
from tests.sheets.google_server import ADDRESS, FAULTS, TOKEN, GoogleServer

DEADLINE = 100.0
ROWS = [due(20), due(5, "Beta Ltd"), due(70, "Gamma Ltd")]
STATUS = {"ACME-1031": "Overdue", "BETA-1115": "Overdue", "GAMMA-0911": "Overdue"}
# What an undisturbed pass comes to: form, values, values again, the write, values again.
CALLS = 5


class Hours:
    """A clock on which waiting takes no time."""

    def __init__(self) -> None:
        self.slept = 0.0

    def now(self) -> float:
        return time.monotonic() + self.slept

    def sleep(self, seconds: float) -> None:
        self.slept += seconds


def limits(hours: Hours, timeout: float) -> Limits:
    return Limits(timeout=timeout, deadline=DEADLINE, clock=hours.now, sleep=hours.sleep)


def workbook(
    google: GoogleServer, hours: Hours | None = None, *, timeout: float = 20, fresh: float = 15
) -> GoogleWorkbook:
    """Open the server's book; a fault of slowness is one that is slower than ``timeout``."""
    google.slowness = 2 * timeout
    key = json.dumps(google.service_account())
    return GoogleWorkbook(
        ADDRESS, credentials=lambda: key, limits=limits(hours or Hours(), timeout), fresh=fresh
    )


def patience(fault: str) -> float:
    return 0.3 if fault.startswith("slow") else 20


def passed(
    office: GoogleOffice, hours: Hours | None = None, *, timeout: float = 20, fresh: float = 15
) -> tuple[RunReport, CollectorError | None]:
    """Make one pass over the office's book, with little patience."""
    config = load_config(office.folder / "config.yaml")
    book = workbook(office.google, hours, timeout=timeout, fresh=fresh)
    with open_job(config, as_of=FRIDAY, now=lambda: datetime.now(UTC)) as job:
        return run_pass(replace(job, workbook=book))


@pytest.fixture
def office(tmp_path: Path, google: GoogleServer) -> Iterator[GoogleOffice]:
    made = GoogleOffice(tmp_path, google)
    made.fill(*ROWS)
    return made


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", range(CALLS))
def test_one_fault_at_any_call_is_got_over(office: GoogleOffice, fault: str, call: int) -> None:
    office.google.fault = lambda number: fault if number == call else ""
    _, trouble = passed(office, timeout=patience(fault))
    assert trouble is None
    assert office.shows("Status") == STATUS
    assert len(office.sheet.sheets[0].rules) == len({str(r) for r in office.sheet.sheets[0].rules})


def ended(act: Callable[[], tuple[RunReport, CollectorError | None]]) -> str:
    """Return how a pass explains that it could not be made, or not be proved."""
    try:
        report, _ = act()
    except GoogleError as error:
        return str(error)
    return " ".join(each.say() for each in report.problems)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", range(CALLS))
def test_a_fault_that_stays_is_explained_in_time_and_the_next_pass_completes_it(
    office: GoogleOffice, fault: str, call: int
) -> None:
    google, hours = office.google, Hours()
    google.fault = lambda number: fault if number >= call else ""
    began = hours.now()
    said = ended(lambda: passed(office, hours, timeout=patience(fault)))
    # The write and the look what became of it have a deadline each.
    assert hours.now() - began < 2 * DEADLINE + 60
    assert "Google" in said or "our cells were written" in said
    assert TOKEN not in said
    google.fault = lambda number: ""
    _, trouble = passed(office)
    assert trouble is None
    assert office.shows("Status") == STATUS
    head = office.sheet.sheets[0].shown()[0]
    assert len(head) == len(set(head))


def test_a_quota_is_waited_for_as_long_as_google_says(google: GoogleServer) -> None:
    google.book.fill("Invoices", [["a"]])
    hours = Hours()
    google.fault = lambda number: "429" if number == 0 else ""
    google.retry_after = "30"
    workbook(google, hours).tabs()
    assert 30 <= hours.slept < DEADLINE


def test_a_quota_that_is_never_free_again_is_given_up_within_the_deadline(
    google: GoogleServer,
) -> None:
    hours = Hours()
    google.fault = lambda number: "429"
    with pytest.raises(GoogleServerError, match="quota"):
        workbook(google, hours).tabs()
    assert hours.slept < DEADLINE
    assert len(google.calls) < 12


LOG: list[Change] = [
    AddTab("Contact log", "log"),
    AddColumn("Contact log", 0, 1, "date", "Date", "date"),
    AddColumn("Contact log", 1, 1, "key", "Key", "text"),
    AppendRows("Contact log", (0, 1), ("date", "text"), ((FRIDAY, "a/1"), (FRIDAY, "b/2"))),
]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("stays", [False, True])
def test_nothing_is_appended_twice(google: GoogleServer, fault: str, stays: bool) -> None:
    google.book.fill("Invoices", [["a"], ["b"]])
    book = workbook(google, timeout=patience(fault))
    mark = book.read("Invoices").fingerprint
    google.fault = lambda number: fault if number == 3 or (stays and number > 3) else ""
    try:
        book.write(LOG, expect={"Invoices": mark})
    except GoogleError:
        assert stays
    google.fault = lambda number: ""
    again = workbook(google)
    if "Contact log" not in {tab.name for tab in again.tabs()}:
        again.write(LOG, expect={})
    assert [row[1] for row in google.book.sheet("Contact log").shown()] == ["Key", "a/1", "b/2"]


def test_an_update_that_arrives_late_as_well_is_refused_whole(google: GoogleServer) -> None:
    """The answer to the first try is lost, nobody sees it carried out, and then both arrive."""
    google.book.fill("Invoices", [["a"], ["b"]])
    book = workbook(google)
    mark = book.read("Invoices").fingerprint
    kept: list[list[object]] = []
    google.fault = lambda number: "cut after" if number == 3 else ""

    def late(number: int) -> None:
        if number == 4:  # the look: as if the update had not been carried out yet
            kept.append(google.book.marks)
            google.book.marks = []
        if number == 5:
            google.book.marks = kept.pop()  # type: ignore[assignment]

    google.before = late
    book.write(LOG, expect={"Invoices": mark})
    assert len(google.book.sheet("Contact log").shown()) == 3


def test_a_text_that_looks_like_a_formula_stays_a_text(google: GoogleServer) -> None:
    google.book.fill("Invoices", [["a"]])
    book = workbook(google)
    mark = book.read("Invoices").fingerprint
    book.write([Edit("Invoices", "B2", "=1+1"), Edit("Invoices", "C2", True)], expect={})
    assert google.book.sheet("Invoices").shown()[1] == ["", "=1+1", True]
    assert book.read("Invoices").fingerprint != mark
