"""The demo does the whole job in an empty folder, and a second time nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.office import environment


def demo(folder: Path, *words: str) -> Any:
    command = [sys.executable, "-m", "collector", "demo", ".", "--json", *words]
    ran = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_demo_does_the_whole_job_once(tmp_path: Path, language: str) -> None:
    first = demo(tmp_path, "--language", language)
    kept = sorted(path.name for path in (tmp_path / "mail").iterdir())
    assert first["messages"]["sent"] == len(kept) == len(first["mail"]) > 0
    assert all(name.endswith(".eml") for name in kept)
    assert first["edits"] > 0
    assert first["held"]
    written = (tmp_path / "receivables.xlsx").read_bytes()
    if language == "en":
        again = demo(tmp_path)
        assert (again["messages"]["sent"], again["edits"]) == (0, 0)
        assert (tmp_path / "receivables.xlsx").read_bytes() == written
        assert sorted(path.name for path in (tmp_path / "mail").iterdir()) == kept


def test_a_language_nobody_speaks_is_wrong_usage(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "collector", "demo", "there", "--language", "xx"]
    ran = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_a_teams_own_files_is_not_played_with(tmp_path: Path) -> None:
    own = tmp_path / "config.yaml"
    own.write_text("workbook: receivables.xlsx\n", encoding="utf-8")
    command = [sys.executable, "-m", "collector", "demo", "."]
    ran = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 2
    assert "Name a new or empty folder" in ran.stderr
    assert list(tmp_path.iterdir()) == [own]
