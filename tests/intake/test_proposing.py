"""What a column's own values say beside its heading: what they settle, and what is left to ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from collector.errors import HeadingMissingError, HeadingTwiceError
from collector.intake.headings import find_tables
from collector.intake.headings.proposing import propose
from collector.model import Cell, Grid, Policy

DAY = date(2026, 9, 1)
NAMES = ["Acme Ltd", "Beta GmbH", "Gamma SA", "Acme Ltd", "Beta GmbH", "Delta"]
AMOUNTS = [100.5, 220.25, 310.0, 47.8, 515.1, 99.0]
PAID = [0, 20.25, 0, 7.8, 15.1, 0]
LEFT = [100.5, 200, 310, 40, 500, 99]
TAX = [13.07, 28.63, 40.3, 6.21, 66.96, 12.87]
GROSS = [113.57, 248.88, 350.3, 54.01, 582.06, 111.87]
START = [DAY + timedelta(days=7 * number) for number in range(6)]
LATER = [DAY + timedelta(days=7 * number + 30) for number in range(6)]
MAILS = [f"ap@{name.split()[0].lower()}.test" for name in NAMES]
PLAIN: dict[str, Sequence[Cell]] = {"Customer": NAMES, "Invoice No.": list("abcdef"),
                                    "Due Date": LATER}  # fmt: skip


def grid(**columns: Sequence[Cell]) -> Grid:
    every = PLAIN | {name.replace("_", " "): cells for name, cells in columns.items()}
    rows = [list(every), *(list(row) for row in zip(*every.values(), strict=True))]
    return Grid("S", rows, "")


def proposed(**columns: Sequence[Cell]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the sure columns beside PLAIN by field, and why each other field is asked about."""
    found = propose([grid(**columns)], Policy("book")).tables["invoices"]
    known = ("customer", "invoice", "due_date")
    sure = {name: choice.said for name, choice in found.columns.items() if name not in known}
    return sure, {question.field: question.why for question in found.questions}


def run(**columns: Sequence[Cell]) -> dict[str, int]:
    """Return the columns that a run takes, without any configuration."""
    return dict(find_tables([grid(**columns)], Policy("book"))[0]["invoices"].columns)


def test_an_amount_and_its_tax_that_make_a_total_settle_which_is_owed() -> None:
    columns = {"Amount": AMOUNTS, "VAT": TAX, "Total": GROSS}
    assert proposed(**columns) == ({"amount": "Total"}, {})
    with pytest.raises(HeadingTwiceError):
        run(**columns)


def test_an_amount_that_shows_it_is_without_tax_is_asked_about() -> None:
    assert proposed(Invoice_Amount=AMOUNTS, VAT=TAX) == ({}, {"amount": "net"})
    assert proposed(Amount=AMOUNTS, VAT=TAX) == ({}, {"amount": "tax"})
    with pytest.raises(HeadingMissingError, match="beside a column of tax"):
        run(Amount=AMOUNTS, VAT=TAX)


def test_an_amount_that_shows_it_is_with_tax_is_sure() -> None:
    assert proposed(Amount=GROSS, VAT=TAX) == ({"amount": "Amount"}, {})


def test_what_is_amount_less_paid_on_every_row_is_the_balance_whatever_its_heading() -> None:
    assert proposed(Amount=AMOUNTS, Paid=PAID, Xyz=LEFT)[0]["balance"] == "Xyz"
    assert proposed(Amount=AMOUNTS, Xyz=PAID, Balance=LEFT)[0]["paid"] == "Xyz"
    assert "balance" not in proposed(Amount=AMOUNTS, Paid=PAID, Xyz=[*LEFT[:5], 98])[0]
    assert "balance" not in proposed(Amount=AMOUNTS, Paid=[0] * 6, Xyz=AMOUNTS)[0]


