"""What lies over a worksheet's cells: table objects, their totals, and what fills cells itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from collector.sheets.package import spilled
from collector.sheets.package.contents import Package, Sheet, named_child
from collector.sheets.package.markup import root
from collector.sheets.package.scan import Frame
from collector.sheets.package.worksheet import parse_area

Area = tuple[int, int, int, int]

_FILLS: Final = re.compile(rb"\bt\s*=\s*[\"'](?:array|dataTable)[\"']")


@dataclass(slots=True)
class Objects:
    """Where things lie: zero-based, inclusive first row, first column, last row, last column.

    ``tables`` are the table objects with a heading row, ``totals`` the totals rows of any,
    ``filled`` what a formula, a pivot table or a table object without headings fills.
    """

    tables: list[Area] = field(default_factory=list)
    totals: list[Area] = field(default_factory=list)
    filled: list[Area] = field(default_factory=list)


def objects_of(package: Package, sheet: Sheet, frame: Frame, xml: Callable[[], bytes]) -> Objects:
    """Return what lies on a worksheet; what is in a part that is lost is nowhere."""
    found = Objects()
    for part in _parts(package, sheet, "table"):
        _add_table(found, part)
    for part in _parts(package, sheet, "pivotTable"):
        top = root(part)
        location = named_child(top, "location") if top else None
        area = parse_area(location.attributes.get("ref", "")) if location else None
        found.filled += [_zero_based(area)] if area else []
    if frame.formulas and _FILLS.search(rows := xml()):
        found.filled += map(_zero_based, spilled.areas(rows, frame.prefix))
    return found


def _parts(package: Package, sheet: Sheet, kind: str) -> Iterator[bytes]:
    entries = map(package.archive.find, package.related(sheet.part, kind))
    return (package.archive.read(entry) for entry in entries if entry)


def _zero_based(area: Area) -> Area:
    return area[0] - 1, area[1], area[2] - 1, area[3]


def _add_table(found: Objects, part: bytes) -> None:
    top = root(part)
    area = parse_area(top.attributes.get("ref", "")) if top else None
    if top is None or area is None:
        return
    first, left, last, right = _zero_based(area)
    headed = top.attributes.get("headerRowCount", "1") != "0"
    (found.tables if headed else found.filled).append((first, left, last, right))
    count = top.attributes.get("totalsRowCount", "0")
    if count.isdigit() and 0 < int(count) <= last - first:
        found.totals.append((last - int(count) + 1, left, last, right))
