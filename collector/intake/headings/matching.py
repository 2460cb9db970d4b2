"""Which column of a header means which field: exact synonyms, and what to do when two could."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from collector.errors import HeadingGoneError, HeadingMissingError, HeadingTwiceError
from collector.fields import (
    INVOICE_FIELDS,
    MONEY_FIELDS,
    TAB_FIELDS,
)
from collector.fields.synonyms import SYNONYMS
from collector.intake.headings.by_rows import code_or_reference, drop_converted, heed_rows
from collector.intake.headings.folding import (
    asked_form,
    currency_kind,
    days_form,
    fold,
    fold_all,
    halves,
    shown_heading,
    spellings,
)
from collector.intake.headings.inverse import asks_whether_owed
from collector.intake.headings.nearest import nearest
from collector.intake.headings.words import (
    FIGURES,
    GROSS,
    RECEIPT_AMOUNTS,
    RECEIPT_DATES,
    SECOND_DATES,
    TAX_UNTOLD,
    WEAK,
    YIELDING,
    is_tax_amount,
)
from collector.model import Cell, TabHint, column_letters
from collector.phrases import say

# Two columns for one of these: the first is used, because only a letter's wording hangs on it.
HARMLESS: Final = frozenset(
    {"note", "project", "contract", "po", "contact", "phone", "owner", "attachment", "payment_link",
     "method", "reference", "channel", "what", "result", "by"}
)  # fmt: skip
# Two columns for one of these: neither is used; what is owed and by when does not hang on it.
OPTIONAL: Final = frozenset(
    {"paid_date", "language", "country", "timezone", "rating_override", "orders", "credit_limit",
     "cc", "promise_amount", "instalment"}
)  # fmt: skip
# Why a column is no column of a field, whatever its heading.
REFUTED: Final = "refuted"
# What the configuration says of a field that the table has no column for.
NO_COLUMN: Final = "-"
_LETTERS: Final = re.compile(r"[A-Za-z]{1,3}")
_WITH_LETTERS: Final = re.compile(r"(?P<heading>.*\S)\s*\((?P<letters>[A-Z]{1,3})\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Header:
    """A header row: its text per column; ``row`` and ``top`` are zero-based, ``row`` the lower."""

    row: int
    top: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that no column is surely of; ``columns`` are those it may be, the likeliest first.

    ``why`` is ``twice`` (each could be), ``tax`` (whether tax is in it is not said), ``left`` (it
    may be before or after payments), ``similar`` or ``may_mean`` (the heading), ``values`` (what
    stands in the column), ``odd`` (the heading says so, the values do not) … What is ``refuted``
    its rows show to be something else: nobody need be asked.
    """

    field: str
    columns: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Match:
    """The columns that surely are of fields, and the fields with several or doubtful ones."""

    columns: dict[str, int]
    doubts: list[Doubt] = field(default_factory=list)


@cache
def synonyms(kind: str) -> Mapping[str, str]:
    """Return the field that each folded heading means in a kind of tab."""
    fields = TAB_FIELDS[kind]
    table: dict[str, str] = {}
    for name, headings in fields.items():
        for heading in headings:
            table.setdefault(fold(heading), name)
    for name, more in _more(kind).items():
        for heading in more if name in fields else ():
            table.setdefault(fold(heading), name)
    return table


def _more(kind: str) -> Mapping[str, tuple[str, ...]]:
    if kind == "log":
        return {}
    if kind == "receipts":
        # What an invoice calls paid is the amount of a receipt, and so with its date.
        other = {name: SYNONYMS[name] for name in SYNONYMS if name not in ("amount", "date")}
        amounts = INVOICE_FIELDS["paid"] + SYNONYMS["paid"] + RECEIPT_AMOUNTS
        dates = INVOICE_FIELDS["paid_date"] + SYNONYMS["paid_date"] + RECEIPT_DATES
        return {**other, "amount": amounts, "date": dates}
    return SYNONYMS


@lru_cache(maxsize=8192)
def field_of(kind: str, heading: str) -> tuple[str, str] | None:
    """Return the field that a heading means in a kind of tab, and the form that it matched by."""
    if not heading or len(heading) > 80:
        return None
    table = synonyms(kind)
    plain, money = spellings(heading)
    for form in plain:
        if form in table:
            return table[form], form
    for form in money:
        if table.get(form) in (*MONEY_FIELDS, "currency"):
            return table[form], form
    if kind == "invoices" and asks_whether_owed(heading):
        return "paid_status", fold(heading)
    if table.get(form := asked_form(heading)) in ("paid_status", "dispute", "do_not_chase"):
        return table[form], form
    if table.get(form := days_form(heading)) == "terms":
        return "terms", form
    parts = halves(heading)
    if parts and {table.get(part) for part in parts} == {table.get(parts[0], "")}:
        return table[parts[0]], parts[0]
    return None


