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


@pytest.mark.parametrize(
    ("said", "used"),
    [("zh-CN", "zh"), ("zh_Hans", "zh"), ("EN", "en"), ("fr", "en"), ("", "en")],
)
def test_a_language_without_letters_is_written_to_in_english(said: str, used: str) -> None:
    assert letter_language(said) == used
