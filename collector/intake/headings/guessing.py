"""What a heading may mean where it is no known word: near spellings, words of two meanings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from collector.fields import TAB_FIELDS
from collector.fields.synonyms import LIKELY
from collector.intake.headings.folding import NEGATIVE, bracketed, fold, spellings
from collector.intake.headings.lessening import may_lessen
from collector.intake.headings.matching import field_of, synonyms

# Chinese is never compared loosely: one character more or less is another word.
_LATIN: Final = re.compile(r"[a-z0-9?%]+")
_ENOUGH: Final = 85
_SHORTEST: Final = 4
_ASKS: Final = re.compile(r"[?？]|是否|开票")
_UNPAID: Final = re.compile(r"\bun(?:paid|settled|cleared|billed)", re.IGNORECASE)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def may_mean(kind: str, heading: str) -> tuple[tuple[str, str], ...]:
    """Return the fields that a heading may mean, each with why: ``similar`` or ``may_mean``."""
    if not heading or len(heading) > 80:
        return ()
    found: dict[str, str] = {}
    if kind == "invoices":
        for form in _forms(heading):
            found |= dict.fromkeys(_likely().get(form, ()), "may_mean")
    if field_of(kind, heading) is None:
        for name in _alike(kind, heading):
            found.setdefault(name, "similar")
    # Whether it is still owed, or was invoiced at all, is no field and the reverse of paid.
    if may_lessen(heading) == "still" and _ASKS.search(heading):
        return ()
    if _UNPAID.search(heading):
        found = {name: why for name, why in found.items() if not name.startswith("paid")}
    return tuple((name, why) for name, why in found.items() if name in TAB_FIELDS[kind])


def _forms(heading: str) -> tuple[str, ...]:
    plain, money = spellings(heading)
    return plain + money


@cache
def _likely() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for name, headings in LIKELY.items():
        for heading in headings:
            table.setdefault(fold(heading), []).append(name)
    return {form: tuple(names) for form, names in table.items()}


def _alike(kind: str, heading: str) -> tuple[str, ...]:
    """Return the fields that have a synonym spelt almost like a Latin heading."""
    from rapidfuzz import fuzz, process

    line = _CAMEL.sub(" ", heading.replace("_", " "))
    bare = fold(re.sub(r"[(\[{].*?[)\]}]", " ", line)) if bracketed(heading) else ""
    words = [form for form in (fold(line), bare) if len(form) >= _SHORTEST]
    table = synonyms(kind)
    refused = bool(NEGATIVE.search(line))
    names: dict[str, None] = {}
    for word in words:
        if not _LATIN.fullmatch(word) or refused:
            continue
        if word in table:
            names[table[word]] = None
        near = process.extract(word, _latin(kind), scorer=fuzz.ratio, score_cutoff=_ENOUGH, limit=5)
        names |= dict.fromkeys(table[form] for form, _, _ in near)
    return tuple(names)


@cache
def _latin(kind: str) -> tuple[str, ...]:
    forms = synonyms(kind)
    return tuple(form for form in forms if len(form) >= _SHORTEST and _LATIN.fullmatch(form))
