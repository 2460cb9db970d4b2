"""A report as one page of HTML: nothing is fetched, charts are inline SVG, it prints well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from collector.fields import BUCKET_WORDS, CUSTOMER_HEADINGS, OWNED_HEADINGS, word
from collector.letters.figures_charts import bars, lines, stacked
from collector.letters.figures_words import NamedConfirmed, Words
from collector.letters.formats import number, short_day
from collector.model import FlagChange
from collector.rules.figures import CurrencyFigures, Figures, shown
from collector.rules.shares import Group, Kpi

_CARDS = ("overdue_ratio", "dso", "countback", "add", "cei")
_TOP = 10
_STYLE = """
:root{--ink:#1d2730;--soft:#5b6873;--line:#e1e6ea;--page:#f3f5f7;--card:#fff;--accent:#14506b;
--mid:#8fb3c4;--pale:#dce7ed;--warn:#b4472e;--good:#2e7d4f}
@media (prefers-color-scheme:dark){:root{--ink:#e6ebef;--soft:#a9b5be;--line:#37424b;
--page:#14181c;--card:#1e252b;--accent:#8fcbe6;--mid:#4f7f96;--pale:#2c3a44;--warn:#e58b72;
--good:#7fc79c}}
*{box-sizing:border-box}body{margin:0;background:var(--page);color:var(--ink);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei",
"Noto Sans CJK SC",sans-serif}
main{max-width:1080px;margin:0 auto;padding:28px 16px 48px}
h1{font-size:24px;line-height:1.25;margin:0;color:var(--accent)}
h2{font-size:19px;margin:34px 0 12px;padding-bottom:6px;border-bottom:2px solid var(--accent)}
h3{font-size:15px;margin:0 0 10px;color:var(--accent)}p{margin:0 0 10px}
.note{color:var(--soft);font-size:13px}
.cards{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:0 0 12px}
.stack{display:grid;gap:12px;align-content:start;min-width:0}
.card,.box{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px;
min-width:0}
.card b{display:block;font-size:22px;line-height:1.3;font-variant-numeric:tabular-nums;
white-space:nowrap}
.card span{color:var(--soft);font-size:13px}.card i{font-style:normal;font-size:13px}
.below i{white-space:nowrap}
.good{color:var(--good)}.bad{color:var(--warn)}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:12px}
.box{margin:0}.wide{grid-column:1/-1}.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:14px}
th{text-align:left;font-size:12px;font-weight:600;color:var(--soft);vertical-align:bottom;
border-bottom:2px solid var(--line);padding:4px 10px 6px 0}
td{padding:7px 10px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}
th.n,td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.n+td.t,th.n+th.t{padding-left:12px}td:last-child,th:last-child{padding-right:0}td.t{min-width:11em}
.small{font-size:12px}
.tag{font-size:12px;border:1px solid currentColor;border-radius:4px;padding:0 5px;
white-space:nowrap}
svg{display:block;width:100%;height:auto}svg text{fill:var(--soft);font-size:12px}
.key{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:13px;color:var(--soft);margin:6px 0 0}
.key i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;
vertical-align:-1px}
.scroll th:first-child,.scroll td:first-child{position:sticky;left:0;background:var(--card)}
@media (max-width:720px){table{font-size:13px}th,td{padding-right:8px}
.scroll td:first-child{max-width:38vw;overflow-wrap:anywhere}.range{white-space:normal}
.cards{grid-template-columns:repeat(2,1fr)}main{padding:20px 12px 32px}
.card,.box{padding:12px}.card b{font-size:18px}}
@media print{:root{--page:#fff}body{font-size:12px}main{padding:0;max-width:none}
.box,.card{break-inside:avoid}.scroll{overflow:visible}h2{break-after:avoid}
.pages{break-before:page}}
@page{size:A4;margin:14mm}
"""


def figures_page(
    figures: Figures, title: str, language: str, confirmations: Sequence[NamedConfirmed] = ()
) -> str:
    """Return the page; what comes from the sheet is escaped.

    ``confirmations`` are what became of balance confirmations, each with its customer's name.
    """
    words = Words(language)
    page = _Page(figures, words)
    day = short_day(words.language, figures.as_of)
    note = escape(words.say("fig_as_of", day=day))
    body = "".join([*page.body(), *page.confirmations(confirmations)])
    return (
        f'<!doctype html><html lang="{words.language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} · {day}</title><style>{_STYLE}</style><main>"
        f"<h1>{escape(title)}</h1><p class=note>{note}</p>"
        f"{body}</main></html>"
    )


class _Page:
    """The parts of a report's page, in their order."""

    def __init__(self, figures: Figures, words: Words) -> None:
        self.figures, self.words = figures, words

    def body(self) -> Iterator[str]:
        if said := self.words.past(self.figures):
            yield f"<p class=note>{escape(said)}</p>"
        for place, currency in enumerate(self.figures.currencies):
            yield from self._currency(currency, first=not place)
        yield from self._warnings()
        yield from self._changes()

    def _currency(self, currency: CurrencyFigures, *, first: bool) -> Iterator[str]:
        yield f"<h2{'' if first else ' class=pages'}>{currency.currency}</h2>"
        yield f"<div class=cards>{''.join(self._cards(currency))}</div>"
        yield "<div class=grid>"
        yield f"<div class=stack>{self._aging(currency)}{self._trend(currency)}</div>"
        yield self._cash(currency)
        yield self._calls(currency)
        yield self._debtors(currency)
        yield f"<div class=stack>{self._owners(currency)}{self._matrix(currency)}</div>"
        for by in ("owner", "rating", "customer"):
            yield self._kpis(currency, by)
        yield "</div>"

    def _money(self, amount: int, currency: CurrencyFigures) -> str:
        return number(self.words.language, shown(amount, currency.exponent), currency.currency)

    def _cards(self, currency: CurrencyFigures) -> Iterator[str]:
        facts = (
            ("fig_receivables", currency.receivables),
            ("fig_overdue", currency.overdue),
            ("fig_provision", currency.provision),
        )
        for name, amount in facts:
            beside = self._beside(name, currency)
            yield _card(self._money(amount, currency), self.words.say(name), beside)
        kpis = {kpi.name: kpi for kpi in currency.kpis}
        for name in _CARDS:
            yield self._kpi_card(kpis[name])

    def _beside(self, name: str, currency: CurrencyFigures) -> str:
        """Return what stands beside a card's label: the interest on what is overdue."""
        if name != "fig_overdue" or not currency.interest:
            return ""
        accrued = self._money(currency.interest, currency)
        return f"<i class=note>{escape(self.words.say('fig_interest'))} {accrued}</i>"

    def _kpi_card(self, kpi: Kpi) -> str:
        moved, mood = self.words.change(kpi)
        since = f"<i class={mood or 'note'}>{moved}</i>" if moved else ""
        target = ""
        if kpi.target is not None:
            wanted = f"{self.words.say('fig_target')} {self.words.kpi(kpi, kpi.target)}"
            target = f" <i class={self.words.mood(kpi) or 'note'}>{escape(wanted)}</i>"
        return _card(
            self.words.kpi(kpi, kpi.now), self.words.say(f"fig_{kpi.name}"), since + target
        )

    def _aging(self, currency: CurrencyFigures) -> str:
        names = [name for name, amount in currency.buckets.items()]
        labels = [word(BUCKET_WORDS, self.words.language, name) for name in names]
        amounts = list(currency.buckets.values())
        texts = [self._money(amount, currency) for amount in amounts]
        colours = [
            "var(--mid)",
            *["var(--accent)"] * (len(names) - 3),
            "var(--warn)",
            "var(--good)",
        ]
        note = ""
        if currency.concentration and currency.concentration > 0.25:
            share = round(currency.concentration * 100)
            note = f"<p class=note>{escape(self.words.say('fig_concentration', share=share))}</p>"
        return self._box("fig_aging", bars(labels, amounts, texts, colours) + note)

    def _cash(self, currency: CurrencyFigures) -> str:
        weeks = currency.weeks
        if not weeks:
            return ""
        labels = [f"{week.after:%m-%d}" for week in weeks]
        series = [([week.expected for week in weeks], "var(--accent)")]
        band = [(week.low, week.high) for week in weeks]
        chart = lines(labels, series, scale=10**currency.exponent, band=band)
        key = _key([(self.words.say("fig_expected"), "var(--accent)"),
                    (self.words.say("fig_band"), "var(--pale)")])  # fmt: skip
        rows = [
            [short_day(self.words.language, week.after), self._money(week.expected, currency),
             f"<span class=range>{self._money(week.low, currency)} – "
             f"{self._money(week.high, currency)}</span>"]
            for week in weeks
        ]  # fmt: skip
        heads = ["fig_week_after", "fig_expected", "fig_band"]
        table = self._table([self.words.say(head) for head in heads], rows, "tnn")
        note = f"<p class=note>{escape(self.words.say('fig_cash_note'))}</p>"
        return self._box("fig_cash", chart + key + note + table)

    def _trend(self, currency: CurrencyFigures) -> str:
        months = currency.months
        named = (
            ("fig_receivables", "var(--accent)", [month.receivables for month in months]),
            ("fig_overdue", "var(--warn)", [month.overdue for month in months]),
            ("fig_collected", "var(--mid)", [month.collected for month in months]),
        )
        labels = [f"{month.end:%y-%m}" for month in months]
        chart = lines(labels, [(values, colour) for _, colour, values in named],
                      scale=10**currency.exponent)  # fmt: skip
        key = _key([(self.words.say(name), colour) for name, colour, _ in named])
        return self._box("fig_trend", chart + key)

    def _owners(self, currency: CurrencyFigures) -> str:
        named = [group for group in currency.owners if group.name]
        groups: Sequence[Group] = currency.owners if named else currency.ratings
        nobody = self.words.say("fig_nobody" if named else "fig_no_rating")
        rows = [
            [escape(group.name or nobody), self._money(group.overdue, currency),
             self._money(group.plan, currency),
             self._money(group.collected, currency),
             f"{group.collected / group.plan * 100:.0f} %" if group.plan else "–"]
            for group in groups
        ]  # fmt: skip
        first = "fig_owner" if named else "fig_ratings"
        heads = [
            first,
            "fig_overdue",
            "fig_plan",
            "fig_collected",
            "fig_reached",
        ]
        table = self._table([self.words.say(head) for head in heads], rows, "tnnnn")
        return self._box("fig_owners", table)

    def _calls(self, currency: CurrencyFigures) -> str:
        frame = self.figures.calls
        frame = frame[frame["currency"] == currency.currency]
        top, words = frame.head(_TOP), self.words
        if not len(top):
            return ""
        rows = [
            [_who(name, contact), self._money(overdue, currency), str(oldest), escape(habit),
             short_day(words.language, day) if day else ""]
            for name, contact, overdue, oldest, habit, day in zip(
                words.names(top),
                zip(words.texts(top["contact"]), words.texts(top["phone"]), strict=True),
                top["overdue"].tolist(), top["oldest"].tolist(), words.habits(top),
                words.days(top["expected"]), strict=True,
            )
        ]  # fmt: skip
        heads = [CUSTOMER_HEADINGS[key][words.language] for key in (
            "customer", "overdue", "oldest_overdue", "pays", "expected_payment")]  # fmt: skip
        note = f"<p class=note>{escape(words.say('fig_calls_note'))}</p>"
        more = self._more(len(frame) - len(top))
        return self._box("fig_calls", note + self._table(heads, rows, "tnntt") + more, wide=True)

    def _debtors(self, currency: CurrencyFigures) -> str:
        frame = self.figures.customers
        top, words = frame[frame["currency"] == currency.currency].head(_TOP), self.words
        if not len(top):
            return ""
        late = top["overdue"].clip(lower=0)
        parts = list(zip((top["receivables"] - late).tolist(), late.tolist(), strict=True))
        texts = [self._money(amount, currency) for amount in top["receivables"].tolist()]
        chart = stacked(words.names(top), parts, texts, ("var(--mid)", "var(--warn)"))
        key = _key([(words.say("fig_not_overdue"), "var(--mid)"),
                    (words.say("fig_overdue"), "var(--warn)")])  # fmt: skip
        return self._box("fig_debtors", chart + key)

    def _warnings(self) -> Iterator[str]:
        warnings, words = self.figures.warnings, self.words
        if not warnings:
            return
        rows = [
            [escape(each.customer_name), escape(each.say(words.language))]
            for each in warnings[: 2 * _TOP]
        ]
        heads = [CUSTOMER_HEADINGS["customer"][words.language], words.say("fig_what")]
        table = self._table(heads, rows, "tt") + self._more(len(warnings) - len(rows))
        yield f"<h2>{escape(words.say('fig_warnings'))}</h2><div class=box>{table}</div>"

    def _changes(self) -> Iterator[str]:
        changes, words = self.figures.changes, self.words
        if not changes:
            return
        rows = [
            [escape(each.customer_name), _tag(each, words), escape(each.why(words.language)),
             short_day(words.language, each.since)]
            for each in changes[: 2 * _TOP]
        ]  # fmt: skip
        heads = [CUSTOMER_HEADINGS["customer"][words.language],
                 *map(words.say, ("fig_change", "fig_why", "fig_since"))]  # fmt: skip
        note = f"<p class=note>{escape(words.say('fig_changes_note'))}</p>"
        table = self._table(heads, rows, "tttt") + self._more(len(changes) - len(rows))
        yield f"<h2>{escape(words.say('fig_changes'))}</h2><div class=box>{note}{table}</div>"

    def confirmations(self, known: Sequence[NamedConfirmed]) -> Iterator[str]:
        if not known:
            return
        words = self.words
        rows = [
            [escape(name), short_day(words.language, each.as_of),
             escape(words.say(f"confirmation_{each.state}")),
             short_day(words.language, each.changed_at.date()), escape(each.note)]
            for name, each in known[: 2 * _TOP]
        ]  # fmt: skip
        heads = [CUSTOMER_HEADINGS["customer"][words.language], words.say("letter_as_at"),
                 CUSTOMER_HEADINGS["confirmation"][words.language], words.say("letter_date"),
                 words.say("letter_notes")]  # fmt: skip
        table = self._table(heads, rows, "ttttt") + self._more(len(known) - len(rows))
        yield f"<h2>{escape(words.say('fig_confirmations'))}</h2><div class=box>{table}</div>"

    def _matrix(self, currency: CurrencyFigures) -> str:
        words = self.words
        rows = [
            [escape(word(BUCKET_WORDS, words.language, line.bucket)),
             self._money(line.amount, currency), f"{line.rate * 100:.1f}\u00a0%",
             self._money(line.loss, currency)]
            for line in currency.matrix
        ]  # fmt: skip
        rows.append(
            [f"<b>{escape(words.say('fig_provision'))}</b>", "", "",
             f"<b>{self._money(currency.provision, currency)}</b>"]
        )  # fmt: skip
        heads = [OWNED_HEADINGS["bucket"][words.language],
                 *map(words.say, ("fig_receivables", "fig_rate", "fig_provision"))]  # fmt: skip
        return self._box("fig_matrix", self._table(heads, rows, "tnnn"))

    def _kpis(self, currency: CurrencyFigures, by: str) -> str:
        """Return the key figures of a currency's owners, classes or customers, with changes."""
        listed = {"owner": currency.owners, "rating": currency.ratings}.get(by, currency.debtors)
        if not any(group.name for group in listed) or len(listed) < 2:
            return ""
        words, top = self.words, listed[:_TOP]
        rows = [
            [escape(words.group(group, by)), self._money(group.receivables, currency),
             *(self._with_change(kpi) for kpi in group.kpis)]
            for group in top
        ]  # fmt: skip
        first = {"owner": "fig_owner", "rating": "fig_class", "customer": "fig_debtor"}[by]
        heads = [words.say(first), words.say("fig_receivables"),
                 *(words.say(f"fig_short_{kpi.name}") for kpi in top[0].kpis)]  # fmt: skip
        table = self._table(heads, rows, "t" + "n" * (len(heads) - 1))
        more = self._more(len(listed) - len(top))
        return self._box(f"fig_kpis_{by}", table + more, wide=True)

    def _with_change(self, kpi: Kpi) -> str:
        moved, mood = self.words.change(kpi)
        value = escape(self.words.kpi(kpi, kpi.now))
        mark = self.words.mood(kpi)
        shown_ = f"<span class={mark}>{value}</span>" if mark else value
        return f"{shown_}<br><span class='small {mood or 'note'}'>{moved or '&nbsp;'}</span>"

    def _more(self, count: int) -> str:
        return f"<p class=note>{escape(self.words.say('fig_more', count=count))}</p>" if (
            count > 0) else ""  # fmt: skip

    def _box(self, title: str, inner: str, *, wide: bool = False) -> str:
        kind = "box wide" if wide else "box"
        return f'<section class="{kind}"><h3>{escape(self.words.say(title))}</h3>{inner}</section>'

    def _table(self, heads: Sequence[str], rows: Sequence[Sequence[str]], kinds: str) -> str:
        """Return a table; cells are markup already, ``kinds`` has t for text and n for numbers."""
        head = "".join(
            f"<th class={kind}>{escape(text)}</th>" for text, kind in zip(heads, kinds, strict=True)
        )
        lines_ = "".join(
            "<tr>"
            + "".join(f"<td class={k}>{c}</td>" for c, k in zip(row, kinds, strict=True))
            + "</tr>"
            for row in rows
        )
        return f"<div class=scroll><table><tr>{head}</tr>{lines_}</table></div>"


def _who(name: str, contact: tuple[str, str]) -> str:
    reach = " · ".join(filter(None, contact))
    return f"{escape(name)}<br><span class=note>{escape(reach)}</span>" if reach else escape(name)


def _card(value: str, label: str, extra: str = "") -> str:
    below = f"<div class=below>{extra}</div>" if extra else ""
    return f"<div class=card><b>{escape(value)}</b><span>{escape(label)}</span>{below}</div>"


def _key(entries: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<span><i style="background:{colour}"></i>{escape(text)}</span>'
        for text, colour in entries
    )
    return f"<div class=key>{inner}</div>"


def _tag(change: FlagChange, words: Words) -> str:
    """Return what became what, in the colour of what it is now."""
    mood = "good" if change.now.flag == "ok" else "bad"
    return f"<span class='tag {mood}'>{escape(change.what(words.language))}</span>"
