"""A progress bar where a terminal watches, and nothing where none does."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.office import environment

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

LONG_WORK = (
    "import time\n"
    "from collector.cli.output import ProgressBar\n"
    "with ProgressBar(quiet=False, language='en') as bar:\n"
    "    bar.show('mail', 3, 10)\n"
    "    time.sleep(2.8)\n"
)


def watched(stderr: int) -> None:
    command = [sys.executable, "-c", LONG_WORK]
    subprocess.run(command, stderr=stderr, env=environment(TERM="xterm", COLUMNS="80"), check=True)


def test_long_work_shows_how_far_it_is_to_whoever_watches() -> None:
    master, terminal = pty.openpty()
    try:
        watched(terminal)
        shown = os.read(master, 65536).decode()
    finally:
        os.close(terminal)
        os.close(master)
    assert "Sending" in shown
    assert "3/10" in shown


def test_nothing_is_shown_where_nobody_watches() -> None:
    reader, writer = os.pipe()
    try:
        watched(writer)
    finally:
        os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        assert pipe.read() == b""
