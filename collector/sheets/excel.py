"""An Excel workbook on disk: read with calamine, written back through a patch of its package."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from collector.errors import (
    WorkbookChangedError,
    WorkbookFormatError,
    WorkbookMissingError,
    WorkbookSaveError,
)
from collector.model import Cell, Change, Grid, Tab, Where, Written, column_letters
from collector.phrases import Phrase
from collector.sheets import saving
from collector.sheets.package.archive import Archive, pack, rebuilt
from collector.sheets.package.contents import Package, Sheet, only_cells
from collector.sheets.package.patch import Patch, cells_of, make_patch
from collector.sheets.package.scan import Frame, extent, scan, unseen
from collector.sheets.package.tables import table_areas
from collector.sheets.package.values import same, settled

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

# Above this a patched sheet is proved by its checksum and its form, not cell by cell.
_READ_BACK_UP_TO = 16 * 1024**2
# Cells a reader would hold in memory, blank ones between distant cells included.
_MOST_CELLS = 40_000_000
_COLUMNS_OF_LETTERS = (0, 26, 702, 16384)


@dataclass(slots=True)
class _Loaded:
    """A workbook's bytes and what has been understood of them so far."""

    seen: tuple[int, ...]
    data: bytes
    fingerprint: str
    package: Package
    reader: CalamineWorkbook | None = None
    frames: dict[str, Frame] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)


class ExcelWorkbook:
    """An .xlsx or .xlsm file. ``now`` is asked only for the names of backups."""

    def __init__(
        self, path: str, *, backups: int = 10, now: Callable[[], datetime] = datetime.now
    ) -> None:
        self._path, self._backups, self._now = Path(path), backups, now
        self._cache: _Loaded | None = None

    @property
    def name(self) -> str:
        return self._path.name

    def tabs(self) -> tuple[Tab, ...]:
        """Return the worksheets in the book's order, hidden ones included."""
        return tuple(Tab(sheet.name, sheet.visible) for sheet in self._load().package.sheets)

    def read(self, tab: str) -> Grid:
        """Return the cells of a tab; raise a WorkbookError when there are none to be had."""
        return self._grid(self._load(), tab)

    def fingerprint(self) -> str:
        """Return what identifies the file's content as it is now."""
        return self._load().fingerprint

    def check_writable(self) -> None:
        """Raise a WorkbookError when somebody has the file open or it may not be replaced."""
        saving.refuse_when_open(self._path)
        saving.refuse_read_only(self._path)

    def write(self, changes: Sequence[Change], *, expect: Mapping[str, str]) -> Written:
        """Set cells, add columns, and highlight, all or nothing; return what that came to.

        ``expect`` maps tabs to the fingerprints they were read with. Cells that show their value
        already are not touched, cells with a formula of the team's are left alone, and the file
        is not replaced when nothing differs.
        """
        loaded = self._load(afresh=True)
        if any(loaded.fingerprint != expected for expected in expect.values()):
            raise WorkbookChangedError(self.name)
        patch = make_patch(
            loaded.package,
            changes,
            lambda sheet: _frame(loaded, sheet),
            lambda tab: self._grid(loaded, tab).rows,
        )
        if not patch.changed:
            return Written(0, False, kept=patch.kept)
        saving.refuse_when_open(self._path)
        backup = saving.replace_file(
            self._path,
            loaded.data,
            rebuilt(loaded.package.archive, patch.changed, patch.added),
            verify=lambda data: self._verify(loaded, data, patch, changes),
            backups=self._backups,
            now=self._now,
        )
        self._cache = None
        return Written(patch.cells, True, backup, patch.kept)

    # ── loading ──

    def _load(self, *, afresh: bool = False) -> _Loaded:
        """Return the file's content, read again only when it is another file than before."""
        try:
            about = self._path.stat()
            seen = (about.st_mtime_ns, about.st_size, about.st_ino)
            if self._cache and self._cache.seen == seen and not afresh:
                return self._cache
            data = self._path.read_bytes()
        except FileNotFoundError as exc:
            raise WorkbookMissingError(str(self._path)) from exc
        except IsADirectoryError as exc:
            raise WorkbookFormatError(self.name, Phrase("format_folder")) from exc
        except OSError as exc:
            what = Phrase("format_unreadable", what=exc.strerror or type(exc).__name__)
            raise WorkbookFormatError(self.name, what) from exc
        print_of = saving.fingerprint(data)
        if self._cache is None or self._cache.fingerprint != print_of:
            self._cache = None  # before the next one takes as much memory
            self._cache = _Loaded(seen, data, print_of, Package(data, self.name))
        self._cache.seen = seen
        return self._cache

    def _grid(self, loaded: _Loaded, tab: str) -> Grid:
        if tab not in loaded.grids:
            sheet = loaded.package.sheet(tab)
            loaded.grids[tab] = _read_grid(loaded, sheet)
        return loaded.grids[tab]

    # ── proving what was written ──

    def _verify(
        self, loaded: _Loaded, data: bytes, patch: Patch, changes: Sequence[Change]
    ) -> None:
        """Raise WorkbookSaveError unless the new file holds the old one's parts and our cells."""
        try:
            fresh = Archive(data, self.name)
            for entry in fresh.entries:
                if entry.name in patch.changed or entry.name in patch.added:
                    _prove_form(fresh, entry.name)
            _prove_untouched(loaded.package.archive, fresh, patch)
            self._prove_cells(data, patch, changes)
        except (WorkbookFormatError, expat.ExpatError, _UnsoundError) as exc:
            raise WorkbookSaveError(self.name, Phrase("save_unsound", what=str(exc))) from exc

    def _prove_cells(self, data: bytes, patch: Patch, changes: Sequence[Change]) -> None:
        package = Package(data, self.name)
        fresh = _Loaded((), data, "", package)
        for change in changes:
            entry = package.entry(package.sheet(change.tab).part)
            if entry.name in patch.changed and entry.size <= _READ_BACK_UP_TO:
                _prove_change(self._grid(fresh, change.tab), change, patch.kept)


