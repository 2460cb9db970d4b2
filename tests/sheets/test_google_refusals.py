"""Refusals of every kind at every call: what is said, what is tried again, and what never shows."""

from __future__ import annotations

import io
import json
import traceback
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from email.utils import formatdate
from pathlib import Path
from time import time
from typing import Any

import pytest

from collector.errors import (
    CollectorError,
    GoogleError,
    GoogleKeyError,
    GoogleRefusedError,
    GoogleScopeError,
    GoogleServerError,
)
from collector.model import Edit
from tests.google_office import GoogleOffice
from tests.mail_server import MailServer
from tests.office import due
from tests.sheets.google_grid import typed
from tests.sheets.google_server import (
    ACCOUNT,
    API_OFF,
    REFRESH_TOKEN,
    TOKEN,
    GoogleServer,
)
from tests.sheets.test_google_faults import Hours, passed, workbook

Answer = tuple[int, Any]


def refused(code: int, message: str, status: str, **more: Any) -> Answer:
    return code, {"error": {"code": code, "message": message, "status": status, **more}}


def reason(why: str) -> list[Mapping[str, str]]:
    return [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": why}]


EXPIRED = refused(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED")
DENIED = refused(403, "The caller does not have permission", "PERMISSION_DENIED")
SCOPE = refused(
    403,
    "Request had insufficient authentication scopes.",
    "PERMISSION_DENIED",
    details=reason("ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
)
RATE = (403, {"error": {"errors": [{"reason": "rateLimitExceeded"}], "code": 403, "message": "Q"}})
POLICY = refused(
    403, "An administrator\nforbids this.", "PERMISSION_DENIED", details=reason("ORG_RESTRICTION")
)
PROTECTED = refused(
    400,
    "Invalid requests[3].repeatCell: You are trying to edit a protected cell or object. Please "
    "contact the spreadsheet owner to remove protection if you need to edit.",
    "INVALID_ARGUMENT",
)
FULL = refused(
    400,
    "Invalid requests[0].appendDimension: This action would increase the number of cells in the "
    "workbook above the limit of 10000000 cells.",
    "INVALID_ARGUMENT",
)
ODD: list[Answer] = [
    (403, "<html>Forbidden by the proxy</html>"), (400, {"error": "invalid_request"}), (400, []),
    (404, ""), (418, {"error": {"message": None}}), (400, {"error": {"status": "X"}}),
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, google: GoogleServer) -> GoogleOffice:
    made = GoogleOffice(tmp_path, google)
    made.fill(due(20), due(5, "Beta Ltd"))
    return made


def answering(google: GoogleServer, by: Callable[[int], Answer | None]) -> None:
    """Let the server answer by the number of the call, where there is an answer for it."""
    plain = google.answer

    def answer(method: str, target: str, body: bytes) -> Any:
        return by(len(google.calls)) or plain(method, target, body)

    google.answer = answer  # type: ignore[method-assign]


def written(google: GoogleServer) -> None:
    book = workbook(google)
    book.write([Edit("Book", "B2", "x")], expect={"Book": book.read("Book").fingerprint})


# ── what passes ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("call", range(5))
@pytest.mark.parametrize("answer", [EXPIRED, RATE, refused(409, "Busy", "ABORTED")])
def test_a_refusal_for_now_is_got_over_at_any_call(
    office: GoogleOffice, call: int, answer: Answer
) -> None:
    answering(office.google, lambda number: answer if number == call else None)
    _, trouble = passed(office)
    assert trouble is None
    assert set(office.shows("Status").values()) == {"Overdue"}
    assert len(office.sheet.sheets[0].shown()[0]) == len(set(office.sheet.sheets[0].shown()[0]))


@pytest.mark.parametrize("moment", [False, True])
def test_a_time_to_come_back_is_heeded_as_a_number_and_as_a_moment(
    google: GoogleServer, moment: bool
) -> None:
    google.book.fill("Invoices", [["a"]])
    hours = Hours()
    google.fault = lambda number: "429" if number == 0 else ""
    google.retry_after = formatdate(time() + 20, usegmt=True) if moment else "20"
    workbook(google, hours).tabs()
    assert 15 <= hours.slept <= 21


@pytest.mark.parametrize("said", ["soon", "-5", "Fri, 99 Nov 2026 10:00:00 GMT", "1e3"])
def test_a_time_to_come_back_that_nobody_understands_is_no_stumbling_block(
    google: GoogleServer, said: str
) -> None:
    google.book.fill("Invoices", [["a"]])
    hours = Hours()
    google.fault = lambda number: "429" if number == 0 else ""
    google.retry_after = said
    workbook(google, hours).tabs()
    assert hours.slept <= 2


# ── what does not ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (EXPIRED, GoogleKeyError, "invalid authentication credentials"),
        (SCOPE, GoogleScopeError, "auth/spreadsheets"),
        (POLICY, GoogleRefusedError, "An administrator forbids this."),
        (RATE, GoogleServerError, "quota"),
        (FULL, GoogleRefusedError, "above the limit of 10000000 cells"),
        *((odd, CollectorError, "") for odd in ODD),
    ],
)
@pytest.mark.parametrize("call", [0, 1, 2, 3])
def test_a_refusal_for_good_is_told_at_any_call(
    google: GoogleServer, answer: Answer, error: type[CollectorError], words: str, call: int
) -> None:
    google.book.fill("Book", [["a"], ["b"]])
    answering(google, lambda number: answer if number >= call else None)
    with pytest.raises(error) as caught:
        written(google)
    told = str(caught.value)
    assert words in told
    assert "\n" not in told
    assert "<html" not in told
    assert google.book.sheet("Book").shown() == [["a"], ["b"]]


def test_a_protected_range_that_only_google_knows_of_is_told(google: GoogleServer) -> None:
    google.book.fill("Book", [["a"]])
    answering(google, lambda number: PROTECTED if number == 3 else None)
    with pytest.raises(GoogleError, match=f"protected.*{ACCOUNT}"):
        written(google)


def without_authorities(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_a_certificate_that_nobody_trusts_is_told_at_once(
    google: GoogleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_authorities(monkeypatch)
    hours = Hours()
    with pytest.raises(GoogleServerError, match="REQUESTS_CA_BUNDLE"):
        workbook(google, hours).tabs()
    assert hours.slept == 0


def test_an_authority_of_ones_own_may_be_named_as_python_does(
    google: GoogleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_authorities(monkeypatch)
    monkeypatch.setenv("SSL_CERT_FILE", str(google.folder / "google-ca.pem"))
    google.book.fill("Book", [["a"]])
    assert [tab.name for tab in workbook(google).tabs()] == ["Book"]


# ── a sheet that may only be looked at ───────────────────────────────────────────────────────


def only_looked_at(google: GoogleServer) -> None:
    plain = google.answer

    def answer(method: str, target: str, body: bytes) -> Any:
        return DENIED if method != "GET" else plain(method, target, body)

    google.answer = answer  # type: ignore[method-assign]


def test_check_finds_a_sheet_shared_for_viewing_only(office: GoogleOffice) -> None:
    only_looked_at(office.google)
    ran = office.collector("check")
    assert ran.status == 3
    assert f"shared with {ACCOUNT} for viewing only" in ran.err
    assert "Editor" in ran.err


def test_check_changes_nothing_in_a_sheet_it_may_edit(office: GoogleOffice) -> None:
    before = (office.sheet.sheets[0].shown(), list(office.sheet.marks))
    assert office.collector("check").status == 0
    assert (office.sheet.sheets[0].shown(), office.sheet.marks) == before


@pytest.mark.parametrize("known", [False, True])
def test_nobody_is_written_to_from_a_sheet_that_cannot_be_marked(
    office: GoogleOffice, mail_server: MailServer, known: bool
) -> None:
    office._server = mail_server.server
    office.configure(statements={"day": None})
    office.fill(due(20))
    if known:  # the claim is there, so that nothing else would be written before the mail
        office.fill(due(-30))
        office.configure(mail={"mode": "send"}, statements={"day": 20})
        office.run()
        office.sheet.sheets[0].put(1, 4, office.sheet.sheets[0].cell(1, 3))
    before = len(mail_server.received)
    only_looked_at(office.google)
    ran = office.run()
    assert ran.status == 3
    assert "viewing only" in ran.err
    assert len(mail_server.received) == before


@pytest.mark.parametrize("area", [{"sheetId": 0}, {"sheetId": 0, "startColumnIndex": 7}])
def test_nobody_is_written_to_from_a_sheet_whose_columns_of_ours_are_protected(
    office: GoogleOffice, mail_server: MailServer, area: dict[str, int]
) -> None:
    office._server = mail_server.server
    office.configure(statements={"day": None})
    for known in (False, True):
        protected = office.sheet.sheets[0].protected
        protected.append({"protectedRangeId": 1, "range": area, "description": "Audit"})
        ran = office.run()
        assert (ran.status, "Audit" in ran.err, len(mail_server.received)) == (3, True, 2 * known)
        assert office.collector("check").status == 3
        protected.clear()
        assert office.run().status == 0


def test_a_heading_row_that_is_protected_is_in_nobodys_way_once_it_is_written(
    office: GoogleOffice,
) -> None:
    office.run()
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}
    office.sheet.sheets[0].protected.append({"protectedRangeId": 1, "range": area})
    office.sheet.sheets[0].put(1, 6, office.sheet.sheets[0].cell(1, 5))
    ran = office.run()
    assert (ran.status, ran.json["edits"] > 0) == (0, True)


def test_a_run_that_sends_takes_two_writes(office: GoogleOffice, mail_server: MailServer) -> None:
    office._server = mail_server.server
    office.configure(statements={"day": None})
    for rows in ([due(20)], [due(20), due(6, "Gamma Ltd")]):
        office.sheet.sheets[0].rows[1:] = []
        for at, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                office.sheet.sheets[0].put(at, column, typed(cell))
        office.google.calls.clear()
        assert office.run().json["messages"]["sent"] == 1
        assert (office.google.reads, office.google.writes) == (4, 2)


# ── no secret anywhere ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("answer", [EXPIRED, DENIED, SCOPE, API_OFF, POLICY, PROTECTED, *ODD])
@pytest.mark.parametrize("user", [False, True])
def test_no_error_and_no_traceback_of_it_shows_a_secret(
    google: GoogleServer, answer: Answer, user: bool, caplog: pytest.LogCaptureFixture
) -> None:
    key = google.authorised_user() if user else google.service_account()
    secrets = [TOKEN, REFRESH_TOKEN, "Bearer ", "nobody-may-see", "PRIVATE KEY"]
    google.book.fill("Book", [["a"]])
    answering(google, lambda number: answer)
    out = io.StringIO()
    caplog.set_level(0)
    with redirect_stdout(out), redirect_stderr(out):
        book = workbook(google)
        book._credentials = lambda: json.dumps(key)
        try:
            book.tabs()
        except CollectorError as error:
            shown = "".join(traceback.TracebackException.from_exception(error).format())
    said = out.getvalue() + caplog.text + shown
    assert not [secret for secret in secrets if secret in said]


@pytest.mark.parametrize(
    "said",
    [
        {"error": "invalid_grant", "error_description": "Token has been expired or revoked."},
        {"error_echo": TOKEN},
        {"error": "x", "error_description": f"<b>{TOKEN}</b>"},
    ],
)
def test_a_login_that_fails_is_told_without_what_was_sent(
    google: GoogleServer, said: Mapping[str, str]
) -> None:
    google.login_refusal = said
    with pytest.raises(GoogleKeyError) as caught:
        workbook(google).tabs()
    assert TOKEN not in str(caught.value)
    assert ("revoked" in str(caught.value)) == ("revoked" in str(said))
