"""The reminder ladder: which step comes next for each open invoice, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from collector.model import Policy, Spoken

_CHASEABLE = ("overdue", "due_soon", "open", "disputed", "promised")
_ESCAPES = str.maketrans({"%": "%25", "/": "%2F", "#": "%23", ",": "%2C"})
_MISLEADING = "[%/#,]"
_NEVER = pd.Timestamp.max.normalize()


def escape(text: str) -> str:
    """Return a text as one part of an occasion's key; no letter of it can mislead a reader."""
    return text.translate(_ESCAPES)


def occasion_stems(invoices: pd.DataFrame, book: str) -> pd.Series[str]:
    """Return ``<book>/<customer>/reminder/<invoice>[#instalment]/<due>`` for rows with a due date.

    A row without an invoice number is known by its amount instead.
    """
    named = invoices["invoice"].where(
        invoices["invoice"] != "",
        "~" + invoices["currency"] + invoices["amount"].astype(str),
    )
    number, part = _escaped(named), _escaped(invoices["instalment"])
    number = number.where(part == "", number + "#" + part)
    due = invoices["due"].dt.strftime("%Y-%m-%d")
    customer = _escaped(invoices["customer"])
    stems: pd.Series[str] = escape(book) + "/" + customer + "/reminder/" + number + "/" + due
    return stems


def _escaped(texts: pd.Series[str]) -> pd.Series[str]:
    return texts.map(escape) if texts.str.contains(_MISLEADING).any() else texts


def ladder(
    invoices: pd.DataFrame, spoken: Sequence[Spoken], policy: Policy, as_of: date
) -> pd.DataFrame:
    """Return the ladder's state of every row that could be chased, by the invoices' index.

    None could by a policy without steps.

    Columns: ``last_day`` datetime64 (when we last wrote about it), ``step`` int64 (index of the
    next step; the number of steps when the ladder is climbed), ``repeat`` int64 (0, or which repeat
    of the last step it would be), ``on`` datetime64 (the first day that step may be taken),
    ``due_now`` bool, ``occasion`` str.
    """
    rows = invoices[invoices["status"].isin(_CHASEABLE) & bool(policy.steps)]
    stems = occasion_stems(rows, policy.book)
    last = _last_steps(spoken, policy).reindex(stems.str.casefold().to_numpy())
    last_step = pd.Series(last["step"].fillna(-1).to_numpy("int64"), index=rows.index)
    repeats = pd.Series(last["repeat"].fillna(0).to_numpy("int64"), index=rows.index)
    last_day = pd.Series(last["day"].to_numpy("datetime64[ns]"), index=rows.index)
    step, on = _next_step(rows["due"], rows["days_overdue"], last_step, last_day, policy)
    repeat, again = _next_repeat(step, repeats, last_day, policy)
    on = on.where(repeat == 0, again)
    name = _step_names(step, repeat, policy)
    return pd.DataFrame(
        {
            "last_day": last_day,
            "step": step,
            "repeat": repeat,
            "on": on,
            "due_now": on <= pd.Timestamp(as_of),
            "occasion": stems + "/" + name,
        }
    )


def _last_steps(spoken: Sequence[Spoken], policy: Policy) -> pd.DataFrame:
    """Return by occasion stem the last step spoken: its index, which repeat of it, and the day.

    A step that the policy no longer has counts as the highest one that its day would have earned.
    Stems are casefolded: a code respelt in the sheet does not start the ladder again.
    """
    positions = {step.name: index for index, step in enumerate(policy.steps)}
    last: dict[str, tuple[int, int, date]] = {}
    for said in spoken:
        stem, _, name = said.occasion.rpartition("/")
        if "/reminder/" not in stem:
            continue
        base, _, repeat = name.partition(".")
        position = positions.get(base, _position_by_day(stem, said.day, policy))
        entry = (position, int(repeat or 0), said.day)
        stem = stem.casefold()
        last[stem] = max(last.get(stem, entry), entry)
    frame = pd.DataFrame.from_dict(last, orient="index", columns=["step", "repeat", "day"])
    return frame.assign(day=pd.to_datetime(frame["day"]))


def _position_by_day(stem: str, day: date, policy: Policy) -> int:
    overdue = (day - date.fromisoformat(stem.rpartition("/")[2])).days
    return max((i for i, step in enumerate(policy.steps) if step.after <= overdue), default=0)


def _next_step(
    due: pd.Series[pd.Timestamp],
    days_overdue: pd.Series[int],
    last_step: pd.Series[int],
    last_day: pd.Series[pd.Timestamp],
    policy: Policy,
) -> tuple[pd.Series[int], pd.Series[pd.Timestamp]]:
    """Return the index of each row's next step and the first day it may be taken.

    The first step after the last one spoken; a step before the due date is skipped once the
    invoice is overdue, or when the days between the two steps would carry it past the due date.
    """
    step = pd.Series(len(policy.steps), index=due.index, dtype="int64")
    on = pd.Series(_NEVER, index=due.index)
    spoken_after = last_step.map({i: s.after for i, s in enumerate(policy.steps)} | {-1: 0})
    for index, rung in reversed(list(enumerate(policy.steps))):
        earliest = due + pd.Timedelta(days=rung.after)
        spaced = last_day + pd.to_timedelta(rung.after - spoken_after, unit="D")
        earliest = earliest.where(last_day.isna() | (spaced < earliest), spaced)
        fits = last_step < index
        if rung.after < 0:
            fits &= (days_overdue <= 0) & (earliest <= due)
        step, on = step.where(~fits, index), on.where(~fits, earliest)
    return step, on


def _next_repeat(
    step: pd.Series[int], repeats: pd.Series[int], last_day: pd.Series[pd.Timestamp], policy: Policy
) -> tuple[pd.Series[int], pd.Series[pd.Timestamp]]:
    """Return which repeat of the last step comes next (0: none) and the day of it."""
    climbed = (step == len(policy.steps)) & (repeats < policy.max_repeats)
    if policy.repeat_days is None:
        return step * 0, last_day
    return (repeats + 1).where(climbed, 0), last_day + pd.Timedelta(days=policy.repeat_days)


def _step_names(step: pd.Series[int], repeat: pd.Series[int], policy: Policy) -> pd.Series[str]:
    names = dict(enumerate([rung.name for rung in policy.steps])) | {len(policy.steps): ""}
    again = (policy.steps[-1].name if policy.steps else "") + "." + repeat.astype(str)
    return step.map(names).where(repeat == 0, again)


@dataclass(frozen=True, slots=True)
class Pace:
    """The days on which one customer was written to, in order."""

    days: tuple[date, ...] = ()

    def free_on(self, policy: Policy, as_of: date) -> date:
        """Return the first day from ``as_of`` on that the gap and the weekly cap allow."""
        day = as_of
        if self.days:
            day = max(day, self.days[-1] + timedelta(days=policy.gap_days))
        if len(self.days) >= policy.max_per_week:
            day = max(day, self.days[-policy.max_per_week] + timedelta(days=7))
        return day


def paces(spoken: Sequence[Spoken]) -> dict[str, Pace]:
    """Return by casefolded customer the days on which we wrote, a statement's too."""
    days: dict[str, dict[str, date]] = {}
    for said in spoken:
        days.setdefault(said.customer.casefold(), {})[said.message_id] = said.day
    return {customer: Pace(tuple(sorted(sent.values()))) for customer, sent in days.items()}
