"""A ledger that knows less than the sheet shows: nobody is written to until it is adopted."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Office, due, mail_of

LATER = date(2026, 11, 24)


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    """An office whose run on Friday wrote to two customers."""
    office = Office(tmp_path, mail_server.server)
    office.configure(statements={"day": None})
    office.fill(due(20), due(40, "Beta GmbH"), due(5, "Gamma"), due(-20, "Delta"))
    assert office.run().json["messages"]["sent"] == 3
    mail_server.received.clear()
    return office


def forget(office: Office) -> None:
    for path in office.folder.glob("collector.db*"):
        path.unlink()


def test_a_deleted_ledger_writes_to_nobody_and_leaves_the_sheet_alone(
    office: Office, mail_server: MailServer
) -> None:
    forget(office)
    before = office.book.read_bytes()
    for command in ("run", "preview", "check"):
        ran = office.collector(command, as_of=LATER)
        assert ran.status == 5, command
        assert ran.err.count("\n") == 1
        assert "shows reminders up to 2026-11-20" in ran.err
        assert "collector adopt" in ran.err
    office.configure(mail={"mode": "rehearse"})
    assert office.run(LATER).status == 5
    assert office.book.read_bytes() == before
    assert mail_server.received == []


def test_what_was_adopted_is_not_said_again_and_the_ladder_goes_on(
    office: Office, mail_server: MailServer
) -> None:
    usual = {"next": office.column("Next action"), "last": office.column("Last reminder")}
    forget(office)
    adopted = office.collector("adopt", "--json")
    assert adopted.status == 0
    assert [(a["customer"], a["day"], a["step"]) for a in adopted.json["adopted"]] == [
        ("Acme Ltd", "2026-11-20", "first"),
        ("Beta GmbH", "2026-11-20", "first"),
        ("Gamma", "2026-11-20", "first"),
    ]
    assert office.run().json["messages"]["sent"] == 0
    assert mail_server.received == []
    assert office.column("Next action") == usual["next"]
    assert office.column("Last reminder") == usual["last"]
    assert office.collector("adopt", "--json").json == {"adopted": []}

    second = office.run(date(2026, 12, 1)).json
    assert {mail["step"] for mail in second["mails"]} == {"second"}
    # A thread does not go back to a message that nobody has.
    assert all("References" not in m.parsed for m in mail_server.received)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_step_is_read_back_in_the_language_of_the_book(
    tmp_path: Path, mail_server: MailServer, language: str
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(language=language)
    office.fill(due(2), due(29, "Beta GmbH"))
    days = [date(2026, 11, 23), date(2026, 12, 4), date(2026, 12, 21)]
    said = [office.run(day).json["mails"] for day in days]
    assert [[mail["step"] for mail in mails] for mails in said] == [
        ["first", "first"],
        ["second", "second"],
        ["third", "third"],
    ]
    forget(office)
    adopted = office.collector("adopt", "--json").json["adopted"]
    assert [each["step"] for each in adopted] == ["third", "third"]


def test_a_row_whose_next_action_tells_nothing_counts_what_its_days_had_earned(
    office: Office,
) -> None:
    with office.editing() as sheet:
        sheet.cell(1, 8, "Dispute")
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row in (2, 3):
            sheet.cell(row, columns["Next action"], "Not chased: disputed")
    forget(office)
    adopted = office.collector("adopt", "--json").json["adopted"]
    assert [each["step"] for each in adopted] == ["second", "third", "first"]


def test_a_renamed_workbook_is_told_the_name_it_had(
    office: Office, mail_server: MailServer
) -> None:
    office.book = office.book.rename(office.folder / "receivables 2026.xlsx")
    office.configure(workbook=office.book.name)
    ran = office.run(LATER)
    assert ran.status == 5
    assert "it knows receivables, so if the workbook was renamed" in ran.err
    office.configure(workbook=office.book.name, book="receivables")
    assert office.run(LATER).json["messages"]["sent"] == 0
    assert mail_server.received == []


def test_an_old_copy_of_the_ledger_is_noticed(office: Office, mail_server: MailServer) -> None:
    copy = office.folder / "copy.db"
    shutil.copy(office.ledger, copy)
    tuesday = date(2026, 12, 1)
    assert office.run(tuesday).json["messages"]["sent"] == 3
    forget(office)
    copy.rename(office.ledger)
    mail_server.received.clear()
    ran = office.run(tuesday)
    assert ran.status == 5
    assert "2026-12-01" in ran.err
    adopted = office.collector("adopt", "--json").json["adopted"]
    assert {each["step"] for each in adopted} == {"second"}
    assert office.run(tuesday).json["messages"]["sent"] == 0
    assert mail_server.received == []


def test_a_doubt_that_was_not_delivered_is_nothing_the_ledger_forgot(
    office: Office, mail_server: MailServer
) -> None:
    # The only message of its day; settled as not sent, the sheet still shows that day.
    from tests.mail_server import DROP, FaultyServer

    office.fill(due(20, "Epsilon"))
    with FaultyServer({"dot": [DROP]}) as faulty:
        office.configure(mail={"server": faulty.server})
        office.run(LATER)
    office.configure()
    office.collector("doubts", "--again", "Epsilon")
    assert office.run(LATER).json["messages"]["sent"] == 1


def test_while_statements_are_due_a_new_ledger_counts_them_as_sent(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    first = date(2026, 12, 1)
    office.fill(due(20), due(-40, "Omega"))
    assert office.run(first).json["messages"]["sent"] == 2
    forget(office)
    mail_server.received.clear()
    adopted = office.collector("adopt", "--json", as_of=first).json["adopted"]
    steps = [(each["customer"], each["step"]) for each in adopted]
    assert sorted(steps) == [
        ("Acme Ltd", "first"), ("Acme Ltd", "statement"), ("Omega", "statement"),
    ]  # fmt: skip
    assert office.run(date(2026, 12, 2)).json["messages"]["sent"] == 0
    assert mail_server.received == []


def test_a_team_that_starts_anew_clears_the_column(office: Office, mail_server: MailServer) -> None:
    forget(office)
    with office.editing() as sheet:
        columns = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, columns["Last reminder"]).value = None
    assert office.run(LATER).json["messages"]["sent"] == 3
    assert {m.recipients[0] for m in mail_server.received} == {
        mail_of(name) for name in ("Acme", "Beta", "Gamma")
    }


def test_a_new_book_needs_no_adopting(tmp_path: Path, mail_server: MailServer) -> None:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), head=[*HEAD])
    assert office.collector("adopt", "--json").json == {"adopted": []}
    assert office.run(FRIDAY).json["messages"]["sent"] == 1
