"""What to do about a book on a day: whom to write to, who is held and why, what comes next."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pandas as pd

from collector.intake.book import Book
from collector.model import Confirmed, Draft, Held, Policy, Problem, Spoken, Stored, Task
from collector.plan.calendar import local_day, mail_day, next_mail_day, opening, within_hours
from collector.plan.caps import day_room, over_cap
from collector.plan.confirmations import confirmation_draft, due_confirmations
from collector.plan.courtesies import due_thanks, thanks_draft, with_other_words
from collector.plan.domains import foreign
from collector.plan.drafts import (
    Item,
    Unapplied,
    addresses,
    covered_currencies,
    empty_drafts,
    items_by_customer,
    reminder,
    statement_draft,
)
from collector.plan.statements import due_statements
from collector.rules import Assessment
from collector.rules.dunning import Pace, ladder, paces
from collector.rules.statements import Account, make_account

_MUTE = ("no_address", "bad_address")
_ADDRESS_PROBLEMS = ("problem_no_address", "problem_address_malformed")
_LISTED = ("overdue", "due_soon", "open", "credit")
# What asks for no payment goes whenever it is due, however short ago a reminder went.
_UNPACED = ("statement", "confirmation")


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger remembers of a book, as far as the plan needs it.

    ``tries`` counts the messages that the mail account was given on the day, whatever the book.
    """

    spoken: tuple[Spoken, ...] = ()
    last_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    threads: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    pending: tuple[Stored, ...] = ()
    doubts: tuple[Stored, ...] = ()
    confirmations: tuple[Confirmed, ...] = ()
    tries: int = 0


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
    """One planning pass; holds what every customer's decision looks at."""

    def __init__(
        self,
        book: Book,
        assessment: Assessment,
        history: History,
        policy: Policy,
        now: datetime | None,
    ) -> None:
        self.assessment, self.policy, self.now = assessment, policy, now
        self.tries = history.tries
        self.last_to = {name.casefold(): to for name, to in history.last_to.items()}
        self.threads = {name.casefold(): thread for name, thread in history.threads.items()}
        self.today = assessment.as_of
        self.rows = assessment.invoices
        self.customers = assessment.customers
        self.names, self.countries, self.timezones = (
            dict(zip(self.customers.index.tolist(), self.customers[name].tolist(), strict=True))
            for name in ("customer_name", "country", "timezone")
        )
        self.empty = empty_drafts(assessment, policy)
        self.unapplied = assessment.unapplied.to_dict()
        self.ladder = ladder(self.rows, history.spoken, policy, self.today)
        self.paces = paces(history.spoken)
        self.barred = _barred_rows(book, assessment)
        self.blocked = _blocked(book, assessment, policy)
        self.covered: set[tuple[str, str]] = set()
        self.statements = due_statements(book, assessment, history.spoken, policy)
        self.thanks = due_thanks(assessment, history.spoken, policy)
        self.confirmations = due_confirmations(
            book, assessment, history.confirmations, history.spoken, policy
        )
        self.said = frozenset(each.occasion.casefold() for each in history.spoken)
        self._account: Account | None = None

    def plan(self) -> Plan:
        drafts: list[Draft] = []
        later: list[Draft] = []
        held: list[Held] = []
        due = self.ladder[self.ladder["due_now"]]
        owing = set(self.rows.loc[due.index, "customer"])
        live = self.rows[self.rows["open"] & self.rows["customer"].isin(owing)]
        items = items_by_customer(live, due)
        for customer in self._candidates(owing):
            wanted, reasons = self._decide(customer, items.get(customer, []))
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
            self.blocked,
            self.barred,
            frozenset(self.covered),
            self._free_days(),
        )

    def _candidates(self, owing: set[str]) -> list[str]:
        """Return, in the order of the sheet, customers with something due or unreadable."""
        urgent = {*owing, *self.statements, *self.thanks, *self.confirmations}
        urgent |= {c for c, why in self.blocked.items() if why.code == "held_problem"}
        ordered = dict.fromkeys(self.rows["customer"].tolist())
        return [customer for customer in ordered if customer in urgent and customer]

    def _decide(self, customer: str, items: list[Item]) -> tuple[list[Draft], list[Held]]:
        """Return the drafts a customer should get, whatever the hour, and what is held."""
        block = self.blocked.get(customer)
        if block is not None:
            return [], [block]
        due, held = self._drop_held(customer, [item for item in items if item.step is not None])
        listed = self._listed(items)
        covered = covered_currencies(listed, customer, self.unapplied)
        wanted = [item for item in due if item.line.currency not in covered]
        self.covered |= {(customer, currency) for currency in covered}
        if wanted and len(wanted) < len(due):
            held = [*held, self._held(customer, "held_credit")]
        listed = [item for item in listed if item.line.currency not in covered]
        drafts = self._reminders(customer, wanted, listed) if wanted else []
        small = self._too_little(customer, due, drafts)
        if small is not None:
            drafts, held = [], [*held, small]
        drafts = self._with_statement(customer, drafts)
        if customer in self.thanks and not drafts and self._welcomes(customer):
            why = "held_approval_mode" if self.policy.mode == "approve" else ""
            draft = thanks_draft(self.empty[customer], self.thanks[customer])
            drafts = [replace(draft, approval=why)]
        drafts = self._with_confirmation(customer, drafts)
        return [self._needing_approval(draft) for draft in drafts], held

    def _drop_held(self, customer: str, due: list[Item]) -> tuple[list[Item], list[Held]]:
        """Leave out what is disputed, promised or unreadable by itself, each with its reason."""
        held = [
            replace(self._held(customer, "held_problem"), problem=self.barred[item.row])
            for item in due
            if item.row in self.barred
        ]
        due = [item for item in due if item.row not in self.barred]
        held += [
            self._held(customer, "held_disputed", invoice=item.line.invoice)
            for item in due
            if item.status == "disputed"
        ]
        held += [
            self._held(
                customer, "held_promised", invoice=item.line.invoice, until=str(item.promise)
            )
            for item in due
            if item.status == "promised"
        ]
        return [item for item in due if item.status in _LISTED], held

    def _listed(self, items: list[Item]) -> list[Item]:
        """Return what a letter names: an invoice that is not soon due only when its step is due."""
        return [
            item
            for item in items
            if item.status in _LISTED
            and item.row not in self.barred
            and (item.status != "open" or item.step is not None)
        ]

    def _reminders(self, customer: str, due: list[Item], listed: list[Item]) -> list[Draft]:
        """Return one reminder, and a second one for the steps that wait for a person."""
        asking = [item for item in due if self._asks(item)]
        if self.policy.mode == "approve" or not asking:
            why = "held_approval_mode" if self.policy.mode == "approve" else ""
            return [self._remind(customer, due, listed, approval=why)]
        return self._parted(customer, due, listed)

    def _parted(self, customer: str, due: list[Item], listed: list[Item]) -> list[Draft]:
        """Return what goes now and, apart, what waits for a person.

        The customer's credit is deducted once: from what waits, so that it reads the same until it
        is released, or from the rest where the credit would leave nothing to wait for.
        """
        own = [item for item in listed if self._asks(item) or item.status == "credit"]
        covered = covered_currencies(own, customer, self.unapplied)
        own = [item for item in own if item.line.currency not in covered]
        kept = {item.row for item in own}
        asking = [item for item in due if item.row in kept]
        taken = {item.line.currency for item in asking}
        rest = [
            item
            for item in listed
            if not (self._asks(item) or (item.status == "credit" and item.line.currency in taken))
        ]
        spare: dict[Hashable, int] = {
            (customer, currency): self.unapplied.get((customer, currency), 0)
            for currency in {item.line.currency for item in rest} - taken
        }
        covered = covered_currencies(rest, customer, spare)
        rest = [item for item in rest if item.line.currency not in covered]
        kept = {item.row for item in rest}
        others = [item for item in due if item.row in kept]
        drafts = [self._remind(customer, others, rest, spare)] if others else []
        if asking:
            own = [item for item in own if item.line.currency in taken]
            drafts.append(self._remind(customer, asking, own, approval="held_approval_step"))
        return drafts

    def _asks(self, item: Item) -> bool:
        """Tell whether an item's step waits for a person; a repeat is like the last step."""
        if item.step is None:
            return False
        return self.policy.steps[min(item.step, len(self.policy.steps) - 1)].approve

    def _remind(
        self,
        customer: str,
        due: list[Item],
        listed: list[Item],
        spare: Unapplied | None = None,
        approval: str = "",
    ) -> Draft:
        empty = self.empty[customer]
        unapplied = self.unapplied if spare is None else spare
        thread = tuple(message for message, _ in self.threads.get(customer.casefold(), ()))
        draft = reminder(
            empty, due, listed, unapplied, self.policy, thread=thread, approval=approval
        )
        return self._with_account(with_other_words(draft, due, self.said, self.policy))

    def _welcomes(self, customer: str) -> bool:
        """Tell whether a customer may be written to at all, who need not owe anything."""
        known = self.customers.loc[customer]
        quiet = known["do_not_chase"] or known["pause_until"] >= pd.Timestamp(self.today)
        return bool(self.empty[customer].to) and not quiet

    def _with_account(self, draft: Draft) -> Draft:
        """Attach what is open from the step on that the team named."""
        names = [step.name for step in self.policy.steps]
        since = self.policy.statement_from
        if since not in names or names.index(draft.step) < names.index(since):
            return draft
        if self._account is None:
            self._account = make_account(self.assessment, self.policy)
        statement = self._account.outstanding(draft.customer, draft.language)
        return replace(draft, statement=statement) if statement.sections else draft

    def _too_little(self, customer: str, due: list[Item], drafts: list[Draft]) -> Held | None:
        """Tell why a customer's reminder is not worth sending: credit covers it, or it is small."""
        if due and not drafts:
            return self._held(customer, "held_credit")
        asks = [total for draft in drafts for total in draft.totals]
        home = sum(
            (t.overdue + t.due_soon - t.credit for t in asks if t.currency == self.policy.currency),
            Decimal(0),
        )
        foreign = any(t.currency != self.policy.currency for t in asks)
        if asks and not foreign and home < self.policy.minimum:
            return self._held(customer, "held_minimum", minimum=str(self.policy.minimum))
        return None

    def _with_statement(self, customer: str, drafts: list[Draft]) -> list[Draft]:
        """Attach the statement that is due to the reminder, or let it go by itself."""
        due = self.statements.get(customer)
        if due is None:
            return drafts
        occasion, statement = due
        if not drafts:
            why = "held_approval_mode" if self.policy.mode == "approve" else ""
            draft = statement_draft(self.empty[customer], statement, occasion)
            return [replace(draft, approval=why)]
        first = replace(drafts[0], statement=statement, occasions=(*drafts[0].occasions, occasion))
        return [first, *drafts[1:]]

    def _with_confirmation(self, customer: str, drafts: list[Draft]) -> list[Draft]:
        """Put the confirmation that somebody asked for before what the ladder would say."""
        due = self.confirmations.get(customer)
        if due is None or not self._welcomes(customer):
            return drafts
        why = "held_approval_mode" if self.policy.mode == "approve" else ""
        draft = confirmation_draft(self.empty[customer], due)
        return [replace(draft, approval=why), *drafts]

    def _without_statement(self, draft: Draft) -> Draft:
        """Take off the statement that is due, and the occasion that it serves."""
        if draft.statement is None or draft.customer not in self.statements:
            return draft
        occasion, _ = self.statements[draft.customer]
        left = tuple(each for each in draft.occasions if each != occasion)
        return replace(draft, statement=None, occasions=left)

    def _needing_approval(self, draft: Draft) -> Draft:
        """Let a person release what may not go without: first of all to an address that changed."""
        last = self.last_to.get(draft.customer.casefold())
        if last and set(last) != set(draft.to):
            return replace(draft, approval="held_approval_address")
        if draft.approval:
            return draft
        if self.policy.approve_first and last is None:
            return replace(draft, approval="held_approval_first")
        return replace(draft, approval="held_approval_above") if self._large(draft) else draft

    def _large(self, draft: Draft) -> bool:
        """Tell whether a draft asks for more than goes without a person.

        An amount in another currency than the book's cannot be compared, so it counts as large.
        """
        above = self.policy.approve_above
        return above is not None and any(
            total.currency != self.policy.currency
            or total.overdue + total.due_soon - total.credit > above
            for total in draft.totals
        )

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
            held = [self._held(customer, "held_gap", until=str(gap))]
            later = [self._without_statement(d) for d in wanted if d.step not in _UNPACED]
            alone = [self._needing_approval(d) for d in self._with_statement(customer, [])]
            wanted = [*(d for d in wanted if d.confirmation), *alone]
        elif len(wanted) > 1 and wanted[0].confirmation and not wanted[0].approval:
            # One message a day: what the ladder would say follows when the gap is over.
            free = self.today + timedelta(days=max(self.policy.gap_days, 1))
            held = [self._held(customer, "held_gap", until=str(free))]
            wanted, later = wanted[:1], [self._without_statement(d) for d in wanted[1:]]
        closed = self._closed(customer) if wanted else None
        if closed is not None:
            return [], [*later, *wanted], held or [closed]
        return wanted, later, held

    def _closed(self, customer: str) -> Held | None:
        """Tell why no mail at all may go to a customer at this moment, None when it may."""
        country, zone = self.countries[customer], self.timezones[customer]
        if self.now is None:
            closed = not mail_day(self.today, country, self.policy)
            return self._held(customer, "held_day", day=self.today) if closed else None
        day = local_day(self.now, zone, self.policy)
        off = not mail_day(day, country, self.policy)
        if not off and within_hours(self.now, zone, self.policy):
            return None
        opens = opening(self.now, zone, country, self.policy).isoformat()
        if not off:
            return self._held(customer, "held_hours", opens=opens)
        # Another day than ours ends at another hour: a worker comes back then.
        moment = {"opens": opens} if day != self.today else {}
        return self._held(customer, "held_day", day=day, **moment)

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
            held.append(self._held(draft.customer, code, **facts))
        return kept, over

    def _tasks(self) -> tuple[Task, ...]:
        """Name whom a person has to see to: the ladder is climbed, or there is no address."""
        climbed = self.ladder[
            (self.ladder["step"] >= len(self.policy.steps)) & (self.ladder["repeat"] == 0)
        ]
        over = dict.fromkeys(self.rows.loc[climbed.index, "customer"].tolist())
        mute = [
            c for c, why in self.blocked.items() if why.code in ("held_no_email", "held_bad_email")
        ]
        return tuple(
            Task(c, self._name(c), str(self.customers["owner"].get(c, "")), what)
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

    def _held(self, customer: str, code: str, **facts: object) -> Held:
        texts = {name: str(value) for name, value in facts.items()}
        return Held(customer, self._name(customer), code, texts)

    def _name(self, customer: str) -> str:
        return str(self.names.get(customer, customer)) or customer


def _barred_rows(book: Book, assessment: Assessment) -> dict[int, Problem]:
    """Return the sheet rows that a problem of their own holds."""
    tab = book.tables["invoices"].tab
    barred: dict[int, Problem] = {}
    for problem in assessment.problems:
        row = problem.where.row
        if problem.holds in ("invoice", "row") and problem.where.tab == tab and row:
            barred.setdefault(row, problem)
    return barred


def _blocked(book: Book, assessment: Assessment, policy: Policy) -> dict[str, Held]:
    """Return by customer with something open why nothing may be sent, first reason that applies."""
    customers, rows = assessment.customers, assessment.invoices
    live = rows[rows["open"]]
    names = customers["customer_name"].to_dict()
    owing = set(live["customer"]) - {""}
    reasons: dict[str, Held] = {}

    def hold(name: str, code: str, problem: Problem | None = None, **facts: str) -> None:
        reasons[name] = Held(name, str(names.get(name, name)) or name, code, facts, problem)

    # Later ones take the place of earlier ones: the order of the rules, from its end.
    pause = live.groupby("customer")["pause_until"].max()
    pause = pd.concat([pause, customers["pause_until"]]).groupby(level=0).max()
    for name, until in pause[pause >= pd.Timestamp(assessment.as_of)].items():
        hold(str(name), "held_paused", until=str(until.date()))
    if policy.allow_domains or policy.deny_domains:
        for name, email, cc in customers[["email", "cc"]].itertuples(name=None):
            stranger = foreign((*addresses(email), *addresses(cc)), policy)
            if stranger:
                hold(str(name), "held_domain", address=stranger)
    for name in customers.index[customers["email"] == ""]:
        bad = customers.at[name, "email_problem"] == "bad_address"
        hold(str(name), "held_bad_email" if bad else "held_no_email")
    for name, problem in _customer_problems(book, assessment).items():
        hold(name, "held_problem", problem)
    silent = set(customers.index[customers["do_not_chase"]])
    for name in silent | set(live.loc[live["do_not_chase"], "customer"]):
        hold(str(name), "held_do_not_chase")
    return {name: held for name, held in reasons.items() if name in owing}


def _customer_problems(book: Book, assessment: Assessment) -> dict[str, Problem]:
    """Return by customer the first problem that holds them; one on a settled row holds nothing.

    That there is no valid address is a reason of its own, with a name of its own.
    """
    mute = set(assessment.customers.index[assessment.customers["email_problem"].isin(_MUTE)])
    rows, tab = assessment.invoices, book.tables["invoices"].tab
    done = set(rows.loc[~rows["open"], "row"].tolist())
    found: dict[str, Problem] = {}
    for problem in assessment.problems:
        settled = problem.where.tab == tab and problem.where.row in done
        known = problem.code in _ADDRESS_PROBLEMS and problem.customer in mute
        if problem.holds == "customer" and problem.customer and not (settled or known):
            found.setdefault(problem.customer, problem)
    return found
