"""The starter workbooks: as their generator makes them, and true to the headings we know."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from collector.fields import OWNED_HEADINGS, TAB_FIELDS, TAB_NAMES
from sheets_templates.make import BOOKS, HEADER_ROW, HERE, build

AS_OF = date(2026, 11, 20)
KINDS = ("invoices", "customers", "receipts", "log")
NAMES = sorted(BOOKS)


def rows(name: str, kind: str) -> list[dict[str, Any]]:
    """Return a tab's rows by field, as our synonyms have the headings."""
    sheet = load_workbook(HERE / name).worksheets[KINDS.index(kind)]
    heads = [cell.value for cell in sheet[HEADER_ROW]]
    fields = [field_of(kind, head) for head in heads]
    return [
        dict(zip(fields, row, strict=True))
        for row in sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True)
    ]


def field_of(kind: str, heading: str) -> str:
    [field] = [f for f, known in TAB_FIELDS[kind].items() if heading in known]
    return field


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", NAMES)
def test_a_book_is_what_its_generator_makes(name: str) -> None:
    assert parts((HERE / name).read_bytes()) == parts(build(*BOOKS[name]))


@pytest.mark.parametrize("name", NAMES)
def test_making_a_book_twice_gives_the_same_bytes(name: str) -> None:
    assert build(*BOOKS[name]) == build(*BOOKS[name])


@pytest.mark.parametrize("name", NAMES)
def test_tabs_have_names_we_know_and_no_columns_of_ours(name: str) -> None:
    book = load_workbook(HERE / name)
    assert all(tab in TAB_NAMES[kind] for kind, tab in zip(KINDS, book.sheetnames, strict=True))
    ours = {heading for words in OWNED_HEADINGS.values() for heading in words.values()}
    assert not ours & {cell.value for sheet in book for cell in sheet[HEADER_ROW]}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_heading_is_one_field(name: str, kind: str) -> None:
    fields = list(rows(name, kind)[0])
    assert len(fields) == len(set(fields))


@pytest.mark.parametrize("name", NAMES)
def test_every_invoice_has_its_customer(name: str) -> None:
    customers = {(r["customer_id"], r["customer"]) for r in rows(name, "customers")}
    for kind in ("invoices", "receipts"):
        assert {(r["customer_id"], r["customer"]) for r in rows(name, kind)} <= customers
    assert {r["customer"] for r in rows(name, "log")} <= {customer for _, customer in customers}


@pytest.mark.parametrize("name", NAMES)
def test_the_paid_column_mirrors_the_receipts(name: str) -> None:
    received: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for row in rows(name, "receipts"):
        received[row["customer_id"], row["invoice"], row["currency"]] += Decimal(str(row["amount"]))
    paid = {
        (row["customer_id"], row["invoice"], row["currency"]): Decimal(str(row["paid"]))
        for row in rows(name, "invoices")
        if row["paid"]
    }
    assert paid == received


@pytest.mark.parametrize("name", NAMES)
def test_addresses_are_examples(name: str) -> None:
    texts = [str(row[field] or "") for row in rows(name, "customers") for field in ("email", "cc")]
    assert all(text.endswith("@example.com") for text in texts if text)


@pytest.mark.parametrize("name", NAMES)
def test_the_rows_show_every_rung_of_the_ladder_and_every_hold(name: str) -> None:
    invoices, customers = rows(name, "invoices"), rows(name, "customers")
    owed = [r for r in invoices if r["amount"] != r["paid"]]
    overdue = [(AS_OF - r["due_date"].date()).days for r in owed if has_date(r) and r["amount"] > 0]
    for low, high in ((-3, 0), (3, 13), (14, 29), (30, 44), (45, 60), (61, 90), (-31, -4)):
        assert any(low <= days <= high for days in overdue), (low, high)
    assert any(r["amount"] < 0 for r in invoices)
    assert any(0 < r["paid"] < r["amount"] for r in invoices)
    assert any(r["due_date"] is None and r["terms"] for r in invoices)
    assert len([r for r in invoices if isinstance(r["due_date"], str)]) == 1
    assert len([r for r in invoices if r["dispute"]]) == 1
    assert len([r for r in invoices if r["promise_date"]]) == 1
    assert len([r for r in customers if r["do_not_chase"] in ("Yes", "是")]) == 1
    assert len([r for r in customers if "@@" in (r["email"] or "")]) == 1
    assert len([r for r in customers if not r["email"]]) == 1


@pytest.mark.parametrize("name", NAMES)
def test_one_customer_is_over_its_limit(name: str) -> None:
    owed: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows(name, "invoices"):
        owed[row["customer_id"]] += Decimal(str(row["amount"])) - Decimal(str(row["paid"]))
    limits = {r["customer_id"]: r["credit_limit"] for r in rows(name, "customers")}
    assert [code for code, limit in limits.items() if limit and owed[code] > limit] in (
        ["C-1013"],
        ["K013"],
    )


def test_every_column_is_explained() -> None:
    page = (HERE / "README.md").read_text(encoding="utf-8")
    heads = {cell.value for name in NAMES for sheet in load_workbook(HERE / name)
             for cell in sheet[HEADER_ROW]}  # fmt: skip
    assert [head for head in heads if head not in page] == []


def test_both_books_are_packed_with_the_package() -> None:
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f'"collector/starter/{name}"' in project for name in [*NAMES, "config.yaml"])


def has_date(row: dict[str, Any]) -> bool:
    return isinstance(row["due_date"], datetime)
