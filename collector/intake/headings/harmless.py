"""Headings whose flags, words or days plainly say nothing of whether an invoice is to be asked for.

Whatever is not listed here may: a question too many is answered once, a reminder too many is not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from collector.intake.headings.folding import fold
from collector.intake.headings.lessening import plain
from collector.intake.headings.states import state_of

# ``none``: any word below may mean what it says; ``other``: they are of an order, a project or the
# like, which may well be closed while its invoice is owed; ``idle``: they say nothing.
Words: TypeAlias = Literal["none", "other", "idle"]

_FLAGS: Final = re.compile(
    r"\bprint\w*|\bvip\b|\btax\w*|\bvat\b|\bgst\b|\bmwst\b|\btva\b|\biva\b|\bpost(?:ed)?\b"
    r"|\bexport\w*|\bimport\w*|\brecurring\b|\bsubscription\b|\bship\w*|\bdeliver\w*|\bdispatch\w*"
    r"|\bcompany\b|\bcorporate\b|\bindividual\b|\bprivate\b|\bperson\w*|\bgender\b|\bsex\b|\bage\b"
    r"|\b(?:new|existing|key|repeat|active|domestic|foreign|overseas) (?:customer|client|account)\b"
    r"|\bdomestic\b|\bforeign\b|\boverseas\b|\binternational\b|\beu\b|\bincoterms?\b"
    r"|\binsur(?:ed|ance)\b|\be-?invoic\w*|\bportal\b|\bupload\w*|\bpdf\b|\battach\w*|\bscan\w*"
    r"|\boriginals?\b|\bcop(?:y|ies)\b|\bsigned\b|\bsignature\b|\bcontract\b|\bpo\b"
    r"|\breverse charge\b|\bapprov\w*|\bcheck(?:ed)?\b|\breview\w*|\bverif\w*|\bconfirm\w*"
    r"|\baudit\w*|\bauthori[sz]\w*|\bsent\b|\bmailed\b|\be-?mailed\b|\bviewed\b|\bread\b|\bseen\b"
    r"|\baccepted\b|\backnowledg\w*|\breminded\b|\breminders? (?:sent|\d)\b|\bcalled\b"
    r"|\bcontacted\b|\bletters?\b|\bstatements?\b|\bnotified\b|\boverdue\b|\bpast due\b|\blate\b"
    r"|\bpriority\b|\burgent\b|\bimportant\b|\brisk\w*|\bstock\b|\bwarranty\b|\bsamples?\b"
    r"|\bdiscounts?\b|\bcommissions?\b|\bsync\w*|\bbooked\b|\bjournal\b|\bconsolidat\w*"
    r"|\bvisible\b|\bselected?\b|\bfavou?rite\b|\bstarred\b|\bcredit (?:check|insur)\w*"
    r"|\bqty\b|\bquantity\b|\bcount\b|\bnumber\b|\bno\b|\bnr\b|\blevels?\b|\bstage\b|\bversion\b"
    r"|\brevision\b|\bdays?\b|\bmonths?\b|\byears?\b|\bweeks?\b|\bperiod\b|\brates?\b|\bpercent\b"
    r"|\bunits?\b|\bpieces?\b|\blines?\b|\bitems?\b|\bscore\b|\brank\w*|\bmahnstufe\b|%|#"
    r"|\bgedruckt\b|\bversendet\b|\bversandt\b|\bgeliefert\b|\bgebucht\b|\bexportiert\b|\bprivat\w*"
    r"|\bfirma\b|\bgeschlecht\b|\bsteuer\w*|\bgepruft\b|\bfreigegeben\b|\bgenehmigt\b|\bmahnstufe\b"
    r"|\banzahl\b|\bmenge\b|\bausland\b|\binland\b|\buberfallig\b"
    r"|\bimprimee?\b|\benvoyee?\b|\blivree?\b|\bexpediee?\b|\bcomptabilisee?\b|\bexportee?\b"
    r"|\bsexe\b|\bentreprise\b|\bsociete\b|\bvalidee?\b|\bapprouvee?\b|\bquantite\b|\ben retard\b"
    r"|\bimpres[oa]\b|\benviad[oa]\b|\bentregad[oa]\b|\bcontabilizad[oa]\b|\bexportad[oa]\b"
    r"|\bsexo\b|\bempresa\b|\baprobad[oa]\b|\bcantidad\b|\bvencid[oa]\b"
    r"|\bstampat[oa]\b|\binviat[oa]\b|\bspedit[oa]\b|\bconsegnat[oa]\b|\bregistrat[oa]\b"
    r"|\bazienda\b|\bsesso\b|\bapprovat[oa]\b|\bscadut[oa]\b|\bgeprint\b|\bverzonden\b"
    r"|\bgeleverd\b|\bgeboekt\b|\bimpress[oa]\b|\bemitid[oa]\b|\bentregue\b"
    r"|打印|含税|专票|普票|开票|發票|发票|发货|出货|交货|送达|送货|签收|寄出|邮寄|快递|盖章|合同|协议|审核|审批|复核"
    r"|确认|登记|记账|凭证|过账|导出|上传|会员|重点|大客户|新客户|老客户|内部|关联|外销|内销|出口|国内|海外|逾期|超期"
    r"|提醒|通知|已催|催款|催收次数|对账单|扫描|附件|原件|性别|公司|个人|企业|授权|担保|抵押|保险|质保|运费|加急|库存"
    r"|长期|续签|佣金|提成|数量|次数|天数|月数|期数|等级|级别|版本|序号|印刷|送付|発送|出荷|納品|性別|法人|数|税",
)
# What these are the state of may be closed, done or gone while its invoice is owed.
_ELSEWHERE: Final = re.compile(
    r"\bdeliver\w*|\bship\w*|\bdispatch\w*|\bfulfil\w*|\border|\bproject|\bcontract|\bapprov\w*"
    r"|\bcredit\b|\bitem\b|\bproducts?\b|\bgoods\b|\bproduction\b|\btask|\bticket|\bjob\b|\bwork\b"
    r"|\binstall\w*|\bkyc\b|\bonboarding\b|\bcrm\b|\bdeal\b|\blead\b|\bopportunity\b|\bservice\b"
    r"|\bsubscription\b|\blogistics?\b|\bauftrag|\bliefer|\bprojekt|\bvertrag|\bcommande\b"
    r"|\blivraison\b|\bprojet\b|\bcontrat\b|\bpedido\b|\bentrega\b|\bproyecto\b|\bordine\b"
    r"|\bconsegna\b|\bencomenda\b|\bbestelling\b|\blevering\b"
    r"|物流|发货|交货|合同|项目|审批|审核|商品|货物|订单|工单|生产|安装|验收|施工|进度|受注|出荷|納品|案件",
)
_IDLE: Final = re.compile(
    r"\bterms?\b|\bmethods?\b|\bmodes?\b|\bfreight\b|\bincoterms?\b|\bcommissions?\b|\btax\w*"
    r"|\bvat\b|\bgst\b|\bsalar\w*|\bcosts?\b|\bbanks?\b|\bpayers?\b|\bvendors?\b|\bsuppliers?\b"
    r"|\bportal\b|\be-?mails?\b|\breminders?\b|\bprint\w*|\bname\b|\bcontact\b|\bperson\b|\bphone\b"
    r"|\baddress\b|\bcity\b|\bcountry\b|\bregion\b|\bproduct\b|\bdescription\b|\binsurance\b"
    r"|\bchannel\b|\baccount (?:type|group|class)\b|\bindustry\b|\bstreet\b"
    r"|\bzahlungs(?:art|weise|bedingung\w*)|\bkonditionen\b|\bmode de|\bforma de|\bmetodo"
    r"|\bmodalita"
    r"|条件|方式|条款|佣金|提成|税|银行|运费|付款人|供应商|邮箱|地址|姓名|联系|电话|城市|产品|品名|规格|渠道|行业|支払方法",
)
_DAYS: Final = re.compile(
    r"\bship\w*|\bdeliver\w*|\bdispatch\w*|\bdespatch\w*|\bcreat\w*|\bmodif\w*|\bupdat\w*|\bchang\w*"
    r"|\bedited\b|\bentered\b|\bentry\b|\bposting\b|\bposted\b|\bpost\b|\bprint\w*|\bsent\b"
    r"|\bmailed\b|\be-?mail\w*|\bissued?\b|\binvoice\b|\binvoiced\b|\bbill(?:ed|ing)?\b"
    r"|\bdocument\b|\bperiod\b|\bstatements?\b|\breminders?\b|\breminded\b|\bchased\b|\bdunn\w*"
    r"|\bcontact(?:ed)?\b|\bfollow.?ups?\b|\bcall(?:ed)?\b|\bvisit\w*|\breview\w*|\baudit\w*"
    r"|\bapprov\w*|\bas (?:of|at)\b|\breport\w*|\bextract\w*|\btoday\b|\brun\b|\bsnapshot\b"
    r"|\bbirth\w*|\bregist\w*|\bregister\w*|\bservice\b|\bcontract\b|\bproject\b|\border\w*|\bpo\b"
    r"|\bstart\w*|\bbegin\w*|\bend\b|\bcomplet\w*|\bexpir\w*|\bvalid\w*|\bwarranty\b|\brenew\w*"
    r"|\bdiscounts?\b|\bdisc\b|\bearly\b|\bbaseline\b|\bvalue date\b|\baccept\w*|\bgrn\b|\bgoods\b"
    r"|\bcustomer since\b|\bsince\b|\bonboard\w*|\bsigned\b|\bdispute\w*|\bescalat\w*|\bactions?\b"
    r"|\bactivity\b|\bnotices?\b|\bdemands?\b|\bcut-?off\b|\bclaims?\b|\bfiling\b|\bnotes?\b|\bcomments?\b|\btimestamp\b|\btime\b|\bsync\w*|\bimport\w*"
    r"|\bexport\w*|\bupload\w*|\btax\w*|\bvat\b|\bmonth\b|\bquarter\b|\bweek\b|\byear\b"
    r"|\blast\b(?! (?:pay|pmt|receipt|settle|collect|day|date))|\bletters?\b|\blegal\b"
    r"|\beta\b(?! (?:pay|pmt))|\betd\b|\barriv\w*|\bdepart\w*|\binstall\w*"
    r"|\bskonto\w*|\bliefer\w*|\bleistung\w*|\bversand\w*|\berstell\w*|\bgeandert\b|\berfass\w*"
    r"|\bbuchung\w*|\bbeleg\w*|\brechnung\w*|\bmahnung\b|\bmahndatum\b|\bgemahnt\b|\bdruck\w*"
    r"|\bauftrag\w*|\bvertrag\w*|\bletzte\w*|\bkontakt\w*|\bstand\b|\bgeburt\w*"
    r"|\bcree\w*|\bcreation\b|\bsaisie\b|\blivraison\b|\benvoi\b|\brelance\b|\bmise a jour\b"
    r"|\bmodification\b|\bcomptable\b|\bescompte\b|\bcommande\b|\bfacture\b"
    r"|\bcontrat\b|\bderni\w*|\bcreacion\b|\bregistro\b|\bentrega\b|\benvio\b|\baviso\b|\bcontable\b"
    r"|\bpedido\b|\bfactura\b|\bultim[oa]\b|\bmodificacion\b|\bcontrato\b"
    r"|\bregistrazione\b|\bconsegna\b|\bspedizione\b|\bsollecito\b|\bordine\b"
    r"|\bfattura\b|\bmodifica\b|\bboekdatum\b|\blever\w*|\bfactuur\w*"
    r"|\bemissao\b"
    r"|发货|出货|交货|送货|送达|签收|出库|入库|到货|创建|新增|修改|更新|变更日|录入|登记|记账|入账|过账|制单|凭证|打印|寄"
    r"|发送|开票|开立|開立|发票|单据|业务|对账|审核|审批|复核|验收|合同|签订|签约|项目|订单|下单|开工|完工|竣工|开始|起始"
    r"|结束|截止|有效期|失效|质保|服务|生效|出生|注册|建档|催[收款]|提醒|通知|联系|跟进|回访|拜访|沟通|折扣|报表|统计"
    r"|快照|年度|月份|季度|期间|账期|沟通|维护|安装|发生|受注|出荷|納品|発行|請求日|登録|更新|作成|売上|締",
)
# Of goods and works, and of invoices to come, a day that is still expected says nothing either.
_GOODS: Final = re.compile(
    r"\bship\w*|\bdeliver\w*|\bdispatch\w*|\bgoods\b|\barriv\w*|\bproduction\b|\binstall\w*"
    r"|\bcomplet\w*|\bproject\b|\brenew\w*|\bcontract\b|\border\b|\bservice\b|\bmeeting\b"
    r"|\bnext (?:invoice|bill\w*|statement|visit|review|audit)\b|\bliefer\w*|\blivraison\b"
    r"|\bentrega\b|\bconsegna\b|\blevering\b"
    r"|发货|交货|送货|到货|出货|完工|竣工|生产|开票|续签|验收|納品|出荷"
)
# Somebody's next step waits for that day, whatever it is.
_NEXT: Final = re.compile(
    r"\bnext\b|\bnachste\w*|\bprochaine?\b|\bproxim[oa]\b|\bprossim[oa]\b|\bagain\b|下次|下一次|次回"
    r"|\bnew\b|\brevised\b|\bextend\w*|\bexpect\w*|\bpromis\w*|\bpostpon\w*|\bresched\w*|\bagreed\b"
    r"|\bneue?s?\b|\bnouvel\w*|\bnuev[oa]\b|\bnuov[oa]\b|\bprevist[oa]\b|\bprevue?\b|\bvoraus\w*"
    r"|预计|预期|计划|展期|延期|[调調]整[后後]|暂不|暫不|新的?到期|承诺|答应|预定|予定|約束|見込"
)
_TWO_CODES: Final = re.compile(
    r"(?:p|pd|c|cl|s)\s*/\s*(?:u|up|un|np|o|op)|(?:u|up|un|np|o|op)\s*/\s*(?:p|pd|c|cl|s)"
)
_OF_CUSTOMERS: Final = frozenset({"party", "mail", "bounced", "reaches"})


@lru_cache(maxsize=4096)
def flags_say_nothing(heading: str) -> bool:
    """Tell whether yes and no under a heading are plainly of no concern: ``Printed``, ``VIP``."""
    # What flags say of customers and of addresses is heeded elsewhere.
    return bool(_FLAGS.search(_line(heading))) or state_of(heading) in _OF_CUSTOMERS


@lru_cache(maxsize=4096)
def words_of(heading: str) -> Words:
    """Return what words like paid, closed, cancelled below a heading are the state of."""
    line = _line(heading)
    if _IDLE.search(line) or state_of(heading) in _OF_CUSTOMERS:
        return "idle"
    return "other" if _ELSEWHERE.search(line) else "none"


@lru_cache(maxsize=4096)
def days_say_nothing(heading: str) -> bool:
    """Tell whether days under a heading are plainly past steps: shipped, entered, contacted."""
    line = _line(heading)
    if _GOODS.search(line):
        return True
    return bool(_DAYS.search(line)) and not _NEXT.search(line)


@lru_cache(maxsize=4096)
def names_two_codes(heading: str) -> bool:
    """Tell whether a heading names two codes, one of paid and one of open: ``P/U``, ``O / C``."""
    return bool(_TWO_CODES.fullmatch(heading.strip().casefold()))


def _line(heading: str) -> str:
    """Return a heading in small letters with its words apart, in simplified characters too."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return f"{plain(words)} {fold(heading)}" if not heading.isascii() else plain(words)
