"""What sums that hold on every row say of columns: the amount, what was paid, what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Final

from collector.intake.headings import evidence
from collector.intake.headings.desk import Desk, is_bucket
from collector.intake.headings.folding import fold, fold_all
from collector.intake.headings.guessing import may_mean
from collector.intake.headings.words import is_tax_amount

_DUES: Final = fold_all("Total Due", "Due", "Due Total", "Total Amount Due", "Net Due")


def weigh_sums(desk: Desk) -> None:
    """Let sums that hold on every row say which column is the amount, which what is left."""
    taxes = [at for at, text in enumerate(desk.header.texts) if is_tax_amount(text)]
    amounts = desk.candidates("amount")
    if taxes and amounts:
        _weigh_tax(desk, amounts, taxes)
    amount = desk.columns.get("amount", -1)
    unsaid = amount >= 0 and "balance" not in desk.columns
    if unsaid and any(_tax_says(desk, amount, tax) == "net" for tax in taxes):
        desk.doubt("amount", (amount,), "net")
    _weigh_differences(desk)
    _weigh_buckets(desk)


def _tax_says(desk: Desk, amount: int, tax: int) -> str:
    return evidence.tax_says(desk.figures(amount), desk.figures(tax))


def _weigh_tax(desk: Desk, amounts: Sequence[int], taxes: Sequence[int]) -> None:
    """Take the amount that is another one with the tax, or that shows it has tax in it."""
    parts = [desk.figures(tax) for tax in taxes]
    numbers = [at for at, cells in enumerate(desk.cells) if evidence.suits("amount", cells)]
    for place in amounts:
        total = desk.figures(place)
        nets = [at for at in numbers if at != place and at not in taxes and at not in desk.owned]
        if any(evidence.is_sum(total, [desk.figures(net), *parts]) for net in nets):
            return desk.settle("amount", place)
    if len(amounts) == 1 and any(_tax_says(desk, amounts[0], tax) == "gross" for tax in taxes):
        desk.settle("amount", amounts[0])


def _weigh_differences(desk: Desk) -> None:
    """What is amount less paid on every row is what is left; and so with its parts."""
    if "amount" not in desk.columns and {"paid", "balance"} <= desk.columns.keys():
        rest = desk.figures_of("balance")
        fits = [
            at
            for at in desk.candidates("amount") or desk.sums()
            if evidence.is_difference(desk.figures(at), desk.figures_of("paid"), rest)
        ]
        if len(fits) == 1:
            desk.settle("amount", fits[0])
    _weigh_what_is_left(desk)
    _weigh_before_and_after(desk)
    whole = desk.figures_of("amount")
    for told, missing in (("paid", "balance"), ("balance", "paid")):
        if not {"amount", told} <= desk.columns.keys() or missing in desk.columns:
            continue
        part = desk.figures_of(told)
        fits = [
            at
            for at in (*desk.candidates(missing), *desk.free())
            if evidence.is_difference(whole, part, desk.figures(at))
        ]
        if fits:
            desk.settle(missing, fits[0])


def _weigh_what_is_left(desk: Desk) -> None:
    """Take "Amount Due" for what is left where another column less what was paid is it."""
    left = next((d.columns[0] for d in desk.doubts if d.why == "left"), -1)
    if left < 0:
        return
    part, rest = desk.figures_of("paid"), desk.figures(left)
    fits = [
        at
        for at in desk.free()
        if at != left and evidence.is_difference(desk.figures(at), part, rest)
    ]
    if len(fits) == 1:
        desk.settle("balance", left)
        desk.settle("amount", fits[0])


def _weigh_before_and_after(desk: Desk) -> None:
    """Take two columns for the amount and what is left where what was paid parts them."""
    have = {*desk.columns, *(doubt.field for doubt in desk.doubts)}
    if "paid" not in desk.columns or {"amount", "balance"} & have:
        return
    part, figures = desk.figures_of("paid"), {at: desk.figures(at) for at in desk.sums()}
    fits = [
        (whole, rest)
        for whole in figures
        for rest in figures
        if whole != rest and evidence.is_difference(figures[whole], part, figures[rest])
    ]
    if len(fits) == 1:
        desk.settle("amount", fits[0][0])
        desk.settle("balance", fits[0][1])
    if fits:
        return
    left = [
        at
        for at in figures
        if "balance" in dict(may_mean(desk.kind, desk.header.texts[at]))
        and _is_left_of_parts(desk, at, figures, part)
    ]
    if len(left) == 1:
        desk.settle("balance", left[0])


def _is_left_of_parts(
    desk: Desk, place: int, figures: Mapping[int, evidence.Figures], paid: evidence.Figures
) -> bool:
    """Tell whether a column is what is left of two or three others."""
    pairs = zip(figures[place], paid, strict=True)
    whole = [None if rest is None else rest + (part or 0) for rest, part in pairs]
    others = [each for at, each in figures.items() if at != place]
    return any(
        evidence.is_sum(whole, chosen) for count in (2, 3) for chosen in combinations(others, count)
    )


def _weigh_buckets(desk: Desk) -> None:
    """Of several amounts, the one that the ageing columns add up to is what is left."""
    buckets = [at for at in desk.free() if is_bucket(desk.header.texts[at])]
    amounts = desk.candidates("amount")
    if len(buckets) < 3 or not amounts or "balance" in desk.columns:
        return
    parts = [desk.figures(at) for at in buckets]
    fits = [at for at in amounts if evidence.is_sum(desk.figures(at), parts)]
    if len(fits) == 1:
        rest = [at for at in amounts if at not in fits]
        desk.settle("balance", fits[0])
        if len(rest) == 1:
            desk.settle("amount", rest[0])


def weigh_dues(desk: Desk, guesses: dict[str, list[tuple[int, str]]]) -> None:
    """Let its figures say whether "Total Due" is what is left, or says nothing new."""
    found = guesses.get("balance", [])
    if desk.kind != "invoices" or len(found) != 1:
        return
    place = found[0][0]
    if fold(desk.header.texts[place]) not in _DUES or desk.candidates("amount"):
        return
    left, whole = desk.figures(place), desk.figures_of("amount")
    pairs = [(a, b) for a, b in zip(whole, left, strict=True) if a is not None and b is not None]
    if "amount" not in desk.columns:
        if "paid" in desk.columns:
            return
        desk.settle("balance", place)
    elif "paid" not in desk.columns and any(b < a for a, b in pairs):
        if not all(0 <= b <= a for a, b in pairs):
            return
        desk.settle("balance", place)
    elif not pairs or any(a != b for a, b in pairs):
        return
    del guesses["balance"]
