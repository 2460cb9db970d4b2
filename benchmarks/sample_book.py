"""Makes a receivables workbook of any size: ``python benchmarks/sample_book.py BOOK.xlsx ROWS``.

The same number of rows always gives the same rows. About 85 of 100 are settled.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import xlsxwriter

AS_OF = date(2026, 11, 20)
HEADINGS = (
    "Invoice No.", "Customer", "Email", "Invoice Date", "Due Date", "Amount", "Paid", "Paid on",
    "Currency", "PO", "Project", "Contract", "Salesperson", "Note",
)  # fmt: skip
_ROWS_A_CUSTOMER = 20
_DAYS, _TERM = 730, 30
_LATE, _SALES, _PROJECTS = 60, 40, 300
_NOTES = ("", "", "", "deliver to gate 3", "copy to head office", "framework agreement")
_MONEY, _DATE = "#,##0.00", "yyyy-mm-dd"


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Yield rows as their cells stand in the sheet: texts, days and amounts."""
    chance = random.Random(count)
    customers = max(count // _ROWS_A_CUSTOMER, 1)
    for number in range(count):
        who = chance.randrange(customers)
        issued = AS_OF - timedelta(days=chance.randrange(_DAYS))
        due = issued + timedelta(days=_TERM)
        amount = round(chance.uniform(50, 20_000), 2)
        old = (AS_OF - issued).days > _LATE
        settled = chance.random() < (0.9 if old else 0.3)
        part = amount if settled else round(amount / 2, 2) if chance.random() < 0.1 else 0
        yield (
            f"INV-{number + 1:07d}",
            f"Customer {who + 1:05d} Trading Ltd.",
            f"accounts@customer{who + 1:05d}.example.com",
            issued,
            due,
            amount,
            part,
            min(due, AS_OF) - timedelta(days=chance.randrange(5)) if part else None,
            "USD" if who % 10 else "EUR",
            f"PO{chance.randrange(10**6):06d}",
            f"Project {chance.randrange(_PROJECTS) + 1}",
            f"C-{issued.year}-{who + 1:05d}",
            f"Salesperson {who % _SALES + 1}",
            chance.choice(_NOTES),
        )


def write_book(path: str, count: int) -> None:
    """Write the workbook, its texts shared as Excel shares them."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Invoices")
        bold = book.add_format({"bold": True})
        money, day = (book.add_format({"num_format": form}) for form in (_MONEY, _DATE))
        sheet.set_column(0, len(HEADINGS) - 1, 16)
        sheet.write_row(0, 0, HEADINGS, bold)
        for at, cells in enumerate(rows(count), 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(at, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write_number(at, column, cell, money)


if __name__ == "__main__":
    write_book(sys.argv[1], int(sys.argv[2]))
