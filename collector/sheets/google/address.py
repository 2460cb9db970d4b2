"""Which addresses are Google spreadsheets, and which spreadsheet they mean."""

from __future__ import annotations

import re

from collector.errors import UsageError
from collector.phrases import Phrase

_KEY = re.compile(r"/spreadsheets/(?:u/\d+/)?d/([\w-]+)")


def is_address(workbook: str) -> bool:
    """Tell whether a workbook is an address on the web and not a path."""
    return workbook.startswith(("https://", "http://"))


def key_of(address: str) -> str:
    """Return the id of the spreadsheet at an address; raises UsageError for any other page."""
    found = _KEY.search(address)
    if found is None:
        raise UsageError(Phrase("google_address", address=address))
    return found[1]
