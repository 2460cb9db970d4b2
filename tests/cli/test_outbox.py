"""The Outbox tab: what waits is listed in the book, and a tick there releases exactly that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.mail_server import MailServer
from tests.office import FRIDAY, HEAD, Office, due

SATURDAY, MONDAY = date(2026, 11, 21), date(2026, 11, 23)
COLUMNS = [
    "Customer", "To", "Cc", "Subject", "Step", "Total", "Invoices", "Why now", "Approve?", "State",
    "Key", "Preview",
]  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    """An office in mode approve whose run on Friday lists two messages."""
    office = Office(tmp_path, mail_server.server)
    office.configure(mail={"mode": "approve"})
    office.fill(due(20), due(10, "Beta GmbH"), due(-20, "Gamma"))
    assert office.run().json["messages"]["waiting"] == 2
    return office


def sent_to(mail_server: MailServer) -> list[str]:
    return [message.recipients[0] for message in mail_server.received]


def outbox(office: Office, tab: str = "Outbox") -> dict[str, dict[str, Any]]:
    """Return the rows of the tab that hold anything, by customer and the start of their state."""
    rows = [row for row in office.rows(tab) if any(cell is not None for cell in row.values())]
    return {f"{row['Customer']} {str(row['State']).partition(':')[0]}": row for row in rows}


def states(office: Office) -> dict[str, str]:
    return {row["Customer"]: row["State"] for row in office.rows("Outbox") if row["Customer"]}


def cells(sheet: Any, heading: str) -> Iterator[Any]:
    """Yield the cells of a column, the customer's beside each."""
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        yield sheet.cell(row, at["Customer"]).value, sheet.cell(row, at[heading])


def tick(office: Office, customer: str, mark: Any = "x", tab: str = "Outbox") -> None:
    with office.editing(tab) as sheet:
        for name, cell in cells(sheet, "Approve?"):
            if name == customer:
                cell.value = mark


def change(office: Office, customer: str, heading: str, value: Any) -> None:
    with office.editing("Outbox") as sheet:
        for name, cell in cells(sheet, heading):
            if name == customer:
                cell.value = value


# ── what is listed ───────────────────────────────────────────────────────────────────────────


def test_what_waits_is_listed_with_all_that_a_person_needs_to_decide(office: Office) -> None:
    rows = office.rows("Outbox")
    assert list(rows[0]) == COLUMNS
    acme, beta = rows
    assert acme["To"] == "ap@acme.example"
    assert acme["Subject"] == "Payment reminder: Acme Ltd"
    assert (acme["Step"], acme["Total"], acme["Invoices"]) == ("first", 100, "ACME-1031")
    assert acme["Why now"] == "1 overdue, the oldest since 31 Oct"
    assert (acme["Approve?"], acme["State"]) == (None, "waiting")
    assert acme["Preview"].startswith("Dear Acme Ltd team, According to our records")
    assert beta["Customer"] == "Beta GmbH"
    sheet = openpyxl.load_workbook(office.book)["Outbox"]
    (choices,) = sheet.data_validations.dataValidation
    assert (choices.formula1, str(choices.sqref)) == ('"yes,no"', "I2:I1048576")
    assert not choices.showErrorMessage  # an x or a √ is as good


def test_a_second_run_with_nothing_new_changes_nothing(office: Office) -> None:
    before = office.book.read_bytes()
    again = office.run().json
    assert (again["edits"], again["tabs"]) == (0, {"outbox": 0, "log": 0})
    assert office.book.read_bytes() == before
    assert office.collector("preview", "--json", as_of=FRIDAY).json["tabs"] == {
        "outbox": 0, "log": 0,
    }  # fmt: skip


