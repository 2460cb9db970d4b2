"""Headings that moved or were renamed, set right in config.yaml and nothing else with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from collector.errors import HeadingGoneError, HeadingsMovedError, UsageError
from collector.phrases import say

if TYPE_CHECKING:
    from collector.errors import WorkbookError
    from collector.model import Policy


def repaired(policy: Policy, error: WorkbookError) -> Policy:
    """Return a policy that finds a table again whose headings moved or were renamed.

    Raises the error where nothing like the heading is there.
    """
    if isinstance(error, HeadingsMovedError):
        hint = replace(policy.tabs[error.kind], header_row=error.now)
    elif isinstance(error, HeadingGoneError) and error.nearest:
        old = policy.tabs[error.kind]
        hint = replace(old, columns={**old.columns, error.field: error.nearest})
    else:
        raise error
    return replace(policy, tabs={**policy.tabs, error.kind: hint})


def write_repair(path: Path, error: WorkbookError) -> str:
    """Set in a configuration file what an error says is elsewhere now; return what was set."""
    address: tuple[str, ...]
    if isinstance(error, HeadingsMovedError):
        address, value = ("tabs", error.kind, "header_row"), str(error.now)
    elif isinstance(error, HeadingGoneError):
        address = ("tabs", error.kind, "columns", error.field)
        value = yaml.safe_dump(error.nearest, allow_unicode=True, width=10_000).split("\n")[0]
    else:
        raise error
    text = path.read_text(encoding="utf-8")
    node = _node(yaml.compose(text, Loader=yaml.SafeLoader), address)
    if node is None:
        raise error
    changed = text[: node.start_mark.index] + value + text[node.end_mark.index :]
    try:
        path.write_text(changed, encoding="utf-8")
    except OSError as problem:
        raise UsageError(f"{path}: {problem.strerror}") from problem
    return say("en", "check_repaired", path=path, key=".".join(address), value=value)


def _node(node: yaml.Node | None, address: tuple[str, ...]) -> yaml.ScalarNode | None:
    for name in address:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for key, value in node.value if key.value == name), None)
    return node if isinstance(node, yaml.ScalarNode) else None
