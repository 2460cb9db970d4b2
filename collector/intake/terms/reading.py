"""Payment terms in the forms people write them; reading them, not reckoning with them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from collector.intake.cells.column import narrow
from collector.intake.terms.abroad import LONGEST, read_abroad
from collector.intake.terms.said import Terms

_N: Final = r"(\d{1,3})"
_UNIT: Final = r"(?:days?|d|dys?|天|日|个?自然日|calendar days?)"
# 30日 alone may be the 30th day of a month.
_BARE_UNIT: Final = r"(?:days?|d|dys?|天|个?自然日|calendar days?)"
_EOM: Final = r"(?:eom|end of (?:the )?month|month[ -]?end|e\.o\.m\.?)"
_FROM: Final = (
    r"(?:(?:from|after|of) (?:the )?(?:invoice(?: date)?|date of (?:the )?invoice|issue)"
    r"|invoice date)"
)

_PLAIN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_N}(?:\.0)?\s*{_BARE_UNIT}?",
        rf"(?:net|n)\s*[/\-.:]?\s*{_N}\s*{_UNIT}?(?:\s*{_FROM})?",
        rf"(?:within|payment within|due in|terms?:?)\s*{_N}\s*{_UNIT}(?:\s*{_FROM})?",
        rf"{_N}\s*{_UNIT}?\s*(?:net|credit|terms?)(?:\s*{_FROM})?",
        rf"{_N}\s*{_UNIT}\s*{_FROM}",
        rf"(?:账期|信用期|净|净额|赊销|账期为|信用期限)[:\s]*{_N}\s*{_UNIT}?",
        rf"(?:开票|发票开具|开票日|发票日|开票日期|发票日期)[之以]?后\s*{_N}\s*{_UNIT}(?:[之以]?内)?(?:付款|付清|支付)?",
        rf"{_N}\s*{_UNIT}\s*(?:账期|信用期|内付款|内付清|内)",
    )
)
_MONTH_END = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_EOM}",
        r"(?:当?月结|月底|月末|当月底|当月末|月末结算|月底结算|monthly statement)",
        rf"{_EOM}\s*(?:\+|plus|and|,)?\s*{_N}\s*{_UNIT}?",
        rf"(?:net|n)?\s*{_N}\s*{_UNIT}?\s*,?\s*(?:from |after |of )?(?:the )?{_EOM}",
        rf"月结\s*(?:\+|后)?\s*{_N}\s*{_BARE_UNIT}?",
        rf"(?:月底|月末)\s*(?:\+|后|加)\s*{_N}\s*{_UNIT}?",
        rf"{_N}\s*{_UNIT}\s*月结",
    )
)
_NEXT_MONTH = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:次|下个?)月\s*{_N}\s*[日号](?:前|之前|付款)?",
        rf"(?:on |by )?(?:the )?{_N}(?:st|nd|rd|th)?\s*(?:day )?(?:of |in )?(?:the )?"
        r"(?:next month|following month|month following|mfi|month after)(?: invoice)?",
        rf"mfi\s*{_N}(?:st|nd|rd|th)?",
    )
)
_NEXT_MONTH_END = re.compile(
    r"(?:次|下个?)月(?:底|末)|(?:at |by )?(?:the )?end of (?:the )?(?:next|following) month"
)
_DISCOUNT = re.compile(
    rf"(\d{{1,2}}(?:\.\d+)?)\s*(?:%\s*[/\s]?|[/\s])\s*{_N}\s*{_UNIT}?\s*[,;/\s]\s*(?:net|n)\s*/?\s*{_N}\s*{_UNIT}?"
)
_IMMEDIATE: Final = frozenset(
    {"due on receipt", "due upon receipt", "on receipt", "upon receipt", "payable on receipt",
     "payment on receipt", "due on reciept", "receipt", "dor", "cod", "c.o.d.", "c.o.d",
     "cash on delivery", "collect on delivery", "immediate", "immediately", "due immediately",
     "immediate payment", "due now", "cash", "cia", "cwo", "cash in advance", "cash with order",
     "pia", "payment in advance", "in advance", "advance", "advance payment", "prepay",
     "prepayment", "pre-payment",
     "货到付款", "货到即付", "见票即付", "见票付款", "即付", "即期", "现结", "现款", "现金", "现付",
     "款到发货", "先款后货", "预付", "预付款", "预付全款", "全款预付", "收到发票即付"}
)  # fmt: skip

_DIGITS: Final = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "两": 2
}
_CHINESE_NUMBER: Final = re.compile(r"[零一二两三四五六七八九十百]+(?=\s*(?:天|日|号|周|个星期))")
_SIMPLIFIED: Final = str.maketrans(
    "結貨發後內預現開據帳賬賒銷個單數號淨額見週當則過間兩從爲為",
    "结货发后内预现开据账账赊销个单数号净额见周当则过间两从为为",
)


@lru_cache(maxsize=4096)
def parse_terms(text: str) -> Terms | None:
    """Return what payment terms say, or None when they are blank or cannot be read for certain."""
    plain = narrow(text).casefold().translate(_SIMPLIFIED)
    line = _CHINESE_NUMBER.sub(_arabic, plain).strip(" .;；。")
    if line in _IMMEDIATE:
        return Terms(immediate=True)
    if _NEXT_MONTH_END.fullmatch(line):
        return Terms(day_of_next_month=31)
    return (
        _discount(line)
        or _next_month(line)
        or _month_end(line)
        or _plain(line)
        or read_abroad(line)
    )


def _first(patterns: tuple[re.Pattern[str], ...], line: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.fullmatch(line))), None)


def _plain(line: str) -> Terms | None:
    match = _first(_PLAIN, line)
    if not match or int(match[1]) > LONGEST:
        return None
    days = int(match[1])
    return Terms(days=days, immediate=days == 0)


def _month_end(line: str) -> Terms | None:
    match = _first(_MONTH_END, line)
    if not match:
        return None
    days = int(match[1]) if match.lastindex else 0
    return Terms(days=days, month_end=True) if days <= LONGEST else None


def _next_month(line: str) -> Terms | None:
    match = _first(_NEXT_MONTH, line)
    if not match or not 1 <= int(match[1]) <= 31:
        return None
    return Terms(day_of_next_month=int(match[1]))


def _discount(line: str) -> Terms | None:
    match = _DISCOUNT.fullmatch(line)
    if not match or int(match[2]) > int(match[3]) or int(match[3]) > LONGEST:
        return None
    return Terms(
        days=int(match[3]), discount_percent=Decimal(match[1]), discount_days=int(match[2])
    )


def _arabic(match: re.Match[str]) -> str:
    """Return a Chinese number below a thousand in digits: 四十五 is 45."""
    total, digit = 0, 0
    for character in match[0]:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[character]
    return str(total + digit)
