"""The templates: ours and the user's over them, sandboxed, strict about what they may ask for.

The HTML is looked for as ``<language>/reminder_<step>.html.j2``, ``<language>/reminder.html.j2``,
``reminder.html.j2``; the text alike with ``.txt.j2``. The words of a step, used by both, are in
``<language>/reminder_<step>.j2``, which sets subject, headline, opening and closing. A statement
has ``statement`` in place of ``reminder_<step>``; thanks and a confirmation have names too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from functools import lru_cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collector.errors import TemplateError
from collector.letters.plain import WIDTH, align, clean, paragraphs, wrap
from collector.phrases import Phrase

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Template

    from collector.letters.sandbox import Sandbox

View = dict[str, Any]

STEPS: Final = ("courtesy", "first", "second", "third", "final")
# Letters that are no reminders, with templates of their own.
BY_THEMSELVES: Final = ("statement", "thanks", "confirmation")
# What a reminder may say in place of its step's words, where the team wants it to.
VARIANTS: Final = ("promise_broken", "instalment_due")

_INDENT: Final = "    "
_UNDEFINED: Final = re.compile(r"(?:'(\w+)' is undefined|has no attribute '(\w+)')")


class Rendered(NamedTuple):
    """A letter's subject and its two bodies."""

    subject: str
    text: str
    html: str


# What Python makes of bytes that are no UTF-8.
_UNDECODED: Final = re.compile("[\udc80-\udcff]")


def render(
    view: View, step: str, templates: Mapping[str, str], late: Callable[[], bool] | None = None
) -> Rendered:
    """Return a letter of ``view``; ``templates`` are the user's own by name.

    A step that has no words of its own speaks as ``second`` when something is overdue, else as
    ``courtesy``: neither claims more than is known. ``late`` says that the letter takes too long.
    Raises TemplateError.
    """
    language = view["language"]
    kind = step if step in BY_THEMSELVES else "reminder"
    names = [f"{language}/{name}" for name in _names(step, bool(view["overdue"]))]
    bodies = [*names, f"{language}/{kind}", kind]
    known = tuple(sorted(templates.items()))
    made = _environment(known)
    made.begin(late)
    with _explained(names[0], view):
        said = _wording(made.select_template([f"{name}.j2" for name in names]), view)
        colours = (view["sender"]["accent"], view["sender"]["accent_dark"])
        full = {**view, **said, "style": _style(known, *colours, bool(view["pay"] or view["logo"]))}
        text = made.select_template([f"{name}.txt.j2" for name in bodies]).render(full)
        html = made.select_template([f"{name}.html.j2" for name in bodies]).render(full)
    return Rendered(said["subject"], f"{text.strip()}\n", _inliner().inline(html))


def render_page(view: View, name: str, templates: Mapping[str, str]) -> Rendered:
    """Return a page that has no words of its own: its subject and headline are in the view.

    Raises TemplateError.
    """
    known = tuple(sorted(templates.items()))
    made = _environment(known)
    made.begin()
    with _explained(name, view):
        colours = (view["sender"]["accent"], view["sender"]["accent_dark"])
        full = {**view, "style": _style(known, *colours, bool(view["pay"] or view["logo"]))}
        text = made.get_template(f"{name}.txt.j2").render(full)
        html = made.get_template(f"{name}.html.j2").render(full)
    return Rendered(clean(view["subject"]), f"{text.strip()}\n", _inliner().inline(html))


def _names(step: str, overdue: bool) -> list[str]:
    if step in BY_THEMSELVES:
        return [step]
    nearest = step if step in (*STEPS, *VARIANTS) else "second" if overdue else "courtesy"
    return list(dict.fromkeys((f"reminder_{step}", f"reminder_{nearest}")))


def _wording(template: Template, view: View) -> View:
    said = template.make_module(view)
    subject = clean(str(getattr(said, "subject", "")))
    if not subject:
        raise TemplateError(str(template.name), Phrase("letter_template_subject"))
    return {
        "subject": subject,
        "headline": clean(str(getattr(said, "headline", ""))),
        "opening": paragraphs(str(getattr(said, "opening", ""))),
        "closing": paragraphs(str(getattr(said, "closing", ""))),
    }


# Compiled once and kept: a run renders every letter from a handful of templates.
@lru_cache(maxsize=8)
def _environment(templates: tuple[tuple[str, str], ...]) -> Sandbox:
    from jinja2 import ChoiceLoader, FunctionLoader, PackageLoader

    from collector.letters.sandbox import sandboxed

    texts = dict(templates)

    def load(name: str) -> tuple[str, str, None] | None:
        # The name stands as the file name too, so that a traceback says which template it was.
        if name not in texts:
            return None
        if _UNDECODED.search(texts[name]):
            raise TemplateError(name, Phrase("config_encoding"))
        return texts[name], name, None

    loader = ChoiceLoader([FunctionLoader(load), PackageLoader("collector.letters")])
    tables = {"invoice_table": _invoice_table, "credit_table": _credit_table,
              "sum_table": _sum_table, "fact_table": _fact_table}  # fmt: skip
    made = sandboxed(loader, {"wrap": wrap, **tables})
    return made


