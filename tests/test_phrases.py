"""Every sentence is there in every language, with the same facts, and somebody says it."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter

import pytest

from collector.fields import LANGUAGES
from collector.phrases import PHRASES, say

PACKAGE = Path(__file__).parents[1] / "collector"
CATALOGUE = PACKAGE / "phrases.py"


def facts(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_is_said_in_every_language_with_the_same_facts(key: str) -> None:
    phrase = PHRASES[key]
    assert set(phrase) == set(LANGUAGES)
    assert all(said.strip() for said in phrase.values())
    assert {frozenset(facts(said)) for said in phrase.values()} == {frozenset(facts(phrase["en"]))}


def test_every_phrase_is_said_somewhere() -> None:
    whole, starts = texts()
    # What is said of one alone stands beside what is said of many.
    said = {key: key.removesuffix("_one") for key in PHRASES}
    unsaid = [key for key, stem in said.items()
              if not {key, stem} & whole and not key.startswith(starts)]  # fmt: skip
    assert unsaid == []


def texts() -> tuple[set[str], tuple[str, ...]]:
    """Return the texts in the package's code, and the starts of those that are put together."""
    sources = (p.read_text(encoding="utf-8") for p in PACKAGE.rglob("*.py") if p != CATALOGUE)
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    whole = {node.value for node in nodes if isinstance(node, ast.Constant)}
    begun = [node.values[0] for node in nodes if isinstance(node, ast.JoinedStr) and node.values]
    starts = [part.value for part in begun if isinstance(part, ast.Constant)]
    return whole, tuple(start for start in starts if start.endswith("_"))


def test_of_one_alone_a_sentence_speaks_in_the_singular() -> None:
    assert say("en", "simulate_count", count=1) == "1 message"
    assert say("en", "simulate_count", count=2) == "2 messages"
    assert say("en", "warn_first_late", days=1) == "always on time, and now 1 day overdue"
