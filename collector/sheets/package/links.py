"""The parts that say which parts there are: content types and relationships."""

from __future__ import annotations

import itertools
import posixpath
from typing import Final

from collector.sheets.package.contents import Package
from collector.sheets.package.markup import escaped, root, spliced

_TYPES: Final = "[Content_Types].xml"
_SPREADSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def main_namespace(package: Package) -> str:
    return _STRICT_MAIN if package.strict else MAIN


def relations_namespace(package: Package) -> str:
    return _STRICT_RELATIONS if package.strict else _RELATIONS


class Links:
    """What is said about new parts of the workbook; ``parts`` are those that say it, anew."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._folder, _, name = package.workbook_part.rpartition("/")
        self._relations = posixpath.join(self._folder, "_rels", f"{name}.rels")
        self._added: set[str] = set()
        self.parts: dict[str, bytes] = {}

    def free_part(self, pattern: str, first: str = "1") -> str:
        """Return a part name not taken; ``{}`` in the pattern is ``first``, then 2, 3 and so on."""
        numbers = itertools.chain([first], map(str, itertools.count(2)))
        parts = (pattern.format(number) for number in numbers)
        find, added = self._package.archive.find, self._added
        return next(part for part in parts if part not in added and find(part) is None)

    def add(self, part: str, kind: str) -> str:
        """Let the workbook point to a new part of a kind (``styles``); return the link's id."""
        self._added.add(part)
        content = f'ContentType="{_SPREADSHEET}{kind}+xml"'
        self._append(_TYPES, f'Override PartName="/{part}" {content}')
        link = self._free_id()
        target = posixpath.relpath(part, self._folder) if self._folder else part
        about = f'Type="{relations_namespace(self._package)}/{kind}"'
        where = f'Target="{escaped(target).decode()}"'
        self._append(self._relations, f'Relationship Id="{link}" {about} {where}')
        return link

    def _xml(self, part: str) -> bytes:
        return self.parts[part] if part in self.parts else self._package.xml(part)

    def _free_id(self) -> str:
        top = root(self._xml(self._relations))
        known = {link.attributes.get("Id", "").casefold() for link in top.children()} if top else ()
        ids = (f"collector{number}" for number in itertools.count(1))
        return next(link for link in ids if link not in known)

    def _append(self, part: str, element: str) -> None:
        xml = self._xml(part)
        top = root(xml)
        if top:
            new = f"<{top.prefix}{element}/>".encode()
            self.parts[part] = spliced(xml, [(top.inner_end, top.inner_end, new)])
