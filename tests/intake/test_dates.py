"""What a cell in a date column is read as, or why it is not read."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.intake.cells.column import column
from collector.intake.cells.dates import read_dates
from collector.model import Cell


def read(*cells: Cell, order: str | None = None, timezone: str = "Asia/Shanghai") -> list[str]:
    """Return each cell as an ISO date, ``""`` or the problem's short code."""
    dates = read_dates(column(list(cells)), order, timezone)
    return [
        dates.complaints[place].code.removeprefix("problem_").removeprefix("date_")
        if place in dates.complaints
        else "" if np.isnat(dates.values[place]) else str(dates.values[place])[:10]
        for place in range(len(cells))
    ]  # fmt: skip


ALONE: list[tuple[Cell, str]] = [
    # real dates and serials
    (date(2026, 1, 2), "2026-01-02"),
    (datetime(2026, 1, 2, 23, 59), "2026-01-02"),
    (46000, "2025-12-09"),
    (41135.0, "2012-08-14"),
    (46000.75, "2025-12-09"),
    (20190307, "2019-03-07"),
    (20190307.0, "2019-03-07"),
    ("41135", "2012-08-14"),
    # year first
    ("2024-08-20", "2024-08-20"),
    ("2024-8-2", "2024-08-02"),
    ("2024/8/20", "2024-08-20"),
    ("2024.8.20", "2024-08-20"),
    ("2024-08-20 00:00:00", "2024-08-20"),
    ("2024-08-20T09:30", "2024-08-20"),
    ("20240820", "2024-08-20"),
    ("2024年8月20日", "2024-08-20"),
    ("2024年08月20号", "2024-08-20"),
    ("２０２４年８月２０日", "2024-08-20"),
    ("2024 年 8 月 20 日", "2024-08-20"),
    ("24年8月20日", "2024-08-20"),
    ("2024年8月20日 10:00", "2024-08-20"),
    ("2024-08-20 星期二", "2024-08-20"),
    ("民国113年8月20日", "2024-08-20"),
    ("2025-Dec-29", "2025-12-29"),
    # a month's name
    ("29-Dec-2025", "2025-12-29"),
    ("29 Dec 2025", "2025-12-29"),
    ("29 December 2025", "2025-12-29"),
    ("29-DEC-25", "2025-12-29"),
    ("Dec 29, 2025", "2025-12-29"),
    ("December 29 2025", "2025-12-29"),
    ("Sept 3rd, 2025", "2025-09-03"),
    ("3rd of May 2025", "2025-05-03"),
    ("Mon, 29 Dec 2025", "2025-12-29"),
    ("29. Dezember 2025", "2025-12-29"),
    ("3 févr. 2025", "2025-02-03"),
    # day first, or month first, where only one is possible
    ("20.08.2024", "2024-08-20"),
    ("03.04.2026", "2026-04-03"),
    ("20/08/2024", "2024-08-20"),
    ("08/20/2024", "2024-08-20"),
    ("8/20/24", "2024-08-20"),
    ("12-25-2025", "2025-12-25"),
    ("03/03/2026", "2026-03-03"),
    ("8/20/2024 10:30 PM", "2024-08-20"),
    # nothing
    (None, ""),
    ("", ""),
    ("   ", ""),
    ("-", ""),
    ("—", ""),
    ("n/a", ""),
    ("无", ""),
    # two ways
    ("03/04/2026", "two_ways"),
    ("3-4-2026", "two_ways"),
    ("10/12/24", "two_ways"),
    ("24/8/20", "two_ways"),
    ("3/4/26 10:30 PM", "two_ways"),
    ("2026-03-04T16:00:00Z", "two_ways"),
    # not a whole date
    ("2024-03", "month_only"),
    ("2024年3月", "month_only"),
    ("Mar 2024", "month_only"),
    ("Dec-25", "month_only"),
    ("03/2024", "month_only"),
    ("Q1 2026", "month_only"),
    (202603, "month_only"),
    (2026, "month_only"),
    ("3月15日", "no_year"),
    ("15 Mar", "no_year"),
    ("15/3", "no_year"),
    # no such day
    ("31/02/2026", "impossible"),
    ("2026-02-30", "impossible"),
    ("2026/13/01", "impossible"),
    ("08.20.2024", "impossible"),
    ("29 Feb 2025", "impossible"),
    (20261301, "impossible"),
    # not a year anyone means
    (date(1899, 12, 31), "range"),
    (datetime(2999, 12, 31), "range"),
    ("01/01/1900", "range"),
    ("2206-01-15", "range"),
    # nothing like a date
    ("TBD", "unreadable"),
    ("月结30天", "unreadable"),
    ("Net 30", "unreadable"),
    ("Acme 20", "unreadable"),
    (0, "unreadable"),
    (-1, "unreadable"),
    (30, "unreadable"),
    (float("inf"), "unreadable"),
    (True, "unreadable"),
    (time(9, 30), "unreadable"),
    (timedelta(days=3), "unreadable"),
    ("#N/A", "error_value"),
    ("#UNCALCULATED", "uncalculated"),
]


