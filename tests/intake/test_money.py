"""What a cell in a money column is read as, or why it is not read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.intake.cells.column import column
from collector.intake.cells.money import Currencies, read_amounts, read_money
from collector.model import Cell


def read(*cells: Cell, currency: str = "CNY", multiplier: int = 1) -> list[int | str | None]:
    """Return each cell in minor units, None where blank, or the problem's short code."""
    rows = np.zeros(len(cells), np.int64)
    money = read_money(read_amounts(column(list(cells))), Currencies((currency,), rows), multiplier)
    return [
        money.complaints[place].code.removeprefix("problem_").removeprefix("money_")
        if place in money.complaints
        else int(money.values[place]) if money.present[place] else None
        for place in range(len(cells))
    ]  # fmt: skip


ALONE: list[tuple[Cell, int | str | None]] = [
    # numbers
    (1, 100), (0, 0), (-3, -300), (1234.5, 123450), (0.1 + 0.2, 30), (1.005, 101), (2.675, 268),
    (-2.675, -268), (0.285, 29), (-0.005, -1), (4.35, 435), (1e12, 100_000_000_000_000),
    # text numbers
    ("7.15", 715), ("-1.05", -105), ("+5", 500), ("(1,200.00)", -120_000), ("1.05-", -105),
    ("−5", -500), ("5.00 -", -500), ("1,234.50", 123_450), ("1,234,567", 123_456_700),
    ("1.234,50", 123_450), ("1.234.567", 123_456_700), ("1 234,50", 123_450),
    ("1'234.50", 123_450), ("1’234.50", 123_450), ("12,34,567.50", 123_456_750),
    ("1,00,000", 10_000_000), ("7,15", 715), ("0,5", 50), (".5", 50), ("0.12", 12),
    ("1234.5678", 123_457), ("１，２３４．５０", 123_450), ("１００", 10_000),
    ("1\u00a0234,50", 123_450), ("1\u202f234,50", 123_450),
    # currencies and units beside the number
    ("¥1,234.50", 123_450), ("￥1,234", 123_400), ("RMB 100", 10_000), ("100 CNY", 10_000),
    ("人民币100元整", 10_000), ("100元", 10_000), ("1,234元", 123_400), ("-¥5", -500),
    ("¥-5", -500), ("(¥5.00)", -500), ("¥(5.00)", -500), ("1.2万", 1_200_000),
    ("3万元", 3_000_000), ("1.234万", 1_234_000), ("1亿", 10_000_000_000), ("12k", 1_200_000),
    ("5 Cr", -500), ("5.00 DR", 500),
    # blank
    (None, None), ("", None), ("  ", None), ("-", None), ("—", None), ("n/a", None), ("无", None),
    # two ways
    ("1,234", "two_ways"), ("1.234", "two_ways"), ("-1,234", "two_ways"), ("(1.234)", "two_ways"),
    # another currency than the row's
    ("$5", "currency"), ("5 USD", "currency"), ("€1.234,50", "currency"), ("5 EUR", "currency"),
    ("HK$ 5", "currency"), ("Rs. 500", "currency"),
    # nothing like an amount
    ("abc", "unreadable"), ("10.00 paid", "unreadable"), ("=C2-D2", "unreadable"),
    ("==C2-D2", "unreadable"), ("12,34.5", "unreadable"), ("1,2345", "unreadable"),
    ("1.2.3", "unreadable"), ("1 23", "unreadable"), ("1.", "unreadable"), ("(5", "unreadable"),
    ("-(5)", "unreadable"), ("--5", "unreadable"), ("12m", "unreadable"),
    ("5 USD EUR", "unreadable"), ("壹佰元", 10000), ("2024-01-31", "unreadable"),
    ("1/2", "unreadable"), ("5+5", "unreadable"),
    (True, "unreadable"), (date(2026, 1, 1), "unreadable"), ("50%", "percent"), ("5 %", "percent"),
    ("#N/A", "error_value"), ("#DIV/0!", "error_value"), ("#UNCALCULATED", "uncalculated"),
    (1e20, "too_large"), (float("nan"), "too_large"), ("99999999999999999999", "too_large"),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), ALONE, ids=repr)
