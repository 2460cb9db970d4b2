"""What a column's own values say it is, whatever its heading: sums, dates, addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from collector.fields import DATE_FIELDS, MONEY_FIELDS
from collector.intake.cells.column import is_error, is_nothing, narrow
from collector.intake.cells.currencies import meanings
from collector.intake.terms import parse_terms
from collector.model import Cell

Figures: TypeAlias = list[Decimal | None]

_DATE: Final = re.compile(
    # Two parts with a point between them are a figure: 600.50, as is the start of 1.200,00.
    r"\d{1,4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,4}日?(?![\d,]).*"
    r"|\d{1,4}[-/年]\s?\d{1,2}月?(?![\d,.]).*"
    r"|\d{1,2}[- .]?[A-Za-zäéû]{3,9}[-,. ]*\d{2,4}"
    r"|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}|(?:19|20)\d{6}|民国.*"
    r"|(?:令和|平成)\s?(?:元|\d{1,2})年.*日|[RH]\d{1,2}\.\d{1,2}\.\d{1,2}"
    r"|[〇零一二三四五六七八九]{4}年.*日|\d{4}[ ‐–—−]\d{1,2}[ ‐–—−]\d{1,2}"
)
_REPUBLIC: Final = re.compile(r"1[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_NUMBER_OF_YEAR: Final = re.compile(r"\s*(?:19|20)?\d\d[-/]\d{1,4}\s*")
_MONEY: Final = re.compile(r"[^\d()+-]{0,6}[(+-]?[^\d()]{0,4}\d[\d.,' ]*\)?-?\s?[^\d]{0,6}")
_PLAIN: Final = re.compile(r"[^\d.\-]")
_TOLERANCE: Final = Decimal("0.015")
# Longer figures are bank references rather than money, and beyond what arithmetic here rounds.
_LARGEST: Final = 1e15
_FEWEST: Final = 3
_GLANCE: Final = 50
_RATES: Final = [Decimal(rate) / 100 for rate in range(1, 31)]


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    return [
        cell
        for cell in cells
        if cell is not None
        and not (isinstance(cell, str) and (not cell.strip() or is_nothing(cell.strip())))
    ]


def _share(cells: Sequence[Cell], kind: str) -> float:
    filled = [cell for cell in _filled(cells) if not (isinstance(cell, str) and is_error(cell))]
    return sum(_is(cell, kind) for cell in filled) / len(filled) if filled else 0.0


def _is(cell: Cell, kind: str) -> bool:
    if kind == "date":
        return isinstance(cell, date | datetime) or (
            isinstance(cell, str) and bool(_DATE.fullmatch(narrow(cell)))
        )
    if kind == "number":
        return isinstance(cell, int | float) and not isinstance(cell, bool)
    if kind == "money":
        return _is(cell, "number") or (
            isinstance(cell, str) and bool(_MONEY.fullmatch(narrow(cell))) and not _is(cell, "date")
        )
    if kind == "address":
        return isinstance(cell, str) and "@" in cell.replace("＠", "@")
    if kind == "terms":
        return _is(cell, "number") or (isinstance(cell, str) and parse_terms(cell) is not None)
    return isinstance(cell, str) and any(map(str.isalpha, cell))


def _is_day_number(cell: Cell) -> bool:
    """Tell whether a bare number may be a day: a serial number, 20190307, or 1150905 in Taiwan."""
    if isinstance(cell, str):
        return bool(_REPUBLIC.fullmatch(cell.strip()))
    return isinstance(cell, int | float) and (
        20_000 <= cell <= 80_000 or 19e6 <= cell < 21e6 or 101_0101 <= cell <= 149_1231
    )


def suits(name: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column's values can be of a field; a blank column can be of any."""
    filled = _filled(cells)
    if not filled:
        return True
    if name in (*DATE_FIELDS, "date"):
        days = sum(map(_is_day_number, filled)) / len(filled)
        words = [cell for cell in filled if isinstance(cell, str)] if name == "due_date" else []
        terms = _share(words, "terms") * len(words) / len(filled)
        return _share(cells, "date") + days + terms >= 0.5
    if name in MONEY_FIELDS:
        return _share(cells, "money") >= 0.5 and _share(cells, "date") < 0.5
    if name in ("email", "cc", "owner_email"):
        return _share(cells, "address") >= 0.5
    if name == "customer":
        return (
            _share(cells, "date") < 0.5 and not _are_sums(cells) and _share(cells, "address") < 0.5
        )
    if name in ("invoice", "customer_id"):
        numbered = name == "invoice" and _are_numbered(filled)
        return (numbered or _share(cells, "date") < 0.5) and not _are_sums(cells)
    if name == "terms":
        return _share(cells, "date") < 0.5
    if name in ("paid_status", "currency", "owner", "language", "country", "contact"):
        return _share(cells, "date") < 0.5 and _share(cells, "number") < 0.9
    return True


