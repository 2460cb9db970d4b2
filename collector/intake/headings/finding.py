"""Finding the tables: the header row in a tab, and the tab of each kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from collector.errors import (
    HeadingMissingError,
    HeadingsMovedError,
    NoTableError,
    PayablesError,
    TabMissingError,
    TabsAlikeError,
)
from collector.fields import TAB_FIELDS, TAB_NAMES
from collector.intake.headings.folding import (
    fold,
    fold_all,
    heading_text,
    shown_heading,
)
from collector.intake.headings.guessing import may_mean
from collector.intake.headings.history import is_history
from collector.intake.headings.lessening import are_credits
from collector.intake.headings.matching import (
    NO_COLUMN,
    Doubt,
    Header,
    fields_named,
    is_headed,
    is_letters,
)
from collector.intake.headings.others import names_of_party, names_weakly, tells_states
from collector.intake.headings.ours import our_table
from collector.intake.headings.owned import owned_columns
from collector.intake.headings.payables import is_payables, payables_words
from collector.intake.headings.receipt_tabs import invoice_numbers, may_be_receipts
from collector.intake.headings.table import Table, table_at
from collector.intake.headings.two_rows import goes_on_below, together, under_titles
from collector.model import Cell, Grid, Policy, TabHint
from collector.phrases import say

_DEEPEST: Final = 50
# A list of credit notes says so where it names each; further right it is a reference.
_FIRST_COLUMNS: Final = 2
_SAME_SHAPE: Final = 0.8
# What a customers tab says that must be heeded.
_HEEDED: Final = frozenset({"do_not_chase", "credit_hold", "pause_until", "terms", "currency"})
# What says which rows are settled.
_TELLING: Final = frozenset({"amount", "paid", "balance", "paid_status"})
_NO_HINT: Final = TabHint()


@dataclass(frozen=True, slots=True)
class Found:
    """A header row that may be of a table, the fields it names, and our own columns in it.

    ``past``: every invoice of the tab is settled, while those of another one like it are not.
    """

    grid: Grid
    header: Header
    fields: frozenset[str]
    owned: Mapping[str, int]
    rank: tuple[int, ...]
    past: bool = False


def find_tables(grids: Sequence[Grid], policy: Policy) -> tuple[dict[str, Table], list[Found]]:
    """Return the table of each kind, and the other tabs that look like receivables too.

    Raises NoTableError (PayablesError when it is what we owe), TabMissingError, TabsAlikeError,
    HeadingMissingError, HeadingTwiceError.
    """
    _check_tabs(grids, policy)
    _check_rows(grids, policy)
    found, others = likely_tables(grids, policy)
    alike = tabs_alike(found["invoices"], others)
    if alike:
        raise TabsAlikeError(found["invoices"].grid.tab, alike)
    tables = {kind: _table(kind, each, policy) for kind, each in found.items()}
    log = next((grid for grid in grids if grid.ours == "log"), None)
    if log is not None and _hint(policy, "log").name is None:
        tables["log"] = our_table(log)
    _check_due(tables, policy)
    return tables, others


def tabs_alike(chosen: Found, others: Sequence[Found]) -> list[str]:
    """Return the other tabs that are receivables as much as the one chosen, for all one can see.

    They have its headings but for a few, and neither its name nor theirs says which is meant; nor
    are they history, all of it settled.
    """
    return [each.grid.tab for each in others if not each.past and _are_alike(chosen, each)]


def _are_alike(chosen: Found, other: Found) -> bool:
    named = _is_called("invoices", chosen.grid.tab)
    shared, every = chosen.fields & other.fields, chosen.fields | other.fields
    return len(shared) >= _SAME_SHAPE * len(every) and not (
        named and not _is_called("invoices", other.grid.tab)
    )


def _past_aside(
    chosen: Found, others: Sequence[Found], policy: Policy
) -> tuple[Found, list[Found]]:
    """Of tabs alike, one a year perhaps, tell those whose every invoice is settled from the rest.

    Where all of them are, or none is, nothing is told.
    """
    alike = [each for each in others if _are_alike(chosen, each)]
    every = [chosen, *alike]
    past = [each for each in every if alike and _is_settled(each, policy)]
    rest = [each for each in every if each not in past]
    if not past or not rest:
        return chosen, [*others]
    best = chosen if chosen in rest else max(rest, key=lambda each: each.rank)
    aside = [each for each in (chosen, *others) if each is not best]
    return best, [replace(each, past=True) if each in past else each for each in aside]


def _is_settled(found: Found, policy: Policy) -> bool:
    doubts: list[Doubt] = []
    table = table_at("invoices", found.grid, found.header, found.owned, policy, doubts)
    if {doubt.field for doubt in doubts} & _TELLING:
        return False
    return is_history(found.grid.rows[found.header.row + 1 :], table.columns)


def likely_tables(
    grids: Sequence[Grid], policy: Policy, invoices: Found | None = None
) -> tuple[dict[str, Found], list[Found]]:
    """Return the header row of each kind of table, and the other tabs that look like receivables.

    ``invoices`` is given by whoever found it already. Raises NoTableError (PayablesError when it is
    what we owe), HeadingMissingError.
    """
    # What we made ourselves is never input, whatever it looks like.
    grids = [grid for grid in grids if not grid.ours]
    chosen, others = _invoices(grids, policy) if invoices is None else (invoices, [])
    chosen, others = _past_aside(chosen, others, policy)
    tables = {"invoices": chosen}
    taken = {chosen.grid.tab}
    for kind in ("receipts", "log", "customers"):
        free = [
            grid for grid in grids if kind != "customers" or not are_others(grid, chosen, policy)
        ]
        found = _other(kind, free, policy, taken, chosen)
        if found and not (kind == "customers" and _may_be_passed_over(found, chosen, policy)):
            tables[kind] = found
            taken.add(found.grid.tab)
    return tables, [each for each in others if each.grid.tab not in taken]


def are_others(grid: Grid, chosen: Found, policy: Policy) -> bool:
    """Tell whether a tab lists somebody, or something, else than the customers.

    Nothing but a general word (Name, Account name, Company) heads its names, and none of them is a
    customer of the invoices: it has our bank accounts, our staff, products.
    """
    hint = _hint(policy, "customers")
    if hint.name == grid.tab or hint.columns or grid.tab == chosen.grid.tab:
        return False
    if _is_called("customers", grid.tab):
        return False
    found = [each for each in _candidates("customers", grid, policy) if _is_kind("customers", each)]
    if not found or not all(names_weakly(each.header) for each in found):
        return False
    ours = names_of_party("invoices", chosen.header, chosen.grid)
    theirs = set().union(*(names_of_party("customers", each.header, grid) for each in found))
    return bool(ours) and not ours & theirs


def _may_be_passed_over(found: Found, chosen: Found, policy: Policy) -> bool:
    """Tell whether a list of people is unclear and nothing hangs on it.

    The invoices have the addresses themselves, and the list holds back nobody.
    """
    if "customers" in policy.tabs or "email" not in chosen.fields or found.fields & _HEEDED:
        return False
    doubts: list[Doubt] = []
    table_at("customers", found.grid, found.header, found.owned, policy, doubts)
    return any(doubt.field in ("customer", "customer_id", "email") for doubt in doubts)


def likely_invoices(grids: Sequence[Grid], policy: Policy) -> Found | None:
    """Return the header row most like one of receivables, though it names too little for sure."""
    found: list[Found] = []
    for grid in grids:
        if grid.ours or is_ours(grid) or _hint(policy, "invoices").name not in (None, grid.tab):
            continue
        for candidate in _candidates("invoices", grid, policy, wanted=1):
            fields = candidate.fields
            guessed = {
                name for text in candidate.header.texts for name, _ in may_mean("invoices", text)
            } & {"customer", "customer_id", "invoice", "amount", "balance", "due_date", "terms"}
            every = fields | guessed
            telling = {"invoice", "invoice_date", "due_date", "amount", "balance", "customer"}
            party = _has_party(every)
            dated = "due_date" in every or {"terms", "invoice_date"} <= every
            whole = party and dated and bool({"amount", "balance"} & every)
            if len(fields & telling) < (1 if whole else 2) or len(every) < 2:
                continue
            if is_payables(candidate.header, candidate.grid) or not _has_rows(candidate):
                continue
            rank = (len(fields) + party + dated, len(every), -candidate.header.row)
            found.append(replace(candidate, rank=rank))
    return max(found, key=lambda each: each.rank, default=None)


def _table(kind: str, found: Found, policy: Policy) -> Table:
    return table_at(kind, found.grid, found.header, found.owned, policy)


def _hint(policy: Policy, kind: str) -> TabHint:
    return policy.tabs.get(kind, _NO_HINT)


def _check_tabs(grids: Sequence[Grid], policy: Policy) -> None:
    names = [grid.tab for grid in grids]
    for kind, hint in policy.tabs.items():
        # The outbox is ours: its name is what we call it once there is something to list.
        if hint.name is not None and hint.name not in names and kind != "outbox":
            raise TabMissingError(hint.name, names)


def _check_rows(grids: Sequence[Grid], policy: Policy) -> None:
    """Raise when the headings the configuration names stand in another row than it says."""
    for kind, hint in policy.tabs.items():
        if hint.header_row is None or not hint.columns or kind not in TAB_FIELDS:
            continue
        for grid in grids:
            if hint.name not in (None, grid.tab):
                continue
            if any(_has_all(header, hint) for header in _headers(grid, hint)):
                break
            free = replace(hint, header_row=None)
            moved = [header for header in _headers(grid, free) if _has_all(header, hint)]
            if moved:
                raise HeadingsMovedError(grid.tab, kind, hint.header_row, moved[0].row + 1)


def _has_all(header: Header, hint: TabHint) -> bool:
    wanted = [said for said in hint.columns.values() if said != NO_COLUMN and not is_letters(said)]
    return bool(wanted) and all(map(partial(is_headed, header), wanted))


def _check_due(tables: Mapping[str, Table], policy: Policy) -> None:
    """Raise when nothing in the book can say when an invoice is due."""
    table = tables["invoices"]
    from_terms = "terms" in table.columns or (
        "customers" in tables and "terms" in tables["customers"].columns
    )
    if "due_date" in table.columns or (from_terms and "invoice_date" in table.columns):
        return
    missing, code = (
        ("invoice_date", "hint_terms_need_date") if from_terms else ("due_date", "hint_due")
    )
    raise HeadingMissingError(
        f"{table.tab}!{table.header_row}", missing, say(policy.language, code)
    )


# ── header rows ──────────────────────────────────────────────────────────────────────────────


def _headers(grid: Grid, hint: TabHint) -> Iterator[Header]:
    """Yield every row that may be a header, alone and together with the row above it."""
    rows = grid.rows[: max(_DEEPEST, hint.header_row or 0) + 1]
    wanted = range(len(rows)) if hint.header_row is None else [hint.header_row - 1]
    for number in wanted:
        if not 0 <= number < len(rows):
            continue
        texts = tuple(heading_text(cell) for cell in rows[number])
        if sum(map(bool, texts)) < 2 and hint.header_row is None:
            continue
        if not goes_on_below(rows, number, grid):
            yield Header(number, number, under_titles(rows[number - 1], texts) if number else texts)
        if number:
            both = together(rows[number - 1], texts, number, grid)
            if both:
                yield both


def _blocks(header: Header, grid: Grid) -> list[Header]:
    """Return a header cut into tables: as Excel's own say, or where two columns are blank."""
    own = [area for area in grid.tables if area[0] == header.row]
    headers = [_between(header, area[1], area[3]) for area in own]
    beside = replace(header, texts=_without(header.texts, own))
    if own and _is_of_invoices(beside):
        return [*headers, beside]
    if len(own) > 1:
        return headers
    parts: list[list[int]] = []
    for column, text in enumerate(header.texts):
        if text and parts and column - parts[-1][-1] <= 2:
            parts[-1].append(column)
        elif text:
            parts.append([column])
    headers = [_between(header, part[0], part[-1]) for part in parts]
    tables = [
        each
        for each in headers
        if _has_party(fields_named("invoices", each, _NO_HINT, frozenset()))
    ]
    return tables if len(tables) > 1 else [header]


