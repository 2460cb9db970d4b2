"""Rows among the invoices that are none: quotes, and credit notes or payments written as debts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from collector.intake.cells.column import Bools, Cells, column, complain_about, narrow
from collector.intake.complaints import Complaints
from collector.intake.headings.folding import fold, heading_text
from collector.intake.region import Region
from collector.model import Grid

_PRO_FORMA: Final = re.compile(r"pro.?forma|形式发票|预开票", re.IGNORECASE)
_CREDIT: Final = re.compile(
    r"credit\s?(?:note|memo)|贷项|红字|红冲|gutschrift|avoir\b", re.IGNORECASE
)
_SETTLED: Final = re.compile(
    r"(?<![a-z])(?<!un-)(?<!non-)(?<!pre-)(?:paid|cancell?ed|void(?:ed)?)\b|作废|已付|已收|已核销",
    re.IGNORECASE,
)
_OTHER_PAPERS: Final = ("paid", "cancel", "void", "作废", "已付", "已收", "已核销", "forma",
                        "形式发票", "预开票", "credit", "贷项", "红", "gutschr",
                        "avoir")  # fmt: skip


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
    rest = np.where(read["has_balance"], read["balance"], read["amount"] - read["paid"])
    left = owed & (rest > 0) & ~read["paid_status"].isin(["paid", "void"]).to_numpy(dtype=np.bool_)
    for pattern, code, guilty in (
        (_PRO_FORMA, "problem_not_an_invoice", np.ones(len(region), np.bool_)),
        (_CREDIT, "problem_credit_positive", owed),
        (_SETTLED, "problem_note_settled", left),
    ):
        hits = np.array([bool(pattern.search(text)) for text in cells.texts])
        at = cells.at[hits[cells.codes]]
        found = complain_about(cells, at[guilty[at]], code)
        complaints.add("invoice", found, "customer")


# ── a column that says what each row is ──────────────────────────────────────────────────────

_TYPE_HEADING: Final = re.compile(
    r"(?:doc(?:ument)?|trans(?:action)?|trx|txn|inv(?:oice)?|voucher|vch|bill|entry|record|item)?"
    r"(?:type|kind|class|category)|belegart|(?:单据|票据|发票|凭证|业务|交易|记录)?(?:类型|类别|种类)|票种",
)
_SIDE_HEADING: Final = re.compile(
    r".*(?:dr/?cr|debit/?(?:or)?credit|credit/?debit|d/?cind|sollhaben|shkz|s/?h|借贷|方向).*|d/?c|sign"
)
_SIDES: Final = frozenset({"h", "c", "cr", "credit", "haben", "贷", "贷方", "贷项", "-"})
_OTHER_SIDES: Final = frozenset({"s", "d", "dr", "debit", "soll", "借", "借方", "+"})
_INVOICES: Final = frozenset(
    {"invoice", "inv", "tax invoice", "sales invoice", "debit note", "bill", "sales", "sale",
     "rechnung", "facture", "factura", "发票", "蓝字发票", "销售发票", "应收单", "增值税发票",
     "专票", "普票", "销售", "蓝字"}
)  # fmt: skip
_CREDITS: Final = frozenset(
    {"credit", "cn", "c/n", "crn", "cr", "cr note", "cr. note", "crnote", "credit inv",
     "credit invoice", "sales return", "return", "returns", "refund", "rebate", "adjustment cr",
     "dg", "贷", "贷方", "贷记", "退货", "退款", "销售退回", "退货单", "退款单", "红票", "负数发票",
     "creditnote", "creditmemo", "nota de credito", "nota de crédito", "note de crédit",
     "nota di credito"}
)  # fmt: skip
_TAKEN_BACK: Final = re.compile(r"退货|退款|退回|红字|冲红")
_PAYMENT: Final = re.compile(
    r"^(?:cash |bank |customer |part |advance |on account )*(?:payments?|receipts?|pmt|pymt|rcpt"
    r"|remittance|deposits?|advances?|pre-?payments?|on account|unapplied.*|collections?|dz"
    r"|write.?offs?|tds|zahlung\w*|paiement|pago|rct)$|收款|回款|预收|到账|坏账|核销"
)
_QUOTE: Final = re.compile(
    r"^(?:sales |purchase )?(?:quotes?|quotations?|estimates?|orders?|drafts?|so|po|delivery note"
    r"|angebot|devis|auftrag)$|pro.?forma|形式发票|预开票|报价|订单|草稿|送货单"
    r"|^(?:(?:account )?payables?|a/?p|purchases?|purchase invoice|vendor.*|supplier.*)$"
    r"|^应付|^采购"
)
_SAMPLE: Final = 200


def complain_of_types(
    grid: Grid, region: Region, complaints: Complaints, read: Mapping[str, Any], wanted: Bools
) -> Bools:
    """Return the rows that a column of types calls credits, payments or quotes, though they add.

    Such a column is known by its heading, or by its words where most of them are types. It is none
    of the fields, so every column of the table that is none is looked at.
    """
    bad = np.zeros(len(region), np.bool_)
    rest = read["amount"] - read["paid"]
    owed: Bools = wanted & (np.where(read["has_balance"], read["balance"], rest) > 0)
    for place, test in _type_columns(grid, region):
        cells = column([row[place] if place < len(row) else None for row in region.rows])
        for kind, code in (
            ("credit", "problem_credit_positive"),
            ("payment", "problem_payment_positive"),
            ("quote", "problem_not_an_invoice"),
        ):
            found = _rows_of(cells, kind, sides=test) & owed & ~bad
            if found.any():
                complaints.places["type"] = place
                said = complain_about(cells, np.flatnonzero(found), code)
                complaints.add("type", said, "customer")
                bad |= found
    return bad


def _rows_of(cells: Cells, kind: str, *, sides: bool) -> Bools:
    hits = [type_of(text, sides=sides) == kind for text in cells.texts]
    found = np.zeros(len(cells), np.bool_)
    if any(hits):
        found[cells.at[np.array(hits)[cells.codes]]] = True
    return found


def _type_columns(grid: Grid, region: Region) -> list[tuple[int, bool]]:
    """Return the columns that say what each row is, and whether they only say the side."""
    table, found = region.table, []
    fields = {*table.columns.values(), *table.owned.values()}
    headings = grid.rows[table.header_row - 1]
    for place in range(table.left, table.right + 1):
        if place in fields:
            continue
        heading = fold(heading_text(headings[place])) if place < len(headings) else ""
        some = [row[place] for row in region.rows[:_SAMPLE] if place < len(row)]
        texts = [cell for cell in some if isinstance(cell, str) and cell.strip()]
        sides = bool(_SIDE_HEADING.fullmatch(heading))
        known = sum(bool(type_of(text, sides=sides)) for text in texts)
        if texts and (_TYPE_HEADING.fullmatch(heading) or 2 * known > len(texts)):
            found.append((place, sides))
    return found


def type_of(text: str, *, sides: bool = False) -> str:
    """Return what a word of a type column means: invoice, credit, payment, quote or ``""``.

    ``sides``: the column says on which side of the account the row stands, in letters.
    """
    word = narrow(text).casefold().strip(" .")
    if sides and (word in _SIDES or word in _OTHER_SIDES):
        return "credit" if word in _SIDES else "invoice"
    if word in _INVOICES:
        return "invoice"
    if word in _CREDITS or _CREDIT.search(word) or _TAKEN_BACK.search(word):
        return "credit"
    if _QUOTE.search(word):
        return "quote"
    if _PAYMENT.search(word) and "发票" not in word:
        return "payment"
    return "invoice" if word in ("dr", "debit", "借", "借方", "rv", "dr.") else ""
