"""Columns that name somebody other than the customer, or another address, as who is to pay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.addresses import address_set
from collector.intake.cells.column import shown
from collector.intake.headings.folding import fold
from collector.intake.lookalikes import name_parts
from collector.intake.region import Region
from collector.intake.unread import are_open
from collector.model import Cell, Problem, Where, column_letters

_PAYER: Final = re.compile(
    r"(?:payer|payor|payingparty|payingcompany|payingentity|payingcustomer|thirdpartypayer"
    r"|付款方|付款单位|付款人|实际付款方|代付方|代付单位)(?:name|名称)?"
)
# These may be over a postal address too.
_BILLED: Final = re.compile(
    r"(?:bill(?:ed|ing)?to|invoiceto|invoicedto|billto(?:party|customer|company)"
    r"|开票单位|开票抬头|发票抬头|抬头)(?:name|名称)?"
)
_ADDRESS: Final = re.compile(
    r"(?:bill(?:ed|ing)?to|invoiceto|payer|payor)(?:s)?(?:contact)?e?mail(?:address)?"
    r"|(?:付款方|付款人|付款单位|开票)(?:电子)?邮箱"
)


def other_payers(region: Region, frame: pd.DataFrame) -> list[Problem]:
    """Return a problem for each open row whose payer is not its customer, or has another address.

    ``frame`` has the invoices as read, by sheet ``row``.
    """
    table, found = region.table, list[Problem]()
    for place, heading in table.others.items():
        form = fold(heading)
        if not any(each.fullmatch(form) for each in (_PAYER, _BILLED, _ADDRESS)):
            continue
        rows = [region.rows[row - table.first_row] for row in frame["row"].tolist()]
        cells = [row[place] if place < len(row) else None for row in rows]
        hits = _others(cells, frame, strict=bool(_PAYER.fullmatch(form)))
        found += [_problem(region, frame, place, at, cells[at]) for at in hits]
    return found


def _others(cells: Sequence[Cell], frame: pd.DataFrame, *, strict: bool) -> Iterator[int]:
    """Yield the open rows with another name or address; ``strict``: the column is of names."""
    names, emails = frame["customer_name"].tolist(), frame["email"].tolist()
    same = [isinstance(cell, str) and bool(name_parts(cell) & name_parts(name))
            for cell, name in zip(cells, names, strict=True)]  # fmt: skip
    named = strict or any(same)
    for at in np.flatnonzero(are_open(frame)).tolist():
        cell = cells[at]
        if not isinstance(cell, str) or not any(map(str.isalpha, cell)):
            continue
        if "@" in cell:
            if emails[at] and address_set(cell) != address_set(emails[at]):
                yield at
        elif named and not same[at] and name_parts(cell):
            yield at


def _problem(region: Region, frame: pd.DataFrame, place: int, at: int, cell: Cell) -> Problem:
    column = column_letters(place)
    facts = {"column": column, "heading": " ".join(region.table.others[place].split()),
             "text": shown(str(cell))}  # fmt: skip
    where = Where(region.table.tab, int(frame["row"].iloc[at]), column)
    return Problem(where, "problem_other_payer", facts, frame["customer"].iloc[at], "customer")
