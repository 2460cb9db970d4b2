"""What is in doubt is looked up in the archive, a real mailbox on a real IMAP server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from collector.mail.smtp import SmtpMailer
from tests.mail_host import ARCHIVE, PASSWORD, SELLER, MailHost, mail_host
from tests.mail_server import DROP, FaultyServer, MailServer
from tests.office import FRIDAY, Office, due

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def host() -> Iterator[MailHost]:
    with mail_host() as host:
        yield host


@pytest.fixture
def office(
    tmp_path: Path, host: MailHost, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> Office:
    """An office with an archive."""
    monkeypatch.setenv("ARCHIVE_PASSWORD", PASSWORD)
    host.empty()
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(10, "Beta GmbH"))
    return office


def configure(office: Office, host: MailHost, **mail: Any) -> None:
    imap = {"server": host.imap, "user": ARCHIVE, "password": "env:ARCHIVE_PASSWORD"}
    usual = {"archive": ARCHIVE, "imap": imap, "ca_file": host.ca_file}
    office.configure(mail=usual | mail)


def cut_off(office: Office, host: MailHost) -> bytes:
    """Make a run whose first message is cut off after its final dot; return its bytes."""
    with FaultyServer({"dot": [DROP]}) as faulty:
        configure(office, host, server=faulty.server)
        assert office.run().json["messages"]["in_doubt"] == 1
    configure(office, host)
    return faulty.bodies[0]


def arrives(host: MailHost, content: bytes) -> None:
    """Let a message arrive in the archive."""
    from tests.mail.test_smtp import message

    copy = message(sender=SELLER, recipients=(ARCHIVE,), content=content)
    account = {"user": SELLER, "password": PASSWORD, "ca_file": host.ca_file}
    with SmtpMailer(host.server, **account) as mail:
        mail.deliver(copy, dotting=lambda: None)
    host.settled()


def test_what_lies_in_the_archive_was_sent(
    office: Office, host: MailHost, mail_server: MailServer
) -> None:
    content = cut_off(office, host)
    with host.dovecot(), host.postfix():
        arrives(host, content)
        ran = office.run()
    assert (ran.status, ran.held) == (0, {})
    assert mail_server.received == []
    assert office.collector("doubts", "--json").json == {"doubts": []}
    assert office.rows()[0]["Next action"] == "Reminder 2 on 1 Dec"
    (letter,) = [m for m in office.collector("log", "--json").json["messages"] if m["attempts"]][:1]
    assert letter["state"] == "sent"


def test_a_copy_that_is_late_is_found_by_a_later_run(office: Office, host: MailHost) -> None:
    content = cut_off(office, host)
    with host.dovecot(), host.postfix():
        early = office.run()
        assert early.status == 1
        assert early.held["Acme Ltd"].startswith("in doubt: the connection was dropped; see")
        arrives(host, content)
        assert (office.run(MONDAY).status, office.run(MONDAY).held) == (0, {})


def test_an_archive_that_is_down_stops_nothing_and_is_said(
    office: Office, host: MailHost, mail_server: MailServer
) -> None:
    cut_off(office, host)
    office.fill(due(20), due(10, "Beta GmbH"), due(20, "Gamma"))
    ran = office.run()
    assert ran.status == 1
    assert ran.json["messages"]["sent"] == 1
    assert "the archive could not be asked" in ran.held["Acme Ltd"]
    assert "nothing answers there" in ran.held["Acme Ltd"]
    assert [m.recipients[0] for m in mail_server.received] == ["ap@gamma.example"]
    listed = office.collector("doubts", "--json")
    assert len(listed.json["doubts"]) == 1
    assert "nothing answers there" in listed.err


def test_a_wrong_password_of_the_archive_is_said_without_it(
    office: Office, host: MailHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_off(office, host)
    monkeypatch.setenv("ARCHIVE_PASSWORD", "not-the-one")
    with host.dovecot():
        ran = office.run()
    assert "AUTHENTICATIONFAILED" in ran.held["Acme Ltd"]
    assert "not-the-one" not in ran.out + ran.err


def test_an_archive_that_shows_a_strange_certificate_is_not_asked(
    office: Office, host: MailHost
) -> None:
    cut_off(office, host)
    configure(office, host, ca_file=None)
    with host.dovecot():
        assert "self-signed" in office.run().held["Acme Ltd"]


def test_a_folder_that_is_not_there_is_said(office: Office, host: MailHost) -> None:
    cut_off(office, host)
    imap = {"server": host.imap, "user": ARCHIVE, "password": "env:ARCHIVE_PASSWORD"}
    configure(office, host, imap=imap | {"folder": "Mahnungen"})
    with host.dovecot():
        assert "Mahnungen" in office.run().held["Acme Ltd"]


def test_nobody_can_send_again_what_lies_in_the_archive(
    office: Office, host: MailHost, mail_server: MailServer
) -> None:
    content = cut_off(office, host)
    with host.dovecot(), host.postfix():
        arrives(host, content)
        again = office.collector("doubts", "--json", "--again", "Acme Ltd")
        assert again.status == 0
        assert again.json["doubts"] == []
        assert [m["customer"] for m in again.json["found"]] == ["Acme Ltd"]
        assert office.run(FRIDAY).json["messages"]["sent"] == 0
    assert mail_server.received == []
