"""Amounts in words and in units: read where they have one meaning, else a question."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from collector.intake.cells.chinese_figures import read_words
from collector.intake.cells.column import column
from collector.intake.cells.money import Currencies, read_amounts, read_money

WORDS = [
    ("壹万贰仟叁佰元整", "12300"), ("壹仟贰佰叁拾肆元伍角整", "1234.5"),
    ("壹仟贰佰叁拾肆圓伍角陸分", "1234.56"), ("人民币壹拾贰万元整", "120000"),
    ("伍佰元零伍分", "500.05"), ("一千二百元", "1200"), ("三万五千", "35000"), ("两万", "20000"),
    ("三万零五", "30005"), ("三万五百", "30500"), ("一百零五", "105"), ("一千零五十", "1050"),
    ("一千零十五", "1015"), ("十", "10"), ("十五万", "150000"), ("一百二十", "120"),
    ("一亿二千万", "120000000"), ("一亿零二千", "100002000"), ("三亿五千万", "350000000"),
    ("一万二千三百四十五", "12345"), ("负一千", "-1000"), ("零", "0"), ("金壱万円也", "10000"),
    ("3万5千", "35000"), ("12萬5千", "125000"), ("1亿2000万", "120000000"), ("3万5000", "35000"),
    ("1万2千円", "12000"), ("1234元5角", "1234.5"), ("1,234元5角6分", "1234.56"),
]  # fmt: skip
# 三万五 is 35,000 to some and 30,005 to others; 一亿二千 is 120 million to some.
UNSURE = (
    "一|三万五|一百二|一千五|五千五|一亿二千|1亿2千|1亿5000|3万5|3万500|5千5|1.5万5千|一二三|千|百万|十万五"
    "|五角|元|第三|三月|二百五|一万万|3千5000|十十|百五十|五百千"
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_figures_in_words_are_read(text: str, expected: str) -> None:
    found = read_words(text)
    assert found is not None
    assert found.number == Decimal(expected)


@pytest.mark.parametrize("text", UNSURE.split("|"))
def test_words_of_two_readings_are_not(text: str) -> None:
    assert read_words(text) is None


@pytest.mark.parametrize("number", [*range(1, 1200), 10_000, 10_010, 20_305, 99_999, 1_200_300])
def test_every_number_written_out_in_full_is_read_as_itself(number: int) -> None:
    found = read_words(_written(number) + "元整")
    assert found is not None
    assert found.number == number


def _written(number: int) -> str:
    """Return a number below a hundred million in words, as banks write it."""
    high, low = divmod(number, 10_000)
    if high:
        rest = ("零" if 0 < low < 1000 else "") + (_written(low) if low else "")
        return _written(high) + "万" + rest
    words, nought = "", False
    for unit, times in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, times)
        if digit:
            words += ("零" if nought and words else "") + "零一二三四五六七八九"[digit] + unit
        nought = not digit
    return words


def read(currency: str, *cells: str, times: int = 1) -> list[int | str]:
    amounts = read_amounts(column(list(cells)))
    rows = Currencies((currency,), np.zeros(len(cells), dtype=np.int64))
    money = read_money(amounts, rows, times)
    return [
        money.complaints[at].code.removeprefix("problem_money_")
        if at in money.complaints
        else int(money.values[at])
        for at in range(len(cells))
    ]


@pytest.mark.parametrize(
    ("currency", "text", "expected"),
    [
        ("EUR", "1,5 Mio. €", 150_000_000),
        ("EUR", "1.5 Mio", 150_000_000),
        ("EUR", "1,2 Mrd.", 120_000_000_000),
        ("EUR", "1,5 Tsd.", 150_000),
        ("EUR", "2 TEUR", 200_000),
        ("EUR", "2,5 T€", 250_000),
        ("EUR", "T€ 2,5", 250_000),
        ("EUR", "T€ (2,5)", -250_000),
        ("EUR", "€ 1.5 million", 150_000_000),
        ("CNY", "3.5w元", 3_500_000),
        ("CNY", "负1234.5", -123_450),
        ("CNY", "壹万贰仟叁佰元整", 1_230_000),
        ("CNY", "1234元5角", 123_450),
        ("JPY", "1万2千円", 12_000),
        ("KRW", "1,234,000원", 1_234_000),
        ("SAR", "١٢٣٤٫٥٠", 123_450),
        ("USD", "\u202a1,234.50\u202c", 123_450),
        ("EUR", "壹万贰仟叁佰元整", "currency"),
        ("JPY", "一千円五角", "unreadable"),
        # Thousands to some: M is mille, and a mark before three figures either one.
        ("USD", "2.5M", "unreadable"),
        ("USD", "1.2m", "unreadable"),
        ("CNY", "5w", "unreadable"),
        ("EUR", "1.250 Mio. €", "unreadable"),
        ("EUR", "TEUR 2.500", "unreadable"),
        ("EUR", "5 t", "unreadable"),
        ("EUR", "5T", "unreadable"),
        ("EUR", "Mio. €", "unreadable"),
        ("JPY", "▲1,234", "unreadable"),
        ("EUR", "1.234,50 H", "unreadable"),
        ("USD", "500.", "unreadable"),
    ],
)
def test_units_beside_figures(currency: str, text: str, expected: int | str) -> None:
    assert read(currency, text) == [expected]


def test_a_unit_in_the_cell_and_in_the_heading_is_asked_about() -> None:
    assert read("CNY", "1.5万", "三万", "1.5", times=10_000) == ["two_ways", "two_ways", 1_500_000]


def test_cr_beside_lakhs_may_be_crore_in_any_currency() -> None:
    assert read("EUR", "1.2 Cr", "12 lakh") == ["two_ways", 120_000_000]
    assert read("EUR", "1.2 Cr", "12.50") == [-120, 1250]
