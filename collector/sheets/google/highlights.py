"""Our colours: conditional-format rules that carry our mark, so that they are found again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from collector.model import Highlight, column_letters
from collector.sheets.google.reading import Sheet

# It is 0 to every rule; no list separator stands in it, which differs from locale to locale.
_MARK: Final = 'N("collector")'

# look → background, text, bold
_LOOKS: Final[Mapping[str, tuple[str, str, bool]]] = {
    "overdue": ("FCE4E4", "", False),
    "due_soon": ("FFF8DC", "", False),
    "disputed": ("EFE6FA", "", False),
    "promised": ("E3EEFB", "", False),
    "settled": ("", "9AA0A6", False),
    "credit": ("E6F4E6", "", False),
    "unreadable": ("FFE3C7", "9C1C1C", True),
    "stop": ("", "C00000", True),
    "over_limit": ("FFD8A8", "9C5700", False),
    "prepay": ("", "7A4B9C", False),
    "watch": ("", "9C6500", False),
}


def highlight_requests(sheet: Sheet, highlight: Highlight) -> list[dict[str, Any]]:
    """Return what puts our rules of a tab in place of those we set before; nothing if they stand.

    The team's own rules stay, in their order, behind ours.
    """
    ours = [at for at, rule in enumerate(sheet.rules) if _formula(rule).find(_MARK) >= 0]
    wanted = [_rule(sheet, highlight, at) for at in range(len(highlight.rules))]
    if [_meaning(sheet.rules[at]) for at in ours] == [_meaning(rule) for rule in wanted]:
        return []
    gone = [
        {"deleteConditionalFormatRule": {"sheetId": sheet.number, "index": at}}
        for at in reversed(ours)
    ]
    new = [{"addConditionalFormatRule": {"rule": r, "index": at}} for at, r in enumerate(wanted)]
    return [*gone, *new]


def _rule(sheet: Sheet, highlight: Highlight, at: int) -> dict[str, Any]:
    rule = highlight.rules[at]
    cell = f"${column_letters(rule.column)}{highlight.first_row}"
    text = rule.text.replace('"', '""')
    formula = f'=({cell}="{text}")*({_MARK}=0)'
    stretches = [(highlight.first_column, highlight.last_column)]
    stretches += [highlight.also] if highlight.also else []
    areas = [
        {
            "sheetId": sheet.number,
            "startRowIndex": highlight.first_row - 1,
            "endRowIndex": highlight.last_row,
            "startColumnIndex": first,
            "endColumnIndex": last + 1,
        }
        for first, last in stretches
    ]
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": formula}]}
    return {
        "ranges": areas,
        "booleanRule": {"condition": condition, "format": _format(rule.look)},
    }


def _format(look: str) -> dict[str, Any]:
    background, text, bold = _LOOKS[look]
    found: dict[str, Any] = {}
    if background:
        found["backgroundColor"] = _colour(background)
    letters: dict[str, Any] = {"bold": True} if bold else {}
    if text:
        letters["foregroundColor"] = _colour(text)
    return found | ({"textFormat": letters} if letters else {})


def _colour(code: str) -> dict[str, float]:
    parts = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return dict(zip(("red", "green", "blue"), parts, strict=True))


def _formula(rule: Mapping[str, Any]) -> str:
    values = rule.get("booleanRule", {}).get("condition", {}).get("values", [{}])
    return str(values[0].get("userEnteredValue", "")) if values else ""


def _meaning(rule: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what of a rule is ours to decide; Google adds to formats, and rounds colours."""
    areas = [
        tuple(
            area.get(side, 0)
            for side in ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
        )
        for area in rule.get("ranges", ())
    ]
    look = rule.get("booleanRule", {}).get("format", {})
    text = look.get("textFormat", {})
    colours = _rounded(look.get("backgroundColor")), _rounded(text.get("foregroundColor"))
    return areas, _formula(rule), colours, bool(text.get("bold"))


def _rounded(colour: Mapping[str, float] | None) -> tuple[int, ...]:
    if not colour:
        return ()
    return tuple(round(255 * colour.get(part, 0.0)) for part in ("red", "green", "blue"))
