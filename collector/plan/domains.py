"""The domains that mail may go to."""

from __future__ import annotations

from collections.abc import Iterable

from collector.model import Policy


def foreign(addresses: Iterable[str], policy: Policy) -> str:
    """Return the first address whose domain mail may not go to, '' when it may go to all.

    A domain stands for those below it too. What is denied is so even where it is allowed as well.
    """
    for address in addresses:
        domain = address.rpartition("@")[2].casefold()
        denied = _among(domain, policy.deny_domains)
        if denied or (policy.allow_domains and not _among(domain, policy.allow_domains)):
            return address
    return ""


def _among(domain: str, domains: Iterable[str]) -> bool:
    return any(domain == each or domain.endswith(f".{each}") for each in domains)
