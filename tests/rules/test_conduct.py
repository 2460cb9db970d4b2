"""How customers pay, whom to call first, and what to provide for."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from collector.model import Cell
from collector.rules.conduct import add_conduct, call_list, habits, provisions
from collector.rules.credit import late_rate
from collector.rules.forecast import Strengths
from collector.rules.history import settled_history
from collector.rules.wording import flag_reasons, habit_texts
from tests.book import POLICY, Rows, assessed, book

DAY = date(2026, 11, 20)
HEAD = ["Invoice", "Customer", "Email", "Invoice Date", "Due Date", "Amount", "Paid", "Paid on"]


def row(number: int, who: str, due: date, amount: float, late: int | None = None) -> list[Cell]:
    paid = amount if late is not None else 0
    on = due + timedelta(days=late) if late is not None else None
    mail = f"ap@{who.casefold()}.example"
    return [f"I{number}", who, mail, due - timedelta(days=30), due, amount, paid, on]


def known(rows: Rows) -> pd.DataFrame:
    tab: Rows = [HEAD, *rows]
    stands = assessed(tab, DAY)
    history = settled_history(book(tab), stands, until=DAY)
    return add_conduct(stands.customers, stands.invoices, history, POLICY, DAY)


def fridays(who: str, *late: int) -> Rows:
    """Return invoices due on Fridays before DAY, the last the latest, paid so many days late."""
    due = [DAY - timedelta(weeks=len(late) - n + 2) for n in range(len(late))]
    return [
        row(n, who, day, 100, days) for n, (day, days) in enumerate(zip(due, late, strict=True))
    ]


def test_the_late_rate_is_the_decayed_one_drawn_to_the_books() -> None:
    tab: Rows = [HEAD, *fridays("Acme", 7, 7, 7, 0), *fridays("Bolt", 0, 0)]
    history = settled_history(book(tab), assessed(tab, DAY))
    now = history.assign(paid_date=pd.Timestamp(DAY))  # all weigh the same
    found = habits(now, DAY, Strengths(2.0))["late_rate"]
    assert found["acme"] == pytest.approx(late_rate(3, 4, a=1.0, b=1.0))
    assert found["bolt"] == pytest.approx(late_rate(0, 2, a=1.0, b=1.0))


def test_habits_are_said_in_words() -> None:
    found = known([*fridays("Acme", 1, 0, 7, 9, 14, -2, 11), *fridays("Bolt", -3, -3, -3),
                   row(50, "Cargo", DAY, 100)])  # fmt: skip
    assert dict(zip(found.index, habit_texts(found, "en"), strict=True)) == {
        "acme": "late 4 of last 6; typically 8 days late",
        "bolt": "late 0 of last 3; typically 3 days early",
        "cargo": "",
    }
    assert habit_texts(found, "zh")[0] == "最近 6 笔中逾期 4 笔；通常逾期 8 天"


def test_a_weekday_is_named_when_most_payments_fall_on_it() -> None:
    found = known([*fridays("Acme", 0, 7, 14, 3, 7)])
    assert habit_texts(found, "en") == ["late 4 of last 5; typically 7 days late; Fridays"]
    assert known(fridays("Acme", 0, 7, 14)).at["acme", "payday"] == -1


def test_the_oldest_open_invoice_has_an_expected_day() -> None:
    rows = [*fridays("Acme", *[9] * 30), row(90, "Acme", DAY - timedelta(days=2), 100),
            row(91, "Acme", DAY + timedelta(days=9), 100), *fridays("Bolt", 1, 1, 1)]  # fmt: skip
    found = known(rows)["expected"]
    assert found["acme"] == pd.Timestamp(DAY + timedelta(days=7))
    assert pd.isna(found["bolt"])


def test_a_suggested_limit_covers_what_is_normally_owed() -> None:
    rows = [row(n, "Acme", DAY - timedelta(days=10 * n), 1000, 0) for n in range(1, 34)]
    limit = known(rows).at["acme", "suggested_limit"]
    # 33 invoices a year, a month from invoice to payment, and half as much again for an A.
    assert limit == 410_000


def test_whom_to_call_first_is_expected_loss_times_age() -> None:
    tab: Rows = [
        HEAD,
        row(1, "Fresh", DAY - timedelta(days=5), 1000),
        row(2, "Old", DAY - timedelta(days=95), 400),
        row(3, "Large", DAY - timedelta(days=20), 9000),
        row(4, "Prompt", DAY + timedelta(days=5), 99_000),
    ]
    live = assessed(tab, DAY).invoices
    found = call_list(live, POLICY)
    assert found["customer"].tolist() == ["old", "large", "fresh"]
    assert found["expected_loss"].tolist() == [4240, 14_400, 1600]
    assert found["weight"].tolist() == pytest.approx([4240 * 95, 14_400 * 20, 1600 * 5])


def test_the_provision_is_by_currency() -> None:
    head = [*HEAD, "Currency"]
    tab: Rows = [
        head,
        [*row(1, "Acme", DAY + timedelta(days=5), 1000), "USD"],
        [*row(2, "Acme", DAY - timedelta(days=95), 400), "USD"],
        [*row(3, "Acme", DAY - timedelta(days=95), 400), "JPY"],
        [*row(4, "Acme", DAY - timedelta(days=95), -400), "EUR"],
    ]
    live = assessed(tab, DAY).invoices
    assert provisions(live, POLICY) == {"EUR": 0, "JPY": 42, "USD": 300 + 4240}


def test_what_made_a_flag_is_said() -> None:
    tab: Rows = [HEAD, row(1, "Acme", DAY - timedelta(days=72), 100)]
    limits: Rows = [["Customer", "Rating", "Credit Limit"], ["Acme", "B", 80]]
    found = assessed(tab, DAY, customers=limits).customers
    assert flag_reasons(found, "en") == ["oldest overdue 72 days; rating B is yours"]
    assert flag_reasons(found, "zh") == ["最长逾期 72 天；评级 B 由贵方指定"]
