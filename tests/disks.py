"""Disks of a few pages, for tests of what happens when nothing more fits."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


def skip_outside_ci(reason: str) -> None:
    """Skip for want of something this machine lacks; where it must not lack it, fail."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Mount a disk of a few pages, as far as we may."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        skip_outside_ci("this machine lets us mount no small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill_up(folder: Path) -> Path:
    """Leave no byte free on a small disk; returns the file to delete to make room again."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(512)):
            pass
    return filler
