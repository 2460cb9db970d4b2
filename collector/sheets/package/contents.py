"""What an .xlsx package holds: its worksheets, styles, tables and names, and where they lie."""

from __future__ import annotations

import posixpath
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from collector.errors import TabMissingError, WorkbookEncryptedError, WorkbookFormatError
from collector.phrases import Phrase
from collector.sheets.package.archive import Archive, Entry
from collector.sheets.package.encodings import in_utf8
from collector.sheets.package.markup import (
    Element,
    attribute,
    children,
    named,
    root,
    spliced,
)

MARK = "_collector."
TAB_MARK = "_collector_tab."
NOTE_MARK = "_collector_note."

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCODING = re.compile(rb"<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.\-]+)")
_CELL_NAME = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_TEXT_START = 4096
_PARTS_READ = ("xl/", "_rels/", "[Content_Types]")
_STRICT = "http://purl.oclc.org/ooxml/"
# Where every program keeps the texts that cells share, and such a table without any.
SHARED_TEXTS = "xl/sharedStrings.xml"
NO_TEXTS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: ``index`` counts all sheets of the book, also those without cells."""

    name: str
    part: str
    index: int
    visible: bool


def refuse_other_formats(data: bytes, name: str) -> None:
    """Raise the sentence that fits when a file's bytes are not an .xlsx package."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise WorkbookEncryptedError(name)
        raise WorkbookFormatError(name, Phrase("format_xls"))
    if not data.startswith(b"PK"):
        raise WorkbookFormatError(name, Phrase(_text_format(data)))


