"""The messes of real workbooks, a book each, English and Chinese: rows, totals, problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table as ExcelTable

from collector.cli.starting import hinted
from collector.errors import PayablesError
from collector.intake.book import Book, read_book
from collector.intake.headings.proposing import Proposals, propose
from collector.model import Cell, Policy
from collector.sheets import open_workbook

Rows = Sequence[Sequence[Cell]]
DAY = date(2026, 9, 1)
EN = ["Customer", "Invoice No.", "Invoice Date", "Due Date", "Amount", "Paid", "Balance"]
ZH = ["客户名称", "发票号码", "开票日期", "到期日", "应收金额", "已收金额", "未收金额"]
NAMES = {"en": ["Acme Ltd", "Beta GmbH", "Gamma SA"], "zh": ["北京华远", "上海明珠", "深圳创新"]}
HEADS = {"en": EN, "zh": ZH}
WORDS = {
    "en": {
        "total": "Grand Total",
        "sub": "Subtotal",
        "legend": "Red = overdue",
        "title": "Receivables",
    },
    "zh": {"total": "合计", "sub": "小计", "legend": "红色=逾期", "title": "应收账款明细表"},
}
BOTH = pytest.mark.parametrize("words", ["en", "zh"])


@dataclass(frozen=True)
class Sheet:
    """A tab as a team has it: rows, merged ranges, tables, hidden rows; hidden itself or not."""

    rows: Rows
    merged: Sequence[str] = ()
    tables: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden: bool = False


def read(folder: Path, **tabs: Rows | Sheet) -> tuple[Proposals, Book]:
    """Save a workbook, read it as `init --yes` does, and return what was proposed and read."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, tab in tabs.items():
        sheet = tab if isinstance(tab, Sheet) else Sheet(tab)
        fill(book.create_sheet(name), sheet, name)
    book.save(folder / "book.xlsx")
    opened = open_workbook(str(folder / "book.xlsx"))
    grids = [opened.read(tab.name) for tab in opened.tabs() if tab.visible]
    policy = Policy("book", currency="USD")
    proposals = propose(grids, policy)
    return proposals, read_book(grids, hinted(policy, proposals, {}))


def fill(sheet: openpyxl.worksheet.worksheet.Worksheet, tab: Sheet, name: str) -> None:
    for row in tab.rows:
        sheet.append(list(row))
    for area in tab.merged:
        sheet.merge_cells(area)
    for number, area in enumerate(tab.tables):
        sheet.add_table(ExcelTable(displayName=f"{name}{number}", ref=area))
    for number in tab.hidden_rows:
        sheet.row_dimensions[number].hidden = True
    sheet.sheet_state = "hidden" if tab.hidden else "visible"


def row(words: str, number: int, customer: Cell = "") -> list[Cell]:
    """Return a row of HEADS: 100 and its number, of which its number is paid."""
    name = NAMES[words][number % 3] if customer == "" else customer
    start = DAY + timedelta(days=number)
    return [name, f"INV-{number}", start, start + timedelta(days=30), 100 + number, number, 100]


def found(book: Book) -> tuple[list[int], list[int], list[str]]:
    """Return the sheet rows that were read, the totals in cents, and the problems."""
    rows = book.invoices
    totals = [int(rows[name].sum()) for name in ("amount", "paid", "balance")]
    return rows["row"].tolist(), totals, [f"{p.where} {p.code}" for p in book.problems]


def names(book: Book) -> list[str]:
    return book.invoices["customer_name"].tolist()


# ── 1: what stands above the table ───────────────────────────────────────────────────────────


@BOTH
def test_a_header_at_row_six_under_a_title_a_legend_and_a_subtotal(
    tmp_path: Path, words: str
) -> None:
    said = WORDS[words]
    above: Rows = [
        [said["title"]], ["As of", DAY], [said["legend"]],
        [None, None, None, said["sub"], 303, 3, 300], [],
    ]  # fmt: skip
    proposals, book = read(
        tmp_path, Data=[*above, HEADS[words], *(row(words, n) for n in range(3))]
    )
    assert proposals.tables["invoices"].header_row == 6
    assert found(book) == ([7, 8, 9], [30300, 300, 30000], [])
    assert [(str(s.where), s.difference) for s in book.sums] == [
        ("Data!E4", 0), ("Data!F4", 0), ("Data!G4", 0),
    ]  # fmt: skip


