"""The rows of a worksheet: only those with changed cells are cut open and joined again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from collector.errors import WorkbookFormatError
from collector.model import column_letters
from collector.phrases import Phrase
from collector.sheets.package.contents import column_number
from collector.sheets.package.markup import attribute, with_attribute
from collector.sheets.package.scan import Frame

# What a cell is to hold: the bytes after its style attribute, and the kind of its number format.
New = tuple[bytes, str]
# (kind, the cell's own style or None where there is no cell, the neighbour's style) → " s=…"
StyleOf = Callable[[str, bytes | None, bytes], bytes]

# A cell without a value, and the kind that also has no style of its own.
BLANK = b"/>"
CLEARED = "cleared"
_NO_ROW = 1 << 30
_MOST_ALIKE = 4096


class RowPatch:
    """Sets cells in a stream of rows.

    ``columns`` are zero-based and ascending; ``wanted`` holds, per one-based row, what each of
    them is to become, None for no change. ``cells`` counts those that change, ``blanks`` new empty
    ones that only carry on their row's look. ``kept`` collects the addresses of cells that hold a
    formula of the user's and were therefore left alone. ``heights`` are those that changed rows
    get, unless people set one. ``grown`` is the number of bytes by which
    rows became longer, None once a row changed in any other way than at its end.
    """

    def __init__(
        self,
        frame: Frame,
        columns: Sequence[int],
        wanted: Mapping[int, Sequence[New | None]],
        style_of: StyleOf,
        heights: Mapping[int, float] | None = None,
    ) -> None:
        self.columns, self.wanted, self.style_of = columns, wanted, style_of
        self.heights = heights or {}
        self.cells = self.blanks = 0
        self.kept: list[str] = []
        self.grown: int | None = 0
        self._letters = [column_letters(column).encode() for column in columns]
        # The letters of every column left of ours.
        first = columns[0] if columns else 0
        self._left = frozenset(column_letters(column).encode() for column in range(first))
        self._p = frame.prefix.encode()
        self._order = sorted(wanted)
        self._done = 0  # how many of these were met
        self._next = self._order[0] if self._order else _NO_ROW
        self._last = 0
        self._new_here = False  # no cell of our columns in the stretch at hand
        self._spans: dict[bytes, bytes] = {}
        self._built: dict[tuple[object, ...], tuple[list[bytes], int, int]] = {}
        self._around: dict[tuple[int, New, bytes], tuple[bytes, bytes]] = {}
        self._compile(self._p)

    def _compile(self, p: bytes) -> None:
        value = (
            rb"(?:/>|><%bv>[^<]*</%bv></%bc>"
            rb"|><%bis><%bt(?: xml:space=\"preserve\")?>[^<]*</%bt></%bis></%bc>)"
        ) % ((p,) * 8)
        cell = rb"(<%bc r=\"%b\d+\"(?: s=\"(\d+)\")?(?: t=\"[a-zA-Z]+\")?%b)?"
        ours = [cell % (p, letters, value) for letters in self._letters]
        # Our cells in their usual form, at the end of their row.
        self._tail = re.compile(b"".join(ours) + rb"\s*\Z")
        self._usual_row = re.compile(
            rb"<%brow r=\"([1-9]\d*)\"( spans=\"[^\"]*\")?[^>]*(?<!/)>" % p
        )
        # A cell with its style, if it has one, where it usually is.
        self._usual_cell = re.compile(
            rb"<%bc r=\"([A-Z]+)\d+\"(?: s=\"(\d+)\")?(?=[ />])(?![^>]* s=)" % p
        )
        # The first letter by itself lets the search skip most cells.
        first = b"".join({letters[:1] for letters in self._letters}) or b"@"
        either = b"|".join(self._letters)
        self._ours = re.compile(rb"<%bc r=\"(?=[%b])(?:%b)\d" % (p, first, either))
        self._firsts = [bytes([letter]) for letter in first]
        self._row = re.compile(rb"<%brow(?=[\s/>])([^>]*?)(/?)>" % p)
        self._number = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
        self._cell = re.compile(rb"<%bc(?=[\s/>])([^>]*?)(?:/>|>(.*?)</%bc>)" % (p, p), re.DOTALL)
        self._ref = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+)\d+[\"']")
        self._style = re.compile(rb"\ss\s*=\s*[\"'](\d+)[\"']")
        self._formula = re.compile(rb"<%bf[\s/>]" % p)
        self._opening, self._end = b"<%bc" % p, b"</%brow>" % p

    def new_cells(self) -> bytes:
        """Return a row with every sort of cell that rows grew by."""
        cells = b"".join(before + b"1" + after for before, after in self._around.values() if after)
        return b"<%brow>%b%b" % (self._p, cells, self._end)

    # ── the stream; rows are handed on without their end tag ──

    def rows(self, blocks: Iterable[bytes], tab: str, name: str) -> Iterator[bytes]:
        """Yield the rows anew, block by block; ``blocks`` are the bytes inside ``sheetData``.

        Raises WorkbookFormatError when the rows are not in order.
        """
        carry, end = b"", self._end
        try:
            for block in blocks:
                stretch = carry + block
                # Where a first letter of them never occurs, that is told in no time.
                may = any(letter in stretch for letter in self._firsts)
                self._new_here = not (may and self._ours.search(stretch))
                *chunks, carry = stretch.split(end)
                if chunks:
                    yield end.join(self._block(chunks)) + end
            yield self._leftover(carry)
        except _OutOfOrderError as exc:
            what = Phrase("format_rows", tab=tab, row=exc.row)
            raise WorkbookFormatError(name, what) from exc

    def _advance(self, count: int) -> None:
        self._done += count
        self._next = self._order[self._done] if self._done < len(self._order) else _NO_ROW

    def _block(self, chunks: Sequence[bytes]) -> list[bytes]:
        alike = self._all_anew(chunks) if self._new_here else None
        if alike is not None:
            return alike
        out: list[bytes] = []
        usual = self._usual_row.match
        for chunk in chunks:
            start = usual(chunk)
            if start is None:
                out.extend(self._unusual(chunk))
                continue
            number = int(start[1])
            if number <= self._last:
                raise _OutOfOrderError(number)
            self._last = number
            if number > self._next:
                out.extend(self._before(number))
            if number != self._next:
                out.append(chunk)
            else:
                out.append(self._filled(start[0], chunk[start.end() :]) or chunk)
        return out

    def _all_anew(self, chunks: Sequence[bytes]) -> list[bytes] | None:
        """Return rows with their cells set, if all are wanted and of the usual form.

        That is the many rows of a table that never had cells of ours: they only grow at the end.
        """
        opening, cell_at = self._opening, self._usual_cell.match
        starts = [start for start in map(self._usual_row.match, chunks) if start]
        found = (cell_at(chunk, chunk.rfind(opening)) for chunk in chunks)
        cells = [cell for cell in found if cell]
        if len(starts) < len(chunks) or len(cells) < len(chunks):
            return None
        written = [start[1] for start in starts]
        numbers = list(map(int, written))
        if numbers != self._order[self._done : self._done + len(numbers)]:
            return None
        if not self._left.issuperset([cell[1] for cell in cells]):
            return None
        self._last = numbers[-1]
        self._advance(len(numbers))
        wanted, fresh = self.wanted, self._fresh
        more = [
            fresh(wanted[number], row, cell[2] or b"")
            for number, row, cell in zip(numbers, written, cells, strict=True)
        ]
        return self._longer(chunks, [start[2] or b"" for start in starts], more)

    def _longer(
        self, chunks: Sequence[bytes], spans: Sequence[bytes], more: Sequence[bytes]
    ) -> list[bytes]:
        """Return rows with more cells at their ends, and their ``spans`` hints as wide as that."""
        wide = {each: self._wide(each) for each in set(spans)}
        # A row's start tag is what it begins with: the first such text is the hint itself.
        anew = [
            chunk.replace(hint, wide[hint], 1) + cells if hint and cells else chunk + cells
            for chunk, hint, cells in zip(chunks, spans, more, strict=True)
        ]
        if self.grown is not None:
            self.grown += sum(map(len, anew)) - sum(map(len, chunks))
        return anew

    def _unusual(self, chunk: bytes) -> Iterator[bytes]:
        """Yield a stretch that ends with a row's content, and may begin with empty rows."""
        starts = list(self._row.finditer(chunk))
        if not starts:
            yield chunk
            return
        before = self._empty_rows(chunk, starts[:-1])
        at = starts[-2].end() if len(starts) > 1 else 0
        number = self._counted(starts[-1])
        missing = self._end.join([*self._before(number), b""])
        gap, tag, content = chunk[at : starts[-1].start()], starts[-1][0], chunk[starts[-1].end() :]
        filled = self._filled(tag, content) if number == self._next else None
        yield before + gap + missing + (filled or tag + content)

    def _leftover(self, chunk: bytes) -> bytes:
        starts = list(self._row.finditer(chunk))
        rows = self._empty_rows(chunk, starts)
        missing = self._end.join([*self._before(_NO_ROW), b""])
        return rows + missing + chunk[starts[-1].end() if starts else 0 :]

    def _empty_rows(self, chunk: bytes, starts: Sequence[re.Match[bytes]]) -> bytes:
        """Return rows that close themselves, with what stands between them."""
        pieces, at = [], 0
        for start in starts:
            number = self._counted(start)
            pieces += [chunk[at : start.start()], self._end.join([*self._before(number), b""])]
            filled = self._filled(start[0], b"") if number == self._next else None
            pieces.append(filled + self._end if filled else start[0])
            at = start.end()
        return b"".join(pieces)

    def _counted(self, start: re.Match[bytes]) -> int:
        found = self._number.search(start[1])
        number = int(found[1]) if found else self._last + 1
        if number <= self._last:
            raise _OutOfOrderError(number)
        self._last = number
        return number

    def _before(self, number: int) -> Iterator[bytes]:
        """Yield the wanted rows that the sheet does not have, up to ``number``."""
        while self._next < number:
            filled = self._filled(b'<%brow r="%d">' % (self._p, self._next), b"")
            if filled:
                yield filled

    # ── one row ──

    def _filled(self, tag: bytes, content: bytes) -> bytes | None:
        """Return the next wanted row with its cells set, or None when that changes nothing."""
        number = self._next
        self._advance(1)
        self.grown = None
        counted = self.cells + self.blanks
        filled = self._quick(content, number) or self._thorough(content, number)
        if self.cells + self.blanks == counted:
            return None
        if tag.endswith(b"/>"):
            tag = tag[:-2].rstrip() + b">"
        return self._spanned(self._heightened(tag, number)) + filled

    def _heightened(self, tag: bytes, number: int) -> bytes:
        """Let a row be as tall as what it is to hold, unless people said how tall it is."""
        height = self.heights.get(number)
        if height is None or attribute(tag, "customHeight") in ("1", "true"):
            return tag
        return with_attribute(tag, "ht", f"{height:g}")

    def _quick(self, content: bytes, number: int) -> bytes | None:
        """Set cells that lie, or will lie, at the end of their row; None when they do not."""
        place = content.rfind(self._opening)
        if place < 0:
            return None
        base = self._left_of_ours(content, place)
        if base is not None and self._ours.search(content) is None:
            return content + self._fresh(self.wanted[number], b"%d" % number, base)
        # Then our cells should begin further left.
        at = self._first_of_ours(content, number)
        place = content.rfind(self._opening, 0, at)
        base = self._left_of_ours(content, place) if 0 <= place < at else None
        tail = self._tail.match(content, at)
        if base is None or tail is None:
            return None
        pieces = [content[:at]]
        old = iter(tail.groups())
        style_of, opening = self.style_of, self._opening
        for new, letters, cell, style in zip(
            self.wanted[number], self._letters, old, old, strict=True
        ):
            if new is None:
                pieces.append(cell or b"")
            elif cell is not None or new[0] != BLANK:
                own = None if cell is None else style or b""
                s = style_of(new[1], own, base)
                pieces.append(b'%b r="%b%d"%b%b' % (opening, letters, number, s, new[0]))
                self.cells += 1
            else:
                pieces.append(self._blank(letters, number, new[1], base))
        return b"".join(pieces)

    def _fresh(self, wanted: Sequence[New | None], written: bytes, base: bytes) -> bytes:
        """Return the cells of a row that has none of ours yet; alike ones are built once.

        ``written`` is the row's number as it stands in the sheet.
        """
        known = self._built.get((base, wanted))
        parts, cells, blanks = known or self._alike(wanted, base)
        self.cells += cells
        self.blanks += blanks
        return written.join(parts)

    def _alike(self, wanted: Sequence[New | None], base: bytes) -> tuple[list[bytes], int, int]:
        """Return what stands around the row's number in its new cells, and how many they are."""
        parts, cells, blanks, known = [b""], 0, 0, self._around
        for at, new in enumerate(wanted):
            if new is None:
                continue
            around = known.get((at, new, base))
            if around is None:
                around = known[at, new, base] = self._cell_around(at, new, base)
            before, after = around
            if after:
                parts[-1] += before
                parts.append(after)
                filled = new[0] != BLANK
                cells, blanks = cells + filled, blanks + (not filled)
        if len(self._built) < _MOST_ALIKE:
            self._built[base, wanted] = parts, cells, blanks
        return parts, cells, blanks

    def _cell_around(self, at: int, new: New, base: bytes) -> tuple[bytes, bytes]:
        """Return what stands before and after the row's number in a new cell, b"" for no cell."""
        value, kind = new
        style = b"" if new == (BLANK, CLEARED) else self.style_of(kind, None, base)
        if value == BLANK and not style:
            return b"", b""
        return b'%b r="%b' % (self._opening, self._letters[at]), b'"%b%b' % (style, value)

    def _left_of_ours(self, content: bytes, place: int) -> bytes | None:
        """Return the style of the cell at ``place``, None when it does not lie left of ours."""
        tag = content[place : content.find(b">", place)]
        ref = self._ref.search(tag)
        if ref is None or ref[1] not in self._left:
            return None
        style = self._style.search(tag)
        return style[1] if style else b""

    def _first_of_ours(self, content: bytes, number: int) -> int:
        for letters in self._letters:
            found = content.find(b'%b r="%b%d"' % (self._opening, letters, number))
            if found >= 0:
                return found
        return 0

    def _cell_bytes(
        self, letters: bytes, number: int, new: New, own: bytes | None, base: bytes
    ) -> bytes:
        value, kind = new
        if own is None and value == BLANK:
            return self._blank(letters, number, kind, base)
        self.cells += 1
        style = self.style_of(kind, own, base)
        return b'%b r="%b%d"%b%b' % (self._opening, letters, number, style, value)

    def _blank(self, letters: bytes, number: int, kind: str, base: bytes) -> bytes:
        """Return an empty cell that continues the borders and fill of its row, if it has any."""
        style = b"" if kind == CLEARED else self.style_of(kind, None, base)
        if not style:
            return b""
        self.blanks += 1
        return b'%b r="%b%d"%b/>' % (self._opening, letters, number, style)

    def _thorough(self, content: bytes, number: int) -> bytes:
        """Set cells of a row in any form: cells anywhere, without addresses, with formulas."""
        cells = self._cells(content)
        cuts = []
        for at, new in enumerate(self.wanted[number]):
            if new is None:
                continue
            column = self.columns[at]
            # Of two cells with one address, readers show the last.
            own = next((cell for cell in reversed(cells) if cell[0] == column), None)
            if own and self._formula.search(content, own[1], own[2]):
                self.kept.append(f"{column_letters(column)}{number}")
                continue
            start, end = own[1:3] if own else (self._gap(content, cells, column),) * 2
            base = self._base(cells, column)
            piece = self._cell_bytes(self._letters[at], number, new, own[3] if own else None, base)
            cuts.append((start, end, at, piece))
        return _joined(content, cuts)

    def _cells(self, content: bytes) -> list[tuple[int, int, int, bytes]]:
        """Return ``(column, start, end, style)`` of each cell of a row."""
        cells, column = [], -1
        for cell in self._cell.finditer(content):
            ref = self._ref.search(cell[1])
            column = column_number(ref[1].decode()) if ref else column + 1
            style = self._style.search(cell[1])
            cells.append((column, cell.start(), cell.end(), style[1] if style else b""))
        return cells

    def _base(self, cells: list[tuple[int, int, int, bytes]], column: int) -> bytes:
        """Return the style of the nearest cell to the left that is not being set."""
        left = (cell for cell in reversed(cells) if cell[0] < column)
        return next((cell[3] for cell in left if cell[0] not in self.columns), b"")

    @staticmethod
    def _gap(content: bytes, cells: list[tuple[int, int, int, bytes]], column: int) -> int:
        """Return where a new cell belongs: before the first cell right of it, or after the last."""
        after = next((start for place, start, _, _ in cells if place > column), None)
        if after is not None:
            return after
        return cells[-1][2] if cells else 0

    def _spanned(self, tag: bytes) -> bytes:
        """Widen the row's ``spans`` hint to our last column."""
        start = tag.find(b' spans="')
        if start < 0:
            return tag
        end = tag.find(b'"', start + 8) + 1
        return tag[:start] + self._wide(tag[start:end]) + tag[end:]

    def _wide(self, spans: bytes) -> bytes:
        wide = self._spans.get(spans)
        if wide is None:
            found = re.fullmatch(rb" spans=\"(\d+):(\d+)\"", spans)
            last = max(int(found[2]), self.columns[-1] + 1) if found else 0
            # Of several stretches there is none; without the hint nothing is lost.
            wide = b' spans="%b:%d"' % (found[1], last) if found else b""
            self._spans[spans] = wide
        return wide


class _OutOfOrderError(Exception):
    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def _joined(content: bytes, cuts: list[tuple[int, int, int, bytes]]) -> bytes:
    pieces, at = [], 0
    for start, end, _, piece in sorted(cuts):
        pieces += [content[at:start], piece]
        at = end
    return b"".join([*pieces, content[at:]])
