"""How many messages a run and a day may have, and what is said of those beyond it."""

from __future__ import annotations

import sys
from datetime import date, timedelta

from collector.model import Policy
from collector.plan.calendar import next_mail_day


def day_room(policy: Policy, tries: int) -> int:
    """Return how many more messages may be handed over on a day that has had ``tries``."""
    return sys.maxsize if policy.max_per_day is None else max(policy.max_per_day - tries, 0)


def over_cap(
    country: str, today: date, policy: Policy, *, of_day: bool
) -> tuple[str, dict[str, str]]:
    """Return the phrase and its facts for a customer whose message is one too many.

    What is over the day's cap waits for the next day on which mail may go there.
    """
    if not of_day:
        return "held_cap", {"limit": str(policy.max_per_run)}
    until = next_mail_day(today + timedelta(days=1), country, policy)
    return "held_day_cap", {"limit": str(policy.max_per_day), "until": str(until)}
