"""Books for tests of the core: the rows stand in the test, as they would in a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from collector.intake.book import Book, read_book
from collector.model import Cell, Grid, Policy, TabHint
from collector.rules import Assessment, assess

POLICY = Policy(book="book", currency="USD")

Rows = Sequence[Sequence[Cell]]


def policy(**terms: Any) -> Policy:
    """Return the default policy in dollars with some terms changed."""
    return replace(POLICY, **terms)


def adding(**terms: Any) -> Policy:
    """Return a policy whose receipts come on top of the paid column."""
    return policy(tabs={"receipts": TabHint(paid_column="adds")}, **terms)


def book(
    invoices: Rows,
    *,
    receipts: Rows = (),
    customers: Rows = (),
    terms: Policy = POLICY,
) -> Book:
    """Read tabs given as rows, the first of each being its headings."""
    tabs = {"Invoices": invoices, "Receipts": receipts, "Customers": customers}
    grids = [Grid(tab, [list(row) for row in rows], "") for tab, rows in tabs.items() if rows]
    return read_book(grids, terms)


def assessed(
    invoices: Rows,
    as_of: date,
    *,
    receipts: Rows = (),
    customers: Rows = (),
    terms: Policy = POLICY,
) -> Assessment:
    """Read and assess tabs given as rows."""
    read = book(invoices, receipts=receipts, customers=customers, terms=terms)
    return assess(read, terms, as_of)


def column(assessment: Assessment, name: str, by: str = "invoice") -> dict[str, Any]:
    """Return a column of the assessed invoices, by invoice number."""
    rows = assessment.invoices
    return dict(zip(rows[by].tolist(), rows[name].tolist(), strict=True))


def codes(assessment: Assessment) -> list[tuple[str, str]]:
    """Return the problems as (address, code)."""
    return [(str(problem.where), problem.code) for problem in assessment.problems]
