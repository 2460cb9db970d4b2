"""Rows that people marked beside their values: struck through, or with a comment on a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from collector.intake.asking_words import may_ask, remark_asks
from collector.intake.book import Book, read_book
from collector.intake.settled_words import joined
from collector.model import Cell, Comment, Grid
from collector.phrases import say
from collector.rules import assess
from tests.book import POLICY, adding

DUE = date(2026, 2, 1)
HEAD: list[Cell] = ["Customer", "Email", "Invoice", "Due Date", "Amount", "Paid"]
NAMES = ("Acme", "Beta", "Cee", "Dido", "Echo", "Fox")
ROWS: list[list[Cell]] = [
    [name, f"ap@{name.casefold()}.com", f"A{at}", DUE, 100 * at, 0]
    for at, name in enumerate(NAMES, start=1)
]
WHOLE = range(len(HEAD))


def tab(
    struck: Mapping[int, Sequence[int]] | None = None,
    comments: Sequence[Comment] = (),
    *,
    rows: Sequence[Sequence[Cell]] = ROWS,
    head: Sequence[Cell] = HEAD,
) -> Grid:
    """Return a tab; ``struck`` are its zero-based rows by column."""
    whole = [list(row) for row in (head, *rows)]
    return Grid("Invoices", whole, "", struck=struck or {}, comments=tuple(comments))


def lines(*rows: int, columns: Sequence[int] = WHOLE) -> dict[int, list[int]]:
    return {column: list(rows) for column in columns}


def said(grid: Grid) -> list[tuple[str, str, str, str]]:
    """Return the problems: address, code, customer, what they hold."""
    return asked(read_book([grid], POLICY))


def asked(book: Book) -> list[tuple[str, str, str, str]]:
    return [
        (str(each.where).removeprefix("Invoices!"), each.code.removeprefix("problem_"),
         each.customer, each.holds)
        for each in book.problems
    ]  # fmt: skip


# ── lines through rows ───────────────────────────────────────────────────────────────────────


def test_a_row_that_is_struck_through_holds_its_customer_and_is_not_void():
    book = read_book([tab(lines(2))], POLICY)
    assert asked(book) == [("E3", "struck_row", "beta", "customer")]
    assert book.invoices["bad_money"].tolist() == [False, True, False, False, False, False]
    assert "struck through" in book.problems[0].say()
    assert "删除线" in book.problems[0].say("zh")


@pytest.mark.parametrize(("column", "letter"), [(0, "A"), (2, "C"), (4, "E")])
def test_a_line_through_customer_number_or_amount_is_through_the_row(column: int, letter: str):
    assert said(tab({column: [2]})) == [(f"{letter}3", "struck_row", "beta", "customer")]


def test_a_line_through_anything_else_is_not_unless_it_is_through_most_of_the_row():
    head = [*HEAD, "Owner", "PO", "Project"]
    rows = [[*row, "Ann", "P1", "X"] for row in ROWS]
    assert said(tab({1: [2], 3: [2]}, rows=rows, head=head)) == []
    most = lines(2, columns=[1, 3, 5, 6, 7])
    assert said(tab(most, rows=rows, head=head)) == [("B3", "struck_row", "beta", "customer")]


def test_a_line_through_settled_rows_headings_or_totals_asks_nothing():
    rows = [list(row) for row in ROWS]
    rows[0][5] = 100
    rows.append(["Total", None, None, None, 2100, 100])
    assert said(tab(lines(0, 1, 7), rows=rows)) == []
    stated = [[*row, "Paid" if at < 3 else "Open"] for at, row in enumerate(ROWS)]
    head = [*HEAD, "Status"]
    assert said(tab(lines(1, 2, 3, columns=range(7)), rows=stated, head=head)) == []


def test_a_line_through_a_credit_note_asks_whether_it_counts():
    rows = [*ROWS, ["Acme", "ap@acme.com", "CN9", DUE, -50, 0]]
    assert [each[:2] for each in said(tab(lines(7), rows=rows))] == [("E8", "struck_row")]


@pytest.mark.parametrize("column", [0, 2, 3])
def test_a_column_that_is_struck_through_as_a_whole_asks_nothing(column: int):
    assert said(tab({column: [1, 2, 3, 4, 5, 6]})) == []
    assert said(tab({column: [0, 1, 2, 3, 4, 5, 6], 4: [2]})) == [
        ("E3", "struck_row", "beta", "customer")
    ]


def test_of_a_column_of_figures_that_is_struck_through_it_is_said_once():
    problems = read_book([tab({4: [1, 2, 3, 4, 5, 6]})], POLICY).problems
    assert [str(each.where) for each in problems] == ["Invoices!E1"]
    assert problems[0].code == "problem_struck_column"
    assert "Column E" in problems[0].say()


def test_a_heading_that_is_struck_through_too_tells_a_column_from_its_only_row():
    rows = ROWS[:1]
    assert [each[1] for each in said(tab({4: [1]}, rows=rows))] == ["struck_row"]
    assert [each[1] for each in said(tab({4: [0, 1]}, rows=rows))] == ["struck_column"]


def test_a_table_that_is_struck_through_as_a_whole_asks_for_each_row():
    assert [each[1] for each in said(tab(lines(*range(7))))] == ["struck_row"] * 6


def test_a_line_through_the_name_above_a_group_is_through_its_rows():
    rows: list[list[Cell]] = [
        ["Acme", "ap@acme.com", None, None, None, None],
        [None, None, "A1", DUE, 100, 0], [None, None, "A2", DUE, 200, 200],
        ["Beta", "ap@beta.com", None, None, None, None], [None, None, "B1", DUE, 300, 0],
    ]  # fmt: skip
    holding = [each for each in said(tab({0: [1]}, rows=rows)) if each[3] != "nothing"]
    assert holding == [("A3", "struck_row", "acme", "customer")]


def test_what_receipts_settle_needs_no_answer():
    receipts = Grid("Receipts", [["Date", "Customer", "Invoice", "Amount"],
                                 [DUE, "Acme", "A1", 100]], "")  # fmt: skip
    marked = tab(lines(1, 2), [Comment(1, 2, "paid 3 Nov"), Comment(3, 2, "disputed")])
    book = read_book([marked, receipts], adding())
    assessment = assess(book, adding(), date(2026, 3, 1))
    assert [(str(each.where), each.code) for each in assessment.problems] == [
        ("Invoices!E3", "problem_struck_row"), ("Invoices!C4", "problem_comment_disputed"),
    ]  # fmt: skip
    assert assessment.invoices["status"].tolist()[:2] == ["settled", "overdue"]


# ── comments ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "code", "holds"),
    [("paid 3 Nov", "settled", "customer"), ("已付", "settled", "customer"),
     ("Anna:\npaid by wire\nask for POD", "settled", "customer"),
     ("cancelled, reissued as A9", "settled", "customer"), ("disputed", "disputed", "invoice"),
     ("有争议", "disputed", "invoice"), ("do not chase", "quiet", "customer"),
     ("先不催", "quiet", "customer"), ("wrong address", "address", "customer"),
     ("邮箱有误", "address", "customer")],
)  # fmt: skip
@pytest.mark.parametrize("column", [0, 3, 5])
def test_a_comment_is_heard_on_any_cell_of_its_row(text: str, code: str, holds: str, column: int):
    where = f"{'ABCDEF'[column]}3"
    comments = [Comment(2, column, text), Comment(2, column, text)]
    assert said(tab(comments=comments)) == [(where, f"comment_{code}", "beta", holds)]


def test_what_a_comment_says_is_quoted_in_english_and_chinese():
    problem = read_book([tab(comments=[Comment(2, 4, "Anna:\npaid 3 Nov")])], POLICY).problems[0]
    assert "The comment here, “paid 3 Nov”, says" in problem.say()
    assert "此处批注“paid 3 Nov”表明" in problem.say("zh")


@pytest.mark.parametrize(
    "comment",
    [Comment(2, 4, "called Anna, will pay on Friday"), Comment(2, 4, "not paid yet"),
     Comment(2, 4, "Enter the amount paid so far"), Comment(2, 4, "此处填写已付金额"),
     Comment(2, 4, "金额含税"), Comment(2, 4, "undisputed"), Comment(0, 4, "paid rows are grey"),
     Comment(9, 0, "paid"), Comment(2, 9, "paid"), Comment(2, 4, "disputed", closed=True),
     Comment(2, 4, "do not chase", closed=True)],
)  # fmt: skip
def test_a_comment_of_something_else_or_elsewhere_or_closed_holds_nobody(comment: Comment):
    assert said(tab(comments=[comment])) == []


def test_a_payment_in_a_thread_marked_as_resolved_is_still_one_that_no_figure_shows():
    marked = tab(comments=[Comment(2, 4, "paid 3 Nov", closed=True)])
    assert [each[1] for each in said(marked)] == ["comment_settled"]


def test_a_comment_that_the_row_bears_out_says_nothing_new():
    head = [*HEAD, "Dispute", "Do not chase"]
    rows = [[*row, None, None] for row in ROWS]
    rows[0][5], rows[1][5], rows[2][6], rows[3][7] = 100, 60, "wrong price", "yes"
    texts = ["paid", "paid 60", "disputed", "do not chase"]
    comments = [Comment(at, 4, text) for at, text in enumerate(texts, start=1)]
    assert said(tab(comments=comments, rows=rows, head=head)) == []


# ── what remarks ask for ─────────────────────────────────────────────────────────────────────

ASKED = {
    "dispute": "disputed|Disputed - wrong qty|in dispute, see mail|invoice is disputed by customer"
    "|customer disputes quantity|dispute raised 3/11|Dispute: price|dispute|under dispute with Bob"
    "|disputed, not resolved yet|有争议|客户有异议|争议|质量争议中|strittig|en litige|en disputa",
    "quiet": "do not chase|Don't chase|DO NOT CHASE!|please don’t chase until Jan|never chase"
    "|do not contact customer|stop chasing|no reminders|no more reminders please"
    "|don't send reminders|on hold|put on hold by CFO|not to be chased|hold off chasing"
    "|不催|勿催|先不催|暂不催收|请勿联系|不要催款|别催|暂停催收"
    "|nicht mahnen|Mahnsperre|ne pas relancer|disputed, do not chase",
    "address": "wrong address|wrong email|Wrong e-mail address|email bounced|mail bounces"
    "|address no longer valid|e-mail is incorrect|invalid mailbox|wrong contact person"
    "|email does not work|地址错误|邮箱有误|邮箱已停用|邮件被退回|退信|发错邮箱|Falsche Adresse",
}
NOT_ASKED = """undisputed|not disputed|no dispute|dispute resolved|dispute settled|争议已解决
|无争议|没有异议
|if disputed, call Wei|dispute form attached|was disputed, now resolved|disputed line dropped
|chased 3/11|chase on Monday|reminder sent 5 Nov|chasing Bob|will chase|credit hold|order on hold
|on hold delivery|contact Anna|contacted twice|send by mail|no email on file|must chase|已催|催款中
|不催不付|电话催收|每周催一次|联系财务|email ok|address confirmed|new address in file
|wrong delivery address|goods returned|cheque bounced|地址已更正|wrong address, corrected 3/11
|收货地址错误|mail sent|please chase|call before 10|postal address changed|没错|another dispute
|do not deliver|do not invoice before 1/12|stop delivery""".replace("\n", "")


@pytest.mark.parametrize(
    ("text", "meant"), [(text, meant) for meant, all_ in ASKED.items() for text in all_.split("|")]
)
def test_a_remark_asks_for_it_in_a_column_and_in_a_comment(text: str, meant: str):
    assert remark_asks(text) == meant
    assert may_ask(joined([text]))
    code = {"dispute": "disputed"}.get(meant, meant)
    rows = [[*row, text if at == 1 else "called"] for at, row in enumerate(ROWS)]
    found = said(tab(rows=rows, head=[*HEAD, "Notes"]))
    assert [each[:3] for each in found] == [("G3", f"note_{code}", "beta")]


@pytest.mark.parametrize("text", NOT_ASKED.split("|"))
def test_a_remark_that_denies_it_or_means_something_else_asks_for_nothing(text: str):
    assert remark_asks(text) == ""
    assert said(tab(comments=[Comment(2, 4, text)])) == []


def test_a_long_remark_asks_for_nothing():
    assert remark_asks("disputed " * 60) == ""


@pytest.mark.parametrize(
    "code", ["note_disputed", "note_quiet", "note_address", "comment_settled", "comment_disputed",
             "comment_quiet", "comment_address"],
)  # fmt: skip
def test_every_such_sentence_quotes_the_remark(code: str):
    assert all("“x”" in say(language, f"problem_{code}", text="x") for language in ("en", "zh"))
