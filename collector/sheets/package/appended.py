"""Rows below the last one: where they begin, and what they carry on from the row above."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from collector.errors import WorkbookFormatError
from collector.model import AppendRows, ColumnEdit, TabChange
from collector.phrases import Phrase
from collector.sheets.package.contents import column_number
from collector.sheets.package.markup import children, named
from collector.sheets.package.rows import BLANK, New, StyleOf
from collector.sheets.package.scan import Frame
from collector.sheets.package.values import Writer, settled
from collector.sheets.package.wanted import Wanted
from collector.sheets.package.worksheet import parse_area

_LAST_ROW: Final = 1048576
_CARRIED: Final = "|"  # parts a kind from the style of the cell above


@dataclass(frozen=True, slots=True)
class LastRow:
    """The last row that holds a value or a formula, 0 for none, and its cells' styles by column."""

    number: int = 0
    styles: Mapping[int, bytes] = field(default_factory=dict)


def last_row(rows: bytes, prefix: str) -> LastRow:
    """Find the last row that holds anything in the bytes between ``<sheetData>`` and its end."""
    p = prefix.encode()
    held = re.compile(rb"<%bv(?:\s[^>]*)?>[^<]|<%bf[\s/>]|<%bis[\s>]" % (p, p, p))
    start = re.compile(rb"<%brow(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>" % p)
    chunks = rows.split(b"</%brow>" % p)
    for at in range(len(chunks) - 1, -1, -1):
        if held.search(chunks[at]):
            tag = [*start.finditer(chunks[at])][-1]
            found = re.search(rb"\sr\s*=\s*[\"'](\d+)", tag[1])
            number = int(found[1]) if found else _counted(chunks[: at + 1], start)
            return LastRow(number, _styles(chunks[at][tag.end() :]))
    return LastRow()


def _counted(chunks: Iterable[bytes], start: re.Pattern[bytes]) -> int:
    return sum(len(start.findall(chunk)) for chunk in chunks)


def _styles(row: bytes) -> dict[int, bytes]:
    styles, column = {}, -1
    for cell in children(row):
        about = cell.attributes
        letters = re.match(r"[A-Z]+", about.get("r", ""))
        column = column_number(letters[0]) if letters else column + 1
        styles[column] = about.get("s", "").encode()
    return styles


def merged_rows(frame: Frame) -> list[tuple[int, int]]:
    """Return the first and last row of each merged range."""
    found = named(children(frame.tail, 0, frame.tail.rfind(b"</")), "mergeCells")
    areas = [parse_area(m.attributes.get("ref", "")) for m in found.children()] if found else []
    return [(area[0], area[2]) for area in areas if area]


def _first_free(last: int, count: int, taken: Iterable[tuple[int, int]]) -> int:
    """Return the first row below ``last`` where ``count`` rows meet none that are taken."""
    first = last + 1
    for begin, end in sorted(taken):
        if begin < first + count and first <= end:
            first = end + 1
    return first


def placed(
    changes: Sequence[TabChange], last: int, taken: Sequence[tuple[int, int]], book: str
) -> list[ColumnEdit]:
    """Return the rows to append as the cells they become, below ``last`` and clear of ``taken``.

    Raises WorkbookFormatError, which names the ``book``, when the tab has no room for them.
    """
    edits: list[ColumnEdit] = []
    for change in changes:
        if isinstance(change, AppendRows) and change.rows:
            first = _first_free(last, len(change.rows), taken)
            last = first + len(change.rows) - 1
            if last > _LAST_ROW:
                raise WorkbookFormatError(book, Phrase("format_full", tab=change.tab))
            edits += _columns(change, range(first, last + 1))
    return edits


def _columns(change: AppendRows, rows: Sequence[int]) -> list[ColumnEdit]:
    values = zip(*change.rows, strict=True)
    return [
        ColumnEdit(change.tab, column, kind, rows, cells)
        for column, kind, cells in zip(change.columns, change.kinds, values, strict=True)
    ]


def joined(
    wanted: Wanted, edits: Sequence[ColumnEdit], styles: Mapping[int, bytes], writer: Writer
) -> Wanted:
    """Return what is wanted together with the appended rows, which lie below.

    Also their blank cells are wanted, so that they look like the row above.
    """
    columns = wanted.columns
    every = sorted({*columns, *(edit.column for edit in edits)})
    rows = dict(wanted.rows)
    if every != list(columns):
        places = [every.index(column) for column in columns]
        rows = {row: _spread(cells, places, len(every)) for row, cells in rows.items()}
    below: dict[int, list[New | None]] = {}
    for edit in edits:
        at, carried = every.index(edit.column), _CARRIED + styles.get(edit.column, b"").decode()
        for row, value in zip(edit.rows, edit.values, strict=True):
            new, kind = writer.new(settled(value), edit.kind)
            look = edit.kind if new == BLANK else kind
            below.setdefault(row, [None] * len(every))[at] = new, look + carried
    return Wanted(every, rows | below)


def _spread(cells: Sequence[New | None], places: Sequence[int], width: int) -> list[New | None]:
    wide: list[New | None] = [None] * width
    for place, cell in zip(places, cells, strict=True):
        wide[place] = cell
    return wide


def carrying_on(style_of: StyleOf, below: StyleOf) -> StyleOf:
    """Return ``style_of`` for rows that take their looks from above, not from the left.

    ``below`` styles a cell like the one above it.
    """

    def styled(kind: str, own: bytes | None, base: bytes) -> bytes:
        plain, carried, above = kind.partition(_CARRIED)
        if carried and above and own is None:
            return below(plain, own, above.encode())
        return style_of(plain, own, b"" if carried else base)

    return styled
