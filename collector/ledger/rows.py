"""Rows of the database to nouns, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row

from collector.ledger import cells
from collector.model import ColumnEdit, Message, PastRun, Spoken, State, Stored

_MESSAGE_FIELDS: Final = tuple(field.name for field in fields(Message))
_TUPLES: Final = frozenset({"to", "cc", "recipients", "occasions", "invoices", "totals"})


def utc(now: datetime) -> str:
    """Return an aware time as ISO text in UTC; a naive one is a mistake and raises ValueError."""
    if now.tzinfo is None:
        raise ValueError("the ledger takes aware times only")
    return now.astimezone(UTC).isoformat(timespec="microseconds")


def message_row(message: Message, run: str, at: str, states: Mapping[str, State]) -> dict[str, Any]:
    state = "waiting" if message.approval else "drafted"
    row = {name: getattr(message, name) for name in _MESSAGE_FIELDS}
    row |= {"state": states.get(message.message_id, state), "run": run}
    return row | {"added_at": at, "changed_at": at}


def stored(row: Row[Any]) -> Stored:
    found = row._mapping
    values: dict[str, Any] = {
        name: tuple(found[name]) if name in _TUPLES else found[name] for name in _MESSAGE_FIELDS
    }
    return Stored(
        message=Message(**values),
        state=row.state,
        run=row.run,
        answer=row.answer,
        attempts=row.attempts,
        changed_at=datetime.fromisoformat(row.changed_at),
        ticked=row.ticked,
    )


def spoken(row: Row[Any]) -> Spoken:
    return Spoken(
        occasion=row.occasion,
        customer=row.customer,
        day=row.as_of,
        step=row.step,
        to=tuple(row.to),
        message_id=row.message_id,
        subject=row.subject,
    )


def past_run(row: Row[Any]) -> PastRun:
    return PastRun(
        run=row.run,
        as_of=row.as_of,
        command=row.command,
        started_at=datetime.fromisoformat(row.started_at),
        ended_at=datetime.fromisoformat(row.ended_at) if row.ended_at else None,
        error=row.error,
        report=row.report,
    )


def column_edit(row: Row[Any]) -> ColumnEdit:
    rows, keys, before, values = cells.unpack(row.cells)
    return ColumnEdit(row.tab, row.column, row.kind, rows, values, before, keys)
