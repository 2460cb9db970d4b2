"""Payment terms as people write them, in any of the languages understood."""

from collector.intake.terms.reading import parse_terms
from collector.intake.terms.said import Terms

__all__ = ["Terms", "parse_terms"]
