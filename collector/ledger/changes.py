"""Changed cells, by run: what stood there before and after, so that a run can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from collector.ledger import cells, rows, schema
from collector.model import ColumnEdit

_changes = schema.changes


def record(
    connection: Connection,
    book: str,
    run: str,
    packed: Sequence[tuple[ColumnEdit, bytes]],
    keys: Mapping[tuple[str, int], str],
) -> None:
    """Keep edits, each with its cells packed, after what is kept of the run already."""
    last = select(func.max(_changes.c.number)).where(_of_run(book, run))
    first = (connection.scalar(last) or 0) + 1
    new = [
        {"book": book, "run": run, "number": number, "tab": edit.tab, "kind": edit.kind}
        | {"column": edit.column, "key": keys.get((edit.tab, edit.column), "")}
        | {"cells": content}
        for number, (edit, content) in enumerate(packed, first)
    ]
    connection.execute(insert(_changes), new)


def packed(edits: Sequence[ColumnEdit]) -> list[tuple[ColumnEdit, bytes]]:
    """Return those edits that have cells, each with its cells as bytes."""
    return [(edit, cells.pack(edit)) for edit in edits if len(edit.rows)]


def forget(connection: Connection, book: str, run: str) -> None:
    """Forget what is kept of a run."""
    connection.execute(delete(_changes).where(_of_run(book, run)))


def of_run(connection: Connection, book: str, run: str) -> tuple[tuple[str, ColumnEdit], ...]:
    """Return a run's edits in the order they were written, each with the key of our column."""
    query = select(_changes).where(_of_run(book, run)).order_by(_changes.c.number)
    return tuple((row.key, rows.column_edit(row)) for row in connection.execute(query))


def _of_run(book: str, run: str) -> ColumnElement[bool]:
    return (_changes.c.book == book) & (_changes.c.run == run)
