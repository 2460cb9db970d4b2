"""Headings in further languages: Italian, Portuguese, Dutch, Russian, Polish, Japanese …"""

from __future__ import annotations

from typing import Final

OTHERS: Final = {
    "invoice":
        "Fattura|N. fattura|Nr. fattura|Numero fattura|Num. fattura|N° fattura|Fattura n."
        "|Fatura|Nº fatura|N° da fatura|Número da fatura|Nota fiscal|Nº nota fiscal|Nº NF"
        "|Factuurnummer|Factuur|Factuurnr|Factuur nr|Номер счета|Номер счёта"
        "|Номер счета-фактуры|№ счета|Счет №|Numer faktury|Nr faktury|Fakturanummer",
    "customer":
        "Cliente / Ragione sociale|Ragione sociale|Nome cliente|Nominativo|Intestatario"
        "|Debitore|Nome do cliente|Razão social|Klant|Klantnaam|Naam klant|Debiteur"
        "|Debiteurnaam|Покупатель|Клиент|Заказчик|Дебитор|Наименование контрагента|Klient"
        "|Nazwa klienta|Kontrahent|Nazwa kontrahenta|Kundnamn|Müşteri|Müşteri adı|得意先"
        "|得意先名|取引先|取引先名|お客様名|顧客名",
    "customer_id":
        "Codice cliente|Cod. cliente cod|Klantnummer|Klantnr|Debiteurnummer|Debiteurnr"
        "|Código do cliente|Код клиента|Код контрагента|得意先コード|取引先コード"
        "|Kundnummer",
    "invoice_date":
        "Data fattura|Data emissione|Data di emissione|Data da fatura|Data de emissão"
        "|Data emissão|Data do documento|Factuurdatum|Дата счета|Дата счёта|Дата документа"
        "|Дата|Data wystawienia|Data faktury|請求日|請求書日付|Fakturadatum",
    "due_date":
        "Scadenza|Data scadenza|Data di scadenza|Scadenza fattura|Data de vencimento"
        "|Data vencimento|Data do vencimento|Vervaldatum|Vervaldag|Uiterste betaaldatum"
        "|Срок оплаты|Дата оплаты до|Оплатить до|Дата погашения|Termin płatności"
        "|Förfallodatum|Vade|Vade tarihi|支払期限|支払期日|入金期日|回収期日",
    "amount":
        "Importo|Importo fattura|Importo totale|Totale fattura|Totale documento"
        "|Valor da fatura|Valor total|Valor original|Factuurbedrag|Bedrag|Totaalbedrag"
        "|Bedrag incl. btw|Сумма|Сумма счета|Сумма счёта|Сумма с НДС|Сумма документа|Kwota"
        "|Kwota brutto|Wartość brutto|Belopp|Tutar|Fatura tutarı|請求金額|請求額|税込金額",
    "paid":
        "Pagato|Incassato|Importo pagato|Importo incassato|Pagamenti|Valor pago"
        "|Valor recebido|Betaald|Betaald bedrag|Reeds betaald|Оплачено|Сумма оплаты"
        "|Zapłacono|入金額|入金済額|Betalt|Ödenen|Ricevuto|Ontvangen|Recebido",
    "balance":
        "Residuo|Importo residuo|Saldo residuo|Da incassare|Importo aperto|Saldo devedor"
        "|Em aberto|Valor em aberto|Saldo em aberto|Openstaand|Openstaand bedrag"
        "|Openstaand saldo|Nog te betalen|Остаток|Остаток долга|Задолженность|Сумма долга"
        "|Долг|К оплате|Do zapłaty|Pozostało do zapłaty|未入金額|未収金額|売掛残高|請求残高"
        "|Kalan|Bakiye",
    "paid_status":
        "Stato pagamento|Stato fattura|Situação|Status do pagamento|Betaalstatus|Статус"
        "|Статус оплаты|入金状況",
    "currency": "Valuta|Moeda|Валюта|Waluta|通貨|Para birimi|Divisa documento",
    "paid_date":
        "Data di pagamento|Data incasso|Data do pagamento|Data de pagamento|Betaaldatum"
        "|Betaald op|Дата оплаты|Дата платежа|入金日",
    "terms":
        "Condizioni di pagamento|Termini di pagamento|Condições de pagamento"
        "|Prazo de pagamento|Betalingstermijn|Betalingsvoorwaarden|Отсрочка|Условия оплаты"
        "|Отсрочка платежа|支払条件",
    "email":
        "Indirizzo email|Indirizzo e-mail|Posta elettronica|E-mail do cliente|E-mailadres"
        "|Эл. почта|Электронная почта|Почта|メールアドレス|メール",
    "contact": "Contatto|Referente|Contato|Contactpersoon|Контактное лицо|担当者名",
    "phone": "Telefono|Cellulare|Telefone|Telefoonnummer|Телефон|電話番号",
    "owner":
        "Agente|Agente di vendita|Commerciale|Responsabile|Responsável|Accountmanager"
        "|Менеджер|Ответственный|営業担当|担当営業",
    "credit_limit":
        "Fido|Limite di credito|Limite de crédito|Kredietlimiet|Кредитный лимит|与信限度額",
    "country": "Paese|Nazione|Страна", "language": "Lingua|Taal|Язык",
    "note":
        "Annotazioni|Osservazioni|Observações|Opmerking|Opmerkingen|Примечание|Комментарий"
        "|Uwagi|備考",
    "po": "Ordine|N. ordine|Numero ordine|Bestelnummer|Ordernummer|Номер заказа",
    "project": "Progetto|Commessa|Projeto|Проект", "contract": "Contratto|Договор|Номер договора",
}  # fmt: skip
