"""What is wrong with a worksheet in itself: the order of its elements, its rows and its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from harm_xml import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    Node,
    Place,
    area_of,
    child,
    children,
    column_number,
    local,
    merged,
    overlap,
    within,
)

_ORDER: Final = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects",
    "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_COUNTED: Final = ("mergeCells", "dataValidations", "tableParts")
_CELL: Final = ("f", "v", "is", "extLst")
_VALUES: Final = {
    "n": re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*"),
    "s": re.compile(r"\s*\d+\s*"),
    "b": re.compile(r"\s*([01]|true|false)\s*"),
}
_ADDRESS: Final = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True, slots=True)
class Known:
    """How many there are of each group of styles, by its name, and of shared texts."""

    sizes: Mapping[str, int]
    texts: int


@dataclass(slots=True)
class _Seen:
    """The corners of what a walk over the cells met, and what shared formulas it met."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    first: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)


def out_of_order(
    nodes: Iterable[Node], order: Sequence[str], often: Sequence[str]
) -> Iterator[str]:
    """Yield the elements that stand behind one they belong before, or are there twice."""
    last, behind = -1, ""
    for name in map(local, nodes):
        at = order.index(name) if name in order else -1
        if at < 0:
            continue
        if at < last:
            yield f"{name} stands behind {behind}"
        elif at == last and name not in often:
            yield f"{name} is there twice"
        else:
            last, behind = at, name


def sheet_faults(sheet: Node, known: Known) -> Iterator[str]:
    """Yield what is wrong with a worksheet."""
    yield from out_of_order(children(sheet), _ORDER, ("conditionalFormatting",))
    seen = _Seen()
    data = child(sheet, "sheetData")
    if data is None:
        yield "it has no rows element"
    else:
        yield from _rows(data, known, seen)
    yield from _dimension(sheet, seen)
    yield from _merges(sheet)
    yield from _columns(sheet, known)
    yield from _formats(sheet, known)
    for name in _COUNTED:
        yield from miscounted(child(sheet, name))


def miscounted(group: Node | None) -> Iterator[str]:
    """Yield when a group says another number than it has."""
    if group is not None and group.get("count") not in (None, str(len(children(group)))):
        yield f"{local(group)} are counted wrongly"


# ── rows and cells ───────────────────────────────────────────────────────────────────────────


def _rows(data: Node, known: Known, seen: _Seen) -> Iterator[str]:
    last = 0
    for row in children(data):
        number = _number(row.get("r"), last + 1)
        if number == last:
            yield f"row {number} is there twice"
        elif not last < number <= LAST_ROW:
            yield f"row {number} stands behind row {last}"
        last = number
        if row.get("s") and not _among(row.get("s"), known.sizes["cellXfs"]):
            yield f"row {number} has a style that is not there"
        yield from _cells(row, number, known, seen)
    yield from (f"the shared formula {number} is not there" for number in seen.shared - seen.first)


