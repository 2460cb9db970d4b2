"""When and how often a customer hears from us, and what every message carries."""

from __future__ import annotations

import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from collector.cli.daily import _Shift
from collector.config import load_config
from collector.wiring import open_job
from collector.worker import run_pass
from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Clock, Office, Row

PLACES = [*HEAD, "Country", "Time zone"]


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    return Office(tmp_path, mail_server.server)


def bill(customer: str, due: date, *more: Any, number: str = "1", amount: float = 100) -> Row:
    address = f"ap@{customer.casefold()}.example"
    return [customer, address, f"{customer}-{number}", date(2026, 1, 5), due, amount, 0, *more]


def sent_to(server: MailServer) -> list[str]:
    return [received.recipients[0].partition("@")[2] for received in server.received]


def run_at(office: Office, moment: str) -> list[str]:
    """Make a pass as on a machine whose clock shows a moment; return who was held, and why."""
    config = load_config(office.folder / "config.yaml")
    now = datetime.fromisoformat(moment)
    with open_job(config, as_of=None, now=lambda: now) as job:
        report, trouble = run_pass(job)
    assert trouble is None
    return [f"{held.customer_name}: {held.say()}" for held in report.held]


# ── days ─────────────────────────────────────────────────────────────────────────────────────


def places(office: Office, holidays: str | None) -> None:
    day = date(2026, 9, 1)
    office.fill(bill("Beijing", day, "中国", ""), bill("Bonn", day, "DE", ""), head=PLACES)
    office.configure(
        reminders={"holidays": holidays, "gap_days": 0, "max_per_week": 9},
        statements={"day": None},
    )


@pytest.mark.parametrize(
    ("day", "written_to"),
    [
        (date(2026, 10, 5), ["bonn.example"]),  # a Monday of the National Day holiday
        (date(2026, 10, 10), ["beijing.example"]),  # a Saturday on which China makes up for it
        (date(2026, 10, 17), []),  # a Saturday like any other
        (date(2026, 12, 25), ["beijing.example"]),  # Christmas
    ],
)
def test_the_public_holidays_and_make_up_days_are_those_of_the_customers_country(
    office: Office, mail_server: MailServer, day: date, written_to: list[str]
) -> None:
    places(office, "customer")
    ran = office.run(day)
    assert sent_to(mail_server) == written_to
    held = {f"{name.casefold()}.example" for name in ran.held}
    assert held == {"beijing.example", "bonn.example"} - set(written_to)
    assert all("weekend or public holiday" in reason for reason in ran.held.values())


def test_next_action_names_a_day_on_which_mail_may_go_there(office: Office) -> None:
    places(office, "customer")
    office.run(date(2026, 10, 3))
    assert office.column("Next action") == {
        "Beijing-1": "Reminder 1 on 8 Oct",
        "Bonn-1": "Reminder 1 on 5 Oct",
    }


# ── hours ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("moment", "written_to"),
    [
        ("2026-11-20T08:59:00+08:00", []),
        ("2026-11-20T09:00:00+08:00", ["shanghai.example"]),
        ("2026-11-20T16:30:00+08:00", ["shanghai.example", "berlin.example"]),
        ("2026-11-20T18:30:00+08:00", ["berlin.example"]),
        ("2026-11-20T23:30:00+08:00", ["berlin.example", "york.example"]),
    ],
)
def test_nobody_hears_from_us_at_an_hour_that_is_quiet_where_they_are(
    office: Office, mail_server: MailServer, moment: str, written_to: list[str]
) -> None:
    day = date(2026, 11, 1)
    office.fill(
        bill("Shanghai", day, "CN", ""),
        bill("Berlin", day, "DE", "Europe/Berlin"),
        bill("York", day, "US", "America/New_York"),
        head=PLACES,
    )
    held = run_at(office, moment)
    assert sent_to(mail_server) == written_to
    assert len(held) == 3 - len(written_to)
    assert all(each.endswith("outside the sending hours") for each in held)


def on_duty(office: Office) -> _Shift:
    settings = load_config(office.folder / "config.yaml")
    return _Shift(settings, json=False, quiet=True, stopping=threading.Event())


