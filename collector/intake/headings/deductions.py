"""Headings of figures that may leave less to be asked for: means of payment, deductions, nets."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from collector.intake.headings.folding import in_full, simplified
from collector.intake.headings.lessening import may_lessen

# ``means``: what came in by cash, bank …; ``less``: what is taken off; ``net``: what is left to
# pay after that.
Taking: TypeAlias = Literal["", "means", "less", "net"]

_RATE: Final = re.compile(r"[(（]?\s*\d+(?:\.\d+)?\s*[%％]\s*[)）]?")
_MEANS: Final = re.compile(
    r"(?:(?:by|via|through|in) )?(?:cash|bank|che(?:ck|que)s?|wires?|ach|eft|bacs|chaps|fps|giro"
    r"|sepa"
    r"|(?:credit |debit )?cards?|credit/debit card|pay ?pal|stripe|square|venmo|zelle|wise|m-?pesa"
    r"|upi"
    r"|neft|rtgs|imps|neft/rtgs|ali ?pay|we ?chat(?: ?pay)?|(?:bank |wire )?transfers?|bank drafts?"
    r"|direct (?:debit|deposit)|lockbox|online|cash/bank|bank/cash|petty cash"
    r"|barzahlung|bar|uberweisung(?:en)?|lastschrift|kasse"
    r"|especes|cheques?|virements?|carte(?: bancaire)?|prelevement|efectivo|transferencias?|tarjeta"
    r"|contanti|bonifico|assegno)"
    r"(?: (?:amount|amounts|amt|in|paid|payments?|receipts?|received|total|value|betrag|montant))?"
    r"|(?:现金|转账|承兑|电汇|银行|支票|微信|支付宝|银承|商承|承兑汇票|银行承兑(?:汇票)?"
    r"|商业承兑(?:汇票)?"
    r"|汇票|汇款|网银|刷卡|pos|pos机|对公|对私|银行转账|银行存款|银行电汇|微信支付|网上银行"
    r"|云闪付|建行|工行"
    r"|农行|中行|招行|信用证)(?:到款|收款|回款|进账|到账|付款|收入|金额|额|支付)?|到款|到款金额"
    r"|到款额|来款金额"
    r"|打款|打款金额"
)
_LESS: Final = re.compile(
    r"\bdiscounts?\b|\bdisc\b|\breturns?\b|\badjs?\b|\bskonto\b|\brabatt\w*|\bnachlass|\bremises?\b"
    r"|\brabais\b|\bristournes?\b|\bdescuentos?\b|\bscont[oi]\b|\bshort ?pa(?:id|y\w*)\b"
    r"|\bshortages?\b"
    r"|\bpenalt(?:y|ies)\b|\bliquidated damages\b|\bconcessions?\b|\bless\b|\bbank (?:charges?"
    r"|fees?)\b"
    r"|\bexchange (?:loss|difference)\b|\bfx loss\b|\bback ?charges?\b|\brounding\b|\bforgiveness\b"
    r"|\bunapplied\b|\bundeposited\b|^on account$"
    r"|\bpdcs? (?:amount|in hand|received|value|total)\b|\bche(?:que|ck)s? in hand\b|\blc amount\b"
    r"|\b(?:cash|payments?|funds|money) in transit\b|\bbills (?:receivable|accepted|discounted)\b"
    r"|\bnetting\b|^cns?$|\bcns? amount\b"
    r"|\britenut[ae]\b|\babbuon[oi]\b|\bribass[oi]\b|\bkorting(?:en)?\b|\baftrek\b"
    r"|\b(?:aan|vooruit)betaling(?:en)?\b|\bdescontos?\b|\babatimentos?\b|\badiantamentos?\b"
    r"|\bretenc(?:ao|oes)\b|値引|割引|控除|相殺|前受|手数料|手形(?:金|額)|票据(?:金额|额|款)|预收冲|折抵|轧差"
    r"|折扣|优惠|让利|抹零|尾差|罚款|扣罚|扣除|减扣|短款|手续费|退换|返点|折让|扣减|扣税|质保|扣点"
)
_NOT_LESS: Final = re.compile(
    r"\b(?:date|until|by|days?|terms?|code|type|policy|reason|note|notes|comments?|remarks?|no|id"
    r"|ref\w*|status|before|after|price|unit|available|eligible|offered|tax returns?|return to"
    r"|list|group|level|tier|allowed until|if)\b|%|\bper ?cent\w*|\bpct\b|\brates?\b|\bratio\b"
    r"|\bunless\b|率|比例|占比|日期|天数|条件|期限|类型|原因|备注|说明|单价|前|编号|单号"
)
_NET: Final = re.compile(
    r"net (?:amount )?(?:payable|due|receivable|to pay|owed|owing|collectible|collectable|balance"
    r"|outstanding)|(?:amount|total|balance|payable|net)(?: \w+){0,2} after (?:discount|deductions?"
    r"|retention|returns?|adj\w*|credits?|tds|wht)|after (?:discount|deductions?|retention)"
    r"|discounted (?:amount|total|price)|payable(?: amount)?|netto ?zahlbetrag|net a payer"
    r"|neto a pagar"
    r"|实际应收(?:金额|款)?|实际应付|应收净额|净应收(?:款|金额)?|折后(?:金额|价|应收)?|扣(?:款|减"
    r"|除|点|税)?后"
    r"(?:金额|应收|应收金额)?|优惠后(?:金额|应收)?|抵扣后(?:金额|应收)?"
)
_BRACKETS: Final = re.compile(r"[(（\[].*?[)）\]]")
_ACCENTS: Final = re.compile(r"[\u0300-\u036f]")


@lru_cache(maxsize=4096)
def may_take_off(heading: str) -> Taking:
    """Tell how figures or flags under a heading may say that less is owed, ``""`` if they do not.

    Headings that speak of payment in so many words are ``may_lessen``'s.
    """
    if not heading or len(heading) > 80 or may_lessen(heading):
        return ""
    line = _plain(_RATE.sub(" ", unicodedata.normalize("NFKC", heading)))
    if _MEANS.fullmatch(line) or _MEANS.fullmatch(_plain(_BRACKETS.sub(" ", heading))):
        return "means"
    if _NET.fullmatch(line):
        return "net"
    # A rate in the heading says that what stands below are sums.
    known = may_lessen(_RATE.sub(" ", heading)) == "other"
    return "less" if known or (_LESS.search(line) and not _NOT_LESS.search(line)) else ""


def _plain(heading: str) -> str:
    line = simplified(" ".join(re.sub(r"[_.:()\[\]#?,]", " ", heading).split()))
    line = _ACCENTS.sub("", unicodedata.normalize("NFD", line))
    return " ".join(in_full(unicodedata.normalize("NFC", line)).casefold().split())
