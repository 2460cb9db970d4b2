"""Large worksheets, read many cells at once: not a cell otherwise than one by one."""

from __future__ import annotations

import itertools
import re
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collector.model import Cell
from collector.sheets import open_workbook
from collector.sheets.first import First
from collector.sheets.package.contents import Package
from collector.sheets.package.plain import read_plain
from collector.sheets.package.scan import scan
from collector.sheets.package.texts import shared_texts
from tests.sheets.odd_sheets import Odd, make_book, odd_sheets
from tests.sheets.samples import SHEET, part, rows_of, with_parts

REFUSED = "refused"
FORMATS = ("0.00", "yyyy-mm-dd", "hh:mm", "[h]:mm", "0%", "[Red]#,##0", '"Q"0', "d. mmm yy h:mm")
NUMBERS = (
    "0", "7", "-7", "1.5", "-1.50", ".5", "5.", "-.25", "45000", "45000.75", "0.0001", "1E3",
    "1.5e-7", "-2E+10", "123456789012345", "1234567890123456", "0.30000000000000004",
    "12345.678901234567", "99999999999999999999", "1e400", "-0", "007", "1_0", "nan", "inf",
)  # fmt: skip
TEXTS = (
    "plain",
    "",
    " left and right ",
    "a & b",
    "<i>",
    "_x0041_",
    "two\nlines",
    "\r",
    "汉字",
    "é" * 300,
)


def read(path: Path, large: int) -> list[str]:
    """Return what is read of every tab: cells as written out, for 1 is 1.0 and True to Python."""
    package, found = Package(path.read_bytes(), path.name), []
    reader = First(package, large=large)
    for sheet in package.sheets:
        frame = scan(package.archive.blocks(package.entry(sheet.part)))
        assert frame is not None
        try:
            rows, merged = reader.read_cells(sheet, frame)
        except BaseException as exc:
            # A panic inside calamine is no ordinary exception; its class cannot be imported.
            if type(exc).__name__ not in ("PanicException", "OverflowError", "CalamineError"):
                raise
            found.append(REFUSED)
            continue
        while rows and not any(cell is not None for cell in rows[-1]):
            rows.pop()  # an error is no cell here, but may have a row
        found.append(repr(([_trimmed(row) for row in rows], merged)))
    return found


def _trimmed(row: Sequence[Cell]) -> Sequence[Cell]:
    return row[: max((at for at, cell in enumerate(row, 1) if cell is not None), default=0)]


def read_alike(path: Path) -> bool:
    """Tell whether all is read as one by one, but for what cannot be read so."""
    here, usual = read(path, large=0), read(path, large=sys.maxsize)
    return all(by in (found, REFUSED) for found, by in zip(here, usual, strict=True))


# ── sheets as programs write them ──


