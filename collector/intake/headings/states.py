"""Headings and words of how customers fare, and of addresses that mail does not reach."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from collector.intake.cells.flags import says_no
from collector.intake.headings.folding import fold
from collector.intake.headings.lessening import (
    asks_to_chase,
    is_in_other_hands,
    may_lessen,
    plain,
)
from collector.model import Cell

# ``standing``: how a customer fares, in words; ``party``: the same, and it is surely of customers;
# ``bounced``: yes says that mail does not arrive; ``reaches``: no says so; ``mail``: words do;
# ``hands``: yes says that his debts are in others' hands; ``chase``: no says that nobody is to be
# reminded; ``mute``: yes says so; ``later``: a day until which it may wait; ``remark``: free text,
# in which only plain words count.
State: TypeAlias = Literal[
    "", "standing", "party", "bounced", "reaches", "mail", "hands", "chase", "mute", "later",
    "remark",
]  # fmt: skip

# ── headings ──

_STATE: Final = (
    r"(?:\w*status|standing|situation|flags?|statut|etat|estado|estatus|situaci?on|situacao|stato"
    r"|zustand|state|stage|phase)"
)
_STANDING: Final = re.compile(rf"\b{_STATE}\b|状态|情况|状况|阶段|ステータス|状態")
_PARTY: Final = re.compile(
    r"\b(?:customers?|clients?|debtors?|accounts?|acct|business|company|trading|buyers?|cust"
    r"|kunden?|debitor(?:en)?|firmen|societe|clientes?|empresa|deudor|klant\w*)\b|\bkundenstatus\b"
    r"|客户|公司|企业|经营|单位|账户|得意先|取引先|顧客"
)
_OF_OTHER_THINGS: Final = re.compile(
    r"\b(?:orders?|projects?|contracts?|approvals?|credit|kyc|onboarding|portal|vat|tax|gst|visa"
    r"|deliver\w*|ship\w*|opportunity|deal|lead|crm|insurance|ticket|task|invoices?|payments?"
    r"|marital|employment|immigration)\b|订单|项目|合同|审批|发货|物流|税|保险|发票|付款|回款|核销"
)
_MAIL: Final = r"(?:e-?mail|mail(?:box)?|courriel|correo|posta|add?resse?|direccion)"
_MAIL_STATE: Final = re.compile(
    rf"\b{_MAIL}(?: address)?[- ]?{_STATE}\b"
    rf"|\b{_STATE}(?: of| de| del)?(?: the| l'| el)? ?{_MAIL}\b"
    r"|^(?:last |latest )?(?:e-?mail|mail|reminder|dunning|letter)"
    r"(?: (?:delivery|result|response|outcome|log|sent))?$"
    r"|(?:邮箱|邮件|邮址)(?:地址)?(?:的)?(?:状态|情况|状况)"
    r"|(?:邮件)?(?:发送|投递)(?:结果|情况|状态)"
)
_BOUNCED: Final = re.compile(
    r"\bbounc\w*|\bundeliver\w*|\bunreachable\b|\bdelivery (?:fail\w*|error)"
    rf"|\b(?:invalid|bad|wrong|dead|incorrect|not valid) {_MAIL}\b"
    rf"|\b{_MAIL}(?: address)? (?:is )?(?:invalid|bad|wrong|dead|fail\w*|reject\w*|returned"
    r"|error)\b"
    r"|退信"
    r"|(?:邮箱|邮件|邮址)(?:地址)?(?:是否)?(?:无效|失效|错误|异常|不可用|有误|退回|被退|未送达)"
    r"|(?:无效|错误)(?:邮箱|邮件)|\bunzustellbar|\bungultige? (?:e-?mail|mail|adresse)"
    r"|\b(?:e-?mail|mail|adresse) (?:ungultig|falsch)|\bnpai\b"
    r"|\b(?:e-?mail|courriel|adresse) (?:invalide|errone\w*|rejete\w*)"
    r"|\b(?:correo|e-?mail) (?:invalido|rebotado|devuelto|erroneo|incorrecto)|\brebotado"
)
_NOT_MAIL: Final = re.compile(
    r"\bche(?:que|ck)s?\b|\bpayments?\b|\bdebits?\b|\bfees?\b|\bcharges?\b|支票|扣款"
    r"|\bdelivery (?:date|note)"
)
_REACHES: Final = re.compile(
    rf"\b{_MAIL}(?: address)? (?:is )?(?:valid|ok|works|working|reachable|deliverable|correct)\b"
    rf"|\bvalid {_MAIL}\b|(?:邮箱|邮址)(?:地址)?(?:是否)?(?:有效|可用|正常|正确)|\bmail gultig"
    r"|\b(?:e-?mail|courriel) valide\b|\bcorreo valido\b"
)
_MUTE: Final = re.compile(
    r"\b(?:do not|don't|no) (?:e-?mails?|mail|write|remind|reminders?)\b|\bunsubscribed\b"
    r"|\b(?:e-?mail|mail) opt-? ?out\b|\bdo not disturb\b"
    r"|(?:不|勿|拒)(?:要|收|发)(?:送)?(?:邮件|催款)"
)
_OF_PEOPLE: Final = re.compile(
    r"\bcontacts?\b|\bname\b|\bphone\b|\be-?mails?\b|\bentity\b|\bform\b|\bfees?\b|联系|电话|邮箱"
    r"|费"
)


_BY_WORDS: Final[tuple[tuple[re.Pattern[str], State], ...]] = (
    (_BOUNCED, "bounced"), (_REACHES, "reaches"), (_MAIL_STATE, "mail"), (_MUTE, "mute"),
)  # fmt: skip


_REMARK: Final = re.compile(
    r"\bnotes?\b|\bremarks?\b|\bcomments?\b|\bmemo\b|\bfollow.?up\b|\bupdates?\b|\bfeedback\b"
    r"|\bactions?\b|\bprogress\b|\brisks?\b|\balerts?\b|\bwarnings?\b|\bcollections?\b"
    r"|\blast contact\b"
    r"|\bcredit control\b|\bbemerkung\w*|\bkommentar\w*|\bremarques?\b|\bcommentaires?\b"
    r"|\bobservacion\w*|\bnotas?\b|\bnote\b|备注|说明|跟进|催收|进展|反馈|沟通|风险|预警|提示|備考"
)


@lru_cache(maxsize=4096)
def state_of(heading: str, *, of_customers: bool = False) -> State:
    """Return what words or flags under a heading say of a customer, ``""`` where nothing.

    ``of_customers``: the heading stands in a list of customers, so that each state is of one.
    """
    line = plain(heading)
    if not line or len(line) > 80:
        return ""
    for pattern, state in _BY_WORDS:
        if pattern.search(line):
            return "" if state == "bounced" and _NOT_MAIL.search(line) else state
    if of_customers and (state := _of_customers(heading, line)):
        return state
    if not _STANDING.search(line) or (
        may_lessen(heading) not in ("", "trace") and not of_customers
    ):
        return "remark" if _REMARK.search(line) else ""
    if _OF_OTHER_THINGS.search(line):
        return "standing"
    return "party" if of_customers or _PARTY.search(line) else "standing"


def _of_customers(heading: str, line: str) -> State:
    """Return what flags say in a list of customers; beside invoices they are of those."""
    if is_in_other_hands(heading) and not _OF_PEOPLE.search(line):
        return "standing" if _STANDING.search(line) else "hands"
    if asks_to_chase(heading):
        return "chase"
    return "later" if may_lessen(heading) == "later" else ""


# ── words ──

_ENDED: Final = re.compile(
    r"\binsolv\w*|\bbankrupt\w*|\bliquidation\b|\bliquidat(?:ed|or|ors)\b"
    r"|\b(?:in|into|under) administration\b|^\W*administration\W*$|\badministrators? appointed\b"
    r"|\breceivership\b|\bceased trading\b|\bout of business\b|\bdissolved\b|\bdeceased\b"
    r"|\bwound up\b|\bwinding[- ]up\b|\bstruck off\b|\bdefunct\b|\bchapter (?:7|11)\b|\bcva\b"
    r"|\bmoratorium\b|\bclosed (?:down|business|permanently)\b|\b(?:account|shop|store) closed\b"
    r"|^\W*legal\b(?! (?:entity|name|form|person))|\b(?:in|with|at|to) legal\b"
    r"|\blegal (?:action|case|proceedings|dept|department|team|hold)\b|\blitigation\b|\bsued\b"
    r"|\bcourt\b|\bbailiffs?\b"
    r"|\bin collections?\b|^\W*collections?\W*$|\bcollections? agency\b"
    r"|\b(?:with|to|at) (?:an? |the |our )?(?:\w+ )?(?:agency|lawyers?|solicitors?|dca)\b"
    r"|\bfactored\b|\bdisput\w*|\b(?:re)?payment (?:plan|arrangement)\b|\binstal?lment plan\b"
    r"|insolven[zt]|\bkonkurs\b|\binkasso\b|\banwalt\b|\bmahnverfahren\b|\bgericht\w*|\bgeloscht\b"
    r"|\berloschen\b|\bratenzahlung\b|\bstrittig\b|\bin klarung\b|\breklam\w*"
    r"|\bfaillite\b|\bredressement\b|\bprocedure collective\b|\bradiee?\b|\bcontentieux\b"
    r"|\bhuissier\b|\blitige\b|\bechelonnement\b"
    r"|\bquiebra\b|\bconcurso\b|\bliquidacion\b|\bjuridic[oa]\b|\bjudicial\b|\bextinguid[ao]\b"
    r"|\bdisuelt[ao]\b|\blitigio\b|\bfall(?:ito|ita|imento)\b|\bliquidazione\b|\bconcordato\b"
    r"|\bfailliet\b|\bfaillissement\b|\bsurseance\b|\bincasso\b|\bfalencia\b|\bfalid[ao]\b"
    r"|破产|清算|注销|诉讼|起诉|被诉|仲裁|律师|法务|失联|停业|歇业|倒闭|失信|保理|委外|吊销|跑路"
    r"|失踪|重整"
    r"|解散|已故|去世|死亡|争议|异议|还款计划|分期还款|倒産|民事再生"
)
# A shut order or ticket is none of a customer.
_SHUT: Final = re.compile(
    r"^\W*administration\b|\bgone away\b|\bdca\b|\bdebt (?:collect\w*|recovery)\b|\bbad debts?\b"
    r"|\bwritten[- ]off\b|\bdoubtful\b|\bvoluntary arrangement\b|坏账|呆账|"
    r"^\W*(?:closed|shut|geschlossen|ferme|cerrado|chiuso|gesloten)\W*$|关闭|关店|关门|停办"
)
_MUTED: Final = re.compile(
    r"\b(?:do not|don't|dont|no longer to be|not to be)"
    r" (?:chase|contact|e-?mail|mail|write|remind)\w*"
    r"|\bno (?:reminders|chasing)\b|\bdnc\b|不催|勿催|免催|停止?催|暂停催|勿联系|无法联系"
    r"|联系不上"
    r"|\bno longer (?:trading|in business|operating|exists?|active in business)\b|\bnot trading\b"
    r"|\bdoes ?n[o']t exist\b|查无此人"
)
_NOT_SO: Final = re.compile(r"\b(?:not?|never|non|kein\w*|pas|sin)\b|未|无|没|非|不存在")
_UNREACHED: Final = re.compile(
    r"\bbounc\w*|\binvalid\w*|\bundeliver\w*|\bnot (?:valid|delivered|reachable|found|working|ok)\b"
    r"|\bfail\w*|\breject\w*|\breturned\b|\bwrong\b|\bincorrect\b|\bdoes ?n[o']t exist\b|\bbad\b"
    r"|\bdead\b|\bblocked\b|\bmailbox full\b|\bunknown (?:user|recipient|address)\b|\bno such\b"
    r"|\bunreachable\b|\bungultig\w*|\bfalsch\w*|\bunzustellbar\w*|\binvalide\b|\berrone\w*"
    r"|\brejetee?\b|\bno valido\b|\binvalido\b|\brebot\w*|\bdevuelto\b|\bniet bezorg\w*"
    r"|退信|无效|失效|错误|退回|不存在|被拒|未送达|投递失败|发送失败|异常|不可用|停用|\b5\d\d\b"
)


@lru_cache(maxsize=4096)
def says_ended(text: str, *, of_customer: bool = False) -> bool:
    """Tell whether a state says that a customer is not simply to be reminded.

    He is insolvent, gone, or his debts are in others' hands. ``of_customer``: what is closed here
    is the customer.
    """
    line = plain(text)
    if _MUTED.search(line):
        return True
    if _NOT_SO.search(line):
        return False
    return bool(_ENDED.search(line) or (of_customer and _SHUT.search(line)))


# In free text only what says so outright counts, and nothing that is feared, denied or asked.
_GONE: Final = re.compile(
    r"\binsolven[ctz]\w*|\bbankrupt\w*|\b(?:in|into) administration\b|\badministrators? appointed\b"
    r"|\b(?:in|into) liquidation\b|\breceivership\b|\bceased trading\b|\bout of business\b"
    r"|\bdeceased\b|\bstruck off\b|\bchapter (?:7|11)\b|\bfaillite\b|\b(?:liquidation|redressement)"
    r" judiciaire\b|\bkonkurs\b|\bquiebra\b|\bconcurso de acreedores\b|\bfallit[oa]\b|\bfailliet\b"
    r"|破产|失联|跑路|倒闭|去世|死亡|(?:公司|客户|企业)(?:已经?)?注销|已注销|停业|歇业|倒産"
)
_HEDGED: Final = re.compile(
    r"(?<!in )(?<!since )(?<!of )(?<!by )\bmay\b(?! \d)"
    r"|\b(?:not?|never|non|if|might|could|risk of|rumou?r\w*|near|nearly|avoid|almost|will|would"
    r"|before|former\w*|unless|whether"
    r"|check\w*)\b|[?？]|未|没|不|可能|如|若|防止|预防|传闻|是否|风险"
)
# One look with these tells most texts from those worth another.
REMARKABLE: Final = re.compile(
    r"insolv|bankrupt|administ|liquid|receivership|ceased|out of business|deceased|struck|chapter"
    r"|faillite|redressement|konkurs|quiebra|concurso|fallit|failliet|do not|don.t|dnc|no reminder"
    r"|no chas|no longer|not trading|not exist|n.t exist|not to be"
    r"|破产|失联|跑路|倒闭|去世|死亡|注销|停业|歇业|倒産|[不勿免停]催|停止催|勿联系|无法联系"
    r"|联系不上|查无",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def remark_says_gone(text: str) -> bool:
    """Tell whether free text says outright that a customer is gone, or is not to be reminded."""
    line = plain(text)
    return bool(_MUTED.search(line)) or bool(_GONE.search(line) and not _HEDGED.search(line))


def says_held(kind: State, cell: Cell) -> bool:
    """Tell whether a cell under a heading of a kind says that reminders are to be asked about."""
    if kind in ("standing", "party"):
        return isinstance(cell, str) and says_ended(cell, of_customer=kind == "party")
    if kind == "remark":
        return isinstance(cell, str) and remark_says_gone(cell)
    if kind == "mail":
        told = isinstance(cell, str) and "@" not in cell
        return told and bool(_UNREACHED.search(plain(str(cell))))
    if kind in ("reaches", "chase"):
        return _is_no(cell) or (
            kind == "reaches" and isinstance(cell, str) and bool(_UNREACHED.search(plain(cell)))
        )
    if kind == "later":
        return _is_yes(cell) and not isinstance(cell, bool)
    return bool(kind) and _is_yes(cell)


def _is_no(cell: Cell) -> bool:
    return cell is False or (isinstance(cell, str | int | float) and says_no(_plain_number(cell)))


_FINE: Final = frozenset(
    {"never", "none", "ok", "okay", "valid", "fine", "clear", "cleared", "passed", "pass", "nil",
    "null", "na", "no", "non", "nein",
     "正常", "有效", "无", "没有", "暂无", "可用"}
)  # fmt: skip


def _is_yes(cell: Cell) -> bool:
    """Tell whether a flag says anything but no: a date or a name under it does."""
    if cell is None or cell is False or cell == 0:
        return False
    if not isinstance(cell, str):
        return True
    word = fold(cell)
    return bool(word) and word not in _FINE and not says_no(cell)


def _plain_number(cell: str | int | float) -> str | int:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else str(cell)
