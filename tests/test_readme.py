"""The README tells of every command and every key, and its two commands are the ones we run."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from collector.cli import app
from collector.config.schema import File, LadderStep

TOP = Path(__file__).parent.parent
README = (TOP / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme() -> None:
    names = [(c.name or c.callback.__name__) for c in app.registered_commands if c.callback]
    assert len(names) > 10
    assert [name for name in names if f"`collector {name}" not in README] == []


def _keys(model: type) -> set[str]:
    found = set()
    for name, info in model.model_fields.items():  # type: ignore[attr-defined]
        found.add(info.alias or name)
        for where, part in re.findall(
            r"(collector\.config\.\w+)\.([A-Z]\w*)", str(info.annotation)
        ):
            found |= _keys(getattr(import_module(where), part))
    return found


def test_every_configuration_key_is_in_the_readme() -> None:
    keys = _keys(File)
    assert {"gap_days", "watch_utilisation", "imap", "approve"} <= keys | _keys(LadderStep)
    assert sorted(key for key in keys if f"`{key}`" not in README) == []


@pytest.mark.parametrize("end", [".venv/bin/collector demo", ".venv/bin/python -m pytest"])
def test_the_two_commands_stand_in_the_readme(end: str) -> None:
    assert f"python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && {end}\n" in README


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (TOP / link).exists()] == []
