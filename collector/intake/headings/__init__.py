"""Where the tables of a workbook lie, and which column means what."""

from collector.intake.headings.finding import Table, find_tables
from collector.intake.headings.folding import fold

__all__ = ["Table", "find_tables", "fold"]
