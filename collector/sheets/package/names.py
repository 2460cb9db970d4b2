"""The workbook part: hidden names that mark what is ours, and recalculation on load."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from collector.model import column_letters
from collector.sheets.package.contents import MARK, NOTE_MARK, TAB_MARK, Sheet, quoted
from collector.sheets.package.markup import (
    Element,
    attributes,
    escaped,
    root,
    spliced,
    with_attribute,
)

# What defined names follow; in a workbook part all else stands before or after these.
_BEFORE_NAMES: Final = ("sheets", "functionGroups", "externalReferences")


def with_mark(workbook: bytes, sheet: Sheet, key: str, column: int, row: int) -> bytes:
    """Return the workbook with a hidden name, of this sheet, for the heading of our column."""
    return _with_name(workbook, MARK + key, sheet.index, sheet, column, row)


def with_tab_mark(workbook: bytes, sheet: Sheet, ours: str) -> bytes:
    """Return the workbook with a hidden name, of the whole book, for a tab of ours."""
    return _with_name(workbook, TAB_MARK + ours, None, sheet, 0, 1)


def with_note(workbook: bytes, key: str, text: str) -> bytes:
    """Return the workbook with a hidden name, of the whole book, that stands for a text."""
    said = '"' + text.replace('"', '""') + '"'
    return _defined(workbook, NOTE_MARK + key, None, said, (said,))


def _with_name(
    workbook: bytes, name: str, scope: int | None, sheet: Sheet, column: int, row: int
) -> bytes:
    # Programs differ in when they quote a tab's name.
    cell = f"!${column_letters(column)}${row}"
    refers = quoted(sheet.name) + cell
    return _defined(workbook, name, scope, refers, (sheet.name + cell, refers))


def _defined(
    workbook: bytes, name: str, scope: int | None, refers: str, alike: Container[str]
) -> bytes:
    """Return the workbook with a hidden name; one that refers to something ``alike`` stays."""
    groups = _groups(workbook)
    sheets, names = groups["sheets"], groups.get("definedNames")
    p = sheets.prefix.encode()
    local = b"" if scope is None else b' localSheetId="%d"' % scope
    new = b'<%bdefinedName name="%b"%b hidden="1">%b</%bdefinedName>'
    new %= (p, escaped(name), local, escaped(refers), p)
    if names is None:
        place = max(group.end for name, group in groups.items() if name in _BEFORE_NAMES)
        return spliced(
            workbook, [(place, place, b"<%bdefinedNames>%b</%bdefinedNames>" % (p, new, p))]
        )
    if names.tag.endswith(b"/>"):
        whole = names.tag[:-2] + b">" + new + b"</%bdefinedNames>" % p
        return spliced(workbook, [(names.start, names.end, whole)])
    for element in names.children():
        about = attributes(element.tag)
        same = about.get("name", "").casefold() == name.casefold()
        if same and about.get("localSheetId") == (None if scope is None else str(scope)):
            if element.text in alike:
                return workbook
            return spliced(workbook, [(element.start, element.end, new)])
    return spliced(workbook, [(names.inner_end, names.inner_end, new)])


def recalculating(workbook: bytes) -> bytes:
    """Return the workbook asking Excel to calculate on load, unless the team does so by hand."""
    groups = _groups(workbook)
    properties = groups.get("calcPr")
    if properties is None:
        p = groups["sheets"].prefix.encode()
        names = (*_BEFORE_NAMES, "definedNames")
        place = max(group.end for name, group in groups.items() if name in names)
        return spliced(workbook, [(place, place, b'<%bcalcPr fullCalcOnLoad="1"/>' % p)])
    about = properties.attributes
    if about.get("calcMode") == "manual" or about.get("fullCalcOnLoad") in ("1", "true"):
        return workbook
    tag = with_attribute(properties.tag, "fullCalcOnLoad", "1")
    return spliced(workbook, [(properties.start, properties.inner, tag)])


def _groups(workbook: bytes) -> dict[str, Element]:
    top = root(workbook)
    return {group.name: group for group in top.children()} if top else {}
