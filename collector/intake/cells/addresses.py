"""Columns of e-mail addresses: several in a cell, with names or ``mailto:``, as one clean list."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import (
    BLANK,
    TEXT,
    Cells,
    Complaint,
    complain,
    complain_about,
    error_complaint,
    is_error,
    is_nothing,
    narrow,
    shown,
)
from collector.intake.cells.texts import text_of

# A strict part of what email-validator accepts: most addresses, at a tenth of the time.
_PLAIN: Final = re.compile(
    r"[A-Za-z0-9_%+-]{1,20}+(?:\.[A-Za-z0-9_%+-]{1,20}+){0,2}+"
    r"@(?:[A-Za-z0-9]{1,31}+(?:-[A-Za-z0-9]{1,20}+)?\.){1,3}"
    r"(?:com|net|org|edu|cn|hk|tw|sg|de|fr|uk|io|co|example|test)"
)
_NAMED: Final = re.compile(
    rf"[A-Za-z][A-Za-z .&-]{{0,40}}+<(?P<address>{_PLAIN.pattern})>"
    rf"|mailto:(?P<bare>{_PLAIN.pattern})"
)
_ANGLED: Final = re.compile(r"([^<>;,、\n\r|]*)<\s*([^<>]+?)\s*>")
_ALPHABETS: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "GEORGIAN",
                               "HEBREW", "ARABIC", "COPTIC", "LISU"})  # fmt: skip
# "/" may be part of an address; between two of them it parts them.
_SLASH: Final = re.compile(r"\s*[/／]\s*(?=[^@/\s]+@)")
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_PARTED: Final = re.compile(r"[;,\s|</]")
_BETWEEN: Final = re.compile(r"[;,、\n\r|]+|\s+(?=\S+@)")
_NAME: Final = re.compile(r"\s*[\u4e00-\u9fff·]{2,10}:?\s*")
_NAME_BEFORE: Final = re.compile(r"^\s*[\u4e00-\u9fff·]{2,10}:\s*")
_MORE_RECIPIENTS: Final = re.compile(r"(?:^|&)(?:to|cc|bcc)=", re.IGNORECASE)
_QUOTED: Final = re.compile(r'"[^"]*"|\'[^\']*\'(?=\s*<)')


def read_addresses(cells: Cells) -> tuple[pd.Series[str], dict[int, Complaint]]:
    """Return a column of address lists, ``a@x.com, b@y.com``; ``""`` where blank or malformed.

    One malformed address makes the whole cell a complaint: none of it is used.
    """
    known: dict[str, str | None] = {}
    verdicts = [_read(text, known) for text in cells.texts]
    lists = ["" if isinstance(verdict, Complaint) else verdict for verdict in verdicts]
    values = np.full(len(cells), "", dtype=object)
    if lists:
        values[cells.at] = np.array(lists, dtype=object)[cells.codes]
    complaints = complain(
        cells, [each if isinstance(each, Complaint) else None for each in verdicts]
    )
    odd = np.flatnonzero((cells.kinds != BLANK) & (cells.kinds != TEXT))
    complaints |= complain_about(cells, odd, "problem_address_malformed", text_of)
    return pd.Series(values, dtype="str"), complaints


def _read(text: str, known: dict[str, str | None]) -> str | Complaint:
    """Read one cell; ``known`` are addresses that were cleaned before."""
    if _PLAIN.fullmatch(text):
        return _with_small_domain(text)
    named = _NAMED.fullmatch(text)
    if named:
        return _with_small_domain(named["address"] or named["bare"])
    if "@" not in text:
        if is_error(text):
            return error_complaint(text)
        if is_nothing(narrow(text)):
            return ""
    found: list[str] = []
    line = _line(text)
    if "<" in line and _is_told_twice(line):
        return Complaint("problem_address_malformed", {"text": shown(text)})
    for part in _parts(line) or [text]:
        if part not in known:
            known[part] = clean_address(part)
        address = known[part]
        if address is None:
            kind = "mixed" if mixes_alphabets(part) else "malformed"
            return Complaint(f"problem_address_{kind}", {"text": shown(part)})
        found.append(address)
    unique = {address.casefold(): address for address in reversed(found)}
    return ", ".join(reversed(unique.values()))


def _parts(line: str) -> list[str]:
    if line.isascii() and not _PARTED.search(line):
        return [line]
    if "<" in line:
        # What stands right before the angle brackets is a name.
        line = _ANGLED.sub(r";\2;", line)
    # A Chinese name may stand before an address; a Latin word may be half of a broken one.
    if "/" in line or "／" in line:
        line = _SLASH.sub(";", line)
    parts = [part for part in _BETWEEN.split(line) if part.strip()]
    if line.isascii():
        return parts
    return [_NAME_BEFORE.sub("", part) for part in parts if not _NAME.fullmatch(part)]


def _line(text: str) -> str:
    """Return a text half-width and without quoted names."""
    line = text if text.isascii() else text.translate(_FULL_WIDTH).replace("\u00a0", " ")
    if '"' in line or "'" in line:
        line = _QUOTED.sub("", line)
    return line.strip().rstrip("。.")


def _is_told_twice(line: str) -> bool:
    """Tell whether a name before angle brackets is an address, and another one than within."""
    pairs = [(name.strip(), address) for name, address in _ANGLED.findall(line)]
    return any("@" in name and name.casefold() != each.casefold() for name, each in pairs)


def clean_address(text: str) -> str | None:
    """Return one address with its domain in lower case, or None when it is malformed."""
    bare = text.strip().strip("\u200b\ufeff")
    if bare[:7].casefold() == "mailto:":
        bare, _, rest = bare[7:].partition("?")
        bare = bare.strip()
        if _MORE_RECIPIENTS.search(rest):
            return None
    if _PLAIN.fullmatch(bare):
        return _with_small_domain(bare)
    return None if mixes_alphabets(bare) else _validated(bare)


def mixes_alphabets(address: str) -> bool:
    """Tell whether a part of an address has letters of two alphabets, such as a Cyrillic а in acme.

    Nobody owns such a name by accident. Chinese and Japanese beside Latin letters are no mixture.
    """
    return any(
        len({_alphabet(letter) for letter in _unpacked(part)} - {""}) > 1
        for part in re.split(r"[.@]", address)
    )


def _unpacked(part: str) -> str:
    """Return a part of a domain as its reader sees it: ``xn--cme-5cd`` has a Cyrillic letter."""
    if part[:4].casefold() != "xn--":
        return part
    try:
        return part.encode("ascii").decode("idna")
    except UnicodeError:
        return part


def _alphabet(letter: str) -> str:
    if letter.isascii():
        return "LATIN" if letter.isalpha() else ""
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in _ALPHABETS else ""


def _with_small_domain(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def _validated(text: str) -> str | None:
    from email_validator import EmailNotValidError, validate_email

    try:
        # test_environment lets .test through; whether mail arrives is the server's to say.
        found = validate_email(
            text, check_deliverability=False, test_environment=True, allow_smtputf8=False
        )
    except EmailNotValidError:
        return None
    return f"{found.local_part}@{found.ascii_domain}"


def address_list(text: str) -> tuple[str, ...]:
    """Return the addresses of one cell, none where one of them is malformed."""
    found = _read(text, {})
    return () if isinstance(found, Complaint) else tuple(filter(None, found.split(", ")))


def address_set(addresses: str) -> frozenset[str]:
    """Return an address list as a set in which case does not matter."""
    return frozenset(
        address.strip().casefold() for address in addresses.split(",") if address.strip()
    )
