"""Rows that cannot be told apart: one invoice number twice, or no number and all else alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import Bools, Complaint, Ints, shown
from collector.intake.complaints import Complaints
from collector.model import Holds

# What spellings of one number differ in: marks, and zeros before its digits.
_SPELLING: Final = re.compile(r"[\W_]|(?<!\d)0+(?=\d)")
_NANOSECONDS_A_DAY: Final = 86_400 * 10**9
_ODD: Final = 1_000_003


def complain_of_duplicates(frame: pd.DataFrame, at: Ints, complaints: Complaints) -> None:
    """Complain of duplicate rows of ``frame``, whose positions in the table are ``at``.

    The same number, instalment and due date twice at one customer holds him, as do two rows without
    a number that are alike in customer, due date and amount. One number at two customers holds
    nobody: people who bill each other in several series have that every day. Void rows count for
    nothing.
    """
    _complain_of_spellings(frame, at, complaints)
    # Rows whose number stands nowhere else are the rule; only the others need a closer look.
    again = ((frame["invoice"] == "") | frame["invoice"].duplicated(keep=False)).to_numpy()
    if not again.any():
        return
    frame, at = frame[again], at[again]
    day = frame["due_date"].fillna(frame["invoice_date"])
    live = frame[["row", "customer", "invoice", "instalment", "amount", "balance", "currency"]]
    live = live.assign(day=day, at=at)[
        ((frame["paid_status"] != "void") & (frame["customer"] != "")).to_numpy()
    ]
    numbered = live["invoice"] != ""
    known, bare = live[numbered], live[~numbered]
    same = ["invoice", "customer", "instalment", "day"]
    twice = known[known.duplicated(same, keep=False)]
    _complain(twice, same, "problem_duplicate_invoice", complaints, "customer")
    same = ["customer", "day", "amount", "balance", "currency", "instalment"]
    twice = bare[bare.duplicated(same, keep=False)]
    _complain(twice, same, "problem_rows_alike", complaints, "customer")
    holders = known.drop_duplicates(["invoice", "customer"])
    shared = known[known["invoice"].isin(holders["invoice"][holders.duplicated("invoice")])]
    _complain(shared, ["invoice"], "problem_invoice_elsewhere", complaints, "nothing")


def _complain_of_spellings(frame: pd.DataFrame, at: Ints, complaints: Complaints) -> None:
    """Complain of rows alike but for how their number is spelt: INV 3, INV-3, INV03."""
    # Figures as one are looked through faster; whoever is alike in them by chance drops out.
    due = frame["due_date"].to_numpy().view(np.int64)
    figures = frame["amount"].to_numpy() * _ODD + due // _NANOSECONDS_A_DAY
    alike = _twice(figures)
    if alike.any():
        customers = pd.factorize(frame["customer"].to_numpy(dtype=object)[alike])[0]
        alike[alike] = _twice(figures[alike] * _ODD + customers)
    if not alike.any():
        return
    day = frame["due_date"].fillna(frame["invoice_date"])
    keys = ["customer", "amount", "currency", "instalment"]
    rows = frame.loc[alike, ["row", "invoice", *keys]].assign(day=day[alike], at=at[alike])
    numbered = (rows["invoice"] != "") & (rows["customer"] != "")
    rows = rows[numbered & (frame.loc[alike, "paid_status"] != "void")]
    same = [*keys, "day"]
    rows = rows[rows.duplicated(same, keep=False)]
    folded = [_SPELLING.sub("", number.casefold()) for number in rows["invoice"].tolist()]
    rows = rows.assign(folded=folded)
    same.append("folded")
    numbers = rows.drop_duplicates([*same, "invoice"])
    twice = numbers[numbers.duplicated(same, keep=False)]
    if not twice.empty:
        every = rows[rows["folded"].isin(twice["folded"])].merge(twice[same].drop_duplicates())
        _complain(every, same, "problem_number_alike", complaints, "customer")


def _twice(figures: Ints) -> Bools:
    """Return which whole figures stand there more than once."""
    again = np.sort(figures)
    again = again[1:][again[1:] == again[:-1]]
    found: Bools = np.isin(figures, again) if again.size else np.zeros(len(figures), np.bool_)
    return found


def _complain(
    rows: pd.DataFrame, columns: Sequence[str], code: str, complaints: Complaints, holds: Holds
) -> None:
    """Complain of each row, naming the rows that are alike in some columns."""
    alike = rows.groupby(list(columns), sort=False, dropna=False).ngroup().tolist()
    together: dict[int, list[int]] = {}
    for number, row in zip(alike, rows["row"].tolist(), strict=True):
        together.setdefault(number, []).append(row)
    texts = {number: shown(", ".join(map(str, some[:20]))) for number, some in together.items()}
    found = {
        at: Complaint(code, {"invoice": invoice, "rows": texts[number]})
        for at, invoice, number in zip(
            rows["at"].tolist(), rows["invoice"].tolist(), alike, strict=True
        )
    }
    complaints.add("invoice", found, holds)