class _UnsoundError(Exception):
    """The new file differs from what was meant; it is thrown away."""


def _prove_form(archive: Archive, name: str) -> None:
    parser, entry = expat.ParserCreate(), archive.find(name)
    for block in archive.blocks(entry) if entry else ():
        parser.Parse(block, False)
    parser.Parse(b"", True)


def _prove_untouched(old: Archive, new: Archive, patch: Patch) -> None:
    fresh = {entry.name: entry for entry in new.entries}
    for entry in old.entries:
        if entry.name not in patch.changed:
            after = fresh[entry.name]
            if old.data[entry.start : entry.end] != new.data[after.start : after.end]:
                raise _UnsoundError(entry.name)


def _prove_change(grid: Grid, change: Change, kept: Sequence[str]) -> None:
    column, _, rows, values = cells_of(change)
    for row, value in zip(rows, values, strict=True):
        shown = grid.rows[row - 1] if row <= len(grid.rows) else []
        found = shown[column] if column < len(shown) else None
        where = str(Where(change.tab, row, column_letters(column)))
        if not same(found, settled(value)) and where not in kept:
            raise _UnsoundError(where)


# ── reading ──────────────────────────────────────────────────────────────────────────────────


def _frame(loaded: _Loaded, sheet: Sheet) -> Frame:
    if sheet.part not in loaded.frames:
        package = loaded.package
        entry = package.entry(sheet.part)
        package.refuse_odd_xml(sheet.part, next(package.archive.blocks(entry), b"")[:4096])
        frame = scan(package.archive.blocks(entry))
        if frame is None:
            raise package.archive.damaged(sheet.part)
        package.prove()
        loaded.frames[sheet.part] = frame
    return loaded.frames[sheet.part]


