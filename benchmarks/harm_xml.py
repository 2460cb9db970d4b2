"""The parts of a workbook and their XML, as zipfile and lxml read them."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path
from typing import Final

from lxml import etree

Place = tuple[int, int]  # one-based row, zero-based column
Area = tuple[int, int, int, int]  # a place and another one, both inclusive
Node = etree._Element

LAST_COLUMN, LAST_ROW = 16383, 1048576
PARSER: Final = etree.XMLParser(resolve_entities=False, huge_tree=True, remove_comments=True)


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
        return etree.fromstring(archive.read(names[folded(part)]), PARSER)


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


# ── links between parts ──────────────────────────────────────────────────────────────────────


def links_part(part: str) -> str:
    """Return the name of the part that lists a part's links; of '' those of the whole file."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def target(part: str, link: Node) -> str:
    """Return the part that a link of a part leads to."""
    to = link.get("Target", "").replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), to))[1:]


def links_of(path: Path, part: str) -> list[Node]:
    with zipfile.ZipFile(path) as archive:
        there = folded(links_part(part)) in map(folded, archive.namelist())
    return children(parsed(path, links_part(part))) if there else []


def linked(path: Path, part: str, kind: str) -> list[str]:
    """Return the parts that a part is linked to by links of a kind, such as ``table``."""
    return [target(part, link) for link in links_of(path, part)
            if link.get("Type", "").endswith(f"/{kind}")]  # fmt: skip


def workbook_part(path: Path) -> str:
    return linked(path, "", "officeDocument")[0]


# ── cells ────────────────────────────────────────────────────────────────────────────────────


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


def area_of(ref: str | None) -> Area | None:
    """Return what a reference such as ``A1:C3`` covers, None when it is no such reference."""
    found = re.fullmatch(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?", ref or "")
    if not found:
        return None
    last = found[3] or found[1], found[4] or found[2]
    return int(found[2]), column_number(found[1]), int(last[1]), column_number(last[0])


def within(place: Place, area: Area) -> bool:
    return area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]


def overlap(one: Area, other: Area) -> bool:
    return (one[0] <= other[2] and other[0] <= one[2]) and (
        one[1] <= other[3] and other[1] <= one[3]
    )


def merged(sheet: Node) -> list[Area]:
    found = child(sheet, "mergeCells")
    areas = (area_of(node.get("ref")) for node in children(found)) if found is not None else ()
    return [area for area in areas if area]


def tables_of(path: Path, part: str) -> dict[str, Node]:
    """Return the table objects of a worksheet's part by the name of their own."""
    return {name: parsed(path, name) for name in linked(path, part, "table")}
