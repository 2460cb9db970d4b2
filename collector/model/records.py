"""What the ledger remembers: messages and their states, runs, confirmations, what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias

from collector.model.messages import Message

State: TypeAlias = Literal[
    "drafted", "waiting", "approved", "claimed", "dotting", "sent", "in_doubt", "refused", "dropped"
]


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as the ledger has it: its state, the last answer, how often it was tried.

    ``ticked``: what released it is a tick in the sheet, and holds as long as that stands.
    """

    message: Message
    state: State
    run: str
    answer: str = ""
    attempts: int = 0
    changed_at: datetime | None = None
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a book stood at the end of a run: open items and standings, packed by the rules."""

    as_of: date
    run: str
    content: bytes = field(repr=False)


ConfirmationState: TypeAlias = Literal["asked", "sent", "agreed", "differs", "returned"]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What became of a balance confirmation, as the ledger has it; ``note`` is a person's.

    One that is ``asked`` for waits to be mailed; its note is the day to reply by.
    """

    customer: str
    as_of: date
    state: ConfirmationState
    note: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PastRun:
    """One pass as the ledger remembers it; ``ended_at`` is None when it never came to its end.

    ``report`` is the JSON object that the pass printed, empty when it has none.
    """

    run: str
    as_of: date
    command: str
    started_at: datetime
    ended_at: datetime | None
    error: str
    report: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Spoken:
    """An occasion that was served, or may have been (in doubt counts as spoken)."""

    occasion: str
    customer: str
    day: date
    step: str
    to: tuple[str, ...]
    message_id: str
    subject: str
