"""The sample row that a template begins with: no receivable, and said to be none."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from collector.intake.cells.column import Bools, Complaint, narrow, shown
from collector.intake.cells.texts import text_of
from collector.intake.complaints import Complaints
from collector.intake.region import Region

# Samples stand at the top; more of the kind further down are a way to number invoices.
_AT_TOP: Final = 3
_SAMPLE: Final = re.compile(
    r"\W*(?:e\.\s?g\b|eg[.:]\s|for example\b|例:|例如).*"
    r"|\W*(?:example|sample|muster|beispiel|ejemplo|exemple)"
    r"(?:\W*|[\s:_-]+(?:row|line|entry|record|invoice|only|inv\b|no\b|\d).*)"
    r"|\W*(?:示例|样例|范例|示范|举例|例子)(?:\W*|[\s:_-].*|行.*|数据.*|发票.*|\d.*)"
    r"|.*[(\[](?:example|sample|示例|样例|范例)[)\]].*"
    r"|\W*(?:delete this (?:row|line)|please delete|请删除本?此?行|删除此行).*",
    re.IGNORECASE,
)
_SAMPLE_NAME: Final = re.compile(
    r"\b(?:example|sample|muster\w*|your (?:customer|client|company))\b|示例|样例|范例|某某"
    r"|xx+公司",
    re.IGNORECASE,
)
_SAMPLE_ADDRESS: Final = re.compile(
    r"(?:name|your\.?name|user(?:name)?|e?-?mail|your\.?email|example|sample|someone|customer"
    r"|client"
    r"|xxx+|abc|first\.?last|vorname\.nachname)@[\w.-]+|[\w.+-]+@(?:sample|xxx+|yourdomain"
    r"|domain|yourcompany)\.\w+",
    re.IGNORECASE,
)
_NAMED: Final = ("invoice", "customer", "customer_id", "note")


def sample_rows(region: Region, complaints: Complaints, wanted: Bools) -> Bools:
    """Return the rows at the top that say they are samples; they are complained of.

    A word of it in the number, the name or the note is enough; a name or an address that only
    sounds like one needs the other.
    """
    found = np.zeros(len(region), np.bool_)
    for at in np.flatnonzero(wanted)[:_AT_TOP].tolist():
        name, text = _sample_cell(region, at)
        if name:
            found[at] = True
            said = Complaint("problem_sample_row", {"text": shown(text)})
            complaints.add(name, {at: said}, "row")
    if found.any() and _is_usual(region, wanted & ~found):
        at = set(np.flatnonzero(found).tolist())
        complaints.found[:] = [
            each
            for each in complaints.found
            if each[0] not in at or each[2].code != "problem_sample_row"
        ]
        return np.zeros(len(region), np.bool_)
    return found


def _sample_cell(region: Region, at: int) -> tuple[str, str]:
    """Return the field and the text of a row that show it to be a sample, ``""`` where none do."""
    texts = {name: _text(region, name, at) for name in (*_NAMED, "email")}
    for name in _NAMED:
        if _SAMPLE.fullmatch(texts[name]):
            return name, texts[name]
    named = _SAMPLE_NAME.search(texts["customer"])
    if named and _SAMPLE_ADDRESS.fullmatch(texts["email"]):
        return "customer", texts["customer"]
    return "", ""


def _text(region: Region, name: str, at: int) -> str:
    cells = region.columns.get(name)
    return narrow(text_of(cells.cells[at])) if cells is not None else ""


def _is_usual(region: Region, others: Bools) -> bool:
    """Tell whether rows further down look like samples too: then they are only named so."""
    return any(_sample_cell(region, at)[0] for at in np.flatnonzero(others)[:50].tolist())
