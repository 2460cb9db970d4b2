"""More headings that mean a field exactly: accounting exports, other languages, traditional Chinese.

A traditional character folds to its simplified one, an accent to its letter, so each heading
stands here in one spelling. One that could also mean another field stands under LIKELY.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def _lists(*blocks: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return every field's headings, one after the other from each language."""
    merged: dict[str, list[str]] = {}
    for block in blocks:
        for name, headings in block.items():
            merged.setdefault(name, []).extend(part.strip() for part in headings.split("|"))
    return {name: tuple(headings) for name, headings in merged.items()}


_ENGLISH: Final = {
    "invoice": "Invoice Num|Invoice Nbr|Inv Number|Inv Num|Inv Ref|Inv|Inv ID|Invoice Code"
    "|Invoice Document|Invoice Doc No|Sales Invoice|Sales Invoice No|Sales Invoice Number"
    "|Tax Invoice No|Tax Invoice Number|Customer Invoice No|AR Invoice No|AR Invoice Number"
    "|Invoice / Document No|Invoice Serial No|Invoice S/N|Bill #|Bill Num|Bill Reference"
    "|Billing Document|Billing Doc|Billing Document No|Billing Number|Document #|Document Num"
    "|Doc Number|Doc #|Doc Num|Document ID|Doc ID|Document Reference|Doc Ref|Voucher Number"
    "|Voucher #|Vch No|Transaction Number|Transaction No|Transaction #|Trx Number|TRX_NUMBER"
    "|Trans #|Tran No|Num|Invoice(s)|Our Invoice No|Our Invoice Number",
    "customer": "Customer Full Name|Customer's Name|Customer Names|Customers|Cust Name|Cust|Customer Company"
    "|Customer Company Name|Customer Legal Name|Customer Account Name|Customer Title"
    "|Customer Description|Customer Organization|Customer/Project|Customer/Job|Customer:Job"
    "|Customer:Project|Customer / Client|Clients|Client's Name|Client Company|Clientname"
    "|Buyer's Name|Buyer Company|Purchaser|Purchaser Name|Bill To Name|Bill To Customer"
    "|Bill To Customer Name|Bill-to Name|Bill-to Customer|Billed To|Invoice To|Invoiced To"
    "|Invoice Customer|Sold To Name|Sold-to Party Name|Customer Name 1|Name 1|Debtor's Name"
    "|Debtor Account Name|Trade Debtor|Party Name|PARTY_NAME|CUSTNAME|KUNNR Name|AR Customer",
    "customer_id": "Customer Account|Customer Account No|Customer Account Number|Customer Acct|Cust No|Cust #"
    "|Cust ID|Cust Code|Cust Num|Cust Nbr|Customer Nbr|Customer Num|Customer Ref|CustomerID"
    "|Customer Identifier|Customer Key|Client No|Client Number|Client #|Client Ref"
    "|Debtor No|Debtor Number|Debtor ID|Debtor Account|Debtor #|Account ID|Account #|Acct No"
    "|Acct #|Acct Number|A/C No|A/C Ref|Account Ref|Account Reference|Account_Ref|A/C Code"
    "|Buyer Code|Buyer ID|Bill-to Customer No|Sell-to Customer No|Bill To Customer Number"
    "|Sold-to Party Number|Party ID|Party Number|ACCOUNT_NUMBER|KUNNR|CARDCODE|Card Code|BP Code",
    "email": "Emails|E-Mails|Email ID|Email Id|Mail ID|Email Addresses|Customer E-mail|Customer Email Address"
    "|Client Email|Client Email Address|Customer Mail|Buyer Email|Billing E-mail"
    "|Billing Email Address|Invoice Email|Invoicing Email|Accounts Payable Email|AP E-mail"
    "|AP Contact Email|Contact E-mail|Contact Email Address|Customer Contact Email"
    "|Accounts Email Address|Finance Email|Finance Contact Email|Debtor Email|Remittance Email"
    "|Dunning Email|Collections Email|Statement Email|Main Email|Primary Email|Email 1"
    "|Payer Email|Email To|EmailAddress|Recipient Email",
    "cc": "Email CC|CC Emails|Cc Address|Cc Addresses|Carbon Copy|Copy Email|Email Cc To",
    "contact": "Customer Contact|Customer Contact Name|Primary Contact|Main Contact|AP Contact|AP Contact Name"
    "|Contact Full Name|Billing Contact|Billing Contact Name|Client Contact|Finance Contact"
    "|Accounts Contact|Contact Persons|Person in Charge (customer)",
    "phone": "Phone No|Phone Number|Phone #|Telephone No|Telephone Number|Tel No|Tel Number|Mobile No"
    "|Mobile Number|Mobile Phone|Cell|Cell Phone|Contact No|Contact Number|Contact Phone"
    "|Customer Phone|Client Phone|Work Phone|Main Phone|Primary Phone|Phone 1",
    "invoice_date": "Inv Date|Inv. Dt|Invoice Dt|Date of Invoice|Invoice Issue Date|Date of Issue|Issued Date"
    "|Invoice Issued Date|Invoiced Date|Invoiced On|Date Invoiced|Bill Dt|Billed Date|Billed On"
    "|Date Billed|Billing Dt|Trans Date|Tran Date|Trx Date|TRX_DATE|Trans. Date|Transaction Dt"
    "|Doc. Date|Document Dt|Date of Document|Post Date|Posted Date|Posting Dt|Date Posted|GL Date"
    "|Invoice Creation Date|Document Create Date|Voucher Date|Vch Date|Sales Invoice Date"
    "|Tax Invoice Date|Invoice Posting Date|Invoice dated",
    "due_date": "Due Dt|Dt Due|Date Due|Due By|Invoice Due Date|Invoice Due|Inv Due Date|Bill Due Date"
    "|Payment Due On|Payment Due By|Payment Deadline|Net Due Date|Net Due Dt|Net due dates"
    "|Due Date (Net)|Due for Payment|Due for Payment Date|Due Date/Receive By|Receive By"
    "|Maturity Dt|Date of Maturity|Payable By|Pay By Date|To Be Paid By|Final Due Date|Due Day"
    "|Contractual Due Date|Payment Due Dt|Installment Due Date|Expiry of Credit Period"
    "|Credit Due Date",
    "terms": "Term|Terms Code|Payment Terms Days|Payment Term Days|Payment Term (Days)|Terms Days"
    "|Payment Terms Code|Payment Terms Name|Payment Terms Description|Pay Terms|Pmt Terms"
    "|Pymt Terms|Pymnt Terms|Trading Terms|Invoice Terms|Net Terms|Net Days|Days Credit"
    "|Credit Term|Credit Terms in Days|Credit Period Days|Credit Period in Days"
    "|Customer Payment Terms|Customer Terms|Account Terms|Terms Name|Billing Terms",
    "amount": "Amt|Invoice Amt|Inv Amt|Inv Amount|Inv. Value|Invoiced Amount|Invoiced|Amount Invoiced"
    "|Invoiced Total|Billed|Billed Amount|Amount Billed|Billing Amount|Bill Value|Bill Total"
    "|Total Invoice|Total Invoice Amount|Total Invoice Value|Total Invoiced|Invoice Total Amount"
    "|Invoice Gross Amount|Invoice Gross|Gross Invoice Amount|Gross Invoice Value|Gross Total"
    "|Gross Value|Gross Amt|Original Amt|Orig Amount|Orig Amt|Orig. Invoice Amount"
    "|Original Invoice Amount|Original Value|Original Balance|Document Amount|Doc Amount|Doc Amt"
    "|Document Total|Doc Total|Transaction Amount|Trx Amount|Trans Amount|AMOUNT_DUE_ORIGINAL"
    "|Amount Due Original|Total Incl VAT|Total Incl GST|Total Incl Tax|Total Including VAT"
    "|Total Including GST|Total Including Tax|Total Inc VAT|Total Inc GST|Total Inc Tax"
    "|Amount Inc VAT|Amount Inc GST|Amount Incl GST|Amount Incl Tax|Amount Inc Tax"
    "|Amount Including GST|Amount Including Tax|Invoice Amount Incl VAT|Invoice Amount Incl GST"
    "|Invoice Amount Incl Tax|Invoice Value Incl GST|Invoice Amount Including VAT"
    "|Gross (incl VAT)|Total Amount Incl VAT|Total Amount Incl GST|Total Amount Including VAT"
    "|Invoice Amounts|Total Amt|Total Due Original|Invoice Amount Total"
    "|Amount with VAT|Amount with Tax|Total with VAT|Total with Tax",
    "paid": "Amt Recd|Amt Rec'd|Amount Recd|Amount Rec'd|Recd|Rec'd|Recd Amount|Payments Recd|Pmt|Pmts|Pymt|Pmt Amount|Paid Amt|Amt Paid|Amt Received|Received Amt|Amounts Paid|Amounts Received|Paid So Far|Paid to-date"
    "|Payment Amount|Payment Amt|Payments Received|Payment(s)|Payments to Date|Payments/Credits"
    "|Payments and Credits|Total Payments|Total Payment Received|Total Received Amount"
    "|Total Amount Paid|Total Amount Received|Total Paid Amount|Applied Amount|Amount Applied"
    "|Payments Applied|Applied Payments|Amount Collected|Collected Amount|Cash Received"
    "|Cash Collected|Cash Applied|Receipts|Receipt Amount|Receipt Amt|Receipts to Date"
    "|Amount Settled|Settled Amount|Invoice Amount Paid|Invoice Paid Amount|Amount Paid (so far)"
    "|Paid Value|Deposit and Payments|Partial Payments|Received Payment|Received Payments",
    "balance": "Bal|Bal.|Balance Amt|Balance Amount|Balance Outstanding|Balance Owing|Balance Owed"
    "|Balance Remaining|Balance Payable|Balance Receivable|Balance to Pay|Balance to be Paid"
    "|Balance to Receive|Invoice Balance|Invoice Balance Due|Inv Balance|Closing Balance"
    "|Current Balance|Unpaid Balance|Unpaid Amt|Amount Unpaid|Unsettled Amount|Amount Outstanding"
    "|Outstanding Amt|Outstanding Bal|Outstanding Total|Outstanding Invoice Amount"
    "|Outstanding Receivable|Outstanding Due|Total Outstanding|Total Outstanding Amount"
    "|Total Balance|Net Outstanding|Net Balance|O/S|O/S Amount|O/S Amt|O/S Balance|OS Amount"
    "|OS Balance|Amt Outstanding|Open Amt|Amount Open|Total Open Amount|Total Open Balance"
    "|Open Invoice Amount|Open Invoice Balance|Remaining Amount|Remaining Amt|Remaining Amt."
    "|Remaining Due|Remaining Value|Remaining Unpaid|Amount Remaining Due|Amount Left|Left to Pay"
    "|Amount Due Remaining|AMOUNT_DUE_REMAINING|Invoice Amount Due|Residual Amount|Residual"
    "|Amount Residual|Amount Owed|Amount Owing|Owing|Owed|Total Owing|Still Owed"
    "|Amount Receivable Balance|AR Balance|Receivable Balance|Uncollected|Uncollected Amount"
    "|Amount Uncollected|Amount Still Due|Unapplied Balance of Invoice|Pending Balance"
    "|Pending Payment Amount|Amount Pending|Balance O/S",
    "paid_status": "Invoice Payment Status|Payment State|Invoice State|Settlement Status|Paid/Unpaid"
    "|Paid / Not Paid|Paid or Unpaid|Paid (Y/N)|Paid Y/N|Is Paid|Is Paid?|Payment Status Name"
    "|Receipt Status|Clearing Status|Invoice Paid?|Received?|Fully Paid?|AR Status"
    "|Payment Received?",
    "currency": "Cur|Cur.|Crcy|Currency ISO|Currency ISO Code|ISO Currency|Invoice Currency|Inv Currency"
    "|Inv Curr|Invoice Currency Code|INVOICE_CURRENCY_CODE|Document Currency|Doc Currency"
    "|Doc. Curr|Transaction Currency|Trx Currency|Trans Currency|Local Currency|Home Currency"
    "|Base Currency|Company Code Currency|Currency Name|Currency Key|Billing Currency"
    "|Foreign Currency|CurrencyCode|CUR_CODE",
    "paid_date": "Pay Date|Pmt Date|Payment Dt|Date of Payment|Payment Received Date|Payment Received On"
    "|Date Payment Received|Payment Receipt Date|Received Date|Receipt Date|Date of Receipt"
    "|Paid Dt|Last Payment Date|Date of Last Payment|Last Paid Date|Fully Paid On|Fully Paid Date"
    "|Fully Paid On Date|Clearing Date|Clearing Dt|Cleared Date|Date Cleared|Settled On"
    "|Settlement Dt|Date Settled|Closed Date|Collection Date|Date Collected|Cash Receipt Date"
    "|Actual Payment Date",
    "owner": "Salesman|Sales Man|Salesperson Name|Sales Person|Sales Representative|Sales Rep Name|Salesrep"
    "|Sales Agent|Sales Executive|Sales Manager|Sales Owner|Account Owner|Account Executive"
    "|Account Mgr|Acct Manager|Acct Mgr|Relationship Manager|Key Account Manager|KAM|Collector Name"
    "|Collections Owner|AR Owner|Assigned To|Rep|Responsible Person|Person Responsible|Handled By"
    "|Credit Controller|Collection Owner|Collection Agent|Collections Specialist",
    "owner_email": "Sales Rep Email|Sales Email|Salesman Email|Sales Person Email|Account Owner Email"
    "|Collector Email|Responsible Email|Rep Email|Credit Controller Email|KAM Email",
    "language": "Preferred Language|Customer Language|Language Code|Correspondence Language|Lang Code",
    "dispute": "Disputed?|Is Disputed|Disputed (Y/N)|Disputed Y/N|Dispute?|Dispute Status|Dispute Y/N"
    "|In Dispute?|Dispute Comment|Dispute Comments|Dispute Notes|Dispute Code",
    "promise_date": "Promise to Pay Date|Promised Payment Date|Promise-to-Pay Date|PTP|Promised Pay Date"
    "|Date Promised|Promised By|Payment Promise Date|Promised to Pay On|Committed Payment Date"
    "|Payment Commitment Date",
    "promise_amount": "Promise to Pay Amount|Promised Payment Amount|Amount Promised|Committed Amount",
    "pause_until": "On Hold Until|Chase Again On|Do Not Chase Before|Do Not Chase Until|Hold Chasing Until",
    "do_not_chase": "Dunning Block|Exclude from Dunning|Exclude from Reminders|No Dunning|Stop Chasing|No Chasing"
    "|Do Not Remind|Do Not Email|Do Not Send Reminder|Do Not Send Reminders|Suppress Reminders",
    "credit_limit": "Credit Limit Amount|Credit Lmt|Cr Limit|Approved Credit Limit|Customer Credit Limit"
    "|Credit Line|Credit Limit (Total)|Total Credit Limit",
    "rating_override": "Customer Rating|Risk Rating|Credit Grade|Risk Class|Credit Score Class",
    "credit_hold": "On Credit Hold|Credit Hold?|On Hold?|Account On Hold|Account on Stop|Credit Stop|Credit Block",
    "orders": "Open Order Value|Open Orders Value|Unbilled|Unbilled Amount|Unbilled Order Value|Orders Not Invoiced",
    "country": "Customer Country|Country/Region|Country/Reg.|Country Name|Country/Region Code|Bill To Country",
    "timezone": "Customer Time Zone|Customer Timezone|TZ",
    "project": "Project Number|Project No|Project ID|Project Code|Project #|Job|Job No|Job Number|Job Name",
    "contract": "Contract #|Contract ID|Contract Ref|Contract Reference|Agreement No|Agreement Number",
    "po": "P.O. No|P.O. Number|P.O. #|P.O.|PO Ref|PO Reference|PO Num|POnumber|Customer PO|Customer PO No"
    "|Customer PO Number|Customer PO #|Purchase Order No|Purchase Order Number|Purchase Order #"
    "|Order #|Order Ref|Order Reference|Customer Order No|Customer Order Number|Cust PO|Cust PO #"
    "|Sales Order|Sales Order No|Sales Order Number|SO Number|SO No|SO #|Client PO|Your Reference"
    "|Your Ref|Customer Reference|Customer Reference No|Client Reference",
    "attachment": "Invoice File|Invoice Copy|Attachments|Invoice Attachment|PDF Link|Invoice Link",
    "payment_link": "Pay Now Link|Pay Now|Pay URL|Online Payment Link|Online Payment URL|Payment Page|Pay Online",
    "instalment": "Installment Number|Instalment Number|Installment #|Instalment #|Installments|Payment Schedule No",
    "note": "Remarks/Comments|Comments/Remarks|Internal Note|Internal Notes|Internal Comments|AR Notes"
    "|AR Comments|Collection Notes|Collection Comments|Collections Notes|Collector Notes|Follow Up Notes"
    "|Follow-up Notes|Additional Notes|Notes/Comments|Action Notes|Latest Note",
}  # fmt: skip

