"""What the team decided, as ``config.yaml`` says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from typing import Literal

# Whom a step copies, besides addresses: who looks after the customer.
OWNER = "owner"

# As the configuration calls them; ``digest_weekday`` is a place among them.
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder; ``after`` is days relative to the due date.

    ``cc`` are addresses, or ``owner``: who looks after the customer. ``sender`` is the name and
    address that it is written from, empty for the team's own.
    """

    name: str
    after: int
    approve: bool = False
    cc: tuple[str, ...] = ()
    fee: Decimal = Decimal(0)
    sender: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class TabHint:
    """What the team said about a tab because detection gets it wrong."""

    name: str | None = None
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    paid_column: Literal["mirrors", "adds"] = "mirrors"
    unused: tuple[str, ...] = ()


DEFAULT_STEPS = (
    Step("courtesy", -3),
    Step("first", 3),
    Step("second", 14),
    Step("third", 30),
    Step("final", 45, approve=True),
)

# The share of each bucket that experience says is lost, youngest first.
DEFAULT_PROVISION = tuple(Decimal(rate) for rate in ("0.003", "0.016", "0.036", "0.066", "0.106"))


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything the rules and the plan are told by ``config.yaml``."""

    book: str
    currency: str = "CNY"
    language: str = "en"
    timezone: str = "Asia/Shanghai"
    date_order: Literal["DMY", "MDY", "YMD"] | None = None
    tabs: Mapping[str, TabHint] = field(default_factory=dict)
    columns: tuple[str, ...] = (
        "status",
        "days_overdue",
        "bucket",
        "credit_flag",
        "last_reminder",
        "next_action",
        "problem",
    )
    headings: Mapping[str, str] = field(default_factory=dict)
    highlight: bool = True
    edges: tuple[int, ...] = (30, 60, 90)
    due_soon_days: int = 7
    tolerance: Decimal = Decimal("0.01")
    steps: tuple[Step, ...] = DEFAULT_STEPS
    gap_days: int = 5
    max_per_week: int = 2
    minimum: Decimal = Decimal(0)
    repeat_days: int | None = None
    max_repeats: int = 3
    holidays: str | None = None
    send_between: tuple[time, time] | None = (time(9), time(18))
    statement_day: int | None = 1
    attach: tuple[str, ...] = ("pdf", "xlsx")
    watch_utilisation: Decimal = Decimal("0.8")
    stop_days: int = 60
    provision: tuple[Decimal, ...] = DEFAULT_PROVISION
    targets: Mapping[str, Decimal] = field(default_factory=dict)
    write_customers: bool = False
    mode: Literal["rehearse", "approve", "send"] = "rehearse"
    max_per_run: int = 200
    max_per_day: int | None = None
    allow_domains: tuple[str, ...] = ()
    deny_domains: tuple[str, ...] = ()
    approve_above: Decimal | None = None
    approve_first: bool = False
    log: bool = True
    interest_rate: Decimal | None = None
    interest_grace: int = 0
    statement_from: str = ""
    thanks: bool = False
    promise_broken: bool = False
    instalment_due: bool = False
    digest_owners: Literal["daily", "weekly", "never"] = "never"
    digest_management: tuple[str, ...] = ()
    digest_weekday: int = 0
    warn_index_fall: int | None = 10
    warn_utilisation: tuple[Decimal, ...] = (Decimal("0.8"), Decimal(1))
    warn_on_time: int | None = 5
    warn_promises: bool = True
    warn_concentration: Decimal | None = Decimal("0.25")
