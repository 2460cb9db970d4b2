"""Runs: when each began and ended, what it printed, and which slots of the schedule had theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from collector.ledger import engines, rows, schema
from collector.model import PastRun

_runs = schema.runs
_slots = schema.slots


def start(connection: Connection, book: str, as_of: date, now: datetime, command: str) -> str:
    """Record a new run and return its name."""
    engines.alone(connection)
    last = select(func.max(_runs.c.number)).where(_runs.c.book == book, _runs.c.as_of == as_of)
    number = (connection.scalar(last) or 0) + 1
    run = f"{as_of.isoformat()}-{number}"
    row = {"book": book, "run": run, "as_of": as_of, "number": number}
    row |= {"command": command, "started_at": rows.utc(now)}
    connection.execute(insert(_runs), row)
    return run


def end(
    connection: Connection,
    book: str,
    run: str,
    report: Mapping[str, Any],
    now: datetime,
    error: str,
) -> None:
    """Record that a run came to its end."""
    ended = {"ended_at": rows.utc(now), "error": error, "report": dict(report)}
    this = update(_runs).where(_runs.c.book == book, _runs.c.run == run)
    connection.execute(this.values(ended))


def newest(connection: Connection, book: str, limit: int) -> tuple[PastRun, ...]:
    """Return the last runs of a book, newest first."""
    query = select(_runs).where(_runs.c.book == book)
    ordered = query.order_by(_runs.c.started_at.desc(), _runs.c.number.desc()).limit(limit)
    return tuple(map(rows.past_run, connection.execute(ordered)))


def mark_slot(connection: Connection, book: str, slot: str, run: str, now: datetime) -> None:
    """Record that a slot's pass was made, unless that is known."""
    engines.alone(connection)
    known = select(_slots.c.slot).where(_slots.c.book == book, _slots.c.slot == slot)
    if connection.scalar(known) is None:
        done = {"book": book, "slot": slot, "run": run, "done_at": rows.utc(now)}
        connection.execute(insert(_slots), done)


def last_slot(connection: Connection, book: str) -> str:
    """Return the latest slot that was made, '' when there is none."""
    query = select(func.max(_slots.c.slot)).where(_slots.c.book == book)
    return connection.scalar(query) or ""
