"""Amounts in words: 大写金额 to the fen, and English as it is written on cheques."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final

from collector.fields import exponent

_DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
_PLACES: Final = ("仟", "佰", "拾", "")
_GROUPS: Final = ("", "万", "亿", "万亿")
_TRADITIONAL: Final = str.maketrans("贰叁陆万亿负", "貳參陸萬億負")
_ONES: Final = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = (
    "",
    "",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
)
_THOUSANDS: Final = ("", " thousand", " million", " billion", " trillion")
_MOST: Final = 10**15


def in_words(language: str, amount: Decimal, currency: str) -> str:
    """Return an amount in words, '' where the language has no custom of it or it is too large."""
    if abs(amount) >= _MOST or language not in ("en", "zh", "zh-hant"):
        return ""
    if language == "en":
        return _english(amount, currency)
    if exponent(currency) > 2:
        return ""
    name = "人民币" if currency == "CNY" else _name("zh_Hans", currency)
    if language == "zh":
        return name + chinese(amount)
    name = "人民幣" if currency == "CNY" else _name("zh_Hant", currency)
    return name + chinese(amount).translate(_TRADITIONAL)


def chinese(amount: Decimal) -> str:
    """Return 大写金额: 10.05 is 壹拾元零伍分, 1409.50 is 壹仟肆佰零玖元伍角.

    As 《支付结算办法》 (the People's Bank, 1997, annex 1) has it: 整 closes what ends at the yuan.
    """
    fen = int(abs(amount).scaleb(2).to_integral_value())
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(yuan)}元" if yuan else ""
    words += f"{_DIGITS[jiao]}角" if jiao else "零" if rest and yuan else ""
    words += f"{_DIGITS[rest]}分" if rest else ""
    closing = "" if jiao or rest else "整"
    return ("负" if amount < 0 else "") + (words or "零元") + closing


def _whole(number: int) -> str:
    """Return a whole number above nothing; one 零 stands for any run of zeros between digits."""
    words, gap = "", False
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * place) % 10_000
        if not group:
            gap = bool(words)
            continue
        words += ("零" if words and (gap or group < 1000) else "") + _group(group)
        # 万亿 is said as one unit; within it the 亿 follows only once.
        words += "万" if place == 3 and number // 10**8 % 10_000 else _GROUPS[place]
        gap = False
    return words


def _group(number: int) -> str:
    digits = f"{number:04d}"
    said = "".join(
        _DIGITS[int(digit)] + unit if digit != "0" else "零"
        for digit, unit in zip(digits, _PLACES, strict=True)
    )
    return "零".join(filter(None, said.split("零")))


def _english(amount: Decimal, currency: str) -> str:
    places = exponent(currency)
    minor = int(abs(amount).scaleb(places).to_integral_value())
    whole, rest = divmod(minor, 10**places)
    part = f" and {rest:0{places}d}/{10**places}" if places else ""
    text = f"{'minus ' if amount < 0 else ''}{english(whole)}{part} {_name('en', currency)}"
    return text[0].upper() + text[1:]


def english(number: int) -> str:
    """Return a whole number in words: ``three hundred million four thousand thirty-four``."""
    groups = []
    for name in _THOUSANDS:
        number, group = divmod(number, 1000)
        if group:
            groups.append(_hundreds(group) + name)
    return " ".join(reversed(groups)) or "zero"


def _hundreds(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ONES[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        ten, one = divmod(rest, 10)
        words.append(_TENS[ten] + (f"-{_ONES[one]}" if one else ""))
    elif rest:
        words.append(_ONES[rest])
    return " ".join(words)


@lru_cache
def _name(locale: str, currency: str) -> str:
    from babel.numbers import get_currency_name

    name: str = get_currency_name(currency, count=2 if locale == "en" else None, locale=locale)
    return name
