"""What is still owed on each row: amount, paid, receipts, and finance's own balance."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Literal

import numpy as np
import pandas as pd

from collector.intake.book import Book
from collector.intake.cells.texts import fold_name
from collector.intake.headings import Table
from collector.model import Holds, Policy, Problem, Where, column_letters

# Such a date may be of the customer's last payment rather than of the row's.
_LAST: Final = re.compile(r"\b(?:last|latest|letzte\w*|dernier\w*|[uú]ltim\w*)\b|最近|最后|末次")


def minor(amount: Decimal, exponent: pd.Series[int]) -> pd.Series[int]:
    """Return an amount of major units as int64 minor units of each row's currency, rounded down."""
    scales = {e: int(amount * 10 ** int(e)) for e in exponent.unique()}
    return exponent.map(scales).astype("int64")


def major(amount: int, exponent: int) -> Decimal:
    """Return minor units as the Decimal people read: 12050 of exponent 2 is 120.50."""
    return Decimal(amount).scaleb(-exponent)


def money_texts(amounts: pd.Series[int], exponents: pd.Series[int]) -> list[str]:
    """Return minor units as plain decimal texts, ``1200.50``."""
    return [str(major(a, e)) for a, e in zip(amounts.tolist(), exponents.tolist(), strict=True)]


def problems_at(
    table: Table,
    rows: pd.DataFrame,
    field: str,
    code: str,
    holds: Holds,
    facts: Mapping[str, Sequence[str]],
) -> list[Problem]:
    """Return one problem for each of some rows, at the column of a field (or of the amount).

    ``rows`` has ``row`` (sheet row) and ``customer``; each of ``facts`` has a text a row.
    """
    column = table.columns.get(field, table.columns.get("amount", table.left))
    names = list(facts)
    texts = zip(*facts.values(), strict=True) if facts else ((),) * len(rows)
    return [
        Problem(
            Where(table.tab, row, column_letters(column)),
            code,
            dict(zip(names, values, strict=True)),
            customer,
            holds,
        )
        for row, customer, values in zip(
            rows["row"].tolist(), rows["customer"].tolist(), texts, strict=True
        )
    ]


def add_balances(
    book: Book, invoices: pd.DataFrame, policy: Policy, as_of: date
) -> tuple[pd.DataFrame, pd.Series[int], list[Problem]]:
    """Return the invoices with their balances, the unapplied receipts, and the problems.

    Added are ``balance``, ``known`` and ``settled``. ``balance`` is int64 minor units: finance's
    own figure where it is written, else ``amount - paid - receipts allocated``. ``known`` is False
    where that cannot be told. ``settled`` holds where the team's own word says paid or void, or
    the known balance is within the tolerance; a paid date up to ``as_of`` is such a word where no
    column says what is paid. Unapplied receipts are int64 by (customer, currency).
    """
    invoices, date_problems = _heed_paid_dates(book, invoices, as_of)
    adds = _receipts_add(book, policy)
    named, unnamed, receipt_problems = _sort_receipts(book, invoices)
    tolerance = minor(policy.tolerance, invoices["exponent"])
    owed = invoices["amount"] - invoices["paid"]
    unapplied = pd.Series(dtype="int64")
    mirror_problems: list[Problem] = []
    if adds:
        owed = owed - _allocate_named(invoices, named, owed)
        share, unapplied = _allocate_unnamed(invoices, unnamed, owed)
        owed = owed - share
    elif not book.receipts.empty:  # a tab that nobody has filled yet says nothing
        mirror_problems = _compare_mirrors(book, invoices, named, unnamed, tolerance)
    balance = invoices["balance"].where(invoices["has_balance"], owed)
    part_unknown = _part_unknown(invoices, balance)
    word_settled = invoices["paid_status"].isin(["paid", "void"])
    known = ~invoices["bad_money"] & ~part_unknown
    settled = word_settled | (known & (balance.abs() <= tolerance))
    result = invoices.assign(balance=balance.where(known, 0), known=known, settled=settled)
    problems = [
        *date_problems,
        *receipt_problems,
        *mirror_problems,
        *_row_problems(book, result, owed, balance, tolerance, part_unknown),
    ]
    return result, unapplied, problems


