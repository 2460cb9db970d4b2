"""Currencies and units that only the number formats of figures show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from collector.intake.cells.column import NUMBER, Bools, Complaint, Ints
from collector.intake.cells.currencies import DOLLARS, usual
from collector.intake.complaints import Complaints
from collector.intake.number_formats import LOCAL, Shown, shown_by
from collector.intake.region import Region
from collector.model import Policy

_FIELDS: Final = ("amount", "balance", "paid")


def shown_currencies(
    region: Region, name: str, likely: str
) -> tuple[npt.NDArray[np.object_], Bools]:
    """Return the ISO code that each row's figure of a field is shown in, and bare dollar signs.

    A sign that is one of the ``likely`` currency's own is that one's; one that nobody can tell
    says nothing (``""``).
    """
    iso = np.full(len(region), "", dtype=object)
    dollars = np.zeros(len(region), np.bool_)
    for shown, rows in _shown(region, name):
        if len(shown.codes) == 1:
            iso[rows] = next(iter(shown.codes))
        else:
            iso[rows] = likely if likely in shown.codes else usual(shown.codes)
            dollars |= rows if shown.codes == frozenset(DOLLARS) else False
    return iso, dollars


def complain_of_shown(
    region: Region, iso: npt.NDArray[np.object_], complaints: Complaints
) -> Bools:
    """Return the rows whose figures are shown in another currency or unit than they are read in."""
    bad = np.zeros(len(region), np.bool_)
    if not region.formats:
        return bad
    for name in _FIELDS:
        for shown, rows in _shown(region, name):
            other = rows & ~np.isin(iso, list(shown.codes)) if shown.codes else rows & False
            for at in np.flatnonzero(other).tolist():
                said = Complaint(
                    "problem_shown_currency", {"text": shown.text, "currency": iso[at]}
                )
                complaints.add(name, {at: said}, "customer")
            bad |= other
            if shown.times not in (1, region.table.units.get(name, 1)):
                unit = Complaint("problem_shown_unit", {"text": shown.text})
                at_rows = np.flatnonzero(rows & ~other).tolist()
                complaints.add(name, dict.fromkeys(at_rows, unit), "customer")
                bad |= rows
    return bad


def rows_shown(region: Region, name: str, kind: int, test: Callable[[str], bool]) -> Ints:
    """Return the rows of a field's cells of a kind whose number format passes a test."""
    cells, place = region.columns.get(name), region.table.columns.get(name, -1)
    found = np.zeros(len(region), np.bool_)
    for code, columns in region.formats.items() if cells is not None else ():
        if place in columns and test(code):
            at = np.asarray(columns[place], dtype=np.int64) - (region.table.first_row - 1)
            found[at[(at >= 0) & (at < len(region))]] = True
    return (
        np.flatnonzero(found & (cells.kinds == kind)) if cells is not None else found.nonzero()[0]
    )


def say_local(region: Region, unsaid: Bools, complaints: Complaints, policy: Policy) -> None:
    """Say once that amounts are shown in the currency of whoever opens the file."""
    for name in _FIELDS[:2] if region.formats else ():
        for shown, rows in _shown(region, name):
            at = np.flatnonzero(rows & unsaid).tolist()
            if shown.text == LOCAL and at:
                facts = {"rows": f"{len(at):,}", "currency": policy.currency}
                return complaints.add(
                    name, {at[0]: Complaint("problem_shown_local", facts)}, "nothing"
                )


def _shown(region: Region, name: str) -> Iterator[tuple[Shown, Bools]]:
    """Yield what the number formats of a field's figures show, and on which rows."""
    cells, place = region.columns.get(name), region.table.columns.get(name, -1)
    if cells is None:
        return
    first = region.table.first_row - 1
    for code, columns in region.formats.items():
        shown = shown_by(code) if place in columns else None
        if shown is None:
            continue
        at = np.asarray(columns[place], dtype=np.int64) - first
        rows = np.zeros(len(region), np.bool_)
        rows[at[(at >= 0) & (at < len(region))]] = True
        rows &= cells.kinds == NUMBER
        if rows.any():
            yield shown, rows