def _text_format(data: bytes) -> str:
    start = data[:_TEXT_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return "format_empty"
    if start.startswith(b"<"):
        return "format_html"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # Excel's "Unicode text"
        return "format_csv"
    return "format_other" if re.search(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]", start) else "format_csv"


class Package:
    """An .xlsx file's bytes, understood as far as reading and writing cells needs."""

    def __init__(self, data: bytes, name: str) -> None:
        refuse_other_formats(data, name)
        self.name = name
        # The file as it is, and with every part in the one encoding that the rest works on.
        self.original = Archive(data, name)
        self.archive = in_utf8(self.original)
        self._refuse_other_packages()
        self.workbook_part = self._workbook_part()
        self.workbook = self.xml(self.workbook_part)
        self.relations = self._relations(self.workbook_part)
        self._strings = next(map(self.archive.find, self._parts("sharedStrings")), None)
        # Whether a shared string may be struck through; known when all parts are proved.
        self.strikes = False

    # ── parts ──

    def entry(self, part: str) -> Entry:
        found = self.archive.find(part)
        if found is None:
            raise self.archive.damaged(part)
        return found

    def xml(self, part: str) -> bytes:
        """Return a part's XML, which is UTF-8 and declares no entities."""
        xml = self.archive.read(self.entry(part))
        self.refuse_odd_xml(part, xml[:_TEXT_START])
        if root(xml) is None:
            raise self.archive.damaged(part)
        return xml

    def refuse_odd_xml(self, part: str, start: bytes) -> None:
        """Raise when a part begins in another encoding than UTF-8 or with a document type."""
        declared = _ENCODING.search(start)
        encoding = declared[1].decode().casefold() if declared else "utf-8"
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or start[:2] == b"<\0" or start[:1] == b"\0":
            encoding = "utf-16"
        if encoding not in ("utf-8", "utf8", "us-ascii", "ascii"):
            what = Phrase("format_encoding", part=part, encoding=encoding.upper())
            raise WorkbookFormatError(self.name, what)
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise WorkbookFormatError(self.name, Phrase("format_doctype", part=part))

    def prove(self) -> None:
        """Raise WorkbookFormatError unless every part is whole and none plays entity tricks."""
        for entry in self.archive.unproved():
            blocks = self.archive.blocks(entry)
            first = next(blocks, b"")
            if entry.name.startswith(_PARTS_READ) and b"<!DOCTYPE" in first[:_TEXT_START]:
                raise WorkbookFormatError(self.name, Phrase("format_doctype", part=entry.name))
            if entry is self._strings:
                self.strikes = _occurs(b"strike", first, blocks)
            deque(blocks, maxlen=0)

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Yield the parts of one kind (``table``, ``styles``) that a part points to."""
        for kind_of, target in self._relations(part).values():
            if kind_of == kind:
                yield target

    def strings(self) -> bytes:
        """Return the part of the shared strings; nothing where there is none."""
        return self.archive.read(self._strings) if self._strings else b""

    def _parts(self, kind: str) -> Iterator[str]:
        """Yield the parts of one kind that the workbook itself points to."""
        return (target for kind_of, target in self.relations.values() if kind_of == kind)

    def _relations(self, part: str) -> Mapping[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        entry = self.archive.find(f"{folder}/_rels/{name}.rels")
        relations = {}
        for element in self._rooted(self.xml(entry.name)) if entry else ():
            about = element.attributes
            if about.get("TargetMode") != "External" and "Target" in about:
                kind = about.get("Type", "").rpartition("/")[2]
                target = posixpath.normpath(posixpath.join("/", folder, about["Target"]))
                relations[about.get("Id", "")] = (kind, target.lstrip("/"))
        return relations

    def _rooted(self, xml: bytes) -> Iterator[Element]:
        top = root(xml)
        return top.children() if top else iter(())

    def _workbook_part(self) -> str:
        for kind, target in self._relations("").values():
            if kind == "officeDocument":
                if target.casefold().endswith(".bin"):
                    raise WorkbookFormatError(self.name, Phrase("format_xlsb"))
                return target
        raise WorkbookFormatError(self.name, Phrase("format_other"))

    def _refuse_other_packages(self) -> None:
        mimetype = self.archive.find("mimetype")
        if mimetype and b"opendocument" in self.archive.read(mimetype):
            raise WorkbookFormatError(self.name, Phrase("format_ods"))
        if self.archive.find("[Content_Types].xml") is None:
            raise WorkbookFormatError(self.name, Phrase("format_other"))
        if any(entry.name.startswith("_xmlsignatures/") for entry in self.archive.entries):
            raise WorkbookFormatError(self.name, Phrase("format_signed"))

    # ── the workbook ──

    @cached_property
    def _book(self) -> dict[str, Element]:
        return {element.name: element for element in self._rooted(self.workbook)}

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        return tuple(self._sheets())

    def sheet_list(self) -> Element:
        if "sheets" not in self._book:
            raise WorkbookFormatError(self.name, Phrase("format_other"))
        return self._book["sheets"]

    def _sheets(self) -> Iterator[Sheet]:
        for index, element in enumerate(self.sheet_list().children()):
            about = element.attributes
            link = next((value for key, value in about.items() if key.endswith(":id")), "")
            kind, part = self.relations.get(link, ("", ""))
            if kind == "worksheet" and self.archive.find(part):
                visible = about.get("state", "visible") == "visible"
                yield Sheet(about.get("name", ""), part, index, visible)

    def sheet(self, tab: str) -> Sheet:
        """Return a worksheet by its name; raise TabMissingError naming those there are."""
        for sheet in self.sheets:
            if sheet.name == tab:
                return sheet
        raise TabMissingError(tab, [sheet.name for sheet in self.sheets])

    @cached_property
    def from_1904(self) -> bool:
        properties = self._book.get("workbookPr")
        return properties is not None and attribute(properties.tag, "date1904") in ("1", "true")

    @cached_property
    def styles_part(self) -> str | None:
        return next(self._parts("styles"), None)

    @cached_property
    def strict(self) -> bool:
        """Tell whether the book keeps to strict Office Open XML, which names all things anew."""
        top = root(self.workbook)
        return top is not None and _STRICT.encode() in top.tag

    def sheet_names(self) -> list[str]:
        """Return the names of all sheets of the book, also those without cells."""
        return [about.attributes.get("name", "") for about in self.sheet_list().children()]

    def _names(self) -> Iterator[Element]:
        return self._book["definedNames"].children() if "definedNames" in self._book else iter(())

    def marks(self, sheet: Sheet) -> dict[str, tuple[int, int]]:
        """Return the headings of our own columns of a worksheet by key: one-based row, column."""
        marks = {}
        for element in self._names():
            about = element.attributes
            name = about.get("name", "")
            if name.startswith(MARK) and about.get("localSheetId") == str(sheet.index):
                tab, _, cell = element.text.rpartition("!")
                found = _CELL_NAME.fullmatch(cell)
                if found and unquoted(tab) == sheet.name:
                    marks[name.removeprefix(MARK)] = int(found[2]), column_number(found[1])
        return marks

    def owned(self, sheet: Sheet) -> dict[str, int]:
        """Return our own columns of a worksheet by key, from the book's hidden names."""
        return {key: column for key, (_, column) in self.marks(sheet).items()}

    @cached_property
    def ours(self) -> dict[str, str]:
        """Return what each tab of ours was made for, by its name as it is now.

        A copy that somebody made of it has names of its own scope, and is theirs.
        """
        ours = {}
        for element in self._names():
            about = element.attributes
            name = about.get("name", "")
            if name.startswith(TAB_MARK) and "localSheetId" not in about:
                tab = unquoted(element.text.rpartition("!")[0])
                ours[tab] = name.removeprefix(TAB_MARK)
        return {sheet.name: ours[sheet.name] for sheet in self.sheets if sheet.name in ours}

    @cached_property
    def notes(self) -> dict[str, str]:
        """Return the texts that the book carries for us, by key."""
        notes = {}
        for element in self._names():
            about, text = element.attributes, element.text.strip()
            name = about.get("name", "")
            if name.startswith(NOTE_MARK) and "localSheetId" not in about and text[:1] == '"':
                notes[name.removeprefix(NOTE_MARK)] = text[1:-1].replace('""', '"')
        return notes


def _occurs(word: bytes, first: bytes, blocks: Iterator[bytes]) -> bool:
    """Tell whether a word occurs in a part; it is read no further than needed for that."""
    window = first
    if word in window:
        return True
    for block in blocks:
        window = window[-len(word) :] + block
        if word in window:
            return True
    return False


def only_cells(package: Package) -> dict[str, bytes]:
    """Return what, put in place, leaves a package that lists nothing but worksheets.

    Macro and dialog sheets are taken off its list, and shared strings that are an empty file
    become an empty table.
    """
    kept = {sheet.index for sheet in package.sheets}
    sheets = package.sheet_list()
    cuts = [
        (element.start, element.end, b"")
        for index, element in enumerate(sheets.children())
        if index not in kept
    ]
    parts = {package.entry(package.workbook_part).name: spliced(package.workbook, cuts)}
    strings = package.archive.find(SHARED_TEXTS)
    if strings and not strings.size:
        parts[strings.name] = NO_TEXTS
    return parts


def named_child(element: Element, name: str) -> Element | None:
    return named(children(element.xml, element.inner, element.inner_end), name)


def column_number(letters: str) -> int:
    """Return the zero-based column of its letters: ``A`` is 0, ``AB`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(tab: str) -> str:
    """Return a tab's name as formulas write it."""
    return "'" + tab.replace("'", "''") + "'"


def unquoted(tab: str) -> str:
    return tab[1:-1].replace("''", "'") if tab.startswith("'") else tab
