"""Looking: the book as read, what is true of it, and what the plan wants, without any effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from collector.intake.book import Book, read_book
from collector.model import Grid, Tab
from collector.plan import History, make_plan
from collector.plan.sheet import refuse_no_room
from collector.rules import assess
from collector.worker.claims import CLAIM, refuse_taken
from collector.worker.enclosures import hold_without_files
from collector.worker.job import Job
from collector.worker.seen import Look


def look(job: Job, known: Look | None = None) -> Look:
    """Read the workbook and decide, without any effect.

    Where the workbook has not changed since ``known``, only the ledger's part is decided anew,
    and nothing where the ledger has not changed either.
    Raises WorkbookError for a book that cannot be read.
    """
    started = job.now()
    if known is None or _changed(job, known):
        tabs = tuple(job.workbook.tabs())
        grids: Mapping[str, Grid] = _read(job, tabs)
        claim = job.workbook.notes().get(CLAIM, "")
        read = job.now()
        job.progress("decide", 0, 1)
        book = read_book(list(grids.values()), job.policy)
        refuse_no_room(book, grids, job.policy)
        assessment = assess(book, job.policy, job.as_of)
    else:
        read, grids, tabs, claim = started, known.grids, known.tabs, known.claim
        book, assessment = known.book, known.assessment
    history = history_of(job)
    if known is not None and book is known.book and history == known.history:
        plan = known.plan
    else:
        plan = make_plan(book, assessment, history, job.policy, now=job.moment())
        plan = hold_without_files(plan, job.find_file)
    seconds = {
        "read": (read - started).total_seconds(),
        "decide": (job.now() - read).total_seconds(),
    }
    return Look(grids, tabs, book, assessment, history, plan, seconds, claim)


def read_whole(job: Job) -> Book:
    """Read the workbook, and nothing else. Raises WorkbookError for one that cannot be read."""
    return read_book(list(_read(job, tuple(job.workbook.tabs())).values()), job.policy)


def look_again(job: Job, known: Look) -> Look | None:
    """Return a new look where the workbook changed since a known one, None where it did not.

    Raises BookClaimedError when another worker took it over meanwhile.
    """
    if not _changed(job, known):
        return None
    newer = look(job, known)
    refuse_taken(job, newer)
    return newer


def _changed(job: Job, known: Look) -> bool:
    now = job.workbook.fingerprint()
    return any(grid.fingerprint != now for grid in known.grids.values())


def _read(job: Job, listed: Sequence[Tab]) -> dict[str, Grid]:
    """Read every visible tab, our own, and hidden ones the configuration names."""
    named = {hint.name for hint in job.policy.tabs.values()}
    tabs = [tab.name for tab in listed if tab.visible or tab.ours or tab.name in named]
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
        tuple(s for s in job.ledger.doubts(book) if s.message.redirected == trial),
        job.ledger.confirmations(book),
        job.ledger.tries(job.sender.address, job.as_of),
    )
