"""A report as XLSX: a summary with charts per currency, and tables that can be filtered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from collector.fields import BUCKET_WORDS, CUSTOMER_HEADINGS, FLAG_WORDS, OWNED_HEADINGS, word
from collector.letters.figures_words import Words
from collector.rules.figures import CurrencyFigures, Figures

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

ACCENT: Final = "#14506B"
WARN: Final = "#B4472E"
SOFT: Final = "#8FB3C4"
PALE: Final = "#DCE7ED"
_FONT: Final = {"en": "Calibri", "zh": "Microsoft YaHei"}
_WIDTHS: Final = {"text": 26, "short": 13, "money": 16, "date": 13, "whole": 11, "long": 46,
                  "percent": 11}  # fmt: skip
_TOP: Final = 10
_AXIS: Final = '[>=1000000]0.0,,"M";[>=1000]0,"k";0'
_CHART: Final = {"width": 560, "height": 260}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, how it shows, and its values."""

    heading: str
    kind: str
    values: Sequence[Any]
    places: Sequence[int] = ()


def figures_book(figures: Figures, title: str, language: str) -> bytes:
    """Return the bytes of a workbook; texts of the sheet stay texts, never a formula."""
    from xlsxwriter import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "strings_to_numbers": False, "nan_inf_to_errors": True}  # fmt: skip
    with Workbook(stream, options) as book:
        moment = datetime.combine(figures.as_of, time())
        book.set_properties({"title": title, "created": moment})
        maker = _Maker(book, figures, title, Words(language))
        maker.make()
    return stream.getvalue()


