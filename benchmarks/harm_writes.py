"""What is written into each workbook, and what its cells must show afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from harm_columns import Beside, beside
from harm_proof import Where
from harm_readers import Values
from harm_xml import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    Node,
    Place,
    area_of,
    cells_of,
    child,
    children,
    links_of,
    local,
    parsed,
    rows_of,
    tables_of,
    target,
    within,
    workbook_part,
)

from collector.model import (
    AddColumn,
    AddTab,
    AppendRows,
    Cell,
    Change,
    Edit,
    Highlight,
    HighlightRule,
    column_letters,
)
from collector.sheets import open_workbook
from collector.sheets.excel import ExcelWorkbook

NEW_TAB: Final = "Collector's own 待发"
_TEXT: Final = "written by <Collector> & 催收"
_DAY: Final = date(2026, 11, 20)
_ROW: Final = ("appended <row>", 1234.5, _DAY)
_NEW_ROWS: Final = [["Customer", "Amount", "Approve?"], ["Acme & Söhne", 12.5, "yes"]]
_RULES: Final = (HighlightRule(0, "Overdue", "overdue"), HighlightRule(1, "Stop", "stop"))


@dataclass
class Written:
    """What was written: ``cells`` of ``tab`` with their values, the ``proof`` of where, harms."""

    tab: str = ""
    cells: dict[Place, Cell] = field(default_factory=dict)
    proof: Where | None = None
    harms: list[str] = field(default_factory=list)


def write(path: Path) -> Written:
    """Write four cells, columns beside a table, a row, a highlight and a tab.

    Raises what Collector refuses with.
    """
    book = open_workbook(str(path), backups=0)
    visible = [tab.name for tab in book.tabs() if tab.visible]
    if not visible:
        changes = _new_tab()
        book.write(changes, expect={})
        return Written(harms=_again(book, changes))
    tab, old, part = _tab(path, visible)
    columns = beside(path, part, old, book.read(tab))
    cells = _chosen(old, _headings(path, part), columns)
    added = columns.changes() if columns else []
    last = _last_held(old, cells | (columns.cells() if columns else {}))
    repeatable = [*added, *_edits(tab, cells), _highlight(tab, last), *_new_tab()]
    rows = [_ROW] if last < LAST_ROW else []
    row = AppendRows(tab, (0, 1, 2), ("text", "money", "date"), rows)
    written = book.write([*repeatable, row], expect={tab: book.fingerprint()})
    appended, found = _appended(path, part, old, last) if rows else ({}, [])
    for place in written.kept:
        found.append(f"{place} was kept, but holds no formula")
    ours = cells | (columns.cells() if columns else {})
    wrote = _where(part, ours, appended, columns)
    return Written(tab, ours | appended, wrote, found + _again(book, repeatable))


def _where(
    part: str, cells: Mapping[Place, Cell], appended: Mapping[Place, Cell], columns: Beside | None
) -> Where:
    numbers = frozenset(c.column for c in columns.columns if c.new) if columns else frozenset()
    table = columns.table if columns else ""
    return Where(part, frozenset(cells), frozenset(appended), numbers, table, len(_RULES))


def _again(book: ExcelWorkbook, changes: Sequence[Change]) -> list[str]:
    return ["the same again changes something"] if book.write(changes, expect={}).replaced else []


def _edits(tab: str, cells: Mapping[Place, Cell]) -> list[Change]:
    return [
        Edit(tab, f"{column_letters(column)}{row}", value) for (row, column), value in cells.items()
    ]


def _highlight(tab: str, last: int) -> Highlight:
    return Highlight(tab, 2, max(last, 3), 0, 3, _RULES)


def _new_tab() -> list[Change]:
    headings = enumerate(("customer", "amount", "approve"))
    return [
        AddTab(NEW_TAB, "harm", {2: ("yes", "no")}),
        *(AddColumn(NEW_TAB, at, 1, key, str(_NEW_ROWS[0][at]), "text") for at, key in headings),
        *(Edit(NEW_TAB, f"{'ABC'[at]}2", value) for at, value in enumerate(_NEW_ROWS[1])),
    ]


# ── which cells ──────────────────────────────────────────────────────────────────────────────


def _tab(path: Path, visible: Sequence[str]) -> tuple[str, Node, str]:
    """Return the first tab that holds anything and has room below it, failing that the first."""
    found = [(tab, *_sheet(path, tab)) for tab in visible]
    room = [each for each in found if _last_held(each[1], {}) < LAST_ROW]
    filled = (each for each in room if _last_held(each[1], {}))
    return next(filled, (room or found)[0])


def _sheet(path: Path, tab: str) -> tuple[Node, str]:
    """Return a tab's XML and its part's name, found through the workbook's relations."""
    book = workbook_part(path)
    sheets = child(parsed(path, book), "sheets")
    assert sheets is not None
    node = next(each for each in children(sheets) if each.get("name") == tab)
    link = next(value for key, value in node.attrib.items() if key.endswith("relationships}id"))
    part = next(target(book, each) for each in links_of(path, book) if each.get("Id") == link)
    return parsed(path, part), part


def _headings(path: Path, part: str) -> set[int]:
    """Return the rows of headings of the sheet's table objects, which name their columns."""
    areas = (area_of(table.get("ref")) for table in tables_of(path, part).values())
    return {area[0] for area in areas if area}


