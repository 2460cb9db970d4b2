"""Rows that cannot be told apart: one invoice number twice, or no number and all else alike."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from collector.intake.cells.column import Complaint, Ints, shown
from collector.intake.complaints import Complaints
from collector.model import Holds


def complain_of_duplicates(frame: pd.DataFrame, at: Ints, complaints: Complaints) -> None:
    """Complain of duplicate rows of ``frame``, whose positions in the table are ``at``.

    The same number, instalment and due date twice at one customer holds him, as do two rows without
    a number that are alike in customer, due date and amount. One number at two customers holds
    nobody: people who bill each other in several series have that every day. Void rows count for
    nothing.
    """
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
