"""Digests: what each of our own people is told, on which day, and once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import pandas as pd

from collector.fields import exponent
from collector.model import Call, Digest, Event, FlagChange, Held, Policy, Promise, Sender, Spoken
from collector.phrases import say
from collector.plan.calendar import mail_day, next_mail_day
from collector.plan.drafts import by_label
from collector.plan.readers import Reader, Readers, allowed, read_readers
from collector.rules import Assessment
from collector.rules.balances import major
from collector.rules.conduct import call_list
from collector.rules.dunning import escape
from collector.rules.events import told_since
from collector.rules.wording import habit_texts

DIGEST: Final = "digest"
MANAGEMENT: Final = "management"
_WEEK: Final = 7
_BROKEN: Final = timedelta(days=90)
# Passes by itself, or was decided by the team: where nothing else is to be said, that is no news.
_TIMING: Final = ("held_day", "held_hours", "held_gap", "held_cap")
_DECIDED: Final = ("held_do_not_chase", "held_paused", "held_minimum", "held_credit")


@dataclass(frozen=True, slots=True)
class Situation:
    """What digests are made of.

    ``held`` are the customers who were not written to, ``habits`` how each pays (as the rules'
    function of that name says), ``changed`` returns whose flag changed since a run ('' for the last
    one).
    """

    assessment: Assessment
    spoken: Sequence[Spoken]
    held: Sequence[Held]
    events: Sequence[Event]
    habits: pd.DataFrame
    changed: Callable[[str], Sequence[FlagChange]]
    policy: Policy
    sender: Sender
    run: str


@dataclass(frozen=True, slots=True)
class Digests:
    """The digests that are due and have something to say, and who cannot be told, and why."""

    wanted: tuple[Digest, ...] = ()
    mute: tuple[Held, ...] = ()


def any_due(spoken: Sequence[Spoken], policy: Policy, as_of: date) -> bool:
    """Tell whether a digest may be due to somebody, before anything is worked out."""
    owners = policy.digest_owners != "never" and _slot(policy.digest_owners, policy, as_of)
    managed = bool(policy.digest_management) and _due(MANAGEMENT, "weekly", spoken, policy, as_of)
    return bool(owners or managed)


def make_digests(about: Situation) -> Digests:
    """Return what is to be told to whom on the day of an assessment."""
    policy = about.policy
    mute: list[Held] = []
    wanted: list[Digest] = []
    if policy.digest_owners != "never":
        readers = read_readers(about.assessment, policy, about.sender)
        mute += readers.mute
        wanted += _to_owners(about, readers)
    if policy.digest_management:
        to, held = allowed(policy.digest_management, about.assessment, policy, about.sender)
        mute += held
        digest = _to_management(about, to) if to else None
        wanted += [digest] if digest else []
    return Digests(tuple(wanted), tuple(mute))


def _to_owners(about: Situation, readers: Readers) -> list[Digest]:
    rhythm, as_of = about.policy.digest_owners, about.assessment.as_of
    found = []
    for key, reader in readers.by_address.items():
        due = _due(key, rhythm, about.spoken, about.policy, as_of)
        digest = _digest(about, key, reader, due) if due else None
        if digest is not None and _says(digest):
            found.append(digest)
    return found


def _to_management(about: Situation, to: tuple[str, ...]) -> Digest | None:
    """Return the report's digest; where nothing is open, only a change or a warning is news."""
    due = _due(MANAGEMENT, "weekly", about.spoken, about.policy, about.assessment.as_of)
    rows = about.assessment.invoices
    live = rows[rows["open"] & (rows["customer"] != "")]
    if due is None:
        return None
    name = say(about.policy.language, "digest_management")
    everyone = Reader(name, (name,), live.index, frozenset(about.assessment.customers.index))
    digest = replace(_digest(about, MANAGEMENT, everyone, due), to=to)
    return digest if not live.empty or digest.flags or digest.events else None


def content_of(digest: Digest, *more: object) -> str:
    """Return what identifies a digest's content, whichever run makes it."""
    told = repr((replace(digest, occasions=()), more))
    return hashlib.sha256(told.encode()).hexdigest()


# ── when ─────────────────────────────────────────────────────────────────────────────────────


def _slot(rhythm: str, policy: Policy, as_of: date) -> date | None:
    """Return the day whose digest is due on a day, None where none is: on days without work.

    A weekly one is due from its weekday on for seven days, on the first day of work.
    """
    if not mail_day(as_of, "", policy):
        return None
    if rhythm == "daily":
        return as_of
    return as_of - timedelta(days=(as_of.weekday() - policy.digest_weekday) % _WEEK)


def _due(
    reader: str, rhythm: str, spoken: Sequence[Spoken], policy: Policy, as_of: date
) -> str | None:
    """Return the occasion of the digest that a reader should get and has not got."""
    slot = _slot(rhythm, policy, as_of)
    occasion = f"{_stem(reader, policy)}{slot}"
    said = {each.occasion.casefold(): each.day for each in spoken if each.step == DIGEST}
    if slot is None or occasion.casefold() in said:
        return None
    late = said.get(f"{_stem(reader, policy)}{slot - timedelta(days=_WEEK)}".casefold())
    return None if rhythm == "weekly" and _just_before(slot, late, policy) else occasion


