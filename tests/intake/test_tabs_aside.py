"""Which tab is read where several look alike, and which lists somebody else than the customers."""

from __future__ import annotations

from datetime import date

import pytest

from collector.errors import TabsAlikeError
from collector.intake.book import read_book
from collector.intake.headings.proposing import propose
from collector.model import Cell, Grid, Policy, TabHint

DUE = date(2026, 2, 1)
KEYS = ["Invoice No.", "Customer", "Email", "Invoice Date", "Due Date", "Amount"]
NAMES = ("Acme", "Beta", "Cato", "Dido", "Ezra")


def grid(tab: str, headings: list[str], *rows: list[Cell], numbers: str = "A-") -> Grid:
    """Return a tab of invoices; each row begins with its customer and amount."""
    whole: list[list[Cell]] = [[*KEYS, *headings]]
    for at, (who, amount, *more) in enumerate(rows, 1):
        address = f"ap@{str(who).casefold()}.com"
        whole.append([f"{numbers}{at}", who, address, date(2026, 1, 1), DUE, amount, *more])
    return Grid(tab, whole, "")


def year(tab: str, paid: Cell, word: str = "Paid") -> Grid:
    rows: list[list[Cell]] = [[who, 100, paid] for who in NAMES]
    return grid(tab, [word], *rows, numbers=f"{tab[-4:]}-")


@pytest.mark.parametrize(
    ("word", "settled", "owed"), [("Paid", 100, 40), ("Balance", 0, 60), ("Status", "paid", "open")]
)
def test_a_year_that_is_settled_is_told_from_the_one_that_is_not(word, settled, owed):
    grids = [year("2024", settled, word), year("2025", settled, word), year("2026", owed, word)]
    found = propose(grids, Policy("book"))
    assert (found.tables["invoices"].tab, found.past, found.alike) == ("2026", ("2024", "2025"), ())
    book = read_book(grids, Policy("book"))
    assert set(book.invoices["customer_name"]) == set(NAMES)
    said = [f"{each.where} {each.code}" for each in book.problems if "tab" in each.code]
    assert said == ["2024 problem_past_tab", "2025 problem_past_tab"]


@pytest.mark.parametrize("paid", [50, None, "100", 101])
def test_years_that_may_be_open_both_are_asked_about(paid):
    grids = [year("2025", paid), year("2026", 40)]
    assert propose(grids, Policy("book")).alike
    with pytest.raises(TabsAlikeError):
        read_book(grids, Policy("book"))


def test_of_years_all_settled_none_is_taken_silently():
    assert propose([year("2025", 100), year("2026", 100)], Policy("book")).alike


def test_a_number_that_counts_on_in_each_year_is_a_number():
    columns = propose([year("2026", 40)], Policy("book")).tables["invoices"].columns
    assert columns["invoice"].said == "Invoice No."


@pytest.mark.parametrize(
    ("tab", "rows"),
    [("Bank accounts", [["Bank", "Account name", "IBAN", "BIC"], ["HSBC", "Us", "GB1", "HB"]]),
     ("Team", [["Name", "Email", "Phone"], ["Ann", "ann@us.com", "1"]]),
     ("银行账户", [["名称", "账号", "币种"], ["工行", "123", "CNY"]])],
)  # fmt: skip
def test_a_list_of_somebody_else_is_no_list_of_customers(tab, rows):
    grids = [grid("Invoices", [], ["Acme", 1], ["Beta", 2]), Grid(tab, rows, "")]
    assert "customers" not in read_book(grids, Policy("book")).tables


@pytest.mark.parametrize(
    ("tab", "heading", "name"),
    [("List", "Name", "ACME "), ("Customers", "Name", "Else"), ("List", "Customer", "Else")],
)
def test_a_list_of_customers_is_one(tab, heading, name):
    listed = Grid(tab, [[heading, "Phone"], [name, "1"]], "")
    grids = [grid("Invoices", [], ["Acme", 1], ["Beta", 2]), listed]
    assert "customers" in read_book(grids, Policy("book")).tables


@pytest.mark.parametrize(
    "heading", ["Mode de règlement", "Payment method", "Zahlungsart", "结算方式"]
)
def test_ways_of_paying_are_not_asked_about_as_terms(heading):
    rows = [["Acme", 1, "Virement"], ["Beta", 2, "Chèque"]]
    found = propose([grid("S", [heading], *rows)], Policy("book"))
    assert found.tables["invoices"].questions == []


# ── a code, or the customer's own reference ──


def asked(*rows: list[Cell], policy: Policy = Policy("book")) -> tuple[str, ...]:  # noqa: B008
    found = propose([grid("S", ["Customer ref"], *rows)], policy).tables["invoices"]
    return ("sure" if "customer_id" in found.columns else "", *found.none,
            *(f"{each.field} {each.why}" for each in found.questions))  # fmt: skip


def test_a_reference_that_never_comes_back_is_asked_about():
    assert asked(*[[who, 1, f"PO-{who}"] for who in NAMES]) == ("", "customer_id reference")


def test_one_that_comes_back_for_the_same_customer_is_his_code():
    rows: list[list[Cell]] = [[who, 1, f"C-{who}"] for who in (*NAMES, "Acme")]
    assert asked(*rows) == ("sure",)


def test_one_that_differs_for_the_same_customer_is_none_and_nobody_is_asked():
    orders: list[list[Cell]] = [["Acme", at, f"PO-{at}"] for at in range(4)]
    assert asked(*orders) == ("", "customer_id")
    assert asked(*orders, ["Acme", 5, "PO-1"], ["Beta", 5, "PO-7"]) == ("", "customer_id")


def test_the_list_of_customers_tells_a_code():
    rows: list[list[Cell]] = [[who, 1, f"C-{who}"] for who in NAMES]
    listed = [["Customer ref", "Customer", "Phone"], *[[f"C-{who}", who, "1"] for who in NAMES]]
    found = propose([grid("S", ["Customer ref"], *rows), Grid("Customers", listed, "")],
                    Policy("book"))  # fmt: skip
    assert "customer_id" in found.tables["invoices"].columns
    assert found.tables["invoices"].questions == []


def test_unless_somebody_said_so_an_unsure_reference_is_no_key():
    rows: list[list[Cell]] = [[who, 1, f"PO-{who}"] for who in NAMES]
    tab = [grid("S", ["Customer ref"], *rows)]
    assert read_book(tab, Policy("book")).invoices["customer"].tolist()[0] == "acme"
    said = Policy("book", tabs={"invoices": TabHint(columns={"customer_id": "Customer ref"})})
    assert read_book(tab, said).invoices["customer"].tolist()[0] == "PO-Acme"
