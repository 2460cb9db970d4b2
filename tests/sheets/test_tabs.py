"""Tabs of ours: added after the team's, known again whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from collector.errors import TabMissingError, TabTakenError, UsageError
from collector.model import (
    AddColumn,
    AddTab,
    AppendRows,
    Change,
    ColumnEdit,
    Edit,
    Highlight,
    HighlightRule,
    Tab,
)
from collector.sheets import open_workbook
from tests.sheets.samples import TAB, entries, part, rich_book, shown, with_parts

OUTBOX = AddTab("Outbox", "outbox", {2: ("yes", "no")})
HEADINGS: list[Change] = [
    AddColumn("Outbox", 0, 1, "date", "Date", "date"),
    AddColumn("Outbox", 1, 1, "total", "Total", "money"),
    AddColumn("Outbox", 2, 1, "approve", "Approve?", "text"),
]
ROW = AppendRows("Outbox", (0, 1, 2), ("date", "money", "text"), [(date(2026, 11, 20), 12.5, "")])
WORKBOOK = "xl/workbook.xml"


def test_a_new_tab_stands_last_and_is_known_as_ours(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    written = book.write([OUTBOX], expect={TAB: book.read(TAB).fingerprint})
    assert (written.cells, written.replaced) == (0, True)
    assert book.tabs()[-1] == Tab("Outbox", True, "outbox")
    assert [tab.ours for tab in book.tabs()[:-1]] == ["", ""]
    assert book.read("Outbox").rows == []


def test_only_what_lists_the_sheets_is_touched(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    before = entries(path)
    open_workbook(str(path)).write([OUTBOX], expect={})
    after = entries(path)
    assert [name for name in after if name not in before] == ["xl/worksheets/sheet3.xml"]
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml", "xl/_rels/workbook.xml.rels", WORKBOOK,
    }  # fmt: skip


def test_a_new_tab_looks_like_a_table_of_its_own(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    assert open_workbook(str(path)).write([OUTBOX, *HEADINGS, ROW], expect={}).cells == 5
    sheet = openpyxl.load_workbook(path)["Outbox"]
    assert [cell.value for cell in sheet[1]] == ["Date", "Total", "Approve?"]
    assert all(cell.font.b and cell.border.bottom.style == "thin" for cell in sheet[1])
    assert sheet["A1"].fill.fgColor.rgb == "FFEDF1F5"
    assert (sheet["A2"].value, sheet["A2"].number_format) == (datetime(2026, 11, 20), "yyyy-mm-dd")
    assert (sheet["B2"].value, sheet["B2"].number_format) == (12.5, "#,##0.00")
    assert not sheet["A2"].font.b
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].width == 16
    choices = sheet.data_validations.dataValidation[0]
    assert (str(choices.sqref), choices.formula1) == ("C2:C1048576", '"yes,no"')


def test_every_kind_of_change_reaches_a_tab_added_by_the_same_write(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    changes = [
        Edit("Outbox", "E1", "note"),  # the tab may be named before it is added
        OUTBOX,
        *HEADINGS,
        ColumnEdit("Outbox", 2, "text", (2, 3), ("yes", None)),
        Highlight("Outbox", 2, 9, 0, 2, (HighlightRule(2, "yes", "settled"),)),
    ]
    book = open_workbook(str(path))
    assert book.write(changes, expect={}).cells == 5
    grid = book.read("Outbox")
    assert grid.rows[0] == ["Date", "Total", "Approve?", None, "note"]
    assert grid.rows[1][2] == "yes"
    assert grid.owned == {"date": 0, "total": 1, "approve": 2}
    data = path.read_bytes()
    assert book.write(changes, expect={}).replaced is False
    assert path.read_bytes() == data


def test_the_same_tab_again_changes_nothing_and_what_is_in_it_stays(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write([OUTBOX, *HEADINGS, ROW], expect={})
    data = path.read_bytes()
    assert book.write([OUTBOX, OUTBOX], expect={}).replaced is False
    assert path.read_bytes() == data


def test_a_tab_of_ours_that_the_team_renamed_is_not_added_again(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write([OUTBOX, *HEADINGS], expect={})
    workbook = part(path, WORKBOOK).replace(b'"Outbox"', b'"To be sent"')
    with_parts(path, {WORKBOOK: workbook.replace(b"'Outbox'", b"'To be sent'")})
    assert book.tabs()[-1] == Tab("To be sent", True, "outbox")
    assert book.write([OUTBOX], expect={}).replaced is False
    assert book.read("To be sent").owned == {"date": 0, "total": 1, "approve": 2}


def test_a_copy_that_somebody_made_is_not_taken_for_ours(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write([OUTBOX], expect={})
    # Excel gives a copy of a sheet the names again, in the copy's own scope.
    copy = (
        b'<definedName name="_collector_tab.outbox" localSheetId="1" hidden="1">'
        b"'Rates &amp; more'!$A$1</definedName></definedNames>"
    )
    workbook = part(path, WORKBOOK).replace(b"</definedNames>", copy)
    with_parts(path, {WORKBOOK: workbook})
    assert [tab.ours for tab in book.tabs()] == ["", "", "outbox"]


def test_a_tab_of_ours_that_was_deleted_is_made_anew(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    book.write([OUTBOX], expect={})
    workbook = re.sub(rb'<sheet name="Outbox"[^>]*>', b"", part(path, WORKBOOK))
    with_parts(path, {WORKBOOK: workbook.replace(b"'Outbox'!$A$1", b"#REF!$A$1")})
    assert [tab.ours for tab in book.tabs()] == ["", ""]
    book.write([OUTBOX, *HEADINGS], expect={})
    assert [tab.ours for tab in book.tabs()] == ["", "", "outbox"]
    assert part(path, WORKBOOK).count(b"_collector_tab.outbox") == 1


def test_a_name_that_the_team_uses_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    data = path.read_bytes()
    for name in (TAB, TAB.upper(), "rates & MORE"):
        with pytest.raises(TabTakenError, match=f"has a tab {name} already") as caught:
            open_workbook(str(path)).write([AddTab(name, "log")], expect={})
        assert caught.value.exit_status == 3
    assert path.read_bytes() == data


def test_two_tabs_of_ours_cannot_have_one_name(tmp_path: Path) -> None:
    book = open_workbook(str(rich_book(tmp_path / "book.xlsx")))
    book.write([OUTBOX], expect={})
    with pytest.raises(TabTakenError):
        book.write([AddTab("OUTBOX", "log")], expect={})


@pytest.mark.parametrize(
    "name",
    ["", " ", "a" * 32, "👍" * 16, "a/b", "a\\b", "a:b", "a?", "a*", "[a]", "'a", "a'", "History"],
)
def test_a_name_that_no_tab_may_have_is_refused(tmp_path: Path, name: str) -> None:
    book = open_workbook(str(rich_book(tmp_path / "book.xlsx")))
    with pytest.raises(UsageError, match="cannot be the name of a tab"):
        book.write([AddTab(name, "log")], expect={})


@pytest.mark.parametrize("choices", [(), ("a,b",), ("x" * 200, "y" * 60)])
def test_choices_that_no_list_can_hold_are_refused(
    tmp_path: Path, choices: tuple[str, ...]
) -> None:
    book = open_workbook(str(rich_book(tmp_path / "book.xlsx")))
    with pytest.raises(UsageError, match="choices of column B"):
        book.write([AddTab("Log", "log", {1: choices})], expect={})


def test_a_tab_that_is_to_be_added_cannot_be_expected(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    book = open_workbook(str(path))
    with pytest.raises(TabMissingError, match="no tab Outbox"):
        book.write([OUTBOX], expect={"Outbox": book.read(TAB).fingerprint})
    assert len(book.tabs()) == 2


def test_names_tabs_and_views_of_the_team_keep_their_places(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet("One").hide()
        two = made.add_worksheet("Two")
        two.write("A1", 1)
        two.activate()
        two.repeat_rows(0)
        made.define_name("Two!Here", "=Two!$A$1")
    views = re.search(rb"<bookViews>.*</bookViews>", part(path, WORKBOOK))
    open_workbook(str(path)).write([OUTBOX], expect={})
    again = openpyxl.load_workbook(path)
    assert again.sheetnames == ["One", "Two", "Outbox"]
    assert again.active.title == "Two"
    assert again["Two"].print_title_rows == "$1:$1"
    assert again["Two"].defined_names["Here"].attr_text == "Two!$A$1"
    assert views
    assert views[0] in part(path, WORKBOOK)


# ── books of every kind ──────────────────────────────────────────────────────────────────────


def as_strict(xml: bytes) -> bytes:
    for kind in (b"spreadsheetml", b"officeDocument", b"drawingml"):
        xml = re.sub(
            rb"http://schemas.openxmlformats.org/%b/2006/" % kind,
            b"http://purl.oclc.org/ooxml/%b/" % kind,
            xml,
        )
    return xml


def strict(path: Path) -> Path:
    book = rich_book(path)
    return with_parts(book, {name: as_strict(part(book, name)) for name in entries(book)})


def prefixed(path: Path) -> Path:
    book = rich_book(path)
    kinds = re.compile(r"xl/(workbook|styles|sharedStrings|worksheets/sheet\d)\.xml")
    parts = {name: part(book, name) for name in entries(book) if kinds.fullmatch(name)}
    for name, xml in parts.items():
        tagged = re.sub(rb"<(/?)([A-Za-z]\w*)(?=[\s/>])", rb"<\1x:\2", xml)
        parts[name] = tagged.replace(b'xmlns="', b'xmlns:x="', 1)
    return with_parts(book, parts)


def with_relations_declared_inline(path: Path) -> Path:
    book = rich_book(path)
    namespace = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xml = part(book, WORKBOOK).replace(b' xmlns:r="%b"' % namespace, b"")
    xml = xml.replace(b'r:id="', b'xmlns:q="%b" q:id="' % namespace)
    return with_parts(book, {WORKBOOK: xml})


def with_chartsheet(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        chart = made.add_chart({"type": "line"})
        made.add_chartsheet("Curve").set_chart(chart)
        sheet = made.add_worksheet(TAB)
        sheet.write_column(0, 0, [1, 2, 3])
        chart.add_series({"values": [TAB, 0, 0, 2, 0]})
    return path


@pytest.mark.parametrize(
    "make", [strict, prefixed, with_relations_declared_inline, with_chartsheet, rich_book]
)
@pytest.mark.parametrize("suffix", ["xlsx", "xlsm"])
def test_books_of_every_kind_take_a_tab_and_cells(
    tmp_path: Path, make: Callable[[Path], Path], suffix: str
) -> None:
    path = make(tmp_path / f"book.{suffix}")
    before = open_workbook(str(path)).read(TAB).rows
    book = open_workbook(str(path))
    changes = [OUTBOX, *HEADINGS, ROW, Edit(TAB, "M1", date(2026, 1, 2))]
    book.write(changes, expect={})
    assert book.tabs()[-1].ours == "outbox"
    assert book.read("Outbox").rows[1] == [date(2026, 11, 20), 12.5, None]
    assert book.read("Outbox").owned == {"date": 0, "total": 1, "approve": 2}
    assert book.read(TAB).rows[0][12] == date(2026, 1, 2)
    after = [row[: len(old)] for row, old in zip(book.read(TAB).rows, before, strict=False)]
    assert after == before
    assert shown(path, "Outbox")[0] == ["Date", "Total", "Approve?"]
    again = [OUTBOX, *HEADINGS, Edit(TAB, "M1", date(2026, 1, 2))]
    assert book.write(again, expect={}).replaced is False


def test_a_new_tab_keeps_to_the_books_own_calendar(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True}) as made:
        made.add_worksheet(TAB)
    open_workbook(str(path)).write([OUTBOX, *HEADINGS, ROW], expect={})
    assert openpyxl.load_workbook(path)["Outbox"]["A2"].value == datetime(2026, 11, 20)
