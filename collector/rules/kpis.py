"""Figures for managers, each a formula of the trade on exact minor units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


def dso(receivables: int, sales: int, days: int) -> float | None:
    """Return days sales outstanding: receivables / credit sales × days; None without sales."""
    return receivables * days / sales if sales > 0 else None


def best_possible_dso(current: int, sales: int, days: int) -> float | None:
    """Return what DSO would be if nothing were overdue; ``current`` is what is not yet due."""
    return dso(current, sales, days)


def average_days_delinquent(receivables: int, current: int, sales: int, days: int) -> float | None:
    """Return DSO less the best possible one: the days that lateness costs."""
    return dso(receivables - current, sales, days)


@dataclass(frozen=True, slots=True)
class DaysBack:
    """Days of sales that receivables stand for; ``at_least`` when all known months are used up."""

    days: float
    at_least: bool


def countback_dso(receivables: int, months: Sequence[tuple[int, int]]) -> DaysBack:
    """Return the count-back DSO: whole months of sales are taken off, the newest first.

    ``months`` are (credit sales, days) of each month, newest first.
    """
    left, days = receivables, 0.0
    for sales, length in months:
        if left <= sales:
            return DaysBack(days + (length * left / sales if sales > 0 else 0.0), at_least=False)
        left -= max(sales, 0)
        days += length
    return DaysBack(days, at_least=left > 0)


def collection_effectiveness(
    *, opening: int, sales: int, closing: int, closing_current: int
) -> float | None:
    """Return the CEI of a period: the share collected of what could be; None when nothing could."""
    collectable = opening + sales - closing_current
    return (opening + sales - closing) / collectable if collectable > 0 else None


def turnover(sales: int, receivables: int) -> float | None:
    """Return how often receivables turn over in the period of the sales."""
    return sales / receivables if receivables > 0 else None


def overdue_ratio(overdue: int, receivables: int) -> float | None:
    """Return the share of receivables that is overdue."""
    return overdue / receivables if receivables > 0 else None


def provision(buckets: Sequence[int], rates: Sequence[Decimal]) -> int:
    """Return the loss to provide for: each bucket, youngest first, by its loss rate.

    A bucket beyond the last rate takes that one; negative ones count as nothing. Rounded half up
    once, to whole minor units.
    """
    each = [rates[min(place, len(rates) - 1)] for place in range(len(buckets))]
    loss = sum((max(b, 0) * rate for b, rate in zip(buckets, each, strict=True)), Decimal(0))
    return int(loss.quantize(Decimal(1), ROUND_HALF_UP))
