from __future__ import annotations

import socket
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from collector.errors import (
    MailCertificateError,
    MailError,
    MailLoginError,
    MailServerError,
    MessageInDoubtError,
    MessageRefusedError,
    UsageError,
)
from collector.mail.local import LocalServer
from collector.mail.smtp import SmtpMailer
from collector.model import Message
from tests.mail_server import (
    DROP,
    SILENCE,
    Authority,
    FaultyServer,
    MailServer,
    Raw,
    Slow,
    authority,
    server_context,
)

CONTENT = b"Subject: Invoice\r\n\r\nPlease pay\r\n.\r\n..two dots\r\n.hidden\r\nlast line\r\n"


def message(**facts: Any) -> Message:
    message: dict[str, Any] = {
        "message_id": "<1@example.com>",
        "book": "receivables",
        "customer": "acme",
        "customer_name": "Acme",
        "step": "first",
        "to": ("ap@acme.example",),
        "cc": (),
        "recipients": ("ap@acme.example", "archive@example.com"),
        "sender": "ar@example.com",
        "subject": "Invoice",
        "occasions": ("receivables/acme/reminder/INV-1/2026-11-01/first",),
        "digest": "d",
        "content": CONTENT,
        "as_of": date(2026, 11, 20),
    }
    return Message(**message | facts)


def mailer(server: str, **options: Any) -> SmtpMailer:
    usual: dict[str, Any] = {"security": "none", "timeout": 5}
    return SmtpMailer(server, **usual | options)


