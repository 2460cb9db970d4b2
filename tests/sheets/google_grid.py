"""A spreadsheet as Google keeps one: a real grid, and the requests of a batch update on it."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

EPOCH = datetime(1899, 12, 30)


class RefusedError(Exception):
    """What Google answers with status 400."""


class Held(NamedTuple):
    """A cell: its value, the type of its number format, a line through it, a note on it."""

    value: str | int | float | bool | None = None
    kind: str = ""
    offer: str = ""
    struck: bool = False
    note: str = ""


BLANK = Held()


@dataclass
class Sheet:
    """One tab. ``columns`` hold the ids of developer metadata by column."""

    number: int
    title: str
    rows: list[list[Held]] = field(default_factory=list)
    height: int = 1000
    width: int = 26
    hidden: bool = False
    rules: list[dict[str, Any]] = field(default_factory=list)
    protected: list[dict[str, Any]] = field(default_factory=list)
    merges: list[dict[str, Any]] = field(default_factory=list)
    filtered: dict[str, Any] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Held:
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return BLANK

    def put(self, row: int, column: int, cell: Held) -> None:
        if not (0 <= row < self.height and 0 <= column < self.width):
            raise RefusedError(f"Range exceeds grid limits: {row}, {column}")
        self.rows.extend([] for _ in range(row + 1 - len(self.rows)))
        self.rows[row].extend([BLANK] * (column + 1 - len(self.rows[row])))
        self.rows[row][column] = cell

    def shown(self, *, formatted: bool = False) -> list[list[Any]]:
        """Return the values up to the last one of each row, and the last row with any."""
        rows = []
        for row in self.rows:
            cells = [_said(cell) if formatted else cell.value for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            rows.append(["" if cell is None else cell for cell in cells])
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def last(self) -> int:
        return len(self.shown())


@dataclass
class Spreadsheet:
    """A spreadsheet; ``apply`` changes all of it or nothing."""

    key: str
    title: str = "Receivables"
    locale: str = "en_GB"
    timezone: str = "Europe/London"
    sheets: list[Sheet] = field(default_factory=list)
    marks: list[dict[str, Any]] = field(default_factory=list)

    def sheet(self, title: str) -> Sheet:
        return next(sheet for sheet in self.sheets if sheet.title == title)

    def numbered(self, number: int) -> Sheet:
        found = [sheet for sheet in self.sheets if sheet.number == number]
        if not found:
            raise RefusedError(f"No grid with id: {number}")
        return found[0]

    def fill(self, title: str, rows: Sequence[Sequence[Any]], *, hidden: bool = False) -> Sheet:
        """Add a tab that holds Python values as a person would have typed them."""
        width = max(26, *(len(row) for row in rows), 0) if rows else 26
        cells = [[typed(value) for value in row] for row in rows]
        height = max(1000, len(rows))
        sheet = Sheet(7 * len(self.sheets), title, cells, height, width, hidden)
        self.sheets.append(sheet)
        return sheet

    # ── what people do ──

    def insert(self, title: str, dimension: str, at: int, count: int = 1) -> None:
        _insert(self, self.sheet(title), dimension, at, count)

    def delete(self, title: str, dimension: str, at: int, count: int = 1) -> None:
        _delete(self, self.sheet(title), dimension, at, at + count)

    def sort(self, title: str, column: int, *, first: int = 1, backwards: bool = False) -> None:
        sheet = self.sheet(title)
        last = sheet.last()
        width = max(map(len, sheet.rows), default=0)
        body = [row + [BLANK] * (width - len(row)) for row in sheet.rows[first:last]]
        filled = [row for row in body if row[column].value is not None]
        filled.sort(key=lambda row: str(row[column].value), reverse=backwards)
        # Blank cells come last, whichever way is sorted.
        blank = [row for row in body if row[column].value is None]
        sheet.rows[first:last] = filled + blank

    # ── what the API answers ──

    def resource(self) -> dict[str, Any]:
        address = f"https://docs.google.com/spreadsheets/d/{self.key}/edit"
        about = {"title": self.title, "locale": self.locale, "timeZone": self.timezone}
        here = [mark for mark in self.marks if mark["location"]["locationType"] == "SPREADSHEET"]
        found = {"spreadsheetId": self.key, "properties": about, "spreadsheetUrl": address}
        found["sheets"] = [self._tab(at, sheet) for at, sheet in enumerate(self.sheets)]
        return found | ({"developerMetadata": here} if here else {})

    def _tab(self, at: int, sheet: Sheet) -> dict[str, Any]:
        size = {"rowCount": sheet.height, "columnCount": sheet.width}
        about = {"sheetId": sheet.number, "title": sheet.title, "index": at, "sheetType": "GRID"}
        about |= {"gridProperties": size} | ({"hidden": True} if sheet.hidden else {})
        marks = [m for m in self.marks if m["location"].get("sheetId") == sheet.number]
        parts = {
            "merges": sheet.merges, "conditionalFormats": sheet.rules, "developerMetadata": marks,
            "protectedRanges": sheet.protected,
        }  # fmt: skip
        return {"properties": about} | {name: part for name, part in parts.items() if part}

    def data(self, sheet: Sheet) -> list[dict[str, Any]]:
        """Return the grid data of a tab: formats of its cells and marks of its columns."""
        columns: list[dict[str, Any]] = [{} for _ in range(sheet.width)]
        for mark in self.marks:
            where = mark["location"].get("dimensionRange", {})
            if where.get("sheetId") == sheet.number:
                columns[where["startIndex"]].setdefault("developerMetadata", []).append(mark)
        rows = [{"values": [_format(cell) for cell in row]} if row else {} for row in sheet.rows]
        return [{"rowData": rows, "columnMetadata": columns}]

    # ── batch updates ──

    def apply(self, requests: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Carry requests out, all or none; raises RefusedError."""
        work = self._copy()
        replies = []
        for at, request in enumerate(requests):
            ((name, body),) = request.items()
            act = _ACTS.get(name)
            if act is None:
                raise RefusedError(f"Invalid requests[{at}]: {name} is not built here")
            try:
                replies.append(act(work, body) or {})
            except RefusedError as error:
                raise RefusedError(f"Invalid requests[{at}].{name}: {error}") from None
        vars(self).update(vars(work))
        return replies

    def _copy(self) -> Spreadsheet:
        sheets = []
        for sheet in self.sheets:
            rows = [row[:] for row in sheet.rows]
            others = {n: copy.deepcopy(v) for n, v in vars(sheet).items() if n != "rows"}
            sheets.append(Sheet(rows=rows, **others))
        return Spreadsheet(
            self.key, self.title, self.locale, self.timezone, sheets, copy.deepcopy(self.marks)
        )


