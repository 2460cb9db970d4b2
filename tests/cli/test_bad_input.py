"""Bad input gets a clear sentence, and nothing is lost: the next run carries on."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.disks import skip_outside_ci, small_disk
from tests.mail_server import FaultyServer, MailServer
from tests.office import FRIDAY, HEAD, Office, Ran, due, ended

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(10, "Beta GmbH"))
    return office


def refuses(office: Office, status: int, *said: str) -> Ran:
    """Run; it must end with a status and a line or two that say it, the workbook as it was."""
    before = office.book.read_bytes() if office.book.exists() else None
    ran = office.run()
    explained(ran, status, *said)
    assert (office.book.read_bytes() if office.book.exists() else None) == before
    assert office.sound()
    assert list(office.folder.glob(".*.tmp")) == []
    return ran


def explained(ran: Ran, status: int, *said: str) -> None:
    assert ran.status == status, ran.err
    assert 1 <= ran.err.count("\n") <= 2
    assert ran.err.startswith("collector: ")
    assert "Traceback" not in ran.err
    assert "unforeseen" not in ran.err
    for text in said:
        assert text in ran.err


def carries_on(office: Office, server: MailServer, sent: int = 2) -> None:
    """With the cause gone the next run does the whole job: everybody has one message."""
    office.configure()
    ran = office.run()
    assert (ran.status, ran.err) == (0, "")
    recipients = [address for message in server.received for address in message.recipients]
    assert sorted(recipients) == ["ap@acme.example", "ap@beta.example"]
    assert ran.json["messages"]["sent"] == sent
    assert set(office.column("Status").values()) == {"Overdue"}
    assert all(office.column("Last reminder").values())
    assert office.run().json["edits"] == 0


# ── the file ─────────────────────────────────────────────────────────────────────────────────


def a_zip_of_something_else(path: Path) -> bytes:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "is not there"),
        (b"", "the file is empty"),
        (b"Customer,Amount\nAcme,100\n", "it is plain text, such as CSV"),
        (b"<html><table></table></html>", "it is a web page"),
        (OLE + bytes(504) + "Workbook".encode("utf-16-le"), "it is in the old .xls format"),
        (OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "is encrypted"),
        (b"\x89PNG\r\n\x1a\n", "it is not an Excel workbook"),
        (b"PK\3\4 torn off", "the file is damaged"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_workbook_is_refused_with_what_it_is(
    office: Office, mail_server: MailServer, content: bytes | None, said: str
) -> None:
    whole = office.book.read_bytes()
    office.book.unlink()
    if content is not None:
        office.book.write_bytes(content)
    refuses(office, 3, "receivables.xlsx", said)
    assert mail_server.sessions == 0
    office.book.write_bytes(whole)
    carries_on(office, mail_server)


def test_a_workbook_that_is_cut_off_or_holds_something_else_is_refused(
    office: Office, mail_server: MailServer
) -> None:
    whole = office.book.read_bytes()
    office.book.write_bytes(whole[: len(whole) // 2])
    refuses(office, 3, "the file is damaged")
    a_zip_of_something_else(office.book)
    refuses(office, 3, "receivables.xlsx")
    office.book.unlink()
    office.book.mkdir()
    explained(office.run(), 3, "it is a folder")
    office.book.rmdir()
    office.book.write_bytes(whole)
    carries_on(office, mail_server)


@pytest.mark.parametrize(
    ("lock", "content", "said"),
    [
        ("~$receivables.xlsx", b"\6Li Mei" + b" " * 48 + b"\6\0" + "Li Mei".encode("utf-16-le"),
         "is open: Li Mei has it open in Excel"),
        (".~lock.receivables.xlsx#", b"Ana,ana,fin-07,20.11.2026 09:00,file:///home/ana;",
         "is open: Ana @ fin-07 has it open in LibreOffice"),
    ],
)  # fmt: skip
def test_a_workbook_that_somebody_has_open_is_not_spoken_for(
    office: Office, mail_server: MailServer, lock: str, content: bytes, said: str
) -> None:
    (office.folder / lock).write_bytes(content)
    refuses(office, 3, said)
    assert mail_server.received == []
    (office.folder / lock).unlink()
    carries_on(office, mail_server)


def test_a_workbook_opened_while_the_mail_goes_out_is_marked_by_the_next_run(
    office: Office, mail_server: MailServer
) -> None:
    lock = office.folder / "~$receivables.xlsx"
    mail_server.holding[1] = lock.touch
    ran = office.run()
    assert ran.status == 3
    assert "receivables.xlsx is open: someone has it open in Excel" in ran.err
    # Whoever reads the report must know that mail went out before the failure.
    assert ran.json["messages"]["sent"] == len(mail_server.received) == 2
    lock.unlink()
    carries_on(office, mail_server, sent=0)


# ── the table ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda sheet: sheet.delete_rows(1), "No receivables table was found in receivables"),
        (lambda sheet: sheet.delete_cols(5), "has no column for"),
        (lambda sheet: add_column(sheet, "Maturity Date", FRIDAY), "could both be"),
    ],
    ids=["no table", "no due date and no terms", "two columns for one field"],
)
def test_a_table_that_cannot_be_understood_is_refused(
    office: Office, mail_server: MailServer, spoil: Callable[[Worksheet], object], said: str
) -> None:
    whole = office.book.read_bytes()
    with office.editing() as sheet:
        spoil(sheet)
    refuses(office, 3, said)
    assert mail_server.received == []
    office.book.write_bytes(whole)
    carries_on(office, mail_server)


def add_column(sheet: Worksheet, *cells: object) -> None:
    for row, value in enumerate(cells, 1):
        sheet.cell(row, len(HEAD) + 1).value = value


@pytest.mark.parametrize(
    ("cells", "where", "said"),
    [
        ({"E2": "03/04/2026"}, "Invoices!E2", "“03/04/2026” could be"),
        ({"E2": None}, "Invoices!E2", "No due date and no payment terms"),
        ({"F2": "a lot"}, "Invoices!F2", "“a lot” is not an amount"),
        ({"F2": None}, "Invoices!F2", "There is no amount"),
        ({"B2": None}, "Invoices!B2", "There is no e-mail address"),
        ({"B2": "ap@@acme.example"}, "Invoices!B2", "“ap@@acme.example” is not an e-mail address"),
    ],
)
def test_a_row_that_cannot_be_read_holds_its_customer_and_nobody_else(
    office: Office, mail_server: MailServer, cells: dict[str, object], where: str, said: str
) -> None:
    with office.editing() as sheet:
        before = {cell: sheet[cell].value for cell in cells}
        for cell, value in cells.items():
            sheet[cell] = value
    ran = office.run()
    assert (ran.status, ran.err) == (1, "")
    assert [problem["where"] for problem in ran.json["problems"]] == [where]
    assert ran.json["problems"][0]["message"].startswith(said)
    assert list(ran.held) == ["Acme Ltd"]
    assert [message.recipients for message in mail_server.received] == [("ap@beta.example",)]
    assert str(office.rows()[0]["Problem"]).startswith(said)
    with office.editing() as sheet:
        for cell, value in before.items():
            sheet[cell] = value
    carries_on(office, mail_server, sent=1)


def test_a_duplicate_invoice_number_holds_the_customer(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(due(20), due(20), due(10, "Beta GmbH"))
    ran = office.run()
    assert ran.status == 1
    message = "Invoice ACME-1031 stands here more than once (rows 2, 3)"
    assert ran.json["problems"][0]["message"].startswith(message)
    assert list(ran.held) == ["Acme Ltd"]
    with office.editing() as sheet:
        sheet.delete_rows(3)
    carries_on(office, mail_server, sent=1)


def test_more_paid_than_owed_is_a_credit_and_a_problem_that_holds_nothing(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(due(20), due(12, amount=100, paid=130), due(10, "Beta GmbH"))
    ran = office.run()
    assert (ran.status, ran.json["messages"]["sent"]) == (1, 2)
    assert [problem["where"] for problem in ran.json["problems"]] == ["Invoices!G3"]
    assert office.rows()[1]["Status"] == "Credit"
    text = mail_server.received[0].parsed.get_body(("plain",)).get_content()
    assert "70.00" in text


# ── the configuration ────────────────────────────────────────────────────────────────────────


def test_every_mistake_of_the_config_is_said_with_its_line(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(
        "workbook: receivables.xlsx\n"
        "curency: USD\n"
        "reminders:\n"
        "  gap_days: five\n"
        "mail: {mode: sent}\n"
    )
    before = office.book.read_bytes()
    ran = office.run()
    assert ran.status == 2
    first, second, third = ran.err.splitlines()
    assert (
        "config.yaml:2: curency: is not a key that is known here; did you mean `currency`?" in first
    )
    assert "config.yaml:4: reminders.gap_days: should be a whole number" in second
    assert "config.yaml:5: mail.mode: " in third
    assert office.book.read_bytes() == before
    assert not office.ledger.exists()
    carries_on(office, mail_server)


def test_a_config_that_is_not_there_is_said_with_what_to_do(
    office: Office, mail_server: MailServer
) -> None:
    (office.folder / "config.yaml").unlink()
    refuses(office, 2, "config.yaml is not there. Run `collector init BOOK`")
    carries_on(office, mail_server)


@pytest.mark.parametrize("day", ["20.11.2026", "2026-02-30", "0001-01-01", "9999-12-31", "now"])
def test_a_day_that_is_none_is_wrong_usage(office: Office, day: str) -> None:
    explained(office.collector("run", "--as-of", day), 2, f"{day} is not a day")


def test_a_missing_secret_stops_before_anything_is_done(
    office: Office, mail_server: MailServer
) -> None:
    office.configure(mail={"user": "ar", "password": "env:COLLECTOR_TEST_NOWHERE"})
    refuses(office, 2, "mail.password", "env:COLLECTOR_TEST_NOWHERE is not set")
    assert mail_server.sessions == 0
    carries_on(office, mail_server)


# ── the mail server ──────────────────────────────────────────────────────────────────────────


def test_a_mail_server_that_is_down_leaves_a_marked_sheet_and_unsent_mail(
    office: Office, mail_server: MailServer
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        server = f"127.0.0.1:{listener.getsockname()[1]}"
    office.configure(mail={"server": server})
    ran = office.run()
    explained(ran, 4, server, "nothing answers there")
    assert set(ran.held.values()) == {"not sent: the mail server could not be used"}
    assert set(office.column("Status").values()) == {"Overdue"}
    assert set(office.column("Last reminder").values()) == {None}
    carries_on(office, mail_server)


def test_a_mail_server_that_goes_away_between_messages_leaves_the_rest_for_the_next_run(
    office: Office, mail_server: MailServer
) -> None:
    gone = ["421 closing"] * 9
    with FaultyServer({"MAIL": ["250 ok", *gone], "connect": ["220 ready", *gone]}) as faulty:
        office.configure(mail={"server": faulty.server})
        ran = office.run()
    explained(ran, 4, "it ended the session: 421 closing")
    assert ran.json["messages"]["sent"] == len(faulty.bodies) == 1
    assert list(ran.held) == ["Beta GmbH"]
    acme, beta = office.rows()
    assert acme["Last reminder"]
    assert beta["Last reminder"] is None
    office.configure()
    assert office.run().json["messages"]["sent"] == 1
    assert [message.recipients for message in mail_server.received] == [("ap@beta.example",)]


def test_a_refused_login_leaves_a_marked_sheet_and_shows_no_password(
    office: Office, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AR_PASSWORD", "not the one")
    with MailServer(login=("ar", "open sesame"), auth_require_tls=False) as server:
        office.configure(
            mail={"server": server.server, "user": "ar", "password": "env:AR_PASSWORD"}
        )
        ran = office.run()
    explained(ran, 4, "refused the login of ar")
    assert "not the one" not in ran.err + ran.out
    assert set(office.column("Status").values()) == {"Overdue"}
    carries_on(office, mail_server)


def test_a_refused_recipient_is_said_and_the_others_get_theirs(
    office: Office, mail_server: MailServer
) -> None:
    mail_server.replies["ap@acme.example"] = "550 no such user"
    ran = office.run()
    assert (ran.status, ran.err) == (1, "")
    messages = ran.json["messages"]
    assert (messages["sent"], messages["refused"]) == (1, 1)
    assert "550 no such user" in ran.held["Acme Ltd"]
    assert office.rows()[0]["Last reminder"] is None
    mail_server.replies.clear()
    carries_on(office, mail_server, sent=1)


# ── the disk ─────────────────────────────────────────────────────────────────────────────────


def test_a_file_too_large_for_the_disk_leaves_the_old_one(
    office: Office, mail_server: MailServer
) -> None:
    noise = [[os.urandom(500).hex()] for _ in range(3_000)]
    office.fill(due(20), due(10, "Beta GmbH"), Noise=noise)
    before = office.book.read_bytes()
    limit = len(before) * 3 // 4
    process = office.start("run", "--as-of", FRIDAY.isoformat())
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, limit))
    ran = ended(process)
    explained(ran, 3, "receivables.xlsx could not be saved: the disk is full.")
    assert office.book.read_bytes() == before
    assert list(office.folder.glob(".*.tmp")) == []
    assert office.sound()
    # The book could not be claimed, so nobody was written to on its behalf.
    assert mail_server.received == []
    carries_on(office, mail_server, sent=2)


def test_a_disk_found_full_after_the_mail_went_out_leaves_the_old_file(
    office: Office, mail_server: MailServer
) -> None:
    noise = [[os.urandom(500).hex()] for _ in range(3_000)]
    office.fill(due(20), due(10, "Beta GmbH"), Noise=noise)
    office.configure(mail={"mode": "rehearse"})
    office.run()
    office.configure()
    before = office.book.read_bytes()
    limit = len(before) * 3 // 4
    process = office.start("run", "--as-of", FRIDAY.isoformat())
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (limit, limit))
    explained(ended(process), 3, "receivables.xlsx could not be saved: the disk is full.")
    assert office.book.read_bytes() == before
    # Both were written to before the disk was found full; neither is again.
    assert len(mail_server.received) == 2
    carries_on(office, mail_server, sent=0)


def test_a_full_disk_under_the_workbook_leaves_the_old_file(
    office: Office, mail_server: MailServer
) -> None:
    books = office.folder / "books"
    books.mkdir()
    with small_disk(books, "64k"):
        book = office.book
        office.book = Path(shutil.copy(book, books))
        office.configure(workbook=str(office.book))
        filler = books / "filler"
        with filler.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(1024)):
                    pass
            except OSError:
                pass
        refuses(office, 3, "receivables.xlsx could not be saved: the disk is full.")
        assert mail_server.received == []
        filler.unlink()
        assert office.run().json["messages"]["sent"] == 2
        assert set(office.column("Status").values()) == {"Overdue"}
    assert len(mail_server.received) == 2


def test_a_full_disk_under_the_ledger_sends_nothing(
    office: Office, mail_server: MailServer
) -> None:
    ledgers = office.folder / "ledgers"
    ledgers.mkdir()
    with small_disk(ledgers, "64k"):
        office.configure(ledger="sqlite:///ledgers/collector.db")
        refuses(office, 5, "the disk is full")
    assert mail_server.received == []
    carries_on(office, mail_server)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write in a folder; root needs more than permissions to be kept out."""
    if os.geteuid() != 0:
        folder.chmod(0o555)
    elif subprocess.run(["chattr", "+i", str(folder)], capture_output=True, check=False).returncode:
        skip_outside_ci("nothing keeps root from writing here")
    try:
        yield
    finally:
        if os.geteuid() == 0:
            subprocess.run(["chattr", "-i", str(folder)], check=True)
        else:
            folder.chmod(0o755)


