"""Early warnings in the ledger: each stands once, until it is over, whoever looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from collector.ledger import Ledger, open_ledger
from collector.model import Event

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


def event(customer: str = "acme", mark: str = "0.8") -> Event:
    facts = {"percent": 85}
    return Event(customer, "Acme 上海", "warn_limit", mark, facts, date(2026, 11, 20))


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    url = f"sqlite:///{tmp_path / 'collector.db'}"
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgresql_url"))
    with open_ledger(url) as ledger:
        yield ledger


def test_a_warning_stands_once_and_is_new_once(ledger: Ledger) -> None:
    (new,) = ledger.watch("book", [event()], [], NOW)
    assert new == replace(event(), number=new.number)
    assert ledger.watch("book", [event()], [], LATER) == ()
    assert ledger.events("book") == (new,)
    assert ledger.events("other") == ()


def test_what_is_over_may_fire_again_under_another_number(ledger: Ledger) -> None:
    (first,) = ledger.watch("book", [event()], [], NOW)
    assert ledger.watch("book", [], [first], NOW) == ()
    assert ledger.events("book") == ()
    (second,) = ledger.watch("book", [event()], [first], LATER)
    assert second.number > first.number
    (third,) = ledger.watch("book", [event()], [second], LATER + timedelta(days=1))
    assert ledger.events("book") == (third,)


def test_what_a_person_has_seen_to_is_done_and_stands_still(ledger: Ledger) -> None:
    both = ledger.watch("book", [event(), event(mark="1")], [], NOW)
    ledger.finish([both[0].number])
    assert [each.done for each in ledger.events("book")] == [True, False]
    assert ledger.watch("book", [event()], [], LATER) == ()


def test_a_ledger_from_before_warnings_is_taken_as_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    open_ledger(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE collector_events"))
    engine.dispose()
    with open_ledger(url, read_only=True) as ledger:
        assert ledger.events("book") == ()
    with open_ledger(url) as ledger:
        assert len(ledger.watch("book", [event()], [], NOW)) == 1
