"""The workbook, read and written back where the team keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collector.sheets.excel import ExcelWorkbook


def open_workbook(address: str, *, backups: int = 10) -> ExcelWorkbook:
    """Return the workbook at a path; nothing is read yet.

    ``backups`` is how many dated copies a write keeps in the folder beside it; 0 keeps none.
    """
    from collector.sheets.excel import ExcelWorkbook

    return ExcelWorkbook(address, backups=backups)
