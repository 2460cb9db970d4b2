"""The forecast beside LightGBM: ``python benchmarks/backtest.py BOOK.xlsx --cuts --shapes``.

One table on the last quarter of a book's paid invoices: ours, everybody pays when due, and, where
``lightgbm`` is installed, gradient boosting on what was known when each invoice was issued (amount,
terms, weekdays, and the customer's own past, by payments made before that day).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
import pandas as pd
import shapes

from collector.intake.book import read_book
from collector.model import Policy
from collector.rules import assess
from collector.rules.backtest import Score, auc, backtest
from collector.rules.history import settled_history
from collector.wiring import workbook

_BURNED_IN = 0.1
_TESTED = 0.25
# Beyond so many invoices what LightGBM is taught takes too long to put together here.
_LEARNT = 10_000
_NAMES = ("late_auc", "brier", "mae_days", "coverage", "cash_wape")


def known_then(past: pd.DataFrame) -> pd.DataFrame:
    """Return for each invoice what was known on the day it was issued."""
    found = []
    for place in range(len(past)):
        row = past.iloc[place]
        before = past[past["paid_date"] < row["invoice_date"]]
        own = before[before["customer"] == row["customer"]]["days_late"]
        lately = own.tail(5)
        found.append(
            {
                "amount": row["amount"],
                "terms": (row["due"] - row["invoice_date"]).days,
                "issued_on": row["invoice_date"].day_of_week,
                "due_on": row["due"].day_of_week,
                "due_day": row["due"].day,
                "seen": len(own),
                "mean": own.mean(),
                "median": own.median(),
                "worst": own.max(),
                "late": (own > 0).mean() if len(own) else np.nan,
                "lately": lately.mean(),
                "late_lately": (lately > 0).mean() if len(lately) else np.nan,
                "book": before["days_late"].tail(200).mean(),
            }
        )
    return pd.DataFrame(found)


def boosted(past: pd.DataFrame) -> Score | None:
    """Score LightGBM with its defaults for small data; None where it is not installed."""
    try:
        import lightgbm
    except ImportError:
        return None
    features, late = known_then(past), past["days_late"].to_numpy()
    first, begun = int(len(past) * (1 - _TESTED)), int(len(past) * _BURNED_IN)
    start = past["invoice_date"].iloc[first]
    taught = np.flatnonzero((past["paid_date"] < start).to_numpy() & (np.arange(len(past)) < first))
    taught = taught[taught >= begun]
    terms = {"num_leaves": 15, "learning_rate": 0.05, "min_data_in_leaf": 20, "verbose": -1}

    def fit(target: np.ndarray, **more: object) -> np.ndarray:
        data = lightgbm.Dataset(features.iloc[taught], target[taught])
        model = lightgbm.train(terms | more, data, num_boost_round=150)
        return np.asarray(model.predict(features.iloc[first:]))

    was, happened = late[first:] > 0, late[first:]
    chance = fit((late > 0).astype(float), objective="binary")
    middle = fit(late.astype(float), objective="l1")
    low, high = (fit(late.astype(float), objective="quantile", alpha=a) for a in (0.1, 0.9))
    return Score(
        auc(was, chance),
        float(((chance - was) ** 2).mean()),
        float(np.abs(middle - happened).mean()),
        float(((happened >= np.floor(low)) & (happened <= np.ceil(high))).mean()),
        None,
    )


def of_book(address: str, day: date) -> pd.DataFrame:
    """Return the paid invoices of a workbook."""
    policy = Policy(book="benchmark", currency="USD")
    opened = workbook(address)
    book = read_book([opened.read(tab.name) for tab in opened.tabs()], policy)
    return settled_history(book, assess(book, policy, day), until=day)


def cuts(history: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield what was known of a history on some of its days, the whole of it last."""
    issued = history["invoice_date"].sort_values()
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        day = issued.iloc[int(share * (len(issued) - 1))]
        yield f"to {day:%Y-%m-%d}", history[history["paid_date"] <= day]
    yield "all", history


def show(name: str, history: pd.DataFrame) -> None:
    """Print a line a forecast."""
    past = history.sort_values("invoice_date", kind="stable").reset_index(drop=True)
    found = backtest(history)
    scores = {"ours": found.ours, "due date": found.naive}
    if len(past) <= _LEARNT:
        scores["LightGBM"] = boosted(past)
    for place, (who, score) in enumerate(scores.items()):
        label = f"{name} ({found.tested:,} of {found.invoices:,})" if not place else ""
        if score is None:
            print(f"{label:<32}{who:<10}  not installed: pip install lightgbm")
            continue
        figures = (getattr(score, each) for each in _NAMES)
        shown = "".join(f"{'–' if f is None else f'{f:.3f}':>11}" for f in figures)
        print(f"{label:<32}{who:<10}{shown}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("book", nargs="?")
    options.add_argument("--as-of", default="2200-01-01")
    options.add_argument("--cuts", action="store_true", help="also on earlier days of the book")
    options.add_argument("--shapes", action="store_true", help="on made-up books")
    given = options.parse_args()
    print(f"{'':<42}" + "".join(f"{name:>11}" for name in _NAMES))
    if given.book:
        history = of_book(given.book, date.fromisoformat(given.as_of))
        for name, part in cuts(history) if given.cuts else [("all", history)]:
            show(name, part)
    for name in shapes.SHAPES if given.shapes else ():
        show(name, shapes.history(name))


if __name__ == "__main__":
    main()
