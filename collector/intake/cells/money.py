"""Columns of money: numbers, and text in many forms, as whole minor units; never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from collector.fields import exponent
from collector.intake.cells.column import (
    BOOLEAN,
    DAY,
    NUMBER,
    OTHER,
    Bools,
    Cells,
    Complaint,
    Ints,
    complain_about,
    error_complaint,
    is_error,
    is_nothing,
    narrow,
    shown,
)
from collector.intake.cells.currencies import CODES, SHARED, WORDS, currency_of
from collector.intake.cells.texts import text_of

# Beyond this a float no longer tells one minor unit from the next.
_LARGEST: Final = 2**53
_TIMES: Final = {
    "百": 100, "千": 1_000, "万": 10_000, "萬": 10_000, "十万": 100_000, "百万": 1_000_000,
    "千万": 10_000_000, "亿": 100_000_000, "億": 100_000_000, "k": 1_000,
}  # fmt: skip

_MARK = "|".join(sorted((re.escape(word) for word in {*WORDS, *SHARED, *CODES}),
                        key=len, reverse=True))  # fmt: skip
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign1>[+-])?\s*(?P<before>{_MARK})?\s*:?\s*(?P<open2>\()?\s*"
    rf"(?P<sign2>[+-])?\s*(?P<number>\d(?:[\d.,' ]*\d)?|[.,]\d+)\s*"
    rf"(?P<times>[十百千]?[万萬亿億]|[百千k])?\s*(?P<sign3>-)?\s*(?P<after>{_MARK})?"
    rf"\s*(?P<sign4>-)?\s*(?P<close>\))?\s*[整正]?\s*(?:(?P<side>cr|dr)\.?)?",
    re.IGNORECASE,
)
_QUOTES = str.maketrans("’‘`´٬", "'''''")
_DASHES = str.maketrans(dict.fromkeys("−–—﹣‐‑‒", "-"))
_SPACED = re.compile(r"\d{1,3}([ '])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")
_THOUSANDS: Final = {
    ",": re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}"),  # the latter is Indian
    ".": re.compile(r"\d{1,3}(?:\.\d{3})+"),
}


@dataclass(frozen=True, slots=True)
class Amount:
    """One reading of a text: the number, the sign or word of a currency beside it.

    ``proves`` is the decimal mark that the text shows beyond doubt. Where both are possible,
    ``number`` takes ``mark`` for a thousands mark, ``other`` for the decimal one.
    """

    number: Decimal
    currency: str = ""
    proves: str = ""
    mark: str = ""
    other: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of money whose texts are read, but not yet in minor units of a currency."""

    cells: Cells
    named: tuple[Amount | Complaint | None, ...]

    def currencies(self) -> npt.NDArray[np.object_]:
        """Return the ISO code that each cell itself names beyond doubt, else ``""``."""
        found = np.full(len(self.cells), "", dtype=object)
        codes = [
            (currency_of(amount.currency) or "") if isinstance(amount, Amount) else ""
            for amount in self.named
        ]
        if any(codes):
            found[self.cells.at] = np.array(codes, dtype=object)[self.cells.codes]
        return found


@dataclass(frozen=True, slots=True)
class Money:
    """A column of money: ``values`` int64 minor units, 0 where not ``present``."""

    values: Ints
    present: Bools
    complaints: dict[int, Complaint]


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currency of every row: its ISO codes, and the number of each row's among them."""

    codes: tuple[str, ...]
    rows: Ints

    def exponents(self) -> Ints:
        return np.array([exponent(code) for code in self.codes], dtype=np.int64)[self.rows]


def read_amounts(cells: Cells) -> Amounts:
    """Read each distinct text of a column; one with two readings as the rest of the column says."""
    found = [_read(text) for text in cells.texts]
    mark = _evidence(found)
    return Amounts(
        cells,
        tuple(
            _settle(text, amount, mark) if isinstance(amount, Amount) else amount
            for text, amount in zip(cells.texts, found, strict=True)
        ),
    )


def read_money(amounts: Amounts, currencies: Currencies, multiplier: int = 1) -> Money:
    """Return a column of money as int64 minor units of the currency that each row is in.

    ``multiplier`` is the unit that the heading names (万元: 10,000). Halves are rounded away from
    zero. A text that names another currency than its row's is a complaint.
    """
    cells = amounts.cells
    count = len(cells)
    money = Money(np.zeros(count, np.int64), np.zeros(count, np.bool_), {})
    _fill_numbers(cells, money, currencies.exponents(), multiplier)
    _fill_texts(amounts, money, currencies, multiplier)
    for kind in (BOOLEAN, DAY, OTHER):
        at = cells.where(kind)
        money.complaints.update(complain_about(cells, at, "problem_money_unreadable", text_of))
    return money


def minor_units(number: Decimal, exponent: int) -> int:
    """Return an amount in minor units, halves away from zero."""
    return int(number.scaleb(exponent).quantize(Decimal(1), ROUND_HALF_UP))


