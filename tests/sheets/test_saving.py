"""Saving: all or nothing, whatever the disk, other programs and bad luck do."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
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


def test_the_newest_backup_stays_also_when_the_clock_went_back(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    moments = [datetime(2026, 11, 20, 9), datetime(2026, 11, 20, 9), datetime(2025, 1, 1)]
    for number, moment in enumerate(moments):
        data = path.read_bytes()
        book = ExcelWorkbook(str(path), backups=2, now=partial(min, [moment]))
        backup = book.write([Edit(TAB, "K1", number)], expect={}).backup
        assert Path(backup).read_bytes() == data
    assert sorted(found.name for found in (tmp_path / "book.backups").iterdir()) == [
        "book-2025-01-01T000000.xlsx", "book-2026-11-20T090000-2.xlsx",
    ]  # fmt: skip


def test_backups_of_one_second_are_numbered_in_their_order(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    names = []
    for number in range(4):
        moment = datetime(2026, 11, 20, 9)
        book = ExcelWorkbook(str(path), backups=1, now=partial(min, [moment]))
        names.append(Path(book.write([Edit(TAB, "K1", number)], expect={}).backup).stem[15:])
    assert names == ["T090000", "T090000-2", "T090000-3", "T090000-4"]
    assert len(list((tmp_path / "book.backups").iterdir())) == 1


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


def test_a_chain_of_links_keeps_its_links_and_the_backup_lies_by_the_book(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    real = rich_book(tmp_path / "shared" / "real.xlsx")
    (tmp_path / "one.xlsx").symlink_to(Path("shared/real.xlsx"))
    (tmp_path / "two.xlsx").symlink_to("one.xlsx")
    backup = open_workbook(str(tmp_path / "two.xlsx")).write(EDIT, expect={}).backup
    assert Path(backup).parent == tmp_path / "shared" / "real.backups"
    assert (tmp_path / "one.xlsx").readlink() == Path("shared/real.xlsx")
    assert (tmp_path / "two.xlsx").readlink() == Path("one.xlsx")
    assert shown(real)[0][10] == "ours"


def test_a_second_hard_link_keeps_what_the_book_held_before(tmp_path: Path) -> None:
    """A new file takes the name it was asked for; no other name of the old one is looked for."""
    path, other = rich_book(tmp_path / "book.xlsx"), tmp_path / "other.xlsx"
    other.hardlink_to(path)
    before = path.read_bytes()
    open_workbook(str(path), backups=0).write(EDIT, expect={})
    assert other.read_bytes() == before
    assert shown(path)[0][10] == "ours"


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="only Linux has these")
def test_attributes_stay(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    try:
        os.setxattr(path, "user.note", b"the team's")
    except OSError:
        pytest.skip("this disk keeps none")
    backup = open_workbook(str(path)).write(EDIT, expect={}).backup
    assert os.getxattr(path, "user.note") == os.getxattr(backup, "user.note") == b"the team's"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_and_group_stay(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    os.chown(path, 1234, 2345)
    path.chmod(0o660)
    open_workbook(str(path)).write(EDIT, expect={})
    about = path.stat()
    assert (about.st_uid, about.st_gid, stat.S_IMODE(about.st_mode)) == (1234, 2345, 0o660)


@pytest.mark.parametrize(
    "name",
    [
        "  two  spaces .xlsx", "it's \"quoted\".xlsx", "line\nbreak.xlsx", "-rf.xlsx",
        "[a-z]*?{1}.xlsx", "100%25 %s {x}.xlsx", "#1 & co; $HOME.xlsx", "应收账款（2026）.xlsx",
        "a\u0301\U0001f4b0.xlsx", "book", "two.dots.xlsx", "应" * 80 + ".xlsx", "n" * 250 + ".xlsx",
    ],
)  # fmt: skip
def test_any_name_that_the_disk_allows_will_do(tmp_path: Path, name: str) -> None:
    path = rich_book(tmp_path / "book.xlsx").rename(tmp_path / name)
    data = path.read_bytes()
    for number in range(2):
        book = ExcelWorkbook(str(path), backups=1, now=lambda: datetime(2026, 11, 20))
        backup = Path(book.write([Edit(TAB, "K1", number)], expect={}).backup)
    assert backup.suffix == path.suffix
    assert len(list(backup.parent.iterdir())) == 1
    assert len(list(tmp_path.iterdir())) == 2
    assert shown(path)[0][10] == 1
    assert path.read_bytes() != data


def as_nobody(work: Callable[[], object], folder: Path) -> None:
    """Do work without root's rights, in a process of its own; what it raises is raised here."""
    for above in (folder, *folder.parents[:3]):
        if above != Path("/tmp"):
            above.chmod(above.stat().st_mode | 0o055)
    process = os.fork()
    if process == 0:
        status = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            work()
        except WorkbookSaveError as error:
            status = 2 if "read-only" in str(error) else 3
        finally:
            os._exit(status)
    raise_as = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if raise_as == 2:
        raise PermissionError
    assert raise_as == 1


