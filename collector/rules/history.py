"""What was paid and when: the settled past that indices, forecasts and figures learn from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from collector.intake.book import Book

if TYPE_CHECKING:
    from collector.rules import Assessment

_TELLS_PAID = {"paid", "balance", "paid_status"}


def payment_dates(book: Book, invoices: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """Return when each invoice was paid (datetime64, NaT unknown), by the frame's index.

    The written paid date, else the last receipt that names the invoice, else what snapshots tell
    (``paid_by``, see ``recall``).
    """
    written: pd.Series[pd.Timestamp] = invoices["paid_date"]
    took = book.receipts[book.receipts["invoice"] != ""] if len(book.receipts) else book.receipts
    kept = invoices.get("paid_by")
    if took.empty:
        return written if kept is None else written.fillna(kept)
    last = took.groupby(["customer", "invoice"])["date"].max()
    found = last.reindex(pd.MultiIndex.from_frame(invoices[["customer", "invoice"]]))
    written = written.fillna(pd.Series(found.to_numpy(), index=invoices.index))
    return written if kept is None else written.fillna(kept)


def settled_history(book: Book, assessment: Assessment, until: date | None = None) -> pd.DataFrame:
    """Return one row per invoice paid in full on a known day, up to one (default: all there are).

    Columns: ``customer currency owner`` str, ``invoice_date due paid_date`` datetime64,
    ``amount exponent days_late`` int64; early payments have negative days. Void rows, credit notes
    and rows without a due date are left out. A sheet whose only trace of a payment is its date is
    taken at its word.
    """
    rows = assessment.invoices
    paid_on = payment_dates(book, rows)
    told = bool(_TELLS_PAID & book.has) or "receipts" in book.tables
    settled = rows["settled"] if told else paid_on.notna()
    known = (paid_on <= pd.Timestamp(until)) if until else paid_on.notna()
    wanted = settled & known & rows["due"].notna() & (rows["amount"] > 0)
    wanted &= (rows["paid_status"] != "void") & (rows["customer"] != "")
    kept = ["customer", "currency", "owner", "invoice_date", "due", "amount", "exponent"]
    found = rows.loc[wanted, kept].assign(paid_date=paid_on[wanted])
    # Whoever keeps no invoice dates is taken to know an invoice a month before it falls due.
    issued = found["invoice_date"].fillna(found["due"] - pd.Timedelta(days=30))
    late = (found["paid_date"] - found["due"]).dt.days.astype("int64")
    return found.assign(invoice_date=issued, days_late=late)


def day_numbers(days: pd.Series[pd.Timestamp]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return days as numbers to reckon with: days since 1970."""
    return days.to_numpy().astype("datetime64[D]").astype(np.int64)