def _heed_paid_dates(
    book: Book, invoices: pd.DataFrame, as_of: date
) -> tuple[pd.DataFrame, list[Problem]]:
    """Take a paid date for payment in full where nothing else in the sheet could say it.

    Where another column could, and is blank or says otherwise, the date is a question; so is one
    that is still to come, and that of a customer's last payment.
    """
    table, day = book.tables["invoices"], invoices["paid_date"]
    dated = day.notna() & invoices["has_amount"] & invoices["paid_status"].isin(["", "unpaid"])
    if not dated.any():
        return invoices, []
    untold = dated & ~invoices["has_paid"] & ~invoices["has_balance"]
    gone = day <= pd.Timestamp(as_of)
    last = bool(_LAST.search(table.headings.get("paid_date", "").casefold()))
    if (dated & ~untold).any() and not last and "receipts" not in book.tables:
        rows = invoices[dated & ~untold & gone & _wholly_owed(invoices)]
        denied = problems_at(table, rows, "paid_date", "problem_paid_date_denied", "customer", {})
    else:
        denied = []
    if not untold.any():
        return invoices, denied
    if last or {"paid", "balance", "paid_status"} & book.has:
        earlier = day < invoices["invoice_date"]  # then the last payment was for something else
        rows = invoices[untold & gone & ~(earlier & last)]
        alone = problems_at(table, rows, "paid_date", "problem_paid_date_alone", "customer", {})
        return invoices, [*denied, *alone]
    paid, ahead = invoices[untold & gone], invoices[untold & ~gone]
    problems = problems_at(table, ahead, "paid_date", "problem_paid_date_ahead", "customer", {})
    facts = {"rows": [f"{len(paid):,}"]} if len(paid) else {"rows": []}
    problems += problems_at(table, paid[:1], "paid_date", "problem_paid_by_date", "nothing", facts)
    invoices = invoices.assign(paid_status=invoices["paid_status"].mask(untold & gone, "paid"))
    if "receipts" not in book.tables:  # receipts would pay a second time what is paid
        in_full = invoices["paid"].mask(untold & gone, invoices["amount"])
        invoices = invoices.assign(paid=in_full)
    return invoices, problems


def _wholly_owed(invoices: pd.DataFrame) -> pd.Series[bool]:
    """Return the rows of which the figures say that nothing was paid."""
    rest = invoices["balance"].where(invoices["has_balance"], invoices["amount"])
    whole: pd.Series[bool] = (invoices["paid"] == 0) & (invoices["amount"] > 0)
    return whole & (rest >= invoices["amount"]) & ~invoices["bad_money"]


def _receipts_add(book: Book, policy: Policy) -> bool:
    """Tell whether receipts reduce balances: when told so, or when no paid column mirrors them."""
    if "receipts" not in book.tables:
        return False
    hint = policy.tabs.get("receipts")
    return not ({"paid", "balance"} & book.has) or (hint is not None and hint.paid_column == "adds")


def propose_paid_column(book: Book) -> Literal["mirrors", "adds"]:
    """Tell how receipts seem to relate to the paid column: by most of the invoices they name."""
    took = book.receipts[book.receipts["has_amount"] & (book.receipts["invoice"] != "")]
    received = took.groupby("invoice")["amount"].sum()
    paid = book.invoices.groupby("invoice")["paid"].sum().reindex(received.index)
    known = paid.notna()
    same = int((paid[known] == received[known]).sum())
    return "mirrors" if 2 * same >= int(known.sum()) else "adds"


