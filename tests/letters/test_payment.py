"""How to pay: accounts, links, and codes that banking apps read."""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import replace
from decimal import Decimal
from email import message_from_bytes
from email.policy import default

import pytest

from collector.letters.colour import on_dark, on_white
from collector.letters.mime import shown_html
from collector.letters.payment import codes, payment_codes, safe_link
from collector.model import Attachment, Bank, Discount, Total
from tests.letters.samples import AS_OF, SENDER, draft, line, write

BANK = Bank("Northwind Trading Ltd", "DE89 3704 0044 0532 0130 00", bic="COBADEFFXXX",
            bank="Commerzbank")  # fmt: skip
SWISS = Bank("Robert Schneider AG", "CH5800791123000889012", street="Rue du Lac 1268",
             postcode="2501", town="Biel", country="CH")  # fmt: skip
PAYEE = replace(SENDER, bank=BANK)


def euros(**more: object) -> Total:
    return replace(Total("EUR", Decimal("1234.50"), Decimal(0), Decimal(0)), **more)  # type: ignore[arg-type]


def pixels(png: bytes) -> list[str]:
    """Return a one-bit PNG's rows as text, one character a module, dark as #."""
    width, height = struct.unpack_from(">II", png, 16)
    (length,) = struct.unpack_from(">I", png, 33)
    raw = zlib.decompress(png[41 : 41 + length])
    stride = (width + 7) // 8 + 1
    bits = [f"{int.from_bytes(raw[r * stride + 1 : (r + 1) * stride]):0{(stride - 1) * 8}b}"
            for r in range(height)]  # fmt: skip
    return ["".join("#" if b == "0" else "." for b in row[:width:4]) for row in bits[::4]]


def test_a_letter_says_where_to_pay_and_what_to_write_on_it() -> None:
    message = write(draft(overdue=(line("INV-1", "1234.50", 10),)), PAYEE)
    for words in ("DE89 3704 0044 0532 0130 00", "COBADEFFXXX", "Commerzbank", "How to pay"):
        assert words in message.text
        assert words in message.html
    assert "Reference     INV-1" in message.text
    assert "How to pay" not in write(draft()).text


def test_a_code_travels_inside_the_message_and_nothing_is_fetched() -> None:
    message = write(draft(totals=(euros(),)), PAYEE)
    assert "https://" not in message.html
    (image,) = [part for part in message_from_bytes(message.content, policy=default).walk()
                if part.get_content_type() == "image/png"]  # fmt: skip
    assert f'src="cid:{image["Content-ID"].strip("<>")}"' in message.html
    assert 'src="data:image/png;base64,' in shown_html(message)
    assert message.content == write(draft(totals=(euros(),)), PAYEE).content


def test_a_code_has_its_three_eyes_and_a_quiet_zone() -> None:
    (code,) = codes(BANK, [("EUR", Decimal("1.00"))], "INV-1", "en")
    rows = pixels(code.image.content)
    assert set("".join(rows[:4])) == {"."}
    eye = "#######"
    assert rows[4][4:11] == rows[4][-11:-4] == rows[-5][4:11] == eye
    assert rows[5][4:11] == "#.....#"


def test_a_swiss_code_has_the_cross_in_its_middle() -> None:
    (code,) = codes(SWISS, [("CHF", Decimal("1.00"))], "INV-1", "en")
    rows = pixels(code.image.content)
    middle = len(rows) // 2
    assert rows[middle][middle - 1 : middle + 2] == "..."
    assert rows[middle - 3][middle - 2 : middle + 3] == "#####"
    assert "Swiss" in code.caption


