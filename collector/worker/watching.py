"""Early warnings of a pass: what fired, what stands, and what a person has seen to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count

from collector.model import Event
from collector.plan.outbox import todo_key
from collector.rules.events import watch
from collector.worker.job import Job
from collector.worker.seen import Look
from collector.worker.tabs import outbox_of


@dataclass(frozen=True, slots=True)
class Standing:
    """The warnings that stand, and the numbers of those that fired with this pass."""

    events: tuple[Event, ...] = ()
    fired: frozenset[int] = frozenset()


def watch_book(job: Job, seen: Look) -> Standing:
    """Remember what a look warns of, and what was ticked as done."""
    ledger, book = job.ledger, job.policy.book
    known = ledger.events(book)
    found = watch(seen.book, seen.assessment, known, job.policy)
    ticked = _ticked(seen)
    done = [event.number for event in known if not event.done and todo_key(event) in ticked]
    if done:
        ledger.finish(done)
    if not (found.fired or found.over):
        return Standing(ledger.events(book) if done else known)
    new = ledger.watch(book, found.fired, found.over, job.now())
    return Standing(ledger.events(book), frozenset(event.number for event in new))


def foresee_warnings(job: Job, seen: Look) -> Standing:
    """Return what ``watch_book`` would; nothing is remembered."""
    known = job.ledger.events(job.policy.book)
    found = watch(seen.book, seen.assessment, known, job.policy)
    over = {event.number for event in found.over}
    next_number = count(max((event.number for event in known), default=0) + 1)
    new = [replace(event, number=next(next_number)) for event in found.fired]
    stand = (*(event for event in known if event.number not in over), *new)
    return Standing(stand, frozenset(event.number for event in new))


def _ticked(seen: Look) -> frozenset[str]:
    """Return the keys of the rows of the Outbox that are ticked."""
    outbox = outbox_of(seen)
    return frozenset(row.key for row in outbox.rows if row.tick == "yes") if outbox else frozenset()
