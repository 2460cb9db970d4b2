"""Early warnings as events: once each, and again only after things were well in between."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from collector.model import Event
from collector.rules.events import Watched, watch
from tests.book import POLICY, Rows, assessed, book, policy
from tests.rules.test_conduct import HEAD, row

DAY = date(2026, 11, 20)
LIMIT = ["Customer", "Credit Limit"]


def days(number: int) -> timedelta:
    return timedelta(days=number)


def watched(
    tab: Rows, *, limits: Rows = (), known: tuple[Event, ...] = (), on: date = DAY, **terms: Any
) -> Watched:
    rules = policy(**terms) if terms else POLICY
    read = book(tab, customers=limits, terms=rules)
    return watch(read, assessed(tab, on, customers=limits, terms=rules), known, rules)


def said(found: Watched) -> list[tuple[str, str]]:
    return [(event.customer_name, event.say()) for event in found.fired if not event.muted]


def standing(found: Watched) -> tuple[Event, ...]:
    return tuple(found.fired)


def used(*amounts: int) -> list[list[Any]]:
    return [HEAD, *(row(n, f"C{n}", DAY + days(10), amount) for n, amount in enumerate(amounts))]


def limits(*amounts: int) -> list[list[Any]]:
    return [LIMIT, *([f"C{n}", amount] for n, amount in enumerate(amounts))]


def test_use_of_the_limit_fires_at_eighty_and_above_a_hundred_percent() -> None:
    found = watched(used(79, 80, 100, 101), limits=limits(100, 100, 100, 100),
                    warn_concentration=None)  # fmt: skip
    assert sorted(said(found)) == [
        ("C1", "use of the limit rose to 80 %"),
        ("C2", "use of the limit rose to 100 %"),
        ("C3", "use of the limit rose to 101 %"),
    ]


def test_what_stands_does_not_fire_twice_and_fires_again_after_it_was_over() -> None:
    first = watched(used(85), limits=limits(100))
    again = watched(used(90), limits=limits(100), known=standing(first))
    assert (again.fired, again.over) == ((), ())
    well = watched(used(50), limits=limits(100), known=standing(first))
    assert [event.say() for event in well.over] == ["use of the limit rose to 85 %"]
    assert said(watched(used(90), limits=limits(100))) == [("C0", "use of the limit rose to 90 %")]


def test_the_second_mark_fires_for_itself_and_falling_below_it_fires_nothing() -> None:
    first = watched(used(85), limits=limits(100))
    second = watched(used(120), limits=limits(100), known=standing(first))
    assert said(second) == [("C0", "use of the limit rose to 120 %")]
    known = (*standing(first), *standing(second))
    back = watched(used(90), limits=limits(100), known=known)
    assert (said(back), [event.mark for event in back.over]) == ([], ["1"])


def test_both_marks_at_once_are_told_once_and_falling_to_the_lower_one_fires_nothing() -> None:
    first = watched(used(120), limits=limits(100))
    assert said(first) == [("C0", "use of the limit rose to 120 %")]
    back = watched(used(90), limits=limits(100), known=standing(first))
    assert (said(back), len(back.over)) == ([], 1)


def paid(customer: str, *late: int, amount: int = 100, ago: int = 60) -> list[list[Any]]:
    """Return one paid row for each number of days late, the last one due ``ago`` days ago."""
    found = []
    for place, delay in enumerate(reversed(late)):
        found.append(row(900 + place, customer, DAY - days(ago + 7 * place), amount, delay))
    return found


@pytest.mark.parametrize(
    ("late", "fires"),
    [((0, 0, 0, 0, 0), True), ((0, -3, 0, -1, 0), True), ((0, 0, 0, 0), False),
     ((0, 0, 1, 0, 0), False), ((5, 0, 0, 0, 0, 0), True)],
)  # fmt: skip
def test_the_first_late_invoice_fires_after_five_on_time(
    late: tuple[int, ...], fires: bool
) -> None:
    found = watched([HEAD, *paid("Acme", *late), row(1, "Acme", DAY - days(4), 10)])
    assert said(found) == [("Acme", "always on time, and now 4 days overdue")] * fires


def test_who_is_late_since_long_ago_is_no_news_and_stays_known() -> None:
    tab: Rows = [HEAD, *paid("Acme", 0, 0, 0, 0, 0, ago=200), row(1, "Acme", DAY - days(91), 10)]
    assert said(watched(tab)) == []
    first = watched(tab, on=DAY - days(1))
    assert said(first) == [("Acme", "always on time, and now 90 days overdue")]
    assert watched(tab, known=standing(first)) == Watched()


def test_a_first_late_payment_that_has_come_by_now_fires_too() -> None:
    found = watched([HEAD, *paid("Acme", 0, 0, 0, 0, 0), row(1, "Acme", DAY - days(12), 10, 9)])
    assert said(found) == [("Acme", "always on time, and now paid 9 days late")]
    was = watched([HEAD, *paid("Acme", 0, 0, 0, 0, 0), row(1, "Acme", DAY - days(4), 10)])
    late = row(1, "Acme", DAY - days(4), 10, 3)
    now = watched([HEAD, *paid("Acme", 0, 0, 0, 0, 0), late], known=standing(was))
    assert (now.fired, now.over) == ((), ())
    old = watched([HEAD, *paid("Acme", 0, 0, 0, 0, 0, 5, ago=50)])
    assert said(old) == []


def fallen(to: int) -> list[list[Any]]:
    """Return payments whose index was 80 a month ago, and one since that draws it down."""
    return [HEAD, *paid("Acme", 0, 0, 0, amount=100, ago=100),
            row(1, "Acme", DAY - days(to + 5), 300, to)]  # fmt: skip


def test_an_index_that_fell_ten_points_fires() -> None:
    assert said(watched(fallen(30))) == [("Acme", "payment index fell from 80 to 65")]
    assert said(watched(fallen(7))) == []
    assert said(watched(fallen(30), warn_index_fall=20)) == []


def index_event(before: int, now: int) -> Event:
    return Event("acme", "Acme", "warn_index", "", {"before": before, "now": now}, DAY, number=1)


@pytest.mark.parametrize(
    ("known", "over", "fires"),
    [((80, 65), 0, False), ((68, 58), 1, False), ((80, 75), 1, True), ((80, 76), 1, True),
     ((80, 74), 0, False)],
)  # fmt: skip
def test_an_index_that_fell_fires_again_when_it_falls_as_much_again_or_after_it_rose(
    known: tuple[int, int], over: int, fires: bool
) -> None:
    found = watched(fallen(30), known=(index_event(*known),))
    assert (len(found.over), bool(said(found))) == (over, fires)


def test_a_broken_promise_fires_once_and_a_later_one_again() -> None:
    head = [*HEAD, "Promised on"]
    tab: Rows = [head, [*row(1, "Acme", DAY - days(9), 900), DAY - days(2)]]
    first = watched(tab)
    assert said(first) == [("Acme", "promises broken: 1")]
    assert watched(tab, known=standing(first), on=DAY + days(3)).fired == ()
    later: Rows = [head, [*row(1, "Acme", DAY - days(9), 900), DAY + days(1)]]
    kept = watched(later, known=standing(first))
    assert (len(kept.fired), len(kept.over)) == (0, 1)
    assert said(watched(later, on=DAY + days(2))) == [("Acme", "promises broken: 1")]
    assert watched(tab, warn_promises=False).fired == ()


def test_more_than_a_quarter_owed_by_one_fires_by_currency() -> None:
    assert said(watched(used(26, 25, 25, 24))) == [("C0", "owes 26 % of all that is open in USD")]
    assert said(watched(used(25, 25, 25, 25))) == []
    assert said(watched(used(80, 10, 10))) == []
    assert said(watched(used(50, 25, 25, 25), warn_concentration=Decimal("0.5"))) == []


def test_a_warning_that_is_switched_off_is_over() -> None:
    first = watched(used(26, 25, 25, 24))
    off = watched(used(26, 25, 25, 24), known=standing(first), warn_concentration=None)
    assert (off.fired, len(off.over)) == ((), 1)
