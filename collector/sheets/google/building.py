"""Changes → the requests of one atomic batch update; cells that show their value are left out."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from itertools import groupby
from typing import Any, Final

from collector.errors import TabMissingError, TabTakenError
from collector.model import (
    AddColumn,
    AddTab,
    AppendRows,
    BookNote,
    Cell,
    Change,
    Highlight,
    TabChange,
)
from collector.sheets.google.highlights import highlight_requests
from collector.sheets.google.reading import (
    COLUMN_MARK,
    NOTE_MARK,
    TAB_MARK,
    WRITE_MARK,
    Form,
    Raw,
    Sheet,
    Values,
    raw_of,
)
from collector.sheets.package.values import settled
from collector.sheets.package.wanted import Cells, gathered

Request = dict[str, Any]

_PATTERNS: Final[Mapping[str, Mapping[str, str]]] = {
    "integer": {"type": "NUMBER", "pattern": "0"},
    "money": {"type": "NUMBER", "pattern": "#,##0.00"},
    "date": {"type": "DATE", "pattern": "yyyy-mm-dd"},
    "datetime": {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm"},
    "time": {"type": "TIME", "pattern": "hh:mm:ss"},
}
_WIDTHS: Final[Mapping[str, int]] = {
    "next_action": 300, "problem": 300, "subject": 300, "what": 300, "why_now": 260, "to": 220,
    "customer": 200, "invoices": 200, "key": 180, "state": 180, "result": 180, "cc": 180,
}  # fmt: skip
_WIDTH: Final = 110
# From how many equal cells below each other on, one request says it for all of them.
_ALIKE: Final = 4
_LARGEST_ID: Final = 2**31 - 1


@dataclass(slots=True)
class Batch:
    """What one write comes to.

    ``cells`` maps tabs and zero-based (row, column) to what is set there, ``appended`` tabs to how
    many rows come below; ``count`` is how many cells change, headings and appended rows included.
    """

    requests: list[Request] = field(default_factory=list)
    cells: dict[str, dict[tuple[int, int], Raw]] = field(default_factory=dict)
    owned: dict[str, dict[str, int]] = field(default_factory=dict)
    appended: dict[str, int] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    count: int = 0


def build(form: Form, values: Values, changes: Sequence[Change]) -> Batch:
    """Return the batch that brings a spreadsheet, as just read, to what the changes say.

    Raises TabMissingError, and TabTakenError when a tab of ours has the name of one of the team's.
    """
    batch = Batch()
    beside = [change for change in changes if not isinstance(change, BookNote)]
    for tab in dict.fromkeys(change.tab for change in beside):
        here = [change for change in beside if change.tab == tab]
        sheet = form.sheets.get(tab)
        new = [change for change in here if isinstance(change, AddTab)]
        if sheet is None and not new:
            raise TabMissingError(tab, list(form.sheets))
        if sheet is None:
            sheet = _add_tab(batch, new[0], form)
        elif new and sheet.ours != new[0].ours:
            raise TabTakenError(form.title, tab)
        _tab(batch, sheet, values.get(tab, ()), here)
    for change in changes:
        if isinstance(change, BookNote) and form.notes.get(change.key) != change.text:
            _note(batch, change, form.notes.get(change.key))
    return batch


def _note(batch: Batch, note: BookNote, before: str | None) -> None:
    """Keep a text under an id that only one can have: of two who write it, the later is refused."""
    key = NOTE_MARK + note.key
    number = int.from_bytes(sha256(key.encode()).digest()[:4]) % _LARGEST_ID + 1
    if before is not None:
        found = {"metadataId": number, "metadataValue": before}
        lookup = {"dataFilter": {"developerMetadataLookup": found}}
        batch.requests.append({"deleteDeveloperMetadata": lookup})
    batch.requests.append(_created(key, note.text, {"spreadsheet": True}, number))
    batch.notes[note.key] = note.text


def _tab(
    batch: Batch, sheet: Sheet, rows: Sequence[Sequence[Raw]], changes: Sequence[TabChange]
) -> None:
    setting = gathered(changes)
    added = [c for c in changes if isinstance(c, AddColumn) and sheet.owned.get(c.key) != c.column]
    _grow(batch, sheet, setting)
    for column in added:
        _mark(batch, sheet, column)
    for cells in setting:
        _set(batch, sheet, rows, cells)
    for change in changes:
        if isinstance(change, AppendRows) and change.rows:
            _append(batch, sheet, change)
        elif isinstance(change, Highlight):
            batch.requests += highlight_requests(sheet, change)


# ── tabs and columns ─────────────────────────────────────────────────────────────────────────


def _add_tab(batch: Batch, change: AddTab, form: Form) -> Sheet:
    if change.tab.casefold() in {title.casefold() for title in form.titles}:
        raise TabTakenError(form.title, change.tab)
    taken = {sheet.number for sheet in form.sheets.values()}
    number = next(n for n in iter(new_id, 0) if n not in taken)
    columns = max([25, *change.choices]) + 1
    sheet = Sheet(number, change.tab, True, 1000, columns, change.ours)
    size = {"rowCount": sheet.rows, "columnCount": columns, "frozenRowCount": 1}
    about = {"sheetId": number, "title": change.tab, "gridProperties": size}
    batch.requests.append({"addSheet": {"properties": about}})
    batch.requests.append(_created(TAB_MARK, change.ours, {"sheetId": number}))
    for column, choices in change.choices.items():
        batch.requests.append(_offer(sheet, column, choices))
    return sheet


def _offer(sheet: Sheet, column: int, choices: Sequence[str]) -> Request:
    """Return what offers words below a heading; one or two of them are a checkbox."""
    kind = "BOOLEAN" if len(choices) <= 2 else "ONE_OF_LIST"
    said = [{"userEnteredValue": choice} for choice in choices]
    rule = {"condition": {"type": kind, "values": said}, "showCustomUi": True}
    where = _range(sheet, 1, sheet.rows, column, column + 1)
    return {"setDataValidation": {"range": where, "rule": rule}}


def _grow(batch: Batch, sheet: Sheet, setting: Sequence[Cells]) -> None:
    """Make the grid large enough for what is set."""
    right = max((cells.column for cells in setting), default=-1) + 1
    bottom = max((max(cells.rows) for cells in setting), default=0)
    for dimension, need, have in (
        ("COLUMNS", right, sheet.columns),
        ("ROWS", bottom, sheet.rows),
    ):
        if need > have:
            more = {"sheetId": sheet.number, "dimension": dimension, "length": need - have}
            batch.requests.append({"appendDimension": more})


def _mark(batch: Batch, sheet: Sheet, new: AddColumn) -> None:
    """Mark a column as ours, give its heading the neighbour's look and its cells their format."""
    where = {
        "sheetId": sheet.number, "dimension": "COLUMNS",
        "startIndex": new.column, "endIndex": new.column + 1,
    }  # fmt: skip
    batch.owned.setdefault(sheet.title, {})[new.key] = new.column
    batch.requests.append(_created(COLUMN_MARK, new.key, {"dimensionRange": where}))
    if new.again:
        return
    width = {"pixelSize": _WIDTHS.get(new.key, _WIDTH)}
    batch.requests.append(
        {"updateDimensionProperties": {"range": where, "properties": width, "fields": "pixelSize"}}
    )
    row, column = new.header_row - 1, new.column
    if column and not sheet.ours:
        paste = {
            "source": _range(sheet, row, row + 1, column - 1, column),
            "destination": _range(sheet, row, row + 1, column, column + 1),
            "pasteType": "PASTE_FORMAT",
        }
        batch.requests.append({"copyPaste": paste})
    elif sheet.ours:
        bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
        heading = _range(sheet, row, row + 1, column, column + 1)
        fields = "userEnteredFormat.textFormat.bold"
        batch.requests.append({"repeatCell": {"range": heading, "cell": bold, "fields": fields}})
    if new.kind in _PATTERNS:
        below = _range(sheet, row + 1, None, column, column + 1)
        look = {"userEnteredFormat": {"numberFormat": dict(_PATTERNS[new.kind])}}
        fields = "userEnteredFormat.numberFormat"
        batch.requests.append({"repeatCell": {"range": below, "cell": look, "fields": fields}})


