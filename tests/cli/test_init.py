"""Getting to know a book: init writes the first config, check looks at everything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Office, Ran, due, environment

CUSTOMERS = [["Customer", "Email", "Credit limit"], ["Acme Ltd", "ap@acme.example", 500]]
RECEIPTS = [["Date", "Customer", "Invoice", "Amount"], [FRIDAY, "Acme Ltd", "ACME-1031", 30]]


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20, paid=30), Customers=CUSTOMERS, Receipts=RECEIPTS)
    return office


def test_init_writes_a_config_that_check_and_preview_take(office: Office) -> None:
    config = office.folder / "config.yaml"
    config.unlink()
    written = office.book.read_bytes()
    ran = office.collector("init", str(office.book), "--yes")
    assert (ran.status, ran.err) == (0, "")
    found = yaml.safe_load(config.read_text(encoding="utf-8"))
    assert found["workbook"] == "receivables.xlsx"
    assert found["mail"] == {"mode": "rehearse"}
    assert found["tabs"]["invoices"]["columns"]["due_date"] == "Due Date"
    assert set(found["tabs"]) == {"invoices", "customers", "receipts"}
    assert re.search(r"Due Date +→  due_date +\(2026-10-31", ran.out)
    assert office.collector("check", as_of=FRIDAY).status == 0
    seen = office.collector("preview", "--json", as_of=FRIDAY)
    assert (seen.status, len(seen.json["would_send"])) == (0, 1)
    assert office.book.read_bytes() == written
    assert not office.ledger.exists()


def test_init_never_overwrites(office: Office) -> None:
    config = office.folder / "config.yaml"
    before = config.read_bytes()
    for words in ([], ["--yes"], ["--json"]):
        ran = office.collector("init", str(office.book), *words)
        assert ran.status == 2
        assert ran.err.count("\n") == 1
        assert str(config) in ran.err
    assert config.read_bytes() == before


def test_init_of_a_chinese_book_asks_in_comments_what_it_does_not_know(office: Office) -> None:
    head = ["客户名称", "邮箱", "发票号码", "开票日期", "到期日", "应收金额", "已收金额"]
    office.fill(due(20, "北京华远"), head=head)
    (office.folder / "config.yaml").unlink()
    facts = office.collector("init", str(office.book), "--json").json
    assert (facts["language"], facts["rows"]) == ("zh", 1)
    text = (office.folder / "config.yaml").read_text(encoding="utf-8")
    assert "due_date: 到期日" in text
    assert "# currency: CNY" in text


@pytest.mark.parametrize("content", [None, b"Customer,Amount\n", b""])
def test_init_of_what_is_no_workbook_writes_nothing(office: Office, content: bytes | None) -> None:
    (office.folder / "config.yaml").unlink()
    other = office.folder / "other.xlsx"
    if content is not None:
        other.write_bytes(content)
    ran = office.collector("init", str(other))
    assert ran.status == 3
    assert ran.err.count("\n") == 1
    assert not (office.folder / "config.yaml").exists()


def test_check_names_every_problem_with_its_address(office: Office) -> None:
    office.fill(
        due(20),
        [*due(10, "Beta GmbH")[:4], "soon", 100, 0],
        [*due(10, "Gamma")[:5], "a lot", 0],
    )
    ran = office.collector("check", "--json", as_of=FRIDAY)
    found = ran.json
    assert ran.status == 1
    assert [problem["where"] for problem in found["problems"]] == ["Invoices!E3", "Invoices!F4"]
    assert found["rows"] == 3
    assert found["tables"]["invoices"]["columns"]["amount"] == HEAD[5]
    assert found["mail"] == "not checked"
    said = office.collector("check", as_of=FRIDAY).out
    assert "Invoices!E3: “soon” is not a date; write it as a date." in said


def test_check_with_mail_logs_in_and_says_when_it_cannot(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AR_PASSWORD", "open sesame")
    account = {"user": "ar", "password": "env:AR_PASSWORD"}
    with MailServer(login=("ar", "open sesame"), auth_require_tls=False) as server:
        office = Office(office.folder, server.server)
        office.configure(mail=account)
        assert office.collector("check", "--mail", "--json", as_of=FRIDAY).json["mail"] == "ok"
        monkeypatch.setenv("AR_PASSWORD", "wrong")
        refused = office.collector("check", "--mail", as_of=FRIDAY)
    assert refused.status == 4
    assert "refused the login of ar" in refused.err
    assert "wrong" not in refused.err
    assert server.received == []
    assert not office.ledger.exists()


# ── what is unsure, what is asked, what has moved ────────────────────────────────────────────

ODD_HEAD = ["Ship To", "Email", "Inv. No.", "Raised", "Pay until", "Total", "Paid"]


def init(office: Office, *words: str) -> Ran:
    (office.folder / "config.yaml").unlink(missing_ok=True)
    return office.collector("init", str(office.book), *words, as_of=FRIDAY)


def test_init_leaves_what_is_unsure_as_commented_questions(office: Office) -> None:
    office.fill(due(20), due(30, "Beta GmbH"), due(40, "Gamma"), head=ODD_HEAD)
    ran = init(office, "--yes")
    text = (office.folder / "config.yaml").read_text(encoding="utf-8")
    assert ran.status == 1
    assert "has no column for customer" in ran.out
    assert "# customer: Ship To    # Acme Ltd · Beta GmbH · Gamma" in text
    assert "# due_date: Pay until" in text
    columns = yaml.safe_load(text)["tabs"]["invoices"]["columns"]
    assert columns == {
        "email": "Email", "invoice": "Inv. No.", "amount": "Total", "paid": "Paid",
    }  # fmt: skip


def test_a_question_taken_out_of_its_comment_makes_the_book_readable(office: Office) -> None:
    office.fill(due(20), due(30, "Beta GmbH"), due(40, "Gamma"), head=ODD_HEAD)
    init(office, "--yes")
    config = office.folder / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r"# ((?:customer|due_date): \w)", r"\1", text), encoding="utf-8")
    assert office.collector("check", as_of=FRIDAY).status == 0


def test_init_says_in_json_what_it_would_ask(office: Office) -> None:
    office.fill(due(20), due(30, "Beta GmbH"), due(40, "Gamma"), head=ODD_HEAD)
    ran = init(office, "--json")
    asked = {q["field"]: (q["choices"], q["needed"]) for q in ran.json["questions"]}
    assert asked["customer"] == (["Ship To"], True)
    assert asked["due_date"] == (["Pay until"], True)
    assert "no column for customer" in ran.json["unreadable"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_init_in_a_terminal_asks_only_what_is_unsure(office: Office) -> None:
    office.fill(due(20), due(30, "Beta GmbH"), due(40, "Gamma"), head=ODD_HEAD)
    (office.folder / "config.yaml").unlink()
    # One customer, one due date; then the currency; then the time zone.
    said = in_terminal(office, ["9", "1", "", "EUR", ""], "init", office.book.name)
    assert "Please type a number from 1 to 1" in said
    assert "Acme Ltd · Beta GmbH · Gamma" in said
    assert "3 invoices found" in said
    found = yaml.safe_load((office.folder / "config.yaml").read_text(encoding="utf-8"))
    columns = found["tabs"]["invoices"]["columns"]
    assert (columns["customer"], columns["due_date"]) == ("Ship To", "Pay until")
    assert found["currency"] == "EUR"


def in_terminal(office: Office, answers: list[str], *words: str) -> str:
    """Run a command in a pseudo-terminal, answering each prompt; return what it showed."""
    import pty

    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "collector", *words, "--as-of", FRIDAY.isoformat()],
        cwd=office.folder, env=environment(), stdin=slave, stdout=slave, stderr=slave,
    )  # fmt: skip
    os.close(slave)
    shown = b""
    while True:
        try:
            block = os.read(master, 4096)
        except OSError:
            block = b""
        if not block:
            break
        shown += block
        if answers and re.search(rb"\]: ?$", shown):
            os.write(master, answers.pop(0).encode() + b"\n")
    os.close(master)
    assert process.wait(60) == 0, shown.decode()
    return shown.decode().replace("\r\n", "\n")


def test_headings_that_moved_down_stop_a_run_and_check_sets_them_right(office: Office) -> None:
    init(office, "--yes")
    with office.editing() as sheet:
        sheet.insert_rows(1, 2)
    config = office.folder / "config.yaml"
    text, book = config.read_text(encoding="utf-8"), office.book.read_bytes()
    ran = office.run()
    assert ran.status == 3
    assert "stood in row 1 and now stand in row 3" in ran.err
    looked = office.collector("check", as_of=FRIDAY)
    assert (looked.status, "Looked at as if" in looked.out) == (1, True)
    assert config.read_text(encoding="utf-8") == text
    assert office.collector("check", "--repair", as_of=FRIDAY).status == 0
    repaired = config.read_text(encoding="utf-8")
    assert repaired == text.replace("header_row: 1", "header_row: 3", 1)
    assert office.book.read_bytes() == book
    assert office.run().status == 0


def test_a_renamed_heading_stops_a_run_and_check_finds_the_nearest(office: Office) -> None:
    init(office, "--yes")
    with office.editing() as sheet:
        sheet["E1"] = "Due Date (new)"
    ran = office.run()
    assert ran.status == 3
    assert "Was it renamed to “Due Date (new)”?" in ran.err
    assert office.collector("check", "--repair", as_of=FRIDAY).status == 0
    assert "due_date: Due Date (new)" in (office.folder / "config.yaml").read_text(encoding="utf-8")
    assert office.run().status == 0


def test_a_moved_column_is_found_by_its_name(office: Office) -> None:
    init(office, "--yes")
    with office.editing() as sheet:
        sheet.insert_cols(1)
        sheet["A1"] = "Region"
    assert office.run().status == 0


def test_a_heading_that_is_gone_altogether_stops_check_too(office: Office) -> None:
    init(office, "--yes")
    with office.editing() as sheet:
        sheet["E1"] = "X"
    assert office.collector("check", "--repair", as_of=FRIDAY).status == 3


def test_the_sheets_own_total_stands_beside_ours(office: Office) -> None:
    office.fill(due(20, amount=100), due(30, amount=50), ["Total", *[None] * 4, 160, 0])
    ran = office.collector("check", as_of=FRIDAY)
    assert "own total of amount is 160.00, ours 150.00, difference 10.00" in ran.out
    found = office.collector("check", "--json", as_of=FRIDAY).json["sums"]
    assert found[0] == {
        "where": "Invoices!F4", "field": "amount", "currency": "USD", "stated": "160.00",
        "ours": "150.00", "difference": "10.00",
    }  # fmt: skip


def test_check_writes_a_page_with_every_problem(office: Office) -> None:
    rows = [[*due(10, f"Beta{n} <b>")[:4], "soon", 100, 0] for n in range(5)]
    office.fill(due(20), *rows)
    page = office.folder / "check.html"
    ran = office.collector("check", "--html", str(page), as_of=FRIDAY)
    text = page.read_text(encoding="utf-8")
    assert ran.status == 1
    assert [f"Invoices!E{row}" in text for row in range(3, 8)] == [True] * 5
    assert "<td>Due Date</td><td>due_date</td>" in text
    assert "<b>" not in text


def test_init_looks_at_hidden_tabs_where_the_others_hold_nothing(office: Office) -> None:
    office.fill(due(20), Start=[["hello"]])
    with office.editing() as sheet:
        sheet.sheet_state = "hidden"
    ran = init(office, "--yes")
    assert ran.status == 0
    assert office.collector("check", as_of=FRIDAY).status == 0


def years(office: Office, paid: int) -> None:
    """Make two tabs alike, the older of which has so much paid of 100 on every row."""
    office.fill(due(20), due(30, "Beta GmbH"), Archive=[HEAD, due(400, paid=paid)])
    with office.editing() as sheet:
        sheet.title = "2026"
    with office.editing("Archive") as sheet:
        sheet.title = "2025"


def test_init_says_which_years_are_settled_and_takes_the_other(office: Office) -> None:
    years(office, paid=100)
    ran = init(office, "--yes")
    assert ran.status == 0
    assert "Every invoice on these tabs is settled, so they are not read: 2025." in ran.out
    found = yaml.safe_load((office.folder / "config.yaml").read_text(encoding="utf-8"))
    assert found["tabs"]["invoices"]["name"] == "2026"


def test_init_takes_the_tab_that_it_is_told(office: Office) -> None:
    years(office, paid=40)
    assert init(office, "--yes").status == 1
    assert init(office, "--yes", "--tab", "2025").status == 0
    found = yaml.safe_load((office.folder / "config.yaml").read_text(encoding="utf-8"))
    assert found["tabs"]["invoices"]["name"] == "2025"
    ran = init(office, "--yes", "--tab", "2024")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert "2024" in ran.err
    assert not (office.folder / "config.yaml").exists()


def test_a_customer_past_reminding_is_held_and_may_be_waived(office: Office) -> None:
    listed = [["Customer", "Email", "Status"], ["Acme Ltd", "ap@acme.example", "In administration"]]
    office.fill(due(20), due(30, "Beta GmbH"), Customers=listed)
    init(office, "--yes")
    seen = office.collector("preview", "--json", as_of=FRIDAY)
    assert [each["customer"] for each in seen.json["would_send"]] == ["Beta GmbH"]
    assert [each["where"] for each in seen.json["problems"]] == ["Customers!C2"]
    config = office.folder / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("# unused: [Status]", "unused: [Status]"), encoding="utf-8")
    assert len(office.collector("preview", "--json", as_of=FRIDAY).json["would_send"]) == 2
