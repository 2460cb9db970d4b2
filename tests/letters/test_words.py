"""Amounts in words, against amounts written out by hand and by another method."""

from __future__ import annotations

import re
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.letters.words import chinese, english, in_words

# The first seven are the examples of 《支付结算办法》 itself.
BY_HAND = {
    "1409.50": "壹仟肆佰零玖元伍角",
    "6007.14": "陆仟零柒元壹角肆分",
    "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "107000.53": "壹拾万柒仟元伍角叁分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
    "325.04": "叁佰贰拾伍元零肆分",
    "300004034.42": "叁亿零肆仟零叁拾肆元肆角贰分",
    "10.05": "壹拾元零伍分",
    "100000.00": "壹拾万元整",
    "0.07": "柒分",
    "0.70": "柒角",
    "0.77": "柒角柒分",
    "0": "零元整",
    "1": "壹元整",
    "10": "壹拾元整",
    "11": "壹拾壹元整",
    "20": "贰拾元整",
    "100": "壹佰元整",
    "101": "壹佰零壹元整",
    "110": "壹佰壹拾元整",
    "1001": "壹仟零壹元整",
    "1010": "壹仟零壹拾元整",
    "1100.01": "壹仟壹佰元零壹分",
    "10000": "壹万元整",
    "10001": "壹万零壹元整",
    "10100": "壹万零壹佰元整",
    "11000": "壹万壹仟元整",
    "100001.10": "壹拾万零壹元壹角",
    "1000000": "壹佰万元整",
    "10000000": "壹仟万元整",
    "10001000": "壹仟万壹仟元整",
    "100000000": "壹亿元整",
    "100000001": "壹亿零壹元整",
    "100010000": "壹亿零壹万元整",
    "101000000": "壹亿零壹佰万元整",
    "110000000": "壹亿壹仟万元整",
    "1000000000000": "壹万亿元整",
    "1000100000000": "壹万零壹亿元整",
    "1234567890123.45": "壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元肆角伍分",
    "-10.05": "负壹拾元零伍分",
}


@pytest.mark.parametrize(("amount", "words"), BY_HAND.items())
def test_chinese_amounts_are_written_as_by_hand(amount: str, words: str) -> None:
    assert chinese(Decimal(amount)) == words


def by_replacing(cents: int) -> str:
    """Write every digit with its unit, then let the rules of 零 take away what is too much."""
    digits = f"{cents:017d}"
    units = "佰拾万仟佰拾亿仟佰拾万仟佰拾元角分"
    text = "".join("零壹贰叁肆伍陆柒捌玖"[int(d)] + u for d, u in zip(digits, units, strict=True))
    text = text.replace("零角零分", "整").replace("零分", "")
    text = re.sub("零[仟佰拾]", "零", text)
    text = re.sub("零+", "零", text)
    text = re.sub("零([万亿元])", r"\1", text)
    text = re.sub("(?<=亿)万|^[万亿元]+", "", text)
    text = re.sub("^万?亿?元?零?", "", text) if text[0] in "万亿元零" else text
    text = text.replace("零角", "零")
    return re.sub("^零(?!元)", "", text)


def plain_amounts() -> list[int]:
    """Amounts whose zeros lie within groups of four, for which both methods write one form."""
    chance = Random(2026)
    found: list[int] = []
    while len(found) < 400:
        cents = chance.randrange(1, 10 ** chance.randint(1, 14))
        whole = f"{cents // 100:016d}"
        groups = [whole[at : at + 4] for at in range(0, 16, 4)]
        said = [group for group in groups if group.strip("0")]
        inner = groups[groups.index(said[0]) :] if said else []
        if all(group.strip("0") and group[0] != "0" for group in inner[1:]) and cents >= 100:
            found.append(cents)
    return found


@pytest.mark.parametrize("cents", plain_amounts())
def test_chinese_amounts_agree_with_another_method(cents: int) -> None:
    assert chinese(Decimal(cents) / 100) == by_replacing(cents)


_VALUE = {each: value for value, each in enumerate("零壹贰叁肆伍陆柒捌玖")}


def read_back(words: str) -> Decimal:
    """Return what Chinese words say, digit by digit, as a reader would."""
    whole, _, rest = words.partition("元") if "元" in words else ("", "", words)
    total = section = digit = 0
    for each in whole:
        if each in _VALUE:
            digit = _VALUE[each]
        elif each in "拾佰仟":
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[each]
            digit = 0
        elif each == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        else:
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    fen = sum(_VALUE[number] * {"角": 10, "分": 1}[unit] for number, unit in
              re.findall("([零壹贰叁肆伍陆柒捌玖])([角分])", rest))  # fmt: skip
    return Decimal(total + section + digit) + Decimal(fen) / 100


@given(st.integers(0, 10**17 - 1))
def test_chinese_amounts_read_back_to_themselves_and_keep_the_rules(cents: int) -> None:
    amount = Decimal(cents).scaleb(-2)
    words = chinese(amount)
    assert read_back(words) == amount
    assert "零零" not in words
    assert not re.search("零[元万亿仟佰拾角分]", words.replace("零元整", ""))
    assert words.endswith("整") == (cents % 100 == 0)
    assert words == "零元整" or not words.startswith("零")


ENGLISH = {
    "300004034.42": "Three hundred million four thousand thirty-four and 42/100 US dollars",
    "10.05": "Ten and 05/100 US dollars",
    "100000.00": "One hundred thousand and 00/100 US dollars",
    "0.07": "Zero and 07/100 US dollars",
    "-21.10": "Minus twenty-one and 10/100 US dollars",
    "1115.90": "One thousand one hundred fifteen and 90/100 US dollars",
    "12019.00": "Twelve thousand nineteen and 00/100 US dollars",
}


@pytest.mark.parametrize(("amount", "words"), ENGLISH.items())
def test_english_amounts_are_written_as_by_hand(amount: str, words: str) -> None:
    assert in_words("en", Decimal(amount), "USD") == words


_SMALL = {word: value for value, word in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split())}  # fmt: skip
_SMALL |= {word: 10 * value for value, word in enumerate(
    "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}  # fmt: skip
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def read_english(words: str) -> int:
    total = group = 0
    for word in words.replace("-", " ").split():
        if word in _LARGE:
            total, group = total + group * _LARGE[word], 0
        elif word == "hundred":
            group *= 100
        else:
            group += _SMALL[word]
    return total + group


@given(st.integers(0, 10**15 - 1))
def test_english_numbers_read_back_to_themselves(number: int) -> None:
    assert read_english(english(number)) == number


def test_every_currency_is_named_with_its_own_decimals() -> None:
    assert in_words("en", Decimal("1.5"), "KWD") == "One and 500/1000 Kuwaiti dinars"
    assert in_words("en", Decimal(99000), "JPY") == "Ninety-nine thousand Japanese yen"
    assert in_words("zh", Decimal("10.05"), "CNY") == "人民币壹拾元零伍分"
    assert in_words("zh", Decimal(20), "USD") == "美元贰拾元整"
    assert in_words("zh-hant", Decimal("60000.30"), "CNY") == "人民幣陸萬元參角"
    assert in_words("zh", Decimal("1.5"), "KWD") == ""
    assert in_words("de", Decimal(5), "EUR") == ""
