"""The key figures of owners, classes and customers, as columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from collector.fields import CUSTOMER_HEADINGS
from collector.letters.figures_pen import Column
from collector.letters.figures_words import SHARES, Words
from collector.rules.figures import CurrencyFigures, Figures
from collector.rules.shares import Group, Kpi

_LABELS: Final = {"owner": "fig_owner", "rating": "fig_class"}


@dataclass(frozen=True, slots=True)
class KpiRow:
    """A group's figures in one currency; ``by`` is ``owner``, ``rating`` or ``customer``."""

    by: str
    currency: CurrencyFigures
    group: Group


def kpi_rows(figures: Figures, kinds: Sequence[str]) -> list[KpiRow]:
    """Return the groups of some kinds, currency by currency; a kind nobody is named in, not."""
    found = []
    for by in kinds:
        rows = [KpiRow(by, each, group) for each in figures.currencies for group in _of(each, by)]
        found += rows if any(row.group.name for row in rows) else []
    return found


def _of(currency: CurrencyFigures, by: str) -> tuple[Group, ...]:
    return {"owner": currency.owners, "rating": currency.ratings}.get(by, currency.debtors)


def kpi_columns(rows: Sequence[KpiRow], words: Words, *, alone: bool) -> list[Column]:
    """Return the columns of a table of such rows; ``alone``: they are all of one kind."""
    names = [words.group(row.group, row.by) for row in rows]
    name = CUSTOMER_HEADINGS["customer"][words.language] if alone else words.say("fig_name")
    kinds = [] if alone else [
        Column(words.say("fig_by"), "short", [words.say(_LABELS[row.by]) for row in rows])
    ]  # fmt: skip
    return [
        *kinds,
        Column(name, "text", names),
        Column(words.say("fig_currency"), "short", [row.currency.currency for row in rows]),
        _money(rows, "fig_receivables", "receivables", words),
        _money(rows, "fig_overdue", "overdue", words),
        _money(rows, "fig_plan", "plan", words),
        _money(rows, "fig_collected", "collected", words),
        *(
            column
            for place in range(len(rows[0].group.kpis))
            for column in _kpi(rows, place, words)
        ),
    ]


def _money(rows: Sequence[KpiRow], heading: str, name: str, words: Words) -> Column:
    places = [row.currency.exponent for row in rows]
    amounts = [
        getattr(row.group, name) / 10**exponent for row, exponent in zip(rows, places, strict=True)
    ]
    return Column(words.say(heading), "money", amounts, places)


def _kpi(rows: Sequence[KpiRow], place: int, words: Words) -> list[Column]:
    """Return a figure and its change; a target stands in the heading."""
    kpis = [row.group.kpis[place] for row in rows]
    first, share = kpis[0], kpis[0].name in SHARES
    name = heading = words.say(f"fig_short_{first.name}")
    if first.target is not None:
        heading += f" ({words.say('fig_target')} {words.kpi(first, first.target)})"
    values = [words.kpi(kpi, kpi.now) if kpi.at_least else kpi.now for kpi in kpis]
    return [
        Column(heading, "precise" if share else "number", values),
        Column(f"{name} ±", "moved", [_moved(kpi, 100 if share else 1) for kpi in kpis]),
    ]


def _moved(kpi: Kpi, scale: int) -> float | None:
    if kpi.now is None or kpi.before is None:
        return None
    return round((kpi.now - kpi.before) * scale, 4)
