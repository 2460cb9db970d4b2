"""Clocks that are put back, and the days on which an hour is missing or comes twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from collector.clock import due_slot
from collector.config.schema import Pass
from collector.model import Policy
from collector.plan.calendar import within_hours
from tests.mail_server import MailServer
from tests.office import FRIDAY, Office, due

BERLIN = ZoneInfo("Europe/Berlin")
NIGHTLY = [Pass.model_validate({"on": "daily", "at": "02:30"})]


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(10, "Beta GmbH"))
    return office


@pytest.mark.parametrize("back", [1, 2, 30, 400])
def test_a_clock_put_back_sends_nothing_again(
    office: Office, mail_server: MailServer, back: int
) -> None:
    assert office.run().json["messages"]["sent"] == 2
    earlier = FRIDAY - timedelta(days=back)
    for day in (earlier, FRIDAY):
        assert office.run(day).json["messages"]["sent"] == 0
    assert len(mail_server.received) == 2
    assert set(office.column("Last reminder").values()) == {datetime.combine(FRIDAY, time())}


def test_a_clock_put_back_makes_no_pass_a_second_time() -> None:
    policy = Policy(book="b")
    done = "2026-11-20T02:30"
    for hours in (0, 1, 24, 24 * 300):
        now = datetime(2026, 11, 20, 3, 0) - timedelta(hours=hours)
        assert due_slot(NIGHTLY, policy, done, now) == ""
    assert due_slot(NIGHTLY, policy, done, datetime(2026, 11, 21, 3, 0)) == "2026-11-21T02:30"


def passes(start: datetime, hours: int) -> list[str]:
    """Look every ten minutes, as a worker does, at the clock on a wall in Berlin."""
    made = ["2000-01-01T00:00"]
    for minutes in range(0, hours * 60, 10):
        local = (start + timedelta(minutes=minutes)).astimezone(BERLIN)
        slot = due_slot(NIGHTLY, Policy(book="b"), made[-1], local)
        made += [slot] if slot else []
    return made[1:]


def test_a_slot_in_the_hour_that_comes_twice_is_made_once() -> None:
    # On 25 October 2026 it is 02:30 twice.
    assert passes(datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 24)[-1:] == ["2026-10-25T02:30"]
    assert passes(datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 24).count("2026-10-25T02:30") == 1


def test_a_slot_in_the_hour_that_is_missing_is_made_right_after_it() -> None:
    # On 29 March 2026 there is no 02:30: at 01:00 UTC it is 03:00.
    assert passes(datetime(2026, 3, 29, 0, 50, tzinfo=UTC), 1)[-1] == "2026-03-29T02:30"


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        ("2026-03-27T08:30+01:00", False),
        ("2026-03-27T09:00+01:00", True),
        ("2026-03-30T06:59+00:00", False),  # 08:59, in summer time
        ("2026-03-30T07:00+00:00", True),
        ("2026-10-26T07:59+00:00", False),  # 08:59, in winter time again
        ("2026-10-26T08:00+00:00", True),
        ("2026-10-26T17:00+00:00", True),
        ("2026-10-26T17:01+00:00", False),
    ],
)
def test_the_hours_are_those_on_the_customers_wall(moment: str, open_: bool) -> None:
    policy = Policy(book="b", timezone="Asia/Shanghai")
    assert within_hours(datetime.fromisoformat(moment), "Europe/Berlin", policy) is open_


def test_days_are_counted_over_the_change_as_over_any_other(office: Office) -> None:
    office.configure(timezone="Europe/Berlin")
    monday = date(2026, 10, 26)
    office.fill(
        ["Acme Ltd", "ap@acme.example", "1", date(2026, 9, 1), monday - timedelta(days=3), 100, 0]
    )
    assert office.run(monday).json["messages"]["sent"] == 1
    assert office.rows()[0]["Days overdue"] == 3
