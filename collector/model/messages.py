"""What is to be said: a draft, who it is from, and the message that comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from collector.model.statements import Confirmation, Line, Statement


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