def _between(header: Header, first: int, last: int) -> Header:
    texts = enumerate(header.texts)
    return replace(header, texts=tuple(t if first <= at <= last else "" for at, t in texts))


def _without(texts: tuple[str, ...], areas: Sequence[tuple[int, int, int, int]]) -> tuple[str, ...]:
    inside = {at for _, first, _, last in areas for at in range(first, last + 1)}
    return tuple("" if at in inside else text for at, text in enumerate(texts))


def _is_of_invoices(header: Header) -> bool:
    """Tell whether headings are a table of receivables by themselves."""
    fields = fields_named("invoices", header, _NO_HINT, frozenset())
    return _has_party(fields) and bool({"amount", "balance"} & fields)


def _has_party(fields: set[str] | frozenset[str]) -> bool:
    return bool({"customer", "customer_id"} & fields)


def _candidates(kind: str, grid: Grid, policy: Policy, wanted: int = 2) -> Iterator[Found]:
    hint = _hint(policy, kind)
    for whole in _headers(grid, hint):
        owned = owned_columns(kind, whole, grid, policy.headings)
        for header in _blocks(whole, grid):
            fields = frozenset(fields_named(kind, header, hint, frozenset(owned.values())))
            if len(fields) >= wanted or hint.header_row is not None:
                yield Found(grid, header, fields, owned, (len(fields), -header.row))


