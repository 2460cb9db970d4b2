"""The ladder: one step at a time, spaced, restarted by a new due date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from collector.model import Policy, Spoken, Step
from collector.rules.dunning import Pace, ladder, paces
from tests.book import POLICY, assessed, policy

DUE = date(2026, 10, 1)
STEM = "book/acme/reminder/A/2026-10-01"


def day(overdue: int) -> date:
    return DUE + timedelta(days=overdue)


def said(step: str, on: date, *, stem: str = STEM, message: str = "<1@x>") -> Spoken:
    return Spoken(f"{stem}/{step}", "acme", on, step, ("ap@acme.example",), message, "")


def climb(as_of: date, *spoken: Spoken, due: date = DUE, terms: Policy = POLICY) -> dict[str, Any]:
    """Return the ladder's row of one invoice."""
    found = assessed(
        [
            ["Invoice", "Customer", "Email", "Due Date", "Amount"],
            ["A", "Acme", "ap@acme.example", due, 100],
        ],
        as_of,
        terms=terms,
    )
    return ladder(found.invoices, spoken, terms, as_of).iloc[0].to_dict()


def next_step(as_of: date, *spoken: Spoken, terms: Policy = POLICY) -> str:
    """Return the step that may be taken on a day, '' when none."""
    row = climb(as_of, *spoken, terms=terms)
    return str(row["occasion"]).rpartition("/")[2] if row["due_now"] else ""


@pytest.mark.parametrize(
    ("overdue", "step"),
    [
        (-4, ""), (-3, "courtesy"), (0, "courtesy"), (1, ""), (2, ""),
        (3, "first"), (14, "first"), (45, "first"), (365, "first"),
    ],
)  # fmt: skip
def test_an_invoice_never_chased_starts_at_first_however_old_it_is(overdue: int, step: str) -> None:
    assert next_step(day(overdue)) == step


def test_after_a_step_comes_the_next_one_and_no_sooner_than_the_ladder_spaces_them() -> None:
    late = said("first", day(100))
    assert next_step(day(110), late) == ""
    assert next_step(day(111), late) == "second"
    second = said("second", day(111))
    assert next_step(day(126), late, second) == ""
    assert next_step(day(127), late, second) == "third"


def test_after_courtesy_first_comes_three_days_late() -> None:
    assert next_step(day(2), said("courtesy", day(-3))) == ""
    assert next_step(day(3), said("courtesy", day(-3))) == "first"


def test_a_later_due_date_restarts_the_ladder() -> None:
    before = [said("first", day(3)), said("second", day(14))]
    row = climb(day(40), *before, due=day(30))
    assert row["occasion"] == "book/acme/reminder/A/2026-10-31/first"


def test_after_the_last_step_nothing_comes_by_itself() -> None:
    row = climb(day(300), said("final", day(45)))
    assert (row["step"], row["due_now"]) == (len(POLICY.steps), False)


def test_the_last_step_is_repeated_as_often_as_the_policy_says() -> None:
    terms = policy(repeat_days=10, max_repeats=2)
    final, once, twice = said("final", day(45)), said("final.1", day(55)), said("final.2", day(65))
    assert next_step(day(54), final, terms=terms) == ""
    assert next_step(day(55), final, terms=terms) == "final.1"
    assert next_step(day(65), final, once, terms=terms) == "final.2"
    assert next_step(day(99), final, once, twice, terms=terms) == ""


def test_a_step_the_policy_no_longer_has_counts_as_what_its_day_would_have_earned() -> None:
    terms = policy(steps=(Step("gentle", 3), Step("firm", 20)))
    assert next_step(day(30), said("second", day(14)), terms=terms) == ""
    assert next_step(day(31), said("second", day(14)), terms=terms) == "firm"
    assert next_step(day(99), said("third", day(30)), terms=terms) == ""


def test_names_with_slashes_cannot_be_taken_for_another_occasion() -> None:
    found = assessed(
        [
            ["Invoice", "Customer", "Email", "Due Date", "Amount", "Instalment"],
            ["2026/17", "A/S Nord", "ap@nord.example", DUE, 100, "2/3"],
        ],
        day(5),
    )
    occasion = ladder(found.invoices, (), POLICY, day(5))["occasion"].iat[0]
    assert occasion == "book/a%2Fs nord/reminder/2026%2F17#2%2F3/2026-10-01/first"


def test_a_row_without_a_number_is_known_by_its_amount() -> None:
    found = assessed(
        [["Customer", "Email", "Due Date", "Amount"], ["Acme", "ap@acme.example", DUE, 100]],
        day(5),
    )
    occasion = ladder(found.invoices, (), POLICY, day(5))["occasion"].iat[0]
    assert occasion == "book/acme/reminder/~USD10000/2026-10-01/first"


def test_the_gap_and_the_weekly_cap_say_from_which_day_mail_may_go() -> None:
    monday = date(2026, 11, 16)
    assert Pace().free_on(POLICY, monday) == monday
    assert Pace((monday,)).free_on(POLICY, monday + timedelta(days=4)) == date(2026, 11, 21)
    assert Pace((monday,)).free_on(POLICY, monday + timedelta(days=5)) == date(2026, 11, 21)
    daily = policy(gap_days=1, max_per_week=2)
    twice = Pace((monday, monday + timedelta(days=1)))
    assert twice.free_on(daily, monday + timedelta(days=2)) == date(2026, 11, 23)


def test_one_message_with_three_occasions_is_one_day_of_the_pace() -> None:
    spoken = [said(step, day(3)) for step in ("courtesy", "first", "second")]
    assert paces(spoken) == {"acme": Pace((day(3),))}
