"""The marks: what our own columns should show, and which cells differ from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from collector.fields import (
    BUCKET_WORDS,
    CUSTOMER_HEADINGS,
    FLAG_WORDS,
    OWNED_HEADINGS,
    OWNED_PREFIX,
    STATUS_WORDS,
    word,
)
from collector.intake.book import Book
from collector.intake.headings import Table, fold
from collector.model import (
    AddColumn,
    Cell,
    Change,
    ColumnEdit,
    Grid,
    Highlight,
    HighlightRule,
    Kind,
    Policy,
)
from collector.phrases import say, short_date
from collector.plan import History, Plan
from collector.plan.calendar import next_mail_day
from collector.rules import Assessment
from collector.rules.aging import dates

_KINDS: dict[str, Kind] = {
    "status": "text",
    "days_overdue": "integer",
    "bucket": "text",
    "open_balance": "money",
    "credit_flag": "text",
    "last_reminder": "date",
    "next_action": "text",
    "problem": "text",
    # the customers tab
    "customer": "text",
    "customer_id": "text",
    "exposure": "money",
    "overdue": "money",
    "oldest_overdue": "integer",
    "used_of_limit": "integer",
    "payment_index": "integer",
    "rating": "text",
    "credit_reason": "text",
    "late_rate": "integer",
    "pays": "text",
    "expected_payment": "date",
    "suggested_limit": "money",
    "confirmation": "text",
}
# Held for the day, and nothing the row could say by itself.
_WHOLE = ("held_minimum", "held_cap", "held_day_cap")
_STATUS_LOOKS = ("overdue", "due_soon", "disputed", "promised", "credit", "settled", "unreadable")
_FLAG_LOOKS = ("stop", "over_limit", "prepay", "watch")


def sheet_changes(
    book: Book, grid: Grid, assessment: Assessment, plan: Plan, history: History, policy: Policy
) -> tuple[Change, ...]:
    """Return what must change in the invoices tab so that our columns say what is true.

    Only cells that differ are edited; columns that are missing are added at the right.
    """
    table = book.tables["invoices"]
    columns = places(table, grid, _wanted(policy, book), policy)
    shown = _marks(assessment, grid.tab, plan, history, policy)
    changes: list[Change] = [
        AddColumn(grid.tab, place.column, table.header_row, place.key, place.heading, place.kind)
        for place in columns
        if place.new
    ]
    keys = row_keys(assessment.invoices, table)
    for place in columns:
        wanted = _by_row(assessment.invoices, shown[place.key], table)
        edit = differences(grid, table, place, wanted, keys)
        changes += [edit] if edit.rows else []
    return (*changes, _highlight(table, columns, policy))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a column of ours is, or goes."""

    key: str
    column: int
    heading: str
    new: bool

    @property
    def kind(self) -> Kind:
        """How it shows its values."""
        return _KINDS[self.key]


def _wanted(policy: Policy, book: Book) -> list[str]:
    wanted = list(policy.columns)
    if "balance" not in book.has and "open_balance" not in wanted:
        wanted.insert(wanted.index("bucket") + 1 if "bucket" in wanted else 0, "open_balance")
    return wanted


def places(table: Table, grid: Grid, wanted: Sequence[str], policy: Policy) -> list[Place]:
    """Say where each column of ours is, or goes: right of the table, over nobody's cells."""
    used = {fold(str(cell)) for cell in _cells(grid, table.header_row) if cell is not None}
    free = _free_column(table, grid, len(wanted))
    found = []
    for key in wanted:
        new = key not in table.owned
        column = free if new else table.owned[key]
        free += new
        found.append(Place(key, column, _heading(key, used, policy), new))
    return found


def _free_column(table: Table, grid: Grid, count: int) -> int:
    """Return the first column at the table's right where ``count`` columns are blank throughout."""
    first = max((table.right, *table.owned.values())) + 1
    width = max(map(len, grid.rows), default=0)
    for start in range(first, width):
        if not any(
            cell not in (None, "") for row in grid.rows for cell in row[start : start + count]
        ):
            return start
    return max(first, width)


def _heading(key: str, used: set[str], policy: Policy) -> str:
    """Return a heading for a new column of ours; the team's own use of the word comes first."""
    headings = OWNED_HEADINGS.get(key) or CUSTOMER_HEADINGS[key]
    plain = policy.headings.get(key) or word(
        {lang: {key: text} for lang, text in headings.items()}, policy.language, key
    )
    if fold(plain) not in used:
        return plain
    lowered = plain[0].lower() + plain[1:]
    return OWNED_PREFIX.get(policy.language, OWNED_PREFIX["en"]) + lowered


def _cells(grid: Grid, row: int) -> list[Cell]:
    return grid.rows[row - 1] if row <= len(grid.rows) else []


