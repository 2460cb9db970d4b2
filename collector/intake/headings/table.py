"""What a table's columns mean, in which units they are, and how far the table reaches."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from collector.errors import HeadingTwiceError
from collector.fields import MONEY_FIELDS
from collector.intake.cells.column import narrow
from collector.intake.cells.currencies import meanings
from collector.intake.cells.flags import are_ticks, paid_word
from collector.intake.headings import evidence
from collector.intake.headings.folding import (
    currency_kind,
    fold,
    fold_all,
    heading_text,
    shown_heading,
    unit_in_title,
    unit_of,
)
from collector.intake.headings.guessing import may_mean
from collector.intake.headings.inverse import says_owed
from collector.intake.headings.matching import (
    OPTIONAL,
    REFUTED,
    Doubt,
    Header,
    Match,
    columns_said,
    doubt_error,
    match_columns,
)
from collector.intake.headings.units import (
    currency_at_end,
    currency_of_tab,
    labelled,
    shared_sign,
    together,
)
from collector.model import Cell, Grid, Policy, TabHint, column_letters

# How many rows tell whether a balance is a ledger's.
_LEDGER: Final = 60
_MOVES: Final = 6
_SIDES: Final = fold_all("Debit", "Credit", "Dr", "Cr", "Debits", "Credits", "Debit Amount",
                         "Credit Amount", "借方", "贷方", "借方金额", "贷方金额", "Soll", "Haben",
                         "Débit", "Crédit", "Debe", "Haber")  # fmt: skip
_BESIDE: Final = re.compile(r"[(（\[]?(?:金额|货币|计量)?单位|(?:unit|currency)\s*:", re.IGNORECASE)
_OWED: Final = ("amount", "balance")
_TERM_OR_DAY: Final = fold_all("Zahlungsziel", "Zahlungsfrist")
_DUE_OR_SUM: Final = fold_all("Due", "Payment Due", "Invoice Due", "Fällig", "Faellig")


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table lies in a tab, and what its columns mean.

    ``header_row``, ``first_row`` and ``last_row`` are one-based, all else zero-based; ``left`` and
    ``right`` are inclusive. ``columns`` and ``headings`` are by field, ``owned`` by the key of our
    own column. ``units`` are multipliers of columns whose heading or title says so (万元: 10,000);
    ``currency`` is the ISO code that a heading or title names, ``""`` when none does. ``others``
    are the headings by column that no field has, without ours and those said to be of no concern.
    ``waived`` are the columns said to be of no concern, ``headed`` those under a heading of the
    team's.
    ``sign`` is what a line above says that several currencies share, where nothing says which.
    """

    kind: str
    tab: str
    header_row: int
    first_row: int
    last_row: int
    left: int
    right: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]
    owned: Mapping[str, int] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    currency: str = ""
    others: Mapping[int, str] = field(default_factory=dict)
    sign: str = ""
    waived: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()


def table_at(
    kind: str,
    grid: Grid,
    header: Header,
    owned: Mapping[str, int],
    policy: Policy,
    doubts: list[Doubt] | None = None,
) -> Table:
    """Return the table under a header row: every field's column, its units and its extent.

    ``last_row`` is the tab's last row as yet. Raises HeadingTwiceError, HeadingMissingError; what
    is merely doubtful is put into ``doubts`` where whoever asks wants to know.
    """
    hint = policy.tabs.get(kind, TabHint())
    below = grid.rows[header.row + 1 :]

    def cells_of(column: int) -> Sequence[Cell]:
        return [row[column] if column < len(row) else None for row in below]

    matched = match_columns(
        kind, grid.tab, header, hint,
        without=frozenset(owned.values()), cells_of=cells_of, language=policy.language,
    )  # fmt: skip
    columns = matched.columns
    if kind == "invoices":
        _heed_values(columns, header, cells_of, hint)
        _doubt_running(matched, header, [row[: len(header.texts)] for row in below[:_LEDGER]], hint)
        _find_currency(matched, header, cells_of, {*owned.values(), *_waived(header, hint)}, policy)
    for doubt in matched.doubts:
        if doubts is None and not _may_wait(doubt, columns):
            raise doubt_error(kind, doubt, grid.tab, header, policy.language)
    if doubts is not None:
        doubts += matched.doubts
    # What is of no concern is listed in one place, whichever tab it stands on.
    waived = _waived(header, hint) | _waived(header, policy.tabs.get("invoices", TabHint()))
    units, currency, sign = _units(grid, header, columns, strict=doubts is None)
    headed = frozenset(at for at, text in enumerate(header.texts) if text)
    headed = (headed | {*columns.values()}) - {*owned.values()}
    left, right = span(headed, columns.values(), owned.values())
    return Table(
        kind, grid.tab, header.row + 1, header.row + 2, len(grid.rows), left, right, columns,
        {name: header.texts[column] for name, column in columns.items()},
        dict(owned), units, currency,
        _others(grid, header, left, {*columns.values(), *owned.values(), *waived}),
        sign, frozenset(waived), headed,
    )  # fmt: skip


