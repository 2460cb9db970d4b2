"""What a remark about a row, in a cell or a comment, says that the row's own cells do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np

from collector.intake.asking_words import Asked, remark_asks
from collector.intake.cells.column import Bools, Ints
from collector.intake.settled_words import Said, remark_says
from collector.model import Holds

Told: TypeAlias = Said | Asked

HOLDS: Final[Mapping[Told, Holds]] = {"dispute": "invoice"}
SETTLING: Final = ("part", "full", "void")


def told_by(text: str) -> Told:
    """Return what a remark says of its row, a payment before all else."""
    return remark_says(text) or remark_asks(text)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rows' own cells say: what is open, in minor units, and what else is known."""

    rest: Ints
    recorded: Bools
    disputed: Bools
    silent: Bools

    def is_news(self, told: Told, at: int) -> bool:
        """Tell whether a remark says more of an open row than its cells do.

        Where a payment is recorded already, one that speaks of a payment says nothing new unless
        it says that all is paid.
        """
        known = {"part": self.recorded, "dispute": self.disputed, "quiet": self.silent}
        return bool(told) and bool(self.rest[at] > 0) and not (told in known and known[told][at])


def standing_of(read: Mapping[str, Any]) -> Standing:
    """Return what the columns read so far say of each row."""
    rest = np.where(read["has_balance"], read["balance"], read["amount"] - read["paid"])
    less = read["has_balance"] & read["has_amount"] & (read["balance"] < read["amount"])
    settled = read["paid_status"].isin(["paid", "void"]).to_numpy(dtype=np.bool_)
    return Standing(
        np.where(settled, 0, rest),
        (read["paid"] != 0) | less,
        np.asarray(read["dispute"], np.bool_),
        np.asarray(read["do_not_chase"], np.bool_) | ~np.isnat(read["pause_until"]),
    )
