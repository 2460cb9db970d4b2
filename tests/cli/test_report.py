"""collector report: a workbook and a page whose figures are the sheet's own."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from collector.fields import KPI_NAMES
from tests.office import FRIDAY, HEAD, Office, Row, due, mail_of

PAID_HEAD = [*HEAD, "Paid on", "Salesperson", "Currency"]


def row(
    number: int, days: int, amount: float, late: int | None = None, *, who: str = "",
    owner: str = "Kim", currency: str = "USD",
) -> Row:  # fmt: skip
    """Return an invoice so many days overdue on FRIDAY; ``late``: paid so many days late."""
    customer = who or f"C{number % 5} Ltd"
    day = FRIDAY - timedelta(days=days)
    paid = amount if late is not None else 0
    on = day + timedelta(days=late) if late is not None else None
    cells = [customer, mail_of(customer), f"I{number}", day - timedelta(days=30), day, amount, paid]
    return [*cells, on, owner, currency]


ROWS = [
    *(row(n, 20 + 3 * n, 100 + n / 4, n % 9 - 2, owner="Lee" * (n % 2)) for n in range(90)),
    *(row(100 + n, 6 * n - 30, 250.10 + n, owner="Lee" * (n % 2)) for n in range(25)),
    row(200, 10, -40.05),
    row(201, 95, 900),
    row(202, 5, 77_000, currency="JPY"),
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.configure(mail={"mode": "rehearse"})
    office.fill(*ROWS, head=PAID_HEAD)
    return office


def written(office: Office, as_of: date = FRIDAY) -> tuple[dict[str, Any], Path, str]:
    """Return the report's JSON, its workbook and its page."""
    ran = office.collector("report", "--out", str(office.folder / "out"), "--json", as_of=as_of)
    assert ran.status == 0
    book, page = (Path(path) for path in ran.json["files"])
    return ran.json, book, page.read_text(encoding="utf-8")


def test_the_reports_totals_are_the_runs(office: Office) -> None:
    found, _, _ = written(office)
    run = office.run().json
    for name in ("open", "overdue", "buckets"):
        assert found[name] == run[name]


def test_the_aging_of_customers_adds_up_to_the_books(office: Office) -> None:
    found, book, _ = written(office)
    head, *rows = (
        values
        for values in openpyxl.load_workbook(book)["Customers"].iter_rows(values_only=True)
        if values[0] not in ("Customers", "USD", "JPY") and values[1]
    )
    buckets = {"Not due": "not_due", "1-30": "1-30", "31-60": "31-60", "61-90": "61-90",
               "90+": "90+", "Credit": "credit"}  # fmt: skip
    for heading, name in buckets.items():
        for currency in ("USD", "JPY"):
            total = sum(r[head.index(heading)] for r in rows if r[1] == currency)
            assert round(total, 2) == float(found["buckets"][currency][name])  # type: ignore[index]


@pytest.mark.skipif(
    shutil.which("soffice") is None and os.environ.get("CI") != "true",
    reason="LibreOffice is not installed",
)
def test_libreoffice_comes_to_the_same_totals(office: Office) -> None:
    found, book, _ = written(office)
    again, bare = office.folder / "again", office.folder / book.name
    openpyxl.load_workbook(book).save(bare)  # without the values: they must be worked out
    profile = f"-env:UserInstallation={(office.folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(again)]
    subprocess.run([*command, str(bare)], check=True, capture_output=True, timeout=180)
    ours = openpyxl.load_workbook(book, data_only=True)
    theirs = openpyxl.load_workbook(again / book.name, data_only=True)
    formulas = openpyxl.load_workbook(book)
    compared = 0
    for sheet in formulas:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    one, other = (b[sheet.title][cell.coordinate].value for b in (ours, theirs))
                    assert round(one, 2) == round(other, 2), (sheet.title, cell.coordinate)
                    compared += 1
    assert compared > 20
    totals = {line[0]: line[1] for line in theirs["Summary USD"].iter_rows(values_only=True)}
    assert round(totals["Total"], 2) == float(found["open"]["USD"])  # type: ignore[index]


def test_a_past_day_is_replayed(office: Office) -> None:
    day = FRIDAY - timedelta(days=60)
    found, _, _ = written(office, as_of=day)
    owed = sum(
        r[5]
        for r in ROWS
        if r[9] == "USD" and r[3] <= day and not (r[7] is not None and r[7] <= day)
    )
    assert float(found["open"]["USD"]) == round(owed, 2)  # type: ignore[index]


