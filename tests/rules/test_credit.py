"""Exposure, payment index, late rate, rating, and the credit flag."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from collector.rules.credit import late_rate, payment_points, rating
from collector.rules.wording import flag_reasons
from tests.book import Rows, adding, assessed, policy

DAY = date(2026, 11, 20)
MAIL = "ap@acme.example"
HEAD = ["Invoice", "Customer", "Email", "Due Date", "Amount"]
LIMITS = ["Customer", "Email", "Credit Limit", "Unbilled Orders", "On Hold", "Rating"]


@pytest.mark.parametrize(
    ("days", "points"),
    [(7, 75.33), (33, 49), (75, 35), (-30, 100), (-40, 100), (0, 80), (120, 20), (121, 19)],
)
def test_payment_points_are_linear_between_the_marks(days: int, points: float) -> None:
    assert round(payment_points(pd.Series([days])).iat[0], 2) == points


def test_the_late_rate_is_shrunken_to_the_books_own() -> None:
    assert round(late_rate(3, 4, a=0.433, b=0.696), 4) == 0.6693
    assert round(late_rate(0, 0, a=0.433, b=0.696), 4) == 0.3835


def test_ratings_follow_the_index() -> None:
    scores = (80, 79.9, 70, 60, 50, 49.9, float("nan"))
    assert [rating(score) for score in scores] == ["A", "B", "B", "C", "D", "E", ""]


def _paid(days_late: list[int], amounts: tuple[int, ...] = (100, 100, 100)) -> Rows:
    due = date(2026, 6, 1)
    return [
        [*HEAD, "Paid", "Paid Date"],
        *(
            [f"P{i}", "Acme", MAIL, due, amount, amount, due + timedelta(days=late)]
            for i, (late, amount) in enumerate(zip(days_late, amounts, strict=False))
        ),
    ]


def test_the_payment_index_is_weighted_by_amount() -> None:
    found = assessed(_paid([0, 30, 90], (10_000, 5_000, 1_000)), DAY).customers
    assert found.at["acme", "payment_index"] == 67.5


def test_an_index_needs_three_settled_invoices() -> None:
    few = assessed(_paid([7, 7]), DAY).customers.loc["acme"]
    assert (pd.isna(few["payment_index"]), few["rating"]) == (True, "")
    enough = assessed(_paid([7, 7, 7]), DAY).customers.loc["acme"]
    assert (round(enough["payment_index"], 2), enough["rating"]) == (75.33, "B")


def test_payments_older_than_two_years_are_forgotten() -> None:
    found = assessed(_paid([7, 7, 7]), date(2028, 11, 20))
    assert pd.isna(found.customers.at["acme", "payment_index"])


def _flag(rows: Rows, limits: Rows = (), **terms: object) -> str:
    found = assessed([HEAD, *rows], DAY, customers=limits, terms=policy(**terms))
    return str(found.customers.at["acme", "credit_flag"])


def _late(days: int, amount: float = 100) -> list[object]:
    return [f"D{days}", "Acme", MAIL, DAY - timedelta(days=days), amount]


@pytest.mark.parametrize(
    ("days", "flag"), [(0, "ok"), (30, "ok"), (31, "watch"), (60, "watch"), (61, "stop")]
)
def test_the_oldest_overdue_invoice_makes_the_flag(days: int, flag: str) -> None:
    assert _flag([_late(days)]) == flag  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("limit", "orders", "hold", "grade", "flag"),
    [
        (126, 0, None, None, "ok"),
        (125, 0, None, None, "watch"),
        (100, 0, None, None, "watch"),
        (99, 0, None, None, "over_limit"),
        (150, 60, None, None, "over_limit"),
        (None, 0, None, "D", "prepay"),
        (None, 0, None, "E", "stop"),
        (None, 0, "yes", None, "stop"),
        (None, 0, "否", "A", "ok"),
    ],
)
def test_limit_orders_hold_and_rating_make_the_flag(
    limit: float | None, orders: float, hold: str | None, grade: str | None, flag: str
) -> None:
    limits = [LIMITS, ["Acme", MAIL, limit, orders, hold, grade]]
    assert _flag([_late(1)], limits) == flag  # type: ignore[list-item]


def test_rating_e_with_nothing_overdue_means_prepay() -> None:
    limits = [LIMITS, ["Acme", MAIL, None, 0, None, "E"]]
    assert _flag([_late(-5)], limits) == "prepay"  # type: ignore[list-item]


def test_exposure_adds_orders_and_takes_off_unapplied_credit() -> None:
    found = assessed(
        [HEAD, ["A", "Acme", MAIL, date(2026, 12, 1), 100]],
        DAY,
        customers=[LIMITS, ["Acme", MAIL, 1000, 50, None, None]],
        receipts=[["Date", "Customer", "Amount"], [DAY, "Acme", 130]],
        terms=adding(),
    )
    who = found.customers.loc["acme"]
    assert who["exposure"] == 10000 + 5000 - 13000
    assert who["utilisation"] == pytest.approx(0.02)


def test_other_currencies_are_not_added_to_the_exposure() -> None:
    found = assessed(
        [
            [*HEAD, "Currency"],
            ["A", "Acme", MAIL, DAY, 100, "USD"],
            ["B", "Acme", MAIL, DAY, 100, "EUR"],
        ],
        DAY,
    )
    assert found.customers.at["acme", "exposure"] == 10000


def test_what_is_owed_in_another_currency_is_no_exposure_of_nought() -> None:
    head = ["Invoice", "Customer", "Currency", "Due Date", "Amount", "Paid"]
    day = date(2026, 11, 1)
    rows = [
        head,
        ["N1", "Lim", "EUR", day, 9000, 0],
        ["N2", "Mix", "EUR", day, 900, 0],
        ["N3", "Mix", "USD", day, 900, 0],
        ["N4", "Own", "USD", day, 900, 0],
    ]
    limits = [["Customer", "Credit limit"], *([who, 1000] for who in ("Lim", "Mix", "Own"))]
    who = assessed(rows, date(2026, 11, 20), customers=limits).customers
    assert who["foreign"].to_dict() == {"lim": "EUR", "mix": "EUR", "own": ""}
    assert who["has_exposure"].to_dict() == {"lim": False, "mix": True, "own": True}
    assert pd.isna(who.loc["lim", "utilisation"])
    reasons = dict(zip(who.index, flag_reasons(who, "en"), strict=True))
    assert reasons["lim"] == "what is owed in EUR is not counted in exposure and limit"
    assert reasons["own"] == "90 % of the limit is used"


def test_a_rating_that_the_team_set_is_said_once() -> None:
    head = ["Invoice", "Customer", "Due Date", "Amount", "Paid"]
    rows = [head, ["N1", "Rate", date(2026, 12, 12), 10, 0]]
    who = assessed(rows, date(2026, 11, 20), customers=[["Customer", "Rating"], ["Rate", "D"]])
    assert flag_reasons(who.customers, "en") == ["rating D is yours"]
