"""Calls, bytes and time at Google against a plain gspread script: ``python benchmarks/google.py``.

Both talk to the stand-in of the tests, which counts; each runs in a process of its own. Nothing
is mailed, and nothing leaves this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from sample_book import HEADINGS, rows  # noqa: E402

from tests.sheets.google_grid import Spreadsheet  # noqa: E402
from tests.sheets.google_server import ADDRESS, KEY, GoogleServer, google_server  # noqa: E402

SIZES = (1_000, 10_000, 100_000)
# What Google lets one account ask in a minute, for reads and for writes.
QUOTA = 60
_DONE = (0, 1)

_CONFIG = f"""\
workbook: {ADDRESS}
book: benchmark
currency: USD
ledger: sqlite:///collector.db
google: {{credentials: "file:account.json"}}
mail: {{mode: rehearse, from: "Accounts <ar@example.com>"}}
reminders: {{steps: []}}
statements: {{day: null}}
"""


@dataclass(frozen=True)
class Cost:
    """What a side cost: calls, megabytes before compression, seconds of its own and in all."""

    reads: int
    writes: int
    megabytes: float
    cpu: float
    wall: float

    @property
    def minutes(self) -> int:
        """How many minutes of quota the calls use up."""
        return max(-(-self.reads // QUOTA), -(-self.writes // QUOTA))


def measure(google: GoogleServer, folder: Path, command: Sequence[str]) -> Cost:
    """Run a Python command in a folder to its end; SystemExit with what it said when it fails."""
    google.calls.clear()
    environment = os.environ | google.environment() | {"PYTHONPATH": str(HERE.parent)}
    before, started = os.times(), time.perf_counter()
    # -P: or this file would be taken for the package of the same name.
    done = subprocess.run(
        [sys.executable, "-P", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    wall, after = time.perf_counter() - started, os.times()
    if done.returncode not in _DONE or "Traceback" in done.stderr:
        raise SystemExit(f"{' '.join(command)}: {done.stderr[-2000:]}")
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    size = sum(call.bytes_in + call.bytes_out for call in google.calls) / 1024**2
    return Cost(google.reads, google.writes, size, cpu, wall)


def filled(google: GoogleServer, count: int) -> None:
    google.books[KEY] = Spreadsheet(KEY)
    google.book.fill("Invoices", [list(HEADINGS), *(list(row) for row in rows(count))])


def compare(google: GoogleServer, folder: Path, count: int, cells_up_to: int) -> dict[str, float]:
    """Print what each side costs at one size; return the ratios."""
    sides: dict[str, Cost] = {}
    script = [str(HERE / "google_script.py"), "account.json", KEY]
    if count <= cells_up_to:
        filled(google, count)
        sides["script, cell by cell"] = measure(google, folder, [*script, "cells"])
    filled(google, count)
    sides["script, by columns"] = measure(google, folder, [*script, "columns"])
    filled(google, count)
    for ledger in folder.glob("collector.db*"):
        ledger.unlink()
    run = ["-m", "collector", "run", "--json", "--as-of", "2026-11-20"]
    sides["Collector, first run"] = measure(google, folder, run)
    sides["Collector, nothing new"] = measure(google, folder, run)
    print(f"\n{count:,} rows of {len(HEADINGS)} columns")
    print(f"{'':26}{'reads':>8}{'writes':>8}{'MB':>9}{'CPU s':>8}{'wall s':>8}{'quota min':>11}")
    for name, cost in sides.items():
        print(
            f"{name:26}{cost.reads:8}{cost.writes:8}{cost.megabytes:9.2f}{cost.cpu:8.2f}"
            f"{cost.wall:8.2f}{cost.minutes:11}"
        )
    ours, plain = sides["Collector, first run"], sides["script, by columns"]
    return {
        "calls": (ours.reads + ours.writes) / (plain.reads + plain.writes),
        "megabytes": ours.megabytes / plain.megabytes,
        "cpu": ours.cpu / plain.cpu,
        "again_megabytes": sides["Collector, nothing new"].megabytes / plain.megabytes,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--cells-up-to", type=int, default=1_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with google_server(folder) as google:
            (folder / "account.json").write_text(json.dumps(google.service_account()))
            (folder / "config.yaml").write_text(_CONFIG, encoding="utf-8")
            ratios = {
                size: compare(google, folder, int(size), chosen.cells_up_to)
                for size in chosen.sizes.split(",")
            }
            unsound = sorted(set(google.unsound))
    print("\nCollector's first run for each of the script's by columns:")
    print(
        json.dumps({size: {n: round(r, 2) for n, r in by.items()} for size, by in ratios.items()})
    )
    if unsound:
        print("Not in the API's own description:", *unsound, sep="\n  ")


if __name__ == "__main__":
    main()
