"""How well pay dates would have been foreseen: the past retold in the order it happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from collector.rules.calibration import masses, needed
from collector.rules.forecast import Strengths, learn, weekly_cash
from collector.rules.hindsight import choose_strengths, judged, look_back
from collector.rules.history import day_numbers
from collector.rules.lateness import EARLIEST, LATEST, Floats, Ints, likely_range, median

_TESTED: Final = 0.25
_WEEKS: Final = 4
_LEAST: Final = 40


@dataclass(frozen=True, slots=True)
class Score:
    """How good a forecast was; None where it says nothing of the kind."""

    late_auc: float | None
    brier: float | None
    mae_days: float | None
    coverage: float | None
    cash_wape: float | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """A forecast's score beside the naive one's (everybody pays when due), over past invoices.

    ``invoices`` are all that were paid on a known day, ``tested`` the last quarter of them by
    date, ``first_tested`` the day that quarter begins.
    """

    invoices: int
    tested: int
    first_tested: date | None
    strengths: Strengths
    ours: Score
    naive: Score


def backtest(history: pd.DataFrame) -> Backtest:
    """Score the forecast on the last quarter of a settled history (see ``settled_history``).

    Strengths are chosen on what was paid before that quarter begins; each of its invoices is then
    forecast from the payments made before the day it was issued.
    """
    past = history.sort_values("invoice_date", kind="stable").reset_index(drop=True)
    first = int(len(past) * (1 - _TESTED))
    if len(past) < _LEAST:
        nothing = Score(None, None, None, None, None)
        return Backtest(len(past), 0, None, Strengths(), nothing, nothing)
    start = pd.Timestamp(past["invoice_date"].to_numpy()[first])
    strengths = choose_strengths(past[past["paid_date"] < start])
    asked = np.arange(first, len(past))
    taught = judged(first)
    shares = look_back(past, np.append(taught, asked)).distributions(strengths)
    late = past["days_late"].to_numpy("int64")
    wide = _masses(past, np.append(taught, asked), shares)[len(taught) :]
    shares, late = shares[len(taught) :], late[asked]
    ours, naive = _cash_errors(past, start, strengths)
    return Backtest(
        len(past),
        len(asked),
        start.date(),
        strengths,
        _score(shares, late, strengths.blur, wide, ours),
        _naive_score(late, naive),
    )


def _masses(past: pd.DataFrame, asked: Ints, shares: Floats) -> Floats:
    """Return how wide each invoice's range was to be, by the payments made before it was issued."""
    rows = past.iloc[asked]
    needs = needed(shares, rows["days_late"].to_numpy("int64"))
    return masses(needs, day_numbers(rows["paid_date"]), day_numbers(rows["invoice_date"]))


def _score(shares: Floats, late: Ints, blur: int, wide: Floats, wape: float | None) -> Score:
    chance, was = 1.0 - shares[:, -EARLIEST], late > 0
    middle, (low, high) = median(shares, blur), likely_range(shares, wide)
    # Later than the last day that is told apart is no miss of the range.
    seen = np.clip(late, EARLIEST, LATEST)
    return Score(
        late_auc=auc(was, chance),
        brier=float(((chance - was) ** 2).mean()),
        mae_days=float(np.abs(middle - late).mean()),
        coverage=float(((seen >= low) & (seen <= high)).mean()),
        cash_wape=wape,
    )


def _naive_score(late: Ints, wape: float | None) -> Score:
    """Score the forecast that everything is paid on its due day."""
    was = late > 0
    return Score(auc(was, np.zeros(len(late))), float(was.mean()), float(np.abs(late).mean()),
                 None, wape)  # fmt: skip


def auc(was: np.ndarray[tuple[int], np.dtype[np.bool_]], chance: Floats) -> float | None:
    """Return how often a late invoice was thought likelier to be late than one in time."""
    positive, negative = int(was.sum()), int((~was).sum())
    if not positive or not negative:
        return None
    ranks = pd.Series(chance).rank().to_numpy()
    return float((ranks[was].sum() - positive * (positive + 1) / 2) / (positive * negative))


def _cash_errors(
    past: pd.DataFrame, start: pd.Timestamp, strengths: Strengths
) -> tuple[float | None, float | None]:
    """Return the weighted absolute error of cash in the weeks 1–4 after each week's end.

    Forecast is what comes in from the invoices open then; weeks whose payments are not all known
    yet are not judged. Currencies are not added: each counts by the share it got wrong of its own,
    weighted by its number of invoices.
    """
    last = past["invoice_date"].max()
    origins = pd.date_range(start, last - pd.Timedelta(weeks=_WEEKS), freq="7D")
    wrong: list[pd.DataFrame] = []
    for origin in origins:
        live = past[(past["invoice_date"] <= origin) & (past["paid_date"] > origin)]
        if len(live):
            wrong.append(_weeks_from(past, live, origin, strengths))
    if not wrong:
        return None, None
    sums = pd.concat(wrong).groupby("currency")[["ours", "naive", "actual"]].sum()
    sums = sums[sums["actual"] > 0]
    weight = past["currency"].value_counts().reindex(sums.index)
    shares = [(sums[name] / sums["actual"] * weight).sum() / weight.sum() for name in
              ("ours", "naive")]  # fmt: skip
    return float(shares[0]), float(shares[1])


def _weeks_from(
    past: pd.DataFrame, live: pd.DataFrame, origin: pd.Timestamp, strengths: Strengths
) -> pd.DataFrame:
    """Return by currency and week the actual cash, and by how much either forecast missed it."""
    live = live.assign(balance=live["amount"])
    conduct = learn(past, origin.date(), strengths)
    foreseen = weekly_cash(live, conduct, origin.date(), _WEEKS)
    keys = ["currency", "week"]
    index = pd.MultiIndex.from_frame(foreseen[keys])
    actual = _by_week(live, day_numbers(live["paid_date"]), origin, index)
    naive = _by_week(live, day_numbers(live["due"]), origin, index)
    return pd.DataFrame(
        {
            "currency": foreseen["currency"].to_numpy(),
            "actual": actual,
            "ours": np.abs(foreseen["expected"].to_numpy() - actual),
            "naive": np.abs(naive - actual),
        }
    )


def _by_week(live: pd.DataFrame, days: Ints, origin: pd.Timestamp, index: pd.MultiIndex) -> Ints:
    """Sum balances by currency and the week a day falls in; what is past falls in the first."""
    today = day_numbers(pd.Series([origin]))[0]
    week = np.maximum((days - today - 1) // 7 + 1, 1)
    sums = live["balance"].groupby([live["currency"].to_numpy(), week]).sum()
    found: Ints = sums.reindex(index).fillna(0).to_numpy("int64")
    return found
