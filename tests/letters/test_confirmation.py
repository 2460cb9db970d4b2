"""A balance confirmation says who owes whom how much, in figures and words, and can be returned."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from collector.fields import LETTER_LANGUAGES
from collector.letters.confirmation import confirmation_file
from collector.model import Confirmation
from tests.letters.samples import SENDER

needs_pdftotext = pytest.mark.skipif(
    not shutil.which("pdftotext") and not os.environ.get("CI"), reason="pdftotext is not installed"
)


def letter(language: str, name: str = "Acme Ltd") -> Confirmation:
    balances = (("CNY", Decimal("300004034.42")), ("USD", Decimal("-10.05")))
    day = date(2026, 10, 31)
    return Confirmation("C001", name, language, day, date(2026, 11, 14), balances)


def shown(confirmation: Confirmation, folder: Path) -> str:
    path = folder / "confirmation.pdf"
    path.write_bytes(confirmation_file(confirmation, SENDER).content)
    done = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode()


@needs_pdftotext
def test_chinese_shows_the_amount_in_capital_figures(tmp_path: Path) -> None:
    text = shown(letter("zh", "上海云杉喆堃玥"), tmp_path)
    for words in ("对账函", "上海云杉喆堃玥", "贵司欠我司", "我司欠贵司", "2026年10月31日", "回执",
                  "人民币叁亿零肆仟零叁拾肆元肆角贰分", "美元壹拾元零伍分", "2026年11月14日",
                  "单位盖章", "信息不符"):  # fmt: skip
        assert words in text


@needs_pdftotext
def test_english_shows_the_amount_in_words(tmp_path: Path) -> None:
    text = shown(letter("en"), tmp_path)
    for words in ("Balance confirmation", "CNY 300,004,034.42", "thirty-four and 42/100 Chinese",
                  "You owe us", "We owe you", "14 November 2026", "agrees with our"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_it_is_one_archivable_page_and_the_same_every_time(language: str) -> None:
    file = confirmation_file(letter(language), SENDER)
    assert file.content == confirmation_file(letter(language), SENDER).content
    assert b"pdfaid:part" in file.content
    assert file.name.endswith("_Acme_Ltd_2026-10-31.pdf")


@needs_pdftotext
def test_hostile_names_are_only_text(tmp_path: Path) -> None:
    name = '#panic("x") {{7*7}} =1+1 <script> \ue123'
    text = " ".join(shown(letter("en", name), tmp_path).split())
    assert '#panic("x") {{7*7}} =1+1 <script> [U+E123]' in text
