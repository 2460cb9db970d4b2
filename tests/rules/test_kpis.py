"""Each figure for managers against a worked example."""

from __future__ import annotations

from decimal import Decimal

import pytest

from collector.rules.kpis import (
    DaysBack,
    average_days_delinquent,
    best_possible_dso,
    collection_effectiveness,
    countback_dso,
    dso,
    overdue_ratio,
    provision,
    turnover,
)

RATES = [Decimal(rate) for rate in ("0.003", "0.016", "0.036", "0.066", "0.106")]


def test_dso_is_receivables_over_sales() -> None:
    assert dso(150_000, 1_800_000, 365) == pytest.approx(30.42, abs=0.005)
    assert dso(150_000, 0, 365) is None


def test_countback_takes_whole_months_off_the_newest_first() -> None:
    found = countback_dso(212_000, [(100_000, 30), (80_000, 30), (70_000, 30)])
    assert (round(found.days, 3), found.at_least) == (73.714, False)


def test_countback_says_at_least_when_the_months_are_used_up() -> None:
    assert countback_dso(300, [(100, 30), (80, 31)]) == DaysBack(61.0, at_least=True)
    assert countback_dso(180, [(100, 30), (80, 31)]) == DaysBack(61.0, at_least=False)
    assert countback_dso(50, [(0, 30), (100, 30)]) == DaysBack(45.0, at_least=False)
    assert countback_dso(0, []) == DaysBack(0.0, at_least=False)


def test_what_lateness_costs_is_the_difference_to_the_best_possible() -> None:
    assert dso(6_340, 10_890, 90) == pytest.approx(52.397, abs=0.0005)
    assert best_possible_dso(3_590, 10_890, 90) == pytest.approx(29.669, abs=0.0005)
    assert average_days_delinquent(6_340, 3_590, 10_890, 90) == pytest.approx(22.727, abs=0.0005)


def test_collection_effectiveness_is_what_was_collected_of_what_could_be() -> None:
    found = collection_effectiveness(
        opening=100_000, sales=1_000_000, closing=120_000, closing_current=100_000
    )
    assert found == pytest.approx(0.98)
    nothing = collection_effectiveness(opening=0, sales=50, closing=50, closing_current=50)
    assert nothing is None


def test_turnover_and_overdue_ratio() -> None:
    assert turnover(10_890, 6_270) == pytest.approx(1.737, abs=0.0005)
    assert overdue_ratio(2_750, 6_340) == pytest.approx(0.4338, abs=0.00005)
    assert turnover(1, 0) is overdue_ratio(0, 0) is None


def test_the_provision_is_every_bucket_by_its_rate() -> None:
    buckets = [15_000_000, 7_500_000, 4_000_000, 2_500_000, 1_000_000]
    assert provision(buckets, RATES) == 580_000
    assert provision([-500, *buckets[1:]], RATES) == 535_000
    assert provision([0, 0, 0, 0, 0, 1_000], RATES) == 106
    assert provision([500], [Decimal("0.001")]) == 1
