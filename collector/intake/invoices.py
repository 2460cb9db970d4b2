"""The invoices tab, column by column: one row a receivable, and what is wrong with which cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from collector.intake.blank_flags import statuses_of
from collector.intake.carried import carried_rows, complain_of_carried, customers_above
from collector.intake.cells.addresses import read_addresses
from collector.intake.cells.column import (
    DAY,
    NO_DAY,
    NUMBER,
    Bools,
    Complaint,
    Days,
)
from collector.intake.cells.dates import read_dates
from collector.intake.cells.flags import (
    read_disputes,
    read_flags,
    read_languages,
)
from collector.intake.cells.identifiers import read_identifiers
from collector.intake.cells.money import Money, fill_nil, read_amounts, read_money
from collector.intake.cells.texts import read_text
from collector.intake.complaints import Complaints, in_order, together
from collector.intake.customer_states import states_on_rows
from collector.intake.customers import (
    Directory,
    Names,
    distinct_pairs,
    names_of,
    read_in_book_currency,
)
from collector.intake.dittos import fill_dittos
from collector.intake.duplicates import complain_of_duplicates
from collector.intake.footnotes import complain_of_colours, unit_below
from collector.intake.groups import fill_groups, said_from_above
from collector.intake.headings.table import Table
from collector.intake.hints import complain_of_hints
from collector.intake.lookalikes import same_customers
from collector.intake.marked import struck_columns
from collector.intake.number_formats import is_month, is_share
from collector.intake.other_papers import complain_of_other_papers, complain_of_types
from collector.intake.payers import other_payers
from collector.intake.receipts_below import receipts_below
from collector.intake.region import Region, read_region, receivables
from collector.intake.row_currencies import (
    complain_of_blank_currencies,
    complain_of_their_currency,
    currencies_of,
    row_currencies,
)
from collector.intake.samples import sample_rows
from collector.intake.sections import complain_of_sections
from collector.intake.shown_currencies import rows_shown
from collector.intake.strangers import complain_of_own_addresses, complain_of_strangers
from collector.intake.sums import SheetSum, sheet_sums
from collector.intake.terms import parse_terms
from collector.intake.unknown_money import bad_money
from collector.intake.unread import unread_payments
from collector.intake.unread_figures import unread_figures
from collector.model import Grid, Holds, Policy, Problem, Where

_PLAIN_TEXTS: Final = ("instalment", "owner", "contact", "project", "contract", "po", "note",
                       "payment_link", "attachment")  # fmt: skip
_CONTACTS: Final = ("customer", "customer_name", "contact", "owner", "owner_email", "language")
_FOR_CUSTOMERS: Final = ("phone", "country", "timezone", "rating_override")
_IDENTIFIERS: Final = ("customer_id", "customer", "invoice")
_MONEY: Final = ("amount", "paid", "balance", "promise_amount")
_EARLY, _LATE = np.timedelta64(31, "D"), np.timedelta64(10 * 365, "D")
_DATES: Final = ("invoice_date", "due_date", "paid_date", "promise_date", "pause_until")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the invoices tab says: the frame, its customers' names, problems, where it ends.

    ``contacts`` has the rows' columns that describe the customer rather than the invoice, ``table``
    what was read, with the unit that a note below it may say.
    """

    table: Table
    invoices: pd.DataFrame
    contacts: pd.DataFrame
    names: Names
    problems: tuple[Problem, ...]
    last_row: int
    sums: tuple[SheetSum, ...] = ()


