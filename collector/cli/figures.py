"""The commands that look further than today: backtest, report, simulate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collector.cli.confirming import confirmed_json
from collector.cli.options import (
    DEFAULT_CONFIG,
    AsOf,
    ConfigPath,
    Json,
    Quiet,
    day,
    now,
    opened,
    read_config,
)
from collector.cli.output import language, print_json, speak_language, tell
from collector.phrases import say

if TYPE_CHECKING:
    from collector.model import Policy
    from collector.rules.backtest import Backtest, Score
    from collector.worker.simulating import Day, Default

_FIGURES = ("late_auc", "brier", "mae_days", "coverage", "cash_wape")


def backtest(
    book: Annotated[str, typer.Argument(help="The workbook: a path or a Google address.")],
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Say how well pay dates would have been foreseen, from paid invoices alone."""
    from collector.intake.book import read_book
    from collector.rules import assess
    from collector.rules.backtest import backtest as retell
    from collector.rules.history import settled_history
    from collector.wiring import workbook

    policy = _policy_of(book, config)
    opened = workbook(book)
    read = read_book([opened.read(tab.name) for tab in opened.tabs() if tab.visible], policy)
    today = day(as_of) or now().date()
    result = retell(settled_history(read, assess(read, policy, today), until=today))
    if json:
        print_json(_backtest_json(result))
    else:
        dated = "paid_date" in read.has or "receipts" in read.tables
        _print_backtest(result, dated=dated, quiet=quiet)


def _policy_of(book: str, config: Path) -> Policy:
    """Return the configuration's policy where it is about this workbook, else the default one."""
    from collector.config import load_config
    from collector.model import Policy

    if config.exists():
        settings = load_config(config, language=language())
        if settings.workbook_address in (book, str(Path(book).absolute())):
            speak_language(settings.language)
            return settings.policy()
    return Policy(book=Path(book).stem)


def _backtest_json(result: Backtest) -> dict[str, Any]:
    return {
        **_rounded(result.ours),
        "invoices": result.invoices,
        "tested": result.tested,
        "from": result.first_tested and result.first_tested.isoformat(),
        "naive": _rounded(result.naive),
        "layers": asdict(result.strengths),
    }


def _rounded(score: Score) -> dict[str, float | None]:
    return {
        name: None if figure is None else round(figure, 4) for name, figure in asdict(score).items()
    }


def _print_backtest(result: Backtest, *, dated: bool, quiet: bool) -> None:
    """Print how forecasts would have fared; ``dated``: the sheet has a place for payment dates."""
    words = language()
    if not result.tested:
        few = "backtest_too_few_dated" if dated else "backtest_too_few"
        tell(say(words, few, invoices=result.invoices), quiet=quiet)
        return
    facts = {"invoices": result.invoices, "tested": result.tested, "first": result.first_tested}
    tell(say(words, "backtest_found", **facts), quiet=quiet)
    heads = (say(words, "backtest_ours"), say(words, "backtest_naive"))
    print(" " * 12 + "".join(map(_right, heads)))
    ours, naive = asdict(result.ours), asdict(result.naive)
    for name in _FIGURES:
        mine, plain = (_shown(figures[name]) for figures in (ours, naive))
        print(f"{name:<12}{_right(mine)}{_right(plain)}  {say(words, f'backtest_{name}')}")


def _right(text: str, width: int = 12) -> str:
    """Set a text to the right; Chinese characters take two places."""
    from rich.cells import cell_len

    return " " * max(width - cell_len(text), 0) + text


def _shown(figure: float | None) -> str:
    return "–" if figure is None else f"{figure:.3f}"


def report(
    out: Annotated[Path, typer.Option("--out", help="The folder the files go to.")] = Path(),
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the figures for managers: a workbook with charts, and one page to look at."""
    settings = read_config(config)
    from collector.letters.figures_book import figures_book
    from collector.letters.figures_page import figures_page
    from collector.worker.figures import draw_figures, figures_json, named_confirmations

    with opened(settings, as_of, quiet=quiet or json, read_only=True) as job:
        figures = draw_figures(job)
        known = named_confirmations(job, figures)
        title = f"{say(settings.language, 'fig_title')} · {job.policy.book}"
    name = f"report_{figures.as_of:%Y-%m-%d}"
    book = figures_book(figures, title, settings.language, known)
    page = figures_page(figures, title, settings.language, known)
    files = {f"{name}.xlsx": book, f"{name}.html": page.encode("utf-8")}
    paths = [_written(out, file, content) for file, content in files.items()]
    if json:
        said = [confirmed_json(each) | {"name": name} for name, each in known]
        print_json({"files": paths, **figures_json(figures), "confirmations": said})
    for path in paths if not json else ():
        tell(say(settings.language, "fig_written", path=path), quiet=quiet)


def _written(folder: Path, name: str, content: bytes) -> str:
    """Write a file over one of an earlier report of the same day."""
    from collector.errors import UsageError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    except OSError as error:
        raise UsageError(f"{folder / name}: {error.strerror}") from error
    return str(folder / name)


def simulate(
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How many days.")] = 30,
    default: Annotated[
        str | None, typer.Option("--default", metavar="CUSTOMER", help="Who never pays.")
    ] = None,
    config: ConfigPath = DEFAULT_CONFIG,
    as_of: AsOf = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Show who would get what on which day, or what it costs if a customer never pays."""
    settings = read_config(config)
    from collector.worker import simulating

    with opened(settings, as_of, quiet=quiet or json, read_only=True) as job:
        if default is not None:
            found = simulating.simulate_default(job, default)
        else:
            played = simulating.simulate(job, days)
        start = job.as_of
    if default is not None:
        if json:
            print_json(simulating.default_json(found))
        else:
            _print_default(found, settings.language)
    elif json:
        print_json({"as_of": start.isoformat(), "days": simulating.simulated_json(played)})
    else:
        tell(say(settings.language, "simulate_note"), quiet=quiet)
        _print_days(played, settings.language)


def _print_days(days: Sequence[Day], words: str) -> None:
    for each in days:
        print(f"{each.day}  {say(words, 'simulate_count', count=len(each.drafts))}")
        for draft in each.drafts:
            asked = ", ".join(
                f"{total.currency} {total.overdue + total.due_soon - total.credit:,}"
                for total in draft.totals
            )
            held = f"  ({say(words, draft.approval)})" if draft.approval else ""
            print(f"  {draft.customer_name}: {draft.step}  {asked}{held}")
    if not days:
        print(say(words, "simulate_nothing"))


def _print_default(found: Default, words: str) -> None:
    for currency, lost in found.lost.items():
        facts = {"customer": found.customer, "lost": f"{currency} {lost:,}"}
        print(say(words, "simulate_lost", **facts))
        before, then = found.provision[currency], found.provision_then[currency]
        print(say(words, "simulate_provision", before=f"{before:,}", then=f"{then:,}"))
        for after, expected, without in found.weeks[currency]:
            week = say(words, "fig_week_after")
            print(f"  {week} {after}  {expected:>16,}  → {without:>16,}")
    if not found.lost:
        print(say(words, "simulate_owes_nothing", customer=found.customer))
    if found.limit is not None:
        _print_limit(found, f"{found.limit:,}", words)


def _print_limit(found: Default, limit: str, words: str) -> None:
    if found.exposure is not None:
        print(say(words, "simulate_limit", exposure=f"{found.exposure:,}", limit=limit))
    if found.foreign:
        print(say(words, "simulate_foreign", currencies=found.foreign, limit=limit))
