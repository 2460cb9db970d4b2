"""Proves, part by part, that a written workbook differs from its former self only where we wrote.

Nothing here uses Collector's own reading of packages: zipfile and lxml look at both files.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from harm_faults import new_faults
from harm_xml import (
    Node,
    Place,
    area_of,
    cells_of,
    child,
    children,
    folded,
    linked,
    local,
    merged,
    packed,
    parsed,
    rows_of,
    said,
    within,
    workbook_part,
)
from lxml import etree

_MARK: Final = 'N("collector")=0'
OUR_NAMES: Final = "_collector"
_GROWING: Final = ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs")


@dataclass(frozen=True, slots=True)
class Where:
    """What was written: the tab's part, the cells set in it and those of rows appended.

    ``columns`` are those that became ours, ``table`` is the part of the table object beside which
    they stand, and ``rules`` is how many of our conditional formats there must be.
    """

    part: str
    cells: frozenset[Place] = frozenset()
    appended: frozenset[Place] = frozenset()
    columns: frozenset[int] = frozenset()
    table: str = ""
    rules: int = 0

    @property
    def places(self) -> frozenset[Place]:
        """All cells that are ours to write."""
        return self.cells | self.appended


# ── the whole file ───────────────────────────────────────────────────────────────────────────


def harms(before: Path, after: Path, where: Where | None) -> Iterator[str]:
    """Yield a sentence for each difference that is none of our business, and each new fault."""
    yield from _differences(before, after, where)
    yield from new_faults(before, after)
    if where:
        yield from _styles_lost(before, after, where)
        yield from _unmarked(after, where)


def _differences(before: Path, after: Path, where: Where | None) -> Iterator[str]:
    old, new = packed(before), packed(after)
    with zipfile.ZipFile(after) as archive:
        bad = archive.testzip()
        if bad:
            yield f"{bad}: its checksum does not hold"
    if list(new)[: len(old)] != list(old):
        yield "entries are missing or in another order"
        return
    added = list(new)[len(old) :]
    yield from _unexpected(added)
    workbook = folded(workbook_part(after))
    for name in old:
        if old[name] != new[name]:
            yield from (
                f"{name}: {what}"
                for what in _different(name, before, after, workbook, where, added)
            )


def _unexpected(added: Sequence[str]) -> Iterator[str]:
    for name in added:
        if not re.search(r"(worksheets/sheet\d+|styles\d*)\.xml$", name):
            yield f"{name}: a part nobody asked for"


def _different(
    name: str, before: Path, after: Path, workbook: str, where: Where | None, added: Sequence[str]
) -> Iterator[str]:
    old, new = parsed(before, name), parsed(after, name)
    if (old.tag, dict(old.attrib)) != (new.tag, dict(new.attrib)) and local(old) != "table":
        yield "its root says something else"
    kind = local(old)
    if where and folded(name) == folded(where.part):
        yield from _sheet(old, new, where)
    elif folded(name) == workbook:
        yield from _workbook(old, new)
    elif kind == "styleSheet":
        yield from _styles(old, new)
    elif kind in ("Types", "Relationships"):
        yield from _grown(old, new, [posixpath.basename(part) for part in added])
    elif kind == "table" and where and _is_of(name, before, where):
        yield from _table(name, old, new, where)
    else:
        yield "a part that is none of our business"


def _grown(old: Node, new: Node, added: Sequence[str]) -> Iterator[str]:
    first, second = [*map(said, children(old))], [*map(said, children(new))]
    if second[: len(first)] != first:
        yield "what it listed is not there as it was"
    for more in second[len(first) :]:
        if not any(name.encode() in more for name in added):
            yield f"it lists {more.decode()[:80]}"


# ── the workbook and its styles ──────────────────────────────────────────────────────────────


def _workbook(old: Node, new: Node) -> Iterator[str]:
    after = {local(node): node for node in children(new)}
    for node in children(old):
        again = after.pop(local(node), None)
        if again is None:
            yield f"{local(node)} is gone"
        else:
            yield from _book_element(node, again)
    for name in after.keys() - {"definedNames", "calcPr"}:
        yield f"{name} is new"


def _book_element(old: Node, new: Node) -> Iterator[str]:
    name = local(old)
    if name == "sheets":
        first, second = [*map(said, children(old))], [*map(said, children(new))]
        if second[: len(first)] != first or len(second) > len(first) + 1:
            yield "sheets are not as they were"
        return
    if name == "definedNames":
        yield from _names(old, new)
        return
    if name == "calcPr":
        for node in (old, new):
            node.attrib.pop("fullCalcOnLoad", None)
    if said(old) != said(new):
        yield f"{name} is not as it was"


def _names(old: Node, new: Node) -> Iterator[str]:
    kept = [node for node in children(new) if not node.get("name", "").startswith(OUR_NAMES)]
    theirs = [node for node in children(old) if not node.get("name", "").startswith(OUR_NAMES)]
    if [*map(said, kept)] != [*map(said, theirs)]:
        yield "names are not as they were"


def _unmarked(after: Path, where: Where) -> Iterator[str]:
    """Yield columns of ours that no name marks, and which would be taken for the team's."""
    names = child(parsed(after, workbook_part(after)), "definedNames")
    marks = [node for node in children(names) if _marks(node)] if names is not None else []
    cells = [area_of((node.text or "").rpartition("!")[2]) for node in marks]
    for column in sorted(where.columns - {cell[1] for cell in cells if cell}):
        yield f"column {column + 1} is not marked as ours"


