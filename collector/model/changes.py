"""What is to change in a workbook, and what a write did to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from collector.model.sheet import Cell, Kind


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell to set: ``Edit("Invoices", "K7", "overdue")``."""

    tab: str
    cell: str
    value: Cell


@dataclass(frozen=True, slots=True)
class ColumnEdit:
    """Many cells of one of our columns; ``rows`` are one-based and ascending.

    ``keys`` say whose row each cell is and ``before`` what it showed, so that a run can be undone.
    """

    tab: str
    column: int
    kind: Kind
    rows: Sequence[int]
    values: Sequence[Cell]
    before: Sequence[Cell] = ()
    keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class AddColumn:
    """A column of ours: its heading cell in the neighbours' style, and the mark that it is ours.

    ``again``: the column is there under this heading, and only its mark was lost.
    """

    tab: str
    column: int
    header_row: int
    key: str
    heading: str
    kind: Kind
    again: bool = False


@dataclass(frozen=True, slots=True)
class HighlightRule:
    """Rows whose cell in ``column`` shows ``text`` look like ``look``."""

    column: int
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """All our conditional-format rules of one tab; they replace those we set before.

    Rows are one-based and inclusive, columns zero-based and inclusive. No rules: ours are removed.
    ``also`` are the first and last columns of a further stretch of these rows, where something of
    others lies between.
    """

    tab: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    rules: tuple[HighlightRule, ...]
    also: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AddTab:
    """A tab of ours after the last one, empty and marked as made for ``ours``.

    ``choices`` offers, per zero-based column, what may stand below its heading in row 1. Columns
    and rows come as further changes. A tab that is there already is left as it is.
    """

    tab: str
    ours: str
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AppendRows:
    """Rows below the last one of a tab that holds anything; each has one value per column.

    ``columns`` are zero-based and ascending, ``kinds`` say how each shows its values.
    """

    tab: str
    columns: Sequence[int]
    kinds: Sequence[Kind]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class BookNote:
    """A text that the book itself carries for us, hidden and under a key; it replaces the last."""

    key: str
    text: str


TabChange: TypeAlias = Edit | ColumnEdit | AddColumn | Highlight | AddTab | AppendRows


Change: TypeAlias = TabChange | BookNote


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: cells changed, whether the file was replaced, and where the backup is.

    ``kept`` are the addresses of cells that were to be set but hold a formula of the team's.
    ``fingerprint`` identifies the book as it was written, '' when nothing was.
    ``differs`` says what a read-back found otherwise than written, because people were editing.
    """

    cells: int
    replaced: bool
    backup: str = ""
    kept: tuple[str, ...] = ()
    fingerprint: str = ""
    differs: tuple[str, ...] = ()
