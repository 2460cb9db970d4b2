"""Changes → the parts of the package that they touch, packed anew; nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Final

from collector.errors import UsageError
from collector.model import AddColumn, Cell, Change, ColumnEdit, Edit, Highlight
from collector.phrases import Phrase
from collector.sheets.package import names, tables
from collector.sheets.package.archive import Packed, pack
from collector.sheets.package.contents import Package, Sheet, column_number
from collector.sheets.package.markup import escaped, root, spliced
from collector.sheets.package.rows import BLANK, New, RowPatch
from collector.sheets.package.scan import Frame
from collector.sheets.package.styles import MINIMAL, Styles
from collector.sheets.package.values import Writer, same, settled
from collector.sheets.package.worksheet import with_dimension, with_highlight, with_widths

_WIDTHS: Final[Mapping[str, float]] = {
    "status": 12, "days_overdue": 13, "bucket": 10, "open_balance": 14, "credit_flag": 12,
    "last_reminder": 13, "next_action": 44, "problem": 44,
}  # fmt: skip
_WIDTH: Final = 14
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_LAST_COLUMN, _LAST_ROW = 16384, 1048576
_STYLES_PART: Final = "xl/styles.xml"
_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Rows = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Grown:
    """A worksheet whose rows only grew at their ends.

    ``size`` is what its XML must come to; ``sample`` is that XML with one row in place of all,
    which holds every sort of cell that the others grew by.
    """

    size: int
    sample: bytes


@dataclass(slots=True)
class Patch:
    """What a write comes to: new content per entry name, and what of it are whole new entries.

    ``cells`` counts the cells that change; ``kept`` are addresses of formulas left as they were;
    ``grown`` are, by entry name, the worksheets in which nothing was cut.
    """

    changed: dict[str, Packed] = field(default_factory=dict)
    added: dict[str, Packed] = field(default_factory=dict)
    cells: int = 0
    kept: tuple[str, ...] = ()
    grown: dict[str, Grown] = field(default_factory=dict)


def make_patch(
    package: Package,
    changes: Sequence[Change],
    frame_of: Callable[[Sheet], Frame],
    rows_of: Callable[[str], Rows],
) -> Patch:
    """Return what the changes touch; an empty patch when the book shows all of it already."""
    return _Maker(package, frame_of, rows_of).made(changes)


class _Maker:
    def __init__(
        self,
        package: Package,
        frame_of: Callable[[Sheet], Frame],
        rows_of: Callable[[str], Rows],
    ) -> None:
        self.package, self.frame_of, self.rows_of = package, frame_of, rows_of
        self.patch = Patch()
        self.workbook = package.workbook
        part = package.styles_part
        self.styles_xml = package.xml(part) if part else MINIMAL
        self.styles = Styles(self.styles_xml)
        self.formulas = package.archive.find("xl/calcChain.xml") is not None

    def made(self, changes: Sequence[Change]) -> Patch:
        for tab in dict.fromkeys(change.tab for change in changes):
            self._tab(self.package.sheet(tab), [c for c in changes if c.tab == tab])
        if self.patch.cells and self.formulas:
            # Formulas may read our cells; their stored values would be stale.
            self.workbook = names.recalculating(self.workbook)
        self._keep(self.package.workbook_part, self.package.workbook, self.workbook)
        self._keep_styles()
        return self.patch

    def _keep(self, part: str, old: bytes, new: bytes) -> None:
        if new != old:
            self.patch.changed[self.package.entry(part).name] = pack([new])

    def _keep_styles(self) -> None:
        new = self.styles.xml()
        if self.package.styles_part:
            self._keep(self.package.styles_part, self.styles_xml, new)
        elif new != MINIMAL:
            self._add_styles(new)

    def _add_styles(self, xml: bytes) -> None:
        """Give a book without any styles a part for them."""
        self.patch.added[_STYLES_PART] = pack([xml])
        kind = f'ContentType="{_SPREADSHEET}.styles+xml"'
        self._append("[Content_Types].xml", f'<Override PartName="/{_STYLES_PART}" {kind}/>')
        folder, _, name = self.package.workbook_part.rpartition("/")
        link = f'<Relationship Id="collectorStyles" Type="{_RELATIONS}/styles" '
        self._append(f"{folder}/_rels/{name}.rels", f'{link}Target="/{_STYLES_PART}"/>')

    def _append(self, part: str, element: str) -> None:
        xml = self.package.xml(part)
        top = root(xml)
        if top:
            new = element.replace("<", f"<{top.prefix}").encode()
            self._keep(part, xml, spliced(xml, [(top.inner_end, top.inner_end, new)]))

    # ── one tab ──

    def _tab(self, sheet: Sheet, changes: Sequence[Change]) -> None:
        frame = self.frame_of(sheet)
        self.formulas = self.formulas or frame.formulas
        fresh = self._fresh(sheet, changes)
        writer = Writer(frame.prefix, self.package.from_1904)
        wanted = _wanted(changes, self.rows_of(sheet.name), writer, fresh)
        head, tail = _with_widths(frame, fresh), self._tail(frame, changes)
        around = (head, tail) != (frame.head, frame.tail)
        if wanted.rows or around:
            rows = RowPatch(frame, wanted.columns, wanted.rows, self.styles.of_cell)
            head = with_dimension(head, list(wanted.rows), wanted.columns)
            packed = pack(self._sheet(sheet, frame, head, rows, tail))
            self.patch.kept += tuple(f"{sheet.name}!{cell}" for cell in rows.kept)
            self.patch.cells += rows.cells
            if rows.cells or rows.blanks or around:
                entry = self.package.entry(sheet.part)
                self.patch.changed[entry.name] = packed
                if rows.grown:
                    longer = len(head) - len(frame.head) + len(tail) - len(frame.tail) + rows.grown
                    around_row = head, frame.opening, rows.new_cells(), frame.ending, tail
                    self.patch.grown[entry.name] = Grown(entry.size + longer, b"".join(around_row))
        self._marks(sheet, changes)
        self._tables(sheet, changes)

    def _tail(self, frame: Frame, changes: Sequence[Change]) -> bytes:
        tail = frame.tail
        for change in changes:
            if isinstance(change, Highlight):
                tail = with_highlight(tail, frame.prefix, change, self.styles)
        return tail

    def _fresh(self, sheet: Sheet, changes: Sequence[Change]) -> dict[int, AddColumn]:
        """Return the columns that are ours only from now on."""
        known = self.package.owned(sheet)
        added = [change for change in changes if isinstance(change, AddColumn)]
        return {new.column: new for new in added if known.get(new.key) != new.column}

    def _sheet(
        self, sheet: Sheet, frame: Frame, head: bytes, rows: RowPatch, tail: bytes
    ) -> Iterator[bytes]:
        yield head
        ending = frame.ending or f"</{frame.prefix}sheetData>".encode()
        opening = frame.opening
        if not frame.ending and rows.wanted:
            opening = opening[:-2].rstrip() + b">"
        yield opening
        inside = self._inside(sheet, frame)
        yield from rows.rows(inside, sheet.name, self.package.name) if rows.wanted else inside
        if frame.ending or rows.wanted:
            yield ending
        yield tail

    def _inside(self, sheet: Sheet, frame: Frame) -> Iterator[bytes]:
        """Yield the bytes between ``<sheetData>`` and its end."""
        entry = self.package.entry(sheet.part)
        start = len(frame.head) + len(frame.opening)
        end = entry.size - len(frame.tail) - len(frame.ending)
        blocks = _between(self.package.archive.blocks(entry), start, end)
        yield from [_plain(b"".join(blocks))] if frame.odd else blocks

    def _marks(self, sheet: Sheet, changes: Sequence[Change]) -> None:
        """Mark our columns with hidden names."""
        for change in changes:
            if isinstance(change, AddColumn):
                column, row = change.column, change.header_row
                self.workbook = names.with_mark(self.workbook, sheet, change.key, column, row)

    def _tables(self, sheet: Sheet, changes: Sequence[Change]) -> None:
        """Let table objects follow the headings that are set."""
        headings = list(_headings(changes))
        if not headings:
            return
        for part in self.package.related(sheet.part, "table"):
            old = new = self.package.xml(part)
            for row, column, heading, grow in headings:
                new = tables.with_heading(new, row, column, heading, grow=grow)
            self._keep(part, old, new)


def _with_widths(frame: Frame, fresh: Mapping[int, AddColumn]) -> bytes:
    widths = {column: _WIDTHS.get(new.key, _WIDTH) for column, new in fresh.items()}
    return with_widths(frame.head, frame.prefix, widths)


def _headings(changes: Sequence[Change]) -> Iterator[tuple[int, int, str, bool]]:
    added = [change for change in changes if isinstance(change, AddColumn)]
    for new in sorted(added, key=lambda new: new.column):
        yield new.header_row, new.column, new.heading, True
    for change in changes:
        if isinstance(change, Edit) and isinstance(change.value, str):
            yield *place(change.cell), change.value, False


def _between(blocks: Iterable[bytes], start: int, end: int) -> Iterator[bytes]:
    at = 0
    for block in blocks:
        piece = block[max(start - at, 0) : max(end - at, 0)]
        at += len(block)
        if piece:
            yield piece


_COMMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


def _plain(rows: bytes) -> bytes:
    """Return rows without comments, and with CDATA as ordinary text."""
    return _COMMENT.sub(lambda found: escaped((found[1] or b"").decode()), rows)


# ── what the cells are to become ─────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Wanted:
    columns: list[int]
    rows: dict[int, Sequence[New | None]]


def place(cell: str) -> tuple[int, int]:
    """Return the one-based row and zero-based column of ``K7``."""
    found = _CELL.fullmatch(cell)
    row, column = (int(found[2]), column_number(found[1].upper())) if found else (0, 0)
    if not 1 <= row <= _LAST_ROW or column >= _LAST_COLUMN:
        raise UsageError(Phrase("format_cell", cell=cell))
    return row, column


Cells = tuple[int, str, Sequence[int], Sequence[Cell]]


def cells_of(change: Change) -> Cells:
    """Return a change as ``(column, kind, rows, values)``; a highlight sets no cells."""
    if isinstance(change, Edit):
        row, column = place(change.cell)
        return column, "plain", (row,), (change.value,)
    if isinstance(change, ColumnEdit):
        return change.column, change.kind, change.rows, change.values
    if isinstance(change, AddColumn):
        return change.column, "heading", (change.header_row,), (change.heading,)
    return 0, "", (), ()


def _wanted(
    changes: Sequence[Change], grid: Rows, writer: Writer, fresh: Container[int]
) -> _Wanted:
    """Return what cells become, leaving out those that show it already.

    In a ``fresh`` column also blank cells are wanted, so that its rows look like their table.
    """
    setting = [cells_of(change) for change in changes]
    columns = sorted({column for column, _, rows, _ in setting if rows})
    width = max(map(len, grid), default=0)
    beyond = [each for each in setting if each[0] in fresh and each[0] >= width and each[2]]
    wanted = _beyond(beyond, columns, writer)
    compared: dict[int, list[New | None]] = {}
    becoming: New | None
    for column, kind, rows, values in setting:
        if any(column == each[0] and rows is each[2] for each in beyond):
            continue
        at = columns.index(column) if rows else 0
        for row, old, new in _compared(column, kind, rows, values, grid, writer):
            becoming = new
            if old:
                becoming = (BLANK, kind) if column in fresh and new[0] == BLANK else None
            cells = compared.get(row)
            if cells is None:
                if becoming is None and row not in wanted:
                    continue
                cells = compared[row] = list(wanted.get(row) or repeat(None, len(columns)))
            cells[at] = becoming
    return _Wanted(columns, {r: c for r, c in (wanted | compared).items() if any(c)})


def _beyond(
    setting: Sequence[Cells], columns: Sequence[int], writer: Writer
) -> dict[int, Sequence[New | None]]:
    """Return what cells become in new columns beyond the sheet's last one: nothing to compare."""
    wanted: dict[int, Sequence[New | None]] = {}
    alike: list[tuple[Sequence[int], dict[int, list[New]]]] = []
    for column, kind, rows, values in setting:
        news = _news(values, kind, writer)
        found = next((by for known, by in alike if known == rows and column not in by), None)
        if found is None:
            alike.append((rows, found := {}))
        found[column] = news
    for rows, by in alike:
        across = zip(*(by.get(column) or repeat(None) for column in columns), strict=False)
        for row, cells in zip(rows, across, strict=False):
            earlier = wanted.get(row)
            wanted[row] = cells if earlier is None else _over(earlier, cells)
    return wanted


