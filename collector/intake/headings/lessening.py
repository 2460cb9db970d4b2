"""Headings that may say less is owed: payments, deposits, write-offs, cancellations."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from collector.intake.headings.folding import in_full

# What a heading may say: what was paid, when or by which paper it was, that it is owed no more
# for another reason, or nothing of the kind.
# ``still``: whether it is still owed, or invoiced at all, so that "no" says that nothing is to be
# asked for;
# ``later``: the day until which it may wait now;
# ``days``: how many days longer it may wait;
# ``left``: perhaps what is left;
# ``moved``: the invoice that stands for it now;
# ``share``: which share of it is still owed.
Lessening: TypeAlias = Literal[
    "", "payment", "trace", "other", "month", "still", "later", "days", "left", "moved", "share"
]

_ACCENTS: Final = re.compile(r"[\u0300-\u036f]")

_AROUND_MARKS: Final = re.compile(r" ?([-/.']) ?")

_PAYMENT: Final = re.compile(
    r"\b(?:pre)?pa(?:id|yments?)\b|\bpay ?\d|\breceived\b|\breceipts?\b|\bremit\w*"
    r"|\bcollect(?:ed|ions?)\b"
    r"|\bclear(?:ed|ing)\b|\bsettle(?:d|ment)\b|\bdeposit(?:s|ed)?\b|\badvances?\b|\bpre-?pa\w+"
    r"|\bdown ?payments?\b|\bcash (?:in|applied)\b|\b(?:cash|amount|receipts?) applied\b"
    r"|\bapplied amount\b|\bche(?:que|ck) (?:no|number)\b"
    r"|\bbanked\b|\breconciled\b|\bknock(?:ed)? ?off\b"
    r"|\bbezahlt\w*|\bgezahlt\w*|\bzahlung(?:en)?\b|zahlungseing\w*|\bzahlbetrag|geldeingang"
    r"|\beingang\b|\berhalten\b|anzahlung|\bausgeglichen|\bausgleich\w*|vorauszahlung|teilzahlung"
    r"|\bbeglichen"
    r"|\bpayes?\b|\bregle(?:e|s|ment|ments)?\b|\bpaiements?\b"
    r"|\bencaiss\w*|\bacomptes?\b|\blettr(?:age|ee?)\b|\bsolde[es]\b|\bversements?\b"
    r"|\bpagad[oa]s?\b|\bpagos?\b|\bcobrad[oa]s?\b|\bcobros?\b|\babon(?:o|os|ado)\b|\banticipos?\b"
    r"|\bsaldad[oa]\b|\bdeposito\b|\bliquidad[oa]\b|\bpagato\b|\bincassat[oi]\b|\bacconto\b"
    r"|回款|收款|付款|已付|已收|实收|到账|到款|核销|定金|订金|预收|预付|首付|尾款|结清|清账|清帐|已结|押金"
    r"|进账|入账|销账|来款|回笼",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\bwr(?:ite|itten|ote)[- ]?offs?\b|\bw/?o\b|\bbad debts?\b|\bvoid(?:ed)?\b|\bcancel\w*"
    r"|\brevers(?:ed|als?)\b|\bcredits?\b|\bcredited\b"
    r"|\bdiscounts? (?:taken|allowed|given|applied)\b"
    r"|\btds\b|\bwht\b|\bwith(?:held|holding)\b"
    r"|\bretention\b|\bretained\b|\bretainage\b|\bdeduct\w*|\badjust\w*|\ballowances?\b|\brebates?\b"
    r"|\brefund\w*|\breturn(?:s|ed)\b(?! (?:date|no|by))|\badj\b"
    r"|\bset-? ?off\b|\boffset\b|\bcontra\b|\bnetted\b|\bwaived\b"
    r"|\bchargebacks?\b|\bforgiven\b"
    r"|gutschrift|storn\w+|\bausgebucht|abschreibung|abgeschrieben|ausbuchung|einbehalt|verrechn\w+"
    r"|skonto(?:abzug|betrag)|\babzug\b"
    r"|\bavoirs?\b|\bescomptes?\b|\bannule[es]?\b|\bretenues?\b|\bpertes?\b|\bremboursement"
    r"|\banulad[oa]\b|\bcancelad[oa]\b|\bretencion|\bnotas? de credito\b|\bdevolucion|\bincobrable"
    r"|\bstornat[oa]\b|\bannullat[oa]\b"
    r"|冲销|折让|坏账|呆账|作废|红冲|红字|冲红|抵扣|抵账|冲抵|冲减|减免|扣款|质保金|保证金|退款|退货|退回"
    r"|取消|撤销|代扣|贷项|返利",
    re.IGNORECASE,
)
_AT_LAW: Final = re.compile(
    r"\blawyers?\b|\bsolicitors?\b"
    r"|\blegal (?:action|case|proceedings|hold|status|claim|dept)|^legal$"
    r"|\b(?:in|with) legal\b|\blitigat\w*|\binsolven\w*|\bbankrupt\w*|\bwith (?:an? )?agency\b"
    r"|\binkasso\b|\banwalt\b|\bcontentieux\b|\bconcurso\b|诉讼|仲裁|破产|律师|法务|失信",
    re.IGNORECASE,
)
# Whoever else sees to it, or nobody can: beside these no other word matters.
_THIRD: Final = re.compile(
    r"\b(?:collect\w*|chased|handled|managed|recover(?:y|ed)|taken over) by (?:an? |the )?(?:\w+ )?"
    r"(?:agency|dca|bailiffs?|factors?|lawyers?)\b"
    r"|\b(?:with|at|(?:sent|passed|handed(?: over)?|referred|given|moved) to)"
    r" (?:an? |the )?(?:(?:collections?|debt|external) )*"
    r"(?:agency|dca|bailiffs?|factors?|collectors)\b"
    r"|\bfactored\b|^factoring$|\bsold to\b.*\bfactor(?:s|ing)?\b|\bwith factors?\b"
    r"|\bin (?:administration|liquidation|receivership|insolvency)\b|\breceivership\b"
    r"|\bceased trading\b|\bout of business\b|\bdeceased\b|\bchapter (?:7|11)\b"
    r"|\bset against\b|\b(?:applied|netted|offset) against\b"
    r"|(?:是否|已)(?:做|办理?|转)?保理|^保理$|委外催收|(?:移交|委托|转)(?:第三方)?催收|清算|已注销|失联|停业|歇业"
)
_BY_OTHERS: Final = re.compile(
    r"\b(?:paid|settled|covered) by (?:the )?(?:guarantors?|insur\w+|parent\w*|third part\w+"
    r"|factors?|group|affiliates?|escrow|set-? ?off|contra|credit insur\w+|bank guarantee)\b"
    r"|担保人(?:已)?(?:代)?[付偿还]|代付(?:金额|款)?$|代偿"
    r"|收到(?:的)?(?:银行|商业)?(?:承兑|汇票|支票|银承|商承|货款|现金|转账|款)(?!日|时间)"
)
_MOVED: Final = re.compile(
    r"(?:now )?(?:replaced|superseded|reissued|re-issued|rebilled|moved|transferred|consolidated"
    r"|merged|rolled|combined|included|reinvoiced|re-invoiced)"
    r" (?:by|to|into|in|as|on|under|with)(?: (?:inv(?:oice)?|bill|no|number))*\W*"
    r"|(?:已)?(?:合并|并入|替换|改开|换开|转入|转)(?:至|到|为|入|成)(?:发票|单)?(?:号码?)?|替代发票(?:号码?)?"
)
# Beside a word of payment these say how or by whom or that it is to come, never that it came.
_NOT_YET: Final = re.compile(
    r"\bterms?\b|\bmethods?\b|\bmodes?\b|\btypes?\b|\bby\b|\bfrom\b|\blinks?\b|\burls?\b|\bplan(?:ned)?\b"
    r"|\bdue\b|\bexpect\w*|\bforecast\w*|\bschedul\w*|\bbudget\w*|\btarget\w*|\binstructions?\b"
    r"|\bcontact\w*|\be-?mails?\b|\bphone\b|\bdays?\b|\bcurrency\b|\baccounts? (?:no|name|number)\b"
    r"|\bbank\b(?! (?:received|receipts?))|\biban\b|\bcondition\w*|\bperiods?\b|\bfrequency\b"
    r"|\bcycle\b|\bcommissions? (?:paid|payments?|settled|cleared)\b"
    r"|(?:佣金|提成)(?:是否|已)?(?:结|付|发|支)"
    r"|\bdiscounts?\b|\bnotes?\b|\bremarks?\b|\bcomments?\b|\bagen(?:ts?|cy)\b|\bofficer\b"
    r"|\bcollector\b|\brun\b|\bhistory\b|\bbehaviou?r\b|\bscore\b|\brating\b|\bpromise\w*|\bnext\b"
    r"|\bportal\b|\bgateway\b|\bprovider\b|\bun(?:paid|cleared|settled|applied)\b|\bnot\b|\bto be\b"
    r"|\breminders?\b|\bstage\b|\bpriority\b|\bstrategy\b|\bnumber of\b|\bno of\b|\bcount\b"
    r"|\bgoods\b|\bpo\b|\border\b|\bdelivery\b|\bshipment\b|\bstatement\b|\bpayment reference\b"
    r"|\bletter\b"
    r"|bedingung|\bziel|zahlungs(?:ziel|art|weise|frist|bedingung\w*|weg|plan)|offen|\bfallig"
    r"|\bmode de|\bmoyen|\bdelai|\becheance|\bforma de|\bcondiciones|\bmetodo|\bplazo|\bvencimiento"
    r"|条件|方式|账期|期限|单位|备注|账号|帐号|账户|帐户|银行(?![到收回进]账?款?)|链接|计划|预计|应收|应付|未|待|天数|说明|约定|承诺|目标|责任"
    r"|联系|客户|信用|周期|类型|提醒|条款|进度|人$|员$",
    re.IGNORECASE,
)
_NOT_OTHER: Final = re.compile(
    r"\bcredit (?:limits?|terms?|days?|period|score|rating|check\w*|control\w*|hold|status|risk"
    r"|line|insur\w*|class|group|manager|analyst|rep\w*|card|available|used|utili\w*|officer|area"
    r"|exposure|profile|segment|ins|stop|block|review)\b|\b(?:available|remaining|insured) credit\b"
    r"|\bcancellation policy\b|\bdebit\b|\bdr\b|\btypes?\b|\bby\b|\bcomments?\b|\bremarks?\b"
    r"|\bcredit sales?\b(?! returns?)|\bcash/credit\b|\bcredit/cash\b"
    r"|信用|备注|说明|类型",
    re.IGNORECASE,
)
_STILL: Final = re.compile(
    r"(?:is |still |yet )?(?:un(?:paid|settled|cleared|collected)|open|outstanding|owing|owed"
    r"|not paid|to be paid|offen|unbezahlt|impayee?|pendiente)(?: ?\?| ?[(]y/n[)])?"
    r"|(?:is |already )?(?:invoiced|billed|invoice (?:issued|sent|raised))(?: ?\?| ?[(]y/n[)])"
    r"|(?:是否)?已?(?:开票|开具发票)(?:状态|情况|与否)?[?？]?"
    r"|(?:是否)?(?:仍)?(?:未回款|未付款?|未收款?|未结清?|未清|未到账|未核销|欠款|拖欠)[?？]?"
)
_CHASE: Final = re.compile(
    r"(?:chase|remind|send (?:e-?mail|reminders?)|dunn?(?:ing)?|follow ?up)(?: ?\?| ?[(]y/n[)])?"
    r"|是否(?:催款|催收|提醒|发送|催)[?？]?"
)
_DAYS: Final = re.compile(
    r"(?:extra|additional|added|more|extension|extended|grace)(?: (?:credit|payment))?"
    r" days(?: (?:granted|given|allowed|agreed))?|days (?:extended|added|extension)"
    r"|extended by(?: ?[(]?days[)]?)?|(?:额外|延长|延期|展期|宽限|追加)天数"
)
_LATER: Final = re.compile(
    r"(?:do not |don't )?(?:chase|remind|contact|dun|follow ?up|collect)(?:ing)?"
    r" (?:from|after|before|not before|until|again on)|not before"
    r"|(?:no )?chas(?:e|ing) (?:until|before)"
    r"|start chasing(?: (?:on|from))?|(?:起|开始)?催[收款]?(?:起始|开始)日期?"
    r"|(?:暂)?不催至|何时起催|"
    r"(?:(?:date )?(?:extended|postponed|deferred|prolonged)"
    r"(?: (?:to|until|till|due(?: date)?|date))?"
    r"|(?:revised|new|updated|agreed|amended|extended) (?:due(?: date)?|date|maturity(?: date)?"
    r"|payment date)|extension(?: (?:to|until|date))?"
    r"|verlangert bis|neue falligkeit|nouvelle echeance|nuevo vencimiento|prorroga)"
    r"|(?:展期|延期|宽限|缓收)(?:至|到|日期?|后到期日)?|(?:新|调整后|变更后)(?:的)?到期日"
)
_TRACE: Final = re.compile(
    r"\bdate\b|\bdated\b|\bon\b|\bwhen\b|\bref\w*|\bno\b|\bnumber\b|\bdoc\w*|\bid\b|#|\bvoucher\b|%"
    r"|\bper ?cent\w*|\bpct\b|\bratio\b|\brate\b|\bstatus\b|datum|beleg|\bam\b|\bnr\b|fecha|numero"
    r"|日期|时间|号|凭证|率|比例|比|占比|状态|情况",
    re.IGNORECASE,
)
_SHARE: Final = re.compile(
    r"%|\bper ?cent\w*|\bpct\b|\bratio\b|\brates?\b|率|比例|占比", re.IGNORECASE
)
# "Retention 5%" has amounts, "Retention %" has rates.
_RATE_OF: Final = re.compile(r"\d ?%")
_SHARES: Final = re.compile(
    r"%|\bper ?cent\w*|\bpct\b|\bratio\b|\brates?\b|\bshare\b|\bportion\b|\bproportion\b"
    r"|prozent|anteil|\btaux\b|\bpourcentage\b|\bporcentaje\b|\bpercentuale\b"
    r"|率|比例|占比|百分比"
)
_OWED: Final = re.compile(
    r"\b(?:open|unpaid|outstanding|owing|owed|unsettled|uncollected|uncleared|not paid|remaining"
    r"|remainder|left|due|balance|to (?:be paid|pay|collect))\b|\boffen\w*|\bunbezahlt\w*|\brest\b"
    r"|\brest\w*anteil|\brestant\w*|\breste\b|\bimpaye\w*|\bpendiente\b|\bpor (?:cobrar|pagar)"
    r"|\baberto\b|\bopenstaand\b|\bda pagare\b|未[付收回结清到核]|待[收付回]|剩余|欠款"
    r"|欠付|尚欠|余款"
)
_OF_OTHERS: Final = re.compile(
    r"\binterest\b|\blate\b|\bfees?\b|\bpenalt\w*|\bdiscounts?\b|\bprovisions?\b|\bprobab\w*"
    r"|\brisks?\b|\bof (?:total|all|limit|credit|ar|portfolio|revenue|sales)\b|\blimit\b|\btax\b"
    r"|\bvat\b|\bexchange\b|\bcommission\b|\bwork\b|\bproject\b|\bcomplet\w*|zins|mahn|skonto"
    r"|rabatt|\binteret\w*|\binteres\w*|利率|利息|罚|折扣|坏账|占总|占全部|概率|额度|税|汇率|佣金|完工|进度"
)
_WHOLE: Final[tuple[tuple[re.Pattern[str], Lessening], ...]] = (
    (_STILL, "still"), (_CHASE, "still"), (_DAYS, "days"), (_LATER, "later"), (_MOVED, "moved"),
)  # fmt: skip
_MONTH: Final = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}[-' ./]*(?:\d{2}|\d{4})?"
    r"|(?:19|20)\d{2}[-/.年](?:0?[1-9]|1[0-2])月?|(?:1[0-2]|[1-9])月份?|(?:0?[1-9]|1[0-2])[-/](?:20)?\d{2}",
    re.IGNORECASE,
)


_CREDITS: Final = re.compile(
    r"\bcredit[- ]?(?:notes?|memos?)\b|\bgutschrift(?:en)?\b|\bnotas? de credito\b"
    r"|\bnotes? de credit\b|\bavoirs\b|贷项|红字|红冲|红票|负数发票|冲红"
)
_CREDIT_TABS: Final = re.compile(
    r"(?:\w+ )?(?:cns?|credits|refunds?|returns|write-?offs?|bad debts?|adjustments?|deductions?"
    r"|chargebacks?|prepayments?|advances|deposits|unapplied(?: cash| credits?)?|on account"
    r"|customer credits?|sales returns)(?: \d{4})?"
    r"|(?:销售)?(?:退货|退款|坏账|呆账|冲销|抵扣|冲抵|折让|预收|预收款|预收账款)(?:明细|记录|登记|台账|表)?"
)


@lru_cache(maxsize=4096)
def may_lessen(heading: str) -> Lessening:
    """Tell in which way a heading may say that less is owed than the amount, ``""`` if in none."""
    line = plain(heading)
    if not line or len(line) > 80:
        return ""
    if _MONTH.fullmatch(line.strip()):
        return "month"
    for pattern, kind in _WHOLE:
        if pattern.fullmatch(line.strip(" .:")):
            return kind
    share = _SHARE.search(_RATE_OF.sub("", line))
    if _SHARES.search(line) and _OWED.search(line) and not _OF_OTHERS.search(line):
        return "share"
    other = _OTHER.search(line) or _AT_LAW.search(line)
    if other and not _NOT_OTHER.search(line) and not share:
        return "other"
    if _THIRD.search(line) and not share:
        return "other"
    if _BY_OTHERS.search(line) and not share:
        return "trace" if re.search(r"\bdate\b|日期", line) else "payment"
    if not _PAYMENT.search(line) or _NOT_YET.search(line):
        return ""
    return "trace" if _TRACE.search(line) else "payment"


def is_in_other_hands(heading: str) -> bool:
    """Tell whether a heading is of debts at law, insolvent debtors or whoever else collects."""
    line = plain(heading)
    return bool(_AT_LAW.search(line) or _THIRD.search(line)) and not _SHARE.search(line)


def asks_to_chase(heading: str) -> bool:
    """Tell whether "no" under a heading says that a customer is not to be reminded."""
    return bool(_CHASE.fullmatch(plain(heading).strip(" .:")))


def are_credits(tab: str, headings: Iterable[str]) -> bool:
    """Tell whether a tab is one of credit notes, refunds or write-offs, by its name or headings."""
    name = plain(tab).strip()
    if _CREDITS.search(name) or _CREDIT_TABS.fullmatch(name):
        return True
    return any(len(text) < 40 and _CREDITS.search(plain(text)) for text in headings)


def plain(heading: str) -> str:
    """Return a heading in small letters without accents, its abbreviations written out."""
    line = unicodedata.normalize("NFKC", " ".join(heading.replace("_", " ").split()))
    line = _ACCENTS.sub("", unicodedata.normalize("NFD", line))
    line = in_full(unicodedata.normalize("NFC", line)).casefold()
    return _AROUND_MARKS.sub(r"\1", line)
