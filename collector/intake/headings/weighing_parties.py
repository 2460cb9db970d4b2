"""What the rows say of who owes: names that head groups, addresses that go with them, numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from collector.intake.cells.column import column
from collector.intake.cells.texts import text_of
from collector.intake.headings import evidence
from collector.intake.headings.accounts import are_parties, may_be_party
from collector.intake.headings.desk import Desk
from collector.intake.headings.folding import fold, fold_all
from collector.intake.headings.matching import Doubt, parts_of
from collector.intake.headings.parties import PARTIES, is_address_of
from collector.intake.outline import Rows, apart, is_total_label, sources
from collector.model import Cell

_NUMBER: Final = fold_all("Number", "Nummer", "Numéro", "Número", "Numero")
_OURS: Final = re.compile(
    r"sales|\brep\b|owner|manager|agent|collector|our|internal|staff|employee|created|user"
    r"|sender|from"
    r"|vertrieb|betreuer|commercial|vendedor|业务|销售|负责|跟进|经理|内部|我方|发件|制单",
    re.IGNORECASE,
)


def weigh_party(desk: Desk) -> None:
    """Take tenants, students and the like for customers where each has an address of his."""
    if {"customer", "customer_id"} & desk.columns.keys() or desk.candidates("customer"):
        return
    places = [
        at
        for at in desk.free()
        if fold(desk.header.texts[at]) in PARTIES
        and evidence.surely_suits("customer", desk.cells[at])
    ]
    known = desk.columns.get("email")
    addressed = [at for at in desk.free() if evidence.are_addresses(desk.cells[at])]
    addressed = [at for at in addressed if not _OURS.search(desk.header.texts[at])]
    found = addressed if known is None else [known]
    if len(places) != 1 or len(found) != 1:
        return
    party, address = places[0], found[0]
    if not evidence.have_one_each(desk.cells[party], desk.cells[address]):
        return
    desk.settle("customer", party)
    if known is None and is_address_of(desk.header.texts[address], desk.header.texts[party]):
        desk.settle("email", address)


def take_only_party(desk: Desk) -> None:
    """Take the only column that may be of customers where its values leave no doubt of it."""
    asked = next((doubt for doubt in desk.doubts if doubt.field == "customer"), None)
    if asked is None or "customer_id" in desk.columns or asked.why not in ("account", "may_mean"):
        return
    contact = desk.columns.get("contact")
    texts = desk.header.texts
    places = [at for at in asked.columns if at == contact or may_be_party(texts[at])]
    owed = next((desk.columns[n] for n in ("amount", "balance") if n in desk.columns), -1)
    if len(places) != 1 or owed < 0:
        return
    blank: Sequence[Cell] = [None] * len(desk.rows)
    emails = desk.cells[desk.columns["email"]] if "email" in desk.columns else blank
    place = places[0]
    if are_parties(
        texts[place], desk.cells[place], emails, desk.cells[owed], contact=place == contact
    ):
        if contact == place:
            del desk.columns["contact"]
        desk.settle("customer", place)


def take_only_number(desk: Desk) -> None:
    """Take "Number" for the invoice's where each row has one of its own with letters in it."""
    asked = next((doubt for doubt in desk.doubts if doubt.field == "invoice"), None)
    if asked is None or asked.why != "may_mean" or len(asked.columns) != 1:
        return
    place = asked.columns[0]
    words = [text_of(cell) for cell in desk.cells[place] if cell not in (None, "")]
    told = all(any(map(str.isdigit, w)) and any(map(str.isalpha, w)) for w in words)
    if fold(desk.header.texts[place]) in _NUMBER and told and len(set(words)) == len(words) > 1:
        desk.settle("invoice", place)


def weigh_numbers(desk: Desk) -> None:
    """Take ``Receipt/Invoice`` for the invoice where it numbers every row."""
    if "invoice" in desk.columns or desk.candidates("invoice"):
        return
    places = [
        at
        for at in desk.free()
        if "invoice" in {each[0] for each in parts_of(desk.kind, desk.header.texts[at])}
        and evidence.number_rows(desk.cells[at], desk.cells[desk.columns.get("amount", at)])
    ]
    if len(places) == 1:
        desk.settle("invoice", places[0])


def weigh_addresses(desk: Desk) -> None:
    """Find the column of addresses, whatever it is called; one of salespeople is not meant."""
    contact = desk.columns.get("contact")
    places = [*desk.free(), *([contact] if contact is not None else [])]
    found = [at for at in places if evidence.are_addresses(desk.cells[at])]
    if "email" in desk.columns or not found or desk.candidates("email"):
        return
    party = desk.columns.get("customer", desk.columns.get("customer_id"))
    own = [at for at in found if not _OURS.search(desk.header.texts[at])]
    if (
        len(own) == 1
        and party is not None
        and evidence.are_of_customers(desk.cells[own[0]], desk.cells[party])
    ):
        if own[0] == contact:
            del desk.columns["contact"]
        desk.settle("email", own[0])
    elif own:
        desk.doubt("email", tuple(own), "values")


def find_groups(desk: Desk) -> None:
    """Find customers on rows of their own, where no heading is of customers."""
    asked = next((doubt for doubt in desk.doubts if doubt.field == "customer"), None)
    if {"customer", "customer_id"} & desk.columns.keys() or (asked and asked.why != "account"):
        return
    for place in range(min(4, len(desk.cells))):
        covered, confirmed = _grouped_by(desk, place)
        if covered and confirmed:
            desk.settle("customer", place)
            return
        if covered and not asked:
            desk.doubts.append(Doubt("customer", (place,), "groups"))
            return


def _grouped_by(desk: Desk, place: int) -> tuple[bool, bool]:
    """Tell whether texts in a column head the rows below them, and whether sums confirm it."""
    names, rest = apart(column(desk.cells[place]))
    told = np.zeros(len(desk.rows), np.bool_)
    for name in ("invoice", "invoice_date", "due_date"):
        at = desk.columns.get(name)
        if at is not None:
            told |= rest.filled if at == place else column(desk.cells[at]).filled
    owed = np.zeros(len(desk.rows), np.bool_)
    for name in ("amount", "balance"):
        if name in desk.columns:
            owed |= column(desk.cells[desk.columns[name]]).filled
    rows = Rows(desk.rows, names.filled, owed, told, 0, len(desk.cells) - 1)
    source = sources({"customer": names}, rows, frozenset({place}), frozenset(desk.owned))
    whole = told & owed
    if not whole.any() or (source[whole] < 0).mean() > 0.1 or (names.filled & whole).any():
        return False, False
    heads = {str(names.cells[at]).strip() for at in set(source[source >= 0].tolist())}
    sums = [fold(text) for text in names.texts if is_total_label(text)]
    return True, any(fold(head) in word for head in heads for word in sums)
