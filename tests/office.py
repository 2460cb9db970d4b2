"""A finance team's office for tests from end to end: its workbook, its config, the command line."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from collector.cli import main
from collector.model import Cell

FRIDAY = date(2026, 11, 20)
HEAD = ["Customer", "Email", "Invoice", "Invoice Date", "Due Date", "Amount", "Paid"]

Row = Sequence[Cell]


def due(
    days: int, customer: str = "Acme Ltd", *, email: str = "", amount: Cell = 100, paid: Cell = 0
) -> list[Cell]:
    """Return a row of HEAD that is ``days`` overdue on FRIDAY: ACME-1031, ap@acme.example …"""
    day = FRIDAY - timedelta(days=days)
    number = f"{customer.partition(' ')[0].upper()}-{day:%m%d}"
    address = email or mail_of(customer)
    return [customer, address, number, day - timedelta(days=30), day, amount, paid]


def mail_of(customer: str) -> str:
    return f"ap@{customer.partition(' ')[0].casefold()}.example"


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out, self.err
        return json.loads(self.out)

    @property
    def held(self) -> dict[str, str]:
        return {held["customer"]: held["reason"] for held in self.json["held"]}


class Clock:
    """A clock that stands on a Friday morning in Shanghai until it is moved."""

    def __init__(self) -> None:
        self.hours = 0.0

    def __call__(self) -> datetime:
        return datetime.fromisoformat("2026-11-20T10:00:00+08:00") + timedelta(hours=self.hours)


class Office:
    """A folder with ``receivables.xlsx`` and ``config.yaml``, and Collector run in it."""

    def __init__(self, folder: Path, server: str = "") -> None:
        self.folder = folder
        self.book = folder / "receivables.xlsx"
        self.ledger = folder / "collector.db"
        self._server = server
        self.configure()

    # ── the config ──

    def configure(self, text: str = "", /, **sections: Any) -> None:
        """Write config.yaml anew: as given, or what sends to the server with sections changed."""
        mail: dict[str, Any] = {"mode": "send", "security": "none"}
        mail |= {"server": self._server, "from": "Accounts <ar@seller.example>"}
        terms: dict[str, Any] = {"workbook": self.book.name, "currency": "USD"}
        terms["mail"] = {
            key: value
            for key, value in (mail | sections.pop("mail", {})).items()
            if value not in (None, "")
        }
        written = text or yaml.safe_dump(terms | sections, allow_unicode=True)
        (self.folder / "config.yaml").write_text(written, encoding="utf-8")

    # ── the workbook, as the team works in it ──

    def fill(self, *rows: Row, head: Row = HEAD, **tabs: Sequence[Row]) -> None:
        """Make the workbook: a tab of invoices, and others by name."""
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, content in {"Invoices": [head, *rows], **tabs}.items():
            sheet = book.create_sheet(name)
            for row in content:
                sheet.append(list(row))
        book.save(self.book)

    @contextmanager
    def editing(self, tab: str = "Invoices") -> Iterator[Any]:
        """Open the workbook as a person would, and save what they change in a tab."""
        with closing(openpyxl.load_workbook(self.book)) as book:
            yield book[tab]
            book.save(self.book)

    def rows(self, tab: str = "Invoices") -> list[dict[str, Any]]:
        """Return the rows of a tab by heading, as they stand in the file."""
        with closing(openpyxl.load_workbook(self.book)) as book:
            head, *rows = book[tab].iter_rows(values_only=True)
        return [dict(zip(head, row, strict=True)) for row in rows]

    def column(self, heading: str, by: str = "Invoice") -> dict[str, Any]:
        return {row[by]: row[heading] for row in self.rows() if row[by]}

    # ── the command line ──

    def collector(self, *words: str, as_of: date | None = None) -> Ran:
        """Run a command in this process, with this office's config."""
        day = ["--as-of", as_of.isoformat()] if as_of else []
        argv = ["collector", *words, *day, "--config", str(self.folder / "config.yaml")]
        out, err = io.StringIO(), io.StringIO()
        status = 0
        before, sys.argv = sys.argv, argv
        try:
            with redirect_stdout(out), redirect_stderr(err):
                main()
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        finally:
            sys.argv = before
        return Ran(status, out.getvalue(), err.getvalue())

    def run(self, as_of: date = FRIDAY) -> Ran:
        return self.collector("run", "--json", as_of=as_of)

    def start(self, *words: str, **variables: str) -> subprocess.Popen[str]:
        """Start a command as a process of its own, in the office's folder."""
        return subprocess.Popen(
            [sys.executable, "-m", "collector", *words],
            cwd=self.folder,
            env=environment(**variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def process(self, *words: str, **variables: str) -> Ran:
        """Run a command as a process of its own, to its end."""
        return ended(self.start(*words, **variables))

    # ── what it left ──

    def sound(self) -> bool:
        """Tell whether the ledger, if there is one, is a whole database."""
        return not self.ledger.exists() or self.asked("PRAGMA integrity_check") == [("ok",)]

    def slots(self) -> list[str]:
        """Return the slots of the schedule whose pass was made."""
        there = self.ledger.exists() and self.asked("SELECT name FROM sqlite_schema")
        known = there and ("collector_slots",) in there
        return [row[0] for row in self.asked("SELECT slot FROM collector_slots")] if known else []

    def asked(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.ledger)) as database:
            return database.execute(query).fetchall()


def ended(process: subprocess.Popen[str], seconds: float = 120) -> Ran:
    """Wait for a process to end; return what it left."""
    out, err = process.communicate(timeout=seconds)
    return Ran(process.returncode, out, err)


def environment(**changed: str) -> dict[str, str]:
    """Return what a process is started with: this tree's code, English, UTF-8."""
    here = str(Path(__file__).parents[1])
    plain = {"PYTHONPATH": here, "LC_ALL": "C.UTF-8", "COLLECTOR_CONFIG": ""}
    return {**os.environ, **plain, **changed}
