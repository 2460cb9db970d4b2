"""The marks: what our own columns should show, and which cells differ from that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from collector.fields import (
    CUSTOMER_HEADINGS,
    FLAG_WORDS,
    OWNED_HEADINGS,
    OWNED_PREFIX,
    STATUS_WORDS,
    word,
)
from collector.intake.book import Book
from collector.intake.headings import Table, fold
from collector.intake.headings.table import span
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
from collector.plan import History, Plan
from collector.plan.marks import marks
from collector.plan.room import free_columns, other_tables
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
    shown = marks(assessment, grid.tab, plan, history, policy)
    changes: list[Change] = [*headings_of(table, grid, columns)]
    keys = row_keys(assessment.invoices, table)
    for place in columns:
        wanted = _by_row(assessment.invoices, shown[place.key], table)
        edit = differences(grid, table, place, wanted, keys)
        changes += [edit] if edit.rows else []
    return (*changes, _highlight(table, grid, columns, policy))


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
    heads = _cells(grid, table.header_row)
    used = {fold(str(cell)) for cell in heads if cell is not None}
    missing = [key for key in wanted if key not in table.owned]
    free = free_columns(table, grid, len(missing)) if missing else 0
    found = []
    for key in wanted:
        if key in missing:
            column = free + missing.index(key)
            found.append(Place(key, column, _heading(key, used, policy), True))
        else:
            column = table.owned[key]
            heading = heads[column] if column < len(heads) else None
            found.append(Place(key, column, str(heading or ""), False))
    return found


def headings_of(table: Table, grid: Grid, columns: Sequence[Place]) -> list[AddColumn]:
    """Return the columns of ours that are missing, and those that only lost their marks."""
    lost = [] if grid.owned.keys() & table.owned.keys() else table.owned.keys()
    return [
        AddColumn(
            grid.tab, place.column, table.header_row, place.key, place.heading, place.kind,
            again=not place.new,
        )
        for place in columns
        if place.new or (place.key in lost and place.heading)
    ]  # fmt: skip


def refuse_no_room(book: Book, grids: Mapping[str, Grid], policy: Policy) -> None:
    """Raise NoRoomError where columns of ours that are missing would lie past the last one."""
    wanted: dict[str, Sequence[str]] = {"invoices": _wanted(policy, book)}
    wanted |= {"customers": [*CUSTOMER_HEADINGS]} if policy.write_customers else {}
    for kind in wanted.keys() & book.tables.keys():
        table = book.tables[kind]
        places(table, grids[table.tab], wanted[kind], policy)


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


def _highlight(table: Table, grid: Grid, columns: list[Place], policy: Policy) -> Highlight:
    places = {place.key: place.column for place in columns}
    rules: list[HighlightRule] = []
    if policy.highlight and "credit_flag" in places:
        rules += _rules(places["credit_flag"], FLAG_WORDS, _FLAG_LOOKS, policy.language)
    if policy.highlight and "status" in places:
        rules += _rules(places["status"], STATUS_WORDS, _STATUS_LOOKS, policy.language)
    return _over(table, grid, columns, rules)


def _over(
    table: Table, grid: Grid, columns: Sequence[Place], rules: Sequence[HighlightRule]
) -> Highlight:
    """Let rules colour the table and our columns, but no table object that lies between."""
    ours = {*table.owned.values(), *(place.column for place in columns)}
    headed = {*table.headed, *table.columns.values()}
    right = span(headed, table.columns.values(), ours)[1] if headed else table.right
    beyond = [column for column in ours if column > right]
    parted = [
        area
        for area in other_tables(table, grid)
        if area[0] < table.last_row
        and area[2] >= table.header_row - 1
        and right < area[1] <= max(beyond, default=right)
    ]
    also = (min(beyond), max(beyond)) if parted and beyond else None
    right = right if also else max([right, *beyond])
    rows = (table.first_row, table.last_row)
    return Highlight(table.tab, *rows, max(table.left, 0), right, tuple(rules), also)


def flag_highlight(
    table: Table, grid: Grid, columns: list[Place], policy: Policy
) -> tuple[Highlight, ...]:
    """Return the rules that colour rows by their credit flag; they replace those of before."""
    place = next(p.column for p in columns if p.key == "credit_flag")
    rules = _rules(place, FLAG_WORDS, _FLAG_LOOKS, policy.language) if policy.highlight else []
    return (_over(table, grid, columns, rules),)


def _rules(
    column: int, words: Mapping[str, Mapping[str, str]], looks: Sequence[str], language: str
) -> list[HighlightRule]:
    return [HighlightRule(column, word(words, language, look), look) for look in looks]


# ── what each column shows ───────────────────────────────────────────────────────────────────
