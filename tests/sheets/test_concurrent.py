"""Somebody saves the workbook while we write to it: what they saved stands, whenever it was."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from collector.errors import WorkbookChangedError, WorkbookLockedError
from collector.model import ColumnEdit, Edit
from collector.sheets import open_workbook, swap
from tests.office import FRIDAY, Office, due, ended
from tests.sheets.moments import Neighbour, at_steps, left_over, start_again
from tests.sheets.samples import TAB, rich_book, shown

FULL = bool(os.environ.get("COLLECTOR_FULL"))
ROUNDS, RUNS, EVERY = (200, 12, 1) if FULL else (30, 2, 15)
SEED = int(os.environ.get("COLLECTOR_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
ROWS = range(1, 2001 if FULL else 501)
THEIRS, OURS = 1, 12  # columns

EDIT = [Edit(TAB, "K1", "ours")]


def theirs_of(path: Path) -> bytes:
    """Return the workbook with a change of somebody else's in it."""
    other = path.with_name("other.xlsx")
    other.write_bytes(path.read_bytes())
    open_workbook(str(other), backups=0).write([Edit(TAB, "A20", "theirs")], expect={})
    content = other.read_bytes()
    other.unlink()
    return content


def theirs_in(path: Path) -> bool:
    return "theirs" in (row[0] for row in shown(path))


# ── at every single step of a write ──────────────────────────────────────────────────────────


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return rich_book(tmp_path / "book.xlsx")


def steps_of(path: Path) -> list[str]:
    """Return the steps of a write, which is then taken back."""
    before = path.read_bytes()
    with at_steps({}) as steps:
        outcome_of(path)
    start_again(path, before)
    return steps


def some_of(steps: list[str]) -> range:
    """Return the numbers of the steps to try: all of them, or every 15th from anywhere on."""
    return range(1 + random.Random(SEED).randrange(EVERY), len(steps) + 1, EVERY)


@pytest.mark.parametrize("how", ["rename", "rewrite", "open"])
def test_whoever_saves_at_any_step_of_our_write_keeps_what_they_saved(book: Path, how: str) -> None:
    before, theirs, steps = book.read_bytes(), theirs_of(book), steps_of(book)
    outcomes = Counter[str]()
    with Neighbour(book, theirs) as neighbour:
        for number in some_of(steps):
            start_again(book, before)
            with at_steps({number: lambda: neighbour.save(how)}):
                outcome = outcome_of(book)
            neighbour.done()
            if how == "open":  # only now do they write to what they opened then
                neighbour.save("write")
                neighbour.done()
            outcomes[outcome] += 1
            assert theirs_in(book), (SEED, number, steps[number - 1])
            assert outcome == "written" or book.read_bytes() == theirs
            assert left_over(book.parent) == []
            assert outcome_of(book) == "written"
            assert theirs_in(book)
            assert shown(book)[0][10] == "ours"
    print(f"COLLECTOR_SEED={SEED} {how} at {len(some_of(steps))} of {len(steps)} steps: {outcomes}")
    assert outcomes["WorkbookChangedError"] + outcomes["WorkbookLockedError"]


def outcome_of(path: Path) -> str:
    book = open_workbook(str(path), backups=1)
    try:
        grid = book.read(TAB)
        book.write(EDIT, expect={TAB: grid.fingerprint})
    except (WorkbookChangedError, WorkbookLockedError) as error:
        return type(error).__name__
    return "written"


@pytest.mark.parametrize("how", ["rename", "rewrite", "open"])
def test_where_a_disk_cannot_exchange_names_only_the_instant_of_the_replace_is_left(
    book: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "_exchange_call", lambda: None)
    before, theirs, steps = book.read_bytes(), theirs_of(book), steps_of(book)
    linked = next(at for at, step in enumerate(steps, 1) if step == "c_call put link")
    replaced = next(at for at, step in enumerate(steps, 1) if at > linked and "replace" in step)
    with Neighbour(book, theirs) as neighbour:
        for number in some_of(steps):
            if how == "rename" and linked < number <= replaced + 2:
                continue
            start_again(book, before)
            with at_steps({number: lambda: neighbour.save(how)}):
                outcome_of(book)
            neighbour.done()
            if how == "open":
                neighbour.save("write")
                neighbour.done()
            assert theirs_in(book), (SEED, number, steps[number - 1])
            assert left_over(book.parent) == []


def test_of_two_saves_in_the_instant_of_the_exchange_the_last_one_stands(book: Path) -> None:
    before, theirs, steps = book.read_bytes(), theirs_of(book), steps_of(book)
    exchange = steps.index("call put") + 1
    content = theirs + b"\0"
    with Neighbour(book, theirs) as first, Neighbour(book, content) as second:
        for later in range(exchange + 1, len(steps) + 60):
            start_again(book, before)
            saves = {
                exchange: lambda: first.save("rename"),
                later: lambda: second.save("rename"),
            }
            with at_steps(saves) as taken:
                assert outcome_of(book) == "WorkbookChangedError"
            if len(taken) < later:
                break
            assert book.read_bytes() == content, (later, taken[later - 1])


# ── at random moments ────────────────────────────────────────────────────────────────────────


