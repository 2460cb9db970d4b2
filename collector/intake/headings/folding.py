"""Headings reduced to what matters in them, and the units and currencies they name."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from collector.intake.cells.currencies import currency_in
from collector.intake.cells.texts import text_of
from collector.intake.headings.units import is_unit, read_unit, unit_said
from collector.model import Cell

_BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】|<([^<>]*)>|\{([^{}]*)\}")
_DROPPED: Final = re.compile(r"[^\w?%]|_", re.UNICODE)
_TAIL: Final = re.compile(
    r"^(?P<head>.*?)(?:[\s_/:,\-]+(?:in\s+)?|\s*)(?P<unit>[^\s_/:,\-]+)$", re.IGNORECASE | re.DOTALL
)
_PHRASE: Final = re.compile(r"\s(?:in|en)\s+(?P<unit>.+)$", re.IGNORECASE | re.DOTALL)
_HEAD: Final = re.compile(r"^(?P<unit>[A-Za-z]{3}|[$€£¥₹]|US\$|HK\$)[\s_]+(?P<head>.+)$", re.DOTALL)

# A bracket, a group title or a further word like these makes a heading mean something else.
NEGATIVE: Final = re.compile(
    r"\bex(?:cl\w*)?\b|without|\bnet\b|\bnett[oe]?\b|before|pre-?tax|\btax\b|\bvat\b|\bgst\b"
    r"|budget|plan|forecast|target|last (?:year|month)|opening|prior|previous|\bold\b|average"
    r"|\bavg\b"
    r"|percent|%|\bpct\b|ratio|\brate\b|estimat|expected|discount|\bnot\b|\bno of\b|number of"
    r"|\bcount\b"
    r"|\bqty\b|quantity|overdue|past due|\bdays?\b|\bage\b|unit|vendor|supplier|payable|purchase"
    r"|\bohne\b|zzgl|mwst|\bust\b|skonto|\bht\b|hors|\btva\b|\biva\b|\bsin\b|\bneto\b|lieferant"
    r"|fournisseur"
    r"|proveedor|\bsans\b|vorjahr|geplant|anzahl|nombre de|escompte|descuento"
    r"|不含|未税|税额|税率|预算|计划|预测|上年|去年|上期|上月|期初|年初|平均|比例|占比|预估|折扣"
    r"|数量|天数|应付|供应商",
    re.IGNORECASE,
)
_WITH_TAX: Final = re.compile(
    r"^(?:incl?\b|incl|with (?:tax|vat|gst)|gross\b|brutto\b|ttc\b|inkl|con iva|含税|含增值税|价税"
    r"|(?:vat|gst|tax|iva|mwst|ust|tva) incl)",
    re.IGNORECASE,
)
# What a bracket may say without changing what a heading means.
_DATE_FORMAT: Final = re.compile(r"[dmyjath年月日 /.\-:,]+", re.IGNORECASE)
_NEUTRAL: Final = frozenset(
    {"", "s", "es", "required", "optional", "mandatory", "text", "string", "auto", "if any", "utc",
     "name", "full name", "legal name", "company", "e-mail", "email", "ar", "receivable",
     "receivables", "date", "sales", "sales invoice", "iso", "iso code", "local time", "english",
     "chinese", "中文", "英文", "必填", "选填",
     "如有", "可选", "全称", "简称", "名称", "公司", "自动", "文本", "销售", "应收", "年月日",
     "格式"}
)  # fmt: skip
_CURRENCY_KIND: Final = re.compile(
    r"[\s_(\[]*\b(?:in\s+)?(?:(?P<local>local|company code|home|base|functional|accounting|lcy|lc)"
    r"|(?P<document>doc(?:ument)?\.?|transaction|trx|foreign|original|invoice|entered|fcy|fc))"
    r"(?:(?<=lcy)|(?<=fcy)|(?<=\blc)|(?<=\bfc)|[\s_.]*(?:curr(?:ency|\.)?|crcy|ccy"
    r"|cur\.?))[)\]\s.]*$"
    r"|[\s(]*(?P<local2>本位币|记账本位币|本币)(?:金额)?[)\s]*$|[\s(]*(?P<document2>原币"
    r"|外币)(?:金额)?[)\s]*$"
    # Odoo's amounts with a sign: in the company's currency unless it says in the document's.
    r"|(?P<document4>\s+in\s+currency\s+signed)$|(?P<local4>\s+signed)$"
    r"|(?:^|\s+in\s+)(?:(?P<local3>Haus|Firmen)|(?P<document3>Beleg|Transaktions|Fremd))währung$",
    re.IGNORECASE,
)
_KIND_FIRST: Final = re.compile(
    r"^(?:(?P<local>local|home|base|accounted|lcy)\b|(?P<document>document|transaction|foreign"
    r"|entered|fcy)\b"
    r"|(?P<local2>本位币|本币)|(?P<document2>原币|外币))[\s_]*(?=\S)",
    re.IGNORECASE,
)

_WORD: Final = re.compile(r"o/s|[a-z0-9?%']+|[^a-z0-9?%'\s_.]+", re.IGNORECASE)
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ABBREVIATED: Final = {
    "amt": "amount", "amnt": "amount", "bal": "balance", "inv": "invoice", "cust": "customer",
    "dt": "date", "pmt": "payment", "pymt": "payment", "pymnt": "payment", "pmts": "payments",
    "recd": "received", "rec'd": "received", "rcvd": "received", "recvd": "received",
    "num": "no", "nbr": "no", "nr": "no", "acct": "account", "a/c": "account", "curr": "currency",
    "txn": "transaction", "trx": "transaction", "tran": "transaction", "trans": "transaction",
    "doc": "document", "o/s": "outstanding", "os": "outstanding", "orig": "original",
    "nm": "name", "ref": "reference", "addr": "address", "tot": "total", "rem": "remaining",
}  # fmt: skip
_IN_DAYS: Final = re.compile(
    r"\s*[(\[](?:in )?(?:days?|天|日|tage|jours|días|dias)[)\]]$", re.IGNORECASE
)

_SIMPLIFIED: Final = str.maketrans(
    "發號碼單據編戶稱應賬帳額餘幣別種類業務員聯絡係電話郵備註說項專開圓後費銷購買賣總計狀態結實際還繳貨運訂條約諾負責經辦"
    "語國區時間評級議爭異對稅價賒權債憑證產創錄歷個萬億與從進週當內預現門點來統標題檔處續請給數歸屬轉準協欄終齡過達確認優復"
    "淨減沖銀連雙滿盡審關顧簡庫動顯貸賃廳"
    "讓",
    "发号码单据编户称应账账额余币别种类业务员联络系电话邮备注说项专开圆后费销购买卖总计状态结实际还缴货运订条约诺负责经办"
    "语国区时间评级议争异对税价赊权债凭证产创录历个万亿与从进周当内预现门点来统标题档处续请给数归属转准协栏终龄过达确认优复"
    "净减冲银连双满尽审关顾简库动显贷赁厅"
    "让",
)
_ACCENTS: Final = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")


def heading_text(cell: Cell) -> str:
    """Return a header cell as text: numbers and dates are no headings."""
    return cell.strip() if isinstance(cell, str) else ""


@cache
def fold(heading: str) -> str:
    """Return a heading without case, width, accents, spaces and punctuation; ``#`` is ``no``.

    ``Invoice_No.`` and ``INVOICE #`` are one, as are 發票號碼 and 发票号码; a question mark stays
    (``Paid?`` is not ``Paid``).
    """
    line = unicodedata.normalize("NFKC", heading).casefold().replace("#", "no").replace("n°", "no")
    line = _ACCENTS.sub("", unicodedata.normalize("NFD", line)) if not line.isascii() else line
    return _DROPPED.sub("", unicodedata.normalize("NFC", line).translate(_SIMPLIFIED))


def simplified(text: str) -> str:
    """Return a text with the traditional characters of headings as their simplified ones."""
    return text if text.isascii() else text.translate(_SIMPLIFIED)


def fold_all(*headings: str) -> frozenset[str]:
    return frozenset(fold(heading) for heading in headings)


@cache
def spellings(heading: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the folded forms under which a heading may be known, the most literal one first.

    First the heading itself and without what its brackets say; then the forms that only a column
    of money may have: without a unit or currency at its end or start, without "local currency".
    """
    bare = without_brackets(heading)
    plain = [fold(heading), fold(bare), *(fold(in_full(each)) for each in (heading, bare))]
    line = unicodedata.normalize("NFKC", heading)
    money = [_without_tail(bare), _without_head(bare), _CURRENCY_KIND.sub("", line),
             _CURRENCY_KIND.sub("", bare), _KIND_FIRST.sub("", line)]  # fmt: skip
    return (
        tuple(dict.fromkeys(form for form in plain if form)),
        tuple(dict.fromkeys(form for form in map(fold, money) if form and form not in plain)),
    )


