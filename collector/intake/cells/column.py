"""One column of cells, sorted by kind, so that each reader works on what concerns it at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import compress
from typing import Any, Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from collector.model import Cell

Bools: TypeAlias = npt.NDArray[np.bool_]
Ints: TypeAlias = npt.NDArray[np.int64]
Days: TypeAlias = npt.NDArray[np.datetime64]

Value = TypeVar("Value")

BLANK, TEXT, NUMBER, BOOLEAN, DAY, OTHER = range(6)

NO_DAY: Final = np.datetime64("NaT", "ns")

ERROR_VALUES: Final = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!",
     "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#GETTING_DATA", "#ERROR!"}
)  # fmt: skip
UNCALCULATED: Final = "#UNCALCULATED"

# How people write "nothing here".
DASHES: Final = frozenset({"-", "--", "---", "–", "—", "——", "/", "－"})
NOTHING_WORDS: Final = frozenset({"n/a", "na", "nil", "none", "null", "无", "没有", "暂无"})

_SHOWN = 60


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

    def pick(self, positions: Ints) -> list[Any]:
        """Return the cells at some positions."""
        cells = self.cells
        return [cells[position] for position in positions.tolist()]

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


def distinct(values: Sequence[Value]) -> tuple[tuple[Value, ...], Ints]:
    """Return the distinct values in order of appearance, and the number of each among them."""
    uniques = tuple(dict.fromkeys(values))
    place = {value: number for number, value in enumerate(uniques)}
    codes = np.fromiter(map(place.__getitem__, values), np.int64, len(values))
    return uniques, codes


def column(cells: Sequence[Cell]) -> Cells:
    """Sort a column of cells by kind; texts are trimmed, and white space alone is blank."""
    types = list(map(type, cells))
    table = {kind: _kind_of(kind) for kind in set(types)}
    kinds = np.fromiter(map(table.__getitem__, types), np.int8, len(types))
    is_text = kinds == TEXT
    written: list[str] = list(compress(cells, is_text.tolist()))  # type: ignore[arg-type]
    texts, codes = distinct([text.strip() for text in written])
    at = np.flatnonzero(is_text)
    if "" in texts:
        blank = codes == texts.index("")
        kinds[at[blank]] = BLANK
        at, codes = at[~blank], codes[~blank]
    return Cells(cells, kinds, texts, at, codes)


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
    return {
        position: Complaint(code, {"text": shown(words(cells.cells[position]))})
        for position in positions.tolist()
    }


def shown(text: str) -> str:
    """Return a cell's text as a sentence quotes it: on one line, no longer than 60 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def is_error(text: str) -> bool:
    """Tell whether a text is an error value, or a formula that was never calculated."""
    return text[:1] == "#" and (text.upper() in ERROR_VALUES or text == UNCALCULATED)


def error_complaint(text: str) -> Complaint:
    """Return what to say of an error value."""
    if text == UNCALCULATED:
        return Complaint("problem_uncalculated")
    return Complaint("problem_error_value", {"text": text})


def narrow(text: str) -> str:
    """Return a text with full-width characters made half-width and every space a plain one."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def is_nothing(text: str) -> bool:
    """Tell whether a text says that there is nothing: a dash, ``n/a``, ``无``."""
    return text in DASHES or text.casefold() in NOTHING_WORDS
