"""What a reference in the configuration points to; nothing here shows a secret."""

from __future__ import annotations

import os
from pathlib import Path

from collector.errors import SecretMissingError


def resolve_secret(reference: str, *, key: str, folder: Path, user: str | None = None) -> str:
    """Return the secret that ``env:NAME``, ``keyring:SERVICE`` or ``file:PATH`` points to.

    ``file:`` paths are relative to ``folder``; ``user`` says whose entry of the keyring.
    Raises SecretMissingError, naming ``key``, when it is missing, unreadable or empty.
    """
    kind, _, name = reference.partition(":")
    match kind:
        case "env":
            secret = os.environ.get(name, "")
        case "file":
            secret = _from_file(folder / Path(name).expanduser())
        case "keyring":
            secret = _from_keyring(name, user)
        case _:
            secret = ""
    secret = secret.rstrip("\r\n")
    if not secret:
        raise SecretMissingError(key, reference)
    return secret


def _from_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ""


def _from_keyring(service: str, user: str | None) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        found = keyring.get_credential(service, user)
    except KeyringError:
        return ""
    return found.password if found else ""
