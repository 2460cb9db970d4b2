"""Words for what is paid, in many languages, and what unknown ones may say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_CODE: Final = 2
_ACCENTS: Final = re.compile("[\u0300-\u036f]")


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """Return a word in small letters without its accents and the marks at its end."""
    line = _ACCENTS.sub("", unicodedata.normalize("NFD", word.casefold()))
    return unicodedata.normalize("NFC", line).rstrip(".!。").strip()


_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "paid": (
        "paid|fully paid|paid in full|full paid|yes|y|settled|cleared|closed|complete"
        "|completed|received|true|1|已核销|全部核销|已回款|全部回款|全额回款|已收|已收款"
        "|已付|已付款|已结清|结清|已到账|已结算|是|√|✓|✔|☑|✅",
        "bezahlt|gezahlt|vollständig bezahlt|voll bezahlt|komplett bezahlt|beglichen"
        "|ausgeglichen|ja",
        "payé|payée|réglé|réglée|soldé|soldée|acquitté|acquittée|encaissé|encaissée|totalement payé"
        "|totalement payée|entièrement payée|entièrement réglée|intégralement payée"
        "|intégralement réglée|oui",
        "pagado|pagada|cobrado|cobrada|liquidado|liquidada|saldado|saldada|totalmente pagado"
        "|totalmente pagada|sí|si",
        "pagato|pagata|saldato|saldata|incassato|incassata|interamente pagato|interamente pagata",
        "betaald|voldaan|volledig betaald",
        "pago|paga|quitado|quitada|recebido|recebida|totalmente pago|totalmente paga|sim",
        "入金済|入金済み|支払済|支払済み|支払い済み|回収済|回収済み|完済|消込済|消込済み|はい",
        "已付清|付清|已收齐|已清|收讫|已全部收款|已全额收款|全额到账",
    ),
    "part": (
        "part paid|partly paid|partially paid|part-paid|partial|partial payment|partpaid"
        "|partial paid|partially settled|partly settled|part settled|partially received"
        "|part received|partially collected|部分核销|部分回款|部分收款|部分已收|部分付款|部分已付"
        "|部分结清|部分结算|部分已结|部分支付|部分到账|部分已付款|部分已收款|部分已回款",
        "teilweise bezahlt|teilbezahlt|teilzahlung|teilweise gezahlt|teilweise beglichen"
        "|angezahlt|anbezahlt|teilw. bezahlt|teils bezahlt",
        "partiellement payé|partiellement payée|partiellement réglé|partiellement réglée"
        "|paiement partiel|payé partiellement|payée partiellement|réglée partiellement"
        "|règlement partiel|partiel|partielle",
        "parcialmente pagado|parcialmente pagada|pagado parcialmente|pagada parcialmente"
        "|pago parcial|cobro parcial|parcialmente cobrado|parcialmente cobrada|parcial",
        "parzialmente pagato|parzialmente pagata|pagato parzialmente|pagata parzialmente"
        "|pagamento parziale|parzialmente saldato|parzialmente saldata|parziale",
        "deels betaald|gedeeltelijk betaald|deelbetaling",
        "parcialmente pago|parcialmente paga|pago parcialmente|paga parcialmente"
        "|pagamento parcial|parcialmente recebido",
        "一部入金|一部入金済|一部入金済み|一部支払|一部支払い|一部支払済|一部支払済み|一部回収"
        "|部分入金",
    ),
    "unpaid": (
        "unpaid|not paid|open|outstanding|no|n|overdue|past due|late|due|not due"
        "|not yet due|pending|current|sent|issued|invoiced"
        "|awaiting payment|contacted|reminded|reminder sent|chased|in progress"
        "|processing|approved|active|new|false|0"
        "|未核销|未回款|未收|未收款|未付|未付款|未结清|未结算|未到账|否|×|✗|逾期"
        "|逾期未回款|已逾期|未到期|待收款|待回款|待付款",
        "offen|noch offen|unbezahlt|nicht bezahlt|noch nicht bezahlt|fällig|faellig|überfällig"
        "|ueberfaellig|ausstehend|in verzug|gemahnt|angemahnt|nicht fällig|noch nicht fällig"
        "|versendet|versandt|verschickt|gesendet|gestellt|nein",
        "impayé|impayée|non payé|non payée|non réglé|non réglée|pas payée|en attente"
        "|en attente de paiement|en attente de règlement|à payer|à régler|échu|échue|en retard"
        "|relancé|relancée|envoyé|envoyée|émis|émise|ouvert|ouverte|non échu|non échue|à échoir"
        "|en cours|non",
        "pendiente|pendiente de pago|pendiente de cobro|por pagar|por cobrar|impagado|impagada"
        "|no pagado|no pagada|sin pagar|vencido|vencida|no vencida|atrasado|atrasada|abierto"
        "|abierta|enviado|enviada|emitido|emitida",
        "non pagato|non pagata|da pagare|da saldare|da incassare|insoluto|insoluta|aperto|aperta"
        "|scaduto|scaduta|non scaduta|in attesa|in sospeso|inviata|emessa|non saldata",
        "onbetaald|niet betaald|nog niet betaald|openstaand|te betalen|verzonden|nee",
        "não pago|não paga|em aberto|aberto|aberta|pendente|em atraso|a pagar|a receber|a vencer"
        "|não",
        "未入金|未払|未払い|未回収|未収|期限超過|期日超過|滞納|延滞|請求済|請求済み|督促済"
        "|督促済み|督促中|入金待ち"
        "|未消込|いいえ",
    ),
    "void": (
        "void|voided|cancelled|canceled|written off|write off|write-off|written-off"
        "|作废|已作废|已取消|取消|坏账核销|已核销坏账|已红冲|红冲",
        "storniert|storno|annulliert|ausgebucht|abgeschrieben|annulé|annulée|anulado|anulada"
        "|annullato|annullata|stornato|stornata|geannuleerd|afgeboekt|取消済|取消済み|無効|貸倒",
    ),
}  # fmt: skip
STATUS_WORDS: Final[Mapping[str, str]] = {
    bare(word): status
    for status, lists in _WORDS.items()
    for words in lists
    for word in words.split("|")
}

# ── parts of words that nobody has listed ──

# They speak of an end, whatever else the cell says: "paid 3/11", "bad debt".
_SETTLED: Final = re.compile(
    r"paid|pay|settl|clear|clos|refund|credit|cancel|void|write|written|wrote|bad debt|draft|hold"
    r"|promis|partial|part |pro.?forma|finali[sz]ed|regulari[sz]|offset|netted|contra|barter|waive"
    r"|replac|supersed|reissu|duplicat|return|reject|withdraw|forgiv|\bdone\b|finish|\bfinal\b"
    r"|sorted"
    r"|resolv|archiv|expired|lapsed|dropped|abandon|terminat|^ok(?:ay)?$|complet|match|allocat"
    r"|applied"
    r"|bank|receiv|rec'?d|\brcvd|collected|reconcil|transfer|remit|deposit|wired|che(?:que|ck)\b"
    r"|\bcash"
    r"|fertig|geschlossen|\btermine|\bfini\b|hecho|finalizad|conclu|chius|klaar|afgehandeld"
    r"|gesloten"
    r"|付|收|清|销|退|作废|坏账|呆账|红冲|取消|草稿|暂停|承诺|部分|形式发票|抵|冲|免|重开|换开"
    r"|zahlt|beglichen|ausgeglichen|erledigt|abgeschlossen|storn|gutschrift|gutgeschr|ausgebucht"
    r"|abgeschrieben|verrechnet|entwurf|zahlung|erlassen|erhalten|eingegangen"
    r"|regle|solde|acquitt|encaiss|annul|avoir|brouillon|partiel|compens|perte|rembours"
    r"|virement recu"
    r"|pagad|pagat|pago|cobrad|saldad|saldat|liquidad|incassat|anulad|cancelad|condonad|abonad"
    r"|borrador|bozza|stornat|rimbors|compensad|perdid"
    r"|betaald|voldaan|gecredit|afgeboekt|geannul|verrekend|vervallen|quitad|recebid|rascunho"
    r"|baixad"
    r"|済|入金|支払|回収|取消|無効|貸倒|相殺|値引|完了"
)
_TROUBLE: Final = re.compile(
    r"uncollect|irrecover|unrecover|doubtful|dubious|bad debt|irrecouvr|douteu|uneinbring|zweifelh"
    r"|incobra|inesigib|oninbaar|dudos|坏账|呆账|无法收回|回収不能"
    r"|hold|promis|暂停|承诺|legal|lawyer|solicitor|court|disput|quer(?:y|ied)|insolv|bankrupt"
    r"|agency|collection|factor"
    r"|do not|stop|block|escalat|litig|contest|complain|claim|streit|strittig|klarung|reklam"
    r"|widerspruch|einspruch|litige|disputa|reclam|anwalt|inkasso|mahnverf|contentieux|concurso"
    r"|judicial"
    r"|係争|诉讼|争议|异议|质疑|投诉|律师|法务|破产|仲裁|保理|委外|失联|不催"
)
# All of it, or nothing any more: no row that is paid in part says so.
_WHOLLY: Final = re.compile(
    r"full|cancel|void|write|written|wrote|bad debt|refund|waive|replac|supersed|reissu|duplicat"
    r"|return|reject|withdraw|draft|pro.?forma|final(?!ly due)|regulari[sz]|clos|credit"
    r"|vollst|komplett|storn|ausgebucht|abgeschr|gutschr|entwurf|erledigt|abgeschlossen|erlassen"
    r"|total(?!e? due)|integral|entier|annul|avoir|brouillon|perte|anulad|cancelad|condonad"
    r"|borrador|interament|bozza|volledig|geannul|afgeboekt|vervallen|rascunho|baixad"
    r"|作废|坏账|呆账|红冲|取消|草稿|退|全|齐|抵|冲|免|重开|換开|無効|貸倒|完済|完了|相殺"
)
_IN_PART: Final = re.compile(
    r"\bpart|partial|instal|deposit|remain|\brest|balance|advance|\d ?%|teil|anzahl|angezahl"
    r"|partiel|acompte|parcial|anticipo|entrega a cuenta|abono|parzial|acconto|deel|gedeelt"
    r"|entrada|sinal"
    r"|一部|部分|分割|分期|首付|定金|尾款|预付|余款"
)
_NOT: Final = re.compile(
    r"\bun|\bnot?\b|\bnever\b|\bnicht\b|\bkein|\bnon\b|\bpas\b|\bimpay|\bsin\b|impagad|\bniet\b"
    r"|\bonbe"
    r"|\bnao\b|未|没"
)
_YET: Final = re.compile(
    r"\bawait|\bpending|\bto be\b|\bdue\b|\bopen\b|\bexpect|\bnoch\b|\boffen|\bzu zahlen|warte"
    r"|attente|\ba (?:payer|regler|pagar)\b|pendient|\bpor (?:pagar|cobrar)|\bda (?:pagare|saldare)"
    r"|attesa|\bte betalen|\bem aberto|待|尚"
)


def may_be_settled(word: str) -> bool:
    """Tell whether a word, known or not, may say that nothing is to be asked for."""
    return bool(_SETTLED.search(bare(word)))


def may_deny_part(word: str) -> bool:
    """Tell whether a word may say otherwise than that a part was paid, as the figures do."""
    line = bare(word)
    if _TROUBLE.search(line) or _WHOLLY.search(line):
        return True
    denied = _IN_PART.search(line) or _NOT.search(line) or _YET.search(line)
    return bool(_SETTLED.search(line)) and not denied


def may_deny_owed(word: str) -> bool:
    """Tell whether a word may say otherwise than that all is still owed, as the figures do."""
    line = bare(word)
    # One letter or two may stand for any word.
    if len(line) <= _CODE and line.isascii():
        return True
    if _TROUBLE.search(line) or (_WHOLLY.search(line) and not _NOT.search(line)):
        return True
    denied = _NOT.search(line) or _YET.search(line)
    return bool(_SETTLED.search(line) or _IN_PART.search(line)) and not denied
