"""A tab of ours: an empty worksheet, listed after the last one and marked as ours."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Final

from collector.errors import TabTakenError, UsageError
from collector.model import AddTab, column_letters
from collector.phrases import Phrase
from collector.sheets.package.contents import Package, Sheet
from collector.sheets.package.links import Links, main_namespace, relations_namespace
from collector.sheets.package.markup import Element, attributes, escaped, root, spliced

_LONGEST_NAME, _LONGEST_LIST, _LAST_ROW = 31, 255, 1048576
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\\0-\x1f\ud800-\udfff\ufffe\uffff]|^'|'$")
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="{}"><dimension ref="A1"/><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
    '<sheetFormatPr defaultRowHeight="15"/><sheetData/>'
)
_FOOT: Final = (
    '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
    "</worksheet>"
)


def is_there(package: Package, change: AddTab, names: Sequence[str]) -> bool:
    """Tell whether a tab made for the same is there; ``names`` are those of the book's sheets.

    Raises UsageError for a name or choices that no tab may have, and TabTakenError when a sheet
    of the team's has the name.
    """
    if change.ours in package.ours.values():
        return True
    _refuse_bad_name(change.tab)
    if change.tab.casefold() in (name.casefold() for name in names):
        raise TabTakenError(package.name, change.tab)
    return False


def _refuse_bad_name(name: str) -> None:
    length = len(name.encode("utf-16-le", "replace")) // 2
    bad = not 1 <= length <= _LONGEST_NAME or _FORBIDDEN.search(name)
    if bad or not name.strip() or name.casefold() == "history":  # Excel keeps that for itself
        raise UsageError(Phrase("format_tab_name", tab=name))


def worksheet(package: Package, change: AddTab) -> bytes:
    """Return an empty worksheet with its first row frozen and the choices below it."""
    head = _HEAD.format(main_namespace(package)).encode()
    return head + _validations(change.choices) + _FOOT.encode()


def _validations(choices: Mapping[int, Sequence[str]]) -> bytes:
    written = [_validation(column, offered) for column, offered in sorted(choices.items())]
    if not written:
        return b""
    return b'<dataValidations count="%d">%b</dataValidations>' % (len(written), b"".join(written))


def _validation(column: int, offered: Sequence[str]) -> bytes:
    listed = ",".join(offered)
    if not listed or len(listed) > _LONGEST_LIST or any("," in choice for choice in offered):
        raise UsageError(Phrase("format_choices", column=column_letters(column)))
    letters = column_letters(column).encode()
    return (
        b'<dataValidation type="list" allowBlank="1" '
        b'sqref="%b2:%b%d"><formula1>"%b"</formula1></dataValidation>'
    ) % (letters, letters, _LAST_ROW, escaped(listed.replace('"', '""')))


def part_name(package: Package, links: Links) -> str:
    """Return a name for a new worksheet part, beside those there are."""
    folder = posixpath.join(posixpath.dirname(package.workbook_part), "worksheets")
    if package.sheets:
        folder = posixpath.dirname(package.sheets[-1].part)
    return links.free_part(posixpath.join(folder, "sheet{}.xml"))


def listed(
    package: Package, workbook: bytes, tab: str, part: str, link: str
) -> tuple[bytes, Sheet]:
    """Return the workbook with a worksheet after the last sheet, and that worksheet."""
    top = root(workbook)
    assert top is not None  # the package has looked
    sheets = next(element for element in top.children() if element.name == "sheets")
    known = list(sheets.children())
    number = max((_number(element) for element in known), default=0) + 1
    prefix, declared = _relations_prefix(package, top)
    new = b'<%bsheet%b name="%b" sheetId="%d" %b:id="%b"/>' % (
        sheets.prefix.encode(), declared, escaped(tab), number, prefix, link.encode(),
    )  # fmt: skip
    cut = (sheets.inner_end, sheets.inner_end, new)
    if sheets.tag.endswith(b"/>"):
        whole = sheets.tag[:-2] + b">" + new + b"</%bsheets>" % sheets.prefix.encode()
        cut = (sheets.start, sheets.end, whole)
    return spliced(workbook, [cut]), Sheet(tab, part, len(known), True)


def _number(sheet: Element) -> int:
    number = sheet.attributes.get("sheetId", "")
    return int(number) if number.isdigit() else 0


def _relations_prefix(package: Package, top: Element) -> tuple[bytes, bytes]:
    """Return the prefix of relationships, and what declares it where the book's root does not."""
    namespace = relations_namespace(package)
    for name, value in attributes(top.tag).items():
        if name.startswith("xmlns:") and value == namespace:
            return name.removeprefix("xmlns:").encode(), b""
    return b"rel", b' xmlns:rel="%b"' % namespace.encode()
