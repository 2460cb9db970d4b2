"""A team that edits its book all the time: no message contradicts the sheet as it is sent.

What may be said is written down here a second time, plainly, row by row; it shares nothing with
the program but the words of the occasions. COLLECTOR_SEED repeats a failure, COLLECTOR_PASSES
makes it longer.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl

from collector.letters.mime import occasions_of
from tests.mail_server import MailServer, Received
from tests.office import HEAD, Office

PASSES = int(os.environ.get("COLLECTOR_PASSES", "0")) or 14
SEED = int(os.environ.get("COLLECTOR_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
START = date(2026, 11, 2)
LADDER = {"first": 3, "second": 14, "third": 30, "final": 45}
NAMES = list(LADDER)
GAP, PER_WEEK = 5, 2


# ── the sheet, as the team sees it ───────────────────────────────────────────────────────────


@dataclass
class Invoice:
    customer: str
    email: str
    number: str
    due: date
    amount: int
    paid: int = 0
    disputed: bool = False

    def cells(self) -> list[Any]:
        issued = self.due - timedelta(days=30)
        dispute = "wrong price" if self.disputed else None
        return [self.customer, self.email, self.number, issued, self.due, self.amount, self.paid,
                dispute]  # fmt: skip

    def late(self, today: date) -> bool:
        return self.amount > self.paid and self.due < today and not self.disputed


@dataclass
class Said:
    day: date
    customer: str
    email: str
    reasons: list[tuple[str, str, str]]  # number, due date, step


def numbers_in(occasions: tuple[str, ...]) -> set[str]:
    """Return the invoice numbers that a message's reasons are about."""
    return {unquote(each.split("/")[-3]) for each in occasions}


