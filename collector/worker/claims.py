"""The claim that a book carries: which ledger writes to its customers, and no second one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from collector.errors import BookClaimedError
from collector.model import BookNote, Grid
from collector.phrases import Phrase
from collector.worker.adopting import forgotten
from collector.worker.job import Job
from collector.worker.seen import Look

CLAIM: Final = "claim"
_PARTS: Final = 4


@dataclass(frozen=True, slots=True)
class Claim:
    """Who writes to the customers of a book: a ledger, where it lies and on which machine.

    ``place`` is a digest: the book may go to people who need not know our folders.
    """

    ledger: str
    place: str
    host: str
    since: str

    def text(self) -> str:
        return ";".join((self.ledger, self.place, self.since, self.host))


def claim_of(text: str) -> Claim | None:
    """Return the claim that a text says, None where it says none."""
    parts = text.split(";", _PARTS - 1)
    if len(parts) < _PARTS:
        return None
    ledger, place, since, host = parts
    return Claim(ledger, place, host, since)


def _ours(job: Job) -> Claim:
    place = sha256(job.ledger.name.encode()).hexdigest()[:16]
    since = job.now().isoformat(timespec="minutes")
    return Claim(job.ledger.identity, place, job.host, since)


def _another(job: Job, found: str) -> Claim | None:
    """Return a claim that is another worker's.

    A ledger that was deleted, or put back from a copy, is the same worker where it lies at the
    same place of the same machine: what it forgot is another question.
    """
    claim, ours = claim_of(found), _ours(job)
    if claim is None or claim.ledger == ours.ledger:
        return None
    at_home = claim.place == ours.place and claim.host.casefold() == ours.host.casefold()
    return None if at_home else claim


def refuse_another(job: Job, seen: Look) -> None:
    """Raise BookClaimedError when another ledger writes to the customers of this book.

    Raises BookForgottenError when it is ours to do, but our ledger knows less than the sheet.
    """
    forgot = forgotten(job, seen)
    if forgot or not job.take_over:
        command = "adopt" if forgot else "run"
        _refuse(job, seen, Phrase("book_claimed_hint", command=f"collector {command} --take-over"))
    if forgot is not None:
        raise forgot


def refuse_adopting(job: Job, seen: Look) -> None:
    """Raise BookClaimedError when what was said is another ledger's to know."""
    if not job.take_over:
        _refuse(job, seen, Phrase("book_claimed_hint", command="collector adopt --take-over"))


def refuse_taken(job: Job, seen: Look) -> None:
    """Raise BookClaimedError when somebody else has taken the book over meanwhile."""
    _refuse(job, seen, Phrase("book_claimed_away"))


def _refuse(job: Job, seen: Look, hint: Phrase) -> None:
    claim = _another(job, seen.claim)
    if claim is not None:
        raise BookClaimedError(job.workbook.name, claim.host, _since(job, claim), hint)


def _since(job: Job, claim: Claim) -> str:
    try:
        moment = datetime.fromisoformat(claim.since)
    except ValueError:
        return claim.since
    zone = ZoneInfo(job.policy.timezone)
    return f"{moment.astimezone(zone) if moment.tzinfo else moment:%Y-%m-%d %H:%M}"


def claim_note(job: Job, found: str) -> tuple[BookNote, ...]:
    """Return the note by which the book becomes ours, none where it is."""
    claim = claim_of(found)
    if claim is not None and claim.ledger == job.ledger.identity:
        return ()
    return (BookNote(CLAIM, _ours(job).text()),)


def take(job: Job, seen: Look) -> Look:
    """Write our claim into the book, unless it is there; return the look at the book as it is now.

    Before anything is said: of two that meet a new book at once, the second finds it changed.
    Raises WorkbookError.
    """
    note = claim_note(job, seen.claim)
    if not note:
        return seen
    tab = seen.book.tables["invoices"].tab
    written = job.workbook.write(note, expect={tab: seen.grids[tab].fingerprint})
    # Nothing else was written, and nobody saved in between: what was seen still holds.
    grids: Mapping[str, Grid] = {
        name: replace(grid, fingerprint=written.fingerprint) for name, grid in seen.grids.items()
    }
    return replace(seen, grids=grids, claim=note[0].text)
