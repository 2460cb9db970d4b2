"""One text as a day: every way it can be read, in the forms that people type; never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from collector.intake.cells.column import (
    Complaint,
    error_complaint,
    is_error,
    is_nothing,
    narrow_figures,
    shown,
)
from collector.intake.cells.eras import (
    BARE_REPUBLIC,
    IN_WORDS,
    REIGN,
    ROC,
    SEVEN,
    figures_of,
    year_of_reign,
)

FIRST_YEAR, LAST_YEAR = 1990, 2100
EPOCH: Final = date(1899, 12, 30)
# Days that a count from 1904 lies behind one from 1900.
FROM_1904: Final = 1462
SERIALS: Final = ((date(FIRST_YEAR, 1, 1) - EPOCH).days, (date(LAST_YEAR, 12, 31) - EPOCH).days)
# 20.08.2024: whoever writes so has the day first.
POINTED: Final = ".4"
# What a text of three figures, month and day is of, where its whole column is written so.
REPUBLIC: Final = "republic"
# A year of two digits beyond this one may be of the last century.
_NEAR: Final = 50

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier januar jän jänner januari ene enero gen gennaio janeiro",
            "feb february fév févr février fevrier februar februari febrero febbraio fevereiro fev",
            "mar march mär mrz märz mars marzo maart mrt março",
            "apr april avr avril abr abril aprile",
            "may mai mayo mag maggio mei maio",
            "jun june juin juni junio giu giugno junho",
            "jul july juil juillet juli julio lug luglio julho",
            "aug august aoû août aout ago agosto augustus augusti",
            "sep sept september septembre septiembre set settembre setembro",
            "oct october octobre okt oktober octubre ott ottobre out outubro",
            "nov november novembre noviembre novembro",
            "dec december déc décembre decembre dez dezember dic diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            "mon monday mo montag lun lundi lunes lunedì 一",
            "tue tues tuesday di dienstag mar mardi martes martedì 二",
            "wed weds wednesday mi mittwoch mer mercredi mié mie miércoles mercoledì 三",
            "thu thur thurs thursday do donnerstag jeu jeudi jue jueves gio giovedì 四",
            "fri friday fr freitag ven vendredi vie viernes venerdì 五",
            "sat saturday sa samstag sam samedi sáb sab sábado sabato 六",
            "sun sunday so sonntag dim dimanche dom domingo domenica 日 天",
        )
    )
    for name in names.split()
}

_CLOCK = re.compile(
    r"(?P<day>.*?[\d日号)])(?:\s+|T)(?P<noon>上午|下午)?(?P<hours>\d{1,2})[:时点](?P<minutes>\d{2})分?"
    r"(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2}|UTC|GMT)?",
    re.IGNORECASE,
)
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_HOUR = re.compile(r"\d[:时点]")
_WEEKDAY_FIRST = re.compile(r"(?P<name>[^\W\d_]{2,10})\.?\s*,?\s+(?P<day>\S.*)")
_WEEKDAY_LAST = re.compile(r"(?P<day>.*?)\s*\(?(?:星期|周|礼拜)(?P<name>[一二三四五六日天])\)?")
_YEAR_FIRST = re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})")
_YEAR_SPACED = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+|0{6})?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_CHINESE = re.compile(r"(\d{4}|\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_REPUBLIC = re.compile(
    r"(?:中[华華])?民[国國]\s*(\d{2,3})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?"
)
_DAY_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er)?(?:\s+(?:of|de)(?=\s))?[\s.\-/]*([^\W\d_]{3,})\.?(?:\s+del?(?=\s))?"
    r"[\s,.\-/']*(\d{4}|\d{2})",
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    r"([^\W\d_]{3,})\.?[\s\-/]*(\d{1,2})(?:st|nd|rd|th)?(?:\s*,\s*|[\s\-/]+)(\d{4})", re.IGNORECASE
)
_YEAR_NAMED = re.compile(r"(\d{4})[\s\-/,]*([^\W\d_]{3,})\.?[\s\-/]*(\d{1,2})", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text can be read as: the day by each order of day, month and year that fits it.

    ``form`` is what texts share that were written in one order, such as the mark between figures;
    ``""`` where the form itself has only one order. ``minutes`` is the time of day beside it,
    counted from midnight, 0 where there is none or where its zone has been reckoned with.
    """

    days: dict[str, date]
    form: str = ""
    minutes: int = 0

    def distinct(self) -> list[date]:
        """Return the days it can be, in order."""
        return sorted(set(self.days.values()))


