"""Table objects (Excel's own tables): they grow by our columns and by rows appended to them."""

from __future__ import annotations

from collections.abc import Sequence

from collector.sheets.package.contents import named_child
from collector.sheets.package.markup import (
    Element,
    attributes,
    escaped,
    root,
    spliced,
    with_attribute,
)
from collector.sheets.package.worksheet import parse_area, write_area


def with_heading(xml: bytes, row: int, column: int, heading: str, *, grow: bool) -> bytes:
    """Return a table part after the cell at a one-based row and zero-based column got a heading.

    At the table's right edge the table may ``grow`` by that column; inside it the column is
    renamed, as Excel demands that both are equal. Anywhere else, and in tables that are tied to a
    query or a map, the very same bytes come back.
    """
    top = root(xml)
    if top is None or top.name != "table":
        return xml
    about = top.attributes
    area = parse_area(about.get("ref", ""))
    columns = named_child(top, "tableColumns")
    if area is None or columns is None or about.get("headerRowCount", "1") == "0":
        return xml
    if area[0] != row or about.get("tableType", "worksheet") != "worksheet":
        return xml
    items = list(columns.children())
    names = [item.attributes.get("name", "") for item in items]
    at = column - area[1]
    if not 0 <= at <= len(items) or (at == len(items) and not (grow and column == area[3] + 1)):
        return xml
    if heading.casefold() in (name.casefold() for name in names[:at] + names[at + 1 :]):
        return xml
    if at < len(items):
        return _renamed(xml, items[at], heading)
    return _widened(xml, top, columns, items, area, heading)


def _name(heading: str) -> str:
    return heading.replace("\n", "_x000a_")


def _renamed(xml: bytes, item: Element, heading: str) -> bytes:
    if item.attributes.get("name") == _name(heading):
        return xml
    tag = with_attribute(item.tag, "name", _name(heading))
    return spliced(xml, [(item.start, item.inner, tag)])


def _widened(
    xml: bytes,
    top: Element,
    columns: Element,
    items: list[Element],
    area: tuple[int, int, int, int],
    heading: str,
) -> bytes:
    wide = write_area(area[0], area[1], area[2], area[3] + 1)
    cuts = [(top.start, top.inner, with_attribute(top.tag, "ref", wide))]
    filtered = named_child(top, "autoFilter")
    old = parse_area(filtered.attributes.get("ref", "")) if filtered else None
    if filtered and old and old[1:] == (area[1], old[2], area[3]):
        ref = write_area(old[0], old[1], old[2], old[3] + 1)
        cuts.append((filtered.start, filtered.inner, with_attribute(filtered.tag, "ref", ref)))
    number = max((int(attributes(item.tag).get("id", 0)) for item in items), default=0) + 1
    new = b'<%btableColumn id="%d" name="%b"/>'
    new %= (columns.prefix.encode(), number, escaped(_name(heading)))
    count = with_attribute(columns.tag, "count", str(len(items) + 1))
    cuts.append((columns.start, columns.inner, count))
    cuts.append((columns.inner_end, columns.inner_end, new))
    return spliced(xml, cuts)


# ── rows ─────────────────────────────────────────────────────────────────────────────────────


def with_rows(xml: bytes, rows: Sequence[int], columns: Sequence[int]) -> bytes:
    """Return a table part after cells in these one-based rows, in a stretch, were filled.

    A table that holds all of these columns and ends within the rows or just above them grows to
    the last. One with a totals row stays as it is, as do tables tied to a query or a map; then
    the rows stand below it.
    """
    top = root(xml)
    area = parse_area(top.attributes.get("ref", "")) if top and top.name == "table" else None
    if top is None or area is None or not _takes(top, area, rows, columns):
        return xml
    tag = top.tag
    for name in ("insertRow", "insertRowShift"):  # it says that the table has no rows yet
        tag = with_attribute(tag, name, None)
    if rows[-1] <= area[2]:
        return spliced(xml, [(top.start, top.inner, tag)]) if rows[0] <= area[2] else xml
    tall = write_area(area[0], area[1], rows[-1], area[3])
    cuts = [(top.start, top.inner, with_attribute(tag, "ref", tall))]
    filtered = named_child(top, "autoFilter")
    old = parse_area(filtered.attributes.get("ref", "")) if filtered else None
    if filtered and old and old[2] == area[2]:
        ref = write_area(old[0], old[1], rows[-1], old[3])
        cuts.append((filtered.start, filtered.inner, with_attribute(filtered.tag, "ref", ref)))
    return spliced(xml, cuts)


def _takes(
    top: Element, area: tuple[int, int, int, int], rows: Sequence[int], columns: Sequence[int]
) -> bool:
    about = top.attributes
    return (
        about.get("tableType", "worksheet") == "worksheet"
        and about.get("totalsRowCount", "0") == "0"
        and area[0] < rows[0] <= area[2] + 1
        and area[1] <= min(columns)
        and max(columns) <= area[3]
    )


def special_rows(xml: bytes) -> tuple[set[int], set[int]]:
    """Return the one-based rows of a table's headings, and those of its totals."""
    top = root(xml)
    area = parse_area(top.attributes.get("ref", "")) if top and top.name == "table" else None
    if top is None or area is None:
        return set(), set()
    headings = {area[0]} if top.attributes.get("headerRowCount", "1") != "0" else set()
    totals = {area[2]} if top.attributes.get("totalsRowCount", "0") != "0" else set()
    return headings, totals
