"""What a spreadsheet holds: one call for its form, one for its values, typed as people see them."""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeAlias

from collector.model import Cell, Comment, Grid, column_letters

# The keys of our marks in the spreadsheet's developer metadata.
COLUMN_MARK: Final = "collector.column"
TAB_MARK: Final = "collector.tab"
WRITE_MARK: Final = "collector.write"
NOTE_MARK: Final = "collector.note."

_FORMATS: Final = "numberFormat.type"
FORM: Final = (
    "spreadsheetId,properties(title,locale,timeZone),developerMetadata,"
    "sheets(properties(sheetId,title,index,sheetType,hidden,gridProperties(rowCount,columnCount)),"
    "merges,conditionalFormats,protectedRanges,developerMetadata,"
    f"data(startRow,startColumn,rowData.values(effectiveFormat.{_FORMATS},"
    f"userEnteredFormat({_FORMATS},textFormat.strikethrough),note),"
    "columnMetadata.developerMetadata))"
)
VALUES: Final = {
    "valueRenderOption": "UNFORMATTED_VALUE",
    "dateTimeRenderOption": "SERIAL_NUMBER",
    "majorDimension": "ROWS",
}
# Some twenty bytes a cell are less than two megabytes.
_CELLS_AT_ONCE: Final = 100_000
_EPOCH: Final = datetime(1899, 12, 30)
_DATED: Final = ("DATE", "DATE_TIME", "TIME")
# Serial numbers of days that Python has: up to the end of 9999.
_FIRST_DAY, _LAST_DAY = -693593, 2958465

Raw: TypeAlias = str | int | float | bool | None
Rows: TypeAlias = Sequence[Sequence[Raw]]
Values: TypeAlias = Mapping[str, Rows]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab: where it is, what is ours in it, and which cells show days or times.

    ``kinds`` holds by zero-based row the formats of its cells, as far as they are dates or times,
    ``struck`` by column the rows of cells that are struck through, filled or not. ``notes`` are
    those on cells; the scope we ask for shows no threads.
    """

    number: int
    title: str
    visible: bool
    rows: int
    columns: int
    ours: str = ""
    owned: Mapping[str, int] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    rules: tuple[Mapping[str, Any], ...] = ()
    protected: tuple[Mapping[str, Any], ...] = ()
    kinds: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    struck: Mapping[int, Sequence[int]] = field(default_factory=dict)
    notes: tuple[Comment, ...] = ()

    @property
    def aside(self) -> Mapping[str, int]:
        """The columns that do not count where rows are compared: ours, in a tab of the team's."""
        return {} if self.ours else self.owned

    def is_dated(self, row: int, column: int) -> bool:
        """Tell whether a zero-based cell shows numbers as days or times."""
        return column in self.kinds.get(row, {})


@dataclass(frozen=True, slots=True)
class Form:
    """A spreadsheet without its values.

    ``titles`` are the names of all its tabs, charts included; ``marks`` the ids of our former
    write marks; ``notes`` what it carries for us, by key.
    """

    title: str
    locale: str
    timezone: str
    sheets: Mapping[str, Sheet]
    marks: tuple[int, ...]
    titles: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


def form_of(answer: Mapping[str, Any]) -> Form:
    """Return the form of a spreadsheet from what ``spreadsheets.get`` answered."""
    about = answer.get("properties", {})
    tabs = [tab for tab in answer.get("sheets", ()) if _is_grid(tab)]
    kept = answer.get("developerMetadata", ())
    tabs.sort(key=lambda tab: tab["properties"].get("index", 0))
    sheets = (_sheet(tab, kept) for tab in tabs)
    marks = [mark for mark in kept if _key(mark) == WRITE_MARK]
    notes = [mark for mark in kept if _key(mark).startswith(NOTE_MARK)]
    return Form(
        about.get("title", ""),
        about.get("locale", ""),
        about.get("timeZone", ""),
        {sheet.title: sheet for sheet in sheets},
        tuple(mark["metadataId"] for mark in marks),
        tuple(tab["properties"]["title"] for tab in answer.get("sheets", ())),
        {_key(note).removeprefix(NOTE_MARK): note.get("metadataValue", "") for note in notes},
    )


def write_marks(answer: Mapping[str, Any]) -> set[str]:
    """Return what our write marks in a spreadsheet say."""
    marks = answer.get("developerMetadata", ())
    return {mark.get("metadataValue", "") for mark in marks if _key(mark) == WRITE_MARK}


