"""Reading the messiest columns against pandas: ``python benchmarks/read.py [--rows 100000]``.

Ours opens the workbook, finds the table, reads every cell for what it means, joins the customers
and says what is wrong; pandas ``read_excel`` alone only loads the cells. Either side reads the same
file in a process of its own, whose CPU time the system tells.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from whole_job import Cost, compile_ours, measure

HERE = Path(__file__).parent
ROWS = 100_000
HEADINGS = (
    "Invoice No.", "Customer", "Email", "Invoice Date", "Due Date", "Terms", "Amount", "Paid",
    "Currency", "Status", "Dispute", "Promised on", "Do not chase", "Note",
)  # fmt: skip
_EPOCH, _FIRST = date(1899, 12, 30), date(2024, 1, 1)
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_CUSTOMERS = 5_000
# The share of dates and of amounts that nobody can read.
_BROKEN = 0.01

Cell = str | int | float | date | None

# Nearly every cell of these columns is a text of its own.
_DAYS: tuple[Callable[[date], Cell], ...] = (
    lambda day: day,
    lambda day: (day - _EPOCH).days,
    lambda day: f"{day}",
    lambda day: f"{day} 09:30:00",
    lambda day: day.strftime("%d-%b-%Y"),
    lambda day: day.strftime("%d.%m.%Y"),
    lambda day: day.strftime("%d/%m/%Y"),
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: int(day.strftime("%Y%m%d")),
    lambda day: day.strftime("%a, %d %B %Y"),
)
_AMOUNTS: tuple[Callable[[float], Cell], ...] = (
    lambda amount: amount,
    lambda amount: f"{amount:.2f}",
    lambda amount: f"{amount:,.2f}",
    lambda amount: f" {amount:,.2f} ",
    lambda amount: f"({amount:,.2f})",
    lambda amount: f"{amount:.2f}-",
    lambda amount: f"¥{amount:,.2f}",
    lambda amount: f"CNY {amount:,.2f}",
    lambda amount: f"{amount:,.2f}元",
    lambda amount: f"{amount / 10_000:.6f}万",
    lambda amount: f"{amount:,.2f}".translate(_WIDE),
)
_TERMS = ("Net 30", "30 days", "月结30天", "EOM+30", "2/10 net 30", "COD", "货到付款", "60天", None)
_STATUSES = ("Paid", "部分核销", "未核销", "Open", "Overdue", "ask Wei", "作废", None)
_DISPUTES = ("N", "", "-", "quantity wrong", "数量不符", "resolved", "√", None)
_FLAGS = ("Y", "N", "是", "否", "√", "TRUE", 1, 0, None)


def _day(chance: random.Random, day: date) -> Cell:
    return chance.choice(_DAYS)(day) if chance.random() > _BROKEN else "TBD"


def _amount(chance: random.Random, amount: float) -> Cell:
    return chance.choice(_AMOUNTS)(amount) if chance.random() > _BROKEN else f"{amount:,.2f} ???"


def rows(count: int) -> Iterator[list[Cell]]:
    """Yield the same messy rows for the same count."""
    chance = random.Random(count)
    pick = chance.choice
    for number in range(count):
        who = chance.randrange(_CUSTOMERS)
        issued = _FIRST + timedelta(chance.randrange(700))
        name = f"Customer {who:05} (Trading) Ltd."
        amount = round(chance.uniform(10, 1_000_000), 2)
        yield [
            pick([f"INV-{number:07}", 20_000_000 + number, f" {number:08} "]),
            pick([name, name.upper(), f" {name}  ", name.translate(_WIDE)]),
            pick([f"ar{who}@customer.example", f"AR{who}@Customer.example; b{who}@x.example",
                  f"Accounts <ar{who}@customer.example>", f"mailto:ar{who}@x.example", None]),
            _day(chance, issued), _day(chance, issued + timedelta(chance.randrange(90))),
            pick(_TERMS), _amount(chance, amount),
            pick([None, 0, f"{amount / 2:,.2f}", amount / 2]),
            pick(["CNY", "人民币", "RMB", "cny ", None]), pick(_STATUSES), pick(_DISPUTES),
            _day(chance, issued) if chance.random() < 0.1 else None,
            pick(_FLAGS), pick([None, f"see mail {number}", "含税"]),
        ]  # fmt: skip


def write_book(path: str, count: int) -> None:
    """Write the messy workbook; empty rows and subtotals stand between the others."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Receivables")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADINGS)
        for at, cells in enumerate(rows(count), 1):
            for place, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(at, place, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(at, place, cell)
                elif cell is not None:
                    sheet.write_number(at, place, cell)


def read_ours(path: str) -> None:
    """Read the workbook as a run does."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as in a run

    from collector.intake.book import read_book
    from collector.model import Policy
    from collector.sheets import open_workbook

    gc.disable()  # as in a run
    workbook = open_workbook(path)
    grids = [workbook.read(tab.name) for tab in workbook.tabs()]
    book = read_book(grids, Policy("benchmark", currency="CNY"))
    print(f"{len(book.invoices):,} rows, {len(book.problems):,} problems")


def read_pandas(path: str, engine: str) -> None:
    """Load the cells and no more."""
    import pandas as pd

    print(f"{len(pd.read_excel(path, engine=engine)):,} rows")


def show(who: str, cost: Cost) -> float:
    """Print one line of the table; return the CPU seconds."""
    print(
        f"{who:<28}{cost.cpu:>8.2f} s CPU{cost.memory:>8.0f} MB   {cost.output.strip()}", flush=True
    )
    return cost.cpu


def compare(count: int) -> None:
    """Measure both sides on one messy workbook and print the ratios."""
    compile_ours()
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    print(f"{platform.platform()}, Python {platform.python_version()}, load {load}")
    print(f"{count:,} rows of {len(HEADINGS)} messy columns\n")
    with tempfile.TemporaryDirectory(prefix="collector-benchmark-") as scratch:
        folder, book = Path(scratch), str(Path(scratch) / "messy.xlsx")
        me = str(HERE / "read.py")
        measure([me, "--write", book, "--rows", str(count)], folder)
        ours = show("collector, all of it", measure([me, "--ours", book], folder))
        for engine in ("openpyxl", "calamine"):
            command = [me, "--pandas", book, "--engine", engine]
            theirs = show(f"pandas read_excel, {engine}", measure(command, folder))
            print(f"{'ratio':<28}{ours / theirs:>8.2f}", flush=True)


def main() -> None:
    """Print the table, or be one of its sides."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS, help="default: %(default)s")
    for side in ("--write", "--ours", "--pandas"):
        parser.add_argument(side, metavar="BOOK", help=argparse.SUPPRESS)
    parser.add_argument("--engine", default="openpyxl", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write:
        write_book(asked.write, asked.rows)
    elif asked.ours:
        read_ours(asked.ours)
    elif asked.pandas:
        read_pandas(asked.pandas, asked.engine)
    else:
        compare(asked.rows)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # neither side pays for giving its memory back
