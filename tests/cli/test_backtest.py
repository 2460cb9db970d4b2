"""collector backtest: no configuration needed, one table or one JSON object."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.office import HEAD, Office

FIRST = date(2026, 1, 5)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    office.configure(mail={"mode": "rehearse"})
    office.fill(
        *(
            [f"C{i % 4}", f"ap@c{i % 4}.example", f"I{i}", FIRST + timedelta(days=i),
             FIRST + timedelta(days=i + 30), 100, 100, FIRST + timedelta(days=i + 25 + 6 * (i % 4))]
            for i in range(200)
        ),
        head=[*HEAD, "Paid on"],
    )  # fmt: skip
    return office


def test_it_prints_the_figures_that_were_promised(office: Office) -> None:
    found = office.collector("backtest", str(office.book), "--json", as_of=date(2026, 11, 20)).json
    assert {"late_auc", "brier", "mae_days", "coverage", "cash_wape", "invoices"} <= set(found)
    assert found["invoices"] == 200
    assert found["late_auc"] == 1.0
    assert found["mae_days"] < found["naive"]["mae_days"]


def test_it_says_them_beside_the_due_date_in_words(office: Office) -> None:
    ran = office.collector("backtest", str(office.book), as_of=date(2026, 11, 20))
    assert ran.status == 0
    assert "the last 50 of them" in ran.out
    assert "cash_wape" in ran.out


def test_what_is_paid_after_the_day_is_not_known(office: Office) -> None:
    found = office.collector("backtest", str(office.book), "--json", as_of=date(2026, 4, 1)).json
    assert found["invoices"] < 60


def test_a_book_without_payments_is_told_so(office: Office) -> None:
    office.fill(["Acme", "ap@acme.example", "A1", FIRST, FIRST, 100, 0])
    ran = office.collector("backtest", str(office.book))
    assert (ran.status, "too few" in ran.out) == (0, True)


def test_a_book_with_few_dated_payments_is_not_told_to_date_them(office: Office) -> None:
    day = FIRST + timedelta(days=20)
    row = ["C1", "ap@c1.example", "I1", FIRST, day, 100, 100, day]
    office.fill(row, head=[*HEAD, "Paid on"])
    ran = office.collector("backtest", str(office.book), as_of=date(2026, 11, 20))
    assert "1 paid invoices with a payment date: too few" in ran.out + ran.err
    assert "Paid on" not in ran.out + ran.err


def test_it_works_on_a_book_that_no_configuration_names(office: Office) -> None:
    (office.folder / "config.yaml").unlink()
    assert office.collector("backtest", str(office.book), "--json").status == 0
