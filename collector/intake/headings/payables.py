"""What is owed by us and not to us: it looks like receivables, and is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from collector.fields import PAYABLES_HEADINGS
from collector.intake.headings.folding import fold, fold_all, heading_text
from collector.intake.headings.matching import Header, field_of
from collector.intake.headings.words import WEAK
from collector.model import Grid

_PAYABLES: Final = fold_all(
    *PAYABLES_HEADINGS, "Vendor No", "Vendor Code", "Vendor ID", "Vendor Number", "Vendor #",
    "Supplier No", "Supplier Code", "Supplier ID", "Supplier Number", "Supplier #", "Vendors",
    "Suppliers", "Creditor", "Creditor Name", "Pay To", "Payable To", "Payable", "Accounts Payable",
    "Amount Payable", "Bill From", "Kreditor", "Kreditorennummer", "Kreditorname", "Lieferant",
    "Lieferantenname", "Lieferantennummer", "Lieferanten-Nr", "Fournisseur", "Nom du fournisseur",
    "Nom fournisseur", "Code fournisseur", "N° fournisseur", "Proveedor", "Nombre del proveedor",
    "Nombre proveedor", "Código proveedor", "Acreedor", "Fornitore", "Fornecedor", "Leverancier",
    "Crediteur", "Поставщик", "供应商编码", "供应商代码", "供应商编号", "供应商全称", "供应商简称",
    "供货商", "供货商名称", "供货单位", "供应单位", "供方", "供方名称", "销货单位", "销方名称",
    "应付余额", "Paid by us", "We owe", "Amount we owe", "We paid", "Paid to vendor",
    "Paid to supplier", "Our payment", "Our payment date", "我方已付", "我司已付", "我方应付",
    "已付供应商", "von uns bezahlt", "Payé par nous", "Pagado por nosotros",
    "未付供应商", "应付款", "应付款金额", "仕入先", "仕入先名",
)  # fmt: skip
_PAYABLES_TITLE: Final = re.compile(
    r"accounts? payables?\b|\bA/?P (?:ag(?:e)?ing|open items|report|ledger|detail|listing)"
    r"|\bpayables\b|\bage?d payables?|creditors? (?:ledger|age|report|listing)|应付账款|应付款"
    r"|应付明细"
    r"|应付账龄|供应商(?:对账|往来|账龄|明细)|Kreditoren|Verbindlichkeiten|dettes fournisseurs"
    r"|balance fournisseurs"
    r"|cuentas por pagar|proveedores",
    re.IGNORECASE,
)

_TITLES_ABOVE: Final = 10


def is_payables(header: Header, grid: Grid) -> bool:
    """Tell whether a header speaks of suppliers, and of customers at most in generic words."""
    texts = [text for text in header.texts if text]
    if not any(fold(text) in _PAYABLES for text in texts) and not _title(header, grid):
        return False
    parties = [match for text in texts if (match := field_of("invoices", text))]
    return not any(
        name in ("customer", "customer_id") and form not in WEAK[name] for name, form in parties
    )


def payables_words(header: Header, grid: Grid) -> str:
    """Return the heading or the title that says so."""
    return next((t for t in header.texts if t and fold(t) in _PAYABLES), _title(header, grid))


def _title(header: Header, grid: Grid) -> str:
    """Return what the tab is called, or a line above the headings, where that says payables."""
    above: Sequence[Sequence[object]] = grid.rows[max(0, header.row - _TITLES_ABOVE) : header.row]
    lines = [
        text
        for row in above
        for cell in row
        if isinstance(cell, str) and (text := heading_text(cell))
    ]
    found = [line for line in (grid.tab, *lines) if _PAYABLES_TITLE.search(line)]
    return found[0] if found and len(found[0]) <= 80 else ""