def _just_before(slot: date, late: date | None, policy: Policy) -> bool:
    """Tell whether the last weekly digest came so late that the next would follow at once."""
    if late is None or late >= slot:
        return False
    return slot <= next_mail_day(late + timedelta(days=1), "", policy)


def _stem(reader: str, policy: Policy) -> str:
    return f"{escape(policy.book)}/{DIGEST}/{escape(reader)}/"


def _last(reader: str, about: Situation) -> tuple[str, int]:
    """Return the run of the last digest to a reader, and the last event told by then."""
    stem = f"{_stem(reader, about.policy)}told/".casefold()
    said = [s.occasion for s in about.spoken if s.occasion.casefold().startswith(stem)]
    run, _, number = said[-1][len(stem) :].rpartition("/") if said else ("", "", "0")
    return run, int(number)


# ── what ─────────────────────────────────────────────────────────────────────────────────────


def _digest(about: Situation, key: str, reader: Reader, occasion: str) -> Digest:
    assessment, policy = about.assessment, about.policy
    run, number = _last(key, about)
    rows = assessment.invoices.loc[reader.rows]
    last = max((event.number for event in about.events), default=number)
    events = told_since(about.events, number)
    return Digest(
        reader=key,
        name=", ".join(reader.names),
        to=(reader.address,),
        language=policy.language,
        as_of=assessment.as_of,
        occasions=(occasion, f"{_stem(key, policy)}told/{about.run}/{max(last, number)}"),
        calls=_calls(rows, about),
        due=_promised(rows, about),
        broken=_broken(rows, about),
        held=_held(reader, rows, about.held),
        flags=tuple(c for c in about.changed(run) if c.customer in reader.customers),
        events=tuple(event for event in events if event.customer in reader.customers),
    )


def _says(digest: Digest) -> bool:
    """Tell whether there is anything to say."""
    told = (digest.calls, digest.due, digest.broken, digest.flags, digest.events)
    return any(told) or any(held.code not in (*_TIMING, *_DECIDED) for held in digest.held)


def _calls(rows: pd.DataFrame, about: Situation) -> tuple[Call, ...]:
    """Return whom to call, the worst first: nobody who promised, disputes or is left in peace."""
    people, today = about.assessment.customers, pd.Timestamp(about.assessment.as_of)
    quiet = people.index[people["do_not_chase"] | (people["pause_until"] >= today)]
    late = rows[(rows["status"] == "overdue") & rows["known"] & ~rows["do_not_chase"]]
    late = late[~late["customer"].isin(quiet) & ~(late["pause_until"] >= today)]
    listed = call_list(late, about.policy)
    known = about.habits.reindex(listed["customer"])
    counts = known[["last", "last_late", "typical"]].fillna(0).astype("int64")
    counts = counts.assign(payday=known["payday"].fillna(-1).astype("int64"))
    said = habit_texts(counts, about.policy.language)
    facts = people.reindex(listed["customer"])[["customer_name", "contact", "phone"]].fillna("")
    return tuple(
        Call(name or customer, contact, phone, currency, _major(overdue, currency), days, habit)
        for (name, contact, phone), customer, currency, overdue, days, habit in zip(
            facts.itertuples(index=False, name=None),
            *(listed[column].tolist() for column in ("customer", "currency", "overdue", "oldest")),
            said,
            strict=True,
        )
    )


def _promised(rows: pd.DataFrame, about: Situation) -> tuple[Promise, ...]:
    """Return what was promised for today and the days that count as soon."""
    last = pd.Timestamp(about.assessment.as_of + timedelta(days=about.policy.due_soon_days))
    wanted = rows[(rows["status"] == "promised") & (rows["promise_date"] <= last)]
    return _promises(wanted.sort_values(["promise_date", "row"]), about)


def _broken(rows: pd.DataFrame, about: Situation) -> tuple[Promise, ...]:
    since = pd.Timestamp(about.assessment.as_of - _BROKEN)
    wanted = rows[rows["broken_promise"] & rows["known"] & (rows["promise_date"] >= since)]
    return _promises(wanted.sort_values(["promise_date", "row"], ascending=[False, True]), about)


def _promises(rows: pd.DataFrame, about: Situation) -> tuple[Promise, ...]:
    people = about.assessment.customers["customer_name"]
    names = by_label(people)
    columns = ("customer", "invoice", "promise_date", "currency", "balance")
    return tuple(
        Promise(names.get(customer) or customer, invoice, day.date(), currency,
                _major(balance, currency))
        for customer, invoice, day, currency, balance in zip(
            *(rows[column].tolist() for column in columns), strict=True
        )
    )  # fmt: skip


def _held(reader: Reader, rows: pd.DataFrame, held: Sequence[Held]) -> tuple[Held, ...]:
    """Return who of a reader's customers is held, first those whom only a person can help.

    What holds one invoice is told only where that invoice is the reader's.
    """
    own = set(zip(rows["customer"].tolist(), rows["invoice"].tolist(), strict=True))
    found: dict[tuple[str, str], Held] = {}
    for each in held:
        invoice = each.facts.get("invoice")
        if each.customer in reader.customers and (
            invoice is None or (each.customer, invoice) in own
        ):
            found.setdefault((each.customer, each.say()), each)
    return tuple(sorted(found.values(), key=lambda each: each.code in _TIMING))


def _major(amount: int, currency: str) -> Decimal:
    return major(int(amount), exponent(currency))
