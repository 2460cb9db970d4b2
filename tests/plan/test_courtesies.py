"""Letters beside the ladder: each off by default, and each said once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from collector.model import Draft, Policy, Spoken
from collector.plan import History, Plan, make_plan
from collector.rules import assess
from tests.book import Rows, book, policy

DAY = date(2026, 11, 20)  # a Friday
HEADINGS = ["Customer", "Email", "Invoice No.", "Invoice Date", "Due Date", "Amount", "Paid",
            "Paid on", "Promised on", "Instalment"]  # fmt: skip


def row(**cells: Any) -> list[Any]:
    facts = {"Customer": "Acme", "Email": "ap@acme.example", "Invoice No.": "INV-1",
             "Invoice Date": datetime(2026, 9, 1), "Due Date": datetime(2026, 11, 1),
             "Amount": 100, "Paid": 0}  # fmt: skip
    named = {key.replace("_", " "): value for key, value in cells.items()}
    return [(facts | named).get(heading) for heading in HEADINGS]


def planned(rows: Rows, terms: Policy, *occasions: str) -> Plan:
    read = book([HEADINGS, *rows], terms=terms)
    spoken = tuple(
        Spoken(each, "Acme", date(2026, 10, 1), "first", ("ap@acme.example",), "<a@b>", "x")
        for each in occasions
    )
    last_to = {"acme": ("ap@acme.example",)} if spoken else {}
    return make_plan(read, assess(read, terms, DAY), History(spoken, last_to), terms, now=None)


def only(plan: Plan) -> Draft:
    (draft,) = plan.drafts
    return draft


PAID = row(Paid=100, Paid_on=datetime(2026, 11, 18))
REMINDED = "book/acme/reminder/INV-1/2026-11-01/first"


def test_a_payment_that_we_reminded_of_is_thanked_for_once() -> None:
    terms = policy(thanks=True)
    draft = only(planned([PAID], terms, REMINDED))
    assert (draft.step, draft.occasions) == ("thanks", ("book/acme/thanks/INV-1/2026-11-18",))
    assert [line.invoice for line in draft.received] == ["INV-1"]
    assert not planned([PAID], terms, REMINDED, *draft.occasions).drafts


def test_nobody_is_thanked_unasked_or_late_or_for_what_was_never_chased() -> None:
    assert not planned([PAID], policy(), REMINDED).drafts
    assert not planned([PAID], policy(thanks=True)).drafts
    long_ago = row(Paid=100, Paid_on=datetime(2026, 11, 2))
    assert not planned([long_ago], policy(thanks=True), REMINDED).drafts


def test_a_customer_who_still_owes_is_reminded_and_not_thanked() -> None:
    late = row(**{"Invoice_No.": "INV-2"})
    assert only(planned([PAID, late], policy(thanks=True), REMINDED)).step == "first"


def test_a_broken_promise_has_words_of_its_own_once() -> None:
    rows = [row(Promised_on=datetime(2026, 11, 15))]
    draft = only(planned(rows, policy(promise_broken=True)))
    promise = "book/acme/promise/INV-1/2026-11-15"
    assert (draft.variant, draft.step) == ("promise_broken", "first")
    assert draft.occasions == (REMINDED, promise)
    assert only(planned(rows, policy(promise_broken=True), promise)).variant == ""
    assert only(planned(rows, policy())).variant == ""


def test_an_instalment_about_to_fall_due_has_words_of_its_own() -> None:
    rows = [row(Due_Date=datetime(2026, 11, 23), Instalment="2")]
    draft = only(planned(rows, policy(instalment_due=True)))
    assert (draft.variant, draft.step) == ("instalment_due", "courtesy")
    whole = [row(Due_Date=datetime(2026, 11, 23))]
    assert only(planned(whole, policy(instalment_due=True))).variant == ""


def test_what_is_open_comes_with_the_named_step_and_later() -> None:
    late = [row(Due_Date=datetime(2026, 10, 10))]
    said = "book/acme/reminder/INV-1/2026-10-10/second"
    assert only(planned(late, policy(statement_from="third"))).statement is None
    draft = only(planned(late, policy(statement_from="third"), said))
    assert draft.step == "third"
    assert draft.statement is not None
    assert draft.statement.sections[0].closing == 100
    assert not any("/statement/" in each for each in draft.occasions)


def test_who_paid_the_promised_part_is_not_told_of_a_broken_promise() -> None:
    cells = row(Promised_on=datetime(2026, 11, 15), Paid=40, Paid_on=datetime(2026, 11, 14))
    rows = [[*HEADINGS, "Promised Amount"], [*cells, 40]]
    terms = policy(promise_broken=True)
    read = book(rows, terms=terms)
    plan = make_plan(read, assess(read, terms, DAY), History((), {}), terms, now=None)
    assert (only(plan).variant, only(plan).step) == ("", "first")