def _read_grid(loaded: _Loaded, sheet: Sheet) -> Grid:
    frame = _frame(loaded, sheet)
    _refuse_distant_cells(loaded, sheet, frame)
    rows, merged = _cells(loaded, sheet)
    if frame.errors or frame.formulas:
        for row, column, text in unseen(_xml(loaded, sheet), frame):
            _put(rows, row, column, text)
    owned = loaded.package.owned(sheet)
    return Grid(sheet.name, rows, loaded.fingerprint, owned, merged, _tables(loaded.package, sheet))


def _tables(package: Package, sheet: Sheet) -> tuple[tuple[int, int, int, int], ...]:
    """Return where the table objects of a worksheet lie; one whose part is lost is none."""
    entries = map(package.archive.find, package.related(sheet.part, "table"))
    return tuple(table_areas(package.archive.read(entry) for entry in entries if entry))


def _xml(loaded: _Loaded, sheet: Sheet) -> bytes:
    return loaded.package.archive.read(loaded.package.entry(sheet.part))


def _refuse_distant_cells(loaded: _Loaded, sheet: Sheet, frame: Frame) -> None:
    if frame.last_row * _COLUMNS_OF_LETTERS[frame.letters] <= _MOST_CELLS:
        return
    rows, columns = extent(_xml(loaded, sheet))
    if rows * columns > _MOST_CELLS:
        what = Phrase("format_wide", tab=sheet.name, rows=f"{rows:,}", columns=f"{columns:,}")
        raise WorkbookFormatError(loaded.package.name, what)


def _cells(
    loaded: _Loaded, sheet: Sheet
) -> tuple[list[list[Cell]], tuple[tuple[int, int, int, int], ...]]:
    """Return what calamine finds in a worksheet: its rows from A1 on, and its merged ranges."""
    from python_calamine import CalamineError

    try:
        if loaded.reader is None:
            loaded.reader = _reader(loaded)
        cells = loaded.reader.get_sheet_by_name(sheet.name)
        rows = _shown(cells)
        merged = tuple((*first, *last) for first, last in cells.merged_cell_ranges or ())
    except CalamineError as exc:
        raise loaded.package.archive.damaged(sheet.part) from exc
    except BaseException as exc:
        # A panic inside calamine is no ordinary exception; its class cannot be imported.
        if type(exc).__name__ != "PanicException":
            raise
        raise loaded.package.archive.damaged(sheet.part) from exc
    return rows, merged


def _reader(loaded: _Loaded) -> CalamineWorkbook:
    """Return the workbook open in calamine, which stumbles over parts that hold no cells."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(loaded.data))
    except CalamineError:
        package = loaded.package
        changed = {name: pack([xml]) for name, xml in only_cells(package).items()}
        reduced = b"".join(rebuilt(package.archive, changed, {}))
        return CalamineWorkbook.from_filelike(io.BytesIO(reduced))


def _shown(cells: CalamineSheet) -> list[list[Cell]]:
    """Return the cells from A1 on; equal texts are one object, whole numbers are ints."""
    if cells.start is None:
        return []
    first_row, first_column = cells.start
    one = dict[str, str]().setdefault
    left: list[Cell] = [None] * first_column
    rows: list[list[Cell]] = []
    for row in cells.iter_rows():  # row by row, so that no second copy of them all is made
        shown: list[Cell] = [
            one(cell, cell) or None
            if type(cell) is str
            else int(cell)
            if type(cell) is float and cell.is_integer()
            else cell
            for cell in row
        ]
        rows.append(left + shown)
    if len(rows) == cells.height:  # then it began with the first row that holds anything
        rows[:0] = [[None] * len(rows[0]) for _ in range(first_row)]
    return rows


def _put(rows: list[list[Cell]], row: int, column: int, text: str) -> None:
    """Set a cell that a reader left out, which may lie beyond those it found."""
    width = max(column + 1, len(rows[0]) if rows else 0)
    while len(rows) <= row:
        rows.append([None] * width)
    if column >= len(rows[row]):
        for each in rows:
            each.extend([None] * (width - len(each)))
    rows[row][column] = text
