"""The same book as a file and at Google, worked on by the same commands, is the same in the end."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector.model import Cell, column_letters
from collector.sheets import open_workbook
from tests.google_office import GoogleOffice
from tests.mail_server import DROP, FaultyServer, MailServer
from tests.office import FRIDAY, HEAD, Office, Row, due, mail_of
from tests.sheets.google_grid import EPOCH, Held
from tests.sheets.google_server import ADDRESS, GoogleServer

STARTERS = Path(__file__).parents[2] / "sheets_templates"
LATER = FRIDAY + timedelta(days=18)
_OF_THE_PLACE = {
    "seconds", "calls", "workbook", "id", "started_at", "ended_at", "changed_at",
}  # fmt: skip
# Ids and keys of messages, and the hour.
_NAMES = re.compile(r"[0-9a-f]{10}-[0-9a-f]{10}|[0-9a-f]{32}(@\S+?)?|\d\d:\d\d(:\d\d)?")
Books = dict[str, Sequence[Row]]


class Pair:
    """A file and a Google sheet with the same cells, each with an office of its own."""

    def __init__(self, folder: Path, google: GoogleServer) -> None:
        here, there = folder / "excel", folder / "google"
        here.mkdir()
        there.mkdir()
        self.google = google
        self.offices: tuple[Office, GoogleOffice] = Office(here), GoogleOffice(there, google)
        self.stack = ExitStack()

    def fill(self, tabs: Books) -> None:
        first, *_ = tabs
        self.offices[0].fill(**{name: rows for name, rows in tabs.items() if name != first})
        self._excel(tabs)
        self.google.book.sheets.clear()
        for name, rows in tabs.items():
            self.google.book.fill(name, [list(row) for row in rows])

    def _excel(self, tabs: Books) -> None:
        import openpyxl

        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in tabs.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        book.save(self.offices[0].book)

    def copy(self, starter: str) -> None:
        shutil.copy(STARTERS / starter, self.offices[0].book)
        self.google.book.sheets.clear()
        book = open_workbook(str(self.offices[0].book))
        for tab in book.tabs():
            self.google.book.fill(tab.name, book.read(tab.name).rows, hidden=not tab.visible)

    def configure(self, servers: Sequence[str] = ("", ""), **terms: Any) -> None:
        for office, server in zip(self.offices, servers, strict=True):
            office._server = server
            mail = {"mode": "rehearse"} if not server else {}
            office.configure(book="ar", **terms | {"mail": mail | terms.get("mail", {})})

    def both(self, *words: str, as_of: date | None = FRIDAY) -> Any:
        """Run a command in both; return what both said, the same."""
        ran = [office.collector(*words, "--json", as_of=as_of) for office in self.offices]
        assert [r.status for r in ran] == [ran[0].status] * 2, [r.err for r in ran]
        assert ran[0].status in (0, 1), ran[0].err
        said = [_still(r.json) for r in ran]
        assert said[0] == said[1]
        return said[0]

    def tabs(self) -> dict[str, list[list[Cell]]]:
        """Return the cells of all tabs, the same in both; ids of messages are not compared."""
        key = json.dumps(self.google.service_account())
        found = []
        for book in (
            open_workbook(str(self.offices[0].book)),
            open_workbook(ADDRESS, credentials=lambda: key),
        ):
            found.append({tab.name: _cells(book.read(tab.name).rows) for tab in book.tabs()})
        assert list(found[0]) == list(found[1])
        for name in found[0]:
            assert found[0][name] == found[1][name], name
        return found[0]

    def put(self, tab: str, heading: str, row: int, value: Any) -> None:
        """Type a value below a heading in both, as a person would."""
        sheet = self.google.book.sheet(tab)
        column = sheet.shown()[0].index(heading)
        sheet.put(row - 1, column, Held(value))
        with self.offices[0].editing(tab) as excel:
            excel[f"{column_letters(column)}{row}"] = value

    def received(self, servers: Sequence[MailServer]) -> list[tuple[Any, ...]]:
        told = [[(m.recipients, m.parsed["Subject"]) for m in s.received] for s in servers]
        assert told[0] == told[1]
        return told[0]


def _still(said: Any) -> Any:
    """Return what was said without what differs from run to run, or from place to place."""
    if isinstance(said, dict):
        return {n: _still(each) for n, each in said.items() if n not in _OF_THE_PLACE}
    if isinstance(said, list):
        return [_still(each) for each in said]
    return _nameless(said)


def _nameless(cell: Any) -> Any:
    return _NAMES.sub("…", cell) if type(cell) is str else cell


def _cells(rows: Sequence[Sequence[Cell]]) -> list[list[Any]]:
    found = [[_plain(cell) for cell in row] for row in rows]
    for row in found:
        while row and row[-1] is None:
            row.pop()
    while found and not found[-1]:
        found.pop()
    return found


def _plain(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return round((cell - EPOCH) / timedelta(days=1), 6)
    if isinstance(cell, date):
        return (cell - EPOCH.date()).days
    return _nameless(cell)


@pytest.fixture
def pair(tmp_path: Path, google: GoogleServer) -> Pair:
    return Pair(tmp_path, google)


# ── books nobody tidied ──────────────────────────────────────────────────────────────────────

_TITLED: Books = {
    "AR 2026": [
        ["Receivables of Acme Trading, all amounts in EUR"],
        [],
        ["", "", "Owed by", "", "Money"],
        ["No.", "Invoice #", "Client", "Mail", "Total", "Received", "Pay by", "Disputed", "Note",
         "", "x"],
        [1, "00017", "Müller & Söhne GmbH ", "ap@mueller.example", "1.234,50 €", 0, date(2026, 10,
         1), "", "call", "", 5],
        [2, 18, "müller & söhne gmbh", "AP@Mueller.example", 99.9, 99.9, "05.11.2026", "", ""],
        [],
        [3, "A/19", "Zoë SARL", "zoe@zoe.example; b@zoe.example", -50, None, datetime(2026, 11, 2,
         9, 30), "no"],
        [4, "A-20", "Zoë SARL", "", "n/a", "", date(2026, 9, 1), "yes, quality"],
        [5, "A-21", "Ghost", "not an address", 10, "", "soon", ""],
        [6, True, "Ghost", "", "#N/A", "", 46300, ""],
        ["", "", "Total", "", 1294.4],
        ["", "", "", "", "", "", "", "", "a note below"],
    ],
    "Scratch": [["1+1 is no formula"], [0.25, True, False, None, "  "]],
}  # fmt: skip
_CHINESE: Books = {
    "应收明细": [
        ["客户名称", "邮箱", "发票号码", "开票日期", "账期", "金额(万元)", "已收金额",
         "承诺付款日", "备注"],
        ["上海测试有限公司", "cw@shanghai.example", "0001", date(2026, 8, 3), "月结30天", 1.25, 0,
         None, ""],
        ["上海测试有限公司", "", "0002", date(2026, 9, 3), "30天", "2.5", "", date(2026, 11, 25),
         ""],
        ["广州丙公司", "cw@guangzhou.example", "0005", date(2026, 9, 1), "30天", 0.5, 0, None, ""],
        ["北京样品（集团）公司", "cw@beijing.example", "0003", "2026年7月1日", "货到付款", 3, 3,
         None, "结清"],
        ["北京样品(集团)公司", "", "0004", "2026/10/30", "看情况", 4, 0, None, ""],
    ],
    "客户": [
        ["客户名称", "邮箱", "信用额度", "语言", "停供"],
        ["上海测试有限公司", "cw@shanghai.example", 20000, "zh", ""],
        ["北京样品（集团）公司", "cw@beijing.example", 1, "zh", "是"],
    ],
    "收款": [
        ["收款日期", "客户名称", "发票号码", "收款金额"],
        [date(2026, 11, 1), "上海测试有限公司", "0001", 2500],
        [date(2026, 11, 2), "谁", "9999", 10],
    ],
}  # fmt: skip
_LOGGED: Books = {
    "Invoices": [
        [*HEAD, "Status", "Due date (old)", "Time"],
        [*due(20), "chased by Ann", None, None],
        [*due(20, "Beta Ltd", amount=1e15), "", None, 0.5],
        [*due(5, "Gamma Ltd", amount="100.005"), "", None, datetime(2026, 1, 1, 6)],
        [*due(45, "Delta Ltd", amount=0.25), "", None, "12:30"],
    ],
    "Contact log": [
        ["Date", "Customer", "Channel", "What", "Invoices", "Amount", "Result", "By", "Key"],
        [date(2026, 11, 3), "Acme Ltd", "phone", "promised to pay", "", None, "ok", "Ann", None],
    ],
}  # fmt: skip


def _messy(books: Books) -> Callable[[Pair], None]:
    return lambda pair: pair.fill(books)


BOOKS = pytest.mark.parametrize(
    ("made", "terms"),
    [
        (lambda pair: pair.copy("receivables_en.xlsx"), {}),
        (lambda pair: pair.copy("receivables_zh.xlsx"), {"language": "zh", "currency": "CNY"}),
        (_messy(_TITLED), {"currency": "EUR", "date_order": "DMY"}),
        (_messy(_CHINESE), {"language": "zh", "currency": "CNY"}),
        (_messy(_LOGGED), {"tabs": {"invoices": {"columns": {"due_date": "Due Date"}}}}),
    ],
    ids=["starter en", "starter zh", "titled", "chinese", "logged"],
)


@BOOKS
def test_every_command_says_and_writes_the_same(
    pair: Pair, made: Callable[[Pair], None], terms: dict[str, Any]
) -> None:
    made(pair)
    terms = {**terms, "write": {"customers": True}, "reminders": {"send_between": "00:00-23:59"}}
    with MailServer() as one, MailServer() as two:
        servers = (one.server, two.server)
        pair.configure(**terms)
        for command in ("check", "preview", "run"):
            pair.both(command)
            pair.tabs()
        pair.configure(servers, **terms | {"mail": {"mode": "approve"}})
        waiting = pair.both("run")["messages"]["waiting"]
        outbox = next((name for name in pair.tabs() if name in ("Outbox", "待发")), None)
        if waiting:
            assert outbox
            head = pair.tabs()[outbox][0]
            pair.put(outbox, str(head[8]), 2, "yes")
            assert pair.both("run")["messages"]["sent"] == 1
            pair.tabs()
            pair.both("approve", as_of=None)
        pair.configure(servers, **terms)
        last = pair.both("run", as_of=LATER)["run"]
        pair.tabs()
        pair.both("undo", last, as_of=None)
        pair.tabs()
        pair.both("log", as_of=None)
        pair.both("doubts", as_of=None)
        assert len(pair.received((one, two))) >= bool(waiting)


def test_a_doubt_a_statement_and_another_ledger_are_the_same(pair: Pair, tmp_path: Path) -> None:
    pair.fill({"Invoices": [HEAD, due(20), due(10, "Beta GmbH")]})
    with FaultyServer({"dot": [DROP]}) as first, FaultyServer({"dot": [DROP]}) as second:
        pair.configure((first.server, second.server), statements={"day": None})
        assert pair.both("run")["messages"]["in_doubt"] == 1
    pair.tabs()
    assert len(pair.both("doubts", as_of=None)["doubts"]) == 1
    for office in pair.offices:
        office.collector(
            "statement", "Beta GmbH", "--out", str(office.folder / "out"), as_of=FRIDAY
        )
    made = [sorted(p.name for p in (o.folder / "out").iterdir()) for o in pair.offices]
    assert made[0] == made[1] != []
    pdfs = [[p.read_bytes() for p in (o.folder / "out").glob("*.pdf")] for o in pair.offices]
    assert pdfs[0] == pdfs[1]
    for office in pair.offices:
        office.folder.joinpath("collector.db").rename(office.folder / "old.db")
        office.configure(book="ar", ledger="sqlite:///sub.db", mail={"mode": "rehearse"})
    refused = [office.run() for office in pair.offices]
    assert [r.status for r in refused] == [5, 5]
    told = [
        re.sub(r"since [\d: -]+", "", r.err).replace("Receivables", "receivables.xlsx")
        for r in refused
    ]
    assert told[0] == told[1]
    assert mail_of("Acme Ltd")
