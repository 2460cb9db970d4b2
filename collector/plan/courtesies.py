"""Letters beside the ladder: thanks for a payment, and other words for a reminder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd

from collector.model import Draft, Line, Policy, Spoken
from collector.plan.drafts import Item
from collector.rules import Assessment
from collector.rules.dunning import escape
from collector.rules.statements import lines

# What was paid longer ago is not news any more; a first run thanks for no more than this.
_NEWS_DAYS = 7

Thanks = tuple[tuple[Line, ...], tuple[str, ...]]


def due_thanks(
    assessment: Assessment, spoken: Iterable[Spoken], policy: Policy
) -> dict[str, Thanks]:
    """Return by customer the invoices paid of late that we had written about, with occasions."""
    if not policy.thanks:
        return {}
    said = {each.occasion.casefold() for each in spoken}
    rows, today = assessment.invoices, pd.Timestamp(assessment.as_of)
    since = today - timedelta(days=_NEWS_DAYS)
    paid = rows["paid_date"].between(since, today) & (rows["status"] == "settled")
    rows = rows[paid & (rows["amount"] > 0) & (rows["invoice"] != "")]
    found: dict[str, list[tuple[Line, str]]] = {}
    days = rows["paid_date"].dt.strftime("%Y-%m-%d").tolist()
    for customer, line, day in zip(rows["customer"].tolist(), lines(rows), days, strict=True):
        stem = f"{escape(policy.book)}/{escape(customer)}/"
        occasion = f"{stem}thanks/{escape(line.invoice)}{_part(line)}/{day}"
        reminded = f"{stem}reminder/{escape(line.invoice)}{_part(line)}/".casefold()
        if occasion.casefold() not in said and any(each.startswith(reminded) for each in said):
            found.setdefault(customer, []).append((line, occasion))
    return {
        customer: (tuple(line for line, _ in each), tuple(occasion for _, occasion in each))
        for customer, each in found.items()
    }


def _part(line: Line) -> str:
    return f"#{escape(line.instalment)}" if line.instalment else ""


def thanks_draft(draft: Draft, thanks: Thanks) -> Draft:
    """Return an empty draft as the letter that thanks, and asks for nothing."""
    received = tuple(replace(line, balance=line.amount) for line in thanks[0])
    return replace(draft, step="thanks", occasions=thanks[1], received=received)


def with_other_words(
    draft: Draft, due: Sequence[Item], said: frozenset[str], policy: Policy
) -> Draft:
    """Return a reminder in the words that its occasion calls for, where the team wants them.

    A broken promise is spoken of once, which is an occasion of its own.
    """
    broken = [item for item in due if item.broken]
    if policy.promise_broken and broken and draft.overdue:
        stem = f"{escape(policy.book)}/{escape(draft.customer)}/promise"
        occasions = tuple(
            f"{stem}/{escape(item.line.invoice)}{_part(item.line)}/{item.promise}"
            for item in broken
        )
        new = tuple(each for each in occasions if each.casefold() not in said)
        if new:
            return replace(draft, variant="promise_broken", occasions=(*draft.occasions, *new))
    soon = not draft.overdue and draft.due_soon
    if policy.instalment_due and soon and all(line.instalment for line in draft.due_soon):
        return replace(draft, variant="instalment_due")
    return draft
