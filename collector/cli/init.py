"""The command that gets to know a book nobody has seen yet."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collector.cli.options import DEFAULT_CONFIG, AsOf, ConfigPath, Json, Quiet
from collector.cli.output import language, print_json, tell
from collector.phrases import say

if TYPE_CHECKING:
    from collector.cli.asking import Answers
    from collector.errors import CollectorError
    from collector.intake.book import Book
    from collector.intake.headings.proposing import Proposals
    from collector.model import Grid, Policy
    from collector.worker.job import Workbook


def init(
    book: Annotated[str, typer.Argument(help="The workbook: a path or a Google Sheets address.")],
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take the sure matches, ask nothing.")
    ] = False,
    credentials: Annotated[
        str | None,
        typer.Option(help="For a Google sheet, where its key is: file:service-account.json"),
    ] = None,
    tab: Annotated[
        str | None,
        typer.Option(help="The tab of the receivables, where several look like them."),
    ] = None,
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Look at a workbook, match its headings, and write the configuration."""
    from collector.cli.asking import picture
    from collector.cli.starting import config_text, facts_of, hinted, open_questions
    from collector.errors import UsageError
    from collector.model import Policy, TabHint
    from collector.phrases import Phrase
    from collector.wiring import workbook

    asks = not (yes or json) and sys.stdin.isatty()
    if config.exists() and not (
        asks and typer.confirm(say(language(), "init_overwrite", path=config))
    ):
        raise UsageError(Phrase("init_exists", path=str(config)))
    opened_book = workbook(book, credentials, config.resolve().parent)
    named = {"invoices": TabHint(tab)} if tab is not None else {}
    plain = Policy(book=Path(book).stem, tabs=named)
    grids, proposals, policy = _looked_at(opened_book, plain, asks=asks and tab is None)
    for line in picture(proposals) if not (quiet or json) else ():
        tell(line)
    for phrase, tabs in _aside(proposals) if not json else ():
        tell(say(language(), phrase, tabs=", ".join(tabs)))
    answers = _asked(grids, proposals) if asks else {}
    read, trouble = _read_as(hinted(policy, proposals, answers), grids)
    facts = facts_of(book, credentials, config, proposals, answers, grids, read)
    timezone = opened_book.timezone
    settings = {"timezone": timezone} if timezone else {}
    if asks:
        settings = _asked_settings(facts, read, timezone)
    try:
        config.write_text(config_text(facts, proposals, answers, settings), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{config}: {error.strerror}") from error
    if json:
        print_json({"config": str(config), **facts, "unreadable": str(trouble or "")})
        raise typer.Exit(int(trouble is not None))
    _tell_what_came_of_it(
        config,
        unanswered=len(open_questions(proposals, answers)),
        trouble=trouble,
        rows=facts["rows"],
        quiet=quiet,
    )
    if not quiet:
        _show_what_follows(config, as_of)


def _aside(proposals: Proposals) -> Iterator[tuple[str, list[str]]]:
    """Yield what is said of the tabs that look like receivables and are not read, with those."""
    open_still = [tab for tab in proposals.others if tab not in proposals.past]
    if open_still:
        yield "init_other_tabs", open_still
    if proposals.past:
        yield "init_past_tabs", list(proposals.past)


def _tell_what_came_of_it(
    config: Path, *, unanswered: int, trouble: CollectorError | None, rows: object, quiet: bool
) -> None:
    """Say what was written and what is still asked; a book that cannot be read so ends it."""
    if unanswered:
        tell(say(language(), "init_open", count=unanswered, path=config), quiet=quiet)
    if trouble is not None:
        tell(say(language(), "init_unread", path=config))
        tell(f"  {trouble.say(language())}")
        raise typer.Exit(1)
    tell(say(language(), "init_done", path=config, rows=rows), quiet=quiet)


def _looked_at(
    opened_book: Workbook, policy: Policy, *, asks: bool
) -> tuple[list[Grid], Proposals, Policy]:
    """Read a workbook's tabs and understand them; hidden ones where the others hold nothing."""
    from collector.cli.asking import ask_tab
    from collector.errors import NoTableError
    from collector.intake.headings.proposing import propose
    from collector.model import TabHint

    tabs = opened_book.tabs()
    _check_tab(policy, [tab.name for tab in tabs])
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
    if asks and set(proposals.others) > set(proposals.past):
        tab = ask_tab(chosen, proposals.others)
        others = tuple(each for each in (chosen, *proposals.others) if each != tab)
        policy = replace(policy, tabs={"invoices": TabHint(tab)})
        proposals = replace(propose(grids, policy), others=others)
    return grids, proposals, policy


def _check_tab(policy: Policy, tabs: Sequence[str]) -> None:
    """Raise UsageError where the command names a tab that the workbook has not."""
    from collector.errors import UsageError
    from collector.phrases import Phrase

    named = policy.tabs["invoices"].name if "invoices" in policy.tabs else None
    if named is not None and named not in tabs:
        raise UsageError(Phrase("init_tab_missing", tab=named, tabs=", ".join(tabs)))


def _asked(grids: Sequence[Grid], proposals: Proposals) -> Answers:
    """Ask what is unsure: columns, and tabs nobody reads that may say less is owed."""
    from collector.cli.asking import ask_all, ask_credit_tabs
    from collector.intake.credit_tabs import credit_tabs

    read = {each.tab for each in proposals.tables.values()}
    tabs = [grid.tab for grid in credit_tabs(grids, read, ())]
    return ask_all(proposals) | ask_credit_tabs(tabs)


def _read_as(policy: Policy, grids: Sequence[Grid]) -> tuple[Book | None, CollectorError | None]:
    """Read the book as the configuration will say; what it still lacks is the second value."""
    from collector.errors import WorkbookError
    from collector.intake.book import read_book

    try:
        return read_book(grids, policy), None
    except WorkbookError as error:
        return None, error


def _asked_settings(facts: Mapping[str, Any], read: Book | None, timezone: str) -> dict[str, str]:
    """Ask for what the sheet does not say: currency, time zone, the order of day and month.

    ``timezone`` is the workbook's own, '' where it has none.
    """
    from collector.cli.asking import ask_settings

    chinese = facts["language"] == "zh"
    wanted = {} if facts["currency"] else {"currency": "CNY" if chinese else "USD"}
    wanted["timezone"] = timezone or "Asia/Shanghai"
    if read and any(problem.code == "problem_date_two_ways" for problem in read.problems):
        wanted["date_order"] = "DMY"
    return ask_settings(wanted)


def _show_what_follows(config: Path, as_of: str | None) -> None:
    """Run check and preview on the new configuration; they print what they find."""
    from collector.cli.book import check
    from collector.cli.daily import preview

    for command in (check, preview):
        tell("")
        try:
            command(config=config, as_of=as_of)
        except typer.Exit:
            continue