def typed(value: Any) -> Held:
    """Return a Python value as a cell."""
    if isinstance(value, datetime):
        return Held((value - EPOCH) / timedelta(days=1), "DATE_TIME")
    if isinstance(value, date):
        return Held((value - EPOCH.date()).days, "DATE")
    if isinstance(value, timedelta):
        return Held(value / timedelta(days=1), "TIME")
    return Held(value)


def entered(value: Any) -> Any:
    """Return a value as Google takes it when it is typed; raises RefusedError for a formula."""
    if isinstance(value, str) and value.startswith("="):
        raise RefusedError("formulas are not built here")
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    return value


def _said(cell: Held) -> str | None:
    """Return a cell as text, as people see it."""
    if isinstance(cell.value, bool) or cell.value is None:
        return None if cell.value is None else str(cell.value).upper()
    if cell.kind == "DATE" and not isinstance(cell.value, str):
        return (EPOCH + timedelta(days=cell.value)).date().isoformat()
    return str(cell.value)


def _format(cell: Held) -> dict[str, Any]:
    note = {"note": cell.note} if cell.note else {}
    if not (cell.kind or cell.struck):
        return note
    entered: dict[str, Any] = {"numberFormat": {"type": cell.kind}} if cell.kind else {}
    text = {"bold": False, "strikethrough": cell.struck}  # what shows says all of it, always
    shown = {**entered, "textFormat": text}
    if cell.struck:
        entered["textFormat"] = {"strikethrough": True}
    return {"effectiveFormat": shown, "userEnteredFormat": entered, **note}


# ── the requests ─────────────────────────────────────────────────────────────────────────────


