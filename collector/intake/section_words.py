"""What a row of its own inside a table may say of the rows below it."""

from __future__ import annotations

import re
from typing import Final

from collector.intake.cells.column import narrow
from collector.intake.cells.currencies import currency_of

_LONGEST: Final = 48
# What numbers a section says nothing of it: 二、已收款, (3) Bad debts.
_NUMBERED: Final = re.compile(
    r"\W*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[ivx]{1,4}|[a-h])[)\].、．:：]"
    r"|第[一二三四五六七八九十\d]{1,3}(?:部分|节|类|项)|section [\da-h]{1,2}\b)[、:：\s]*",
    re.IGNORECASE,
)
_AROUND: Final = (
    r"(?:[\W\d_]|in full|for|invoices?|items?|bills?|accounts?|customers?|clients?"
    r"|off|up|documents?"
    r"|receivables?|transactions?|list|section|balances?|amounts?|not yet|as of|as at|jan\w*|feb\w*"
    r"|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|发票|款项|客户|部分|项目"
    r"|明细|清单|单据|账款|应收|年|月|日|already|in|during|this|last|year|month|quarter|to date"
    r"|q[1-4]"
    r"|h[12]|fy|the|following|below|rows?|ones?|have|has|been|are|is|all|以下|均|为|全部|都|的"
    r"|如下|本)*"
)
_CLOSED: Final = re.compile(
    rf"{_AROUND}(?:fully paid|paid|settled|closed|cleared|completed?|received|collected|cancell?ed"
    rf"|void(?:ed)?|written off|write.?offs?|bad debts?|disputed?|in dispute|legal|drafts?|quotes?"
    rf"|quotations|pro.?formas?|credit notes?|credit memos?|payments?|receipts?|deposits?"
    rf"|pre.?payments|archived?|已付|已付款|已收|已收款|已回款|已结清|已结|已核销|已到账|已结算"
    rf"|已完结|已关闭"
    rf"|已作废|作废|已取消|坏账|核销|结清|争议|有争议|诉讼|草稿|报价|形式|预收|收款|回款|红字"
    rf"|贷项|付清|已付清|已收回"
    rf"|收讫|付讫|已清|已收齐|已完成|呆账|红冲|已红冲|已冲销|refund(?:ed|s)?|credited|history"
    rf"|历史){_AROUND}",
    re.IGNORECASE,
)
_OPEN: Final = re.compile(
    r"\W*(?:un|not|open|outstanding|over|past|due|current|pending|partly|part\b|未|逾期|待|欠"
    r"|到期)",
    re.IGNORECASE,
)
_CURRENCY_WORDS: Final = re.compile(
    r"\b(?:currency|ccy|invoices?|customers?|clients?|accounts?|receivables?|items?|balances?|in"
    r"|all"
    r"|amounts?|denominated|section)\b|币种|货币|客户|发票|应收账?款?|部分|明细|结算|单位"
    r"|[:：=()（）\-–—]",
    re.IGNORECASE,
)


def kind_of_section(text: str) -> str:
    """Return what a row of its own says of those below: ``closed``, ``open``, ``currency``."""
    line = narrow(text)
    if not line or len(line) > _LONGEST:
        return ""
    line = _NUMBERED.sub("", line, count=1) if _NUMBERED.match(line) else line
    if _OPEN.match(line):
        return "open"
    if _CLOSED.fullmatch(line):
        return "closed"
    return "currency" if currency_of(bare_currency(line)) is not None else ""


def bare_currency(text: str) -> str:
    """Return what is left of such a text beside words like "customers" and "invoices"."""
    return " ".join(_CURRENCY_WORDS.sub(" ", narrow(text)).split())
