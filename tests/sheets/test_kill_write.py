"""Whatever ends a write, and whenever: the file is the old one or the new one, whole."""

from __future__ import annotations

import os
import random
import signal
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from collector.errors import WorkbookChangedError
from collector.model import ColumnEdit
from collector.sheets import open_workbook
from tests.sheets.moments import Neighbour, at_steps, left_over, start_again
from tests.sheets.samples import TAB, rich_book, shown

FULL = bool(os.environ.get("COLLECTOR_FULL"))
ROUNDS, EVERY, ROWS = (100, 1, 2000) if FULL else (15, 40, 500)
SEED = int(os.environ.get("COLLECTOR_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return rich_book(tmp_path / "book.xlsx")


def marks(rows: int) -> ColumnEdit:
    return ColumnEdit(TAB, 12, "text", range(1, rows + 1), [f"ours {row}" for row in range(rows)])


def write(path: Path, rows: int = 3) -> None:
    open_workbook(str(path), backups=2).write([marks(rows)], expect={})


def new_of(path: Path, rows: int = 3) -> bytes:
    """Return what a write that nothing disturbs makes of the workbook."""
    other = path.with_name("other.xlsx")
    other.write_bytes(path.read_bytes())
    open_workbook(str(other), backups=0).write([marks(rows)], expect={})
    new = other.read_bytes()
    other.unlink()
    return new


def killed(work: Callable[[], None], after: float | None = None) -> bool:
    """Do work in a process of its own, which is killed after so many seconds or kills itself.

    Returns whether that ended it.
    """
    process = os.fork()
    if process == 0:
        try:
            work()
        finally:
            os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(process, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(process, 0)[1])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def whole(path: Path) -> bool:
    """Tell whether a workbook is sound by two readers that share nothing with each other."""
    with zipfile.ZipFile(path) as archive:
        return archive.testzip() is None and bool(shown(path))


def sound_after(path: Path, old: bytes, new: bytes) -> str:
    """Check the workbook that a killed write left, and that the next one carries on."""
    found = path.read_bytes()
    assert found in (old, new), SEED
    assert whole(path)
    backups = path.with_name("book.backups")
    assert all(whole(backup) for backup in backups.glob("book-*"))
    for name in left_over(path.parent):
        assert name.startswith(".book.xlsx.collector-")
    left = "old" if found == old else "new"
    left += f", {len(left_over(path.parent))} left over" if left_over(path.parent) else ""
    path.write_bytes(old)
    open_workbook(str(path), backups=2).write([marks(4)], expect={})
    assert left_over(path.parent) == []
    assert shown(path)[3][12] == "ours 3"
    start_again(path, old)
    return left


def test_killed_at_random_moments_of_a_write_the_file_is_the_old_one_or_the_new_one(
    book: Path,
) -> None:
    write(book, ROWS)  # so that all is imported and the folder of backups is there
    book.write_bytes(rich_book(book.with_name("again.xlsx")).read_bytes())
    old, new = book.read_bytes(), new_of(book, ROWS)
    began = time.monotonic()
    assert not killed(lambda: write(book, ROWS))
    lasts = time.monotonic() - began
    assert book.read_bytes() == new
    book.write_bytes(old)
    chance, outcomes = random.Random(SEED), Counter[str]()
    for _ in range(ROUNDS):
        killed(lambda: write(book, ROWS), chance.uniform(0, lasts * 1.1))
        outcomes[sound_after(book, old, new)] += 1
    print(f"COLLECTOR_SEED={SEED} {ROUNDS} kills within {lasts:.3f} s: {dict(outcomes)}")


def test_killed_at_any_step_of_a_write_the_file_is_the_old_one_or_the_new_one(book: Path) -> None:
    old, new = book.read_bytes(), new_of(book)
    with at_steps({}) as steps:
        write(book)
    start_again(book, old)
    outcomes = Counter[str]()

    def dying_at(number: int) -> None:
        with at_steps({number: die}):
            write(book)

    numbers = range(1 + random.Random(SEED).randrange(EVERY), len(steps) + 1, EVERY)
    for number in numbers:
        killed(lambda at=number: dying_at(at))  # type: ignore[misc]
        outcomes[sound_after(book, old, new)] += 1
    print(f"COLLECTOR_SEED={SEED} killed at {len(numbers)} of {len(steps)} steps: {dict(outcomes)}")


def test_what_somebody_saves_just_before_a_write_is_killed_is_not_lost(book: Path) -> None:
    """Even when the exchange took it away and nobody lived to give it back."""
    old, theirs = book.read_bytes(), new_of(book, 40)
    with at_steps({}) as steps:
        write(book)
    exchange = steps.index("call put") + 1
    start_again(book, old)
    chance = random.Random(SEED)
    saves, kills = (25, 70) if FULL else (8, 30)
    pairs = [
        (save, kill)
        for save in range(exchange - saves, exchange + 4)
        for kill in range(max(save + 1, exchange), exchange + kills)
    ]
    given_back = 0
    with Neighbour(book, theirs) as neighbour:
        for save, kill in chance.sample(pairs, 600 if FULL else 25):

            def dying(save: int = save, kill: int = kill) -> None:
                with at_steps({save: lambda: neighbour.save("rename"), kill: die}):
                    write(book)

            killed(dying)
            neighbour.forget()
            taken = book.read_bytes() != theirs
            try:
                open_workbook(str(book)).check_writable()
            except WorkbookChangedError:
                given_back += 1
                assert book.read_bytes() == theirs
            write(book)
            there = [row[12] for row in shown(book)][39:]
            assert there == ["ours 39"], (SEED, save - exchange, kill - exchange, taken)
            assert left_over(book.parent) == []
            start_again(book, old)
    assert given_back
    print(f"COLLECTOR_SEED={SEED} {given_back} saves were given back later")
