"""Connect to a mail server, verify it and log in; say what is wrong in words."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any, Final, Literal, TypeAlias
from urllib.parse import urlsplit

from collector.errors import (
    MailCertificateError,
    MailError,
    MailLoginError,
    MailServerError,
    UsageError,
)
from collector.mail.providers import login_hint
from collector.mail.replies import Session, TlsSession
from collector.phrases import Phrase

Security: TypeAlias = Literal["tls", "starttls", "none"]

ANSWER_LENGTH: Final = 300
GOES_AWAY: Final = 421

# OpenSSL's reasons (X509_V_ERR_…) for not trusting a certificate.
CERTIFICATE_REASONS: Final = {
    9: "certificate_early",
    10: "certificate_expired",
    18: "certificate_self_signed",
    19: "certificate_self_signed",
    20: "certificate_self_signed",
    21: "certificate_self_signed",
    62: "certificate_name",
    64: "certificate_name",
}


@dataclass(frozen=True, slots=True)
class Account:
    """Where and as whom to connect; ``user`` None means no login. Raises UsageError.

    ``timeout`` is in seconds, for connecting and for each answer. ``ca_file`` names an authority
    that is trusted besides those of the system. ``token`` returns an access token to log in with
    instead of a password (XOAUTH2). ``provider`` is what the configuration calls who runs it.
    """

    server: str
    security: Security
    user: str | None
    password: str | None = field(repr=False)
    ca_file: str | None
    timeout: float
    token: Callable[[], str] | None = field(default=None, repr=False)
    provider: str = ""

    def __post_init__(self) -> None:
        host, _port = self.address
        if self.security == "none" and not _is_loopback(host):
            raise UsageError(Phrase("mail_plain", server=self.server))

    @property
    def address(self) -> tuple[str, int]:
        """The host and port of ``server``."""
        try:
            parts = urlsplit(f"//{self.server}")
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if not host or not port or parts.netloc != self.server or "@" in self.server:
            raise UsageError(Phrase("mail_address_of_server", server=self.server))
        return host, port

    @property
    def hint(self) -> Phrase:
        """What to do when the login is refused."""
        return login_hint(self.address[0], self.provider)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def connect(account: Account) -> smtplib.SMTP:
    """Return a session that is open, verified and logged in.

    Raises MailServerError, MailCertificateError or MailLoginError.
    """
    check_login(account)
    client = _client(account)
    try:
        client.login()
        client.smtp.ehlo_or_helo_if_needed()
        _log_in_by_token(client.smtp, account)
    except OSError as exc:
        raise _why(account, exc, client.smtp) from exc
    except BaseException:
        _shut(client.smtp)
        raise
    finally:
        # From here on the session is ours; yagmail's finaliser would talk to a dead server.
        client.is_closed = True
    session: smtplib.SMTP = client.smtp
    if session.sock is not None:
        # The final dot is a small packet of its own; held back, it would cost 40 ms a message
        # and leave a killed run in doubt that much more often.
        session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return session


def _client(account: Account) -> Any:
    """Return yagmail's client for an account, not connected yet."""
    host, port = account.address
    context = tls_context(account)
    tls = account.security == "tls"
    client = _client_class()(
        # Without a user yagmail looks for one in ~/.yagmail, and without a password in the
        # keyring and then at the terminal; none of it may happen.
        user=account.user or "",
        password=account.password,
        smtp_skip_login=not account.user or account.token is not None,
        host=host,
        port=port,
        smtp_ssl=tls,
        smtp_starttls={"context": context} if account.security == "starttls" else False,
        soft_email_validation=False,
        timeout=account.timeout,
        **({"context": context} if tls else {}),
    )
    client.set_logging(None)
    # It turns a login name without an @ into one at gmail.com.
    client.user = account.user or ""
    return client


def _client_class() -> Any:
    """Return yagmail's client, on sessions of our own."""
    import yagmail

    class Client(yagmail.SMTP):  # type: ignore[misc]
        @property
        def connection(self) -> type[smtplib.SMTP]:
            return TlsSession if self.ssl else Session

    return Client


def _log_in_by_token(session: smtplib.SMTP, account: Account) -> None:
    if account.user and account.token is not None:
        said = bearer(account.user, account.token())
        # A server that refuses says why in a challenge, and waits for an empty answer to it.
        session.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")


