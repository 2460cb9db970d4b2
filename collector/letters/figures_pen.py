"""What every sheet of a report is drawn with: looks, columns of cells, headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from collector.fields import CUSTOMER_HEADINGS, OWNED_HEADINGS
from collector.letters.figures_words import Words
from collector.model import column_letters

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ACCENT: Final = "#14506B"
WARN: Final = "#B4472E"
SOFT: Final = "#8FB3C4"
PALE: Final = "#DCE7ED"
FONT: Final = {"en": "Calibri", "zh": "Microsoft YaHei"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, how it shows, and its values."""

    heading: str
    kind: str
    values: Sequence[Any]
    places: Sequence[int] = ()


class Pen:
    """Draws on the sheets of one workbook; its looks are by name and, for money, by places."""

    def __init__(self, book: Workbook, words: Words) -> None:
        self.book, self.words = book, words
        self._looks: dict[tuple[str, int], Format] = {}

    def look(self, kind: str, places: int = 2) -> Format:
        key = (kind, places if kind.startswith("money") else 0)
        if key not in self._looks:
            self._looks[key] = self.book.add_format(self._properties(kind, places))
        return self._looks[key]

    def _properties(self, kind: str, places: int) -> dict[str, Any]:
        line = {"bottom": 1, "bottom_color": PALE}
        money = "#,##0" + ("." + "0" * places if places else "")
        found: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 18, "font_color": ACCENT},
            "note": {"font_color": "#5B6873"},
            "part": {"bold": True, "font_size": 12, "font_color": ACCENT},
            "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True,
                     "indent": 1},
            "head_right": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT,
                           "align": "right", "text_wrap": True},
            "money": {"num_format": money, **line},
            "money_total": {"num_format": money, "bold": True, "top": 1, "font_color": ACCENT},
            "total": {"bold": True, "top": 1, "font_color": ACCENT},
            "whole": {"num_format": "#,##0", **line},
            "number": {"num_format": "#,##0.0", **line},
            "moved": {"num_format": '+#,##0.0;-#,##0.0;"±0"', "font_color": "#5B6873", **line},
            "percent": {"num_format": "0 %", **line},
            "precise": {"num_format": "0.0 %", **line},
            "date": {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1, **line},
            "good": {"font_color": "#2E7D4F", "align": "right", **line},
            "bad": {"font_color": WARN, "align": "right", **line},
            "right": {"align": "right", **line},
        }  # fmt: skip
        for name, shown in (("share", "0.0 %"), ("figure", "#,##0.0")):
            found[name] = {"num_format": shown, **found["right"]}
            for mood in ("good", "bad"):
                found[f"{name}_{mood}"] = {"num_format": shown, **found[mood]}
            found[f"{name}_moved"] = {**found["moved"], "align": "right"}
        base = {"font_name": FONT[self.words.language], "font_size": 10, "valign": "vcenter"}
        return base | found.get(kind, line | {"indent": 1})

    def fill(self, sheet: Worksheet, row: int, place: int, column: Column) -> None:
        """Write a column of cells; one that holds nothing is left with its look."""
        look = self.look({"short": "text", "long": "text"}.get(column.kind, column.kind))
        looks = {places: self.look(column.kind, places) for places in set(column.places)}
        write: Any = {
            "money": sheet.write_number, "whole": sheet.write_number, "number": sheet.write_number,
            "moved": sheet.write_number, "percent": sheet.write_number,
            "precise": sheet.write_number, "date": sheet.write_datetime,
        }.get(column.kind, sheet.write_string)  # fmt: skip
        for offset, value in enumerate(column.values):
            if value is None or value == "":
                sheet.write_blank(row + offset, place, None, look)
            elif isinstance(value, str):
                sheet.write_string(row + offset, place, value, look)
            else:
                shown = looks[column.places[offset]] if looks else look
                write(row + offset, place, value, shown)

    def heading(self, key: str) -> str:
        found = CUSTOMER_HEADINGS.get(key) or OWNED_HEADINGS[key]
        return found[self.words.language]


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    mark = "$" if fixed else ""
    return f"{mark}{column_letters(column)}{mark}{row + 1}"


def span(row: int, column: int, count: int) -> str:
    return f"{cell(row, column)}:{cell(row + count - 1, column)}"
