"""Speaking: drafts become stored messages, and each is claimed, delivered and settled by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from time import sleep
from typing import Final
from zoneinfo import ZoneInfo

from collector.errors import (
    AlreadyClaimedError,
    DayFullError,
    LedgerError,
    MailError,
    MailServerError,
    MessageInDoubtError,
    MessageRefusedError,
    TemplateError,
    WorkbookChangedError,
    WorkbookError,
)
from collector.letters.render import recipients
from collector.model import Draft, Held, Message, State, Stored
from collector.plan.digests import DIGEST, Digests
from collector.plan.domains import foreign
from collector.plan.drafts import digest
from collector.worker.alert import ALERT, compose_alert, occasion_of
from collector.worker.caps import over, room
from collector.worker.claims import claim_note, take
from collector.worker.digests import deliver_digests, set_right, wanted_digests
from collector.worker.job import Job, Mailer
from collector.worker.retries import for_now, not_before, wait_after
from collector.worker.seen import Look
from collector.worker.speech import Speech, Turn
from collector.worker.tabs import heed_ticks
from collector.worker.writing import letters

# A book is gone for a moment while a spreadsheet program saves it.
LOOKS: Final = 6
BETWEEN_LOOKS: Final = 0.5


def rehearse(job: Job, speech: Speech) -> list[Message]:
    """Build every message of the look that the pass starts from, and send none."""
    messages = []
    for each in letters(job, speech.turn.seen.plan.drafts):
        if isinstance(each, Held):
            speech.held.append(each)
            continue
        messages.append(each)
        speech.say(each, "rehearsed")
    return messages


def speak(job: Job, run: str, speech: Speech, again: Callable[[Look], Look | None]) -> None:
    """Send what may go now, each message once, and then tell the operator what needs a person.

    ``speech`` has the look that the pass starts from. ``again`` returns a new look where the book
    is no longer as it was seen, else None. It is asked before each message: what somebody books
    while the mail goes out stops what it contradicts.
    """
    speech.turn = _turn(job, run, speech.turn.seen, speech)
    if speech.turn.queue or _alert(job, speech) or _digests(job, run, speech).wanted:
        try:
            _claim_book(job, run, speech, again)
            with job.connect() as mailer:
                _deliver_all(job, run, mailer, speech, again)
                _deliver_digests(job, run, mailer, speech)
                _deliver_alert(job, run, mailer, speech)
        except (MailError, LedgerError, WorkbookError, TemplateError) as error:
            speech.trouble = error
    else:
        set_right(job, speech.turn.seen, _digests(job, run, speech), speech.digests.append)
    _hold_unsent(speech)
    speech.said += speech.turn.said
    speech.held += speech.turn.held


def _claim_book(job: Job, run: str, speech: Speech, again: Callable[[Look], Look | None]) -> None:
    """Make the book ours before anything is said about it; who saves meanwhile is heeded.

    Where it is ours it is asked whether it may be written: what cannot be marked is not said.
    """
    if not claim_note(job, speech.turn.seen.claim):
        job.workbook.check_writable(ask=True)
    for _ in range(LOOKS - 1):
        try:
            speech.turn.seen = take(job, speech.turn.seen)
            return
        except WorkbookChangedError:
            newer = _patiently(again, speech.turn.seen)
            if newer is not None:
                speech.turn = _turn(job, run, newer, speech)
    speech.turn.seen = take(job, speech.turn.seen)


def _hold_unsent(speech: Speech) -> None:
    """Say of each message that was to go and did not why it stayed."""
    why = "held_unsent" if isinstance(speech.trouble, MailError) else "held_stopped"
    for stored in speech.turn.queue:
        if stored.message.message_id == speech.dotted:
            # Its dot went out and the ledger failed before the answer could be noted.
            speech.say(stored.message, "in_doubt")
            speech.hold(stored.message, "held_doubt", answer=str(speech.trouble))
        else:
            speech.hold(stored.message, why)


# ── what may go ──────────────────────────────────────────────────────────────────────────────


def _turn(job: Job, run: str, seen: Look, speech: Speech) -> Turn:
    """Bring the stored messages in line with the plan; return those that may go now, in order."""
    ledger, plan, turn = job.ledger, seen.plan, Turn(seen)
    kept = _matching(job, seen)
    wanted = {stored.message.message_id for stored in kept.values()}
    known = (s.message.message_id for s in seen.history.pending if s.message.step != DIGEST)
    stale = [number for number in known if number not in wanted]
    ledger.drop(stale, "the plan no longer wants it", job.now())
    fresh = [d for d in plan.drafts if digest(d, job.sender) not in kept]
    messages = []
    for each in letters(job, fresh):
        if job.stop():
            return turn
        if isinstance(each, Held):
            turn.held.append(each)
        else:
            messages.append(each)
    ledger.add(messages, run, job.now())
    released = [
        kept[key].message.message_id
        for draft in plan.drafts
        if not draft.approval
        and (key := digest(draft, job.sender)) in kept
        and kept[key].state == "waiting"
    ]
    ledger.approve(released, job.now())
    pending = ledger.pending(job.policy.book)
    if heed_ticks(job, seen, pending):
        pending = ledger.pending(job.policy.book)
    stored = {s.message.digest: s for s in pending}
    turn.queue.extend(_sendable(job, stored, speech, turn))
    return turn


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
    job: Job, stored: Mapping[str, Stored], speech: Speech, turn: Turn
) -> Iterator[Stored]:
    """Yield one message a customer, up to the caps of a run and a day; the others are held.

    The plan caps what needs nobody; what a person released counts here, with the rest.
    """
    spoken_to, plan = set(speech.customers), turn.seen.plan
    most = min(job.policy.max_per_run, len(spoken_to) + _places(job, speech, turn.seen))
    for draft in plan.drafts:
        entry = stored.get(digest(draft, job.sender))
        # None where its letter could not be written.
        if entry is None or entry.message.message_id in speech.tried:
            continue
        message = entry.message
        code, facts = _reason_to_wait(job, draft, entry)
        if entry.state == "waiting":
            turn.waits(message, message.approval or "held_approval_mode")
        elif message.customer in spoken_to:
            turn.hold(message, "held_gap", until=str(job.as_of))
        elif code:
            turn.hold(message, code, **facts)
        elif len(spoken_to) >= most:
            code, facts = over(job, turn.seen, message, of_day=most < job.policy.max_per_run)
            turn.hold(message, code, **facts)
        else:
            spoken_to.add(message.customer)
            yield entry
    for draft in plan.later:
        waits = stored.get(digest(draft, job.sender))
        if waits is not None and waits.state == "waiting":
            turn.waits(waits.message, waits.message.approval)


def _places(job: Job, speech: Speech, seen: Look) -> int:
    """Return how many more customers the day has room for; the operator must hear, too."""
    places = room(job, seen)
    return places - (1 < places <= len(seen.plan.drafts) and _alert(job, speech) is not None)


def _reason_to_wait(job: Job, draft: Draft, entry: Stored) -> tuple[str, dict[str, str]]:
    """Return why a message that nobody has to approve may not go, ('', {}) when it may."""
    message = entry.message
    meant = {address.casefold() for address in recipients(draft, job.sender)}
    if not draft.to or {address.casefold() for address in message.recipients} != meant:
        return "held_recipients", {}
    stranger = foreign((*draft.to, *draft.cc), job.policy)
    if stranger:
        return "held_domain", {"address": stranger}
    until = not_before(entry, job.now())
    if until is not None:
        return "held_retry", {"answer": str(entry.answer), "until": _clock(job, until)}
    return "", {}


def _clock(job: Job, moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(job.policy.timezone)):%H:%M}"


# ── saying it ────────────────────────────────────────────────────────────────────────────────


def _deliver_all(
    job: Job, run: str, mailer: Mailer, speech: Speech, again: Callable[[Look], Look | None]
) -> None:
    """Deliver what may go, in order; a server that goes away twice running ends it."""
    while speech.turn.queue and not job.stop():
        newer = _patiently(again, speech.turn.seen)
        if newer is not None:
            # What no longer holds is dropped, and what holds now is said instead.
            speech.turn = _turn(job, run, newer, speech)
            continue
        done = len(speech.tried)
        job.progress("mail", done, done + len(speech.turn.queue))
        if not mailer.usable:
            mailer.reconnect()
        message = speech.turn.queue[0].message
        try:
            _deliver(job, run, mailer, speech)
        except MailServerError:
            mailer.reconnect()
            _deliver(job, run, mailer, speech)
        speech.tried.add(message.message_id)
        speech.customers.add(message.customer)
        speech.turn.queue.popleft()


def _alert(job: Job, speech: Speech) -> Message | None:
    """Return what the operator is to hear, None where nothing is, or it was said today."""
    seen, turn = speech.turn.seen, speech.turn
    known = {each.occasion for each in seen.history.spoken}
    if not job.alerts_to or occasion_of(job) in known:
        return None
    untold = (told.why for told in speech.digests if told.why is not None)
    held = [*speech.every_held(), *untold]
    return compose_alert(job, seen.plan, seen.assessment.problems, held, len(turn.said))


def _deliver_alert(job: Job, run: str, mailer: Mailer, speech: Speech) -> None:
    """Tell the operator, once a day; a server that does not take it is asked by the next run."""
    message = None if job.stop() else _alert(job, speech)
    if message is None:
        return
    job.ledger.add([message], run, job.now())
    state, _ = _hand_over(job, run, mailer, message, speech)
    if state == "sent":
        speech.say(message, ALERT)


def _digests(job: Job, run: str, speech: Speech) -> Digests:
    return wanted_digests(job, run, speech.turn.seen, speech.every_held(), speech.events)


def _deliver_digests(job: Job, run: str, mailer: Mailer, speech: Speech) -> None:
    """Tell our own people what is due, after what customers get; nobody has to approve it."""
    found = Digests() if job.stop() else _digests(job, run, speech)

    def hand(message: Message) -> tuple[str, str]:
        if not mailer.usable:
            mailer.reconnect()
        try:
            return _hand_over(job, run, mailer, message, speech)
        except MailServerError:
            mailer.reconnect()
            return _hand_over(job, run, mailer, message, speech)

    deliver_digests(job, run, speech.turn.seen, found, hand, speech.digests.append)


def _patiently(again: Callable[[Look], Look | None], seen: Look) -> Look | None:
    """Look again; a book that cannot be read is given the time that saving it takes."""
    for _ in range(LOOKS - 1):
        try:
            return again(seen)
        except WorkbookError:
            sleep(BETWEEN_LOOKS)
    return again(seen)


def _deliver(job: Job, run: str, mailer: Mailer, speech: Speech) -> None:
    """Say the first of the queue and note what came of it. Raises MailError when nothing was."""
    stored = speech.turn.queue[0]
    message = stored.message
    state, answer = _hand_over(job, run, mailer, message, speech)
    if state == "claimed":
        speech.hold(message, "held_claimed")
        return
    if state == "drafted":
        code, facts = over(job, speech.turn.seen, message, of_day=True)
        speech.hold(message, code, **facts)
        return
    speech.say(message, state)
    if state == "refused":
        until = _clock(job, job.now() + wait_after(stored.attempts + 1))
        code = "held_retry" if for_now(answer) else "held_refused"
        speech.hold(message, code, answer=answer, until=until)
    elif state == "in_doubt":
        speech.hold(message, "held_doubt", answer=answer)


def _hand_over(
    job: Job, run: str, mailer: Mailer, message: Message, speech: Speech
) -> tuple[State, str]:
    """Claim, deliver, settle; return what became of a message, and the server's words.

    ``claimed`` is one that another run has, ``drafted`` one that is over the day's cap. Raises
    MailError when nothing was said.
    """
    ledger, number = job.ledger, message.message_id
    try:
        ledger.claim(number, run, job.now(), max_per_day=job.policy.max_per_day)
    except AlreadyClaimedError:
        return "claimed", ""
    except DayFullError:
        return "drafted", ""

    def dotting() -> None:
        ledger.dotting(number, job.now())
        speech.dotted = number

    try:
        answer = mailer.deliver(message, dotting=dotting)
    except MessageRefusedError as error:
        answer = str(error.facts["answer"])
        ledger.refuse(number, answer, job.now())
        return "refused", answer
    except MessageInDoubtError as error:
        what = str(error.facts["what"])
        ledger.doubt(number, what, job.now())
        return "in_doubt", what
    except MailError:
        ledger.release(number, job.now())
        raise
    ledger.sent(number, answer, job.now())
    return "sent", answer
