"""Days to come, played through without any effect: who gets what when, and what a default costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from collector.fields import exponent
from collector.model import Draft, Spoken
from collector.plan import make_plan
from collector.rules import assess
from collector.rules.balances import major
from collector.rules.conduct import provisions
from collector.rules.forecast import learn, weekly_cash
from collector.rules.hindsight import choose_strengths
from collector.rules.history import settled_history
from collector.worker.desk import customer_key
from collector.worker.job import Job
from collector.worker.looking import history_of, read_whole

_WEEKS = 8


@dataclass(frozen=True, slots=True)
class Day:
    """What would go out on one day."""

    day: date
    drafts: tuple[Draft, ...]


def simulate(job: Job, days: int) -> list[Day]:
    """Return what would go to whom on each of the days from the job's day on.

    Nobody pays or answers meanwhile, and a person releases on the same day what waits for one. Days
    on which nothing goes are left out. Raises WorkbookError for a book that cannot be read.
    """
    book, history = read_whole(job), history_of(job)
    # What waits or is in doubt today is drafted anew: its occasion is still free.
    history = replace(history, pending=(), doubts=())
    found = []
    for offset in range(days):
        job.progress("decide", offset, days)
        day = job.as_of + timedelta(days=offset)
        assessment = assess(book, job.policy, day)
        plan = make_plan(book, assessment, history, job.policy, now=None)
        if plan.drafts:
            found.append(Day(day, plan.drafts))
            said = (s for draft in plan.drafts for s in _spoken(draft, day))
            history = replace(history, spoken=(*history.spoken, *said))
    return found


def _spoken(draft: Draft, day: date) -> list[Spoken]:
    number = f"<{draft.customer}@{day}/{draft.step}>"
    return [
        Spoken(occasion, draft.customer, day, draft.step, draft.to, number, "")
        for occasion in draft.occasions
    ]


def simulated_json(days: list[Day]) -> list[dict[str, Any]]:
    """Return simulated days as JSON."""
    return [
        {
            "day": each.day.isoformat(),
            "messages": [
                {
                    "customer": draft.customer_name or draft.customer,
                    "step": draft.step,
                    "to": list(draft.to),
                    "invoices": list(draft.invoices),
                    "overdue": {total.currency: str(total.overdue) for total in draft.totals},
                    "approval": draft.approval,
                }
                for draft in each.drafts
            ],
        }
        for each in days
    ]


@dataclass(frozen=True, slots=True)
class Default:
    """What it costs if a customer never pays, by currency; ``weeks`` are (after, with, without).

    ``lost`` is what is open, ``provision`` and ``provision_then`` the whole book's; ``limit`` and
    ``exposure`` are in the book's currency, the limit None where there is none, the exposure where
    all is owed in other currencies; those are ``foreign``.
    """

    customer: str
    lost: Mapping[str, Decimal]
    provision: Mapping[str, Decimal]
    provision_then: Mapping[str, Decimal]
    weeks: Mapping[str, tuple[tuple[date, Decimal, Decimal], ...]]
    exposure: Decimal | None
    limit: Decimal | None
    foreign: str = ""


def simulate_default(job: Job, customer: str) -> Default:
    """Return what it costs if a customer never pays; raises UnknownCustomerError."""
    book = read_whole(job)
    policy, as_of = job.policy, job.as_of
    assessment = assess(book, policy, as_of)
    key = customer_key(assessment.customers["customer_name"], customer)
    who, rows = assessment.customers.loc[key], assessment.invoices
    live = rows[rows["open"] & rows["known"]]
    owed = live[live["due"].notna() & (live["balance"] > 0)]
    history = settled_history(book, assessment, until=as_of)
    conduct = learn(history, as_of, choose_strengths(history))
    rest = live["customer"] != key
    lost = live[~rest].groupby("currency")["balance"].sum().clip(lower=0).to_dict()
    before, after = provisions(live, policy), provisions(live[rest], policy)
    then = {c: after.get(c, 0) + int(lost.get(c, 0)) for c in before}
    weeks: dict[str, tuple[tuple[date, Decimal, Decimal], ...]] = {}
    cash, gone = (
        weekly_cash(part, conduct, as_of, _WEEKS)
        .set_index(["currency", "week"])["expected"]
        .to_dict()
        for part in (owed, owed[owed["customer"] == key])
    )
    for currency in sorted(map(str, lost)):
        places = exponent(currency)
        weeks[currency] = tuple(
            (
                as_of + timedelta(weeks=week - 1),
                major(int(cash.get((currency, week), 0)), places),
                major(int(cash.get((currency, week), 0) - gone.get((currency, week), 0)), places),
            )
            for week in range(1, _WEEKS + 1)
        )
    home = exponent(policy.currency)
    return Default(
        customer=str(who["customer_name"] or key),
        lost=_money({str(c): int(amount) for c, amount in lost.items()}),
        provision=_money({c: before[c] for c in before if c in weeks}),
        provision_then=_money({c: then[c] for c in before if c in weeks}),
        weeks=weeks,
        exposure=major(int(str(who["exposure"])), home) if who["has_exposure"] else None,
        limit=major(int(str(who["credit_limit"])), home) if who["has_credit_limit"] else None,
        foreign=str(who["foreign"]),
    )


def _money(amounts: Mapping[str, int]) -> dict[str, Decimal]:
    return {currency: major(amount, exponent(currency)) for currency, amount in amounts.items()}


def default_json(found: Default) -> dict[str, Any]:
    """Return a simulated default as JSON."""
    return {
        "customer": found.customer,
        "lost": {c: str(amount) for c, amount in found.lost.items()},
        "provision": {c: str(amount) for c, amount in found.provision.items()},
        "provision_then": {c: str(amount) for c, amount in found.provision_then.items()},
        "cash": {
            c: [
                {"after": day.isoformat(), "expected": str(with_), "without": str(without)}
                for day, with_, without in weeks
            ]
            for c, weeks in found.weeks.items()
        },
        "exposure": None if found.exposure is None else str(found.exposure),
        "not_counted": found.foreign.split(", ") if found.foreign else [],
        "limit": None if found.limit is None else str(found.limit),
    }
