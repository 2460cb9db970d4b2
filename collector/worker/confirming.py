"""Balance confirmations at a person's desk: drawing one up, and what became of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from collector.errors import UsageError
from collector.model import Confirmation, ConfirmationState, Confirmed
from collector.phrases import Phrase
from collector.plan.drafts import letter_language
from collector.rules import Assessment, assess
from collector.rules.statements import as_of_book, fully_dated, make_account, movements
from collector.worker import Look, look
from collector.worker.desk import customer_key
from collector.worker.job import Job

# Two weeks to answer, unless the team says another day.
_DAYS_TO_REPLY: Final = 14


def draw_confirmation(job: Job, customer: str, reply_by: date | None) -> Confirmation:
    """Return the letter that asks a customer to confirm the balance at the end of the job's day.

    Raises UnknownCustomerError, and UsageError where there is no balance.
    """
    seen = look(job)
    key = customer_key(seen.assessment.customers["customer_name"], customer)
    account = make_account(_as_it_stood(seen, key, job), job.policy)
    written = str(seen.assessment.customers["language"].get(key, ""))
    found = account.outstanding(key, letter_language(written, job.policy))
    if not found.sections:
        raise UsageError(Phrase("usage_no_statement", customer=customer))
    return Confirmation(
        customer=key,
        customer_name=found.customer_name,
        language=found.language,
        as_of=job.as_of,
        reply_by=reply_by or job.as_of + timedelta(days=_DAYS_TO_REPLY),
        balances=tuple((section.currency, section.closing) for section in found.sections),
    )


def _as_it_stood(seen: Look, key: str, job: Job) -> Assessment:
    """Return the book as of the day where the customer's every movement is dated."""
    if key not in fully_dated(movements(seen.book, seen.assessment), seen.assessment):
        return seen.assessment
    return assess(as_of_book(seen.book, job.as_of), job.policy, job.as_of)


def record_confirmation(job: Job, customer: str, state: ConfirmationState, note: str) -> Confirmed:
    """Record what became of a customer's confirmation: of the job's day when it is sent, else of
    the last one sent.

    Raises UnknownCustomerError, and UsageError where none was sent.
    """
    key = customer_key(look(job).assessment.customers["customer_name"], customer)
    day = job.as_of
    if state != "sent":
        earlier = [each.as_of for each in job.ledger.confirmations(job.policy.book)
                   if each.customer == key]  # fmt: skip
        if not earlier:
            raise UsageError(Phrase("usage_no_confirmation", customer=customer))
        day = max(earlier)
    confirmed = Confirmed(key, day, state, note, job.now())
    job.ledger.confirm(job.policy.book, confirmed)
    return confirmed
