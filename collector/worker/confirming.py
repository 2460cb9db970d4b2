"""Balance confirmations at a person's desk: drawing one up, mailing it, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from collector.errors import UsageError
from collector.model import Confirmation, ConfirmationState, Confirmed
from collector.phrases import Phrase
from collector.plan.confirmations import confirmation, what_became
from collector.worker import Look, look
from collector.worker.desk import customer_key
from collector.worker.job import Job
from collector.worker.looking import read_whole

# Two weeks to answer, unless the team says another day.
_DAYS_TO_REPLY: Final = 14


def draw_confirmation(job: Job, customer: str, reply_by: date | None) -> Confirmation:
    """Return the letter that asks a customer to confirm the balance at the end of the job's day.

    Raises UnknownCustomerError, and UsageError where there is no balance or the day to answer by
    is past already.
    """
    return _drawn(job, look(job), customer, reply_by)


def _drawn(job: Job, seen: Look, customer: str, reply_by: date | None) -> Confirmation:
    key = customer_key(seen.assessment.customers["customer_name"], customer)
    if reply_by is not None and reply_by < job.as_of:
        raise UsageError(Phrase("usage_reply_by", day=reply_by, as_of=job.as_of))
    reply_by = reply_by or job.as_of + timedelta(days=_DAYS_TO_REPLY)
    found = confirmation(seen.book, seen.assessment, job.policy, key, job.as_of, reply_by)
    if found is None:
        raise UsageError(Phrase("usage_no_statement", customer=customer))
    return found


def ask_to_send(job: Job, customer: str, reply_by: date | None) -> Confirmed:
    """Have a customer's confirmation as at the job's day mailed by the next pass, once.

    Raises UnknownCustomerError, and UsageError where there is no balance or one of that day was
    sent or answered already.
    """
    seen = look(job)
    drawn = _drawn(job, seen, customer, reply_by)
    for each in confirmations(job):
        if (each.customer, each.as_of, each.state == "asked") == (drawn.customer, job.as_of, False):
            raise UsageError(Phrase("usage_confirmation_sent", customer=customer, day=job.as_of))
    asked = Confirmed(drawn.customer, job.as_of, "asked", str(drawn.reply_by), _when(job))
    job.ledger.confirm(job.policy.book, asked)
    return asked


def confirmations(job: Job) -> tuple[Confirmed, ...]:
    """Return every confirmation of the book as it stands, the newest day first."""
    spoken = job.ledger.spoken(job.policy.book, redirected=False)
    return what_became(job.ledger.confirmations(job.policy.book), spoken, job.policy)


def customer_names(job: Job, known: Sequence[Confirmed]) -> list[str]:
    """Return what the customers of confirmations are called, their code where the book says not.

    Raises WorkbookError for a book that cannot be read.
    """
    if not known:
        return []
    names = read_whole(job).customers["customer_name"]
    return [str(names.get(each.customer, "")) or each.customer for each in known]


def record_confirmation(job: Job, customer: str, state: ConfirmationState, note: str) -> Confirmed:
    """Record what became of a customer's confirmation: of the job's day when it is sent, else of
    the last one sent.

    Raises UnknownCustomerError, and UsageError where none was sent.
    """
    key = customer_key(look(job).assessment.customers["customer_name"], customer)
    day = job.as_of
    if state != "sent":
        earlier = [each.as_of for each in confirmations(job)
                   if each.customer == key and each.state != "asked"]  # fmt: skip
        if not earlier:
            raise UsageError(Phrase("usage_no_confirmation", customer=customer))
        day = max(earlier)
    confirmed = Confirmed(key, day, state, note, _when(job))
    job.ledger.confirm(job.policy.book, confirmed)
    return confirmed


def _when(job: Job) -> datetime:
    """Return the present; on another day than today its noon."""
    now = job.now()
    return now if job.today else datetime.combine(job.as_of, time(12), now.tzinfo)
