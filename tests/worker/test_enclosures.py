"""Files that rows name: below one folder, none too large, and never a letter without its file."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from collector.errors import EnclosureError
from collector.model import Draft, Line
from collector.plan import Plan
from collector.wiring import file_finder
from collector.worker.enclosures import enclosures, hold_without_files
from tests.letters.samples import draft, line


def naming(*names: str) -> Draft:
    lines: tuple[Line, ...] = tuple(line("A", "1", 1, attachment=name) for name in names)
    return draft(overdue=lines)


def plan(*drafts: Draft) -> Plan:
    return Plan(drafts, (), (), (), pd.DataFrame(), {}, {}, frozenset(), {"C001": date.max})


def test_files_come_from_the_folder_each_once(tmp_path: Path) -> None:
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "发票 1.pdf").write_bytes(b"%PDF")
    found = enclosures(naming("2026/发票 1.pdf", "2026/发票 1.pdf", ""), file_finder(tmp_path))
    assert [(file.name, file.media_type, file.content) for file in found] == [
        ("发票 1.pdf", "application/pdf", b"%PDF")
    ]


@pytest.mark.parametrize(
    "name", ["../secret.pdf", "/etc/hostname", "a/../../secret.pdf", "link.pdf"]
)
def test_nothing_outside_the_folder_is_ever_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    folder = tmp_path / "files"
    folder.mkdir()
    if hasattr(os, "symlink"):
        (folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    with pytest.raises(EnclosureError, match="outside"):
        file_finder(folder)(name)


def test_a_file_that_is_missing_or_too_large_is_said(tmp_path: Path) -> None:
    find = file_finder(tmp_path)
    with pytest.raises(EnclosureError, match=r"gone\.pdf: the file is not there"):
        find("gone.pdf")
    with pytest.raises(EnclosureError):
        find("a\0b.pdf")
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(bytes(4 << 20))
    with pytest.raises(EnclosureError, match="exceed 7 MB"):
        enclosures(naming("a.pdf", "b.pdf"), find)
    (tmp_path / "c.pdf").write_bytes(bytes((5 << 20) + 1))
    with pytest.raises(EnclosureError, match="larger than 5 MB"):
        find("c.pdf")


def test_a_message_without_its_file_is_held_and_the_others_go(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    good, bad = naming("a.pdf"), replace(naming("b.pdf"), customer="C002", customer_name="Bee")
    left = hold_without_files(plan(good, bad), file_finder(tmp_path))
    assert left.drafts == (good,)
    (held,) = left.held
    assert held.customer == "C002"
    assert held.say("en") == "its attachment b.pdf cannot go with it: the file is not there"
    assert held.say("zh") == "附件 b.pdf 无法随信发送：文件不存在"


def test_without_a_folder_a_named_file_holds_its_message() -> None:
    (held,) = hold_without_files(plan(naming("a.pdf")), file_finder(None)).held
    assert "letters.attachments is not set" in held.say("en")
