"""The totals that check shows: the sheet's own, ours, and what lies between."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from collector.fields import exponent

if TYPE_CHECKING:
    from collector.intake.book import Book
    from collector.intake.sums import SheetSum


def sum_json(found: SheetSum) -> dict[str, str]:
    """Return a total of the sheet's as JSON has it."""
    return {"where": str(found.where), "field": found.field, "currency": found.currency,
            **sum_words(found)}  # fmt: skip


def sum_words(found: SheetSum) -> dict[str, str]:
    """Return what the sheet says, what we say and the difference, in the currency's own units."""

    def written(minor: int) -> str:
        return str(Decimal(minor).scaleb(-exponent(found.currency)))

    return {"stated": written(found.stated), "ours": written(found.ours),
            "difference": written(found.difference)}  # fmt: skip


def our_totals(book: Book) -> list[tuple[str, str, str]]:
    """Return what the rows add up to: field, currency and total in its own units."""
    rows = book.invoices
    return [
        (name, str(currency), f"{Decimal(int(minor)).scaleb(-exponent(str(currency))):,}")
        for name in ("amount", "paid", "balance")
        if name in book.has
        for currency, minor in rows.groupby("currency")[name].sum().items()
    ]


def sums_to_show(sums: Sequence[SheetSum]) -> list[SheetSum]:
    """Return the last total of each column, and before it those that differ from ours."""
    last = {found.field: found for found in sums}
    return [found for found in sums if found.difference or last[found.field] is found]
