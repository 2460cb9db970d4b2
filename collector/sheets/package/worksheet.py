"""What stands around a worksheet's rows: its size, column widths and conditional formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from collector.model import Highlight, HighlightRule, column_letters
from collector.sheets.package.contents import column_number
from collector.sheets.package.markup import (
    Element,
    attribute,
    attributes,
    children,
    escaped,
    named,
    spliced,
    with_attribute,
)
from collector.sheets.package.styles import Styles

# Excel leaves this part of our formulas alone, so it tells ours from the team's.
_MARK: Final = 'N("collector")=0'
_FLAG_LOOKS: Final = ("stop", "over_limit", "prepay", "watch")
_MOST: Final = 1000  # a width is often set for all 16,384 columns
_BEFORE_FORMATS: Final = frozenset((
    "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState",
    "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting",
))  # fmt: skip
_PRIORITY = re.compile(rb"\spriority=\"(\d+)\"")
_CELL = re.compile(r"\$?([A-Z]+)\$?(\d+)")


def parse_area(area: str) -> tuple[int, int, int, int] | None:
    """Return ``(first_row, first_column, last_row, last_column)``, rows one-based, of ``A1:B9``."""
    first, _, last = area.partition(":")
    begin, end = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
    if not begin or not end:
        return None
    return int(begin[2]), column_number(begin[1]), int(end[2]), column_number(end[1])


def write_area(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    first = f"{column_letters(first_column)}{first_row}"
    last = f"{column_letters(last_column)}{last_row}"
    return first if first == last else f"{first}:{last}"


# ── before the rows ──────────────────────────────────────────────────────────────────────────


def _head_elements(head: bytes) -> Iterator[Element]:
    """Yield what stands in the head; the worksheet's own tag is still open there."""
    top = re.search(rb"<(?:[\w.\-]+:)?worksheet(?=[\s>])(?:[^>\"']|\"[^\"]*\"|'[^']*')*>", head)
    return children(head, top.end() if top else 0)


def with_dimension(head: bytes, rows: Sequence[int], columns: Sequence[int]) -> bytes:
    """Return the head with its ``dimension`` widened to hold these cells."""
    found = named(_head_elements(head), "dimension")
    area = parse_area(attribute(found.tag, "ref") or "") if found else None
    if found is None or area is None or not rows or not columns:
        return head
    wide = write_area(
        min(area[0], *rows), min(area[1], *columns), max(area[2], *rows), max(area[3], *columns)
    )
    return spliced(head, [(found.start, found.inner, with_attribute(found.tag, "ref", wide))])


def with_widths(head: bytes, prefix: str, widths: Mapping[int, float]) -> bytes:
    """Return the head with the widths of new columns; a width the team set for one is kept."""
    if not widths:
        return head
    found = named(_head_elements(head), "cols")
    spans = [_Span(element) for element in found.children()] if found else []
    for column, width in sorted(widths.items()):
        spans = _widened(spans, column + 1, width, prefix)
    p = prefix.encode()
    if found is None:
        new = b"<%bcols>%b</%bcols>" % (p, b"".join(span.tag for span in spans), p)
        return head + new if spans else head
    new = found.tag + b"".join(span.tag for span in spans) + b"</%bcols>" % p
    if found.tag.endswith(b"/>"):
        new = found.tag[:-2] + b">" + new[len(found.tag) :]
    return head if new == found.raw else spliced(head, [(found.start, found.end, new)])


def column_widths(head: bytes) -> dict[int, float]:
    """Return the widths of zero-based columns, as far as the head sets them."""
    found = named(_head_elements(head), "cols")
    widths: dict[int, float] = {}
    for element in found.children() if found else ():
        span = _Span(element)
        width = span.about.get("width", "")
        if re.fullmatch(r"\d+(?:\.\d+)?", width):
            widths |= dict.fromkeys(range(span.first - 1, min(span.last, _MOST)), float(width))
    return widths


class _Span:
    """A ``col`` element: the one-based columns it is about, and its tag."""

    def __init__(self, element: Element) -> None:
        about = attributes(element.tag)
        self.first, self.last = int(about.get("min", 0)), int(about.get("max", 0))
        self.tag = element.raw
        self.about = about

    def cut(self, first: int, last: int) -> _Span:
        part = object.__new__(_Span)
        part.first, part.last, part.about = first, last, self.about
        part.tag = with_attribute(with_attribute(self.tag, "min", str(first)), "max", str(last))
        return part

    def wide(self, width: float) -> _Span:
        tag = with_attribute(self.tag, "hidden", None)
        tag = with_attribute(with_attribute(tag, "width", f"{width:g}"), "customWidth", "1")
        self.tag = with_attribute(tag, "bestFit", None)
        return self