def _by_row(invoices: pd.DataFrame, values: Sequence[Cell], table: Table) -> list[Cell]:
    """Spread values over every row of the table; rows that are not invoices show nothing."""
    height = table.last_row - table.first_row + 1
    if len(invoices) == height:  # every row is one
        return list(values)
    spread: list[Cell] = [None] * height
    for row, value in zip(invoices["row"].tolist(), values, strict=True):
        spread[row - table.first_row] = value
    return spread


def row_keys(invoices: pd.DataFrame, table: Table) -> list[str]:
    """Return, for every row of the table, whose it is, so that an undo finds it again.

    A row without an invoice number is told by its due date and amount; of rows that are alike in
    all this, each but the first has its number among them. '' for a row that is no invoice.
    """
    parts = (invoices[name].tolist() for name in ("customer", "invoice", "instalment"))
    keys = [f"{customer}/{number}#{part}" for customer, number, part in zip(*parts, strict=True)]
    bare = [at for at, number in enumerate(invoices["invoice"].tolist()) if not number]
    if bare:
        some = invoices.iloc[bare]
        for at, day, amount in zip(bare, dates(some["due_date"]), some["amount"], strict=True):
            keys[at] += f"{day or ''}/{amount}"
    return [str(key or "") for key in _by_row(invoices, _numbered(keys), table)]


def _numbered(keys: list[str]) -> list[str]:
    if len(set(keys)) == len(keys):
        return keys
    met: Counter[str] = Counter()
    numbered = []
    for key in keys:
        met[key] += 1
        numbered.append(f"{key}~{met[key]}" if met[key] > 1 else key)
    return numbered


def differences(
    grid: Grid, table: Table, place: Place, wanted: list[Cell], keys: list[str]
) -> ColumnEdit:
    """Compare a column with what it should show; return the cells that differ.

    All of them where the column is new: blank cells too take on the look of their row.
    """
    column, kind = place.column, place.kind
    if place.new:
        every, blank = range(table.first_row, table.last_row + 1), [None] * len(wanted)
        return ColumnEdit(grid.tab, column, kind, every, wanted, blank, keys)
    rows = grid.rows[table.first_row - 1 : table.last_row]
    shown: list[Cell] = [row[column] if column < len(row) else None for row in rows]
    shown += [None] * (len(wanted) - len(shown))
    plain = [_plain(cell, kind) for cell in shown] if kind == "date" else shown
    off = [
        i
        for i, (a, b) in enumerate(zip(plain, wanted, strict=True))
        if a != b and (a or b is not None)
    ]
    return ColumnEdit(
        grid.tab,
        column,
        kind,
        [table.first_row + i for i in off],
        [wanted[i] for i in off],
        [shown[i] for i in off],
        [keys[i] for i in off],
    )


def _plain(cell: Cell, kind: Kind) -> Cell:
    """Return a date cell as a date: a time of midnight says nothing."""
    return cell.date() if kind == "date" and isinstance(cell, datetime) else cell


def _highlight(table: Table, columns: list[Place], policy: Policy) -> Highlight:
    places = {place.key: place.column for place in columns}
    rules: list[HighlightRule] = []
    if policy.highlight and "credit_flag" in places:
        rules += _rules(places["credit_flag"], FLAG_WORDS, _FLAG_LOOKS, policy.language)
    if policy.highlight and "status" in places:
        rules += _rules(places["status"], STATUS_WORDS, _STATUS_LOOKS, policy.language)
    right = max((table.right, *places.values()))
    return Highlight(table.tab, table.first_row, table.last_row, table.left, right, tuple(rules))


def flag_highlight(table: Table, columns: list[Place], policy: Policy) -> tuple[Highlight, ...]:
    """Return the rules that colour rows by their credit flag; they replace those of before."""
    place = next(p.column for p in columns if p.key == "credit_flag")
    rules = _rules(place, FLAG_WORDS, _FLAG_LOOKS, policy.language) if policy.highlight else []
    right = max([table.right, *(p.column for p in columns)])
    rows = (table.first_row, table.last_row)
    return (Highlight(table.tab, *rows, max(table.left, 0), right, tuple(rules)),)


def _rules(
    column: int, words: Mapping[str, Mapping[str, str]], looks: Sequence[str], language: str
) -> list[HighlightRule]:
    return [HighlightRule(column, word(words, language, look), look) for look in looks]


# ── what each column shows ───────────────────────────────────────────────────────────────────


def _marks(
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
        if problem.where.row is not None and problem.where.tab == tab:
            texts.setdefault(problem.where.row, []).append(problem.say(language))
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
        self._countries = assessment.customers["country"].to_dict()
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
