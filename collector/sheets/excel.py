"""An Excel workbook on disk: read with calamine, written back through a patch of its package."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from collector.errors import (
    TabMissingError,
    WorkbookChangedError,
    WorkbookFormatError,
    WorkbookMissingError,
    WorkbookSaveError,
)
from collector.model import (
    AddTab,
    Cell,
    Change,
    Grid,
    Tab,
    TabChange,
    Where,
    Written,
    column_letters,
)
from collector.phrases import Phrase
from collector.sheets import locks, saving, second
from collector.sheets.first import First
from collector.sheets.package.archive import Archive, Entry, rebuilt
from collector.sheets.package.comments import comments_of
from collector.sheets.package.contents import Package, Sheet
from collector.sheets.package.looks import Looks, looks_of
from collector.sheets.package.objects import objects_of
from collector.sheets.package.scan import Frame, extent, scan, unseen
from collector.sheets.package.values import same, settled
from collector.sheets.package.wanted import gathered

if TYPE_CHECKING:
    from collector.sheets.package.patch import Grown, Patch

# Above this a patched sheet is proved by its checksum and its form, not cell by cell.
_READ_BACK_UP_TO = 16 * 1024**2
# Cells a reader would hold in memory, blank ones between distant cells included.
_MOST_CELLS = 40_000_000
_COLUMNS_OF_LETTERS = (0, 26, 702, 16384)
# Seconds to wait, again and again, for somebody who is just saving the workbook.
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8)


@dataclass(slots=True)
class _Loaded:
    """A workbook's bytes and what has been understood of them so far."""

    seen: tuple[int, ...]
    data: bytes
    fingerprint: str
    package: Package
    first: First
    frames: dict[str, Frame] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)
    looks: Looks | None = None


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

    @property
    def timezone(self) -> str:
        """A file has no time zone of its own: ''."""
        return ""

    @property
    def calls(self) -> Mapping[str, int]:
        """No calls to anybody: a file is read and written here."""
        return {"reads": 0, "writes": 0}

    def tabs(self) -> tuple[Tab, ...]:
        """Return the worksheets in the book's order, hidden ones included."""
        package = self._load().package
        ours = package.ours
        return tuple(Tab(s.name, s.visible, ours.get(s.name, "")) for s in package.sheets)

    def notes(self) -> Mapping[str, str]:
        """Return the texts that the book carries for us, hidden, by their keys."""
        return self._load().package.notes

    def read(self, tab: str) -> Grid:
        """Return the cells of a tab; raise a WorkbookError when there are none to be had."""
        loaded = self._load()
        _refuse_distant_cells(loaded, loaded.package.sheet(tab))
        return self._grid(loaded, tab)

    def fingerprint(self) -> str:
        """Return what identifies the file's content as it is now."""
        return self._load().fingerprint

    def check_writable(self, tab: str = "", *, ask: bool = False) -> None:
        """Raise a WorkbookError when somebody has the file open or it may not be replaced.

        There is nobody to ask, and no tab is closed to us while others are not. Also raised when
        what somebody saved just before a write of ours was killed had to be put back.
        """
        locks.refuse_when_open(self._path)
        saving.refuse_read_only(self._path)
        if saving.tidy(self._path):
            raise WorkbookChangedError(self.name)

    def write(self, changes: Sequence[Change], *, expect: Mapping[str, str]) -> Written:
        """Set cells, add columns, tabs and rows, and highlight: all or nothing.

        ``expect`` maps tabs to the fingerprints they were read with. Cells that show their value
        already are not touched, cells with a formula of the team's are left alone, and the file
        is not replaced when nothing differs. Rows are appended below a table's totals row where
        it shows one; any other table object that ends there grows.
        """
        from collector.sheets.package.patch import make_patch

        saving.tidy(self._path)
        loaded = self._load(afresh=True)
        if any(loaded.fingerprint != expected for expected in expect.values()):
            raise WorkbookChangedError(self.name)
        for tab in expect:
            loaded.package.sheet(tab)  # none can have been read that is not there
        patch = make_patch(
            loaded.package,
            changes,
            lambda sheet: _frame(loaded, sheet),
            lambda tab: self._grid(loaded, tab).rows,
        )
        if not patch.changed:
            return Written(0, False, kept=patch.kept)
        locks.refuse_when_open(self._path)
        self._cache = None
        written: list[str] = []

        def verify(data: bytes) -> None:
            self._verify(loaded, data, patch)
            written.append(saving.fingerprint(data))

        backup = saving.replace_file(
            self._path,
            loaded.data,
            rebuilt(loaded.package.original, patch.changed, patch.added),
            verify=verify,
            # A hidden note of ours is nothing that anybody would want back.
            backups=self._backups if patch.shows else 0,
            now=self._now,
        )
        return Written(patch.cells, True, backup, patch.kept, written[-1])

    # ── loading ──

    def _load(self, *, afresh: bool = False) -> _Loaded:
        """Return the file's content, read again only when it is another file than before.

        Where it cannot be had because somebody is just saving it, that is waited for.
        """
        for pause in _PAUSES:
            before = locks.seen(self._path)
            try:
                loaded = self._loaded(before, afresh)
                if locks.seen(self._path) == before:
                    return loaded
            except (WorkbookFormatError, WorkbookMissingError):
                if locks.is_settled(self._path, before):
                    raise
            time.sleep(pause)
        raise WorkbookChangedError(self.name)

    def _loaded(self, seen: tuple[int, ...], afresh: bool) -> _Loaded:
        if self._cache and self._cache.seen == seen and not afresh:
            return self._cache
        try:
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
            package = Package(data, self.name)
            self._cache = _Loaded(seen, data, print_of, package, First(package))
        self._cache.seen = seen
        return self._cache

    def _grid(self, loaded: _Loaded, tab: str) -> Grid:
        if tab not in loaded.grids:
            sheet = loaded.package.sheet(tab)
            loaded.grids[tab] = _read_grid(loaded, sheet)
        return loaded.grids[tab]

    # ── proving what was written ──

    def _verify(self, loaded: _Loaded, data: bytes, patch: Patch) -> None:
        """Raise WorkbookSaveError unless the new file holds the old one's parts and our cells."""
        try:
            fresh = Archive(data, self.name)
            for entry in fresh.entries:
                if entry.name in patch.changed or entry.name in patch.added:
                    _prove_form(fresh, entry, patch.grown.get(entry.name))
            _prove_untouched(loaded.package.original, fresh, patch)
            self._prove_cells(data, patch)
        except (WorkbookFormatError, TabMissingError, expat.ExpatError, _UnsoundError) as exc:
            raise WorkbookSaveError(self.name, Phrase("save_unsound", what=str(exc))) from exc

    def _prove_cells(self, data: bytes, patch: Patch) -> None:
        package = Package(data, self.name)
        fresh = _Loaded((), data, "", package, First(package))
        for tab in dict.fromkeys(change.tab for change in patch.changes):
            here = [change for change in patch.changes if change.tab == tab]
            entry = package.entry(package.sheet(tab).part)
            touched = entry.name in patch.changed or entry.name in patch.added
            if touched and entry.size <= _READ_BACK_UP_TO:
                _prove_changes(self._grid(fresh, tab), here, patch.kept)
            made_for = {change.ours for change in here if isinstance(change, AddTab)}
            if made_for - {package.ours.get(tab)}:
                raise _UnsoundError(tab)
        for key, text in patch.notes.items():
            if package.notes.get(key) != text:
                raise _UnsoundError(key)


