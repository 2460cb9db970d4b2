"""Columns of dates: real ones, serials, and text in the forms people type; never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from collector.intake.cells.column import (
    BOOLEAN,
    DAY,
    NO_DAY,
    NUMBER,
    OTHER,
    Cells,
    Complaint,
    Days,
    complain,
    complain_about,
    distinct,
    error_complaint,
    is_error,
    is_nothing,
    narrow,
    shown,
)

FIRST_YEAR, LAST_YEAR = 1990, 2100
_EPOCH: Final = date(1899, 12, 30)
_FIRST: Final = np.datetime64(f"{FIRST_YEAR}-01-01", "us")
_AFTER: Final = np.datetime64(f"{LAST_YEAR + 1}-01-01", "us")
_SERIALS: Final = ((date(FIRST_YEAR, 1, 1) - _EPOCH).days, (date(LAST_YEAR, 12, 31) - _EPOCH).days)
_ROC: Final = 1911
# So many real dates, all of them before the 13th, are no accident.
_SUSPECT: Final = 6

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv januar ene enero gen gennaio jänner",
            "feb february fév fev févr februar febrero febbraio",
            "mar march mär mrz märz mars marzo mrt",
            "apr april avr avril abr abril aprile",
            "may mai mayo mag maggio mei",
            "jun june juin juni junio giu giugno",
            "jul july juil juillet juli julio lug luglio",
            "aug august aoû août ago agosto",
            "sep sept september septembre septiembre set settembre",
            "oct october octobre okt oktober octubre ott ottobre",
            "nov november novembre noviembre",
            "dec december déc décembre dez dezember dic diciembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}

_CLOCK = re.compile(
    r"(?P<day>.*[\d日号])(?:\s+|T)(?P<hours>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*"
    r"(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|UTC|GMT)?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)"
    r"|\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?")
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_CHINESE = re.compile(r"(\d{4}|\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_REPUBLIC = re.compile(r"民国\s*(\d{2,3})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_DAY_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s.\-/]*([^\W\d_]{3,})\.?[\s,.\-/']*(\d{4}|\d{2})",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"([^\W\d_]{3,})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|[\s\-/]+)(\d{4})", re.IGNORECASE
)
_YEAR_NAMED = re.compile(r"(\d{4})[\s\-/]*([^\W\d_]{3,})\.?[\s\-/]*(\d{1,2})", re.IGNORECASE)
_NO_DAY = re.compile(
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?|\d{1,2}\s*[-/.]\s*\d{4}|(?:19|20)\d{2}(?:0[1-9]|1[0-2])"
    r"|(?:19|20)\d{2}年?|(?:[^\W\d_]{3,9})\.?[\s\-/,']*(?:\d{4}|\d{2})|\d{4}年?\s*(?:q|第)\S+"
    r"|q[1-4]\s*\d{4}",
    re.IGNORECASE,
)
_NO_YEAR = re.compile(
    r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]?|\d{1,2}(?:st|nd|rd|th)?[\s\-/]*[^\W\d_]{3,9}\.?"
    r"|\d{1,2}[-/]\d{1,2}",
    re.IGNORECASE,
)

# What a text can be read as: the day by each order of day and month that fits it.
Readings = dict[str, date]


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates: midnight, naive; NaT where there is none. ``complaints`` by position."""

    values: Days
    complaints: dict[int, Complaint]


def read_dates(cells: Cells, order: str | None = None, timezone: str = "UTC") -> Dates:
    """Read a column of dates, datetime64[ns] at midnight, NaT where blank or complained about.

    ``order`` is how day, month and year follow each other in texts like 03/04/2026; without it
    those texts of the column that can be read in only one way decide, else it is a complaint.
    ``timezone`` is whose day a time in UTC falls on.
    """
    values = np.full(len(cells), NO_DAY, dtype="datetime64[ns]")
    complaints: dict[int, Complaint] = {}
    _fill_days(cells, values, complaints)
    _fill_numbers(cells, values, complaints)
    evidence = _fill_texts(cells, values, complaints, order, timezone)
    if evidence and not order:
        _suspect_swapped(cells, values, complaints)
    for kind in (BOOLEAN, OTHER):
        at = cells.where(kind)
        complaints |= complain_about(cells, at, "problem_date_unreadable")
    return Dates(values, complaints)


def _fill_days(cells: Cells, values: Days, complaints: dict[int, Complaint]) -> None:
    at = cells.where(DAY)
    if not at.size:
        return
    uniques, codes = distinct(cells.pick(at))
    days = np.array([_naive(day) for day in uniques], dtype="datetime64[us]")[codes]
    sane = (days >= _FIRST) & (days < _AFTER)
    values[at[sane]] = days[sane].astype("datetime64[D]").astype("datetime64[ns]")
    complaints |= complain_about(cells, at[~sane], "problem_date_range", _iso)


