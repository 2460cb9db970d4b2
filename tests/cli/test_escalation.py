"""Who hears of a reminder, and in whose name it is written, changes from step to step."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector.model import Cell
from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Office, due

STEPS = [
    {"name": "first", "after": 3},
    {"name": "second", "after": 14, "cc": "Owner"},
    {
        "name": "third",
        "after": 30,
        "cc": ["owner", "boss@seller.example"],
        "from": "Ms Boss <boss@seller.example>",
    },
]


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    configure(office)
    return office


def configure(office: Office, **mail: Any) -> None:
    office.configure(reminders={"steps": STEPS}, statements={"day": None}, mail=mail)


def owned(days: int, owner: Cell = "kim@seller.example", **facts: Any) -> list[Cell]:
    return [*due(days, **facts), "Kim", owner]


OWNED = [*HEAD, "Salesperson", "Salesperson Email"]


def climb(office: Office) -> None:
    for days in (0, 11, 27):
        day = FRIDAY + timedelta(days=days)
        while day.weekday() > 4:
            day += timedelta(days=1)
        assert office.run(day).json["messages"]["sent"] == 1


def test_the_owner_is_copied_then_the_manager_who_writes_at_last(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(5), head=OWNED)
    climb(office)
    first, second, third = (received.parsed for received in mail_server.received)
    assert [first["Cc"], second["Cc"]] == [None, "kim@seller.example"]
    assert third["Cc"] == "kim@seller.example, boss@seller.example"
    assert [first["From"], second["From"]] == ["Accounts <ar@seller.example>"] * 2
    assert third["From"] == "Ms Boss <boss@seller.example>"
    assert third["Reply-To"] == "boss@seller.example"
    assert "Ms Boss" in third.get_body(("plain",)).get_content()
    assert third["References"].split() == [first["Message-ID"], second["Message-ID"]]
    assert {received.sender for received in mail_server.received} == {"ar@seller.example"}
    assert mail_server.received[2].recipients == (
        "ap@acme.example", "kim@seller.example", "boss@seller.example",
    )  # fmt: skip


def test_answers_go_where_the_team_says_whoever_writes(
    office: Office, mail_server: MailServer
) -> None:
    configure(office, reply_to="answers@seller.example")
    office.fill(owned(5), head=OWNED)
    climb(office)
    replies = {received.parsed["Reply-To"] for received in mail_server.received}
    assert replies == {"answers@seller.example"}


def test_without_an_owner_nobody_is_copied_in_their_place(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(5, owner=None), head=OWNED)
    climb(office)
    copied = [received.parsed["Cc"] for received in mail_server.received]
    assert copied == [None, None, "boss@seller.example"]


def test_who_is_written_to_anyway_is_not_copied_as_well(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(5, owner="AP@acme.example"), head=OWNED)
    climb(office)
    copied = [received.parsed["Cc"] for received in mail_server.received]
    assert copied == [None, None, "boss@seller.example"]


def test_what_waits_shows_the_copies_that_it_would_have(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(5), head=OWNED)
    office.run()
    configure(office, mode="approve")
    office.run(date(2026, 12, 1))
    (row,) = office.rows("Outbox")
    assert row["Cc"] == "kim@seller.example"


def test_a_trial_copies_nobody(office: Office, mail_server: MailServer) -> None:
    configure(office, redirect_to="me@seller.example")
    office.fill(owned(5), head=OWNED)
    climb(office)
    assert {received.recipients for received in mail_server.received} == {("me@seller.example",)}


@pytest.mark.parametrize("word", ["manager", "kim"])
def test_a_copy_to_what_is_no_address_is_said(office: Office, word: str) -> None:
    office.configure(reminders={"steps": [{"name": "first", "after": 3, "cc": [word]}]})
    ran = office.collector("check")
    assert ran.status == 2
    assert "e-mail address" in ran.err
