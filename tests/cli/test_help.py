"""Help answers at once, and wrong usage is said in a line or two."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.office import environment

COMMANDS = (
    "demo", "init", "check", "preview", "run", "work", "approve", "log", "doubts", "undo",
    "statement",
)  # fmt: skip
HEAVY = {
    "pandas", "numpy", "openpyxl", "python_calamine", "sqlalchemy", "babel", "jinja2", "yagmail",
    "pydantic", "lxml", "typst", "rich", "yaml", "xlsxwriter", "keyring", "schedule",
}  # fmt: skip

ASK_FOR_HELP = """
import io, json, sys
from contextlib import redirect_stdout
from collector.cli import main

answers = {}
for words in json.loads(sys.argv[1]):
    sys.argv, out = ["collector", *words], io.StringIO()
    try:
        with redirect_stdout(out):
            main()
    except SystemExit as leaving:
        answers[" ".join(words)] = [leaving.code or 0, out.getvalue()]
loaded = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps([answers, loaded]))
"""


def python(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def ask_for_help(folder: Path, *asked: list[str]) -> tuple[dict[str, list[object]], set[str]]:
    """Return the answers to some words, and what asking them imported."""
    words = json.dumps(asked)
    answers, loaded = json.loads(python("-c", ASK_FOR_HELP, words, folder=folder).stdout)
    return answers, set(loaded)


def test_help_names_every_command_and_imports_nothing_heavy(tmp_path: Path) -> None:
    answers, loaded = ask_for_help(tmp_path, ["--help"])
    status, text = answers["--help"]
    assert status == 0
    assert [command for command in COMMANDS if command not in str(text)] == []
    assert loaded & HEAVY == set()


def test_every_command_answers_help_and_imports_nothing_heavy(tmp_path: Path) -> None:
    answers, loaded = ask_for_help(tmp_path, *([command, "--help"] for command in COMMANDS))
    assert {words: status for words, (status, _) in answers.items() if status} == {}
    for words, (_, text) in answers.items():
        assert f"collector {words.removesuffix(' --help')}" in str(text)
    # Typer itself coerces a command's paths with pydantic.
    assert loaded & HEAVY <= {"pydantic"}


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (["rnu"], "rnu"),
        (["run", "--jsno"], "--jsno"),
        (["undo"], "Missing argument"),
        (["statement", "Acme"], "--out"),
        (["log", "--limit", "none"], "--limit"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_names_what_is_wrong(
    tmp_path: Path, words: list[str], wrong: str
) -> None:
    ran = python("-m", "collector", *words, folder=tmp_path)
    assert ran.returncode == 2
    assert wrong in ran.stderr
    assert "Traceback" not in ran.stderr
    assert list(tmp_path.iterdir()) == []
