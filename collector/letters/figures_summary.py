"""A report's summary of one currency: figures at the left, their charts at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from collector.fields import BUCKET_WORDS, word
from collector.letters.figures_pen import ACCENT, FONT, PALE, SOFT, WARN, Column, Pen, cell
from collector.letters.figures_words import SHARES
from collector.rules.figures import CurrencyFigures, Figures
from collector.rules.shares import Kpi

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_TOP: Final = 10
_TOP_ROW: Final = 3
# The column that a key figure's change stands in.
_MOVED: Final = 3
_AXIS: Final = '[>=1000000]0.0,,"M";[>=1000]0,"k";0'
_DAYS: Final = {
    "en": {"week": "d mmm", "month": "mmm yy"},
    "zh": {"week": 'm"月"d"日"', "month": "yy-mm"},
}
_CHART: Final = {"width": 560, "height": 260}


class Summary:
    """One currency's sheet: figures at the left, their charts at the right."""

    def __init__(
        self, pen: Pen, figures: Figures, currency: CurrencyFigures, sheet: Worksheet
    ) -> None:
        self.pen, self.figures, self.currency = pen, figures, currency
        self.sheet, self.row = sheet, 0
        self.words = pen.words
        self.places = currency.exponent
        self.scale = 10**currency.exponent

    def fill(self, title: str) -> None:
        sheet, pen, words = self.sheet, self.pen, self.words
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 1)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 4, 15)
        sheet.set_column(5, 5, 3)
        sheet.set_row(0, 28)
        sheet.write_string(0, 0, f"{title} · {self.currency.currency}", pen.look("title"))
        note = words.say("fig_as_of", day=self.figures.as_of)
        sheet.write_string(1, 0, note, pen.look("note"))
        sheet.write_string(2, 0, words.past(self.figures), pen.look("note"))
        self.row = _TOP_ROW
        self._kpis()
        self._aging()
        self._matrix()
        self._cash()
        self._trend()
        self._debtors()
        self._owners()

    def _block(
        self, title: str, columns: Sequence[Column], *, chart: bool = True
    ) -> tuple[int, int]:
        """Write a titled block; return its first and last row of values."""
        pen, sheet = self.pen, self.sheet
        sheet.write_string(self.row, 0, title, pen.look("part"))
        head = self.row + 1
        for place, column in enumerate(columns):
            right = column.kind in ("money", "whole", "percent", "precise", "number", "right")
            look = pen.look("head_right" if right else "head")
            sheet.write_string(head, place, column.heading, look)
            self._cells(head + 1, place, column)
        count = len(columns[0].values)
        self.row = max(head + count + 2, head + 15 if chart else 0) + 1
        return head + 1, head + count

    def _cells(self, row: int, place: int, column: Column) -> None:
        if column.kind != "money":
            self.pen.fill(self.sheet, row, place, column)
            return
        look = self.pen.look("money", self.places)
        for offset, value in enumerate(column.values):
            self.sheet.write_number(row + offset, place, value, look)

    def _money(self, values: Sequence[int]) -> list[float]:
        return [value / self.scale for value in values]

    def _kpis(self) -> None:
        words, kpis = self.words, self.currency.kpis
        columns = [
            Column(words.say("fig_kpi"), "text", [words.say(f"fig_{k.name}") for k in kpis]),
            Column(words.say("fig_now"), "right", [k.now for k in kpis]),
            Column(words.say("fig_before"), "right", [k.before for k in kpis]),
            Column(words.say("fig_change"), "right", [words.moved(k) for k in kpis]),
        ]
        if any(kpi.target is not None for kpi in kpis):
            columns.append(Column(words.say("fig_target"), "right", [k.target for k in kpis]))
        pen, first = self.pen, self.row + 2
        title = words.say("fig_kpis")
        self.sheet.write_string(self.row, 0, title, pen.look("part"))
        for place, column in enumerate(columns):
            look = "head_right" if column.kind == "right" else "head"
            self.sheet.write_string(first - 1, place, column.heading, pen.look(look))
            if column.kind != "right":
                pen.fill(self.sheet, first, place, column)
        for offset, kpi in enumerate(kpis):
            for place, column in enumerate(columns[1:], start=1):
                self._kpi(first + offset, place, kpi, column.values[offset])
        facts = [
            ("fig_receivables", self.currency.receivables),
            ("fig_overdue", self.currency.overdue),
            ("fig_unapplied", self.currency.unapplied),
            ("fig_provision", self.currency.provision),
            *([("fig_interest", self.currency.interest)] if self.currency.interest else []),
        ]
        row = first + len(kpis)
        for name, amount in facts:
            self.sheet.write_string(row, 0, words.say(name), pen.look("text"))
            look = pen.look("money", self.places)
            self.sheet.write_number(row, 1, amount / self.scale, look)
            row += 1
        self.row = max(row + 1, self.row + 15)

    def _kpi(self, row: int, place: int, kpi: Kpi, value: float | None) -> None:
        """Write a key figure, its change or its target as a number that shows its unit."""
        words, pen = self.words, self.pen
        share = "share" if kpi.name in SHARES else "figure"
        kind = f"{share}_moved" if place == _MOVED else share
        at_least = kpi.at_least and value == kpi.now and place != _MOVED
        mood = words.mood(kpi) if place == 1 else ""
        if value is None:
            self.sheet.write_blank(row, place, None, pen.look("right"))
        elif at_least:  # a lower bound is no number to reckon with
            self.sheet.write_string(row, place, words.kpi(kpi, value), pen.look(mood or "right"))
        else:
            self.sheet.write_number(row, place, value, pen.look(f"{kind}_{mood}" if mood else kind))

    def _aging(self) -> None:
        words, currency = self.words, self.currency
        names = list(currency.buckets)
        labels = [word(BUCKET_WORDS, words.language, name) for name in names]
        amounts = list(currency.buckets.values())
        total = currency.receivables
        first, last = self._block(words.say("fig_aging"), [
            Column(self.pen.heading("bucket"), "text", labels),
            Column(words.say("fig_receivables"), "money", self._money(amounts)),
            Column(words.say("fig_share"), "precise",
                   [amount / total if total else None for amount in amounts]),
        ], chart=False)  # fmt: skip
        rows = len(self.figures.invoices)
        sheet, look = self.sheet, self.pen.look("money", self.places)
        for offset, amount in enumerate(amounts):
            formula = self._sum_of_bucket(rows, cell(first + offset, 0))
            sheet.write_formula(first + offset, 1, formula, look, amount / self.scale)
        cells = f"{cell(first, 1)}:{cell(last, 1)}"
        sheet.write_string(last + 1, 0, words.say("fig_total"), self.pen.look("total"))
        total_look = self.pen.look("money_total", self.places)
        sheet.write_formula(last + 1, 1, f"=SUM({cells})", total_look, total / self.scale)
        # Its chart stands beside the key figures, which have none.
        self._chart("column", words.say("fig_aging"), _TOP_ROW, first, last, [(1, ACCENT, None)])

    def _matrix(self) -> None:
        words, lines = self.words, self.currency.matrix
        title = words.say("fig_matrix")
        labels = [word(BUCKET_WORDS, words.language, line.bucket) for line in lines]
        first, last = self._block(title, [
            Column(self.pen.heading("bucket"), "text", labels),
            Column(words.say("fig_receivables"), "money", self._money([x.amount for x in lines])),
            Column(words.say("fig_rate"), "precise", [float(line.rate) for line in lines]),
            Column(words.say("fig_provision"), "money", self._money([x.loss for x in lines])),
        ], chart=False)  # fmt: skip
        look, total = self.pen.look("money", self.places), self.pen.look("total")
        for row, line in zip(range(first, last + 1), lines, strict=True):
            part = f"MAX({cell(row, 1)},0)*{cell(row, 2)}"
            self.sheet.write_formula(
                row, 3, f"=ROUND({part},{self.places})", look, line.loss / self.scale
            )
        # The whole is rounded once, so it may differ from its lines by a cent.
        amounts, rates = f"{cell(first, 1)}:{cell(last, 1)}", f"{cell(first, 2)}:{cell(last, 2)}"
        formula = f"=ROUND(SUMPRODUCT(({amounts}>0)*{amounts},{rates}),{self.places})"
        self.sheet.write_string(last + 1, 0, words.say("fig_provision"), total)
        self.sheet.write_formula(
            last + 1, 3, formula, self.pen.look("money_total", self.places),
            self.currency.provision / self.scale,
        )  # fmt: skip
        self.row = last + 3

    def _sum_of_bucket(self, rows: int, label: str) -> str:
        """Return the formula that adds up a bucket's rows on the sheet of open invoices."""
        name = "'" + self.words.say("fig_invoices")[:31].replace("'", "''") + "'!"
        first = 3 + len(self.figures.currencies_open)
        last = first + max(rows, 1) - 1

        def column(place: int) -> str:
            return f"{name}{cell(first, place, fixed=True)}:{cell(last, place, fixed=True)}"

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
        self._chart("line", words.say("fig_trend"), start, first, last, series, "month")

    def _debtors(self) -> None:
        words, frame = self.words, self.figures.customers
        top = frame[frame["currency"] == self.currency.currency].head(_TOP)
        if not len(top):
            return
        start = self.row
        first, last = self._block(words.say("fig_debtors"), [
            Column(self.pen.heading("customer"), "text", words.names(top)),
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
        days: str = "week",
    ) -> None:
        """Draw columns of a block beside it; categories are its first column."""
        options = {"type": "bar", "subtype": "stacked"} if kind == "stacked" else {"type": kind}
        chart = self.pen.book.add_chart(options)
        name, font = self.sheet.get_name(), {"name": FONT[self.words.language], "size": 9}
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
        # A credit reaches below nothing, which shortened amounts cannot show.
        amounts = "#,##0" if kind == "column" else _AXIS
        up: dict[str, Any] = {"num_font": font, "num_format": amounts, "line": {"none": True},
                 "major_gridlines": {"visible": True, "line": {"color": PALE}}}  # fmt: skip
        if kind == "stacked":
            plain["num_font"] = font | {"size": 8}
            chart.set_x_axis(up)
            chart.set_y_axis(plain | {"reverse": True, "crossing": "max", "interval_unit": 1})
        else:
            chart.set_x_axis(
                plain | {"text_axis": True, "num_format": _DAYS[self.words.language][days]}
            )
            chart.set_y_axis(up)
        chart.set_size(_CHART | ({"height": 325} if kind == "stacked" else {}))
        self.sheet.insert_chart(row, 6, chart)
