"""Columns of dates: real ones, serials, and text in the forms people type; never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import chain
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
    Ints,
    complain,
    complain_about,
    distinct,
    shown,
)
from collector.intake.cells.days import (
    EPOCH,
    FIRST_YEAR,
    FROM_1904,
    LAST_YEAR,
    POINTED,
    REPUBLIC,
    SERIALS,
    Reading,
    digits_day,
    read_day,
    two_ways,
)
from collector.intake.cells.texts import text_of

_FIRST, _LAST = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
_ZERO: Final = date(1970, 1, 1).toordinal()
# So many real dates, all of them before the 13th, are no accident; where no text is before the 13th
# either, one is enough.
_SUSPECT, _SUSPECT_SOONER = 6, 1
# Real dates of so few days of the month stand for months, where there are that many of them.
_MONTHLY = 3
# Years of one column that lie close together are years; those that lie far apart are days. The
# fewer there are, the closer those must lie that are years.
_ENOUGH, _FAR, _CLOSE = 5, 15, 8
_NEARBY: Final = timedelta(days=366)
_SOME, _APART, _TOGETHER = 2, 10, 1


@dataclass(frozen=True, slots=True)
class Dates:
    """A column of dates: midnight, naive; NaT where there is none. ``complaints`` by position."""

    values: Days
    complaints: dict[int, Complaint]


def read_dates(
    cells: Cells, order: str | None = None, timezone: str = "UTC", *, from_1904: bool = False
) -> Dates:
    """Read a column of dates, datetime64[ns] at midnight, NaT where blank or complained about.

    ``order`` is how day, month and year follow each other in texts like 03/04/2026; without it
    those texts of the column decide that are written alike and can be read in only one way, unless
    any contradict each other; else it is a complaint. Years of three figures are the Republic's
    where the whole column has such. ``timezone`` is whose day a time in UTC falls
    on. ``from_1904``: bare numbers count days from 1904.
    """
    values = np.full(len(cells), NO_DAY, dtype="datetime64[ns]")
    complaints: dict[int, Complaint] = {}
    minutes = np.zeros(len(cells), np.int64)
    _fill_days(cells, values, minutes, complaints)
    republic = _is_republic(cells, timezone)
    _fill_numbers(cells, values, complaints, FROM_1904 if from_1904 else 0, republic=republic)
    found = [_of_era(text, read_day(text, timezone), republic=republic) for text in cells.texts]
    proven, undecided = _fill_texts(cells, values, minutes, complaints, found, order)
    if proven and not order:
        _suspect_swapped(cells, values, complaints, _SUSPECT if undecided else _SUSPECT_SOONER)
    _suspect_utc(cells, values, minutes, complaints, timezone)
    for kind in (BOOLEAN, OTHER):
        at = cells.where(kind)
        complaints |= complain_about(cells, at, "problem_date_unreadable", text_of)
    return Dates(values, complaints)


def _fill_days(cells: Cells, values: Days, minutes: Ints, complaints: dict[int, Complaint]) -> None:
    at = cells.where(DAY)
    if not at.size:
        return
    found = cells.pick(at)
    days = np.fromiter(map(date.toordinal, found), np.int64, len(at))
    sane = (days >= _FIRST) & (days <= _LAST)
    values[at[sane]] = (days[sane] - _ZERO).astype("datetime64[D]").astype("datetime64[ns]")
    complaints |= complain_about(cells, at[~sane], "problem_date_range", text_of)
    if set(map(type, found)) != {date}:
        minutes[at] = [_minutes_of(day) for day in found]


def _minutes_of(day: date) -> int:
    return day.hour * 60 + day.minute if isinstance(day, datetime) else 0


def _is_republic(cells: Cells, timezone: str) -> bool:
    """Tell whether every day of a column has a year of the Republic of China: 115/09/05."""
    at = cells.where(NUMBER)
    filled = int(cells.filled.sum())
    if filled < _SOME or len(cells.at) + len(at) < filled:
        return False
    read = (read_day(text, timezone) for text in cells.texts if "民" not in text)
    said = chain(read, (digits_day(text_of(number)) for number in cells.pick(at)))
    return all(each is None or _is_bare(each) for each in said)


def _is_bare(found: date | Reading | Complaint) -> bool:
    return isinstance(found, Reading) and found.form == REPUBLIC


def _of_era(
    text: str, found: date | Reading | Complaint | None, *, republic: bool
) -> Reading | Complaint | None:
    """Return a day of the Republic as such where its whole column is, else as a complaint."""
    if isinstance(found, date):
        return Reading({"": found})
    if not isinstance(found, Reading) or found.form != REPUBLIC:
        return found
    complaint = Complaint("problem_date_unreadable", {"text": shown(text)})
    return Reading({"": found.distinct()[0]}, minutes=found.minutes) if republic else complaint


def _fill_numbers(
    cells: Cells, values: Days, complaints: dict[int, Complaint], shift: int, *, republic: bool
) -> None:
    at = cells.where(NUMBER)
    if not at.size:
        return
    numbers = np.array(cells.pick(at), dtype=np.float64)
    numbers = np.where(np.isfinite(numbers), numbers, -1.0)
    serial = (numbers + shift >= SERIALS[0]) & (numbers + shift < SERIALS[1] + 1)
    counted = np.floor(numbers[serial] + shift).astype("timedelta64[D]")
    values[at[serial]] = (np.datetime64(EPOCH, "D") + counted).astype("datetime64[ns]")
    others = at[~serial]
    uniques, codes = distinct(cells.pick(others))
    texts = map(text_of, uniques)
    found = [_of_era(text, digits_day(text), republic=republic) for text in texts]
    days = [each.distinct()[0] if isinstance(each, Reading) else None for each in found]
    values[others] = np.array(days, dtype="datetime64[D]").astype("datetime64[ns]")[codes]
    bad = np.fromiter((each is None for each in days), np.bool_, len(days))[codes]
    for position, code in zip(others[bad].tolist(), codes[bad].tolist(), strict=True):
        complaint = found[code]
        if isinstance(complaint, Complaint):
            complaints[position] = complaint


def _fill_texts(
    cells: Cells,
    values: Days,
    minutes: Ints,
    complaints: dict[int, Complaint],
    read: Sequence[Reading | Complaint | None],
    order: str | None,
) -> tuple[bool, bool]:
    """Read the texts; tell whether some prove an order, and whether some could be either."""
    if not cells.at.size:
        return False, False
    found = _without_year_first(read)
    readings = [each for each in found if isinstance(each, Reading)]
    orders, proofs = _evidence(readings), _proofs(readings)
    settled = [
        _settle(text, each, order or orders.get(each.form) or _as_others(each, orders, proofs))
        if isinstance(each, Reading)
        else each
        for text, each in zip(cells.texts, found, strict=True)
    ]
    days = [each if isinstance(each, date) else None for each in settled]
    values[cells.at] = np.array(days, dtype="datetime64[D]").astype("datetime64[ns]")[cells.codes]
    clocks = [each.minutes if isinstance(each, Reading) else 0 for each in found]
    minutes[cells.at] = np.array(clocks, dtype=np.int64)[cells.codes]
    complaints |= complain(
        cells, [each if isinstance(each, Complaint) else None for each in settled]
    )
    return bool(orders), any(each.form and len(each.distinct()) > 1 for each in readings)


def _without_year_first(
    found: Sequence[Reading | Complaint | None],
) -> list[Reading | Complaint | None]:
    """Leave out that 31/12/24 is of 2031 where the column's years would lie that far apart."""
    short = [each.days for each in found if isinstance(each, Reading) and each.form[1:] == "2"]
    first = [days["YMD"].year for days in short if "YMD" in days]
    last = [day.year for days in short for order, day in days.items() if order != "YMD"]
    if len(short) < _SOME or len(first) < _SOME or not last:
        return list(found)
    apart, together = max(first) - min(first), max(last) - min(last)
    many = len(short) >= _ENOUGH and apart >= _FAR and together <= _CLOSE
    if not many and (apart < _APART or together > _TOGETHER):
        return list(found)
    return [
        replace(each, days={order: day for order, day in each.days.items() if order != "YMD"})
        if isinstance(each, Reading) and each.form[1:] == "2" and len(each.days) > 1
        else each
        for each in found
    ]


