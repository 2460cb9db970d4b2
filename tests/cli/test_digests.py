"""Our own people hear of their customers by mail, once, and only where there is something to say."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.mail_server import MailServer, Received
from tests.office import FRIDAY, HEAD, Office, due

MONDAY = date(2026, 11, 23)
OWNED = [*HEAD, "Salesperson", "Owner Email"]
ANN, BOB = "ann@seller.example", "bob@seller.example"


@pytest.fixture
def office(tmp_path: Path, mail_server: MailServer) -> Office:
    office = Office(tmp_path, mail_server.server)
    configure(office)
    return office


def configure(office: Office, digests: Any = None, **sections: Any) -> None:
    office.configure(digests=digests or {"owners": "daily"}, **sections)


def owned(days: int, customer: str, owner: str = "Ann", email: str | None = ANN) -> list[Any]:
    return [*due(days, customer), owner, email]


def to(server: MailServer, address: str) -> list[Received]:
    return [each for each in server.received if address in each.recipients]


def text_of(message: Received, kind: str = "plain") -> str:
    body = message.parsed.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_each_owner_hears_of_their_own_customers_and_of_nobody_elses(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(20, "Acme Ltd"), owned(10, "Beta GmbH", "Bob", BOB), owned(5, "Gamma"),
                head=OWNED)  # fmt: skip
    ran = office.run()
    assert [each["state"] for each in ran.json["digests"]] == ["sent", "sent"]
    (ann,), (bob,) = to(mail_server, ANN), to(mail_server, BOB)
    assert ann.parsed["Subject"] == "Your customers, 20 Nov 2026: 2 to call"
    assert "- Acme Ltd: USD 100.00\n  20 days overdue" in text_of(ann)
    for kind in ("plain", "html"):
        assert "Gamma" in text_of(ann, kind)
        assert "Beta" not in text_of(ann, kind)
        assert "Beta" in text_of(bob, kind)
        assert "Acme" not in text_of(bob, kind)
    assert ann.parsed["X-Collector-Occasions"].startswith(
        "receivables/digest/ann@seller.example/2026-11-20,"
    )
