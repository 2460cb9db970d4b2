"""One pass over one book: read, decide, speak, mark. Declares the Protocols it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collector.errors import CollectorError, MailError, WorkbookChangedError
from collector.intake.book import Book, read_book
from collector.model import (
    AddColumn,
    ColumnEdit,
    Grid,
    Message,
    RunReport,
    Written,
)
from collector.plan import History, Plan, make_plan
from collector.plan.sheet import sheet_changes
from collector.rules import Assessment, assess
from collector.worker.job import Job, Ledger, Mailer, Workbook
from collector.worker.report import make_report, report_json
from collector.worker.speak import Speech, rehearse, speak

__all__ = ["Job", "Ledger", "Look", "Mailer", "Workbook", "look", "mark", "preview", "run_pass"]

# How often a book that people keep saving under us is looked at again before we give up.
_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What a pass sees and wants: the book as read, what is true of it, and the plan."""

    grids: Mapping[str, Grid]
    book: Book
    assessment: Assessment
    history: History
    plan: Plan
    seconds: Mapping[str, float]


def look(job: Job, known: Look | None = None) -> Look:
    """Read the workbook and decide, without any effect.

    Where the workbook has not changed since ``known``, only the ledger's part is decided anew,
    and nothing where the ledger has not changed either.
    Raises WorkbookError for a book that cannot be read.
    """
    started = job.now()
    if known is None or _changed(job, known):
        grids: Mapping[str, Grid] = _read(job)
        read = job.now()
        book = read_book(list(grids.values()), job.policy)
        assessment = assess(book, job.policy, job.as_of)
    else:
        read, grids = started, known.grids
        book, assessment = known.book, known.assessment
    history = history_of(job)
    if known is not None and book is known.book and history == known.history:
        plan = known.plan
    else:
        plan = make_plan(book, assessment, history, job.policy, now=job.moment())
    seconds = {
        "read": (read - started).total_seconds(),
        "decide": (job.now() - read).total_seconds(),
    }
    return Look(grids, book, assessment, history, plan, seconds)


def _changed(job: Job, known: Look) -> bool:
    now = job.workbook.fingerprint()
    return any(grid.fingerprint != now for grid in known.grids.values())


def _read(job: Job) -> dict[str, Grid]:
    """Read every visible tab, and hidden ones the configuration names."""
    named = {hint.name for hint in job.policy.tabs.values()}
    tabs = [tab.name for tab in job.workbook.tabs() if tab.visible or tab.name in named]
    grids: dict[str, Grid] = {}
    for number, tab in enumerate(tabs):
        job.progress("read", number, len(tabs))
        grids[tab] = job.workbook.read(tab)
    return grids


def history_of(job: Job) -> History:
    """Return what the ledger remembers of the book."""
    book, trial = job.policy.book, bool(job.sender.redirect_to)
    return History(
        job.ledger.spoken(book, redirected=trial),
        {} if trial else job.ledger.last_addresses(book),
        {} if trial else job.ledger.threads(book),
        # A trial and the real thing must not give up each other's messages.
        tuple(s for s in job.ledger.pending(book) if s.message.redirected == trial),
    )


def run_pass(job: Job) -> tuple[RunReport, MailError | None]:
    """Make one pass: send what may go, then write what is true into the sheet.

    Returns the report, and the error that kept the mail from going out in full (the sheet is
    marked all the same). Raises WorkbookError and LedgerError; whatever was sent by then is in
    the ledger, and the next pass derives the rest again.
    """
    ledger, policy = job.ledger, job.policy
    with ledger.exclusive(policy.book, wait=job.patience):
        run = ledger.start_run(policy.book, job.as_of, job.now(), "run")
        try:
            report, trouble = _pass(job, run)
        except BaseException as error:
            ledger.end_run(policy.book, run, {}, job.now(), error=_sentence(error))
            raise
        ledger.end_run(policy.book, run, report_json(report), job.now(), error=str(trouble or ""))
        return report, trouble


