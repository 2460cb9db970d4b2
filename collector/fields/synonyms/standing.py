"""Headings of how an invoice stands: settled, disputed, promised, put off; in many languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

STANDING: Final[Mapping[str, str]] = {
    "paid_status":
        "Stato|Stato della fattura|Stato del pagamento|Stato incasso|Pagata|Pagata?|Pagato?"
        "|Pagata Sì/No|Fattura pagata|Facture payée|Facture payée ?|Factura pagada"
        "|Estado del pago|Estado de cobro|Paga?|Fatura paga|Estado de pagamento|Betaald?"
        "|Factuurstatus|ステータス|消込|消込状況|消込状態|支払状況|付清|收讫|是否收讫|是否已收",
    "paid_date":
        "Rcpt Date|Rcpt Dt|Receipt Dt|Cash Date|Cash Received Date|Cash Rec'd Date|Date Cash In"
        "|決済日|消込日|入金日付|沖帳日期|冲账日期|冲销日期|销账日期|收讫日期|付清日期"
        "|Date de lettrage|Data saldo|Data di incasso|Pagata il|Incassata il|Fecha liquidación"
        "|Data de recebimento|Data do recebimento|Betaaldatum",
    "dispute":
        "Under Dispute|Under Dispute?|Query|Query?|Queried|Queried?|On Query|In Query|Query Reason"
        "|Query Y/N|Query Status|Complaint|Complaints|Complaint Reason|Contested|Contested?"
        "|Reason for Non-payment|Reason for Nonpayment|Non-payment Reason|Reason Not Paid"
        "|Disputed Reason|Reason for Dispute|In Query?"
        "|Reklamationsgrund|Beanstandung|Beanstandet|Bestritten|Streitgrund|In Streit"
        "|Litigieux|Litigieuse|Facture contestée|Contestée|Motif de contestation"
        "|Disputada|Disputado|Impugnada|Motivo de reclamación|Contestata|Contestata?|Contestato"
        "|Contestazione|In contestazione|Motivo contestazione|In disputa|Em disputa|Contestada"
        "|Betwist|Betwist?|Geschil|In geschil|係争|係争中|クレーム"
        "|有异议|质疑|質疑|异议说明|是否有异议|拒付|拒付原因|拒付理由|争议中|争议备注说明",
    "promise_date":
        "Commit Date|Committed|Committed Date|Commitment Date|Date Committed|Committed To Pay On"
        "|Expected Payment Date|Expected Pay Date|Expected Date of Payment|Payment Expected"
        "|Payment Expected On|Next Payment Expected|ETA Payment|Payment ETA|Will Pay On"
        "|Will Pay By|To Pay On|Promised For|Promised Until|Promise Until"
        "|Zusage|Zusage am|Zusage bis|Zugesagt|Zugesagt bis|Zugesagt zum|Zahlt am"
        "|Promis le|Promis pour le|Paiement promis le|Promesa|Prometido|Prometido para"
        "|Promessa di pagamento|Promessa pagamento|Data promessa|Promesso il"
        "|Promessa de pagamento|Data prometida|Toegezegd|Toegezegd op|Betaalbelofte"
        "|支払約束日|答应付款日|答应付款日期|答应付款时间|答应日期|承诺付款|允诺付款日",
    "pause_until":
        "Next Chase Date|Next Chase|Next Chase On|Chase Next On|Do Not Chase Till|Snoozed Until"
        "|Chase On Hold Until|Stundung bis|Gestundet bis|Gesperrt bis|Mahnstopp bis"
        "|Mahnung ausgesetzt bis|Prolongé jusqu'au|Suspendu jusqu'au|Bloqueado hasta"
        "|No reclamar hasta|Prorrogado hasta|Sospeso fino al|Bloccato fino al|Prorogato al"
        "|Suspenso até|Uitstel tot|督促停止期限|暂不催收至|暂不催至|不催收至|停催至"
        "|暂停催款至|缓收至",
    "do_not_chase":
        "Stop Reminders|Stop Reminder|Reminders Off|Reminders Stopped|Skip Reminder"
        "|Skip Reminders|Stop Dunning|Suspend Dunning|Legal Hold|Mahnstopp|Mahnung gesperrt"
        "|Nicht anmahnen|Relance bloquée|Blocage des relances|Bloqueo de reclamación"
        "|Bloqueo reclamación|Bloqueo de reclamaciones|Non sollecitare|Blocco solleciti"
        "|Não cobrar|Bloqueio de cobrança|Niet aanmanen|督促停止|已起诉|是否起诉|是否已起诉"
        "|催收冻结|冻结催收|暂不催收|不再催收|停止催款",
}  # fmt: skip
