"""The cells of a large worksheet, read many at once; what is not plain is asked of a reader.

Nearly every cell of a large sheet holds a figure or the number of a shared text. Those are read
here with a handful of numpy's operations on the bytes of many rows. Any other value, a day, an
error, a text of its own, is asked of the ordinary reader, each distinct one once. Where the XML is
not of the form that spreadsheet programs write, nothing is read here at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from collector.model import Cell

Ask: TypeAlias = Callable[[Sequence[bytes]], Sequence[Cell]]
"""Return what a reader makes of cells; each is all that follows the ``r="A1"`` in its XML."""
_Bytes: TypeAlias = npt.NDArray[np.uint8]
_Ints: TypeAlias = npt.NDArray[np.int64]
_Bools: TypeAlias = npt.NDArray[np.bool_]
_Objects: TypeAlias = npt.NDArray[np.object_]

_LESS, _MORE, _QUOTE, _SLASH, _MINUS, _POINT = b'<>"/-.'
_C, _F, _N, _O, _R, _S, _V = b"cfnorsv"
# Below these a byte wraps around, so that one comparison tells digits and letters from all else.
_ZERO, _TEN, _ONE, _BEFORE_A, _LETTERS, _NO_LETTER = np.array([48, 10, 1, 64, 26, 0], np.uint8)
_END: Final = 128  # set in the letter of an end tag
_CELL_END, _ROW_END = b"</c>", b"</row>"
# What is looked for behind the last tag still lies in the arrays.
_ROOM: Final = 32
_MOST_COLUMNS: Final = 1 << 14
_MOST_STYLES: Final = 1 << 16
# A float holds all such numbers, and the powers of ten that divide them, exactly.
_MOST_DIGITS: Final = 15
_TENS: Final = 10 ** np.arange(_MOST_DIGITS + 1, dtype=np.int64)
_NUMBER: Final = re.compile(rb"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?")
_SHARED: Final = re.compile(rb"[^>]*\st\s*=\s*[\"']s[\"']")
# A number format that shows anything but a figure shows a day or a time for this.
_SOME_FIGURE: Final = b' s="%d"><v>45000.25</v></c>'
# With more cells to ask about than one in so many, the reader may as well read them all.
RARE: Final = 4
# With fewer cells than one in so many places, there would be little but room.
_SPARSE: Final = 16


class _UnusualError(Exception):
    """The XML is not of the form that can be read here."""


def read_plain(blocks: Iterable[bytes], texts: Sequence[Cell], ask: Ask) -> list[list[Cell]] | None:
    """Return the rows of a worksheet from A1 on, or None where they are not plain.

    ``blocks`` are the bytes inside ``sheetData``, ``texts`` the shared texts. Whole numbers are
    ints. Rows are not all as long; a formula's empty text counts as a cell, as for the reader.
    """
    shared = np.empty(len(texts), object)
    shared[:] = texts
    reader = _Reader(shared, ask)
    try:
        for rows in _whole_rows(blocks):
            reader.take(rows)
    except _UnusualError:
        return None
    return reader.finished()


def _whole_rows(blocks: Iterable[bytes]) -> Iterator[bytes]:
    carry = b""
    for block in blocks:
        stretch = carry + block
        cut = stretch.rfind(_ROW_END) + len(_ROW_END)
        if cut < len(_ROW_END):
            cut = 0
        carry = stretch[cut:]
        if cut:
            yield stretch[:cut]
    if carry.strip():
        yield carry


class _Reader:
    """The rows read so far, and what is still to be asked."""

    def __init__(self, texts: _Objects, ask: Ask) -> None:
        self._texts, self._ask = texts, ask
        self._rows: list[list[Cell]] = []
        self._asked: dict[bytes, int] = {}
        self._days: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[_Ints, _Ints, Sequence[int]]] = []
        self._figures: _Bools = np.zeros(0, np.bool_)

    def take(self, xml: bytes) -> None:
        """Read some whole rows."""
        cells = _cells(xml)
        disorder = (np.diff(cells.row * _MOST_COLUMNS + cells.column) <= 0).any()
        filled = np.flatnonzero(~cells.blank)
        if not len(filled):
            return
        top, bottom = int(cells.row[filled[0]]), int(cells.row[filled[-1]]) + 1
        width = int(cells.column[filled].max()) + 1
        if disorder or top < len(self._rows) or (bottom - top) * width > _SPARSE * len(filled):
            raise _UnusualError
        into = np.full((bottom - top) * width, None, object)
        self._put(xml, cells, into, (cells.row - top) * width + cells.column)
        self._rows.extend([] for _ in range(top - len(self._rows)))
        self._rows += into.reshape(-1, width).tolist()

    def finished(self) -> list[list[Cell]]:
        """Return all rows, once everything has been asked."""
        told, rows = self._ask(list(self._asked)), self._rows
        for down, across, numbers in self._waiting:
            for row, column, number in zip(down.tolist(), across.tolist(), numbers, strict=True):
                rows[row][column] = told[number]
        return rows

    def _put(self, xml: bytes, cells: _Cells, into: _Objects, place: _Ints) -> None:
        """Set what is known, and note what is to be asked."""
        number, decimals, exact = _numbers(cells)
        texts = np.flatnonzero(cells.plain & (cells.kind == _S))
        into[place[texts]] = self._shared(number[texts], exact[texts])
        plain = cells.plain & (cells.kind == _N)
        shown = plain & self._show_figures(cells.style)
        figures = np.flatnonzero(shown & exact)
        into[place[figures]] = _figures(number[figures], decimals[figures])
        days = plain & exact & ~shown
        self._wait_for_days(xml, cells, days, number * (_MOST_DIGITS + 1) + decimals)
        rest = ~(cells.blank | days)
        rest[texts] = rest[figures] = False
        for each in np.flatnonzero(shown & rest).tolist():
            figure = _figure(xml, cells.value[each], cells.value_end[each])
            into[place[each]], rest[each] = figure, figure is None
        left = np.flatnonzero(rest)
        self._wait(cells, left, [self._number(cells.said(xml, each)) for each in left.tolist()])

    def _shared(self, numbers: _Ints, exact: _Bools) -> _Objects:
        """Return the shared texts of some numbers."""
        if not exact.all() or not (numbers >= 0).all() or not (numbers < len(self._texts)).all():
            raise _UnusualError
        return self._texts[numbers]

    def _wait_for_days(self, xml: bytes, cells: _Cells, days: _Bools, figure: _Ints) -> None:
        """Note the days and times that are to be asked, each distinct one once a style."""
        for style in np.unique(cells.style[days]).tolist():
            these = np.flatnonzero(days & (cells.style == style))
            which, known = pd.factorize(figure[these])
            first = np.empty(len(known), np.int64)
            first[which[::-1]] = these[::-1]
            new = zip(known.tolist(), first.tolist(), strict=True)
            numbers = np.array([self._day(xml, cells, (style, day), each) for day, each in new])
            self._wait(cells, these, numbers[which].tolist())

    def _day(self, xml: bytes, cells: _Cells, day: tuple[int, int], each: int) -> int:
        if day not in self._days:
            self._days[day] = self._number(cells.said(xml, each))
        return self._days[day]

    def _number(self, said: bytes) -> int:
        """Return the number of what is asked; nobody who is asked knows the shared texts."""
        if _SHARED.match(said):
            raise _UnusualError
        return self._asked.setdefault(said, len(self._asked))

    def _wait(self, cells: _Cells, these: _Ints, numbers: Sequence[int]) -> None:
        self._waiting.append((cells.row[these], cells.column[these], numbers))

    def _show_figures(self, styles: _Ints) -> _Bools:
        """Tell whether cells show figures, by their styles, and not days or times."""
        count = int(styles.max()) + 1
        if count > _MOST_STYLES:
            raise _UnusualError
        if count > len(self._figures):
            shown = self._ask([_SOME_FIGURE % style for style in range(count)])
            self._figures = np.array([type(value) is float for value in shown], np.bool_)
        return self._figures[styles]


def _figures(numbers: _Ints, decimals: _Ints) -> _Objects:
    """Return numbers as Python's own: whole ones as ints, others as floats."""
    tens = _TENS[decimals]
    whole, rest = np.divmod(numbers, tens)
    values = (numbers / tens).astype(object)
    ints = rest == 0
    values[ints] = whole[ints]
    return values


