"""Tabs nobody reads that may say less is owed: credit notes, refunds, write-offs, payments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import narrow
from collector.intake.cells.texts import fold_name
from collector.intake.headings.finding import may_be_credits
from collector.intake.tabs_of_ours import Ours, rows_named
from collector.intake.unread import are_open
from collector.model import Cell, Grid, Problem, Where

_PAYMENTS: Final = re.compile(
    r"(?:bank |cash |customer |ar )?(?:payments?|receipts?|remittances?|collections?)"
    r"(?: received| list| log| register| \d{4})?"
    r"|bank(?: statements?| transactions?| account)?|cash ?book"
    r"|(?:银行)?(?:流水|日记账|对账单|交易明细)"
    r"|(?:银行)?(?:收款|回款|到账)(?:记录|明细|登记|台账|表|流水)?",
    re.IGNORECASE,
)
# Lists of what is no longer to be asked for: only an invoice they name tells whom they concern.
_LISTS: Final = re.compile(
    r"(?:settled|paid|cleared|closed|disputes?|disputed|queries|cancelled|void(?:ed)?|written off"
    r"|(?:bad debts? )?write[- ]?offs?)"
    r"(?: (?:invoices?|items))?(?: \d{4})?"
    r"|(?:已付|已收|已回款|已结清|已核销|争议|异议|作废|坏账|呆账|核销|红冲)"
    r"(?:发票|款|核销|明细|清单|记录|登记|台账|表)*",
    re.IGNORECASE,
)
# How many words of a line are looked at, and of how many a name may be.
_WORDS: Final = 30
_LONGEST: Final = 6
_LABEL: Final = re.compile(r"\D{0,3}")


def credit_tabs(
    grids: Sequence[Grid], read: Collection[str], waived: Collection[str]
) -> list[Grid]:
    """Return the tabs that are neither ``read`` nor ours nor ``waived`` and may lessen a debt."""
    return [
        grid
        for grid in grids
        if not grid.ours
        and grid.tab not in read
        and grid.tab not in waived
        and (
            _is_list(grid)
            or (
                (may_be_credits(grid) or _PAYMENTS.fullmatch(narrow(grid.tab).strip()))
                and any(map(_has_figure, grid.rows))
            )
        )
    ]


def credits_unread(
    grids: Sequence[Grid], invoices: pd.DataFrame, keys: Mapping[str, str], ours: Ours
) -> list[Problem]:
    """Return a problem for each customer with something open whom such a tab names.

    ``keys`` are the customers' keys by folded name or code. Where a tab of credits names nobody we
    know, it is said all the same and holds nobody.
    """
    still = invoices[are_open(invoices) & (invoices["customer"] != "").to_numpy()]
    owing = set(still["customer"])
    numbers = {
        fold_name(number): key
        for number, key in zip(still["invoice"].tolist(), still["customer"].tolist(), strict=True)
        if not _LABEL.fullmatch(number) and len(number) > 2
    }
    found: list[Problem] = []
    for grid in grids:
        where: dict[str, int] = {}
        known = numbers if _is_list(grid) else {**numbers, **keys}
        named = _named(grid, known, numbers, figures=not _is_list(grid))
        for row, key in (*named, *rows_named(grid, ours, keys)):
            if key in owing:
                where.setdefault(key, row)
        found += [_problem(grid.tab, row, key) for key, row in where.items()]
        if not where and may_be_credits(grid):
            found.append(Problem(Where(grid.tab), "problem_credit_tab", {"tab": grid.tab}))
    return found


def _problem(tab: str, row: int, key: str) -> Problem:
    return Problem(Where(tab, row), "problem_credit_tab", {"tab": tab}, key, "customer")


def _is_list(grid: Grid) -> bool:
    return _LISTS.fullmatch(narrow(grid.tab).strip()) is not None


def _named(
    grid: Grid, keys: Mapping[str, str], numbers: Mapping[str, str], *, figures: bool
) -> Iterator[tuple[int, str]]:
    """Yield each row (one-based), with a figure where so said, and the customer that it names.

    A cell may be a name, a code or a number, or have an invoice's number among other words.
    """
    for number, row in enumerate(grid.rows, start=1):
        texts = [fold_name(str(cell)) for cell in row if isinstance(cell, str | int) and cell != ""]
        words = [word for text in texts if " " in text for word in re.split(r"[\s,;:]+", text)]
        key = next((keys[text] for text in texts if text in keys), "")
        key = key or next((numbers[word] for word in words if word in numbers), "")
        key = key or next((keys[run] for text in texts for run in _runs(text) if run in keys), "")
        if key and (_has_figure(row) or not figures):
            yield number, key


def _runs(text: str) -> Iterator[str]:
    """Yield the runs of words in a text: a bank's lines have names among other words."""
    words = re.split(r"[\s,;:/]+", text)[:_WORDS]
    for first in range(len(words)) if len(words) > 1 else ():
        for last in range(first + 1, min(first + _LONGEST, len(words)) + 1):
            run = " ".join(words[first:last])
            if len(run) > 3 and any(map(str.isalpha, run)):
                yield run


def _has_figure(row: Sequence[Cell]) -> bool:
    return any(
        (isinstance(cell, int | float) and not isinstance(cell, bool) and cell != 0)
        or (isinstance(cell, str) and bool(re.search(r"\d[.,]\d\d\b", cell)))
        for cell in row
        if not isinstance(cell, date)
    )


def known_names(invoices: pd.DataFrame, spelt: Mapping[str, str]) -> dict[str, str]:
    """Return the keys of customers by every folded name and code that the rows have."""
    pairs = invoices[["customer_name", "customer"]].drop_duplicates()
    names = {fold_name(name): key for name, key in np.asarray(pairs).tolist() if name and key}
    return {**names, **spelt}
