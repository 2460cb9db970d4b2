"""What a number format shows beside its figures: a currency, or a unit such as 万元."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from collector.intake.cells.column import narrow
from collector.intake.cells.currencies import meanings
from collector.intake.headings.folding import unit_of

# The sign of whoever opens the file.
LOCAL: Final = "¤"

_PIECE: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<sign>[^\]]*)\]|\[[^\]]*\]|_.|\*.|(?P<end>;)'
    r"|(?P<digit>[#0?])|(?P<comma>,)|(?P<bare>[^#0?.,;%@E/:\s()+\-])|(?P<plain>.)",
    re.DOTALL,
)
_BESIDE: Final = re.compile(r'"[^"]*"|[\\!_*].|\[[^\]]*\]')
_GENERAL: Final = re.compile("general", re.IGNORECASE)
_SCALES: Final = {"m": 1_000_000, "mm": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000}

# Whose money a sign that several share is, by the region a format is made for: Windows' number
# of it in hexadecimal, or the last part of its name (en-US).
_REGIONS: Final = {
    "409": "USD", "540A": "USD", "C09": "AUD", "1009": "CAD", "C0C": "CAD", "1409": "NZD",
    "481": "NZD", "1004": "SGD", "4809": "SGD", "C04": "HKD", "3C09": "HKD", "404": "TWD",
    "1404": "MOP", "80A": "MXN", "2C0A": "ARS", "240A": "COP", "340A": "CLP", "416": "BRL",
    "2009": "JMD", "2C09": "TTD", "804": "CNY", "478": "CNY", "450": "CNY", "411": "JPY",
    "809": "GBP", "452": "GBP", "491": "GBP", "C01": "EGP", "3001": "LBP", "2801": "SYP",
    "41D": "SEK", "81D": "SEK", "406": "DKK", "414": "NOK", "814": "NOK", "40F": "ISK",
    "438": "DKK", "4009": "INR", "439": "INR", "420": "PKR", "45B": "LKR", "461": "NPR",
    "3801": "AED", "1801": "MAD",
    "US": "USD", "AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD",
    "MO": "MOP", "MX": "MXN", "AR": "ARS", "CO": "COP", "CL": "CLP", "BR": "BRL", "JM": "JMD",
    "TT": "TTD", "CN": "CNY", "JP": "JPY", "GB": "GBP", "EG": "EGP", "SE": "SEK", "DK": "DKK",
    "NO": "NOK", "IS": "ISK", "IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "AE": "AED",
    "MA": "MAD",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands beside the figures of a number format.

    ``text`` is the sign or word as shown, ``codes`` every ISO currency it can mean, ``times`` what
    a figure must be multiplied with because the word is a unit and the format does not divide.
    """

    text: str
    codes: frozenset[str]
    times: int = 1


@cache
def is_share(code: str) -> bool:
    """Tell whether a number format shows a figure as a percentage."""
    return "%" in _BESIDE.sub("", code)


@cache
def is_month(code: str) -> bool:
    """Tell whether a number format shows of a day no more than its month and year."""
    bare = _BESIDE.sub("", code).casefold()
    return "y" in bare and "m" in bare and not re.search(r"[dhs]", bare)


@cache
def shown_by(code: str) -> Shown | None:
    """Return what a number format shows, None when neither a currency nor a unit.

    Where its sections show several things, the first that is one counts.
    """
    for section in _sections(code):
        found = _shown(*section)
        if found is not None:
            return found
    return None


def _sections(code: str) -> list[tuple[list[tuple[str, str]], bool]]:
    """Return of each section its words, with the region each is for, and whether it divides."""
    sections: list[tuple[list[tuple[str, str]], bool]] = [([], False)]
    joined, digits, pending = False, False, False
    for piece in _PIECE.finditer(_GENERAL.sub("0", code)):
        kind = piece.lastgroup or ""
        words, divides = sections[-1]
        text, region = piece[kind] if kind else "", ""
        if kind == "sign":
            text, _, region = text.partition("-")
        if kind == "end":
            sections.append(([], False))
            digits = pending = False
        elif kind == "digit":
            digits, pending = True, False
        elif kind == "comma":
            pending = digits
        if kind in ("quoted", "escaped", "sign", "bare") and text:
            # A decimal point that is written out moves what is shown, as a comma at the end does.
            sections[-1] = (words, divides or pending or (digits and text in (".", ",", "．")))
            if joined:
                words[-1] = (words[-1][0] + text, words[-1][1] or region)
            else:
                words.append((text, region))
        joined = kind in ("quoted", "escaped", "sign", "bare") and bool(text)
    return sections


def _shown(words: list[tuple[str, str]], divides: bool) -> Shown | None:
    """Return what the words of a section say together: ``€`` and ``k`` are thousands of euros."""
    signs, codes, times = [], frozenset[str](), 1
    for text, region in words:
        sign = narrow(text).strip(" .:()/-")
        if sign == LOCAL:
            return Shown(LOCAL, frozenset())
        unit, meant = _read(sign, region)
        if meant or unit != 1:
            signs.append(sign)
            codes, times = codes or meant, max(times, unit)
    return Shown(" ".join(signs), codes, 1 if divides else times) if signs else None


def _read(sign: str, region: str) -> tuple[int, frozenset[str]]:
    """Return the unit a word says, and every currency it can mean where it is shown."""
    times, named = unit_of(f"({sign})") if sign else (1, "")
    codes = meanings(sign) or (frozenset({named}) if named else frozenset())
    here = _REGIONS.get(region.rpartition("-")[2].upper(), "")
    if len(codes) > 1 and here in codes:
        codes = frozenset({here})
    return _SCALES.get(sign.casefold(), times), codes
