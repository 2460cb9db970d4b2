"""Who is written to, what the message lists, who is held and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from collector.model import Cell, Policy, Sender, Spoken, Step
from collector.plan import History, Plan, make_plan
from collector.plan.drafts import digest
from collector.rules import assess
from tests.book import POLICY, Rows, adding, book, policy

FRIDAY = date(2026, 11, 20)
HEAD = ["Invoice", "Customer", "Email", "Due Date", "Amount"]
MAIL = "ap@acme.example"


def plan(
    rows: Rows,
    *,
    as_of: date = FRIDAY,
    spoken: tuple[Spoken, ...] = (),
    terms: Policy = POLICY,
    now: datetime | None = None,
    last_to: dict[str, tuple[str, ...]] | None = None,
    **tabs: Any,
) -> Plan:
    read = book(rows, terms=terms, **tabs)
    history = History(spoken=spoken, last_to=last_to or {})
    return make_plan(read, assess(read, terms, as_of), history, terms, now=now)


def late(
    days: int, number: str = "", customer: str = "Acme", email: str | None = MAIL
) -> list[Cell]:
    due = FRIDAY - timedelta(days=days)
    return [number or f"D{days}", customer, email, due, 100]


def said(occasion: str, on: date, customer: str = "acme") -> Spoken:
    return Spoken(occasion, customer, on, occasion.rpartition("/")[2], (MAIL,), f"<{on}@x>", "")


def reasons(found: Plan) -> list[tuple[str, str]]:
    return [(held.customer_name, held.code) for held in found.held]


def test_one_message_lists_all_that_is_overdue_and_apart_what_falls_due() -> None:
    found = plan(
        [HEAD, late(20), late(1), late(-2), late(-30), late(4, "B", "Beta", "b@b.example")]
    )
    first, second = found.drafts
    assert (first.customer_name, second.customer_name) == ("Acme", "Beta")
    assert [line.invoice for line in first.overdue] == ["D20", "D1"]
    assert [line.invoice for line in first.due_soon] == ["D-2"]
    assert first.step == "first"
    assert first.occasions == (
        "book/acme/reminder/D20/2026-10-31/first",
        "book/acme/reminder/D-2/2026-11-22/courtesy",
    )
    assert [str(total.overdue) for total in first.totals] == ["200.00"]


def test_the_wording_is_that_of_the_highest_step() -> None:
    spoken = (said("book/acme/reminder/D40/2026-10-11/second", date(2026, 10, 25)),)
    found = plan([HEAD, late(40), late(4)], spoken=spoken)
    assert [draft.step for draft in found.drafts] == ["third"]


def test_a_step_that_waits_for_approval_is_a_message_of_its_own() -> None:
    spoken = (said("book/acme/reminder/D60/2026-09-21/third", date(2026, 10, 25)),)
    found = plan([HEAD, late(60), late(4)], spoken=spoken, terms=policy(mode="send"))
    rest, final = found.drafts
    assert (rest.step, rest.approval, [x.invoice for x in rest.overdue]) == ("first", "", ["D4"])
    assert (final.step, final.approval) == ("final", "held_approval_step")
    assert [x.invoice for x in final.overdue] == ["D60"]


def test_credits_are_shown_and_deducted() -> None:
    credit = ["CN", "Acme", MAIL, None, -30]
    (draft,) = plan([HEAD, late(4), credit]).drafts
    (total,) = draft.totals
    assert (str(total.overdue), str(total.credit)) == ("100.00", "30.00")
    assert [line.invoice for line in draft.credits] == ["CN"]


def test_credit_that_covers_the_balance_holds_the_customer() -> None:
    found = plan([HEAD, late(4), ["CN", "Acme", MAIL, None, -100]])
    assert (found.drafts, reasons(found)) == ((), [("Acme", "held_credit")])


@pytest.mark.parametrize(
    ("heading", "below"),
    [
        ("Paid", [None, None, None, None, None, 40]),
        ("Note", [None, "Less: advance", None, None, 40]),
    ],
)
def test_a_row_that_is_no_invoice_of_its_own_holds_the_customer_above(
    heading: str, below: list[Cell]
) -> None:
    found = plan([[*HEAD, heading], [*late(4), None], below, late(4, "B", "Beta", "b@b.example")])
    assert reasons(found) == [("Acme", "held_problem")]
    assert [draft.customer_name for draft in found.drafts] == ["Beta"]


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("Do Not Chase", "yes", "held_do_not_chase"),
        ("Dispute", "wrong price", "held_disputed"),
        ("Promised On", date(2026, 11, 20), "held_promised"),
        ("Hold Until", date(2026, 11, 20), "held_paused"),
        ("不催", "是", "held_do_not_chase"),
    ],
)
def test_columns_hold_reminders_each_with_its_reason(heading: str, value: Cell, code: str) -> None:
    found = plan([[*HEAD, heading], [*late(4), value]])
    assert (found.drafts, reasons(found)) == ((), [("Acme", code)])


def test_a_promise_reads_as_the_contract_says() -> None:
    found = plan([[*HEAD, "Promised On"], [*late(4), date(2026, 11, 30)]])
    assert found.held[0].say() == "promised until 2026-11-30 (D4)"


def test_a_disputed_invoice_is_held_and_the_others_go() -> None:
    found = plan([[*HEAD, "Dispute"], [*late(4), "wrong price"], [*late(5), None]])
    (draft,) = found.drafts
    assert [line.invoice for line in draft.overdue] == ["D5"]
    assert reasons(found) == [("Acme", "held_disputed")]


def test_one_unreadable_row_holds_the_whole_customer_and_nobody_else() -> None:
    bad = ["X", "Acme", MAIL, "soon", 100]
    found = plan([HEAD, late(4), bad, late(4, "B", "Beta", "b@b.example")])
    assert [draft.customer_name for draft in found.drafts] == ["Beta"]
    (held,) = found.held
    assert (held.customer_name, held.code) == ("Acme", "held_problem")
    assert "Invoices!D3" in held.say()


def test_a_problem_on_a_settled_row_holds_nothing() -> None:
    rows = [[*HEAD, "Paid"], [*late(4), 0], ["X", "Acme", MAIL, "soon", 100, 100]]
    assert [draft.customer_name for draft in plan(rows).drafts] == ["Acme"]


@pytest.mark.parametrize(
    ("email", "code"), [(None, "held_no_email"), ("not an address", "held_bad_email")]
)
def test_no_valid_address_holds_and_gives_the_owner_a_task(email: Cell, code: str) -> None:
    found = plan([HEAD, ["A", "Acme", email, FRIDAY - timedelta(days=4), 100]])
    assert found.drafts == ()
    assert reasons(found) == [("Acme", code)]
    assert [task.what for task in found.tasks] == ["task_address"]


def test_two_addresses_for_one_customer_hold_them_unless_the_customers_tab_settles_it() -> None:
    rows = [HEAD, late(4), late(5, email="other@acme.example")]
    assert reasons(plan(rows)) == [("Acme", "held_problem")]
    tab = [["Customer", "Email"], ["Acme", "tab@acme.example"]]
    (draft,) = plan(rows, customers=tab).drafts
    assert draft.to == ("tab@acme.example",)


def test_a_changed_address_waits_for_a_person_in_every_mode() -> None:
    found = plan([HEAD, late(4)], last_to={"acme": ("old@acme.example",)})
    assert [draft.approval for draft in found.drafts] == ["held_approval_address"]


def test_within_the_gap_nothing_goes_and_the_draft_stays_wanted() -> None:
    spoken = (said("book/acme/reminder/OLD/2026-10-01/first", FRIDAY - timedelta(days=4)),)
    found = plan([HEAD, late(4)], spoken=spoken)
    assert (found.drafts, len(found.later)) == ((), 1)
    assert reasons(found) == [("Acme", "held_gap")]


@pytest.mark.parametrize("as_of", [date(2026, 11, 21), date(2026, 11, 22)])
def test_no_mail_goes_on_a_weekend(as_of: date) -> None:
    found = plan([HEAD, late(4)], as_of=as_of)
    assert (found.drafts, reasons(found)) == ((), [("Acme", "held_day")])


def test_public_holidays_and_make_up_days_count_where_the_policy_names_a_country() -> None:
    rows = [HEAD, ["A", "Acme", MAIL, date(2026, 9, 1), 100]]
    china = policy(holidays="CN")
    assert plan(rows, as_of=date(2026, 10, 1), terms=china).drafts == ()
    # The Sunday before National Day is a working day that year.
    assert len(plan(rows, as_of=date(2026, 9, 20), terms=china).drafts) == 1


def test_a_customers_own_country_decides_where_the_policy_says_so() -> None:
    rows = [[*HEAD, "Country"], ["A", "Acme", MAIL, date(2026, 11, 1), 100, "美国"]]
    thanksgiving = date(2026, 11, 26)
    assert plan(rows, as_of=thanksgiving, terms=policy(holidays="customer")).drafts == ()
    assert len(plan(rows, as_of=thanksgiving).drafts) == 1


@pytest.mark.parametrize(
    ("hour", "zone", "count"),
    [
        (1, None, 1),
        (0, None, 0),
        (11, None, 0),
        (1, "America/New_York", 0),
        (15, "America/New_York", 1),
    ],
)
def test_hours_are_judged_at_the_customers_place_when_the_day_is_today(
    hour: int, zone: str | None, count: int
) -> None:
    now = datetime(2026, 11, 20, hour, 30, tzinfo=UTC)
    rows = [[*HEAD, "Time Zone"], [*late(4), zone]]
    assert len(plan(rows, now=now).drafts) == count


def test_over_the_cap_of_the_run_customers_are_held() -> None:
    rows = [HEAD, *(late(4, f"N{i}", f"Firm {i}", f"ap@firm{i}.example") for i in range(5))]
    found = plan(rows, terms=policy(max_per_run=3))
    assert (len(found.drafts), len(found.later)) == (3, 2)
    assert reasons(found) == [("Firm 3", "held_cap"), ("Firm 4", "held_cap")]


def test_below_the_minimum_nothing_is_asked_for() -> None:
    found = plan([HEAD, late(4)], terms=policy(minimum=replace(POLICY).tolerance * 20000))
    assert (found.drafts, reasons(found)) == ((), [("Acme", "held_minimum")])


def test_the_ladder_climbed_is_a_task_for_a_person() -> None:
    spoken = (said("book/acme/reminder/D80/2026-09-01/final", date(2026, 10, 20)),)
    found = plan([HEAD, late(80)], spoken=spoken)
    assert [(task.customer_name, task.what) for task in found.tasks] == [("Acme", "task_climbed")]


def test_a_row_without_a_customer_is_counted_and_written_to_nobody() -> None:
    found = plan([HEAD, ["A", None, None, date(2026, 11, 1), 100]])
    assert (found.drafts, found.held) == ((), ())


def test_a_statement_due_the_same_day_goes_with_the_reminder() -> None:
    monday = date(2026, 11, 2)
    rows = [
        HEAD,
        ["A", "Acme", MAIL, date(2026, 10, 25), 100],
        ["B", "Beta", "b@b.example", date(2026, 12, 25), 5],
    ]
    first, second = plan(rows, as_of=monday).drafts
    assert first.occasions[-1] == "book/acme/statement/2026-10"
    assert first.statement is not None
    assert (second.customer_name, second.step, second.overdue) == ("Beta", "statement", ())


def test_the_gap_does_not_hold_a_statement() -> None:
    monday = date(2026, 11, 2)
    spoken = (said("book/acme/reminder/OLD/2026-10-01/first", monday - timedelta(days=1)),)
    found = plan([HEAD, ["A", "Acme", MAIL, date(2026, 10, 25), 100]], as_of=monday, spoken=spoken)
    assert [draft.step for draft in found.drafts] == ["statement"]
    assert [draft.step for draft in found.later] == ["first"]


def test_a_statement_that_goes_without_its_reminder_keeps_what_it_must_wait_for() -> None:
    monday = date(2026, 11, 2)
    spoken = (said("book/acme/reminder/OLD/2026-10-01/first", monday - timedelta(days=1)),)
    rows = [HEAD, ["A", "Acme", MAIL, date(2026, 10, 25), 100]]
    found = plan(rows, as_of=monday, spoken=spoken, last_to={"acme": ("old@acme.example",)})
    assert [draft.approval for draft in found.drafts] == ["held_approval_address"]
    assert [draft.occasions for draft in found.later] == [
        ("book/acme/reminder/A/2026-10-25/first",)
    ]


def test_unapplied_receipts_are_credit_too() -> None:
    took = [["Date", "Customer", "Amount"], [FRIDAY, "Acme", 60]]
    head = [*HEAD, "Paid"]
    # The receipt fills the older invoice and leaves ten over for no invoice at all.
    found = plan(
        [head, ["A", "Acme", MAIL, date(2026, 11, 1), 50, 0]], receipts=took, terms=adding()
    )
    assert found.drafts == ()


def test_credit_in_one_currency_holds_that_currency_only() -> None:
    head = [*HEAD, "Currency"]
    rows = [
        head,
        [*late(4, "USD1"), "USD"],
        [*late(5, "EUR1"), "EUR"],
        ["CN", "Acme", MAIL, None, -300, "EUR"],
    ]
    (draft,) = plan(rows).drafts
    assert [line.invoice for line in draft.overdue] == ["USD1"]
    assert [total.currency for total in draft.totals] == ["USD"]
    assert len(draft.occasions) == 1


def test_two_addresses_on_the_customers_tab_are_said_with_their_place() -> None:
    tab = [["Customer", "Email"], ["Acme", "a@acme.example"], ["Acme", "b@acme.example"]]
    found = plan([HEAD, late(4, email=None)], customers=tab)
    assert found.drafts == ()
    assert [held.say() for held in found.held] == [
        "unreadable: Customers!B3: The rows of this customer give different addresses "
        "(a@acme.example; b@acme.example); agree on one, or write it on the customers tab."
    ]


def test_a_code_respelt_does_not_start_the_ladder_or_the_gap_again() -> None:
    head = ["Customer Code", *HEAD]
    spoken = (said("book/C-1/reminder/D4/2026-11-16/first", FRIDAY, customer="C-1"),)
    assert plan([head, ["c-1", *late(4)]], spoken=spoken).drafts == ()
    assert plan([head, ["c-1", *late(4)]]).drafts[0].customer == "c-1"


def _two_steps() -> Policy:
    return policy(mode="send", steps=(Step("first", 3), Step("final", 14, approve=True)))


def test_credit_is_deducted_once_from_what_waits_and_reads_the_same_the_next_day() -> None:
    spoken = (said("book/acme/reminder/D14/2026-11-06/first", date(2026, 11, 9)),)
    rows = [
        HEAD,
        ["D14", "Acme", MAIL, date(2026, 11, 6), 500],
        ["D7", "Acme", MAIL, date(2026, 11, 13), 100],
        ["CN", "Acme", MAIL, None, -120],
    ]
    rest, final = plan(rows, spoken=spoken, terms=_two_steps()).drafts
    assert [(str(t.overdue), str(t.credit)) for t in rest.totals] == [("100.00", "0.00")]
    assert [(str(t.overdue), str(t.credit)) for t in final.totals] == [("500.00", "120.00")]
    after = (*spoken, said("book/acme/reminder/D7/2026-11-13/first", FRIDAY))
    monday = date(2026, 11, 23)
    (waits,) = plan(rows, spoken=after, terms=_two_steps(), as_of=monday).later
    sender = Sender("A", "ar@seller.example")
    assert digest(waits, sender) == digest(final, sender)


def test_credit_that_covers_what_would_wait_is_deducted_from_the_rest() -> None:
    spoken = (said("book/acme/reminder/D14/2026-11-06/first", date(2026, 11, 9)),)
    rows = [
        HEAD,
        ["D14", "Acme", MAIL, date(2026, 11, 6), 100],
        ["D7", "Acme", MAIL, date(2026, 11, 13), 500],
        ["CN", "Acme", MAIL, None, -120],
    ]
    (rest,) = plan(rows, spoken=spoken, terms=_two_steps()).drafts
    assert rest.approval == ""
    assert [(str(t.overdue), str(t.credit)) for t in rest.totals] == [("500.00", "120.00")]


def test_without_steps_nobody_is_reminded_and_the_sheet_is_marked_all_the_same() -> None:
    found = plan([HEAD, late(20)], terms=policy(steps=()))
    assert (found.drafts, found.held, found.tasks) == ((), (), ())