def parts_of(kind: str, heading: str) -> list[tuple[str, str]]:
    """Return what each part of a heading with strokes means by itself: ``Receipt/Invoice``."""
    parts = [part.strip() for part in re.split(r"[/／|]", heading)]
    found = [field_of(kind, part) for part in parts] if len(parts) > 1 else []
    return [each for each in found if each]


def fields_named(kind: str, header: Header, hint: TabHint, without: frozenset[int]) -> set[str]:
    """Return the fields that a header has a column for."""
    found = {
        match[0]
        for column, text in enumerate(header.texts)
        if column not in without and (match := field_of(kind, text))
    }
    hinted = {name: said for name, said in hint.columns.items() if said != NO_COLUMN}
    found -= hint.columns.keys() - hinted.keys()
    return found | {name for name, said in hinted.items() if columns_said(header, said)}


def columns_said(header: Header, said: str) -> list[int]:
    """Return the columns that the configuration points to: a heading, letters, or both."""
    found = _headed(header, said)
    if found:
        return found
    both = _WITH_LETTERS.fullmatch(said)
    if both:
        column = _column_number(both["letters"])
        return [column] if column in _headed(header, both["heading"]) else []
    if not _LETTERS.fullmatch(said):
        return []
    column = _column_number(said)
    return [column] if column < len(header.texts) else []


def is_headed(header: Header, said: str) -> bool:
    """Tell whether a header has the heading that the configuration says."""
    return bool(columns_said(header, said))


def _headed(header: Header, heading: str) -> list[int]:
    wanted = fold(heading)
    return [column for column, text in enumerate(header.texts) if text and fold(text) == wanted]


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def match_columns(
    kind: str,
    tab: str,
    header: Header,
    hint: TabHint,
    *,
    without: frozenset[int],
    cells_of: Callable[[int], Sequence[Cell]],
    language: str,
) -> Match:
    """Return the column of every field that the header surely has one for, and the doubts.

    ``without`` are columns that are never input (our own). Raises HeadingMissingError when the
    configuration names a heading that is not there, HeadingTwiceError when it is there twice.
    """
    columns = _hinted(kind, tab, header, hint, language)
    # Customers on rows of their own may stand in a column that is headed as something else.
    above = columns.get("customer", -1) if is_letters(hint.columns.get("customer", "")) else -1
    taken = (set(columns.values()) - {above}) | without
    none = {name for name, said in hint.columns.items() if said == NO_COLUMN}
    rivals: dict[str, list[tuple[int, str]]] = {}
    for column, text in enumerate(header.texts):
        match = field_of(kind, text) if column not in taken else None
        if match and match[0] not in columns and match[0] not in none:
            rivals.setdefault(match[0], []).append((column, match[1]))
    taxed = any(is_tax_amount(text) for text in header.texts)
    matched = Match(columns)
    if kind == "invoices":
        _amount_due_is_balance(rivals, columns)
        _keep_one_currency(rivals, columns, header)
        _part_code_from_name(rivals, columns, cells_of)
        drop_converted(rivals, columns, header.texts, cells_of)
    for name, found in rivals.items():
        several = _telling(_strongest(name, found, taxed), name, cells_of)
        if len(several) == 1 or name in HARMLESS:
            columns[name] = several[0]
        else:
            matched.doubts.append(Doubt(name, tuple(several), "twice"))
    if kind == "invoices":
        _heed_rows(matched, header, hint, cells_of)
    if kind == "invoices" and "amount" in rivals:
        _doubt_what_is_left(matched, rivals["amount"])
        if taxed:
            _doubt_tax(matched, rivals["amount"])
    return matched


def _heed_rows(
    matched: Match, header: Header, hint: TabHint, cells_of: Callable[[int], Sequence[Cell]]
) -> None:
    """Let the rows say what columns of codes, customers, owners and payments really are."""
    columns = matched.columns
    place = columns.get("customer_id", -1)
    if place >= 0 and "customer_id" not in hint.columns:
        verdict = code_or_reference(columns, header.texts[place], cells_of)
        if verdict != "code":
            del columns["customer_id"]
            matched.doubts.append(
                Doubt("customer_id", (place,), REFUTED if verdict else "reference")
            )
    _doubt_accounts(matched, header, hint, cells_of)
    heed_rows(columns, header.texts, hint.columns, cells_of)


