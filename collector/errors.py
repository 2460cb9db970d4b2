"""What we raise on purpose: each class takes facts and writes the sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from collector.fields import field_words
from collector.phrases import Phrase, say


class CollectorError(Exception):
    """An error a user can act on; ``say`` gives it in a language, ``str`` in English."""

    phrase: ClassVar[str]
    exit_status: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def say(self, language: str = "en") -> str:
        return say(language, self.phrase, **self.facts)

    def __str__(self) -> str:
        return self.say()


# ── 2: usage and configuration ───────────────────────────────────────────────────────────────


class ConfigError(CollectorError):
    """Every mistake in a configuration file, each with its line."""

    exit_status = 2
    phrase = "config_mistakes"

    def __init__(self, path: str, mistakes: Sequence[str]) -> None:
        super().__init__(path=path, mistakes="\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class ConfigMissingError(CollectorError):
    exit_status = 2
    phrase = "config_missing"

    def __init__(self, path: str) -> None:
        super().__init__(path=path)


class SecretMissingError(CollectorError):
    """A secret that the configuration points to is not there; its value is never shown."""

    exit_status = 2
    phrase = "secret_missing"

    def __init__(self, key: str, reference: str) -> None:
        super().__init__(key=key, reference=reference)


class UsageError(CollectorError):
    exit_status = 2
    phrase = "usage"

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class TemplateError(CollectorError):
    """A letter's template cannot be rendered."""

    exit_status = 2
    phrase = "template_broken"

    def __init__(self, template: str, what: str) -> None:
        super().__init__(template=template, what=what)


# ── 3: the workbook ──────────────────────────────────────────────────────────────────────────


class WorkbookError(CollectorError):
    exit_status = 3


class WorkbookMissingError(WorkbookError):
    phrase = "workbook_missing"

    def __init__(self, path: str) -> None:
        super().__init__(path=path)


class WorkbookFormatError(WorkbookError):
    """Not an .xlsx or .xlsm, or one that is damaged; ``what`` says which."""

    phrase = "workbook_format"

    def __init__(self, path: str, what: str) -> None:
        super().__init__(path=path, what=what)


class NoRoomError(WorkbookError):
    """The sheet ends before our columns have room at the right of the table."""

    phrase = "no_room"

    def __init__(self, tab: str, count: int) -> None:
        super().__init__(tab=tab, count=str(count))


class WorkbookEncryptedError(WorkbookError):
    phrase = "workbook_encrypted"

    def __init__(self, path: str) -> None:
        super().__init__(path=path)


class WorkbookLockedError(WorkbookError):
    phrase = "workbook_locked"

    def __init__(self, path: str, holder: str) -> None:
        super().__init__(path=path, holder=holder)


class WorkbookChangedError(WorkbookError):
    """The file is not the one that was read; nothing was written."""

    phrase = "workbook_changed"

    def __init__(self, path: str) -> None:
        super().__init__(path=path)


class WorkbookSaveError(WorkbookError):
    """The disk refused (full, read-only, no permission); the file is as it was."""

    phrase = "workbook_save"

    def __init__(self, path: str, what: str) -> None:
        super().__init__(path=path, what=what)


class TabMissingError(WorkbookError):
    phrase = "tab_missing"

    def __init__(self, tab: str, tabs: Sequence[str]) -> None:
        super().__init__(tab=tab, tabs=", ".join(tabs))


class TabsAlikeError(WorkbookError):
    """Several tabs are receivables as much as the one found; whoever knows must name it."""

    phrase = "tabs_alike"

    def __init__(self, tab: str, others: Sequence[str]) -> None:
        super().__init__(tab=tab, others=", ".join(others))


class TabTakenError(WorkbookError):
    """A tab of ours is to be added, but a sheet of the team's has its name."""

    phrase = "tab_taken"

    def __init__(self, path: str, tab: str) -> None:
        super().__init__(path=path, tab=tab)


class NoTableError(WorkbookError):
    phrase = "no_table"

    def __init__(self, workbook: str, tabs: Sequence[str]) -> None:
        super().__init__(workbook=workbook, tabs=", ".join(tabs))


class PayablesError(WorkbookError):
    """The only table that was found is of what we owe, not of what is owed to us."""

    phrase = "payables"

    def __init__(self, where: str, heading: str) -> None:
        super().__init__(where=where, heading=heading)


class HeadingMissingError(WorkbookError):
    phrase = "heading_missing"

    def __init__(self, where: str, field: str, hint: str) -> None:
        super().__init__(where=where, field=field, hint=hint)
        self.field = field

    def say(self, language: str = "en") -> str:
        """Return what is missing; the field's key is English, so that Chinese has a word too."""
        words = field_words(self.field, language) if language == "zh" else self.field
        return say(language, self.phrase, **{**self.facts, "field": words})


class HeadingGoneError(HeadingMissingError):
    """A heading of the configuration is there no more; ``nearest`` is the one most like it."""

    def __init__(self, where: str, field: str, hint: str, *, kind: str, nearest: str) -> None:
        super().__init__(where, field, hint)
        self.kind, self.nearest = kind, nearest


class HeadingsMovedError(WorkbookError):
    """The headings stand in another row than the configuration says; rows were put in above."""

    phrase = "headings_moved"

    def __init__(self, tab: str, kind: str, before: int, now: int) -> None:
        super().__init__(tab=tab, kind=kind, before=before, now=now)
        self.kind, self.now = kind, now


