"""The whole job against the script a user would write: ``python benchmarks/whole_job.py``.

Either side works on its own copy of one workbook, in a process of its own, whose CPU time and
peak memory the system tells. What the script does (read, compute, write back, fill) is compared
with a run that does the same, and with one that rehearses its letters too. Nothing is mailed.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SIZES = (10_000, 100_000, 500_000)
AS_OF = "2026-11-20"
_DONE = (0, 1)
_MEGABYTE = 1024**2
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024

_CONFIG = """\
workbook: receivables.xlsx
book: benchmark
currency: USD
ledger: sqlite:///collector.db
mail: {mode: rehearse, from: "Accounts <ar@example.com>"}
"""
_NO_LETTERS = """\
reminders: {steps: []}
statements: {day: null}
"""


@dataclass(frozen=True)
class Cost:
    """What a process cost: seconds of wall and CPU time, megabytes at its peak; what it said."""

    wall: float
    cpu: float
    memory: float
    output: str


def compile_ours() -> None:
    """Leave Collector's byte code beside its source, as an installer does."""
    compileall.compile_dir(HERE.parent / "collector", quiet=1)


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run a Python command in a folder to its end; SystemExit with what it said when it fails."""
    # What stands beside this folder is measured, whatever else is installed; either side finds
    # its byte code as it does where it is installed, not forbidden as it is on build machines.
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    said, complained = folder / "stdout.txt", folder / "stderr.txt"
    with said.open("w") as out, complained.open("w") as err:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command], cwd=folder, env=environment, stdout=out, stderr=err
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    # Exit status 1 is a finished run with problems to look at, unless something was complained of.
    failed = process.returncode not in _DONE
    if failed or (process.returncode and complained.read_text()):
        raise SystemExit(f"{' '.join(command)} failed:\n{complained.read_text()}")
    cpu = usage.ru_utime + usage.ru_stime
    return Cost(wall, cpu, usage.ru_maxrss * _RSS_UNIT / _MEGABYTE, said.read_text())


def run_ours(folder: Path) -> Cost:
    """Measure ``collector run`` in a folder."""
    return measure(["-m", "collector", "run", "--json", "--as-of", AS_OF], folder)


def run_theirs(folder: Path) -> Cost:
    """Measure the user's script in a folder."""
    return measure([str(HERE / "user_script.py"), "receivables.xlsx", AS_OF], folder)


def compare(count: int, scratch: Path, *, ours_only: bool) -> None:
    """Measure both sides at one size and print what they cost."""
    book = scratch / f"{count}.xlsx"
    measure([str(HERE / "sample_book.py"), str(book), str(count)], scratch)
    marks = _folder(scratch, f"{count}-marks", book)
    (marks / "config.yaml").write_text(_CONFIG + _NO_LETTERS)
    same = run_ours(marks)
    say(count, "collector, marks only", same)
    ours = _folder(scratch, f"{count}-ours", book)
    (ours / "config.yaml").write_text(_CONFIG)
    first = run_ours(ours)
    say(count, "collector, with letters", first)
    say(count, "collector, nothing new", run_ours(ours))
    if not ours_only:
        theirs = run_theirs(_folder(scratch, f"{count}-theirs", book))
        say(count, "pandas and openpyxl", theirs)
        _say_ratio(count, "ratio, same work", theirs, same)
        _say_ratio(count, "ratio, with letters", theirs, first)
    print(f"{'':>11}{_stages(first)}", flush=True)


def _say_ratio(count: int, what: str, theirs: Cost, ours: Cost) -> None:
    print(
        f"{count:>9,}  {what:<24}{theirs.wall / ours.wall:>8.1f} x"
        f"{theirs.cpu / ours.cpu:>8.1f} x{theirs.memory / ours.memory:>8.1f} x",
        flush=True,
    )


def _folder(scratch: Path, name: str, book: Path) -> Path:
    folder = scratch / name
    folder.mkdir()
    shutil.copyfile(book, folder / "receivables.xlsx")
    return folder


def say(count: int, who: str, cost: Cost) -> None:
    """Print one line of the table."""
    figures = f"{cost.wall:>8.1f} s{cost.cpu:>8.1f} s{cost.memory:>7.0f} MB"
    print(f"{count:>9,}  {who:<24}{figures}", flush=True)


def _stages(cost: Cost) -> str:
    report = json.loads(cost.output)
    spent = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in report["seconds"].items())
    return (
        f"with letters: {spent}; {report['status']['overdue']:,} overdue rows, "
        f"{report['edits']:,} cells written, {report['messages']['rehearsed']} letters rehearsed"
    )


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--sizes",
        type=lambda text: [int(size) for size in text.split(",")],
        default=list(SIZES),
        metavar="ROWS,ROWS…",
        help="numbers of rows (default: %(default)s)",
    )
    parser.add_argument("--ours-only", action="store_true", help="leave the user's script out")
    return parser.parse_args()


def main() -> None:
    """Print the table."""
    asked = arguments()
    compile_ours()
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    print(f"{platform.platform()}, Python {platform.python_version()}")
    print(f"{os.cpu_count()} cores, load {load}\n")
    print(f"{'rows':>9}  {'':<24}{'wall':>10}{'CPU':>10}{'memory':>10}")
    with tempfile.TemporaryDirectory(prefix="collector-benchmark-") as scratch:
        for count in asked.sizes:
            compare(count, Path(scratch), ours_only=asked.ours_only)


if __name__ == "__main__":
    main()