def book_of_all_sorts(path: Path, count: int) -> Path:
    """Write a book with every sort of cell that a team's sheet holds."""
    book = xlsxwriter.Workbook(str(path))
    sheet, second = book.add_worksheet("First"), book.add_worksheet("Second")
    formats = [book.add_format({"num_format": code}) for code in FORMATS]
    day = formats[1]
    rich = (book.add_format({"bold": True}), "bold", " and plain")
    sheet.merge_range("A1:C1", "Receivables", day)
    for row in range(2, count):
        if row % 11 == 0:
            continue
        sheet.write_string(row, 0, TEXTS[row % len(TEXTS)] + str(row // 20))
        sheet.write_datetime(row, 1, date(2026, 1, 1) + timedelta(days=row % 400), day)
        sheet.write_number(row, 2, row * 100 / 7, formats[row % len(formats)])
        sheet.write_number(row, 3, row * 25 / 100, formats[0])
        sheet.write_number(row, 4, row)
        sheet.write_formula(row, 5, f"=C{row}-D{row}", formats[0], row / 3)
        if row % 5 == 0:
            sheet.write_blank(row, 6, None, day)
            sheet.write_boolean(row, 7, row % 2 == 0)
            sheet.write_formula(row, 8, f'=IF(A{row}="","",A{row})', None, f"text {row % 3}")
            sheet.write_formula(row, 9, "=1/0", None, "#DIV/0!")
            sheet.write_rich_string(row, 27, *rich)
            sheet.write_datetime(row, 703, datetime(2026, 5, 4, 3, 2, 1), formats[-1])
    second.write_row(4, 2, ["Only", "a", "few", 1, 2.5])
    book.close()
    return path


def test_a_book_with_every_sort_of_cell_reads_as_one_by_one(tmp_path: Path) -> None:
    path = book_of_all_sorts(tmp_path / "book.xlsx", 3000)
    assert read_alike(path)


def test_a_large_book_is_read_so_and_shows_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, day = book.add_worksheet("Invoices"), book.add_format({"num_format": "dd/mm/yyyy"})
    for row in range(20_000):
        sheet.write_row(row, 0, [f"INV-{row}", "Acme", row + 0.25, row])
        sheet.write_datetime(row, 4, date(2026, 1, 1 + row % 28), day)
    book.close()
    assert len(part(path, SHEET)) > 1024**2
    rows = open_workbook(str(path)).read("Invoices").rows
    assert len(rows) == 20_000
    assert rows[12_345] == ["INV-12345", "Acme", 12345.25, 12345, date(2026, 1, 1 + 12_345 % 28)]
    assert rows[0][1] is rows[-1][1], "a text that is shared is one object"


def test_figures_and_shared_texts_are_asked_of_nobody(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row in range(500):
        sheet.write_row(row, 0, ["a", "b", row, row / 4])
    book.close()
    blocks = [rows_of(path)[at : at + 1000] for at in range(0, len(rows_of(path)), 1000)]
    figures: list[Sequence[bytes]] = []

    def ask(cells: Sequence[bytes]) -> Sequence[Cell]:
        figures.append(cells)
        return [45000.25 for _ in cells]

    rows = read_plain(blocks, ["a", "b"], ask)
    assert rows == [["a", "b", row, row / 4 if row % 4 else row // 4] for row in range(500)]
    assert figures == [[b' s="0"><v>45000.25</v></c>'], []], "what style 0 shows, then nothing"


PLAIN, KEPT, RICH = "<t>plain</t>", '<t xml:space="preserve"> kept </t>', "<r><t>rich</t></r>"


@pytest.mark.parametrize("items", list(itertools.product((PLAIN, KEPT, RICH, "<t/>"), repeat=3)))
def test_shared_texts_read_wherever_the_unusual_ones_stand(items: tuple[str, ...]) -> None:
    known = {PLAIN: "plain", KEPT: " kept ", RICH: "asked", "<t/>": "asked"}
    table = "<sst>" + "".join(f"<si>{item}</si>" for item in items * 3) + "</sst>"
    found = shared_texts(table.encode(), lambda cells: ["asked" for _ in cells])
    if found is None:
        assert sum(known[item] == "asked" for item in items) * 4 > len(items)
    else:
        assert found == [known[item] for item in items * 3]


def test_the_first_shared_text_keeps_its_spaces_alone() -> None:
    table = f"<sst><si>{KEPT}</si><si>{PLAIN}</si></sst>".encode()
    assert shared_texts(table, lambda _: []) == [" kept ", "plain"]


# ── XML of any form ──


CELLS = st.one_of(
    st.builds(
        '<c r="{{}}"{}{}>{}<v>{}</v></c>'.format,
        st.sampled_from(("", "", ' s="0"', *(f' s="{style}"' for style in range(1, 9)))),
        st.sampled_from(("", "", "", ' t="n"')),
        st.sampled_from(("", "", "", "<f>A1&lt;2</f>", '<f t="shared" si="0"/>')),
        st.one_of(
            st.sampled_from(NUMBERS),
            st.floats(allow_nan=False, allow_infinity=False).map(repr),
            st.decimals(-(10**9), 10**9, places=2).map(str),
            st.integers(-(10**18), 10**18).map(str),
        ),
    ),
    st.builds('<c r="{{}}" t="s"><v>{}</v></c>'.format, st.integers(0, len(TEXTS) - 1)),
    st.sampled_from((
        '<c r="{}"/>', '<c r="{}" s="2"/>', '<c r="{}" s="2"></c>', '<c r="{}"><v></v></c>',
        '<c r="{}"><v/></c>', '<c r="{}" t="b"><v>1</v></c>', '<c r="{}" t="e"><v>#N/A</v></c>',
        '<c r="{}" t="str"><v>told &amp; untold</v></c>', '<c r="{}" t="s" s="1"><v>0</v></c>',
        '<c r="{}" t="str"><f>A1</f><v>a</v></c>', '<c r="{}" s="2" cm="1"><v>45000</v></c>',
        '<c r="{}" t="inlineStr"><is><t>in line</t></is></c>', '<c r="{}" s="2" ph="1"/>',
        '<c r="{}" t="inlineStr"><is><r><t>r</t></r><r><t>uns</t></r></is></c>',
        '<c r="{}" t="d"><v>2026-05-04</v></c>', '<c r="{}" s="99"><v>45000</v></c>',
        '<c r="{}"> <v> 5 </v> </c>', '<c s="1" r="{}"><v>5</v></c>', "<c><v>5</v></c>",
    )),
)  # fmt: skip


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """Draw the rows of a sheet; more of them plain than any other."""
    places = sorted(draw(st.sets(st.tuples(st.integers(1, 30), st.sampled_from((0, 1, 2, 30))))))
    rows: dict[int, list[str]] = {}
    for row, column in places:
        letters = ("A", "B", "C", "AE")[(0, 1, 2, 30).index(column)]
        rows.setdefault(row, []).append(draw(CELLS).format(f"{letters}{row}"))
    return "".join(f'<row r="{row}">{"".join(cells)}</row>' for row, cells in rows.items()).encode()


@pytest.fixture(scope="module")
def frame_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plain") / "frame.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, code in enumerate(FORMATS):
        sheet.write_number(row, 0, 1, book.add_format({"num_format": code}))
    for row, text in enumerate(TEXTS):
        sheet.write_string(row, 1, text or "-")
    book.close()
    return path


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheets())
def test_any_cells_read_as_one_by_one(frame_book: Path, rows: bytes) -> None:
    xml = re.sub(rb"<sheetData>.*</sheetData>", lambda _: b"<sheetData>" + rows + b"</sheetData>",
                 part(frame_book, SHEET), flags=re.S)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(frame_book.read_bytes())
        assert read_alike(with_parts(path, {SHEET: xml}))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(odd_sheets())
def test_odd_sheets_read_as_one_by_one(odd: Odd) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert read_alike(make_book(Path(folder) / "book.xlsx", odd))


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>0.5</v></c></row>',
        b'<row r="1"><c><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><other/></row>',
        b'<row r="1"><c r="a1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="900"><c r="ZZ900"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" s="99999"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="str"><v>a</v></c></row>' * 1,
    ],
)  # fmt: skip
def test_what_is_of_no_usual_form_is_left_to_the_reader(rows: bytes) -> None:
    def ask(cells: Sequence[bytes]) -> Sequence[Cell]:
        return [45000.25 for _ in cells]

    found = read_plain([rows], ["shared"], ask)
    assert found is None or b't="str"' in rows
