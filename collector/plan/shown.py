"""What our own columns say, read back: how far the reminders of a row had got."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from collector.fields import LANGUAGES
from collector.model import Policy
from collector.phrases import PHRASES

_STEPS: Final = ("action_step", "action_step_approve")
_CLIMBED: Final = ("action_climbed", "action_again")


def last_step(next_action: str, due: date, day: date, policy: Policy) -> str:
    """Return the step (``second``, ``final.2``) that was said last about a row, on ``day``.

    Next action names the step after it, in any language of ours. Where it says something else, it
    is the highest step that the days overdue had earned by then: rather one too many than one
    twice.
    """
    steps = policy.steps
    number = _number(next_action)
    earlier = _rung(number, policy) - 1 if number else -1
    if earlier >= 0:
        return steps[earlier].name
    if any(_filled(phrase, next_action) for phrase in _CLIMBED):
        return _last_rung(due, day, policy)
    overdue = (day - due).days
    earned = max((i for i, step in enumerate(steps) if step.after <= overdue), default=0)
    return _last_rung(due, day, policy) if earned == len(steps) - 1 else steps[earned].name


def _number(next_action: str) -> int:
    """Return which reminder Next action says comes next, 0 when it says nothing of the kind."""
    for phrase in _STEPS:
        found = _filled(phrase, next_action)
        if found:
            return int(found["number"])
    return 0


def _rung(number: int, policy: Policy) -> int:
    """Return the index of the nth step after the due date, 0 when there is none."""
    counted = [i for i, step in enumerate(policy.steps) if step.after >= 0]
    return counted[number - 1] if number <= len(counted) else 0


def _last_rung(due: date, day: date, policy: Policy) -> str:
    """Return the last step, or which repeat of it the day was one for."""
    final = policy.steps[-1]
    if policy.repeat_days is None:
        return final.name
    since = day - due - timedelta(days=final.after)
    repeat = min(max(since.days // policy.repeat_days, 0), policy.max_repeats)
    return f"{final.name}.{repeat}" if repeat else final.name


def _filled(phrase: str, text: str) -> re.Match[str] | None:
    """Tell whether a text is a phrase with its facts filled in, in any language of ours."""
    found = (pattern.fullmatch(text) for pattern in _patterns(phrase))
    return next((match for match in found if match), None)


@lru_cache
def _patterns(phrase: str) -> tuple[re.Pattern[str], ...]:
    said = (re.escape(PHRASES[phrase][language]) for language in LANGUAGES)
    return tuple(
        re.compile(each.replace(r"\{day\}", ".+").replace(r"\{number\}", r"(?P<number>\d+)"))
        for each in said
    )
