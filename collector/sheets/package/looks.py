"""What formats and texts show of cells beside their values: words, and a line through them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from collector.model import Cell
from collector.sheets.package.contents import Package
from collector.sheets.package.formats import worded, worded_cells
from collector.sheets.package.scan import Frame
from collector.sheets.package.struck import struck_cells, struck_formats, struck_strings


@dataclass(frozen=True, slots=True)
class Looks:
    """Which cell formats of a book show words beside figures, and what of it is struck through."""

    worded: Mapping[int, str]
    struck: frozenset[int]
    strings: frozenset[int]

    def cells(
        self, xml: Callable[[], bytes], frame: Frame, rows: Sequence[Sequence[Cell]]
    ) -> tuple[Mapping[str, Mapping[int, Sequence[int]]], Mapping[int, Sequence[int]]]:
        """Return a worksheet's ``formats`` and ``struck`` cells, as its Grid has them.

        Its ``xml`` is asked for only where there may be any; ``rows`` are its cells.
        """
        strikes = bool(self.struck or self.strings or frame.strikes)
        if not (self.worded or strikes):
            return {}, {}
        text = xml()
        formats = worded_cells(text, frame.prefix, self.worded) if self.worded else {}
        if not strikes:
            return formats, {}
        return formats, struck_cells(
            text,
            frame.prefix,
            formats=self.struck,
            strings=self.strings,
            inline=frame.strikes,
            rows=rows,
        )


def looks_of(package: Package) -> Looks:
    """Return what the styles and the shared strings of a book, which is proved, let on."""
    part = package.archive.find(package.styles_part or "")
    styles = package.archive.read(part) if part else b""
    strings = struck_strings(package.strings()) if package.strikes else frozenset()
    return Looks(worded(styles), struck_formats(styles), strings)
