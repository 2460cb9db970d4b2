"""Due dates from terms, days overdue, buckets and the status of a row."""

from __future__ import annotations

from datetime import date

import pytest

from collector.model import Cell
from tests.book import assessed, codes, column, policy

DAY = date(2026, 11, 20)
MAIL = "ap@acme.example"


@pytest.mark.parametrize(
    ("issued", "terms", "due"),
    [
        ((2026, 1, 31), "Net 30", "2026-03-02"),
        ((2026, 1, 10), "月结30天", "2026-03-02"),
        ((2026, 1, 10), "EOM+30", "2026-03-02"),
        ((2026, 1, 10), "次月15日", "2026-02-15"),
        ((2026, 1, 10), "15th of next month", "2026-02-15"),
        ((2024, 1, 31), "EOM", "2024-01-31"),
        ((2026, 1, 10), "月结", "2026-01-31"),
        ((2026, 1, 10), "30天", "2026-02-09"),
        ((2026, 1, 10), "30", "2026-02-09"),
        ((2026, 1, 10), "N30", "2026-02-09"),
        ((2026, 1, 10), "30 days", "2026-02-09"),
        ((2026, 1, 10), "due on receipt", "2026-01-10"),
        ((2026, 1, 10), "货到付款", "2026-01-10"),
        ((2026, 1, 10), "COD", "2026-01-10"),
        ((2026, 1, 10), "预付", "2026-01-10"),
        ((2026, 1, 10), "2/10 net 30", "2026-02-09"),
        ((2026, 1, 31), "次月31日", "2026-02-28"),
    ],
)
def test_terms_give_the_due_date_where_none_is_written(
    issued: tuple[int, int, int], terms: str, due: str
) -> None:
    found = assessed(
        [
            ["Invoice", "Customer", "Email", "Invoice Date", "Terms", "Amount"],
            ["A", "Acme", MAIL, date(*issued), terms, 10],
        ],
        DAY,
    )
    assert str(found.invoices.at[0, "due"].date()) == due


def test_a_written_due_date_wins_over_terms() -> None:
    found = assessed(
        [
            ["Invoice", "Customer", "Email", "Invoice Date", "Terms", "Due Date", "Amount"],
            ["A", "Acme", MAIL, date(2026, 1, 1), "Net 30", date(2026, 11, 25), 10],
        ],
        DAY,
    )
    assert column(found, "status") == {"A": "due_soon"}


def test_terms_that_cannot_be_read_are_a_problem_and_land_in_no_bucket() -> None:
    head = ["Invoice", "Customer", "Email", "Invoice Date", "Terms", "Due Date", "Amount"]
    found = assessed(
        [
            head,
            ["A", "Acme", MAIL, date(2026, 1, 1), "when the moon is full", None, 10],
            ["B", "Beta", MAIL, None, "Net 30", None, 10],
            ["C", "Ceta", MAIL, date(2026, 1, 1), None, None, 10],
        ],
        DAY,
    )
    assert set(column(found, "status").values()) == {"unreadable"}
    assert set(column(found, "bucket").values()) == {""}
    assert sorted(codes(found)) == [
        ("Invoices!D3", "problem_no_invoice_date"),
        ("Invoices!E2", "problem_terms"),
        ("Invoices!F4", "problem_no_due_date"),
    ]
    assert {problem.holds for problem in found.problems} == {"customer"}


@pytest.mark.parametrize(
    ("due", "days", "bucket", "status"),
    [
        (date(2026, 11, 28), -8, "not_due", "open"),
        (date(2026, 11, 27), -7, "not_due", "due_soon"),
        (date(2026, 11, 20), 0, "not_due", "due_soon"),
        (date(2026, 11, 19), 1, "1-30", "overdue"),
        (date(2026, 10, 21), 30, "1-30", "overdue"),
        (date(2026, 10, 20), 31, "31-60", "overdue"),
        (date(2026, 9, 21), 60, "31-60", "overdue"),
        (date(2026, 9, 20), 61, "61-90", "overdue"),
        (date(2026, 8, 22), 90, "61-90", "overdue"),
        (date(2026, 8, 21), 91, "90+", "overdue"),
    ],
)
def test_the_due_day_itself_is_not_overdue_and_buckets_hold_both_their_edges(
    due: date, days: int, bucket: str, status: str
) -> None:
    found = assessed(
        [["Invoice", "Customer", "Email", "Due Date", "Amount"], ["A", "Acme", MAIL, due, 10]], DAY
    )
    row = found.invoices.iloc[0]
    assert (row["days_overdue"], row["bucket"], row["status"]) == (days, bucket, status)


