"""What comes of a pass's messages, as they go out: who was written to, who waits, and why."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from collector.errors import CollectorError
from collector.model import Event, Held, Message, Said, Stored, Told
from collector.phrases import Phrase
from collector.worker.seen import Look


@dataclass(slots=True)
class Turn:
    """What may go after one look at the book, in order, and what that look keeps waiting."""

    seen: Look
    queue: deque[Stored] = field(default_factory=deque)
    said: list[Said] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    def waits(self, message: Message, code: str, **facts: str) -> None:
        self.said.append(_said(message, "waiting"))
        self.hold(message, code, **facts)

    def hold(self, message: Message, code: str, **facts: str) -> None:
        self.held.append(_held(message, code, facts))


@dataclass(slots=True)
class Speech:
    """What came of a pass's messages; filled as they go out.

    ``tried`` are the ids of messages that were handed over or refused, ``customers`` whose they
    were: nobody is written to twice in a pass, however often the book is looked at.
    """

    turn: Turn
    said: list[Said] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    tried: set[str] = field(default_factory=set)
    customers: set[str] = field(default_factory=set)
    dotted: str = ""
    digests: list[Told] = field(default_factory=list)
    events: tuple[Event, ...] = ()
    trouble: CollectorError | None = None

    def say(self, message: Message, state: str) -> None:
        self.said.append(_said(message, state))

    def hold(self, message: Message, code: str, **facts: str) -> None:
        self.held.append(_held(message, code, facts))

    def every_held(self) -> list[Held]:
        """Return everybody who is not written to, and why."""
        return [*self.turn.seen.plan.held, *self.held, *self.turn.held]

    def hold_doubts(self, older: Sequence[Stored], unasked: str = "") -> None:
        """Name what earlier runs left in doubt, and why the archive could not be asked."""
        for stored in older:
            answer = stored.answer or Phrase("doubt_killed")
            if unasked:
                answer = Phrase("doubt_unasked", answer=answer, what=unasked)
            self.hold(stored.message, "held_doubt", answer=answer)


def _said(message: Message, state: str) -> Said:
    name, to = message.customer_name, message.to
    return Said(message.customer, name, to, message.subject, message.step, state)


def _held(message: Message, code: str, facts: Mapping[str, str]) -> Held:
    return Held(message.customer, message.customer_name, code, facts)
