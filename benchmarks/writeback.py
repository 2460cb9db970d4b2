"""The write-back by itself, and read, compute and write: ``python benchmarks/writeback.py``.

The patch makes the new file's bytes from the old ones and the changes, in memory. It is measured
against unpacking the resulting bytes and packing them again (zlib, level 6): the least that any
program does that saves a workbook whole. Six columns of ours are written: into a book without
them, then all of them anew, then one row in twenty. The whole job is measured against the script a
user would write; then at ten times the rows.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import platform
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from whole_job import AS_OF, HERE, Cost, compile_ours, measure, run_theirs, say

from collector.model import AddColumn, Cell, Change, ColumnEdit, Kind
from collector.sheets.package.archive import rebuilt
from collector.sheets.package.contents import Package
from collector.sheets.package.patch import make_patch
from collector.sheets.package.scan import scan

ROWS, MANY_ROWS = 100_000, 1_000_000
_REPEATS, _GOES = 3, 2
_TAB, _FIRST_COLUMN = "Invoices", 14
_COLUMNS: Sequence[tuple[str, str, Kind]] = (
    ("status", "Status", "text"), ("days_overdue", "Days overdue", "integer"),
    ("bucket", "Bucket", "text"), ("open_balance", "Open balance", "money"),
    ("credit_flag", "Credit flag", "text"), ("next_action", "Next action", "text"),
)  # fmt: skip
_GOALS = {"new columns": 1.5, "all cells change": 1.5, "5 % change": 1.2}


def values(count: int, turn: int) -> list[list[Cell]]:
    """Return six columns of what a run writes; another ``turn`` gives other values everywhere."""
    chance = random.Random(turn)
    days = [chance.randrange(1, 120) + 200 * turn for _ in range(count)]
    return [
        [("overdue", "overdue since")[turn % 2]] * count,
        list(days),
        [f"{turn}: {day // 30 * 30 + 1}-{day // 30 * 30 + 30}" for day in days],
        [round(chance.uniform(50, 20_000), 2) for _ in days],
        [("watch", "stop")[turn % 2]] * count,
        [f"Reminder {turn + 1} on {day % 28 + 1} Nov" for day in days],
    ]


def column_edits(columns: Sequence[Sequence[Cell]], rows: Sequence[int]) -> list[Change]:
    """Return the edits that set six columns in some one-based sheet rows."""
    return [
        ColumnEdit(_TAB, _FIRST_COLUMN + at, kind, rows, cells)
        for at, ((_, _, kind), cells) in enumerate(zip(_COLUMNS, columns, strict=True))
    ]


def headings() -> list[Change]:
    """Return what adds the six columns."""
    return [
        AddColumn(_TAB, _FIRST_COLUMN + at, 1, key, heading, kind)
        for at, (key, heading, kind) in enumerate(_COLUMNS)
    ]


class Book:
    """A workbook's bytes, and what its cells show as far as the patch compares them."""

    def __init__(self, data: bytes, shown: list[list[Cell]]) -> None:
        self.data, self.shown = data, shown

    def patched(self, changes: Sequence[Change]) -> bytes:
        """Return the new file's bytes."""
        package = Package(self.data, "book.xlsx")
        part = package.entry(package.sheet(_TAB).part)
        frame = scan(package.archive.blocks(part))
        assert frame is not None
        patch = make_patch(package, changes, lambda _: frame, lambda _: self.shown)
        return b"".join(rebuilt(package.archive, patch.changed, patch.added))

    def after(self, columns: Sequence[Sequence[Cell]], data: bytes) -> Book:
        """Return the book once six columns hold these values below their headings."""
        plain: list[Cell] = [None] * _FIRST_COLUMN
        lines = zip(*columns, strict=True)
        top = [*plain, *(heading for _, heading, _ in _COLUMNS)]
        return Book(data, [top, *([*plain, *line] for line in lines)])


def repacked(data: bytes) -> None:
    """Unpack a workbook and pack it again as most programs do."""
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new,
    ):
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))


def least(work: Callable[[], object]) -> float:
    """Return the CPU seconds of the quickest of several goes."""
    spent = []
    for _ in range(_REPEATS):
        gc.collect()
        gc.disable()  # as in a run
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
        gc.enable()
    return min(spent)


