"""Comments on the cells of a worksheet: notes, as Excel calls the old ones, and threads."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final

from collector.model import Comment
from collector.sheets.package.contents import Package, Sheet, column_number
from collector.sheets.package.markup import Element, attributes, named, root

_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What programs that know no threads show of one: an explanation with this address, then the texts.
_EXPLAINED: Final = "linkid=870924"


def comments_of(package: Package, sheet: Sheet) -> tuple[Comment, ...]:
    """Return what is said in the comments of a worksheet, each reply of a thread for itself.

    A part that is lost, or that is no XML, says nothing.
    """
    threads = [each for top in _tops(package, sheet, "threadedComment") for each in _threads(top)]
    placed = {(each.row, each.column) for each in threads}
    notes = [each for top in _tops(package, sheet, "comments") for each in _notes(top)]
    return (*threads, *(each for each in notes if (each.row, each.column) not in placed))


def _tops(package: Package, sheet: Sheet, kind: str) -> Iterator[Element]:
    for part in package.related(sheet.part, kind):
        entry = package.archive.find(part)
        top = root(package.archive.read(entry)) if entry else None
        if top is not None:
            yield top


def _threads(top: Element) -> Iterator[Comment]:
    closed: set[str] = set()
    for element in top.children():
        about = attributes(element.tag)
        if about.get("done") in ("1", "true"):
            closed.add(about.get("id", ""))
        done = bool(closed & {about.get("id", ""), about.get("parentId", "")})
        yield from _comment(about.get("ref", ""), _text(named(element.children(), "text")), done)


def _notes(top: Element) -> Iterator[Comment]:
    groups = {group.name: group for group in top.children()}
    authors = [_text(each) for each in _children(groups.get("authors"))]
    for element in _children(groups.get("commentList")):
        about = attributes(element.tag)
        text = named(element.children(), "text")
        said = "".join(_text(each) for each in _pieces(text)) if text else ""
        said = said.rpartition(_EXPLAINED)[2]
        author = about.get("authorId", "")
        name = authors[int(author)] if author.isdecimal() and int(author) < len(authors) else ""
        yield from _comment(about.get("ref", ""), said.removeprefix(f"{name}:"), done=False)


def _comment(ref: str, text: str, done: bool) -> Iterator[Comment]:
    cell = _CELL.fullmatch(ref)
    if cell and int(cell[2]) and text.strip():
        yield Comment(int(cell[2]) - 1, column_number(cell[1]), text.strip(), done)


def _children(group: Element | None) -> Iterable[Element]:
    return group.children() if group else ()


def _pieces(text: Element) -> Iterator[Element]:
    """Yield the pieces of a text in runs; how it is pronounced is none of it."""
    for element in text.children():
        if element.name == "t":
            yield element
        elif element.name == "r":
            yield from (each for each in element.children() if each.name == "t")


def _text(element: Element | None) -> str:
    if element is None:
        return ""
    text = html.unescape(element.content.decode(errors="replace"))
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n")
