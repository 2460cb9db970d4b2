"""Words for paid, part paid, unpaid and void, yes and no, in further languages."""

from __future__ import annotations

import pytest

from collector.intake.cells.column import column, narrow
from collector.intake.cells.flags import paid_word, read_disputes, read_flags

STATUS = {
    "paid": "已收訖|付清|結清|已結清|已沖銷|已還款|已收齊|Paid ✓|bezahlt ✔|оплачено"
    "|Zapłacono|zaplaceno|ödendi|betald|betalt|maksettu|fizetve|achitată"
    "|완납|입금 완료|đã thanh toán|lunas|שולם|مدفوع",
    "part": "部分沖銷|частично оплачено|częściowo zapłacona|kısmen ödendi|delvis betald|일부입금",
    "unpaid": "尚未付款|未沖銷|未結清|未結|Not yet paid|Not settled|Uncleared"
    "|не оплачен|nie zapłacono|nezaplaceno|ödenmedi|obetald|ikke betalt|maksamatta|미납"
    "|chưa thanh toán|belum lunas|לא שולם|غير مدفوع",
    "void": "作廢|已作廢|壞賬核銷|аннулировано|anulowana|iptal edildi|취소|đã hủy",
    # What may be of goods or papers, or say only that something was paid.
    "unknown": "已对账|已對帳|已寄票|已开票|审核中|正常|Kulanz|To be paid"
    "|Posted|Reconciled|Pd|未付清部分|Closed?"
    "|Paid 12/11/2026|bezahlt am 3.4.|✓ 50%|已入賬|Collected",
}  # fmt: skip


@pytest.mark.parametrize(
    ("status", "text"),
    [(status, text) for status, words in STATUS.items() for text in words.split("|")],
)
def test_a_word_for_what_is_paid(status: str, text: str) -> None:
    assert paid_word(narrow(text).casefold()) == status


@pytest.mark.parametrize(
    "text", "nein|нет|nie|nej|いいえ|아니오|なし|無|沒有|keine|aucun|geen".split("|")
)
def test_no_is_no_and_no_dispute(text: str) -> None:
    values, complaints = read_flags(column([text]))
    assert (values.tolist(), complaints) == ([False], {})
    disputed, _, complaints = read_disputes(column([text]))
    assert (disputed.tolist(), complaints) == ([False], {})


@pytest.mark.parametrize("text", ["ja", "oui", "sí", "да", "はい", "evet", "예"])
def test_yes_is_yes(text: str) -> None:
    values, complaints = read_flags(column([text]))
    assert (values.tolist(), complaints) == ([True], {})


@pytest.mark.parametrize(
    "text", ["無爭議", "nicht strittig", "pas de litige", "no longer disputed"]
)
def test_what_is_no_dispute_any_more_is_none(text: str) -> None:
    assert read_disputes(column([text]))[0].tolist() == [False]


@pytest.mark.parametrize("text", ["vielleicht", "kaum", "nach Rücksprache", "quizás"])
def test_what_is_neither_is_asked_about(text: str) -> None:
    values, complaints = read_flags(column([text]))
    assert values.tolist() == [True]
    assert list(complaints) == [0]
