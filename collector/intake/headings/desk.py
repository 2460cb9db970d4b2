"""One table laid out to be understood: its cells by column, and what is known of each so far."""

from __future__ import annotations

import re
from typing import Final

from collector.intake.headings import evidence
from collector.intake.headings.finding import Found
from collector.intake.headings.folding import shown_heading
from collector.intake.headings.matching import REFUTED, Doubt
from collector.intake.headings.table import table_at
from collector.intake.headings.words import is_tax_amount
from collector.model import Policy

_BUCKET: Final = re.compile(
    r"current|not (?:yet )?due|older|future|(?:over|above|>|<)\s*\d+.*|\d+\s*(?:-|to|–|~"
    r"|至)\s*\d+.*|\d+\s*\+.*"
    r"|<?\s*\d+ (?:months?|days?).*|period \d+|\d+\s*(?:days?|天)?\s*(?:and )?(?:over|above"
    r"|以上).*|未到期|未逾期|信用期内"
    r"|逾期\d+.*|\d+天.*|.*个月.*|.*年以(?:内|上)|\d+-\d+年",
    re.IGNORECASE,
)
_LOOKED_AT: Final = 3_000
_PAIRED: Final = 10


class Desk:
    """A table's columns by field, the doubts about others, and its first rows' cells.

    ``none`` are the fields that a heading says and that what stands below it is not.
    """

    def __init__(self, kind: str, found: Found, policy: Policy) -> None:
        self.kind, self.grid, self.header = kind, found.grid, found.header
        self.doubts: list[Doubt] = []
        self.table = table_at(kind, found.grid, found.header, found.owned, policy, self.doubts)
        self.none = tuple(each.field for each in self.doubts if each.why == REFUTED)
        self.doubts = [each for each in self.doubts if each.why != REFUTED]
        self.columns = dict(self.table.columns)
        self.owned = set(found.owned.values())
        rows = found.grid.rows[found.header.row + 1 :][:_LOOKED_AT]
        width = len(found.header.texts)
        self.rows = [[*row, *[None] * (width - len(row))] for row in rows]
        self.cells = [[row[place] for row in self.rows] for place in range(width)]

    def doubt(self, name: str, places: tuple[int, ...], why: str) -> None:
        """Ask about a field instead of reading it."""
        self.columns.pop(name, None)
        self.doubts.append(Doubt(name, places, why))

    def settle(self, name: str, place: int) -> None:
        """Take a column for a field; nothing is asked about it any more."""
        self.columns[name] = place
        self.doubts = [doubt for doubt in self.doubts if doubt.field != name]

    def figures(self, place: int) -> evidence.Figures:
        """Return a column as numbers."""
        return evidence.figures(self.cells[place])

    def figures_of(self, name: str) -> evidence.Figures:
        """Return a field's column as numbers, None throughout where it has none."""
        place = self.columns.get(name)
        return self.figures(place) if place is not None else [None] * len(self.rows)

    def free(self) -> list[int]:
        """Return the headed columns that no field has, ours left out."""
        taken = {*self.columns.values(), *self.owned}
        return [at for at, text in enumerate(self.header.texts) if text and at not in taken]

    def candidates(self, name: str) -> tuple[int, ...]:
        """Return the columns that a field is asked about."""
        return next((doubt.columns for doubt in self.doubts if doubt.field == name), ())

    def sums(self) -> list[int]:
        """Return the free columns of figures, the first few of them."""
        found = [
            at
            for at in self.free()
            if evidence.surely_suits("amount", self.cells[at])
            and not (is_bucket(self.header.texts[at]) or is_tax_amount(self.header.texts[at]))
        ]
        return found[:_PAIRED]


def is_bucket(heading: str) -> bool:
    """Tell whether a heading is of an age: ``31-60 days``, ``90+``, ``未到期``."""
    return bool(_BUCKET.fullmatch(shown_heading(heading).strip(" ()（）")))
