from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from collector.letters.statement import statement_files
from collector.model import Statement
from tests.letters.samples import SENDER, line, statement

needs_pdftotext = pytest.mark.skipif(
    not shutil.which("pdftotext") and not os.environ.get("CI"), reason="pdftotext is not installed"
)


def made(wanted: Statement, extension: str) -> bytes:
    (file,) = statement_files(wanted, SENDER, [extension])
    return file.content


def pdf_text(content: bytes, folder: Path) -> str:
    path = folder / "statement.pdf"
    path.write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode()


def chinese() -> Statement:
    return replace(statement(), language="zh", customer_name="上海云杉（集团）喆堃玥")


def test_files_come_in_the_order_asked_with_names_any_system_takes() -> None:
    files = statement_files(statement(), SENDER, ("xlsx", "pdf"))
    assert [file.name for file in files] == [
        "Statement_Acme_Ltd_2026-11-30.xlsx", "Statement_Acme_Ltd_2026-11-30.pdf",
    ]  # fmt: skip
    assert files[1].media_type == "application/pdf"
    (hostile,) = statement_files(
        statement(customer_name='../..\\a:b*?"<>|\r\n' + "c" * 400), SENDER, ["xlsx"]
    )
    assert hostile.name.startswith("Statement_a_b_ccc")
    assert len(hostile.name) < 100
    (named,) = statement_files(chinese(), SENDER, ["xlsx"])
    assert named.name == "对账单_上海云杉_集团_喆堃玥_2026-11-30.xlsx"
    assert statement_files(statement(), SENDER, ()) == ()


@pytest.mark.parametrize("extension", ["pdf", "xlsx"])
def test_the_same_statement_gives_the_same_bytes(extension: str) -> None:
    assert made(chinese(), extension) == made(chinese(), extension)


# ── pdf ──────────────────────────────────────────────────────────────────────────────────────


@needs_pdftotext
def test_the_pdf_shows_every_figure(tmp_path: Path) -> None:
    shown = pdf_text(made(statement(), "pdf"), tmp_path)
    for words in ("Statement of account, November 2026", "Acme Ltd", "30 November 2026",
                  "USD 500.00", "USD 250.25", "USD -50.00", "USD -100.00", "USD 600.25", "BANK-7",
                  "650.25", "Credit note", "disputed", "Project: Harbour Tower", "USD 850.25",
                  "USD -250.00", "31–60 days", "Page 1 / 1"):  # fmt: skip
        assert words in shown


@needs_pdftotext
def test_the_pdf_speaks_chinese_with_the_packaged_font(tmp_path: Path) -> None:
    shown = pdf_text(made(chinese(), "pdf"), tmp_path)
    for words in ("对账单", "上海云杉（集团）喆堃玥", "2026年11月30日", "期末余额", "有争议"):
        assert words in shown


@needs_pdftotext
def test_hostile_names_in_a_pdf_are_only_text(tmp_path: Path) -> None:
    name = '#panic("x") *b* $x$ @a <b> \\ "'
    assert name in pdf_text(made(statement(customer_name=name), "pdf"), tmp_path)


@needs_pdftotext
def test_a_character_no_font_has_is_shown_by_its_code_point_never_as_a_box(tmp_path: Path) -> None:
    content = made(statement(customer_name="Acme \ue123"), "pdf")
    assert "Acme [U+E123]" in pdf_text(content, tmp_path)


@needs_pdftotext
def test_long_tables_repeat_their_heads_on_every_page(tmp_path: Path) -> None:
    section = statement().sections[0]
    lines = tuple(line(f"INV-{i}", "10.00", 45) for i in range(150))
    long = replace(section, lines=lines, closing=Decimal(1250))
    pages = pdf_text(made(statement(sections=(long,)), "pdf"), tmp_path).split("\f")
    assert "INV-149" in "".join(pages)
    assert all("Days overdue" in page for page in pages if "INV-" in page and "BANK" not in page)
    assert len(pages) > 3


# ── xlsx ─────────────────────────────────────────────────────────────────────────────────────


def cells(content: bytes) -> list[list[object]]:
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("USD")
    return [[cell for cell in row if cell != ""] for row in sheet.to_python()]


def test_the_workbook_shows_every_figure_as_a_number() -> None:
    rows = cells(made(statement(), "xlsx"))
    ends = {str(row[0]): row[-1] for row in rows if row}
    assert ends["Opening balance"] == 500
    assert ends["Closing balance"] == 600.25
    assert (ends["Invoiced"], ends["Credited"], ends["Received"]) == (250.25, -50, -100)
    assert (ends["Open items, total"], ends["Balance outstanding"]) == (850.25, 600.25)
    assert ends["INV-1"] == "disputed"


def test_the_sums_of_the_workbook_are_formulas() -> None:
    sheet = load_workbook(BytesIO(made(statement(), "xlsx")))["USD"]
    formulas = [cell.value for row in sheet for cell in row if cell.data_type == "f"]
    assert sum(str(each).startswith("=SUM(") for each in formulas) == 2
    assert sum(str(each).startswith("=SUMIF(") for each in formulas) == 3
    assert sheet.print_title_rows is not None


def test_words_of_the_sheet_are_never_formulas() -> None:
    wanted = statement(customer_name="=1+1")
    section = replace(wanted.sections[0], lines=(line("=HYPERLINK(1)", "850.25", 3, po="+1"),))
    sheet = load_workbook(BytesIO(made(replace(wanted, sections=(section,)), "xlsx")))["USD"]
    texts = {cell.value for row in sheet for cell in row if cell.data_type == "s"}
    assert {"=1+1", "=HYPERLINK(1)", "PO: +1"} <= texts


def test_an_outstanding_statement_has_no_period() -> None:
    section = replace(statement().sections[0], opening=None, movements=())
    rows = cells(made(statement(period="", sections=(section,)), "xlsx"))
    assert not [row for row in rows if "Opening balance" in row]
    assert [row for row in rows if "Balance outstanding" in row]
