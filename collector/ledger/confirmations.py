"""Balance confirmations: what was asked of whom, and what came back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, inspect, select

from collector.ledger import rows, schema
from collector.model import Confirmed

_table = schema.confirmations


def put(connection: Connection, book: str, confirmed: Confirmed) -> None:
    """Record the state of a confirmation in place of its former one."""
    _table.create(connection, checkfirst=True)
    key = {"book": book, "customer": confirmed.customer, "as_of": confirmed.as_of}
    connection.execute(delete(_table).where(*(_table.c[name] == key[name] for name in key)))
    state = {"state": confirmed.state, "note": confirmed.note}
    connection.execute(insert(_table), key | state | {"changed_at": rows.utc(confirmed.changed_at)})


def of_book(connection: Connection, book: str) -> tuple[Confirmed, ...]:
    """Return every confirmation of a book, the newest day first."""
    if not inspect(connection).has_table(_table.name):
        return ()
    query = select(_table).where(_table.c.book == book)
    found = connection.execute(query.order_by(_table.c.as_of.desc(), _table.c.customer))
    return tuple(_confirmed(*row) for row in found)


def _confirmed(
    _book: str, customer: str, as_of: date, state: str, note: str, changed_at: str
) -> Confirmed:
    when = datetime.fromisoformat(changed_at)
    return Confirmed(customer, as_of, state, note, when)  # type: ignore[arg-type]
