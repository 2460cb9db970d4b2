"""Paid invoices of books whose customers pay in other ways, to try the forecast on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

Draw = Callable[[np.random.Generator, np.ndarray, np.ndarray, int], np.ndarray]


def _usual(chance: np.random.Generator, who: np.ndarray, customers: int) -> np.ndarray:
    return chance.normal(3, 9, customers)[who]


def steady(chance: np.random.Generator, who: np.ndarray, day: np.ndarray, n: int) -> np.ndarray:
    """Everybody has a usual day and some scatter."""
    spread = chance.uniform(2, 9, n)[who]
    return _usual(chance, who, n) + spread * chance.standard_normal(len(who))


def two_minds(chance: np.random.Generator, who: np.ndarray, day: np.ndarray, n: int) -> np.ndarray:
    """Customers pay on time or more than a month late, one more often than the other."""
    late = chance.random(len(who)) < chance.beta(1, 2, n)[who]
    return np.where(late, chance.normal(38, 6, len(who)), chance.normal(-2, 2, len(who)))


def drift(chance: np.random.Generator, who: np.ndarray, day: np.ndarray, n: int) -> np.ndarray:
    """Everybody pays ever later, three weeks in the whole time."""
    return _usual(chance, who, n) + day / 700 * 20 + 5 * chance.standard_normal(len(who))


def jump(chance: np.random.Generator, who: np.ndarray, day: np.ndarray, n: int) -> np.ndarray:
    """From one day on everybody pays a week later, just before the forecasts are tested."""
    return _usual(chance, who, n) + np.where(day > 490, 8, 0) + 5 * chance.standard_normal(len(who))


def tail(chance: np.random.Generator, who: np.ndarray, day: np.ndarray, n: int) -> np.ndarray:
    """Most pay as usual, and one invoice of twenty very late."""
    spread = chance.uniform(1, 8, n)[who] * chance.standard_normal(len(who))
    strays = chance.random(len(who)) < 0.06
    return chance.gamma(1.5, 6, n)[who] - 6 + spread + strays * chance.exponential(40, len(who))


def habit(chance: np.random.Generator, who: np.ndarray, day: np.ndarray, n: int) -> np.ndarray:
    """Half of all payments come on the very day that a customer always pays on."""
    own = chance.choice([-1, 0, 1, 2, 3, 7, 14], n)[who]
    kind = chance.random(len(who))
    near = own + chance.integers(-3, 6, len(who))
    return np.where(
        kind < 0.55, own, np.where(kind < 0.85, near, chance.integers(-20, 45, len(who)))
    )


# Name: how they pay, invoices, customers, and how many of these come only later.
SHAPES: Final[dict[str, tuple[Draw, int, int, float]]] = {
    "steady": (steady, 6_000, 150, 0.0),
    "two minds": (two_minds, 6_000, 150, 0.0),
    "newcomers": (steady, 8_000, 2_500, 0.8),
    "month ends": (steady, 6_000, 150, 0.0),
    "drift": (drift, 6_000, 150, 0.0),
    "jump": (jump, 6_000, 150, 0.0),
    "long tail": (tail, 39_000, 1_500, 0.2),
    "habit": (habit, 39_000, 1_500, 0.2),
}


def history(name: str, seed: int = 1) -> pd.DataFrame:
    """Return a shape's paid invoices of 700 days, as ``settled_history`` does."""
    draw, count, customers, newcomers = SHAPES[name]
    chance = np.random.default_rng(seed)
    share = 1 / np.arange(1, customers + 1)
    who = chance.choice(customers, count, p=share / share.sum())
    day = np.sort(chance.integers(0, 700, count))
    begun = np.where(chance.random(customers) < newcomers, chance.integers(0, 700, customers), 0)
    there = day >= begun[who]
    who, day = who[there], day[there]
    start = pd.Timestamp("2026-01-01")
    frame = pd.DataFrame(
        {
            "customer": [f"c{each}" for each in who],
            "currency": "USD",
            "owner": "",
            "invoice_date": start + pd.to_timedelta(day, unit="D"),
            "amount": (chance.lognormal(8, 1, len(who)) * 100).astype("int64"),
            "exponent": 2,
        }
    )
    due = frame["invoice_date"] + pd.to_timedelta(chance.choice([14, 30, 60], len(who)), unit="D")
    late = pd.to_timedelta(np.round(draw(chance, who, day, customers)), unit="D")
    paid = (due + late).clip(lower=frame["invoice_date"])
    if name == "month ends":
        paid = paid.where(who % 5 < 2, due + pd.offsets.MonthEnd(0))
    frame = frame.assign(due=due, paid_date=paid, days_late=(paid - due).dt.days)
    return frame[frame["paid_date"] <= start + pd.Timedelta(days=700)].reset_index(drop=True)