def writing(path: Path) -> None:
    book = open_workbook(str(path))
    book.write(EDIT, expect={})


def checking(path: Path) -> None:
    open_workbook(str(path)).check_writable()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs rights as POSIX has them")
@pytest.mark.parametrize("work", [writing, checking])
@pytest.mark.parametrize(("of_folder", "of_file"), [(0o555, 0o666), (0o777, 0o644), (0o777, 0o444)])
def test_without_the_right_to_write_file_and_folder_the_book_is_left_alone(
    tmp_path: Path, work: Callable[[Path], None], of_folder: int, of_file: int
) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    path = rich_book(folder / "book.xlsx")
    before = everything(folder)
    path.chmod(of_file if os.geteuid() == 0 else of_file & 0o577)
    folder.chmod(of_folder)
    with pytest.raises(PermissionError):
        as_nobody(partial(work, path), tmp_path)
    folder.chmod(0o755)
    assert everything(folder) == before


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


def test_a_lock_file_names_itself_since_a_crash_may_have_left_it(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    lock = tmp_path / "~$book.xlsx"
    lock.write_bytes(b"\x03Ann")
    with pytest.raises(WorkbookLockedError, match=r"\(or a crash left the file ~\$book\.xlsx\)"):
        open_workbook(str(path)).write(EDIT, expect={})
    lock.unlink()
    assert open_workbook(str(path)).write(EDIT, expect={}).cells == 1


def test_a_book_open_in_wps_is_not_written(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    (tmp_path / ".~book.xlsx").write_bytes(b"\x03Ann")
    with pytest.raises(WorkbookLockedError, match="Ann has it open in WPS Office"):
        open_workbook(str(path)).check_writable()


@pytest.mark.parametrize("place", ["shared", "desk"])
def test_a_book_behind_a_link_is_locked_by_either_name(tmp_path: Path, place: str) -> None:
    for folder in ("shared", "desk"):
        (tmp_path / folder).mkdir()
    link = tmp_path / "desk" / "link.xlsx"
    link.symlink_to(rich_book(tmp_path / "shared" / "book.xlsx"))
    name = "book.xlsx" if place == "shared" else "link.xlsx"
    (tmp_path / place / f"~${name}").write_bytes(b"\x03Ann")
    with pytest.raises(WorkbookLockedError, match=r"link\.xlsx is open: Ann"):
        open_workbook(str(link)).write(EDIT, expect={})


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells; Windows refuses by itself")
def test_a_book_that_a_program_holds_open_for_writing_is_not_replaced_under_it(
    tmp_path: Path,
) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    before = everything(tmp_path)
    with (
        path.open("r+b"),
        pytest.raises(WorkbookLockedError, match="another program on this machine has it open"),
    ):
        open_workbook(str(path), backups=0).write(EDIT, expect={})
    assert everything(tmp_path) == before
    with path.open("rb"):  # who only reads harms nobody
        assert open_workbook(str(path), backups=0).write(EDIT, expect={}).cells == 1


def test_a_book_that_is_just_being_saved_is_waited_for(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    data = path.read_bytes()
    slow = "import sys, time; f = open(sys.argv[1], 'wb'); d = open(sys.argv[2], 'rb').read();"
    slow += "f.write(d[:3000]); f.flush(); print(flush=True); time.sleep(.2); f.write(d[3000:])"
    (tmp_path / "saved").write_bytes(data)
    command = [sys.executable, "-c", slow, str(path), str(tmp_path / "saved")]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as saving:
        assert saving.stdout
        saving.stdout.readline()
        assert open_workbook(str(path)).read(TAB).rows[3][0] == "Acme"


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