def _created(key: str, value: str, location: Mapping[str, Any], number: int = 0) -> Request:
    mark: dict[str, Any] = {"metadataKey": key, "metadataValue": value}
    mark |= {"location": dict(location)}
    mark |= {"visibility": "DOCUMENT"} | ({"metadataId": number} if number else {})
    return {"createDeveloperMetadata": {"developerMetadata": mark}}


def write_mark(number: int, said: str, former: Iterable[int]) -> list[Request]:
    """Return what leaves our mark of a write, under a new id, in place of the former ones.

    A batch that arrives twice is refused whole the second time.
    """
    gone = [
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": n}}}}
        for n in former
    ]
    return [*gone, _created(WRITE_MARK, said, {"spreadsheet": True}, number)]


def new_id() -> int:
    """Return an id for something new in a spreadsheet."""
    return random.randint(1, _LARGEST_ID)


# ── cells ────────────────────────────────────────────────────────────────────────────────────


def _set(batch: Batch, sheet: Sheet, rows: Sequence[Sequence[Raw]], cells: Cells) -> None:
    column, here = cells.column, batch.cells.setdefault(sheet.title, {})
    differ: list[tuple[int, Cell, Raw]] = []
    for number, value in zip(cells.rows, cells.values, strict=True):
        plain = settled(value)
        raw, was = raw_of(plain), shown(rows, number - 1, column)
        if not alike(was, raw):
            here[number - 1, column] = raw
            differ.append((number - 1, plain, raw))
    differ.sort(key=lambda cell: cell[0])
    batch.count += len(differ)
    bare = {row for row, _, _ in differ if not sheet.is_dated(row, column)}
    batch.requests += cell_requests(sheet.number, column, differ, bare)