def in_full(heading: str) -> str:
    """Return a heading with the usual abbreviations written out: ``Inv. Amt`` is Invoice Amount."""
    if not heading.isascii():
        return heading
    words = _WORD.findall(_CAMEL.sub(" ", heading))
    return " ".join(_ABBREVIATED.get(word.casefold(), word) for word in words)


def asked_form(heading: str) -> str:
    """Return a heading without its question mark, ``""`` where it has none: ``Paid on time?``."""
    form = fold(heading)
    return form.rstrip("?") if form.endswith("?") else ""


def days_form(heading: str) -> str:
    """Return a heading without a bracket that says days, ``""`` where none does: ``账期（天）``."""
    line = unicodedata.normalize("NFKC", heading)
    bare = _IN_DAYS.sub("", line)
    return fold(bare) if bare != line else ""


def currency_kind(heading: str) -> str:
    """Return ``local`` or ``document`` where a heading says whose currency it is in, else ""."""
    line = unicodedata.normalize("NFKC", heading).strip()
    match = _CURRENCY_KIND.search(line) or _KIND_FIRST.search(line)
    if match is None:
        return ""
    return "local" if any(match[n] for n in match.groupdict() if n[:5] == "local") else "document"


def halves(heading: str) -> tuple[str, ...]:
    """Return the folded parts of a heading said twice: in Chinese and Latin, or with ``/``."""
    line = without_brackets(heading) or heading
    chinese = fold("".join(re.findall(r"[\u4e00-\u9fff]+", line)))
    latin = fold(" ".join(re.findall(r"[^\W\d_\u4e00-\u9fff][^\W\d_\u4e00-\u9fff .#?'-]*", line)))
    inside = fold(bracketed(heading))
    if chinese and latin:
        return chinese, latin
    if inside and inside.isascii() != fold(_BRACKETS.sub(" ", heading)).isascii():
        return fold(_BRACKETS.sub(" ", heading)), inside
    parts = [fold(part) for part in re.split(r"[/|\n]| - ", heading)]
    return tuple(parts) if len(parts) > 1 and all(parts) else ()


