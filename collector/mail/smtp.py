"""Deliver a message once: everything up to the final dot, a pause to note it, then the dot."""

from __future__ import annotations

import re
import selectors
import smtplib
import ssl
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

from collector.errors import (
    MailError,
    MailServerError,
    MessageInDoubtError,
    MessageRefusedError,
)
from collector.mail.session import GOES_AWAY, Account, Security, answer, connect, trouble
from collector.model import Message
from collector.phrases import Phrase

# The socket's timeout holds for one call, so a large message goes in pieces.
PIECE: Final = 65536
GOODBYE_SECONDS: Final = 5.0

# What may stand between < and > in MAIL and RCPT: nothing that could end the line, the address
# or start another one. Whether an address is a good one is decided long before.
_ADDRESS: Final = re.compile(r'[^\s\x00-\x1f\x7f<>@,;:"()\[\]\\]+@[^\s\x00-\x1f\x7f<>@,;:"()\\]+')
_NOT_WIRE: Final = re.compile(rb"\r(?!\n)|(?<!\r)\n|[\x00\x80-\xff]")
_LEADING_DOT: Final = re.compile(rb"^\.", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A command, what a refusal of it is about, and the first digit of the answer it wants."""

    about: str
    command: str
    wanted: int = 2


class SmtpMailer:
    """One connection for a whole run; entering it connects, verifies the server and logs in.

    Entering and delivering raise MailServerError, MailCertificateError or MailLoginError when the
    server cannot be used; a message under way then was certainly not delivered.
    """

    def __init__(
        self,
        server: str,
        *,
        security: Security = "tls",
        user: str | None = None,
        password: str | None = None,
        ca_file: str | None = None,
        timeout: float = 30,
        pause: float = 0,
        token: Callable[[], str] | None = None,
        provider: str = "",
    ) -> None:
        login = (user, password, ca_file, timeout, token, provider)
        self._account = Account(server, security, *login)
        self._pause = pause
        self._session: smtplib.SMTP | None = None
        self._used = False
        self._writing = False
        self._tried = False

    def __enter__(self) -> Self:
        self.reconnect()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def usable(self) -> bool:
        """Whether the connection is open as far as we know; ``deliver`` opens it again if not."""
        return self._session is not None

    def reconnect(self) -> None:
        """Connect and log in, afresh if there was a connection before."""
        self._drop()
        self._session = connect(self._account)
        self._used = False

    def close(self) -> None:
        """Say goodbye if anybody listens, and let go of the connection."""
        session = self._session
        if session is not None and session.sock is not None:
            session.timeout = min(self._account.timeout, GOODBYE_SECONDS)
            session.sock.settimeout(session.timeout)
            with suppress(OSError):
                session.docmd("QUIT")
        self._drop()

    def _drop(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()

    def deliver(self, message: Message, *, dotting: Callable[[], None]) -> str:
        """Hand a message over and return the server's answer to it.

        ``dotting`` is called when all but the final dot is sent: it notes that from then on the
        message may have been delivered. If it raises, the dot is never sent. Raises
        MessageRefusedError (certainly not delivered; the connection goes on where it can),
        MessageInDoubtError (nobody knows), or a MailError of the server (certainly not delivered).
        """
        content = _on_the_wire(message)
        if self._tried and self._pause:
            time.sleep(self._pause)
        try:
            self._envelope(message, len(content))
            self._pour(message, content)
            dotting()
            return self._dot(message)
        except MessageRefusedError:
            raise
        except BaseException:
            # Whatever it was, closing without the dot leaves nothing half said.
            self._drop()
            raise
        finally:
            self._tried = True

    # ── up to the dot: nothing is delivered ──────────────────────────────────────────────────

    def _envelope(self, message: Message, size: int) -> None:
        if self._session is not None and self._used and _has_something(self._session):
            # Nobody asked: it is about to hang up, or what it says next belongs to what was before.
            self._drop()
        if self._session is None:
            self.reconnect()
        before = self._used
        self._used = False
        try:
            self._introduce(message, size)
        except MailServerError:
            # A server may end a session between two messages (too long idle, enough messages);
            # that says nothing about the next one.
            if self._used or not before:
                raise
            self.reconnect()
            self._introduce(message, size)
        finally:
            self._used = self._session is not None

    def _introduce(self, message: Message, size: int) -> None:
        """Say who writes to whom, and be let in to write; ``_used`` once there was an answer.

        Where the server takes it, all is said at once: one wait instead of one for each line.
        """
        session = self._open()
        asked = [
            _Asked(message.sender, f"MAIL FROM:<{message.sender}>{self._options(message, size)}"),
            *(_Asked(to, f"RCPT TO:<{to}>") for to in dict.fromkeys(message.recipients)),
            _Asked("DATA", "DATA", wanted=3),
        ]
        at_once = session.has_extn("pipelining")
        for part in [asked] if at_once else [[each] for each in asked]:
            self._say(part)
            self._heed(message, self._refusals(part))

    def _options(self, message: Message, size: int) -> str:
        session = self._open()
        options = f" SIZE={size}" if session.has_extn("size") else ""
        beyond = [a for a in (message.sender, *message.recipients) if not a.isascii()]
        if beyond and not session.has_extn("smtputf8"):
            said = Phrase("address_needs_utf8", address=beyond[0])
            raise MessageRefusedError(message.customer_name, said)
        return options + (" SMTPUTF8" if beyond else "")

    def _say(self, asked: Sequence[_Asked]) -> None:
        sock = self._open().sock
        try:
            if sock is None:
                raise smtplib.SMTPServerDisconnected
            sock.sendall("".join(f"{each.command}\r\n" for each in asked).encode())
        except OSError as exc:
            raise self._gone(trouble(exc, self._account.timeout)) from exc

    def _refusals(self, asked: Sequence[_Asked]) -> list[str]:
        """Return what the server refuses, in order; it may hang up after a refusal."""
        refusals: list[str] = []
        for each in asked:
            try:
                said = self._hear(each)
            except MailServerError:
                if not refusals:
                    raise
                break
            refusals += [said] if said else []
        return refusals

    def _hear(self, asked: _Asked) -> str:
        """Return why the server refuses what it was asked, '' where it does not."""
        try:
            code, text = self._open().getreply()
        except OSError as exc:
            raise self._gone(trouble(exc, self._account.timeout)) from exc
        said = answer(code, text)
        if code // 100 != asked.wanted and not _refuses(code):
            raise self._gone(_not_understood(code, said))
        self._used = True
        self._writing = (asked.wanted, code // 100) == (3, 3)
        return "" if code // 100 == asked.wanted else f"{asked.about}: {said}"

    def _heed(self, message: Message, refusals: Sequence[str]) -> None:
        """Take back everything where anything was refused; the first refusal is the reason."""
        if not refusals:
            return
        if self._writing:
            # It let us in to write to some of them, and there is no other way out.
            self._drop()
        elif self._session is not None:
            self._reset()
        raise MessageRefusedError(message.customer_name, refusals[0])

    def _reset(self) -> None:
        with suppress(OSError):
            code, _text = self._open().docmd("RSET")
            if code == 250:
                return
        self._drop()

    def _pour(self, message: Message, content: bytes) -> None:
        session, view = self._open(), memoryview(content)
        assert session.sock is not None
        try:
            for start in range(0, len(view), PIECE):
                session.sock.sendall(view[start : start + PIECE])
        except OSError as exc:
            raise self._cut_short(message, session, exc) from exc
        # A server that speaks or hangs up before the dot has made up its mind: noticing it here
        # saves a doubt.
        if _has_something(session):
            raise self._cut_short(message, session, None)

    def _cut_short(self, message: Message, session: smtplib.SMTP, exc: OSError | None) -> MailError:
        silent = isinstance(exc, TimeoutError)
        if silent or not _has_something(session):
            what = trouble(exc, self._account.timeout) if exc else Phrase("mail_dropped")
            return self._gone(what)
        try:
            code, text = session.getreply()
        except OSError as closed:
            return self._gone(trouble(closed, self._account.timeout))
        said = answer(code, text)
        if not _refuses(code):
            return self._gone(_not_understood(code, said))
        self._drop()
        return MessageRefusedError(message.customer_name, said)

    # ── the dot, and after it ────────────────────────────────────────────────────────────────

    def _dot(self, message: Message) -> str:
        session = self._open()
        assert session.sock is not None
        try:
            session.sock.sendall(b".\r\n")
            code, text = session.getreply()
        except OSError as exc:
            what = trouble(exc, self._account.timeout)
            raise MessageInDoubtError(message.customer_name, what) from exc
        said = answer(code, text)
        if 250 <= code <= 259:
            return said
        if _refuses(code):
            raise MessageRefusedError(message.customer_name, said)
        raise MessageInDoubtError(message.customer_name, _not_understood(code, said))

    def _open(self) -> smtplib.SMTP:
        if self._session is None:
            raise self._gone(Phrase("mail_dropped"))
        return self._session

    def _gone(self, what: str) -> MailServerError:
        self._drop()
        return MailServerError(self._account.server, what)


def _refuses(code: int) -> bool:
    return 400 <= code <= 599 and code != GOES_AWAY


def _not_understood(code: int, said: str) -> Phrase:
    return Phrase("mail_goes_away" if code == GOES_AWAY else "mail_nonsense", answer=said)


def _has_something(session: smtplib.SMTP) -> bool:
    """Say, without waiting, whether the server has spoken or hung up."""
    sock = session.sock
    if sock is None or session.file is None:
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_READ)
        ready = bool(selector.select(0))
    patience = sock.gettimeout()
    sock.settimeout(0)
    try:
        spoken = bool(session.file.peek(1))
    except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
        # Bytes came that were TLS's own business, such as a session ticket.
        return False
    except OSError:
        return True
    finally:
        sock.settimeout(patience)
    # Nothing to peek at: the end of the stream if the socket was ready, silence if it was not.
    return spoken or ready or isinstance(sock, ssl.SSLSocket)


def _on_the_wire(message: Message) -> bytes:
    """Return a message's bytes as DATA takes them, without the final dot; refuse unsafe ones."""
    if not message.recipients:
        raise MessageRefusedError(message.customer_name, Phrase("address_none"))
    for address in (message.sender, *message.recipients):
        if not _ADDRESS.fullmatch(address):
            said = Phrase("address_unsafe", address=ascii(address))
            raise MessageRefusedError(message.customer_name, said)
    if _NOT_WIRE.search(message.content):
        # A bare CR or LF means different ends of message to different servers.
        raise MessageRefusedError(message.customer_name, Phrase("content_unsafe"))
    stuffed = _LEADING_DOT.sub(b"..", message.content)
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
