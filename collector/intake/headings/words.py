"""Headings by how much they say: generic words, words that yield, words that include tax."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from collector.intake.headings.folding import fold_all

# Where two columns differ, a generic word does not give way: either could be the figure meant.
FIGURES: Final = frozenset({"amount", "paid", "balance", "due_date"})

# These mean something else beside a plainer heading: a contract's sum, an amount before payments.
YIELDING: Final = fold_all(
    "合同金额", "总金额", "应收款", "Original Amount", "Amount Due", "Due", "Payment Due",
    "应收日期", "预计回收日期", "Collection", "Credited Amount", "本期收款", "Pending Amount",
    "Original Amt", "Orig Amount", "Original Value", "Original Balance", "Montant initial",
    "Ursprungsbetrag", "Importe original", "Monto original", "订单金额", "Transaction Amount",
    "Invoice Due", "Payment(s)", "Last Payment Date", "Total Balance", "Closing Balance",
    "总额", "货款", "总价", "金额合计", "合计金额", "单据总金额", "本次收款", "本期余额",
    "AR Balance",
)  # fmt: skip

# Generic words: one of these gives way to a heading that says more. Each loses only within its
# own field, and two of equal weight are never chosen between.
WEAK: Final[Mapping[str, frozenset[str]]] = {
    "invoice": fold_all(
        "Invoice", "Voucher", "Voucher No", "Document_Ref", "Document No", "Document Number",
        "Doc No", "Bill No", "Bill Number", "Invoice Reference", "Invoice Ref", "DOCNUMBR",
        "Invoice ID", "Inv ID", "Inv", "Inv Ref", "Bill #", "Document #", "Document Num", "Doc #",
        "Doc Number", "Document ID", "Doc ID", "Document Reference", "Doc Ref", "Voucher Number",
        "Voucher #", "Vch No", "Transaction Number", "Transaction No", "Transaction #",
        "Trx Number", "Trans #", "Tran No", "Num", "Bill Reference", "Invoice Code",
        "Billing Document", "Belegnummer", "Belegnr", "Beleg-Nr", "Beleg", "Belegfeld 1",
        "N° pièce", "N° de pièce", "Numéro de pièce", "Pièce", "N° document", "Comprobante",
        "Nº documento", "Número de documento", "Folio", "Facture", "Factura", "Rechnung",
        "Fattura", "单据编号", "单据号", "单号", "账单编号", "账单号", "单据编码", "销售单号",
        "结算单号", "对账单号", "票据号码", "应收单号", "应收单编号", "应收单据号", "应收编号"),
    "customer": fold_all("Account", "Account Name", "Company", "Company Name", "Name", "Bill To",
                         "名称", "往来单位", "店铺名称", "门店名称", "Debtor", "Name 1", "Firma",
                         "Firmenname", "Société", "Tiers", "Empresa", "Nombre empresa",
                         "Party Name", "Party's Name",
                         "Kontobeschriftung", "Kontobezeichnung", "商户", "商户名称", "住户",
                         "业主",
                         "租户", "住户姓名", "业主姓名", "业主名称", "租户名称", "租户姓名",
                         "客户简称", "客商", "客户联系", "Customer Description", "Customer Title"),
    "customer_id": fold_all("Account Code", "Account No", "Account Number", "Code", "ID", "编码",
                            "代码", "Account ID", "Account #", "Acct No", "Acct #", "Acct Number",
                            "A/C No", "A/C Ref", "Account Ref", "Account Reference", "A/C Code",
                            "单位编码", "Personenkonto", "Customer Ref", "Customer Key",
                            "Customer Account", "客户内码", "Customer Account No"),
    "invoice_date": fold_all("Date", "日期", "Effective Date", "Posting Date", "Transaction Date",
                             "Document Date", "Doc Date", "业务日期", "单据日期", "Issued",
                             "Post Date", "Posted Date", "Posting Dt", "Date Posted", "GL Date",
                             "Trans Date", "Tran Date", "Trx Date", "Trans. Date", "Doc. Date",
                             "Document Create Date", "Voucher Date", "Vch Date", "Datum",
                             "Belegdatum", "Buchungsdatum", "Fecha", "Fecha contable",
                             "Date comptable", "Date pièce", "Date de pièce", "Дата", "制单日期",
                             "立账日期", "销售日期", "记账日期", "凭证日期", "出账日期",
                             "Fecha documento", "Fecha del documento", "Emisión"),
    "date": fold_all("Date", "日期", "Datum", "Fecha"),
    "due_date": fold_all("Due", "Payment Due", "Maturity", "Pay By", "应收日期", "预计回收日期",
                         "Due By", "Receive By", "Vence", "Invoice Due", "到期时间"),
    "amount": fold_all("Amount", "Total", "金额", "Gross", "总金额", "合同金额", "Original Amount",
                       "Amount Due", "应收款", "Bill Amount", "Invoice Value", "Amt", "Invoiced",
                       "Billed", "Bill Value", "Document Amount", "Doc Amount", "Doc Amt", "Betrag",
                       "Montant", "Importe", "Monto", "Importo", "Bedrag", "Сумма", "Belopp",
                       "Gesamtbetrag", "Montant total", "Importe total", "Monto total", "总额",
                       "Total Amt", "单据金额", "货款", "原始金额", "Valor total", "Kwota"),
    "paid": fold_all("Payments", "Collection", "Collected", "Credited Amount", "Payments Made",
                     "收款金额", "本期收款", "Applied Amount", "Amount Applied", "Receipts",
                     "Zahlungen", "Zahlung", "Paiements", "Pagos", "Cobros", "收款", "核销金额",
                     "Payment Amount", "Payments and Credits", "Payments/Credits"),
    "balance": fold_all("Unpaid", "Remaining", "余额", "Pending Amount", "欠款", "Bal", "Rest",
                        "Saldo", "Solde", "Balance", "Reste", "Resto", "Pendiente", "结余",
                        "Residual", "Current Balance", "期末余额", "Offen", "余款"),
    "paid_status": fold_all("Status", "状态", "Collection Status", "Statut", "État", "Estado",
                            "Estatus", "Situación", "Статус", "AR Status", "账单状态", "账款状态",
                            "Stato", "ステータス"),
    "paid_date": fold_all("Settled Date", "Clear Date", "Cleared On", "结算日期", "付款日期",
                          "Clearing Date", "Closed Date", "Last Payment Date", "核销日期",
                          "付款时间", "付款日", "Last Paid Date", "Ausgleichsdatum"),
    "email": fold_all("Mail", "邮件", "Contact Email", "Contact E-mail", "Correo", "信箱",
                      "联系人邮箱"),
    "terms": fold_all("Terms", "Credit Days", "Credit Period", "Term", "Net Days", "Konditionen",
                      "Plazo", "Terms Code", "Terms Name"),
    "currency": fold_all("Curr", "Cur", "本位币", "本币"),
    "owner": fold_all("Sales", "Collector", "Responsible", "Owner", "负责人", "销售", "跟进人"),
    "credit_limit": fold_all("Limit", "授信", "Plafond"),
    "promise_date": fold_all("Promised", "PTP"),
}  # fmt: skip

# On a tab of receipts every plain word for money or for a day is of what came in.
RECEIPT_AMOUNTS: Final = (
    "Amt", "Betrag", "Montant", "Importe", "Monto", "Importo", "Bedrag", "Valor", "Сумма", "Belopp",
    "Kwota", "Zahlbetrag", "Sum", "Value", "Money In", "Total", "款项", "金额(元)",
)  # fmt: skip
RECEIPT_DATES: Final = (
    "Datum", "Fecha", "Data", "Дата", "Txn Date", "Transaction Date", "Trans Date", "Value Date",
    "Posting Date", "Booking Date", "Buchungsdatum", "Valuta", "Zahlungsdatum", "Zahldatum",
    "Date de paiement", "Date de règlement", "Date d'encaissement", "Fecha de pago",
    "Fecha de cobro", "Data di pagamento", "Data de pagamento", "Betaaldatum",
    "Collection Date", "Collected On", "Deposit Date", "Date Deposited", "Date of Payment",
    "Date of Receipt", "Remittance Date", "交易日期", "记账日期", "交易时间",
)  # fmt: skip
SECOND_DATES: Final = fold_all(
    "Txn Date", "Transaction Date", "Trans Date", "Value Date", "Posting Date", "Booking Date",
    "Buchungsdatum", "Valuta", "交易日期", "记账日期", "交易时间",
)  # fmt: skip

# These say outright that tax is in the amount; they win also beside a tax column.
GROSS: Final = fold_all(
    "Gross Amount", "Amount Incl VAT", "Amount Including VAT", "Invoice Total", "含税金额",
    "价税合计", "价税合计金额", "含税总额", "含税总金额", "含税合计", "应收含税金额",
    "发票价税合计",
    "发票含税金额", "价税总额", "Total Incl VAT", "Total Incl GST", "Total Incl Tax",
    "Total Including VAT", "Total Including GST", "Total Including Tax", "Total Inc VAT",
    "Total Inc GST", "Total Inc Tax", "Amount Inc VAT", "Amount Inc GST", "Amount Incl GST",
    "Amount Incl Tax", "Amount Inc Tax", "Amount Including GST", "Amount Including Tax",
    "Gross Total", "Gross Invoice Amount", "Invoice Gross Amount", "Bruttobetrag",
    "Betrag brutto", "Rechnungsbetrag brutto", "Gesamtbetrag brutto", "Montant TTC", "Total TTC",
    "TTC", "Total facture TTC", "Montant facture TTC", "Total con IVA", "Importe con IVA",
    "Monto con IVA", "Amount with VAT", "Amount with Tax", "Total with VAT", "Total with Tax",
    "Importe IVA incluido", "Total IVA incluido", "Invoice Amount Incl VAT", "税込金額",
    "Invoice Amount Incl GST", "Invoice Amount Incl Tax", "Total Amount Incl VAT",
    "Сумма с НДС", "含税销售额", "含税开票金额", "开票含税金额", "Kwota brutto", "Wartość brutto",
)  # fmt: skip

# Whether tax is in these is not said; beside a tax column nobody can know.
TAX_UNTOLD: Final = fold_all(
    "Amount", "Amt", "金额", "Betrag", "Montant", "Importe", "Monto", "Importo", "Bedrag", "Сумма",
)  # fmt: skip
_TAX: Final = re.compile(
    r"\b(?:vat|gst|tax|cgst|sgst|igst|hst|pst|mwst|ust|umsatzsteuer|tva|iva|btw|ндс)\b|税额|税金"
    r"|增值税",
    re.IGNORECASE,
)
# "VAT 20%" has amounts, "VAT %" has rates.
_STATED_RATE: Final = re.compile(r"\d+(?:[.,]\d+)?\s?[%％]")
_NO_TAX_AMOUNT: Final = re.compile(
    r"\b(?:id|no|nr|num|number|reg\w*|applicable|applies|code|rate|status|exempt|type|name"
    r"|invoice|inv|incl?\w*|with"
    r"|excl?\w*|ex|without|after|before|sin|con|withh\w*)\b|[%#号率票含码]",
    re.IGNORECASE,
)


def is_tax_amount(heading: str) -> bool:
    """Tell whether a heading is of amounts of tax (and not of a rate, a number, a gross total)."""
    line = _STATED_RATE.sub(" ", heading.replace("_", " "))
    return bool(_TAX.search(line)) and not _NO_TAX_AMOUNT.search(line)
