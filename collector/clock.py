"""The schedule: which pass is due, catching up once after downtime, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from time import sleep
from typing import Protocol

from collector.model import WEEKDAYS, Policy
from collector.plan.calendar import mail_day

_CATCH_UP_DAYS = 7
# How long a stop may go unnoticed, in seconds.
_BLINK = 0.2


class Slot(Protocol):
    """When a pass is due: ``on`` holds ``workdays``, ``daily`` or weekdays, ``at`` is a time."""

    @property
    def on(self) -> Sequence[str]: ...
    @property
    def at(self) -> time: ...


def due_slot(schedule: Sequence[Slot], policy: Policy, last_slot: str, now: datetime) -> str:
    """Return the slot (``2026-11-20T09:00``) whose pass is due at a local moment, '' when none.

    Only the latest one that was missed: after downtime one pass catches up with everything. A
    book that never had a pass starts with today's.
    """
    back = _CATCH_UP_DAYS if last_slot else 0
    latest = ""
    for offset in range(back, -1, -1):
        day = now.date() - timedelta(days=offset)
        for slot in schedule:
            name = f"{day}T{slot.at:%H:%M}"
            if _falls_on(slot.on, day, policy) and name <= f"{now:%Y-%m-%dT%H:%M}":
                latest = max(latest, name)
    return latest if latest > last_slot else ""


def _falls_on(on: Sequence[str], day: date, policy: Policy) -> bool:
    if "daily" in on or WEEKDAYS[day.weekday()] in on:
        return True
    return "workdays" in on and mail_day(day, "", policy)


def tick(work: Callable[[], None], *, every: int, stop: Callable[[], bool]) -> None:
    """Call ``work`` at once and then every so many seconds until asked to stop.

    ``work`` must not raise: a job that raises stops the ones after it.
    """
    import schedule

    scheduler = schedule.Scheduler()
    scheduler.every(every).seconds.do(work)
    work()
    while not stop():
        scheduler.run_pending()
        sleep(_BLINK)
