"""Whose account the spreadsheet is opened with; nothing here shows a secret."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collector.errors import GoogleKeyError, SecretMissingError
from collector.phrases import Phrase

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

_SCOPES: Final = ["https://www.googleapis.com/auth/spreadsheets"]
# Where Google's own libraries look for a key, too.
_VARIABLE: Final = "GOOGLE_APPLICATION_CREDENTIALS"


@dataclass(frozen=True, slots=True)
class Account:
    """Credentials, and the address that a sheet is shared with ('' where it is not known)."""

    credentials: Credentials
    address: str


def open_account(secret: str | None) -> Account:
    """Return the account of a key: a service account's or an authorised user's JSON.

    None takes the file that GOOGLE_APPLICATION_CREDENTIALS names.
    Raises SecretMissingError, and GoogleKeyError for what is no such key.
    """
    secret = secret or _from_environment()
    try:
        key = json.loads(secret)
    except ValueError:
        raise GoogleKeyError(Phrase("google_key_no_json")) from None
    kind = key.get("type") if isinstance(key, dict) else None
    if kind not in ("service_account", "authorized_user"):
        raise GoogleKeyError(Phrase("google_key_kind"))
    try:
        return _service(key) if kind == "service_account" else _user(key)
    except ValueError:  # says what is wrong with the key, and may quote it
        raise GoogleKeyError(Phrase("google_key_malformed")) from None


def _service(key: dict[str, str]) -> Account:
    from google.oauth2.service_account import Credentials

    found = Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
        key, scopes=_SCOPES
    )
    return Account(found, str(found.service_account_email))


def _user(key: dict[str, str]) -> Account:
    from google.oauth2.credentials import Credentials

    found = Credentials.from_authorized_user_info(  # type: ignore[no-untyped-call]
        key, scopes=_SCOPES
    )
    if key.get("token_uri"):  # which the library leaves out
        found._token_uri = key["token_uri"]
    return Account(found, "")


def _from_environment() -> str:
    path = os.environ.get(_VARIABLE, "")
    try:
        return Path(path).read_text(encoding="utf-8-sig") if path else _missing("")
    except (OSError, UnicodeDecodeError):
        return _missing(path)


def _missing(path: str) -> str:
    raise SecretMissingError("google.credentials", path or f"env:{_VARIABLE}")
