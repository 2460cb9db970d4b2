"""A whole mail host on loopback: Postfix takes mail, Dovecot keeps it and shows it over IMAP."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mail_server import authority, server_context

PASSWORD = "open-sesame"
SELLER = "ar@seller.example"
ARCHIVE = "archive@seller.example"
CUSTOMERS = "customers.example"
PATIENCE = 120

_DOVECOT = """
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/localhost2.pem
ssl_key = <{folder}/localhost2.pem
mail_location = maildir:{folder}/mail/%u
mail_home = {folder}/mail/%u
mail_uid = nobody
mail_gid = nogroup
first_valid_uid = 1
first_valid_gid = 1
mail_fsync = never
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={folder}/mail/%u allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {imap}
    ssl = yes
  }}
}}
service lmtp {{
  unix_listener {folder}/lmtp {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener {folder}/auth {{
    mode = 0666
  }}
}}
"""

_POSTFIX = """
compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = mail.seller.example
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
virtual_mailbox_domains = seller.example, customers.example
virtual_mailbox_maps = static:all
virtual_transport = {transport}
lmtp_destination_concurrency_limit = 4
smtpd_tls_cert_file = {folder}/localhost2.pem
smtpd_tls_key_file = {folder}/localhost2.pem
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
in_flow_delay = 0
"""

_MASTER = """
{smtp} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
lmtp unix - - n - - lmtp
discard unix - - n - - discard
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class MailHost:
    """Postfix (TLS from the first byte, login demanded) and Dovecot (IMAPS), on ports of their own.

    Every address at ``customers.example`` and ``seller.example`` has a mailbox; every user may log
    in with PASSWORD. One that does not keep mail takes it like the other and lets it fall.
    """

    def __init__(self, folder: Path, *, keeps: bool = True) -> None:
        self.folder = folder
        self._transport = f"lmtp:unix:{folder}/lmtp" if keeps else "discard:"
        self._authority = authority(folder)
        self.ca_file = self._authority.ca_file
        self.smtp_port, self.imap_port = _free_ports(2)

    @property
    def server(self) -> str:
        return f"localhost:{self.smtp_port}"

    @property
    def imap(self) -> str:
        return f"localhost:{self.imap_port}"

    def configure(self) -> None:
        server_context(self._authority, self.folder)
        for name in ("mail", "spool", "data", "postfix"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "mail", "nobody", "nogroup")
        shutil.chown(self.folder / "data", "postfix")
        self._write("dovecot.conf", _DOVECOT)
        self._write("postfix/main.cf", _POSTFIX)
        self._write("postfix/master.cf", _MASTER)

    def _write(self, name: str, text: str) -> None:
        ports = {"smtp": f"127.0.0.1:{self.smtp_port}", "imap": self.imap_port}
        facts = {"password": PASSWORD, "transport": self._transport} | ports
        filled = text.format(folder=self.folder, **facts)
        (self.folder / name).write_text(filled)

    # ── started and stopped ──

    @contextmanager
    def dovecot(self) -> Iterator[None]:
        """Show the mailboxes over IMAP, and take mail for them, for a while."""
        with _daemon("dovecot", "-F", "-c", str(self.folder / "dovecot.conf")):
            _listens(self.imap_port)
            yield

    @contextmanager
    def postfix(self) -> Iterator[None]:
        """Take mail for a while."""
        with _daemon("postfix", "-c", str(self.folder / "postfix"), "start-fg"):
            _listens(self.smtp_port)
            try:
                yield
            finally:
                # The master leaves the family it was started in.
                master = (self.folder / "spool/pid/master.pid").read_text()
                os.kill(int(master), signal.SIGTERM)

    # ── what it holds ──

    def settled(self) -> None:
        """Wait until Postfix has handed on everything it took."""
        deadline = time.monotonic() + PATIENCE
        while any(self._queued()):
            assert time.monotonic() < deadline, (self.folder / "postfix.log").read_text()[-2000:]
            time.sleep(0.1)

    def _queued(self) -> Iterator[Path]:
        for name in ("incoming", "active", "deferred", "maildrop"):
            for path in (self.folder / "spool" / name).rglob("*"):
                if path.is_file():
                    yield path

    def mailboxes(self) -> Counter[str]:
        """Return how many messages lie in each mailbox of a customer."""
        found = (path.parents[1].name for path in self._messages(f"*@{CUSTOMERS}"))
        return Counter(found)

    def letters(self, address: str) -> list[EmailMessage]:
        """Return the messages of a mailbox, in the order in which they came."""
        paths = sorted(self._messages(address), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]

    def holds(self, address: str, message_id: str) -> bool:
        """Tell whether a message lies in a mailbox."""
        return any(letter["Message-ID"] == message_id for letter in self.letters(address))

    def empty(self) -> None:
        """Take every message out of every mailbox."""
        for path in list(self._messages("*")):
            path.unlink()

    def _messages(self, mailbox: str) -> Iterator[Path]:
        for part in ("new", "cur"):
            yield from (self.folder / "mail").glob(f"{mailbox}/{part}/*")


@contextmanager
def _daemon(*command: str) -> Iterator[None]:
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    process = subprocess.Popen(
        command,
        env={**os.environ, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        # All of its family: neither of the two takes its children along when it is ended alone.
        for number in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
            process.wait(PATIENCE)


def _free_ports(count: int) -> Sequence[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _listens(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"nothing listens on {port}")


def missing() -> str:
    """Return why this machine cannot run a mail host, '' when it can."""
    places = f"{os.environ.get('PATH', '')}:/usr/sbin"
    gone = [name for name in ("postfix", "dovecot") if not shutil.which(name, path=places)]
    if gone:
        install = "apt-get install postfix dovecot-imapd dovecot-lmtpd"
        return f"{' and '.join(gone)} not installed ({install})"
    return "" if os.geteuid() == 0 else "only root may start Postfix"


@contextmanager
def mail_host() -> Iterator[MailHost]:
    """Set up a mail host, nothing of it started; where the machine cannot, skip, but not in CI."""
    why = missing()
    if why and os.environ.get("CI"):
        pytest.fail(why)
    if why:
        pytest.skip(why)
    with set_up() as host:
        yield host


@contextmanager
def set_up(*, keeps: bool = True) -> Iterator[MailHost]:
    """Set up a mail host in a folder of its own, nothing of it started."""
    # Not below pytest's own folders: the path of a socket is short, and others must reach it.
    folder = Path(tempfile.mkdtemp(prefix="mh-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        host = MailHost(folder, keeps=keeps)
        host.configure()
        yield host
    finally:
        shutil.rmtree(folder, ignore_errors=True)
