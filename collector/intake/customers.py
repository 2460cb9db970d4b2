"""Who the customers are: one key for every spelling, the customers tab, and where to write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from collector.intake.cells.addresses import address_set, read_addresses
from collector.intake.cells.column import Cells, Ints, distinct, narrow
from collector.intake.cells.dates import read_dates
from collector.intake.cells.flags import read_flags, read_languages
from collector.intake.cells.money import Currencies, read_amounts, read_money
from collector.intake.cells.texts import fold_name, read_text
from collector.intake.complaints import Complaints
from collector.intake.customer_states import Stated, states_of_customers
from collector.intake.headings.table import Table
from collector.intake.region import Region, read_region
from collector.model import Grid, Policy, Problem, Where, column_letters

TEXTS: Final = ("contact", "phone", "language", "country", "timezone", "owner", "owner_email",
                "rating_override")  # fmt: skip
COLUMNS: Final = ("customer_name", "email", "cc", *TEXTS, "email_problem", "terms", "credit_limit",
                  "has_credit_limit", "orders", "credit_hold", "do_not_chase", "pause_until",
                  "row")  # fmt: skip


def distinct_pairs(
    codes: pd.Series[str], names: pd.Series[str]
) -> tuple[list[tuple[str, str]], Ints]:
    """Return every distinct pair of code and name, and the number of each row's among them."""
    some, first = distinct(codes.tolist())
    others, second = distinct(names.tolist())
    if len(some) <= 1:  # as where there is no column of codes: the pairs are the names
        return [(code, name) for code in some for name in others], second
    found, numbers = np.unique(first * len(others) + second, return_inverse=True)
    pairs = [(some[each // len(others)], others[each % len(others)]) for each in found.tolist()]
    return pairs, numbers


@dataclass(frozen=True, slots=True)
class Names:
    """Which code a name goes by, and how a code is spelt; a name with two codes goes by none."""

    codes: Mapping[str, str]
    spelt: Mapping[str, str]

    def key(self, code: str, name: str) -> str:
        """Return the key of a customer: the code where there is one, else the folded name."""
        folded = fold_name(code or name)
        if code:
            return self.spelt.get(folded, narrow(code))
        # Some sheets write the code where the name should be.
        return self.codes.get(folded) or self.spelt.get(folded, folded)

    def keys(self, codes: pd.Series[str], names: pd.Series[str]) -> pd.Series[str]:
        """Return the key of every row, ``""`` where it names no customer."""
        pairs, numbers = distinct_pairs(codes, names)
        keys = np.array([self.key(*pair) for pair in pairs], dtype=object)
        return pd.Series(keys[numbers] if len(keys) else keys, dtype="str")


def names_of(pairs: Iterable[tuple[str, str]]) -> Names:
    """Return which code each name goes by, from every pair of code and name that is written.

    Of a code's spellings the first in the alphabet counts, wherever in the sheet it stands: a key
    must not change when rows are sorted.
    """
    spelt: dict[str, str] = {}
    codes: dict[str, set[str]] = {}
    for code, name in pairs:
        if code:
            folded, plain = fold_name(code), narrow(code)
            spelt[folded] = min(spelt.get(folded, plain), plain)
        if code and name:
            codes.setdefault(fold_name(name), set()).add(folded)
    alone = {name: next(iter(found)) for name, found in codes.items() if len(found) == 1}
    return Names({name: spelt[code] for name, code in alone.items()}, spelt)


@dataclass(frozen=True, slots=True)
class Directory:
    """The customers tab as it is written: a frame a row, and what is wrong in it.

    ``stated`` are the cells that say of a customer that he is past reminding.
    """

    frame: pd.DataFrame
    complaints: Complaints | None
    stated: Sequence[Stated] = ()

    def pairs(self) -> list[tuple[str, str]]:
        codes, names = self.frame["code"].tolist(), self.frame["customer_name"].tolist()
        return list(zip(codes, names, strict=True))

    def problems(self, keys: pd.Series[str]) -> list[Problem]:
        """Return what is wrong on the tab; ``keys`` are the customers of the frame's rows."""
        if self.complaints is None:
            return []
        first = self.complaints.table.first_row
        places = (self.frame["row"] - first).tolist()
        by_place = dict(zip(places, keys.tolist(), strict=True))
        count = max(by_place, default=-1) + 1
        everyone = [by_place.get(place, "") for place in range(count)]
        return self.complaints.problems(everyone, np.ones(count, np.bool_))


def read_directory(grid: Grid | None, table: Table | None, policy: Policy) -> Directory:
    """Read the customers tab: a row a customer, columns as in ``COLUMNS`` and ``code``."""
    if grid is None or table is None:
        return Directory(_frame({}, 0), None)
    region, _ = read_region(grid, table)
    complaints = Complaints(table)
    named = region.filled("customer", "customer_id")
    read: dict[str, Any] = _texts(region, complaints)
    read |= _states(region, complaints, policy, from_1904=grid.from_1904)
    read["row"] = np.arange(table.first_row, table.first_row + len(region), dtype=np.int64)
    frame = _frame(read, len(region))
    listed = named & ((frame["code"] != "") | (frame["customer_name"] != "")).to_numpy()
    complaints.found = [each for each in complaints.found if listed[each[0]]]
    return Directory(frame[listed], complaints, states_of_customers(region))


def _frame(read: Mapping[str, Any], count: int) -> pd.DataFrame:
    blank = pd.Series(np.full(count, "", dtype=object), dtype="str")
    columns: dict[str, Any] = {
        "credit_limit": np.zeros(count, np.int64),
        "has_credit_limit": np.zeros(count, np.bool_),
        "orders": np.zeros(count, np.int64),
        "credit_hold": np.zeros(count, np.bool_),
        "do_not_chase": np.zeros(count, np.bool_),
        "bad_email": np.zeros(count, np.bool_),
        "pause_until": np.full(count, np.datetime64("NaT", "ns")),
        "row": np.zeros(count, np.int64),
    }
    for name in ("code", "currency", *COLUMNS):
        columns.setdefault(name, blank)
    return pd.DataFrame(columns | dict(read))


def _texts(region: Region, complaints: Complaints) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, field in {
        "code": "customer_id",
        "customer_name": "customer",
        "terms": "terms",
        "currency": "currency",
    }.items() | {(each, each) for each in TEXTS if each != "language"}:
        if field in region.columns:
            read[name], found = read_text(region.columns[field])
            complaints.add(field, found, "nothing")
    if "language" in region.columns:
        read["language"], found = read_languages(region.columns["language"])
        complaints.add("language", found, "nothing")
    bad = np.zeros(len(region), np.bool_)
    for name in ("email", "cc"):
        if name in region.columns:
            read[name], found = read_addresses(region.columns[name])
            complaints.add(name, found, "customer")
            bad[list(found)] |= name == "email"
    return read | {"bad_email": bad}


def _states(
    region: Region, complaints: Complaints, policy: Policy, *, from_1904: bool
) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name in ("credit_hold", "do_not_chase"):
        if name in region.columns:
            read[name], found = read_flags(region.columns[name])
            complaints.add(name, found, "customer")
    if "pause_until" in region.columns:
        dates = read_dates(
            region.columns["pause_until"],
            policy.date_order,
            policy.timezone,
            from_1904=from_1904,
        )
        read["pause_until"] = dates.values
        complaints.add("pause_until", dates.complaints, "customer")
    for name in ("credit_limit", "orders"):
        if name in region.columns:
            values, present = read_in_book_currency(
                region.columns[name], region.table, name, complaints, policy
            )
            read[name] = values
            if name == "credit_limit":
                read["has_credit_limit"] = present
    return read


def read_in_book_currency(
    cells: Cells, table: Table, name: str, complaints: Complaints, policy: Policy
) -> tuple[Any, Any]:
    """Return a column of money in the book's own currency, and where it is written."""
    currencies = Currencies((policy.currency,), np.zeros(len(cells), np.int64))
    money = read_money(read_amounts(cells), currencies, table.units.get(name, 1))
    complaints.add(name, money.complaints, "nothing")
    return money.values, money.present


# ── one row a customer ───────────────────────────────────────────────────────────────────────


def merge_customers(
    rows: pd.DataFrame,
    directory: pd.DataFrame,
    keys: pd.Series[str],
    table: Table,
    tab: Table | None,
) -> pd.DataFrame:
    """Return one row a customer, index the key: the customers tab first, then the invoices' rows.

    ``rows`` are the invoices with their contact columns, ``keys`` the key of each row of the
    directory, ``table`` and ``tab`` where each of them stands. ``email`` and ``cc`` are the tab's
    alone until ``contacts`` settles them.
    """
    listed = directory.assign(key=keys.to_numpy())
    listed = listed[listed["key"] != ""]
    written = rows[rows["customer"] != ""]
    index = pd.Index(pd.unique(np.concatenate([
        written["customer"].to_numpy(dtype=object), listed["key"].to_numpy(dtype=object)
    ])), dtype="str", name="customer")  # fmt: skip
    customers = pd.DataFrame(index=index)
    for name in ("customer_name", *TEXTS):
        customers[name] = _first(listed, name, index).where(
            lambda found: found != "",
            _first(written.rename(columns={"customer": "key"}), name, index),
        )
    customers["customer_name"] = customers["customer_name"].where(
        customers["customer_name"] != "", index.to_series()
    )
    for name in ("email", "cc", "terms"):
        customers[name] = _first(listed, name, index)
    _settle_tab_addresses(customers, listed)
    _add_states(customers, listed, written.rename(columns={"customer": "key"}))
    customers.attrs["addresses"] = _address_column(table)
    if tab is not None:
        customers.attrs["tab"] = _address_column(tab)
    return customers


def _address_column(table: Table) -> Where:
    place = table.columns.get("email", table.columns.get("customer", table.left))
    return Where(table.tab, None, column_letters(place))


def _first(frame: pd.DataFrame, name: str, index: pd.Index) -> pd.Series[str]:
    """Return each customer's first text that is not blank, ``""`` where there is none."""
    if name not in frame or frame.empty:
        return pd.Series("", index=index, dtype="str")
    told = frame.loc[frame[name] != "", ["key", name]].drop_duplicates("key")
    return told.set_index("key")[name].reindex(index).fillna("").astype("str")


def _settle_tab_addresses(customers: pd.DataFrame, listed: pd.DataFrame) -> None:
    """Say which customers the tab gives a malformed address, or two different ones."""
    problem = pd.Series("", index=customers.index, dtype="str")
    told = listed[listed["email"] != ""]
    sets = told["email"].map(address_set).groupby(told["key"]).nunique()
    problem[sets.index[sets > 1]] = "addresses_differ"
    problem[pd.unique(listed.loc[listed["bad_email"], "key"])] = "bad_address"
    customers["email_problem"] = problem
    customers.loc[problem != "", "email"] = ""
    several = listed[listed["key"].isin(problem.index[problem == "addresses_differ"])]
    told = several.rename(columns={"key": "customer"})
    customers.attrs["differing"] = _differing(told[told["email"] != ""])


def _add_states(customers: pd.DataFrame, listed: pd.DataFrame, written: pd.DataFrame) -> None:
    index = customers.index
    both = pd.concat([
        listed[["key", "credit_limit", "has_credit_limit", "orders"]],
        written.reindex(columns=["key", "credit_limit", "has_credit_limit", "orders"]),
    ])  # fmt: skip
    limits = both[both["has_credit_limit"].fillna(False).astype(bool)].drop_duplicates("key")
    limit = limits.set_index("key")["credit_limit"].reindex(index)
    customers["credit_limit"] = limit.fillna(0).astype("int64")
    customers["has_credit_limit"] = limit.notna()
    ordered = both[both["orders"].fillna(0) != 0].drop_duplicates("key")
    customers["orders"] = (
        ordered.set_index("key")["orders"].reindex(index).fillna(0).astype("int64")
    )
    grouped = listed.groupby("key")
    for name in ("credit_hold", "do_not_chase"):
        customers[name] = grouped[name].any().reindex(index, fill_value=False).astype(bool)
    customers["pause_until"] = grouped["pause_until"].max().reindex(index).astype("datetime64[ns]")
    customers["row"] = grouped["row"].first().reindex(index).fillna(0).astype("int64")


# ── where to write ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Doubt:
    customer: str
    row: int
    code: str
    facts: Mapping[str, str]


def contacts(
    invoices: pd.DataFrame, customers: pd.DataFrame, open_rows: pd.Series[bool]
) -> tuple[pd.DataFrame, tuple[Problem, ...]]:
    """Return the customers with ``email``, ``cc`` and ``email_problem`` settled, and the problems.

    The customers tab settles an address; else all open rows of a customer that give one must agree,
    and where none gives any, all his rows. ``email_problem`` is ``""``, ``no_address``,
    ``bad_address`` or ``addresses_differ``; with any of these ``email`` is ``""``. Only customers
    with an open row have problems, each at the first row that shows it.
    """
    mask = open_rows.to_numpy(dtype=bool) & (invoices["customer"] != "").to_numpy()
    rows = invoices.loc[mask]
    email, problem = customers["email"].copy(), customers["email_problem"].copy()
    needy = customers.index[(email == "") & (problem == "")]
    told = _told(invoices, rows, needy)
    bad = rows.loc[rows["bad_email"] & rows["customer"].isin(needy), "customer"]
    problem[bad.unique().tolist()] = "bad_address"
    differing = [each for each in _differing(told) if problem[each.customer] == ""]
    on_tab = _differing_on_tab(customers, rows)
    problem[[each.customer for each in differing]] = "addresses_differ"
    agreed = told.drop_duplicates("customer").set_index("customer")["email"]
    agreed = agreed[(problem.reindex(agreed.index) == "").to_numpy()]
    email[agreed.index] = agreed
    silent = set(email.index[(email == "") & (problem == "")])
    nowhere = [
        _Doubt(key, row, "problem_no_address", {})
        for key, row in _firsts(rows).items()
        if key in silent
    ]
    problem[[each.customer for each in nowhere]] = "no_address"
    doubts = sorted([*differing, *nowhere], key=lambda doubt: doubt.row)
    copies = _copies(invoices, rows, customers)
    settled = customers.assign(email=email, email_problem=problem, cc=copies)
    where = customers.attrs["addresses"]
    tab = customers.attrs.get("tab", where)
    return settled, (
        *(_problem(where, doubt) for doubt in doubts),
        *(_problem(tab, doubt) for doubt in on_tab),
    )


def _told(invoices: pd.DataFrame, rows: pd.DataFrame, needy: pd.Index) -> pd.DataFrame:
    """Return the distinct addresses rows give customers: the open rows', else those of any row."""
    columns = ["customer", "email", "row"]
    is_told = (rows["email"] != "") & rows["customer"].isin(needy)
    told = rows.loc[is_told, columns].drop_duplicates(["customer", "email"])
    is_told = (invoices["email"] != "") & invoices["customer"].isin(needy)
    rest = invoices.loc[is_told, columns].drop_duplicates(["customer", "email"])
    return pd.concat([told, rest[~rest["customer"].isin(told["customer"])]])


def _differing(told: pd.DataFrame) -> list[_Doubt]:
    """Return the customers whose rows give different addresses, at the first row that differs."""
    several = told[told.duplicated("customer", keep=False)]
    found: list[_Doubt] = []
    for key, rows in several.groupby("customer", sort=False):
        emails, numbers = rows["email"].tolist(), rows["row"].tolist()
        first = address_set(emails[0])
        other = next((at for at, text in enumerate(emails) if address_set(text) != first), None)
        if other is not None:
            facts = {"first": emails[0], "second": emails[other]}
            found.append(_Doubt(str(key), numbers[other], "problem_addresses_differ", facts))
    return found


def _differing_on_tab(customers: pd.DataFrame, rows: pd.DataFrame) -> list[_Doubt]:
    """Return the customers with something open to whom the customers tab gives two addresses."""
    live = set(rows["customer"].tolist())
    return [each for each in customers.attrs.get("differing", ()) if each.customer in live]


def _firsts(rows: pd.DataFrame) -> dict[str, int]:
    firsts = rows.drop_duplicates("customer")
    return dict(zip(firsts["customer"].tolist(), firsts["row"].tolist(), strict=True))


def _copies(invoices: pd.DataFrame, rows: pd.DataFrame, customers: pd.DataFrame) -> pd.Series[str]:
    """Return who gets a copy: the tab's word, else the first open row's, else the first row's."""
    found = customers["cc"]
    for frame in (rows, invoices):
        told = frame.loc[(frame["cc"] != "") & (frame["customer"] != ""), ["customer", "cc"]]
        first = told.drop_duplicates("customer").set_index("customer")["cc"]
        found = found.where(found != "", first.reindex(found.index).fillna(""))
    return found.astype("str")


def _problem(where: Where, doubt: _Doubt) -> Problem:
    place = Where(where.tab, doubt.row, where.column)
    return Problem(place, doubt.code, doubt.facts, doubt.customer, "customer")
