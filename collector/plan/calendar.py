"""The days and hours on which mail may go to a customer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collector.model import Policy

if TYPE_CHECKING:
    from holidays import HolidayBase

_SATURDAY = 5
_LOOK_AHEAD = 30


def mail_day(day: date, country: str, policy: Policy) -> bool:
    """Tell whether mail may go on a day: not on a weekend, nor on a public holiday that counts."""
    code = country_code(country) if policy.holidays == "customer" else policy.holidays or ""
    calendar = _holidays(code, day.year) if code else None
    if calendar is None:
        return day.weekday() < _SATURDAY
    return bool(calendar.is_working_day(day))


def next_mail_day(day: date, country: str, policy: Policy) -> date:
    """Return the first day from ``day`` on that mail may go; after a month of none, ``day``."""
    for offset in range(_LOOK_AHEAD):
        candidate = day + timedelta(days=offset)
        if mail_day(candidate, country, policy):
            return candidate
    return day


def within_hours(now: datetime, timezone: str, policy: Policy) -> bool:
    """Tell whether an aware moment lies in ``send_between`` at the customer's place."""
    if policy.send_between is None:
        return True
    first, last = policy.send_between
    return first <= now.astimezone(_zone(timezone, policy)).time() <= last


def opening(now: datetime, timezone: str, country: str, policy: Policy) -> datetime:
    """Return the moment from which mail may go to a place where it is quiet, or no day for it."""
    first, _last = policy.send_between or (time(), time.max)
    there = now.astimezone(_zone(timezone, policy))
    day = there.date() if there.time() < first else there.date() + timedelta(days=1)
    return datetime.combine(next_mail_day(day, country, policy), first, there.tzinfo)


def local_day(now: datetime, timezone: str, policy: Policy) -> date:
    """Return the day it is at the customer's place."""
    return now.astimezone(_zone(timezone, policy)).date()


def _zone(timezone: str, policy: Policy) -> ZoneInfo:
    """Return the customer's time zone, the book's where theirs is blank or unknown."""
    try:
        return ZoneInfo(timezone or policy.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(policy.timezone)


@lru_cache(maxsize=256)
def _holidays(code: str, year: int) -> HolidayBase | None:
    """Return a country's calendar, None where the library has none. Make-up workdays count."""
    import holidays

    try:
        return holidays.country_holidays(code, years=[year])
    except NotImplementedError:
        return None


@lru_cache(maxsize=512)
def country_code(country: str) -> str:
    """Return the ISO 3166 code of a country written as a code or by its English or Chinese name."""
    text = country.strip()
    if len(text) == 2 and text.isascii():
        return text.upper()
    return _codes_by_name().get(text.casefold(), "")


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    from babel import Locale

    return {
        name.casefold(): code
        for language in ("en", "zh")
        for code, name in Locale.parse(language).territories.items()
        if len(code) == 2
    }
