"""Ticks in the Outbox: what each releases, what is taken back, and why one is void."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from collector.fields import LANGUAGES
from collector.intake.outbox import Outbox, OutboxRow
from collector.model import Cell, Held, Policy, Problem, Spoken, Where, column_letters
from collector.phrases import PHRASES, Phrase
from collector.plan import Plan
from collector.plan.outbox import HELD, TODO, Listed, Row, draft_cells, number_of

# What a tick is for: where one of these was edited in the tab, the person believes otherwise.
_SEALED: Final = ("total", "to", "cc", "invoices", "customer", "subject")
_COMPARED: Final = ("total", "to", "cc", "invoices", "step", "subject")
_KEY: Final = re.compile(r"[0-9a-f]{1,10}-[0-9a-f]{1,10}")
# What takes no reminder's place: who has paid is thanked, and gets the month's statement still.
_NO_REMINDER: Final = ("thanks", "statement", "confirmation")
_HARDLY: Final = 0.0005


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
            if row.tick != "yes" or key.startswith((HELD, TODO)):
                continue
            entry = self.entries.get(key)
            if entry is not None:
                why = self._edited(row, entry.row)
            else:
                gone = gone if gone is not None else {number_of(s.message_id) for s in self.spoken}
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
        step = row.cells.get("step")
        cells = [
            shows
            for draft in drafts
            if alike((shows := draft_cells(draft, self.policy))["step"], step)
            or draft.step not in _NO_REMINDER
        ]
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
