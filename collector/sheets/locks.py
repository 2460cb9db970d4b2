"""Who has the workbook open: what the lock files say, and what the system knows."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from collector.errors import WorkbookLockedError
from collector.phrases import Phrase

_EXCEL, _WPS, _LIBREOFFICE = "Excel", "WPS Office", "LibreOffice"
# Where the name stands in an Excel lock file that has it in UTF-16, and how long the file is.
_WIDE, _NAMES_AT = 55, 57
_A_MOMENT = 0.1


def refuse_when_open(path: Path) -> None:
    """Raise WorkbookLockedError when a lock file says that a program has the workbook open.

    Programs put it beside the name they opened, so where that is a link both places are looked at.
    """
    for place in dict.fromkeys((path, Path(os.path.realpath(path)))):
        for name, program, read in (
            (f"~${place.name}", _EXCEL, _excel_holder),
            (f".~{place.name}", _WPS, _excel_holder),
            (f".~lock.{place.name}#", _LIBREOFFICE, _libreoffice_holder),
        ):
            lock = place.with_name(name)
            if os.path.exists(lock):  # noqa: PTH110 – the path's own fails for too long a name
                raise WorkbookLockedError(path.name, _holder(lock, program, read))


def _holder(lock: Path, program: str, read: Callable[[bytes], str]) -> Phrase:
    """Say who has it open; and which file says so, since a crashed program leaves it behind."""
    try:
        who = read(lock.read_bytes())
    except (OSError, UnicodeDecodeError, IndexError):
        who = ""  # Excel on Windows keeps its lock file to itself
    if not who.isprintable() or not who:
        return Phrase("open_in_by_nobody_known", program=program, lock=lock.name)
    return Phrase("open_in", who=who, program=program, lock=lock.name)


def _excel_holder(data: bytes) -> str:
    """Return the name in Excel's owner file: in UTF-16 from byte 55 on, else in bytes from 0."""
    if len(data) > _NAMES_AT and data[_WIDE]:
        name = data[_NAMES_AT : _NAMES_AT + 2 * data[_WIDE]]
        return name.decode("utf-16-le").strip(" \0")
    return data[1 : 1 + data[0]].decode("cp1252").strip(" \0")


def _libreoffice_holder(data: bytes) -> str:
    """Return who and where from LibreOffice's lock file: name, login, host, time, profile."""
    fields = re.split(r"(?<!\\),", data.decode("utf-8"))
    plain = [re.sub(r"\\(.)", r"\1", text).strip() for text in fields]
    name, login, host = (*plain, "", "", "")[:3]
    return " @ ".join(part for part in (name or login, host) if part)


# ── what the system knows ────────────────────────────────────────────────────────────────────


class Watch:
    """Tells who else is at a file while it is watched, as far as the system knows.

    ``known`` is whether it does; ``open`` whether somebody had it open for writing to begin with.
    """

    def __init__(self, descriptor: int = -1) -> None:
        self._descriptor = descriptor
        self.known = self.open = False
        if sys.platform == "linux" and descriptor >= 0:
            import fcntl

            try:
                # The system would end us with its usual signal; this one is ignored.
                fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
                fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
                self.known = True
            except BlockingIOError:
                self.known = self.open = True
            except OSError:
                pass  # not our file, or not a disk that can tell

    @property
    def wanted(self) -> bool:
        """Whether somebody waits to open it for writing until we let go of it."""
        if sys.platform == "linux" and self.known and not self.open:
            import fcntl

            return fcntl.fcntl(self._descriptor, fcntl.F_GETLEASE) != fcntl.F_RDLCK
        return False


@contextmanager
def watched(path: Path) -> Iterator[Watch]:
    """Watch a file: whoever opens it for writing meanwhile is kept waiting, and is noticed.

    Only Linux can do so, for files of our own; Windows refuses such opens by itself.
    """
    descriptor = -1
    if sys.platform == "linux":
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        yield Watch(descriptor)
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def seen(path: Path) -> tuple[int, ...]:
    """Return when a file was written, its size and which it is; nothing when it is not there."""
    try:
        about = path.stat()
    except OSError:
        return ()
    return about.st_mtime_ns, about.st_size, about.st_ino


def is_settled(path: Path, before: tuple[int, ...]) -> bool:
    """Tell whether nobody is saving a file that was ``seen`` as it was before."""
    with watched(path) as watch:
        if watch.open:
            return False
        if not watch.known:
            time.sleep(_A_MOMENT)
    return seen(path) == before


def refuse_when_written(watch: Watch, path: Path, like: Path) -> None:
    """Raise WorkbookLockedError when somebody has the watched file open for writing.

    ``like`` is a file beside it that nobody has open: network disks may say so of every file.
    """
    if watch.open:
        with watched(like) as other:
            if not other.open:
                raise WorkbookLockedError(path.name, Phrase("open_for_writing"))
