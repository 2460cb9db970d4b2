"""Saving: all or nothing, whatever the disk, other programs and bad luck do."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from collector.errors import WorkbookChangedError, WorkbookLockedError, WorkbookSaveError
from collector.model import Edit
from collector.sheets import open_workbook
from collector.sheets.excel import ExcelWorkbook
from collector.sheets.saving import replace_file
from tests.sheets.samples import TAB, rich_book, shown

EDIT = [Edit(TAB, "K1", "ours")]


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_dated_backup_is_kept_beside_the_book(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    data = path.read_bytes()
    moment = datetime(2026, 11, 20, 9, 0, 5)
    written = ExcelWorkbook(str(path), now=lambda: moment).write(EDIT, expect={})
    backup = tmp_path / "book.backups" / "book-2026-11-20T090005.xlsx"
    assert written.backup == str(backup)
    assert backup.read_bytes() == data
    assert sorted(found.name for found in tmp_path.iterdir()) == ["book.backups", "book.xlsx"]


def test_backups_rotate_and_other_files_there_are_left_alone(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    folder = tmp_path / "book.backups"
    folder.mkdir()
    (folder / "book-old.xlsx").write_text("a person's own")
    for number in range(5):
        moment = datetime(2026, 11, 20, 9, 0, number // 2)
        book = ExcelWorkbook(str(path), backups=2, now=partial(min, [moment]))
        book.write([Edit(TAB, "K1", number)], expect={})
    assert sorted(found.name for found in folder.iterdir()) == [
        "book-2026-11-20T090001-2.xlsx", "book-2026-11-20T090002.xlsx", "book-old.xlsx",
    ]  # fmt: skip


def test_without_backups_no_folder_appears(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    assert open_workbook(str(path), backups=0).write(EDIT, expect={}).backup == ""
    assert [found.name for found in tmp_path.iterdir()] == ["book.xlsx"]


def test_permissions_stay_also_on_the_backup(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    path.chmod(0o640)
    backup = open_workbook(str(path)).write(EDIT, expect={}).backup
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(Path(backup).stat().st_mode) == 0o640


def test_a_link_to_the_book_stays_a_link(tmp_path: Path) -> None:
    real, link = rich_book(tmp_path / "real.xlsx"), tmp_path / "link.xlsx"
    link.symlink_to(real)
    open_workbook(str(link), backups=0).write(EDIT, expect={})
    assert link.is_symlink()
    assert shown(real)[0][10] == "ours"


def test_a_book_open_in_excel_is_read_but_not_written(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    name = "Ann Lee 李安"
    lock = bytes([7]) + b"Ann Lee".ljust(54) + bytes([len(name), 0])
    (tmp_path / "~$book.xlsx").write_bytes(lock + name.encode("utf-16-le").ljust(108, b" "))
    before = everything(tmp_path)
    book = open_workbook(str(path))
    assert book.read(TAB).rows
    with pytest.raises(
        WorkbookLockedError, match=r"book\.xlsx is open: Ann Lee 李安 has it open in Excel"
    ):
        book.write(EDIT, expect={})
    assert everything(tmp_path) == before


@pytest.mark.parametrize("content", [b"", b"\x05Peter", b"\xff" * 165])
def test_a_lock_file_that_says_little_still_counts(tmp_path: Path, content: bytes) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    (tmp_path / "~$book.xlsx").write_bytes(content)
    with pytest.raises(WorkbookLockedError, match="has it open in Excel"):
        open_workbook(str(path)).write(EDIT, expect={})


def test_a_book_open_in_libreoffice_names_who_and_where(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    lock = r"Lee\, Ann,ann,FIN-07,20.11.2026 09:00,file:///home/ann;"
    (tmp_path / ".~lock.book.xlsx#").write_text(lock)
    with pytest.raises(WorkbookLockedError, match="Lee, Ann @ FIN-07 has it open in LibreOffice"):
        open_workbook(str(path)).write(EDIT, expect={})


def test_a_read_only_file_is_left_as_it_was(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    path.chmod(0o444)
    before = everything(tmp_path)
    with pytest.raises(WorkbookSaveError, match="read-only"):
        open_workbook(str(path)).write(EDIT, expect={})
    assert everything(tmp_path) == before


def test_a_full_disk_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    before = everything(tmp_path)
    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, old[1]))
    try:
        with pytest.raises(WorkbookSaveError, match="the disk is full"):
            open_workbook(str(path)).write(EDIT, expect={})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, ignored)
    assert everything(tmp_path) == before


def test_a_change_by_someone_while_we_prove_our_file_wins(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    data = path.read_bytes()

    def meanwhile(_: bytes) -> None:
        path.write_bytes(b"theirs")

    with pytest.raises(WorkbookChangedError):
        replace_file(path, data, [b"ours"], verify=meanwhile, backups=1, now=datetime.now)
    assert everything(tmp_path) == {"book.xlsx": b"theirs"}


def test_what_a_killed_run_left_is_swept_and_a_living_ones_file_is_not(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as living:
        gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                              capture_output=True, text=True, check=True)  # fmt: skip
        host = "".join(c for c in os.uname().nodename if c.isalnum() or c == "_")[:20]
        left = tmp_path / f".book.xlsx.collector-{host}-{int(gone.stdout)}-0123abcd.tmp"
        kept = tmp_path / f".book.xlsx.collector-{host}-{living.pid}-0123abcd.tmp"
        other = tmp_path / ".book.xlsx.collector-notes.tmp"
        for file in (left, kept, other):
            file.write_text("x")
        open_workbook(str(path), backups=0).write(EDIT, expect={})
        living.kill()
    assert (left.exists(), kept.exists(), other.exists()) == (False, True, True)


KILLED = """
import sys
from collector.model import ColumnEdit
from collector.sheets import open_workbook
book = open_workbook(sys.argv[1], backups=0)
for turn in range(1000):
    values = [f"turn {turn} row {row}" for row in range(1, 2001)]
    book.write([ColumnEdit("Receivables", 12, "text", range(1, 2001), values)], expect={})
    print(turn, flush=True)
"""


def test_a_run_killed_at_any_moment_leaves_one_whole_file(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    for pause in (0.0, 0.02, 0.05, 0.09):
        with subprocess.Popen([sys.executable, "-c", KILLED, str(path)],
                              stdout=subprocess.PIPE) as run:  # fmt: skip
            assert run.stdout
            run.stdout.readline()
            time.sleep(pause)
            run.kill()
        column = [row[12] for row in open_workbook(str(path)).read(TAB).rows]
        assert len({str(text).split(" row ")[0] for text in column}) == 1
    open_workbook(str(path), backups=0).write(EDIT, expect={})
    assert [found.name for found in tmp_path.iterdir()] == ["book.xlsx"]
