"""What the ledger remembers of a book, as far as the plan needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from collector.model import Confirmed, Spoken, Stored


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger remembers of a book, as far as the plan needs it.

    ``tries`` counts the messages that the mail account was given on the day, whatever the book.
    """

    spoken: tuple[Spoken, ...] = ()
    last_to: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    threads: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    pending: tuple[Stored, ...] = ()
    doubts: tuple[Stored, ...] = ()
    confirmations: tuple[Confirmed, ...] = ()
    tries: int = 0
