"""Holds the stand-in for Google to recorded traffic: ``google_recordings.py RECORDINGS.tgz``.

Every recorded call and answer of the Sheets API must be sound by the strict schemas that the tests
use; and what was written and read in a recording is written to and read from the stand-in, which
must answer the same.
"""

from __future__ import annotations

import copy
import json
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.sheets.google_grid import Spreadsheet
from tests.sheets.google_schema import faults, query_faults
from tests.sheets.google_server import GoogleServer

_PATH = re.compile(r"/v4/spreadsheets/([\w-]+)(:batchUpdate|/values[:/].*)?")
_METHODS = {
    (None, "GET"): ("spreadsheets.get", None, "Spreadsheet"),
    (":batchUpdate", "POST"): (
        "spreadsheets.batchUpdate",
        "BatchUpdateSpreadsheetRequest",
        "BatchUpdateSpreadsheetResponse",
    ),
    ("batchGet", "GET"): ("spreadsheets.values.batchGet", None, "BatchGetValuesResponse"),
    ("one", "GET"): ("spreadsheets.values.get", None, "ValueRange"),
    ("clear", "POST"): (
        "spreadsheets.values.clear",
        "ClearValuesRequest",
        "ClearValuesResponse",
    ),
    ("one", "PUT"): ("spreadsheets.values.update", "ValueRange", "UpdateValuesResponse"),
}


def recordings(path: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the name and the pairs of each recording."""
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None and member.name.endswith(".json"):
                yield Path(member.name).stem, json.load(file)["interactions"]


def kind_of(request: Mapping[str, Any]) -> tuple[str, str | None, str] | None:
    address = urlsplit(request["uri"])
    found = _PATH.fullmatch(address.path)
    if address.netloc != "sheets.googleapis.com" or found is None:
        return None
    what = found[2]
    if what and what.startswith("/values"):
        special = what.rpartition(":")[2]
        what = special if special in ("batchGet", "clear", "append") else "one"
        what = what if what != "one" or not special.startswith("batch") else special
    return _METHODS.get((what, request["method"]))


def unsound(pair: Mapping[str, Any], kind: tuple[str, str | None, str]) -> Iterator[str]:
    """Yield what of a recorded pair the strict schemas do not allow."""
    name, request, response = kind
    asked, answered = pair["request"], pair["response"]
    if answered["status"]["code"] != 200:
        return
    yield from query_faults(name, parse_qs(urlsplit(asked["uri"]).query, keep_blank_values=True))
    if request:
        yield from faults(request, json.loads(asked["body"] or "{}"))
    yield from faults(response, json.loads(answered["body"]["string"]))


def replayed(pairs: list[dict[str, Any]], told: Counter[str], differ: list[str]) -> None:
    """Give the stand-in what was written in a recording, and compare what it reads."""
    google = GoogleServer()
    ready = False
    for pair in pairs:
        kind = kind_of(pair["request"])
        if kind is None or pair["response"]["status"]["code"] != 200:
            ready = ready and kind_of(pair["request"]) is not None
            continue
        said = json.loads(pair["response"]["body"]["string"])
        target = pair["request"]["uri"].partition("sheets.googleapis.com")[2]
        if kind[0] == "spreadsheets.get":
            if said.get("spreadsheetId", "") not in google.books and "spreadsheetUrl" in said:
                google.books[said["spreadsheetId"]] = _empty(said)
                ready = True
            continue
        if not ready:
            continue
        body = _named_as_recorded(pair["request"]["body"] or "", said).encode()
        status, answer = google.answer(pair["request"]["method"], target, body)
        if kind[0] == "spreadsheets.batchUpdate":
            ready = status == 200
        elif status == 200:
            told[kind[0]] += 1
            if dict(answer) != said:
                differ.append(
                    f"{unquote(target)}\n    Google   {said}\n    stand-in {dict(answer)}"
                )
        else:
            ready = False


def _named_as_recorded(body: str, said: Mapping[str, Any]) -> str:
    """Return a batch update in which new tabs have the ids and sizes that Google gave them."""
    if "addSheet" not in body:
        return body
    sent = json.loads(body)
    for request, reply in zip(sent["requests"], said["replies"], strict=True):
        if "addSheet" in request:
            given = reply["addSheet"]["properties"]
            kept = {name: given[name] for name in ("sheetId", "title", "gridProperties")}
            request["addSheet"]["properties"] = kept
    return json.dumps(sent)


def _empty(said: Mapping[str, Any]) -> Spreadsheet:
    book = Spreadsheet(said["spreadsheetId"], said["properties"]["title"])
    for tab in said["sheets"]:
        about, size = tab["properties"], tab["properties"]["gridProperties"]
        sheet = book.fill(about["title"], [])
        sheet.number, sheet.height = about["sheetId"], size["rowCount"]
        sheet.width, sheet.merges = size["columnCount"], copy.deepcopy(tab.get("merges", []))
    return book


def main(path: str) -> None:
    sound: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    told: Counter[str] = Counter()
    differ: list[str] = []
    for _, pairs in recordings(path):
        for pair in pairs:
            kind = kind_of(pair["request"])
            if kind is not None:
                found = list(unsound(pair, kind))
                sound[kind[0]] += not found
                wrong.update(f"{kind[0]}: {fault}" for fault in found)
        replayed(pairs, told, differ)
    print("Sound by the strict schemas:", dict(sound))
    print("Not sound:", dict(wrong) or "none")
    print("Answered as Google did:", sum(told.values()) - len(differ), "of", dict(told))
    for each in differ[:20]:
        print("  ", each[:600])


if __name__ == "__main__":
    main(*sys.argv[1:])
