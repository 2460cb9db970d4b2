"""The workbook between runs: people move, sort, insert and rename in it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Office, due, mail_of


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(*(due(days, f"C{days} Ltd") for days in (40, 4, 9, -2, -60)))
    return office


def headings(office: Office) -> list[str]:
    return list(office.rows()[0])


def marks(office: Office) -> dict[str, tuple[Any, ...]]:
    """Return by invoice what our columns say, wherever they stand."""
    ours = ("Status", "Days overdue", "Bucket", "Last reminder", "Next action")
    return {row["Invoice"]: tuple(row[name] for name in ours) for row in office.rows()}


def rearrange(office: Office, change: Callable[[list[Any]], list[Any]]) -> None:
    """Lay out the invoices anew, cell by cell, as a sort or a move of columns does."""
    with office.editing() as sheet:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        for number, row in enumerate(change(rows), 1):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value


def runs_on_without_a_trace(office: Office, before: dict[str, tuple[Any, ...]]) -> None:
    """The next run finds its columns, writes nothing twice and sends nothing."""
    names = headings(office)
    report = office.run().json
    assert report["messages"]["sent"] == 0
    assert report["problems"] == []
    assert headings(office) == names
    assert marks(office) == before


def test_a_sorted_sheet_shows_each_row_its_own_marks(office: Office) -> None:
    office.run()
    before = marks(office)
    rearrange(office, lambda rows: [rows[0], *sorted(rows[1:], key=lambda row: str(row[2]))])
    runs_on_without_a_trace(office, before)


def test_rows_sorted_without_our_columns_get_their_marks_back(office: Office) -> None:
    office.run()
    before = marks(office)

    def only_theirs(rows: list[Any]) -> list[Any]:
        shuffled = random.Random(1).sample(rows[1:], len(rows) - 1)
        new = [[*theirs[:7], *row[7:]] for theirs, row in zip(shuffled, rows[1:], strict=True)]
        return [rows[0], *new]

    rearrange(office, only_theirs)
    runs_on_without_a_trace(office, before)


def test_columns_of_ours_that_a_person_moved_are_found_again(office: Office) -> None:
    office.run()
    before = marks(office)
    rearrange(office, lambda rows: [[*row[:7], *reversed(row[7:])] for row in rows])
    assert headings(office)[7] == "Problem"
    runs_on_without_a_trace(office, before)


def test_columns_of_ours_in_front_of_the_table_are_found_again(office: Office) -> None:
    office.run()
    before = marks(office)
    rearrange(office, lambda rows: [[*row[7:], *row[:7]] for row in rows])
    runs_on_without_a_trace(office, before)


def test_a_column_inserted_in_the_table_moves_ours_and_is_left_alone(office: Office) -> None:
    office.run()
    before = marks(office)
    width = len(headings(office))
    rearrange(
        office,
        lambda rows: [[*row[:3], "Our note" if row is rows[0] else "x", *row[3:]] for row in rows],
    )
    assert len(headings(office)) == width + 1
    runs_on_without_a_trace(office, before)
    assert set(office.column("Our note").values()) == {"x"}


def test_an_inserted_row_is_marked_and_its_customer_written_to(
    office: Office, mail_server: MailServer
) -> None:
    office.run()
    with office.editing() as sheet:
        sheet.insert_rows(3)
        for column, value in enumerate(due(12, "New Ltd"), 1):
            sheet.cell(3, column).value = value
    report = office.run().json
    assert [mail["customer"] for mail in report["mails"]] == ["New Ltd"]
    assert office.column("Status")["NEW-1108"] == "Overdue"
    assert mail_server.received[-1].recipients == (mail_of("New"),)


def test_a_column_of_ours_that_was_deleted_comes_back_at_the_right(office: Office) -> None:
    office.run()
    before = marks(office)
    with office.editing() as sheet:
        sheet.delete_cols(8)
    office.run()
    assert headings(office).count("Status") == 1
    assert marks(office) == before


def test_the_teams_own_status_column_is_left_alone(tmp_path: Path, mail_server: MailServer) -> None:
    office = Office(tmp_path, mail_server.server)
    office.fill([*due(20), "Unpaid"], [*due(9, "Beta GmbH"), "paid"], head=[*HEAD, "Status"])
    for _ in range(2):
        report = office.run()
        assert headings(office)[7:9] == ["Status", "Collector status"]
        assert list(office.column("Status").values()) == ["Unpaid", "paid"]
        assert list(office.column("Collector status").values()) == ["Overdue", "Settled"]
    assert report.json["edits"] == 0
    assert [m.recipients for m in mail_server.received] == [("ap@acme.example",)]


def test_a_chinese_book_gets_chinese_headings_words_and_letters(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(language="zh", currency="CNY")
    head = ["客户名称", "邮箱", "发票号码", "开票日期", "到期日", "应收金额", "已收金额"]
    office.fill(
        due(20, "北京华远", email="ap@huayuan.example"),
        due(-2, "上海明道", email="ap@mingdao.example"),
        due(9, "深圳科信", paid=100),
        head=head,
    )
    report = office.run().json
    ours = ["状态", "逾期天数", "账龄", "未收余额", "信用标志", "最近催收", "下一步", "问题"]
    assert headings(office) == [*head, *ours]
    assert list(office.column("状态", "发票号码").values()) == ["逾期", "即将到期", "已结清"]
    assert office.rows()[0]["下一步"] == "12月1日第2次催收"
    assert report["status"] | {"overdue": 1, "due_soon": 1, "settled": 1} == report["status"]
    letter = mail_server.received[0].parsed
    assert "北京华远" in letter["Subject"]
    text = letter.get_body(("plain",)).get_content()
    assert re.search(r"北京华远-1031 .* 20 ", text)
    assert "2026年11月20日" in text
    assert office.run().json["edits"] == 0
    said = office.process("run", "--as-of", FRIDAY.isoformat()).out
    assert said.startswith("receivables.xlsx，截至 2026-11-20：3 张发票，3 个客户")


def test_a_terminal_that_knows_no_chinese_ends_no_run(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(language="zh")
    office.fill(due(20, "北京", email="ap@huayuan.example"))
    words = ("run", "--as-of", FRIDAY.isoformat())
    old = office.process(*words, PYTHONIOENCODING="cp1252")
    assert (old.status, old.err) == (0, "")
    assert "\\u622a\\u81f3 2026-11-20" in old.out
    asked = office.process("preview", *words[1:], "--json", PYTHONIOENCODING="cp1252")
    assert asked.json["workbook"] == "receivables.xlsx"
    logged = office.process("log", "--json", PYTHONIOENCODING="ascii")
    assert logged.json["messages"][0]["customer"] == "北京"


def test_what_somebody_saves_while_the_mail_goes_out_is_kept_and_marked(
    office: Office, mail_server: MailServer
) -> None:
    def a_colleague_books_a_payment() -> None:
        with office.editing() as sheet:
            sheet["G2"] = 100

    mail_server.holding[1] = a_colleague_books_a_payment
    report = office.run().json
    assert report["messages"]["sent"] == 4
    assert office.rows()[0]["Paid"] == 100
    assert office.rows()[0]["Status"] == "Settled"
    assert report["status"]["settled"] == 1


def test_formulas_of_the_team_and_other_tabs_stay_as_they_were(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(9), Notes=[["=1+1", "keep me"], [None, FRIDAY]])
    with office.editing() as sheet:
        sheet["A1"].font = openpyxl.styles.Font(bold=True, color="FF112233")
        sheet.freeze_panes = "B2"
        sheet.column_dimensions["A"].width = 33
    office.run()
    book = openpyxl.load_workbook(office.book)
    sheet = book["Invoices"]
    assert book.sheetnames == ["Invoices", "Notes", "Contact log"]
    assert (book["Notes"]["A1"].value, book["Notes"]["B1"].value) == ("=1+1", "keep me")
    assert (sheet.freeze_panes, sheet.column_dimensions["A"].width) == ("B2", 33)
    assert sheet["A1"].font.color.rgb == "FF112233"
    assert sheet.max_column == len(HEAD) + 8
    assert get_column_letter(sheet.max_column) == "O"
    assert len(sheet.conditional_formatting) > 0


def test_a_book_without_reminder_steps_is_marked_and_nobody_is_written_to(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(reminders={"steps": []})
    office.fill(due(20))
    assert office.run().status == 0
    assert office.column("Status") == {"ACME-1031": "Overdue"}
    assert office.column("Next action") == {"ACME-1031": "No reminders are set up"}
    assert not mail_server.received
