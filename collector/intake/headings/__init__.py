"""Where the tables of a workbook lie, and which column means what."""

from collector.intake.headings.finding import find_tables
from collector.intake.headings.folding import fold
from collector.intake.headings.table import Table

__all__ = ["Table", "find_tables", "fold"]
