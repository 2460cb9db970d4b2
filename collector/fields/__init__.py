"""The canonical fields, statuses, buckets and flags, with their headings in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("en", "zh")

# Customers are written to in more languages than our own columns and messages speak.
LETTER_LANGUAGES: Final = ("en", "zh", "zh-hant", "de", "fr", "es")
_TRADITIONAL: Final = ("hant", "tw", "hk", "mo")


def language_code(text: str) -> str:
    """Return the code of a tag like ``de_AT`` or ``zh-TW``: ``de``, ``zh-hant``."""
    code, *more = text.lower().replace("_", "-").split("-")
    return "zh-hant" if code == "zh" and set(more) & set(_TRADITIONAL) else code


# Headings that mean a field, exactly (after folding case, width, spaces and punctuation).
# English first, Chinese after; a field's first word in each language is what we would call it.
INVOICE_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "invoice": (
        "Invoice No.", "Invoice", "Invoice Number", "Invoice #", "Invoice ID", "Invoice Reference",
        "Invoice Ref", "Inv No", "Inv #", "Document_Ref", "Document No", "Document Number",
        "Doc No", "DOCNUMBR", "Voucher", "Voucher No", "Bill No", "Bill Number",
        "Numero documento",
        "发票号码", "发票号", "发票编号", "单据编号", "单据号", "单号", "账单编号", "账单号",
    ),
    "customer": (
        "Customer", "Customer Name", "Client", "Client Name", "Buyer", "Buyer Name", "Account",
        "Account Name", "Debtor", "Debtor Name", "Bill To", "Company", "Company Name",
        "name_customer", "Name", "Контрагент",
        "客户名称", "客户", "客户名", "合作方", "合作方名称", "购买方", "购货单位", "店铺名称",
        "门店名称", "往来单位",
    ),
    "customer_id": (
        "Customer Code", "Customer ID", "Customer No", "Customer Number", "Customer #",
        "CUSTNMBR", "GlobalCustomer", "Client Code", "Client ID", "Account Code", "Account No",
        "Account Number", "Debtor Code", "cust_number",
        "客户编码", "客户代码", "客户编号", "客户号",
    ),
    "email": (
        "Email", "E-mail", "Email Address", "E-mail Address", "Mail", "Contact Email",
        "Customer Email", "Billing Email", "AP Email", "Accounts Email",
        "邮箱", "电子邮箱", "邮件", "电子邮件", "邮箱地址", "邮件地址", "收件邮箱", "联系邮箱",
    ),
    "cc": ("CC", "Cc Email", "Copy To", "抄送", "抄送邮箱", "邮件抄送"),
    "contact": ("Contact", "Contact Name", "Contact Person", "Attention", "Attn",
                "联系人", "客户联系人", "收件人"),
    "phone": ("Phone", "Telephone", "Tel", "Mobile", "电话", "联系电话", "手机", "手机号"),
    "invoice_date": (
        "Invoice Date", "Issue Date", "Issued", "Issued On", "Transaction Date", "Document Date",
        "Document_Date", "Doc Date", "DOCDATE", "Date", "Bill Date", "Billing Date", "Posting Date",
        "Effective Date", "Data documento", "Date Issued",
        "开票日期", "发票日期", "业务日期", "单据日期", "开单日期", "账单日期", "日期",
    ),
    "due_date": (
        "Due Date", "Due", "Due Dates", "Due On", "Payment Due", "Payment Due Date", "DUEDATE",
        "due_in_date", "Maturity", "Maturity Date", "Pay By", "Scadenza al netto",
        "到期日", "到期日期", "应收日期", "约定回款日", "约定付款日", "预计回收日期", "付款到期日",
        "应付款日期", "应收款日期",
    ),
    "terms": (
        "Payment Terms", "Terms", "Credit Terms", "Payment Term", "Credit Terms Days",
        "cust_payment_terms", "Terms of Payment", "Credit Days", "Credit Period",
        "账期", "付款条件", "信用期", "账期天数", "付款方式及账期", "结算账期",
    ),
    "amount": (
        "Amount", "Invoice Amount", "Total", "Invoice Total", "Total Amount", "Bill Amount",
        "Original Amount", "Gross Amount", "Gross", "Amount Due", "Amount Incl VAT",
        "Amount Including VAT", "Invoice Value",
        "应收金额", "金额", "含税金额", "价税合计", "发票金额", "开票金额", "应收款", "合同金额",
        "账单金额", "总金额",
    ),
    "paid": (
        "Paid", "Received", "Amount Received", "Amount Paid", "Paid Amount", "Payments Made",
        "Payments", "Payment Received", "Received Amount", "Collected", "Collection",
        "Credited Amount", "PAID AMOUNT CCY", "Received To Date", "Paid To Date",
        "Amount Paid To Date", "Amount Received To Date", "Payments To Date", "Total Paid",
        "Total Received", "Amount Paid So Far",
        "已收金额", "已回款", "已收", "已收款", "已付金额", "回款金额", "收款金额", "本期收款",
        "已收款金额", "已回款金额", "实收金额",
    ),
    "balance": (
        "Outstanding", "Balance", "Amount Remaining", "Outstanding Amount", "Outstanding Balance",
        "Outstanding Value", "Balance Due", "Open Amount", "Open Balance", "Unpaid",
        "Unpaid Amount", "Remaining", "Pending Amount", "Remaining Balance", "OUTSTANDING CCY",
        "未收金额", "未回款", "期末余额", "余额", "未收款", "待收金额", "未收余额", "欠款金额",
        "欠款", "未回款金额", "未收款金额", "应收余额",
    ),
    "paid_status": (
        "Status", "Paid?", "Invoice Status", "Payment Status", "Paid Status", "Collection Status",
        "核销状态", "回款状态", "付款状态", "收款状态", "状态", "是否回款", "是否收款",
    ),
    "currency": ("Currency", "CCY", "Curr", "Currency Code", "币种", "货币", "币别"),
    "paid_date": (
        "Paid On", "Paid Date", "Date Paid", "Payment Date", "Settled Date", "SettledDate",
        "Settlement Date", "Clear Date", "Cleared On", "Data pagamento", "Received On",
        "Date Received",
        "收款日期", "结算日期", "入账日期", "回款日期", "到账日期", "付款日期",
    ),
    "owner": (
        "Salesperson", "Account Manager", "Owner", "Sales Rep", "Sales", "Collector",
        "Responsible", "业务员", "负责人", "销售", "销售员", "客户经理", "跟进人",
    ),
    "owner_email": ("Owner Email", "Salesperson Email", "Account Manager Email",
                    "业务员邮箱", "负责人邮箱", "销售邮箱"),
    "language": ("Language", "Lang", "语言", "语种"),
    "dispute": ("Dispute", "Disputed", "Dispute Flag", "In Dispute", "Dispute Reason",
                "争议", "异议", "是否争议", "有争议", "争议原因"),
    "promise_date": ("Promised On", "Promise Date", "Promised", "Promise To Pay", "Promised Date",
                     "PTP Date", "承诺付款日", "承诺付款日期", "承诺回款日", "承诺日期"),
    "promise_amount": ("Promise Amount", "Promised Amount", "PTP Amount",
                       "承诺金额", "承诺付款金额"),
    "pause_until": ("Hold Until", "Pause Until", "Paused Until", "Snooze Until",
                    "暂停至", "暂停催收至", "暂缓至"),
    "do_not_chase": ("Do Not Chase", "Do Not Contact", "No Chase", "No Reminders", "Don't Chase",
                     "不催", "不催收", "免催", "勿催"),
    "credit_limit": ("Credit Limit", "Limit", "信用额度", "授信额度", "信用限额"),
    "rating_override": ("Rating", "Credit Rating", "Rating Override", "评级", "信用评级",
                        "信用等级"),
    "credit_hold": ("On Hold", "Credit Hold", "Stop Supply", "On Stop", "停供", "停止供货",
                    "停货"),
    "orders": ("Unbilled Orders", "Open Orders", "Orders", "未开票订单", "未开票金额"),
    "country": ("Country", "Country Code", "国家", "地区", "国家/地区"),
    "timezone": ("Time Zone", "Timezone", "时区"),
    "project": ("Project", "Project Name", "项目", "项目名称"),
    "contract": ("Contract", "Contract No", "Contract Number", "合同编号", "合同号", "合同"),
    "po": ("PO", "PO No", "PO Number", "PO #", "Purchase Order", "Order No", "Order Number",
           "订单号", "采购订单号", "订单编号"),
    "attachment": ("Invoice PDF", "Attachment", "PDF", "发票附件", "附件"),
    "payment_link": ("Pay Link", "Payment Link", "Payment URL", "付款链接", "支付链接"),
    "instalment": ("Instalment", "Installment", "Instalment No", "Installment No", "期次", "期数",
                   "分期"),
    "note": ("Note", "Notes", "Remark", "Remarks", "Comment", "Comments", "Memo",
             "备注", "说明", "摘要"),
}  # fmt: skip

RECEIPT_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": (
        "Date", "Receipt Date", "Payment Date", "Received On", "Date Received", "Paid On",
        "日期", "收款日期", "到账日期", "回款日期", "入账日期",
    ),
    "customer": INVOICE_FIELDS["customer"] + ("Payer", "付款方", "付款单位"),
    "customer_id": INVOICE_FIELDS["customer_id"],
    "invoice": INVOICE_FIELDS["invoice"] + ("For Invoice", "Applied To", "核销发票", "对应发票"),
    "amount": (
        "Amount", "Amount Received", "Received", "Receipt Amount", "Payment Amount", "Paid",
        "金额", "收款金额", "到账金额", "回款金额", "已收金额", "实收金额",
    ),
    "currency": INVOICE_FIELDS["currency"],
    "method": ("Method", "Payment Method", "Channel", "收款方式", "付款方式", "方式"),
    "reference": ("Reference", "Ref", "Bank Reference", "Transaction ID",
                  "参考号", "流水号", "银行流水号", "交易号"),
    "note": INVOICE_FIELDS["note"],
}  # fmt: skip

CUSTOMER_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    name: INVOICE_FIELDS[name] + (("Name", "名称") if name == "customer" else ())
    for name in (
        "customer", "customer_id", "email", "cc", "contact", "phone", "language", "country",
        "timezone", "terms", "currency", "owner", "owner_email", "do_not_chase", "pause_until",
        "credit_limit", "rating_override", "credit_hold", "orders", "note",
    )
} | {"customer_id": INVOICE_FIELDS["customer_id"] + ("Code", "ID", "编码", "代码")}  # fmt: skip

LOG_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("Date", "日期"),
    "customer": INVOICE_FIELDS["customer"],
    "channel": ("Channel", "渠道", "方式"),
    "what": ("What", "Subject", "内容", "事项"),
    "invoices": ("Invoices", "发票"),
    "amount": ("Amount", "金额"),
    "result": ("Result", "Outcome", "结果"),
    "by": ("By", "经办人"),
    "key": ("Key", "键"),
}

# What tabs of each kind are usually called; the headings decide, the name breaks a tie.
TAB_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "invoices": ("Invoices", "Receivables", "AR", "Accounts Receivable", "Open Items", "Aging",
                 "应收", "应收账款", "应收明细", "应收台账", "发票"),
    "customers": ("Customers", "Clients", "Contacts", "客户", "客户资料", "客户信息"),
    "receipts": ("Receipts", "Payments", "Cash", "收款", "收款记录", "回款", "回款记录"),
    "log": ("Contact log", "催收记录"),
    "outbox": ("Outbox", "待发"),
}  # fmt: skip

TAB_FIELDS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "invoices": INVOICE_FIELDS,
    "customers": CUSTOMER_FIELDS,
    "receipts": RECEIPT_FIELDS,
    "log": LOG_FIELDS,
}

# Headings of a payables sheet: what looks like ours but is owed by us.
PAYABLES_HEADINGS: Final = (
    "Vendor", "Vendor Name", "Supplier", "Supplier Name", "Payee", "供应商", "供应商名称",
    "应付金额", "应付账款",
)  # fmt: skip

DATE_FIELDS: Final = ("invoice_date", "due_date", "paid_date", "promise_date", "pause_until")
MONEY_FIELDS: Final = ("amount", "paid", "balance", "promise_amount", "credit_limit", "orders")

# ── our own columns ──────────────────────────────────────────────────────────────────────────

OWNED_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "status": {"en": "Status", "zh": "状态"},
    "days_overdue": {"en": "Days overdue", "zh": "逾期天数"},
    "bucket": {"en": "Bucket", "zh": "账龄"},
    "open_balance": {"en": "Open balance", "zh": "未收余额"},
    "credit_flag": {"en": "Credit flag", "zh": "信用标志"},
    "last_reminder": {"en": "Last reminder", "zh": "最近催收"},
    "next_action": {"en": "Next action", "zh": "下一步"},
    "problem": {"en": "Problem", "zh": "问题"},
}

# Those on the customers tab, in their order there; the first two only on a tab of ours.
CUSTOMER_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "customer": {"en": "Customer", "zh": "客户"},
    "customer_id": {"en": "Customer code", "zh": "客户编码"},
    "exposure": {"en": "Exposure", "zh": "风险敞口"},
    "overdue": {"en": "Overdue", "zh": "逾期金额"},
    "oldest_overdue": {"en": "Oldest overdue", "zh": "最长逾期天数"},
    "used_of_limit": {"en": "Used of limit", "zh": "额度使用率"},
    "payment_index": {"en": "Payment index", "zh": "付款指数"},
    "rating": {"en": "Rating", "zh": "评级"},
    "credit_flag": {"en": "Credit flag", "zh": "信用标志"},
    "credit_reason": {"en": "Why", "zh": "原因"},
    "late_rate": {"en": "Late rate", "zh": "逾期率"},
    "pays": {"en": "How they pay", "zh": "付款习惯"},
    "expected_payment": {"en": "Expected payment", "zh": "预计付款日"},
    "suggested_limit": {"en": "Suggested limit", "zh": "建议额度"},
    "confirmation": {"en": "Balance confirmation", "zh": "对账函"},
}

# In front of a heading of ours that the team already uses for a column of its own.
OWNED_PREFIX: Final[Mapping[str, str]] = {"en": "Collector ", "zh": "Collector "}

STATUSES: Final = (
    "unreadable", "settled", "credit", "disputed", "promised", "overdue", "due_soon", "open",
)  # fmt: skip
STATUS_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {
        "unreadable": "Unreadable", "settled": "Settled", "credit": "Credit",
        "disputed": "Disputed", "promised": "Promised", "overdue": "Overdue",
        "due_soon": "Due soon", "open": "Open",
    },
    "zh": {
        "unreadable": "无法识别", "settled": "已结清", "credit": "贷方余额",
        "disputed": "有争议", "promised": "已承诺", "overdue": "逾期",
        "due_soon": "即将到期", "open": "未到期",
    },
}  # fmt: skip

FLAGS: Final = ("ok", "watch", "over_limit", "prepay", "stop")
FLAG_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"ok": "OK", "watch": "Watch", "over_limit": "Over limit", "prepay": "Prepay",
           "stop": "Stop"},
    "zh": {"ok": "正常", "watch": "关注", "over_limit": "超额度", "prepay": "预付", "stop": "停供"},
}  # fmt: skip

BUCKET_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": {"not_due": "Not due", "credit": "Credit"},
    "zh": {"not_due": "未到期", "credit": "贷方"},
}

# The figures that a report may be given a target for.
KPI_NAMES: Final = ("dso", "countback", "best_dso", "add", "cei", "overdue_ratio", "turnover")

# ISO 4217 currencies whose minor unit is not a hundredth.
CURRENCY_EXPONENTS: Final[Mapping[str, int]] = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
         "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip


def field_words(name: str, language: str) -> str:
    """Return a field's key with what people call it, where there is such a word."""
    headings = INVOICE_FIELDS.get(name, ())
    chinese = language == "zh"
    wanted = next(
        (h for h in headings if (any("\u4e00" <= c <= "\u9fff" for c in h) if chinese
                                 else h.isascii())), ""
    )  # fmt: skip
    return f"{name} ({wanted})" if wanted else name


def exponent(currency: str) -> int:
    """Return the decimals of an ISO 4217 currency: 2, but 0 for JPY and 3 for KWD."""
    return CURRENCY_EXPONENTS.get(currency, 2)


def buckets(edges: tuple[int, ...]) -> tuple[str, ...]:
    """Return the names of the aging buckets: ``not_due 1-30 31-60 61-90 90+ credit``."""
    lows = (1, *(edge + 1 for edge in edges[:-1]))
    spans = tuple(f"{low}-{high}" for low, high in zip(lows, edges, strict=True))
    return ("not_due", *spans, f"{edges[-1]}+", "credit")


def word(words: Mapping[str, Mapping[str, str]], language: str, key: str) -> str:
    """Return a status, flag, bucket or heading in a language, English where it has none."""
    return words.get(language, words["en"]).get(key, words["en"].get(key, key))
