"""Names as they come: shown literally or said by code point, never executed, never a box."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from collector.letters.statement import statement_files
from tests.letters.samples import draft, line, statement, write
from tests.letters.test_payment import PAYEE

NAMES = {
    "rare": "喆堃玥𬭎有限公司",
    "emoji": "Acme 🏗️👷‍♀️ Ltd",
    "arabic": "شركة البناء",
    "script": "<script>alert(1)</script>",
    "typst": '#panic("x") #read("/etc/hostname") $x$ @a',
    "jinja": "{{7*7}}{% raw %}{{ sender }}",
    "formula": "=1+1",
    "long": "Very Long Name " * 20,
}
needs_pdftotext = pytest.mark.skipif(
    not shutil.which("pdftotext") and not os.environ.get("CI"), reason="pdftotext is not installed"
)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_letter_shows_it_and_does_nothing_else(name: str) -> None:
    rows = (line(name, "1.00", 3, project=name),)
    message = write(draft(customer_name=name, contact=name, overdue=rows), PAYEE)
    plain = " ".join(name.split())
    assert "".join(plain.split()) in "".join(message.text.split()).replace("\u200d", "\u200d")
    assert plain in " ".join(unescape(message.html).split())
    assert "<script" not in message.html
    assert "49" not in message.subject


@needs_pdftotext
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_pdf_shows_it_or_says_which_character_it_cannot(name: str, tmp_path: Path) -> None:
    rows = (line("INV-1", "600.25", 3, project=name),)
    section = replace(statement().sections[0], lines=rows)
    (file,) = statement_files(statement(customer_name=name, sections=(section,)), PAYEE, ["pdf"])
    path = tmp_path / "statement.pdf"
    path.write_bytes(file.content)
    done = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, check=True, timeout=60
    )
    shown = "".join(done.stdout.decode().split())
    for character in set("".join(name.split())) - set("\u200d\ufe0f"):
        assert character in shown or f"[U+{ord(character):04X}]" in shown
    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True, timeout=60)
    for each in fonts.stdout.decode().splitlines()[2:]:
        assert " yes yes yes " in each  # embedded, a subset, and with its text


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_workbook_shows_it_as_text(name: str) -> None:
    section = replace(statement().sections[0], lines=(line(name, "850.25", 3, po=name),))
    (file,) = statement_files(statement(customer_name=name, sections=(section,)), PAYEE, ["xlsx"])
    sheet = load_workbook(BytesIO(file.content))["USD"]
    plain = " ".join(name.split())
    assert plain in [cell.value for row in sheet for cell in row if cell.data_type == "s"]
    formulas = [cell.value for row in sheet for cell in row if cell.data_type == "f"]
    assert all(str(each).startswith(("=SUM", "=G")) for each in formulas)