class _UnsoundError(Exception):
    """The new file differs from what was meant; it is thrown away."""


def _prove_form(archive: Archive, entry: Entry, grown: Grown | None) -> None:
    """Raise unless an entry is whole and its XML is well-formed.

    Where the rows of a very large sheet only grew, what they grew by is looked at once for all.
    """
    parser, blocks = expat.ParserCreate(), archive.blocks(entry)
    if grown is not None and entry.size > _READ_BACK_UP_TO:
        if entry.size != grown.size or sum(map(len, blocks)) != entry.size:
            raise _UnsoundError(entry.name)
        blocks = iter((grown.sample,))
    for block in blocks:
        parser.Parse(block, False)
    parser.Parse(b"", True)


def _prove_untouched(old: Archive, new: Archive, patch: Patch) -> None:
    fresh = {entry.name: entry for entry in new.entries}
    for entry in old.entries:
        if entry.name not in patch.changed:
            after = fresh[entry.name]
            if old.data[entry.start : entry.end] != new.data[after.start : after.end]:
                raise _UnsoundError(entry.name)


def _prove_changes(grid: Grid, changes: Sequence[TabChange], kept: Sequence[str]) -> None:
    for cells in gathered(changes):
        for row, value in zip(cells.rows, cells.values, strict=True):
            shown = grid.rows[row - 1] if row <= len(grid.rows) else []
            found = shown[cells.column] if cells.column < len(shown) else None
            if not same(found, settled(value)):
                where = str(Where(grid.tab, row, column_letters(cells.column)))
                if where not in kept:
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
    far = _distance(loaded, sheet) is not None
    rows, merged = _second(loaded, sheet) if far else _cells(loaded, sheet)
    if frame.errors or frame.formulas:
        for row, column, text in unseen(_xml(loaded, sheet), frame):
            _put(rows, row, column, text)
    if not far:
        _level(rows)
    package = loaded.package
    loaded.looks = loaded.looks or looks_of(package)
    formats, struck = loaded.looks.cells(lambda: _xml(loaded, sheet), frame, rows)
    lying = objects_of(package, sheet, frame, lambda: _xml(loaded, sheet))
    ours = package.ours.get(sheet.name, "")
    return Grid(
        sheet.name, rows, loaded.fingerprint, package.owned(sheet), merged, package.from_1904,
        tuple(lying.tables), ours, formats, struck, comments_of(package, sheet),
        tuple(lying.totals), tuple(lying.filled),
    )  # fmt: skip


