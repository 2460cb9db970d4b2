"""What well-known providers want when a login fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from collector.phrases import Phrase

# Ends of a server's name, the longer one first where one is the end of another.
_HINTS: Final[Mapping[str, str]] = {
    "gmail.com": "login_hint_gmail",
    "googlemail.com": "login_hint_gmail",
    "office365.com": "login_hint_microsoft",
    "outlook.com": "login_hint_microsoft",
    "exmail.qq.com": "login_hint_exmail",
    "qq.com": "login_hint_code",
    "163.com": "login_hint_code",
    "126.com": "login_hint_code",
    "yeah.net": "login_hint_code",
    "aliyun.com": "login_hint_aliyun",
    "mxhichina.com": "login_hint_aliyun",
}


def login_hint(host: str) -> Phrase:
    """Return what to do when a login at a host is refused."""
    ends = (key for end, key in _HINTS.items() if f".{host.lower()}".endswith(f".{end}"))
    return Phrase(next(ends, "login_hint_any"))
