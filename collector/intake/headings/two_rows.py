"""Headings in two rows: group titles above, which say what the headings below them are of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from collector.fields import MONEY_FIELDS
from collector.intake.headings.folding import (
    NEGATIVE,
    bracketed,
    heading_text,
    unit_in_title,
    without_brackets,
)
from collector.intake.headings.matching import Header, field_of
from collector.intake.headings.units import is_unit, read_unit
from collector.intake.headings.words import WEAK
from collector.model import Cell, Grid

# What a group title adds to its subject without saying anything: "Customer details", 客户信息.
_ABOUT: Final = re.compile(
    r"\s*(?:details?|info(?:rmation)?|data|particulars|daten|infos?|datos)$|(?:基本)?(?:信息"
    r"|资料|明细|情况|数据|内容)$",
    re.IGNORECASE,
)
_TITLE: Final = 30


def goes_on_below(rows: Sequence[Sequence[Cell]], row: int, grid: Grid) -> bool:
    """Tell whether a row of headings goes on in the next: under some that are merged are others."""
    if row + 1 >= len(rows):
        return False
    wide = [
        range(left, right + 1)
        for first, left, last, right in grid.merged
        if first == last == row and right > left
    ]
    if not wide:
        return False
    if _stand_under(rows[row + 1], wide):
        return True
    if not any(first == row and last == row + 1 for first, _, last, _ in grid.merged):
        return False
    below = tuple(heading_text(cell) for cell in rows[row + 1])
    return together(rows[row], below, row + 1, grid) is not None


def _stand_under(below: Sequence[Cell], wide: Sequence[range]) -> bool:
    """Tell whether all that stands in a row is several words under merged headings."""
    places = {at for at, cell in enumerate(below) if cell not in (None, "")}
    if not all(isinstance(below[at], str) for at in places):
        return False
    counts = [len(places & set(each)) for each in wide]
    return sum(counts) == len(places) and max(counts) > 1


def under_titles(above: Sequence[Cell], texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return a header whose figures under a title like "Budget" say so."""
    titles = [heading_text(cell) for cell in above] + [""] * (len(texts) - len(above))
    return tuple(
        f"{title} {text}" if _is_other_figure(title, text) else text
        for title, text in zip(titles, texts, strict=False)
    )


def _is_other_figure(title: str, text: str) -> bool:
    match = (
        field_of("invoices", text) if 0 < len(title) <= _TITLE and NEGATIVE.search(title) else None
    )
    return match is not None and match[0] in MONEY_FIELDS


def together(above: Sequence[Cell], below: tuple[str, ...], row: int, grid: Grid) -> Header | None:
    """Return two rows as one header: group titles reach as far as they are merged.

    One that says a unit, and is not merged at all, reaches to the next.
    """
    titles = [heading_text(cell) for cell in above] + [""] * (len(below) - len(above))
    figures = any(cell is not None and not isinstance(cell, str) for cell in grid.rows[row])
    if figures or not any(titles):
        return None
    grouped: set[int] = set()
    for first_row, first, last_row, last in grid.merged:
        if first_row <= row - 1 <= last_row and last > first and first < len(titles):
            title = heading_text(grid.rows[first_row][first])
            for column in range(first, min(last, len(titles) - 1) + 1):
                titles[column] = title
                grouped.add(column)
    for column in range(1, len(below)):
        before = titles[column - 1]
        if below[column] and not titles[column] and column - 1 not in grouped and _unit(before):
            titles[column] = before
    texts = [
        _joined(title, text, column in grouped)
        for column, (title, text) in enumerate(zip(titles, below, strict=False))
    ]
    # Under a heading row there are cells, under group titles there are headings.
    if not any(field_of("invoices", text) for text, own in zip(texts, below, strict=False) if own):
        return None
    return Header(row, row - 1, tuple(texts))


def _unit(title: str) -> str:
    """Return the words of a group title that say a unit or a currency, ``""`` where none do."""
    inside = bracketed(title)
    if inside and (is_unit(inside) or read_unit(inside) != (1, "")):
        return inside
    return title if title and (is_unit(title) or unit_in_title(title)) else ""


def _joined(title: str, text: str, grouped: bool) -> str:
    """Return a heading with what its group's title adds: its subject, its unit."""
    if not text or not title:
        return text or ("" if grouped else title)
    unit = _unit(title)
    plain = title if not unit else without_brackets(title) if unit != title else ""
    of_amounts = not NEGATIVE.search(title) and (not plain or _field(plain) == "amount")
    joined = _in_group(plain, text, grouped, of_amounts)
    if not unit or _field(joined) not in (None, *MONEY_FIELDS):
        return joined
    return f"{joined} ({unit})"


def _field(heading: str) -> str | None:
    match = field_of("invoices", heading)
    return match[0] if match else None


def _in_group(title: str, text: str, grouped: bool, of_amounts: bool) -> str:
    """Return a heading with as much of its group's title as it needs to mean something."""
    bare = _ABOUT.sub("", title) if grouped else ""
    tried = [f"{title} {text}"] if title else []
    tried += [f"{bare}{'' if text[0] > 'z' else ' '}{text}"] if bare else []
    # In a group of amounts 应收 is 应收金额 and no date.
    tried += [text, f"{text}金额"] if of_amounts and text[0] > "z" else []
    for both in tried:
        if field_of("invoices", both) or field_of("customers", both):
            return both
    match = field_of("invoices", text)
    generic = match is not None and match[1] in WEAK.get(match[0], ())
    if NEGATIVE.search(title) and (grouped or len(title) <= _TITLE):
        return f"{title} {text}"
    return f"{title} {text}" if grouped and generic and not of_amounts else text
