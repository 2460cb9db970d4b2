"""What people write for a currency, and which ISO 4217 code it can mean."""

from __future__ import annotations

import re
from typing import Final

from collector.intake.cells.column import narrow

CODES: Final = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
    GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW
    KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK
    SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU
    UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG""".split()
)

# A sign that several currencies share says only that it is one of them.
DOLLARS: Final = ("USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "MXN", "BRL", "CLP", "COP",
                  "ARS", "JMD", "FJD", "BSD", "BBD", "TTD", "XCD", "NAD", "MOP")  # fmt: skip
SHARED: Final = {
    "$": DOLLARS,
    "¥": ("CNY", "JPY"),
    "£": ("GBP", "EGP", "LBP", "SYP", "GIP", "FKP", "SHP", "SSP", "SDG"),
    "c$": ("CAD", "NIO"),
    "dh": ("AED", "MAD"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "kr.": ("DKK", "SEK", "NOK", "ISK"),
    "rs": ("INR", "PKR", "LKR", "NPR", "MUR", "SCR"),
    "rs.": ("INR", "PKR", "LKR", "NPR", "MUR", "SCR"),
    "元": ("CNY", "TWD", "HKD", "MOP"),
    "圆": ("CNY", "JPY"),
    # No word of a heading where it stands in another: 원금 is the principal.
    "원": ("KRW",),
    "dollar": DOLLARS,
    "dollars": DOLLARS,
    "rupees": ("INR", "PKR", "LKR", "NPR", "MUR", "SCR"),
}

WORDS: Final = {
    "us$": "USD", "$us": "USD", "美元": "USD", "美金": "USD", "us dollar": "USD",
    "us dollars": "USD", "usd$": "USD",
    "rmb": "CNY", "cnh": "CNY", "人民币": "CNY", "人民币元": "CNY", "yuan": "CNY", "cny¥": "CNY",
    "rmb¥": "CNY", "cn¥": "CNY", "renminbi": "CNY",
    "€": "EUR", "欧元": "EUR", "euro": "EUR", "euros": "EUR",
    "英镑": "GBP", "gbp£": "GBP", "pound sterling": "GBP", "sterling": "GBP",
    "hk$": "HKD", "港币": "HKD", "港元": "HKD", "日元": "JPY", "日圆": "JPY", "円": "JPY",
    "jp¥": "JPY", "yen": "JPY", "jpy¥": "JPY",
    "₹": "INR", "indian rupee": "INR", "indian rupees": "INR", "₩": "KRW", "韩元": "KRW",
    "韩币": "KRW", "won": "KRW", "nt$": "TWD", "ntd": "TWD", "新台币": "TWD", "台币": "TWD",
    "s$": "SGD", "sg$": "SGD", "新加坡元": "SGD", "新币": "SGD", "a$": "AUD", "au$": "AUD",
    "澳元": "AUD", "澳币": "AUD", "ca$": "CAD", "加元": "CAD", "加币": "CAD",
    "nz$": "NZD", "纽元": "NZD", "₪": "ILS", "nis": "ILS", "shekel": "ILS", "瑞士法郎": "CHF",
    "sfr": "CHF", "₽": "RUB", "руб": "RUB", "руб.": "RUB", "卢布": "RUB", "r$": "BRL", "฿": "THB",
    "泰铢": "THB", "₫": "VND", "越南盾": "VND", "₱": "PHP", "zł": "PLN", "zl": "PLN",
    "dhs": "AED", "dhs.": "AED", "rm": "MYR", "林吉特": "MYR", "澳门元": "MOP",
    "₺": "TRY", "tl": "TRY", "₦": "NGN", "kč": "CZK", "ft": "HUF", "₴": "UAH", "₸": "KZT",
    "qr": "QAR", "ksh": "KES",
}  # fmt: skip

# Codes that are English words too; in a sentence they count for nothing.
_ENGLISH: Final = frozenset({"ALL", "ANG", "BOB", "COP", "CUP", "GEL", "MAD", "MOP", "PEN", "TOP",
                             "TRY"})  # fmt: skip

# Latin words that may stand at the end or the start of a heading: "Amount USD", "INR Balance".
_HEADING = re.compile(r"[^\W\d_]+\$?|[$€£¥₹₩₪₽฿₫₱₺₦₴₸]")


def currency_of(text: str, likely: str = "") -> str | None:
    """Return the ISO code that a text means; ``""`` when it could be several, None when none.

    A shared sign (``$``, ``¥``) means the ``likely`` currency where that is one of its own.
    """
    several = meanings(text)
    if not several:
        return None
    if len(several) == 1:
        return next(iter(several))
    return likely if likely in several else ""


def meanings(text: str) -> frozenset[str]:
    """Return every ISO code that a text can mean, none when it is no currency."""
    word = narrow(text).strip(" .:：()").strip()
    if word.upper() in CODES:
        return frozenset({word.upper()})
    word = word.casefold()
    found = WORDS.get(word) or WORDS.get(word.replace(" ", ""))
    return frozenset({found} if found else SHARED.get(word, ()))


def usual(codes: frozenset[str]) -> str:
    """Return what a sign that several currencies share means abroad, ``""`` where nobody can tell.

    A dollar sign alone is the American one's, a pound sign the British one's.
    """
    if codes == frozenset(DOLLARS):
        return "USD"
    return "GBP" if codes == frozenset(SHARED["£"]) else ""


def currency_in(text: str, likely: str = "") -> str:
    """Return the one ISO code that is named anywhere in a text, ``""`` when none or several are."""
    line = narrow(text)
    found = {currency_of(word, likely) for word in _HEADING.findall(line) if _stands_out(word)}
    found |= {code for word, code in WORDS.items() if not word.isascii() and word in line}
    named = {code for code in found if code}
    return named.pop() if len(named) == 1 else ""


def _stands_out(word: str) -> bool:
    """Tell whether a word in a sentence is meant as a currency: ``USD``, not ``all``."""
    return not word.isalpha() or not word.isascii() or (word.isupper() and word not in _ENGLISH)
