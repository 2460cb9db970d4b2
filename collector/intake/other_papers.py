"""Rows among the invoices that are none: quotes, and credit notes or payments written as debts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from collector.intake.cells.column import Bools, Cells, column, complain_about, narrow
from collector.intake.complaints import Complaints
from collector.intake.headings.folding import fold, heading_text
from collector.intake.region import Region
from collector.model import Grid

_NO_NUMBER: Final = re.compile(
    r"pro.?forma|形式发票|预开票|\b(?:draft|unbilled|uninvoiced)\b"
    r"|\b(?:to be|not|not yet) (?:invoiced|billed|issued|raised)\b|[未待]开票?$|尚未开票|未出票"
    r"|暂估"
    r"|^\W*(?:tb[acd]|pending|to be (?:confirmed|advised|determined))\W*$",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"credit\s?(?:note|memo)|贷项|红字|红冲|gutschrift|avoir\b", re.IGNORECASE
)
_SETTLED: Final = re.compile(
    r"(?<![a-z])(?<!un-)(?<!non-)(?<!pre-)(?:paid|cancell?ed|void(?:ed)?)\b"
    r"|作废|已取消|已付|已收|已核销",
    re.IGNORECASE,
)
_OTHER_PAPERS: Final = ("forma", "credit", "gutschr", "avoir", "paid", "void", "cancel", "draft",
                        "bill", "invoiced", "issued", "raised", "tba", "tbc", "tbd", "pending",
                        "to be")  # fmt: skip
_OTHER_CHINESE: Final = ("形式发票", "开票", "未开", "待开", "贷项", "红", "未出票", "暂估",
                         "作废", "取消", "已付", "已收", "已核销")  # fmt: skip
# Numbers that begin so are of credit notes or offers where most others begin otherwise.
_BEGINNINGS: Final = ("\ncn", "\ncrn", "\ncm", "\nscn", "\npf", "\npro", "\nqt", "\nquo")
_OF_CREDITS: Final = re.compile(r"^\s*(?:CN|CRN|CM|SCN)[-\s_/.#]*\d", re.IGNORECASE)
_OF_OFFERS: Final = re.compile(r"^\s*(?:PFI?|PROF?|QT|QUO(?:TE)?)[-\s_/.#]*\d", re.IGNORECASE)
# A series a country: CN is China's then.
_COUNTRIES: Final = re.compile(
    r"(?:US|UK|GB|DE|FR|HK|SG|JP|IN|EU|AU|TW|KR|VN|IT|ES|NL)[-\s_/.#]*\d", re.IGNORECASE
)


def complain_of_other_papers(
    region: Region, complaints: Complaints, read: Mapping[str, Any]
) -> None:
    """Complain of rows whose number says that they are no invoice, or a credit that adds."""
    cells = region.columns.get("invoice")
    if cells is None:
        return
    together = _letters(cells.texts)
    words = any(word in together for word in _OTHER_PAPERS)
    if not together.isascii():
        words |= any(word in together for word in _OTHER_CHINESE)
    owed: Bools = np.where(read["has_amount"], read["amount"], read["balance"]) > 0
    rest = np.where(read["has_balance"], read["balance"], read["amount"] - read["paid"])
    left = owed & (rest > 0) & ~read["paid_status"].isin(["paid", "void"]).to_numpy(dtype=np.bool_)
    every = np.ones(len(region), np.bool_)
    tests: list[tuple[re.Pattern[str], str, Bools]] = []
    if words:
        tests += [
            (_NO_NUMBER, "problem_not_an_invoice", every),
            (_CREDIT, "problem_credit_positive", owed),
            (_SETTLED, "problem_note_settled", left),
        ]
    several = together.count("\n") > 2
    if several and any(beginning in together for beginning in _BEGINNINGS):
        tests += [
            (pattern, code, guilty)
            for pattern, code, guilty in (
                (_OF_CREDITS, "problem_credit_positive", owed),
                (_OF_OFFERS, "problem_not_an_invoice", every),
            )
            if _are_few(pattern, cells.texts)
        ]
    for pattern, code, guilty in tests:
        hits = np.array([bool(pattern.search(text)) for text in cells.texts])
        at = cells.at[hits[cells.codes]]
        complaints.add("invoice", complain_about(cells, at[guilty[at]], code), "customer")


def _letters(numbers: Sequence[str]) -> str:
    """Return numbers in small letters without their digits, a line each, the first kind once.

    So there is next to nothing to look through in a whole column of INV-0001.
    """
    lines = ("\n" + "\n\n".join(numbers) + "\n").casefold().encode(errors="replace")
    lines = lines.translate(None, b"0123456789")
    first = lines[: lines.index(b"\n", 1) + 1]
    return (first + lines.replace(first, b"")).decode(errors="replace")


def _are_few(pattern: re.Pattern[str], numbers: Sequence[str]) -> bool:
    """Tell whether numbers that begin in a way are the exception, and not a country's series."""
    hits = [bool(pattern.match(text.strip())) for text in numbers]
    if not any(hits) or 2 * sum(hits) > len(hits):
        return False
    return not any(_COUNTRIES.match(text.strip()) for text in numbers)


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
# On credit or for cash is how it was sold: a sale on credit is no credit note.
_SALE_HEADING: Final = re.compile(r".*(?:sales?(?:type|mode|terms)?|cash/?credit|credit/?cash)\??")
_SALES: Final = frozenset({"credit", "cr"})
_COUNTRY_HEADING: Final = re.compile(
    r".*(?:origin|country|countries|coo|nation(?:ality)?|herkunft|ursprung\w*|pays|origine|pa[ií]s"
    r"|原产地|产地|国家|国别|国)"
)
_COUNTRY: Final = re.compile(r"US|USA|UK|GB|DE|FR|HK|SG|JP|EU|AU|TW|KR|VN|IT|ES|NL|CH|TH|MY")
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
        if _are_countries(heading, texts) or _are_ways_of_sale(heading, texts):
            continue
        sides = bool(_SIDE_HEADING.fullmatch(heading))
        known = sum(bool(type_of(text, sides=sides)) for text in texts)
        if texts and (_TYPE_HEADING.fullmatch(heading) or 2 * known > len(texts)):
            found.append((place, sides))
    return found


def _are_countries(heading: str, texts: Sequence[str]) -> bool:
    """Tell whether CN is China: under such a heading, or beside other countries."""
    return bool(_COUNTRY_HEADING.fullmatch(heading)) or any(
        _COUNTRY.fullmatch(text.strip()) for text in texts
    )


def _are_ways_of_sale(heading: str, texts: Sequence[str]) -> bool:
    """Tell whether a column only says which sales were on credit and which for cash."""
    words = {narrow(text).casefold().strip(" .") for text in texts}
    others = {word for word in words - _SALES if type_of(word) in ("credit", "quote")}
    return not others and bool(_SALE_HEADING.fullmatch(heading) or "cash" in words)


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
