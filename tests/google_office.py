"""An office whose workbook is at Google: the same rows, config and commands as with a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.office import HEAD, Office, Ran, Row
from tests.sheets.google_grid import Spreadsheet
from tests.sheets.google_server import ADDRESS, KEY, GoogleServer, column


class GoogleOffice(Office):
    """A folder with a key and ``config.yaml``; its book is the one of a stand-in server."""

    def __init__(self, folder: Path, google: GoogleServer, server: str = "") -> None:
        self.google = google
        (folder / "account.json").write_text(json.dumps(google.service_account()))
        super().__init__(folder, server)

    def configure(self, text: str = "", /, **sections: Any) -> None:
        sections.setdefault("workbook", ADDRESS)
        if not self._server:
            sections["mail"] = {"mode": "rehearse"} | sections.get("mail", {})
        sections.setdefault("google", {"credentials": "file:account.json"})
        super().configure(text, **sections)

    @property
    def sheet(self) -> Spreadsheet:
        return self.google.book

    def fill(self, *rows: Row, head: Row = HEAD, **tabs: Sequence[Row]) -> None:
        self.google.books[KEY] = Spreadsheet(KEY)
        for name, content in {"Invoices": [head, *rows], **tabs}.items():
            self.sheet.fill(name, [list(row) for row in content])

    def rows(self, tab: str = "Invoices") -> list[dict[str, Any]]:
        head, *rows = self.sheet.sheet(tab).shown()
        return [
            dict(zip(head, [*row, *[""] * (len(head) - len(row))], strict=True)) for row in rows
        ]

    def shows(self, heading: str, by: str = "Invoice") -> dict[Any, Any]:
        return column(self.sheet, "Invoices", heading, by)

    def again(self) -> Ran:
        """Run on the same day as before, from no calls on."""
        self.google.calls.clear()
        return self.run()
