"""What a person asks of one book besides the daily pass: a statement, an undo."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from difflib import get_close_matches

import pandas as pd

from collector.errors import UnknownCustomerError, UnknownRunError, UsageError, WorkbookError
from collector.intake.book import Book
from collector.intake.headings import Table
from collector.model import (
    Cell,
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
from collector.rules.statements import fully_dated, make_account, month_end, movements
from collector.worker import Look, look
from collector.worker.job import Job

_MANY = 1_000_000


def draw_statement(job: Job, customer: str, month: str) -> Statement:
    """Return a customer's open items, or with ``month`` (yyyy-mm) that month's movements.

    Raises UnknownCustomerError, and UsageError for what is no month, cannot be told by the
    dates of the sheet, or has nothing to say.
    """
    if month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise UsageError(Phrase("usage_month", text=month))
    if month and month_end(month) > job.as_of:
        raise UsageError(Phrase("usage_month_open", text=month))
    seen = look(job)
    key = customer_key(seen.assessment.customers["customer_name"], customer)
    if month:
        found = month_statements(seen.book, seen.assessment, job.policy, month, [key]).get(key)
        if _untold(seen, key) or (found is not None and found.period != month):
            raise UsageError(Phrase("usage_month_undated", text=month, customer=customer))
    else:
        account = make_account(seen.assessment, job.policy)
        written = str(seen.assessment.customers["language"].get(key, ""))
        found = account.outstanding(key, letter_language(written, job.policy))
    if found is None or not found.sections:
        raise UsageError(Phrase("usage_no_statement", customer=customer))
    return found


def _untold(seen: Look, key: str) -> bool:
    """Tell whether a customer's movements cannot all be dated."""
    dated = fully_dated(movements(seen.book, seen.assessment), seen.assessment)
    return key not in dated and key in seen.assessment.invoices["customer"].to_numpy()


def customer_key(names: pd.Series[str], wanted: str) -> str:
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
    """How many cells got their former value back, and what was left as it is.

    ``left`` are addresses of cells where somebody wrote in the meantime, ``gone`` the rows and
    columns of the run that are not found any more. ``emptied`` are the headings of our columns
    that hold nothing now: they stay, since only the team knows what refers to them.
    """

    restored: int
    left: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()


def undo_run(job: Job, run: str, known: Sequence[str]) -> Undone:
    """Give the cells of a run their former values, where they still show what the run wrote.

    A row is found again by whose it is, wherever it was sorted to, and a column of ours by its
    mark, wherever it was moved to. The highlights are taken off; the next run sets them again.
    Raises UnknownRunError and WorkbookError.
    """
    with job.ledger.exclusive(job.policy.book, wait=job.patience):
        changes = job.ledger.keyed_changes(job.policy.book, run)
        if not changes:
            _refuse_unknown(job, run, known)
            return Undone(0)
        seen = look(job)
        table = seen.book.tables["invoices"]
        grid = seen.grids[table.tab]
        found = _found_again(changes, seen.book, grid)
        bare = Highlight(table.tab, table.first_row, table.last_row, table.left, table.right, ())
        kept = _write_back(job, run, found.edits, bare, grid)
        return Undone(
            sum(len(edit.rows) for edit in found.edits.values()) - len(kept),
            (*found.left, *kept),
            tuple(dict.fromkeys(found.gone)),
            () if kept else tuple(_emptied(table, grid, found.edits.values())),
        )


def _refuse_unknown(job: Job, run: str, known: Sequence[str]) -> None:
    """Raise UnknownRunError unless there was such a run, which then wrote nothing."""
    if run not in {past.run for past in job.ledger.runs(job.policy.book, _MANY)}:
        raise UnknownRunError(run, ", ".join(known) or "-")


