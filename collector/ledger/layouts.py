"""The layout of a ledger made, or an older one brought up to date, in one transaction."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Connection, insert, inspect, text, update
from sqlalchemy.schema import CreateColumn

from collector.ledger import schema


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