@lru_cache(maxsize=50_000)  # the columns of a sheet share most of their days
def read_day(text: str, timezone: str) -> Reading | Complaint | None:
    """Return the readings of a text, a complaint, or None where it says "nothing".

    ``timezone`` is whose day an instant with a zone beside it falls on.
    """
    if is_error(text):
        return error_complaint(text)
    line = " ".join(narrow_figures(text).split())
    if is_nothing(line):
        return None
    line = line.removeprefix("'").translate(_DASHES)
    clock = _CLOCK.fullmatch(line) if _HOUR.search(line) else None
    reading = _with_weekday(clock["day"] if clock else line, text)
    return _with_clock(reading, clock, text, timezone) if clock else reading


def two_ways(text: str, days: Sequence[date]) -> Complaint:
    """Return the complaint about a text that may be either of two days, the earlier one first."""
    facts = {"text": shown(text), "first": str(min(days)), "second": str(max(days))}
    return Complaint("problem_date_two_ways", facts)


def digits_day(text: str) -> date | Reading | Complaint:
    """Return the day that a bare number means which is no serial: 20190307, or 1150905.

    The latter is of the Republic's year 115 only where its whole column is: a ``Reading``.
    """
    eight = _EIGHT.fullmatch(text)
    if eight:
        return _exact(text, *map(int, eight.groups()))
    seven = SEVEN.fullmatch(text)
    if seven and (found := _seven(text, seven.groups())):
        return found
    code = "problem_date_month_only" if _NO_DAY.fullmatch(text) else "problem_date_unreadable"
    return Complaint(code, {"text": shown(text)})


# ── the time of day and the weekday beside a date ────────────────────────────────────────────


def _with_clock(
    reading: Reading | Complaint, clock: re.Match[str], text: str, timezone: str
) -> Reading | Complaint:
    if isinstance(reading, Complaint):
        return reading
    minutes = _minutes(clock)
    if minutes is None:
        return Complaint("problem_date_unreadable", {"text": shown(text)})
    if not clock["zone"] or len(reading.distinct()) > 1:
        return replace(reading, minutes=minutes)
    day, there = reading.distinct()[0], _day_at_home(reading, minutes, clock["zone"], timezone)
    return Reading({"": day}) if there == day else two_ways(text, (day, there))


def _minutes(clock: re.Match[str]) -> int | None:
    """Return the minutes since midnight, None when there is no such time."""
    hour, minute = int(clock["hours"]), int(clock["minutes"])
    half = (clock["half"] or "")[:1].casefold() or {"上午": "a", "下午": "p"}.get(clock["noon"], "")
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    inside = hour < 24 or (hour, minute) == (24, 0)
    return (hour * 60 + minute) % 1440 if inside and minute < 60 else None


def _day_at_home(reading: Reading, minutes: int, zone: str, timezone: str) -> date:
    offset = zone.upper().replace("UTC", "+00:00").replace("GMT", "+00:00").replace("Z", "+00:00")
    hour, minute = divmod(minutes, 60)
    instant = datetime.fromisoformat(f"{reading.distinct()[0]}T{hour:02}:{minute:02}{offset}")
    return instant.astimezone(ZoneInfo(timezone)).date()


def _with_weekday(line: str, text: str) -> Reading | Complaint:
    """Read a date that a weekday may stand beside, which must be the weekday of that date."""
    reading = _read_date(line, text)
    if isinstance(reading, Reading):
        return reading
    match = _WEEKDAY_LAST.fullmatch(line) or _WEEKDAY_FIRST.fullmatch(line)
    name = match["name"].casefold().removeprefix("星期").removeprefix("周") if match else ""
    if not match or name not in _WEEKDAYS:
        return reading
    reading = _read_date(match["day"], text)
    if isinstance(reading, Complaint):
        return reading
    fitting = {o: day for o, day in reading.days.items() if day.weekday() == _WEEKDAYS[name]}
    if not fitting:
        return Complaint("problem_date_weekday", {"text": shown(text)})
    return Reading(fitting, reading.form if len(fitting) == len(reading.days) else "")


# ── the date itself ──────────────────────────────────────────────────────────────────────────


def _read_date(line: str, text: str) -> Reading | Complaint:
    for pattern, reader in _FORMS if line[:1].isdigit() else _WORD_FORMS:
        match = pattern.fullmatch(line)
        if match:
            found = reader(text, match.groups())
            if found is not None:
                return Reading({"": found}) if isinstance(found, date) else found
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
    """Return a year as four digits, 0 where two digits may mean either century."""
    if len(year) > 2:
        return int(year)
    return 2000 + int(year) if int(year) < _NEAR else 0


