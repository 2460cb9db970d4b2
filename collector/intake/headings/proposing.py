"""What a workbook nobody has seen yet seems to say: what is sure, and what must be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from collector.errors import HeadingMissingError, NoTableError
from collector.intake.cells.column import column
from collector.intake.cells.texts import fold_name, text_of
from collector.intake.headings import evidence
from collector.intake.headings.buckets import is_bucket
from collector.intake.headings.deductions import may_take_off
from collector.intake.headings.desk import Desk
from collector.intake.headings.finding import (
    likely_invoices,
    likely_tables,
    tabs_alike,
)
from collector.intake.headings.folding import NEGATIVE, fold, shown_heading
from collector.intake.headings.guessing import may_mean
from collector.intake.headings.lessening import may_lessen
from collector.intake.headings.matching import HARMLESS, Doubt, field_of
from collector.intake.headings.weighing import weigh_dues, weigh_sums
from collector.intake.headings.weighing_likely import weigh_likely
from collector.intake.headings.weighing_money import (
    guess_told,
    says_no_more,
    weigh_by_status,
    weigh_rates,
)
from collector.intake.headings.weighing_parties import (
    find_groups,
    take_only_number,
    take_only_party,
    weigh_addresses,
    weigh_numbers,
    weigh_party,
)
from collector.intake.outline import APART, apart
from collector.model import Cell, Grid, Policy, column_letters

# Asked about where a heading may mean them; the rest only where a heading is nearly theirs.
_ASKED: Final = ("customer", "invoice", "amount", "balance", "paid", "due_date", "invoice_date",
                 "email", "paid_status")  # fmt: skip
_NEVER_DROPPED: Final = frozenset(
    {"amount", "paid", "balance", "paid_status", "dispute", "do_not_chase", "credit_hold"}
)
_ORDER: Final = ("customer", "customer_id", "invoice", "amount", "balance", "paid", "due_date",
                 "invoice_date", "terms", "email", "currency", "paid_status")  # fmt: skip
# A column of the one field may be that of the other, where the book has no column for it else.
_STANDS_FOR: Final = (("contact", "customer"), ("promise_date", "due_date"))
# What holds its rows until somebody says what it is; so an answer that it is none is heeded.
_HOLDING: Final = frozenset({"balance", "paid_status", "dispute", "do_not_chase", "promise_date",
                             "pause_until", "paid_date"})  # fmt: skip
_DAY: Final = re.compile(
    r"date|\bday\b|\bdue\b|datum|tag\b|fällig|fecha|échéance|venc|scad|日|期|时间", re.IGNORECASE
)
_SAMPLES: Final = 3
_OFFERED: Final = 8
_SAMPLE_LENGTH: Final = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """A column that may be of a field: how the configuration names it, and what stands in it.

    ``lessens`` says that its heading speaks of payment and the like.
    """

    column: int
    said: str
    samples: tuple[str, ...]
    lessens: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A field that no column is surely of; ``choices`` the likeliest first.

    ``needed`` says that nothing can be done without an answer, ``suggested`` that the first choice
    is a fair guess.
    """

    kind: str
    field: str
    choices: tuple[Choice, ...]
    why: str
    needed: bool
    suggested: bool


@dataclass(slots=True)
class Proposal:
    """One table as found: where it is, its sure columns by field, and what must be asked.

    ``ages`` are the columns of ages that together are the balance.
    ``none`` are fields that a heading says and that what stands below it is not.
    """

    kind: str
    tab: str
    header_row: int
    columns: dict[str, Choice] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    none: tuple[str, ...] = ()
    ages: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposals:
    """Every table of a book by kind, and the other tabs that look like receivables.

    ``alike`` are those of them that nothing but a person can tell from the one chosen, ``past``
    those whose every invoice is settled.
    """

    tables: Mapping[str, Proposal]
    others: tuple[str, ...]
    alike: tuple[str, ...] = ()
    past: tuple[str, ...] = ()


def propose(grids: Sequence[Grid], policy: Policy) -> Proposals:
    """Return what a workbook seems to say.

    Raises NoTableError, PayablesError when there is nothing like receivables in it.
    """
    try:
        found, others = likely_tables(grids, policy)
    except (HeadingMissingError, NoTableError):
        invoices = likely_invoices(grids, policy)
        if invoices is None:
            raise
        found, others = {"invoices": invoices}, []
        found |= likely_tables(grids, policy, invoices)[0]
    desks = {kind: Desk(kind, each, policy) for kind, each in found.items()}
    tables = {kind: _proposal(desk) for kind, desk in desks.items()}
    if "customers" in tables:
        _settle_code(desks["invoices"], tables["invoices"], desks["customers"])
    tabs = tuple(each.grid.tab for each in others)
    past = tuple(each.grid.tab for each in others if each.past)
    return Proposals(tables, tabs, tuple(tabs_alike(found["invoices"], others)), past)


