"""Balance confirmations: what one says, when it is to be mailed, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from collector.intake.book import Book
from collector.model import Confirmation, Confirmed, Draft, Policy, Spoken
from collector.plan.drafts import letter_language
from collector.rules import Assessment, assess
from collector.rules.dunning import escape
from collector.rules.statements import as_of_book, fully_dated, make_account, movements

Due = tuple[str, Confirmation]


def confirmation(
    book: Book, assessment: Assessment, policy: Policy, customer: str, day: date, reply_by: date
) -> Confirmation | None:
    """Return the letter that asks a customer to confirm the balance at the end of a day.

    None where there is no balance. ``assessment`` is of a day that is no earlier.
    """
    account = make_account(_as_it_stood(book, assessment, policy, customer, day), policy)
    written = str(assessment.customers["language"].get(customer, ""))
    found = account.outstanding(customer, letter_language(written, policy))
    if not found.sections:
        return None
    balances = tuple((section.currency, section.closing) for section in found.sections)
    name, language = found.customer_name, found.language
    return Confirmation(customer, name, language, day, reply_by, balances)


def _as_it_stood(
    book: Book, assessment: Assessment, policy: Policy, customer: str, day: date
) -> Assessment:
    """Return the book as of the day where the customer's every movement is dated."""
    if customer not in fully_dated(movements(book, assessment), assessment):
        return assessment
    return assess(as_of_book(book, day), policy, day)


def occasion_of(policy: Policy, customer: str, day: date) -> str:
    """Return the reason to write that mailing a confirmation is."""
    return f"{escape(policy.book)}/{escape(customer)}/confirmation/{day}"


def due_confirmations(
    book: Book,
    assessment: Assessment,
    known: Iterable[Confirmed],
    spoken: Iterable[Spoken],
    policy: Policy,
) -> dict[str, Due]:
    """Return by customer the confirmation that somebody wants mailed and that has not gone yet."""
    due: dict[str, Due] = {}
    for customer, each in latest(what_became(known, spoken, policy)).items():
        if each.state != "asked" or customer not in assessment.customers.index:
            continue
        reply_by = date.fromisoformat(each.note)
        letter = confirmation(book, assessment, policy, customer, each.as_of, reply_by)
        if letter is not None and each.as_of <= assessment.as_of:
            due[customer] = occasion_of(policy, customer, each.as_of), letter
    return due


def what_became(
    known: Iterable[Confirmed], spoken: Iterable[Spoken], policy: Policy
) -> tuple[Confirmed, ...]:
    """Return confirmations as they stand: one that was to be mailed and was is sent, on that day.

    What went out is a fact of the messages and never stored a second time.
    """
    said = {each.occasion.casefold(): each.day for each in spoken}
    return tuple(_as_said(each, said, policy) for each in known)


def _as_said(each: Confirmed, said: Mapping[str, date], policy: Policy) -> Confirmed:
    if each.state != "asked":
        return each
    day = said.get(occasion_of(policy, each.customer, each.as_of).casefold())
    if day is None:
        return each
    at = datetime.combine(day, time(12), each.changed_at.tzinfo)
    return replace(each, state="sent", note="", changed_at=at)


def latest(known: Iterable[Confirmed]) -> dict[str, Confirmed]:
    """Return by customer the confirmation of the last day."""
    return {each.customer: each for each in sorted(known, key=lambda each: each.as_of)}


def confirmation_draft(draft: Draft, due: Due) -> Draft:
    """Return an empty draft as the message that brings a confirmation and nothing else."""
    occasion, letter = due
    return replace(draft, step="confirmation", occasions=(occasion,), confirmation=letter)
