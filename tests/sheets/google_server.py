"""A stand-in for the Google Sheets API on loopback, an HTTPS proxy that answers in its place."""

from __future__ import annotations

import base64
import gzip
import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from tests.sheets.google_grid import (
    RefusedError,
    Spreadsheet,
    entered,
    letters,
    name_of,
    ranged,
    typed,
    values_of,
)
from tests.sheets.google_schema import faults, mask, mask_faults, masked, query_faults

API, LOGIN = "sheets.googleapis.com", "oauth2.googleapis.com"
ACCOUNT = "collector@receivables.iam.gserviceaccount.com"
KEY = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms"
ADDRESS = f"https://docs.google.com/spreadsheets/d/{KEY}/edit#gid=0"
TOKEN = "ya29.a-token-nobody-may-see"
REFRESH_TOKEN = "1//a-refresh-token-nobody-may-see"
SPREADSHEETS = "https://www.googleapis.com/auth/spreadsheets"

_PATH = re.compile(
    r"/v4/spreadsheets/([\w-]+)(:batchUpdate|/values:batchGet|/values/(.+?)(:clear)?)?"
)
_HTML = b"<!DOCTYPE html><html><title>Error 502 (Server Error)!!1</title></html>"
FAULTS = (
    "429", "503", "503 after", "html 502", "html 502 after", "cut", "cut after", "slow",
    "slow after", "half an answer after",
)  # fmt: skip


@dataclass(frozen=True)
class Call:
    """One call as the server saw it: how many bytes went in and out, before compression."""

    method: str
    what: str
    bytes_in: int
    bytes_out: int
    status: int

    @property
    def is_read(self) -> bool:
        return self.method == "GET"


