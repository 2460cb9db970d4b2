"""Customers who stand on a row of their own above their invoices, and the words of sums."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from collector.intake.cells.column import TEXT, Bools, Cells, Ints, column
from collector.intake.headings.folding import fold, fold_all
from collector.intake.section_words import kind_of_section
from collector.model import Cell

TOTALS: Final = fold_all(
    "Total", "Totals", "Grand Total", "Subtotal", "Sub-total", "Sub total", "Sum", "Total due",
    "Total outstanding", "Total amount", "Total receivables", "Overall total", "Balance total",
    "Total balance", "Total open balance", "Total overdue", "Report total", "Page total",
    "Percentage of total", "Percent of total", "% of total", "占比", "比例",
    "合计", "小计", "总计", "共计", "累计", "总合计", "合计金额", "本页合计", "本月合计", "总额",
    "本页小计",
    "应收合计", "本年累计", "Totale", "Summe", "Gesamt", "Ergebnis",
    "Résultat", "Suma", "Summa", "Celkem", "Totalt", "Összeg", "Toplam", "Итог", "汇总", "集計",
    "요약", "Gesamtsumme", "Zwischensumme", "Endsumme",
    "Total général", "Total general", "Sous-total", "Subtotale", "Totaal", "Итого", "Всего",
    "合计：",
)  # fmt: skip
TOTAL_STARTS: Final = ("total", "grandtotal", "subtotal", "合计", "小计", "总计", "итого",
                       "summe", "gesamt", "zwischensumme", "soustotal")  # fmt: skip
TOTAL_ENDS: Final = ("total", "totals", "合计", "小计", "总计", "汇总", "итого", "summe")

# What a row of its own may say that is no name: a remark, an age, a month.
_REMARK: Final = re.compile(
    r"^[*#(（※注]|[:：!?。？！]|\bby\b|.{60,}|^current$|^over\b|\bdays?\b|past due|overdue|逾期"
    r"|未到期|\d\s*天"
    r"|^\W*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W*\d{0,4}$|^\d{4}\s?年?$"
    r"|^q[1-4]\b"
    r"|^(?:\d{4}年)?\s?\d{1,2}月|季度$",
    re.IGNORECASE,
)
# A column of these may have customers on rows of their own in it.
APART: Final = frozenset({"invoice", "invoice_date", "due_date", "date"})

# What stands before a name or a date under a table: who made it, who signed, where to pay.
_FOOTERS: Final = re.compile(
    r"(?:prepared|checked|approved|reviewed|verified|authori[sz]ed|signed|issued|printed|created"
    r"|compiled|received|erstellt|geprüft|genehmigt|établi|préparé|vérifié|elaborad[oa]"
    r"|preparado|revisado"
    r"|aprobado|autorizad[oa])\s*(?:by|on|at|von|am|par|por)?\s*[:.\-]?\s*"
    r"|(?:note|notes|remarks?|signature|date|bank|bank details?|bank name|account no\.?"
    r"|account number"
    r"|iban|swift|bic|sort code|e\. ?& ?o\. ?e\.?|page \d+.*|as (?:of|at).*|run date.*"
    r"|report date.*"
    r"|datum|unterschrift|firma)\s*:?"
    r"|(?:制表人?|审核人?|复核人?|制单人?|编制人?|审批人?|批准人?|主管|财务主管|会计主管|打印人?"
    r"|打印日期|打印时间"
    r"|制表日期|填表人?|填表日期|出纳|签字|签名|盖章|经办人?|记账人?|开户行|开户银行|账号"
    r"|银行账号|备注|说明|注)\s*[:：]?",
    re.IGNORECASE,
)


_BY: Final = re.compile(
    r"(?:prepared|checked|approved|reviewed|verified|authori[sz]ed|signed|printed) by\b",
    re.IGNORECASE,
)


def is_total_label(text: str) -> bool:
    """Tell whether a text says that its row is a sum: ``Total``, ``合计``, ``Total for May``."""
    word = fold(text)
    return word in TOTALS or word.startswith(TOTAL_STARTS) or word.endswith(TOTAL_ENDS)


def is_footer(text: str) -> bool:
    """Tell whether a text is a label of what stands under a table: ``Prepared by``, ``审核：``."""
    return bool(_FOOTERS.match(text.strip())) and (
        bool(_FOOTERS.fullmatch(text.strip()))
        or bool(_BY.match(text.strip()))
        or text.strip()[-1] in ":："
        or ":" in text
        or "：" in text
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """What a table's rows hold, as far as it says where a group begins and ends."""

    rows: Sequence[Sequence[Cell]]
    party: Bools
    owed: Bools
    told: Bools  # a date or an invoice number of its own
    left: int
    right: int


