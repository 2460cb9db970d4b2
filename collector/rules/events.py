"""Warnings as events: each fires once, and again only after things were well in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pandas as pd

from collector.intake.book import Book
from collector.model import Event, Policy
from collector.rules.credit import payment_indices
from collector.rules.history import settled_history
from collector.rules.warnings import (
    Found,
    Warned,
    broken_promises,
    concentrated,
    fallen,
    named,
    passed_limits,
)

if TYPE_CHECKING:
    from collector.rules import Assessment

_BEFORE: Final = timedelta(days=30)
# Whoever is late for longer than that is no news any more.
_NEWS: Final = 90
_LIMIT: Final = "warn_limit"
_INDEX: Final = "warn_index"


@dataclass(frozen=True, slots=True)
class Watched:
    """What became of warnings: those that fired now, and which known ones are over."""

    fired: tuple[Event, ...] = ()
    over: tuple[Event, ...] = ()


def watch(book: Book, assessment: Assessment, known: Sequence[Event], policy: Policy) -> Watched:
    """Compare what stands today with the events that are known to stand.

    Of one customer's marks of the limit that are passed at once, only the highest is told.
    """
    found = standing_warnings(book, assessment, policy)
    standing = {event.key: event for event in _events(found, assessment)}
    active = {event.key: event for event in known if not event.ended}
    indices = assessment.customers["payment_index"].to_dict()
    fall = policy.warn_index_fall or 0
    fired, over = [], []
    for key, event in active.items():
        if event.code == _INDEX and policy.warn_index_fall is not None:
            again = standing.pop(key, None)
            moved = _moved(event, float(indices.get(event.customer, float("nan"))), fall)
            if moved:
                over.append(event)
            if moved == "down" and again is not None:
                fired.append(again)
        elif key not in standing:
            over.append(event)
    fired += [event for key, event in standing.items() if key not in active and _is_news(event)]
    return Watched(tuple(_muted(fired, policy)), tuple(over))


def _is_news(event: Event) -> bool:
    return int(str(event.facts.get("days", 0))) <= _NEWS


def _moved(event: Event, index: float, fall: int) -> str:
    """Tell whether an index that fell is half way up again, or has fallen as much once more."""
    before, then = float(str(event.facts["before"])), float(str(event.facts["now"]))
    if index >= before - fall / 2:
        return "up"
    return "down" if index <= then - fall else ""


def _muted(fired: Sequence[Event], policy: Policy) -> Iterator[Event]:
    """Keep a lower mark of the limit from being told beside a higher one."""
    highest: dict[str, float] = {}
    for event in fired:
        if event.code == _LIMIT:
            highest[event.customer] = max(highest.get(event.customer, 0), float(event.mark))
    for event in fired:
        low = event.code == _LIMIT and float(event.mark) < highest[event.customer]
        yield replace(event, muted=True) if low else event


def _events(found: Sequence[Warned], assessment: Assessment) -> Iterator[Event]:
    for each in found:
        yield Event(
            each.customer, each.customer_name, each.code, each.mark, each.facts, assessment.as_of
        )


def standing_warnings(book: Book, assessment: Assessment, policy: Policy) -> tuple[Warned, ...]:
    """Return what somebody should know of as things stand, whenever it came about."""
    customers, rows, as_of = assessment.customers, assessment.invoices, assessment.as_of
    was = payment_indices(rows, as_of - _BEFORE)
    found = [
        *passed_limits(customers, policy, every=True),
        *broken_promises(rows, policy, as_of),
        *fallen(customers["payment_index"], was, policy),
        *first_late(book, assessment, policy),
        *concentrated(rows, policy),
    ]
    return named(found, customers)


def first_late(book: Book, assessment: Assessment, policy: Policy) -> Iterator[Found]:
    """Yield who is late for the first time after so many payments on time.

    Late is what is overdue today, or what was paid late in the last 30 days.
    """
    least = policy.warn_on_time
    if least is None:
        return
    past = settled_history(book, assessment, until=assessment.as_of)
    past = past.assign(late=past["days_late"] > 0).sort_values(["paid_date", "due"])
    back = past.groupby("customer").cumcount(ascending=False)
    prompt = _all_prompt(past[back < least], least)
    overdue = assessment.customers["oldest_overdue"]
    for customer, days in overdue[overdue.index.isin(prompt) & (overdue > 0)].items():
        yield str(customer), "warn_first_late", {"days": int(days)}, ""
    before = _all_prompt(past[(back >= 1) & (back <= least)], least)
    last = past[(back == 0) & past["late"] & past["customer"].isin(before)]
    last = last[last["paid_date"] >= pd.Timestamp(assessment.as_of - _BEFORE)]
    for customer, days in zip(last["customer"].tolist(), last["days_late"].tolist(), strict=True):
        yield str(customer), "warn_first_late_paid", {"days": days}, ""


def _all_prompt(rows: pd.DataFrame, least: int) -> pd.Index[str]:
    """Return the customers with so many payments among these, all of them on time."""
    told = rows.groupby("customer")["late"].agg(["size", "sum"])
    return told.index[(told["size"] == least) & (told["sum"] == 0)]


def told_since(events: Sequence[Event], number: int) -> tuple[Event, ...]:
    """Return the events after a number that somebody should hear of, the latest first."""
    wanted = [e for e in events if e.number > number and not (e.muted or e.ended or e.done)]
    return tuple(sorted(wanted, key=lambda event: -event.number))