def _fill_numbers(cells: Cells, money: Money, exponents: Ints, multiplier: int) -> None:
    every = cells.where(NUMBER)
    if not every.size:
        return
    numbers = np.array(cells.pick(every), dtype=np.float64)
    scaled = np.abs(numbers) * (np.power(10.0, exponents[every]) * multiplier)
    fits = np.isfinite(scaled) & (scaled < _LARGEST)
    at, numbers, scaled = every[fits], numbers[fits], scaled[fits]
    whole = np.floor(scaled + 0.5)
    # Near a half the product's own rounding would decide; the shortest decimal is the truth.
    close = np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < 1e-4 + scaled * 1e-15)
    for place in close.tolist():
        number = Decimal(repr(abs(float(numbers[place])))) * multiplier
        whole[place] = minor_units(number, int(exponents[at[place]]))
    money.values[at] = np.where(numbers < 0, -whole, whole).astype(np.int64)
    money.present[at] = True
    money.complaints.update(complain_about(cells, every[~fits], "problem_money_too_large", text_of))


def _fill_texts(amounts: Amounts, money: Money, currencies: Currencies, multiplier: int) -> None:
    """Turn each distinct pair of text and currency into minor units once."""
    cells = amounts.cells
    if not cells.at.size:
        return
    kinds = len(currencies.codes)
    pairs, inverse = np.unique(cells.codes * kinds + currencies.rows[cells.at], return_inverse=True)
    read = [
        _in_currency(cells.texts[pair // kinds], amounts.named[pair // kinds],
                     currencies.codes[pair % kinds], multiplier)
        for pair in pairs.tolist()
    ]  # fmt: skip
    is_number = np.fromiter((isinstance(each, int) for each in read), np.bool_, len(read))
    numbers = np.array([each if isinstance(each, int) else 0 for each in read], dtype=np.int64)
    money.values[cells.at] = numbers[inverse]
    money.present[cells.at] = is_number[inverse]
    for place in np.flatnonzero(~is_number[inverse]).tolist():
        verdict = read[inverse[place]]
        if isinstance(verdict, Complaint):
            money.complaints[int(cells.at[place])] = verdict


def _in_currency(
    text: str, amount: Amount | Complaint | None, currency: str, multiplier: int
) -> int | Complaint | None:
    if not isinstance(amount, Amount):
        return amount
    if amount.currency and currency_of(amount.currency, currency) != currency:
        facts = {"text": shown(text), "currency": currency}
        return Complaint("problem_money_currency", facts)
    units = minor_units(amount.number * multiplier, exponent(currency))
    if abs(units) >= _LARGEST:
        return Complaint("problem_money_too_large", {"text": shown(text)})
    return units


def _evidence(found: Iterable[Amount | Complaint | None]) -> str:
    """Return the decimal mark of the texts that can be read in only one way, if they agree."""
    proven = {amount.proves for amount in found if isinstance(amount, Amount) and amount.proves}
    return proven.pop() if len(proven) == 1 else ""


def _settle(text: str, amount: Amount, mark: str) -> Amount | Complaint:
    if not amount.mark or (mark and mark != amount.mark):
        return amount
    facts = {"text": shown(text), "first": str(amount.number), "second": str(amount.other)}
    return Complaint("problem_money_two_ways", facts)


def _read(text: str) -> Amount | Complaint | None:
    if is_error(text):
        return error_complaint(text)
    line = narrow(text).translate(_QUOTES)
    if is_nothing(line):
        return None
    match = _AMOUNT.fullmatch(line.translate(_DASHES))
    amount = _from_parts(match) if match else None
    if amount is not None:
        return amount
    code = "problem_money_percent" if "%" in line else "problem_money_unreadable"
    return Complaint(code, {"text": shown(text)})


def _from_parts(match: re.Match[str]) -> Amount | None:
    part = match.groupdict(default="")
    times = _TIMES.get(part["times"].casefold()) if part["times"] else 1
    amount = _number(part["number"].strip())
    currency = _one_currency(part["before"], part["after"])
    negative = _is_negative(part)
    if times is None or amount is None or currency is None or negative is None:
        return None
    # A comma is never the decimal mark where people write 元 and 万.
    if amount.mark and (part["times"] or _is_east_asian(currency)):
        grouped = amount.mark == ","
        amount = Amount(amount.number if grouped else amount.other, proves=".")
    factor = -times if negative else times
    return replace(
        amount, number=amount.number * factor, other=amount.other * factor, currency=currency
    )


def _is_east_asian(currency: str) -> bool:
    return bool(currency) and (currency == "¥" or (not currency.isascii() and currency.isalpha()))


def _one_currency(before: str, after: str) -> str | None:
    """Return the currency written before or after a number; None when the two disagree."""
    if not before or not after:
        return before or after
    meant = currency_of(before) or currency_of(after)
    return after if meant and currency_of(before, meant) == currency_of(after, meant) else None


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
        if not _SPACED.fullmatch(text):
            return None
        plain = text.replace(" ", "").replace("'", "")
        mark = next((each for each in ".," if each in plain), "")
        return Amount(Decimal(plain.replace(",", ".")), proves=mark)
    marks = [mark for mark in text if mark in ".,"]
    if not marks:
        return Amount(Decimal(text))
    if len(set(marks)) == 2:
        return _with_both_marks(text, marks[-1])
    return _with_one_mark(text, marks[0]) if len(marks) == 1 else _grouped(text, marks[0])


def _with_both_marks(text: str, decimal: str) -> Amount | None:
    head, _, tail = text.rpartition(decimal)
    group = "." if decimal == "," else ","
    if not tail or not _THOUSANDS[group].fullmatch(head):
        return None
    return Amount(Decimal(f"{head.replace(group, '')}.{tail}"), proves=decimal)


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
    return None if sloppy else Amount(decimal, proves=mark)
