"""What each customer should get, whatever the hour, and who must release it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from collector.intake.book import Book
from collector.model import Draft, Held, Policy
from collector.plan.confirmations import confirmation_draft, due_confirmations
from collector.plan.courtesies import due_thanks, thanks_draft, with_other_words
from collector.plan.drafts import (
    Item,
    Unapplied,
    by_label,
    covered_currencies,
    empty_drafts,
    reminder,
    statement_draft,
)
from collector.plan.history import History
from collector.plan.holds import barred_rows, blocked
from collector.plan.statements import due_statements
from collector.rules import Assessment
from collector.rules.statements import Account, make_account

_LISTED = ("overdue", "due_soon", "open", "credit")


class Decider:
    """Decides on one customer after another; holds what every decision looks at.

    ``covered`` fills with the (customer, currency) pairs in which a credit covers what would be
    asked for.
    """

    def __init__(
        self, book: Book, assessment: Assessment, history: History, policy: Policy
    ) -> None:
        self.assessment, self.policy = assessment, policy
        self.today = assessment.as_of
        self.customers = assessment.customers
        self.names = by_label(self.customers["customer_name"])
        self.last_to = {name.casefold(): to for name, to in history.last_to.items()}
        self.threads = {name.casefold(): thread for name, thread in history.threads.items()}
        self.empty = empty_drafts(assessment, policy)
        self.unapplied = assessment.unapplied.to_dict()
        self.barred = barred_rows(book, assessment)
        self.blocked = blocked(book, assessment, policy)
        self.covered: set[tuple[str, str]] = set()
        self.statements = due_statements(book, assessment, history.spoken, policy)
        self.thanks = due_thanks(assessment, history.spoken, policy)
        self.confirmations = due_confirmations(
            book, assessment, history.confirmations, history.spoken, policy
        )
        self.said = frozenset(each.occasion.casefold() for each in history.spoken)
        self._account: Account | None = None
        self._by_mode = "held_approval_mode" if policy.mode == "approve" else ""

    def decide(self, customer: str, items: list[Item]) -> tuple[list[Draft], list[Held]]:
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
            held = [*held, self.held(customer, "held_credit")]
        listed = [item for item in listed if item.line.currency not in covered]
        drafts = self._reminders(customer, wanted, listed) if wanted else []
        small = self._too_little(customer, due, drafts)
        if small is not None:
            drafts, held = [], [*held, small]
        drafts = self._with_statement(customer, drafts)
        drafts = drafts or self._thanks(customer)
        drafts = self._with_confirmation(customer, drafts)
        return [self._needing_approval(draft) for draft in drafts], held

    def statement_alone(self, customer: str) -> list[Draft]:
        """Return the statement that is due as a message of its own, none where none is."""
        return [self._needing_approval(draft) for draft in self._with_statement(customer, [])]

    def _drop_held(self, customer: str, due: list[Item]) -> tuple[list[Item], list[Held]]:
        """Leave out what is disputed, promised or unreadable by itself, each with its reason."""
        held = [
            replace(self.held(customer, "held_problem"), problem=self.barred[item.row])
            for item in due
            if item.row in self.barred
        ]
        due = [item for item in due if item.row not in self.barred]
        held += [
            self.held(customer, "held_disputed", invoice=item.line.invoice)
            for item in due
            if item.status == "disputed"
        ]
        held += [
            self.held(customer, "held_promised", invoice=item.line.invoice, until=str(item.promise))
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
            return [self._remind(customer, due, listed, approval=self._by_mode)]
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
            return self.held(customer, "held_credit")
        asks = [total for draft in drafts for total in draft.totals]
        home = sum(
            (t.overdue + t.due_soon - t.credit for t in asks if t.currency == self.policy.currency),
            Decimal(0),
        )
        foreign = any(t.currency != self.policy.currency for t in asks)
        if asks and not foreign and home < self.policy.minimum:
            return self.held(customer, "held_minimum", minimum=str(self.policy.minimum))
        return None

    def _with_statement(self, customer: str, drafts: list[Draft]) -> list[Draft]:
        """Attach the statement that is due to the reminder, or let it go by itself."""
        due = self.statements.get(customer)
        if due is None:
            return drafts
        occasion, statement = due
        if not drafts:
            draft = statement_draft(self.empty[customer], statement, occasion)
            return [replace(draft, approval=self._by_mode)]
        first = replace(drafts[0], statement=statement, occasions=(*drafts[0].occasions, occasion))
        return [first, *drafts[1:]]

    def _thanks(self, customer: str) -> list[Draft]:
        """Thank for what was paid, where the customer is to be thanked."""
        if customer not in self.thanks or not self._welcomes(customer):
            return []
        draft = thanks_draft(self.empty[customer], self.thanks[customer])
        return [replace(draft, approval=self._by_mode)]

    def _with_confirmation(self, customer: str, drafts: list[Draft]) -> list[Draft]:
        """Put the confirmation that somebody asked for before what the ladder would say."""
        due = self.confirmations.get(customer)
        if due is None or not self._welcomes(customer):
            return drafts
        draft = confirmation_draft(self.empty[customer], due)
        return [replace(draft, approval=self._by_mode), *drafts]

    def without_statement(self, draft: Draft) -> Draft:
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

    def held(self, customer: str, code: str, **facts: object) -> Held:
        texts = {name: str(value) for name, value in facts.items()}
        return Held(customer, self.name(customer), code, texts)

    def name(self, customer: str) -> str:
        return str(self.names.get(customer, customer)) or customer
