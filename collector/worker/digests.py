"""Digests of a pass: made after the customers' mail, stored, and each sent once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

from collector.model import Attachment, Digest, Event, FlagChange, Held, Message, Stored, Told
from collector.phrases import say
from collector.plan.digests import (
    DIGEST,
    MANAGEMENT,
    Digests,
    Situation,
    any_due,
    content_of,
    make_digests,
)
from collector.rules.conduct import habits
from collector.rules.forecast import Strengths
from collector.rules.history import settled_history
from collector.worker.caps import over
from collector.worker.job import Job
from collector.worker.retries import for_now, not_before, wait_after
from collector.worker.seen import Look
from collector.worker.standings import changes_since, changes_since_run

if TYPE_CHECKING:
    from collector.rules.figures import Figures

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Hand = Callable[[Message], tuple[str, str]]


def wanted_digests(
    job: Job, run: str, seen: Look, held: Sequence[Held], events: Sequence[Event]
) -> Digests:
    """Return what is due to be told to our own people, and who cannot be told.

    ``held`` are all customers who were not written to, and why.
    """
    said = [each for each in seen.history.spoken if each.step == DIGEST]
    if not any_due(said, job.policy, job.as_of):
        return Digests()

    @cache
    def changed(since: str) -> Sequence[FlagChange]:
        if since:
            return changes_since_run(job, seen.assessment, since)
        return changes_since(job, seen.assessment)

    history = settled_history(seen.book, seen.assessment, until=job.as_of)
    known = habits(history, job.as_of, Strengths())
    return make_digests(
        Situation(seen.assessment, said, held, events, known, changed, job.policy, job.sender, run)
    )


def build_digest(job: Job, seen: Look, digest: Digest) -> Message:
    """Return a digest as the message that would go out; management gets the report with it."""
    # Most passes tell nobody, and need not know how.
    from collector.letters.digest import compose_digest

    figures = _figures(job, seen) if digest.reader == MANAGEMENT else None
    return compose_digest(
        digest,
        job.sender,
        book=job.policy.book,
        workbook=job.workbook.name,
        message_id=f"<{uuid4().hex}@{job.sender.address.rpartition('@')[2]}>",
        date=job.now(),
        content=content_of(digest, job.sender),
        figures=figures,
        templates=job.templates,
        attachments=(_report(figures, job),) if figures else (),
    )


def _figures(job: Job, seen: Look) -> Figures:
    from collector.worker.figures import figures_of

    return figures_of(seen.book, job)


def _report(figures: Figures, job: Job) -> Attachment:
    from collector.letters.figures_book import figures_book

    title = f"{say(job.policy.language, 'fig_title')} · {job.policy.book}"
    content = figures_book(figures, title, job.policy.language)
    return Attachment(f"report_{figures.as_of:%Y-%m-%d}.xlsx", _XLSX, content)


def rehearse_digests(
    job: Job, run: str, seen: Look, held: Sequence[Held], events: Sequence[Event]
) -> tuple[list[Message], list[Told]]:
    """Build every digest that is due, and send none."""
    found = wanted_digests(job, run, seen, held, events)
    messages = [build_digest(job, seen, digest) for digest in found.wanted]
    return messages, [*(told(each, "rehearsed") for each in messages), *map(_mute, found.mute)]


def set_right(
    job: Job, seen: Look, found: Digests, note: Callable[[Told], None]
) -> dict[str, Stored]:
    """Give up stored digests that nobody is due any more; return the others, by what they tell.

    ``note`` hears who cannot be told, and why.
    """
    pending = {s.message.digest: s for s in seen.history.pending if s.message.step == DIGEST}
    kept = {content_of(digest, job.sender) for digest in found.wanted}
    stale = [s.message.message_id for key, s in pending.items() if key not in kept]
    if stale:
        job.ledger.drop(stale, "another digest takes its place", job.now())
    for held in found.mute:
        note(_mute(held))
    return {key: stored for key, stored in pending.items() if key in kept}


def deliver_digests(
    job: Job, run: str, seen: Look, found: Digests, hand: Hand, note: Callable[[Told], None]
) -> None:
    """Send what is due, each once; what an earlier run built and could not send goes as it is.

    ``hand`` hands a stored message over and returns what became of it, and the server's words;
    ``note`` hears what became of each. Raises MailError when the server went away.
    """
    pending = set_right(job, seen, found, note)
    for digest in found.wanted:
        if job.stop():
            break
        stored = pending.get(content_of(digest, job.sender))
        note(_deliver(job, run, seen, digest, stored, hand))


def _deliver(
    job: Job, run: str, seen: Look, digest: Digest, stored: Stored | None, hand: Hand
) -> Told:
    until = not_before(stored, job.now()) if stored else None
    if stored is not None and until is not None:
        return _refused(job, stored.message, stored.answer, until)
    message = stored.message if stored else build_digest(job, seen, digest)
    if stored is None:
        job.ledger.add([message], run, job.now())
    state, answer = hand(message)
    if state == "refused":
        tries = 1 + (stored.attempts if stored else 0)
        return _refused(job, message, answer, job.now() + wait_after(tries))
    if state == "in_doubt":
        return told(message, state, "held_doubt", answer=answer)
    if state == "claimed":
        return told(message, "held", "held_claimed")
    if state == "drafted":
        code, facts = over(job, seen, message, of_day=True)
        return told(message, "held", code, **facts)
    return told(message, state)


def _refused(job: Job, message: Message, answer: str, until: datetime) -> Told:
    code = "held_retry" if for_now(answer) else "held_refused"
    clock = f"{until.astimezone(ZoneInfo(job.policy.timezone)):%H:%M}"
    return told(message, "refused", code, answer=answer, until=clock)


def told(message: Message, state: str, code: str = "", **facts: str) -> Told:
    """Return what became of a digest, and why."""
    why = Held("", message.customer_name, code, facts) if code else None
    return Told(message.customer_name, message.to, message.subject, state, why)


def _mute(held: Held) -> Told:
    return Told(held.customer_name, (), "", "held", held)
