"""Complaints about cells gathered as problems, each with its address, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from collector.intake.cells.column import Bools, Complaint
from collector.intake.headings.table import Table
from collector.model import Holds, Problem, Where, column_letters

# What one answer settles for every row of a column; and from how many rows on it is asked once.
_OF_COLUMNS: Final = frozenset(
    {"problem_dollars", "problem_currency_sign", "problem_all_negative", "problem_shown_currency",
     "problem_shown_unit"}
)  # fmt: skip
_SEVERAL: Final = 4


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


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems in the order of the sheet; those of one cell stay as they come."""
    return sorted(problems, key=_place)


def together(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with one for the whole column where rows of it ask the same question.

    Such a problem stands where the first of its rows did.
    """
    kept: list[Problem] = []
    alike: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        if problem.code not in _OF_COLUMNS or problem.where.row is None:
            kept.append(problem)
            continue
        key = (problem.where.column, problem.code, *sorted(problem.facts.items()))
        if key not in alike:
            kept.append(problem)
        alike.setdefault(key, []).append(problem)
    for group in alike.values():
        at = kept.index(group[0])
        kept[at : at + 1] = group if len(group) < _SEVERAL else [_of_column(group)]
    return in_order(kept) if alike else kept


def _of_column(group: Sequence[Problem]) -> Problem:
    first = group[0]
    rows = tuple(each.where.row for each in group if each.where.row is not None)
    where = Where(first.where.tab, None, first.where.column)
    return Problem(where, first.code, first.facts, "", first.holds, rows)


def _place(problem: Problem) -> tuple[int, int, str]:
    row = problem.where.row or (problem.rows[0] if problem.rows else 0)
    return row, len(problem.where.column or ""), problem.where.column or ""
