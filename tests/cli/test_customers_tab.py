"""The customers tab: our columns on the team's own, or on a tab of ours."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.office import FRIDAY, HEAD, Office, Row, due, mail_of

PAID_HEAD = [*HEAD, "Paid on"]


def paid(number: int, late: int, customer: str = "Acme Ltd") -> Row:
    """Return an invoice due on a Friday some weeks ago, paid so many days late."""
    day = FRIDAY - timedelta(weeks=number + 2)
    row = [customer, mail_of(customer), f"P{number}", day - timedelta(days=30), day, 100, 100]
    return [*row, day + timedelta(days=late)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.configure(mail={"mode": "rehearse"}, write={"customers": True})
    return office


def credit(
    office: Office, tab: str = "Customers", by: str = "Customer"
) -> dict[str, dict[str, Any]]:
    return {row[by]: row for row in office.rows(tab) if row[by]}


def test_a_book_without_customers_tab_gets_one_of_ours(office: Office) -> None:
    office.fill(
        [*due(72), None],
        *(paid(n, late) for n, late in enumerate([7, 7, 14, -7, 7, 7])),
        [*due(-5, "Bolt Inc", amount=250.5), None],
        head=PAID_HEAD,
    )
    assert office.run().status == 0
    found = credit(office)
    assert found["Acme Ltd"] == {
        "Customer": "Acme Ltd", "Customer code": None, "Exposure": 100, "Overdue": 100,
        "Oldest overdue": 72, "Used of limit": None, "Payment index": 76, "Rating": "B",
        "Credit flag": "Stop", "Why": "oldest overdue 72 days", "Late rate": 84,
        "How they pay": "late 5 of last 6; typically 7 days late; Fridays",
        "Expected payment": found["Acme Ltd"]["Expected payment"], "Suggested limit": 310,
    }  # fmt: skip
    assert found["Acme Ltd"]["Expected payment"].date() > FRIDAY
    assert found["Bolt Inc"]["Exposure"] == 250.5
    assert found["Bolt Inc"]["Credit flag"] == "OK"
    assert found["Bolt Inc"]["How they pay"] is None


def test_what_is_owed_in_another_currency_leaves_blank_what_is_not_counted(office: Office) -> None:
    head = [*HEAD, "Currency", "Credit limit"]
    office.fill([*due(40), "EUR", 1000], [*due(40, "Bolt Inc"), "USD", 1000], head=head)
    assert office.run().status == 0
    found = credit(office)
    acme, bolt = found["Acme Ltd"], found["Bolt Inc"]
    assert [acme[name] for name in ("Exposure", "Overdue", "Used of limit")] == [None] * 3
    assert acme["Why"].endswith("what is owed in EUR is not counted in exposure and limit")
    assert [bolt[name] for name in ("Exposure", "Overdue", "Used of limit")] == [100, 100, 10]
    ran = office.collector("simulate", "--default", "Acme Ltd", as_of=FRIDAY)
    assert "What is owed in EUR is not counted towards the limit of 1,000.00." in ran.out
    assert "Exposure" not in ran.out


def test_a_second_run_changes_nothing(office: Office) -> None:
    office.fill([*due(72), None], paid(1, 7), [*due(3, "Bolt Inc"), None], head=PAID_HEAD)
    assert office.run().json["edits"] > 0
    before = office.book.read_bytes()
    assert office.run().json["edits"] == 0
    assert office.book.read_bytes() == before


def test_a_tab_of_peoples_own_keeps_its_name_and_its_cells(office: Office) -> None:
    notes = [["to visit in May"], ["Bolt, Acme"]]
    office.fill(due(72), Customers=notes)
    assert office.run().status == 0
    assert credit(office, "Collector customers")["Acme Ltd"]["Exposure"] == 100
    theirs = openpyxl.load_workbook(office.book)["Customers"]
    assert [[cell.value for cell in row] for row in theirs.iter_rows()] == notes
    assert office.run().json["edits"] == 0


def test_a_column_of_the_teams_own_is_left_alone_wherever_its_cells_are_moved(
    office: Office,
) -> None:
    office.fill(due(72), Clients=[["Customer", "Credit limit", "Exposure"], ["Acme Ltd", 80, 5]])
    assert office.run().status == 0
    with office.editing("Clients") as sheet:
        heads = [cell.value for cell in sheet[1]]
        one, other = heads.index("Exposure") + 1, heads.index("Collector exposure") + 1
        for row in (1, 2):
            first, second = sheet.cell(row, one), sheet.cell(row, other)
            first.value, second.value = second.value, first.value
    assert office.run().status == 0
    acme = credit(office, "Clients")["Acme Ltd"]
    assert (acme["Exposure"], acme["Collector exposure"]) == (5, 100)


def test_our_columns_stand_beside_the_teams_own_and_their_word_wins(office: Office) -> None:
    office.fill(
        due(3),
        due(5, "Bolt Inc"),
        Clients=[
            ["Customer", "Credit limit", "Rating", "On hold", "Salesperson"],
            ["Bolt Inc", 80, None, None, "Kim"],
            ["Acme Ltd", 400, "D", "yes", "Kim"],
        ],
    )
    assert office.run().status == 0
    acme, bolt = (credit(office, "Clients")[name] for name in ("Acme Ltd", "Bolt Inc"))
    assert "Customers" not in openpyxl.load_workbook(office.book).sheetnames
    assert (acme["Rating"], acme["Collector rating"]) == ("D", "D")
    assert acme["Credit flag"] == "Stop"
    assert acme["Why"] == "on hold, as your column says; rating D is yours"
    assert acme["Used of limit"] == 25
    assert (bolt["Credit flag"], bolt["Why"]) == ("Over limit", "125 % of the limit is used")
    assert office.run().json["edits"] == 0


def test_rows_of_our_tab_are_found_again_wherever_people_sort_them(office: Office) -> None:
    office.fill(due(3), due(5, "Bolt Inc"), due(9, "Cargo Ltd"))
    office.run()
    with office.editing("Customers") as sheet:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column, value)
        sheet.cell(1, 15, "My note")
        sheet.cell(2, 15, "call Ann")
    assert office.run().json["edits"] == 0
    with office.editing() as sheet:
        sheet.append(due(20, "Delta Ltd"))
        sheet["F2"] = 150
    office.run()
    found = office.rows("Customers")
    assert [row["Customer"] for row in found] == [
        "Cargo Ltd", "Bolt Inc", "Acme Ltd", "Delta Ltd",
    ]  # fmt: skip
    assert found[0]["My note"] == "call Ann"
    assert found[2]["Exposure"] == 150


def test_our_tab_is_never_read_as_the_teams(office: Office) -> None:
    office.fill(due(3), due(5, "Bolt Inc"))
    office.run()
    with office.editing("Customers") as sheet:
        sheet["A9"] = "Stranger Ltd"
        sheet["H2"] = "E"
    found = office.run().json
    assert found["customers"] == 2
    assert credit(office)["Acme Ltd"]["Rating"] is None


def test_chinese_books_get_chinese_headings(office: Office) -> None:
    office.configure(mail={"mode": "rehearse"}, write={"customers": True}, language="zh")
    office.fill([*due(72), None], paid(1, 7), paid(2, 7), paid(3, 7), head=PAID_HEAD)
    office.run()
    row = credit(office, "客户", "客户")["Acme Ltd"]
    assert row["信用标志"] == "停供"
    assert row["原因"] == "最长逾期 72 天"
    assert row["付款习惯"] == "最近 3 笔中逾期 3 笔；通常逾期 7 天"


def test_it_is_off_unless_asked_for(office: Office) -> None:
    office.configure(mail={"mode": "rehearse"})
    office.fill(due(3), Clients=[["Customer", "Credit limit"], ["Acme Ltd", 400]])
    office.run()
    assert openpyxl.load_workbook(office.book).sheetnames == ["Invoices", "Clients"]
    assert list(office.rows("Clients")[0]) == ["Customer", "Credit limit"]


def test_customers_with_codes_are_told_apart(office: Office) -> None:
    head = ["Customer ID", *HEAD]
    office.fill(["C1", *due(3)], ["C2", *due(5)], head=head)
    office.run()
    rows = office.rows("Customers")
    assert [(row["Customer"], row["Customer code"]) for row in rows] == [
        ("Acme Ltd", "C1"), ("Acme Ltd", "C2"),
    ]  # fmt: skip
    assert office.run().json["edits"] == 0


def test_exposures_add_up_to_what_is_open(office: Office) -> None:
    office.fill(*(due(day, f"C{day % 7} Ltd", amount=day * 10.01) for day in range(1, 60)))
    found = office.run().json
    exposed = sum(row["Exposure"] for row in office.rows("Customers"))
    assert round(exposed, 2) == float(found["open"]["USD"])
    late = sum(row["Overdue"] for row in office.rows("Customers"))
    assert round(late, 2) == float(found["overdue"]["USD"])


def test_a_preview_counts_the_same_cells(office: Office) -> None:
    office.fill(due(3), due(5, "Bolt Inc"))
    ahead = office.collector("preview", "--json", as_of=date(2026, 11, 20)).json
    assert ahead["edits"] == office.run().json["edits"]
