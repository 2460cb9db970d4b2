"""Who of our own people is told of which customers, and to whom nothing internal may go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import pandas as pd

from collector.intake.cells.addresses import address_list
from collector.intake.cells.texts import fold_name
from collector.model import Held, Policy, Sender
from collector.plan.domains import foreign
from collector.rules import Assessment

# Where anybody may have a mailbox: that a customer has one there too says nothing.
_PUBLIC: Final = frozenset(
    {"gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com",
     "icloud.com", "aol.com", "gmx.de", "gmx.net", "web.de", "qq.com", "foxmail.com", "163.com",
     "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "139.com", "189.cn", "aliyun.com"}
)  # fmt: skip

# A name, '' where none is written, and valid addresses.
Owner: TypeAlias = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reader:
    """One of our own people: the address as first written, and the names they go by.

    ``rows`` are the labels of the open invoices that are theirs, ``customers`` whose they are.
    """

    address: str
    names: tuple[str, ...]
    rows: pd.Index[int]
    customers: frozenset[str]

    @property
    def name(self) -> str:
        return ", ".join(self.names) or self.address


@dataclass(frozen=True, slots=True)
class Readers:
    """Readers by their address in small letters, and the owners who cannot be told, and why."""

    by_address: Mapping[str, Reader] = field(default_factory=dict)
    mute: tuple[Held, ...] = ()


def read_readers(assessment: Assessment, policy: Policy, sender: Sender) -> Readers:
    """Return who is told of what: every open row is its owner's, or else its customer's owner's.

    A customer who owes nothing is their owner's: what changes with them is news all the same.

    A row that names an owner is told to that owner alone, even where only the customer's other
    owner has an address. An address that may be a customer's gets nothing.
    """
    rows, people = assessment.invoices, assessment.customers
    live = rows[rows["open"] & (rows["customer"] != "")]
    owners = _owners(live, people)
    theirs: dict[str, list[int]] = {}
    spelt: dict[str, str] = {}
    names: dict[str, dict[str, None]] = {}
    mute: dict[str, None] = {}
    for label, (name, listed) in owners.items():
        if not listed and name:
            mute[name] = None
        for address in listed:
            key = address.casefold()
            spelt.setdefault(key, address)
            theirs.setdefault(key, []).append(label)
            names.setdefault(key, {}).update({name: None} if name else {})
    settled: dict[str, set[str]] = {}
    for customer, (name, listed) in _settled(live, people).items():
        for address in listed:
            key = address.casefold()
            spelt.setdefault(key, address)
            theirs.setdefault(key, [])
            names.setdefault(key, {}).update({name: None} if name else {})
            settled.setdefault(key, set()).add(customer)
    guard = _Guard(assessment, policy, sender)
    held = [Held("", name, "digest_no_address") for name in mute]
    found = {}
    for key, labels in theirs.items():
        customers = frozenset(live.loc[labels, "customer"]) | settled.get(key, set())
        reader = Reader(spelt[key], tuple(names[key]), pd.Index(labels, dtype="int64"), customers)
        why = guard.why_not(spelt[key])
        if why is None:
            found[key] = reader
        else:
            held.append(Held("", reader.name, *why))
    return Readers(found, tuple(held))


def allowed(
    addresses: Sequence[str], assessment: Assessment, policy: Policy, sender: Sender
) -> tuple[tuple[str, ...], tuple[Held, ...]]:
    """Part addresses of the configuration in those that may be told and those that may not."""
    guard = _Guard(assessment, policy, sender)
    kept, held = [], []
    for address in addresses:
        why = guard.why_not(address)
        if why is None:
            kept.append(address)
        else:
            held.append(Held("", address, *why))
    return tuple(kept), tuple(held)


def _settled(live: pd.DataFrame, people: pd.DataFrame) -> dict[str, Owner]:
    """Return the owners of the customers who owe nothing, so that no row says whose they are."""
    known, owing = _known(people), frozenset(live["customer"])
    by_name = _by_name([*_written(live), *known.values()])
    return {
        customer: _owner("", "", pair, by_name)
        for customer, pair in known.items()
        if customer and customer not in owing
    }


def _known(people: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Return the owner of each customer as written: a name, and addresses."""
    return {
        str(key): (owner.strip(), email)
        for key, owner, email in people[["owner", "owner_email"]].itertuples(name=None)
    }


def _written(live: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(live["owner"].tolist(), live["owner_email"].tolist(), strict=True))


def _owners(live: pd.DataFrame, people: pd.DataFrame) -> dict[int, Owner]:
    """Return the owner of each row: a name, '' where none is written, and valid addresses."""
    known, own = _known(people), _written(live)
    by_name = _by_name([*own, *known.values()])
    found, seen = {}, {}
    for label, customer, (name, email) in zip(
        live.index.tolist(), live["customer"].tolist(), own, strict=True
    ):
        key = (customer, name, email)
        if key not in seen:
            seen[key] = _owner(name.strip(), email, known.get(customer, ("", "")), by_name)
        found[label] = seen[key]
    return found


def _owner(
    name: str, email: str, customers: tuple[str, str], by_name: Mapping[str, tuple[str, ...]]
) -> Owner:
    written = address_list(email)
    if written:
        return name, written
    if name and fold_name(name) != fold_name(customers[0]):
        return name, by_name.get(fold_name(name), ())
    named = name or customers[0]
    return named, address_list(customers[1]) or by_name.get(fold_name(named), ())


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the addresses of each name that has only ever been written with the same."""
    found: dict[str, dict[frozenset[str], tuple[str, ...]]] = {}
    for name, email in dict.fromkeys(pairs):
        written = address_list(email)
        if name.strip() and written:
            same = frozenset(address.casefold() for address in written)
            found.setdefault(fold_name(name), {}).setdefault(same, written)
    return {name: next(iter(lists.values())) for name, lists in found.items() if len(lists) == 1}


class _Guard:
    """Keeps what is internal from customers, and from where no mail may go."""

    def __init__(self, assessment: Assessment, policy: Policy, sender: Sender) -> None:
        self.policy = policy
        self.home = _domain(sender.address)
        people = assessment.customers
        frames = (people, assessment.invoices)
        self.theirs = frozenset(each for frame in frames for each in _listed(frame["email"]))
        self.copied = frozenset(each for frame in frames for each in _listed(frame["cc"]))
        self.domains = _own_domains(people) - _PUBLIC - {self.home}

    def why_not(self, address: str) -> tuple[str, dict[str, str]] | None:
        """Return why an address gets nothing internal, None where it may."""
        folded, domain = address.casefold(), _domain(address)
        inside = domain == self.home
        if folded in self.theirs or (folded in self.copied and not inside):
            return "digest_customers_address", {"address": address}
        if domain in self.domains and not self._ours(domain):
            return "digest_customers_domain", {"address": address}
        if foreign([address], self.policy):
            return "held_domain", {"address": address}
        return None

    def _ours(self, domain: str) -> bool:
        """Tell whether a domain is below our own, or ours below it."""
        return domain.endswith(f".{self.home}") or self.home.endswith(f".{domain}")


def _own_domains(people: pd.DataFrame) -> frozenset[str]:
    """Return the domains that one customer alone has addresses at."""
    found: dict[str, set[str]] = {}
    for key, email in people["email"].items():
        for address in email.split(","):
            found.setdefault(_domain(address.strip()), set()).add(str(key))
    return frozenset(domain for domain, customers in found.items() if len(customers) == 1)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()


def _listed(cells: pd.Series[str]) -> Iterator[str]:
    for cell in cells.unique().tolist():
        yield from (part.strip().casefold() for part in cell.split(",") if part.strip())
