"""The ledger's disk fills up or may only be read: nothing is sent twice, nothing is lost."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from collector.config import load_config
from collector.wiring import open_job
from collector.worker import run_pass
from tests.disks import fill_up, small_disk
from tests.mail_server import MailServer
from tests.office import FRIDAY, Office, due


class Telling(MailServer):
    """Calls ``at_rcpt`` when it is told the nth recipient: all but the letter is said by then."""

    at_rcpt: dict[int, Any]
    told = 0

    async def handle_RCPT(self, *args: Any) -> str:  # noqa: N802
        self.told += 1
        self.at_rcpt.get(self.told, lambda: None)()
        return await super().handle_RCPT(*args)


@pytest.fixture
def server() -> Iterator[Telling]:
    with Telling() as server:
        server.at_rcpt = {}
        yield server


@pytest.fixture
def office(tmp_path: Path, server: Telling) -> Iterator[Office]:
    """An office whose ledger lies on a small disk."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, "1m"):
        office = Office(tmp_path, server.server)
        office.ledger = disk / "collector.db"
        office.configure(ledger="sqlite:///disk/collector.db")
        office.fill(due(20), due(10, "Beta GmbH"), due(15, "Gamma"))
        yield office


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


def test_a_ledger_that_may_only_be_read_says_nothing_to_anybody(
    office: Office, server: Telling
) -> None:
    office.run()
    server.received.clear()
    office.fill(due(20, "Delta"))
    before = office.book.read_bytes()
    remount(office.ledger.parent, "ro")
    ran = office.run()
    assert (ran.status, ran.out, ran.err.count("\n")) == (5, "", 1)
    assert "written to" in ran.err
    assert server.received == []
    assert office.book.read_bytes() == before
    remount(office.ledger.parent, "rw")
    assert office.run().json["messages"]["sent"] == 1
    assert letters(server) == ["ap@delta.example"]


def letters(server: MailServer) -> list[str]:
    return [message.recipients[0] for message in server.received]


def test_full_when_a_message_is_claimed_nothing_of_it_is_said(
    office: Office, server: Telling
) -> None:
    def second(stage: str, done: int, _total: int) -> None:
        if (stage, done) == ("mail", 1):
            fill_up(office.ledger.parent)

    config = load_config(office.folder / "config.yaml")
    now = datetime.now().astimezone
    with open_job(config, as_of=FRIDAY, now=now, progress=second) as job:
        report, trouble = run_pass(job)
    assert "the disk is full" in str(trouble)
    assert [said.state for said in report.said] == ["sent"]
    assert [held.code for held in report.held] == ["held_stopped", "held_stopped"]
    assert server.told == 1
    carries_on(office, server, sent=2)


def test_full_before_the_dot_the_dot_is_never_sent(office: Office, server: Telling) -> None:
    server.at_rcpt[2] = lambda: fill_up(office.ledger.parent)
    ran = office.run()
    assert (ran.status, ran.json["messages"]["sent"]) == (5, 1)
    assert "the disk is full" in ran.err
    assert len(letters(server)) == 1
    carries_on(office, server, sent=2)


def test_full_when_the_answer_is_noted_it_is_in_doubt(office: Office, server: Telling) -> None:
    server.holding[2] = lambda: fill_up(office.ledger.parent)
    ran = office.run()
    messages = ran.json["messages"]
    assert (ran.status, messages["sent"], messages["in_doubt"]) == (5, 1, 1)
    assert len(letters(server)) == 2
    carries_on(office, server, sent=1, doubts=1)


def carries_on(office: Office, server: MailServer, *, sent: int, doubts: int = 0) -> None:
    """With room again the next run says the rest, and nobody hears anything twice."""
    (office.ledger.parent / "filler").unlink()
    assert office.sound()
    ran = office.run()
    assert ran.status == (1 if doubts else 0)
    assert ran.json["messages"]["sent"] == sent
    assert len(office.collector("doubts", "--json").json["doubts"]) == doubts
    assert sorted(letters(server)) == ["ap@acme.example", "ap@beta.example", "ap@gamma.example"]
    assert office.run().json["messages"]["sent"] == 0