def _waived(header: Header, hint: TabHint) -> set[int]:
    """Return the columns that the configuration says are of no concern."""
    return {column for said in hint.unused for column in columns_said(header, said)}


def _others(grid: Grid, header: Header, left: int, without: set[int]) -> dict[int, str]:
    """Return the headings of the other columns; a date over a column is one like ``2026-01``."""
    texts = {column: text for column, text in enumerate(header.texts) if text}
    for column, cell in enumerate(grid.rows[header.row]):
        if isinstance(cell, date):
            texts[column] = f"{cell:%Y-%m}"
    return {at: texts[at] for at in sorted(texts) if at >= left and at not in without}


def _doubt_running(
    matched: Match, header: Header, rows: Sequence[Sequence[Cell]], hint: TabHint
) -> None:
    """Doubt a balance that goes on from row to row: it is a ledger's, not what is left of a row."""
    twice = next((d for d in matched.doubts if d.field == "balance" and d.why == "twice"), None)
    places = twice.columns if twice else (matched.columns.get("balance", -1),)
    if "balance" in hint.columns or places[0] < 0:
        return
    width = len(header.texts)
    whole = [[*row, *[None] * (width - len(row))] for row in rows]
    taken = set(matched.columns.values()) - {matched.columns.get(n) for n in ("amount", "paid")}
    others = [
        at
        for at, text in enumerate(header.texts)
        if at not in (*taken, *places) and (at in matched.columns.values() or _moves_money(text))
    ]
    figures = {at: evidence.figures([row[at] for row in whole]) for at in (*places, *others)}
    moves = [figures[at] for at in others if any(each is not None for each in figures[at])]
    running = [at for at in places if _runs(figures[at], moves[:_MOVES])]
    left = [at for at in places if at not in running]
    if not running:
        return
    matched.columns.pop("balance", None)
    matched.doubts[:] = [doubt for doubt in matched.doubts if doubt.field != "balance"]
    if len(left) == 1:
        matched.columns["balance"] = left[0]
    else:
        matched.doubts.append(
            Doubt("balance", tuple(left or running), "twice" if left else "running")
        )


def _find_currency(
    matched: Match,
    header: Header,
    cells_of: Callable[[int], Sequence[Cell]],
    without: set[int],
    policy: Policy,
) -> None:
    """Take a column of currencies for the currency whatever it is called; doubt two of them.

    Beside amounts in local currency it may be that of the document, so that it is asked about.
    """
    doubted = any(doubt.field == "currency" for doubt in matched.doubts)
    hint = policy.tabs.get("invoices", TabHint())
    if doubted or "currency" in matched.columns or "currency" in hint.columns:
        return
    taken = {*matched.columns.values(), *without}
    taken |= {column for doubt in matched.doubts for column in doubt.columns}
    names = [header.texts[matched.columns[n]] for n in _OWED if n in matched.columns]
    kinds = {currency_kind(name) for name in names}
    found: dict[int, Sequence[Cell]] = {}
    for column, text in enumerate(header.texts):
        beside = {column - 1, column + 1} & {*matched.columns.values()}
        if column in taken or _is_other_currency(currency_kind(text), kinds):
            continue
        if not text and not beside:
            continue
        cells = cells_of(column)
        if evidence.are_currencies(cells) and cells not in found.values():
            found[column] = cells
    if "local" in kinds and found:
        local = {at: cells for at, cells in found.items() if currency_kind(header.texts[at])}
        found = local or {at: cells for at, cells in found.items() if _unlike(cells, policy)}
        if found and not local:
            matched.doubts.append(Doubt("currency", tuple(found), "local"))
            return
    if len(found) == 1:
        matched.columns["currency"] = next(iter(found))
    elif found:
        matched.doubts.append(Doubt("currency", tuple(found), "twice"))


