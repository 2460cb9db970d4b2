"""The commands that get to know a book: init and check."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collector.cli.options import (
    DEFAULT_CONFIG,
    AsOf,
    ConfigPath,
    Json,
    Quiet,
    opened,
    read_config,
)
from collector.cli.output import language, print_grouped, print_json, tell
from collector.phrases import say

if TYPE_CHECKING:
    from collector.config import Config
    from collector.errors import CollectorError
    from collector.intake.book import Book
    from collector.intake.headings.proposing import Proposals
    from collector.model import Grid, Policy
    from collector.worker import Look

def init(
    book: Annotated[str, typer.Argument(help="The workbook: a path.")],
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take the sure matches, ask nothing.")
    ] = False,
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Look at a workbook, match its headings, and write the configuration."""
    from collector.cli.asking import ask_all, picture
    from collector.cli.starting import config_text, facts_of, hinted, open_questions
    from collector.errors import UsageError
    from collector.model import Policy
    from collector.phrases import Phrase

    asks = not (yes or json) and sys.stdin.isatty()
    if config.exists() and not (
        asks and typer.confirm(say(language(), "init_overwrite", path=config))
    ):
        raise UsageError(Phrase("init_exists", path=str(config)))
    grids, proposals, policy = _looked_at(book, Policy(book=Path(book).stem), asks=asks)
    for line in picture(proposals) if not (quiet or json) else ():
        tell(line)
    answers = ask_all(proposals) if asks else {}
    read, trouble = _read_as(hinted(policy, proposals, answers), grids)
    facts = facts_of(Path(book), config, proposals, answers, grids, read)
    settings = _asked_settings(facts, read) if asks else {}
    try:
        config.write_text(config_text(facts, proposals, answers, settings), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{config}: {error.strerror}") from error
    if json:
        print_json({"config": str(config), **facts, "unreadable": str(trouble or "")})
        raise typer.Exit(int(trouble is not None))
    unanswered = len(open_questions(proposals, answers))
    if unanswered:
        tell(say(language(), "init_open", count=unanswered, path=config), quiet=quiet)
    if trouble is not None:
        tell(say(language(), "init_unread", path=config))
        tell(f"  {trouble.say(language())}")
        raise typer.Exit(1)
    tell(say(language(), "init_done", path=config, rows=facts["rows"]), quiet=quiet)
    if not quiet:
        _show_what_follows(config, as_of)


def _looked_at(
    address: str, policy: Policy, *, asks: bool
) -> tuple[list[Grid], Proposals, Policy]:
    """Read a workbook's visible tabs and understand them; the hidden ones where these hold nothing."""
    from collector.cli.asking import ask_tab
    from collector.errors import NoTableError
    from collector.intake.headings.proposing import propose
    from collector.model import TabHint
    from collector.wiring import workbook

    opened_book = workbook(address)
    tabs = opened_book.tabs()
    grids = [opened_book.read(tab.name) for tab in tabs if tab.visible]
    try:
        proposals = propose(grids, policy)
    except NoTableError:
        hidden = [opened_book.read(tab.name) for tab in tabs if not tab.visible]
        if not hidden:
            raise
        grids += hidden
        proposals = propose(grids, policy)
    chosen = proposals.tables["invoices"].tab
    if asks and proposals.others:
        tab = ask_tab(chosen, proposals.others)
        if tab != chosen:
            policy = replace(policy, tabs={"invoices": TabHint(tab)})
            proposals = propose(grids, policy)
    return grids, proposals, policy


def _read_as(policy: Policy, grids: Sequence[Grid]) -> tuple[Book | None, CollectorError | None]:
    """Read the book as the configuration will say; what it still lacks is the second value."""
    from collector.errors import WorkbookError
    from collector.intake.book import read_book

    try:
        return read_book(grids, policy), None
    except WorkbookError as error:
        return None, error


def _asked_settings(facts: Mapping[str, Any], read: Book | None) -> dict[str, str]:
    """Ask for what the sheet does not say: currency, time zone, the order of day and month."""
    from collector.cli.asking import ask_settings

    chinese = facts["language"] == "zh"
    wanted = {} if facts["currency"] else {"currency": "CNY" if chinese else "USD"}
    wanted["timezone"] = "Asia/Shanghai"
    if read and any(problem.code == "problem_date_two_ways" for problem in read.problems):
        wanted["date_order"] = "DMY"
    return ask_settings(wanted)


def _show_what_follows(config: Path, as_of: str | None) -> None:
    """Run check and preview on the new configuration; they print what they find."""
    from collector.cli.daily import preview

    for command in (check, preview):
        tell("")
        try:
            command(config=config, as_of=as_of)
        except typer.Exit:
            continue


def check(
    mail: Annotated[
        bool, typer.Option("--mail", help="Connect to the mail server and log in.")
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

    with opened(settings, as_of, quiet=quiet or json, read_only=True) as job:
        seen = look(job)
        name = job.workbook.name
        steps = [step.name for step in job.policy.steps]
        prove_templates(job.templates, steps, job.sender, job.as_of)
    if mail:
        _log_in(settings)
    if json:
        print_json(_check_json(seen, name, mail=mail))
    else:
        _print_check(seen, settings, name, mail=mail, quiet=quiet)
    raise typer.Exit(int(bool(seen.assessment.problems)))


def _log_in(settings: Config) -> None:
    from collector.errors import UsageError
    from collector.phrases import Phrase
    from collector.wiring import mailer

    if settings.mail.server is None:
        raise UsageError(Phrase("check_no_server"))
    with mailer(settings):
        pass


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


def _print_check(seen: Look, settings: Config, workbook: str, *, mail: bool, quiet: bool) -> None:
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
    tell(say(words, "check_mail_ok" if mail else "check_mail_not"), quiet=quiet)
    problems = seen.assessment.problems
    if not problems:
        tell(say(words, "check_fine"), quiet=quiet)
    print_grouped(problems, words)