# ── the tab of each kind ─────────────────────────────────────────────────────────────────────


def _invoices(grids: Sequence[Grid], policy: Policy) -> tuple[Found, list[Found]]:
    hint = _hint(policy, "invoices")
    found: list[Found] = []
    refused: list[Found] = []
    near: list[Found] = []
    for grid in grids:
        if hint.name not in (None, grid.tab) or (hint.name is None and is_ours(grid)):
            continue
        for candidate in _candidates("invoices", grid, policy, wanted=3):
            if is_payables(candidate.header, candidate.grid) and hint.name is None:
                refused.append(candidate)
            elif _has_party(candidate.fields) and {"amount", "balance"} & candidate.fields:
                found.append(_ranked(candidate))
            else:
                near.append(candidate)
    if not found:
        raise _nothing_found(grids, refused, near, policy)
    owed = [each for each in found if hint.name or not may_be_credits(each.grid)]
    best = max(owed or found, key=lambda candidate: candidate.rank)
    rivals = [] if hint.name else [each for each in owed if each.rank[0]]
    others: dict[str, Found] = {}
    for each in rivals:
        if each.grid.tab != best.grid.tab and _has_rows(each):
            first = others.setdefault(each.grid.tab, each)
            others[each.grid.tab] = max(first, each, key=lambda candidate: candidate.rank)
    return best, list(others.values())


