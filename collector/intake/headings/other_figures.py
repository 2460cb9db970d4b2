"""Headings of figures that are neither paid nor left nor taken off: prices, quantities, costs …"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from collector.intake.headings.folding import in_full, simplified

_HARMLESS: Final = re.compile(
    r"\bpric(?:e|es|ing)\b|\bunit\b|\bqty\b|\bquantit\w*|\bunits?\b|\brates?\b|\bcosts?\b|\bcogs\b"
    r"|\bmargins?\b|\bprofits?\b|\bmark-?up\b|\bcommissions?\b|\bbonus\b|\bbudget\w*|\bforecast\w*"
    r"|\btargets?\b|\bplan(?:ned)?\b|\bestimat\w*|\bquot(?:a|e|ed|ation)\b|\blimits?\b|\bweight\b"
    r"|\bkgs?\b|\blbs?\b|\btons?\b|\bhours?\b|\bhrs?\b|\bdays?\b|\bfreight\b|\bshipping\b"
    r"|\bdelivery\b|\bcarriage\b|\bpostage\b|\bhandling\b|\binsurance\b|\bduty\b|\bcustoms\b"
    r"|\binterest\b|\blate fees?\b|\bsurcharges?\b"
    r"|\btax\w*|\bvat\b|\bgst\b|\b[csi]gst\b|\bscores?\b"
    r"|\bpoints?\b|\blevel\b|\bstage\b|\bstep\b|\bno\b|\bnumber\b|\bid\b|\bcode\b|#|\byear\b"
    r"|\bmonth\b|\bweek\b|\bquarter\b|\bperiod\b|\bline no\b|\bseq\w*|\bcount\b|\bpages?\b|\bsize\b"
    r"|\barea\b|\bsqm\b|\bsq ?ft\b|\bm2\b|\bvolume\b|\blength\b|\bage\b|\bag(?:e)?ing\b"
    r"|\bprobabilit\w*|\bper ?cent\w*|%|\bpct\b|\bratio\b|\bprovisions?\b|\becl\b|\bfx\b"
    r"|\bexchange\b|\bsub ?total\b|\bex(?:cl\w*)?\b|\bbase\b|\btaxable\b|\blast year\b"
    r"|\bprevious\b|\bopening\b|\bprior\b"
    r"|\baverage\b|\bavg\b|\bminimum\b|\bmin\b|\bmax\w*|\blabou?r\b"
    r"|\bmaterials?\b|\bparts?\b|\bpackag\w*|\btips?\b|\bservice charge\b|\bnet(?: (?:amount|total"
    r"|sales|value|price))?$|\border(?:ed)?\b|\bcontract\b|\bpo\b|\binstal?lments?\b|\bminutes?\b"
    r"|\bmileage\b|\bmiles\b|\bkm\b|\bpromis\w*|\bsalary\b|\bfees?\b"
    # German, Dutch
    r"|preis\b|\bmenge|\banzahl\b|satz\b|kosten\b|marge\b|deckungsbeitrag|\bgewinn\b|\bprovision\b"
    r"|\blimit\b|gewicht\b|\bstunden\b|\btage\b"
    r"|\bfracht|\bversand|\bporto\b|gebuhr(?:en)?\b|zins(?:en)?\b"
    r"|steuer\b|\bmwst\b|\bust\b|\bnetto\b|\bnr\b|\bjahr\b|\bmonat\b|\bwoche\b|kurs\b|\bplan\w*"
    r"|\bprijs\b|stuksprijs|\baantal\b"
    r"|\bhoeveelheid\b|commissie\b|provisie\b|limiet\b|\buren\b|\bdagen\b"
    r"|\bvracht|\bverzend\w*|\brente\b|\bbtw\b|\bjaar\b|\bmaand\b|\bweek\b"
    # French, Spanish, Italian, Portuguese
    r"|\bprix\b|\bpu\b|\bqte\b|\btaux\b|\bcouts?\b"
    r"|\bmarges?\b|\bplafond\b|\bpoids\b|\bheures?\b|\bjours?\b"
    r"|\bport\b|\btransport\b|\bfrais\b|\binterets?\b|\bht\b|\btva\b|\bannee\b|\bmois\b|\bsemaine\b"
    r"|\bprecios?\b|\bcantidad\b|\btasa\b|\btipo\b|\bcost[eio]s?\b|\bmargen\b|\bcomision(?:es)?\b"
    r"|\bpresupuesto\b|\blimite\b|\bpeso\b|\bhoras?\b|\bdias\b|\bflete\b|\benvio\b|\bgastos\b"
    r"|\bintereses\b|\bneto\b|\biva\b|\bano\b"
    r"|\bmes\b|\bsemana\b|\bprezz[oi]\b|\bquantita\b|\bmargine\b"
    r"|\bprovvigion[ei]\b|\bcommission[ei]\b|\bfido\b"
    r"|\bore\b|\bgiorni\b|\btrasporto\b|\bspedizione\b|\bspese\b"
    r"|\binteressi\b|\bimponibile\b|\banno\b|\bmese\b"
    r"|\baliquota\b|\bprecos?\b|\bquantidade\b|\bqtd\b|\bcustos?\b"
    r"|\bmargem\b|\bcomissao\b|\borcamento\b|\bfrete\b|\bjuros\b|\bliquido\b"
    # Japanese, Chinese
    r"|単価|数量|税率|原価|粗利|利益|予算|限度"
    r"|重量|時間|日数|送料|運賃|利息|税抜|消費税|年度|月分|週"
    r"|单价|成本|毛利|利润|佣金|提成|奖金|预算|额度"
    r"|限额|工时|天数|天$|运费|物流|滞纳金|违约金|税额|税金|税$"
    r"|不含税|未税|年份|月份|汇率|计划|目标|上年|上月"
    r"|期初|年初|面积|吨|件数|个数|比例|占比|率$|概率|排名|序号"
    r"|编号|编码|次数|级别|等级|评分|订单|合同|保险"
    r"|关税|人工|材料|包装|安装|服务费|加班|规格|型号|数$|承诺",
    re.IGNORECASE,
)
# Beside one of these even a contract's or an order's figure may be what is left of the invoice.
_TELLING: Final = re.compile(
    r"\bbalance\b|\boutstanding\b|\bopen\b"
    r"|\bunpaid\b|\bow(?:ed|ing)\b|\bremain\w*|\bpaid\b|\breceived\b"
    r"|\brest\b|\boffen\w*|\breste\b|余额|未收|已收|欠",
    re.IGNORECASE,
)
_ACCENTS: Final = re.compile(r"[\u0300-\u036f]")


@lru_cache(maxsize=4096)
def is_harmless(heading: str) -> bool:
    """Tell whether a heading is of figures on which nothing hangs that is owed."""
    line = simplified(unicodedata.normalize("NFKC", " ".join(heading.replace("_", " ").split())))
    line = _ACCENTS.sub("", unicodedata.normalize("NFD", line))
    line = in_full(unicodedata.normalize("NFC", line)).casefold()
    return bool(_HARMLESS.search(line)) and not _TELLING.search(line)
