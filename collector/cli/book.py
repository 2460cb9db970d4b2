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
    from collector.errors import CollectorError, WorkbookError
    from collector.intake.book import Book
    from collector.intake.headings.proposing import Proposals
    from collector.intake.sums import SheetSum
    from collector.model import Grid, Policy
    from collector.worker import Job, Look

_REPAIRS = 50


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


def _looked_at(address: str, policy: Policy, *, asks: bool) -> tuple[list[Grid], Proposals, Policy]:
    """Read a workbook's tabs and understand them; hidden ones where the others hold nothing."""
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
    repair: Annotated[
        bool, typer.Option("--repair", help="Set headings that moved right in the configuration.")
    ] = False,
    html: Annotated[Path | None, typer.Option("--html", help="Write a page to look at.")] = None,
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Check configuration, workbook, ledger and mail login; every problem with its address."""
    settings = read_config(config)
    from collector.letters.proof import prove_templates

    with opened(settings, as_of, quiet=quiet or json, read_only=True) as job:
        seen, moved = _look_by_name(job)
        name = job.workbook.name
        steps = [step.name for step in job.policy.steps]
        prove_templates(job.templates, steps, job.sender, job.as_of)
    _say_what_moved(moved, config, settings.language, repair=repair, quiet=json)
    if mail:
        _log_in(settings)
    if html is not None:
        from collector.cli.check_page import write_check_page

        write_check_page(html, seen, name, settings.language)
    if json:
        said = [error.say() for error in moved]
        print_json(_check_json(seen, name, mail=mail) | {"moved": said})
    else:
        _print_check(seen, settings, name, mail=mail, quiet=quiet)
    raise typer.Exit(int(bool(seen.assessment.problems) or (bool(moved) and not repair)))


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
        "sums": [_sum_json(each) for each in seen.book.sums],
        "problems": problems,
        "mail": "ok" if mail else "not checked",
        "ledger": "ok",
    }


def _sum_json(found: SheetSum) -> dict[str, str]:
    return {"where": str(found.where), "field": found.field, "currency": found.currency,
            **sum_words(found)}  # fmt: skip


def sum_words(found: SheetSum) -> dict[str, str]:
    """Return what the sheet says, what we say and the difference, in the currency's own units."""
    from decimal import Decimal

    from collector.fields import exponent

    def written(minor: int) -> str:
        return str(Decimal(minor).scaleb(-exponent(found.currency)))

    return {"stated": written(found.stated), "ours": written(found.ours),
            "difference": written(found.difference)}  # fmt: skip


def our_totals(book: Book) -> list[tuple[str, str, str]]:
    """Return what the rows add up to: field, currency and total in its own units."""
    from decimal import Decimal

    from collector.fields import exponent

    rows = book.invoices
    return [
        (name, str(currency), f"{Decimal(int(minor)).scaleb(-exponent(str(currency))):,}")
        for name in ("amount", "paid", "balance")
        if name in book.has
        for currency, minor in rows.groupby("currency")[name].sum().items()
    ]


def sums_to_show(sums: Sequence[SheetSum]) -> list[SheetSum]:
    """Return the last total of each column, and before it those that differ from ours."""
    last = {found.field: found for found in sums}
    return [found for found in sums if found.difference or last[found.field] is found]


def _print_check(seen: Look, settings: Config, workbook: str, *, mail: bool, quiet: bool) -> None:
    from collector.cli.starting import unused_headings

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
    if unused:
        tell(say(words, "check_unused", headings=", ".join(unused)), quiet=quiet)
    if "invoice" not in seen.book.has:
        tell(say(words, "check_no_numbers"), quiet=quiet)
    tell(say(words, "check_mail_ok" if mail else "check_mail_not"), quiet=quiet)
    problems = seen.assessment.problems
    if not problems:
        tell(say(words, "check_fine"), quiet=quiet)
    print_grouped(problems, words)
