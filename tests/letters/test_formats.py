from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from collector.letters.formats import letter_language, long_day, money, month, short_day


@pytest.mark.parametrize(
    ("language", "amount", "currency", "shown"),
    [
        ("en", "1234.5", "USD", "USD 1,234.50"),
        ("zh", "1234.5", "CNY", "CNY 1,234.50"),
        ("en", "99000", "JPY", "JPY 99,000"),
        ("en", "1.5", "KWD", "KWD 1.500"),
        ("en", "-100", "EUR", "EUR -100.00"),
        ("en", "0.1", "USD", "USD 0.10"),
        ("de", "1234567.5", "EUR", "1.234.567,50\u00a0EUR"),
        ("fr", "1234567.5", "EUR", "1\u00a0234\u00a0567,50\u00a0EUR"),
        ("es", "1234.5", "EUR", "1.234,50\u00a0EUR"),
        ("zh-hant", "1234.5", "TWD", "TWD 1,234.50"),
        ("en", "9007199254740993.01", "USD", "USD 9,007,199,254,740,993.01"),
    ],
)
def test_money_has_its_iso_code_and_the_decimals_of_its_currency(
    language: str, amount: str, currency: str, shown: str
) -> None:
    assert money(language, Decimal(amount), currency) == shown


def test_days_are_written_as_the_language_writes_them() -> None:
    day = date(2026, 9, 6)
    assert (short_day("en", day), long_day("en", day)) == ("6 Sep 2026", "6 September 2026")
    assert (short_day("zh", day), long_day("zh", day)) == ("2026年9月6日", "2026年9月6日")
    assert (month("en", "2026-11"), month("zh", "2026-11")) == ("November 2026", "2026年11月")
    assert (short_day("de", day), long_day("de", day)) == ("06.09.2026", "6. September 2026")
    assert (short_day("fr", day), long_day("fr", day)) == ("06/09/2026", "6 septembre 2026")
    assert (short_day("es", day), long_day("es", day)) == ("06/09/2026", "6 de septiembre de 2026")
    assert long_day("zh-hant", day) == "2026年9月6日"
    assert long_day("fr", date(2026, 11, 1)) == "1er novembre 2026"
    assert month("es", "2026-11") == "noviembre de 2026"


@pytest.mark.parametrize(
    ("said", "used"),
    [
        ("zh-CN", "zh"),
        ("zh_Hans", "zh"),
        ("EN", "en"),
        ("it", "en"),
        ("", "en"),
        ("de_AT", "de"),
        ("fr", "fr"),
        ("zh-TW", "zh-hant"),
        ("zh_Hant_HK", "zh-hant"),
    ],
)
def test_a_language_without_letters_is_written_to_in_english(said: str, used: str) -> None:
    assert letter_language(said) == used
