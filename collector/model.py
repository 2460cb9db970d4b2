"""The nouns that pass between the layers: frozen, dumb, together in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias

from collector.fields import FLAG_WORDS, word
from collector.phrases import say

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
Kind: TypeAlias = Literal["text", "integer", "money", "date"]
Holds: TypeAlias = Literal["nothing", "invoice", "row", "customer"]

# Whom a step copies, besides addresses: who looks after the customer.
OWNER = "owner"

# What a cell holds whose formula was never calculated.
UNCALCULATED = "#UNCALCULATED"


def column_letters(column: int) -> str:
    """Return the letters of a zero-based column: 0 is ``A``, 27 is ``AB``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# ── the sheet ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Where:
    """An address in a workbook; ``row`` is one-based, ``column`` is its letters."""

    tab: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        if self.row is None:
            return f"{self.tab}!{self.column}" if self.column else self.tab
        return f"{self.tab}!{self.column or ''}{self.row}"


@dataclass(frozen=True, slots=True)
class Tab:
    """One worksheet of a workbook, as listed before anything is read.

    ``ours`` is what we made it for (``log``, ``outbox`` …), as marked in the book; '' for a tab
    of the team's.
    """

    name: str
    visible: bool = True
    ours: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one tab. ``rows[0][0]`` is A1; blank cells are None.

    Error cells hold their text (``#N/A``); a formula that was never calculated holds
    ``#UNCALCULATED``. ``owned`` maps the keys of our own columns (``status`` …), as marked in the
    book itself, to zero-based columns. ``merged`` holds zero-based, inclusive
    ``(first_row, first_column, last_row, last_column)`` ranges, ``tables`` the ranges of Excel's
    own table objects, their heading row first. ``fingerprint`` identifies what was read; a write
    that expects it fails when the book has changed since. ``from_1904``: the book counts days
    from 1904, so a bare number that means a day is 1,462 days later. ``ours`` is what we made the
    tab for (``log``, ``outbox``), '' for one of the team's. ``formats`` are the number formats that
    show words or signs beside a figure (``[$€-407] #,##0``), shares or months alone, with the
    zero-based columns, and rows in each, whose figures they show.
    """

    tab: str
    rows: list[list[Cell]]
    fingerprint: str
    owned: Mapping[str, int] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    from_1904: bool = False
    tables: tuple[tuple[int, int, int, int], ...] = ()
    ours: str = ""
    formats: Mapping[str, Mapping[int, Sequence[int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the sheet that a person must look at, with its address.

    ``code`` names a phrase, ``facts`` fill it. ``holds`` says what is not written to meanwhile.
    """

    where: Where
    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    customer: str = ""
    holds: Holds = "nothing"

    def say(self, language: str = "en") -> str:
        return say(language, self.code, **self.facts)


# ── what is to change in the sheet ───────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Edit:
    """One cell to set: ``Edit("Invoices", "K7", "overdue")``."""

    tab: str
    cell: str
    value: Cell


@dataclass(frozen=True, slots=True)
class ColumnEdit:
    """Many cells of one of our columns; ``rows`` are one-based and ascending.

    ``keys`` say whose row each cell is and ``before`` what it showed, so that a run can be undone.
    """

    tab: str
    column: int
    kind: Kind
    rows: Sequence[int]
    values: Sequence[Cell]
    before: Sequence[Cell] = ()
    keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class AddColumn:
    """A column of ours: its heading cell in the neighbours' style, and the mark that it is ours."""

    tab: str
    column: int
    header_row: int
    key: str
    heading: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class HighlightRule:
    """Rows whose cell in ``column`` shows ``text`` look like ``look``."""

    column: int
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """All our conditional-format rules of one tab; they replace those we set before.

    Rows are one-based and inclusive, columns zero-based and inclusive. No rules: ours are removed.
    """

    tab: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    rules: tuple[HighlightRule, ...]


@dataclass(frozen=True, slots=True)
class AddTab:
    """A tab of ours after the last one, empty and marked as made for ``ours``.

    ``choices`` offers, per zero-based column, what may stand below its heading in row 1. Columns
    and rows come as further changes. A tab that is there already is left as it is.
    """

    tab: str
    ours: str
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AppendRows:
    """Rows below the last one of a tab that holds anything; each has one value per column.

    ``columns`` are zero-based and ascending, ``kinds`` say how each shows its values.
    """

    tab: str
    columns: Sequence[int]
    kinds: Sequence[Kind]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class BookNote:
    """A text that the book itself carries for us, hidden and under a key; it replaces the last."""

    key: str
    text: str


TabChange: TypeAlias = Edit | ColumnEdit | AddColumn | Highlight | AddTab | AppendRows
Change: TypeAlias = TabChange | BookNote


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: cells changed, whether the file was replaced, and where the backup is.

    ``kept`` are the addresses of cells that were to be set but hold a formula of the team's.
    ``fingerprint`` identifies the book as it was written, '' when nothing was.
    ``differs`` says what a read-back found otherwise than written, because people were editing.
    """

    cells: int
    replaced: bool
    backup: str = ""
    kept: tuple[str, ...] = ()
    fingerprint: str = ""
    differs: tuple[str, ...] = ()


# ── the policy: what the team decided ────────────────────────────────────────────────────────


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


# ── what is to be said ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Discount:
    """What paying early is worth: ``pay`` by ``until`` settles the line, ``saved`` is let go."""

    percent: Decimal
    until: date
    pay: Decimal
    saved: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One receivable as a letter shows it; money in the currency's own units."""

    invoice: str
    instalment: str
    invoice_date: date | None
    due_date: date
    days_overdue: int
    amount: Decimal
    paid: Decimal
    balance: Decimal
    currency: str
    project: str = ""
    contract: str = ""
    po: str = ""
    disputed: bool = False
    payment_link: str = ""
    attachment: str = ""
    discount: Discount | None = None
    interest: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a period statement; ``amount`` adds to the balance or, negative, reduces it."""

    day: date
    kind: Literal["invoice", "credit_note", "receipt"]
    reference: str
    amount: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Section:
    """A statement in one currency; ``aging`` maps ``not_due``, ``1-30`` …, ``credit`` to sums.

    A period statement has ``opening`` and ``movements``; an outstanding one has neither and
    ``opening`` is None. ``closing`` is the sum of ``lines`` less ``unapplied``.
    """

    currency: str
    opening: Decimal | None
    movements: tuple[Movement, ...]
    invoiced: Decimal
    credited: Decimal
    received: Decimal
    closing: Decimal
    lines: tuple[Line, ...]
    unapplied: Decimal
    aging: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of account of one customer, as at ``as_of``; ``period`` is ``yyyy-mm`` or ''."""

    customer: str
    customer_name: str
    language: str
    as_of: date
    period: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A letter that asks a customer to confirm a balance, per currency, by a day."""

    customer: str
    customer_name: str
    language: str
    as_of: date
    reply_by: date
    balances: tuple[tuple[str, Decimal], ...]


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
class Total:
    """What a letter asks for in one currency: ``overdue - credit`` is what should be paid now.

    ``interest`` to the day and ``fee`` are asked for besides, where the team charges them.
    """

    currency: str
    overdue: Decimal
    due_soon: Decimal
    credit: Decimal
    interest: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    interest_rate: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Draft:
    """One message that the plan wants; everything a letter needs, and nothing else.

    ``step`` is the highest step among its lines, ``statement`` or ``thanks``. ``occasions`` are the
    reasons to write that it serves. ``variant`` names words in place of the step's, '' for none.
    ``sender`` is who writes it where its step is not written from the team's own address.
    ``approval`` names why a person must release it ('' when nobody must).
    """

    customer: str
    customer_name: str
    contact: str
    language: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    step: str
    occasions: tuple[str, ...]
    as_of: date
    overdue: tuple[Line, ...] = ()
    due_soon: tuple[Line, ...] = ()
    credits: tuple[Line, ...] = ()
    received: tuple[Line, ...] = ()
    totals: tuple[Total, ...] = ()
    statement: Statement | None = None
    approval: str = ""
    owner: str = ""
    owner_email: str = ""
    thread: tuple[str, ...] = ()
    variant: str = ""
    confirmation: Confirmation | None = None
    sender: tuple[str, str] = ("", "")

    @property
    def invoices(self) -> tuple[str, ...]:
        return tuple(line.invoice for line in self.overdue + self.due_soon + self.received)

    @property
    def asked(self) -> tuple[tuple[str, Decimal], ...]:
        """What it asks for by currency: overdue and soon due less credits, or what a statement
        or confirmation that goes by itself comes to."""
        if self.confirmation is not None:
            return self.confirmation.balances
        if self.statement is not None and not self.totals:
            return tuple((section.currency, section.closing) for section in self.statement.sections)
        return tuple(
            (t.currency, t.overdue + t.due_soon - t.credit + t.interest + t.fee)
            for t in self.totals
        )


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
class Bank:
    """Where customers pay to; what is empty is not shown.

    ``street`` … ``country`` are the account holder's address, which Swiss QR codes need.
    """

    account_holder: str
    iban: str = ""
    account: str = ""
    bank_code: str = ""
    bic: str = ""
    bank: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the letters are from; ``accent`` is the colour of headings, ``#rrggbb`` or ''."""

    name: str
    address: str
    reply_to: str = ""
    archive: str = ""
    company: str = ""
    redirect_to: str = ""
    bank: Bank | None = None
    accent: str = ""
    logo: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a message."""

    name: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Message:
    """A rendered message. ``content`` are its frozen bytes, CRLF-ended, 7-bit, without a Bcc.

    ``recipients`` is the envelope (to, cc and the archive, or only ``redirect_to``). ``digest``
    identifies what the plan wanted, without the day: two drafts alike in it are the same message.
    ``invoices`` and ``totals`` ("USD 100.00", one a currency) are what it asks for.
    """

    message_id: str
    book: str
    customer: str
    customer_name: str
    step: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    recipients: tuple[str, ...]
    sender: str
    subject: str
    occasions: tuple[str, ...]
    digest: str
    content: bytes
    as_of: date
    approval: str = ""
    redirected: bool = False
    text: str = ""
    html: str = ""
    invoices: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer's credit standing: the flag and what made it, the rating and what it rests on.

    ``reason`` is ``oldest hold rating used promise`` or '', ``rating_set`` says that the team's own
    column gives the rating, ``index`` is None without history, ``oldest`` days, ``used`` percent.
    """

    flag: str
    reason: str
    rating: str
    rating_set: bool = False
    index: int | None = None
    oldest: int = 0
    used: int = 0


@dataclass(frozen=True, slots=True)
class FlagChange:
    """A customer whose credit flag or rating is another than on an earlier day, ``since``."""

    customer: str
    customer_name: str
    before: Standing
    now: Standing
    since: date

    def what(self, language: str = "en") -> str:
        """Say what became what: ``B→D, Watch→Stop``."""
        pairs = [(self.before.rating, self.now.rating), _flag_words(self, language)]
        return ", ".join(f"{was}→{now}" for was, now in pairs if was != now and now)

    def why(self, language: str = "en") -> str:
        """Say what made it so, '' where nothing is known of it."""
        was, now = self.before, self.now
        said = []
        if was.rating != now.rating and now.rating_set:
            said.append(say(language, "credit_rating_set", rating=now.rating))
        elif was.rating != now.rating and was.index is not None and now.index is not None:
            said.append(say(language, "flag_index", before=was.index, now=now.index))
        if was.flag != now.flag and not (now.reason == "rating" and was.rating != now.rating):
            over = was.reason and say(language, "flag_over", reason=_reason(was, language))
            said += [text for text in (_reason(now, language) if now.reason else over,) if text]
        return "; ".join(said) if language != "zh" else "；".join(said)

    def say(self, language: str = "en") -> str:
        """Return the whole sentence: ``B→D because …``."""
        why = self.why(language)
        facts = {"what": self.what(language), "why": why}
        return say(language, "flag_changed", **facts) if why else facts["what"]


def _flag_words(change: FlagChange, language: str) -> tuple[str, str]:
    return (
        word(FLAG_WORDS, language, change.before.flag),
        word(FLAG_WORDS, language, change.now.flag),
    )


def _reason(told: Standing, language: str) -> str:
    facts = {"days": told.oldest, "percent": told.used, "rating": told.rating}
    return say(language, f"credit_{told.reason}", **facts)


@dataclass(frozen=True, slots=True)
class Event:
    """A warning that the ledger remembers: fired on a ``day``, and standing until ``ended``.

    ``number`` is 0 for one that is not remembered yet. ``mark`` tells warnings of one kind about
    one customer apart. ``muted`` ones are told to nobody, because a graver one is. ``done``: a
    person has seen to it.
    """

    customer: str
    customer_name: str
    code: str
    mark: str
    facts: Mapping[str, object]
    day: date
    number: int = 0
    muted: bool = False
    ended: bool = False
    done: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        # Late is late: an invoice that is paid meanwhile is no new event.
        return self.customer, self.code.removesuffix("_paid"), self.mark

    def say(self, language: str = "en") -> str:
        return say(language, self.code, **self.facts)


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


# ── what was said ────────────────────────────────────────────────────────────────────────────


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
