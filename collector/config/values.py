"""What single values of config.yaml must satisfy, each as a type."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import time
from ipaddress import ip_address
from itertools import pairwise
from typing import Annotated, Final, TypeVar
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator

from collector.config.mistakes import nearest, shown, wrong
from collector.fields import LANGUAGES, OWNED_HEADINGS
from collector.model import OWNER, WEEKDAYS

T = TypeVar("T")

DAYS: Final = ("workdays", "daily", *WEEKDAYS)

_REFERENCE: Final = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]*|keyring:[^\n]+|file:[^\n]+")
_SERVER: Final = re.compile(r"(?P<host>[\w.-]+|\[[0-9A-Fa-f:.]+\]):(?P<port>\d{1,5})")
_SENDER: Final = re.compile(r"\s*(?P<name>[^<>]*?)\s*<(?P<address>[^<>]+)>\s*")


def known(words: Iterable[str]) -> AfterValidator:
    """Return a check that a text is one of these words; the mistake names the nearest."""
    choices = tuple(words)

    def check(value: str) -> str:
        if value not in choices:
            raise wrong("config_choice", value=shown(value), **nearest(value, choices))
        return value

    return AfterValidator(check)


def _text(value: str) -> str:
    # A line break in a name would end up in a heading or in a mail header.
    if not value.strip() or not value.isprintable():
        raise wrong("config_text", value=shown(value))
    return value.strip()


def _book(value: str) -> str:
    if "/" in value:  # what divides the parts of an occasion
        raise wrong("config_book")
    return _text(value)


def _step_name(value: str) -> str:
    # A message of step `statement` is a statement by itself, and so on.
    if not re.fullmatch(r"[a-z0-9_-]+", value) or value in ("statement", "confirmation"):
        raise wrong("config_step_name", value=shown(value))
    return value


def _currency(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", value) or value == "RMB":  # what people write for CNY
        raise wrong("config_currency", value=shown(value))
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        near = nearest(value, sorted(available_timezones()))
        raise wrong("config_timezone", value=shown(value), **near) from None
    return value


def _holidays(value: str) -> str:
    from holidays import list_supported_countries

    if value != "customer" and value not in list_supported_countries():
        raise wrong("config_country", value=shown(value))
    return value


def _iban(value: str) -> str:
    """Return an IBAN whose check digits are right (ISO 13616), in capitals without blanks."""
    plain = "".join(value.split()).upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain) or (
        int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 != 1
    ):
        raise wrong("config_iban", value=shown(value))
    return plain


def _bic(value: str) -> str:
    plain = "".join(value.split()).upper()
    if not re.fullmatch(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", plain):
        raise wrong("config_bic", value=shown(value))
    return plain


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise wrong("config_colour", value=shown(value))
    return value.lower()


def _clock(value: object) -> time:
    if isinstance(value, time):
        return value
    match = re.fullmatch(r"(\d{1,2}):(\d{2})", value) if isinstance(value, str) else None
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise wrong("config_time", value=shown(value))
    return time(int(match[1]), int(match[2]))


def _span(value: object) -> tuple[time, time]:
    start, _, end = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not start or not end or _clock(start.strip()) >= _clock(end.strip()):
        raise wrong("config_span", value=shown(value))
    return _clock(start.strip()), _clock(end.strip())


def _address(value: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        # Without DNS; with `.test`, where companies try things out.
        checked = validate_email(value, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise wrong("config_address", value=shown(value)) from None
    return checked.normalized


def _copied(value: str) -> str:
    return OWNER if value.strip().casefold() == OWNER else _address(value)


def split_sender(value: str) -> tuple[str, str]:
    """Return the name ('' when there is none) and the address of ``Accounts <ar@example.com>``."""
    match = _SENDER.fullmatch(value)
    return (match["name"].strip('"'), match["address"]) if match else ("", value.strip())


def _domain(value: str) -> str:
    found = value.strip().removeprefix("@").casefold()
    if not found.isascii():
        with suppress(UnicodeError):
            found = found.encode("idna").decode("ascii")
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+", found):
        raise wrong("config_domain", value=shown(value))
    return found


def _sender(value: str) -> str:
    name, address = split_sender(value)
    return f"{_text(name)} <{_address(address)}>" if name else _address(address)


def _server(value: str) -> str:
    match = _SERVER.fullmatch(value)
    if not match or not 0 < int(match["port"]) < 65536:
        raise wrong("config_server")  # people write smtp://user:password@host here
    return value


def loopback(server: str) -> bool:
    """Say whether ``host:port`` is on this machine, where nobody listens in."""
    host = server.rpartition(":")[0].strip("[]")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _secret(value: str) -> str:
    if not is_reference(value):
        raise wrong("config_secret")  # never with the value
    return value


def is_reference(value: str) -> bool:
    """Say whether a text points to a secret: ``env:NAME``, ``keyring:SERVICE``, ``file:PATH``."""
    return _REFERENCE.fullmatch(value) is not None


def ledger_address(value: str) -> str:
    """Return a ledger's address if it is one; the error does not show it, it may hold a secret."""
    if not re.match(r"sqlite:///(?!:memory:|$)|postgresql(\+\w+)?://", value):
        raise wrong("config_ledger")
    return value


def _written_ledger(value: str) -> str:
    if is_reference(value):
        return value
    login, at, _ = urlsplit(ledger_address(value)).netloc.rpartition("@")
    if (at and ":" in login) or "password" in parse_qs(urlsplit(value).query):
        raise wrong("config_ledger_secret")
    return value


def _ascending(values: tuple[int, ...]) -> tuple[int, ...]:
    for place, (low, high) in enumerate(pairwise(values), start=1):
        if low >= high:
            raise wrong("config_ascending", place, value=high, before=low)
    return values


def _distinct(values: tuple[T, ...]) -> tuple[T, ...]:
    for place, value in enumerate(values):
        if value in values[:place]:
            raise wrong("config_repeated", place, value=value)
    return values


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _lowered(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


DISTINCT: Final = AfterValidator(_distinct)
ASCENDING: Final = AfterValidator(_ascending)
LISTED: Final = BeforeValidator(_listed)

Text = Annotated[str, AfterValidator(_text)]
BookName = Annotated[str, AfterValidator(_book)]
StepName = Annotated[str, AfterValidator(_step_name)]
Language = Annotated[str, known(LANGUAGES)]
Iban = Annotated[str, AfterValidator(_iban)]
Bic = Annotated[str, AfterValidator(_bic)]
Colour = Annotated[str, AfterValidator(_colour)]
Currency = Annotated[str, AfterValidator(_currency)]
Timezone = Annotated[str, AfterValidator(_timezone)]
Holidays = Annotated[str, AfterValidator(_holidays)]
Clock = Annotated[time, BeforeValidator(_clock)]
Span = Annotated[tuple[time, time], BeforeValidator(_span)]
Day = Annotated[str, BeforeValidator(_lowered), known(DAYS)]
Weekday = Annotated[str, BeforeValidator(_lowered), known(WEEKDAYS)]
Domain = Annotated[str, AfterValidator(_domain)]
EmailAddress = Annotated[str, AfterValidator(_address)]
Copied = Annotated[str, AfterValidator(_copied)]
SenderText = Annotated[str, AfterValidator(_sender)]
Server = Annotated[str, AfterValidator(_server)]
Secret = Annotated[str, AfterValidator(_secret)]
LedgerAddress = Annotated[str, AfterValidator(_written_ledger)]
OwnedColumn = Annotated[str, known(OWNED_HEADINGS)]
