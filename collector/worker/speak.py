"""Speaking: drafts become stored messages, and each is claimed, delivered and settled by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from collector.errors import (
    AlreadyClaimedError,
    LedgerError,
    MailError,
    MailServerError,
    MessageInDoubtError,
    MessageRefusedError,
)
from collector.letters.render import compose
from collector.letters.statement import statement_files
from collector.model import Draft, Held, Message, Said, Stored
from collector.phrases import Phrase
from collector.plan import Plan
from collector.plan.drafts import digest
from collector.worker.job import Job, Mailer

if TYPE_CHECKING:
    from collector.worker import Look


@dataclass(slots=True)
class Speech:
    """What came of a pass's messages; filled as they go out."""

    said: list[Said] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    handled: int = 0
    dotted: str = ""
    trouble: MailError | LedgerError | None = None

    def say(self, message: Message, state: str) -> None:
        name, to = message.customer_name, message.to
        self.said.append(Said(message.customer, name, to, message.subject, message.step, state))

    def hold(self, message: Message, code: str, **facts: str) -> None:
        self.held.append(Held(message.customer, message.customer_name, code, facts))

    def hold_doubts(self, older: Sequence[Stored]) -> None:
        """Name what earlier runs left in doubt, until a person settles it."""
        for stored in older:
            self.hold(stored.message, "held_doubt", answer=stored.answer or Phrase("doubt_killed"))


def build(job: Job, draft: Draft) -> Message:
    """Return a draft as the message that would go out, its bytes frozen."""
    files = (
        statement_files(draft.statement, job.sender, job.policy.attach) if draft.statement else ()
    )
    domain = job.sender.address.rpartition("@")[2]
    return compose(
        draft,
        job.sender,
        book=job.policy.book,
        message_id=f"<{uuid4().hex}@{domain}>",
        date=job.now(),
        digest=digest(draft, job.sender),
        templates=job.templates,
        attachments=files,
    )


def rehearse(job: Job, plan: Plan) -> tuple[Speech, list[Message]]:
    """Build every message and send none."""
    speech = Speech()
    messages = []
    for number, draft in enumerate(plan.drafts):
        job.progress("letters", number, len(plan.drafts))
        messages.append(build(job, draft))
        speech.say(messages[-1], "rehearsed")
    return speech, messages


def speak(job: Job, run: str, seen: Look) -> Speech:
    """Send what may go now, each message once."""
    speech = Speech()
    queue = _queue(job, run, seen, speech)
    if queue:
        try:
            with job.connect() as mailer:
                _deliver_all(job, run, mailer, queue, speech)
        except (MailError, LedgerError) as error:
            speech.trouble = error
    why = "held_unsent" if isinstance(speech.trouble, MailError) else "held_stopped"
    for stored in queue[speech.handled :]:
        if stored.message.message_id == speech.dotted:
            # Its dot went out and the ledger failed before the answer could be noted.
            speech.say(stored.message, "in_doubt")
            speech.hold(stored.message, "held_doubt", answer=str(speech.trouble))
        else:
            speech.hold(stored.message, why)
    return speech


def _queue(job: Job, run: str, seen: Look, speech: Speech) -> list[Stored]:
    """Bring the stored messages in line with the plan; return those that may go now, in order."""
    ledger, plan = job.ledger, seen.plan
    kept = _matching(job, seen)
    wanted = {stored.message.message_id for stored in kept.values()}
    known = (stored.message.message_id for stored in seen.history.pending)
    stale = [number for number in known if number not in wanted]
    ledger.drop(stale, "the plan no longer wants it", job.now())
    fresh = [d for d in plan.drafts if digest(d, job.sender) not in kept]
    messages = []
    for number, draft in enumerate(fresh):
        if job.stop():
            return []
        job.progress("letters", number, len(fresh))
        messages.append(build(job, draft))
    ledger.add(messages, run, job.now())
    released = [
        kept[key].message.message_id
        for draft in plan.drafts
        if not draft.approval
        and (key := digest(draft, job.sender)) in kept
        and kept[key].state == "waiting"
    ]
    ledger.approve(released, job.now())
    stored = {s.message.digest: s for s in ledger.pending(job.policy.book)}
    return list(_sendable(job, plan, stored, speech))


def _matching(job: Job, seen: Look) -> dict[str, Stored]:
    """Return the pending messages the plan still wants, by digest.

    One that was built when nobody had to approve it does not count where somebody must now. What
    a person was shown stays as it was shown; the rest is built anew on another day, since it says
    how many days are overdue.
    """
    pending = {s.message.digest: s for s in seen.history.pending}
    kept = {}
    for draft in (*seen.plan.drafts, *seen.plan.later):
        stored = pending.get(digest(draft, job.sender))
        if stored is None or (draft.approval and not stored.message.approval):
            continue
        if stored.message.approval or stored.message.as_of == job.as_of:
            kept[stored.message.digest] = stored
    return kept


def _sendable(
    job: Job, plan: Plan, stored: Mapping[str, Stored], speech: Speech
) -> Iterator[Stored]:
    """Yield one message a customer, up to the run's cap; the others are held.

    The plan caps what needs nobody; what a person released counts here, with the rest.
    """
    spoken_to: set[str] = set()
    for draft in plan.drafts:
        entry = stored[digest(draft, job.sender)]
        message = entry.message
        if entry.state == "waiting":
            speech.say(message, "waiting")
            speech.hold(message, message.approval or "held_approval_mode")
        elif message.customer in spoken_to:
            speech.hold(message, "held_gap", until=str(job.as_of))
        elif len(spoken_to) >= job.policy.max_per_run:
            speech.hold(message, "held_cap", limit=str(job.policy.max_per_run))
        else:
            spoken_to.add(message.customer)
            yield entry
    for draft in plan.later:
        waits = stored.get(digest(draft, job.sender))
        if waits is not None and waits.state == "waiting":
            speech.say(waits.message, "waiting")
            speech.hold(waits.message, waits.message.approval)


def _deliver_all(job: Job, run: str, mailer: Mailer, queue: list[Stored], speech: Speech) -> None:
    """Deliver the queue in order; a server that goes away twice running ends it."""
    for number, stored in enumerate(queue):
        if job.stop():
            return
        job.progress("mail", number, len(queue))
        if not mailer.usable:
            mailer.reconnect()
        try:
            _deliver(job, run, mailer, stored.message, speech)
        except MailServerError:
            mailer.reconnect()
            _deliver(job, run, mailer, stored.message, speech)
        speech.handled += 1


def _deliver(job: Job, run: str, mailer: Mailer, message: Message, speech: Speech) -> None:
    """Claim, deliver, settle one message. Raises MailError when nothing was said."""
    ledger, number = job.ledger, message.message_id
    try:
        ledger.claim(number, run, job.now())
    except AlreadyClaimedError:
        speech.hold(message, "held_claimed")
        return

    def dotting() -> None:
        ledger.dotting(number, job.now())
        speech.dotted = number

    try:
        answer = mailer.deliver(message, dotting=dotting)
    except MessageRefusedError as error:
        ledger.refuse(number, str(error.facts["answer"]), job.now())
        speech.say(message, "refused")
        speech.hold(message, "held_refused", answer=str(error.facts["answer"]))
    except MessageInDoubtError as error:
        ledger.doubt(number, str(error.facts["what"]), job.now())
        speech.say(message, "in_doubt")
        speech.hold(message, "held_doubt", answer=str(error.facts["what"]))
    except MailError:
        ledger.release(number, job.now())
        raise
    else:
        ledger.sent(number, answer, job.now())
        speech.say(message, "sent")
