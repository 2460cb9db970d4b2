"""Values as cells hold them: what a text may contain, what a day's number is, what is equal."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from collector.model import Cell
from collector.sheets.package.rows import BLANK, CLEARED, New

_LONGEST_TEXT: Final = 32767
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PLAIN = re.compile(
    r"[^\s<>&_\0-\x1f\ud800-\udfff\ufffe\uffff](?:[^<>&_\0-\x1f\ud800-\udfff\ufffe\uffff]*[^\s<>&_\0-\x1f\ud800-\udfff\ufffe\uffff])?"
)


def settled(value: Cell | Decimal) -> Cell:
    """Return a value in the one form that reading and writing share.

    A blank text is None, a whole float an int, a moment at midnight its date; characters that no
    XML may hold are gone from texts, and line ends are single.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value


def _text(value: str) -> str | None:
    clean = _ILLEGAL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))[:_LONGEST_TEXT]
    return clean or None


def _number(value: float | Decimal) -> int | float | None:
    value = float(value)
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def same(old: Cell, new: Cell) -> bool:
    """Tell whether a settled value shows as the cell does already; True is not 1."""
    return old == new and isinstance(old, bool) == isinstance(new, bool)


class Writer:
    """Settled values as the bytes of a cell after its style; equal values are built once."""

    def __init__(self, prefix: str, from_1904: bool) -> None:
        self._p = prefix.encode()
        self._epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        self._known: dict[tuple[type, Cell, str], New] = {}

    def new(self, value: Cell, kind: str) -> New:
        """Return what a cell becomes; ``kind`` is how a new cell of a column shows numbers."""
        key = (type(value), value, kind)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._built(value, kind)
        return known

    def _built(self, value: Cell, kind: str) -> New:
        p = self._p
        if value is None:
            return BLANK, CLEARED
        if isinstance(value, str):
            inline = b' t="inlineStr"><%bis>%b</%bis></%bc>'
            return inline % (p, self._text(value), p, p), "heading" if kind == "heading" else "text"
        if isinstance(value, bool):
            return b' t="b"><%bv>%d</%bv></%bc>' % (p, value, p, p), "text"
        if isinstance(value, (int, float)):
            shown = kind if kind in ("integer", "money") else "number"
            return self._v(repr(value)), shown
        return self._dated(value)

    def _dated(self, value: date | time | timedelta) -> New:
        if isinstance(value, datetime):
            return self._v(_days(value.replace(tzinfo=None) - self._epoch)), "datetime"
        if isinstance(value, date):
            return self._v(
                _days(datetime(value.year, value.month, value.day) - self._epoch)
            ), "date"
        if isinstance(value, time):
            since = timedelta(
                0, value.hour * 3600 + value.minute * 60 + value.second, value.microsecond
            )
            return self._v(_days(since)), "time"
        return self._v(_days(value)), "duration"

    def _v(self, number: str) -> bytes:
        return b"><%bv>%b</%bv></%bc>" % (self._p, number.encode(), self._p, self._p)

    def _text(self, value: str) -> bytes:
        p = self._p
        if _PLAIN.fullmatch(value):
            return b"<%bt>%b</%bt>" % (p, value.encode(), p)
        value = _ESCAPE.sub("_x005F_", value)
        text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode()
        return b'<%bt xml:space="preserve">%b</%bt>' % (p, text, p)


def _days(since: timedelta) -> str:
    days = since / timedelta(days=1)
    return repr(int(days) if days.is_integer() else days)
