"""One text as an amount of money: every way it can be read, and the currency it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from collector.intake.cells.chinese_figures import read_words
from collector.intake.cells.column import (
    Complaint,
    error_complaint,
    is_error,
    is_nothing,
    narrow_figures,
    shown,
)
from collector.intake.cells.currencies import CODES, SHARED, WORDS, meanings

_TIMES: Final = {
    "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "十万": 100_000, "百万": 1_000_000,
    "千万": 10_000_000, "亿": 100_000_000, "億": 100_000_000, "k": 1_000,
    "lakh": 100_000, "lakhs": 100_000, "lac": 100_000, "lacs": 100_000,
    "crore": 10_000_000, "crores": 10_000_000,
    "tsd": 1_000, "t": 1_000, "mio": 1_000_000, "mln": 1_000_000, "mrd": 1_000_000_000,
    "million": 1_000_000, "millions": 1_000_000, "millionen": 1_000_000, "w": 10_000,
}  # fmt: skip
_CRORE: Final = 10_000_000
# Units whose figures are written with either decimal mark.
_WESTERN: Final = frozenset({"", "k", "tsd", "t", "mio", "mln", "mrd", "million", "millions",
                             "millionen"})  # fmt: skip
# What an amount in words has for a unit: that its own words say how many.
WORDED: Final = "words"

_MARK = "|".join(sorted((re.escape(word) for word in {*WORDS, *SHARED, *CODES}),
                        key=len, reverse=True))  # fmt: skip
# "5'000.-", "500,--" and "Rs. 5,000/-" end in a dash that is no minus.
_AMOUNT = re.compile(
    rf"'?(?P<open>\()?\s*(?P<sign1>[+-])?\s*(?:(?P<before>{_MARK})\s*:?)?\s*(?P<open2>\()?\s*"
    rf"(?P<sign2>[+-])?\s*(?P<number>\d(?:[\d.,' ]*\d)?|[.,]\d+)(?P<dash>[.,]--?|/[-=])?\s*"
    rf"(?P<times>[十百千]?[万萬亿億]|[百千k]|lakhs?|lacs?|crores?"
    rf"|(?:tsd|mio|mln|mrd)\b\.?|million(?:s|en)?\b|t(?=€|eur\b|chf\b|usd\b)|w(?=\s*元))?\s*"
    rf"(?P<sign3>-)?\s*"
    rf"(?P<after>{_MARK})?\s*(?P<sign4>-)?\s*(?P<close>\))?\s*[整正]?\s*"
    rf"(?:(?P<side>cr|dr)\.?)?",
    re.IGNORECASE,
)
_QUOTES = str.maketrans("’‘`´٬٫", "'''''.")
_DASHES = str.maketrans(dict.fromkeys("−–—﹣‐‑‒", "-"))
# "T€ 2,5" is thousands of euros.
_THOUSANDS_OF: Final = re.compile(r"T(?P<sign>€|EUR|CHF|USD)\s*(?P<rest>.*\d)")
_MINUS: Final = re.compile(r"[负負]\s*(?=[\d¥$€£])")
_SPACED = re.compile(r"\d{1,3}([ '])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")
_HARD_SPACES = re.compile("[\u00a0\u2007\u2009\u202f]")
_THOUSANDS: Final = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}"),  # the latter is Indian
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+"),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """One reading of a text, or two of them.

    ``currencies`` are the ISO codes that the sign or word beside the number can mean. ``proves`` is
    the decimal mark that the text shows beyond doubt; ``spaced``: spaces surely part its thousands.
    Where ``mark`` is set, ``number`` takes it for a thousands mark, ``other`` for the decimal one
    (or, a space, for what stands between two figures). ``decimals`` counts the digits written
    behind the decimal mark. ``side`` is ``cr`` or ``dr``, ``words`` the unit beside the number.
    """

    number: Decimal
    proves: str = ""
    mark: str = ""
    other: Decimal = Decimal(0)
    decimals: int = 0
    spaced: bool = False
    currencies: frozenset[str] = frozenset()
    side: str = ""
    words: str = ""


def read_amount(text: str) -> Amount | Complaint | None:
    """Return what a text says of money, a complaint, or None where it says "nothing"."""
    if is_error(text):
        return error_complaint(text)
    line = narrow_figures(text).translate(_QUOTES)
    if is_nothing(line):
        return None
    line = _THOUSANDS_OF.sub(r"\g<sign>\g<rest>tsd", line, count=1)
    match = _AMOUNT.fullmatch(_MINUS.sub("-", line.translate(_DASHES), count=1))
    amount = _from_parts(match) if match else None
    if amount is not None:
        hard = amount.mark == " " and _HARD_SPACES.search(text)
        return replace(amount, mark="", spaced=True) if hard else amount
    if worded := read_words(line):
        return Amount(
            worded.number, decimals=worded.decimals, currencies=worded.currencies, words=WORDED
        )
    code = "problem_money_percent" if "%" in line else "problem_money_unreadable"
    return Complaint(code, {"text": shown(text)})


def times_of(amount: Amount) -> int:
    """Return what the unit beside the number multiplies it by."""
    return _TIMES.get(amount.words, 1)


def as_crore(amount: Amount) -> Decimal:
    """Return what "5 Cr" is when it means crore and not credit."""
    return abs(amount.number) * _CRORE


def _from_parts(match: re.Match[str]) -> Amount | None:
    part = match.groupdict(default="")
    written = part["number"].strip()
    words, side = part["times"].casefold().rstrip("."), part["side"].casefold()
    currencies = _one_currency(part["before"], part["after"])
    negative = _is_negative(part)
    amount = _number(written)
    if amount is not None and part["dash"]:
        amount = _before_dash(amount, part["dash"][0])
    if amount is not None:
        amount = _by_custom(amount, written, words, part["before"] + part["after"])
    if amount is None or negative is None or currencies is None:
        return None
    factor = (-1 if negative else 1) * _TIMES.get(words, 1)
    return replace(
        amount, number=amount.number * factor, other=amount.other * factor,
        currencies=currencies, side=side, words=words,
    )  # fmt: skip


def _before_dash(amount: Amount, dash: str) -> Amount | None:
    """Read what stands before "/-", ".-" or ",-": the dash is where the decimals would be."""
    decimal = "." if dash == "/" else dash
    if amount.mark in ("", " "):
        return None if amount.decimals and dash != "/" else amount
    return None if amount.mark == decimal else replace(amount, mark="", proves=decimal)


def _by_custom(amount: Amount, written: str, words: str, sign: str) -> Amount | None:
    """Read the marks as people do who write 元, 万 or lakh: a comma parts thousands.

    None where they would not write so.
    """
    if amount.mark == " " and sign:
        return replace(amount, mark="", spaced=True)
    if words in _WESTERN and not _is_east_asian(sign):
        # 1.250 Mio. is a slip of a point away from a thousand times less.
        return None if amount.mark in (",", ".") and words not in ("", "k") else amount
    if amount.mark == ".":
        return replace(amount, number=amount.other, mark="", proves=".", decimals=3)
    if amount.mark == ",":
        return replace(amount, mark="", proves=".")
    return None if amount.decimals and amount.proves == "," and "." not in written else amount


def _is_east_asian(sign: str) -> bool:
    return any(each == "¥" or "\u4e00" <= each <= "\u9fff" for each in sign)


def _one_currency(before: str, after: str) -> frozenset[str] | None:
    """Return the codes that both words beside a number can mean; None when they disagree."""
    if not before or not after:
        return meanings(before or after)
    return meanings(before) & meanings(after) or None


def _is_negative(part: dict[str, str]) -> bool | None:
    """Tell whether signs, brackets and Cr make an amount negative; None when they contradict."""
    brackets = [part["open"] + part["open2"], part["close"]]
    signs = [part[f"sign{number}"] for number in range(1, 5) if part[f"sign{number}"]]
    marks = len(signs) + bool(brackets[0]) + bool(part["side"])
    if len(brackets[0]) != len(brackets[1]) or marks > 1:
        return None
    return bool(brackets[0]) or "-" in signs or part["side"].casefold() == "cr"


def _number(text: str) -> Amount | None:
    """Return the reading, or the two readings, of digits with marks between them."""
    if " " in text or "'" in text:
        return _spaced(text)
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return Amount(Decimal(text))
    if len(set(marks)) == 2:
        return _with_both_marks(text, marks[-1])
    return _with_one_mark(text, marks[0]) if len(marks) == 1 else _grouped(text, marks[0])


def _spaced(text: str) -> Amount | None:
    match = _SPACED.fullmatch(text)
    if not match:
        return None
    plain = text.replace(" ", "").replace("'", "")
    mark = next((each for each in ".," if each in plain), "")
    number, spaced = Decimal(plain.replace(",", ".")), match[1] == " "
    if mark:
        decimals = len(plain.rpartition(mark)[2])
        return Amount(number, proves=mark, decimals=decimals, spaced=spaced)
    # "100 200" may be two amounts; a third group, an apostrophe or a sign beside it says it is one.
    return Amount(number, mark=" ") if text.count(" ") == 1 else Amount(number, spaced=spaced)


def _with_both_marks(text: str, decimal: str) -> Amount | None:
    head, _, tail = text.rpartition(decimal)
    group = "." if decimal == "," else ","
    if not tail or not _THOUSANDS[group].fullmatch(head):
        return None
    number = Decimal(f"{head.replace(group, '')}.{tail}")
    return Amount(number, proves=decimal, decimals=len(tail))


def _grouped(text: str, mark: str) -> Amount | None:
    if not _THOUSANDS[mark].fullmatch(text):
        return None
    return Amount(Decimal(text.replace(mark, "")), proves="." if mark == "," else ",")


def _with_one_mark(text: str, mark: str) -> Amount | None:
    head, _, tail = text.partition(mark)
    decimal = Decimal(f"{head or '0'}.{tail or '0'}")
    if len(tail) == 3 and 1 <= len(head) <= 3 and not head.startswith("0"):
        return Amount(Decimal(head + tail), mark=mark, other=decimal)
    sloppy = mark == "," and (len(tail) > 3 or (len(tail) == 3 and len(head) > 3))
    proves = "" if len(tail) == 3 else mark
    return None if sloppy else Amount(decimal, proves=proves, decimals=len(tail))
