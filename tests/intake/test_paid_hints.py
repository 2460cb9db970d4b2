"""What a sheet lets on of payment beside its figures: once passed over in silence, now asked."""

from __future__ import annotations

from datetime import date

import pytest

from collector.intake.book import Book
from collector.intake.headings.deductions import may_take_off
from collector.intake.headings.inverse import asks_whether_owed
from collector.intake.headings.matching import field_of
from collector.intake.section_words import kind_of_section
from collector.intake.settled_words import joined, may_say, remark_says
from collector.model import Cell, TabHint
from tests.book import assessed, book, policy

DUE = date(2026, 2, 1)
HEAD = ["Customer", "Invoice", "Due Date", "Amount"]
NAMES = ("Acme", "Beta", "Cee", "Dido", "Echo", "Fox")


def read(headings: list[Cell], *rows: list[Cell], unused: tuple[str, ...] = ()) -> Book:
    """Read rows of Acme, Beta, Cee … with the amount first and what stands under the headings."""
    whole = [[NAMES[at], str(at + 1), DUE, *row] for at, row in enumerate(rows)]
    tabs = {"invoices": TabHint(unused=unused)}
    return book([[*HEAD, *headings], *whole], terms=policy(tabs=tabs))


def held(read: Book) -> list[tuple[str, str, str]]:
    """Return the problems that hold a customer: address, code, customer."""
    return [
        (str(each.where).removeprefix("Invoices!"), each.code.removeprefix("problem_"),
         each.customer)
        for each in read.problems
        if each.holds == "customer"
    ]  # fmt: skip


def owed(read: Book) -> list[int | None]:
    """Return what each row says is owed in units, None where that cannot be known."""
    rows = read.invoices
    rest = rows["balance"].where(rows["has_balance"], rows["amount"] - rows["paid"]) // 100
    rest = rest.where(~rows["paid_status"].isin(["paid", "void"]), 0)
    return rest.astype(object).where(~rows["bad_money"], None).tolist()


# ── a customer's total in the balance column ─────────────────────────────────────────────────


def test_a_customers_total_on_each_of_its_rows_is_no_rows_own_balance():
    rows: list[list[Cell]] = [
        [*HEAD, "Balance"], ["Acme", "1", DUE, 100, 300], ["Acme", "2", DUE, 200, 300],
        ["Beta", "3", DUE, 50, 50], ["Cee", "4", DUE, 70, 170], ["Cee", "5", DUE, 100, 170],
    ]  # fmt: skip
    found = book(rows)
    assert owed(found) == [None, None, 50, None, None]
    assert held(found) == [
        ("E2", "balance_of_customer", "acme"),
        ("E3", "balance_of_customer", "acme"),
        ("E5", "balance_of_customer", "cee"),
        ("E6", "balance_of_customer", "cee"),
    ]
    hint = TabHint(columns={"balance": "-"})
    without = book(rows, terms=policy(tabs={"invoices": hint}))
    assert (owed(without), held(without)) == ([100, 200, 50, 70, 100], [])


def test_a_customers_total_less_payments_is_one_too():
    rows: list[list[Cell]] = [
        [*HEAD, "Balance"],
        ["Acme", "1", DUE, 100, 250],
        ["Acme", "2", DUE, 400, 250],
    ]
    assert owed(book(rows)) == [None, None]


def test_balances_with_tax_or_partly_paid_alike_are_no_totals():
    taxed: list[list[Cell]] = [
        [*HEAD, "Balance"],
        ["Acme", "1", DUE, 100, 113],
        ["Acme", "2", DUE, 100, 113],
    ]
    assert (owed(book(taxed)), held(book(taxed))) == ([113, 113], [])
    partly = [taxed[0], ["Acme", "1", DUE, 100, 50], ["Acme", "2", DUE, 200, 50]]
    assert (owed(book(partly)), held(book(partly))) == ([50, 50], [])


# ── flags that ask whether something is owed ─────────────────────────────────────────────────


@pytest.mark.parametrize(
    "heading",
    ["Unpaid?", "Open?", "Outstanding?", "Still open?", "Unpaid (Y/N)", "Is open", "是否未回款",
     "是否欠款", "是否未付", "未付款？"],
)  # fmt: skip
@pytest.mark.parametrize(("yes", "no"), [("Yes", "No"), ("Y", "N"), ("是", "否"), ("√", "×")])
def test_no_under_a_question_whether_it_is_owed_means_paid(heading: str, yes: str, no: str):
    assert field_of("invoices", heading) == ("paid_status", field_of("invoices", heading)[1])
    found = read([heading], [100, yes], [200, no], [50, yes])
    assert (owed(found), held(found)) == ([100, 0, 50], [])


