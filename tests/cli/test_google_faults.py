"""Google at its worst while mail goes out: one mail, one row in the log, whatever fails when."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from collector.errors import GoogleError
from tests.google_office import GoogleOffice
from tests.mail_server import MailServer
from tests.office import due
from tests.sheets.google_server import FAULTS, TOKEN, GoogleServer
from tests.sheets.test_google_faults import DEADLINE, Hours, passed, patience

# What an undisturbed pass that sends comes to: form, values, the claim, or the question whether
# the book may be written, values again, the write, values again.
CALLS = 6
# Every one of them takes minutes: all are tried with COLLECTOR_FULL, a few always.
FULL = bool(os.environ.get("COLLECTOR_FULL"))
SOME = FAULTS if FULL else ("429", "503 after", "html 502", "cut after")
EITHER = [False, True] if FULL else [True]


@pytest.mark.parametrize("known", EITHER)
@pytest.mark.parametrize("stays", EITHER)
@pytest.mark.parametrize("fault", SOME)
@pytest.mark.parametrize("call", range(CALLS))
def test_nothing_is_said_or_appended_twice_and_the_next_pass_completes_it(
    tmp_path: Path,
    google: GoogleServer,
    mail_server: MailServer,
    call: int,
    fault: str,
    stays: bool,
    known: bool,
) -> None:
    office = GoogleOffice(tmp_path, google, mail_server.server)
    office.configure(statements={"day": None}, reminders={"send_between": "00:00-23:59"})
    office.fill(due(20), due(5, "Beta Ltd"), due(-30, "Gamma Ltd"))
    if known:
        office.configure(mail={"mode": "approve"}, statements={"day": None})
        passed(office)
        office.configure(statements={"day": None}, reminders={"send_between": "00:00-23:59"})
        google.calls.clear()
    hours = Hours()
    began = hours.now()
    google.fault = lambda number: fault if number == call or (stays and number > call) else ""
    said = ""
    try:
        report, trouble = passed(office, hours, timeout=patience(fault))
        said = " ".join([str(trouble), *(each.say() for each in report.problems)])
    except GoogleError as error:
        said = str(error)
    # Looking, asking, writing and looking what became of it have a deadline each.
    assert hours.now() - began < 4 * DEADLINE + 60
    assert TOKEN not in said
    google.fault = lambda number: ""
    for _ in range(2):
        _, trouble = passed(office)
        assert trouble is None
    told = Counter(message.recipients[0] for message in mail_server.received)
    assert told == {"ap@acme.example": 1, "ap@beta.example": 1}
    log = [row["Customer"] for row in office.rows("Contact log")]
    assert sorted(log) == ["Acme Ltd", "Beta Ltd"]
    titles = [sheet.title for sheet in office.sheet.sheets]
    assert len(titles) == len(set(titles))
    for sheet in office.sheet.sheets:
        head, *rows = sheet.shown()
        assert len(head) == len(set(head))
        assert len(sheet.rules) == len({str(rule) for rule in sheet.rules})
        assert sheet.title != "Outbox" or not [row for row in rows if any(row)]
    assert office.shows("Status")["GAMMA-1220"] == "Open"
