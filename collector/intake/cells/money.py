"""Columns of money: numbers, and text in many forms, as whole minor units; never a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import numpy as np
import numpy.typing as npt

from collector.fields import exponent
from collector.intake.cells.amounts import Amount, as_crore, times_of
from collector.intake.cells.column import (
    BOOLEAN,
    DASHES,
    DAY,
    NUMBER,
    OTHER,
    Bools,
    Cells,
    Complaint,
    Ints,
    complain_about,
    shown,
)
from collector.intake.cells.currencies import usual
from collector.intake.cells.shapes import Shapes, read_shapes
from collector.intake.cells.texts import text_of

# Beyond this a float no longer tells one minor unit from the next.
_LARGEST: Final = 2**53
# What a formula leaves behind the last minor unit: no fraction that anybody meant.
_NOISE, _RELATIVE_NOISE = 1e-6, 1e-12
# Where "Cr" is as likely crore as credit.
_CRORE_CURRENCIES: Final = frozenset({"INR", "PKR", "NPR", "BDT", "LKR"})
_LAKHS: Final = frozenset({"lakh", "lakhs", "lac", "lacs", "crore", "crores"})
_NIL: Final = frozenset({"nil", "none", "无", "没有", "暂无"})
_TEN_THOUSAND: Final = 10_000


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the texts of a column that can be read in only one way show of the others.

    ``decimal`` is the decimal mark they agree on, ``""`` when they do not; ``spaced``: spaces part
    thousands here; ``debits``: some say Dr, so Cr is credit; ``lakhs``: some say lakh or crore, so
    that Cr may be crore.
    """

    decimal: str = ""
    spaced: bool = False
    debits: bool = False
    lakhs: bool = False


@dataclass(frozen=True, slots=True)
class Amounts:
    """A column of money whose texts are read, but not yet in minor units of a currency."""

    cells: Cells
    shapes: Shapes
    evidence: Evidence

    def currencies(self, likely: str) -> npt.NDArray[np.object_]:
        """Return the ISO code that each cell itself names, else ``""``.

        A shared sign is the ``likely`` currency's where that is one of its own, else what it
        usually is.
        """
        found = np.full(len(self.cells), "", dtype=object)
        codes = [
            _named(amount.currencies, likely) if isinstance(amount, Amount) else ""
            for amount in self.shapes.forms
        ]
        if any(codes):
            found[self.cells.at] = np.array(codes, dtype=object)[self.shapes.of[self.cells.codes]]
        return found

    def having(self, codes: frozenset[str]) -> Bools:
        """Return the cells that name a currency which can mean exactly these."""
        found = np.zeros(len(self.cells), np.bool_)
        hits = [isinstance(form, Amount) and form.currencies == codes for form in self.shapes.forms]
        if not any(hits):
            return found
        found[self.cells.at] = np.array(hits, np.bool_)[self.shapes.of[self.cells.codes]]
        return found


@dataclass(frozen=True, slots=True)
class Money:
    """A column of money: ``values`` int64 minor units, 0 where not ``present``.

    ``remarks`` say what was read of texts that are more exact than their currency.
    """

    values: Ints
    present: Bools
    complaints: dict[int, Complaint]
    remarks: dict[int, Complaint] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currency of every row: its ISO codes, and the number of each row's among them."""

    codes: tuple[str, ...]
    rows: Ints

    def exponents(self) -> Ints:
        return np.array([exponent(code) for code in self.codes], dtype=np.int64)[self.rows]


def _named(codes: frozenset[str], likely: str) -> str:
    if len(codes) == 1:
        return next(iter(codes))
    return likely if likely in codes else usual(codes)


def read_amounts(cells: Cells) -> Amounts:
    """Read each distinct text of a column, and what the column shows of its marks."""
    shapes = read_shapes(cells.texts)
    amounts = [each for each in _used(shapes) if isinstance(each, Amount)]
    marks = {each.proves for each in amounts} - {""}
    evidence = Evidence(
        decimal=marks.pop() if len(marks) == 1 else "",
        spaced=any(each.spaced for each in amounts),
        debits=any(each.side == "dr" for each in amounts),
        lakhs=any(each.words in _LAKHS for each in amounts),
    )
    return Amounts(cells, shapes, evidence)


def _used(shapes: Shapes) -> Iterable[Amount | Complaint | None]:
    """Return the forms that a text has: one read by itself leaves its shape unused."""
    return (shapes.forms[number] for number in np.unique(shapes.of).tolist())


