"""Changes → the parts of the package that they touch, packed anew; nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from collector.model import (
    AddColumn,
    AddTab,
    AppendRows,
    BookNote,
    Change,
    ColumnEdit,
    Edit,
    Highlight,
    TabChange,
)
from collector.sheets.package import appended, names, newtab, spilled, tables
from collector.sheets.package.archive import Packed, pack
from collector.sheets.package.contents import Package, Sheet
from collector.sheets.package.heights import heights
from collector.sheets.package.links import MAIN, Links, main_namespace
from collector.sheets.package.markup import escaped, opened
from collector.sheets.package.rows import RowPatch, StyleOf
from collector.sheets.package.scan import Frame, inside, scan
from collector.sheets.package.styles import MINIMAL, Styles
from collector.sheets.package.values import Writer
from collector.sheets.package.wanted import Cells, Shown, Wanted, gathered, place
from collector.sheets.package.wanted import wanted as becoming
from collector.sheets.package.worksheet import with_dimension, with_highlight, with_widths

_WIDTHS: Final[Mapping[str, float]] = {
    "status": 12, "days_overdue": 13, "bucket": 10, "open_balance": 14, "credit_flag": 12,
    "last_reminder": 13, "next_action": 44, "problem": 44,
    # of the outbox and the contact log
    "date": 12, "customer": 26, "to": 28, "cc": 18, "subject": 34, "what": 44, "step": 12,
    "channel": 12, "total": 16, "amount": 18, "invoices": 24, "why_now": 30, "approve": 12,
    "state": 30, "result": 36, "by": 16, "key": 24, "preview": 80,
}  # fmt: skip
_WIDTH: Final = 14


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
    ``grown`` are, by entry name, the worksheets in which nothing was cut; ``changes`` are what was
    asked, rows to append by now being cells in their places; ``notes`` are the book's by key, and
    ``shows`` says whether anything else than a note changes.
    """

    changed: dict[str, Packed] = field(default_factory=dict)
    added: dict[str, Packed] = field(default_factory=dict)
    cells: int = 0
    kept: tuple[str, ...] = ()
    grown: dict[str, Grown] = field(default_factory=dict)
    changes: list[TabChange] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    shows: bool = False


def make_patch(
    package: Package,
    changes: Sequence[Change],
    frame_of: Callable[[Sheet], Frame],
    rows_of: Callable[[str], Shown],
) -> Patch:
    """Return what the changes touch; an empty patch when the book shows all of it already."""
    return _Maker(package, frame_of, rows_of).made(changes)


