"""What is wrong with a workbook in itself, so that Excel would repair it or show something else.

A fault that the workbook had before is not of our making, so two lists are to be compared.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from harm_faults_book import book_faults, chain_faults, style_faults, style_sizes
from harm_faults_sheet import Known, sheet_faults
from harm_faults_table import table_faults, tables_together
from harm_xml import PARSER, Node, children, folded, links_part, local, target
from lxml import etree

_TYPES: Final = "[Content_Types].xml"
# Links that lead to a part of a type of the same name; those of other kinds are seldom touched.
_KINDS: Final = ("worksheet", "chartsheet", "dialogsheet", "styles", "sharedStrings", "table",
                 "calcChain", "comments", "theme", "drawing", "pivotTable")  # fmt: skip
_SAYS_NOTHING: Final = ("", "application/xml", "text/xml")


@dataclass
class Package:
    """Every part by its folded name; ``links`` are each part's by id, ``roots`` what was XML."""

    names: list[str]
    roots: dict[str, Node] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    links: dict[str, list[Node]] = field(default_factory=dict)

    def targets(self, part: str, kind: str = "") -> list[str]:
        """Return the parts that a part leads to, those of a kind or all."""
        return [
            folded(target(part, link))
            for link in self.links.get(part, ())
            if link.get("TargetMode") != "External" and link.get("Type", "").endswith(kind)
        ]

    def root(self, part: str, kind: str) -> Node | None:
        """Return the XML of the part that a part leads to by a link of a kind."""
        found = (self.roots.get(name) for name in self.targets(part, kind))
        return next((root for root in found if root is not None), None)


def faults(path: Path) -> Counter[str]:
    """Return a sentence for each fault of a workbook."""
    package = _opened(path)
    found = Counter(_package_faults(package))
    books = package.targets("", "/officeDocument")
    if books and books[0] in package.roots:
        found.update(_content_faults(package, books[0]))
    else:
        found["there is no workbook part"] += 1
    return found


def new_faults(before: Path, after: Path) -> Iterator[str]:
    """Yield the faults that a workbook did not have before."""
    for fault, times in (faults(after) - faults(before)).items():
        yield fault if times == 1 else f"{fault} ({times} times)"


def _opened(path: Path) -> Package:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        package = Package([folded(name) for name in names])
        for name in names:
            if name.casefold().endswith((".xml", ".rels")):
                _parse(package, folded(name), archive.read(name))
    for part in ["", *package.names]:
        listed = package.roots.get(folded(links_part(part)))
        if listed is not None:
            package.links[part] = children(listed)
    return package


def _parse(package: Package, part: str, data: bytes) -> None:
    try:
        package.roots[part] = etree.fromstring(data, PARSER)
    except etree.XMLSyntaxError:
        package.broken.append(part)


# ── parts, their types and links ─────────────────────────────────────────────────────────────


def _package_faults(package: Package) -> Iterator[str]:
    yield from (f"{part}: is no XML" for part in package.broken)
    for name, times in Counter(package.names).items():
        if times > 1:
            yield f"{name}: is there {times} times"
    yield from _unreached(package)
    for part, links in package.links.items():
        yield from _link_faults(package, part, links)
    for part, root in package.roots.items():
        yield from _loose(part, root, package.links.get(part, ()))
    yield from _type_faults(package)


def _unreached(package: Package) -> Iterator[str]:
    """Yield the parts that no chain of links leads to."""
    reached, further = set[str](), [""]
    while further:
        part = further.pop()
        reached |= {part, folded(links_part(part))}
        further += [name for name in package.targets(part) if name not in reached]
    for name in package.names:
        if name not in reached and name != folded(_TYPES):
            yield f"{name}: no link leads to it"


def _link_faults(package: Package, part: str, links: Iterable[Node]) -> Iterator[str]:
    for name, times in Counter(link.get("Id") for link in links).items():
        if times > 1:
            yield f"{part or 'the file'}: {times} links are called {name}"
    there = set(package.names)
    for name in package.targets(part):
        if name not in there:
            yield f"{part or 'the file'}: its link to {name} leads nowhere"


