"""The script that a user would write: ``python benchmarks/user_script.py BOOK.xlsx DAY``.

pandas reads the sheet and decides, openpyxl writes seven columns back and fills overdue rows.
"""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill

COLUMNS = (
    "Status", "Days overdue", "Bucket", "Open balance", "Credit flag", "Next action", "Looked at",
)  # fmt: skip
RED = PatternFill("solid", start_color="FFC7CE", end_color="FFC7CE")
TOLERANCE, SOON, WATCH, STOP = 0.01, 7, 30, 60


def decide(rows: pd.DataFrame, today: pd.Timestamp) -> pd.DataFrame:
    """Return the new columns of every row; None is a blank cell."""
    balance = (rows["Amount"] - rows["Paid"].fillna(0)).round(2)
    days = (today - rows["Due Date"]).dt.days
    owed = balance.abs() > TOLERANCE
    overdue = owed & (days > 0)
    status = np.select([~owed, overdue, days >= -SOON], ["settled", "overdue", "due soon"], "open")
    edges = [-np.inf, 0, 30, 60, 90, np.inf]
    bucket = pd.cut(days, edges, labels=["not due", "1-30", "31-60", "61-90", "90+"])
    oldest = rows["Customer"].map(days[overdue].groupby(rows["Customer"]).max())
    flag = pd.Series(np.select([oldest > STOP, oldest > WATCH], ["stop", "watch"], "ok"))
    action = pd.Series(np.where(overdue, "Send a reminder", "Wait"))
    decided = pd.DataFrame(
        {
            "Status": status,
            "Days overdue": days.astype(object).where(overdue, None),
            "Bucket": bucket.astype(object).where(owed, None),
            "Open balance": balance.astype(object).where(owed, None),
            "Credit flag": flag.astype(object).where(owed, None),
            "Next action": action.astype(object).where(owed, None),
        }
    )
    return decided.assign(**{"Looked at": today.date()})


def main(path: str, day: str) -> None:
    """Read, decide, write back."""
    decided = decide(pd.read_excel(path, engine="openpyxl"), pd.Timestamp(day))
    book = load_workbook(path)
    sheet = book.active
    first = sheet.max_column + 1
    width = sheet.max_column + len(COLUMNS)
    for offset, heading in enumerate(COLUMNS):
        sheet.cell(1, first + offset, heading).font = Font(bold=True)
    for index, row in decided.iterrows():
        for offset, heading in enumerate(COLUMNS):
            sheet.cell(index + 2, first + offset, row[heading])
        if row["Status"] == "overdue":
            for column in range(1, width + 1):
                sheet.cell(index + 2, column).fill = RED
    book.save(path)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
