"""Rules, forecast and report beyond reading: ``python benchmarks/forecast.py``.

100,000 invoices of 5,000 customers, read once. Beside ours stands the plain pandas that people
write for a quarter of it: overdue by bucket and customer, and the mean days late.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import pandas as pd
from sample_book import AS_OF, write_book

from collector.intake.book import Book, read_book
from collector.letters.figures_book import figures_book
from collector.letters.figures_page import figures_page
from collector.model import Policy
from collector.rules import Assessment, assess
from collector.rules.conduct import add_conduct
from collector.rules.figures import make_figures
from collector.rules.forecast import foresee, learn, weekly_cash
from collector.rules.hindsight import choose_strengths
from collector.rules.history import settled_history
from collector.rules.snapshots import snapshot_of
from collector.wiring import workbook

POLICY = Policy(book="benchmark", currency="USD")


def timed(work: Callable[[], Any], times: int = 3) -> tuple[Any, float]:
    """Return what work gives, and the CPU seconds of its best run."""
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        result = work()
        best = min(best, time.process_time() - started)
    return result, best


def forecast(book: Book, assessment: Assessment) -> pd.DataFrame:
    """Work out all that the customers tab and the cash forecast show."""
    rows = assessment.invoices
    history = settled_history(book, assessment)
    customers = add_conduct(assessment.customers, rows, history, POLICY, AS_OF)
    conduct = learn(history, AS_OF, choose_strengths(history))
    owed = rows[rows["open"] & rows["known"] & rows["due"].notna() & (rows["balance"] > 0)]
    foresee(owed, conduct, AS_OF)
    weekly_cash(owed, conduct, AS_OF, 8)
    return customers


def plain(path: Path) -> Callable[[], pd.DataFrame]:
    """Return the plain script's part beyond reading."""
    sheet = pd.read_excel(path, engine="calamine")

    def work() -> pd.DataFrame:
        rows = sheet.copy()
        rows["Open"] = rows["Amount"] - rows["Paid"].fillna(0)
        rows["Days"] = (pd.Timestamp(AS_OF) - rows["Due Date"]).dt.days
        rows["Bucket"] = pd.cut(rows["Days"], [-9999, 0, 30, 60, 90, 9999])
        owed = rows[rows["Open"] > 0.01]
        ages = owed.pivot_table(
            index="Customer", columns="Bucket", values="Open", aggfunc="sum", observed=False
        )
        paid = rows[rows["Paid on"].notna()]
        late = (paid["Paid on"] - paid["Due Date"]).dt.days.groupby(paid["Customer"]).mean()
        return ages.join(late.rename("Late"))

    return work


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    count = options.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "receivables.xlsx"
        write_book(str(path), count)
        opened = workbook(str(path))
        grids = [opened.read(tab.name) for tab in opened.tabs()]
        book = read_book(grids, POLICY)
        theirs, script = timed(plain(path))
    assessment, rules = timed(lambda: assess(book, POLICY, AS_OF))
    customers, ahead = timed(lambda: forecast(book, assessment))
    figures, drawn = timed(lambda: make_figures(book, assessment, POLICY))
    packed, kept = timed(lambda: snapshot_of(assessment))
    content, wrote = timed(lambda: figures_book(figures, "Report", "en"), 1)
    page, paged = timed(lambda: figures_page(figures, "Report", "en"), 1)
    print(f"{count:,} invoices, {len(customers):,} customers; CPU seconds, reading apart")
    print(f"{'plain pandas groupby, a quarter of it':<44}{script:>8.2f}  {theirs.size:,} figures")
    print(f"{'rules: balances, aging, credit':<44}{rules:>8.2f}")
    print(f"{'forecast: habits, expected days, cash':<44}{ahead:>8.2f}")
    print(f"{'rules and forecast':<44}{rules + ahead:>8.2f}")
    sizes = f"{len(content):,} bytes XLSX, {len(page):,} HTML"
    size = f"{len(zlib.compress(packed, 1)):,} bytes a run"
    print(f"{'what a run keeps of the open items':<44}{kept:>8.2f}  {size}")
    print(f"{'report: figures':<44}{drawn:>8.2f}")
    print(f"{'report: figures, workbook and page':<44}{drawn + wrote + paged:>8.2f}  {sizes}")


if __name__ == "__main__":
    main()
