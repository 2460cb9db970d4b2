"""Early warnings as the ledger remembers them: each stands once, until it is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, inspect, select, update

from collector.ledger import rows, schema
from collector.model import Event

_table = schema.events


def standing(connection: Connection, book: str) -> tuple[Event, ...]:
    """Return a book's warnings that stand, the oldest first."""
    if not inspect(connection).has_table(_table.name):
        return ()
    query = select(_table).where(_table.c.book == book, _table.c.ended_at == "")
    return tuple(map(_event, connection.execute(query.order_by(_table.c.number))))


def fire(
    connection: Connection, book: str, fired: Sequence[Event], now: datetime
) -> tuple[Event, ...]:
    """Remember warnings; returns those that did not stand yet, with their numbers."""
    if not fired:
        return ()
    _table.create(connection, checkfirst=True)
    known = {event.key for event in standing(connection, book)}
    new = [event for event in fired if event.key not in known]
    if new:
        connection.execute(insert(_table), [_row(book, event, rows.utc(now)) for event in new])
    keys = {event.key for event in new}
    return tuple(event for event in standing(connection, book) if event.key in keys)


def end(connection: Connection, over: Sequence[Event], now: datetime) -> None:
    """Record that warnings are over, so that they may fire again."""
    for event in over:
        this = (_table.c.number == event.number) & (_table.c.ended_at == "")
        connection.execute(update(_table).where(this).values(ended_at=rows.utc(now)))


def finish(connection: Connection, numbers: Sequence[int]) -> None:
    """Record that a person has seen to warnings."""
    for number in numbers:
        connection.execute(update(_table).where(_table.c.number == number).values(done=True))


def _row(book: str, event: Event, at: str) -> dict[str, Any]:
    return {
        "book": book,
        "event": "/".join(event.key),
        "customer": event.customer,
        "customer_name": event.customer_name,
        "code": event.code,
        "mark": event.mark,
        "facts": dict(event.facts),
        "as_of": event.day,
        "muted": event.muted,
        "fired_at": at,
    }


def _event(row: Row[Any]) -> Event:
    return Event(
        customer=row.customer,
        customer_name=row.customer_name,
        code=row.code,
        mark=row.mark,
        facts=row.facts,
        day=row.as_of,
        number=row.number,
        muted=row.muted,
        done=row.done,
    )
