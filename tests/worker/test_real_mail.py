"""Postfix, Dovecot and kill -9: every mailbox has one message, whole, in its thread."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.mail_host import ARCHIVE, CUSTOMERS, PASSWORD, SELLER, MailHost, mail_host
from tests.office import HEAD, Office, ended

MANY = 500 if os.environ.get("CI") or os.environ.get("COLLECTOR_FULL") else 60
SEED = int(os.environ.get("COLLECTOR_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
KILLS = 5
FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 15)
EVERYONE = [f"c{number:03}@{CUSTOMERS}" for number in range(MANY)]


def name_of(number: int) -> str:
    return f"北京第{number:03}号商贸（集团）有限公司"


@pytest.fixture
def host() -> Iterator[MailHost]:
    with mail_host() as host, host.dovecot(), host.postfix():
        yield host


@pytest.fixture
def office(tmp_path: Path, host: MailHost, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("AR_PASSWORD", PASSWORD)
    office = Office(tmp_path)
    login = {"user": SELLER, "password": "env:AR_PASSWORD", "from": f"应收 <{SELLER}>"}
    imap = {"server": host.imap, "user": ARCHIVE, "password": "env:AR_PASSWORD"}
    mail = {"server": host.server, "security": "tls", "ca_file": host.ca_file, "max_per_run": 9999}
    office.configure(
        language="zh",
        mail=mail | login | {"archive": ARCHIVE, "imap": imap},
        statements={"attach": ["xlsx"]},
    )
    day = FIRST - timedelta(days=5)
    office.fill(
        *(
            [name_of(n), EVERYONE[n], f"发票-{n:03}", day - timedelta(days=30), day, 100 + n, 0]
            for n in range(MANY)
        ),
        head=HEAD,
    )
    return office


def told(office: Office) -> int:
    """Return how many messages the ledger knows to be sent."""
    if not office.ledger.exists():
        return 0
    ((there,),) = office.asked("SELECT count(*) FROM sqlite_schema WHERE name='collector_messages'")
    if not there:
        return 0
    ((sent,),) = office.asked("SELECT count(*) FROM collector_messages WHERE state='sent'")
    return sent


def kill_somewhere(office: Office, day: date, chance: random.Random) -> bool:
    """Kill -9 a run at some moment, mostly while it sends; returns whether it had ended before."""
    process = office.start("run", "--json", "--as-of", day.isoformat())
    more = told(office) + chance.randrange(0, max(2, MANY * 2 // KILLS))
    while told(office) < more and process.poll() is None:
        time.sleep(0.002)
    time.sleep(chance.uniform(0, 0.05))
    over = process.poll() is not None
    process.kill()
    process.communicate()
    return over


def until_done(office: Office, host: MailHost, day: date, chance: random.Random) -> list[str]:
    """Kill runs until one comes to its end; return what a person had to settle by hand."""
    for _ in range(KILLS):
        if kill_somewhere(office, day, chance):
            break
    by_hand: list[str] = []
    for _ in range(4):
        ran = ended(office.start("run", "--json", "--as-of", day.isoformat()), 300)
        assert "Traceback" not in ran.err
        host.settled()
        doubts = office.collector("doubts", "--json").json["doubts"]
        if not doubts and not ran.json["messages"]["sent"]:
            return by_hand
        # Whatever was delivered lies in the archive by now; the rest never left this machine.
        for doubt in doubts:
            assert host.holds(doubt["to"][0], doubt["id"]) is False
            assert office.collector("doubts", "--again", doubt["id"]).status in (0, 1)
            by_hand.append(doubt["to"][0])
    raise AssertionError("it never came to an end")


def found_in_archive(office: Office) -> int:
    ((found,),) = office.asked(
        "SELECT count(*) FROM collector_messages WHERE answer='found in the archive'"
    )
    return found


def test_killed_again_and_again_every_mailbox_has_one_message(
    office: Office, host: MailHost
) -> None:
    chance = random.Random(SEED)
    by_hand = until_done(office, host, FIRST, chance)
    print(
        f"COLLECTOR_SEED={SEED}: {MANY} customers, killed up to {KILLS} times; doubts found in "
        f"the archive {found_in_archive(office)}, settled by hand {len(by_hand)}"
    )
    assert host.mailboxes() == dict.fromkeys(EVERYONE, 1)
    assert len(host.letters(ARCHIVE)) == MANY
    firsts = {address: host.letters(address)[0] for address in EVERYONE}
    for number, address in enumerate(EVERYONE):
        whole(firsts[address], number)

    by_hand = until_done(office, host, SECOND, chance)
    print(
        f"second round: doubts found in the archive by now {found_in_archive(office)}, settled by "
        f"hand {len(by_hand)}"
    )
    assert host.mailboxes() == dict.fromkeys(EVERYONE, 2)
    assert len(host.letters(ARCHIVE)) == 2 * MANY
    for address in EVERYONE:
        first, second = host.letters(address)
        assert first["Message-ID"] == firsts[address]["Message-ID"]
        assert second["In-Reply-To"] == first["Message-ID"]
        assert second["References"] == first["Message-ID"]
        assert str(second["Subject"]).startswith("Re: ")
    assert len(set(office.column("最近催收").values())) == 1


def whole(letter: EmailMessage, number: int) -> None:
    """Check that a letter came as it was written: names, subject, text, file."""
    assert letter["To"] == EVERYONE[number]
    assert letter["From"] == f"应收 <{SELLER}>"
    assert "Bcc" not in letter
    assert any("\u4e00" <= character <= "\u9fff" for character in str(letter["Subject"]))
    text = letter.get_body(("plain",))
    assert text is not None
    assert name_of(number) in text.get_content()
    assert f"发票-{number:03}" in text.get_content()
    (statement,) = letter.iter_attachments()
    file = statement.get_filename() or ""
    assert file.endswith(".xlsx")
    assert "对账单" in file
    assert name_of(number)[:8] in file
    assert statement.get_content().startswith(b"PK")
