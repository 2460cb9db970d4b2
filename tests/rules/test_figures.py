"""The figures of a report: the past from dated rows, and what moved since."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from collector.phrases import say
from collector.rules.figures import CurrencyFigures, Figures, make_figures
from collector.rules.past import month_ends
from tests.book import POLICY, Rows, assessed, book, policy
from tests.rules.test_conduct import HEAD, fridays, row

DAY = date(2026, 11, 20)


def figures(tab: Rows) -> Figures:
    return make_figures(book(tab), assessed(tab, DAY), POLICY)


def only(found: Figures) -> CurrencyFigures:
    assert [each.currency for each in found.currencies] == ["USD"]
    return found.currencies[0]


def year_of_rows() -> Rows:
    chance = random.Random(4)
    rows = []
    for number in range(300):
        due = DAY - timedelta(days=chance.randrange(-30, 330))
        late = chance.randrange(-5, 40)
        paid = late if due + timedelta(days=late) <= DAY else None
        rows.append(row(number, f"C{number % 9}", due, chance.randrange(100, 9000), paid))
    return [HEAD, *rows]


def test_every_month_adds_up() -> None:
    months = only(figures(year_of_rows())).months
    assert len(months) == 12
    for before, month in pairwise(months):
        assert month.receivables == before.receivables + month.sales - month.collected


def test_the_last_month_is_the_sheet_as_it_stands() -> None:
    found = only(figures(year_of_rows()))
    assert found.months[-1].receivables == found.receivables == sum(found.buckets.values())
    assert found.months[-1].overdue == found.overdue


def test_customers_and_calls_add_up_to_the_book() -> None:
    found = figures(year_of_rows())
    whole = only(found)
    assert found.customers["receivables"].sum() == whole.receivables
    assert found.customers["overdue"].sum() == whole.overdue
    assert found.calls["overdue"].sum() == whole.overdue
    assert sum(group.receivables for group in whole.owners) == whole.receivables
    assert sum(group.receivables for group in whole.ratings) == whole.receivables
    for name, amount in whole.buckets.items():
        assert found.customers[name].sum() == amount


def test_owners_classes_and_customers_have_the_figures_of_their_own_rows() -> None:
    tab = year_of_rows()
    whole = only(figures(tab))
    assert sum(group.receivables for group in whole.debtors) == whole.receivables
    assert sum(group.plan for group in whole.debtors) == whole.owners[0].plan
    for group in whole.debtors:
        alone = only(figures([HEAD, *(each for each in tab if each[1] == group.name)]))
        assert (group.receivables, group.overdue) == (alone.receivables, alone.overdue)
        assert group.kpis == alone.kpis
        assert len(group.kpis) == 7
        assert (group.plan, group.collected) == (alone.owners[0].plan, alone.owners[0].collected)


def test_the_matrix_is_the_buckets_by_their_rates() -> None:
    whole = only(figures(year_of_rows()))
    assert {line.bucket: line.amount for line in whole.matrix} == {
        name: amount for name, amount in whole.buckets.items() if name != "credit"
    }
    exact = sum(line.amount * line.rate for line in whole.matrix)
    assert abs(whole.provision - exact) <= Decimal("0.5")


def test_interest_accrues_on_what_is_overdue_as_letters_ask_for_it() -> None:
    tab: Rows = [HEAD, row(1, "Acme", DAY - timedelta(days=45), 10_000),
                 row(2, "Acme", DAY + timedelta(days=5), 500),
                 row(3, "Acme", DAY - timedelta(days=5), 36.5),
                 row(4, "Acme", DAY, -50)]  # fmt: skip
    terms = policy(interest_rate=Decimal(12))
    found = make_figures(book(tab), assessed(tab, DAY), terms)
    assert found.invoices.set_index("invoice")["interest"].to_dict() == {
        "I1": 14_795, "I2": 0, "I3": 6, "I4": 0,
    }  # fmt: skip
    assert only(found).interest == 14_801
    assert only(figures(tab)).interest == 0


def test_a_past_day_shows_what_was_open_then() -> None:
    tab: Rows = [
        HEAD,
        row(1, "Acme", DAY - timedelta(days=60), 100, 50),
        row(2, "Acme", DAY - timedelta(days=10), 70),
    ]
    months = {month.end: month for month in only(figures(tab)).months}
    october = months[date(2026, 10, 31)]
    assert (october.receivables, october.overdue) == (17_000, 10_000)
    assert (months[DAY].receivables, months[DAY].collected) == (7000, 10_000)


def test_paid_rows_without_a_date_are_counted_and_said() -> None:
    tab: Rows = [HEAD, [*row(1, "Acme", DAY, 100, 0)[:7], None], row(2, "Acme", DAY, 100, 0)]
    found = figures(tab)
    assert (found.source.undated, found.source.dated, found.source.settled) == (1, 1, 2)


def test_flags_that_changed_in_a_month_are_listed() -> None:
    tab: Rows = [HEAD, row(1, "Acme", DAY - timedelta(days=40), 100), row(2, "Bolt", DAY, 100)]
    (found,) = figures(tab).changes
    assert (found.customer, found.since) == ("acme", DAY - timedelta(days=30))
    assert found.say() == "OK→Watch because oldest overdue 40 days"
    assert figures([HEAD, row(2, "Bolt", DAY, 100)]).changes == ()


def test_the_books_own_currency_comes_first() -> None:
    tab: Rows = [
        [*HEAD, "Currency"],
        *([*row(n, "Acme", DAY, 100), "EUR"] for n in range(3)),
        [*row(9, "Acme", DAY, 100), "USD"],
    ]
    found = make_figures(book(tab), assessed(tab, DAY), policy(targets={"dso": 45}))
    assert [each.currency for each in found.currencies] == ["USD", "EUR"]
    assert {kpi.name: kpi.target for kpi in found.currencies[0].kpis}["dso"] == 45


def test_expected_days_are_of_open_rows_alone() -> None:
    found = figures(year_of_rows())
    owed = found.invoices[found.invoices["balance"] > 0]
    assert (owed["expected"] > pd.Timestamp(DAY)).all()
    weeks = only(found).weeks
    assert len(weeks) == 8
    assert sum(week.expected for week in weeks) <= only(found).receivables


def test_month_ends_lead_to_the_day_itself() -> None:
    assert month_ends(date(2026, 3, 15), 3) == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15),
    ]  # fmt: skip
    assert month_ends(date(2026, 2, 28), 2) == [date(2026, 1, 31), date(2026, 2, 28)]


def warned(tab: Rows, customers: Rows = ()) -> list[tuple[str, str]]:
    found = make_figures(
        book(tab, customers=customers), assessed(tab, DAY, customers=customers), POLICY
    )
    return [(each.customer, say("en", each.code, **each.facts)) for each in found.warnings]


def test_use_of_the_limit_that_passed_a_mark_is_warned_of() -> None:
    limits: Rows = [["Customer", "Credit Limit"], ["Acme", 100], ["Bolt", 100], ["Cargo", 100]]
    new, old = DAY + timedelta(days=20), DAY - timedelta(days=20)
    tab: Rows = [HEAD, row(1, "Acme", new, 85), row(2, "Bolt", new, 120), row(3, "Cargo", old, 150)]
    assert warned(tab, limits) == [
        ("bolt", "use of the limit rose to 120 %"), ("acme", "use of the limit rose to 85 %"),
    ]  # fmt: skip


def test_the_first_late_payment_after_five_on_time_is_warned_of() -> None:
    tab: Rows = [HEAD, *fridays("Acme", 0, -1, 0, 0, 0), *fridays("Bolt", 0, 0, 0, 3, 0),
                 row(50, "Acme", DAY - timedelta(days=4), 10),
                 row(51, "Bolt", DAY - timedelta(days=4), 10)]  # fmt: skip
    assert warned(tab) == [("acme", "always on time, and now 4 days overdue")]


def test_an_index_that_fell_ten_points_is_warned_of() -> None:
    tab: Rows = [
        HEAD,
        *fridays("Acme", *[-25] * 8),
        row(60, "Acme", DAY - timedelta(days=70), 800, 65),
    ]
    assert warned(tab) == [("acme", "payment index fell from 95 to 67")]


def test_a_broken_promise_and_a_concentration_are_warned_of() -> None:
    head = [*HEAD, "Promised on"]
    late = DAY - timedelta(days=9)
    tab: Rows = [head, [*row(1, "Acme", late, 900), DAY - timedelta(days=2)],
                 *([*row(n, f"C{n}", late, 100), None] for n in range(2, 8))]  # fmt: skip
    assert warned(tab) == [
        ("acme", "promises broken: 1"), ("acme", "owes 60 % of all that is open in USD"),
    ]  # fmt: skip
