"""Headings of days, parties and figures as offices abbreviate them, and in further languages."""

from __future__ import annotations

from typing import Final

MORE: Final = {
    "invoice":
        "Fattura n.|N. fattura|Numero fattura|Nr. fattura|Nº fatura|Número da fatura|Nº da fatura"
        "|NF|NF-e|Nº NF|Número NF|Nota fiscal|Nº nota fiscal|Factuurnr|Factuurnr.|Factuur nr"
        "|請求番号|請求書番号|請求書No|請求No|伝票番号|伝票No|Nr faktury|Numer faktury|Fakturanr"
        "|Číslo faktury|Számlaszám|Nr. factură|Fatura no|Fatura numarası|청구서번호|송장번호"
        "|세금계산서번호|Số hóa đơn|No. Faktur|Nomor Faktur|Nomor Invoice",
    "customer":
        "得意先|得意先名|顧客名|お客様名|請求先名|請求先名称|Kundenname 1"
        "|Nominativo cliente|Ragione sociale cliente|Naam klant|Klantnaam|Klant|Debiteur"
        "|Debiteurnaam|Nome do cliente|Nome cliente|Nazwa klienta|Klient"
        "|Zákazník|Odběratel|Ügyfél|Vevő|Müşteri|Müşteri adı|고객명"
        "|고객사|Khách hàng|Tên khách hàng|Pelanggan|Nama Pelanggan|Asiakas|Kundens navn",
    "invoice_date":
        "Invoice Dte|Inv Dte|Belegdat.|Belegdat|Rechn.-Datum|Rechn.Datum|Rg.-Datum|Re.-Datum"
        "|Rechnungsdat.|Rech.-Datum|Fakt.-Datum|Data doc.|Data documento|Data fatt.|Data ft."
        "|Data fatt|Dt. Emissão|Dt Emissão|Dt. emissao|Data emissao|Dt. Fatura|Factuurdat."
        "|発行日|請求書発行日|売上日|売上計上日|計上日|伝票日付|Data wyst.|Datum vystavení"
        "|Számla kelte|Data facturii|Fatura tarihi|청구일|발행일|세금계산서일|Ngày hóa đơn"
        "|Tanggal Faktur|Tanggal Invoice|Laskun päivä|Laskupäivä|Fakturadag|開立日期|發票開立日期",
    "due_date":
        "Vencimento|Dt. Venc.|Dt. Vencimento|Dt Venc|Dt Vencimento|Data Venc.|Data Vencto"
        "|Dt. Vencto|Vencto|Vencto.|Data limite de pagamento|Nettofälligkeit am|Netto fällig am"
        "|Zahlbar bis zum|Zahlbar bis spätestens|Fäll.Datum|Fäll.-Datum|Fäll. Datum|Fäll. am"
        "|Fälligk.|Fälligkeitsdat.|Fällig bis zum|Zahlungsfälligkeit|Zahlung fällig am"
        "|À régler avant le|À régler avant|À régler le|À payer le|Échéance de règlement"
        "|Éch. le|Date éch.|Dt échéance|Scad.|Data scad.|Scadenza pagamento|Da pagare entro"
        "|Data scadenza pagamento|Te betalen voor|Te betalen vóór|Uiterlijk te betalen"
        "|Betalen voor|Verv.datum|Vervaldat.|Fecha venc.|F. venc.|Fec. Vto.|Vcto.|Fec. venc."
        "|期日|お支払期限|支払期日(予定)|振込期日|回収予定期日|应收日|应付日期|到期日(账期)"
        "|账期到期|Mat. Date|Maturity Dt|Mat Date|Payment Date Due|Date Payment Due|Pymt Due Dt"
        "|Förfallodag|Förfaller|Forfaldsdato|Forfallsdato|Eräpäivä|Datum splatnosti|Splatnost"
        "|Esedékesség|Data scadenței|Scadența|Rok plaćanja|Son ödeme tarihi|만기일|지급기한"
        "|납부기한|Ngày đến hạn|Hạn thanh toán|Jatuh Tempo|Tanggal Jatuh Tempo",
    "amount":
        "Rg.-Betrag|Rg-Betrag|Re-Betrag|Re.-Betrag|Rechn.-Betrag|Rechnungsbetr.|Imponibile + IVA"
        "|Totale IVA inclusa|Totale fatt.|Importo ft.|Valor da nota|Valor NF|Valor da NF"
        "|Valor bruto|Factuurbedr.|Totaal incl. btw|Bedrag incl btw|ご請求額|ご請求金額"
        "|請求金額(税込)|税込請求額|売上金額(税込)|Kwota faktury|Wartość faktury|Částka"
        "|Částka celkem|Végösszeg|Fatura bedeli|Fatura toplamı|청구금액|청구액|Số tiền hóa đơn"
        "|Jumlah Faktur|Jumlah Tagihan|Laskun summa",
    "terms":
        "Betaalconditie|Betaalcondities|Condição de pagamento|Cond. Pagto|Cond. pagamento"
        "|Cond. de pago|Cond. pago|Cond. paiement|Cond. règlement|Payment Condition"
        "|Payment Conditions|Payt Terms|Pymt Terms|Pmt Terms|Pay Terms|Zahl.-Bed.|Zahl.bed."
        "|Betalningsvillkor|Betalingsbetingelser|Termin płatności (dni)|支払サイト|回収サイト"
        "|결제조건|Ödeme koşulu|Điều khoản thanh toán|Maksuehto",
    "paid_status":
        "冲销状态|冲账状态|冲帐状态|收讫状态|付讫状态|缴款状态|缴费状态|消込状況|消込状態|入金状態|入金状况"
        "|支払状況|支払状態|回収状況|Status płatności|Stav platby|Stav úhrady|Ödeme durumu"
        "|Betalningsstatus|Betalingsstatus|결제상태|입금상태|수금상태|Trạng thái thanh toán"
        "|Status Pembayaran|Maksun tila|Fizetési állapot|Stare plată",
    "email": "Adres e-mail|E-mail adresi|이메일|Địa chỉ email|Sähköposti|E-post|E-postadress",
}  # fmt: skip
