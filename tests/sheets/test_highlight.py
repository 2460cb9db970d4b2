"""Our conditional formats beside the team's."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import xlsxwriter

from collector.model import Edit, Highlight, HighlightRule
from collector.sheets import open_workbook
from collector.sheets.package.styles import LOOKS
from tests.sheets.samples import SHEET, TAB, part, rich_book, with_parts

OVERDUE = HighlightRule(5, "Overdue", "overdue")
STOP = HighlightRule(6, "Stop", "stop")


def rules(path: Path) -> dict[str, list[str]]:
    """Return every rule's formula by the cells it colours."""
    found = openpyxl.load_workbook(path)[TAB].conditional_formatting
    return {str(area.sqref): [f for rule in area.rules for f in rule.formula] for area in found}


def test_a_status_colours_its_row_and_a_flag_only_its_cell(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    change = Highlight(TAB, 4, 6, 0, 7, (OVERDUE, STOP))
    open_workbook(str(path)).write([change], expect={})
    assert rules(path) == {
        "D4:D6": [],
        "A4:H6": ['AND($F4="Overdue",N("collector")=0)'],
        "G4:G6": ['AND($G4="Stop",N("collector")=0)'],
    }


def test_ours_come_after_the_teams_and_stand_where_the_format_wants_them(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write([Highlight(TAB, 4, 6, 0, 7, (OVERDUE, STOP))], expect={})
    xml = part(path, SHEET)
    names = re.findall(rb"<(mergeCells|conditionalFormatting|dataValidations|pageMargins)\b", xml)
    assert names == [
        b"mergeCells",
        *[b"conditionalFormatting"] * 3,
        b"dataValidations",
        b"pageMargins",
    ]
    priorities = [int(found) for found in re.findall(rb'priority="(\d+)"', xml)]
    assert sorted(priorities) == [1, 2, 3]
    assert re.search(rb'type="dataBar" priority="1"', xml)


def test_the_same_highlight_again_changes_no_byte(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    change = Highlight(TAB, 4, 6, 0, 7, (OVERDUE, STOP))
    open_workbook(str(path)).write([change], expect={})
    data = path.read_bytes()
    assert open_workbook(str(path)).write([change], expect={}).replaced is False
    assert path.read_bytes() == data


def test_a_longer_table_moves_the_rules_and_adds_no_second_set(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write([Highlight(TAB, 4, 6, 0, 7, (OVERDUE,))], expect={})
    styles = part(path, "xl/styles.xml")
    open_workbook(str(path)).write([Highlight(TAB, 4, 9, 0, 7, (OVERDUE,))], expect={})
    assert sorted(rules(path)) == ["A4:H9", "D4:D6"]
    assert part(path, "xl/styles.xml") == styles


def test_without_rules_ours_are_gone_and_the_sheet_is_as_it_was(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    xml = part(path, SHEET)
    open_workbook(str(path)).write([Highlight(TAB, 4, 6, 0, 7, (OVERDUE, STOP))], expect={})
    open_workbook(str(path)).write([Highlight(TAB, 4, 6, 0, 7, ())], expect={})
    assert part(path, SHEET) == xml


def test_a_rule_of_the_team_in_one_element_with_ours_stays(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write([Highlight(TAB, 4, 6, 0, 7, (OVERDUE,))], expect={})
    theirs = b'<cfRule type="expression" priority="9"><formula>$A4="x"</formula></cfRule>'
    xml = part(path, SHEET)
    place = xml.index(b"<cfRule", xml.index(b'sqref="A4:H6"'))
    with_parts(path, {SHEET: xml[:place] + theirs + xml[place:]})
    open_workbook(str(path)).write([Highlight(TAB, 4, 6, 0, 7, ())], expect={})
    assert rules(path) == {"D4:D6": [], "A4:H6": ['$A4="x"']}


def test_every_look_is_a_format_the_readers_understand(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    every = tuple(HighlightRule(5, f'a "{look}" & <b>', look) for look in LOOKS)
    open_workbook(str(path)).write([Highlight(TAB, 4, 6, 0, 7, every)], expect={})
    found = openpyxl.load_workbook(path)[TAB].conditional_formatting
    ours = [rule for area in found for rule in area.rules if rule.formula]
    assert len(ours) == len(LOOKS)
    assert all(rule.dxf.font or rule.dxf.fill for rule in ours)
    assert 'AND($F4="a ""settled"" & <b>",N("collector")=0)' in rules(path)["A4:H6"]


def test_a_book_without_any_styles_is_given_some(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        made.add_worksheet(TAB).write("A1", 1)
    links = re.sub(
        rb"<Relationship [^>]*/styles\"[^>]*/>", b"", part(path, "xl/_rels/workbook.xml.rels")
    )
    kinds = re.sub(rb"<Override [^>]*styles[^>]*/>", b"", part(path, "[Content_Types].xml"))
    with_parts(path, {"xl/_rels/workbook.xml.rels": links, "[Content_Types].xml": kinds})
    without(path, "xl/styles.xml")
    change = Highlight(TAB, 1, 3, 0, 7, (OVERDUE,))
    open_workbook(str(path)).write([change, Edit(TAB, "B1", "x")], expect={})
    assert list(rules(path)) == ["A1:H3"]
    assert open_workbook(str(path)).write([change], expect={}).replaced is False


def without(path: Path, name: str) -> None:
    import io
    import zipfile

    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as new:
        for kept in old.namelist():
            if kept != name:
                new.writestr(kept, old.read(kept))
