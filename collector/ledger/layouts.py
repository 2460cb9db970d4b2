"""The layout of a ledger: which one a database has, made, or an older one brought up to date."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Connection, func, insert, inspect, select, text, update
from sqlalchemy.schema import CreateColumn

from collector.errors import LedgerError
from collector.ledger import schema
from collector.phrases import Phrase


def found(connection: Connection, ledger: str) -> int:
    """Return which layout a database has, 0 when it is no ledger yet.

    Raises LedgerError for one that is another's, or that is newer than we are.
    """
    names = inspect(connection).get_table_names()
    if schema.layout.name not in names:
        # A PostgreSQL database may well hold others' tables; a file is ours alone.
        if names and connection.dialect.name == "sqlite":
            raise LedgerError(ledger, Phrase("ledger_foreign"))
        return 0
    version: int | None = connection.scalar(select(func.max(schema.layout.c.value)))
    if version is None or version > schema.VERSION:
        facts = {"found": version, "known": schema.VERSION}
        raise LedgerError(ledger, Phrase("ledger_newer", **facts))
    return version


def counts_days(connection: Connection) -> bool:
    """Tell whether a ledger counts messages by day: those from before that have no such table."""
    return inspect(connection).has_table(schema.days.name)


def count_days(connection: Connection) -> None:
    """Let a ledger count messages by day from now on."""
    schema.days.create(connection, checkfirst=True)


def bring_up(connection: Connection, found: int) -> None:
    """Give a database the layout we know; ``found`` is the one it has, 0 for none."""
    if found == schema.VERSION:
        return
    _add_columns(connection)
    schema.metadata.create_all(connection)
    if found:
        connection.execute(update(schema.layout).values(value=schema.VERSION))
        # What was said before there was a contact log is not noted in it afterwards.
        connection.execute(update(schema.messages).values(logged="before"))
    else:
        version = {"name": "version", "value": schema.VERSION}
        connection.execute(insert(schema.layout), version)
    connection.execute(insert(schema.identity), {"ledger": uuid4().hex[:16]})


def _add_columns(connection: Connection) -> None:
    """Add the columns and indexes that tables of an older layout have not."""
    about = inspect(connection)
    for table in schema.metadata.sorted_tables:
        if not about.has_table(table.name):
            continue
        known = {column["name"] for column in about.get_columns(table.name)}
        for column in table.columns:
            if column.name not in known:
                new = CreateColumn(column).compile(dialect=connection.dialect)
                connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {new}"))
        for index in table.indexes:
            index.create(connection, checkfirst=True)
