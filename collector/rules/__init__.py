"""What is true of a book on a given day: the one entry to the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from collector.intake.book import Book, contacts
from collector.model import Policy, Problem
from collector.rules.aging import add_aging, add_due_dates
from collector.rules.balances import add_balances
from collector.rules.credit import assess_customers
from collector.rules.promises import forgive_kept

# How a row is marked as settled; where receipts say so too, there is nothing to ask.
_DOUBTS: Final = (
    "problem_struck_row", "problem_comment_settled", "problem_comment_disputed",
    "problem_comment_quiet", "problem_comment_address",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assessment:
    """A book as it stands on a day.

    ``invoices`` is the book's frame with, added: ``due`` datetime64, ``balance`` int64 minor
    units, ``known`` bool (the balance can be told), ``open`` bool (something is, or may be, owed
    either way), ``days_overdue`` int64, ``bucket`` and ``status`` str, ``broken_promise`` bool.
    ``customers`` is the book's frame with contacts settled and the figures of ``credit.py`` added.
    ``unapplied`` holds receipts that no invoice took: int64 minor units by (customer, currency).
    """

    as_of: date
    invoices: pd.DataFrame
    customers: pd.DataFrame
    unapplied: pd.Series[int]
    problems: tuple[Problem, ...]


def assess(book: Book, policy: Policy, as_of: date) -> Assessment:
    """Apply every rule to a book as of a day in the workbook's time zone."""
    invoices, due_problems = add_due_dates(book)
    invoices, unapplied, balance_problems = add_balances(book, invoices, policy, as_of)
    invoices = forgive_kept(book, add_aging(invoices, policy, as_of))
    customers, contact_problems = contacts(invoices, book.customers, invoices["open"])
    customers = assess_customers(invoices, customers, unapplied, policy, as_of)
    told = _still_asked(book, invoices)
    problems = (*told, *due_problems, *balance_problems, *contact_problems)
    return Assessment(as_of, invoices, customers, unapplied, problems)


def _still_asked(book: Book, invoices: pd.DataFrame) -> tuple[Problem, ...]:
    """Return the book's problems without the doubts about rows that turned out to be settled."""
    if not any(problem.code in _DOUBTS for problem in book.problems):
        return book.problems
    done = set(invoices.loc[~invoices["open"], "row"].tolist())
    return tuple(
        problem
        for problem in book.problems
        if not (problem.code in _DOUBTS and problem.where.row in done)
    )
