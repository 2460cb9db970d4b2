"""How customers stood on earlier days, as the ledger keeps it, beside how they stand now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from collector.model import FlagChange, Snapshot
from collector.rules import Assessment
from collector.rules.changes import flag_changes
from collector.rules.snapshots import Kept, read_snapshot, snapshot_of
from collector.worker.job import Job


def changes_since(
    job: Job, assessment: Assessment, day: date | None = None
) -> tuple[FlagChange, ...]:
    """Return whose flag or rating changed since the last run up to a day, the gravest first.

    Without a day it is the last run there was. Nothing where no run was made by then.
    """
    return _changed(kept_standings(job, day or job.as_of), assessment)


def changes_since_run(job: Job, assessment: Assessment, run: str) -> tuple[FlagChange, ...]:
    """Return whose flag or rating changed since a run, the gravest first."""
    kept = job.ledger.snapshot_of_run(job.policy.book, run)
    return _changed(_read([kept]) if kept else (), assessment)


def _changed(kept: Sequence[Kept], assessment: Assessment) -> tuple[FlagChange, ...]:
    return tuple(
        change
        for was in kept
        for change in flag_changes(was.customers, assessment.customers, was.as_of)
    )


def kept_standings(job: Job, day: date) -> tuple[Kept, ...]:
    """Return how the book stood after the last run up to a day, if anything tells; none or one."""
    kept = job.ledger.snapshots(job.policy.book, [day])
    return _read(kept)


def _read(kept: Sequence[Snapshot]) -> tuple[Kept, ...]:
    try:
        return tuple(map(read_snapshot, kept))
    except ValueError:  # of a later version's making
        return ()


def keep_standing(job: Job, run: str, assessment: Assessment) -> None:
    """Keep how the book stands at the end of a run."""
    snapshot = Snapshot(job.as_of, run, snapshot_of(assessment))
    job.ledger.keep_snapshot(job.policy.book, snapshot)
