from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from decimal import Decimal
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.fields import LETTER_LANGUAGES
from collector.letters.mime import occasions_of
from collector.model import Attachment, Draft, Message, Sender, Total
from tests.letters.samples import SENDER, draft, line, statement, write

STEPS = ("courtesy", "first", "second", "third", "final")


def parsed(message: Message) -> EmailMessage:
    got = email.message_from_bytes(message.content, policy=email.policy.default)
    assert isinstance(got, EmailMessage)
    return got


def body(message: Message, kind: str) -> str:
    part = parsed(message).get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def chinese() -> Draft:
    return draft(
        language="zh", customer_name="上海云杉建筑工程（集团）有限公司", contact="王芳喆堃玥",
        overdue=(line("发票-1", "1234.50", 10, currency="CNY", project="浦东机场二期"),),
        totals=(Total("CNY", Decimal("1234.50"), Decimal(0), Decimal(0)),),
    )  # fmt: skip


def of_step(step: str, language: str) -> Draft:
    if step == "courtesy":
        soon = (line("INV-1", "99.00", -3),)
        totals = (Total("USD", Decimal(0), Decimal("99.00"), Decimal(0)),)
        return draft(step=step, language=language, overdue=(), due_soon=soon, totals=totals)
    return draft(step=step, language=language)


# ── the bytes ────────────────────────────────────────────────────────────────────────────────


def test_the_bytes_are_the_same_every_time_seven_bit_and_crlf() -> None:
    files = (Attachment("a.pdf", "application/pdf", bytes(range(256)) * 20),)
    message = write(draft(), attachments=files)
    assert message.content == write(draft(), attachments=files).content
    assert message.content.isascii()
    lines = message.content.split(b"\r\n")
    assert all(len(each) < 998 and not set(each) & {10, 13} for each in lines)


def test_headers_say_who_what_and_why() -> None:
    message = write(draft(cc=("cfo@acme.example",)))
    headers = parsed(message)
    assert headers["From"] == "Northwind Accounts <ar@northwind.example>"
    assert headers["To"] == "ap@acme.example"
    assert headers["Cc"] == "cfo@acme.example"
    assert headers["Bcc"] is None
    assert headers["Reply-To"] == "ar@northwind.example"
    assert headers["Subject"] == message.subject == "Payment reminder: Acme Ltd"
    assert headers["Date"] == "Fri, 20 Nov 2026 09:30:00 +0800"
    assert headers["Message-ID"] == "<20261120.1@northwind.example>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert occasions_of(headers["X-Collector-Occasions"]) == message.occasions
    assert headers["In-Reply-To"] is headers["References"] is None


def test_the_envelope_is_to_cc_and_archive_each_once() -> None:
    message = write(draft(cc=("AP@acme.example", "cfo@acme.example")))
    everyone = ("ap@acme.example", "cfo@acme.example", "archive@northwind.example")
    assert message.recipients == everyone


def test_follow_ups_stay_in_one_thread_with_one_subject() -> None:
    long_id = f"<{'x' * 120}@northwind.example>"
    ids = ("<a@northwind.example>", long_id)
    for step in STEPS:
        message = write(replace(of_step(step, "en"), thread=ids))
        headers = parsed(message)
        assert headers["In-Reply-To"] == long_id
        assert headers["References"].split() == list(ids)
        assert headers["Subject"] == "Re: Payment reminder: Acme Ltd"
        assert f"In-Reply-To: {long_id}\r\n".encode() in message.content


def test_a_thread_id_that_is_none_is_left_out() -> None:
    headers = parsed(write(draft(thread=("<a@x.example>\r\nBcc: b@x.example", "nonsense"))))
    assert headers["In-Reply-To"] is headers["References"] is headers["Bcc"] is None


def test_occasions_with_chinese_names_come_back_as_they_were() -> None:
    occasions = (
        "应收/上海云杉%2C 有限公司/reminder/INV 1/2026-11-10/first",
        "r/50%/reminder/a#2/2026-11-10/first.2",
        "r/" + "云" * 300,
    )
    headers = parsed(write(draft(occasions=occasions)))
    assert occasions_of(headers["X-Collector-Occasions"]) == occasions


def test_an_occasion_cannot_smuggle_in_a_header() -> None:
    headers = parsed(write(draft(occasions=("r/Acme\r\nBcc: x@y.example/reminder/1",))))
    assert headers["Bcc"] is None