class HeadingTwiceError(WorkbookError):
    """Two columns that could both be one field."""

    phrase = "heading_twice"

    def __init__(self, field: str, first: str, second: str, kind: str) -> None:
        super().__init__(field=field, first=first, second=second, kind=kind)


class GoogleError(WorkbookError):
    """A Google spreadsheet cannot be read or written."""


class GoogleKeyError(GoogleError):
    """The key is malformed, expired or withdrawn; nothing of it is shown."""

    phrase = "google_key"

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class GoogleNotSharedError(GoogleError):
    """The account may not open or not edit the sheet."""

    phrase = "google_not_shared"

    def __init__(self, address: str, account: str) -> None:
        who = account or Phrase("google_your_account")
        super().__init__(address=address, account=who)


class GoogleReadOnlyError(GoogleError):
    """The account may look at the sheet and not edit it."""

    phrase = "google_read_only"

    def __init__(self, address: str, account: str) -> None:
        who = account or Phrase("google_your_account")
        super().__init__(address=address, account=who)


class GoogleScopeError(GoogleError):
    """The authorised user's consent does not cover spreadsheets."""

    phrase = "google_scope"

    def __init__(self) -> None:
        super().__init__()


class GoogleApiOffError(GoogleError):
    phrase = "google_api_off"

    def __init__(self, link: str) -> None:
        super().__init__(link=link)


class GoogleServerError(GoogleError):
    """Google did not answer within the deadline; nothing was changed by this call."""

    phrase = "google_server"

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class GoogleUnsureError(GoogleError):
    """A write whose answer was lost, and nobody could look whether it was carried out."""

    phrase = "google_unsure"

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class GoogleRefusedError(GoogleError):
    phrase = "google_refused"

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class GoogleProtectedError(GoogleError):
    """A range that we would have to write may not be edited by our account."""

    phrase = "google_protected"

    def __init__(self, where: str, description: str, account: str) -> None:
        who = account or Phrase("google_your_account")
        super().__init__(where=where, description=description, account=who)


# ── 4: the mail server ───────────────────────────────────────────────────────────────────────


class MailError(CollectorError):
    exit_status = 4


class MailServerError(MailError):
    """The server is gone, silent, or does not speak as it should."""

    phrase = "mail_server"

    def __init__(self, server: str, what: str) -> None:
        super().__init__(server=server, what=what)


class MailCertificateError(MailError):
    phrase = "mail_certificate"

    def __init__(self, server: str, what: str) -> None:
        super().__init__(server=server, what=what)


class MailLoginError(MailError):
    phrase = "mail_login"

    def __init__(self, server: str, user: str, what: str, hint: str = "") -> None:
        hint = hint or Phrase("login_hint_any")
        super().__init__(server=server, user=user, what=what, hint=hint)


class MessageRefusedError(MailError):
    """The server refused this message, certainly and whole; it may be tried again."""

    exit_status = 1
    phrase = "message_refused"

    def __init__(self, customer: str, answer: str) -> None:
        super().__init__(customer=customer, answer=answer)


class MessageInDoubtError(MailError):
    """The final dot was sent and no clear answer came back; nobody can know without looking."""

    exit_status = 1
    phrase = "message_in_doubt"

    def __init__(self, customer: str, what: str) -> None:
        super().__init__(customer=customer, what=what)


class EnclosureError(CollectorError):
    """A file that a row names cannot go with its letter."""

    exit_status = 1
    phrase = "enclosure"

    def __init__(self, name: str, what: str) -> None:
        self.name, self.what = name, what
        super().__init__(name=name, what=what)


# ── 5: the ledger ────────────────────────────────────────────────────────────────────────────


class LedgerError(CollectorError):
    """The ledger cannot be opened, read or written."""

    exit_status = 5
    phrase = "ledger"

    def __init__(self, ledger: str, what: str) -> None:
        super().__init__(ledger=ledger, what=what)


class BookForgottenError(LedgerError):
    """The sheet shows reminders that the ledger does not know: they would all be sent again."""

    phrase = "book_forgotten"

    def __init__(self, day: str, ledger: str, known: str) -> None:
        CollectorError.__init__(self, day=day, ledger=ledger, known=known)


class BookClaimedError(LedgerError):
    """Another ledger writes to the customers of this book."""

    phrase = "book_claimed"

    def __init__(self, workbook: str, host: str, since: str, hint: str) -> None:
        CollectorError.__init__(self, workbook=workbook, host=host, since=since, hint=hint)


class AlreadyClaimedError(CollectorError):
    """Another message serves this occasion already: not an accident, the promise at work."""

    exit_status = 5
    phrase = "already_claimed"

    def __init__(self, occasion: str) -> None:
        super().__init__(occasion=occasion)


class DayFullError(CollectorError):
    """As many messages were handed over on this day as the mail account may send."""

    exit_status = 4
    phrase = "day_full"

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit)


class BookBusyError(CollectorError):
    exit_status = 5
    phrase = "book_busy"

    def __init__(self, book: str) -> None:
        super().__init__(book=book)


class UnknownRunError(CollectorError):
    exit_status = 2
    phrase = "unknown_run"

    def __init__(self, run: str, known: str) -> None:
        super().__init__(run=run, known=known)


class UnknownCustomerError(CollectorError):
    exit_status = 2
    phrase = "unknown_customer"

    def __init__(self, customer: str, nearest: str) -> None:
        super().__init__(customer=customer, nearest=nearest)

    def say(self, language: str = "en") -> str:
        near = "unknown_customer_near" if self.facts["nearest"] else self.phrase
        return say(language, near, **self.facts)
