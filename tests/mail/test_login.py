"""Logging in by token, and what each provider wants when a login is refused."""

from __future__ import annotations

import base64
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiosmtpd.smtp import AuthResult

from collector.errors import MailLoginError
from collector.mail.providers import login_hint
from collector.mail.smtp import SmtpMailer
from collector.mail.tokens import Tokens
from tests.mail_server import MailServer

USER = "ar@seller.example"


class TokenServer(MailServer):
    """Takes XOAUTH2 with one token; anything else is told why, and then refused."""

    def __init__(self, token: str) -> None:
        super().__init__(login=("", ""), auth_exclude_mechanism=["LOGIN", "PLAIN"])
        self.token = token
        self.heard: list[bytes] = []

    async def auth_XOAUTH2(self, server: Any, args: list[bytes]) -> AuthResult:  # noqa: N802
        self.heard.append(base64.b64decode(args[1]))
        if self.heard[-1] == f"user={USER}\1auth=Bearer {self.token}\1\1".encode():
            return AuthResult(success=True, auth_data=USER)
        self.heard.append(await server.challenge_auth(b'{"status":"400"}'))
        return AuthResult(success=False, handled=False)


def tokens(**facts: Any) -> Tokens:
    return Tokens("smtp.example.com:465", USER, 5, **facts)


def enter(server: MailServer, source: Tokens) -> None:
    with SmtpMailer(server.server, security="none", user=USER, token=source.fetch):
        pass


def test_a_token_logs_in() -> None:
    with TokenServer("abc.DEF") as server:
        enter(server, tokens(command="echo abc.DEF"))
        assert len(server.heard) == 1


def test_a_refused_token_is_said_without_it() -> None:
    with TokenServer("right") as server:
        with pytest.raises(MailLoginError) as raised:
            enter(server, tokens(command="echo wrong-token"))
        assert server.heard[-1] == b""
    assert "535" in str(raised.value)
    assert "wrong-token" not in str(raised.value)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("false", "failed (1)"),
        ("there-is-no-such-command", "No such file"),
        ("sh -c 'echo secret; exit 3'", "failed (3)"),
        ("true", "no access token came back"),
        ("echo two words", "no access token came back"),
        ("echo 'unclosed", "failed (No closing quotation)"),
    ],
)
def test_a_command_that_gives_no_token_is_said_so(command: str, said: str) -> None:
    with pytest.raises(MailLoginError) as raised:
        tokens(command=command).fetch()
    assert said in str(raised.value)
    assert "secret" not in str(raised.value)
    assert USER in str(raised.value)


@contextmanager
def token_place(status: int, answer: Any) -> Iterator[tuple[str, list[dict[str, list[str]]]]]:
    """Serve one answer over HTTP; yields its address and the forms it was sent."""
    forms: list[dict[str, list[str]]] = []

    class Place(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            forms.append(parse_qs(self.rfile.read(length).decode()))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

        def log_message(self, *_args: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Place) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/token", forms
        server.shutdown()


REFRESH = {
    "client_id": "me",
    "client_secret": "s3cret",
    "refresh_token": "r3fresh",
    "scope": "mail",
}


def test_a_refresh_token_is_changed_for_an_access_token() -> None:
    with token_place(200, {"access_token": "fresh", "expires_in": 3599}) as (url, forms):
        assert tokens(url=url, **REFRESH).fetch() == "fresh"
    assert forms == [
        {
            "grant_type": ["refresh_token"],
            "client_id": ["me"],
            "client_secret": ["s3cret"],
            "refresh_token": ["r3fresh"],
            "scope": ["mail"],
        }
    ]


@pytest.mark.parametrize(
    ("status", "answer", "said"),
    [
        (400, {"error": "invalid_grant", "error_description": "r3fresh is stale"}, "invalid_grant"),
        (500, b"<html>", "(500)"),
        (200, b"[]", "no access token came back"),
        (200, b"\xff", "no access token came back"),
        (200, {"access_token": "two words"}, "no access token came back"),
    ],
)
def test_a_refresh_token_that_is_refused_is_said_without_it(
    status: int, answer: Any, said: str
) -> None:
    with token_place(status, answer) as (url, _), pytest.raises(MailLoginError) as raised:
        tokens(url=url, **REFRESH).fetch()
    assert said in str(raised.value)
    assert not {"s3cret", "r3fresh"} & set(str(raised.value).split())
    assert "s3cret" not in repr(tokens(url=url, **REFRESH))


def test_a_place_for_tokens_that_is_gone_is_said_so() -> None:
    with pytest.raises(MailLoginError, match="gave no access token"):
        tokens(url="http://127.0.0.1:1/token", **REFRESH).fetch()


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("smtp.gmail.com", "app password"),
        ("smtp.office365.com", "mail.oauth"),
        ("outlook.office365.com", "mail.oauth"),
        ("smtp.qq.com", "授权码"),
        ("SMTP.163.com", "授权码"),
        ("smtp.exmail.qq.com", "客户端专用密码"),
        ("smtp.qiye.aliyun.com", "三方客户端安全密码"),
        ("smtp.notgmail.com", "Check `mail.user`"),
        ("mail.example.com", "Check `mail.user`"),
    ],
)
def test_a_refused_login_says_what_the_provider_wants(host: str, said: str) -> None:
    error = MailLoginError(f"{host}:465", USER, "535 no", login_hint(host))
    assert said in str(error)
    assert "535 no" in error.say("zh")
