"""The daily commands: preview, run, work."""

from __future__ import annotations

import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from collector.cli.options import (
    DEFAULT_CONFIG,
    AsOf,
    ConfigPath,
    Json,
    Quiet,
    TakeOver,
    now,
    opened,
    read_config,
    stop_on_signals,
)
from collector.cli.output import print_json, print_report, say_error
from collector.phrases import say

if TYPE_CHECKING:
    from collector.config import Config
    from collector.model import RunReport

_TICK_SECONDS = 60
_LONGEST_WAIT = 60
_PASSED = (0, 1)
_UNDONE = ("held_unsent", "held_stopped", "held_doubt", "held_retry", "held_letter",
           "held_file")  # fmt: skip


def preview(
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to look at.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in your browser.")] = False,
) -> None:
    """Show the whole pass without effect: edits, messages, who is held and why."""
    settings = read_config(config)
    from collector.worker import preview as look_ahead
    from collector.worker.report import report_json, would_send

    with opened(settings, as_of, quiet=quiet or json, read_only=True) as job:
        report, seen, messages, digests = look_ahead(job)
    page = html or (_page_of_its_own() if show else None)
    if page is not None:
        from collector.cli.page import write_page

        write_page(page, report, [*messages, *digests], job.policy)
    if json:
        drafts = would_send(seen.plan.drafts, messages)
        print_json(report_json(report) | {"would_send": drafts})
    else:
        print_report(report, job.policy, quiet=quiet)
    if page is not None and show:
        _open(page, settings.language)
    raise typer.Exit(int(needs_person(report)))


def _page_of_its_own() -> Path:
    """Return where a page may lie that only its reader is to see."""
    import tempfile

    return Path(tempfile.mkdtemp(prefix="collector-")) / "preview.html"


def _open(page: Path, words: str) -> None:
    """Open a page in the user's browser; says where it is, also when there is no browser."""
    import webbrowser

    opened = webbrowser.open(page.resolve().as_uri())
    phrase = "page_opened" if opened else "page_no_browser"
    print(say(words, phrase, path=page), file=sys.stderr)


def run(
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    take_over: TakeOver = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Make one pass: read, recompute, write back, send what the mode allows."""
    settings = read_config(config)
    status, _report = run_once(settings, as_of, json=json, quiet=quiet, take_over=take_over)
    raise typer.Exit(status)


def run_once(
    settings: Config,
    as_of: str | None,
    *,
    json: bool,
    quiet: bool,
    stopping: threading.Event | None = None,
    take_over: bool = False,
) -> tuple[int, RunReport]:
    """Make one pass and print it; returns the exit status and the report."""
    from collector.worker import run_pass
    from collector.worker.report import report_json

    with opened(
        settings, as_of, quiet=quiet or json, stopping=stopping, take_over=take_over
    ) as job:
        report, trouble = run_pass(job)
    if json:
        print_json(report_json(report))
    else:
        print_report(report, job.policy, quiet=quiet)
    if trouble is not None:
        say_error(trouble)
        return trouble.exit_status, report
    return int(needs_person(report)), report


def needs_person(report: RunReport) -> bool:
    """Tell whether something in a report needs a person: exit status 1."""
    left = any(held.code in _UNDONE for held in report.held)
    left = left or any(told.state in ("refused", "in_doubt") for told in report.digests)
    return bool(report.problems or report.messages["refused"] or left)


def work(
    config: ConfigPath = DEFAULT_CONFIG,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Keep running on the schedule until stopped; a failed pass is said and the next one made."""
    settings = read_config(config)
    from collector.clock import tick

    stopping = threading.Event()
    shift = _Shift(settings, json=json, quiet=quiet, stopping=stopping)
    with stop_on_signals(stopping):
        tick(shift.look, every=_TICK_SECONDS, stop=stopping.is_set)


def next_opening(report: RunReport) -> datetime | None:
    """Return when the first of those may be written to at whose place it was too early or late."""
    moments = [held.facts["opens"] for held in report.held if "opens" in held.facts]
    return min(map(datetime.fromisoformat, moments), default=None)


class _Shift:
    """A worker on duty: makes the pass that is due; after a failure waits ever longer.

    Where it was too early or too late in the day at a customer's place, another pass is made when
    it is not.
    """

    def __init__(
        self, settings: Config, *, json: bool, quiet: bool, stopping: threading.Event
    ) -> None:
        self._settings, self._json, self._quiet = settings, json, quiet
        self._stopping = stopping
        self._failures = 0
        self._not_before = now()
        self._opening: datetime | None = None

    def look(self) -> None:
        """Make the pass that is due, if one is; whatever fails is said, not raised."""
        from collector.errors import CollectorError

        if now() < self._not_before:
            return
        try:
            done = self._work()
        except CollectorError as error:
            say_error(error)
            done = False
        except Exception as error:  # noqa: BLE001 – one bad pass must not end the watch
            self._log("out_unforeseen", what=f"{type(error).__name__}: {error}")
            done = False
        self._failures = 0 if done else self._failures + 1
        minutes = min(2**self._failures, _LONGEST_WAIT) if self._failures else 0
        self._not_before = now() + timedelta(minutes=minutes)

    def _work(self) -> bool:
        """Make the pass of the latest slot that has none; returns whether all went well."""
        from collector.clock import due_slot
        from collector.wiring import in_its_zone, open_books_ledger
        from collector.worker.retries import to_be_retried

        settings = self._settings = in_its_zone(self._settings)
        with open_books_ledger(settings) as ledger:
            local = now().astimezone(ZoneInfo(settings.timezone))
            last = ledger.last_slot(settings.book)
            slot = due_slot(settings.schedule, settings.policy(), last, local)
            opens = self._opening is not None and self._opening <= local
            if not slot and not opens:
                return True
            self._log("out_slot", slot=slot or f"{self._opening:%Y-%m-%dT%H:%M%z}")
            status, report = run_once(
                settings, None, json=self._json, quiet=self._quiet, stopping=self._stopping
            )
            done = status in _PASSED and not self._stopping.is_set()
            # A server that refused something for now is asked again before the next slot.
            done &= not any(map(to_be_retried, ledger.pending(settings.book)))
            self._opening = next_opening(report) if done else local
            if done and slot:
                ledger.mark_slot(settings.book, slot, "", now())
            return done

    def _log(self, phrase: str, **facts: str) -> None:
        text = say(self._settings.language, phrase, **facts)
        print(f"{now():%Y-%m-%d %H:%M:%S} {text}", file=sys.stderr, flush=True)
