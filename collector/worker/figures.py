"""The figures of a book on a day, past days included, without any effect."""

from __future__ import annotations

from typing import Any

from collector.intake.book import Book
from collector.model import Confirmed
from collector.rules import assess
from collector.rules.figures import Figures, make_figures, shown
from collector.rules.statements import as_of_book
from collector.worker import read_whole
from collector.worker.confirming import confirmations
from collector.worker.job import Job


def draw_figures(job: Job) -> Figures:
    """Return the figures as of the job's day; a past one is replayed from the dates of the rows.

    Raises WorkbookError for a book that cannot be read.
    """
    book = read_whole(job)
    return figures_of(book, job)


def figures_of(book: Book, job: Job) -> Figures:
    """Return the figures of a book that is read already."""
    then = book if job.today else as_of_book(book, job.as_of)
    return make_figures(then, assess(then, job.policy, job.as_of), job.policy)


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
        "open": {c.currency: str(shown(c.receivables, c.exponent)) for c in figures.currencies},
        "overdue": {c.currency: str(shown(c.overdue, c.exponent)) for c in figures.currencies},
        "buckets": {
            c.currency: {name: str(shown(amount, c.exponent)) for name, amount in c.buckets.items()}
            for c in figures.currencies
        },
        "provision": {c.currency: str(shown(c.provision, c.exponent)) for c in figures.currencies},
        "kpis": {
            c.currency: {kpi.name: None if kpi.now is None else round(kpi.now, 4) for kpi in c.kpis}
            for c in figures.currencies
        },
        "cash": {
            c.currency: [
                {
                    "after": week.after.isoformat(),
                    "low": str(shown(week.low, c.exponent)),
                    "expected": str(shown(week.expected, c.exponent)),
                    "high": str(shown(week.high, c.exponent)),
                }
                for week in c.weeks
            ]
            for c in figures.currencies
        },
        "flags": dict(figures.flags),
        "undated": figures.undated,
    }
