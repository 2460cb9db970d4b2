"""What is kept of how a book stood: when changed, and ever less of what is long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from collector.ledger import Ledger, open_ledger
from collector.model import Snapshot

DAY = date(2026, 11, 20)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    there = f"sqlite:///{tmp_path / 'collector.db'}"
    if request.param == "postgresql":
        there = str(request.getfixturevalue("postgresql_url"))
    with open_ledger(there) as opened:
        yield opened


def keep(ledger: Ledger, day: date, content: bytes, run: str = "1", book: str = "book") -> bool:
    return ledger.keep_snapshot(book, Snapshot(day, f"{day}-{run}", content))


def test_the_last_snapshot_up_to_a_day_is_found(ledger: Ledger) -> None:
    assert keep(ledger, DAY, b"one")
    assert keep(ledger, DAY + timedelta(days=7), b"two")
    assert keep(ledger, DAY, b"other", book="another")
    (found,) = ledger.snapshots("book", [DAY + timedelta(days=6)])
    assert (found.as_of, found.run, found.content) == (DAY, "2026-11-20-1", b"one")
    assert ledger.snapshots("book", [DAY - timedelta(days=1)]) == ()
    both = ledger.snapshots("book", [DAY, DAY + timedelta(days=1), date(2027, 1, 1)])
    assert [each.content for each in both] == [b"two", b"one"]
    assert ledger.snapshot_days("book") == (DAY, DAY + timedelta(days=7))


def test_what_has_not_changed_is_not_kept_again(ledger: Ledger) -> None:
    assert keep(ledger, DAY, b"one")
    assert not keep(ledger, DAY, b"one", "2")
    assert not keep(ledger, DAY + timedelta(days=1), b"one")
    assert keep(ledger, DAY + timedelta(days=1), b"two")
    assert keep(ledger, DAY + timedelta(days=2), b"one")


def test_the_last_run_of_a_day_is_what_the_day_was(ledger: Ledger) -> None:
    keep(ledger, DAY, b"morning")
    keep(ledger, DAY, b"evening", "2")
    (found,) = ledger.snapshots("book", [DAY])
    assert found.content == b"evening"
    assert ledger.snapshot_days("book") == (DAY,)


def test_a_day_before_what_is_kept_is_no_news(ledger: Ledger) -> None:
    keep(ledger, DAY, b"now")
    assert not keep(ledger, DAY - timedelta(days=30), b"then")
    assert ledger.snapshot_days("book") == (DAY,)


def test_days_weeks_and_months_are_kept_as_they_grow_old(ledger: Ledger) -> None:
    first = DAY - timedelta(days=400)
    for number in range(401):
        keep(ledger, first + timedelta(days=number), str(number).encode())
    days = ledger.snapshot_days("book")
    assert len(days) < 80
    assert [day for day in days if day >= DAY - timedelta(days=35)] == [
        DAY - timedelta(days=35 - each) for each in range(36)
    ]
    old = [day for day in days if day < DAY - timedelta(days=36)]
    ends = {day for day in old if (day + timedelta(days=1)).day == 1}
    assert {day.weekday() for day in old if day not in ends} <= {6}
    assert len(ends) == 12


def test_a_ledger_that_was_made_before_has_none_and_gets_them(ledger: Ledger) -> None:
    with ledger._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE collector_snapshots")
    assert ledger.snapshots("book", [DAY]) == ()
    assert ledger.snapshot_days("book") == ()
    assert keep(ledger, DAY, b"one")
    assert ledger.snapshot_days("book") == (DAY,)
