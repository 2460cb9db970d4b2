"""What people mark in a workbook beside its values: lines through cells, comments on them."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment as Note
from openpyxl.styles import Font

from collector.errors import WorkbookFormatError
from collector.model import AddColumn, ColumnEdit, Comment, Grid
from collector.sheets import open_workbook
from tests.sheets.google_grid import Held
from tests.sheets.google_server import GoogleServer
from tests.sheets.samples import SHEET, part, with_parts
from tests.sheets.test_google_faults import workbook

STRUCK = Font(strike=True)
LINK = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
THREAD = b"http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def filled(path: Path) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.title = "Sheet"
    for row in (["a", "b", "c"], [1, "x", None], [2, "y", "z"]):
        book.active.append(row)
    return book


def grid(path: Path) -> Grid:
    return open_workbook(str(path)).read("Sheet")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


# ── lines through cells ──────────────────────────────────────────────────────────────────────


def test_the_filled_cells_of_a_row_that_is_struck_through_are_told_by_column(path: Path) -> None:
    book = filled(path)
    for cell in book.active[2]:
        cell.font = STRUCK
    book.active["A3"].font = Font(strike=True, bold=True, color="FF0000")
    book.active["B3"].font = Font(strike=False, bold=True)
    book.save(path)
    assert grid(path).struck == {0: [1, 2], 1: [1]}


def test_a_book_without_any_has_none(path: Path) -> None:
    filled(path).save(path)
    assert (grid(path).struck, grid(path).comments) == ({}, ())
    book = filled(path)
    book.active["A9"].font = STRUCK
    book.save(path)
    assert grid(path).struck == {}


@pytest.mark.parametrize("order", [rb'<c s="\2" r="\1"', rb"<c  r='\1'   s='\2'"])
def test_a_cells_format_may_stand_anywhere_in_its_tag(path: Path, order: bytes) -> None:
    book = filled(path)
    book.active["B2"].font = STRUCK
    book.save(path)
    xml, count = re.subn(rb'<c r="(B2)" s="(\d+)"', order, part(path, SHEET))
    assert count == 1
    assert grid(with_parts(path, {SHEET: xml})).struck == {1: [1]}


@pytest.mark.parametrize("value", ["0", "false"])
def test_a_font_that_says_no_line_has_none(path: Path, value: str) -> None:
    book = filled(path)
    book.active["B2"].font = STRUCK
    book.save(path)
    styles = part(path, "xl/styles.xml")
    off = re.sub(rb'<strike val="1"\s*/>', b'<strike val="%b"/>' % value.encode(), styles)
    assert off != styles
    assert grid(with_parts(path, {"xl/styles.xml": off})).struck == {}


@pytest.mark.parametrize("constant", [False, True])
def test_a_text_struck_through_in_every_run_counts_and_a_part_of_one_does_not(
    path: Path, constant: bool
) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": constant}) as made:
        line, bold = made.add_format({"font_strikeout": True}), made.add_format({"bold": True})
        sheet = made.add_worksheet("Sheet")
        sheet.write_row(0, 0, ["a", "b", "strike"])
        sheet.write_rich_string(1, 0, line, "INV-", line, "1")
        sheet.write_rich_string(2, 0, line, "INV-", bold, "2")
        sheet.write_rich_string(3, 0, "was ", line, "INV-3")
    assert grid(path).struck == {0: [1]}


def test_a_text_in_the_sheet_itself_may_be_struck_through(path: Path) -> None:
    book, line = filled(path), InlineFont(strike=True)
    book.active["B2"] = CellRichText(TextBlock(line, "x"), TextBlock(line, "y"))
    book.active["B3"] = CellRichText(TextBlock(line, "x"), " y")
    book.save(path)
    assert grid(path).struck == {1: [1]}


def test_our_cells_beside_a_row_that_is_struck_through_stay_legible(path: Path) -> None:
    book = filled(path)
    for cell in book.active[2]:
        cell.font = STRUCK
    book.active["C2"] = "w"
    book.save(path)
    workbook = open_workbook(str(path))
    expect = {"Sheet": workbook.read("Sheet").fingerprint}
    column = AddColumn("Sheet", 3, 1, "problem", "Problem", "text")
    edit = ColumnEdit("Sheet", 3, "text", [2, 3], ["asked", "fine"])
    workbook.write([column, edit], expect=expect)
    sheet = openpyxl.load_workbook(path)["Sheet"]
    assert [sheet[cell].value for cell in ("D2", "D3")] == ["asked", "fine"]
    assert [bool(sheet[cell].font.strike) for cell in ("A2", "D2", "D3")] == [True, False, False]
    assert grid(path).struck == {0: [1], 1: [1], 2: [1]}


# ── comments ─────────────────────────────────────────────────────────────────────────────────


def commented(path: Path, **notes: str) -> Path:
    book = filled(path)
    for cell, text in notes.items():
        book.active[cell].comment = Note(text, "Anna")
    book.save(path)
    return path


def threaded(path: Path, xml: bytes, target: bytes = b"/xl/threadedComments/threadedComment1.xml"):
    """Put threads beside the notes of a workbook's sheet, as Excel does."""
    links = "xl/worksheets/_rels/sheet1.xml.rels"
    link = b'<Relationship Id="t1" Type="%b" Target="%b"/></Relationships>' % (THREAD, target)
    with_link = part(path, links).replace(b"</Relationships>", link)
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n<ThreadedComments xmlns="urn:x">'
    threads = {"xl/threadedComments/threadedComment1.xml": head + xml + b"</ThreadedComments>"}
    return with_parts(path, {links: with_link, **threads})


