"""How many messages may still be handed over, as the ledger counts them."""

from __future__ import annotations

from collector.model import Message
from collector.plan.caps import day_room, over_cap
from collector.worker.job import Job
from collector.worker.seen import Look


def room(job: Job, seen: Look) -> int:
    """Return how many more messages the mail account may be given on the job's day."""
    return day_room(job.policy, seen.history.tries)


def over(job: Job, seen: Look, message: Message, *, of_day: bool) -> tuple[str, dict[str, str]]:
    """Return the phrase and its facts for a message that is one too many."""
    country = str(seen.assessment.customers["country"].get(message.customer, ""))
    return over_cap(country, job.as_of, job.policy, of_day=of_day)
