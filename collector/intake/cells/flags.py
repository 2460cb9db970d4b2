"""Columns of words that mean a state: yes and no, disputed, paid, and languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from collector.intake.cells.column import (
    BLANK,
    TEXT,
    Bools,
    Cells,
    Complaint,
    complain_about,
    error_complaint,
    is_error,
    is_nothing,
    narrow,
    shown,
)
from collector.intake.cells.texts import text_of

_YES: Final = frozenset(
    {"y", "yes", "true", "1", "on", "是", "对", "有", "√", "✓", "✔", "☑", "✅", "hold", "on hold",
     "stop", "on stop", "stopped", "do not chase", "do not contact", "停供", "停止供货", "停货",
     "不催", "不催收", "勿催", "免催", "暂停"}
)  # fmt: skip
_NO: Final = frozenset(
    {"", "n", "no", "false", "0", "off", "否", "不", "×", "✗", "✘", "☐", "❌", "-"}
)
_NOT_DISPUTED: Final = _NO | {
    "resolved", "已解决", "not disputed", "not in dispute", "undisputed", "no dispute",
    "no disputes", "no issue", "no issues", "ok", "dispute resolved", "争议已解决", "已撤销争议",
    "无争议", "无异议", "没有争议", "没有异议",
}  # fmt: skip
# A word of an end, beside others: whether the dispute is over must be asked.
_MAYBE_OVER: Final = r"resolv|solved|closed|settled|withdrawn|dropped|解决|撤|结案|处理完"

_PAID_WORDS: Final[Mapping[str, str]] = {
    word: status
    for status, words in {
        "paid": "paid|fully paid|paid in full|full paid|yes|y|settled|cleared|closed|complete"
                "|completed|received|true|1|已核销|全部核销|已回款|全部回款|全额回款|已收|已收款"
                "|已付|已付款|已结清|结清|已到账|已结算|是|√|✓|✔|☑|✅",
        "part": "part paid|partly paid|partially paid|part-paid|partial|partial payment|partpaid"
                "|部分核销|部分回款|部分收款|部分已收|部分付款|部分已付|部分结清",
        "unpaid": "unpaid|not paid|open|outstanding|no|n|overdue|past due|late|due|not due"
                  "|not yet due|pending|current|sent|issued|invoiced"
                  "|awaiting payment|contacted|reminded|reminder sent|chased|in progress"
                  "|processing|approved|active|new|false|0"
                  "|未核销|未回款|未收|未收款|未付|未付款|未结清|未结算|未到账|否|×|✗|逾期"
                  "|逾期未回款|已逾期|未到期|待收款|待回款|待付款",
        "void": "void|voided|cancelled|canceled|written off|write off|write-off|written-off"
                "|作废|已作废|已取消|取消|坏账核销|已核销坏账|已红冲|红冲",
    }.items()
    for word in words.split("|")
}  # fmt: skip
_DISPUTED_WORDS: Final = frozenset(
    {"disputed", "in dispute", "dispute", "under dispute", "query", "queried", "争议", "有争议",
     "争议中", "异议"}
)  # fmt: skip

# Parts of words that speak of an end, whatever else the cell says: "paid 3/11", "bad debt".
_SETTLED: Final = (
    r"paid|pay|settl|clear|clos|refund|credit|cancel|void|write|written|bad debt|draft|hold|promis"
    r"|partial|part |pro.?forma"
    r"|付|收|清|销|退|作废|坏账|呆账|红冲|取消|草稿|暂停|承诺|部分|形式发票"
)

_LANGUAGES: Final[Mapping[str, str]] = {
    "english": "en", "英语": "en", "英文": "en", "chinese": "zh", "中文": "zh", "汉语": "zh",
    "简体中文": "zh", "mandarin": "zh", "cn": "zh", "german": "de", "deutsch": "de", "德语": "de",
    "french": "fr", "français": "fr", "法语": "fr", "spanish": "es", "español": "es",
    "西班牙语": "es", "italian": "it", "italiano": "it", "japanese": "ja", "日语": "ja",
    "日文": "ja",
    "korean": "ko", "韩语": "ko", "portuguese": "pt", "russian": "ru", "俄语": "ru",
}  # fmt: skip


def _words(cells: Cells) -> npt.NDArray[np.object_]:
    """Return a column as folded words, ``""`` where blank or an error value."""
    words = np.full(len(cells), "", dtype=object)
    folded = ["" if is_error(text) else narrow(text).casefold() for text in cells.texts]
    if folded:
        words[cells.at] = np.array(folded, dtype=object)[cells.codes]
    odd = np.flatnonzero((cells.kinds != BLANK) & (cells.kinds != TEXT))
    if odd.size:
        words[odd] = [text_of(cell).casefold() for cell in cells.pick(odd)]
    return words


def _errors(cells: Cells) -> dict[int, Complaint]:
    """Return a complaint for every error value of a column."""
    hits = [number for number, text in enumerate(cells.texts) if is_error(text)]
    return {
        int(position): error_complaint(cells.texts[number])
        for number in hits
        for position in cells.at[cells.codes == number]
    }


def read_flags(cells: Cells) -> tuple[Bools, dict[int, Complaint]]:
    """Return a yes/no column; what cannot be read counts as yes, and is complained about."""
    words = pd.Series(_words(cells), dtype="str")
    no = words.isin(_NO) | words.map(is_nothing)
    unclear = np.flatnonzero(~(no | words.isin(_YES)))
    complaints = complain_about(cells, unclear, "problem_flag", text_of) | _errors(cells)
    values = ~no.to_numpy(dtype=np.bool_)
    values[list(complaints)] = True
    return values, complaints


def read_disputes(cells: Cells) -> tuple[Bools, pd.Series[str], dict[int, Complaint]]:
    """Return which rows are disputed and why; a plain yes gives no reason."""
    words = pd.Series(_words(cells), dtype="str")
    complaints = _errors(cells)
    disputed = ~(words.isin(_NOT_DISPUTED) | words.map(is_nothing)).to_numpy(dtype=np.bool_)
    over = np.flatnonzero(disputed & words.str.contains(_MAYBE_OVER).to_numpy(dtype=np.bool_))
    complaints |= complain_about(cells, over, "problem_flag", text_of)
    plain = words.isin(_YES | _DISPUTED_WORDS).to_numpy(dtype=np.bool_)
    reasons = np.full(len(cells), "", dtype=object)
    told = np.flatnonzero(disputed & ~plain)
    reasons[told] = [shown(text_of(cell)) for cell in cells.pick(told)]
    disputed[list(complaints)] = True
    return disputed, pd.Series(reasons, dtype="str"), complaints


def read_statuses(cells: Cells) -> tuple[pd.Series[str], Bools]:
    """Return the team's word for what is paid, and which rows it calls disputed.

    The words are ``paid``, ``part``, ``unpaid``, ``void``, ``""`` where blank, else ``unknown``.
    """
    words = pd.Series(_words(cells), dtype="str")
    table = {word: paid_word(word) for word in words.unique()}
    disputed = words.isin(_DISPUTED_WORDS).to_numpy(dtype=np.bool_)
    statuses = words.map(table).astype("str")
    statuses[_error_rows(cells)] = "unknown"
    return statuses, disputed


def may_mean_settled(cells: Cells) -> Bools:
    """Return the rows whose words, known or not, may say that nothing is to be asked for."""
    return pd.Series(_words(cells), dtype="str").str.contains(_SETTLED).to_numpy(dtype=np.bool_)


def _error_rows(cells: Cells) -> list[int]:
    return list(_errors(cells))


def paid_word(word: str) -> str:
    """Return what one folded word says of payment."""
    if not word or is_nothing(word):
        return ""
    if word in _DISPUTED_WORDS:
        return "unpaid"
    return _PAID_WORDS.get(word.rstrip(".!。"), "unknown")


def language_of(text: str) -> str | None:
    """Return the language code that a cell means, ``""`` where blank, None when unknown."""
    word = narrow(text).casefold()
    if not word or is_nothing(word):
        return ""
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    code = word.replace("_", "-").partition("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


def read_languages(cells: Cells) -> tuple[pd.Series[str], dict[int, Complaint]]:
    """Return a column of language codes, ``""`` where blank or unknown."""
    words = pd.Series(_words(cells), dtype="str")
    table: dict[Any, str | None] = {word: language_of(word) for word in words.unique()}
    unknown = [word for word, code in table.items() if code is None]
    at = np.flatnonzero(words.isin(unknown).to_numpy(dtype=np.bool_))
    complaints = complain_about(cells, at, "problem_language", text_of)
    return words.map({word: code or "" for word, code in table.items()}).astype("str"), complaints
