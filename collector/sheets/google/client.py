"""Every call to the Sheets API: with a time limit, a count, and one bounded policy of retries."""

from __future__ import annotations

import os
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import partial
from json import JSONDecodeError
from typing import Any, Final

from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport.requests import Request
from gspread.http_client import HTTPClient
from requests import RequestException, Response, Session

from collector.errors import (
    GoogleApiOffError,
    GoogleKeyError,
    GoogleNotSharedError,
    GoogleReadOnlyError,
    GoogleRefusedError,
    GoogleScopeError,
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
# Took too long to arrive; another change was under way.
_LATER: Final = (408, 409)
# What Google says where it refuses a call only for now, whatever the status beside it.
_FOR_NOW: Final = ("RESOURCE_EXHAUSTED", "rateLimitExceeded", "userRateLimitExceeded")
_OFF: Final = ("SERVICE_DISABLED", "accessNotConfigured", "it is disabled")
_SCOPES: Final = ("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficient authentication scopes")
_DENIED: Final = "PERMISSION_DENIED"
# What a login server says: a code, and a sentence; nothing longer, which may hold what we sent.
_LOGIN_SAID = re.compile(r"[\w.-]+: [^\n<{]{1,200}")
_LONGEST_SAID: Final = 300
_LARGEST_ID: Final = 2**31 - 1


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
        # Python's own variable for a company's authority; those of requests go before it.
        self.session.verify = os.environ.get("SSL_CERT_FILE") or True
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

    def prove_editor(self, key: str) -> None:
        """Ask for the removal of a mark that nobody has, which only an editor may ask for.

        Raises GoogleReadOnlyError and any other GoogleError but a refusal of the request itself:
        then the account was let in.
        """
        lookup = {"metadataKey": "collector.nobody", "metadataId": random.randint(1, _LARGEST_ID)}
        gone = {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}}
        try:
            self.update(key, {"requests": [gone]}, done=lambda: False)
        except GoogleUnsureError as error:
            raise GoogleServerError(str(error.facts["what"])) from error
        except GoogleRefusedError as error:
            if isinstance(error, _ForbiddenError):
                raise

    # ── one try ──

    def _once(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:
        try:
            response = self._asked(method, endpoint, *args, **kwargs)
            if response.status_code == 401:  # withdrawn before its time, or by a clock that is off
                self._account.credentials.token = None
                response = self._asked(method, endpoint, *args, **kwargs)
            if response.ok and isinstance(response.json(), dict):
                return response
            if response.ok:
                raise LostError(Phrase("google_no_json"))
        except JSONDecodeError:
            raise LostError(Phrase("google_no_json")) from None
        except RefreshError as error:
            if error.retryable:
                raise _NotDoneError(Phrase("google_no_answer", what=_login(error))) from None
            raise GoogleKeyError(_login(error)) from None
        except GoogleAuthError as error:
            _refuse_certificate(error)
            raise _NotDoneError(Phrase("google_no_answer", what=type(error).__name__)) from None
        except RequestException as error:
            _refuse_certificate(error)
            # Its text holds the address with everything in it; the class says what happened.
            raise LostError(Phrase("google_no_answer", what=type(error).__name__)) from None
        raise self._meant(response, writing=method != "get")

    def _asked(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:
        """Ask once, and return the answer whatever it says."""
        self.calls["reads" if method == "get" else "writes"] += 1
        self._log_in()
        kwargs |= dict(zip(("params", "data", "json"), args, strict=False))
        return self.session.request(method, endpoint, timeout=self.timeout, **kwargs)

    def _log_in(self) -> None:
        """Have a token that is valid; a request without one is never sent."""
        credentials = self._account.credentials
        if not credentials.valid:
            request = partial(Request(self.session), timeout=self._limits.timeout)
            credentials.refresh(request)  # type: ignore[no-untyped-call]
            self.session.headers["Authorization"] = f"Bearer {credentials.token}"

    def _meant(self, response: Response, *, writing: bool) -> Exception:
        """Return what an answer that is no success means."""
        status, text, said = response.status_code, response.text, _said(response)
        if status == _QUOTA or (status == 403 and _any(_FOR_NOW, text)):
            return _NotDoneError(Phrase("google_quota"), _retry_after(response))
        if status >= _SERVER or status in _LATER:
            what = Phrase("google_no_answer", what=f"HTTP {status}")
            return LostError(what, _retry_after(response))
        if status == 404:
            return WorkbookMissingError(self._address)
        if status == 401:
            return GoogleKeyError(said)
        if status == 403:
            return self._forbidden(response, said, writing=writing)
        return GoogleRefusedError(said)

    def _forbidden(self, response: Response, said: str, *, writing: bool) -> Exception:
        text, error = response.text, _error(response)
        if _any(_OFF, text):
            return GoogleApiOffError(_link(text))
        if _any(_SCOPES, text):
            return GoogleScopeError()
        # Any other reason, such as an administrator's rule, is best told in Google's words.
        if error.get("status", _DENIED) != _DENIED or error.get("details") or not error:
            return _ForbiddenError(said)
        if writing:
            return GoogleReadOnlyError(self._address, self._account.address)
        return GoogleNotSharedError(self._address, self._account.address)


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


class _ForbiddenError(GoogleRefusedError):
    """A refusal for a reason of its own, such as an administrator's rule."""


def _error(response: Response) -> Mapping[str, Any]:
    """Return the error that an answer tells, empty where it is in no form of Google's."""
    try:
        found = response.json()["error"]
    except (ValueError, LookupError, TypeError):
        return {}
    return found if isinstance(found, dict) else {"message": str(found)}


def _said(response: Response) -> str:
    """Return Google's own words in an answer that is no success, as far as it has some."""
    text = " ".join(str(_error(response).get("message", "")).split())
    return text[:_LONGEST_SAID] or f"HTTP {response.status_code}"


def _refuse_certificate(error: Exception) -> None:
    """Raise GoogleServerError for a certificate nobody here trusts; waiting does not help there."""
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        raise GoogleServerError(Phrase("google_certificate")) from None


def _any(words: Iterable[str], text: str) -> bool:
    return any(word in text for word in words)


def _login(error: RefreshError) -> str:
    """Return what the login server said, without what we had sent it."""
    said = str(error.args[0]).strip() if error.args else ""
    return said if _LOGIN_SAID.fullmatch(said) else type(error).__name__


def _retry_after(response: Response) -> float:
    """Return how many seconds an answer asks to wait: it says so as a number or as a moment."""
    said = response.headers.get("Retry-After", "").strip()
    if said.isdigit():
        return float(said)
    # By the server's own clock, which every answer shows: ours may be off.
    moment, now = _moment(said), _moment(response.headers.get("Date", ""))
    return max(0.0, moment - now) if moment and now else 0.0


def _moment(said: str) -> float:
    """Return a moment of HTTP in seconds, 0 for what is none."""
    try:
        return parsedate_to_datetime(said).timestamp()
    except ValueError:
        return 0.0


def _link(text: str) -> str:
    start = text.find("https://console.")
    end = min((at for at in (text.find(c, start) for c in ' "\\\n') if at > 0), default=len(text))
    return text[start:end] if start >= 0 else "https://console.cloud.google.com/apis/library"
