"""The cap of a day, which providers set: counted in the ledger, kept over every run and process."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from collector.ledger import open_ledger
from tests.mail_server import FaultyServer, MailServer
from tests.office import FRIDAY, Office, due, ended

MONDAY = date(2026, 11, 23)
NAMES = ("Acme Ltd", "Beta GmbH", "Gamma", "Delta", "Echo")


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    configure(office)
    office.fill(*(due(20, name) for name in NAMES))
    return office


def configure(office: Office, cap: int = 2, **mail: Any) -> None:
    office.configure(mail={"max_per_day": cap, **mail})


def sent_to(server: MailServer) -> list[str]:
    return [received.recipients[0].partition("@")[2] for received in server.received]


def test_what_is_over_the_days_cap_waits_for_the_next_day_and_says_so(
    office: Office, mail_server: MailServer
) -> None:
    first = office.run()
    assert first.json["messages"]["sent"] == 2
    waits = "over the day's cap of 2 messages; waits until 2026-11-23"
    assert first.held == dict.fromkeys(("Gamma", "Delta", "Echo"), waits)
    assert office.column("Next action")["GAMMA-1031"] == f"Not chased: {waits}"
    assert office.column("Next action")["ACME-1031"] == "Reminder 2 on 1 Dec"
    again = office.run()
    assert (again.json["messages"]["sent"], again.held) == (0, first.held)
    assert office.column("Next action")["GAMMA-1031"] == f"Not chased: {waits}"
    monday = office.run(MONDAY)
    assert monday.json["messages"]["sent"] == 2
    assert list(monday.held) == ["Echo"]
    office.run(date(2026, 11, 24))
    assert sent_to(mail_server) == [f"{name.split()[0].casefold()}.example" for name in NAMES]


def test_preview_names_who_would_wait(office: Office) -> None:
    shown = office.collector("preview", "--json", as_of=FRIDAY).json
    assert [each["customer"] for each in shown["would_send"]] == ["Acme Ltd", "Beta GmbH"]
    assert [each["customer"] for each in shown["held"]] == ["Gamma", "Delta", "Echo"]


def test_what_is_tried_again_counts_again_and_what_never_arrived_does_not(
    office: Office, mail_server: MailServer
) -> None:
    configure(office, 3)
    with FaultyServer({"MAIL": "421 not today"}) as gone:
        configure(office, 3, server=gone.server)
        assert office.run().status == 4
    with open_ledger(f"sqlite:///{office.ledger}") as ledger:
        assert ledger.tries("ar@seller.example", FRIDAY) == 0
    configure(office, 3)
    mail_server.replies["ap@acme.example"] = "550 no such user"
    first = office.run()
    assert (first.json["messages"]["sent"], first.json["messages"]["refused"]) == (2, 1)
    assert "day's cap" in first.held["Delta"]
    mail_server.replies.clear()
    assert "day's cap" in office.run().held["Acme Ltd"]
    assert "ap@acme.example" not in str(mail_server.received)


def test_two_books_of_one_account_share_its_day(
    office: Office, mail_server: MailServer, tmp_path: Path
) -> None:
    office.run()
    (tmp_path / "other").mkdir()
    other = Office(tmp_path / "other", mail_server.server)
    mail = {"max_per_day": 2}
    other.configure(mail=mail, book="second", ledger=f"sqlite:///{office.ledger}")
    other.fill(due(20, "Zeta"))
    assert "day's cap" in other.run().held["Zeta"]
    other.configure(
        mail=mail | {"from": "Other <other@seller.example>"},
        book="second",
        ledger=f"sqlite:///{office.ledger}",
    )
    assert other.run().json["messages"]["sent"] == 1


def test_of_processes_that_send_at_once_none_goes_beyond_the_cap(
    tmp_path: Path, mail_server: MailServer
) -> None:
    offices = []
    for number in range(3):
        folder = tmp_path / str(number)
        folder.mkdir()
        one = Office(folder, mail_server.server)
        mail = {"max_per_day": 7}
        one.configure(mail=mail, book=f"b{number}", ledger=f"sqlite:///{tmp_path / 'all.db'}")
        one.fill(*(due(20, f"C{number}x{each}") for each in range(5)))
        offices.append(one)
    words = ("run", "--json", "--as-of", FRIDAY.isoformat())
    ran = [ended(each) for each in [one.start(*words) for one in offices]]
    assert sum(json.loads(each.out)["messages"]["sent"] for each in ran) == 7
    assert len(mail_server.received) == 7
    held = [each for one in ran for each in one.held.values()]
    assert len(held) == 8
    assert all("day's cap of 7" in each for each in held)


def test_what_a_person_released_waits_too_and_stays_released(
    office: Office, mail_server: MailServer
) -> None:
    configure(office, 1, mode="approve")
    office.run()
    office.collector("approve", "--json")
    ran = office.run()
    assert ran.json["messages"]["sent"] == 1
    assert "day's cap of 1" in ran.held["Echo"]
    assert "day's cap of 1" in office.column("Next action")["ECHO-1031"]
    states = [row["State"] for row in office.rows("Outbox") if row["Key"]]
    assert len(states) == 4
    assert all("day's cap of 1" in state for state in states)
    assert office.run(MONDAY).json["messages"]["sent"] == 1


def test_the_operators_mail_has_a_place_within_the_cap(
    office: Office, mail_server: MailServer
) -> None:
    rows = [due(20, name) for name in NAMES]
    rows[4][1] = None
    office.fill(*rows)
    office.configure(mail={"max_per_day": 3}, alerts={"to": "ops@seller.example"})
    assert office.run().json["messages"]["sent"] == 2
    assert sent_to(mail_server) == ["acme.example", "beta.example", "seller.example"]


def test_a_ledger_from_before_the_count_is_counted_in_from_now_on(
    office: Office, mail_server: MailServer
) -> None:
    office.run()
    office.asked("DROP TABLE collector_days")
    with open_ledger(f"sqlite:///{office.ledger}", read_only=True) as ledger:
        assert ledger.tries("ar@seller.example", FRIDAY) == 0
    assert office.run().json["messages"]["sent"] == 2
