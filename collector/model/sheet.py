"""What stands in a workbook: cells, where they are, and what a person must look at in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, TypeAlias

from collector.phrases import say

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Kind: TypeAlias = Literal["text", "integer", "money", "date"]
Holds: TypeAlias = Literal["nothing", "invoice", "row", "customer"]

# What a cell holds whose formula was never calculated.
UNCALCULATED = "#UNCALCULATED"


def column_letters(column: int) -> str:
    """Return the letters of a zero-based column: 0 is ``A``, 27 is ``AB``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# Of a column's problem the first few addresses say where to look.
_FIRST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Where:
    """An address in a workbook; ``row`` is one-based, ``column`` is its letters."""

    tab: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        if self.row is None:
            return f"{self.tab}!{self.column}" if self.column else self.tab
        return f"{self.tab}!{self.column or ''}{self.row}"


@dataclass(frozen=True, slots=True)
class Tab:
    """One worksheet of a workbook, as listed before anything is read.

    ``ours`` is what we made it for (``log``, ``outbox`` …), as marked in the book; '' for a tab
    of the team's.
    """

    name: str
    visible: bool = True
    ours: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody attached to a cell; row and column are zero-based.

    ``closed``: its thread was marked as resolved.
    """

    row: int
    column: int
    text: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one tab. ``rows[0][0]`` is A1; blank cells are None.

    Error cells hold their text (``#N/A``); a formula that was never calculated holds
    ``#UNCALCULATED``. ``owned`` maps the keys of our own columns (``status`` …), as marked in the
    book itself, to zero-based columns. ``merged`` holds zero-based, inclusive
    ``(first_row, first_column, last_row, last_column)`` ranges, ``tables`` the ranges of Excel's
    own table objects, their heading row first. ``fingerprint`` identifies what was read; a write
    that expects it fails when the book has changed since. ``from_1904``: the book counts days
    from 1904, so a bare number that means a day is 1,462 days later. ``ours`` is what we made the
    tab for (``log``, ``outbox``), '' for one of the team's. ``formats`` are the number formats that
    show words or signs beside a figure (``[$€-407] #,##0``), shares or months alone, with the
    zero-based columns, and rows in each, whose figures they show. ``struck`` are the zero-based
    rows, by column, of the filled cells that are struck through; ``comments`` are on any cell.
    ``totals`` are the totals rows of the table objects, ``filled`` the ranges that a formula, a
    pivot table or a table object without headings fills, all zero-based and inclusive as well.
    """

    tab: str
    rows: list[list[Cell]]
    fingerprint: str
    owned: Mapping[str, int] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    from_1904: bool = False
    tables: tuple[tuple[int, int, int, int], ...] = ()
    ours: str = ""
    formats: Mapping[str, Mapping[int, Sequence[int]]] = field(default_factory=dict)
    struck: Mapping[int, Sequence[int]] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()
    totals: tuple[tuple[int, int, int, int], ...] = ()
    filled: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the sheet that a person must look at, with its address.

    ``code`` names a phrase, ``facts`` fill it. ``holds`` says what is not written to meanwhile.
    Where one question is about a whole column, ``rows`` are the sheet rows it is about, and their
    customers are held; ``customer`` is then ``""``.
    """

    where: Where
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    customer: str = ""
    holds: Holds = "nothing"
    rows: tuple[int, ...] = ()

    def say(self, language: str = "en") -> str:
        said = self.say_of_row(language)
        if not self.rows:
            return said
        places = ", ".join(f"{self.where.column}{row}" for row in self.rows[:_FIRST_ROWS])
        return say(language, "problem_of_rows", what=said, rows=len(self.rows), places=places)

    def say_of_row(self, language: str = "en") -> str:
        """Return what is said beside one of its rows."""
        return say(language, self.code, **self.facts)