def _proposal(desk: Desk) -> Proposal:
    """Weigh headings and values; return what is sure and what is to be asked."""
    if desk.kind == "invoices":
        find_groups(desk)
        _doubt_odd_values(desk)
        weigh_sums(desk)
        weigh_by_status(desk)
        weigh_party(desk)
        weigh_numbers(desk)
        weigh_addresses(desk)
        weigh_likely(desk)
    _guess(desk)
    if desk.kind == "invoices":
        take_only_party(desk)
        take_only_number(desk)
    sure = {name: _choice(desk, place, name) for name, place in _in_order(desk, desk.columns)}
    found = Proposal(desk.kind, desk.grid.tab, desk.header.row + 1, sure)
    found.none = tuple(name for name in desk.none if name not in sure)
    order = {name: number for number, name in enumerate(_ORDER)}
    desk.doubts.sort(key=lambda doubt: order.get(doubt.field, len(order)))
    found.questions += [_question(desk, doubt) for doubt in desk.doubts]
    if not {"paid", "balance"} & desk.columns.keys():
        found.ages = tuple(_choice(desk, place) for place in desk.table.ages)
    return found


def _settle_code(desk: Desk, proposal: Proposal, listed: Desk) -> None:
    """Take for the customers' code, not for their own reference, what the list of them has."""
    asked = next((q for q in proposal.questions if q.why == "reference"), None)
    code = listed.columns.get("customer_id")
    if asked is None or code is None:
        return
    theirs = {fold_name(text_of(cell)) for cell in listed.cells[code] if cell is not None}
    ours = {
        fold_name(text_of(cell)) for cell in desk.cells[asked.choices[0].column]
    } - {""}  # fmt: skip
    if ours and 2 * len(ours & theirs) > len(ours):
        proposal.questions.remove(asked)
        proposal.columns["customer_id"] = asked.choices[0]


def _doubt_odd_values(desk: Desk) -> None:
    """Doubt the columns whose values cannot be what their heading says."""
    for name, place in list(desk.columns.items()):
        cells: Sequence[Cell] = desk.cells[place]
        if list(desk.columns.values()).count(place) > 1:
            names, rest = apart(column(cells))
            cells = (names if name == "customer" else rest).cells
        if not (evidence.suits(name, cells) or _must_be_read(desk, name)):
            desk.doubt(name, (place,), "odd")


def _must_be_read(desk: Desk, name: str) -> bool:
    """Tell whether a field is read whatever stands in its column, each odd cell a problem.

    Without it nobody would hear that the sheet says what is paid, left or due.
    """
    return name in _NEVER_DROPPED or (
        name == "due_date" and {"terms", "invoice_date"} <= desk.columns.keys()
    )


def _guess(desk: Desk) -> None:
    """Ask about headings that are nearly known, or that may mean what is still missing."""
    asked = {doubt.field for doubt in desk.doubts}
    guesses: dict[str, list[tuple[int, str]]] = {}
    taken = {desk.columns[field]: name for field, name in _STANDS_FOR if field in desk.columns}
    for place in [*desk.free(), *taken]:
        for name, why in may_mean(desk.kind, desk.header.texts[place]):
            if name in desk.columns or name in asked or _is_idle(desk, name, why):
                continue
            if taken.get(place, name) != name:
                continue
            if name == "balance" and says_no_more(desk, place):
                continue
            if name == "due_date" and not _may_be_days(desk, place):
                continue
            if evidence.surely_suits(name, desk.cells[place]):
                guesses.setdefault(name, []).append((place, why))
    weigh_dues(desk, guesses)
    weigh_rates(desk, guesses)
    for name, found in guesses.items():
        found.sort(key=lambda each: each[1] != "similar")
        desk.doubts.append(Doubt(name, tuple(place for place, _ in found), found[0][1]))
    _guess_due_date(desk)
    guess_told(desk)
    _offer_what_is_missing(desk)


