"""What a pass is given: the edges it sees as Protocols, the policy, the day, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from collector.model import (
    Change,
    ColumnEdit,
    Confirmed,
    Event,
    Grid,
    Message,
    PastRun,
    Policy,
    Sender,
    Snapshot,
    Spoken,
    State,
    Stored,
    Tab,
    Written,
)
from collector.worker.enclosures import Find, no_folder


class Workbook(Protocol):
    """The team's workbook."""

    @property
    def name(self) -> str:
        """Its file name, as people know it."""

    @property
    def timezone(self) -> str:
        """Its own time zone, '' where it has none."""

    def tabs(self) -> Sequence[Tab]:
        """List the worksheets."""

    def notes(self) -> Mapping[str, str]:
        """Return the texts that the book carries for us, by their keys."""

    def read(self, tab: str) -> Grid:
        """Return the cells of a tab."""

    def fingerprint(self) -> str:
        """Identify the workbook as it is now."""

    def check_writable(self, tab: str = "", *, ask: bool = False) -> None:
        """Raise a WorkbookError when a write, to a tab where one is named, could not succeed now.

        ``ask``: where a server keeps the book it is asked, which costs a call.
        """

    def write(self, changes: Sequence[Change], *, expect: Mapping[str, str]) -> Written:
        """Change only these cells; raises WorkbookChangedError when the book is not as read."""

    @property
    def calls(self) -> Mapping[str, int]:
        """How often a server was asked for the workbook, by ``reads`` and ``writes``."""


class Mailer(Protocol):
    """An open connection to the mail server."""

    @property
    def usable(self) -> bool:
        """Whether another message can be given to this connection."""

    def reconnect(self) -> None:
        """Open the connection anew."""

    def deliver(self, message: Message, *, dotting: Callable[[], None]) -> str:
        """Deliver stored bytes once; ``dotting`` runs just before the final dot."""


class Archive(Protocol):
    """The mailbox that gets a copy of everything."""

    def find(self, message_ids: Sequence[str]) -> Collection[str]:
        """Return which of these Message-IDs are there; raises MailError."""


class Ledger(Protocol):
    """What was said to whom, and what was written."""

    @property
    def name(self) -> str:
        """What to call it in a sentence."""

    @property
    def identity(self) -> str:
        """What tells it from every other ledger."""

    def exclusive(self, book: str, *, wait: float) -> AbstractContextManager[None]: ...
    def start_run(self, book: str, as_of: date, now: datetime, command: str) -> str: ...
    def end_run(
        self, book: str, run: str, report: Mapping[str, object], now: datetime, error: str = ""
    ) -> None: ...
    def runs(self, book: str, limit: int) -> tuple[PastRun, ...]: ...
    def recover(self, book: str, now: datetime) -> int: ...
    def books(self) -> tuple[str, ...]: ...
    def last_day(self, book: str) -> date | None: ...
    def adopt(self, messages: Sequence[Message], run: str, now: datetime) -> None: ...
    def spoken(self, book: str, *, redirected: bool) -> tuple[Spoken, ...]: ...
    def last_addresses(self, book: str) -> Mapping[str, tuple[str, ...]]: ...
    def threads(self, book: str) -> Mapping[str, tuple[tuple[str, str], ...]]: ...
    def pending(self, book: str) -> tuple[Stored, ...]: ...
    def doubts(self, book: str) -> tuple[Stored, ...]: ...
    def add(
        self,
        messages: Sequence[Message],
        run: str,
        now: datetime,
        *,
        states: Mapping[str, State] | None = None,
    ) -> None: ...
    def approve(
        self, message_ids: Sequence[str], now: datetime, *, ticked: bool = False
    ) -> int: ...
    def withdraw(self, message_ids: Sequence[str], now: datetime) -> None: ...
    def unlogged(self, book: str) -> tuple[Stored, ...]: ...
    def mark_logged(self, message_ids: Sequence[str], now: datetime) -> None: ...
    def drop(self, message_ids: Sequence[str], why: str, now: datetime) -> None: ...
    def claim(
        self, message_id: str, run: str, now: datetime, *, max_per_day: int | None = None
    ) -> None: ...
    def tries(self, sender: str, day: date) -> int: ...
    def dotting(self, message_id: str, now: datetime) -> None: ...
    def sent(self, message_id: str, answer: str, now: datetime) -> None: ...
    def refuse(self, message_id: str, answer: str, now: datetime) -> None: ...
    def release(self, message_id: str, now: datetime) -> None: ...
    def doubt(self, message_id: str, what: str, now: datetime) -> None: ...
    def resolve_doubt(
        self, message_id: str, sent: bool, now: datetime, answer: str | None = None
    ) -> None: ...
    def record_changes(
        self,
        book: str,
        run: str,
        changes: Sequence[ColumnEdit],
        *,
        keys: Mapping[tuple[str, int], str] | None = None,
    ) -> None: ...
    def confirm(self, book: str, confirmed: Confirmed) -> None: ...
    def confirmations(self, book: str) -> tuple[Confirmed, ...]: ...
    def keep_snapshot(self, book: str, snapshot: Snapshot) -> bool: ...
    def snapshot_days(self, book: str) -> tuple[date, ...]: ...
    def snapshots(self, book: str, days: Sequence[date]) -> tuple[Snapshot, ...]: ...
    def snapshot_of_run(self, book: str, run: str) -> Snapshot | None: ...
    def events(self, book: str) -> tuple[Event, ...]: ...
    def watch(
        self, book: str, fired: Sequence[Event], over: Sequence[Event], now: datetime
    ) -> tuple[Event, ...]: ...
    def finish(self, numbers: Sequence[int]) -> None: ...
    def forget_changes(self, book: str, run: str) -> None: ...
    def keyed_changes(self, book: str, run: str) -> tuple[tuple[str, ColumnEdit], ...]: ...


Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


def never() -> bool:
    """Never stop early."""
    return False


@dataclass(frozen=True, slots=True)
class Job:
    """One book to be worked on, on one day.

    ``now`` returns the aware present; ``today`` says whether ``as_of`` is the present day in the
    book's time zone. ``connect`` opens the mail server; ``archive`` the mailbox where doubts are
    looked up, None where there is none. ``templates`` are the user's own letters by name. ``stop``
    is asked between messages. ``alerts_to`` hears when something needs a person. ``patience`` is
    how many seconds to wait for another run of the same book. ``host`` is what people call this
    machine; ``take_over`` says that the book is ours from now on, whoever had it. ``find_file``
    returns a file that a row names, or raises EnclosureError.
    """

    workbook: Workbook
    ledger: Ledger
    policy: Policy
    sender: Sender
    connect: Callable[[], AbstractContextManager[Mailer]]
    as_of: date
    now: Callable[[], datetime]
    today: bool = False
    archive: Callable[[], Archive] | None = None
    templates: Mapping[str, str] = field(default_factory=dict)
    progress: Progress = silent
    stop: Callable[[], bool] = never
    alerts_to: tuple[str, ...] = ()
    patience: float = 120.0
    host: str = ""
    take_over: bool = False
    find_file: Find = no_folder

    def moment(self) -> datetime | None:
        """Return the present when the day is today, else None: then no hours are judged."""
        return self.now() if self.today else None
