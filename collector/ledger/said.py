"""What was said: occasions that were served, to whom, and in which thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from collector.ledger import rows, schema
from collector.model import Spoken, State

# A thread's References header stays short however long a customer is chased.
THREAD_LENGTH: Final = 10
SPOKEN: Final[tuple[State, ...]] = ("dotting", "sent", "in_doubt")

_messages = schema.messages
_occasions = schema.occasions


def spoken(connection: Connection, book: str, *, redirected: bool) -> tuple[Spoken, ...]:
    """Return the occasions that were served, or may have been; oldest first."""
    columns = [_messages.c[name] for name in ("customer", "as_of", "step", "to", "subject")]
    query = (
        select(_occasions.c.occasion, _occasions.c.message_id, *columns)
        .join(_messages, _messages.c.message_id == _occasions.c.message_id)
        .where(_occasions.c.book == book, _occasions.c.redirected == redirected)
        .where(_messages.c.state.in_(SPOKEN))
        .order_by(_messages.c.number, _occasions.c.occasion)
    )
    return tuple(map(rows.spoken, connection.execute(query)))


def last_addresses(connection: Connection, book: str) -> dict[str, tuple[str, ...]]:
    """Return, per customer, the addresses of the last real message sent or in doubt."""
    last = _real(book, SPOKEN, func.max(_messages.c.number)).group_by(_messages.c.customer)
    query = select(_messages.c.customer, _messages.c.to).where(_messages.c.number.in_(last))
    return {row.customer: tuple(row.to) for row in connection.execute(query)}


def threads(connection: Connection, book: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, per customer, the last (message id, subject) really sent, oldest first."""
    newest = _messages.c.number.desc()
    place = func.row_number().over(partition_by=_messages.c.customer, order_by=newest)
    names = [_messages.c[name] for name in ("customer", "message_id", "subject", "number")]
    # What was adopted from the sheet has no subject: nobody has such a message.
    sent = _real(book, ("sent",), *names, place.label("place"))
    ranked = sent.where(_messages.c.subject != "").subquery()
    query = select(ranked).where(ranked.c.place <= THREAD_LENGTH).order_by(ranked.c.number)
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in connection.execute(query):
        this = (row.message_id, row.subject)
        found[row.customer] = (*found.get(row.customer, ()), this)
    return found


def unlogged(book: str) -> Select[Any]:
    """Return the query for what was really sent to customers and is in no contact log yet."""
    query = _real(book, ("sent",), _messages).where(
        _messages.c.logged == "", _messages.c.customer != "", _messages.c.subject != ""
    )
    return query.order_by(_messages.c.number)


def _real(book: str, states: Sequence[State], *columns: Any) -> Select[Any]:
    return select(*columns).where(
        _messages.c.book == book,
        _messages.c.redirected.is_(False),
        _messages.c.state.in_(states),
    )