def test_the_page_fetches_nothing_and_escapes_what_the_sheet_says(office: Office) -> None:
    evil = "<script>alert(1)</script> & Co"
    office.fill(*ROWS, row(300, 40, 50_000, who=evil), head=PAID_HEAD)
    _, _, page = written(office)
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert not any(mark in page for mark in ("http:", "https:", "url(", "@import", " src="))
    _Balanced().feed(page)


class _Balanced(HTMLParser):
    """Fails where an end tag does not end the innermost element."""

    open_ones: list[str]

    def reset(self) -> None:
        super().reset()
        self.open_ones = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "br", "html"):
            self.open_ones.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        assert tag == "html" or self.open_ones.pop() == tag


def test_the_same_report_twice_is_the_same_file(office: Office) -> None:
    _, book, page = written(office)
    before = book.read_bytes()
    assert written(office)[2] == page
    assert book.read_bytes() == before


def test_key_figures_of_owners_classes_and_customers_add_up_everywhere(office: Office) -> None:
    office.configure(mail={"mode": "rehearse"}, report={"targets": {"dso": 45}},
                     interest={"rate": 8})  # fmt: skip
    found, book, page = written(office)
    for by in ("by_owner", "by_class", "by_customer"):
        for currency, groups in found[by].items():  # type: ignore[attr-defined]
            total = sum(Decimal(group["open"]) for group in groups)
            assert total == Decimal(found["open"][currency])  # type: ignore[index]
            assert all(set(group["kpis"]) == set(KPI_NAMES) for group in groups)
    assert found["targets"] == {"dso": 45.0}
    assert set(found["kpis_before"]["USD"]) == set(KPI_NAMES)  # type: ignore[index]
    assert float(found["interest"]["USD"]) > 0  # type: ignore[index]
    tables = openpyxl.load_workbook(book)
    groups, customers = tables["Key figures by group"], tables["Key figures by customer"]
    assert {row[0] for row in groups.iter_rows(min_row=4, values_only=True)} == {"Owner", "Class"}
    head = next(row for row in customers.iter_rows(values_only=True) if row[0] == "Customer")
    for name in ("DSO (Target 45.0)", "DSO ±", "CEI", "CEI ±", "ADD", "Turnover ±"):
        assert name in head
    assert "Key figures by owner" in page
    assert "Interest accrued" in page
    lines = found["provision_matrix"]["USD"]  # type: ignore[index]
    exact = sum(Decimal(line["amount"]) * Decimal(line["rate"]) for line in lines)
    provided = Decimal(found["provision"]["USD"])  # type: ignore[index]
    assert abs(provided - exact) <= Decimal("0.005")


def test_whom_to_call_first_is_expected_loss_times_age(office: Office) -> None:
    office.fill(
        row(1, 20, 1000, who="Fresh and large"), row(2, 95, 300, who="Old and small"),
        row(3, 40, 500, who="Between"), head=PAID_HEAD,
    )  # fmt: skip
    found, _, _ = written(office)
    calls = [(each["customer"], each["expected_loss"]) for each in found["calls"]]  # type: ignore[attr-defined]
    assert calls == [  # 31.80 × 95, 18.00 × 40, 16.00 × 20
        ("Old and small", "31.80"), ("Between", "18.00"), ("Fresh and large", "16.00"),
    ]  # fmt: skip


def test_targets_are_shown_beside_the_figures(office: Office) -> None:
    office.configure(mail={"mode": "rehearse"}, report={"targets": {"dso": 45, "cei": 0.8}})
    _, book, page = written(office)
    assert "Target 45.0" in page
    cells = [c for line in openpyxl.load_workbook(book)["Summary USD"].iter_rows(values_only=True)
             for c in line]  # fmt: skip
    assert "Target" in cells
    assert 0.8 in cells


