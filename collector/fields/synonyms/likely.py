"""Headings that may mean a field where nothing else does, in every language: asked about."""

from __future__ import annotations

from typing import Final

MAY_MEAN: Final = {
    "customer":
    "Contact|Contact Name|Party|Payer|Payor|Payer Name|Sold To|Sold To Party|Ship To"
    "|Ship To Name|Sell To|Store|Store Name|Shop|Shop Name|Organization|Organisation"
    "|Organization Name|Entity|Entity Name|Business Name|Tenant|Tenant Name|Member"
    "|Member Name|Patient|Student|Dealer|Dealer Name|Distributor|Distributor Name"
    "|Partner|Partner Name|Business Partner|Business Partner Name|BP Name"
    "|Trading Partner|Ledger Name|Description|Particulars|Full Name|Riferimento"
    "|Geschäftspartner|Konto|Kontoname|Empfänger|Name|Nombre|Nom|Compte|Cuenta|Tercero"
    "|Nome|单位|单位名称|名称|公司|公司名称|对方单位|对方单位名称|对方名称|对方"
    "|对方户名|往来对象|店铺|门店|抬头|发票抬头|付款方|付款单位|付款人|收货单位|收货方"
    "|收货客户|经销商|经销商名称|代理商|代理商名称|商家|商户|商户名称|企业名称|企业"
    "|业主|业主名称|租户|租户名称|会员|会员名称|学员|渠道|渠道名称|对账单位|结算单位"
    "|核算项目|核算项目名称|辅助核算|单位全称|业务伙伴|订货单位",
    "customer_id":
    "Contact ID|Partner Code|BP No|Party Code|Konto|Kontonummer|Code|ID|编码|代码|编号"
    "|会员号",
    "invoice":
    "Reference|Ref|Ref No|Ref #|Reference No|Reference Number|Number|No|No.|Document"
    "|Doc|Transaction|ID|Trans No|Order No|Assignment|Journal|Journal No|Nummer|Numéro"
    "|Número|Nr|Numero|Documento|Document type no|Riferimento|编号|号码|凭证号|凭证字号"
    "|凭证编号|合同编号|合同号|订单号|流水号|业务单号|业务编号|出库单号|送货单号|参考号"
    "|期号|票据号|发票代码|发票",
    "invoice_date":
    "Created|Created On|Created Date|Creation Date|Entry Date|Date Entered|Start Date"
    "|Ship Date|Delivery Date|Order Date|Service Date|Sales Date|Booking Date"
    "|Value Date|Base Date|Baseline Date|Baseline Payment Dte|Document Create Date"
    "|Baseline Create Date|Valutadatum|Lieferdatum|Date de livraison|Fecha de entrega"
    "|创建日期|创建时间|录入日期|制单日期|发货日期|出库日期|送货日期|交货日期|签订日期"
    "|签约日期|合同日期|下单日期|订单日期|发生日期|起算日期|起息日|时间|验收日期"
    "|入账日期",
    "due_date":
    "Deadline|End Date|Expiry Date|Expiration Date|Expected Date|Expected Payment Date"
    "|Expected Pay Date|Expected Collection Date|Expected Receipt Date|Planned Date"
    "|Planned Payment Date|Target Date|Target Payment Date|Net Date|Net due"
    "|Scheduled Date|Scheduled Payment Date|Payment Schedule|Forecast Date|Pay Until"
    "|Payable On|Valid Until|Next Payment Date|Termin|Frist|Zieldatum|Zahlungsziel"
    "|Date prévue|Date limite|Fecha límite|Fecha prevista|Fecha prevista de cobro"
    "|Fecha estimada de pago|截止日期|截止日|截止时间|最后期限|期限|付款期限|回款期限"
    "|收款期限|还款期限|预计付款日|预计付款日期|预计回款日|预计回款日期|预计回款时间"
    "|预计收款日|预计收款日期|预计到账日期|计划回款日|计划回款日期|计划收款日期"
    "|计划付款日期|结算日|账期日|应付日期|应结日期|应付款时间|应收时间",
    "terms":
    "Days|Credit|Due Days|Tage|Jours|Días|Frist|付款期限|回款期限|收款期限|付款方式|结算方式"
    "|天数|期限|结算周期",
    "amount":
    "Value|Sum|Receivable|Receivables|Receivable Amount|Amount Receivable|Sales"
    "|Sales Amount|Sales Value|Net Amount|Net|Net Total|Debit|Debit Amount|Dr|Charge"
    "|Charges|Order Amount|Contract Amount|Contract Value|Principal|Subtotal|Sub Total"
    "|Grand Total|Goods Amount|Amount Excl VAT|Revenue|Fee|Fees|Gross Sales|Total Sales"
    "|Total Value|Amount Payable|Price|Summe|Gesamt|Gesamtsumme|Soll|Forderung"
    "|Forderungen|Umsatz|Wert|Nettobetrag|Netto|Débit|Montant dû|Montant HT|Total HT"
    "|Debe|Cargo|Valor|Importe neto|Base imponible|Cargos|Total a pagar|Valor líquido"
    "|Totale|应收|结算金额|订单金额|Total Payable|本期应收|本月应收|本期应收金额|借方"
    "|借方金额|本期借方|销售金额|销售额|结算额|不含税金额|未税金额|收入金额|合同额"
    "|合同总额|合同总金额|合同总价|费用|费用金额|款项|收费金额|应交金额|应付金额"
    "|本次应收金额|开票|欠账金额|应缴金额|本金|发生额|金额小计|小计",
    "paid":
    "Credit|Credits|Credit Amount|Cr|Receipt|Less Payments|Less Paid|Deposit|Deposits"
    "|Down Payment|Advance|Applied|Adjustments|Haben|Anzahlung|Anzahlungen|Gutschrift"
    "|Crédit|Acompte|Acomptes|Avoir|Haber|Abono|Abonos|Anticipo|Anticipos|Acconto|贷方"
    "|贷方金额|本期贷方|本月收款|本月回款|本期已收|预收|预收款|预收金额|预收账款|定金"
    "|订金|首付款|首付|付款金额|回款|冲减|已付定金",
    "balance":
    "Due|Amount Due|Due Amount|Net Due|Total Due|Arrears|Difference|Diff|Exposure|Open"
    "|Receivable|Receivables|Ending Balance|End Balance|Running Balance|Account Balance"
    "|Amount Overdue|Overdue Amount|Overdue|Past Due|Past Due Amount|Shortfall"
    "|Differenz|Überfällig|Encours|Différence|Montant dû|Impayé|Vencido|Saldo vencido"
    "|Importe vencido|Diferencia|Da pagare|Rückstand|Arriéré|Atraso|Achterstand|欠缴|尾款|尾款金额"
    "|逾期未收|差额|差异|剩余|欠费"
    "|逾期金额|逾期款|逾期应收|已逾期金额|期末数|期末|本期期末|期末借方余额|借方余额"
    "|本期结存|结存|敞口|逾期欠款|应收净额|未结算",
    "paid_status":
    "State|Payment|Open|Closed|Open/Closed|Paid Flag|Stage|Progress|Offen|Statut|Estado"
    "|État|进度|是否逾期|逾期状态|单据状态|审核状态|处理状态|跟进状态|催收状态|开票状态",
    "paid_date":
    "Completed|Completion Date|Last Payment|Payment|Date Closed|Zahlung|付款情况时间"
    "|完成日期|核销时间",
    "email":
    "Contact|Contact Details|Contact Info|Correspondence|Address|Send To|To|Recipient"
    "|联系方式|联系信息|收件地址|发送对象",
    "owner":
    "Manager|Agent|Employee|Staff|Department|Team|User|Created By|Representative|Agente"
    "|人员|经理|部门|团队|员工|制单人|经办人|录入人",
    "currency": "Unit|单位|Code",
    "promise_date":
    "Commitment|Follow Up Date|Follow-up Date|Next Follow Up|Next Action Date|跟进日期"
    "|下次跟进日期|下次联系日期",
    "credit_limit": "Credit|Credit Amount|额度|限额",
    "do_not_chase": "Hold|Blocked|Block|On Hold|冻结|暂停",
    "note":
    "Details|Description|Particulars|Text|Action|Follow Up|Reason|Narrative"
    "|Buchungstext|Text|Libellé|Descripción|Concepto|描述|情况|情况说明|原因|内容|详情",
    "dispute": "Issue|Issues|Problem|Query|Klärung|问题|异常|异常说明|纠纷",
}  # fmt: skip
