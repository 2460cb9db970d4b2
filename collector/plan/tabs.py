"""Our own tabs: the changes that make them show what they should, row by row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import Final

from collector.fields import OWNED_PREFIX, word
from collector.fields.our_tabs import OUR_TAB_NAMES, OUR_TABS, TICKS
from collector.intake.outbox import Outbox, OutboxRow
from collector.model import (
    AddColumn,
    AddTab,
    AppendRows,
    Cell,
    Change,
    ColumnEdit,
    Kind,
    Policy,
)
from collector.phrases import say
from collector.plan.outbox import Judged, Row, alike, shown, shows_void

_KINDS: Final[Mapping[str, Kind]] = {"total": "money", "date": "date"}
_FREE: Final = "approve"


@dataclass(frozen=True, slots=True)
class TabChanges:
    """What changes in a tab of ours, and how many of its rows that is."""

    changes: tuple[Change, ...] = ()
    rows: int = 0


def free_name(ours: str, taken: Collection[str], policy: Policy) -> str:
    """Return what to call a tab of ours: the team's own use of the word comes first."""
    hint = policy.tabs.get(ours)
    plain = (hint and hint.name) or word(
        {language: {ours: name} for language, name in OUR_TAB_NAMES[ours].items()},
        policy.language,
        ours,
    )
    prefix = OWNED_PREFIX.get(policy.language, OWNED_PREFIX["en"])
    ours_too = prefix + plain[0].lower() + plain[1:]
    names = chain([plain, ours_too], (f"{ours_too} {number}" for number in count(2)))
    folded = {name.casefold() for name in taken}
    return next(name for name in names if name.casefold() not in folded)


def new_tab(
    ours: str, rows: Sequence[Mapping[str, Cell]], taken: Collection[str], policy: Policy
) -> tuple[Change, ...]:
    """Return what makes a tab of ours with these rows, each by key of our columns."""
    name, keys = free_name(ours, taken, policy), list(OUR_TABS[ours])
    choices = {}
    if _FREE in keys:
        choices[keys.index(_FREE)] = TICKS.get(policy.language, TICKS["en"])
    columns = dict(zip(keys, count()))
    headings = added_columns(ours, name, columns, 1, policy)
    return (AddTab(name, ours, choices), *headings, _appended(name, columns, rows))


def added_columns(
    ours: str, tab: str, columns: Mapping[str, int], header_row: int, policy: Policy
) -> list[AddColumn]:
    """Return the headings of columns of ours, where they are to stand."""
    words = OUR_TABS[ours]
    return [
        AddColumn(
            tab, column, header_row, key, words[key].get(policy.language, words[key]["en"]),
            _KINDS.get(key, "text"),
        )
        for key, column in columns.items()
    ]  # fmt: skip


def _appended(
    tab: str, columns: Mapping[str, int], rows: Iterable[Mapping[str, Cell]]
) -> AppendRows:
    ordered = sorted(columns, key=columns.__getitem__)
    return AppendRows(
        tab,
        [columns[key] for key in ordered],
        [_KINDS.get(key, "text") for key in ordered],
        [[row.get(key) for key in ordered] for row in rows],
    )


def outbox_changes(
    outbox: Outbox | None,
    wanted: Sequence[Row],
    judged: Judged,
    taken: Collection[str],
    policy: Policy,
) -> TabChanges:
    """Return what makes the Outbox show these rows; rows are found by their key and never moved.

    ``outbox`` is None where there is no such tab yet. A row of ours that is wanted no more is
    emptied; one that nobody has anything in is filled again.
    """
    yes = TICKS.get(policy.language, TICKS["en"])[0]
    if outbox is None:
        rows = [_with_tick(row, yes) for row in wanted]
        changes = new_tab("outbox", rows, taken, policy) if rows else ()
        return TabChanges(changes, len(rows))
    return _Differences(outbox, judged, policy, yes).made(wanted)