@dataclass
class GoogleServer:
    """Spreadsheets by key, and what happens to calls about them.

    ``fault`` is asked for every call of the API, by its number from 0, what goes wrong with it;
    ``before`` is what people do just before it is carried out. ``retell`` puts an answer into
    other words that mean the same. ``unsound`` collects what the discovery document does not
    allow, whoever sent it. ``scopes`` are those asked for at login.
    """

    books: dict[str, Spreadsheet] = field(default_factory=dict)
    fault: Callable[[int], str] = lambda number: ""
    before: Callable[[int], None] = lambda number: None
    refusal: tuple[int, Mapping[str, Any]] | None = None
    login_refusal: Mapping[str, str] | None = None
    retell: Callable[[Any], Any] = lambda answer: answer
    slowness: float = 1.5
    retry_after: str = ""
    calls: list[Call] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    scopes: set[str] = field(default_factory=set)
    port: int = 0
    folder: Path = Path()

    @property
    def reads(self) -> int:
        return sum(call.is_read for call in self.calls)

    @property
    def writes(self) -> int:
        return len(self.calls) - self.reads

    @property
    def book(self) -> Spreadsheet:
        return self.books[KEY]

    def environment(self) -> dict[str, str]:
        """Return the variables that send a process's calls here, certificate included."""
        proxy = f"http://127.0.0.1:{self.port}"
        ca = str(self.folder / "google-ca.pem")
        return {"HTTPS_PROXY": proxy, "https_proxy": proxy, "REQUESTS_CA_BUNDLE": ca,
                "NO_PROXY": "", "no_proxy": ""}  # fmt: skip

    def service_account(self) -> dict[str, str]:
        """Return a service account's key, as Google gives it out."""
        return {
            "type": "service_account", "project_id": "receivables", "private_key_id": "k1",
            "private_key": _private_key(), "client_email": ACCOUNT, "client_id": "1",
            "token_uri": f"https://{LOGIN}/token",
        }  # fmt: skip

    def authorised_user(self) -> dict[str, str]:
        """Return an authorised user's file, as Google's tools write it."""
        return {
            "type": "authorized_user", "client_id": "1.apps.googleusercontent.com",
            "client_secret": "a-client-secret-nobody-may-see", "refresh_token": REFRESH_TOKEN,
        }  # fmt: skip

    # ── answering ──

    def login(self, form: Mapping[str, list[str]]) -> tuple[int, Mapping[str, Any]]:
        if self.login_refusal:
            return 400, self.login_refusal
        if "assertion" in form:
            claims = form["assertion"][0].split(".")[1]
            claims += "=" * (-len(claims) % 4)
            self.scopes.update(json.loads(base64.urlsafe_b64decode(claims))["scope"].split())
        elif form.get("refresh_token") == [REFRESH_TOKEN]:
            self.scopes.update(form.get("scope", [SPREADSHEETS])[0].split())
        else:
            return 400, {"error": "invalid_grant", "error_description": "Bad Request"}
        return 200, {"access_token": TOKEN, "expires_in": 3599, "token_type": "Bearer"}

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, Mapping[str, Any]]:
        """Answer one call; what is unsound in it or in the answer is kept in ``unsound``."""
        address = urlsplit(target)
        query = parse_qs(address.query, keep_blank_values=True)
        match = _PATH.fullmatch(address.path)
        if match is None:
            return _error(404, "Requested entity was not found.", "NOT_FOUND")
        if self.refusal:
            return self.refusal
        book = self.books.get(match[1])
        if book is None:
            return _error(404, "Requested entity was not found.", "NOT_FOUND")
        name, request, response, act = self._method(method, match, query)
        sent = json.loads(body) if body else {}
        wrong = query_faults(name, query) + (faults(request, sent) if request else [])
        if request is None and body:
            wrong.append(f"{name} takes no body")
        if wrong:
            self.unsound += wrong
            return _error(400, f"Invalid JSON payload received. {wrong[0]}", "INVALID_ARGUMENT")
        try:
            found = act(book, query, sent)
        except RefusedError as error:
            return _error(400, str(error), "INVALID_ARGUMENT")
        if "fields" in query:
            tree = mask(query["fields"][0])
            self.unsound += mask_faults(response, tree)
            found = masked(found, tree)
        found = self.retell(found)
        if len(book.sheets[0].rows) < 5000:
            self.unsound += faults(response, found)
        return 200, found

    def _method(
        self, method: str, match: re.Match[str], query: Mapping[str, list[str]]
    ) -> tuple[str, str | None, str, Callable[..., Mapping[str, Any]]]:
        if match[2] is None:
            return "spreadsheets.get", None, "Spreadsheet", _get
        if match[2] == ":batchUpdate":
            return (
                "spreadsheets.batchUpdate", "BatchUpdateSpreadsheetRequest",
                "BatchUpdateSpreadsheetResponse", _batch_update,
            )  # fmt: skip
        if match[2] == "/values:batchGet":
            return "spreadsheets.values.batchGet", None, "BatchGetValuesResponse", _batch_get
        place = unquote(match[3])
        if match[4]:
            return (
                "spreadsheets.values.clear", "ClearValuesRequest", "ClearValuesResponse",
                lambda book, query, sent: _clear_values(book, place),
            )  # fmt: skip
        if method == "GET":
            return (
                "spreadsheets.values.get", None, "ValueRange",
                lambda book, query, sent: _value_range(book, query, place),
            )  # fmt: skip
        return (
            "spreadsheets.values.update", "ValueRange", "UpdateValuesResponse",
            lambda book, query, sent: _update_values(book, query, place, sent),
        )  # fmt: skip


def _error(code: int, message: str, status: str, **more: Any) -> tuple[int, Mapping[str, Any]]:
    return code, {"error": {"code": code, "message": message, "status": status, **more}}


