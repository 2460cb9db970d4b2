"""Work keeps to the schedule until it is asked to stop."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest

from tests.mail_server import MailServer
from tests.office import Office, Ran, due, ended

SINCE_MIDNIGHT = [{"on": "daily", "at": "00:00"}]


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20))
    office.configure(schedule=SINCE_MIDNIGHT, mail={"mode": "rehearse"})
    return office


def until(true: Callable[[], Any], process: Popen[str]) -> None:
    for _ in range(1200):
        if true() or process.poll() is not None:
            return
        time.sleep(0.05)
    process.kill()


def runs(office: Office) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.collector("log", "--json").json["runs"]
    return found


def listens(process: Popen[str]) -> bool:
    """Tell whether a process has set its own handler for SIGTERM."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        time.sleep(5)
        return True
    caught = next(row for row in status.read_text().splitlines() if row.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) & 1 << signal.SIGTERM - 1)


def stopped(process: Popen[str]) -> Ran:
    process.send_signal(signal.SIGTERM)
    return ended(process)


def test_work_makes_the_pass_that_is_due_once_and_ends_cleanly(office: Office) -> None:
    working = office.start("work")
    until(office.slots, working)
    ran = stopped(working)
    assert ran.status == 0
    assert "The pass of " in ran.err
    assert "Traceback" not in ran.err
    (done,) = runs(office)
    assert (done["error"], done["report"]["rows"]) == ("", 1)
    assert set(office.column("Status").values()) == {"Overdue"}

    # It looks at the schedule once in any case, however soon it is asked to stop.
    second = office.start("work")
    until(lambda: listens(second), second)
    ran = stopped(second)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert len(runs(office)) == 1


def test_work_says_what_went_wrong_and_stays_on_duty(office: Office) -> None:
    office.book.unlink()
    working = office.start("work", "--json")
    until(lambda: [run for run in runs(office) if run["ended_at"]], working)
    assert working.poll() is None
    ran = stopped(working)
    assert ran.status == 0
    assert "receivables.xlsx is not there." in ran.err
    assert "Traceback" not in ran.err
    # The slot is still due: the next worker makes its pass.
    office.fill(due(20))
    working = office.start("work", "--json")
    until(office.slots, working)
    assert stopped(working).json["rows"] == 1


def test_work_with_a_broken_config_does_not_start(office: Office) -> None:
    office.configure("workbook: receivables.xlsx\nscedule: []\n")
    ran = office.collector("work")
    assert ran.status == 2
    assert "config.yaml:2: scedule:" in ran.err
