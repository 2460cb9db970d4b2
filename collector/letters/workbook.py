"""A statement as XLSX: one sheet per currency, its sums live formulas, ready to print."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final

from collector.fields import exponent
from collector.letters.colour import on_white
from collector.letters.formats import letter_language, long_day, month
from collector.letters.plain import clean
from collector.letters.view import age_label, late_days, line_name, line_notes
from collector.letters.wording import tell
from collector.model import Line, Movement, Section, Sender, Statement

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_FONT: Final = {"zh": "Microsoft YaHei", "zh-hant": "Microsoft JhengHei"}
_CHINESE_DATE: Final = 'yyyy"年"m"月"d"日"'
_DATE: Final = {
    "en": "d mmm yyyy", "zh": _CHINESE_DATE, "zh-hant": _CHINESE_DATE, "de": "dd.mm.yyyy",
    "fr": "dd/mm/yyyy", "es": "dd/mm/yyyy",
}  # fmt: skip

# Columns of both tables: a movement leaves the last three of these names to the open items.
_REFERENCE, _DAY, _DUE, _DAYS, _AMOUNT, _PAID, _BALANCE, _NOTES = range(8)
_KIND: Final = _DUE
_HEAD_LOOKS: Final = (*["head"] * 3, *["head_right"] * 4, "head_notes")
_WIDTHS: Final = (26, 15, 15, 13, 16, 16, 17, 34)

_ITEM_HEADS: Final = ("invoice", "issued", "due", "days", "amount", "paid", "balance", "notes")
_MOVEMENT_HEADS: Final = ("reference", "date", "kind", "", "amount", "", "running", "")
_MOVEMENT_KINDS: Final = {"invoiced": "invoice", "credited": "credit_note", "received": "receipt"}


def workbook(statement: Statement, sender: Sender) -> bytes:
    """Return the bytes of a workbook; words of the sheet are text, never a formula."""
    from xlsxwriter import Workbook

    stream = BytesIO()
    language = letter_language(statement.language)
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False}  # fmt: skip
    with Workbook(stream, options) as book:
        book.set_properties({
            "title": tell(language, "statement"),
            "author": clean(sender.company or sender.name),
            "created": datetime.combine(statement.as_of, time()),  # else the moment of writing
        })  # fmt: skip
        for section in statement.sections:
            page = _Page(book, section.currency, language, on_white(sender.accent))
            _head(page, statement, sender)
            if section.opening is not None:
                _period(page, section, section.opening)
            _items(page, section)
            _aging(page, section)
    return stream.getvalue()


class _Page:
    """One sheet being filled from the top; ``row`` is the current line, zero-based."""

    def __init__(self, book: Workbook, currency: str, language: str, accent: str) -> None:
        self.language = language
        self.row = 0
        self._sheet = book.add_worksheet(currency)
        self._looks = _looks(book, currency, language, accent)
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.hide_gridlines(2)
        self._sheet.set_paper(9)  # A4
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_row(0, 26)
        self._sheet.set_footer(f"&L{currency}&R&P / &N")

    def say(self, name: str) -> str:
        return tell(self.language, name) if name else ""

    def text(self, column: int, text: str, look: str = "text") -> None:
        self._sheet.write_string(self.row, column, text, self._looks[look])

    def amount(self, column: int, value: Decimal, look: str = "money") -> None:
        self._sheet.write_number(self.row, column, value, self._looks[look])

    def whole(self, column: int, value: int) -> None:
        self._sheet.write_number(self.row, column, value, self._looks["whole"])

    def day(self, column: int, value: date | None) -> None:
        if value is None:
            self._sheet.write_blank(self.row, column, None, self._looks["day"])
        else:
            self._sheet.write_datetime(self.row, column, value, self._looks["day"])

    def formula(self, column: int, formula: str, value: Decimal, look: str = "money") -> None:
        """Write a formula with its value: programs that do not calculate would show 0."""
        self._sheet.write_formula(self.row, column, formula, self._looks[look], value)

    def rule(self, look: str = "text") -> None:
        """Draw the whole line in one look; cells written later come on top."""
        for column in range(len(_WIDTHS)):
            self._sheet.write_blank(self.row, column, None, self._looks[look])

    def heading(self, name: str, heads: tuple[str, ...], *, repeat: bool = False) -> None:
        self.row += 1
        self.text(0, self.say(name), "part")
        self.row += 1
        for column, head in enumerate(heads):
            self.text(column, self.say(head), _HEAD_LOOKS[column])
        if repeat:
            self._sheet.repeat_rows(self.row)
        self.row += 1


def _looks(book: Workbook, currency: str, language: str, accent: str) -> dict[str, Format]:
    places = exponent(currency)
    money = "#,##0" + ("." + "0" * places if places else "")
    base: dict[str, object] = {
        "font_name": _FONT.get(language, "Calibri"),
        "font_size": 10,
        "valign": "vcenter",
    }
    line: dict[str, object] = {"bottom": 1, "bottom_color": "#D5DCE1"}
    main: dict[str, object] = {"num_format": money, "bold": True, "top": 1, "font_color": accent}
    looks: dict[str, dict[str, object]] = {
        "title": {"font_size": 16, "font_color": accent},
        "label": {"font_color": "#5B6873"},
        "plain": {},
        "part": {"bold": True, "font_color": accent},
        "head": {"bottom": 2, "bottom_color": accent, "bold": True},
        "head_right": {"bottom": 2, "bottom_color": accent, "bold": True, "align": "right"},
        "text": {**line, "text_wrap": True},
        "long": line,
        "notes": {**line, "text_wrap": True, "indent": 1},
        "whole": {**line, "num_format": "0"},
        "day": {**line, "num_format": _DATE[language], "align": "left"},
        "money": {**line, "num_format": money},
        "main": main,
        "main_label": main,
        "head_notes": {"bottom": 2, "bottom_color": accent, "bold": True, "indent": 1},
    }
    return {name: book.add_format({**base, **look}) for name, look in looks.items()}


def _head(page: _Page, statement: Statement, sender: Sender) -> None:
    language = page.language
    company = clean(sender.company or sender.name)
    period = month(language, statement.period) if statement.period else ""
    page.text(0, page.say("statement"), "title")
    facts = {
        "customer": clean(statement.customer_name),
        "as_at": long_day(language, statement.as_of),
        "period": period,
        "from": f"{company} ({clean(sender.address)})",
    }
    for name, value in facts.items():
        if value:
            page.row += 1
            page.text(0, page.say(name), "label")
            page.text(1, value, "plain")
    page.row += 1


def _sum_line(page: _Page, name: str, formula: str, value: Decimal) -> None:
    page.rule("main_label")
    page.text(_REFERENCE, page.say(name), "main_label")
    page.formula(_BALANCE, formula, value, "main")
    page.row += 1


# ── the period ───────────────────────────────────────────────────────────────────────────────


def _period(page: _Page, section: Section, opening: Decimal) -> None:
    """Opening balance, each movement with the balance after it, and the closing balance."""
    page.heading("movements", _MOVEMENT_HEADS)
    page.rule()
    page.text(_REFERENCE, page.say("opening"))
    page.amount(_BALANCE, opening)
    first = page.row
    for movement in section.movements:
        page.row += 1
        _movement(page, movement)
    last = page.row
    page.row += 1
    _sum_line(page, "closing", f"=G{last + 1}", section.closing)
    page.row += 1
    _by_kind(page, section, first + 2, max(last + 1, first + 2))


def _movement(page: _Page, movement: Movement) -> None:
    page.rule()
    page.text(_REFERENCE, clean(movement.reference))
    page.day(_DAY, movement.day)
    page.text(_KIND, page.say(f"kind_{movement.kind}"))
    page.amount(_AMOUNT, movement.amount)
    page.formula(_BALANCE, f"=G{page.row}+E{page.row + 1}", movement.balance)


def _by_kind(page: _Page, section: Section, first: int, last: int) -> None:
    values = {"invoiced": section.invoiced, "credited": -section.credited,
              "received": -section.received}  # fmt: skip
    for name, kind in _MOVEMENT_KINDS.items():
        page.rule()
        page.text(_REFERENCE, page.say(name))
        word = page.say(f"kind_{kind}")
        formula = f'=SUMIF(C{first}:C{last},"{word}",E{first}:E{last})'
        page.formula(_BALANCE, formula, values[name])
        page.row += 1


# ── what is open ─────────────────────────────────────────────────────────────────────────────


def _items(page: _Page, section: Section) -> None:
    if not section.lines:
        return
    page.heading("open_items", _ITEM_HEADS, repeat=True)
    first = page.row + 1
    for line in section.lines:
        _item(page, line)
        page.row += 1
    total = sum((line.balance for line in section.lines), Decimal(0))
    sum_row = page.row + 1
    _sum_line(page, "open_total", f"=SUM(G{first}:G{page.row})", total)
    if section.unapplied:
        page.rule()
        page.text(_REFERENCE, page.say("unapplied"), "long")
        page.amount(_BALANCE, -section.unapplied)
        page.row += 1
        _sum_line(page, "outstanding", f"=G{sum_row}+G{page.row}", section.closing)


def _item(page: _Page, line: Line) -> None:
    notes = line_notes(page.language, line)
    disputed = [page.say("disputed")] if line.disputed else []
    page.text(_REFERENCE, line_name(page.language, line))
    page.day(_DAY, line.invoice_date)
    page.day(_DUE, line.due_date)
    page.whole(_DAYS, late_days(line))
    page.amount(_AMOUNT, line.amount)
    page.amount(_PAID, line.paid)
    page.amount(_BALANCE, line.balance)
    page.text(_NOTES, "; ".join([*disputed, *notes]), "notes")


def _aging(page: _Page, section: Section) -> None:
    if not section.aging:
        return
    page.heading("aging", ("", "", "", "", "", "", "balance", ""))
    first = page.row + 1
    for bucket, amount in section.aging.items():
        page.rule()
        page.text(_REFERENCE, age_label(page.language, bucket))
        page.amount(_BALANCE, amount)
        page.row += 1
    total = sum(section.aging.values(), Decimal(0))
    _sum_line(page, "closing" if section.opening is not None else "outstanding",
              f"=SUM(G{first}:G{page.row})", total)  # fmt: skip
