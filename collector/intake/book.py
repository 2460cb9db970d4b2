"""Tabs to a book: invoices, customers and receipts as typed columns, and every problem."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from collector.intake.credit_tabs import credit_tabs, credits_unread, known_names
from collector.intake.customer_states import problems_of_customers, unless_muted
from collector.intake.customers import Names, contacts, merge_customers, read_directory
from collector.intake.headings.finding import Found, find_tables, is_ours, tabs_aside
from collector.intake.headings.table import Table
from collector.intake.invoices import read_invoices
from collector.intake.receipts import no_receipts, read_receipts
from collector.intake.sums import SheetSum
from collector.intake.tabs_of_ours import lists_of_ours, ours_of
from collector.model import Grid, Policy, Problem, TabHint, Where

__all__ = ["Book", "contacts", "read_book"]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read: tables by kind, frames, problems in sheet order.

    ``invoices`` has one row a receivable in sheet order; money is int64 minor units of the row's
    ``currency``, dates are datetime64[ns] midnights without a zone. ``customers`` has one row a
    customer, its index the key. ``receipts`` is empty where there is no such tab. ``has`` names the
    fields that the invoices tab has a column for, ``sums`` are the tab's own totals beside ours.
    ``aside`` are the tabs that look like receivables too, where the configuration names the one.
    """

    tables: Mapping[str, Table]
    invoices: pd.DataFrame
    customers: pd.DataFrame
    receipts: pd.DataFrame
    problems: tuple[Problem, ...]
    has: frozenset[str]
    sums: tuple[SheetSum, ...] = ()
    aside: tuple[str, ...] = ()


def read_book(grids: Sequence[Grid], policy: Policy) -> Book:
    """Find the tables in the tabs and read them whole.

    Raises NoTableError, PayablesError, HeadingTwiceError, HeadingMissingError, TabMissingError,
    TabsAlikeError.
    Whatever is wrong within a table is a problem, never an exception.
    """
    tables, others = find_tables(grids, policy)
    by_tab = {grid.tab: grid for grid in grids}

    def grid_of(kind: str) -> Grid | None:
        return by_tab[tables[kind].tab] if kind in tables else None

    directory = read_directory(grid_of("customers"), tables.get("customers"), policy)
    reading = read_invoices(
        by_tab[tables["invoices"].tab], tables["invoices"], policy, directory,
        has_receipts="receipts" in tables,
    )  # fmt: skip
    names, problems = reading.names, list(reading.problems)
    table = tables["invoices"] = replace(reading.table, last_row=reading.last_row)
    tab_keys = names.keys(directory.frame["code"], directory.frame["customer_name"])
    customers = merge_customers(
        reading.contacts, directory.frame, tab_keys, table, tables.get("customers")
    )
    problems += directory.problems(tab_keys)
    if "customers" in tables:
        keys_by_row = dict(zip(directory.frame["row"], tab_keys, strict=True))
        tab = tables["customers"].tab
        problems += problems_of_customers(directory.stated, tab, keys_by_row, reading.invoices)
    receipts = no_receipts()
    if "receipts" in tables:
        grid = by_tab[tables["receipts"].tab]
        receipts, found = read_receipts(grid, tables["receipts"], names, policy)
        problems += found
    hint = policy.tabs.get("invoices", TabHint())
    read = {each.tab for each in tables.values()}
    if len(grids) > len(read):
        tabs = {each.grid.tab for each in others}
        problems += _unread_tabs(grids, read, hint.unused, tabs, reading.invoices, names)
    problems += [_second_tab(each, table.tab) for each in others]
    problems = unless_muted(problems, reading.invoices, customers)
    return Book(
        tables, reading.invoices, customers, receipts, tuple(problems), _has(table),
        reading.sums, tuple(tabs_aside(grids, policy, read)) if hint.name else (),
    )  # fmt: skip


def _has(table: Table) -> frozenset[str]:
    """Return the fields a table tells of: columns of ages together tell the balance."""
    return frozenset(table.columns) | ({"balance"} if table.ages else frozenset())


def _unread_tabs(
    grids: Sequence[Grid], read: Collection[str], waived: Collection[str],
    others: Collection[str], invoices: pd.DataFrame, names: Names,
) -> list[Problem]:  # fmt: skip
    """Return a problem for each customer of whom a tab that nobody reads may say he owes less.

    ``others`` are tabs that look like receivables themselves: only their name makes them count.
    """
    keys, ours = known_names(invoices, names.spelt), ours_of(invoices)
    unread = credit_tabs(grids, read, waived)
    known = {*read, *waived, *others, *(grid.tab for grid in unread)}
    known |= {grid.tab for grid in grids if is_ours(grid)}  # copies that people made of our tabs
    unread += lists_of_ours(grids, known, ours, keys)
    return credits_unread(unread, invoices, keys, ours) if unread else []


def _second_tab(found: Found, read: str) -> Problem:
    code = "problem_past_tab" if found.past else "problem_second_tab"
    return Problem(Where(found.grid.tab), code, {"tab": read})
