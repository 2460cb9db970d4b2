"""What was owed, invoiced and collected on past days, from the dates that the rows carry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from collector.intake.book import Book
from collector.rules.history import day_numbers, payment_dates

if TYPE_CHECKING:
    from collector.rules import Assessment

_LONG_AGO = -(10**6)
_NEVER = 10**6


@dataclass(frozen=True, slots=True)
class Past:
    """Every receivable with its days, as numbers since 1970, and int64 minor units.

    ``rows`` has ``currency owner customer rating`` str, ``issued due paid_on`` int64 days (paid_on
    is far in the future while anything is open), ``amount`` what was invoiced, ``left`` what is
    open, ``took`` what was paid. ``undated`` counts settled rows without a payment date: nobody can
    tell when they were open, so they count as paid on the day they fell due.
    """

    rows: pd.DataFrame
    today: int
    undated: int
    settled: int

    def of(self, mask: pd.Series[bool]) -> Past:
        """Return the past of some of the rows alone."""
        return Past(self.rows[mask], self.today, self.undated, self.settled)

    def standing(self, day: int) -> tuple[int, int]:
        """Return what was open at the end of a day, and what of it was overdue."""
        rows = self.rows
        if day >= self.today:
            owed = rows["left"].to_numpy()
        else:
            was = np.where(rows["paid_on"] > day, rows["amount"], rows["left"])
            owed = np.where(rows["issued"] <= day, was, 0)
        late = (rows["due"].to_numpy() < day) & (owed > 0)
        return int(owed.sum()), int(owed[late].sum())

    def sales(self, first: int, last: int) -> int:
        """Return what was invoiced from the first to the last day, credit notes taken off."""
        issued = self.rows["issued"]
        return int(self.rows.loc[(issued >= first) & (issued <= last), "amount"].sum())

    def collected(self, first: int, last: int, *, due_by: int = _NEVER) -> int:
        """Return what was paid from the first to the last day, of what was due by a day."""
        rows, paid = self.rows, self.rows["paid_on"]
        wanted = (paid >= first) & (paid <= last) & (rows["due"] <= due_by)
        return int(rows.loc[wanted, "took"].sum())

    def collectable(self, first: int, last: int) -> int:
        """Return what was to be paid from the first to the last day: overdue, or falling due."""
        rows = self.rows
        owed = np.where(rows["paid_on"] >= first, rows["amount"], rows["left"])
        wanted = (rows["due"] <= last) & (rows["issued"] <= last) & (owed > 0)
        return int(owed[wanted.to_numpy()].sum())


def read_past(book: Book, assessment: Assessment, owners: pd.Series[str]) -> Past:
    """Return the past of an assessed book; ``owners`` is a name a row, by the frame's index."""
    rows = assessment.invoices
    rows = rows[rows["known"] & (rows["paid_status"] != "void")]
    dated = payment_dates(book, rows)
    settled = rows["settled"]
    today = pd.Timestamp(assessment.as_of)
    undated = settled & dated.isna()
    due = rows["due"].fillna(rows["invoice_date"])
    paid_on = dated.where(dated.notna(), due).where(settled | dated.notna())
    issued = rows["invoice_date"].fillna(due - pd.Timedelta(days=30))
    left = rows["balance"].where(~settled, 0)
    amount = rows["amount"].where(rows["has_amount"], rows["balance"])
    frame = pd.DataFrame(
        {
            "currency": rows["currency"],
            "owner": owners.reindex(rows.index),
            "customer": rows["customer"],
            "rating": rows["customer"].map(assessment.customers["rating"]).fillna(""),
            "issued": _days(issued, _LONG_AGO),
            "due": _days(rows["due"], _NEVER),
            "paid_on": np.minimum(_days(paid_on, _NEVER), _NEVER),
            "amount": amount,
            "left": left,
            "took": amount - left,
        }
    )
    # A part payment's day tells nothing of when the rest is paid.
    frame["paid_on"] = frame["paid_on"].where(settled, np.maximum(frame["paid_on"], 0))
    frame.loc[~settled & dated.isna(), "paid_on"] = _NEVER
    return Past(frame, int(_days(pd.Series([today]), 0)[0]), int(undated.sum()), int(settled.sum()))


def _days(days: pd.Series[Any], missing: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.where(days.isna(), missing, day_numbers(days.fillna(pd.Timestamp(0))))


def month_ends(as_of: date, count: int) -> list[date]:
    """Return the last days of the months before a day, and the day itself, oldest first."""
    ends = pd.date_range(end=pd.Timestamp(as_of), periods=count, freq="ME")
    found = [day.date() for day in ends if day.date() < as_of]
    return [*found[-(count - 1) :], as_of]