def read_money(amounts: Amounts, currencies: Currencies, multiplier: int = 1) -> Money:
    """Return a column of money as int64 minor units of the currency that each row is in.

    ``multiplier`` is the unit that the heading names (万元: 10,000). What formulas leave behind the
    minor unit is rounded, halves away from zero, as the sheet shows it. Complaints are texts that
    name another currency than the row's or can be read in two ways, texts of three decimals (they
    may be thousands) and any fraction where the currency has no minor unit.
    """
    cells = amounts.cells
    count = len(cells)
    money = Money(np.zeros(count, np.int64), np.zeros(count, np.bool_), {})
    _fill_numbers(cells, money, currencies, multiplier)
    if amounts.evidence.decimal == ",":
        _doubt_thousands(cells, money)
    _fill_texts(amounts, money, currencies, multiplier)
    for kind in (BOOLEAN, DAY, OTHER):
        at = cells.where(kind)
        money.complaints.update(complain_about(cells, at, "problem_money_unreadable", text_of))
    return money


def fill_nil(cells: Cells, money: Money) -> None:
    """Take what says "nothing" for zero: in a balance a dash says that nothing is left.

    Words that may also say that nobody knows (``n/a``, ``null``) stay as good as blank.
    """
    nil = [text in DASHES or text.casefold() in _NIL for text in cells.texts]
    if any(nil):
        money.present[cells.at[np.array(nil)[cells.codes]]] = True


def minor_units(number: Decimal, exponent: int) -> int:
    """Return an amount in minor units, halves away from zero."""
    # Unlike quantize, this also rounds figures longer than the context's precision.
    return int(number.scaleb(exponent).to_integral_value(ROUND_HALF_UP))


def _fill_numbers(cells: Cells, money: Money, currencies: Currencies, multiplier: int) -> None:
    every = cells.where(NUMBER)
    if not every.size:
        return
    exponents = currencies.exponents()
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
    odd = (exponents[at] == 0) & (np.abs(scaled - whole) > _NOISE + scaled * _RELATIVE_NOISE)
    money.values[at] = np.where(numbers < 0, -whole, whole).astype(np.int64)
    money.values[at[odd]] = 0
    money.present[at] = ~odd
    for place in at[odd].tolist():
        code = currencies.codes[currencies.rows[place]]
        facts = {"text": text_of(cells.cells[place]), "currency": code}
        money.complaints[place] = Complaint("problem_money_fraction", facts)
    money.complaints.update(complain_about(cells, every[~fits], "problem_money_too_large", text_of))


def _doubt_thousands(cells: Cells, money: Money) -> None:
    """Complain of figures of three decimals among texts like 1.234,50: they were 1.234 once."""
    at = cells.where(NUMBER)
    numbers = np.abs(np.array(cells.pick(at), dtype=np.float64)) if at.size else np.zeros(0)
    thousandths = np.abs(numbers * 1_000 - np.rint(numbers * 1_000)) < _NOISE
    hundredths = np.abs(numbers * 100 - np.rint(numbers * 100)) < _NOISE
    for position in at[thousandths & ~hundredths & (numbers < 1_000)].tolist():
        text = text_of(cells.cells[position])
        whole = Decimal(text).scaleb(3).quantize(Decimal(1))
        facts = {"text": text, "first": text, "second": str(whole)}
        money.complaints[position] = Complaint("problem_money_two_ways", facts)
        money.values[position], money.present[position] = 0, False


