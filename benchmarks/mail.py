"""Messages a second against a yagmail ``send()`` loop: ``python benchmarks/mail.py``.

Both hand the same letters to the same server, in one run and in turns: a Postfix that demands TLS
and a login (Dovecot checks it) and lets what it has taken fall, so that only handing over is
measured. Ours includes all that a run does for a message: claim, dotting and settle.
"""

from __future__ import annotations

import argparse
import os
import platform
import ssl
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from collector.ledger import open_ledger  # noqa: E402
from collector.letters import mime  # noqa: E402
from collector.mail.smtp import SmtpMailer  # noqa: E402
from collector.model import Message  # noqa: E402
from tests.mail_host import CUSTOMERS, PASSWORD, SELLER, MailHost, missing, set_up  # noqa: E402

SUBJECT = "Invoice INV-1042 is overdue"
TEXT = "Dear Acme team,\n\nthese invoices are overdue:\n\n" + "".join(
    f"  INV-{number}   2026-11-{number % 28 + 1:02}   USD {number}.00\n" for number in range(30)
)
HTML = "<html><body><table>{}</table></body></html>".format(
    "".join(f"<tr><td>INV-{number}</td><td>USD {number}.00</td></tr>" for number in range(30))
)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


# ── the two sides ────────────────────────────────────────────────────────────────────────────


def letters(count: int, start: int) -> list[Message]:
    """Return messages with their bytes, as a run has them when it begins to send."""
    return [_letter(number) for number in range(start, start + count)]


def _letter(number: int) -> Message:
    address, message_id = f"ap{number}@{CUSTOMERS}", f"<{number}@seller.example>"
    occasion = f"book/c{number}/reminder/{number}/2026-11-01/first"
    content = mime.build(
        sender=("Accounts", SELLER),
        to=[address],
        cc=[],
        reply_to=SELLER,
        subject=SUBJECT,
        date=NOW,
        message_id=message_id,
        thread=[],
        occasions=[occasion],
        text=TEXT,
        html=HTML,
        attachments=[],
    )
    return Message(
        message_id=message_id,
        book="book",
        customer=f"c{number}",
        customer_name=f"Customer {number}",
        step="first",
        to=(address,),
        cc=(),
        recipients=(address,),
        sender=SELLER,
        subject=SUBJECT,
        occasions=(occasion,),
        digest=str(number),
        content=content,
        as_of=date(2026, 11, 20),
    )


def ours(host: MailHost, messages: Sequence[Message]) -> float:
    """Return the seconds it takes us: one connection, every step noted in a ledger."""
    started = time.perf_counter()
    with open_ledger(f"sqlite:///{host.folder / 'collector.db'}") as ledger:
        ledger.add(messages, "run", NOW)
        login = {"user": SELLER, "password": PASSWORD, "ca_file": host.ca_file}
        with SmtpMailer(host.server, **login) as mailer:
            for message in messages:
                number = message.message_id
                ledger.claim(number, "run", NOW)
                answer = mailer.deliver(
                    message, dotting=lambda number=number: ledger.dotting(number, NOW)
                )
                ledger.sent(number, answer, NOW)
    return time.perf_counter() - started


def theirs(host: MailHost, count: int) -> float:
    """Return the seconds a yagmail loop takes; it verifies the certificate as we do."""
    import yagmail

    context = ssl.create_default_context(cafile=host.ca_file)
    started = time.perf_counter()
    client = yagmail.SMTP(SELLER, PASSWORD, host="localhost", port=host.smtp_port, context=context)
    for number in range(count):
        client.send(f"ap{number}@{CUSTOMERS}", SUBJECT, [TEXT, HTML])
    client.close()
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=200, help="messages a round (200)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (3)")
    asked = parser.parse_args()
    why = missing()
    if why:
        raise SystemExit(why)
    load = ", ".join(f"{each:.2f}" for each in os.getloadavg())
    print(f"{platform.platform()}, Python {platform.python_version()}")
    print(f"{os.cpu_count()} cores, load {load}; {asked.count} messages a round\n")
    spent = {"collector": 0.0, "yagmail": 0.0}
    with set_up(keeps=False) as host, host.dovecot(), host.postfix():
        for turn in range(asked.rounds):
            spent["yagmail"] += theirs(host, asked.count)
            host.settled()
            spent["collector"] += ours(host, letters(asked.count, turn * asked.count))
            host.settled()
    total = asked.count * asked.rounds
    for name, seconds in spent.items():
        each = 1000 * seconds / total
        print(f"{name:<12}{total / seconds:>8,.0f} messages/s{each:>8.2f} ms each")
    print(f"{'ratio':<12}{spent['yagmail'] / spent['collector']:>8.1f} x")


if __name__ == "__main__":
    main()