def _sort_receipts(
    book: Book, invoices: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
    """Split receipts into those that name a known invoice and those that name none.

    A receipt without a customer belongs to the invoice's. One that names an invoice nobody knows,
    another customer's, or one in another currency, and one of a customer who is not in the sheet,
    is a problem and is given to nothing.
    """
    receipts = book.receipts[book.receipts["has_amount"]]
    if receipts.empty:
        return receipts, receipts, []
    unnamed = receipts[receipts["invoice"] == ""]
    named = receipts[receipts["invoice"] != ""]
    owners = invoices.loc[invoices["invoice"] != "", ["invoice", "customer"]].drop_duplicates()
    first_owner = owners.drop_duplicates("invoice").set_index("invoice")["customer"]
    customer = named["customer"].where(
        named["customer"] != "", named["invoice"].map(first_owner).fillna("")
    )
    named = named.assign(customer=customer)
    pairs = pd.MultiIndex.from_frame(owners[["customer", "invoice"]])
    known = pd.MultiIndex.from_frame(named[["customer", "invoice"]]).isin(pairs)
    table = book.tables.get("receipts", book.tables["invoices"])
    strays = named[~known]
    owner = strays["invoice"].map(first_owner).fillna("")
    foreign, lost = strays[owner != ""], strays[owner == ""]
    facts = {"invoice": lost["invoice"].tolist()}
    problems = problems_at(table, lost, "invoice", "problem_receipt_unknown", "customer", facts)
    # Whose mistake it is nobody can tell: the payer's customer and the invoice's are both held.
    facts = {"invoice": foreign["invoice"].tolist()}
    for rows in (foreign, foreign.assign(customer=owner[owner != ""])):
        code = "problem_receipt_other"
        problems += problems_at(table, rows, "invoice", code, "customer", facts)
    named = named[known]
    fits = _in_currency(invoices, named)
    facts = {name: named.loc[~fits, name].tolist() for name in ("invoice", "currency")}
    code = "problem_receipt_currency"
    problems += problems_at(table, named[~fits], "currency", code, "customer", facts)
    placed = unnamed["customer"].isin(invoices["customer"]) & (unnamed["customer"] != "")
    problems += _nobodys(table, book, unnamed[~placed])
    return named[fits], unnamed[placed], problems


def _in_currency(invoices: pd.DataFrame, named: pd.DataFrame) -> pd.Series[bool]:
    """Tell which receipts are in the currency of the invoice they name."""
    keys = ["customer", "invoice", "currency"]
    there = pd.MultiIndex.from_frame(invoices[keys])
    return pd.Series(pd.MultiIndex.from_frame(named[keys]).isin(there), index=named.index)


def _nobodys(table: Table, book: Book, strays: pd.DataFrame) -> list[Problem]:
    """Say which receipts belong to no customer of the sheet; whoever may have paid is held."""
    problems: list[Problem] = []
    names = book.customers["customer_name"]
    for position, payer in enumerate(strays["customer"].tolist()):
        who = [key for key, name in names.items() if alike(fold_name(payer), fold_name(str(name)))]
        rows = pd.DataFrame({"row": strays["row"].iat[position], "customer": who or [""]})
        facts = {"payer": [payer or "-"] * len(rows)}
        holds: Holds = "customer" if who else "nothing"
        problems += problems_at(table, rows, "customer", "problem_receipt_nobody", holds, facts)
    return problems


def alike(one: str, other: str) -> bool:
    """Tell whether two folded names may be one customer's: the same, or one within the other."""
    if not one or not other:
        return False
    if one.isascii() and other.isascii():
        mine, theirs = set(one.split()), set(other.split())
        return mine <= theirs or theirs <= mine
    return one in other or other in one


def _fill(
    invoices: pd.DataFrame, pool: pd.Series[int], keys: list[str], owed: pd.Series[int]
) -> tuple[pd.Series[int], pd.Series[int]]:
    """Pour each pool over its rows, oldest due first, none beyond what the row owes.

    ``pool`` is int64 by ``keys``. Returns each row's share and what is left of each pool.
    """
    order = invoices.sort_values(["due", "row"], na_position="last").index
    rows = invoices.loc[order, keys]
    room = owed.loc[order].clip(lower=0)
    room = room.where(~invoices.loc[order, "bad_money"], 0)
    before = room.groupby([rows[key] for key in keys], sort=False).cumsum() - room
    filled = pd.MultiIndex.from_frame(rows) if len(keys) > 1 else pd.Index(rows[keys[0]])
    offered = pd.Series(pool.reindex(filled).fillna(0).to_numpy("int64"), index=order)
    share = (offered - before).clip(lower=0)
    share = share.where(share < room, room)
    taken = share.groupby([rows[key] for key in keys], sort=False).sum()
    left = pool.sub(taken.reindex(pool.index).fillna(0).astype("int64"))
    return share.reindex(invoices.index), left


def _allocate_named(
    invoices: pd.DataFrame, named: pd.DataFrame, owed: pd.Series[int]
) -> pd.Series[int]:
    """Give receipts to the invoice they name; what is too much stays on its last instalment."""
    keys = ["customer", "invoice", "currency"]
    pool = named.groupby(keys)["amount"].sum()
    if pool.empty:
        return pd.Series(0, index=invoices.index, dtype="int64")
    share, left = _fill(invoices, pool, keys, owed)
    last = invoices.sort_values(["due", "row"], na_position="last").drop_duplicates(
        keys, keep="last"
    )
    extra = left.reindex(pd.MultiIndex.from_frame(last[keys])).fillna(0).to_numpy("int64")
    return share.add(pd.Series(extra, index=last.index), fill_value=0).astype("int64")


def _allocate_unnamed(
    invoices: pd.DataFrame, unnamed: pd.DataFrame, owed: pd.Series[int]
) -> tuple[pd.Series[int], pd.Series[int]]:
    """Give the other receipts to the customer's oldest due balances; the rest is unapplied."""
    keys = ["customer", "currency"]
    pool = unnamed.groupby(keys)["amount"].sum()
    if pool.empty:
        return pd.Series(0, index=invoices.index, dtype="int64"), pd.Series(dtype="int64")
    chaseable = ~invoices["paid_status"].isin(["paid", "void"])
    share, left = _fill(invoices, pool, keys, owed.where(chaseable, 0))
    return share, left[left != 0]


def _part_unknown(invoices: pd.DataFrame, balance: pd.Series[int]) -> pd.Series[bool]:
    """Mark rows said to be part paid where nothing tells how much."""
    untold = ~invoices["has_balance"] & (balance == invoices["amount"])
    return (invoices["paid_status"] == "part") & untold


def _compare_mirrors(
    book: Book,
    invoices: pd.DataFrame,
    named: pd.DataFrame,
    unnamed: pd.DataFrame,
    tolerance: pd.Series[int],
) -> list[Problem]:
    """Compare the paid column with the receipts it should contain.

    Invoice by invoice; where a customer has receipts that name no invoice, only the customer's
    sums can be compared. Receipts above what the sheet says is paid hold the customer: they may
    have paid what we would chase.
    """
    if "paid" not in book.has:
        return []
    loose = set(zip(unnamed["customer"], unnamed["currency"], strict=True))
    pairs = pd.Series(list(zip(invoices["customer"], invoices["currency"], strict=True)))
    exact = ~pairs.isin(loose).to_numpy()
    keys = ["customer", "invoice", "currency"]
    received = named.groupby(keys)["amount"].sum()
    counted = invoices.assign(tolerance=tolerance)[exact & ~invoices["bad_money"]]
    paid = counted.groupby(keys, sort=False).agg(
        paid=("paid", "sum"),
        row=("row", "first"),
        exponent=("exponent", "first"),
        tolerance=("tolerance", "first"),
    )
    paid = paid.assign(received=received.reindex(paid.index).fillna(0).astype("int64"))
    differs = (paid["paid"] - paid["received"]).abs() > paid["tolerance"]
    both = paid[differs].reset_index()
    return _mirror_problems(book, both) + _compare_sums(book, invoices, named, unnamed, loose)


def _compare_sums(
    book: Book,
    invoices: pd.DataFrame,
    named: pd.DataFrame,
    unnamed: pd.DataFrame,
    loose: set[tuple[str, str]],
) -> list[Problem]:
    """Compare, for customers with receipts that name no invoice, the sums of both sides."""
    keys = ["customer", "currency"]
    received = pd.concat([named, unnamed]).groupby(keys)["amount"].sum()
    paid = (
        invoices[~invoices["bad_money"]]
        .groupby(keys)
        .agg(paid=("paid", "sum"), row=("row", "first"), exponent=("exponent", "first"))
    )
    both = paid[paid.index.isin(loose)]
    both = both.assign(received=received.reindex(both.index).fillna(0).astype("int64"))
    return _mirror_problems(book, both[both["paid"] != both["received"]].reset_index())


def _mirror_problems(book: Book, both: pd.DataFrame) -> list[Problem]:
    """Say where paid and received differ; only money we may not know of holds the customer."""
    facts = {
        "paid": money_texts(both["paid"], both["exponent"]),
        "received": money_texts(both["received"], both["exponent"]),
    }
    table, code = book.tables["invoices"], "problem_receipts_differ"
    unseen = (both["received"] > both["paid"]).to_numpy()
    behind = problems_at(table, both[unseen], "paid", code, "customer", _pick(facts, unseen))
    ahead = problems_at(table, both[~unseen], "paid", code, "nothing", _pick(facts, ~unseen))
    return behind + ahead


def _pick(
    facts: dict[str, list[str]], mask: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> dict[str, list[str]]:
    return {
        name: [text for text, wanted in zip(texts, mask, strict=True) if wanted]
        for name, texts in facts.items()
    }


def _row_problems(
    book: Book,
    invoices: pd.DataFrame,
    owed: pd.Series[int],
    balance: pd.Series[int],
    tolerance: pd.Series[int],
    part_unknown: pd.Series[bool],
) -> list[Problem]:
    """Collect what contradicts itself within a row."""
    readable = ~invoices["bad_money"]
    told = readable & invoices["has_balance"] & invoices["has_amount"]
    told &= bool({"paid", "receipts"} & (book.has | set(book.tables)))
    differs = told & ~invoices["explained"] & ((owed - invoices["balance"]).abs() > tolerance)
    left = readable & (balance.abs() > tolerance)
    said_paid = (invoices["paid_status"] == "paid") & left & bool({"paid", "balance"} & book.has)
    said_void = (invoices["paid_status"] == "void") & left & invoices["has_balance"]
    overpaid = readable & ~differs & (balance < -tolerance) & (invoices["amount"] >= 0)
    overpaid &= invoices["has_amount"] & (invoices["paid_status"] != "void")
    found: list[tuple[pd.Series[bool], str, str, Holds]] = [
        (differs, "balance", "problem_balance_differs", "customer"),
        (said_paid | said_void, "paid_status", "problem_status_contradicts", "nothing"),
        (overpaid & ~said_paid, "paid", "problem_overpaid", "nothing"),
        (part_unknown, "paid_status", "problem_part_unknown", "customer"),
    ]
    table = book.tables["invoices"]
    figures = invoices.assign(owed=owed, balance=balance)
    return [
        problem
        for mask, field, code, holds in found
        for problem in problems_at(
            table, figures[mask], field, code, holds, _figures(figures[mask])
        )
    ]


def _figures(rows: pd.DataFrame) -> dict[str, list[str]]:
    """Return the money of some rows as texts, to be named in a problem."""
    names = ("balance", "owed", "amount", "paid")
    return {name: money_texts(rows[name], rows["exponent"]) for name in names}