def _write_back(
    job: Job, run: str, edits: Mapping[str, ColumnEdit], bare: Highlight, grid: Grid
) -> tuple[str, ...]:
    """Write an undo as a run of its own, which can be undone in turn; all of it or nothing.

    ``edits`` are by the key of their column. Returns the addresses of cells that now hold a
    formula, which the workbook keeps.
    """
    ledger, book = job.ledger, job.policy.book
    job.workbook.check_writable()
    number = ledger.start_run(book, job.as_of, job.now(), f"undo {run}")
    keys = {(edit.tab, edit.column): key for key, edit in edits.items()}
    ledger.record_changes(book, number, list(edits.values()), keys=keys)
    try:
        written = job.workbook.write([*edits.values(), bare], expect={grid.tab: grid.fingerprint})
    except WorkbookError as error:
        ledger.forget_changes(book, number)
        ledger.end_run(book, number, {}, job.now(), error=str(error))
        raise
    ledger.end_run(book, number, {}, job.now())
    return written.kept


# ── finding again what a run wrote ───────────────────────────────────────────────────────────


@dataclass(slots=True)
class _Found:
    """The edits that undo a run, by the key of our column; what is left; what is gone."""

    edits: dict[str, ColumnEdit] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def _found_again(changes: Sequence[tuple[str, ColumnEdit]], book: Book, grid: Grid) -> _Found:
    found = _Found()
    table = book.tables["invoices"]
    places = _row_places(book)
    for key, change in reversed(changes):
        column = table.owned.get(key)
        if column is None:  # theirs may stand there by now
            found.gone.append(key or column_letters(change.column))
            continue
        edit = _restored(places, grid, change, column, found)
        if edit.rows:
            found.edits[key] = edit
    return found


def _restored(
    places: Mapping[str, int], grid: Grid, change: ColumnEdit, column: int, found: _Found
) -> ColumnEdit:
    """Return the edit that undoes a change where it still stands; note what is left or gone.

    ``places`` are the sheet rows by key; where a key is not among them its row is gone.
    """
    restored: list[tuple[int, Cell, Cell, str]] = []
    invoices = set(places.values())
    for row, wrote, before, key in zip(
        change.rows, change.values, change.before, change.keys, strict=True
    ):
        now_at = places.get(key, 0) if key else row
        if not now_at:
            found.gone.append(_row_name(key))
            continue
        shows = _cell(grid, now_at, column)
        # A row that was no invoice, say a total, is only known by where it stood.
        another = not key and now_at in invoices
        if _same(shows, wrote) and not another:
            restored.append((now_at, before, shows, key))
        elif not _same(shows, before):
            found.left.append(str(Where(grid.tab, now_at, column_letters(column))))
    restored.sort(key=lambda each: each[0])
    rows, values, shown, keys = zip(*restored, strict=True) if restored else ((), (), (), ())
    return ColumnEdit(grid.tab, column, change.kind, rows, values, shown, keys)


def _row_name(key: str) -> str:
    """Return a row's key as people read it: without the mark of an instalment it has not."""
    return re.sub(r"#(?=$|~)", "", key)


def _row_places(book: Book) -> dict[str, int]:
    """Return the sheet row of each key."""
    table = book.tables["invoices"]
    keys = row_keys(book.invoices, table)
    return {key: table.first_row + offset for offset, key in enumerate(keys) if key}


def _emptied(table: Table, grid: Grid, edits: Iterable[ColumnEdit]) -> Iterator[str]:
    """Yield the headings of our columns in which nothing is left below them."""
    cleared = {edit.column: dict(zip(edit.rows, edit.values, strict=True)) for edit in edits}
    for column in table.owned.values():
        values = cleared.get(column, {})
        rows = range(table.first_row, table.last_row + 1)
        if values and all(values.get(row, _cell(grid, row, column)) is None for row in rows):
            yield str(_cell(grid, table.header_row, column) or column_letters(column))


def _cell(grid: Grid, row: int, column: int) -> Cell:
    cells = grid.rows[row - 1] if 0 < row <= len(grid.rows) else []
    return cells[column] if column < len(cells) else None


def _same(shown: Cell, value: Cell) -> bool:
    """Tell whether a cell shows a value; a midnight is its day, an empty text nothing."""
    shown, value = _plain(shown), _plain(value)
    return shown == value and isinstance(shown, bool) == isinstance(value, bool)


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return None if cell == "" else cell
