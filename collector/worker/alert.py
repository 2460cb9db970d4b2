"""A mail to the operator when something needs a person, at most one a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import uuid4

from collector.letters.notice import Part, notice
from collector.model import Held, Message, Problem
from collector.phrases import say
from collector.plan import Plan
from collector.rules.dunning import escape
from collector.worker.job import Job

ALERT: Final = "alert"

_MUTE: Final = ("held_no_email", "held_bad_email")
_REFUSED: Final = ("held_refused", "held_retry", "held_domain", "held_recipients",
                   "held_letter", "held_file")  # fmt: skip
_DOUBT: Final = ("held_doubt",)


def occasion_of(job: Job) -> str:
    """Return the reason to write to the operator on this day."""
    return f"{escape(job.policy.book)}/{ALERT}/{job.as_of}"


def compose_alert(
    job: Job, plan: Plan, problems: Sequence[Problem], held: Sequence[Held], waiting: int
) -> Message | None:
    """Return what the operator should hear of a pass, None when nothing needs a person.

    ``held`` are the customers who were to be written to and were not, ``waiting`` how many
    messages wait to be approved.
    """
    parts = _parts(job, plan, problems, held)
    if waiting:
        parts.append((_say(job, "alert_waiting", count=waiting), ()))
    if not parts:
        return None
    domain = job.sender.address.rpartition("@")[2]
    facts = {"workbook": job.workbook.name, "day": str(job.as_of)}
    return notice(
        job.sender,
        job.alerts_to,
        book=job.policy.book,
        step=ALERT,
        occasion=occasion_of(job),
        subject=_say(job, "alert_subject", **facts),
        parts=parts,
        as_of=job.as_of,
        when=job.now(),
        message_id=f"<{uuid4().hex}@{domain}>",
        more=_say(job, "out_more", count="{count}"),
    )


def _parts(job: Job, plan: Plan, problems: Sequence[Problem], held: Sequence[Held]) -> list[Part]:
    language = job.policy.language
    lists = {
        "alert_mute": _lines(plan.blocked.values(), _MUTE, language),
        "alert_refused": _lines(held, _REFUSED, language),
        "alert_doubt": _lines(held, _DOUBT, language),
        "out_problems": [
            f"{each.where}: {each.say(language)}" for each in problems if each.holds != "nothing"
        ],
    }
    return [(_say(job, title), lines) for title, lines in lists.items() if lines]


def _lines(held: Iterable[Held], codes: Sequence[str], language: str) -> list[str]:
    lines = (f"{h.customer_name}: {h.say(language)}" for h in held if h.code in codes)
    return list(dict.fromkeys(lines))


def _say(job: Job, phrase: str, **facts: object) -> str:
    return say(job.policy.language, phrase, **facts)
