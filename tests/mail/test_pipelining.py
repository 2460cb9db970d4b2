"""A server that takes several commands at once is told all before the letter in one go."""

from __future__ import annotations

from typing import Any

import pytest

from collector.errors import MailServerError, MessageInDoubtError, MessageRefusedError
from tests.mail.test_smtp import Noted, mailer, message, noted
from tests.mail_server import DROP, SILENCE, FaultyServer, Raw

__all__ = ["noted"]

AT_ONCE = ("PIPELINING", "SIZE 1000000")


def test_all_is_said_before_the_first_answer_is_waited_for(noted: Noted) -> None:
    # It answers nothing before it has heard everything.
    script = {"MAIL": [""], "RCPT": ["", ""], "DATA": ["250 ok\r\n250 ok\r\n250 ok\r\n354 go"]}
    with FaultyServer(script, AT_ONCE) as server, mailer(server.server, timeout=1) as mail:
        assert mail.deliver(message(), dotting=noted) == "250 taken"
        assert mail.deliver(message(), dotting=noted) == "250 taken"
    assert noted.times == len(server.bodies) == 2


@pytest.mark.parametrize("code", ["450", "550"])
@pytest.mark.parametrize("moment", ["MAIL", "RCPT", "RCPT archive@example.com"])
def test_whoever_is_refused_the_letter_goes_to_nobody_and_the_next_one_goes(
    noted: Noted, moment: str, code: str
) -> None:
    # This server lets us in to write all the same, as it would with a recipient that it takes.
    with FaultyServer({moment: [f"{code} no"]}, AT_ONCE) as server, mailer(server.server) as mail:
        with pytest.raises(MessageRefusedError, match=f"example: {code} no|com: {code} no"):
            mail.deliver(message(), dotting=noted)
        assert (noted.times, server.bodies) == (0, [])
        assert mail.deliver(message(), dotting=noted) == "250 taken"
        assert len(server.bodies) == 1


def test_refused_as_a_whole_the_session_goes_on(noted: Noted) -> None:
    script = {"RCPT": ["550 nobody", "550 nobody"], "DATA": ["503 to whom?"]}
    with FaultyServer(script, AT_ONCE) as server, mailer(server.server) as mail:
        with pytest.raises(MessageRefusedError, match=r"ap@acme\.example: 550 nobody"):
            mail.deliver(message(), dotting=noted)
        assert mail.usable
        assert mail.deliver(message(), dotting=noted) == "250 taken"
    assert "RSET" in server.commands
    assert sum(line.startswith("EHLO") for line in server.commands) == 1


@pytest.mark.parametrize("action", [Raw(b""), "421 too many errors"])
def test_a_server_that_hangs_up_on_whom_it_refused_has_refused_that_one_only(
    noted: Noted, action: Any
) -> None:
    script: Any = {"RCPT": ["550 nobody", action]}
    with FaultyServer(script, AT_ONCE) as server, mailer(server.server) as mail:
        with pytest.raises(MessageRefusedError, match="550 nobody"):
            mail.deliver(message(), dotting=noted)
        assert mail.deliver(message(), dotting=noted) == "250 taken"


@pytest.mark.parametrize("action", [DROP, SILENCE, "421 closing", "hello?", "354 x", Raw(b"25")])
@pytest.mark.parametrize("moment", ["MAIL", "RCPT", "DATA"])
def test_a_server_lost_before_the_dot_has_delivered_nothing(
    noted: Noted, moment: str, action: Any
) -> None:
    if (moment, action) == ("DATA", "354 x"):
        action = "250 x"
    with FaultyServer({moment: action}, AT_ONCE) as server:
        with (
            pytest.raises(MailServerError, match="localhost"),
            mailer(server.server, timeout=0.3) as mail,
        ):
            mail.deliver(message(), dotting=noted)
        assert (noted.times, server.bodies) == (0, [])


def test_a_session_the_server_ended_between_two_messages_is_opened_again(noted: Noted) -> None:
    script: Any = {"MAIL": ["250 ok", "421 enough for one session", "250 ok", DROP]}
    with FaultyServer(script, AT_ONCE) as server, mailer(server.server) as mail:
        for _ in range(3):
            assert mail.deliver(message(), dotting=noted) == "250 taken"
    assert len(server.bodies) == 3


@pytest.mark.parametrize("action", [DROP, "421 closing", "hello?"])
def test_no_clear_answer_to_the_dot_is_a_doubt(noted: Noted, action: Any) -> None:
    with FaultyServer({"dot": [action]}, AT_ONCE) as server, mailer(server.server) as mail:
        with pytest.raises(MessageInDoubtError):
            mail.deliver(message(), dotting=noted)
        assert mail.deliver(message(), dotting=noted) == "250 taken"
    assert len(server.bodies) == 2
