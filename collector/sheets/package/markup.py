"""XML as bytes: find elements and attributes, and cut or splice exactly there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|<(?P<close>/?)(?P<name>[\w:.\-]+)"
    rb"(?P<attributes>(?>[^<>\"'/]+|\"[^\"]*\"|'[^']*'|/(?!>))*+)(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"([\w:.\-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, slots=True)
class Element:
    """An element's place: ``start:end`` with its tags, ``inner:inner_end`` what it holds."""

    xml: bytes
    name: str  # without prefix
    prefix: str  # with its colon, or ''
    start: int
    inner: int
    inner_end: int
    end: int

    @property
    def raw(self) -> bytes:
        return self.xml[self.start : self.end]

    @property
    def tag(self) -> bytes:
        return self.xml[self.start : self.inner]

    @property
    def content(self) -> bytes:
        return self.xml[self.inner : self.inner_end]

    @property
    def text(self) -> str:
        return html.unescape(self.content.decode())

    @property
    def attributes(self) -> dict[str, str]:
        return attributes(self.tag)

    def children(self) -> Iterator[Element]:
        return children(self.xml, self.inner, self.inner_end)


def attributes(tag: bytes) -> dict[str, str]:
    """Return the attributes of a start tag, in order, unescaped."""
    return {
        name.decode(): html.unescape(value[1:-1].decode())
        for name, value in _ATTRIBUTE.findall(tag)
    }


def attribute(tag: bytes, name: str) -> str | None:
    return attributes(tag).get(name)


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """Return a start tag with one attribute set or, for None, taken away; all else as it was."""
    key = name.encode()
    text = b"" if value is None else b' %b="%b"' % (key, escaped(value))
    found = re.search(rb"\s+" + re.escape(key) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')", tag)
    if found:
        return tag[: found.start()] + text + tag[found.end() :]
    close = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:close].rstrip() + text + tag[close:]


def escaped(text: str) -> bytes:
    """Return text for an element or a double-quoted attribute, as UTF-8."""
    return html.escape(text, quote=False).replace('"', "&quot;").encode()


def children(xml: bytes, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """Yield the elements at the top level of a stretch of XML, in order."""
    depth, opened, stop = 0, None, len(xml) if end is None else end
    for token in _TOKEN.finditer(xml, start, stop):
        if token["name"] is None:
            continue
        if token["close"]:
            depth -= 1
            if depth == 0 and opened is not None:
                yield _element(xml, opened, token.start(), token.end())
        elif token["empty"]:
            if depth == 0:
                yield _element(xml, token, token.end(), token.end())
        else:
            opened = token if depth == 0 else opened
            depth += 1


def _element(xml: bytes, token: re.Match[bytes], inner_end: int, end: int) -> Element:
    prefix, _, name = token["name"].decode().rpartition(":")
    colon = ":" if prefix else ""
    return Element(xml, name, prefix + colon, token.start(), token.end(), inner_end, end)


def root(xml: bytes) -> Element | None:
    return next(children(xml), None)


def opened(xml: bytes) -> bytes:
    """Return a document whose root, should it close itself, has an end tag instead."""
    top = root(xml)
    if top is None or not top.tag.endswith(b"/>"):
        return xml
    end = f"</{top.prefix}{top.name}>".encode()
    return xml[: top.inner - 2] + b">" + end + xml[top.inner :]


def named(elements: Iterator[Element], name: str) -> Element | None:
    return next((element for element in elements if element.name == name), None)


def spliced(xml: bytes, cuts: Sequence[tuple[int, int, bytes]]) -> bytes:
    """Return ``xml`` with each ``(start, end, new)`` put in place; cuts do not overlap."""
    pieces, at = [], 0
    for start, end, new in sorted(cuts, key=lambda cut: cut[:2]):
        pieces += [xml[at:start], new]
        at = end
    return b"".join([*pieces, xml[at:]])