_CHINESE: Final = {
    "invoice": "发票号码(全电)|数电发票号码|全电发票号码|数电票号码|销售发票号|销售发票号码|增值税发票号|税票号码"
    "|票号|发票No|应收单号|应收单编号|应收单据号|应收编号|单据编码|销售单号|销售单编号|结算单号|对账单号"
    "|账单号码|票据号码|开票号码|发票单号",
    "customer": "客户全称|客户简称|客户单位|客户单位名称|客户公司|客户公司名称|客户姓名|客户名字|客户(名称)|客戶"
    "|顾客|顾客名称|购方|购方名称|购买方名称|购方单位|购方企业名称|购货单位名称|购货方|购货方名称|购方公司"
    "|购买单位|买方|买方名称|采购方|采购方名称|需方|需方名称|甲方|甲方名称|欠款单位|欠款方|欠款客户"
    "|欠款单位名称|债务人|债务人名称|应收单位|应收客户|往来单位名称|往来客户|往来客户名称|往来户名称"
    "|核算客户|结算客户|开票客户|开票单位名称|销售客户|合作单位|合作客户|合作公司|下游客户|客商|客商名称"
    "|客商全称|公司客户|付款客户",
    "customer_id": "客户ID|客户No|客户内码|客户账号|客户CODE|客商编码|客商代码|客商编号|往来单位编码|往来单位代码|往来单位编号"
    "|往来户编码|购方编码|单位编码|合作方编码|客户档案编码|编号(客户)",
    "email": "客户邮箱|客户邮件|客户电子邮箱|客户邮箱地址|电邮|电子邮件地址|电邮地址|邮箱账号|邮箱号|联系人邮箱"
    "|财务邮箱|收票邮箱|对账邮箱|接收邮箱|收件人邮箱|E-mail地址|Email地址|电子信箱|信箱|客户信箱|催款邮箱",
    "cc": "抄送人邮箱|抄送地址|抄送人|CC邮箱|副本",
    "contact": "客户联络人|联络人|对接人|客户对接人|财务联系人|对账联系人|付款联系人|经办联系人|客户方联系人"
    "|联系人姓名|收票人|联系人(客户)",
    "phone": "联系方式|电话号码|手机号码|联系手机|客户电话|客户联系电话|联络电话|固定电话|座机|联系人电话"
    "|联系人手机",
    "invoice_date": "开票时间|发票开具日期|开具日期|开票日|发票日|发票开票日期|开发票日期|开票年月日|出票日期|制单日期"
    "|立账日期|立账日|入账单据日期|销售日期|应收单日期|应收单据日期|应收确认日期|对账单日期|记账日期|凭证日期"
    "|确认收入日期|出账日期|账单生成日期",
    "due_date": "应收到期日|应收款到期日期|应收账款到期日期|应收款到期日|应收账款到期日|到期时间|付款到期日期|收款到期日|收款到期日期|回款到期日|回款到期日期"
    "|账期到期日|账期到期日期|信用到期日|信用期到期日|信用到期日期|账款到期日|到账期日|到期付款日|约定付款日期"
    "|约定回款日期|约定收款日|约定收款日期|合同约定付款日|合同付款日|合同付款日期|合同约定回款日|应付款日"
    "|应回款日期|应回款日|应收款日|应付日期|应收到期日期|最后付款日|最迟付款日|最迟付款日期|最晚付款日|最晚付款日期"
    "|付款截止日|付款截止日期|付款期限日|还款到期日|到期日(净)|缴款期限日",
    "terms": "账期(天)|账期天|账期(日)|账期说明|付款账期|客户账期|回款账期|收款账期|信用账期|账期条件|收款条件|付款条款"
    "|付款期|信用天数|信用期限|信用期(天)|信用期天|信用期天数|信用账期天数|结算条件|结款账期|收付款条件"
    "|约定账期|合同账期|账期类型|付款约定|付款天数",
    "amount": "应收款金额|应收总额|应收总金额|应收账款金额|应收账款原值|应收账款|应收原值|应收合计|应收价税合计|本次应收|应收含税金额"
    "|含税总额|含税总金额|含税合计|含税价|含税销售额|含税销售金额|含税收入|价税合计金额|价税合计(元)|价税总额|发票总额"
    "|发票总金额|发票含税金额|发票价税合计|发票面额|票面金额|开票总额|开票总金额|开票含税金额|含税开票金额|开票额"
    "|已开票金额|账单总额|账单总金额|账单应收|账款金额|原始金额|单据金额|单据总金额"
    "|金额合计|合计金额|总额|金额(含税)|应收额|立账金额|总价|销售总额|货款|货款金额",
    "paid": "已收款合计|已收货款合计|客户已付款|已到账|已收总额|已收总金额|已收合计|已收额|已收回款|已收货款|已回款额|已回款总额|回款额|回款总额|回款合计|已回"
    "|已回金额|已收回|已收回金额|收回金额|累计收款|累计收款金额|累计回款|累计回款金额|累计已收|累计已收金额"
    "|累计已回款|实收|实收款|实收款金额|实收账款|实际收款|实际收款金额|实际回款|实际回款金额|实际到账金额|到账金额|已到账金额"
    "|到账额|入账金额|已付款|已付款金额|已付|客户已付|客户已付金额|收款|收款额|收款总额|收款合计|本次收款"
    "|本期回款|本期实收|本期收回|已核销金额|已核销|核销金额|已结算金额|已结金额|已结清金额|已缴金额|冲账金额|冲销金额",
    "balance": "剩余未收款|期末应收账款余额|未收账款|未收总额|未收总金额|未收合计|未收额|未收余款|未收货款|未收款余额|未收尾款|未回款额|未回款余额|未回款总额"
    "|未回款项|未回|未回金额|未收回|未收回金额|待收|待收款|待收款金额|待收余额|待回款|待回款金额|待回款余额|剩余应收"
    "|剩余应收金额|剩余应收款|剩余金额|剩余未收|剩余未收金额|剩余未回款|剩余款项|剩余欠款|剩余货款|结余|结余金额|欠款余额"
    "|欠款总额|欠款总金额|欠款额|尚欠|尚欠金额|尚欠款|尚欠货款|尚未回款|尚未收款|应收账款余额|应收款余额|应收账款期末余额"
    "|应收账款总额|应收余款|应收未收|应收未收金额|应收未收款|应收未收余额|期末应收|期末应收余额|期末应收账款"
    "|期末未收|期末欠款|期末未收金额|本期余额|当前余额|当前欠款|账款余额|账面余额|未核销金额|未核销余额|未结算金额|未结金额"
    "|未结清金额|未结余额|未付金额|未付款|未付款金额|未付余额|欠费金额|未缴金额|未冲金额|未清金额|未清项金额|未到账金额"
    "|余款|余额(元)",
    "paid_status": "结算状态|收款核销状态|付清状态|结清状态|是否结清|是否已结清|是否付清|是否已付|是否付款|是否已付款|是否已收款"
    "|是否已回款|是否到账|是否已到账|到账状态|回款情况|收款情况|付款情况|是否核销|已付款?|已回款?|账款状态|账单状态"
    "|收款核销",
    "currency": "币种代码|货币代码|货币种类|币种名称|结算币种|交易币种|发票币种|单据币种|原币币种|原币币别|本位币|本币|外币币种"
    "|货币单位|幣別",
    "paid_date": "实际收款日期|实际回款日期|实际回款日|实际到账日期|实收日期|收款日|收款时间|回款日|回款时间|到账日|到账时间"
    "|入账日|入账时间|付款日|付款时间|实际付款日期|结清日期|结清时间|核销日期|结款日|最近收款日期|最近回款日期"
    "|最后收款日期|最后回款日期|清账日期|已收日期",
    "owner": "业务负责人|业务人员|业务经办人|业务经理|销售人员|销售经理|销售代表|销售负责人|销售业务员|销售顾问|客户负责人"
    "|客户专员|负责业务员|负责销售|归属销售|所属销售|所属业务员|跟单员|跟单|催收员|催收人|催款人|催收负责人|责任人|收款责任人"
    "|收款负责人|回款责任人|回款负责人|对接销售|经办业务员|承办人|项目经理",
    "owner_email": "业务员邮箱地址|销售员邮箱|客户经理邮箱|跟进人邮箱|责任人邮箱|销售人员邮箱",
    "language": "客户语言|沟通语言|语言代码",
    "dispute": "争议状态|争议情况|是否有争议|争议说明|异议原因|争议备注|是否异议|争议标志|争议金额说明",
    "promise_date": "承诺付款时间|承诺还款日|承诺还款日期|承诺回款日期|承诺回款时间|客户承诺日期|客户承诺付款日|承诺到账日期"
    "|承诺日",
    "promise_amount": "承诺回款金额|承诺还款金额|承诺到账金额",
    "pause_until": "暂停催收|暂缓催收至|缓催至|不催至",
    "do_not_chase": "不催款|禁止催收|停止催收|是否停催|停催|不发送催收|不发邮件|不发催款邮件",
    "credit_limit": "授信|授信金额|授信总额|信用额|信用额度(元)|信用总额|客户信用额度|赊销额度|赊销限额|授信限额|信贷额度",
    "rating_override": "客户评级|客户等级|客户信用等级|信用级别|风险等级",
    "credit_hold": "信用冻结|是否停供|是否停货|暂停发货|停止发货",
    "orders": "未开票订单金额|已发货未开票|已发货未开票金额|未开票余额|在途订单",
    "country": "国别|国家地区|所在国家|客户国家",
    "project": "项目编号|项目号|工程名称|项目简称|工程项目",
    "contract": "合同名称|合同编码|合同No|协议号|协议编号|销售合同号|销售合同编号",
    "po": "订单编码|订单号码|客户订单号|客户PO|客户PO号|PO号|PO单号|采购订单|采购单号|采购订单编号|销售订单号|销售订单|销售订单编号"
    "|订单",
    "attachment": "发票文件|发票PDF|电子发票|发票链接",
    "payment_link": "支付网址|付款网址|在线付款链接",
    "instalment": "分期期数|分期次数|第几期|付款期次|回款期次|期别",
    "note": "备注说明|备注信息|备注栏|附注|注释|补充说明|催收备注|跟进备注|跟进情况|催款情况|催收情况|跟进记录",
}  # fmt: skip