@dataclass
class Sheet:
    """The rows, what a person released, and what was said; all of it in plain Python."""

    office: Office
    chance: random.Random
    rows: list[Invoice] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    released: set[tuple[str, ...]] = field(default_factory=set)
    today: date = START
    counter: int = 0
    by_ticks: int = 0

    def save(self) -> None:
        """Write the team's own columns over what is there, as after typing, sorting, deleting."""
        head = [*HEAD, "Dispute"]
        if not self.office.book.exists():
            self.office.fill(*(row.cells() for row in self.rows), head=head)
            return
        book = openpyxl.load_workbook(self.office.book)
        tab = book["Invoices"]
        for place, row in enumerate(self.rows, 2):
            for column, value in enumerate(row.cells(), 1):
                tab.cell(place, column).value = value
        tab.delete_rows(len(self.rows) + 2, max(0, tab.max_row - len(self.rows) - 1))
        book.save(self.office.book)

    # ── what people do to it ──

    def add(self) -> None:
        self.counter += 1
        customer = f"Customer {self.chance.randrange(10)}"
        same = [row.email for row in self.rows if row.customer == customer]
        email = same[0] if same else f"ap@{customer.replace(' ', '').casefold()}.example"
        due = self.today + timedelta(days=self.chance.randrange(-60, 20))
        number = f"INV-{self.counter:05}"
        self.rows.append(Invoice(customer, email, number, due, self.chance.randrange(50, 9000)))

    def pay(self) -> None:
        row = self.one()
        row.paid = row.amount

    def pay_a_part(self) -> None:
        row = self.one()
        row.paid = self.chance.randrange(0, row.amount)

    def dispute(self) -> None:
        row = self.one()
        row.disputed = not row.disputed

    def move_house(self) -> None:
        customer = self.one().customer
        self.counter += 1
        for row in self.rows:
            if row.customer == customer:
                row.email = f"new{self.counter}@{customer.replace(' ', '').casefold()}.example"

    def extend(self) -> None:
        self.one().due += timedelta(days=self.chance.randrange(1, 30))

    def sort(self) -> None:
        key = self.chance.choice(("customer", "number", "due", "amount"))
        self.rows.sort(key=lambda row: getattr(row, key), reverse=self.chance.random() < 0.5)

    def delete(self) -> None:
        if len(self.rows) > 15:
            self.rows.remove(self.one())

    def tick(self) -> None:
        """Tick a message that waits, in the book's own tab."""
        waiting = [row for row in self.outbox() if row["State"] == "waiting"]
        if waiting:
            self._mark(self.chance.choice(waiting), self.chance.choice(["x", "yes", "√", True]))

    def untick(self) -> None:
        """Take a tick off; what was released by it, or shows as released, is so no more.

        A message that the terminal released meanwhile does not show it before the next pass.
        """
        ticked = [row for row in self.outbox() if row["Approve?"]]
        if ticked:
            row = self.chance.choice(ticked)
            self._mark(row, None)
            shows = str(row["State"]).startswith("held")
            numbers = set(str(row["Invoices"]).split(", ")) if shows else set()
            self.released = {each for each in self.released if not numbers & numbers_in(each)}

    def outbox(self) -> list[dict[str, Any]]:
        """Return the rows of the tab as they are at this moment, each with its number."""
        with closing(openpyxl.load_workbook(self.office.book)) as book:
            if "Outbox" not in book.sheetnames:
                return []
            head, *rows = book["Outbox"].iter_rows(values_only=True)
        named = (dict(zip(head, row, strict=True)) for row in rows)
        return [{**row, "row": number} for number, row in enumerate(named, 2) if row["Customer"]]

    def _mark(self, row: dict[str, Any], mark: Any) -> None:
        with self.office.editing("Outbox") as tab:
            column = next(cell.column for cell in tab[1] if cell.value == "Approve?")
            tab.cell(row["row"], column).value = mark

    def ticked(self, email: str, rows: list[Invoice]) -> bool:
        """Tell whether the tab has a tick beside just this: to whom, about what, how much."""
        numbers = {row.number for row in rows}
        for row in self.outbox():
            named = set(str(row["Invoices"]).split(", "))
            owed = sum(each.amount - each.paid for each in self.rows if each.number in named)
            if row["Approve?"] and row["To"] == email and named >= numbers and row["Total"] == owed:
                return True
        return False

    def one(self) -> Invoice:
        return self.chance.choice(self.rows)

    def edit(self) -> None:
        moves: list[Callable[[], None]] = [
            self.add, self.add, self.pay, self.pay_a_part, self.dispute, self.move_house,
            self.extend, self.sort, self.delete, self.tick, self.tick, self.untick,
        ]  # fmt: skip
        self.chance.choice(moves)()
        self.save()

    # ── what may be said ──

    def spoken_of(self, row: Invoice) -> list[tuple[date, str]]:
        """Return when which steps were said of an invoice with this due date."""
        of_row = (row.number, row.due.isoformat())
        return [
            (said.day, step)
            for said in self.said
            for number, due, step in said.reasons
            if (number, due) == of_row
        ]

    def next_step(self, row: Invoice) -> str:
        """Return the step that is due for an invoice today, '' when none is."""
        before = self.spoken_of(row)
        place = max((NAMES.index(step) for _, step in before), default=-1) + 1
        if not row.late(self.today) or place == len(NAMES):
            return ""
        on = row.due + timedelta(days=LADDER[NAMES[place]])
        if before:
            last_day, last = max(before)
            on = max(on, last_day + timedelta(days=LADDER[NAMES[place]] - LADDER[last]))
        return NAMES[place] if on <= self.today else ""

    def free(self, customer: str) -> bool:
        days = [said.day for said in self.said if said.customer == customer]
        lately = [day for day in days if (self.today - day).days < 7]
        return len(lately) < PER_WEEK and not any((self.today - day).days < GAP for day in days)

    def known(self, customer: str, email: str) -> bool:
        to = [said.email for said in self.said if said.customer == customer]
        return not to or to[-1] == email

    def expected(self) -> set[str]:
        """Return the customers who must be written to today without a person's help."""
        steps: dict[str, set[str]] = {}
        for row in self.rows:
            if self.free(row.customer) and self.known(row.customer, row.email):
                steps.setdefault(row.customer, set()).add(self.next_step(row))
        return {customer for customer, due in steps.items() if due - {"", "final"}}

    # ── what was said ──

    def check(self, received: Received) -> None:
        """Hold one message against the sheet as it is at this very moment."""
        letter = received.parsed
        occasions = occasions_of(str(letter["X-Collector-Occasions"]))
        reasons = [tuple(map(unquote, each.split("/")[-3:])) for each in occasions]
        by_number = {row.number: row for row in self.rows}
        rows = [by_number[number] for number, _, _ in reasons]
        (customer,) = {row.customer for row in rows}
        (email,) = {row.email for row in rows}
        assert received.recipients == (email,), "to somebody else"
        assert self.free(customer), "too soon after the last one"
        for row, (_, due, step) in zip(rows, reasons, strict=True):
            assert due == row.due.isoformat(), "another due date"
            assert self.next_step(row) == step, f"{row} is not at {step}"
        waits = "final" in {step for _, _, step in reasons} or not self.known(customer, email)
        by_hand = occasions in self.released or self.ticked(email, rows)
        self.by_ticks += waits and occasions not in self.released
        assert not waits or by_hand, "nobody released it"
        body = letter.get_body(("plain",))
        assert body is not None
        text = body.get_content()
        self._check_text(text, customer, rows)
        plain = [(number, due, step) for number, due, step in reasons]
        self.said.append(Said(self.today, customer, email, plain))

    def _check_text(self, text: str, customer: str, rows: list[Invoice]) -> None:
        for row in rows:
            assert f"{row.amount - row.paid:,}.00" in text, f"another balance than {row}"
        for row in self.rows:
            silent = row.customer != customer or row.disputed or row.paid == row.amount
            assert not (silent and row.number in text), f"{row} is named"
        known = {row.number for row in self.rows}
        named = {word.strip(",.:") for word in text.split() if word.startswith("INV-")}
        assert named <= known, "a row that is gone is named"


