"""The operator hears once a day of what needs a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.mail_server import DROP, FaultyServer, MailServer, Received
from tests.office import FRIDAY, Office, due

OPERATOR = "ops@seller.example"
MONDAY = date(2026, 11, 23)


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    configure(office)
    return office


def configure(office: Office, **sections: Any) -> None:
    office.configure(alerts={"to": OPERATOR}, **sections)


def alerts(server: MailServer) -> list[Received]:
    return [message for message in server.received if OPERATOR in message.recipients]


def text_of(message: Received) -> str:
    body = message.parsed.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def mute(days: int, customer: str) -> list[Any]:
    row = due(days, customer)
    row[1] = None
    return row


def test_nothing_that_needs_a_person_is_no_mail(office: Office, mail_server: MailServer) -> None:
    office.fill(due(20))
    office.run()
    assert alerts(mail_server) == []


def test_who_has_no_address_or_was_refused_is_told_once_a_day(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(mute(20, "Acme Ltd"), due(10, "Beta GmbH"), due(10, "Gamma"))
    mail_server.replies["ap@beta.example"] = "550 no such user"
    ran = office.run()
    (alert,) = alerts(mail_server)
    assert alert.recipients == (OPERATOR,)
    assert alert.parsed["Subject"] == "receivables.xlsx, 2026-11-20: something needs a person"
    assert "- Acme Ltd: no email address" in text_of(alert)
    assert "- Beta GmbH: refused by the mail server: ap@beta.example: 550" in text_of(alert)
    assert "Gamma" not in text_of(alert)
    assert ran.json["messages"] == {
        "sent": 1, "rehearsed": 0, "waiting": 0, "refused": 1, "in_doubt": 0,
    }  # fmt: skip
    assert office.column("Next action") == {
        "ACME-1031": "Not chased: no email address",
        "BETA-1110": "Refused by the mail server (ap@beta.example: 550 no such user): tried again "
        "with the next run",
        "GAMMA-1110": "Reminder 2 on 1 Dec",
    }
    office.run()
    assert len(alerts(mail_server)) == 1
    office.run(MONDAY)
    assert len(alerts(mail_server)) == 2


def test_what_is_in_doubt_is_told_and_stands_in_the_row(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(due(20), due(10, "Beta GmbH"))
    with FaultyServer({"dot": [DROP]}) as faulty:
        configure(office, mail={"server": faulty.server})
        office.run()
    assert len(faulty.bodies) == 3
    assert b"In doubt" in faulty.bodies[2]
    said = "In doubt whether the last message arrived: see collector doubts"
    assert office.column("Next action")["ACME-1031"] == said
    configure(office)
    office.run(MONDAY)
    (alert,) = alerts(mail_server)
    assert "Acme Ltd: in doubt: the connection was dropped" in text_of(alert)


def test_what_waits_and_what_cannot_be_read_is_told(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(due(20), due(10, "Beta GmbH", amount="about a hundred"))
    configure(office, mail={"mode": "approve"})
    office.run()
    (alert,) = alerts(mail_server)
    assert "Messages that wait for approval: 1" in text_of(alert)
    assert "- Invoices!F3:" in text_of(alert)


def test_an_alert_in_doubt_troubles_nobody(office: Office, mail_server: MailServer) -> None:
    office.fill(mute(20, "Acme Ltd"))
    with FaultyServer({"dot": [DROP]}) as faulty:
        configure(office, mail={"server": faulty.server})
        office.run()
    configure(office)
    assert office.run().held == {"Acme Ltd": "no email address"}
    assert alerts(mail_server) == []
    assert office.collector("doubts", "--json").json == {"doubts": []}


def test_an_alert_that_was_refused_is_tried_by_the_next_run(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(mute(20, "Acme Ltd"))
    mail_server.replies[OPERATOR] = "450 later"
    assert office.run().status == 1
    mail_server.replies.clear()
    office.run()
    assert len(alerts(mail_server)) == 1


def test_a_rehearsal_and_a_trial_keep_to_themselves(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(mute(20, "Acme Ltd"))
    configure(office, mail={"mode": "rehearse"})
    office.run()
    assert mail_server.received == []
    configure(office, mail={"redirect_to": "me@seller.example"})
    office.run()
    assert [message.recipients for message in mail_server.received] == [("me@seller.example",)]
    configure(office)
    office.run()
    assert len(alerts(mail_server)) == 1


def test_it_is_said_in_the_language_of_the_book(office: Office, mail_server: MailServer) -> None:
    office.fill(mute(20, "北京商贸有限公司"))
    configure(office, language="zh")
    office.run(FRIDAY)
    (alert,) = alerts(mail_server)
    assert "没有有效邮箱：" in text_of(alert)
    assert "有事项需人工处理" in alert.parsed["Subject"]
