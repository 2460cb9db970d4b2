"""Snapshots of a book at the end of its runs: kept when changed, thinned as they grow old."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, inspect, select

from collector.ledger import schema
from collector.model import Snapshot

try:
    from isal import isal_zlib as _codec
except ImportError:
    import zlib as _codec  # type: ignore[no-redef]

_table = schema.snapshots

# All of the last five weeks; then the last of each week for half a year, of each month for ever
# so long: a month of a large book is some hundred kilobytes.
_EVERY: Final = timedelta(days=35)
_WEEKLY: Final = timedelta(days=182)
_MONTHLY: Final = timedelta(days=3 * 366)
_NEWEST: Final = (_table.c.as_of.desc(), _table.c.number.desc())


def keep(connection: Connection, book: str, new: Snapshot) -> bool:
    """Add a snapshot unless the last one says the same; returns whether it did.

    A day before one that is kept already is no news of the book, and is left out.
    """
    _table.create(connection, checkfirst=True)
    last = connection.execute(
        select(_table.c.as_of, _table.c.digest, _table.c.number)
        .where(_table.c.book == book)
        .order_by(*_NEWEST)
        .limit(1)
    ).one_or_none()
    digest = hashlib.blake2b(new.content, digest_size=16).hexdigest()
    if last is not None and (last.as_of > new.as_of or last.digest == digest):
        return False
    row = {"book": book, "as_of": new.as_of, "run": new.run, "digest": digest}
    row |= {"number": 1 + (last.number if last else 0)}
    connection.execute(insert(_table), row | {"content": _codec.compress(new.content, 1)})
    if last is not None and last.as_of != new.as_of:
        _thin(connection, book, new.as_of)
    return True


def _thin(connection: Connection, book: str, today: date) -> None:
    """Let go of what is too old to be wanted day by day."""
    old = select(_table.c.number, _table.c.as_of).where(
        _table.c.book == book, _table.c.as_of < today - _EVERY
    )
    taken: set[tuple[int, ...]] = set()
    gone = []
    for row in connection.execute(old.order_by(*_NEWEST)):
        spans = _spans(row.as_of, today)
        if spans <= taken:
            gone.append(row.number)
        taken |= spans
    if gone:
        of_book = (_table.c.book == book) & _table.c.number.in_(gone)
        connection.execute(delete(_table).where(of_book))


def _spans(day: date, today: date) -> set[tuple[int, ...]]:
    """Name the week and the month of which the last is kept; nothing of what is too long ago."""
    week = {day.isocalendar()[:2]} if day >= today - _WEEKLY else set()
    return week | ({(day.year, day.month, 0)} if day >= today - _MONTHLY else set())


def upto(connection: Connection, book: str, days: Sequence[date]) -> tuple[Snapshot, ...]:
    """Return for each of some days the last snapshot up to it, each once, the newest first."""
    if not days or not inspect(connection).has_table(_table.name):
        return ()
    wanted = set(_numbers(connection, book, days))
    if not wanted:
        return ()
    query = select(_table).where(_table.c.book == book, _table.c.number.in_(wanted))
    return tuple(map(_snapshot, connection.execute(query.order_by(*_NEWEST))))


def after(connection: Connection, book: str, run: str) -> Snapshot | None:
    """Return the snapshot of a run, or the last one before it that says the same."""
    if not inspect(connection).has_table(_table.name):
        return None
    known = select(_table.c.number, _table.c.run).where(_table.c.book == book)
    rows = connection.execute(known.order_by(*_NEWEST))
    wanted = next((row.number for row in rows if _place(row.run) <= _place(run)), None)
    query = select(_table).where(_table.c.book == book, _table.c.number == wanted)
    row = connection.execute(query).one_or_none()
    return None if row is None else _snapshot(row)


def _place(run: str) -> tuple[str, int]:
    """Return where a run stands among the others: ``2026-11-20-10`` is after ``2026-11-20-9``."""
    day, _, number = run.rpartition("-")
    return day, int(number)


def days(connection: Connection, book: str) -> tuple[date, ...]:
    """Return the days that there are snapshots of, oldest first."""
    if not inspect(connection).has_table(_table.name):
        return ()
    query = select(_table.c.as_of).where(_table.c.book == book).distinct()
    return tuple(connection.scalars(query.order_by(_table.c.as_of)))


def _numbers(connection: Connection, book: str, days: Sequence[date]) -> Iterator[int]:
    known = connection.execute(
        select(_table.c.as_of, func.max(_table.c.number))
        .where(_table.c.book == book)
        .group_by(_table.c.as_of)
        .order_by(_table.c.as_of)
    ).all()
    for day in days:
        before = [number for as_of, number in known if as_of <= day]
        yield from before[-1:]


def _snapshot(row: Row[Any]) -> Snapshot:
    return Snapshot(row.as_of, row.run, zlib.decompress(row.content))