def test_key_figures_of_the_summary_are_numbers(office: Office) -> None:
    found, book, _ = written(office)
    sheet = openpyxl.load_workbook(book)["Summary USD"]
    rows = {line[0].value: line[1:4] for line in sheet.iter_rows() if line[0].value}
    now, before, change = rows["Collection effectiveness (CEI)"]
    cei = found["kpis"]["USD"]["cei"], found["kpis_before"]["USD"]["cei"]
    assert (now.value, before.value) == pytest.approx(cei, abs=1e-4)
    assert change.value == pytest.approx(100 * (cei[0] - cei[1]), abs=0.02)
    assert (now.number_format, change.number_format[0]) == ("0.0 %", "+")
    dso = rows["DSO, days (90 days of sales)"][0]
    assert dso.value == pytest.approx(found["kpis"]["USD"]["dso"], abs=1e-4)


def test_a_target_for_what_nobody_measures_is_refused(office: Office) -> None:
    office.configure(mail={"mode": "rehearse"}, report={"targets": {"dsoo": 45}})
    ran = office.collector("report")
    assert ran.status == 2
    assert "dso" in ran.err


def test_a_chinese_report_is_chinese(office: Office) -> None:
    office.configure(mail={"mode": "rehearse"}, language="zh")
    _, book, page = written(office)
    assert "应收账款报告" in page
    assert "概览 USD" in openpyxl.load_workbook(book).sheetnames


def test_an_empty_book_has_a_report_too(office: Office) -> None:
    office.fill([*due(3), None, "", "USD"], head=PAID_HEAD)
    found, _, _ = written(office)
    assert found["open"] == {"USD": "100.00"}
    office.fill(row(1, 3, 100, 2), head=PAID_HEAD)
    found, _, _ = written(office)
    assert found["open"] == {"USD": "0"} or found["open"] == {"USD": "0.00"}


@pytest.mark.parametrize("rows", [[], [row(1, -40, 100)]], ids=["no rows", "a later row"])
def test_a_book_that_nothing_is_in_yet_has_an_empty_report(office: Office, rows: list[Row]) -> None:
    office.fill(*rows, head=PAID_HEAD)
    found, _, page = written(office)
    assert found["open"] == {"USD": "0.00"}
    assert set(found["kpis"]["USD"]) == set(KPI_NAMES)
    assert "–" in page


# ── simulate ─────────────────────────────────────────────────────────────────────────────────


def test_days_to_come_are_played_through_once_each(office: Office) -> None:
    office.fill(due(2), due(20, "Bolt Inc"), due(-9, "Cargo Ltd"))
    ran = office.collector("simulate", "--days", "40", "--json", as_of=FRIDAY)
    days = ran.json["days"]
    said = [(m["customer"], m["step"], tuple(m["invoices"])) for d in days for m in d["messages"]
            if m["step"] != "statement"]  # fmt: skip
    assert len(said) == len(set(said))
    assert all(date.fromisoformat(each["day"]).weekday() < 5 for each in days)
    assert ("Acme Ltd", "first") in {(who, step) for who, step, _ in said}
    assert ("Cargo Ltd", "courtesy") in {(who, step) for who, step, _ in said}
    first = next(d for d in days if any(m["customer"] == "Acme Ltd" for m in d["messages"]))
    assert first["day"] == "2026-11-23"
    assert not office.ledger.exists()


def test_the_first_simulated_day_is_what_a_preview_shows(office: Office) -> None:
    office.fill(*(due(day, f"C{day} Ltd") for day in range(-5, 60, 4)))
    ahead = office.collector("preview", "--json", as_of=FRIDAY).json["would_send"]
    played = office.collector("simulate", "--days", "1", "--json", as_of=FRIDAY).json["days"]
    shown = {(m["customer"], m["step"]) for m in played[0]["messages"]}
    assert shown == {(m["customer"], m["step"]) for m in ahead}


def test_a_default_costs_what_is_open(office: Office) -> None:
    office.fill(*ROWS, head=PAID_HEAD)
    ran = office.collector("simulate", "--default", "c1 ltd", "--json", as_of=FRIDAY)
    owed = sum(r[5] for r in ROWS if r[0] == "C1 Ltd" and r[7] is None)
    found = ran.json
    assert float(found["lost"]["USD"]) == round(owed, 2)
    assert float(found["provision_then"]["USD"]) > float(found["provision"]["USD"])
    weeks = found["cash"]["USD"]
    assert len(weeks) == 8
    assert all(float(week["without"]) <= float(week["expected"]) for week in weeks)
    ran = office.collector("simulate", "--default", "nobody", as_of=FRIDAY)
    assert ran.status == 2
