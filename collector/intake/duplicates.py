"""Rows that cannot be told apart: one invoice number twice, or no number and all else alike."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from collector.intake.cells.column import Complaint, Ints, shown
from collector.intake.complaints import Complaints


def complain_of_duplicates(frame: pd.DataFrame, at: Ints, complaints: Complaints) -> None:
    """Complain of duplicate rows of ``frame``, whose positions in the table are ``at``.

    The same number, instalment and due date twice at one customer holds him, as do two rows without
    a number that are alike in customer, due date and amount. One number at two customers holds
    nobody: people who bill each other in several series have that every day. Void rows count for
    nothing.
    """
    day = frame["due_date"].fillna(frame["invoice_date"])
    live = frame[["row", "customer", "invoice", "instalment", "amount", "balance", "currency"]]
    live = live.assign(day=day, at=at)[
        ((frame["paid_status"] != "void") & (frame["customer"] != "")).to_numpy()
    ]
    numbered = live["invoice"] != ""
    known, bare = live[numbered], live[~numbered]
    twice = known[known.duplicated(["invoice", "customer", "instalment", "day"], keep=False)]
    _complain(twice, ["invoice", "customer", "instalment", "day"], "problem_duplicate_invoice",
              complaints, "invoice")  # fmt: skip
    columns = ["customer", "day", "amount", "balance", "currency", "instalment"]
    _complain(bare[bare.duplicated(columns, keep=False)], columns, "problem_rows_alike", complaints,
              "invoice")  # fmt: skip
    holders = known.drop_duplicates(["invoice", "customer"])
    shared = holders.loc[holders.duplicated("invoice"), "invoice"]
    _complain(known[known["invoice"].isin(shared)], ["invoice"], "problem_invoice_elsewhere",
              complaints, "invoice")  # fmt: skip


def _complain(
    rows: pd.DataFrame, columns: Sequence[str], code: str, complaints: Complaints, name: str
) -> None:
    holds = "nothing" if code == "problem_invoice_elsewhere" else "customer"
    for _, group in rows.groupby(list(columns), sort=False, dropna=False):
        facts = {"invoice": str(group["invoice"].iloc[0]), "rows": _numbers(group["row"].tolist())}
        complaint = Complaint(code, facts)
        complaints.add(name, dict.fromkeys(group["at"].tolist(), complaint), holds)  # type: ignore[arg-type]


def _numbers(rows: Sequence[int]) -> str:
    return shown(", ".join(map(str, rows)))