def test_a_read_only_folder_is_refused_before_anybody_is_written_to(
    office: Office, mail_server: MailServer
) -> None:
    ledgers = office.folder.with_name("ledgers")
    ledgers.mkdir(exist_ok=True)
    office.configure(ledger=f"sqlite:///{ledgers}/{office.folder.name}.db")
    with read_only(office.folder):
        refuses(
            office, 3, "receivables.xlsx could not be saved: the file or its folder is read-only"
        )
        assert mail_server.received == []
    office.configure()
    with read_only(office.folder):
        refuses(office, 5, "collector.db")
    carries_on(office, mail_server)


# ── the ledger ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not a ledger at all " * 100, "the file is damaged or is not a ledger"),
        (None, "collector.db"),
    ],
    ids=["garbage", "a folder"],
)
def test_a_ledger_that_is_none_sends_nothing(
    office: Office, mail_server: MailServer, content: bytes | None, said: str
) -> None:
    if content is None:
        office.ledger.mkdir()
    else:
        office.ledger.write_bytes(content)
    before = office.book.read_bytes()
    for words in (["run"], ["log"], ["doubts"], ["approve"]):
        explained(office.collector(*words), 5, said)
    assert office.book.read_bytes() == before
    assert mail_server.received == []
    if content is None:
        office.ledger.rmdir()
    else:
        assert office.ledger.read_bytes() == content
        office.ledger.unlink()
    carries_on(office, mail_server)


