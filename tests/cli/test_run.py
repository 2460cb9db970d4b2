"""One pass through the command line: what it prints, sends and writes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Office, due

CONTRACT = {
    "run", "as_of", "workbook", "rows", "customers", "status", "open", "overdue", "buckets",
    "flags", "edits", "messages", "held", "problems", "seconds",
}  # fmt: skip
OURS = [
    "Status", "Days overdue", "Bucket", "Open balance", "Credit flag", "Last reminder",
    "Next action", "Problem",
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(
        due(20, amount=1200.5, paid=200),
        due(1),
        due(-2, "Beta GmbH"),
        due(-40, "Delta"),
        due(10, "Echo", paid=100),
        due(35, "Foxtrot", amount=-30),
    )
    return office


def test_json_has_the_names_of_the_contract_and_money_as_text(office: Office) -> None:
    ran = office.run()
    report = ran.json
    assert (ran.status, ran.err) == (0, "")
    assert set(report) >= CONTRACT
    assert report["run"] == "2026-11-20-1"
    assert report["as_of"] == "2026-11-20"
    assert report["workbook"] == "receivables.xlsx"
    assert (report["rows"], report["customers"]) == (6, 5)
    expected = {"overdue": 2, "due_soon": 1, "open": 1, "settled": 1, "credit": 1}
    assert {status: n for status, n in report["status"].items() if n} == expected
    assert report["open"] == {"USD": "1270.50"}
    assert report["overdue"] == {"USD": "1100.50"}
    ages = {"not_due": "200.00", "1-30": "1100.50", "31-60": "0.00", "61-90": "0.00"}
    assert report["buckets"] == {"USD": {**ages, "90+": "0.00", "credit": "-30.00"}}
    assert set(report["flags"]) == {"ok", "watch", "over_limit", "prepay", "stop"}
    said = {"sent": 2, "rehearsed": 0, "waiting": 0, "refused": 0, "in_doubt": 0}
    assert report["messages"] == said
    assert set(report["seconds"]) == {"read", "decide", "write", "mail"}
    assert (report["held"], report["problems"]) == ([], [])


def test_it_writes_to_each_customer_once_and_marks_each_row(
    office: Office, mail_server: MailServer
) -> None:
    office.run()
    assert [m.recipients for m in mail_server.received] == [
        ("ap@acme.example",),
        ("ap@beta.example",),
    ]
    reminder = mail_server.received[0].parsed
    text = reminder.get_body(("plain",)).get_content()
    assert "ACME-1031" in text
    assert "ACME-1119" in text
    assert re.search(r"USD\s?1,000\.50", text)
    occasion = "receivables/acme ltd/reminder/ACME-1031/2026-10-31/first"
    assert reminder["X-Collector-Occasions"] == occasion
    assert reminder["Auto-Submitted"] == "auto-generated"

    rows = office.rows()
    assert list(rows[0]) == [*HEAD, *OURS]
    assert office.column("Status") == {
        "ACME-1031": "Overdue", "ACME-1119": "Overdue", "BETA-1122": "Due soon",
        "DELTA-1230": "Open", "ECHO-1110": "Settled", "FOXTROT-1016": "Credit",
    }  # fmt: skip
    assert rows[0]["Days overdue"] == 20
    assert rows[0]["Bucket"] == "1-30"
    assert rows[0]["Open balance"] == 1000.5
    assert rows[0]["Last reminder"].date() == FRIDAY
    assert rows[0]["Next action"] == "Reminder 2 on 1 Dec"
    assert rows[1]["Last reminder"] is None


def test_run_again_it_sends_nothing_and_leaves_the_file_untouched(
    office: Office, mail_server: MailServer
) -> None:
    first = office.run()
    assert first.json["edits"] > 0
    written, at = office.book.read_bytes(), office.book.stat().st_mtime_ns
    again = office.run()
    assert (again.status, again.json["edits"]) == (0, 0)
    assert again.json["messages"]["sent"] == 0
    assert again.json["run"] == "2026-11-20-2"
    assert (office.book.read_bytes(), office.book.stat().st_mtime_ns) == (written, at)
    assert len(mail_server.received) == 2


def test_days_pass_and_an_invoice_climbs_one_step_at_a_time(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(statements={"day": None})
    office.fill(due(3))
    steps = {}
    # Due on Tuesday the 17th and not chased in time for the courtesy; the 21st is a Saturday.
    for day in ("11-17", "11-19", "11-20", "11-21", "11-23", "11-30", "12-01", "12-04", "12-21"):
        for mail in office.run(date.fromisoformat(f"2026-{day}")).json["mails"]:
            steps[day] = mail["step"]
    assert steps == {"11-17": "courtesy", "11-23": "first", "12-04": "second", "12-21": "third"}
    first, second = mail_server.received[0].parsed, mail_server.received[1].parsed
    assert second["In-Reply-To"] == first["Message-ID"]


def test_the_config_is_found_where_the_command_runs_or_by_a_variable(office: Office) -> None:
    quiet = office.process("run", "--as-of", "2026-11-20", "--quiet")
    assert (quiet.status, quiet.out, quiet.err) == (0, "", "")
    (office.folder / "config.yaml").rename(office.folder / "other.yaml")
    assert office.process("log").status == 2
    there = office.process("log", "--json", COLLECTOR_CONFIG="other.yaml")
    assert len(there.json["messages"]) == 2


def test_for_people_it_says_what_it_found_and_did(office: Office) -> None:
    ran = office.collector("run", as_of=FRIDAY)
    assert ran.out.startswith("receivables.xlsx as of 2026-11-20: 6 invoices, 5 customers\n")
    assert "USD 1,270.50 open, 1,100.50 of it overdue" in ran.out
    assert "Messages: sent 2" in ran.out
    (backup,) = (office.folder / "receivables.backups").iterdir()
    assert str(backup) in ran.out
