"""English headings, as teams and accounting programs write them."""

from __future__ import annotations

from typing import Final

ENGLISH: Final = {
    "invoice":
        "Invoice Num|Invoice Nbr|Inv Number|Inv Num|Inv Ref|Inv|Inv ID|Invoice Code"
        "|Invoice Document|Invoice Doc No|Sales Invoice|Sales Invoice No"
        "|Sales Invoice Number|Tax Invoice No|Tax Invoice Number|Customer Invoice No"
        "|AR Invoice No|AR Invoice Number|Invoice / Document No|Invoice Serial No"
        "|Invoice S/N|Bill #|Bill Num|Bill Reference|Billing Document|Billing Doc"
        "|Billing Document No|Billing Number|Document #|Document Num|Doc Number|Doc #"
        "|Doc Num|Document ID|Doc ID|Document Reference|Doc Ref|Voucher Number|Voucher #"
        "|Vch No|Transaction Number|Transaction No|Transaction #|Trx Number|TRX_NUMBER"
        "|Trans #|Tran No|Num|Invoice(s)|Our Invoice No|Our Invoice Number",
    "customer":
        "Customer Full Name|Customer's Name|Customer Names|Customers|Cust Name|Cust"
        "|Customer Company|Customer Company Name|Customer Legal Name|Customer Account Name"
        "|Customer Title|Customer Description|Customer Organization|Customer/Project"
        "|Customer/Job|Customer:Job|Customer:Project|Customer / Client|Clients"
        "|Client's Name|Client Company|Clientname|Buyer's Name|Buyer Company|Purchaser"
        "|Purchaser Name|Bill To Name|Bill To Customer|Bill To Customer Name|Bill-to Name"
        "|Bill-to Customer|Billed To|Invoice To|Invoiced To|Invoice Customer|Sold To Name"
        "|Sold-to Party Name|Customer Name 1|Name 1|Debtor's Name|Debtor Account Name"
        "|Invoice Partner Display Name|Partner Display Name|Invoice Partner|Invoice Partner Name"
        "|Trade Debtor|Party Name|Party's Name|PARTY_NAME|CUSTNAME|KUNNR Name|AR Customer",
    "customer_id":
        "Customer Account|Customer Account No|Customer Account Number|Customer Acct|Cust No"
        "|Cust #|Cust ID|Cust Code|Cust Num|Cust Nbr|Customer Nbr|Customer Num|Customer Ref"
        "|CustomerID|Customer Identifier|Customer Key|Client No|Client Number|Client #"
        "|Client Ref|Debtor No|Debtor Number|Debtor ID|Debtor Account|Debtor #|Account ID"
        "|Account #|Acct No|Acct #|Acct Number|A/C No|A/C Ref|Account Ref|Account Reference"
        "|Account_Ref|A/C Code|Buyer Code|Buyer ID|Bill-to Customer No|Sell-to Customer No"
        "|Bill To Customer Number|Sold-to Party Number|Party ID|Party Number|ACCOUNT_NUMBER"
        "|KUNNR|CARDCODE|Card Code|BP Code",
    "email":
        "Emails|E-Mails|Email ID|Email Id|Mail ID|Email Addresses|Customer E-mail"
        "|Customer Email Address|Client Email|Client Email Address|Customer Mail"
        "|Buyer Email|Billing E-mail|Billing Email Address|Invoice Email|Invoicing Email"
        "|Accounts Payable Email|AP E-mail|AP Contact Email|Contact E-mail"
        "|Contact Email Address|Customer Contact Email|Accounts Email Address|Finance Email"
        "|Finance Contact Email|Debtor Email|Remittance Email|Dunning Email"
        "|Collections Email|Statement Email|Main Email|Primary Email|Email 1|Payer Email"
        "|Email To|EmailAddress|Recipient Email",
    "cc": "Email CC|CC Emails|Cc Address|Cc Addresses|Carbon Copy|Copy Email|Email Cc To",
    "contact":
        "Customer Contact|Customer Contact Name|Primary Contact|Main Contact|AP Contact"
        "|AP Contact Name|Contact Full Name|Billing Contact|Billing Contact Name"
        "|Client Contact|Finance Contact|Accounts Contact|Contact Persons"
        "|Person in Charge (customer)",
    "phone":
        "Phone No|Phone Number|Phone #|Telephone No|Telephone Number|Tel No|Tel Number"
        "|Mobile No|Mobile Number|Mobile Phone|Cell|Cell Phone|Contact No|Contact Number"
        "|Contact Phone|Customer Phone|Client Phone|Work Phone|Main Phone|Primary Phone"
        "|Phone 1",
    "invoice_date":
        "Inv Date|Inv. Dt|Invoice Dt|Date of Invoice|Invoice Issue Date|Date of Issue"
        "|Issued Date|Invoice Issued Date|Invoiced Date|Invoiced On|Date Invoiced|Bill Dt"
        "|Billed Date|Billed On|Date Billed|Billing Dt|Trans Date|Tran Date|Trx Date"
        "|TRX_DATE|Trans. Date|Transaction Dt|Doc. Date|Document Dt|Date of Document"
        "|Post Date|Posted Date|Posting Dt|Date Posted|GL Date|Invoice Creation Date"
        "|Invoice/Bill Date|Bill/Invoice Date"
        "|Document Create Date|Voucher Date|Vch Date|Sales Invoice Date|Tax Invoice Date"
        "|Invoice Posting Date|Invoice dated",
    "due_date":
        "Due Dt|Dt Due|Date Due|Due By|Invoice Due Date|Invoice Due|Inv Due Date"
        "|Bill Due Date|Payment Due On|Payment Due By|Payment Deadline|Net Due Date"
        "|Net Due Dt|Net due dates|Due Date (Net)|Due for Payment|Due for Payment Date"
        "|Due Date/Receive By|Receive By|Maturity Dt|Date of Maturity|Payable By"
        "|Pay By Date|To Be Paid By|Final Due Date|Due Day|Contractual Due Date"
        "|Payment Due Dt|Installment Due Date|Expiry of Credit Period|Credit Due Date",
    "terms":
        "Term|Terms Code|Payment Terms Days|Payment Term Days|Payment Term (Days)"
        "|Terms Days|Payment Terms Code|Payment Terms Name|Payment Terms Description"
        "|Pay Terms|Pmt Terms|Pymt Terms|Pymnt Terms|Trading Terms|Invoice Terms|Net Terms"
        "|Net Days|Days Credit|Credit Term|Credit Terms in Days|Credit Period Days"
        "|Credit Period in Days|Customer Payment Terms|Customer Terms|Account Terms"
        "|Terms Name|Billing Terms",
    "amount":
        "Amt|Invoice Amt|Inv Amt|Inv Amount|Inv. Value|Invoiced Amount|Invoiced"
        "|Amount Invoiced|Invoiced Total|Billed|Billed Amount|Amount Billed|Billing Amount"
        "|Bill Value|Bill Total|Total Invoice|Total Invoice Amount|Total Invoice Value"
        "|Total Invoiced|Invoice Total Amount|Invoice Gross Amount|Invoice Gross"
        "|Gross Invoice Amount|Gross Invoice Value|Gross Total|Gross Value|Gross Amt"
        "|Original Amt|Orig Amount|Orig Amt|Orig. Invoice Amount|Original Invoice Amount"
        "|Original Value|Original Balance|Document Amount|Doc Amount|Doc Amt|Document Total"
        "|Doc Total|Transaction Amount|Trx Amount|Trans Amount|AMOUNT_DUE_ORIGINAL"
        "|Amount Due Original|Total Incl VAT|Total Incl GST|Total Incl Tax"
        "|Total Including VAT|Total Including GST|Total Including Tax|Total Inc VAT"
        "|Total Inc GST|Total Inc Tax|Amount Inc VAT|Amount Inc GST|Amount Incl GST"
        "|Amount Incl Tax|Amount Inc Tax|Amount Including GST|Amount Including Tax"
        "|Invoice Amount Incl VAT|Invoice Amount Incl GST|Invoice Amount Incl Tax"
        "|Invoice Value Incl GST|Invoice Amount Including VAT|Gross (incl VAT)"
        "|Total Amount Incl VAT|Total Amount Incl GST|Total Amount Including VAT"
        "|Invoice Amounts|Total Amt|Total Due Original|Invoice Amount Total|Amount with VAT"
        "|Amount with Tax|Total with VAT|Total with Tax",
    "paid":
        "Amt Recd|Amt Rec'd|Amount Recd|Amount Rec'd|Recd|Rec'd|Recd Amount|Payments Recd"
        "|Pmt|Pmts|Pymt|Pmt Amount|Paid Amt|Amt Paid|Amt Received|Received Amt|Amounts Paid"
        "|Amounts Received|Paid So Far|Paid to-date|Payment Amount|Payment Amt"
        "|Payments Received|Payment(s)|Payments to Date|Payments/Credits"
        "|Payments and Credits|Total Payments|Total Payment Received|Total Received Amount"
        "|Total Amount Paid|Total Amount Received|Total Paid Amount|Applied Amount"
        "|Amount Applied|Payments Applied|Applied Payments|Amount Collected"
        "|Collected Amount|Cash Received|Cash Collected|Cash Applied|Receipts"
        "|Receipt Amount|Receipt Amt|Receipts to Date|Amount Settled|Settled Amount"
        "|Invoice Amount Paid|Invoice Paid Amount|Amount Paid (so far)|Paid Value"
        "|Deposit and Payments|Partial Payments|Received Payment|Received Payments",
    "balance":
        "Bal|Bal.|Balance Amt|Balance Amount|Balance Outstanding|Balance Owing|Balance Owed"
        "|Balance Remaining|Balance Payable|Balance Receivable|Balance to Pay"
        "|Balance to be Paid|Balance to Receive|Invoice Balance|Invoice Balance Due"
        "|Inv Balance|Closing Balance|Current Balance|Unpaid Balance|Unpaid Amt"
        "|Amount Unpaid|Unsettled Amount|Amount Outstanding|Outstanding Amt|Outstanding Bal"
        "|Outstanding Total|Outstanding Invoice Amount|Outstanding Receivable"
        "|Outstanding Due|Total Outstanding|Total Outstanding Amount|Total Balance"
        "|Net Outstanding|Net Balance|O/S|O/S Amount|O/S Amt|O/S Balance|OS Amount"
        "|OS Balance|Amt Outstanding|Open Amt|Amount Open|Total Open Amount"
        "|Total Open Balance|Open Invoice Amount|Open Invoice Balance|Remaining Amount"
        "|Remaining Amt|Remaining Amt.|Remaining Due|Remaining Value|Remaining Unpaid"
        "|Amount Remaining Due|Amount Left|Left to Pay|Amount Due Remaining"
        "|AMOUNT_DUE_REMAINING|Invoice Amount Due|Residual Amount|Residual|Amount Residual"
        "|Amount Owed|Amount Owing|Owing|Owed|Total Owing|Still Owed"
        "|Amount Receivable Balance|AR Balance|Receivable Balance|Uncollected"
        "|Uncollected Amount|Amount Uncollected|Amount Still Due"
        "|Unapplied Balance of Invoice|Pending Balance|Pending Payment Amount"
        "|Amount Pending|Balance O/S|To collect|To be collected|Amount to collect"
        "|Still to collect|Left to collect|Open Item Amount|Open Item Balance|Open Item Value",
    "paid_status":
        "Invoice Payment Status|Payment State|Invoice State|Settlement Status|Paid/Unpaid"
        "|Paid / Not Paid|Paid or Unpaid|Paid (Y/N)|Paid Y/N|Is Paid|Is Paid?"
        "|Payment Status Name|Receipt Status|Clearing Status|Invoice Paid?|Received?"
        "|Fully Paid?|AR Status|Payment Received?",
    "currency":
        "Cur|Cur.|Crcy|Currency ISO|Currency ISO Code|ISO Currency|Invoice Currency"
        "|Inv Currency|Inv Curr|Invoice Currency Code|INVOICE_CURRENCY_CODE"
        "|Document Currency|Doc Currency|Doc. Curr|Transaction Currency|Trx Currency"
        "|Trans Currency|Local Currency|Home Currency|Base Currency|Company Code Currency"
        "|Currency Name|Currency Key|Billing Currency|Foreign Currency|CurrencyCode"
        "|CUR_CODE",
    "paid_date":
        "Pay Date|Pmt Date|Payment Dt|Date of Payment|Payment Received Date"
        "|Payment Received On|Date Payment Received|Payment Receipt Date|Received Date"
        "|Receipt Date|Date of Receipt|Paid Dt|Last Payment Date|Date of Last Payment"
        "|Last Paid Date|Fully Paid On|Fully Paid Date|Fully Paid On Date|Clearing Date"
        "|Clearing Dt|Cleared Date|Date Cleared|Settled On|Settlement Dt|Date Settled"
        "|Closed Date|Collection Date|Date Collected|Cash Receipt Date|Actual Payment Date",
    "owner":
        "Salesman|Sales Man|Salesperson Name|Sales Person|Sales Representative"
        "|Sales Rep Name|Salesrep|Sales Agent|Sales Executive|Sales Manager|Sales Owner"
        "|Account Owner|Account Executive|Account Mgr|Acct Manager|Acct Mgr"
        "|Relationship Manager|Key Account Manager|KAM|Collector Name|Collections Owner"
        "|AR Owner|Assigned To|Rep|Responsible Person|Person Responsible|Handled By"
        "|Credit Controller|Collection Owner|Collection Agent|Collections Specialist",
    "owner_email":
        "Sales Rep Email|Sales Email|Salesman Email|Sales Person Email|Account Owner Email"
        "|Collector Email|Responsible Email|Rep Email|Credit Controller Email|KAM Email",
    "language":
        "Preferred Language|Customer Language|Language Code|Correspondence Language"
        "|Lang Code",
    "dispute":
        "Disputed?|Is Disputed|Disputed (Y/N)|Disputed Y/N|Dispute?|Dispute Status"
        "|Dispute Y/N|In Dispute?|Dispute Comment|Dispute Comments|Dispute Notes"
        "|Dispute Code",
    "promise_date":
        "Promise to Pay Date|Promised Payment Date|Promise-to-Pay Date|PTP"
        "|Promised Pay Date|Date Promised|Promised By|Payment Promise Date"
        "|Promised to Pay On|Committed Payment Date|Payment Commitment Date",
    "promise_amount":
        "Promise to Pay Amount|Promised Payment Amount|Amount Promised|Committed Amount",
    "pause_until":
        "On Hold Until|Chase Again On|Do Not Chase Before|Do Not Chase Until"
        "|Hold Chasing Until",
    "do_not_chase":
        "Dunning Block|Exclude from Dunning|Exclude from Reminders|No Dunning|Stop Chasing"
        "|No Chasing|Do Not Remind|Do Not Email|Do Not Send Reminder|Do Not Send Reminders"
        "|Suppress Reminders",
    "credit_limit":
        "Credit Limit Amount|Credit Lmt|Cr Limit|Approved Credit Limit"
        "|Customer Credit Limit|Credit Line|Credit Limit (Total)|Total Credit Limit",
    "rating_override":
        "Customer Rating|Risk Rating|Credit Grade|Risk Class|Credit Score Class",
    "credit_hold":
        "On Credit Hold|Credit Hold?|On Hold?|Account On Hold|Account on Stop|Credit Stop"
        "|Credit Block",
    "orders":
        "Open Order Value|Open Orders Value|Unbilled|Unbilled Amount|Unbilled Order Value"
        "|Orders Not Invoiced",
    "country":
        "Customer Country|Country/Region|Country/Reg.|Country Name|Country/Region Code"
        "|Bill To Country",
    "timezone": "Customer Time Zone|Customer Timezone|TZ",
    "project":
        "Project Number|Project No|Project ID|Project Code|Project #|Job|Job No|Job Number"
        "|Job Name",
    "contract":
        "Contract #|Contract ID|Contract Ref|Contract Reference|Agreement No"
        "|Agreement Number",
    "po":
        "P.O. No|P.O. Number|P.O. #|P.O.|PO Ref|PO Reference|PO Num|POnumber|Customer PO"
        "|Customer PO No|Customer PO Number|Customer PO #|Purchase Order No"
        "|Purchase Order Number|Purchase Order #|Order #|Order Ref|Order Reference"
        "|Customer Order No|Customer Order Number|Cust PO|Cust PO #|Sales Order"
        "|Sales Order No|Sales Order Number|SO Number|SO No|SO #|Client PO|Your Reference"
        "|Your Ref|Customer Reference|Customer Reference No|Client Reference",
    "attachment":
        "Invoice File|Invoice Copy|Attachments|Invoice Attachment|PDF Link|Invoice Link",
    "payment_link":
        "Pay Now Link|Pay Now|Pay URL|Online Payment Link|Online Payment URL|Payment Page"
        "|Pay Online",
    "instalment":
        "Installment Number|Instalment Number|Installment #|Instalment #|Installments"
        "|Payment Schedule No",
    "note":
        "Remarks/Comments|Comments/Remarks|Internal Note|Internal Notes|Internal Comments"
        "|AR Notes|AR Comments|Collection Notes|Collection Comments|Collections Notes"
        "|Collector Notes|Follow Up Notes|Follow-up Notes|Additional Notes|Notes/Comments"
        "|Action Notes|Latest Note",
}  # fmt: skip