def shown(rows: Sequence[Sequence[Raw]], row: int, column: int) -> Raw:
    """Return what a cell holds, None where it holds nothing."""
    if row >= len(rows) or column >= len(rows[row]) or rows[row][column] == "":
        return None
    return rows[row][column]


def alike(old: Raw, new: Raw) -> bool:
    """Tell whether two values are the same; True is not 1."""
    return old == new and isinstance(old, bool) == isinstance(new, bool)


def cell_requests(
    number: int,
    column: int,
    differ: Sequence[tuple[int, Cell, Raw]],
    bare: Collection[int] = (),
) -> Iterator[Request]:
    """Yield what sets cells of one column, in ascending rows.

    In the rows of ``bare`` days and times get a format, too, since the cell shows none yet.
    """
    for _, run in groupby(enumerate(differ), key=lambda pair: pair[1][0] - pair[0]):
        block: list[dict[str, Any]] = []
        first = -1
        cells = ((cell, cell[0] in bare) for _, cell in run)
        for (_, _, formatted), equal in groupby(cells, key=_identity):
            same = [each for each, _ in equal]
            cell, at = _cell(same[0][1], same[0][2], formatted), same[0][0]
            if len(same) >= _ALIKE:
                yield from _updated(number, column, first, block)
                block, first = [], -1
                where = _span(number, at, at + len(same), column, column + 1)
                yield {"repeatCell": {"range": where, "cell": cell, "fields": _fields(cell)}}
            else:
                first = at if first < 0 else first
                block += [cell] * len(same)
        yield from _updated(number, column, first, block)


def _identity(cell: tuple[tuple[int, Cell, Raw], bool]) -> tuple[type, Cell, bool]:
    value = cell[0][1]
    return type(value), value, cell[1] and _kind(value) != ""


def _updated(number: int, column: int, first: int, block: Sequence[Mapping[str, Any]]) -> Any:
    if not block:
        return
    where = _span(number, first, first + len(block), column, column + 1)
    rows = [{"values": [cell]} for cell in block]
    fields = max(map(_fields, block), key=len)
    yield {"updateCells": {"range": where, "rows": rows, "fields": fields}}


def _fields(cell: Mapping[str, Any]) -> str:
    more = ",userEnteredFormat.numberFormat" if "userEnteredFormat" in cell else ""
    return f"userEnteredValue{more}"


def _cell(value: Cell, raw: Raw, formatted: bool) -> dict[str, Any]:
    """Return a cell; a text stays a text, whatever it looks like."""
    if raw is None:
        return {}
    kind = "boolValue" if isinstance(raw, bool) else "stringValue"
    kind = kind if isinstance(raw, bool | str) else "numberValue"
    cell: dict[str, Any] = {"userEnteredValue": {kind: raw}}
    pattern = _PATTERNS.get(_kind(value)) if formatted else None
    if pattern:
        cell["userEnteredFormat"] = {"numberFormat": dict(pattern)}
    return cell


def _kind(value: Cell) -> str:
    if isinstance(value, datetime):
        return "datetime"
    return "date" if isinstance(value, date) else "time" if isinstance(value, time) else ""


def _append(batch: Batch, sheet: Sheet, change: AppendRows) -> None:
    """Append below whatever is last when the batch arrives; nobody's row can be written over."""
    rows = []
    for values in change.rows:
        cells: list[dict[str, Any]] = [{} for _ in range(max(change.columns) + 1)]
        for column, kind, value in zip(change.columns, change.kinds, values, strict=True):
            plain = settled(value)
            cells[column] = _cell(plain, raw_of(plain), formatted=False)
            if kind in _PATTERNS and plain is not None:
                cells[column]["userEnteredFormat"] = {"numberFormat": dict(_PATTERNS[kind])}
            batch.count += plain is not None
        rows.append({"values": cells})
    batch.appended[sheet.title] = batch.appended.get(sheet.title, 0) + len(rows)
    fields = "userEnteredValue,userEnteredFormat.numberFormat"
    batch.requests.append(
        {"appendCells": {"sheetId": sheet.number, "rows": rows, "fields": fields}}
    )


def _range(sheet: Sheet, top: int, bottom: int | None, left: int, right: int) -> dict[str, int]:
    return _span(sheet.number, top, bottom, left, right)


def _span(number: int, top: int, bottom: int | None, left: int, right: int) -> dict[str, int]:
    """Return a range, zero-based, its ends not in it; no bottom is the whole column."""
    area = {"sheetId": number, "startRowIndex": top}
    area |= {"endRowIndex": bottom} if bottom is not None else {}
    return area | {"startColumnIndex": left, "endColumnIndex": right}
