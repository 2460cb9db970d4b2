"""Headings over flags that say yes where something is still owed: ``Unpaid?``, ``是否未回款``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from collector.intake.headings.folding import fold

_YES_OR_NO: Final = re.compile(
    r"[(（\[]\s*(?:y\s*/\s*n|yes\s*/\s*no|true\s*/\s*false|是\s*/\s*否|[√✓✔]|1\s*/\s*0)\s*[)）\]]",
    re.IGNORECASE,
)
_OWED: Final = (
    r"(?:unpaid|open|outstanding|owing|owed|notpaid|notyetpaid|unsettled|uncleared|uncollected"
    r"|notsettled|notcleared|notreceived|aperta|abierta|aberta|ouverte|openstaand|offen|impayée?|pendiente)"
)
_NOT_DONE: Final = r"(?:未|没有?)(?:回款|付款?|收款?|到账|结清|结算?|核销|清账?|还款?|支付|回)"
_OWES: Final = r"(?:有?欠款?|有?欠费|拖欠|在欠|尚欠)"
# What a question mark or a word like "still" makes of a heading, nothing else is asked so.
_ASKS: Final = re.compile(
    rf"(?:is|are|still|isstill|isit|isitstill)?{_OWED}(?:invoice|item)?\?"
    rf"|(?:is|still|isstill|isit){_OWED}"
    rf"|是否(?:仍然?|还|尚)?(?:{_NOT_DONE}|{_OWES})\??|(?:{_NOT_DONE}|{_OWES})[?吗]\??|有无欠款\??"
)
_BARE: Final = re.compile(rf"{_OWED}|{_NOT_DONE}|{_OWES}")


@lru_cache(maxsize=4096)
def asks_whether_owed(heading: str) -> bool:
    """Tell whether a heading asks if something is still owed, so that no means paid."""
    bare = _YES_OR_NO.sub("", heading)
    form = fold(bare) + ("?" if bare != heading and not fold(bare).endswith("?") else "")
    return bool(_ASKS.fullmatch(form))


@lru_cache(maxsize=4096)
def says_owed(heading: str) -> bool:
    """Tell whether yes under a heading means owed, as it does under ``Unpaid`` and ``欠款``."""
    form = fold(_YES_OR_NO.sub("", heading)).rstrip("?")
    return asks_whether_owed(heading) or bool(_BARE.fullmatch(form))
