"""What the team's own words and the figures say of money that no heading names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from collector.intake.headings import evidence, shares
from collector.intake.headings.buckets import is_part_of_open
from collector.intake.headings.desk import Desk
from collector.intake.headings.folding import fold, fold_all
from collector.intake.headings.matching import Doubt
from collector.intake.headings.other_figures import is_harmless
from collector.intake.headings.proofs import (
    is_nothing_just_where_paid,
    is_whole_of,
    is_with_rate,
    shown_by_status,
    words_for_paid,
)
from collector.intake.headings.words import is_tax_amount

_LEFT_OR_ALL: Final = fold_all(
    "Total Due", "Due", "Due Total", "Total Amount Due", "Net Due", "Amount Due", "Montant dû",
    "Importe adeudado",
)  # fmt: skip
_RATE: Final = re.compile(
    r"\b(?:tax|vat|gst|mwst|ust|tva|iva|btw)\b.*(?:%|\brate\b|\bsatz\b|\btaux\b)"
    r"|%.*\b(?:tax|vat|gst)\b|税率",
    re.IGNORECASE,
)


def weigh_by_status(desk: Desk) -> None:
    """Let the team's own word for what is paid say which column is what is paid or left."""
    if _told(desk) or not {"amount", "paid_status"} <= desk.columns.keys():
        return
    words = words_for_paid(desk.cells[desk.columns["paid_status"]])
    amount = desk.figures_of("amount")
    if fold(desk.header.texts[desk.columns["amount"]]) in _LEFT_OR_ALL:
        return _weigh_amount_due(desk, amount, words)
    free = [at for at in desk.free() if _may_be_told(desk, at)]
    shown = {at: shown_by_status(desk.figures(at), amount, words) for at in free}
    for name in ("balance", "paid"):
        places = [at for at, what in shown.items() if what == name]
        if len(places) == 1:
            return desk.settle(name, places[0])


def _weigh_amount_due(desk: Desk, due: evidence.Figures, words: Sequence[str]) -> None:
    """Take "Amount Due" for what is left where it is nothing just where a status says paid."""
    if not is_nothing_just_where_paid(due, words):
        return
    wholes = [at for at in desk.free() if is_whole_of(desk.figures(at), due, words)]
    desk.settle("balance", desk.columns.pop("amount"))
    if len(wholes) == 1:
        desk.settle("amount", wholes[0])


def weigh_rates(desk: Desk, guesses: dict[str, list[tuple[int, str]]]) -> None:
    """Of two amounts, the one that is the other with tax by the column of rates is owed."""
    found = [place for place, _ in guesses.get("amount", [])]
    rates = [desk.figures(at) for at in desk.free() if _RATE.search(desk.header.texts[at])]
    fits = [
        place
        for place in found
        if any(
            is_with_rate(desk.figures(place), desk.figures(net), rate)
            for net in found
            for rate in rates
        )
    ]
    if len(fits) == 1 and "amount" not in desk.columns:
        desk.settle("amount", fits[0])
        del guesses["amount"]


def says_no_more(desk: Desk, place: int) -> bool:
    """Tell whether a column's figures are what amount and paid leave: it says no more."""
    if not {"amount", "paid"} <= desk.columns.keys():
        return False
    rows = zip(desk.figures_of("amount"), desk.figures_of("paid"), desk.figures(place), strict=True)
    told = [(a - (b or 0), c) for a, b, c in rows if a is not None and c is not None]
    return len(told) > 1 and all(left == each for left, each in told)


def guess_told(desk: Desk) -> None:
    """Ask about a column of money that may be what was paid or what is left, if nothing is."""
    if desk.kind != "invoices" or _told(desk) or "amount" not in desk.columns:
        return
    amount = shares.as_numbers(desk.cells[desk.columns["amount"]])
    if amount is None:
        return
    asked = {place for doubt in desk.doubts for place in doubt.columns}
    found: dict[str, list[int]] = {}
    for place in desk.free():
        if place not in asked and _may_be_told(desk, place):
            part = shares.as_numbers(desk.cells[place])
            name = "" if part is None else shares.may_tell(part, np.nan_to_num(amount))
            found.setdefault(name, []).append(place)
    for name in ("balance", "paid"):
        if name in found:
            desk.doubts.append(Doubt(name, tuple(found[name]), "figures"))


def _told(desk: Desk) -> bool:
    """Tell whether what is paid or left is known, or asked about already."""
    known = {*desk.columns, *(doubt.field for doubt in desk.doubts)}
    return bool({"paid", "balance"} & known or desk.table.ages)


def _may_be_told(desk: Desk, place: int) -> bool:
    """Tell whether a column nobody knows may be what is paid or left, by its heading."""
    text = desk.header.texts[place]
    return not (is_part_of_open(text) or is_harmless(text) or is_tax_amount(text))