def read_invoices(
    grid: Grid, table: Table, policy: Policy, directory: Directory, *, has_receipts: bool
) -> Reading:
    """Read the invoices tab whole; the directory tells codes and terms that rows leave out."""
    region, second = read_region(grid, table)
    complaints = Complaints(table)
    read: dict[str, Any] = _texts(region, complaints)
    read |= _dates(region, complaints, policy, read["terms"], from_1904=grid.from_1904)
    money_columns, money = _money(region, complaints, policy)
    read |= money_columns | _states(region, complaints)
    wanted, last_row = receivables(region, money)
    noted = unit_below(region, wanted, read["currency"])
    heeded = noted.heeded_by(table) if noted else table
    if heeded not in (None, table):
        return read_invoices(grid, heeded, policy, directory, has_receipts=has_receipts)
    carried = carried_rows(region, complaints, wanted)
    samples = sample_rows(region, complaints, wanted & ~carried)
    receipts, receipted = receipts_below(region, complaints, wanted & ~carried & ~samples, money)
    carried |= receipts
    wanted &= ~(carried | samples)
    complaints.add("customer", said_from_above(region), "nothing")
    read["code"], read["customer_name"] = fill_dittos(
        region, complaints, wanted, read["code"], read["customer_name"]
    )
    read["code"], read["customer_name"] = fill_groups(
        region, complaints, wanted, read["code"], read["customer_name"]
    )
    names = names_of([*directory.pairs(), *distinct_pairs(read["code"], read["customer_name"])[0]])
    read["customer"] = names.keys(read["code"], read["customer_name"])
    read["customer_name"] = _names_for(read, directory, names)
    read["terms"] = _terms_for(read, directory, names)
    read |= _addresses(region, complaints, read["customer"], directory, names)
    read["bad_money"] = bad_money(region, complaints, read, wanted, has_receipts)
    read["bad_money"] |= complain_of_carried(region, complaints, wanted)
    if noted and heeded is None:
        read["bad_money"] |= noted.complain(region, complaints, wanted)
    read["bad_money"] |= complain_of_sections(region, complaints, read, wanted)
    read["bad_money"] |= complain_of_types(grid, region, complaints, read, wanted)
    read["bad_money"] |= receipted
    read["bad_money"] |= complain_of_hints(
        grid, region, complaints, read, wanted, policy, has_receipts=has_receipts
    )
    read["row"] = np.arange(table.first_row, table.first_row + len(region), dtype=np.int64)
    _complain_of_customers(region, complaints, read["customer"], wanted)
    complain_of_strangers(region, complaints, read, wanted)
    complain_of_own_addresses(region, complaints, read, wanted)
    _complain_of_due_dates(complaints, read, wanted)
    read["bad_money"] |= complain_of_blank_currencies(
        region, complaints, read["customer"], wanted, policy
    )
    currencies = _by_key(directory, names, "currency")
    if not currencies.empty:
        theirs = _looked_up(read["customer"], currencies)
        read["bad_money"] |= complain_of_their_currency(
            region, complaints, read, theirs, wanted, policy
        )
    if not (has_receipts or {"paid", "balance", "paid_status"} & table.columns.keys()):
        complain_of_colours(grid, region, complaints, wanted)
    frame = _frame(read, wanted)
    complain_of_duplicates(frame, np.flatnonzero(wanted), complaints)
    complain_of_other_papers(region, complaints, read)
    keys = read["customer"].tolist()
    customers_above(keys, carried, wanted)
    for at in np.flatnonzero(samples).tolist():
        keys[at] = ""
    problems = complaints.problems(keys, wanted | carried | samples)
    if second is not None:
        problems.append(Problem(Where(table.tab, second), "problem_second_table"))
    alike = same_customers(frame, table, set(names.spelt.values()))
    alike += struck_columns(grid, region, wanted)
    alike += unread_payments(region, frame)
    alike += unread_figures(region, frame)
    alike += other_payers(region, frame)
    alike += states_on_rows(region, frame, problems)
    problems = in_order([*problems, *alike]) if alike else problems
    extra = [name for name in frame.columns if name not in _COLUMNS]
    told = {"customer", "customer_name"} | region.columns.keys()
    contact_names = [name for name in _CONTACTS if name in told]
    sums = sheet_sums(grid, region, money, set(frame["currency"].unique()), wanted)
    return Reading(
        table,
        frame[list(_COLUMNS)],
        frame[[*contact_names, *extra]],
        names,
        tuple(together(problems)),
        last_row,
        sums,
    )