def _loose(part: str, root: Node, links: Iterable[Node]) -> Iterator[str]:
    """Yield the references, such as ``r:id``, that are none of the part's links."""
    known = {link.get("Id") for link in links}
    if local(root) not in ("worksheet", "workbook", "chartsheet", "dialogsheet", "wsDr"):
        return
    for node in root.iter():
        for key, value in node.attrib.items() if isinstance(node.tag, str) else ():
            if "/relationships}" in key and value and value not in known:
                yield f"{part}: {local(node)} names the link {value}, which is not there"


def _type_faults(package: Package) -> Iterator[str]:
    types = _types(package)
    there = set(package.names)
    for name, times in Counter(_listed(package)).items():
        if times > 1:
            yield f"{_TYPES}: says {times} times what {name} is"
        if name.startswith("/") and name[1:] not in there:
            yield f"{_TYPES}: lists {name}, which is not there"
    for name in package.names:
        if name != folded(_TYPES) and not types.get(name):
            yield f"{name}: has no content type"
    for part, links in package.links.items():
        for link in links:
            kind = link.get("Type", "").rpartition("/")[2]
            name = folded(target(part, link))
            if kind in _KINDS and name in there and not _fits(types.get(name, ""), kind):
                yield f"{name}: its content type says nothing of a {kind}"


def _fits(said: str, kind: str) -> bool:
    return re.search(rf"\b{kind}\+xml$", said, re.IGNORECASE) is not None


def _listed(package: Package) -> list[str]:
    root = package.roots.get(folded(_TYPES))
    listed = children(root) if root is not None else []
    return [
        f"/{folded(node.get('PartName', ''))}"
        if local(node) == "Override"
        else f".{node.get('Extension', '').casefold()}"
        for node in listed
    ]


def _types(package: Package) -> Mapping[str, str]:
    root = package.roots.get(folded(_TYPES))
    said = [node.get("ContentType", "") for node in children(root)] if root is not None else []
    known = dict(zip(_listed(package), said, strict=True))
    return {
        name: known.get(f"/{name}") or known.get("." + posixpath.basename(name).rpartition(".")[2])
        or "" for name in package.names
    }  # fmt: skip


# ── what the parts say ───────────────────────────────────────────────────────────────────────


def _content_faults(package: Package, book: str) -> Iterator[str]:
    root = package.roots[book]
    sheets = _sheets(package, book, root)
    styles = package.root(book, "/styles")
    if styles is not None:
        yield from (f"styles: {what}" for what in style_faults(styles))
    yield from (f"workbook: {what}" for what in book_faults(root, sheets))
    texts = package.root(book, "/sharedStrings")
    known = Known(style_sizes(styles), len(children(texts)) if texts is not None else 0)
    for part, sheet in sheets.items():
        if sheet is not None and local(sheet) == "worksheet":
            yield from (f"{part}: {what}" for what in sheet_faults(sheet, known))
            yield from _table_faults(package, part, sheet, texts)
    yield from (f"tables: {what}" for what in tables_together(_tables(package, sheets)))
    chain = package.root(book, "/calcChain")
    if chain is not None:
        yield from (f"calcChain: {what}" for what in chain_faults(chain, _by_number(root, sheets)))


def _sheets(package: Package, book: str, root: Node) -> dict[str, Node | None]:
    """Return the workbook's sheets in their order: by part, their XML."""
    links = {link.get("Id"): folded(target(book, link)) for link in package.links.get(book, ())}
    found = {}
    for at, node in enumerate(_listed_sheets(root)):
        link = next((v for k, v in node.attrib.items() if k.endswith("relationships}id")), None)
        part = links.get(link, f"sheet {at + 1}")
        found[part] = package.roots.get(part)
    return found


def _listed_sheets(root: Node) -> list[Node]:
    return [node for group in children(root) if local(group) == "sheets" for node in group]


def _by_number(root: Node, sheets: Mapping[str, Node | None]) -> dict[str, Node | None]:
    numbers = (node.get("sheetId", "") for node in _listed_sheets(root))
    return dict(zip(numbers, sheets.values(), strict=False))


def _tables(package: Package, sheets: Iterable[str]) -> list[Node]:
    parts = (name for sheet in sheets for name in package.targets(sheet, "/table"))
    return [package.roots[name] for name in parts if name in package.roots]


def _table_faults(package: Package, part: str, sheet: Node, texts: Node | None) -> Iterator[str]:
    for name in package.targets(part, "/table"):
        if name in package.roots:
            yield from (
                f"{name}: {what}" for what in table_faults(package.roots[name], sheet, texts)
            )
