"""Files that rows name, to go with their letters; without its file a letter is held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from collector.errors import EnclosureError
from collector.model import Attachment, Draft, Held
from collector.phrases import Phrase
from collector.plan import Plan

Find = Callable[[str], Attachment]

_MEGABYTE: Final = 1 << 20
# Many servers take no more than 10 MB, and base64 makes a third more of it.
TOGETHER: Final = 7 * _MEGABYTE


def no_folder(name: str) -> Attachment:
    """Refuse every file: nobody said which folder they are in."""
    raise EnclosureError(name, Phrase("file_no_folder"))


def enclosures(draft: Draft, find: Find) -> tuple[Attachment, ...]:
    """Return the files of a draft's invoices, each once; raises EnclosureError."""
    names = dict.fromkeys(line.attachment for line in draft.overdue + draft.due_soon)
    files: list[Attachment] = []
    for name in filter(None, names):
        files.append(find(name))
        if sum(len(file.content) for file in files) > TOGETHER:
            size = TOGETHER // _MEGABYTE
            raise EnclosureError(name, Phrase("file_too_large_together", size=size))
    return tuple(files)


def hold_without_files(plan: Plan, find: Find) -> Plan:
    """Return a plan whose drafts have all the files they name; the others are held, and why."""
    kept: list[Draft] = []
    held: list[Held] = []
    for draft in plan.drafts:
        try:
            enclosures(draft, find)
            kept.append(draft)
        except EnclosureError as error:
            facts = {"file": error.name, "what": error.what}
            held.append(Held(draft.customer, draft.customer_name, "held_file", facts))
    if not held:
        return plan
    return replace(plan, drafts=tuple(kept), held=(*plan.held, *held))