_COLUMNS: Final = (
    "row", "customer", "customer_name", "invoice", "instalment", *_DATES, "terms", "currency",
    "exponent", *_MONEY, *(f"has_{name}" for name in _MONEY), "paid_status", "dispute",
    "do_not_chase", "credit_hold", "dispute_reason", "email", "cc", "owner", "owner_email",
    "contact", "language", "project", "contract", "po", "note", "payment_link", "attachment",
    "bad_money", "bad_due", "bad_email",
)  # fmt: skip


def _frame(read: Mapping[str, Any], wanted: Bools) -> pd.DataFrame:
    """Return the wanted rows of every column as one frame, counted from 0."""
    at = np.flatnonzero(wanted)
    columns = {name: values.array if isinstance(values, pd.Series) else values
               for name, values in read.items() if name != "code"}  # fmt: skip
    if len(at) < len(wanted):
        columns = {name: values.take(at) for name, values in columns.items()}
    return pd.DataFrame(columns)


def _blank(region: Region) -> pd.Series[str]:
    return pd.Series(np.full(len(region), "", dtype=object), dtype="str")


# ── text, dates, states ──────────────────────────────────────────────────────────────────────


def _texts(region: Region, complaints: Complaints) -> dict[str, pd.Series[str]]:
    blank = _blank(region)
    wanted: dict[str, tuple[str, Holds]] = {
        "code": ("customer_id", "row"), "customer_name": ("customer", "row"),
        "invoice": ("invoice", "customer"), "terms": ("terms", "nothing"),
        **{name: (name, "nothing") for name in (*_PLAIN_TEXTS, *_FOR_CUSTOMERS)},
    }  # fmt: skip
    read = dict.fromkeys((*wanted, "language"), blank)
    for name, (field, holds) in wanted.items():
        if field in region.columns:
            reader = read_identifiers if field in _IDENTIFIERS else read_text
            read[name], found = reader(region.columns[field])
            complaints.add(field, found, holds)
    if "language" in region.columns:
        read["language"], found = read_languages(region.columns["language"])
        complaints.add("language", found, "nothing")
    return read


def _dates(
    region: Region,
    complaints: Complaints,
    policy: Policy,
    terms: pd.Series[str],
    *,
    from_1904: bool,
) -> dict[str, Any]:
    """Read the dates; payment terms in the due column are terms (``terms`` is filled in place)."""
    read: dict[str, Any] = {}
    found: dict[str, dict[int, Complaint]] = {}
    for name in _DATES:
        if name in region.columns:
            dates = read_dates(
                region.columns[name], policy.date_order, policy.timezone, from_1904=from_1904
            )
            read[name], found[name] = dates.values, dates.complaints
            if region.formats:
                _complain_of_months(region, name, dates.values, dates.complaints)
        else:
            read[name], found[name] = np.full(len(region), NO_DAY), {}
    _move_terms(region, found["due_date"], terms)
    bad_due = np.zeros(len(region), np.bool_)
    bad_due[list(found["due_date"])] = True
    due_unwritten = np.isnat(read["due_date"]) & ~bad_due
    complaints.add("due_date", found["due_date"], "customer")
    needed = {at: each for at, each in found["invoice_date"].items() if due_unwritten[at]}
    complaints.add("invoice_date", needed, "customer")
    rest = {at: each for at, each in found["invoice_date"].items() if not due_unwritten[at]}
    complaints.add("invoice_date", rest, "nothing")
    told = {"paid", "balance", "paid_status"} & region.columns.keys()
    complaints.add("paid_date", found["paid_date"], "nothing" if told else "customer")
    for name in ("promise_date", "pause_until"):
        complaints.add(name, found[name], "invoice")
    return read | {"bad_due": bad_due}


