"""What a workbook nobody has seen yet seems to say: what is sure, and what must be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from collector.errors import HeadingMissingError, NoTableError
from collector.intake.cells.column import column
from collector.intake.cells.texts import text_of
from collector.intake.headings import evidence
from collector.intake.headings.accounts import are_parties, may_be_party
from collector.intake.headings.deductions import may_take_off
from collector.intake.headings.finding import (
    Found,
    likely_invoices,
    likely_tables,
    tabs_alike,
)
from collector.intake.headings.folding import NEGATIVE, fold, fold_all, shown_heading
from collector.intake.headings.guessing import may_mean
from collector.intake.headings.lessening import may_lessen
from collector.intake.headings.matching import HARMLESS, Doubt, field_of
from collector.intake.headings.table import Table, table_at
from collector.intake.headings.words import is_tax_amount
from collector.intake.outline import APART, Rows, apart, is_total_label, sources
from collector.model import Cell, Grid, Policy, column_letters

# Asked about where a heading may mean them; the rest only where a heading is nearly theirs.
_ASKED: Final = ("customer", "invoice", "amount", "balance", "paid", "due_date", "invoice_date",
                 "email", "paid_status")  # fmt: skip
_NEVER_DROPPED: Final = frozenset(
    {"amount", "paid", "balance", "paid_status", "dispute", "do_not_chase", "credit_hold"}
)
_ORDER: Final = ("customer", "customer_id", "invoice", "amount", "balance", "paid", "due_date",
                 "invoice_date", "terms", "email", "currency", "paid_status")  # fmt: skip
_BUCKET: Final = re.compile(
    r"current|not (?:yet )?due|older|future|(?:over|above|>|<)\s*\d+.*|\d+\s*(?:-|to|–|~"
    r"|至)\s*\d+.*|\d+\s*\+.*"
    r"|<?\s*\d+ (?:months?|days?).*|period \d+|\d+\s*(?:days?|天)?\s*(?:and )?(?:over|above"
    r"|以上).*|未到期|未逾期|信用期内"
    r"|逾期\d+.*|\d+天.*|.*个月.*|.*年以(?:内|上)|\d+-\d+年",
    re.IGNORECASE,
)
_OURS: Final = re.compile(
    r"sales|\brep\b|owner|manager|agent|collector|our|internal|staff|employee|created|user"
    r"|sender|from"
    r"|vertrieb|betreuer|commercial|vendedor|业务|销售|负责|跟进|经理|内部|我方|发件|制单",
    re.IGNORECASE,
)
_NUMBER: Final = fold_all("Number", "Nummer", "Numéro", "Número", "Numero")
_DUES: Final = fold_all("Total Due", "Due", "Due Total", "Total Amount Due", "Net Due")
_DAY: Final = re.compile(
    r"date|\bday\b|\bdue\b|datum|tag\b|fällig|fecha|échéance|venc|scad|日|期|时间", re.IGNORECASE
)
_SAMPLES: Final = 3
_OFFERED: Final = 8
_LOOKED_AT: Final = 3_000
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
    """One table as found: where it is, its sure columns by field, and what must be asked."""

    kind: str
    tab: str
    header_row: int
    columns: dict[str, Choice] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Proposals:
    """Every table of a book by kind, and the other tabs that look like receivables.

    ``alike`` are those of them that nothing but a person can tell from the one chosen.
    """

    tables: Mapping[str, Proposal]
    others: tuple[str, ...]
    alike: tuple[str, ...] = ()


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
    tables = {kind: _Desk(kind, each, policy).proposal() for kind, each in found.items()}
    tabs = tuple(each.grid.tab for each in others)
    return Proposals(tables, tabs, tuple(tabs_alike(found["invoices"], others)))


class _Desk:
    """One table laid out to be understood: its columns, and what is known of each so far."""

    def __init__(self, kind: str, found: Found, policy: Policy) -> None:
        self.kind, self.grid, self.header = kind, found.grid, found.header
        self.doubts: list[Doubt] = []
        self.table = _table(kind, found, policy, self.doubts)
        self.columns = dict(self.table.columns)
        self.owned = set(found.owned.values())
        rows = found.grid.rows[found.header.row + 1 :][:_LOOKED_AT]
        width = len(found.header.texts)
        self.rows = [[*row, *[None] * (width - len(row))] for row in rows]
        self.cells = [[row[place] for row in self.rows] for place in range(width)]

    def proposal(self) -> Proposal:
        """Weigh headings and values; return what is sure and what is to be asked."""
        if self.kind == "invoices":
            self._find_groups()
            self._doubt_odd_values()
            self._weigh_sums()
            self._weigh_addresses()
        self._guess()
        if self.kind == "invoices":
            self._take_only_party()
            self._take_only_number()
        sure = {name: self._choice(place, name) for name, place in self._in_order(self.columns)}
        proposal = Proposal(self.kind, self.grid.tab, self.header.row + 1, sure)
        order = {name: number for number, name in enumerate(_ORDER)}
        self.doubts.sort(key=lambda doubt: order.get(doubt.field, len(order)))
        proposal.questions += [self._question(doubt) for doubt in self.doubts]
        return proposal

    # ── values against headings ──

    def _doubt_odd_values(self) -> None:
        """Doubt the columns whose values cannot be what their heading says."""
        for name, place in list(self.columns.items()):
            cells: Sequence[Cell] = self.cells[place]
            if list(self.columns.values()).count(place) > 1:
                names, rest = apart(column(cells))
                cells = (names if name == "customer" else rest).cells
            if not (evidence.suits(name, cells) or self._must_be_read(name)):
                self._doubt(name, (place,), "odd")

    def _must_be_read(self, name: str) -> bool:
        """Tell whether a field is read whatever stands in its column, each odd cell a problem.

        Without it nobody would hear that the sheet says what is paid, left or due.
        """
        return name in _NEVER_DROPPED or (
            name == "due_date" and {"terms", "invoice_date"} <= self.columns.keys()
        )

    def _doubt(self, name: str, places: tuple[int, ...], why: str) -> None:
        self.columns.pop(name, None)
        self.doubts.append(Doubt(name, places, why))

    def _settle(self, name: str, place: int) -> None:
        self.columns[name] = place
        self.doubts = [doubt for doubt in self.doubts if doubt.field != name]

    def _figures(self, place: int) -> evidence.Figures:
        return evidence.figures(self.cells[place])

    def _figures_of(self, name: str) -> evidence.Figures:
        place = self.columns.get(name)
        return self._figures(place) if place is not None else [None] * len(self.rows)

    def _free(self) -> list[int]:
        """Return the headed columns that no field has, ours left out."""
        taken = {*self.columns.values(), *self.owned}
        return [at for at, text in enumerate(self.header.texts) if text and at not in taken]

    def _candidates(self, name: str) -> tuple[int, ...]:
        return next((doubt.columns for doubt in self.doubts if doubt.field == name), ())

    def _weigh_sums(self) -> None:
        """Let sums that hold on every row say which column is the amount, which what is left."""
        taxes = [at for at, text in enumerate(self.header.texts) if is_tax_amount(text)]
        amounts = self._candidates("amount")
        if taxes and amounts:
            self._weigh_tax(amounts, taxes)
        amount = self.columns.get("amount", -1)
        unsaid = amount >= 0 and "balance" not in self.columns
        if unsaid and any(self._tax_says(amount, tax) == "net" for tax in taxes):
            self._doubt("amount", (amount,), "net")
        self._weigh_differences()
        self._weigh_buckets()

    def _tax_says(self, amount: int, tax: int) -> str:
        return evidence.tax_says(self._figures(amount), self._figures(tax))

    def _weigh_tax(self, amounts: Sequence[int], taxes: Sequence[int]) -> None:
        """Take the amount that is another one with the tax, or that shows it has tax in it."""
        parts = [self._figures(tax) for tax in taxes]
        numbers = [at for at, cells in enumerate(self.cells) if evidence.suits("amount", cells)]
        for place in amounts:
            total = self._figures(place)
            nets = [
                at for at in numbers if at != place and at not in taxes and at not in self.owned
            ]
            if any(evidence.is_sum(total, [self._figures(net), *parts]) for net in nets):
                return self._settle("amount", place)
        if len(amounts) == 1 and any(self._tax_says(amounts[0], tax) == "gross" for tax in taxes):
            self._settle("amount", amounts[0])

    def _weigh_differences(self) -> None:
        """What is amount less paid on every row is what is left; and so with its parts."""
        if "amount" not in self.columns and {"paid", "balance"} <= self.columns.keys():
            rest = self._figures_of("balance")
            fits = [
                at
                for at in self._candidates("amount")
                if evidence.is_difference(self._figures(at), self._figures_of("paid"), rest)
            ]
            if len(fits) == 1:
                self._settle("amount", fits[0])
        self._weigh_what_is_left()
        whole = self._figures_of("amount")
        for told, missing in (("paid", "balance"), ("balance", "paid")):
            if not {"amount", told} <= self.columns.keys() or missing in self.columns:
                continue
            part = self._figures_of(told)
            fits = [
                at
                for at in (*self._candidates(missing), *self._free())
                if evidence.is_difference(whole, part, self._figures(at))
            ]
            if fits:
                self._settle(missing, fits[0])

    def _weigh_what_is_left(self) -> None:
        """Take "Amount Due" for what is left where another column less what was paid is it."""
        left = next((d.columns[0] for d in self.doubts if d.why == "left"), -1)
        if left < 0:
            return
        part, rest = self._figures_of("paid"), self._figures(left)
        fits = [
            at
            for at in self._free()
            if at != left and evidence.is_difference(self._figures(at), part, rest)
        ]
        if len(fits) == 1:
            self._settle("balance", left)
            self._settle("amount", fits[0])

    def _weigh_buckets(self) -> None:
        """Of several amounts, the one that the ageing columns add up to is what is left."""
        buckets = [at for at in self._free() if _is_bucket(self.header.texts[at])]
        amounts = self._candidates("amount")
        if len(buckets) < 3 or not amounts or "balance" in self.columns:
            return
        parts = [self._figures(at) for at in buckets]
        fits = [at for at in amounts if evidence.is_sum(self._figures(at), parts)]
        if len(fits) == 1:
            rest = [at for at in amounts if at not in fits]
            self._settle("balance", fits[0])
            if len(rest) == 1:
                self._settle("amount", rest[0])

    # ── addresses, and customers named once for several rows ──

    def _weigh_addresses(self) -> None:
        """Find the column of addresses, whatever it is called; one of salespeople is not meant."""
        contact = self.columns.get("contact")
        places = [*self._free(), *([contact] if contact is not None else [])]
        found = [at for at in places if evidence.are_addresses(self.cells[at])]
        if "email" in self.columns or not found or self._candidates("email"):
            return
        party = self.columns.get("customer", self.columns.get("customer_id"))
        own = [at for at in found if not _OURS.search(self.header.texts[at])]
        if (
            len(own) == 1
            and party is not None
            and evidence.are_of_customers(self.cells[own[0]], self.cells[party])
        ):
            if own[0] == contact:
                del self.columns["contact"]
            self._settle("email", own[0])
        elif own:
            self._doubt("email", tuple(own), "values")

    def _find_groups(self) -> None:
        """Find customers on rows of their own, where no heading is of customers."""
        asked = [doubt for doubt in self.doubts if doubt.field == "customer"]
        if {"customer", "customer_id"} & self.columns.keys() or (
            asked and asked[0].why != "account"
        ):
            return
        for place in range(min(4, len(self.cells))):
            covered, confirmed = self._grouped_by(place)
            if covered and confirmed:
                self._settle("customer", place)
                return
            if covered and not asked:
                self.doubts.append(Doubt("customer", (place,), "groups"))
                return

    def _grouped_by(self, place: int) -> tuple[bool, bool]:
        """Tell whether texts in a column head the rows below them, and whether sums confirm it."""
        names, rest = apart(column(self.cells[place]))
        told = np.zeros(len(self.rows), np.bool_)
        for name in ("invoice", "invoice_date", "due_date"):
            at = self.columns.get(name)
            if at is not None:
                told |= rest.filled if at == place else column(self.cells[at]).filled
        owed = np.zeros(len(self.rows), np.bool_)
        for name in ("amount", "balance"):
            if name in self.columns:
                owed |= column(self.cells[self.columns[name]]).filled
        rows = Rows(self.rows, names.filled, owed, told, 0, len(self.cells) - 1)
        source = sources({"customer": names}, rows, frozenset({place}), frozenset(self.owned))
        whole = told & owed
        if not whole.any() or (source[whole] < 0).mean() > 0.1 or (names.filled & whole).any():
            return False, False
        heads = {str(names.cells[at]).strip() for at in set(source[source >= 0].tolist())}
        sums = [fold(text) for text in names.texts if is_total_label(text)]
        return True, any(fold(head) in word for head in heads for word in sums)

    # ── what else the headings may mean ──

    def _guess(self) -> None:
        """Ask about headings that are nearly known, or that may mean what is still missing."""
        asked = {doubt.field for doubt in self.doubts}
        guesses: dict[str, list[tuple[int, str]]] = {}
        contact = self.columns.get("contact")
        for place in [*self._free(), *([] if contact is None else [contact])]:
            for name, why in may_mean(self.kind, self.header.texts[place]):
                if name in self.columns or name in asked or self._is_idle(name, why):
                    continue
                if place == contact and name != "customer":
                    continue
                if name == "due_date" and not self._may_be_days(place):
                    continue
                if evidence.surely_suits(name, self.cells[place]):
                    guesses.setdefault(name, []).append((place, why))
        self._weigh_dues(guesses)
        for name, found in guesses.items():
            found.sort(key=lambda each: each[1] != "similar")
            self.doubts.append(Doubt(name, tuple(place for place, _ in found), found[0][1]))
        self._guess_due_date()
        self._offer_what_is_missing()

    def _take_only_party(self) -> None:
        """Take the only column that may be of customers where its values leave no doubt of it."""
        doubt = next((doubt for doubt in self.doubts if doubt.field == "customer"), None)
        if (
            doubt is None
            or "customer_id" in self.columns
            or doubt.why not in ("account", "may_mean")
        ):
            return
        places = [
            at for at in doubt.columns
            if at == self.columns.get("contact") or may_be_party(self.header.texts[at])
        ]  # fmt: skip
        blank: Sequence[Cell] = [None] * len(self.rows)
        emails = self.cells[self.columns["email"]] if "email" in self.columns else blank
        owed = next((self.columns[n] for n in ("amount", "balance") if n in self.columns), -1)
        if len(places) != 1 or owed < 0:
            return
        names = self.cells[places[0]]
        if are_parties(self.header.texts[places[0]], names, emails, self.cells[owed]):
            if self.columns.get("contact") == places[0]:
                del self.columns["contact"]
            self._settle("customer", places[0])

    def _take_only_number(self) -> None:
        """Take "Number" for the invoice's where each row has one of its own with letters in it."""
        doubt = next((doubt for doubt in self.doubts if doubt.field == "invoice"), None)
        if doubt is None or doubt.why != "may_mean" or len(doubt.columns) != 1:
            return
        place = doubt.columns[0]
        words = [text_of(cell) for cell in self.cells[place] if cell not in (None, "")]
        told = all(any(map(str.isdigit, w)) and any(map(str.isalpha, w)) for w in words)
        if fold(self.header.texts[place]) in _NUMBER and told and len(set(words)) == len(words) > 1:
            self._settle("invoice", place)

    def _weigh_dues(self, guesses: dict[str, list[tuple[int, str]]]) -> None:
        """Let its figures say whether "Total Due" is what is left, or says nothing new."""
        found = guesses.get("balance", [])
        if self.kind != "invoices" or len(found) != 1:
            return
        place = found[0][0]
        if fold(self.header.texts[place]) not in _DUES or self._candidates("amount"):
            return
        left, whole = self._figures(place), self._figures_of("amount")
        pairs = [
            (a, b) for a, b in zip(whole, left, strict=True) if a is not None and b is not None
        ]
        if "amount" not in self.columns:
            if "paid" in self.columns:
                return
            self._settle("balance", place)
        elif "paid" not in self.columns and any(b < a for a, b in pairs):
            if not all(0 <= b <= a for a, b in pairs):
                return
            self._settle("balance", place)
        elif not pairs or any(a != b for a, b in pairs):
            return
        del guesses["balance"]

    def _offer_what_is_missing(self) -> None:
        """Offer every column that could be of a field without which nothing can be done."""
        asked = {doubt.field for doubt in self.doubts} | self.columns.keys()
        missing = [] if self.kind != "invoices" else [
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
                for at in self._free()
                if evidence.surely_suits(name, self.cells[at])
                and (name != "due_date" or self._may_be_days(at))
                and not _is_bucket(self.header.texts[at])
                and not NEGATIVE.search(self.header.texts[at])
            ]
            if places:
                self.doubts.append(Doubt(name, tuple(places[:_OFFERED]), "pick"))
            if name == "due_date":
                self._offer_terms()

    def _offer_terms(self) -> None:
        """Offer a column whose words are terms of payment, such as 月结30天, as just that."""
        places = [at for at in self._free() if evidence.are_terms(self.cells[at])]
        if places:
            self.doubts.append(Doubt("terms", tuple(places[:_OFFERED]), "values"))

    def _may_be_days(self, place: int) -> bool:
        """Tell whether a column has dates; bare numbers are days only where the heading says so."""
        cells = self.cells[place]
        if evidence.have_dates(cells):
            return True
        return bool(_DAY.search(self.header.texts[place])) and not evidence.are_small(cells)

    def _is_idle(self, name: str, why: str) -> bool:
        """Tell whether nothing hangs on a field that a heading merely may mean."""
        if why == "similar":
            return name in HARMLESS
        if self.kind != "invoices" or name not in _ASKED:
            return True
        if name == "customer":
            return "customer_id" in self.columns
        if name == "invoice_date":
            return "due_date" in self.columns
        if name == "paid_status":
            return bool({"paid", "balance"} & self.columns.keys())
        return name == "amount" and "balance" in self.columns

    def _guess_due_date(self) -> None:
        """Without a due date, a column of dates that all come after the invoice dates may be it."""
        known = {"due_date", "terms"} & {*self.columns, *(doubt.field for doubt in self.doubts)}
        start = self.columns.get("invoice_date")
        if self.kind != "invoices" or known or start is None:
            return
        found = [
            at for at in self._free() if evidence.come_after(self.cells[at], self.cells[start])
        ]
        if found:
            self.doubts.append(Doubt("due_date", tuple(found), "values"))

    # ── saying it ──

    def _in_order(self, columns: Mapping[str, int]) -> list[tuple[str, int]]:
        return sorted(columns.items(), key=lambda each: each[1])

    def _choice(self, place: int, name: str = "") -> Choice:
        filled = [cell for cell in self.cells[place] if cell not in (None, "")]
        samples = dict.fromkeys(_sample(cell) for cell in filled[:50])
        said = shown_heading(self.header.texts[place])
        known = field_of(self.kind, self.header.texts[place])
        if not said or (name == "customer" and known is not None and known[0] in APART):
            said = column_letters(place)
        elif sum(fold(text) == fold(said) for text in self.header.texts if text) > 1:
            said = f"{said} ({column_letters(place)})"
        text = self.header.texts[place]
        lessens = name == "balance" or bool(may_lessen(text) or may_take_off(text))
        return Choice(place, said, tuple(samples)[:_SAMPLES], lessens)

    def _question(self, doubt: Doubt) -> Question:
        name, have = doubt.field, self.columns.keys()
        needed = self.kind == "invoices" and (
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
        )
        choices = tuple(self._choice(place, name) for place in doubt.columns)
        return Question(self.kind, name, choices, doubt.why, needed, suggested)


def _is_bucket(heading: str) -> bool:
    """Tell whether a heading is of an age: ``31-60 days``, ``90+``, ``未到期``."""
    return bool(_BUCKET.fullmatch(shown_heading(heading).strip(" ()（）")))


def _table(kind: str, found: Found, policy: Policy, doubts: list[Doubt]) -> Table:
    return table_at(kind, found.grid, found.header, found.owned, policy, doubts)


def _sample(cell: Cell) -> str:
    text = shown_heading(text_of(cell))
    return text if len(text) <= _SAMPLE_LENGTH else text[: _SAMPLE_LENGTH - 1] + "…"
