"""What sheets say of customers who are not simply to be reminded, and of dead addresses."""

from __future__ import annotations

from datetime import date

import pytest

from collector.intake.book import read_book
from collector.intake.headings.lessening import may_lessen
from collector.model import Cell, Grid, Policy, TabHint

DUE = date(2026, 2, 1)
KEYS = ["Customer", "Invoice No", "Due Date", "Amount"]


def found(
    headings: list[str], *rows: list[Cell], customers: list[list[Cell]] | None = None,
    policy: Policy = Policy("book"),  # noqa: B008
) -> list[str]:  # fmt: skip
    """Return the problems that hold a customer, of rows that begin with customer and amount."""
    grid: list[list[Cell]] = [[*KEYS, *headings]]
    grid += [[who, f"A{at}", DUE, amount, *more] for at, (who, amount, *more) in enumerate(rows, 1)]
    grids = [Grid("Invoices", grid, "")]
    if customers is not None:
        grids.append(Grid("Customers", customers, ""))
    problems = read_book(grids, policy).problems
    return [f"{each.where} {each.code}" for each in problems if each.holds == "customer"]


@pytest.mark.parametrize(
    "heading", ["% open", "Offen %", "未付比例", "Share outstanding", "% restant"]
)
@pytest.mark.parametrize("paid", [0, "0%", None, 0.4])
def test_a_share_still_owed_that_is_not_all_is_asked_about(heading, paid):
    rows: list[list[Cell]] = [["Acme", 10, paid], ["Beta", 20, "100%"]]
    if not isinstance(paid, str):
        rows[1][2] = 1
    assert found([heading], *rows) == ["Invoices!E2 problem_unused_column"]


def test_a_share_beside_a_balance_says_nothing_new():
    assert found(["Balance", "% open"], ["Acme", 10, 0, 0], ["Beta", 20, 20, 1]) == []


def test_shares_of_the_whole_are_no_payment():
    rows: list[list[Cell]] = [["Acme", 10, 0.1], ["Beta", 20, 0.2], ["Cato", 70, 0.7]]
    assert found(["未收占比"], *rows) == []


@pytest.mark.parametrize("heading", ["Interest rate", "Discount % due", "% of total outstanding"])
def test_other_shares_are_none_of_what_is_owed(heading):
    assert may_lessen(heading) == ""


@pytest.mark.parametrize(
    "word",
    ["In administration", "Insolvent", "Bankrupt", "破产", "失联", "Legal", "Closed", "注销",
     "Insolvenzverfahren", "Redressement judiciaire", "Concurso de acreedores", "Do not chase",
     "no longer trading", "无法联系"],
)  # fmt: skip
@pytest.mark.parametrize("heading", ["Status", "Customer status", "客户状态"])
def test_the_end_of_a_customer_on_the_customers_tab_is_asked_about(heading, word):
    tab: list[list[Cell]] = [["Customer", "Email", heading], ["Acme", "a@a.com", word]]
    tab += [["Beta", "b@b.com", "Active"], ["Cato", "c@c.com", word]]
    # Cato owes nothing, so that there is nothing to ask.
    assert found([], ["Acme", 10], ["Beta", 20], customers=tab) == [
        "Customers!C2 problem_customer_state"
    ]


@pytest.mark.parametrize(
    "word",
    ["Active", "Key account", "Gold", "正常", "not insolvent", "VIP", "New",
     "Legal entity", None],
)  # fmt: skip
def test_other_states_of_customers_are_not(word):
    tab: list[list[Cell]] = [["Customer", "Email", "Status"], ["Acme", "a@a.com", word]]
    assert found([], ["Acme", 10], customers=tab) == []
    assert found(["Customer status"], ["Acme", 10, word]) == []


def test_an_order_that_is_closed_is_no_customer_that_is():
    tab: list[list[Cell]] = [
        ["Customer", "Email", "Contract status"],
        ["Acme", "a@a.com", "Closed"],
    ]
    assert found([], ["Acme", 10], customers=tab) == []
    assert found(["Delivery status"], ["Acme", 10, "Closed"]) == []


@pytest.mark.parametrize("remark", ["disputed", "no reminders please", "email bounces", "暂不催"])
def test_what_a_remark_on_the_customers_tab_asks_for_is_heeded(remark):
    tab: list[list[Cell]] = [["Customer", "Email", "Remarks"], ["Acme", "a@a.com", remark]]
    tab += [["Beta", "b@b.com", "pays late"]]
    assert found([], ["Acme", 10], ["Beta", 20], customers=tab) == [
        "Customers!C2 problem_customer_state"
    ]


