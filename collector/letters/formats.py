"""Money and dates as the customer's language writes them, always with the ISO currency code."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from collector.fields import LETTER_LANGUAGES, exponent, language_code

if TYPE_CHECKING:
    from babel import Locale

_LOCALES: Final = {
    "en": "en_GB", "zh": "zh_Hans_CN", "zh-hant": "zh_Hant_TW", "de": "de_DE", "fr": "fr_FR",
    "es": "es_ES",
}  # fmt: skip
_SHORT_DAY: Final = {
    "en": "d MMM y", "zh": "y年M月d日", "zh-hant": "y年M月d日", "de": "dd.MM.y", "fr": "dd/MM/y",
    "es": "dd/MM/y",
}  # fmt: skip
_LONG_DAY: Final = {
    "en": "d MMMM y", "zh": "y年M月d日", "zh-hant": "y年M月d日", "de": "d. MMMM y",
    "fr": "d MMMM y", "es": "d 'de' MMMM 'de' y",
}  # fmt: skip
_MONTH: Final = {
    "en": "LLLL y", "zh": "y年M月", "zh-hant": "y年M月", "de": "LLLL y", "fr": "LLLL y",
    "es": "LLLL 'de' y",
}  # fmt: skip

# Where the ISO code stands behind the amount.
_CODE_LAST: Final = ("de", "fr", "es")

# babel parses and formats slowly and a run asks for the same days and sums again and again.
_REMEMBERED: Final = 1 << 16


def letter_language(language: str) -> str:
    """Return the language we have letters in: ``zh-CN`` is ``zh``; any other is English."""
    code = language_code(language)
    return code if code in LETTER_LANGUAGES else "en"


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
    # French parts thousands by a space so narrow that many fonts lack it.
    return format_decimal(amount, format=pattern, locale=_locale(language)).replace(
        "\u202f", "\u00a0"
    )


def plain_number(language: str, figure: Decimal) -> str:
    """Return a figure that is no money with as many decimals as it has: ``2``, ``2,5``."""
    from babel.numbers import format_decimal

    return format_decimal(figure, format="0.####", locale=_locale(language))


def money(language: str, amount: Decimal, currency: str) -> str:
    """Return an amount with its ISO code: ``USD 1,234.50``, ``1.234,50 EUR``."""
    shown = number(language, amount, currency)
    if language in _CODE_LAST:
        return f"{shown}\u00a0{currency}"
    return f"{currency} {shown}"


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
    if language == "fr" and day.day == 1:
        return _format_day(language, day, "d'er' MMMM y")
    return _format_day(language, day, _LONG_DAY[language])


def month(language: str, period: str) -> str:
    """Return a period ``2026-11`` as ``November 2026``, ``2026年11月``."""
    return _format_day(language, date.fromisoformat(f"{period}-01"), _MONTH[language])
