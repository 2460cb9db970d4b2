"""Plain text that reads well: cleaned, wrapped and aligned, wide characters counted as two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from typing import Final

WIDTH: Final = 76

# Joiners belong to emoji and to several scripts; other invisible characters can only deceive.
_JOINERS: Final = "\u200c\u200d"
_FIRST_COMBINING: Final = "\u0300"
_ASCII_WORDS: Final = re.compile(r"[^ ]* +|[^ ]+")
_NOT_FIRST: Final = "，。、；：！？）》”’…,.;:!?)"


@lru_cache(1 << 14)
def clean(text: str) -> str:
    """Return text from the sheet on one line, without control or direction-changing characters."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join("".join(_visible(character) for character in text).split())


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    if category == "Cf":
        return character if character in _JOINERS else ""
    return " " if category in ("Cc", "Zl", "Zp") else character


def width(text: str) -> int:
    """Return how many columns a text takes in a fixed-width font."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if character < _FIRST_COMBINING:
        return 1
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, columns: int, side: str = "l") -> str:
    """Return a text filled with blanks to a width; ``side`` is ``l`` or ``r``."""
    blanks = " " * (columns - width(text))
    return blanks + text if side == "r" else text + blanks


def align(rows: Sequence[Sequence[str]], sides: str) -> list[str]:
    """Return rows of cells as lines with straight columns; ``sides`` has l or r per column."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(map(pad, row, widths, sides)).rstrip()  # trailing blanks only cost bytes
        for row in rows
    ]


def wrap(text: str, columns: int = WIDTH) -> str:
    """Return paragraphs broken at a width: between words, or between Chinese characters."""
    return "\n".join(line for part in text.split("\n") for line in _wrap_line(part, columns))


def _wrap_line(text: str, columns: int) -> Iterable[str]:
    line, used = "", 0
    for word in _words(text):
        bare = width(word.rstrip())
        if line and used + bare > columns and word[0] not in _NOT_FIRST:
            yield line.rstrip()
            line, used = "", 0
        line += word
        used += width(word)
    yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Yield the pieces a line may be broken between; they join to the text again."""
    if text.isascii():
        yield from _ASCII_WORDS.findall(text)
        return
    word = ""
    for character in text:
        wide = _columns(character) == 2
        if word and (wide or word[-1] == " " or _columns(word[-1]) == 2) and character != " ":
            yield word
            word = ""
        word += character
    if word:
        yield word


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text (blank lines part them), each on one line."""
    parts = (part.split("\n") for part in text.strip().split("\n\n"))
    return [joined for lines in parts if (joined := reduce(_join, map(str.strip, lines)))]


def _join(line: str, following: str) -> str:
    """Chinese is written without blanks, so a line break in its source leaves none."""
    wide = line and following and _columns(line[-1]) == 2 and _columns(following[0]) == 2
    return f"{line}{'' if wide else ' '}{following}".strip()
