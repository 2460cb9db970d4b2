"""Balance confirmations in the ledger: one state each, kept beside what older ledgers hold."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import create_engine, text

from collector.ledger import open_ledger
from collector.model import ConfirmationState, Confirmed

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def confirmed(state: ConfirmationState, day: int = 31, customer: str = "acme") -> Confirmed:
    return Confirmed(customer, date(2026, 10, day), state, "", NOW)


def test_a_confirmation_has_one_state_at_a_time(tmp_path: Path) -> None:
    with open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        assert ledger.confirmations("book") == ()
        for each in (confirmed("sent"), confirmed("sent", 30), confirmed("agreed")):
            ledger.confirm("book", each)
        assert ledger.confirmations("book") == (confirmed("agreed"), confirmed("sent", 30))
        assert ledger.confirmations("other") == ()


def test_a_ledger_from_before_confirmations_is_taken_as_it_is(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    open_ledger(url).close()
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE collector_confirmations"))
    engine.dispose()
    with open_ledger(url, read_only=True) as ledger:
        assert ledger.confirmations("book") == ()
    with open_ledger(url) as ledger:
        ledger.confirm("book", confirmed("sent"))
        assert ledger.confirmations("book") == (confirmed("sent"),)