NEIGHBOUR = """
import io, os, sys, time
import openpyxl
path, tab = sys.argv[1:]
for line in sys.stdin:
    how, number, before, between = line.split()
    stale = how.startswith("stale-")
    if not stale:
        print("ready", flush=True)
        time.sleep(float(before))
    book = openpyxl.load_workbook(path)
    saw = book[tab]["M1"].value
    book[tab]["B2"] = int(number)
    content = io.BytesIO()
    book.save(content)
    content = content.getvalue()
    if stale:
        print("ready", flush=True)
        time.sleep(float(before))
    if how.endswith("openpyxl"):
        book.save(path)
    elif how.endswith("rename"):
        with open(path + ".theirs", "wb") as file:
            file.write(content)
        os.replace(path + ".theirs", path)
    else:
        with open(path, "wb") as file:
            file.write(content[:len(content) // 2])
            file.flush()
            time.sleep(float(between))
            file.write(content[len(content) // 2:])
    print(saw, flush=True)
"""
WAYS = ["openpyxl", "rename", "rewrite", "stale-openpyxl", "stale-rename", "stale-rewrite"]


def big_book(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = TAB
    for row in ROWS:
        book.active.append([f"Customer {row}", 0, row * 1.5])
    book.save(path)
    return path


def column(text: str) -> ColumnEdit:
    return ColumnEdit(TAB, OURS, "text", ROWS, [f"{text} {row}" for row in ROWS])


def test_another_process_that_saves_at_random_moments_loses_nothing(tmp_path: Path) -> None:
    path = big_book(tmp_path / "book.xlsx")
    chance, outcomes = random.Random(SEED), Counter[str]()
    book = open_workbook(str(path), backups=2)
    began = time.monotonic()
    book.write([column("first")], expect={})
    write = time.monotonic() - began
    state(path)
    load = time.monotonic() - began - write
    command = [sys.executable, "-c", NEIGHBOUR, str(path), TAB]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          bufsize=1) as other:  # fmt: skip
        assert other.stdin
        assert other.stdout
        for turn in range(1, ROUNDS + 1):
            ours, how = f"turn {turn}", chance.choice(WAYS)
            pauses = f"{chance.uniform(0, write):.4f} {chance.uniform(0, 0.01):.4f}"
            other.stdin.write(f"{how} {turn} {pauses}\n")
            assert other.stdout.readline() == "ready\n"
            if not how.startswith("stale-"):  # their load and save take longer than we do
                time.sleep(chance.uniform(0, 3 * load))
            try:
                grid = book.read(TAB)
                time.sleep(chance.uniform(0, write / 2))
                book.write([column(ours)], expect={TAB: grid.fingerprint})
                outcome = "written"
            except (WorkbookChangedError, WorkbookLockedError) as error:
                outcome = type(error).__name__
            saw = other.stdout.readline().strip()
            theirs, first = state(path)
            assert theirs == turn, (SEED, turn, how, outcome)
            if outcome == "written":
                # Ours is there, unless they loaded before we wrote and saved over it after.
                assert first == f"{ours} 1" or saw != f"{ours} 1", (SEED, turn, how)
                outcome += "" if first == f"{ours} 1" else ", then saved over from an older look"
            else:
                assert first != f"{ours} 1", (SEED, turn, how, outcome)
            outcomes[outcome] += 1
            grid = book.read(TAB)
            book.write([column(ours)], expect={TAB: grid.fingerprint})
            assert state(path) == (turn, f"{ours} 1"), (SEED, turn, how)
            assert left_over(tmp_path) == []
        other.stdin.close()
    print(f"COLLECTOR_SEED={SEED} {ROUNDS} saves by another process, none lost: {dict(outcomes)}")
    assert len(outcomes) > 1


def state(path: Path) -> tuple[object, object]:
    """Return their cell and ours; a formula, a torn file or a half-written one would show."""
    sheet = openpyxl.load_workbook(path, read_only=True)[TAB]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == len(ROWS)
    assert len({str(row[OURS]).rpartition(" ")[0] for row in rows}) == 1
    return rows[1][THEIRS], rows[0][OURS]


# ── through the command line ─────────────────────────────────────────────────────────────────

SAVING = """
import os, random, sys, time
import openpyxl
path, seed, seconds, pause = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
chance, number, end = random.Random(seed), 0, time.monotonic() + float(seconds)
while True:
    time.sleep(chance.uniform(0, pause))
    if time.monotonic() > end:
        break
    number += 1
    book = openpyxl.load_workbook(path)
    book["Notes"]["A1"] = number
    if chance.random() < 0.5:
        book.save(path)
    else:
        book.save(path + ".theirs")
        os.replace(path + ".theirs", path)
print(number)
"""


@pytest.mark.parametrize("turn", range(RUNS))
def test_a_run_marks_the_sheet_or_says_that_somebody_keeps_saving_it(
    tmp_path: Path, turn: int
) -> None:
    office = Office(tmp_path)
    office.configure(mail={"mode": "rehearse"})
    office.fill(*(due(20, f"C{number:03} Ltd") for number in range(5)), Notes=[["-"]])
    pause = (0.02, 0.2, 1)[turn % 3]
    command = [sys.executable, "-c", SAVING, str(office.book), f"{SEED}/{turn}", "1.6", str(pause)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        ran = ended(office.start("run", "--json", "--as-of", FRIDAY.isoformat()))
        saved = int(other.communicate()[0])
    print(f"COLLECTOR_SEED={SEED} turn {turn}: {saved} saves, exit {ran.status} {ran.err.strip()}")
    assert "Traceback" not in ran.err
    assert ran.status in (0, 3)
    if ran.status == 3:
        assert "receivables.xlsx" in ran.err
        assert ran.err.count("\n") <= 2
    assert office.run().status == 0
    assert saved == openpyxl.load_workbook(office.book)["Notes"]["A1"].value or not saved
    assert [row["Status"] for row in office.rows()][:5] == ["Overdue"] * 5
    assert left_over(tmp_path) == []