def _settle(text: str, reading: Reading, order: str | None) -> date | Complaint:
    days = reading.distinct()
    if len(days) == 1:
        return days[0]
    if order in reading.days:
        return reading.days[order]
    # Its own form has one order, and nobody says that this sheet has another.
    return reading.days[""] if "" in reading.days else two_ways(text, days[:2])


def _evidence(readings: Iterable[Reading]) -> Mapping[str, str]:
    """Return the order that each form of text is written in, as its texts with one reading prove.

    Texts that contradict each other prove nothing, not even of another form: whoever filled such a
    column did not keep to one order.
    """
    proven = {
        (each.form, next(iter(each.days)))
        for each in readings
        if each.form not in ("", POINTED) and len(each.days) == 1
    }
    return dict(proven) if len({order for _, order in proven}) == 1 else {}


def _proofs(readings: Iterable[Reading]) -> Mapping[str, list[date]]:
    """Return the days of each form of text that can be read in one way alone."""
    proofs: dict[str, list[date]] = {}
    for each in readings:
        if each.form and len(each.days) == 1:
            proofs.setdefault(each.form, []).extend(each.days.values())
    return proofs


def _as_others(
    reading: Reading, orders: Mapping[str, str], proofs: Mapping[str, list[date]]
) -> str | None:
    """Return the order of those texts that differ from one only in how long their year is.

    Only where it makes a day among theirs, and the year first does not: 9/1/26 beside 08/25/2026.
    """
    mark, width = reading.form[:1], reading.form[1:]
    other = mark + ("4" if width == "2" else "2")
    days, order = proofs.get(other, []), "DMY" if other == POINTED else orders.get(other)
    if len(set(days)) < _SOME or order not in reading.days:
        return None
    near = {name for name, day in reading.days.items() if _is_among(day, days)}
    return order if order in near and "YMD" not in near else None


