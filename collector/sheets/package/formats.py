"""Number formats that show words or signs beside a figure, and which cells have them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from collector.sheets.package.contents import column_number
from collector.sheets.package.markup import Element, attributes, root

# Where a file leaves these to whoever opens it, they show that machine's own currency.
_LOCAL: Final = dict.fromkeys((5, 6, 7, 8, 42, 44), '"¤"#,##0.00')
_BUILT_IN: Final = {**_LOCAL, 9: "0%", 10: "0.00%", 17: "mmm-yy"}
_UNSAID: Final = re.compile(r"_.|\*.|\[\$-[^\]]*\]|\[(?!\$)[^\]]*\]|general", re.IGNORECASE)
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|!.|\[\$[^\]]*\]')
_MOMENT: Final = re.compile(r"[dmyhs]", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^\W\d_Ee]|[$¤-¥฿₠-⃏¢£]|[\"\[][^\"\]]*[Ee]")
# What any of them needs: a format with more than digits and plain marks, or one of the local ones.
_MAY_TELL: Final = re.compile(
    rb"""formatCode\s*=\s*(?:"[^"]*(?:[\\$!%yY\x80-\xff]|&quot;)|'[^']*[\\$!%yY"\x80-\xff])"""
    rb"""|numFmtId\s*=\s*["'](?:[5-9]|10|17|42|44)["']"""
)
_NOT_FIGURES: Final = rb'(?! t="(?:s|str|inlineStr|b|e|d)")'


def shows_words(code: str) -> bool:
    """Tell whether a number format shows letters or a currency's sign, a share, or a month alone.

    Other days and times are none of these.
    """
    shown = _UNSAID.sub("", code)
    bare = _LITERAL.sub("", shown).casefold()
    if "%" in bare or ("y" in bare and "m" in bare and not re.search(r"[dhs]", bare)):
        return True
    return not _MOMENT.search(_LITERAL.sub("", shown)) and _WORDS.search(shown) is not None


def worded(styles: bytes) -> dict[int, str]:
    """Return the cell formats that show words beside figures, as number format codes."""
    if not _MAY_TELL.search(styles):
        return {}
    top = root(styles)
    groups = {group.name: group for group in top.children()} if top else {}
    codes = {
        int(about["numFmtId"]): about.get("formatCode", "")
        for about in _each(groups.get("numFmts"))
        if about.get("numFmtId", "").isdigit()
    }
    telling = {number: code for number, code in (_BUILT_IN | codes).items() if shows_words(code)}
    found = enumerate(about.get("numFmtId", "") for about in _each(groups.get("cellXfs")))
    return {
        index: telling[int(number)]
        for index, number in found
        if number.isdigit() and int(number) in telling
    }


def _each(group: Element | None) -> list[dict[str, str]]:
    return [attributes(item.tag) for item in group.children()] if group else []


def worded_cells(
    xml: bytes, prefix: str, codes: Mapping[int, str]
) -> dict[str, dict[int, list[int]]]:
    """Return by number format code and zero-based column the zero-based rows of its figures.

    ``codes`` are those of the cell formats that count.
    """
    places: dict[bytes, dict[bytes, list[int]]] = {}
    for letters, row, style in styled_cells(xml, prefix.encode(), codes, figures=True):
        places.setdefault(style, {}).setdefault(letters, []).append(int(row) - 1)
    found: dict[str, dict[int, list[int]]] = {}
    for style, columns in places.items():
        rows = found.setdefault(codes[int(style)], {})
        for letters, at in columns.items():
            column = column_number(letters.decode())
            rows[column] = sorted([*rows[column], *at]) if column in rows else at
    return found


def styled_cells(
    xml: bytes, prefix: bytes, formats: Collection[int], *, figures: bool = False
) -> Sequence[tuple[bytes, bytes, bytes]]:
    """Return the letters, row and format of each cell that has one of some formats.

    ``figures``: of those alone that hold a figure, or nothing.
    """
    styles = b"|".join(b"%d" % index for index in formats)
    plain = rb'<%bc r="([A-Z]+)(\d+)" s="(%b)"' % (prefix, styles)
    plain += _NOT_FIGURES if figures else b""
    found: list[tuple[bytes, bytes, bytes]] = re.findall(plain, xml)
    other = rb'<%bc\s+(?!r="[A-Z]+\d+"(?:>|/>| s=| t="\w+"/?>))' % prefix
    if not re.search(other, xml):
        return found
    any_order = rb"<%bc(?=\s)((?:\s+[\w:]+=(?:\"[^\"]*\"|'[^']*'))+)\s*/?>" % prefix
    cells = map(attributes, (b"<c" + tag + b">" for tag in re.findall(any_order, xml)))
    wanted = {str(index) for index in formats}
    return [
        (place[1], place[2], about["s"].encode())
        for about in cells
        if about.get("s") in wanted
        and (not figures or about.get("t", "n") == "n")
        and (place := re.fullmatch(rb"([A-Z]+)(\d+)", about.get("r", "").encode()))
    ]
