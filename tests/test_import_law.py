"""The law of the map: what each part of Collector may import, and who may ask the time."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "collector"

WORDS = {"model", "errors", "fields", "phrases"}
CORE = {"intake", "rules", "plan", "letters"}
EDGES = {"config", "sheets", "mail", "ledger"}

# Part → the parts it may import besides itself and the bare package.
MAY_IMPORT = {
    **dict.fromkeys(WORDS | EDGES | {"intake"}, WORDS),
    "rules": WORDS | {"intake"},
    "plan": WORDS | {"intake", "rules"},
    "letters": WORDS | {"intake", "rules"},
    "worker": WORDS | CORE,
    "wiring": WORDS | CORE | EDGES | {"worker"},
    "clock": WORDS | CORE | {"worker", "wiring"},
    "fleet": WORDS | CORE | {"worker", "wiring", "clock"},
    "cli": WORDS | CORE | {"config", "worker", "wiring", "clock", "fleet"},
    "__init__": set(),
    "__main__": {"cli"},
}

FOREIGN_TO_CORE = {
    "openpyxl", "python_calamine", "gspread", "yagmail", "smtplib", "imaplib", "sqlalchemy",
    "sqlite3", "schedule", "os", "shutil", "tempfile", "subprocess", "socket", "ssl", "time",
    "requests", "keyring",
}  # fmt: skip
MAY_ASK_THE_TIME = {"cli", "fleet"}
ASKING = {
    *(f"datetime.date.{name}" for name in ("today", "fromtimestamp")),
    *(f"datetime.datetime.{name}" for name in ("today", "now", "utcnow")),
    *(f"pandas.Timestamp.{name}" for name in ("today", "now", "utcnow")),
    *(f"time.{name}" for name in ("time", "time_ns", "localtime", "gmtime", "strftime", "ctime")),
}  # fmt: skip


def part_of(path: Path) -> str:
    """Return the part of the map that a file below the package belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def bindings(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """Yield line, full name and the name it is bound to, for everything that a file imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.split(".")[0]
                # `import a.b` binds a; still it is a.b that was imported
                yield node.lineno, alias.name, alias.asname or ("" if alias.name != top else top)
                if not alias.asname:
                    yield node.lineno, top, top
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                yield node.lineno, f"{module}.{alias.name}", alias.asname or alias.name
        elif isinstance(node, ast.Call) and node.args:
            called, first = ast.unparse(node.func), node.args[0]
            if called.endswith(("import_module", "__import__")) and isinstance(first, ast.Constant):
                yield node.lineno, str(first.value), ""


def full_name(node: ast.expr, bound: dict[str, str]) -> str:
    """Return the full name of ``a.b.c``, as the imports have it; '' for anything else."""
    if isinstance(node, ast.Attribute):
        inner = full_name(node.value, bound)
        return f"{inner}.{node.attr}" if inner else ""
    return bound.get(node.id, "") if isinstance(node, ast.Name) else ""


def broken(part: str, source: str) -> list[str]:
    """Return what a file of a part breaks, each as ``line N: what``."""
    tree = ast.parse(source)
    imported = list(bindings(tree))
    return [
        f"line {line}: {what}"
        for line, what in sorted({*_wrong_imports(part, imported), *_asks(part, tree, imported)})
    ]


def _wrong_imports(part: str, imported: list[tuple[int, str, str]]) -> Iterator[tuple[int, str]]:
    for line, name, _ in imported:
        package, *rest = name.split(".")
        if package == "":
            yield line, f"{part} imports {name} relatively"
        elif package != "collector":
            if part in CORE and package in FOREIGN_TO_CORE:
                yield line, f"{part} imports {package}, which is foreign to the core"
        elif rest and rest[0] in MAY_IMPORT and rest[0] not in MAY_IMPORT[part] | {part}:
            yield line, f"{part} imports {rest[0]}"


def _asks(
    part: str, tree: ast.AST, imported: list[tuple[int, str, str]]
) -> Iterator[tuple[int, str]]:
    if part in MAY_ASK_THE_TIME:
        return
    bound = {alias: name for _, name, alias in imported if alias}
    handed = set(_defaults(tree)) if part in EDGES else set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute | ast.Name) or node in handed:
            continue
        if full_name(node, bound) in ASKING:
            yield node.lineno, f"{part} asks {full_name(node, bound)}"


def _defaults(tree: ast.AST) -> Iterator[ast.expr]:
    # `now: Callable[[], datetime] = datetime.now` of an edge: the time is handed in, and who uses
    # the edge from Python need not.
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            yield from node.defaults
            yield from (default for default in node.kw_defaults if default)


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(PACKAGE)) for p in FILES])
def test_a_file_keeps_the_law(path: Path) -> None:
    assert broken(part_of(path), path.read_text(encoding="utf-8")) == []


def test_every_file_is_on_the_map() -> None:
    assert {part_of(path) for path in FILES} <= set(MAY_IMPORT)


def test_every_part_of_the_map_is_there_once() -> None:
    both = [p.name for p in PACKAGE.iterdir() if p.is_dir() and p.with_suffix(".py").exists()]
    assert both == []


@pytest.mark.parametrize(
    ("part", "source", "what"),
    [
        ("model", "from collector.intake.book import Book", "model imports intake"),
        ("fields", "import collector.config", "fields imports config"),
        ("intake", "from collector import rules", "intake imports rules"),
        ("intake", "from collector.rules import aging", "intake imports rules"),
        ("rules", "from collector.plan import make_plan", "rules imports plan"),
        ("plan", "from collector.letters import render", "plan imports letters"),
        ("letters", "from collector.sheets import open_workbook", "letters imports sheets"),
        ("sheets", "from collector.rules.aging import bucket", "sheets imports rules"),
        ("mail", "from collector.ledger import open_ledger", "mail imports ledger"),
        ("worker", "def f():\n    from collector.sheets import excel", "worker imports sheets"),
        ("worker", "from collector.cli import main", "worker imports cli"),
        ("clock", "import importlib\nimportlib.import_module('collector.mail')", "imports mail"),
        ("cli", "from collector.ledger import open_ledger", "cli imports ledger"),
        ("rules", "from . import aging", "relatively"),
        ("intake", "import openpyxl.utils", "openpyxl, which is foreign"),
        ("rules", "import os.path as p", "os, which is foreign"),
        ("plan", "if True:\n    import time", "time, which is foreign"),
        ("rules", "import datetime\ndatetime.date.today()", "asks datetime.date.today"),
        ("plan", "from datetime import datetime as d\nd.now(None)", "asks datetime.datetime.now"),
        ("rules", "import pandas as pd\npd.Timestamp.now()", "asks pandas.Timestamp.now"),
        ("ledger", "from datetime import datetime\nf(default=datetime.now)", "asks datetime"),
        ("clock", "import time\ntime.time()", "asks time.time"),
        ("plan", "from datetime import date\ndef f(day=date.today): ...", "asks datetime.date"),
        ("sheets", "from datetime import date\ndef f(day=date.today()): ...", "asks datetime.date"),
        ("mail", "from time import time as seconds\nseconds()", "asks time.time"),
    ],
)
def test_breaking_the_law_is_noticed(part: str, source: str, what: str) -> None:
    assert any(what in said for said in broken(part, source))


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("plan", "from collector.rules.aging import bucket\nfrom collector.model import Edit"),
        ("rules", "from datetime import date, time\ndate(2026, 11, 20)"),
        ("mail", "import time\ntime.monotonic()"),
        ("worker", "def f(now):\n    return now()"),
        ("sheets", "from datetime import datetime\ndef f(*, now=datetime.now): ..."),
        ("cli", "from datetime import date\ndate.today()"),
        ("config", "from collector.config.source import read_source"),
        ("letters", "from collector import __version__"),
    ],
)
def test_keeping_the_law_is_not_complained_about(part: str, source: str) -> None:
    assert broken(part, source) == []
