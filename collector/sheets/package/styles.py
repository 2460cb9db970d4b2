"""The styles part: formats for our cells derived from their neighbours', looks for highlights."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from collector.sheets.package.markup import (
    Element,
    attribute,
    attributes,
    escaped,
    root,
    spliced,
    with_attribute,
)

MINIMAL: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b"</styleSheet>"
)

# Built-in formats by number, others by their code.
_FORMATS: Final[Mapping[str, int | str]] = {
    "text": 0, "integer": 1, "money": 4, "date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm",
    "time": 21, "duration": 46,
}  # fmt: skip
_FIGURES: Final = ("integer", "money", "number")
_SHOWN_AS: Final[Mapping[str, str]] = {
    "date": "day", "datetime": "day", "time": "clock", "duration": "span",
}  # fmt: skip
_BUILT_IN: Final[Mapping[int, str]] = {
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), "day"),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47), "clock"),
    46: "span",
}
_SPAN: Final = re.compile(r"\[(?:h+|m+|s+)\]")
_FIRST_OWN_FORMAT: Final = 164
_STRUCK: Final = re.compile(rb"<strike(?!\s+val=[\"'](?:0|false))")
_NOT_A_CODE = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_NOT_OURS: Final = re.compile(
    rb"\s(?:horizontal|wrapText|shrinkToFit|textRotation)=(?:\"[^\"]*\"|'[^']*')"
)
_FOUNDATION: Final = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs",
                      "cellStyles")  # fmt: skip


def _fill(colour: str) -> bytes:
    return b'<fill><patternFill><bgColor rgb="FF%b"/></patternFill></fill>' % colour.encode()


def _font(colour: str, bold: bool = False) -> bytes:
    weight = b'<b/><i val="0"/>' if bold else b""
    return b'<font>%b<color rgb="FF%b"/></font>' % (weight, colour.encode())


# A heading of ours where there is no neighbour to look like.
_HEADING_FILL: Final = (
    b'<fill><patternFill patternType="solid"><fgColor rgb="FFEDF1F5"/><bgColor indexed="64"/>'
    b"</patternFill></fill>"
)
_HEADING_BORDER: Final = (
    b'<border><left/><right/><top/><bottom style="thin"><color rgb="FF8A94A0"/></bottom>'
    b"<diagonal/></border>"
)

LOOKS: Final[Mapping[str, bytes]] = {
    "overdue": _fill("FCE4E4"),
    "due_soon": _fill("FFF8DC"),
    "disputed": _fill("EFE6FA"),
    "promised": _fill("E3EEFB"),
    "settled": _font("9AA0A6"),
    "credit": _fill("E6F4E6"),
    "unreadable": _font("9C1C1C", bold=True) + _fill("FFE3C7"),
    "stop": _font("C00000", bold=True),
    "over_limit": _font("9C5700") + _fill("FFD8A8"),
    "prepay": _font("7A4B9C"),
    "watch": _font("9C6500"),
}


class Styles:
    """A styles part to be added to; what exists already is found again, never added twice."""

    def __init__(self, xml: bytes) -> None:
        self._xml = xml
        self._groups = self._read_groups()
        self._xfs = self._items("cellXfs")
        self._dxfs = self._items("dxfs")
        self._known = {_meaning(xf): at for at, xf in reversed([*enumerate(self._xfs)])}
        self._formats = self._read_formats()
        self._lined = [_has_line(font.replace(self._p, b"")) for font in self._items("fonts")]
        self._new_xfs: list[bytes] = []
        self._new_dxfs: list[bytes] = []
        self._new_parts: dict[str, list[bytes]] = {"fonts": [], "fills": [], "borders": []}
        self._new_formats: dict[int, str] = {}
        self._cache: dict[tuple[str, bytes | None, bytes], bytes] = {}

    def _read_groups(self) -> dict[str, Element]:
        top = root(self._xml)
        assert top is not None  # the package has looked
        self._p, self._top = top.prefix.encode(), top
        return {group.name: group for group in top.children()}

    def _items(self, group: str) -> list[bytes]:
        found = self._groups.get(group)
        return [item.raw for item in found.children()] if found else []

    def _read_formats(self) -> dict[int, str]:
        formats = {}
        for item in self._items("numFmts"):
            about = attributes(item)
            if about.get("numFmtId", "").isdigit():
                formats[int(about["numFmtId"])] = about.get("formatCode", "")
        return formats

    # ── cells ──

    def of_cell(self, kind: str, own: bytes | None, base: bytes) -> bytes:
        """Return the ``s`` attribute of a cell that is set, with a space before it, or nothing.

        A cell keeps its ``own`` style unless its number format would show a date as a number or
        a number as a date; a new cell (None) takes its neighbour's with the format of its kind.
        """
        key = (kind, own, base)
        if key not in self._cache:
            self._cache[key] = self._decided(kind, own, base)
        return self._cache[key]

    def of_cell_below(self, kind: str, _own: bytes | None, above: bytes) -> bytes:
        """Return the ``s`` attribute of a new cell that looks like the one above it.

        Its number format too, unless that would show it wrongly.
        """
        index = int(above)
        formats = self._format_of(index)
        bare = kind in ("integer", "money") and formats == 0
        if bare or self._misleads(index, kind):
            index = self._derived(index, kind, realign=False)
        return b' s="%d"' % index if index else b""

    def of_listing(self, kind: str) -> bytes:
        """Return the ``s`` attribute of a cell of a list of ours: texts wrap, all is at the top."""
        number = self._format(_FORMATS.get(kind, 0))
        p = self._p
        wraps = b' wrapText="1"'
        if kind in _FIGURES:
            wraps += b' horizontal="right" indent="1"'
        elif kind in _SHOWN_AS:
            wraps = b' horizontal="left"'
        xf = b'<%bxf numFmtId="%d"%b %b>%b</%bxf>'
        said = b'applyAlignment="1"' + (b' applyNumberFormat="1"' if number else b"")
        align = b'<%balignment vertical="top"%b/>' % (p, wraps)
        font = int(attribute(_tag(self._xfs[0]), "fontId") or 0) if self._xfs else 0
        return b' s="%d"' % self._found_or_added(
            xf % (p, number, self._built_of(font), said, align, p)
        )

    def _built_of(self, font: int, fill: int = 0, border: int = 0) -> bytes:
        """Return what a cell format is built of; nothing of a group that the book lacks."""
        numbers = {
            "fontId": ("fonts", font), "fillId": ("fills", fill),
            "borderId": ("borders", border), "xfId": ("cellStyleXfs", 0),
        }  # fmt: skip
        return b"".join(
            b' %b="%d"' % (name.encode(), number)
            for name, (group, number) in numbers.items()
            if group in self._groups
        )

    def _format_of(self, index: int) -> int:
        """Return the number format of a cell format, 0 where there is none."""
        xfs = self._xfs + self._new_xfs
        return int(attribute(_tag(xfs[index]), "numFmtId") or 0) if index < len(xfs) else 0

    def _decided(self, kind: str, own: bytes | None, base: bytes) -> bytes:
        if own is None:
            index = int(base or 0) if kind == "heading" else self._derived(int(base or 0), kind)
        elif self._misleads(int(own or 0), kind):
            index = self._derived(int(own or 0), kind)
        else:
            return b' s="%b"' % own if own else b""
        return b' s="%d"' % index if index else b""

    def _misleads(self, index: int, kind: str) -> bool:
        if kind in _SHOWN_AS:
            return self._shows(index) != _SHOWN_AS[kind]
        return kind in ("integer", "money", "number") and self.is_date(index)

    def is_date(self, index: int) -> bool:
        """Tell whether a cell format shows its number as a date or time."""
        return bool(self._shows(index))

    def _shows(self, index: int) -> str:
        """Return what a cell format shows its number as: a day, a clock, a span, or '' for none."""
        xfs = self._xfs if index < len(self._xfs) else self._new_xfs
        at = index if index < len(self._xfs) else index - len(self._xfs)
        number = int(attribute(_tag(xfs[at]), "numFmtId") or 0) if at < len(xfs) else 0
        code = self._new_formats.get(number) or self._formats.get(number)
        if code is None:
            return _BUILT_IN.get(number, "")
        bare = _NOT_A_CODE.sub("", code).casefold()
        if bare == "general" or not re.search(r"[dmyhs]", bare):
            return ""
        if _SPAN.search(bare):
            return "span"
        return "day" if re.search(r"[dy]", bare) or not re.search(r"[hs]", bare) else "clock"

    def _derived(self, index: int, kind: str, *, realign: bool = True) -> int:
        """Return the format like ``index`` that shows numbers as ``kind``, added if missing."""
        if index >= len(self._xfs):
            index = 0
        xf = self._xfs[index] if self._xfs else self._default()
        number = self._format(_FORMATS.get(kind, 0))
        tag = with_attribute(_tag(xf), "numFmtId", str(number))
        tag = with_attribute(tag, "applyNumberFormat", "1" if number else None)
        for name in ("quotePrefix", "pivotButton", "applyProtection"):
            tag = with_attribute(tag, name, None)
        font = int(attribute(tag, "fontId") or 0)
        if font < len(self._lined) and self._lined[font]:  # a link's or a void row's, not ours
            plain = attribute(_tag(self._xfs[0]), "fontId") or "0"
            tag = with_attribute(with_attribute(tag, "fontId", plain), "xfId", "0")
        content = _without_protection(xf[len(_tag(xf)) :])
        return self._found_or_added(tag + (_realigned(content, kind) if realign else content))

    def _default(self) -> bytes:
        return b'<%bxf numFmtId="0"/>' % self._p

    def _found_or_added(self, xf: bytes) -> int:
        meaning = _meaning(xf)
        if not self._xfs and not self._new_xfs:  # the first is what cells without a style have
            self._known[_meaning(self._default())] = 0
            self._new_xfs.append(self._default())
        if meaning not in self._known:
            self._known[meaning] = len(self._xfs) + len(self._new_xfs)
            self._new_xfs.append(xf)
        return self._known[meaning]

    def _format(self, wanted: int | str) -> int:
        if isinstance(wanted, int):
            return wanted
        formats = self._formats | self._new_formats
        for number, code in formats.items():
            if code == wanted:
                return number
        number = max((_FIRST_OWN_FORMAT - 1, *formats)) + 1
        self._new_formats[number] = wanted
        return number

    # ── headings of a tab of ours ──

    def of_heading(self) -> bytes:
        """Return the ``s`` attribute, with a space before it, of a heading without neighbours."""
        fonts = self._items("fonts")
        if not self._xfs or not fonts:
            return b""
        number = int(attribute(_tag(self._xfs[0]), "fontId") or 0)
        font = self._part("fonts", _bold(fonts[number if number < len(fonts) else 0], self._p))
        fill = self._part("fills", _prefixed(_HEADING_FILL, self._p))
        border = self._part("borders", _prefixed(_HEADING_BORDER, self._p))
        xf = b'<%bxf numFmtId="0"%b %b/>'
        said = b'applyFont="1" applyFill="1" applyBorder="1"'
        return b' s="%d"' % self._found_or_added(
            xf % (self._p, self._built_of(font, fill, border), said)
        )

    def _part(self, group: str, item: bytes) -> int:
        """Return the number of a font, fill or border, added if there is none like it.

        Where a book has none at all, what we added would become everybody's: the first stays.
        """
        known, new = self._items(group), self._new_parts[group]
        if len(known) < (2 if group == "fills" else 1):  # the first two fills are Excel's
            return 0
        meanings = [_meaning(each) for each in known + new]
        if _meaning(item) not in meanings:
            new.append(item)
            return len(meanings)
        return meanings.index(_meaning(item))

    # ── highlights ──

    def look(self, name: str) -> int:
        """Return the number of the differential format of a look, added if there is none."""
        p = self._p
        dxf = b"<%bdxf>%b</%bdxf>" % (p, _prefixed(LOOKS[name], p), p)
        meanings = [_meaning(item) for item in self._dxfs + self._new_dxfs]
        if _meaning(dxf) in meanings:
            return meanings.index(_meaning(dxf))
        self._new_dxfs.append(dxf)
        return len(meanings)

    # ── the part ──

    def xml(self) -> bytes:
        """Return the part with what was added; the very same bytes when nothing was."""
        cuts = []
        p = self._p
        formats = [
            b'<%bnumFmt numFmtId="%d" formatCode="%b"/>' % (p, number, escaped(code))
            for number, code in self._new_formats.items()
        ]
        for name, new in (
            ("numFmts", formats),
            *self._new_parts.items(),
            ("cellXfs", self._new_xfs),
            ("dxfs", self._new_dxfs),
        ):
            if new:
                cuts.append(self._grown(name, new))
        return spliced(self._xml, cuts)

    def _grown(self, name: str, new: list[bytes]) -> tuple[int, int, bytes]:
        p, group = self._p, self._groups.get(name)
        if group is None:
            tag = b"<%b%b>" % (p, name.encode())
            start = end = self._place(name)
            old = b""
        else:
            tag = group.tag[:-2].rstrip() + b">" if group.tag.endswith(b"/>") else group.tag
            start, end, old = group.start, group.end, group.content
        tag = with_attribute(tag, "count", str(len(self._items(name)) + len(new)))
        return start, end, tag + old + b"".join(new) + b"</%b%b>" % (p, name.encode())

    def _place(self, name: str) -> int:
        """Return where a group that is missing belongs."""
        before = _FOUNDATION if name == "dxfs" else _FOUNDATION[: _FOUNDATION.index(name)]
        ends = [group.end for group in self._groups.values() if group.name in before]
        return max(ends, default=self._top.inner)


def _tag(xf: bytes) -> bytes:
    return xf[: xf.index(b">") + 1]


def _prefixed(xml: bytes, p: bytes) -> bytes:
    return re.sub(rb"<(/?)", lambda found: b"<" + found[1] + p, xml)


def _has_line(font: bytes) -> bool:
    return b"<u" in font or _STRUCK.search(font) is not None


def _bold(font: bytes, p: bytes) -> bytes:
    tag = _tag(font)
    if re.search(rb"<%bb[\s/>]" % p, font):
        return font
    if tag.endswith(b"/>"):
        return tag[:-2].rstrip() + b"><%bb/></%bfont>" % (p, p)
    return tag + b"<%bb/>" % p + font[len(tag) :]


def _realigned(content: bytes, kind: str) -> bytes:
    """Align as the kind wants, not as the neighbour's content did; height and indent stay."""
    side = b"right" if kind in ("integer", "money", "number") else b"left"

    def align(found: re.Match[bytes]) -> bytes:
        kept = _NOT_OURS.sub(b"", found[2])
        # An indent counts from a side; without one the program's own sides are right.
        return found[1] + (b' horizontal="%b"' % side if b" indent=" in kept else b"") + kept

    return re.sub(rb"(<(?:\w+:)?alignment\b)([^>]*>)", align, content)


def _without_protection(rest: bytes) -> bytes:
    return re.sub(
        rb"<(?:[\w.\-]+:)?protection\b[^>]*?(?:/>|>\s*</(?:[\w.\-]+:)?protection>)", b"", rest
    )


def _meaning(xf: bytes) -> tuple[frozenset[tuple[str, str]], bytes]:
    """Return what makes two formats equal: attributes that say something, and what they hold."""
    tag = _tag(xf)
    said = {item for item in attributes(tag).items() if item[1] not in ("0", "false")}
    inner = re.sub(rb">\s+<", b"><", xf[len(tag) :]).strip()
    return frozenset(said), b"" if re.fullmatch(rb"</[\w.:\-]+>", inner) else inner