def test_notes_are_read_with_their_cells_and_without_the_name_that_excel_puts_first(
    path: Path,
) -> None:
    commented(path, B2="paid <3 Nov> & gone", A3="Anna:\n已付", C9="Bob: hello")
    assert sorted(grid(path).comments, key=lambda each: each.row) == [
        Comment(1, 1, "paid <3 Nov> & gone"),
        Comment(2, 0, "已付"),
        Comment(8, 2, "Bob: hello"),
    ]


def test_a_thread_takes_the_place_of_the_note_that_explains_it(path: Path) -> None:
    explained = "[Threaded comment]\n\nYour version of Excel … linkid=870924\n\nComment:\n  old"
    commented(path, B2=explained, C3=explained)
    assert {each.text for each in grid(path).comments} == {"Comment:\n  old"}
    threaded(
        path,
        b'<threadedComment ref="B2" dT="2026-11-03T10:00:00.00" personId="{1}" id="{A}" done="1">'
        b"<text>disputed &amp; open</text></threadedComment>"
        b'<threadedComment ref="B2" personId="{2}" id="{B}" parentId="{A}"><text>no more</text>'
        b"</threadedComment>"
        b'<threadedComment ref="A3" personId="{2}" id="{C}"><text>paid_x000a_3 Nov</text>'
        b"</threadedComment>",
    )
    assert grid(path).comments == (
        Comment(1, 1, "disputed & open", closed=True),
        Comment(1, 1, "no more", closed=True),
        Comment(2, 0, "paid\n3 Nov"),
        Comment(2, 2, "Comment:\n  old"),
    )


def test_a_part_of_comments_that_is_lost_or_broken_says_nothing(path: Path) -> None:
    threaded(commented(path, A2="x"), b"", b"/xl/threadedComments/gone.xml")
    assert grid(path).comments == (Comment(1, 0, "x"),)
    name = "xl/comments/comment1.xml"
    for broken in (b"", b"no xml", b"<comments", b"<comments><commentList><comment ref='A0'/>",
                   b"<comments><commentList><comment/></commentList></comments>"):  # fmt: skip
        assert grid(with_parts(path, {name: broken})).comments == ()


def test_comments_that_declare_entities_are_refused(path: Path) -> None:
    evil = b'<!DOCTYPE x [<!ENTITY a "b">]><comments/>'
    with_parts(commented(path, A2="x"), {"xl/comments/comment1.xml": evil})
    with pytest.raises(WorkbookFormatError):
        grid(path)


# ── at Google ────────────────────────────────────────────────────────────────────────────────


def test_a_google_sheet_tells_lines_and_notes_of_its_cells(google: GoogleServer) -> None:
    sheet = google.book.fill("Book", [["a", "b"], [1, "x"], [2, "y"]])
    sheet.put(1, 0, Held(1, struck=True))
    sheet.put(2, 0, Held(46346, "DATE", struck=True, note=" paid 3 Nov "))
    sheet.put(5, 1, Held(struck=True, note="below"))
    grid = workbook(google).read("Book")
    assert grid.struck == {0: [1, 2]}
    assert grid.comments == (Comment(2, 0, "paid 3 Nov"), Comment(5, 1, "below"))
    assert google.unsound == []