def _with_tick(row: Row, yes: str) -> dict[str, Cell]:
    return {**row.cells, "key": row.key, _FREE: yes if row.released else None}


class _Differences:
    """The cells of the Outbox that should show something else."""

    def __init__(self, outbox: Outbox, judged: Judged, policy: Policy, yes: str) -> None:
        self.outbox, self.judged, self.policy, self.yes = outbox, judged, policy, yes
        self.columns = dict(outbox.columns)
        lost = [key for key in OUR_TABS["outbox"] if key not in outbox.columns]
        self.missing = dict(zip(lost, count(outbox.width)))
        self.columns |= self.missing
        self.taken_back = {entry.row.key for entry in judged.withdraw}
        self.cells: dict[str, dict[int, Cell]] = {}
        self.changed: set[int] = set()

    def made(self, wanted: Sequence[Row]) -> TabChanges:
        places: dict[str, OutboxRow] = {}
        for row in self.outbox.rows:
            if row.key:
                places.setdefault(row.key, row)
        by_key = {row.key: row for row in wanted}
        names = {shown(row.cells.get("customer")) for row in wanted}
        void = [row for row in self.outbox.rows if row.row in self.judged.void]
        names -= {shown(row.cells.get("customer")) for row in void}
        for row in self.outbox.rows:
            if row.row in self.judged.void:
                self._void(row, by_key.get(row.key))
            elif row.key in by_key and places[row.key] is row:
                self._set(row, self._kept_tick(row, by_key[row.key]))
            elif row.key in by_key or (row.key and not self._still_void(row, names)):
                self._set(row, dict.fromkeys(self.columns))
        new = [_with_tick(row, self.yes) for row in wanted if row.key not in places]
        blank = self.outbox.blank[: len(new)]
        for number, cells in zip(blank, new, strict=False):
            self._set(OutboxRow(number, {}, "", ""), cells)
        return self._changes(new[len(blank) :])

    def _kept_tick(self, row: OutboxRow, wanted: Row) -> dict[str, Cell]:
        """Return what a row should show; what people wrote beside a message stays."""
        cells = _with_tick(wanted, self.yes)
        held = row.key.startswith("held-")
        if not held and (row.tick == "yes" or not wanted.released or row.key in self.taken_back):
            cells[_FREE] = row.cells.get(_FREE)
        return cells

    def _void(self, row: OutboxRow, wanted: Row | None) -> None:
        """Take a tick off and say why; what was edited by hand shows again what is meant."""
        state = say(self.policy.language, "outbox_void", what=self.judged.void[row.row])
        cells = {**wanted.cells, "key": wanted.key} if wanted else dict(row.cells)
        self._set(row, {**cells, "state": state, _FREE: None})

    def _still_void(self, row: OutboxRow, names: Collection[str]) -> bool:
        """Tell whether a row that is void since earlier stays, as long as no other one is.

        ``names`` are the customers of whom something is listed.
        """
        return shows_void(row) and shown(row.cells.get("customer")) in names

    def _set(self, row: OutboxRow, cells: Mapping[str, Cell]) -> None:
        for key in self.columns:
            value, was = cells.get(key), row.cells.get(key)
            if alike(was, value):
                continue
            self.cells.setdefault(key, {})[row.row] = value
            self.changed.add(row.row)

    def _changes(self, more: Sequence[Mapping[str, Cell]]) -> TabChanges:
        tab = self.outbox.tab
        changes: list[Change] = [
            *added_columns("outbox", tab, self.missing, self.outbox.header_row, self.policy)
        ]
        for key, cells in self.cells.items():
            rows = sorted(cells)
            values = [cells[row] for row in rows]
            changes.append(
                ColumnEdit(tab, self.columns[key], _KINDS.get(key, "text"), rows, values)
            )
        if more:
            changes.append(_appended(tab, self.columns, more))
        return TabChanges(tuple(changes), len(self.changed) + len(more))
