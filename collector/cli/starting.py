"""The first config.yaml of a book: what is sure as keys, what is not as commented questions."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from collector.cli.asking import NO_COLUMN, WAIVED_TAB, Answers
from collector.config.schema import is_web
from collector.fields import field_words
from collector.model import Policy, TabHint, column_letters
from collector.phrases import say

if TYPE_CHECKING:
    from collector.intake.book import Book
    from collector.intake.headings import Table
    from collector.intake.headings.proposing import Proposal, Proposals, Question
    from collector.model import Grid

_CJK = re.compile(r"[\u4e00-\u9fff]")
# Sure by its heading, but not by its values: a run must not take it by name.
_NOT_BY_NAME = ("odd", "running", "net", "reference")


def hinted(policy: Policy, proposals: Proposals, answers: Answers) -> Policy:
    """Return a policy that names every column that is sure or was answered, as config.yaml will."""
    tabs = {
        kind: TabHint(
            _tab(kind, proposals), proposal.header_row, columns_of(proposal, answers),
            unused=waived(proposal, answers),
        )
        for kind, proposal in proposals.tables.items()
    }  # fmt: skip
    return replace(policy, tabs=tabs)


def columns_of(proposal: Proposal, answers: Answers) -> dict[str, str]:
    """Return the columns of one table as the configuration names them."""
    columns = {name: choice.said for name, choice in proposal.columns.items()}
    for question in proposal.questions:
        said = answers.get((proposal.kind, question.field))
        if said is not None:
            columns[question.field] = said
        elif question.why in _NOT_BY_NAME:
            columns[question.field] = NO_COLUMN
    return columns | dict.fromkeys(proposal.none, NO_COLUMN)


def _tab(kind: str, proposals: Proposals) -> str | None:
    """Return the tab to name; none where only a person can tell it from others."""
    return None if kind == "invoices" and proposals.alike else proposals.tables[kind].tab


def waived(proposal: Proposal, answers: Answers) -> tuple[str, ...]:
    """Return the columns and tabs of payments and the like that a person was shown and did not
    want read."""
    named = {*columns_of(proposal, answers).values()}
    shown = [
        choice
        for question in proposal.questions
        if answers.get((proposal.kind, question.field)) == NO_COLUMN
        for choice in question.choices
        if choice.said not in named
    ]
    if proposal.kind != "invoices":
        return ()
    tabs = (said for (kind, _), said in answers.items() if kind == WAIVED_TAB)
    return tuple(dict.fromkeys([*(c.said for c in shown if c.lessens), *tabs]))


def open_questions(proposals: Proposals, answers: Answers) -> list[Question]:
    """Return the questions that nobody has answered."""
    return [
        question
        for proposal in proposals.tables.values()
        for question in proposal.questions
        if (proposal.kind, question.field) not in answers
    ]


def facts_of(
    workbook: str,
    credentials: str | None,
    config: Path,
    proposals: Proposals,
    answers: Answers,
    grids: Sequence[Grid],
    book: Book | None,
) -> dict[str, Any]:
    """Return what was found, as JSON says it; ``book`` is None where questions keep it unread."""
    from collector.rules.balances import propose_paid_column

    proposal = proposals.tables["invoices"]
    grid = next(grid for grid in grids if grid.tab == proposal.tab)
    headings = grid.rows[proposal.header_row - 1]
    tabs: dict[str, dict[str, Any]] = {
        kind: {
            "name": _tab(kind, proposals),
            "header_row": each.header_row,
            "columns": columns_of(each, answers),
        }
        for kind, each in proposals.tables.items()
    }
    if book is not None and "receipts" in tabs and "paid" in book.has:
        tabs["receipts"]["paid_column"] = propose_paid_column(book)
    if waived(proposal, answers):
        tabs["invoices"]["unused"] = list(waived(proposal, answers))
    chinese = _CJK.search("".join(str(cell) for cell in headings if isinstance(cell, str)))
    return {
        "workbook": _path_from(config.resolve().parent, workbook),
        **({"google": {"credentials": credentials}} if credentials else {}),
        "language": "zh" if chinese else "en",
        "currency": _currency(book) if book else "",
        "tabs": tabs,
        "rows": len(book.invoices) if book else 0,
        "unused": unused_headings(book.tables["invoices"], grid) if book else [],
        "unread_payments": _unread_payments(book) if book else [],
        "questions": [_asked(question) for question in open_questions(proposals, answers)],
        "other_tabs": list(proposals.others),
    }


def _asked(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "field": question.field,
        "why": question.why,
        "needed": question.needed,
        "choices": [choice.said for choice in question.choices],
    }


def config_text(
    facts: Mapping[str, Any], proposals: Proposals, answers: Answers, settings: Mapping[str, str]
) -> str:
    """Return an annotated config.yaml; ``settings`` are what a person said beyond the columns."""
    words = facts["language"]
    lines = [_WRITTEN]
    lines.append(_dump({k: facts[k] for k in ("workbook", "google", "language") if k in facts}))
    lines += _setting(
        "currency", settings.get("currency") or facts["currency"], "CNY",
        "Which currency are amounts in that name none?",
    )  # fmt: skip
    lines += _setting(
        "timezone", settings.get("timezone") or ("Asia/Shanghai" if words == "zh" else ""),
        "Europe/London", "Whose midnight decides what is overdue? The default is Asia/Shanghai.",
    )  # fmt: skip
    if settings.get("date_order"):
        lines += _setting("date_order", settings["date_order"], "DMY", "How 03/04/2026 reads.")
    lines += [_FOUND, "tabs:", *_tabs(facts, proposals, answers), ""]
    lines += _unused(facts["unused"])
    if facts["other_tabs"]:
        lines.append(f"# These tabs look like receivables too: {', '.join(facts['other_tabs'])}\n")
    return "\n".join([*lines, _CUSTOMERS, _MAIL])


def _setting(key: str, value: str, example: str, comment: str) -> list[str]:
    if value:
        return [f"# {comment}", _dump({key: value})]
    return [f"# {comment}\n# {key}: {example}\n"]


def _tabs(facts: Mapping[str, Any], proposals: Proposals, answers: Answers) -> Iterator[str]:
    for kind, proposal in proposals.tables.items():
        tab = facts["tabs"][kind]
        yield f"  {kind}:"
        for key in ("name", "header_row", "paid_column", "unused"):
            if tab.get(key) is not None:
                yield f"    {(_flow if key == 'unused' else _pair)(key, tab[key])}"
        if tab["name"] is None:
            yield f"    # {say(facts['language'], 'init_which_tab')}"
            for name in (proposal.tab, *proposals.alike):
                yield f"    # {_pair('name', name)}"
        yield "    columns:"
        for name, said in tab["columns"].items():
            yield f"      {_pair(name, said)}"
        if not tab["columns"]:
            yield "      {}"
        yield from _questions(proposal, answers, facts["language"])
        if kind == "invoices" and facts["unread_payments"]:
            yield f"    # {say(facts['language'], 'init_unused')}"
            yield f"    # {_flow('unused', facts['unread_payments'])}"


def _questions(proposal: Proposal, answers: Answers, words: str) -> Iterator[str]:
    asked = [q for q in proposal.questions if (proposal.kind, q.field) not in answers]
    for question in asked:
        named = field_words(question.field, words) if words == "zh" else question.field
        yield f"      # {say(words, f'ask_{question.why}', field=named)}"
        for choice in question.choices[:8]:
            samples = _one_line(" · ".join(choice.samples))
            yield f"      # {_pair(question.field, choice.said)}    # {samples}"


def _unread_payments(book: Book) -> list[str]:
    """Return the headings and tabs that speak of payment, hold something and are not read."""
    names = {"problem_unused_column": "heading", "problem_unread_figure": "heading",
             "problem_other_payer": "heading", "problem_customer_state": "heading",
             "problem_address_dead": "heading", "problem_credit_tab": "tab"}  # fmt: skip
    found = [each.facts[names[each.code]] for each in book.problems if each.code in names]
    return list(dict.fromkeys(found))


def _flow(key: str, values: Sequence[str]) -> str:
    listed = yaml.safe_dump(list(values), allow_unicode=True, width=10_000, default_flow_style=True)
    return f"{key}: {listed.strip()}"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _pair(key: str, value: object) -> str:
    return yaml.safe_dump({key: value}, allow_unicode=True, width=10_000).strip()


def unused_headings(table: Table, grid: Grid) -> list[str]:
    """Return the headings of a table that no field was matched with, with their columns."""
    taken = {*table.columns.values(), *table.owned.values()}
    header = grid.rows[table.header_row - 1]
    return [
        f"{' '.join(str(header[column]).split())} ({column_letters(column)})"
        for column in range(table.left, min(table.right + 1, len(header)))
        if column not in taken and header[column] not in (None, "")
    ]


def _path_from(folder: Path, workbook: str) -> str:
    """Return a workbook's path as seen from a folder; whole where they are on different drives.

    An address on the web is itself.
    """
    if is_web(workbook):
        return workbook
    path = Path(workbook).resolve()
    try:
        return os.path.relpath(path, folder)
    except ValueError:
        return str(path)


def _currency(book: Book) -> str:
    """Return the currency the sheet itself names most, '' when it names none."""
    table = book.tables["invoices"]
    if "currency" in book.has:
        return str(book.invoices["currency"].mode().iat[0]) if len(book.invoices) else ""
    return table.currency


def _dump(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, default_flow_style=False)


def _unused(unused: Sequence[str]) -> list[str]:
    if not unused:
        return []
    names = "\n".join(f"#   {heading}" for heading in unused)
    return [
        "# No field was matched with these headings. If one of them says what is paid, owed or\n"
        f"# due, name it above, under tabs: invoices: columns.\n{names}\n"
    ]


_WRITTEN = """\
# Written by `collector init`. Check it with `collector check`, then `collector preview`."""
_FOUND = """\
# What was found in the workbook; correct a heading here if it is the wrong one.
# A field is a heading, a heading with its column like "Amount (F)", or "-" for none."""
_CUSTOMERS = """\
# What each customer owes, how it pays and what it may be lent: on the customers tab, or on a tab of
# ours where the book has none.
write: {customers: true}
"""
_MAIL = """\
mail:
  mode: rehearse                # rehearse mails nobody; then approve, then send
  # server: smtp.example.com:465
  # security: tls               # tls | starttls
  # user: ar@example.com
  # password: env:COLLECTOR_MAIL_PASSWORD
  # from: "Accounts <ar@example.com>"
"""
