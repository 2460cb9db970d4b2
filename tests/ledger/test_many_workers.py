"""Many workers, one ledger, one mail server: every message is delivered once."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from collector.errors import AlreadyClaimedError, DayFullError
from collector.ledger import open_ledger
from collector.mail.smtp import SmtpMailer
from collector.model import Message
from tests.mail_server import MailServer

WORKERS = 8
MESSAGES = 1000
BOOK = "receivables"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SPAWN = multiprocessing.get_context("spawn")


def message(number: int) -> Message:
    address = f"ap{number}@customers.example"
    return Message(
        message_id=f"<{number}@seller.example>",
        book=BOOK,
        customer=f"c{number}",
        customer_name=f"客户{number}",
        step="first",
        to=(address,),
        cc=(),
        recipients=(address,),
        sender="ar@seller.example",
        subject="Invoice",
        occasions=(f"{BOOK}/c{number}/reminder/{number}/2026-11-01/first",),
        digest=f"d{number}",
        content=b"Subject: Invoice\r\n\r\nPlease pay\r\n",
        as_of=date(2026, 11, 20),
    )


def work(url: str, server: str, run: str, start: int, gate: Any, sent: Any) -> None:
    """Claim, deliver and settle whatever nobody else has, from a place of one's own round."""
    delivered = 0
    with open_ledger(url) as ledger, SmtpMailer(server, security="none") as mailer:
        pending = [stored.message for stored in ledger.pending(BOOK)]
        gate.wait()
        for each in [*pending[start:], *pending[:start]]:
            try:
                ledger.claim(each.message_id, run, NOW)
            except AlreadyClaimedError:
                continue
            answer = mailer.deliver(
                each, dotting=lambda number=each.message_id: ledger.dotting(number, NOW)
            )
            ledger.sent(each.message_id, answer, NOW)
            delivered += 1
    sent.put(delivered)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_eight_workers_deliver_each_message_once(
    tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'collector.db'}"
    if database == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    with open_ledger(url) as ledger, MailServer() as server:
        ledger.add([message(number) for number in range(MESSAGES)], "2026-11-20-1", NOW)
        gate, sent = SPAWN.Barrier(WORKERS), SPAWN.Queue()
        workers = [
            # All but the first two start together in their midst, so that they meet.
            SPAWN.Process(
                target=work,
                args=(url, server.server, f"run-{n}", max(0, n - 2) * 7, gate, sent),
            )
            for n in range(WORKERS)
        ]
        for worker in workers:
            worker.start()
        shares = [sent.get(timeout=300) for _ in workers]
        for worker in workers:
            worker.join()
        assert [worker.exitcode for worker in workers] == [0] * WORKERS
        got = Counter(address for each in server.received for address in each.recipients)
        print(f"{MESSAGES} messages by {WORKERS} workers: {shares}")
        assert len(got) == MESSAGES
        assert set(got.values()) == {1}
        assert sum(shares) == len(server.received) == MESSAGES
        assert len(ledger.spoken(BOOK, redirected=False)) == MESSAGES
        assert ledger.pending(BOOK) == ()


def claim_all(url: str, run: str, most: int, gate: Any, claimed: Any) -> None:
    """Claim whatever nobody else has, as far as the day has room."""
    mine = 0
    with open_ledger(url) as ledger:
        pending = [stored.message for stored in ledger.pending(BOOK)]
        gate.wait()
        for each in pending:
            with suppress(AlreadyClaimedError, DayFullError):
                ledger.claim(each.message_id, run, NOW, max_per_day=most)
                mine += 1
    claimed.put(mine)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_workers_that_claim_at_once_never_go_beyond_the_cap_of_a_day(
    tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'collector.db'}"
    if database == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    with open_ledger(url) as ledger:
        ledger.add([message(number) for number in range(60)], "2026-11-20-1", NOW)
        gate, claimed = SPAWN.Barrier(4), SPAWN.Queue()
        workers = [
            SPAWN.Process(target=claim_all, args=(url, f"run-{n}", 37, gate, claimed))
            for n in range(4)
        ]
        for worker in workers:
            worker.start()
        shares = [claimed.get(timeout=300) for _ in workers]
        for worker in workers:
            worker.join()
        assert [worker.exitcode for worker in workers] == [0] * 4
        assert sum(shares) == ledger.tries("ar@seller.example", date(2026, 11, 20)) == 37