def _figure(xml: bytes, start: int, end: int) -> Cell:
    """Return a number of any length, or None where it is written in another way."""
    found = _NUMBER.fullmatch(xml, start, end)
    if not found:
        return None
    figure = float(found[0])
    return int(figure) if figure.is_integer() else figure


# ── the XML ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of some rows in order; ``row`` and ``column`` are zero-based.

    ``rest`` is where what follows their ``r="A1"`` begins and ``finish`` where they end, in the
    XML; ``plain`` ones hold one value, from ``value`` to ``value_end``, and perhaps a formula.
    ``kind`` is the only letter of ``t="s"``, n where there is no ``t``, 0 where it is longer.
    """

    row: _Ints
    column: _Ints
    rest: _Ints
    style: _Ints
    kind: _Bytes
    opened: _Ints
    plain: _Bools
    blank: _Bools
    value: _Ints
    value_end: _Ints
    finish: _Ints
    data: _Bytes

    def said(self, xml: bytes, each: int) -> bytes:
        """Return what one of the cells says, without its place and its formula."""
        rest, finish = self.rest[each], self.finish[each]
        if not self.plain[each]:
            return xml[rest:finish]
        return xml[rest : self.opened[each]] + xml[self.value[each] - len(b"<v>") : finish]


def _cells(xml: bytes) -> _Cells:
    data = np.frombuffer(xml + bytes(_ROOM), np.uint8)
    tags = np.append(np.flatnonzero(data == _LESS), np.full(_ROOM, len(xml)))
    letters = data[tags + 1]
    names = np.where(letters == _SLASH, data[tags + 2] | _END, letters)
    at = np.flatnonzero(names == _C)
    row, column, rest = _places(data, tags[at])
    style, kind, end = _attributes(data, rest)
    opened = (data[end] == _MORE) & (tags[at + 1] == end + 1)
    # A formula stands before its value, in one tag or in two.
    value = at + 1 + (names[at + 1] == _F) * (1 + (names[at + 2] == _F | _END))
    plain = opened & (names[value] == _V) & (data[tags[value] + 2] == _MORE)
    plain &= (names[value + 1] == _V | _END) & (names[value + 2] == _C | _END)
    empty = opened & (names[at + 1] == _C | _END)
    closed = (data[end] == _SLASH) & (data[end + 1] == _MORE)
    last = at + plain * (value + 2 - at) + empty
    finish = np.where(closed, end + 2, tags[last] + len(_CELL_END))
    odd = np.flatnonzero(~(plain | empty | closed))
    if len(odd) * RARE > len(at):
        raise _UnusualError
    finish[odd] = [_finish(xml, start) for start in rest[odd].tolist()]
    last[odd] = np.searchsorted(tags, finish[odd]) - 1
    rows = ((names == _R) & (data[tags + 2] == _O)) | (
        (names == _R | _END) & (data[tags + 3] == _O)
    )
    if (last - at + 1).sum() + np.count_nonzero(rows) + _ROOM != len(tags):
        raise _UnusualError  # there are tags between the cells
    return _Cells(
        row, column, rest, style, kind, end + 1, plain, empty | closed,
        tags[value] + len(b"<v>"), tags[value + 1], finish, data,
    )  # fmt: skip


def _finish(xml: bytes, start: int) -> int:
    """Return where a cell ends whose start tag is not of the usual form."""
    end = xml.find(b">", start)
    if end < 0 or xml[end - 1] == _SLASH:
        return end + 1
    return xml.find(_CELL_END, end) + len(_CELL_END)


def _places(data: _Bytes, start: _Ints) -> tuple[_Ints, _Ints, _Ints]:
    """Return the zero-based rows and columns of ``<c r="A1"``, and where that ends."""
    usual = _are(data, start + 2, b' r="')
    at = start + len(b'<c r="')
    column = np.zeros(len(at), np.int64)
    for _ in range(3):
        letter = data[at] - _BEFORE_A
        more = letter - _ONE < _LETTERS
        column = np.where(more, column * int(_LETTERS) + letter, column)
        at = at + more
    row, after = _digits(data, at)
    usual &= (column > 0) & (row > 0) & (data[after] == _QUOTE)
    if not usual.all():
        raise _UnusualError
    return row - 1, column - 1, after + 1


def _attributes(data: _Bytes, at: _Ints) -> tuple[_Ints, _Bytes, _Ints]:
    """Return the style and the kind that stand after a cell's place, and where they end."""
    style, after = _digits(data, at + len(b' s="'), _are(data, at, b' s="'))
    has = (after > at + len(b' s="')) & (data[after] == _QUOTE)
    style, at = np.where(has, style, 0), np.where(has, after + 1, at)
    has = _are(data, at, b' t="')
    after = at + len(b' t="')
    for _ in range(len(b"inlineStr")):
        within = has & (data[after] != _QUOTE)
        if not within.any():
            break
        after = after + within
    has &= data[after] == _QUOTE
    single = after == at + len(b' t="n')
    kind = np.where(has, np.where(single, data[after - 1], _NO_LETTER), np.uint8(_N))
    return style, kind, np.where(has, after + 1, at)


