"""A statement of account as files: PDF and XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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
    return named_file(title, statement.customer_name, statement.as_of, extension)


def named_file(title: str, customer: str, day: date, extension: str) -> str:
    """Return a name for one of our files about a customer, as every file system takes it."""
    plain = "".join(character if character.isalnum() else "_" for character in clean(customer))
    parts = (title, "_".join(filter(None, plain.split("_")))[:_NAME_LENGTH])
    stem = "_".join([*filter(None, parts), day.isoformat()])
    return f"{stem}.{extension}"
