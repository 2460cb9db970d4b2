"""A statement as PDF: tagged, archivable, never with a box where a character should be."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from collector.errors import TemplateError
from collector.letters.colour import on_white
from collector.letters.formats import letter_language
from collector.letters.payment import REFERENCE_LENGTH, codes
from collector.letters.plain import clean
from collector.letters.view import pay_view, statement_view
from collector.letters.wording import labels
from collector.model import Sender, Statement
from collector.phrases import Phrase

if TYPE_CHECKING:
    from typst import Fonts, PDFStandard

_TEMPLATE: Final = "statement.typ"
_FONT_PACKAGE: Final = "noto_cjk_sans_otc"

# PDF/A refuses to be written with a missing glyph, so a box can never slip through.
_STANDARDS: Final[tuple[PDFStandard, ...]] = ("a-2a", "ua-1")


def pdf(statement: Statement, sender: Sender) -> bytes:
    """Return the bytes of a PDF/A-2a, PDF/UA-1 statement; raises TemplateError without a font."""
    return printed(_TEMPLATE, _data(statement, sender), statement.as_of)


def printed(template: str, data: Mapping[str, Any], day: date) -> bytes:
    """Return the PDF of one of our Typst templates; the same data and day give the same bytes.

    Raises TemplateError when no font can show it.
    """
    text = json.dumps(data, ensure_ascii=False)
    when = int(datetime.combine(day, time(), UTC).timestamp())
    if not _font_folder():
        return _compile(template, text, when, _fonts(system=True))
    missing = _missing(text)
    if not missing:
        return _compile(template, text, when, _fonts(system=False))
    return _with_rare_characters(template, text, when, missing)


def sender_data(sender: Sender) -> dict[str, Any]:
    """Return what every printed page shows of its sender; the logo is its bytes."""
    return {
        "sender": {"name": clean(sender.name), "company": clean(sender.company or sender.name),
                   "address": clean(sender.reply_to or sender.address),
                   "accent": on_white(sender.accent)},
        "logo": list(sender.logo.content) if sender.logo else [],
    }  # fmt: skip


def _data(statement: Statement, sender: Sender) -> dict[str, Any]:
    language = letter_language(statement.language)
    return {
        **statement_view(statement),
        "label": dict(labels(language)),
        **sender_data(sender),
        "pay": _pay(statement, sender, language) if sender.bank else None,
    }  # fmt: skip


def _pay(statement: Statement, sender: Sender, language: str) -> dict[str, Any]:
    """Return how to pay what a statement closes with, pictures as their bytes."""
    assert sender.bank is not None
    text = clean(statement.customer_name)[:REFERENCE_LENGTH]
    sums = [(section.currency, section.closing) for section in statement.sections]
    pictures = codes(sender.bank, sums, text, language)
    return {
        **pay_view(language, sender.bank, text, ()),
        "codes": [
            {"picture": list(code.image.content), "caption": code.caption, "size": code.millimetres}
            for code in pictures
        ],
    }


def _with_rare_characters(template: str, data: str, when: int, missing: str) -> bytes:
    """Try the machine's own fonts; what they lack too is shown by its code point, not left out."""
    try:
        return _compile(template, data, when, _fonts(system=True))
    except TemplateError:
        shown = {ord(character): _code_point(character) for character in missing}
        return _compile(template, data.translate(shown), when, _fonts(system=False))


def _code_point(character: str) -> str:
    invisible = category(character) == "Cf" or character == "\ufe0f"
    return "" if invisible else f"[U+{ord(character):04X}]"


def _compile(template: str, data: str, when: int, fonts: Fonts) -> bytes:
    from typst import Compiler, TypstError

    source = files("collector.letters").joinpath("templates", template).read_bytes()
    compiler = Compiler(font_paths=fonts, sys_inputs={"data": data})
    try:
        made = compiler.compile(
            source, format="pdf", pdf_standards=list(_STANDARDS), timestamp=when
        )
    except TypstError as error:
        raise TemplateError(template, _why(error.message)) from error
    if not isinstance(made, bytes):
        raise TemplateError(template, str(type(made)))
    return made


def _why(what: str) -> str:
    return what if _font_folder() else Phrase("letter_no_font", what=what)


# ── fonts ────────────────────────────────────────────────────────────────────────────────────


@cache
def _font_folder() -> Path | None:
    """Return where the packaged Chinese font lies; it comes first, so that every machine agrees."""
    spec = find_spec(_FONT_PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else None


@cache
def _fonts(*, system: bool) -> Fonts:
    from typst import Fonts

    folder = _font_folder()
    return Fonts(include_system_fonts=system, font_paths=[folder] if folder else [])


def _missing(text: str) -> str:
    """Return the characters the packaged font cannot show; PDF/A forbids private ones anyway."""
    return "".join(c for c in sorted(set(text)) if ord(c) not in _covered() or category(c) == "Co")


@cache
def _covered() -> frozenset[int]:
    """Return the code points of the packaged font, from its character map (OpenType ``cmap``)."""
    folder = _font_folder()
    assert folder is not None
    data = next(folder.glob("*.ttc")).read_bytes()
    return frozenset(_code_points(data))


def _code_points(data: bytes) -> Iterator[int]:
    (font,) = struct.unpack_from(">I", data, 12)  # the first font of the collection
    cmap = _table(data, font, b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for index in range(count):
        (offset,) = struct.unpack_from(">I", data, cmap + 8 + 8 * index)
        if struct.unpack_from(">H", data, cmap + offset) == (12,):
            (groups,) = struct.unpack_from(">I", data, cmap + offset + 12)
            for first, last, _ in struct.iter_unpack(
                ">III", data[cmap + offset + 16 : cmap + offset + 16 + 12 * groups]
            ):
                yield from range(first, last + 1)


def _table(data: bytes, font: int, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, font + 4)
    for index in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, font + 12 + 16 * index)
        if name == tag:
            return int(offset)
    raise LookupError(tag)
