"""A message from one state to the next, and its occasions taken or given back with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ClauseElement,
    Connection,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
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
ONE_TRY_MORE: Final = _messages.c.attempts + 1

# Statements are made once: making one takes longer than the database does.
_THIS: Final = _messages.c.message_id == bindparam("this")
_STATE: Final = select(_messages.c.state).where(_THIS)
# A message released later is said on the day of the run that does, not on that of its making.
_DAY: Final = func.coalesce(
    select(schema.runs.c.as_of)
    .where(schema.runs.c.book == _messages.c.book, schema.runs.c.run == bindparam("by"))
    .scalar_subquery(),
    _messages.c.as_of,
)
_FACTS: Final = select(
    *(_messages.c[name] for name in ("book", "redirected", "occasions", "sender")),
    _DAY.label("day"),
).where(_THIS)
# A claim that a dead run left (see Ledger.recover) has no holder and may be taken over; one that
# has a holder may not, or two runs would send the same bytes.
_CLAIM: Final = (
    update(_messages)
    .where(
        _THIS,
        or_(
            _messages.c.state.in_(CLAIMABLE),
            and_(_messages.c.state == "claimed", _messages.c.held_by == ""),
        ),
    )
    .values(
        state="claimed",
        run=bindparam("by"),
        held_by=bindparam("by"),
        changed_at=bindparam("at"),
        as_of=_DAY,
    )
)
_TAKE: Final = insert(_occasions)
_GIVE_BACK: Final = delete(_occasions).where(_occasions.c.message_id == bindparam("this"))
_OF_DAY: Final = (_days.c.sender == bindparam("who")) & (_days.c.day == bindparam("when"))
_ONE_MORE: Final = update(_days).where(_OF_DAY).values(tries=_days.c.tries + 1)
_ONE_MORE_THAT_FITS: Final = _ONE_MORE.where(_days.c.tries < bindparam("most"))
_ONE_LESS: Final = update(_days).where(_OF_DAY).values(tries=_days.c.tries - 1)
TRIES: Final = select(_days.c.tries).where(_OF_DAY)
_COUNTED: Final = select(_messages.c.sender, _messages.c.as_of).where(_THIS)


@lru_cache
def _moving(allowed: tuple[State, ...], names: tuple[str, ...], **fixed: Any) -> Update:
    """Return the statement that sets these columns, each to the parameter ``to_<name>``."""
    values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in names}
    return update(_messages).where(_THIS, _messages.c.state.in_(allowed)).values(values | fixed)


def move(connection: Connection, message_id: str, allowed: Sequence[State], **values: Any) -> bool:
    """Set a message's values if its state is allowed; returns whether it was."""
    values = {"held_by": ""} | values
    fixed = {name: value for name, value in values.items() if isinstance(value, ClauseElement)}
    plain = {f"to_{name}": value for name, value in values.items() if name not in fixed}
    names = tuple(name for name in values if name not in fixed)
    query = _moving(tuple(allowed), names, **fixed)
    return connection.execute(query, {"this": message_id, **plain}).rowcount == 1


def must_move(
    connection: Connection, ledger: str, message_id: str, allowed: Sequence[State], **values: Any
) -> None:
    """Move a message, or raise LedgerError: its state is not what the caller believes."""
    if move(connection, message_id, allowed, **values):
        return
    found = connection.scalar(_STATE, {"this": message_id})
    if found is None:
        raise LedgerError(ledger, Phrase("ledger_gone", message=message_id))
    facts = {"message": message_id, "expected": " / ".join(allowed), "found": found}
    raise LedgerError(ledger, Phrase("ledger_state", **facts))


def claim(connection: Connection, message_id: str, run: str, at: str, most: int | None) -> None:
    """Take a message and its occasions for one run, and count it among those of the day.

    ``most`` is how many a day may have. Raises AlreadyClaimedError or DayFullError.
    """
    this = {"this": message_id, "by": run}
    message = connection.execute(_FACTS, this).one_or_none()
    taken = connection.execute(_CLAIM, this | {"at": at})
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
    one_more = _ONE_MORE if most is None else _ONE_MORE_THAT_FITS
    of_day = {"who": sender, "when": day} | ({} if most is None else {"most": most})
    if connection.execute(one_more, of_day).rowcount:
        return
    engines.alone(connection)
    if connection.scalar(TRIES, {"who": sender, "when": day}) is None:
        connection.execute(insert(_days), {"sender": sender, "day": day, "tries": 1})
    elif not connection.execute(one_more, of_day).rowcount:
        raise DayFullError(most or 0)


def uncount(connection: Connection, message_id: str) -> None:
    """Take back that a message was counted: it never got to the server."""
    for sender, day in connection.execute(_COUNTED, {"this": message_id}).all():
        connection.execute(_ONE_LESS, {"who": sender, "when": day})


def _take(
    connection: Connection, book: str, redirected: bool, occasion: str, message_id: str
) -> None:
    row = {"book": book, "redirected": redirected, "occasion": occasion, "message_id": message_id}
    try:
        connection.execute(_TAKE, row)
    except IntegrityError as exc:
        raise AlreadyClaimedError(occasion) from exc


def take(connection: Connection, message: Message) -> None:
    """Take the occasions of a message; raises AlreadyClaimedError."""
    for occasion in dict.fromkeys(message.occasions):
        _take(connection, message.book, message.redirected, occasion, message.message_id)


def give_back(connection: Connection, message_id: str) -> None:
    """Free the occasions of a message that did not serve them."""
    connection.execute(_GIVE_BACK, {"this": message_id})


def recover(connection: Connection, book: str, at: str) -> int:
    """Let claims of dead runs be taken over, and count what becomes in doubt."""
    left = update(_messages).where(_messages.c.book == book)
    orphans = left.where(_messages.c.state == "claimed").values(held_by="")
    doubtful = left.where(_messages.c.state == "dotting")
    connection.execute(orphans)
    doubted = doubtful.values(state="in_doubt", held_by="", changed_at=at)
    return connection.execute(doubted).rowcount
