"""Our own tabs, the outbox and the contact log: their names and headings in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# What stands above each column, in the order we give them.
OUTBOX_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "customer": {"en": "Customer", "zh": "客户"},
    "to": {"en": "To", "zh": "收件人"},
    "cc": {"en": "Cc", "zh": "抄送"},
    "subject": {"en": "Subject", "zh": "主题"},
    "step": {"en": "Step", "zh": "步骤"},
    "total": {"en": "Total", "zh": "合计"},
    "invoices": {"en": "Invoices", "zh": "发票"},
    "why_now": {"en": "Why now", "zh": "原因"},
    "approve": {"en": "Approve?", "zh": "批准?"},
    "state": {"en": "State", "zh": "状态"},
    "key": {"en": "Key", "zh": "键"},
    "preview": {"en": "Preview", "zh": "预览"},
}
LOG_HEADINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "date": {"en": "Date", "zh": "日期"},
    "customer": {"en": "Customer", "zh": "客户"},
    "channel": {"en": "Channel", "zh": "渠道"},
    "what": {"en": "What", "zh": "内容"},
    "invoices": {"en": "Invoices", "zh": "发票"},
    "amount": {"en": "Amount", "zh": "金额"},
    "result": {"en": "Result", "zh": "结果"},
    "by": {"en": "By", "zh": "经办人"},
    "key": {"en": "Key", "zh": "键"},
}
OUR_TABS: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "outbox": OUTBOX_HEADINGS,
    "log": LOG_HEADINGS,
}
# What we call them; the team's own use of the name comes first.
OUR_TAB_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "outbox": {"en": "Outbox", "zh": "待发"},
    "log": {"en": "Contact log", "zh": "催收记录"},
    "customers": {"en": "Customers", "zh": "客户"},
}
# What the column Approve? offers; other ticks are understood too.
TICKS: Final[Mapping[str, tuple[str, str]]] = {"en": ("yes", "no"), "zh": ("是", "否")}
