"""The mailbox that gets a copy of everything: what is in doubt and lies there was delivered."""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from collector.errors import MailCertificateError, MailLoginError, MailServerError
from collector.mail.session import Account, answer, check_login, distrust, tls_context, trouble
from collector.phrases import Phrase

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

# Some servers search headers badly, or not at all; the newest messages are then looked through.
NEWEST: Final = 500
# Outlook gives a message an id of its own and keeps ours beside it.
NAMES: Final = ("message-id", "x-microsoft-original-message-id")
GOODBYE_SECONDS: Final = 5.0


class Archive:
    """A mailbox on an IMAP server, connected to for each question and never changed by it.

    Asking raises MailServerError, MailCertificateError or MailLoginError.
    """

    def __init__(self, account: Account, *, folder: str = "INBOX") -> None:
        self._account, self._folder = account, folder

    def find(self, message_ids: Iterable[str]) -> frozenset[str]:
        """Return which of these Message-IDs (``<…>``) are there."""
        wanted = frozenset(message_ids)
        with _told(self._account), self._opened() as mailbox:
            found = frozenset(each for each in wanted if each in _searched(mailbox, each))
            return found if found == wanted else found | (wanted & _newest(mailbox))

    def check(self) -> None:
        """Connect, verify the certificate, log in and open the folder."""
        self.find(())

    @contextmanager
    def _opened(self) -> Iterator[BaseMailBox]:
        check_login(self._account)
        mailbox = _connected(self._account)
        try:
            _log_in(mailbox, self._account)
            _introduce(mailbox)
            mailbox.folder.set(self._folder, readonly=True)
            yield mailbox
        finally:
            with suppress(OSError, mailbox.client.error):
                mailbox.client.sock.settimeout(min(self._account.timeout, GOODBYE_SECONDS))
                mailbox.client.logout()


def _connected(account: Account) -> BaseMailBox:
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    host, port = account.address
    if account.security == "none":
        return MailBoxUnencrypted(host, port, account.timeout)
    context = tls_context(account)
    kind = MailBox if account.security == "tls" else MailBoxStartTls
    return kind(host, port, timeout=account.timeout, ssl_context=context)


def _log_in(mailbox: BaseMailBox, account: Account) -> None:
    from imap_tools import MailboxLoginError

    user = account.user or ""
    try:
        if account.token is not None:
            mailbox.xoauth2(user, account.token(), initial_folder=None)
        else:
            mailbox.login(user, account.password or "", initial_folder=None)
    except mailbox.client.abort:
        raise
    except (MailboxLoginError, mailbox.client.error) as exc:
        said = _last_words(exc).replace(account.password or "\0", "…")
        raise MailLoginError(account.server, user, said, account.hint) from exc


def _introduce(mailbox: BaseMailBox) -> None:
    """Say who we are where one may: some servers open no folder to a stranger."""
    if "ID" in mailbox.client.capabilities:
        mailbox.client.xatom("ID", '("name" "Collector")')


def _searched(mailbox: BaseMailBox, message_id: str) -> frozenset[str]:
    from imap_tools import AND, H

    return _ids(mailbox, str(AND(header=H("Message-ID", message_id))))


def _newest(mailbox: BaseMailBox) -> frozenset[str]:
    return _ids(mailbox, "ALL")


def _ids(mailbox: BaseMailBox, criteria: str) -> frozenset[str]:
    """Return the Message-IDs, as they stand there, of the newest messages that fit."""
    found = mailbox.fetch(
        criteria,
        charset=None,
        limit=NEWEST,
        reverse=True,
        headers_only=True,
        mark_seen=False,
        bulk=True,
    )
    headers: Iterable[Mapping[str, tuple[str, ...]]] = (each.headers for each in found)
    return frozenset(
        written.strip() for each in headers for name in NAMES for written in each.get(name, ())
    )


@contextmanager
def _told(account: Account) -> Iterator[None]:
    """Turn whatever goes wrong with the server into an error with a sentence."""
    import imaplib

    from imap_tools import ImapToolsError

    try:
        yield
    except ssl.SSLCertVerificationError as exc:
        raise MailCertificateError(account.server, distrust(exc)) from exc
    except ssl.SSLError as exc:
        what = Phrase("mail_no_tls", answer=exc.reason or exc)
        raise MailServerError(account.server, what) from exc
    except OSError as exc:
        raise MailServerError(account.server, trouble(exc, account.timeout)) from exc
    except imaplib.IMAP4.abort as exc:
        raise MailServerError(account.server, Phrase("mail_dropped")) from exc
    except (ImapToolsError, imaplib.IMAP4.error) as exc:
        what = Phrase("mail_other", what=_last_words(exc))
        raise MailServerError(account.server, what) from exc


def _last_words(exc: Exception) -> str:
    """Return what the server said, without how the library wraps it."""
    result = getattr(exc, "command_result", None)
    said = result[-1][-1] if result and result[-1] else str(exc)
    text = said if isinstance(said, bytes | str) else str(said)
    return answer("", text).rstrip(".")
