"""What is wrong with a workbook part, its styles or its calculation chain in themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from harm_faults_sheet import miscounted, out_of_order
from harm_xml import Node, area_of, cells_of, child, children, local, rows_of, within

_BOOK: Final = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize",
    "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
    "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
_STYLES: Final = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs",
    "tableStyles", "colors", "extLst",
)  # fmt: skip
_LISTS: Final = _STYLES[:9]
_INDICES: Final = {
    "fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs",
}  # fmt: skip
_OWN_FORMATS: Final = 164  # those below are Excel's and need not be defined
_LONGEST: Final = 31
_OURS: Final = "_collector"


def book_faults(book: Node, sheets: Mapping[str, Node | None]) -> Iterator[str]:
    """Yield what is wrong with a workbook part; its sheets come in their order."""
    yield from out_of_order(children(book), _BOOK, ("fileRecoveryPr",))
    group = child(book, "sheets")
    listed = children(group) if group is not None else []
    if len(sheets) != len(listed):
        yield "two sheets lead to one part"
    for about in ("name", "sheetId"):
        for said, times in Counter(node.get(about, "").casefold() for node in listed).items():
            if times > 1 or not said:
                yield f"{times} sheets have the {about} {said!r}"
    for node in listed:
        if len(node.get("name", "").encode("utf-16-le")) > 2 * _LONGEST:
            yield f"the name {node.get('name')} is too long"
    names = child(book, "definedNames")
    if names is not None:
        yield from _names(names, listed, [*sheets.values()])


def _names(group: Node, listed: list[Node], sheets: list[Node | None]) -> Iterator[str]:
    names = children(group)
    if not names:
        yield "definedNames are empty"
    told = Counter((n.get("name", "").casefold(), n.get("localSheetId")) for n in names)
    for (name, scope), times in told.items():
        if times > 1:
            yield f"the name {name} of sheet {scope} is there {times} times"
    for node in names:
        name, scope, refers = node.get("name", ""), node.get("localSheetId"), node.text or ""
        if scope is not None and not (scope.isdigit() and int(scope) < len(listed)):
            yield f"the name {name} is of sheet {scope}, which is not there"
        if "#REF!" in refers or not refers:
            yield f"the name {name} refers to {refers!r}"
        elif name.startswith(_OURS) and "!" in refers and not _refers(refers, listed, sheets):
            yield f"our name {name} refers to {refers!r}, where nothing is"


def _refers(refers: str, listed: list[Node], sheets: list[Node | None]) -> bool:
    """Tell whether a reference leads to a cell that is there."""
    tab, _, cell = refers.rpartition("!")
    plain = tab[1:-1].replace("''", "'") if tab.startswith("'") else tab
    area = area_of(cell)
    for node, sheet in zip(listed, sheets, strict=False):
        if node.get("name") == plain and sheet is not None and area:
            row = rows_of(sheet).get(area[0])
            return row is not None and area[1] in cells_of(row)
    return False


# ── styles ───────────────────────────────────────────────────────────────────────────────────


def style_sizes(styles: Node | None) -> dict[str, int]:
    """Return how many there are of each group of styles."""
    groups = {name: child(styles, name) if styles is not None else None for name in _LISTS}
    return {name: 0 if node is None else len(children(node)) for name, node in groups.items()}


def style_faults(styles: Node) -> Iterator[str]:
    """Yield what is wrong with a styles part."""
    yield from out_of_order(children(styles), _STYLES, ())
    sizes = style_sizes(styles)
    for name in _LISTS:
        yield from miscounted(child(styles, name))
    formats = child(styles, "numFmts")
    own = [node.get("numFmtId", "") for node in children(formats)] if formats is not None else []
    for number, times in Counter(own).items():
        if times > 1:
            yield f"the number format {number} is there {times} times"
    for group in ("cellStyleXfs", "cellXfs"):
        listed = child(styles, group)
        for at, xf in enumerate(children(listed) if listed is not None else ()):
            yield from (f"{group} {at}: {what}" for what in _xf_faults(xf, sizes, own))


def _xf_faults(xf: Node, sizes: Mapping[str, int], own: list[str]) -> Iterator[str]:
    for about, group in _INDICES.items():
        said = xf.get(about)
        if said is not None and not (said.isdigit() and int(said) < sizes[group]):
            yield f"its {about} {said} is not there"
    number = xf.get("numFmtId", "0")
    if not number.isdigit() or (int(number) >= _OWN_FORMATS and number not in own):
        yield f"its number format {number} is not there"


# ── the calculation chain ────────────────────────────────────────────────────────────────────


def chain_faults(chain: Node, sheets: Mapping[str, Node | None]) -> Iterator[str]:
    """Yield the links of a calculation chain that hold no formula; sheets come by their number."""
    formulas = {number: _formulas(sheet) for number, sheet in sheets.items() if sheet is not None}
    arrays = {number: _filled(sheet) for number, sheet in sheets.items() if sheet is not None}
    number = ""
    for link in children(chain):
        number = link.get("i") or number
        area = area_of(link.get("r"))
        place = area[:2] if area else (0, 0)
        if place in formulas.get(number, ()):
            continue
        if not any(within(place, filled) for filled in arrays.get(number, ())):
            yield f"{link.get('r')} of sheet {number} holds no formula"


def _formulas(sheet: Node) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row, node in rows_of(sheet).items()
        for column, cell in cells_of(node).items()
        if child(cell, "f") is not None
    }


def _filled(sheet: Node) -> list[tuple[int, int, int, int]]:
    """Return the ranges that one formula fills."""
    found = (
        area_of(node.get("ref"))
        for node in sheet.iter()
        if isinstance(node.tag, str) and local(node) == "f" and node.get("t") == "array"
    )
    return [area for area in found if area]
