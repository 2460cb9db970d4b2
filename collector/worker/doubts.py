"""Doubts: what may or may not have been delivered, looked up where a copy of everything goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from collector.errors import MailError, SecretMissingError
from collector.model import Stored
from collector.phrases import Phrase
from collector.worker.alert import ALERT
from collector.worker.job import Archive, Ledger


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What was found in the archive, and why it could not be asked ('' when it could)."""

    found: tuple[Stored, ...] = ()
    unasked: str = ""


def look_up_doubts(
    ledger: Ledger, book: str, archive: Callable[[], Archive] | None, now: datetime
) -> LookedUp:
    """Settle as sent what is in doubt and lies in the archive; the rest stays in doubt.

    A copy may be late, so what is not found is looked up again by every run. A server that cannot
    be asked stops nothing: a doubt is never sent again by itself.
    """
    for stored in ledger.doubts(book):
        if stored.message.step == ALERT:
            # A note to the team itself, of which no copy is kept: another one comes tomorrow.
            ledger.resolve_doubt(stored.message.message_id, True, now)
    doubts = ledger.doubts(book)
    if not doubts or archive is None:
        return LookedUp()
    try:
        there = archive().find([stored.message.message_id for stored in doubts])
    except MailError as error:
        facts = {name: error.facts.get(name, "") for name in ("server", "what")}
        return LookedUp(unasked=Phrase("archive_trouble", **facts))
    except SecretMissingError as error:
        return LookedUp(unasked=str(error).rstrip("."))
    found = tuple(stored for stored in doubts if stored.message.message_id in there)
    for stored in found:
        answer = str(Phrase("doubt_found"))
        ledger.resolve_doubt(stored.message.message_id, True, now, answer=answer)
    return LookedUp(found)
