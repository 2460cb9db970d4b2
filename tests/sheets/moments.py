"""Things happen at chosen steps of saving a workbook: somebody else saves it, or we die."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from shutil import rmtree
from types import FrameType
from typing import Self
from zlib import crc32

from collector.sheets import excel, locks, saving, swap

_FILES = {str(module.__file__) for module in (excel, locks, saving, swap)}
# Long enough for a neighbour to save, and to see that it is kept waiting.
PATIENCE = 0.05


@contextmanager
def at_steps(actions: Mapping[int, Callable[[], None]]) -> Iterator[list[str]]:
    """Do things at the nth steps that Python takes in our code; yield the steps as they go.

    A step is a call, or a return, of our functions or of what they call directly.
    """
    steps: list[str] = []

    def seen(frame: FrameType, event: str, arg: object) -> None:
        if frame.f_code.co_filename in _FILES:
            about = getattr(arg, "__name__", "") if event.startswith("c_") else ""
            steps.append(f"{event} {frame.f_code.co_name} {about}".strip())
            actions.get(len(steps), nothing)()

    sys.setprofile(seen)
    try:
        yield steps
    finally:
        sys.setprofile(None)


def nothing() -> None:
    """Let a step pass."""


class Neighbour:
    """Another process, which saves a workbook when it is told to.

    ``rename`` puts a finished file in its place, as Excel does; ``rewrite`` empties the file and
    writes it anew in two pieces, as simple programs do; ``open`` only opens it for that, and
    ``write`` carries it through.
    """

    def __init__(self, book: Path, content: bytes) -> None:
        saved = book.with_name(f"{crc32(content)}.bin")
        saved.write_bytes(content)
        command = [sys.executable, "-c", _NEIGHBOUR, str(book), str(saved)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        self._waiting = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def save(self, how: str) -> None:
        """Begin to save, and wait a little for that to be done."""
        assert self._process.stdin
        self._process.stdin.write(how.encode() + b"\n")
        self._waiting += 1
        self.done(PATIENCE)

    def done(self, patience: float = 10) -> None:
        assert self._process.stdout
        while self._waiting and select([self._process.stdout], [], [], patience)[0]:
            assert self._process.stdout.readline() == b"done\n"
            self._waiting -= 1

    def forget(self) -> None:
        """Take no account of what was begun in a process that is no more."""
        assert self._process.stdout
        while select([self._process.stdout], [], [], PATIENCE)[0]:
            self._process.stdout.readline()
        self._waiting = 0


_NEIGHBOUR = """
import os, sys
path, saved = sys.argv[1:]
content = open(saved, "rb").read()
held = None
while how := sys.stdin.readline().strip():
    if how == "rename":
        with open(path + ".theirs", "wb") as file:
            file.write(content)
        os.replace(path + ".theirs", path)
    if how == "open":
        held = open(path, "r+b")
    if how == "rewrite":
        held = open(path, "wb")
    if how in ("write", "rewrite"):
        held.seek(0)
        held.write(content[:999])
        held.flush()
        held.write(content[999:])
        held.truncate()
        held.close()
    print("done", flush=True)
"""


def start_again(book: Path, content: bytes) -> None:
    """Put a workbook back as it was, so that the next write takes the very same steps."""
    book.write_bytes(content)
    rmtree(book.with_name(f"{book.stem}.backups"), ignore_errors=True)


def left_over(folder: Path) -> list[str]:
    """Return the files of ours that a write has left behind."""
    with suppress(FileNotFoundError):
        return sorted(path.name for path in folder.rglob(".*collector-*"))
    return []
