"""Whose credit flag or rating is another than on an earlier day, and why."""

from __future__ import annotations

from datetime import date
from typing import Final

import pandas as pd

from collector.fields import FLAGS
from collector.model import FlagChange, Standing

# What is remembered of a customer, by name and kind of column.
STANDING: Final = (
    "credit_flag", "flag_reason", "rating", "rating_set", "payment_index", "oldest_overdue",
    "utilisation",
)  # fmt: skip


def flag_changes(was: pd.DataFrame, customers: pd.DataFrame, since: date) -> tuple[FlagChange, ...]:
    """Return the customers whose flag or rating changed, the gravest first.

    Both frames are an assessment's customers or have their columns of ``STANDING``, by customer
    key. Who was not there before has not changed, and a first rating is no change of it.
    """
    both = customers.loc[customers.index.isin(was.index) & (customers.index != "")]
    old = was.reindex(both.index)
    graded = (old["rating"] != "") & (both["rating"] != "") & (old["rating"] != both["rating"])
    moved = (old["credit_flag"] != both["credit_flag"]) | graded
    both, old = both[moved], old[moved]
    names = both["customer_name"].tolist()
    found = [
        FlagChange(str(key), str(name or key), before, now, since)
        for key, name, before, now in zip(
            both.index.tolist(), names, _standings(old), _standings(both), strict=True
        )
    ]
    return tuple(sorted(found, key=_gravest))


def _gravest(change: FlagChange) -> tuple[int, int, str]:
    rise = FLAGS.index(change.now.flag) - FLAGS.index(change.before.flag)
    return -rise, -FLAGS.index(change.now.flag), change.customer_name


def _standings(customers: pd.DataFrame) -> list[Standing]:
    columns = [customers[name].tolist() for name in STANDING]
    return [
        Standing(
            flag,
            reason,
            grade,
            bool(chosen),
            None if pd.isna(index) else round(index),
            int(days),
            0 if pd.isna(used) else round(used * 100),
        )
        for flag, reason, grade, chosen, index, days, used in zip(*columns, strict=True)
    ]