def without_brackets(heading: str) -> str:
    """Return a heading without its brackets, or ``""`` when they may change what it means."""
    line = unicodedata.normalize("NFKC", heading)
    inside = _BRACKETS.findall(line)
    said = [part for groups in inside for part in groups if part]
    if not all(map(_says_nothing_new, said)):
        return ""
    return _BRACKETS.sub(" ", line).strip()


def _says_nothing_new(inside: str) -> bool:
    word = inside.strip().casefold()
    if _WITH_TAX.search(word) or word in _NEUTRAL:
        return True
    if is_unit(inside) or (read_unit(inside) != (1, "") and not NEGATIVE.search(word)):
        return True
    return bool(_DATE_FORMAT.fullmatch(word)) and len(word) > 1


def bracketed(heading: str) -> str:
    """Return what the brackets of a heading say."""
    found = _BRACKETS.findall(unicodedata.normalize("NFKC", heading))
    return " ".join(part for groups in found for part in groups if part).strip()


def unit_of(heading: str) -> tuple[int, str]:
    """Return the multiplier and the ISO currency in a heading: 金额（万美元） is 10,000 USD."""
    inside = bracketed(heading)
    if inside:
        return read_unit(inside)
    line = unicodedata.normalize("NFKC", heading)
    phrase = _PHRASE.search(line)
    if phrase and read_unit(phrase["unit"])[0] != 1:
        return read_unit(phrase["unit"])
    tail = _TAIL.match(line)
    if tail and tail["head"] and is_unit(tail["unit"]):
        return _unit_at(tail)
    head = _HEAD.match(line)
    if head and is_unit(head["unit"]):
        return _unit_at(head)
    return 1, currency_in(line)


def _unit_at(found: re.Match[str]) -> tuple[int, str]:
    """Return the unit at the end or the start of a heading, with a currency beside it."""
    times, code = read_unit(found["unit"])
    return times, code or currency_in(found["head"])


def unit_in_title(text: str) -> tuple[int, str] | None:
    """Return the multiplier and currency that a line beside the table states, None when none."""
    line = unicodedata.normalize("NFKC", text).strip()
    return unit_said(line, bracketed(line))


def _without_tail(heading: str) -> str:
    match = _TAIL.match(heading.strip())
    return match["head"] if match and match["head"] and is_unit(match["unit"]) else ""


def _without_head(heading: str) -> str:
    match = _HEAD.match(heading.strip())
    return match["head"] if match and is_unit(match["unit"]) else ""


def shown_heading(cell: Cell) -> str:
    """Return a header cell as it is quoted: on one line."""
    return " ".join(text_of(cell).split())
