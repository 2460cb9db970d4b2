"""Two machines, two ledgers, one book: the book says whose it is, and the other one refuses."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.mail_server import DROP, FaultyServer, MailServer
from tests.office import FRIDAY, Office, due

LATER = date(2026, 12, 1)
AS_OF = ("--as-of", FRIDAY.isoformat())


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    folder = tmp_path / "one"
    folder.mkdir()
    office = Office(folder, mail_server.server)
    office.configure(statements={"day": None})
    office.fill(due(20), due(10, "Beta GmbH"))
    return office


def another(office: Office, name: str = "two", **terms: object) -> Office:
    """Return an office with a ledger of its own that works on the same book."""
    folder = office.folder.parent / name
    folder.mkdir()
    other = Office(folder, office._server)
    other.book = office.book
    terms = {"statements": {"day": None}, **terms}
    other.configure(workbook=str(office.book), book="receivables", **terms)
    return other


def claim(office: Office) -> str:
    names = openpyxl.load_workbook(office.book).defined_names
    return str(names["_collector_note.claim"].attr_text)


def test_the_first_run_claims_the_book_where_nobody_sees_it(
    office: Office, mail_server: MailServer
) -> None:
    office.run()
    names = openpyxl.load_workbook(office.book).defined_names
    assert names["_collector_note.claim"].hidden
    assert str(office.folder) not in claim(office)
    first = claim(office)
    office.run(LATER)
    assert claim(office) == first
    assert len(mail_server.received) == 4


def test_another_ledger_refuses_and_says_who_has_the_book(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"mode": "rehearse"})
    office.run()
    other = another(office)
    before = office.book.read_bytes()
    for command in ("run", "preview", "check"):
        ran = other.collector(command, as_of=FRIDAY)
        assert ran.status == 5, command
        assert ran.err.count("\n") == 1
        assert re.search(
            r"Another ledger writes to the customers of receivables\.xlsx: that of Collector on "
            r"\S+, since \d{4}-\d\d-\d\d \d\d:\d\d\..*run `collector run --take-over` here",
            ran.err,
        )
    assert office.book.read_bytes() == before
    assert mail_server.received == []


def test_taken_over_it_is_the_others_and_the_first_one_refuses(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"mode": "rehearse"})
    office.run()
    other = another(office)
    taken = other.collector("run", "--json", "--take-over", as_of=FRIDAY)
    assert (taken.status, taken.json["messages"]["sent"]) == (0, 2)
    assert other.run().json["messages"]["sent"] == 0
    office.configure(statements={"day": None})
    refused = office.run(LATER)
    assert refused.status == 5
    # It knows nothing of what the other one said, so it would have to adopt that first.
    assert "run `collector adopt --take-over` here" in refused.err
    assert len(mail_server.received) == 2


def test_a_ledger_that_does_not_know_what_was_said_cannot_just_take_over(
    office: Office, mail_server: MailServer
) -> None:
    assert office.run().json["messages"]["sent"] == 2
    other = another(office)
    for words in (("run", "--take-over"), ("run",), ("adopt", "--yes")):
        refused = other.collector(*words, as_of=LATER)
        assert refused.status == 5
        assert "run `collector adopt --take-over` here" in refused.err
    adopted = other.collector("adopt", "--take-over", "--json")
    assert (adopted.status, len(adopted.json["adopted"])) == (0, 2)
    assert other.run().json["messages"]["sent"] == 0
    assert {mail["step"] for mail in other.run(LATER).json["mails"]} == {"second"}
    assert office.run(LATER).status == 5
    assert len(mail_server.received) == 4


def test_in_chinese_the_sentence_is_chinese(office: Office) -> None:
    office.run()
    refused = another(office, language="zh").collector("run", as_of=FRIDAY)
    assert "的客户由另一账本负责催收" in refused.err
    assert "`collector adopt --take-over`" in refused.err


def test_the_same_ledger_elsewhere_is_the_same_worker(
    office: Office, mail_server: MailServer
) -> None:
    office.run()
    moved = office.folder.rename(office.folder.parent / "moved")
    elsewhere = Office(moved, office._server)
    elsewhere.configure(statements={"day": None})
    assert elsewhere.run().json["messages"]["sent"] == 0
    assert elsewhere.run(LATER).json["messages"]["sent"] == 2


def test_a_copy_of_the_workbook_is_still_the_first_ones(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"mode": "rehearse"})
    office.run()
    other = another(office)
    other.book = Path(shutil.copy(office.book, other.folder / "copy.xlsx"))
    other.configure(workbook="copy.xlsx")
    refused = other.run()
    assert refused.status == 5
    assert "the customers of copy.xlsx" in refused.err
    assert other.collector("run", "--take-over", as_of=FRIDAY).status == 0
    assert len(mail_server.received) == 2


def test_a_deleted_ledger_is_a_case_for_adopting_and_not_for_taking_over(
    office: Office, mail_server: MailServer
) -> None:
    office.run()
    first = claim(office)
    for path in office.folder.glob("collector.db*"):
        path.unlink()
    assert "collector adopt" in office.run(LATER).err
    office.collector("adopt", "--yes")
    assert office.run().json["messages"]["sent"] == 0
    assert claim(office) != first
    assert office.run(LATER).json["messages"]["sent"] == 2


def test_who_takes_over_while_the_other_one_sends_stops_it(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"mode": "rehearse"})
    office.run()
    office.configure(statements={"day": None})
    other = another(office, mail={"mode": "rehearse"})
    mail_server.holding[1] = lambda: other.process("run", "--take-over", *AS_OF)
    ran = office.run()
    assert ran.status == 5
    assert "It took the book over just now" in ran.err
    assert ran.json["messages"]["sent"] == 1
    assert ran.held == {"Beta GmbH": "not sent: the run was stopped"}
    assert len(mail_server.received) == 1


def test_of_two_that_meet_a_new_book_at_once_one_writes_to_its_customers(
    office: Office, mail_server: MailServer
) -> None:
    other = another(office)
    ended: list[int] = []
    # The first message goes out only after the book was claimed.
    mail_server.holding[1] = lambda: ended.append(other.process("run", *AS_OF).status)
    assert office.run().json["messages"]["sent"] == 2
    assert ended == [5]
    assert len(mail_server.received) == 2


def test_only_the_copy_before_cells_changed_is_kept(office: Office) -> None:
    office.run()
    assert len(list((office.folder / "receivables.backups").iterdir())) == 1


def test_what_waits_and_what_is_in_doubt_stays_with_the_ledger_that_said_it(
    office: Office, mail_server: MailServer
) -> None:
    with FaultyServer({"dot": [DROP]}) as faulty:
        office.configure(statements={"day": None}, mail={"server": faulty.server})
        assert office.run().json["messages"]["in_doubt"] == 1
    other = another(office)
    adopted = other.collector("adopt", "--take-over", "--json")
    assert len(adopted.json["adopted"]) == 2
    assert other.run().json["messages"]["sent"] == 0
    # In doubt counts as said: it was marked in the sheet, and the other one takes it from there.
    assert mail_server.received == []
    assert office.run(LATER).status == 5
    assert len(office.collector("doubts", "--json").json["doubts"]) == 1


def test_a_book_taken_over_and_given_back_is_the_first_ones_again(
    office: Office, mail_server: MailServer
) -> None:
    office.run()
    other = another(office)
    other.collector("adopt", "--take-over", "--json")
    assert other.run(LATER).json["messages"]["sent"] == 2
    office.configure(statements={"day": None})
    office.collector("adopt", "--take-over", "--json")
    assert office.run(LATER).json["messages"]["sent"] == 0
    assert other.run(LATER).status == 5
    assert office.run(date(2026, 12, 21)).json["messages"]["sent"] == 2
    assert len(mail_server.received) == 6
