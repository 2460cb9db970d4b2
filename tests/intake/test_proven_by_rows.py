"""Sheets whose headings say little, and whose rows prove which column is which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from collector.intake.headings.proposing import Proposal, propose
from collector.model import Cell, Grid, Policy

START, DUE = date(2026, 1, 1), date(2026, 2, 1)
PEOPLE = (("Ann", 110), ("Bert", 0), ("Cleo", 40), ("Ann", 0), ("Dora", 7))
ADDRESSES = {name: f"{name.casefold()}@gmail.com" for name, _ in PEOPLE}


def found(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Proposal:
    """Return what is proposed for a tab of a few headings."""
    grid = Grid("S", [[*headings], *map(list, rows)], "")
    return propose([grid], Policy("book")).tables["invoices"]


def said(proposal: Proposal) -> dict[str, str]:
    return {name: choice.said for name, choice in proposal.columns.items()}


def rents(headings: Sequence[str], off: int = 0) -> Proposal:
    """Return the proposal for: number, tenant, address, days, rent, charge, sum, paid, left."""
    rows = [
        [f"R{at}", name, ADDRESSES[name], START, DUE, 90 + 7 * at, 20 + at, 110 + 8 * at, paid,
         110 + 8 * at - paid + off]
        for at, (name, paid) in enumerate(PEOPLE)
    ]  # fmt: skip
    return found(headings, rows)


@pytest.mark.parametrize(
    "headings",
    [["Invoice", "Tenant", "Email", "Invoice date", "Due date", "Rent", "Service charge",
      "Total due", "Received", "Arrears"],
     ["Rechnung", "Mieter", "E-Mail", "Rechnungsdatum", "Fällig am", "Miete", "Nebenkosten",
      "Zusammen", "Erhalten", "Rückstand"],
     ["账单号", "租户", "邮箱", "账单日期", "到期日", "租金", "物业费", "本期应缴", "已收",
      "欠缴"]],
)  # fmt: skip
def test_rent_is_read_where_the_sums_hold_on_every_row(headings):
    proposal = rents(headings)
    assert proposal.questions == []
    columns = said(proposal)
    assert [columns[name] for name in ("customer", "email", "amount", "paid", "balance")] == [
        headings[at] for at in (1, 2, 7, 8, 9)
    ]


def test_sums_that_do_not_hold_are_asked_about():
    headings = ["Invoice", "Tenant", "Email", "Invoice date", "Due date", "Rent", "Service charge",
                "Total due", "Received", "Arrears"]  # fmt: skip
    proposal = rents(headings, off=1)
    assert not {"amount", "balance"} & said(proposal).keys()
    assert [each.field for each in proposal.questions] == ["balance"]


def test_arrears_are_what_payments_leave_of_rent_and_charges():
    rows = [[name, ADDRESSES[name], DUE, 90, 20, paid, 110 - paid] for name, paid in PEOPLE]
    headings = ["Tenant", "Email", "Due date", "Rent", "Service charge", "Paid", "Arrears"]
    columns = said(found(headings, rows))
    assert columns["balance"] == "Arrears"
    assert "amount" not in columns


def test_two_ways_to_make_the_sums_hold_prove_nothing():
    rows = [
        [name, ADDRESSES[name], DUE, 110, 110 - paid, 300, paid, 300 - paid]
        for name, paid in PEOPLE
    ]
    headings = ["Tenant", "Email", "Due date", "Rent", "Arrears", "Both", "Paid", "Total due"]
    assert not {"amount", "balance"} & said(found(headings, rows)).keys()


SCHOOL = [
    "Receipt/Invoice",
    "Student",
    "Parent",
    "Parent email",
    "Due date",
    "Fee",
    "Paid",
    "Balance",
]


def school(**addresses: str) -> Proposal:
    rows = [
        [f"A-{at}", name, f"Mr {name[0]}", addresses.get(name, ADDRESSES[name]), DUE, 150 + 3 * at,
         paid, 150 + 3 * at - paid]
        for at, (name, paid) in enumerate(PEOPLE)
    ]  # fmt: skip
    return found(SCHOOL, rows)


def test_fees_are_read_where_each_student_has_an_address_of_his():
    proposal = school()
    assert said(proposal) == {
        "invoice": "Receipt/Invoice", "customer": "Student", "email": "Parent email",
        "due_date": "Due date", "amount": "Fee", "paid": "Paid", "balance": "Balance",
    }  # fmt: skip
    assert proposal.questions == []


def test_brothers_may_share_an_address_but_not_everybody():
    assert "customer" in said(school(Bert="ann@gmail.com"))
    office = dict.fromkeys(ADDRESSES, "office@us.com")
    assert "customer" not in said(school(**office))


def test_a_student_with_two_addresses_is_asked_about():
    rows = [[name, f"{name}{at}@x.com", DUE, 10 + at] for at, (name, _) in enumerate(PEOPLE)]
    proposal = found(["Student", "Parent email", "Due date", "Amount"], rows)
    assert "customer" in {each.field for each in proposal.questions}


def test_numbers_that_repeat_are_no_invoice_numbers():
    rows = [["A-1", "Ann", "a@x.com", DUE, 10], ["A-1", "Bert", "b@x.com", DUE, 12],
            ["A-2", "Cleo", "c@x.com", DUE, 13]]  # fmt: skip
    columns = said(found(["Receipt/Invoice", "Customer", "Email", "Due date", "Amount"], rows))
    assert "invoice" not in columns
