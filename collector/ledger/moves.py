"""A message from one state to the next, and its occasions taken or given back with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, and_, case, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from collector.errors import AlreadyClaimedError, DayFullError, LedgerError
from collector.ledger import engines, schema
from collector.model import Message, State
from collector.phrases import Phrase

CLAIMABLE: Final[tuple[State, ...]] = ("drafted", "approved", "refused")

_messages = schema.messages
_occasions = schema.occasions
_days = schema.days

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


def claim(connection: Connection, message_id: str, run: str, at: str, most: int | None) -> None:
    """Take a message and its occasions for one run, and count it among those of the day.

    ``most`` is how many a day may have. Raises AlreadyClaimedError or DayFullError.
    """
    names = ("book", "redirected", "occasions", "sender")
    query = select(*(_messages.c[name] for name in names), _day_of(run).label("day")).where(
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
    _count(connection, message.sender, message.day, most)
    give_back(connection, message_id)
    for occasion in dict.fromkeys(message.occasions):
        _take(connection, message.book, message.redirected, occasion, message_id)


def _count(connection: Connection, sender: str, day: date, most: int | None) -> None:
    """Count one more message that an account is given on a day; raises DayFullError.

    The limit is looked at by the very statement that counts: of two workers that find one place
    left, one takes it.
    """
    of_day = (_days.c.sender == sender) & (_days.c.day == day)
    fits = of_day if most is None else of_day & (_days.c.tries < most)
    one_more = update(_days).where(fits).values(tries=_days.c.tries + 1)
    if connection.execute(one_more).rowcount:
        return
    engines.alone(connection)
    if connection.scalar(select(_days.c.tries).where(of_day)) is None:
        connection.execute(insert(_days), {"sender": sender, "day": day, "tries": 1})
    elif not connection.execute(one_more).rowcount:
        raise DayFullError(most or 0)


def uncount(connection: Connection, message_id: str) -> None:
    """Take back that a message was counted: it never got to the server."""
    names = (_messages.c.sender, _messages.c.as_of)
    query = select(*names).where(_messages.c.message_id == message_id)
    for sender, day in connection.execute(query):
        of_day = (_days.c.sender == sender) & (_days.c.day == day)
        connection.execute(update(_days).where(of_day).values(tries=_days.c.tries - 1))


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
