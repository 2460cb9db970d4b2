"""Columns of words that mean a state: yes and no, disputed, paid, and languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from collector.fields import LETTER_LANGUAGES, language_code
from collector.intake.cells.column import (
    BLANK,
    TEXT,
    Bools,
    Cells,
    Complaint,
    Ints,
    complain_about,
    distinct,
    error_complaint,
    is_error,
    is_nothing,
    narrow,
    shown,
)
from collector.intake.cells.status_words import STATUS_WORDS, bare
from collector.intake.cells.texts import text_of
from collector.model import Cell

_YES: Final = frozenset(
    {"y", "yes", "true", "1", "on", "是", "对", "有", "√", "✓", "✔", "☑", "✅", "hold", "on hold",
     "stop", "on stop", "stopped", "do not chase", "do not contact", "停供", "停止供货", "停货",
     "不催", "不催收", "勿催", "免催", "暂停", "ja", "oui", "si", "sí", "sì", "sim"}
)  # fmt: skip
_NO: Final = frozenset(
    {
        "",
        "n",
        "no",
        "false",
        "0",
        "off",
        "否",
        "不",
        "×",
        "✗",
        "✘",
        "☐",
        "❌",
        "-",
        "nein",
        "non",
        "não",
        "nao",
        "nee",
    }
)
_NOT_DISPUTED: Final = _NO | {
    "resolved", "已解决", "not disputed", "not in dispute", "undisputed", "no dispute",
    "no disputes", "no issue", "no issues", "ok", "dispute resolved", "争议已解决", "已撤销争议",
    "无争议", "无异议", "没有争议", "没有异议",
}  # fmt: skip
# A word of an end, beside others: whether the dispute is over must be asked.
_MAYBE_OVER: Final = re.compile(
    r"resolv|solved|closed|settled|withdrawn|dropped|解决|撤|结案|处理完"
)

_DISPUTED_WORDS: Final = frozenset(
    {"disputed", "in dispute", "dispute", "under dispute", "query", "queried", "争议", "有争议",
     "争议中", "异议"}
)  # fmt: skip

# Beside how far orders are, these words say that an order is done and not that it is paid.
_PROGRESS: Final = re.compile(
    r"deliver|ship|dispatch|in transit|pack(?:ed|ing)|install|back-?order|in production|picked"
    r"|geliefert|versandt|livr|exp[eé]di|entregad|enviad"
    r"|发货|送达|配送|签收|交付|生产|发运|出库|在途|安装|验收"
)
_DONE: Final = frozenset({"complete", "completed", "closed", "done", "已完成", "完成"})

_LANGUAGES: Final[Mapping[str, str]] = {
    "english": "en", "英语": "en", "英文": "en", "chinese": "zh", "中文": "zh", "汉语": "zh",
    "简体中文": "zh", "mandarin": "zh", "cn": "zh", "german": "de", "deutsch": "de", "德语": "de",
    "french": "fr", "français": "fr", "法语": "fr", "spanish": "es", "español": "es",
    "西班牙语": "es", "italian": "it", "italiano": "it", "japanese": "ja", "日语": "ja",
    "日文": "ja",
    "korean": "ko", "韩语": "ko", "portuguese": "pt", "russian": "ru", "俄语": "ru",
    "traditional chinese": "zh-hant", "chinese (traditional)": "zh-hant", "繁体中文": "zh-hant",
    "繁體中文": "zh-hant", "中文(繁體)": "zh-hant", "中文(繁体)": "zh-hant", "繁体": "zh-hant",
    "繁體": "zh-hant", "chinese (simplified)": "zh", "simplified chinese": "zh",
    "德文": "de", "法文": "fr", "西班牙文": "es", "allemand": "de", "anglais": "en",
    "englisch": "en", "französisch": "fr", "francais": "fr", "spanisch": "es", "espanol": "es",
    "alemán": "de", "inglés": "en", "francés": "fr", "castellano": "es",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """A column as folded words: the distinct ones, and the number of each cell's among them."""

    distinct: tuple[str, ...]
    codes: Ints

    def where(self, test: Callable[[str], object]) -> Bools:
        """Return the cells whose word passes a test."""
        passed = np.fromiter((bool(test(word)) for word in self.distinct), np.bool_)
        return passed[self.codes] if len(self.codes) else np.zeros(0, np.bool_)

    def each(self, reading: Callable[[str], str]) -> pd.Series[str]:
        """Return what each cell's word is read as."""
        read = np.array([reading(word) for word in self.distinct], dtype=object)
        return pd.Series(read[self.codes] if len(self.codes) else read, dtype="str")


def _words(cells: Cells) -> _Words:
    """Return a column as folded words, ``""`` where blank or an error value."""
    words = np.full(len(cells), "", dtype=object)
    folded = ["" if is_error(text) else narrow(text).casefold() for text in cells.texts]
    if folded:
        words[cells.at] = np.array(folded, dtype=object)[cells.codes]
    odd = np.flatnonzero((cells.kinds != BLANK) & (cells.kinds != TEXT))
    if odd.size:
        words[odd] = [text_of(cell).casefold() for cell in cells.pick(odd)]
    return _Words(*distinct(words.tolist()))


def _errors(cells: Cells) -> dict[int, Complaint]:
    """Return a complaint for every error value of a column."""
    hits = [number for number, text in enumerate(cells.texts) if is_error(text)]
    return {
        int(position): error_complaint(cells.texts[number])
        for number in hits
        for position in cells.at[cells.codes == number]
    }