@pytest.mark.parametrize("heading", ["Open", "Unpaid", "欠款", "未回款", "Outstanding"])
def test_a_balance_that_is_only_ticked_says_whether_it_is_owed(heading: str):
    found = read([heading], [100, "√"], [200, "否"], [300, None])
    assert owed(found) == [100, 0, None]
    assert held(found) == [("E4", "flag_blank", "cee")]


@pytest.mark.parametrize("heading", ["Open", "Unpaid", "Outstanding?"])
def test_words_under_such_a_heading_mean_what_they_say(heading: str):
    found = read([heading], [100, "Open"], [200, "Paid"], [300, "unpaid"], [400, "Closed"])
    assert (owed(found), held(found)) == ([100, 0, 300, 0], [])


def test_a_balance_of_figures_stays_one_though_a_word_stands_in_it():
    found = read(["Unpaid"], [100, 100], [200, "yes"])
    assert owed(found) == [100, None]
    assert held(found) == [("E3", "money_unreadable", "beta")]


def test_an_unread_flag_beside_a_status_holds_where_it_says_that_nothing_is_owed():
    found = read(["Status", "Unpaid?"], [100, "Open", "Yes"], [200, "Open", "No"])
    assert held(found) == [("F3", "unused_column", "beta")]


@pytest.mark.parametrize("heading", ["Paid?", "是否结清", "Status", "Open date", "是否未开票"])
def test_other_headings_ask_no_such_thing(heading: str):
    assert not asks_whether_owed(heading)


# ── payments by means ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "heading",
    ["Cash", "Bank", "Check", "Cheque", "Wire", "ACH", "PayPal", "Bank transfer", "Cash (USD)",
     "现金", "转账", "承兑", "微信", "电汇金额"],
)  # fmt: skip
def test_a_figure_under_a_means_of_payment_holds_its_customer(heading: str):
    found = read([heading], [100, 100], [200, None], [50, 0])
    assert held(found) == [("E2", "unread_figure", "acme")]
    assert f"“{heading}” says “100”" in found.problems[0].say()
    assert held(read([heading], [100, 100], unused=(heading,))) == []


def test_a_bank_with_a_day_is_a_payment_and_a_name_or_an_account_is_none():
    found = read(["Bank"], [100, "HSBC 12/11/2026"], [200, "HSBC 4321"],
                 [50, 60_012_345_678])  # fmt: skip
    assert held(found) == [("E2", "unread_figure", "acme")]


def test_a_number_too_large_for_a_payment_is_the_trace_of_one():
    assert len(held(read(["ACH"], [100, 10**30], [200, None]))) == 1
    assert held(read(["Bank"], [100, 10**30], [200, None])) == []


def test_means_of_payment_that_the_paid_column_adds_up_hold_nobody():
    headings: list[Cell] = ["Cash", "Bank", "Paid"]
    assert held(read(headings, [100, 60, None, 60], [200, 50, 50, 100], [50, None, None, 0])) == []


@pytest.mark.parametrize("heading", ["Bank account", "Bank name", "Payment method", "银行账号"])
def test_a_heading_of_where_to_pay_is_of_no_payment(heading: str):
    assert may_take_off(heading) == ""


# ── deductions ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "heading",
    ["Discount", "Retention 5%", "Returns", "Adj.", "Skonto", "TDS 10%", "Bank charges", "折扣",
     "优惠金额", "代扣5%"],
)  # fmt: skip
def test_a_figure_under_a_deduction_holds_its_customer(heading: str):
    found = read([heading, "Paid"], [100, 10, 90], [200, 0, 150], [50, None, None])
    assert [(where, who) for where, _, who in held(found)] == [("E2", "acme")]
    assert owed(found) == [10, 50, 50]


@pytest.mark.parametrize("heading", ["Net payable", "Total after discount", "实际应收", "折后金额"])
def test_a_net_below_the_amount_holds_its_customer(heading: str):
    found = read([heading, "Paid"], [1000, 950, 950], [200, 200, 0])
    assert held(found) == [("E2", "unread_figure", "acme")]


def test_a_payment_of_just_what_another_column_says_holds_whatever_its_heading():
    found = read(["Agreed", "Paid"], [1000, 950, 950], [200, 190, 0])
    assert held(found) == [("E2", "unread_figure", "acme"), ("E3", "unused_column", "beta")]
    head = [*HEAD[:3], "Gross Amount", "VAT", "Paid"]
    taxed = book([head, ["Acme", "1", DUE, 120, 20, 20], ["Beta", "2", DUE, 240, 40, 0]])
    assert held(taxed) == []