def surely_suits(name: str, cells: Sequence[Cell]) -> bool:
    """Tell whether a column that is merely asked about is worth the question."""
    filled = _filled(cells)
    if not filled or not suits(name, cells):
        return False
    if name == "customer":
        return _share(cells, "text") >= 0.5 and len(set(map(str, filled))) > 1
    if name in ("paid_status", "dispute", "do_not_chase", "credit_hold"):
        return len(set(map(str, filled))) <= 12
    if name in MONEY_FIELDS:
        return _share(cells, "number") >= 0.3 or _share(cells, "money") >= 0.8
    if name == "terms":
        return any(map(_may_be_term, set(map(str, filled))))
    return True


def _may_be_term(text: str) -> bool:
    """Tell whether a text may be a term of payment: by transfer or by cheque is none."""
    return any(map(str.isdigit, text)) or parse_terms(text) is not None


def _are_sums(cells: Sequence[Cell]) -> bool:
    filled = _filled(cells)
    broken = [cell for cell in filled if isinstance(cell, float) and not cell.is_integer()]
    return len(broken) * 2 >= len(filled)


def _are_numbered(filled: Sequence[Cell]) -> bool:
    """Tell whether a column counts on in each year, as 2026-1 and 2026/14 do, rather than days."""
    texts = {cell for cell in filled if isinstance(cell, str)}
    return len(texts) == len(filled) and all(map(_NUMBER_OF_YEAR.fullmatch, texts))


def are_currencies(cells: Sequence[Cell]) -> bool:
    """Tell whether a column's words are currencies, nine in ten of them at the least."""
    # A glance at the first few spares most columns the rest.
    few = [cell for cell in cells[:_GLANCE] if cell not in (None, "")]
    if not few or not any(isinstance(cell, str) and meanings(cell) for cell in few):
        return False
    filled = [cell for cell in cells if cell not in (None, "")]
    known = {cell: bool(meanings(cell)) for cell in set(filled) if isinstance(cell, str)}
    return sum(known.get(cell, False) for cell in filled) * 10 >= len(filled) * 9  # type: ignore[arg-type]


def are_dates(cells: Sequence[Cell]) -> bool:
    return _share(cells, "date") >= 0.8


def have_dates(cells: Sequence[Cell]) -> bool:
    """Tell whether at least half of a column's cells are dates, not merely numbers of days."""
    return _share(cells, "date") >= 0.5


def are_small(cells: Sequence[Cell]) -> bool:
    """Tell whether a column's numbers are too small for days of our time, by most of them."""
    filled = _filled(cells)
    return sum(map(_is_day_number, filled)) * 2 < len(filled)


def are_terms(cells: Sequence[Cell]) -> bool:
    """Tell whether most of a column's words, and no bare numbers, are terms of payment."""
    words = [cell for cell in _filled(cells) if isinstance(cell, str)]
    told = [word for word in words if any(map(str.isdigit, word)) and not word.strip().isdigit()]
    return bool(told) and _share(words, "terms") >= 0.5


def are_addresses(cells: Sequence[Cell]) -> bool:
    return _share(cells, "address") >= 0.8


def are_of_customers(addresses: Sequence[Cell], customers: Sequence[Cell]) -> bool:
    """Tell whether addresses go with customers: those of salespeople repeat, in one domain."""
    pairs = {
        (str(customer).strip().casefold(), str(address).strip().casefold())
        for customer, address in zip(customers, addresses, strict=False)
        if customer not in (None, "") and isinstance(address, str) and "@" in address
    }
    names = {customer for customer, _ in pairs}
    written = {address for _, address in pairs}
    domains = {address.rpartition("@")[2].strip(" >;,") for address in written}
    one_each = len(pairs) == len(names)
    return (
        len(names) >= 2
        and one_each
        and len(written) == len(names)
        and len(domains) * 2 > len(names)
    )


def have_one_each(customers: Sequence[Cell], addresses: Sequence[Cell]) -> bool:
    """Tell whether each of several customers has one address and no other, wherever he stands."""
    pairs = {
        (str(customer).strip().casefold(), str(address).strip().casefold())
        for customer, address in zip(customers, addresses, strict=True)
        if customer not in (None, "") and isinstance(address, str) and "@" in address
    }
    names, written = {name for name, _ in pairs}, {address for _, address in pairs}
    return len(names) > 1 and len(pairs) == len(names) and len(written) > 1