def tabs_aside(grids: Sequence[Grid], policy: Policy, read: Collection[str]) -> list[str]:
    """Return the tabs besides those ``read`` that look like receivables and hold something."""
    free = replace(policy, tabs={})
    return [
        grid.tab
        for grid in grids
        if grid.tab not in read
        and not grid.ours
        and not may_be_credits(grid)
        and any(_is_owed(each) for each in _candidates("invoices", grid, free, wanted=3))
    ]


def _is_owed(candidate: Found) -> bool:
    fields = candidate.fields
    whole = _has_party(fields) and bool({"amount", "balance"} & fields)
    return (
        whole
        and bool(_ranked(candidate).rank[0])
        and _has_rows(candidate)
        and not is_payables(candidate.header, candidate.grid)
    )


def may_be_credits(grid: Grid) -> bool:
    """Tell whether a tab is one of credit notes, refunds or the like rather than of invoices."""
    headings = next((row for row in grid.rows[:_DEEPEST] if _is_heading_row(row)), [])
    return are_credits(grid.tab, map(heading_text, headings[:_FIRST_COLUMNS]))


def _is_heading_row(row: Sequence[Cell]) -> bool:
    return sum(bool(heading_text(cell)) for cell in row) > 2


def _has_rows(candidate: Found) -> bool:
    below = candidate.grid.rows[candidate.header.row + 1 :]
    return any(any(cell not in (None, "") for cell in row) for row in below)


