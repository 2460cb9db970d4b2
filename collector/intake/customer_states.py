"""Columns that say of a customer, or of his address, that he is not simply to be reminded."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.asking_words import remark_asks
from collector.intake.cells.column import shown
from collector.intake.cells.texts import text_of
from collector.intake.headings.folding import shown_heading
from collector.intake.headings.states import REMARKABLE, State, says_held, state_of
from collector.intake.headings.table import Table
from collector.intake.region import Region
from collector.intake.settled_words import joined
from collector.intake.unread import are_open
from collector.model import Cell, Problem, Where, column_letters

_CODES: Final = ("problem_customer_state", "problem_address_dead")
_OF_ADDRESSES: Final = frozenset({"bounced", "reaches", "mail"})


@dataclass(frozen=True, slots=True)
class Stated:
    """A cell of a tab that says so of its row's customer; ``row`` counts as the sheet does."""

    row: int
    column: int
    heading: str
    text: str
    kind: State

    def problem(self, tab: str, customer: str) -> Problem:
        """Return the problem that holds a customer for what the cell says."""
        letters = column_letters(self.column)
        facts = {"column": letters, "heading": shown_heading(self.heading), "text": self.text}
        code = _CODES[self.kind in _OF_ADDRESSES]
        return Problem(Where(tab, self.row, letters), code, facts, customer, "customer")


def states_on_rows(region: Region, frame: pd.DataFrame, asked: Sequence[Problem]) -> list[Problem]:
    """Return a problem for each open row whose customer or address is said to be past reminding.

    ``frame`` has the invoices as read, by sheet ``row``; cells that are ``asked`` about already
    are not asked about twice.
    """
    table = region.table
    kinds = _kinds(table, of_customers=False)
    if not kinds:
        return []
    rows = frame["row"].to_numpy()[are_open(frame)].tolist()
    keys = dict(zip(frame["row"].tolist(), frame["customer"].tolist(), strict=True))
    stated = list(_stated(table, region.rows, kinds, rows)) if rows else []
    told = {each.where for each in asked if each.holds == "customer"} if stated else set()
    problems = [each.problem(table.tab, keys[each.row]) for each in stated]
    return [each for each in problems if each.where not in told]


def states_of_customers(region: Region) -> list[Stated]:
    """Return what a list of customers says of those who are past reminding."""
    table = region.table
    kinds = _kinds(table, of_customers=True)
    if not _has_each_once(region):
        # Where a customer has several rows, what is closed may be any of his affairs.
        kinds = {at: "standing" if kind == "party" else kind for at, kind in kinds.items()}
    rows = range(table.first_row, table.first_row + len(region))
    return list(_stated(table, region.rows, kinds, rows, of_customers=True)) if kinds else []


def problems_of_customers(
    stated: Sequence[Stated], tab: str, keys: Mapping[int, str], invoices: pd.DataFrame
) -> list[Problem]:
    """Return the problems of customers with something open; ``keys`` are theirs by sheet row."""
    if not stated:
        return []
    live = set(invoices["customer"].to_numpy()[np.asarray(are_open(invoices))].tolist()) - {""}
    return [each.problem(tab, keys[each.row]) for each in stated if keys.get(each.row) in live]


def unless_muted(
    problems: Sequence[Problem], invoices: pd.DataFrame, customers: pd.DataFrame
) -> list[Problem]:
    """Return problems without those that ask whether to remind whom nobody is to be reminded."""
    if not any(each.code in _CODES for each in problems):
        return [*problems]
    muted = set(customers.index[customers["do_not_chase"]])
    muted |= set(invoices.loc[invoices["do_not_chase"] & are_open(invoices), "customer"])
    return [each for each in problems if each.code not in _CODES or each.customer not in muted]


def _has_each_once(region: Region) -> bool:
    cells = region.columns.get("customer_id") or region.columns.get("customer")
    return cells is not None and len(cells.texts) == len(cells.at)


def _kinds(table: Table, *, of_customers: bool) -> dict[int, State]:
    kinds = {at: state_of(text, of_customers=of_customers) for at, text in table.others.items()}
    note = table.columns.get("note")
    if note is not None and note not in table.waived:
        kinds[note] = "remark"
    return {at: kind for at, kind in kinds.items() if kind}


def _stated(
    table: Table, rows: Sequence[Sequence[Cell]], kinds: Mapping[int, State],
    wanted: Collection[int], *, of_customers: bool = False,
) -> Iterator[Stated]:  # fmt: skip
    for place, kind in kinds.items():
        cells = [
            row[place] if place < len(row) else None
            for row in (rows[number - table.first_row] for number in wanted)
        ]
        # What a word says is looked up once, however many rows have it.
        # Beside invoices, what remarks ask for is looked for elsewhere.
        guilty = {cell for cell in _worth(kind, cells) if says_held(kind, cell)}
        if of_customers and kind == "remark":
            guilty |= {cell for cell in cells if isinstance(cell, str) and remark_asks(cell)}
        if not guilty:
            continue
        heading = table.others.get(place) or table.headings["note"]
        for number, cell in zip(wanted, cells, strict=True):
            if cell is not None and cell in guilty:
                yield Stated(number, place, heading, shown(text_of(cell)), kind)


def _worth(kind: State, cells: Sequence[Cell]) -> Collection[Cell]:
    """Return the distinct cells worth a look; there may be as many remarks as rows."""
    found = set(cells)
    if kind != "remark":
        return found
    texts = [cell for cell in found if isinstance(cell, str)]
    if REMARKABLE.search(joined(texts)) is None:
        return ()
    return [text for text in texts if REMARKABLE.search(text)]