class Noted:
    """Counts how often the moment before the dot was noted."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def noted() -> Noted:
    return Noted()


# ── a message, handed over ───────────────────────────────────────────────────────────────────


def test_a_message_arrives_byte_for_byte_with_its_envelope(
    mail_server: MailServer, noted: Noted
) -> None:
    with mailer(mail_server.server) as mail:
        assert mail.deliver(message(), dotting=noted) == "250 queued as 1"
    (received,) = mail_server.received
    assert received.content == CONTENT
    assert received.sender == "ar@example.com"
    assert received.recipients == ("ap@acme.example", "archive@example.com")
    assert noted.times == 1


def test_a_large_message_arrives_whole(noted: Noted) -> None:
    content = CONTENT + b".leading dot and more\r\n" * 200_000
    with MailServer() as server, mailer(server.server) as mail:
        mail.deliver(message(content=content), dotting=noted)
    assert server.received[0].content == content


def test_a_last_line_without_its_end_gets_one(mail_server: MailServer, noted: Noted) -> None:
    with mailer(mail_server.server) as mail:
        mail.deliver(message(content=b"Subject: x\r\n\r\nend"), dotting=noted)
    assert mail_server.received[0].content == b"Subject: x\r\n\r\nend\r\n"


def test_all_messages_of_a_run_go_over_one_connection(
    mail_server: MailServer, noted: Noted
) -> None:
    with mailer(mail_server.server) as mail:
        for _ in range(5):
            mail.deliver(message(), dotting=noted)
    assert len(mail_server.received) == 5
    assert mail_server.sessions == 1


def test_nothing_is_delivered_before_the_dot_is_noted(noted: Noted) -> None:
    with FaultyServer() as server, mailer(server.server) as mail:
        seen: list[int] = []
        mail.deliver(message(), dotting=lambda: seen.append(len(server.bodies)))
        assert seen == [0]
        assert server.bodies == [CONTENT.replace(b"\r\n.", b"\r\n..")]


def test_an_address_in_twice_is_named_once(mail_server: MailServer, noted: Noted) -> None:
    with mailer(mail_server.server) as mail:
        mail.deliver(message(recipients=("a@x.example", "a@x.example")), dotting=noted)
    assert mail_server.received[0].recipients == ("a@x.example",)


def test_there_is_a_pause_between_messages_but_none_before_the_first(
    mail_server: MailServer, noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    with mailer(mail_server.server, pause=7) as mail:
        for _ in range(3):
            mail.deliver(message(), dotting=noted)
    assert [pause for pause in pauses if pause == 7] == [7, 7]


# ── refused: certainly not delivered, and the run goes on ────────────────────────────────────


@pytest.mark.parametrize("code", ["450", "451", "452", "500", "550", "552", "554"])
@pytest.mark.parametrize(("moment", "dots"), [("MAIL", 0), ("RCPT", 0), ("DATA", 0), ("dot", 1)])
def test_a_refusal_at_any_verb_is_told_and_the_next_message_goes(
    noted: Noted, moment: str, dots: int, code: str
) -> None:
    with FaultyServer({moment: [f"{code} not now"]}) as server, mailer(server.server) as mail:
        with pytest.raises(MessageRefusedError, match=f"Acme.*{code} not now"):
            mail.deliver(message(), dotting=noted)
        assert noted.times == dots
        assert mail.usable
        assert mail.deliver(message(), dotting=noted) == "250 taken"
        assert len([line for line in server.commands if line.startswith("EHLO")]) == 1


def test_when_one_of_two_recipients_is_refused_neither_gets_it(
    mail_server: MailServer, noted: Noted
) -> None:
    mail_server.replies["archive@example.com"] = "550 no such user"
    with mailer(mail_server.server) as mail:
        with pytest.raises(MessageRefusedError, match=r"archive@example\.com: 550 no such user"):
            mail.deliver(message(), dotting=noted)
        assert mail_server.received == []
        assert noted.times == 0
        mail.deliver(message(recipients=("ap@acme.example",)), dotting=noted)
    assert [r.recipients for r in mail_server.received] == [("ap@acme.example",)]


@pytest.mark.parametrize("after", ["500 what?", DROP, "421 bye"])
def test_a_server_that_cannot_reset_is_connected_to_again(noted: Noted, after: Any) -> None:
    script: Any = {"RCPT": ["550 no"], "RSET": [after]}
    with FaultyServer(script) as server, mailer(server.server) as mail:
        with pytest.raises(MessageRefusedError):
            mail.deliver(message(), dotting=noted)
        assert not mail.usable
        assert mail.deliver(message(), dotting=noted) == "250 taken"


@pytest.mark.parametrize(
    "address",
    [
        "ap@acme.example>\r\nRCPT TO:<evil@x.example",
        "ap@acme.example\nDATA",
        "ap@acme.example\rDATA",
        "ap@acme.example> SIZE=1",
        "ap@acme.example,b@acme.example",
        "a b@acme.example",
        "@relay.example:ap@acme.example",
        "ap@acme.example\u2028x",
        "ap\x00@acme.example",
        "Acme <ap@acme.example>",
        "no-at-sign",
        "",
    ],
)
@pytest.mark.parametrize("field", ["recipients", "sender"])
def test_an_address_cannot_carry_a_command(
    mail_server: MailServer, noted: Noted, field: str, address: str
) -> None:
    bad = {"sender": address, "recipients": ("ap@acme.example", address)}[field]
    with mailer(mail_server.server) as mail:
        with pytest.raises(MessageRefusedError, match="not an address") as raised:
            mail.deliver(message(**{field: bad}), dotting=noted)
        assert "\n" not in str(raised.value)
        mail.deliver(message(), dotting=noted)
    assert len(mail_server.received) == 1


def test_a_message_to_nobody_is_refused(mail_server: MailServer, noted: Noted) -> None:
    with mailer(mail_server.server) as mail, pytest.raises(MessageRefusedError, match="recipient"):
        mail.deliver(message(recipients=()), dotting=noted)


@pytest.mark.parametrize(
    "content", [b"a\nb\r\n", b"a\r.\r\n", b"a\r\n\n.\n\r\n", b"a\x00\r\n", "é\r\n".encode()]
)
def test_bytes_that_servers_read_differently_are_refused(
    mail_server: MailServer, noted: Noted, content: bytes
) -> None:
    with mailer(mail_server.server) as mail, pytest.raises(MessageRefusedError, match="7-bit"):
        mail.deliver(message(content=content), dotting=noted)


def test_an_address_beyond_ascii_goes_only_to_a_server_that_takes_it(noted: Noted) -> None:
    chinese = message(recipients=("财务@acme.example",))
    with MailServer() as server, mailer(server.server) as mail:
        mail.deliver(chinese, dotting=noted)
    assert server.received[0].recipients == ("财务@acme.example",)
    with MailServer(enable_SMTPUTF8=False) as server, mailer(server.server) as mail:
        with pytest.raises(MessageRefusedError, match="beyond ASCII"):
            mail.deliver(chinese, dotting=noted)
        mail.deliver(message(), dotting=noted)
    assert len(server.received) == 1


def test_a_message_too_large_for_the_server_is_refused_by_it(noted: Noted) -> None:
    with MailServer(data_size_limit=1000) as server, mailer(server.server) as mail:
        with pytest.raises(MessageRefusedError, match="552"):
            mail.deliver(message(content=b"x\r\n" * 1000), dotting=noted)
        assert noted.times == 0
        mail.deliver(message(), dotting=noted)
    assert len(server.received) == 1


# ── the server goes away before the dot: certainly not delivered ─────────────────────────────


@pytest.mark.parametrize("action", [DROP, "421 closing", "hello?", "99 x", "354 x", Raw(b"2")])
@pytest.mark.parametrize("moment", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_lost_before_the_dot_has_delivered_nothing(
    noted: Noted, moment: str, action: Any
) -> None:
    if (moment, action) == ("DATA", "354 x"):
        action = "250 x"
    # After an EHLO that fails, HELO is tried; this server fails at both.
    script = {moment: action} | ({"HELO": action} if moment == "EHLO" else {})
    with FaultyServer(script) as server:
        with pytest.raises(MailServerError, match="localhost"), mailer(server.server) as mail:
            mail.deliver(message(), dotting=noted)
        assert noted.times == 0
        assert server.bodies == []


@pytest.mark.parametrize("moment", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_silent_before_the_dot_has_delivered_nothing(noted: Noted, moment: str) -> None:
    with FaultyServer({moment: SILENCE}) as server:
        with (
            pytest.raises(MailServerError, match=r"no answer for 0\.2 seconds"),
            mailer(server.server, timeout=0.2) as mail,
        ):
            mail.deliver(message(), dotting=noted)
        assert noted.times == 0


LARGE = CONTENT + b"one line more\r\n" * 1_000_000


@pytest.mark.parametrize("action", [DROP, "421 shutting down"])
def test_a_server_lost_in_the_middle_of_the_body_has_delivered_nothing(
    noted: Noted, action: Any
) -> None:
    with FaultyServer({"body": action}) as server, mailer(server.server) as mail:
        with pytest.raises(MailServerError):
            mail.deliver(message(content=LARGE), dotting=noted)
        assert noted.times == 0
        assert not mail.usable


def test_a_server_that_stops_reading_is_given_up(noted: Noted) -> None:
    with FaultyServer({"body": SILENCE}) as server, mailer(server.server, timeout=0.3) as mail:
        with pytest.raises(MailServerError, match="no answer"):
            mail.deliver(message(content=LARGE), dotting=noted)
        assert noted.times == 0


def test_an_early_refusal_is_a_refusal_and_the_dot_is_never_sent(noted: Noted) -> None:
    # The server speaks before it was asked, then goes on reading; whatever arrives is no message.
    with FaultyServer({"body": "552 too much"}) as server, mailer(server.server) as mail:

        def send() -> None:
            mail.deliver(message(content=LARGE), dotting=noted)

        with pytest.raises(MessageRefusedError, match="552 too much"):
            send()
        assert noted.times == 0
        assert not mail.usable


def test_a_session_the_server_ended_between_two_messages_is_opened_again(noted: Noted) -> None:
    script: Any = {"MAIL": ["250 ok", "421 enough for one session", "250 ok", DROP]}
    with FaultyServer(script) as server, mailer(server.server) as mail:
        for _ in range(3):
            assert mail.deliver(message(), dotting=noted) == "250 taken"
        assert len(server.bodies) == 3


def test_a_server_that_ends_every_session_is_not_tried_for_ever(noted: Noted) -> None:
    script: Any = {"MAIL": ["250 ok", *["421 go away"] * 9]}
    with FaultyServer(script) as server, mailer(server.server) as mail:
        mail.deliver(message(), dotting=noted)
        with pytest.raises(MailServerError, match="421 go away"):
            mail.deliver(message(), dotting=noted)
    assert len([line for line in server.commands if line.startswith("MAIL")]) == 3


def test_when_the_ledger_fails_before_the_dot_the_dot_is_never_sent() -> None:
    class DiskFullError(Exception):
        pass

    def full() -> None:
        raise DiskFullError

    with FaultyServer() as server, mailer(server.server) as mail:
        with pytest.raises(DiskFullError):
            mail.deliver(message(), dotting=full)
        assert not mail.usable
        assert mail.deliver(message(), dotting=lambda: None) == "250 taken"
    assert len(server.bodies) == 1
    assert len(server.unfinished) == 1


def test_an_interrupted_message_leaves_no_half_open_session(noted: Noted) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    with FaultyServer() as server, mailer(server.server) as mail:
        with pytest.raises(KeyboardInterrupt):
            mail.deliver(message(), dotting=interrupt)
        assert not mail.usable
    assert server.bodies == []


# ── after the dot: nobody knows ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("action", "said"),
    [
        (DROP, "dropped"),
        (Raw(b""), "dropped"),
        (Raw(b"2"), "nothing"),
        (Raw(b"250-first line\r\n"), "dropped"),
        (Raw(b"x" * 9000), "too long"),
        (Raw(b"250-more\r\n" * 9000), "too long"),
        ("250-taken\r\n550 not taken", "means nothing"),
        (Slow(b"250 ta", b"ken", b" it", b" is", b" ta", b"ken\r\n"), "no answer for 0.5 seconds"),
        (Slow(*[b"250-line\r\n"] * 6, b"250 ok\r\n"), "no answer for 0.5 seconds"),
        ("421 shutting down", "421 shutting down"),
        ("hello", "means nothing"),
        ("354 go on", "354 go on"),
        ("220 ready", "220 ready"),
        ("999 what", "999 what"),
        (SILENCE, "no answer for 0.5 seconds"),
    ],
)
def test_no_clear_answer_to_the_dot_is_a_doubt(noted: Noted, action: Any, said: str) -> None:
    with FaultyServer({"dot": [action]}) as server, mailer(server.server, timeout=0.5) as mail:
        with pytest.raises(MessageInDoubtError, match=r"Acme") as raised:
            mail.deliver(message(), dotting=noted)
        assert said.lower() in str(raised.value).lower()
        assert noted.times == 1
        assert not mail.usable
        assert mail.deliver(message(), dotting=noted) == "250 taken"
    assert len(server.bodies) == 2


@pytest.mark.parametrize(
    "action", ["250-first\r\n250-second\r\n250 third", Slow(b"25", b"0 ok\r\n")]
)
def test_an_answer_in_several_lines_or_pieces_is_one(noted: Noted, action: Any) -> None:
    with FaultyServer({"dot": [action]}) as server, mailer(server.server) as mail:
        assert mail.deliver(message(), dotting=noted).startswith("250 ")
        assert mail.deliver(message(), dotting=noted) == "250 taken"


@pytest.mark.parametrize("more", ["250 taken twice", "550 no", "421 idle"])
def test_what_a_server_says_unasked_is_no_answer_to_the_next_message(
    noted: Noted, more: str
) -> None:
    with FaultyServer({"dot": [f"250 taken\r\n{more}"]}) as server, mailer(server.server) as mail:
        for _ in range(3):
            assert mail.deliver(message(), dotting=noted) == "250 taken"
        assert len(server.bodies) == noted.times == 3
        assert sum(line.startswith("EHLO") for line in server.commands) == 2


def test_a_server_that_takes_the_message_and_hangs_up_at_the_goodbye_has_taken_it(
    noted: Noted,
) -> None:
    with FaultyServer({"QUIT": DROP}) as server, mailer(server.server) as mail:
        assert mail.deliver(message(), dotting=noted) == "250 taken"
    assert len(server.bodies) == 1


def test_what_is_in_doubt_is_also_said_in_chinese(noted: Noted) -> None:
    with FaultyServer({"dot": DROP}) as server, mailer(server.server) as mail:
        with pytest.raises(MessageInDoubtError) as raised:
            mail.deliver(message(), dotting=noted)
        assert "连接被断开" in raised.value.say("zh")


# ── connecting, certificates, login ──────────────────────────────────────────────────────────


def test_a_server_that_is_not_there_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(MailServerError, match="nothing answers"):
        mailer(f"localhost:{port}").reconnect()


def test_a_name_nobody_knows_is_said_so() -> None:
    with pytest.raises(MailServerError, match="name is not known"):
        SmtpMailer("no-such-host.invalid:465", timeout=5).reconnect()


@pytest.mark.parametrize("server", ["smtp.example.com:25", "192.0.2.1:25", "localhost.evil:25"])
def test_mail_in_the_clear_goes_to_this_machine_only(server: str) -> None:
    with pytest.raises(UsageError, match="in the clear"):
        mailer(server)


@pytest.mark.parametrize("server", ["localhost:25", "127.0.0.1:25", "127.9.9.9:25", "[::1]:25"])
def test_this_machine_may_be_written_in_several_ways(server: str) -> None:
    assert not mailer(server).usable


@pytest.mark.parametrize("server", ["smtp.example.com", "smtp:x", ":465", "a@b:465", "h:465/x", ""])
def test_a_server_without_host_and_port_is_refused(server: str) -> None:
    with pytest.raises(UsageError, match="host:port"):
        SmtpMailer(server)


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"))


Server = Callable[..., MailServer]


@pytest.fixture(params=["tls", "starttls"])
def secured(request: pytest.FixtureRequest) -> tuple[str, Server]:
    def serve(context: Any, **options: Any) -> MailServer:
        return MailServer(**{request.param: context}, **options)

    return request.param, serve


def test_a_trusted_server_is_logged_in_to_and_takes_the_message(
    secured: tuple[str, Server], trusted: Authority, tmp_path: Path, noted: Noted
) -> None:
    security, serve = secured
    with serve(server_context(trusted, tmp_path), login=("ar", "pass word")) as server:
        options = {"security": security, "ca_file": trusted.ca_file}
        with mailer(server.server, user="ar", password="pass word", **options) as mail:
            mail.deliver(message(), dotting=noted)
            mail.deliver(message(content=LARGE), dotting=noted)
    assert [r.content for r in server.received] == [CONTENT, LARGE]


@pytest.mark.parametrize(
    ("signed", "certificate", "said"),
    [
        (True, {"name": "other.example"}, "another name"),
        (True, {"days": -1}, "expired"),
        (False, {}, "self-signed"),
    ],
)
def test_a_certificate_that_is_not_trusted_ends_it_before_the_password(
    secured: tuple[str, Server],
    trusted: Authority,
    tmp_path: Path,
    signed: bool,
    certificate: dict[str, Any],
    said: str,
) -> None:
    security, serve = secured
    context = server_context(trusted if signed else None, tmp_path, **certificate)
    with serve(context, login=("ar", "secret")) as server:
        options = {"security": security, "ca_file": trusted.ca_file}
        with pytest.raises(MailCertificateError, match=said):
            mailer(server.server, user="ar", password="secret", **options).reconnect()


def test_an_authority_this_machine_does_not_know_is_not_trusted(
    secured: tuple[str, Server], trusted: Authority, tmp_path: Path
) -> None:
    security, serve = secured
    with (
        serve(server_context(trusted, tmp_path)) as server,
        pytest.raises(MailCertificateError, match="authority"),
    ):
        mailer(server.server, security=security).reconnect()


def test_an_authority_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    missing = str(tmp_path / "ca.pem")
    with pytest.raises(MailCertificateError, match=r"ca\.pem"):
        mailer("localhost:1", ca_file=missing).reconnect()
    Path(missing).write_text("not a certificate")
    with pytest.raises(MailCertificateError, match=r"ca\.pem"):
        mailer("localhost:1", ca_file=missing).reconnect()


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_without_tls_is_not_spoken_to_in_the_clear(
    mail_server: MailServer, security: str
) -> None:
    with pytest.raises(MailServerError, match="TLS"):
        mailer(mail_server.server, security=security, user="ar", password="secret").reconnect()


def test_a_refused_login_is_said_without_the_password(mail_server: MailServer) -> None:
    with (
        MailServer(login=("ar", "right")) as server,
        pytest.raises(MailLoginError, match=r"login of ar.*535") as raised,
    ):
        mailer(server.server, user="ar", password="wr0ng-secret").reconnect()
    assert "wr0ng-secret" not in str(raised.value) + repr(raised.value)


def test_a_server_that_repeats_the_password_is_not_repeated() -> None:
    script = {"AUTH": "535 bad password wr0ng-secret"}
    with (
        FaultyServer(script, features=["AUTH PLAIN"]) as server,
        pytest.raises(MailLoginError) as raised,
    ):
        mailer(server.server, user="ar", password="wr0ng-secret").reconnect()
    assert "wr0ng-secret" not in str(raised.value)


def test_a_server_that_offers_no_login_is_said_so() -> None:
    with FaultyServer() as server, pytest.raises(MailLoginError, match="no login"):
        mailer(server.server, user="ar", password="secret").reconnect()


def test_a_server_that_goes_away_at_the_login_did_not_refuse_it() -> None:
    with (
        FaultyServer({"AUTH": "421 too busy"}, features=["AUTH PLAIN"]) as server,
        pytest.raises(MailServerError, match="421 too busy"),
    ):
        mailer(server.server, user="ar", password="secret").reconnect()


@pytest.mark.parametrize("password", [None, ""])
def test_without_a_password_nobody_is_asked_for_one(password: str | None) -> None:
    with pytest.raises(MailLoginError, match="no password"):
        mailer("localhost:1", user="ar", password=password).reconnect()


def test_a_password_that_cannot_be_sent_is_said_without_it() -> None:
    with pytest.raises(MailLoginError, match="beyond ASCII") as raised:
        mailer("localhost:1", user="ar", password="pässwörd").reconnect()
    assert "pässwörd" not in str(raised.value)


def test_a_login_name_without_a_domain_stays_as_it_is(noted: Noted) -> None:
    with (
        MailServer(login=("ar", "secret")) as server,
        mailer(server.server, user="ar", password="secret") as mail,
    ):
        mail.deliver(message(), dotting=noted)
    assert len(server.received) == 1


def test_every_error_of_the_server_says_so_in_chinese_too() -> None:
    with pytest.raises(MailError) as raised:
        mailer("localhost:1").reconnect()
    assert "该地址没有服务在监听" in raised.value.say("zh")


# ── the local server of the demo ─────────────────────────────────────────────────────────────


def test_the_local_server_keeps_each_message_as_a_file(tmp_path: Path, noted: Noted) -> None:
    folder = tmp_path / "mail"
    with LocalServer(folder) as server, mailer(server.server) as mail:
        mail.deliver(message(), dotting=noted)
        mail.deliver(message(recipients=("财务@acme.example",)), dotting=noted)
        assert len(server.kept) == 2
    names = ["0001-ap@acme.example.eml", "0002-财务@acme.example.eml"]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert (folder / names[0]).read_bytes() == CONTENT


def test_the_local_server_never_replaces_a_file(tmp_path: Path, noted: Noted) -> None:
    for _ in range(2):
        with LocalServer(tmp_path) as server, mailer(server.server) as mail:
            mail.deliver(message(), dotting=noted)
    assert sorted(path.name[:4] for path in tmp_path.iterdir()) == ["0001", "0002"]


def test_the_local_server_keeps_files_inside_its_folder(tmp_path: Path, noted: Noted) -> None:
    folder = tmp_path / "mail"
    with LocalServer(folder) as server, mailer(server.server) as mail:
        mail.deliver(message(recipients=("../../etc/passwd@acme.example",)), dotting=noted)
        mail.deliver(message(recipients=("a" * 60 + "@" + "b" * 200 + ".example",)), dotting=noted)
    assert len(list(folder.glob("*.eml"))) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["mail"]


def test_the_local_server_says_when_it_cannot_keep_a_message(tmp_path: Path, noted: Noted) -> None:
    folder = tmp_path / "mail"
    with LocalServer(folder) as server, mailer(server.server) as mail:
        folder.rmdir()
        with pytest.raises(MessageRefusedError, match="452"):
            mail.deliver(message(), dotting=noted)


def test_the_local_server_ends_though_a_client_stays(tmp_path: Path) -> None:
    with LocalServer(tmp_path) as server:
        host, port = server.server.split(":")
        client = socket.create_connection((host, int(port)))
        assert client.recv(3) == b"220"
    client.close()
