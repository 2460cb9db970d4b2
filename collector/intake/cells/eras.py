"""Days counted from the beginning of a reign or of a republic, and days written in words."""

from __future__ import annotations

import re
from typing import Final

ROC: Final = 1911
# The year of the Republic of China in three figures; nothing else is written so, but for a slip.
BARE_REPUBLIC: Final = re.compile(
    r"(1[0-4]\d)\s*([-/.]|年)\s*(\d{1,2})\s*(?:\2|月)\s*(\d{1,2})\s*日?"
)
SEVEN: Final = re.compile(r"(1[0-4]\d)(\d{2})(\d{2})(?:\.0+)?")
REIGN: Final = re.compile(
    r"(令和|平成|[RH])\.?\s*(元|\d{1,2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
)
IN_WORDS: Final = re.compile(
    r"([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)

_BEGAN: Final = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}
_LAST_HEISEI: Final = 31
_FIGURES: Final = {word: figure for figure, word in enumerate("〇一二三四五六七八九")} | {"零": 0}


def year_of_reign(reign: str, year: str) -> int:
    """Return the year that a reign's is, 0 where the reign was over by then."""
    number = 1 if year == "元" else int(year)
    over = _BEGAN[reign] == _BEGAN["H"] and number > _LAST_HEISEI
    return 0 if over else _BEGAN[reign] + number


def figures_of(words: str) -> int:
    """Return a number written in words: 二〇二六 by its figures, 三十一 by its tens; 0 if odd."""
    if "十" not in words:
        return int("".join(str(_FIGURES[word]) for word in words))
    tens, _, ones = words.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_FIGURES[tens] if tens else 1) * 10 + (_FIGURES[ones] if ones else 0)