def our_templates() -> list[str]:
    """Return the names of the templates we ship."""
    from jinja2 import PackageLoader

    return PackageLoader("collector.letters").list_templates()


@lru_cache(maxsize=32)
def _style(templates: tuple[tuple[str, str], ...], accent: str, dark: str, pay: bool) -> str:
    """Return the style sheet, which is the same for every letter that looks alike."""
    from markupsafe import Markup

    facts = {"accent": accent, "dark": dark, "pay": pay}
    return Markup(_environment(templates).get_template("style.css").render(facts))


def template_texts() -> dict[str, str]:
    """Return the texts of the templates that a user may replace, by name."""
    from jinja2 import PackageLoader

    loader = PackageLoader("collector.letters")
    environment = _environment(())
    names = (name for name in our_templates() if name.endswith((".j2", ".css")))
    return {name: loader.get_source(environment, name)[0] for name in names}


@lru_cache(maxsize=1)
def _inliner() -> CSSInliner:
    from css_inline import CSSInliner

    return CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


# ── what went wrong, and where ───────────────────────────────────────────────────────────────


@contextmanager
def _explained(name: str, view: View) -> Iterator[None]:
    """Turn whatever a template can do wrong into a TemplateError with its name and line."""
    from jinja2 import TemplateError as JinjaError
    from jinja2 import TemplateSyntaxError

    try:
        yield
    except TemplateSyntaxError as error:
        raise _located(error.name or name, error.lineno, str(error.message)) from error
    except (
        JinjaError, ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError,
        TypeError, ValueError,
    ) as error:  # fmt: skip
        where, line = _place(error.__traceback__, name)
        raise _located(where, line, _with_nearest(str(error), view)) from error


def _located(name: str, line: int, what: str) -> TemplateError:
    said = Phrase("letter_template_at", line=line, what=what) if line else what
    return TemplateError(name, said)


def _place(trace: TracebackType | None, name: str) -> tuple[str, int]:
    """Return the innermost template of a traceback and the line that was being rendered."""
    line = 0
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2"):
            name, line = file.replace("\\", "/").split("/letters/templates/")[-1], _line(trace)
        trace = trace.tb_next
    return name, line


def _line(trace: TracebackType) -> int:
    """Return the line in the template itself; Jinja translates it only where it renders whole."""
    template = trace.tb_frame.f_globals.get("__jinja_template__")
    return template.get_corresponding_lineno(trace.tb_lineno) if template else trace.tb_lineno


def _with_nearest(what: str, view: View) -> str:
    found = _UNDEFINED.search(what)
    if not found:
        return what
    near = get_close_matches(found[1] or found[2], sorted(set(_keys(view))), n=1)
    return Phrase("letter_template_near", what=what, near=near[0]) if near else what


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _keys(item)


# ── tables of the text part ──────────────────────────────────────────────────────────────────


def _invoice_table(rows: Sequence[View], label: Mapping[str, str]) -> str:
    late = any(row["days"] for row in rows)
    columns = ["invoice", "invoice_date", "due_date", *(["days"] if late else []),
               "amount", "paid", "balance"]  # fmt: skip
    heads = {"invoice_date": "issued", "due_date": "due", "days": "days_short"}
    head = [label[heads.get(column, column)] for column in columns]
    body = [[row[column] for column in columns] for row in rows]
    lines = align([head, *body], "lll" + "r" * (len(columns) - 3))
    return "\n".join([lines[0], *_annotated(rows, lines[1:], label)])


def _annotated(
    rows: Sequence[View], lines: Sequence[str], label: Mapping[str, str]
) -> Iterator[str]:
    for row, line in zip(rows, lines, strict=True):
        yield line
        notes = [*row["notes"], *([label["disputed"]] if row["disputed"] else [])]
        if notes:
            told = wrap("; ".join(notes), WIDTH - len(_INDENT)).split("\n")
            yield from (f"{_INDENT}{each}" for each in told)
        if row["link"]:
            yield f"{_INDENT}{label['pay_online']}: {row['link']}"


def _credit_table(rows: Sequence[View]) -> str:
    cells = [[row["invoice"], row["invoice_date"], row["balance"]] for row in rows]
    return "\n".join(align(cells, "llr"))


def _fact_table(rows: Sequence[View]) -> str:
    return "\n".join(align([[row["label"], row["value"]] for row in rows], "ll"))


def _sum_table(rows: Sequence[View]) -> str:
    return "\n".join(align([[row["label"], row["amount"]] for row in rows], "lr"))
