"""Two files change places in one step, and what somebody saved at that moment is given back."""

from __future__ import annotations

import errno
import os
import re
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from collector.errors import WorkbookChangedError
from collector.sheets.locks import refuse_when_open, refuse_when_written, watched

_BLOCK: Final = 1 << 20
_HERE, _EXCHANGE, _SWAP = -100, 2, 2  # AT_FDCWD, RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_CANNOT: Final = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
_CANNOT_ON_WINDOWS: Final = (1, 50)  # ERROR_INVALID_FUNCTION, ERROR_NOT_SUPPORTED
# Of a name: the identity of our new file, and what the file it is to replace holds.
STAGED: Final = re.compile(r"([0-9a-f]+-[0-9a-f]+)-([0-9a-f]+)\.(?:swap|kept)")


def install(temporary: Path, target: Path, path: Path, old: bytes) -> None:
    """Put a finished file in the place of ``target``, which must hold ``old`` until then.

    Raises WorkbookChangedError when somebody saved the workbook meanwhile, even in the instant
    of the exchange, and WorkbookLockedError when somebody has it open for writing; theirs stands.
    Whatever happens, a file that is left over says by its name what it is; see ``clear``.
    ``path`` is what people call the target.
    """
    mine = identity(temporary)
    staged = temporary.with_name(f"{temporary.stem}-{mine}-{digest(old)}.swap")
    temporary.rename(staged)
    try:
        with watched(target) as watch:
            if not holds(target, old):
                raise WorkbookChangedError(path.name)
            refuse_when_open(path)
            refuse_when_written(watch, path, staged)
            put(staged, target)
            try:
                flush_folder(target.parent)  # it takes long enough for an open to be noticed
                if holds(staged, old) and not watch.wanted:
                    staged.unlink(missing_ok=True)
                    return
            except BaseException:
                _give_back(staged, target, mine)
                raise
            _give_back(staged, target, mine)
            raise WorkbookChangedError(path.name)
    finally:
        with suppress(OSError):
            clear(staged, target)


def _give_back(staged: Path, target: Path, mine: str) -> None:
    """Put back what our file replaced; but of what was saved in between, the last one stands."""
    expected = mine
    while staged.exists():
        returning = identity(staged)
        put(staged, target)
        if not staged.exists() or identity(staged) == expected:
            return
        expected = returning


def clear(staged: Path, target: Path) -> Path | None:
    """Do away with a file that an exchange has left, and lose nothing that somebody saved.

    Our own new file that never got its place, or the old one that it replaced, is removed. What
    else it holds was saved by somebody in the instant of the exchange, and we died before we
    could give it back: it gets the place that ours took. Where that has been saved over since,
    it is returned, to be kept.
    """
    found = STAGED.search(staged.name)
    if found is None or not staged.exists():
        return None
    if identity(staged) == found[1] or digest(staged.read_bytes()) == found[2]:
        staged.unlink(missing_ok=True)
    elif target.exists() and identity(target) == found[1]:
        put(staged, target)
        staged.unlink(missing_ok=True)
    else:
        return staged
    return None


# ── what a file is, and what it holds ────────────────────────────────────────────────────────


def identity(path: Path) -> str:
    """Return what tells this file, as it is now, from any other of the same name."""
    about = path.stat()
    return f"{about.st_ino:x}-{about.st_mtime_ns:x}"


def digest(data: bytes) -> str:
    return f"{zlib.crc32(data):08x}{len(data):x}"


def holds(path: Path, data: bytes) -> bool:
    """Tell whether a file holds exactly this; one that is not there was looked at before."""
    at = 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                if not data.startswith(block, at):
                    return False
                at += len(block)
    except FileNotFoundError:
        return path.suffix == ".swap"
    return at == len(data)


def flush_folder(folder: Path) -> None:
    # By now the file is in place: where a share or a system cannot flush a folder, it still is.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# ── the exchange ─────────────────────────────────────────────────────────────────────────────


def put(staged: Path, target: Path) -> None:
    """Put one file in another's place; the other one is called ``staged`` afterwards.

    Where a disk can neither exchange names nor link a file, the other one is gone.
    """
    kept = staged.with_suffix(".kept")
    if sys.platform == "win32":
        _replace_on_windows(staged, target, kept)
    elif not _exchanged(staged, target):
        with suppress(OSError):
            os.link(target, kept)
        staged.replace(target)
    with suppress(FileNotFoundError):
        kept.rename(staged)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where the system or the disk cannot."""
    exchange = _exchange_call()
    if exchange is None:
        return False
    error = exchange(os.fsencode(one), os.fsencode(other))
    if error and error not in _CANNOT:
        raise OSError(error, os.strerror(error), str(other))
    return not error


@cache
def _exchange_call() -> Callable[[bytes, bytes], int] | None:
    """Return the system's own exchange, which gives the number of an error or 0."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)

    def called(one: bytes, other: bytes) -> int:
        if sys.platform == "darwin":
            failed = library.renamex_np(one, other, _SWAP)
        else:
            failed = library.renameat2(_HERE, one, _HERE, other, _EXCHANGE)
        return ctypes.get_errno() if failed else 0

    name = "renamex_np" if sys.platform == "darwin" else "renameat2"
    return called if hasattr(library, name) else None


def _replace_on_windows(staged: Path, target: Path, kept: Path) -> None:
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not kernel.ReplaceFileW(str(target), str(staged), str(kept), 0, None, None):
            error = ctypes.WinError(ctypes.get_last_error())
            if kept.exists() and not target.exists():
                kept.rename(target)  # it got halfway
            if error.winerror not in _CANNOT_ON_WINDOWS:
                raise error
            staged.replace(target)
