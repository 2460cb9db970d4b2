"""The workbook, read and written back where the team keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from collector.sheets.google.address import is_address

if TYPE_CHECKING:
    from collector.sheets.excel import ExcelWorkbook
    from collector.sheets.google.book import GoogleWorkbook


def open_workbook(
    address: str, *, backups: int = 10, credentials: Callable[[], str | None] = lambda: None
) -> ExcelWorkbook | GoogleWorkbook:
    """Return the workbook at a path or a Google Sheets address; nothing is read yet.

    ``backups`` is how many dated copies a write keeps in the folder beside a file; 0 keeps none.
    ``credentials`` returns the JSON of the account that opens a Google spreadsheet, None for the
    file that GOOGLE_APPLICATION_CREDENTIALS names; it is asked only when it is needed.
    """
    if is_address(address):
        from collector.sheets.google.book import GoogleWorkbook

        return GoogleWorkbook(address, credentials=credentials)
    from collector.sheets.excel import ExcelWorkbook

    return ExcelWorkbook(address, backups=backups)
