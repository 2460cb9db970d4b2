"""Complaints about cells gathered as problems, each with its address, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from collector.intake.cells.column import Bools, Complaint
from collector.intake.headings.table import Table
from collector.model import Holds, Problem, Where, column_letters


@dataclass(slots=True)
class Complaints:
    """What is wrong in a table so far, by field; positions count from the table's first row.

    ``places`` are the columns of names that are no fields.
    """

    table: Table
    places: dict[str, int] = field(default_factory=dict)
    found: list[tuple[int, str, Complaint, Holds]] = field(default_factory=list)

    def add(self, name: str, complaints: Mapping[int, Complaint], holds: Holds) -> None:
        """Note complaints about a field's cells."""
        self.found += [(at, name, complaint, holds) for at, complaint in complaints.items()]

    def problems(self, customers: Sequence[str], wanted: Bools) -> list[Problem]:
        """Return the problems of the wanted rows; ``customers`` are the keys, row by row."""
        table, places = self.table, {**self.places, **self.table.columns}
        rows = [
            (at, places.get(name, table.left), complaint, holds)
            for at, name, complaint, holds in self.found
            if wanted[at]
        ]
        rows.sort(key=itemgetter(0, 1))
        return [
            Problem(
                Where(table.tab, table.first_row + at, column_letters(place)),
                complaint.code, complaint.facts, customers[at], holds,
            )
            for at, place, complaint, holds in rows
        ]  # fmt: skip