def _doubt_accounts(
    matched: Match, header: Header, hint: TabHint, cells_of: Callable[[int], Sequence[Cell]]
) -> None:
    """Doubt a customer, or drop a code, that is the ledger's account or our own company."""
    from collector.intake.headings.accounts import drop_account_code, no_customer

    columns = matched.columns
    weak: dict[str, int] = {
        name: columns[name]
        for name in ("customer", "customer_id")
        if name in columns and name not in hint.columns
        and (field_of("invoices", header.texts[columns[name]]) or ("", ""))[1] in WEAK[name]
    }  # fmt: skip
    if "customer_id" in weak:
        drop_account_code(columns, cells_of)
    weak = {name: place for name, place in weak.items() if name in columns}
    instead = no_customer(columns, header.texts, cells_of, weak) if weak else ()
    if instead:
        matched.doubts.append(Doubt("customer", instead, "account"))


def is_letters(said: str) -> bool:
    """Tell whether the configuration may name a column by its letters alone."""
    return bool(_LETTERS.fullmatch(said))


def _hinted(kind: str, tab: str, header: Header, hint: TabHint, language: str) -> dict[str, int]:
    columns: dict[str, int] = {}
    for name, said in hint.columns.items():
        if name not in TAB_FIELDS[kind] or said == NO_COLUMN:
            continue
        found = columns_said(header, said)
        if not found:
            raise _gone(kind, name, said, tab, header, language)
        if len(found) > 1:
            raise _twice(kind, name, found[0], found[1], tab, header)
        columns[name] = found[0]
    return columns


def _gone(
    kind: str, name: str, said: str, tab: str, header: Header, language: str
) -> HeadingGoneError:
    texts = [text for text in header.texts if text]
    seen = ", ".join(f"“{text}”" for text in texts)
    hint = say(language, "hint_heading_gone", heading=said, seen=seen)
    unknown = [
        text for text in texts if (match := field_of(kind, text)) is None or match[0] == name
    ]
    near = nearest(said, unknown)
    if near:
        hint += " " + say(language, "hint_heading_near", nearest=shown_heading(near))
    where = f"{tab}!{header.row + 1}"
    return HeadingGoneError(where, name, hint, kind=kind, nearest=shown_heading(near))


_AMOUNT_DUE: Final = fold_all("Amount Due", "Importe adeudado", "Montant dû")


def _amount_due_is_balance(
    rivals: dict[str, list[tuple[int, str]]], columns: Mapping[str, int]
) -> None:
    """Beside another amount, "Amount Due" is what is left of it."""
    amounts = rivals.get("amount", [])
    due = [each for each in amounts if each[1] in _AMOUNT_DUE]
    if due and (len(amounts) > len(due) or "amount" in columns):
        rivals["amount"] = [each for each in amounts if each not in due]
        if "balance" not in rivals and "balance" not in columns:
            rivals["balance"] = due


def _keep_one_currency(
    rivals: dict[str, list[tuple[int, str]]], columns: Mapping[str, int], header: Header
) -> None:
    """Of amounts in local and in document currency keep those that go with the currency column."""

    def kind(column: int) -> str:
        return currency_kind(header.texts[column])

    named = [kind(column) for column, _ in rivals.get("currency", [])]
    named += [kind(columns["currency"])] if "currency" in columns else []
    foreign = any(each != "local" for each in named)
    figures = [name for name in ("amount", "paid", "balance") if name in rivals]
    kinds = {name: {kind(column) for column, _ in rivals[name]} for name in figures}
    chosen = [kind(columns[name]) for name in ("amount", "paid", "balance") if name in columns]
    if not any("local" in each for each in kinds.values()) and "local" not in chosen:
        if "document" in {*named} and "local" in named:
            rivals["currency"] = [each for each in rivals["currency"] if kind(each[0]) != "local"]
        return
    local = (
        all("local" in each for each in kinds.values()) and "document" not in chosen
        if not foreign
        else all(each == {"local"} for each in kinds.values()) and set(chosen) <= {"local"}
    )
    for name in figures:
        kept = [each for each in rivals[name] if (kind(each[0]) == "local") == local]
        rivals[name] = kept
        if not kept:
            del rivals[name]
    if "currency" in rivals:
        rivals["currency"] = [e for e in rivals["currency"] if (kind(e[0]) == "local") == local]
        if not rivals["currency"]:
            del rivals["currency"]


