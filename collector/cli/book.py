"""The commands that get to know a book: init and check."""

from __future__ import annotations

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
from collector.cli.output import print_grouped, print_json, tell
from collector.phrases import say

if TYPE_CHECKING:
    from collector.config import Config
    from collector.errors import WorkbookError
    from collector.model import Message
    from collector.worker import Job, Look

_REPAIRS = 50


def check(
    mail: Annotated[
        bool, typer.Option("--mail", help="Connect to the mail server and log in.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Set headings that moved right in the configuration.")
    ] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to look at.")] = None,
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
    from collector.wiring import is_shared
    from collector.worker.claims import refuse_another

    with opened(settings, as_of, quiet=quiet or json, read_only=True) as job:
        seen, moved = _look_by_name(job)
        refuse_another(job, seen)
        closed = _closed_to_us(job, seen) if is_shared(settings) else None
        name = job.workbook.name
        steps = [step.name for step in job.policy.steps]
        prove_templates(job.templates, steps, job.sender, job.as_of)
    _say_what_moved(moved, config, settings.language, repair=repair, quiet=json)
    mail = mail or to_me
    said = _log_in(settings, name, to_me=to_me) if mail else ["check_mail_not"]
    if html is not None:
        from collector.cli.check_page import write_check_page

        write_check_page(html, seen, name, settings.language)
    if json:
        print_json(_check_json(seen, name, mail=mail) | {"moved": [each.say() for each in moved]})
    else:
        _print_check(seen, settings, name, said=said, quiet=quiet)
    if closed is not None:
        raise closed
    raise typer.Exit(int(bool(seen.assessment.problems) or (bool(moved) and not repair)))


def _closed_to_us(job: Job, seen: Look) -> WorkbookError | None:
    """Return why a shared sheet cannot be written, None where it can; nothing is changed."""
    from collector.errors import GoogleError

    try:
        job.workbook.check_writable(seen.book.tables["invoices"].tab, ask=True)
    except GoogleError as error:
        return error
    return None


def _look_by_name(job: Job) -> tuple[Look, list[WorkbookError]]:
    """Look at the book; where headings moved or were renamed, as if the configuration knew."""
    from collector.cli.repairing import repaired
    from collector.errors import HeadingGoneError, HeadingsMovedError
    from collector.worker import look

    moved: list[WorkbookError] = []
    while True:
        try:
            return look(job), moved
        except (HeadingsMovedError, HeadingGoneError) as error:
            if len(moved) >= _REPAIRS:
                raise
            job = replace(job, policy=repaired(job.policy, error))
            moved.append(error)


def _say_what_moved(
    moved: Sequence[WorkbookError], config: Path, words: str, *, repair: bool, quiet: bool
) -> None:
    from collector.cli.repairing import write_repair

    for error in moved:
        told = write_repair(config, error) if repair else error.say(words)
        tell(told, quiet=quiet)
    if moved and not repair:
        tell(say(words, "check_as_if"), quiet=quiet)


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
    from collector.cli.totals import sum_json

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
        "other_tabs": list(seen.book.aside),
        "sums": [sum_json(each) for each in seen.book.sums],
        "problems": problems,
        "mail": "ok" if mail else "not checked",
        "ledger": "ok",
    }


def _print_check(
    seen: Look, settings: Config, workbook: str, *, said: Sequence[str], quiet: bool
) -> None:
    from collector.cli.starting import unused_headings
    from collector.cli.totals import our_totals, sum_words, sums_to_show

    words = settings.language
    for table in seen.book.tables.values():
        where = f"{table.tab}!{table.header_row}"
        fields = ", ".join(f"{text} → {field}" for field, text in table.headings.items())
        tell(say(words, "check_table", kind=table.kind, where=where, fields=fields), quiet=quiet)
    facts: Mapping[str, object] = {"workbook": workbook, "rows": len(seen.book.invoices)}
    tell(say(words, "check_rows", **facts), quiet=quiet)
    for name, currency, total in our_totals(seen.book):
        tell(say(words, "check_total", field=name, total=total, currency=currency), quiet=quiet)
    for found in sums_to_show(seen.book.sums):
        place, name = found.where, found.field
        tell(say(words, "check_sum", where=place, field=name, **sum_words(found)), quiet=quiet)
    table = seen.book.tables["invoices"]
    unused = unused_headings(table, seen.grids[table.tab])
    if table.ages:
        ages = ", ".join(" ".join(text.split()) for text in table.ages.values())
        tell(say(words, "check_ages", headings=ages), quiet=quiet)
    if unused:
        tell(say(words, "check_unused", headings=", ".join(unused)), quiet=quiet)
    if seen.book.aside:
        tabs = ", ".join(seen.book.aside)
        tell(say(words, "check_other_tabs", tabs=tabs, tab=table.tab), quiet=quiet)
    if "invoice" not in seen.book.has:
        tell(say(words, "check_no_numbers"), quiet=quiet)
    for phrase in said:
        tell(say(words, phrase, address=settings.sender().address), quiet=quiet)
    problems = seen.assessment.problems
    if not problems:
        tell(say(words, "check_fine"), quiet=quiet)
    print_grouped(problems, words)