class _Maker:
    def __init__(
        self,
        package: Package,
        frame_of: Callable[[Sheet], Frame],
        rows_of: Callable[[str], Shown],
    ) -> None:
        self.package, self.frame_of, self.rows_of = package, frame_of, rows_of
        self.patch = Patch()
        self.workbook = package.workbook
        self.links = Links(package)
        self.added: dict[str, tuple[Sheet, Frame]] = {}
        part = package.styles_part
        self.styles_xml = opened(package.xml(part)) if part else _minimal_styles(package)
        self.styles = Styles(self.styles_xml)
        self.formulas = package.archive.find("xl/calcChain.xml") is not None

    def made(self, every: Sequence[Change]) -> Patch:
        changes = [change for change in every if not isinstance(change, BookNote)]
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
        self.patch.shows = bool(self.patch.changed or self.patch.added)
        for note in every:
            if isinstance(note, BookNote):
                self.workbook = names.with_note(self.workbook, note.key, note.text)
                self.patch.notes[note.key] = note.text
        self._keep(self.package.workbook_part, self.package.workbook, self.workbook)
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

    def _tab(self, tab: str, changes: Sequence[TabChange]) -> None:
        new = tab in self.added
        sheet, frame = self.added[tab] if new else self._known(tab)
        self.formulas = self.formulas or frame.formulas
        fresh = self._fresh(sheet, changes)
        writer = Writer(frame.prefix, self.package.from_1904)
        setting = gathered(changes)
        wanted = becoming(setting, () if new else self.rows_of(tab), writer, fresh)
        style_of = self._style_of(sheet)
        filled = self._filled(sheet, frame)
        wanted, kept = spilled.spared(wanted, filled)
        self.patch.kept += tuple(f"{tab}!{cell}" for cell in kept)
        below, above = self._below(sheet, frame, changes, setting, filled)
        if below:
            wanted = appended.joined(wanted, below, above, writer)
            style_of = appended.carrying_on(style_of, self.styles.of_cell_below)
        around = _with_widths(frame, fresh), self._tail(frame, changes)
        tall = self._heights(sheet, around[0], [*setting, *map(_cells, below)], wanted)
        self._rows(sheet, frame, around, wanted, style_of, tall)
        self._marks(sheet, changes)
        self._tables(sheet, changes, below)
        self.patch.changes += [c for c in changes if not isinstance(c, AppendRows)]
        self.patch.changes += below

    def _rows(
        self,
        sheet: Sheet,
        frame: Frame,
        around: tuple[bytes, bytes],
        wanted: Wanted,
        style_of: StyleOf,
        tall: Mapping[int, float],
    ) -> None:
        """Keep the worksheet with these rows, and this around them, where it differs."""
        new = sheet.name in self.added
        around_differs = new or around != (frame.head, frame.tail)
        if not (wanted.rows or around_differs):
            return
        head, tail = around
        rows = RowPatch(frame, wanted.columns, wanted.rows, style_of, tall)
        head = with_dimension(head, list(wanted.rows), wanted.columns)
        packed = pack(self._sheet(sheet, frame, head, rows, tail))
        self.patch.kept += tuple(f"{sheet.name}!{cell}" for cell in rows.kept)
        self.patch.cells += rows.cells
        if new:
            self.patch.added[sheet.part] = packed
        elif rows.cells or rows.blanks or around_differs:
            entry = self.package.entry(sheet.part)
            self.patch.changed[entry.name] = packed
            if rows.grown and not frame.odd:
                longer = len(head) - len(frame.head) + len(tail) - len(frame.tail) + rows.grown
                around_row = head, frame.opening, rows.new_cells(), frame.ending, tail
                self.patch.grown[entry.name] = Grown(entry.size + longer, b"".join(around_row))

    def _heights(
        self, sheet: Sheet, head: bytes, setting: Sequence[Cells], wanted: Wanted
    ) -> dict[int, float]:
        """Return how tall rows are to be; in tabs of the team's that is theirs to say."""
        new = sheet.name in self.added
        if not new and sheet.name not in self.package.ours:
            return {}
        return heights(head, () if new else self.rows_of(sheet.name), setting, wanted.rows)

    def _known(self, tab: str) -> tuple[Sheet, Frame]:
        sheet = self.package.sheet(tab)
        return sheet, self.frame_of(sheet)

    def _style_of(self, sheet: Sheet) -> StyleOf:
        """Return what styles cells; those of a tab of ours look like a list of texts."""
        styles, added = self.styles, sheet.name in self.added
        if not added and sheet.name not in self.package.ours:
            return styles.of_cell

        def styled(kind: str, own: bytes | None, base: bytes) -> bytes:
            if own is not None or (kind == "heading" and base and not added):
                return styles.of_cell(kind, own, base)
            return styles.of_heading() if kind == "heading" else styles.of_listing(kind)

        return styled

    def _filled(self, sheet: Sheet, frame: Frame) -> list[spilled.Area]:
        """Return the ranges that a formula fills."""
        if not frame.formulas:
            return []
        return spilled.areas(b"".join(self._inside(sheet, frame)), frame.prefix)

    def _below(
        self,
        sheet: Sheet,
        frame: Frame,
        changes: Sequence[TabChange],
        setting: Sequence[Cells],
        filled: Sequence[spilled.Area],
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
        lowest = max([last.number, *_rows_set(setting)])
        taken = appended.merged_rows(frame) + [(row, row) for row in totals]
        taken += [(area[0], area[2]) for area in filled]
        plain = lowest > last.number or last.number in headings | totals
        below = appended.placed(changes, lowest, taken, self.package.name)
        return below, {} if plain else last.styles

    def _table_parts(self, sheet: Sheet) -> list[str]:
        if sheet.name in self.added:
            return []
        return list(self.package.related(sheet.part, "table"))

    def _tail(self, frame: Frame, changes: Sequence[TabChange]) -> bytes:
        tail = frame.tail
        for change in changes:
            if isinstance(change, Highlight):
                tail = with_highlight(tail, frame.prefix, change, self.styles)
        return tail

    def _fresh(self, sheet: Sheet, changes: Sequence[TabChange]) -> dict[int, AddColumn]:
        """Return the columns that are ours only from now on."""
        known = self.package.owned(sheet)
        added = [change for change in changes if isinstance(change, AddColumn) and not change.again]
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
        blocks = inside(self.package.archive.blocks(entry), frame, entry.size)
        yield from [_plain(b"".join(blocks))] if frame.odd else blocks

    def _marks(self, sheet: Sheet, changes: Sequence[TabChange]) -> None:
        """Mark our columns with hidden names."""
        for change in changes:
            if isinstance(change, AddColumn):
                column, row = change.column, change.header_row
                self.workbook = names.with_mark(self.workbook, sheet, change.key, column, row)

    def _tables(
        self, sheet: Sheet, changes: Sequence[TabChange], below: Sequence[ColumnEdit]
    ) -> None:
        """Let table objects follow the headings that are set and the rows that are appended."""
        parts = self._table_parts(sheet)
        headings = list(_headings(changes)) if parts else []
        for part in parts:
            old = new = self.package.xml(part)
            for row, column, heading, grow in headings:
                new = tables.with_heading(new, row, column, heading, grow=grow)
            if below:
                rows = range(below[0].rows[0], below[-1].rows[-1] + 1)
                new = tables.with_rows(new, rows, [edit.column for edit in below])
            self._keep(part, old, new)


def _cells(edit: ColumnEdit) -> Cells:
    return Cells(edit.column, edit.kind, edit.rows, edit.values)


def _minimal_styles(package: Package) -> bytes:
    return MINIMAL.replace(MAIN.encode(), main_namespace(package).encode())


def _rows_set(setting: Iterable[Cells]) -> Iterator[int]:
    """Yield the rows that other changes put something into."""
    for cells in setting:
        pairs = zip(cells.rows, cells.values, strict=True)
        yield from (row for row, value in pairs if value is not None)


def _with_widths(frame: Frame, fresh: Mapping[int, AddColumn]) -> bytes:
    widths = {column: _WIDTHS.get(new.key, _WIDTH) for column, new in fresh.items()}
    return with_widths(frame.head, frame.prefix, widths)


def _headings(changes: Sequence[TabChange]) -> Iterator[tuple[int, int, str, bool]]:
    added = [change for change in changes if isinstance(change, AddColumn)]
    for new in sorted(added, key=lambda new: new.column):
        yield new.header_row, new.column, new.heading, not new.again
    for change in changes:
        if isinstance(change, Edit) and isinstance(change.value, str):
            yield *place(change.cell), change.value, False


_COMMENT = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)


_ROW_END = re.compile(rb"(</(?:[\w.\-]+:)?row)\s+>")


def _plain(rows: bytes) -> bytes:
    """Return rows without comments, with CDATA as ordinary text and end tags as usual."""
    plain = _COMMENT.sub(lambda found: escaped((found[1] or b"").decode()), rows)
    return _ROW_END.sub(rb"\1>", plain)