def test_a_worker_comes_back_when_the_day_begins_at_the_customers_place(
    office: Office, mail_server: MailServer, clock: Clock
) -> None:
    day = date(2026, 11, 1)
    office.fill(
        bill("Shanghai", day, "CN", ""),
        bill("Berlin", day, "DE", "Europe/Berlin"),
        bill("Angeles", day, "US", "America/Los_Angeles"),
        head=PLACES,
    )
    worker, heard = on_duty(office), []
    clock.hours = 0.5
    while clock.hours < 24:
        worker.look()
        heard += [(clock(), name) for name in sent_to(mail_server)[len(heard) :]]
        clock.hours += 0.25
    # It is 16:00 in Shanghai when it is 09:00 in Berlin, and Saturday when Los Angeles gets up.
    assert [(f"{at:%d %H:%M}", name) for at, name in heard] == [
        ("20 10:30", "shanghai.example"),
        ("20 16:00", "berlin.example"),
        ("21 01:00", "angeles.example"),
    ]
    assert len(office.asked("SELECT 1 FROM collector_runs")) == 3


def test_a_pass_for_those_who_get_up_later_is_made_good_when_the_server_is_gone(
    office: Office, mail_server: MailServer, clock: Clock
) -> None:
    day = date(2026, 11, 1)
    office.fill(bill("Berlin", day, "DE", "Europe/Berlin"), head=PLACES)
    worker = on_duty(office)
    while clock.hours < 9:
        mail_server.replies = {"MAIL": "421 gone"} if clock.hours < 8 else {}
        worker.look()
        clock.hours += 0.25
    assert sent_to(mail_server) == ["berlin.example"]


def test_monday_begins_later_in_the_west(
    office: Office, mail_server: MailServer, clock: Clock
) -> None:
    office.fill(bill("York", date(2026, 11, 1), "US", "America/New_York"), head=PLACES)
    (held,) = run_at(office, "2026-11-23T09:00:00+08:00")
    assert held == "York: 2026-11-22 is a weekend or public holiday there"
    assert sent_to(mail_server) == []
    worker = on_duty(office)
    clock.hours = 71  # Monday, 09:00
    while not mail_server.received:
        worker.look()
        clock.hours += 0.25
    assert f"{clock():%a %H:%M}" == "Mon 22:15"


# ── how often ────────────────────────────────────────────────────────────────────────────────


def test_a_customer_hears_no_more_in_a_week_than_agreed(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(reminders={"gap_days": 0, "max_per_week": 2}, statements={"day": None})
    days = (2, 3, 4, 5)
    rows = [bill("Acme", date(2026, 11, day - 1), number=str(day)) for day in days]
    office.fill(*rows)
    for day in days:  # each of these days another invoice is three days late
        office.run(date(2026, 11, day + 2))
    assert len(mail_server.received) == 2
    assert office.run(date(2026, 11, 10)).held["Acme"].startswith("within the gap")
    assert office.run(date(2026, 11, 11)).json["messages"]["sent"] == 1


# ── what every message carries ───────────────────────────────────────────────────────────────


def test_every_message_says_what_it_is_and_watches_nobody(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(bill("Acme", date(2026, 11, 1)))
    office.configure(mail={"reply_to": "answers@seller.example", "archive": "all@seller.example"})
    office.run(FRIDAY)
    (received,) = mail_server.received
    letter = received.parsed
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Reply-To"] == "answers@seller.example"
    assert received.recipients == ("ap@acme.example", "all@seller.example")
    assert letter["Message-ID"].endswith("@seller.example>")
    names = {name.casefold() for name in letter}
    assert not names & {"disposition-notification-to", "return-receipt-to", "bcc"}
    page = letter.get_body(("html",)).get_content()
    assert not any(mark in page for mark in ("<img", "http://", "https://", "url("))
    plain = letter.get_body(("plain",)).get_content()
    assert "Acme-1" in plain
    assert "<" not in plain


def test_follow_ups_stay_in_one_thread(office: Office, mail_server: MailServer) -> None:
    office.fill(bill("Acme", date(2026, 11, 1)))
    office.configure(statements={"day": None})
    for day in (date(2026, 11, 4), date(2026, 11, 16), date(2026, 12, 2)):
        office.run(day)
    first, second, third = (received.parsed for received in mail_server.received)
    assert third["In-Reply-To"] == second["Message-ID"]
    assert third["References"].split() == [first["Message-ID"], second["Message-ID"]]
    assert {second["Subject"], third["Subject"]} == {f"Re: {first['Subject']}"}
