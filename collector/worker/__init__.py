"""One pass over one book: read, decide, speak, mark. Declares the Protocols it needs."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import compress

from collector.errors import (
    CollectorError,
    LedgerError,
    TabTakenError,
    WorkbookChangedError,
    WorkbookError,
)
from collector.intake.book import Book
from collector.model import (
    AddColumn,
    Change,
    ColumnEdit,
    Event,
    Held,
    Message,
    RunReport,
    Stored,
    Written,
)
from collector.plan.confirmations import what_became
from collector.plan.customers import customer_changes
from collector.plan.sheet import sheet_changes
from collector.worker.claims import claim_note, refuse_another, refuse_taken, take
from collector.worker.digests import rehearse_digests
from collector.worker.doubts import look_up_doubts
from collector.worker.job import Job, Ledger, Mailer, Workbook
from collector.worker.looking import look, look_again
from collector.worker.report import make_report, report_json
from collector.worker.seen import Look
from collector.worker.speak import rehearse, speak
from collector.worker.speech import Speech, Turn
from collector.worker.standings import keep_standing
from collector.worker.tabs import OwnTabs, own_tabs
from collector.worker.watching import Standing, foresee_warnings, watch_book

__all__ = ["Job", "Ledger", "Look", "Mailer", "Workbook", "look", "mark", "preview", "run_pass"]

# How often a book that people keep saving under us is looked at again before we give up.
_LOOKS = 3


def run_pass(job: Job) -> tuple[RunReport, CollectorError | None]:
    """Make one pass: send what may go, then write what is true into the sheet.

    Returns the report, and the error that cut the pass short after it began to speak: what was
    sent by then is in the report and in the ledger, and the next pass derives the rest again.
    Raises WorkbookError and LedgerError when nothing was said at all.
    """
    ledger, policy = job.ledger, job.policy
    with _unswept(), ledger.exclusive(policy.book, wait=job.patience):
        run = ledger.start_run(policy.book, job.as_of, job.now(), "run")
        try:
            report, trouble = _pass(job, run)
        except BaseException as error:
            with suppress(LedgerError):
                ledger.end_run(policy.book, run, {}, job.now(), error=_sentence(error))
            raise
        try:
            said = report_json(report)
            ledger.end_run(policy.book, run, said, job.now(), error=str(trouble or ""))
        except LedgerError as error:
            trouble = trouble or error
        return report, trouble


@contextmanager
def _unswept() -> Iterator[None]:
    """Keep the garbage collector away: a pass makes a list a row and hardly any cycles.

    Going through all those lists again and again would be a tenth of its time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _sentence(error: BaseException) -> str:
    return str(error) if isinstance(error, CollectorError) else type(error).__name__


def _pass(job: Job, run: str) -> tuple[RunReport, CollectorError | None]:
    ledger = job.ledger
    ledger.recover(job.policy.book, job.now())
    looked_up = look_up_doubts(ledger, job.policy.book, job.archive, job.now())
    seen = look(job)
    refuse_another(job, seen)
    # Before a word is said: a book we cannot mark, or that somebody is editing, is not spoken for.
    job.workbook.check_writable(seen.book.tables["invoices"].tab)
    if job.take_over:
        seen = take(job, seen)
    started = job.now()
    speech = Speech(Turn(seen))
    standing = watch_book(job, seen)
    speech.events = standing.events
    speech.hold_doubts(ledger.doubts(job.policy.book), looked_up.unasked)
    if job.policy.mode == "rehearse":
        rehearse(job, speech)
        _, speech.digests = rehearse_digests(job, run, seen, speech.every_held(), standing.events)
    else:
        speak(job, run, speech, partial(look_again, job))
    seen = speech.turn.seen
    spoke = job.now()
    marked, trouble = _mark_after(job, run, seen, speech)
    wrote = (job.now() - spoke).total_seconds()
    seconds = {**seen.seconds, "write": wrote, "mail": (spoke - started).total_seconds()}
    return _report(job, run, seen, marked, speech, seconds, standing), trouble


@dataclass(frozen=True, slots=True)
class Marked:
    """What a pass wrote: the look it is true of, the marks beside the invoices, our own tabs."""

    seen: Look
    written: Written = field(default_factory=partial(Written, 0, replaced=False))
    tabs: OwnTabs = field(default_factory=OwnTabs)


def _mark_after(
    job: Job, run: str, seen: Look, speech: Speech
) -> tuple[Marked, CollectorError | None]:
    """Mark the sheet, and do not let a failure there hide what was said before it."""
    if not isinstance(speech.trouble, LedgerError):
        try:
            return mark(job, run, seen, speech.held, speech.events), speech.trouble
        except (WorkbookError, LedgerError) as error:
            if not any(said.state in ("sent", "in_doubt") for said in speech.said):
                raise
            return Marked(seen), error
    return Marked(seen), speech.trouble


def _report(
    job: Job,
    run: str,
    seen: Look,
    marked: Marked,
    speech: Speech,
    seconds: Mapping[str, float],
    standing: Standing,
) -> RunReport:
    return make_report(
        run=run,
        workbook=job.workbook.name,
        assessment=marked.seen.assessment,
        policy=job.policy,
        said=speech.said,
        held=(*seen.plan.held, *speech.held),
        tasks=seen.plan.tasks,
        written=marked.written,
        seconds=seconds,
        tabs=marked.tabs.rows,
        problems=marked.tabs.problems,
        moved=marked.tabs.moved,
        calls=job.workbook.calls,
        digests=speech.digests,
        events=standing.events,
        fired=standing.fired,
    )


