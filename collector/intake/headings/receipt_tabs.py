"""Which tabs are of receipts: by their name, their headings, or the invoices that they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import Final

from collector.intake.cells.texts import fold_name, text_of
from collector.intake.headings.folding import fold, fold_all
from collector.intake.headings.lessening import may_lessen
from collector.intake.headings.matching import Header, field_of
from collector.model import Grid

_WORDS: Final = (
    "receipt", "payment", "cash", "remittance", "收款", "回款", "到账", "zahlung", "paiement",
    "encaissement", "règlement", "cobros", "pagos", "incassi", "pagament", "betaling",
)  # fmt: skip
# What is still to come lessens nothing.
_TO_COME: Final = re.compile(
    r"plan|schedul|forecast|expected|promise|terms|method|condition|bedingung|prévision|previsi"
    r"|计划|预计|预测|承诺|条件|方式",
    re.IGNORECASE,
)
_HEADINGS: Final = fold_all(
    "Receipt Date", "Payment Date", "Received On", "Date Received", "Receipt Amount",
    "Payment Amount", "Amount Received", "Applied To", "For Invoice", "Payer", "Bank Reference",
    "收款日期", "到账日期", "回款日期", "入账日期", "收款金额", "到账金额", "回款金额", "核销发票",
    "对应发票", "付款方", "付款单位", "收款方式",
)  # fmt: skip


def may_be_receipts(grid: Grid, header: Header, ours: Callable[[], Collection[str]]) -> bool:
    """Tell whether name, headings or values say receipts: any list of dated amounts is not one.

    ``ours`` gives the numbers of our invoices, folded, where it comes to that.
    """
    tab = grid.tab.casefold()
    if any(word in tab for word in _WORDS) and not _TO_COME.search(tab):
        return True
    if len({fold(text) for text in header.texts if text} & _HEADINGS) >= 2:
        return True
    amounts = [t for t in header.texts if (field_of("receipts", t) or ("",))[0] == "amount"]
    return (
        len(amounts) == 1
        and (field_of("invoices", amounts[0]) or ("",))[0] == "paid"
        and may_lessen(grid.tab) != "other"
        and _names_ours(grid, header, ours())
    )


def _names_ours(grid: Grid, header: Header, ours: Collection[str]) -> bool:
    """Tell whether most of the invoices that a tab names are ours."""
    named = invoice_numbers(grid, header, "receipts")
    return len(named & set(ours)) * 2 > len(named)


def invoice_numbers(grid: Grid, header: Header, kind: str = "invoices") -> frozenset[str]:
    """Return what stands under the headings of invoices, folded."""
    places = [
        at for at, t in enumerate(header.texts) if (field_of(kind, t) or ("",))[0] == "invoice"
    ]
    rows = grid.rows[header.row + 1 :]
    cells = (row[at] for at in places for row in rows if at < len(row))
    return frozenset(fold_name(text_of(cell)) for cell in cells if cell not in (None, ""))
