"""Getting to know a book: init writes the first config, check looks at everything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Office, due

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
