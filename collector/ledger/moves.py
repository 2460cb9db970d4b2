"""A message from one state to the next, and its occasions taken or given back with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, and_, case, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from collector.errors import AlreadyClaimedError, LedgerError
from collector.ledger import schema
from collector.model import Message, State
from collector.phrases import Phrase

CLAIMABLE: Final[tuple[State, ...]] = ("drafted", "approved", "refused")

_messages = schema.messages
_occasions = schema.occasions

# A message that a person released stays released when the server goes away before its dot.
BEFORE_CLAIM: Final = case((_messages.c.approval != "", "approved"), else_="drafted")


def move(connection: Connection, message_id: str, allowed: Sequence[State], **values: Any) -> bool:
    """Set a message's values if its state is allowed; returns whether it was."""
    query = (
        update(_messages)
        .where(_messages.c.message_id == message_id, _messages.c.state.in_(allowed))
        .values({"held_by": ""} | values)
    )
    return connection.execute(query).rowcount == 1


def must_move(
    connection: Connection, ledger: str, message_id: str, allowed: Sequence[State], **values: Any
) -> None:
    """Move a message, or raise LedgerError: its state is not what the caller believes."""
    if move(connection, message_id, allowed, **values):
        return
    state = select(_messages.c.state).where(_messages.c.message_id == message_id)
    found = connection.scalar(state)
    if found is None:
        raise LedgerError(ledger, Phrase("ledger_gone", message=message_id))
    facts = {"message": message_id, "expected": " / ".join(allowed), "found": found}
    raise LedgerError(ledger, Phrase("ledger_state", **facts))


def claim(connection: Connection, message_id: str, run: str, at: str) -> None:
    """Take a message and its occasions for one run; raises AlreadyClaimedError."""
    query = select(_messages.c.book, _messages.c.redirected, _messages.c.occasions).where(
        _messages.c.message_id == message_id
    )
    message = connection.execute(query).one_or_none()
    # A claim that a dead run left (see Ledger.recover) has no holder and may be taken over; one
    # that has a holder may not, or two runs would send the same bytes.
    free = or_(
        _messages.c.state.in_(CLAIMABLE),
        and_(_messages.c.state == "claimed", _messages.c.held_by == ""),
    )
    taken = connection.execute(
        update(_messages)
        .where(_messages.c.message_id == message_id, free)
        .values(state="claimed", run=run, held_by=run, changed_at=at, as_of=_day_of(run))
    )
    if message is None or taken.rowcount != 1:
        raise AlreadyClaimedError(message.occasions[0] if message else message_id)
    give_back(connection, message_id)
    for occasion in dict.fromkeys(message.occasions):
        _take(connection, message.book, message.redirected, occasion, message_id)


def _day_of(run: str) -> Any:
    """Return the day of a run; a message released later is said on that day, not when built."""
    day = select(schema.runs.c.as_of).where(
        schema.runs.c.book == _messages.c.book, schema.runs.c.run == run
    )
    return func.coalesce(day.scalar_subquery(), _messages.c.as_of)


def _take(
    connection: Connection, book: str, redirected: bool, occasion: str, message_id: str
) -> None:
    row = {"book": book, "redirected": redirected, "occasion": occasion, "message_id": message_id}
    try:
        connection.execute(insert(_occasions), row)
    except IntegrityError as exc:
        raise AlreadyClaimedError(occasion) from exc


def take(connection: Connection, message: Message) -> None:
    """Take the occasions of a message; raises AlreadyClaimedError."""
    for occasion in dict.fromkeys(message.occasions):
        _take(connection, message.book, message.redirected, occasion, message.message_id)


def give_back(connection: Connection, message_id: str) -> None:
    """Free the occasions of a message that did not serve them."""
    connection.execute(delete(_occasions).where(_occasions.c.message_id == message_id))