class Watching(MailServer):
    """Holds every message against the sheet, and now and then lets a colleague save meanwhile."""

    def __init__(self, sheet: Sheet, **options: Any) -> None:
        super().__init__(**options)
        self.sheet = sheet
        self.edits = 0
        self.busy = False
        self.wrong: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        try:
            self.sheet.check(self.received[-1])
        except (AssertionError, KeyError, ValueError) as error:
            self.wrong.append(f"{self.sheet.today} {envelope.rcpt_tos}: {error!r}")
        if self.busy and self.sheet.chance.random() < 0.5:
            self.edits += 1
            self.sheet.edit()
        return answer


def release(sheet: Sheet) -> None:
    """Let a person tick everything that waits."""
    ran = sheet.office.collector("approve", "--json", "--yes")
    sheet.released |= {tuple(message["occasions"]) for message in ran.json["messages"]}


def workday(day: date) -> date:
    return day if day.weekday() < 5 else workday(day + timedelta(days=1))


def test_no_message_contradicts_the_sheet_at_its_moment_of_sending(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    office = Office(tmp_path)
    sheet = Sheet(office, chance)
    for _ in range(25):
        sheet.add()
    with Watching(sheet) as server:
        steps = [{"name": name, "after": after} for name, after in LADDER.items()]
        steps[-1]["approve"] = True
        office.configure(
            mail={"server": server.server}, reminders={"steps": steps}, statements={"day": None}
        )
        sheet.save()
        for turn in range(PASSES):
            for _ in range(chance.randrange(6)):
                sheet.edit()
            server.busy = chance.random() < 0.6
            expected, so_far = sheet.expected(), len(sheet.said)
            ran = office.run(sheet.today)
            assert server.wrong == [], f"COLLECTOR_SEED={SEED} pass {turn}"
            assert ran.status in (0, 1), ran.err
            written = {said.customer for said in sheet.said[so_far:]}
            if not server.busy:
                assert expected <= written, f"COLLECTOR_SEED={SEED} pass {turn}: {ran.held}"
            if chance.random() < 0.25:
                release(sheet)
            for _ in range(chance.randrange(4)):
                sheet.tick()
            sheet.today = workday(sheet.today + timedelta(days=chance.randrange(5)))
    print(
        f"COLLECTOR_SEED={SEED}: {PASSES} passes, {len(sheet.said)} messages, {server.edits} edits "
        f"while mail went out, {len(sheet.released)} released by hand, {sheet.by_ticks} by ticks"
    )
    assert len(sheet.said) == len(server.received)