def test_chinese_arrives_whole() -> None:
    files = (Attachment("对账单_上海云杉_2026-11-20.pdf", "application/pdf", b"%PDF"),)
    sender = Sender("财务部 李静", "ar@hengda.example")
    message = write(chinese(), sender, attachments=files)
    got = parsed(message)
    assert got["Subject"] == "付款提醒：上海云杉建筑工程（集团）有限公司"
    assert got["From"].addresses[0].display_name == "财务部 李静"
    assert [part.get_filename() for part in got.iter_attachments()] == [files[0].name]
    for kind in ("plain", "html"):
        shown = body(message, kind)
        for words in ("尊敬的王芳喆堃玥：", "浦东机场二期", "CNY 1,234.50", "2026年11月10日"):
            assert words in shown


@given(st.text(alphabet="Acme 上海云杉é😀,.<>@\"'()\\=?_-", min_size=1, max_size=120))
def test_any_customer_name_survives_the_subject(name: str) -> None:
    message = write(draft(customer_name=name))
    assert parsed(message)["Subject"] == message.subject


@pytest.mark.parametrize(
    "name",
    ["Acme\r\nBcc: x@y.example", "<script>alert(1)</script>", "{{7*7}} {% raw %}", "=1+1",
     '"><img src=x onerror=y>', "a" * 300],
)  # fmt: skip
def test_a_hostile_name_is_shown_as_it_is_and_does_nothing(name: str) -> None:
    message = write(draft(customer_name=name, contact=name), replace(SENDER, name=name))
    shown = " ".join(name.split())
    got = parsed(message)
    assert got["Bcc"] is None
    assert shown in got["Subject"]
    assert got["From"].addresses[0].display_name == shown
    assert shown.replace(" ", "") in re.sub(r"\s", "", body(message, "plain"))
    assert "<script" not in message.html
    assert "<img" not in message.html
    assert "49" not in message.subject


def test_a_redirected_message_goes_only_there_and_names_whom_it_was_for() -> None:
    trying = replace(SENDER, redirect_to="me@northwind.example")
    message = write(draft(cc=("cfo@acme.example",)), trying)
    headers = parsed(message)
    assert message.redirected
    assert message.recipients == ("me@northwind.example",)
    assert headers["To"] == "me@northwind.example"
    assert headers["Cc"] is None
    assert headers["Subject"] == "[to ap@acme.example] Payment reminder: Acme Ltd"
    assert message.occasions == draft().occasions
    for kind in ("plain", "html"):
        assert "ap@acme.example, cfo@acme.example" in body(message, kind).replace("\n", " ")


# ── the words ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_every_step_has_words_of_its_own_and_threatens_nobody(language: str) -> None:
    texts = [write(of_step(step, language)).text for step in STEPS]
    assert len(set(texts)) == len(STEPS)
    for text in texts:
        assert not re.search(
            "legal|lawyer|court|collection agency|律师|法院|诉讼|法律|律師|訴訟"
            r"|Anwalt|Gericht|Inkasso|avocat|tribunal|huissier|abogado|juzgado",
            text,
            re.I,
        )


def test_a_courtesy_note_does_not_call_an_overdue_account_punctual() -> None:
    soon = (line("INV-2", "10.00", -3),)
    mixed = write(draft(step="courtesy", due_soon=soon))
    assert "Nothing is late" not in mixed.text
    assert "some earlier ones are still open" in " ".join(mixed.text.split())
    assert "Nothing is late" in write(of_step("courtesy", "en")).text
    assert "已过约定付款日" in write(draft(step="courtesy", language="zh", due_soon=soon)).text


