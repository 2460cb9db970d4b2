"""Due dates from terms, days overdue, buckets, and the status of a row."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from collector.fields import buckets
from collector.intake.book import Book
from collector.intake.terms import Terms, parse_terms
from collector.model import Policy, Problem
from collector.rules.balances import problems_at


def dates(column: pd.Series[pd.Timestamp]) -> list[date | None]:
    """Return a column of datetime64 as days, None for NaT; much faster than its own items."""
    days: list[date | None] = column.to_numpy().astype("datetime64[D]").astype(object).tolist()
    return days


def due_dates(invoice_date: pd.Series[pd.Timestamp], terms: Terms) -> pd.Series[pd.Timestamp]:
    """Return when invoices of these dates fall due under one set of terms (datetime64, NaT kept).

    Month-end terms count from the last day of the invoice's month; ``次月15日`` is the 15th of the
    month after it, or that month's last day where it is shorter.
    """
    if terms.day_of_next_month:
        next_month = invoice_date + pd.offsets.MonthEnd(0) + pd.Timedelta(days=1)
        last_day = (next_month + pd.offsets.MonthEnd(0)).dt.day
        days = np.minimum(terms.day_of_next_month, last_day) - 1
        return next_month + pd.to_timedelta(days, unit="D")
    start = invoice_date + pd.offsets.MonthEnd(0) if terms.month_end else invoice_date
    return start + pd.Timedelta(days=terms.days)


def add_due_dates(book: Book) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the invoices with ``due`` (written, else from terms) and the terms nobody can read."""
    invoices = book.invoices
    due = invoices["due_date"].copy()
    needy = due.isna() & ~invoices["bad_due"]
    for text, rows in invoices[needy].groupby("terms", sort=False).groups.items():
        terms = parse_terms(str(text)) if text else None
        if terms is not None:
            due.loc[rows] = due_dates(invoices["invoice_date"].loc[rows], terms)
    missing = invoices[needy & due.isna() & (invoices["amount"] >= 0)]
    return invoices.assign(due=due), _due_problems(book, missing)


def _due_problems(book: Book, rows: pd.DataFrame) -> list[Problem]:
    """Say why rows have no due date: nothing written, terms unread, or no date to count from."""
    readable = rows["terms"].map(lambda text: parse_terms(text) is not None).astype(bool)
    blank = rows["terms"] == ""
    found = [
        (blank, "due_date", "problem_no_due_date"),
        (~blank & ~readable, "terms", "problem_terms"),
        (~blank & readable, "invoice_date", "problem_no_invoice_date"),
    ]
    table = book.tables["invoices"]
    return [
        problem
        for mask, field, code in found
        for problem in problems_at(
            table,
            rows[mask],
            field,
            code,
            "customer",
            {"terms": rows["terms"][mask].str[:60].tolist()},
        )
    ]


def add_aging(invoices: pd.DataFrame, policy: Policy, as_of: date) -> pd.DataFrame:
    """Return the invoices with their age and status.

    Needs ``due``, ``balance``, ``known`` and ``settled``; adds ``days_overdue``, ``bucket``,
    ``status``, ``broken_promise`` and ``open``. ``days_overdue`` is ``as_of - due`` in
    whole days (the due day itself is 0); 0 where there is no due date. ``bucket`` is '' for settled
    and unreadable rows.
    """
    today = pd.Timestamp(as_of)
    due, balance = invoices["due"], invoices["balance"]
    days = (today - due).dt.days.fillna(0).astype("int64")
    settled = invoices["settled"]
    unreadable = ~settled & (~invoices["known"] | (due.isna() & (balance > 0)))
    promised = invoices["promise_date"] >= today
    broken = invoices["promise_date"].notna() & ~promised & ~settled & (balance > 0)
    soon = days >= -policy.due_soon_days
    status = np.select(
        [unreadable, settled, balance < 0, invoices["dispute"], promised, days > 0, soon],
        ["unreadable", "settled", "credit", "disputed", "promised", "overdue", "due_soon"],
        "open",
    )
    return invoices.assign(
        days_overdue=days,
        bucket=np.where(settled | unreadable, "", _bucket(days, balance, policy.edges)),
        status=pd.Series(status, index=invoices.index, dtype="str"),
        broken_promise=broken,
        open=~settled,
    )


def _bucket(
    days: pd.Series[int], balance: pd.Series[int], edges: tuple[int, ...]
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Name each row's aging bucket; an edge belongs to the younger bucket."""
    *names, credit = buckets(edges)
    index = np.searchsorted(np.array([0, *edges]), days.to_numpy(), side="left")
    return np.where(balance < 0, credit, np.array(names, dtype=object)[index])
