"""Putting a new file in an old one's place: locks, backups, and all or nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import socket
import stat
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from collector.errors import WorkbookChangedError, WorkbookLockedError, WorkbookSaveError
from collector.phrases import Phrase

_EXCEL, _WPS, _LIBREOFFICE = "Excel", "WPS Office", "LibreOffice"
_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_OLD: Final = 24 * 3600


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# ── who has it open ──────────────────────────────────────────────────────────────────────────


def refuse_when_open(path: Path) -> None:
    """Raise WorkbookLockedError when a lock file says that a program has the workbook open."""
    for lock, program, read in (
        (path.with_name(f"~${path.name}"), _EXCEL, _excel_holder),
        (path.with_name(f".~{path.name}"), _WPS, _excel_holder),
        (path.with_name(f".~lock.{path.name}#"), _LIBREOFFICE, _libreoffice_holder),
    ):
        if lock.exists():
            raise WorkbookLockedError(path.name, _holder(lock, program, read))


def _holder(lock: Path, program: str, read: Callable[[bytes], str]) -> Phrase:
    try:
        who = read(lock.read_bytes())
    except (OSError, UnicodeDecodeError, IndexError):
        who = ""  # Excel on Windows keeps its lock file to itself
    if not who.isprintable() or not who:
        return Phrase("open_in_by_nobody_known", program=program)
    return Phrase("open_in", who=who, program=program)


def _excel_holder(data: bytes) -> str:
    """Return the name in Excel's owner file: in UTF-16 from byte 55 on, else in bytes from 0."""
    if len(data) > 57 and data[55]:
        return data[57 : 57 + 2 * data[55]].decode("utf-16-le").strip(" \0")
    return data[1 : 1 + data[0]].decode("cp1252").strip(" \0")


def _libreoffice_holder(data: bytes) -> str:
    """Return who and where from LibreOffice's lock file: name, login, host, time, profile."""
    fields = re.split(r"(?<!\\),", data.decode("utf-8"))
    name, login, host = ([re.sub(r"\\(.)", r"\1", text).strip() for text in fields] + [""] * 3)[:3]
    return " @ ".join(part for part in (name or login, host) if part)


def refuse_read_only(path: Path) -> None:
    """Raise WorkbookSaveError when a write is sure to fail: a read-only file or folder."""
    try:
        target = Path(os.path.realpath(path))
        _refuse_read_only(target)
        if not os.access(target.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as exc:
        raise WorkbookSaveError(path.name, _reason(exc)) from exc


# ── saving ───────────────────────────────────────────────────────────────────────────────────


def replace_file(
    path: Path,
    old: bytes,
    new: Iterable[bytes],
    *,
    verify: Callable[[bytes], None],
    backups: int,
    now: Callable[[], datetime],
) -> str:
    """Put ``new`` in the place of a file that held ``old``; return the backup's path or ''.

    The temporary file lies beside the target, is flushed, read back and given to ``verify``, and
    takes the target's permissions and owner. Raises WorkbookChangedError when the file no longer
    holds ``old`` and WorkbookSaveError when the disk refuses; then the file is as it was.
    """
    target = Path(os.path.realpath(path))
    writer = f"{_host()}-{os.getpid()}-{secrets.token_hex(4)}"
    temporary = target.with_name(f"{_stem(target)}{writer}.tmp")
    try:
        _refuse_read_only(target)
        _sweep(target)
        _write(temporary, new)
        _match(temporary, target)
        verify(temporary.read_bytes())
        _refuse_changed(target, old)
        backup = _keep(target, old, now()) if backups > 0 else None
        _refuse_changed(target, old)
        temporary.replace(target)
        _flush_folder(target.parent)
    except OSError as exc:
        raise WorkbookSaveError(path.name, _reason(exc)) from exc
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    if backup:
        # The new file stands; a folder of backups that cannot be listed is no failure of it.
        with suppress(OSError):
            _rotate(target, backups)
    return str(backup or "")


def _refuse_changed(target: Path, old: bytes) -> None:
    if fingerprint(target.read_bytes()) != fingerprint(old):
        raise WorkbookChangedError(target.name)


def _reason(exc: OSError) -> Phrase:
    if exc.errno in _FULL:
        return Phrase("save_full")
    if exc.errno in _REFUSED:
        return Phrase("save_readonly")
    return Phrase("save_refused", what=exc.strerror or type(exc).__name__)


def _refuse_read_only(target: Path) -> None:
    """Replacing needs only the folder's permission, but a read-only file means: hands off."""
    if not target.stat().st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _write(path: Path, blocks: Iterable[bytes]) -> None:
    with path.open("xb") as file:
        file.writelines(blocks)
        file.flush()
        os.fsync(file.fileno())


def _match(path: Path, model: Path) -> None:
    about = model.stat()
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(path, about.st_uid, about.st_gid)
    path.chmod(stat.S_IMODE(about.st_mode))


def _flush_folder(folder: Path) -> None:
    # By now the file is in place: where a share or a system cannot flush a folder, it still is.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# ── what a killed run left ───────────────────────────────────────────────────────────────────


def _stem(target: Path) -> str:
    return f".{target.name}.collector-"


def _host() -> str:
    return re.sub(r"\W", "", socket.gethostname())[:20]


def _sweep(target: Path) -> None:
    """Remove temporary files of ours whose writer is no more."""
    pattern = re.compile(re.escape(_stem(target)) + r"(\w*)-(\d+)-[0-9a-f]{8}\.tmp")
    for path in target.parent.iterdir():
        found = pattern.fullmatch(path.name)
        if found and _abandoned(path, found[1], int(found[2])):
            with suppress(OSError):
                path.unlink()


def _abandoned(path: Path, host: str, process: int) -> bool:
    with suppress(OSError):
        newest = path.parent.stat().st_mtime
        if host != _host():
            return newest - path.stat().st_mtime > _OLD
    if process == os.getpid() or sys.platform == "win32":
        return True  # Windows refuses to remove a file that is being written
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


# ── backups ──────────────────────────────────────────────────────────────────────────────────


def _keep(target: Path, data: bytes, moment: datetime) -> Path:
    """Write a dated copy into the folder of backups; return where it is."""
    folder = target.with_name(f"{target.stem}.backups")
    folder.mkdir(exist_ok=True)
    stamp = f"{target.stem}-{moment:%Y-%m-%dT%H%M%S}"
    backup, count = folder / f"{stamp}{target.suffix}", 1
    while backup.exists():
        count += 1
        backup = folder / f"{stamp}-{count}{target.suffix}"
    try:
        _write(backup, [data])
        _match(backup, target)
    except OSError:
        with suppress(OSError):
            backup.unlink(missing_ok=True)
        raise
    return backup


def _rotate(target: Path, backups: int) -> None:
    pattern = re.compile(
        re.escape(target.stem) + r"-(\d{4}-\d\d-\d\dT\d{6})(?:-(\d+))?" + re.escape(target.suffix)
    )
    found = []
    for path in target.with_name(f"{target.stem}.backups").iterdir():
        name = pattern.fullmatch(path.name)
        if name:
            found.append((name[1], int(name[2] or 1), path))
    for _, _, path in sorted(found)[:-backups]:
        with suppress(OSError):
            path.unlink()
