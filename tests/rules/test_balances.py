"""What is still owed: amount, paid, receipts, finance's own balance, the team's own word."""

from __future__ import annotations

from datetime import date

import pytest

from collector.rules.balances import propose_paid_column
from tests.book import adding, assessed, book, codes, column

DAY = date(2026, 11, 20)
DUE = date(2026, 12, 1)
MAIL = "ap@acme.example"
HEAD = ["Invoice", "Customer", "Email", "Due Date", "Amount", "Paid"]
RECEIPTS = ["Date", "Customer", "Invoice", "Amount"]


def test_receipts_that_add_go_to_the_named_invoice_then_the_oldest_and_then_the_next() -> None:
    found = assessed(
        [
            HEAD,
            ["OLD", "Acme", MAIL, date(2026, 10, 1), 30, 0],
            ["NEW", "Acme", MAIL, date(2026, 11, 1), 1000, 250],
        ],
        DAY,
        receipts=[
            RECEIPTS,
            [date(2026, 11, 2), "Acme", "NEW", 100],
            [date(2026, 11, 3), "Acme", None, 50],
        ],
        terms=adding(),
    )
    assert column(found, "balance") == {"OLD": 0, "NEW": 63000}
    assert found.unapplied.empty


def test_what_no_invoice_takes_is_the_customers_unapplied_credit() -> None:
    found = assessed(
        [HEAD, ["A", "Acme", MAIL, DUE, 30, 0]],
        DAY,
        receipts=[RECEIPTS, [DAY, "Acme", None, 50]],
        terms=adding(),
    )
    assert column(found, "balance") == {"A": 0}
    assert found.unapplied.to_dict() == {("acme", "USD"): 2000}
    assert found.customers.at["acme", "exposure"] == -2000


def test_unnamed_receipts_stay_in_their_currency() -> None:
    found = assessed(
        [
            [*HEAD, "Currency"],
            ["EURO", "Acme", MAIL, date(2026, 9, 1), 30, 0, "EUR"],
            ["BUCK", "Acme", MAIL, DUE, 30, 0, "USD"],
        ],
        DAY,
        receipts=[[*RECEIPTS, "Currency"], [DAY, "Acme", None, 10, "USD"]],
        terms=adding(),
    )
    assert column(found, "balance") == {"EURO": 3000, "BUCK": 2000}


def test_receipts_alone_tell_what_is_paid_where_there_is_no_paid_column() -> None:
    head = ["Invoice", "Customer", "Email", "Due Date", "Amount"]
    found = assessed(
        [head, ["A", "Acme", MAIL, DUE, 100]],
        DAY,
        receipts=[RECEIPTS, [DAY, "Acme", "A", 40]],
    )
    assert column(found, "balance") == {"A": 6000}


def test_receipts_that_mirror_the_paid_column_are_compared_and_not_added() -> None:
    found = assessed(
        [HEAD, ["A", "Acme", MAIL, DUE, 100, 40], ["B", "Acme", MAIL, DUE, 100, 10]],
        DAY,
        receipts=[RECEIPTS, [DAY, "Acme", "A", 40], [DAY, "Acme", "B", 25]],
    )
    assert column(found, "balance") == {"A": 6000, "B": 9000}
    problem = found.problems[0]
    assert codes(found) == [("Invoices!F3", "problem_receipts_differ")]
    assert problem.say() == "Paid says 10.00, the receipts add up to 25.00; correct one of them"
    assert problem.holds == "customer"


def test_a_receipt_for_an_unknown_invoice_holds_its_customer() -> None:
    found = assessed(
        [HEAD, ["A", "Acme", MAIL, DUE, 100, 0]],
        DAY,
        receipts=[RECEIPTS, [DAY, "Acme", "TYPO-1", 40]],
        terms=adding(),
    )
    assert codes(found) == [("Receipts!C2", "problem_receipt_unknown")]
    assert (found.problems[0].customer, found.problems[0].holds) == ("acme", "customer")
    assert column(found, "balance") == {"A": 10000}


def test_finances_own_balance_wins_and_a_difference_is_said_with_both_figures() -> None:
    found = assessed(
        [[*HEAD, "Balance"], ["A", "Acme", MAIL, DUE, 500, 100, 500]],
        DAY,
    )
    assert column(found, "balance") == {"A": 50000}
    assert [p.say() for p in found.problems] == [
        "Balance says 500.00, Amount - Paid is 400.00; correct one of them"
    ]
    assert found.problems[0].holds == "customer"


def test_a_row_said_to_be_paid_is_settled_whatever_the_amounts_say() -> None:
    found = assessed(
        [
            [*HEAD, "Status"],
            ["A", "Acme", MAIL, date(2026, 1, 1), 500, 0, "Paid"],
            ["B", "Acme", MAIL, date(2026, 1, 1), 500, 0, "作废"],
        ],
        DAY,
    )
    assert column(found, "status") == {"A": "settled", "B": "settled"}
    assert codes(found) == [("Invoices!G2", "problem_status_contradicts")]


def test_part_paid_without_a_figure_is_unreadable() -> None:
    head = ["Invoice", "Customer", "Email", "Due Date", "Amount", "Status"]
    found = assessed(
        [
            head,
            ["A", "Acme", MAIL, DUE, 500, "部分核销"],
            ["B", "Beta", MAIL, DUE, 500, "已核销"],
            ["C", "Ceta", MAIL, DUE, 500, "未核销"],
        ],
        DAY,
    )
    assert column(found, "status") == {"A": "unreadable", "B": "settled", "C": "open"}
    assert codes(found) == [("Invoices!F2", "problem_part_unknown")]


