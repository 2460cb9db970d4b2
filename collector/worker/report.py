"""The report of a pass, and the JSON object that the contract promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from collector.fields import FLAGS, STATUSES, buckets, exponent
from collector.model import (
    Draft,
    Event,
    FlagChange,
    Held,
    Message,
    Policy,
    Problem,
    RunReport,
    Said,
    Task,
    Told,
    Where,
    Written,
)
from collector.phrases import say
from collector.rules import Assessment
from collector.rules.balances import major

_STATES = ("sent", "rehearsed", "waiting", "refused", "in_doubt")


def make_report(
    *,
    run: str,
    workbook: str,
    assessment: Assessment,
    policy: Policy,
    said: Sequence[Said],
    held: tuple[Held, ...],
    tasks: tuple[Task, ...],
    written: Written,
    seconds: Mapping[str, float],
    tabs: Mapping[str, int],
    problems: Sequence[Problem],
    calls: Mapping[str, int],
    moved: tuple[FlagChange, ...] = (),
    digests: Sequence[Told] = (),
    events: Sequence[Event] = (),
    fired: frozenset[int] = frozenset(),
) -> RunReport:
    """Sum an assessed book up; ``open`` is every balance that is not settled, credits included.

    ``tabs`` counts the rows written in tabs of our own, ``problems`` are beside the book's, and
    ``moved`` is whose flag or rating changed since the last run. ``digests`` is what became of
    them, ``events`` the warnings that stand, ``fired`` the numbers of the new ones.
    """
    rows, flags = assessment.invoices, assessment.customers["credit_flag"]
    live = rows[rows["open"] & rows["known"]]
    spans = _buckets(live, policy)
    late = [name for name in buckets(policy.edges) if name not in ("not_due", "credit")]
    names = assessment.customers["customer_name"].to_dict()
    named = flags[flags.index.isin(rows["customer"])]
    return RunReport(
        run=run,
        as_of=assessment.as_of,
        workbook=workbook,
        rows=len(rows),
        customers=rows.loc[rows["customer"] != "", "customer"].nunique(),
        status=_counts(rows["status"], STATUSES),
        open={currency: sum(ages.values(), Decimal(0)) for currency, ages in spans.items()},
        unapplied=_unapplied(assessment),
        overdue={c: sum((ages[name] for name in late), Decimal(0)) for c, ages in spans.items()},
        buckets=spans,
        flags=_counts(named, FLAGS),
        edits=written.cells,
        messages={state: sum(s.state == state for s in said) for state in _STATES},
        said=tuple(said),
        held=held,
        problems=tuple(
            replace(problem, customer=str(names.get(problem.customer, problem.customer)))
            for problem in (*assessment.problems, *problems, *_differing(workbook, written))
        ),
        tasks=tasks,
        seconds=seconds,
        backup=written.backup,
        tabs=tabs,
        calls=calls,
        flag_changes=moved,
        digests=tuple(digests),
        events=tuple(event for event in events if not event.muted),
        fired=fired,
    )


def _differing(workbook: str, written: Written) -> list[Problem]:
    """Say what a read-back found otherwise than it was written."""
    return [Problem(Where(workbook), "write_differs", {"what": what}) for what in written.differs]


def _counts(values: pd.Series[str], names: Sequence[str]) -> dict[str, int]:
    counts = values.value_counts()
    return {name: int(counts.get(name, 0)) for name in names}


def _unapplied(assessment: Assessment) -> dict[str, Decimal]:
    """Return by currency the receipts that no invoice took."""
    if assessment.unapplied.empty:
        return {}
    sums = assessment.unapplied.groupby(level=-1).sum()
    return {str(c): major(int(amount), exponent(str(c))) for c, amount in sums.items()}


def _buckets(live: pd.DataFrame, policy: Policy) -> dict[str, dict[str, Decimal]]:
    """Return the sum of every bucket by currency; a row with no due date counts as not due."""
    names = live["bucket"].where(live["bucket"] != "", "not_due")
    sums = live["balance"].groupby([live["currency"], names]).sum()
    currencies = sorted(set(live["currency"])) or [policy.currency]
    return {
        currency: {
            name: major(int(sums.get((currency, name), 0)), exponent(currency))
            for name in buckets(policy.edges)
        }
        for currency in currencies
    }


def report_json(report: RunReport) -> dict[str, Any]:
    """Return a report as the contract's JSON object; words in it are English keys."""
    return {
        "run": report.run,
        "as_of": report.as_of.isoformat(),
        "workbook": report.workbook,
        "rows": report.rows,
        "customers": report.customers,
        "status": dict(report.status),
        "open": _money(report.open),
        "overdue": _money(report.overdue),
        "unapplied": _money(report.unapplied),
        "buckets": {currency: _money(ages) for currency, ages in report.buckets.items()},
        "flags": dict(report.flags),
        "flag_changes": [change_json(change) for change in report.flag_changes],
        "edits": report.edits,
        "tabs": dict(report.tabs),
        "messages": dict(report.messages),
        "mails": [_mail_json(said) for said in report.said],
        "held": [
            {"customer": h.customer_name or h.customer, "reason": h.say()} for h in report.held
        ],
        "problems": [
            {"where": str(p.where), "customer": p.customer, "message": p.say()}
            for p in report.problems
        ],
        "tasks": [
            {"customer": t.customer_name, "owner": t.owner, "what": say("en", t.what)}
            for t in report.tasks
        ],
        "warnings": [_warning_json(event, report.fired) for event in report.events],
        "digests": [_digest_json(told) for told in report.digests],
        "calls": dict(report.calls),
        "seconds": {name: round(spent, 3) for name, spent in report.seconds.items()},
    }


def _mail_json(said: Said) -> dict[str, Any]:
    return {
        "customer": said.customer_name or said.customer,
        "to": list(said.to),
        "subject": said.subject,
        "step": said.step,
        "state": said.state,
    }


def _warning_json(event: Event, fired: frozenset[int]) -> dict[str, Any]:
    return {
        "customer": event.customer_name,
        "what": event.say(),
        "code": event.code,
        "since": event.day.isoformat(),
        "new": event.number in fired,
        "done": event.done,
    }


def _digest_json(told: Told) -> dict[str, Any]:
    shown = {"name": told.name, "to": list(told.to), "subject": told.subject, "state": told.state}
    return shown | ({"reason": told.why.say()} if told.why else {})


def change_json(change: FlagChange) -> dict[str, Any]:
    """Return a changed flag or rating as JSON; flags are English keys."""
    return {
        "customer": change.customer_name,
        "since": change.since.isoformat(),
        "flag_before": change.before.flag,
        "flag": change.now.flag,
        "rating_before": change.before.rating,
        "rating": change.now.rating,
        "what": change.say(),
    }


def would_send(drafts: Sequence[Draft], messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Return the messages of a preview as the contract's JSON.

    A draft whose letter could not be written has none, and is left out.
    """
    written = {message.occasions: message for message in messages}
    return [
        {
            "customer": draft.customer_name or draft.customer,
            "to": list(draft.to),
            "cc": list(draft.cc),
            "subject": written[draft.occasions].subject,
            "occasions": list(draft.occasions),
            "invoices": list(draft.invoices),
            "step": draft.step,
            "approval": draft.approval,
        }
        for draft in drafts
        if draft.occasions in written
    ]


def _money(amounts: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: str(amount) for name, amount in amounts.items()}