@pytest.mark.parametrize(("cell", "expected"), ALONE, ids=repr)
def test_a_cell_alone_in_its_column(cell: Cell, expected: str) -> None:
    assert read(cell) == [expected]


def test_the_rest_of_the_column_decides_day_before_month() -> None:
    assert read("03/04/2026", "13/04/2026") == ["2026-04-03", "2026-04-13"]


def test_the_rest_of_the_column_decides_month_before_day() -> None:
    assert read("03/04/2026", "04/13/2026") == ["2026-03-04", "2026-04-13"]


def test_a_column_that_contradicts_itself_decides_nothing() -> None:
    assert read("03/04/2026", "04/13/2026", "13/04/2026")[0] == "two_ways"


def test_real_dates_and_iso_texts_are_no_evidence() -> None:
    assert read("03/04/2026", date(2026, 4, 13), "2026-04-13")[0] == "two_ways"


@pytest.mark.parametrize(
    ("order", "expected"), [("DMY", "2024-12-10"), ("MDY", "2024-10-12"), ("YMD", "2010-12-24")]
)
def test_the_configuration_decides(order: str, expected: str) -> None:
    assert read("10/12/24", order=order) == [expected]


def test_real_dates_that_another_country_may_have_turned_round_are_doubted() -> None:
    real = [
        date(2026, month, day) for month, day in [(1, 5), (2, 7), (3, 9), (4, 2), (5, 5), (6, 12)]
    ]
    found = read("13/02/2026", "27/03/2026", *real)
    assert found == ["2026-02-13", "2026-03-27", *["two_ways"] * 4, "2026-05-05", "two_ways"]
    assert read("13/02/2026", *real, date(2026, 6, 13))[1] == "2026-01-05"
    assert read("13/02/2026", *real, order="DMY")[1] == "2026-01-05"
    assert read("29-Dec-2025", *real)[1] == "2026-01-05"


def test_both_readings_are_named() -> None:
    complaint = read_dates(column(["03/04/2026"])).complaints[0]
    assert complaint.facts == {"text": "03/04/2026", "first": "2026-03-04", "second": "2026-04-03"}


def test_a_time_in_utc_that_is_the_same_day_at_home_is_that_day() -> None:
    assert read("2026-03-04T00:00:00Z", "2026-03-04T15:59:59+00:00") == ["2026-03-04"] * 2
    assert read("2026-03-04T00:00:00Z", timezone="America/New_York") == ["two_ways"]


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_unambiguous_way_to_write_a_day_is_read_as_it(day: date) -> None:
    written: list[Cell] = [
        day, datetime(day.year, day.month, day.day, 12), (day - date(1899, 12, 30)).days,
        int(day.strftime("%Y%m%d")), day.isoformat(), f"{day.year}年{day.month}月{day.day}日",
        day.strftime("%d-%b-%Y"), day.strftime("%d.%m.%Y"), day.strftime("%B %d, %Y"),
        f"{day.year}/{day.month}/{day.day}",
    ]  # fmt: skip
    assert read(*written) == [day.isoformat()] * len(written)


@given(st.text(max_size=20) | st.integers() | st.floats() | st.booleans())
def test_no_cell_is_too_odd_to_be_read_or_complained_about(cell: Cell) -> None:
    (found,) = read(cell)
    assert isinstance(found, str)
