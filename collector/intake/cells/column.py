"""One column of cells, sorted by kind, so that each reader works on what concerns it at once."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import compress, count
from operator import itemgetter
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from collector.model import UNCALCULATED, Cell

Bools: TypeAlias = npt.NDArray[np.bool_]
Ints: TypeAlias = npt.NDArray[np.int64]
Days: TypeAlias = npt.NDArray[np.datetime64]

Value = TypeVar("Value")

BLANK, TEXT, NUMBER, BOOLEAN, DAY, OTHER = range(6)

NO_DAY: Final = np.datetime64("NaT", "ns")

# Pasted as text they may be in another language's words.
ERROR_VALUES: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
     "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#GETTING_DATA", "#ERROR!", "#NV", "#BEZUG!",
     "#WERT!", "#ZAHL!", "#S/O", "#¡REF!", "#REF", "#¿NOMBRE?", "#¡VALOR!", "#VALOR!", "#N/D",
     "#¡DIV/0!", "#RIF!", "#NOME?", "#VALORE!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#值!", "#名称?"}
)  # fmt: skip
_ALL_HASHES: Final = re.compile(r"#{3,}")

# How people write "nothing here".
DASHES: Final = frozenset({"-", "--", "---", "–", "—", "——", "/", "－"})
NOTHING_WORDS: Final = frozenset({"n/a", "na", "nil", "none", "null", "无", "没有", "暂无"})

_SHOWN = 60
_ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why a cell cannot be used; ``code`` names a phrase and ``facts`` fill it."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cells:
    """A column: its cells, the kind of each, and its distinct texts with where they stand."""

    cells: Sequence[Cell]
    kinds: npt.NDArray[np.int8]
    texts: tuple[str, ...]
    at: Ints
    codes: Ints

    def __len__(self) -> int:
        return len(self.cells)

    def where(self, kind: int) -> Ints:
        """Return the positions of the cells of a kind."""
        return np.flatnonzero(self.kinds == kind)

    def pick(self, positions: Ints) -> Sequence[Any]:
        """Return the cells at some positions, which are in order."""
        if len(positions) == len(self.cells):
            return self.cells
        if len(positions) < 2:  # an itemgetter of one returns no tuple
            return [self.cells[position] for position in positions.tolist()]
        return itemgetter(*positions.tolist())(self.cells)  # type: ignore[no-any-return]

    @property
    def filled(self) -> Bools:
        filled: Bools = self.kinds != BLANK
        return filled


def _kind_of(kind: type) -> int:
    if issubclass(kind, bool | np.bool_):
        return BOOLEAN
    if issubclass(kind, str):
        return TEXT
    if issubclass(kind, int | float | np.integer | np.floating):
        return NUMBER
    if issubclass(kind, date | datetime):
        return DAY
    return BLANK if kind is type(None) else OTHER


class _Kinds(dict[type, int]):
    """The kind of each type that was seen."""

    def __missing__(self, kind: type) -> int:
        self[kind] = found = _kind_of(kind)
        return found


_KINDS: Final = _Kinds()


def distinct(values: Sequence[Value]) -> tuple[tuple[Value, ...], Ints]:
    """Return the distinct values in order of appearance, and the number of each among them."""
    # Whoever is seen first takes the next number, without a word of Python in between.
    places: dict[Value, int] = defaultdict(count().__next__)
    codes = np.fromiter(map(places.__getitem__, values), np.int64, len(values))
    return tuple(places), codes


def column(cells: Sequence[Cell]) -> Cells:
    """Sort a column of cells by kind; texts are trimmed, and white space alone is blank."""
    kinds = _kinds(cells)
    is_text = kinds == TEXT
    at = np.flatnonzero(is_text)
    # A list that is text throughout need not be copied.
    some = cells if len(at) == len(cells) else list(compress(cells, is_text.tolist()))
    written: Sequence[str] = some  # type: ignore[assignment]
    texts, codes = distinct(written)
    trimmed = tuple(map(str.strip, texts))
    if trimmed != texts:
        texts, numbers = distinct(trimmed)
        codes = numbers[codes]
    if "" in texts:
        blank = codes == texts.index("")
        kinds[at[blank]] = BLANK
        at, codes = at[~blank], codes[~blank]
    return Cells(cells, kinds, texts, at, codes)


def columns_of(rows: Sequence[Sequence[Cell]], places: Iterable[int]) -> dict[int, list[Cell]]:
    """Return some columns of rows that are all as wide, by their zero-based places."""
    wanted: dict[int, list[Cell]] = {place: [] for place in places}
    # A few rows at a time stay in the processor's cache while every column is taken from them.
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        for place, cells in wanted.items():
            cells.extend(map(itemgetter(place), some))
    return wanted


def _kinds(cells: Sequence[Cell]) -> npt.NDArray[np.int8]:
    types = set(map(type, cells))
    if len(types) == 1:
        return np.full(len(cells), _KINDS[types.pop()], np.int8)
    kinds = bytes(map(_KINDS.__getitem__, map(type, cells)))
    return np.frombuffer(kinds, np.int8).copy()


def complain(cells: Cells, verdicts: Sequence[Complaint | None]) -> dict[int, Complaint]:
    """Return the complaints about distinct texts, by the position of each cell that has one."""
    guilty = np.fromiter((verdict is not None for verdict in verdicts), np.bool_, len(verdicts))
    hits = guilty[cells.codes]
    found = zip(cells.at[hits].tolist(), cells.codes[hits].tolist(), strict=True)
    return {position: verdict for position, code in found if (verdict := verdicts[code])}


def complain_about(
    cells: Cells, positions: Ints, code: str, words: Callable[[Any], str] = str
) -> dict[int, Complaint]:
    """Return one complaint for each of some cells, quoting it."""
    texts, codes = distinct([words(cells.cells[position]) for position in positions.tolist()])
    said = [Complaint(code, {"text": shown(text)}) for text in texts]
    return {
        position: said[number]
        for position, number in zip(positions.tolist(), codes.tolist(), strict=True)
    }


def shown(text: str) -> str:
    """Return a cell's text as a sentence quotes it: on one line, no longer than 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def is_error(text: str) -> bool:
    """Tell whether a text is an error value, or a formula that was never calculated."""
    if text[:1] != "#":
        return False
    known = text.upper() in ERROR_VALUES or text == UNCALCULATED
    return known or _ALL_HASHES.fullmatch(text) is not None


def error_complaint(text: str) -> Complaint:
    """Return what to say of an error value."""
    if text == UNCALCULATED:
        return Complaint("problem_uncalculated")
    return Complaint("problem_error_value", {"text": text})


# Characters that print nothing; a soft hyphen is none of them, it may have been a minus.
UNSEEN: Final = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))


def narrow(text: str) -> str:
    """Return a text with full-width characters made half-width and every space a plain one.

    Characters that print nothing are left out.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(UNSEEN))
    return " ".join(text.split())


def narrow_figures(text: str) -> str:
    """Return a text whose figures are to be read, narrowed; spaces stay as many as they are.

    With a raised or circled digit it comes back as it is: ``500¹`` is no 5001.
    """
    if text.isascii():
        return text.strip()
    if any(unicodedata.category(character) == "No" for character in text):
        return text
    plain = unicodedata.normalize("NFKC", text.translate(UNSEEN))
    return "".join(" " if each.isspace() and each not in "\n\r" else each for each in plain).strip()


def is_nothing(text: str) -> bool:
    """Tell whether a text says that there is nothing: a dash, ``n/a``, ``无``."""
    return text in DASHES or text.casefold() in NOTHING_WORDS