def _is_grid(tab: Mapping[str, Any]) -> bool:
    return bool(tab["properties"].get("sheetType", "GRID") == "GRID")


def _key(mark: Mapping[str, Any]) -> str:
    return str(mark.get("metadataKey", ""))


def _sheet(tab: Mapping[str, Any], kept: Sequence[Mapping[str, Any]]) -> Sheet:
    about, data = tab["properties"], tab.get("data", ())
    size, number = about.get("gridProperties", {}), about.get("sheetId", 0)
    # A mark stands with what it is of; one among those of the whole book says so itself.
    marks = [*tab.get("developerMetadata", ()), *(m for m in kept if _sheet_of(m) == number)]
    ours = [mark.get("metadataValue", "") for mark in marks if _key(mark) == TAB_MARK]
    placed = [_placed(mark) for mark in marks if _key(mark) == COLUMN_MARK]
    seen = _Seen()
    for part in data:
        seen.look(part)
    return Sheet(
        number,
        about["title"],
        not about.get("hidden", False),
        size.get("rowCount", 0),
        size.get("columnCount", 0),
        ours[0] if ours else "",
        dict(placed) | {key: at for part in data for key, at in _owned(part)},
        tuple(_area(merge) for merge in tab.get("merges", ())),
        tuple(tab.get("conditionalFormats", ())),
        tuple(tab.get("protectedRanges", ())),
        seen.kinds,
        seen.struck,
        tuple(seen.notes),
    )


def _sheet_of(mark: Mapping[str, Any]) -> int:
    where = mark.get("location", {})
    return int(where.get("dimensionRange", where).get("sheetId", 0))


def _placed(mark: Mapping[str, Any]) -> tuple[str, int]:
    where = mark.get("location", {}).get("dimensionRange", {})
    return mark.get("metadataValue", ""), where.get("startIndex", 0)


def _area(area: Mapping[str, int]) -> tuple[int, int, int, int]:
    top, left = area.get("startRowIndex", 0), area.get("startColumnIndex", 0)
    return top, left, area.get("endRowIndex", top + 1) - 1, area.get("endColumnIndex", left + 1) - 1


