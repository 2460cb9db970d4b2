"""What payment terms say, whatever their language."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """When payment is due, counted from the invoice date.

    ``day_of_next_month`` (31 is the month's last day) stands alone; else the end of the invoice's
    month where ``month_end``, plus ``days``. ``immediate`` is due on the invoice date.
    """

    days: int = 0
    month_end: bool = False
    day_of_next_month: int | None = None
    immediate: bool = False
    discount_percent: Decimal | None = None
    discount_days: int | None = None
