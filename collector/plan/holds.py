"""Who gets nothing at all, and which rows are left out: the holds of the sheet and the policy."""

from __future__ import annotations

import pandas as pd

from collector.intake.book import Book
from collector.model import Held, Policy, Problem
from collector.plan.domains import foreign
from collector.plan.drafts import addresses, by_label
from collector.rules import Assessment

_MUTE = ("no_address", "bad_address")
_ADDRESS_PROBLEMS = ("problem_no_address", "problem_address_malformed", "problem_address_mixed")


def barred_rows(book: Book, assessment: Assessment) -> dict[int, Problem]:
    """Return the sheet rows that a problem of their own holds."""
    tab = book.tables["invoices"].tab
    barred: dict[int, Problem] = {}
    for problem in assessment.problems:
        row = problem.where.row
        if problem.holds in ("invoice", "row") and problem.where.tab == tab and row:
            barred.setdefault(row, problem)
    return barred


def blocked(book: Book, assessment: Assessment, policy: Policy) -> dict[str, Held]:
    """Return by customer with something open why nothing may be sent, first reason that applies."""
    customers, rows = assessment.customers, assessment.invoices
    live = rows[rows["open"]]
    names = by_label(customers["customer_name"])
    owing = set(live["customer"].tolist()) - {""}
    reasons: dict[str, Held] = {}

    def hold(name: str, code: str, problem: Problem | None = None, **facts: str) -> None:
        reasons[name] = Held(name, str(names.get(name, name)) or name, code, facts, problem)

    # Later ones take the place of earlier ones: the order of the rules, from its end.
    pause = live.groupby("customer")["pause_until"].max()
    pause = pd.concat([pause, customers["pause_until"]]).groupby(level=0).max()
    for name, until in pause[pause >= pd.Timestamp(assessment.as_of)].items():
        hold(str(name), "held_paused", until=str(until.date()))
    if policy.allow_domains or policy.deny_domains:
        for name, email, cc in customers[["email", "cc"]].itertuples(name=None):
            stranger = foreign((*addresses(email), *addresses(cc)), policy)
            if stranger:
                hold(str(name), "held_domain", address=stranger)
    for name in customers.index[customers["email"] == ""]:
        bad = customers.at[name, "email_problem"] == "bad_address"
        hold(str(name), "held_bad_email" if bad else "held_no_email")
    for name, problem in _customer_problems(book, assessment).items():
        hold(name, "held_problem", problem)
    silent = set(customers.index[customers["do_not_chase"]])
    for name in silent | set(live.loc[live["do_not_chase"], "customer"]):
        hold(str(name), "held_do_not_chase")
    return {name: held for name, held in reasons.items() if name in owing}


def _customer_problems(book: Book, assessment: Assessment) -> dict[str, Problem]:
    """Return by customer the first problem that holds them; one on a settled row holds nothing.

    That there is no valid address is a reason of its own, with a name of its own.
    """
    mute = set(assessment.customers.index[assessment.customers["email_problem"].isin(_MUTE)])
    rows, tab = assessment.invoices, book.tables["invoices"].tab
    done = set(rows.loc[~rows["open"], "row"].tolist())
    found: dict[str, Problem] = {}
    for problem in assessment.problems:
        settled = problem.where.tab == tab and problem.where.row in done
        known = problem.code in _ADDRESS_PROBLEMS and problem.customer in mute
        if problem.holds == "customer" and problem.customer and not (settled or known):
            found.setdefault(problem.customer, problem)
        if problem.holds == "customer" and problem.rows and problem.where.tab == tab:
            for customer in rows.loc[rows["open"] & rows["row"].isin(problem.rows), "customer"]:
                found.setdefault(str(customer), problem)
    found.pop("", None)
    return found
