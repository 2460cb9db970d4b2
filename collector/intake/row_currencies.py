"""The currency of every row: its own column, the heading, the cell, or else the book's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from collector.intake.cells.column import (
    BLANK,
    TEXT,
    Bools,
    Complaint,
    complain_about,
    narrow,
)
from collector.intake.cells.currencies import DOLLARS, currency_of, meanings
from collector.intake.cells.money import Amounts, Currencies
from collector.intake.cells.texts import text_of
from collector.intake.complaints import Complaints
from collector.intake.headings.folding import unit_of
from collector.intake.region import Region
from collector.intake.shown_currencies import complain_of_shown, say_local, shown_currencies
from collector.model import Policy

_SIGN: Final = re.compile(r"[^\W\d_]+\$?|[$¥£]")
_YUAN: Final = re.compile(r"(?<![美日欧港澳加新])元")
# Amounts that name a currency are an exception among so many times as many that name none.
_FEW: Final = 20
_UNSAID: Final = ("problem_currency_unsaid", "problem_currency_partly")

Codes: TypeAlias = npt.NDArray[np.object_]


def row_currencies(
    region: Region, amounts: Mapping[str, Amounts], complaints: Complaints, policy: Policy
) -> tuple[Codes, Bools]:
    """Return the ISO code of every row, and the rows whose own currency cannot be read.

    The row's currency column comes first, then the table's heading or title, then what the amounts
    (by field) themselves name beyond doubt, in words or by their number format, last the book's.
    """
    iso, bad = _stated(region, complaints, policy)
    for name, amount in amounts.items():
        if (iso == "").any():
            named = amount.currencies(policy.currency)
            unsure = amount.having(frozenset(DOLLARS))
            if region.formats:
                shown, dollars = shown_currencies(region, name, policy.currency)
                named, unsure = np.where(named == "", shown, named), unsure | dollars
            if unsure.any():
                bad |= _complain_of_dollars(name, unsure & (iso == ""), complaints, policy)
            iso = np.where(iso == "", named, iso)
            fewer = _FEW if region.table.kind == "invoices" else 0
            bad |= _complain_of_unsaid(name, amount, iso, complaints, policy, fewer)
    if (iso == "").any():
        bad |= _complain_of_sign(region, iso, complaints, policy)
    if (iso == "").any():
        say_local(region, iso == "", complaints, policy)
    iso = np.where(iso == "", policy.currency, iso)
    return iso, bad | complain_of_shown(region, iso, complaints)


def _complain_of_sign(region: Region, iso: Codes, complaints: Complaints, policy: Policy) -> Bools:
    """Return the rows whose currency only a sign above them tells, which is not the book's."""
    unsaid: Bools = iso == ""
    name = "amount" if "amount" in region.columns else "balance"
    heading, sign = narrow(region.table.headings.get(name, "")), region.table.sign
    signs = [*_SIGN.findall(heading), *([sign] if sign else [])]
    other = [sign for sign in signs if len(meanings(sign)) > 1 and not _YUAN.search(sign)]
    if not other or any(policy.currency in meanings(sign) for sign in other):
        return np.zeros(len(iso), np.bool_)
    said = Complaint("problem_currency_sign", {"text": other[0], "currency": policy.currency})
    complaints.add(name, dict.fromkeys(np.flatnonzero(unsaid).tolist(), said), "customer")
    return unsaid


def _complain_of_unsaid(
    name: str, amounts: Amounts, iso: Codes, complaints: Complaints, policy: Policy, few: int
) -> Bools:
    """Return the rows whose amount names no currency where most others name a foreign one.

    Where fewer do they are asked about too, unless the others name several, or the book's own, or
    are not even one among ``few``.
    """
    bare: Bools = amounts.cells.filled & (iso == "")
    named = iso[amounts.cells.filled & (iso != "")]
    if not bare.any() or not named.size:
        return np.zeros(len(iso), np.bool_)
    (common, count), *others = Counter(named.tolist()).most_common()
    most = 2 * count > bare.sum() + named.size
    some = not others and few * count > bare.sum()
    if common == policy.currency or not (most or some):
        return np.zeros(len(iso), np.bool_)
    code = "problem_currency_unsaid" if most else "problem_currency_partly"
    said = Complaint(code, {"currency": common})
    complaints.add(name, dict.fromkeys(np.flatnonzero(bare).tolist(), said), "customer")
    return bare


