"""What tests of several areas share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail_server import MailServer
from tests.office import Clock
from tests.sheets.google_server import GoogleServer, google_server


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A real SMTP server on loopback that takes whatever it is given."""
    with MailServer() as server:
        yield server


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
