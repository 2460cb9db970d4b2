"""Rehearse, approve, send: what may go out, and what waits for a person."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mail_server import MailServer
from tests.office import HEAD, Office, due

NEXT_FRIDAY = date(2026, 11, 27)


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(10, "Beta GmbH"))
    return office


def sent_to(server: MailServer) -> list[str]:
    return [address for message in server.received for address in message.recipients]


def states(office: Office) -> list[tuple[str, str]]:
    """Return the messages of the log as (customer, state), oldest first."""
    found = office.collector("log", "--json").json["messages"]
    return [(message["customer"], message["state"]) for message in reversed(found)]


def test_rehearse_marks_the_sheet_and_mails_nobody(office: Office, mail_server: MailServer) -> None:
    office.configure(mail={"mode": "rehearse", "user": "ar", "password": "env:NOT_SET"})
    report = office.run().json
    assert report["messages"] == {
        "sent": 0, "rehearsed": 2, "waiting": 0, "refused": 0, "in_doubt": 0,
    }  # fmt: skip
    assert mail_server.sessions == 0
    assert set(office.column("Status").values()) == {"Overdue"}
    assert set(office.column("Last reminder").values()) == {None}

    office.configure()
    assert office.run().json["messages"]["sent"] == 2


def test_what_waits_goes_out_after_its_tick_and_only_once(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"mode": "approve"})
    first = office.run()
    assert (first.status, first.json["messages"]["waiting"]) == (0, 2)
    assert first.held == dict.fromkeys(
        ("Acme Ltd", "Beta GmbH"), "waiting for approval: every message is"
    )
    waits = "Waiting for approval: every message is"
    assert set(office.column("Next action").values()) == {waits}
    assert office.run().json["messages"]["waiting"] == 2

    ticked = office.collector("approve", "--json", "Beta GmbH")
    assert (ticked.status, ticked.json["approved"]) == (0, 1)
    assert sent_to(mail_server) == []
    messages = office.run().json["messages"]
    assert (messages["sent"], messages["waiting"]) == (1, 1)
    assert sent_to(mail_server) == ["ap@beta.example"]
    assert states(office) == [("Acme Ltd", "waiting"), ("Beta GmbH", "sent")]

    assert office.collector("approve", "--json").json["approved"] == 1
    assert office.run().json["messages"]["sent"] == 1
    assert sent_to(mail_server) == ["ap@beta.example", "ap@acme.example"]
    assert office.collector("approve", "--json").json["approved"] == 0


def test_what_was_released_goes_out_under_the_cap_of_a_run_too(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"mode": "approve", "max_per_run": 1})
    office.run()
    assert office.collector("approve", "--json").json["approved"] == 2
    first = office.run()
    assert first.json["messages"]["sent"] == 1
    assert list(first.held.values()) == ["over the run's cap of 1 messages"]
    assert office.run().json["messages"]["sent"] == 1
    assert sent_to(mail_server) == ["ap@acme.example", "ap@beta.example"]


def test_a_tick_is_void_when_the_amount_changes(office: Office, mail_server: MailServer) -> None:
    office.configure(mail={"mode": "approve"})
    office.run()
    office.collector("approve", "--json")
    with office.editing() as sheet:
        sheet["G2"] = 40
    report = office.run().json
    assert (report["messages"]["sent"], report["messages"]["waiting"]) == (1, 1)
    assert sent_to(mail_server) == ["ap@beta.example"]
    assert ("Acme Ltd", "dropped") in states(office)

    office.collector("approve", "--json")
    office.run()
    text = mail_server.received[-1].parsed.get_body(("plain",)).get_content()
    assert sent_to(mail_server) == ["ap@beta.example", "ap@acme.example"]
    assert "60.00" in text


def test_a_waiting_message_is_dropped_when_the_customer_pays(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"mode": "approve"})
    office.run()
    with office.editing() as sheet:
        sheet["G2"] = 100
    assert office.run().json["messages"]["waiting"] == 1
    assert office.collector("approve", "--json").json["approved"] == 1
    office.run()
    assert sent_to(mail_server) == ["ap@beta.example"]


def test_only_the_step_that_needs_it_waits_for_a_person(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(due(20), due(-2), due(10, "Beta GmbH"))
    steps = [{"name": "courtesy", "after": -3}, {"name": "final", "after": 5, "approve": True}]
    office.configure(reminders={"steps": steps})
    report = office.run().json
    assert (report["messages"]["sent"], report["messages"]["waiting"]) == (1, 2)
    assert sent_to(mail_server) == ["ap@acme.example"]
    office.collector("approve", "--json")
    # Acme was written to today; its gap ends on the 25th.
    assert office.run().json["messages"]["sent"] == 1
    assert office.run(NEXT_FRIDAY).json["messages"]["sent"] == 1
    assert sent_to(mail_server) == ["ap@acme.example", "ap@beta.example", "ap@acme.example"]


def test_with_redirect_to_only_that_address_gets_mail_and_the_real_reasons_stay_free(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"redirect_to": "me@seller.example", "archive": "ar@seller.example"})
    assert office.run().json["messages"]["sent"] == 2
    assert office.run().json["messages"]["sent"] == 0
    assert sent_to(mail_server) == ["me@seller.example"] * 2
    trial = mail_server.received[0].parsed
    assert trial["To"] == "me@seller.example"
    assert "ap@acme.example" in trial["Subject"]

    office.configure(mail={"redirect_to": None})
    assert office.run().json["messages"]["sent"] == 2
    assert sent_to(mail_server)[2:] == ["ap@acme.example", "ap@beta.example"]


def test_max_per_run_holds_the_rest_for_the_next_run(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"max_per_run": 1})
    first = office.run()
    assert first.json["messages"]["sent"] == 1
    assert first.held == {"Beta GmbH": "over the run's cap of 1 messages"}
    second = office.run()
    assert (second.json["messages"]["sent"], second.held) == (1, {})
    assert sent_to(mail_server) == ["ap@acme.example", "ap@beta.example"]


def test_a_changed_address_waits_for_a_person_and_then_gets_the_mail(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(statements={"day": None})
    office.run()
    with office.editing() as sheet:
        sheet["B2"] = "new@elsewhere.example"
    later = date(2026, 12, 1)
    changed = office.run(later)
    assert changed.held["Acme Ltd"].startswith("waiting for approval: the address changed")
    assert sent_to(mail_server)[2:] == ["ap@beta.example"]
    assert office.collector("approve", "--json", "Acme Ltd").json["approved"] == 1
    assert office.run(later).json["messages"]["sent"] == 1
    assert sent_to(mail_server)[3:] == ["new@elsewhere.example"]


def test_everybody_on_the_row_and_the_archive_get_it_but_the_archive_is_not_seen(
    office: Office, mail_server: MailServer
) -> None:
    row = [*due(20), "boss@acme.example"]
    row[1] = "a@acme.example; b@acme.example"
    office.fill(row, head=[*HEAD, "CC"])
    office.configure(mail={"archive": "archive@seller.example"})
    office.run()
    (message,) = mail_server.received
    assert set(message.recipients) == {
        "a@acme.example", "b@acme.example", "boss@acme.example", "archive@seller.example",
    }  # fmt: skip
    parsed = message.parsed
    assert (parsed["To"], parsed["Cc"]) == ("a@acme.example, b@acme.example", "boss@acme.example")
    assert (parsed["From"], parsed["Bcc"]) == ("Accounts <ar@seller.example>", None)
    assert b"archive@" not in message.content


def attachments(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.iter_attachments()]


def test_the_monthly_statement_goes_with_what_is_due_once_and_only_in_its_week(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(due(20), due(-25, "Beta GmbH"))
    first = date(2026, 12, 1)
    report = office.run(first).json
    assert [(mail["customer"], mail["step"]) for mail in report["mails"]] == [
        ("Acme Ltd", "first"), ("Beta GmbH", "statement"),
    ]  # fmt: skip
    for message in mail_server.received:
        kinds = attachments(message.parsed)
        assert kinds[0] == "application/pdf"
        assert kinds[1].endswith("spreadsheetml.sheet")
        assert "/statement/2026-11" in message.parsed["X-Collector-Occasions"]
    assert office.run(first).json["messages"]["sent"] == 0
    assert office.run(date(2026, 12, 4)).json["messages"]["sent"] == 0


def test_a_first_run_after_the_statement_days_sends_none(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(due(-25, "Beta GmbH"))
    assert office.run(date(2026, 12, 8)).json["messages"]["sent"] == 0
    assert office.run(date(2026, 12, 7)).json["messages"]["sent"] == 1
