"""When what a mail server refused for now is tried again, with the same bytes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from collector.model import Stored

# A server that does not know us yet takes the second try after some minutes (greylisting).
FIRST_WAIT: Final = timedelta(minutes=5)
LONGEST_WAIT: Final = timedelta(hours=4)

_FOR_NOW: Final = re.compile(r"(?:\S+: )?4\d\d\b")


def for_now(answer: str) -> bool:
    """Tell whether a refusal holds only for now: the server's answer is a 4xx."""
    return _FOR_NOW.match(answer) is not None


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many tries: twice as long each time."""
    doublings: int = min(max(attempts - 1, 0), 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def not_before(stored: Stored, now: datetime) -> datetime | None:
    """Return the moment from which a message may be tried again, None when it may now.

    A last try in the future was made before the clock was put back, and says nothing.
    """
    if stored.state != "refused" or stored.changed_at is None or not for_now(stored.answer):
        return None
    until = stored.changed_at + wait_after(stored.attempts)
    return until if stored.changed_at <= now < until else None


def to_be_retried(stored: Stored) -> bool:
    """Tell whether a message was refused for now, so that another pass today makes sense."""
    return stored.state == "refused" and for_now(stored.answer)
