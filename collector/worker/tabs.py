"""Our own tabs in the book: the ticks that are heeded, and what a pass writes into them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from collector.intake.outbox import Outbox, read_outbox
from collector.model import Change, Event, FlagChange, Held, Problem, Stored
from collector.plan.log import Log, log_changes
from collector.plan.outbox import Listed, held_rows, listed, todo_rows
from collector.plan.tabs import TabChanges, outbox_changes
from collector.plan.ticks import Judged, judge
from collector.worker.job import Job
from collector.worker.seen import Look
from collector.worker.standings import changes_since

_SILENT: Final = "rehearse"


@dataclass(frozen=True, slots=True)
class OwnTabs:
    """What is to be written into our tabs.

    ``rows`` counts by tab (``outbox``, ``log``) what is added, changed or taken off. ``problems``
    are ticks that release nothing, ``noted`` the messages that need no further look at the log,
    ``moved`` the customers whose flag or rating changed since the last run.
    """

    changes: tuple[Change, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    noted: tuple[str, ...] = ()
    moved: tuple[FlagChange, ...] = ()


def outbox_of(seen: Look) -> Outbox | None:
    """Return the Outbox tab as people left it, None where there is none."""
    grid = next((grid for grid in seen.grids.values() if grid.ours == "outbox"), None)
    return None if grid is None else read_outbox(grid)


def heed_ticks(job: Job, seen: Look, pending: Sequence[Stored]) -> bool:
    """Release what is ticked, take back what is not any more; returns whether there was any.

    ``pending`` are the messages that have not gone, as the ledger has them now.
    """
    entries = listed(seen.plan, pending, (), job.policy, job.sender)
    if not entries:
        return False
    judged = judge(outbox_of(seen), entries, seen.plan, seen.history.spoken, job.policy)
    if judged.release:
        job.ledger.approve(_ids(judged.release), job.now(), ticked=True)
    if judged.withdraw:
        job.ledger.withdraw(_ids(judged.withdraw), job.now())
    return bool(judged.release or judged.withdraw)


def _ids(entries: Sequence[Listed]) -> list[str]:
    return [entry.stored.message.message_id for entry in entries]


def own_tabs(
    job: Job,
    seen: Look,
    held: Sequence[Held],
    taken: Collection[str],
    pretended: Sequence[Stored] = (),
    events: Sequence[Event] = (),
) -> OwnTabs:
    """Return what makes our tabs show what is true.

    ``held`` says who is not written to, ``taken`` which tab names are. ``pretended`` are messages
    that a run would have stored by now, ``events`` the warnings that stand.
    """
    policy, judged, outbox = job.policy, Judged(), TabChanges()
    taken = {*taken, *(tab.name for tab in job.workbook.tabs())}
    if policy.mode != _SILENT:
        judged, outbox = _outbox(job, seen, held, taken, pretended, events)
    moved = changes_since(job, seen.assessment)
    log, noted = _log(job, seen, taken, moved)
    return OwnTabs(
        (*outbox.changes, *log.changes),
        {"outbox": outbox.rows, "log": log.rows},
        judged.problems,
        noted,
        moved,
    )


def _outbox(
    job: Job,
    seen: Look,
    held: Sequence[Held],
    taken: Collection[str],
    pretended: Sequence[Stored],
    events: Sequence[Event],
) -> tuple[Judged, TabChanges]:
    policy, plan, outbox = job.policy, seen.plan, outbox_of(seen)
    pending = (*seen.history.pending, *pretended)
    entries = listed(plan, pending, held, policy, job.sender)
    todos = todo_rows(events, seen.assessment, policy)
    if outbox is None and not (entries or todos) and policy.mode != "approve":
        return Judged(), TabChanges()
    judged = judge(outbox, entries, plan, seen.history.spoken, policy)
    rows = [entry.row for entry in entries]
    rows += held_rows(entries, held, plan, seen.assessment, policy)
    rows += todos
    return judged, outbox_changes(outbox, rows, judged, taken, policy)


def _log(
    job: Job, seen: Look, taken: Collection[str], moved: Sequence[FlagChange]
) -> tuple[TabChanges, tuple[str, ...]]:
    """Return the rows to append, and the messages that stand in the log then."""
    if not job.policy.log:
        return TabChanges(), ()
    sent = job.ledger.unlogged(job.policy.book)
    if not sent and not moved:
        return TabChanges(), ()
    table = seen.book.tables.get("log")
    log = None if table is None else Log(table, seen.grids[table.tab])
    changes = log_changes(log, sent, job.as_of, taken, job.policy, moved)
    return changes, tuple(stored.message.message_id for stored in sent)
