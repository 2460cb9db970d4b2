"""Proves, part by part, that a written workbook differs from its former self only where we wrote.

Nothing here uses Collector's own reading of packages: zipfile and lxml look at both files.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from lxml import etree

Place = tuple[int, int]  # one-based row, zero-based column
Node = etree._Element

_PARSER: Final = etree.XMLParser(resolve_entities=False, huge_tree=True, remove_comments=True)
_MARK: Final = 'N("collector")=0'
_NAMES: Final = "_collector"
_GROWING: Final = ("numFmts", "fonts", "fills", "borders", "cellXfs", "dxfs")


@dataclass(frozen=True, slots=True)
class Where:
    """What was written: the tab's part, the cells set in it, and the first row appended (or 0)."""

    part: str
    cells: frozenset[Place] = frozenset()
    appended: frozenset[Place] = field(default_factory=frozenset)


def packed(path: Path) -> dict[str, bytes]:
    """Return each entry's bytes as they lie in the file, still compressed."""
    data, found = path.read_bytes(), {}
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            at = entry.header_offset
            at += 30 + sum(int.from_bytes(data[at + i : at + i + 2], "little") for i in (26, 28))
            found[entry.filename] = data[at : at + entry.compress_size]
    return found


def parsed(path: Path, part: str) -> Node:
    """Return a part's XML; names of parts are equal regardless of case and of the slash."""
    with zipfile.ZipFile(path) as archive:
        names = {folded(name): name for name in archive.namelist()}
        return etree.fromstring(archive.read(names[folded(part)]), _PARSER)


def folded(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").casefold()


def local(node: Node) -> str:
    return etree.QName(node).localname


def children(node: Node) -> list[Node]:
    return [child for child in node if isinstance(child.tag, str)]


def said(node: Node) -> bytes:
    """Return an element in one canonical form, namespaces and order of attributes settled."""
    return bytes(etree.tostring(node, method="c14n", exclusive=True, with_comments=False,
                                with_tail=False))  # fmt: skip


def child(node: Node, name: str) -> Node | None:
    return next((each for each in children(node) if local(each) == name), None)


# ── the whole file ───────────────────────────────────────────────────────────────────────────


def harms(before: Path, after: Path, where: Where | None) -> Iterator[str]:
    """Yield a sentence for each difference that is none of our business."""
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


def workbook_part(path: Path) -> str:
    for link in children(parsed(path, "_rels/.rels")):
        if link.get("Type", "").endswith("/officeDocument"):
            return posixpath.normpath(link.get("Target", "").lstrip("/"))
    raise KeyError("officeDocument")


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
    elif kind == "table":
        yield from _table(old, new)
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
    kept = [node for node in children(new) if not node.get("name", "").startswith(_NAMES)]
    theirs = [node for node in children(old) if not node.get("name", "").startswith(_NAMES)]
    if [*map(said, kept)] != [*map(said, theirs)]:
        yield "names are not as they were"


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


def _table(old: Node, new: Node) -> Iterator[str]:
    for node in (old, new):
        for about in (node, child(node, "autoFilter")):
            if about is not None:
                about.attrib.pop("ref", None)
        for name in ("insertRow", "insertRowShift"):
            node.attrib.pop(name, None)
    if said(old) != said(new):
        yield "more than its extent is new"


# ── the worksheet ────────────────────────────────────────────────────────────────────────────


def _sheet(old: Node, new: Node, where: Where) -> Iterator[str]:
    yield from _around(old, new)
    rows, again = rows_of(old), rows_of(new)
    ours = where.cells | where.appended
    for number, row in rows.items():
        after = again.pop(number, None)
        if after is None:
            yield f"row {number} is gone"
        else:
            yield from _row(number, row, after, ours)
    for number, row in again.items():
        if {(number, column) for column in cells_of(row)} - ours or not len(row):
            yield f"row {number} is new"


def _around(old: Node, new: Node) -> Iterator[str]:
    """Yield what differs among the elements around the rows."""
    nodes = iter([node for node in children(new) if not _is_ours(node)])
    for node in children(old):
        again = next(nodes, None)
        if again is None or local(node) != local(again):
            yield f"{local(node)} is not in its place"
            return
        if local(node) == "dimension":
            again.set("ref", node.get("ref", ""))
        if local(node) != "sheetData" and said(node) != said(again):
            yield f"{local(node)} is not as it was"
    yield from (f"{local(node)} is new" for node in nodes)


def _is_ours(node: Node) -> bool:
    formulas = [each.text or "" for each in node.iter() if isinstance(each.tag, str)
                and local(each) == "formula"]  # fmt: skip
    return local(node) == "conditionalFormatting" and any(_MARK in text for text in formulas)


def rows_of(sheet: Node) -> dict[int, Node]:
    """Return the rows by number; one without is the next."""
    data, rows, number = child(sheet, "sheetData"), {}, 0
    for row in children(data) if data is not None else ():
        number = int(row.get("r") or number + 1)
        rows[number] = row
    return rows


def cells_of(row: Node) -> dict[int, Node]:
    """Return the cells of a row by zero-based column; one without an address is the next."""
    cells, column = {}, -1
    for cell in children(row):
        if local(cell) != "c":
            continue
        letters = re.match(r"[A-Z]+", cell.get("r", ""))
        column = column_number(letters[0]) if letters else column + 1
        cells[column] = cell
    return cells


def column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


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