def _number(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isdigit() else otherwise


def _cells(row: Node, number: int, known: Known, seen: _Seen) -> Iterator[str]:
    last = -1
    for cell in row:
        if not isinstance(cell.tag, str) or local(cell) != "c":
            continue
        column, line = _place(cell, last + 1, number)
        if column == last:
            yield f"row {number}, column {column + 1} is there twice"
        elif not last < column <= LAST_COLUMN:
            yield f"row {number}, column {column + 1} stands behind column {last + 1}"
        if line != number:
            yield f"row {number} holds a cell of row {line}"
        last = column
        seen.columns.append(column)
        for what in _cell(cell, known, seen):
            yield f"row {number}, column {column + 1}: {what}"
    if last >= 0:
        seen.rows.append(number)


def _place(cell: Node, column: int, row: int) -> tuple[int, int]:
    found = _ADDRESS.fullmatch(cell.get("r") or "")
    return (column_number(found[1]), int(found[2])) if found else (column, row)


def _cell(cell: Node, known: Known, seen: _Seen) -> Iterator[str]:
    style, kind = cell.get("s"), cell.get("t", "n")
    if style is not None and not _among(style, known.sizes["cellXfs"]):
        yield "its style is not there"
    inside = children(cell)
    if not inside:
        return
    yield from out_of_order(inside, _CELL, ())
    parts = {local(node): node for node in inside}
    if "f" in parts:
        _note_formula(parts["f"], seen)
    value = parts["v"].text if "v" in parts else None
    if value and kind in _VALUES and not _VALUES[kind].fullmatch(value):
        yield f"its value is none of type {kind}"
    elif value and kind == "s" and not _among(value.strip(), known.texts):
        yield "its text is not there"
    if kind == "inlineStr" and "is" not in parts:
        yield "it says that it holds a text, and holds none"


def _note_formula(formula: Node, seen: _Seen) -> None:
    if formula.get("t") == "shared":
        number = formula.get("si", "")
        seen.shared.add(number)
        if formula.text:
            seen.first.add(number)


def _among(said: str | None, size: int) -> bool:
    return bool(said) and said.isdigit() and int(said) < max(size, 1)


# ── around the cells ─────────────────────────────────────────────────────────────────────────


def _dimension(sheet: Node, seen: _Seen) -> Iterator[str]:
    said = child(sheet, "dimension")
    if said is None or not seen.rows:
        return
    area = area_of(said.get("ref"))
    corners: list[Place] = [
        (min(seen.rows), min(seen.columns)), (max(seen.rows), max(seen.columns)),
    ]  # fmt: skip
    if area is None or not all(within(corner, area) for corner in corners):
        yield "its dimension does not cover its cells"


def _merges(sheet: Node) -> Iterator[str]:
    last: list[Area] = []
    for area in sorted(merged(sheet)):
        last = [other for other in last if other[2] >= area[0]]
        if any(overlap(area, other) for other in last):
            yield f"a merged range at row {area[0]}, column {area[1] + 1} lies over another"
        last.append(area)


def _columns(sheet: Node, known: Known) -> Iterator[str]:
    group, last = child(sheet, "cols"), 0
    for node in children(group) if group is not None else ():
        first, final = _number(node.get("min"), 0), _number(node.get("max"), 0)
        if not last < first <= final <= LAST_COLUMN + 1:
            yield f"the columns {first} to {final} lie over others or beyond the edge"
        if node.get("style") and not _among(node.get("style"), known.sizes["cellXfs"]):
            yield f"the columns {first} to {final} have a style that is not there"
        last = final


def _formats(sheet: Node, known: Known) -> Iterator[str]:
    """Yield what is wrong with the conditional formats."""
    priorities = Counter(_extended_priorities(sheet))
    for node in children(sheet):
        if local(node) != "conditionalFormatting":
            continue
        areas = (node.get("sqref") or "").split()
        if not areas or not all(map(_within_sheet, areas)):
            yield f"a conditional format covers {areas}"
        for rule in children(node):
            priorities[rule.get("priority", "")] += 1
            if rule.get("dxfId") and not _among(rule.get("dxfId"), known.sizes["dxfs"]):
                yield f"the conditional format {rule.get('priority')} has a look that is not there"
            if rule.get("type") == "expression" and child(rule, "formula") is None:
                yield f"the conditional format {rule.get('priority')} has no formula"
    for priority, times in priorities.items():
        if not priority.isdigit() or priority == "0":
            yield f"a conditional format has the priority {priority!r}"
        elif times > 1:
            yield f"{times} conditional formats have the priority {priority}"


def _extended_priorities(sheet: Node) -> Iterator[str]:
    """Yield the priorities of the newer conditional formats, which share one order with ours."""
    more = child(sheet, "extLst")
    for node in more.iter() if more is not None else ():
        if isinstance(node.tag, str) and local(node) == "cfRule" and node.get("priority"):
            yield node.get("priority", "")


def _within_sheet(ref: str) -> bool:
    area = area_of(ref)
    if area is None:  # whole columns or rows
        return re.fullmatch(r"\$?[A-Z]+:\$?[A-Z]+|\$?\d+:\$?\d+", ref) is not None
    return area[0] <= area[2] <= LAST_ROW and area[1] <= area[3] <= LAST_COLUMN
