"""The texts that a workbook's cells share, read at once; unusual ones are asked of a reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from collector.model import Cell
from collector.sheets.package.plain import RARE, Ask

_BETWEEN: Final = "</si><si>"
_ALL_BETWEEN: Final = f"</t>{_BETWEEN}<t>"
_PLAIN: Final = re.compile(r"<t(?: xml:space=\"preserve\")?>([^<]*)</t>")
# References, escapes like _x000D_ and line ends of another system are the reader's to resolve.
_CODES: Final = ("&", "_x", "\r")


def shared_texts(xml: bytes, ask: Ask) -> list[Cell] | None:
    """Return the texts of a shared string table, or None where it is of no usual form.

    An empty text is None.
    """
    table = xml.decode()
    start, end = table.find("<si>") + len("<si>"), table.rfind("</si>")
    if table.count("<si") != table.count(_BETWEEN) + 1 or end < start:
        return None
    body = table[start:end]
    items = body.split(_BETWEEN)
    texts = _plain(body, items)
    odd = [number for number, text in enumerate(texts) if text is None]
    if len(odd) * RARE > len(items):
        return None
    told = ask([f' t="inlineStr"><is>{items[number]}</is></c>'.encode() for number in odd])
    found: list[Cell] = list(texts)
    if "" in found:
        found = [text or None for text in texts]
    for number, text in zip(odd, told, strict=True):
        found[number] = text
    return found


def _plain(body: str, items: Sequence[str]) -> Sequence[str | None]:
    """Return the texts of the items that hold a plain one."""
    plain = [item[3:-4] for item in items]
    texts: Sequence[str | None] = plain
    if body.count("<") != 4 * len(items) - 2 or f"<t>{_ALL_BETWEEN.join(plain)}</t>" != body:
        texts = [found and found[1] for found in map(_PLAIN.fullmatch, items)]
    for code in _CODES:
        if code in body:
            texts = [None if text is None or code in text else text for text in texts]
    return texts
