"""Config to real edges: the one place that builds them."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from collector.errors import EnclosureError, TemplateError
from collector.model import Attachment
from collector.phrases import Phrase
from collector.worker.job import Job, Progress, never, silent

if TYPE_CHECKING:
    from collector.config import Config
    from collector.ledger import Ledger
    from collector.mail.archive import Archive
    from collector.mail.local import LocalServer
    from collector.mail.smtp import SmtpMailer
    from collector.sheets.excel import ExcelWorkbook
    from collector.sheets.google.book import GoogleWorkbook

_TEMPLATE_SUFFIXES = (".j2", ".txt", ".html", ".css")
_FILE_SIZE = 5 << 20


def local_day(config: Config, now: datetime) -> date:
    """Return the day it is at a moment in the workbook's time zone."""
    return now.astimezone(ZoneInfo(config.timezone)).date()


@contextmanager
def open_job(
    config: Config,
    *,
    as_of: date | None,
    now: Callable[[], datetime],
    read_only: bool = False,
    progress: Progress = silent,
    stop: Callable[[], bool] = never,
    take_over: bool = False,
) -> Iterator[Job]:
    """Open a book with its ledger; ``read_only`` makes and changes nothing.

    ``now`` returns the aware present; without ``as_of`` the day is today in the book's time zone:
    that of the configuration, else the one that a shared sheet has itself. Secrets are looked up
    only for a run that may send.
    """
    workbook = _workbook_of(config)
    if as_of is None:
        config = _zoned(config, workbook)
    today = local_day(config, now())
    day = as_of or today
    policy = config.policy()
    if not read_only and policy.mode != "rehearse":
        config.mail_password()
        config.oauth()
    with open_books_ledger(config, read_only=read_only) as ledger:
        yield Job(
            workbook=workbook,
            ledger=ledger,
            policy=policy,
            sender=config.sender(),
            connect=lambda: mailer(config),
            as_of=day,
            now=now,
            today=day == today,
            archive=archive_of(config),
            templates=letter_templates(config.letters_folder),
            progress=progress,
            stop=stop,
            alerts_to=config.alerts.to,
            host=platform.node(),
            take_over=take_over,
            find_file=file_finder(config.attachments_folder),
        )


def in_its_zone(config: Config) -> Config:
    """Return a configuration that says the time zone of a shared sheet, where it said none.

    Raises WorkbookError for a sheet that cannot be read.
    """
    return _zoned(config, _workbook_of(config))


def _workbook_of(config: Config) -> ExcelWorkbook | GoogleWorkbook:
    from collector.sheets import open_workbook

    return open_workbook(
        config.workbook_address,
        backups=config.write.backups,
        credentials=config.google_credentials,
    )


def _zoned(config: Config, workbook: ExcelWorkbook | GoogleWorkbook) -> Config:
    if "timezone" in config.model_fields_set or not is_shared(config):
        return config
    zone = workbook.timezone
    known = zone in available_timezones()
    return config.model_copy(update={"timezone": zone if known else config.timezone})


def is_shared(config: Config) -> bool:
    """Tell whether the book is at Google, where who may edit it is for others to say."""
    from collector.sheets.google.address import is_address

    return is_address(config.workbook_address)


def open_books_ledger(config: Config, *, read_only: bool = False) -> Ledger:
    """Open the ledger of a configuration; a missing one is empty when nothing may be made."""
    from collector.ledger import open_ledger

    return open_ledger(config.ledger_url(), read_only=read_only)


def mailer(config: Config) -> SmtpMailer:
    """Return the mail server of a configuration, not yet connected."""
    from collector.mail.smtp import SmtpMailer

    mail = config.mail
    return SmtpMailer(
        mail.server or "",
        security=mail.security,
        user=mail.user,
        password=config.mail_password(),
        ca_file=str(config.ca_file) if config.ca_file else None,
        timeout=mail.timeout,
        pause=mail.pause,
        token=_tokens(config, mail.server or "", mail.user or ""),
        provider=mail.provider or "",
    )


def _tokens(config: Config, server: str, user: str) -> Callable[[], str] | None:
    """Return what fetches an access token for a login, None where a password does."""
    from collector.mail.tokens import Tokens

    found = config.oauth()
    if found is None:
        return None
    return Tokens(server, user, config.mail.timeout, **found).fetch


