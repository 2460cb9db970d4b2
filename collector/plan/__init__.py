"""What to do about a book on a day: whom to write to, who is held and why, what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from collector.intake.book import Book
from collector.model import Draft, Held, Policy, Problem, Task
from collector.plan.calendar import local_day, mail_day, next_mail_day, opening, within_hours
from collector.plan.caps import day_room, over_cap
from collector.plan.deciding import Decider
from collector.plan.drafts import by_label, items_by_customer
from collector.plan.history import History
from collector.rules import Assessment
from collector.rules.dunning import Pace, ladder, paces

__all__ = ["History", "Plan", "make_plan"]

# What asks for no payment goes whenever it is due, however short ago a reminder went.
_UNPACED = ("statement", "confirmation")
_MUTE = ("held_no_email", "held_bad_email")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the plan wants.

    ``drafts`` may go now; ``later`` are wanted too but not on this day or at this hour. ``ladder``
    is the ladder's frame. ``blocked`` says by customer why nothing is sent to them at all,
    ``barred`` by sheet row which problem holds that row alone, ``covered`` in which currencies a
    customer's credit covers what would be asked for, and ``free_on`` the first day that mail may
    go to each customer.
    """

    drafts: tuple[Draft, ...]
    later: tuple[Draft, ...]
    held: tuple[Held, ...]
    tasks: tuple[Task, ...]
    ladder: pd.DataFrame
    blocked: Mapping[str, Held]
    barred: Mapping[int, Problem]
    covered: frozenset[tuple[str, str]]
    free_on: Mapping[str, date]


def make_plan(
    book: Book,
    assessment: Assessment,
    history: History,
    policy: Policy,
    *,
    now: datetime | None,
) -> Plan:
    """Decide on every customer of an assessed book.

    ``now`` is the aware moment when the assessment's day is today, else None: then the hours of
    ``send_between`` are not judged.
    """
    return _Planner(book, assessment, history, policy, now).plan()


