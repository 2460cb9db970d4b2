"""Days as people elsewhere write them: years of the Republic or a reign, words, other marks."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from collector.intake.cells.column import column
from collector.intake.cells.dates import read_dates
from collector.model import Cell


def read(*cells: Cell) -> list[str]:
    dates = read_dates(column(list(cells)), None, "Asia/Taipei")
    return [
        str(day)[:10]
        if not np.isnat(day)
        else dates.complaints[at].code.removeprefix("problem_date_")
        if at in dates.complaints
        else ""
        for at, day in enumerate(dates.values)
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["115/09/05", "115/08/25", "114/12/31"], ["2026-09-05", "2026-08-25", "2025-12-31"]),
        (["115.9.5", None, "-", "114-12-31"], ["2026-09-05", "", "", "2025-12-31"]),
        (["1150905", "1150831"], ["2026-09-05", "2026-08-31"]),
        ([1150905, 1150831], ["2026-09-05", "2026-08-31"]),
        (["115/09/05", "民國115年8月25日"], ["2026-09-05", "2026-08-25"]),
    ],
)
def test_a_column_with_years_of_the_republic_throughout_is_read(
    cells: list[Cell], expected: list[str]
) -> None:
    assert read(*cells) == expected


@pytest.mark.parametrize(
    "cells",
    [
        ["115/09/05"],
        ["115/09/05", "2026-09-05"],
        ["115/09/05", date(2026, 9, 5)],
        ["115/09/05", "115/13/05"],
        ["115/09/05", "soon"],
        [1150905, 46270],
        ["151/09/05", "151/10/05"],
    ],
)
def test_a_year_of_three_figures_is_asked_about_where_not_the_whole_column_has_such(
    cells: list[Cell],
) -> None:
    assert read(*cells)[0] == "unreadable"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("令和8年9月5日", "2026-09-05"),
        ("R8.9.5", "2026-09-05"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("H32.1.1", "range"),
        ("二〇二六年九月五日", "2026-09-05"),
        ("二〇二六年十二月三十一日", "2026-12-31"),
        ("二〇二六年二月三十日", "impossible"),
        ("2026‑09‑05", "2026-09-05"),  # hyphens that break no line
        ("2026–09–05", "2026-09-05"),
        ("05–09–2026", "two_ways"),
        ("2026 09 05", "2026-09-05"),
        ("'2026-09-05", "2026-09-05"),
        ("20260905000000", "2026-09-05"),
        ("2026, Sep 5", "2026-09-05"),
        ("46270.5", "2026-09-05"),
    ],
)
def test_one_text_by_itself(text: str, expected: str) -> None:
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("cells", "last"),
    [
        (["08/25/2026", "07/31/2026", "9/1/26"], "2026-09-01"),
        (["25/08/2026", "31/07/2026", "1/9/26"], "2026-09-01"),
        (["8/20/26", "8/31/26", "9/1/2026"], "2026-09-01"),
        (["20.08.2026", "21.08.2026", "01.09.26"], "2026-09-01"),
        # One text is no evidence for those of another form.
        (["08/25/2026", "9/1/26"], "two_ways"),
        # The column contradicts itself.
        (["25/08/2026", "08/31/2026", "1/9/26"], "two_ways"),
        # The year first makes a day among the others too, or the order one far from them.
        (["25/08/2026", "31/07/2026", "26/8/25"], "two_ways"),
        (["13/02/2026", "14/02/2026", "24/8/20"], "two_ways"),
        # Another mark is another hand.
        (["25-08-2026", "31-07-2026", "1/9/26"], "two_ways"),
    ],
)
def test_a_short_year_is_read_in_the_order_that_the_long_ones_of_its_column_prove(
    cells: list[Cell], last: str
) -> None:
    assert read(*cells)[-1] == last