def _is_among(day: date, others: Sequence[date]) -> bool:
    return min(others) - _NEARBY <= day <= max(others) + _NEARBY


# ── real dates that may be others ────────────────────────────────────────────────────────────


def _suspect_swapped(
    cells: Cells, values: Days, complaints: dict[int, Complaint], enough: int
) -> None:
    """Doubt real dates beside texts that were not taken for dates, when none is after the 12th.

    A list of 13/02/2026 and 04/03/2026 opened in the wrong country leaves the first as text and
    turns the second into a real date with day and month changed places.
    """
    at = cells.where(DAY)
    at = at[~np.isnat(values[at])]
    days = pd.DatetimeIndex(values[at])
    if len(at) < enough or days.day.max() > 12:
        return
    if len(at) >= _MONTHLY and days.day.nunique() < _MONTHLY:
        return
    doubtful = (days.day != days.month).tolist()
    for position, day, doubt in zip(at.tolist(), days.date.tolist(), doubtful, strict=True):
        if doubt:
            values[position] = NO_DAY
            complaints[position] = two_ways(str(day), (day, date(day.year, day.day, day.month)))


def _suspect_utc(
    cells: Cells, values: Days, minutes: Ints, complaints: dict[int, Complaint], timezone: str
) -> None:
    """Doubt a column whose times of day are all midnights at home, written in UTC.

    31 December 16:00 is what an export in UTC makes of 1 January in China.
    """
    at = np.flatnonzero((minutes > 0) & ~np.isnat(values))
    if not at.size:
        return
    days = [value.date() for value in pd.DatetimeIndex(values[at])]
    pairs = list(zip(days, minutes[at].tolist(), strict=True))
    next_day = {pair: _is_midnight_after(*pair, timezone) for pair in set(pairs)}
    if not all(next_day.values()):
        return
    for position, (day, _) in zip(at.tolist(), pairs, strict=True):
        values[position] = NO_DAY
        cell = cells.cells[position]
        text = cell if isinstance(cell, str) else str(cell)
        complaints[position] = two_ways(text, (day, day + timedelta(days=1)))


def _is_midnight_after(day: date, minutes: int, name: str) -> bool:
    """Tell whether a time on a day, taken for UTC, is midnight of the next day at home."""
    instant = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes)
    there = instant.astimezone(ZoneInfo(name))
    return (there.hour, there.minute) == (0, 0) and there.date() > day
