"""The words of a report: figures of frames as a reader of either language sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from collector.fields import exponent
from collector.model import Confirmed
from collector.phrases import say
from collector.rules.aging import dates
from collector.rules.figures import Figures
from collector.rules.shares import Group, Kpi
from collector.rules.wording import flag_reasons, habit_texts

SHARES: Final = ("cei", "overdue_ratio")
# For these more is better.
_RISING: Final = ("cei", "turnover")

# A customer's name and what became of a balance confirmation.
NamedConfirmed: TypeAlias = tuple[str, Confirmed]


class Words:
    """Says what a report shows, in one language."""

    def __init__(self, language: str) -> None:
        self.language = "zh" if language.startswith("zh") else "en"

    def say(self, phrase: str, **facts: object) -> str:
        return say(self.language, phrase, **facts)

    def kpi(self, kpi: Kpi, value: float | None) -> str:
        """Return a figure as text: a share in percent, days with one decimal."""
        if value is None:
            return "–"
        if kpi.name in SHARES:
            return f"{value * 100:.1f} %"
        text = f"{value:.1f}"
        return self.say("fig_at_least", value=text) if kpi.at_least and value == kpi.now else text

    def mood(self, kpi: Kpi) -> str:
        """Tell whether a figure is good or bad beside its target, '' where it has none."""
        if kpi.target is None or kpi.now is None:
            return ""
        met = kpi.now >= kpi.target if kpi.name in _RISING else kpi.now <= kpi.target
        return "good" if met else "bad"

    def change(self, kpi: Kpi) -> tuple[str, str]:
        """Return the change since a month ago, with its sign, and whether it is good or bad."""
        if kpi.now is None or kpi.before is None:
            return "", ""
        moved = kpi.now - kpi.before
        share = kpi.name in SHARES
        text = f"{moved * 100:+.1f}" if share else f"{moved:+.1f}"
        if float(text) == 0:
            return "±0", ""
        better = (moved > 0) == (kpi.name in _RISING)
        return text.replace("-", "−"), "good" if better else "bad"

    def moved(self, kpi: Kpi) -> float | None:
        """Return the change since a month ago as a number; shares change by points of a hundred."""
        if kpi.now is None or kpi.before is None:
            return None
        return (kpi.now - kpi.before) * (100 if kpi.name in SHARES else 1)

    def past(self, figures: Figures) -> str:
        """Say where the past is from, '' where the sheet's own dates tell all of it."""
        source = figures.source
        if not (source.undated or source.kept or source.lost):
            return ""
        said = [self.say("fig_dated", dated=source.dated, settled=source.settled)]
        if source.kept or source.lost:
            facts = {"kept": source.kept, "first": source.first, "last": source.last}
            said.append(self.say("fig_kept", **facts))
        if source.lost:
            said.append(self.say("fig_lost", lost=source.lost))
        if source.undated:
            said.append(self.say("fig_undated", undated=source.undated))
        return ("" if self.language == "zh" else " ").join(said)

    def group(self, group: Group, by: str) -> str:
        """Return the name of an owner, class or customer, or that there is none."""
        nobody = {"owner": "fig_nobody", "rating": "fig_no_rating", "customer": "fig_no_customer"}
        return group.name or self.say(nobody[by])

    # ── columns of frames ──

    def places(self, frame: pd.DataFrame) -> Any:
        """Return the decimal places of each row's currency."""
        places = {str(c): exponent(str(c)) for c in frame["currency"].unique()}
        return frame["currency"].map(places).to_numpy(np.int64)

    def major(self, amounts: pd.Series[int], places: Any) -> tuple[list[float], list[int]]:
        """Return money as cells hold it, one division of an exact integer, and its places."""
        return (amounts.to_numpy() / 10.0**places).tolist(), places.tolist()

    def names(self, frame: pd.DataFrame) -> list[str]:
        nobody = self.say("fig_no_customer")
        return [str(name) if name else nobody for name in frame["customer_name"].tolist()]

    def texts(self, values: pd.Series[str]) -> list[str]:
        return ["" if pd.isna(value) else str(value) for value in values.tolist()]

    def whole(self, values: pd.Series[float]) -> list[int | None]:
        return [None if pd.isna(value) else round(value) for value in values.tolist()]

    def share(self, values: pd.Series[float]) -> list[float | None]:
        return [None if pd.isna(value) else float(value) for value in values.tolist()]

    def days(self, values: pd.Series[pd.Timestamp]) -> Sequence[date | None]:
        return dates(values)

    def reasons(self, frame: pd.DataFrame) -> list[str]:
        return flag_reasons(_told(frame), self.language)

    def habits(self, frame: pd.DataFrame) -> list[str]:
        return habit_texts(_told(frame), self.language)


def _told(frame: pd.DataFrame) -> pd.DataFrame:
    """Return credit figures where rows without a customer have none."""
    counts = ("oldest_overdue", "last", "last_late", "typical", "payday")
    filled: dict[str, Any] = {name: frame[name].fillna(0).astype("int64") for name in counts}
    texts = {name: frame[name].fillna("") for name in ("flag_reason", "rating", "foreign")}
    sure = frame["rating_set"].fillna(False).astype(bool)
    return frame.assign(**filled, **texts, rating_set=sure)
