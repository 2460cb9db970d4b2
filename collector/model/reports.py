"""What a pass tells our own people: who is held and why, what was said, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from collector.model.sheet import Problem
from collector.model.standings import Event, FlagChange
from collector.phrases import say


@dataclass(frozen=True, slots=True)
class Held:
    """A customer who is not written to, and why.

    ``code`` names a phrase, ``facts`` fill it; ``problem`` is the one in the sheet, if that is why.
    """

    customer: str
    customer_name: str
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None

    def say(self, language: str = "en") -> str:
        what = f"{self.problem.where}: {self.problem.say(language)}" if self.problem else ""
        return say(language, self.code, problem=what, **self.facts)


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to call: what is overdue in a currency, since how many days, and how they pay."""

    customer_name: str
    contact: str
    phone: str
    currency: str
    overdue: Decimal
    days: int
    habit: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised for a day; ``amount`` is what is still open of it."""

    customer_name: str
    invoice: str
    day: date
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Digest:
    """What one of our own people is told of the customers that are theirs.

    ``reader`` names them in the ledger: an owner's address in small letters, or ``management``.
    ``held`` and ``events`` are said in the language that the digest is in.
    """

    reader: str
    name: str
    to: tuple[str, ...]
    language: str
    as_of: date
    occasions: tuple[str, ...]
    calls: tuple[Call, ...] = ()
    due: tuple[Promise, ...] = ()
    broken: tuple[Promise, ...] = ()
    held: tuple[Held, ...] = ()
    flags: tuple[FlagChange, ...] = ()
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What became of one message of a pass: sent, rehearsed, waiting, refused or in_doubt."""

    customer: str
    customer_name: str
    to: tuple[str, ...]
    subject: str
    step: str
    state: str


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a digest: sent, rehearsed, refused, in_doubt, or held and why."""

    name: str
    to: tuple[str, ...]
    subject: str
    state: str
    why: Held | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something a person has to do, because Collector must not do it alone."""

    customer: str
    customer_name: str
    owner: str
    what: str


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one pass found and did; money is Decimal per currency. Printed as the contract says."""

    run: str
    as_of: date
    workbook: str
    rows: int
    customers: int
    status: Mapping[str, int]
    open: Mapping[str, Decimal]
    unapplied: Mapping[str, Decimal]
    overdue: Mapping[str, Decimal]
    buckets: Mapping[str, Mapping[str, Decimal]]
    flags: Mapping[str, int]
    edits: int
    messages: Mapping[str, int]
    said: tuple[Said, ...]
    held: tuple[Held, ...]
    problems: tuple[Problem, ...]
    tasks: tuple[Task, ...]
    seconds: Mapping[str, float]
    backup: str = ""
    tabs: Mapping[str, int] = field(default_factory=dict)
    calls: Mapping[str, int] = field(default_factory=dict)
    digests: tuple[Told, ...] = ()
    events: tuple[Event, ...] = ()
    fired: frozenset[int] = frozenset()
    flag_changes: tuple[FlagChange, ...] = ()
