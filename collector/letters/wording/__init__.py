"""The fixed words of letters in every language that customers are written to in.

English and Simplified Chinese are in the catalogue, with everything else we say; the languages
that only letters speak have a file each, with the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Final

from collector.fields import LANGUAGES, LETTER_LANGUAGES
from collector.phrases import PHRASES, say

_PREFIX: Final = "letter_"
# What the team is told about its templates, in the languages of the catalogue.
_TO_THE_TEAM: Final = ("letter_template_", "letter_no_font", "letter_file_")


@cache
def _words(language: str) -> Mapping[str, str]:
    module = import_module(f"collector.letters.wording.{language.replace('-', '_')}")
    words: Mapping[str, str] = module.WORDS
    return words


def customer_phrases() -> tuple[str, ...]:
    """Return the names of the phrases that a customer may read, without their prefix."""
    return tuple(
        key.removeprefix(_PREFIX)
        for key in PHRASES
        if key.startswith(_PREFIX) and not key.startswith(_TO_THE_TEAM)
    )


def tell(language: str, name: str, /, **facts: object) -> str:
    """Return a phrase of letters (``due_in``) in a language, filled with facts."""
    if language in LANGUAGES:
        return say(language, f"letter_{name}", **facts)
    return _words(language)[name].format_map(facts)


@cache
def labels(language: str) -> Mapping[str, str]:
    """Return the fixed words of letters by name (``invoice``, ``balance`` …)."""
    assert language in LETTER_LANGUAGES
    plain = (name for name in customer_phrases() if "{" not in PHRASES[_PREFIX + name]["en"])
    return {name: tell(language, name) for name in plain}