_GERMAN: Final = {
    "invoice": "Rechnung|Rechnungsnummer|Rechnungs-Nr|Rechnungsnr|Rechnung Nr|Rechnung-Nr|Rg-Nr|RgNr|Rg. Nr.|Re-Nr|ReNr"
    "|R-Nr|Faktura|Fakturanummer|Faktura-Nr|Fakturanr|Belegnummer|Belegnr|Beleg-Nr|Beleg|Beleg Nr|Belegfeld 1"
    "|Ausgangsrechnung|Ausgangsrechnungsnummer|OP-Nummer|OP-Nr",
    "customer": "Kunde|Kundenname|Name des Kunden|Kunde Name|Kundenbezeichnung|Debitor|Debitorname|Debitorenname"
    "|Debitor Name|Debitorenbezeichnung|Rechnungsempfänger|Rechnungsempfaenger|Auftraggeber|Auftraggeber Name"
    "|Regulierer|Firma|Firmenname",
    "customer_id": "Kundennummer|Kundennr|Kunden-Nr|Kunden Nr|Kunde Nr|Kundenkonto|Kd-Nr|KdNr|Kd. Nr.|Kunden-ID|Kundencode"
    "|Debitorennummer|Debitorennr|Debitoren-Nr|Debitornummer|Debitor-Nr|Debitornr|Debitorenkonto|Debitorkonto"
    "|Personenkonto|Debitoren-ID",
    "email": "E-Mail-Adresse|E-Mail Kunde|Mailadresse|Mail-Adresse|E-Mail Adresse|Rechnungs-E-Mail|E-Mail Rechnung"
    "|Kunden-E-Mail|Emailadresse",
    "contact": "Ansprechpartner|Ansprechpartnerin|Kontakt|Kontaktperson|Ansprechperson",
    "phone": "Telefon|Telefonnummer|Telefon-Nr|Telefonnr|Tel-Nr|Handy|Handynummer|Mobil|Mobilnummer|Rufnummer",
    "invoice_date": "Rechnungsdatum|Rechnungs-Datum|Datum der Rechnung|Rechnung vom|Re-Datum|Rg-Datum|Belegdatum|Datum"
    "|Ausstellungsdatum|Fakturadatum|Buchungsdatum|Rechnungsausgang",
    "due_date": "Fälligkeit|Faelligkeit|Fälligkeitsdatum|Faelligkeitsdatum|Fälligkeitstermin|Fällig am|Faellig am|Fällig"
    "|Faellig|Nettofälligkeit|Netto-Fälligkeit|Nettofälligkeitsdatum|Zahlbar bis|Zahlung bis|Zu zahlen bis|Fällig zum"
    "|Fällig bis",
    "terms": "Zahlungsbedingung|Zahlungsbedingungen|Zahlungskondition|Zahlungskonditionen|Zahlungsfrist|Zahlungsziel"
    "|Zahlungsziel (Tage)|Zahlungsziel Tage|Zahlungsziel in Tagen|Zahlungsfrist (Tage)|Konditionen|Zlg-Bed|Zahlbed",
    "amount": "Betrag|Rechnungsbetrag|Rechnungssumme|Gesamtbetrag|Bruttobetrag|Betrag brutto|Betrag (brutto)|Brutto"
    "|Rechnungsbetrag brutto|Bruttorechnungsbetrag|Gesamtbetrag brutto|Rechnungsbetrag (brutto)|Fakturabetrag"
    "|Forderungsbetrag|Ursprungsbetrag|Ursprünglicher Betrag|Rechnungsendbetrag|Endbetrag",
    "paid": "Bezahlt|Gezahlt|Bereits bezahlt|Bezahlter Betrag|Gezahlter Betrag|Bereits gezahlt|Zahlungen|Zahlbetrag"
    "|Geleistete Zahlungen|Erhaltene Zahlungen|Zahlungseingänge|Zahlungseingang|Eingegangen|Teilzahlungen|Zahlung",
    "balance": "Offen|Offener Betrag|Offene Summe|Offener Posten|Offener Restbetrag|Offene Forderung|Offener Saldo|Restbetrag"
    "|Restforderung|Restsaldo|Rest|Noch offen|Ausstehend|Ausstehender Betrag|Saldo|OP-Betrag|OP-Saldo|Offener Rechnungsbetrag"
    "|Unbezahlt|Betrag offen|Restschuld|Außenstand|Noch zu zahlen",
    "paid_status": "Zahlungsstatus|Rechnungsstatus|Bezahlt?|Bezahlt ja/nein|Bezahlt (J/N)|Zahlstatus",
    "currency": "Währung|Waehrung|Whg|Währ|Währungsschlüssel|Belegwährung|Rechnungswährung|Hauswährung|Währungscode"
    "|Währungskennzeichen|WKZ",
    "paid_date": "Zahlungsdatum|Zahldatum|Bezahlt am|Gezahlt am|Zahlungseingang am|Datum Zahlungseingang|Zahlungseingangsdatum"
    "|Ausgleichsdatum|Ausgleich am|Datum der Zahlung|Ausgeglichen am",
    "owner": "Vertreter|Verkäufer|Sachbearbeiter|Sachbearbeiterin|Kundenbetreuer|Vertriebsmitarbeiter|Betreuer|Zuständig"
    "|Vertriebler|Vertrieb|Außendienst|Verantwortlich|Verantwortlicher|Bearbeiter",
    "language": "Sprache|Korrespondenzsprache|Sprachcode",
    "dispute": "Strittig|Streitig|Reklamation|Reklamiert|Klärungsfall|Streitfall|In Klärung|Strittig?",
    "promise_date": "Zahlungszusage|Zugesagt am|Zahlungszusage am|Zahlungsversprechen",
    "do_not_chase": "Mahnsperre|Nicht mahnen|Keine Mahnung",
    "pause_until": "Mahnsperre bis|Nicht mahnen bis",
    "credit_limit": "Kreditlimit|Kreditrahmen|Kreditlinie|Verfügungsrahmen",
    "country": "Land|Länderkennzeichen|Ländercode",
    "project": "Projekt|Projektname|Projektnummer|Bauvorhaben",
    "contract": "Vertrag|Vertragsnummer|Vertragsnr|Vertrags-Nr",
    "po": "Bestellnummer|Bestell-Nr|Bestellnr|Auftragsnummer|Auftragsnr|Auftrags-Nr|Bestellung|Auftrag|Kundenbestellnummer",
    "instalment": "Teilzahlung Nr|Ratennummer|Rate Nr",
    "note": "Bemerkung|Bemerkungen|Notiz|Notizen|Kommentar|Kommentare|Anmerkung|Anmerkungen|Hinweis|Hinweise",
    "method": "Zahlungsart|Zahlweg", "reference": "Verwendungszweck|Referenz",
}  # fmt: skip

