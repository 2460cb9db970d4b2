"""Payment terms in other languages: read where their words have one meaning, else a question."""

from __future__ import annotations

from decimal import Decimal

import pytest

from collector.intake.terms import Terms, parse_terms

DAYS = {
    30: (
        "30 Tage netto|30 Tage rein netto|Netto 30|netto 30 Tage|30 Tg. netto|Zahlungsziel: 30 Tage"
        "|Zahlbar innerhalb von 30 Tagen|innert 30 Tagen|30 Tage ab Rechnungsdatum"
        "|30 Tage ohne Abzug"
        "|30 jours|à 30 jours|sous 30 jours|30 j|30 jours nets|30 jours date de facture"
        "|30 jours à compter de la date de facture|30 días|a 30 dias|30 días fecha factura"
        "|30 días de la fecha de la factura|crédito 30 días|30 gg|30 gg. d.f.|30 gg data fattura"
        "|30 giorni data fattura|bonifico 30 gg|RiBa 30 gg|30 dagen|30 dagen netto"
        "|binnen 30 dagen na factuurdatum|30 dias da data da fatura|30 dagar netto|30 dage|30 dager"
        "|30 pv netto|30 dni|30 dní|30 дней|30 gün|30 ngày|30 hari|請求日から30日|30天內"
    ),
    14: "14 Tage|2 weeks|2 Wochen|2 semaines|2 semanas|2 settimane|2 weken|2周|两周|14 dagen|14 j.",
}  # fmt: skip
MONTH_END = "月結|月结|Fin de mois|fine mese|fin de mes|Monatsende|Ende des Monats|einde maand"
NEXT_MONTH = {
    31: "翌月末|月末締め翌月末払い|末締め翌月末払|익월말|次月底|Ende des Folgemonats"
    "|fin du mois suivant|fine mese successivo",
    10: "翌月10日払い|月末締め翌月10日払い|次月10日|zum 10. des Folgemonats|le 10 du mois suivant"
    "|10 del mes siguiente",
}
AT_ONCE = (
    "sofort|sofort fällig|Zahlbar sofort ohne Abzug|Vorkasse|comptant|au comptant"
    "|à réception de facture|contado|pago al contado|a la vista|à vista|vista fattura|contanti"
    "|pronto pagamento|contant|bij ontvangst|貨到付款|前払い|代金引換"
)
# Days before or after the end of the month, months, days from a receipt, working days, instalments.
ASKED = (
    "30 jours fin de mois|45 jours fin de mois|fin de mois 30 jours|30 gg FM|30 gg df fm|60 gg f.m."
    "|1 Monat|2 months|一个月|3个月|1 year|票到30天|30 Tage nach Erhalt|30 jours à réception"
    "|5 Tage nach Lieferung|收到发票后30天|30 Werktage|10 jours ouvrés|30 días hábiles|30日|30일"
    "|30/60/90 días|Ri.Ba. 30/60 gg|50% Anzahlung, Rest 30 Tage|30 Tage 2% Skonto"
    "|月末締め翌々月末払い|20日締め翌月末払い|30 dias fora o mês|D30|30 T|999 Tage|次月結"
    "|40 Tage 2% Skonto, 30 Tage netto|rimessa diretta|nach Vereinbarung"
)


def each(words: str) -> list[str]:
    return words.split("|")


@pytest.mark.parametrize(
    ("days", "text"), [(days, text) for days, words in DAYS.items() for text in each(words)]
)
def test_days_are_read_in_many_languages(days: int, text: str) -> None:
    assert parse_terms(text) == Terms(days=days)


@pytest.mark.parametrize("text", each(MONTH_END))
def test_the_end_of_the_month_is_read(text: str) -> None:
    assert parse_terms(text) == Terms(month_end=True)


@pytest.mark.parametrize(
    ("day", "text"), [(day, text) for day, words in NEXT_MONTH.items() for text in each(words)]
)
def test_a_day_of_the_next_month_is_read(day: int, text: str) -> None:
    assert parse_terms(text) == Terms(day_of_next_month=day)


@pytest.mark.parametrize("text", each(AT_ONCE))
def test_what_is_due_at_once_is_read(text: str) -> None:
    assert parse_terms(text) == Terms(immediate=True)


@pytest.mark.parametrize(
    ("text", "rate", "early", "days"),
    [
        ("14 Tage 2% Skonto, 30 Tage netto", "2", 14, 30),
        ("10 Tage 3 %, 30 Tage netto", "3", 10, 30),
        ("2,5 % Skonto innerhalb von 8 Tagen, 14 Tage netto", "2.5", 8, 14),
        ("2 % 10 Tage, netto 30", "2", 10, 30),
        ("2%10, Net30", "2", 10, 30),
    ],
)
def test_discounts_are_read(text: str, rate: str, early: int, days: int) -> None:
    expected = Terms(days=days, discount_percent=Decimal(rate), discount_days=early)
    assert parse_terms(text) == expected


@pytest.mark.parametrize("text", each(ASKED))
def test_what_two_houses_mean_differently_stays_a_problem(text: str) -> None:
    assert parse_terms(text) is None


def test_the_end_of_the_month_and_days_after_it_are_read_where_both_are_said() -> None:
    assert parse_terms("fin de mois + 30 jours") == Terms(days=30, month_end=True)
    assert parse_terms("月結60天") == Terms(days=60, month_end=True)