@BOTH
@pytest.mark.parametrize("deep", [20, 49])
def test_a_header_deep_in_the_tab_eighty_columns_wide(
    tmp_path: Path, words: str, deep: int
) -> None:
    wide = [f"Extra {number}" for number in range(73)]
    rows: Rows = [
        *[["x", deep]] * deep,
        [*wide, *HEADS[words]],
        *([None] * 73 + row(words, n) for n in range(3)),
    ]
    proposals, book = read(tmp_path, Data=rows)
    assert proposals.tables["invoices"].header_row == deep + 1
    assert found(book)[1:] == ([30300, 300, 30000], [])


# ── 2: headings of two rows, headings used twice ─────────────────────────────────────────────

GROUPED = {
    "en": (["Customer", None, "Invoice", None, None, "Payment", None, "Balance", "Due Date"],
           ["Name", "Email ", "No.", "Date", "Amount\n(USD)", "Date", "Amount", None, None]),
    "zh": (["客户信息", None, "发票信息", None, None, "回款信息", None, "未回款", "到期日"],
           ["名称", "邮箱 ", "号码", "日期", "金额\n（元）", "日期", "金额", None, None]),
}  # fmt: skip


@BOTH
def test_two_rows_of_headings_with_merged_groups(tmp_path: Path, words: str) -> None:
    rows: Rows = [
        [WORDS[words]["title"]],
        *GROUPED[words],
        *(
            [NAMES[words][n], f"a@x{n}.test", f"INV-{n}", DAY, 100 + n, DAY, n, 100, DAY]
            for n in range(3)
        ),
    ]
    merged = ["A2:B2", "C2:E2", "F2:G2", "H2:H3", "I2:I3"]
    proposals, book = read(tmp_path, Data=Sheet(rows, merged))
    columns = {name: c.column for name, c in proposals.tables["invoices"].columns.items()}
    assert columns == {
        "customer": 0, "email": 1, "invoice": 2, "invoice_date": 3, "amount": 4, "paid_date": 5,
        "paid": 6, "balance": 7, "due_date": 8,
    }  # fmt: skip
    assert found(book) == ([4, 5, 6], [30300, 300, 30000], [])


@BOTH
def test_a_heading_used_twice_and_headings_with_spaces_and_breaks(
    tmp_path: Path, words: str
) -> None:
    heads = ["Segment", *(f" {text} \n" for text in HEADS[words]), "Segment"]
    rows: Rows = [heads, *(["A", *row(words, n), "B"] for n in range(3))]
    proposals, book = read(tmp_path, Data=rows)
    assert proposals.tables["invoices"].questions == []
    assert found(book) == ([2, 3, 4], [30300, 300, 30000], [])


# ── 3: more than one table ───────────────────────────────────────────────────────────────────


@BOTH
def test_a_second_block_of_headings_lower_down_is_said_and_not_read(
    tmp_path: Path, words: str
) -> None:
    heads = HEADS[words]
    other = [heads[1], heads[0], heads[4], heads[3]]
    rows: Rows = [heads, row(words, 0), row(words, 1), [], other, ["X-1", "Else", 5, DAY]]
    _, book = read(tmp_path, Data=rows)
    assert found(book) == ([2, 3], [20100, 100, 20000], ["Data!5 problem_second_table"])


@BOTH
def test_a_parameter_table_above_and_a_table_beside(tmp_path: Path, words: str) -> None:
    heads = HEADS[words]
    beside: list[Cell] = [None, None, heads[0], heads[4]]
    rows: Rows = [
        [heads[0], heads[4]], ["all", 5], [],
        [*heads, *beside], *([*row(words, n), None, None, "Sum", 7] for n in range(3)),
    ]  # fmt: skip
    proposals, book = read(tmp_path, Data=rows)
    assert proposals.tables["invoices"].header_row == 4
    assert found(book) == ([5, 6, 7], [30300, 300, 30000], [])


@BOTH
def test_two_excel_tables_side_by_side_are_two_tables(tmp_path: Path, words: str) -> None:
    heads = HEADS[words]
    # Excel wants the headings of a table to be texts, each once.
    rows: Rows = [
        [*heads, None, "Owner", "Plan"],
        *([*row(words, n), None, "Ann", 7] for n in range(3)),
    ]
    _, book = read(tmp_path, Data=Sheet(rows, tables=["A1:G4", "I1:J4"]))
    table = book.tables["invoices"]
    assert (table.left, table.right) == (0, 6)
    assert found(book)[1:] == ([30300, 300, 30000], [])


# ── 4: groups, separators, totals ────────────────────────────────────────────────────────────


@BOTH
def test_the_customer_only_on_the_first_row_of_its_group(tmp_path: Path, words: str) -> None:
    said, (a, b, c) = WORDS[words], NAMES[words]
    rows: Rows = [
        HEADS[words],
        row(words, 0, a), row(words, 1, None), row(words, 2, None),
        [None, None, None, said["sub"], 303, 3, 300],
        [],
        row(words, 3, b), row(words, 4, None), [None, None, None, said["sub"], 207, 7, 200],
        row(words, 5, c),
        [said["total"], None, None, None, 615, 15, 600],
    ]  # fmt: skip
    _, book = read(tmp_path, Data=rows)
    assert names(book) == [a, a, a, b, b, c]
    said_once = ["Data!A3 problem_customer_from_above"]
    assert found(book) == ([2, 3, 4, 7, 8, 10], [61500, 1500, 60000], said_once)
    assert {each.difference for each in book.sums} == {0}


@BOTH
def test_one_blank_customer_in_a_full_column_is_not_guessed(tmp_path: Path, words: str) -> None:
    a = NAMES[words][0]
    rows: Rows = [HEADS[words], row(words, 0, a), row(words, 1, a), row(words, 2, None)]
    _, book = read(tmp_path, Data=rows)
    assert found(book)[2] == ["Data!A4 problem_no_customer"]


@BOTH
def test_the_customer_on_a_row_of_its_own_above_its_invoices(tmp_path: Path, words: str) -> None:
    a, b, _ = NAMES[words]
    total = {"en": "Total {}", "zh": "{}小计"}[words]
    rows: Rows = [
        [WORDS[words]["title"]],
        [None, *HEADS[words][1:]],
        [a], row(words, 0, None), row(words, 1, None),
        [total.format(a), None, None, None, 201, 1, 200],
        [b], row(words, 2, None), [total.format(b), None, None, None, 102, 2, 100],
        [WORDS[words]["total"], None, None, None, 303, 3, 300],
    ]  # fmt: skip
    proposals, book = read(tmp_path, Data=rows)
    assert proposals.tables["invoices"].columns["customer"].said == "A"
    assert names(book) == [a, a, b]
    said = ["Data!A4 problem_customer_from_above"]
    assert found(book) == ([4, 5, 8], [30300, 300, 30000], said)


@BOTH
@pytest.mark.parametrize(
    "remark", ["* in dispute", "Call Bob tomorrow", "2026年1月", "1 - 30 days"]
)
def test_a_remark_between_two_rows_of_a_group_is_no_customer(
    tmp_path: Path, words: str, remark: str
) -> None:
    a, b, _ = NAMES[words]
    rows: Rows = [
        HEADS[words], [a], row(words, 0, None), [remark], row(words, 1, None), [],
        [b], row(words, 2, None),
    ]  # fmt: skip
    _, book = read(tmp_path, Data=rows)
    assert remark not in names(book)
    assert names(book) in ([a, a, b], [a, "", b])


@BOTH
def test_customers_in_the_column_of_dates_as_some_exports_have_it(
    tmp_path: Path, words: str
) -> None:
    a, b, _ = NAMES[words]
    heads = [HEADS[words][at] for at in (2, 3, 1, 6)]
    total = {"en": "Total {}", "zh": "{}合计"}[words]

    def line(number: int) -> list[Cell]:
        _, invoice, start, due, *_, balance = row(words, number)
        return [start, due, invoice, balance]

    rows: Rows = [
        heads, [a], line(0), line(1), [total.format(a), None, None, 999], [],
        [b], line(2), [total.format(b), None, None, 100], ["Percentage of total", None, None, 1],
    ]  # fmt: skip
    _, book = read(tmp_path, Data=rows)
    assert names(book) == [a, a, b]
    assert found(book)[1:] == ([0, 0, 30000], ["Data!A3 problem_customer_from_above"])
    assert [each.difference for each in book.sums] == [79900, 0]


