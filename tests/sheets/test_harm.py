"""The benchmark that proves that nothing is harmed must see harm where there is some."""

from __future__ import annotations

import importlib
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
import xlsxwriter

from collector.model import Edit
from collector.sheets import open_workbook
from tests.sheets.samples import HEADINGS, ROWS, SHEET, TAB, part, rich_book, with_parts

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def proof(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("harm_proof")


def test_a_folder_of_books_is_written_without_harm_and_other_files_are_refused(
    tmp_path: Path,
) -> None:
    rich_book(tmp_path / "rich.xlsx")
    (tmp_path / "plain.csv").write_text("Customer,Amount\n")
    (tmp_path / "half.xlsx").write_bytes((tmp_path / "rich.xlsx").read_bytes()[:3000])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    run = subprocess.run(
        [sys.executable, str(BENCHMARKS / "harm.py"), str(tmp_path), "--no-libreoffice"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    assert "written  1\nrefused  2 " in run.stdout
    assert run.stdout.endswith("harmed   0\n")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_openpyxl_does_to_a_book_is_called_harm(tmp_path: Path, proof: ModuleType) -> None:
    before, after = rich_book(tmp_path / "book.xlsx"), tmp_path / "after.xlsx"
    openpyxl.load_workbook(before).save(after)
    assert list(proof.harms(before, after, None))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b"<v>120.5</v>", b"<v>120.4</v>", "row 4, column 4"),
        (b'<row r="5"', b'<row r="5" hidden="1"', "row 5 says something else"),
        (b"<f>SUM(D4:D6)</f>", b"", "row 8, column 4"),
        (b"<mergeCell ", b"<mergeCell x='1' ", "mergeCells is not as it was"),
        (b"<legacyDrawing", b"<legacyDrawingHF", "legacyDrawing is not in its place"),
    ],
)
def test_one_thing_more_than_we_wrote_is_seen(
    tmp_path: Path, proof: ModuleType, old: bytes, new: bytes, said: str
) -> None:
    before = rich_book(tmp_path / "book.xlsx")
    after = Path(shutil.copy(before, tmp_path / "after.xlsx"))
    open_workbook(str(after), backups=0).write([Edit(TAB, "K1", "ours")], expect={})
    where = proof.Where(SHEET, frozenset({(1, 10)}))
    assert list(proof.harms(before, after, where)) == []
    xml = part(after, SHEET)
    assert old in xml
    with_parts(after, {SHEET: xml.replace(old, new, 1)})
    assert any(said in harm for harm in proof.harms(before, after, where))


