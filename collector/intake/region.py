"""The rows under a heading: which of them are receivables, and where the table ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from collector.fields import DATE_FIELDS, MONEY_FIELDS
from collector.intake.cells.column import ERROR_VALUES, TEXT, Bools, Cells, Ints, column, columns_of
from collector.intake.cells.money import Money
from collector.intake.headings.evidence import figures
from collector.intake.headings.folding import fold
from collector.intake.headings.matching import field_of
from collector.intake.headings.table import Table
from collector.intake.headings.units import is_unit
from collector.intake.outline import (
    APART,
    TOTALS,
    Rows,
    apart,
    filled_from,
    is_footer,
    is_total_label,
    sources,
)
from collector.intake.section_words import kind_of_section
from collector.model import Cell, Grid

# A merged amount is one amount; a merged name or date is every row's.
_DIGIT: Final = re.compile(r"\d")
_OWED: Final = ("amount", "paid", "balance")
# Where a row of units below the headings may be.
_UNIT_ROWS: Final = 2
_OF_RECEIVABLES: Final = frozenset(
    {"customer", "customer_id", "invoice", "invoice_date", "due_date", "amount", "balance"}
)
_NOT_FILLED_DOWN: Final = frozenset(MONEY_FIELDS)


@dataclass(frozen=True, slots=True)
class Region:
    """The rows under a table's headings, and the columns that mean something, by field.

    ``source`` is for every row the position of the row that names its customer, -1 for itself.
    ``formats`` are the tab's number formats that show words beside figures, as in its Grid;
    ``totals`` are the positions of the rows that a table object says are its totals.
    """

    table: Table
    rows: Sequence[Sequence[Cell]]
    columns: Mapping[str, Cells]
    source: Ints
    formats: Mapping[str, Mapping[int, Sequence[int]]] = field(default_factory=dict)
    totals: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.rows)

    def filled(self, *names: str) -> Bools:
        """Return the rows in which any of some fields is not blank."""
        found = np.zeros(len(self.rows), np.bool_)
        for name in names:
            if name in self.columns:
                found |= self.columns[name].filled
        return found


def read_region(grid: Grid, table: Table) -> tuple[Region, int | None]:
    """Return the columns under a table's headings, cut where another table follows.

    The second value is the sheet row (one-based) of its headings where they are of receivables
    too, None where nobody need be told.
    """
    region = _columns(grid, table, len(grid.rows))
    cut, other = _second_heading(region), table_below(grid, table)
    if other is not None and (cut is None or other < cut):
        region = _columns(grid, table, table.first_row - 1 + other)
        return _grouped(region), table.first_row + other if _is_owed(grid, table, other) else None
    if cut is None:
        return _grouped(region), None
    region = _columns(grid, table, table.first_row - 1 + cut)
    return _grouped(region), table.first_row + cut


def table_below(grid: Grid, table: Table) -> int | None:
    """Return at which row under the headings another table object begins, None where none does.

    Its own headings stand there: words where ours are dates and figures.
    """
    places, first = table.columns.values(), table.first_row - 1
    tops = [
        top - first
        for top, left, _, right in grid.tables
        if first <= top < len(grid.rows)
        and any(left <= place <= right for place in places)
        and _are_headings(grid.rows[top], table)
    ]
    return min(tops, default=None)


def _are_headings(row: Sequence[Cell], table: Table) -> bool:
    places = [at for name, at in table.columns.items() if name in {*DATE_FIELDS, *MONEY_FIELDS}]
    cells = [row[place] if place < len(row) else None for place in places]
    return bool(cells) and all(
        isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in cells if cell is not None
    )


def _is_owed(grid: Grid, table: Table, position: int) -> bool:
    """Tell whether the headings at a position name what receivables have."""
    texts = [cell for cell in grid.rows[table.first_row - 1 + position] if isinstance(cell, str)]
    fields = {match[0] for text in texts if (match := field_of("invoices", text))}
    return len(fields & _OF_RECEIVABLES) > 1


def _grouped(region: Region) -> Region:
    """Return a region in which every row of a group has the customer that the group is of."""
    columns = dict(region.columns)
    party = [name for name in ("customer", "customer_id") if name in columns]
    if region.table.kind not in ("invoices", "receipts") or not party:
        return region
    places = region.table.columns
    for other, place in places.items():
        if other in APART and places.get("customer") == place:
            columns["customer"], columns[other] = apart(columns[other])
    region = replace(region, columns=columns)
    owed = region.filled("amount", "paid", "balance")
    told = region.filled("invoice", "invoice_date", "due_date", "date")
    named: dict[str, Cells] = {name: columns[name] for name in party}
    ours = frozenset(region.table.owned.values())
    rows = Rows(region.rows, region.filled(*party), owed, told, region.table.left,
                region.table.right)  # fmt: skip
    source = sources(named, rows, frozenset(places[name] for name in party), ours)
    if (source >= 0).any():
        columns |= {name: filled_from(cells, source) for name, cells in named.items()}
    return replace(region, columns=columns, source=source)


def _columns(grid: Grid, table: Table, end: int) -> Region:
    rows = grid.rows[table.first_row - 1 : end]
    width = max(table.columns.values()) + 1
    if rows and min(map(len, rows)) < width:
        rows = [row if len(row) >= width else [*row, *[None] * (width - len(row))] for row in rows]
    columns, read = {}, columns_of(rows, table.columns.values())
    for name, place in table.columns.items():
        cells = read[place]
        if name not in _NOT_FILLED_DOWN:
            _fill_merged(cells, grid, place, table.first_row - 1)
        columns[name] = column(cells)
    source = np.full(len(rows), -1, np.int64)
    return Region(table, rows, columns, source, grid.formats, _table_totals(grid, table, len(rows)))


def _table_totals(grid: Grid, table: Table, count: int) -> frozenset[int]:
    places = table.columns.values()
    first = table.first_row - 1
    return frozenset(
        row - first
        for top, left, bottom, right in grid.totals
        if any(left <= place <= right for place in places)
        for row in range(max(top, first), min(bottom + 1, first + count))
    )


def _fill_merged(cells: list[Cell], grid: Grid, place: int, first: int) -> None:
    """Write the value of a vertically merged range into each of its rows."""
    for top, left, bottom, right in grid.merged:
        if left == right == place and bottom > top >= first:
            for row in range(top - first + 1, min(bottom - first + 1, len(cells))):
                cells[row] = cells[top - first]


def _second_heading(region: Region) -> int | None:
    """Return where the headings of another table stand: two figures or dates are headings there."""
    suspects = np.zeros(len(region), np.int64)
    for name in {*DATE_FIELDS, *MONEY_FIELDS} & set(region.columns):
        cells = region.columns[name]
        ours = fold(region.table.headings[name])
        known = [
            not (text[-1:].isdigit() or text[:1].isdigit() or _DIGIT.search(text))
            and fold(text) != ours
            and field_of("invoices", text) is not None
            for text in cells.texts
        ]
        if any(known):
            suspects[cells.at[np.array(known)[cells.codes]]] += 1
    for position in np.flatnonzero(suspects).tolist():
        texts = [cell for cell in region.rows[position] if isinstance(cell, str)]
        fields = {match[0] for text in texts if (match := field_of("invoices", text))}
        if len(fields) >= 4 and {"customer", "customer_id", "invoice"} & fields:
            return int(position)
    return None


def receivables(region: Region, money: Mapping[str, Money]) -> tuple[Bools, int]:
    """Return which rows are receivables, and the sheet row (one-based) on which the table ends.

    Left out are blank rows, notes, repeated headings, totals and subtotals.
    """
    owed = region.filled("amount", "paid", "balance")
    dated = region.filled("invoice_date", "due_date") & ~_total_in_date(region)
    party = region.filled("customer", "customer_id")
    numbered = region.filled("invoice")
    wanted = owed | dated | numbered
    wanted &= ~_repeated_headings(region)
    wanted &= ~_notes(region, owed, dated, party, numbered)
    content = np.flatnonzero(wanted)
    wanted[[*region.totals]] = False
    undated = np.flatnonzero(wanted & ~dated)
    totals = _totals(region, undated, wanted, money)
    totals = [*totals, *_sums_over_groups(region, wanted, money)]
    wanted[totals] = False
    last = region.table.first_row + int(content[-1]) if content.size else region.table.header_row
    return wanted, last


def _sums_over_groups(region: Region, wanted: Bools, money: Mapping[str, Money]) -> list[int]:
    """Return the rows that name a customer and sum up the rows below them, as outlines do."""
    heads = sorted(set(region.source[region.source >= 0].tolist()))
    told = region.filled("invoice", "invoice_date", "due_date", "date")
    places = region.table.columns
    if any(places.get(name, -1) == places.get("customer") for name in APART):
        # Where customers have rows of their own, a name beside a figure is that of a sum.
        return np.flatnonzero(wanted & ~told & region.filled("customer")).tolist()
    found = []
    for head in heads:
        if wanted[head] and not told[head]:
            below = (region.source == head) & wanted
            if all(int(m.values[head]) in (0, int(m.values[below].sum())) for m in money.values()):
                found.append(head)
    return found


def _total_in_date(region: Region) -> Bools:
    """Return the rows whose label, such as "Total", stands in a date column."""
    found = np.zeros(len(region), np.bool_)
    for name in ("invoice_date", "due_date"):
        cells = region.columns.get(name)
        if cells is not None:
            words = [fold(text) in TOTALS for text in cells.texts]
            if any(words):
                found[cells.at[np.array(words)[cells.codes]]] = True
    return found


def _repeated_headings(region: Region) -> Bools:
    """Return the rows that say the headings again, as printed pages do."""
    count = np.zeros(len(region), np.int64)
    for name, cells in region.columns.items():
        heading = region.table.headings[name].strip()
        if heading in cells.texts:
            count[cells.at[cells.codes == cells.texts.index(heading)]] += 1
    return count >= 2


def _notes(region: Region, owed: Bools, dated: Bools, party: Bools, numbered: Bools) -> Bools:
    """Return the rows that only say something: a remark in the amount or the invoice column."""
    notes = np.zeros(len(region), np.bool_)
    for position in np.flatnonzero(owed & ~(dated | party | numbered)).tolist():
        found = [region.columns[name].cells[position] for name in ("amount", "paid", "balance")
                 if name in region.columns]  # fmt: skip
        texts = [cell for cell in found if cell not in (None, "")]
        notes[position] = all(isinstance(cell, str) and not _has_digit(cell) for cell in texts)
    for position in np.flatnonzero(owed)[:_UNIT_ROWS].tolist():
        notes[position] |= _is_unit_row(region, position)
    for position in np.flatnonzero(numbered & ~(owed | dated)).tolist():
        notes[position] = _is_remark(region.columns["invoice"].cells[position])
    for position in np.flatnonzero((numbered | dated) & ~owed).tolist():
        notes[position] |= any(map(is_footer, _texts(region, position)))
    return notes


def _is_unit_row(region: Region, position: int) -> bool:
    """Tell whether a row below the headings says their units: (年月日), (万元), (USD)."""
    found = [region.columns[name].cells[position] for name in _OWED if name in region.columns]
    said = [cell for cell in found if cell not in (None, "")]
    whole = [cell for cell in region.rows[position] if cell not in (None, "")]
    return all(isinstance(cell, str) for cell in whole) and all(
        isinstance(cell, str) and not _has_digit(cell) and is_unit(cell.strip(" ()（）[]"))
        for cell in said
    )


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text)) or text.startswith("#")


def _is_remark(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    if kind_of_section(text) == "closed":
        return True
    return fold(text) in TOTALS or len(text) > 30 or len(text.split()) > 2 or not _has_digit(text)


def _totals(region: Region, undated: Ints, wanted: Bools, money: Mapping[str, Money]) -> list[int]:
    """Return which rows without any date are totals: they say so, or equal the sum above them."""
    if not undated.size:
        return []
    name = next((each for each in ("amount", "balance", "paid") if each in money), None)
    values = money[name].values.copy() if name else np.zeros(len(region), np.int64)
    values[~wanted] = 0
    found, proven = _totals_found(region, undated, wanted, money, values, of_parties=True)
    if not proven:
        found, _ = _totals_found(region, undated, wanted, money, values, of_parties=False)
    return found


def _totals_found(
    region: Region, undated: Ints, wanted: Bools, money: Mapping[str, Money], values: Ints,
    *, of_parties: bool,
) -> tuple[list[int], bool]:  # fmt: skip
    """Return the totals, and whether a sum of several rows shows that customers have totals.

    Where customers have, a sum of one row is one too; that alone would prove nothing.
    """
    sums = np.concatenate([[0], np.cumsum(values)])
    found: list[int] = []
    proven = False
    start, before, first = 0, 0, 0  # after the last total; the totals in ``sums`` so far
    for position in undated.tolist():
        above = int(sums[position] - before)
        since = int(sums[position] - start)
        same = int(values[position]) in (above, since) and bool(values[position])
        is_total = _is_total(region, position, same)
        if not is_total and of_parties and same and int(values[position]) == since:
            rows = first + np.flatnonzero(wanted[first:position])
            is_total = _is_of_party(region, position, rows, money)
            proven |= is_total and len(rows) > 1
        if is_total:
            found.append(position)
            before += int(values[position])
            start, first = int(sums[position + 1]), position + 1
    return found, proven


def _is_of_party(region: Region, position: int, rows: Ints, money: Mapping[str, Money]) -> bool:
    """Tell whether a row repeats the customer of the rows above, and sums them up: nothing else."""
    for name in ("customer", "customer_id"):
        label = _label(region, name, position)
        if label and {_label(region, name, at) for at in rows.tolist()} - {"", label}:
            return False
    if any(int(each.values[position]) not in (0, int(each.values[rows].sum()))
           for each in money.values()):  # fmt: skip
        return False
    named = {region.table.columns.get(name) for name in ("customer", "customer_id", "currency")}
    left, right = region.table.left, region.table.right
    cells = region.rows[position][: right + 1]
    return all(
        at < left or at in named or at in region.table.owned.values() or cell in (None, "")
        or figures([cell])[0] is not None
        for at, cell in enumerate(cells)
    )  # fmt: skip


def _is_total(region: Region, position: int, same_as_above: bool) -> bool:
    labels = _texts(region, position)
    invoice = _label(region, "invoice", position)
    party = [_label(region, name, position) for name in ("customer", "customer_id")]
    if any(fold(label) in TOTALS for label in labels):
        bare = not invoice or invoice in ERROR_VALUES  # a count of them that is lost
        return bare or fold(invoice) in TOTALS or not _has_digit(invoice)
    if invoice and _has_digit(invoice):
        return False
    if not any(party) and not invoice and any(map(is_total_label, labels)):
        return True
    if any(_sums_up(text, region, position) for text in party if text):
        return True
    speaks = any(is_total_label(text) for text in (*party, invoice) if text)
    return same_as_above and (speaks or not any(party))


def _sums_up(label: str, region: Region, position: int) -> bool:
    """Tell whether a label is "Total" with the name of the customer just above it."""
    word, above = fold(label), position - 1
    while above >= 0 and not _label(region, "customer", above):
        above -= 1
    name = fold(_label(region, "customer", above)) if above >= 0 else ""
    known = {"total", "totals", "subtotal", "totalfor", "合计", "小计", "summe", "totalde"}
    return bool(name) and name != word and name in word and word.replace(name, "", 1) in known


def _texts(region: Region, position: int) -> list[str]:
    row = region.rows[position][: region.table.right + 1]
    ours = set(region.table.owned.values())
    return [
        cell
        for place, cell in enumerate(row)
        if isinstance(cell, str) and 0 < len(cell.strip()) <= 40 and place not in ours
    ]


def _label(region: Region, name: str, position: int) -> str:
    cells = region.columns.get(name)
    if cells is None or cells.kinds[position] != TEXT:
        return "" if cells is None or cells.cells[position] is None else str(cells.cells[position])
    return str(cells.cells[position]).strip()