def _area(book: Spreadsheet, area: Mapping[str, int]) -> tuple[Sheet, range, range]:
    sheet = book.numbered(area.get("sheetId", 0))
    rows = range(area.get("startRowIndex", 0), area.get("endRowIndex", sheet.height))
    columns = range(area.get("startColumnIndex", 0), area.get("endColumnIndex", sheet.width))
    if rows.stop > sheet.height or columns.stop > sheet.width:
        raise RefusedError("Range exceeds grid limits.")
    return sheet, rows, columns


def _refuse_protected(sheet: Sheet, rows: range, columns: range) -> None:
    for each in sheet.protected:
        if each.get("warningOnly") or each.get("requestingUserCanEdit"):
            continue
        area = each["range"]
        top, left = area.get("startRowIndex", 0), area.get("startColumnIndex", 0)
        bottom, right = area.get("endRowIndex", sheet.height), area.get("endColumnIndex", 10**6)
        if (
            rows.start < bottom
            and top < rows.stop
            and columns.start < right
            and left < columns.stop
        ):
            raise RefusedError("You are trying to edit a protected cell or object.")


def _became(old: Held, cell: Mapping[str, Any], fields: str) -> Held:
    value, kind = old.value, old.kind
    for name in fields.split(","):
        if name in ("userEnteredValue", "*"):
            entered = cell.get("userEnteredValue", {})
            if len(entered) > 1:
                raise RefusedError("oneof value is already set")
            value = next(iter(entered.values()), None)
            value = None if value == "" else value
        if name in ("userEnteredFormat.numberFormat", "userEnteredFormat", "*"):
            kind = cell.get("userEnteredFormat", {}).get("numberFormat", {}).get("type", "")
    return old._replace(value=value, kind=kind)


