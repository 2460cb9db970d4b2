"""Every call to the Sheets API: with a time limit, a count, and one bounded policy of retries."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from json import JSONDecodeError
from typing import Any, Final

from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import Request
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from requests import RequestException, Response, Session

from collector.errors import (
    GoogleApiOffError,
    GoogleKeyError,
    GoogleNotSharedError,
    GoogleRefusedError,
    GoogleServerError,
    GoogleUnsureError,
    WorkbookMissingError,
)
from collector.phrases import Phrase
from collector.sheets.google.account import Account

# Google ends a call of its own after three minutes; most answer within seconds.
TIMEOUT: Final = 60.0
# A quota is counted by the minute: the next one must have begun before we give up.
DEADLINE: Final = 150.0
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 32.0
_QUOTA: Final = 429
_SERVER: Final = 500


@dataclass(slots=True)
class Limits:
    """How long one answer and all tries of one call may take, in seconds, and how to wait."""

    timeout: float = TIMEOUT
    deadline: float = DEADLINE
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    jitter: Callable[[float, float], float] = field(default=random.uniform)


class LostError(Exception):
    """A call that may have been carried out: its answer did not come, or was none."""

    def __init__(self, what: str, wait: float = 0.0) -> None:
        super().__init__(what)
        self.what, self.wait = what, wait


class BoundedClient(HTTPClient):
    """gspread's client, in which nothing waits or repeats for ever.

    ``calls`` counts what was asked of the Sheets API, repeats included.
    """

    def __init__(self, account: Account, address: str, limits: Limits) -> None:
        # A session of our own: google-auth's also asks another host where the account may be used
        # from, in a thread of its own and with our token.
        super().__init__(account.credentials, Session())
        self.set_timeout((min(10.0, limits.timeout), limits.timeout))
        self._account, self._address, self._limits = account, address, limits
        self.calls = {"reads": 0, "writes": 0}

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:
        """Ask until there is an answer or the deadline has passed.

        Only what changes nothing is repeated here; LostError leaves it to ``update`` to find out
        what became of a change. Raises GoogleError.
        """
        tries = Tries(self._limits)
        while True:
            try:
                return self._once(method, endpoint, *args, **kwargs)
            except LostError as lost:
                if method != "get" and not isinstance(lost, _NotDoneError):
                    raise
                if not tries.again(lost.wait):
                    raise GoogleServerError(lost.what) from lost

    def update(self, key: str, body: Mapping[str, Any], *, done: Callable[[], bool]) -> None:
        """Send one batch update, once in effect.

        Where the answer is lost, ``done`` looks whether the update was carried out; it is sent
        again only when it was not. Raises GoogleUnsureError when nobody can tell.
        """
        tries = Tries(self._limits)
        while True:
            try:
                self.batch_update(key, body)
                return
            except LostError as lost:
                waited = tries.again(lost.wait)
                try:
                    if done():
                        return
                except GoogleServerError as error:
                    raise GoogleUnsureError(lost.what) from error
                if not waited:
                    raise GoogleUnsureError(lost.what) from lost

    # ── one try ──

    def _once(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:
        self.calls["reads" if method == "get" else "writes"] += 1
        try:
            self._log_in()
            response = super().request(method, endpoint, *args, **kwargs)
            response.json()
        except APIError as error:
            raise self._meant(error) from None
        except JSONDecodeError:
            raise LostError(Phrase("google_no_json")) from None
        except RefreshError as error:
            if error.retryable:
                raise _NotDoneError(Phrase("google_no_answer", what=_login(error))) from None
            raise GoogleKeyError(_login(error)) from None
        except GoogleAuthError as error:
            raise _NotDoneError(Phrase("google_no_answer", what=type(error).__name__)) from None
        except RequestException as error:
            # Its text holds the address with everything in it; the class says what happened.
            raise LostError(Phrase("google_no_answer", what=type(error).__name__)) from None
        return response

    def _log_in(self) -> None:
        """Have a token that is valid; a request without one is never sent."""
        credentials = self._account.credentials
        if not credentials.valid:
            request = partial(Request(self.session), timeout=self._limits.timeout)
            credentials.refresh(request)  # type: ignore[no-untyped-call]
            self.session.headers["Authorization"] = f"Bearer {credentials.token}"

    def _meant(self, error: APIError) -> Exception:
        """Return what an answer that is no success means."""
        status, said = error.response.status_code, _said(error)
        if status == _QUOTA:
            return _NotDoneError(Phrase("google_quota"), _retry_after(error.response))
        if status >= _SERVER:
            what = Phrase("google_no_answer", what=f"HTTP {status}")
            return LostError(what, _retry_after(error.response))
        if status == 404:
            return WorkbookMissingError(self._address)
        if status == 401:
            return GoogleKeyError(said)
        if status == 403 and ("SERVICE_DISABLED" in error.response.text or "disabled" in said):
            return GoogleApiOffError(_link(error.response.text))
        if status == 403:
            return GoogleNotSharedError(self._address, self._account.address)
        return GoogleRefusedError(said)


class Tries:
    """The waits between the tries of one call, until its deadline."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._until = limits, limits.clock() + limits.deadline
        self._longest = _FIRST_WAIT

    def again(self, asked: float) -> bool:
        """Wait before another try, as long as the server asked or longer each time.

        Returns False, at once, when there is no time for another.
        """
        wait = max(asked, self._limits.jitter(self._longest / 2, self._longest))
        self._longest = min(2 * self._longest, _LONGEST_WAIT)
        if self._limits.clock() + wait + self._limits.timeout / 4 > self._until:
            return False
        self._limits.sleep(wait)
        return True


class _NotDoneError(LostError):
    """A call that certainly was not carried out, and may be made again."""


def _said(error: APIError) -> str:
    text = str(error.error.get("message", "")).strip()
    return text if not text.startswith("<") else f"HTTP {error.response.status_code}"


def _login(error: RefreshError) -> str:
    """Return what the login server said, without what we had sent it."""
    said = error.args[0] if error.args and isinstance(error.args[0], str) else ""
    return said.strip() if said and not said.lstrip().startswith("<") else type(error).__name__


def _retry_after(response: Response) -> float:
    said = response.headers.get("Retry-After", "")
    return float(said) if said.isdigit() else 0.0


def _link(text: str) -> str:
    start = text.find("https://console.")
    end = min((at for at in (text.find(c, start) for c in ' "\\\n') if at > 0), default=len(text))
    return text[start:end] if start >= 0 else "https://console.cloud.google.com/apis/library"
