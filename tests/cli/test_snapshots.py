"""What a run remembers of the book: flags that changed since, and past days without paid dates."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.office import FRIDAY, Office, due

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
