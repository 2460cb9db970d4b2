"""A second program opens what we wrote."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from collector.model import BookNote, Edit
from collector.sheets import open_workbook
from tests.sheets.samples import TAB, rich_book, shown
from tests.sheets.test_excel import OURS
from tests.sheets.test_tabs import HEADINGS, OUTBOX, ROW, prefixed, strict

SOFFICE = shutil.which("soffice")
# Where the build runs it must be there; on a desk it may be missing.
pytestmark = pytest.mark.skipif(
    SOFFICE is None and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)


def converted(path: Path, kind: str) -> Path:
    assert SOFFICE, "LibreOffice is not installed"
    out = path.parent / "out"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(out),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return out / f"{path.stem}.{kind}"


def test_libreoffice_shows_our_cells_and_the_teams(tmp_path: Path) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write(OURS, expect={})
    with converted(path, "csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[2][:8] == ["Customer", "Invoice", "Due Date", "Amount", "Paid", "Status",
                           "Last reminder", "Open balance"]  # fmt: skip
    assert rows[3][:2] + rows[3][3:8] == ["Acme", "00123", "120.5", "0", "Overdue", "2026-10-04",
                           "120.5"]  # fmt: skip
    assert rows[7][3] == "1200.75"


def test_our_columns_and_rules_are_known_again_after_libreoffice_saved_the_book(
    tmp_path: Path,
) -> None:
    path = rich_book(tmp_path / "book.xlsx")
    open_workbook(str(path)).write(OURS, expect={})
    saved = converted(path, "xlsx")
    book = open_workbook(str(saved), backups=0)
    grid = book.read(TAB)
    assert grid.owned == {"status": 5, "last_reminder": 6, "open_balance": 7}
    assert grid.rows[3][5:8] == open_workbook(str(path)).read(TAB).rows[3][5:8]
    assert book.write(OURS, expect={TAB: grid.fingerprint}).cells == 0
    areas = openpyxl.load_workbook(saved)[TAB].conditional_formatting
    formulas = [text for area in areas for rule in area.rules for text in rule.formula]
    assert formulas.count('AND($F4="Overdue",N("collector")=0)') == 1


@pytest.mark.parametrize("make", [rich_book, strict, prefixed])
def test_a_tab_of_ours_is_shown_and_known_again_after_libreoffice_saved_the_book(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    path = make(tmp_path / "book.xlsx")
    note = BookNote("claim", 'Ann\'s "ledger"; 汉字')
    changes = [OUTBOX, *HEADINGS, ROW, Edit(TAB, "K1", "ours"), note]
    open_workbook(str(path)).write(changes, expect={})
    saved = converted(path, "xlsx")
    book = open_workbook(str(saved), backups=0)
    assert [tab.ours for tab in book.tabs()] == ["", "", "outbox"]
    assert book.read("Outbox").owned == {"date": 0, "total": 1, "approve": 2}
    assert book.read("Outbox").rows == open_workbook(str(path)).read("Outbox").rows
    assert shown(saved)[0][10] == "ours"
    assert book.notes() == {"claim": note.text}
    assert book.write([OUTBOX, note], expect={}).replaced is False
    choices = openpyxl.load_workbook(saved)["Outbox"].data_validations.dataValidation
    assert [rule.formula1 for rule in choices] == ['"yes,no"']
