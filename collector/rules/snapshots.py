"""How a book stood on a day, kept so that the day can be looked at again without paid dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pandas as pd

from collector.model import Snapshot
from collector.rules.changes import STANDING
from collector.rules.packing import pack, unpack

if TYPE_CHECKING:
    from collector.rules import Assessment

_ITEM: Final = (
    "customer", "invoice", "instalment", "currency", "invoice_date", "due", "amount", "balance",
    "owner",
)  # fmt: skip
# How old the oldest is follows from the items; kept, it would make every day another snapshot.
_STANDING: Final = tuple(name for name in STANDING if name != "oldest_overdue")


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot to reckon with.

    ``items`` are the open invoices of that day (``customer invoice instalment currency owner`` str,
    ``invoice_date due`` datetime64, ``amount balance`` int64 minor units) by ``item_keys``;
    ``customers`` the names and standings by customer key.
    """

    as_of: date
    items: pd.DataFrame
    customers: pd.DataFrame


def snapshot_of(assessment: Assessment) -> bytes:
    """Return the open items and the customers' standings of an assessed book, packed."""
    rows = assessment.invoices
    live = rows.loc[rows["open"] & rows["known"], list(_ITEM)]
    people = assessment.customers
    people = people[people.index != ""]
    rounded = people[["customer_name", *_STANDING]].assign(
        payment_index=people["payment_index"].round(1),
        utilisation=people["utilisation"].round(4),
    )
    return pack({"items": live, "customers": rounded.assign(customer=people.index)})


def read_snapshot(snapshot: Snapshot) -> Kept:
    """Return what a snapshot holds; raises ValueError where it cannot be read."""
    frames = unpack(snapshot.content, "items", "customers")
    items, people = frames["items"], frames["customers"].set_index("customer")
    items.index = pd.Index(item_keys(items))
    late = items[(items["balance"] > 0) & (items["due"] < pd.Timestamp(snapshot.as_of))]
    oldest = (pd.Timestamp(snapshot.as_of) - late.groupby("customer")["due"].min()).dt.days
    days = oldest.reindex(people.index).fillna(0).astype("int64")
    return Kept(snapshot.as_of, items, people.assign(oldest_overdue=days))


def item_keys(rows: pd.DataFrame) -> pd.Series[str]:
    """Return what an invoice is known again by: its customer, number and instalment.

    Without a number it is the due day and the amount. What is alike is numbered.
    """
    named = rows["customer"] + "\x1f" + rows["invoice"] + "\x1f" + rows["instalment"]
    blank = rows["invoice"] == ""
    if blank.any():
        own = (
            rows.loc[blank, "due"].astype("str") + "\x1f" + rows.loc[blank, "amount"].astype("str")
        )
        named = named.where(~blank, named + own.reindex(rows.index).fillna(""))
    twice = named.duplicated()
    if twice.any():
        count = named.groupby(named).cumcount()
        named = named.where(~twice, named + "\x1f" + count.astype("str"))
    return named
