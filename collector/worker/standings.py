"""How customers stood on earlier days, as the ledger keeps it, beside how they stand now."""

from __future__ import annotations

from datetime import date

from collector.model import FlagChange, Snapshot
from collector.rules import Assessment
from collector.rules.changes import flag_changes
from collector.rules.snapshots import read_snapshot, snapshot_of
from collector.worker.job import Job


def changes_since(
    job: Job, assessment: Assessment, day: date | None = None
) -> tuple[FlagChange, ...]:
    """Return whose flag or rating changed since the last run up to a day, the gravest first.

    Without a day it is the last run there was. Nothing where no run was made by then, or where what
    it kept cannot be read any more.
    """
    kept = job.ledger.snapshots(job.policy.book, [day or job.as_of])
    return _changed(kept[0], assessment) if kept else ()


def changes_since_run(job: Job, assessment: Assessment, run: str) -> tuple[FlagChange, ...]:
    """Return whose flag or rating changed since a run, the gravest first."""
    kept = job.ledger.snapshot_of_run(job.policy.book, run)
    return _changed(kept, assessment) if kept else ()


def _changed(snapshot: Snapshot, assessment: Assessment) -> tuple[FlagChange, ...]:
    try:
        was = read_snapshot(snapshot)
    except ValueError:  # of a later version's making
        return ()
    return flag_changes(was.customers, assessment.customers, was.as_of)


def keep_standing(job: Job, run: str, assessment: Assessment) -> None:
    """Keep how the book stands at the end of a run."""
    snapshot = Snapshot(job.as_of, run, snapshot_of(assessment))
    job.ledger.keep_snapshot(job.policy.book, snapshot)
