"""Texts that are alike but for their digits: what one of them means, all of them do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from collector.intake.cells.amounts import Amount, read_amount, times_of
from collector.intake.cells.column import Bools, Complaint, Ints, distinct, shown

# Every digit becomes a one: "¥4,200.50" and "¥1,111.11" have one shape.
_ONES: Final = {ord(digit): "1" for digit in "023456789"} | {
    ord(digit): "１" for digit in "０２３４５６７８９"
}
# More digits than these are read one by one.
_MOST_DIGITS: Final = 15


class _Digits(dict[int, "str | None"]):
    """What is left of a text when only its digits are."""

    def __missing__(self, character: int) -> None:
        return None


# What often stands beside digits is looked up faster than it is missed.
_ONLY_DIGITS: Final = _Digits(
    dict.fromkeys([*range(128), *map(ord, "¥￥€£元万，．（）\u00a0")])
    | {ord(wide): plain for wide, plain in zip("０１２３４５６７８９", "0123456789", strict=True)}
    | {ord(digit): digit for digit in "0123456789"}
)
_ZERO, _WIDE_ZERO, _NEW_LINE = ord("0"), ord("０"), ord("\n")


@dataclass(frozen=True, slots=True)
class Shapes:
    """Distinct texts by shape: ``forms`` says what each shape is read as.

    ``of`` is the number of each text's form and ``digits`` its digits as one number. Where a form
    is ``alone`` it is that of one text and not of a shape: its own digits decide what it means.
    """

    texts: Sequence[str]
    forms: tuple[Amount | Complaint | None, ...]
    alone: Bools
    of: Ints
    digits: Ints

    def form_of(self, number: int) -> Amount | Complaint | None:
        """Return what a text is read as, by itself."""
        form, text = int(self.of[number]), self.texts[number]
        read: Amount | Complaint | None = self.forms[form]
        if self.alone[form]:
            return read
        if isinstance(read, Complaint):
            return Complaint(read.code, {"text": shown(text)})
        return read_amount(text)


def read_shapes(texts: Sequence[str]) -> Shapes:
    """Read distinct texts, once a shape where the shape alone decides what its digits mean."""
    alike, digits = _by_shape(texts)
    shapes, of = distinct(alike)
    read = [read_amount(shape) for shape in shapes]
    sure = np.fromiter(map(_is_sure, shapes, read), np.bool_, len(shapes))
    long = np.fromiter(map(len, digits), np.int64, len(digits)) > _MOST_DIGITS
    one_by_one = np.flatnonzero(~sure[of] | long) if len(texts) else of
    forms: list[Amount | Complaint | None] = list(read)
    of[one_by_one] = np.arange(len(forms), len(forms) + len(one_by_one))
    forms += [read_amount(texts[place]) for place in one_by_one.tolist()]
    numbers = np.zeros(len(texts), np.int64)
    short = np.flatnonzero(~long)
    numbers[short] = [int(digits[place] or 0) for place in short.tolist()]
    alone = np.ones(len(forms), np.bool_)
    alone[: len(read)] = False
    return Shapes(texts, tuple(forms), alone, of, numbers)


def _by_shape(texts: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return of each text its shape and its digits; all are translated at one stroke."""
    together = "\n".join(texts)
    if not texts or together.count("\n") != len(texts) - 1:  # some are of two lines
        digits = ["".join(text.translate(_ONLY_DIGITS)) for text in texts]
        return [text.translate(_ONES) for text in texts], digits
    signs = np.frombuffer(together.encode("utf-16-le", "surrogatepass"), np.uint16)
    wide = (signs >= _WIDE_ZERO) & (signs <= _WIDE_ZERO + 9)
    plain = np.where(wide, signs - (_WIDE_ZERO - _ZERO), signs)
    are_digits = (plain >= _ZERO) & (plain <= _ZERO + 9)
    ones = np.where(are_digits, np.where(wide, _WIDE_ZERO + 1, _ZERO + 1), signs)
    digits_only = plain[are_digits | (plain == _NEW_LINE)]
    return _lines(ones), _lines(digits_only)


def _lines(signs: npt.NDArray[np.integer[Any]]) -> list[str]:
    return signs.astype(np.uint16).tobytes().decode("utf-16-le", "surrogatepass").split("\n")


def _is_sure(shape: str, amount: Amount | Complaint | None) -> bool:
    """Tell whether a shape decides: its digits are those of the one amount it can be, or of none.

    An error value is no shape: ``#DIV/0!``.
    """
    if isinstance(amount, Complaint):
        return "#" not in shape
    if not isinstance(amount, Amount) or amount.mark or amount.side == "cr":
        return False
    ones = int(shape.translate(_ONLY_DIGITS) or 0)
    return abs(amount.number) == (Decimal(ones) * times_of(amount)).scaleb(-amount.decimals)
