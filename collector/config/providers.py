"""What well-known mail providers need; what the configuration says itself comes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

_GMAIL: Final[Mapping[str, Any]] = {
    "server": "smtp.gmail.com:465",
    "security": "tls",
    "pause": 1.0,
}

# `pause` keeps below what each takes a minute without holding mail back, `max_per_day` is where
# it would block the account; the others do not say where that is.
PRESETS: Final[Mapping[str, Mapping[str, Any]]] = {
    "gmail": {**_GMAIL, "max_per_day": 500},
    "workspace": {**_GMAIL, "max_per_day": 2000},
    "microsoft365": {
        "server": "smtp.office365.com:587",
        "security": "starttls",
        "pause": 2.0,
        "max_per_day": 10_000,
    },
    "qq": {"server": "smtp.qq.com:465", "security": "tls", "pause": 3.0},
    "163": {"server": "smtp.163.com:465", "security": "tls", "pause": 3.0},
    "exmail": {"server": "smtp.exmail.qq.com:465", "security": "tls", "pause": 1.0},
    "aliyun": {"server": "smtp.qiye.aliyun.com:465", "security": "tls", "pause": 1.0},
}

MAILBOXES: Final[Mapping[str, str]] = {
    "gmail": "imap.gmail.com:993",
    "workspace": "imap.gmail.com:993",
    "microsoft365": "outlook.office365.com:993",
    "qq": "imap.qq.com:993",
    "163": "imap.163.com:993",
    "exmail": "imap.exmail.qq.com:993",
    "aliyun": "imap.qiye.aliyun.com:993",
}

# Where an access token is had for a refresh token, and what for.
TOKENS: Final[Mapping[str, tuple[str, str]]] = {
    "gmail": ("https://oauth2.googleapis.com/token", ""),
    "workspace": ("https://oauth2.googleapis.com/token", ""),
    "microsoft365": (
        "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All "
        "offline_access",
    ),
}


def filled_in(mail: Mapping[Any, Any], empty: object) -> dict[Any, Any]:
    """Return a ``mail`` section with what its provider needs where it says nothing itself."""
    # `provider: 163` is a number to YAML.
    provider = str(mail.get("provider"))
    if provider not in PRESETS:
        return dict(mail)
    own = {key: value for key, value in mail.items() if value is not empty}
    own["provider"] = provider
    imap = own.get("imap")
    if isinstance(imap, dict):
        own["imap"] = {"server": MAILBOXES[provider], **imap}
    return {**PRESETS[provider], **own}
