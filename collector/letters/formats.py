"""Money and dates as the customer's language writes them, always with the ISO currency code."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from collector.fields import LANGUAGES, exponent

if TYPE_CHECKING:
    from babel import Locale

_LOCALES: Final = {"en": "en_GB", "zh": "zh_Hans_CN"}
_SHORT_DAY: Final = {"en": "d MMM y", "zh": "y年M月d日"}
_LONG_DAY: Final = {"en": "d MMMM y", "zh": "y年M月d日"}
_MONTH: Final = {"en": "LLLL y", "zh": "y年M月"}

# babel parses and formats slowly and a run asks for the same days and sums again and again.
_REMEMBERED: Final = 1 << 16


def letter_language(language: str) -> str:
    """Return the language we have letters in: ``zh-CN`` is ``zh``; any other is English."""
    short = language.replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else "en"


@lru_cache
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(_LOCALES[language])


@lru_cache(_REMEMBERED)
def number(language: str, amount: Decimal, currency: str) -> str:
    """Return an amount without its currency: ``1,234.50``; JPY has no decimals, KWD three."""
    from babel.numbers import format_decimal

    places = exponent(currency)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(amount, format=pattern, locale=_locale(language))


def money(language: str, amount: Decimal, currency: str) -> str:
    """Return an amount with its ISO code: ``USD 1,234.50``."""
    return f"{currency} {number(language, amount, currency)}"


@lru_cache(_REMEMBERED)
def _format_day(language: str, day: date, pattern: str) -> str:
    from babel.dates import format_date

    # British English shortens one month to four letters ("Sept"), which breaks columns.
    locale = "en" if language == "en" else _locale(language)
    return format_date(day, pattern, locale=locale)


def short_day(language: str, day: date) -> str:
    """Return a day for a table: ``26 Nov 2026``, ``2026年11月26日``."""
    return _format_day(language, day, _SHORT_DAY[language])


def long_day(language: str, day: date) -> str:
    """Return a day for a sentence: ``26 November 2026``, ``2026年11月26日``."""
    return _format_day(language, day, _LONG_DAY[language])


def month(language: str, period: str) -> str:
    """Return a period ``2026-11`` as ``November 2026``, ``2026年11月``."""
    return _format_day(language, date.fromisoformat(f"{period}-01"), _MONTH[language])