class _Maker:
    """The workbook being made; its looks are by name and, for money, by decimal places."""

    def __init__(self, book: Workbook, figures: Figures, title: str, words: Words) -> None:
        self.book, self.figures, self.title, self.words = book, figures, title, words
        self.open_name = words.say("fig_invoices")[:31]
        self._looks: dict[tuple[str, int], Format] = {}

    def make(self) -> None:
        for currency in self.figures.currencies:
            name = f"{self.words.say('fig_summary')} {currency.currency}"
            _Summary(self, currency, self.book.add_worksheet(name)).fill()
        self._customers()
        self._calls()
        self._invoices()
        if self.figures.warnings:
            self._warnings()
        if len(self.figures.changes):
            self._changes()

    def look(self, kind: str, places: int = 2) -> Format:
        key = (kind, places if kind.startswith("money") else 0)
        if key not in self._looks:
            self._looks[key] = self.book.add_format(self._properties(kind, places))
        return self._looks[key]

    def _properties(self, kind: str, places: int) -> dict[str, Any]:
        line = {"bottom": 1, "bottom_color": PALE}
        money = "#,##0" + ("." + "0" * places if places else "")
        found: dict[str, dict[str, Any]] = {
            "title": {"bold": True, "font_size": 18, "font_color": ACCENT},
            "note": {"font_color": "#5B6873"},
            "part": {"bold": True, "font_size": 12, "font_color": ACCENT},
            "head": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT, "text_wrap": True,
                     "indent": 1},
            "head_right": {"bold": True, "font_color": "#FFFFFF", "bg_color": ACCENT,
                           "align": "right", "text_wrap": True},
            "money": {"num_format": money, **line},
            "money_total": {"num_format": money, "bold": True, "top": 1, "font_color": ACCENT},
            "total": {"bold": True, "top": 1, "font_color": ACCENT},
            "whole": {"num_format": "#,##0", **line},
            "number": {"num_format": "#,##0.0", **line},
            "percent": {"num_format": "0 %", **line},
            "precise": {"num_format": "0.0 %", **line},
            "date": {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1, **line},
            "good": {"font_color": "#2E7D4F", "align": "right", **line},
            "bad": {"font_color": WARN, "align": "right", **line},
            "right": {"align": "right", **line},
        }  # fmt: skip
        base = {"font_name": _FONT[self.words.language], "font_size": 10, "valign": "vcenter"}
        return base | found.get(kind, line | {"indent": 1})

    # ── tables with filters ──

    def table(self, name: str, columns: Sequence[Column], note: str = "") -> None:
        """Fill a sheet with one table; sums above it follow its filters."""
        sheet = self.book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, name, self.look("title"))
        sheet.set_row(0, 28)
        sheet.write_string(1, 0, note, self.look("note"))
        head = 2 + len(self._summed(columns))
        count = len(columns[0].values)
        self._sums(sheet, columns, head, count)
        for place, column in enumerate(columns):
            right = column.kind in ("money", "whole", "percent", "number")
            look = self.look("head_right" if right else "head")
            sheet.write_string(head, place, column.heading, look)
            sheet.set_column(place, place, _WIDTHS.get(column.kind, 13))
            self.fill(sheet, head + 1, place, column)
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
            sheet.write_string(line, 0, label, self.look("total"))
            own = headings.index(self.words.say("fig_currency"))
            among = _span(head + 1, own, count)
            for place, column in enumerate(columns):
                if column.kind != "money":
                    continue
                cells = _span(head + 1, place, count)
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
                sheet.write_formula(line, place, formula, self.look("money_total", places), total)

    def fill(self, sheet: Worksheet, row: int, place: int, column: Column) -> None:
        """Write a column of cells; one that holds nothing is left with its look."""
        look = self.look({"short": "text", "long": "text"}.get(column.kind, column.kind))
        looks = {places: self.look(column.kind, places) for places in set(column.places)}
        write: Any = {
            "money": sheet.write_number, "whole": sheet.write_number, "number": sheet.write_number,
            "percent": sheet.write_number, "precise": sheet.write_number,
            "date": sheet.write_datetime,
        }.get(column.kind, sheet.write_string)  # fmt: skip
        for offset, value in enumerate(column.values):
            if value is None or value == "":
                sheet.write_blank(row + offset, place, None, look)
            else:
                shown = looks[column.places[offset]] if looks else look
                write(row + offset, place, value, shown)

    def _heading(self, key: str) -> str:
        found = CUSTOMER_HEADINGS.get(key) or OWNED_HEADINGS[key]
        return found[self.words.language]

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
            Column(self._heading("customer"), "text", words.names(frame)),
            Column(words.say("fig_currency"), "short", frame["currency"].tolist()),
            Column(words.say("fig_owner"), "short", frame["owner"].tolist()),
            Column(
                words.say("fig_receivables"), "money", *words.major(frame["receivables"], scale)
            ),
            *ages,
            Column(self._heading("overdue"), "money", *words.major(frame["overdue"], scale)),
            *self._credit(frame),
        ]
        self.table(words.say("fig_customers"), columns, words.say("fig_customers_note"))

    def _credit(self, frame: Any) -> list[Column]:
        words = self.words
        flags = [word(FLAG_WORDS, words.language, str(flag)) for flag in words.texts(
            frame["credit_flag"])]  # fmt: skip
        return [
            Column(self._heading("oldest_overdue"), "whole", words.whole(frame["oldest_overdue"])),
            Column(self._heading("used_of_limit"), "percent", words.share(frame["utilisation"])),
            Column(self._heading("payment_index"), "whole", words.whole(frame["payment_index"])),
            Column(self._heading("rating"), "short", words.texts(frame["rating"])),
            Column(self._heading("credit_flag"), "short", flags),
            Column(self._heading("credit_reason"), "long", words.reasons(frame)),
            Column(self._heading("late_rate"), "percent", words.share(frame["late_rate"])),
            Column(self._heading("pays"), "long", words.habits(frame)),
            Column(self._heading("expected_payment"), "date", words.days(frame["expected"])),
        ]

    def _calls(self) -> None:
        frame, words = self.figures.calls, self.words
        scale = words.places(frame)
        columns = [
            Column("#", "whole", list(range(1, len(frame) + 1))),
            Column(self._heading("customer"), "text", words.names(frame)),
            Column(words.say("fig_contact"), "text", words.texts(frame["contact"])),
            Column(words.say("fig_phone"), "text", words.texts(frame["phone"])),
            Column(words.say("fig_owner"), "short", words.texts(frame["owner"])),
            Column(words.say("fig_currency"), "short", frame["currency"].tolist()),
            Column(self._heading("overdue"), "money", *words.major(frame["overdue"], scale)),
            Column(self._heading("oldest_overdue"), "whole", frame["oldest"].tolist()),
            Column(words.say("fig_loss"), "money", *words.major(frame["expected_loss"], scale)),
            Column(self._heading("pays"), "long", words.habits(frame)),
            Column(self._heading("expected_payment"), "date", words.days(frame["expected"])),
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
            Column(self._heading("customer"), "text", frame["customer_name"].tolist()),
            Column(words.say("fig_owner"), "short", words.texts(frame["owner"])),
            Column(words.say("fig_currency"), "short", frame["currency"].tolist()),
            Column(words.say("fig_issued"), "date", words.days(frame["invoice_date"])),
            Column(words.say("fig_due"), "date", words.days(frame["due"])),
            Column(self._heading("days_overdue"), "whole",
                   frame["days_overdue"].clip(lower=0).tolist()),
            Column(self._heading("bucket"), "short", buckets),
            Column(words.say("fig_amount"), "money", *words.major(frame["amount"], scale)),
            Column(words.say("fig_balance"), "money", *words.major(frame["balance"], scale)),
            Column(self._heading("expected_payment"), "date", words.days(frame["expected"])),
        ]  # fmt: skip
        self.table(self.open_name, columns, words.say("fig_invoices_note"))

    def _warnings(self) -> None:
        warnings, words = self.figures.warnings, self.words
        columns = [
            Column(self._heading("customer"), "text", [each.customer_name for each in warnings]),
            Column(words.say("fig_what"), "long",
                   [words.say(each.code, **each.facts) for each in warnings]),
        ]  # fmt: skip
        self.table(words.say("fig_warnings"), columns, words.say("fig_warnings_note"))

    def _changes(self) -> None:
        frame, words = self.figures.changes, self.words
        flags = FLAG_WORDS
        columns = [
            Column(self._heading("customer"), "text", words.names(frame)),
            Column(words.say("fig_flag_before"), "short",
                   [word(flags, words.language, flag) for flag in frame["flag_before"]]),
            Column(self._heading("credit_flag"), "short",
                   [word(flags, words.language, flag) for flag in frame["credit_flag"]]),
            Column(words.say("fig_rating_before"), "short", frame["rating_before"].tolist()),
            Column(self._heading("rating"), "short", frame["rating"].tolist()),
            Column(self._heading("credit_reason"), "long", words.reasons(frame)),
            Column(self._heading("pays"), "long", words.habits(frame)),
        ]  # fmt: skip
        self.table(words.say("fig_changes"), columns, words.say("fig_changes_note"))


