"""Whatever a mail server does at whichever moment: nobody hears twice, nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.mail_server import (
    DROP,
    SILENCE,
    Authority,
    FaultyServer,
    MailServer,
    Raw,
    authority,
    server_context,
)
from tests.office import Clock, Office, Ran, due

NAMES = ("Acme Ltd", "Beta GmbH", "Gamma")
REFUSALS = ["451 not now", "554 never"]
LOSSES = ["421 closing", DROP, SILENCE, Raw(b"25"), "hello?", "999 what"]


def named(action: object) -> str:
    words = {id(DROP): "drops", id(SILENCE): "silent"}
    text = action.decode() if isinstance(action, bytes) else str(action)
    return words.get(id(action)) or text.replace(" ", "_")


@pytest.fixture
def office(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("AR_PASSWORD", "secret")
    office = Office(tmp_path)
    office.fill(*(due(20, name) for name in NAMES))
    return office


def configure(office: Office, server: str, **mail: Any) -> None:
    login = {"user": "ar", "password": "env:AR_PASSWORD"}
    office.configure(mail={"server": server, "timeout": 0.3, **login, **mail})


def run(office: Office) -> Ran:
    ran = office.collector("run", "--json")
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") <= 2
    return ran


def told(ran: Ran, due: Iterable[str] = NAMES) -> None:
    """Whoever was to hear and did not is named with the reason, and the exit status says so."""
    mails = {mail["customer"]: mail["state"] for mail in ran.json["mails"]}
    assert {name for name in due if mails.get(name) != "sent"} == set(ran.held)
    assert ran.status == 0 if not ran.held else ran.status in (1, 4)


def letters(server: FaultyServer) -> Counter[str]:
    """Count by customer the letters that went out to the last dot."""
    to = (line for body in server.bodies for line in body.splitlines() if line[:3] == b"To:")
    return Counter(line.decode().partition("@")[2].partition(".")[0] for line in to)


def ends_well(office: Office, clock: Clock, server: FaultyServer, first: Ran) -> None:
    """An hour later all is well again: the rest goes out, and after that nothing does."""
    clock.hours += 1
    told(run(office), first.held)
    again = run(office)
    assert again.json["messages"]["sent"] == 0
    assert all(why.startswith("in doubt") for why in again.held.values())
    doubtful = {name.partition(" ")[0].casefold() for name in again.held}
    assert set(letters(server)) | doubtful == {"acme", "beta", "gamma"}


# ── before the dot ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("action", [*REFUSALS, *LOSSES], ids=named)
@pytest.mark.parametrize("moment", ["connect", "EHLO", "AUTH"])
def test_a_server_that_lets_nobody_in_has_delivered_nothing_and_all_goes_out_later(
    office: Office, clock: Clock, moment: str, action: Any
) -> None:
    # After an EHLO that fails, HELO is tried.
    script: Any = {moment: [action]} | ({"HELO": [action]} if moment == "EHLO" else {})
    with FaultyServer(script, features=["AUTH PLAIN"]) as server:
        configure(office, server.server)
        first = run(office)
        told(first)
        assert (first.status, server.bodies) == (4, [])
        ends_well(office, clock, server, first)
        assert letters(server) == {"acme": 1, "beta": 1, "gamma": 1}


# A letter is so small that a server which stops reading in its midst is noticed after the dot;
# refusals in the midst of a large one are tested beside the mailer.
IN_THE_BODY = [each for each in LOSSES if each is not SILENCE]


@pytest.mark.parametrize("more", [[], ["PIPELINING"]], ids=["one_by_one", "at_once"])
@pytest.mark.parametrize(
    ("moment", "action"),
    [
        *((verb, each) for verb in ("MAIL", "RCPT", "DATA") for each in (*REFUSALS, *LOSSES)),
        *(("body", each) for each in IN_THE_BODY),
    ],
    ids=named,
)
def test_what_goes_wrong_before_the_dot_delivers_nothing_and_is_made_good_later(
    office: Office, clock: Clock, moment: str, action: Any, more: list[str]
) -> None:
    # Twice running: a single loss is made good at once, over a new connection.
    script: Any = {moment: [action, action]}
    with FaultyServer(script, features=[*more, "AUTH PLAIN"]) as server:
        configure(office, server.server)
        first = run(office)
        told(first)
        ends_well(office, clock, server, first)
        assert set(letters(server).values()) == {1}
        # What it says in the midst of a letter may arrive after the dot has gone.
        assert moment == "body" or len(server.bodies) == 3


@pytest.mark.parametrize("more", [[], ["PIPELINING"]], ids=["one_by_one", "at_once"])
@pytest.mark.parametrize("action", [*REFUSALS, DROP, SILENCE], ids=named)
def test_a_message_that_one_of_two_recipients_refuses_goes_to_neither(
    office: Office, clock: Clock, action: Any, more: list[str]
) -> None:
    row = due(20, email="ap@acme.example; cfo@acme.example")
    office.fill(row, *(due(20, name) for name in NAMES[1:]))
    script: Any = {"RCPT cfo@acme.example": [action]}
    with FaultyServer(script, features=[*more, "AUTH PLAIN"]) as server:
        configure(office, server.server)
        first = run(office)
        told(first)
        if action in REFUSALS:
            assert f"cfo@acme.example: {action}" in first.held["Acme Ltd"]
            # Let in to write to the other one, there is no way out but to hang up.
            assert ("RSET" in server.commands) is not bool(more)
            assert "acme" not in letters(server)
        ends_well(office, clock, server, first)
        assert letters(server) == {"acme": 1, "beta": 1, "gamma": 1}


# ── the dot, and after it ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("action", REFUSALS)
def test_a_refusal_after_the_dot_is_no_doubt_and_the_same_bytes_go_again(
    office: Office, clock: Clock, action: str
) -> None:
    with FaultyServer({"dot": [action]}, features=["AUTH PLAIN"]) as server:
        configure(office, server.server)
        first = run(office)
        told(first)
        assert first.json["messages"]["refused"] == 1
        ends_well(office, clock, server, first)
        assert letters(server) == {"acme": 2, "beta": 1, "gamma": 1}
        assert len(set(server.bodies)) == 3
    assert office.collector("doubts", "--json").json == {"doubts": []}


@pytest.mark.parametrize("action", LOSSES, ids=named)
def test_no_clear_answer_to_the_dot_is_a_doubt_and_never_sent_again(
    office: Office, clock: Clock, action: Any
) -> None:
    with FaultyServer({"dot": [action]}, features=["AUTH PLAIN"]) as server:
        configure(office, server.server)
        first = run(office)
        told(first)
        assert first.json["messages"]["in_doubt"] == 1
        ends_well(office, clock, server, first)
        assert letters(server) == {"acme": 1, "beta": 1, "gamma": 1}
    (doubt,) = office.collector("doubts", "--json").json["doubts"]
    assert doubt["customer"] == "Acme Ltd"


@pytest.mark.parametrize("action", [*REFUSALS, *LOSSES], ids=named)
@pytest.mark.parametrize("moment", ["RSET", "QUIT"])
def test_what_goes_wrong_when_all_is_said_changes_nothing(
    office: Office, clock: Clock, moment: str, action: Any
) -> None:
    script: Any = {"RCPT": ["550 nobody"] if moment == "RSET" else [], moment: [action]}
    with FaultyServer(script, features=["AUTH PLAIN"]) as server:
        configure(office, server.server)
        first = run(office)
        told(first)
        assert first.json["messages"]["sent"] == (2 if moment == "RSET" else 3)
        ends_well(office, clock, server, first)
        assert letters(server) == {"acme": 1, "beta": 1, "gamma": 1}


# ── TLS and logins ───────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return authority(tmp_path_factory.mktemp("authority"))


def nothing_said(office: Office, said: str) -> None:
    ran = run(office)
    assert ran.status == 4
    assert said in ran.err
    assert "secret" not in ran.err + ran.out
    told(ran)
    assert set(ran.held.values()) == {"not sent: the mail server could not be used"}


@pytest.mark.parametrize("action", [*REFUSALS, *LOSSES], ids=named)
def test_a_server_that_will_not_encrypt_is_told_nothing(office: Office, action: Any) -> None:
    features = ["STARTTLS", "AUTH PLAIN"]
    with FaultyServer({"STARTTLS": action}, features=features) as server:
        configure(office, server.server, security="starttls")
        nothing_said(office, server.server)
        assert {line.split()[0] for line in server.commands} <= {"EHLO", "STARTTLS", "QUIT"}


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ({"name": "other.example"}, "another name"),
        ({"days": -1}, "expired"),
        ({"signed": False}, "self-signed"),
    ],
)
def test_a_certificate_that_is_not_right_ends_the_run_and_the_next_one_sends(
    office: Office,
    clock: Clock,
    trusted: Authority,
    tmp_path: Path,
    security: str,
    shown: dict[str, Any],
    said: str,
) -> None:
    signed = trusted if shown.get("signed", True) else None
    about = {key: value for key, value in shown.items() if key != "signed"}
    wrong, right = server_context(signed, tmp_path, **about), server_context(trusted, tmp_path)
    options: Any = {"security": security, "ca_file": trusted.ca_file}
    with MailServer(**{security: wrong}, login=("ar", "secret")) as server:  # type: ignore[arg-type]
        configure(office, server.server, **options, timeout=5)
        nothing_said(office, said)
        assert server.received == []
    with MailServer(**{security: right}, login=("ar", "secret")) as server:  # type: ignore[arg-type]
        configure(office, server.server, **options, timeout=5)
        assert run(office).json["messages"]["sent"] == 3
        assert len(server.received) == 3


@pytest.mark.parametrize("refusal", ["535 5.7.8 wrong", "454 4.7.0 later", "534 5.7.9 no"])
def test_a_login_that_is_refused_says_what_to_do(office: Office, refusal: str) -> None:
    with FaultyServer({"AUTH": refusal}, features=["AUTH PLAIN"]) as server:
        configure(office, server.server)
        nothing_said(office, refusal)
        assert "app password" in run(office).err
        assert "MAIL" not in " ".join(server.commands)


@pytest.mark.parametrize(
    ("provider", "said"),
    [
        ("gmail", "app password"),
        ("workspace", "app password"),
        ("microsoft365", "SMTP AUTH"),
        ("qq", "authorisation code"),
        ("163", "authorisation code"),
        ("exmail", "password"),
        ("aliyun", "password"),
    ],
)
def test_a_refused_login_says_what_the_provider_wants(
    office: Office, provider: str, said: str
) -> None:
    with FaultyServer({"AUTH": "535 no"}, features=["AUTH PLAIN"]) as server:
        configure(office, server.server, provider=provider, security="none")
        for words in (("run", "--json"), ("check", "--mail")):
            ran = office.collector(*words)
            assert ran.status == 4
            assert said in ran.err
