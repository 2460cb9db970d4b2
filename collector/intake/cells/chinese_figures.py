"""Amounts in Chinese and Japanese figures: 壹万贰仟叁佰元整, 三万五千, 3万5千, 1234元5角."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_PLAIN: Final = str.maketrans(
    "零〇壹壱贰貳弐叁參参肆伍陆陸柒捌玖拾佰仟萬億两兩圓圆負",
    "零零一一二二二三三三四五六六七八九十百千万亿二二元元负",
)
_DIGITS: Final[Mapping[str, int]] = {
    word: figure for figure, word in enumerate("零一二三四五六七八九")
}
_UNITS: Final = {"千": 1_000, "百": 100, "十": 10}
_MYRIADS: Final = (("亿", 100_000_000), ("万", 10_000))
_WHOLE: Final = re.compile(
    r"(?P<sign>负)?(?P<before>人民币|rmb|cny|¥|日本円|金)?[:\s]*(?P<number>[\d,.零一二三四五六七八九十百千万亿]+)"
    r"(?P<unit>元|円|块钱?)?(?P<jiao>[\d一二三四五六七八九]角)?(?:零?(?P<fen>[\d一二三四五六七八九]分))?"
    r"(?P<end>整|正|也)?",
    re.IGNORECASE,
)
_MIXED: Final = re.compile(
    r"(?:(?P<亿>\d{1,4})亿)?(?:(?P<万>\d{1,4})万)?(?:(?P<千>\d)千)?(?:(?P<百>\d)百)?(?P<rest>\d{4})?"
)
_FIGURES: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_YUAN: Final = frozenset({"CNY", "TWD", "HKD", "MOP"})
_NAMES: Final = ("人民币", "rmb", "cny")


@dataclass(frozen=True, slots=True)
class Worded:
    """An amount in words, its decimals, and the ISO codes that the words beside it can mean."""

    number: Decimal
    decimals: int
    currencies: frozenset[str]


def read_words(text: str) -> Worded | None:
    """Return what a text says in Chinese or Japanese figures, None where it has two readings.

    三万五 is one of those that have: thirty thousand and five, or thirty-five thousand.
    """
    match = _WHOLE.fullmatch(text.replace(" ", "").translate(_PLAIN))
    if match is None or text.strip() == "一":  # which may be a dash
        return None
    whole = _whole(match["number"], with_parts=bool(match["jiao"] or match["fen"]))
    cents = 10 * _digit(match["jiao"]) + _digit(match["fen"])
    if whole is None or (cents and match["unit"] not in ("元", "块", "块钱")):
        return None
    number = whole + Decimal(cents) / 100
    sign = -1 if match["sign"] else 1
    return Worded(sign * number, 2 if cents else 0, _currencies(match))


def _digit(part: str | None) -> int:
    return 0 if not part else int(part[0]) if part[0].isdecimal() else _DIGITS[part[0]]


def _currencies(match: re.Match[str]) -> frozenset[str]:
    before, unit = (match["before"] or "").casefold(), match["unit"] or ""
    if before in _NAMES:
        return frozenset({"CNY"})
    if before == "日本円" or unit == "円":
        return frozenset({"JPY"})
    if before == "¥":
        return frozenset({"CNY"}) if unit else frozenset({"CNY", "JPY"})
    return _YUAN if unit else frozenset()


def _whole(text: str, *, with_parts: bool) -> Decimal | None:
    """Return a whole number in words, in figures and units, or (before 角) in figures alone."""
    if with_parts and _FIGURES.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if any(map(str.isdigit, text)):
        return _mixed(text)
    return _in_words(text)


def _mixed(text: str) -> Decimal | None:
    """Return 3万5千 or 1亿2000万 as a number; figures behind a unit are four or have their own."""
    match = _MIXED.fullmatch(text)
    said = {unit: part for unit, part in match.groupdict().items() if part} if match else {}
    small = said.keys() & {"千", "百", "rest"}
    # 1亿2千 is said for 1亿2千万 too.
    unsure = ("rest" in said and len(small) > 1) or ("亿" in said and "万" not in said)
    if len(said) < 2 or unsure:
        return None
    times = {"亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100, "rest": 1}
    return Decimal(sum(int(part) * times[unit] for unit, part in said.items()))


def _in_words(text: str) -> Decimal | None:
    total, rest = 0, text
    for unit, times in _MYRIADS:
        head, found, tail = rest.partition(unit)
        if not found:
            continue
        section = _section(head, first=total == 0)
        if not section:
            return None
        total, rest = total + section * times, tail
    if not rest:
        return Decimal(total) if total else None
    if total and total % 100_000_000 == 0 and rest[0] != "零":
        return None
    section = _section(rest, first=total == 0)
    return None if section is None else Decimal(total + section)


def _section(text: str, *, first: bool) -> int | None:
    """Return a number below ten thousand; a bare digit at its end needs ten or nought before it."""
    total, above, place = 0, 10_000, 0
    after_nought = first
    while place < len(text):
        word = text[place]
        if word == "零":
            after_nought, place = True, place + 1
            continue
        digit = 1 if word == "十" and (first or after_nought) else _DIGITS.get(word)
        place += word != "十"
        unit = _UNITS.get(text[place], 1) if place < len(text) else 1
        if digit is None or unit >= above or (unit == 1 and place < len(text)):
            return None
        if unit == 1 and above != 10 and not after_nought:
            return None
        total, above, after_nought, place = total + digit * unit, unit, False, place + 1
        first = False
    return total if total or text in ("零",) else None
