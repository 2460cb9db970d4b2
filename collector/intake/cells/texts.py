"""Columns of plain text: names, invoice numbers, notes; numbers become the text people mean."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import (
    BOOLEAN,
    DAY,
    NUMBER,
    OTHER,
    UNSEEN,
    Cells,
    Complaint,
    complain,
    error_complaint,
    is_error,
    narrow,
)

_SPACES = re.compile(r"\s+")
# What joins letters in some scripts is left where it is shown.
_UNSEEN: Final = {character: None for character in UNSEEN if chr(character) not in "\u200c\u200d"}


def text_of(cell: Any) -> str:
    """Return one cell as text: 20190307.0 is ``20190307``, a day is ISO, true is TRUE."""
    if type(cell) is int:
        return str(cell)
    if isinstance(cell, bool | np.bool_):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return "" if cell is None else str(cell)


def read_text(cells: Cells) -> tuple[pd.Series[str], dict[int, Complaint]]:
    """Return a column as text, ``""`` where blank; an error value is blank and complained about."""
    words, complaints = cells.texts, {}
    # One look at all of them together is cheaper than one at each.
    together = " ".join(words)
    if "  " in together or not together.isprintable():
        words = tuple(_SPACES.sub(" ", text.translate(_UNSEEN)).strip() for text in words)
    if "#" in together:
        verdicts = [error_complaint(text) if is_error(text) else None for text in words]
        words = tuple("" if verdicts[at] else text for at, text in enumerate(words))
        complaints = complain(cells, verdicts)
    values = np.full(len(cells), "", dtype=object)
    if words:
        values[cells.at] = np.array(words, dtype=object)[cells.codes]
    for kind in (NUMBER, BOOLEAN, DAY, OTHER):
        at = cells.where(kind)
        if at.size:
            values[at] = np.array(list(map(text_of, cells.pick(at))), dtype=object)
    return pd.Series(values, dtype="str"), complaints


def fold_name(name: str) -> str:
    """Return what spellings of one name share: width (brackets too), case and white space apart."""
    return narrow(name.replace("\u00ad", "")).casefold()
