"""Changes → the parts of the package that they touch, packed anew; nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from collector.errors import UsageError
from collector.model import (
    AddColumn,
    AddTab,
    AppendRows,
    Cell,
    Change,
    ColumnEdit,
    Edit,
    Highlight,
)
from collector.phrases import Phrase
from collector.sheets.package import appended, names, newtab, tables
from collector.sheets.package.archive import Packed, pack
from collector.sheets.package.contents import Package, Sheet, column_number
from collector.sheets.package.links import MAIN, Links, main_namespace
from collector.sheets.package.markup import escaped
from collector.sheets.package.rows import BLANK, New, RowPatch, StyleOf
from collector.sheets.package.scan import Frame, scan
from collector.sheets.package.styles import MINIMAL, Styles
from collector.sheets.package.values import Writer, same, settled
from collector.sheets.package.worksheet import with_dimension, with_highlight, with_widths

_WIDTHS: Final[Mapping[str, float]] = {
    "status": 12, "days_overdue": 13, "bucket": 10, "open_balance": 14, "credit_flag": 12,
    "last_reminder": 13, "next_action": 44, "problem": 44,
    # of the outbox and the contact log
    "date": 12, "customer": 28, "to": 32, "cc": 24, "subject": 44, "what": 44, "step": 12,
    "channel": 12, "total": 16, "amount": 16, "invoices": 28, "why_now": 36, "approve": 12,
    "state": 24, "result": 24, "by": 16, "key": 24,
}  # fmt: skip
_WIDTH: Final = 14
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})")
_LAST_COLUMN, _LAST_ROW = 16384, 1048576

Rows = Sequence[Sequence[Cell]]


@dataclass(slots=True)
class Patch:
    """What a write comes to: new content per entry name, and what of it are whole new entries.

    ``cells`` counts the cells that change; ``kept`` are addresses of formulas left as they were.
    ``changes`` are what was asked, rows to append by now being cells in their places.
    """

    changed: dict[str, Packed] = field(default_factory=dict)
    added: dict[str, Packed] = field(default_factory=dict)
    cells: int = 0
    kept: tuple[str, ...] = ()
    changes: list[Change] = field(default_factory=list)


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
        self.links = Links(package)
        self.added: dict[str, tuple[Sheet, Frame]] = {}
        part = package.styles_part
        self.styles_xml = package.xml(part) if part else _minimal_styles(package)
        self.styles = Styles(self.styles_xml)
        self.formulas = package.archive.find("xl/calcChain.xml") is not None

    def made(self, changes: Sequence[Change]) -> Patch:
        for change in changes:
            if isinstance(change, AddTab):
                self._add_tab(change)
        for tab in dict.fromkeys(change.tab for change in changes):
            here = [c for c in changes if c.tab == tab and not isinstance(c, AddTab)]
            if here or tab in self.added:
                self._tab(tab, here)
        if self.patch.cells and self.formulas:
            # Formulas may read our cells; their stored values would be stale.
            self.workbook = names.recalculating(self.workbook)
        self._keep(self.package.workbook_part, self.package.workbook, self.workbook)
        self._keep_styles()
        for part, xml in self.links.parts.items():
            self._keep(part, b"", xml)
        return self.patch

    def _keep(self, part: str, old: bytes, new: bytes) -> None:
        if new != old:
            self.patch.changed[self.package.entry(part).name] = pack([new])

    def _keep_styles(self) -> None:
        new = self.styles.xml()
        if self.package.styles_part:
            self._keep(self.package.styles_part, self.styles_xml, new)
        elif new != self.styles_xml:  # a book without any
            folder, _, _ = self.package.workbook_part.rpartition("/")
            part = self.links.free_part(f"{folder}/styles{{}}.xml".lstrip("/"), "")
            self.links.add(part, "styles")
            self.patch.added[part] = pack([new])

    def _add_tab(self, change: AddTab) -> None:
        known = [*self.package.sheet_names(), *self.added]
        if change.tab in self.added or newtab.is_there(self.package, change, known):
            return
        part = newtab.part_name(self.package, self.links)
        link = self.links.add(part, "worksheet")
        frame = scan([newtab.worksheet(self.package, change)])
        assert frame is not None  # we have just written it
        self.workbook, sheet = newtab.listed(self.package, self.workbook, change.tab, part, link)
        self.workbook = names.with_tab_mark(self.workbook, sheet, change.ours)
        self.added[change.tab] = sheet, frame
        self.patch.changes.append(change)

    # ── one tab ──

    def _tab(self, tab: str, changes: Sequence[Change]) -> None:
        new = tab in self.added
        sheet, frame = self.added[tab] if new else self._known(tab)
        self.formulas = self.formulas or frame.formulas
        fresh = self._fresh(sheet, changes)
        writer = Writer(frame.prefix, self.package.from_1904)
        wanted = _wanted(changes, () if new else self.rows_of(tab), writer, fresh)
        style_of = self._style_of(new)
        below, above = self._below(sheet, frame, changes)
        if below:
            wanted = _Wanted(*appended.joined(wanted.columns, wanted.rows, below, above, writer))
            style_of = appended.carrying_on(style_of)
        head, tail = _with_widths(frame, fresh), self._tail(frame, changes)
        around = new or (head, tail) != (frame.head, frame.tail)
        if wanted.rows or around:
            rows = RowPatch(frame, wanted.columns, wanted.rows, style_of)
            head = with_dimension(head, list(wanted.rows), wanted.columns)
            packed = pack(self._sheet(sheet, frame, head, rows, tail))
            self.patch.kept += tuple(f"{sheet.name}!{cell}" for cell in rows.kept)
            self.patch.cells += rows.cells
            if new:
                self.patch.added[sheet.part] = packed
            elif rows.cells or rows.blanks or around:
                self.patch.changed[self.package.entry(sheet.part).name] = packed
        self._marks(sheet, changes)
        self._tables(sheet, changes, below)
        self.patch.changes += [c for c in changes if not isinstance(c, AppendRows)]
        self.patch.changes += below

    def _known(self, tab: str) -> tuple[Sheet, Frame]:
        sheet = self.package.sheet(tab)
        return sheet, self.frame_of(sheet)

    def _style_of(self, new: bool) -> StyleOf:
        """Return what styles cells; headings of a new tab have no neighbours to look like."""
        styles = self.styles
        if not new:
            return styles.of_cell
        return lambda kind, own, base: (
            styles.of_heading() if kind == "heading" else styles.of_cell(kind, own, base)
        )

    def _below(
        self, sheet: Sheet, frame: Frame, changes: Sequence[Change]
    ) -> tuple[list[ColumnEdit], Mapping[int, bytes]]:
        """Return the rows to append as cells, and the styles by column that they carry on."""
        if not any(isinstance(change, AppendRows) and change.rows for change in changes):
            return [], {}
        last = appended.last_row(b"".join(self._inside(sheet, frame)), frame.prefix)
        headings = {1, *(row for row, _ in self.package.marks(sheet).values())}
        headings |= {change.header_row for change in changes if isinstance(change, AddColumn)}
        totals: set[int] = set()
        for part in self._table_parts(sheet):
            its_headings, its_totals = tables.special_rows(self.package.xml(part))
            headings, totals = headings | its_headings, totals | its_totals
        lowest = max([last.number, *_rows_set(changes)])
        taken = appended.merged_rows(frame) + [(row, row) for row in totals]
        plain = lowest > last.number or last.number in headings | totals
        below = appended.placed(changes, lowest, taken, self.package.name)
        return below, {} if plain else last.styles

    def _table_parts(self, sheet: Sheet) -> list[str]:
        if sheet.name in self.added:
            return []
        return list(self.package.related(sheet.part, "table"))

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
        if sheet.name in self.added:
            return
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

    def _tables(self, sheet: Sheet, changes: Sequence[Change], below: Sequence[ColumnEdit]) -> None:
        """Let table objects follow the headings that are set and the rows that are appended."""
        headings = list(_headings(changes))
        if not headings and not below:
            return
        for part in self._table_parts(sheet):
            old = new = self.package.xml(part)
            for row, column, heading, grow in headings:
                new = tables.with_heading(new, row, column, heading, grow=grow)
            if below:
                rows = range(below[0].rows[0], below[-1].rows[-1] + 1)
                new = tables.with_rows(new, rows, [edit.column for edit in below])
            self._keep(part, old, new)


def _minimal_styles(package: Package) -> bytes:
    return MINIMAL.replace(MAIN.encode(), main_namespace(package).encode())


def _rows_set(changes: Sequence[Change]) -> Iterator[int]:
    """Yield the rows that other changes put something into."""
    for change in changes:
        _, _, rows, values = cells_of(change)
        yield from (row for row, value in zip(rows, values, strict=True) if value is not None)


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
    rows: dict[int, list[New | None]]


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
    becoming: New | None
    blank: list[New | None] = [None] * len(columns)
    for column, kind, rows, values in setting:
        if any(column == each[0] and rows is each[2] for each in beyond):
            continue
        at = columns.index(column) if rows else 0
        for row, old, new in _compared(column, kind, rows, values, grid, writer):
            becoming = new
            if old:
                becoming = (BLANK, kind) if column in fresh and new[0] == BLANK else None
            cells = wanted.get(row)
            if cells is not None:
                cells[at] = becoming
            elif becoming is not None:
                cells = wanted[row] = blank.copy()
                cells[at] = becoming
    return _Wanted(columns, {row: cells for row, cells in wanted.items() if any(cells)})


def _beyond(
    setting: Sequence[Cells], columns: Sequence[int], writer: Writer
) -> dict[int, list[New | None]]:
    """Return what cells become in new columns beyond the sheet's last one: nothing to compare."""
    wanted: dict[int, list[New | None]] = {}
    for column, kind, rows, values in setting:
        at = columns.index(column)
        for row, new in zip(rows, _news(values, kind, writer), strict=True):
            cells = wanted.get(row)
            if cells is None:
                cells = wanted[row] = [None] * len(columns)
            cells[at] = new
    return wanted


def _news(values: Sequence[Cell], kind: str, writer: Writer) -> list[New]:
    """Return what cells of these values become; a blank one carries on its row's look."""
    keys = list(zip(map(type, values), values, strict=True))
    news = {key: writer.new(settled(key[1]), kind) for key in dict.fromkeys(keys)}
    blank = (BLANK, kind)
    known = {key: blank if new[0] == BLANK else new for key, new in news.items()}
    return [known[key] for key in keys]


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