def _offer_what_is_missing(desk: Desk) -> None:
    """Offer every column that could be of a field without which nothing can be done."""
    asked = {doubt.field for doubt in desk.doubts} | desk.columns.keys()
    missing = [] if desk.kind != "invoices" else [
        name
        for name, enough in (
            ("customer", {"customer", "customer_id"}),
            ("amount", {"amount", "balance"}),
            ("due_date", {"due_date", "terms"}),
        )
        if not enough & asked
    ]  # fmt: skip
    for name in missing:
        places = [
            at
            for at in desk.free()
            if evidence.surely_suits(name, desk.cells[at])
            and (name != "due_date" or _may_be_days(desk, at))
            and not is_bucket(desk.header.texts[at])
            and not NEGATIVE.search(desk.header.texts[at])
        ]
        if places:
            desk.doubts.append(Doubt(name, tuple(places[:_OFFERED]), "pick"))
        if name == "due_date":
            _offer_terms(desk)


def _offer_terms(desk: Desk) -> None:
    """Offer a column whose words are terms of payment, such as 月结30天, as just that."""
    places = [at for at in desk.free() if evidence.are_terms(desk.cells[at])]
    if places:
        desk.doubts.append(Doubt("terms", tuple(places[:_OFFERED]), "values"))


def _may_be_days(desk: Desk, place: int) -> bool:
    """Tell whether a column has dates; bare numbers are days only where the heading says so."""
    cells = desk.cells[place]
    if evidence.have_dates(cells):
        return True
    return bool(_DAY.search(desk.header.texts[place])) and not evidence.are_small(cells)


def _is_idle(desk: Desk, name: str, why: str) -> bool:
    """Tell whether nothing hangs on a field that a heading merely may mean."""
    if why == "similar":
        return name in HARMLESS
    if desk.kind != "invoices" or name not in _ASKED:
        return True
    if name == "customer":
        return "customer_id" in desk.columns
    if name == "invoice_date":
        return "due_date" in desk.columns
    if name == "paid_status":
        return bool({"paid", "balance"} & desk.columns.keys())
    return name == "amount" and "balance" in desk.columns


def _guess_due_date(desk: Desk) -> None:
    """Without a due date, a column of dates that all come after the invoice dates may be it."""
    known = {"due_date", "terms"} & {*desk.columns, *(doubt.field for doubt in desk.doubts)}
    start = desk.columns.get("invoice_date")
    if desk.kind != "invoices" or known or start is None:
        return
    found = [at for at in desk.free() if evidence.come_after(desk.cells[at], desk.cells[start])]
    if found:
        desk.doubts.append(Doubt("due_date", tuple(found), "values"))


def _in_order(desk: Desk, columns: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(columns.items(), key=lambda each: each[1])


def _choice(desk: Desk, place: int, name: str = "") -> Choice:
    filled = [cell for cell in desk.cells[place] if cell not in (None, "")]
    samples = dict.fromkeys(_sample(cell) for cell in filled[:50])
    said = shown_heading(desk.header.texts[place])
    known = field_of(desk.kind, desk.header.texts[place])
    if not said or (name == "customer" and known is not None and known[0] in APART):
        said = column_letters(place)
    elif sum(fold(text) == fold(said) for text in desk.header.texts if text) > 1:
        said = f"{said} ({column_letters(place)})"
    text = desk.header.texts[place]
    lessens = name in _HOLDING or bool(may_lessen(text) or may_take_off(text))
    return Choice(place, said, tuple(samples)[:_SAMPLES], lessens)


def _question(desk: Desk, doubt: Doubt) -> Question:
    name, have = doubt.field, desk.columns.keys()
    needed = desk.kind == "invoices" and (
        (name in ("customer", "customer_id") and not {"customer", "customer_id"} & have)
        or (name in ("amount", "balance") and not {"amount", "balance"} & have)
        or (name == "due_date" and not {"terms", "invoice_date"} <= have)
        or doubt.why == "twice"
    )
    suggested = doubt.why not in (
        "odd",
        "running",
        "net",
        "twice",
        "tax",
        "pick",
        "left",
        "local",
        "reference",
        "figures",
    )
    choices = tuple(_choice(desk, place, name) for place in doubt.columns)
    return Question(desk.kind, name, choices, doubt.why, needed, suggested)


def _sample(cell: Cell) -> str:
    text = shown_heading(text_of(cell))
    return text if len(text) <= _SAMPLE_LENGTH else text[: _SAMPLE_LENGTH - 1] + "…"
