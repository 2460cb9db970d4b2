"""What the Outbox lists and what its ticks come to, on books and rows that stand in the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from collector.intake.outbox import Outbox, OutboxRow
from collector.letters.render import compose
from collector.model import (
    AddColumn,
    AddTab,
    AppendRows,
    Cell,
    ColumnEdit,
    Held,
    Policy,
    Sender,
    Spoken,
    State,
    Stored,
)
from collector.plan import History, Plan, make_plan
from collector.plan.drafts import digest
from collector.plan.outbox import Listed, Row, held_rows, listed, total_cell
from collector.plan.tabs import free_name, outbox_changes
from collector.plan.ticks import Judged, judge
from collector.rules import Assessment
from tests.book import assessed, book, policy

FRIDAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
SENDER = Sender("Accounts", "ar@seller.example")
HEAD: list[Cell] = ["Customer", "Email", "Invoice", "Due Date", "Amount", "Paid"]
TERMS = policy(mode="approve", statement_day=None)


def late(customer: str = "Acme", days: int = 20, amount: int = 100, paid: int = 0) -> list[Cell]:
    due = FRIDAY - timedelta(days=days)
    return [customer, f"ap@{customer.casefold()}.example", f"{customer}-1", due, amount, paid]


class Desk:
    """A book planned for, its messages stored as waiting, and its Outbox as listed."""

    def __init__(self, *rows: list[Cell], terms: Policy = TERMS, **facts: Any) -> None:
        self.terms = terms
        self.assessment: Assessment = assessed([HEAD, *rows], FRIDAY, terms=terms)
        self.plan: Plan = make_plan(
            book([HEAD, *rows], terms=terms), self.assessment, History(**facts), terms, now=None
        )
        self.pending = [self.stored(draft, n) for n, draft in enumerate(self.plan.drafts)]

    def stored(self, draft: Any, number: int, state: State = "waiting") -> Stored:
        message = compose(
            draft,
            SENDER,
            book="book",
            message_id=f"<{number:032x}@x>",
            date=NOW,
            digest=digest(draft, SENDER),
        )
        return Stored(message, state, "")

    def listed(self, *held: Held) -> list[Listed]:
        return listed(self.plan, self.pending, (*self.plan.held, *held), self.terms, SENDER)

    def judge(self, outbox: Outbox | None, spoken: tuple[Spoken, ...] = ()) -> Judged:
        return judge(outbox, self.listed(), self.plan, spoken, self.terms)


COLUMNS = {key: at for at, key in enumerate(
    ("customer", "to", "cc", "subject", "step", "total", "invoices", "why_now", "approve", "state",
     "key", "preview"))}  # fmt: skip


def tab(*rows: tuple[Row, Any], blank: tuple[int, ...] = ()) -> Outbox:
    """Return the tab as it would be read with these rows, each with what people put as a tick."""
    read = []
    for number, (row, mark) in enumerate(rows, 2):
        cells = {**row.cells, "key": row.key, "approve": mark}
        read.append(OutboxRow(number, cells, row.key, "yes" if mark else ""))
    return Outbox("Outbox", 1, COLUMNS, tuple(read), blank, 12)


def test_a_tick_beside_a_message_releases_it_and_only_it() -> None:
    desk = Desk(late(), late("Beta"))
    acme, beta = (entry.row for entry in desk.listed())
    judged = desk.judge(tab((acme, None), (beta, "x")))
    assert [entry.row for entry in judged.release] == [beta]
    assert (judged.withdraw, dict(judged.void), judged.problems) == ((), {}, ())


def test_without_a_tab_nothing_is_released() -> None:
    assert Desk(late()).judge(None) == Judged()


def test_what_a_tick_released_is_taken_back_when_the_tab_is_gone() -> None:
    desk = Desk(late(), late("Beta"))
    ticked, terminal = desk.pending
    desk.pending = [
        replace(ticked, state="approved", ticked=True), replace(terminal, state="approved"),
    ]  # fmt: skip
    assert [e.stored.message.customer for e in desk.judge(None).withdraw] == ["acme"]


def test_the_tick_of_a_message_that_has_gone_is_nothing_to_speak_of() -> None:
    desk = Desk(late())
    (acme,) = (entry.row for entry in desk.listed())
    desk.pending = []
    number = acme.key.partition("-")[0]
    spoken = Spoken("o", "acme", FRIDAY, "first", (), f"<{number}{'0' * 22}@x>", "s")
    assert desk.judge(tab((acme, "x")), (spoken,)) == Judged()


def test_void_names_everything_that_changed() -> None:
    (row,) = (entry.row for entry in Desk(late()).listed())
    now = Desk([*late(days=40, paid=25)[:1], "new@acme.example", *late(days=40, paid=25)[2:]])
    judged = now.judge(tab((row, "x")))
    assert judged.release == ()
    assert judged.void[2] == (
        "total was 100.00, is 75.00; address was ap@acme.example, is new@acme.example"
    )
    (problem,) = judged.problems
    assert str(problem.where) == "Outbox!I2"
    assert problem.say("zh").startswith("批准无效：合计原为 100.00，现为 75.00；")


def test_what_is_held_now_is_why_the_tick_is_void() -> None:
    (row,) = (entry.row for entry in Desk(late()).listed())
    bad = Desk([*late()[:4], "ten", 0])
    assert bad.judge(tab((row, "x"))).void[2] == "unreadable, see Invoices!E2"
    assert Desk(late(paid=100)).judge(tab((row, "x"))).void[2] == "nothing is due any more"


def test_a_statement_takes_no_reminders_place() -> None:
    (row,) = (entry.row for entry in Desk(late()).listed())
    terms = replace(TERMS, statement_day=20)
    paid = Desk(late(paid=100), [*late(days=-20)[:2], "Acme-2", *late(days=-20)[3:]], terms=terms)
    assert [draft.step for draft in paid.plan.drafts] == ["statement"]
    assert paid.judge(tab((row, "x"))).void[2] == "nothing is due any more"


def test_sums_of_another_currency_are_said_with_it() -> None:
    assert total_cell([("USD", Decimal("1234.50"))], TERMS) == 1234.5
    two = [("EUR", Decimal("1234.50")), ("USD", Decimal(3))]
    assert total_cell(two, TERMS) == "EUR 1,234.50; USD 3"


def test_a_customer_held_for_several_reasons_has_one_row() -> None:
    desk = Desk(late())
    held = [Held("beta", "Beta", "held_paused", {"until": "2026-12-01"}),
            Held("beta", "Beta", "held_credit")]  # fmt: skip
    (row,) = held_rows([], held, desk.plan, desk.assessment, TERMS)
    assert row.cells["state"] == (
        "held: paused until 2026-12-01; unapplied credit covers the balance"
    )
    assert row.key.startswith("held-")


def test_why_a_released_message_has_not_gone_stands_in_its_own_row() -> None:
    desk = Desk(late())
    desk.pending = [replace(each, state="approved") for each in desk.pending]
    day = Held("acme", "Acme", "held_hours")
    (entry,) = desk.listed(day)
    assert entry.row.cells["state"] == "held: outside the sending hours"
    assert held_rows([entry], [day], desk.plan, desk.assessment, TERMS) == []


# ── the changes ──────────────────────────────────────────────────────────────────────────────


def test_a_tab_is_made_with_its_headings_its_choices_and_its_rows() -> None:
    rows = [entry.row for entry in Desk(late()).listed()]
    made = outbox_changes(None, rows, Judged(), (), TERMS)
    add, *rest = made.changes
    assert add == AddTab("Outbox", "outbox", {8: ("yes", "no")})
    assert [change.key for change in rest if isinstance(change, AddColumn)] == list(COLUMNS)
    (appended,) = (change for change in rest if isinstance(change, AppendRows))
    assert appended.rows[0][:2] == ["Acme", "ap@acme.example"]
    assert made.rows == 1
    assert outbox_changes(None, [], Judged(), (), TERMS).changes == ()


def test_what_is_shown_already_is_not_written_again() -> None:
    rows = [entry.row for entry in Desk(late(), late("Beta")).listed()]
    shown = tab((rows[1], None), (rows[0], "x"))
    assert outbox_changes(shown, rows, Judged(), (), TERMS).changes == ()


def test_a_row_goes_into_a_blank_one_before_it_goes_below() -> None:
    rows = [entry.row for entry in Desk(late(), late("Beta"), late("Gamma")).listed()]
    made = outbox_changes(tab((rows[0], None), blank=(3,)), rows, Judged(), (), TERMS)
    edits = [change for change in made.changes if isinstance(change, ColumnEdit)]
    assert {tuple(edit.rows) for edit in edits} == {(3,)}
    (below,) = (change for change in made.changes if isinstance(change, AppendRows))
    assert (below.rows[0][0], made.rows) == ("Gamma", 2)


def test_a_row_that_is_wanted_no_more_is_emptied_where_it_stands() -> None:
    rows = [entry.row for entry in Desk(late(), late("Beta")).listed()]
    made = outbox_changes(tab((rows[0], None), (rows[1], None)), rows[1:], Judged(), (), TERMS)
    assert all(list(change.rows) == [2] for change in made.changes)  # type: ignore[union-attr]
    assert all(list(change.values) == [None] for change in made.changes)  # type: ignore[union-attr]


def test_names_of_the_teams_tabs_are_theirs() -> None:
    assert free_name("outbox", (), TERMS) == "Outbox"
    assert free_name("outbox", ["OUTBOX"], TERMS) == "Collector outbox"
    taken = ["Outbox", "Collector outbox", "Collector outbox 2"]
    assert free_name("outbox", taken, TERMS) == "Collector outbox 3"
    assert free_name("log", ["催收记录"], policy(language="zh")) == "Collector 催收记录"
