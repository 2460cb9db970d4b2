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


# What the configuration calls them, also where mail goes through another server.
_NAMED: Final[Mapping[str, str]] = {
    "gmail": "login_hint_gmail",
    "workspace": "login_hint_gmail",
    "microsoft365": "login_hint_microsoft",
    "qq": "login_hint_code",
    "163": "login_hint_code",
    "exmail": "login_hint_exmail",
    "aliyun": "login_hint_aliyun",
}


def login_hint(host: str, provider: str = "") -> Phrase:
    """Return what to do when a login at a host, of a provider if one is named, is refused."""
    if provider in _NAMED:
        return Phrase(_NAMED[provider])
    ends = (key for end, key in _HINTS.items() if f".{host.lower()}".endswith(f".{end}"))
    return Phrase(next(ends, "login_hint_any"))