def _ranked(candidate: Found) -> Found:
    fields = candidate.fields
    due = 2 if "due_date" in fields else int({"terms", "invoice_date"} <= fields)
    named = _is_called("invoices", candidate.grid.tab)
    rank = (due, len(fields), int(named), -candidate.header.row, candidate.header.top)
    return Found(candidate.grid, candidate.header, fields, candidate.owned, rank)


def _is_called(kind: str, tab: str) -> bool:
    return fold(tab) in fold_all(*TAB_NAMES[kind])


def is_ours(grid: Grid) -> bool:
    """Tell whether a tab is our contact log or outbox, which are never receivables."""
    for header in _headers(grid, _NO_HINT):
        words = {fold(text) for text in header.texts if text}
        if words & {"key", "键"} and len(words & fold_all(
            "Channel", "What", "Result", "By", "To", "Step", "State", "Why now", "Approve?",
            "渠道", "内容", "结果", "经办人", "状态", "步骤", "批准?")) >= 2:  # fmt: skip
            return True
    return False


def _nothing_found(
    grids: Sequence[Grid],
    refused: Sequence[Found],
    near: Sequence[Found],
    policy: Policy,
) -> Exception:
    hint = _hint(policy, "invoices")
    if refused and all(len(each.fields) <= len(refused[0].fields) for each in near):
        header = refused[0].header
        heading = payables_words(header, refused[0].grid)
        return PayablesError(f"{refused[0].grid.tab}!{header.row + 1}", shown_heading(heading))
    near = [each for each in near if len(each.fields) >= 3 or hint.name or hint.header_row]
    if not near:
        return NoTableError(policy.book, [grid.tab for grid in grids])
    best = max(near, key=lambda candidate: candidate.rank)
    missing = "amount" if _has_party(best.fields) else "customer"
    seen = ", ".join(f"“{shown_heading(text)}”" for text in best.header.texts if text)
    return HeadingMissingError(
        f"{best.grid.tab}!{best.header.row + 1}",
        missing,
        say(policy.language, "hint_headings", seen=seen),
    )


def _other(
    kind: str, grids: Sequence[Grid], policy: Policy, taken: set[str], chosen: Found
) -> Found | None:
    hint = _hint(policy, kind)
    ours = partial(invoice_numbers, chosen.grid, chosen.header)
    found: list[Found] = []
    for grid in grids:
        if grid.tab in taken if hint.name is None else grid.tab != hint.name:
            continue
        # Names and how each of them fares are a list of customers too.
        for candidate in _candidates(kind, grid, policy, wanted=1 if kind == "customers" else 2):
            if hint.name is not None or _is_kind(kind, candidate, ours):
                named = int(_is_called(kind, grid.tab))
                rank = (named, *candidate.rank, candidate.header.top)
                found.append(Found(grid, candidate.header, candidate.fields, candidate.owned, rank))
    return max(found, key=lambda candidate: candidate.rank, default=None)


def _is_kind(
    kind: str, candidate: Found, ours: Callable[[], Collection[str]] = frozenset[str]
) -> bool:
    """Tell whether a tab is of a kind; ``ours`` gives the numbers of the invoices."""
    fields = candidate.fields
    if kind == "log":
        return {"date", "customer", "key"} <= fields
    if is_payables(candidate.header, candidate.grid) or is_ours(candidate.grid):
        return False
    as_invoices = fields_named(
        "invoices", candidate.header, _NO_HINT, frozenset(candidate.owned.values())
    )
    if kind == "receipts":
        return (
            {"date", "amount"} <= fields
            and bool({"customer", "customer_id", "invoice"} & fields)
            and "due_date" not in as_invoices
            and may_be_receipts(candidate.grid, candidate.header, ours)
            and not may_be_credits(candidate.grid)
        )
    money = {"amount", "balance", "invoice", "due_date", "invoice_date"} & as_invoices
    if money or not _has_party(fields):
        return False
    if fields - {"customer", "customer_id", "note"}:
        return len(fields) > 1
    return not names_weakly(candidate.header) and tells_states(candidate.header, candidate.grid)
