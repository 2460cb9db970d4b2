"""What a remark beside an invoice says of it in plain words: paid, paid in full, cancelled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from collector.intake.cells.column import narrow

# ``part`` may be less than all of it, ``full`` is all of it, ``void`` says it is owed no more.
Said: TypeAlias = Literal["", "part", "full", "void"]

_CLAUSES: Final = re.compile(r"[;；,，。！!\n|]|\.(?=\s|$)|\s[-–—/]\s|\b(?:but|and|then)\b|但|而")
_LONGEST: Final = 400

# ── words of no such thing ──

_NOT_SO: Final = re.compile(
    r"\bun-?(?:paid|settled|cleared)|\bnot\b|\bnever\b|n['’]t\b|\bno\b|\bnon\b|\bwithout\b"
    r"|\bto be\b"
    r"|\bto (?:get|pay|settle|cancel|void|clear)\b|\bwill\b|['’]ll\b|\bwould\b|\bshould\b"
    r"|\bshall\b|\bmay\b|\bmight\b|\bcould\b|\bcan\b|\bcannot\b|\bmust\b|\buntil\b|\btill?\b"
    r"|\bwhen\b"
    r"|\bonce\b|\bif\b|\bunless\b|\bbefore\b|\bafter\b|\bas soon\b|\bexpect\w*|\bpromis\w*"
    r"|\bplan\w*"
    r"|\bschedul\w*|\bpending\b|\bawait\w*|\brequest\w*|\bremind\w*|\bchas\w+|\bask\w*|\byet\b"
    r"|\bgoing\b|\babout\b|\bneeds?\b|\bwants?\b|\bhopes?\b|\bplease\b|\bpls\b|\bwhether\b|\bhow\b"
    r"|\busually\b|\balways\b|\bnormally\b|\bprefers?\b|\bterms?\b|\bnext\b|\btomorrow\b"
    r"|\blast (?:time|invoice|bill|one)\b|\bin the past\b"
    r"|\bprevious\b|\bearlier\b|\bother\b|\banother\b"
    r"|\bnicht\b|\bnoch\b|\bwird\b|\bsoll\b|\bpas\b|\bsera\b|\bsin\b|\bsera\b|\bserá\b"
    r"|未|没|尚|不|待|将|预计|计划|承诺|答应|准备|打算|拟|等|如|若|是否|催|要求|提醒|请|后|前付"
    r"|应收|应付|上月|上期"
    r"|上一|上张|到前|付前|收前|暂停|其他|另一|才|再|下周|下月|明天|月底",
)
_OTHER_THINGS: Final = re.compile(
    r"\b(?:freight|postage|carriage|shipping|duty|duties|tax|vat|gst|customs|interest|commission"
    r"|fees?|bank charges?|dispute|issue|query|queries|claim|complaint|ticket|case|question|meeting"
    r"|call|visit|po|purchase order|order|delivery|shipment|goods|office|store|shop|contract"
    r"|project|reminder|subscription|account|docs?|documents?|statement|e-?mail|letter|copy|pod"
    r"|pre-?paid|paid (?:media|search|social|ads?|advertis\w+|leave|plan|version|trial|users?"
    r"|members?|customers?|subscriptions?))\b"
    r"|运费|邮费|关税|税款|税金|佣金|手续费|会议|合同|订单|项目|账户|清关|出清|催款|争议",
)

# ── words of it ──

_PAID: Final = re.compile(
    r"\bpaid\b|\bpd\b|\bsettled\b|\bpaid up\b"
    r"|\b(?:payments?|pmts?|pymts?|money|cash|funds?|remittances?|che(?:que|ck)|transfer|wire"
    r"|amount|full amount"
    r"|deposit)\s(?:(?:was|were|is|has|have|been|already|now|fully|all|in full)\s)*"
    r"(?:rec(?:ei)?v?e?d|rec'd|rcvd|cleared|arrived|banked|credited|deposited|done|made|came in)\b"
    r"|\b(?:received|rec'd|rcvd|recd)\s(?:the\s|full\s|in\s)*"
    r"(?:payments?|money|cash|funds|remittance|che(?:que|ck)|transfer|full|amount)\b"
    r"|^\W*(?:fully |already |now )?(?:received|rec'd|rcvd|recd|cleared|collected|banked|remitted)"
    r"(?:\W*$|\W+(?:on\W+|via\W+|by\W+|in full\b|\d).*)"
    r"|\b(?:bezahlt|gezahlt|beglichen|ausgeglichen|überwiesen|zahlung erhalten)\b"
    r"|\b(?:payée?|réglée?|soldée?|encaissée?)\b|\b(?:pagad[oa]|cobrad[oa]|saldad[oa]"
    r"|liquidad[oa])\b"
    r"|\b(?:pagat[oa]|saldat[oa]|incassat[oa])\b"
    r"|已(?:经|全部|全额|全数|全|于.{1,12}|通过.{1,8}|转账|电汇|现金|银行)*"
    r"(?:付清|付款|付讫|支付|付(?!邮|运)|回款|到账|到帐|到款|入账|进账|结清|结账|核销|清账|汇款"
    r"|汇出|转账|打款|收讫|收齐"
    r"|收款|收(?:到)?(?=$|[\d(¥]|全|定|货款|款|尾款|部分|现金|承兑|支票|汇票)|清(?=$|[\d(]))"
    r"|付清|结清|付讫|收讫|两清|清讫|款已?到(?!期)|(?:全额|全款|款项|货款|尾款)(?:已)?(?:到|付|收)"
    r"|到[账帐](?!日|时间|情况|单)|回款(?=$|\d)|^\W*(?:[\d./年月日\-]+)\W*(?:付|收|回款|付款|收款"
    r"|到款)\W*$"
    r"|^\W*已(?:付|收|结|清|回)\W*$|客户已付",
)
_RECEIVED_PAPERS: Final = re.compile(r"(?:票|货|单|函|合同|资料|邮件|文件)\s*(?:均|都|也)?已?收")
_FULL: Final = re.compile(
    r"\b(?:fully|in full|full payment|paid (?:all|up|off)|settled|full amount|paid and closed)\b"
    r"|付清|结清|收讫|付讫|两清|清讫|全额|全款|全部|收齐|核销|ausgeglichen|beglichen|soldé|saldad"
    r"|liquidad",
)
_VOID: Final = re.compile(
    r"^\W*(?:(?:this|the|it|was|is|has|been|already|now|fully|invoice|inv|bill|document|doc)\W+)*"
    r"(?:cancel|cancell?ed|void|voided|reversed|written off|write-?off|wrote off"
    r"|credited(?: in full)?"
    r"|reissued|withdrawn|annulled|storniert|annulée?|anulad[oa]|cancelad[oa]|annullat[oa]|refunded|duplicate"
    r"|w/o|credit (?:note|memo)|closed|bad debt"
    r"|uncollectib?le)\b"
    r"|\b(?:invoice|inv|bill) (?:is |was |has been )?(?:cancell?ed|void(?:ed)?|reversed|reissued"
    r"|written off|withdrawn)\b|\b(?:cancell?ed|voided) (?:and|by|with|per|see|on|via|due)\b"
    r"|\bcancell?ed\W*$|\bvoided\W*$|\bwritten off\b|\breplaced by\b|\bcredit note (?:issued"
    r"|raised)\b"
    r"|作废|红字|贷项|已退货|红冲|冲红|已冲销|已(?:经)?(?:取消|撤销|注销|退票)|坏账|呆账|^\W*取消\W*$",
)
# One look at all texts together tells that none of them is any of these.
_HINTS: Final = (
    "paid", "pd", "settled", "received", "rec'd", "rcvd", "recd", "cleared", "collected", "banked",
    "remitted", "payment", "pmt", "pymt", "money", "arrived", "cancel", "void", "reversed",
    "written", "write", "wrote", "credit", "reissued", "replaced", "withdrawn", "annul", "storn",
    "anulad", "bad debt", "refund", "duplicate", "w/o", "closed", "红字", "贷项", "退货",
    "uncollect", "zahlt", "beglichen", "ausgeglichen", "überwiesen", "zahlung", "payé", "réglé",
    "soldé", "encaiss", "pagad", "pagat", "cobrad", "saldad", "saldat", "liquidad", "incassat",
    "付", "收", "到账", "到帐", "到款", "款到", "款已到", "回款", "结清", "已结", "已清", "两清",
    "清讫", "核销", "汇", "转账", "打款", "入账", "进账", "清账", "结账", "作废", "红冲", "冲红",
    "冲销", "取消", "撤销", "注销", "退票", "坏账", "呆账", "已回", "货款", "全款", "尾款",
)  # fmt: skip


def joined(texts: Sequence[str]) -> str:
    """Return texts in small letters, a line each; those that differ in figures alone are one."""
    plain = "\n".join([text for text in texts if text.isascii()]).encode("ascii")
    unlike = {line.decode() for line in set(plain.translate(None, b"0123456789").split(b"\n"))}
    return "\n".join([*unlike, *(text for text in texts if not text.isascii())]).casefold()


def may_say(together: str) -> bool:
    """Tell quickly whether any of some texts, as joined, may say: paid or cancelled."""
    return any(hint in together for hint in _HINTS)


@lru_cache(maxsize=4096)
def remark_says(text: str) -> Said:
    """Return what a remark says of its invoice; what it denies, expects or asks for is nothing."""
    if len(text) > _LONGEST:
        return ""
    found: Said = ""
    for clause in _CLAUSES.split(narrow(text).casefold()):
        said = _clause_says(clause.strip())
        if said == "void" or (said and found != "void" and (not found or said == "full")):
            found = said
    return found


def _clause_says(clause: str) -> Said:
    if not clause or _NOT_SO.search(clause) or _OTHER_THINGS.search(clause):
        return ""
    if _VOID.search(clause):
        return "void"
    if not _PAID.search(clause) or _RECEIVED_PAPERS.search(clause):
        return ""
    return "full" if _FULL.search(clause) else "part"
