"""Letters to write about: small builders, so that a test names only what matters to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from collector.letters.render import compose
from collector.model import Draft, Line, Message, Movement, Section, Sender, Statement, Total

AS_OF = date(2026, 11, 20)


def line(invoice: str, balance: str, days_overdue: int, **more: Any) -> Line:
    paid = Decimal(more.pop("paid", "0"))
    due = AS_OF - timedelta(days=days_overdue)
    facts: dict[str, Any] = {
        "instalment": "", "invoice_date": due - timedelta(days=30), "due_date": due,
        "amount": Decimal(balance) + paid, "currency": "USD", **more,
    }  # fmt: skip
    return Line(invoice=invoice, days_overdue=days_overdue, paid=paid,
                balance=Decimal(balance), **facts)  # fmt: skip


def draft(**more: Any) -> Draft:
    facts: dict[str, Any] = {
        "customer": "C001", "customer_name": "Acme Ltd", "contact": "Maria Chen", "language": "en",
        "to": ("ap@acme.example",), "cc": (), "step": "first", "as_of": AS_OF,
        "occasions": ("receivables/C001/reminder/INV-1/2026-11-10/first",),
        "overdue": (line("INV-1", "1234.50", 10),),
        "totals": (Total("USD", Decimal("1234.50"), Decimal(0), Decimal(0)),),
        **more,
    }  # fmt: skip
    return Draft(**facts)


def statement(**more: Any) -> Statement:
    lines = (line("INV-1", "600.00", 45, paid="400", disputed=True),
             line("INV-2", "250.25", -5, project="Harbour Tower"))  # fmt: skip
    section = Section(
        currency="USD", opening=Decimal("500.00"),
        movements=(
            Movement(date(2026, 11, 2), "invoice", "INV-2", Decimal("250.25"), Decimal("750.25")),
            Movement(date(2026, 11, 5), "receipt", "BANK-7", Decimal("-100"), Decimal("650.25")),
            Movement(date(2026, 11, 9), "credit_note", "CN-1", Decimal("-50"), Decimal("600.25")),
        ),
        invoiced=Decimal("250.25"), credited=Decimal(50), received=Decimal(100),
        closing=Decimal("600.25"), lines=lines, unapplied=Decimal("250.00"),
        aging={"not_due": Decimal("250.25"), "1-30": Decimal(0), "31-60": Decimal(600),
               "61-90": Decimal(0), "90+": Decimal(0), "credit": Decimal(-250)},
    )  # fmt: skip
    facts: dict[str, Any] = {
        "customer": "C001", "customer_name": "Acme Ltd", "language": "en",
        "as_of": date(2026, 11, 30), "period": "2026-11", "sections": (section,), **more,
    }  # fmt: skip
    return Statement(**facts)


SENDER = Sender("Northwind Accounts", "ar@northwind.example", company="Northwind Trading Ltd",
                archive="archive@northwind.example")  # fmt: skip


def write(wanted: Draft, sender: Sender = SENDER, **more: Any) -> Message:
    facts: dict[str, Any] = {
        "book": "receivables", "message_id": "<20261120.1@northwind.example>", "digest": "d1",
        "date": datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=8))), **more,
    }  # fmt: skip
    return compose(wanted, sender, **facts)
