"""Writing: drafts become messages, their bytes frozen and their files with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Final
from uuid import uuid4

from collector.errors import TemplateError
from collector.letters.confirmation import confirmation_file
from collector.letters.render import compose
from collector.letters.statement import statement_files
from collector.model import Draft, Held, Message
from collector.phrases import Phrase
from collector.plan.drafts import digest
from collector.worker.enclosures import enclosures
from collector.worker.job import Job

# Ours take a few milliseconds.
LONGEST_LETTER: Final = timedelta(seconds=2)


def build(job: Job, draft: Draft) -> Message:
    """Return a draft as the message that would go out, its bytes frozen."""
    files = (
        statement_files(draft.statement, job.sender, job.policy.attach) if draft.statement else ()
    )
    if draft.confirmation:
        files = (*files, confirmation_file(draft.confirmation, job.sender))
    domain = job.sender.address.rpartition("@")[2]
    return compose(
        draft,
        job.sender,
        book=job.policy.book,
        message_id=f"<{uuid4().hex}@{domain}>",
        date=job.now(),
        digest=digest(draft, job.sender),
        templates=job.templates,
        attachments=(*files, *enclosures(draft, job.find_file)),
        late=_patience(job) if job.templates else None,
    )


def _patience(job: Job) -> Callable[[], bool]:
    """Return what says that a letter of the user's own templates has taken its time."""
    until = job.now() + LONGEST_LETTER
    return lambda: job.now() > until


def letters(job: Job, drafts: Sequence[Draft]) -> Iterator[Message | Held]:
    """Yield each draft's message; whose letter cannot be written is held, and only they."""
    for number, draft in enumerate(drafts):
        job.progress("letters", number, len(drafts))
        try:
            yield build(job, draft)
        except TemplateError as error:
            facts = {"what": Phrase(error.phrase, **error.facts)}
            yield Held(draft.customer, draft.customer_name, "held_letter", facts)