_FRENCH: Final = {
    "invoice": "Facture|N° facture|N° de facture|N° de la facture|Numéro facture|Numéro de facture|Num facture|Num. facture"
    "|Nº facture|Nr facture|No facture|No de facture|Réf facture|Référence facture|Référence de facture|N° pièce|N° de pièce"
    "|Numéro de pièce|Pièce|N° document|Numéro document|Facture n°|Facture No|Code facture",
    "customer": "Nom du client|Nom client|Nom de client|Raison sociale|Raison sociale client|Clients|Débiteur|Nom du débiteur|Tiers"
    "|Nom du tiers|Nom tiers|Société|Société cliente|Intitulé client|Libellé client|Client facturé|Client (nom)",
    "customer_id": "Code client|N° client|N° de client|Numéro client|Numéro de client|Num client|Réf client|Référence client"
    "|Compte client|N° compte client|Identifiant client|ID client|Code tiers|N° tiers|Compte tiers|Compte auxiliaire|Code débiteur",
    "email": "Courriel|Adresse courriel|Adresse e-mail|Adresse email|Adresse mail|E-mail client|Email client|Mail client|Courriel client"
    "|Adresse électronique|Email facturation|E-mail de facturation|Mail de facturation",
    "cc": "Copie à|En copie",
    "contact": "Interlocuteur|Personne à contacter|Personne de contact|Contact client|Nom du contact|Contact comptable",
    "phone": "Téléphone|Tél|N° téléphone|N° de téléphone|Numéro de téléphone|Portable",
    "invoice_date": "Date facture|Date de facture|Date de la facture|Date facturation|Date de facturation|Date d'émission|Date émission"
    "|Date de pièce|Date pièce|Date du document|Date document|Émise le|Facturé le|Date comptable",
    "due_date": "Échéance|Date d'échéance|Date échéance|Date d'échéance de paiement|Échéance le|Date limite de paiement|Date limite de règlement"
    "|À payer avant le|À payer avant|Échéance facture|Date d'échéance facture|Échéance de paiement|Échu le|Éch.",
    "terms": "Conditions de paiement|Condition de paiement|Conditions paiement|Conditions de règlement|Condition de règlement"
    "|Modalités de paiement|Modalités de règlement|Délai de paiement|Délai paiement|Délai de règlement|Délais de paiement"
    "|Délai de paiement (jours)|Échéance (jours)",
    "amount": "Montant|Montant TTC|Total TTC|TTC|Montant facture|Montant de la facture|Montant facturé|Montant facture TTC|Facturé TTC"
    "|Montant total|Montant total TTC|Total facture|Total facture TTC|Montant initial|Montant d'origine|Montant brut|Total facturé"
    "|Montant (TTC)|Prix TTC",
    "paid": "Payé|Réglé|Montant payé|Montant réglé|Montant encaissé|Encaissé|Règlements|Paiements|Encaissements|Déjà payé|Déjà réglé"
    "|Total payé|Total réglé|Montant déjà payé|Montant déjà réglé|Paiements reçus|Règlements reçus|Montant reçu|Total encaissé",
    "balance": "Solde|Solde dû|Solde restant|Solde restant dû|Solde à payer|Solde ouvert|Solde facture|Reste à payer|Reste dû|Restant dû"
    "|Montant restant|Montant restant dû|Restant à payer|Reste à recouvrer|Reste à encaisser|Montant impayé|Solde impayé|Montant ouvert"
    "|Reste à régler|Solde TTC|Reste",
    "paid_status": "Statut de paiement|Statut paiement|Statut du paiement|Statut de la facture|Statut facture|Statut de règlement"
    "|État de paiement|État du paiement|État facture|État de la facture|Payé ?|Réglé ?|Payée ?|Payé (O/N)|Statut|État",
    "currency": "Devise|Monnaie|Code devise|Devise facture|Devise de facturation",
    "paid_date": "Date de paiement|Date paiement|Date du paiement|Date de règlement|Date règlement|Date du règlement|Date d'encaissement"
    "|Date encaissement|Payé le|Réglé le|Payée le|Réglée le|Encaissé le|Date de réception du paiement",
    "owner": "Commercial|Représentant|Vendeur|Responsable|Gestionnaire|Chargé de compte|Chargé de clientèle|Responsable client"
    "|Responsable commercial|Chargé de recouvrement|Nom du commercial",
    "language": "Langue",
    "dispute": "Litige|En litige|Litige ?|Contestation|Motif du litige|Motif litige|Contesté",
    "promise_date": "Promesse de paiement|Date de promesse|Date promise|Date promesse|Date de promesse de paiement",
    "promise_amount": "Montant promis",
    "do_not_chase": "Ne pas relancer|Pas de relance|Blocage relance",
    "pause_until": "Relance suspendue jusqu'au|Ne pas relancer avant",
    "credit_limit": "Limite de crédit|Limite crédit|Plafond de crédit|Plafond|Encours autorisé|Plafond d'encours|Plafond encours",
    "country": "Pays|Code pays", "project": "Projet|Nom du projet|Chantier|N° projet|Affaire",
    "contract": "Contrat|N° contrat|N° de contrat|Numéro de contrat",
    "po": "Bon de commande|N° bon de commande|N° commande|N° de commande|Numéro de commande|Commande|Réf commande|Référence commande",
    "instalment": "N° échéance|Numéro d'échéance|Tranche",
    "note": "Commentaire|Commentaires|Remarque|Remarques|Observation|Observations",
    "method": "Mode de paiement|Mode de règlement|Moyen de paiement", "reference": "Référence",
}  # fmt: skip