def _is_other_currency(kind: str, kinds: set[str]) -> bool:
    """Tell whether a column says that it is the currency of other amounts than those read."""
    return kind == ("document" if "local" in kinds else "local")


def _unlike(cells: Sequence[Cell], policy: Policy) -> bool:
    """Tell whether a column names any currency but the book's."""
    return any(
        policy.currency not in meanings(cell) for cell in set(cells) if isinstance(cell, str)
    )


def _moves_money(heading: str) -> bool:
    """Tell whether a heading may be of what a ledger adds to a balance or takes from it."""
    return fold(heading) in _SIDES or any(
        name in ("amount", "paid") for name, _ in may_mean("invoices", heading)
    )


def _runs(balance: evidence.Figures, moves: Sequence[evidence.Figures]) -> bool:
    none: evidence.Figures = [None] * len(balance)
    return any(
        evidence.is_running(balance, amount, paid)
        for amount in moves
        for paid in (none, *moves)
        if amount is not paid
    )


def _may_wait(doubt: Doubt, columns: Mapping[str, int]) -> bool:
    """Tell whether a run can do without a field until somebody settles its doubt."""
    dated = "due_date" in columns
    return (
        doubt.field in OPTIONAL
        or doubt.why in (REFUTED, "reference")
        or (doubt.field == "invoice_date" and dated)
    )


def _heed_values(
    columns: dict[str, int],
    header: Header,
    cells_of: Callable[[int], Sequence[Cell]],
    hint: TabHint,
) -> None:
    """Let a column's own values overrule a heading that has two meanings.

    "Paid" over words says whether, not how much; "Due" over bare numbers may be a sum of money.
    """
    if "paid" in columns and not {"paid", "paid_status"} & {
        *hint.columns,
        *(columns.keys() - {"paid"}),
    }:
        values = [cell for cell in cells_of(columns["paid"]) if cell not in (None, "")]
        if values and all(_is_paid_word(cell) for cell in values):
            columns["paid_status"] = columns.pop("paid")
    _heed_flags(columns, header, cells_of, hint)
    _heed_days(columns, header, cells_of, hint)
    due = columns.get("due_date")
    if (
        due is not None
        and "due_date" not in hint.columns
        and fold(header.texts[due]) in _DUE_OR_SUM
    ):
        values = [cell for cell in cells_of(due) if cell not in (None, "")]
        if values and all(isinstance(cell, int | float) for cell in values):
            del columns["due_date"]


def _heed_days(
    columns: dict[str, int],
    header: Header,
    cells_of: Callable[[int], Sequence[Cell]],
    hint: TabHint,
) -> None:
    """Take a term of payment for the due date where days stand below, none before its invoice."""
    terms, invoiced = columns.get("terms"), columns.get("invoice_date")
    if terms is None or invoiced is None or {"terms", "due_date"} & hint.columns.keys():
        return
    if "due_date" in columns or fold(header.texts[terms]) not in _TERM_OR_DAY:
        return
    pairs = [(due, day) for due, day in zip(cells_of(terms), cells_of(invoiced), strict=True)
             if due not in (None, "")]  # fmt: skip
    if pairs and all(
        isinstance(due, date) and type(due) is type(day) and due >= day for due, day in pairs
    ):
        columns["due_date"] = columns.pop("terms")


