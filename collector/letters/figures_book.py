"""A report as XLSX: a summary with charts per currency, and tables that can be filtered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from collector.fields import BUCKET_WORDS, FLAG_WORDS, word
from collector.letters.figures_kpis import kpi_columns, kpi_rows
from collector.letters.figures_pen import Column, Pen, span
from collector.letters.figures_summary import Summary
from collector.letters.figures_words import NamedConfirmed, Words
from collector.rules.figures import Figures

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDTHS: Final = {"text": 26, "short": 13, "money": 16, "date": 13, "whole": 11, "long": 46,
                  "percent": 11, "number": 12, "precise": 12, "moved": 11}  # fmt: skip


def figures_book(
    figures: Figures, title: str, language: str, confirmations: Sequence[NamedConfirmed] = ()
) -> bytes:
    """Return the bytes of a workbook; texts of the sheet stay texts, never a formula.

    ``confirmations`` are what became of balance confirmations, each with its customer's name.
    """
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "nan_inf_to_errors": True}  # fmt: skip
    with Workbook(stream, options) as book:
        moment = datetime.combine(figures.as_of, time())
        book.set_properties({"title": title, "created": moment})
        maker = _Maker(book, figures, title, Words(language))
        maker.make()
        if confirmations:
            maker.confirmations(confirmations)
    return stream.getvalue()


class _Maker:
    """The workbook being made; its looks are by name and, for money, by decimal places."""

    def __init__(self, book: Workbook, figures: Figures, title: str, words: Words) -> None:
        self.book, self.figures, self.title, self.words = book, figures, title, words
        self.open_name = words.say("fig_invoices")[:31]
        self.pen = Pen(book, words)

    def make(self) -> None:
        for currency in self.figures.currencies:
            name = f"{self.words.say('fig_summary')} {currency.currency}"
            Summary(self.pen, self.figures, currency, self.book.add_worksheet(name)).fill(
                self.title
            )
        self._kpis("owner", "rating")
        self._kpis("customer")
        self._customers()
        self._calls()
        self._invoices()
        if self.figures.warnings:
            self._warnings()
        if self.figures.changes:
            self._changes()

    # ── tables with filters ──

    def table(
        self, name: str, columns: Sequence[Column], note: str = "", *, sums: bool = True
    ) -> None:
        """Fill a sheet with one table; sums above it follow its filters."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, name, self.pen.look("title"))
        sheet.set_row(0, 28)
        sheet.write_string(1, 0, note, self.pen.look("note"))
        head = 2 + len(self._summed(columns) if sums else ())
        count = len(columns[0].values)
        if sums:
            self._sums(sheet, columns, head, count)
        for place, column in enumerate(columns):
            right = column.kind in ("money", "whole", "percent", "number", "moved", "precise")
            look = self.pen.look("head_right" if right else "head")
            sheet.write_string(head, place, column.heading, look)
            sheet.set_column(place, place, _WIDTHS.get(column.kind, 13))
            self.pen.fill(sheet, head + 1, place, column)
        sheet.set_row(head, 30)
        sheet.autofilter(head, 0, head + max(count, 1), len(columns) - 1)
        sheet.freeze_panes(head + 1, 1)
        sheet.repeat_rows(head)

    def _summed(self, columns: Sequence[Column]) -> list[str]:
        """Return the currencies of a table's money; they are never added to one another."""
        heading = self.words.say("fig_currency")
        found = [column.values for column in columns if column.heading == heading]
        return list(dict.fromkeys(found[0])) if found else []

    def _sums(self, sheet: Worksheet, columns: Sequence[Column], head: int, count: int) -> None:
        """Write a line of sums per currency; that of a single one follows the table's filters."""
        currencies = self._summed(columns)
        headings = [column.heading for column in columns]
        for line, currency in enumerate(currencies, start=2):
            alone = len(currencies) == 1
            label = self.words.say("fig_filtered") if alone else currency
            sheet.write_string(line, 0, label, self.pen.look("total"))
            own = headings.index(self.words.say("fig_currency"))
            among = span(head + 1, own, count)
            for place, column in enumerate(columns):
                if column.kind != "money":
                    continue
                cells = span(head + 1, place, count)
                formula = f"=SUBTOTAL(109,{cells})" if alone else (
                    f'=SUMIFS({cells},{among},"{currency}")')  # fmt: skip
                parts = [
                    (value, places)
                    for value, places, each in zip(
                        column.values, column.places, columns[own].values, strict=True
                    )
                    if each == currency
                ]
                places = parts[0][1]
                total = round(sum(value for value, _ in parts), places)
                sheet.write_formula(
                    line, place, formula, self.pen.look("money_total", places), total
                )

    def confirmations(self, known: Sequence[NamedConfirmed]) -> None:
        words = self.words
        states = [words.say(f"confirmation_{each.state}") for _, each in known]
        columns = [
            Column(self.pen.heading("customer"), "text", [name for name, _ in known]),
            Column(words.say("letter_as_at"), "date", [each.as_of for _, each in known]),
            Column(self.pen.heading("confirmation"), "short", states),
            Column(words.say("letter_date"), "date", [e.changed_at.date() for _, e in known]),
            Column(words.say("letter_notes"), "long", [each.note for _, each in known]),
        ]
        self.table(words.say("fig_confirmations"), columns)

    def _kpis(self, *kinds: str) -> None:
        """Fill a sheet with the KPIs of owners and classes, or of customers."""
        listed = kpi_rows(self.figures, kinds)
        if not listed:
            return
        alone = len(kinds) == 1
        name = self.words.say("fig_kpis_customer" if alone else "fig_kpis_by")
        columns = kpi_columns(listed, self.words, alone=alone)
        self.table(name, columns, self.words.say("fig_kpis_by_note"), sums=alone)

    def _customers(self) -> None:
        frame, words = self.figures.customers, self.words
        scale = words.places(frame)
        ages = [
            Column(
                word(BUCKET_WORDS, words.language, name), "money", *words.major(frame[name], scale)
            )
            for name in self.figures.currencies[0].buckets
        ]
        columns = [
            Column(self.pen.heading("customer"), "text", words.names(frame)),
            Column(words.say("fig_currency"), "short", frame["currency"].tolist()),
            Column(words.say("fig_owner"), "short", frame["owner"].tolist()),
            Column(
                words.say("fig_receivables"), "money", *words.major(frame["receivables"], scale)
            ),
            *ages,
            Column(self.pen.heading("overdue"), "money", *words.major(frame["overdue"], scale)),
            *self._credit(frame),
        ]
        self.table(words.say("fig_customers"), columns, words.say("fig_customers_note"))

    def _credit(self, frame: Any) -> list[Column]:
        words = self.words
        flags = [word(FLAG_WORDS, words.language, str(flag)) for flag in words.texts(
            frame["credit_flag"])]  # fmt: skip
        return [
            Column(
                self.pen.heading("oldest_overdue"), "whole", words.whole(frame["oldest_overdue"])
            ),
            Column(self.pen.heading("used_of_limit"), "percent", words.share(frame["utilisation"])),
            Column(self.pen.heading("payment_index"), "whole", words.whole(frame["payment_index"])),
            Column(self.pen.heading("rating"), "short", words.texts(frame["rating"])),
            Column(self.pen.heading("credit_flag"), "short", flags),
            Column(self.pen.heading("credit_reason"), "long", words.reasons(frame)),
            Column(self.pen.heading("late_rate"), "percent", words.share(frame["late_rate"])),
            Column(self.pen.heading("pays"), "long", words.habits(frame)),
            Column(self.pen.heading("expected_payment"), "date", words.days(frame["expected"])),
            Column(self.pen.heading("suggested_limit"), "whole", self._limits(frame)),
        ]

    def _limits(self, frame: Any) -> list[int | None]:
        """Return suggested limits in whole units; they are in the book's own currency."""
        scale = 10**self.figures.home_exponent
        limits = frame["suggested_limit"].fillna(0).tolist()
        return [round(limit / scale) or None for limit in limits]

    def _calls(self) -> None:
        frame, words = self.figures.calls, self.words
        scale = words.places(frame)
        columns = [
            Column("#", "whole", list(range(1, len(frame) + 1))),
            Column(self.pen.heading("customer"), "text", words.names(frame)),
            Column(words.say("fig_contact"), "text", words.texts(frame["contact"])),
            Column(words.say("fig_phone"), "text", words.texts(frame["phone"])),
            Column(words.say("fig_owner"), "short", words.texts(frame["owner"])),
            Column(words.say("fig_currency"), "short", frame["currency"].tolist()),
            Column(self.pen.heading("overdue"), "money", *words.major(frame["overdue"], scale)),
            Column(self.pen.heading("oldest_overdue"), "whole", frame["oldest"].tolist()),
            Column(words.say("fig_loss"), "money", *words.major(frame["expected_loss"], scale)),
            Column(self.pen.heading("pays"), "long", words.habits(frame)),
            Column(self.pen.heading("expected_payment"), "date", words.days(frame["expected"])),
        ]
        self.table(words.say("fig_calls"), columns, words.say("fig_calls_note"))

    def _invoices(self) -> None:
        frame, words = self.figures.invoices, self.words
        scale = words.places(frame)
        buckets = [word(BUCKET_WORDS, words.language, name) for name in frame["bucket"].tolist()]
        columns = [
            Column(words.say("fig_row"), "short", [f"{self.figures.tab}!{row}" for row in
                                                  frame["row"].tolist()]),
            Column(words.say("fig_invoice"), "short", frame["invoice"].tolist()),
            Column(self.pen.heading("customer"), "text", frame["customer_name"].tolist()),
            Column(words.say("fig_owner"), "short", words.texts(frame["owner"])),
            Column(words.say("fig_currency"), "short", frame["currency"].tolist()),
            Column(words.say("fig_issued"), "date", words.days(frame["invoice_date"])),
            Column(words.say("fig_due"), "date", words.days(frame["due"])),
            Column(self.pen.heading("days_overdue"), "whole",
                   frame["days_overdue"].clip(lower=0).tolist()),
            Column(self.pen.heading("bucket"), "short", buckets),
            Column(words.say("fig_amount"), "money", *words.major(frame["amount"], scale)),
            Column(words.say("fig_balance"), "money", *words.major(frame["balance"], scale)),
            Column(self.pen.heading("expected_payment"), "date", words.days(frame["expected"])),
            *(
                [Column(words.say("fig_interest"), "money",
                        *words.major(frame["interest"], scale))]
                if frame["interest"].any() else []
            ),
        ]  # fmt: skip
        self.table(self.open_name, columns, words.say("fig_invoices_note"))

    def _warnings(self) -> None:
        warnings, words = self.figures.warnings, self.words
        columns = [
            Column(self.pen.heading("customer"), "text", [each.customer_name for each in warnings]),
            Column(words.say("fig_what"), "long",
                   [words.say(each.code, **each.facts) for each in warnings]),
        ]  # fmt: skip
        self.table(words.say("fig_warnings"), columns, words.say("fig_warnings_note"))

    def _changes(self) -> None:
        changes, words = self.figures.changes, self.words
        columns = [
            Column(self.pen.heading("customer"), "text", [each.customer_name for each in changes]),
            Column(words.say("fig_change"), "text",
                   [each.what(words.language) for each in changes]),
            Column(words.say("fig_why"), "long", [each.why(words.language) for each in changes]),
            Column(words.say("fig_since"), "date", [each.since for each in changes]),
        ]  # fmt: skip
        self.table(words.say("fig_changes"), columns, words.say("fig_changes_note"))