def _complain_of_dollars(name: str, signs: Bools, complaints: Complaints, policy: Policy) -> Bools:
    """Return the rows with a bare dollar sign in a book of no dollars: nobody can tell whose."""
    if policy.currency in DOLLARS or not signs.any():
        return np.zeros(len(signs), np.bool_)
    said = Complaint("problem_dollars", {"currency": policy.currency})
    complaints.add(name, dict.fromkeys(np.flatnonzero(signs).tolist(), said), "customer")
    return signs


def _stated(region: Region, complaints: Complaints, policy: Policy) -> tuple[Codes, Bools]:
    iso = np.full(len(region), region.table.currency, dtype=object)
    bad = np.zeros(len(region), np.bool_)
    cells = region.columns.get("currency")
    if cells is None:
        return iso, bad
    likely = region.table.currency or policy.currency
    codes = np.array([currency_of(text, likely) or "" for text in cells.texts], dtype=object)
    if len(codes):
        told = codes[cells.codes]
        iso[cells.at] = np.where(told == "", iso[cells.at], told)
        bad[cells.at] = told == ""
    bad |= (cells.kinds != BLANK) & (cells.kinds != TEXT)
    found = complain_about(cells, np.flatnonzero(bad), "problem_currency", text_of)
    complaints.add("currency", found, "customer")
    said = _headed_currency(region)
    other: Bools = ~bad & (iso != said) if said else np.zeros(len(region), np.bool_)
    against = Complaint("problem_currency_heading", {"currency": said})
    complaints.add("currency", dict.fromkeys(np.flatnonzero(other).tolist(), against), "customer")
    return iso, bad | other


def complain_of_blank_currencies(
    region: Region, complaints: Complaints, keys: pd.Series[str], wanted: Bools, policy: Policy
) -> Bools:
    """Return the rows without a currency where it was rather forgotten than the book's own.

    That is where the customer's other rows name a foreign one, where most rows name any, or where
    some name the book's own too.
    """
    none = np.zeros(len(region), np.bool_)
    cells, home = region.columns.get("currency"), region.table.currency or policy.currency
    blank = wanted & ~cells.filled & (region.filled("amount", "balance")) if cells else none
    if cells is None or not blank.any() or region.table.currency:
        return none
    named = np.full(len(region), "", dtype=object)
    codes = np.array([currency_of(text, home) or "" for text in cells.texts], dtype=object)
    if len(codes):
        named[cells.at] = codes[cells.codes]
    told = wanted & (named != "")
    foreign = told & (named != home)
    if not foreign.any():
        return none
    theirs = set(keys[foreign])
    if 2 * told.sum() <= told.sum() + blank.sum() and not (told & (named == home)).any():
        blank &= keys.isin(theirs).to_numpy(dtype=np.bool_)
    blank[[at for at, _, each, _ in complaints.found if each.code in _UNSAID]] = False
    common = Counter(named[foreign].tolist()).most_common(1)[0][0]
    said = Complaint("problem_currency_blank", {"currency": common})
    complaints.add("currency", dict.fromkeys(np.flatnonzero(blank).tolist(), said), "customer")
    return blank


def _headed_currency(region: Region) -> str:
    """Return the one currency that the headings of amounts name, ``""`` when none or several do.

    元 is none: it is what a figure in any currency is counted in.
    """
    headings = [region.table.headings.get(name, "") for name in ("amount", "balance")]
    named = {unit_of(text)[1] for text in headings if not _YUAN.search(text)} - {""}
    return named.pop() if len(named) == 1 else ""


def currencies_of(iso: Codes) -> Currencies:
    """Return the rows' codes as numbers among the distinct ones."""
    rows, codes = pd.factorize(iso)
    return Currencies(tuple(map(str, codes)), rows.astype(np.int64))