def _marks(name: Node) -> bool:
    return name.get("name", "").startswith(f"{OUR_NAMES}.") and name.get("localSheetId") is not None


def _styles(old: Node, new: Node) -> Iterator[str]:
    before = {local(node): node for node in children(old)}
    for node in children(new):
        name = local(node)
        was = before.pop(name, None)
        if was is None:
            if name not in _GROWING:
                yield f"{name} is new"
        elif name in _GROWING:
            first, second = [*map(said, children(was))], [*map(said, children(node))]
            if second[: len(first)] != first:
                yield f"{name} are not in their places"
            if node.get("count") != str(len(second)) and said(was) != said(node):
                yield f"{name} are counted wrongly"
        elif said(was) != said(node):
            yield f"{name} is not as it was"
    yield from (f"{name} is gone" for name in before)


# ── table objects ────────────────────────────────────────────────────────────────────────────


def _is_of(table: str, path: Path, where: Where) -> bool:
    return folded(table) in map(folded, linked(path, where.part, "table"))


def _table(name: str, old: Node, new: Node, where: Where) -> Iterator[str]:
    """Yield what differs in a table object of our tab, but that it grew by what we wrote."""
    before, after = area_of(old.get("ref")), area_of(new.get("ref"))
    if before is None or after is None or after[:2] != before[:2]:
        yield "it lies elsewhere"
        return
    wider, taller = after[3] - before[3], after[2] - before[2]
    grown = set(range(before[3] + 1, after[3] + 1))
    if wider < 0 or (wider and (folded(name) != folded(where.table) or grown - where.columns)):
        yield f"its extent went from {old.get('ref')} to {new.get('ref')}"
    rows = {row for row, column in where.appended if before[1] <= column <= after[3]}
    if taller < 0 or set(range(before[2] + 1, after[2] + 1)) - rows:
        yield f"its rows went from {old.get('ref')} to {new.get('ref')}"
    yield from _filtered(old, new, wider, taller)
    yield from _table_columns(old, new, wider)
    for node in (old, new):
        for about in ("ref", "insertRow", "insertRowShift"):
            node.attrib.pop(about, None)
    if said(old) != said(new):
        yield "more than its extent is new"


def _filtered(old: Node, new: Node, wider: int, taller: int) -> Iterator[str]:
    """Yield when the filter did not grow as its table did; without its extent it must be equal."""
    was, now = child(old, "autoFilter"), child(new, "autoFilter")
    if was is None or now is None:
        return
    before, after = area_of(was.attrib.pop("ref", "")), area_of(now.attrib.pop("ref", ""))
    grown = (*before[:2], before[2] + taller, before[3] + wider) if before else None
    if after not in (before, grown):  # left as it was, it is a fault unless it was one before
        yield "its filter did not grow as it did"


def _table_columns(old: Node, new: Node, wider: int) -> Iterator[str]:
    """Yield when columns it had are not as they were; those that are new are taken out."""
    was, now = child(old, "tableColumns"), child(new, "tableColumns")
    if was is None or now is None:
        return
    count = len(children(was))
    if len(children(now)) != count + wider:
        yield "its columns are not as many as they should be"
    for node in children(now)[count:]:
        now.remove(node)
    for node in (was, now):
        node.attrib.pop("count", None)


# ── the looks of cells that were there ───────────────────────────────────────────────────────


def _styles_lost(before: Path, after: Path, where: Where) -> Iterator[str]:
    """Yield the cells we wrote that no longer have the fill or the borders they had."""
    old, new = parsed(before, where.part), parsed(after, where.part)
    was, now = _looks(before), _looks(after)
    rows, again = rows_of(old), rows_of(new)
    for row, column in sorted(where.places):
        there = cells_of(rows[row]).get(column) if row in rows else None
        here = cells_of(again[row]).get(column) if row in again else None
        if there is not None and _look(there, was) != _look(here, now):
            yield f"row {row}, column {column + 1} looks otherwise"


