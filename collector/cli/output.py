"""What is printed: errors, reports, progress; all of it in the user's language."""

from __future__ import annotations

import io
import json
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from collector.phrases import say

if TYPE_CHECKING:
    from rich.progress import Progress

    from collector.errors import CollectorError
    from collector.model import Policy, Problem, RunReport, Told

_PATIENCE = 2.0
_LISTED = 20
_EXAMPLES = 3

_spoken: list[str] = []


def terminal_language() -> str:
    """Return the language of the terminal's locale, as far as we speak it."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "zh" if locale.startswith("zh") else "en"


def speak_language(language: str) -> None:
    """Speak the configuration's language from here on."""
    _spoken[:] = [language]


def language() -> str:
    """Return the language to print in: the configuration's once it is read."""
    return _spoken[0] if _spoken else terminal_language()


def say_error(error: CollectorError) -> None:
    """Print an error on stderr: what, where, what to do next."""
    print(f"collector: {error.say(language())}", file=sys.stderr)


def tell(text: str, *, quiet: bool = False) -> None:
    """Print a line for people."""
    if not quiet:
        print(text)


def print_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object, readable as it stands where the output takes every letter."""
    every_letter = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    print(json.dumps(value, ensure_ascii=not every_letter, indent=1))


def print_any_letter() -> None:
    """Write letters that the terminal does not know by their numbers; they must not end a run."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


class ProgressBar:
    """A bar on stderr for anything over two seconds, when a terminal watches."""

    def __init__(self, *, quiet: bool, language: str) -> None:
        self._language = language
        self._lock = threading.Lock()
        self._stage = ("read", 0, 0)
        self._bar: Progress | None = None
        self._timer = threading.Timer(_PATIENCE, self._appear)
        self._timer.daemon = True
        self._wanted = not quiet and sys.stderr.isatty()

    def __enter__(self) -> Self:
        if self._wanted:
            self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            self._wanted = False
            if self._bar is not None:
                self._bar.stop()

    def show(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage is; a stage of one step only shows that it goes on."""
        with self._lock:
            self._stage = (stage, done, total)
            self._update()

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[count]}"),
        )
        with self._lock:
            if not self._wanted:
                return
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task("", total=None, count="")
            self._update()
            self._bar.start()

    def _update(self) -> None:
        if self._bar is None:
            return
        stage, done, total = self._stage
        self._bar.update(
            self._bar.task_ids[0],
            description=say(self._language, f"progress_{stage}"),
            completed=done,
            total=total if total > 1 else None,
            count=f"{done}/{total}" if total > 1 else "",
        )


# ── a run, for people ────────────────────────────────────────────────────────────────────────


def print_report(report: RunReport, policy: Policy, *, quiet: bool = False) -> None:
    """Print what a pass found and did; with ``quiet`` only what needs a person."""
    words = policy.language
    if not quiet:
        for line in _summary(report, words):
            print(line)
        for said in report.said:
            if said.state in ("sent", "rehearsed"):
                to = ", ".join(said.to)
                print("  " + say(words, f"out_{said.state}_to", to=to, subject=said.subject))
        moved = [f"{c.customer_name}: {c.say(words)}" for c in report.flag_changes]
        _print_list(say(words, "out_flag_changes"), moved)
    new = [f"{e.customer_name}: {e.say(words)}" for e in report.events if e.number in report.fired]
    _print_list(say(words, "out_warnings"), new)
    told = [_digest(each, words) for each in report.digests if each.why or not quiet]
    _print_list(say(words, "out_digests"), told)
    _print_list(say(words, "out_held"), [f"{h.customer_name}: {h.say(words)}" for h in report.held])
    _print_list(say(words, "out_problems"), [f"{p.where}: {p.say(words)}" for p in report.problems])
    _print_list(
        say(words, "out_tasks"), [f"{t.customer_name}: {say(words, t.what)}" for t in report.tasks]
    )


def _digest(told: Told, words: str) -> str:
    if told.why and not told.to:
        return f"{told.name}: {told.why.say(words)}"
    state = say(words, f"out_state_{told.state}")
    line = say(words, "out_digest", name=told.name, to=", ".join(told.to), state=state)
    return f"{line}: {told.why.say(words)}" if told.why else line


def _summary(report: RunReport, words: str) -> list[str]:
    found = say(
        words, "out_found", workbook=report.workbook, as_of=report.as_of, rows=report.rows,
        customers=report.customers,
    )  # fmt: skip
    lines = [found]
    for currency in report.open:
        owed, late = _money(report.open[currency]), _money(report.overdue[currency])
        lines.append("  " + say(words, "out_owed", currency=currency, open=owed, overdue=late))
    counts = say(words, "out_status", **report.status)
    lines.append("  " + counts)
    lines.append(say(words, "out_edits", edits=report.edits))
    if report.backup:
        lines[-1] += " " + say(words, "out_backup", backup=report.backup)
    for name, rows in report.tabs.items():
        if rows:
            lines.append(say(words, f"out_{name}", count=rows))
    sent = [f"{say(words, 'out_' + name)} {n}" for name, n in report.messages.items() if n]
    lines.append(say(words, "out_messages", messages=", ".join(sent) or say(words, "out_none")))
    return lines


def _money(amount: Decimal) -> str:
    return f"{amount:,}"


def _print_list(title: str, lines: list[str]) -> None:
    """Print a titled list, cut where it would bury the rest."""
    if not lines:
        return
    print(title)
    for line in lines[:_LISTED]:
        print(f"  {line}")
    if len(lines) > _LISTED:
        print("  " + say(language(), "out_more", count=len(lines) - _LISTED))


def print_grouped(problems: Sequence[Problem], words: str) -> None:
    """Print problems by kind: how many, the first addresses, and what to do."""
    kinds: dict[str, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.code, []).append(problem)
    for group in kinds.values():
        places = ", ".join(str(problem.where) for problem in group[:_EXAMPLES])
        more = f" … ({len(group)})" if len(group) > _EXAMPLES else ""
        print(f"{places}{more}: {group[0].say(words)}")
