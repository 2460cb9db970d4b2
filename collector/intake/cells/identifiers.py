"""Columns of numbers that name something: invoice numbers and codes, and what Excel did to them."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import (
    NUMBER,
    Cells,
    Complaint,
    complain,
    complain_about,
    error_complaint,
    is_error,
    shown,
)
from collector.intake.cells.texts import read_text, text_of

# Excel keeps fifteen digits of a number and turns the rest into zeros.
_KEPT: Final = 10**15
_SCIENTIFIC: Final = re.compile(r"\d(?:[.,]\d+)?E\+\d{1,2}", re.IGNORECASE)
# What another program writes for a number that does not fit: every such row would be alike.
_OVERFLOWN: Final = frozenset({"-2147483648", "2147483647", "-9223372036854775808",
                               "9223372036854775807", "4294967295"})  # fmt: skip
_FORMULA: Final = re.compile(r"=+[A-Za-z(+-].*")


def read_identifiers(cells: Cells) -> tuple[pd.Series[str], dict[int, Complaint]]:
    """Return a column of identifiers as text, ``""`` where blank or complained about.

    Complaints are error values, formulas that stand there as text, and numbers whose digits are
    lost.
    """
    values, complaints = read_text(cells)
    # One look at all texts together, so that a clean column costs nothing.
    together = " ".join(cells.texts).upper()
    if "=" in together or "E+" in together or not _OVERFLOWN.isdisjoint(cells.texts):
        complaints |= complain(cells, [_spoilt(text) for text in cells.texts])
    at = cells.where(NUMBER)
    if at.size:
        numbers = np.array(cells.pick(at), dtype=np.float64)
        complaints |= complain_about(cells, at[np.abs(numbers) >= _KEPT], "problem_id_cut", text_of)
        over = np.isin(numbers, np.array(sorted(map(float, _OVERFLOWN))))
        complaints |= complain_about(cells, at[over], "problem_id_overflow", text_of)
    if complaints:
        values = values.copy()
        values[list(complaints)] = ""
    return values, complaints


def _spoilt(text: str) -> Complaint | None:
    if is_error(text):
        return error_complaint(text)
    facts = {"text": shown(text)}
    if text in _OVERFLOWN:
        return Complaint("problem_id_overflow", facts)
    if _SCIENTIFIC.fullmatch(text):
        return Complaint("problem_id_cut", facts)
    return Complaint("problem_error_value", facts) if _FORMULA.fullmatch(text) else None