class _Planner:
    """One planning pass: what each customer should get, and when it may go."""

    def __init__(
        self,
        book: Book,
        assessment: Assessment,
        history: History,
        policy: Policy,
        now: datetime | None,
    ) -> None:
        self.policy, self.now, self.tries = policy, now, history.tries
        self.today = assessment.as_of
        self.rows, self.customers = assessment.invoices, assessment.customers
        self.countries = by_label(self.customers["country"])
        self.timezones = by_label(self.customers["timezone"])
        self.ladder = ladder(self.rows, history.spoken, policy, self.today)
        self.paces = paces(history.spoken)
        self.decider = Decider(book, assessment, history, policy)

    def plan(self) -> Plan:
        drafts: list[Draft] = []
        later: list[Draft] = []
        held: list[Held] = []
        due = self.ladder[self.ladder["due_now"]]
        owing = set(self.rows.loc[due.index, "customer"])
        live = self.rows[self.rows["open"] & self.rows["customer"].isin(owing)]
        items = items_by_customer(live, due)
        for customer in self._candidates(owing):
            wanted, reasons = self.decider.decide(customer, items.get(customer, []))
            now, not_now, timing = self._when(customer, wanted)
            drafts += now
            later += not_now
            held += [*reasons, *timing]
        drafts, over = self._cap(drafts, held)
        return Plan(
            tuple(drafts),
            (*later, *over),
            tuple(held),
            self._tasks(),
            self.ladder,
            self.decider.blocked,
            self.decider.barred,
            frozenset(self.decider.covered),
            self._free_days(),
        )

    def _candidates(self, owing: set[str]) -> list[str]:
        """Return, in the order of the sheet, customers with something due or unreadable."""
        urgent = {
            *owing,
            *self.decider.statements,
            *self.decider.thanks,
            *self.decider.confirmations,
        }
        urgent |= {c for c, why in self.decider.blocked.items() if why.code == "held_problem"}
        ordered = dict.fromkeys(self.rows["customer"].tolist())
        return [customer for customer in ordered if customer in urgent and customer]

    def _when(
        self, customer: str, wanted: list[Draft]
    ) -> tuple[list[Draft], list[Draft], list[Held]]:
        """Part a customer's drafts into those that may go at this moment and those that may not.

        The gap holds reminders only: a statement that is due still goes, by itself, and so does
        a confirmation.
        """
        held: list[Held] = []
        later: list[Draft] = []
        gap = self.paces.get(customer.casefold(), Pace()).free_on(self.policy, self.today)
        if gap > self.today and any(draft.step not in _UNPACED for draft in wanted):
            held = [self.decider.held(customer, "held_gap", until=str(gap))]
            later = [self.decider.without_statement(d) for d in wanted if d.step not in _UNPACED]
            alone = self.decider.statement_alone(customer)
            wanted = [*(d for d in wanted if d.confirmation), *alone]
        elif len(wanted) > 1 and wanted[0].confirmation and not wanted[0].approval:
            # One message a day: what the ladder would say follows when the gap is over.
            free = self.today + timedelta(days=max(self.policy.gap_days, 1))
            held = [self.decider.held(customer, "held_gap", until=str(free))]
            wanted, later = wanted[:1], [self.decider.without_statement(d) for d in wanted[1:]]
        closed = self._closed(customer) if wanted else None
        if closed is not None:
            return [], [*later, *wanted], held or [closed]
        return wanted, later, held

    def _closed(self, customer: str) -> Held | None:
        """Tell why no mail at all may go to a customer at this moment, None when it may."""
        country, zone = self.countries[customer], self.timezones[customer]
        if self.now is None:
            closed = not mail_day(self.today, country, self.policy)
            return self.decider.held(customer, "held_day", day=self.today) if closed else None
        day = local_day(self.now, zone, self.policy)
        off = not mail_day(day, country, self.policy)
        if not off and within_hours(self.now, zone, self.policy):
            return None
        opens = opening(self.now, zone, country, self.policy).isoformat()
        if not off:
            return self.decider.held(customer, "held_hours", opens=opens)
        # Another day than ours ends at another hour: a worker comes back then.
        moment = {"opens": opens} if day != self.today else {}
        return self.decider.held(customer, "held_day", day=day, **moment)

    def _cap(self, drafts: list[Draft], held: list[Held]) -> tuple[list[Draft], list[Draft]]:
        """Split off what exceeds the messages a run or a day may have, and say so in ``held``.

        What waits for a person, now or again, is free.
        """
        run, room = self.policy.max_per_run, day_room(self.policy, self.tries)
        sendable = 0
        kept: list[Draft] = []
        over: list[Draft] = []
        for draft in drafts:
            sendable += not draft.approval
            if sendable <= min(run, room):
                kept.append(draft)
                continue
            over.append(draft)
            country = self.countries[draft.customer]
            code, facts = over_cap(country, self.today, self.policy, of_day=sendable > room)
            held.append(self.decider.held(draft.customer, code, **facts))
        return kept, over

    def _tasks(self) -> tuple[Task, ...]:
        """Name whom a person has to see to: the ladder is climbed, or there is no address."""
        climbed = self.ladder[
            (self.ladder["step"] >= len(self.policy.steps)) & (self.ladder["repeat"] == 0)
        ]
        over = dict.fromkeys(self.rows.loc[climbed.index, "customer"].tolist())
        mute = [
            c
            for c, why in self.decider.blocked.items()
            if why.code in ("held_no_email", "held_bad_email")
        ]
        return tuple(
            Task(c, self.decider.name(c), str(self.customers["owner"].get(c, "")), what)
            for names, what in ((over, "task_climbed"), (mute, "task_address"))
            for c in names
            if c in self.customers.index
        )

    def _free_days(self) -> dict[str, date]:
        """Return the first day on which each customer with a ladder may get a reminder."""
        names = dict.fromkeys(self.rows.loc[self.ladder.index, "customer"].tolist())
        return {
            name: next_mail_day(
                self.paces.get(name.casefold(), Pace()).free_on(self.policy, self.today),
                self.countries.get(name, ""),
                self.policy,
            )
            for name in names
        }