def _over(earlier: Sequence[New | None], later: Sequence[New | None]) -> Sequence[New | None]:
    return tuple(b if b is not None else a for a, b in zip(earlier, later, strict=True))


def _news(values: Sequence[Cell], kind: str, writer: Writer) -> list[New]:
    """Return what cells of these values become; a blank one carries on its row's look."""
    kinds = set(map(type, values)) - {type(None)}
    blank = (BLANK, kind)

    def new(value: Cell) -> New:
        found = writer.new(settled(value), kind)
        return blank if found[0] == BLANK else found

    if len(kinds) > 1:  # True is 1 to a dictionary
        return [new(value) for value in values]
    known = {value: new(value) for value in set(values)}
    return list(map(known.__getitem__, values))


def _compared(
    column: int, kind: str, rows: Sequence[int], values: Sequence[Cell], grid: Rows, writer: Writer
) -> Iterator[tuple[int, bool, New]]:
    """Yield each row with whether it shows its value already, and what it becomes if not."""
    known: dict[tuple[type, Cell], tuple[Cell, New]] = {}
    height = len(grid)
    for row, value in zip(rows, values, strict=True):
        key = (type(value), value)
        found = known.get(key)
        if found is None:
            new = settled(value)
            found = known[key] = (new, writer.new(new, kind))
        shown = grid[row - 1] if row <= height else ()
        yield row, same(shown[column] if column < len(shown) else None, found[0]), found[1]