def test_a_deduction_that_the_amounts_are_after_already_holds_nobody():
    headings: list[Cell] = ["List", "Discount"]
    assert held(read(headings, [90, 100, 10], [150, 200, 50], [50, 50, 0])) == []
    priced: list[Cell] = ["Qty", "Price", "Discount"]
    assert held(read(priced, [90, 4, 25, 10], [150, 2, 100, 50])) == []
    exported: list[Cell] = ["Subtotal", "Discount", "Shipping"]
    assert held(read(exported, [95, 100, 10, 5], [157, 200, 50, 7])) == []


def test_rates_terms_and_balances_of_the_books_own_hold_nobody():
    assert held(read(["Discount"], [100, 0.02], [200, 0.02], [300, None])) == []
    assert held(read(["Discount"], [100, "2/10 net 30"], [200, "2%"])) == []
    assert held(read(["Discount", "Balance"], [100, 10, 90], [200, 5, 200])) == []
    found = read(["Discount", "Balance"], [100, 10, 10], [200, 5, 200])
    assert ("E2", "unread_figure", "acme") in held(found)


@pytest.mark.parametrize("heading", ["Discount %", "Discount date", "Net Amount", "Return date",
                                     "折扣率", "Discount terms", "Unit price"])  # fmt: skip
def test_a_heading_of_rates_dates_or_taxes_takes_nothing_off(heading: str):
    assert may_take_off(heading) == ""


# ── remarks ──────────────────────────────────────────────────────────────────────────────────

SETTLED = """PAID 12/11 by bank|settled|cancelled, reissued as INV-009|已付清|11月5日已到账|此票作废
|Paid in full|payment received 5 Nov|Received 12/11|pmt received|cleared|void|written off|pd 12/11
|credit note issued|customer says paid|paid - ck 1123|reminder sent; paid 12/11|Paid 3.11.2026
|已付|已收款|已回款|已结清|已核销|款已到|收讫|已红冲|已取消|坏账|全额到账|11月5日付|客户已付|已收到货款
|已全部付清|已通过银行付款|已付，待核对|bezahlt am 3.11.|payé le 3/11|pagado""".replace("\n", "")
OPEN = """unpaid|to be paid|not paid|not yet paid|will pay|will be paid|payment reminder sent
|if paid|promised to pay|should be paid by Friday|when paid send POD|until paid|paying Friday
|hasn't paid|payment terms 30 days|PO received|goods received|customs cleared|freight paid
|order cancelled|office closed until Jan|dispute settled|payment plan agreed|credit hold
|expect payment 3/11|未付|待付|未收款|尚未到账|预计11月5日到账|承诺月底付清|已催收|已开票未付
|票已收，款未付|已收到发票|已发对账单|到账后开票|付款方式：转账|款到前暂停发货|收到后付款|已清关|已付邮费|对方说下周付款|已安排付款
|see mail 4|checked by Wei|含税|以上已核对""".replace("\n", "")


@pytest.mark.parametrize("text", SETTLED.split("|"))
def test_a_remark_that_says_paid_or_cancelled_holds_its_customer(text: str):
    found = read(["Remarks"], [100, text], [200, None])
    assert (owed(found), held(found)) == ([None, 200], [("E2", "note_settled", "acme")])
    assert may_say(joined([text]))


@pytest.mark.parametrize("text", OPEN.split("|"))
def test_a_remark_that_denies_expects_or_speaks_of_other_things_holds_nobody(text: str):
    assert remark_says(text) == ""
    assert held(read(["备注"], [100, text])) == []


def test_a_word_right_of_the_table_holds_its_customer_until_the_column_is_of_no_concern():
    found = read([None, None], [100, None, "paid"], [200, None, None])
    assert held(found) == [("F2", "note_settled", "acme")]
    assert held(read([None, None], [100, None, "paid"], [200, None, None], unused=("F",))) == []


@pytest.mark.parametrize("heading", ["Last contact note", "Comments", "跟进记录", "Follow-up"])
def test_other_columns_of_remarks_are_looked_at_too(heading: str):
    found = read(["Notes", heading], [100, "x", "paid 3/11"], [200, None, None])
    assert held(found) == [("F2", "note_settled", "acme")]


@pytest.mark.parametrize("number", ["1 (paid)", "2 CANCELLED", "INV-3-VOID", "A4 已作废"])
def test_a_number_that_says_paid_or_cancelled_holds_its_customer(number: str):
    found = book([HEAD, ["Acme", number, DUE, 100], ["Beta", "PAIDLE-9", DUE, 200]])
    assert held(found) == [("B2", "note_settled", "acme")]
    settled = book([[*HEAD, "Status"], ["Acme", number, DUE, 100, "void"]])
    assert held(settled) == []


def test_a_label_of_a_sum_beside_the_table_is_no_remark():
    assert held(read([None, None, None], [100, None, "Paid", 300], [200, None, None, None])) == []