def _complain_of_months(
    region: Region, name: str, values: Days, complaints: dict[int, Complaint]
) -> None:
    """Complain of first days of a month that are shown as a month alone: nobody wrote the day."""
    for at in rows_shown(region, name, DAY, is_month).tolist():
        day = str(values[at])[:10]
        if day[8:] == "01":
            complaints[at] = Complaint("problem_date_month_only", {"text": day[:7]})
            values[at] = NO_DAY


def _move_terms(region: Region, complaints: dict[int, Complaint], terms: pd.Series[str]) -> None:
    cells = region.columns.get("due_date")
    if cells is None or not complaints:
        return
    guilty = set(cells.codes[np.isin(cells.at, list(complaints))].tolist())
    meant = [
        at in guilty and any(map(str.isalpha, text)) and parse_terms(text) is not None
        for at, text in enumerate(cells.texts)
    ]
    if not any(meant):
        return
    hits = np.array(meant)[cells.codes]
    moved = {
        int(at): cells.texts[code]
        for at, code in zip(cells.at[hits], cells.codes[hits], strict=True)
    }
    for at in moved:
        complaints.pop(at, None)
    fill = pd.Series(moved, dtype="str")
    free = fill.index[(terms.loc[fill.index] == "").to_numpy()]
    terms.loc[free] = fill.loc[free]


def _states(region: Region, complaints: Complaints) -> dict[str, Any]:
    columns, blank = region.columns, _blank(region)
    no = np.zeros(len(region), np.bool_)
    read: dict[str, Any] = {"paid_status": blank, "dispute": no, "dispute_reason": blank,
                            "do_not_chase": no, "credit_hold": no}  # fmt: skip
    if "paid_status" in columns:
        read["paid_status"], read["dispute"] = statuses_of(region, columns["paid_status"])
    if "dispute" in columns:
        disputed, read["dispute_reason"], found = read_disputes(columns["dispute"])
        read["dispute"] = read["dispute"] | disputed
        complaints.add("dispute", found, "invoice")
    for name in ("do_not_chase", "credit_hold"):
        if name in columns:
            read[name], found = read_flags(columns[name])
            complaints.add(name, found, "customer")
    return read


# ── money ────────────────────────────────────────────────────────────────────────────────────


def _money(
    region: Region, complaints: Complaints, policy: Policy
) -> tuple[dict[str, Any], dict[str, Money]]:
    """Read the money columns, each row in its own currency; missing ones are 0 and not had."""
    table = region.table
    amounts = {
        name: read_amounts(region.columns[name]) for name in _MONEY if name in region.columns
    }
    # A currency named beside what is paid or promised need not be the invoice's.
    owed = {name: each for name, each in amounts.items() if name in ("amount", "balance")}
    iso, bad_currency = row_currencies(region, owed, complaints, policy)
    currencies = currencies_of(iso)
    read: dict[str, Any] = {
        "currency": pd.Series(iso, dtype="str"), "exponent": currencies.exponents(),
        "bad_currency": bad_currency,
    }  # fmt: skip
    money: dict[str, Money] = {}
    for name in _MONEY:
        if name not in amounts:
            read[name] = np.zeros(len(region), np.int64)
            read[f"has_{name}"] = np.zeros(len(region), np.bool_)
            continue
        money[name] = read_money(amounts[name], currencies, table.units.get(name, 1))
        shares = rows_shown(region, name, NUMBER, is_share) if region.formats else ()
        for at in map(int, shares):
            text = f"{region.columns[name].cells[at]:.0%}"
            money[name].complaints[at] = Complaint("problem_money_percent", {"text": text})
            money[name].values[at], money[name].present[at] = 0, False
        if name == "balance":
            fill_nil(amounts[name].cells, money[name])
        holds: Holds = "invoice" if name == "promise_amount" else "customer"
        complaints.add(name, money[name].complaints, holds)
        complaints.add(name, money[name].remarks, "nothing")
        read[name], read[f"has_{name}"] = money[name].values, money[name].present
    for name in ("credit_limit", "orders"):
        if name in region.columns:
            read[name], present = read_in_book_currency(
                region.columns[name], table, name, complaints, policy
            )
            read |= {"has_credit_limit": present} if name == "credit_limit" else {}
    return read, money


