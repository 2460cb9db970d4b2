"""Customers who may be one under several spellings; only offered, never joined."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

import pandas as pd

from collector.intake.cells.column import narrow
from collector.intake.headings.table import Table
from collector.model import Problem, Where, column_letters

_FORMS: Final = frozenset(
    """ltd limited inc incorporated llc llp plc corp corporation co company gmbh mbh ag kg ohg sa
    sas sarl srl spa bv nv pty pte pvt private oy oyj ab as asa kk sl slu ltda lda sro zoo the and
    und et y e""".split()
)
_CHINESE_FORMS: Final = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司|股份公司|总公司|公司|集团)+$"
)
_MARKS: Final = str.maketrans(dict.fromkeys(".,;:&+-_/'\"()[]·、（）《》", " "))


def same_customers(frame: pd.DataFrame, table: Table, codes: Collection[str]) -> list[Problem]:
    """Return a problem for each customer whose name or code is nearly that of one further up.

    ``frame`` has ``row``, ``customer`` and ``customer_name``; ``codes`` are keys that are codes.
    Two codes are never taken for one customer by their names, only when zeros in front make the
    difference.
    """
    firsts = frame.drop_duplicates("customer")
    place = table.columns.get("customer", table.columns.get("customer_id", table.left))
    seen: dict[str, tuple[str, str]] = {}
    found: list[Problem] = []
    for key, name, row in zip(
        firsts["customer"].tolist(), firsts["customer_name"].tolist(), firsts["row"].tolist(),
        strict=True,
    ):  # fmt: skip
        for bare in _bare(key, name, is_code=key in codes):
            first, spelt = seen.setdefault(bare, (key, name))
            if first != key and not (key in codes and first in codes and bare[0] != "#"):
                where = Where(table.tab, row, column_letters(place))
                facts = {"first": spelt or first, "second": name or key}
                found.append(Problem(where, "problem_same_customer", facts, key))
                break
    return found


def name_parts(name: str) -> set[str]:
    """Return what a name may share with another spelling of it: its words, or pairs of signs."""
    folded = _CHINESE_FORMS.sub("", narrow(name).casefold())
    words = {word for word in folded.translate(_MARKS).split() if word not in _FORMS}
    plain = {word for word in words if word.isascii()}
    others = [word for word in words if not word.isascii()]
    pairs = {word[at : at + 2] for word in others for at in range(max(1, len(word) - 1))}
    return plain | pairs | {word[:4] for word in plain if len(word) > 4}


def _bare(key: str, name: str, *, is_code: bool) -> Iterable[str]:
    if not key:
        return
    if is_code and key.isdigit():
        yield "#" + key.lstrip("0")
    folded = _CHINESE_FORMS.sub("", narrow(name).casefold())
    words = [word for word in folded.translate(_MARKS).split() if word not in _FORMS]
    if words:
        yield "".join(words)
