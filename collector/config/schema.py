"""The keys of config.yaml with their types and defaults, section by section."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    Field,
    ValidationInfo,
    field_validator,
)

from collector.config.mail import Mail
from collector.config.mistakes import wrong
from collector.config.section import Count, Days, Money, Section
from collector.config.values import (
    ASCENDING,
    DISTINCT,
    LISTED,
    Bic,
    BookName,
    Clock,
    Colour,
    Copied,
    Currency,
    Day,
    EmailAddress,
    Holidays,
    Iban,
    Language,
    LedgerAddress,
    OwnedColumn,
    Secret,
    SenderText,
    Span,
    StepName,
    Text,
    Timezone,
    Weekday,
    known,
)
from collector.fields import KPI_NAMES, TAB_FIELDS
from collector.model import DEFAULT_STEPS, Policy

_OURS: Final = Policy(book="")


class InvoicesTab(Section):
    """Where the receivables are; ``columns`` maps our fields to the headings as written.

    ``unused`` are headings that speak of payment and yet take nothing off what is owed.
    """

    name: Text | None = None
    header_row: Count | None = None
    columns: dict[Annotated[str, known(TAB_FIELDS["invoices"])], Text] = Field(default_factory=dict)
    unused: Annotated[tuple[Text, ...], LISTED] = ()


class CustomersTab(Section):
    """Where the customers are."""

    name: Text | None = None
    header_row: Count | None = None
    columns: dict[Annotated[str, known(TAB_FIELDS["customers"])], Text] = Field(
        default_factory=dict
    )


class ReceiptsTab(Section):
    """Where the receipts are, and how the invoices' paid column relates to them."""

    name: Text | None = None
    header_row: Count | None = None
    columns: dict[Annotated[str, known(TAB_FIELDS["receipts"])], Text] = Field(default_factory=dict)
    paid_column: Literal["mirrors", "adds"] = "mirrors"


class LogTab(Section):
    """Where the contact log is."""

    name: Text | None = None
    header_row: Count | None = None
    columns: dict[Annotated[str, known(TAB_FIELDS["log"])], Text] = Field(default_factory=dict)


class OutboxTab(Section):
    """Where messages wait for a tick."""

    name: Text | None = None


class Tabs(Section):
    """What the team says about tabs because detection gets them wrong."""

    invoices: InvoicesTab | None = None
    customers: CustomersTab | None = None
    receipts: ReceiptsTab | None = None
    log: LogTab | None = None
    outbox: OutboxTab | None = None


class Write(Section):
    """What is written into the workbook."""

    columns: Annotated[tuple[OwnedColumn, ...], DISTINCT] = _OURS.columns
    headings: dict[OwnedColumn, Text] = Field(default_factory=dict)
    highlight: bool = True
    log: bool = True
    backups: Days = 10
    customers: bool = False

    @field_validator("headings")
    @classmethod
    def _headings_differ(cls, headings: dict[str, str]) -> dict[str, str]:
        seen: set[str] = set()
        for key, heading in headings.items():
            if heading.casefold() in seen:
                raise wrong("config_repeated", key, value=heading)
            seen.add(heading.casefold())
        return headings


class Aging(Section):
    """Buckets, and when a balance is nothing."""

    edges: Annotated[tuple[Count, ...], Field(min_length=1), ASCENDING] = _OURS.edges
    due_soon_days: Days = 7
    tolerance: Money = Decimal("0.01")


class LadderStep(Section):
    """A rung of the ladder; ``after`` is days relative to the due date."""

    name: StepName
    after: Annotated[int, Field(ge=-366, le=3660)]
    approve: bool = False
    cc: Annotated[tuple[Copied, ...], LISTED] = ()
    fee: Money = Decimal(0)
    from_: Annotated[SenderText | None, Field(alias="from")] = None


def _ladder(steps: tuple[LadderStep, ...]) -> tuple[LadderStep, ...]:
    for place in range(1, len(steps)):
        step, before = steps[place], steps[:place]
        if step.name in {earlier.name for earlier in before}:
            raise wrong("config_repeated", place, "name", value=step.name)
        if step.after <= before[-1].after:
            raise wrong(
                "config_ascending", place, "after", value=step.after, before=before[-1].after
            )
    return steps


class Reminders(Section):
    """The ladder and its manners."""

    steps: Annotated[tuple[LadderStep, ...], AfterValidator(_ladder)] = tuple(
        LadderStep(name=s.name, after=s.after, approve=s.approve) for s in DEFAULT_STEPS
    )
    gap_days: Days = 5
    max_per_week: Count = 2
    minimum: Money = Decimal(0)
    repeat_days: Count | None = None
    max_repeats: Days = 3
    holidays: Holidays | None = None
    send_between: Span | None = _OURS.send_between


class Statements(Section):
    """The monthly statement; ``day: null`` sends none."""

    day: Annotated[int, Field(ge=1, le=28)] | None = 1
    attach: Annotated[tuple[Literal["pdf", "xlsx"], ...], LISTED, DISTINCT] = ("pdf", "xlsx")
    from_step: StepName | None = None