def number_rows(cells: Sequence[Cell], amounts: Sequence[Cell]) -> bool:
    """Tell whether a column has another number or word on every row that has an amount."""
    found = [cell for cell, amount in zip(cells, amounts, strict=True) if amount not in (None, "")]
    filled = [cell for cell in found if cell not in (None, "")]
    return len(filled) >= _FEWEST and len(set(filled)) == len(found) and suits("invoice", filled)


# ── sums ─────────────────────────────────────────────────────────────────────────────────────


def figures(cells: Sequence[Cell]) -> Figures:
    """Return a column as numbers, None where a cell is none for certain."""
    return [_figure(cell) for cell in cells]


def _figure(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return round(Decimal(str(cell)), 4) if abs(cell) < _LARGEST else None
    if not isinstance(cell, str) or not _MONEY.fullmatch(narrow(cell)):
        return None
    text = narrow(cell).replace(",", "")
    negative = "(" in text or text.strip()[:1] == "-"
    try:
        number = abs(Decimal(_PLAIN.sub("", text).strip("-")))
    except InvalidOperation:
        return None
    return -number if negative else number


def is_difference(whole: Figures, part: Figures, rest: Figures) -> bool:
    """Tell whether ``rest`` is ``whole - part`` on every row, and on some not simply the whole.

    A blank part is nothing. Fewer than three rows prove nothing.
    """
    rows = [
        (a, b or Decimal(0), c)
        for a, b, c in zip(whole, part, rest, strict=True)
        if a is not None and c is not None
    ]
    told = sum(1 for a, b, c in rows if b and abs(b) > _TOLERANCE)
    return (
        len(rows) >= _FEWEST and told > 0 and all(abs(a - b - c) < _TOLERANCE for a, b, c in rows)
    )


def is_sum(total: Figures, parts: Sequence[Figures], fewest: int = _FEWEST) -> bool:
    """Tell whether ``total`` is the sum of several columns on every row, of some at the least."""
    rows = [
        (whole, [cell or Decimal(0) for cell in cells])
        for whole, *cells in zip(total, *parts, strict=True)
        if whole is not None and any(cell is not None for cell in cells)
    ]
    told = sum(1 for _, cells in rows if sum(map(bool, cells)) > 0)
    return (
        len(rows) >= fewest
        and told > 0
        and all(abs(whole - sum(cells, Decimal(0))) < _TOLERANCE for whole, cells in rows)
    )


def tax_says(amount: Figures, tax: Figures) -> str:
    """Return whether amounts are ``net`` or ``gross`` of a tax at a whole rate, else ``""``."""
    rows = [(a, t) for a, t in zip(amount, tax, strict=True) if a and t]
    if len(rows) < _FEWEST:
        return ""
    net = all(any(abs(a * rate - t) < _TOLERANCE for rate in _RATES) for a, t in rows)
    gross = all(
        any(abs(a * rate / (1 + rate) - t) < _TOLERANCE for rate in _RATES) for a, t in rows
    )
    return "" if net == gross else "net" if net else "gross"


def is_running(balance: Figures, amount: Figures, paid: Figures) -> bool:
    """Tell whether a balance goes on from row to row, as a ledger's does.

    It is then more than its own row's amount on most rows, as what is left of a row never is. Of
    fewer than three rows that could tell, all must.
    """
    steps = more = known = 0
    before: Decimal | None = None
    for left, a, b in zip(balance, amount, paid, strict=True):
        change = (a or Decimal(0)) - (b or Decimal(0))
        if left is None or abs(change) < _TOLERANCE:
            before = left
            continue
        # A balance that is its own row's amount is where another customer's begins.
        if before is not None and (abs(change - left) > _TOLERANCE or abs(before) < _TOLERANCE):
            known += 1
            steps += abs(before + change - left) < _TOLERANCE
            more += abs(left) > abs(a or change) + _TOLERANCE
        before = left
    enough = known >= _FEWEST or known == steps > 0
    return enough and steps * 10 >= known * 7 and more * 2 > known


def come_after(later: Sequence[Cell], earlier: Sequence[Cell]) -> bool:
    """Tell whether every date of a column is that of another or after it, and some after."""
    pairs = [
        (_day(b), _day(a))
        for a, b in zip(later, earlier, strict=True)
        if isinstance(a, date) and isinstance(b, date)
    ]
    return len(pairs) >= _FEWEST and all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)


def _day(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell
