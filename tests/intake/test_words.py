"""What addresses, flags, the team's own words and payment terms are read as."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from email_validator import validate_email
from hypothesis import given
from hypothesis import strategies as st

from collector.intake.cells.addresses import _PLAIN, clean_address, read_addresses
from collector.intake.cells.column import column
from collector.intake.cells.flags import (
    read_disputes,
    read_flags,
    read_languages,
    read_statuses,
)
from collector.intake.cells.texts import fold_name, read_text
from collector.intake.terms import Terms, parse_terms
from collector.model import Cell

BAD = "malformed"


def address(cell: Cell) -> str:
    values, complaints = read_addresses(column([cell]))
    return BAD if complaints else str(values[0])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("ap@acme.example", "ap@acme.example"),
        ("AP@Acme.EXAMPLE", "AP@acme.example"),
        (" ap@acme.test ", "ap@acme.test"),
        ("a@x.com; b@y.com", "a@x.com, b@y.com"),
        ("a@x.com,b@y.com", "a@x.com, b@y.com"),
        ("a@x.com、b@y.com", "a@x.com, b@y.com"),
        ("a@x.com，b@y.com；c@z.com", "a@x.com, b@y.com, c@z.com"),
        ("a@x.com\nb@y.com", "a@x.com, b@y.com"),
        ("a@x.com b@y.com", "a@x.com, b@y.com"),
        ("a@x.com;", "a@x.com"),
        ("a@x.com; A@X.COM", "a@x.com"),
        ("mailto:a@x.com", "a@x.com"),
        ("MAILTO:a@x.com?subject=hi", "a@x.com"),
        ("Acme Accounts <ap@acme.com>", "ap@acme.com"),
        ('"Li, Wei" <li@x.cn>, Bob <b@x.cn>', "li@x.cn, b@x.cn"),
        ("李雷 <li@x.cn>；韩梅梅 <han@x.cn>", "li@x.cn, han@x.cn"),
        ("张三 zhang@x.cn", "zhang@x.cn"),
        ("ａ＠x.com", "a@x.com"),
        ("o'brien@x.com", "o'brien@x.com"),
        ("a+b@x.co.uk", "a+b@x.co.uk"),
        ("li@例子.中国", "li@xn--fsqu00a.xn--fiqs8s"),
        ("", ""),
        ("-", ""),
        ("n/a", ""),
        (None, ""),
        ("bad@", BAD),
        ("acme.com", BAD),
        ("a@x..com", BAD),
        ("a..b@x.com", BAD),
        ("a@x.com; bad", BAD),
        ("a b@x.test", BAD),
        ("b @x.test", BAD),
        ("a@-x.com", BAD),
        ("a@localhost", BAD),
        ("Acme <>", BAD),
        ("张三@x.cn", BAD),
        (12345, BAD),
        ("#N/A", BAD),
    ],
)
def test_an_address_cell(cell: Cell, expected: str) -> None:
    assert address(cell) == expected


@given(st.from_regex(_PLAIN, fullmatch=True))
def test_what_we_take_for_plain_is_what_the_validator_takes(text: str) -> None:
    found = validate_email(text, check_deliverability=False, test_environment=True)
    assert clean_address(text) == found.normalized


FLAGS: list[tuple[Cell, str]] = [
    *[(cell, "yes") for cell in ("Y", "yes", "TRUE", True, 1, 1.0, "1", "是", "√", "✓", "停供")],
    *[(cell, "no") for cell in ("N", "no", "FALSE", False, 0, "0", "否", "×", "-", "无", None)],
    *[(cell, "unclear") for cell in ("x", "maybe", "ask Wei", 2, "#N/A", date(2026, 1, 1))],
]  # fmt: skip


@pytest.mark.parametrize(("cell", "expected"), FLAGS, ids=repr)
def test_a_flag_that_is_unclear_counts_as_yes(cell: Cell, expected: str) -> None:
    values, complaints = read_flags(column([cell]))
    assert (bool(values[0]), bool(complaints)) == (expected != "no", expected == "unclear")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        *[(cell, None) for cell in ("no", "No", "否", 0, 0.0, "0", "-", "无", "none", "resolved",
                                    "已解决", None, "", False, "N/A")],
        ("yes", ""), ("是", ""), (True, ""), (1, ""), ("disputed", ""), ("争议", ""),
        ("wrong price", "wrong price"), ("数量不符", "数量不符"), (date(2026, 1, 5), "2026-01-05"),
    ],
)  # fmt: skip
def test_a_dispute_is_no_or_yes_or_a_reason(cell: Cell, reason: str | None) -> None:
    disputed, reasons, complaints = read_disputes(column([cell]))
    assert (bool(disputed[0]), reasons[0], complaints) == (reason is not None, reason or "", {})


def test_an_error_in_the_dispute_column_counts_as_disputed() -> None:
    disputed, _, complaints = read_disputes(column(["#REF!"]))
    assert disputed[0]
    assert complaints[0].code == "problem_error_value"


STATUSES = {
    "paid": "Paid|PAID |Yes|Y|Settled|Cleared|Closed|已核销|已回款|已收|是|√|Paid in full",
    "part": "Part paid|Partial|Partially paid|部分核销|部分回款",
    "unpaid": "Unpaid|Open|Outstanding|No|N|Overdue|未核销|未回款|否|逾期未回款|Disputed",
    "void": "Void|Cancelled|Written off|作废|已作废",
    "unknown": "Legal|see Wei|#N/A|50%",
    "": "|-|n/a|无",
}


@pytest.mark.parametrize(
    ("word", "status"), [(w, status) for status, some in STATUSES.items() for w in some.split("|")]
)
def test_the_teams_word_for_what_is_paid(word: str, status: str) -> None:
    assert list(read_statuses(column([word]))[0]) == [status]


def test_ticks_and_ones_are_statuses_too() -> None:
    assert list(read_statuses(column([True, False, 1, 0, 1.0]))[0]) == [
        "paid", "unpaid", "paid", "unpaid", "paid",
    ]  # fmt: skip


def test_a_status_can_say_that_a_row_is_disputed() -> None:
    assert list(read_statuses(column(["Disputed", "争议中", "Open"]))[1]) == [True, True, False]


def test_languages_are_codes_whatever_they_are_called() -> None:
    values, complaints = read_languages(column(["English", "zh-CN", "中文", "DE", None, "Klingon"]))
    assert list(values) == ["en", "zh", "zh", "de", "", ""]
    assert list(complaints) == [5]


def test_traditional_chinese_is_a_language_of_its_own() -> None:
    values, complaints = read_languages(
        column(["zh-TW", "繁體中文", "zh_Hant_HK", "zh-Hans", "zh"])
    )
    assert list(values) == ["zh-hant", "zh-hant", "zh-hant", "zh", "zh"]
    assert not complaints


def test_a_language_without_letters_is_said() -> None:
    values, complaints = read_languages(column(["Italian", "fr-CA", "ja"]))
    assert list(values) == ["it", "fr", "ja"]
    assert {at: each.code for at, each in complaints.items()} == dict.fromkeys(
        (0, 2), "problem_no_letters"
    )


def test_ids_are_text_without_a_decimal_point_and_with_their_zeros() -> None:
    values, _ = read_text(column([20190307.0, "007", 7, "  A  1\n", None, True, date(2026, 1, 5)]))
    assert list(values) == ["20190307", "007", "7", "A 1", "", "TRUE", "2026-01-05"]


def test_an_error_value_is_no_text() -> None:
    values, complaints = read_text(column(["#N/A", "#UNCALCULATED", "ok"]))
    assert list(values) == ["", "", "ok"]
    assert [each.code for each in complaints.values()] == [
        "problem_error_value", "problem_uncalculated",
    ]  # fmt: skip


def test_spellings_of_one_name_fold_alike() -> None:
    names = ["ACME（上海） Ltd", "Acme(上海)  ltd", " acme(上海) LTD "]
    assert {fold_name(name) for name in names} == {"acme(上海) ltd"}


PLAIN, EOM = Terms(days=30), Terms(days=30, month_end=True)
TERMS: list[tuple[str, Terms | None]] = [
    *[(text, PLAIN) for text in (
        "30", "30.0", "30 days", "30 Days", "Net 30", "NET30", "Net-30", "N30", "n/30", "30天",
        "30 天", "３０天", "三十天", "Net 30 days", "30 days net", "within 30 days",
        "30 days from invoice date",
        "账期30天", "30天账期", "开票后30天", "30d")],
    *[(text, EOM) for text in (
        "EOM+30", "EOM + 30 days", "Net 30 EOM", "30 days EOM", "EOM 30", "月结30天", "月结30",
        "月结 30 天", "月结三十天", "end of month + 30", "30 days from end of month")],
    *[(text, Terms(month_end=True)) for text in (
        "EOM", "eom", "月结", "当月结", "end of month", "月底")],
    *[(text, Terms(immediate=True)) for text in (
        "due on receipt", "Due upon receipt", "货到付款", "COD", "C.O.D.", "预付", "预付款",
        "款到发货", "Cash in advance", "immediate")],
    *[(text, Terms(day_of_next_month=15)) for text in (
        "15th of next month", "15th of the following month", "次月15日", "次月15号", "下月15日",
        "15 MFI")],
    ("次月底", Terms(day_of_next_month=31)),
    ("2/10 net 30", Terms(days=30, discount_percent=Decimal(2), discount_days=10)),
    ("2/10, n/30", Terms(days=30, discount_percent=Decimal(2), discount_days=10)),
    ("2% 10 net 30", Terms(days=30, discount_percent=Decimal(2), discount_days=10)),
    ("1.5/15 net 45", Terms(days=45, discount_percent=Decimal("1.5"), discount_days=15)),
    ("月结四十五天", Terms(days=45, month_end=True)),
    ("一百二十天", Terms(days=120)),
    *[(text, None) for text in (
        "", "TBD", "2026", "30% deposit", "验收后30天", "票到30天",
        "3个月", "prepaid", "paid in advance", "30日", "月结30日", "pro forma", "次月32日",
        "as agreed", "Net", "Net 30 or 60", "2/40 net 30", "500 days")],
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TERMS)
def test_payment_terms(text: str, expected: Terms | None) -> None:
    assert parse_terms(text) == expected
