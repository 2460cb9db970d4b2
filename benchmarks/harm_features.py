"""What a workbook holds, feature by feature, in a form that outlives another order of its XML.

Every feature is a multiset of what it consists of: whole parts, elements, or cells. Part names,
the numbers of relations and of styles, prefixes, the order of attributes, switches that are off
and how far a table reaches do not count: a program that merely writes the same otherwise keeps it.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

from harm_proof import OUR_NAMES, is_ours
from harm_xml import Node, child, children, folded, local, parsed, said, workbook_part
from lxml import etree

Features = dict[str, Counter[str]]

# Whole parts, by what their content type or, where it says little, their name looks like.
_PARTS: Final = {
    "charts": r"drawingml\.chart\+xml",
    "charts of the new kind (chartEx)": r"chartex\+xml",
    "chart styles and colours": r"chart(style|colorstyle)\+xml",
    "SmartArt": r"drawingml\.diagram\w+\+xml",
    "images": r"^image/|/media/",
    "VML drawings": r"vmlDrawing",
    "comments": r"spreadsheetml\.comments\+xml",
    "threaded comments": r"threadedcomments\+xml",
    "persons": r"ms-excel\.person\+xml",
    "pivot tables": r"spreadsheetml\.pivotTable\+xml",
    "pivot caches": r"pivotCache(Definition|Records)\+xml",
    "slicers": r"slicer(Cache)?\+xml",
    "timelines": r"timeline(Cache)?\+xml",
    "tables": r"spreadsheetml\.table\+xml",
    "macros (vbaProject)": r"vbaProject(Signature)?$|vbaProject\.bin",
    "macro and dialog sheets": r"(macro|intlMacro|dialog)sheet\+xml",
    "chart sheets": r"chartsheet\+xml",
    "ActiveX": r"activeX",
    "form controls": r"controlproperties\+xml",
    "OLE and embedded files": r"/embeddings/|oleObject",
    "custom XML": r"/customXml/(?!_rels)",
    "XML maps": r"xmlMaps",
    "connections": r"spreadsheetml\.connections\+xml",
    "query tables": r"queryTable\+xml",
    "external links": r"externalLink\+xml",
    "printer settings": r"printerSettings",
    "cell metadata, rich data": r"sheetMetadata\+xml|/richData/|rdrichvalue",
    "volatile dependencies": r"volatileDependencies",
    "calculation chain": r"calcChain\+xml",
    "revisions (shared workbook)": r"revision(Headers|Log)\+xml|userNames",
    "web extensions": r"webextension",
    "ribbon (customUI)": r"customUI",
    "data model": r"/model/item\.data",
    "theme": r"officedocument\.theme\+xml",
    "custom properties": r"custom-properties\+xml",
    "sensitivity label": r"docMetadata|LabelInfo",
}
# Elements of worksheets, whole.
_ELEMENTS: Final = {
    "conditionalFormatting": "conditional formats",
    "dataValidation": "validation",
    "mergeCell": "merged cells",
    "hyperlink": "hyperlinks",
    "sheetProtection": "sheet protection",
    "protectedRange": "protected ranges",
    "autoFilter": "filters",
    "sheetViews": "views, frozen panes",
    "headerFooter": "headers and footers",
    "pageSetup": "page setup",
    "printOptions": "print options",
    "rowBreaks": "page breaks",
    "colBreaks": "page breaks",
    "customSheetViews": "custom views",
    "scenarios": "scenarios",
    "ignoredErrors": "ignored errors",
    "phoneticPr": "phonetic settings",
    "oleObject": "OLE objects on sheets",
    "control": "controls on sheets",
    "picture": "background picture",
    "dataConsolidate": "consolidation",
    "smartTags": "smart tags",
}
_EXTENSIONS: Final = {
    "conditionalFormattings": "conditional formats, x14",
    "dataValidations": "validation, x14",
    "sparklineGroups": "sparklines",
    "slicerList": "slicer places",
    "timelineRefs": "timeline places",
}
_BOOK: Final = {
    "definedName": "names",
    "workbookProtection": "workbook protection",
    "customWorkbookView": "custom views",
    "fileSharing": "write reservation",
}
_STYLES: Final = {
    "numFmt": "number formats of the team",
    "dxf": "differential formats",
    "cellStyle": "named styles",
    "tableStyle": "table styles",
    "rgbColor": "indexed colours",
    "ext": "styles extLst",
}
_NOT_THEIRS: Final = ("_xlnm._Filter", OUR_NAMES)
_SHAPES: Final = ("sp", "cxnSp", "grpSp", "contentPart", "AlternateContent")
_IGNORED: Final = re.compile(r"^(dxfId|s|style|uid|count|priority|codeName|pivotButton)$")
_RELATIONS: Final = "relationships"
_OFF: Final = ("0", "false", "none", "")
_OF_COLUMN: Final = ("width", "hidden", "outlineLevel")
# Of these only what a person sees of them, since programs add what they take for granted.
_SEEN: Final = {
    "dataValidation": ("sqref", "type", "operator"),
    "cfRule": ("type", "operator", "text"),
    "conditionalFormatting": ("sqref",),
    "sheetView": ("showGridLines", "rightToLeft", "zoomScale", "view"),
    "pane": ("xSplit", "ySplit", "state", "topLeftCell"),
    "selection": (),
    "pageSetup": ("orientation", "paperSize", "scale", "fitToWidth", "fitToHeight"),
    "headerFooter": ("differentFirst", "differentOddEven"),
    "comment": ("ref",),
    "hyperlink": ("ref", "location"),
    "brk": ("id", "man"),
    "cellStyle": ("name",),
    "numFmt": ("formatCode",),
}


def features(path: Path, part: str = "", columns: Collection[int] = ()) -> Features:
    """Return what the workbook holds; features that it does not have are not in it.

    How wide these zero-based columns of a worksheet's part are is not looked at: they are ours.
    """
    found: Features = defaultdict(Counter)
    types = _content_types(path)
    book = workbook_part(path)
    with zipfile.ZipFile(path) as archive:
        for name in (name for name in archive.namelist() if "_rels/" not in folded(name)):
            kind = types.get("/" + folded(name)) or types.get(name.rpartition(".")[2].casefold())
            data = archive.read(name)
            for feature, pattern in _PARTS.items():
                if re.search(pattern, f"{kind} /{name}", re.IGNORECASE):
                    found[feature].update(_contents(data))
            if name.endswith(".xml") and data:
                ours = columns if folded(name) == folded(part) else ()
                _look(found, name, data, book, ours)
    return dict(found)


def kept(before: Features, after: Features) -> dict[str, bool]:
    """Tell of each feature whether all of it is still there."""
    return {name: not items - after.get(name, Counter()) for name, items in before.items()}


def _content_types(path: Path) -> dict[str, str]:
    types = {}
    for node in children(parsed(path, "[Content_Types].xml")):
        key = node.get("PartName") or node.get("Extension") or ""
        types[key.casefold()] = node.get("ContentType", "")
    return types


def _contents(data: bytes) -> list[str]:
    """Return what identifies a part's content: of XML its meaning, else its bytes.

    A table's columns are each their own, since a table may get more of them.
    """
    try:
        top = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    except etree.XMLSyntaxError:
        return [hashlib.sha256(data).hexdigest()]
    columns = child(top, "tableColumns") if local_name(top) == "table" else None
    if columns is None:
        return [_meaning(top)]
    each = [f"{top.get('name')} {_meaning(column)}" for column in children(columns)]
    top.remove(columns)
    return [_meaning(top), *each]


def _meaning(node: Node) -> str:
    """Return an element as text, without what does not count; extensions are features alone."""
    if not isinstance(node.tag, str):
        return ""
    name = local_name(node)
    about = sorted(
        f"{key}={value}" for key, value in _attributes(node) if key in _SEEN.get(name, (key,))
    )
    inside = "".join(_meaning(each) for each in node if local_name(each) != "extLst")
    text = (node.text or "").strip()
    if name.endswith(("Header", "Footer")) and not inside:  # a space after a size is openpyxl's
        return f"<{name}>{text.replace(' ', '')}</>" if text else ""
    return f"<{name} {' '.join(about)}>{text}{inside}</>"


def _attributes(node: Node) -> Iterator[tuple[str, str]]:
    of_table = local_name(node) in ("table", "autoFilter")
    for key, value in node.attrib.items():
        name = etree.QName(key)
        if _IGNORED.match(name.localname) or _RELATIONS in (name.namespace or ""):
            continue
        if value not in _OFF and not (of_table and name.localname == "ref"):
            yield name.localname, {"true": "1"}.get(value, value)


def local_name(node: Node) -> str:
    return local(node) if isinstance(node.tag, str) else ""


# ── inside parts ─────────────────────────────────────────────────────────────────────────────


def _look(found: Features, part: str, data: bytes, book: str, ours: Collection[int]) -> None:
    try:
        top = etree.fromstring(data, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except etree.XMLSyntaxError:
        return
    kind = local_name(top)
    if kind == "worksheet":
        _worksheet(found, top, ours)
    elif kind == "wsDr":
        _drawing(found, top)
    elif kind == "sst":
        _strings(found, top)
    elif kind == "styleSheet":
        _named(found, top, _STYLES)
    elif folded(part) == folded(book):
        _named(found, top, _BOOK)
        _extensions(found, top, "workbook")


def _named(found: Features, top: Node, names: dict[str, str]) -> None:
    for node in top.iter():
        name = names.get(local_name(node))
        if name and not (name == "names" and node.get("name", "").startswith(_NOT_THEIRS)):
            text = (node.text or "").strip() if name == "names" else ""
            found[name][text + _meaning(node)] += 1


def _drawing(found: Features, top: Node) -> None:
    for anchor in children(top):
        for node in children(anchor):
            name = local_name(node)
            if name in _SHAPES:
                found["shapes and connectors"][_meaning(node)] += 1
            elif name == "pic":
                found["pictures"][_meaning(node)] += 1
            elif name == "graphicFrame":
                found["frames of charts"][_meaning(node)] += 1


def _strings(found: Features, top: Node) -> None:
    for item in children(top):
        if child(item, "r") is not None:
            found["rich text in cells"][_meaning(item)] += 1
        if child(item, "rPh") is not None:
            found["phonetic guides"][_meaning(item)] += 1


def _worksheet(found: Features, top: Node, ours: Collection[int]) -> None:
    for node in children(top):
        name = local_name(node)
        if name == "sheetData":
            _cells(found, node)
        elif name == "extLst":
            _extensions(found, top, "sheet")
        elif name == "cols":
            found["column widths"].update(_widths(node, ours))
        else:
            for each in _within(node):
                if local_name(each) in _ELEMENTS and not is_ours(each):
                    found[_ELEMENTS[local_name(each)]][_meaning(each)] += 1


def _widths(cols: Node, ours: Collection[int]) -> Iterator[str]:
    """Yield what is said of each column, however many one element is about."""
    for node in children(cols):
        about = " ".join(f"{name}={node.get(name)}" for name in _OF_COLUMN if node.get(name))
        for column in range(int(node.get("min", 1)), int(node.get("max", 1)) + 1):
            if column - 1 not in ours:
                yield f"{column} {about}"


def _within(node: Node) -> Iterable[Node]:
    return node.iter() if local_name(node) != "customSheetViews" else [node]


def _extensions(found: Features, top: Node, whose: str) -> None:
    holder = child(top, "extLst")
    for ext in children(holder) if holder is not None else ():
        known = [_EXTENSIONS[local_name(each)] for each in ext if local_name(each) in _EXTENSIONS]
        name = known[0] if known else f"{whose} extLst, other"
        found[name][said(ext).decode()] += 1


def _cells(found: Features, data: Node) -> None:
    for row in children(data):
        if row.get("hidden") or row.get("ht") or row.get("outlineLevel"):
            found["row heights, hidden rows"][row.get("r", "") + _about(row)] += 1
        for cell in children(row):
            for feature, item in _of_cell(cell):
                found[feature][f"{cell.get('r')} {item}"] += 1


def _about(row: Node) -> str:
    return " ".join(f"{name}={row.get(name)}" for name in ("ht", "outlineLevel") if row.get(name))


def _of_cell(cell: Node) -> Iterator[tuple[str, str]]:
    formula, value = child(cell, "f"), child(cell, "v")
    if formula is not None:
        yield "formulas", f"{formula.get('t')} {formula.get('ref')} {(formula.text or '').strip()}"
        if value is not None and value.text:
            yield "cached formula values", f"{cell.get('t', 'n')} {value.text}"
        if formula.get("t") in ("array", "dataTable"):
            yield "array formulas, data tables", _meaning(formula)
    if cell.get("cm") or cell.get("vm"):
        yield "dynamic arrays, rich values", f"{cell.get('cm')} {cell.get('vm')}"