def compare_patch(path: Path, count: int) -> dict[str, float]:
    """Print what the patch costs beside unpacking and packing; return the ratios."""
    rows = range(2, count + 2)
    book = Book(path.read_bytes(), [[None] * _FIRST_COLUMN] * (count + 1))
    first, second = values(count, 0), values(count, 1)
    changes = [*headings(), *column_edits(first, rows)]
    ratios = {"new columns": _compared("new columns", book, changes)}
    book = book.after(first, book.patched(changes))
    ratios["all cells change"] = _compared("all cells change", book, column_edits(second, rows))
    some = sorted(random.Random(5).sample(rows, count // 20))
    few = [[column[row - 2] for row in some] for column in second]
    ratios["5 % change"] = _compared("5 % change", book, column_edits(few, some))
    return ratios


def _compared(what: str, book: Book, changes: Sequence[Change]) -> float:
    patched = least(lambda: book.patched(changes))
    result = book.patched(changes)
    plain = least(lambda: repacked(result))
    print(
        f"{what:<18}{patched:>8.2f} s patch{plain:>8.2f} s unzip and rezip"
        f"{patched / plain:>8.2f} x   (goal {_GOALS[what]} x)",
        flush=True,
    )
    return patched / plain


_JOB = """\
import gc, os, sys
from datetime import date
gc.disable()
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as in a run
from collector.intake.book import read_book
from collector.model import Policy
from collector.plan import History, make_plan
from collector.plan.sheet import sheet_changes
from collector.rules import assess
from collector.sheets import open_workbook

policy = Policy("benchmark", currency="USD", steps=(), statement_day=None)
history = History()
workbook = open_workbook(sys.argv[1])
grid = workbook.read(workbook.tabs()[0].name)
book = read_book([grid], policy)
assessment = assess(book, policy, date.fromisoformat(sys.argv[2]))
plan = make_plan(book, assessment, history, policy, now=None)
changes = sheet_changes(book, grid, assessment, plan, history, policy)
print(workbook.write(changes, expect={grid.tab: grid.fingerprint}).cells, flush=True)
os._exit(0)
"""


def run_ours(folder: Path) -> Cost:
    """Measure read, compute and write in a folder: a run without its letters and its ledger."""
    (folder / "job.py").write_text(_JOB)
    return measure(["job.py", "receivables.xlsx", AS_OF], folder)


def compare_jobs(path: Path, count: int, many: int, scratch: Path) -> dict[str, float]:
    """Print what the whole job costs beside the user's script, and at more rows."""
    # In turns, and the quicker go counts: a machine's own speed changes from minute to minute.
    goes = [
        (
            run_ours(_folder(scratch, f"ours-{go}", path)),
            run_theirs(_folder(scratch, f"theirs-{go}", path)),
        )
        for go in range(_GOES)
    ]
    ours, theirs = (min(each, key=lambda cost: cost.cpu) for each in zip(*goes, strict=True))
    say(count, "read, compute, write", ours)
    say(count, "pandas and openpyxl", theirs)
    print(f"{'':>11}{theirs.cpu / ours.cpu:.1f} times less CPU (goal 20)", flush=True)
    ratios = {"whole job": theirs.cpu / ours.cpu, "megabytes": ours.memory}
    if many:
        large = scratch / "many.xlsx"
        measure([str(HERE / "sample_book.py"), str(large), str(many)], scratch)
        most = run_ours(_folder(scratch, "many", large))
        say(many, "read, compute, write", most)
        ratios["growth"] = most.cpu / many / (ours.cpu / count)
        print(f"{'':>11}{ratios['growth']:.2f} times the CPU a row", flush=True)
    return ratios


def _folder(scratch: Path, name: str, book: Path) -> Path:
    folder = scratch / name
    folder.mkdir()
    shutil.copyfile(book, folder / "receivables.xlsx")
    return folder


def main() -> None:
    """Print every comparison, and the ratios as JSON in the last line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--many", type=int, default=MANY_ROWS, help="0 leaves the large book out")
    asked = parser.parse_args()
    compile_ours()
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    print(f"{platform.platform()}, Python {platform.python_version()}")
    print(f"{os.cpu_count()} cores, load {load}; {asked.rows:,} rows x 14 columns\n")
    with tempfile.TemporaryDirectory(prefix="collector-benchmark-") as folder:
        scratch = Path(folder)
        path = scratch / "book.xlsx"
        measure([str(HERE / "sample_book.py"), str(path), str(asked.rows)], scratch)
        ratios = compare_patch(path, asked.rows)
        print(f"\n{'rows':>9}  {'':<24}{'wall':>10}{'CPU':>10}{'memory':>10}")
        ratios |= compare_jobs(path, asked.rows, asked.many, scratch)
    print(json.dumps({name: round(ratio, 2) for name, ratio in ratios.items()}))


if __name__ == "__main__":
    sys.exit(main())
