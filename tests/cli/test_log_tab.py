"""The contact log: every message that was sent stands in it once, whoever's tab it is."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.mail_server import DROP, FaultyServer, MailServer
from tests.office import FRIDAY, Office, due

TEMPLATES = Path(__file__).parents[2] / "sheets_templates"
LATER = date(2026, 12, 1)


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.configure(statements={"day": None})
    office.fill(due(18), due(10, "Beta GmbH", amount=1234.5))
    return office


def tabs(office: Office) -> list[str]:
    return list(openpyxl.load_workbook(office.book).sheetnames)


def logged(office: Office, tab: str = "Contact log") -> list[str]:
    return [row["Customer"] for row in office.rows(tab)]


def test_the_tab_is_made_at_the_first_sent_message_and_has_a_row_for_each(office: Office) -> None:
    office.configure(statements={"day": None}, mail={"mode": "rehearse"})
    office.run()
    assert tabs(office) == ["Invoices"]
    office.configure(statements={"day": None})
    report = office.run().json
    assert report["tabs"] == {"outbox": 0, "log": 2}
    assert tabs(office) == ["Invoices", "Contact log"]
    acme, beta = office.rows("Contact log")
    key = acme.pop("Key")
    assert acme == {
        "Date": datetime(2026, 11, 20), "Customer": "Acme Ltd", "Channel": "Email",
        "What": "Payment reminder: Acme Ltd", "Invoices": "ACME-1102", "Amount": "USD 100.00",
        "Result": "sent to ap@acme.example", "By": "Collector",
    }  # fmt: skip
    assert (beta["Customer"], beta["Amount"]) == ("Beta GmbH", "USD 1,234.50")
    assert key != beta["Key"]


def test_edits_count_the_cells_of_our_columns_and_a_second_run_changes_nothing(
    office: Office,
) -> None:
    folder = office.folder / "off"
    folder.mkdir()
    plain = Office(folder, office._server)
    shutil.copy(office.book, plain.book)
    plain.configure(statements={"day": None}, write={"log": False})
    assert office.run().json["edits"] == plain.run().json["edits"]
    assert tabs(plain) == ["Invoices"]
    before = office.book.read_bytes()
    again = office.run().json
    assert (again["edits"], again["tabs"]["log"]) == (0, 0)
    assert office.book.read_bytes() == before


def test_later_messages_come_below_and_rows_that_people_deleted_stay_deleted(
    office: Office,
) -> None:
    office.run()
    with office.editing("Contact log") as sheet:
        sheet.delete_rows(2)
        sheet.append([FRIDAY, "Acme Ltd", "Phone", "Will pay soon", None, None, None, "Tom"])
    office.run()
    assert logged(office) == ["Beta GmbH", "Acme Ltd"]
    assert office.run(LATER).json["messages"]["sent"] == 2
    assert logged(office) == ["Beta GmbH", "Acme Ltd", "Acme Ltd", "Beta GmbH"]
    assert office.rows("Contact log")[1]["Key"] is None


def test_a_deleted_log_begins_anew_with_the_next_message(office: Office) -> None:
    office.run()
    book = openpyxl.load_workbook(office.book)
    del book["Contact log"]
    book.save(office.book)
    office.run()
    assert tabs(office) == ["Invoices"]
    office.run(LATER)
    assert logged(office) == ["Acme Ltd", "Beta GmbH"]


def test_what_could_not_be_written_is_written_by_the_next_pass_once(
    office: Office, mail_server: MailServer
) -> None:
    office.run()  # nothing left to claim
    mail_server.received.clear()
    lock = office.folder / "~$receivables.xlsx"
    # Somebody opens the book while the last message goes out.
    mail_server.holding[2] = lambda: lock.write_bytes(b"\x03Ann" + b" " * 160)
    ran = office.run(LATER)
    assert ran.status == 3
    assert ran.json["messages"]["sent"] == 2
    assert logged(office) == ["Acme Ltd", "Beta GmbH"]
    lock.unlink()
    assert office.run(LATER).json["tabs"]["log"] == 2
    assert logged(office) == ["Acme Ltd", "Beta GmbH"] * 2
    assert office.run(LATER).json["tabs"]["log"] == 0


def test_what_stands_in_the_log_though_nobody_noted_it_is_not_added_again(office: Office) -> None:
    office.run()
    # As if the run had been killed after the workbook was saved.
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(office.ledger)) as database, database:
        database.execute("UPDATE collector_messages SET logged = ''")
    assert office.run().json["tabs"]["log"] == 0
    assert logged(office) == ["Acme Ltd", "Beta GmbH"]


def test_a_doubt_is_logged_when_it_is_settled_as_sent(office: Office) -> None:
    with FaultyServer({"dot": [DROP]}) as faulty:
        office.configure(statements={"day": None}, mail={"server": faulty.server})
        assert office.run().json["messages"]["in_doubt"] == 1
    assert logged(office) == ["Beta GmbH"]
    office.configure(statements={"day": None})
    office.collector("doubts", "--sent", "Acme Ltd")
    office.run()
    assert logged(office) == ["Beta GmbH", "Acme Ltd"]


def test_trials_and_what_was_adopted_are_no_contacts(office: Office) -> None:
    trial: dict[str, Any] = {"redirect_to": "me@seller.example"}
    office.configure(statements={"day": None}, mail=trial)
    assert office.run().json["messages"]["sent"] == 2
    assert tabs(office) == ["Invoices"]
    office.configure(statements={"day": None})
    office.run()
    book = openpyxl.load_workbook(office.book)
    del book["Contact log"]
    book.save(office.book)
    for path in office.folder.glob("collector.db*"):
        path.unlink()
    assert len(office.collector("adopt", "--json").json["adopted"]) == 2
    office.run()
    assert tabs(office) == ["Invoices"]


def test_switched_on_late_it_has_no_more_than_the_last_month(office: Office) -> None:
    terms: dict[str, Any] = {"statements": {"day": None}}
    office.configure(**terms, write={"log": False})
    office.run(date(2026, 11, 2))
    office.run(date(2026, 11, 16))
    assert tabs(office) == ["Invoices"]
    office.configure(**terms)
    office.run(date(2026, 12, 4))
    days = {row["Date"].date() for row in office.rows("Contact log")}
    assert days == {date(2026, 11, 16), date(2026, 12, 4)}


@pytest.mark.parametrize(
    ("language", "tab", "row"),
    [
        ("en", "Contact log", ("Date", "Customer", "Channel", "Amount", "By", "Key")),
        ("zh", "催收记录", ("日期", "客户", "渠道", "金额", "经办人", "键")),
    ],
)
def test_in_the_starter_books_the_log_of_the_team_is_carried_on(
    tmp_path: Path, mail_server: MailServer, language: str, tab: str, row: tuple[str, ...]
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(language=language, currency={"en": "USD", "zh": "CNY"}[language])
    shutil.copy(TEMPLATES / f"receivables_{language}.xlsx", office.book)
    names = tabs(office)
    before = _table(office, tab)
    sent = office.run().json["messages"]["sent"]
    assert sent > 3
    assert tabs(office)[: len(names)] == names
    after = _table(office, tab)
    assert after[: len(before)] == before
    new = after[len(before) :]
    assert len(new) == sent
    by, when, amount = row[4], row[0], row[3]
    assert {each[by] for each in new} == {"Collector"}
    assert {each[when] for each in new} == {datetime(2026, 11, 20)}
    assert all(str(each[amount])[:4] in ("USD ", "EUR ", "JPY ", "CNY ") for each in new)
    assert len({each[row[5]] for each in new}) == sent
    sheet = openpyxl.load_workbook(office.book)[tab]
    last, kept = sheet.max_row, sheet.max_row - sent
    for column in range(1, 10):  # the look of the rows above goes on
        assert sheet.cell(last, column).alignment.wrap_text == (
            sheet.cell(kept, column).alignment.wrap_text
        )
    assert sheet.cell(last, 1).number_format == "yyyy-mm-dd"
    assert office.run().json["tabs"]["log"] == 0


def _table(office: Office, tab: str) -> list[dict[str, Any]]:
    rows = list(openpyxl.load_workbook(office.book)[tab].iter_rows(values_only=True))
    at = next(at for at, row in enumerate(rows) if row[8] in ("Key", "键"))
    return [dict(zip(rows[at], row, strict=True)) for row in rows[at + 1 :] if row[0]]


def test_a_list_of_calls_that_the_configuration_names_gets_a_column_for_our_key(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(tabs={"log": {"name": "Calls"}})
    calls = [["Date", "Customer", "What", "By"], [FRIDAY, "Acme Ltd", "called", "Tom"]]
    office.fill(due(18), due(10, "Beta GmbH"), Calls=calls)
    office.run()
    rows = office.rows("Calls")
    assert [row["By"] for row in rows] == ["Tom", "Collector", "Collector"]
    assert [bool(row["Key"]) for row in rows] == [False, True, True]
    office.run(LATER)
    assert len(office.rows("Calls")) == 5
    assert list(office.rows("Calls")[0]) == ["Date", "Customer", "What", "By", "Key"]
    assert tabs(office) == ["Invoices", "Calls"]


def test_a_tab_of_that_name_without_our_key_is_the_teams_own(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), **{"Contact log": [["Who", "When"], ["Tom", FRIDAY]]})
    office.run()
    assert tabs(office) == ["Invoices", "Contact log", "Collector contact log"]
    assert logged(office, "Collector contact log") == ["Acme Ltd"]


def test_moved_and_renamed_columns_of_our_log_are_found_again(office: Office) -> None:
    office.run()
    with office.editing("Contact log") as sheet:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        sheet.delete_rows(1, sheet.max_row)
        for row in rows:
            sheet.append([None, *row[5:], *row[:5]])
    office.run(LATER)
    rows = office.rows("Contact log")
    assert [row["Customer"] for row in rows] == ["Acme Ltd", "Beta GmbH"] * 2
    assert [row["By"] for row in rows] == ["Collector"] * 4
    assert len({row["Key"] for row in rows}) == 4


def test_a_run_killed_between_saying_and_marking_is_noted_by_the_next_one_once(
    office: Office, mail_server: MailServer
) -> None:
    process = office.start("run", "--as-of", FRIDAY.isoformat())
    mail_server.holding[2] = process.kill
    process.communicate()
    # The second customer's answer never came: whether it arrived is for a person to say.
    assert office.run().json["tabs"]["log"] == 1
    assert logged(office) == ["Acme Ltd"]
    office.collector("doubts", "--sent", "Beta GmbH")
    assert office.run().json["tabs"]["log"] == 1
    assert logged(office) == ["Acme Ltd", "Beta GmbH"]
    assert len(mail_server.received) == 2


def test_a_log_that_people_sorted_filtered_and_wrote_in_keeps_what_is_theirs(
    office: Office,
) -> None:
    office.run()
    with office.editing("Contact log") as sheet:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        rows[1][6] = "bounced, says Ann"
        note = [date(2026, 11, 25), "Acme Ltd", "Phone", "called back", None, None, None, "Ann"]
        sheet.delete_rows(2, sheet.max_row)
        for row in [[*note, None], *reversed(rows)]:
            sheet.append(row)
        sheet.auto_filter.ref = "A1:I4"
    office.run(LATER)
    rows = office.rows("Contact log")
    assert [row["Customer"] for row in rows[:3]] == ["Acme Ltd", "Beta GmbH", "Acme Ltd"]
    assert (rows[0]["By"], rows[1]["Result"]) == ("Ann", "bounced, says Ann")
    assert [row["Customer"] for row in rows[3:]] == ["Acme Ltd", "Beta GmbH"]
    assert office.run(LATER).json["tabs"]["log"] == 0
