"""Headings reduced to what matters in them, and the units and currencies they name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from collector.intake.cells.currencies import currency_in, currency_of
from collector.intake.cells.texts import text_of
from collector.model import Cell

_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|<([^<>]*)>|\{([^{}]*)\}")
_DROPPED: Final = re.compile(r"[^\w?%]|_", re.UNICODE)
_TAIL: Final = re.compile(
    r"^(?P<head>.*?)(?:[\s_/:,\-]+(?:in\s+)?|\s*)(?P<unit>[^\s_/:,\-]+)$", re.IGNORECASE | re.DOTALL
)
_HEAD: Final = re.compile(r"^(?P<unit>[A-Za-z]{3}|[$€£¥₹]|US\$|HK\$)[\s_]+(?P<head>.+)$", re.DOTALL)

_MULTIPLIERS: Final = {
    "元": 1, "百元": 100, "千元": 1_000, "万元": 10_000, "万": 10_000, "百万元": 1_000_000,
    "百万": 1_000_000, "千万元": 10_000_000, "千万": 10_000_000, "亿元": 100_000_000,
    "亿": 100_000_000, "千": 1_000, "百": 100,
    "000": 1_000, "000s": 1_000, "'000": 1_000, "'000s": 1_000, "thousands": 1_000,
    "thousand": 1_000, "in thousands": 1_000, "k": 1_000, "in millions": 1_000_000,
    "millions": 1_000_000, "million": 1_000_000, "mn": 1_000_000,
}  # fmt: skip
_SCALE: Final = re.compile(
    r"(?P<scale>百万|千万|亿|万|千|百)(?P<rest>元|美元|美金|人民币|港元|港币|欧元|日元|英镑|$)"
)
_TITLE_UNIT: Final = re.compile(
    r"(?:(?:^|[\s(,;])(?:金额单位|货币单位|单位|币种|币别|货币)\s*[::]"
    r"|\b(?:currency|unit)\s*:|\b(?:all )?(?:amounts|figures|values)(?: are)?(?: all)? in\b"
    r"|\b(?:figures|expressed|stated) in\b)\s*(?P<unit>.+)",
    re.IGNORECASE,
)
_CHINESE_UNIT: Final = re.compile(
    r"(?:人民币|美元|美金|港币|欧元|日元|英镑)?(?:百万|千万|亿|万|千|百)?"
    r"(?:元|美元|美金|人民币|港元|港币|欧元|日元|英镑)?"
)

# A bracket or group title with one of these makes a heading mean something else.
NEGATIVE: Final = re.compile(
    r"excl|without|net of|before tax|pre-?tax|\btax\b|\bvat\b|\bgst\b|budget|plan|forecast"
    r"|last year|opening|prior|previous|average|percent|%|estimat|discount"
    r"|不含|未税|税额|预算|计划|预测|上年|去年|上期|期初|平均|比例|预估|折扣",
    re.IGNORECASE,
)
_WITH_TAX: Final = re.compile(r"incl|with (?:tax|vat|gst)|含税|gross", re.IGNORECASE)


def heading_text(cell: Cell) -> str:
    """Return a header cell as text: numbers and dates are no headings."""
    return cell.strip() if isinstance(cell, str) else ""


@cache
def fold(heading: str) -> str:
    """Return a heading without case, width, spaces and punctuation; ``#`` is ``no``.

    ``Invoice_No.`` and ``INVOICE #`` are one; a question mark stays (``Paid?`` is not ``Paid``).
    """
    line = unicodedata.normalize("NFKC", heading).casefold().replace("#", "no")
    return _DROPPED.sub("", line)


def fold_all(*headings: str) -> frozenset[str]:
    return frozenset(fold(heading) for heading in headings)


@cache
def spellings(heading: str) -> tuple[str, ...]:
    """Return the folded forms under which a heading may be known, the most literal one first.

    After the heading itself: without what its brackets say, without a unit or currency at its end
    or start, and what its Chinese and its Latin half agree on is for the reader to compare.
    """
    forms = [fold(heading)]
    bare = without_brackets(heading)
    if bare and bare != heading:
        forms.append(fold(bare))
    forms += [fold(head) for head in (_without_tail(bare), _without_head(bare)) if head]
    return tuple(dict.fromkeys(form for form in forms if form))


def halves(heading: str) -> tuple[str, str] | None:
    """Return the folded Chinese and Latin half of a heading in two languages, None when in one."""
    line = without_brackets(heading) or heading
    chinese = fold("".join(re.findall(r"[\u4e00-\u9fff]+", line)))
    latin = fold(" ".join(re.findall(r"[A-Za-z][A-Za-z .#?'-]*", line)))
    inside = bracketed(heading)
    if not (chinese and latin) and inside:
        other = fold(inside)
        return (fold(line), other) if other.isascii() != fold(line).isascii() else None
    return (chinese, latin) if chinese and latin else None


def without_brackets(heading: str) -> str:
    """Return a heading without its brackets, or ``""`` when they change what it means."""
    line = unicodedata.normalize("NFKC", heading)
    inside = bracketed(heading)
    if inside and NEGATIVE.search(inside) and not _WITH_TAX.search(inside):
        return ""
    return _BRACKETS.sub(" ", line).strip()


def bracketed(heading: str) -> str:
    """Return what the brackets of a heading say."""
    found = _BRACKETS.findall(unicodedata.normalize("NFKC", heading))
    return " ".join(part for groups in found for part in groups if part).strip()


def unit_of(heading: str) -> tuple[int, str]:
    """Return the multiplier and the ISO currency in a heading: 金额（万美元） is 10,000 USD."""
    inside = bracketed(heading)
    if inside:
        return _unit(inside)
    line = unicodedata.normalize("NFKC", heading)
    tail = _TAIL.match(line)
    if tail and tail["head"] and _is_unit(tail["unit"]):
        return _unit(tail["unit"])
    head = _HEAD.match(line)
    if head and _is_unit(head["unit"]):
        return _unit(head["unit"])
    return 1, currency_in(line)


def unit_in_title(text: str) -> tuple[int, str] | None:
    """Return the multiplier and currency that a line above the table states, None when none."""
    line = unicodedata.normalize("NFKC", text).strip()
    match = _TITLE_UNIT.search(line)
    said = match["unit"] if match else bracketed(line)
    first = re.split(r"[\s,;，；。)]+", said.strip(" ()"))[0]
    if first and not first.isascii() and _CHINESE_UNIT.fullmatch(first):
        return _unit(first)
    if first and currency_of(first) is not None:
        return _unit(said)
    stated = _unit(said) if said and (match or _is_thousands(said)) else (1, "")
    return stated if stated != (1, "") and said.isascii() else None


def _is_thousands(text: str) -> bool:
    return text.strip().casefold() in _MULTIPLIERS


def _unit(text: str) -> tuple[int, str]:
    word = text.strip().casefold()
    if word in _MULTIPLIERS:
        return _MULTIPLIERS[word], ""
    scaled = _SCALE.search(word)
    scale, rest = (scaled["scale"], scaled["rest"]) if scaled else ("", "")
    times = _MULTIPLIERS[scale] if scale else 1
    for number in (r"'?0{3}s?", r"thousands?", r"k"):
        if re.search(rf"(?<![\w.]){number}\b", word):
            times = 1_000
    if re.search(r"\b(?:millions?|mn)\b", word):
        times = 1_000_000
    named = currency_of(rest) if rest and rest != "元" else ""
    return times, named or currency_of(text) or currency_in(text)


def _is_unit(text: str) -> bool:
    word = text.strip().casefold()
    return word in _MULTIPLIERS or currency_of(word) is not None or _unit(text) != (1, "")


def _without_tail(heading: str) -> str:
    match = _TAIL.match(heading.strip())
    return match["head"] if match and match["head"] and _is_unit(match["unit"]) else ""


def _without_head(heading: str) -> str:
    match = _HEAD.match(heading.strip())
    return match["head"] if match and _is_unit(match["unit"]) else ""


def shown_heading(cell: Cell) -> str:
    """Return a header cell as it is quoted: on one line."""
    return " ".join(text_of(cell).split())
