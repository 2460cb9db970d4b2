"""Headings of ages: a column for each span of days, whose figures together are what is open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from collector.intake.headings.evidence import figures
from collector.intake.headings.folding import shown_heading
from collector.model import Cell

_BUCKET: Final = re.compile(
    r"current|not (?:yet )?due|older|future|(?:over|above|>|<)\s*\d+.*|\d+\s*(?:-|to|–|~"
    r"|至)\s*\d+.*|\d+\s*\+.*"
    r"|<?\s*\d+ (?:months?|days?).*|period \d+|\d+\s*(?:days?|天)?\s*(?:and )?(?:over|above"
    r"|以上).*|未到期|未逾期|信用期内"
    r"|逾期\d+.*|\d+天.*|.*个月.*|.*年以(?:内|上)|\d+-\d+年",
    re.IGNORECASE,
)
# One such column is a part of what is open: what is overdue of it, or what is not yet.
_PART: Final = re.compile(
    r"(?:(?:amount|total|balance|of which) )?(?:over ?due|past ?due)"
    r"(?: (?:amount|amt|balance|total))?"
    r"|(?:noch )?nicht (?:ueber|uber)?fallig|(?:ueber|uber)?fallig(?:er betrag)?"
    r"|davon (?:uber)?fallig"
    r"|(?:non )?echus?|(?:montant )?echu|vencid[oa]s?|(?:no|nao|por|a) venc\w+|corriente|a vencer"
    r"|(?:non )?scadut[oi]|a scadere|vervallen|niet vervallen"
    r"|逾期(?:金额|款|额|未收|应收)?"
    r"|超期(?:金额|款)?|已到期(?:金额)?|到期未收(?:金额|款)?|已逾期(?:金额)?|延滞額?"
    r"|期限内|期日到来済|at date|(?:30|45|60|90|120|150|180|360|365) ?\+?|\+ ?\d+"
    r"|(?:plus de|mehr als|uber|mas de|oltre|meer dan|mais de) \d+.*"
    r"|\d+ ?[-–] ?\d+ (?:tage|jours|dias|giorni|dagen|dni|日).*",
    re.IGNORECASE,
)
_NOT_DUE: Final = re.compile(
    r"current|at date|not (?:yet )?due|future|未到期|未逾期|信用期内|期限内"
    r"|(?:noch )?nicht (?:uber)?fallig|non echus?|no vencid[oa]s?|por vencer|a vencer|corriente"
    r"|a scadere|non scadut[oi]|niet vervallen",
    re.IGNORECASE,
)
_ACCENTS: Final = re.compile(r"[\u0300-\u036f]")
_FEWEST: Final = 2
_TOLERANCE: Final = Decimal("0.015")


@lru_cache(maxsize=4096)
def is_bucket(heading: str) -> bool:
    """Tell whether a heading is of an age: ``31-60 days``, ``90+``, ``未到期``."""
    return bool(_BUCKET.fullmatch(shown_heading(heading).strip(" ()（）")))


@lru_cache(maxsize=4096)
def is_part_of_open(heading: str) -> bool:
    """Tell whether a heading is of an age, or of what is overdue or not yet due of the balance."""
    return is_bucket(heading) or bool(_PART.fullmatch(_plain(heading)))


def ages(
    others: Mapping[int, str], columns: Mapping[str, int],
    cells_of: Callable[[int], Sequence[Cell]],
) -> tuple[int, ...]:  # fmt: skip
    """Return the columns of ages that add up to what is open of each amount, where they do.

    ``others`` are the headings of columns that no field has. No row may have more in them than its
    amount; and as a row with nothing in any of them counts as paid, there must be room for what is
    not yet due.
    """
    found = tuple(at for at, text in others.items() if is_part_of_open(text))
    if len(found) < _FEWEST or "amount" not in columns or {"paid", "balance"} & columns.keys():
        return ()
    days = [cells_of(columns[name]) for name in ("due_date", "invoice_date") if name in columns]
    dated = [at for at, row in enumerate(zip(*days, strict=True)) if any(map(_is_day, row))]
    whole = figures(_at(dated, cells_of(columns["amount"])))
    parts = [figures(_at(dated, cells_of(at))) for at in found]
    rows = [
        (amount, [each for each in row if each]) for amount, *row in zip(whole, *parts, strict=True)
    ]
    if not any(row for _, row in rows) or not all(_is_aged(a, row) for a, row in rows if a):
        return ()
    if any(_NOT_DUE.fullmatch(_plain(others[at])) for at in found):
        return found
    due = _at(dated, cells_of(columns["due_date"])) if "due_date" in columns else []
    return found if _all_have_come_due(rows, due) else ()


def _at(rows: Sequence[int], cells: Sequence[Cell]) -> list[Cell]:
    return [cells[at] for at in rows]


def _is_day(cell: Cell) -> bool:
    return cell is not None and any(map(str.isdigit, str(cell)))


def _is_aged(amount: Decimal, parts: Sequence[Decimal]) -> bool:
    """Tell whether one age at most has a part of an amount: an invoice is as old as it is."""
    return not parts or (len(parts) == 1 and _within(parts[0], amount))


def _within(part: Decimal, whole: Decimal) -> bool:
    """Tell whether a part is none, all or some of a whole, on its side of zero."""
    sign = 1 if whole > 0 else -1
    return -_TOLERANCE <= part * sign <= abs(whole) + _TOLERANCE


def _all_have_come_due(
    rows: Sequence[tuple[Decimal | None, list[Decimal]]], due: Sequence[Cell]
) -> bool:
    """Tell whether no row without a figure falls due after all that have one: it may only wait."""
    days = [
        (day if isinstance(day, date) else None, row)
        for day, (_, row) in zip(due, rows, strict=False)
    ]
    told = [str(day) for day, row in days if day and row]
    return bool(told) and all(
        day is not None and str(day) <= max(told) for day, row in days if not row
    )


def _plain(heading: str) -> str:
    line = _ACCENTS.sub("", unicodedata.normalize("NFD", shown_heading(heading)))
    return unicodedata.normalize("NFC", line).replace("_", " ").casefold().strip(" ()（）.:")
