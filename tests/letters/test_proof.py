"""The user's own templates are tried out before a customer's letter needs them."""

from __future__ import annotations

from datetime import date

import pytest

from collector.errors import TemplateError
from collector.letters.proof import prove_templates
from tests.letters.samples import SENDER

STEPS = ("courtesy", "first", "second", "third", "final")
DAY = date(2026, 11, 20)


def prove(**templates: str) -> None:
    named = {name.replace("__", "/") + ".j2": text for name, text in templates.items()}
    prove_templates(named, STEPS, SENDER, DAY)


def test_our_own_templates_pass() -> None:
    prove()


def test_a_template_that_cannot_be_rendered_is_named() -> None:
    with pytest.raises(TemplateError, match="zh/reminder_third"):
        prove(zh__reminder_third="{% if %}")


def test_a_name_that_no_letter_uses_is_named_with_the_nearest() -> None:
    wording = "{% set subject %}Hi{% endset %}"
    with pytest.raises(TemplateError, match=r"reminder_frist.*reminder_first"):
        prove(en__reminder_frist=wording)


def test_what_other_templates_import_needs_no_letters_name() -> None:
    wording = (
        "{% include 'en/own.j2' %}{% set subject %}Hi{% endset %}{% set opening %}a{% endset %}"
    )
    prove(en__reminder_first=wording, en__own="")
