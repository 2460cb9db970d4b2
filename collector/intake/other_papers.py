"""Rows among the invoices that are none: pro-forma invoices, and credit notes written as debts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from collector.intake.cells.column import Bools, complain_about
from collector.intake.complaints import Complaints
from collector.intake.region import Region

_PRO_FORMA: Final = re.compile(r"pro.?forma|形式发票|预开票", re.IGNORECASE)
_CREDIT: Final = re.compile(
    r"credit\s?(?:note|memo)|贷项|红字|红冲|gutschrift|avoir\b", re.IGNORECASE
)
_OTHER_PAPERS: Final = ("forma", "形式发票", "预开票", "credit", "贷项", "红", "gutschr", "avoir")


def complain_of_other_papers(
    region: Region, complaints: Complaints, read: Mapping[str, Any]
) -> None:
    """Complain of rows whose number says that they are no invoice, or a credit that adds."""
    cells = region.columns.get("invoice")
    if cells is None:
        return
    together = " ".join(cells.texts).casefold()
    if not any(word in together for word in _OTHER_PAPERS):
        return
    owed: Bools = np.where(read["has_amount"], read["amount"], read["balance"]) > 0
    for pattern, code, guilty in (
        (_PRO_FORMA, "problem_not_an_invoice", np.ones(len(region), np.bool_)),
        (_CREDIT, "problem_credit_positive", owed),
    ):
        hits = np.array([bool(pattern.search(text)) for text in cells.texts])
        at = cells.at[hits[cells.codes]]
        found = complain_about(cells, at[guilty[at]], code)
        complaints.add("invoice", found, "customer")
