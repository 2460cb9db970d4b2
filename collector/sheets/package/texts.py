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
    count = table.count("<si")
    if table.count(_BETWEEN) + 1 != count or end < start:
        return None
    texts = _plain(table[start:end], count)
    for code in _CODES:
        if code in table:
            texts = [None if text is None or code in text else text for text in texts]
    odd = [number for number, text in enumerate(texts) if text is None]
    if len(odd) * RARE > count:
        return None
    items = table[start:end].split(_BETWEEN) if odd else ()
    told = ask([f' t="inlineStr"><is>{items[number]}</is></c>'.encode() for number in odd])
    found: list[Cell] = list(texts)
    if "" in found:
        found = [text or None for text in texts]
    for number, text in zip(odd, told, strict=True):
        found[number] = text
    return found


def _plain(body: str, count: int) -> Sequence[str | None]:
    """Return the texts of so many items; None for those that hold more than a plain one."""
    if body.startswith("<t>") and body.endswith("</t>") and body.count("<") == 4 * count - 2:
        texts = body[len("<t>") : -len("</t>")].split(_ALL_BETWEEN)
        if len(texts) == count:
            return texts
    return [found and found[1] for found in map(_PLAIN.fullmatch, body.split(_BETWEEN))]