def test_both_parts_show_every_figure_of_the_draft() -> None:
    wanted = draft(
        overdue=(line("INV-1", "1000.00", 10, paid="500", project="Harbour Tower", po="PO-9"),
                 line("INV-2", "2000.00", 5, instalment="2/3", contract="K-1")),
        due_soon=(line("INV-3", "99000", -2, currency="JPY"), line("INV-4", "10.00", 0)),
        credits=(line("CN-1", "-120.00", 30), line("", "-1.00", 3)),
        totals=(Total("USD", Decimal(3000), Decimal(10), Decimal(121)),
                Total("JPY", Decimal(0), Decimal(99000), Decimal(0))),
    )  # fmt: skip
    message = write(wanted)
    for shown in (message.text, body(message, "plain"), body(message, "html")):
        for words in ("INV-1", "INV-2 / 2/3", "INV-3", "INV-4", "CN-1", "On account", "10 Nov 2026",
                      "11 Oct 2026", "1,500.00", "500.00", "USD 1,000.00", "USD 2,000.00",
                      "JPY 99,000", "USD -120.00", "Project: Harbour Tower", "PO: PO-9",
                      "Contract: K-1", "USD 3,000.00", "USD -121.00", "USD 2,879.00"):  # fmt: skip
            assert words in shown
    assert "due in 2 days" in message.html
    assert "due today" in message.html
    assert "10 days overdue" in message.html


def test_an_asked_sum_is_never_below_nothing() -> None:
    totals = (Total("USD", Decimal("1234.50"), Decimal(0), Decimal(2000)),)
    message = write(draft(totals=totals))
    assert re.search(r"To pay now +USD 0\.00", message.text)


def test_questions_go_to_the_owner_where_the_sheet_names_one() -> None:
    owned = write(draft(owner="Tom Reed", owner_email="tom@northwind.example"))
    assert "Tom Reed is glad to help" in owned.text
    assert "tom@northwind.example" in owned.html
    assert "Northwind Accounts is glad to help" in write(draft(owner="Tom Reed")).text


@pytest.mark.parametrize(
    ("facts", "greeting"),
    [
        ({}, "Dear Maria Chen,"),
        ({"contact": ""}, "Dear Acme Ltd team,"),
        ({"contact": "", "customer_name": ""}, "Dear Sir or Madam,"),
        ({"language": "zh"}, "尊敬的Maria Chen：\n您好！"),
        ({"language": "zh-TW"}, "Maria Chen 您好："),
        ({"language": "de"}, "Guten Tag Maria Chen,"),
        ({"language": "fr"}, "Bonjour Maria Chen,"),
        ({"language": "es"}, "A la atención de Maria Chen:"),
        ({"language": "it"}, "Dear Maria Chen,"),
    ],
)
def test_the_greeting_names_whom_it_can(facts: dict[str, str], greeting: str) -> None:
    assert write(draft(**facts)).text.startswith(greeting)


def test_a_step_of_the_users_own_speaks_as_its_nearest() -> None:
    late = write(draft(step="nudge"))
    assert "Our books still show" in late.text
    assert "We wrote to you" not in late.text
    soon = write(replace(of_step("courtesy", "en"), step="early"))
    assert "will fall due" in " ".join(soon.text.split())


def test_an_attached_statement_is_mentioned_only_when_it_is_there() -> None:
    files = (Attachment("Statement.pdf", "application/pdf", b"%PDF"),)
    wanted = draft(statement=statement())
    assert "Your statement of account is attached." in write(wanted, attachments=files).text
    assert "is attached" not in write(wanted).text
    assert "is attached" not in write(draft()).text


def test_a_statement_mail_adds_up_and_flags_disputes() -> None:
    wanted = draft(step="statement", statement=statement(), overdue=(), totals=())
    message = write(wanted)
    assert message.subject == "Statement of account November 2026: Acme Ltd"
    for shown in (message.text, message.html):
        for words in ("USD 500.00", "USD 250.25", "USD -50.00", "USD -100.00", "USD 600.25",
                      "USD 850.25", "USD -250.00", "disputed", "31–60 days"):  # fmt: skip
            assert words in shown


def test_five_hundred_invoices_stay_under_what_gmail_shows_and_lose_no_sum() -> None:
    many = tuple(line(f"INV-{i}", "10.00", 10, project="Harbour Tower") for i in range(500))
    totals = (Total("USD", Decimal(5000), Decimal(0), Decimal(0)),)
    message = write(draft(overdue=many, totals=totals))
    assert len(message.html.encode()) < 100_000
    assert "and 440 more, together USD 4,400.00" in message.html
    assert "USD 5,000.00" in message.html
    assert "INV-499" in message.text


def test_html_needs_nothing_from_elsewhere() -> None:
    html = write(of_step("final", "en")).html
    assert not re.search(r"https?://|<img|<link|<script|@import|url\(", html)
    assert 'style="' in html
    assert "max-width: 640px" in html