def test_flags_of_the_customers_tab_are_heeded():
    tab: list[list[Cell]] = [["Customer", "Email", "Insolvent?", "Chase?", "Bounced"]]
    tab += [["Acme", "a@a.com", "Yes", "Y", "No"], ["Beta", "b@b.com", "No", "N", None]]
    tab += [["Cato", "c@c.com", None, None, "x"], ["Dido", "d@d.com", "N", "Y", 0]]
    rows: list[list[Cell]] = [[who, 10] for who in ("Acme", "Beta", "Cato", "Dido")]
    assert found([], *rows, customers=tab) == [
        "Customers!C2 problem_customer_state", "Customers!D3 problem_customer_state",
        "Customers!E4 problem_address_dead",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "bad", "good"),
    [("Email bounced?", "Yes", "No"), ("Email status", "bounced", "ok"),
     ("Email status", "invalid", "sent"), ("邮箱状态", "退信", "正常"), ("是否退信", "是", "否"),
     ("Valid email?", "N", "Y"), ("邮箱是否有效", "否", "是"), ("Bounces", 2, 0),
     ("E-Mail ungültig", "ja", None), ("Undeliverable", date(2026, 1, 3), None)],
)  # fmt: skip
def test_an_address_that_mail_does_not_reach_is_asked_about(heading, bad, good):
    (problem,) = found([heading], ["Acme", 10, bad], ["Beta", 20, good])
    assert problem.startswith("Invoices!E2 ")
    assert "address" in problem


@pytest.mark.parametrize("heading", ["Bounced cheques", "Bounce fee", "Email", "Mail sent"])
def test_other_bounces_are_none_of_an_address(heading):
    codes = [each.split()[1] for each in found([heading], ["Acme", 10, None], ["Beta", 2, None])]
    assert codes == []


def test_names_and_how_they_fare_are_a_list_of_customers():
    tab: list[list[Cell]] = [["Customer", "Account status"], ["Acme", "Bankrupt"], ["Beta", "OK"]]
    assert found([], ["Acme", 10], ["Beta", 20], customers=tab) == [
        "Customers!B2 problem_customer_state"
    ]


def test_a_list_of_projects_with_several_rows_of_a_customer_is_none_of_customers():
    tab: list[list[Cell]] = [["Customer", "Project", "Status"], ["Acme", "A", "Closed"]]
    tab += [["Acme", "B", "Open"], ["Beta", "C", "Closed"]]
    assert found([], ["Acme", 10], ["Beta", 20], customers=tab) == []
    with_owners = [[*row, "Ann"] for row in tab]
    with_owners[0][3] = "Salesperson"
    assert found([], ["Acme", 10], ["Beta", 20], customers=with_owners) == []


@pytest.mark.parametrize("rows", [True, False])
def test_whom_nobody_chases_nobody_is_asked_about(rows):
    tab: list[list[Cell]] = [["Customer", "Email", "Status", "Do not chase"]]
    tab += [["Acme", "a@a.com", "Insolvent", None if rows else "Y"]]
    headings, more = (["Do not chase"], ["Y"]) if rows else ([], [])
    assert found(headings, ["Acme", 10, *more], customers=tab) == []


@pytest.mark.parametrize("heading", ["Status", "Notes"])
def test_a_heading_of_the_customers_tab_can_be_waived(heading):
    tab: list[list[Cell]] = [["Customer", "Email", heading], ["Acme", "a@a.com", "Insolvent"]]
    assert len(found([], ["Acme", 10], customers=tab)) == 1
    waived = Policy("book", tabs={"invoices": TabHint(unused=(heading,))})
    assert found([], ["Acme", 10], customers=tab, policy=waived) == []


@pytest.mark.parametrize(
    ("heading", "word"),
    [("Collection status", "Legal"), ("Stage", "With agency"), ("Last email", "bounced"),
     ("Remarks", "Customer went bankrupt in May"), ("备注", "客户已注销"), ("Note", "Do not chase"),
     ("Follow-up", "firm in liquidation"), ("催收情况", "失联"), ("Risk", "Insolvent")],
)  # fmt: skip
def test_plain_words_of_an_end_are_heeded_wherever_people_write_remarks(heading, word):
    problems = found([heading, "Paid"], ["Acme", 10, word, 0], ["Beta", 20, None, 0])
    assert {each.split()[0] for each in problems} == {"Invoices!E2"}


@pytest.mark.parametrize(
    ("heading", "word"),
    [("Remarks", "not insolvent"), ("Remarks", "may go into liquidation"), ("备注", "有破产风险"),
     ("Remarks", "chase again, then legal"), ("Collection status", "No contact"),
     ("Description", "Insolvency advice"), ("备注", "已催款三次"), ("Last email", "ann@bad.com")],
)  # fmt: skip
def test_remarks_that_do_not_say_so_are_not(heading, word):
    assert found([heading, "Paid"], ["Acme", 10, word, 0], ["Beta", 20, None, 0]) == []
