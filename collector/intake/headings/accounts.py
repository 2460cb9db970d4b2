"""Columns headed like customers that hold the ledger's account, or our own company, instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from collector.intake.cells.texts import fold_name, text_of
from collector.intake.headings.evidence import surely_suits
from collector.intake.headings.guessing import may_mean
from collector.intake.lookalikes import name_parts
from collector.model import Cell

_PARTNER: Final = re.compile(
    r"partner|party|client|customer|debtor|tercero|tiers|geschäftspartner|往来|客户|客商",
    re.IGNORECASE,
)
# What a chart of accounts calls what customers owe, or what is sold.
_LEDGER: Final = re.compile(
    r"\b(?:debtors|receivables?|a/?r|sales|revenue|forderungen|clientes|creances)\b"
    r"|应收(?:账款|款项)?|主营业务|^\d{3,}[ -]+\D",
    re.IGNORECASE,
)
_COMPANY: Final = re.compile(
    r"\b(?:ltd|limited|inc|llc|llp|plc|corp(?:oration)?|company|gmbh|mbh|ag|kg|ohg|sa|sas|sarl|srl"
    r"|spa|bv|nv|pty|pte|pvt|oy|ab|kk|sl|ltda|lda|group|trading|& co)\b|公司|集团|厂|中心|株式会社"
)
Rows = list[tuple[str, ...]]


def drop_account_code(columns: dict[str, int], cells_of: Callable[[int], Sequence[Cell]]) -> None:
    """Leave out a code beside names that is one on every row, or cuts across the names.

    Its heading is one that may be of the ledger. A code that merely joins two customers stays:
    that is said of the rows.
    """
    if not {"customer", "customer_id"} <= columns.keys():
        return
    rows = _rows(cells_of, columns["customer_id"], columns["customer"])
    constant = len({code for code, _ in rows}) == 1 and len(rows) > 1
    if (constant or _crosses(rows)) and _joins_strangers(rows):
        del columns["customer_id"]


def no_customer(
    columns: dict[str, int], texts: Sequence[str], cells_of: Callable[[int], Sequence[Cell]],
    weak: Mapping[str, int],
) -> tuple[int, ...]:  # fmt: skip
    """Drop a column that its values show to be no customer's; return what may be one instead.

    ``weak`` are the columns of customers and their codes that may go, by field: their headings
    (Account, Company, Account Code) may be of the ledger or of ourselves. Nothing is returned
    where all is well, or where a code is left to tell customers apart.
    """
    others = _others(columns, texts, cells_of)
    found: list[int] = []
    for name, place in weak.items():
        addresses = cells_of(columns["email"]) if "email" in columns else ()
        pairs = zip(addresses, cells_of(place), strict=False)
        emails = [text_of(email) for email, cell in pairs if cell not in (None, "")]
        if name == "customer_id" and "customer" in columns:
            continue
        told = [at for at in others if _tells_more(place, at, texts[at], cells_of, emails)]
        if not told and any(emails) and not all(emails):
            told = _strangers(place, {*columns.values()}, texts, cells_of)
        heads = _unheaded(place, texts, cells_of) if name == "customer" else []
        ledger = name == "customer" and _is_ledger(cells_of(place))
        if told or heads or ledger:
            del columns[name]
            found += [*told, *heads, place]
    if not found or {"customer", "customer_id"} & columns.keys():
        return ()
    columns.pop("customer_id", None)
    return tuple(dict.fromkeys(found))


def _others(
    columns: Mapping[str, int], texts: Sequence[str], cells_of: Callable[[int], Sequence[Cell]]
) -> list[int]:
    """Return the columns of names that may be of customers: partners before contacts."""
    taken = {at for name, at in columns.items() if name != "contact"}
    likely = [
        at
        for at, text in enumerate(texts)
        if text and at not in taken
        and (may_be_party(text) or at == columns.get("contact"))
        and surely_suits("customer", cells_of(at))
    ]  # fmt: skip
    return sorted(likely, key=lambda at: at == columns.get("contact"))


def may_be_party(heading: str) -> bool:
    """Tell whether a heading may be of customers, and not of what was sold to them."""
    meanings = dict(may_mean("invoices", heading))
    return "customer" in meanings and "note" not in meanings


def are_parties(
    heading: str, names: Sequence[Cell], emails: Sequence[Cell], owed: Sequence[Cell],
    *, contact: bool,
) -> bool:  # fmt: skip
    """Tell whether the only column of names is surely one of customers.

    Each row with money has a name. Partners are customers unless one has several addresses; of
    contacts the names must be of companies, or each have one address of its own.
    """
    rows = [
        (fold_name(text_of(name)), fold_name(text_of(email)))
        for name, email, money in zip(names, emails, owed, strict=True)
        if money not in (None, "")
    ]
    numbered = sum(any(map(str.isdigit, name)) for name, _ in rows)
    if len(rows) < 2 or not all(name for name, _ in rows) or numbered * 2 > len(rows):
        return False
    told = {(name, email) for name, email in rows if email}
    if _PARTNER.search(heading):
        return len(told) == len({name for name, _ in told})
    if not contact:
        return False
    companies = sum(bool(_COMPANY.search(name)) for name in {name for name, _ in rows})
    own = len(told) == len({name for name, _ in told}) == len({email for _, email in told})
    every = {name for name, _ in told} == {name for name, _ in rows}
    return companies * 3 >= len({name for name, _ in rows}) or (own and every)


def _tells_more(
    place: int, other: int, heading: str, cells_of: Callable[[int], Sequence[Cell]],
    emails: Sequence[str],
) -> bool:  # fmt: skip
    """Tell whether another column parts the rows into customers that this one throws together."""
    rows = _rows(cells_of, place, other)
    if not _joins_strangers(rows):
        return False
    one = len({first for first, _ in rows}) == 1
    if _PARTNER.search(heading):
        more = len({b for _, b in rows}) > len({a for a, _ in rows})
        return one or more or _crosses(rows)
    # Several people of one customer read mail at one address.
    same = bool(emails) and len(set(emails)) == 1 and "" not in emails
    return (one and not same) or _crosses(rows)


def _strangers(
    place: int, taken: set[int], texts: Sequence[str], cells_of: Callable[[int], Sequence[Cell]]
) -> list[int]:
    """Return columns of any heading with names that one value on all rows would throw together.

    Asked for where some rows have an address and others would get their letters there.
    """
    found = []
    for at, text in enumerate(texts):
        if text and at not in taken and surely_suits("customer", cells_of(at)):
            rows = _rows(cells_of, place, at)
            if len({first for first, _ in rows}) == 1 and _joins_strangers(rows):
                found.append(at)
    return found


def _rows(cells_of: Callable[[int], Sequence[Cell]], first: int, second: int) -> Rows:
    pairs = zip(cells_of(first), cells_of(second), strict=True)
    words = [(fold_name(text_of(a)), fold_name(text_of(b))) for a, b in pairs]
    return [(a, b) for a, b in words if a and b]


def _joins_strangers(rows: Rows) -> bool:
    """Tell whether one value on the left stands for names that have nothing in common."""
    names: dict[str, dict[str, None]] = {}
    for first, second in rows:
        names.setdefault(first, {})[second] = None
    return any(
        not name_parts(some) & name_parts(other)
        for found in names.values()
        for some, other in pairwise(found)
    )


def _crosses(rows: Rows) -> bool:
    """Tell whether neither column says the other: each has values with several of the other's."""
    pairs = set(rows)
    return len({a for a, _ in pairs}) < len(pairs) > len({b for _, b in pairs})


def _is_ledger(cells: Sequence[Cell]) -> bool:
    words = {text_of(cell) for cell in cells if cell not in (None, "")}
    return len(words) == 1 and all(isinstance(w, str) and _LEDGER.search(w) for w in words)


def _unheaded(
    place: int, texts: Sequence[str], cells_of: Callable[[int], Sequence[Cell]]
) -> list[int]:
    """Return columns without a heading, left of a bare number on every row, that hold names."""
    words = {text_of(cell) for cell in cells_of(place) if cell not in (None, "")}
    if len(words) != 1 or not all(word.isdigit() for word in words):
        return []
    return [at for at in range(place) if not texts[at] and surely_suits("customer", cells_of(at))]