BOOK, STYLES, NEW = "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet3.xml"
TABLE, TYPES, LINKS = "xl/tables/table1.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
CHAIN = "xl/calcChain.xml"
_EMPTY = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData/></worksheet>"""
_CHAIN = b"""<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<c r="B1" i="2"/></calcChain>"""


def table_book(path: Path) -> Path:
    """Write a book whose first tab has a table object, and a second tab with a formula."""
    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet(TAB), book.add_worksheet("Rates")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    columns = [{"header": heading} for heading in HEADINGS]
    columns[2]["format"] = day
    sheet.add_table("A3:E6", {"name": "Open", "data": ROWS, "columns": columns})
    other.write_row(0, 0, ["EUR", 1.08])
    other.write_datetime("A2", date(2026, 10, 1), day)
    other.write_formula("B1", "=1+0.08", None, 1.08)
    book.define_name("Rate", "=Rates!$B$1")
    book.close()
    return with_chain(path)


def with_chain(path: Path) -> Path:
    """Put a calculation chain into a book, as Excel writes one."""
    types, links = part(path, TYPES), part(path, LINKS)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    to = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    override = b'<Override PartName="/%b" ContentType="%b"/></Types>' % (CHAIN.encode(), kind)
    link = b'<Relationship Id="rId99" Type="%b" Target="calcChain.xml"/></Relationships>' % to
    new = types.replace(b"</Types>", override), links.replace(b"</Relationships>", link)
    return with_parts(path, {TYPES: new[0], LINKS: new[1], CHAIN: _CHAIN})


# A part of a written book, what to change in it, and what must be said of that.
FOOLED = {
    "a format before the rows": (
        SHEET, rb"(<sheetData>.*?)(<conditionalFormatting.*?</conditionalFormatting>)", rb"\2\1",
        "sheetData stands behind conditionalFormatting"),
    "a format after the margins": (
        SHEET, rb"(<conditionalFormatting.*?</conditionalFormatting>)(.*?<pageMargins[^>]*>)",
        rb"\2\1", "conditionalFormatting stands behind pageMargins"),
    "a format without a look": (
        SHEET, rb'dxfId="\d+"', b'dxfId="9999"', "a look that is not there"),
    "a format gone": (
        SHEET, rb"<conditionalFormatting.*?</conditionalFormatting>", b"", "formats of ours"),
    "equal priorities": (
        SHEET, rb'priority="2"', b'priority="1"', "have the priority 1"),
    "rows out of order": (
        SHEET, rb'(<row r="4".*?</row>)(<row r="5".*?</row>)', rb"\2\1", "row 4 stands behind"),
    "a row twice": (SHEET, rb'(<row r="4".*?</row>)', rb"\1\1", "row 4 is there twice"),
    "a cell twice": (
        SHEET, rb'(<c r="B4".*?</c>)', rb"\1\1", "row 4, column 2 is there twice"),
    "a cell beyond the edge": (
        SHEET, rb'(<row r="5".*?)</row>', rb'\1<c r="XFE5"><v>1</v></c></row>', "column 16385"),
    "a row beyond the edge": (
        SHEET, rb"</sheetData>", b'<row r="1048577"><c><v>1</v></c></row></sheetData>',
        "row 1048577"),
    "a style that is not there": (
        SHEET, rb'(<c r="F4"(?: s="\d+")?)', b'<c r="F4" s="99999"', "its style is not there"),
    "a text that is not there": (
        SHEET, rb't="s"><v>\d+</v>', b't="s"><v>999</v>', "its text is not there"),
    "a dimension too small": (
        SHEET, rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', "its dimension"),
    "a tab's elements out of order": (
        NEW, rb"<sheetData>", b'<pageMargins left="1"/><sheetData>', "sheetData stands behind"),
    "names before the sheets": (
        BOOK, rb"(<sheets>.*</sheets>)(<definedNames>.*</definedNames>)", rb"\2\1",
        "sheets stands behind definedNames"),
    "calculation before the sheets": (
        BOOK, rb"(<sheets>.*?)(<calcPr[^>]*/>)", rb"\2\1", "sheets stands behind calcPr"),
    "a name of no sheet": (
        BOOK, rb'(name="_collector[^"]*") localSheetId="0"', rb'\1 localSheetId="77"',
        "is of sheet 77"),
    "a name of nothing": (
        BOOK, rb'(name="_collector[^>]*>)[^<]*<', rb"\1#REF!<", "refers to '#REF!'"),
    "a name gone": (
        BOOK, rb'<definedName name="_collector\.[^<]*</definedName>', b"", "is not marked as ours"),
    "a name of another cell": (
        BOOK, rb'(name="_collector\.[^>]*>[^<]*)\$3<', rb"\1$99<", "where nothing is"),
    "formats last": (
        STYLES, rb"(<numFmts.*?</numFmts>)(.*)(</styleSheet>)", rb"\2\1\3",
        "numFmts stands behind"),
    "formats counted wrongly": (
        STYLES, rb'<cellXfs count="\d+"', b'<cellXfs count="99"', "cellXfs are counted wrongly"),
    "a font that is not there": (
        STYLES, rb'(.*)fontId="\d+"', rb'\1fontId="99"', "its fontId 99 is not there"),
    "an orphan": (
        "xl/worksheets/sheet99.xml", rb"$", _EMPTY, "no link leads to it"),
    "a part without its type": (
        TYPES, rb'<Override PartName="/xl/worksheets/sheet3.xml"[^>]*/>', b"",
        "says nothing of a worksheet"),
    "a link to nowhere": (
        LINKS, rb"worksheets/sheet3.xml", b"worksheets/sheet4.xml", "leads nowhere"),
    "a table cut short": (
        TABLE, rb'ref="A3:[A-Z]+\d+"', b'ref="A3:E5"', "its rows went from"),
    "a table too wide": (
        TABLE, rb'ref="A3:[A-Z]+', b'ref="A3:J', "its extent went from"),
    "a filter elsewhere": (
        TABLE, rb'<autoFilter ref="[^"]*"', b'<autoFilter ref="Z9:AA10"', "its filter is not over"),
    "a column called otherwise": (
        TABLE, rb'name="Open balance"', b'name="Balance"', "called otherwise than the cell says"),
    "columns counted wrongly": (
        TABLE, rb'<tableColumns count="\d+"', b'<tableColumns count="5"', "counted wrongly"),
    "a chain to no formula": (
        CHAIN, rb'r="B1"', b'r="A1"', "A1 of sheet 2 holds no formula"),
    "a chain to no longer a formula": (
        "xl/worksheets/sheet2.xml", rb"<f>[^<]*</f>", b"", "B1 of sheet 2 holds no formula"),
}  # fmt: skip


@pytest.fixture
def written(tmp_path: Path, proof: ModuleType) -> tuple[Path, Path, object]:
    """A book before and after it was written, and where."""
    before = table_book(tmp_path / "book.xlsx")
    after = Path(shutil.copy(before, tmp_path / "after.xlsx"))
    wrote = importlib.import_module("harm_writes").write(after)
    assert wrote.harms == []
    return before, after, wrote.proof


def test_columns_of_ours_are_added_to_a_table_without_harm(
    written: tuple[Path, Path, object], proof: ModuleType
) -> None:
    before, after, where = written
    assert list(proof.harms(before, after, where)) == []
    assert b'ref="A3:H7"' in part(after, TABLE)


def broken(path: Path, way: str) -> str:
    """Break a book in one way, and return what must be said of that."""
    name, pattern, new, said = FOOLED[way]
    with zipfile.ZipFile(path) as archive:
        old = archive.read(name) if name in archive.namelist() else b""
    xml = re.sub(pattern, new, old, count=1, flags=re.DOTALL)
    assert xml != old
    with_parts(path, {name: xml})
    return said


@pytest.mark.parametrize("way", FOOLED)
def test_a_written_book_that_is_broken_is_called_harmed(
    written: tuple[Path, Path, object], proof: ModuleType, way: str
) -> None:
    before, after, where = written
    said = broken(after, way)
    assert any(said in harm for harm in proof.harms(before, after, where))


@pytest.mark.parametrize(
    "way",
    ["a dimension too small", "an orphan", "formats counted wrongly", "a font that is not there",
     "a chain to no formula", "a chain to no longer a formula", "a filter elsewhere"],
)  # fmt: skip
def test_what_was_broken_before_is_no_harm_of_ours(
    tmp_path: Path, proof: ModuleType, way: str
) -> None:
    before = table_book(tmp_path / "book.xlsx")
    broken(before, way)
    after = Path(shutil.copy(before, tmp_path / "after.xlsx"))
    wrote = importlib.import_module("harm_writes").write(after)
    assert wrote.harms == []
    assert list(proof.harms(before, after, wrote.proof)) == []


def test_cells_under_a_merged_range_are_called_lost(tmp_path: Path, proof: ModuleType) -> None:
    before = rich_book(tmp_path / "book.xlsx")
    after = Path(shutil.copy(before, tmp_path / "after.xlsx"))
    open_workbook(str(after), backups=0).write([Edit(TAB, "B11", "unseen")], expect={})
    where = proof.Where(SHEET, frozenset({(11, 1)}))
    assert any("under a merged range" in harm for harm in proof.harms(before, after, where))


def test_a_border_lost_in_a_cell_of_ours_is_seen(tmp_path: Path, proof: ModuleType) -> None:
    before = rich_book(tmp_path / "book.xlsx")
    after = Path(shutil.copy(before, tmp_path / "after.xlsx"))
    open_workbook(str(after), backups=0).write([Edit(TAB, "A4", "Acme & Co")], expect={})
    where = proof.Where(SHEET, frozenset({(4, 0)}))
    assert list(proof.harms(before, after, where)) == []
    xml = re.sub(rb'(<c r="A4") s="\d+"', rb"\1", part(after, SHEET))
    with_parts(after, {SHEET: xml})
    assert any("looks otherwise" in harm for harm in proof.harms(before, after, where))
