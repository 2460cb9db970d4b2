"""The Outbox tab: what it lists, and what each of its rows shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import pandas as pd

from collector.fields import exponent
from collector.model import Cell, Draft, Event, Held, Message, Policy, Sender, Stored
from collector.phrases import say, short_date
from collector.plan import Plan
from collector.plan.drafts import digest
from collector.rules import Assessment
from collector.rules.balances import major

# What the key of a row begins with that is no message's.
HELD: Final = "held-"
TODO: Final = "todo-"
_STEPS: Final = ("courtesy", "first", "second", "third", "final", "statement", "thanks",
                 "confirmation")  # fmt: skip
# Why a message does not go at this moment; the row of the message says so, if it has one.
_TIMING: Final = ("held_day", "held_hours", "held_gap", "held_cap", "held_day_cap")
_DELIVERY: Final = ("held_refused", "held_retry", "held_unsent", "held_stopped", "held_claimed",
                    "held_recipients", "held_domain")  # fmt: skip
_MOST_NAMED: Final = 20
_PREVIEW: Final = 180


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the tab should show it; ``released`` rows show a tick, unless one stands there."""

    key: str
    cells: Mapping[str, Cell]
    released: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A stored message that a person releases, with what the plan wants today, and its row."""

    stored: Stored
    row: Row

    @property
    def waiting(self) -> bool:
        return self.stored.state == "waiting"


def key_of(message: Message) -> str:
    """Return what names a message in our tabs: itself, and what it says."""
    return f"{number_of(message.message_id)}-{message.digest[:10]}"


def number_of(message_id: str) -> str:
    """Return the part of a key that names the message."""
    return message_id.strip("<>").partition("@")[0][:10]


# ── what is listed ───────────────────────────────────────────────────────────────────────────


def listed(
    plan: Plan, pending: Iterable[Stored], held: Sequence[Held], policy: Policy, sender: Sender
) -> list[Listed]:
    """Return the messages that wait for a person or were released and have not gone yet.

    ``held`` says why they have not.
    """
    known = {s.message.digest: s for s in pending if s.message.approval and s.state != "drafted"}
    if not known:
        return []
    why = {h.customer: h for h in reversed(held) if h.code in (*_TIMING, *_DELIVERY)}
    found = []
    for draft in (*plan.drafts, *plan.later):
        stored = known.get(digest(draft, sender)) if draft.approval else None
        if stored is not None:
            found.append(Listed(stored, _message_row(stored, draft, why, policy)))
    return found


def _message_row(stored: Stored, draft: Draft, why: Mapping[str, Held], policy: Policy) -> Row:
    message, words = stored.message, policy.language
    state = say(words, "outbox_waiting")
    if stored.state != "waiting":
        held = why.get(message.customer)
        reason = held.say(words) if held else say(words, "outbox_next")
        state = say(words, "outbox_held", reason=reason)
    cells = draft_cells(draft, policy) | {
        "subject": message.subject,
        "state": state,
        "preview": _preview(message.text),
    }
    return Row(key_of(message), cells, stored.state != "waiting")


def draft_cells(draft: Draft, policy: Policy) -> dict[str, Cell]:
    """Return what the row of a message shows of what it asks for, and of whom."""
    return {
        "customer": draft.customer_name or draft.customer,
        "to": ", ".join(draft.to),
        "cc": ", ".join(draft.cc),
        "step": step_word(draft.step, policy.language),
        "total": total_cell(draft.asked, policy),
        "invoices": invoices_cell(draft.invoices, policy),
        "why_now": _why_now(draft, policy),
    }


def step_word(step: str, language: str) -> str:
    """Return a step as people call it: the name the team gave it, or ours translated."""
    return say(language, f"step_{step}") if step in _STEPS else step


def total_cell(asked: Sequence[tuple[str, Decimal]], policy: Policy) -> Cell:
    """Return what is asked for as a cell: a number where it is only the book's own currency."""
    if [currency for currency, _ in asked] == [policy.currency]:
        return float(asked[0][1])
    return "; ".join(f"{currency} {amount:,}" for currency, amount in asked)


def invoices_cell(invoices: Sequence[str], policy: Policy) -> str:
    """Return invoice numbers as a cell, the first of them where they are many."""
    named = [invoice for invoice in dict.fromkeys(invoices) if invoice]
    text = ", ".join(named[:_MOST_NAMED])
    more = len(named) - _MOST_NAMED
    return f"{text}, {say(policy.language, 'outbox_more', count=more)}" if more > 0 else text


def _why_now(draft: Draft, policy: Policy) -> str:
    words = policy.language
    if draft.overdue:
        oldest = min(line.due_date for line in draft.overdue)
        day = short_date(words, oldest, draft.as_of)
        why = say(words, "outbox_why_overdue", count=len(draft.overdue), day=day)
    elif draft.due_soon:
        why = say(words, "outbox_why_soon", count=len(draft.due_soon))
    else:
        by_itself = draft.step if draft.step in ("thanks", "confirmation") else "statement"
        why = say(words, f"outbox_why_{by_itself}")
    asks = draft.approval not in ("", "held_approval_mode")
    return f"{why}; {say(words, draft.approval)}" if asks else why


