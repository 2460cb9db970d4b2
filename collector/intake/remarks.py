"""Remarks that say a row is settled or void, where no figure says so."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from collector.intake.cells.column import Cells, column, narrow, shown
from collector.intake.headings.folding import fold
from collector.intake.region import Region
from collector.intake.unread import are_open
from collector.model import Problem, Where, column_letters

_SETTLED: Final = re.compile(
    r"\W*(?:(?:now|already|fully|all|has been|was|is|invoice|inv|customer|client|in full)[\s,:]+)*"
    r"(?:paid|settled|cleared|cancell?ed|voided|void|written off|write[- ]off|w/o|reversed"
    r"|credit (?:note|memo)|payment (?:received|recd|rcvd)|rec(?:eive|')?d"
    r"|credited|refunded|duplicate|closed"
    r"|bezahlt|beglichen|storniert|ausgebucht|pay[ée]e?|r[ée]gl[ée]e?|sold[ée]e?|annul[ée]e?"
    r"|pagad[oa]|saldad[oa]|anulad[oa]|cobrad[oa])\b(?!\s*(?:\?|half\b|by\s+(?:next|the end)))"
    r"|.*(?<![未没不待])(?:付清|结清|已付|已到账|已到款|已收|已回款|已打款|作废|已取消|已核销|已销账|已红冲|已冲销|已退货|红字|贷项)",
    re.IGNORECASE,
)
_NOT_YET: Final = re.compile(
    r"\b(?:not|un|will|to be|if|when|once|until|promised?|expects?|partly|partial(?:ly)?|half|never"
    r"|pending|awaiting|nicht|teilweise|pas|no)\b|[未没待]|预计|承诺|计划|部分|如|若|将|应",
    re.IGNORECASE,
)
# One look at all texts together tells that none of them is any of these.
_HINTS: Final = ("paid", "settle", "clear", "cance", "void", "writ", "w/o", "revers", "receiv",
                 "recd", "rec'd", "rcvd", "credit", "refund", "duplicate", "closed", "bezahlt",
                 "beglichen", "storniert", "ausgebucht", "paye", "payé", "regl", "régl", "réglé",
                 "reglé", "solde", "soldé", "annul", "pagad", "saldad", "anulad", "cobrad", "清",
                 "已", "作废", "红字", "贷项")  # fmt: skip
_ELSEWHERE: Final = re.compile(
    r"deliver|ship|order|project|contract|approv|credit|item|product|goods|物流|发货|合同|项目|审批|商品|货物"
)
_HEADINGS: Final = ("note", "remark", "comment", "memo", "followup", "action", "update", "备注",
                    "说明", "跟进", "bemerkung", "notiz", "kommentar", "observ", "comentario",
                    "remarque", "description", "details", "particulars", "摘要", "内容",
                    "status", "state", "stage", "状态", "情况", "statut", "estado")  # fmt: skip


def settled_by_remark(region: Region, frame: pd.DataFrame) -> list[Problem]:
    """Return a problem for each row that owes its whole amount while a remark says it is settled.

    Remarks are the note column, columns whose headings mean nothing to us and cells without any
    heading. ``frame`` has the invoices as read.
    """
    whole = np.where(frame["has_balance"], frame["balance"], frame["amount"] - frame["paid"])
    rows = are_open(frame) & (whole >= frame["amount"].to_numpy()) & (whole > 0)
    at_rows = (frame["row"] - region.table.first_row).to_numpy()[rows]
    if not at_rows.size:
        return []
    customers = dict(
        zip(at_rows.tolist(), frame["customer"].to_numpy()[rows].tolist(), strict=True)
    )
    found: list[Problem] = []
    for place, cells in _remarks(region):
        hits = _settled(cells)
        if not hits.any():
            continue
        at = cells.at[hits[cells.codes]]
        for position in at[np.isin(at, at_rows)].tolist():
            where = Where(
                region.table.tab, region.table.first_row + position, column_letters(place)
            )
            facts = {"text": shown(str(cells.cells[position]))}
            found.append(
                Problem(where, "problem_remark_settled", facts, customers[position], "customer")
            )
    return found


def _remarks(region: Region) -> list[tuple[int, Cells]]:
    table = region.table
    taken = {*table.columns.values(), *table.owned.values()}
    width = max(map(len, region.rows[:1]), default=0)
    remarks = [(table.columns["note"], region.columns["note"])] if "note" in table.columns else []
    for place in range(table.left, width):
        if place in taken or (place in table.others and not _is_remark(table.others[place])):
            continue
        cells = [row[place] if place < len(row) else None for row in region.rows]
        if any(isinstance(cell, str) for cell in cells):
            remarks.append((place, column(cells)))
    return remarks


def _is_remark(heading: str) -> bool:
    word = fold(heading)
    if _ELSEWHERE.search(word):
        return False
    return any(part in word for part in _HEADINGS)


def _settled(cells: Cells) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which distinct texts of a column say that nothing is owed any more."""
    together = "\n".join(cells.texts).casefold()
    if not any(hint in together for hint in _HINTS):
        return np.zeros(len(cells.texts), np.bool_)
    lines = map(narrow, cells.texts)
    return np.array(
        [bool(_SETTLED.match(line)) and not _NOT_YET.search(line) for line in lines], np.bool_
    )
