"""Whatever ends a run, and whenever: nobody is written to twice and nobody is forgotten."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from pathlib import Path
from subprocess import Popen

import openpyxl
import pytest

from tests.mail_server import SILENCE, FaultyServer, MailServer
from tests.office import FRIDAY, Office, due, ended, mail_of

FULL = bool(os.environ.get("COLLECTOR_FULL"))
CUSTOMERS, ROUNDS = (200, 10) if FULL else (25, 3)
SEED = int(os.environ.get("COLLECTOR_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
RUN = ("run", "--json", "--as-of", FRIDAY.isoformat())


def office_of(folder: Path, server: str, customers: int) -> Office:
    folder.mkdir(exist_ok=True)
    office = Office(folder, server)
    office.fill(*(due(20, f"C{number:03} Ltd") for number in range(customers)))
    return office


def letters(server: MailServer) -> Counter[str]:
    return Counter(address for message in server.received for address in message.recipients)


def doubtful(office: Office) -> dict[str, str]:
    """Return the messages in doubt: whom they were for, and their ids."""
    found = office.collector("doubts", "--json").json["doubts"]
    return {message["to"][0]: message["id"] for message in found}


def some_moment(chance: random.Random) -> int:
    """Return after how many messages to kill: mostly in their midst, now and then at either end."""
    return chance.choice((0, CUSTOMERS, *(chance.randrange(1, CUSTOMERS) for _ in range(4))))


def kill_at(moment: int, process: Popen[str], server: MailServer, chance: random.Random) -> None:
    """Kill -9 a run somewhere after its nth message; before the first, anywhere at all."""
    while moment and len(server.received) < moment and process.poll() is None:
        time.sleep(0.0005)
    pause = 2.5 if moment == 0 else 0.4 if moment == CUSTOMERS else 0.06
    time.sleep(chance.uniform(0, pause))
    process.kill()
    process.communicate()


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_after_kill_at_any_moment_everyone_has_one_message_or_stands_in_doubts(
    tmp_path: Path, turn: int
) -> None:
    chance = random.Random(f"{SEED}/{turn}")
    with MailServer() as server:
        office = office_of(tmp_path, server.server, CUSTOMERS)
        everyone = {mail_of(f"C{number:03} Ltd") for number in range(CUSTOMERS)}
        moments = sorted(some_moment(chance) for _ in range(chance.choice((1, 1, 2))))
        print(f"COLLECTOR_SEED={SEED} turn {turn}: killed after {moments} of {CUSTOMERS} messages")
        for moment in moments:
            kill_at(moment, office.start(*RUN), server, chance)
            openpyxl.load_workbook(office.book).close()
            assert office.sound()
        after = office.process(*RUN)
        doubts = doubtful(office)
        print(f"  {len(server.received)} messages taken, in doubt: {sorted(doubts)}")

        assert "Traceback" not in after.err
        assert after.status == (1 if doubts else 0), after.err
        assert len(doubts) <= len(moments)
        assert max(letters(server).values()) == 1
        assert set(letters(server)) | set(doubts) == everyone
        assert not list(tmp_path.glob(".*.tmp"))

        # A person looks into the customer's mailbox and settles what is in doubt.
        for address, number in doubts.items():
            arrived = address in letters(server)
            office.collector("doubts", "--sent" if arrived else "--again", number)
        assert office.run().status == 0
        assert letters(server) == dict.fromkeys(everyone, 1)
        assert all(office.column("Last reminder").values())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_finishes_the_message_in_hand_and_marks_the_sheet(
    tmp_path: Path, number: int
) -> None:
    with MailServer() as server:
        office = office_of(tmp_path, server.server, 8)
        process = office.start(*RUN)
        server.holding[3] = lambda: process.send_signal(number)
        stopped = ended(process)

        assert (stopped.status, stopped.err) == (1, "")
        assert stopped.json["messages"]["sent"] == len(server.received) == 3
        assert list(stopped.held.values()) == ["not sent: the run was stopped"] * 5
        assert sum(map(bool, office.column("Last reminder").values())) == 3

        assert office.run().json["messages"]["sent"] == 5
        assert set(letters(server).values()) == {1}


def test_a_second_ctrl_c_is_taken_at_its_word_and_the_next_run_carries_on(tmp_path: Path) -> None:
    with FaultyServer({"DATA": SILENCE}) as silent:
        office = office_of(tmp_path, silent.server, 2)
        process = office.start(*RUN)
        while "DATA" not in silent.commands and process.poll() is None:
            time.sleep(0.01)
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            time.sleep(1)
        stopped = ended(process)
    assert stopped.status == 130
    assert "Traceback" not in stopped.err
    with MailServer() as server:
        office = Office(tmp_path, server.server)
        assert office.run().json["messages"]["sent"] == 2
        assert set(letters(server).values()) == {1}


def test_two_runs_started_at_the_same_moment_send_one_message_a_customer(tmp_path: Path) -> None:
    with MailServer() as server:
        office = office_of(tmp_path, server.server, 12)
        both = [ended(process) for process in [office.start(*RUN) for _ in range(2)]]

        assert [(ran.status, ran.err) for ran in both] == [(0, "")] * 2
        assert sorted(ran.json["messages"]["sent"] for ran in both) == [0, 12]
        assert sorted(ran.json["run"] for ran in both) == ["2026-11-20-1", "2026-11-20-2"]
        assert set(letters(server).values()) == {1}
        assert len(letters(server)) == 12


def test_killed_at_the_dot_it_is_in_doubt_at_once_and_not_while_the_run_goes_on(
    tmp_path: Path,
) -> None:
    with FaultyServer({"dot": [SILENCE]}) as silent:
        office = office_of(tmp_path, silent.server, 2)
        process = office.start(*RUN)
        while not silent.bodies and process.poll() is None:
            time.sleep(0.01)
        assert doubtful(office) == {}
        process.kill()
        process.communicate()
        assert list(doubtful(office)) == [mail_of("C000 Ltd")]
        held = office.collector("preview", "--json", as_of=FRIDAY).held
        assert held["C000 Ltd"].startswith("in doubt: the run was killed")
        office.collector("doubts", "--again", "C000 Ltd")
        assert office.run().json["messages"]["sent"] == 2
    assert len(silent.bodies) == 3