def _naive(day: date | datetime) -> date | datetime:
    return day.replace(tzinfo=None) if isinstance(day, datetime) else day


def _iso(day: date | datetime) -> str:
    return day.isoformat()[:10]


def _fill_numbers(cells: Cells, values: Days, complaints: dict[int, Complaint]) -> None:
    at = cells.where(NUMBER)
    if not at.size:
        return
    numbers = np.array(cells.pick(at), dtype=np.float64)
    numbers = np.where(np.isfinite(numbers), numbers, -1.0)
    serial = (numbers >= _SERIALS[0]) & (numbers < _SERIALS[1] + 1)
    shift = np.floor(numbers[serial]).astype("timedelta64[D]")
    values[at[serial]] = (np.datetime64(_EPOCH, "D") + shift).astype("datetime64[ns]")
    for position, number in zip(at[~serial].tolist(), numbers[~serial].tolist(), strict=True):
        text = str(int(number)) if number.is_integer() else str(cells.cells[position])
        reading = _digits(text)
        if isinstance(reading, date):
            values[position] = np.datetime64(reading, "ns")
        else:
            complaints[position] = reading


def _digits(text: str) -> date | Complaint:
    eight = _EIGHT.fullmatch(text)
    if eight:
        return _exact(text, *map(int, eight.groups()))
    code = "problem_date_month_only" if _NO_DAY.fullmatch(text) else "problem_date_unreadable"
    return Complaint(code, {"text": shown(text)})


def _fill_texts(
    cells: Cells,
    values: Days,
    complaints: dict[int, Complaint],
    order: str | None,
    timezone: str,
) -> str | None:
    """Read the texts; return the order of day and month that they prove, if they do."""
    if not cells.at.size:
        return None
    readings = [_read(text, timezone) for text in cells.texts]
    evidence = _evidence(readings)
    order = order or evidence
    settled = [
        _settle(text, reading, order) for text, reading in zip(cells.texts, readings, strict=True)
    ]
    days = [each if isinstance(each, date) else None for each in settled]
    values[cells.at] = np.array(days, dtype="datetime64[D]").astype("datetime64[ns]")[cells.codes]
    complaints |= complain(
        cells, [each if isinstance(each, Complaint) else None for each in settled]
    )
    return evidence


def _suspect_swapped(cells: Cells, values: Days, complaints: dict[int, Complaint]) -> None:
    """Doubt real dates beside texts that were not taken for dates, when none is after the 12th.

    A list of 13/02/2026 and 04/03/2026 opened in the wrong country leaves the first as text and
    turns the second into a real date with day and month changed places.
    """
    at = cells.where(DAY)
    at = at[~np.isnat(values[at])]
    days = pd.DatetimeIndex(values[at])
    if len(at) < _SUSPECT or days.day.max() > 12 or days.day.nunique() < 3:
        return
    doubtful = (days.day != days.month).tolist()
    for position, day, doubt in zip(at.tolist(), days.date.tolist(), doubtful, strict=True):
        if doubt:
            other = date(day.year, day.day, day.month)
            values[position] = NO_DAY
            facts = {
                "text": str(day),
                "first": str(min(day, other)),
                "second": str(max(day, other)),
            }
            complaints[position] = Complaint("problem_date_two_ways", facts)


def _settle(
    text: str, reading: Readings | Complaint | None, order: str | None
) -> date | Complaint | None:
    if not isinstance(reading, dict):
        return reading
    days = sorted(set(reading.values()))
    if len(days) == 1:
        return days[0]
    if order in reading:
        return reading[order]
    facts = {"text": shown(text), "first": str(days[0]), "second": str(days[1])}
    return Complaint("problem_date_two_ways", facts)


def _evidence(readings: Iterable[Readings | Complaint | None]) -> str | None:
    """Return the one order in which every text that has only one reading is read, if there is."""
    decided = {
        next(iter(reading))
        for reading in readings
        if isinstance(reading, dict) and len(reading) == 1 and "" not in reading
    }
    return decided.pop() if len(decided) == 1 else None


def _read(text: str, timezone: str) -> Readings | Complaint | None:
    """Return the readings of a text by order of day and month (``""``: its form has only one)."""
    if is_error(text):
        return error_complaint(text)
    line = narrow(text)
    if is_nothing(line):
        return None
    clock = _CLOCK.fullmatch(line)
    bare = _WEEKDAY.sub("", clock["day"] if clock else line).strip()
    reading = _read_day(bare, text)
    if clock and clock["zone"] and isinstance(reading, dict) and len(set(reading.values())) == 1:
        return _at_home(text, next(iter(reading.values())), clock, timezone)
    return reading


