"""Words that say of an invoice, under whatever heading, that nothing is to be asked for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from collector.intake.cells.flags import paid_word
from collector.intake.cells.status_words import bare
from collector.intake.settled_words import remark_says

# ``part``: a part of it is paid; ``all``: it is settled, void, no invoice of ours, or not to be
# asked for now.
Ending: TypeAlias = Literal["", "part", "all"]

_LONGEST: Final = 40
# Under a heading of any kind these are too common to say it.
_COMMON: Final = frozenset(
    {"yes", "y", "true", "1", "ja", "oui", "si", "sim", "是", "はい", "√", "✓", "✔", "☑", "✅",
     "received"}
)  # fmt: skip
# An order or a project that is so may well be owed.
_DONE: Final = re.compile(
    r"clos|complet|clear|settled|finish|\bdone\b|receiv|rejected|expired|archiv|inactive|accept"
    r"|draft|pending|hold|termin|abgeschl|erledigt|geschlossen|beendet|clotur|ferme|cerrad|finaliz"
    r"|conclu|chius|gesloten|encerrad|fechad|entwurf|brouillon|borrador|bozza|rascunho|inativ|inakt"
    r"|完|结|结束|关闭|终止|草稿|已收|签收|清|齐|終了|promis|legal"
)
_ENDS: Final = re.compile(
    r"(?:draft|pro.?forma|quote|quotation|estimate|on hold|hold|dispute|disputed|in dispute"
    r"|under dispute|queried|query|on query|contested|closed|done|finished|resolved|archived"
    r"|inactive|not active|invalid|not valid|expired|lapsed|superseded|replaced|duplicate[ds]?"
    r"|reversed|reversal|refund(?:ed)?|return(?:ed)?|credited|deleted|removed|rejected|withdrawn"
    r"|terminated|uncollectib?le|irrecoverable|bad debt|doubtful|write.?off|w/o|waived|forgiven"
    r"|offset|set off|netted|contra|matched|reconciled|allocated|applied|payables?"
    r"|accounts? payable|a/?p|purchases?|purchase invoice|vendor(?: (?:bill|invoice))?|supplier"
    r"|promised|promise to pay|ptp|payment plan|legal|in legal|litigation|court|insolvent|bankrupt"
    r"|factored|with agency|agency|do not chase|do not contact|dnc|stop|stopped|no chase|settled"
    r"|overpaid|prepaid|cancell?ation|cancel|canc|pd|wo"
    r"|entwurf|erledigt|abgeschlossen|geschlossen|uneinbringlich|gutgeschrieben|gutschrift"
    r"|strittig|bestritten|gesperrt|mahnsperre|zugesagt|inkasso|verbindlichkeit(?:en)?|kreditor"
    r"|lieferant|ausgeglichen|verrechnet|angebot|inaktiv|ungultig|geloscht|gestundet|retoure"
    r"|brouillon|abandonnee?|cloture[e]?|close|clos|fermee?|terminee?|litige|en litige"
    r"|contestee?|litigieuse?|litigieux|irrecouvrable|fournisseur|avoir|remboursee?|devis|perdue?"
    r"|lettree?|supprimee?|invalide|contentieux"
    r"|borrador|cerrad[oa]|incobrable|en disputa|disputad[oa]|finalizad[oa]|proveedor|abonad[oa]"
    r"|devuelt[oa]|rechazad[oa]|eliminad[oa]|inactiv[oa]|conciliad[oa]|compensad[oa]|presupuesto"
    r"|anulacion|baja|en litigio|judicial"
    r"|bozza|chius[oa]|contestat[oa]|inesigibile|fornitore|stornat[oa]|rimborsat[oa]|eliminat[oa]"
    r"|compensat[oa]|preventivo"
    r"|rascunho|fechad[oa]|encerrad[oa]|contestad[oa]|baixad[oa]|estornad[oa]|devolvid[oa]"
    r"|fornecedor|cancelad[oa]|em disputa|perda"
    r"|concept|gesloten|betwist|oninbaar|vervallen|gecrediteerd|leverancier|afgehandeld|verrekend"
    r"|草稿|暂存|已?关闭|已?完结|已?结案|已?作废|已?作廢|已?[註注]销|已?註銷|无效|無效|失效|已失效|已?冻结|已?凍結"
    r"|已?红冲|已?冲销|已?沖銷|已?沖帳|已?冲账|已?冲抵|已?抵扣|已?退货|已?退貨|已?退款|已?退回|已?退票|已?撤销"
    r"|应付|應付|应付款|应付账款|應付帳款|付款|付|采购|採購|供应商|支出|诉讼|已起诉|起诉|仲裁|争议|爭議|有争议|争议中"
    r"|异议|異議|有异议|質疑|质疑|坏账|壞帳|呆账|呆帳|停催|不催|暂缓|暂停|承诺|已承诺|已对账|勾兑|已勾兑|已核对"
    r"|豁免|减免|报价|形式发票|重复|删除|已删除|已完成|完成|两清|已核|已核销|已銷帳|已销账|結清|已結清"
    r"|キャンセル|取消|取消済|無効|下書き|完了|消込|消込済|済|赤伝|赤|返品|係争中?|貸倒|買掛|買掛金|支払|見積|保留|督促停止)",
)


@lru_cache(maxsize=4096)
def ending_of(word: str, *, elsewhere: bool = False) -> Ending:
    """Return what a cell's folded word says of its row.

    ``elsewhere``: it is the state of an order, a project or the like, which may be done or closed
    while its invoice is owed; cancelled, returned or paid it may not.
    """
    line = bare(word)
    if not line or len(line) > _LONGEST or line in _COMMON or (elsewhere and _DONE.search(line)):
        return ""
    said = paid_word(line)
    if said in ("paid", "void") or _ENDS.fullmatch(line):
        return "all"
    if said == "part":
        return "part"
    remark = remark_says(word) if said == "unknown" else ""
    return "part" if remark == "part" else "all" if remark else ""