def test_more_paid_than_owed_is_a_credit_shown_as_a_problem_that_holds_nothing() -> None:
    found = assessed([HEAD, ["A", "Acme", MAIL, DUE, 100, 130]], DAY)
    assert column(found, "status") == {"A": "credit"}
    assert column(found, "balance") == {"A": -3000}
    assert [(p.code, p.holds) for p in found.problems] == [("problem_overpaid", "nothing")]


def test_a_credit_note_reduces_exposure_and_is_no_problem() -> None:
    found = assessed(
        [HEAD, ["A", "Acme", MAIL, DUE, 100, 0], ["CN", "Acme", MAIL, None, -30, 0]], DAY
    )
    assert column(found, "status") == {"A": "open", "CN": "credit"}
    assert found.customers.at["acme", "exposure"] == 7000
    assert codes(found) == []


def test_within_the_tolerance_a_balance_is_nothing() -> None:
    found = assessed([HEAD, ["A", "Acme", MAIL, DUE, 100.01, 100]], DAY)
    assert column(found, "status") == {"A": "settled"}


def test_yen_have_no_cents_and_dinars_have_a_thousand() -> None:
    found = assessed(
        [
            [*HEAD, "Currency"],
            ["Y", "Acme", MAIL, DUE, 1200, 0, "JPY"],
            ["K", "Acme", MAIL, DUE, 1.234, 0, "KWD"],
        ],
        DAY,
    )
    assert column(found, "balance") == {"Y": 1200, "K": 1234}


def test_a_receipt_in_another_currency_than_its_invoice_holds_the_customer() -> None:
    found = assessed(
        [HEAD, ["A", "Acme", MAIL, DUE, 100, 0]],
        DAY,
        receipts=[[*RECEIPTS, "Currency"], [DAY, "Acme", "A", 40, "EUR"]],
        terms=adding(),
    )
    assert codes(found) == [("Receipts!E2", "problem_receipt_currency")]
    assert (found.problems[0].customer, found.problems[0].holds) == ("acme", "customer")
    assert column(found, "balance") == {"A": 10000}


def test_a_receipt_of_nobody_in_the_sheet_holds_whoever_it_may_be_from() -> None:
    found = assessed(
        [HEAD, ["A", "Acme", MAIL, DUE, 100, 0], ["B", "Beta", MAIL, DUE, 100, 0]],
        DAY,
        receipts=[RECEIPTS, [DAY, "Acme Ltd", None, 40], [DAY, "Zeta", None, 40]],
        terms=adding(),
    )
    assert codes(found) == [
        ("Receipts!B2", "problem_receipt_nobody"),
        ("Receipts!B3", "problem_receipt_nobody"),
    ]
    assert [(p.customer, p.holds) for p in found.problems] == [
        ("acme", "customer"),
        ("", "nothing"),
    ]


def test_a_receipt_under_a_name_with_two_codes_holds_both() -> None:
    head = ["Invoice", "Customer Code", "Customer", "Email", "Due Date", "Amount"]
    found = assessed(
        [head, ["A", "C1", "Acme", MAIL, DUE, 100], ["B", "C2", "Acme", MAIL, DUE, 100]],
        DAY,
        receipts=[RECEIPTS, [DAY, "Acme", None, 40]],
    )
    assert [(p.code, p.customer) for p in found.problems] == [
        ("problem_receipt_nobody", "C1"),
        ("problem_receipt_nobody", "C2"),
    ]


def test_paid_below_nothing_is_no_reading_at_all() -> None:
    found = assessed([HEAD, ["A", "Acme", MAIL, DUE, 100, -40]], DAY)
    assert column(found, "status") == {"A": "unreadable"}
    assert [(p.code, p.holds) for p in found.problems] == [("problem_paid_negative", "customer")]


@pytest.mark.parametrize("word", ["paid 3/11", "Refunded", "坏账", "promised"])
def test_a_word_that_may_mean_settled_holds_the_customer_also_beside_a_paid_column(
    word: str,
) -> None:
    found = assessed([[*HEAD, "Status"], ["A", "Acme", MAIL, DUE, 100, None, word]], DAY)
    assert [(p.code, p.holds) for p in found.problems] == [("problem_status_unknown", "customer")]


def test_a_column_that_speaks_of_other_things_is_no_word_for_what_is_paid() -> None:
    words = ["region north", "region south", "region west", "Open"]
    rows = [[f"A{i}", "Acme", MAIL, DUE, 100, 0, word] for i, word in enumerate(words)]
    assert codes(assessed([[*HEAD, "Status"], *rows], DAY)) == []


def test_how_receipts_relate_to_the_paid_column_is_proposed_by_comparing() -> None:
    receipts = [RECEIPTS, [DAY, "Acme", "A", 40], [DAY, "Acme", "B", 10]]
    rows = [["A", "Acme", MAIL, DUE, 100, 40], ["B", "Acme", MAIL, DUE, 100, 10]]
    assert propose_paid_column(book([HEAD, *rows], receipts=receipts)) == "mirrors"
    bare = [[*row[:5], 0] for row in rows]
    assert propose_paid_column(book([HEAD, *bare], receipts=receipts)) == "adds"
