"""How to pay: the bank account, links, and codes that a banking app reads."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from collector.letters.formats import letter_language, money, short_day
from collector.letters.mime import content_id
from collector.letters.plain import clean
from collector.letters.wording import tell
from collector.model import Attachment, Bank, Draft, Sender, Total

_ROWS: Final = ("account_holder", "iban", "account", "bank_code", "bic", "bank")
_IBAN: Final = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_MOST: Final = Decimal("999999999.99")
# SEPA takes 140 characters of remittance; shorter ones survive every bank.
REFERENCE_LENGTH: Final = 100
# Institutions 30000 to 31999 are QR-IBANs, which need a structured reference that we have not.
_QR_IBAN: Final = re.compile(r"(?:CH|LI)\d{2}3[01]\d{3}")
_SWISS_CURRENCIES: Final = ("CHF", "EUR")


@dataclass(frozen=True, slots=True)
class Code:
    """A picture that a banking app reads, what is said beside it, and its width on paper."""

    image: Attachment
    caption: str
    millimetres: int

    @property
    def source(self) -> str:
        """Where the HTML finds the picture: in the message itself."""
        return f"cid:{content_id(self.image)}"


def asked(total: Total) -> Decimal:
    """Return what a letter asks for in one currency, interest and fee included."""
    due = total.overdue or total.due_soon
    charges = total.interest + total.fee if total.overdue else Decimal(0)
    return max(due - total.credit, Decimal(0)) + charges


def early(draft: Draft, total: Total) -> tuple[Decimal, date] | None:
    """Return what settles a sum with the discounts that last, and by which day.

    None where there is no discount, and where something is overdue: then that is asked for.
    """
    found = [line.discount for line in draft.due_soon
             if line.discount and line.currency == total.currency]  # fmt: skip
    pay = asked(total) - sum((each.saved for each in found), Decimal(0))
    if total.overdue or not found or pay <= 0:
        return None
    return pay, min(each.until for each in found)


def reference(draft: Draft) -> str:
    """Return what the customer is to write on the payment: its invoices, as many as fit."""
    names = [clean(line.invoice) for line in draft.overdue or draft.due_soon if line.invoice]
    text = ""
    for name in dict.fromkeys(names):
        longer = f"{text}, {name}" if text else name
        if len(longer) > REFERENCE_LENGTH:
            break
        text = longer
    return text or clean(draft.customer_name)[:REFERENCE_LENGTH]


@lru_cache(maxsize=64)
def bank_rows(language: str, bank: Bank) -> tuple[tuple[str, str], ...]:
    """Return the bank account as labels and values, the IBAN in groups of four."""
    values = {name: clean(getattr(bank, name)) for name in _ROWS}
    values["iban"] = " ".join(re.findall(".{1,4}", plain_iban(bank.iban)))
    return tuple((tell(language, name), values[name]) for name in _ROWS if values[name])


def plain_iban(iban: str) -> str:
    """Return an IBAN without blanks, in capitals."""
    return "".join(iban.split()).upper()


def valid_iban(iban: str) -> bool:
    """Tell whether an IBAN has its form and its check digits (ISO 13616, modulo 97)."""
    plain = plain_iban(iban)
    if not _IBAN.fullmatch(plain):
        return False
    return int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1


def safe_link(link: str) -> str:
    """Return a payment link as it may stand in a letter, '' for anything but https."""
    link = link.strip()
    if not link.isprintable() or any(each in link for each in " <>\"'`\\"):
        return ""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    return link if parts.scheme == "https" and parts.hostname and "@" not in parts.netloc else ""


# ── codes ────────────────────────────────────────────────────────────────────────────────────


def payment_codes(draft: Draft, sender: Sender) -> tuple[Code, ...]:
    """Return the codes for what a draft asks for: one currency, and an account that has codes.

    While a discount lasts the code is for the smaller sum, and says until when.
    """
    language = letter_language(draft.language)
    offers = {total.currency: early(draft, total) for total in draft.totals}
    full = {total.currency: asked(total) for total in draft.totals}
    sums = [(each, offer[0] if offer else full[each]) for each, offer in offers.items()]
    found = codes(sender.bank, sums, reference(draft), language)
    return tuple(replace(code, caption=_until(code, offers, full, language)) for code in found)


def _until(
    code: Code,
    offers: Mapping[str, tuple[Decimal, date] | None],
    full: Mapping[str, Decimal],
    language: str,
) -> str:
    """Return what is said beside a code, with the day its discount ends and the sum from then."""
    offer = next(filter(None, offers.values()), None)
    if offer is None:
        return code.caption
    (currency,) = (each for each, known in offers.items() if known == offer)
    facts = {
        "day": short_day(language, offer[1]),
        "full": money(language, full[currency], currency),
    }
    return f"{code.caption}{tell(language, 'scan_discount', **facts)}"


def codes(
    bank: Bank | None, sums: Iterable[tuple[str, Decimal]], text: str, language: str
) -> tuple[Code, ...]:
    """Return the codes that pay a sum; none where there are several, or none that is positive."""
    owed = [(currency, amount) for currency, amount in sums if amount > 0]
    if bank is None or len(owed) != 1 or not valid_iban(bank.iban):
        return ()
    currency, amount = owed[0]
    if amount > _MOST:
        return ()
    if _is_swiss(bank, currency):
        # 46 millimetres without its quiet zone, as its standard has it.
        kind, size, modules = "swiss", 54, _swiss(bank, currency, amount, text)
    elif currency == "EUR":
        kind, size, modules = "epc", 34, _epc(bank, amount, text)
    else:
        return ()
    shown = money(language, amount, currency)
    image = Attachment(f"pay-{kind}.png", "image/png", png(modules))
    return (Code(image, tell(language, f"scan_{kind}", amount=shown), size),)


Modules = Sequence[Sequence[int]]


def _epc(bank: Bank, amount: Decimal, text: str) -> Modules:
    """A SEPA credit transfer (EPC069-12, version 2), the code that banks call GiroCode."""
    lines = ["BCD", "002", "1", "SCT", plain_iban(bank.bic), clean(bank.account_holder)[:70],
             plain_iban(bank.iban), f"EUR{amount:.2f}", "", "", text[:140], ""]  # fmt: skip
    return _modules("\n".join(lines).rstrip("\n"))


def _is_swiss(bank: Bank, currency: str) -> bool:
    iban = plain_iban(bank.iban)
    home = iban[:2] in ("CH", "LI") and not _QR_IBAN.match(iban)
    address = bank.postcode and bank.town and bank.country
    return bool(home and address and currency in _SWISS_CURRENCIES)


def _swiss(bank: Bank, currency: str, amount: Decimal, text: str) -> Modules:
    """A Swiss QR code without structured reference (Swiss Implementation Guidelines 2.3)."""
    creditor = ["S", clean(bank.account_holder)[:70], clean(bank.street)[:70], "",
                clean(bank.postcode)[:16], clean(bank.town)[:35], bank.country.upper()]  # fmt: skip
    lines = ["SPC", "0200", "1", plain_iban(bank.iban), *creditor, *[""] * 7, f"{amount:.2f}",
             currency, *[""] * 7, "NON", "", text[:140], "EPD"]  # fmt: skip
    return _with_cross([list(row) for row in _modules("\n".join(lines))])


def _modules(payload: str) -> Modules:
    """Return a QR code as dark (1) and light modules, with the quiet zone around it."""
    from segno import make_qr

    code = make_qr(payload, error="m", boost_error=False, encoding="utf-8")
    return [[int(dark) for dark in row] for row in code.matrix_iter(border=4)]


def _with_cross(modules: list[list[int]]) -> Modules:
    """Put the Swiss cross in the middle: 7 of the code's 46 millimetres, white on black."""
    size = len(modules) - 8
    half = max(round(size * 7 / 46 / 2), 2)
    middle = len(modules) // 2
    arm = max(round(half * 0.2), 0)
    reach = round(half * 0.6)
    for row in range(-half - 1, half + 2):
        for column in range(-half - 1, half + 2):
            edge = max(abs(row), abs(column)) > half
            cross = min(abs(row), abs(column)) <= arm and max(abs(row), abs(column)) <= reach
            modules[middle + row][middle + column] = int(not edge and not cross)
    return modules


_SCALE: Final = 4


def png(modules: Modules, scale: int = _SCALE) -> bytes:
    """Return dark modules as a black-and-white PNG."""
    width = len(modules[0]) * scale
    rows = b"".join(b"\0" + _bits(row, scale) for row in modules for _ in range(scale))
    header = struct.pack(">IIBBBBB", width, len(modules) * scale, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def _bits(row: Sequence[int], scale: int) -> bytes:
    bits = "".join("01"[not dark] * scale for dark in row)
    padded = bits + "0" * (-len(bits) % 8)
    return int(padded, 2).to_bytes(len(padded) // 8, "big")
