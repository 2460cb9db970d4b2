"""A statement of account as files: PDF and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from collector.letters.formats import letter_language
from collector.letters.pdf import pdf
from collector.letters.plain import clean
from collector.letters.wording import tell
from collector.letters.workbook import workbook
from collector.model import Attachment, Sender, Statement

_PDF: Final = "application/pdf"
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# A name of 80 characters with its path stays well under the 255 bytes of common file systems.
_NAME_LENGTH: Final = 60


def statement_files(
    statement: Statement, sender: Sender, formats: Sequence[str]
) -> tuple[Attachment, ...]:
    """Return a statement in each of ``formats`` (``pdf``, ``xlsx``), in that order.

    The same statement gives the same bytes. Raises TemplateError when no font can show it, and
    KeyError for an unknown format.
    """
    makers = {"pdf": (_PDF, pdf), "xlsx": (_XLSX, workbook)}
    return tuple(
        Attachment(file_name(statement, extension), media_type, make(statement, sender))
        for extension, (media_type, make) in ((one, makers[one]) for one in formats)
    )


def file_name(statement: Statement, extension: str) -> str:
    """Return a name that every file system takes: ``Statement_Acme_2026-11-20.pdf``."""
    title = tell(letter_language(statement.language), "statement_file")
    customer = "".join(
        character if character.isalnum() else "_" for character in clean(statement.customer_name)
    )
    parts = (title, "_".join(filter(None, customer.split("_")))[:_NAME_LENGTH])
    stem = "_".join([*filter(None, parts), statement.as_of.isoformat()])
    return f"{stem}.{extension}"