def _update_cells(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    area = body.get("range")
    if area is None:
        start = body["start"]
        top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
        tall, wide = len(body["rows"]), max(len(row["values"]) for row in body["rows"])
        area = {
            "sheetId": start.get("sheetId", 0), "startRowIndex": top, "endRowIndex": top + tall,
            "startColumnIndex": left, "endColumnIndex": left + wide,
        }  # fmt: skip
    sheet, rows, columns = _area(book, area)
    if len(body["rows"]) > len(rows):
        raise RefusedError("Attempting to write outside the range.")
    _refuse_protected(sheet, rows, columns)
    for row, cells in zip(rows, body["rows"], strict=False):
        values = cells.get("values", [])
        if len(values) > len(columns):
            raise RefusedError("Attempting to write outside the range.")
        for column, cell in zip(columns, values, strict=False):
            sheet.put(row, column, _became(sheet.cell(row, column), cell, body["fields"]))


def _repeat_cell(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    sheet, rows, columns = _area(book, body["range"])
    _refuse_protected(sheet, rows, columns)
    plain = "userEnteredValue" not in body["fields"]
    for row in rows:
        if plain and row >= max(len(sheet.rows), rows.start + 1):
            break  # formats of rows that hold nothing yet are not kept here
        for column in columns:
            sheet.put(row, column, _became(sheet.cell(row, column), body["cell"], body["fields"]))


def _append_cells(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    sheet = book.numbered(body.get("sheetId", 0))
    first = sheet.last()
    sheet.height = max(sheet.height, first + len(body["rows"]))
    for row, cells in enumerate(body["rows"], first):
        for column, cell in enumerate(cells.get("values", [])):
            sheet.width = max(sheet.width, column + 1)
            sheet.put(row, column, _became(sheet.cell(row, column), cell, body["fields"]))


def _copy_paste(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    if body["pasteType"] != "PASTE_FORMAT":
        raise RefusedError("only formats are pasted here")
    sheet, rows, columns = _area(book, body["source"])
    there, down, right = _area(book, body["destination"])
    for row, to_row in zip(rows, down, strict=True):
        for column, to_column in zip(columns, right, strict=True):
            kind = sheet.cell(row, column).kind
            there.put(to_row, to_column, there.cell(to_row, to_column)._replace(kind=kind))


def _add_sheet(book: Spreadsheet, body: Mapping[str, Any]) -> dict[str, Any]:
    about = body["properties"]
    if any(sheet.title == about["title"] for sheet in book.sheets):
        raise RefusedError(f'A sheet with the name "{about["title"]}" already exists.')
    if any(sheet.number == about["sheetId"] for sheet in book.sheets):
        raise RefusedError("A sheet with this id exists.")
    size = about.get("gridProperties", {})
    new = Sheet(about["sheetId"], about["title"], [], size["rowCount"], size["columnCount"])
    book.sheets.append(new)
    return {"addSheet": {"properties": {"sheetId": new.number, "title": new.title}}}


def _set_validation(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    sheet, rows, columns = _area(book, body["range"])
    kind = body["rule"]["condition"]["type"]
    for row in rows:
        for column in columns:
            sheet.put(row, column, sheet.cell(row, column)._replace(offer=kind))


def _create_mark(book: Spreadsheet, body: Mapping[str, Any]) -> dict[str, Any]:
    mark = copy.deepcopy(dict(body["developerMetadata"]))
    if "metadataKey" not in mark or "visibility" not in mark:
        raise RefusedError("Developer metadata must have a key and a visibility.")
    taken = {each["metadataId"] for each in book.marks}
    number = mark.setdefault("metadataId", max(taken, default=0) + 1)
    if number in taken:
        raise RefusedError(f"The metadata ID {number} already exists.")
    where = mark["location"]
    kinds = {"dimensionRange": "COLUMN", "sheetId": "SHEET", "spreadsheet": "SPREADSHEET"}
    ((name, _),) = where.items()
    where["locationType"] = kinds[name]
    book.marks.append(mark)
    return {"createDeveloperMetadata": {"developerMetadata": mark}}


def _delete_mark(book: Spreadsheet, body: Mapping[str, Any]) -> dict[str, Any]:
    number = body["dataFilter"]["developerMetadataLookup"]["metadataId"]
    gone = [mark for mark in book.marks if mark["metadataId"] == number]
    book.marks = [mark for mark in book.marks if mark["metadataId"] != number]
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": gone}}


def _add_rule(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    rule = copy.deepcopy(dict(body["rule"]))
    book.numbered(rule["ranges"][0].get("sheetId", 0)).rules.insert(body.get("index", 0), rule)


def _delete_rule(book: Spreadsheet, body: Mapping[str, Any]) -> dict[str, Any]:
    sheet = book.numbered(body.get("sheetId", 0))
    if body.get("index", 0) >= len(sheet.rules):
        raise RefusedError("No conditional format on this sheet at that index.")
    return {"deleteConditionalFormatRule": {"rule": sheet.rules.pop(body.get("index", 0))}}


def _append_dimension(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    sheet = book.numbered(body.get("sheetId", 0))
    if body["dimension"] == "ROWS":
        sheet.height += body["length"]
    else:
        sheet.width += body["length"]


def _insert_dimension(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    where = body["range"]
    count = where["endIndex"] - where["startIndex"]
    sheet = book.numbered(where.get("sheetId", 0))
    _insert(book, sheet, where["dimension"], where["startIndex"], count)


def _delete_dimension(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    where = body["range"]
    sheet = book.numbered(where.get("sheetId", 0))
    _delete(book, sheet, where["dimension"], where["startIndex"], where["endIndex"])


def _insert(book: Spreadsheet, sheet: Sheet, dimension: str, at: int, count: int) -> None:
    if dimension == "ROWS":
        sheet.rows[at:at] = [[] for _ in range(count)] if at <= len(sheet.rows) else []
        sheet.height += count
    else:
        for row in sheet.rows:
            if at < len(row):
                row[at:at] = [BLANK] * count
        sheet.width += count
    _shift(book, sheet, dimension, lambda index: index + count if index >= at else index)


def _delete(book: Spreadsheet, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    if dimension == "ROWS":
        del sheet.rows[start:end]
        sheet.height -= end - start
    else:
        for row in sheet.rows:
            del row[start:end]
        sheet.width -= end - start
        book.marks = [mark for mark in book.marks if not _in(mark, sheet, start, end)]
    _shift(book, sheet, dimension, lambda index: index - min(max(index - start, 0), end - start))


def _in(mark: Mapping[str, Any], sheet: Sheet, start: int, end: int) -> bool:
    where = mark["location"].get("dimensionRange", {})
    return where.get("sheetId") == sheet.number and start <= where["startIndex"] < end


def _shift(book: Spreadsheet, sheet: Sheet, dimension: str, moved: Callable[[int], int]) -> None:
    """Let marks and ranges of rules follow rows or columns that moved."""
    name = "Row" if dimension == "ROWS" else "Column"
    for mark in book.marks:
        where = mark["location"].get("dimensionRange", {})
        if where.get("sheetId") == sheet.number and where["dimension"] == dimension:
            where["startIndex"] = moved(where["startIndex"])
            where["endIndex"] = where["startIndex"] + 1
    for area in (area for rule in sheet.rules for area in rule["ranges"]):
        for side in (f"start{name}Index", f"end{name}Index"):
            if side in area:
                area[side] = moved(area[side])


def _nothing(book: Spreadsheet, body: Mapping[str, Any]) -> None:
    """Take a request that changes only looks which are not kept here."""


_ACTS: Mapping[str, Callable[[Spreadsheet, Mapping[str, Any]], dict[str, Any] | None]] = {
    "updateCells": _update_cells,
    "repeatCell": _repeat_cell,
    "appendCells": _append_cells,
    "copyPaste": _copy_paste,
    "addSheet": _add_sheet,
    "setDataValidation": _set_validation,
    "createDeveloperMetadata": _create_mark,
    "deleteDeveloperMetadata": _delete_mark,
    "addConditionalFormatRule": _add_rule,
    "deleteConditionalFormatRule": _delete_rule,
    "appendDimension": _append_dimension,
    "insertDimension": _insert_dimension,
    "deleteDimension": _delete_dimension,
    "updateDimensionProperties": _nothing,
}


# ── ranges in A1 notation ────────────────────────────────────────────────────────────────────

_CELLS = re.compile(r"([A-Z]*)(\d*)(?::([A-Z]*)(\d*))?")


def ranged(book: Spreadsheet, text: str) -> tuple[Sheet, range, range]:
    """Return the sheet, rows and columns of a range such as ``'My tab'!A1:B2``."""
    title, _, cells = text.rpartition("!") if "!" in text else (text, "", "")
    plain = title[1:-1].replace("''", "'") if title.startswith("'") else title
    found = [sheet for sheet in book.sheets if sheet.title == plain]
    if not found:
        raise RefusedError(f"Unable to parse range: {text}")
    sheet = found[0]
    match = _CELLS.fullmatch(cells.upper())
    if match is None:
        raise RefusedError(f"Unable to parse range: {text}")
    left, top, right, bottom = match.groups()
    if right is None and bottom is None and cells:
        right, bottom = left, top
    if right and bottom and (number(right), int(bottom)) < (number(left), int(top)):
        left, top, right, bottom = right, bottom, left, top
    rows = range(int(top or 1) - 1, int(bottom) if bottom else sheet.height)
    columns = range(number(left or "A"), number(right) + 1 if right else sheet.width)
    if max(rows.start, rows.stop - 1) >= sheet.height or columns.stop > sheet.width:
        size = f"Max rows: {sheet.height}, max columns: {sheet.width}"
        raise RefusedError(f"Range ({text}) exceeds grid limits. {size}")
    return sheet, rows, columns


def number(letters: str) -> int:
    found = 0
    for letter in letters:
        found = 26 * found + ord(letter) - 64
    return found - 1


def letters(column: int) -> str:
    found, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def name_of(sheet: Sheet, rows: range, columns: range) -> str:
    plain = re.fullmatch(r"[A-Za-z_]\w*", sheet.title)
    title = sheet.title if plain else "'" + sheet.title.replace("'", "''") + "'"
    first, last = (
        f"{letters(columns.start)}{rows.start + 1}",
        f"{letters(columns.stop - 1)}{rows.stop}",
    )
    return f"{title}!{first}:{last}" if first != last else f"{title}!{first}"


def values_of(
    sheet: Sheet, rows: range, columns: range, *, formatted: bool = False
) -> Iterator[list[Any]]:
    """Yield the values of a range, without what is blank at the ends."""
    found: list[list[Any]] = []
    for row in sheet.shown(formatted=formatted)[rows.start : rows.stop]:
        cells = list(row[columns.start : columns.stop])
        while cells and cells[-1] == "":
            cells.pop()
        found.append(cells)
    while found and not found[-1]:
        found.pop()
    return iter(found)
