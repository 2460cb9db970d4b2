"""What a user would write with gspread: ``google_script.py KEY_FILE SPREADSHEET_ID HOW``.

``cells`` updates the status of one row after the other, ``columns`` writes two columns at once.
"""

from __future__ import annotations

import sys
from datetime import date

import gspread

AS_OF = date(2026, 11, 20)


def main(key_file: str, key: str, how: str) -> None:
    client = gspread.service_account(key_file)
    sheet = client.open_by_key(key).worksheet("Invoices")
    records = sheet.get_all_records()
    width = len(records[0])
    if sheet.col_count < width + 2:
        sheet.add_cols(2)
    marks = [mark(record) for record in records]
    if how == "cells":
        sheet.update_cell(1, width + 1, "Status")
        for row, (status, _) in enumerate(marks, 2):
            sheet.update_cell(row, width + 1, status)
    else:
        first = gspread.utils.rowcol_to_a1(1, width + 1)
        sheet.update([["Status", "Days overdue"], *marks], first)


def mark(record: dict[str, object]) -> list[object]:
    late = (AS_OF - date.fromisoformat(str(record["Due Date"]))).days
    if float(str(record["Amount"])) - float(str(record["Paid"] or 0)) <= 0:
        return ["Settled", ""]
    return ["Overdue", late] if late > 0 else ["Open", ""]


if __name__ == "__main__":
    main(*sys.argv[1:])