# ── customers ────────────────────────────────────────────────────────────────────────────────


def _by_key(directory: Directory, names: Names, column: str) -> pd.Series[str]:
    """Return what the customers tab says first of each customer, by key."""
    frame = directory.frame
    keys = names.keys(frame["code"], frame["customer_name"])
    told = pd.Series(frame[column].to_numpy(), index=keys.to_numpy(), dtype="str")
    told = told[(told != "").to_numpy()]
    return told[~told.index.duplicated()]


def _looked_up(keys: pd.Series[str], told: pd.Series[str]) -> pd.Series[str]:
    """Return what is told of each row's customer, ``""`` where nothing is."""
    numbers, uniques = pd.factorize(keys)
    found = told.reindex(uniques).fillna("").to_numpy(dtype=object)
    return pd.Series(found[numbers], dtype="str")


def _names_for(read: Mapping[str, Any], directory: Directory, names: Names) -> pd.Series[str]:
    """Return the name on each row, else the customers tab's, else the code."""
    written: pd.Series[str] = read["customer_name"]
    if not (written == "").any():
        return written
    known = _looked_up(read["customer"], _by_key(directory, names, "customer_name"))
    found = written.where(written != "", known)
    return found.where(found != "", read["code"])


def _terms_for(read: Mapping[str, Any], directory: Directory, names: Names) -> pd.Series[str]:
    """Return the terms on each row, else the customer's own."""
    written: pd.Series[str] = read["terms"]
    own = _by_key(directory, names, "terms")
    if own.empty:
        return written
    return written.where(written != "", _looked_up(read["customer"], own))


def _addresses(
    region: Region,
    complaints: Complaints,
    keys: pd.Series[str],
    directory: Directory,
    names: Names,
) -> dict[str, Any]:
    """Read the addresses; a malformed one holds nothing where the customers tab settles it."""
    bad = np.zeros(len(region), np.bool_)
    read: dict[str, Any] = dict.fromkeys(("email", "cc", "owner_email"), _blank(region))
    settled = set(_by_key(directory, names, "email").index)
    for name in read:
        if name not in region.columns:
            continue
        read[name], found = read_addresses(region.columns[name])
        bad[list(found)] |= name == "email"
        idle = {at for at in found if name == "owner_email" or keys.iloc[at] in settled}
        complaints.add(name, {at: each for at, each in found.items() if at in idle}, "nothing")
        complaints.add(name, {at: each for at, each in found.items() if at not in idle}, "customer")
    return read | {"bad_email": bad}


def _complain_of_due_dates(complaints: Complaints, read: Mapping[str, Any], wanted: Bools) -> None:
    """Complain of what is due long before it was invoiced, or years after: one day is wrong."""
    due, invoiced = read["due_date"], read["invoice_date"]
    for code, found in (
        ("problem_due_early", wanted & (due < invoiced - _EARLY)),
        ("problem_due_late", wanted & (due > invoiced + _LATE)),
    ):
        for at in np.flatnonzero(found).tolist():
            facts = {name: str(read[name][at])[:10] for name in ("due_date", "invoice_date")}
            complaints.add("due_date", {at: Complaint(code, facts)}, "customer")


def _complain_of_customers(
    region: Region, complaints: Complaints, keys: pd.Series[str], wanted: Bools
) -> None:
    nobody = wanted & (keys == "").to_numpy(dtype=np.bool_)
    field = "customer" if "customer" in region.columns else "customer_id"
    said = {at for at, name, _, _ in complaints.found if name in ("customer", "customer_id")}
    at = [place for place in np.flatnonzero(nobody).tolist() if place not in said]
    complaints.add(field, dict.fromkeys(at, Complaint("problem_no_customer")), "row")
