"""When invoices will be paid: learnt from what was paid, in the order it happened."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from collector.model import Cell
from collector.rules.backtest import auc, backtest
from collector.rules.calibration import HELD, masses
from collector.rules.forecast import Strengths, foresee, learn, weekly_cash
from collector.rules.hindsight import choose_strengths, look_back
from collector.rules.history import settled_history
from collector.rules.lateness import paid_by
from tests.book import Rows, assessed, book

DAY = date(2026, 11, 20)


def history(late: dict[str, list[int]], *, every: int = 7, until: date = DAY) -> pd.DataFrame:
    """Return invoices due every week before a day, each paid so many days late."""
    rows = [
        (customer, pd.Timestamp(until) - pd.Timedelta(days=every * (len(days) - i)), each)
        for customer, days in late.items()
        for i, each in enumerate(days)
    ]
    frame = pd.DataFrame(rows, columns=["customer", "due", "days_late"])
    paid = frame["due"] + pd.to_timedelta(frame["days_late"], unit="D")
    issued = frame["due"] - pd.Timedelta(days=30)
    return frame.assign(invoice_date=issued, paid_date=paid, currency="USD", amount=10_000)


def open_invoices(customer: str, *overdue: int, balance: int = 10_000) -> pd.DataFrame:
    due = [pd.Timestamp(DAY) - pd.Timedelta(days=days) for days in overdue]
    return pd.DataFrame(
        {"customer": customer, "due": due, "balance": balance, "currency": "USD"}
    ).astype({"balance": "int64", "due": "datetime64[ns]"})


def expected(customer: str, overdue: int, past: pd.DataFrame) -> int:
    """Return in how many days from DAY an invoice of so many days overdue is expected."""
    found = foresee(open_invoices(customer, overdue), learn(past, DAY, Strengths(1.0)), DAY)
    return int((found["expected"].iloc[0] - pd.Timestamp(DAY)).days)


def test_a_customer_is_expected_to_pay_as_it_did() -> None:
    past = history({"prompt": [0] * 20, "slow": [20] * 20})
    assert expected("prompt", -10, past) == 10
    assert expected("slow", -10, past) == 30
    assert expected("slow", 5, past) == 15


def test_what_is_not_yet_paid_is_not_expected_for_a_day_that_is_past() -> None:
    past = history({"two minds": [2, 40] * 10})
    assert expected("two minds", 1, past) == 1
    assert expected("two minds", 3, past) == 37
    assert expected("two minds", 500, past) > 0


def test_a_customer_nobody_knows_pays_as_everybody_does() -> None:
    past = history({"a": [10] * 20, "b": [12] * 20, "c": [14] * 20})
    assert expected("stranger", 0, past) in (10, 12, 14)
    assert expected("stranger", 0, past.iloc[:0]) > 0


def test_older_payments_weigh_less() -> None:
    past = history({"changed": [30] * 26 + [0] * 26})
    soon = foresee(open_invoices("changed", -5), learn(past, DAY, Strengths(1.0)), DAY)
    assert float(soon["late_chance"].iloc[0]) < 0.5
    assert expected("changed", -5, past) == 5


def test_a_payment_made_later_teaches_nothing_earlier() -> None:
    past = history({"a": [3, 9, 1] * 10, "b": [0, 15] * 12}).sort_values("invoice_date")
    asked = np.arange(20, len(past))
    known = look_back(past, asked)
    for place in (0, 11, len(asked) - 1):
        issued = past["invoice_date"].iloc[asked[place]]
        rest = past["paid_date"] >= issued
        told = past.assign(days_late=past["days_late"].where(~rest, 150))
        again = look_back(told, asked)
        assert np.array_equal(known.by_customer[place], again.by_customer[place])
        assert np.array_equal(known.by_weekday[place], again.by_weekday[place])
        assert np.array_equal(known.book[place], again.book[place])


def test_looking_back_knows_what_learning_on_that_day_knew() -> None:
    past = history({"a": [3, 9, 1] * 10, "b": [0, 15] * 12}).sort_values("invoice_date")
    asked = np.array([30, 50])
    for strengths in (Strengths(1.0), Strengths(2.0, weekday=4.0), Strengths(1.0, drift=True)):
        found = look_back(past, asked).distributions(strengths)
        for place, number in enumerate(asked):
            row = past.iloc[[number]]
            eve = (row["invoice_date"].iloc[0] - pd.Timedelta(days=1)).date()
            then = learn(past, eve, strengths).of(row["customer"], row["due"])
            assert found[place] == pytest.approx(then[0], abs=2e-3)


def test_weekdays_are_told_apart_only_where_that_foretells_something() -> None:
    rng = np.random.default_rng(7)
    noise = history({f"c{i}": rng.integers(-5, 20, 60).tolist() for i in range(20)})
    assert choose_strengths(noise).weekday is None
    due = history({f"c{i}": [0] * 60 for i in range(20)}, every=3)
    late = (4 - due["due"].dt.day_of_week) % 7  # they all pay on Fridays
    fridays = due.assign(days_late=late, paid_date=due["due"] + pd.to_timedelta(late, unit="D"))
    assert choose_strengths(fridays).weekday is not None


def test_a_book_that_pays_ever_later_is_noticed() -> None:
    rng = np.random.default_rng(7)
    drifting = {
        f"c{i}": (np.arange(100) * 0.4 + rng.integers(0, 6, 100)).astype(int).tolist()
        for i in range(20)
    }
    past = history(drifting)
    chosen = choose_strengths(past)
    assert chosen.drift
    soon = foresee(open_invoices("c1", -5), learn(past, DAY, chosen), DAY)["expected"].iloc[0]
    assert (soon - pd.Timestamp(DAY)).days >= 5 + 37
    steady = history({f"c{i}": rng.integers(0, 6, 100).tolist() for i in range(20)})
    assert look_back(steady.sort_values("invoice_date"), np.array([1500])).drift.tolist() == [0]


def test_the_chance_of_payment_grows_to_certainty() -> None:
    past = history({"a": [5, 10, 15] * 20})
    conduct = learn(past, DAY, Strengths(1.0))
    shares = conduct.of(pd.Series(["a"] * 3), open_invoices("a", 0, 0, 0)["due"])
    chances = paid_by(shares, np.array([0, 7, 12]), 7)
    assert 0.3 < chances[0] < 0.36
    assert 0.45 < chances[1] < 0.52
    assert chances[2] > 0.95


def test_expected_cash_is_what_is_owed_and_likely_to_come() -> None:
    past = history({"a": [3] * 40, "b": [17] * 40})
    owed = pd.concat([open_invoices("a", 0), open_invoices("b", 0, balance=50_000)])
    cash = weekly_cash(owed, learn(past, DAY, Strengths(0.5)), DAY, 4).set_index("week")
    assert cash.at[1, "expected"] == pytest.approx(10_000, rel=0.1)
    assert cash.at[3, "expected"] == pytest.approx(50_000, rel=0.1)
    assert (cash["low"] <= cash["expected"]).all()
    assert (cash["expected"] <= cash["high"]).all()
    assert cash["expected"].sum() <= 60_000
    assert cash["expected"].dtype == "int64"


def test_currencies_are_foretold_apart() -> None:
    past = history({"a": [3] * 40})
    owed = pd.concat([open_invoices("a", 0), open_invoices("a", 0).assign(currency="JPY")])
    cash = weekly_cash(owed, learn(past, DAY, Strengths(1.0)), DAY, 2)
    assert sorted(cash["currency"].unique()) == ["JPY", "USD"]
    assert len(cash) == 4


# ── how wide a range is ──────────────────────────────────────────────────────────────────────


def test_a_range_is_as_wide_as_past_ones_had_to_be() -> None:
    days = np.arange(400)
    narrow, wide = np.full(400, 5), np.full(400, 22)
    assert masses(narrow, days, np.array([400]))[0] == pytest.approx(0.6, abs=0.03)
    assert masses(wide, days, np.array([400]))[0] == pytest.approx(0.94, abs=0.03)
    assert masses(wide[:0], days[:0], np.array([400]))[0] == pytest.approx(HELD, abs=0.02)


def test_a_payment_made_on_the_day_or_later_makes_no_range_wider() -> None:
    rng = np.random.default_rng(3)
    needs, days = rng.integers(0, 25, 300), np.sort(rng.integers(0, 100, 300))
    asked = np.array([20, 50, 50, 90])
    for place, day in enumerate(asked.tolist()):
        told = np.where(days >= day, 25, needs)
        assert masses(told, days, asked)[place] == masses(needs, days, asked)[place]


@pytest.mark.parametrize("shape", ["steady", "two minds", "strangers", "a jump", "a long tail"])
def test_eight_of_ten_payments_fall_in_their_range_whatever_the_customers_are_like(
    shape: str,
) -> None:
    rng = np.random.default_rng(5)
    many = 400 if shape == "strangers" else 40
    each = 4000 // many
    own = np.repeat(rng.normal(4, 8, many), each).reshape(many, each)
    late = own + 4 * rng.standard_normal((many, each))
    if shape == "two minds":
        late = np.where(rng.random(late.shape) < 0.4, late + 35, late)
    if shape == "a jump":
        late += np.where(np.arange(each) > 0.7 * each, 10, 0)
    if shape == "a long tail":
        late += np.where(rng.random(late.shape) < 0.1, rng.exponential(40, late.shape), 0)
    days = late.round().astype(int)
    spread = rng.permutation(many)
    found = backtest(
        history({f"c{i}": days[i].tolist() for i in spread}, every=28 if many > 99 else 7)
    )
    assert found.ours.coverage is not None
    assert 0.76 < found.ours.coverage < 0.88


# ── the back-test ────────────────────────────────────────────────────────────────────────────


def test_the_backtest_is_far_better_than_the_due_date_where_customers_differ() -> None:
    rng = np.random.default_rng(1)
    late = {f"c{i}": (rng.integers(-4, 5, 50) + 3 * (i - 10)).tolist() for i in range(20)}
    found = backtest(history(late))
    assert (found.invoices, found.tested) == (1000, 250)
    assert found.ours.late_auc is not None
    assert found.ours.late_auc > 0.9
    assert found.ours.mae_days is not None
    assert found.naive.mae_days is not None
    assert found.ours.mae_days < found.naive.mae_days / 3
    assert found.ours.cash_wape is not None
    assert found.naive.cash_wape is not None
    assert found.ours.cash_wape < found.naive.cash_wape
    assert found.ours.coverage is not None
    assert 0.7 < found.ours.coverage < 0.95


def test_a_short_past_is_not_scored() -> None:
    found = backtest(history({"a": [1] * 10}))
    assert (found.invoices, found.tested, found.ours.brier) == (10, 0, None)


def test_the_area_under_the_curve_counts_pairs_in_the_right_order() -> None:
    was = np.array([True, True, False, False])
    assert auc(was, np.array([0.9, 0.4, 0.5, 0.1])) == 0.75
    assert auc(was, np.zeros(4)) == 0.5
    assert auc(np.zeros(3, dtype=bool), np.zeros(3)) is None


# ── what the past is read from ───────────────────────────────────────────────────────────────

HEAD = ["Invoice", "Customer", "Email", "Invoice Date", "Due Date", "Amount"]


def _row(number: str, due: date) -> list[Cell]:
    return [number, "Acme", "ap@acme.example", due - timedelta(days=30), due, 100]


def _past(invoices: Rows, receipts: Rows = ()) -> list[int]:
    rows = book(invoices, receipts=receipts)
    stands = assessed(invoices, DAY, receipts=receipts)
    return [int(days) for days in settled_history(rows, stands)["days_late"]]


def test_the_past_is_read_from_paid_rows_with_their_dates() -> None:
    due = date(2026, 9, 1)
    rows: Rows = [
        [*HEAD, "Paid", "Paid on"],
        [*_row("A", due), 100, due + timedelta(days=4)],
        [*_row("B", due), 100, None],
        [*_row("C", due), 40, due + timedelta(days=4)],
    ]
    assert _past(rows) == [4]


def test_the_past_is_read_from_receipts() -> None:
    due = date(2026, 9, 1)
    receipts: Rows = (
        ["Date", "Customer", "Invoice", "Amount"],
        [due + timedelta(days=2), "Acme", "A", 60],
        [due + timedelta(days=9), "Acme", "A", 40],
        [due + timedelta(days=9), "Acme", "B", 40],
    )
    assert _past([HEAD, _row("A", due), _row("B", due)], receipts) == [9]


def test_a_sheet_that_knows_only_paid_dates_is_taken_at_its_word() -> None:
    due = date(2026, 9, 1)
    rows: Rows = [
        [*HEAD, "Paid on"],
        [*_row("A", due), due - timedelta(days=3)],
        [*_row("B", due), None],
    ]
    assert _past(rows) == [-3]