def _chosen(sheet: Node, headings: set[int], columns: Beside | None) -> dict[Place, Cell]:
    """Choose two cells that hold a value of the team's, and two that are not there yet."""
    taken = list(_areas(sheet))
    for column in columns.columns if columns else ():
        taken.append((1, column.column, LAST_ROW, column.column))
    free: list[Place] = []
    there: set[Place] = set()
    widest: dict[int, int] = {}
    for number, row in rows_of(sheet).items():
        for column, cell in cells_of(row).items():
            there.add((number, column))
            widest[number] = max(widest.get(number, 0), column)
            if _plain(cell) and number not in headings and not _inside((number, column), taken):
                free.append((number, column))
    existing = free[:1] + free[-1:] if len(free) > 1 else free
    rows = [number for number in widest if number not in headings] or [max(headings, default=0) + 3]
    new = _blank(rows[0], widest, there, taken), _blank(rows[-1], widest, there, taken)
    values: list[Cell] = [_TEXT, 1234.5, _DAY, True]
    places = [*existing, *dict.fromkeys(place for place in new if place)]
    return dict(zip(places, values, strict=False))


def _blank(
    row: int, widest: Mapping[int, int], there: set[Place], taken: Sequence[Area]
) -> Place | None:
    """Return a place right of the row's cells, or failing that between them."""
    beyond = widest.get(row, 0) + 2
    columns = [beyond] if beyond <= LAST_COLUMN else []
    for column in [*columns, *range(LAST_COLUMN)]:
        if (row, column) not in there and not _inside((row, column), taken):
            return row, column
    return None


def _plain(cell: Node) -> bool:
    """Tell whether a cell holds just a value: no formula, no picture, no other rich value."""
    held = child(cell, "v") is not None or child(cell, "is") is not None
    return held and child(cell, "f") is None and not {"cm", "vm"} & set(cell.attrib)


def _inside(place: Place, areas: Sequence[Area]) -> bool:
    return any(within(place, area) for area in areas)


def _areas(sheet: Node) -> Iterator[Area]:
    """Yield ranges whose cells are not each their own: merged, or filled by one formula."""
    for node in sheet.iter():
        if isinstance(node.tag, str) and (
            local(node) == "mergeCell" or (local(node) == "f" and node.get("t") != "shared")
        ):
            area = area_of(node.get("ref"))
            if area:
                yield area


# ── where the row went ───────────────────────────────────────────────────────────────────────


def _last_held(sheet: Node, cells: Mapping[Place, Cell]) -> int:
    held = [number for number, row in rows_of(sheet).items() if any(map(_holds, children(row)))]
    return max([0, *held, *(row for row, _ in cells)])


def _holds(cell: Node) -> bool:
    value = child(cell, "v")
    return (
        child(cell, "f") is not None
        or child(cell, "is") is not None
        or (value is not None and bool(value.text))
    )


def _appended(path: Path, part: str, old: Node, last: int) -> tuple[dict[Place, Cell], list[str]]:
    """Return the cells of the appended row, and what is wrong with its place."""
    rows = rows_of(parsed(path, part))
    held = [number for number, row in rows.items() if any(map(_holds, children(row)))]
    place = max(held, default=0)
    cells: dict[Place, Cell] = {(place, column): value for column, value in enumerate(_ROW)}
    wrong = []
    if place <= last:
        wrong.append(f"no row was appended below row {last}")
    merges = [area for area in _areas(old) if area[2] > last]
    if place != last + 1 and not merges and not _has_tables(old):
        wrong.append(f"the row went to {place}, not to {last + 1}")
    return cells, wrong


def _has_tables(sheet: Node) -> bool:
    return child(sheet, "tableParts") is not None


# ── what a reader shows ──────────────────────────────────────────────────────────────────────


def other_values(old: Values, new: Values, where: Written) -> list[str]:
    """Return what another reader shows otherwise than it should; tabs it cannot read are left."""
    wrong = []
    for tab, (reader, rows) in old.items():
        again, after = new.get(tab, ("", []))
        ours = where.cells if tab == where.tab else {}
        if not again:
            wrong.append(f"{tab} can no longer be read")
        elif again == reader:
            wrong += [
                f"{tab}!{_address(at)}: another value" for at in _differing(rows, after, ours)
            ]
    after = new[where.tab][1] if where.tab in new else None
    for place, value in where.cells.items() if after is not None else ():
        if _shown(after, place[0] - 1, place[1]) != value:
            wrong.append(f"{where.tab}!{_address(place)}: not what was written")
    if new and not has_new_tab(new):
        wrong.append("the new tab is not there as written")
    return wrong


def _address(place: Place) -> str:
    return f"{column_letters(place[1])}{place[0]}"


def has_new_tab(values: Values) -> bool:
    return values.get(NEW_TAB, ("", []))[1] == _NEW_ROWS


def _differing(
    old: Sequence[Sequence[object]], new: Sequence[Sequence[object]], ours: Mapping[Place, Cell]
) -> Iterator[Place]:
    for row in range(max(len(old), len(new))):
        wide = max((len(rows[row]) for rows in (old, new) if row < len(rows)), default=0)
        for column in range(wide):
            if (row + 1, column) not in ours and repr(_shown(old, row, column)) != repr(
                _shown(new, row, column)
            ):
                yield row + 1, column


def _shown(rows: Sequence[Sequence[object]], row: int, column: int) -> object:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