def _sentence(error: BaseException) -> str:
    return str(error) if isinstance(error, CollectorError) else type(error).__name__


def _pass(job: Job, run: str) -> tuple[RunReport, MailError | None]:
    ledger = job.ledger
    ledger.recover(job.policy.book, job.now())
    seen = look(job)
    # Before a word is said: a book we cannot mark, or that somebody is editing, is not spoken for.
    job.workbook.check_writable()
    doubts = ledger.doubts(job.policy.book)
    started = job.now()
    rehearsal = job.policy.mode == "rehearse"
    speech = rehearse(job, seen.plan)[0] if rehearsal else speak(job, run, seen)
    speech.hold_doubts(doubts)
    mailed = (job.now() - started).total_seconds()
    started = job.now()
    marked, written = mark(job, run, seen)
    wrote = (job.now() - started).total_seconds()
    seconds = {**seen.seconds, "write": wrote, "mail": mailed}
    return _report(job, run, seen, marked, speech, written, seconds), speech.trouble


def _report(
    job: Job,
    run: str,
    seen: Look,
    marked: Look,
    speech: Speech,
    written: Written,
    seconds: Mapping[str, float],
) -> RunReport:
    return make_report(
        run=run,
        workbook=job.workbook.name,
        assessment=marked.assessment,
        policy=job.policy,
        said=speech.said,
        held=(*seen.plan.held, *speech.held),
        tasks=seen.plan.tasks,
        written=written,
        seconds=seconds,
    )


def mark(job: Job, run: str, seen: Look) -> tuple[Look, Written]:
    """Write what is true now into the sheet; look again when someone saved it meanwhile.

    Raises WorkbookChangedError after three looks, and any other WorkbookError at once.
    """
    ledger = job.ledger
    for attempt in range(_LOOKS):
        seen = look(job, seen)
        grid = seen.grids[seen.book.tables["invoices"].tab]
        changes = sheet_changes(
            seen.book, grid, seen.assessment, seen.plan, seen.history, job.policy
        )
        edits = [change for change in changes if isinstance(change, ColumnEdit)]
        ledger.record_changes(job.policy.book, run, edits, keys=_column_keys(seen.book, changes))
        try:
            job.progress("write", 0, 1)
            return seen, job.workbook.write(changes, expect={grid.tab: grid.fingerprint})
        except WorkbookChangedError:
            if attempt == _LOOKS - 1:
                raise
    raise AssertionError("unreachable")


def _column_keys(book: Book, changes: Sequence[object]) -> dict[tuple[str, int], str]:
    """Return by (tab, column) which of our columns it is."""
    table = book.tables["invoices"]
    found = {(table.tab, column): key for key, column in table.owned.items()}
    new = {(c.tab, c.column): c.key for c in changes if isinstance(c, AddColumn)}
    return found | new


def preview(job: Job) -> tuple[RunReport, Look, list[Message]]:
    """Return the report a run would give now, what it saw and what it would say; no effect."""
    seen = look(job)
    grid = seen.grids[seen.book.tables["invoices"].tab]
    changes = sheet_changes(seen.book, grid, seen.assessment, seen.plan, seen.history, job.policy)
    speech, messages = rehearse(job, seen.plan)
    seconds = {**seen.seconds, "write": 0.0, "mail": 0.0}
    written = Written(_cells(changes), replaced=False)
    return _report(job, "", seen, seen, speech, written, seconds), seen, messages


def _cells(changes: Sequence[object]) -> int:
    """Count the cells that would show something else, headings of new columns included."""
    # A blank cell of a new column is written for its look alone.
    edits = [change for change in changes if isinstance(change, ColumnEdit)]
    shown = (pair for edit in edits for pair in zip(edit.before, edit.values, strict=True))
    differ = sum(not (before is None and value is None) for before, value in shown)
    return differ + sum(isinstance(change, AddColumn) for change in changes)
