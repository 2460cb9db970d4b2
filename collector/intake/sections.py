"""Rows of their own inside a table that speak for the rows below: PAID, 已付, EUR."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from collector.intake.cells.column import Bools, Complaint, shown
from collector.intake.cells.currencies import currency_of
from collector.intake.complaints import Complaints
from collector.intake.region import Region
from collector.intake.section_words import bare_currency, kind_of_section
from collector.model import Cell


def complain_of_sections(
    region: Region, complaints: Complaints, read: Mapping[str, Any], wanted: Bools
) -> Bools:
    """Return the rows under a heading of their own that says they are settled, or foreign.

    What holds under it lasts until a heading of its kind says otherwise; nobody can tell whether
    it was meant so, so each row is complained of. A row with a currency of its own, or in the one
    that is named, is none of them.
    """
    bad = np.zeros(len(region), np.bool_)
    amount = "amount" if "amount" in region.columns else "balance"
    own = region.filled("currency")
    for kind, at, end, text in _parts(region, wanted):
        rows: Bools = np.zeros(len(region), np.bool_)
        rows[at:end] = wanted[at:end]
        code, facts = "problem_under_heading", {"text": shown(text)}
        if kind == "currency":
            code, iso = "problem_under_currency", read["currency"].to_numpy(dtype=object)
            named = {each: currency_of(bare_currency(text), each) for each in set(iso.tolist())}
            same = [each for each, meant in named.items() if each == meant]
            rows &= ~own & ~np.isin(iso, same)
        said = Complaint(code, facts)
        complaints.add(amount, dict.fromkeys(np.flatnonzero(rows).tolist(), said), "customer")
        bad |= rows
    return bad


def _parts(region: Region, wanted: Bools) -> list[tuple[str, int, int, str]]:
    """Return what each such heading says, the rows it is above, and its words."""
    heads = [
        (kind, at, text)
        for at in np.flatnonzero(~wanted).tolist()
        if (text := _only_text(region, at)) and (kind := kind_of_section(text))
    ]
    parts = []
    for number, (kind, at, text) in enumerate(heads):
        if kind == "open":
            continue
        family = {"currency"} if kind == "currency" else {"open", "closed"}
        end = next((to for other, to, _ in heads[number + 1 :] if other in family), len(region))
        parts.append((kind, at + 1, end, text))
    return parts


def _only_text(region: Region, at: int) -> str:
    """Return the text of a row that holds nothing else, ``""`` where it does."""
    table, row = region.table, region.rows[at]
    ours = set(table.owned.values())
    found: list[Cell] = [
        cell
        for place, cell in enumerate(row[table.left : table.right + 1], start=table.left)
        if cell not in (None, "") and place not in ours
    ]
    return found[0] if len(found) == 1 and isinstance(found[0], str) else ""