def _preview(text: str) -> str:
    """Return a letter's first words on one line: how it greets, and what it begins with."""
    line = " ".join(" ".join(text.split("\n\n")[:2]).split())
    return line if len(line) <= _PREVIEW else line[:_PREVIEW].rstrip() + "…"


def held_rows(
    entries: Sequence[Listed],
    held: Sequence[Held],
    plan: Plan,
    assessment: Assessment,
    policy: Policy,
) -> list[Row]:
    """Return a row for every customer who is held, with all the reasons why."""
    waiting = {entry.stored.message.customer for entry in entries}
    released = {entry.stored.message.customer for entry in entries if not entry.waiting}
    reasons: dict[str, dict[str, None]] = {}
    for each in held:
        told = (each.code in _TIMING and each.customer in waiting) or (
            each.code in _DELIVERY and each.customer in released
        )
        if each.customer and not told and not each.code.startswith("held_approval"):
            reasons.setdefault(each.customer, {})[each.say(policy.language)] = None
    drafts = {draft.customer: draft for draft in reversed((*plan.drafts, *plan.later))}
    bare = _due_cells([c for c in reasons if c not in drafts], plan, assessment, policy)
    return [
        Row(
            _held_key(policy.book, customer),
            (draft_cells(drafts[customer], policy) if customer in drafts else bare[customer])
            | {"state": say(policy.language, "outbox_held", reason="; ".join(said))},
        )
        for customer, said in reasons.items()
    ]


def todo_rows(events: Sequence[Event], assessment: Assessment, policy: Policy) -> list[Row]:
    """Return a row for every warning that stands and that nobody has seen to yet."""
    open_ = [event for event in events if not (event.muted or event.ended or event.done)]
    if not open_:
        return []
    rows, people = assessment.invoices, assessment.customers
    live = rows[rows["open"] & rows["known"]]
    live = live[live["customer"].isin({event.customer for event in open_})]
    owed = {str(customer): part for customer, part in live.groupby("customer", sort=False)}
    owners = people["owner"].where(people["owner"] != "", people["owner_email"])
    return [
        Row(todo_key(event), _todo_cells(event, owed, owners, assessment.as_of, policy))
        for event in open_
    ]


def todo_key(event: Event) -> str:
    """Return what names a to-do in the tab: the event, and what it is about."""
    told = "/".join((*event.key, str(event.day)))
    return f"{TODO}{event.number}-{hashlib.sha256(told.encode()).hexdigest()[:6]}"


def _todo_cells(
    event: Event,
    owed: Mapping[str, pd.DataFrame],
    owners: pd.Series[str],
    today: date,
    policy: Policy,
) -> dict[str, Cell]:
    words, part = policy.language, owed.get(event.customer)
    day = short_date(words, event.day, today)
    cells: dict[str, Cell] = {
        "customer": event.customer_name,
        "to": str(owners.get(event.customer, "")) or None,
        "step": say(words, "outbox_todo_step"),
        "why_now": event.say(words),
        "state": say(words, "outbox_todo", day=day),
    }
    if part is not None:
        sums = part.groupby("currency")["balance"].sum()
        asked = [(str(c), major(int(s), exponent(str(c)))) for c, s in sums.items()]
        cells["total"] = total_cell(asked, policy)
    return cells


def _held_key(book: str, customer: str) -> str:
    return HELD + hashlib.sha256(f"{book}/{customer}".encode()).hexdigest()[:10]


def _due_cells(
    customers: Sequence[str], plan: Plan, assessment: Assessment, policy: Policy
) -> dict[str, dict[str, Cell]]:
    """Return what is due of customers whom nothing is drafted for."""
    if not customers:
        return {}
    frame = assessment.customers
    due = assessment.invoices.loc[plan.ladder.index[plan.ladder["due_now"]]]
    due = due[due["customer"].isin(customers) & due["known"]]
    parts = dict(tuple(due.groupby("customer", sort=False)))
    found: dict[str, dict[str, Cell]] = {}
    for customer in customers:
        named = customer in frame.index
        name = str(frame.at[customer, "customer_name"]) if named else ""
        cells: dict[str, Cell] = {"customer": name or customer}
        cells["to"] = str(frame.at[customer, "email"]) if named else ""
        part = parts.get(customer)
        if part is not None:
            sums = part.groupby("currency")["balance"].sum()
            asked = [(str(c), major(int(s), exponent(str(c)))) for c, s in sums.items()]
            cells["total"] = total_cell(asked, policy)
            cells["invoices"] = invoices_cell(part["invoice"].tolist(), policy)
        found[customer] = cells
    return found
