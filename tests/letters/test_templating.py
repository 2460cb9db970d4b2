from __future__ import annotations

import pytest

from collector.errors import TemplateError
from tests.letters.samples import draft, write


def test_a_users_template_stands_in_for_ours_and_ours_for_the_rest() -> None:
    text = "<p>{{ customer }} owes {{ to_pay }} &amp; {{ contact }}</p>"
    own = {"en/reminder_first.html.j2": text}
    message = write(draft(contact="<b>Bob</b>"), templates=own)
    assert "<p>Acme Ltd owes USD 1,234.50 &amp; &lt;b&gt;Bob&lt;/b&gt;</p>" in message.html
    assert "Perhaps" in message.text
    assert "owes" not in write(draft(step="second"), templates=own).html


def test_a_users_template_may_extend_ours() -> None:
    own = {
        "en/reminder_first.html.j2": '{% extends "reminder.html.j2" %}'
        "{% block opening %}<p>Hello from us.</p>{% endblock %}"
    }
    html = write(draft(), templates=own).html
    assert "Hello from us." in html
    assert "INV-1" in html


def test_a_users_words_go_into_both_parts() -> None:
    own = {
        "en/reminder_nudge.j2": "{% set subject %}Hey {{ customer }}{% endset %}"
        "{% set opening %}One.\n\nTwo.{% endset %}"
    }
    message = write(draft(step="nudge"), templates=own)
    assert message.subject == "Hey Acme Ltd"
    assert "One.\n\nTwo." in message.text
    assert "One.</p>" in message.html


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("en/reminder_first.html.j2", "\n\n{{ custmer }}", "line 3: 'custmer' is undefined (nearest"
         " known: customer)"),
        ("en/reminder_first.html.j2", "{% for row in overdue %}\n{{ row.blance }}{% endfor %}",
         "has no attribute 'blance' (nearest known: balance)"),
        ("en/reminder_first.j2", "{% set subject %}S{% endset %}\n{% set opening %}\n{{ to_pya }}"
         "{% endset %}", "line 3: 'to_pya' is undefined (nearest known: to_pay)"),
        ("en/reminder_first.txt.j2", "\n{% if %}", "line 2: "),
        ("en/reminder_first.txt.j2", "{{ 1 / 0 }}", "line 1: division by zero"),
        ("en/reminder_first.txt.j2", '{% extends "nowhere.j2" %}', "nowhere.j2"),
        ("en/reminder_first.txt.j2", "{{ ''.__class__.__mro__ }}", "unsafe"),
        ("en/reminder_first.txt.j2", "{{ overdue.append(1) }}", "safe"),
        ("en/reminder_first.txt.j2", "{% for i in range(10000000) %}{% endfor %}", "Range too big"),
        ("en/reminder_first.txt.j2", "{{ 'a' * 10000000 }}", "more than 2000000 characters"),
        ("en/reminder_first.txt.j2", "{{ 9 ** 9 ** 9 }}", "a power too large"),
        ("en/reminder_first.txt.j2", "{% for i in range(1000) %}{% for j in range(1000) %}"
         "{% endfor %}{% endfor %}", "Range too big"),
        ("en/reminder_first.txt.j2", "{% for i in range(900) %}{{ 'a' * 9000 }}{% endfor %}",
         "it writes more than"),
        ("en/reminder_first.j2", "{% set opening %}Hi{% endset %}", "it sets no subject"),
    ],
)  # fmt: skip
def test_a_broken_template_is_named_with_its_line_and_what_is_wrong(
    name: str, text: str, said: str
) -> None:
    with pytest.raises(TemplateError) as error:
        write(draft(), templates={name: text})
    assert str(error.value).startswith(f"The letter template {name} cannot be used: ")
    assert said in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(999) %}{% for b in overdue %}{% for c in 'x' * 999 %}{% endfor %}"
        "{% endfor %}{% endfor %}",
        "{% set n = namespace(x=step) %}{% for i in range(99)%}{% set n.x = n.x~n.x %}{% endfor %}",
        "{% set n = namespace(x=step) %}{% for i in range(99)%}{% set n.x = n.x+n.x %}{% endfor %}",
        "{% set n = namespace(x=[1]) %}{% for i in range(99)%}{% set n.x = n.x+n.x %}{% endfor %}",
        "{% set n = namespace(x=7) %}{% for i in range(99)%}{% set n.x = n.x*n.x %}{% endfor %}",
        "{% macro go(n) %}{{ go(n) }}{{ go(n) }}{% endmacro %}{{ go(1) }}",
        "{% macro go(n) %}{% if n %}{{ go(n - 1) }}{{ go(n - 1) }}{% endif %}{% endmacro %}"
        "{{ go(60) }}",
        "{% for i in range(9999) %}{% set x = 'a' * 1999999 %}{% endfor %}",
        "{% for i in range(9999) %}{{ ('a' * 99999) | upper | length }}{% endfor %}",
        "{{ ('a' * 99999) | replace('a', 'b' * 99999) }}",
        "{{ ('a' * 99999).replace('a', 'b' * 99999) }}",
        "{{ ('a' * 99999) | join('b' * 99999) }}",
        "{{ ('b' * 99999).join('a' * 99999) }}",
        "{{ range(99999) | map('string') | join('b' * 99999) }}",
        "{{ 'a'.ljust(1000000000) }}",
        "{{ (1).to_bytes(1000000000, 'big') }}",
        "{{ 'a' | center(1000000000) }}",
        "{{ [1] | batch(1000000000, 'x') | list }}",
        "{{ 1 | round(1000000000) }}",
        "{{ '%1000000000d' | format(1) }}",
        "{% for a in overdue recursive %}{{ loop(overdue) }}{{ loop(overdue) }}{% endfor %}",
        "{% set n = namespace(x=1) %}{% for i in range(99999) %}{% for j in [1,2,3,4,5,6,7,8,9] %}"
        "{% set n.x = n.x + 1 %}{% endfor %}{% endfor %}",
    ],
)  # fmt: skip
def test_a_template_without_an_end_or_with_a_huge_text_is_stopped_and_named(text: str) -> None:
    with pytest.raises(TemplateError) as error:
        write(draft(), templates={"en/reminder_first.txt.j2": text})
    assert str(error.value).startswith("The letter template en/reminder_first.txt.j2 cannot be")


def test_a_template_that_takes_too_long_is_stopped_by_the_clock() -> None:
    turns = "{% for i in range(9999) %}{{ i|string }}{% endfor %}"
    own = {"en/reminder_first.txt.j2": turns}
    assert "9998" in write(draft(), templates=own).text
    with pytest.raises(TemplateError, match=r"line 1: it does not come to an end"):
        write(draft(), templates=own, late=lambda: True)
