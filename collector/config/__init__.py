"""``config.yaml`` read into a Config; every mistake at once, each with its line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import PrivateAttr, ValidationError
from pydantic_core import PydanticCustomError

from collector.config.mistakes import mistakes
from collector.config.providers import TOKENS
from collector.config.schema import File, LadderStep, is_web
from collector.config.secrets import resolve_secret
from collector.config.source import Source, read_source
from collector.config.values import is_reference, ledger_address, split_sender
from collector.errors import UsageError
from collector.model import WEEKDAYS, Attachment, Bank, Policy, Sender, Step, TabHint
from collector.phrases import Phrase, say

__all__ = ["Config", "load_config", "resolve_secret"]


_LOGO_SIZE = 100 * 1024
# How the files of pictures that every mail program shows begin.
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class Config(File):
    """What the team decided. Paths in it are relative to ``folder``, the config file's own.

    Secrets are in it only as references, so it may be printed.
    """

    _folder: Path = PrivateAttr(default_factory=Path.cwd)

    @property
    def folder(self) -> Path:
        """The folder of the config file."""
        return self._folder

    @property
    def workbook_address(self) -> str:
        """The workbook's absolute path, or its Google Sheets address."""
        return self.workbook if is_web(self.workbook) else str(self._path(self.workbook))

    @property
    def letters_folder(self) -> Path | None:
        """The folder of the user's own letter templates."""
        return self._path(self.letters.folder) if self.letters.folder else None

    @property
    def attachments_folder(self) -> Path | None:
        """The folder of the files that rows name to go with their letters."""
        return self._path(self.letters.attachments) if self.letters.attachments else None

    @property
    def ca_file(self) -> Path | None:
        """The file of an extra certificate authority for the mail server."""
        return self._path(self.mail.ca_file) if self.mail.ca_file else None

    def ledger_url(self) -> str:
        """Return the ledger's address, a SQLite file as an absolute path.

        Raises SecretMissingError, or UsageError when what a reference points to is no address.
        """
        url = self.ledger
        if is_reference(url):
            url = resolve_secret(url, key="ledger", folder=self.folder)
        try:
            scheme, _, path = ledger_address(url).partition(":///")
        except PydanticCustomError:
            raise UsageError(f"ledger: {say(self.language, 'config_ledger')}") from None
        return f"{scheme}:///{self._path(path)}" if scheme == "sqlite" else url

    def mail_password(self) -> str | None:
        """Return the password of the mail server's user; raises SecretMissingError."""
        return self._secret("mail.password", self.mail.password, self.mail.user)

    def imap_password(self) -> str | None:
        """Return the password of the mailbox where doubts are looked up."""
        imap = self.mail.imap
        return self._secret("mail.imap.password", imap.password, imap.user) if imap else None

    def oauth(self) -> dict[str, str] | None:
        """Return how to have an access token, by key, secrets resolved; None for a password.

        Raises SecretMissingError.
        """
        oauth = self.mail.oauth
        if oauth is None:
            return None
        url, scope = TOKENS.get(self.mail.provider or "", ("", ""))
        found = {
            "command": oauth.token_command,
            "url": oauth.token_url or url,
            "client_id": oauth.client_id,
            "client_secret": self._oauth_secret("client_secret", oauth.client_secret),
            "refresh_token": self._oauth_secret("refresh_token", oauth.refresh_token),
            "scope": oauth.scope or scope,
        }
        return {name: value for name, value in found.items() if value}

    def _oauth_secret(self, name: str, reference: str | None) -> str | None:
        return self._secret(f"mail.oauth.{name}", reference, self.mail.user)

    def google_credentials(self) -> str | None:
        """Return the JSON of the Google credentials."""
        return self._secret("google.credentials", self.google.credentials, None)

    def policy(self) -> Policy:
        """Return what the rules and the plan are told."""
        reminders, aging, write = self.reminders, self.aging, self.write
        return Policy(
            book=self.book,
            currency=self.currency,
            language=self.language,
            timezone=self.timezone,
            date_order=self.date_order,
            tabs=self._hints(),
            columns=write.columns,
            headings=write.headings,
            highlight=write.highlight,
            log=write.log,
            write_customers=write.customers,
            edges=aging.edges,
            due_soon_days=aging.due_soon_days,
            tolerance=aging.tolerance,
            steps=tuple(map(_step, reminders.steps)),
            gap_days=reminders.gap_days,
            max_per_week=reminders.max_per_week,
            minimum=reminders.minimum,
            repeat_days=reminders.repeat_days,
            max_repeats=reminders.max_repeats,
            holidays=reminders.holidays,
            send_between=reminders.send_between,
            statement_day=self.statements.day,
            attach=self.statements.attach,
            watch_utilisation=self.credit.watch_utilisation,
            stop_days=self.credit.stop_days,
            targets=self.report.targets,
            provision=self.report.provision,
            mode=self.mail.mode,
            max_per_run=self.mail.max_per_run,
            max_per_day=self.mail.max_per_day,
            allow_domains=self.mail.allow_domains,
            deny_domains=self.mail.deny_domains,
            approve_above=self.approval.above,
            approve_first=self.approval.first_message,
            interest_rate=self.interest.rate,
            interest_grace=self.interest.grace,
            statement_from=self.statements.from_step or "",
            thanks=self.letters.thanks,
            promise_broken=self.letters.promise_broken,
            instalment_due=self.letters.instalment_due,
            digest_owners=self.digests.owners,
            digest_management=self.digests.management,
            digest_weekday=WEEKDAYS.index(self.digests.weekday),
            warn_index_fall=self.warnings.index_fall,
            warn_utilisation=self.warnings.utilisation,
            warn_on_time=self.warnings.on_time,
            warn_promises=self.warnings.promises,
            warn_concentration=self.warnings.concentration,
        )

    def sender(self) -> Sender:
        """Return who the letters are from; rehearsals need no ``mail.from`` and show a stand-in."""
        name, address = split_sender(self.mail.from_ or "accounts@localhost")
        return Sender(
            name=name,
            address=address,
            reply_to=self.mail.reply_to or "",
            archive=self.mail.archive or "",
            company=self.letters.company or name,
            redirect_to=self.mail.redirect_to or "",
            bank=self._bank(),
            accent=self.letters.accent or "",
            logo=self._logo(),
        )

    def _bank(self) -> Bank | None:
        bank = self.letters.bank
        if bank is None:
            return None
        return Bank(**{name: value or "" for name, value in bank.model_dump().items()})

    def _logo(self) -> Attachment | None:
        """Return the logo's picture; raises UsageError for what no mail program shows."""
        if self.letters.logo is None:
            return None
        path = self._path(self.letters.logo)
        try:
            content = path.read_bytes() if path.stat().st_size <= _LOGO_SIZE else b""
        except OSError as error:
            raise UsageError(Phrase("logo_unreadable", path=path, what=error.strerror)) from None
        kind = next((kind for start, kind in _PICTURES.items() if content.startswith(start)), "")
        if not kind:
            raise UsageError(Phrase("logo_unusable", path=path, size=_LOGO_SIZE // 1024))
        return Attachment(f"logo.{kind.rpartition('/')[2]}", kind, content)

    def _hints(self) -> Mapping[str, TabHint]:
        return {name: TabHint(**tab.model_dump()) for name, tab in self.tabs if tab is not None}

    def _path(self, path: str) -> Path:
        return self._folder / Path(path).expanduser()

    def _secret(self, key: str, reference: str | None, user: str | None) -> str | None:
        if reference is None:
            return None
        return resolve_secret(reference, key=key, folder=self.folder, user=user)


def _step(step: LadderStep) -> Step:
    sender = split_sender(step.from_) if step.from_ else ("", "")
    return Step(step.name, step.after, step.approve, step.cc, step.fee, sender)


def load_config(path: Path, language: str = "en") -> Config:
    """Read a configuration file.

    Raises ConfigMissingError, and ConfigError with every mistake, each with its line, said in
    ``language``. No secret is looked up and none is shown.
    """
    source = read_source(path, language)
    config = _checked(source)
    config._folder = path.absolute().parent
    return config


def _checked(source: Source) -> Config:
    found = list(source.mistakes)
    try:
        config = Config.model_validate(source.values)
    except ValidationError as error:
        found += [m for m in mistakes(error, Config) if not source.unread(m.address)]
    if found:
        raise source.error(found)
    return config
