"""Words for what is paid in further languages, and in other Chinese words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ABROAD: Final[Mapping[str, tuple[str, ...]]] = {
    "paid": (
        "已收讫|已付讫|已结|已冲销|已还款|已还清|还清|已缴|已缴清|缴清|已缴费|已到款",
        "оплачено|оплачен|оплачена|оплачен полностью|оплачена полностью|оплачено полностью"
        "|погашено|сплачено",
        "zapłacono|zapłacone|zapłacona|opłacono|opłacona|opłacone|uregulowana|uregulowane"
        "|zaplaceno|zaplacená|uhrazeno|uhradené|zaplatené|plaćeno|plačano|платено",
        "ödendi|ödenmiş|tahsil edildi|betald|betalad|betalt|maksettu|fizetve|kifizetve|fizetett"
        "|plătit|plătită|achitat|achitată|încasat|încasată|πληρωμένο|εξοφλημένο|εξοφλήθηκε",
        "완납|입금완료|입금 완료|결제완료|결제 완료|수금완료|수금 완료|đã thanh toán|lunas"
        "|sudah lunas|ชำระแล้ว|จ่ายแล้ว|مدفوع|مدفوعة|שולם|שולמה",
    ),
    "part": (
        "部分冲销|部分还款|部分缴纳|部分缴费",
        "частично оплачено|частично оплачен|частично оплачена|częściowo zapłacono"
        "|częściowo zapłacona|częściowo opłacona|částečně zaplaceno|částečně uhrazeno"
        "|kısmen ödendi|delbetald|delvis betald|delvis betalt|delvist betalt|osittain maksettu"
        "|részben fizetve|parțial plătit|parțial plătită|parțial achitat|parțial achitată",
        "부분입금|일부입금|일부 입금|부분결제|thanh toán một phần|đã thanh toán một phần"
        "|lunas sebagian|dibayar sebagian|שולם חלקית|مدفوع جزئيا",
    ),
    "unpaid": (
        "not yet paid|not settled|not yet settled|not cleared|uncleared|unsettled"
        "|still unpaid|still open",
        "尚未付款|尚未收款|尚未支付|尚未结清|尚未回款|未结|未冲销|未还款|未缴|未缴费|未到款|待核销"
        "|待结算",
        "не оплачено|не оплачен|не оплачена|неоплачено|неоплачен|не сплачено|просрочено"
        "|просрочен|просрочена|nie zapłacono|niezapłacone|niezapłacona|nieopłacona|nieopłacone"
        "|nieuregulowana|nezaplaceno|nezaplacená|neuhrazeno|neuhradené|nezaplatené|neplaćeno"
        "|neplačano|po terminie|po splatnosti",
        "ödenmedi|ödenmemiş|gecikmiş|obetald|obetalt|ej betald|ubetalt|ikke betalt|förfallen"
        "|forfallen|maksamatta|maksamaton|erääntynyt|kifizetetlen|nincs fizetve|lejárt|neplătit"
        "|neplătită|neachitat|neachitată|neîncasat|neîncasată|restant|απλήρωτο|ανεξόφλητο",
        "미납|미입금|미결제|미수|미수금|연체|chưa thanh toán|quá hạn|belum lunas|belum dibayar"
        "|jatuh tempo|ยังไม่ชำระ|ค้างชำระ|غير مدفوع|غير مدفوعة|לא שולם|לא שולמה",
    ),
    "void": (
        "аннулировано|аннулирован|отменено|anulowana|anulowano|stornována|stornováno|iptal"
        "|iptal edildi|makulerad|annulleret|kansellert|krediterad|mitätöity|sztornó|sztornózva"
        "|stornat|anulat|anulată|취소|취소됨|đã hủy|dibatalkan|ยกเลิก|ملغاة|ملغي|בוטל|בוטלה",
    ),
}  # fmt: skip