_SPANISH: Final = {
    "invoice": "Factura|Nº factura|Nº de factura|N° factura|N° de factura|N.º factura|N.º de factura|Número de factura|Número factura"
    "|Núm. factura|Num. factura|Núm factura|No. factura|No. de factura|Factura nº|Factura No|Folio factura|Folio|Comprobante"
    "|Nº documento|N° documento|Núm. documento|Número de documento|Número documento|No. documento|Ref. factura|Referencia factura"
    "|Referencia de factura|Código factura|Nº comprobante|N.º documento",
    "customer": "Cliente|Clientes|Nombre del cliente|Nombre de cliente|Nombre cliente|Cliente nombre|Razón social|Razón social cliente|Deudor"
    "|Nombre del deudor|Nombre deudor|Empresa|Nombre empresa|Empresa cliente|Comprador",
    "customer_id": "Código cliente|Código de cliente|Código del cliente|Cód. cliente|Cod. cliente|Cod cliente|Nº cliente|Nº de cliente"
    "|N° cliente|N.º cliente|Número de cliente|Número cliente|Núm. cliente|No. cliente|ID cliente|ID de cliente|Cuenta cliente"
    "|Cuenta de cliente|Clave cliente|Clave de cliente|Código deudor",
    "email": "Correo|Correo electrónico|Correos|Correo del cliente|Correo cliente|Dirección de correo|Dirección de correo electrónico"
    "|E-mail cliente|Email cliente|Email del cliente|Correo de contacto|Correo facturación|Email facturación|Correo electrónico del cliente",
    "cc": "Copia a|Con copia",
    "contact": "Contacto|Persona de contacto|Nombre de contacto|Nombre contacto|Contacto cliente|Atención a",
    "phone": "Teléfono|Telefono|Tlf|Tfno|Móvil|Celular|Nº teléfono|Número de teléfono|Teléfono de contacto",
    "invoice_date": "Fecha factura|Fecha de factura|Fecha de la factura|Fecha de emisión|Fecha emisión|Fecha de facturación|Fecha facturación"
    "|Fecha|Fecha documento|Fecha de documento|Fecha del documento|Fecha expedición|Fecha de expedición|F. factura|F. emisión"
    "|Fecha contable|Emisión|Fecha comprobante",
    "due_date": "Vencimiento|Fecha vencimiento|Fecha de vencimiento|Fecha vto|Fecha vto.|F. vencimiento|F. vto|Vto|Vto.|Vence|Vence el"
    "|Fecha límite de pago|Fecha límite pago|Fecha límite de cobro|Vencimiento factura|Fecha de vencimiento de pago|Fecha de vcto|Vcto",
    "terms": "Condiciones de pago|Condición de pago|Condiciones pago|Términos de pago|Término de pago|Plazo de pago|Plazo pago|Plazo de cobro"
    "|Días de crédito|Dias credito|Días crédito|Plazo (días)|Plazo de crédito|Plazo en días|Días de plazo|Plazo",
    "amount": "Importe|Importe factura|Importe de la factura|Importe de factura|Importe total|Importe facturado|Importe original|Importe con IVA"
    "|Importe (IVA incluido)|Importe IVA incluido|Monto|Monto factura|Monto de la factura|Monto de factura|Monto total|Monto facturado"
    "|Monto original|Monto con IVA|Total factura|Total con IVA|Total IVA incluido|Total (IVA incl.)|Total facturado|Importe bruto|Monto bruto",
    "paid": "Pagado|Cobrado|Importe pagado|Importe cobrado|Monto pagado|Monto cobrado|Total pagado|Total cobrado|Pagos|Cobros|Pagos recibidos"
    "|Pago recibido|Cobros recibidos|Monto recibido|Importe recibido|Pagos realizados|Pagos a cuenta",
    "balance": "Saldo|Saldo pendiente|Saldo pendiente de pago|Saldo por cobrar|Saldo insoluto|Saldo actual|Saldo vencido y por vencer|Pendiente"
    "|Importe pendiente|Monto pendiente|Pendiente de cobro|Pendiente de pago|Pendiente cobro|Por cobrar|Importe por cobrar|Monto por cobrar"
    "|Importe adeudado|Monto adeudado|Adeudado|Saldo factura|Saldo de la factura|Importe pendiente de cobro|Saldo deudor|Resto|Resto por pagar"
    "|Importe pendiente de pago|Total pendiente|Saldo restante|Importe restante",
    "paid_status": "Estado de pago|Estado del pago|Estado pago|Estado de cobro|Estado cobro|Estado factura|Estado de factura|Estado de la factura"
    "|Situación de pago|Estatus|Estatus de pago|Estado|Pagado?|¿Pagado?|¿Pagada?|¿Cobrado?|Pagada (S/N)|Situación",
    "currency": "Moneda|Divisa|Código moneda|Código de moneda|Tipo de moneda",
    "paid_date": "Fecha de pago|Fecha pago|Fecha del pago|Fecha de cobro|Fecha cobro|Fecha del cobro|Pagado el|Cobrado el|F. pago|F. cobro"
    "|Fecha de último pago|Fecha último pago|Fecha de liquidación",
    "owner": "Vendedor|Comercial asignado|Ejecutivo|Ejecutivo de cuenta|Ejecutivo comercial|Gestor|Gestor de cobro|Gestor de cobros"
    "|Responsable de cobro|Agente comercial|Asesor comercial|Nombre vendedor",
    "language": "Idioma",
    "dispute": "Disputa|En disputa|Litigio|En litigio|Reclamación|Incidencia|En reclamación|Motivo de disputa|¿En disputa?",
    "promise_date": "Promesa de pago|Fecha promesa|Fecha de promesa|Fecha promesa de pago|Fecha compromiso|Fecha de compromiso|Compromiso de pago"
    "|Fecha compromiso de pago|Fecha de compromiso de pago",
    "promise_amount": "Importe prometido|Monto prometido|Importe comprometido|Monto comprometido",
    "do_not_chase": "No reclamar|No contactar|No recordar",
    "credit_limit": "Límite de crédito|Límite crédito|Limite de credito|Crédito autorizado|Línea de crédito|Crédito máximo",
    "country": "País", "project": "Proyecto|Nombre del proyecto|Obra|Nº proyecto",
    "contract": "Contrato|Nº contrato|Nº de contrato|N° contrato|Número de contrato",
    "po": "Orden de compra|Nº orden de compra|N° orden de compra|No. orden de compra|OC|Pedido|Nº pedido|Nº de pedido|N° pedido|Número de pedido"
    "|Pedido cliente|Su pedido",
    "instalment": "Cuota|Nº cuota|N° cuota|Número de cuota|Nº plazo",
    "note": "Observaciones|Observación|Notas|Nota|Comentario|Comentarios",
    "method": "Forma de pago|Medio de pago|Método de pago|Forma de cobro", "reference": "Referencia",
}  # fmt: skip

