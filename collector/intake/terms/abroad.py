"""Payment terms in other languages, as far as their words have one meaning; no reckoning.

``30 jours fin de mois`` and ``30 gg f.m.`` are not among them: whether the days or the end of the
month come first is the custom of each house. Nor are months, nor days that count from a receipt.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from collector.intake.cells.status_words import bare
from collector.intake.terms.said import Terms

LONGEST: Final = 400
_N: Final = r"(\d{1,3})"
# Words as they are without their accents.
_DAYS: Final = (
    r"(?:(?:kalender)?tage?n?|tg|jours?(?: calendaires?)?|jrs?|j|dias?(?: naturales| corridos)?"
    r"|giorni|gg|dagen|dgn|dage|dagar|dager|dni|pv|paivaa|(?:календарных )?днеи|gun|ngay|hari"
    r"|zile|nap)\.?"
)
_WEEKS: Final = (
    r"(?:weeks?|wochen?|semaines?|semanas?|settiman[ae]|weken|week|veckor|uger|uker|周|星期|个星期)"
)
_NET: Final = r"(?:(?:rein )?netto|nets?|neto|netos|netti)"
_BEFORE: Final = (
    r"(?:zahlbar|zahlung|zahlungsziel|zahlungsfrist|ziel|fallig|innerhalb(?: von)?|binnen|innert"
    r"|in|nach|a|sous|dans|delai(?: de)?|paiement|reglement|virement|pago|plazo(?: de)?"
    r"|credito(?: de)?|transferencia|entro|pagamento|bonifico(?: bancario)?|ri\.?ba\.?|betaling"
    r"|te betalen|betaaltermijn|przelew|within|due in)"
)
_AFTER: Final = (
    rf"(?:{_NET}|ohne abzug|ziel|zahlungsziel"
    r"|(?:(?:ab|nach)(?: dem)? )?(?:rechnungs|re-?|rg-?)datum"
    r"|(?:ab|nach) rechnungsstellung"
    r"|(?:a compter de |a partir de |apres )?(?:la )?date (?:de )?(?:la )?(?:facture|facturation)"
    r"|(?:a compter de |a partir de |apres )?(?:la )?date d['’ ]emission(?: de (?:la )?facture)?"
    r"|(?:de |desde |a partir de )?(?:la )?fecha (?:de )?(?:la )?(?:factura|emision|expedicion)"
    r"(?: de (?:la )?factura)?|de credito"
    r"|(?:dalla |da )?data (?:di )?(?:fattura|emissione)(?: fattura)?|d\.? ?f\.?"
    r"|(?:na|vanaf) (?:de )?factuurdatum"
    r"|(?:da |a partir da )?data (?:da |de )?(?:fatura|emissao)(?: da fatura)?"
    r"|(?:fra|fran) fakturadat(?:um|o))"
)
_DAYS_ALONE: Final = re.compile(
    rf"(?:{_BEFORE}[:\s]+)*(?:{_NET}\s+)?{_N}\s*{_DAYS}(?:\s*,?\s*{_AFTER})*"
)
_NET_ALONE: Final = re.compile(rf"(?:rein )?netto\s*{_N}|請求日(?:から|より)?{_N}日(?:以内)?")
_WEEKS_ALONE: Final = re.compile(
    rf"(?:{_BEFORE}[:\s]+)*(?:{_NET}\s+)?(\d{{1,2}})\s*{_WEEKS}(?:\s*,?\s*{_AFTER})*"
)
_THEN: Final = (
    r"\s*[,;/–-]?\s*(?:(?:oder|sonst|bzw\.?|und|danach)\s+)?"
    rf"(?:{_N}\s*{_DAYS}\s*{_NET}|{_NET}\s*{_N}(?:\s*{_DAYS})?)"
)
_REBATE: Final = r"(?:skonto|escompte|d'escompte|sconto|descuento|dto\.?|korting|rabatt)"
_DISCOUNTS: Final = (
    re.compile(  # 14 Tage 2 % Skonto, 30 Tage netto
        rf"(?:{_BEFORE}\s+)*(?P<early>\d{{1,3}})\s*{_DAYS}\s*(?:mit |abzgl\.? |[,/-] ?)?"
        rf"(?P<rate>\d{{1,2}}(?:[.,]\d+)?)\s*%\s*{_REBATE}?{_THEN}"
    ),
    re.compile(  # 2 % Skonto innerhalb von 10 Tagen, 30 Tage netto
        rf"(?P<rate>\d{{1,2}}(?:[.,]\d+)?)\s*%\s*(?:{_REBATE}\s*)?(?:bei zahlung\s+)?[,/-]?\s*"
        rf"(?:{_BEFORE}\s+)*(?P<early>\d{{1,3}})\s*{_DAYS}{_THEN}"
    ),
)
_PAY: Final = r"(?:\s*(?:払い?|支払い?|振込|结算|付款|결제|지급))?"
_CLOSE: Final = r"(?:(?:当?月)?末日?(?:缔|締)め?[、,・/ ]*)?"
_NEXT_MONTH: Final = (
    re.compile(rf"{_CLOSE}翌月(\d{{1,2}})日{_PAY}|익월\s*(\d{{1,2}})일{_PAY}"),
    re.compile(
        r"(?:zum |am |bis (?:zum )?)?(\d{1,2})\. ?(?:des |dem )?(?:folgemonate?s?|nachsten monats)"
    ),
    re.compile(r"(?:le |au )?(\d{1,2}) (?:du )?mois (?:suivant|prochain)"),
    re.compile(r"(?:el )?(?:dia )?(\d{1,2}) (?:del|de) (?:proximo mes|mes (?:siguiente|proximo))"),
    re.compile(r"(?:il )?(\d{1,2}) del mese (?:successivo|seguente|prossimo)"),
)
_NEXT_MONTH_END: Final = re.compile(
    rf"{_CLOSE}翌月末日?{_PAY}|익월\s*말일?{_PAY}"
    r"|(?:zum |bis )?(?:monats)?ende (?:des |nachsten |vom )?(?:folgemonate?s?|nachsten monats)"
    r"|fin (?:du|de|de la) mois (?:suivant|prochain)|fine mese (?:successivo|seguente)"
    r"|(?:a )?(?:fin|final) (?:del|de) (?:proximo mes|mes siguiente)"
    r"|fim do mes seguinte|einde (?:van de )?volgende maand"
)
_MONTH_END: Final = re.compile(
    r"(?:zum |bis )?(?:monatsende|ende des monats)|(?:a )?fin (?:de|du) mois|(?:a )?fine mese"
    r"|(?:a )?(?:fin|final) de mes|(?:ao )?fim do mes|einde (?:van de )?maand"
)
_MONTH_END_PLUS: Final = re.compile(
    rf"(?:fin (?:de|du) mois|fine mese|fin de mes|monatsende|lobende maned)\s*\+\s*{_N}\s*{_DAYS}"
)
_IMMEDIATE: Final = frozenset(
    bare(term)
    for term in (
        "sofort|sofort fallig|sofort zahlbar|zahlbar sofort|sofort netto|sofort rein netto"
        "|sofort netto kasse|zahlbar sofort ohne abzug|sofort ohne abzug|sofort zahlbar ohne abzug"
        "|sofort fallig ohne abzug"
        "|zahlbar sofort rein netto|bei erhalt|bei rechnungserhalt|nach rechnungserhalt"
        "|zahlbar nach erhalt|zahlbar bei erhalt|nach erhalt der rechnung|bei erhalt der rechnung"
        "|zahlbar nach rechnungserhalt|vorkasse|vorauskasse|vorauszahlung|nachnahme|per nachnahme"
        "|barzahlung"
        "|comptant|au comptant|paiement comptant|paiement au comptant|a reception"
        "|a reception de facture|a reception de la facture|paiement a reception|immediat"
        "|paiement a reception de facture|paiement immediat|a la commande"
        "|paiement a la commande|a la livraison"
        "|paiement a la livraison|contre remboursement|prepaiement|paiement d'avance"
        "|contado|al contado|pago al contado|pago contado|de contado|a la vista|inmediato"
        "|pago inmediato|pago a la vista|a la recepcion|a la recepcion de la factura"
        "|a recepcion de factura|contra reembolso|contra entrega|pago anticipado|anticipado|prepago"
        "|por adelantado"
        "|a vista|vista fattura|a vista fattura|contanti|in contanti|immediato|pagamento immediato"
        "|contrassegno|anticipato|pagamento anticipato|ricevimento fattura|a ricevimento fattura"
        "|al ricevimento della fattura|alla consegna"
        "|contant|per omgaande|bij ontvangst|bij ontvangst factuur|vooruitbetaling|onder rembours"
        "|bij levering"
        "|pagamento a vista|pronto pagamento|imediato|pagamento imediato|antecipado"
        "|pagamento antecipado|contra apresentacao"
        "|即時|即日|即金|前払い|前払|前金|代引き|代金引換"
    ).split("|")
)


def read_abroad(text: str) -> Terms | None:
    """Return what terms in another language than English or Chinese say, None when nothing sure."""
    line = bare(text)
    if line in _IMMEDIATE:
        return Terms(immediate=True)
    if _NEXT_MONTH_END.fullmatch(line):
        return Terms(day_of_next_month=31)
    if _MONTH_END.fullmatch(line):
        return Terms(month_end=True)
    if plus := _MONTH_END_PLUS.fullmatch(line):
        return Terms(days=int(plus[1]), month_end=True)
    return _day_of_next_month(line) or _discount(line) or _days(line)


def _number(match: re.Match[str]) -> int:
    return next(int(each) for each in match.groups() if each)


def _day_of_next_month(line: str) -> Terms | None:
    found = [match for pattern in _NEXT_MONTH if (match := pattern.fullmatch(line))]
    if not found or not 1 <= _number(found[0]) <= 31:
        return None
    return Terms(day_of_next_month=_number(found[0]))


def _discount(line: str) -> Terms | None:
    found = [match for pattern in _DISCOUNTS if (match := pattern.fullmatch(line))]
    if not found:
        return None
    match = found[0]
    named = match.re.groupindex
    days = next(
        int(part)
        for number, part in enumerate(match.groups(), start=1)
        if part and number not in named.values()
    )
    early = int(match["early"])
    rate = Decimal(match["rate"].replace(",", "."))
    return (
        Terms(days=days, discount_percent=rate, discount_days=early)
        if early <= days <= LONGEST
        else None
    )


def _days(line: str) -> Terms | None:
    match = _DAYS_ALONE.fullmatch(line) or _NET_ALONE.fullmatch(line)
    weeks = None if match else _WEEKS_ALONE.fullmatch(line)
    if not match and not weeks:
        return None
    days = _number(match) if match else 7 * int(weeks[1]) if weeks else 0
    return Terms(days=days, immediate=days == 0) if days <= LONGEST else None
