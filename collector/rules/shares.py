"""How a currency stands, whole and by owner, class and customer: KPIs now and a month ago."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, TypeAlias

from collector.fields import KPI_NAMES
from collector.model import Policy
from collector.rules.kpis import (
    average_days_delinquent,
    best_possible_dso,
    collection_effectiveness,
    countback_dso,
    dso,
    overdue_ratio,
    turnover,
)
from collector.rules.past import Groups, Past, month_ends

# The period that DSO and its kin look back on, and how far back the change is counted from.
PERIOD: Final = 90
CHANGE: Final = 30
_MONTHS: Final = 13
_YEAR_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure now and a month ago; None where nobody can tell. ``at_least``: it may be more."""

    name: str
    now: float | None
    before: float | None
    target: float | None = None
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """How things stood at a month's end, and what moved in it; minor units."""

    end: date
    receivables: int
    overdue: int
    sales: int
    collected: int


@dataclass(frozen=True, slots=True)
class Group:
    """An owner's, a class's (rating) or a customer's share of a currency, with its own KPIs.

    ``plan`` is what was overdue or fell due in the last 30 days, ``collected`` what came in of it.
    ``key`` is the customer's, else the name.
    """

    name: str
    customers: int
    receivables: int
    overdue: int
    plan: int
    collected: int
    kpis: tuple[Kpi, ...]
    key: str = ""

    @property
    def dso(self) -> float | None:
        return next(kpi.now for kpi in self.kpis if kpi.name == "dso")


class Shares:
    """What each currency stands for, whole and by owner, class and customer."""

    def __init__(self, past: Past, names: Mapping[Any, str], policy: Policy) -> None:
        self.past, self.names, self.policy = past, names, policy
        self.found: dict[str, dict[str, list[Group]]] = {}
        self._months: dict[str, tuple[Month, ...]] | None = None

    def of(self, currency: str, by: str = "") -> tuple[Group, ...]:
        """Return the groups of a currency, the largest first."""
        if by not in self.found:
            self.found[by] = self._grouped(by)
        return tuple(self.found[by].get(currency, ()))

    def kpis(self, currency: str) -> tuple[Kpi, ...]:
        """Return a currency's key figures; of one that no row is in, nobody can tell any."""
        for whole in self.of(currency):
            return whole.kpis
        return tuple(Kpi(name, None, None, _target(self.policy, name)) for name in KPI_NAMES)

    def _grouped(self, by: str) -> dict[str, list[Group]]:
        past, policy = self.past, self.policy
        groups = past.groups("currency", *([by] if by else []))
        if not len(groups.names):
            return {}
        now, before = (_kpis_on(groups, past.today - back) for back in (0, CHANGE))
        first, last = past.today - CHANGE + 1, past.today
        receivables, overdue = groups.standing(last)
        columns: list[list[int]] = [
            groups.owing().tolist(), receivables.tolist(), overdue.tolist(),
            groups.collectable(first, last).tolist(),
            groups.collected(first, last, due_by=last).tolist(),
        ]  # fmt: skip
        found: dict[str, list[Group]] = {}
        for place, (label, *facts) in enumerate(zip(groups.names, *columns, strict=True)):
            currency, key = label if by else (label, "")
            kpis = tuple(
                Kpi(name, now[name][0][place], before[name][0][place], _target(policy, name),
                    now[name][1][place])
                for name in now
            )  # fmt: skip
            name = self.names.get(key, key) if by == "customer" else key
            customers, owes, late, plan, came = facts
            group = Group(str(name or key), customers, owes, late, plan, came, kpis, str(key))
            if not by or group.receivables or group.collected:
                found.setdefault(str(currency), []).append(group)
        for each in found.values():
            each.sort(key=_best_first if by == "rating" else _largest_first)
        return found

    def months(self, currency: str, as_of: date) -> tuple[Month, ...]:
        """Return how a currency stood at each month's end, and what moved in it."""
        if self._months is None:
            self._months = _months(self.past, as_of)
        return self._months.get(currency, ())


Values: TypeAlias = tuple[list[float | None], list[bool]]


def _best_first(group: Group) -> tuple[bool, str]:
    """Put classes in their order, and who has none last."""
    return group.name == "", group.name


def _largest_first(group: Group) -> int:
    return -group.receivables


def _kpis_on(groups: Groups, day: int) -> dict[str, Values]:
    """Return every KPI of each group as of a day: values, and which are only lower bounds."""
    receivables, overdue = (each.tolist() for each in groups.standing(day))
    opening = groups.standing(day - PERIOD)[0].tolist()
    sales = groups.sales(day - PERIOD + 1, day).tolist()
    monthly = [
        groups.sales(day - 30 * n - 29, day - 30 * n).tolist() for n in range(_YEAR_MONTHS)
    ]  # fmt: skip
    back = [
        countback_dso(owed, [(each, 30) for each in months]) if owed > 0 else None
        for owed, months in zip(receivables, zip(*monthly, strict=True), strict=True)
    ]
    sums = list(zip(receivables, overdue, opening, sales, strict=True))
    found = {name: ([of(*each) for each in sums], [False] * len(sums)) for name, of in _OF.items()}
    found["countback"] = (
        [each.days if each else None for each in back],
        [bool(each and each.at_least) for each in back],
    )
    return {name: found[name] for name in KPI_NAMES}


# Each figure from what is open, what of it is overdue, what was open when the period began, and
# what was sold in it.
_OF: Final[Mapping[str, Callable[[int, int, int, int], float | None]]] = {
    "dso": lambda owed, late, began, sold: dso(owed, sold, PERIOD),
    "best_dso": lambda owed, late, began, sold: best_possible_dso(owed - late, sold, PERIOD),
    "add": lambda owed, late, began, sold: average_days_delinquent(owed, owed - late, sold, PERIOD),
    "cei": lambda owed, late, began, sold: collection_effectiveness(
        opening=began, sales=sold, closing=owed, closing_current=owed - late
    ),
    "overdue_ratio": lambda owed, late, began, sold: overdue_ratio(late, owed),
    "turnover": lambda owed, late, began, sold: turnover(sold * 365 // PERIOD, owed),
}


def _months(past: Past, as_of: date) -> dict[str, tuple[Month, ...]]:
    groups = past.groups("currency")
    found: dict[str, list[Month]] = {str(currency): [] for currency in groups.names}
    for before, end in pairwise(month_ends(as_of, _MONTHS)):
        first, last = ((d - date(1970, 1, 1)).days for d in (before, end))
        moved = groups.sales(first + 1, last), groups.collected(first + 1, last)
        columns = [each.tolist() for each in (*groups.standing(last), *moved)]
        for currency, *facts in zip(groups.names, *columns, strict=True):
            found[str(currency)].append(Month(end, *facts))
    return {currency: tuple(months) for currency, months in found.items()}


def _target(policy: Policy, name: str) -> float | None:
    found = policy.targets.get(name)
    return None if found is None else float(found)
