"""Columns of money under whatever heading that may say what was paid or is left: a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.headings.buckets import is_part_of_open
from collector.intake.headings.deductions import may_take_off
from collector.intake.headings.folding import currency_kind, unit_of
from collector.intake.headings.guessing import may_mean
from collector.intake.headings.lessening import may_lessen
from collector.intake.headings.other_figures import is_harmless
from collector.intake.headings.shares import (
    Bools,
    Floats,
    as_numbers,
    is_made_up,
    is_share,
    is_without_tax,
    lies_within,
    looks_like_money,
    same,
)
from collector.intake.headings.words import is_tax_amount
from collector.intake.region import Region
from collector.intake.unread import are_open
from collector.model import Problem, Where, column_letters

_GLANCE: Final = 200
_AGES: Final = 2
_SETTLED: Final = ("paid", "void")


def unread_money(region: Region, frame: pd.DataFrame) -> list[Problem]:
    """Return a problem for each open row of ``frame`` that a column of unread money may concern.

    Such a column has figures within the amounts, under a heading that no other part of the intake
    knows and that names nothing harmless. What the paid column, the balance or the status shows
    already is none. ``frame`` has the invoices as read, by sheet ``row``.
    """
    table = region.table
    ages = [at for at, text in table.others.items() if is_part_of_open(text)]
    places = [at for at, text in table.others.items() if at not in ages and not _is_known(text)]
    if not (ages or places) or frame.empty or "amount" not in table.columns:
        return []
    desk = _Desk(region, frame)
    found = [(place, at) for place in places for at in desk.rows(place)]
    found += [(ages[0], at) for at in desk.rows_of_ages(ages)]
    sheet_rows, customers = frame["row"].tolist(), frame["customer"].tolist()
    return [
        Problem(
            Where(table.tab, sheet_rows[at], column_letters(place)), "problem_unused_column",
            {"column": column_letters(place), "heading": " ".join(table.others[place].split())},
            customers[at], "customer",
        )
        for place, at in sorted(found)
    ]  # fmt: skip


def _is_known(heading: str) -> bool:
    """Tell whether a heading is harmless, or another part of the intake heeds its figures."""
    return bool(
        is_harmless(heading)
        or may_lessen(heading)
        or may_take_off(heading)
        or is_tax_amount(heading)
    )


def _may_be(heading: str, field: str) -> bool:
    return any(name == field for name, _ in may_mean("invoices", heading))


class _Desk:
    """The rows of a table as figures: what is known of each, and any other column."""

    def __init__(self, region: Region, frame: pd.DataFrame) -> None:
        self.region, self.table = region, region.table
        self.rows_at = (frame["row"] - self.table.first_row).tolist()
        scale = 10.0 ** frame["exponent"].to_numpy()
        self.amount: Floats = frame["amount"].to_numpy() / scale
        self.paid: Floats = frame["paid"].to_numpy() / scale
        self.balance: Floats = frame["balance"].to_numpy() / scale
        self.told = {"paid", "balance"} & self.table.columns.keys()
        if self.table.ages:
            self.told.add("balance")
        self.open: Bools = are_open(frame)
        self.settled: Bools = frame["paid_status"].isin(_SETTLED).to_numpy(dtype=np.bool_)
        self.seen: dict[int, Floats | None] = {}

    def figures(self, place: int) -> Floats | None:
        """Return a column in major units, None where it holds no figures."""
        if place not in self.seen:
            self.seen[place] = self._read(place, len(self.rows_at))
        return self.seen[place]

    def _read(self, place: int, count: int) -> Floats | None:
        rows = self.region.rows
        cells = [rows[at][place] if place < len(rows[at]) else None for at in self.rows_at[:count]]
        numbers = as_numbers(cells)
        times = unit_of(self.table.others[place])[0]
        times = times if times != 1 else self.table.units.get("amount", 1)
        return None if numbers is None else numbers * times

    def _may_lie_within(self, place: int) -> bool:
        """Tell at a glance whether it is worth while to look at all rows of a column."""
        few = self._read(place, _GLANCE)
        blank = few is not None and not self._told(few).any()
        return few is not None and (blank or lies_within(few, self.amount[:_GLANCE]))

    def rows(self, place: int) -> list[int]:
        """Return the open rows of which a column may say that less is owed, or nothing."""
        part = self.figures(place) if self._may_lie_within(place) else None
        if part is None or not lies_within(part, self.amount):
            return []
        heading = self.table.others[place]
        sure = bool((self._told(part) & same(part, self.amount)).any())
        if self._says_nothing_new(part) or is_share(part, self.amount):
            return []
        if not sure and (currency_kind(heading) or not looks_like_money(part, self.amount)):
            return []
        if is_made_up(part, self.amount, self._others(place)):
            return []
        if is_without_tax(part, self.amount, self._taxes()):
            return []
        found = self._concerned(part, heading, sure=sure)
        hits: list[int] = np.flatnonzero(found & self.open).tolist()
        return hits

    def rows_of_ages(self, places: Sequence[int]) -> list[int]:
        """Return the open rows of which all ages together say less than their amount, or nothing.

        Beside what is paid or left they say nothing new, and nor do they where all are blank.
        """
        parts = [] if self.told else [self.figures(at) for at in places]
        found = [
            np.nan_to_num(each) for each in parts if each is not None and self._told(each).any()
        ]
        if not found:
            return []
        sums: Floats = np.sum(found, axis=0)
        sure = bool((self._told(sums) & same(sums, self.amount)).any())
        # One such column may count days.
        if not sure and (len(found) < _AGES or not looks_like_money(sums, self.amount)):
            return []
        hits: list[int] = np.flatnonzero(~same(sums, self.amount) & self.open).tolist()
        return hits

    def _concerned(self, part: Floats, heading: str, *, sure: bool) -> Bools:
        none: Bools = np.zeros(len(part), np.bool_)
        told = self._told(part)
        if "balance" in self.told:
            # Finance's own figure wins, unless all of it is named elsewhere too.
            whole = told & same(part, self.balance)
            return whole if told.any() and whole.sum() == told.sum() else none
        if "paid" in self.told:
            left = same(part, self.amount - self.paid)[told].all()
            return none if left and _may_be(heading, "balance") else told
        if _may_be(heading, "paid"):
            return told
        if _may_be(heading, "balance"):
            return ~same(np.nan_to_num(part), self.amount) if sure else told
        # It may be what is paid or what is left: then a row is settled by the whole or by nothing.
        return ~none if sure else told

    def _told(self, part: Floats) -> Bools:
        told: Bools = np.nan_to_num(np.abs(part)) > 0.005
        return told

    def _says_nothing_new(self, part: Floats) -> bool:
        """Tell whether a column only repeats the amount, what was paid, what is left or a state."""
        told, left = self._told(part), self.amount - self.paid
        plain = np.nan_to_num(part)
        known = [self.amount]
        if "paid" in self.told:
            known.append(left)
            if same(part, self.paid)[told].all():
                return True
        if "balance" in self.told:
            known.append(self.balance)
        if self.settled.any():
            known += [
                np.where(self.settled, 0, self.amount),
                np.where(self.settled, self.amount, 0),
            ]
        return any(bool(same(plain, each).all()) for each in known)

    def _taxes(self) -> list[Floats]:
        found = [self.figures(at) for at, text in self.table.others.items() if is_tax_amount(text)]
        return [each for each in found if each is not None]

    def _others(self, place: int) -> list[Floats]:
        found = [self.figures(at) for at in self.table.others if at != place]
        return [each for each in found if each is not None]