def test_a_remark_of_a_payment_that_is_recorded_says_nothing_new_but_one_of_all_does():
    headings: list[Cell] = ["Paid", "Notes"]
    found = read(headings, [100, 60, "paid 60 on 3/11"], [100, 60, "paid in full"],
                 [100, 100, "PAID"], [100, 60, "cancelled"])  # fmt: skip
    assert held(found) == [("F3", "note_settled", "beta"), ("F5", "note_settled", "dido")]


# ── sample rows ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("invoice", "customer", "email"),
    [("e.g. INV-1", "Example Ltd", "name@example.com"), ("示例", "示例公司", "sample@x.com"),
     ("INV-1", "Example Ltd", "name@example.com"), ("Sample", "Zed", "z@z.com"),
     ("例：A1", "某某公司", "z@z.com"), ("A0", "（示例）", "z@z.com")],
)  # fmt: skip
def test_a_templates_sample_row_is_nobodys_debt_and_said(invoice: str, customer: str, email: str):
    head: list[Cell] = ["Invoice", "Customer", "Email", "Due Date", "Amount"]
    found = book([head, [invoice, customer, email, DUE, 1000],
                  ["A1", "Acme", "a@acme.com", DUE, 500]])  # fmt: skip
    assert (owed(found), [each.code for each in found.problems]) == ([500], ["problem_sample_row"])
    assert found.customers["customer_name"].tolist() == ["Acme"]


def test_a_customer_who_is_only_called_example_is_a_customer():
    head: list[Cell] = ["Invoice", "Customer", "Email", "Due Date", "Amount"]
    found = book([head, ["1", "Example Ltd", "billing@example.com", DUE, 1000],
                  ["2", "Sample & Sons", "ar@sample-sons.com", DUE, 500]])  # fmt: skip
    assert (owed(found), list(found.problems)) == ([1000, 500], [])


def test_invoices_that_are_all_numbered_as_samples_are_invoices():
    rows = [[f"Sample {at}", f"Firm {at}", DUE, 100] for at in range(6)]
    found = book([["Invoice", "Customer", "Due Date", "Amount"], *rows])
    assert (owed(found), list(found.problems)) == ([100] * 6, [])


# ── titles of sections ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "title",
    ["Settled in 2026", "二、已收款", "三、坏账", "(3) Bad debts", "Already paid", "Settled 2026",
     "The following have been paid", "以下已付清", "第二部分：已结清", "Paid last year"],
)  # fmt: skip
def test_rows_under_a_title_that_says_settled_are_asked_about(title: str):
    rows: list[list[Cell]] = [
        ["Invoice", "Customer", "Due Date", "Amount"], ["一、未收款", None, None, None],
        ["1", "Acme", DUE, 100], [title, None, None, None], ["2", "Beta", DUE, 200],
        ["四、未收款", None, None, None], ["3", "Cee", DUE, 300],
    ]  # fmt: skip
    found = book(rows)
    assert owed(found) == [100, None, 300]
    assert held(found) == [("D5", "under_heading", "beta")]


@pytest.mark.parametrize("name", ["A. Smith", "I. Meyer GmbH", "C. & A.", "Closed Loop Ltd",
                                  "May & Co", "All Star Inc", "In Full Ltd"])  # fmt: skip
def test_a_name_is_no_title_of_a_section(name: str):
    assert kind_of_section(name) == ""


# ── receipts on rows of their own ────────────────────────────────────────────────────────────

RECEIPTS: list[list[Cell]] = [
    ["Invoice", "Customer", "Email", "Due Date", "Amount", "Receipt date", "Receipt amount"],
    ["A1", "Acme", "a@acme.com", DUE, 1000, DUE, 200], [None] * 5 + [DUE, 300],
    ["A2", "Beta", "b@beta.com", DUE, 500, DUE, 100], [None] * 5 + [DUE, 400],
    [None] * 5 + [DUE, 5], ["A3", "Cee", "c@cee.com", DUE, 70, None, None],
]  # fmt: skip


def test_a_receipt_on_a_row_below_its_invoice_holds_the_customer_above():
    found = book(RECEIPTS)
    assert owed(found) == [None, None, 70]
    assert held(found) == [("G3", "receipt_below", "acme"), ("G5", "receipt_below", "beta"),
                           ("G6", "receipt_below", "beta")]  # fmt: skip


def test_a_receipt_that_follows_no_invoice_is_nobodys_and_asked_about():
    found = book([*RECEIPTS[:2], [None] * 7, RECEIPTS[2]])
    assert owed(found)[0] == 800
    assert "problem_no_customer" in [each.code for each in found.problems]


def test_rows_that_are_asked_about_are_in_no_total():
    rules = assessed(RECEIPTS, date(2026, 3, 2))
    assert rules.invoices["status"].tolist() == ["unreadable", "unreadable", "overdue"]
