"""A ledger that knows less than the sheet: refused, until what the sheet shows is adopted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from collector.errors import BookForgottenError
from collector.model import Cell, Message
from collector.phrases import Phrase
from collector.plan.drafts import addresses
from collector.plan.shown import last_step
from collector.plan.statements import due_statements
from collector.rules.dunning import occasion_stems
from collector.worker.job import Job
from collector.worker.seen import Look

_SHOWN = "last_reminder"


def forgotten(job: Job, seen: Look) -> BookForgottenError | None:
    """Return the error that says so when the sheet shows a reminder later than the ledger knows.

    The ledger was deleted, is an old copy, or calls the book by another name: everybody would be
    written to again.
    """
    shown = max(_days(seen), default=None)
    known = job.ledger.last_day(job.policy.book)
    if shown is None or (known is not None and shown <= known):
        return None
    others = [name for name in job.ledger.books() if name != job.policy.book]
    hint = Phrase("book_forgotten_known", books=", ".join(others)) if others else ""
    return BookForgottenError(shown.isoformat(), job.ledger.name, hint)


def _days(seen: Look) -> list[date]:
    """Return the days of the column Last reminder, as far as they are days."""
    table = seen.book.tables["invoices"]
    if _SHOWN not in table.owned:
        return []
    shown = (_cell(seen, int(row), _SHOWN) for row in seen.book.invoices["row"])
    return [day for day in map(_day, shown) if day is not None]


def _cell(seen: Look, row: int, key: str) -> Cell:
    table = seen.book.tables["invoices"]
    rows, column = seen.grids[table.tab].rows, table.owned.get(key, -1)
    cells = rows[row - 1] if row <= len(rows) else []
    return cells[column] if 0 <= column < len(cells) else None


def _day(cell: Cell) -> date | None:
    return cell.date() if isinstance(cell, datetime) else cell if isinstance(cell, date) else None


@dataclass(frozen=True, slots=True)
class Adopted:
    """One thing that was said according to the sheet: about which invoice, when, which step."""

    customer: str
    invoice: str
    day: date
    step: str
    occasion: str


def adoptable(seen: Look, job: Job) -> list[Adopted]:
    """Return what the sheet shows as said and the ledger does not know, oldest first.

    While monthly statements are due nobody can tell who has theirs; they count as sent, too.
    """
    spoken = job.ledger.spoken(job.policy.book, redirected=False)
    known = {each.occasion.casefold() for each in spoken}
    found = [each for each in _reminders(seen, job) if each.occasion.casefold() not in known]
    if found:
        found += _statements(seen, job)
    return sorted(found, key=lambda each: each.day)


def _reminders(seen: Look, job: Job) -> Iterator[Adopted]:
    rows = seen.assessment.invoices
    rows = rows[(rows["customer"] != "") & rows["due"].notna()]
    stems = occasion_stems(rows, job.policy.book)
    for row, customer, invoice, due, stem in zip(
        rows["row"], rows["customer"], rows["invoice"], rows["due"], stems, strict=True
    ):
        day = _day(_cell(seen, int(row), _SHOWN))
        if day is not None:
            said = str(_cell(seen, int(row), "next_action") or "")
            step = last_step(said, due.date(), day, job.policy)
            yield Adopted(str(customer), str(invoice), day, step, f"{stem}/{step}")


def _statements(seen: Look, job: Job) -> list[Adopted]:
    due = due_statements(seen.book, seen.assessment, seen.history.spoken, job.policy)
    first = job.as_of.replace(day=job.policy.statement_day or 1)
    if first > job.as_of:
        # The seven days began in the month before.
        first = (job.as_of.replace(day=1) - timedelta(days=1)).replace(day=first.day)
    return [
        Adopted(customer, "", first, "statement", occasion)
        for customer, (occasion, _statement) in due.items()
    ]


def adopt(job: Job, seen: Look, found: list[Adopted]) -> str:
    """Record what was found as said; returns the run that did. Call it inside ``exclusive``."""
    ledger, book = job.ledger, job.policy.book
    run = ledger.start_run(book, job.as_of, job.now(), "adopt")
    parts: dict[tuple[date, str], list[Adopted]] = {}
    for each in found:
        parts.setdefault((each.day, each.customer), []).append(each)
    ledger.adopt([_message(seen, job, part) for part in parts.values()], run, job.now())
    ledger.end_run(book, run, {}, job.now())
    return run


def _message(seen: Look, job: Job, part: list[Adopted]) -> Message:
    """Return one message that stands for what was said to a customer on a day.

    To the address of today: nobody knows the one of then, and a later change is noticed.
    """
    customer, number = part[0].customer, uuid4().hex
    who = seen.assessment.customers.loc[customer]
    return Message(
        message_id=f"<{number}@adopted.invalid>",
        book=job.policy.book,
        customer=customer,
        customer_name=str(who["customer_name"]),
        step=part[0].step,
        to=addresses(str(who["email"])),
        cc=(),
        recipients=(),
        sender="",
        subject="",
        occasions=tuple(each.occasion for each in part),
        digest=number,
        content=b"",
        as_of=part[0].day,
    )
