"""What the sheet itself does not tell of its past, from the snapshots of earlier runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from collector.fields import exponent
from collector.intake.book import Book
from collector.rules.aging import add_due_dates
from collector.rules.history import payment_dates
from collector.rules.snapshots import Kept, item_keys
from collector.rules.statements import as_of_book

if TYPE_CHECKING:
    from collector.rules import Assessment

_PAYMENTS: Final = {"row": "int64", "day": "datetime64[ns]", "took": "int64"}

_SHAPE: Final = ["invoice", "instalment", "currency", "amount"]


def _no_payments() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in _PAYMENTS.items()})


@dataclass(frozen=True, slots=True)
class Recalled:
    """A book with what snapshots know of its past.

    ``book`` has rows that are not in the sheet any more, and in ``paid_by`` the day by which a row
    was paid where only snapshots tell one: near enough for what was open when, but no paid date
    that a customer's payment index may rest on.
    ``payments`` are part payments: ``row`` (the invoices' index), ``day``, ``took`` int64; ``told``
    are the rows whose past is the snapshots'. ``days`` are those that snapshots are of, oldest
    first. ``lost`` rows are no longer in the sheet. ``present`` is the day it really is: the sheet
    itself tells of that one and of those to come.
    """

    book: Book
    payments: pd.DataFrame = field(default_factory=_no_payments)
    told: pd.Index[Any] = field(default_factory=partial(pd.Index, [], dtype="int64"))
    days: tuple[date, ...] = ()
    lost: int = 0
    present: date = date.max

    def on(self, day: date) -> Book:
        """Return the book as it stood at the end of a day."""
        then = as_of_book(self.book, day)
        if day < self.present:
            then = _paid_when_due(then, self.told, day)
        if self.told.empty:
            return then
        rows, end = then.invoices, pd.Timestamp(day)
        came = self.payments[self.payments["day"] <= end]
        took = came.groupby("row")["took"].sum().reindex(rows.index).fillna(0).astype("int64")
        told, gone = rows.index.isin(self.told), rows["paid_by"] <= end
        # From the last snapshot on the sheet itself says what is open.
        changed = told & (gone | (day < self.days[-1]))
        if day == self.days[-1]:
            reopened = self.payments.loc[self.payments["day"] > end, "row"]
            changed |= rows.index.isin(reopened)
        owed = (rows["amount"] - took).mask(gone, 0)
        return replace(
            then,
            invoices=rows.assign(
                balance=rows["balance"].mask(changed, owed),
                has_balance=rows["has_balance"] | changed,
                paid_status=rows["paid_status"].mask(changed, ""),
            ),
        )


def _paid_when_due(then: Book, told: pd.Index[Any], day: date) -> Book:
    """Return a past book where what was paid on no known day was paid when it fell due.

    ``assumed`` marks the rows, paid in full by now, that are open in it for that reason alone.
    """
    if "receipts" in then.tables:
        return then
    rows = then.invoices
    due = add_due_dates(then)[0]["due"].fillna(rows["invoice_date"])
    paid = (rows["paid"] != 0) | rows["has_balance"] | (rows["paid_status"] == "paid")
    undated = rows["paid_date"].isna() & ~rows.index.isin(told) & rows["has_amount"]
    if "paid_by" in rows:
        undated &= rows["paid_by"].isna()
    sure = ~rows["bad_money"] & ~rows["paid_status"].isin(["void", "unknown"])
    ahead = paid & undated & sure & (due > pd.Timestamp(day))
    left = rows["balance"].where(rows["has_balance"], rows["amount"] - rows["paid"])
    unpaid = rows.assign(
        assumed=ahead & ((left == 0) | (rows["paid_status"] == "paid")),
        paid=rows["paid"].mask(ahead, 0),
        has_balance=rows["has_balance"] & ~ahead,
        paid_status=rows["paid_status"].mask(ahead, ""),
    )
    return replace(then, invoices=unpaid)


def as_run(then: Book, book: Book, kept: Kept) -> Book:
    """Return a past book with the rows dated later as the run of that day saw them.

    ``then`` is the book on the day of ``kept``, ``book`` all of it. An invoice written ahead of its
    date was open already, what is paid by a later date was as open as the run found it.
    """
    rows, end = add_due_dates(book)[0], pd.Timestamp(kept.as_of)
    seen, keys = kept.items["balance"], item_keys(rows)
    # Who changed hands since is known again by number and amount.
    renamed = kept.items[kept.items["invoice"] != ""].drop_duplicates(_SHAPE).set_index(_SHAPE)
    by_shape = renamed["balance"].reindex(pd.MultiIndex.from_frame(rows[_SHAPE]))
    found = pd.Series(seen.reindex(keys).to_numpy(), index=rows.index)
    owed = found.fillna(pd.Series(by_shape.to_numpy(), index=rows.index)).fillna(0).astype("int64")
    early = rows.index[(rows["invoice_date"] > end) & keys.isin(seen.index)]
    stands = book.invoices.loc[then.invoices.index.union(early)]
    stands = pd.concat([then.invoices, stands.drop(then.invoices.index)]).sort_index()
    if "assumed" in stands:
        stands = stands.assign(assumed=stands["assumed"].fillna(False).astype(bool))
    later = (payment_dates(book, stands) > end) & ~stands["bad_money"] & stands["has_amount"]
    later |= stands.index.isin(early)
    later &= stands["paid_status"] != "void"
    return replace(
        then,
        invoices=stands.assign(
            balance=stands["balance"].mask(later, owed),
            has_balance=stands["has_balance"] | later,
            paid_status=stands["paid_status"].mask(later, ""),
        ),
    )


def recall(
    book: Book, assessment: Assessment, snapshots: Iterable[Kept], present: date = date.max
) -> Recalled:
    """Return a book with what snapshots, oldest first, know of its past.

    ``present`` is the day it really is. What the sheet tells itself, by paid dates or receipts, is
    left as it is. What was open in one snapshot and is not in the next was paid by the day of that
    next one; what is open again later was reopened.
    """
    rows = assessment.invoices
    paid_on = payment_dates(book, rows)
    seen = _Tracks(rows, paid_on.isna() & rows["known"])
    for each in snapshots:
        seen.add(each)
    if not seen.days:
        return Recalled(book, present=present)
    days = pd.Series(seen.next_days(seen.last), index=seen.labels).where(seen.last >= 0)
    days = days[rows.loc[days.index, "settled"]]
    paid_by = days.reindex(book.invoices.index).astype("datetime64[ns]")
    lost = seen.lost_rows(book.invoices)
    seen.add_reopened(rows["open"])
    seen.add_never_open(rows)
    payments = _payments(seen, lost)
    told = days.index[days.notna()].union(lost.index).union(pd.Index(payments["row"]))
    return Recalled(
        replace(
            book,
            invoices=_joined(book.invoices.assign(paid_by=paid_by), lost),
            customers=_with_lost(book.customers, lost, seen.names),
        ),
        payments,
        told,
        tuple(seen.days),
        len(lost),
        present,
    )


class _Tracks:
    """Follows some rows, and what the sheet has no more, through snapshots."""

    def __init__(self, rows: pd.DataFrame, unsure: pd.Series[bool]) -> None:
        keys = item_keys(rows)
        self.rows, self.keys, self.days = rows, pd.Index(keys), list[date]()
        self.labels = rows.index[unsure]
        # Of each row its place among the unsure ones, -1 for the others and for no row at all.
        self.track = np.append(np.where(unsure, unsure.cumsum() - 1, -1), -1)
        self.amount = rows.loc[unsure, "amount"].to_numpy(np.int64)
        self.owed = self.amount.copy()
        self.last = np.full(len(self.labels), -1)
        self.moves: list[pd.DataFrame] = []
        self.missed: list[pd.DataFrame] = []
        self.names: dict[Any, str] = {}

    def add(self, kept: Kept) -> None:
        """Look at the next snapshot."""
        at, items = len(self.days), kept.items
        self.days.append(kept.as_of)
        found = self.keys.get_indexer(items.index)
        missing, track = found < 0, self.track[found]
        there = track[track >= 0]
        self._reopen(there, at)
        self.last[there] = at
        owed = items["balance"].to_numpy()[track >= 0]
        took = self.owed[there] - owed
        self.owed[there] = owed
        moved = took != 0
        self.moves.append(_moves(self.labels[there[moved]], kept.as_of, took[moved]))
        if missing.any():
            self.missed.append(items[missing].assign(at=at, key=items.index[missing]))
            self.names |= kept.customers["customer_name"].to_dict()

    def _reopen(self, there: Any, at: int) -> None:
        """Take what was gone for a while, and is open again, as paid meanwhile."""
        last = self.last[there]
        back = there[(last >= 0) & (last < at - 1)]
        if len(back):
            days = self.next_days(self.last[back])
            self.moves.append(_moves(self.labels[back], days, self.owed[back]))
            self.owed[back] = 0

    def add_reopened(self, is_open: pd.Series[bool]) -> None:
        """Take what is open, but was not any more in the last snapshots, as paid for their time."""
        gone = is_open.loc[self.labels].to_numpy() & (self.last >= 0)
        gone &= self.last < len(self.days) - 1
        labels, owed = self.labels[gone], self.owed[gone]
        since = self.days[-1] + timedelta(days=1)
        self.moves.append(_moves(labels, self.next_days(self.last[gone]), owed))
        self.moves.append(_moves(labels, since, -owed))

    def add_never_open(self, rows: pd.DataFrame) -> None:
        """Take what no snapshot has, and was to be due after one, as paid by that one."""
        facts = rows.loc[self.labels]
        days = np.array(self.days, dtype="datetime64[ns]")
        issued = facts["invoice_date"].fillna(facts["due"]).to_numpy("datetime64[ns]")
        first = np.searchsorted(days, issued)
        seen = days[np.minimum(first, len(days) - 1)]
        gone = facts["settled"].to_numpy() & (self.last < 0) & ~np.isnat(issued)
        gone &= (first < len(days)) & (facts["due"].to_numpy("datetime64[ns]") > seen)
        self.moves.append(_moves(self.labels[gone], seen[gone], self.amount[gone]))

    def next_days(self, last: Any) -> Any:
        """Return the day of the snapshot after each of some, of the last one for that itself."""
        days = np.array(self.days, dtype="datetime64[ns]")
        return days[np.minimum(last + 1, len(days) - 1)]

    def lost_rows(self, like: pd.DataFrame) -> pd.DataFrame:
        """Return what the sheet has no more as rows of it, each with its ``key``.

        A row that only changed hands, by the same number and amount, is not lost.
        """
        if not self.missed:
            return like.iloc[:0].assign(key="", paid_by=pd.Series(dtype="datetime64[ns]"))
        listed = pd.concat(self.missed, ignore_index=True)
        there = pd.MultiIndex.from_frame(self.rows[_SHAPE])
        renamed = pd.MultiIndex.from_frame(listed[_SHAPE]).isin(there) & (listed["invoice"] != "")
        last = listed[~renamed].drop_duplicates("key", keep="last")
        first = int(like.index.max()) + 1 if len(like) else 0
        index = pd.RangeIndex(first, first + len(last))
        blank = {name: _blank(like[name], index) for name in like.columns}
        own = {
            name: last[name].to_numpy()
            for name in ("customer", "invoice", "instalment", "currency", "owner", "invoice_date")
        }
        amount = last["amount"].to_numpy()
        return pd.DataFrame(blank).assign(
            **own,
            due_date=last["due"].to_numpy(),
            exponent=[exponent(each) for each in last["currency"]],
            amount=amount, has_amount=True, paid=amount, has_paid=True,
            paid_by=self.next_days(last["at"].to_numpy()),
            key=last["key"].to_numpy(),
        )  # fmt: skip


def _blank(column: pd.Series[Any], index: pd.Index[Any]) -> pd.Series[Any]:
    """Return what stands in a column where nothing was written."""
    match column.dtype.kind:
        case "M":
            return pd.Series(pd.NaT, index=index, dtype=column.dtype)
        case "b":
            return pd.Series(False, index=index)
        case "i":
            return pd.Series(0, index=index, dtype="int64")
    return pd.Series("", index=index, dtype=column.dtype)


def _moves(rows: pd.Index[int], day: Any, took: Any) -> pd.DataFrame:
    return pd.DataFrame({"row": rows, "day": pd.to_datetime(day), "took": took})


def _payments(seen: _Tracks, lost: pd.DataFrame) -> pd.DataFrame:
    """Return the part payments that show between snapshots."""
    parts = [each for each in seen.moves if len(each)]
    if len(lost):
        listed = pd.concat(seen.missed, ignore_index=True)
        listed = listed[listed["key"].isin(lost["key"])].sort_values(["key", "at"])
        before = listed.groupby("key")["balance"].shift().fillna(listed["amount"])
        took = (before - listed["balance"]).astype("int64")
        labels = pd.Series(lost.index, index=lost["key"].to_numpy())
        moved = (took != 0).to_numpy()
        days = np.array(seen.days, dtype="datetime64[ns]")[listed["at"].to_numpy()]
        rows = labels.reindex(listed["key"]).to_numpy()
        parts.append(pd.DataFrame({"row": rows, "day": days, "took": took.to_numpy()})[moved])
    found = [each.astype(_PAYMENTS) for each in parts if len(each)]
    return pd.concat(found, ignore_index=True) if found else _no_payments()


def _with_lost(
    customers: pd.DataFrame, lost: pd.DataFrame, names: Mapping[Any, str]
) -> pd.DataFrame:
    """Return a book's customers with those that only have rows which the sheet has no more."""
    keys = pd.Index(lost["customer"].unique(), dtype="str").difference(customers.index)
    keys = keys[keys != ""]
    if keys.empty:
        return customers
    new = pd.DataFrame({name: _blank(customers[name], keys) for name in customers.columns})
    new = new.assign(customer_name=[names.get(key, key) for key in keys])
    return pd.concat([customers, new.astype(customers.dtypes.to_dict())])


def _joined(rows: pd.DataFrame, lost: pd.DataFrame) -> pd.DataFrame:
    if lost.empty:
        return rows
    return pd.concat([rows, lost[rows.columns].astype(rows.dtypes.to_dict())])
