"""What a run remembers of the book: flags that changed since, and past days without paid dates."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office import FRIDAY, HEAD, Office, due

WEEK = timedelta(days=7)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.configure(mail={"mode": "rehearse"})
    return office


def test_a_flag_that_changed_is_in_the_report_and_once_in_the_contact_log(office: Office) -> None:
    office.fill(due(57), due(3, "Bolt Inc"))
    assert office.run().json["flag_changes"] == []
    found = office.run(FRIDAY + WEEK).json
    assert found["flag_changes"] == [
        {"customer": "Acme Ltd", "since": "2026-11-20", "flag_before": "watch", "flag": "stop",
         "rating_before": "", "rating": "", "what": "Watch→Stop because oldest overdue 64 days"}
    ]  # fmt: skip
    (noted,) = office.rows("Contact log")
    key = noted.pop("Key")
    assert key.startswith("flag-")
    assert noted.pop("Date").date() == FRIDAY + WEEK
    assert noted == {
        "Customer": "Acme Ltd", "Channel": "Credit", "What": "Watch→Stop", "Invoices": None,
        "Amount": None, "Result": "oldest overdue 64 days", "By": "Collector",
    }  # fmt: skip
    assert office.run(FRIDAY + WEEK).json["flag_changes"] == []
    assert len(office.rows("Contact log")) == 1
    said = office.collector("run", as_of=FRIDAY + 5 * WEEK).out
    assert (
        "Changed since the last run:\n  Bolt Inc: OK→Watch because oldest overdue 38 days" in said
    )


def test_the_same_change_is_noted_again_by_no_run_that_died_before_it_remembered(
    office: Office,
) -> None:
    office.fill(due(57))
    office.run()
    office.ledger.with_suffix(".before").write_bytes(office.ledger.read_bytes())
    office.run(FRIDAY + WEEK)
    office.ledger.write_bytes(office.ledger.with_suffix(".before").read_bytes())
    assert len(office.run(FRIDAY + WEEK).json["flag_changes"]) == 1
    assert len(office.rows("Contact log")) == 1


def test_no_log_where_none_is_wanted(office: Office) -> None:
    office.configure(mail={"mode": "rehearse"}, write={"log": False})
    office.fill(due(57))
    office.run()
    assert len(office.run(FRIDAY + WEEK).json["flag_changes"]) == 1
    with pytest.raises(KeyError):
        office.rows("Contact log")


def test_a_snapshot_is_kept_only_when_something_changed(office: Office) -> None:
    office.fill(due(3), due(5, "Bolt Inc"))
    for day in range(3):
        office.run(FRIDAY + timedelta(days=day))
    assert office.asked("SELECT count(*) FROM collector_snapshots") == [(1,)]
    with office.editing() as sheet:
        sheet["G2"] = 40
    office.run(FRIDAY + WEEK)
    assert office.asked("SELECT count(*) FROM collector_snapshots") == [(2,)]


def test_a_preview_says_the_change_and_remembers_nothing(office: Office) -> None:
    office.fill(due(57))
    office.run()
    for _ in range(2):
        ahead = office.collector("preview", "--json", as_of=FRIDAY + WEEK).json
        assert [each["flag"] for each in ahead["flag_changes"]] == ["stop"]
    assert office.asked("SELECT count(*) FROM collector_snapshots") == [(1,)]


# ── past days, of a sheet that has no paid dates ─────────────────────────────────────────────


def report(office: Office, as_of: date) -> Any:
    ran = office.collector("report", "--out", str(office.folder / "out"), "--json", as_of=as_of)
    assert ran.status == 0, ran.err
    return ran.json


def months(office: Office, as_of: date) -> dict[date, float]:
    """Return by month's end what was open, as the report's workbook shows it."""
    report(office, as_of)
    book = openpyxl.load_workbook(office.folder / "out" / f"report_{as_of}.xlsx")
    rows = [row[:5] for row in book["Summary USD"].iter_rows(values_only=True)]
    head = next(at for at, row in enumerate(rows) if row[:2] == ("As at", "Receivables"))
    return {row[0].date(): row[1] for row in rows[head + 1 : head + 13]}


@pytest.fixture
def months_of_runs(office: Office) -> dict[date, Any]:
    """Run weekly while people pay without writing dates; return what each run said."""
    rows = [due(60 - 6 * n, f"C{n % 4} Ltd", amount=100 + 10 * n) for n in range(12)]
    office.fill(*rows)
    said = {}
    for week in range(8):
        day = FRIDAY + timedelta(days=7 * week)
        with office.editing() as sheet:
            if week:
                sheet.cell(week + 1, 7, sheet.cell(week + 1, 6).value)  # paid in full
                sheet.cell(12, 7, 15 * week)  # and a part of another
        said[day] = office.run(day).json
    return said


def test_any_past_day_is_as_the_run_of_that_day_said(
    office: Office, months_of_runs: dict[date, Any]
) -> None:
    for day, said in months_of_runs.items():
        found = report(office, day)
        for name in ("open", "overdue", "buckets", "flags"):
            assert found[name] == said[name], (day, name)
    last = report(office, max(months_of_runs))
    assert last["past"] == {
        "settled": 7, "dated": 0, "snapshots": 7, "undated": 0, "gone": 0,
        "first_snapshot": "2026-11-20", "last_snapshot": "2027-01-08",
    }  # fmt: skip


def test_months_in_between_add_up_to_what_the_runs_said(
    office: Office, months_of_runs: dict[date, Any]
) -> None:
    found = months(office, max(months_of_runs))
    by_day = {day: float(said["open"]["USD"]) for day, said in months_of_runs.items()}
    for end in (date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 8)):
        assert found[end] == by_day[max(day for day in by_day if day <= end)]


def test_the_effectiveness_has_the_opening_balance_that_was(
    office: Office, months_of_runs: dict[date, Any]
) -> None:
    day = max(months_of_runs)
    found = report(office, day)["kpis_before"]["USD"]
    then = months_of_runs[day - timedelta(days=28)]
    before = report(office, day - timedelta(days=30))
    assert found["overdue_ratio"] == before["kpis"]["USD"]["overdue_ratio"]
    assert found["cei"] == before["kpis"]["USD"]["cei"]
    assert then["open"] != months_of_runs[day]["open"]


def test_rows_that_were_deleted_since_are_in_the_past_still(
    office: Office, months_of_runs: dict[date, Any]
) -> None:
    with office.editing() as sheet:
        sheet.delete_rows(2, 5)
    for day, said in months_of_runs.items():
        found = report(office, day)
        wanted = said if day < max(months_of_runs) else office.run(day).json
        assert found["open"] == wanted["open"], day
        assert found["buckets"] == wanted["buckets"], day
    assert report(office, max(months_of_runs))["past"]["gone"] == 5


def test_a_written_paid_date_is_believed_before_what_was_kept(office: Office) -> None:
    head = [*HEAD, "Paid on"]
    office.fill([*due(10), None], head=head)
    for week in range(3):
        office.run(FRIDAY + week * WEEK)
    office.fill([*due(10, paid=100), FRIDAY + timedelta(days=3)], head=head)
    office.run(FRIDAY + 3 * WEEK)
    assert report(office, FRIDAY)["open"] == {"USD": "100.00"}
    then = report(office, FRIDAY + WEEK)
    assert then["open"]["USD"] in ("0", "0.00")
    assert then["past"]["dated"] == 1
    assert then["past"]["snapshots"] == 0


def test_a_customer_who_was_renamed_does_not_owe_twice(office: Office) -> None:
    office.fill(due(40), due(5, "Bolt Inc"))
    was = office.run().json
    with office.editing() as sheet:
        sheet["A3"] = "Bolt Incorporated"  # only renamed: not owed twice
    office.run(FRIDAY + WEEK)
    assert report(office, FRIDAY)["open"] == was["open"]


def test_an_invoice_that_was_reopened_is_paid_on_the_days_between(office: Office) -> None:
    said = {}
    for week, paid in enumerate([0, 100, 100, 0]):
        office.fill(due(50, paid=paid), due(50, "Bolt Inc", amount=50))
        said[FRIDAY + week * WEEK] = office.run(FRIDAY + week * WEEK).json
    office.fill(due(50, paid=100), due(50, "Bolt Inc", amount=50))
    said[FRIDAY + 4 * WEEK] = office.run(FRIDAY + 4 * WEEK).json
    office.fill(due(50), due(50, "Bolt Inc", amount=50))  # and no run has seen it since
    for day, was in said.items():
        found = report(office, day)
        for name in ("open", "overdue", "buckets", "flags"):
            assert found[name] == was[name], (day, name)
    assert months(office, FRIDAY + 5 * WEEK)[date(2026, 11, 30)] == 50.0


def test_rows_dated_after_the_day_are_as_the_run_of_that_day_saw_them(office: Office) -> None:
    later, long_ago = FRIDAY + timedelta(days=5), FRIDAY - timedelta(days=50)
    head, due_on = [*HEAD, "Paid on"], FRIDAY + timedelta(days=35)
    rows = [
        [*due(20, amount=1000), None],
        ["Acme Ltd", "ap@acme.example", "F", later, due_on, 100, 0, None],
        ["Acme Ltd", "ap@acme.example", "P", long_ago, due_on, 50, 50, later],
        ["Acme Ltd", "ap@acme.example", "Q", long_ago, due_on, 70, 30, later],
    ]
    office.fill(*rows, head=head)
    said = office.run().json
    assert said["open"] == {"USD": "1140.00"}
    found = report(office, FRIDAY)
    for name in ("open", "overdue", "buckets", "flags"):
        assert found[name] == said[name]
    book = openpyxl.load_workbook(office.folder / "out" / f"report_{FRIDAY}.xlsx")
    listed = {cell for row in book["Open invoices"].iter_rows(values_only=True) for cell in row}
    assert {"F", "Q"} <= listed
    assert "P" not in listed


def test_what_is_paid_on_no_known_day_was_paid_when_due_in_every_report(office: Office) -> None:
    head = [*HEAD, "Paid on"]
    days = [(date(2026, 8, 1), date(2026, 9, 1)), (date(2026, 9, 1), date(2026, 10, 1))]
    rows = [
        ["Acme Ltd", "ap@acme.example", "N1", *days[0], 100, 100, None],
        ["Acme Ltd", "ap@acme.example", "N2", *days[1], 200, 50, None],
    ]
    office.fill(*rows, head=head)
    ends = months(office, date(2026, 11, 20))
    stood = {date(2026, 8, 31): 100.0, date(2026, 9, 30): 200.0, date(2026, 10, 31): 150.0}
    for day, owed in stood.items():
        assert ends[day] == owed
        found = report(office, day)
        assert float(found["open"]["USD"]) == owed, day
        assert found["undated"] == 1
    assert report(office, date(2026, 11, 20))["kpis"]["USD"]["cei"] == pytest.approx(0.5)


def test_flags_and_ratings_of_a_report_are_those_of_the_run(office: Office) -> None:
    rows = [due(70 - 3 * n, amount=100 + n) for n in range(9)]
    office.fill(*rows, due(3, "Bolt Inc"))
    for week in range(6):
        with office.editing() as sheet:
            sheet.cell(week + 2, 7, sheet.cell(week + 2, 6).value)
        said = office.run(FRIDAY + week * WEEK).json
    found = report(office, FRIDAY + 5 * WEEK)
    assert found["past"]["snapshots"] == 5
    assert found["flags"] == said["flags"]
    assert [each["name"] for each in found["by_class"]["USD"]] == [""]
