"""The first reader: calamine, which is asked only for what cannot be had faster."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from collector.model import Cell
from collector.sheets.package.archive import Packed, pack, rebuilt
from collector.sheets.package.contents import NO_TEXTS, SHARED_TEXTS, Package, Sheet, only_cells
from collector.sheets.package.scan import Frame, inside
from collector.sheets.shown import shown_rows

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

    from collector.sheets.second import Merged

# Smaller worksheets are read before it pays to look at them any other way.
_LARGE = 1024**2


class First:
    """A workbook as calamine reads it, asked only for what cannot be had faster.

    ``large`` is from how many bytes of XML on a worksheet is looked at another way first.
    """

    def __init__(self, package: Package, *, large: int = _LARGE) -> None:
        self._package, self._large = package, large
        self._whole: CalamineWorkbook | None = None
        self._texts: Sequence[Cell] | None = None

    def read_cells(self, sheet: Sheet, frame: Frame) -> tuple[list[list[Cell]], Merged]:
        """Return a worksheet's rows from A1 on, and its merged ranges, zero-based.

        Raises one of calamine's errors, or its panic, where it cannot be read.
        """
        rows = self._plain(sheet, frame) if self._is_large(sheet, frame) else None
        if rows is not None:
            return rows, _merged(self._sample(sheet, frame, ()))
        if self._whole is None:
            self._whole = _opened(self._package, {})
        found = self._whole.get_sheet_by_name(sheet.name)
        return shown_rows(found), _merged(found)

    def _is_large(self, sheet: Sheet, frame: Frame) -> bool:
        size = self._package.entry(sheet.part).size
        return size >= self._large and not (frame.prefix or frame.odd)

    def _plain(self, sheet: Sheet, frame: Frame) -> list[list[Cell]] | None:
        from collector.sheets.package.plain import read_plain
        from collector.sheets.package.texts import shared_texts

        def ask(cells: Sequence[bytes]) -> Sequence[Cell]:
            return _told(self._sample(sheet, frame, cells), len(cells)) if cells else ()

        archive = self._package.archive
        if self._texts is None:
            part = archive.find(SHARED_TEXTS)
            self._texts = shared_texts(archive.read(part), ask) if part and part.size else ()
        if self._texts is None:
            return None  # asked for anew by the next tab, which is a rare one
        entry = self._package.entry(sheet.part)
        return read_plain(inside(archive.blocks(entry), frame, entry.size), self._texts, ask)

    def _sample(self, sheet: Sheet, frame: Frame, cells: Sequence[bytes]) -> CalamineSheet:
        """Return the worksheet with nothing but some cells, one a row, in its second column."""
        rows = b"".join(
            b'<row r="%d"><c r="A%d"><v>1</v></c><c r="B%d"%b</row>' % (row, row, row, cell)
            for row, cell in enumerate(cells, start=1)
        )
        xml = (frame.head, frame.opening, rows, frame.ending, frame.tail)
        parts = {self._package.entry(sheet.part).name: pack(xml)}
        texts = self._package.archive.find(SHARED_TEXTS)
        if texts:
            parts[texts.name] = pack([NO_TEXTS])
        return _opened(self._package, parts).get_sheet_by_name(sheet.name)


def _told(sample: CalamineSheet, count: int) -> list[Cell]:
    """Return the cells of a sample."""
    rows = shown_rows(sample)
    return [row[1] if len(row) > 1 else None for row in rows[:count]]


def _merged(found: CalamineSheet) -> Merged:
    return tuple((*first, *last) for first, last in found.merged_cell_ranges or ())


def _opened(package: Package, parts: Mapping[str, Packed]) -> CalamineWorkbook:
    """Return a workbook with some parts replaced; calamine stumbles over some without cells."""
    from python_calamine import CalamineError, CalamineWorkbook

    def opened(parts: Mapping[str, Packed]) -> CalamineWorkbook:
        data = b"".join(rebuilt(package.archive, parts, {})) if parts else package.archive.data
        return CalamineWorkbook.from_filelike(io.BytesIO(data))

    try:
        return opened(parts)
    except CalamineError:
        reduced = {name: pack([xml]) for name, xml in only_cells(package).items()}
        return opened({**reduced, **parts})