NOT_SHARED = _error(403, "The caller does not have permission", "PERMISSION_DENIED")
_CONSOLE = (
    "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=42"
)
API_OFF = _error(
    403,
    "Google Sheets API has not been used in project 42 before or it is disabled. Enable it by "
    f"visiting {_CONSOLE} then retry.",
    "PERMISSION_DENIED",
    details=[{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED"}],
)
OFFICE_FILE = _error(
    400, "This operation is not supported for this document", "FAILED_PRECONDITION"
)


def _get(book: Spreadsheet, query: Mapping[str, list[str]], sent: object) -> Mapping[str, Any]:
    found = book.resource()
    wanted = mask(query["fields"][0]) if "fields" in query else {}
    if "data" in wanted.get("sheets", {}) or query.get("includeGridData") == ["true"]:
        for tab, sheet in zip(found["sheets"], book.sheets, strict=True):
            tab["data"] = book.data(sheet)
    return found


def _batch_get(
    book: Spreadsheet, query: Mapping[str, list[str]], sent: object
) -> Mapping[str, Any]:
    parts = [_value_range(book, query, place) for place in query.get("ranges", [])]
    return {"spreadsheetId": book.key, "valueRanges": parts}


def _value_range(
    book: Spreadsheet, query: Mapping[str, list[str]], place: str
) -> Mapping[str, Any]:
    sheet, rows, columns = ranged(book, place)
    plain = query.get("valueRenderOption", ["FORMATTED_VALUE"]) == ["UNFORMATTED_VALUE"]
    found = [*values_of(sheet, rows, columns, formatted=not plain)]
    across = query.get("majorDimension", ["ROWS"]) == ["COLUMNS"]
    if across:
        found = [[*column] for column in zip_longest(*found, fillvalue="")]
    dimension = "COLUMNS" if across else "ROWS"
    about = {"range": name_of(sheet, rows, columns), "majorDimension": dimension}
    return about | ({"values": found} if found else {})


def _update_values(
    book: Spreadsheet, query: Mapping[str, list[str]], place: str, sent: Mapping[str, Any]
) -> Mapping[str, Any]:
    sheet, rows, columns = ranged(book, place)
    as_typed = query.get("valueInputOption") == ["USER_ENTERED"]
    wide = max(map(len, sent["values"]))
    touched: set[tuple[int, int]] = set()
    for row, cells in enumerate(sent["values"], rows.start):
        for column, value in enumerate(cells, columns.start):
            if value is None:  # which leaves the cell as it is
                continue
            touched.add((row, column))
            held = entered(value) if as_typed else value
            sheet.put(row, column, typed(None if held == "" else held))
    down = range(rows.start, rows.start + len(sent["values"]))
    written = name_of(sheet, down, range(columns.start, columns.start + wide))
    return {
        "spreadsheetId": book.key, "updatedRange": written,
        "updatedRows": len({row for row, _ in touched}),
        "updatedColumns": len({at for _, at in touched}), "updatedCells": len(touched),
    }  # fmt: skip


def _clear_values(book: Spreadsheet, place: str) -> Mapping[str, Any]:
    sheet, rows, columns = ranged(book, place)
    for row in rows[: len(sheet.rows)]:
        for column in columns[: len(sheet.rows[row])]:
            sheet.put(row, column, sheet.cell(row, column)._replace(value=None))
    return {"spreadsheetId": book.key, "clearedRange": name_of(sheet, rows, columns)}


def _batch_update(
    book: Spreadsheet, query: Mapping[str, list[str]], sent: Mapping[str, Any]
) -> Mapping[str, Any]:
    return {"spreadsheetId": book.key, "replies": book.apply(sent["requests"])}


# ── the wire ─────────────────────────────────────────────────────────────────────────────────


@contextmanager
def google_server(folder: Path) -> Iterator[GoogleServer]:
    """Run the stand-in on a free port of loopback."""
    google = GoogleServer(books={KEY: Spreadsheet(KEY)}, folder=folder)
    context = _certified(folder)
    handler = type("Handler", (_Handler,), {"google": google, "context": context})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    google.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield google
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    google: GoogleServer
    context: ssl.SSLContext
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    host = ""
    lock = threading.Lock()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_CONNECT(self) -> None:
        """Take the part of the host that is asked for."""
        self.host = self.path.partition(":")[0]
        self.send_response(200, "Connection established")
        self.end_headers()
        try:
            self.connection = self.context.wrap_socket(self.connection, server_side=True)
        except (ssl.SSLError, OSError):
            self.close_connection = True
            return
        self.rfile = self.connection.makefile("rb", -1)
        self.wfile = self.connection.makefile("wb", 0)
        self.close_connection = False
        try:
            while not self.close_connection:
                self.handle_one_request()
        except (ssl.SSLError, OSError):
            self.close_connection = True

    def do_GET(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def do_PUT(self) -> None:
        self.do_POST()

    def _serve(self, body: bytes) -> None:
        google = self.google
        if self.host == LOGIN:
            self._say(*google.login(parse_qs(body.decode())))
            return
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._say(*_error(401, "Request had invalid authentication", "UNAUTHENTICATED"))
            return
        with self.lock:
            number = len(google.calls)
            fault = google.fault(number)
            google.before(number)
            early = fault and not fault.endswith("after")
            status, said = (0, {}) if early else google.answer(self.command, self.path, body)
            size = len(_written(said, self.path)) if status else 0
            what = urlsplit(self.path).path.rpartition("/")[2]
            google.calls.append(Call(self.command, what, len(body), size, status))
        if not fault:
            self._say(status, said)
        else:
            self._fail(fault.removesuffix(" after"), said)

    def _fail(self, fault: str, said: Mapping[str, Any]) -> None:
        if fault == "429":
            said = _error(429, "Quota exceeded for quota metric 'Read requests'", "R")[1]
            self._say(429, said, {"Retry-After": self.google.retry_after or "1"})
        elif fault == "503":
            self._say(*_error(503, "The service is currently unavailable.", "UNAVAILABLE"))
        elif fault == "html 502":
            self._send(502, _HTML, "text/html", {})
        elif fault == "half an answer":
            self.close_connection = True
            text = json.dumps(said).encode()
            self._send(200, text[: len(text) // 2], "application/json", {}, claim=len(text))
        else:
            if fault == "slow":
                time.sleep(self.google.slowness)
            self.close_connection = True

    def _say(
        self, status: int, said: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        text = _written(said, self.path)
        more = dict(headers or {})
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(text) > 1000:
            text = gzip.compress(text, 1)
            more["Content-Encoding"] = "gzip"
        self._send(status, text, "application/json; charset=UTF-8", more)

    def _send(
        self, status: int, text: bytes, kind: str, headers: Mapping[str, str], claim: int = -1
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(claim if claim >= 0 else len(text)))
        self.end_headers()
        self.wfile.write(text)


def _written(said: object, path: str) -> bytes:
    """Return an answer as Google writes it: over many lines unless it is asked not to."""
    if "prettyPrint=false" in path:
        return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return json.dumps(said, ensure_ascii=False, indent=2).encode()


_KEYS: list[str] = []


def _private_key() -> str:
    if not _KEYS:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        _KEYS.append(key.private_bytes(serialization.Encoding.PEM, *form).decode())
    return _KEYS[0]


def _certified(folder: Path) -> ssl.SSLContext:
    """Return what the hosts of Google show here, signed by an authority of our own."""
    authority, name = ec.generate_private_key(ec.SECP256R1()), _named("Stand-in authority")
    now = datetime.now(UTC)
    plain = x509.CertificateBuilder().serial_number(x509.random_serial_number())
    plain = plain.not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(2))
    plain = plain.issuer_name(name)
    top = plain.subject_name(name).public_key(authority.public_key())
    ours = x509.SubjectKeyIdentifier.from_public_key(authority.public_key())
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    top = top.add_extension(x509.BasicConstraints(True, 0), True).add_extension(usage, True)
    top = top.add_extension(ours, False)
    pem = serialization.Encoding.PEM
    (folder / "google-ca.pem").write_bytes(top.sign(authority, hashes.SHA256()).public_bytes(pem))
    key = ec.generate_private_key(ec.SECP256R1())
    hosts = x509.SubjectAlternativeName([x509.DNSName(host) for host in (API, LOGIN)])
    leaf = plain.subject_name(_named(API)).public_key(key.public_key())
    leaf = leaf.add_extension(hosts, False).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(ours), False
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "google.pem"
    shown = leaf.sign(authority, hashes.SHA256()).public_bytes(pem)
    path.write_bytes(key.private_bytes(pem, *form) + shown)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def column(book: Spreadsheet, title: str, heading: str, by: str) -> dict[Any, Any]:
    """Return what a column shows by another one's values; the headings stand in row 1."""
    head, *rows = book.sheet(title).shown()
    at, key = head.index(heading), head.index(by)
    padded = [row + [""] * (len(head) - len(row)) for row in rows]
    return {row[key]: row[at] for row in padded if row[key] != ""}


def a1(row: int, at: int) -> str:
    """Return the address of a zero-based cell."""
    return f"{letters(at)}{row + 1}"
