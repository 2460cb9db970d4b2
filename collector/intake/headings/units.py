"""What people write for a unit of money: how many times a figure is meant, in which currency."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from collector.intake.cells.currencies import currency_in, currency_of, meanings

_WORDS: Final = {
    "元": 1, "百元": 100, "千元": 1_000, "万元": 10_000, "万": 10_000, "百万元": 1_000_000,
    "百万": 1_000_000, "千万元": 10_000_000, "千万": 10_000_000, "亿元": 100_000_000,
    "亿": 100_000_000, "千": 1_000, "百": 100, "十万元": 100_000, "十万": 100_000,
    "k": 1_000, "mn": 1_000_000, "tsd": 1_000, "tsd.": 1_000, "mio": 1_000_000,
    "mio.": 1_000_000, "mln": 1_000_000, "mld": 1_000_000_000, "mrd": 1_000_000_000,
    "mrd.": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip
_SCALES: Final = (
    (1_000, r"thousands?|tausend|tsd\b\.?|milliers?|miles|mila|k"),
    (1_000_000, r"millions?|millionen|millones|milioni|mio|mln|mn"),
    (1_000_000_000, r"billions?|milliarden|milliards?|mrd|mld|bn"),
    (100_000, r"lakhs?|lacs?"),
    (10_000_000, r"crores?"),
)
_SCALE_WORDS: Final = tuple((times, re.compile(rf"\b(?:{words})\b")) for times, words in _SCALES)
# 10,000 · 1.000 · '000 · 000s · 100k · 10 thousand
_NUMBER: Final = re.compile(
    r"(?<![\w.,])(?P<first>10{0,2})?"
    r"(?:(?P<zeros>(?:(?:^|(?<=1|0)|(?<=\D))[,.' ]?0{3}){1,2})s?(?!\d)"
    r"|\s?(?P<k>k|thousands?|tausend)\b)"
)
# "EUR m" and "€m" are millions, "m" after any other word is not.
_MILLIONS: Final = re.compile(r"(?P<code>\b[a-z]{3}|[€$£¥₹]) ?m\b")
# As the trade writes thousands and millions of a currency: TEUR, k€, KUSD, MEUR, T€.
_SHORT: Final = re.compile(
    r"\b(?P<scale>[tkm])(?P<code>(?:eur|usd|gbp|chf|cny|rmb|hkd|aud|cad|sgd)\b|[€$£¥₹])"
)
_SHORT_SCALES: Final = {"t": 1_000, "k": 1_000, "m": 1_000_000}
_CHINESE: Final = re.compile(
    r"(?P<scale>十万|百万|千万|亿|万|千|百)"
    r"(?P<rest>元|美元|美金|人民币|港元|港币|欧元|日元|英镑|(?=[)\s]|$))"
)
# Codes that are plain words too; at the end of a heading they say no currency.
_PLAIN_WORDS: Final = frozenset(
    {"all", "top", "try", "cup", "pen", "cop", "mad", "mop", "gel", "bob", "ang", "won", "ft", "rm",
     "dh", "tl", "qr", "yuan", "sterling"}
)  # fmt: skip
_EUROS: Final = re.compile(r"\bd['’]euros?\b")


def read_unit(text: str) -> tuple[int, str]:
    """Return the multiplier and the ISO currency that some words say: ``万美元`` is 10,000 USD."""
    word = _EUROS.sub("euros", text.strip().casefold())
    if word in _WORDS:
        return _WORDS[word], ""
    if word.isdigit() and word != "000":
        return 1, ""  # rather an account's number
    scaled = _CHINESE.search(word)
    short = _SHORT.search(word)
    rest = scaled["rest"] if scaled else short["code"] if short else ""
    named = currency_of(rest) if rest and rest != "元" else ""
    return _times(word), named or currency_of(word) or _currency_among(text) or ""


def _currency_among(text: str) -> str:
    """Return the one currency among the words of a text, as a word of its own or in a phrase."""
    found = {currency_of(word) for word in re.split(r"[\s,;'’/()]+", text) if _may_be_one(word)}
    codes = {code for code in found if code}
    return currency_in(text) or (codes.pop() if len(codes) == 1 else "")


def _may_be_one(word: str) -> bool:
    plain = word.casefold() in _PLAIN_WORDS
    return bool(word) and not plain and (len(word) != 3 or not word.isalpha() or word.isupper())


def _times(word: str) -> int:
    scaled = _CHINESE.search(word)
    if scaled:
        return _WORDS[scaled["scale"]]
    number = _NUMBER.search(word)
    if number:
        zeros = (number["zeros"] or "").count("0")
        return int(number["first"] or 1) * (10**zeros if zeros else 1_000)
    short = _SHORT.search(word)
    if short:
        return _SHORT_SCALES[short["scale"]]
    before = _MILLIONS.search(word)
    if before and currency_of(before["code"]) is not None:
        return 1_000_000
    return max((times for times, words in _SCALE_WORDS if words.search(word)), default=1)


def is_unit(text: str) -> bool:
    """Tell whether a word is a unit or a currency, and not rather a plain word."""
    word = text.strip().casefold()
    if word in _PLAIN_WORDS:
        return False
    return word in _WORDS or currency_of(word) is not None or read_unit(text) != (1, "")


# ── lines about the whole table ──────────────────────────────────────────────────────────────

_SAID: Final = re.compile(
    r"(?:(?:单位|币种|币别|货币)\s*(?:[::]|均?[为是]|\s)|金额[::])\s*(?P<chinese>[^\s,;，；。:]+)"
    r"|(?:以|按|均为)(?P<counted>[百千万亿十]*(?:元|美元|欧元|港元|港币|日元|英镑))"
    r"(?:计|为单位|列示|表示|填列|$)"
    r"|\b(?:currency|unit)\s*:\s*(?P<named>.+)"
    r"|\b(?:all )?(?:amounts|figures|values)(?: are)?(?: all)?(?: stated| shown| expressed"
    r"| given| reported| quoted)? in\b\s*(?P<strict>.+)"
    r"|\b(?:figures|expressed|stated) in\b\s*(?P<stated>.+)"
    r"|\b(?:all )?prices in\b\s*(?P<prices>.+)"
    r"|\balle (?:beträge|betraege|angaben|werte|zahlen) in\b\s*(?P<alle>.+)"
    r"|\btous les montants (?:sont )?en\b\s*(?P<tous>.+)"
    r"|\btodos los importes (?:están )?en\b\s*(?P<todos>.+)"
    r"|(?:^|[,–—\-]\s*)(?:stated |expressed |all )?in "
    r"(?P<clause>(?:thousands|millions|tsd|t€|teur|k).*)"
    r"|^\W*(?:amounts?|figures|values|beträge|betraege|angaben|werte|zahlen|montants?|importes?"
    r"|cifras|valores|importi) (?:in|en)\s+(?P<whole>\S+)\W*$"
    # These may speak of other things, so that they must name more than a currency.
    r"|\b(?:amounts?|figures|values|numbers|beträge|betraege|angaben|werte|zahlen|montants?"
    r"|importes?|cifras|valores)\b[^.;:]{0,24}?(?:\b(?:in|en)\b|:(?=\s*[a-z€$£₹']))\s*(?P<loose>.+)",
    re.IGNORECASE,
)
_SIGNS: Final = re.compile(r"[€£¥₹]")
_CLAUSE_ENDS: Final = re.compile(r"(?<!\bRs)(?<!\bTsd)(?<!\bMio)(?<!\bMrd)[.;。；](?:\s|$)|,\s")
_LONGEST: Final = 40
_ZEROS: Final = re.compile(r"(?<![\d,.])'?0{3}s?\b")
_FIRST_ZEROS: Final = re.compile(r"10{0,2}[.,' ]?0{3}\b")
_NAMES: Final = re.compile(
    r"[a-z]{1,2}|miles|mila|mio|mln|mrd|mld|lac|[十百千万亿]+", re.IGNORECASE
)
_LOOSE: Final = frozenset({"loose", "clause"})
_LABEL: Final = re.compile(
    r"^[\s*(（\[]*(?:notes?|remarks?|nb|注|备注|说明)?\s*[.:：]?\s*", re.IGNORECASE
)
_CHINESE_UNIT: Final = re.compile(
    r"(?:人民币|美元|美金|港币|欧元|日元|英镑)?(?:十|百|千)?(?:百万|千万|亿|万|千|百)?"
    r"(?:元|美元|美金|人民币|港元|港币|欧元|日元|英镑)?"
)
_UNIT_WORDS: Final = re.compile(
    r"(?:\b(?:in|en|of|de|are|the|all|thousands?|tausend|tsd|milliers?|miles|millions?|millionen"
    r"|mio|mln|mn|lakhs?|lacs?|crores?|k)\b|\b10{0,2}[,.']?0{3}\b|'?\b0{3}s?\b|[\s.,()'*:]"
    r"|[百千万亿]+元?)+",
    re.IGNORECASE,
)


def unit_said(text: str, bracketed: str) -> tuple[int, str] | None:
    """Return the unit and currency that a line says of the table it is beside, None when none.

    ``text`` is narrow, ``bracketed`` what its brackets say. ``(1, "")`` is plain units (单位：元).
    """
    found = [
        unit
        for match in _SAID.finditer(text)
        if (unit := _stated(match[match.lastgroup or 0], match.lastgroup in _LOOSE)) is not None
    ]
    if not found and bracketed:
        whole = _is_whole(bracketed) or currency_of(re.split(r"[\s,;]", bracketed)[0]) is not None
        found = [read_unit(bracketed)] if whole else []
    if not found and _is_whole(_LABEL.sub("", text)):
        found = [read_unit(_LABEL.sub("", text))]
    return together(found) if found else None


_LABELS: Final = re.compile(
    r"(?:(?:reporting |base |book |invoice )?currency|units?|货币|币种|币别|(?:金额|货币|计量)?单位"
    r"|währung|devise|monnaie|moneda|valuta)\s*[:：]?",
    re.IGNORECASE,
)
# What a currency at the end of a title is of, and not of a bank's account.
_SUBJECT: Final = re.compile(
    r"receivable|invoic|\bag(?:e?ing|ed)\b|\bA/?R\b|debtor|outstanding|open items|overdue"
    r"|statement|sales|ledger|forderung|offene|posten|créance|cuentas por cobrar"
    r"|应收|账龄|欠款|未收|台账|对账|往来",
    re.IGNORECASE,
)
_AT_END: Final = re.compile(r".*[-–—|/:,]\s*(?P<code>[A-Z]{3}|[€£]|US\$|HK\$)$", re.DOTALL)
_CODES: Final = re.compile(
    rf"(?<![^\W_])(?!(?:{'|'.join(map(str.upper, sorted(_PLAIN_WORDS)))})\b)[A-Z]{{3}}(?![^\W_])"
    r"|US\$|HK\$|[€£]"
)
_TOTAL_IN: Final = re.compile(
    r"(?:grand |sub-?|sum )?(?:totals?|summe|gesamt|总计|合计|总额|共计)\s*(?:in |en )?[-–:(\[]*\s*"
    r"(?P<unit>[^\d\s][^\d]{1,12}?|[€$£¥₹万亿元])[)\]\s:]*",
    re.IGNORECASE,
)


def labelled(texts: Sequence[str]) -> Iterator[str]:
    """Yield what cells side by side say together: ``Currency``, ``USD`` is ``Currency: USD``."""
    for label, said in pairwise(texts):
        if _LABELS.fullmatch(label.strip()):
            yield f"{label.strip().rstrip(':：')}: {said.strip()}"


def currency_at_end(title: str) -> str:
    """Return the currency that a title of receivables ends with: ``Receivables - GBP``."""
    found = _AT_END.fullmatch(title.strip()) if _SUBJECT.search(title) else None
    return (currency_of(found["code"]) or "") if found and is_unit(found["code"]) else ""


def shared_sign(line: str) -> str:
    """Return the sign or word in a line that several currencies share: ``$``, ``Rs.``."""
    words = re.findall(r"[A-Za-z]+\$?|[$¥£]", line)
    return next((word for word in words if len(meanings(word)) > 1), "")


def currency_of_tab(name: str) -> str:
    """Return the one currency in a tab's name: ``AR USD``, 应收-美元; ``""`` where none is."""
    found = {currency_of(word) for word in _CODES.findall(name)} - {None, ""}
    if not found and not name.isascii():
        return currency_in("".join(re.findall(r"[\u4e00-\u9fff]", name)))
    return found.pop() or "" if len(found) == 1 else ""