def test_amount_due_beside_what_was_paid_may_be_before_or_after_it() -> None:
    asked = {"balance": "left", "amount": "left"}
    assert proposed(Amount_Due=AMOUNTS, Paid=PAID) == ({"paid": "Paid"}, asked)
    with pytest.raises(HeadingMissingError, match="what is left after it"):
        run(Amount_Due=AMOUNTS, Paid=PAID)
    settled = {"amount": "Xyz", "paid": "Paid", "balance": "Amount Due"}
    assert proposed(Xyz=AMOUNTS, Paid=PAID, Amount_Due=LEFT) == (settled, {})


@pytest.mark.parametrize("heading", ["Correspondence", "Contact", "联络方式", "Xyz"])
def test_a_column_of_the_customers_addresses_is_one_whatever_its_heading(heading: str) -> None:
    assert proposed(Amount=AMOUNTS, **{heading: MAILS})[0]["email"] == heading


def test_addresses_that_may_be_our_own_are_asked_about_or_left_alone() -> None:
    ours = ["ann@us.test", "bob@us.test"] * 3
    assert proposed(Amount=AMOUNTS, Xyz=ours)[1] == {"email": "values"}
    assert proposed(Amount=AMOUNTS, Sales_contact_mail=MAILS)[0] == {"amount": "Amount"}
    assert "email" not in run(Amount=AMOUNTS, Xyz=MAILS)


def test_dates_after_the_invoice_dates_are_offered_as_due_dates() -> None:
    rows = [["Customer", "Invoice Date", "Amount", "Xyz"],
            *(list(row) for row in zip(NAMES, START, AMOUNTS, LATER, strict=True))]  # fmt: skip
    found = propose([Grid("S", rows, "")], Policy("book")).tables["invoices"]
    assert [(q.field, q.why, q.needed) for q in found.questions] == [("due_date", "values", True)]


def test_a_heading_whose_values_cannot_be_what_it_says_is_asked_about() -> None:
    assert proposed(Amount=AMOUNTS, Currency=[1.1] * 6)[1] == {"currency": "odd"}
    assert proposed(Amount=AMOUNTS, Email=NAMES)[1] == {"email": "odd"}


def test_amounts_in_the_documents_currency_go_with_its_currency_column() -> None:
    columns = {"Amount in local currency": GROSS, "Amount in doc. curr.": AMOUNTS,
               "Document currency": ["USD", "EUR"] * 3}  # fmt: skip
    found = run(**columns)
    assert (found["amount"], found["currency"]) == (4, 5)
    local = run(**{"Amount in local currency": GROSS, "Document currency": ["USD"] * 6})
    assert "currency" not in local


def test_a_heading_nearly_spelt_right_is_asked_about_and_chinese_never_is() -> None:
    assert proposed(Amount=AMOUNTS, Outstandng_balanse=LEFT)[1] == {"balance": "similar"}
    assert proposed(Amount=AMOUNTS, 未收全额=LEFT)[1] == {"balance": "figures"}
    assert "balance" not in run(Amount=AMOUNTS, Outstandng_balanse=LEFT)


@pytest.mark.parametrize(
    ("heading", "dues", "balance"),
    [("Total Due", [60, 50, 0], "Total Due"), ("Due", [0, 50, 20], "Due"),
     ("Total Due", [100, 50, 70], None)],
)  # fmt: skip
def test_total_due_beside_the_amount_is_what_is_left_or_nothing_new(heading, dues, balance):
    rows = [["Customer", "Invoice No", "Due Date", "Amount", heading]]
    rows += [["A", "1", "2026-02-01", amount, due]
             for amount, due in zip([100, 50, 70], dues, strict=True)]  # fmt: skip
    found = propose([Grid("S", rows, "")], Policy("book")).tables["invoices"]
    said = found.columns.get("balance")
    assert (said.said if said else None, found.questions) == (balance, [])


def test_total_due_alone_is_what_is_owed():
    rows = [["Customer", "Invoice No", "Due Date", "Total Due"], ["A", "1", "2026-02-01", 100]]
    found = propose([Grid("S", rows, "")], Policy("book")).tables["invoices"]
    assert (found.columns["balance"].said, found.questions) == ("Total Due", [])