def _cell(row: int, column: int, *, fixed: bool = False) -> str:
    from collector.model import column_letters

    mark = "$" if fixed else ""
    return f"{mark}{column_letters(column)}{mark}{row + 1}"


def _span(row: int, column: int, count: int) -> str:
    return f"{_cell(row, column)}:{_cell(row + count - 1, column)}"


class _Summary:
    """One currency's sheet: figures at the left, their charts at the right."""

    def __init__(self, maker: _Maker, currency: CurrencyFigures, sheet: Worksheet) -> None:
        self.maker, self.currency, self.sheet, self.row = maker, currency, sheet, 0
        self.words = maker.words
        self.places = currency.exponent
        self.scale = 10**currency.exponent

    def fill(self) -> None:
        sheet, maker, words = self.sheet, self.maker, self.words
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 4, 15)
        sheet.set_column(5, 5, 3)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, f"{maker.title} · {self.currency.currency}", maker.look("title"))
        note = words.say("fig_as_of", day=maker.figures.as_of)
        sheet.write_string(1, 0, note, maker.look("note"))
        if maker.figures.undated:
            sheet.write_string(2, 0, words.undated(maker.figures), maker.look("note"))
        self.row = 3
        self._kpis()
        self._aging()
        self._cash()
        self._trend()
        self._debtors()
        self._owners()

    def _block(self, title: str, columns: Sequence[Column]) -> tuple[int, int]:
        """Write a titled block; return its first and last row of values."""
        maker, sheet = self.maker, self.sheet
        sheet.write_string(self.row, 0, title, maker.look("part"))
        head = self.row + 1
        for place, column in enumerate(columns):
            right = column.kind in ("money", "whole", "percent", "precise", "number", "right")
            look = maker.look("head_right" if right else "head")
            sheet.write_string(head, place, column.heading, look)
            self._cells(head + 1, place, column)
        count = len(columns[0].values)
        self.row = max(head + count + 2, head + 15) + 1
        return head + 1, head + count

    def _cells(self, row: int, place: int, column: Column) -> None:
        if column.kind != "money":
            self.maker.fill(self.sheet, row, place, column)
            return
        look = self.maker.look("money", self.places)
        for offset, value in enumerate(column.values):
            self.sheet.write_number(row + offset, place, value, look)

    def _money(self, values: Sequence[int]) -> list[float]:
        return [value / self.scale for value in values]

    def _kpis(self) -> None:
        words, kpis = self.words, self.currency.kpis
        columns = [
            Column(words.say("fig_kpi"), "text", [words.say(f"fig_{k.name}") for k in kpis]),
            Column(words.say("fig_now"), "right", [words.kpi(k, k.now) for k in kpis]),
            Column(words.say("fig_before"), "right", [words.kpi(k, k.before) for k in kpis]),
        ]
        if any(kpi.target is not None for kpi in kpis):
            targets = [words.kpi(kpi, kpi.target) for kpi in kpis]
            columns.append(Column(words.say("fig_target"), "right", targets))
        maker, first = self.maker, self.row + 2
        title = words.say("fig_kpis")
        self.sheet.write_string(self.row, 0, title, maker.look("part"))
        for place, column in enumerate(columns):
            look = "head_right" if column.kind == "right" else "head"
            self.sheet.write_string(first - 1, place, column.heading, maker.look(look))
            maker.fill(self.sheet, first, place, column)
        for offset, kpi in enumerate(kpis):
            mood = words.mood(kpi)
            if mood:
                text = words.kpi(kpi, kpi.now)
                self.sheet.write_string(first + offset, 1, text, maker.look(mood))
        facts = [
            ("fig_receivables", self.currency.receivables),
            ("fig_overdue", self.currency.overdue),
            ("fig_unapplied", self.currency.unapplied),
            ("fig_provision", self.currency.provision),
        ]
        row = first + len(kpis)
        for name, amount in facts:
            self.sheet.write_string(row, 0, words.say(name), maker.look("text"))
            look = maker.look("money", self.places)
            self.sheet.write_number(row, 1, amount / self.scale, look)
            row += 1
        self.row = max(row + 1, self.row + 15)

    def _aging(self) -> None:
        words, currency = self.words, self.currency
        names = list(currency.buckets)
        labels = [word(BUCKET_WORDS, words.language, name) for name in names]
        amounts = list(currency.buckets.values())
        total = currency.receivables
        start = self.row
        first, last = self._block(words.say("fig_aging"), [
            Column(self.maker._heading("bucket"), "text", labels),
            Column(words.say("fig_receivables"), "money", self._money(amounts)),
            Column(words.say("fig_share"), "precise",
                   [amount / total if total else None for amount in amounts]),
        ])  # fmt: skip
        rows = len(self.maker.figures.invoices)
        sheet, look = self.sheet, self.maker.look("money", self.places)
        for offset, amount in enumerate(amounts):
            formula = self._sum_of_bucket(rows, _cell(first + offset, 0))
            sheet.write_formula(first + offset, 1, formula, look, amount / self.scale)
        cells = f"{_cell(first, 1)}:{_cell(last, 1)}"
        sheet.write_string(last + 1, 0, words.say("fig_total"), self.maker.look("total"))
        total_look = self.maker.look("money_total", self.places)
        sheet.write_formula(last + 1, 1, f"=SUM({cells})", total_look, total / self.scale)
        self._chart("column", words.say("fig_aging"), start, first, last, [(1, ACCENT, None)])

    def _sum_of_bucket(self, rows: int, label: str) -> str:
        """Return the formula that adds up a bucket's rows on the sheet of open invoices."""
        name = "'" + self.maker.open_name.replace("'", "''") + "'!"
        first = 3 + len(self.maker.figures.currencies_open)
        last = first + max(rows, 1) - 1

        def column(place: int) -> str:
            return f"{name}{_cell(first, place, fixed=True)}:{_cell(last, place, fixed=True)}"

        currency = self.currency.currency
        return f'=SUMIFS({column(10)},{column(4)},"{currency}",{column(8)},{label})'

    def _cash(self) -> None:
        words, weeks = self.words, self.currency.weeks
        if not weeks:
            return
        start = self.row
        first, last = self._block(words.say("fig_cash"), [
            Column(words.say("fig_week_after"), "date", [week.after for week in weeks]),
            Column(words.say("fig_low"), "money", self._money([week.low for week in weeks])),
            Column(words.say("fig_expected"), "money", self._money([w.expected for w in weeks])),
            Column(words.say("fig_high"), "money", self._money([week.high for week in weeks])),
        ])  # fmt: skip
        series = [(2, ACCENT, None), (1, SOFT, "dash"), (3, SOFT, "dash")]
        self._chart("line", words.say("fig_cash"), start, first, last, series)

    def _trend(self) -> None:
        words, months = self.words, self.currency.months
        start = self.row
        first, last = self._block(words.say("fig_trend"), [
            Column(words.say("fig_month"), "date", [month.end for month in months]),
            Column(words.say("fig_receivables"), "money",
                   self._money([month.receivables for month in months])),
            Column(words.say("fig_overdue"), "money", self._money([m.overdue for m in months])),
            Column(words.say("fig_sales"), "money", self._money([m.sales for m in months])),
            Column(words.say("fig_collected"), "money", self._money([m.collected for m in months])),
        ])  # fmt: skip
        series = [(1, ACCENT, None), (2, WARN, None), (4, SOFT, None)]
        self._chart("line", words.say("fig_trend"), start, first, last, series, "mmm yy")

    def _debtors(self) -> None:
        words, frame = self.words, self.maker.figures.customers
        top = frame[frame["currency"] == self.currency.currency].head(_TOP)
        if not len(top):
            return
        start = self.row
        first, last = self._block(words.say("fig_debtors"), [
            Column(self.maker._heading("customer"), "text", words.names(top)),
            Column(words.say("fig_not_overdue"), "money",
                   self._money((top["receivables"] - top["overdue"]).tolist())),
            Column(words.say("fig_overdue"), "money", self._money(top["overdue"].tolist())),
        ])  # fmt: skip
        series = [(1, SOFT, None), (2, WARN, None)]
        self._chart("stacked", words.say("fig_debtors"), start, first, last, series)

    def _owners(self) -> None:
        words, owners = self.words, self.currency.owners
        if len(owners) < 2 and not any(group.name for group in owners):
            return
        start = self.row
        first, last = self._block(words.say("fig_owners"), [
            Column(words.say("fig_owner"), "text",
                   [group.name or words.say("fig_nobody") for group in owners]),
            Column(words.say("fig_plan"), "money", self._money([g.plan for g in owners])),
            Column(words.say("fig_collected"), "money", self._money([g.collected for g in owners])),
            Column(words.say("fig_reached"), "percent",
                   [g.collected / g.plan if g.plan else None for g in owners]),
            Column(words.say("fig_overdue"), "money", self._money([g.overdue for g in owners])),
        ])  # fmt: skip
        series = [(1, PALE, None), (2, ACCENT, None)]
        self._chart("column", words.say("fig_owners"), start, first, last, series)

    def _chart(
        self,
        kind: str,
        title: str,
        row: int,
        first: int,
        last: int,
        series: Sequence[tuple[int, str, str | None]],
        days: str = "d mmm",
    ) -> None:
        """Draw columns of a block beside it; categories are its first column."""
        options = {"type": "bar", "subtype": "stacked"} if kind == "stacked" else {"type": kind}
        chart = self.maker.book.add_chart(options)
        name, font = self.sheet.get_name(), {"name": _FONT[self.words.language], "size": 9}
        for column, colour, dash in series:
            line: dict[str, Any] = {"color": colour, "width": 2.25}
            if dash:
                line |= {"dash_type": dash, "width": 1.25}
            chart.add_series({
                "name": [name, first - 1, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
                "fill": {"color": colour}, "gap": 60,
                **({"line": line} if kind == "line" else {}),
            })  # fmt: skip
        chart.set_title({"name": title, "name_font": font | {"size": 11, "color": ACCENT}})
        chart.set_legend({"none": True} if len(series) == 1 else {"position": "bottom",
                                                                 "font": font})  # fmt: skip
        plain: dict[str, Any] = {"num_font": font, "line": {"color": "#B9C4CB"}}
        up: dict[str, Any] = {"num_font": font, "num_format": _AXIS, "line": {"none": True},
                 "major_gridlines": {"visible": True, "line": {"color": PALE}}}  # fmt: skip
        if kind == "stacked":
            chart.set_x_axis(up)
            chart.set_y_axis(plain | {"reverse": True, "crossing": "max", "interval_unit": 1})
        else:
            chart.set_x_axis(plain | {"text_axis": True, "num_format": days})
            chart.set_y_axis(up)
        chart.set_size(_CHART)
        self.sheet.insert_chart(row, 6, chart)
