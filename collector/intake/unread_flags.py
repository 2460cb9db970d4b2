"""Columns that nobody reads and whose flags or words may settle their rows: those are problems.

Under a heading that is not plainly harmless a "yes" may mean paid, matched or disputed, and a word
such as "Cancelled" or 应付 says outright that nothing is to be asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import is_nothing, narrow, shown
from collector.intake.cells.flags import says_no
from collector.intake.cells.texts import text_of
from collector.intake.end_words import Ending, ending_of
from collector.intake.headings.folding import fold
from collector.intake.headings.harmless import flags_say_nothing, names_two_codes, words_of
from collector.intake.region import Region
from collector.intake.unread import are_open, unread_places
from collector.model import Cell, Problem, Where, column_letters

_GLANCE: Final = 300
# More different cells than these among the first are names, numbers or remarks.
_MANY: Final = 60
_FEW: Final = 12
# Under this heading a draft is 0 and a cancelled paper 2.
_NUMBERED: Final = "docstatus"
_NO_INVOICE: Final = (0, 2)
# Stands for any figure or day among words.
_OTHER: Final = "#"
# As many rows that all say yes tell nothing of any one of them.
_ALL: Final = 3
_YES: Final = frozenset(
    {"y", "yes", "true", "t", "x", "v", "√", "✓", "✔", "☑", "✅", "●", "■", "○", "◯", "是", "对",
     "有", "已", "完", "済", "はい", "ja", "j", "wahr", "oui", "o", "vrai", "si", "sí", "sì", "s",
     "sim", "vero", "verdadero"}
)  # fmt: skip
_NO: Final = frozenset({"f", "未", "没有", "いいえ", "falsch", "faux", "falso", "☐", "□", "×", "✗"})
# These letters are a yes beside a no alone.
_LETTERS: Final = frozenset({"t", "v", "j", "o", "s"})
# Codes of rows that are still open, where a heading names two: P/U, O/C.
_OPEN: Final = frozenset({"u", "o", "n", "np", "un", "op", "no"})


def unread_flags(region: Region, frame: pd.DataFrame) -> list[Problem]:
    """Return a problem for each open row of ``frame`` that such a column may say is settled.

    ``frame`` has the invoices as read, by sheet ``row``.
    """
    places = unread_places(region.table)
    if not places:
        return []
    numbers = (frame["row"] - region.table.first_row).tolist()
    owed = np.where(frame["has_balance"], frame["balance"], frame["amount"] - frame["paid"]) > 0
    live: list[int] = np.flatnonzero(are_open(frame) & (owed | frame["bad_money"])).tolist()
    told = (frame["has_paid"] | frame["has_balance"]).tolist()
    sheet_rows, customers = frame["row"].tolist(), frame["customer"].tolist()
    found = []
    for place, heading in places.items():
        if not _worth(heading, [_cell(region, at, place) for at in numbers[:_GLANCE]]):
            continue
        guilty = _guilty(heading, [_cell(region, at, place) for at in numbers], live, told)
        column = column_letters(place)
        found += [
            Problem(
                Where(region.table.tab, sheet_rows[at], column), "problem_unread_flag",
                {"column": column, "heading": " ".join(heading.split()),
                 "text": shown(text_of(_cell(region, numbers[at], place)))},
                customers[at], "customer",
            )
            for at in guilty
        ]  # fmt: skip
    return found


def _cell(region: Region, at: int, place: int) -> Cell:
    row = region.rows[at]
    return row[place] if place < len(row) else None


def _worth(heading: str, first: Sequence[Cell]) -> bool:
    """Tell by a column's first cells whether it may have flags or words that matter."""
    if flags_say_nothing(heading) and words_of(heading) == "idle":
        return False
    filled = set(first) - {None, ""}
    if fold(heading) == _NUMBERED:
        return True
    worth = {*_words(first).values()} - {_OTHER}
    return len(filled) <= _MANY and (not filled or bool(worth))


def _guilty(
    heading: str, cells: Sequence[Cell], live: Sequence[int], told: Sequence[bool]
) -> list[int]:
    """Return the open rows of a column that may be settled, for all that it says."""
    if fold(heading) == _NUMBERED:
        return [at for at in live if cells[at] in _NO_INVOICE]
    words = _words(cells)
    if not words or len(set(words.values())) > _MANY:
        return []
    if names_two_codes(heading) and all(len(word) <= 2 for word in words.values()):
        return [at for at in live if cells[at] in words and words[cells[at]] not in _OPEN]
    if not flags_say_nothing(heading) and (said := _flagged(cells, words, live)):
        return [at for at in live if cells[at] in said]
    state = words_of(heading)
    if state == "idle":
        return []
    ends = {cell: ending_of(word, elsewhere=state == "other") for cell, word in words.items()}
    if not any(ends.values()):
        return []
    return [at for at in live if _ends(ends.get(cells[at], ""), told=told[at])]


def _ends(ending: Ending, *, told: bool) -> bool:
    """Tell whether an ending is one for a row; a part that the figures show is none."""
    return ending == "all" or (ending == "part" and not told)


def _words(cells: Sequence[Cell]) -> dict[Cell, str]:
    """Return the folded word of each distinct cell that is not blank, one for all figures."""
    found: dict[Cell, str] = {}
    for cell in set(cells):
        if cell is None or cell == "":
            continue
        if isinstance(cell, bool):
            found[cell] = "true" if cell else "false"
        elif isinstance(cell, int | float):
            found[cell] = str(int(cell)) if cell in (0, 1) else _OTHER
        elif isinstance(cell, str):
            word = narrow(cell).casefold().strip()
            if word and not is_nothing(word):
                found[cell] = word
        else:
            found[cell] = _OTHER
    return found


def _flagged(cells: Sequence[Cell], words: Mapping[Cell, str], live: Collection[int]) -> set[Cell]:
    """Return the cells of a column of flags that may mean settled: yes, and no where it is rarer.

    A column that says yes on every row tells nothing of any one.
    """
    said = set(words.values())
    figures = said <= {"0", "1"}
    no = {word for word in said if word == "0" or word in _NO or says_no(word)}
    yes = {word for word in said - no if word == "1" or word in _YES}
    if _OTHER in said or len(said) > _FEW or not yes or 2 * len(yes | no) < len(said):
        return set()
    # N, S, E and W are regions.
    if yes <= _LETTERS and (not no or yes | no < said):
        return set()
    count = Counter(words.get(cells[at], "") for at in live)
    agreed = sum(count[word] for word in yes)
    if len(cells) >= _ALL and sum(words.get(cell, "") in yes for cell in cells) == len(cells):
        return set()
    if figures and not no and agreed * 2 > len(cells):
        # Ones alone are rather quantities.
        return set()
    denied = sum(count[word] for word in no)
    asked = yes | no if denied and denied < agreed else yes
    return {cell for cell, word in words.items() if word in asked}
