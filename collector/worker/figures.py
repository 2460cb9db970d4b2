"""The figures of a book on a day, past days included, without any effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from collector.intake.book import Book
from collector.model import Confirmed
from collector.rules import assess
from collector.rules.figures import CurrencyFigures, Figures, Source, make_figures, shown
from collector.rules.recall import Recalled, as_run, recall
from collector.rules.shares import Group, Kpi
from collector.rules.snapshots import Kept
from collector.worker.confirming import confirmations
from collector.worker.job import Job
from collector.worker.looking import read_whole
from collector.worker.report import change_json
from collector.worker.standings import changes_since, kept_standings


def draw_figures(job: Job) -> Figures:
    """Return the figures as of the job's day; a past one is replayed.

    By the dates of the rows and the receipts, and where they say nothing by the snapshots of
    earlier runs. Raises WorkbookError for a book that cannot be read.
    """
    return figures_of(read_whole(job), job)


def figures_of(book: Book, job: Job) -> Figures:
    """Return the figures of a book that is read already."""
    policy, day = job.policy, job.as_of
    recalled = recalled_book(book, job)
    then = recalled.book if job.today else _book_on(recalled, job)
    assessment = assess(then, policy, day)
    moved = changes_since(job, assessment, day - timedelta(days=1))
    return make_figures(then, assessment, policy, recalled, moved)


def _book_on(recalled: Recalled, job: Job) -> Book:
    """Return the book on a past day; what is dated later as the run of that day found it."""
    then = recalled.on(job.as_of)
    ran = [kept for kept in kept_standings(job, job.as_of) if kept.as_of == job.as_of]
    return as_run(then, recalled.book, ran[0]) if ran else then


def recalled_book(book: Book, job: Job) -> Recalled:
    """Return a book with what the ledger's snapshots know of its past."""
    assessment = assess(book, job.policy, job.as_of)
    return recall(book, assessment, _snapshots(job), job.now().date())


def _snapshots(job: Job) -> Iterator[Kept]:
    """Yield what was kept of each day, oldest first; one at a time, since they are large."""
    days: Sequence[date] = job.ledger.snapshot_days(job.policy.book)
    for day in days:
        yield from kept_standings(job, day)


def named_confirmations(job: Job, figures: Figures) -> list[tuple[str, Confirmed]]:
    """Return what became of balance confirmations up to the job's day, with customers' names."""
    customers = figures.customers
    names = dict(zip(customers["customer"], customers["customer_name"], strict=True))
    return [
        (str(names.get(each.customer) or each.customer), each)
        for each in confirmations(job)
        if each.as_of <= job.as_of
    ]


def figures_json(figures: Figures) -> dict[str, Any]:
    """Return what a report says as JSON: totals as the run's object has them, and the KPIs."""
    return {
        "as_of": figures.as_of.isoformat(),
        "open": _each(figures, lambda c: c.receivables),
        "overdue": _each(figures, lambda c: c.overdue),
        "unapplied": _each(figures, lambda c: c.unapplied),
        "buckets": {
            c.currency: {name: str(shown(amount, c.exponent)) for name, amount in c.buckets.items()}
            for c in figures.currencies
        },
        "provision": _each(figures, lambda c: c.provision),
        "provision_matrix": {c.currency: _matrix(c) for c in figures.currencies},
        "interest": _each(figures, lambda c: c.interest),
        "kpis": {c.currency: _values(c.kpis, "now") for c in figures.currencies},
        "kpis_before": {c.currency: _values(c.kpis, "before") for c in figures.currencies},
        "targets": {
            kpi.name: kpi.target
            for c in figures.currencies[:1]
            for kpi in c.kpis
            if kpi.target is not None
        },
        "by_owner": {c.currency: _groups(c, c.owners) for c in figures.currencies},
        "by_class": {c.currency: _groups(c, c.ratings) for c in figures.currencies},
        "by_customer": {c.currency: _groups(c, c.debtors) for c in figures.currencies},
        "calls": _calls(figures),
        "cash": {c.currency: _cash(c) for c in figures.currencies},
        "flags": dict(figures.flags),
        "flag_changes": [change_json(change) for change in figures.changes],
        "warnings": [
            {"customer": each.customer_name, "what": each.say()} for each in figures.warnings
        ],
        "undated": figures.source.undated,
        "past": _past(figures.source),
    }


def _matrix(figures: CurrencyFigures) -> list[dict[str, str]]:
    return [
        {
            "bucket": line.bucket,
            "amount": str(shown(line.amount, figures.exponent)),
            "rate": str(line.rate),
            "loss": str(shown(line.loss, figures.exponent)),
        }
        for line in figures.matrix
    ]


def _cash(figures: CurrencyFigures) -> list[dict[str, str]]:
    return [
        {
            "after": week.after.isoformat(),
            "low": str(shown(week.low, figures.exponent)),
            "expected": str(shown(week.expected, figures.exponent)),
            "high": str(shown(week.high, figures.exponent)),
        }
        for week in figures.weeks
    ]


def _past(source: Source) -> dict[str, Any]:
    return {
        "settled": source.settled,
        "dated": source.dated,
        "snapshots": source.kept,
        "undated": source.undated,
        "gone": source.lost,
        "first_snapshot": source.first and source.first.isoformat(),
        "last_snapshot": source.last and source.last.isoformat(),
    }


def _each(figures: Figures, amount: Callable[[CurrencyFigures], int]) -> dict[str, str]:
    return {c.currency: str(shown(amount(c), c.exponent)) for c in figures.currencies}


def _values(kpis: Sequence[Kpi], when: str) -> dict[str, float | None]:
    values = ((kpi.name, getattr(kpi, when)) for kpi in kpis)
    return {name: None if value is None else round(value, 4) for name, value in values}


def _groups(currency: CurrencyFigures, groups: Sequence[Group]) -> list[dict[str, Any]]:
    return [
        {
            "name": group.name,
            **({"key": group.key} if group.key != group.name else {}),
            "customers": group.customers,
            "open": str(shown(group.receivables, currency.exponent)),
            "overdue": str(shown(group.overdue, currency.exponent)),
            "plan": str(shown(group.plan, currency.exponent)),
            "collected": str(shown(group.collected, currency.exponent)),
            "kpis": _values(group.kpis, "now"),
            "kpis_before": _values(group.kpis, "before"),
        }
        for group in groups
    ]


def _calls(figures: Figures) -> list[dict[str, Any]]:
    """Return whom to call first, and why."""
    places = {c.currency: c.exponent for c in figures.currencies}
    columns = ("customer_name", "currency", "overdue", "oldest", "expected_loss")
    rows = zip(*(figures.calls[name].tolist() for name in columns), strict=True)
    return [
        {
            "customer": name,
            "currency": currency,
            "overdue": str(shown(overdue, places[currency])),
            "oldest": oldest,
            "expected_loss": str(shown(loss, places[currency])),
        }
        for name, currency, overdue, oldest, loss in rows
    ]
