"""What is wrong with table objects in themselves: they must say the same as their cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from harm_faults_sheet import miscounted, out_of_order
from harm_xml import (
    LAST_COLUMN,
    LAST_ROW,
    Area,
    Node,
    area_of,
    cells_of,
    child,
    children,
    local,
    merged,
    overlap,
    rows_of,
)

_ORDER: Final = ("autoFilter", "sortState", "tableColumns", "tableStyleInfo", "extLst")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def table_faults(table: Node, sheet: Node, texts: Node | None) -> Iterator[str]:
    """Yield what is wrong with a table object of a worksheet; ``texts`` are the shared ones."""
    yield from out_of_order(children(table), _ORDER, ())
    area = area_of(table.get("ref"))
    if area is None or not (area[0] <= area[2] <= LAST_ROW and area[1] <= area[3] <= LAST_COLUMN):
        yield f"it lies at {table.get('ref')}"
        return
    group = child(table, "tableColumns")
    columns = children(group) if group is not None else []
    yield from miscounted(group)
    if len(columns) != area[3] - area[1] + 1:
        yield "it has another number of columns than its extent"
    for about in ("name", "id"):
        said = Counter(node.get(about, "").casefold() for node in columns)
        yield from (f"{n} columns have the {about} {what!r}" for what, n in said.items() if n > 1)
    yield from _filter(table, area)
    if any(overlap(area, other) for other in merged(sheet)):
        yield "it lies over a merged range"
    if table.get("headerRowCount", "1") != "0":
        yield from _headings(columns, area, sheet, texts)


def _filter(table: Node, area: Area) -> Iterator[str]:
    found = child(table, "autoFilter")
    totals = int(table.get("totalsRowCount", "0"))
    wanted = (area[0], area[1], area[2] - totals, area[3])
    if found is not None and area_of(found.get("ref")) != wanted:
        yield "its filter is not over its rows"


def _headings(
    columns: Sequence[Node], area: Area, sheet: Node, texts: Node | None
) -> Iterator[str]:
    row = rows_of(sheet).get(area[0])
    cells = cells_of(row) if row is not None else {}
    for at, column in enumerate(columns, area[1]):
        shown = _text(cells[at], texts) if at in cells else ""
        if _plain(column.get("name", "")) != _plain(shown):
            yield f"its column {at + 1} is called otherwise than the cell says"


def _text(cell: Node, texts: Node | None) -> str:
    value, kind = child(cell, "v"), cell.get("t", "n")
    inline = child(cell, "is")
    if kind == "inlineStr" and inline is not None:
        return _runs(inline)
    said = (value.text or "") if value is not None else ""
    if kind == "s" and said.strip().isdigit() and texts is not None and int(said) < len(texts):
        return _runs(children(texts)[int(said)])
    return said


def _runs(node: Node) -> str:
    """Return a text without its formats and without the guide to its pronunciation."""
    found = [
        each.text or ""
        for each in node.iter()
        if isinstance(each.tag, str) and local(each) == "t" and local(each.getparent()) != "rPh"
    ]
    return "".join(found)


def _plain(text: str) -> str:
    """Return a heading regardless of how its line ends are written."""
    shown = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return " ".join(shown.split())


def tables_together(tables: Sequence[Node]) -> Iterator[str]:
    """Yield what all the tables of a workbook must not have in common."""
    for about in ("id", "displayName"):
        said = Counter(node.get(about, "").casefold() for node in tables)
        yield from (f"{n} have the {about} {what!r}" for what, n in said.items() if n > 1)
