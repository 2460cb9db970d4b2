"""What one look at the book found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from collector.intake.book import Book
from collector.model import Grid, Tab
from collector.plan import History, Plan
from collector.rules import Assessment


@dataclass(frozen=True, slots=True)
class Look:
    """What a pass sees and wants: the book as read, what is true of it, and the plan.

    ``claim`` is what the book says of who writes to its customers, '' when nobody does yet.
    """

    grids: Mapping[str, Grid]
    tabs: tuple[Tab, ...]
    book: Book
    assessment: Assessment
    history: History
    plan: Plan
    seconds: Mapping[str, float]
    claim: str = ""