def _numbers(cells: _Cells) -> tuple[_Ints, _Ints, _Bools]:
    """Return values as whole numbers, the decimals they had, and which are exactly told by that."""
    data = cells.data
    start = cells.value + (data[cells.value] == _MINUS)
    number, point = _digits(data, start, cells.plain)
    both, after = _digits(data, point + 1, cells.plain & (data[point] == _POINT), number)
    has_point = after > point + 1
    decimals = np.where(has_point, after - point - 1, 0)
    end, number = np.where(has_point, after, point), np.where(has_point, both, number)
    count = point - start + decimals
    exact = cells.plain & (end == cells.value_end) & (count > 0) & (count <= _MOST_DIGITS)
    return np.where(start > cells.value, -number, number), decimals, exact


def _digits(
    data: _Bytes, at: _Ints, live: _Bools | None = None, value: _Ints | None = None
) -> tuple[_Ints, _Ints]:
    """Return the numbers that stand at some places, after what was read before, and their ends."""
    value = np.zeros(len(at), np.int64) if value is None else value
    live = np.ones(len(at), np.bool_) if live is None else live
    for _ in range(_MOST_DIGITS):
        digit = data[at] - _ZERO
        live = live & (digit < _TEN)
        if not live.any():
            break
        value = np.where(live, value * int(_TEN) + digit, value)
        at = at + live
    return value, at


def _are(data: _Bytes, at: _Ints, text: bytes) -> _Bools:
    """Tell whether a text stands at some places."""
    same: _Bools = np.ones(len(at), np.bool_)
    for offset, letter in enumerate(text):
        same &= data[at + offset] == letter
    return same