@BOTH
def test_a_tax_row_inside_the_data_is_said_and_nothing_is_lost(tmp_path: Path, words: str) -> None:
    tax = {"en": "CGST 9%", "zh": "增值税 9%"}[words]
    rows: Rows = [HEADS[words], row(words, 0), [None, tax, None, None, 9, None, None]]
    _, book = read(tmp_path, Data=rows)
    assert found(book)[2] == ["Data!A3 problem_no_customer"]


@BOTH
def test_who_made_the_table_is_no_invoice(tmp_path: Path, words: str) -> None:
    footers: dict[str, Rows] = {
        "en": [["Prepared by", "Ann"], ["Checked by:", "Bob", DAY], ["Bank: HSBC", "12-3456"]],
        "zh": [["制表人：", "李四"], ["审核", "王五", DAY], ["开户行：工行", "12-3456"]],
    }
    rows: Rows = [HEADS[words], row(words, 0), [], *footers[words]]
    _, book = read(tmp_path, Data=rows)
    assert found(book) == ([2], [10000, 0, 10000], [])


# ── 7: a running balance is no balance ───────────────────────────────────────────────────────


@BOTH
def test_a_ledgers_running_balance_is_asked_about_and_never_used(
    tmp_path: Path, words: str
) -> None:
    left, rows = 0, [HEADS[words]]
    for number in range(6):
        left += 100
        rows.append([*row(words, number)[:6], left])
    proposals, _ = read(tmp_path, Data=[*rows])
    invoices = proposals.tables["invoices"]
    assert "balance" not in invoices.columns
    assert [(q.field, q.why) for q in invoices.questions] == [("balance", "running")]


# ── 9: padding, hidden rows, several tabs ────────────────────────────────────────────────────


@BOTH
def test_blank_padding_and_hidden_rows_change_nothing(tmp_path: Path, words: str) -> None:
    rows: Rows = [HEADS[words], *(row(words, n) for n in range(3)), *[[None] * 7, [" "]] * 400]
    _, book = read(tmp_path, Data=Sheet(rows, hidden_rows=[3]))
    assert found(book) == ([2, 3, 4], [30300, 300, 30000], [])
    assert book.tables["invoices"].last_row == 4


@BOTH
def test_of_several_tabs_the_receivables_are_chosen_and_the_others_offered(
    tmp_path: Path, words: str
) -> None:
    heads, a = HEADS[words], NAMES[words][0]
    other = {
        "en": (["Customer", "Email", "Credit Limit"], ["Date", "Customer", "Amount Received"]),
        "zh": (["客户名称", "邮箱", "信用额度"], ["收款日期", "客户", "收款金额"]),
    }[words]
    proposals, book = read(
        tmp_path,
        Summary=[[heads[0], heads[4], heads[6]], [a, 1, 1]],
        Data=[heads, row(words, 0)],
        Who=[other[0], [a, "a@x.test", 5]],
        Cash=[other[1], [DAY, a, 3]],
        Old=Sheet([heads, row(words, 7)], hidden=True),
    )
    assert {kind: each.tab for kind, each in proposals.tables.items()} == {
        "invoices": "Data", "customers": "Who", "receipts": "Cash",
    }  # fmt: skip
    assert found(book)[1] == [10000, 0, 10000]


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("", ["Vendor", "Invoice No.", "Invoice Date", "Due Date", "Amount"]),
        ("Accounts Payable Aging", ["Name", "Invoice No.", "Invoice Date", "Due Date", "Amount"]),
        ("", ["供应商", "发票号码", "开票日期", "到期日", "金额"]),
        ("应付账款明细", ["单位名称", "发票号码", "开票日期", "到期日", "金额"]),
        ("", ["Lieferant", "Rechnungsnummer", "Rechnungsdatum", "Fälligkeit", "Betrag"]),
    ],
)
def test_what_we_owe_is_refused(tmp_path: Path, title: str, heads: list[str]) -> None:
    rows: Rows = [[title], heads, *([f"n{n}", f"I{n}", DAY, DAY, 5 + n] for n in range(4))]
    with pytest.raises(PayablesError):
        read(tmp_path, Data=rows)
