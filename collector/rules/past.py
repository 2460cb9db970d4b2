"""What was owed, invoiced and collected on past days: by payment dates, receipts and snapshots."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from collector.intake.book import Book
from collector.rules.history import day_numbers, payment_dates

if TYPE_CHECKING:
    from collector.rules import Assessment

_LONG_AGO: Final = -(10**6)
_NEVER: Final = 10**6
_RECEIVED: Final = ["row", "day", "took"]

Amounts = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Past:
    """Every receivable with its days, as numbers since 1970, and int64 minor units.

    ``rows`` has ``currency owner customer rating`` str, ``issued due paid_on`` int64 days (paid_on
    is far in the future while anything is open), ``amount`` what was invoiced, ``left`` what is
    open, ``took`` what was paid on ``paid_on``; other payments are in ``parts``: ``at`` the row's
    place, ``day``, ``took``. ``undated`` of the ``settled`` rows have no payment date: nobody can
    tell when they were open, so they count as paid on the day they fell due, as does a part.
    """

    rows: pd.DataFrame
    today: int
    undated: int
    settled: int
    parts: pd.DataFrame = field(
        default_factory=partial(pd.DataFrame, columns=["at", "day", "took"], dtype="int64")
    )

    def owed(self, day: int) -> Amounts:
        """Return what was open of each row at the end of a day."""
        rows = self.rows
        if day >= self.today:
            return rows["left"].to_numpy()
        owed = np.where(rows["paid_on"] > day, rows["amount"], rows["amount"] - rows["took"])
        parts = self.parts[self.parts["day"] <= day]
        np.subtract.at(owed, parts["at"].to_numpy(), parts["took"].to_numpy())
        return np.where(rows["issued"] <= day, owed, 0)

    def groups(self, *by: str) -> Groups:
        """Return the rows grouped by some of their columns."""
        found = self.rows.groupby(list(by), sort=True)
        codes = found.ngroup().to_numpy().astype(np.int64)
        return Groups(self, codes, found.size().index)


@dataclass(frozen=True, slots=True)
class Groups:
    """A past by group; every figure is an array in the order of ``names``."""

    past: Past
    codes: Amounts
    names: pd.Index[Any]

    def _sum(self, amounts: Any, mask: Any = None) -> Amounts:
        found = np.zeros(len(self.names), dtype=np.int64)
        codes = self.codes if mask is None else self.codes[mask]
        np.add.at(found, codes, amounts if mask is None else amounts[mask])
        return found

    def standing(self, day: int) -> tuple[Amounts, Amounts]:
        """Return what was open at the end of a day, and what of it was overdue."""
        owed = self.past.owed(day)
        late = (self.past.rows["due"].to_numpy() < day) & (owed > 0)
        return self._sum(owed), self._sum(owed, late)

    def sales(self, first: int, last: int) -> Amounts:
        """Return what was invoiced from the first to the last day, credit notes taken off."""
        issued, amount = (self.past.rows[name].to_numpy() for name in ("issued", "amount"))
        return self._sum(amount, (issued >= first) & (issued <= last))

    def collected(self, first: int, last: int, *, due_by: int = _NEVER) -> Amounts:
        """Return what was paid from the first to the last day, of what was due by a day."""
        paid, due, took = (self.past.rows[name].to_numpy() for name in ("paid_on", "due", "took"))
        found = self._sum(took, (paid >= first) & (paid <= last) & (due <= due_by))
        parts = self.past.parts
        at, day = parts["at"].to_numpy(), parts["day"].to_numpy()
        wanted = (day >= first) & (day <= last) & (due[at] <= due_by)
        np.add.at(found, self.codes[at[wanted]], parts["took"].to_numpy()[wanted])
        return found

    def collectable(self, first: int, last: int) -> Amounts:
        """Return what was to be paid from the first to the last day: overdue, or falling due."""
        rows = self.past.rows
        # What is invoiced in the period and due in it is to be paid in it as well.
        later = np.where(rows["issued"] >= first, rows["amount"], 0)
        owed = self.past.owed(first - 1) + later
        wanted = (rows["due"] <= last) & (rows["issued"] <= last) & (owed > 0)
        return self._sum(owed, wanted.to_numpy())

    def owing(self) -> Amounts:
        """Return how many customers owe something, either way."""
        owed = self.past.rows["left"].to_numpy() != 0
        pairs = pd.DataFrame({"code": self.codes[owed], "who": self.past.rows["customer"][owed]})
        return self._counted(pairs.drop_duplicates()["code"].to_numpy())

    def _counted(self, codes: Any) -> Amounts:
        return np.bincount(codes, minlength=len(self.names)).astype(np.int64)


def read_past(
    book: Book,
    assessment: Assessment,
    owners: pd.Series[str],
    payments: pd.DataFrame | None = None,
) -> Past:
    """Return the past of an assessed book; ``owners`` is a name a row, by the frame's index.

    ``payments`` (``row`` the frame's index, ``day``, ``took``) are part payments that snapshots
    tell; those of a receipts tab which name their invoice are added here.
    """
    rows = assessment.invoices
    rows = rows[rows["known"] & (rows["paid_status"] != "void")]
    dated = payment_dates(book, rows)
    settled = rows["settled"]
    today = _numbers(pd.Series([pd.Timestamp(assessment.as_of)]), 0)[0]
    undated = settled & dated.isna()
    due = rows["due"].fillna(rows["invoice_date"])
    issued = rows["invoice_date"].fillna(due - pd.Timedelta(days=30))
    left = rows["balance"].where(~settled, 0)
    amount = rows["amount"].where(rows["has_amount"], rows["balance"])
    if payments is not None:
        payments = payments[payments["day"] <= pd.Timestamp(assessment.as_of)]
    parts = _parts(rows, amount - left, _received(book, rows), payments)
    taken = np.zeros(len(rows), dtype=np.int64)
    np.add.at(taken, parts["at"].to_numpy(), parts["took"].to_numpy())
    frame = pd.DataFrame(
        {
            "currency": rows["currency"],
            "owner": owners.reindex(rows.index),
            "customer": rows["customer"],
            "rating": rows["customer"].map(assessment.customers["rating"]).fillna(""),
            "issued": _numbers(issued, _LONG_AGO),
            "due": _numbers(rows["due"], _NEVER),
            # What was paid nobody knows when was paid when due, and by today in any case.
            "paid_on": np.where(
                dated.notna(), _numbers(dated, _NEVER), np.minimum(_numbers(due, _LONG_AGO), today)
            ),
            "amount": amount,
            "left": left,
            "took": amount - left - taken,
        }
    )
    frame.loc[~settled & (frame["took"] == 0), "paid_on"] = _NEVER
    frame["paid_on"] = frame["paid_on"].where(
        settled | (frame["took"] == 0), np.minimum(frame["paid_on"], today)
    )
    return Past(frame, int(today), int(undated.sum()), int(settled.sum()), parts)


def _received(book: Book, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the receipts that name one of some invoices, as payments of it."""
    took = book.receipts
    took = took[(took["invoice"] != "") & took["has_amount"] & took["date"].notna()]
    keys = ["customer", "invoice", "currency"]
    # Which instalment a receipt is for it does not say.
    alone = rows.loc[~rows.duplicated(keys, keep=False) & (rows["invoice"] != ""), keys]
    if took.empty or alone.empty:
        return pd.DataFrame(columns=_RECEIVED, dtype="int64")
    places = pd.Series(alone.index, index=pd.MultiIndex.from_frame(alone))
    found = places.reindex(pd.MultiIndex.from_frame(took[keys])).to_numpy()
    columns = [found, took["date"].to_numpy(), took["amount"].to_numpy()]
    return pd.DataFrame(dict(zip(_RECEIVED, columns, strict=True))).dropna()


def _parts(
    rows: pd.DataFrame,
    paid: pd.Series[int],
    received: pd.DataFrame,
    payments: pd.DataFrame | None,
) -> pd.DataFrame:
    """Return payments by the row's place; receipts count where they tell all that was paid."""
    listed = received[received["row"].isin(rows.index)]
    sums = listed.groupby("row")["took"].sum()
    whole = sums.index[(sums == paid.reindex(sums.index)).to_numpy()]
    found = listed[listed["row"].isin(whole)]
    if payments is not None and len(payments):
        told = payments[payments["row"].isin(rows.index) & ~payments["row"].isin(whole)]
        found = pd.concat([found, told]) if len(found) else told
    at = rows.index.get_indexer(pd.Index(found["row"]))
    return pd.DataFrame(
        {
            "at": at.astype(np.int64),
            "day": _numbers(pd.to_datetime(found["day"]), _NEVER),
            "took": found["took"].to_numpy(np.int64),
        }
    )


def _numbers(days: pd.Series[Any], missing: int) -> Amounts:
    return np.where(days.isna(), missing, day_numbers(days.fillna(pd.Timestamp(0))))


def month_ends(as_of: date, count: int) -> list[date]:
    """Return the last days of the months before a day, and the day itself, oldest first."""
    ends = pd.date_range(end=pd.Timestamp(as_of), periods=count, freq="ME")
    found = [day.date() for day in ends if day.date() < as_of]
    return [*found[-(count - 1) :], as_of]
