"""What SQLite and PostgreSQL need done differently; all SQL of one database only is here."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import quote

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from collector.errors import BookBusyError, LedgerError
from collector.phrases import Phrase

# Writes that a killed process never loses and a power cut may, back to the last one that waits.
SOON: Final = "soon"
BUSY_SECONDS: Final = 30
POLL_SECONDS: Final = 0.1

# Primary result codes of SQLite (the low byte of an extended one) and what to tell a person.
SQLITE_SENTENCES: Final = {
    sqlite3.SQLITE_FULL: "ledger_full",
    sqlite3.SQLITE_READONLY: "ledger_readonly",
    sqlite3.SQLITE_PERM: "ledger_readonly",
    sqlite3.SQLITE_NOTADB: "ledger_no_database",
    sqlite3.SQLITE_CORRUPT: "ledger_no_database",
    sqlite3.SQLITE_CANTOPEN: "ledger_folder",
    sqlite3.SQLITE_BUSY: "ledger_busy",
    sqlite3.SQLITE_LOCKED: "ledger_busy",
    sqlite3.SQLITE_IOERR: "ledger_disk",
}

POSTGRESQL_SENTENCES: Final = {
    "53100": "ledger_full",
    "25006": "ledger_readonly",
    "42501": "ledger_readonly",
    "58030": "ledger_disk",
}


class Locks(Protocol):
    """How a database lets only one pass over a book go on at a time."""

    def exclusive(self, book: str, wait: float) -> AbstractContextManager[None]: ...


def place(url: str) -> str:
    """Return how to call a ledger in a sentence: its path, or its URL without the password."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        return url
    if parsed.get_backend_name() == "sqlite":
        return parsed.database or url
    return parsed.render_as_string(hide_password=True)


def connect(url: str, *, read_only: bool) -> tuple[Engine, Locks]:
    """Return the engine for a ledger's URL and its locks; nothing is opened yet.

    Raises LedgerError for an address or a driver that cannot be used.
    """
    name = place(url)
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed, name, read_only=read_only)
        if parsed.get_backend_name() == "postgresql":
            return _postgresql(parsed, read_only=read_only)
    except ModuleNotFoundError as exc:
        raise LedgerError(name, Phrase("ledger_driver")) from exc
    except (ArgumentError, NoSuchModuleError, ValueError) as exc:
        raise LedgerError(name, Phrase("ledger_address")) from exc
    raise LedgerError(name, Phrase("ledger_address"))


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn whatever the database raises inside into a LedgerError with a sentence."""
    try:
        yield
    except DBAPIError as exc:
        raise LedgerError(name, sentence(exc.orig)) from exc
    except SQLAlchemyError as exc:
        raise LedgerError(name, _first_line(exc)) from exc


def sentence(exc: BaseException | None) -> Phrase:
    """Return what is wrong, in words a person can act on."""
    code = getattr(exc, "sqlite_errorcode", None)
    state = str(getattr(exc, "sqlstate", None))
    key = POSTGRESQL_SENTENCES.get(state) if code is None else SQLITE_SENTENCES.get(code & 0xFF)
    if key == "ledger_busy":
        return Phrase(key, seconds=BUSY_SECONDS)
    if key == "ledger_disk":
        return Phrase(key, what=getattr(exc, "sqlite_errorname", state))
    return Phrase(key) if key else _first_line(exc)


def _first_line(exc: BaseException | None) -> Phrase:
    lines = str(exc).strip().splitlines() or [type(exc).__name__]
    return Phrase("ledger_other", what=lines[0].rstrip("."))


# ── SQLite: a file on a local disk ───────────────────────────────────────────────────────────


def _sqlite(url: URL, name: str, *, read_only: bool) -> tuple[Engine, Locks]:
    if url.database in (None, "", ":memory:"):
        raise LedgerError(name, Phrase("ledger_memory"))
    path = Path(str(url.database)).resolve()
    mode = "ro" if read_only else "rwc"
    if read_only and not path.exists():
        if not path.parent.is_dir():
            raise LedgerError(name, Phrase("ledger_folder"))
        return empty(), FileLocks(path)
    query = {"mode": mode, "uri": "true"}
    address = URL.create("sqlite", database=f"file:{quote(str(path))}", query=query)
    engine = create_engine(address)
    event.listen(engine, "connect", _prepare_read_only if read_only else _prepare)
    event.listen(engine, "begin", _begin)
    return engine, FileLocks(path)


def _prepare_read_only(connection: sqlite3.Connection, _record: object) -> None:
    # Python's own transactions begin too late (at the first write); _begin does it instead.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")


def _prepare(connection: sqlite3.Connection, record: object) -> None:
    _prepare_read_only(connection, record)
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    # Two processes that switch a new file at once: SQLite fails one of them without waiting.
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as exc:
            busy = exc.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() >= deadline:
                raise
            time.sleep(POLL_SECONDS)


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later cannot wait for another writer: SQLite
    # fails it at once. One that will write therefore takes the write lock at its start.
    writes = connection.get_execution_options().get("writes")
    if writes:
        level = "NORMAL" if writes == SOON else "FULL"
        connection.exec_driver_sql(f"PRAGMA synchronous = {level}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def empty() -> Engine:
    """Return a database in memory that stands in for a ledger that is not there yet."""
    return create_engine("sqlite://", poolclass=StaticPool)


class FileLocks:
    """One lock file per book beside the database; the system lets go of it when we are killed."""

    def __init__(self, database: Path) -> None:
        self._database = database

    @contextmanager
    def exclusive(self, book: str, wait: float) -> Iterator[None]:
        mark = hashlib.sha256(book.encode()).hexdigest()[:12]
        lock = FileLock(f"{self._database}.{mark}.lock", timeout=wait)
        try:
            lock.acquire()
        except Timeout as exc:
            raise BookBusyError(book) from exc
        except OSError as exc:
            raise LedgerError(str(self._database), Phrase("ledger_readonly")) from exc
        try:
            yield
        finally:
            lock.release()


# ── PostgreSQL: shared by several machines ───────────────────────────────────────────────────


def _postgresql(url: URL, *, read_only: bool) -> tuple[Engine, Locks]:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    options = {"options": "-c default_transaction_read_only=on"} if read_only else {}
    engine = create_engine(url, pool_pre_ping=True, connect_args=options)
    return engine, AdvisoryLocks(engine, url.render_as_string(hide_password=True))


def alone(connection: Connection) -> None:
    """Keep out, until this transaction ends, all others that look first and write after."""
    # SQLite's write lock does so by itself; on PostgreSQL both would look, and one would fail.
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _key("")})


def _key(book: str) -> int:
    digest = hashlib.sha256(f"collector/{book}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


class AdvisoryLocks:
    """A session lock per book on a connection of its own; it ends with that connection."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name

    @contextmanager
    def exclusive(self, book: str, wait: float) -> Iterator[None]:
        key = {"key": _key(book)}
        with told(self._name):
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            self._acquire(connection, book, key, wait)
            yield
        finally:
            # Closed rather than given back: a pooled connection would keep the lock.
            connection.invalidate()
            connection.close()

    def _acquire(self, connection: Connection, book: str, key: dict[str, int], wait: float) -> None:
        deadline = time.monotonic() + wait
        with told(self._name):
            while not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), key):
                if time.monotonic() >= deadline:
                    raise BookBusyError(book)
                time.sleep(POLL_SECONDS)
