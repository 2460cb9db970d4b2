"""What the rows say of who owes: names that head groups, addresses that go with them, numbers."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from collector.intake.cells.column import column
from collector.intake.headings import evidence
from collector.intake.headings.desk import Desk
from collector.intake.headings.folding import fold
from collector.intake.headings.matching import Doubt, parts_of
from collector.intake.headings.parties import PARTIES, is_address_of
from collector.intake.outline import Rows, apart, is_total_label, sources

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
    if {"customer", "customer_id"} & desk.columns.keys() or desk.candidates("customer"):
        return
    for place in range(min(4, len(desk.cells))):
        covered, confirmed = _grouped_by(desk, place)
        if covered and confirmed:
            desk.columns["customer"] = place
            return
        if covered:
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