_OTHERS: Final = {
    "invoice": "Fattura|N. fattura|Nr. fattura|Numero fattura|Num. fattura|N° fattura|Fattura n.|Fatura|Nº fatura|N° da fatura|Número da fatura"
    "|Nota fiscal|Nº nota fiscal|Nº NF|Factuurnummer|Factuur|Factuurnr|Factuur nr|Номер счета|Номер счёта|Номер счета-фактуры|№ счета|Счет №"
    "|Numer faktury|Nr faktury|Fakturanummer",
    "customer": "Cliente / Ragione sociale|Ragione sociale|Nome cliente|Nominativo|Intestatario|Debitore|Nome do cliente|Razão social|Klant"
    "|Klantnaam|Naam klant|Debiteur|Debiteurnaam|Покупатель|Клиент|Заказчик|Дебитор|Наименование контрагента|Klient|Nazwa klienta|Kontrahent"
    "|Nazwa kontrahenta|Kundnamn|Müşteri|Müşteri adı|得意先|得意先名|取引先|取引先名|お客様名|顧客名",
    "customer_id": "Codice cliente|Cod. cliente cod|Klantnummer|Klantnr|Debiteurnummer|Debiteurnr|Código do cliente|Код клиента|Код контрагента"
    "|得意先コード|取引先コード|Kundnummer",
    "invoice_date": "Data fattura|Data emissione|Data di emissione|Data da fatura|Data de emissão|Data emissão|Data do documento|Factuurdatum"
    "|Дата счета|Дата счёта|Дата документа|Дата|Data wystawienia|Data faktury|請求日|請求書日付|Fakturadatum",
    "due_date": "Scadenza|Data scadenza|Data di scadenza|Scadenza fattura|Data de vencimento|Data vencimento|Data do vencimento|Vervaldatum"
    "|Vervaldag|Uiterste betaaldatum|Срок оплаты|Дата оплаты до|Оплатить до|Дата погашения|Termin płatności|Förfallodatum|Vade|Vade tarihi"
    "|支払期限|支払期日|入金期日|回収期日",
    "amount": "Importo|Importo fattura|Importo totale|Totale fattura|Totale documento|Valor da fatura|Valor total|Valor original|Factuurbedrag"
    "|Bedrag|Totaalbedrag|Bedrag incl. btw|Сумма|Сумма счета|Сумма счёта|Сумма с НДС|Сумма документа|Kwota|Kwota brutto|Wartość brutto|Belopp|Tutar"
    "|Fatura tutarı|請求金額|請求額|税込金額",
    "paid": "Pagato|Incassato|Importo pagato|Importo incassato|Pagamenti|Valor pago|Valor recebido|Betaald|Betaald bedrag|Reeds betaald|Оплачено"
    "|Сумма оплаты|Zapłacono|入金額|入金済額|Betalt|Ödenen",
    "balance": "Residuo|Importo residuo|Saldo residuo|Da incassare|Importo aperto|Saldo devedor|Em aberto|Valor em aberto|Saldo em aberto"
    "|Openstaand|Openstaand bedrag|Openstaand saldo|Nog te betalen|Остаток|Остаток долга|Задолженность|Сумма долга|Долг|К оплате"
    "|Do zapłaty|Pozostało do zapłaty|未入金額|未収金額|売掛残高|請求残高|Kalan|Bakiye",
    "paid_status": "Stato pagamento|Stato fattura|Situação|Status do pagamento|Betaalstatus|Статус|Статус оплаты|入金状況",
    "currency": "Valuta|Moeda|Валюта|Waluta|通貨|Para birimi|Divisa documento",
    "paid_date": "Data di pagamento|Data incasso|Data do pagamento|Data de pagamento|Betaaldatum|Betaald op|Дата оплаты|Дата платежа|入金日",
    "terms": "Condizioni di pagamento|Termini di pagamento|Condições de pagamento|Prazo de pagamento|Betalingstermijn|Betalingsvoorwaarden"
    "|Отсрочка|Условия оплаты|Отсрочка платежа|支払条件",
    "email": "Indirizzo email|Indirizzo e-mail|Posta elettronica|E-mail do cliente|E-mailadres|Эл. почта|Электронная почта|Почта|メールアドレス|メール",
    "contact": "Contatto|Referente|Contato|Contactpersoon|Контактное лицо|担当者名",
    "phone": "Telefono|Cellulare|Telefone|Telefoonnummer|Телефон|電話番号",
    "owner": "Agente|Agente di vendita|Commerciale|Responsabile|Responsável|Accountmanager|Менеджер|Ответственный|営業担当|担当営業",
    "credit_limit": "Fido|Limite di credito|Limite de crédito|Kredietlimiet|Кредитный лимит|与信限度額",
    "country": "Paese|Nazione|Страна", "language": "Lingua|Taal|Язык",
    "note": "Annotazioni|Osservazioni|Observações|Opmerking|Opmerkingen|Примечание|Комментарий|Uwagi|備考",
    "po": "Ordine|N. ordine|Numero ordine|Bestelnummer|Ordernummer|Номер заказа",
    "project": "Progetto|Commessa|Projeto|Проект", "contract": "Contratto|Договор|Номер договора",
}  # fmt: skip

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = _lists(
    _ENGLISH, _CHINESE, _GERMAN, _FRENCH, _SPANISH, _OTHERS
)

