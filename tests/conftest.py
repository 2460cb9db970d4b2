"""What tests of several areas share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.mail_server import MailServer


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A real SMTP server on loopback that takes whatever it is given."""
    with MailServer() as server:
        yield server
