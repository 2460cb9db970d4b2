"""Our own people hear of their customers by mail, once, and only of what there is to say."""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.mail_server import DROP, FaultyServer, MailServer, Received
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
    return str(body.get_content()).replace("\r\n", "\n")


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


def test_a_second_run_sends_nothing_and_the_next_workday_sends_again(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    office.run()
    assert office.run().json["digests"] == []
    for weekend in (1, 2):
        office.run(FRIDAY + timedelta(days=weekend))
    assert len(to(mail_server, ANN)) == 1
    office.run(MONDAY)
    office.run(MONDAY)
    assert len(to(mail_server, ANN)) == 2


def test_after_a_week_of_downtime_it_comes_once(office: Office, mail_server: MailServer) -> None:
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    office.run()
    office.run(MONDAY + timedelta(days=9))
    assert len(to(mail_server, ANN)) == 2


def test_a_weekly_one_comes_on_its_weekday_or_on_the_first_workday_after(
    office: Office, mail_server: MailServer
) -> None:
    configure(office, {"owners": "weekly", "weekday": "saturday"})
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    sent = []
    for day in range(14):
        office.run(MONDAY + timedelta(days=day))
        sent.append(len(to(mail_server, ANN)))
    assert sent == [1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2]


def test_a_public_holiday_is_no_workday(office: Office, mail_server: MailServer) -> None:
    configure(office, reminders={"holidays": "CN"})
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    office.run(date(2026, 10, 1))
    assert mail_server.received == []


def test_nobody_hears_of_nothing(office: Office, mail_server: MailServer) -> None:
    paid = owned(20, "Acme Ltd")
    paid[6] = 100
    office.fill(paid, owned(-60, "Beta GmbH", "Bob", BOB), head=OWNED)
    ran = office.run()
    assert (ran.json["digests"], mail_server.received) == ([], [])


def test_what_the_team_itself_decided_is_no_news(office: Office, mail_server: MailServer) -> None:
    office.fill([*owned(20, "Acme Ltd"), "yes"], head=[*OWNED, "Do not chase"])
    ran = office.run()
    assert ran.held == {"Acme Ltd": "do not chase"}
    assert ran.json["digests"] == []


def test_promises_that_are_due_or_broken_and_who_is_held_and_why(
    office: Office, mail_server: MailServer
) -> None:
    soon, gone = FRIDAY + timedelta(days=3), FRIDAY - timedelta(days=2)
    office.fill(
        [*owned(20, "Acme Ltd"), soon, None],
        [*owned(10, "Beta GmbH"), gone, None],
        [*owned(12, "Gamma"), None, "price"],
        head=[*OWNED, "Promised on", "Dispute"],
    )
    office.run()
    (ann,) = to(mail_server, ANN)
    assert text_of(ann).startswith(
        """Your customers on 20 Nov 2026

To call today, most at stake first

- Beta GmbH: USD 100.00
  10 days overdue

Promises due soon

- Acme Ltd: USD 100.00
  ACME-1031: promised for 23 Nov 2026

Promises broken

- Beta GmbH: USD 100.00
  BETA-1110: promised for 18 Nov 2026

Early warnings

- Beta GmbH
  promises broken: 1

Not written to, and why

- Acme Ltd
"""
    )
    assert ann.parsed["Subject"] == (
        "Your customers, 20 Nov 2026: 1 to call · promises due: 1 · promises broken: 1 · held: 2 · "
        "warnings: 1"
    )


def test_flags_that_changed_since_the_last_digest_are_told_once(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(20, "Acme Ltd"), owned(20, "Beta GmbH", "Bob", BOB), head=OWNED)
    office.run()
    office.run(FRIDAY + timedelta(days=11))
    assert "Acme Ltd\n  OK→Watch because" in text_of(to(mail_server, ANN)[-1])
    assert "Beta" not in text_of(to(mail_server, ANN)[-1])
    office.run(FRIDAY + timedelta(days=12))
    assert len(to(mail_server, ANN)) == 3
    assert "Watch" not in text_of(to(mail_server, ANN)[-1])


def test_a_flag_that_changes_later_on_the_same_day_is_told_the_next_time(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    office.run()
    with office.editing() as sheet:
        sheet["E2"] = FRIDAY - timedelta(days=40)
    office.run()
    office.run(MONDAY)
    assert "OK→Watch" in text_of(to(mail_server, ANN)[-1])


# ── early warnings ───────────────────────────────────────────────────────────────────────────

LIMITS = [["Customer", "Credit Limit"], ["Acme Ltd", 1000], ["Beta GmbH", 1000]]


def limited(office: Office, amount: int) -> None:
    acme, beta = owned(20, "Acme Ltd"), owned(20, "Beta GmbH", "Bob", BOB)
    acme[5] = amount
    office.fill(acme, beta, head=OWNED, Customers=LIMITS)


def set_amount(office: Office, amount: int) -> None:
    with office.editing() as sheet:
        sheet["F2"] = amount


def test_a_warning_is_a_to_do_row_and_in_the_digest_once(
    office: Office, mail_server: MailServer
) -> None:
    limited(office, 850)
    ran = office.run()
    assert ran.json["warnings"] == [
        {"customer": "Acme Ltd", "what": "use of the limit rose to 85 %", "code": "warn_limit",
         "since": "2026-11-20", "new": True, "done": False}
    ]  # fmt: skip
    assert "use of the limit rose to 85 %" in text_of(to(mail_server, ANN)[0])
    assert "limit" not in text_of(to(mail_server, BOB)[0])
    (row,) = office.rows("Outbox")
    assert (row["Customer"], row["To"], row["Step"], row["Total"]) == (
        "Acme Ltd", "Ann", "to do", 850)  # fmt: skip
    assert row["Why now"] == "use of the limit rose to 85 %"
    assert row["State"] == "to do since 20 Nov: tick when it is done"
    again = office.run(MONDAY)
    assert [each["new"] for each in again.json["warnings"]] == [False]
    assert "limit" not in text_of(to(mail_server, ANN)[-1])
    todos = [each for each in office.rows("Outbox") if each["Step"] == "to do"]
    assert [each["Key"] for each in todos] == [row["Key"]]


def test_a_to_do_that_is_ticked_is_done_and_one_that_is_over_leaves(
    office: Office, mail_server: MailServer
) -> None:
    limited(office, 850)
    office.run()
    with office.editing("Outbox") as sheet:
        sheet["I2"] = "x"
    ran = office.run(MONDAY)
    assert [each["done"] for each in ran.json["warnings"]] == [True]
    assert "to do" not in {row["Step"] for row in office.rows("Outbox")}
    set_amount(office, 500)
    assert office.run(MONDAY).json["warnings"] == []
    set_amount(office, 900)
    ran = office.run(MONDAY + timedelta(days=1))
    assert [(each["what"], each["new"]) for each in ran.json["warnings"]] == [
        ("use of the limit rose to 90 %", True)
    ]
    assert "90 %" in text_of(to(mail_server, ANN)[-1])


def test_thresholds_are_the_configurations(office: Office) -> None:
    configure(office, warnings={"utilisation": [0.5]})
    limited(office, 600)
    assert [each["what"] for each in office.run().json["warnings"]] == [
        "use of the limit rose to 60 %"
    ]
    configure(office, warnings={"utilisation": None})
    assert office.run().json["warnings"] == []


def test_a_rehearsal_remembers_warnings_and_makes_no_tab(
    office: Office, mail_server: MailServer
) -> None:
    configure(office, mail={"mode": "rehearse"})
    limited(office, 850)
    ran = office.run()
    assert [each["state"] for each in ran.json["digests"]] == ["rehearsed", "rehearsed"]
    assert mail_server.received == []
    configure(office)
    ran = office.run(MONDAY)
    assert [each["new"] for each in ran.json["warnings"]] == [False]
    assert "85 %" in text_of(to(mail_server, ANN)[0])


# ── modes ────────────────────────────────────────────────────────────────────────────────────


def test_it_waits_for_no_tick_where_letters_do(office: Office, mail_server: MailServer) -> None:
    configure(office, mail={"mode": "approve"})
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    ran = office.run()
    assert ran.json["messages"]["waiting"] == 1
    assert [each.recipients for each in mail_server.received] == [(ANN,)]
    assert "waiting for approval" in text_of(mail_server.received[0])


def test_a_trial_goes_to_one_address_and_blocks_no_real_one(
    office: Office, mail_server: MailServer
) -> None:
    configure(office, mail={"redirect_to": "me@seller.example"})
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    office.run()
    office.run()
    assert {each.recipients for each in mail_server.received} == {("me@seller.example",)}
    assert len(mail_server.received) == 2
    configure(office)
    office.run()
    assert len(to(mail_server, ANN)) == 1


def test_the_archive_gets_a_copy_unseen(office: Office, mail_server: MailServer) -> None:
    configure(office, mail={"archive": "archive@seller.example"})
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    office.run()
    (ann,) = to(mail_server, ANN)
    assert ann.recipients == (ANN, "archive@seller.example")
    assert b"archive@seller" not in ann.content


def test_nobody_is_told_unless_the_configuration_says_so(
    office: Office, mail_server: MailServer
) -> None:
    office.configure()
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    assert office.run().json["digests"] == []
    assert to(mail_server, ANN) == []


# ── whom it may reach ────────────────────────────────────────────────────────────────────────


def reasons(office: Office) -> dict[str, str]:
    return {
        each["name"]: each.get("reason", each["state"]) for each in office.run().json["digests"]
    }


def test_an_address_in_capitals_is_the_same_reader(office: Office, mail_server: MailServer) -> None:
    office.fill(owned(20, "Acme Ltd"), owned(10, "Beta GmbH", "Ann", "Ann@Seller.Example"),
                owned(10, "Gamma", "Anne", "ANN@seller.example"), head=OWNED)  # fmt: skip
    office.run()
    (ann,) = [each for each in mail_server.received if "seller" in each.recipients[0]]
    assert all(name in text_of(ann) for name in ("Acme", "Beta", "Gamma"))


def test_an_owner_without_an_address_is_said_and_gets_none_of_anothers(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(20, "Acme Ltd"), owned(10, "Acme Ltd", "Bob", None),
                owned(10, "Beta GmbH", "Bob", "bob at seller"), owned(9, "Gamma", "", None),
                head=OWNED)  # fmt: skip
    assert reasons(office) == {
        "Ann": "sent", "Bob": "no digest: the sheet has no address for this owner",
    }  # fmt: skip
    (ann,) = to(mail_server, ANN)
    assert "USD 100.00\n  20 days overdue" in text_of(ann)
    assert "10 days" not in text_of(ann)
    assert "Beta" not in text_of(ann)


def test_an_owners_name_finds_the_address_it_has_elsewhere(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(20, "Acme Ltd"), owned(10, "Beta GmbH", "ann ", None), head=OWNED)
    office.run()
    (ann,) = to(mail_server, ANN)
    assert "Beta" in text_of(ann)


def test_the_customers_tab_says_whose_a_customer_is(
    office: Office, mail_server: MailServer
) -> None:
    tab = [["Customer", "Account manager", "Owner Email"], ["Acme Ltd", "Ann", ANN],
           ["Beta GmbH", "Bob", BOB]]  # fmt: skip
    office.fill(due(20), due(10, "Beta GmbH"), Customers=tab)
    office.run()
    assert "Beta" not in text_of(to(mail_server, ANN)[0])
    assert "Acme" not in text_of(to(mail_server, BOB)[0])


@pytest.mark.parametrize(
    ("address", "why"),
    [("ap@beta.example", "no digest: ap@beta.example is also a customer's address"),
     ("AP@Beta.example", "no digest: AP@beta.example is also a customer's address"),
     ("joe@beta.example", "no digest: joe@beta.example is at a customer's domain"),
     ("cc@elsewhere.example", "no digest: cc@elsewhere.example is also a customer's address")],
)  # fmt: skip
def test_what_may_be_a_customers_address_gets_nothing_internal(
    office: Office, mail_server: MailServer, address: str, why: str
) -> None:
    copied = [*owned(10, "Beta GmbH", "Bob", BOB), "cc@elsewhere.example"]
    office.fill([*owned(20, "Acme Ltd", "Ann", address), None], copied, head=[*OWNED, "Cc"])
    assert reasons(office) == {"Ann": why, "Bob": "sent"}
    assert not any("Your customers" in m.parsed["Subject"] for m in to(mail_server, address))


def test_a_domain_that_several_customers_share_is_nobodys(
    office: Office, mail_server: MailServer
) -> None:
    rows = [owned(20, "Acme Ltd", "Ann", "ann@mail.example"), owned(9, "Beta GmbH"), owned(9, "C")]
    rows[1][1], rows[2][1] = "beta@mail.example", "c@mail.example"
    office.fill(*rows, head=OWNED)
    assert reasons(office) == {"Ann": "sent"}
    assert len(to(mail_server, "ann@mail.example")) == 1


def test_a_name_before_the_address_of_an_owner_is_read(
    office: Office, mail_server: MailServer
) -> None:
    tab = [["Customer", "Account manager", "Owner Email"], ["Acme Ltd", "Ann", f"Ann <{ANN}>"]]
    office.fill(due(20), Customers=tab)
    assert reasons(office) == {"Ann": "sent"}


def test_a_colleague_in_copy_of_letters_is_still_an_owner(
    office: Office, mail_server: MailServer
) -> None:
    office.fill([*owned(20, "Acme Ltd"), ANN], head=[*OWNED, "Cc"])
    assert reasons(office) == {"Ann": "sent"}


def test_denied_domains_are_denied_to_owners_too(office: Office, mail_server: MailServer) -> None:
    configure(office, mail={"deny_domains": ["rival.example"]})
    office.fill(owned(20, "Acme Ltd", "Ann", "ann@rival.example"), head=OWNED)
    assert "ann@rival.example" in reasons(office)["Ann"]
    assert to(mail_server, "ann@rival.example") == []


def test_two_addresses_in_one_cell_are_two_readers(office: Office, mail_server: MailServer) -> None:
    office.fill(owned(20, "Acme Ltd", "Ann", f"{ANN}; {BOB}"), owned(9, "Beta GmbH", "Bob", BOB),
                head=OWNED)  # fmt: skip
    office.run()
    assert "Beta" not in text_of(to(mail_server, ANN)[0])
    assert "Acme" in text_of(to(mail_server, BOB)[0])
    assert to(mail_server, BOB)[0].recipients == (BOB,)


def test_markup_in_a_name_is_text(office: Office, mail_server: MailServer) -> None:
    name = "<script>alert(1)</script> & Söhne"
    office.fill([name, "x@x.example", "I1", None, FRIDAY - timedelta(days=20), 100, 0,
                 "<b>Ann</b>\r\nBcc: x@x.example", ANN], head=OWNED)  # fmt: skip
    office.run()
    (ann,) = to(mail_server, ANN)
    assert "<script>" not in text_of(ann, "html")
    assert "&lt;script&gt;" in text_of(ann, "html")
    assert "<b>Ann" not in text_of(ann, "html")
    assert ann.parsed["Bcc"] is None


def test_many_customers_are_cut_to_what_a_mail_shows(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(*(owned(20 + n % 7, f"C{n} Ltd") for n in range(300)), head=OWNED)
    configure(office, mail={"max_per_run": 1})
    office.run()
    (ann,) = to(mail_server, ANN)
    assert ann.parsed["Subject"].startswith("Your customers, 20 Nov 2026: 300 to call · held: 299")
    assert "and 280 more" in text_of(ann)
    assert len(text_of(ann, "html")) < 102_000


# ── management ───────────────────────────────────────────────────────────────────────────────

BOSS = "boss@seller.example"


def test_managers_get_the_report_once_a_week(office: Office, mail_server: MailServer) -> None:
    configure(office, {"management": [BOSS, "cfo@seller.example"]})
    office.fill(owned(20, "Acme Ltd"), owned(-20, "Beta GmbH", "Bob", BOB), head=OWNED)
    for day in range(4):
        office.run(MONDAY + timedelta(days=day))
    (boss,) = to(mail_server, BOSS)
    assert boss.recipients == (BOSS, "cfo@seller.example")
    assert boss.parsed["Subject"] == "Receivables, 23 Nov 2026"
    assert "Receivables                                    USD 200.00\n" in text_of(boss)
    (book,) = boss.parsed.iter_attachments()
    assert book.get_filename() == "report_2026-11-23.xlsx"
    assert book.get_content()[:2] == b"PK"
    assert to(mail_server, ANN) == []
    office.run(MONDAY + timedelta(days=8))
    assert len(to(mail_server, BOSS)) == 2


def test_managers_hear_nothing_of_an_empty_book(office: Office, mail_server: MailServer) -> None:
    configure(office, {"management": [BOSS]})
    paid = owned(20, "Acme Ltd")
    paid[6] = 100
    office.fill(paid, head=OWNED)
    office.run()
    assert mail_server.received == []


def test_it_is_said_in_the_language_of_the_book(office: Office, mail_server: MailServer) -> None:
    configure(office, {"owners": "daily", "management": [BOSS]}, language="zh", currency="CNY")
    office.fill([*due(20, "北京商贸有限公司", email="bj@bj.example"), "安", ANN], head=OWNED)
    office.run()
    assert to(mail_server, ANN)[0].parsed["Subject"] == "您的客户 2026年11月20日：待致电 1 项"
    assert "今日应致电" in text_of(to(mail_server, ANN)[0])
    assert to(mail_server, BOSS)[0].parsed["Subject"] == "应收账款周报 2026年11月20日"


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────


def test_a_digest_that_is_refused_is_said_and_sent_by_the_next_run(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    mail_server.replies[ANN] = "550 no such user"
    ran = office.run()
    assert ran.status == 1
    assert [each["state"] for each in ran.json["digests"]] == ["refused"]
    assert "550 no such user" in ran.json["digests"][0]["reason"]
    mail_server.replies.clear()
    assert office.run().status == 0
    assert len(to(mail_server, ANN)) == 1


def test_the_operator_hears_of_a_digest_that_was_refused(
    office: Office, mail_server: MailServer
) -> None:
    configure(office, alerts={"to": ["ops@seller.example"]})
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    mail_server.replies[ANN] = "550 no such user"
    office.run()
    (alert,) = to(mail_server, "ops@seller.example")
    assert "- Ann: refused by the mail server" in text_of(alert)


def test_templates_of_the_teams_own_are_proved_and_used(
    office: Office, mail_server: MailServer
) -> None:
    folder = office.folder / "letters"
    folder.mkdir()
    (folder / "digest.txt.j2").write_text("Hello {{ name }}: {{ nothing }}", encoding="utf-8")
    configure(office, letters={"folder": "letters"})
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    ran = office.collector("check")
    assert (ran.status, "digest.txt.j2" in ran.err) == (2, True)
    (folder / "digest.txt.j2").write_text("Hello {{ name }}!", encoding="utf-8")
    office.run()
    assert text_of(to(mail_server, ANN)[0]) == "Hello Ann!\n"


def test_an_undelivered_digest_waits_for_the_server_and_keeps_its_number(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    mail_server.replies[ANN] = "450 later"
    assert "450 later; tried again from" in office.run().json["digests"][0]["reason"]
    mail_server.replies.clear()
    assert "450 later; tried again from" in office.run().json["digests"][0]["reason"]
    assert to(mail_server, ANN) == []
    # Some minutes later …
    with closing(sqlite3.connect(office.ledger)) as ledger:
        ledger.execute("UPDATE collector_messages SET changed_at = '2026-01-01T00:00:00+00:00'")
        ledger.commit()
    assert [each["state"] for each in office.run().json["digests"]] == ["sent"]
    ((number,),) = office.asked("SELECT message_id FROM collector_messages WHERE step = 'digest'")
    assert to(mail_server, ANN)[0].parsed["Message-ID"] == number
    assert office.run().json["digests"] == []


def test_a_digest_of_yesterday_that_was_refused_is_given_up_for_todays(
    office: Office, mail_server: MailServer
) -> None:
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    mail_server.replies[ANN] = "450 later"
    office.run()
    office.run(FRIDAY + timedelta(days=1))
    states = "SELECT state FROM collector_messages WHERE step = 'digest'"
    assert office.asked(states) == [("dropped",)]
    mail_server.replies.clear()
    office.run(MONDAY)
    (ann,) = to(mail_server, ANN)
    assert "23 Nov 2026" in ann.parsed["Subject"]


def test_a_digest_in_doubt_is_not_sent_again_until_a_person_says_so(
    office: Office, tmp_path: Path
) -> None:
    with FaultyServer({"dot": ["250 taken", DROP]}) as server:
        office = Office(tmp_path, server.server)
        configure(office)
        office.fill(owned(20, "Acme Ltd"), head=OWNED)
        ran = office.run()
        assert (ran.status, ran.json["digests"][0]["state"]) == (1, "in_doubt")
        (doubt,) = office.collector("doubts", "--json").json["doubts"]
        assert doubt["to"] == [ANN]
        assert office.run().json["digests"] == []
        assert len(server.bodies) == 2
        office.collector("doubts", "--again", doubt["id"])
        assert office.run().json["digests"][0]["state"] == "sent"
        office.run()
        assert len(server.bodies) == 3


@pytest.mark.parametrize("moment", range(6))
def test_killed_at_any_moment_nobody_hears_twice(tmp_path: Path, moment: int) -> None:
    chance = random.Random(moment)
    owners = [f"o{n}@seller.example" for n in range(8)]
    with MailServer() as server:
        office = Office(tmp_path, server.server)
        configure(office)
        office.fill(*(owned(20, f"C{n} Ltd", f"O{n}", mail) for n, mail in enumerate(owners)),
                    head=OWNED)  # fmt: skip
        process = office.start("run", "--json", "--as-of", FRIDAY.isoformat())
        wanted = 8 + chance.randrange(1, 8)
        while len(server.received) < wanted and process.poll() is None:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.03))
        process.kill()
        process.communicate()
        after = office.process("run", "--json", "--as-of", FRIDAY.isoformat())
        doubts = {each["to"][0] for each in office.collector("doubts", "--json").json["doubts"]}
        assert "Traceback" not in after.err
        counts = Counter(address for each in server.received for address in each.recipients)
        assert max(counts.values()) == 1
        assert {*counts, *doubts} >= set(owners)
        assert len(doubts) <= 1


def test_preview_shows_it_and_sends_nothing(
    office: Office, mail_server: MailServer, tmp_path: Path
) -> None:
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    page = tmp_path / "look.html"
    ran = office.collector("preview", "--json", "--html", str(page), as_of=FRIDAY)
    assert [each["state"] for each in ran.json["digests"]] == ["rehearsed"]
    assert "Your customers, 20 Nov 2026: 1 to call" in page.read_text(encoding="utf-8")
    assert mail_server.received == []
    assert len(ran.json["would_send"]) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [({"owners": "hourly"}, "digests.owners"), ({"management": ["boss"]}, "digests.management"),
     ({"weekday": "mondy"}, "monday"), ({"owner": "daily"}, "owners")],
)  # fmt: skip
def test_a_mistake_in_the_configuration_is_said_with_its_line(
    office: Office, written: Any, said: str
) -> None:
    configure(office, written)
    office.fill(owned(20, "Acme Ltd"), head=OWNED)
    ran = office.run()
    assert ran.status == 2
    assert "config.yaml:" in ran.err
    assert said in ran.err


@pytest.mark.parametrize("named", ["row", "customers"])
@pytest.mark.parametrize("rhythm", ["daily", "weekly"])
def test_what_changes_with_a_customer_who_owes_nothing_any_more_is_told(
    office: Office, mail_server: MailServer, named: str, rhythm: str
) -> None:
    configure(office, {"owners": "daily", "management": ["boss@seller.example"],
                       "weekday": "friday"})  # fmt: skip
    if rhythm == "weekly":
        configure(office, {"owners": "never", "management": ["boss@seller.example"],
                           "weekday": "friday"})  # fmt: skip
    who = ["Ann", ANN] if named == "row" else [None, None]
    months = [date(2026, month, 1) for month in range(5, 9)]
    early = [["Acme", "ap@acme.example", f"A{day.month}", day,
              day + timedelta(days=30), 1000, 1000, day + timedelta(days=30), *who]
             for day in months]  # fmt: skip
    late = ["Acme", "ap@acme.example", "A9", date(2026, 8, 1), date(2026, 9, 1), 9000]
    tabs = {"Customers": [["Customer", "Salesperson", "Owner Email"], ["Acme", "Ann", ANN]]}
    head = [*HEAD, "Paid On", "Salesperson", "Owner Email"]
    more = tabs if named == "customers" else {}
    office.fill(*early, [*late, 0, None, *who], head=head, **more)
    office.run(date(2026, 11, 13))
    mail_server.received.clear()
    office.fill(*early, [*late, 9000, date(2026, 11, 18), *who], head=head, **more)
    told = "payment index fell from 80 to 48"
    office.run(date(2026, 11, 18))
    office.run(date(2026, 11, 20))
    reader = ANN if rhythm == "daily" else "boss@seller.example"
    (message,) = to(mail_server, reader)
    assert told in text_of(message)


def test_after_a_week_of_holidays_one_weekly_digest_comes_and_not_two(
    office: Office, mail_server: MailServer
) -> None:
    configure(office, {"owners": "weekly", "weekday": "friday"}, reminders={"holidays": "CN"})
    office.fill(owned(90, "Acme Ltd"), head=OWNED)
    came = []
    for day in range(1, 17):
        before = len(to(mail_server, ANN))
        office.run(date(2026, 10, day))
        came += [day] * (len(to(mail_server, ANN)) - before)
    assert came[-2:] == [8, 16]


def test_managers_see_what_each_figure_is_and_what_nobody_owns(
    office: Office, mail_server: MailServer
) -> None:
    configure(office, {"owners": "never", "management": ["boss@seller.example"]})
    office.fill(owned(20, "Acme Ltd"), owned(10, "Beta GmbH", "", None), head=OWNED)
    office.run()
    text = text_of(mail_server.received[-1])
    assert "- Ann: USD 100.00 overdue" in text
    assert "- (nobody): USD 100.00 overdue" in text