def sources(
    cells: Mapping[str, Cells], found: Rows, places: frozenset[int], ours: frozenset[int]
) -> Ints:
    """Return for every row the row that names its customer, -1 where that is the row itself.

    ``cells`` are the columns of names and codes, ``places`` where they stand. A customer is taken
    only from a row of its own above, and only where no receivable names its own. Such a row stands
    at the top, after a sum or after a blank row; where a table has neither sums nor blank rows, it
    is whatever looks like a name and not like a remark.
    """
    source = np.full(len(found.rows), -1, np.int64)
    own = np.flatnonzero(found.told & found.party).tolist()
    if not found.told.any() or any(_may_head(_label(cells, position)) for position in own):
        return source
    heads: dict[int, list[int]] = {}
    head, fresh, parted, loose = -1, True, False, set[int]()
    for position, row in enumerate(found.rows):
        content = found.owed[position] or found.told[position]
        if found.party[position] and not found.told[position]:
            closes = not _may_head(_label(cells, position))
            alone = not found.owed[position] or _names_alone(found, position, places, ours)
            head = -1 if closes or not alone else position
            if head >= 0 and not fresh:
                loose.add(position)
            fresh = closes
            parted |= closes
        elif found.told[position] and head >= 0:
            heads.setdefault(head, []).append(position)
            fresh = False
        elif content or not _has_text(row, found.left, found.right, ours):
            # A sum without a word, or a blank row.
            parted |= head >= 0
            head, fresh = -1, True
    for at, rows in heads.items():
        if at not in loose or not parted:
            source[rows] = at
    return source


def _may_head(label: str) -> bool:
    """Tell whether a text may be a customer's name: no sum, no footer, no remark."""
    if is_total_label(label) or is_footer(label) or _REMARK.search(label):
        return False
    return not kind_of_section(label)


def _names_alone(found: Rows, at: int, places: frozenset[int], ours: frozenset[int]) -> bool:
    row = found.rows[at][found.left : found.right + 1]
    texts = [
        place
        for place, cell in enumerate(row, start=found.left)
        if isinstance(cell, str) and cell.strip() and place not in ours
    ]
    return all(place in places for place in texts)


def _label(cells: Mapping[str, Cells], position: int) -> str:
    for column_cells in cells.values():
        cell = column_cells.cells[position]
        if cell not in (None, ""):
            return str(cell).strip()
    return ""


def _has_text(row: Sequence[Cell], left: int, right: int, ours: frozenset[int]) -> bool:
    return any(
        cell not in (None, "") and place not in ours
        for place, cell in enumerate(row[left : right + 1], start=left)
    )


def filled_from(cells: Cells, source: Ints) -> Cells:
    """Return a column with each blank cell taken from the row that its row belongs to."""
    values = list(cells.cells)
    for position in np.flatnonzero(source >= 0).tolist():
        if values[position] in (None, ""):
            values[position] = values[int(source[position])]
    return column(values)


def apart(cells: Cells) -> tuple[Cells, Cells]:
    """Return a column that holds both dates (or numbers) and names as two: the names, the rest."""
    named = [
        cell if cells.kinds[at] == TEXT and _is_name(str(cell)) else None
        for at, cell in enumerate(cells.cells)
    ]
    rest = [
        None if name is not None else cell for name, cell in zip(named, cells.cells, strict=True)
    ]
    return column(named), column(rest)


def _is_name(text: str) -> bool:
    digits = sum(map(str.isdigit, text))
    return sum(map(str.isalpha, text)) > digits or (digits == 0 and bool(text.strip()))
