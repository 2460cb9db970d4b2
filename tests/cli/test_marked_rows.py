"""Rows that people marked as done, by a line or a comment, are asked about and not chased."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.google_office import GoogleOffice
from tests.mail_server import MailServer
from tests.office import FRIDAY, Office, due
from tests.sheets.google_server import GoogleServer

HEAD_ZH = ["客户名称", "邮箱", "发票号码", "开票日期", "到期日", "应收金额", "已收金额"]
FIRMS = ("Acme Ltd", "Beta Ltd", "Gamma Ltd", "Delta Ltd", "Epsilon Ltd")
ROWS = [due(20 + at, name) for at, name in enumerate(FIRMS)]


def mark(office: Office) -> None:
    with office.editing() as sheet:
        for cell in sheet[1]:
            cell.font = Font(strike=True)
        for cell in sheet[2]:
            cell.font = Font(strike=True, bold=True)
        for cell in sheet[5]:
            cell.font = Font(strike=True)
        sheet["G5"] = sheet["F5"].value
        sheet["F3"].comment = Comment("Anna:\npaid 3 Nov", "Anna")
        sheet["A4"].comment = Comment("请勿催收", "Anna")
        sheet["C6"].comment = Comment("called Anna, will pay on Friday", "Bob")
        sheet["F1"].comment = Comment("paid rows are struck through", "Bob")


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(*ROWS)
    mark(office)
    return office


def problems(found: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(each["where"], each["customer"], each["message"][:40]) for each in found]


EXPECTED = [
    ("Invoices!F2", "Acme Ltd", "The row is struck through: does it still"),
    ("Invoices!F3", "Beta Ltd", "The comment here, “paid 3 Nov”, says tha"),
    ("Invoices!A4", "Gamma Ltd", "The comment here, “请勿催收”, says that nobo"),
]


def test_init_check_and_preview_ask_about_marked_rows_and_write_to_the_others(
    office: Office,
) -> None:
    (office.folder / "config.yaml").unlink()
    ran = office.collector("init", str(office.book), "--yes")
    assert (ran.status, ran.err) == (0, "")
    checked = office.collector("check", "--json", as_of=FRIDAY)
    assert (checked.status, problems(checked.json["problems"])) == (1, EXPECTED)
    seen = office.collector("preview", "--json", as_of=FRIDAY)
    assert problems(seen.json["problems"]) == EXPECTED
    assert [each["customer"] for each in seen.json["would_send"]] == ["Epsilon Ltd"]
    assert set(seen.held) == {"Acme Ltd", "Beta Ltd", "Gamma Ltd"}
    assert "Invoices!F2" in seen.held["Acme Ltd"]
    assert seen.json["status"]["settled"] == 1


def test_a_run_says_it_in_the_row_and_leaves_lines_and_comments_as_they_are(
    office: Office, mail_server: MailServer
) -> None:
    assert office.run().status == 1
    assert [each.recipients for each in mail_server.received] == [("ap@epsilon.example",)]
    shown = office.column("Problem", by="Customer")
    assert shown["Acme Ltd"].startswith("The row is struck through")
    assert shown["Delta Ltd"] is None
    sheet = openpyxl.load_workbook(office.book)["Invoices"]
    assert sheet["F3"].comment.text == "Anna:\npaid 3 Nov"
    assert sheet["C2"].font.strike
    before = office.book.read_bytes()
    assert office.run().json["edits"] == 0
    assert office.book.read_bytes() == before


def test_when_the_mark_is_taken_off_or_the_payment_filled_in_mail_goes_out(
    office: Office, mail_server: MailServer
) -> None:
    office.run()
    with office.editing() as sheet:
        for cell in sheet[2]:
            cell.font = Font()
        sheet["G3"] = sheet["F3"].value
        sheet["A4"].comment = None
    ran = office.run()
    assert (ran.json["held"], ran.json["problems"]) == ([], [])
    sent = {each.recipients[0] for each in mail_server.received}
    assert sent == {"ap@epsilon.example", "ap@acme.example", "ap@gamma.example"}


def test_in_a_chinese_book_it_is_said_in_chinese(office: Office) -> None:
    office.configure(language="zh", mail={"mode": "rehearse"})
    office.fill(*ROWS, head=HEAD_ZH)
    mark(office)
    office.run()
    rows = {row["客户名称"]: row["问题"] for row in office.rows()}
    assert rows["Acme Ltd"].startswith("该行带有删除线：是否仍需收款？")
    assert rows["Beta Ltd"].startswith("此处批注“paid 3 Nov”表明该笔已收")
    assert rows["Gamma Ltd"].startswith("此处批注“请勿催收”表明暂勿催收")
    assert rows["Epsilon Ltd"] is None


def test_a_row_that_is_struck_through_while_mail_goes_out_is_not_chased_any_more(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.fill(*ROWS)

    def strike() -> None:
        with office.editing() as sheet:
            for name in ("C3", "C4", "C5", "C6"):
                sheet[name].font = Font(strike=True)

    mail_server.holding[1] = strike
    ran = office.run()
    assert [each.recipients for each in mail_server.received] == [("ap@acme.example",)]
    assert len([each for each in ran.json["problems"] if "struck" in each["message"]]) == 4


def test_lines_and_notes_of_a_google_sheet_are_heard_too(
    tmp_path: Path, google: GoogleServer
) -> None:
    office = GoogleOffice(tmp_path, google)
    office.fill(*ROWS)
    sheet = office.sheet.sheet("Invoices")
    sheet.put(1, 5, sheet.cell(1, 5)._replace(struck=True))
    sheet.put(2, 5, sheet.cell(2, 5)._replace(note="paid 3 Nov"))
    sheet.put(3, 0, sheet.cell(3, 0)._replace(note="请勿催收"))
    found = office.collector("preview", "--json", as_of=FRIDAY)
    assert problems(found.json["problems"]) == EXPECTED
    assert set(found.held) == {"Acme Ltd", "Beta Ltd", "Gamma Ltd"}
