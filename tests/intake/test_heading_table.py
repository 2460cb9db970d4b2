"""Headings as teams and programs write them, and what each must be read as, or be asked about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from collector.intake.headings.proposing import propose
from collector.model import Cell, Grid, Policy

# Headings by the field that a person would read in them. "?" may be asked about, but not taken.
TABLE = {
    "customer":
            "Customer|Customer_Name|CustomerName|CUSTOMER NAME|Client|Client Name|Buyer Name"
            "|name_customer|Bill To Name|Sold-to Party Name|Customer Full Name|Cust. Name"
            "|Debtor Name|Customer/Project|PARTY_NAME|Invoice To|Customer (legal name)|客户名称"
            "|客户|客户全称|购方名称|购货单位|往来单位名称|合作方|客商名称|欠款单位|店铺名称"
            "|门店名称|客戶名稱|客户名称 Customer|甲方名称|Kunde|Kundenname|Rechnungsempfänger"
            "|Debitorenname|Nom du client|Raison sociale|Cliente|Razón social"
            "|Nombre del cliente|Контрагент|Ragione sociale|Klant",
    "customer_id":
            "Customer_Number|CUSTNMBR|GlobalCustomer|Customer #|Cust No.|Customer Code"
            "|Client ID|Customer Account No.|Debtor No|ACCOUNT_NUMBER|cust_number|客户编码"
            "|客户代码|客户编号|往来单位编码|客戶編號|Kundennummer|Kd.-Nr.|Debitorennummer"
            "|Code client|N° client|Código de cliente|Nº cliente",
    "invoice":
            "Invoice No.|Invoice Number|Invoice #|Invoice_ID|INVOICE REFERENCE|Document_Ref"
            "|DOCNUMBR|Inv. No.|Tax Invoice No.|Document No.|Sales Invoice No.|TRX_NUMBER|Num"
            "|Bill No|Voucher No.|Invoice(s)|发票号|发票号码|发票编号|单据编号|单号|发票No."
            "|销售发票号|应收单号|發票號碼|Rechnungsnummer|Rechnungs-Nr.|Belegnummer|Rg-Nr"
            "|N° facture|Numéro de facture|Nº factura|Número de factura|Numero documento"
            "|Numero fattura|Factuurnummer",
    "invoice_date":
            "Invoice Date|Issue Date|Transaction Date|Document_Date|Date|DOCDATE|Inv. Date"
            "|Bill Date|Posting Date|TRX_DATE|Invoice Date (dd/mm/yyyy)|Date of Issue"
            "|posting_date|Effective Date|开票日期|业务日期|单据日期|开单日期|账单日期|发票日期"
            "|開票日期|Rechnungsdatum|Belegdatum|Date de facture|Date d'émission"
            "|Fecha de emisión|Fecha factura|Data documento|Factuurdatum",
    "due_date":
            "Due Date|Due_Date|Due dates|Payment Due Date|DUEDATE|due_in_date|Net Due Date"
            "|Due Date/Receive By|Maturity Date|Invoice Due Date|Date Due|Pay By|Due By|到期日"
            "|到期日期|应收日期|预计回收日期|应收到期日|付款到期日|约定回款日期"
            "|到期日（年/月/日）|Fälligkeit|Fälligkeitsdatum|Fällig am|Zahlbar bis"
            "|Date d'échéance|Échéance|Vencimiento|Fecha de vencimiento|Scadenza al netto"
            "|Data scadenza|Vervaldatum",
    "amount":
            "Amount|Invoice_Amount|Bill Amount|Original_Amount|TOTAL|Invoice Amt|Total Amount"
            "|Amount (USD)|Amount (incl. VAT)|Gross Amount|Invoice Value|Total Incl. GST"
            "|AMOUNT_DUE_ORIGINAL|Amount in local currency|Invoice Total|应收金额|金额(元)"
            "|含税金额|价税合计|开票金额|发票金额（元）|金额（含税）|應收帳款|Rechnungsbetrag"
            "|Bruttobetrag|Betrag (EUR)|Montant TTC|Total TTC|Importe total|Monto"
            "|Importe (IVA incluido)|Importo|Сумма",
    "paid":
            "Paid|Amount_Received|Payments Made|Credited Amount|Payment received"
            "|PAID AMOUNT CCY|Amount Paid|Amt Rec'd|Total Paid|Payments to Date"
            "|Amount Collected|InvoiceAmountPaid|Collection|已收金额|本期收款|收款金额"
            "|已回款金额|累计回款|已核销金额|實收金額|Bezahlt|Gezahlter Betrag|Montant réglé"
            "|Payé|Cobrado|Importe pagado|Pagato|Betaald",
    "balance":
            "Outstanding|Outstanding value|Pending Amount|Amount Remaining|Balance"
            "|OUTSTANDING CCY|Balance Due|Open Balance|Open Amount|O/S Amount"
            "|Amount Outstanding|Remaining Amount|AMOUNT_DUE_REMAINING|InvoiceAmountDue"
            "|Unpaid Balance|Balance (₹)|Total Open Amount|期末余额|待收金额|未回款|未收金额"
            "|未核销金额|欠款金额|应收账款余额|未收余额(元)|未收餘額|Offener Betrag|Restbetrag"
            "|Reste à payer|Solde dû|Saldo pendiente|Pendiente de cobro|Остаток долга"
            "|Openstaand bedrag",
    "paid_status":
            "Status|Collection_Status|Payment Status|Invoice Status|Paid?|核销状态|回款状态"
            "|付款状态|是否回款|收款狀態|Zahlungsstatus|Statut de paiement|Estado de pago",
    "paid_date":
            "PaidDate|Payment_Date|SettledDate|clear_date|Date Paid|Clearing Date|入账日期"
            "|结算日期|收款日期|到账日期|实际回款日期|Zahlungsdatum|Date de règlement"
            "|Fecha de pago|Data pagamento",
    "terms":
            "Payment terms|Credit_Terms_Days|cust_payment_terms|Payment Terms (days)"
            "|Credit Period|账期|付款条件|信用期|账期(天)|Zahlungsbedingungen"
            "|Conditions de paiement|Condiciones de pago|Días de crédito",
    "credit_limit":
            "Credit_Limit|Credit Limit (USD)|信用额度|授信额度|Kreditlimit|Limite de crédit"
            "|Límite de crédito",
    "currency":
            "Currency|CCY|Currency Code|Invoice Currency|币种|币别|幣別|Währung|Devise|Moneda",
    "email":
            "Email|E-mail|E-Mail Address|Email ID|Customer Email|EmailAddress|AP Email|邮箱"
            "|电子邮箱|客户邮箱|電子郵件|E-Mail-Adresse|Courriel|Correo electrónico",
    "dispute": "Dispute_Flag|Disputed|In Dispute?|争议|是否有争议|Strittig|Litige",
    "owner":
            "Salesperson|Account Manager|Sales Rep|业务员|销售员|客户经理|業務員|Vertreter"
            "|Commercial|Vendedor",
    "none":
            "Vendor|Supplier|供应商|Segment|Current|Not due yet|1-30|31-60|61-90 Days"
            "|Above 120 Days|未到期|0-30天|90天以上|AvailableCreditLimit|Credit used %"
            "|Is Overdue|Goods_Amount|VAT_Amount|Tax|GST Amount|税额|税率|Amount (excl. VAT)"
            "|Net Amount|不含税金额|金额（不含税）|未税金额|Amount %|Budget Amount"
            "|Overdue Amount|Days Overdue|逾期天数|账龄|期初余额|Opening Balance"
            "|Amount (Paid by insurer)|Invoice Count|发票数量|Invoice Type|Document Type"
            "|发票类型|发票代码|单据类型|Exchange Rate|汇率|Quantity|数量|Unit Price|单价"
            "|Discount|折扣|Tax ID|VAT No.|税号|Region|区域|Business Code|business_year"
            "|Posting ID|Company Code|Due Date (last year)|Previous Due Date|Avg Days to Pay"
            "|Montant HT|TVA|Nettobetrag|MwSt|Importe neto|IVA|Base imponible|付款日期 (计划)"
            "|计划回款金额|预计回款金额|预算金额|Credit Score|Outstanding (days)|Balance %|占比"
            "|Debit|Credit|借方|贷方|合同签订日期|发货日期|交货日期|Delivery Date|Ship Date"
            "|Order Date|Reference|Assignment|Description|Item|商品名称|Customer Count"
            "|Customer Type|客户类型|客户类别|Customer Group|Customer PO Date"
            "|Invoice Received Date by customer|Insurance Limit|Paid %|回款率|回款比例"
            "|Payment Method|付款方式|收款方式|Bank|开户行|Write-off Amount|坏账准备|Provision"
            "|Retention|质保金",
}  # fmt: skip

TODAY = date(2026, 9, 1)
NAMES = ["Acme Ltd", "Beta GmbH", "Gamma SA", "Delta", "Epsilon", "Zeta"]
VALUES: dict[str, list[Cell]] = {
    "customer": list(NAMES),
    "customer_id": [f"C{number}" for number in range(6)],
    "invoice": [f"INV-{number}" for number in range(6)],
    "invoice_date": [TODAY + timedelta(days=number) for number in range(6)],
    "due_date": [TODAY + timedelta(days=30 + number) for number in range(6)],
    "paid_date": [TODAY + timedelta(days=40 + number) for number in range(6)],
    "amount": [100.5, 220, 310.25, 400, 515.5, 600],
    "paid": [0, 20, 10.25, 0, 15.5, 100],
    "balance": [100.5, 200, 300, 400, 500, 500],
    "paid_status": ["Unpaid", "Part paid", "Part paid", "Unpaid", "Part paid", "Part paid"],
    "terms": ["Net 30"] * 6,
    "credit_limit": [1000, 2000, 3000, 4000, 5000, 6000],
    "currency": ["USD"] * 6,
    "email": [f"ap@{name.split()[0].lower()}.test" for name in NAMES],
    "dispute": ["No", "No", "Yes", "No", "No", "No"],
    "owner": ["Ann", "Bob", "Ann", "Bob", "Ann", "Bob"],
}
PLAIN = {
    "customer": "Client",
    "invoice": "Inv No",
    "due_date": "Due Date",
    "amount": "Invoice Amount",
}
LOOKS_LIKE = ("amount", "paid_date", "paid_status", "customer_id")


def read(heading: str, field: str, values: list[Cell], beside: dict[str, str] = PLAIN) -> str:
    """Return what a heading is read as in a small book: a field, ``asked`` or ``none``."""
    others = {name: text for name, text in beside.items() if name != field}
    heads: list[Cell] = [*others.values(), heading]
    columns = [*(VALUES[name] for name in others), values]
    rows = [heads, *(list(row) for row in zip(*columns, strict=True))]
    proposal = propose([Grid("Sheet1", rows, "")], Policy("book")).tables["invoices"]
    place = len(heads) - 1
    sure = [name for name, choice in proposal.columns.items() if choice.column == place]
    if sure:
        return sure[0]
    asked = any(c.column == place for question in proposal.questions for c in question.choices)
    return "asked" if asked else "none"


def verdict(heading: str, field: str) -> str:
    """Return ``right``, ``asked`` or ``wrong`` for a heading, whatever stands below."""
    if field != "none":
        found = read(heading, field, VALUES[field])
        return "right" if found == field else "asked" if found in ("asked", "none") else "wrong"
    worst = "right"
    for name in LOOKS_LIKE:
        found = read(heading, "none", VALUES[name])
        if found not in ("none", "asked", *HARMLESS):
            return "wrong"
        worst = "asked" if found == "asked" else worst
    return worst


# Nothing that is owed, and nobody who is written to, hangs on these.
HARMLESS = ("note", "project", "contract", "po", "phone", "attachment", "method", "reference")
CASES = [(heading, field) for field, some in TABLE.items() for heading in some.split("|")]


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 200
    assert len({heading for heading, _ in CASES}) == len(CASES)


@pytest.fixture(scope="module")
def verdicts() -> dict[tuple[str, str], str]:
    return {(heading, field): verdict(heading, field) for heading, field in CASES}


def test_no_heading_is_read_wrongly_in_silence(verdicts: dict[tuple[str, str], str]) -> None:
    said = list(verdicts.values())
    counts = {word: said.count(word) for word in ("right", "asked", "wrong")}
    print(f"\nheadings: {len(said)}  " + "  ".join(f"{word} {n}" for word, n in counts.items()))
    assert [case for case, word in verdicts.items() if word == "wrong"] == []


def test_headings_that_are_asked_about_are_few(verdicts: dict[tuple[str, str], str]) -> None:
    known = [(case, word) for case, word in verdicts.items() if case[1] != "none"]
    assert [case for case, word in known if word == "asked"] == []