def _looks(path: Path) -> list[Node]:
    for part in linked(path, workbook_part(path), "styles"):
        found = child(parsed(path, part), "cellXfs")
        return children(found) if found is not None else []
    return []


def _look(cell: Node | None, xfs: Sequence[Node]) -> tuple[str, ...]:
    number = int(cell.get("s") or 0) if cell is not None else 0
    about = xfs[number].attrib if number < len(xfs) else {}
    return tuple(str(about.get(name, "0")) for name in ("fillId", "borderId"))


# ── the worksheet ────────────────────────────────────────────────────────────────────────────


def _sheet(old: Node, new: Node, where: Where) -> Iterator[str]:
    yield from _around(old, new, where)
    yield from _lost_to_merges(old, where)
    rows, again = rows_of(old), rows_of(new)
    ours = where.places
    for number, row in rows.items():
        after = again.pop(number, None)
        if after is None:
            yield f"row {number} is gone"
        else:
            yield from _row(number, row, after, ours)
    for number, row in again.items():
        if {(number, column) for column in cells_of(row)} - ours or not len(row):
            yield f"row {number} is new"


def _lost_to_merges(old: Node, where: Where) -> Iterator[str]:
    """Yield cells of ours that nobody sees: of a merged range only the first is shown."""
    for area in merged(old):
        for place in sorted(where.places):
            if within(place, area) and place != area[:2]:
                yield f"row {place[0]}, column {place[1] + 1} was written under a merged range"


def _around(old: Node, new: Node, where: Where) -> Iterator[str]:
    """Yield what differs among the elements around the rows."""
    ours = [node for node in children(new) if is_ours(node)]
    rules = sum(len(children(node)) for node in ours)
    if where.rules and rules != where.rules:
        yield f"{rules} conditional formats of ours are there, not {where.rules}"
    before, after = _plain(old, where), _plain(new, where)
    for node, again in zip(before, after, strict=False):
        if local(node) != local(again):
            yield f"{local(node)} is not in its place"
            return
        if local(node) == "dimension":
            again.set("ref", node.get("ref", ""))
        if local(node) != "sheetData" and said(node) != said(again):
            yield f"{local(node)} is not as it was"
    yield from (f"{local(node)} is gone" for node in before[len(after) :])
    yield from (f"{local(node)} is new" for node in after[len(before) :])


def _plain(sheet: Node, where: Where) -> list[Node]:
    """Return the elements of a worksheet without what is ours among them."""
    for node in children(sheet):
        if local(node) == "cols":
            _spread(node, where.columns)
    return [
        node
        for node in children(sheet)
        if not is_ours(node) and not (local(node) == "cols" and not len(node))
    ]


def _spread(cols: Node, ours: frozenset[int]) -> None:
    """Let each stretch of columns end where one of ours begins, and leave out ours."""
    cols.text = None
    for node in children(cols):
        first, last = int(node.get("min", 1)), int(node.get("max", 1))
        inside = [column + 1 for column in sorted(ours) if first <= column + 1 <= last]
        for start, end in pairwise([first - 1, *inside, last + 1]):
            if end - start > 1:
                piece = etree.SubElement(cols, node.tag, dict(node.attrib))
                piece.set("min", str(start + 1)), piece.set("max", str(end - 1))
        cols.remove(node)


def is_ours(node: Node) -> bool:
    """Tell whether an element of a worksheet is a conditional format of ours."""
    formulas = [each.text or "" for each in node.iter() if isinstance(each.tag, str)
                and local(each) == "formula"]  # fmt: skip
    return local(node) == "conditionalFormatting" and any(_MARK in text for text in formulas)


def _row(number: int, old: Node, new: Node, ours: frozenset[Place]) -> Iterator[str]:
    about, again = dict(old.attrib), dict(new.attrib)
    about.pop("spans", None), again.pop("spans", None)
    if about != again:
        yield f"row {number} says something else of itself"
    before, after = cells_of(old), cells_of(new)
    theirs = [column for column in before if (number, column) not in ours]
    if theirs != [column for column in after if (number, column) not in ours]:
        yield f"row {number} has other cells"
        return
    for column in theirs:
        if said(before[column]) != said(after[column]):
            yield f"row {number}, column {column + 1} is not as it was"
    if [*after] != sorted(after) and [*before] == sorted(before):
        yield f"row {number}: its cells are out of order"