def test_preview_counts_what_a_run_would_write_and_writes_nothing(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(mail={"mode": "approve"})
    office.fill(due(20), due(10, "Beta GmbH"))
    before = office.book.read_bytes()
    ahead = office.collector("preview", "--json", as_of=FRIDAY).json
    assert office.book.read_bytes() == before
    ran = office.run().json
    assert (ahead["tabs"], ahead["edits"]) == (ran["tabs"], ran["edits"])
    assert ran["tabs"] == {"outbox": 2, "log": 0}


def test_nothing_is_listed_in_rehearsals_nor_where_nothing_waits(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.fill(due(20), due(10, "Beta GmbH", email="nobody"))
    for mode in ("rehearse", "send"):
        office.configure(mail={"mode": mode})
        office.run()
        assert "Outbox" not in openpyxl.load_workbook(office.book).sheetnames


def test_who_is_held_has_a_row_that_says_why_and_a_tick_there_does_nothing(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(mail={"mode": "approve"}, warnings={"concentration": None})
    office.fill(
        [*due(20), None],
        [*due(10, "Beta GmbH", amount=250), "wrong price"],
        [*due(10, "Gamma", email="nobody"), None],
        [*due(-30, "Settled"), None],
        head=[*HEAD, "Dispute"],
    )
    office.run()
    assert states(office) == {
        "Acme Ltd": "waiting",
        "Beta GmbH": "held: disputed (BETA-1110)",
        "Gamma": "held: no valid email address",
    }
    beta = outbox(office)["Beta GmbH held"]
    assert (beta["Total"], beta["Invoices"]) == (250, "BETA-1110")
    tick(office, "Beta GmbH")
    tick(office, "Gamma")
    assert office.run().json["messages"]["sent"] == 0
    assert outbox(office)["Beta GmbH held"]["Approve?"] is None
    assert states(office)["Beta GmbH"] == "held: disputed (BETA-1110)"
    assert mail_server.received == []


def test_a_step_that_waits_is_listed_also_where_the_rest_is_sent(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    steps = [{"name": "courtesy", "after": -3}, {"name": "final", "after": 5, "approve": True}]
    office.configure(reminders={"steps": steps})
    office.fill(due(20), due(-2, "Beta GmbH"))
    report = office.run().json
    assert (report["messages"]["sent"], report["messages"]["waiting"]) == (1, 1)
    (row,) = office.rows("Outbox")
    assert row["Customer"] == "Acme Ltd"
    assert row["Why now"].endswith("waiting for approval: this step needs it")


# ── ticks ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mark", ["yes", "x", "X", "√", "✓", "Y", True, "TRUE", "是", 1])
def test_a_tick_releases_the_message_and_it_goes_in_the_same_pass(
    office: Office, mail_server: MailServer, mark: Any
) -> None:
    tick(office, "Beta GmbH", mark)
    messages = office.run().json["messages"]
    assert (messages["sent"], messages["waiting"]) == (1, 1)
    assert sent_to(mail_server) == ["ap@beta.example"]
    assert states(office) == {"Acme Ltd": "waiting"}
    (noted,) = office.rows("Contact log")
    assert (noted["Customer"], noted["What"]) == ("Beta GmbH", "Payment reminder: Beta GmbH")
    assert office.run().json["messages"]["sent"] == 0


@pytest.mark.parametrize("mark", ["no", "否", False, "-", ""])
def test_a_no_or_nothing_is_no_tick(office: Office, mail_server: MailServer, mark: Any) -> None:
    tick(office, "Beta GmbH", mark)
    report = office.run()
    assert (report.status, report.json["messages"]["waiting"]) == (0, 2)
    assert mail_server.received == []


def test_a_word_that_is_neither_yes_nor_no_is_a_problem_and_no_tick(
    office: Office, mail_server: MailServer
) -> None:
    tick(office, "Beta GmbH", "maybe?")
    ran = office.run()
    assert ran.status == 1
    (problem,) = ran.json["problems"]
    assert problem["where"] == "Outbox!I3"
    assert "neither yes nor no" in problem["message"]
    assert mail_server.received == []
    assert outbox(office)["Beta GmbH waiting"]["Approve?"] == "maybe?"


def test_what_was_paid_after_the_tick_makes_it_void_and_the_new_content_waits_by_itself(
    office: Office, mail_server: MailServer
) -> None:
    tick(office, "Acme Ltd")
    with office.editing() as sheet:
        sheet["G2"] = 40
    ran = office.run()
    assert ran.status == 1
    (problem,) = ran.json["problems"]
    assert problem == {
        "where": "Outbox!I2", "customer": "Acme Ltd",
        "message": "The tick is void: total was 100.00, is 60.00",
    }  # fmt: skip
    assert mail_server.received == []
    rows = outbox(office)
    void, fresh = rows["Acme Ltd void"], rows["Acme Ltd waiting"]
    assert void["State"] == "void: total was 100.00, is 60.00"
    assert (void["Approve?"], void["Total"], fresh["Total"]) == (None, 100, 60)
    assert void["Key"] != fresh["Key"]

    assert office.run().status == 0  # said once
    with office.editing("Outbox") as sheet:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, 9).value = "yes" if sheet.cell(row, 10).value == "waiting" else None
    assert office.run().json["messages"]["sent"] == 2
    text = mail_server.received[0].parsed.get_body(("plain",)).get_content()
    assert sent_to(mail_server) == ["ap@acme.example", "ap@beta.example"]
    assert "60.00" in text
    assert outbox(office) == {}  # the void row goes with what took its place


def test_a_changed_address_makes_the_tick_void_and_says_so(
    office: Office, mail_server: MailServer
) -> None:
    tick(office, "Acme Ltd")
    with office.editing() as sheet:
        sheet["B2"] = "new@acme.example"
    office.run()
    rows = outbox(office)
    assert rows["Acme Ltd void"]["State"] == (
        "void: address was ap@acme.example, is new@acme.example"
    )
    assert rows["Acme Ltd waiting"]["To"] == "new@acme.example"
    assert mail_server.received == []


def test_a_tick_for_what_was_paid_in_full_is_void_and_nothing_waits(
    office: Office, mail_server: MailServer
) -> None:
    tick(office, "Acme Ltd")
    with office.editing() as sheet:
        sheet["G2"] = 100
    office.run()
    assert states(office)["Acme Ltd"] == "void: nothing is due any more"
    office.run()
    assert list(states(office)) == ["Beta GmbH"]
    assert mail_server.received == []


def test_a_row_nobody_ticked_just_follows_what_is_true(office: Office) -> None:
    with office.editing() as sheet:
        sheet["G2"], sheet["G3"] = 40, 100
    assert office.run().json["problems"] == []
    (row,) = outbox(office).values()
    assert (row["Customer"], row["Total"], row["State"]) == ("Acme Ltd", 60, "waiting")


# ── people at the tab ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("heading", "value"),
    [("To", "me@evil.example"), ("Total", 1), ("Customer", "Beta GmbH"), ("Subject", "Hello"),
     ("Cc", "boss@acme.example"), ("Invoices", "OTHER-1")],
)  # fmt: skip
def test_a_row_that_somebody_edited_is_no_row_to_tick(
    office: Office, mail_server: MailServer, heading: str, value: Any
) -> None:
    tick(office, "Acme Ltd")
    change(office, "Acme Ltd", heading, value)
    ran = office.run()
    assert ran.status == 1
    assert mail_server.received == []
    (void,) = [row for row in office.rows("Outbox") if row["State"].startswith("void: ")]
    assert "edited" in void["State"]
    assert (void["Customer"], void["To"], void["Total"]) == ("Acme Ltd", "ap@acme.example", 100)
    assert void["Approve?"] is None
    # The same message waits on, in its own row, which shows again what it says.
    office.run()
    assert states(office) == {"Acme Ltd": "waiting", "Beta GmbH": "waiting"}
    tick(office, "Acme Ltd")
    assert office.run().json["messages"]["sent"] == 1


def test_the_key_of_another_row_releases_neither(office: Office, mail_server: MailServer) -> None:
    keys = [row["Key"] for row in office.rows("Outbox")]
    with office.editing("Outbox") as sheet:
        sheet["K2"], sheet["K3"] = reversed(keys)
        sheet["I2"] = "x"
    ran = office.run()
    assert ran.status == 1
    assert mail_server.received == []


@pytest.mark.parametrize("key", ["abc", "0123456789-0123456789", "held-0123456789", 7])
def test_a_key_that_nobody_knows_releases_nothing(
    office: Office, mail_server: MailServer, key: Any
) -> None:
    tick(office, "Acme Ltd")
    change(office, "Acme Ltd", "Key", key)
    report = office.run().json
    assert (report["messages"]["sent"], report["messages"]["waiting"]) == (0, 2)
    assert mail_server.received == []
    office.run()
    assert outbox(office)["Acme Ltd waiting"]["Approve?"] is None


def test_two_rows_with_one_key_release_nothing_until_one_is_left(
    office: Office, mail_server: MailServer
) -> None:
    with office.editing("Outbox") as sheet:
        for column in range(1, 13):
            sheet.cell(5, column).value = sheet.cell(2, column).value
        sheet["I5"] = "yes"
    ran = office.run()
    assert ran.status == 1
    assert [p["where"] for p in ran.json["problems"]] == ["Outbox!I5"]
    assert mail_server.received == []
    assert {row["State"] for row in office.rows("Outbox") if row["Customer"] == "Acme Ltd"} == {
        "void: rows 2, 5 have the same key"
    }
    office.run()
    names = [row["Customer"] for row in office.rows("Outbox")]
    assert names == ["Acme Ltd", "Beta GmbH", None, None]
    tick(office, "Acme Ltd")
    assert office.run().json["messages"]["sent"] == 1


def test_rows_without_a_key_are_left_alone_and_a_tick_there_is_a_problem(
    office: Office, mail_server: MailServer
) -> None:
    with office.editing("Outbox") as sheet:
        for row in range(5, 60):
            sheet.cell(row, 9).value = "yes"  # the column filled down
        sheet["A70"] = "ask Tom"
    ran = office.run()
    (problem,) = ran.json["problems"]
    assert (problem["where"], "like this: 55" in problem["message"]) == ("Outbox!I5", True)
    assert mail_server.received == []
    with office.editing() as sheet:  # what comes new must not stand beside such a tick
        sheet.append(due(30, "Omega"))
    office.run()
    rows = office.rows("Outbox")
    assert [row["Approve?"] for row in rows if row["Customer"] == "Omega"] == [None]
    assert mail_server.received == []
    assert rows[68]["Customer"] == "ask Tom"


def test_sorted_rows_moved_columns_and_columns_of_their_own_stay_together(
    office: Office, mail_server: MailServer
) -> None:
    with office.editing("Outbox") as sheet:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        notes = ["Our notes", "call first", "new contact"]
        moved = [[*row[8:], None, *row[:8]] for row in rows]
        head, *body = [[*row, note] for row, note in zip(moved, notes, strict=True)]
        sheet.delete_rows(1, sheet.max_row)
        for row in [[None], head, *reversed(body)]:
            sheet.append(row)
        sheet.cell(3, 1).value = "x"
    with office.editing() as sheet:
        sheet["G2"] = 40
    office.run()
    assert sent_to(mail_server) == ["ap@beta.example"]
    book = openpyxl.load_workbook(office.book)
    head, *body = [[*row][1:] for row in book["Outbox"].iter_rows(min_row=2, values_only=True)]
    told = [dict(zip(head, row, strict=True)) for row in body]
    beside = {row["Our notes"]: row["Customer"] for row in told}
    # The rows of the notes are emptied of ours and never filled with somebody else.
    assert beside == {"new contact": None, "call first": None, None: "Acme Ltd"}
    assert [row["Total"] for row in told if row["Customer"]] == [60]


def test_deleted_rows_come_back_and_an_emptied_or_deleted_tab_too(
    office: Office, mail_server: MailServer
) -> None:
    with office.editing("Outbox") as sheet:
        sheet.delete_rows(2)
    office.run()
    assert set(states(office)) == {"Acme Ltd", "Beta GmbH"}
    with office.editing("Outbox") as sheet:
        sheet.delete_rows(1, sheet.max_row)
    office.run()
    assert set(states(office)) == {"Acme Ltd", "Beta GmbH"}
    book = openpyxl.load_workbook(office.book)
    del book["Outbox"]
    book.save(office.book)
    office.run()
    assert set(states(office)) == {"Acme Ltd", "Beta GmbH"}
    assert mail_server.received == []


def test_a_deleted_column_comes_back_at_the_right(office: Office, mail_server: MailServer) -> None:
    with office.editing("Outbox") as sheet:
        sheet.delete_cols(9)
    office.run()
    rows = office.rows("Outbox")
    assert list(rows[0])[-1] == "Approve?"
    tick(office, "Beta GmbH")
    assert office.run().json["messages"]["sent"] == 1
    assert sent_to(mail_server) == ["ap@beta.example"]


def test_a_renamed_and_protected_tab_is_still_ours(office: Office, mail_server: MailServer) -> None:
    book = openpyxl.load_workbook(office.book)
    sheet = book["Outbox"]
    sheet.title, sheet.protection.sheet = "To be sent", True
    name = book.defined_names["_collector_tab.outbox"]
    name.attr_text = name.attr_text.replace("Outbox", "To be sent")
    for name in sheet.defined_names.values():
        name.attr_text = name.attr_text.replace("Outbox", "To be sent")
    book.save(office.book)
    tick(office, "Acme Ltd", tab="To be sent")
    assert office.run().json["messages"]["sent"] == 1
    assert openpyxl.load_workbook(office.book).sheetnames == [
        "Invoices", "To be sent", "Contact log",
    ]  # fmt: skip
    assert openpyxl.load_workbook(office.book)["To be sent"].protection.sheet


def test_a_tab_of_the_team_that_is_called_outbox_is_left_alone(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(mail={"mode": "approve"})
    office.fill(due(20), outbox=[["Parcels"], ["to Hull"]])
    office.run()
    book = openpyxl.load_workbook(office.book)
    assert book.sheetnames == ["Invoices", "outbox", "Collector outbox"]
    assert [row[0] for row in book["outbox"].iter_rows(values_only=True)] == ["Parcels", "to Hull"]
    tick(office, "Acme Ltd", tab="Collector outbox")
    assert office.run().json["messages"]["sent"] == 1


def test_the_configuration_may_name_the_tab(tmp_path: Path, mail_server: MailServer) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(mail={"mode": "approve"}, tabs={"outbox": {"name": "To send"}})
    office.fill(due(20))
    office.run()
    assert [row["State"] for row in office.rows("To send")] == ["waiting"]


def test_a_copy_that_somebody_made_of_the_tab_counts_for_nothing(
    office: Office, mail_server: MailServer
) -> None:
    book = openpyxl.load_workbook(office.book)
    copy = book.copy_worksheet(book["Outbox"])
    copy["I2"] = "yes"
    book.save(office.book)
    ran = office.run()
    assert (ran.status, ran.json["rows"]) == (0, 3)
    assert mail_server.received == []


# ── released, and not gone yet ───────────────────────────────────────────────────────────────


def test_what_was_released_on_a_saturday_goes_on_monday_unless_the_tick_is_taken_off(
    office: Office, mail_server: MailServer
) -> None:
    tick(office, "Acme Ltd")
    tick(office, "Beta GmbH")
    assert office.run(SATURDAY).json["messages"]["sent"] == 0
    rows = outbox(office)
    assert rows["Acme Ltd held"]["State"] == (
        "held: 2026-11-21 is a weekend or public holiday there"
    )
    assert rows["Acme Ltd held"]["Approve?"] == "x"
    tick(office, "Beta GmbH", None)
    assert office.run(MONDAY).json["messages"]["sent"] == 1
    assert sent_to(mail_server) == ["ap@acme.example"]
    assert states(office) == {"Beta GmbH": "waiting"}


def test_what_the_terminal_released_shows_its_tick_and_a_no_takes_it_back(
    office: Office, mail_server: MailServer
) -> None:
    assert office.collector("approve", "--json", "Acme Ltd").json["approved"] == 1
    office.run(SATURDAY)
    assert outbox(office)["Acme Ltd held"]["Approve?"] == "yes"
    tick(office, "Acme Ltd", "no")
    assert office.run(MONDAY).json["messages"]["waiting"] == 2
    assert mail_server.received == []
    tick(office, "Acme Ltd", "yes")
    assert office.run(MONDAY).json["messages"]["sent"] == 1


def test_a_deleted_row_takes_its_tick_with_it(office: Office, mail_server: MailServer) -> None:
    tick(office, "Acme Ltd")
    office.run(SATURDAY)
    with office.editing("Outbox") as sheet:
        sheet.delete_rows(2)
    assert office.run(MONDAY).json["messages"]["waiting"] == 2
    assert mail_server.received == []


def test_two_ticks_for_one_customer_are_two_mails_with_the_gap_between_them(
    tmp_path: Path, mail_server: MailServer
) -> None:
    office = Office(tmp_path, mail_server.server)
    steps = [{"name": "courtesy", "after": -3}, {"name": "final", "after": 5, "approve": True}]
    office.configure(reminders={"steps": steps}, approval={"first_message": True})
    office.fill(due(20), due(-3))
    assert office.run().json["messages"]["waiting"] == 2
    tick(office, "Acme Ltd")
    assert office.run().json["messages"]["sent"] == 1
    (left,) = [row for row in office.rows("Outbox") if row["Customer"]]
    assert left["State"].startswith("held: within the gap")
    assert left["Approve?"] == "x"
    assert office.run(date(2026, 11, 25)).json["messages"]["sent"] == 1
    assert outbox(office) == {}


def test_a_tick_while_the_mail_goes_out_counts_and_so_does_a_payment(
    office: Office, mail_server: MailServer
) -> None:
    with office.editing() as sheet:
        sheet.append(due(12, "Omega"))
    office.run()
    tick(office, "Acme Ltd")
    tick(office, "Omega")

    def meanwhile() -> None:
        tick(office, "Beta GmbH")
        with office.editing() as sheet:
            sheet["G5"] = 30

    mail_server.holding[1] = meanwhile
    report = office.run().json
    assert sent_to(mail_server) == ["ap@acme.example", "ap@beta.example"]
    assert (report["messages"]["sent"], report["messages"]["waiting"]) == (2, 1)
    rows = outbox(office)
    assert rows["Omega void"]["State"] == "void: total was 100.00, is 70.00"
    assert rows["Omega waiting"]["Total"] == 70


def test_a_message_that_the_server_refused_says_so_and_keeps_its_tick(
    office: Office, mail_server: MailServer
) -> None:
    mail_server.replies["ap@acme.example"] = "450 later"
    tick(office, "Acme Ltd")
    assert office.run().json["messages"]["refused"] == 1
    row = outbox(office)["Acme Ltd held"]
    assert row["State"].startswith("held: refused for now by the mail server: ")
    assert row["Approve?"] == "x"
    assert office.rows("Invoices")[0]["Next action"].startswith("Refused by the mail server")
    tick(office, "Acme Ltd", None)
    assert office.run().json["messages"]["waiting"] == 2


def test_a_customer_has_one_void_row_however_often_it_is_ticked_and_changed(
    office: Office, mail_server: MailServer
) -> None:
    for paid in (10, 20, 30):
        with office.editing("Outbox") as sheet:
            for row in range(2, sheet.max_row + 1):
                if sheet.cell(row, 1).value == "Acme Ltd":
                    waits = sheet.cell(row, 10).value == "waiting"
                    sheet.cell(row, 9).value = "x" if waits else None
        with office.editing() as sheet:
            sheet["G2"] = paid
        office.run()
    told = [row["State"] for row in office.rows("Outbox") if row["Customer"] == "Acme Ltd"]
    assert sorted(told) == ["void: total was 80.00, is 70.00", "waiting"]
    assert mail_server.received == []


def test_boxes_to_tick_are_understood(office: Office, mail_server: MailServer) -> None:
    tick(office, "Acme Ltd", False)
    tick(office, "Beta GmbH", True)
    office.collector("approve", "--json", "Acme Ltd")
    assert office.run().json["messages"]["sent"] == 2


# ── another language, another language's book ────────────────────────────────────────────────


def test_a_chinese_book_has_a_chinese_outbox(tmp_path: Path, mail_server: MailServer) -> None:
    office = Office(tmp_path, mail_server.server)
    office.configure(mail={"mode": "approve"}, language="zh", currency="CNY")
    head = ["客户名称", "邮箱", "发票号码", "开票日期", "到期日", "应收金额", "已收金额", "争议"]
    office.fill([*due(20, "远岫"), None], [*due(10, "澜石"), "少发两只"], head=head)
    office.run()
    waiting, held = office.rows("待发")
    assert list(waiting) == [
        "客户", "收件人", "抄送", "主题", "步骤", "合计", "发票", "原因", "批准?", "状态", "键",
        "预览",
    ]  # fmt: skip
    assert (waiting["步骤"], waiting["状态"]) == ("第一次催收", "待批准")
    assert held["状态"].startswith("暂缓：有争议")
    sheet = openpyxl.load_workbook(office.book)["待发"]
    assert sheet.data_validations.dataValidation[0].formula1 == '"是,否"'
    with office.editing("待发") as sheet:
        sheet["I2"] = "是"
    with office.editing("Invoices") as sheet:
        sheet["G2"] = 40
    office.run()
    (void,) = [r for r in office.rows("待发") if (r["状态"] or "").startswith("作废：")]
    assert void["状态"] == "作废：合计原为 100.00，现为 60.00"
    with office.editing("待发") as sheet:
        for row in range(2, sheet.max_row + 1):
            sheet.cell(row, 9).value = "√" if sheet.cell(row, 10).value == "待批准" else None
    assert office.run().json["messages"]["sent"] == 1
    (noted,) = office.rows("催收记录")
    assert (noted["客户"], noted["渠道"], noted["金额"]) == ("远岫", "邮件", "CNY 60.00")


# ── the terminal ─────────────────────────────────────────────────────────────────────────────


def test_approve_shows_the_letters_as_a_page_and_releases_nothing_by_that(
    office: Office, mail_server: MailServer
) -> None:
    page = office.folder / "waiting.html"
    looked = office.collector("approve", "--html", str(page))
    assert looked.status == 0
    assert "Nothing was released" in looked.out
    text = page.read_text(encoding="utf-8")
    assert text.count("<iframe") == 2 * 4
    assert "Payment reminder: Acme Ltd" in text
    office.run()
    assert mail_server.received == []
    assert "2 messages released" in office.collector("approve", "--html", str(page), "--yes").out
    assert office.run().json["messages"]["sent"] == 2


def test_undo_leaves_the_outbox_and_the_log_as_they_are(
    office: Office, mail_server: MailServer
) -> None:
    tick(office, "Acme Ltd")
    run = office.run().json["run"]
    before = office.rows("Outbox"), office.rows("Contact log")
    assert office.collector("undo", run).status == 0
    assert (office.rows("Outbox"), office.rows("Contact log")) == before
