"""One look over a worksheet's XML: what stands around its rows, and what reading must know."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from collector.model import UNCALCULATED
from collector.sheets.package.contents import column_number
from collector.sheets.package.markup import attribute

_SHEET_DATA = re.compile(rb"<((?:[\w.\-]+:)?)sheetData(?:\s[^>]*?)?(/?)>")
_SEVERAL_LETTERS, _THREE_LETTERS = re.compile(rb'r="[A-Z]{2}'), re.compile(rb'r="[A-Z]{3}')
_FILLED = re.compile(rb'<[\w:]*c\s[^>]*?\br="([A-Z]+)(\d+)"[^>]*(?<!/)>')
_HIDING = re.compile(rb"<!--|<!\[CDATA\[")
# What may be the first half of that at the end of a block.
_HALF = re.compile(rb"<(?:!(?:-|\[(?:C(?:D(?:A(?:TA?)?)?)?)?)?)?\Z")
_LETTERS = 26
# Longer than anything that is looked for across two blocks, a row's start tag included.
_OVERLAP = 256


@dataclass(frozen=True, slots=True)
class Frame:
    """A worksheet without its rows. ``head`` ends before ``<sheetData``, ``tail`` begins after it.

    ``opening`` is the start tag of ``sheetData``, ``ending`` its end tag, or b"" when it is empty.
    ``odd`` says that its rows hold comments or CDATA or end like ``</row >``, ``errors`` and
    ``formulas`` that they hold such cells. ``last_row`` is one-based; ``letters`` is how many
    letters its furthest column has. ``strikes`` says that texts among the rows may be struck.
    """

    prefix: str
    head: bytes
    opening: bytes
    ending: bytes
    tail: bytes
    odd: bool
    errors: bool
    formulas: bool
    last_row: int = 0
    letters: int = 1
    strikes: bool = False


def scan(blocks: Iterable[bytes]) -> Frame | None:
    """Return a worksheet's frame; None when it has no ``sheetData``."""
    stream = with_markup(blocks)
    head, opening, (window, markup) = _head(stream)
    if opening is None:
        return None
    prefix = opening[1].decode()
    if opening[2]:
        tail = b"".join([window, *(block for block, _ in stream)])
        return Frame(prefix, head, opening[0], b"", tail, False, False, False)
    seen, ending = _Seen(opening[1]), b"</%bsheetData" % opening[1]
    while (end := markup.find(ending)) < 0:
        seen.look(markup)
        block = next(stream, None)
        if block is None:
            return None
        window, markup = _on(window, markup, block)
    seen.look(markup[:end])
    after = b"".join([window[end:], *(block for block, _ in stream)])
    cut = after.index(b">") + 1
    return Frame(
        prefix, head, opening[0], after[:cut], after[cut:],
        seen.odd, seen.errors, seen.formulas, seen.last_row, seen.letters, seen.strikes,
    )  # fmt: skip


def inside(blocks: Iterable[bytes], frame: Frame, size: int) -> Iterator[bytes]:
    """Yield what stands between ``<sheetData>`` and its end, of a worksheet of so many bytes."""
    start, at = len(frame.head) + len(frame.opening), 0
    end = size - len(frame.tail) - len(frame.ending)
    for block in blocks:
        piece = block[max(start - at, 0) : max(end - at, 0)]
        at += len(block)
        if piece:
            yield piece


class _Seen:
    """What a look at the rows, stretch by stretch, has found so far."""

    def __init__(self, p: bytes) -> None:
        self.odd = self.errors = self.formulas = self.strikes = False
        self.last_row, self.letters = 0, 1
        # A pattern is found at twice the speed of a plain text in these.
        self._error, self._formula = re.compile(rb't="e"'), re.compile(b"<%bf" % p)
        self._spaced = re.compile(rb"</%brow\s" % p)
        self._row = b"<%brow " % p
        self._number = re.compile(rb"<%brow\s[^>]*?\br=\"(\d+)\"" % p)

    def look(self, rows: bytes) -> None:
        # Where a letter of it never occurs, as is usual, that is told in no time.
        self.odd = self.odd or (b"!" in rows and b"<!" in rows) or (b"?" in rows and b"<?" in rows)
        self.odd = self.odd or self._spaced.search(rows) is not None
        self.errors = self.errors or (b"e" in rows and self._error.search(rows) is not None)
        self.formulas = self.formulas or (b"f" in rows and self._formula.search(rows) is not None)
        self.strikes = self.strikes or (b"k" in rows and b"strike" in rows)
        self.letters = _letters(rows, self.letters)
        last = self._number.match(rows, max(rows.rfind(self._row), 0))
        self.last_row = int(last[1]) if last else self.last_row


def _letters(rows: bytes, most: int) -> int:
    """Return how many letters the furthest column's name has, ``most`` being known before."""
    if most == 3 or not _has_two_capitals(rows) or not _SEVERAL_LETTERS.search(rows):
        return most
    return 3 if _THREE_LETTERS.search(rows) else 2


