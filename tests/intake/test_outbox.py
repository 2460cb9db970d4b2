"""The Outbox tab as people left it."""

from __future__ import annotations

from typing import Any

import pytest

from collector.fields.our_tabs import LOG_HEADINGS, OUTBOX_HEADINGS
from collector.intake.headings.ours import our_table
from collector.intake.outbox import read_outbox, tick_of
from collector.model import Cell, Grid

EN = [words["en"] for words in OUTBOX_HEADINGS.values()]
MARKS = {key: place for place, key in enumerate(OUTBOX_HEADINGS)}
ROW: list[Cell] = ["Acme", "ap@acme.example", None, "Reminder", "first", 100, "INV-1", "why", "x",
                   "waiting", "a-b", "Dear"]  # fmt: skip


def grid(*rows: list[Cell], owned: Any = MARKS, ours: str = "outbox") -> Grid:
    return Grid("Outbox", [list(row) for row in rows], "", owned, ours=ours)


@pytest.mark.parametrize(
    "cell",
    [
        "yes",
        "Yes",
        " y ",
        "x",
        "X",
        "ｘ",
        "√",
        "✓",
        "✔️",
        "☑",
        "TRUE",
        True,
        1,
        1.0,
        "是",
        "同意",
        "ok.",
    ],
)
def test_a_clear_yes_is_a_tick(cell: Cell) -> None:
    assert tick_of(cell) == "yes"


@pytest.mark.parametrize("cell", ["no", "N", "FALSE", 0, "-", "否", "不同意", "×", "❌"])
def test_a_clear_no_is_a_no(cell: Cell) -> None:
    assert tick_of(cell) == "no"


@pytest.mark.parametrize("cell", [None, False])
def test_an_empty_checkbox_says_as_little_as_an_empty_cell(cell: Cell) -> None:
    assert tick_of(cell) == ""


@pytest.mark.parametrize(
    "cell", ["maybe", "yes?", "yes, but call first", 2, "#N/A", "#UNCALCULATED", "待定"]
)
def test_anything_else_is_unclear(cell: Cell) -> None:
    assert tick_of(cell) == "unclear"


def test_rows_are_read_with_their_keys_and_ticks_and_blank_rows_told_apart() -> None:
    read = read_outbox(grid(EN, ROW, [None] * 12, [*[None] * 12, "our note"], [*[None] * 8, "yes"]))
    assert [(row.row, row.key, row.tick) for row in read.rows] == [
        (2, "a-b", "yes"),
        (5, "", "yes"),
    ]
    assert read.rows[0].cells["total"] == 100
    assert (read.blank, read.width, read.header_row) == ((3,), 13, 1)


def test_columns_that_were_moved_with_their_marks_or_without_are_found() -> None:
    moved = [None, *EN[6:], *EN[:6]]
    place = {key: moved.index(words["en"]) for key, words in OUTBOX_HEADINGS.items()}
    assert read_outbox(grid(moved, owned=place)).columns == place
    # A program that leaves the names behind: they point to the wrong headings by then.
    assert read_outbox(grid(moved)).columns == place


def test_a_heading_that_the_team_renamed_is_known_by_its_mark() -> None:
    head = [*EN]
    head[8], head[10] = "Send it?", "Ref"
    assert read_outbox(grid(head, ROW)).rows[0].key == "a-b"
    assert read_outbox(grid(head, ROW)).rows[0].tick == "yes"


def test_a_chinese_tab_under_a_title_is_read_too() -> None:
    head = [words["zh"] for words in OUTBOX_HEADINGS.values()]
    read = read_outbox(grid(["待发邮件"], [], head, ROW, owned={}))
    assert (read.header_row, read.rows[0].row, read.rows[0].key) == (3, 4, "a-b")


@pytest.mark.parametrize("rows", [[], [[]], [["something else"], ["entirely"]]])
def test_a_tab_that_was_emptied_has_no_columns(rows: list[list[Cell]]) -> None:
    read = read_outbox(grid(*rows, owned={}))
    assert (dict(read.columns), read.rows, read.header_row) == ({}, (), 1)


def test_the_log_is_found_by_the_same_means() -> None:
    head = [words["en"] for words in LOG_HEADINGS.values()]
    table = our_table(grid(["Calls and mails"], head, owned={}, ours="log"))
    assert (table.kind, table.header_row, table.first_row) == ("log", 2, 3)
    assert list(table.columns) == list(LOG_HEADINGS)
