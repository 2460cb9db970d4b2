"""check --mail tries what a run would use; --to-me sends one message, to ourselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mail_host import ARCHIVE, PASSWORD, SELLER, mail_host
from tests.mail_server import MailServer
from tests.office import FRIDAY, Office, due


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20))
    return office


def test_a_test_goes_to_ourselves_and_nobody_else(office: Office, mail_server: MailServer) -> None:
    ran = office.collector("check", "--to-me", as_of=FRIDAY)
    assert (ran.status, ran.err) == (0, "")
    assert "Mail: a test was sent to ar@seller.example" in ran.out
    (message,) = mail_server.received
    assert message.recipients == ("ar@seller.example",)
    assert message.parsed["Subject"] == "Collector: a test"
    assert message.parsed["Auto-Submitted"] == "auto-generated"
    assert not office.ledger.exists()


def test_a_trial_keeps_its_test_too(office: Office, mail_server: MailServer) -> None:
    office.configure(mail={"redirect_to": "me@seller.example"})
    office.collector("check", "--mail", "--to-me", as_of=FRIDAY)
    assert [message.recipients for message in mail_server.received] == [("me@seller.example",)]


def test_without_to_me_nothing_is_sent(office: Office, mail_server: MailServer) -> None:
    assert "connected and logged in" in office.collector("check", "--mail", as_of=FRIDAY).out
    assert mail_server.received == []
    assert mail_server.sessions == 1


def test_a_refused_test_is_said(office: Office, mail_server: MailServer) -> None:
    mail_server.replies["MAIL"] = "550 not you"
    ran = office.collector("check", "--to-me", as_of=FRIDAY)
    assert ran.status == 1
    assert "550 not you" in ran.err


def test_a_real_mail_server_and_its_archive_are_tried(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AR_PASSWORD", PASSWORD)
    with mail_host() as host, host.dovecot(), host.postfix():
        imap = {"server": host.imap, "user": ARCHIVE, "password": "env:AR_PASSWORD"}
        mail = {"server": host.server, "security": "tls", "ca_file": host.ca_file, "imap": imap}
        login = {"user": SELLER, "password": "env:AR_PASSWORD"}
        office.configure(mail=mail | login)
        ran = office.collector("check", "--to-me", as_of=FRIDAY)
        assert "Archive: connected and logged in" in ran.out
        host.settled()
        (letter,) = host.letters(SELLER)
        assert letter["Subject"] == "Collector: a test"

        monkeypatch.setenv("AR_PASSWORD", "wrong")
        refused = office.collector("check", "--mail", as_of=FRIDAY)
        assert refused.status == 4
        assert "refused the login of ar@seller.example" in refused.err
    down = office.collector("check", "--mail", as_of=FRIDAY)
    assert (down.status, down.err.count("\n")) == (4, 1)