def _widened(spans: list[_Span], column: int, width: float, prefix: str) -> list[_Span]:
    over = next((span for span in spans if span.first <= column <= span.last), None)
    if over is None:
        new = b'<%bcol min="%d" max="%d" width="%s" customWidth="1"/>'
        tag = new % (prefix.encode(), column, column, f"{width:g}".encode())
        spans = [*spans, _Span(next(children(tag)))]
    elif over.first == over.last and over.about.get("hidden") not in ("1", "true"):
        return spans
    else:
        parts = [over.cut(column, column).wide(width)]
        if over.first < column:
            parts.append(over.cut(over.first, column - 1))
        if column < over.last:
            parts.append(over.cut(column + 1, over.last))
        spans = [span for span in spans if span is not over] + parts
    return sorted(spans, key=lambda span: span.first)


# ── after the rows ───────────────────────────────────────────────────────────────────────────


def with_highlight(tail: bytes, prefix: str, highlight: Highlight, styles: Styles) -> bytes:
    """Return the tail with our conditional formats being exactly those of ``highlight``."""
    wanted = list(_areas(highlight))
    row = highlight.first_row
    said = [(area, [_formula(rule, row) for rule in rules]) for area, rules in wanted]
    if sorted(_said(tail)) == sorted(said):
        return tail
    kept = spliced(tail, list(_cuts(tail)))
    priority = max((int(found) for found in _PRIORITY.findall(kept)), default=0)
    pieces = []
    for area, rules in wanted:
        pieces.append(_element(prefix, area, rules, highlight.first_row, priority, styles))
        priority += len(rules)
    place = _place(kept)
    return kept[:place] + b"".join(pieces) + kept[place:]


def _areas(highlight: Highlight) -> Iterator[tuple[str, list[HighlightRule]]]:
    """Yield each area with its rules: statuses colour the row, flags only their own cell."""
    first, last = highlight.first_row, highlight.last_row
    if last < first:
        return
    whole = [rule for rule in highlight.rules if rule.look not in _FLAG_LOOKS]
    for column in dict.fromkeys(
        rule.column for rule in highlight.rules if rule.look in _FLAG_LOOKS
    ):
        flags = [r for r in highlight.rules if r.look in _FLAG_LOOKS and r.column == column]
        yield write_area(first, column, last, column), flags
    if whole:
        stretches = [(highlight.first_column, highlight.last_column)]
        stretches += [highlight.also] if highlight.also else []
        yield " ".join(write_area(first, left, last, right) for left, right in stretches), whole


def _formula(rule: HighlightRule, row: int) -> str:
    text = rule.text.replace('"', '""')
    return f'AND(${column_letters(rule.column)}{row}="{text}",{_MARK})'


def _element(
    prefix: str, area: str, rules: Sequence[HighlightRule], row: int, after: int, styles: Styles
) -> bytes:
    p = prefix.encode()
    written = b'<%bconditionalFormatting sqref="%b">' % (p, area.encode())
    for priority, rule in enumerate(rules, after + 1):
        written += b'<%bcfRule type="expression" dxfId="%d" priority="%d"><%bformula>' % (
            p, styles.look(rule.look), priority, p,
        )  # fmt: skip
        formula = escaped(_formula(rule, row)).replace(b"&quot;", b'"')
        written += formula + b"</%bformula></%bcfRule>" % (p, p)
    return written + b"</%bconditionalFormatting>" % p


def _formats(tail: bytes) -> Iterator[Element]:
    end = tail.rfind(b"</")  # the worksheet's own end tag
    return (e for e in children(tail, 0, end) if e.name == "conditionalFormatting")


def _ours(element: Element) -> list[Element]:
    """Return our rules of an element; Excel puts rules on the same cells into one element."""
    return [rule for rule in element.children() if any(_MARK in text for text in _formulas(rule))]


def _formulas(rule: Element) -> list[str]:
    return [part.text for part in rule.children() if part.name == "formula"]


def _said(tail: bytes) -> Iterator[tuple[str, list[str]]]:
    for element in _formats(tail):
        formulas = [text for rule in _ours(element) for text in _formulas(rule)]
        if formulas:
            yield attribute(element.tag, "sqref") or "", formulas


def _cuts(tail: bytes) -> Iterator[tuple[int, int, bytes]]:
    for element in _formats(tail):
        ours = _ours(element)
        if ours and len(ours) == len(list(element.children())):
            yield element.start, element.end, b""
        else:
            yield from ((rule.start, rule.end, b"") for rule in ours)


def _place(tail: bytes) -> int:
    """Return where conditional formats belong among the elements after the rows."""
    place = 0
    for element in children(tail, 0, tail.rfind(b"</")):
        if element.name in _BEFORE_FORMATS:
            place = element.end
    return place