def _year_first(text: str, parts: Sequence[str]) -> date | Complaint:
    return _exact(text, int(parts[0]), int(parts[2]), int(parts[3]))


def _year_last(text: str, parts: Sequence[str]) -> Reading | date | Complaint:
    first, mark, second, last = parts
    if mark == "." and len(last) == 4:
        day = _exact(text, int(last), int(second), int(first))
        return Reading({"DMY": day}, POINTED) if isinstance(day, date) else day
    found = {
        "DMY": _near(last, second, first),
        "MDY": _near(last, first, second) if mark != "." else None,
        "YMD": _near(first, second, last) if len(last) == 2 else None,
    }
    readings = {order: day for order, day in found.items() if day}
    if readings:
        return Reading(readings, f"{mark}{len(last)}")
    far = len(last) == 2 and int(last) >= _NEAR
    code = "problem_date_range" if far or _past(parts) else "problem_date_impossible"
    return Complaint(code, {"text": shown(text)})


def _near(year: str, month: str, day: str) -> date | None:
    number = _century(year)
    return _date(number, int(month), int(day)) if FIRST_YEAR <= number <= LAST_YEAR else None


def _past(parts: Sequence[str]) -> bool:
    """Tell whether figures would be a day if its year were one that anybody means."""
    first, _, second, last = parts
    tried = ((2000, int(second), int(first)), (2000, int(first), int(second)))
    outside = len(last) == 4 and not FIRST_YEAR <= int(last) <= LAST_YEAR
    return outside and any(_date(*each) for each in tried)


def _three(text: str, parts: Sequence[str]) -> date | Complaint:
    return _exact(text, _century(parts[0]), int(parts[1]), int(parts[2]))


def _republic(text: str, parts: Sequence[str]) -> date | Complaint:
    return _exact(text, int(parts[0]) + ROC, int(parts[1]), int(parts[2]))


def _republic_bare(text: str, parts: Sequence[str]) -> Reading | Complaint:
    year, _, month, day = parts
    found = _exact(text, int(year) + ROC, int(month), int(day))
    return Reading({"YMD": found}, REPUBLIC) if isinstance(found, date) else found


def _reign(text: str, parts: Sequence[str]) -> date | Complaint:
    return _exact(text, year_of_reign(parts[0], parts[1]), int(parts[2]), int(parts[3]))


def _in_words(text: str, parts: Sequence[str]) -> date | Complaint:
    year, month, day = map(figures_of, parts)
    return _exact(text, year, month, day)


def _seven(text: str, parts: Sequence[str]) -> Reading | None:
    found = _republic_bare(text, (parts[0], "", parts[1], parts[2]))
    return found if isinstance(found, Reading) else None


def _serial(text: str, parts: Sequence[str]) -> date | None:
    number = int(parts[0])
    inside = SERIALS[0] <= number <= SERIALS[1]
    return EPOCH + timedelta(days=number) if inside else None


def _day_named(text: str, parts: Sequence[str]) -> Reading | Complaint | None:
    """Read 29-Dec-25 as people do, unless the configuration says that the year comes first."""
    first, month, last = parts
    found = _named(text, last, month, first)
    if not isinstance(found, date) or len(last) > 2:
        return found if not isinstance(found, date) else Reading({"": found})
    turned = _named(text, first, month, last)
    return Reading({"": found} | ({"YMD": turned} if isinstance(turned, date) else {}))


def _named_day(text: str, parts: Sequence[str]) -> date | Complaint | None:
    return _named(text, parts[2], parts[0], parts[1])


def _year_named(text: str, parts: Sequence[str]) -> date | Complaint | None:
    return _named(text, parts[0], parts[1], parts[2])


def _named(text: str, year: str, month: str, day: str) -> date | Complaint | None:
    number = _MONTHS.get(month.casefold())
    return None if number is None else _exact(text, _century(year), number, int(day))


_Reader = Callable[[str, Sequence[str]], Reading | date | Complaint | None]
_FORMS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (_YEAR_FIRST, _year_first),
    (_YEAR_SPACED, _three),
    (_CHINESE, _three),
    (_EIGHT, _three),
    (_SERIAL, _serial),
    (SEVEN, _seven),
    (BARE_REPUBLIC, _republic_bare),
    (_YEAR_LAST, _year_last),
    (_DAY_NAMED, _day_named),
    (_YEAR_NAMED, _year_named),
)
_WORD_FORMS: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (_NAMED_DAY, _named_day),
    (_REPUBLIC, _republic),
    (REIGN, _reign),
    (IN_WORDS, _in_words),
)
