"""What a person asks for at the desk: log, doubts, statement, undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.mail_server import DROP, FaultyServer, MailServer
from tests.office import FRIDAY, Office, due


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(10, "Beta GmbH"), due(-20, "Gamma"))
    return office


# ── log ──────────────────────────────────────────────────────────────────────────────────────


def test_log_shows_the_runs_and_what_was_said_to_whom(office: Office) -> None:
    empty = office.collector("log", "--json")
    assert (empty.status, empty.json) == (0, {"runs": [], "messages": []})
    assert not office.ledger.exists()
    office.run()
    office.run()
    found = office.collector("log", "--json").json
    assert [run["run"] for run in found["runs"]] == ["2026-11-20-2", "2026-11-20-1"]
    assert found["runs"][1]["report"]["messages"]["sent"] == 2
    newest = found["messages"][0]
    assert newest | {
        "customer": "Beta GmbH", "to": ["ap@beta.example"], "step": "first", "state": "sent",
        "as_of": "2026-11-20", "run": "2026-11-20-1", "attempts": 1,
    } == newest  # fmt: skip
    only = office.collector("log", "--json", "--customer", "Acme Ltd").json["messages"]
    assert [message["customer"] for message in only] == ["Acme Ltd"]
    assert "ap@acme.example" in office.collector("log").out


# ── doubts ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def doubtful(tmp_path: Path, mail_server: MailServer) -> Office:
    """An office whose message to Acme was cut off after its final dot."""
    with FaultyServer({"dot": [DROP]}) as faulty:
        office = Office(tmp_path, faulty.server)
        office.fill(due(20), due(10, "Beta GmbH"))
        ran = office.run()
    assert ran.status == 1
    assert (ran.json["messages"]["in_doubt"], ran.json["messages"]["sent"]) == (1, 1)
    assert ran.held == {"Acme Ltd": "in doubt: the connection was dropped; see collector doubts"}
    return Office(tmp_path, mail_server.server)


def test_what_is_in_doubt_is_named_by_every_run_and_never_sent_again_by_itself(
    doubtful: Office, mail_server: MailServer
) -> None:
    for day in (FRIDAY, date(2026, 11, 27), date(2026, 11, 30)):
        ran = doubtful.run(day)
        assert ran.status == 1
        assert ran.held["Acme Ltd"].startswith("in doubt: ")
    assert mail_server.received == []
    listed = doubtful.collector("doubts", "--json")
    assert listed.status == 1
    (message,) = listed.json["doubts"]
    assert (message["customer"], message["state"]) == ("Acme Ltd", "in_doubt")
    assert message["answer"] == "the connection was dropped"


def test_a_doubt_settled_as_sent_counts_as_said(doubtful: Office, mail_server: MailServer) -> None:
    settled = doubtful.collector("doubts", "--json", "--sent", "Acme Ltd")
    assert (settled.status, settled.json) == (0, {"doubts": []})
    ran = doubtful.run()
    assert (ran.status, ran.held, mail_server.received) == (0, {}, [])
    assert doubtful.rows()[0]["Next action"] == "Reminder 2 on 1 Dec"


def test_a_doubt_settled_as_not_sent_goes_out_anew(
    doubtful: Office, mail_server: MailServer
) -> None:
    (message,) = doubtful.collector("doubts", "--json").json["doubts"]
    assert doubtful.collector("doubts", "--again", message["id"]).status == 0
    assert doubtful.run().json["messages"]["sent"] == 1
    assert [m.recipients for m in mail_server.received] == [("ap@acme.example",)]
    assert doubtful.run().json["messages"]["sent"] == 0


def test_a_doubt_that_nobody_knows_is_wrong_usage(doubtful: Office) -> None:
    ran = doubtful.collector("doubts", "--sent", "Nobody")
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert len(doubtful.collector("doubts", "--json").json["doubts"]) == 1


# ── statement ────────────────────────────────────────────────────────────────────────────────


def test_statement_writes_files_and_mails_nothing(office: Office, mail_server: MailServer) -> None:
    out = office.folder / "out"
    ran = office.collector("statement", "acme ltd", "--out", str(out), "--json", as_of=FRIDAY)
    assert ran.status == 0
    assert ran.json["closing"] == {"USD": "100.00"}
    pdf, xlsx = sorted(out.iterdir())
    assert sorted(ran.json["files"]) == [str(pdf), str(xlsx)]
    assert pdf.read_bytes().startswith(b"%PDF")
    shown = {cell for row in openpyxl.load_workbook(xlsx).active.values for cell in row}
    assert "ACME-1031" in shown
    assert (mail_server.sessions, office.ledger.exists()) == (0, False)


def test_statement_of_a_month_or_of_nobody(office: Office) -> None:
    out = str(office.folder / "out")
    october = ("statement", "Acme Ltd", "--out", out, "--month", "2026-10")
    assert office.collector(*october, "--json", as_of=FRIDAY).json["closing"] == {"USD": "100.00"}
    nobody = office.collector("statement", "Acne Ltd", "--out", out)
    assert nobody.status == 2
    assert "Acme Ltd" in nobody.err
    assert office.collector("statement", "Acme Ltd", "--out", out, "--month", "10").status == 2
    open_month = ("statement", "Acme Ltd", "--out", out, "--month", "2026-11")
    assert "is not over yet" in office.collector(*open_month, as_of=FRIDAY).err


def test_a_month_that_undated_payments_are_in_is_said_and_nothing_else_written(
    office: Office,
) -> None:
    office.fill(due(40, paid=30), due(20, "Bolt Inc"))
    out = office.folder / "out"
    asked = ("statement", "Acme Ltd", "--out", str(out), "--month", "2026-10")
    ran = office.collector(*asked, as_of=FRIDAY)
    assert ran.status == 2
    assert "not every payment has a date" in ran.err
    office.fill(due(40, paid=100), due(20, "Bolt Inc"))
    assert "not every payment has a date" in office.collector(*asked, as_of=FRIDAY).err
    assert not out.exists()


# ── undo ─────────────────────────────────────────────────────────────────────────────────────


def test_undo_gives_the_cells_of_a_run_their_former_values(office: Office) -> None:
    office.run()
    before = office.rows()
    with office.editing() as sheet:
        sheet["G2"] = 100
    changed = office.run(date(2026, 11, 24)).json
    undone = office.collector("undo", "--json", changed["run"])
    assert (undone.status, undone.json["left"]) == (0, [])
    assert undone.json["restored"] == changed["edits"]
    before[0]["Paid"] = 100
    assert office.rows() == before


def test_undo_leaves_what_somebody_wrote_since(office: Office) -> None:
    first = office.run().json
    with office.editing() as sheet:
        sheet["H2"] = "Call them!"
    undone = office.collector("undo", "--json", first["run"])
    assert (undone.status, undone.json["left"]) == (1, ["Invoices!H2"])
    rows = office.rows()
    assert rows[0]["Status"] == "Call them!"
    assert [row["Status"] for row in rows[1:]] == [None, None]
    # What was said stays said.
    assert office.run().json["messages"]["sent"] == 0


def test_undo_of_a_run_that_never_was_names_the_last_ones(office: Office) -> None:
    office.run()
    written = office.book.read_bytes()
    ran = office.collector("undo", "2026-11-20-9")
    assert ran.status == 2
    assert ran.err == "collector: There is no run 2026-11-20-9. The last ones: 2026-11-20-1.\n"
    assert office.book.read_bytes() == written
