"""The commands that get to know a book: init and check."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from collector.cli.options import (
    DEFAULT_CONFIG,
    AsOf,
    ConfigPath,
    Json,
    Quiet,
    now,
    opened,
    read_config,
)
from collector.cli.output import language, print_grouped, print_json, tell
from collector.phrases import say

if TYPE_CHECKING:
    from collector.config import Config
    from collector.intake.book import Book
    from collector.model import Grid, Message
    from collector.worker import Look

_SAMPLES = 3


def init(
    book: Annotated[str, typer.Argument(help="The workbook: a path.")],
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take the sure matches, ask nothing.")
    ] = False,
    config: ConfigPath = DEFAULT_CONFIG,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Look at a workbook, match its headings, and write the configuration."""
    from collector.cli.starting import draft_config
    from collector.errors import UsageError
    from collector.intake.book import read_book
    from collector.model import Policy
    from collector.phrases import Phrase
    from collector.wiring import workbook

    asks = not (yes or json) and sys.stdin.isatty()
    if config.exists() and not (
        asks and typer.confirm(say(language(), "init_overwrite", path=config))
    ):
        raise UsageError(Phrase("init_exists", path=str(config)))
    opened_book = workbook(book)
    grids = [opened_book.read(tab.name) for tab in opened_book.tabs() if tab.visible]
    found = read_book(grids, Policy(book=Path(book).stem))
    text, facts = draft_config(Path(book), config, found, grids)
    try:
        config.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{config}: {error.strerror}") from error
    if json:
        print_json({"config": str(config), **facts})
        return
    for line in _matched(found, grids) if not quiet else ():
        tell(line)
    tell(say(language(), "init_done", path=config, rows=len(found.invoices)), quiet=quiet)


def _matched(book: Book, grids: Sequence[Grid]) -> list[str]:
    """Show each table as heading, field, sample values."""
    by_tab = {grid.tab: grid for grid in grids}
    lines = []
    for table in book.tables.values():
        lines.append(f"{table.tab}!{table.header_row} ({table.kind})")
        for field, column in table.columns.items():
            rows = by_tab[table.tab].rows[table.first_row - 1 : table.last_row]
            cells = [
                str(row[column]) for row in rows if column < len(row) and row[column] is not None
            ]
            samples = " · ".join(cells[:_SAMPLES])
            lines.append(f"  {table.headings[field]}  →  {field}  ({samples})")
    return lines


def check(
    mail: Annotated[
        bool, typer.Option("--mail", help="Connect to the mail server and log in.")
    ] = False,
    to_me: Annotated[
        bool, typer.Option("--to-me", help="And send a test message to `mail.from`.")
    ] = False,
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check configuration, workbook, ledger and mail login; every problem with its address."""
    settings = read_config(config)
    from collector.letters.proof import prove_templates
    from collector.worker import look
    from collector.worker.adopting import refuse_forgotten

    with opened(settings, as_of, quiet=quiet or json, read_only=True) as job:
        seen = look(job)
        refuse_forgotten(job, seen)
        name = job.workbook.name
        steps = [step.name for step in job.policy.steps]
        prove_templates(job.templates, steps, job.sender, job.as_of)
    mail = mail or to_me
    said = _log_in(settings, name, to_me=to_me) if mail else ["check_mail_not"]
    if json:
        print_json(_check_json(seen, name, mail=mail))
    else:
        _print_check(seen, settings, name, said=said, quiet=quiet)
    raise typer.Exit(int(bool(seen.assessment.problems)))


def _log_in(settings: Config, workbook: str, *, to_me: bool) -> list[str]:
    """Try the mail server, and the archive where there is one; return phrases that say so."""
    from collector.errors import UsageError
    from collector.phrases import Phrase
    from collector.wiring import archive_of, mailer

    if settings.mail.server is None or (to_me and settings.mail.from_ is None):
        raise UsageError(Phrase("check_no_server"))
    said = ["check_mail_ok"]
    with mailer(settings) as connection:
        if to_me:
            connection.deliver(_test_message(settings, workbook), dotting=lambda: None)
            said.append("check_sent")
    archive = archive_of(settings)
    if archive is not None:
        archive().check()
        said.append("check_archive_ok")
    return said


def _test_message(settings: Config, workbook: str) -> Message:
    """Return a message to ourselves that says mail arrives; no copy of it is kept anywhere."""
    from collector.letters.notice import notice

    sender, language = settings.sender(), settings.language
    moment = now()
    message = notice(
        sender,
        [sender.address],
        book=settings.book,
        step="test",
        occasion=f"test/{moment:%Y-%m-%dT%H:%M:%S}",
        subject=say(language, "check_test_subject"),
        parts=[(say(language, "check_test", workbook=workbook), ())],
        as_of=moment.date(),
        when=moment,
        message_id=f"<{uuid4().hex}@{sender.address.rpartition('@')[2]}>",
    )
    return replace(message, customer_name=message.to[0])


def _check_json(seen: Look, workbook: str, *, mail: bool) -> dict[str, Any]:
    from collector.cli.starting import unused_headings

    tables = {
        kind: {"tab": table.tab, "header_row": table.header_row, "columns": dict(table.headings)}
        for kind, table in seen.book.tables.items()
    }
    problems = [
        {"where": str(p.where), "customer": p.customer, "message": p.say(), "holds": p.holds}
        for p in seen.assessment.problems
    ]
    names = seen.assessment.customers["customer_name"].to_dict()
    for problem in problems:
        problem["customer"] = names.get(problem["customer"], problem["customer"])
    rows, table = seen.assessment.invoices, seen.book.tables["invoices"]
    return {
        "workbook": workbook,
        "rows": len(rows),
        "customers": rows.loc[rows["customer"] != "", "customer"].nunique(),
        "tables": tables,
        "unused": unused_headings(table, seen.grids[table.tab]),
        "problems": problems,
        "mail": "ok" if mail else "not checked",
        "ledger": "ok",
    }


def _print_check(
    seen: Look, settings: Config, workbook: str, *, said: Sequence[str], quiet: bool
) -> None:
    from collector.cli.starting import unused_headings

    words = settings.language
    for table in seen.book.tables.values():
        where = f"{table.tab}!{table.header_row}"
        fields = ", ".join(f"{text} → {field}" for field, text in table.headings.items())
        tell(say(words, "check_table", kind=table.kind, where=where, fields=fields), quiet=quiet)
    facts: Mapping[str, object] = {"workbook": workbook, "rows": len(seen.book.invoices)}
    tell(say(words, "check_rows", **facts), quiet=quiet)
    table = seen.book.tables["invoices"]
    unused = unused_headings(table, seen.grids[table.tab])
    if unused:
        tell(say(words, "check_unused", headings=", ".join(unused)), quiet=quiet)
    if "invoice" not in seen.book.has:
        tell(say(words, "check_no_numbers"), quiet=quiet)
    for phrase in said:
        tell(say(words, phrase, address=settings.sender().address), quiet=quiet)
    problems = seen.assessment.problems
    if not problems:
        tell(say(words, "check_fine"), quiet=quiet)
    print_grouped(problems, words)
