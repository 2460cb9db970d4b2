"""What rows let on of payment beside their figures, gathered: each is asked about, none is read."""

from __future__ import annotations

from typing import Any

from collector.intake.blank_flags import complain_of_blank_flags
from collector.intake.cells.column import Bools
from collector.intake.complaints import Complaints
from collector.intake.marked import complain_of_marks
from collector.intake.party_balances import complain_of_party_balances
from collector.intake.region import Region
from collector.intake.said_in_notes import complain_of_notes
from collector.model import Grid, Policy


def complain_of_hints(
    grid: Grid,
    region: Region,
    complaints: Complaints,
    read: dict[str, Any],
    wanted: Bools,
    policy: Policy,
    *,
    has_receipts: bool,
) -> Bools:
    """Return the rows whose balance a note, a flag or the balance column itself makes doubtful.

    So does a mark on the row, except where receipts may tell that it is paid indeed.
    """
    bad = complain_of_party_balances(region, complaints, read, wanted)
    bad |= complain_of_blank_flags(region, complaints, read, wanted)
    bad |= complain_of_notes(grid, region, complaints, read, wanted, policy)
    marked = complain_of_marks(grid, region, complaints, read, wanted)
    return bad if has_receipts else bad | marked
