"""Rows whose balance cannot be known: what is missing, contradicts itself or is no money."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from collector.intake.cells.column import Bools, Cells, Complaint, complain_about
from collector.intake.cells.flags import words_that
from collector.intake.cells.status_words import may_be_settled, may_deny_owed, may_deny_part
from collector.intake.cells.texts import text_of
from collector.intake.complaints import Complaints
from collector.intake.headings.states import says_ended
from collector.intake.region import Region

# Nothing above one was paid, and nobody pays a coin of a sum so many times as large.
_SHARE_OF: Final = 20
# Fewer negative figures than these may well be all credits.
_FEWEST: Final = 2


def bad_money(
    region: Region,
    complaints: Complaints,
    read: dict[str, Any],
    wanted: Bools,
    has_receipts: bool,
) -> Bools:
    """Return the rows whose balance cannot be known, complaining of what is missing."""
    bad: Bools = read.pop("bad_currency").copy()
    bad[
        [
            at
            for at, name, _, holds in complaints.found
            if name in ("amount", "paid", "balance") and holds != "nothing"
        ]
    ] = True
    void = (read["paid_status"] == "void").to_numpy(dtype=np.bool_)
    missing = wanted & ~bad & ~void & ~read["has_amount"] & ~read["has_balance"]
    field = "amount" if "amount" in region.columns else "balance"
    at = np.flatnonzero(missing).tolist()
    complaints.add(field, dict.fromkeys(at, Complaint("problem_amount_missing")), "customer")
    bad |= missing
    bad |= _blank_balances(region, complaints, read, wanted & ~bad & ~void)
    _complain_of_signs(region, complaints, read, wanted & ~bad & ~void)
    bad |= _shares_paid(region, complaints, read, wanted & ~bad)
    refund: Bools = wanted & (read["paid"] < 0) & (read["amount"] > 0)
    if refund.any():
        paid = region.columns["paid"]
        found = complain_about(paid, np.flatnonzero(refund), "problem_paid_negative", text_of)
        complaints.add("paid", found, "customer")
    untold = not (has_receipts or {"paid", "balance"} & set(region.columns))
    unknown = _unclear_words(region, read, wanted & ~void, untold=untold)
    if unknown.any():
        cells: Cells = region.columns["paid_status"]
        found = complain_about(cells, np.flatnonzero(unknown), "problem_status_unknown", text_of)
        complaints.add("paid_status", found, "customer")
    bad |= refund
    return bad | unknown if untold else bad


def _unclear_words(region: Region, read: dict[str, Any], wanted: Bools, *, untold: bool) -> Bools:
    """Return the rows whose own word for what is paid is none we know, where it matters.

    Where amounts tell what is paid, only words on rows with something open do; and a column that
    mostly speaks of other things is no word for what is paid, except where it may be one. Where the
    figures of a row prove that all or a part is owed, only a word that may say otherwise does.
    """
    unknown: Bools = wanted & (read["paid_status"] == "unknown").to_numpy(dtype=np.bool_)
    if untold or not unknown.any():
        return unknown
    amount, paid, balance = read["amount"], read["paid"], read["balance"]
    owed = np.where(read["has_balance"], balance, amount - paid)
    unknown &= owed != 0
    if not unknown.any():
        return unknown
    told = wanted & (read["paid_status"] != "").to_numpy(dtype=np.bool_)
    known = told & (read["paid_status"] != "unknown").to_numpy(dtype=np.bool_)
    cells = region.columns["paid_status"]
    mostly = 2 * int(known.sum()) >= int(told.sum())
    both = read["has_paid"] & read["has_balance"] & read["has_amount"]
    sure = read["has_amount"] & (read["has_paid"] | read["has_balance"])
    sure &= (owed > 0) & (~both | (amount - paid == balance))
    part, whole = sure & (owed < amount), sure & (owed == amount)
    rest = unknown & ~part & ~whole
    unclear: Bools = (
        (rest if mostly else rest & words_that(cells, may_be_settled))
        | (unknown & part & words_that(cells, may_deny_part))
        | (unknown & whole & words_that(cells, may_deny_owed))
        | (unknown & words_that(cells, says_ended))
    )
    return unclear


def _blank_balances(
    region: Region, complaints: Complaints, read: dict[str, Any], rows: Bools
) -> Bools:
    """Return the rows without a balance where others have one and no figure says what was paid.

    Whether such a row is settled or was forgotten nobody can tell from the sheet.
    """
    has: Bools = read["has_balance"]
    blank: Bools = rows & ~has & ~read["has_paid"]
    if not blank.any() or not region.filled("balance").any():
        return np.zeros(len(region), np.bool_)
    asks = (read["paid_status"] != "paid") & (read["customer"] != "")
    blank &= asks.to_numpy(dtype=np.bool_)
    at = np.flatnonzero(blank).tolist()
    said = Complaint("problem_balance_blank")
    complaints.add("balance", dict.fromkeys(at, said), "customer")
    return blank


def _complain_of_signs(
    region: Region, complaints: Complaints, read: dict[str, Any], rows: Bools
) -> None:
    """Complain of a table that owes to everybody: there what is owed is rather negative."""
    name = "balance" if "balance" in region.columns else "amount"
    below: Bools = rows & (read[name] < 0)
    if int(below.sum()) < _FEWEST or (rows & ((read["amount"] > 0) | (read["balance"] > 0))).any():
        return
    said = Complaint("problem_all_negative")
    complaints.add(name, dict.fromkeys(np.flatnonzero(below).tolist(), said), "customer")


def _shares_paid(
    region: Region, complaints: Complaints, read: dict[str, Any], rows: Bools
) -> Bools:
    """Return the rows whose paid figure looks like a share of the amount: 1 shown as 100 %.

    A balance that is what such a figure leaves of the amount proves that it is money.
    """
    paid, one = read["paid"], 10 ** read["exponent"]
    told: Bools = rows & (paid != 0) & (read["amount"] > 0)
    shares = told & (paid > 0) & (paid <= one) & (read["amount"] >= _SHARE_OF * one)
    proven = told & read["has_balance"] & (read["amount"] - paid == read["balance"])
    if not told.any() or (proven | (told & ~shares)).any():
        return np.zeros(len(region), np.bool_)
    cells = region.columns["paid"]
    found = complain_about(cells, np.flatnonzero(told), "problem_paid_share", text_of)
    complaints.add("paid", found, "customer")
    return told
