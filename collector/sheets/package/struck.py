"""Cells that are struck through: by their format, or by every run of their text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from collector.model import Cell
from collector.sheets.package.contents import column_number
from collector.sheets.package.formats import styled_cells
from collector.sheets.package.markup import Element, attribute, children, named, root

WORD: Final = b"strike"
_OFF: Final = ("0", "false")
_STRING: Final = re.compile(
    rb"<(?:[\w.\-]+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:[\w.\-]+:)?si>)", re.DOTALL
)


def struck_formats(styles: bytes) -> frozenset[int]:
    """Return the cell formats whose font is struck through: nearly always none."""
    if WORD not in styles:
        return frozenset()
    top = root(styles)
    groups = {group.name: group for group in top.children()} if top else {}
    fonts = {str(at) for at, font in enumerate(_each(groups.get("fonts"))) if _strikes(font)}
    formats = enumerate(_each(groups.get("cellXfs")))
    return frozenset(at for at, xf in formats if attribute(xf.tag, "fontId") in fonts)


def struck_strings(strings: bytes) -> frozenset[int]:
    """Return which of the shared strings are struck through from their first letter to the last."""
    found = enumerate(_STRING.finditer(strings))
    return frozenset(at for at, each in found if WORD in (each[1] or b"") and _whole(each[1]))


def struck_cells(
    xml: bytes,
    prefix: str,
    *,
    formats: Collection[int],
    strings: Collection[int],
    inline: bool,
    rows: Sequence[Sequence[Cell]],
) -> dict[int, list[int]]:
    """Return by zero-based column the zero-based rows of the filled cells that are struck through.

    ``inline``: some text that stands in the sheet itself may be. ``rows`` are its cells.
    """
    p = prefix.encode()
    places = [(name, row) for name, row, _ in styled_cells(xml, p, formats)] if formats else []
    places += _with_strings(xml, p, strings) if strings else ()
    places += _with_texts(xml, p) if inline else ()
    found: dict[bytes, set[int]] = {}
    for name, row in places:
        found.setdefault(name, set()).add(int(row) - 1)
    return _filled({column_number(name.decode()): at for name, at in found.items()}, rows)


def _filled(
    found: Mapping[int, Iterable[int]], rows: Sequence[Sequence[Cell]]
) -> dict[int, list[int]]:
    kept = {
        column: [
            row
            for row in sorted(at)
            if row < len(rows) and column < len(rows[row]) and rows[row][column] not in (None, "")
        ]
        for column, at in sorted(found.items())
    }
    return {column: at for column, at in kept.items() if at}


def _each(group: Element | None) -> Iterable[Element]:
    return group.children() if group else ()


def _strikes(look: Element) -> bool:
    found = named(look.children(), WORD.decode())
    return found is not None and attribute(found.tag, "val") not in _OFF


def _whole(text: bytes) -> bool:
    """Tell whether a text in runs is struck through in each of them; blank ones do not count."""
    struck = False
    for element in children(text):
        if element.name == "t" and element.content.strip():
            return False
        if element.name == "r":
            parts = {part.name: part for part in element.children()}
            if "t" in parts and parts["t"].content.strip():
                if "rPr" not in parts or not _strikes(parts["rPr"]):
                    return False
                struck = True
    return struck


def _with_strings(xml: bytes, p: bytes, strings: Collection[int]) -> Iterator[tuple[bytes, bytes]]:
    wanted = {b"%d" % number for number in strings}
    shared = rb'<%bc r="([A-Z]+)(\d+)"[^>]*?\st="s"[^>]*>\s*<%bv>\s*(\d+)' % (p, p)
    return ((name, row) for name, row, text in re.findall(shared, xml) if text in wanted)


def _with_texts(xml: bytes, p: bytes) -> Iterator[tuple[bytes, bytes]]:
    inline = rb'<%bc r="([A-Z]+)(\d+)"[^>]*>\s*<%bis>(.*?)</%bis>' % (p, p, p)
    found = re.findall(inline, xml, re.DOTALL)
    return ((name, row) for name, row, text in found if WORD in text and _whole(text))
