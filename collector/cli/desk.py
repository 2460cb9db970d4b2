"""The commands at a person's desk: statement, approve, doubts, log, undo."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
)
from collector.cli.output import print_json, tell
from collector.phrases import say

if TYPE_CHECKING:
    from collector.config import Config
    from collector.model import PastRun, Stored
    from collector.worker.adopting import Adopted
    from collector.worker.desk import Undone
    from collector.worker.job import Ledger

# Names that are printed before the rest is only counted.
_MOST_NAMED = 40


def statement(
    customer: Annotated[str, typer.Argument(help="A customer's name or code.")],
    out: Annotated[Path, typer.Option("--out", help="The folder the files go to.")],
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help="A month's movements.")
    ] = None,
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write one customer's statement (PDF, XLSX) as files; nothing is mailed."""
    settings = read_config(config)
    from collector.letters.statement import statement_files
    from collector.worker.desk import draw_statement

    with opened(settings, as_of, quiet=quiet or json, read_only=True) as job:
        drawn = draw_statement(job, customer, month or "")
        files = statement_files(drawn, job.sender, job.policy.attach or ("pdf", "xlsx"))
    paths = write_files(out, {file.name: file.content for file in files})
    if json:
        closing = {s.currency: str(s.closing) for s in drawn.sections}
        print_json({"customer": drawn.customer_name, "files": paths, "closing": closing})
    for path in paths if not json else ():
        tell(path, quiet=quiet)


