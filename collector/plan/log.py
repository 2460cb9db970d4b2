"""The contact log: a row for every message that was sent, written once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Final

from collector.fields.our_tabs import LOG_HEADINGS
from collector.intake.cells.texts import text_of
from collector.intake.headings import Table
from collector.model import AppendRows, Cell, Change, FlagChange, Grid, Policy, Stored
from collector.phrases import say
from collector.plan.outbox import invoices_cell, key_of
from collector.plan.tabs import TabChanges, added_columns, new_tab

# What was said before that is not written into a log that begins, or was switched on, today.
LONGEST_PAST: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Log:
    """The contact log as it is: where its table stands, and the tab it stands in."""

    table: Table
    grid: Grid

    @property
    def key_column(self) -> int | None:
        return self.table.columns.get("key", self.table.owned.get("key"))

    def keys(self) -> Iterator[str]:
        """Yield the keys of the rows that we wrote."""
        column = self.key_column
        for row in self.grid.rows[self.table.first_row - 1 :]:
            if column is not None and column < len(row) and row[column] is not None:
                yield text_of(row[column]).strip()


def log_changes(
    log: Log | None,
    sent: Sequence[Stored],
    today: date,
    taken: Collection[str],
    policy: Policy,
    moved: Sequence[FlagChange] = (),
) -> TabChanges:
    """Return what adds messages and flag changes to the contact log, those in it left out.

    ``sent`` are the messages that nobody noted yet, ``moved`` what changed since the last run.
    ``log`` is None where the book has none: then one is made for the first of them.
    """
    known = set(log.keys()) if log and (sent or moved) else set()
    rows = [
        _cells(each, policy)
        for each in sent
        if key_of(each.message) not in known and each.message.as_of >= today - LONGEST_PAST
    ]
    rows += [_flag_cells(each, today, policy) for each in moved if _flag_key(each) not in known]
    if not rows:
        return TabChanges()
    if log is None:
        return TabChanges(new_tab("log", rows, taken, policy), len(rows))
    return TabChanges(tuple(_added(log, rows, policy)), len(rows))


def _cells(stored: Stored, policy: Policy) -> dict[str, Cell]:
    message, words = stored.message, policy.language
    return {
        "date": message.as_of,
        "customer": message.customer_name or message.customer,
        "channel": say(words, "log_channel"),
        "what": message.subject,
        "invoices": invoices_cell(message.invoices, policy),
        "amount": "; ".join(message.totals),
        "result": say(words, "log_sent", to=", ".join((*message.to, *message.cc))),
        "by": "Collector",
        "key": key_of(message),
    }


def _flag_cells(change: FlagChange, today: date, policy: Policy) -> dict[str, Cell]:
    words = policy.language
    return {
        "date": today,
        "customer": change.customer_name,
        "channel": say(words, "log_flag"),
        "what": change.what(words),
        "invoices": None,
        "amount": None,
        "result": change.why(words) or None,
        "by": "Collector",
        "key": _flag_key(change),
    }


def _flag_key(change: FlagChange) -> str:
    """Return what names a change in the log: whose it is, what became what, and since when."""
    named = f"{change.since}/{change.customer}/{change.what()}"
    return "flag-" + hashlib.blake2b(named.encode(), digest_size=6).hexdigest()


def _added(log: Log, rows: Sequence[dict[str, Cell]], policy: Policy) -> Iterator[Change]:
    """Yield the rows under the log's own headings, and the columns that it must have for them.

    In a log of the team's that is only the one for our key.
    """
    table = log.table
    columns = {key: table.columns[key] for key in LOG_HEADINGS if key in table.columns}
    if log.key_column is not None:
        columns["key"] = log.key_column
    lost = [key for key in (LOG_HEADINGS if log.grid.ours else ("key",)) if key not in columns]
    new = dict(zip(lost, count(max((len(row) for row in log.grid.rows), default=0))))
    yield from added_columns("log", table.tab, new, table.header_row, policy)
    columns |= new
    ordered = sorted(columns, key=columns.__getitem__)
    yield AppendRows(
        table.tab,
        [columns[key] for key in ordered],
        ["date" if key == "date" else "text" for key in ordered],
        [[row[key] for key in ordered] for row in rows],
    )
