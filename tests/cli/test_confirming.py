"""A balance confirmation is mailed once, like any other message, and its state is seen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from tests.mail_server import MailServer
from tests.office import FRIDAY, Office, due

ANSWERED = FRIDAY + timedelta(days=4)
# Nothing is so late that a reminder would come between.
LADDER = {"steps": [{"name": "final", "after": 90}]}


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.configure(write={"customers": True}, reminders=LADDER)
    office.fill(due(20), due(-10), due(10, "Beta GmbH"))
    return office


def occasions(server: MailServer) -> list[str]:
    return [message.parsed["X-Collector-Occasions"] for message in server.received]


def test_a_confirmation_goes_once_with_its_letter_and_asks_for_no_payment(
    office: Office, mail_server: MailServer
) -> None:
    asked = office.collector("confirm", "Acme Ltd", "--send", as_of=FRIDAY)
    assert "goes with the next run" in asked.out
    assert mail_server.received == []
    for _ in range(2):
        office.run()
    assert occasions(mail_server) == ["receivables/acme ltd/confirmation/2026-11-20"]
    mail = mail_server.received[0].parsed
    assert mail["To"] == "ap@acme.example"
    assert mail["Subject"] == "Balance confirmation as at 20 November 2026: Acme Ltd"
    (letter,) = mail.iter_attachments()
    assert letter.get_content_type() == "application/pdf"
    text = mail.get_body(("plain",)).get_content()
    assert "You owe us  USD 200.00" in text
    assert "in words: Two hundred and 00/100 US dollars" in text
    assert "by 4 December 2026" in " ".join(text.split())
    again = office.collector("confirm", "Acme Ltd", "--send", as_of=FRIDAY)
    assert again.status == 2
    assert "was sent to Acme Ltd already" in again.err


@pytest.mark.parametrize("mode", ["rehearse", "approve"])
def test_the_mode_decides_whether_a_confirmation_goes(
    office: Office, mail_server: MailServer, mode: str
) -> None:
    office.configure(mail={"mode": mode}, reminders=LADDER)
    office.collector("confirm", "Acme Ltd", "--send", as_of=FRIDAY)
    office.run()
    assert mail_server.received == []
    state = office.collector("confirm", "--json").json["confirmations"][0]["state"]
    assert state == "asked"
    if mode == "approve":
        office.collector("approve", "Acme Ltd", "--yes")
        office.run()
        assert any("confirmation" in each for each in occasions(mail_server))


def test_a_payment_booked_meanwhile_changes_what_waits(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"mode": "approve"}, reminders=LADDER)
    office.collector("confirm", "Acme Ltd", "--send", as_of=FRIDAY)
    office.run()
    office.collector("approve", "Acme Ltd", "--yes")
    with office.editing() as sheet:
        sheet["G2"] = 40
    office.run()
    assert mail_server.received == []
    office.collector("approve", "Acme Ltd", "--yes")
    office.run()
    (message,) = (m.parsed for m in mail_server.received if "confirmation" in str(m.parsed))
    assert "USD 160.00" in message.get_body(("plain",)).get_content()


def test_what_became_of_it_stands_beside_the_customer_and_in_the_report(office: Office) -> None:
    assert office.collector("confirm", "Acme Ltd", "agreed", as_of=ANSWERED).status == 2
    office.collector("confirm", "Acme Ltd", "--send", as_of=FRIDAY)
    office.run()
    assert _credit(office) == {"Acme Ltd": "sent 2026-11-20 (as at 2026-11-20)", "Beta GmbH": None}
    note = ("--note", "our 17 is missing")
    office.collector("confirm", "Acme Ltd", "differs", *note, as_of=ANSWERED)
    office.run()
    assert _credit(office)["Acme Ltd"] == "differs 2026-11-24 (as at 2026-11-20)"
    reported = office.collector("report", "--out", str(office.folder), "--json", as_of=FRIDAY).json
    (known,) = reported["confirmations"]
    assert (known["name"], known["state"], known["note"]) == (
        "Acme Ltd", "differs", "our 17 is missing",
    )  # fmt: skip
    page = (office.folder / "report_2026-11-20.html").read_text(encoding="utf-8")
    assert "our 17 is missing" in page
    book = openpyxl.load_workbook(office.folder / "report_2026-11-20.xlsx")
    assert "our 17 is missing" in [cell.value for cell in book["Balance confirmations"][4]]


def test_who_never_asked_for_a_confirmation_gets_no_column_for_it(office: Office) -> None:
    office.run()
    assert "Balance confirmation" not in office.rows("Customers")[0]


def _credit(office: Office) -> dict[str, object]:
    return {row["Customer"]: row["Balance confirmation"] for row in office.rows("Customers")}


def test_nobody_is_asked_to_answer_before_the_letter_was_written(office: Office) -> None:
    day = str(FRIDAY - timedelta(days=1))
    for way in (["--send"], ["--out", str(office.folder / "out")]):
        ran = office.collector("confirm", "Acme Ltd", *way, "--reply-by", day, as_of=FRIDAY)
        assert (ran.status, f"--reply-by {day} is before" in ran.err) == (2, True)
    today = office.collector(
        "confirm", "Acme Ltd", "--send", "--reply-by", str(FRIDAY), as_of=FRIDAY
    )
    assert today.status == 0


def test_confirmations_are_listed_by_the_customers_name(office: Office) -> None:
    office.collector("confirm", "Acme Ltd", "sent", as_of=FRIDAY)
    ran = office.collector("confirm")
    assert "2026-11-20  Acme Ltd  " in ran.out
    (listed,) = office.collector("confirm", "--json").json["confirmations"]
    assert (listed["customer"], listed["name"]) == ("acme ltd", "Acme Ltd")


def test_of_an_unknown_customer_the_nearest_are_named_where_there_are_any(office: Office) -> None:
    far = office.collector("simulate", "--default", "Zed", as_of=FRIDAY)
    assert (far.status, "There is no customer Zed" in far.err, "Nearest" in far.err) == (
        2, True, False,
    )  # fmt: skip
    near = office.collector("confirm", "Acme", "--send", as_of=FRIDAY)
    assert "Nearest: Acme Ltd." in near.err