def archive_of(config: Config) -> Callable[[], Archive] | None:
    """Return what opens the mailbox where doubts are looked up, None where there is none.

    Its secret is looked up only then; that raises SecretMissingError.
    """
    imap = config.mail.imap
    if imap is None:
        return None

    def opened() -> Archive:
        from collector.mail.archive import Archive
        from collector.mail.session import Account

        ca_file = str(config.ca_file) if config.ca_file else None
        password, timeout = config.imap_password(), config.mail.timeout
        # A password of its own, or else the token that sends.
        token = None if password else _tokens(config, imap.server, imap.user)
        login = (imap.user, password, ca_file, timeout, token, config.mail.provider or "")
        account = Account(imap.server, imap.security, *login)
        return Archive(account, folder=imap.folder)

    return opened


def letter_templates(folder: Path | None) -> dict[str, str]:
    """Return the user's own letter templates by name, such as ``en/reminder_first.html.j2``.

    A file that is no UTF-8 text fails only the letters that use it. Raises TemplateError for a
    folder that is not there or a file that cannot be read.
    """
    if folder is None:
        return {}
    if not folder.is_dir():
        raise TemplateError(str(folder), "there is no such folder")
    paths = (p for p in sorted(folder.rglob("*")) if p.suffix in _TEMPLATE_SUFFIXES and p.is_file())
    return {path.relative_to(folder).as_posix(): _template(path) for path in paths}


def _template(path: Path) -> str:
    try:
        # Where a letter asks for it, what is left undecoded is found.
        return path.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise TemplateError(str(path), str(error)) from error


def file_finder(folder: Path | None) -> Callable[[str], Attachment]:
    """Return what reads a file that a row names, below a folder and nowhere else.

    It raises EnclosureError for a file that is not there, lies outside, is empty or too large.
    """
    from collector.worker.enclosures import no_folder

    return partial(_file_below, folder.resolve()) if folder else no_folder


def _file_below(folder: Path, name: str) -> Attachment:
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise EnclosureError(name, Phrase("file_outside"))
        if not path.is_file():
            raise EnclosureError(name, Phrase("file_missing"))
        if not path.stat().st_size:
            raise EnclosureError(name, Phrase("file_empty"))
        if path.stat().st_size > _FILE_SIZE:
            raise EnclosureError(name, Phrase("file_too_large", size=_FILE_SIZE >> 20))
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise EnclosureError(name, Phrase("file_unreadable", what=str(error))) from error
    kind, _ = guess_type(path.name)
    return Attachment(path.name, kind or "application/octet-stream", content)


def local_server(folder: Path) -> LocalServer:
    """Return a mail server on this machine that keeps every message as a file in a folder."""
    from collector.mail.local import LocalServer

    return LocalServer(folder)


def workbook(
    address: str, credentials: str | None = None, folder: Path = Path()
) -> ExcelWorkbook | GoogleWorkbook:
    """Open a workbook by its path or address, for looking at it.

    ``credentials`` is a reference such as ``file:service-account.json`` to a Google account's key,
    a path in it relative to ``folder``.
    Raises SecretMissingError when there is nothing where it points to.
    """
    from collector.config import resolve_secret
    from collector.sheets import open_workbook

    def secret() -> str | None:
        if credentials is None:
            return None
        return resolve_secret(credentials, key="google.credentials", folder=folder)

    return open_workbook(address, credentials=secret)


def starter(name: str) -> Path:
    """Return a file we ship: a starter workbook or the annotated config.yaml.

    In an installed wheel they lie beside the code, in a checkout at its top.
    """
    package = Path(__file__).parent
    top = package.parent
    places = (
        package / "starter" / name,
        top / "sheets_templates" / name,
        top / name,
    )
    return next(place for place in places if place.is_file())


def sending_to(job: Job, server: LocalServer) -> Job:
    """Return a job that really sends, to a mail server on this machine."""
    from collector.mail.smtp import SmtpMailer

    return replace(
        job,
        policy=replace(job.policy, mode="send"),
        connect=lambda: SmtpMailer(server.server, security="none"),
    )
