"""What a row of its own inside a table may say of the rows below it."""

from __future__ import annotations

import re
from typing import Final

from collector.intake.cells.column import narrow
from collector.intake.cells.currencies import currency_of

_LONGEST: Final = 40
_AROUND: Final = (
    r"(?:[\W\d_]|in full|in|during|for|the|invoices?|items?|bills?|accounts?|customers?|clients?"
    r"|off|up|documents?"
    r"|receivables?|transactions?|list|section|balances?|amounts?|not yet|as of|as at|jan\w*|feb\w*"
    r"|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|发票|款项|客户|部分|项目"
    r"|明细|清单|单据|账款|应收|年|月|日)*"
)
_CLOSED: Final = re.compile(
    rf"{_AROUND}(?:fully paid|paid|settled|closed|cleared|completed?|received|collected|cancell?ed"
    rf"|void(?:ed)?|written off|write.?offs?|bad debts?|disputed?|in dispute|legal|drafts?|quotes?"
    rf"|quotations|pro.?formas?|credit notes?|credit memos?|payments?|receipts?|deposits?"
    rf"|pre.?payments|archived?|已付|已付款|已收|已收款|已回款|已结清|已结|已核销|已到账|已结算|已完结|已关闭"
    rf"|已作废|作废|已取消|坏账|核销|结清|争议|有争议|诉讼|草稿|报价|形式|预收|收款|回款|红字|贷项){_AROUND}",
    re.IGNORECASE,
)
# 一、 · II. · (3) · B)
_NUMBERED: Final = re.compile(
    r"^\W*(?:[一二三四五六七八九十]+|[ivx]+|\d+|[a-z])\s*[、.):]\s*", re.IGNORECASE
)
_OPEN: Final = re.compile(
    r"\W*(?:un|not|open|outstanding|over|past|due|current|pending|partly|part\b|未|逾期|待|欠|到期)",
    re.IGNORECASE,
)
_CURRENCY_WORDS: Final = re.compile(
    r"\b(?:currency|ccy|invoices?|customers?|clients?|accounts?|receivables?|items?|balances?|in|all"
    r"|amounts?|denominated|section)\b|币种|货币|客户|发票|应收账?款?|部分|明细|结算|单位|[:：=()（）\-–—]",
    re.IGNORECASE,
)


def kind_of_section(text: str) -> str:
    """Return what a row of its own says of those below: ``closed``, ``open``, ``currency``."""
    line = _NUMBERED.sub("", narrow(text))
    if not line or len(line) > _LONGEST:
        return ""
    if _OPEN.match(line):
        return "open"
    if _CLOSED.fullmatch(line):
        return "closed"
    return "currency" if currency_of(bare_currency(line)) is not None else ""


def bare_currency(text: str) -> str:
    """Return what is left of such a text beside words like "customers" and "invoices"."""
    return " ".join(_CURRENCY_WORDS.sub(" ", narrow(text)).split())
