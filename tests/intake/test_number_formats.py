"""What only a cell's number format says: a currency, or a unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from collector.intake.book import Book, read_book
from collector.intake.number_formats import Shown, shown_by
from collector.model import Grid, Policy
from collector.sheets import open_workbook

HEAD = ["Customer", "Invoice No", "Due Date", "Amount", "Paid", "Email"]


@pytest.mark.parametrize(
    ("code", "text", "currencies", "times"),
    [
        ("[$€-407] #,##0.00", "€", "EUR", 1),
        ("#,##0.00\\ [$€-1]", "€", "EUR", 1),
        ('_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-', "€", "EUR", 1),
        ("[$USD] #,##0.00", "USD", "USD", 1),
        ("\\U\\S\\D\\ #,##0.00", "USD", "USD", 1),
        ('"US$"#,##0', "US$", "USD", 1),
        ("[$$-409]#,##0.00_);[Red]([$$-409]#,##0.00)", "$", "USD", 1),
        ("[$$-en-AU]#,##0", "$", "AUD", 1),
        ("[$$-1009]#,##0", "$", "CAD", 1),
        ("[$¥-411]#,##0", "¥", "JPY", 1),
        ("[$￥-804]#,##0.00", "¥", "CNY", 1),
        ('"¥"#,##0', "¥", "CNY JPY", 1),
        ("#,##0.00 [$kr.-406]", "kr", "DKK", 1),
        ('#,##0.00"元"', "元", "CNY HKD MOP TWD", 1),
        ('#,##0.00"万元"', "万元", "", 10_000),
        ('0!.0,"万"', "万", "", 1),
        ('0"."0,"万"', "万", "", 1),
        ('#,##0.0"k"', "k", "", 1_000),
        ('#,##0.0,"k"', "k", "", 1),
        ('"€"#,##0.0"m"', "€ m", "EUR", 1_000_000),
        ('"TEUR "#,##0', "TEUR", "EUR", 1_000),
    ],
)
def test_a_number_format_shows_a_currency_or_a_unit(code, text, currencies, times):
    assert shown_by(code) == Shown(text, frozenset(currencies.split()), times)


@pytest.mark.parametrize(
    "code",
    ["#,##0.00", "General", '#,##0.00" Dr";#,##0.00" Cr"', "_-* #,##0.00\\ _€_-", "0.00%",
     '0"天"', '[Red]"("#,##0")"', '"Total "0'],
)  # fmt: skip
def test_a_number_format_without_currency_shows_none(code):
    assert shown_by(code) is None


def saved(folder: Path, *rows: tuple[object, str, object, str], heading: str = "Amount") -> Grid:
    """Return a tab as a file holds it: amount, its number format, paid, its number format."""
    book = Workbook()
    sheet = book.active
    sheet.append([heading if each == "Amount" else each for each in HEAD])
    for at, (amount, shows, paid, shows_paid) in enumerate(rows):
        sheet.append([f"C{at}", f"I{at}", date(2026, 2, 1), amount, paid, f"c{at}@x.example"])
        sheet.cell(at + 2, 4).number_format = shows
        sheet.cell(at + 2, 5).number_format = shows_paid
    book.save(folder / "book.xlsx")
    return open_workbook(str(folder / "book.xlsx")).read("Sheet")


def read(grid: Grid, currency: str = "CNY") -> tuple[list[str], list[str]]:
    """Return the currency of every row, and the problems with their addresses."""
    found: Book = read_book([grid], Policy("book", currency=currency))
    said = [f"{each.where} {each.code} {each.holds}" for each in found.problems]
    return found.invoices["currency"].tolist(), said


PLAIN = "#,##0.00"


def test_a_currency_that_only_the_number_format_shows_is_the_rows(tmp_path):
    grid = saved(
        tmp_path,
        (1000, "[$€-2] #,##0.00", 0, PLAIN),
        (700, "[$£-809]#,##0.00", 0, PLAIN),
        (800, "[$$-409]#,##0.00", 0, PLAIN),
        (900, '"¥"#,##0', 0, PLAIN),
    )
    assert read(grid) == (["EUR", "GBP", "USD", "CNY"], [])


def test_a_sign_that_nobody_can_tell_holds_the_customer(tmp_path):
    grid = saved(tmp_path, (500, '"$"#,##0.00', 0, PLAIN), (900, '"¥"#,##0', 0, PLAIN))
    assert read(grid, "CNY")[1] == ["Sheet!D2 problem_dollars customer"]
    assert read(grid, "EUR")[1] == [
        "Sheet!D2 problem_dollars customer",
        "Sheet!D3 problem_currency_partly customer",
        "Sheet!D3 problem_shown_currency customer",
    ]


def test_a_dollar_sign_in_a_book_of_dollars_is_that_dollar(tmp_path):
    grid = saved(tmp_path, (500, '"$"#,##0.00', 20, '"$"#,##0.00'))
    assert read(grid, "HKD") == (["HKD"], [])


def test_a_heading_that_says_the_currency_settles_a_dollar_sign(tmp_path):
    grid = saved(tmp_path, (500, '"$"#,##0.00', 0, PLAIN), heading="Amount (USD)")
    assert read(grid, "CNY") == (["USD"], [])


def test_a_format_against_the_heading_or_the_amount_holds_the_customer(tmp_path):
    grid = saved(tmp_path, (500, "[$€-2] #,##0.00", 0, PLAIN), heading="Amount (USD)")
    assert read(grid)[1] == ["Sheet!D2 problem_shown_currency customer"]
    grid = saved(tmp_path, (500, "[$€-2] #,##0.00", 20, "[$£-809]#,##0.00"))
    assert read(grid)[1] == ["Sheet!E2 problem_shown_currency customer"]


def test_a_unit_that_only_the_number_format_shows_holds_the_customer(tmp_path):
    grid = saved(tmp_path, (12.5, '0.00"万元"', 0, PLAIN), (12.5, '0!.0,"万"', 0, PLAIN))
    assert read(grid)[1] == ["Sheet!D2 problem_shown_unit customer"]


def test_the_sign_of_whoever_opens_the_file_is_said_once(tmp_path):
    local = '_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)'  # kept as number 44 only
    grid = saved(tmp_path, *[(500, local, 0, PLAIN)] * 3)
    assert read(grid) == (["CNY"] * 3, ["Sheet!D2 problem_shown_local nothing"])


def test_texts_blanks_and_books_without_such_formats_are_as_before(tmp_path):
    grid = saved(tmp_path, ("500.00", "[$€-2] 0", 0, PLAIN), (None, "[$€-2] 0", None, PLAIN))
    assert grid.formats == {"[$€-2] 0": {3: [2]}}
    assert saved(tmp_path, (500, PLAIN, 0, PLAIN)).formats == {}


def test_a_share_among_the_figures_and_a_month_among_the_days_are_asked_about(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(HEAD)
    sheet.append(["Acme", "1", date(2026, 3, 1), 1000, 0.5, "a@x.example"])
    sheet.append(["Beta", "2", date(2026, 3, 1), 1000, 100, "b@x.example"])
    sheet.append(["Cato", "3", date(2026, 3, 15), 1000, 100, "c@x.example"])
    sheet["E2"].number_format = "0%"
    for at, code in ((3, "mmm-yy"), (4, 'yyyy"年"m"月"')):
        sheet.cell(at, 3).number_format = code
    book.save(tmp_path / "book.xlsx")
    grid = open_workbook(str(tmp_path / "book.xlsx")).read("Sheet")
    assert read(grid)[1] == [
        "Sheet!E2 problem_money_percent customer",
        "Sheet!C3 problem_date_month_only customer",
    ]
