"""Values as cells hold them: what a text may contain, what a day's number is, what is equal."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from collector.model import Cell
from collector.sheets.package.rows import BLANK, CLEARED, New

_LONGEST_TEXT: Final = 32767
_EXACT: Final = 2**53
_FIRST_YEAR: Final = 1900
# Excel counts a 29 February 1900 that never was.
_LEAP: Final = datetime(1900, 3, 1)
_ILLEGAL = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_PLAIN = re.compile(
    r"[^\s<>&_\0-\x1f\ud800-\udfff\ufffe\uffff](?:[^<>&_\0-\x1f\ud800-\udfff\ufffe\uffff]*[^\s<>&_\0-\x1f\ud800-\udfff\ufffe\uffff])?"
)


def settled(value: Cell | Decimal) -> Cell:
    """Return a value in the one form that reading and writing share.

    A blank text is None, a whole float an int, a moment at midnight its date; characters that no
    XML may hold are gone from texts, and line ends are single. What a cell cannot hold is brought
    as near as it can: numbers to 53 bits, times to milliseconds, days before 1900 as text.
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (float, Decimal)):
        return _number(value)
    if isinstance(value, int):
        return value if -_EXACT <= value <= _EXACT else _number(value)
    if value is None:
        return None
    return _moment(value)


def _text(value: str) -> str | None:
    clean = _ILLEGAL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if 2 * len(clean) > _LONGEST_TEXT:  # counted as Excel does
        clean = clean.encode("utf-16-le")[: 2 * _LONGEST_TEXT].decode("utf-16-le", "ignore")
    return clean or None


def _number(value: float | Decimal) -> int | float | None:
    try:
        value = float(value)
    except OverflowError:
        return None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _moment(value: date | time | timedelta) -> Cell:
    if isinstance(value, timedelta):
        return timedelta(milliseconds=round(value / timedelta(milliseconds=1)))
    if isinstance(value, time):
        return value.replace(microsecond=min(_rounded(value), 999_000), tzinfo=None)
    if isinstance(value, datetime):
        whole = value.replace(microsecond=0, tzinfo=None)
        try:
            value = whole + timedelta(microseconds=_rounded(value))
        except OverflowError:
            value = whole
        if value.time() == time():
            value = value.date()
    if value.year < _FIRST_YEAR:
        return value.isoformat(*(" ",) if isinstance(value, datetime) else ())
    return value


def _rounded(value: datetime | time) -> int:
    """Return the microseconds of whole milliseconds."""
    return round(value.microsecond / 1000) * 1000


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
            # A text in a column of sums keeps their format for what comes after it.
            shown = kind if kind in ("heading", "money") else "text"
            return inline % (p, self._text(value), p, p), shown
        if isinstance(value, bool):
            return b' t="b"><%bv>%d</%bv></%bc>' % (p, value, p, p), "text"
        if isinstance(value, (int, float)):
            shown = kind if kind in ("integer", "money") else "number"
            return self._v(repr(value)), shown
        return self._dated(value)

    def _dated(self, value: date | time | timedelta) -> New:
        if isinstance(value, datetime):
            return self._v(_days(self._since(value))), "datetime"
        if isinstance(value, date):
            day = datetime(value.year, value.month, value.day)
            return self._v(_days(self._since(day))), "date"
        if isinstance(value, time):
            since = timedelta(
                0, value.hour * 3600 + value.minute * 60 + value.second, value.microsecond
            )
            return self._v(_days(since)), "time"
        return self._v(_days(value)), "duration"

    def _since(self, moment: datetime) -> timedelta:
        since = moment - self._epoch
        return since - timedelta(1) if moment < _LEAP and self._epoch < _LEAP else since

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
