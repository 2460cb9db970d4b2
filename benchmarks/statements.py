"""Statements of account as PDF against reportlab: ``python benchmarks/statements.py``.

Either side makes the same statements in a process of its own: a heading, the sums, the open items
and the aging. Ours are tagged PDF/A-2a with the Chinese font embedded as a subset; reportlab's are
not tagged, and its font is the one that every viewer has. `pip install reportlab` first.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from collector.model import Line, Section, Sender, Statement

HERE = Path(__file__).parent
AS_OF = date(2026, 11, 20)
SENDER = Sender("Northwind Accounts", "ar@northwind.example", company="Northwind Trading Ltd")
_MEGABYTE = 1024 if sys.platform != "darwin" else 1024**2


def statement(number: int, rows: int) -> Statement:
    """Return one customer's open items, different for each number."""
    lines = tuple(_line(number, row) for row in range(rows))
    closing = sum((line.balance for line in lines), Decimal(0))
    aging = {"not_due": Decimal(0), "1-30": closing, "31-60": Decimal(0), "61-90": Decimal(0),
             "90+": Decimal(0), "credit": Decimal(0)}  # fmt: skip
    none = Decimal(0)
    section = Section("USD", None, (), none, none, none, closing, lines, none, aging)
    return Statement(f"C{number}", f"Customer {number} Ltd", "en", AS_OF, "", (section,))


def _line(number: int, row: int) -> Line:
    due = AS_OF - timedelta(days=row % 30 + 1)
    amount = Decimal(10_000 + 137 * number + 7919 * row).scaleb(-2)
    return Line(f"INV-{number:04d}-{row:03d}", "", due - timedelta(days=30), due, row % 30 + 1,
                amount, Decimal(0), amount, "USD", project="Harbour Tower")  # fmt: skip


def ours(each: Statement) -> bytes:
    """Return our PDF."""
    from collector.letters.pdf import pdf

    return pdf(each, SENDER)


def theirs(each: Statement) -> bytes:
    """Return the same statement by reportlab."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    from collector.letters.view import statement_view
    from collector.letters.wording import labels

    view, label, styles = statement_view(each), labels("en"), getSampleStyleSheet()
    parts = [Paragraph(label["statement"], styles["Title"]), Paragraph(view["customer"])]
    rule = TableStyle(
        [("LINEBELOW", (0, 0), (-1, -1), 0.5, "#d5dce1"), ("FONTSIZE", (0, 0), (-1, -1), 8)]
    )
    for section in view["sections"]:
        parts.append(Table([[sum_["label"], sum_["amount"]] for sum_ in section["summary"]]))
        head = [
            label[name]
            for name in ("invoice", "issued", "due", "days", "amount", "paid", "balance")
        ]
        keys = ("invoice", "invoice_date", "due_date", "days", "amount", "paid", "open")
        body = [[row[key] for key in keys] for row in section["rows"]]
        parts.append(Table([head, *body], repeatRows=1, style=rule))
        aging = section["aging"]
        parts.append(Table([[age["label"] for age in aging], [age["number"] for age in aging]]))
    stream = BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(parts)
    return stream.getvalue()


SIDES: dict[str, Callable[[Statement], bytes]] = {"ours": ours, "reportlab": theirs}


def make(side: str, count: int, rows: int) -> dict[str, float]:
    """Make the statements in this process; return seconds, megabytes, and bytes of one."""
    size, started, wall = 0, time.process_time(), time.perf_counter()
    for number in range(count):
        size += len(SIDES[side](statement(number, rows)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MEGABYTE
    return {"cpu": time.process_time() - started, "wall": time.perf_counter() - wall,
            "memory": peak, "bytes": size / count}  # fmt: skip


def measure(side: str, count: int, rows: int) -> dict[str, float]:
    """Make the statements in a process of its own."""
    command = [sys.executable, __file__, "--side", side, "--count", str(count), "--rows", str(rows)]
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print the cost of either side, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=20)
    parser.add_argument("--side", choices=SIDES)
    asked = parser.parse_args()
    if asked.side:
        print(json.dumps(make(asked.side, asked.count, asked.rows)))
        return
    found = {side: measure(side, asked.count, asked.rows) for side in SIDES}
    print(f"{asked.count} statements of {asked.rows} open items")
    for side, cost in found.items():
        print(f"  {side:10} {cost['wall']:7.1f} s wall {cost['cpu']:7.1f} s CPU"
              f" {cost['memory']:6.0f} MB {cost['bytes'] / 1024:6.0f} KB each")  # fmt: skip
    ratio = {
        name: found["ours"][name] / found["reportlab"][name] for name in ("wall", "cpu", "memory")
    }
    print(
        "  ours / reportlab: " + ", ".join(f"{name} {value:.2f}" for name, value in ratio.items())
    )


if __name__ == "__main__":
    main()
