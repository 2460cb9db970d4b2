"""The options that every command takes, and what they mean together."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from collector.cli.output import ProgressBar, speak_language

if TYPE_CHECKING:
    from collector.config import Config
    from collector.worker.job import Job

ConfigPath: TypeAlias = Annotated[
    Path,
    typer.Option("--config", envvar="COLLECTOR_CONFIG", help="The configuration file."),
]
AsOf: TypeAlias = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The day it is taken to be.")
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is wrong.")]

TakeOver: TypeAlias = Annotated[
    bool,
    typer.Option("--take-over", help="The book is this ledger's from now on, whoever had it."),
]

# A lost terminal asks for the same clean stop as Ctrl-C; Windows has no such signal.
_STOPS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
DEFAULT_CONFIG = Path("config.yaml")

# Days that frames can hold, with room to count months and years from them.
_YEARS = range(1900, 2200)


def now() -> datetime:
    """Return the aware present: the one place that asks the clock."""
    return datetime.now().astimezone()


def day(as_of: str | None) -> date | None:
    """Return the day of ``--as-of``; anything but YYYY-MM-DD is wrong usage."""
    from collector.errors import UsageError
    from collector.phrases import Phrase

    if as_of is None:
        return None
    try:
        found = datetime.strptime(as_of, "%Y-%m-%d").date()
    except ValueError:
        found = date.min
    if found.year not in _YEARS:
        raise UsageError(Phrase("usage_as_of", text=as_of))
    return found


def read_config(path: Path) -> Config:
    """Read the configuration; from here on errors speak its language."""
    from collector.cli.output import terminal_language
    from collector.config import load_config

    config = load_config(path, language=terminal_language())
    speak_language(config.language)
    return config


@contextmanager
def opened(
    config: Config,
    as_of: str | None,
    *,
    quiet: bool = False,
    read_only: bool = False,
    stopping: threading.Event | None = None,
    take_over: bool = False,
) -> Iterator[Job]:
    """Open the book for one command: a progress bar where one is watched, a clean stop.

    ``stopping`` is given by whoever already listens to the signals.
    """
    from collector.wiring import open_job

    asked = stopping or threading.Event()
    with (
        ProgressBar(quiet=quiet, language=config.language) as bar,
        nullcontext() if stopping else stop_on_signals(asked),
        open_job(
            config,
            as_of=day(as_of),
            now=now,
            read_only=read_only,
            progress=bar.show,
            stop=asked.is_set,
            take_over=take_over,
        ) as job,
    ):
        yield job


@contextmanager
def stop_on_signals(stopping: threading.Event) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM ask for a clean stop; a second Ctrl-C is taken at its word."""

    def ask(number: int, frame: object) -> None:
        if stopping.is_set() and number == signal.SIGINT:
            raise KeyboardInterrupt
        stopping.set()

    before = {each: signal.signal(each, ask) for each in _STOPS}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
