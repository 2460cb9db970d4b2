"""What `init` shows and asks: the matched table as a picture in text, and only the unsure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import typer

from collector.cli.output import language, tell
from collector.phrases import say

if TYPE_CHECKING:
    from collector.intake.headings.proposing import Proposal, Proposals, Question

# What was answered, by kind and field: how the configuration names the column, or NO_COLUMN.
Answers: TypeAlias = dict[tuple[str, str], str]

NO_COLUMN = "-"
# The kind under which the answers have tabs that somebody said take nothing off what is owed.
WAIVED_TAB = "tab"
_WIDEST = 28


def picture(proposals: Proposals) -> Iterator[str]:
    """Yield each table as lines: where its headings are, then heading, field, sample values."""
    for proposal in proposals.tables.values():
        yield f"{proposal.tab}!{proposal.header_row} ({proposal.kind})"
        yield from _columns(proposal)


def _columns(proposal: Proposal) -> Iterator[str]:
    rows = [
        (choice.said, name, " · ".join(choice.samples)) for name, choice in proposal.columns.items()
    ]
    rows += [(age.said, "balance", " · ".join(age.samples)) for age in proposal.ages]
    widths = [min(_WIDEST, max((_width(row[at]) for row in rows), default=0)) for at in (0, 1)]
    for heading, name, samples in rows:
        yield f"  {_padded(heading, widths[0])}  →  {_padded(name, widths[1])}  ({samples})"


def _width(text: str) -> int:
    """Return how many places a text takes in a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - _width(text))


def ask_all(proposals: Proposals) -> Answers:
    """Ask every question in the terminal; a column that was taken is not offered again."""
    answers: Answers = {}
    for proposal in proposals.tables.values():
        taken: set[str] = set()
        for question in proposal.questions:
            said = ask(question, taken)
            if said is not None:
                answers[proposal.kind, question.field] = said
                taken.add(said)
    return answers


def ask(question: Question, taken: set[str]) -> str | None:
    """Return the column that a person chose, NO_COLUMN for none, None where nothing is left."""
    from collector.fields import field_words

    words = language()
    choices = [choice for choice in question.choices if choice.said not in taken]
    if not choices:
        return None
    tell(say(words, f"ask_{question.why}", field=field_words(question.field, words)))
    for number, choice in enumerate(choices, start=1):
        tell(f"  {number}  {choice.said}  ({' · '.join(choice.samples)})")
    tell(f"  {NO_COLUMN}  {say(words, 'ask_none')}")
    default = "1" if question.suggested else NO_COLUMN
    numbers = {str(number): choice.said for number, choice in enumerate(choices, start=1)}
    while True:
        given = str(typer.prompt(say(words, "ask_which"), default=default)).strip()
        if given == NO_COLUMN:
            return NO_COLUMN
        if given in numbers:
            return numbers[given]
        tell(say(words, "ask_again", last=len(choices)))


def ask_credit_tabs(tabs: Sequence[str]) -> Answers:
    """Ask of each tab that may lessen what is owed whether it is taken off already."""
    return {
        (WAIVED_TAB, tab): tab
        for tab in tabs
        if typer.confirm(say(language(), "ask_credit_tab", tab=tab), default=False)
    }


def ask_tab(chosen: str, others: Sequence[str]) -> str:
    """Ask which of several tabs holds the receivables; the one found is the default."""
    tabs = [chosen, *others]
    tell(say(language(), "ask_tab"))
    for number, tab in enumerate(tabs, start=1):
        tell(f"  {number}  {tab}")
    given = str(typer.prompt(say(language(), "ask_which"), default="1")).strip()
    return tabs[int(given) - 1] if given.isdigit() and 0 < int(given) <= len(tabs) else chosen


def ask_settings(known: Mapping[str, str]) -> dict[str, str]:
    """Ask for what the sheet does not say, each with its default; blank defaults are not asked."""
    given = {}
    for key, default in known.items():
        given[key] = str(typer.prompt(say(language(), f"ask_{key}"), default=default)).strip()
    return given
