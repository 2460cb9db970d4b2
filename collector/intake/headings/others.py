"""Whether a tab lists the customers of the invoices, or somebody else under a word as general."""

from __future__ import annotations

from collector.intake.cells.texts import fold_name, text_of
from collector.intake.headings.guessing import may_mean
from collector.intake.headings.matching import Header, field_of
from collector.intake.headings.states import state_of
from collector.intake.headings.words import WEAK
from collector.model import Grid

_PARTY = ("customer", "customer_id")
_TELLING = frozenset({"party", "bounced", "reaches", "mail", "hands", "chase", "mute"})


def names_weakly(header: Header) -> bool:
    """Tell whether no heading of a list says outright that its names are customers'."""
    found = [match for text in header.texts if (match := field_of("customers", text))]
    return not any(name in _PARTY and form not in WEAK[name] for name, form in found)


def tells_states(header: Header, grid: Grid) -> bool:
    """Tell whether a list has each of its names once, and a column of how they fare."""
    states = [state_of(text, of_customers=True) for text in header.texts if text]
    if not _TELLING & set(states):
        return False
    found = [
        at for at, text in enumerate(header.texts) if text and _may_be_party("customers", text)
    ]
    rows = grid.rows[header.row + 1 :]
    names = [fold_name(text_of(row[at])) for row in rows for at in found[:1] if at < len(row)]
    told = [name for name in names if name]
    return bool(told) and len(set(told)) == len(told)


def names_of_party(kind: str, header: Header, grid: Grid) -> set[str]:
    """Return the folded names and codes below the headings that are of customers, or may be."""
    places = [at for at, text in enumerate(header.texts) if text and _may_be_party(kind, text)]
    rows = grid.rows[header.row + 1 :]
    cells = {row[at] for at in places for row in rows if at < len(row)}
    return {fold_name(text_of(cell)) for cell in cells if cell not in (None, "")} - {""}


def _may_be_party(kind: str, heading: str) -> bool:
    match = field_of(kind, heading)
    names = {match[0]} if match else {name for name, _ in may_mean(kind, heading)}
    return bool(names & {*_PARTY})