def _owned(part: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    first = part.get("startColumn", 0)
    for column, about in enumerate(part.get("columnMetadata", ()), first):
        for mark in about.get("developerMetadata", ()):
            if _key(mark) == COLUMN_MARK:
                yield mark.get("metadataValue", ""), column


@dataclass(slots=True)
class _Seen:
    """What was answered of a tab's cells so far: days and times, lines through them, notes."""

    kinds: dict[int, dict[int, str]] = field(default_factory=dict)
    struck: dict[int, list[int]] = field(default_factory=dict)
    notes: list[Comment] = field(default_factory=list)

    def look(self, part: Mapping[str, Any]) -> None:
        first_row, first_column = part.get("startRow", 0), part.get("startColumn", 0)
        for row, cells in enumerate(part.get("rowData", ()), first_row):
            for column, cell in enumerate(cells.get("values", ()), first_column):
                if cell:
                    self._see(row, column, cell)

    def _see(self, row: int, column: int, cell: Mapping[str, Any]) -> None:
        entered = cell.get("userEnteredFormat") or {}
        shown = cell.get("effectiveFormat") or entered
        kind = shown.get("numberFormat", {}).get("type", "")
        if kind in _DATED:
            self.kinds.setdefault(row, {})[column] = kind
        if entered.get("textFormat", {}).get("strikethrough"):
            self.struck.setdefault(column, []).append(row)
        if note := cell.get("note", "").strip():
            self.notes.append(Comment(row, column, note))


# ── values ───────────────────────────────────────────────────────────────────────────────────


def ranges_of(sheet: Sheet) -> list[str]:
    """Return the whole of a tab in A1 notation: in parts, where it is large, the last one open.

    Google advises against more than two megabytes at once; a part has fewer.
    """
    name = "'" + sheet.title.replace("'", "''") + "'"
    tall = _part(sheet)
    if sheet.rows <= tall:
        return [name]
    last = column_letters(sheet.columns - 1)
    tops = range(1, sheet.rows + 1, tall)
    closed = [f"{name}!A{top}:{last}{top + tall - 1}" for top in tops[:-1]]
    return [*closed, f"{name}!A{tops[-1]}:{last}"]


def rows_of(sheet: Sheet, parts: Sequence[Mapping[str, Any]]) -> list[Sequence[Raw]]:
    """Return the rows of a tab from what was answered to its ranges, each without blank ends."""
    tall, rows = _part(sheet), list[Sequence[Raw]]()
    for number, part in enumerate(parts):
        found = part.get("values", ())
        if found:
            rows.extend([] for _ in range(number * tall - len(rows)))
            rows.extend(_without_end(row) for row in found)
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _without_end(row: Sequence[Raw]) -> Sequence[Raw]:
    last = len(row)
    while last and row[last - 1] in ("", None):
        last -= 1
    return row if last == len(row) else row[:last]


def _part(sheet: Sheet) -> int:
    return max(1, _CELLS_AT_ONCE // max(1, sheet.columns))


def fingerprint(form: Form, values: Values) -> str:
    """Identify what people have in the spreadsheet; our columns in the team's tabs are left out."""
    digest = hashlib.sha256()
    for title, rows in values.items():
        cells = teams(rows, form.sheets[title].aside)
        digest.update(marshal.dumps([title, cells], 2))
    return digest.hexdigest()


def teams(rows: Rows, owned: Mapping[str, int]) -> list[tuple[Raw, ...]]:
    """Return the cells of each row that are not ours, without the blank ones at its end."""
    ours = sorted(owned.values(), reverse=True)
    return [_teams(row, ours) for row in _trimmed(rows, ours)]


def _teams(row: Sequence[Raw], ours: Sequence[int]) -> tuple[Raw, ...]:
    cells = list(row)
    for column in ours:
        if column < len(cells):
            cells[column] = None
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return tuple(None if cell == "" else cell for cell in cells)


def _trimmed(rows: Rows, ours: Sequence[int]) -> Rows:
    last = len(rows)
    while last and not _teams(rows[last - 1], ours):
        last -= 1
    return rows[:last]


def grid_of(sheet: Sheet, rows: Rows, mark: str) -> Grid:
    """Return a tab's cells as the layers above know them."""
    width = max(map(len, rows), default=0)
    one = dict[str, str]().setdefault
    cells: list[list[Cell]] = []
    for number, row in enumerate(rows):
        shown: list[Cell] = [
            one(cell, cell) or None
            if type(cell) is str
            else int(cell)
            if type(cell) is float and cell.is_integer()
            else cell
            for cell in row
        ]
        for column, kind in sheet.kinds.get(number, {}).items():
            if column < len(shown):
                shown[column] = _dated(shown[column], kind)
        cells.append(shown + [None] * (width - len(row)))
    while cells and not any(cell is not None for cell in cells[-1]):
        cells.pop()
    return Grid(
        sheet.title, cells, mark, sheet.owned, sheet.merged, ours=sheet.ours,
        struck=_filled(sheet.struck, cells), comments=sheet.notes,
    )  # fmt: skip


def _filled(
    struck: Mapping[int, Sequence[int]], rows: Sequence[Sequence[Cell]]
) -> dict[int, list[int]]:
    kept = {
        column: [row for row in at if row < len(rows) and _has(rows[row], column)]
        for column, at in struck.items()
    }
    return {column: at for column, at in kept.items() if at}


def _has(row: Sequence[Cell], column: int) -> bool:
    return column < len(row) and row[column] not in (None, "")


def _dated(cell: Cell, kind: str) -> Cell:
    """Return a serial number as the day or time it is shown as."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    if not _FIRST_DAY <= cell < _LAST_DAY + 1:
        return cell
    if kind == "TIME":
        return _clock(cell)
    moment = _EPOCH + timedelta(milliseconds=round(cell * 86_400_000))
    return moment.date() if isinstance(cell, int) else moment


def _clock(cell: float) -> time | timedelta:
    since = timedelta(milliseconds=round(cell * 86_400_000))
    return (_EPOCH + since).time() if 0 <= cell < 1 else since


def raw_of(value: Cell) -> Raw:
    """Return a settled value as the API has it: days and times are serial numbers."""
    if isinstance(value, datetime):
        return _number((value - _EPOCH) / timedelta(days=1))
    if isinstance(value, date):
        return (value - _EPOCH.date()).days
    if isinstance(value, time):
        since = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
        return _number((since + timedelta(microseconds=value.microsecond)) / timedelta(days=1))
    if isinstance(value, timedelta):
        return _number(value / timedelta(days=1))
    return value


def _number(days: float) -> int | float:
    return int(days) if days.is_integer() else days


def with_owned(form: Form, tab: str, owned: Mapping[str, int]) -> Form:
    """Return a form in which columns of a tab are ours."""
    sheet = form.sheets[tab]
    more = replace(sheet, owned={**sheet.owned, **owned})
    return replace(form, sheets={**form.sheets, tab: more})
