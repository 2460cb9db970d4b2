"""Access tokens for logging in without a password (XOAUTH2): from a command or a refresh token."""

from __future__ import annotations

import json
import shlex
import subprocess
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from collector.errors import MailLoginError
from collector.phrases import Phrase

MOST: Final = 1 << 20
SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Tokens:
    """Where to have an access token: a ``command`` that prints one, or a refresh token.

    ``server`` and ``user`` are only for saying whose login failed.
    """

    server: str
    user: str
    timeout: float
    command: str = ""
    url: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    scope: str = ""

    def fetch(self) -> str:
        """Return an access token; raises MailLoginError."""
        token = self._printed() if self.command else self._refreshed()
        if not token or not token.isascii() or any(letter.isspace() for letter in token):
            raise self._failed("token_none")
        return token

    def _printed(self) -> str:
        try:
            done = subprocess.run(
                shlex.split(self.command),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=max(self.timeout, 1),
                check=True,
            )
        except subprocess.TimeoutExpired as exc:
            raise self._failed("token_command", what=f"{exc.timeout:g} s") from exc
        except subprocess.CalledProcessError as exc:
            # What it printed may hold a secret; how it ended does not.
            raise self._failed("token_command", what=exc.returncode) from exc
        except (OSError, ValueError) as exc:
            what = getattr(exc, "strerror", None) or str(exc)
            raise self._failed("token_command", what=what) from exc
        return done.stdout.decode("utf-8", "replace").strip()

    def _refreshed(self) -> str:
        wanted = {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
            "scope": self.scope,
        }
        form = urlencode({name: value for name, value in wanted.items() if value})
        request = Request(self.url, form.encode("ascii"))
        try:
            with urlopen(request, timeout=self.timeout) as response:
                return str(_object(response.read(MOST)).get("access_token", ""))
        except HTTPError as exc:
            said = _object(exc.read(MOST)).get("error", "")
            what = f"{exc.code} {said}".strip()[:SHOWN]
            raise self._failed("token_refused", url=self.url, what=what) from exc
        except (URLError, OSError, ValueError) as exc:
            what = str(getattr(exc, "reason", exc))
            raise self._failed("token_refused", url=self.url, what=what) from exc

    def _failed(self, phrase: str, **facts: object) -> MailLoginError:
        return MailLoginError(self.server, self.user, Phrase(phrase, **facts))


def _object(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
