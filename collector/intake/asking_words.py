"""What a remark beside an invoice asks for: it is disputed, not to be chased, or goes astray."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from collector.intake.cells.column import narrow

Asked: TypeAlias = Literal["", "dispute", "quiet", "address"]

_LONGEST: Final = 400
_CLAUSES: Final = re.compile(r"[;；,，。！!\n|]|\.(?=\s|$)|\s[-–—/]\s|\bbut\b|但|而")

# What is denied, was so, may come, or is another invoice's.
_NOT_SO: Final = re.compile(
    r"\bnot? (?:\w+ )?(?:disput|wrong|bounc|invalid|incorrect)|\bundisputed"
    r"|\bnever (?:disput|bounc)"
    r"|\bno longer (?:disput|in dispute|wrong|bounc)|\bwithout\b|\bif\b|\bunless\b|\bwhether\b"
    r"|\bmay\b|\bmight\b|\bcould\b|\bused to\b|\bprevious\w*|\bearlier\b|\bother\b"
    r"|\banother\b|\blast (?:year|time|invoice|one)\b|\bdispute (?:date|form|process|window|period)"
    r"|[无没非不未](?:有|存在)?(?:争议|异议|错)|如有?|若|是否|其他|另一|上一|上次|之前",
)
# That it is over: what still denies this leaves it open.
_OVER: Final = re.compile(
    r"(?<!not )(?<!not yet )(?<!n't )(?<!n’t )(?<!\bun)(?<!never )(?<!to be )"
    r"\b(?:resolved|solved|settled|closed|withdrawn|dropped|corrected|fixed|updated|lifted)\b"
    r"|(?<![未没不待])(?:解决|撤销|撤回|结案|处理完|更正|改正|修正|更新|已改|已恢复)",
)

_DISPUTE: Final = re.compile(
    r"\bdisputed\b|\b(?:in|under) dispute\b|\bdisput(?:es|ing)\b"
    r"|\bdispute (?:raised|opened|open|ongoing|pending|logged|filed|received|about|over|on|with"
    r"|re)\b"
    r"|^\W*disputes?\W*(?:$|:)|\bstrittig\b|\bbestritten\b|\ben litige\b|\blitige en cours\b"
    r"|\bcontestée?\b|\ben disputa\b|\bdisputad[oa]\b"
    r"|有争议|争议中|存在争议|有异议|提出异议|^\W*(?:争议|异议)\W*(?:$|[:(])",
)
_QUIET: Final = re.compile(
    r"\b(?:do not|don['’]?t|never|stop|not to|not to be|no need to|please no)\s(?:\w+\s)?"
    r"(?:chas(?:e|ed|ing)|remind(?:ed|ing)?|dun(?:ned|ning)?)\b"
    r"|\b(?:do not|don['’]?t|never|stop)\s(?:contact(?:ing)?|write to|writing to)\b"
    r"|\b(?:do not|don['’]?t|never|stop)\s(?:e-?mail|send|sending|e-?mailing)\s"
    r"(?:any\s|more\s|them\b|customer\b|client\b|reminders?\b|statements?\b|dunning\b|$)"
    r"|\b(?:no more|no further|hold|hold off|pause|stop|suspend)\s(?:all\s|the\s|any\s|on\s)?"
    r"(?:reminders?|chas(?:ing|ers?)|dunning|collections?)\b"
    r"|^\W*no (?:reminders?|chasing|dunning)\W*$"
    r"|^\W*(?:(?:put|keep|keep it|invoice|is|now|all)\s)*on hold\b"
    r"(?!\s(?:delivery|deliveries|shipment|order|orders|credit|supply))"
    r"|\bnicht (?:an)?mahnen\b|\bmahnsperre\b|\bkeine (?:weiteren? )?mahnung(?:en)?\b"
    r"|\bne pas relancer\b|\bpas de relances?\b|\bno reclamar\b"
    r"|(?:不要|不用|不必|不再|无需|暂不|暂缓|暂停|停止|先不|先别|请勿|[勿别免])(?:再)?(?:催|发催)"
    r"|(?:^|[^就从])不催(?!不|就|也不|他|她)|(?:请勿|不要|勿再?|别再?)(?:联系|联络)",
)
_ADDRESS: Final = re.compile(
    r"\b(?:wrong|incorrect|invalid|bad|outdated|dead) (?:e-?mail|mail)?\s?"
    r"(?:address|e-?mail|mailbox|contact|recipient|person)\b"
    r"|\b(?:e-?mails?|mail|address|mailbox)\b.{0,25}\b(?:wrong|incorrect|invalid|not valid"
    r"|bounc(?:es|ed|ing|e)|undeliver(?:able|ed)|no longer (?:valid|in use|used|works|active"
    r"|exists)"
    r"|does(?:n['’]?t| not) (?:work|exist)|out of date|outdated|returned)\b"
    r"|\bbounced (?:e-?mails?|mails?|back)\b|\bfalsche (?:adresse|e-?mail)\b|\badresse falsch\b"
    r"|\bmauvaise adresse\b|\badresse (?:erronée|invalide)\b|\bdirección (?:errónea|incorrecta)\b"
    r"|(?:地址|邮箱|邮件|电邮)[^,，。]{0,4}(?:错|有误|不对|不正确|失效|无效|停用|不存在|被?退回|被?退信)"
    r"|退信|错误的?(?:邮箱|邮件地址|地址|联系人)|发错(?:人|邮箱|地址|对象)",
)
_OF_GOODS: Final = re.compile(
    r"deliver(?:y|ed to)|ship|warehouse|goods|parcel|courier|cheque|check\b|payment|billing name"
    r"|收货|送货|发货|物流|快递|仓库|支票|汇票"
)
# One look at all texts together tells that none of them is any of these.
_HINTS: Final = (
    "disput", "strittig", "bestritten", "litige", "contest", "t chas", "t be chas", "never chas",
    "to chas", "stop chas", "no chas", "no more", "no further", "t remind", "t be remind", "dun",
    "never remind", "stop remind", "no remind", "need to remind", "stop", "t contact",
    "never contact", "t write", "never write", "t send", "t email", "t e-mail", "never send",
    "never email", "hold", "pause", "suspend", "not to", "please no", "mahn", "relanc", "reclamar",
    "wrong", "incorrect", "invalid", "bad ", "outdated", "dead ", "bounc", "undeliver",
    "not valid", "no longer", "t work", "t exist", "not exist", "out of date", "returned",
    "falsch", "mauvaise", "erron", "errón", "争议", "异议", "催", "联系", "联络", "错", "有误",
    "不对", "不正确", "失效", "无效", "停用", "不存在", "退回", "退信",
)  # fmt: skip


def may_ask(together: str) -> bool:
    """Tell quickly whether any of some texts, joined in small letters, may ask for something."""
    return any(hint in together for hint in _HINTS)


@lru_cache(maxsize=4096)
def remark_asks(text: str) -> Asked:
    """Return what a remark says of its invoice besides a payment; what is over is nothing."""
    if len(text) > _LONGEST:
        return ""
    whole = narrow(text).casefold()
    if _OVER.search(whole):
        return ""
    found = [_clause_asks(clause.strip()) for clause in _CLAUSES.split(whole)]
    return next((each for each in ("quiet", "dispute", "address") if each in found), "")


def _clause_asks(clause: str) -> Asked:
    if not clause:
        return ""
    if _QUIET.search(clause):
        return "quiet"
    if _NOT_SO.search(clause):
        return ""
    if _DISPUTE.search(clause):
        return "dispute"
    return "address" if _ADDRESS.search(clause) and not _OF_GOODS.search(clause) else ""