def _heed_flags(
    columns: dict[str, int],
    header: Header,
    cells_of: Callable[[int], Sequence[Cell]],
    hint: TabHint,
) -> None:
    """Take a balance, or a column called "Open", that is only ticked for whether it is owed."""
    if {"paid_status", "balance"} & hint.columns.keys() or "paid_status" in columns:
        return
    waived = {column for said in hint.unused for column in columns_said(header, said)}
    free = [at for at, text in enumerate(header.texts)
            if at not in (*columns.values(), *waived) and says_owed(text)]  # fmt: skip
    places = [columns["balance"], *free] if {"balance", "amount"} <= columns.keys() else free
    ticked = [place for place in places if are_ticks(cells_of(place))]
    if len(ticked) == 1 and "amount" in columns:
        if columns.get("balance") == ticked[0]:
            del columns["balance"]
        columns["paid_status"] = ticked[0]


def _is_paid_word(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return True
    if not isinstance(cell, str) or any(map(str.isdigit, cell)):
        return False
    return paid_word(narrow(cell).casefold()) != "unknown"


def span(
    headed: Collection[int], columns: Iterable[int], owned: Collection[int]
) -> tuple[int, int]:
    """Return the first and last column of a table: the headings around some columns, and ours.

    A single blank column may lie inside a table, but none just after ours; two end it. Columns of
    ours that lie beyond are not among them: what stands between is another's.
    """
    first = min([*columns, *owned])
    left, right = first, max(columns)
    before = {*headed, *owned}
    while {left - 1, left - 2} & before:
        left = left - 1 if left - 1 in before else left - 2
    while (further := _next(right, headed, owned)) is not None:
        right = further
    while right + 1 in owned:
        right += 1
    return left, right


def _next(column: int, headed: Collection[int], owned: Collection[int]) -> int | None:
    """Return the next column of the same table, ours passed over."""
    at = column + 1
    while at in owned:
        at += 1
    if at in headed:
        return at
    return at + 1 if at == column + 1 and at + 1 in headed else None


def _units(
    grid: Grid, header: Header, columns: Mapping[str, int], *, strict: bool
) -> tuple[dict[str, int], str, str]:
    """Return the multipliers and the currency that headings, or lines above the table, state.

    The third is a sign that several currencies share, where one of those lines has no other.
    """
    above = _lines_above(grid, header)
    titles = [unit for text in above if (unit := unit_in_title(text))]
    beside = set(range(len(header.texts))) - set(columns.values())
    titles += [unit for at in beside if (unit := _unit_beside(header.texts[at]))]
    times, currency = together(titles)
    ends = {code for text in above if (code := currency_at_end(text))}
    if not currency:
        currency = ends.pop() if len(ends) == 1 else currency_of_tab(grid.tab)
    plain = any(title == (1, "") for title in titles)
    named: dict[str, int] = {}
    units: dict[str, int] = {}
    for name in MONEY_FIELDS:
        if name not in columns:
            continue
        multiplier, code = unit_of(header.texts[columns[name]])
        stated = multiplier != 1 or "元" in header.texts[columns[name]]
        if stated or plain or times != 1:
            units[name] = multiplier if stated else times
        if code and name in ("amount", "paid", "balance"):
            named.setdefault(code, columns[name])
    if len(named) > 1 and strict:
        first, second = list(named.values())[:2]
        raise HeadingTwiceError(
            "currency", _quoted(grid, header, first), _quoted(grid, header, second), "invoices"
        )
    code = next(iter(named), currency)
    signs = [shared_sign(text) for text in above if not code and unit_in_title(text)]
    return units, code, next(filter(None, signs), "")


def _lines_above(grid: Grid, header: Header) -> list[str]:
    """Return the cells above the headings, and what a label says together with its neighbour."""
    lines = []
    for row in grid.rows[: header.top]:
        texts = [text for cell in row if (text := heading_text(cell))]
        lines += [*texts, *labelled(texts)]
    return lines


def _unit_beside(heading: str) -> tuple[int, str] | None:
    """Return the unit that a cell beside the headings states of the whole table: 单位：万元."""
    return unit_in_title(heading) if _BESIDE.match(heading) else None


def _quoted(grid: Grid, header: Header, column: int) -> str:
    text = shown_heading(header.texts[column])
    return f"{text} ({grid.tab}!{column_letters(column)}{header.row + 1})"