def _at_home(text: str, day: date, clock: re.Match[str], timezone: str) -> Readings | Complaint:
    """Return the day of an instant where the book lives; a complaint when that is another day."""
    zone = clock["zone"].upper().replace("Z", "+00:00").replace("UTC", "+00:00")
    hours = clock["hours"] if len(clock["hours"].split(":")[0]) == 2 else f"0{clock['hours']}"
    instant = datetime.fromisoformat(f"{day}T{hours}{zone.replace('GMT', '+00:00')}")
    there = instant.astimezone(ZoneInfo(timezone)).date()
    if there == day:
        return {"": day}
    facts = {"text": shown(text), "first": str(min(day, there)), "second": str(max(day, there))}
    return Complaint("problem_date_two_ways", facts)


def _read_day(line: str, text: str) -> Readings | Complaint:
    for pattern, reader in _FORMS:
        match = pattern.fullmatch(line)
        if match:
            found = reader(text, match.groups())
            if found is not None:
                return found if not isinstance(found, date) else {"": found}
    month_only = _NO_DAY.fullmatch(line) and _names_a_month(line)
    no_year = _NO_YEAR.fullmatch(line) and _names_a_month(line)
    code = (
        "problem_date_month_only" if month_only
        else "problem_date_no_year" if no_year
        else "problem_date_unreadable"
    )  # fmt: skip
    return Complaint(code, {"text": shown(text)})


def _names_a_month(line: str) -> bool:
    names = [word for word in re.findall(r"[^\W\d_]{3,}", line.casefold()) if word.isascii()]
    return all(name in _MONTHS or name == "q" for name in names)


def _exact(text: str, year: int, month: int, day: int) -> date | Complaint:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Complaint("problem_date_range", {"text": shown(text)})
    return _date(year, month, day) or Complaint("problem_date_impossible", {"text": shown(text)})


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _century(year: str) -> int:
    """Return a year as four digits; receivables of two-digit years are of this century."""
    return int(year) if len(year) > 2 else 2000 + int(year)


def _year_first(text: str, parts: Sequence[str]) -> date | Complaint:
    return _exact(text, int(parts[0]), int(parts[2]), int(parts[3]))


def _year_last(text: str, parts: Sequence[str]) -> Readings | date | Complaint:
    first, mark, second, last = parts
    if mark == "." and len(last) == 4:
        return _exact(text, int(last), int(second), int(first))
    found = {
        "DMY": _date(_century(last), int(second), int(first)),
        "MDY": _date(_century(last), int(first), int(second)) if mark != "." else None,
        "YMD": _date(_century(first), int(second), int(last)) if len(last) == 2 else None,
    }
    readings = {order: day for order, day in found.items() if day}
    if not readings:
        return Complaint("problem_date_impossible", {"text": shown(text)})
    sane = {order: day for order, day in readings.items() if FIRST_YEAR <= day.year <= LAST_YEAR}
    return sane or Complaint("problem_date_range", {"text": shown(text)})


def _three(text: str, parts: Sequence[str]) -> date | Complaint:
    return _exact(text, _century(parts[0]), int(parts[1]), int(parts[2]))


def _republic(text: str, parts: Sequence[str]) -> date | Complaint:
    return _exact(text, int(parts[0]) + _ROC, int(parts[1]), int(parts[2]))


def _serial(text: str, parts: Sequence[str]) -> date | None:
    number = int(parts[0])
    inside = _SERIALS[0] <= number <= _SERIALS[1]
    return _EPOCH + timedelta(days=number) if inside else None


def _day_named(text: str, parts: Sequence[str]) -> date | Complaint | None:
    return _named(text, parts[2], parts[1], parts[0])


def _named_day(text: str, parts: Sequence[str]) -> date | Complaint | None:
    return _named(text, parts[2], parts[0], parts[1])


def _year_named(text: str, parts: Sequence[str]) -> date | Complaint | None:
    return _named(text, parts[0], parts[1], parts[2])


def _named(text: str, year: str, month: str, day: str) -> date | Complaint | None:
    number = _MONTHS.get(month.casefold())
    return None if number is None else _exact(text, _century(year), number, int(day))


_Reader = Callable[[str, Sequence[str]], "Readings | date | Complaint | None"]
_FORMS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (_YEAR_FIRST, _year_first),
    (_CHINESE, _three),
    (_EIGHT, _three),
    (_SERIAL, _serial),
    (_YEAR_LAST, _year_last),
    (_DAY_NAMED, _day_named),
    (_NAMED_DAY, _named_day),
    (_YEAR_NAMED, _year_named),
    (_REPUBLIC, _republic),
)
