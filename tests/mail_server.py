"""Mail servers on loopback for tests: a real one, and one that fails at a moment of our choice."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from collector.mail.local import listening

# ── a real server ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Received:
    """One message that the server has taken, with its envelope."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def parsed(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)


class MailServer:
    """Takes mail by aiosmtpd and remembers it, in order.

    ``replies`` answers a verb (MAIL, RCPT, DATA) or one recipient's address with something else
    than 250; it may be changed while the server runs. ``login`` demands a user and a password.
    ``holding`` says what to do while the server has its nth message and has not answered yet.
    """

    def __init__(
        self,
        *,
        replies: Mapping[str, str] | None = None,
        login: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        starttls: ssl.SSLContext | None = None,
        port: int = 0,
        **options: Any,
    ) -> None:
        self.replies = dict(replies or {})
        self.received: list[Received] = []
        self.holding: dict[int, Callable[[], None]] = {}
        self.sessions = 0
        self._login = login
        self._tls = tls
        self._options: dict[str, Any] = {"enable_SMTPUTF8": True, "hostname": "localhost"} | options
        self._options |= {"tls_context": starttls, "require_starttls": starttls is not None}
        self._running = ExitStack()
        self.port = port

    def __enter__(self) -> Self:
        self.port = self._running.enter_context(listening(self._protocol, self._tls, self.port))
        return self

    def __exit__(self, *_exc: object) -> None:
        self._running.close()

    @property
    def server(self) -> str:
        return f"localhost:{self.port}"

    def _protocol(self) -> SMTP:
        self.sessions += 1
        if self._login is not None:
            # aiosmtpd does not count TLS from the first byte as TLS.
            self._options |= {"authenticator": self._authenticate, "auth_require_tls": False}
        return SMTP(self, **self._options)

    def _authenticate(self, _s: Any, _x: Any, _e: Any, _how: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        assert self._login is not None
        fits = (given.login.decode(), given.password.decode()) == self._login
        return AuthResult(success=fits, handled=False)

    async def handle_MAIL(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if "MAIL" in self.replies:
            return self.replies["MAIL"]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 ok"

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        answer = self.replies.get(address) or self.replies.get("RCPT") or "250 ok"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.replies.get("DATA", f"250 queued as {len(self.received) + 1}")
        if answer.startswith("2"):
            recipients = tuple(envelope.rcpt_tos)
            taken = Received(envelope.mail_from, recipients, envelope.original_content)
            self.received.append(taken)
            self.holding.get(len(self.received), lambda: None)()
        return answer


# ── a server that fails ──────────────────────────────────────────────────────────────────────

DROP = object()
SILENCE = object()


class Raw(bytes):
    """These bytes and no more, then the connection is dropped."""


class Slow(tuple[bytes, ...]):
    """These bytes one after the other, a moment apart."""

    MOMENT = 0.12

    def __new__(cls, *pieces: bytes) -> Self:
        return super().__new__(cls, pieces)


@dataclass
class FaultyServer:
    """Speaks SMTP over a bare socket, but does as ``script`` says at one moment or several.

    Moments: connect, EHLO, STARTTLS, AUTH, MAIL, RCPT (or ``RCPT address``), DATA, body (after the
    first bytes of it), dot, RSET, QUIT. Actions: an answer, DROP, SILENCE (until the server ends),
    Raw or Slow bytes. A list gives the actions of the first times; afterwards all is well.
    """

    script: Mapping[str, Any] = field(default_factory=dict)
    features: Sequence[str] = ()
    commands: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    unfinished: list[bytes] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._start(self._accept)
        return self

    def __exit__(self, *_exc: object) -> None:
        self._ended.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    @property
    def server(self) -> str:
        return f"localhost:{self._listener.getsockname()[1]}"

    def _start(self, target: Any, *args: Any) -> None:
        self._threads.append(threading.Thread(target=target, args=args, daemon=True))
        self._threads[-1].start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                self._start(self._serve, self._listener.accept()[0])

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as lines, suppress(OSError, _Dropped):
            self._answer(connection, "connect", "220 faulty ready")
            while line := lines.readline():
                self._command(connection, lines, line.decode().strip())

    def _command(self, connection: socket.socket, lines: Any, line: str) -> None:
        verb = moment = line.split(maxsplit=1)[0].upper()
        self.commands.append(verb + line[len(verb) :])
        if verb == "RCPT" and f"RCPT {line[9:-1]}" in self.script:
            moment = f"RCPT {line[9:-1]}"
        usual = {"DATA": "354 go on", "QUIT": "221 bye", "AUTH": "235 in"}.get(verb, "250 ok")
        if verb == "EHLO":
            *first, last = ("faulty", *self.features)
            usual = "\r\n".join([*(f"250-{each}" for each in first), f"250 {last}"])
        answer = self._answer(connection, moment, usual)
        if verb == "DATA" and "354" in answer:
            self._body(connection, lines)

    def _body(self, connection: socket.socket, lines: Any) -> None:
        body: list[bytes] = []
        if "body" in self.script:
            body.append(lines.readline())
            self.unfinished.append(b"".join(body))
            self._answer(connection, "body", "")
        while (line := lines.readline()) != b".\r\n":
            if not line:
                self.unfinished.append(b"".join(body))
                raise _Dropped
            body.append(line)
        self.bodies.append(b"".join(body))
        self._answer(connection, "dot", "250 taken")

    def _answer(self, connection: socket.socket, moment: str, usual: str) -> str:
        action = self.script.get(moment, usual)
        if isinstance(action, list):
            action = action.pop(0) if action else usual
        if action is SILENCE:
            self._ended.wait()
            raise _Dropped
        if action is DROP:
            # A reset, as from a process that was killed with something unread.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            raise _Dropped
        if isinstance(action, Slow):
            for piece in action:
                connection.sendall(piece)
                self._ended.wait(action.MOMENT)
            return "250"
        if isinstance(action, Raw):
            connection.sendall(action)
            raise _Dropped
        if action:
            connection.sendall(f"{action}\r\n".encode())
        if str(action).startswith("421"):
            raise _Dropped
        return str(action)


class _Dropped(Exception):  # noqa: N818
    pass


# ── certificates ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Authority:
    """A certificate authority of our own; ``ca_file`` is its certificate."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    ca_file: str


def authority(folder: Path) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate("Test authority", key, None, timedelta(days=2))
    path = folder / "ca.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(folder, key, certificate, str(path))


def server_context(
    signed_by: Authority | None, folder: Path, *, name: str = "localhost", days: int = 2
) -> ssl.SSLContext:
    """Return what a server shows; self-signed without an authority, expired with ``days`` < 0."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate(name, key, signed_by, timedelta(days=days))
    path = folder / f"{name}{days}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, by: Authority | None, lasts: timedelta
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = by.certificate.subject if by else subject
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=10))
        .not_valid_after(now + lasts)
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name.replace(" ", "-"))]), critical=False
        )
    )
    # Since Python 3.13 a certificate without these is not trusted.
    signer = by.key if by else key
    of_signer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    builder = builder.add_extension(of_signer, critical=False)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = builder.add_extension(own, critical=False)
    names = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "encipher_only", "decipher_only")  # fmt: skip
    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=by is None, crl_sign=by is None,
        **dict.fromkeys(names, False),
    )  # fmt: skip
    return builder.add_extension(usage, critical=True).sign(signer, hashes.SHA256())
