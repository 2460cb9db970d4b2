"""A digest for our own people becomes a message, in the look of the letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from collector.letters import mime
from collector.letters.figures_words import Words
from collector.letters.formats import letter_language, money, short_day
from collector.letters.plain import WIDTH, clean, wrap
from collector.letters.templating import render_page
from collector.letters.view import age_label, letter_view
from collector.letters.wording import tell
from collector.model import Attachment, Call, Digest, Draft, Message, Promise, Sender
from collector.phrases import say
from collector.rules.figures import CurrencyFigures, Figures, shown
from collector.rules.shares import Group, Kpi

View = dict[str, Any]

# Gmail cuts a mail at 102 KB; a row takes about 700 bytes once its styles are inlined.
LISTED: Final = 20
_INDENT: Final = 2
_KPIS: Final = ("overdue_ratio", "dso", "cei")
_COUNTED: Final = ("calls", "due", "broken", "held", "flags", "events")
_OURS_ONLY: Final[Mapping[str, str]] = MappingProxyType({})


def compose_digest(
    digest: Digest,
    sender: Sender,
    *,
    book: str,
    workbook: str,
    message_id: str,
    date: datetime,
    content: str,
    figures: Figures | None = None,
    templates: Mapping[str, str] = _OURS_ONLY,
    attachments: Sequence[Attachment] = (),
) -> Message:
    """Return the message of a digest; ``figures`` make it the report for managers.

    ``content`` identifies what is told, ``workbook`` is its file's name. ``date`` is aware. The
    archive gets a copy; a trial goes to ``redirect_to`` alone. Raises TemplateError.
    """
    view = _view(digest, sender, workbook, figures)
    letter = render_page(view, "digest", templates)
    trial = sender.redirect_to
    to = (trial,) if trial else digest.to
    prefix = tell(view["language"], "redirected_subject", addresses=", ".join(digest.to))
    subject = f"{prefix} {letter.subject}" if trial else letter.subject
    archive = (sender.archive,) if sender.archive and not trial else ()
    built = mime.build(
        sender=(sender.name, sender.address),
        to=to,
        cc=(),
        reply_to=sender.reply_to or sender.address,
        subject=subject,
        date=date,
        message_id=message_id,
        thread=(),
        occasions=digest.occasions,
        text=letter.text,
        html=letter.html,
        attachments=attachments,
        images=[sender.logo] if sender.logo else [],
    )
    return Message(
        message_id=message_id,
        book=book,
        customer="",
        customer_name=digest.name or digest.to[0],
        step="digest",
        to=digest.to,
        cc=(),
        recipients=(*to, *(a for a in archive if a.casefold() not in map(str.casefold, to))),
        sender=sender.address,
        subject=subject,
        occasions=digest.occasions,
        digest=content,
        content=built,
        as_of=digest.as_of,
        redirected=bool(trial),
        text=letter.text,
        html=letter.html,
    )


def _view(digest: Digest, sender: Sender, workbook: str, figures: Figures | None) -> View:
    language = letter_language(digest.language)
    blank = Draft("", "", "", language, digest.to, (), "digest", (), digest.as_of)
    kind = "report" if figures else "owner"
    day = short_day(language, digest.as_of)
    ending = "_report" if figures else ""
    counts = " · ".join(
        say(language, f"digest_count_{name}", count=len(getattr(digest, name)))
        for name in _COUNTED
        if getattr(digest, name)
    )
    summary = _summary(figures, language) if figures else ()
    return letter_view(blank, sender, ()) | {
        "name": "" if figures else clean(digest.name),
        "subject": say(language, f"digest_subject{ending}", day=day, what=counts),
        "headline": say(language, f"digest_headline{ending}", day=day),
        "opening": [],
        "closing": [],
        "pay": None,
        "parts_listed": [*summary, *_parts(digest, language)],
        "why": say(language, f"digest_why_{kind}", workbook=clean(workbook)),
    }


# ── the lists ────────────────────────────────────────────────────────────────────────────────


def _parts(digest: Digest, language: str) -> Iterator[View]:
    rows = {
        "calls": (_call(call, language) for call in digest.calls),
        "due": (_promise(promise, language) for promise in digest.due),
        "broken": (_promise(promise, language) for promise in digest.broken),
        "flags": (_row(c.customer_name, c.say(language)) for c in digest.flags),
        "events": (_row(e.customer_name, e.say(language)) for e in digest.events),
        "held": (_row(h.customer_name or h.customer, h.say(language)) for h in digest.held),
    }
    for name, listed in rows.items():
        every = list(listed)
        if every:
            yield _part(say(language, f"digest_{name}"), every, language)


def _part(title: str, rows: Sequence[View], language: str) -> View:
    left = len(rows) - LISTED
    more = say(language, "digest_more", count=left) if left > 0 else ""
    return {"title": title, "rows": list(rows[:LISTED]), "more": more, "sums": []}


def _row(head: str, detail: str, figure: str = "") -> View:
    told = clean(detail)
    lines = wrap(told, WIDTH - _INDENT).split("\n") if told else []
    return {"head": clean(head), "figure": figure, "detail": told, "lines": lines}


def _call(call: Call, language: str) -> View:
    said = (
        say(language, f"digest_overdue_day{'s' if call.days > 1 else ''}", days=call.days),
        call.contact, call.phone, call.habit,
    )  # fmt: skip
    figure = money(language, call.overdue, call.currency)
    return _row(call.customer_name, " · ".join(filter(None, map(clean, said))), figure)


def _promise(promise: Promise, language: str) -> View:
    invoice = clean(promise.invoice) or tell(language, "no_number")
    day = short_day(language, promise.day)
    detail = say(language, "digest_promised", invoice=invoice, day=day)
    return _row(promise.customer_name, detail, money(language, promise.amount, promise.currency))


# ── the report's figures ─────────────────────────────────────────────────────────────────────


def _summary(figures: Figures, language: str) -> Iterator[View]:
    words = Words(language)
    for each in figures.currencies:
        yield _sums(each.currency, _totals(each, words))
        yield _sums(words.say("digest_aging", currency=each.currency), _aging(each, words))
        owners = [_owner(group, each, words) for group in each.owners]
        if any(group.name for group in each.owners):
            title = words.say("digest_owners", currency=each.currency)
            yield _part(title, owners, words.language)


def _sums(title: str, rows: Sequence[View]) -> View:
    return {"title": title, "rows": [], "more": "", "sums": list(rows)}


def _totals(each: CurrencyFigures, words: Words) -> list[View]:
    amounts = (
        ("fig_receivables", each.receivables),
        ("fig_overdue", each.overdue),
        ("fig_provision", each.provision),
    )
    rows = [
        {"label": words.say(name), "amount": _money(amount, each, words), "main": not place}
        for place, (name, amount) in enumerate(amounts)
    ]
    kpis = {kpi.name: kpi for kpi in each.kpis}
    return [*rows, *(_kpi(kpis[name], words) for name in _KPIS if kpis[name].now is not None)]


def _kpi(kpi: Kpi, words: Words) -> View:
    moved, _ = words.change(kpi)
    said = words.kpi(kpi, kpi.now)
    change = f" ({words.say('digest_change', change=moved)})" if moved else ""
    return {"label": words.say(f"fig_{kpi.name}"), "amount": f"{said}{change}", "main": False}


def _aging(each: CurrencyFigures, words: Words) -> list[View]:
    return [
        {"label": age_label(words.language, name), "amount": _money(amount, each, words),
         "main": False}
        for name, amount in each.buckets.items()
    ]  # fmt: skip


def _owner(group: Group, each: CurrencyFigures, words: Words) -> View:
    facts = {"collected": _money(group.collected, each, words)}
    facts |= {"plan": _money(group.plan, each, words)}
    detail = words.say("digest_collected", **facts)
    late = words.say("digest_owner_overdue", amount=_money(group.overdue, each, words))
    return _row(group.name or words.say("fig_nobody"), detail, late)


def _money(amount: int, each: CurrencyFigures, words: Words) -> str:
    return money(words.language, shown(amount, each.exponent), each.currency)