def test_a_cell_alone_in_its_column(cell: Cell, expected: int | str | None) -> None:
    assert read(cell) == [expected]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,234", "5.50"], 123_400),
        (["1,234", "1,234,567"], 123_400),
        (["1.234", "5,50"], 123_400),
        (["1.234", "1.234,50"], 123_400),
        (["1,234", "1.234,50"], "two_ways"),
        (["1.234", "5.50"], "two_ways"),
        (["1,234", "5.50", "5,50"], "two_ways"),
        (["1,234", 5.5], "two_ways"),
    ],
)
def test_the_rest_of_the_column_decides_what_a_mark_means(
    cells: list[Cell], expected: int | str
) -> None:
    assert read(*cells)[0] == expected


@pytest.mark.parametrize(
    ("cell", "currency", "expected"),
    [
        (1234.0, "JPY", 1234), (1234.5, "JPY", "fraction"), (100.5, "JPY", "fraction"),
        (100.0000000001, "JPY", 100), ("100.5", "JPY", "fraction"), ("1.2万", "JPY", 12000),
        ("¥1,234", "JPY", 1234), ("1,234", "JPY", 1234), ("1.234", "JPY", "two_ways"),
        (1.2345, "KWD", 1235), ("1.2345", "KWD", 1235), ("$5", "USD", 500), ("$5", "HKD", 500),
        ("US$5", "HKD", "currency"), ("€1.234,50", "EUR", 123_450), ("5 kr", "SEK", 500),
        ("R$ 10,50", "BRL", 1050), ("Rs. 1,00,000", "INR", 10_000_000),
        ("$1,234", "USD", "two_ways"),
    ],
)  # fmt: skip
def test_the_rows_currency_decides_the_decimals_and_what_a_sign_means(
    cell: Cell, currency: str, expected: int | str
) -> None:
    assert read(cell, currency=currency) == [expected]


def test_the_unit_in_the_heading_multiplies_exactly() -> None:
    assert read(1.23456, "1.23456", 0.1, multiplier=10_000) == [1_234_560, 1_234_560, 100_000]


def test_both_readings_are_named() -> None:
    money = read_money(read_amounts(column(["1,234"])), Currencies(("CNY",), np.zeros(1, np.int64)))
    assert money.complaints[0].facts == {"text": "1,234", "first": "1234", "second": "1.234"}


@given(st.integers(-(10**13), 10**13))
def test_every_amount_survives_as_a_float_and_in_every_notation(cents: int) -> None:
    amount = Decimal(cents).scaleb(-2)
    plain = f"{amount:.2f}"
    english, german = f"{amount:,.2f}", f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert (
        read(float(amount), plain, english, f"¥{abs(amount)}" if cents >= 0 else plain)
        == [cents] * 4
    )
    assert read(german, german.replace(".", " ")) == [cents] * 2


@given(st.floats(-1e9, 1e9), st.sampled_from([("JPY", 0), ("CNY", 2), ("KWD", 3)]))
def test_a_float_is_rounded_half_up_from_its_shortest_decimal(
    number: float, currency: tuple[str, int]
) -> None:
    code, exponent = currency
    shortest = Decimal(repr(number)).scaleb(exponent)
    expected = int(shortest.quantize(Decimal(1), "ROUND_HALF_UP"))
    found = read(number, currency=code)
    noise = abs(shortest - expected) <= Decimal("1e-6") + abs(shortest) * Decimal("1e-12")
    assert found == ([expected] if exponent or noise else ["fraction"])


@given(st.text(max_size=20))
def test_no_text_is_too_odd_to_be_read_or_complained_about(text: str) -> None:
    assert len(read(text)) == 1


def test_a_figure_of_three_decimals_among_european_texts_may_be_thousands() -> None:
    figures = read(1.234, "1.234,50", 2.5, "12.000,00")
    assert figures == ["two_ways", 123450, 250, 1200000]
    assert read(1.234, "1,234.50") == [123, 123450]
