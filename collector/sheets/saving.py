"""Putting a new file in an old one's place: backups, and all or nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import socket
import stat
import sys
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from collector.errors import WorkbookChangedError, WorkbookSaveError
from collector.phrases import Phrase
from collector.sheets.locks import seen
from collector.sheets.swap import STAGED, clear, holds, install

_FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED: Final = (errno.EACCES, errno.EPERM, errno.EROFS)
_OLD: Final = 24 * 3600
# What we add to a name must leave it below the 255 bytes that disks allow.
_LONGEST_NAME: Final = 120
_ONE_AT_A_TIME: Final = threading.Lock()


def fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def refuse_read_only(path: Path) -> None:
    """Raise WorkbookSaveError when a write is sure to fail: a read-only file or folder."""
    try:
        target = Path(os.path.realpath(path))
        _refuse_read_only(target)
        if not os.access(target.parent, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as exc:
        raise WorkbookSaveError(path.name, _reason(exc)) from exc


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
    holds ``old``, WorkbookLockedError when somebody has it open and WorkbookSaveError when the
    disk refuses; then the file is as it was, or as they saved it.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(_temporary(target))
    with _ONE_AT_A_TIME:
        try:
            _refuse_read_only(target)
            _write(temporary, new)
            _match(temporary, target)
            verify(temporary.read_bytes())
            if not holds(target, old):
                raise WorkbookChangedError(path.name)
            backup = _keep(target, old, now()) if backups > 0 else None
            install(temporary, target, path, old)
        except OSError as exc:
            raise WorkbookSaveError(path.name, _reason(exc)) from exc
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        if backup:
            # The new file stands; a folder of backups that cannot be listed is no failure of it.
            with suppress(OSError):
                _rotate(target, backup, backups)
    return str(backup or "")


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
    """Give a file the owner, permissions and other attributes of another, as far as we may."""
    about = model.stat()
    if hasattr(os, "chown"):
        try:
            os.chown(path, about.st_uid, about.st_gid)
        except PermissionError:
            with suppress(PermissionError):
                os.chown(path, -1, about.st_gid)
    path.chmod(stat.S_IMODE(about.st_mode))
    if sys.platform == "linux":
        for name in _attributes(model):
            with suppress(OSError):
                os.setxattr(path, name, os.getxattr(model, name))


def _attributes(path: Path) -> list[str]:
    """Return the names of a file's attributes; its access control list is one of them."""
    if sys.platform == "linux":
        with suppress(OSError):
            return os.listxattr(path)
    return []


# ── what a killed run left ───────────────────────────────────────────────────────────────────


def _short(name: str) -> str:
    """Return a name that more may be added to: one that is too long as what stands for it."""
    if len(os.fsencode(name)) <= _LONGEST_NAME:
        return name
    return f"{name[:20]}~{fingerprint(os.fsencode(name))[:16]}"


def _stem(target: Path) -> str:
    return f".{_short(target.name)}.collector-"


def _temporary(target: Path) -> str:
    return f"{_stem(target)}{_host()}-{os.getpid()}-{secrets.token_hex(4)}.tmp"


def _host() -> str:
    return re.sub(r"\W", "", socket.gethostname())[:20]


def tidy(path: Path) -> bool:
    """Clear away what writers of ours have left that are no more; what people saved is kept.

    Returns whether the workbook is another one than before: one of them had taken away what
    somebody saved in that instant, and died before it could give it back. Now it has.
    """
    target = Path(os.path.realpath(path))
    before = seen(target)
    with _ONE_AT_A_TIME, suppress(OSError):
        for left in [*_abandoned(target, target.parent), *_abandoned(target, _folder(target))]:
            with suppress(OSError):
                _clear(left, target)
    return seen(target) != before


def _clear(left: Path, target: Path) -> None:
    saved = clear(left, target) if STAGED.search(left.name) else None
    if saved and zipfile.is_zipfile(saved):
        saved.rename(_unused(target, datetime.fromtimestamp(saved.stat().st_mtime)))
    else:
        left.unlink(missing_ok=True)


def _abandoned(target: Path, folder: Path) -> Iterator[Path]:
    pattern = re.compile(
        re.escape(_stem(target)) + rf"(\w*)-(\d+)-[0-9a-f]{{8}}(?:\.tmp|-{STAGED.pattern})"
    )
    for path in list(folder.iterdir()) if folder.is_dir() else ():
        found = pattern.fullmatch(path.name)
        if found and _is_abandoned(path, found[1], int(found[2])):
            yield path


def _is_abandoned(path: Path, host: str, process: int) -> bool:
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


def _folder(target: Path) -> Path:
    return target.with_name(f"{_short(target.stem)}.backups")


def _keep(target: Path, data: bytes, moment: datetime) -> Path:
    """Write a dated copy into the folder of backups; return where it is."""
    _folder(target).mkdir(exist_ok=True)
    # Under its own name it appears only when it is whole.
    temporary = _folder(target) / _temporary(target)
    try:
        _write(temporary, [data])
        _match(temporary, target)
        backup = _unused(target, moment)
        return temporary.rename(backup)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _unused(target: Path, moment: datetime) -> Path:
    """Return a name for a backup: dated, and numbered after those of the same second."""
    folder = _folder(target)
    folder.mkdir(exist_ok=True)
    stamp = f"{moment:%Y-%m-%dT%H%M%S}"
    count = 1 + max((number for at, number, _ in _dated(target) if at == stamp), default=0)
    number = f"-{count}" if count > 1 else ""
    return folder / f"{_short(target.stem)}-{stamp}{number}{target.suffix}"


def _dated(target: Path) -> Iterator[tuple[str, int, Path]]:
    """Yield the backups there are, each with its moment and its number in that second."""
    stem, suffix = re.escape(_short(target.stem)), re.escape(target.suffix)
    pattern = re.compile(rf"{stem}-(\d{{4}}-\d\d-\d\dT\d{{6}})(?:-(\d+))?{suffix}")
    for path in _folder(target).iterdir():
        name = pattern.fullmatch(path.name)
        if name:
            yield name[1], int(name[2] or 1), path


def _rotate(target: Path, newest: Path, backups: int) -> None:
    """Remove the oldest backups; the one just made stays also where the clock went back."""
    others = sorted(found for found in _dated(target) if found[2] != newest)
    for _, _, path in others[: max(len(others) + 1 - backups, 0)]:
        with suppress(OSError):
            path.unlink()