def test_edges_are_the_teams_to_choose() -> None:
    found = assessed(
        [
            ["Invoice", "Customer", "Email", "Due Date", "Amount"],
            ["A", "Acme", MAIL, date(2026, 11, 5), 10],
            ["B", "Acme", MAIL, date(2026, 11, 4), 10],
        ],
        DAY,
        terms=policy(edges=(15, 45)),
    )
    assert column(found, "bucket") == {"A": "1-15", "B": "16-45"}


@pytest.mark.parametrize(
    ("dispute", "promise", "status", "broken"),
    [
        ("wrong price", None, "disputed", False),
        ("wrong price", date(2026, 11, 30), "disputed", False),
        ("no", date(2026, 11, 20), "promised", False),
        ("已解决", date(2026, 11, 19), "overdue", True),
        (None, None, "overdue", False),
    ],
)
def test_dispute_comes_before_promise_and_a_promise_that_passed_is_broken(
    dispute: Cell, promise: Cell, status: str, broken: bool
) -> None:
    found = assessed(
        [
            ["Invoice", "Customer", "Email", "Due Date", "Amount", "Dispute", "Promised On"],
            ["A", "Acme", MAIL, date(2026, 11, 1), 10, dispute, promise],
        ],
        DAY,
    )
    row = found.invoices.iloc[0]
    assert (row["status"], row["broken_promise"]) == (status, broken)
    assert found.customers.at["acme", "credit_flag"] == ("watch" if broken else "ok")


def test_the_buckets_of_a_customer_sum_to_the_balance_credit_included() -> None:
    found = assessed(
        [
            ["Invoice", "Customer", "Email", "Due Date", "Amount"],
            ["A", "Acme", MAIL, date(2026, 1, 1), 10.10],
            ["B", "Acme", MAIL, date(2026, 12, 1), 20.20],
            ["C", "Acme", MAIL, date(2026, 11, 1), -5.05],
        ],
        DAY,
    )
    sums = found.invoices.groupby("bucket")["balance"].sum().to_dict()
    assert sums == {"90+": 1010, "not_due": 2020, "credit": -505}
    assert found.customers.at["acme", "exposure"] == sum(sums.values())


@pytest.mark.parametrize(
    ("paid", "paid_on", "promised", "broken"),
    [
        (500, date(2026, 11, 16), 500, False),
        (500, date(2026, 11, 17), 500, False),
        (500, date(2026, 11, 18), 500, True),
        (499, date(2026, 11, 16), 500, True),
        (500, None, 500, False),
        (500, date(2026, 11, 16), None, True),
        (500, date(2026, 11, 16), 1000, True),
    ],
)
def test_a_promise_of_a_part_that_came_by_its_day_is_kept(
    paid: Cell, paid_on: Cell, promised: Cell, broken: bool
) -> None:
    head = ["Invoice", "Customer", "Email", "Due Date", "Amount", "Paid", "Paid On",
            "Promised On", "Promised Amount"]  # fmt: skip
    row = ["A", "Acme", MAIL, date(2026, 10, 12), 1000, paid, paid_on, date(2026, 11, 17), promised]
    found = assessed([head, row], date(2026, 11, 20))
    (seen,) = found.invoices.to_dict("records")
    assert (seen["status"], seen["broken_promise"]) == ("overdue", broken)


@pytest.mark.parametrize(("day", "broken"), [(17, False), (18, True)])
def test_receipts_say_when_a_promised_part_came(day: int, broken: bool) -> None:
    head = ["Invoice", "Customer", "Email", "Due Date", "Amount", "Promised On", "Promised Amount"]
    row = ["A", "Acme", MAIL, date(2026, 10, 12), 1000, date(2026, 11, 17), 500]
    receipts = [["Receipt Date", "Customer", "Invoice", "Receipt Amount"],
                [date(2026, 11, day), "Acme", "A", 500]]  # fmt: skip
    found = assessed([head, row], date(2026, 11, 20), receipts=receipts)
    (seen,) = found.invoices.to_dict("records")
    assert (seen["balance"], seen["broken_promise"]) == (50000, broken)