@pytest.mark.parametrize(
    ("bank", "sums"),
    [
        (BANK, [("USD", Decimal(5))]),
        (BANK, [("EUR", Decimal(0))]),
        (BANK, [("EUR", Decimal(5)), ("USD", Decimal(5))]),
        (BANK, [("EUR", Decimal(10) ** 9)]),
        (replace(BANK, iban=""), [("EUR", Decimal(5))]),
        (replace(SWISS, iban="CH4431999123000889012"), [("CHF", Decimal(5))]),
        (replace(SWISS, town=""), [("CHF", Decimal(5))]),
        (None, [("EUR", Decimal(5))]),
    ],
)
def test_no_code_where_it_could_not_be_paid(
    bank: Bank | None, sums: list[tuple[str, Decimal]]
) -> None:
    assert codes(bank, sums, "INV-1", "en") == ()


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "http://pay.example", "https://", "https://a b", 'https://a"onclick=',
     "https://user@evil.example/", "ftp://x", "https://[", "=1+1", "https://a\nb"],
)  # fmt: skip
def test_a_link_that_could_harm_is_left_out(link: str) -> None:
    assert safe_link(link) == ""
    assert 'href="http' not in write(draft(overdue=(line("A", "1", 1, payment_link=link),))).html


def test_a_payment_link_stands_with_its_invoice() -> None:
    message = write(
        draft(overdue=(line("A", "1", 1, payment_link="https://pay.example/x?a=1&b=2"),))
    )
    assert 'href="https://pay.example/x?a=1&amp;b=2"' in message.html
    assert "Pay online: https://pay.example/x?a=1&b=2" in message.text


def test_interest_and_fee_are_named_and_asked_for() -> None:
    charged = euros(interest=Decimal("12.30"), fee=Decimal(5), interest_rate=Decimal(12))
    text = write(draft(totals=(charged,))).text
    assert re.search(r"Interest to date \(12% a year\) +EUR 12\.30", text)
    assert "Reminder fee" in text
    assert "EUR 1,251.80" in text


def test_a_discount_is_offered_while_it_lasts() -> None:
    offer = Discount(Decimal(2), AS_OF, Decimal("980.00"), Decimal("20.00"))
    soon = (line("INV-2", "1000.00", -2, discount=offer),)
    message = write(draft(step="courtesy", overdue=(), due_soon=soon))
    said = "2% discount (USD 20.00) when you pay USD 980.00 by 20 Nov 2026"
    assert said in message.text
    assert said in message.html


def test_letter_and_code_ask_for_the_same_while_a_discount_lasts() -> None:
    offer = Discount(Decimal(2), AS_OF, Decimal(980), Decimal(20))
    soon = (line("INV-2", "1000.00", -2, currency="EUR", discount=offer),
            line("INV-3", "500.00", -1, currency="EUR"))  # fmt: skip
    total = Total("EUR", Decimal(0), Decimal(1500), Decimal(100))
    wanted = draft(step="courtesy", overdue=(), due_soon=soon, totals=(total,))
    (code,) = payment_codes(wanted, PAYEE)
    assert code == replace(
        codes(PAYEE.bank, [("EUR", Decimal(1380))], "INV-2, INV-3", "en")[0],
        caption="Or scan this code with your banking app to pay EUR 1,380.00. This is the sum with "
        "the discount, for payment by 20 Nov 2026; after that it is EUR 1,400.00.",
    )
    text = write(wanted, PAYEE).text
    assert re.search(r"To pay when due +EUR 1,400.00\n", text)
    assert re.search(r"With the discount, if paid by 20 Nov 2026 +EUR 1,380.00\n", text)
    late = draft(due_soon=soon, totals=(replace(total, overdue=Decimal(700)),))
    assert "to pay EUR 600.00." in payment_codes(late, PAYEE)[0].caption
    assert "discount" not in payment_codes(late, PAYEE)[0].caption


def test_the_logo_goes_inside_the_message() -> None:
    logo = Attachment("logo.png", "image/png", b"\x89PNG\r\n\x1a\n0")
    message = write(draft(), replace(SENDER, logo=logo))
    assert 'class="logo"' not in write(draft()).html
    assert 'src="cid:logo.' in message.html


def test_any_colour_can_be_read_on_white_and_on_dark() -> None:
    assert on_white("") == "#14506b"
    assert on_white("#7a3e9d") == "#7a3e9d"
    assert on_white("#ffff00") < "#808080"
    assert on_dark("#000000") > "#707070"
    assert "#7a3e9d" in write(draft(), replace(SENDER, accent="#7a3e9d")).html
