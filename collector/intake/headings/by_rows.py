"""What the rows of columns say beside their headings: converted amounts, references no code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from collector.intake.headings import evidence
from collector.intake.headings.folding import fold, fold_all, unit_of
from collector.model import Cell

# So many rows of known customers, each with a code of its own, tell that it is no code.
_REFERENCES: Final = 2
# Whose last payment it is, the row's or the customer's, only the rows tell.
_LAST: Final = re.compile(
    r"\blast\b|\blatest\b|letzte|dernier|[uú]ltim|最近|最后|上次", re.IGNORECASE
)
# What a team calls its own code of a customer, and as often the customer's number of an order.
_CODE_OR_REFERENCE: Final = fold_all(
    "Customer Ref", "Client Ref", "Réf client", "Référence client", "Cust Ref"
)
_RATES: Final = fold_all(
    "Exchange Rate", "FX Rate", "Ex Rate", "Rate", "汇率", "Kurs", "Wechselkurs"
)


def drop_converted(
    rivals: dict[str, list[tuple[int, str]]],
    columns: Mapping[str, int],
    texts: Sequence[str],
    cells_of: Callable[[int], Sequence[Cell]],
) -> None:
    """Leave out an amount that is another one times the rate beside it, on every row.

    Only where what was paid is in the other's money too, and a balance does not say otherwise.
    """
    found = rivals.get("amount", [])
    rates = [at for at, text in enumerate(texts) if fold(text) in _RATES]
    paid = [at for at, _ in rivals.get("paid", [])]
    paid += [columns["paid"]] if "paid" in columns else []
    has_balance = "balance" in rivals or "balance" in columns
    has_currency = "currency" in rivals or "currency" in columns
    if len(found) != 2 or len(rates) != 1 or len(paid) > 1 or has_balance or not has_currency:
        return
    for kept, dropped in (found, found[::-1]):
        named = unit_of(texts[dropped[0]])[1] and not unit_of(texts[kept[0]])[1]
        parts = [evidence.figures(cells_of(at)) for at in (kept[0], rates[0], dropped[0])]
        told = [evidence.figures(cells_of(at)) for at in paid]
        if named and _is_product(*parts) and all(_goes_with(each, parts[0]) for each in told):
            rivals["amount"] = [kept]


def _is_product(some: evidence.Figures, rates: evidence.Figures, whole: evidence.Figures) -> bool:
    rows = [row for row in zip(some, rates, whole, strict=True) if any(row)]
    return len(rows) > 1 and all(
        a is not None and r is not None and b is not None and abs(a * r - b) <= abs(b) / 1000
        for a, r, b in rows
    )


def _goes_with(paid: evidence.Figures, amounts: evidence.Figures) -> bool:
    """Tell whether payments are in the money of some amounts: one is just so, none is above."""
    pairs = [(part, whole) for part, whole in zip(paid, amounts, strict=True) if part]
    return not pairs or (
        any(part == whole for part, whole in pairs)
        and all(whole is not None and abs(part) <= abs(whole) for part, whole in pairs)
    )


def code_or_reference(
    columns: Mapping[str, int], heading: str, cells_of: Callable[[int], Sequence[Cell]]
) -> str:
    """Return what a column taken for the customers' code is: ``code``, ``reference`` or ``""``.

    A code that is another on each row of one name and address is the customer's own reference of
    the invoice, and would make several customers of one. What is headed as either is a code where
    it comes back and nobody has two, and else unsure: ``""``.
    """
    if not {"customer", "customer_id"} <= columns.keys():
        return "code"
    names, codes = cells_of(columns["customer"]), cells_of(columns["customer_id"])
    filled = [str(code).lstrip("0") for code in codes if code not in (None, "")]
    comes_back = len(set(filled)) < len(filled)
    blank: Sequence[Cell] = [None] * len(names)
    emails = cells_of(columns["email"]) if "email" in columns else blank
    rows = [row for row in zip(names, emails, codes, strict=True)
            if row[0] not in (None, "") and row[2] not in (None, "")]  # fmt: skip
    parties = {(name, email) for name, email, _ in rows}
    either = fold(heading) in _CODE_OR_REFERENCE
    if not comes_back and len(rows) - len(parties) >= _REFERENCES:
        return "reference"
    if either and len(set(rows)) - len(parties) >= _REFERENCES:
        return "reference"
    return (
        "" if either and filled and not (comes_back and len(set(rows)) == len(parties)) else "code"
    )


def heed_rows(columns: dict[str, int], texts: Sequence[str], said: Mapping[str, str],
              cells_of: Callable[[int], Sequence[Cell]]) -> None:  # fmt: skip
    """Let rows say that "Last payment" is the customer's, and that owners are addresses.

    What the configuration ``said`` stays as it is.
    """
    known = {"owner_email", *({"owner", "owner_email"} & said.keys())} & {*columns, *said}
    owners = {} if known or "owner" not in columns else dict.fromkeys(cells_of(columns["owner"]))
    if evidence.are_addresses(list(owners)):
        columns["owner_email"] = columns.pop("owner")
    last = columns.get("paid_date", -1)
    if last < 0 or "paid_date" in said or not {"paid", "amount"} <= columns.keys():
        return
    if not _LAST.search(texts[last]):
        return
    paid, owed = (evidence.figures(cells_of(columns[name])) for name in ("paid", "amount"))
    unpaid = [day for day, part, whole in zip(cells_of(last), paid, owed, strict=True)
              if whole and not part]  # fmt: skip
    if sum(day not in (None, "") for day in unpaid) >= _REFERENCES:
        del columns["paid_date"]