def _says_no(word: str) -> bool:
    return word in _NO or is_nothing(word)


def says_no(cell: str | int) -> bool:
    """Tell whether a cell is a plain "no": N, 否, 0, ×."""
    word = narrow(str(cell)).casefold()
    return word in _NO and bool(word) and not is_nothing(word)


def _says_undisputed(word: str) -> bool:
    return word in _NOT_DISPUTED or is_nothing(word)


def read_flags(cells: Cells) -> tuple[Bools, dict[int, Complaint]]:
    """Return a yes/no column; what cannot be read counts as yes, and is complained about."""
    words = _words(cells)
    unclear = np.flatnonzero(words.where(lambda word: not _says_no(word) and word not in _YES))
    complaints = complain_about(cells, unclear, "problem_flag", text_of) | _errors(cells)
    values = ~words.where(_says_no)
    values[list(complaints)] = True
    return values, complaints


def read_disputes(cells: Cells) -> tuple[Bools, pd.Series[str], dict[int, Complaint]]:
    """Return which rows are disputed and why; a plain yes gives no reason."""
    words, complaints = _words(cells), _errors(cells)
    disputed = ~words.where(_says_undisputed)
    over = np.flatnonzero(disputed & words.where(_MAYBE_OVER.search))
    complaints |= complain_about(cells, over, "problem_flag", text_of)
    reasons = np.full(len(cells), "", dtype=object)
    told = disputed & ~words.where(lambda word: word in _YES or word in _DISPUTED_WORDS)
    places = np.flatnonzero(told[cells.at])
    texts = np.array([shown(text) for text in cells.texts], dtype=object)
    reasons[cells.at[places]] = texts[cells.codes[places]] if len(places) else ""
    others = np.flatnonzero(told & (cells.kinds != TEXT))
    reasons[others] = [shown(text_of(cell)) for cell in cells.pick(others)]
    disputed[list(complaints)] = True
    return disputed, pd.Series(reasons, dtype="str"), complaints


def read_statuses(cells: Cells) -> tuple[pd.Series[str], Bools]:
    """Return the team's word for what is paid, and which rows it calls disputed.

    The words are ``paid``, ``part``, ``unpaid``, ``void``, ``""`` where blank, else ``unknown``.
    """
    words = _words(cells)
    progress = any(map(_PROGRESS.search, words.distinct))
    statuses = words.each(lambda word: _progress_word(word) if progress else paid_word(word))
    statuses[list(_errors(cells))] = "unknown"
    return statuses, words.where(_DISPUTED_WORDS.__contains__)


def _progress_word(word: str) -> str:
    """Return what a word among those of an order's progress says of payment."""
    return "unknown" if word.rstrip(".!。") in _DONE else paid_word(word)


_OWES: Final = _YES - {"hold", "on hold", "stop", "on stop", "stopped"} | {"欠", "未"}
_OWES_NOT: Final = (_NO - {"", "-"}) | {"无", "没有", "不欠"}


def owing_word(cell: Cell) -> str:
    """Return what a cell says of payment where yes means that something is still owed."""
    word = narrow(text_of(cell)).casefold()
    if word in _OWES:
        return "unpaid"
    return "paid" if word in _OWES_NOT else paid_word(word)


def are_ticks(cells: Sequence[Cell]) -> bool:
    """Tell whether a column says only whether, never how much: yes, no, open, paid, ticks."""
    filled = {cell for cell in cells if cell not in (None, "")}
    if not any(isinstance(cell, str | bool) for cell in filled):
        return False
    said = [owing_word(cell) for cell in filled]
    return any(said) and "unknown" not in said


def read_owing(cells: Cells) -> pd.Series[str]:
    """Return the team's word for what is paid from a column whose yes means: still owed."""
    statuses = _words(cells).each(owing_word)
    statuses[list(_errors(cells))] = "unknown"
    return statuses


def words_that(cells: Cells, test: Callable[[str], bool]) -> Bools:
    """Return the rows whose folded word passes a test, each distinct word looked at once."""
    return _words(cells).where(test)


def paid_word(word: str) -> str:
    """Return what one folded word says of payment."""
    if not word or is_nothing(word):
        return ""
    if word in _DISPUTED_WORDS:
        return "unpaid"
    return STATUS_WORDS.get(bare(word), "unknown")


def language_of(text: str) -> str | None:
    """Return the language code that a cell means, ``""`` where blank, None when unknown."""
    word = narrow(text).casefold()
    if not word or is_nothing(word):
        return ""
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    code = language_code(word)
    plain = code.partition("-")[0]
    return code if len(plain) == 2 and plain.isascii() and plain.isalpha() else None


def _without_letters(word: str) -> bool:
    return bool(code := language_of(word)) and code not in LETTER_LANGUAGES


def read_languages(cells: Cells) -> tuple[pd.Series[str], dict[int, Complaint]]:
    """Return a column of language codes, ``""`` where blank or unknown."""
    words = _words(cells)
    at = np.flatnonzero(words.where(lambda word: language_of(word) is None))
    complaints = complain_about(cells, at, "problem_language", text_of)
    foreign = np.flatnonzero(words.where(_without_letters))
    complaints |= complain_about(cells, foreign, "problem_no_letters", text_of)
    return words.each(lambda word: language_of(word) or ""), complaints