def test_another_programs_database_is_left_alone(office: Office, mail_server: MailServer) -> None:
    with closing(sqlite3.connect(office.ledger)) as database:
        database.execute("CREATE TABLE theirs (id INTEGER)")
    explained(office.run(), 5, "it is a database of another program")
    assert office.asked("SELECT name FROM sqlite_schema") == [("theirs",)]
    assert mail_server.received == []


def test_a_table_of_what_we_owe_ourselves_is_refused(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(due(20), head=["Supplier", *HEAD[1:]])
    refuses(office, 3, "speaks of what you owe")
    assert mail_server.received == []


def test_a_ledger_that_fails_after_the_dot_leaves_a_doubt_and_says_so(
    office: Office, mail_server: MailServer
) -> None:
    def rename(old: str, new: str) -> None:
        with closing(sqlite3.connect(office.ledger)) as database:
            database.execute(f"ALTER TABLE {old} RENAME TO {new}")

    mail_server.holding[1] = lambda: rename("collector_messages", "lost")
    ran = office.run()
    assert ran.status == 5
    assert ran.json["messages"] == {
        "sent": 0, "rehearsed": 0, "waiting": 0, "refused": 0, "in_doubt": 1,
    }  # fmt: skip
    assert [reason[:8] for reason in ran.held.values()] == ["in doubt", "not sent"]
    assert len(mail_server.received) == 1

    rename("lost", "collector_messages")
    again = office.run()
    assert again.json["messages"]["sent"] == 1
    assert len(mail_server.received) == 2
    assert office.collector("doubts", "--json").json["doubts"][0]["customer"] == "Acme Ltd"
