"""Flags that changed, and the sentence that says why."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from collector.model import FlagChange
from collector.rules.changes import flag_changes
from tests.book import Rows, assessed
from tests.rules.test_conduct import HEAD, row

DAY = date(2026, 11, 20)
WEEK = timedelta(days=7)


def changes(
    before: Rows, now: Rows, *, limits: Rows = (), limits_before: Rows | None = None
) -> list[FlagChange]:
    old = limits if limits_before is None else limits_before
    was = assessed(before, DAY - WEEK, customers=old).customers
    return list(flag_changes(was, assessed(now, DAY, customers=limits).customers, DAY - WEEK))


def test_a_flag_that_rose_says_what_made_it() -> None:
    tab: Rows = [HEAD, row(1, "Acme", DAY - timedelta(days=65), 100)]
    (found,) = changes(tab, tab)
    assert found.say() == "Watch→Stop because oldest overdue 65 days"
    assert found.say("zh") == "关注→停供，因为最长逾期 65 天"
    assert (found.customer, found.since) == ("acme", DAY - WEEK)


def test_a_flag_that_fell_says_what_is_over() -> None:
    due = DAY - timedelta(days=65)
    (found,) = changes([HEAD, row(1, "Acme", due, 100)], [HEAD, row(1, "Acme", due, 100, 62)])
    assert found.say() == "Watch→OK because no longer: oldest overdue 58 days"


def test_a_rating_that_fell_says_by_how_much_the_index_did() -> None:
    paid = [row(n, "Acme", DAY - timedelta(days=100 + n), 100, 0) for n in range(3)]
    late = row(9, "Acme", DAY - timedelta(days=90), 700, 86)
    (found,) = changes([HEAD, *paid, [*late[:7], None]], [HEAD, *paid, late])
    assert found.what() == "A→E, OK→Prepay"
    assert found.why() == "the payment index went from 80 to 46"


def test_a_rating_of_the_teams_own_is_said_to_be_theirs() -> None:
    head = ["Customer", "Rating"]
    tab: Rows = [HEAD, row(1, "Acme", DAY + WEEK, 100)]
    (found,) = changes(tab, tab, limits=[head, ["Acme", "D"]], limits_before=[head, ["Acme", "B"]])
    assert found.say() == "B→D, OK→Prepay because rating D is yours"


@pytest.mark.parametrize("who", ["Bolt", "Acme"])
def test_new_customers_and_first_ratings_are_no_change(who: str) -> None:
    paid = [row(n, who, DAY - timedelta(days=30 + n), 100, 27 + n) for n in range(3)]
    opened = [[*each[:7], None] for each in paid] if who == "Acme" else []
    soon = row(20, "Cargo", DAY + WEEK, 1)
    found = changes([HEAD, *opened, soon], [HEAD, *paid, soon])
    assert [each for each in found if each.before.rating != each.now.rating and who == "Bolt"] == []


def test_the_gravest_comes_first() -> None:
    late = DAY - timedelta(days=33)
    tab: Rows = [HEAD, row(1, "Acme", late, 1), row(2, "Bolt", late - timedelta(days=32), 1)]
    was = [HEAD, row(1, "Acme", late, 1), row(3, "Bolt", DAY + WEEK, 1)]
    assert [each.customer for each in changes(was, tab)] == ["bolt", "acme"]