def _part_code_from_name(
    rivals: dict[str, list[tuple[int, str]]],
    columns: Mapping[str, int],
    cells_of: Callable[[int], Sequence[Cell]],
) -> None:
    """Beside a column of names, "Customer" over bare numbers is the customer's code."""
    found = rivals.get("customer", [])
    if len(found) < 2 or "customer_id" in rivals or "customer_id" in columns:
        return
    numbers = [each for each in found if _all_numbers(cells_of(each[0]))]
    names = [each for each in found if each not in numbers]
    if len(numbers) == 1 and names:
        rivals["customer_id"], rivals["customer"] = numbers, names


def _all_numbers(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell not in (None, "")]
    return bool(filled) and all(
        (isinstance(cell, int | float) and not isinstance(cell, bool))
        or (isinstance(cell, str) and cell.strip().isdigit())
        for cell in filled
    )


def _doubt_what_is_left(matched: Match, found: Sequence[tuple[int, str]]) -> None:
    """Doubt an "Amount Due" beside what was paid: it may be before or after that."""
    column = matched.columns.get("amount", -1)
    if dict(found).get(column) in _AMOUNT_DUE and {"paid"} == {"paid", "balance"} & set(
        matched.columns
    ):
        del matched.columns["amount"]
        matched.doubts.append(Doubt("balance", (column,), "left"))
        matched.doubts.append(Doubt("amount", (column,), "left"))


def _doubt_tax(matched: Match, found: Sequence[tuple[int, str]]) -> None:
    """Doubt a generic amount beside a tax column, unless the balance says what is owed."""
    forms = dict(found)
    column = matched.columns.get("amount", -1)
    if forms.get(column) in TAX_UNTOLD and "balance" not in matched.columns:
        del matched.columns["amount"]
        matched.doubts.append(Doubt("amount", (column,), "tax"))


def _strongest(name: str, found: list[tuple[int, str]], taxed: bool) -> list[int]:
    def weight(form: str) -> int:
        if name == "amount" and form in GROSS:
            return 3
        if form in YIELDING or (name == "paid_status" and asks_whether_owed(form)):
            return 0
        if name == "date" and form in SECOND_DATES:
            return 0
        return 1 if form in WEAK.get(name, ()) else 2

    weights = [weight(form) for _, form in found]
    # Beside a tax column, "Amount" and "Total" may be with and without it: only 价税合计 is sure.
    floor = max(weights)
    if floor < 3 and name == "amount" and taxed:
        floor = min(weights)
    elif floor < 3 and name in FIGURES:
        floor = min((each for each in weights if each), default=0)
    return [column for (column, _), each in zip(found, weights, strict=True) if each >= floor]


def _telling(found: list[int], name: str, cells_of: Callable[[int], Sequence[Cell]]) -> list[int]:
    """Return the columns that differ in what they say: blank and repeated ones are left out."""
    if len(found) == 1 or name in HARMLESS:
        return found
    contents = {column: cells_of(column) for column in found}
    filled = [
        column for column in found if any(cell not in (None, "") for cell in contents[column])
    ]
    if name in ("customer", "customer_id", "email") and len(filled) > 1:
        # One word on every row, such as the ledger account or our own address, tells no
        # customers apart.
        filled = [column for column in filled if not _is_constant(contents[column])] or filled
    different = [
        column
        for number, column in enumerate(filled)
        if all(contents[column] != contents[before] for before in filled[:number])
    ]
    return different or found[:1]


def _is_constant(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in cells if cell not in (None, "")]
    return len(filled) >= 3 and len(set(filled)) == 1


def doubt_error(kind: str, doubt: Doubt, tab: str, header: Header, language: str) -> Exception:
    """Return what a run says of a doubt that nobody has settled."""
    if doubt.why == "twice":
        return _twice(kind, doubt.field, doubt.columns[0], doubt.columns[1], tab, header)
    place = doubt.columns[0]
    heading = shown_heading(header.texts[place]) or column_letters(place)
    hint = say(language, f"hint_{doubt.why}", heading=heading, field=doubt.field)
    return HeadingMissingError(f"{tab}!{header.row + 1}", doubt.field, hint)


def _twice(
    kind: str, name: str, first: int, second: int, tab: str, header: Header
) -> HeadingTwiceError:
    places = address(first, tab, header), address(second, tab, header)
    return HeadingTwiceError(name, *places, kind)


def address(column: int, tab: str, header: Header) -> str:
    """Return a heading with where it stands, as people are told."""
    text = shown_heading(header.texts[column])
    return f"{text} ({tab}!{column_letters(column)}{header.row + 1})"
