"""Mail goes to whom the sheet names at the moment of sending, for what it shows at that moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Office, due

PAID, EMAIL, AMOUNT = 7, 2, 6


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(10, "Beta GmbH"), due(15, "Gamma"))
    return office


def recipients(server: MailServer) -> list[str]:
    return [address for message in server.received for address in message.recipients]


def meanwhile(server: MailServer, office: Office, edit: Callable[[Any], None]) -> None:
    """Let a colleague save an edit while the first message goes out."""

    def save() -> None:
        with office.editing() as sheet:
            edit(sheet)

    server.holding[1] = save


# ── while the mail goes out ──────────────────────────────────────────────────────────────────


def test_a_payment_typed_while_the_mail_goes_out_stops_the_reminder(
    office: Office, mail_server: MailServer
) -> None:
    meanwhile(mail_server, office, lambda sheet: sheet.cell(3, PAID, 100))
    ran = office.run()
    assert recipients(mail_server) == ["ap@acme.example", "ap@gamma.example"]
    assert ran.json["messages"]["sent"] == 2
    assert office.column("Status")["BETA-1110"] == "Settled"
    assert [office.column("Last reminder")[number] for number in ("BETA-1110",)] == [None]


def test_a_part_payment_typed_meanwhile_changes_the_letter(
    office: Office, mail_server: MailServer
) -> None:
    meanwhile(mail_server, office, lambda sheet: sheet.cell(3, PAID, 60))
    office.run()
    assert recipients(mail_server) == ["ap@acme.example", "ap@beta.example", "ap@gamma.example"]
    letter = mail_server.received[1].parsed.get_body(("plain",)).get_content()
    assert "40.00" in letter
    assert "USD 100.00" not in letter


def test_an_address_corrected_meanwhile_is_the_one_that_is_used(
    office: Office, mail_server: MailServer
) -> None:
    meanwhile(mail_server, office, lambda sheet: sheet.cell(3, EMAIL, "ar@beta.example"))
    office.run()
    assert recipients(mail_server) == ["ap@acme.example", "ar@beta.example", "ap@gamma.example"]


def test_rows_deleted_and_sorted_meanwhile_are_followed(
    office: Office, mail_server: MailServer
) -> None:
    meanwhile(mail_server, office, lambda sheet: sheet.delete_rows(3))
    ran = office.run()
    assert (ran.status, recipients(mail_server)) == (0, ["ap@acme.example", "ap@gamma.example"])
    assert office.rows()[1]["Last reminder"]


def test_a_row_added_meanwhile_is_written_to_and_the_cap_still_holds(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"max_per_run": 3})
    meanwhile(mail_server, office, lambda sheet: sheet.append(due(30, "Delta")))
    ran = office.run()
    assert len(recipients(mail_server)) == 3
    assert ran.held == {"Delta": "over the run's cap of 3 messages"}
    mail_server.received.clear()
    office.run()
    assert recipients(mail_server) == ["ap@delta.example"]


def test_saving_again_and_again_sends_nobody_a_second_message(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(*(due(20, f"C{number:02} Ltd") for number in range(12)))

    def save(number: int) -> Callable[[], None]:
        def change() -> None:
            with office.editing() as sheet:
                sheet.cell(number + 1, AMOUNT, 100 + number)

        return change

    mail_server.holding |= {number: save(number) for number in range(1, 12)}
    assert office.run().json["messages"]["sent"] == 12
    assert len(set(recipients(mail_server))) == len(recipients(mail_server)) == 12


def test_a_book_that_is_gone_for_a_moment_while_it_is_saved_is_waited_for(
    office: Office, mail_server: MailServer
) -> None:
    aside = office.folder / "saving.tmp"

    def save_slowly() -> None:
        office.book.rename(aside)
        threading.Timer(0.8, lambda: aside.rename(office.book)).start()

    mail_server.holding[1] = save_slowly
    assert office.run().json["messages"]["sent"] == 3


def test_a_book_that_is_gone_for_good_stops_the_mail_and_says_what_went_out(
    office: Office, mail_server: MailServer
) -> None:
    aside = office.folder / "elsewhere.xlsx"
    mail_server.holding[1] = lambda: office.book.rename(aside) and None
    ran = office.run()
    assert ran.status == 3
    assert ran.json["messages"]["sent"] == 1
    assert list(ran.held.values()) == ["not sent: the run was stopped"] * 2
    assert "receivables.xlsx" in ran.err
    aside.rename(office.book)
    assert office.run().json["messages"]["sent"] == 2
    assert len(set(recipients(mail_server))) == 3


def test_a_book_that_becomes_unreadable_stops_the_mail_to_whom_it_holds(
    office: Office, mail_server: MailServer
) -> None:
    meanwhile(mail_server, office, lambda sheet: sheet.cell(3, AMOUNT, "about a hundred"))
    ran = office.run()
    assert recipients(mail_server) == ["ap@acme.example", "ap@gamma.example"]
    assert ran.held["Beta GmbH"].startswith("unreadable:")


# ── domains ──────────────────────────────────────────────────────────────────────────────────


def test_only_allowed_domains_get_mail_and_the_row_says_so(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(
        due(20),
        due(10, "Beta GmbH", email="ap@mail.beta.example"),
        due(10, "Gamma", email="ap@notbeta.example"),
        due(10, "Delta", email="ap@beta.example, boss@elsewhere.example"),
    )
    office.configure(mail={"allow_domains": ["beta.example"]})
    ran = office.run()
    assert recipients(mail_server) == ["ap@mail.beta.example"]
    assert set(ran.held) == {"Acme Ltd", "Gamma", "Delta"}
    assert "boss@elsewhere.example" in ran.held["Delta"]
    assert "mail may not go to ap@acme.example" in office.column("Next action")["ACME-1031"]


def test_a_denied_domain_gets_none_even_where_it_is_allowed(
    office: Office, mail_server: MailServer
) -> None:
    allowed = ["acme.example", "beta.example"]
    office.configure(mail={"allow_domains": allowed, "deny_domains": "@BETA.example"})
    office.run()
    assert recipients(mail_server) == ["ap@acme.example"]


def test_a_copy_to_a_denied_domain_holds_the_message(
    office: Office, mail_server: MailServer
) -> None:
    steps = [{"name": "first", "after": 3, "cc": ["manager@denied.example"]}]
    office.configure(mail={"deny_domains": ["denied.example"]}, reminders={"steps": steps})
    ran = office.run()
    assert recipients(mail_server) == []
    assert "manager@denied.example" in ran.held["Acme Ltd"]
    assert ran.json["messages"]["sent"] == 0


def test_a_row_without_an_address_gets_nothing_and_is_a_task(
    office: Office, mail_server: MailServer
) -> None:
    row = due(20)
    row[1] = None
    office.fill(row, due(10, "Beta GmbH"))
    ran = office.run()
    assert recipients(mail_server) == ["ap@beta.example"]
    assert ran.held == {"Acme Ltd": "no email address"}
    assert office.column("Next action")["ACME-1031"] == "Not chased: no email address"
    assert ran.json["tasks"][0]["customer"] == "Acme Ltd"


def test_one_malformed_address_among_a_thousand_holds_one(
    office: Office, mail_server: MailServer
) -> None:
    rows = [due(20, f"C{number:04} Ltd") for number in range(1000)]
    rows[500][1] = "ap@@c0500.example"
    office.fill(*rows)
    office.configure(mail={"max_per_run": 2000}, statements={"day": None})
    started = time.monotonic()
    ran = office.run()
    print(f"1,000 customers in {time.monotonic() - started:.1f} s")
    assert ran.json["messages"]["sent"] == 999
    assert len(set(recipients(mail_server))) == len(recipients(mail_server)) == 999
    assert ran.held == {"C0500 Ltd": "no valid email address"}
    assert ran.status == 1


# ── a person first ───────────────────────────────────────────────────────────────────────────


def test_above_an_amount_a_person_releases_it(office: Office, mail_server: MailServer) -> None:
    office.fill(due(20, amount=500), due(10, "Beta GmbH", amount=500.01), due(9, "Gamma"))
    office.configure(approval={"above": 500})
    ran = office.run()
    assert recipients(mail_server) == ["ap@acme.example", "ap@gamma.example"]
    assert ran.held == {"Beta GmbH": "waiting for approval: its total needs it"}
    assert ran.json["messages"]["waiting"] == 1
    office.collector("approve", "--yes")
    assert office.run().json["messages"]["sent"] == 1
    assert recipients(mail_server)[-1] == "ap@beta.example"


def test_a_total_that_cannot_be_compared_waits_too(office: Office, mail_server: MailServer) -> None:
    head = [*HEAD, "Currency"]
    office.fill([*due(20), "USD"], [*due(10, "Beta GmbH"), "JPY"], head=head)
    office.configure(approval={"above": 500})
    ran = office.run()
    assert recipients(mail_server) == ["ap@acme.example"]
    assert ran.held == {"Beta GmbH": "waiting for approval: its total needs it"}


def test_the_first_message_to_a_customer_waits_and_later_ones_do_not(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(approval={"first_message": True}, statements={"day": None})
    assert office.run().json["messages"]["waiting"] == 3
    office.collector("approve", "--yes", "Acme Ltd")
    assert office.run().json["messages"] == {
        "sent": 1, "rehearsed": 0, "waiting": 2, "refused": 0, "in_doubt": 0,
    }  # fmt: skip
    later = office.run(FRIDAY.replace(month=12, day=4))
    assert later.json["messages"]["sent"] == 1
    assert recipients(mail_server) == ["ap@acme.example"] * 2
