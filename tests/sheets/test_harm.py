"""The benchmark that proves that nothing is harmed must see harm where there is some."""

from __future__ import annotations

import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from collector.model import Edit
from collector.sheets import open_workbook
from tests.sheets.samples import SHEET, TAB, part, rich_book, with_parts

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
