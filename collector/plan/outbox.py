"""The Outbox tab: what it lists, what a tick in it releases, and why a tick is void."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from collector.fields import LANGUAGES, exponent
from collector.intake.outbox import Outbox, OutboxRow
from collector.model import (
    Cell,
    Draft,
    Held,
    Message,
    Policy,
    Problem,
    Sender,
    Spoken,
    Stored,
    Where,
    column_letters,
)
from collector.phrases import PHRASES, Phrase, say, short_date
from collector.plan import Plan
from collector.plan.drafts import digest
from collector.rules import Assessment
from collector.rules.balances import major

# What a tick is for: where one of these was edited in the tab, the person believes otherwise.
_SEALED: Final = ("total", "to", "cc", "invoices", "customer", "subject")
_COMPARED: Final = ("total", "to", "cc", "invoices", "step", "subject")
_STEPS: Final = ("courtesy", "first", "second", "third", "final", "statement", "thanks")
# Why a message does not go at this moment; the row of the message says so, if it has one.
_TIMING: Final = ("held_day", "held_hours", "held_gap", "held_cap")
_DELIVERY: Final = ("held_refused", "held_retry", "held_unsent", "held_stopped", "held_claimed",
                    "held_recipients", "held_domain")  # fmt: skip
_KEY: Final = re.compile(r"[0-9a-f]{1,10}-[0-9a-f]{1,10}")
_MOST_NAMED: Final = 20
_PREVIEW: Final = 180
_HARDLY: Final = 0.0005


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
    return f"{_number(message.message_id)}-{message.digest[:10]}"


def _number(message_id: str) -> str:
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
    cells = _draft_cells(draft, policy) | {
        "subject": message.subject,
        "state": state,
        "preview": _preview(message.text),
    }
    return Row(key_of(message), cells, stored.state != "waiting")


def _draft_cells(draft: Draft, policy: Policy) -> dict[str, Cell]:
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
        why = say(words, "outbox_why_statement")
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
            (_draft_cells(drafts[customer], policy) if customer in drafts else bare[customer])
            | {"state": say(policy.language, "outbox_held", reason="; ".join(said))},
        )
        for customer, said in reasons.items()
    ]


def _held_key(book: str, customer: str) -> str:
    return f"held-{hashlib.sha256(f'{book}/{customer}'.encode()).hexdigest()[:10]}"


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


# ── what people ticked ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Judged:
    """What the ticks come to.

    ``release`` and ``withdraw`` are what goes and what waits again. ``void`` says by sheet row why
    its tick is none; ``problems`` say the same with their addresses.
    """

    release: tuple[Listed, ...] = ()
    withdraw: tuple[Listed, ...] = ()
    void: Mapping[int, Phrase] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def judge(
    outbox: Outbox | None,
    entries: Sequence[Listed],
    plan: Plan,
    spoken: Sequence[Spoken],
    policy: Policy,
) -> Judged:
    """Decide on every tick: it releases the message of its row as it stands there, or nothing.

    What a tick released stays released as long as the tick stands; what was released otherwise
    is taken back by a no, or where the tick that its row showed is gone.
    """
    if outbox is None:
        return Judged(withdraw=_without_tick(entries, {}, frozenset()))
    judging = _Judging(outbox, entries, plan, spoken, policy)
    void = judging.void()
    rows, valid = judging.unique, judging.valid(void)
    release = tuple(e for e in entries if e.waiting and e.row.key in valid)
    problems = (*judging.unclear(), *judging.keyless(), *judging.told(void))
    return Judged(release, _without_tick(entries, rows, valid), void, problems)


def _without_tick(
    entries: Sequence[Listed], rows: Mapping[str, OutboxRow], valid: frozenset[str]
) -> tuple[Listed, ...]:
    """Return what was released and may not go any more."""
    gone: list[Listed] = []
    for entry in entries:
        key, row = entry.row.key, rows.get(entry.row.key)
        if entry.waiting or key in valid:
            continue
        refused = row is not None and (
            row.tick == "no" or (row.tick == "" and _shows(row, "outbox_held"))
        )
        if entry.stored.ticked or refused:
            gone.append(entry)
    return tuple(gone)


def shows_void(row: OutboxRow) -> bool:
    """Tell whether a row says that its tick was void."""
    return _shows(row, "outbox_void")


def _shows(row: OutboxRow, phrase: str) -> bool:
    """Tell whether the State of a row is a phrase, in any language of ours."""
    state = str(row.cells.get("state") or "")
    starts = (PHRASES[phrase][language].partition("{")[0] for language in LANGUAGES)
    return state.startswith(tuple(starts))


class _Judging:
    """The rows of the tab beside what they should be."""

    def __init__(
        self,
        outbox: Outbox,
        entries: Sequence[Listed],
        plan: Plan,
        spoken: Sequence[Spoken],
        policy: Policy,
    ) -> None:
        self.outbox, self.plan, self.spoken, self.policy = outbox, plan, spoken, policy
        self.entries = {entry.row.key: entry for entry in entries}
        by_key: dict[str, list[OutboxRow]] = {}
        for row in outbox.rows:
            if row.key:
                by_key.setdefault(row.key, []).append(row)
        self.unique = {key: rows[0] for key, rows in by_key.items() if len(rows) == 1}
        self.twice = [rows for rows in by_key.values() if len(rows) > 1]

    def valid(self, void: Mapping[int, Phrase]) -> frozenset[str]:
        """Return the keys of messages that are ticked, each in its one row, as it should be."""
        return frozenset(
            key
            for key, row in self.unique.items()
            if row.tick == "yes" and key in self.entries and row.row not in void
        )

    def void(self) -> dict[int, Phrase]:
        found: dict[int, Phrase] = {}
        for rows in self.twice:
            if any(row.tick == "yes" for row in rows):
                numbers = ", ".join(str(row.row) for row in rows)
                found |= {row.row: Phrase("void_twice", rows=numbers) for row in rows}
        gone = None
        for key, row in self.unique.items():
            if row.tick != "yes" or key.startswith("held-"):
                continue
            entry = self.entries.get(key)
            if entry is not None:
                why = self._edited(row, entry.row)
            else:
                gone = gone if gone is not None else {_number(s.message_id) for s in self.spoken}
                why = None if key.partition("-")[0] in gone else self._changed(row)
            if why is not None:
                found[row.row] = why
        return found

    def _edited(self, row: OutboxRow, meant: Row) -> Phrase | None:
        """Return which cell of a row a person edited, believing that it changes the message."""
        for key in _SEALED:
            if key in self.outbox.columns and not alike(row.cells.get(key), meant.cells.get(key)):
                was, now = shown(row.cells.get(key)), shown(meant.cells.get(key))
                return Phrase("void_edited", was=was, now=now)
        return None

    def _changed(self, row: OutboxRow) -> Phrase:
        """Return what is different now from what a row of an unknown key shows."""
        name = shown(row.cells.get("customer"))
        drafts = [
            draft
            for draft in (*self.plan.drafts, *self.plan.later)
            if (draft.customer_name or draft.customer) == name
        ]
        cells = [_draft_cells(draft, self.policy) for draft in drafts]
        step = row.cells.get("step")
        cells.sort(key=lambda each: not alike(each["step"], step))
        if not cells:
            held = next((h for h in self.plan.held if h.customer_name == name), None)
            return Phrase("void_gone") if held is None else _because(held)
        differ = [
            Phrase(f"void_{key}", was=shown(row.cells.get(key)), now=shown(cells[0][key]))
            for key in _COMPARED
            if key in cells[0] and not alike(row.cells.get(key), cells[0][key])
        ]
        if differ:
            return _joined(differ)
        return Phrase("void_content" if _KEY.fullmatch(row.key) else "void_key")

    # ── what is said of them ──

    def told(self, void: Mapping[int, Phrase]) -> Iterator[Problem]:
        for row in self.outbox.rows:
            if row.row in void and row.tick == "yes":
                facts = {"what": void[row.row], "customer": shown(row.cells.get("customer"))}
                yield self._problem(row, "problem_tick_void", **facts)

    def unclear(self) -> Iterator[Problem]:
        for row in self.outbox.rows:
            if row.tick == "unclear" and row.key:
                text = shown(row.cells.get("approve"))
                yield self._problem(row, "problem_tick_unclear", text=text)

    def keyless(self) -> Iterator[Problem]:
        """Yield one problem for all ticks without a key: pasted rows, a column filled down."""
        bare = [row for row in self.outbox.rows if row.tick == "yes" and not row.key]
        if bare:
            yield self._problem(bare[0], "problem_tick_bare", count=str(len(bare)))

    def _problem(self, row: OutboxRow, code: str, **facts: str) -> Problem:
        column = self.outbox.columns.get("approve")
        letters = None if column is None else column_letters(column)
        customer = facts.pop("customer", "")
        return Problem(Where(self.outbox.tab, row.row, letters), code, facts, customer)


def _because(held: Held) -> Phrase:
    if held.problem is not None:
        return Phrase("void_problem", where=str(held.problem.where))
    return Phrase(held.code, **held.facts)


def _joined(parts: Sequence[Phrase]) -> Phrase:
    first, *more = parts
    return Phrase("void_and", first=first, more=_joined(more)) if more else first


def alike(cell: Cell, meant: Cell) -> bool:
    """Tell whether a cell shows what is meant; blank is blank, and 100 is 100.00."""
    if isinstance(cell, bool) or isinstance(meant, bool):
        return cell is meant
    if isinstance(cell, int | float) and isinstance(meant, int | float):
        return abs(cell - meant) < _HARDLY
    if isinstance(cell, int):  # a number of an invoice that somebody typed again
        return str(cell) == meant
    return shown(cell) == shown(meant)


def shown(cell: Cell) -> str:
    """Return a cell as a sentence names it."""
    if isinstance(cell, float):
        return f"{cell:,.2f}"
    if isinstance(cell, int) and not isinstance(cell, bool):
        return f"{cell:,}.00"
    return "" if cell is None else str(cell).strip()