def _xml(loaded: _Loaded, sheet: Sheet) -> bytes:
    return loaded.package.archive.read(loaded.package.entry(sheet.part))


def _distance(loaded: _Loaded, sheet: Sheet) -> tuple[int, int] | None:
    """Return how many rows and columns a sheet spans when they are too many to hold them all."""
    frame = _frame(loaded, sheet)
    if frame.last_row * _COLUMNS_OF_LETTERS[frame.letters] <= _MOST_CELLS:
        return None
    rows, columns = extent(_xml(loaded, sheet))
    return (rows, columns) if rows * columns > _MOST_CELLS else None


def _refuse_distant_cells(loaded: _Loaded, sheet: Sheet) -> None:
    """Raise for a sheet that may be written, row by row, but not be read as a grid."""
    far = _distance(loaded, sheet)
    if far:
        what = Phrase("format_wide", tab=sheet.name, rows=f"{far[0]:,}", columns=f"{far[1]:,}")
        raise WorkbookFormatError(loaded.package.name, what)


def _cells(loaded: _Loaded, sheet: Sheet) -> tuple[list[list[Cell]], second.Merged]:
    """Return a worksheet's rows from A1 on, and its merged ranges."""
    from python_calamine import CalamineError

    try:
        return loaded.first.read_cells(sheet, _frame(loaded, sheet))
    except (CalamineError, OverflowError):  # the latter by durations that no clock shows
        return _second(loaded, sheet)
    except BaseException as exc:
        # A panic inside calamine is no ordinary exception; its class cannot be imported.
        if type(exc).__name__ != "PanicException":
            raise
        return _second(loaded, sheet)


def _second(loaded: _Loaded, sheet: Sheet) -> tuple[list[list[Cell]], second.Merged]:
    """Return what another reader finds, which knows more errors and encodings."""
    try:
        return second.read_cells(loaded.package.archive.data, sheet.name)
    except second.REFUSALS as exc:
        raise loaded.package.archive.damaged(sheet.part) from exc


def _put(rows: list[list[Cell]], row: int, column: int, text: str) -> None:
    """Set a cell that a reader left out, which may lie beyond those it found."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = text


def _level(rows: list[list[Cell]]) -> None:
    """Make all rows equally long."""
    widths = set(map(len, rows))
    if len(widths) > 1:
        width = max(widths)
        for row in rows:
            row.extend([None] * (width - len(row)))