def unit_of_total(label: str) -> tuple[int, str] | None:
    """Return the unit or currency that the label of a total names: ``Total USD``, 合计（万元）."""
    found = _TOTAL_IN.fullmatch(label.strip())
    return read_unit(found["unit"]) if found and is_unit(found["unit"]) else None


def together(units: list[tuple[int, str]]) -> tuple[int, str]:
    """Return what several lines say: the last unit, and the last currency."""
    times = [times for times, code in units if times != 1 or not code]
    codes = [code for _, code in units if code]
    return times[-1] if times else 1, codes[-1] if codes else ""


def _stated(said: str, loose: bool) -> tuple[int, str] | None:
    first = re.split(r"[\s,;，；。(（)）]+", said.strip(" (（"))[0]
    parts = first.split("/")
    if first and not first.isascii() and all(map(_CHINESE_UNIT.fullmatch, parts)):
        return together([read_unit(part) for part in parts])
    if not said.isascii() and not _SIGNS.search(said):
        return (1, currency_of(first) or "") if first and currency_of(first) is not None else None
    clause = _CLAUSE_ENDS.split(said)[0]
    unit = read_unit(clause)
    if loose and re.search(r"\d", _ZEROS.sub("", clause)) and not _FIRST_ZEROS.match(clause):
        return None
    if unit[0] != 1 or loose:
        return unit if unit[0] != 1 else None
    if first and currency_of(first) is not None:
        return 1, unit[1] or currency_of(first) or ""
    return unit if unit != (1, "") and said.isascii() else None


def _is_whole(text: str) -> bool:
    """Tell whether a text is a unit of more than one and nothing else: ``in EUR '000``.

    An amount such as ``EUR 1,000`` is none, nor is a word that may be a name: Miles, 万.
    """
    if len(text) > _LONGEST or read_unit(text)[0] == 1 or _NAMES.fullmatch(text.strip(" .()*")):
        return False
    if re.search(r"\d", _ZEROS.sub("", text)) and not re.match(r"(?:in|en)\s", text, re.IGNORECASE):
        return False
    words = re.split(r"[\s,;]+", _EUROS.sub("euros", _UNIT_WORDS.sub(" ", text)).strip(" '.()*:"))
    return all(not word or currency_of(word) is not None or is_unit(word) for word in words)
