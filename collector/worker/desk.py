"""What a person asks of one book besides the daily pass: a statement, an undo."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from collector.errors import UnknownCustomerError, UnknownRunError, UsageError, WorkbookError
from collector.intake.book import Book
from collector.model import (
    Cell,
    Change,
    ColumnEdit,
    Grid,
    Highlight,
    Statement,
    Where,
    column_letters,
)
from collector.phrases import Phrase
from collector.plan.drafts import letter_language
from collector.plan.sheet import row_keys
from collector.plan.statements import month_statements
from collector.rules.statements import make_account, month_end
from collector.worker import look
from collector.worker.job import Job


def draw_statement(job: Job, customer: str, month: str) -> Statement:
    """Return a customer's open items, or with ``month`` (yyyy-mm) that month's movements.

    Raises UnknownCustomerError, and UsageError for what is no month or has nothing to say.
    """
    if month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise UsageError(Phrase("usage_month", text=month))
    if month and month_end(month) > job.as_of:
        raise UsageError(Phrase("usage_month_open", text=month))
    seen = look(job)
    key = _customer_key(seen.assessment.customers["customer_name"], customer)
    if month:
        found = month_statements(seen.book, seen.assessment, job.policy, month, [key]).get(key)
    else:
        account = make_account(seen.assessment, job.policy)
        written = str(seen.assessment.customers["language"].get(key, ""))
        found = account.outstanding(key, letter_language(written, job.policy))
    if found is None or not found.sections:
        raise UsageError(Phrase("usage_no_statement", customer=customer))
    return found


def _customer_key(names: pd.Series[str], wanted: str) -> str:
    """Return the key of the one customer of this code or name; ``names`` are names by key."""
    if wanted in names.index:
        return wanted
    folded = wanted.strip().casefold()
    pairs = zip(names.index.tolist(), names.tolist(), strict=True)
    found = [key for key, name in pairs if folded in (name.casefold(), key.casefold())]
    if len(found) == 1:
        return str(found[0])
    near = get_close_matches(wanted, names.tolist(), n=3, cutoff=0.5)
    raise UnknownCustomerError(wanted, ", ".join(near) or "-")


@dataclass(frozen=True, slots=True)
class Undone:
    """How many cells got their former value back, and where somebody wrote in the meantime."""

    restored: int
    left: tuple[str, ...]


def undo_run(job: Job, run: str, known: Sequence[str]) -> Undone:
    """Give the cells of a run their former values, where they still show what the run wrote.

    A row is found again by whose it is, wherever it was sorted to. The highlights are taken off;
    the next run sets them again. Raises UnknownRunError and WorkbookError.
    """
    with job.ledger.exclusive(job.policy.book, wait=job.patience):
        changes = job.ledger.keyed_changes(job.policy.book, run)
        if not changes:
            raise UnknownRunError(run, ", ".join(known) or "-")
        seen = look(job)
        table = seen.book.tables["invoices"]
        grid = seen.grids[table.tab]
        places = _row_places(seen.book)
        edits: list[ColumnEdit] = []
        left: list[str] = []
        for key, change in reversed(changes):
            column = table.owned.get(key, change.column)
            edit, kept = _restore(places, grid, change, column)
            edits += [edit] if edit.rows else []
            left += kept
        bare = Highlight(table.tab, table.first_row, table.last_row, table.left, table.right, ())
        _write_back(job, run, edits, [*edits, bare], grid)
    return Undone(sum(len(edit.rows) for edit in edits), tuple(left))


def _write_back(
    job: Job, run: str, edits: Sequence[ColumnEdit], changes: Sequence[Change], grid: Grid
) -> None:
    """Write an undo as a run of its own, which can be undone in turn; all of it or nothing."""
    ledger, book = job.ledger, job.policy.book
    job.workbook.check_writable()
    number = ledger.start_run(book, job.as_of, job.now(), f"undo {run}")
    ledger.record_changes(book, number, edits)
    try:
        job.workbook.write(changes, expect={grid.tab: grid.fingerprint})
    except WorkbookError as error:
        ledger.forget_changes(book, number)
        ledger.end_run(book, number, {}, job.now(), error=str(error))
        raise
    ledger.end_run(book, number, {}, job.now())


def _restore(
    places: Mapping[str, int], grid: Grid, change: ColumnEdit, column: int
) -> tuple[ColumnEdit, list[str]]:
    """Return the edit that undoes a change where it still stands, and the cells left alone.

    ``places`` are the sheet rows by key; where a key is not among them its row is gone.
    """
    restored: list[tuple[int, Cell, Cell, str]] = []
    left = []
    for row, wrote, before, key in zip(
        change.rows, change.values, change.before, change.keys, strict=True
    ):
        now_at = places.get(key, row if not key else 0)
        shows = _cell(grid, now_at, column)
        if now_at and _same(shows, wrote):
            restored.append((now_at, before, shows, key))
        elif not _same(shows, before):
            left.append(str(Where(grid.tab, now_at or row, column_letters(column))))
    restored.sort(key=lambda each: each[0])
    rows, values, shown, keys = zip(*restored, strict=True) if restored else ((), (), (), ())
    return ColumnEdit(grid.tab, column, change.kind, rows, values, shown, keys), left


def _row_places(book: Book) -> dict[str, int]:
    """Return the sheet row of each key that only one row has."""
    table = book.tables["invoices"]
    places: dict[str, int] = {}
    for offset, key in enumerate(row_keys(book.invoices, table)):
        if key:
            places[key] = 0 if key in places else table.first_row + offset
    return places


def _cell(grid: Grid, row: int, column: int) -> Cell:
    cells = grid.rows[row - 1] if 0 < row <= len(grid.rows) else []
    return cells[column] if column < len(cells) else None


def _same(shown: Cell, value: Cell) -> bool:
    return (shown or None) == (value or None) or str(shown) == str(value)