def mark(
    job: Job, run: str, seen: Look, held: Sequence[Held] = (), events: Sequence[Event] = ()
) -> Marked:
    """Write what is true now into the sheet; look again when someone saved it meanwhile.

    ``held`` says what did not go out, and why, beyond what the plan says, ``events`` what is warned
    of. Raises WorkbookChangedError after three looks, and any other WorkbookError at once.
    """
    ledger, taken = job.ledger, set[str]()
    over = [each for each in seen.plan.held if each.code in ("held_cap", "held_day_cap")]
    over += [each for each in held if each.code == "held_day_cap"]
    for attempt in range(_LOOKS):
        seen = look(job, seen)
        refuse_taken(job, seen)
        grid = seen.grids[seen.book.tables["invoices"].tab]
        plan = replace(seen.plan, held=(*seen.plan.held, *over))
        changes = sheet_changes(seen.book, grid, seen.assessment, plan, seen.history, job.policy)
        # What an undo takes back; figures of the customers tab are only ever made anew.
        edits = _changed_cells(changes)
        tabs = own_tabs(job, seen, (*plan.held, *held), taken, events=events)
        marks = (*changes, *_of_customers(seen, job))
        every = (*marks, *tabs.changes, *claim_note(job, seen.claim))
        ledger.record_changes(job.policy.book, run, edits, keys=_column_keys(seen.book, changes))
        try:
            job.progress("write", 0, 1)
            written = job.workbook.write(every, expect={grid.tab: grid.fingerprint})
        except (WorkbookChangedError, TabTakenError) as error:
            # Nothing of it was written; an undo must not find it.
            ledger.forget_changes(job.policy.book, run)
            if attempt == _LOOKS - 1:
                raise
            if isinstance(error, TabTakenError):  # by a sheet that holds no cells
                taken.add(str(error.facts["tab"]))
        else:
            if tabs.noted:
                ledger.mark_logged(tabs.noted, job.now())
            keep_standing(job, run, seen.assessment)
            return Marked(seen, _of_marks(written, marks, tabs), tabs)
    raise AssertionError("unreachable")


def _of_marks(written: Written, changes: Sequence[object], tabs: OwnTabs) -> Written:
    """Return what a write did to the columns of ours: its cells without those of our own tabs."""
    if not tabs.changes:
        return written
    theirs = {change.tab for change in changes if isinstance(change, ColumnEdit)}
    kept = [where for where in written.kept if where.rpartition("!")[0] in theirs]
    return replace(written, cells=_cells(changes) - len(kept))


def _of_customers(seen: Look, job: Job) -> tuple[Change, ...]:
    said = what_became(seen.history.confirmations, seen.history.spoken, job.policy)
    return customer_changes(seen.book, seen.grids, seen.tabs, seen.assessment, job.policy, said)


def _column_keys(book: Book, changes: Sequence[object]) -> dict[tuple[str, int], str]:
    """Return by (tab, column) which of our columns it is."""
    table = book.tables["invoices"]
    found = {(table.tab, column): key for key, column in table.owned.items()}
    new = {(c.tab, c.column): c.key for c in changes if isinstance(c, AddColumn)}
    return found | new


def preview(job: Job) -> tuple[RunReport, Look, list[Message], list[Message]]:
    """Return the report a run would give now, what it saw and what it would say; no effect.

    The messages are those to customers, in the order of the plan's drafts, and the digests.
    """
    seen = look(job)
    refuse_another(job, seen)
    grid = seen.grids[seen.book.tables["invoices"].tab]
    changes = sheet_changes(seen.book, grid, seen.assessment, seen.plan, seen.history, job.policy)
    changes = (*changes, *_of_customers(seen, job))
    speech = Speech(Turn(seen))
    speech.hold_doubts(seen.history.doubts)
    messages = rehearse(job, speech)
    seconds = {**seen.seconds, "write": 0.0, "mail": 0.0}
    written = Written(_cells(changes), replaced=False)
    standing = foresee_warnings(job, seen)
    waiting = _would_wait(messages, seen)
    tabs = own_tabs(job, seen, seen.plan.held, (), waiting, standing.events)
    digests, speech.digests = rehearse_digests(job, "", seen, speech.every_held(), standing.events)
    marked = Marked(seen, written, tabs)
    report = _report(job, "", seen, marked, speech, seconds, standing)
    return report, seen, messages, digests


def _would_wait(messages: Sequence[Message], seen: Look) -> list[Stored]:
    """Return the messages that a run would store and let wait."""
    known = {stored.message.digest for stored in seen.history.pending}
    new = [each for each in messages if each.approval and each.digest not in known]
    return [Stored(message, "waiting", "") for message in new]


def _cells(changes: Sequence[object]) -> int:
    """Count the cells that would show something else, headings of new columns included."""
    differ = sum(len(edit.rows) for edit in _changed_cells(changes))
    return differ + sum(isinstance(change, AddColumn) and not change.again for change in changes)


def _changed_cells(changes: Sequence[object]) -> list[ColumnEdit]:
    """Return the edits without the blank cells of new columns, written for their look alone."""
    edits = []
    for edit in changes:
        if isinstance(edit, ColumnEdit):
            told = [value is not None for value in edit.values]
            if edit.before.count(None) < len(told):
                told = [new or was is not None for new, was in zip(told, edit.before, strict=True)]
            if all(told):
                edits.append(edit)
                continue
            rows, keys = tuple(compress(edit.rows, told)), tuple(compress(edit.keys, told))
            values, before = (tuple(compress(c, told)) for c in (edit.values, edit.before))
            edits.append(replace(edit, rows=rows, values=values, before=before, keys=keys))
    return edits
