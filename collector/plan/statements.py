"""The monthly statements: whom one is due to, and what it says."""

from __future__ import annotations

from collections.abc import Iterable

from collector.intake.book import Book
from collector.model import Policy, Spoken, Statement
from collector.plan.drafts import by_label, letter_language
from collector.rules import Assessment, assess
from collector.rules.dunning import escape
from collector.rules.statements import (
    as_of_book,
    closed_month,
    fully_dated,
    make_account,
    month_end,
    movements,
    turnover,
)


def due_statements(
    book: Book, assessment: Assessment, spoken: Iterable[Spoken], policy: Policy
) -> dict[str, tuple[str, Statement]]:
    """Return by customer the monthly statement that is due and was not sent, with its occasion."""
    month = closed_month(policy, assessment.as_of)
    if not month:
        return {}
    said = {each.occasion.casefold() for each in spoken}
    due = {}
    for customer in dict.fromkeys(assessment.invoices["customer"].tolist()):
        occasion = f"{escape(policy.book)}/{escape(customer)}/statement/{month}"
        if customer and occasion.casefold() not in said:
            due[customer] = occasion
    statements = month_statements(book, assessment, policy, month, due)
    return {name: (due[name], statement) for name, statement in statements.items()}


def month_statements(
    book: Book, assessment: Assessment, policy: Policy, month: str, customers: Iterable[str]
) -> dict[str, Statement]:
    """Return the statements of a month that say something.

    A period statement for customers whose every payment is dated, open items as of the
    assessment's day for the others.
    """
    moves = movements(book, assessment)
    dated = fully_dated(moves, assessment)
    end = month_end(month)
    then = assess(as_of_book(book, end), policy, end)
    past, turned = make_account(then, policy), turnover(moves, month)
    present = make_account(assessment, policy)
    languages = by_label(assessment.customers["language"])
    statements = {}
    for customer in customers:
        language = letter_language(str(languages.get(customer, "")), policy)
        statement = past.period(customer, language, turned) if customer in dated else None
        statement = statement or present.outstanding(customer, language)
        if statement.sections:
            statements[customer] = statement
    return statements