def write_files(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Write files and return their paths; one that is there already is never overwritten."""
    from collector.errors import UsageError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        return [str(_written(folder / name, content)) for name, content in files.items()]
    except OSError as error:
        raise UsageError(f"{folder}: {error.strerror}") from error


def _written(path: Path, content: bytes) -> Path:
    """Write a file under its name, or the next free number where another content has it."""
    number, free = 1, path
    while free.exists() and free.read_bytes() != content:
        number += 1
        free = path.with_stem(f"{path.stem}_{number}")
    free.write_bytes(content)
    return free


def approve(
    which: Annotated[
        list[str] | None, typer.Argument(help="Customers or message ids; none: all that wait.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page to look at; release nothing.")
    ] = None,
    config: ConfigPath = DEFAULT_CONFIG,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Release messages that wait for approval; the next run sends exactly what was shown."""
    settings = read_config(config)
    from collector.wiring import open_books_ledger

    with open_books_ledger(settings) as ledger:
        waiting = ledger.waiting(settings.book)
        chosen = _chosen(waiting, which or [])
        if not json:
            _list_messages(chosen, quiet=quiet)
        asks = not (yes or json) and sys.stdin.isatty() and bool(chosen)
        if html is not None:
            _show_waiting(html, settings, chosen)
            if not (yes or asks):
                _tell_shown(html, settings.language, chosen, json=json, quiet=quiet)
                return
        if asks and not typer.confirm(say(settings.language, "out_approve_ask", count=len(chosen))):
            raise typer.Exit(0)
        ids = [entry.message.message_id for entry in chosen]
        count = ledger.approve(ids, now())
        chosen = [e for e in ledger.pending(settings.book) if e.message.message_id in ids]
    if json:
        print_json({"approved": count, "messages": [_as_json(entry) for entry in chosen]})
    else:
        tell(say(settings.language, "out_approved", count=count), quiet=quiet)


def _show_waiting(path: Path, settings: Config, chosen: Sequence[Stored]) -> None:
    from collector.cli.page import write_waiting_page

    messages = [entry.message for entry in chosen]
    write_waiting_page(path, settings.book, messages, settings.language)


def _tell_shown(
    path: Path, words: str, chosen: Sequence[Stored], *, json: bool, quiet: bool
) -> None:
    if json:
        print_json({"approved": 0, "messages": [*map(_as_json, chosen)], "html": str(path)})
    else:
        tell(say(words, "out_page", path=path), quiet=quiet)


def _chosen(
    waiting: Sequence[Stored], which: Sequence[str], *, strict: bool = True
) -> list[Stored]:
    """Return the messages meant; a word that means none is wrong usage if we are strict."""
    from collector.errors import UsageError
    from collector.phrases import Phrase

    chosen = []
    for word in which:
        meant = [entry for entry in waiting if word.strip("<>") in _names(entry)]
        if not meant and strict:
            raise UsageError(Phrase("usage_no_message", text=word))
        chosen += meant
    return chosen if which else list(waiting)


def _names(entry: Stored) -> tuple[str, ...]:
    message = entry.message
    number = message.message_id.strip("<>")
    return number, number.partition("@")[0], message.customer, message.customer_name


def doubts(
    sent: Annotated[str | None, typer.Option("--sent", help="It was delivered.")] = None,
    again: Annotated[str | None, typer.Option("--again", help="It was not: send anew.")] = None,
    config: ConfigPath = DEFAULT_CONFIG,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """List messages that may or may not have been delivered, and settle them."""
    settings = read_config(config)
    from collector.wiring import archive_of, open_books_ledger
    from collector.worker.doubts import look_up_doubts

    with open_books_ledger(settings) as ledger:
        _take_up(ledger, settings.book)
        # First of all: what lies in the archive is not sent again, whatever a person believes.
        looked_up = look_up_doubts(ledger, settings.book, archive_of(settings), now())
        for word, arrived in ((sent, True), (again, False)):
            if word and not _chosen(looked_up.found, [word], strict=False):
                for entry in _chosen(ledger.doubts(settings.book), [word]):
                    ledger.resolve_doubt(entry.message.message_id, arrived, now())
        left = ledger.doubts(settings.book)
    if looked_up.unasked:
        print(say(settings.language, "out_unasked", what=looked_up.unasked), file=sys.stderr)
    if json:
        found = {"found": [*map(_as_json, looked_up.found)]} if looked_up.found else {}
        print_json({"doubts": [_as_json(entry) for entry in left]} | found)
    else:
        for entry in looked_up.found:
            facts = {"customer": entry.message.customer_name, "subject": entry.message.subject}
            tell(say(settings.language, "out_found_sent", **facts), quiet=quiet)
        _list_messages(left, quiet=quiet)
        tell(say(settings.language, "out_doubts", count=len(left)), quiet=quiet or bool(left))
    raise typer.Exit(int(bool(left)))


def _take_up(ledger: Ledger, book: str) -> None:
    """Count as in doubt what a killed run left at the dot; a run under way settles its own."""
    from collector.errors import BookBusyError

    with suppress(BookBusyError), ledger.exclusive(book, wait=0):
        ledger.recover(book, now())


def adopt(
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    take_over: TakeOver = False,
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Record in a new ledger what the sheet shows as said, so that it is not said again."""
    settings = read_config(config)
    from collector.worker import look
    from collector.worker.adopting import adopt as record
    from collector.worker.adopting import adoptable
    from collector.worker.claims import refuse_adopting, take

    with (
        opened(settings, as_of, quiet=quiet or json, take_over=take_over) as job,
        job.ledger.exclusive(settings.book, wait=job.patience),
    ):
        seen = look(job)
        refuse_adopting(job, seen)
        found = adoptable(seen, job)
        names = seen.assessment.customers["customer_name"].to_dict()
        adopted = [_adopted_json(names, each) for each in found]
        for each in adopted if not json else ():
            tell("{day}  {customer}  {invoice}  {step}".format(**each), quiet=quiet)
        asks = not (yes or json) and sys.stdin.isatty() and bool(found)
        if asks and not typer.confirm(say(settings.language, "out_adopt_ask", count=len(found))):
            raise typer.Exit(0)
        if take_over:
            job.workbook.check_writable()
            take(job, seen)
        if found:
            record(job, seen, found)
    if json:
        print_json({"adopted": adopted})
    else:
        tell(say(settings.language, "out_adopted", count=len(found)), quiet=quiet)


def _adopted_json(names: Mapping[Hashable, Any], each: Adopted) -> dict[str, str]:
    return {
        "customer": names[each.customer],
        "invoice": each.invoice,
        "day": each.day.isoformat(),
        "step": each.step,
    }


def log(
    customer: Annotated[str | None, typer.Option("--customer", help="Only this one.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many to show.")] = 50,
    config: ConfigPath = DEFAULT_CONFIG,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show the last runs and what was said to whom."""
    settings = read_config(config)
    from collector.wiring import open_books_ledger

    with open_books_ledger(settings, read_only=True) as ledger:
        runs = ledger.runs(settings.book, limit)
        entries = ledger.messages(settings.book, limit=100_000 if customer else limit)
    if customer:
        entries = tuple(e for e in entries if customer in _names(e))[:limit]
    if json:
        print_json(
            {"runs": [_run_json(run) for run in runs], "messages": [*map(_as_json, entries)]}
        )
        return
    for run in () if quiet else runs:
        tell(f"{run.run}  {run.started_at:%Y-%m-%d %H:%M}  {run.error or _run_counts(run.report)}")
    _list_messages(entries, quiet=quiet)


def _run_counts(report: Mapping[str, Any]) -> str:
    counts = report.get("messages", {})
    said = ", ".join(f"{name} {n}" for name, n in counts.items() if n)
    return f"edits {report.get('edits', 0)}" + (f", {said}" if said else "")


def _run_json(run: PastRun) -> dict[str, Any]:
    return {
        "run": run.run,
        "as_of": run.as_of.isoformat(),
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "error": run.error,
        "report": dict(run.report),
    }


def _as_json(entry: Stored) -> dict[str, Any]:
    message = entry.message
    return {
        "id": message.message_id,
        "customer": message.customer_name or message.customer,
        "to": list(message.to),
        "cc": list(message.cc),
        "subject": message.subject,
        "step": message.step,
        "occasions": list(message.occasions),
        "as_of": message.as_of.isoformat(),
        "state": entry.state,
        "answer": str(entry.answer),
        "attempts": entry.attempts,
        "run": entry.run,
        "changed_at": entry.changed_at.isoformat() if entry.changed_at else None,
    }


def _list_messages(entries: Sequence[Stored], *, quiet: bool) -> None:
    for entry in entries:
        message = entry.message
        number = message.message_id.strip("<>").partition("@")[0]
        to = ", ".join(message.to)
        tell(f"{message.as_of}  {entry.state:9} {message.customer_name}  {to}", quiet=quiet)
        note = f"  ({entry.answer})" if entry.answer and entry.state != "sent" else ""
        tell(f"    {message.subject}  [{number}]{note}", quiet=quiet)


def undo(
    run: Annotated[str, typer.Argument(help="A run, as `collector log` names it.")],
    config: ConfigPath = DEFAULT_CONFIG,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Restore the cells a run wrote, where nobody changed them since; says which it left."""
    settings = read_config(config)
    from collector.worker.desk import undo_run

    with opened(settings, None, quiet=quiet or json) as job:
        known = [past.run for past in job.ledger.runs(settings.book, 5)]
        undone = undo_run(job, run, known)
    if json:
        print_json({"run": run, **asdict(undone)})
    else:
        _tell_undone(undone, settings.language, quiet=quiet)
    raise typer.Exit(int(bool(undone.left or undone.gone)))


def _tell_undone(undone: Undone, language: str, *, quiet: bool) -> None:
    tell(say(language, "out_undone", count=undone.restored), quiet=quiet)
    if undone.emptied:
        columns = ", ".join(undone.emptied)
        tell(say(language, "out_emptied", columns=columns), quiet=quiet)
    for phrase, names in (("out_left", undone.left), ("out_gone", undone.gone)):
        for name in names[:_MOST_NAMED]:
            tell("  " + say(language, phrase, where=name))
        if len(names) > _MOST_NAMED:
            tell("  " + say(language, "out_unnamed", count=len(names) - _MOST_NAMED))
