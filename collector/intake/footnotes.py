"""Notes among and below the rows that say in which unit or currency the whole table is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final, TypeGuard

import numpy as np
import pandas as pd

from collector.fields import MONEY_FIELDS
from collector.intake.cells.column import Bools, Complaint, narrow, shown
from collector.intake.complaints import Complaints
from collector.intake.headings.folding import unit_in_title
from collector.intake.headings.table import Table
from collector.intake.headings.units import labelled, together, unit_of_total
from collector.intake.region import Region
from collector.model import Cell, Grid, Where

_LONGEST: Final = 200
_OUTERMOST: Final = 20
_LABEL: Final = 40


@dataclass(frozen=True, slots=True)
class UnitNote:
    """What notes say of the figures: the multiplier, the ISO currency, and where the first is.

    ``plain``: one says single units in so many words; ``between``: one stands among the rows, so
    that nobody knows which of them it means.
    """

    times: int
    currency: str
    plain: bool
    between: bool
    at: int
    text: str

    def heeded_by(self, table: Table) -> Table | None:
        """Return the table in the unit and currency noted; None when it says another itself."""
        code = table.currency or self.currency
        units = dict(table.units)
        if self.times != 1 or self.plain:
            units = {name: self.times for name in MONEY_FIELDS if name in table.columns} | units
        other = [times for times in units.values() if times != self.times]
        if (other and (self.times != 1 or self.plain)) or (self.currency and code != self.currency):
            return None
        if code == table.currency and units == dict(table.units):
            return table
        if self.between:
            return None
        return replace(table, units=units, currency=code)

    def complain(self, region: Region, complaints: Complaints, wanted: Bools) -> Bools:
        """Return all rows wanted: nobody can tell whether the note or the heading is right."""
        table = region.table
        where = str(Where(table.tab, table.first_row + self.at))
        said = Complaint("problem_unit_below", {"where": where, "text": shown(self.text)})
        name = "amount" if "amount" in table.columns else "balance"
        complaints.add(name, dict.fromkeys(np.flatnonzero(wanted).tolist(), said), "customer")
        return wanted


def unit_below(region: Region, wanted: Bools, currencies: pd.Series[str]) -> UnitNote | None:
    """Return what rows that are no receivables say of all figures: notes, and labels of totals.

    A currency among the rows is the heading of those below it, and is not looked at here, nor are
    totals where the rows are in several ``currencies`` or name their own.
    """
    rows = np.flatnonzero(wanted)
    first, last = (int(rows[0]), int(rows[-1])) if rows.size else (0, 0)
    known: dict[str, tuple[int, str] | None] = {}
    found: list[tuple[int, str, tuple[int, str]]] = []
    for at, text in _texts(region, wanted):
        if text not in known:
            known[text] = unit_in_title(text) if len(text) <= _LONGEST else None
        unit = known[text]
        beside = bool(rows.size) and bool(wanted[at])
        heads = first < at < last and not beside and unit is not None and unit[0] == 1 and unit[1]
        if unit is not None and not heads:
            found.append((at, text, unit))
    totals = [] if "currency" in region.columns else list(_totals(region, wanted))
    if totals and currencies[wanted].nunique() > 1:
        totals = []
    found = sorted([*found, *totals], key=itemgetter(0))
    if not found:
        return None
    units = [unit for _, _, unit in found]
    times, currency = together(units)
    notes = [each for each in found if each not in totals]
    between = any(first < at < last and not wanted[at] for at, _, _ in notes)
    between |= len({unit for _, _, unit in totals}) > 1
    return UnitNote(times, currency, (1, "") in units, between, *found[0][:2])


_COLOURS: Final = re.compile(
    r"\b(?:green|yellow|red|gr[ea]y|blue|orange|pink|purple|highlight\w*|shaded|struck|strike\w*"
    r"|crossed out|grün|gelb|rot|grau|durchgestrichen|vert|jaune|gris|rayé)\b|[绿黄红灰蓝橙紫]色"
    r"|标[绿黄红灰蓝]|删除线|划线|底色|高亮",
    re.IGNORECASE,
)
_SETTLES: Final = re.compile(
    r"(?<!un)(?<!not )(?<!un-)\b(?:paid|settled|closed|received|cleared|cancell?ed|done|void"
    r"|bezahlt|beglichen|pay[ée]e?|r[ée]gl[ée]e?|pagad[oa])\b"
    r"|(?<![未没])(?:已付|已收|已回款|已到账|已结清?|结清|付清|已核销|作废|回款)",
    re.IGNORECASE,
)


def complain_of_colours(grid: Grid, region: Region, complaints: Complaints, wanted: Bools) -> None:
    """Complain of every row where a legend says that a colour, which nobody reads, means paid."""
    table = region.table
    above = [
        (number, cell)
        for number, row in enumerate(grid.rows[: table.header_row - 1], start=1)
        for cell in row
        if _is_text(cell)
    ]
    texts = [*above, *((table.first_row + at, text) for at, text in _texts(region, wanted))]
    for row, text in texts:
        if len(text) <= _LONGEST and _COLOURS.search(text) and _SETTLES.search(text):
            where = str(Where(table.tab, row))
            said = Complaint("problem_colour", {"where": where, "text": shown(text)})
            name = "amount" if "amount" in table.columns else "balance"
            complaints.add(name, dict.fromkeys(np.flatnonzero(wanted).tolist(), said), "customer")
            return


def _totals(region: Region, wanted: Bools) -> Iterator[tuple[int, str, tuple[int, str]]]:
    """Yield the labels beside figures that are no receivables' and name a unit: ``Total USD``."""
    for at in np.flatnonzero(~wanted).tolist():
        row = region.rows[at][region.table.left : region.table.right + 1]
        labels = [cell for cell in row if _is_text(cell) and len(cell) <= _LABEL]
        if len(labels) == len([cell for cell in row if cell not in (None, "")]):
            continue
        units = [(label, unit) for label in labels if (unit := unit_of_total(narrow(label)))]
        yield from ((at, label, unit) for label, unit in units if unit != (1, ""))


def _texts(region: Region, wanted: Bools) -> Iterator[tuple[int, str]]:
    """Yield the texts of rows that hold nothing else, and those beside the outermost rows."""
    table, ours = region.table, set(region.table.owned.values())
    rows = np.flatnonzero(wanted)
    beside = {*rows[:_OUTERMOST].tolist(), *rows[-_OUTERMOST:].tolist()}
    for at in sorted({*np.flatnonzero(~wanted).tolist(), *beside}):
        row = [cell for place, cell in enumerate(region.rows[at]) if place not in ours]
        if at in beside:
            aside = ((place, cell) for place, cell in enumerate(region.rows[at]) if _is_text(cell))
            yield from ((at, text) for place, text in aside if table.right < place not in ours)
        elif all(cell is None or isinstance(cell, str) for cell in row):
            texts = [cell for cell in row if _is_text(cell)]
            yield from ((at, text) for text in (*texts, *labelled(texts)))


def _is_text(cell: Cell) -> TypeGuard[str]:
    return isinstance(cell, str) and bool(cell)
