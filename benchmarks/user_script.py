"""The script that a careful user would write: ``python benchmarks/user_script.py BOOK.xlsx DAY``.

pandas reads the sheet and decides, openpyxl writes the columns back and fills the overdue rows.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill

COLUMNS = ("Status", "Days overdue", "Bucket", "Open balance", "Credit flag", "Next action")
RED = PatternFill("solid", start_color="FFC7CE")
TOLERANCE, SOON, WATCH, STOP = 0.01, 7, 30, 60


def decide(rows: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Return the new columns of every row."""
    balance = (rows["Amount"] - rows["Paid"].fillna(0)).round(2)
    days = (today - rows["Due Date"]).dt.days
    owed = balance.abs() > TOLERANCE
    overdue = owed & (days > 0)
    status = np.select([~owed, overdue, days >= -SOON], ["settled", "overdue", "due soon"], "open")
    edges = [-np.inf, 0, 30, 60, 90, np.inf]
    bucket = pd.cut(days, edges, labels=["not due", "1-30", "31-60", "61-90", "90+"])
    oldest = rows["Customer"].map(days[overdue].groupby(rows["Customer"]).max())
    flag = np.select([oldest > STOP, oldest > WATCH], ["stop", "watch"], "ok")
    action = np.where(overdue, "Send a reminder", "Wait")
    return pd.DataFrame(
        {
            "Status": status,
            "Days overdue": days.where(overdue),
            "Bucket": bucket.astype(object).where(owed),
            "Open balance": balance.where(owed),
            "Credit flag": pd.Series(flag).where(owed),
            "Next action": pd.Series(action).where(owed),
        }
    )


def main(path: str, day: str) -> None:
    """Read, decide, write back."""
    decided = decide(pd.read_excel(path, engine="openpyxl"), pd.Timestamp(day))
    book = load_workbook(path)
    sheet = book["Invoices"]
    first = sheet.max_column + 1
    for offset, heading in enumerate(COLUMNS):
        sheet.cell(1, first + offset, heading).font = Font(bold=True)
    last = sheet.max_column
    for at, cells in enumerate(decided.itertuples(index=False), 2):
        for offset, value in enumerate(cells):
            sheet.cell(at, first + offset, None if pd.isna(value) else value)
        if cells[0] == "overdue":
            for column in range(1, last + 1):
                sheet.cell(at, column).fill = RED
    book.save(path)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