def bearer(user: str, token: str) -> str:
    """Return what XOAUTH2 says for a user with an access token."""
    return f"user={user}\1auth=Bearer {token}\1\1"


def check_login(account: Account) -> None:
    """Raise MailLoginError for what no server can be given."""
    if not account.user:
        return
    if not account.password and account.token is None:
        raise MailLoginError(account.server, account.user, Phrase("mail_no_password"))
    if not (account.user + (account.password or "")).isascii():
        # smtplib fails on them with an error that carries the password.
        raise MailLoginError(account.server, account.user, Phrase("mail_password_letters"))


def tls_context(account: Account) -> ssl.SSLContext:
    """Return what verifies the server: the system's authorities, and ``ca_file`` besides."""
    context = ssl.create_default_context()
    if account.ca_file:
        try:
            context.load_verify_locations(account.ca_file)
        except OSError as exc:
            what = exc.strerror or str(exc)
            reason = Phrase("certificate_ca_file", path=account.ca_file, what=what)
            raise MailCertificateError(account.server, reason) from exc
    return context


def _shut(session: smtplib.SMTP | None) -> None:
    if session is not None:
        session.close()


def _why(account: Account, exc: OSError, session: smtplib.SMTP | None) -> MailError:
    encrypted = session is not None and isinstance(session.sock, ssl.SSLSocket)
    _shut(session)
    if isinstance(exc, ssl.SSLCertVerificationError):
        return MailCertificateError(account.server, distrust(exc))
    if isinstance(exc, ssl.SSLError):
        return MailServerError(account.server, Phrase("mail_no_tls", answer=exc.reason or exc))
    if isinstance(exc, smtplib.SMTPResponseException) and exc.smtp_code == GOES_AWAY:
        return MailServerError(account.server, trouble(exc, account.timeout))
    if isinstance(exc, smtplib.SMTPAuthenticationError):
        said = answer(exc.smtp_code, exc.smtp_error).replace(account.password or "\0", "…")
        return MailLoginError(account.server, account.user or "", said, account.hint)
    unsupported = isinstance(exc, smtplib.SMTPNotSupportedError)
    if unsupported and account.security == "starttls" and not encrypted:
        return MailServerError(account.server, Phrase("mail_no_tls", answer=exc.args[-1]))
    if unsupported or type(exc) is smtplib.SMTPException:
        return MailLoginError(account.server, account.user or "", Phrase("mail_no_auth"))
    return MailServerError(account.server, trouble(exc, account.timeout))


def distrust(exc: ssl.SSLCertVerificationError) -> Phrase:
    """Return why a certificate is not trusted."""
    key = CERTIFICATE_REASONS.get(exc.verify_code)
    return Phrase(key) if key else Phrase("mail_other", what=exc.verify_message)


def answer(code: int | str, text: bytes | str) -> str:
    """Return a server's answer on one line, fit to be shown and stored."""
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    printable = re.sub(r"[\x00-\x20\x7f-\x9f]+", " ", said)
    return f"{code} {printable}".strip()[:ANSWER_LENGTH]


def trouble(exc: BaseException, timeout: float) -> Phrase:
    """Return why a connection could not be made or went on no longer."""
    # smtplib hides the timeout behind "connection unexpectedly closed".
    if isinstance(exc, TimeoutError) or isinstance(exc.__context__, TimeoutError):
        return Phrase("mail_silent", seconds=f"{timeout:g}")
    if isinstance(exc, smtplib.SMTPResponseException):
        said = answer(exc.smtp_code, exc.smtp_error)
        return Phrase("mail_goes_away" if exc.smtp_code >= 400 else "mail_nonsense", answer=said)
    if isinstance(exc, socket.gaierror):
        return Phrase("mail_unknown_host")
    if isinstance(exc, ConnectionRefusedError):
        return Phrase("mail_nobody")
    if isinstance(exc, (smtplib.SMTPServerDisconnected, ConnectionError, ssl.SSLError)):
        return Phrase("mail_dropped")
    what = (exc.strerror if isinstance(exc, OSError) else None) or str(exc)
    return Phrase("mail_other", what=what)
