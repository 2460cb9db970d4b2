"""What a server refuses for now is tried again later, and a server that is gone is waited for."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from collector.cli.daily import _Shift
from collector.config import load_config
from collector.mail.local import LocalServer
from tests.mail_server import FaultyServer, MailServer
from tests.office import Clock, Office, due


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(10, "Beta GmbH"))
    return office


def hours_pass(office: Office, hours: float) -> None:
    """Let everything in the ledger have happened so much earlier."""
    with closing(sqlite3.connect(office.ledger)) as database, database:
        for number, at in database.execute("SELECT number, changed_at FROM collector_messages"):
            earlier = datetime.fromisoformat(at) - timedelta(hours=hours)
            values = (earlier.isoformat(timespec="microseconds"), number)
            database.execute("UPDATE collector_messages SET changed_at=? WHERE number=?", values)


def test_a_refusal_for_now_is_tried_again_after_a_while_with_the_same_bytes(
    office: Office, mail_server: MailServer
) -> None:
    with FaultyServer({"dot": ["451 greylisted"]}) as faulty:
        office.configure(mail={"server": faulty.server})
        ran = office.run()
    assert ran.status == 1
    assert (ran.json["messages"]["sent"], ran.json["messages"]["refused"]) == (1, 1)
    assert ran.held["Acme Ltd"].startswith("refused for now by the mail server: 451 greylisted;")
    assert office.rows()[0]["Last reminder"] is None

    office.configure(mail={"server": mail_server.server})
    at_once = office.run()
    assert (at_once.status, mail_server.received) == (1, [])
    assert "tried again from" in at_once.held["Acme Ltd"]

    hours_pass(office, 0.1)
    assert office.run().json["messages"]["sent"] == 1
    (received,) = mail_server.received
    assert received.content == faulty.bodies[0]
    assert office.run().json["messages"]["sent"] == 0


def test_each_refusal_makes_the_wait_longer(office: Office, mail_server: MailServer) -> None:
    mail_server.replies["ap@acme.example"] = "450 later"
    tried = []
    for _ in range(8):
        tried.append(office.run().json["messages"]["refused"])
        hours_pass(office, 0.17)
    # After 10 minutes each: waits of 5, 10, 20 and 40 minutes.
    assert tried == [1, 1, 1, 0, 1, 0, 0, 0]


def test_what_was_refused_and_paid_meanwhile_is_never_said(
    office: Office, mail_server: MailServer
) -> None:
    mail_server.replies["ap@acme.example"] = "450 later"
    office.run()
    with office.editing() as sheet:
        sheet["G2"] = 100
    mail_server.replies.clear()
    hours_pass(office, 1)
    assert office.run().json["messages"]["sent"] == 0
    assert [m.recipients[0] for m in mail_server.received] == ["ap@beta.example"]


def on_duty(office: Office) -> _Shift:
    settings = load_config(office.folder / "config.yaml")
    return _Shift(settings, json=False, quiet=True, stopping=threading.Event())


def test_a_server_gone_for_an_hour_gets_everything_when_it_is_back(
    office: Office, tmp_path: Path, clock: Clock
) -> None:
    # Nobody listens there for the first hour; then there is a server on the very same port.
    with LocalServer(tmp_path / "mail") as once:
        address = once.server
    office.configure(mail={"server": address}, reminders={"send_between": None})
    worker = on_duty(office)
    tries = 0
    while clock.hours < 1:
        before = len(office.asked("SELECT 1 FROM collector_runs")) if office.ledger.exists() else 0
        worker.look()
        tries += len(office.asked("SELECT 1 FROM collector_runs")) - before
        clock.hours += 1 / 60
    assert 4 <= tries <= 7
    assert office.slots() == []
    assert office.asked("SELECT DISTINCT state FROM collector_messages") == [("drafted",)]

    with MailServer(port=int(address.rpartition(":")[2])) as server:
        while clock.hours < 3:
            worker.look()
            clock.hours += 1 / 60
        assert sorted(m.recipients[0] for m in server.received) == [
            "ap@acme.example", "ap@beta.example",
        ]  # fmt: skip
    assert office.slots() == ["2026-11-20T09:00"]
    assert all(office.column("Last reminder").values())


def test_a_worker_comes_back_the_same_day_to_what_was_refused_for_now(
    office: Office, mail_server: MailServer, clock: Clock
) -> None:
    office.configure(reminders={"send_between": None})
    mail_server.replies["ap@acme.example"] = "450 greylisted"
    worker = on_duty(office)
    worker.look()
    assert office.slots() == []
    mail_server.replies.clear()
    while clock.hours < 1:
        clock.hours += 1 / 60
        worker.look()
    assert office.slots() == ["2026-11-20T09:00"]
    assert [m.recipients[0] for m in mail_server.received] == ["ap@beta.example", "ap@acme.example"]
