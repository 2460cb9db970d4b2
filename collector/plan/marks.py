"""What each column of ours shows beside the invoices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from collector.fields import BUCKET_WORDS, FLAG_WORDS, STATUS_WORDS, word
from collector.model import Cell, Policy
from collector.phrases import say, short_date
from collector.plan import History, Plan
from collector.plan.calendar import next_mail_day
from collector.plan.drafts import by_label
from collector.rules import Assessment
from collector.rules.aging import dates

# Held for the day, and nothing the row could say by itself.
_WHOLE = ("held_minimum", "held_cap", "held_day_cap")


def marks(
    assessment: Assessment, tab: str, plan: Plan, history: History, policy: Policy
) -> dict[str, list[Cell]]:
    """Return by column of ours what each invoice row should show, in the order of the frame."""
    rows, language = assessment.invoices, policy.language
    live = rows["open"]
    late = live & (rows["days_overdue"] > 0) & (rows["balance"] > 0) & rows["known"]
    flags = rows["customer"].map(assessment.customers["credit_flag"]).fillna("")
    # A cell holds a float; one division of an exact integer rounds to the nearest there is.
    owed = rows["balance"] / 10.0 ** rows["exponent"]
    return {
        "status": _words(rows["status"], STATUS_WORDS, language),
        "days_overdue": _where(late, rows["days_overdue"].tolist()),
        "bucket": _words(rows["bucket"], BUCKET_WORDS, language),
        "open_balance": _where(rows["known"] & live, owed.tolist()),
        "credit_flag": _words(flags.where(live, ""), FLAG_WORDS, language),
        "last_reminder": _last_reminders(rows, plan),
        "next_action": _next_actions(assessment, plan, history, policy),
        "problem": _problem_texts(assessment, tab, language),
    }


def _words(
    values: pd.Series[str], words: Mapping[str, Mapping[str, str]], language: str
) -> list[Cell]:
    """Translate a column of keys; '' becomes a blank cell."""
    keys = values.tolist()
    texts: dict[str, Cell] = {key: word(words, language, key) or None for key in set(keys)}
    return list(map(texts.__getitem__, keys))


def _where(mask: pd.Series[bool], values: list[Cell]) -> list[Cell]:
    return [value if wanted else None for value, wanted in zip(values, mask.tolist(), strict=True)]


def _last_reminders(rows: pd.DataFrame, plan: Plan) -> list[Cell]:
    return list(dates(plan.ladder["last_day"].reindex(rows.index)))


def _problem_texts(assessment: Assessment, tab: str, language: str) -> list[Cell]:
    """Return the problems of each row of the invoices tab, joined."""
    texts: dict[int, list[str]] = {}
    for problem in assessment.problems:
        own = () if problem.where.row is None else (problem.where.row,)
        for row in (*own, *problem.rows) if problem.where.tab == tab else ():
            texts.setdefault(row, []).append(problem.say_of_row(language))
    rows = assessment.invoices["row"].tolist()
    return ["; ".join(dict.fromkeys(texts[row])) if row in texts else None for row in rows]


def _next_actions(
    assessment: Assessment, plan: Plan, history: History, policy: Policy
) -> list[Cell]:
    """Return what comes next for every open row and when, or why nothing does."""
    rows = assessment.invoices
    live = rows[rows["open"]]
    steps = plan.ladder.reindex(live.index)
    actions = _Actions(assessment, plan, history, policy)
    texts = map(
        actions.text,
        live["row"].tolist(),
        live["status"].tolist(),
        live["customer"].tolist(),
        live["currency"].tolist(),
        dates(live["promise_date"]),
        dates(live["due"]),
        steps["occasion"].fillna("").tolist(),
        steps["step"].tolist(),
        steps["repeat"].tolist(),
        dates(steps["on"]),
    )
    return [next(texts) if still else None for still in rows["open"].tolist()]


class _Actions:
    """What the Next action column says, row by row; what it looks things up in is built once."""

    def __init__(
        self, assessment: Assessment, plan: Plan, history: History, policy: Policy
    ) -> None:
        self._plan, self._policy, self._today = plan, policy, assessment.as_of
        self._countries = by_label(assessment.customers["country"])
        self._held = {h.customer: h for h in plan.held if h.code in _WHOLE}
        self._pending = {o: s for s in history.pending for o in s.message.occasions}
        doubtful = (o for s in history.doubts for o in s.message.occasions)
        self._doubtful = {o.rpartition("/")[0].casefold() for o in doubtful}

    def text(
        self,
        row: int,
        status: str,
        customer: str,
        currency: str,
        until: date | None,
        due: date | None,
        occasion: str,
        step: float,
        repeat: float,
        on: date | None,
    ) -> str:
        """Return the first that applies, in the order in which holds do."""
        block = self._plan.blocked.get(customer) or self._held.get(customer)
        barred = self._plan.barred.get(row)
        if status == "credit":
            return self._say("action_credit")
        if status == "unreadable":
            return self._say("action_unreadable")
        if block is not None:
            return self._say("action_blocked", reason=block.say(self._policy.language))
        if barred is not None:
            return self._say("action_blocked", reason=barred.say(self._policy.language))
        if status == "disputed":
            return self._say("action_disputed")
        if status == "promised" and until is not None:
            day = short_date(self._policy.language, until, self._today)
            return self._say("action_promised", until=day)
        if (customer, currency) in self._plan.covered:
            return self._say("action_blocked", reason=self._say("held_credit"))
        return self._of_message(occasion) or self._of_step(customer, due, step, repeat, on)

    def _of_message(self, occasion: str) -> str:
        """Say how a message about this row stands that was built and has not gone."""
        if occasion.rpartition("/")[0].casefold() in self._doubtful:
            return self._say("action_doubt")
        stored = self._pending.get(occasion)
        if stored is None or stored.state not in ("waiting", "approved", "refused"):
            return ""
        if stored.state == "waiting":
            text = self._say(stored.message.approval or "held_approval_mode")
            return text[0].upper() + text[1:]
        return self._say(f"action_{stored.state}", answer=str(stored.answer))

    def _of_step(
        self, customer: str, due: date | None, step: float, repeat: float, on: date | None
    ) -> str:
        """Say which step comes next and on which day that mail may go."""
        steps = self._policy.steps
        if not steps:
            return self._say("action_no_steps")
        if due is None or on is None or (step >= len(steps) and not repeat):
            return self._say("action_climbed")
        if repeat:
            return self._say("action_again", day=self._day(customer, on))
        index = int(step)
        if steps[index].after < 0 and self._mail_day(customer, on) > due:
            # It would come too late to be one; the next step is counted from the due date.
            index += 1
            if index == len(steps):
                return self._say("action_climbed")
            on = due + timedelta(days=steps[index].after)
        rung, day = steps[index], self._day(customer, on)
        if rung.after < 0:
            return self._say("action_courtesy", day=day)
        number = sum(each.after >= 0 for each in steps[: index + 1])
        phrase = "action_step_approve" if rung.approve else "action_step"
        return self._say(phrase, number=str(number), day=day)

    def _mail_day(self, customer: str, on: date) -> date:
        first = max(on, self._plan.free_on.get(customer, self._today))
        return next_mail_day(first, self._countries.get(customer, ""), self._policy)

    def _day(self, customer: str, on: date) -> str:
        return short_date(self._policy.language, self._mail_day(customer, on), self._today)

    def _say(self, phrase: str, **facts: str) -> str:
        return say(self._policy.language, phrase, **facts)