def _fill_texts(amounts: Amounts, money: Money, currencies: Currencies, multiplier: int) -> None:
    """Turn the texts into minor units: by shape where that decides, else one by one."""
    cells, shapes = amounts.cells, amounts.shapes
    if not cells.at.size:
        return
    kinds, rows = len(currencies.codes), currencies.rows[cells.at]
    pairs, inverse = np.unique(shapes.of[cells.codes] * kinds + rows, return_inverse=True)
    scales = [
        _scale(amounts, pair // kinds, currencies.codes[pair % kinds], multiplier)
        for pair in pairs.tolist()
    ]
    factor, divisor = np.array(scales, dtype=np.int64).T[:, inverse]
    digits = shapes.digits[cells.codes]
    scaled = np.abs(digits.astype(np.float64) * factor)
    sure = (factor != 0) & (scaled < _LARGEST)
    units = (np.abs(digits * np.where(sure, factor, 0)) * 2 + divisor) // (2 * divisor)
    money.values[cells.at] = np.where(factor < 0, -units, units)
    money.present[cells.at] = sure
    _fill_one_by_one(amounts, money, currencies, multiplier, np.flatnonzero(~sure))


def _scale(amounts: Amounts, form: int, currency: str, multiplier: int) -> tuple[int, int]:
    """Return what the digits of a shape are multiplied and divided by, ``(0, 1)`` where unsure."""
    amount = amounts.shapes.forms[form]
    if amounts.shapes.alone[form] or not isinstance(amount, Amount):
        return 0, 1
    if not isinstance(_in_currency("", amount, amounts.evidence, currency, multiplier), int):
        return 0, 1
    factor = times_of(amount) * multiplier * (-1 if amount.number < 0 else 1)
    shift = exponent(currency) - amount.decimals
    if shift < 0 and _is_plain(amount, multiplier):
        return 0, 1  # its own digits tell whether something is rounded away
    factor *= 10 ** max(shift, 0)
    return (factor, 10 ** max(-shift, 0)) if abs(factor) < _LARGEST else (0, 1)


def _fill_one_by_one(
    amounts: Amounts, money: Money, currencies: Currencies, multiplier: int, places: Ints
) -> None:
    """Turn the texts at some places of ``cells.at`` into minor units, or complain of them."""
    cells, shapes = amounts.cells, amounts.shapes
    done: dict[tuple[int, int], int | Complaint | None] = {}
    codes, rows = cells.codes[places].tolist(), currencies.rows[cells.at[places]].tolist()
    for at, code, row in zip(cells.at[places].tolist(), codes, rows, strict=True):
        if (code, row) not in done:
            text, amount = cells.texts[code], shapes.form_of(code)
            currency = currencies.codes[row]
            done[code, row] = _in_currency(text, amount, amounts.evidence, currency, multiplier)
        verdict = done[code, row]
        if isinstance(verdict, Complaint):
            money.complaints[at] = verdict
        elif verdict is not None:
            money.values[at], money.present[at] = verdict, True
            amount = shapes.form_of(code)
            if isinstance(amount, Amount) and _is_plain(amount, multiplier):
                _remark(cells.texts[code], amount, currencies.codes[row], money, at)


def _is_plain(amount: Amount, multiplier: int) -> bool:
    return not amount.words and multiplier == 1


def _remark(text: str, amount: Amount, currency: str, money: Money, at: int) -> None:
    """Say what a text was rounded to that has more decimals than its currency."""
    units = int(money.values[at])
    read = Decimal(units).scaleb(-exponent(currency))
    if amount.decimals > exponent(currency) and read not in (amount.number, amount.other):
        facts = {"text": shown(text), "read": str(read), "currency": currency}
        money.remarks[at] = Complaint("problem_money_rounded", facts)


def _in_currency(
    text: str,
    amount: Amount | Complaint | None,
    evidence: Evidence,
    currency: str,
    multiplier: int,
) -> int | Complaint | None:
    if not isinstance(amount, Amount):
        return amount
    facts = {"text": shown(text), "currency": currency}
    if amount.currencies and currency not in amount.currencies:
        return Complaint("problem_money_currency", facts)
    number = _settle(facts["text"], amount, evidence, currency, multiplier)
    if isinstance(number, Complaint):
        return number
    exact = (number * multiplier).scaleb(exponent(currency))
    units = minor_units(number * multiplier, exponent(currency))
    if abs(units) >= _LARGEST:
        return Complaint("problem_money_too_large", {"text": facts["text"]})
    odd = _is_plain(amount, multiplier) and amount.decimals == 3 and exponent(currency) < 3
    if odd or (exponent(currency) == 0 and exact != units):
        return Complaint("problem_money_fraction", facts)
    return units


def _settle(
    text: str, amount: Amount, evidence: Evidence, currency: str, multiplier: int
) -> Decimal | Complaint:
    """Return the one reading of an amount that its column and its currency leave."""
    first, second = amount.number, amount.other
    may_be_crore = currency in _CRORE_CURRENCIES or evidence.lakhs
    if amount.side == "cr" and may_be_crore and not evidence.debits:
        second = as_crore(amount)
    elif amount.mark == " ":
        if evidence.spaced:
            return first
        return Complaint("problem_money_unreadable", {"text": text})
    elif not amount.mark:
        return first
    elif multiplier % _TEN_THOUSAND == 0:  # 万元 is written with decimal points
        return second if amount.mark == "." else first
    elif evidence.decimal and evidence.decimal != amount.mark:
        return first
    elif evidence.decimal and exponent(currency) == 3:
        return second
    elif amount.mark == "," and exponent(currency) == 0:
        return first
    return Complaint(
        "problem_money_two_ways", {"text": text, "first": str(first), "second": str(second)}
    )
