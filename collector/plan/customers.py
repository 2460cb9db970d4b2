"""The customers tab: what each customer owes, how it pays, and whom to stop supplying."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from collector.fields import CUSTOMER_HEADINGS, FLAG_WORDS, exponent, word
from collector.intake.book import Book
from collector.intake.cells.texts import fold_name
from collector.intake.headings import Table
from collector.intake.headings.owned import is_our_list, listed_columns
from collector.model import AddTab, Cell, Change, Confirmed, Grid, Policy, Tab
from collector.phrases import say
from collector.plan.confirmations import latest
from collector.plan.sheet import Place, differences, flag_highlight, headings_of, places
from collector.plan.tabs import free_name
from collector.rules import Assessment
from collector.rules.aging import dates
from collector.rules.conduct import add_conduct
from collector.rules.history import settled_history
from collector.rules.wording import flag_reasons, habit_texts

OURS: Final = "customers"
_NAMES: Final = ("customer", "customer_id")


@dataclass(frozen=True, slots=True)
class _Target:
    """The tab our columns are on: its table, its cells, and the row of each customer."""

    table: Table
    grid: Grid
    rows: Mapping[Hashable, int]


def customer_changes(
    book: Book,
    grids: Mapping[str, Grid],
    tabs: Sequence[Tab],
    assessment: Assessment,
    policy: Policy,
    confirmations: Iterable[Confirmed] = (),
) -> tuple[Change, ...]:
    """Return what must change so that our columns of the customers tab say what is true.

    On the team's own tab where the book has one; customers who are not on it are left out, since
    their rows are the team's to add. Else on a tab of ours, which is made where it is missing.
    """
    if not policy.write_customers:
        return ()
    history = settled_history(book, assessment, until=assessment.as_of)
    figures = add_conduct(
        assessment.customers, assessment.invoices, history, policy, assessment.as_of
    )
    figures = figures[figures.index != ""]
    said = _confirmation_texts(figures.index, confirmations, policy.language)
    if any(said):  # who never asks for one gets no column for it
        figures["confirmation"] = said
    if "customers" in book.tables:
        table = book.tables["customers"]
        rows = {key: row for key, row in figures["row"].items() if row}
        return _changes(_Target(table, grids[table.tab], rows), figures, policy, [])
    ours = next((tab.name for tab in tabs if tab.ours == OURS), "")
    ours = ours or _unmarked(grids, policy)
    name = ours or free_name(OURS, [tab.name for tab in tabs], policy)
    grid = grids.get(name) or Grid(name, [], "")
    return _on_our_tab(grid, figures, policy, [] if ours else [AddTab(name, OURS)])


def _unmarked(grids: Mapping[str, Grid], policy: Policy) -> str:
    """Return the tab of ours whose mark is lost, '' for none; one called otherwise is a copy."""
    plain = free_name(OURS, [], policy)
    names = [plain, free_name(OURS, [plain], policy)]
    return next((name for name in names if name in grids and is_our_list(grids[name])), "")


def _on_our_tab(
    grid: Grid, figures: pd.DataFrame, policy: Policy, before: list[Change]
) -> tuple[Change, ...]:
    """Fill a tab of ours: customers keep the rows they have, wherever people sorted them to."""
    columns = grid.owned or listed_columns(grid)
    owned = columns or {name: place for place, name in enumerate(_NAMES)}
    names = figures["customer_name"].tolist()
    codes = [
        "" if key == fold_name(name) else str(key)
        for key, name in zip(figures.index, names, strict=True)
    ]
    there = _listed(grid, owned)
    rows: dict[Hashable, int] = {}
    free = max(len(grid.rows), 1) + 1
    for key, name, code in zip(figures.index, names, codes, strict=True):
        row = there.get((code, fold_name(name)), 0)
        rows[key] = row or free
        free += not row
    header = len(grid.rows[0]) if grid.rows else 0
    table = Table(
        kind="customers", tab=grid.tab, header_row=1, first_row=2,
        last_row=max(free - 1, 2), left=0, right=max(header - 1, -1, *columns.values()),
        columns={}, headings={}, owned=dict(columns), units={}, currency="",
    )  # fmt: skip
    shown = {"customer": names, "customer_id": [code or None for code in codes]}
    target = _Target(table, grid, rows)
    return _changes(target, figures, policy, before, shown)


def _listed(grid: Grid, owned: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """Return the row of each customer on a tab of ours, by code and folded name."""
    found: dict[tuple[str, str], int] = {}
    for number, cells in enumerate(grid.rows[1:], start=2):
        name, code = (
            str(cells[owned[key]] or "") if owned.get(key, len(cells)) < len(cells) else ""
            for key in _NAMES
        )
        if name or code:
            found.setdefault((code, fold_name(name)), number)
    return found


def _changes(
    target: _Target,
    figures: pd.DataFrame,
    policy: Policy,
    before: list[Change],
    names: Mapping[str, list[Cell]] | None = None,
) -> tuple[Change, ...]:
    table, grid = target.table, target.grid
    listed = figures[figures.index.isin(list(target.rows))]
    shown = _shown(listed, policy)
    kept = [key in target.rows for key in figures.index]
    for key, values in (names or {}).items():
        shown = {key: [v for v, keep in zip(values, kept, strict=True) if keep]} | shown
    shown = {key: shown[key] for key in (*(names or {}), *CUSTOMER_HEADINGS) if key in shown}
    found = places(table, grid, list(shown), policy)
    rows = [target.rows[key] for key in listed.index]
    last = max([table.first_row, *rows])
    table = replace(table, last_row=last)
    keys = _spread([str(key) for key in listed.index], rows, table, "")
    changes: list[Change] = list(before)
    changes += headings_of(table, grid, found)
    for place in found:
        wanted = _spread(shown[place.key], rows, table, None)
        changes += _edit(grid, table, place, wanted, keys, rows)
    return (*changes, *flag_highlight(table, grid, found, policy))


def _edit(
    grid: Grid,
    table: Table,
    place: Place,
    wanted: list[Cell],
    keys: list[Cell],
    rows: Sequence[int],
) -> list[Change]:
    edit = differences(grid, table, place, wanted, [str(key) for key in keys])
    # Rows of the team's that are no customer's, totals among them, are not ours to blank.
    ours = set(rows) if not place.new else set(edit.rows)
    mine = [i for i, row in enumerate(edit.rows) if row in ours]
    if not mine:
        return []
    return [
        replace(
            edit,
            rows=[edit.rows[i] for i in mine],
            values=[edit.values[i] for i in mine],
            before=[edit.before[i] for i in mine],
            keys=[edit.keys[i] for i in mine],
        )
    ]


def _spread(values: Sequence[Cell], rows: Sequence[int], table: Table, blank: Cell) -> list[Cell]:
    spread: list[Cell] = [blank] * (table.last_row - table.first_row + 1)
    for row, value in zip(rows, values, strict=True):
        spread[row - table.first_row] = value
    return spread


# ── what each column shows ───────────────────────────────────────────────────────────────────


def _shown(figures: pd.DataFrame, policy: Policy) -> dict[str, list[Cell]]:
    """Return by column of ours what each customer's row shows, in the order of the frame."""
    language, scale = policy.language, 10 ** exponent(policy.currency)
    used = (figures["utilisation"] * 100).round()
    index = figures["payment_index"].round()
    late = figures["oldest_overdue"]
    flags = figures["credit_flag"].tolist()
    # A nought beside what is owed in another currency would say that nothing is.
    elsewhere = (figures["foreign"] != "") & (figures["overdue"] == 0) & (late > 0)
    return {
        "exposure": _major(figures["exposure"], scale, figures["has_exposure"]),
        "overdue": _major(figures["overdue"], scale, ~elsewhere),
        "oldest_overdue": [int(days) or None for days in late],
        "used_of_limit": _whole(used),
        "payment_index": _whole(index),
        "rating": [grade or None for grade in figures["rating"].tolist()],
        "credit_flag": [word(FLAG_WORDS, language, flag) for flag in flags],
        "credit_reason": [text or None for text in flag_reasons(figures, language)],
        "late_rate": _whole((figures["late_rate"] * 100).round()),
        "pays": [text or None for text in habit_texts(figures, language)],
        "expected_payment": list(dates(figures["expected"])),
        "suggested_limit": [limit / scale or None for limit in figures["suggested_limit"].tolist()],
        **({"confirmation": [text or None for text in figures["confirmation"].tolist()]}
           if "confirmation" in figures else {}),
    }  # fmt: skip


def _major(amounts: pd.Series[int], scale: int, told: pd.Series[bool]) -> list[Cell]:
    """Return minor units as cells show them, blank where they cannot be told."""
    pairs = zip((amounts / scale).tolist(), told.tolist(), strict=True)
    return [amount if sure else None for amount, sure in pairs]


def _confirmation_texts(
    customers: Iterable[Hashable], known: Iterable[Confirmed], language: str
) -> list[str]:
    """Say of each customer what became of the last balance confirmation, and when."""
    last = latest(known)
    return [confirmation_text(last[str(key)], language) if key in last else "" for key in customers]


def confirmation_text(each: Confirmed, language: str) -> str:
    """Return what became of a confirmation: ``agreed 2026-11-24 (as at 2026-10-31)``."""
    state = say(language, f"confirmation_{each.state}")
    day = each.changed_at.date()
    return say(language, "confirmation_cell", state=state, day=day, as_of=each.as_of)


def _whole(values: pd.Series[float]) -> list[Cell]:
    return [None if pd.isna(value) else int(value) for value in values.tolist()]