# Headings that may mean a field, where nothing else does: never used without being asked about.
LIKELY: Final[Mapping[str, tuple[str, ...]]] = _lists(
    {
        "customer": "Contact|Contact Name|Party|Payer|Payor|Payer Name|Sold To|Sold To Party|Ship To|Ship To Name|Sell To|Store"
        "|Store Name|Shop|Shop Name|Organization|Organisation|Organization Name|Entity|Entity Name|Business Name|Tenant"
        "|Tenant Name|Member|Member Name|Patient|Student|Dealer|Dealer Name|Distributor|Distributor Name|Partner|Partner Name"
        "|Business Partner|Business Partner Name|BP Name|Trading Partner|Ledger Name|Description|Particulars|Full Name"
        "|Riferimento|Geschäftspartner|Konto|Kontoname|Empfänger|Name|Nombre|Nom|Compte|Cuenta|Tercero|Nome"
        "|单位|单位名称|名称|公司|公司名称|对方单位|对方单位名称|对方名称|对方|对方户名|往来对象|店铺|门店|抬头|发票抬头|付款方|付款单位"
        "|付款人|收货单位|收货方|收货客户|经销商|经销商名称|代理商|代理商名称|商家|商户|商户名称|企业名称|企业|业主|业主名称|租户|租户名称"
        "|会员|会员名称|学员|渠道|渠道名称|对账单位|结算单位|核算项目|核算项目名称|辅助核算|单位全称|业务伙伴|订货单位",
        "customer_id": "Contact ID|Partner Code|BP No|Party Code|Konto|Kontonummer|Code|ID|编码|代码|编号|会员号",
        "invoice": "Reference|Ref|Ref No|Ref #|Reference No|Reference Number|Number|No|No.|Document|Doc|Transaction|ID|Trans No"
        "|Order No|Assignment|Journal|Journal No|Nummer|Numéro|Número|Nr|Numero|Documento|Document type no|Riferimento"
        "|编号|号码|凭证号|凭证字号|凭证编号|合同编号|合同号|订单号|流水号|业务单号|业务编号|出库单号|送货单号|参考号|期号|票据号|发票代码"
        "|发票",
        "invoice_date": "Created|Created On|Created Date|Creation Date|Entry Date|Date Entered|Start Date|Ship Date|Delivery Date"
        "|Order Date|Service Date|Sales Date|Booking Date|Value Date|Base Date|Baseline Date|Baseline Payment Dte"
        "|Document Create Date|Baseline Create Date|Valutadatum|Lieferdatum|Date de livraison|Fecha de entrega"
        "|创建日期|创建时间|录入日期|制单日期|发货日期|出库日期|送货日期|交货日期|签订日期|签约日期|合同日期|下单日期|订单日期|发生日期|起算日期"
        "|起息日|时间|验收日期|入账日期",
        "due_date": "Deadline|End Date|Expiry Date|Expiration Date|Expected Date|Expected Payment Date|Expected Pay Date"
        "|Expected Collection Date|Expected Receipt Date|Planned Date|Planned Payment Date|Target Date|Target Payment Date"
        "|Net Date|Net due|Scheduled Date|Scheduled Payment Date|Payment Schedule|Forecast Date|Pay Until|Payable On|Valid Until"
        "|Next Payment Date|Termin|Frist|Zieldatum|Zahlungsziel|Date prévue|Date limite|Fecha límite|Fecha prevista|Fecha prevista de cobro|Fecha estimada de pago"
        "|截止日期|截止日|截止时间|最后期限|期限|付款期限|回款期限|收款期限|还款期限|预计付款日|预计付款日期|预计回款日|预计回款日期|预计回款时间|预计收款日"
        "|预计收款日期|预计到账日期|计划回款日|计划回款日期|计划收款日期|计划付款日期|结算日|账期日|应结日期|应付款时间|应收时间",
        "terms": "Days|Credit|Due Days|Tage|Jours|Días|Frist|付款方式|结算方式|天数|期限|结算周期",
        "amount": "Value|Sum|Receivable|Receivables|Receivable Amount|Amount Receivable|Sales|Sales Amount|Sales Value|Net Amount|Net"
        "|Net Total|Debit|Debit Amount|Dr|Charge|Charges|Order Amount|Contract Amount|Contract Value|Principal|Subtotal|Sub Total"
        "|Grand Total|Goods Amount|Amount Excl VAT|Revenue|Fee|Fees|Gross Sales|Total Sales|Total Value|Amount Payable|Price"
        "|Summe|Gesamt|Gesamtsumme|Soll|Forderung|Forderungen|Umsatz|Wert|Nettobetrag|Netto|Débit|Montant dû|Montant HT|Total HT"
        "|Debe|Cargo|Valor|Importe neto|Base imponible|Cargos|Total a pagar|Valor líquido|Totale"
        "|应收|结算金额|订单金额|Total Payable|本期应收|本月应收|本期应收金额|借方|借方金额|本期借方|销售金额|销售额|结算额|不含税金额|未税金额|收入金额|合同额|合同总额|合同总金额|合同总价"
        "|费用|费用金额|款项|收费金额|应交金额|应付金额|本次应收金额|开票|欠账金额|应缴金额|本金|发生额|金额小计|小计",
        "paid": "Credit|Credits|Credit Amount|Cr|Receipt|Less Payments|Less Paid|Deposit|Deposits|Down Payment|Advance|Applied|Adjustments"
        "|Haben|Anzahlung|Anzahlungen|Gutschrift|Crédit|Acompte|Acomptes|Avoir|Haber|Abono|Abonos|Anticipo|Anticipos|Acconto"
        "|贷方|贷方金额|本期贷方|本月收款|本月回款|本期已收|预收|预收款|预收金额|预收账款|定金|订金|首付款|首付|付款金额|回款|冲减|已付定金",
        "balance": "Due|Amount Due|Due Amount|Net Due|Total Due|Arrears|Difference|Diff|Exposure|Open|Receivable|Receivables|Ending Balance"
        "|End Balance|Running Balance|Account Balance|Amount Overdue|Overdue Amount|Overdue|Past Due|Past Due Amount|Shortfall"
        "|Differenz|Überfällig|Encours|Différence|Montant dû|Impayé|Vencido|Saldo vencido|Importe vencido|Diferencia|Da pagare"
        "|尾款|尾款金额|逾期未收|差额|差异|剩余|欠费|逾期金额|逾期款|逾期应收|已逾期金额|期末数|期末|本期期末|期末借方余额|借方余额|本期结存|结存|敞口|逾期欠款|应收净额|未结算",
        "paid_status": "State|Payment|Open|Closed|Open/Closed|Paid Flag|Stage|Progress|Offen|Statut|Estado|État|进度|是否逾期|逾期状态|单据状态|审核状态|处理状态"
        "|跟进状态|催收状态|开票状态",
        "paid_date": "Completed|Completion Date|Last Payment|Payment|Date Closed|Zahlung|付款情况时间|完成日期|核销时间",
        "email": "Contact|Contact Details|Contact Info|Correspondence|Address|Send To|To|Recipient|联系方式|联系信息|收件地址|发送对象",
        "owner": "Manager|Agent|Employee|Staff|Department|Team|User|Created By|Representative|Agente|人员|经理|部门|团队|员工|制单人|经办人|录入人",
        "currency": "Unit|单位|Code",
        "promise_date": "Commitment|Follow Up Date|Follow-up Date|Next Follow Up|Next Action Date|跟进日期|下次跟进日期|下次联系日期",
        "credit_limit": "Credit|Credit Amount|额度|限额",
        "do_not_chase": "Hold|Blocked|Block|On Hold|冻结|暂停",
        "note": "Details|Description|Particulars|Text|Action|Follow Up|Reason|Narrative|Buchungstext|Text|Libellé|Descripción|Concepto|描述|情况|情况说明|原因|内容|详情",
        "dispute": "Issue|Issues|Problem|Query|Klärung|问题|异常|异常说明|纠纷",
    }
)  # fmt: skip