def _has_two_capitals(xml: bytes) -> bool:
    """Tell whether two capital letters stand together anywhere, as they rarely do."""
    import numpy as np

    capital = np.frombuffer(xml, np.uint8) - np.uint8(ord("A")) < _LETTERS
    return bool((capital[1:] & capital[:-1]).any())


def extent(xml: bytes) -> tuple[int, int]:
    """Return how many rows and columns the cells with content span."""
    last_row = last_column = 0
    for found in _FILLED.finditer(xml):
        last_row = max(last_row, int(found[2]))
        last_column = max(last_column, column_number(found[1].decode()) + 1)
    return last_row, last_column


def _head(
    stream: Iterator[tuple[bytes, bytes]],
) -> tuple[bytes, re.Match[bytes] | None, tuple[bytes, bytes]]:
    head = markup = b""
    for block, its_markup in stream:
        plain = head is markup and block is its_markup
        head += block
        markup = head if plain else markup + its_markup
        found = _SHEET_DATA.search(markup)
        if found:
            rest = head[found.end() :]
            return head[: found.start()], found, (rest, rest if plain else markup[found.end() :])
    return head, None, (b"", b"")


def _on(window: bytes, markup: bytes, block: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """Return the window moved on by a block; nearly always both are one and the same."""
    moved = markup[-_OVERLAP:] + block[1]
    if window is markup and block[0] is block[1]:
        return moved, moved
    return window[-_OVERLAP:] + block[0], moved


def with_markup(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield blocks of XML, each with the same block in which comments and CDATA are blanks.

    Where it holds none, which is nearly always, that is the very same object.
    """
    closing = held = b""
    for block in blocks:
        if not (closing or held or b"!" in block or block.endswith(b"<")):
            yield block, block
            continue
        whole = held + block
        markup, closing, held = _blanked(whole, closing)
        yield whole[: len(whole) - len(held)], markup
    if held:
        yield held, held


def _blanked(block: bytes, closing: bytes) -> tuple[bytes, bytes, bytes]:
    """Return a block without the insides of comments and CDATA, and what is open at its end.

    ``closing`` ends what is open at its start; the last of the three are bytes at its end that may
    begin or end such a thing, and are to be looked at again with those that follow.
    """
    pieces, at = [], 0
    while True:
        if closing:
            end = block.find(closing, at)
            stop = end if end >= 0 else max(at, len(block) - 2)
            pieces.append(b" " * (stop - at))
            if end < 0:
                return b"".join(pieces), closing, block[stop:]
            at, closing = end, b""
        found = _HIDING.search(block, at)
        if found is None:
            cut = _HALF.search(block, max(at, len(block) - 9))
            stop = cut.start() if cut else len(block)
            pieces.append(block[at:stop])
            return b"".join(pieces), b"", block[stop:]
        pieces.append(block[at : found.end()])
        at, closing = found.end(), b"-->" if found[0] == b"<!--" else b"]]>"


def unseen(xml: bytes, frame: Frame) -> Iterator[tuple[int, int, str]]:
    """Yield ``(row, column, text)``, zero-based, of what a reader shows as blank.

    That is error cells, with their text, and formulas whose value was never calculated.
    """
    p = frame.prefix.encode()
    if frame.errors:
        yield from _error_cells(xml, p)
    if frame.formulas:
        yield from _uncalculated(xml, p)


def _error_cells(xml: bytes, p: bytes) -> Iterator[tuple[int, int, str]]:
    cell = rb"<%bc\s(?=[^>]*\bt=\"e\")([^>]*)>(?:<%bf\b[^>]*?(?:/>|>[^<]*</%bf>))?<%bv>([^<]*)<"
    for found in re.finditer(cell % (p, p, p, p), xml):
        place = _place(found[1])
        if place:
            yield *place, html.unescape(found[2].decode())


def _uncalculated(xml: bytes, p: bytes) -> Iterator[tuple[int, int, str]]:
    formula = rb"<%bf\b[^>]*?(?:/>|>[^<]*</%bf>)\s*(?:<%bv\s*/>|<%bv>\s*</%bv>)?\s*</%bc>"
    opening = b"<%bc" % p
    for found in re.finditer(formula % ((p,) * 6), xml):
        start = xml.rfind(opening, 0, found.start())
        tag = xml[start : found.start()]
        place = _place(tag)
        # A formula whose result is an empty text has been calculated.
        if place and attribute(tag, "t") not in ("str", "e"):
            yield *place, UNCALCULATED


def _place(tag: bytes) -> tuple[int, int] | None:
    found = re.search(rb"\br\s*=\s*[\"']([A-Z]+)(\d+)[\"']", tag)
    return (int(found[2]) - 1, column_number(found[1].decode())) if found else None
