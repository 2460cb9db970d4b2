"""The languages that only letters speak say the same as the catalogue, and say it differently."""

from __future__ import annotations

from string import Formatter

import pytest

from collector.fields import LANGUAGES, LETTER_LANGUAGES
from collector.letters.templating import STEPS, VARIANTS, our_templates
from collector.letters.wording import customer_phrases, labels, tell
from collector.phrases import PHRASES

OTHERS = [language for language in LETTER_LANGUAGES if language not in LANGUAGES]
# A salutation may do without the name.
NAMELESS = ("dear_customer",)


def facts(phrase: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(phrase) if name}


def words(language: str) -> dict[str, str]:
    module = __import__(f"collector.letters.wording.{language.replace('-', '_')}", fromlist=["x"])
    return dict(module.WORDS)


@pytest.mark.parametrize("language", OTHERS)
def test_every_phrase_of_a_letter_is_there_with_the_same_facts(language: str) -> None:
    said = words(language)
    assert set(said) == set(customer_phrases())
    for name, phrase in said.items():
        assert phrase.strip()
        wanted = facts(PHRASES[f"letter_{name}"]["en"])
        assert facts(phrase) == wanted or (name in NAMELESS and facts(phrase) <= wanted)


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_letter_has_words_of_its_own_in_every_language(language: str) -> None:
    names = [*(f"reminder_{step}" for step in (*STEPS, *VARIANTS)), "statement", "thanks"]
    assert {f"{language}/{name}.j2" for name in names} <= set(our_templates())


def test_nothing_is_left_in_another_language() -> None:
    english = labels("en")
    alike = {
        (language, name)
        for language in ("zh", "zh-hant")
        for name, said in labels(language).items()
        if said == english[name] and said.strip()
    }
    assert {name for _, name in alike} <= {"iban"}
    traditional = "".join(words("zh-hant").values())
    assert not set("对账单号码户约们来随发电应给与为无") & set(traditional)
    assert not set("對帳單號碼戶約們來隨發電應給與為無") & set("".join(labels("zh").values()))


def test_facts_are_filled_in() -> None:
    assert tell("de", "due_in", days=3) == "in 3 Tagen fällig"
    assert tell("fr", "more", count=2, sums="1 EUR") == "et 2 autres, pour un total de 1 EUR"
