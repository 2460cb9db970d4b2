"""Promises of a part: kept where as much as was promised came by the day it was promised for."""

from __future__ import annotations

import pandas as pd

from collector.intake.book import Book


def forgive_kept(book: Book, invoices: pd.DataFrame) -> pd.DataFrame:
    """Return the invoices without the broken promises that were kept, whatever is left to pay.

    Only a promise of an amount can be: any other is for the whole balance. Needs ``balance``,
    ``known`` and ``broken_promise``.
    """
    asked = invoices["broken_promise"] & invoices["has_promise_amount"] & invoices["known"]
    asked &= invoices["has_amount"] & (invoices["promise_amount"] > 0)
    rows = invoices[asked]
    if rows.empty:
        return invoices
    paid = rows["amount"] - rows["balance"] - _too_late(book, rows)
    kept = rows.index[paid >= rows["promise_amount"]]
    return invoices.assign(broken_promise=invoices["broken_promise"] & ~invoices.index.isin(kept))


def _too_late(book: Book, rows: pd.DataFrame) -> pd.Series[int]:
    """Return what was paid of each row after its promise: by its receipts, else by its paid date.

    A paid date is that of the last payment. What has no date is taken as paid in time: nobody is
    told that they broke their word on a guess.
    """
    paid = rows["amount"] - rows["balance"]
    late = paid.where(rows["paid_date"] > rows["promise_date"], 0)
    named = book.receipts[book.receipts["has_amount"] & (book.receipts["invoice"] != "")]
    if named.empty:
        return late
    told = rows["invoice"].isin(named["invoice"])
    keys = ["invoice", "currency"]
    each = rows.reset_index(names="label")[["label", "promise_date", *keys]]
    came = each.merge(named[["date", "amount", *keys]], on=keys)
    after = came[came["date"] > came["promise_date"]].groupby("label")["amount"].sum()
    return late.where(~told, after.reindex(rows.index).fillna(0).astype("int64"))
