from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from collector.model import Message, Stored
from collector.worker.retries import for_now, not_before, wait_after

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MESSAGE = Message(
    message_id="<1@x.example>",
    book="b",
    customer="acme",
    customer_name="Acme",
    step="first",
    to=("ap@acme.example",),
    cc=(),
    recipients=("ap@acme.example",),
    sender="ar@x.example",
    subject="s",
    occasions=(),
    digest="d",
    content=b"",
    as_of=date(2026, 11, 20),
)


@pytest.mark.parametrize(
    ("answer", "now"),
    [
        ("ap@acme.example: 450 4.2.0 greylisted", True),
        ("452 out of storage", True),
        ("DATA: 451 later", True),
        ("ap@acme.example: 550 no such user (450 times tried)", False),
        ("554 no", False),
        ("it has no recipient", False),
        ("4501 is no code", False),
    ],
)
def test_only_a_4xx_is_a_refusal_for_now(answer: str, now: bool) -> None:
    assert for_now(answer) is now


def test_each_wait_is_twice_as_long_up_to_four_hours() -> None:
    minutes = [wait_after(tries).total_seconds() / 60 for tries in (0, 1, 2, 3, 4, 5, 6, 7, 99)]
    assert minutes == [5, 5, 10, 20, 40, 80, 160, 240, 240]


def refused(ago: timedelta, answer: str = "450 later", attempts: int = 1) -> Stored:
    return Stored(MESSAGE, "refused", "run", answer, attempts, NOW - ago)


def test_a_message_waits_its_time_and_no_longer() -> None:
    assert not_before(refused(timedelta(minutes=4)), NOW) == NOW + timedelta(minutes=1)
    assert not_before(refused(timedelta(minutes=5)), NOW) is None
    assert not_before(refused(timedelta(minutes=5), attempts=2), NOW) is not None
    assert not_before(refused(timedelta(0), answer="550 no"), NOW) is None


def test_a_clock_that_was_put_back_makes_nobody_wait_for_ever() -> None:
    assert not_before(refused(-timedelta(days=30)), NOW) is None