class Credit(Section):
    """When a customer is flagged."""

    watch_utilisation: Annotated[Decimal, Field(gt=0)] = Decimal("0.8")
    stop_days: Count = 60


class BankAccount(Section):
    """Where customers pay to; the address is for Swiss QR codes."""

    account_holder: Text
    iban: Iban | None = None
    account: Text | None = None
    bank_code: Text | None = None
    bic: Bic | None = None
    bank: Text | None = None
    street: Text | None = None
    postcode: Text | None = None
    town: Text | None = None
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")] | None = None


class Report(Section):
    """What the figures for managers are measured against; ``provision`` is by aging bucket."""

    targets: dict[
        Annotated[str, known(KPI_NAMES)], Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
    ] = Field(default_factory=dict)
    provision: Annotated[tuple[Annotated[Decimal, Field(ge=0, le=1)], ...], Field(min_length=1)] = (
        _OURS.provision
    )


class Letters(Section):
    """The user's own templates, and the company that letters and statements show."""

    folder: Text | None = None
    company: Text | None = None
    accent: Colour | None = None
    logo: Text | None = None
    bank: BankAccount | None = None
    attachments: Text | None = None
    thanks: bool = False
    promise_broken: bool = False
    instalment_due: bool = False


class Interest(Section):
    """Simple interest on what is overdue, in percent a year, after a grace of days."""

    rate: Annotated[Decimal, Field(gt=0, le=1000)] | None = None
    grace: Days = 0


class Approval(Section):
    """What a person releases besides the steps that say so; ``above`` is in the book's currency."""

    above: Money | None = None
    first_message: bool = False


class Alerts(Section):
    """Who hears by mail when something needs a person."""

    to: Annotated[tuple[EmailAddress, ...], LISTED, DISTINCT] = ()


class Digests(Section):
    """Who of our own people is told what is going on: owners of their customers, managers of all.

    ``weekday`` is when weekly ones are due.
    """

    owners: Literal["daily", "weekly", "never"] = "never"
    management: Annotated[tuple[EmailAddress, ...], LISTED, DISTINCT] = ()
    weekday: Weekday = "monday"


class Warnings(Section):
    """From where on somebody is warned early; null switches a warning off."""

    index_fall: Annotated[int, Field(ge=1, le=100)] | None = _OURS.warn_index_fall
    utilisation: Annotated[tuple[Annotated[Decimal, Field(gt=0, le=100)], ...], DISTINCT] = (
        _OURS.warn_utilisation
    )
    on_time: Annotated[int, Field(ge=1, le=100)] | None = _OURS.warn_on_time
    promises: bool = True
    concentration: Annotated[Decimal, Field(gt=0, le=1)] | None = _OURS.warn_concentration

    @field_validator("utilisation", mode="before")
    @classmethod
    def _none_at_all(cls, marks: Any) -> Any:
        return () if marks is None else marks


class Google(Section):
    """How Google books are opened."""

    credentials: Secret | None = None


class Pass(Section):
    """When a pass is due; ``on`` holds ``workdays``, ``daily`` or names of weekdays."""

    on: Annotated[tuple[Day, ...], LISTED, Field(min_length=1), DISTINCT]
    at: Clock


class File(Section):
    """The whole of config.yaml."""

    workbook: Text
    book: Annotated[BookName, Field(validate_default=True)] = ""
    timezone: Timezone = _OURS.timezone
    language: Language = "en"
    currency: Currency = "CNY"
    date_order: Literal["DMY", "MDY", "YMD"] | None = None
    tabs: Tabs = Tabs()
    write: Write = Write()
    aging: Aging = Aging()
    reminders: Reminders = Reminders()
    statements: Statements = Statements()
    credit: Credit = Credit()
    report: Report = Report()
    letters: Letters = Letters()
    interest: Interest = Interest()
    mail: Mail = Mail()
    approval: Approval = Approval()
    alerts: Alerts = Alerts()
    digests: Digests = Digests()
    warnings: Warnings = Warnings()
    google: Google = Google()
    schedule: tuple[Pass, ...] = (Pass(on=("workdays",), at=time(9)),)
    ledger: LedgerAddress = "sqlite:///collector.db"

    @field_validator("book", mode="before")
    @classmethod
    def _named_after_workbook(cls, book: Any, others: ValidationInfo) -> Any:
        workbook = others.data.get("workbook", "book")
        return book or file_stem(workbook)


def is_web(workbook: str) -> bool:
    """Say whether a workbook is an address on the web and not a path."""
    return workbook.startswith(("https://", "http://"))


def file_stem(workbook: str) -> str:
    """Return what a workbook is called: its file name without ending, or its id at Google."""
    if is_web(workbook):
        found = re.search(r"/d/([\w-]+)", workbook)
        return found[1] if found else "sheet"
    return re.split(r"[/\\]", workbook)[-1].rsplit(".", 1)[0] or "book"
